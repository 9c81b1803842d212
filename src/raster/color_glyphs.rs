//! In: a glyph that has colours of its own (`COLR` 0 and 1, `CBDT`, `sbix`). Out: display items that paint it, in px of the format; how
//! those are painted is left to the rest of `raster`. Source: OpenType 1.9.1, "COLR".
//!
//! What display items cannot say is drawn as near as they can: a radial gradient between two circles as one around the second, a sweep
//! as wedges, a gradient that repeats as one that is padded, and the Porter-Duff modes other than "over" as "over".

use crate::color::{Blend, Rgba, Stop};
use crate::display::{Glyph, Item, Paint, Segment, Shape};
use crate::geom::{Point, Rect};
use crate::text::{ColorGlyphs, Face, OutlinePen};
use crate::units::Px;
use crate::variant::AssetId;
use std::sync::Arc;
use ttf_parser::colr::{self, CompositeMode};
use ttf_parser::{GlyphId, RasterImageFormat, RgbaColor, Transform};

/// Wedges of a sweep.
const WEDGES: u32 = 90;
/// Items of one glyph, above which a font is playing games.
const ITEMS: usize = 4_000;

/// How a glyph with colours is painted.
pub(super) enum Painted {
    /// By items.
    Items(Vec<Item>),
    /// By a picture, which is to be known under this name.
    Picture(AssetId, Arc<[u8]>, Item),
}

/// The glyph's own colours, or nothing where it has none.
pub(super) fn painted(face: &Face, glyph: &Glyph, size: f32, text: Rgba) -> Option<Painted> {
    let font = face.parsed()?;
    let id = GlyphId(glyph.id);
    match face.color {
        ColorGlyphs::None => None,
        ColorGlyphs::Layers => {
            if !font.is_color_glyph(id) {
                return None;
            }
            let k = size / f32::from(face.units_per_em);
            // Beyond two em on every side nothing of a glyph is worth its memory.
            let all = Rect::new(glyph.x.0 - 2.0 * size, glyph.y.0 - 3.0 * size, 5.0 * size, 5.0 * size);
            let mut cook = Cook {
                face,
                coords: font.variation_coordinates(),
                place: Transform::new(k, 0.0, 0.0, -k, glyph.x.0, glyph.y.0),
                transforms: Vec::new(),
                outline: Vec::new(),
                items: vec![Item::PushClip(Shape::Rect(all))],
                open: vec![false],
                all,
            };
            let fore = RgbaColor::new(text.r, text.g, text.b, text.a);
            font.paint_color_glyph(id, 0, fore, &mut cook)?;
            cook.items.push(Item::PopClip);
            (cook.items.len() < ITEMS).then_some(Painted::Items(cook.items))
        }
        ColorGlyphs::Bitmaps => {
            let image = font.glyph_raster_image(id, size.clamp(1.0, 2_000.0).ceil() as u16)?;
            if image.format != RasterImageFormat::PNG || image.pixels_per_em == 0 {
                return None;
            }
            let info = super::decode::info("glyph", image.data).ok()?;
            let (w, h) = (info.width as f32, info.height as f32);
            let k = size / f32::from(image.pixels_per_em);
            let (left, top) = (glyph.x.0 + f32::from(image.x) * k, glyph.y.0 - (f32::from(image.y) + h) * k);
            let asset = AssetId(format!("glyph {} {} {}", face.digest, glyph.id, image.pixels_per_em).into());
            let item = Item::Picture {
                asset: asset.clone(),
                src: Rect::new(0.0, 0.0, w, h),
                dst: Rect::new(left, top, w * k, h * k),
                radius: Px::ZERO,
                opacity: 1.0,
                blend: Blend::Normal,
            };
            Some(Painted::Picture(asset, Arc::from(image.data), item))
        }
    }
}

/// Turns a font's painting into items.
struct Cook<'a> {
    face: &'a Face,
    coords: &'a [ttf_parser::NormalizedCoordinate],
    /// Font units to px of the format.
    place: Transform,
    transforms: Vec<Transform>,
    outline: Vec<Segment>,
    items: Vec<Item>,
    /// Whether each open clip has items before it in which it began (false for the outermost).
    open: Vec<bool>,
    all: Rect,
}

