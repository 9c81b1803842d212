//! In: shapes in px of the format. Out: how much of each device pixel they cover, 0 to 255. Boxes are exact and need no
//! memory; every other outline is filled or stroked by tiny-skia into a mask just as large as what can be seen of it.

use tiny_skia::{FillRule, LineCap, LineJoin, Mask as SkiaMask, Path, PathBuilder, Stroke, Transform};

use super::compose::{RowCover, mul};
use crate::display::{Segment, Shape};
use crate::geom::{Point, Rect};

/// Whole device pixels: left, top, right, bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bounds {
    pub x0: i32,
    pub y0: i32,
    pub x1: i32,
    pub y1: i32,
}

impl Bounds {
    pub fn intersect(self, o: Self) -> Self {
        Self { x0: self.x0.max(o.x0), y0: self.y0.max(o.y0), x1: self.x1.min(o.x1), y1: self.y1.min(o.y1) }
    }
    /// The smallest box around both; an empty one does not count.
    pub fn union(self, o: Self) -> Self {
        if self.is_empty() {
            return o;
        }
        if o.is_empty() {
            return self;
        }
        Self { x0: self.x0.min(o.x0), y0: self.y0.min(o.y0), x1: self.x1.max(o.x1), y1: self.y1.max(o.y1) }
    }
    pub fn is_empty(self) -> bool {
        self.x0 >= self.x1 || self.y0 >= self.y1
    }
    pub fn width(self) -> usize {
        (i64::from(self.x1) - i64::from(self.x0)).max(0) as usize
    }
    pub fn height(self) -> usize {
        (i64::from(self.y1) - i64::from(self.y0)).max(0) as usize
    }
    pub fn moved(self, x: i32, y: i32) -> Self {
        Self {
            x0: self.x0.saturating_add(x),
            y0: self.y0.saturating_add(y),
            x1: self.x1.saturating_add(x),
            y1: self.y1.saturating_add(y),
        }
    }
    pub fn grown(self, by: i32) -> Self {
        Self {
            x0: self.x0.saturating_sub(by),
            y0: self.y0.saturating_sub(by),
            x1: self.x1.saturating_add(by),
            y1: self.y1.saturating_add(by),
        }
    }
}

/// A box in device px with its parts of pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DeviceRect {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl DeviceRect {
    /// Whole pixels touched. An edge within 1/512 px of a whole pixel counts as on it.
    pub fn bounds(self) -> Bounds {
        let (down, up) = (|v: f32| (v + NEAR).floor() as i32, |v: f32| (v - NEAR).ceil() as i32);
        Bounds { x0: down(self.x0), y0: down(self.y0), x1: up(self.x1), y1: up(self.y1) }
    }
    pub fn is_empty(self) -> bool {
        !(self.x1 > self.x0 && self.y1 > self.y0)
    }
}

const NEAR: f32 = 1.0 / 512.0;

/// From px of the format to device px: `(p - origin) * scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    pub ox: f32,
    pub oy: f32,
    pub kx: f32,
    pub ky: f32,
}

impl Space {
    pub fn point(self, p: Point) -> (f32, f32) {
        ((p.x.0 - self.ox) * self.kx, (p.y.0 - self.oy) * self.ky)
    }
    pub fn rect(self, r: &Rect) -> DeviceRect {
        let (x0, y0) = ((r.x.0 - self.ox) * self.kx, (r.y.0 - self.oy) * self.ky);
        let (x1, y1) = ((r.right().0 - self.ox) * self.kx, (r.bottom().0 - self.oy) * self.ky);
        DeviceRect { x0, y0, x1, y1 }
    }
    /// Device px of one px of the format; the two axes differ by less than the rounding of the output's size.
    pub fn scale(self) -> f32 {
        self.ky
    }
}

/// Coverage of whole device pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mask {
    pub bounds: Bounds,
    pub data: Vec<u8>,
}

impl Mask {
    pub fn empty(bounds: Bounds) -> Self {
        Self { bounds, data: vec![0; bounds.width() * bounds.height()] }
    }
    /// The coverage of `n` pixels of row `y` from column `x0`, which must lie inside.
    pub fn row(&self, y: i32, x0: i32, n: usize) -> &[u8] {
        let start = (y - self.bounds.y0) as usize * self.bounds.width() + (x0 - self.bounds.x0) as usize;
        self.data.get(start..start + n).unwrap_or_default()
    }
    pub fn row_mut(&mut self, y: i32, x0: i32, n: usize) -> &mut [u8] {
        let start = (y - self.bounds.y0) as usize * self.bounds.width() + (x0 - self.bounds.x0) as usize;
        self.data.get_mut(start..start + n).unwrap_or_default()
    }
}

