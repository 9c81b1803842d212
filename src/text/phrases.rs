//! In: Japanese or Chinese text whose copy marks no phrases, and the model of its language. Out: what it costs balanced lines to end at a
//! place: little where a phrase ends, much inside one. The models are files beside the fonts (`fonts/*.phrases`, made by
//! `fonts/phrases.py` from those of BudouX), handed in when such text appears and never part of the module. Where lines may end at
//! all is left to `breaks`, where they do to `balance`: running text is broken as browsers break it.
//!
//! A model gives points to the letters around a place: three before it and three after, one by one, by twos and by threes. Their sum
//! says whether a phrase ends there, and how sure that is.

use super::breaks;
use super::coverage;
use super::words::{self, WordLists};
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Begins a file of phrases.
const MAGIC: &[u8] = b"VPH1";
/// Letters of the longest line that is looked at: more are no headline.
const LONGEST: usize = 400;
/// What ending a line costs, in shares of a squared line width: where nothing is sure, and by how much less or more where all is.
const UNSURE: f32 = 0.5;
const SURE: f32 = 0.4;
/// A Chinese figure or pointing word and what it counts; a word that stands behind another and is nothing else.
const LEANS: f32 = 0.9;
/// A word of a script without spaces, in two.
const INSIDE: f32 = 0.9;
/// A letter that is left alone at a line's head or end.
const ALONE: f32 = 0.7;

/// From what cost on a line's end tears a phrase.
const TORN: f32 = 0.43;

/// Languages there are models for, and the first 16 digits of each file's SHA-256.
const LANGUAGES: [(&str, &str, &str); 3] = [
    ("ja", "ja.phrases", "1dd58be4d5bbec7c"),
    ("zh-Hans", "zh-Hans.phrases", "d8f2361625f4e530"),
    ("zh-Hant", "zh-Hant.phrases", "178b1bc3d2c332c7"),
];

/// Where the letters of a table stand: the first, from the place, and how many. In the order of the file.
const TABLES: [(isize, usize); 13] =
    [(-3, 1), (-2, 1), (-1, 1), (0, 1), (1, 1), (2, 1), (-2, 2), (-1, 2), (0, 2), (-3, 3), (-2, 3), (-1, 3), (0, 3)];

/// The file of the model that a text asks for, below `fonts/`. None where the language has none, where there is nothing to part, and
/// where the copy marks its phrases itself (U+200B).
#[must_use]
pub fn file_for(text: &str, locale: &str) -> Option<&'static str> {
    row(locale).filter(|_| asks(text)).map(|(_, file, _)| *file)
}

/// What that model is, for fingerprints; none where there is none.
#[must_use]
pub fn digest_for(text: &str, locale: &str) -> Option<&'static str> {
    row(locale).filter(|_| asks(text)).map(|(.., digest)| *digest)
}

fn row(locale: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let language = coverage::cjk_locale(locale);
    LANGUAGES.iter().find(|(tag, ..)| *tag == language)
}

fn asks(text: &str) -> bool {
    let mut before = false;
    let two = text.chars().any(|c| std::mem::replace(&mut before, is_written_on(c)) && before);
    two && !text.contains('\u{200b}')
}

/// Kana and ideographs, between which lines may end without a space.
fn is_written_on(c: char) -> bool {
    is_ideograph(c) || is_katakana(c) || matches!(u32::from(c), 0x3041..=0x309F)
}
fn is_katakana(c: char) -> bool {
    matches!(u32::from(c), 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF)
}
fn is_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0x3005 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Letters in one number, so that tables are searched by it.
type Letters = u64;
/// What the letters of a table are worth, ascending by letters.
type Points = Vec<(Letters, i16)>;

/// What says where phrases of a language end.
#[derive(Debug)]
pub struct PhraseModel {
    file: &'static str,
    /// Twice the points from which on an answer is sure.
    sure: i32,
    /// All points together: the half of them is where a phrase begins to be likelier than not.
    sum: i32,
    tables: Vec<Points>,
}

