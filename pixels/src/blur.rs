//! In: masks of 16 bits. Out: the same after one box along rows or columns, and brought to a finer grid by linear interpolation.
//! What a shadow's boxes are is left to the engine.

use wide::u32x4;

/// One box of `2 * radius + 1` along rows of `w`; beyond the ends lies nothing.
pub fn across(from: &[u16], to: &mut [u16], w: usize, radius: usize) {
    let share = 1.0 / (2 * radius + 1) as f32;
    for (row, out) in from.chunks_exact(w).zip(to.chunks_exact_mut(w)) {
        let mut sum: u32 = row.iter().take(radius).map(|v| u32::from(*v)).sum();
        // Three stretches, so that none asks for each pixel whether there is one to leave or to enter.
        let head = (radius + 1).min(w);
        let body = w.saturating_sub(radius).max(head);
        let (first, rest) = out.split_at_mut(head);
        for (i, o) in first.iter_mut().enumerate() {
            sum += row.get(i + radius).map_or(0, |v| u32::from(*v));
            *o = (sum as f32 * share + 0.5) as u16;
        }
        let (middle, last) = rest.split_at_mut(body - head);
        let entering = row.get(head + radius..).unwrap_or_default();
        for ((o, new), old) in middle.iter_mut().zip(entering).zip(row) {
            sum = sum + u32::from(*new) - u32::from(*old);
            *o = (sum as f32 * share + 0.5) as u16;
        }
        let leaving = row.get(body.saturating_sub(radius + 1)..).unwrap_or_default();
        for (o, old) in last.iter_mut().zip(leaving) {
            sum -= u32::from(*old);
            *o = (sum as f32 * share + 0.5) as u16;
        }
    }
}

/// One box of `2 * radius + 1` along the columns, a whole row of `w` at a time.
pub fn down(from: &[u16], to: &mut [u16], w: usize, radius: usize) {
    let share = 1.0 / (2 * radius + 1) as f32;
    let mut sums = vec![0u32; w];
    let zero = vec![0u16; w];
    for row in from.chunks_exact(w).take(radius) {
        sums.iter_mut().zip(row).for_each(|(s, v)| *s += u32::from(*v));
    }
    let entering = from.chunks_exact(w).skip(radius).chain(std::iter::repeat(zero.as_slice()));
    let leaving = std::iter::repeat_n(zero.as_slice(), radius + 1).chain(from.chunks_exact(w));
    for ((out, new), old) in to.chunks_exact_mut(w).zip(entering).zip(leaving) {
        for (((o, s), new), old) in out.iter_mut().zip(&mut sums).zip(new).zip(old) {
            *s = *s + u32::from(*new) - u32::from(*old);
            *o = (*s as f32 * share + 0.5) as u16;
        }
    }
}

/// A row of the mask on the finer grid: each pixel between two columns, the weight of the right one in 256ths. Beyond the end
/// lies nothing. 15 bits of value and 8 of weight.
pub fn stretch(row: &[u16], columns: &[(u32, u32)], out: &mut Vec<u32>) {
    out.clear();
    out.extend(columns.iter().map(|(column, k)| match row.get(*column as usize..) {
        Some([p, q, ..]) => u32::from(*p) * (256 - k) + u32::from(*q) * k,
        Some([p]) => u32::from(*p) * (256 - k),
        _ => 0,
    }));
}

/// A row of coverage between two stretched rows: `k` 256ths of the lower one. `fine` (a power of two) is what one step of 255 is in
/// the mask.
pub fn between(upper: &[u32], lower: &[u32], k: u32, fine: u16, out: &mut [u8]) {
    let (half, shift) = (u32::from(fine) / 2, fine.trailing_zeros());
    // 23 bits and 8 more still fit 32.
    let one = |p: u32, q: u32| ((((p * (256 - k) + q * k) >> 16) + half) >> shift).min(255);
    let (blocks, rest) = out.as_chunks_mut::<4>();
    let (ups, up_rest) = upper.as_chunks::<4>();
    let (lows, low_rest) = lower.as_chunks::<4>();
    let (w0, w1) = (u32x4::splat(256 - k), u32x4::splat(k));
    for ((o, p), q) in blocks.iter_mut().zip(ups).zip(lows) {
        if *p == [0; 4] && *q == [0; 4] {
            *o = [0; 4];
            continue;
        }
        let v = (u32x4::from(*p) * w0 + u32x4::from(*q) * w1) >> 16u32;
        *o = ((v + u32x4::splat(half)) >> shift).to_array().map(|v| v.min(255) as u8);
    }
    for ((o, p), q) in rest.iter_mut().zip(up_rest).zip(low_rest) {
        *o = one(*p, *q) as u8;
    }
}
