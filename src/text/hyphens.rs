//! In: words and the hyphenation patterns of their language. Out: where a hyphen may stand. The patterns are files beside the fonts
//! (`fonts/*.hyphens`, made by `fonts/hyphens.py` from the crate hypher), handed in where hyphenation is asked for and never part of
//! the module. Whether a line ends at one is left to `fit`: it is the last resort.
//!
//! Liang's patterns ("Word Hy-phen-a-tion by Com-put-er", 1983) as an automaton over UTF-8 that is walked as it lies in the file.

use super::itemise;
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Begins a file of patterns.
const MAGIC: &[u8] = b"VHY1";
/// Letters of the shortest word that is hyphenated.
const SHORTEST: usize = 6;
/// Bytes of the longest word that is hyphenated.
const LONGEST: usize = 400;

/// Languages there are files for, other tags that mean them, and the first 16 digits of each file's SHA-256.
const LANGUAGES: [(&str, &str, &str); 29] = [
    ("af", "af.hyphens", "b27517055f130c42"),
    ("bg", "bg.hyphens", "808b214353373a23"),
    ("ca", "ca.hyphens", "8ce494e951ee8aaf"),
    ("cs", "cs.hyphens", "057be3a25e5debfe"),
    ("da", "da.hyphens", "7e2ddccce347c494"),
    ("de", "de.hyphens", "f81724bce2be33fc"),
    ("el", "el.hyphens", "d8c0d1ac14484223"),
    ("en", "en.hyphens", "e45a0856c04c586d"),
    ("es", "es.hyphens", "2db9e5c91b4afe0b"),
    ("et", "et.hyphens", "3bc2668755be61dc"),
    ("fi", "fi.hyphens", "8bcdac0360e2ccda"),
    ("fr", "fr.hyphens", "d3e115f6c5f12fdd"),
    ("hr", "hr.hyphens", "2686d29673670f4f"),
    ("hu", "hu.hyphens", "f015181c5c1a66ff"),
    ("is", "is.hyphens", "ff199330689ff20b"),
    ("it", "it.hyphens", "9a32f8729aec71aa"),
    ("lt", "lt.hyphens", "89f260b9cc99bb83"),
    ("nb", "no.hyphens", "9deab9009dfa77de"),
    ("nl", "nl.hyphens", "535f6bc78c2b8fab"),
    ("nn", "no.hyphens", "9deab9009dfa77de"),
    ("no", "no.hyphens", "9deab9009dfa77de"),
    ("pl", "pl.hyphens", "0f8c2fb936bfb7e9"),
    ("pt", "pt.hyphens", "f9a239474acfb584"),
    ("ru", "ru.hyphens", "5e8e598ea1d6d7a5"),
    ("sk", "sk.hyphens", "dc3b0de659e3dc43"),
    ("sl", "sl.hyphens", "edc830f00a56adc0"),
    ("sv", "sv.hyphens", "fb720ce7d67281e3"),
    ("tr", "tr.hyphens", "bf960d14aef4e58b"),
    ("uk", "uk.hyphens", "86eeecf18c06ca83"),
];

/// The file of a locale's patterns, below `fonts/`; none where there is none.
#[must_use]
pub fn file_of(locale: &str) -> Option<&'static str> {
    row(locale).map(|(_, file, _)| *file)
}

/// What a locale's patterns are, for fingerprints; empty where there are none.
#[must_use]
pub fn digest(locale: &str) -> &'static str {
    row(locale).map_or("", |(_, _, digest)| digest)
}

fn row(locale: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    LANGUAGES.iter().find(|(tag, ..)| tag.eq_ignore_ascii_case(language))
}

/// The patterns of a language.
#[derive(Debug)]
pub struct Patterns {
    file: &'static str,
    /// Letters at a word's beginning and end that stay together.
    least: (usize, usize),
    /// The automaton: the root's place, then states.
    states: Vec<u8>,
}

