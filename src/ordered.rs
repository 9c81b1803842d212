//! In: pairs or names in any order. Out: ordered maps and sets, filled one by one. The standard `collect` sorts first, with a sorting
//! routine for every type; in the module that is 190 KB of code for maps of a few dozen entries.

use std::collections::{BTreeMap, BTreeSet};

/// A map of pairs; the last of equal keys stays.
pub(crate) fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    for (key, value) in pairs {
        map.insert(key, value);
    }
    map
}

/// A set of names.
pub(crate) fn set<T: Ord>(names: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    for name in names {
        set.insert(name);
    }
    set
}
