//! In: text and a locale. Out: where a line may or must end (UAX 14 with the tailorings of CSS Text 3).
//! Japanese and Chinese by the strict rules, Korean at spaces; Thai, Lao, Khmer and Burmese where
//! `words` says that words end (without its lists: at spaces and U+200B). Which opportunity is taken is left to `fit`.

use super::words::{self, WordLists, WordScript};
use icu_locale_core::LanguageIdentifier;
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness, LineBreakWordOption};

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opportunity {
    /// Byte offset: the next line begins here.
    pub at: usize,
    /// It must end here.
    pub hard: bool,
}

/// How words are kept, as CSS `word-break`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordBreak {
    /// By the rules of the script.
    #[default]
    Normal,
    /// Never inside words, which matters for Korean.
    KeepAll,
    /// Anywhere between letters.
    BreakAll,
}

/// How strictly Japanese and Chinese are broken, as CSS `line-break`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// No line begins with a small kana or a length mark.
    #[default]
    Strict,
    /// As newspapers do.
    Normal,
    /// As narrow columns do.
    Loose,
    /// Between any two graphemes.
    Anywhere,
}

/// What a locale wants where nothing is said: Korean keeps words whole.
#[must_use]
pub fn word_break_of(locale: &str) -> WordBreak {
    if super::coverage::cjk_locale(locale) == "ko" { WordBreak::KeepAll } else { WordBreak::Normal }
}

/// Every opportunity, the end of the text last (as a soft one), without lists of words.
#[must_use]
pub fn opportunities(text: &str, locale: &str, words: WordBreak, strictness: Strictness) -> Vec<Opportunity> {
    opportunities_with(text, locale, words, strictness, &WordLists::default()).0
}

/// As [`opportunities`], with the lists of words at hand; and the scripts in the text whose lists are wanting.
#[must_use]
pub fn opportunities_with(
    text: &str,
    locale: &str,
    words: WordBreak,
    strictness: Strictness,
    lists: &WordLists,
) -> (Vec<Opportunity>, Vec<WordScript>) {
    let mut found = by_rules(text, locale, words, strictness);
    let (ends, wanting) = words::ends(text, lists);
    if !ends.is_empty() {
        let graphemes = super::itemise::grapheme_bounds(text);
        // Never inside a grapheme, whatever the list says.
        let whole = |at: &usize| graphemes.binary_search(at).is_ok();
        found.extend(ends.into_iter().filter(whole).map(|at| Opportunity { at, hard: false }));
        crate::ordered::short(&mut found, |a, b| (a.at, !a.hard).cmp(&(b.at, !b.hard)));
        found.dedup_by_key(|o| o.at);
    }
    (found, wanting)
}

/// The opportunities that rules give, where letters of scripts without spaces are plain letters.
fn by_rules(text: &str, locale: &str, words: WordBreak, strictness: Strictness) -> Vec<Opportunity> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(match strictness {
        Strictness::Strict => LineBreakStrictness::Strict,
        Strictness::Normal => LineBreakStrictness::Normal,
        Strictness::Loose => LineBreakStrictness::Loose,
        Strictness::Anywhere => LineBreakStrictness::Anywhere,
    });
    // Words are kept below: the crate's own way also keeps what a hyphen parts.
    options.word_option = Some(match words {
        WordBreak::Normal | WordBreak::KeepAll => LineBreakWordOption::Normal,
        WordBreak::BreakAll => LineBreakWordOption::BreakAll,
    });
    let language = locale.parse::<LanguageIdentifier>().ok();
    options.content_locale = language.as_ref();
    let segmenter = LineSegmenter::new_17_for_non_complex_scripts(options);
    let plain = in_plain_letters(text, super::coverage::cjk_locale(locale).starts_with("zh"));
    let mut found: Vec<Opportunity> = segmenter
        .segment_str(plain.as_deref().unwrap_or(text))
        .map(|at| at + behind_mark(text, at))
        .filter(|&at| at > 0 && !inside_slash(text, at) && !(words == WordBreak::KeepAll && inside_word(text, at)))
        .map(|at| Opportunity { at, hard: text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(is_newline) })
        .collect();
    found.dedup_by_key(|o| o.at);
    found
}

