//! In: a [`Layout`](crate::layout::Layout). Out: a [`DisplayList`]: what to paint, in order, in px of the format at full
//! raster size; origin at the trim's top left, y down, so bleed has negative coordinates. This is the seam: PNG, JPEG and
//! PDF read it and nothing before it. No percentages, no inheritance, no missing defaults are left.

pub mod build;
pub mod drawing;

pub use build::build;
pub use drawing::{Drawing, Drawings};

use crate::color::{Blend, Rgba, Stop};
use crate::geom::{Point, Rect};
use crate::text::{FontId, Stance};
use crate::units::Px;
use crate::variant::AssetId;

/// What to paint, back to front.
#[derive(Clone, Debug, PartialEq)]
pub struct DisplayList {
    /// Trim width, px.
    pub width: u32,
    /// Trim height, px.
    pub height: u32,
    /// Bleed beyond each edge of the trim, px; items reach into it.
    pub bleed: Px,
    /// Page colour under everything, opaque.
    pub ground: Rgba,
    /// The items, back to front; pushes and pops are even.
    pub items: Vec<Item>,
}

/// One thing to paint, or a change of what the next are painted into.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Fills a shape.
    Fill {
        /// The area.
        shape: Shape,
        /// What with.
        paint: Paint,
        /// 0 to 1.
        opacity: f32,
        /// How it mixes.
        blend: Blend,
    },
    /// Strokes the edge of a shape, centred on it, round joins.
    Stroke {
        /// The outline.
        shape: Shape,
        /// What with.
        paint: Paint,
        /// Width, px.
        width: Px,
        /// 0 to 1.
        opacity: f32,
        /// How it mixes.
        blend: Blend,
    },
    /// Draws a part of a picture, resampled.
    Picture {
        /// The file.
        asset: AssetId,
        /// The part of it, source px after EXIF orientation.
        src: Rect,
        /// Where it goes.
        dst: Rect,
        /// Corner radius of `dst`.
        radius: Px,
        /// 0 to 1.
        opacity: f32,
        /// How it mixes.
        blend: Blend,
    },
    /// Draws glyphs of one face at one size.
    Glyphs {
        /// The face.
        font: FontId,
        /// Size of the em.
        size: Px,
        /// How they stand.
        stance: Stance,
        /// Glyph ids with the places of their origins on the baseline.
        glyphs: Vec<Glyph>,
        /// What with.
        paint: Paint,
        /// 0 to 1.
        opacity: f32,
        /// How it mixes.
        blend: Blend,
    },
    /// A blurred shadow of what casts it.
    Shadow {
        /// What casts it.
        caster: Caster,
        /// Gaussian sigma.
        sigma: Px,
        /// Moved by.
        offset: Point,
        /// Colour and strength.
        color: Rgba,
    },
    /// What follows is seen only inside the shape, until the matching pop.
    PushClip(Shape),
    /// Ends the innermost clip.
    PopClip,
    /// What follows is painted apart, then laid on as one, until the matching pop.
    PushGroup {
        /// 0 to 1.
        opacity: f32,
        /// How it mixes.
        blend: Blend,
    },
    /// Ends the innermost group.
    PopGroup,
}

/// A placed glyph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Glyph id in the face.
    pub id: u16,
    /// Origin, px from the trim's left.
    pub x: Px,
    /// Baseline, px from the trim's top.
    pub y: Px,
}

/// What casts a shadow.
#[derive(Clone, Debug, PartialEq)]
pub enum Caster {
    /// An area.
    Shape(Shape),
    /// The alpha of a picture.
    Picture {
        /// The file.
        asset: AssetId,
        /// The part of it, source px.
        src: Rect,
        /// Where it goes.
        dst: Rect,
    },
}

/// An area.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A box.
    Rect(Rect),
    /// A box with round corners; the radius is never more than half the shorter side.
    RoundRect {
        /// The box.
        rect: Rect,
        /// The corners' radius.
        radius: Px,
    },
    /// An ellipse in a box.
    Ellipse(Rect),
    /// Any outline; inside is what it winds around (non-zero).
    Path(Vec<Segment>),
    /// Any outline; inside is what is left by an odd number of crossings.
    EvenOdd(Vec<Segment>),
}

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Starts a contour.
    Move(Point),
    /// A line.
    Line(Point),
    /// A quadratic curve: control, end.
    Quad(Point, Point),
    /// A cubic curve: two controls, end.
    Cubic(Point, Point, Point),
    /// Closes the contour.
    Close,
}

/// A paint with its place: px of the format.
#[derive(Clone, Debug, PartialEq)]
pub enum Paint {
    /// One colour.
    Solid(Rgba),
    /// From point to point; colours mix premultiplied, in sRGB; padded beyond.
    Linear {
        /// Where 0 is.
        from: Point,
        /// Where 1 is.
        to: Point,
        /// Ascending.
        stops: Vec<Stop>,
    },
    /// Around a point; padded beyond.
    Radial {
        /// Where 0 is.
        center: Point,
        /// Where 1 is, from the centre.
        radius: Px,
        /// Ascending.
        stops: Vec<Stop>,
    },
}
