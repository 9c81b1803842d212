//! In: [`Shaped`] text and the ends of a line. Out: a [`Line`]: its glyphs placed from left to right in px.
//! Parts cut at an unsafe place are shaped anew; pieces are put in visual order (UAX 9, L2); hanging spaces are left out.

use super::bidi;
use super::breaks;
use super::fonts::FontId;
use super::shape::{Course, EmGlyph, Item, Shaped, narrow};
use super::wrap::Span;
use crate::units::Px;
use std::sync::Mutex;

/// A line of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Stretches of one face and direction, from left to right.
    pub runs: Vec<Run>,
    /// Without hanging spaces.
    pub width: Px,
    /// From the top of the text.
    pub baseline: Px,
    /// First byte in the original text.
    pub start: usize,
    /// Byte after the last in the original text, hanging spaces and newline included.
    pub end: usize,
    /// What stands outside the edge on the left and on the right where the style hangs punctuation; 0 otherwise.
    pub hang: (Px, Px),
}

/// How glyphs stand on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Stance {
    /// As they are drawn.
    #[default]
    Upright,
    /// A quarter turn to the right, about their origins: words in a column.
    Turned,
    /// Upright, and so many times as wide: figures that share a square.
    Narrowed(f32),
}

/// Glyphs of one face and direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The face.
    pub font: FontId,
    /// Right to left.
    pub rtl: bool,
    /// Index into [`super::Fitted::looks`].
    pub look: usize,
    /// How they stand.
    pub stance: Stance,
    /// From left to right.
    pub glyphs: Vec<PlacedGlyph>,
}

/// A glyph in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// Glyph id in the face.
    pub id: u16,
    /// Byte in the original text its cluster begins at.
    pub cluster: u32,
    /// Origin, px from the line's left edge.
    pub x: Px,
    /// Origin, px below the baseline (marks above it are negative).
    pub y: Px,
    /// Advance, letter-spacing included.
    pub advance: Px,
}

struct Piece<'a> {
    item: &'a Item,
    glyphs: Vec<EmGlyph>,
}

/// How long lines of a text are, em, each measured when it is first asked for: layout tries the same ones at many sizes. A clone has measured none.
#[derive(Debug, Default)]
pub(crate) struct Extents(Mutex<Vec<(Span, f64)>>);

/// Lines kept; above it all are let go.
const EXTENTS: usize = 1024;

