//! In: words, brand names. Out: the stretches in which no line may end: a figure and its unit, sign or currency, spans of
//! figures, figures grouped by spaces, brand names of several words. What a writer marks with `<nobreak>` is added by the caller.

use std::ops::Range;

/// Units after a figure. Letter case counts: `m` is not `M`.
const UNITS: [&str; 62] = [
    "%", "‰", "°", "°C", "°F", "€", "$", "£", "¥", "₹", "₩", "₺", "₴", "₽", "zł", "Kč", "kr", "kr.", "Ft", "lei", "лв", "лв.",
    "грн", "руб.", "₫", "฿", "元", "円", "원", "R$", "CHF", "EUR", "USD", "GBP", "PLN", "CZK", "SEK", "NOK", "DKK", "g", "kg",
    "mg", "l", "L", "ml", "cl", "m", "cm", "mm", "km", "h", "min", "W", "kW", "kWh", "V", "GB", "MB", "TB", "Uhr", "Jahre",
    "pcs",
];

/// Letters of the longest span of figures (`10.–13.`, `9–17`) that stays on one line.
const LONGEST_SPAN: usize = 11;

fn currency(word: &str) -> bool {
    let sign = |c: char| matches!(c, '$' | '£' | '¥' | '€' | '₹' | '₩' | '₺' | '₴' | '₽' | '₫' | '฿' | '₪' | '₱' | '\u{20a6}');
    let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    !word.is_empty()
        && (word.chars().all(|c| sign(c) || c.is_ascii_uppercase()) && word.contains(sign) || (code && UNITS.contains(&word)))
}

fn figures(word: &str) -> bool {
    word.chars().any(char::is_numeric)
        && word
            .chars()
            .all(|c| c.is_numeric() || matches!(c, '.' | ',' | '-' | '\u{2212}' | '+' | '–' | '×' | '½' | '\'' | '’' | '٫' | '٬'))
}

/// The stretches, ascending; they may overlap.
#[must_use]
pub fn stretches(text: &str, brands: &[String]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for brand in brands.iter().filter(|b| b.contains(|c: char| !c.is_alphanumeric()) || b.chars().count() > 1) {
        out.extend(text.match_indices(brand.as_str()).map(|(at, found)| at..at + found.len()));
    }
    // Without a figure there is nothing beside one.
    if !text.contains(char::is_numeric) {
        return ascending(out);
    }
    // Words with the one space before each.
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(at),
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    for range in &words {
        let word = text.get(range.clone()).unwrap_or_default();
        if word.contains('–') && figures(word) && word.chars().count() <= LONGEST_SPAN {
            out.push(range.clone());
        }
    }
    for pair in words.windows(2) {
        let [a, b] = pair else { continue };
        let between = text.get(a.end..b.start).unwrap_or_default();
        if between.chars().count() != 1 || between.contains(super::breaks::is_newline) {
            continue;
        }
        let word = |r: &Range<usize>| text.get(r.clone()).unwrap_or_default();
        let (first, second) = (word(a), word(b));
        let bare = second.trim_end_matches([',', '.', ';', ':', '!', '?', ')', '…']);
        let opened = first.trim_start_matches(['(', '“', '"', '«', '„']);
        // Most words are no figures: what follows them is not looked at.
        let unit = || UNITS.contains(&bare) || UNITS.contains(&second) || currency(bare);
        let group = || {
            let thousands = second.len() >= 3 && bare.chars().take(3).all(|c| c.is_ascii_digit()) && figures(bare);
            thousands && opened.chars().all(|c| c.is_ascii_digit()) && opened.len() <= 3
        };
        if (figures(opened) && (unit() || group())) || (figures(bare) && currency(opened)) {
            out.push(a.start..b.end);
        }
    }
    ascending(out)
}

/// Stretches in the order of the text, each once.
#[must_use]
pub fn ascending(list: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let pairs = crate::ordered::set(list.into_iter().map(|r| (r.start, r.end)));
    pairs.into_iter().map(|(start, end)| start..end).collect()
}

/// Signs and codes of currencies beside a figure: what stands small and raised where the master wants it so.
#[must_use]
pub fn currencies(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    let part = |c: char| c.is_alphabetic() || (!c.is_numeric() && !c.is_whitespace() && !c.is_ascii_punctuation()) || c == '$';
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let near = |s: &str, first: bool| {
                    let mut chars: Vec<char> = s.chars().filter(|c| !c.is_whitespace()).collect();
                    if first { chars.first().copied() } else { chars.pop() }.is_some_and(char::is_numeric)
                };
                let beside = near(text.get(..from).unwrap_or_default(), false) || near(text.get(at..).unwrap_or_default(), true);
                if beside
                    && text.get(from..at).is_some_and(|w| {
                        currency(w) || matches!(w, "zł" | "Kč" | "kr" | "Ft" | "lei" | "лв" | "грн" | "元" | "円" | "원")
                    })
                {
                    out.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}
