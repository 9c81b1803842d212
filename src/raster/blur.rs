//! In: a caster, a sigma. Out: the coverage of its soft shadow: three box passes over a mask, which is a Gaussian to within
//! a few parts in a hundred. A wide blur is made at a half, a quarter ... of the resolution, where nothing finer is left,
//! and brought back by linear interpolation. Integers, and floats that hold them exactly: the same bytes everywhere.
//!
//! Source of the box sizes: W3C SVG 1.1, feGaussianBlur, in the form of Kutskir, "Fastest Gaussian blur" (odd boxes).

use super::cover::{Bounds, Mask, Space};
use variorum_pixels::{across, between, down, stretch};

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
        let columns: Vec<(u32, u32)> = (seen.x0..seen.x1).map(|x| self.tap(x, work.x0)).collect();
        let at = |row: u32| (row as usize).checked_mul(w).and_then(|s| a.get(s..s.checked_add(w)?)).unwrap_or_default();
        // Two rows of the mask, each stretched once, serve all device rows between them.
        let (mut upper, mut lower, mut held) = (Vec::new(), Vec::new(), None);
        for (y, out) in (seen.y0..seen.y1).zip(out.data.chunks_exact_mut(seen.width())) {
            let (row, k) = self.tap(y, work.y0);
            if held != Some(row) {
                if held.is_some_and(|held: u32| held + 1 == row) {
                    std::mem::swap(&mut upper, &mut lower);
                } else {
                    stretch(at(row), &columns, &mut upper);
                }
                stretch(at(row + 1), &columns, &mut lower);
                held = Some(row);
            }
            between(&upper, &lower, k, FINE, out);
        }
        out
    }

    /// Where a device pixel lies in the mask: the px left of (or above) its middle, and the weight of the next in 256ths.
    fn tap(&self, v: i32, origin: i32) -> (u32, u32) {
        let twice = 2 * v + 1 - self.step;
        let at = twice.div_euclid(2 * self.step);
        let rest = twice.rem_euclid(2 * self.step);
        // Outside the mask there is nothing: a place far beyond its end.
        (u32::try_from(at - origin).unwrap_or(1 << 24), (rest * 256 / (2 * self.step)) as u32)
    }
}

/// Steps of the mask while it is blurred, to one of the 255.
const FINE: u16 = 128;

/// Alpha of a premultiplied picture as a mask.
pub(super) fn alpha_mask(data: &[u8], bounds: Bounds) -> Mask {
    Mask { bounds, data: variorum_pixels::alpha(data) }
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
