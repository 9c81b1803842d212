//! In: bands of pixels. Out: a PNG: RGB where every pixel is opaque (said beforehand), else straight RGBA; tagged sRGB,
//! with its density where it has a physical size. Filtering and packing are done by `variorum_pixels`.
//!
//! Source: PNG, third edition (W3C, 2025), chapters 5, 9 and 11.

use std::io::Write;

use variorum_pixels::{Deflate, filter};

use super::{Bands, Frame};
use crate::error::{Error, ErrorKind, Result};
use crate::raster::{Pixmap, Tiles};
use crate::units::MM_PER_INCH;

/// Choices of a PNG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Every pixel is opaque: three channels are written.
    pub opaque: bool,
}

/// Bytes of an IDAT chunk, about.
const CHUNK: usize = 1 << 16;

/// Writes a PNG.
///
/// # Errors
/// Those of the bands; `state` where the sink fails.
pub fn encode(frame: &Frame, options: Options, bands: &mut Bands, sink: &mut dyn Write) -> Result<()> {
    let mut file = File::begin(frame, options, sink)?;
    let mut y = 0;
    while y < frame.height {
        let rows = frame.band.max(1).min(frame.height - y);
        let band = bands(y, rows)?;
        if (band.width, band.height) != (frame.width, rows) {
            return Err(Error::new(ErrorKind::State, "png", "a band of the wrong size")
                .found(format!("{}x{}", band.width, band.height))
                .allowed(format!("{}x{rows}", frame.width)));
        }
        file.rows(&band, sink)?;
        y += rows;
    }
    file.end(sink)
}

/// Writes a whole picture that is already there.
///
/// # Errors
/// As [`encode`].
pub fn encode_pixmap(pixmap: &Pixmap, options: Options) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    write_pixmap(pixmap, options, &mut out)?;
    Ok(out)
}

/// The same, written as it comes.
///
/// # Errors
/// As [`encode`].
pub fn write_pixmap(pixmap: &Pixmap, options: Options, sink: &mut dyn Write) -> Result<()> {
    let mut file = File::begin(&Frame::new(pixmap.width, pixmap.height), options, sink)?;
    file.rows(pixmap, sink)?;
    file.end(sink)
}

/// The same of bands that are handed over from elsewhere, top to bottom.
///
/// # Errors
/// As [`encode`].
pub fn write_by(frame: &Frame, options: Options, by: impl FnOnce(Tiles<'_>) -> Result<()>, sink: &mut dyn Write) -> Result<()> {
    let mut file = File::begin(frame, options, sink)?;
    by(&mut |band| file.rows(band, sink))?;
    file.end(sink)
}

/// A file being written: a band at a time, each to the same sink.
pub struct File {
    opaque: bool,
    deflate: Deflate,
    above: Vec<u8>,
    row: Vec<u8>,
}

impl File {
    /// What stands before the pixels.
    ///
    /// # Errors
    /// `state` where the sink fails.
    pub fn begin(frame: &Frame, options: Options, sink: &mut dyn Write) -> Result<Self> {
        sink.write_all(&[0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n']).map_err(broken)?;
        let mut head = Vec::with_capacity(13);
        head.extend(frame.width.to_be_bytes());
        head.extend(frame.height.to_be_bytes());
        // Eight bits, RGB or RGBA; deflate, adaptive filters, not interlaced.
        head.extend([8, if options.opaque { 2 } else { 6 }, 0, 0, 0]);
        chunk(sink, b"IHDR", &head)?;
        // Perceptual.
        chunk(sink, b"sRGB", &[0])?;
        if let Some(dpi) = frame.dpi {
            let per_metre = ((dpi.0 * 1000.0 / MM_PER_INCH).round() as u32).to_be_bytes();
            let mut density = [per_metre, per_metre].concat();
            density.push(1);
            chunk(sink, b"pHYs", &density)?;
        }
        Ok(Self { opaque: options.opaque, deflate: Deflate::new(), above: Vec::new(), row: Vec::new() })
    }

    /// The next rows, as wide as the frame.
    ///
    /// # Errors
    /// `state` where the sink fails.
    pub fn rows(&mut self, band: &Pixmap, sink: &mut dyn Write) -> Result<()> {
        let step = if self.opaque { 3 } else { 4 };
        self.above.resize(band.width as usize * step, 0);
        for row in band.data.chunks_exact((band.width as usize * 4).max(1)) {
            self.row.clear();
            if self.opaque {
                variorum_pixels::rgb(row, &mut self.row);
            } else {
                self.row.extend_from_slice(row);
                variorum_pixels::straight(&mut self.row);
            }
            let (row, above) = (&self.row, &self.above);
            self.deflate.write_by(|out| filter(row, above, step, out));
            std::mem::swap(&mut self.row, &mut self.above);
            if self.deflate.written().len() >= CHUNK {
                self.data(sink)?;
            }
        }
        Ok(())
    }

    /// What stands behind them.
    ///
    /// # Errors
    /// `state` where the sink fails.
    pub fn end(&mut self, sink: &mut dyn Write) -> Result<()> {
        self.deflate.end();
        self.data(sink)?;
        chunk(sink, b"IEND", &[])
    }

    fn data(&mut self, sink: &mut dyn Write) -> Result<()> {
        chunk(sink, b"IDAT", self.deflate.written())?;
        self.deflate.clear_written();
        Ok(())
    }
}

fn chunk(sink: &mut dyn Write, kind: &[u8; 4], data: &[u8]) -> Result<()> {
    let sum = variorum_pixels::crc32(&[kind, data]);
    let parts: [&[u8]; 4] = [&(data.len() as u32).to_be_bytes(), kind, data, &sum.to_be_bytes()];
    parts.into_iter().try_for_each(|part| sink.write_all(part)).map_err(broken)
}

fn broken(e: std::io::Error) -> Error {
    Error::new(ErrorKind::State, "png", "the file cannot be written").found(e)
}
