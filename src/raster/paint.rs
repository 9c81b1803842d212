//! In: a paint in px of the format. Out: rows of premultiplied pixels. Gradients run through a table of colours that are
//! mixed premultiplied in sRGB; a row of a gradient that runs straight down is one colour.

use super::compose::{RowSource, premultiply};
use super::cover::Space;
use crate::color::Stop;
use crate::display::Paint;

/// Gives the pixels of a row.
pub(super) enum Source<'a> {
    /// One premultiplied pixel.
    Solid([u8; 4]),
    /// `t = gx * x + gy * y + c`.
    Linear { table: Vec<[u8; 4]>, gx: f32, gy: f32, c: f32 },
    /// `t` is the distance from the centre.
    Radial { table: Vec<[u8; 4]>, x: f32, y: f32, kx: f32, ky: f32 },
    /// Premultiplied pixels, with the place of the first, the width of a row, and whether every alpha is 255.
    Pixels { data: &'a [u8], x0: i32, y0: i32, width: usize, opaque: bool },
}

impl Source<'_> {
    /// A paint ready for device px, its alpha times `opacity`.
    pub fn new(paint: &Paint, space: Space, opacity: f32) -> Self {
        match paint {
            Paint::Solid(color) => Self::Solid(premultiply(*color, opacity)),
            Paint::Linear { from, to, stops } => {
                let ((x0, y0), (x1, y1)) = (space.point(*from), space.point(*to));
                let (dx, dy) = (x1 - x0, y1 - y0);
                let square = dx * dx + dy * dy;
                if square.is_nan() || square <= 1e-6 {
                    return Self::last(stops, opacity);
                }
                let (gx, gy) = (dx / square, dy / square);
                Self::Linear { table: table(stops, opacity, square.sqrt()), gx, gy, c: -(x0 * gx + y0 * gy) }
            }
            Paint::Radial { center, radius, stops } => {
                let (x, y) = space.point(*center);
                let (rx, ry) = (radius.0 * space.kx, radius.0 * space.ky);
                if !(rx > 1e-3 && ry > 1e-3) {
                    return Self::last(stops, opacity);
                }
                Self::Radial { table: table(stops, opacity, rx), x, y, kx: 1.0 / rx, ky: 1.0 / ry }
            }
        }
    }

    fn last(stops: &[Stop], opacity: f32) -> Self {
        Self::Solid(stops.last().map_or([0; 4], |stop| premultiply(stop.color, opacity)))
    }

    /// `n` pixels of row `y` from column `x0`; `scratch` stays with the caller from row to row, which ask for the same columns.
    pub fn row<'s>(&'s self, y: i32, x0: i32, n: usize, scratch: &'s mut Vec<u8>) -> RowSource<'s> {
        match self {
            Self::Solid(color) => RowSource::Solid(*color),
            Self::Pixels { data, x0: left, y0: top, width, opaque } => {
                let (down, along) = (i64::from(y) - i64::from(*top), i64::from(x0) - i64::from(*left));
                let start = (down * *width as i64 + along).clamp(0, 1 << 29) as usize * 4;
                let row = data.get(start..start.saturating_add(n * 4)).unwrap_or_default();
                if *opaque { RowSource::Opaque(row) } else { RowSource::Pixels(row) }
            }
            Self::Linear { table, gx, gy, c } => {
                let last = (table.len() - 1) as f32;
                if *gy == 0.0 && scratch.len() == n * 4 {
                    // Straight across: the row above, again.
                    return RowSource::Pixels(scratch);
                }
                let down = (y as f32 + 0.5) * gy + c;
                let pick = |t: f32| table.get((t.clamp(0.0, 1.0) * last + 0.5) as usize).copied().unwrap_or_default();
                if *gx == 0.0 {
                    return RowSource::Solid(pick(down));
                }
                scratch.resize(n * 4, 0);
                for (x, out) in (x0..).zip(scratch.as_chunks_mut::<4>().0) {
                    *out = pick((x as f32 + 0.5) * gx + down);
                }
                RowSource::Pixels(scratch)
            }
            Self::Radial { table, x, y: cy, kx, ky } => {
                let last = (table.len() - 1) as f32;
                let v = (y as f32 + 0.5 - cy) * ky;
                scratch.resize(n * 4, 0);
                for (col, out) in (x0..).zip(scratch.as_chunks_mut::<4>().0) {
                    let u = (col as f32 + 0.5 - x) * kx;
                    let t = (u * u + v * v).sqrt().min(1.0);
                    *out = table.get((t * last + 0.5) as usize).copied().unwrap_or_default();
                }
                RowSource::Pixels(scratch)
            }
        }
    }
}

/// Colours along a gradient: finer than the pixels it covers, so that its steps are those of 8 bits alone.
fn table(stops: &[Stop], opacity: f32, length: f32) -> Vec<[u8; 4]> {
    let size = (length * 2.0).clamp(256.0, 4096.0) as usize;
    let mut out = Vec::with_capacity(size);
    let colour = |stop: &Stop| {
        let a = f32::from(stop.color.a) * opacity.clamp(0.0, 1.0);
        let k = a / 255.0;
        [f32::from(stop.color.r) * k, f32::from(stop.color.g) * k, f32::from(stop.color.b) * k, a]
    };
    let (Some(first), Some(end)) = (stops.first(), stops.last()) else { return vec![[0; 4]; 2] };
    let mut pairs = stops.windows(2).peekable();
    for i in 0..size {
        let t = i as f32 / (size - 1) as f32;
        while pairs.next_if(|pair| matches!(pair, [a, b] if b.at < t || (b.at <= a.at && b.at <= t))).is_some() {}
        let mixed = match pairs.peek() {
            Some([a, b]) if t >= a.at && t <= b.at && b.at > a.at => {
                let k = (t - a.at) / (b.at - a.at);
                let (ca, cb) = (colour(a), colour(b));
                let mut mixed = ca;
                for ((m, a), b) in mixed.iter_mut().zip(ca).zip(cb) {
                    *m = a + (b - a) * k;
                }
                mixed
            }
            _ if t < first.at => colour(first),
            _ => colour(end),
        };
        out.push(mixed.map(|v| v.round() as u8));
    }
    out
}
