//! In: pixmaps, band by band. Out: files: PNG and JPEG, one encoder a file.
//!
//! An encoder asks for its rows from top to bottom through [`Bands`], so a picture of any size is written without ever
//! being held whole.

pub mod jpeg;
pub mod png;

use std::io::Write;

use crate::error::Result;
use crate::raster::Pixmap;
use crate::units::Dpi;

/// Gives the rows of a picture: first row, number of rows. Called from top to bottom without gaps.
pub type Bands<'a> = dyn FnMut(u32, u32) -> Result<Pixmap> + 'a;

/// What every encoder is told of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// Rows asked for at once.
    pub band: u32,
    /// Density written into the file, where it has a physical size.
    pub dpi: Option<Dpi>,
}

impl Frame {
    /// A picture of this size, asked for in the bands that cost the raster least.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, band: crate::raster::tile_rows(width).min(height.max(1)), dpi: None }
    }
}

/// A kind of file that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// Lossless.
    Png,
    /// Lossy, of this quality (1 to 100).
    Jpeg(u8),
}

/// Every encoder: extension and media type. One file, one line.
const TABLE: [(&str, &str); 2] = [("png", "image/png"), ("jpg", "image/jpeg")];

impl FileKind {
    fn row(self) -> (&'static str, &'static str) {
        let [png, jpeg] = TABLE;
        match self {
            Self::Png => png,
            Self::Jpeg(_) => jpeg,
        }
    }
    /// Without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.row().0
    }
    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.row().1
    }
}

/// Writes an opaque picture of any size, band by band.
///
/// # Errors
/// Those of the bands and of the encoder.
pub fn encode(kind: FileKind, frame: &Frame, bands: &mut Bands, sink: &mut dyn Write) -> Result<()> {
    match kind {
        FileKind::Png => png::encode(frame, png::Options { opaque: true }, bands, sink),
        FileKind::Jpeg(quality) => jpeg::encode(frame, quality, bands, sink),
    }
}
