//! In: [`Shaped`] text, a width and height, a floor and a ceiling. Out: [`Fitted`]: the largest size that fits, its lines
//! placed. All arithmetic; nothing is ever clipped: what does not fit at the floor is set there and its excess reported.

use super::itemise::is_mark;
use super::line::{self, Line};
use super::notes::Notes;
use super::script::Script;
use super::shape::{Break, Shaped, WideWords, narrow};
use super::span::Look;
use super::style::{Edge, LineHeight, Writing};
use crate::limits;
use crate::units::Px;

/// What a text has to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitRequest {
    /// Width of the box.
    pub width: Px,
    /// Height of the box.
    pub height: Px,
    /// Smallest size.
    pub floor: Px,
    /// Largest size; tried first.
    pub ceiling: Px,
    /// From size to size; sizes are the ceiling less whole steps, and the floor.
    pub step: Px,
    /// Most lines; 0 is no limit.
    pub max_lines: u32,
    /// Lines of even length.
    pub balance: bool,
    /// What may be given up where even the floor is too large.
    pub budget: Budget,
}

/// What a text may give up before it overflows, in this order: letter-spacing, line height, whole words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Budget {
    /// Most letter-spacing taken away, em; joined scripts give none.
    pub tracking_em: f32,
    /// Least line height, times the size; 0 is the style's own.
    pub leading: f32,
    /// Words may be hyphenated, where the text was shaped for it ([`super::Hyphenate::LastResort`]).
    pub hyphens: bool,
}

/// Text at a size, broken and placed. Offsets are px, x to the right from each line's left edge, y down from the top.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fitted {
    /// Size of the em.
    pub size: Px,
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// Width of the widest line.
    pub width: Px,
    /// Height of all line boxes.
    pub height: Px,
    /// From the top to the first baseline.
    pub first_baseline: Px,
    /// From baseline to baseline.
    pub line_height: Px,
    /// Of the face that sets most of it, above the baseline.
    pub ascent: Px,
    /// Of that face, below the baseline, positive.
    pub descent: Px,
    /// Of that face: height of a flat capital.
    pub cap_height: Px,
    /// By how much the widest line is wider than the box; 0 where it fits.
    pub overflow_w: Px,
    /// By how much the lines are higher than the box (or would be with the lines allowed); 0 where they fit.
    pub overflow_h: Px,
    /// More lines than allowed: by how many.
    pub excess_lines: u32,
    /// Words wider than the box that were broken between graphemes, without a hyphen.
    pub broken_words: u32,
    /// Characters no font has; they show as .notdef.
    pub missing: Vec<char>,
    /// The looks that runs name; the first is the plain one.
    pub looks: Vec<Look>,
    /// Middle of an underline, below the baseline.
    pub underline: Px,
    /// Letter-spacing taken away to make it fit, em; 0 or less.
    pub tightened_em: f32,
    /// Line height it was set at, times the size, where that is less than the style's.
    pub leading: Option<f32>,
    /// Words parted by a hyphen that nobody typed.
    pub hyphenated: u32,
    /// Joined letters that the style's letter-spacing left alone.
    pub unspaced: u32,
    /// What was done without.
    pub notes: Notes,
}

impl Fitted {
    /// Whether all of it is inside its box and its lines, with no word broken by force.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.overflow_w.0 <= 0.0 && self.overflow_h.0 <= 0.0 && self.excess_lines == 0 && self.broken_words == 0
    }
}

/// A line chosen but not placed: break indices.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: usize,
    /// Index into `breaks` where it ends; none for an emergency break.
    pub(crate) end_break: Option<usize>,
    pub(crate) start_break: Option<usize>,
    pub(crate) end: usize,
}

/// Measures of a line of text in em, by the main face; see [`Shaped::line_metrics`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineMetrics {
    ascent: f32,
    descent: f32,
    cap_height: f32,
    /// First baseline from the top.
    first: f32,
    /// Baseline to baseline.
    advance: f32,
    /// Last baseline to the bottom.
    last: f32,
}

/// A last line of one word is a widow up to this share of the width.
const WIDOW: f64 = 0.22;
/// How little it suits a headline to part a figure from what it counts, in shares of a squared line width.
const COUNT: f64 = 0.12;
/// From letter-spacing to letter-spacing, em.
const TRACKING_STEP: f32 = 0.005;
/// From line height to line height, times the size.
const LEADING_STEP: f32 = 0.02;

