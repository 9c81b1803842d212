//! In: a stretch of letters of a script without spaces and where the lists' way ends its words. Out: which of those ends part what a reader
//! holds for one word: a name or a loan word cut into what was known of it, a compound of the second list, a prefix and its word, three words made
//! of two. Lines may still end there, as in browsers; headlines give a little size not to (`phrases`, `fit`).

use super::words::{WordList, WordScript};

/// Letters of a stretch no list knows, below which it is a part of its neighbour and no word.
const STRAY: usize = 5;
/// A little longer, and still the rest of a word whose first syllable, of so few letters, is a word too.
const REST: (usize, usize) = (7, 3);

/// Thai that makes nouns of what follows, and never ends a line.
const PREFIXES: [&str; 6] = ["ความ", "การ", "นัก", "ผู้", "ชาว", "น่า"];

/// Those of the ends that are inside a word.
pub(super) fn inside(list: &WordList, text: &[char], ends: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    let starts: Vec<usize> = std::iter::once(0).chain(ends.iter().copied()).collect();
    let next = |n: usize| starts.get(n + 1).copied().unwrap_or(text.len());
    let piece = |n: usize| starts.get(n).and_then(|&at| text.get(at..next(n))).unwrap_or_default();
    for (n, &start) in starts.iter().enumerate() {
        // Compounds and loan words of the second list, the longest.
        let longest = list.whole().and_then(|whole| whole.matches(text.get(start..).unwrap_or_default()).0.pop());
        if let Some(length) = longest {
            let end = start + length;
            found.extend(starts.iter().copied().filter(|at| start < *at && *at < end));
            // Its last syllable with a letter of the next word's in it is another word.
            if text.get(end).is_some_and(|c| list.script().is_mark(*c)) {
                found.retain(|at| *at <= start || *at >= end);
            }
        }
        // Two words where the way of cutting made three of the same letters, or left one that is none: it looks no further than what no list has.
        for last in [n + 1, n + 2] {
            let Some(parted) = starts.get(n + 1..=last) else { continue };
            // What no list has was joined to the last of them.
            let end = parted.last().map_or(start, |at| at + list.matches(piece(last)).0.pop().unwrap_or_default());
            let made = last == n + 2 || !is_word(list, piece(n));
            if made && two(list, text.get(start..end).unwrap_or_default(), |at| parted.contains(&(start + at))) {
                found.extend(parted);
            }
        }
        let word = piece(n);
        if n > 0 && list.script() == WordScript::Thai && PREFIXES.iter().any(|p| p.chars().eq(piece(n - 1).iter().copied())) {
            found.push(start);
        }
        // What begins a word of the second list is no rest of the one before.
        if longest.is_some() || !is_stray(list, word) {
            continue;
        }
        let before = n.checked_sub(1).map(|n| piece(n).len());
        let joins = |before: usize| word.len() < STRAY || (word.len() <= REST.0 && before <= REST.1);
        if before.is_some_and(joins) {
            found.push(start);
        } else if before.is_none() && word.len() < STRAY && next(n) < text.len() {
            found.push(next(n));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether letters are two words of the list that do not part where they are parted.
fn two(list: &WordList, letters: &[char], parted: impl Fn(usize) -> bool) -> bool {
    let ends = list.matches(letters).0.into_iter().filter(|end| *end < letters.len() && !parted(*end));
    ends.rev().any(|end| letters.get(end..).is_some_and(|rest| is_word(list, rest)))
}

/// Whether the list has a word of these letters.
fn is_word(list: &WordList, letters: &[char]) -> bool {
    list.matches(letters).0.last() == Some(&letters.len())
}

/// Whether no list has a word; what repeats or shortens one (`ๆ`, `ฯ`) is none of its letters.
fn is_stray(list: &WordList, word: &[char]) -> bool {
    let signs = word.iter().rev().take_while(|c| matches!(c, '\u{e46}' | '\u{e2f}')).count();
    let bare = word.get(..word.len() - signs).unwrap_or_default();
    let in_list = |list: &WordList| is_word(list, bare);
    !bare.is_empty() && !in_list(list) && !list.whole().is_some_and(in_list)
}
