//! In: a caster, a sigma. Out: the coverage of its soft shadow: three box passes over a mask, which is a Gaussian to within
//! a few parts in a hundred. A wide blur is made at a half, a quarter ... of the resolution, where nothing finer is left,
//! and brought back by linear interpolation. Integers, and floats that hold them exactly: the same bytes everywhere.
//!
//! Source of the box sizes: W3C SVG 1.1, feGaussianBlur, in the form of Kutskir, "Fastest Gaussian blur" (odd boxes).

use super::cover::{Bounds, Mask, Space};

/// How a shadow is made: at which part of the resolution, with which boxes, how far it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Device px in one px of the mask.
    pub step: i32,
    radii: [usize; 3],
    /// How far the blur reaches, px of the mask.
    pub margin: i32,
}

impl Plan {
    /// For a sigma in device px.
    pub fn new(sigma: f32) -> Self {
        let sigma = if sigma.is_finite() { sigma.clamp(0.0, 4096.0) } else { 0.0 };
        let mut step = 1;
        // Four px of the mask a sigma are plenty: a Gaussian holds next to nothing above.
        while sigma / (step * 2) as f32 >= 4.0 && step < 64 {
            step *= 2;
        }
        let s = sigma / step as f32;
        let ideal = (4.0 * s * s + 1.0).sqrt();
        let mut low = ideal.floor() as i64;
        if low % 2 == 0 {
            low -= 1;
        }
        let l = low as f32;
        let lows = ((12.0 * s * s - 3.0 * l * l - 12.0 * l - 9.0) / (-4.0 * l - 4.0)).round();
        let mut radii = [0; 3];
        for (i, radius) in radii.iter_mut().enumerate() {
            let size = if (i as f32) < lows { low } else { low + 2 };
            *radius = (size.max(1) as usize - 1) / 2;
        }
        Self { step, radii, margin: radii.iter().sum::<usize>() as i32 + 1 }
    }

    /// The space of the mask, for that of the device.
    pub fn space(&self, space: Space) -> Space {
        Space { kx: space.kx / self.step as f32, ky: space.ky / self.step as f32, ..space }
    }

    /// The part of the mask that decides the device pixels of `seen`.
    pub fn window(&self, seen: Bounds) -> Bounds {
        let (down, up) = (|v: i32| v.div_euclid(self.step) - 1, |v: i32| (v - 1).div_euclid(self.step) + 2);
        Bounds { x0: down(seen.x0), y0: down(seen.y0), x1: up(seen.x1), y1: up(seen.y1) }.grown(self.margin)
    }

    /// The device pixels that a caster of these bounds (px of the mask) can darken.
    pub fn reach(&self, caster: Bounds) -> Bounds {
        let b = caster.grown(self.margin + 1);
        let up = |v: i32| v.saturating_mul(self.step);
        Bounds { x0: up(b.x0), y0: up(b.y0), x1: up(b.x1), y1: up(b.y1) }
    }

    /// Blurs a mask in mask px and brings it to the device pixels `seen`.
    pub fn shadow(&self, caster: &Mask, seen: Bounds) -> Mask {
        let work = caster.bounds.grown(self.margin + 1);
        let (w, h) = (work.width(), work.height());
        let mut a = vec![0u16; w * h];
        let skip = (self.margin + 1) as usize;
        let rows = a.chunks_exact_mut(w).skip(skip).zip(caster.data.chunks_exact(caster.bounds.width().max(1)));
        for (out, row) in rows {
            out.iter_mut().skip(skip).zip(row).for_each(|(o, v)| *o = u16::from(*v) * FINE);
        }
        let mut b = vec![0u16; w * h];
        for radius in self.radii {
            if radius > 0 {
                across(&a, &mut b, w, radius);
                down(&b, &mut a, w, radius);
            }
        }
        let mut out = Mask::empty(seen);
        let (mut upper, mut lower) = (Tap::new(self.step), Tap::new(self.step));
        let columns: Vec<(usize, u32)> = (seen.x0..seen.x1).map(|x| upper.at(x, work.x0)).collect();
        let mut line = vec![0u32; w];
        let none = vec![0u16; w];
        for (y, out) in (seen.y0..seen.y1).zip(out.data.chunks_exact_mut(seen.width())) {
            let (row, k) = lower.at(y, work.y0);
            let at = |row: usize| row.checked_mul(w).and_then(|s| a.get(s..s.checked_add(w)?)).unwrap_or(&none);
            // 15 bits of value, 8 of the row's weight.
            for ((l, p), q) in line.iter_mut().zip(at(row)).zip(at(row + 1)) {
                *l = u32::from(*p) * (256 - k) + u32::from(*q) * k;
            }
            for (o, (column, k)) in out.iter_mut().zip(&columns) {
                let p = line.get(*column).copied().unwrap_or(0);
                let q = line.get(column + 1).copied().unwrap_or(0);
                let v = (u64::from(p) * u64::from(256 - k) + u64::from(q) * u64::from(*k)) >> 16;
                *o = ((v as u32 + u32::from(FINE) / 2) / u32::from(FINE)).min(255) as u8;
            }
        }
        out
    }
}

