//! In: the bytes of a WebP. Out: a PNG of the same pixels, with its colour profile and its EXIF block, so that what comes after treats it as it
//! treats any PNG. Packed lightly: it is unpacked again soon, and kept in memory alone.
//!
//! Source: RFC 9649; PNG, third edition (W3C, 2025), 11.3.

use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use std::borrow::Cow;
use std::fmt::Display;
use std::io::Cursor;

/// The picture as PNG.
pub(super) fn as_png(at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let broken = |why: &dyn Display| {
        let error = Error::new(ErrorKind::Media, at, "this WebP cannot be decoded").found(why);
        error.hint("Export it again from its source")
    };
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let (width, height) = decoder.dimensions();
    let side = limits::PICTURE_SIDE;
    if width > side || height > side || u64::from(width) * u64::from(height) > limits::PICTURE_PIXELS {
        return Err(Error::new(ErrorKind::Limit, at, "the picture is too large to decode")
            .found(format!("{width}x{height}"))
            .allowed(format!("{side} px a side, {} megapixels", limits::PICTURE_PIXELS / 1_000_000)));
    }
    decoder.set_memory_limit(limits::PICTURE_PIXELS as usize * 8);
    let mut info = png::Info::with_size(width, height);
    info.bit_depth = png::BitDepth::Eight;
    info.color_type = if decoder.has_alpha() { png::ColorType::Rgba } else { png::ColorType::Rgb };
    info.icc_profile = decoder.icc_profile().ok().flatten().map(Cow::Owned);
    info.exif_metadata = decoder.exif_metadata().ok().flatten().map(Cow::Owned);
    let size = decoder.output_buffer_size().ok_or_else(|| broken(&"its size overflows"))?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(|e| broken(&e))?;
    let mut out = Vec::new();
    let mut encoder = png::Encoder::with_info(&mut out, info).map_err(|e| broken(&e))?;
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().map_err(|e| broken(&e))?;
    writer.write_image_data(&pixels).map_err(|e| broken(&e))?;
    writer.finish().map_err(|e| broken(&e))?;
    Ok(out)
}
