//! In: bands of pixels. Out: a PNG: RGB where every pixel is opaque (said beforehand), else straight RGBA; tagged sRGB,
//! with its density where it has a physical size.

use std::io::Write;

use super::{Bands, Frame};
use crate::error::{Error, ErrorKind, Result};
use crate::raster::Pixmap;
use crate::units::MM_PER_INCH;

/// How hard to try for a small file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effort {
    /// Some tens of ms a megapixel: for working with.
    #[default]
    Fast,
    /// Several times slower, about a quarter smaller: for delivery.
    Small,
}

/// Choices of a PNG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Every pixel is opaque: three channels are written.
    pub opaque: bool,
    /// Time against size.
    pub effort: Effort,
}

/// Writes a PNG.
///
/// # Errors
/// Those of the bands; `state` where the sink fails.
pub fn encode(frame: &Frame, options: Options, bands: &mut Bands, sink: &mut dyn Write) -> Result<()> {
    let fail = |e: png::EncodingError| Error::new(ErrorKind::State, "png", "the file cannot be written").found(e);
    let mut encoder = png::Encoder::new(sink, frame.width, frame.height);
    encoder.set_color(if options.opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    match options.effort {
        Effort::Fast => encoder.set_compression(png::Compression::Fast),
        Effort::Small => encoder.set_compression(png::Compression::Balanced),
    }
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    if let Some(dpi) = frame.dpi {
        let per_metre = (dpi.0 * 1000.0 / MM_PER_INCH).round() as u32;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    }
    let mut writer = encoder.write_header().map_err(fail)?;
    let broken = |e: std::io::Error| Error::new(ErrorKind::State, "png", "the file cannot be written").found(e);
    {
        let mut stream = writer.stream_writer_with_size(64 << 10).map_err(fail)?;
        let mut y = 0;
        while y < frame.height {
            let rows = frame.band.max(1).min(frame.height - y);
            let band = bands(y, rows)?;
            if (band.width, band.height) != (frame.width, rows) {
                return Err(Error::new(ErrorKind::State, "png", "a band of the wrong size")
                    .found(format!("{}x{}", band.width, band.height))
                    .allowed(format!("{}x{rows}", frame.width)));
            }
            write_rows(band, options.opaque, &mut stream).map_err(broken)?;
            y += rows;
        }
        stream.finish().map_err(fail)?;
    }
    writer.finish().map_err(fail)
}

fn write_rows(band: Pixmap, opaque: bool, out: &mut impl Write) -> std::io::Result<()> {
    let wide = band.width as usize * 4;
    let straight = band.into_straight();
    if !opaque {
        return out.write_all(&straight);
    }
    let mut rgb = Vec::with_capacity(wide / 4 * 3);
    for row in straight.chunks_exact(wide) {
        rgb.clear();
        row.as_chunks::<4>().0.iter().for_each(|&[r, g, b, _]| rgb.extend([r, g, b]));
        out.write_all(&rgb)?;
    }
    Ok(())
}

/// Writes a whole picture that is already there.
///
/// # Errors
/// As [`encode`].
pub fn encode_pixmap(pixmap: Pixmap, options: Options) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let frame = Frame { band: pixmap.height, ..Frame::new(pixmap.width, pixmap.height) };
    let mut pixmap = Some(pixmap);
    encode(
        &frame,
        options,
        &mut |_, _| pixmap.take().ok_or_else(|| Error::new(ErrorKind::State, "png", "asked twice")),
        &mut out,
    )?;
    Ok(out)
}