/// Most sizes tried: a step finer than that is made coarser.
const STEPS: f32 = 4_000.0;
/// Shares of a line's width left blank rather than part a word, from "only a word wider than the line" down.
const ZONES: [f64; 4] = [1.0, 0.5, 0.25, 0.0];

/// Slack for sums of rounded advances, em.
const EPS: f64 = 1e-6;

impl Shaped {
    /// Sets the text at the largest size, from the ceiling down to the floor by steps, at which it breaks in the lines
    /// allowed and is inside the box. Where none is, it is set at the floor and the overflow reported.
    #[must_use]
    pub fn fit(&self, request: &FitRequest) -> Fitted {
        // What is no number is no wish.
        let sound = |v: Px| v.0.clamp(0.0, limits::TYPE_SIZE);
        let request = &FitRequest { floor: Px(sound(request.floor).max(0.0)), ..*request };
        let ceiling = sound(request.ceiling).max(request.floor.0);
        let least = (ceiling - request.floor.0) / STEPS;
        let step = if request.step.0 > 0.0 { request.step.0.max(least) } else { least.max(1.0) };
        let mut size = ceiling;
        let mut k = 0.0_f32;
        while size > request.floor.0 {
            if self.fits_at(size, request) {
                return self.place(Px(size), request, false);
            }
            k += 1.0;
            size = ceiling - k * step;
        }
        if request.budget != Budget::default()
            && !self.fits_at(request.floor.0, request)
            && let Some(fitted) = self.conceded(request)
        {
            return fitted;
        }
        self.place(request.floor, request, true)
    }

    /// At the floor, with as little of the budget as it takes: first letter-spacing, then line height, then hyphens. None where
    /// all of it does not help.
    fn conceded(&self, request: &FitRequest) -> Option<Fitted> {
        let most = request.budget.tracking_em.clamp(0.0, 0.2);
        let own = self.style.leading;
        let least = if request.budget.leading > 0.0 { request.budget.leading.min(own) } else { own };
        let steps = |range: f32, step: f32| (range / step).ceil().max(0.0) as u16;
        let (trackings, leadings) = (steps(most, TRACKING_STEP), steps(own - least, LEADING_STEP));
        let try_at = |k: u16, zone: Option<f64>| {
            let tracking = (TRACKING_STEP * f32::from(k.min(trackings))).min(most);
            let leading = (own - LEADING_STEP * f32::from(k.saturating_sub(trackings))).max(least);
            let tight = self.tightened(tracking, leading, zone);
            tight.fits_at(request.floor.0, request).then(|| {
                let mut fitted = tight.place(request.floor, request, true);
                fitted.tightened_em = -tracking;
                fitted.leading = (leading < own).then_some(leading);
                fitted
            })
        };
        let steps = trackings + leadings;
        if let Some(fitted) = (1..=steps).find_map(|k| try_at(k, None)) {
            return Some(fitted);
        }
        if !request.budget.hyphens || self.parted.is_empty() {
            return None;
        }
        // With all that was given up before; then, where a hyphen does most of it, with as little of that as it takes.
        let zone = *ZONES.iter().find(|zone| try_at(steps, Some(**zone)).is_some())?;
        (0..=steps).find_map(|k| try_at(k, Some(zone)))
    }

    /// The same glyphs with less letter-spacing and line height, and with hyphens where a share of the line is given from which on
    /// a word is parted: sums anew, no shaping.
    fn tightened(&self, tracking: f32, leading: f32, zone: Option<f64>) -> Self {
        let mut tight = self.clone();
        tight.style.leading = leading;
        if zone.is_some() {
            tight.zone = zone;
            tight.breaks.append(&mut tight.parted);
            tight.breaks.sort_by_key(|b| b.at);
        }
        if tracking == 0.0 {
            return tight;
        }
        let mut taken = 0.0_f64;
        for ((cum, spaced), spacing) in tight.cum.iter_mut().zip(&tight.spaced).zip(&mut tight.spacing) {
            *cum -= taken;
            if *spaced {
                *spacing -= tracking;
                taken += f64::from(tracking);
            }
        }
        tight
    }

