//! In: a fill in a box. Out: its colour and its density at a place of it, and along which axis it is of one colour. What it makes of colours under it
//! is left to [`super::backdrop`].

use crate::color::{Fill, Rgba, Stop, nearest};
use crate::geom::Rect;

/// An axis of a box.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// From side to side.
    Row,
    /// From above down.
    Column,
}

/// Sine or cosine of an angle that is a quarter turn's but for rounding.
const UPRIGHT: f32 = 1e-6;

/// A fill in a box: what all its points share is worked out once.
pub(super) enum Field<'a> {
    /// One colour.
    Plain(Rgba),
    /// Along a line: sine and cosine of its angle, its length, the box.
    Linear { sin: f32, cos: f32, length: f32, size: (f32, f32), stops: &'a [Stop] },
    /// From a middle on.
    Radial { center: (f32, f32), full: f32, size: (f32, f32), stops: &'a [Stop] },
}

impl<'a> Field<'a> {
    /// Of a fill in its box.
    pub(super) fn of(fill: &'a Fill, r: &Rect) -> Self {
        let (w, h) = (r.w.0, r.h.0);
        match fill {
            Fill::Solid(color) => Self::Plain(*color),
            Fill::Linear { angle_deg, stops } => {
                let a = angle_deg.to_radians();
                let (sin, cos) = (libm::sinf(a), libm::cosf(a));
                // CSS: the line is as long as the box seen along it.
                let length = ((w * sin).abs() + (h * cos).abs()).max(1e-3);
                Self::Linear { sin, cos, length, size: (w, h), stops }
            }
            Fill::Radial { center, radius, stops } => {
                let full = (radius * 0.5 * (w * w + h * h).sqrt()).max(1e-3);
                Self::Radial { center: *center, full, size: (w, h), stops }
            }
        }
    }

    /// Its colour at a place of the box, fractions.
    pub(super) fn at(&self, u: f32, v: f32) -> Rgba {
        match self.between(u, v) {
            Between::One(color) => color,
            Between::Two(p, q, k) => {
                let a = f32::from(p.a) + (f32::from(q.a) - f32::from(p.a)) * k;
                // Shades fade in one colour.
                if (p.r, p.g, p.b) == (q.r, q.g, q.b) {
                    return Rgba { a: nearest(a), ..p };
                }
                // Premultiplied, as the raster mixes them.
                let c = |x: u8, y: u8| {
                    let (x, y) = (f32::from(x) * f32::from(p.a), f32::from(y) * f32::from(q.a));
                    nearest((x + (y - x) * k) / a.max(1e-3))
                };
                Rgba { r: c(p.r, q.r), g: c(p.g, q.g), b: c(p.b, q.b), a: nearest(a) }
            }
        }
    }

    /// Along which axis it is of one colour but for rounding.
    pub(super) fn even(&self) -> Option<Axis> {
        match self {
            Self::Plain(_) => Some(Axis::Row),
            Self::Linear { sin, .. } if sin.abs() < UPRIGHT => Some(Axis::Row),
            Self::Linear { cos, .. } if cos.abs() < UPRIGHT => Some(Axis::Column),
            _ => None,
        }
    }

    /// The colour from one place to another of a row or a column along which it is even: where rounding does not part its ends.
    pub(super) fn along(&self, from: (f32, f32), to: (f32, f32)) -> Option<Rgba> {
        let alpha = |p: Rgba, q: Rgba, k: f32| nearest(f32::from(p.a) + (f32::from(q.a) - f32::from(p.a)) * k);
        match (self.between(from.0, from.1), self.between(to.0, to.1)) {
            (Between::One(color), Between::One(other)) => (color == other).then_some(color),
            (Between::Two(p, q, k), Between::Two(p2, q2, k2)) => {
                let (a, same) = (alpha(p, q, k), (p, q) == (p2, q2) && (p.r, p.g, p.b) == (q.r, q.g, q.b));
                (same && a == alpha(p, q, k2)).then_some(Rgba { a, ..p })
            }
            _ => None,
        }
    }

    /// How dense it is there, 0 to 255.
    pub(super) fn density(&self, u: f32, v: f32) -> u8 {
        match self.between(u, v) {
            Between::One(color) => color.a,
            Between::Two(p, q, k) => nearest(f32::from(p.a) + (f32::from(q.a) - f32::from(p.a)) * k),
        }
    }

    fn between(&self, u: f32, v: f32) -> Between {
        match *self {
            Self::Plain(color) => Between::One(color),
            Self::Linear { sin, cos, length, size: (w, h), stops } => {
                along(stops, 0.5 + ((u - 0.5) * w * sin - (v - 0.5) * h * cos) / length)
            }
            Self::Radial { center, full, size: (w, h), stops } => {
                let (dx, dy) = ((u - center.0) * w, (v - center.1) * h);
                along(stops, (dx * dx + dy * dy).sqrt() / full)
            }
        }
    }
}

/// The colour of a stop, or a part of the way from one to the next.
enum Between {
    One(Rgba),
    Two(Rgba, Rgba, f32),
}

fn along(stops: &[Stop], t: f32) -> Between {
    let mut before = stops.first();
    for stop in stops {
        if stop.at >= t {
            let Some(b) = before.filter(|b| b.at < stop.at) else { return Between::One(stop.color) };
            return Between::Two(b.color, stop.color, ((t - b.at) / (stop.at - b.at)).clamp(0.0, 1.0));
        }
        before = Some(stop);
    }
    Between::One(before.map_or(Rgba::default(), |s| s.color))
}