impl Cook<'_> {
    fn now(&self) -> Transform {
        let own = self.transforms.iter().fold(Transform::default(), |all, t| Transform::combine(all, *t));
        Transform::combine(self.place, own)
    }
    fn point(&self, x: f32, y: f32) -> Point {
        mapped(&self.now(), x, y)
    }
    fn fill(&mut self, shape: Shape, paint: Paint) {
        if self.items.len() < ITEMS {
            self.items.push(Item::Fill { shape, paint, opacity: 1.0, blend: Blend::Normal });
        }
    }
    fn sweep(&mut self, g: &colr::SweepGradient<'_>, stops: &[Stop]) {
        let centre = |cook: &Self| cook.point(g.center_x, g.center_y);
        // Angles are half turns; far enough out to cover all.
        let far = 4.0 * f32::from(self.face.units_per_em);
        let at = |cook: &Self, turn: f32| {
            let angle = turn * std::f32::consts::PI;
            cook.point(g.center_x + far * libm::cosf(angle), g.center_y + far * libm::sinf(angle))
        };
        let (from, to) = (g.start_angle, g.end_angle);
        for wedge in 0..WEDGES {
            let (a, b) = (wedge as f32 / WEDGES as f32 * 2.0, (wedge + 1) as f32 / WEDGES as f32 * 2.0);
            let middle = (a + b) / 2.0;
            let t = if to == from { 1.0 } else { ((middle - from) / (to - from)).clamp(0.0, 1.0) };
            // A little more than its share, so that no seams show.
            let outline = vec![
                Segment::Move(centre(self)),
                Segment::Line(at(self, a)),
                Segment::Line(at(self, b + 0.5 / WEDGES as f32)),
                Segment::Close,
            ];
            self.fill(Shape::Path(outline), Paint::Solid(mixed(stops, t)));
        }
    }
}

fn mapped(t: &Transform, x: f32, y: f32) -> Point {
    Point { x: Px(t.a * x + t.c * y + t.e), y: Px(t.b * x + t.d * y + t.f) }
}

fn rgba(c: RgbaColor) -> Rgba {
    Rgba { r: c.red, g: c.green, b: c.blue, a: c.alpha }
}

/// Stops in order, and the ends of the gradient they were on: those outside 0 to 1 move the ends.
fn ordered(found: impl Iterator<Item = colr::ColorStop>) -> (Vec<Stop>, f32, f32) {
    let mut stops: Vec<Stop> =
        found.take(256).map(|s| Stop { at: s.stop_offset, color: rgba(s.color) }).filter(|s| s.at.is_finite()).collect();
    stops.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (first, last) = (stops.first().map_or(0.0, |s| s.at), stops.last().map_or(1.0, |s| s.at));
    if last - first <= 1e-6 {
        stops.iter_mut().for_each(|s| s.at = 1.0);
        return (stops, first.min(0.0), last.max(1e-3));
    }
    stops.iter_mut().for_each(|s| s.at = (s.at - first) / (last - first));
    (stops, first, last)
}

fn mixed(stops: &[Stop], t: f32) -> Rgba {
    let after = stops.iter().position(|s| s.at >= t);
    let one = |s: Option<&Stop>| s.map_or(Rgba { r: 0, g: 0, b: 0, a: 0 }, |s| s.color);
    match after {
        None => one(stops.last()),
        Some(0) => one(stops.first()),
        Some(n) => {
            let (Some(a), Some(b)) = (stops.get(n - 1), stops.get(n)) else { return one(stops.last()) };
            let k = if b.at > a.at { (t - a.at) / (b.at - a.at) } else { 1.0 };
            let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * k).round() as u8;
            let (a, b) = (a.color, b.color);
            Rgba { r: channel(a.r, b.r), g: channel(a.g, b.g), b: channel(a.b, b.b), a: channel(a.a, b.a) }
        }
    }
}

/// Segments in px of the format.
struct Tracer<'c> {
    to: Transform,
    em: f32,
    out: &'c mut Vec<Segment>,
}

impl Tracer<'_> {
    fn at(&self, x: f32, y: f32) -> Point {
        mapped(&self.to, x * self.em, y * self.em)
    }
}

