//! How layers look beside their content: fit, shape, outline, shadow, plate. Lengths in artboard px unless said; colours sRGB.
//! Reading them from files is left to `paint` and `layer`, painting to `raster`.

use crate::color::{Fill, Rgba};
use crate::units::Px;

/// How a picture meets its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureFit {
    /// Fills it; cropped around the focal box.
    #[default]
    Cover,
    /// Wholly inside.
    Contain,
}

/// Which plain shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// A box, with the layer's radius.
    Rect,
    /// An ellipse in the box.
    Ellipse,
}

/// An outline, centred on the edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its paint.
    pub fill: Fill,
    /// Its width, artboard px.
    pub width: Px,
}

/// A soft shadow.
#[derive(Clone, Debug, PartialEq)]
pub struct Shadow {
    /// Colour and strength.
    pub color: Rgba,
    /// CSS blur radius (sigma is half), artboard px.
    pub blur: Px,
    /// Moved right by, artboard px.
    pub dx: Px,
    /// Moved down by, artboard px.
    pub dy: Px,
}

/// A ground that hugs its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// Its fill.
    pub fill: Fill,
    /// Corner radius, artboard px; large values give a pill.
    pub radius: Px,
    /// Space above and below the text, in em of the text.
    pub pad_y_em: f32,
    /// Space left and right of the text, in em of the text.
    pub pad_x_em: f32,
    /// Outline.
    pub stroke: Option<Stroke>,
    /// Shadow.
    pub shadow: Option<Shadow>,
}
