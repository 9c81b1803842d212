//! In: a row of bytes and the one above it. Out: the row filtered as PNG would have it, by the filter that leaves least: for each row
//! the sums of absolute differences are compared (PNG 1.2, 9.6), on every third stretch of it, which tells as much. And back: a filtered row as it was.

use wide::bytemuck::cast;
use wide::{i16x8, u8x16, u16x8, u32x4};

/// A row as it is to be packed: the filter's number before it.
pub type Filtered = Vec<u8>;

/// The largest difference that counts. Beyond it a byte has a long code, whatever it is, and few edges shall not decide for all the grain between them: a
/// hundredth smaller.
const FAR: u8 = 8;

const SUB: u8 = 1;
const UP: u8 = 2;
const AVERAGE: u8 = 3;
const PAETH: u8 = 4;

/// Sixteen bytes with those left of them, above them, and left of those.
struct Near {
    v: u8x16,
    a: u8x16,
    b: u8x16,
    c: u8x16,
}

#[inline(always)]
fn absolute(v: u8x16) -> u8x16 {
    // Of a difference modulo 256, seen as signed.
    v.min(u8x16::ZERO - v)
}

#[inline(always)]
fn average(n: &Near) -> u8x16 {
    // Rounded down: the bits both have, and half of those that one has.
    let half = (cast::<u8x16, u16x8>(n.a ^ n.b) >> 1u32) & u16x8::splat(0x7f7f);
    n.v - ((n.a & n.b) + cast::<u16x8, u8x16>(half))
}

#[inline(always)]
fn paeth_half(a: i16x8, b: i16x8, c: i16x8) -> i16x8 {
    let (pa, pb) = (b - c, a - c);
    let pc = (pa + pb).abs();
    let (pa, pb) = (pa.abs(), pb.abs());
    // a where pa is least or ties, else b, else c.
    let not_a = pa.simd_gt(pb) | pa.simd_gt(pc);
    let c_wins = pb.simd_gt(pc);
    let other = c_wins.bitselect(c, b);
    not_a.bitselect(other, a)
}

#[inline(always)]
fn paeth(n: &Near) -> u8x16 {
    let low = |v: u8x16| -> i16x8 { cast(u16x8::from_u8x16_low(v)) };
    let high = |v: u8x16| -> i16x8 { cast(u16x8::from_u8x16_high(v)) };
    let guess = u8x16::narrow_i16x8(paeth_half(low(n.a), low(n.b), low(n.c)), paeth_half(high(n.a), high(n.b), high(n.c)));
    n.v - guess
}

/// A byte by the book.
fn plain(kind: u8, v: u8, a: u8, b: u8, c: u8) -> u8 {
    v.wrapping_sub(guess(kind, a, b, c))
}

/// What a filter guesses from the bytes left, above, and left of above.
#[inline(always)]
fn guess(kind: u8, a: u8, b: u8, c: u8) -> u8 {
    match kind {
        SUB => a,
        UP => b,
        AVERAGE => ((u16::from(a) + u16::from(b)) / 2) as u8,
        _ => {
            let (pa, pb) = (i16::from(b) - i16::from(c), i16::from(a) - i16::from(c));
            let pc = (pa + pb).abs();
            let (pa, pb) = (pa.abs(), pb.abs());
            if pa <= pb && pa <= pc {
                a
            } else if pb <= pc {
                b
            } else {
                c
            }
        }
    }
}

/// Undoes a filter. `above` is as long as the row, zeros for the first; pixels have `step` bytes, up to eight. False where there is no such filter.
pub fn unfilter(kind: u8, row: &mut [u8], above: &[u8], step: usize) -> bool {
    match (kind, step) {
        (0, _) => {}
        (UP, _) => row.iter_mut().zip(above).for_each(|(v, b)| *v = v.wrapping_add(*b)),
        (SUB, 3) => by_pixels::<3, SUB>(row, above),
        (SUB, 4) => by_pixels::<4, SUB>(row, above),
        (AVERAGE, 3) => by_pixels::<3, AVERAGE>(row, above),
        (AVERAGE, 4) => by_pixels::<4, AVERAGE>(row, above),
        (PAETH, 3) => by_pixels::<3, PAETH>(row, above),
        (PAETH, 4) => by_pixels::<4, PAETH>(row, above),
        (SUB | AVERAGE | PAETH, _) => {
            let mut left = [(0, 0); 8];
            for ((v, b), at) in row.iter_mut().zip(above).zip((0..step.clamp(1, 8)).cycle()) {
                if let Some((a, c)) = left.get_mut(at) {
                    *v = v.wrapping_add(guess(kind, *a, *b, *c));
                    (*a, *c) = (*v, *b);
                }
            }
        }
        _ => return false,
    }
    true
}

/// Rows of pixels of `N` bytes.
#[inline(always)]
fn by_pixels<const N: usize, const KIND: u8>(row: &mut [u8], above: &[u8]) {
    let (mut a, mut c) = ([0; N], [0; N]);
    for (v, b) in row.as_chunks_mut::<N>().0.iter_mut().zip(above.as_chunks::<N>().0) {
        for (((v, b), a), c) in v.iter_mut().zip(b).zip(&a).zip(&c) {
            *v = v.wrapping_add(guess(KIND, *a, *b, *c));
        }
        (a, c) = (*v, *b);
    }
}

