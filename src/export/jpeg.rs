//! In: bands of opaque pixels. Out: a baseline JPEG (JFIF, with its density), or the best one below a number of bytes.
//! Chroma is halved both ways below quality 90. Huffman tables are optimised where the whole fits in memory; a larger
//! picture is written as it comes, each band packed by itself, with a restart marker before the next: so writing may pause between two.
//!
//! Source: ITU-T T.81, B.2 (segments), E.1.4 (restart intervals).

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
    if fits_whole(frame) {
        return pack(frame, quality, true, None, bands, sink);
    }
    let mut file = File::begin(frame, quality)?;
    let mut y = 0;
    while y < frame.height {
        let rows = file.band().min(frame.height - y);
        file.rows(&bands(y, rows)?, sink)?;
        y += rows;
    }
    file.end(sink)
}

/// Whether it is held whole and packed at once, with tables made of all of it.
#[must_use]
pub fn fits_whole(frame: &Frame) -> bool {
    u64::from(frame.width) * u64::from(frame.height) <= limits::BAND_PIXELS
}

/// Width and height as JPEG holds them.
fn sides(frame: &Frame) -> Result<(u16, u16)> {
    let (Ok(width), Ok(height)) = (u16::try_from(frame.width), u16::try_from(frame.height)) else {
        return Err(Error::new(ErrorKind::Limit, "jpeg", "too large for a JPEG")
            .found(format!("{}x{}", frame.width, frame.height))
            .allowed("65535 px a side")
            .hint("Export it as PNG"));
    };
    Ok((width, height))
}

/// A large file being written: a band at a time, each to the same sink.
pub struct File {
    frame: Frame,
    quality: u8,
    /// The next row.
    top: u32,
    /// Blocks between two restart markers: those of a band.
    interval: u16,
    parts: usize,
}

impl File {
    /// Nothing is written before the first band.
    ///
    /// # Errors
    /// `limit` above 65,535 px a side, which JPEG cannot hold.
    pub fn begin(frame: &Frame, quality: u8) -> Result<Self> {
        sides(frame)?;
        let block: u32 = if quality >= FULL_CHROMA { 8 } else { 16 };
        let across = frame.width.div_ceil(block).max(1);
        // No more blocks than a restart interval counts.
        let down = (frame.band / block).clamp(1, u32::from(u16::MAX) / across);
        let interval = (across * down) as u16;
        Ok(Self { frame: Frame { band: down * block, ..*frame }, quality, top: 0, interval, parts: 0 })
    }

    /// Rows of a band; the last may have fewer.
    #[must_use]
    pub fn band(&self) -> u32 {
        self.frame.band
    }

    /// The next band, as wide as the frame.
    ///
    /// # Errors
    /// `state` where it is of another size, or the sink fails.
    pub fn rows(&mut self, band: &Pixmap, sink: &mut dyn Write) -> Result<()> {
        let rows = self.frame.band.min(self.frame.height - self.top);
        if (band.width, band.height) != (self.frame.width, rows) {
            return Err(wrong_size(band));
        }
        let mut part = Vec::new();
        let alone = Frame { height: rows, band: rows, ..self.frame };
        pack(&alone, self.quality, false, Some(self.interval), &mut |_, _| Ok(band.clone()), &mut part)?;
        let (head, scan) =
            parted(&mut part, self.frame.height).ok_or_else(|| Error::new(ErrorKind::State, "jpeg", "a band has no scan"))?;
        let marker = [0xff, 0xd0 + (self.parts.wrapping_sub(1) % 8) as u8];
        let before: &[u8] = if self.parts == 0 { head } else { &marker };
        sink.write_all(before).and_then(|()| sink.write_all(scan)).map_err(broken)?;
        self.parts += 1;
        self.top += rows;
        Ok(())
    }

    /// What stands behind them.
    ///
    /// # Errors
    /// `state` where the sink fails.
    pub fn end(&self, sink: &mut dyn Write) -> Result<()> {
        sink.write_all(&END).map_err(broken)
    }
}

/// What ends a file.
const END: [u8; 2] = [0xff, 0xd9];

/// A file's segments, told of the height of the whole, and its scan without what ends it.
fn parted(file: &mut [u8], height: u32) -> Option<(&[u8], &[u8])> {
    let mut at = 2;
    loop {
        let [0xff, kind, high, low] = *file.get(at..)?.first_chunk()? else { return None };
        let length = usize::from(u16::from_be_bytes([high, low]));
        // The frame: after the length and a byte for its depth the height.
        if kind == 0xc0 {
            *file.get_mut(at + 5..)?.first_chunk_mut()? = (height as u16).to_be_bytes();
        }
        at += 2 + length;
        if kind == 0xda {
            break;
        }
    }
    let (head, scan) = file.split_at_checked(at)?;
    Some((head, scan.strip_suffix(&END)?))
}

fn broken(e: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::State, "jpeg", "the file cannot be written").found(e)
}

fn wrong_size(band: &Pixmap) -> Error {
    Error::new(ErrorKind::State, "jpeg", "a band of the wrong size").found(format!("{}x{}", band.width, band.height))
}