/// Bytes of the spaces that are left behind a U+200B where a place to break follows it or one of them: no line begins with them (rule LB8).
fn behind_mark(text: &str, at: usize) -> usize {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    if before.trim_end_matches(' ').ends_with('\u{200b}') { after.len() - after.trim_start_matches(' ').len() } else { 0 }
}

/// After a slash or a bar before letters or figures (`and/or`, `€/kg`, `24/7`, addresses, `|12|`): UAX 14 would allow it, browsers and
/// typographers do not.
fn inside_slash(text: &str, at: usize) -> bool {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
    before.ends_with(['/', '|']) && after.chars().next().is_some_and(|c| c.is_alphanumeric() && c.is_ascii())
}

/// Between letters or figures, whatever their script, and before what joins two words of Korean (`서울·부산`, `10일~13일`).
fn inside_word(text: &str, at: usize) -> bool {
    let mark = |c: &char| super::itemise::is_mark(*c);
    let before = text.get(..at).and_then(|t| t.chars().rev().find(|c| !mark(c)));
    let after = text.get(at..).and_then(|t| t.chars().next());
    matches!((before, after), (Some(b), Some(a)) if b.is_alphanumeric() && (a.is_alphanumeric() || matches!(a, '·' | '~' | '∼')))
}

/// The text as the rules are to read it, in as many bytes; none where that is as it stands. Letters of scripts without spaces between words
/// (class SA) as plain letters and their marks as combining marks: rule LB1. In Chinese, quotation marks as brackets, as browsers and
/// CLREQ have them: a line may end before `“` and after `”` whatever is between. (Narrow brackets: a Latin word keeps its quotation mark.)
fn in_plain_letters(text: &str, chinese: bool) -> Option<String> {
    let quotes = |c: char| chinese && matches!(c, '“' | '”');
    if !text.chars().any(|c| is_complex(c) || quotes(c)) {
        return None;
    }
    let marks = |c: char| words::is_mark(c) || super::itemise::is_mark(c);
    let plain = |c: char| match (c.len_utf8(), is_complex(c)) {
        _ if quotes(c) => {
            if c == '“' {
                '\u{2045}'
            } else {
                '\u{2046}'
            }
        }
        (_, false) => c,
        (3, _) if marks(c) => '\u{1ab0}',
        (3, _) => '\u{1d00}',
        (_, _) if marks(c) => '\u{1d165}',
        _ => '\u{10330}',
    };
    Some(text.chars().map(plain).collect())
}

/// Class SA of UAX 14: Thai, Lao, Myanmar, Khmer, Tai Le, New Tai Lue, Tai Tham, Tai Viet, Ahom.
fn is_complex(c: char) -> bool {
    matches!(u32::from(c),
        0xE01..=0xE3A | 0xE40..=0xE4E | 0xE81..=0xEBD | 0xEC0..=0xECE | 0xEDC..=0xEDF | 0x1000..=0x103F | 0x1050..=0x108F
        | 0x109A..=0x109F | 0x1780..=0x17D3 | 0x17D7 | 0x17DC..=0x17DD | 0x1950..=0x19C9 | 0x19DE..=0x19DF | 0x1A20..=0x1A7C
        | 0x1AA0..=0x1AAD | 0xA9E0..=0xA9EF | 0xA9FA..=0xA9FE | 0xAA60..=0xAADF | 0x11700..=0x1172B | 0x1173A..=0x1173B | 0x1173F..=0x11746)
}

/// Characters that end a line by force (UAX 14 classes BK, CR, LF, NL).
#[must_use]
pub fn is_newline(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space that hangs at a line's end.
#[must_use]
pub fn hangs(c: char) -> bool {
    is_newline(c) || (c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')) || c == '\u{200b}'
}

/// Stops and commas after which a line ends better than anywhere.
pub(crate) fn ends_clause(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．' | '！' | '？' | ',' | '.' | '!' | '?')
}

/// Whether a text ends with a preposition or conjunction of one letter where the typography of Czech, Polish, Slovak and the languages in
/// Cyrillic keeps those to the next word. Large `A` and `K` are as often names (`vitamin K`).
pub(crate) fn is_preposition_alone(text: &str, locale: &str) -> bool {
    let letters = match locale.split('-').next() {
        Some("cs" | "pl" | "sk") => "aikosuvzwIOSUVZW",
        Some("ru" | "uk" | "be" | "bg") => "авзийікосуАВЗИЙІКОСУ",
        _ => return false,
    };
    let mut last = text.chars().rev();
    last.next().is_some_and(|c| letters.contains(c))
        && last.next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '„' | '«'))
}

