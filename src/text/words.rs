//! In: text in a script that writes no spaces (Thai, Lao, Khmer, Burmese) and the list of its words. Out: where words end. The lists
//! are files beside the fonts (`fonts/*.words`, made by `fonts/word_lists.py`), handed in when such text appears and never part
//! of the module. How a stretch is cut by them is left to `cut`, which ends a line may break at to `breaks`.

use super::cut::cut;
use super::whole;
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A script whose lines are broken by a list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordScript {
    /// Burmese and its neighbours.
    Burmese,
    /// Khmer.
    Khmer,
    /// Lao.
    Lao,
    /// Thai.
    Thai,
}

impl WordScript {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Burmese, Self::Khmer, Self::Lao, Self::Thai];

    /// The script of a letter, if its words are in a list.
    #[must_use]
    pub fn of(c: char) -> Option<Self> {
        match u32::from(c) {
            0x1000..=0x103F | 0x1050..=0x108F | 0x109A..=0x109F | 0xA9E0..=0xA9EF | 0xA9FA..=0xA9FE | 0xAA60..=0xAA7F => {
                Some(Self::Burmese)
            }
            0x1780..=0x17D3 | 0x17D7 | 0x17DC..=0x17DD => Some(Self::Khmer),
            0xE81..=0xEBD | 0xEC0..=0xECE | 0xEDC..=0xEDF => Some(Self::Lao),
            0xE01..=0xE3A | 0xE40..=0xE4E => Some(Self::Thai),
            _ => None,
        }
    }

    /// Its name in English.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Burmese => "Burmese",
            Self::Khmer => "Khmer",
            Self::Lao => "Lao",
            Self::Thai => "Thai",
        }
    }

    /// The file of its words, below `fonts/`.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Burmese => "burmese.words",
            Self::Khmer => "khmer.words",
            Self::Lao => "lao.words",
            Self::Thai => "thai.words",
        }
    }

    /// SHA-256 of that file, hexadecimal, for fingerprints.
    #[must_use]
    pub fn digest(self) -> &'static str {
        match self {
            Self::Burmese => "44204c9e57624f737ca4cd930be919941b4a4948ff8f793ad4c33f965882f821",
            Self::Khmer => "856242bca95093e381761d3d486e2bc197ad464a3b774cd1131648a0745c9102",
            Self::Lao => "d5c376d7bdd2a9b59620bae1148da9ea72a618ef665bc1b9f31201a50356955f",
            Self::Thai => "6246cd507d99a79dd196b81a616eeff5fc90768263f9d97e557412c72dda17ca",
        }
    }

    /// ISO 15924.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Burmese => "Mymr",
            Self::Khmer => "Khmr",
            Self::Lao => "Laoo",
            Self::Thai => "Thai",
        }
    }

    pub(super) fn is_mark(self, c: char) -> bool {
        let c = u32::from(c);
        match self {
            Self::Burmese => matches!(c,
                0x102B..=0x103E | 0x1056..=0x1059 | 0x105E..=0x1060 | 0x1062..=0x1064 | 0x1067..=0x106D | 0x1071..=0x1074
                | 0x1082..=0x108D | 0x108F | 0x109A..=0x109D | 0xA9E5 | 0xAA7B..=0xAA7D),
            Self::Khmer => matches!(c, 0x17B4..=0x17D3 | 0x17DD),
            Self::Lao => matches!(c, 0xEB1 | 0xEB4..=0xEBC | 0xEC8..=0xECE),
            Self::Thai => matches!(c, 0xE31 | 0xE34..=0xE3A | 0xE47..=0xE4E),
        }
    }

    /// Whether a word may end with a letter, as far as that shows.
    pub(super) fn may_end(self, c: char) -> bool {
        let c = u32::from(c);
        match self {
            Self::Burmese => true,
            Self::Khmer => c != 0x17D2,
            Self::Lao => !matches!(c, 0xEC0..=0xEC4),
            Self::Thai => !matches!(c, 0xE31 | 0xE40..=0xE44),
        }
    }

    /// A stray stretch joins the word before it if that has fewer letters than the first number, and the stretch shares fewer than the
    /// second with any word (the letter that no longer fits counts).
    pub(super) fn joining(self) -> (usize, usize) {
        if self == Self::Khmer { (10, 5) } else { (3, 3) }
    }

    /// Whether a word may begin with a letter.
    pub(super) fn may_begin(self, c: char) -> bool {
        let c = u32::from(c);
        match self {
            Self::Burmese => matches!(c, 0x1000..=0x102A),
            Self::Khmer => matches!(c, 0x1780..=0x17B3),
            Self::Lao => matches!(c, 0xE81..=0xEAE | 0xEC0..=0xEC4 | 0xEDC..=0xEDD),
            Self::Thai => matches!(c, 0xE01..=0xE2E | 0xE40..=0xE44),
        }
    }
}