/// Packs what is there at once.
fn pack(
    frame: &Frame,
    quality: u8,
    own_tables: bool,
    interval: Option<u16>,
    bands: &mut Bands,
    sink: &mut dyn Write,
) -> Result<()> {
    let (width, height) = sides(frame)?;
    let quality = quality.clamp(1, 100);
    let mut encoder = Encoder::new(sink, quality);
    encoder.set_sampling_factor(if quality >= FULL_CHROMA { SamplingFactor::F_1_1 } else { SamplingFactor::F_2_2 });
    encoder.set_optimized_huffman_tables(own_tables);
    if let Some(interval) = interval {
        encoder.set_restart_interval(interval);
    }
    if let Some(dpi) = frame.dpi {
        encoder.set_density(PixelDensity::dpi(dpi.0.round().clamp(1.0, 65_535.0) as u16));
    }
    let state = RefCell::new(Rows { bands, band: Pixmap::default(), top: 0, frame: *frame, error: None });
    let written = encoder.encode_image(Source { width, height, rows: &state });
    if let Some(error) = state.into_inner().error {
        return Err(error);
    }
    written.map_err(broken)
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

/// The best JPEG of at most so many bytes, sought a file at a time between a quality's floor and its ceiling.
pub struct Search {
    low: u8,
    high: u8,
    max_bytes: usize,
    state: Sought,
}

enum Sought {
    Nothing,
    /// The ceiling is too large.
    Ceiling,
    /// The best so far.
    Fits(Vec<u8>, u8),
}

impl Search {
    /// Nothing was tried; `known`: the ceiling was, and is too large.
    #[must_use]
    pub fn new(ceiling: u8, floor: u8, max_bytes: usize, known: bool) -> Self {
        let (low, high) = (floor.clamp(1, 100), ceiling.clamp(1, 100));
        let state = if known && high > low { Sought::Ceiling } else { Sought::Nothing };
        Self { low, high, max_bytes, state }
    }

    /// Tries one quality. Gives the file and the quality reached, once both are known; where even the floor is too large, the file at the floor, so that its size
    /// can be reported.
    ///
    /// # Errors
    /// As [`encode`].
    pub fn step(&mut self, pixmap: &Pixmap, frame: &Frame) -> Result<Option<(Vec<u8>, u8)>> {
        let quality = match self.state {
            Sought::Nothing => self.high,
            Sought::Ceiling => self.low,
            // The floor fits, the ceiling does not.
            Sought::Fits(..) => self.low + (self.high - self.low) / 2,
        };
        let file = encode_pixmap(pixmap, frame, quality)?;
        let fits = file.len() <= self.max_bytes;
        match (&mut self.state, fits) {
            (Sought::Nothing, false) if self.high > self.low => {
                self.state = Sought::Ceiling;
                return Ok(None);
            }
            (Sought::Nothing, _) | (Sought::Ceiling, false) => return Ok(Some((file, quality))),
            (_, true) => (self.state, self.low) = (Sought::Fits(file, quality), quality),
            (Sought::Fits(..), false) => self.high = quality,
        }
        match &mut self.state {
            Sought::Fits(file, quality) if self.high - self.low <= 1 => Ok(Some((std::mem::take(file), *quality))),
            _ => Ok(None),
        }
    }
}

/// The same at once.
///
/// # Errors
/// As [`encode`].
pub fn encode_capped(pixmap: &Pixmap, frame: &Frame, ceiling: u8, floor: u8, max_bytes: usize) -> Result<(Vec<u8>, u8)> {
    let mut search = Search::new(ceiling, floor, max_bytes, false);
    loop {
        if let Some(found) = search.step(pixmap, frame)? {
            return Ok(found);
        }
    }
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
                Ok(band) => state.error = Some(wrong_size(&band)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use zune_core::bytestream::ZCursor;

    fn decoded(file: &[u8]) -> (Vec<u8>, (usize, usize)) {
        let mut decoder = zune_jpeg::JpegDecoder::new(ZCursor::new(file));
        let pixels = decoder.decode().unwrap();
        (pixels, decoder.dimensions().unwrap())
    }

    #[test]
    fn a_large_picture_by_bands_shows_what_it_shows_at_once() {
        let (width, height) = (203u32, 16 * 11 + 5);
        let data: Vec<u8> =
            (0..width * height).flat_map(|i| [i % 251, i / width * 3, i * i / 977, 255].map(|v| v as u8)).collect();
        let whole = Pixmap { width, height, data };
        for quality in [30, 80, 95] {
            // Eleven bands and more: markers are counted to eight.
            let frame = Frame { width, height, band: 17, dpi: Some(crate::units::Dpi(300.0)) };
            let mut at_once = Vec::new();
            pack(&Frame { band: height, ..frame }, quality, false, None, &mut |_, _| Ok(whole.clone()), &mut at_once).unwrap();
            let mut file = File::begin(&frame, quality).unwrap();
            assert_eq!(file.band(), 16);
            let mut parts = Vec::new();
            for y in (0..height).step_by(16) {
                let rows = 16.min(height - y);
                let row = width as usize * 4;
                let data = whole.data[y as usize * row..(y + rows) as usize * row].to_vec();
                file.rows(&Pixmap { width, height: rows, data }, &mut parts).unwrap();
            }
            file.end(&mut parts).unwrap();
            let (pixels, sides) = decoded(&parts);
            assert_eq!(sides, (width as usize, height as usize));
            assert!(pixels == decoded(&at_once).0, "{quality}");
            assert!(parts.len() < at_once.len() + 12 * 24, "{quality}: {} by {}", parts.len(), at_once.len());
            let wrong = Pixmap { width, height: 3, data: vec![0; width as usize * 12] };
            assert_eq!(File::begin(&frame, quality).unwrap().rows(&wrong, &mut parts).unwrap_err().kind, ErrorKind::State);
        }
        let wide = Frame { width: 65_535, height: 65_535, band: 256, dpi: None };
        let file = File::begin(&wide, 80).unwrap();
        assert!(u32::from(file.interval) == 65_535u32.div_ceil(16) * (file.band() / 16) && file.band() >= 16);
        assert_eq!(File::begin(&Frame { width: 65_536, ..wide }, 80).err().unwrap().kind, ErrorKind::Limit);
    }
}
