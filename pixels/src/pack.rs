//! In: rows of pixels. Out: the same as encoders and canvases want them: straight alpha, three channels.

use crate::mix::mul;
use crate::vector::load;
use wide::u32x4;

/// Whether every alpha is 255.
#[must_use]
pub fn is_opaque(pixels: &[u8]) -> bool {
    let (blocks, rest) = pixels.as_chunks::<16>();
    // A stretch at a time: one pixel that is not ends it.
    blocks.chunks(64).all(|stretch| {
        let all = stretch.iter().fold(u32x4::splat(u32::MAX), |all, block| all & load(block));
        all.to_array().iter().all(|p| p >> 24 == 255)
    }) && rest.as_chunks::<4>().0.iter().all(|p| p[3] == 255)
}

/// Multiplies by alpha, in place; rounded to nearest.
pub fn premultiply(pixels: &mut [u8]) {
    for p in pixels.as_chunks_mut::<4>().0 {
        let [r, g, b, a] = *p;
        *p = [mul(r, a), mul(g, a), mul(b, a), a];
    }
}

/// Divides by alpha, in place; rounded to nearest.
pub fn straight(pixels: &mut [u8]) {
    for p in pixels.as_chunks_mut::<4>().0 {
        let [r, g, b, a] = *p;
        if a != 0 && a != 255 {
            let one = |v: u8| ((u32::from(v) * 255 + u32::from(a) / 2) / u32::from(a)).min(255) as u8;
            *p = [one(r), one(g), one(b), a];
        }
    }
}

/// Appends red, green and blue of every pixel.
pub fn rgb(pixels: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let (pixels, _) = pixels.as_chunks::<4>();
    out.resize(start + pixels.len() * 3, 0);
    let to = out.get_mut(start..).unwrap_or_default();
    for (to, &[r, g, b, _]) in to.as_chunks_mut::<3>().0.iter_mut().zip(pixels) {
        *to = [r, g, b];
    }
}
