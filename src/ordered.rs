//! In: pairs or names in any order, short lists. Out: ordered maps and sets, filled one by one, and lists sorted by insertion. The standard
//! `collect` sorts first, with a sorting routine for every type; in the module that is 190 KB of code for maps of a few dozen entries.

use std::cmp::Ordering;
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

/// Sorts what is short or nearly in order, equals as they stand: a tenth of the code of the library's routines, of which each type has its own.
pub(crate) fn short<T>(list: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    for next in 1..list.len() {
        let mut at = next;
        while at > 0 && list.get(at - 1).zip(list.get(at)).is_some_and(|(a, b)| order(a, b) == Ordering::Greater) {
            list.swap(at - 1, at);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_short_list_is_in_order_and_equals_stand_as_they_stood() {
        let mut list = [(3, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (3, 'e'), (0, 'f')];
        super::short(&mut list, |a, b| a.0.cmp(&b.0));
        assert_eq!(list, [(0, 'f'), (1, 'b'), (1, 'd'), (2, 'c'), (3, 'a'), (3, 'e')]);
        super::short::<u8>(&mut [], u8::cmp);
    }
}