impl PhraseModel {
    /// Whether bytes are a model of phrases.
    #[must_use]
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a model; `fonts/phrases.py` says how it is written.
    ///
    /// # Errors
    /// `media` where it is broken.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        Self::parsed(bytes).ok_or_else(|| Error::new(ErrorKind::Media, name, "the model of phrases is broken"))
    }

    fn parsed(bytes: &[u8]) -> Option<Self> {
        let (&length, rest) = bytes.strip_prefix(MAGIC)?.split_first()?;
        let (tag, mut rest) = rest.split_at_checked(usize::from(length))?;
        let (_, file, _) = LANGUAGES.iter().find(|(language, ..)| language.as_bytes() == tag)?;
        let mut number = || {
            let (two, after) = rest.split_first_chunk::<2>()?;
            rest = after;
            Some(u16::from_le_bytes(*two))
        };
        let sure = 2 * i32::from(number()?);
        let mut tables = Vec::with_capacity(TABLES.len());
        let mut sum = 0;
        for (_, letters) in TABLES {
            let count = usize::from(number()?);
            let mut points = Points::new();
            for _ in 0..count {
                let mut key = 0;
                for _ in 0..letters {
                    key = key << 16 | Letters::from(number()?);
                }
                if points.last().is_some_and(|(before, _)| *before >= key) {
                    return None;
                }
                let worth = number()?.cast_signed();
                sum += i32::from(worth);
                points.push((key, worth));
            }
            tables.push(points);
        }
        (sure > 0).then_some(Self { file, sure, sum, tables })
    }

    /// Whether a phrase ends before each letter of a line but the first: 1 is surely, -1 surely not.
    #[must_use]
    pub fn ends(&self, line: &[char]) -> Vec<f32> {
        // What has no place in a table matches nothing there.
        let units: Vec<Letters> = line.iter().map(|c| u16::try_from(u32::from(*c)).unwrap_or(u16::MAX).into()).collect();
        (1..units.len())
            .map(|at| {
                let points = TABLES.iter().zip(&self.tables).map(|((from, letters), points)| {
                    let window = at.checked_add_signed(*from).and_then(|from| units.get(from..from + letters));
                    let key = window.map(|w| w.iter().fold(0, |key, unit| key << 16 | unit));
                    let found = key.and_then(|key| points.binary_search_by_key(&key, |p| p.0).ok());
                    found.and_then(|n| points.get(n)).map_or(0, |p| i32::from(p.1))
                });
                let score = 2 * points.sum::<i32>() - self.sum;
                #[allow(clippy::cast_precision_loss)] // At most one either way.
                let share = score.clamp(-self.sure, self.sure) as f32 / self.sure as f32;
                share
            })
            .collect()
    }
}

/// The models at hand.
#[derive(Clone, Debug, Default)]
pub struct PhraseModels(BTreeMap<&'static str, Arc<PhraseModel>>);

impl PhraseModels {
    /// Adds a language's model; one of the same language gives way.
    pub fn add(&mut self, model: PhraseModel) {
        self.0.insert(model.file, Arc::new(model));
    }
    /// The model in a file of this name.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&PhraseModel> {
        self.0.get(file).map(AsRef::as_ref)
    }
}

/// Where the phrases of a text end, as far as anybody knows.
pub(crate) struct Phrases {
    chinese: bool,
    /// By byte offset, ascending.
    ends: Vec<(usize, f32)>,
    /// Places inside words of Thai, Lao, Khmer and Burmese, ascending.
    inside: Vec<usize>,
}

impl Phrases {
    /// Those of a text; and the file that is wanting, if one is.
    pub(crate) fn of(text: &str, locale: &str, models: &PhraseModels, lists: &WordLists) -> (Self, Option<&'static str>) {
        let mut found = Self {
            chinese: coverage::cjk_locale(locale).starts_with("zh"),
            ends: Vec::new(),
            inside: words::inside(text, lists),
        };
        let Some(file) = file_for(text, locale) else { return (found, None) };
        let Some(model) = models.get(file) else { return (found, Some(file)) };
        let mut from = 0;
        for line in text.split_inclusive(breaks::is_newline) {
            let letters: Vec<char> = line.chars().collect();
            if letters.len() <= LONGEST {
                let places = line.char_indices().skip(1).map(|(at, _)| from + at);
                found.ends.extend(places.zip(model.ends(&letters)));
            }
            from += line.len();
        }
        (found, None)
    }

