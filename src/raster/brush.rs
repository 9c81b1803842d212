//! In: what a colour glyph is painted with, in its own coordinates (y up). Out: rows of premultiplied pixels. Gradients as the
//! specification says them: lines turned by a third point, cones between two circles, sweeps, each padded, repeated or reflected.
//! Everything is evaluated at the middle of each pixel, by arithmetic that is the same on every platform.

use super::compose::RowSource;

/// Straight colour, each 0 to 1.
pub(super) type Straight = [f32; 4];

/// A colour from bytes.
pub(super) fn straight(r: u8, g: u8, b: u8, a: u8) -> Straight {
    [r, g, b, a].map(|v| f32::from(v) / 255.0)
}

/// The pixel of a colour: premultiplied, rounded.
pub(super) fn pixel([r, g, b, a]: Straight) -> [u8; 4] {
    [r * a, g * a, b * a, a].map(|v| (v * 255.0).round() as u8)
}

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Affine(pub [f32; 6]);

impl Affine {
    /// What an inner one followed by this one does.
    pub fn after(&self, inner: &Self) -> Self {
        let ([a, b, c, d, e, f], [ia, ib, ic, id, ie, jf]) = (self.0, inner.0);
        Self([a * ia + c * ib, b * ia + d * ib, a * ic + c * id, b * ic + d * id, a * ie + c * jf + e, b * ie + d * jf + f])
    }
    pub fn point(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }
    /// The way back; nothing where all is pressed into a line.
    pub fn inverse(&self) -> Option<Self> {
        let [a, b, c, d, e, f] = self.0;
        let area = a * d - b * c;
        if !(area.is_finite() && area != 0.0) {
            return None;
        }
        let back = Self([d / area, -b / area, -c / area, a / area, (c * f - d * e) / area, (b * e - a * f) / area]);
        back.0.iter().all(|v| v.is_finite()).then_some(back)
    }
}

/// What is painted with.
pub(super) enum Brush {
    Solid(Straight),
    Gradient(Gradient),
}

/// How a gradient goes on beyond its stops.
#[derive(Clone, Copy)]
pub(super) enum Extend {
    Pad,
    Repeat,
    Reflect,
}

/// Where on its line of colours a point lies.
pub(super) enum Form {
    /// `t = gx * x + gy * y + c`.
    Linear { gx: f32, gy: f32, c: f32 },
    /// Circles from one to the other; the largest that passes through the point counts.
    Radial { from: [f32; 2], r0: f32, to: [f32; 2], r1: f32 },
    /// Against the clock from the right; angles in half turns.
    Sweep { centre: [f32; 2], start: f32, end: f32 },
    /// Nothing is painted: what it was made of lies on one line.
    Nothing,
}

impl Form {
    /// From the first point to the second; lines of one colour run as the first and the third.
    pub fn linear([x0, y0]: [f32; 2], [x1, y1]: [f32; 2], [x2, y2]: [f32; 2]) -> Self {
        // Across the lines of one colour: (x2, y2) from the first point, turned by a quarter.
        let (nx, ny) = (y2 - y0, x0 - x2);
        let length = (x1 - x0) * nx + (y1 - y0) * ny;
        if length == 0.0 {
            return Self::Nothing;
        }
        let (gx, gy) = (nx / length, ny / length);
        Self::Linear { gx, gy, c: -(x0 * gx + y0 * gy) }
    }

    fn at(&self, x: f32, y: f32) -> Option<f32> {
        match self {
            Self::Nothing => None,
            Self::Linear { gx, gy, c } => Some(x * gx + y * gy + c),
            Self::Radial { from, r0, to, r1 } => {
                circle(from.map(f64::from), f64::from(*r0), to.map(f64::from), f64::from(*r1), x, y)
            }
            Self::Sweep { centre: [cx, cy], start, end } => {
                let angle = libm::atan2f(y - cy, x - cx) / std::f32::consts::PI;
                let angle = if angle < 0.0 { angle + 2.0 } else { angle };
                Some(if end == start { (angle - start) * f32::INFINITY } else { (angle - start) / (end - start) })
            }
        }
    }
}