/// Coverage of a shape.
#[derive(Clone, Debug)]
pub(super) enum Cover {
    /// A box, exact to 1/255 of a pixel.
    Rect { rect: DeviceRect, bounds: Bounds, columns: Option<Vec<u8>> },
    /// Anything else.
    Mask(Mask),
}

impl Cover {
    /// Of whole pixels.
    pub fn pixels(bounds: Bounds) -> Self {
        let rect = DeviceRect { x0: bounds.x0 as f32, y0: bounds.y0 as f32, x1: bounds.x1 as f32, y1: bounds.y1 as f32 };
        Self::Rect { rect, bounds, columns: None }
    }

    /// Of a box, as far as it lies within `seen`.
    pub fn rect(rect: DeviceRect, seen: Bounds) -> Self {
        let bounds = if rect.is_empty() { Bounds::default() } else { rect.bounds().intersect(seen) };
        let part = |v: f32| (v + NEAR).fract() > 2.0 * NEAR;
        let columns = (!bounds.is_empty() && (part(rect.x0) || part(rect.x1)))
            .then(|| (bounds.x0..bounds.x1).map(|x| overlap(rect.x0, rect.x1, x)).collect());
        Self::Rect { rect, bounds, columns }
    }

    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Rect { bounds, .. } => *bounds,
            Self::Mask(mask) => mask.bounds,
        }
    }

    /// The same coverage as a mask of its bounds.
    pub fn into_mask(self) -> Mask {
        if let Self::Mask(mask) = self {
            return mask;
        }
        let bounds = self.bounds();
        let mut mask = Mask::empty(bounds);
        let (n, mut scratch) = (bounds.width(), Vec::new());
        for y in bounds.y0..bounds.y1 {
            let out = mask.row_mut(y, bounds.x0, n);
            match self.row(y, bounds.x0, n, &mut scratch) {
                RowCover::Full => out.fill(255),
                RowCover::Part(part) => out.copy_from_slice(part),
            }
        }
        mask
    }

    /// The coverage of `n` pixels of row `y` from `x0`, all within the bounds; `scratch` may be written.
    pub fn row<'a>(&'a self, y: i32, x0: i32, n: usize, scratch: &'a mut Vec<u8>) -> RowCover<'a> {
        match self {
            Self::Mask(mask) => RowCover::Part(mask.row(y, x0, n)),
            Self::Rect { rect, bounds, columns } => {
                let down = overlap(rect.y0, rect.y1, y);
                let columns = columns.as_ref().map(|c| {
                    let from = (x0 - bounds.x0) as usize;
                    c.get(from..from + n).unwrap_or_default()
                });
                match (columns, down) {
                    (None, 255) => RowCover::Full,
                    (Some(c), 255) => RowCover::Part(c),
                    (None, _) => {
                        scratch.clear();
                        scratch.resize(n, down);
                        RowCover::Part(scratch)
                    }
                    (Some(c), _) => {
                        scratch.clear();
                        scratch.extend(c.iter().map(|c| mul(*c, down)));
                        RowCover::Part(scratch)
                    }
                }
            }
        }
    }
}

/// How much of the pixel at `at` lies between `from` and `to`, 0 to 255.
fn overlap(from: f32, to: f32, at: i32) -> u8 {
    let at = at as f32;
    let part = to.min(at + 1.0) - from.max(at);
    if part > 1.0 - 2.0 * NEAR { 255 } else { (part.clamp(0.0, 1.0) * 255.0).round() as u8 }
}

/// The coverage of a shape's inside, as far as it lies within `seen`.
pub(super) fn fill(shape: &Shape, space: Space, seen: Bounds) -> Cover {
    if let Shape::Rect(rect) = shape {
        return Cover::rect(space.rect(rect), seen);
    }
    let rule = if matches!(shape, Shape::EvenOdd(_)) { FillRule::EvenOdd } else { FillRule::Winding };
    path(shape, space).map_or_else(|| Cover::pixels(Bounds::default()), |path| fill_path(&path, rule, seen))
}

/// The coverage of a stroke centred on the shape's edge: round joins and caps.
pub(super) fn stroke(shape: &Shape, width: f32, space: Space, seen: Bounds) -> Cover {
    let stroke = Stroke {
        width: width * space.scale(),
        line_cap: if matches!(shape, Shape::Path(_) | Shape::EvenOdd(_)) { LineCap::Round } else { LineCap::Butt },
        // Round joins as the display list promises; a box keeps its square corners, as every tool draws them.
        line_join: if matches!(shape, Shape::Rect(_)) { LineJoin::Miter } else { LineJoin::Round },
        ..Stroke::default()
    };
    if !(stroke.width.is_finite() && stroke.width > 0.0) {
        return Cover::pixels(Bounds::default());
    }
    path(shape, space)
        .and_then(|path| path.stroke(&stroke, 1.0))
        .map_or_else(|| Cover::pixels(Bounds::default()), |path| fill_path(&path, FillRule::Winding, seen))
}

