//! In: words, brand names, a language's calendar. Out: the stretches in which no line may end: a figure and its unit, sign or currency, spans of
//! figures, figures grouped by spaces, dates, hours, marks that French sets apart, brand names of several words. What a writer marks with
//! `<nobreak>` is added by the caller; which words belong to a figure is known to `beside`, and where no spaces are written to `written_on`.

use super::beside;
use super::breaks::is_newline;
use super::itemise::default_ignorable;
use super::written_on;
use crate::limits;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

/// Letters of the longest span of figures (`10.–13.`, `9 bis 17`) that stays on one line.
const LONGEST_SPAN: usize = 11;

/// What a language calls its months and the halves of a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    months: Vec<String>,
    halves: Vec<String>,
}

impl Calendar {
    /// Months as they stand in a date, full and short; before and after noon.
    #[must_use]
    pub fn new<'a>(months: impl Iterator<Item = &'a String>, halves: &[String]) -> Self {
        let months = months.map(|month| beside::name(month)).filter(|month| !month.is_empty());
        Self { months: months.collect(), halves: halves.to_vec() }
    }
    fn is_month(&self, word: &str) -> bool {
        let word = beside::name(word);
        self.months.contains(&word)
    }
    /// Bytes of a month that a word begins with, where words are written on.
    fn begins_with_month(&self, word: &str) -> Option<usize> {
        let begun = |month: &&String| written_on::is_written_on(month) && word.starts_with(month.as_str());
        self.months.iter().filter(begun).map(String::len).max()
    }
    fn is_half(&self, word: &str) -> bool {
        // Letter case counts: German `am` is no `AM`.
        self.halves.iter().any(|half| beside::is_word(word, half))
    }
}

/// The calendars of the languages that a text may be written in.
pub type Calendars<'a> = &'a dyn Fn() -> [Arc<Calendar>; 2];

/// The stretches, ascending; they may overlap.
#[must_use]
pub fn stretches(text: &str, brands: &[String]) -> Vec<Range<usize>> {
    stretches_of(text, brands, &Default::default)
}

/// As [`stretches`], with the dates and hours of its languages, asked for where there is a figure at all.
#[must_use]
pub fn stretches_of(text: &str, brands: &[String], calendars: Calendars<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    for brand in brands.iter().filter(|b| b.contains(|c: char| !c.is_alphanumeric()) || b.chars().count() > 1) {
        out.extend(text.match_indices(brand.as_str()).map(|(at, found)| at..at + found.len()));
    }
    let words = Words::of(text);
    for n in 0..words.ranges.len() {
        if (beside::closes_alone(words.word(n + 1)) || beside::opens_alone(words.word(n))) && words.beside(n) {
            out.extend(words.stretch(n, n + 1));
        }
    }
    // Without a figure there is nothing beside one.
    if text.contains(char::is_numeric) {
        let calendars = calendars();
        (0..words.ranges.len()).for_each(|n| words.figures(n, &calendars, &mut out));
        written_on::counted(text, &mut out);
    }
    ascending(out)
}

/// The stretches of texts by language, each found when it is first asked for: every format of a language asks for the same ones.
#[derive(Debug, Default)]
pub struct Stretches(Mutex<BTreeMap<String, BTreeMap<String, Found>>>);

type Found = Arc<[Range<usize>]>;

impl Stretches {
    /// Those of a text in a language.
    pub fn of(&self, text: &str, language: &str, find: impl FnOnce() -> Vec<Range<usize>>) -> Vec<Range<usize>> {
        let Ok(mut known) = self.0.lock() else { return find() };
        if let Some(found) = known.get(language).and_then(|texts| texts.get(text)) {
            return found.to_vec();
        }
        let found = find();
        if known.values().map(BTreeMap::len).sum::<usize>() >= limits::TEXTS_KEPT {
            known.clear();
        }
        known.entry(language.to_owned()).or_default().insert(text.to_owned(), found.as_slice().into());
        found
    }
}

