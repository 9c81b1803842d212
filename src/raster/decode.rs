//! In: the bytes of a JPEG or PNG. Out: its size, or all of it as premultiplied sRGB, upright (EXIF orientation applied).
//! The kind is told by the bytes, never by a name. Grey, palette, 16-bit, CMYK and embedded ICC profiles all end as 8-bit
//! sRGB. Limits are checked before anything is allocated. Keeping and scaling is left to `pictures`; a WebP becomes a PNG in `importers`.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::errors::DecodeErrors;

use super::compose::mul;
use super::profile::{Profile, Space};
use super::unpack_png;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// What the head of a file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureInfo {
    /// Width, px, upright.
    pub width: u32,
    /// Height, px, upright.
    pub height: u32,
    /// Whether there can be pixels that are not opaque.
    pub alpha: bool,
    /// `image/jpeg` or `image/png`.
    pub kind: &'static str,
    /// EXIF orientation, 1 to 8; already applied to width and height.
    pub orientation: u8,
}

/// A decoded picture, upright, premultiplied sRGB.
#[derive(Debug)]
pub(super) struct Decoded {
    pub width: u32,
    pub height: u32,
    pub data: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Kind {
    Jpeg,
    Png,
}

fn kind(at: &str, bytes: &[u8]) -> Result<Kind> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Kind::Png),
        _ => {
            let head: Vec<String> = bytes.iter().take(8).map(|b| format!("{b:02x}")).collect();
            Err(Error::new(ErrorKind::Media, at, "not a picture that can be read")
                .found(if head.is_empty() { "an empty file".to_owned() } else { format!("bytes {}", head.join(" ")) })
                .allowed("JPEG or PNG, WebP by the importers"))
        }
    }
}

fn broken(at: &str, what: &str, why: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Media, at, format!("this {what} cannot be decoded")).found(why).hint("Export it again from its source")
}

fn check(at: &str, width: u64, height: u64) -> Result<()> {
    let side = u64::from(limits::PICTURE_SIDE);
    if width == 0 || height == 0 {
        return Err(Error::new(ErrorKind::Media, at, "a picture without pixels").found(format!("{width}x{height}")));
    }
    if width > side || height > side || width * height > limits::PICTURE_PIXELS {
        return Err(Error::new(ErrorKind::Limit, at, "the picture is too large to decode")
            .found(format!("{width}x{height}"))
            .allowed(format!(
                "{side} px a side, {} megapixels (PICTURE_SIDE, PICTURE_PIXELS)",
                limits::PICTURE_PIXELS / 1_000_000
            )));
    }
    Ok(())
}

/// Reads the head alone. `at` names the file in errors.
///
/// # Errors
/// `media` where the bytes are no picture, `limit` where it is too large.
pub fn info(at: &str, bytes: &[u8]) -> Result<PictureInfo> {
    let (width, height, alpha, kind, orientation) = match kind(at, bytes)? {
        Kind::Jpeg => {
            let mut decoder = jpeg(at, bytes)?;
            let (w, h) = decoder.dimensions().ok_or_else(|| broken(at, "JPEG", "no size"))?;
            let orientation = decoder.exif().map_or(1, |exif| orientation(exif));
            let _ = &mut decoder;
            (w as u64, h as u64, false, "image/jpeg", orientation)
        }
        Kind::Png => {
            let head = unpack_png::head(bytes).map_err(|e| broken(at, "PNG", e))?;
            let (w, h) = (head.width, head.height);
            check(at, u64::from(w), u64::from(h))?;
            // Transparency of palettes and the EXIF chunk stand after the header.
            let head = head.filled().map_err(|e| broken(at, "PNG", e))?;
            let (alpha, orientation) = (head.alpha(), head.exif.map_or(1, orientation));
            (u64::from(w), u64::from(h), alpha, "image/png", orientation)
        }
    };
    check(at, width, height)?;
    let (width, height) = if orientation > 4 { (height, width) } else { (width, height) };
    Ok(PictureInfo { width: width as u32, height: height as u32, alpha, kind, orientation })
}

