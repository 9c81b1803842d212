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
    let pixels = pixels.as_chunks::<4>().0;
    out.resize(start + pixels.len() * 3, 0);
    let to = out.get_mut(start..).unwrap_or_default();
    // Four pixels become three words.
    let (fours, rest) = pixels.as_chunks::<4>();
    let (twelves, _) = to.as_chunks_mut::<12>();
    for (to, four) in twelves.iter_mut().zip(fours) {
        let [a, b, c, d] = four.map(|p| u32::from_le_bytes(p) & 0x00ff_ffff);
        let words = [a | b << 24, b >> 8 | c << 16, c >> 16 | d << 8];
        for (to, word) in to.as_chunks_mut::<4>().0.iter_mut().zip(words) {
            *to = word.to_le_bytes();
        }
    }
    let to = to.get_mut(fours.len() * 12..).unwrap_or_default();
    for (to, &[r, g, b, _]) in to.as_chunks_mut::<3>().0.iter_mut().zip(rest) {
        *to = [r, g, b];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_left_out() {
        let pixels: Vec<u8> = (0..44).collect();
        let mut out = vec![9];
        rgb(&pixels, &mut out);
        let want: Vec<u8> = [9].into_iter().chain((0..44).filter(|i| i % 4 < 3)).collect();
        assert_eq!(out, want);
    }
}