/// Device px from the origin beyond which outlines are not painted.
const FAR: f32 = 1e6;

/// The coverage of an outline in device px.
pub(super) fn fill_path(path: &Path, rule: FillRule, seen: Bounds) -> Cover {
    let b = path.bounds();
    // No format reaches as far, and the rasteriser's fixed point loses its way there.
    if [b.left(), b.top(), b.right(), b.bottom()].into_iter().any(|v| v.abs() > FAR) {
        return Cover::pixels(Bounds::default());
    }
    let bounds = DeviceRect { x0: b.left(), y0: b.top(), x1: b.right(), y1: b.bottom() }.bounds().intersect(seen);
    if bounds.is_empty() {
        return Cover::pixels(Bounds::default());
    }
    let Some(mut mask) = SkiaMask::new(bounds.width() as u32, bounds.height() as u32) else {
        return Cover::pixels(Bounds::default());
    };
    mask.fill_path(path, rule, true, Transform::from_translate(-bounds.x0 as f32, -bounds.y0 as f32));
    Cover::Mask(Mask { bounds, data: mask.take() })
}

/// The distance of a cubic's control points that draws a quarter of a circle of radius 1.
const QUARTER: f32 = 0.552_284_8;

/// The outline of a shape in device px; `None` where nothing is left of it.
pub(super) fn path(shape: &Shape, space: Space) -> Option<Path> {
    let mut out = PathBuilder::new();
    match shape {
        Shape::Rect(rect) => {
            let r = space.rect(rect);
            if r.is_empty() {
                return None;
            }
            out.move_to(r.x0, r.y0);
            out.line_to(r.x1, r.y0);
            out.line_to(r.x1, r.y1);
            out.line_to(r.x0, r.y1);
            out.close();
        }
        Shape::RoundRect { rect, radius } => {
            let r = space.rect(rect);
            let radius = radius.0.min(rect.w.0 / 2.0).min(rect.h.0 / 2.0).max(0.0);
            round_rect(&mut out, r, radius * space.kx, radius * space.ky);
        }
        Shape::Ellipse(rect) => {
            let r = space.rect(rect);
            round_rect(&mut out, r, (r.x1 - r.x0) / 2.0, (r.y1 - r.y0) / 2.0);
        }
        Shape::Path(segments) | Shape::EvenOdd(segments) => {
            for segment in segments {
                match *segment {
                    Segment::Move(p) => {
                        let (x, y) = space.point(p);
                        out.move_to(x, y);
                    }
                    Segment::Line(p) => {
                        let (x, y) = space.point(p);
                        out.line_to(x, y);
                    }
                    Segment::Quad(c, p) => {
                        let ((a, b), (x, y)) = (space.point(c), space.point(p));
                        out.quad_to(a, b, x, y);
                    }
                    Segment::Cubic(c, d, p) => {
                        let ((a, b), (e, f), (x, y)) = (space.point(c), space.point(d), space.point(p));
                        out.cubic_to(a, b, e, f, x, y);
                    }
                    Segment::Close => out.close(),
                }
            }
        }
    }
    out.finish()
}

fn round_rect(out: &mut PathBuilder, r: DeviceRect, rx: f32, ry: f32) {
    if r.is_empty() {
        return;
    }
    let (cx, cy) = (rx * (1.0 - QUARTER), ry * (1.0 - QUARTER));
    out.move_to(r.x0 + rx, r.y0);
    out.line_to(r.x1 - rx, r.y0);
    out.cubic_to(r.x1 - cx, r.y0, r.x1, r.y0 + cy, r.x1, r.y0 + ry);
    out.line_to(r.x1, r.y1 - ry);
    out.cubic_to(r.x1, r.y1 - cy, r.x1 - cx, r.y1, r.x1 - rx, r.y1);
    out.line_to(r.x0 + rx, r.y1);
    out.cubic_to(r.x0 + cx, r.y1, r.x0, r.y1 - cy, r.x0, r.y1 - ry);
    out.line_to(r.x0, r.y0 + ry);
    out.cubic_to(r.x0, r.y0 + cy, r.x0 + cx, r.y0, r.x0 + rx, r.y0);
    out.close();
}
