//! In: a prepared variant, the part of it that is wanted, a scale. Out: its pixels, at once or band by band. Files are made in [`super::encode`].

use super::{Prepared, Session, trim};
use crate::error::Result;
use crate::geom::Rect;
use crate::raster::{Painting, Pixmap};

impl Session {
    /// Paints a region of a prepared variant (px of the format; default the trim) at a scale. Whole pictures are kept, and the next
    /// variant of the format is painted from where it differs.
    ///
    /// # Errors
    /// `limit` above the pixels painted at once; `media` of pictures.
    pub fn picture(&mut self, prepared: &Prepared, region: Option<Rect>, scale: f32) -> Result<&Pixmap> {
        let painting = self.begin(prepared, region, scale)?;
        let painting = self.go_on(prepared, painting, u64::MAX)?;
        Ok(self.finish(painting))
    }

    /// As [`Session::picture`], to be painted by and by: nothing of it is there yet.
    ///
    /// # Errors
    /// `limit` above the pixels painted at once.
    pub fn begin(&mut self, prepared: &Prepared, region: Option<Rect>, scale: f32) -> Result<Painting> {
        self.raster.begin(&prepared.list, region.unwrap_or_else(|| trim(prepared)), scale, region.is_none())
    }

    /// Paints on at what was begun, until about so many pixels are laid.
    ///
    /// # Errors
    /// `media` of pictures.
    pub fn go_on(&mut self, prepared: &Prepared, painting: Painting, pixels: u64) -> Result<Painting> {
        self.raster.go_on(painting, &prepared.list, &self.fonts, &mut self.pictures, pixels)
    }

    /// The picture that was painted; it stays until the next call.
    pub fn finish(&mut self, painting: Painting) -> &Pixmap {
        self.raster.finish(painting)
    }

    /// Lets go of what was begun; what it has in common with the next one is kept.
    pub fn let_go(&mut self, painting: Painting) {
        self.raster.let_go(painting);
    }
}
