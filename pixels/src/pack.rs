//! In: pixels. Out: the same as encoders and canvases want them: straight alpha, three channels; and as decoders do not give them: JPEG's luma and
//! chroma as RGBA.

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

/// Turns luma and the two chromas, three bytes a pixel at the start of the buffer, into opaque RGBA, four bytes a pixel in all of it. Constants and
/// rounding are zune-jpeg's own (JFIF's matrix, 14 bits), whose loop takes a call a pixel where the rest is built for size.
pub fn rgba_of_ycbcr(buffer: &mut [u8]) {
    let count = buffer.len() / 4;
    // From the end, so that nothing is written over before it is read: a whole part at a time, in between through a copy.
    const PART: usize = 64;
    let whole = count / PART * PART;
    let mut end = count;
    while end > 0 {
        let start = if end > whole { whole } else { end - PART };
        let mut copy = [0; PART * 3];
        let read = (end - start) * 3;
        let (Some(from), Some(to)) = (buffer.get(start * 3..end * 3), copy.get_mut(..read)) else { return };
        to.copy_from_slice(from);
        let out = buffer.get_mut(start * 4..end * 4).unwrap_or_default().as_chunks_mut::<4>().0;
        for (out, &[y, cb, cr]) in out.iter_mut().zip(copy.as_chunks::<3>().0) {
            let (y, cb, cr) = ((i32::from(y) << 14) + 8191, i32::from(cb) - 128, i32::from(cr) - 128);
            let one = |v: i32| (v >> 14).clamp(0, 255) as u8;
            *out = [one(y + cr * 22_970), one(y - cr * 11_700 - cb * 5_638), one(y + cb * 29_032), 255];
        }
        end = start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luma_and_chroma_become_colours_in_place() {
        for count in [1, 63, 64, 65, 130, 200] {
            let source: Vec<u8> = (0..count * 3).map(|i| (i * 37 % 256) as u8).collect();
            let mut buffer = source.clone();
            buffer.resize(count * 4, 0);
            rgba_of_ycbcr(&mut buffer);
            for (out, p) in buffer.as_chunks::<4>().0.iter().zip(source.as_chunks::<3>().0) {
                let [y, cb, cr] = p.map(f64::from);
                let want = [y + 1.402 * (cr - 128.0), y - 0.714 * (cr - 128.0) - 0.344 * (cb - 128.0), y + 1.772 * (cb - 128.0)];
                assert!(out.iter().zip(want).all(|(a, b)| (f64::from(*a) - b.clamp(0.0, 255.0)).abs() < 1.01), "{p:?}: {out:?}");
                assert_eq!(out[3], 255);
            }
        }
    }

    #[test]
    fn alpha_is_left_out() {
        let pixels: Vec<u8> = (0..44).collect();
        let mut out = vec![9];
        rgb(&pixels, &mut out);
        let want: Vec<u8> = [9].into_iter().chain((0..44).filter(|i| i % 4 < 3)).collect();
        assert_eq!(out, want);
    }
}
