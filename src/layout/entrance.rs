//! In: a layout at its places. Out: its [`Entrance`]s: the side from which each layer would come in, if the page moved. What moves, when
//! and how fast is left to whoever animates.

use super::{Layout, Placed, PlacedContent};
use crate::text::Direction;
use crate::variant::Variant;

/// A side of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the left edge.
    Left,
    /// From the right edge.
    Right,
    /// From the upper edge.
    Top,
    /// From the lower edge.
    Bottom,
    /// It is there from the beginning.
    Stays,
}

impl Side {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::Stays => "none",
        }
    }
}

/// Where a layer comes in from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entrance {
    /// Index into the variant's layers.
    pub layer: usize,
    /// The side.
    pub from: Side,
}

/// Above this share of the page a thing is its ground.
const GROUND: f32 = 0.8;

/// Of every layer that is placed, in paint order.
#[must_use]
pub fn entrances(variant: &Variant, layout: &Layout) -> Vec<Entrance> {
    layout.placed.iter().filter_map(|p| Some(Entrance { layer: p.layer?, from: from(variant, layout, p) })).collect()
}

/// Words come in from where reading starts, grounds stay, the rest comes from the edge it is nearest to; of two as near, from where
/// reading starts, and from below.
fn from(variant: &Variant, layout: &Layout, placed: &Placed) -> Side {
    let (w, h) = (layout.trim.w.0.max(1.0), layout.trim.h.0.max(1.0));
    let r = &placed.rect;
    let (left, right) = ((r.x.0 / w, Side::Left), (1.0 - r.right().0 / w, Side::Right));
    let (start, end) = if variant.direction == Direction::Rtl { (right, left) } else { (left, right) };
    match &placed.content {
        _ if r.area() > GROUND * w * h => Side::Stays,
        PlacedContent::Shape { .. } | PlacedContent::Panel { .. } => Side::Stays,
        PlacedContent::Text(text) if !text.plated => start.1,
        _ => {
            let sides = [start, end, (1.0 - r.bottom().0 / h, Side::Bottom), (r.y.0 / h, Side::Top)];
            // Mirrored pages are mirrored to a part of a pixel: what is nearer by less is as near.
            let nearer = |best: (f32, Side), side: (f32, Side)| if side.0 < best.0 - 1e-4 { side } else { best };
            sides.into_iter().reduce(nearer).map_or(Side::Stays, |side| side.1)
        }
    }
}