    /// Sets the text at one size.
    #[must_use]
    pub fn set_at(&self, size: Px, width: Px, max_lines: u32, balance: bool) -> Fitted {
        let budget = Budget::default();
        let request =
            FitRequest { width, height: Px(f32::MAX), floor: size, ceiling: size, step: Px(1.0), max_lines, balance, budget };
        self.place(size, &request, true)
    }

    fn fits_at(&self, size: f32, request: &FitRequest) -> bool {
        let width = f64::from(request.width.0) / f64::from(size) + EPS;
        let lines = if self.zone.is_some() { self.count_parted(width) } else { self.count_lines(width) };
        let Some(lines) = lines else { return false };
        if request.max_lines > 0 && lines > request.max_lines {
            return false;
        }
        let m = self.line_metrics();
        #[allow(clippy::cast_precision_loss)] // Line counts are small.
        let height = (m.first + m.advance * (lines.max(1) - 1) as f32 + m.last) * size;
        lines == 0 || height <= request.height.0 + 0.01
    }

    /// Width of a line between two breaks, em.
    pub(crate) fn span_width(&self, from: Option<usize>, to: usize) -> f64 {
        let start = from.and_then(|i| self.breaks.get(i));
        let Some(end) = self.breaks.get(to) else { return 0.0 };
        let at = start.map_or(0, |b| b.at);
        let mut width = self.width(at, end.trim) + end.hyphen.map_or(0.0, |h| f64::from(h.advance));
        if end.trim == end.at || !end.hard {
            width += end.end_delta;
        }
        if end.trim > at {
            width += start.map_or(0.0, |b| b.start_delta);
        }
        width
    }

