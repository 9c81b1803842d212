//! In: what is placed, the pictures' tones. Out: how far words are told from what they stand on, by what they need, as their layer lays them
//! there (opacity, blend, the colours of stretches): of a box while ways are weighed ([`of`]), of what something lies over ([`veiled`]),
//! and part by part in the layout taken ([`parts`]).

use super::backdrop::{Backdrop, middle, mix};
use super::ink::Ink;
use super::measure::{LARGE_CONTRAST, SMALL_CONTRAST, SMALL_PX};
use super::{Placed, PlacedContent, PlacedText};
use crate::color::{Blend, Rgba, ratio};
use crate::geom::Rect;
use crate::variant::{Content, Layer, Role, Spec, TextSlot, Variant};

/// A contrast, by what it needs, and the layer that has it; nothing where no text was placed.
pub type Contrast = Option<(f32, usize)>;

/// Places looked at in a text's box, across and down.
const PLACES: (u8, u8) = (10, 4);
/// Places looked at in a line that something lies on: a quarter of a letter is seen to be gone.
const ALONG: (u8, u8) = (48, 6);
/// Columns of places for each em of a line, at most of a line, and places in each.
const COLUMNS: f32 = 2.0;
const MOST_COLUMNS: f32 = 80.0;
const ROWS: u8 = 3;
/// Columns that make a part: two or three letters.
const PART: usize = 3;
/// Share of the contrast asked of a whole text that its worst part must have.
const OF_A_PART: f32 = 0.9;

/// Words at their place.
struct Words<'a> {
    at: usize,
    placed: &'a Placed,
    text: &'a PlacedText,
    layer: &'a Layer,
    slot: &'a TextSlot,
}

impl Words<'_> {
    /// The first item that is not under them: a plate is painted with its text, and is what the text stands on.
    fn below(&self) -> usize {
        if self.text.plated { self.at + 1 } else { self.at }
    }

    fn rect(&self) -> &Rect {
        if self.text.plated { &self.placed.rect } else { &self.text.rect }
    }

    fn bands(&self, variant: &Variant) -> Vec<Rect> {
        Ink::bands(variant, self.layer, self.placed, self.text)
    }

    /// The colours they have.
    fn inks(&self) -> impl Iterator<Item = Rgba> {
        std::iter::once(self.slot.color).chain(self.slot.spans.iter().filter_map(|span| span.style.color))
    }

    /// An ink as it looks on a ground.
    fn on(&self, ink: Rgba, ground: Rgba) -> Rgba {
        let ink = ink.faded(self.layer.opacity);
        if ink.a == 255 && self.layer.blend == Blend::Normal { ink } else { mix(ground, ink, self.layer.blend) }
    }

    /// How far an ink is told from a ground.
    fn told(&self, ink: Rgba) -> impl Fn(Rgba) -> f32 {
        let ink = ink.faded(self.layer.opacity);
        let blend = self.layer.blend;
        let hides = (ink.a == 255 && blend == Blend::Normal).then(|| ink.luminance());
        move |ground| match hides {
            Some(light) => ratio(light, ground.luminance()),
            None => mix(ground, ink, blend).contrast(ground),
        }
    }

    /// The contrast that reads.
    fn need(&self, variant: &Variant) -> f32 {
        // Stems of a pixel or less lose half their contrast to antialiasing.
        let tiny = matches!(variant.format.spec, Spec::Pixels { .. }) && self.text.fitted.size.0 < SMALL_PX;
        if tiny || matches!(self.layer.role, Role::Legal | Role::Body) { SMALL_CONTRAST } else { LARGE_CONTRAST }
    }
}

/// The worst contrast of a text with what it stands on, by what it needs (3 large, 4.5 small), and its layer.
#[must_use]
pub fn of(backdrop: &Backdrop<'_>) -> Contrast {
    worst(backdrop, |words| {
        let grounds = backdrop.grid(words.below(), words.rect(), PLACES.0, PLACES.1);
        let one = grounds.plain();
        let grounds = if one.is_some() { Vec::new() } else { grounds.colors() };
        let each = words.inks().map(|ink| {
            let told = words.told(ink);
            one.map_or_else(|| nearly_least(grounds.iter().map(|g| told(*g))), &told)
        });
        each.min_by(f32::total_cmp)
    })
}

