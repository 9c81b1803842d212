//! In: SVG bytes of the campaign. Out: [`Drawings`]: paths with plain paints, in SVG px, parsed once; drawn into any box as display items.
//! Text, pictures, masks, filters and patterns inside an SVG are not drawn: they are listed, so that nothing is silent.

use super::{Item, Paint, Segment, Shape};
use crate::color::{Blend, Rgba, Stop};
use crate::error::{Error, ErrorKind, Result};
use crate::geom::{Point, Rect, Size};
use crate::units::Px;
use crate::variant::AssetId;
use std::collections::BTreeMap;
use std::sync::Arc;
use usvg::tiny_skia_path::{PathSegment, Transform};

/// A parsed drawing.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Its size, SVG px.
    pub size: Size,
    /// What it paints, SVG px.
    items: Vec<Item>,
    /// What it holds that is not drawn, such as `text`.
    pub left_out: Vec<&'static str>,
}

/// The campaign's drawings by file.
#[derive(Clone, Debug, Default)]
pub struct Drawings(BTreeMap<AssetId, Arc<Drawing>>);

impl Drawings {
    /// Adds a drawing.
    ///
    /// # Errors
    /// [`ErrorKind::Media`] where the bytes are no SVG, [`ErrorKind::Limit`] where it has too many nodes.
    pub fn add(&mut self, asset: AssetId, bytes: &[u8]) -> Result<()> {
        let drawing = Drawing::parse(&asset.0, bytes)?;
        self.0.insert(asset, Arc::new(drawing));
        Ok(())
    }
    /// A drawing by file.
    #[must_use]
    pub fn get(&self, asset: &AssetId) -> Option<&Drawing> {
        self.0.get(asset).map(AsRef::as_ref)
    }
    /// Appends the drawing's items, scaled into `dst`.
    pub fn draw(&self, asset: &AssetId, dst: Rect, items: &mut Vec<Item>) {
        let Some(drawing) = self.get(asset) else { return };
        let k =
            Fit { x: dst.x.0, y: dst.y.0, kx: dst.w.0 / drawing.size.w.0.max(1e-3), ky: dst.h.0 / drawing.size.h.0.max(1e-3) };
        items.extend(drawing.items.iter().map(|item| k.item(item)));
    }
}

impl Drawing {
    /// Reads an SVG.
    ///
    /// # Errors
    /// See [`Drawings::add`].
    pub fn parse(at: &str, bytes: &[u8]) -> Result<Self> {
        let options = usvg::Options::default();
        let tree = usvg::Tree::from_data(bytes, &options).map_err(|e| {
            Error::new(ErrorKind::Media, at, "not an SVG that can be read")
                .found(e)
                .hint("Save it as plain SVG with outlined text")
        })?;
        let size = tree.size();
        let mut drawing = Self { size: Size { w: Px(size.width()), h: Px(size.height()) }, ..Self::default() };
        drawing.group(tree.root(), 0);
        if drawing.items.len() > crate::limits::SVG_NODES {
            return Err(Error::new(ErrorKind::Limit, at, "too many shapes in the drawing")
                .found(drawing.items.len())
                .allowed(format!("at most {}", crate::limits::SVG_NODES)));
        }
        Ok(drawing)
    }

    fn group(&mut self, group: &usvg::Group, depth: usize) {
        if depth > 64 || self.items.len() > crate::limits::SVG_NODES {
            return;
        }
        if group.mask().is_some() {
            self.leave_out("mask");
        }
        if !group.filters().is_empty() {
            self.leave_out("filter");
        }
        let clip = group.clip_path().and_then(|c| clip_shape(c, group.abs_transform()));
        if group.clip_path().is_some() && clip.is_none() {
            self.leave_out("clip path");
        }
        let opacity = group.opacity().get();
        let blend = blend_of(group.blend_mode());
        let apart = opacity < 1.0 || blend != Blend::Normal;
        if apart {
            self.items.push(Item::PushGroup { opacity, blend });
        }
        let clipped = clip.is_some();
        if let Some(shape) = clip {
            self.items.push(Item::PushClip(shape));
        }
        for node in group.children() {
            match node {
                usvg::Node::Group(inner) => self.group(inner, depth + 1),
                usvg::Node::Path(path) => self.path(path),
                usvg::Node::Image(_) => self.leave_out("picture"),
                usvg::Node::Text(_) => self.leave_out("text"),
            }
        }
        if clipped {
            self.items.push(Item::PopClip);
        }
        if apart {
            self.items.push(Item::PopGroup);
        }
    }

