//! In: packed drawings of the campaign (see `importers::packed`). Out: [`Drawings`]: paths with plain paints, in SVG px, read once; drawn into
//! any box as display items. What an SVG holds beyond that was left out, and named, when it was packed.

use super::{Item, Paint, Segment, Shape};
use crate::color::{Blend, Rgba, Stop};
use crate::error::{Error, ErrorKind, Result};
use crate::geom::{Point, Rect, Size};
use crate::importers::packed::{MAGIC, Reader, inside, mark, paint, segment};
use crate::units::Px;
use crate::variant::AssetId;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A drawing that was read.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Its size, SVG px.
    pub size: Size,
    /// What it paints, SVG px.
    items: Vec<Item>,
}

/// The campaign's drawings by file.
#[derive(Clone, Debug, Default)]
pub struct Drawings(BTreeMap<AssetId, Arc<Drawing>>);

impl Drawings {
    /// Adds a packed drawing.
    ///
    /// # Errors
    /// [`ErrorKind::Media`] where the bytes are none.
    pub fn add(&mut self, asset: AssetId, packed: &[u8]) -> Result<()> {
        let drawing = Drawing::read(&asset.0, packed)?;
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
    /// Reads a packed drawing.
    ///
    /// # Errors
    /// See [`Drawings::add`].
    pub fn read(at: &str, packed: &[u8]) -> Result<Self> {
        drawing(&mut Reader::new(packed)).ok_or_else(|| {
            Error::new(ErrorKind::Media, at, "the drawing was not packed by importers of this version")
                .hint("Serve the files of one version of the package together")
        })
    }
}

fn drawing(reader: &mut Reader<'_>) -> Option<Drawing> {
    (reader.four()? == MAGIC).then_some(())?;
    let size = Size { w: Px(reader.number()?), h: Px(reader.number()?) };
    let _ = reader.text()?;
    let items = (0..reader.count()?).map(|_| item(reader)).collect::<Option<_>>()?;
    Some(Drawing { size, items })
}

fn item(reader: &mut Reader<'_>) -> Option<Item> {
    Some(match reader.byte()? {
        mark::PUSH_GROUP => Item::PushGroup { opacity: reader.number()?, blend: Blend::of(reader.byte()?)? },
        mark::POP_GROUP => Item::PopGroup,
        mark::PUSH_CLIP => Item::PushClip(shape(reader)?),
        mark::POP_CLIP => Item::PopClip,
        mark::FILL => {
            let (opacity, paint, shape) = (reader.number()?, paint(reader)?, shape(reader)?);
            Item::Fill { shape, paint, opacity, blend: Blend::Normal }
        }
        mark::STROKE => {
            let (opacity, width) = (reader.number()?, Px(reader.number()?));
            let (paint, shape) = (paint(reader)?, shape(reader)?);
            Item::Stroke { shape, paint, width, opacity, blend: Blend::Normal }
        }
        _ => return None,
    })
}

fn paint(reader: &mut Reader<'_>) -> Option<Paint> {
    Some(match reader.byte()? {
        paint::SOLID => Paint::Solid(color(reader)?),
        paint::LINEAR => Paint::Linear { from: point(reader)?, to: point(reader)?, stops: stops(reader)? },
        paint::RADIAL => Paint::Radial { center: point(reader)?, radius: Px(reader.number()?), stops: stops(reader)? },
        _ => return None,
    })
}

fn stops(reader: &mut Reader<'_>) -> Option<Vec<Stop>> {
    (0..reader.count()?).map(|_| Some(Stop { at: reader.number()?, color: color(reader)? })).collect()
}

fn color(reader: &mut Reader<'_>) -> Option<Rgba> {
    let [r, g, b, a] = reader.four()?;
    Some(Rgba { r, g, b, a })
}

fn point(reader: &mut Reader<'_>) -> Option<Point> {
    Some(Point { x: Px(reader.number()?), y: Px(reader.number()?) })
}

fn shape(reader: &mut Reader<'_>) -> Option<Shape> {
    let shape = match reader.byte()? {
        inside::WOUND => Shape::Path,
        inside::ODD => Shape::EvenOdd,
        _ => return None,
    };
    let pieces = (0..reader.count()?).map(|_| {
        Some(match reader.byte()? {
            segment::MOVE => Segment::Move(point(reader)?),
            segment::LINE => Segment::Line(point(reader)?),
            segment::QUAD => Segment::Quad(point(reader)?, point(reader)?),
            segment::CUBIC => Segment::Cubic(point(reader)?, point(reader)?, point(reader)?),
            segment::CLOSE => Segment::Close,
            _ => return None,
        })
    });
    pieces.collect::<Option<_>>().map(shape)
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
            Shape::Path(segments) => Shape::Path(self.outline(segments)),
            Shape::EvenOdd(segments) => Shape::EvenOdd(self.outline(segments)),
        }
    }
    fn outline(self, segments: &[Segment]) -> Vec<Segment> {
        let place = |s: &Segment| match *s {
            Segment::Move(p) => Segment::Move(self.point(p)),
            Segment::Line(p) => Segment::Line(self.point(p)),
            Segment::Quad(c, p) => Segment::Quad(self.point(c), self.point(p)),
            Segment::Cubic(c, d, p) => Segment::Cubic(self.point(c), self.point(d), self.point(p)),
            Segment::Close => Segment::Close,
        };
        segments.iter().map(place).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::{Importers, Linked};

    #[test]
    fn a_drawing_cut_off_anywhere_is_refused() {
        let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><defs><linearGradient id="g"><stop offset="0" stop-color="red"/>
            <stop offset="1" stop-color="blue" stop-opacity=".5"/></linearGradient></defs><g opacity=".5"><path d="M0 0H10C12 3 4 5 0 9Z" fill="url(#g)"
            stroke="#010203" stroke-width="2"/></g></svg>"##;
        let packed = Linked.drawing("a.svg", svg).unwrap();
        let drawing = Drawing::read("a.svg", &packed).unwrap();
        assert_eq!((drawing.size, drawing.items.len()), (Size { w: Px(20.0), h: Px(10.0) }, 4));
        let odd = br#"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><path fill-rule="evenodd" d="M0 0H9V9H0ZM3 3H6V6H3Z"/></svg>"#;
        let ring = Drawing::read("b.svg", &Linked.drawing("b.svg", odd).unwrap()).unwrap();
        assert!(matches!(ring.items.as_slice(), [Item::Fill { shape: Shape::EvenOdd(_), .. }]), "{:?}", ring.items);
        for cut in 0..packed.len() {
            assert!(Drawing::read("a.svg", &packed[..cut]).is_err(), "{cut}");
        }
    }
}
