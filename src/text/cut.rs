//! In: a stretch of letters of a script without spaces, the list of its words. Out: where words end.
//!
//! The way of cutting is that of ICU4C (`dictbe.cpp`), which browsers use: the first of up to three words that take the text
//! furthest; what is no word is joined to the word before it, up to where a word can begin again.

use super::words::{WordList, WordScript};

/// Where words end within a stretch of letters of the script, as numbers of letters from its start; its end is not said.
pub(super) fn cut(list: &WordList, text: &[char]) -> Vec<usize> {
    // Not enough for two words.
    if text.len() <= if list.script() == WordScript::Thai { 4 } else { 3 } {
        return Vec::new();
    }
    let mut cutter = Cutter { list, text, at: 0, words: [Candidates::none(), Candidates::none(), Candidates::none()] };
    let mut ends = cutter.run();
    if ends.last().is_some_and(|&end| end >= text.len()) {
        ends.pop();
    }
    ends
}

/// Words that may begin at a place.
struct Candidates {
    at: Option<usize>,
    lengths: Vec<usize>,
    prefix: usize,
    current: usize,
    mark: usize,
}

impl Candidates {
    fn none() -> Self {
        Self { at: None, lengths: Vec::new(), prefix: 0, current: 0, mark: 0 }
    }
    fn length(&self, n: usize) -> usize {
        self.lengths.get(n).copied().unwrap_or(0)
    }
}

struct Cutter<'a> {
    list: &'a WordList,
    text: &'a [char],
    at: usize,
    words: [Candidates; 3],
}

impl Cutter<'_> {
    /// Looks for words at the place reached, and moves after the longest. How many there are.
    fn candidates(&mut self, slot: usize) -> usize {
        let at = self.at;
        let Some(words) = self.words.get_mut(slot % 3) else { return 0 };
        if words.at != Some(at) {
            let (lengths, prefix) = self.list.matches(self.text.get(at..).unwrap_or_default());
            *words = Candidates { at: Some(at), lengths, prefix, current: 0, mark: 0 };
        }
        let count = words.lengths.len();
        words.current = count.saturating_sub(1);
        words.mark = words.current;
        self.at = at + words.length(words.current);
        count
    }
    /// Tries the next shorter word.
    fn back_up(&mut self, slot: usize) -> bool {
        let Some(words) = self.words.get_mut(slot % 3).filter(|w| w.current > 0) else { return false };
        words.current -= 1;
        self.at = words.at.unwrap_or(0) + words.length(words.current);
        true
    }
    fn mark(&mut self, slot: usize) {
        if let Some(words) = self.words.get_mut(slot % 3) {
            words.mark = words.current;
        }
    }
    /// Moves after the word that was marked; its length.
    fn accept(&mut self, slot: usize) -> usize {
        let Some(words) = self.words.get(slot % 3) else { return 0 };
        let length = words.length(words.mark);
        self.at = words.at.unwrap_or(0) + length;
        length
    }
    fn here(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }
    fn ended(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The first word of the three that reach furthest.
    fn furthest(&mut self, n: usize) {
        if self.ended() {
            return;
        }
        loop {
            if self.candidates(n + 1) > 0 {
                self.mark(n);
                if self.ended() {
                    return;
                }
                loop {
                    if self.candidates(n + 2) > 0 {
                        self.mark(n);
                        return;
                    }
                    if !self.back_up(n + 1) {
                        break;
                    }
                }
            }
            if !self.back_up(n) {
                return;
            }
        }
    }

    fn run(&mut self) -> Vec<usize> {
        let script = self.list.script();
        let mut ends = Vec::new();
        let mut n = 0;
        while !self.ended() {
            let start = self.at;
            let mut length = 0;
            let found = self.candidates(n);
            if found > 1 {
                self.furthest(n);
            }
            if found > 0 {
                length = self.accept(n);
                n += 1;
            }
            // A stretch that is no word joins a short word before it.
            let (word, prefix) = script.joining();
            if !self.ended() && length < word {
                let prefix_of = |cutter: &Self| cutter.words.get(n % 3).map_or(0, |w| w.prefix);
                if self.candidates(n) == 0 && (length == 0 || prefix_of(self) < prefix) {
                    let passed = self.resume(n, start + length);
                    if length == 0 {
                        n += 1;
                    }
                    length += passed;
                } else {
                    self.at = start + length;
                }
            }
            while self.here().is_some_and(|c| script.is_mark(c)) {
                self.at += 1;
                length += 1;
            }
            if script == WordScript::Thai && !self.ended() && length > 0 {
                length = self.thai_suffix(n, start, length);
            }
            if length > 0 {
                ends.push(start + length);
            }
            // No word and nothing passed over: cannot be, but must not go on for ever.
            if self.at <= start {
                self.at = start + length.max(1);
            }
        }
        ends
    }

    /// Passes over letters until one where a word of the list begins; how many.
    fn resume(&mut self, n: usize, from: usize) -> usize {
        let script = self.list.script();
        let mut passed = 0;
        while let Some(before) = self.text.get(from + passed).copied() {
            passed += 1;
            self.at = from + passed;
            let Some(next) = self.here() else { break };
            if script.may_end(before) && script.may_begin(next) {
                let found = self.candidates(n + 1);
                self.at = from + passed;
                if found > 0 {
                    break;
                }
            }
        }
        self.at = from + passed;
        passed
    }

    /// Thai abbreviation and repetition signs belong to the word before them.
    fn thai_suffix(&mut self, n: usize, start: usize, mut length: usize) -> usize {
        const PAIYANNOI: char = '\u{e2f}';
        const MAIYAMOK: char = '\u{e46}';
        let suffix = |c: Option<char>| matches!(c, Some(PAIYANNOI | MAIYAMOK));
        if self.candidates(n) > 0 || !suffix(self.here()) {
            self.at = start + length;
            return length;
        }
        let before = |cutter: &Self| cutter.at.checked_sub(1).and_then(|at| cutter.text.get(at).copied());
        if self.here() == Some(PAIYANNOI) && !suffix(before(self)) {
            self.at += 1;
            length += 1;
        }
        if self.here() == Some(MAIYAMOK) && before(self) != Some(MAIYAMOK) {
            self.at += 1;
            length += 1;
        }
        length
    }
}
