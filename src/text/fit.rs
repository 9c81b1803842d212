//! In: [`Shaped`] text, a width and height, a floor and a ceiling. Out: [`Fitted`]: the largest size that fits, its lines
//! placed. All arithmetic; nothing is ever clipped: what does not fit at the floor is set there and its excess reported.

use super::line::{self, Line};
use super::notes::Notes;
use super::shape::{Shaped, narrow};
use super::span::Look;
use super::style::{Edge, LineHeight, Writing};
use super::wrap::Span;
use crate::limits;
use crate::units::Px;
use std::sync::Arc;

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
    pub looks: Arc<[Look]>,
    /// Middle of an underline, below the baseline.
    pub underline: Px,
    /// Letter-spacing taken away to make it fit, em; 0 or less.
    pub tightened_em: f32,
    /// Line height it was set at, times the size, where that is less than the style's.
    pub leading: Option<f32>,
    /// Words parted by a hyphen that nobody typed.
    pub hyphenated: u32,
    /// Balanced lines that end inside a phrase, or a word of a script without spaces, as far as those are known.
    pub torn: u32,
    /// Joined letters that the style's letter-spacing left alone.
    pub unspaced: u32,
    /// What was done without.
    pub notes: Notes,
    /// Which lines were chosen, where their glyphs are not set yet.
    pub(crate) unset: Vec<Span>,
}

impl Fitted {
    /// Whether all of it is inside its box and its lines, with no word broken by force.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.overflow_w.0 <= 0.0 && self.overflow_h.0 <= 0.0 && self.excess_lines == 0 && self.broken_words == 0
    }
}

/// Measures of a line of text in em, by the main face; see [`Shaped::line_metrics`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineMetrics {
    ascent: f32,
    descent: f32,
    cap_height: f32,
    /// Line height, before what stacks asks for more.
    leading: f32,
    /// First baseline from the top.
    first: f32,
    /// Baseline to baseline.
    advance: f32,
    /// Last baseline to the bottom.
    last: f32,
}

/// From letter-spacing to letter-spacing, em.
const TRACKING_STEP: f32 = 0.005;
/// From line height to line height, times the size.
const LEADING_STEP: f32 = 0.02;

/// Baseline to baseline of Han characters, kana and Hangul at the least, em.
const SQUARES: f32 = 1.15;