/// Steps of the mask while it is blurred, to one of the 255.
const FINE: u16 = 128;

/// Where device pixels lie in the mask: the px left of (or above) the middle, and the weight of the next in 256ths.
struct Tap {
    step: i32,
}

impl Tap {
    fn new(step: i32) -> Self {
        Self { step }
    }
    fn at(&mut self, v: i32, origin: i32) -> (usize, u32) {
        let twice = 2 * v + 1 - self.step;
        let at = twice.div_euclid(2 * self.step);
        let rest = twice.rem_euclid(2 * self.step);
        // Outside the mask there is nothing: a place far beyond its end.
        (usize::try_from(at - origin).unwrap_or(1 << 24), (rest * 256 / (2 * self.step)) as u32)
    }
}

/// One box along the rows; beyond the ends lies nothing.
fn across(from: &[u16], to: &mut [u16], w: usize, radius: usize) {
    let share = 1.0 / (2 * radius + 1) as f32;
    for (row, out) in from.chunks_exact(w).zip(to.chunks_exact_mut(w)) {
        let mut sum: u32 = row.iter().take(radius).map(|v| u32::from(*v)).sum();
        let entering = row.iter().skip(radius).chain(std::iter::repeat(&0));
        let leaving = std::iter::repeat_n(&0, radius + 1).chain(row);
        for ((o, new), old) in out.iter_mut().zip(entering).zip(leaving) {
            sum = sum + u32::from(*new) - u32::from(*old);
            *o = (sum as f32 * share + 0.5) as u16;
        }
    }
}

/// One box along the columns, a whole row at a time.
fn down(from: &[u16], to: &mut [u16], w: usize, radius: usize) {
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

/// Alpha of a premultiplied picture as a mask.
pub(super) fn alpha_mask(data: &[u8], bounds: Bounds) -> Mask {
    Mask { bounds, data: data.as_chunks::<4>().0.iter().map(|p| p[3]).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_have_the_variance_asked_for() {
        for sigma in [1.0f32, 2.0, 3.5, 6.0, 7.9] {
            let plan = Plan::new(sigma);
            assert_eq!(plan.step, 1);
            let variance: f32 = plan.radii.iter().map(|r| ((2 * r + 1).pow(2) - 1) as f32 / 12.0).sum();
            assert!((variance.sqrt() - sigma).abs() < 0.35, "{sigma}: {}", variance.sqrt());
        }
        assert_eq!(Plan::new(24.0).step, 4);
        assert_eq!(Plan::new(0.0).radii, [0; 3]);
    }

    #[test]
    fn a_shadow_keeps_its_weight_and_is_even_on_both_sides() {
        for sigma in [2.0, 9.0, 30.0] {
            let plan = Plan::new(sigma);
            let side = 64 / plan.step;
            let caster = Mask { bounds: Bounds { x0: 0, y0: 0, x1: side, y1: side }, data: vec![255; (side * side) as usize] };
            let seen = plan.reach(caster.bounds);
            let shadow = plan.shadow(&caster, seen);
            let weight: u64 = shadow.data.iter().map(|v| u64::from(*v)).sum();
            let full = 64 * 64 * 255;
            assert!(weight.abs_diff(full) < full / 50, "{sigma}: {weight} of {full}");
            let middle = shadow.row(32, seen.x0, seen.width());
            assert!(middle.iter().zip(middle.iter().rev()).all(|(a, b)| a.abs_diff(*b) <= 1), "{sigma}");
        }
    }
}