    fn leave_out(&mut self, what: &'static str) {
        if !self.left_out.contains(&what) {
            self.left_out.push(what);
        }
    }

    fn path(&mut self, path: &usvg::Path) {
        if !path.is_visible() {
            return;
        }
        let transform = path.abs_transform();
        let fill = path.fill().and_then(|fill| {
            let paint = self.paint(fill.paint(), transform)?;
            // Even-odd areas are kept by turning every second contour; simple logos are drawn non-zero already.
            let shape = Shape::Path(segments(path.data(), transform));
            Some(Item::Fill { shape, paint, opacity: fill.opacity().get(), blend: Blend::Normal })
        });
        let stroke = path.stroke().and_then(|stroke| {
            let paint = self.paint(stroke.paint(), transform)?;
            let width = Px(stroke.width().get() * mean_scale(transform));
            let shape = Shape::Path(segments(path.data(), transform));
            Some(Item::Stroke { shape, paint, width, opacity: stroke.opacity().get(), blend: Blend::Normal })
        });
        let both = match path.paint_order() {
            usvg::PaintOrder::FillAndStroke => [fill, stroke],
            usvg::PaintOrder::StrokeAndFill => [stroke, fill],
        };
        self.items.extend(both.into_iter().flatten());
    }

    fn paint(&mut self, paint: &usvg::Paint, transform: Transform) -> Option<Paint> {
        match paint {
            usvg::Paint::Color(c) => Some(Paint::Solid(Rgba { r: c.red, g: c.green, b: c.blue, a: 255 })),
            usvg::Paint::LinearGradient(g) => {
                let t = transform.pre_concat(g.transform());
                Some(Paint::Linear { from: mapped(t, g.x1(), g.y1()), to: mapped(t, g.x2(), g.y2()), stops: stops(g.stops()) })
            }
            usvg::Paint::RadialGradient(g) => {
                let t = transform.pre_concat(g.transform());
                Some(Paint::Radial {
                    center: mapped(t, g.cx(), g.cy()),
                    radius: Px(g.r().get() * mean_scale(t)),
                    stops: stops(g.stops()),
                })
            }
            usvg::Paint::Pattern(_) => {
                self.leave_out("pattern");
                None
            }
        }
    }
}

/// The outline of a clip path that is one plain path.
fn clip_shape(clip: &usvg::ClipPath, transform: Transform) -> Option<Shape> {
    let [usvg::Node::Path(path)] = clip.root().children() else { return None };
    let t = transform.pre_concat(clip.transform());
    Some(Shape::Path(segments(path.data(), t.pre_concat(path.abs_transform()))))
}

fn stops(stops: &[usvg::Stop]) -> Vec<Stop> {
    stops
        .iter()
        .map(|s| {
            let c = s.color();
            let color = Rgba { r: c.red, g: c.green, b: c.blue, a: 255 }.faded(s.opacity().get());
            Stop { at: s.offset().get(), color }
        })
        .collect()
}

fn blend_of(mode: usvg::BlendMode) -> Blend {
    match mode {
        usvg::BlendMode::Multiply => Blend::Multiply,
        usvg::BlendMode::Screen => Blend::Screen,
        usvg::BlendMode::Overlay => Blend::Overlay,
        usvg::BlendMode::SoftLight => Blend::SoftLight,
        _ => Blend::Normal,
    }
}

