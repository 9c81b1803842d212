//! In: text set in columns. Out: how each character stands: upright, turned with the words around it, or with other figures in one
//! square, as CSS Writing Modes 4 has it (`text-orientation: mixed`, `text-combine-upright: digits`). Source: UAX 50. Placing is left
//! to `shape`.

use super::itemise::default_ignorable;
use super::shape::Course;

/// Most figures that share a square; more are turned, as a word is.
const TOGETHER: usize = 3;

/// What stands upright (Vertical_Orientation U, Tu and Tr of UAX 50, as ranges), below the planes where all but little does.
const UPRIGHT: [(u32, u32); 72] = [
    (0xA7, 0xA7),
    (0xA9, 0xA9),
    (0xAE, 0xAE),
    (0xB1, 0xB1),
    (0xBC, 0xBE),
    (0xD7, 0xD7),
    (0xF7, 0xF7),
    (0x2EA, 0x2EB),
    (0x1100, 0x11FF),
    (0x1401, 0x167F),
    (0x18B0, 0x18FF),
    (0x2016, 0x2016),
    (0x2020, 0x2021),
    (0x2030, 0x2031),
    (0x203B, 0x203C),
    (0x2042, 0x2042),
    (0x2047, 0x2049),
    (0x2051, 0x2051),
    (0x20DD, 0x20E0),
    (0x20E2, 0x20E4),
    (0x2100, 0x2101),
    (0x2103, 0x2109),
    (0x210F, 0x210F),
    (0x2113, 0x2114),
    (0x2116, 0x2117),
    (0x211E, 0x2123),
    (0x2125, 0x2125),
    (0x2127, 0x2127),
    (0x2129, 0x2129),
    (0x212E, 0x212E),
    (0x2135, 0x213F),
    (0x2145, 0x214A),
    (0x214C, 0x214D),
    (0x214F, 0x2189),
    (0x218C, 0x218F),
    (0x221E, 0x221E),
    (0x2234, 0x2235),
    (0x2300, 0x2307),
    (0x230C, 0x231F),
    (0x2324, 0x232B),
    (0x237D, 0x239A),
    (0x23BE, 0x23CD),
    (0x23CF, 0x23CF),
    (0x23D1, 0x23DB),
    (0x23E2, 0x2422),
    (0x2424, 0x24FF),
    (0x25A0, 0x2619),
    (0x2620, 0x2767),
    (0x2776, 0x2793),
    (0x2B12, 0x2B2F),
    (0x2B50, 0x2B59),
    (0x2B97, 0x2B97),
    (0x2BB8, 0x2BD1),
    (0x2BD3, 0x2BEB),
    (0x2BF0, 0x2BFF),
    (0x2E50, 0x2E51),
    (0x2E80, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xE000, 0xFAFF),
    (0xFE10, 0xFE1F),
    (0xFE30, 0xFE48),
    (0xFE50, 0xFE57),
    (0xFE59, 0xFE62),
    (0xFE67, 0xFE6F),
    (0xFF01, 0xFF0C),
    (0xFF0E, 0xFF1B),
    (0xFF1F, 0xFF60),
    (0xFFE0, 0xFFE7),
    (0xFFF0, 0xFFFD),
    (0x16FE0, 0x1B2FF),
    (0x1D000, 0x1D37F),
];

/// Whether a character stands upright by itself.
#[must_use]
pub(crate) fn upright(c: char) -> bool {
    let c = u32::from(c);
    // Emoji, and the planes of ideographs.
    if (0x1F000..0x1F800).contains(&c) || (0x1F900..0xE_0000).contains(&c) {
        return true;
    }
    let after = UPRIGHT.partition_point(|&(first, _)| first <= c);
    after.checked_sub(1).and_then(|i| UPRIGHT.get(i)).is_some_and(|&(_, last)| c <= last)
}

/// How the character at a byte runs in a column: as the stretch of turned characters around it does.
pub(crate) fn course(text: &str, at: usize) -> Course {
    let mut at = at;
    // What draws nothing goes with what is before it.
    while text.get(at..).and_then(|t| t.chars().next()).is_some_and(default_ignorable) {
        let Some((before, _)) = text.get(..at).and_then(|t| t.char_indices().next_back()) else { return Course::Below };
        at = before;
    }
    let here = text.get(at..).unwrap_or_default();
    let Some(first) = here.chars().next().filter(|c| !upright(*c)) else { return Course::Below };
    let turned = |c: &char| !upright(*c) && !default_ignorable(*c);
    let before: usize = text.get(..at).unwrap_or_default().chars().rev().take_while(turned).map(char::len_utf8).sum();
    let after: usize = here.chars().take_while(turned).map(char::len_utf8).sum();
    let word = text.get(at - before..at + after).unwrap_or_default().trim_matches(char::is_whitespace);
    let (figures, sign) = match word.strip_suffix('%') {
        Some(figures) => (figures, true),
        None => (word, false),
    };
    let few = !figures.is_empty() && figures.len() <= TOGETHER && figures.bytes().all(|b| b.is_ascii_digit());
    match first {
        _ if !few => Course::Turned,
        // The sign stands below its figures.
        '%' if sign => Course::Below,
        c if c.is_ascii_digit() => Course::Square,
        _ => Course::Turned,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
    use super::*;

    fn courses(text: &str) -> String {
        let name = |c: Course| match c {
            Course::Below => 'u',
            Course::Square => 's',
            Course::Turned => 't',
            Course::Beside => '?',
        };
        text.char_indices().map(|(at, _)| name(course(text, at))).collect()
    }

    #[test]
    fn ranges_ascend() {
        assert!(UPRIGHT.windows(2).all(|w| w[0].0 <= w[0].1 && w[0].1 < w[1].0));
    }

    #[test]
    fn words_turn_and_few_figures_stand() {
        assert_eq!(courses("朝12時"), "ussu");
        assert_eq!(courses("全100品"), "usssu");
        assert_eq!(courses("2026年"), "ttttu");
        assert_eq!(courses("1,980円"), "tttttu");
        assert_eq!(courses("50%オフ"), "ssuuu");
        assert_eq!(courses("今SALE中"), "uttttu");
        assert_eq!(courses("Wi-Fi 6対応"), "tttttttuu");
        assert_eq!(courses("「あ」ー、"), "uuuuu");
        assert_eq!(courses("５０％☀"), "uuuu");
        assert_eq!(courses("❤\u{fe0f}12\n34"), "uusssss");
    }
}