/// Hindi that stands behind its word and belongs to it.
const POSTPOSITIONS: &str = " में से को का की के पर ने तक है हैं ";

/// Whether a word leans on the one before it: a headline's line does not begin with it.
pub(crate) fn leans_back(after: &str, locale: &str) -> bool {
    let word =
        || after.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c == '\u{964}').next().unwrap_or_default();
    locale.starts_with("hi") && POSTPOSITIONS.split(' ').any(|p| !p.is_empty() && p == word())
}

/// Languages in which articles and prepositions are words of their own, before what they belong to.
const LEAD: &str = "be bg ca cs da de el en es fr gl hr is it lb lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv uk";

/// Whether a word of a few small letters leans on the one after it, as an article or a preposition does.
pub(crate) fn leans_on(before: &str, locale: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let short = word.chars().all(char::is_lowercase) && (1..=LEANS).contains(&word.chars().count());
    short && locale.split('-').next().is_some_and(|language| LEAD.split(' ').any(|l| l == language))
}

/// Letters of a word that leans, at the most.
const LEANS: usize = 3;

/// How little a break between these two suits balanced lines, in shares of a squared line width. Without a dictionary this
/// sees kinds of characters only: best between words and after punctuation, unwillingly inside katakana (loan words), between
/// two ideographs, at a soft hyphen, and before hiragana, which ends the word before it as often as it begins one.
pub(crate) fn unwilling(before: &str, after: &str) -> f32 {
    let (Some(a), Some(b)) = (before.chars().next_back(), after.chars().next()) else { return 0.0 };
    if a == '\u{ad}' {
        return 0.15;
    }
    if hangs(a) {
        return 0.0;
    }
    let kana = |c: char| matches!(u32::from(c), 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F);
    let hiragana = |c: char| matches!(u32::from(c), 0x3041..=0x309F);
    let ideograph = |c: char| matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF | 0x3005);
    match (a, b) {
        _ if kana(a) && kana(b) => 0.25,
        _ if ideograph(a) && ideograph(b) => 0.1,
        // A particle that stands behind its word, and is nothing else.
        _ if b == 'を' => 0.3,
        _ if a == 'を' => 0.02,
        // The ending of a verb goes with its stem, a particle with its word: worth a line a third longer than its neighbour.
        _ if hiragana(b) && a.is_alphanumeric() => 0.2,
        // A particle has just ended: the best place but punctuation.
        _ if hiragana(a) => 0.02,
        // A figure and its counter.
        _ if a.is_ascii_digit() && ideograph(b) => 0.2,
        _ if a.is_alphanumeric() && b.is_alphanumeric() => 0.06,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_lean_on_what_they_belong_to() {
        for (before, locale) in [("Jeder Weg im", "de"), ("starts in", "en"), ("lampe de", "fr"), ("сердце в", "ru")] {
            assert!(leans_on(before, locale), "{before}");
        }
        // Names and figures; languages whose small words stand behind, or that have others; greeked words.
        for (before, locale) in [("Pfeil nach Ulm", "de"), ("Dock 9", "en"), ("yol ve", "tr"), ("thi", "vi"), ("nnn", "")] {
            assert!(!leans_on(before, locale), "{before}");
        }
        assert!(leans_back("से शुरू होती है।", "hi") && leans_back("है।", "hi") && !leans_back("सेना", "hi") && !leans_back("में", "mr"));
        assert!(is_preposition_alone("Рамадана в", "ru") && is_preposition_alone("зі світла і", "uk"));
        assert!(
            !is_preposition_alone("Рамадана ё", "ru") && !is_preposition_alone("ночів", "uk") && !is_preposition_alone("a", "en")
        );
    }

    #[test]
    fn no_line_begins_with_the_space_behind_a_mark() {
        let ends = |text: &str| -> Vec<usize> {
            opportunities(text, "th", WordBreak::Normal, Strictness::Strict).into_iter().map(|o| o.at).collect()
        };
        assert_eq!(ends("ab\u{200b} cd"), [6, 8]);
    }
}