/// The share of its size that a headline keeps where the rest is given for lines that end with phrases.
const PHRASE_WORTH: f32 = 0.7;
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
        let mut fitted = self.tried(request, false);
        self.set(&mut fitted);
        fitted
    }

    /// Sets the glyphs of what was measured alone.
    pub(crate) fn set(&self, fitted: &mut Fitted) {
        for (line, span) in fitted.lines.iter_mut().zip(std::mem::take(&mut fitted.unset)) {
            let built = line::build(self, &span, fitted.size, line.baseline);
            (line.runs, line.hang) = (built.runs, built.hang);
        }
    }

    /// As [`Shaped::fit`], the lines without their glyphs: layout tries many sizes, and takes one. `rough`: words stay in the lines of first fit.
    pub(crate) fn tried(&self, request: &FitRequest, rough: bool) -> Fitted {
        // What is no number is no wish.
        let sound = |v: Px| v.0.clamp(0.0, limits::TYPE_SIZE);
        let request = &FitRequest { floor: Px(sound(request.floor).max(0.0)), ..*request };
        let ceiling = sound(request.ceiling).max(request.floor.0);
        let least = (ceiling - request.floor.0) / STEPS;
        let step = if request.step.0 > 0.0 { request.step.0.max(least) } else { least.max(1.0) };
        let mut size = ceiling;
        let mut k = 0.0_f32;
        let m = self.line_metrics();
        while size > request.floor.0 {
            if self.fits_at(size, request, &m) {
                let set = self.by_phrases(|n| ceiling - (k + n) * step, request, &m, rough);
                return set.unwrap_or_else(|| self.place(Px(size), request, false, rough));
            }
            k += 1.0;
            size = ceiling - k * step;
        }
        if request.budget != Budget::default()
            && !self.fits_at(request.floor.0, request, &m)
            && let Some(fitted) = self.conceded(request, rough)
        {
            return fitted;
        }
        let fits = self.fits_at(request.floor.0, request, &m);
        let set = if fits { self.by_phrases(|n| request.floor.0 - n, request, &m, rough) } else { None };
        set.unwrap_or_else(|| self.place(request.floor, request, true, rough))
    }

    /// Balanced text of scripts without spaces: at the first of the sizes, from one that fits down, at which every line can end with a phrase, in as
    /// many lines as are allowed. Where there is none, type that tears phrases is no larger than what would be given for whole ones: so a
    /// wider box never has smaller type. None where phrases are not known, or end at every place.
    fn by_phrases(&self, size: impl Fn(f32) -> f32, request: &FitRequest, m: &LineMetrics, rough: bool) -> Option<Fitted> {
        let whole = self.whole.as_ref().filter(|_| request.balance)?;
        let mut last = size(0.0);
        let least = (PHRASE_WORTH * last).max(request.floor.0);
        let sizes = std::iter::successors(Some(0.0_f32), |n| Some(n + 1.0)).map(size).take_while(|s| *s >= least);
        for size in sizes {
            if whole.fits_at(size, request, m) {
                let mut fitted = whole.place(Px(size), request, false, rough);
                // By the places of all, of which those of whole phrases are some.
                let at = |n: usize| whole.breaks.get(n).and_then(|b| self.breaks.binary_search_by_key(&b.at, |b| b.at).ok());
                for span in &mut fitted.unset {
                    (span.start_break, span.end_break) = (span.start_break.and_then(at), span.end_break.and_then(at));
                }
                return Some(fitted);
            }
            last = size;
        }
        Some(self.place(Px(last), request, false, rough))
    }

    /// At the floor, with as little of the budget as it takes: first letter-spacing, then line height, then hyphens. None where
    /// all of it does not help.
    fn conceded(&self, request: &FitRequest, rough: bool) -> Option<Fitted> {
        let most = request.budget.tracking_em.clamp(0.0, 0.2);
        let own = self.style.leading;
        let least = if request.budget.leading > 0.0 { request.budget.leading.min(own) } else { own };
        let steps = |range: f32, step: f32| (range / step).ceil().max(0.0) as u16;
        let (trackings, leadings) = (steps(most, TRACKING_STEP), steps(own - least, LEADING_STEP));
        let try_at = |k: u16, zone: Option<f64>| {
            let tracking = (TRACKING_STEP * f32::from(k.min(trackings))).min(most);
            let leading = (own - LEADING_STEP * f32::from(k.saturating_sub(trackings))).max(least);
            let tight = self.tightened(tracking, leading, zone);
            tight.fits_at(request.floor.0, request, &tight.line_metrics()).then(|| {
                let mut fitted = tight.place(request.floor, request, true, rough);
                // Its glyphs stand nearer than those of this text do.
                tight.set(&mut fitted);
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
            crate::ordered::short(&mut tight.breaks, |a, b| a.at.cmp(&b.at));
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
        let last: Vec<Option<usize>> = tight.breaks.iter().map(|b| tight.cluster_before(b.trim)).collect();
        tight.breaks.iter_mut().zip(last).for_each(|(b, last)| b.last = last);
        tight
    }

    /// Sets the text at one size.
    #[must_use]
    pub fn set_at(&self, size: Px, width: Px, max_lines: u32, balance: bool) -> Fitted {
        let budget = Budget::default();
        let request =
            FitRequest { width, height: Px(f32::MAX), floor: size, ceiling: size, step: Px(1.0), max_lines, balance, budget };
        let mut fitted = self.place(size, &request, true, false);
        self.set(&mut fitted);
        fitted
    }

    fn fits_at(&self, size: f32, request: &FitRequest, m: &LineMetrics) -> bool {
        let width = f64::from(request.width.0) / f64::from(size) + EPS;
        let lines = if self.zone.is_some() { self.count_parted(width) } else { self.count_lines(width) };
        let Some(lines) = lines else { return false };
        if request.max_lines > 0 && lines > request.max_lines {
            return false;
        }
        let more =
            if self.large.is_empty() { 0.0 } else { self.rooms(&self.first_fit(width), m).iter().map(|r| r.0 + r.1).sum() };
        #[allow(clippy::cast_precision_loss)] // Line counts are small.
        let height = (m.first + m.advance * (lines.max(1) - 1) as f32 + m.last + more) * size;
        lines == 0 || height <= request.height.0 + 0.01
    }

    /// Lines at a size, without their glyphs.
    fn place(&self, size: Px, request: &FitRequest, forced: bool, rough: bool) -> Fitted {
        let width = f64::from(request.width.0) / f64::from(size.0.max(1e-3)) + EPS;
        let mut spans = self.first_fit(width);
        // Whether a compound is torn is known of the lines that will be.
        let rough = rough && !self.compounds;
        if rough {
            // What is asked of it is how many lines there are.
        } else if request.balance
            && let Some(even) = self.balanced(&spans, width)
        {
            spans = even;
        } else if !request.balance && self.rules.feed_widows {
            self.feed_prepositions(&mut spans, width);
            self.feed_widow(&mut spans, width);
        }
        let m = self.line_metrics();
        let rooms = self.rooms(&spans, &m);
        let room = |line: usize| rooms.get(line).copied().unwrap_or_default();
        let mut fitted = Fitted {
            size,
            first_baseline: size * (m.first + room(0).0),
            line_height: size * m.advance,
            ascent: size * m.ascent,
            descent: size * m.descent,
            cap_height: size * m.cap_height,
            missing: self.missing.clone(),
            looks: Arc::clone(&self.looks),
            underline: size * (0.5 * m.descent).clamp(0.08, 0.16),
            unspaced: self.unspaced,
            notes: self.notes.clone(),
            ..Fitted::default()
        };
        if !request.balance || spans.len() < 2 {
            fitted.notes.unphrased = None;
        }
        let mut baseline = fitted.first_baseline;
        for (n, span) in spans.iter().enumerate() {
            let mut line = line::measured(self, span, size, baseline);
            let tuck = span.end_break.and_then(|i| self.breaks.get(i)).map_or(0.0, |b| b.tuck);
            if line.width.0 > request.width.0 {
                line.width -= size * narrow(tuck);
            }
            fitted.width = fitted.width.max(line.width);
            fitted.lines.push(line);
            if n + 1 == spans.len() {
                fitted.height = baseline + size * (m.last + room(n).1);
            }
            baseline += size * (m.advance + room(n).1 + room(n + 1).0);
        }
        let parted = spans.iter().filter(|s| s.end_break.and_then(|i| self.breaks.get(i)).is_some_and(|b| b.parts)).count();
        fitted.hyphenated = u32::try_from(parted).unwrap_or(u32::MAX);
        let torn = spans.iter().filter(|s| s.end_break.and_then(|i| self.breaks.get(i)).is_some_and(|b| b.torn)).count();
        // Roughly, lines of more than a headline tell nothing: they are shared out anew.
        let told = request.balance && (!rough || self.whole.is_some());
        fitted.torn = if told { u32::try_from(torn).unwrap_or(u32::MAX) } else { 0 };
        let cuts = spans.iter().filter(|s| s.end_break.is_none()).count();
        fitted.broken_words = u32::try_from(cuts).unwrap_or(u32::MAX);
        if forced {
            let count = u32::try_from(spans.len()).unwrap_or(u32::MAX);
            fitted.overflow_w = over(fitted.width, request.width);
            fitted.overflow_h = over(fitted.height, request.height);
            fitted.excess_lines = if request.max_lines > 0 { count.saturating_sub(request.max_lines) } else { 0 };
        }
        fitted.unset = spans;
        fitted
    }

    /// Room that larger stretches ask for above and below each line, em (CSS: a line is as high as the highest of its boxes, and each
    /// has the leading of its own size); nothing where there are none.
    fn rooms(&self, lines: &[Span], m: &LineMetrics) -> Vec<(f32, f32)> {
        if self.large.is_empty() {
            return Vec::new();
        }
        let columns = self.style.writing == Writing::Vertical;
        let trimmed = self.style.edge == Edge::Cap;
        // What a line has above and below its baseline: half of the leading is in it.
        let half = (m.leading - m.ascent - m.descent) / 2.0;
        let own = ((half + m.ascent).max(self.stack.0), (half + m.descent).max(self.stack.1));
        let of = |(n, line): (usize, &Span)| {
            let (mut up, mut down) = (0.0_f32, 0.0_f32);
            for l in self.large.iter().filter(|l| l.of.start < line.end && line.start < l.of.end) {
                let (ascent, descent) = if columns { (0.5, 0.5) } else { (l.ascent, l.descent) };
                let leading = match self.style.line_height {
                    LineHeight::Fixed => m.leading,
                    LineHeight::Metrics => self.style.leading.max(0.1) * (ascent + descent),
                };
                let half = (leading - ascent - descent) / 2.0;
                let above = ((half + ascent) * l.times + l.rise).max(l.ink.0);
                let below = ((half + descent) * l.times - l.rise).max(l.ink.1);
                // A box that ends at the capitals and the last baseline gains what the larger ones have above its own.
                let first =
                    if trimmed && n == 0 { (l.cap_height * l.times + l.rise).max(l.ink.0) - m.first } else { above - own.0 };
                let last = if trimmed && n + 1 == lines.len() { l.ink.1 - m.last } else { below - own.1 };
                (up, down) = (up.max(first), down.max(last));
            }
            (up, down)
        };
        lines.iter().enumerate().map(of).collect()
    }

    /// Where baselines go, in em. The line height is the style's leading, with half of what it leaves over the face's
    /// ascent and descent above and below (CSS half-leading). Scripts whose marks stack (Thai, Devanagari, Arabic ...)
    /// may need more: then lines stand at least as far apart as the ink of this text, plus 0.04 em, and the first and
    /// last line make room for it. Characters that fill their square are set tighter than Latin by the same leading, for nothing is
    /// free above or below them: their lines stand [`SQUARES`] apart at the least.
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
            return LineMetrics {
                ascent: 0.5,
                descent: 0.5,
                cap_height: 0.5,
                leading,
                first: half,
                advance: leading,
                last: half,
            };
        }
        let half = (leading - ascent - descent) / 2.0;
        let (up, down) = self.stack;
        let gap = if up + down > 0.0 { 0.04 } else { 0.0 };
        let least = if self.squares { SQUARES } else { up + down + gap };
        let (first, last) = match self.style.edge {
            Edge::Leading => ((half + ascent).max(up), (half + descent).max(down)),
            // What stacks above the capitals or below the baseline still needs its room.
            Edge::Cap => (cap_height.max(up), down),
        };
        LineMetrics { ascent, descent, cap_height, leading, first, advance: leading.max(least), last }
    }

    /// Whether it is set in characters that fill their square, whose lines stand further apart.
    #[must_use]
    pub fn fills_squares(&self) -> bool {
        self.squares
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