    /// Whether they are known.
    pub(crate) fn known(&self) -> bool {
        !self.ends.is_empty() || !self.inside.is_empty()
    }

    /// Whether a phrase, as far as is known, goes on over a place that costs so much.
    pub(crate) fn torn(&self, cost: f32) -> bool {
        self.known() && cost >= TORN
    }

    /// How little it suits a headline to end a line at a place, in shares of a squared line width.
    pub(crate) fn cost(&self, at: usize, before: &str, after: &str) -> f32 {
        let plain = breaks::unwilling(before, after);
        let mut next = after.chars();
        let (Some(a), Some(b)) = (before.chars().next_back(), next.next()) else { return plain };
        if self.inside.binary_search(&at).is_ok() {
            return INSIDE;
        }
        let Ok(found) = self.ends.binary_search_by_key(&at, |e| e.0) else { return plain };
        // Spaces, stops and soft hyphens need nobody to say what they are.
        if breaks::hangs(a) || breaks::ends_clause(a) || a == '\u{ad}' {
            return plain;
        }
        let cost = self.ends.get(found).map_or(plain, |(_, sure)| UNSURE - SURE * sure);
        let least = match (a, b) {
            // One letter behind a stop, or at the head of the text: no word, or one that is left alone.
            _ if begins_with_one(before) => ALONE,
            _ if self.chinese => leans_in_chinese(a, b, next.next()),
            // Inside a loan word; before what is a particle and nothing else.
            _ if (is_katakana(a) && is_katakana(b)) || b == 'を' => UNSURE,
            // The particle that joins two names; before kana it may begin a word (`のんびり`).
            _ if b == 'の' && next.clone().next().is_some_and(|c| is_ideograph(c) || is_katakana(c)) => UNSURE,
            // Two words of a compound.
            _ if is_ideograph(a) && is_ideograph(b) => plain,
            _ => 0.0,
        };
        let leans = if self.chinese { 0.0 } else { leans_in_japanese(before, a, b, next.next()) };
        cost.max(least).max(leans)
    }
}

/// Whether what was written ends with a letter that a stop, a space or nothing stands before.
fn begins_with_one(before: &str) -> bool {
    let mut last = before.chars().rev();
    last.next().is_some_and(is_written_on) && last.next().is_none_or(|c| breaks::hangs(c) || breaks::ends_clause(c))
}

/// What the model parts and no reader does: the counter か所 and its figure; a last letter and what it belongs to (`四つの夜、`); the
/// ends of a span of days.
fn leans_in_japanese(before: &str, a: char, b: char, next: Option<char>) -> f32 {
    let counter = |c: char| matches!(c, 'か' | 'カ' | 'ヵ' | 'ヶ' | 'ケ');
    let counts = |c: char| "一二三四五六七八九十百千数何".contains(c) || c.is_ascii_digit();
    let figure = || before.chars().rev().nth(1).is_some_and(counts);
    let counted = |c: char| matches!(c, '所' | '国' | '月' | '年' | '条');
    let counting = counts(a) && counter(b) && next.is_some_and(counted) || counter(a) && counted(b) && figure();
    let span = matches!(a, '〜' | '～') && b.is_ascii_digit();
    let stub = a == 'の' && is_ideograph(b) && next.is_none_or(|c| matches!(c, '、' | '。' | '！' | '？'));
    // A stub is still better than a word in two.
    if counting || span {
        LEANS
    } else if stub {
        TORN
    } else {
        0.0
    }
}

/// Models of Chinese know words, not phrases: a figure goes with what it counts, a particle with its word.
fn leans_in_chinese(a: char, b: char, next: Option<char>) -> f32 {
    let counts = "一二三四五六七八九十百千万萬两兩每这這那几幾".contains(a) && is_ideograph(b);
    let particle = "们們吗嗎呢吧".contains(b) || (b == '的' && !matches!(next, Some('士' | '确' | '確')));
    if counts || particle { LEANS } else { 0.0 }
}
