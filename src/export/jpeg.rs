//! In: bands of opaque pixels. Out: a baseline JPEG (JFIF, with its density), or the best one below a number of bytes.
//! Chroma is halved both ways below quality 90. Huffman tables are optimised where the whole fits in memory; a larger
//! picture is written as it comes.

use std::cell::RefCell;
use std::io::Write;

use jpeg_encoder::{Encoder, ImageBuffer, JpegColorType, PixelDensity, SamplingFactor, rgb_to_ycbcr};

use super::{Bands, Frame};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::raster::Pixmap;

/// Quality from which colour is kept at full resolution.
const FULL_CHROMA: u8 = 90;

/// Writes a JPEG of a quality of 1 to 100.
///
/// # Errors
/// Those of the bands; `limit` above 65,535 px a side, which JPEG cannot hold; `state` where the sink fails.
pub fn encode(frame: &Frame, quality: u8, bands: &mut Bands, sink: &mut dyn Write) -> Result<()> {
    let (Ok(width), Ok(height)) = (u16::try_from(frame.width), u16::try_from(frame.height)) else {
        return Err(Error::new(ErrorKind::Limit, "jpeg", "too large for a JPEG")
            .found(format!("{}x{}", frame.width, frame.height))
            .allowed("65535 px a side")
            .hint("Export it as PNG"));
    };
    let quality = quality.clamp(1, 100);
    let mut encoder = Encoder::new(sink, quality);
    encoder.set_sampling_factor(if quality >= FULL_CHROMA { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    encoder.set_optimized_huffman_tables(u64::from(frame.width) * u64::from(frame.height) <= limits::BAND_PIXELS);
    if let Some(dpi) = frame.dpi {
        encoder.set_density(PixelDensity::dpi(dpi.0.round().clamp(1.0, 65_535.0) as u16));
    }
    let state = RefCell::new(Rows { bands, band: Pixmap::default(), top: 0, frame: *frame, error: None });
    let written = encoder.encode_image(Source { width, height, rows: &state });
    if let Some(error) = state.into_inner().error {
        return Err(error);
    }
    written.map_err(|e| Error::new(ErrorKind::State, "jpeg", "the file cannot be written").found(e))
}

/// The same of a picture that is already there.
///
/// # Errors
/// As [`encode`].
pub fn encode_pixmap(pixmap: &Pixmap, frame: &Frame, quality: u8) -> Result<Vec<u8>> {
    let frame = Frame { width: pixmap.width, height: pixmap.height, band: pixmap.height.clamp(1, 256), ..*frame };
    let wide = pixmap.width as usize * 4;
    let mut bands = |y: u32, rows: u32| {
        let data = pixmap.data.get(y as usize * wide..(y + rows) as usize * wide).unwrap_or_default().to_vec();
        Ok(Pixmap { width: pixmap.width, height: rows, data })
    };
    let mut out = Vec::new();
    encode(&frame, quality, &mut bands, &mut out)?;
    Ok(out)
}

/// The best JPEG of at most `max_bytes`: the quality is sought between `floor` and `ceiling`. Gives the file and the quality
/// reached; where even the floor is too large, the file at the floor, so that its size can be reported.
///
/// # Errors
/// As [`encode`].
pub fn encode_capped(pixmap: &Pixmap, frame: &Frame, ceiling: u8, floor: u8, max_bytes: usize) -> Result<(Vec<u8>, u8)> {
    let shot = |quality: u8| encode_pixmap(pixmap, frame, quality);
    let (mut low, mut high) = (floor.clamp(1, 100), ceiling.clamp(1, 100));
    let best = shot(high)?;
    if best.len() <= max_bytes || high <= low {
        return Ok((best, high));
    }
    let mut found = (shot(low)?, low);
    if found.0.len() > max_bytes {
        return Ok(found);
    }
    // The floor fits, the ceiling does not.
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let file = shot(middle)?;
        if file.len() <= max_bytes {
            found = (file, middle);
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(found)
}

/// The band at hand, and where the next comes from.
struct Rows<'a, 'b> {
    bands: &'a mut Bands<'b>,
    band: Pixmap,
    top: u32,
    frame: Frame,
    error: Option<Error>,
}

struct Source<'a, 'b, 'c> {
    width: u16,
    height: u16,
    rows: &'a RefCell<Rows<'b, 'c>>,
}

impl ImageBuffer for Source<'_, '_, '_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }
    fn width(&self) -> u16 {
        self.width
    }
    fn height(&self) -> u16 {
        self.height
    }
    /// The encoder asks for rows in order and for the last one again; it cannot be told of errors, so they are kept.
    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let [luma, blue, red, _] = buffers;
        let state = &mut *self.rows.borrow_mut();
        let y = u32::from(y);
        if state.error.is_none() && y >= state.top + state.band.height {
            let rows = state.frame.band.max(1).min(state.frame.height - y);
            match (state.bands)(y, rows) {
                Ok(band) if (band.width, band.height) == (state.frame.width, rows) => (state.band, state.top) = (band, y),
                Ok(band) => {
                    let wrong = Error::new(ErrorKind::State, "jpeg", "a band of the wrong size");
                    state.error = Some(wrong.found(format!("{}x{}", band.width, band.height)));
                }
                Err(error) => state.error = Some(error),
            }
        }
        let wide = usize::from(self.width) * 4;
        let start = y.saturating_sub(state.top) as usize * wide;
        let row = state.band.data.get(start..start + wide).filter(|_| state.error.is_none()).unwrap_or_default();
        if row.is_empty() {
            for plane in [luma, blue, red] {
                plane.resize(plane.len() + usize::from(self.width), 128);
            }
            return;
        }
        for [r, g, b, _] in row.as_chunks::<4>().0 {
            let (y, cb, cr) = rgb_to_ycbcr(*r, *g, *b);
            luma.push(y);
            blue.push(cb);
            red.push(cr);
        }
    }
}
