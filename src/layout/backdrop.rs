//! In: what is placed, the pictures' tones, a point. Out: the colour that lies there under an item: the real picture, scrims and panels
//! on it mixed as the raster mixes them, from a few samples instead of all pixels.

use super::tone::Tone;
use super::{Placed, PlacedContent};
use crate::color::{Blend, Fill, Rgba, Stop, nearest};
use crate::geom::Rect;
use crate::variant::{AssetId, Content, ShapeKind, Variant};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tones of a campaign's pictures; one that is not there counts as the page's ground.
pub type Tones = BTreeMap<AssetId, Arc<Tone>>;

/// A stack of placed things over a ground.
pub struct Backdrop<'a> {
    /// The variant.
    pub variant: &'a Variant,
    /// Its pictures.
    pub tones: &'a Tones,
    /// What is placed, back to front.
    pub placed: &'a [Placed],
}

impl Backdrop<'_> {
    /// The colour at a point (px of the page) under the item `below`: from the topmost thing down, for what is opaque hides the rest.
    #[must_use]
    pub fn at(&self, below: usize, x: f32, y: f32) -> Rgba {
        for (n, item) in self.placed.iter().enumerate().take(below).rev() {
            let Some((over, blend)) = self.shown(item, x, y).filter(|(over, _)| over.a > 0) else { continue };
            if over.a == 255 && blend == Blend::Normal {
                return over;
            }
            return mix(self.at(n, x, y), over, blend);
        }
        Rgba { a: 255, ..self.variant.ground }
    }

    /// What one item shows at a point, if it is there.
    fn shown(&self, item: &Placed, x: f32, y: f32) -> Option<(Rgba, Blend)> {
        let r = &item.rect;
        if x < r.x.0 || y < r.y.0 || x >= r.right().0 || y >= r.bottom().0 {
            return None;
        }
        let (u, v) = ((x - r.x.0) / r.w.0.max(1e-3), (y - r.y.0) / r.h.0.max(1e-3));
        let layer = item.layer.and_then(|i| self.variant.layers.get(i));
        let over = match &item.content {
            PlacedContent::Picture { asset, src, .. } => {
                let tone = self.tones.get(asset)?;
                let Some(Content::Image { natural, .. }) = layer.map(|l| &l.content) else { return None };
                tone.at((src.x.0 + u * src.w.0) / natural.0.max(1) as f32, (src.y.0 + v * src.h.0) / natural.1.max(1) as f32)
            }
            PlacedContent::Shape { fill } => {
                let round = matches!(layer.map(|l| &l.content), Some(Content::Shape { kind: ShapeKind::Ellipse, .. }));
                if round && (2.0 * u - 1.0).powi(2) + (2.0 * v - 1.0).powi(2) > 1.0 {
                    return None;
                }
                sample(fill, r, u, v)
            }
            PlacedContent::Panel { fill } => sample(fill, r, u, v),
            PlacedContent::Text(text) if text.plated => match layer.map(|l| &l.content) {
                Some(Content::Text(slot)) => slot.plate.as_ref().map_or(Rgba::default(), |p| sample(&p.fill, r, u, v)),
                _ => return None,
            },
            PlacedContent::Text(_) | PlacedContent::Vector { .. } => return None,
        };
        let (opacity, blend) = layer.map_or((1.0, Blend::Normal), |l| (l.opacity, l.blend));
        Some((over.faded(opacity), blend))
    }

    /// Colours at a grid of points inside a box, row by row.
    #[must_use]
    pub fn grid(&self, below: usize, r: &Rect, columns: u8, rows: u8) -> Vec<Rgba> {
        let at = |i: u8, n: u8| (f32::from(i) + 0.5) / f32::from(n.max(1));
        let point = |j: u8, i: u8| self.at(below, r.x.0 + at(i, columns) * r.w.0, r.y.0 + at(j, rows) * r.h.0);
        (0..rows).flat_map(|j| (0..columns).map(move |i| (j, i))).map(|(j, i)| point(j, i)).collect()
    }
}

fn mix(under: Rgba, over: Rgba, blend: Blend) -> Rgba {
    let a = f32::from(over.a) / 255.0;
    let channel = |u: u8, o: u8| {
        let (u, o) = (f32::from(u) / 255.0, f32::from(o) / 255.0);
        let mixed = match blend {
            Blend::Normal => o,
            Blend::Multiply => u * o,
            Blend::Screen => u + o - u * o,
            Blend::Overlay | Blend::SoftLight if u <= 0.5 => 2.0 * u * o,
            Blend::Overlay | Blend::SoftLight => 1.0 - 2.0 * (1.0 - u) * (1.0 - o),
        };
        nearest((u + (mixed - u) * a) * 255.0)
    };
    Rgba { r: channel(under.r, over.r), g: channel(under.g, over.g), b: channel(under.b, over.b), a: 255 }
}

/// A fill's colour at a place of its box, fractions.
pub(super) fn sample(fill: &Fill, r: &Rect, u: f32, v: f32) -> Rgba {
    let (w, h) = (r.w.0, r.h.0);
    match fill {
        Fill::Solid(color) => *color,
        Fill::Linear { angle_deg, stops } => {
            let a = angle_deg.to_radians();
            let (sin, cos) = (libm::sinf(a), libm::cosf(a));
            // CSS: the line is as long as the box seen along it.
            let length = (w * sin).abs() + (h * cos).abs();
            along(stops, 0.5 + ((u - 0.5) * w * sin - (v - 0.5) * h * cos) / length.max(1e-3))
        }
        Fill::Radial { center, radius, stops } => {
            let (dx, dy) = ((u - center.0) * w, (v - center.1) * h);
            let full = radius * 0.5 * (w * w + h * h).sqrt();
            along(stops, (dx * dx + dy * dy).sqrt() / full.max(1e-3))
        }
    }
}

fn along(stops: &[Stop], t: f32) -> Rgba {
    let mut before = stops.first();
    for stop in stops {
        if stop.at >= t {
            let Some(b) = before.filter(|b| b.at < stop.at) else { return stop.color };
            let k = ((t - b.at) / (stop.at - b.at)).clamp(0.0, 1.0);
            let (p, q) = (b.color, stop.color);
            let a = f32::from(p.a) + (f32::from(q.a) - f32::from(p.a)) * k;
            // Premultiplied, as the raster mixes them.
            let c = |x: u8, y: u8| {
                let (x, y) = (f32::from(x) * f32::from(p.a), f32::from(y) * f32::from(q.a));
                nearest((x + (y - x) * k) / a.max(1e-3))
            };
            return Rgba { r: c(p.r, q.r), g: c(p.g, q.g), b: c(p.b, q.b), a: nearest(a) };
        }
        before = Some(stop);
    }
    before.map_or(Rgba::default(), |s| s.color)
}
