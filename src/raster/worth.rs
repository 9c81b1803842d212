//! In: what things took to make, and their bytes. Out: which of them goes first where room is short. By effort for a byte, on top of what was let go last
//! (GreedyDual-Size: Cao and Irani, 1997): what is dear stays longer than what is cheap, yet not for ever, and of equals the one used longest ago goes.
//! For many small things alike, [`Turns`]: a thing not used for a turn goes with all such. Counted, never timed; nothing that is kept changes a pixel.

use std::collections::BTreeMap;

/// What one unit of effort for a byte is worth: fractions count.
const UNIT: u64 = 256;

/// Hands out worths.
#[derive(Default)]
pub(super) struct Worths {
    /// What was let go last was worth this.
    floor: u64,
    uses: u64,
}

/// Of two things the lesser goes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Worth {
    value: u64,
    used: u64,
}

impl Worths {
    /// What a thing is worth that is used now.
    pub fn of(&mut self, effort: u64, bytes: usize) -> Worth {
        self.uses += 1;
        let dear = effort.saturating_mul(UNIT) / (bytes as u64).max(1);
        Worth { value: self.floor.saturating_add(dear), used: self.uses }
    }

    /// A thing was let go, for it was worth least.
    pub fn gone(&mut self, worth: Worth) {
        self.floor = self.floor.max(worth.value);
    }
}

/// Small things within a budget: those used in this turn and those used in the one before. A turn ends when its things hold half of the budget.
pub(crate) struct Turns<K, V> {
    now: BTreeMap<K, (V, usize)>,
    before: BTreeMap<K, (V, usize)>,
    held: usize,
    budget: usize,
}

impl<K: Ord, V: Clone> Turns<K, V> {
    pub fn new(budget: usize) -> Self {
        Self { now: BTreeMap::new(), before: BTreeMap::new(), held: 0, budget }
    }

    pub fn set_budget(&mut self, budget: usize) {
        self.budget = budget;
    }

    pub fn has(&self, key: &K) -> bool {
        self.now.contains_key(key) || self.before.contains_key(key)
    }

    pub fn get(&mut self, key: &K) -> Option<V> {
        if let Some((found, _)) = self.now.get(key) {
            return Some(found.clone());
        }
        let (key, (found, bytes)) = self.before.remove_entry(key)?;
        self.put(key, found.clone(), bytes);
        Some(found)
    }

    pub fn put(&mut self, key: K, value: V, bytes: usize) {
        if self.held + bytes > self.budget / 2 {
            self.before = std::mem::take(&mut self.now);
            self.held = 0;
        }
        self.held += bytes;
        self.now.insert(key, (value, bytes));
    }

    pub fn clear(&mut self) {
        self.now.clear();
        self.before.clear();
        self.held = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uses things one after the other, room for `room` of a hundred bytes each; answers which are there at the end.
    fn left(room: usize, uses: &[(&'static str, u64)]) -> Vec<&'static str> {
        let (mut worths, mut there) = (Worths::default(), BTreeMap::new());
        for (name, effort) in uses {
            while !there.contains_key(name) && there.len() >= room {
                let (least, worth) = there.iter().map(|(n, w)| (*n, *w)).min_by_key(|(_, w)| *w).unwrap();
                worths.gone(worth);
                there.remove(&least);
            }
            there.insert(*name, worths.of(*effort, 100));
        }
        there.into_keys().collect()
    }

    #[test]
    fn of_equals_the_one_used_longest_ago_goes() {
        assert_eq!(left(2, &[("a", 5), ("b", 5), ("a", 5), ("c", 5)]), ["a", "c"]);
    }

    #[test]
    fn what_was_dear_stays_longer_but_not_for_ever() {
        let dear = [("dear", 40), ("a", 10), ("b", 10), ("c", 10)];
        assert_eq!(left(2, &dear), ["c", "dear"], "though it was used first");
        let many = [dear.as_slice(), &[("d", 10), ("e", 10), ("f", 10)]].concat();
        assert_eq!(left(2, &many), ["e", "f"], "four times as dear, and not asked for while four others went");
    }

    #[test]
    fn what_costs_more_for_a_byte_stays() {
        let mut worths = Worths::default();
        let (small, large) = (worths.of(100, 10), worths.of(200, 1000));
        assert!(large < small);
    }

    #[test]
    fn what_is_used_in_a_turn_outlives_it_and_the_budget_holds() {
        let mut turns: Turns<u32, u32> = Turns::new(100);
        for n in 0..200 {
            turns.put(n, n, 7);
            assert_eq!(turns.get(&0), Some(0), "asked for each time, it never goes");
            let bytes: usize = turns.now.values().chain(turns.before.values()).map(|(_, bytes)| bytes).sum();
            assert!(bytes <= 100, "{bytes}");
        }
        assert!(turns.has(&199) && turns.has(&198) && !turns.has(&100) && turns.get(&100).is_none());
        turns.clear();
        assert!(!turns.has(&0));
    }
}