impl Patterns {
    /// Whether bytes are patterns.
    #[must_use]
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a file of patterns: `VHY1`, two letters of the language, least letters before and after a hyphen (8 bit each), hypher's
    /// automaton.
    ///
    /// # Errors
    /// `media` where it is broken.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        Self::parsed(bytes).ok_or_else(|| Error::new(ErrorKind::Media, name, "the hyphenation patterns are broken"))
    }

    fn parsed(bytes: &[u8]) -> Option<Self> {
        let (&[a, b, left, right], states) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<4>()?;
        let file = file_of(std::str::from_utf8(&[a, b]).ok()?)?;
        // Less than two letters is nothing to begin a line with.
        let least = (usize::from(left).max(2), usize::from(right).max(2));
        let patterns = Self { file, least, states: states.to_vec() };
        patterns.root().is_some().then_some(patterns)
    }

    fn root(&self) -> Option<State<'_>> {
        let at = u32::from_be_bytes(*self.states.first_chunk::<4>()?);
        State::at(&self.states, usize::try_from(at).ok()?)
    }

    /// Byte offsets in a word where a hyphen may stand.
    #[must_use]
    pub fn cut(&self, word: &str) -> Vec<usize> {
        let letters = word.chars().count();
        if letters < SHORTEST || word.len() > LONGEST {
            return Vec::new();
        }
        // In lower case where that takes as many bytes, between full stops.
        let mut dotted = String::with_capacity(word.len() + 2);
        dotted.push('.');
        for c in word.chars() {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(l), None) if l.len_utf8() == c.len_utf8() => dotted.push(l),
                _ => dotted.push(c),
            }
        }
        dotted.push('.');
        let bytes = dotted.as_bytes();
        let mut levels = vec![0_u8; dotted.len() + 1];
        for (start, _) in dotted.char_indices() {
            let Some(mut state) = self.root() else { break };
            for &b in bytes.get(start..).unwrap_or_default() {
                let Some(next) = state.after(&self.states, b) else { break };
                state = next;
                let mut at = start;
                for &packed in state.levels {
                    at += usize::from(packed / 10);
                    if let Some(level) = levels.get_mut(at) {
                        *level = (*level).max(packed % 10);
                    }
                }
            }
        }
        let odd = |at: &usize| levels.get(at + 1).is_some_and(|level| level % 2 == 1);
        let inner = word.char_indices().enumerate().filter(|(n, _)| *n >= self.least.0 && n + self.least.1 <= letters);
        inner.map(|(_, (at, _))| at).filter(odd).collect()
    }
}

/// A state of the automaton.
struct State<'a> {
    at: usize,
    levels: &'a [u8],
    labels: &'a [u8],
    /// Bytes of a target.
    stride: usize,
    targets: &'a [u8],
}

impl<'a> State<'a> {
    fn at(data: &'a [u8], at: usize) -> Option<Self> {
        let (&head, mut rest) = data.get(at..)?.split_first()?;
        let stride = usize::from((head >> 5) & 3);
        let mut count = usize::from(head & 31);
        if count == 31 {
            let (&more, after) = rest.split_first()?;
            (count, rest) = (usize::from(more), after);
        }
        let mut levels: &[u8] = &[];
        if head >> 7 != 0 {
            let (&[high, low], after) = rest.split_first_chunk::<2>()?;
            let offset = usize::from(high) << 4 | usize::from(low) >> 4;
            levels = data.get(offset..offset + usize::from(low & 15))?;
            rest = after;
        }
        let (labels, rest) = rest.split_at_checked(count)?;
        Some(Self { at, levels, labels, stride, targets: rest.get(..stride * count)? })
    }

    fn after(&self, data: &'a [u8], label: u8) -> Option<Self> {
        let n = self.labels.iter().position(|&l| l == label)?;
        let by = match *self.targets.get(n * self.stride..(n + 1) * self.stride)? {
            [a] => isize::from(i8::from_be_bytes([a])),
            [a, b] => isize::from(i16::from_be_bytes([a, b])),
            [a, b, c] => isize::try_from(u32::from_be_bytes([0, a, b, c])).ok()? - (1 << 23),
            _ => return None,
        };
        Self::at(data, self.at.checked_add_signed(by)?)
    }
}

/// The patterns at hand.
#[derive(Clone, Debug, Default)]
pub struct PatternLists(BTreeMap<&'static str, Arc<Patterns>>);

impl PatternLists {
    /// Adds a language's patterns; ones of the same language give way.
    pub fn add(&mut self, patterns: Patterns) {
        self.0.insert(patterns.file, Arc::new(patterns));
    }
    /// The patterns of a locale.
    #[must_use]
    pub fn get(&self, locale: &str) -> Option<&Patterns> {
        self.0.get(file_of(locale)?).map(AsRef::as_ref)
    }
    /// Whether the patterns of a file of this name are at hand.
    #[must_use]
    pub fn has_file(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// Byte offsets in a text where a hyphen may stand: in words of letters only that hold no hyphen of their own. Empty where the
/// locale's patterns are not at hand.
#[must_use]
pub fn hyphenate(text: &str, locale: &str, lists: &PatternLists) -> Vec<usize> {
    let Some(patterns) = lists.get(locale) else { return Vec::new() };
    let bounds = itemise::grapheme_bounds(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut word = |from: usize, to: usize| {
        let near =
            |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{ad}' | '@' | '/' | '.') || c.is_numeric());
        let before = text.get(..from).and_then(|t| t.chars().next_back());
        let mut after = text.get(to..).unwrap_or_default().chars();
        let (next, second) = (after.next(), after.next());
        // A full stop ends a sentence; one within belongs to an address.
        let address = next == Some('.') && second.is_some_and(char::is_alphanumeric);
        if near(before) || (near(next) && (next != Some('.') || address)) {
            return;
        }
        let cuts = text.get(from..to).map(|word| patterns.cut(word)).unwrap_or_default();
        out.extend(cuts.into_iter().map(|at| from + at).filter(|at| bounds.binary_search(at).is_ok()));
    };
    for (at, c) in text.char_indices() {
        if !c.is_alphabetic() && !super::itemise::is_mark(c) {
            if at > start {
                word(start, at);
            }
            start = at + c.len_utf8();
        }
    }
    if text.len() > start {
        word(start, text.len());
    }
    out
}
