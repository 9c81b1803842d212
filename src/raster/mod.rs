//! In: a [`DisplayList`], fonts, pictures. Out: a [`Pixmap`]: premultiplied sRGB, 8 bits a channel.
//! Straight alpha is made in one place: [`Pixmap::into_straight`]. Encoding is left to `export`.
//!
//! Every item is a coverage (`cover`, `glyphs`, `blur`) and rows of colour (`paint`, `pictures`), mixed into what is
//! already there (`compose`). A picture is painted in tiles of whole rows whose height hangs on its width alone, so the
//! bytes are the same whether it is painted whole or in bands.

mod blur;
mod brush;
mod color_glyphs;
mod colr;
mod compose;
mod composite;
mod cover;
mod decode;
mod glyphs;
mod kept;
mod paint;
mod painter;
mod pictures;
mod profile;
mod sheet;
mod subset;
mod underway;
mod unpack_png;
mod worth;

use color_glyphs::ColorCache;
use cover::Bounds;
pub use decode::{PictureInfo, info};
use glyphs::GlyphCache;
use kept::Kept;
use painter::{Layer, Painter, space};
pub use pictures::Pictures;
use sheet::Sheet;
pub use sheet::{Leaf, Paper, Side, Tiles};
pub use underway::Painting;
pub(crate) use worth::Turns;

use crate::display::DisplayList;
use crate::error::{Error, ErrorKind, Result};
use crate::geom::Rect;
use crate::limits;
use crate::text::FontLibrary;

/// Premultiplied RGBA, rows top to bottom without padding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pixmap {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub data: Vec<u8>,
}

impl Pixmap {
    /// A transparent one.
    #[must_use]
    pub fn new(width: u32, height: u32) -> Self {
        Self { width, height, data: vec![0; width as usize * height as usize * 4] }
    }

    /// The same pixels with straight alpha, as PNG and canvases want them.
    #[must_use]
    pub fn into_straight(mut self) -> Vec<u8> {
        if !variorum_pixels::is_opaque(&self.data) {
            variorum_pixels::straight(&mut self.data);
        }
        self.data
    }
}

/// Paints display lists; keeps what the next one may need.
pub struct Raster {
    glyphs: GlyphCache,
    colors: ColorCache,
    kept: Kept,
    /// What the paper shows, if anything is known of it.
    sheet: Option<Sheet>,
}

/// The size in device px of a region at a scale: rounded, at least 1.
#[must_use]
pub fn device_size(region: &Rect, scale: f32) -> (u32, u32) {
    let one = |v: f32| (v * scale).round().clamp(1.0, limits::FORMAT_SIDE as f32 * 2.0) as u32;
    (one(region.w.0), one(region.h.0))
}

/// Rows painted at once at a width: the height of a tile, and the natural height of a band.
#[must_use]
pub fn tile_rows(width: u32) -> u32 {
    let rows = limits::BAND_PIXELS / 16 / u64::from(width.max(1));
    (rows / 64 * 64).clamp(64, 8192) as u32
}

impl Raster {
    /// `budget`: bytes of glyph bitmaps that are kept, and as many of glyphs with colours of their own.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self { glyphs: GlyphCache::new(budget), colors: ColorCache::new(budget), kept: Kept::new(0), sheet: None }
    }

    /// Keeps painted pictures in so many bytes, for [`Raster::paint_kept`].
    #[must_use]
    pub fn keeping(self, bytes: usize) -> Self {
        Self { kept: Kept::new(bytes), ..self }
    }

    /// Other budgets, bytes of glyph bitmaps and of painted pictures; what is above them goes, of glyphs as the next are kept.
    pub fn set_budgets(&mut self, glyphs: usize, kept: usize) {
        self.glyphs.set_budget(glyphs);
        self.colors.set_budget(glyphs);
        self.kept.set_budget(kept);
    }

    /// Paints a region (px of the format; the trim is `0, 0, width, height`, bleed lies outside it) at a scale.
    ///
    /// # Errors
    /// `limit` above `PIXMAP_PIXELS`; `unknown` and `media` of pictures.
    pub fn paint(
        &mut self,
        list: &DisplayList,
        fonts: &FontLibrary,
        pictures: &mut Pictures,
        region: Rect,
        scale: f32,
    ) -> Result<Pixmap> {
        let (_, height) = device_size(&region, scale);
        self.paint_rows(list, fonts, pictures, region, scale, 0, height)
    }

    /// Paints `rows` device rows of what [`Raster::paint`] would give, from row `top`; cheapest at multiples of [`tile_rows`].
    ///
    /// # Errors
    /// As [`Raster::paint`].
    #[allow(clippy::too_many_arguments)] // What is painted, with what, and which part: none of it can be left out.
    pub fn paint_rows(
        &mut self,
        list: &DisplayList,
        fonts: &FontLibrary,
        pictures: &mut Pictures,
        region: Rect,
        scale: f32,
        top: u32,
        rows: u32,
    ) -> Result<Pixmap> {
        let (width, height) = device_size(&region, scale);
        let rows = rows.min(height.saturating_sub(top));
        within_limit(width, rows)?;
        let space = space(region, scale, (width, height));
        let area = Bounds { x0: 0, y0: top as i32, x1: width as i32, y1: (top + rows) as i32 };
        let mut painter = Painter::new(self, fonts, pictures, space, Layer::ground(list.ground, area));
        painter.tiles(height, &list.items)?;
        Ok(Pixmap { width, height: rows, data: painter.into_data() })
    }

    /// Forgets every kept picture: their fonts or photos mean something else now.
    pub fn forget(&mut self) {
        self.kept.clear();
        self.sheet = None;
    }

    /// As [`Raster::paint`], and keeps the picture: the next list of the same size that begins like this one is painted from where
    /// the two part. The pixels are those of [`Raster::paint`], and stay until the next call.
    ///
    /// # Errors
    /// As [`Raster::paint`].
    pub fn paint_kept(
        &mut self,
        list: &DisplayList,
        fonts: &FontLibrary,
        pictures: &mut Pictures,
        region: Rect,
        scale: f32,
    ) -> Result<&Pixmap> {
        let painting = self.begin(list, region, scale, true)?;
        let painting = self.go_on(painting, list, fonts, pictures, u64::MAX)?;
        Ok(self.finish(painting))
    }
}

/// Whether so many pixels may be painted at once.
fn within_limit(width: u32, rows: u32) -> Result<()> {
    if u64::from(width) * u64::from(rows) <= limits::PIXMAP_PIXELS {
        return Ok(());
    }
    Err(Error::new(ErrorKind::Limit, "raster", "too many pixels at once")
        .found(format!("{width}x{rows}"))
        .allowed(format!("{} pixels (PIXMAP_PIXELS)", limits::PIXMAP_PIXELS))
        .hint("Paint it in bands"))
}
