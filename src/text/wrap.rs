//! In: text that was shaped and its breaks, a width in em. Out: the lines of first fit: each as long as the width allows, hyphens where all else was
//! given up, a word too wide parted by force. Sizes are left to `fit`, lines of even length to `balance`.

use super::endings::{Break, WideWords};
use super::itemise::{self, is_mark};
use super::script::Script;
use super::shape::Shaped;

/// A line chosen but not placed: break indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) start: usize,
    /// Index into `breaks` where it ends; none for an emergency break.
    pub(crate) end_break: Option<usize>,
    pub(crate) start_break: Option<usize>,
    pub(crate) end: usize,
}

impl Shaped {
    /// Width of a stretch as far as what is seen before a break, em: as [`Shaped::width`], which looks for the last cluster each time.
    fn width_to(&self, from: usize, to: &Break) -> f64 {
        if to.trim <= from {
            return 0.0;
        }
        let at = |i: usize| self.cum.get(i).copied().unwrap_or(0.0);
        let width = at(to.trim) - at(from);
        if self.rules.spacing_at_ends {
            return width;
        }
        let last = to.last.filter(|last| *last >= from).and_then(|i| self.spacing.get(i)).copied().unwrap_or(0.0);
        width - f64::from(last)
    }

    /// Width of a line between two breaks, em.
    pub(crate) fn span_width(&self, from: Option<usize>, to: usize) -> f64 {
        let start = from.and_then(|i| self.breaks.get(i));
        let Some(end) = self.breaks.get(to) else { return 0.0 };
        let at = start.map_or(0, |b| b.at);
        let mut width = self.width_to(at, end) + end.hyphen.map_or(0.0, |h| f64::from(h.advance));
        if end.trim == end.at || !end.hard {
            width += end.end_delta;
        }
        if end.trim > at {
            width += start.map_or(0.0, |b| b.start_delta);
        }
        width
    }

    /// Lines at a width by first fit; none where a word is too wide.
    pub(super) fn count_lines(&self, width: f64) -> Option<u32> {
        let mut lines = 0;
        let mut from: Option<usize> = None;
        let mut last: Option<usize> = None;
        for (i, b) in self.breaks.iter().enumerate() {
            if self.span_width(from, i) - b.tuck > width {
                let end = last?;
                lines += 1;
                from = Some(end);
                if self.span_width(from, i) - b.tuck > width {
                    return None;
                }
            }
            last = Some(i);
            if b.hard {
                lines += 1;
                from = Some(i);
                last = None;
            }
        }
        let ends_hard = self.breaks.last().is_some_and(|b| b.hard);
        Some(lines + u32::from(!ends_hard && !self.breaks.is_empty()))
    }

    /// The same where words are hyphenated.
    pub(super) fn count_parted(&self, width: f64) -> Option<u32> {
        let spans = self.first_fit(width);
        let fits = |s: &Span| {
            let end = s.end_break.and_then(|i| Some((i, self.breaks.get(i)?)));
            end.is_some_and(|(i, b)| self.width_from(s.start, s.start_break, i) - b.tuck <= width)
        };
        spans.iter().all(fits).then(|| u32::try_from(spans.len()).unwrap_or(u32::MAX))
    }

    /// The break to end a line at: the last that fits, or, where that parts a word, the one between words before it that leaves no
    /// more blank than the zone allows.
    fn choose(&self, last: usize, plain: Option<usize>, from: (usize, Option<usize>), width: f64) -> usize {
        let parts = self.breaks.get(last).is_some_and(|b| b.parts);
        match (self.zone, plain) {
            (Some(zone), Some(plain)) if parts && self.width_from(from.0, from.1, plain) >= (1.0 - zone) * width => plain,
            _ => last,
        }
    }

    /// Lines at a width by first fit; a word that is too wide is broken between graphemes.
    pub(super) fn first_fit(&self, width: f64) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut start_break = None;
        // The last break that fits, and the last of those between words.
        let (mut last, mut plain): (Option<usize>, Option<usize>) = (None, None);
        let mut i = 0;
        while let Some(b) = self.breaks.get(i) {
            let fits = self.width_from(start, start_break, i) - b.tuck <= width;
            if !fits {
                if let Some(end) = last.take() {
                    let end = self.choose(end, plain.take(), (start, start_break), width);
                    let at = self.breaks.get(end).map_or(start, |b| b.at);
                    lines.push(Span { start, start_break, end: at, end_break: Some(end) });
                    (start, start_break) = (at, Some(end));
                    // Back to what was passed over.
                    i = end + 1;
                    continue;
                }
                if let Some(cut) = self.emergency(start, b, width) {
                    lines.push(Span { start, start_break, end: cut, end_break: None });
                    (start, start_break) = (cut, None);
                    continue;
                }
            }
            last = Some(i);
            plain = if b.parts { plain } else { last };
            if b.hard || i + 1 == self.breaks.len() {
                lines.push(Span { start, start_break, end: b.at, end_break: Some(i) });
                (start, start_break, last, plain) = (b.at, Some(i), None, None);
            }
            i += 1;
        }
        lines
    }

    fn width_from(&self, start: usize, start_break: Option<usize>, to: usize) -> f64 {
        if start_break.is_some() || start == 0 {
            return self.span_width(start_break, to);
        }
        self.breaks
            .get(to)
            .map_or(0.0, |b| self.width_to(start, b) + b.hyphen.map_or(0.0, |h| f64::from(h.advance)) + b.end_delta)
    }

    /// The last space that still fits inside what was to stay together, else the last grapheme end inside a word; at least one grapheme, none where the word is just one.
    fn emergency(&self, start: usize, b: &Break, width: f64) -> Option<usize> {
        if self.rules.wide_words == WideWords::StickOut {
            return None;
        }
        let held = self.held.iter().rev().find(|h| start < h.0 && h.0 < b.at && self.width(start, h.1) <= width);
        if let Some((at, _)) = held {
            return Some(*at);
        }
        let word = self.text.get(start..b.trim)?;
        let joins = |c: Option<char>| c.is_some_and(|c| Script::of(c).joins());
        let torn = |end: usize| {
            self.rules.wide_words == WideWords::Part
                && self.text.get(start..end).is_some_and(|before| joins(before.chars().rev().find(|c| !is_mark(*c))))
                && self.text.get(end..).is_some_and(|after| joins(after.chars().next()))
        };
        let bounds = itemise::grapheme_bounds(word);
        let ends = bounds.iter().skip(1).map(|e| start + e).filter(|&e| e < b.trim && !torn(e));
        let mut cut = None;
        for end in ends {
            if cut.is_some() && self.width(start, end) > width {
                break;
            }
            cut = Some(end);
        }
        cut
    }
}