fn mapped(t: Transform, x: f32, y: f32) -> Point {
    Point { x: Px(t.sx * x + t.kx * y + t.tx), y: Px(t.ky * x + t.sy * y + t.ty) }
}

/// The root of the area's growth.
fn mean_scale(t: Transform) -> f32 {
    (t.sx * t.sy - t.kx * t.ky).abs().sqrt()
}

fn segments(path: &usvg::tiny_skia_path::Path, t: Transform) -> Vec<Segment> {
    path.segments()
        .map(|s| match s {
            PathSegment::MoveTo(p) => Segment::Move(mapped(t, p.x, p.y)),
            PathSegment::LineTo(p) => Segment::Line(mapped(t, p.x, p.y)),
            PathSegment::QuadTo(c, p) => Segment::Quad(mapped(t, c.x, c.y), mapped(t, p.x, p.y)),
            PathSegment::CubicTo(c, d, p) => Segment::Cubic(mapped(t, c.x, c.y), mapped(t, d.x, d.y), mapped(t, p.x, p.y)),
            PathSegment::Close => Segment::Close,
        })
        .collect()
}

/// Moves and scales items from SVG px to the page.
#[derive(Clone, Copy)]
struct Fit {
    x: f32,
    y: f32,
    kx: f32,
    ky: f32,
}

impl Fit {
    fn point(self, p: Point) -> Point {
        Point { x: Px(self.x + p.x.0 * self.kx), y: Px(self.y + p.y.0 * self.ky) }
    }
    fn length(self, l: Px) -> Px {
        l * (self.kx * self.ky).abs().sqrt()
    }
    fn rect(self, r: Rect) -> Rect {
        let p = self.point(Point { x: r.x, y: r.y });
        Rect { x: p.x, y: p.y, w: r.w * self.kx, h: r.h * self.ky }
    }
    fn shape(self, shape: &Shape) -> Shape {
        match shape {
            Shape::Rect(r) => Shape::Rect(self.rect(*r)),
            Shape::Ellipse(r) => Shape::Ellipse(self.rect(*r)),
            Shape::RoundRect { rect, radius } => Shape::RoundRect { rect: self.rect(*rect), radius: self.length(*radius) },
            Shape::Path(segments) => Shape::Path(
                segments
                    .iter()
                    .map(|s| match *s {
                        Segment::Move(p) => Segment::Move(self.point(p)),
                        Segment::Line(p) => Segment::Line(self.point(p)),
                        Segment::Quad(c, p) => Segment::Quad(self.point(c), self.point(p)),
                        Segment::Cubic(c, d, p) => Segment::Cubic(self.point(c), self.point(d), self.point(p)),
                        Segment::Close => Segment::Close,
                    })
                    .collect(),
            ),
        }
    }
    fn paint(self, paint: &Paint) -> Paint {
        match paint {
            Paint::Solid(color) => Paint::Solid(*color),
            Paint::Linear { from, to, stops } => {
                Paint::Linear { from: self.point(*from), to: self.point(*to), stops: stops.clone() }
            }
            Paint::Radial { center, radius, stops } => {
                Paint::Radial { center: self.point(*center), radius: self.length(*radius), stops: stops.clone() }
            }
        }
    }
    fn item(self, item: &Item) -> Item {
        match item {
            Item::Fill { shape, paint, opacity, blend } => {
                Item::Fill { shape: self.shape(shape), paint: self.paint(paint), opacity: *opacity, blend: *blend }
            }
            Item::Stroke { shape, paint, width, opacity, blend } => Item::Stroke {
                shape: self.shape(shape),
                paint: self.paint(paint),
                width: self.length(*width),
                opacity: *opacity,
                blend: *blend,
            },
            Item::PushClip(shape) => Item::PushClip(self.shape(shape)),
            other => other.clone(),
        }
    }
}
