//! In: shaped glyphs of full-width punctuation. Out: the same with the empty half taken away where two such stand side by
//! side (CSS Text 4 `text-spacing-trim`, JLREQ 3.1.4): `」「` takes one and a half squares, not two. Line ends are left to `fit`.

use super::coverage::cjk_locale;
use super::shape::EmGlyph;

/// Whether a character is full-width punctuation with its empty half behind it. In Traditional Chinese commas and full stops
/// stand in the middle of their square and keep it.
pub(crate) fn closes(c: char, locale: &str) -> bool {
    match c {
        '」' | '』' | '）' | '］' | '｝' | '〉' | '》' | '】' | '〕' | '〗' | '”' | '’' => true,
        _ => is_dot(c) && cjk_locale(locale) != "zh-Hant",
    }
}

/// Full-width commas and full stops.
pub(crate) fn is_dot(c: char) -> bool {
    matches!(c, '、' | '。' | '，' | '．')
}

fn opens(c: char) -> bool {
    matches!(c, '「' | '『' | '（' | '［' | '｛' | '〈' | '《' | '【' | '〔' | '〖' | '“' | '‘')
}

/// What has room on both sides: a bracket beside it needs none of its own.
fn in_the_middle(c: char, locale: &str) -> bool {
    matches!(c, '　' | '・' | '：' | '；') || (is_dot(c) && !closes(c, locale))
}

/// Takes away half a square where its neighbour leaves room already. Only glyphs as wide as the em are touched, so that
/// quotation marks of Latin faces stay as they are.
pub(crate) fn tuck_in(glyph: &mut EmGlyph, text: &str, locale: &str) {
    if (glyph.advance - 1.0).abs() > 0.01 {
        return;
    }
    let at = usize::try_from(glyph.cluster).unwrap_or(0);
    let mut from = text.get(at..).unwrap_or_default().chars();
    let Some(c) = from.next() else { return };
    if closes(c, locale) {
        let beside = |n: char| closes(n, locale) || opens(n) || in_the_middle(n, locale);
        if from.next().is_some_and(beside) {
            glyph.advance -= 0.5;
        }
    } else if opens(c) {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        if before.is_some_and(|p| opens(p) || in_the_middle(p, locale)) {
            glyph.advance -= 0.5;
            glyph.dx -= 0.5;
        }
    }
}
