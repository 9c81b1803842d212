//! In: lines of first fit. Out: as many lines of even length, no last line of one short word, no preposition of one letter at a line's end. Which lines there are is left to `wrap`.

use super::breaks;
use super::endings::BALANCED;
use super::sentences;
use super::shape::Shaped;
use super::words::WordScript;
use super::wrap::Span;

/// A last line of one word is a widow up to this share of the width.
const WIDOW: f64 = 0.22;
/// How little it suits a headline to part a figure from what it counts, a preposition of one letter from its word, in shares of a squared line width.
const COUNT: f64 = 0.12;
/// What a last line costs that is shorter than the others, by any other line: headlines are better broader above than below.
const LAST: f64 = 0.25;
/// Below this share of the widest line a last line is no line, and what it costs.
const STUB: (f64, f64) = (0.3, 0.5);
/// The same for a line of one word, which looks left over sooner.
const LONE: (f64, f64) = (0.55, 0.6);
/// What a line costs that ends one sentence and begins another, and is not made of whole ones.
const RUN_ON: f64 = 0.12;
/// How little it suits a headline to break between words where no mark of punctuation ends the first.
const SENSE: f64 = 0.03;
/// The same behind an article or a preposition.
const LEANS: f64 = 0.06;
/// The same between words that are written on, in scripts where a space ends a clause.
const CLAUSE: f64 = 0.1;
/// From one width of lines to the next that is tried, in shares of lines as wide as each other, and how many there are.
const STEP: f64 = 0.03;
const STEPS: u8 = 34;
/// Words may be drawn together a little by what stands at a line's ends: a line so much too wide, in em, ends the look for longer ones.
const SLACK: f64 = 1.0;

/// A line that may be: from after one node to another, as wide as set.
struct Possible {
    from: usize,
    width: f64,
    /// It has the end of one sentence and the beginning of another.
    run_on: bool,
}

/// What lines a paragraph may have. Its nodes are its breaks, counted from the first.
struct Paragraph {
    base: usize,
    /// Those that end at each node, the longest first, and what ending there costs whatever the widths are.
    ends: Vec<(Vec<Possible>, f64)>,
    total: f64,
    /// Whether what its last break parts off is one word: words that a writer tied together are more than one.
    lone: bool,
}

impl Paragraph {
    fn of(text: &Shaped, begin: Option<usize>, end: usize, width: f64) -> Self {
        let base = begin.map_or(0, |i| i + 1);
        let sentences = sentences::ends(&text.text);
        let place = |i: Option<usize>| i.and_then(|i| text.breaks.get(i)).map_or(0, |b| b.at);
        let run_on = |from: Option<usize>, to: usize| {
            let (from, to) = (place(from), place(Some(to)));
            let whole = |at: usize| at == place(begin) || at == place(Some(end)) || sentences.contains(&at);
            sentences.len() > 1 && sentences.iter().any(|at| from < *at && *at < to) && !(whole(from) && whole(to))
        };
        let lines = |node: usize| {
            let tuck = text.breaks.get(base + node).map_or(0.0, |b| b.tuck);
            let mut possible = Vec::new();
            for from in (0..=node).rev() {
                let start = if from == 0 { begin } else { Some(base + from - 1) };
                let plain = text.span_width(start, base + node);
                let set = if plain > width { plain - tuck } else { plain };
                if set > width + SLACK {
                    break;
                }
                if set <= width {
                    possible.push(Possible { from, width: set, run_on: run_on(start, base + node) });
                }
            }
            possible.reverse();
            let Some(b) = text.breaks.get(base + node) else { return (possible, 0.0) };
            let parts = text.parts_count(base + node) || b.alone;
            (possible, f64::from(b.unwilling) + if parts { COUNT } else { text.parts_clause(base + node) })
        };
        let last = if end > base { text.breaks.get(end - 1).map_or(0, |b| b.at) } else { 0 };
        let words = text.breaks.get(end).and_then(|b| text.text.get(last..b.trim)).unwrap_or_default();
        let lone = !words.trim().contains(char::is_whitespace);
        Self { base, ends: (0..=end - base).map(lines).collect(), total: text.span_width(begin, end), lone }
    }

