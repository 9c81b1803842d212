//! In: lines of first fit. Out: as many lines of even length, no last line of one short word, no preposition of one letter at a line's end. Which lines there are is left to `wrap`.

use super::shape::Shaped;
use super::wrap::Span;

/// A last line of one word is a widow up to this share of the width.
const WIDOW: f64 = 0.22;
/// How little it suits a headline to part a figure from what it counts, a preposition of one letter from its word, in shares of a squared line width.
const COUNT: f64 = 0.12;

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
                    if self.parts_count(base + j) || self.breaks.get(base + j).is_some_and(|b| b.alone) {
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
}