/// The largest t whose circle passes through a point and has a radius.
fn circle([x0, y0]: [f64; 2], r0: f64, [x1, y1]: [f64; 2], r1: f64, x: f32, y: f32) -> Option<f32> {
    let (px, py) = (f64::from(x) - x0, f64::from(y) - y0);
    let (dx, dy, dr) = (x1 - x0, y1 - y0, r1 - r0);
    let (a, b, c) = (dx * dx + dy * dy - dr * dr, px * dx + py * dy + r0 * dr, px * px + py * py - r0 * r0);
    let has_radius = |t: &f64| t.is_finite() && r0 + t * dr >= 0.0;
    // Circles that touch at one point of their rims: one solution.
    if a.abs() < 1e-9 {
        return Some(c / (2.0 * b)).filter(has_radius).map(|t| t as f32);
    }
    let root = (b * b - a * c).sqrt();
    let (one, two) = ((b + root) / a, (b - root) / a);
    Some(one.max(two)).filter(has_radius).or_else(|| Some(one.min(two)).filter(has_radius)).map(|t| t as f32)
}

/// A form and its colours.
pub(super) struct Gradient {
    form: Form,
    extend: Extend,
    /// Ascending.
    stops: Vec<(f32, Straight)>,
    first: f32,
    last: f32,
}

impl Gradient {
    /// Nothing where there is no stop.
    pub fn new(form: Form, extend: Extend, mut stops: Vec<(f32, Straight)>) -> Option<Self> {
        crate::ordered::short(&mut stops, |a, b| a.0.total_cmp(&b.0));
        let (first, last) = (stops.first()?.0, stops.last()?.0);
        // One colour for a line of no length: before and behind are all there is, and only if it is padded.
        let flat = first == last || matches!(form, Form::Sweep { start, end, .. } if start == end);
        let form = if flat && stops.len() > 1 && !matches!(extend, Extend::Pad) { Form::Nothing } else { form };
        Some(Self { form, extend, stops, first, last })
    }

    fn color(&self, x: f32, y: f32) -> Straight {
        let none = [0.0; 4];
        let Some(t) = self.form.at(x, y).filter(|t| !t.is_nan()) else { return none };
        let length = self.last - self.first;
        let along = (t - self.first) / length;
        let t = match self.extend {
            Extend::Repeat if length > 0.0 => self.first + (along - along.floor()) * length,
            Extend::Reflect if length > 0.0 => {
                let twice = along / 2.0 - (along / 2.0).floor();
                self.first + (1.0 - (1.0 - 2.0 * twice).abs()) * length
            }
            _ => t,
        };
        let next = self.stops.partition_point(|stop| stop.0 <= t);
        match (next.checked_sub(1).and_then(|at| self.stops.get(at)), self.stops.get(next)) {
            (Some((from, a)), Some((to, b))) => {
                let share = (t - from) / (to - from);
                let mut mixed = *a;
                mixed.iter_mut().zip(b).for_each(|(a, b)| *a += (b - *a) * share);
                mixed
            }
            (Some((_, color)), None) | (None, Some((_, color))) => *color,
            (None, None) => none,
        }
    }

    /// `n` pixels of row `y` from column `x0`; `back` leads from px to the gradient's coordinates.
    pub fn row<'s>(&self, back: &Affine, y: i32, x0: i32, n: usize, scratch: &'s mut Vec<u8>) -> RowSource<'s> {
        scratch.resize(n * 4, 0);
        for (x, out) in (x0..).zip(scratch.as_chunks_mut::<4>().0) {
            let (x, y) = back.point(x as f32 + 0.5, y as f32 + 0.5);
            *out = pixel(self.color(x, y));
        }
        RowSource::Pixels(scratch)
    }
}