    /// The least that so many lines cost at a measure: all that they lack of it, shared out as it costs least.
    fn least(&self, lines: usize, measure: f64) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Few lines.
        let lines = lines as f64;
        let lacking = (lines - self.total / measure).max(0.0);
        lacking * lacking / (lines - 1.0 + 1.0 / LAST)
    }

    /// So many lines, none wider than the measure and each as near to it as can be: the breaks they end at, and what they cost.
    fn broken(&self, lines: usize, measure: f64) -> Option<(f64, Vec<usize>)> {
        let nodes = self.ends.len();
        // best[k][j]: least cost of k + 1 lines ending at node j, and the node its last line begins after.
        let mut best: Vec<Vec<(f64, usize)>> = Vec::with_capacity(lines);
        for k in 0..lines {
            let last_row = k + 1 == lines;
            let before = best.last();
            let cell = |node: usize, (possible, cost): &(Vec<Possible>, f64)| {
                let mut least = (f64::INFINITY, 0_usize);
                if last_row != (node + 1 == nodes) {
                    return least;
                }
                for line in possible.iter().filter(|l| l.width <= measure) {
                    let so_far = match (before, line.from.checked_sub(1)) {
                        (None, None) => 0.0,
                        (Some(row), Some(node)) => row.get(node).map_or(f64::INFINITY, |c| c.0),
                        _ => continue,
                    };
                    let lacking = 1.0 - line.width / measure;
                    let own = if last_row {
                        let (short, dear) = if line.from == node && self.lone { LONE } else { STUB };
                        LAST * lacking * lacking + if line.width < short * measure { dear } else { 0.0 }
                    } else {
                        lacking * lacking
                    };
                    let sum = so_far + own + cost + if line.run_on { RUN_ON } else { 0.0 };
                    if sum < least.0 {
                        least = (sum, line.from);
                    }
                }
                least
            };
            let row: Vec<(f64, usize)> = self.ends.iter().enumerate().map(|(node, end)| cell(node, end)).collect();
            if row.iter().all(|c| c.0.is_infinite()) {
                return None;
            }
            best.push(row);
        }
        let mut node = nodes.checked_sub(1)?;
        let cost = best.last()?.get(node)?.0;
        let mut ends = Vec::with_capacity(lines);
        for row in best.iter().rev() {
            ends.push(self.base + node);
            node = row.get(node)?.1.saturating_sub(1);
        }
        ends.reverse();
        Some((cost, ends))
    }
}

impl Shaped {
    /// Running text whose last line is one short word gets another one from the line before, where that keeps most of its own.
    pub(super) fn feed_widow(&self, spans: &mut [Span], width: f64) {
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

    /// Czech, Polish and Slovak running text: a preposition of one letter at a line's end goes to the next line, where that has room for it.
    pub(super) fn feed_prepositions(&self, spans: &mut [Span], width: f64) {
        for n in 1..spans.len() {
            let Some([before, next]) = spans.get_mut(n - 1..=n) else { return };
            // At most two stand one after the other (`a v`).
            for _ in 0..2 {
                let (Some(mid), Some(end)) = (before.end_break, next.end_break) else { break };
                let first = before.start_break.map_or(0, |i| i + 1);
                let Some(from) = mid.checked_sub(1).filter(|from| *from >= first) else { break };
                let (Some(cut), Some(old)) = (self.breaks.get(from), self.breaks.get(mid)) else { break };
                let words = old.alone && !old.hard && cut.trim < cut.at;
                if !words || self.span_width(Some(from), end) > width {
                    break;
                }
                (before.end, before.end_break) = (cut.at, Some(from));
                (next.start, next.start_break) = (cut.at, Some(from));
            }
        }
    }

    /// The same number of lines with the least raggedness, paragraph by paragraph. None where there is nothing to gain.
    pub(super) fn balanced(&self, spans: &[Span], width: f64) -> Option<Vec<Span>> {
        if spans.len() < 2 || spans.len() > 24 || self.breaks.len() > BALANCED || spans.iter().any(|s| s.end_break.is_none()) {
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
        let paragraph = Paragraph::of(self, begin, end, width);
        // No lines are narrower than those that are as wide as each other; words make them wider.
        #[allow(clippy::cast_precision_loss)] // Few lines.
        let even = self.span_width(begin, end) / lines as f64;
        let mut best: Option<(f64, Vec<usize>)> = None;
        if even <= 0.0 {
            return spans.to_vec();
        }
        for step in 0..STEPS {
            let measure = (even * (1.0 + STEP * f64::from(step))).min(width);
            // Wider lines lack more.
            if best.as_ref().is_some_and(|b| paragraph.least(lines, measure) > b.0) {
                break;
            }
            if let Some(found) = paragraph.broken(lines, measure).filter(|f| best.as_ref().is_none_or(|b| f.0 < b.0 - 1e-9)) {
                best = Some(found);
            }
            if measure >= width {
                break;
            }
        }
        let Some((_, ends)) = best else { return spans.to_vec() };
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

    /// What it costs that a line ends inside a clause: a mark of punctuation ends one, and in scripts that write words on so does a space.
    fn parts_clause(&self, at: usize) -> f64 {
        let Some(b) = self.breaks.get(at).filter(|b| !b.hard) else { return 0.0 };
        let before = self.text.get(..b.trim).and_then(|t| t.chars().next_back());
        let spaced = self.text.get(b.trim..b.at).is_some_and(|t| t.chars().any(char::is_whitespace));
        match before {
            Some(c) if WordScript::of(c).is_some() => {
                if spaced {
                    0.0
                } else {
                    CLAUSE
                }
            }
            Some(c) if spaced && c.is_alphanumeric() => {
                if breaks::leans_on(self.text.get(..b.trim).unwrap_or_default(), &self.locale) { LEANS } else { SENSE }
            }
            _ => 0.0,
        }
    }

    /// Whether a line ending at a break would part a figure from what it counts ("3 | days"), a word from what stands behind it and belongs to it.
    fn parts_count(&self, at: usize) -> bool {
        let Some(b) = self.breaks.get(at).filter(|b| !b.hard && b.trim < b.at) else { return false };
        let last = self.text.get(..b.trim).and_then(|t| t.split_whitespace().next_back()).unwrap_or_default();
        let after = self.text.get(b.at..).unwrap_or_default();
        if breaks::leans_back(after, &self.locale) {
            return true;
        }
        let next = after.chars().next();
        !last.is_empty() && last.chars().all(char::is_numeric) && next.is_some_and(char::is_alphabetic)
    }
}