    /// Lines at a width by first fit; none where a word is too wide.
    fn count_lines(&self, width: f64) -> Option<u32> {
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
    fn count_parted(&self, width: f64) -> Option<u32> {
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
    fn first_fit(&self, width: f64) -> Vec<Span> {
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
            .map_or(0.0, |b| self.width(start, b.trim) + b.hyphen.map_or(0.0, |h| f64::from(h.advance)) + b.end_delta)
    }

    /// The last grapheme end inside a word that still fits; at least one grapheme, none where the word is just one.
    fn emergency(&self, start: usize, b: &Break, width: f64) -> Option<usize> {
        if self.rules.wide_words == WideWords::StickOut {
            return None;
        }
        let word = self.text.get(start..b.trim)?;
        let joins = |c: Option<char>| c.is_some_and(|c| Script::of(c).joins());
        let torn = |end: usize| {
            self.rules.wide_words == WideWords::Part
                && self.text.get(start..end).is_some_and(|before| joins(before.chars().rev().find(|c| !is_mark(*c))))
                && self.text.get(end..).is_some_and(|after| joins(after.chars().next()))
        };
        let bounds = super::itemise::grapheme_bounds(word);
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

    fn place(&self, size: Px, request: &FitRequest, forced: bool) -> Fitted {
        let width = f64::from(request.width.0) / f64::from(size.0.max(1e-3)) + EPS;
        let mut spans = self.first_fit(width);
        if request.balance
            && let Some(even) = self.balanced(&spans, width)
        {
            spans = even;
        } else if !request.balance && self.rules.feed_widows {
            self.feed_widow(&mut spans, width);
        }
        let m = self.line_metrics();
        let mut fitted = Fitted {
            size,
            first_baseline: size * m.first,
            line_height: size * m.advance,
            ascent: size * m.ascent,
            descent: size * m.descent,
            cap_height: size * m.cap_height,
            missing: self.missing.clone(),
            looks: self.looks.clone(),
            underline: size * (0.5 * m.descent).clamp(0.08, 0.16),
            unspaced: self.unspaced,
            notes: self.notes.clone(),
            ..Fitted::default()
        };
        let mut baseline = fitted.first_baseline;
        for span in &spans {
            let mut line = line::build(self, span, size, baseline);
            let tuck = span.end_break.and_then(|i| self.breaks.get(i)).map_or(0.0, |b| b.tuck);
            if line.width.0 > request.width.0 {
                line.width -= size * narrow(tuck);
            }
            fitted.width = fitted.width.max(line.width);
            fitted.lines.push(line);
            baseline += fitted.line_height;
        }
        if !spans.is_empty() {
            fitted.height = baseline - fitted.line_height + size * m.last;
        }
        let parted = spans.iter().filter(|s| s.end_break.and_then(|i| self.breaks.get(i)).is_some_and(|b| b.parts)).count();
        fitted.hyphenated = u32::try_from(parted).unwrap_or(u32::MAX);
        let cuts = spans.iter().filter(|s| s.end_break.is_none()).count();
        fitted.broken_words = u32::try_from(cuts).unwrap_or(u32::MAX);
        if forced {
            let count = u32::try_from(spans.len()).unwrap_or(u32::MAX);
            fitted.overflow_w = over(fitted.width, request.width);
            fitted.overflow_h = over(fitted.height, request.height);
            fitted.excess_lines = if request.max_lines > 0 { count.saturating_sub(request.max_lines) } else { 0 };
        }
        fitted
    }

    /// Running text whose last line is one short word gets another one from the line before, where that keeps most of its own.
    fn feed_widow(&self, spans: &mut [Span], width: f64) {
        let [.., before, last] = spans else { return };
        let (Some(end), Some(mid)) = (last.end_break, before.end_break) else { return };
        let Some(from) = mid.checked_sub(1).filter(|_| mid + 1 == end) else { return };
        let first = before.start_break.map_or(0, |i| i + 1);
        let (Some(cut), Some(old)) = (self.breaks.get(from), self.breaks.get(mid)) else { return };
        // Between words only, of a line that has at least three of them.
        let words = cut.trim < cut.at && old.trim < old.at && !old.hard && !cut.hard && from > first;
        if !words || self.span_width(Some(mid), end) > WIDOW * width {
            return;
        }
        let (short, long) = (self.span_width(before.start_break, from), self.span_width(Some(from), end));
        if short >= 0.6 * width && long <= width {
            (before.end, before.end_break) = (cut.at, Some(from));
            (last.start, last.start_break) = (cut.at, Some(from));
        }
    }

    /// The same number of lines with the least raggedness, paragraph by paragraph. None where there is nothing to gain.
    fn balanced(&self, spans: &[Span], width: f64) -> Option<Vec<Span>> {
        if spans.len() < 2 || spans.len() > 24 || self.breaks.len() > 400 || spans.iter().any(|s| s.end_break.is_none()) {
            return None;
        }
        let mut out = Vec::with_capacity(spans.len());
        let mut paragraph: Vec<Span> = Vec::new();
        for span in spans {
            paragraph.push(*span);
            let hard = span.end_break.and_then(|i| self.breaks.get(i)).is_some_and(|b| b.hard);
            if hard {
                out.extend(self.balanced_paragraph(&paragraph, width));
                paragraph.clear();
            }
        }
        out.extend(self.balanced_paragraph(&paragraph, width));
        Some(out)
    }

    fn balanced_paragraph(&self, spans: &[Span], width: f64) -> Vec<Span> {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Vec::new() };
        let lines = spans.len();
        let Some(end) = last.end_break.filter(|_| lines > 1) else { return spans.to_vec() };
        let begin = first.start_break;
        // Nodes are the paragraph's breaks; node 0 is its beginning.
        let base = begin.map_or(0, |i| i + 1);
        let nodes = end + 1 - base;
        let total: f64 = self.span_width(begin, end);
        #[allow(clippy::cast_precision_loss)] // Few lines.
        let target = total / lines as f64;
        // best[k][j]: least cost of k+1 lines ending at node j.
        let mut best = vec![vec![(f64::INFINITY, 0_usize); nodes]; lines];
        for k in 0..lines {
            for j in 0..nodes {
                let mut least = (f64::INFINITY, 0_usize);
                let from_nodes = if k == 0 { 0..1 } else { k..j + 1 };
                for from in from_nodes {
                    let (start, before) = if k == 0 {
                        (begin, 0.0)
                    } else {
                        let Some((cost, _)) = best.get(k - 1).and_then(|row| row.get(from - 1)) else { continue };
                        (Some(base + from - 1), *cost)
                    };
                    if before.is_infinite() {
                        continue;
                    }
                    let w = self.span_width(start, base + j);
                    if w - self.breaks.get(base + j).map_or(0.0, |b| b.tuck) > width {
                        continue;
                    }
                    let mut cost = before + (w - target) * (w - target);
                    let unwilling = self.breaks.get(base + j).map_or(0.0, |b| b.unwilling);
                    cost += f64::from(unwilling) * target * target;
                    if self.parts_count(base + j) {
                        cost += COUNT * target * target;
                    }
                    let is_last = j + 1 == nodes && k + 1 == lines;
                    let single = from == j && k > 0;
                    if is_last && single && w < target * 0.6 {
                        cost += target * target;
                    }
                    if cost < least.0 {
                        least = (cost, from);
                    }
                }
                if let Some(cell) = best.get_mut(k).and_then(|row| row.get_mut(j)) {
                    *cell = least;
                }
            }
        }
        let mut ends = Vec::with_capacity(lines);
        let mut j = nodes.saturating_sub(1);
        for k in (0..lines).rev() {
            let Some(&(cost, from)) = best.get(k).and_then(|row| row.get(j)) else { return spans.to_vec() };
            if cost.is_infinite() {
                return spans.to_vec();
            }
            ends.push(base + j);
            j = from.saturating_sub(1);
        }
        ends.reverse();
        let mut start = first.start;
        let mut start_break = begin;
        ends.into_iter()
            .map(|end| {
                let at = self.breaks.get(end).map_or(start, |b| b.at);
                let span = Span { start, start_break, end: at, end_break: Some(end) };
                (start, start_break) = (at, Some(end));
                span
            })
            .collect()
    }

    /// Whether a line ending at a break would part a figure from what it counts: "3 | days".
    fn parts_count(&self, at: usize) -> bool {
        let Some(b) = self.breaks.get(at).filter(|b| !b.hard && b.trim < b.at) else { return false };
        let last = self.text.get(..b.trim).and_then(|t| t.split_whitespace().next_back()).unwrap_or_default();
        let next = self.text.get(b.at..).and_then(|t| t.chars().next());
        !last.is_empty() && last.chars().all(char::is_numeric) && next.is_some_and(char::is_alphabetic)
    }

    /// Where baselines go, in em. The line height is the style's leading, with half of what it leaves over the face's
    /// ascent and descent above and below (CSS half-leading). Scripts whose marks stack (Thai, Devanagari, Arabic ...)
    /// may need more: then lines stand at least as far apart as the ink of this text, plus 0.04 em, and the first and
    /// last line make room for it.
    pub(crate) fn line_metrics(&self) -> LineMetrics {
        let face = self.main_face.and_then(|i| self.faces.get(i));
        let (ascent, descent, cap_height) = face.map_or((0.8, 0.2, 0.7), |f| (f.ascent, f.descent, f.cap_height));
        let times = self.style.leading.max(0.1);
        let leading = match self.style.line_height {
            LineHeight::Fixed => times,
            LineHeight::Metrics => times * face.map_or(1.2, |f| f.ascent + f.descent),
        };
        // Columns are measured from their middle line.
        if self.style.writing == Writing::Vertical {
            let half = leading / 2.0;
            return LineMetrics { ascent: 0.5, descent: 0.5, cap_height: 0.5, first: half, advance: leading, last: half };
        }
        let half = (leading - ascent - descent) / 2.0;
        let (up, down) = self.stack;
        let gap = if up + down > 0.0 { 0.04 } else { 0.0 };
        let (first, last) = match self.style.edge {
            Edge::Leading => ((half + ascent).max(up), (half + descent).max(down)),
            // What stacks above the capitals or below the baseline still needs its room.
            Edge::Cap => (cap_height.max(up), down),
        };
        LineMetrics { ascent, descent, cap_height, first, advance: leading.max(up + down + gap), last }
    }

    /// Width in em of the box that a balanced setting in at most so many lines needs: the narrowest at which first fit
    /// gives no more lines. For layouts that look for a shape rather than a size.
    #[must_use]
    pub fn narrowest_em(&self, max_lines: u32) -> f32 {
        let mut low = f64::from(self.widest_word_em());
        let mut high = f64::from(self.unbroken_width_em());
        for _ in 0..24 {
            let middle = (low + high) / 2.0;
            match self.count_lines(middle + EPS) {
                Some(lines) if lines <= max_lines.max(1) => high = middle,
                _ => low = middle,
            }
        }
        narrow(high)
    }
}

fn over(have: Px, allowed: Px) -> Px {
    let excess = have - allowed;
    if excess.0 > 0.01 { excess } else { Px::ZERO }
}
