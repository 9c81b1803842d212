//! In: a record of the catalogue or of a campaign's custom formats. Out: a [`Format`] with its raster size, bleed and safe
//! zone derived in px, and its [`FormatClass`] by aspect.

use crate::geom::{Insets, Size};
use crate::units::{Dpi, Px};

/// A media format: where a variant will be shown, and exactly how large.
#[derive(Clone, Debug, PartialEq)]
pub struct Format {
    /// Stable id, such as `ig-story`.
    pub id: String,
    /// social, web, video, email, app-store, dooh, ooh, print ...
    pub medium: String,
    /// The channel or owner.
    pub channel: String,
    /// For people.
    pub name: String,
    /// Trim size as specified.
    pub spec: Spec,
    /// Trim size of the delivered file, px.
    pub raster: (u32, u32),
    /// Bleed beyond each trim edge, px of the delivered file.
    pub bleed: Px,
    /// Kept clear of text and logo, px of the delivered file; zero where none is specified.
    pub safe: Insets,
    /// Cap of the delivered file, bytes.
    pub max_bytes: Option<u64>,
    /// Accepted file types.
    pub file_types: Vec<String>,
    /// How far away people stand, metres, where known.
    pub viewing_distance_m: Option<f64>,
    /// Notes of the catalogue.
    pub notes: Option<String>,
    /// Where the figures come from.
    pub source: Option<String>,
    /// Named sets it belongs to.
    pub sets: Vec<String>,
}

/// The size as the media owner gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spec {
    /// Pixels.
    Pixels {
        /// Width, px.
        width: u32,
        /// Height, px.
        height: u32,
    },
    /// Millimetres at a print scale.
    Print {
        /// Width, mm, finished.
        width_mm: f64,
        /// Height, mm, finished.
        height_mm: f64,
        /// Of the delivered file.
        dpi: Dpi,
        /// 0.1 = 1:10.
        scale: f64,
        /// True where the catalogue gives no dpi or scale and the default rule filled it.
        assumed: bool,
    },
}

/// Aspect class: which arrangements suit and which overrides apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormatClass {
    /// Flatter than 3.2:1.
    Strip,
    /// 1.25:1 to 3.2:1.
    Landscape,
    /// Around square, 0.8:1 to 1.25:1.
    Square,
    /// 0.42:1 to 0.8:1.
    Portrait,
    /// Narrower than 0.42:1.
    Skyscraper,
}

impl FormatClass {
    /// The class of a width and height.
    #[must_use]
    pub fn of(width: f32, height: f32) -> Self {
        let aspect = width / height.max(1.0);
        if aspect > 3.2 {
            Self::Strip
        } else if aspect > 1.25 {
            Self::Landscape
        } else if aspect >= 0.8 {
            Self::Square
        } else if aspect >= 0.42 {
            Self::Portrait
        } else {
            Self::Skyscraper
        }
    }
    /// The name in master files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Strip => "strip",
            Self::Landscape => "landscape",
            Self::Square => "square",
            Self::Portrait => "portrait",
            Self::Skyscraper => "skyscraper",
        }
    }
}

impl Format {
    /// Trim size, px.
    #[must_use]
    pub fn size(&self) -> Size {
        Size { w: Px(self.raster.0 as f32), h: Px(self.raster.1 as f32) }
    }
    /// Aspect class.
    #[must_use]
    pub fn class(&self) -> FormatClass {
        FormatClass::of(self.raster.0 as f32, self.raster.1 as f32)
    }
}
