//! In: pixmaps, band by band. Out: files: PNG and JPEG, one encoder a file.
//!
//! An encoder asks for its rows from top to bottom through [`Bands`], so a picture of any size is written without ever
//! being held whole.

pub mod png;

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