/// A mark of one of the scripts.
pub(super) fn is_mark(c: char) -> bool {
    WordScript::of(c).is_some_and(|script| script.is_mark(c))
}

/// The words of a script, ascending.
#[derive(Debug)]
pub struct WordList {
    script: WordScript,
    /// All words one after the other.
    letters: Vec<char>,
    /// Where each begins, and the end of the last.
    starts: Vec<u32>,
    /// Words that browsers part and display type does not.
    whole: Option<Box<WordList>>,
}

/// Begins a file of words.
const MAGIC: &[u8] = b"VWL1";
/// Most words of a list.
const WORDS: usize = 400_000;
/// Letters of the longest word.
const LETTERS: usize = 200;

impl WordList {
    /// Whether bytes are a list of words.
    #[must_use]
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a file of words: `VWL1`, the script's code, the number of words (32 bit, little endian), the number of letters in the
    /// alphabet (8 bit) and the letters (16 bit each, ascending); then for each word, ascending, how many letters it shares with the
    /// one before, how many follow, and those, as places in the alphabet (8 bit each). From the number on there may be more of the same:
    /// words that the first part of the file knows as several, and display type keeps whole.
    ///
    /// # Errors
    /// `media` where it is broken.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        Self::parsed(bytes).ok_or_else(|| Error::new(ErrorKind::Media, name, "the list of words is broken"))
    }

    fn parsed(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (code, rest) = rest.split_at_checked(4)?;
        let script = WordScript::ALL.into_iter().find(|s| s.code().as_bytes() == code)?;
        let (mut list, rest) = Self::block(script, rest)?;
        if !rest.is_empty() {
            list.whole = Some(Box::new(Self::block(script, rest)?.0));
        }
        Some(list)
    }

    /// One list of a file, and what follows it.
    fn block(script: WordScript, rest: &[u8]) -> Option<(Self, &[u8])> {
        let (count, rest) = rest.split_at_checked(4)?;
        let count = usize::try_from(u32::from_le_bytes(*count.first_chunk::<4>()?)).ok().filter(|n| *n <= WORDS)?;
        let (&letters, rest) = rest.split_first()?;
        let (alphabet, mut rest) = rest.split_at_checked(usize::from(letters) * 2)?;
        let alphabet: Vec<char> =
            alphabet.as_chunks::<2>().0.iter().filter_map(|b| char::from_u32(u32::from(u16::from_le_bytes(*b)))).collect();
        let starts = Vec::with_capacity(count.min(rest.len()) + 1);
        let mut list = Self { script, letters: Vec::new(), starts, whole: None };
        let mut word: Vec<char> = Vec::new();
        for _ in 0..count {
            let [keep, add, after @ ..] = rest else { return None };
            let (added, after) = after.split_at_checked(usize::from(*add))?;
            if usize::from(*keep) > word.len() || added.is_empty() {
                return None;
            }
            word.truncate(usize::from(*keep));
            for place in added {
                word.push(*alphabet.get(usize::from(*place))?);
            }
            if word.len() > LETTERS {
                return None;
            }
            list.starts.push(u32::try_from(list.letters.len()).ok()?);
            list.letters.extend(&word);
            rest = after;
        }
        list.starts.push(u32::try_from(list.letters.len()).ok()?);
        Some((list, rest))
    }

    /// What is several words in this list and one to a reader.
    pub(super) fn whole(&self) -> Option<&Self> {
        self.whole.as_deref()
    }

    /// Words in the list.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The script it is for.
    #[must_use]
    pub fn script(&self) -> WordScript {
        self.script
    }

    fn word(&self, n: usize) -> &[char] {
        let at = |n: usize| self.starts.get(n).and_then(|&at| usize::try_from(at).ok()).unwrap_or(0);
        self.letters.get(at(n)..at(n + 1)).unwrap_or_default()
    }

    /// Lengths of the words a text begins with, ascending, and how many letters were looked at.
    pub(super) fn matches(&self, text: &[char]) -> (Vec<usize>, usize) {
        let (mut low, mut high) = (0, self.len());
        let mut found = Vec::new();
        let mut seen = 0;
        for (depth, &c) in text.iter().enumerate() {
            seen += 1;
            let letter = |n: usize| self.word(n).get(depth).copied();
            // Words that end here sort before those that go on.
            let first = lower(low, high, |n| letter(n).is_none_or(|l| l < c));
            let last = lower(first, high, |n| letter(n) == Some(c));
            if first == last {
                break;
            }
            (low, high) = (first, last);
            if self.word(low).len() == depth + 1 {
                if found.len() < CANDIDATES {
                    found.push(depth + 1);
                }
                if high - low == 1 {
                    break;
                }
            }
        }
        (found, seen)
    }
}