impl OutlinePen for Tracer<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.out.push(Segment::Move(self.at(x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.out.push(Segment::Line(self.at(x, y)));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.out.push(Segment::Quad(self.at(cx, cy), self.at(x, y)));
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.out.push(Segment::Cubic(self.at(ax, ay), self.at(bx, by), self.at(x, y)));
    }
    fn close(&mut self) {
        self.out.push(Segment::Close);
    }
}

impl<'a> colr::Painter<'a> for Cook<'a> {
    fn outline_glyph(&mut self, glyph_id: GlyphId) {
        let (to, em) = (self.now(), f32::from(self.face.units_per_em));
        self.outline.clear();
        self.face.draw_outline(glyph_id.0, &mut Tracer { to, em, out: &mut self.outline });
    }

    fn paint(&mut self, paint: colr::Paint<'a>) {
        // Version 0 paints the outline; version 1 has made it the clip and paints whatever is inside.
        let outline = std::mem::take(&mut self.outline);
        let shape = if outline.is_empty() { Shape::Rect(self.all) } else { Shape::Path(outline) };
        let paint = match paint {
            colr::Paint::Solid(color) => Paint::Solid(rgba(color)),
            colr::Paint::LinearGradient(g) => {
                let (stops, first, last) = ordered(g.stops(0, self.coords));
                // The line of one colour runs along P0 to P2: only what is across it counts.
                let (dx, dy) = (g.x1 - g.x0, g.y1 - g.y0);
                let along = |t: f32| self.point(g.x0 + dx * t, g.y0 + dy * t);
                let (from, to) = (along(first), along(last));
                let origin = self.point(g.x0, g.y0);
                let still = self.point(g.x2, g.y2);
                let (sx, sy) = (still.x.0 - origin.x.0, still.y.0 - origin.y.0);
                let (vx, vy) = (to.x.0 - from.x.0, to.y.0 - from.y.0);
                let square = sx * sx + sy * sy;
                let k = if square > 0.0 { (vx * sx + vy * sy) / square } else { 0.0 };
                let to = Point { x: Px(from.x.0 + vx - k * sx), y: Px(from.y.0 + vy - k * sy) };
                Paint::Linear { from, to, stops }
            }
            colr::Paint::RadialGradient(g) => {
                let (mut stops, first, last) = ordered(g.stops(0, self.coords));
                let at = |t: f32| (g.x0 + (g.x1 - g.x0) * t, g.y0 + (g.y1 - g.y0) * t, (g.r0 + (g.r1 - g.r0) * t).max(0.0));
                let ((_, _, r0), (x1, y1, r1)) = (at(first), at(last));
                let t = self.now();
                let stretch = (t.a * t.d - t.b * t.c).abs().sqrt();
                let inner = if r1 > 0.0 { (r0 / r1).clamp(0.0, 1.0) } else { 0.0 };
                stops.iter_mut().for_each(|s| s.at = inner + s.at * (1.0 - inner));
                Paint::Radial { center: self.point(x1, y1), radius: Px(r1 * stretch), stops }
            }
            colr::Paint::SweepGradient(g) => {
                let (stops, ..) = ordered(g.stops(0, self.coords));
                if matches!(shape, Shape::Path(_)) {
                    self.items.push(Item::PushClip(shape));
                    self.sweep(&g, &stops);
                    self.items.push(Item::PopClip);
                } else {
                    self.sweep(&g, &stops);
                }
                return;
            }
        };
        self.fill(shape, paint);
    }

    fn push_clip(&mut self) {
        let outline = std::mem::take(&mut self.outline);
        self.items.push(Item::PushClip(Shape::Path(outline)));
        self.open.push(true);
    }

    fn push_clip_box(&mut self, clipbox: colr::ClipBox) {
        let corners = [
            self.point(clipbox.x_min, clipbox.y_min),
            self.point(clipbox.x_max, clipbox.y_min),
            self.point(clipbox.x_max, clipbox.y_max),
            self.point(clipbox.x_min, clipbox.y_max),
        ];
        let [first, rest @ ..] = corners;
        let mut outline = vec![Segment::Move(first)];
        outline.extend(rest.map(Segment::Line));
        outline.push(Segment::Close);
        self.items.push(Item::PushClip(Shape::Path(outline)));
        self.open.push(true);
    }

    fn pop_clip(&mut self) {
        self.outline.clear();
        if self.open.len() < 2 {
            return;
        }
        self.open.pop();
        // A clip around one fill of everything is that fill of the clip.
        if let [.., Item::PushClip(clip), Item::Fill { shape: Shape::Rect(rect), paint, .. }] = self.items.as_slice()
            && *rect == self.all
        {
            let (shape, paint) = (clip.clone(), paint.clone());
            self.items.truncate(self.items.len() - 2);
            self.fill(shape, paint);
            return;
        }
        self.items.push(Item::PopClip);
    }

    fn push_layer(&mut self, mode: CompositeMode) {
        let blend = match mode {
            CompositeMode::Multiply => Blend::Multiply,
            CompositeMode::Screen => Blend::Screen,
            CompositeMode::Overlay => Blend::Overlay,
            CompositeMode::SoftLight => Blend::SoftLight,
            _ => Blend::Normal,
        };
        self.items.push(Item::PushGroup { opacity: 1.0, blend });
    }

    fn pop_layer(&mut self) {
        self.items.push(Item::PopGroup);
    }

    fn push_transform(&mut self, transform: Transform) {
        self.transforms.push(transform);
    }

    fn pop_transform(&mut self) {
        self.transforms.pop();
    }
}