/// Decodes all of a picture.
pub(super) fn decode(at: &str, bytes: &[u8]) -> Result<Decoded> {
    let info = info(at, bytes)?;
    let mut straight = match kind(at, bytes)? {
        Kind::Jpeg => decode_jpeg(at, bytes)?,
        Kind::Png => decode_png(at, bytes)?,
    };
    let (w, h) = if info.orientation > 4 { (info.height, info.width) } else { (info.width, info.height) };
    if straight.len() != w as usize * h as usize * 4 {
        return Err(broken(at, "picture", "fewer pixels than it announces"));
    }
    if info.alpha {
        variorum_pixels::premultiply(&mut straight);
    }
    Ok(Decoded { width: info.width, height: info.height, data: upright(straight, w as usize, h as usize, info.orientation) })
}

fn jpeg<'a>(at: &str, bytes: &'a [u8]) -> Result<zune_jpeg::JpegDecoder<ZCursor<&'a [u8]>>> {
    // Strict mode off: a file cut short shows what there is, as browsers do; SIMD paths of the decoder agree with its plain ones.
    let options = DecoderOptions::default()
        .set_max_width(limits::PICTURE_SIDE as usize)
        .set_max_height(limits::PICTURE_SIDE as usize)
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|e| broken(at, "JPEG", refusal(&e)))?;
    let (w, h) = decoder.dimensions().ok_or_else(|| broken(at, "JPEG", "no size"))?;
    check(at, w as u64, h as u64)?;
    Ok(decoder)
}

/// What the decoder says is wrong. Its own words are for debugging, and those the module is built without.
fn refusal(why: &DecodeErrors) -> &str {
    match why {
        DecodeErrors::Format(why)
        | DecodeErrors::HuffmanDecode(why)
        | DecodeErrors::DqtError(why)
        | DecodeErrors::SosError(why)
        | DecodeErrors::SofError(why)
        | DecodeErrors::MCUError(why) => why,
        DecodeErrors::FormatStatic(why) => why,
        DecodeErrors::Unsupported(_) => "it is coded arithmetically, without loss or extended, which few programs read",
        DecodeErrors::ExhaustedData | DecodeErrors::IoErrors(_) => "it ends too early",
        _ => "it is broken",
    }
}

/// Straight RGBA in sRGB.
fn decode_jpeg(at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut decoder = jpeg(at, bytes)?;
    let fail = |e: DecodeErrors| broken(at, "JPEG", refusal(&e));
    let profile = decoder.icc_profile();
    match decoder.input_colorspace() {
        Some(ColorSpace::CMYK | ColorSpace::YCCK) => {
            let options = decoder.options().jpeg_set_out_colorspace(ColorSpace::CMYK);
            decoder.set_options(options);
            let inks = decoder.decode().map_err(fail)?;
            Ok(cmyk_to_rgba(&inks, profile.as_deref(), adobe(bytes)))
        }
        Some(ColorSpace::YCbCr) => {
            let options = decoder.options().jpeg_set_out_colorspace(ColorSpace::YCbCr);
            decoder.set_options(options);
            let (w, h) = decoder.dimensions().ok_or_else(|| broken(at, "JPEG", "no size"))?;
            // What a file cut short does not tell stays grey.
            let mut rgba = vec![128; w * h * 4];
            decoder.decode_into(&mut rgba).map_err(fail)?;
            variorum_pixels::rgba_of_ycbcr(&mut rgba);
            to_srgb(&mut rgba, profile.as_deref());
            Ok(rgba)
        }
        _ => {
            let mut rgba = decoder.decode().map_err(fail)?;
            to_srgb(&mut rgba, profile.as_deref());
            Ok(rgba)
        }
    }
}

/// True where an Adobe segment says that inks are stored inverted, as Photoshop does.
fn adobe(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xff, marker, hi, lo, tail @ ..] = rest {
        if *marker == 0xee && tail.starts_with(b"Adobe") {
            return true;
        }
        if *marker == 0xda {
            return false;
        }
        rest = rest.get(2 + usize::from(*hi) * 256 + usize::from(*lo)..).unwrap_or_default();
    }
    false
}

