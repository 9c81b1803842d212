//! In: boxes arranged in logical space. Out: the same for right-to-left reading: every box mirrored at the middle of the page, gradients
//! mirrored, pictures and glyphs not flipped. Alignment by direction needs no change: start is already right there.

use super::{Placed, PlacedContent};
use crate::color::Fill;
use crate::units::Px;

/// Mirrors what is placed on a page `width` wide.
pub fn mirror(placed: &mut [Placed], width: Px) {
    for item in placed {
        item.rect = item.rect.mirrored(width);
        match &mut item.content {
            PlacedContent::Text(text) => text.rect = text.rect.mirrored(width),
            PlacedContent::Shape { fill } | PlacedContent::Panel { fill } => mirror_fill(fill),
            PlacedContent::Picture { .. } | PlacedContent::Vector { .. } => {}
        }
    }
}

fn mirror_fill(fill: &mut Fill) {
    match fill {
        Fill::Linear { angle_deg, .. } => *angle_deg = (360.0 - *angle_deg).rem_euclid(360.0),
        Fill::Radial { center, .. } => center.0 = 1.0 - center.0,
        Fill::Solid(_) => {}
    }
}
