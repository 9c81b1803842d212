//! In: a variant's layers on their artboard. Out: the rhythm that the designer gave them: how far words and mark keep from the artboard's edges,
//! against what a page has that nobody drew. How much of it a page can give is left to [`super::measure`].

use crate::geom::Rect;
use crate::variant::{Content, Layer, Role, Variant};

/// Outer margin of a page that nobody drew, by its mean side.
pub const USUAL: f32 = 0.055;
/// Share of it by which another is the same to the eye; from twice as much on a margin is its own.
const SAME: f32 = 0.12;
/// The least and the most that a margin is of the usual one.
const SPAN: (f32, f32) = (0.75, 1.6);

/// What a margin kept matters among the relations of a page.
pub const MATTERS: f32 = 1.5;

/// Whether a layer keeps to the margin: words and the mark. A cut-out may come nearer to the edges, and so may the small print at the foot.
pub fn keeps(layer: &Layer) -> bool {
    layer.role == Role::Logo || layer.role != Role::Legal && matches!(layer.content, Content::Text(_))
}

/// What a box keeps from a page's nearest edge, px; edges that it touches or crosses are none of its own.
pub fn kept(r: &Rect, w: f32, h: f32) -> f32 {
    let off = [r.x.0, r.y.0, w - r.right().0, h - r.bottom().0];
    off.into_iter().filter(|off| *off > 0.5).fold(f32::MAX, f32::min)
}

/// The designer's outer margin by the usual one; 1 where it is as good as that, or where nothing keeps one.
#[must_use]
pub fn margin(variant: &Variant) -> f32 {
    let (w, h) = (variant.artboard.w.0.max(1.0), variant.artboard.h.0.max(1.0));
    let words = variant.layers.iter().filter(|l| keeps(l));
    let drawn = words.map(|l| kept(&l.master_box, w, h)).fold(f32::MAX, f32::min);
    if drawn >= w.min(h) {
        return 1.0;
    }
    let off = drawn / (USUAL * (w * h).sqrt()) - 1.0;
    let seen = (2.0 * (off.abs() - SAME)).clamp(0.0, off.abs());
    (1.0 + seen.copysign(off)).clamp(SPAN.0, SPAN.1)
}
