//! In: text and a locale. Out: where a line may or must end (UAX 14 with the tailorings of CSS Text 3).
//! Japanese and Chinese by the strict rules, Korean at spaces; Thai, Lao, Khmer and Burmese at spaces and U+200B, since
//! there is no dictionary here. Which opportunity is taken is left to `fit`.

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

/// Every opportunity, the end of the text last (as a soft one).
#[must_use]
pub fn opportunities(text: &str, locale: &str, words: WordBreak, strictness: Strictness) -> Vec<Opportunity> {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(match strictness {
        Strictness::Strict => LineBreakStrictness::Strict,
        Strictness::Normal => LineBreakStrictness::Normal,
        Strictness::Loose => LineBreakStrictness::Loose,
        Strictness::Anywhere => LineBreakStrictness::Anywhere,
    });
    options.word_option = Some(match words {
        WordBreak::Normal => LineBreakWordOption::Normal,
        WordBreak::KeepAll => LineBreakWordOption::KeepAll,
        WordBreak::BreakAll => LineBreakWordOption::BreakAll,
    });
    let language = locale.parse::<LanguageIdentifier>().ok();
    options.content_locale = language.as_ref();
    let segmenter = LineSegmenter::new_for_non_complex_scripts(options);
    segmenter
        .segment_str(text)
        .filter(|&at| at > 0)
        .map(|at| Opportunity { at, hard: text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(is_newline) })
        .collect()
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