/// By the embedded profile where there is one, else by the plain formula of naive inks.
fn cmyk_to_rgba(inks: &[u8], profile: Option<&[u8]>, inverted: bool) -> Vec<u8> {
    let pixels = inks.as_chunks::<4>().0;
    // Ink as 255 = full.
    let mut ink: Vec<u8> = Vec::with_capacity(inks.len());
    for p in pixels {
        ink.extend(if inverted { p.map(|v| 255 - v) } else { *p });
    }
    if let Some(profile) = profile.and_then(|icc| Profile::read(icc, Space::Inks)) {
        profile.apply(&mut ink);
        return ink;
    }
    let mut out = vec![255; inks.len()];
    for (out, [c, m, y, k]) in out.as_chunks_mut::<4>().0.iter_mut().zip(ink.as_chunks::<4>().0) {
        *out = [mul(255 - c, 255 - k), mul(255 - m, 255 - k), mul(255 - y, 255 - k), 255];
    }
    out
}

/// Changes straight RGBA to sRGB by its embedded profile; a profile that cannot be used is passed over, as browsers do.
fn to_srgb(rgba: &mut [u8], profile: Option<&[u8]>) {
    if let Some(profile) = profile.and_then(|icc| Profile::read(icc, Space::Rgb)) {
        profile.apply(rgba);
    }
}

/// Straight RGBA in sRGB.
fn decode_png(at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let fail = |e: &str| broken(at, "PNG", e);
    let head = unpack_png::head(bytes).and_then(unpack_png::Head::filled).map_err(fail)?;
    let mut rgba = head.pixels().map_err(fail)?;
    // An sRGB chunk outranks a profile, as the PNG specification says.
    if !head.srgb {
        to_srgb(&mut rgba, head.profile().as_deref());
    }
    Ok(rgba)
}

/// The orientation tag (0x0112) of an EXIF block, 1 where it is absent or nonsense. Source: TIFF 6.0, EXIF 2.32 4.6.4.
fn orientation(exif: &[u8]) -> u8 {
    find_orientation(exif.strip_prefix(b"Exif\0\0").unwrap_or(exif)).filter(|o| (1..=8).contains(o)).map_or(1, |o| o as u8)
}

fn find_orientation(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let [a, b] = *tiff.get(at..at.checked_add(2)?)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes([a, b]) } else { u16::from_be_bytes([a, b]) })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..at.checked_add(4)?)?.first_chunk::<4>()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let start = long(4)? as usize;
    let count = short(start)?;
    (0..usize::from(count)).map(|i| start + 2 + i * 12).find(|at| short(*at) == Some(0x0112)).and_then(|at| short(at + 8))
}

/// Turns the pixels so that the picture stands upright. `w` and `h` are those of the file.
fn upright(data: Vec<u8>, w: usize, h: usize, orientation: u8) -> Vec<u8> {
    if orientation <= 1 {
        return data;
    }
    let mut out = vec![0; data.len()];
    let (wide, tall) = if orientation > 4 { (h, w) } else { (w, h) };
    let pixels = data.as_chunks::<4>().0;
    let rows = out.as_chunks_mut::<4>().0.chunks_exact_mut(wide).take(tall);
    for (y, row) in rows.enumerate() {
        for (x, p) in row.iter_mut().enumerate() {
            let (sx, sy) = match orientation {
                2 => (w - 1 - x, y),
                3 => (w - 1 - x, h - 1 - y),
                4 => (x, h - 1 - y),
                5 => (y, x),
                6 => (y, h - 1 - x),
                7 => (w - 1 - y, h - 1 - x),
                _ => (w - 1 - y, x),
            };
            *p = pixels.get(sy * w + sx).copied().unwrap_or_default();
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_loop_makes_the_colours_that_the_decoders_own_makes() {
        for photo in ["www/samples/alba/assets/dandelions.jpg", "tests/cases/masters/automotive/assets/photo.jpg"] {
            let bytes = std::fs::read(photo).unwrap();
            let decoder = jpeg(photo, &bytes).unwrap();
            assert_eq!(decoder.input_colorspace(), Some(ColorSpace::YCbCr));
            let mut want = jpeg(photo, &bytes).unwrap().decode().unwrap();
            to_srgb(&mut want, decoder.icc_profile().as_deref());
            assert!(decode_jpeg(photo, &bytes).unwrap() == want, "{photo}");
        }
    }
}