/// The same of lines that something is painted over (a picture, a drawing, a shade, a plate), as they are seen under it: what is behind it has no
/// contrast.
#[must_use]
pub fn veiled(backdrop: &Backdrop<'_>) -> Contrast {
    worst(backdrop, |words| {
        if backdrop.above(words.at, words.rect()).is_empty() {
            return None;
        }
        let (columns, rows) = ALONG;
        let lines = words.bands(backdrop.variant);
        let seen = lines.iter().filter_map(|line| {
            let above = backdrop.above(words.at, line);
            let grounds = (!above.is_empty()).then(|| backdrop.grid(words.below(), line, columns, rows))?;
            let points = (0..rows).flat_map(|j| (0..columns).map(move |i| (i, j)));
            Some(nearly_least(points.map(|(i, j)| {
                let ground = grounds.at(i, j);
                let (x, y) = (line.x.0 + middle(i, columns) * line.w.0, line.y.0 + middle(j, rows) * line.h.0);
                let ink = words.on(words.slot.color, ground);
                above.through(x, y, ink).contrast(above.through(x, y, ground))
            })))
        });
        seen.min_by(f32::total_cmp)
    })
}

/// The worst contrast that a part of a line has with what it stands on, by what is asked of a part, where that is less than it needs: letters on a
/// cloud are not read because the rest of their line is on a rock.
#[must_use]
pub fn parts(backdrop: &Backdrop<'_>) -> Contrast {
    worst(backdrop, |words| {
        // Words on their own plate have one ground, which all of it has told.
        let lines = if words.text.plated { Vec::new() } else { words.bands(backdrop.variant) };
        let least = OF_A_PART * words.need(backdrop.variant);
        let each = lines.iter().filter_map(|line| part(backdrop, words, line, least));
        each.min_by(f32::total_cmp).map(|worst| worst / OF_A_PART)
    })
}

/// The contrast of the worst part of a line, where that is below the least asked for: what its best column has, of which the middle place counts;
/// nothing on a ground of one colour.
fn part(backdrop: &Backdrop<'_>, words: &Words<'_>, line: &Rect, least: f32) -> Option<f32> {
    let columns = (COLUMNS * line.w.0 / words.text.fitted.size.0.max(1.0)).ceil().clamp(PART as f32, MOST_COLUMNS) as u8;
    let grounds = backdrop.grid(words.below(), line, columns, ROWS);
    if grounds.plain().is_some() {
        return None;
    }
    let told = words.told(words.slot.color);
    // Each part holds one column of every third: where those are told, nothing need be known of the others. Two of three places decide a column.
    let reads = |column: u8| (0..ROWS).filter(|row| told(grounds.at(column, *row)) >= least).nth(usize::from(ROWS / 2)).is_some();
    if (PART as u8 - 1..columns).step_by(PART).all(reads) {
        return None;
    }
    let colors = grounds.colors();
    let first = colors.first()?;
    if colors.iter().all(|color| color == first) {
        return None;
    }
    let told: Vec<f32> = colors.into_iter().map(told).collect();
    let n = usize::from(columns);
    let middles: Vec<f32> = (0..n)
        .map(|i| {
            let mut column: Vec<f32> = told.iter().skip(i).step_by(n).copied().collect();
            column.sort_unstable_by(f32::total_cmp);
            column.get(column.len() / 2).copied().unwrap_or(f32::MAX)
        })
        .collect();
    let worst = middles.windows(PART).map(|part| part.iter().copied().fold(0.0, f32::max)).min_by(f32::total_cmp);
    worst.filter(|worst| *worst < least)
}

/// The text of the least contrast by what it needs.
fn worst(backdrop: &Backdrop<'_>, of: impl Fn(&Words<'_>) -> Option<f32>) -> Contrast {
    let each = backdrop.placed.iter().enumerate().filter_map(|(at, placed)| {
        let (PlacedContent::Text(text), Some(index)) = (&placed.content, placed.layer) else { return None };
        let layer = backdrop.variant.layers.get(index)?;
        let Content::Text(slot) = &layer.content else { return None };
        let words = Words { at, placed, text, layer, slot };
        Some((of(&words)? / words.need(backdrop.variant), index))
    });
    each.min_by(|a, b| a.0.total_cmp(&b.0))
}

/// The third least: two places may be worse, a hair or a spark. Nineteen of twenty in a box, ninety-nine of a hundred in a line that something lies on;
/// of a part of a line, which has few, the middle place of its best column counts ([`part`]).
fn nearly_least(found: impl Iterator<Item = f32>) -> f32 {
    let mut least = [f32::INFINITY; 3];
    for mut found in found {
        for known in &mut least {
            if found < *known {
                std::mem::swap(known, &mut found);
            }
        }
    }
    let [.., third] = least;
    if third.is_finite() { third } else { 21.0 }
}
