//! In: a text at its place. Out: its [`Ink`]: where the letters of each line stand, without the air of line boxes, and the tails that hang
//! below them; whether two texts meet in it, and how much of it something painted later hides. Glyphs are not set while ways are weighed:
//! letters are told by the face's capitals, tails by the letters that have one and about where they stand in the line.

use super::backdrop::Backdrop;
use super::{Placed, PlacedText};
use crate::geom::Rect;
use crate::text::{Align, Direction, Line, Writing};
use crate::units::Px;
use crate::variant::{Content, Layer, Variant};

/// Where a text is dark, px of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ink {
    /// From the capitals down to the baseline, line by line; a plate, columns and a logo as a whole.
    pub lines: Vec<Rect>,
    /// What hangs below baselines.
    tails: Vec<Rect>,
    /// Type size, px.
    em: f32,
}

/// How far a tail hangs below the baseline, em: that of a `g` in most faces.
const TAIL: f32 = 0.2;
/// How much of two texts' ink must meet to be seen, em of the smaller type.
const MEET: f32 = 0.05;
/// From what density on a thing painted over words hides them, 0 to 1.
const HIDES: f32 = 0.5;
/// Hidden length of a line below which letters are still told, em: tones are coarse at a cut-out's edge.
const NIBBLED: f32 = 0.2;
/// Places looked at for each em of a line, at most, and rows of them.
const COLUMNS: f32 = 4.0;
const MOST_COLUMNS: f32 = 96.0;
const ROWS: u8 = 4;

/// Letters with a tail.
const HANGS: [char; 13] = ['g', 'j', 'p', 'q', 'y', 'ç', 'ş', 'ţ', 'р', 'у', 'ф', 'ц', 'щ'];

/// Whether a text counts by its box: on a plate, or in columns.
fn stands_whole(layer: &Layer, text: &PlacedText) -> bool {
    let down = matches!(&layer.content, Content::Text(slot) if slot.style.writing == Writing::Vertical);
    text.plated || down
}

/// From where to where a line runs, in the height of its text.
fn along(variant: &Variant, text: &PlacedText, line: &Line) -> Rect {
    let free = text.rect.w - line.width;
    let start = match (text.align, variant.direction) {
        (Align::Center, _) => free / 2.0,
        (Align::Start, Direction::Ltr) | (Align::End, Direction::Rtl) => Px::ZERO,
        _ => free,
    };
    Rect { x: text.rect.x + start, w: line.width, ..text.rect }
}

impl Ink {
    /// Of a placed text.
    #[must_use]
    pub fn of(variant: &Variant, layer: &Layer, placed: &Placed, text: &PlacedText) -> Self {
        let lines = Self::bands(variant, layer, placed, text);
        let em = text.fitted.size.0;
        let mut tails = Vec::new();
        if let (Content::Text(slot), Direction::Ltr) = (&layer.content, variant.direction)
            && !stands_whole(layer, text)
        {
            for (line, band) in text.fitted.lines.iter().zip(&lines) {
                let words = slot.text.get(line.start..line.end).unwrap_or_default().trim_end();
                let each = band.w.0 / words.chars().count().max(1) as f32;
                tails.extend(words.chars().enumerate().filter(|(_, c)| HANGS.contains(c)).map(|(i, _)| Rect {
                    x: Px(band.x.0 + each * i as f32),
                    y: band.bottom(),
                    w: Px(each),
                    h: Px(TAIL * em),
                }));
            }
        }
        Self { lines, tails, em }
    }

    /// Its lines alone.
    #[must_use]
    pub fn bands(variant: &Variant, layer: &Layer, placed: &Placed, text: &PlacedText) -> Vec<Rect> {
        let f = &text.fitted;
        if stands_whole(layer, text) {
            return vec![placed.rect];
        }
        let cap = if f.cap_height.0 > 0.0 { f.cap_height } else { f.size * 0.7 };
        let band = |line: &Line| Rect { y: text.rect.y + line.baseline - cap, h: cap, ..along(variant, text, line) };
        f.lines.iter().map(band).collect()
    }

    /// Its lines with the air above and below them: what words take of a picture under them. One line takes the whole box.
    #[must_use]
    pub fn boxes(variant: &Variant, layer: &Layer, placed: &Placed, text: &PlacedText) -> Vec<Rect> {
        let n = text.fitted.lines.len();
        if stands_whole(layer, text) || n < 2 {
            return vec![placed.rect];
        }
        let each = text.rect.h / n as f32;
        let lines = text.fitted.lines.iter().enumerate();
        lines.map(|(i, line)| Rect { y: text.rect.y + each * i as f32, h: each, ..along(variant, text, line) }).collect()
    }

    /// Of a mark.
    #[must_use]
    pub fn of_mark(rect: Rect) -> Self {
        Self { lines: vec![rect], tails: Vec::new(), em: rect.h.0 }
    }

    /// Where two texts run into each other most, if they do.
    #[must_use]
    pub fn meets(&self, other: &Self) -> Option<Rect> {
        let least = (MEET * self.em.min(other.em)).max(0.5);
        let pairs = |a: &[Rect], b: &[Rect]| {
            let shared = a.iter().flat_map(|r| b.iter().map(|o| r.intersect(o)));
            shared.filter(|s| s.w.0 > 1.0 && s.h.0 > least).max_by(|a, b| a.area().total_cmp(&b.area()))
        };
        let found = [pairs(&self.lines, &other.lines), pairs(&self.tails, &other.lines), pairs(&self.lines, &other.tails)];
        found.into_iter().flatten().max_by(|a, b| a.area().total_cmp(&b.area()))
    }

    /// The length of its lines that what is painted after the item `at` hides, px.
    #[must_use]
    pub fn hidden(&self, backdrop: &Backdrop<'_>, at: usize) -> f32 {
        let each = self.lines.iter().map(|line| {
            let above = backdrop.above(at, line);
            if above.is_empty() {
                return 0.0;
            }
            let columns = (COLUMNS * line.w.0 / self.em.max(1.0)).ceil().clamp(4.0, MOST_COLUMNS);
            let step = line.w.0 / columns;
            let is_hidden = |column: usize| {
                let x = line.x.0 + (column as f32 + 0.5) * step;
                (0..ROWS).any(|row| {
                    let y = line.y.0 + (f32::from(row) + 0.5) / f32::from(ROWS) * line.h.0;
                    above.density(x, y) >= HIDES
                })
            };
            let hidden = (0..columns as usize).filter(|c| is_hidden(*c)).count() as f32 * step;
            if hidden < NIBBLED * self.em { 0.0 } else { hidden }
        });
        each.sum()
    }
}
