//! In: rows of premultiplied pixels. Out: rows half as long, each pixel the mean of four; colours held below their alpha.

use crate::vector::load;
use wide::bytemuck::cast;
use wide::{u8x16, u32x4};

/// The means of two by two pixels of two rows; an odd last column counts twice.
pub fn means_of_four(top: &[u8], bottom: &[u8], out: &mut Vec<u8>) {
    let (tops, top_left) = top.as_chunks::<8>();
    let (bottoms, bottom_left) = bottom.as_chunks::<8>();
    let start = out.len();
    out.resize(start + tops.len() * 4, 0);
    let to = out.get_mut(start..).unwrap_or_default().as_chunks_mut::<4>().0;
    for ((o, t), b) in to.iter_mut().zip(tops).zip(bottoms) {
        let ([t0, t1, t2, t3, t4, t5, t6, t7], [b0, b1, b2, b3, b4, b5, b6, b7]) = (t.map(u16::from), b.map(u16::from));
        let mean = |a: u16, b: u16, c: u16, d: u16| ((a + b + c + d + 2) >> 2) as u8;
        *o = [mean(t0, t4, b0, b4), mean(t1, t5, b1, b5), mean(t2, t6, b2, b6), mean(t3, t7, b3, b7)];
    }
    for (t, b) in top_left.iter().zip(bottom_left) {
        out.push((u16::from(*t) + u16::from(*b)).div_ceil(2) as u8);
    }
}

/// A filter's negative lobes can lift a colour above its alpha: not any more.
pub fn hold_to_alpha(pixels: &mut [u8]) {
    let (blocks, rest) = pixels.as_chunks_mut::<16>();
    for block in blocks {
        let v = load(block);
        let a = v >> 24u32;
        let a = a | (a << 8u32);
        let a: u8x16 = cast(a | (a << 16u32));
        *block = cast(cast::<u32x4, u8x16>(v).min(a));
    }
    for p in rest.as_chunks_mut::<4>().0 {
        let [r, g, b, a] = *p;
        *p = [r.min(a), g.min(a), b.min(a), a];
    }
}