/// The words of a text.
struct Words<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut ranges = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
            match (c.is_whitespace(), start) {
                (false, None) => start = Some(at),
                (true, Some(from)) => {
                    ranges.push(from..at);
                    start = None;
                }
                _ => {}
            }
        }
        Self { text, ranges }
    }

    /// A word; empty beyond the last.
    fn word(&self, n: usize) -> &'a str {
        self.ranges.get(n).and_then(|r| self.text.get(r.clone())).unwrap_or_default()
    }

    /// Whether one space, which is no line's end, stands between a word and the next.
    fn beside(&self, n: usize) -> bool {
        let (Some(a), Some(b)) = (self.ranges.get(n), self.ranges.get(n + 1)) else { return false };
        let between = self.text.get(a.end..b.start).unwrap_or_default();
        between.chars().count() == 1 && !between.contains(is_newline)
    }

    fn stretch(&self, first: usize, last: usize) -> Option<Range<usize>> {
        Some(self.ranges.get(first)?.start..self.ranges.get(last)?.end)
    }

    /// Adds the stretches that begin with a word, as far as figures make them.
    fn figures(&self, n: usize, calendars: &[Arc<Calendar>], out: &mut Vec<Range<usize>>) {
        let (a, b, c) = (self.word(n), self.word(n + 1), self.word(n + 2));
        let short = |last: usize| {
            self.stretch(n, last).filter(|r| self.text.get(r.clone()).is_some_and(|t| t.chars().count() <= LONGEST_SPAN))
        };
        let figures = beside::is_figures(a);
        if figures && a.contains('–') {
            out.extend(short(n));
        }
        if !self.beside(n) {
            return;
        }
        let month = |word: &str| calendars.iter().any(|c| c.is_month(word));
        let half = |word: &str| calendars.iter().any(|c| c.is_half(word));
        let pair = if figures {
            beside::is_after(b) || half(b) || (beside::leads_group(a) && beside::is_group(b))
        } else {
            beside::is_figures(b) && (beside::is_before(a) || half(a))
        };
        // A day and its month, in either order.
        let date = (beside::is_day(a) && month(b)) || (beside::is_day(b) && month(a));
        if pair || date {
            out.extend(self.stretch(n, n + 1));
        } else if beside::is_day(a)
            && let Some((day, named)) = self.ranges.get(n).zip(self.ranges.get(n + 1))
        {
            let month = calendars.iter().filter_map(|calendar| calendar.begins_with_month(b)).max();
            out.extend(month.map(|len| day.start..named.start + len));
        }
        let multiplied = beside::is_amount(a) && beside::multiplies(b);
        if multiplied && !figures {
            out.extend(self.stretch(n, n + 1));
        }
        if !self.beside(n + 1) {
            return;
        }
        if figures && beside::is_pair(b, c) {
            out.extend(self.stretch(n, n + 2));
        }
        if multiplied && beside::is_after(c) {
            out.extend(self.stretch(n + 1, n + 2));
        }
        if beside::joins(b) && beside::is_amount(a) && beside::is_amount(c) {
            out.extend(short(n + 2));
        }
        // French leaves the minutes unsaid: `18 h 30`.
        let minutes = |d: &str| beside::is_minutes(d) || b == "h";
        if figures && beside::is_hours(b) && beside::is_day(c) && minutes(self.word(n + 3)) {
            out.extend(self.stretch(n, n + 2));
        }
        let date = (matches!(b, "de" | "di") && month(c)) || (b == "tháng" && beside::is_figures(c));
        if beside::is_day(a) && date {
            out.extend(self.stretch(n, n + 2));
        }
    }
}

/// Stretches in the order of the text, each once.
#[must_use]
pub fn ascending(list: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let pairs = crate::ordered::set(list.into_iter().map(|r| (r.start, r.end)));
    pairs.into_iter().map(|(start, end)| start..end).collect()
}

/// Signs, codes and short names of currencies beside a figure: what stands small and raised where the master wants it so.
#[must_use]
pub fn currencies(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    let mut last = ' ';
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        // The full stops of `ر.س` and `د.إ.` are part of them.
        let dot = c == '.' && matches!(last, '\u{621}'..='\u{64a}');
        let part = c.is_alphabetic() || (!c.is_numeric() && !c.is_whitespace() && !c.is_ascii_punctuation()) || c == '$' || dot;
        last = c;
        match (part, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let seen = |c: &char| !c.is_whitespace() && !default_ignorable(*c);
                let before = text.get(..from).and_then(|t| t.chars().rev().find(seen));
                let after = text.get(at..).and_then(|t| t.chars().find(seen));
                let near = before.is_some_and(char::is_numeric) || after.is_some_and(char::is_numeric);
                if near && text.get(from..at).is_some_and(beside::is_short_currency) {
                    out.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}