impl Clone for Extents {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Extents {
    /// The length of a line that [`build`] makes, em.
    pub(crate) fn of(&self, shaped: &Shaped, span: &Span) -> f64 {
        let Ok(mut known) = self.0.lock() else { return built(shaped, span, Px(1.0), Px::ZERO).1 };
        let at = known.binary_search_by(|(other, _)| other.cmp(span));
        if let Some((_, extent)) = at.ok().and_then(|at| known.get(at)) {
            return *extent;
        }
        let extent = built(shaped, span, Px(1.0), Px::ZERO).1;
        if known.len() >= EXTENTS {
            known.clear();
        }
        let at = at.unwrap_or_else(|at| at.min(known.len()));
        known.insert(at, (*span, extent));
        extent
    }
}

/// The width of a line so many em long at a size.
pub(crate) fn width_at(extent: f64, size: Px) -> Px {
    Px(narrow(extent * f64::from(size.0)))
}

/// A line with its glyphs.
pub(crate) fn build(shaped: &Shaped, span: &Span, size: Px, baseline: Px) -> Line {
    built(shaped, span, size, baseline).0
}

/// The same line without them.
pub(crate) fn measured(shaped: &Shaped, span: &Span, size: Px, baseline: Px) -> Line {
    Line {
        width: width_at(shaped.extents.of(shaped, span), size),
        baseline,
        start: original(shaped, span.start),
        end: original(shaped, span.end),
        ..Line::default()
    }
}

/// A line, and how long it is in em, which no size changes.
fn built(shaped: &Shaped, span: &Span, size: Px, baseline: Px) -> (Line, f64) {
    let end_break = span.end_break.and_then(|i| shaped.breaks.get(i));
    // Where a word is parted by force, at a space inside it if there is one.
    let forced = || shaped.text.get(..span.end).map_or(span.end, |t| t.trim_end_matches(breaks::hangs).len());
    let trim = end_break.map_or_else(forced, |b| b.trim).max(span.start);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for item in shaped.items.iter().filter(|i| i.start < trim && i.end > span.start) {
        let (from, to) = (item.start.max(span.start), item.end.min(span.end));
        let unsafe_at = |i: usize| shaped.safe.get(i) == Some(&false);
        let cut = (from > item.start && unsafe_at(from)) || (to < item.end && unsafe_at(to));
        let mut glyphs = if cut {
            shaped.shape_part(item, from, to)
        } else {
            shaped.glyphs.get(item.glyphs.clone()).unwrap_or_default().to_vec()
        };
        let seen = |g: &EmGlyph| usize::try_from(g.cluster).is_ok_and(|c| c >= from && c < trim.min(to));
        glyphs.retain(seen);
        pieces.push(Piece { item, glyphs });
    }
    if let (Some(h), Some(piece)) = (end_break.and_then(|b| b.hyphen), pieces.last_mut()) {
        let last = shaped.text.get(..trim).and_then(|t| t.char_indices().next_back()).map_or(0, |(at, _)| at);
        let cluster = u32::try_from(last).unwrap_or(0);
        let hyphen =
            EmGlyph { id: h.id, cluster, advance: h.advance, dx: 0.0, dy: rise(shaped, piece.item), safe: true, narrow: 1.0 };
        // At the end of the word, which is its left where it runs right to left.
        let at = if piece.item.rtl() { 0 } else { piece.glyphs.len() };
        piece.glyphs.insert(at, hyphen);
    }
    let levels: Vec<u8> = pieces.iter().map(|p| p.item.level).collect();
    let mut pen = Pen { shaped, size, x: 0.0, spacing: 0.0, line: Line::default() };
    for i in bidi::visual_order(&levels) {
        let Some(piece) = pieces.get(i) else { continue };
        pen.piece(piece.item, &piece.glyphs);
    }
    if shaped.rules.spacing_at_ends {
        pen.settle();
    }
    let mut line = pen.line;
    line.width = width_at(pen.x, size);
    line.baseline = baseline;
    if shaped.style.hang {
        line.hang = hanging(shaped, &line);
    }
    line.start = original(shaped, span.start);
    line.end = original(shaped, span.end);
    // Greeked words have widths and no glyphs.
    let extent = if shaped.faces.is_empty() { shaped.width(span.start, trim) } else { pen.x };
    (line, extent)
}

/// Where a hyphen's baseline is: that of the words it ends.
fn rise(shaped: &Shaped, item: &Item) -> f32 {
    let (times, rise) = shaped.looks.get(item.look).map_or((1.0, 0.0), |l| (l.scale, l.rise));
    match (item.run, shaped.faces.get(item.face)) {
        (Course::Turned, Some(face)) => face.cap_height * times / 2.0 - rise,
        _ => rise,
    }
}

/// By how much the first and the last glyph of a line stand outside: whole quotation marks, most of a hyphen or stop. The
/// eye then sees the letters' edge as straight.
fn hanging(shaped: &Shaped, line: &Line) -> (Px, Px) {
    let at = |glyph: Option<&PlacedGlyph>| {
        let Some(glyph) = glyph else { return Px::ZERO };
        let mapped = shaped.origin.iter().position(|o| *o == glyph.cluster).unwrap_or(0);
        let c = shaped.text.get(mapped..).and_then(|t| t.chars().next()).unwrap_or(' ');
        let share = match c {
            '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›' | '*' => 1.0,
            '-' | '\u{ad}' | '\u{2010}' | '\u{2011}' | '\u{5be}' => 0.75,
            '.' | ',' | '،' | '۔' => 0.8,
            '–' | ':' | ';' | '…' => 0.4,
            '—' | '!' | '?' | '؟' => 0.25,
            _ => 0.0,
        };
        glyph.advance * share
    };
    (at(line.runs.first().and_then(|r| r.glyphs.first())), at(line.runs.last().and_then(|r| r.glyphs.last())))
}

fn original(shaped: &Shaped, at: usize) -> usize {
    shaped.origin.get(at).map_or(0, |&o| usize::try_from(o).unwrap_or(0))
}

struct Pen<'a> {
    shaped: &'a Shaped,
    size: Px,
    /// em
    x: f64,
    /// Letter-spacing owed before the next cluster, em.
    spacing: f64,
    line: Line,
}

impl Pen<'_> {
    fn piece(&mut self, item: &Item, glyphs: &[EmGlyph]) {
        let mut previous: Option<u32> = None;
        for glyph in glyphs {
            let spacing = self.shaped.spacing.get(usize::try_from(glyph.cluster).unwrap_or(0)).copied().unwrap_or(0.0);
            if previous != Some(glyph.cluster) {
                self.settle();
            }
            previous = Some(glyph.cluster);
            self.put(item, *glyph);
            self.spacing = f64::from(spacing);
        }
    }

    /// Moves on by the letter-spacing owed, and counts it to the glyph before.
    fn settle(&mut self) {
        if self.spacing != 0.0 {
            let owed = self.size * narrow(self.spacing);
            if let Some(glyph) = self.line.runs.last_mut().and_then(|r| r.glyphs.last_mut()) {
                glyph.advance += owed;
            }
            self.x += self.spacing;
            self.spacing = 0.0;
        }
    }

    fn put(&mut self, item: &Item, glyph: EmGlyph) {
        let Some(face) = self.shaped.faces.get(item.face) else { return };
        let cluster = self.shaped.origin.get(usize::try_from(glyph.cluster).unwrap_or(0)).copied().unwrap_or(0);
        let placed = PlacedGlyph {
            id: glyph.id,
            cluster,
            x: Px(narrow((self.x + f64::from(glyph.dx)) * f64::from(self.size.0))),
            y: self.size * -glyph.dy,
            advance: self.size * glyph.advance,
        };
        self.x += f64::from(glyph.advance);
        let stance = match item.run {
            Course::Turned => Stance::Turned,
            Course::Square if glyph.narrow < 1.0 => Stance::Narrowed(glyph.narrow),
            _ => Stance::Upright,
        };
        let (rtl, look) = (item.rtl(), item.look);
        let like = |r: &&mut Run| r.font == face.id && r.rtl == rtl && r.look == look && r.stance == stance;
        match self.line.runs.last_mut().filter(like) {
            Some(run) => run.glyphs.push(placed),
            None => self.line.runs.push(Run { font: face.id, rtl, look, stance, glyphs: vec![placed] }),
        }
    }
}