/// The row from its second pixel on, sixteen bytes at a time.
#[inline(always)]
fn stretches<'a>(row: &'a [u8], above: &'a [u8], step: usize) -> impl Iterator<Item = Near> + 'a {
    let from = |line: &'a [u8], at: usize| line.get(at..).unwrap_or_default().as_chunks::<16>().0;
    let (v, a, b, c) = (from(row, step), from(row, 0), from(above, step), from(above, 0));
    v.iter().zip(a).zip(b.iter().zip(c)).map(|((v, a), (b, c))| Near { v: cast(*v), a: cast(*a), b: cast(*b), c: cast(*c) })
}

/// What each filter leaves of the row, on every third stretch: Sub, Up, Average, Paeth.
fn left_by(row: &[u8], above: &[u8], step: usize) -> [u32; 4] {
    let mut sums = [u32x4::ZERO; 4];
    for n in stretches(row, above, step).step_by(3) {
        for (sum, v) in sums.iter_mut().zip([n.v - n.a, n.v - n.b, average(&n), paeth(&n)]) {
            let v = absolute(v).min(u8x16::splat(FAR));
            let pairs: u32x4 = cast(u16x8::from_u8x16_low(v) + u16x8::from_u8x16_high(v));
            *sum += (pairs & u32x4::splat(0xffff)) + (pairs >> 16u32);
        }
    }
    sums.map(|sum| sum.to_array().iter().sum())
}

/// Filters a row of pixels of `step` bytes; `above` is as long, zeros for the first. Appends the filter's number and the row.
pub fn filter(row: &[u8], above: &[u8], step: usize, out: &mut Filtered) {
    let sums = left_by(row, above, step);
    let least = sums.into_iter().zip([SUB, UP, AVERAGE, PAETH]).min_by_key(|(sum, _)| *sum).map_or(SUB, |(_, kind)| kind);
    // Nothing but noughts above: the first row says so by itself.
    out.push(least);
    let start = out.len();
    out.resize(start + row.len(), 0);
    let to = out.get_mut(start..).unwrap_or_default();
    let left = |at: usize| at.checked_sub(step);
    let of = |line: &[u8], at: Option<usize>| at.and_then(|at| line.get(at)).copied().unwrap_or(0);
    let one = |at: usize| plain(least, of(row, Some(at)), of(row, left(at)), of(above, Some(at)), of(above, left(at)));
    let whole = row.len().saturating_sub(step) / 16 * 16 + step.min(row.len());
    let ends = (0..step.min(row.len())).chain(whole..row.len());
    for at in ends {
        if let Some(to) = to.get_mut(at) {
            *to = one(at);
        }
    }
    let to = to.get_mut(step..).unwrap_or_default().as_chunks_mut::<16>().0.iter_mut().zip(stretches(row, above, step));
    match least {
        SUB => to.for_each(|(to, n)| *to = cast(n.v - n.a)),
        UP => to.for_each(|(to, n)| *to = cast(n.v - n.b)),
        AVERAGE => to.for_each(|(to, n)| *to = cast(average(&n))),
        _ => to.for_each(|(to, n)| *to = cast(paeth(&n))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_agree_with_the_book() {
        let mut seed = 5u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let mut kinds = std::collections::BTreeSet::new();
        for turn in 0..400 {
            for step in [3, 4] {
                let n = 1 + (turn * 7) % 120;
                let above: Vec<u8> = (0..n).map(|_| next()).collect();
                let row: Vec<u8> = (0..n)
                    .map(|i| match turn % 5 {
                        0 => next(),
                        1 => above[i].wrapping_add(next() % 4),
                        2 => (i as u8).wrapping_mul(3).wrapping_add(next() % 3),
                        3 => ((u16::from(above[i]) + u16::from(next())) / 2) as u8,
                        _ => above[i] / 2,
                    })
                    .collect();
                let mut out = Vec::new();
                filter(&row, &above, step, &mut out);
                let kind = out[0];
                kinds.insert(kind);
                assert_eq!(out.len(), n + 1);
                // Back again; of other steps and filters too.
                for (step, kind) in
                    [(step, kind), (1, turn as u8 % 5), (2, turn as u8 % 5), (6, turn as u8 % 5), (8, turn as u8 % 5)]
                {
                    let left = |line: &[u8], i: usize| if i >= step { line[i - step] } else { 0 };
                    let one = |i: usize| plain(kind, row[i], left(&row, i), above[i], left(&above, i));
                    let mut back: Vec<u8> = (0..n).map(|i| if kind == 0 { row[i] } else { one(i) }).collect();
                    assert!(unfilter(kind, &mut back, &above, step));
                    // Whole pixels: no picture has others.
                    let whole = n / step * step;
                    assert_eq!(back[..whole], row[..whole], "{kind} by {step}");
                }
                for i in 0..n {
                    let left = |line: &[u8]| if i >= step { line[i - step] } else { 0 };
                    assert_eq!(out[i + 1], plain(kind, row[i], left(&row), above[i], left(&above)), "{kind} at {i}");
                }
            }
        }
        assert!(unfilter(0, &mut [1], &[2], 1) && !unfilter(5, &mut [1], &[2], 1));
        assert!(kinds.len() >= 3, "{kinds:?}");
    }
}
