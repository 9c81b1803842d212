//! In: colours and blends of the campaign. Out: premultiplied pixels, and mixes of `variorum_pixels`, whose loops do the work.

use crate::color::{Blend, Rgba};
pub(super) use variorum_pixels::{Cover as RowCover, Source as RowSource, mul};
use variorum_pixels::{Mix, row as mix};

/// The pixel of a straight colour: premultiplied RGBA.
pub(super) fn premultiply(c: Rgba, opacity: f32) -> [u8; 4] {
    let a = (f32::from(c.a) * opacity.clamp(0.0, 1.0)).round() as u8;
    [mul(c.r, a), mul(c.g, a), mul(c.b, a), a]
}

/// Mixes `src` into `dst` (premultiplied RGBA) where `cover` says.
pub(super) fn row(dst: &mut [u8], src: RowSource<'_>, cover: RowCover<'_>, blend: Blend) {
    let by = match blend {
        Blend::Normal => Mix::Normal,
        Blend::Multiply => Mix::Multiply,
        Blend::Screen => Mix::Screen,
        Blend::Overlay => Mix::Overlay,
        Blend::SoftLight => Mix::SoftLight,
    };
    mix(dst, src, cover, by);
}