/// Words looked at from one place.
const CANDIDATES: usize = 20;

fn lower(mut low: usize, mut high: usize, before: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// The lists at hand.
#[derive(Clone, Debug, Default)]
pub struct WordLists(BTreeMap<WordScript, Arc<WordList>>);

impl WordLists {
    /// Adds a list; one of the same script gives way.
    pub fn add(&mut self, list: WordList) {
        self.0.insert(list.script, Arc::new(list));
    }
    /// The list of a script.
    #[must_use]
    pub fn get(&self, script: WordScript) -> Option<&WordList> {
        self.0.get(&script).map(AsRef::as_ref)
    }
    /// Whether the list in a file of this name is at hand.
    #[must_use]
    pub fn has_file(&self, name: &str) -> bool {
        self.0.keys().any(|s| s.file() == name)
    }
}

/// The scripts in a text whose lines are broken by words, ascending.
#[must_use]
pub fn scripts_in(text: &str) -> Vec<WordScript> {
    // Every such letter takes three bytes, of which the first is E0, E1 or EA.
    if !text.bytes().any(|b| matches!(b, 0xE0 | 0xE1 | 0xEA)) {
        return Vec::new();
    }
    crate::ordered::set(text.chars().filter_map(WordScript::of)).into_iter().collect()
}

/// Byte offsets where words end within stretches of such scripts; and the scripts whose lists are wanting.
#[must_use]
pub(crate) fn ends(text: &str, lists: &WordLists) -> (Vec<usize>, Vec<WordScript>) {
    let scripts = scripts_in(text);
    let wanting: Vec<WordScript> = scripts.iter().copied().filter(|s| lists.get(*s).is_none()).collect();
    let mut out = Vec::new();
    if scripts.len() > wanting.len() {
        stretches(text, lists, |list, letters, offsets| {
            out.extend(cut(list, letters).into_iter().filter_map(|end| offsets.get(end)));
        });
    }
    (out, wanting)
}

/// Those of them that part what a reader holds for one word. Where a writer marks places of a clause (U+200B), all others do.
#[must_use]
pub(crate) fn inside(text: &str, lists: &WordLists) -> Vec<usize> {
    let mut out = Vec::new();
    if scripts_in(text).is_empty() {
        return out;
    }
    stretches(text, lists, |list, letters, offsets| {
        let ends = cut(list, letters);
        let marked = ends.first().and_then(|end| offsets.get(*end)).is_some_and(|at| {
            let (before, after) = text.split_at_checked(*at).unwrap_or_default();
            let own = before.rsplit(char::is_whitespace).next().into_iter().chain(after.split(char::is_whitespace).next());
            own.into_iter().any(|part| part.contains('\u{200b}'))
        });
        let parting = if marked { ends } else { whole::inside(list, letters, &ends) };
        out.extend(parting.into_iter().filter_map(|end| offsets.get(end)));
    });
    out
}

/// Hands on each stretch of one script whose list is at hand: its letters, and where they are in the text.
fn stretches(text: &str, lists: &WordLists, mut take: impl FnMut(&WordList, &[char], &[usize])) {
    let (mut letters, mut offsets) = (Vec::new(), Vec::new());
    let mut current: Option<WordScript> = None;
    let end = std::iter::once((text.len(), None));
    for (at, c) in text.char_indices().map(|(at, c)| (at, Some(c))).chain(end) {
        let script = c.and_then(WordScript::of);
        if script != current {
            if let Some(list) = current.and_then(|s| lists.get(s)) {
                take(list, &letters, &offsets);
            }
            letters.clear();
            offsets.clear();
            current = script;
        }
        if let Some(c) = c.filter(|_| script.is_some()) {
            letters.push(c);
            offsets.push(at);
        }
    }
}
