//! In: the bytes of a WOFF2 file. Out: the TTF, OTF or TTC inside. Source: WOFF File Format 2.0 (W3C).

use crate::error::{Error, ErrorKind, Result};
use crate::limits;

/// The font inside. A header says how large it is; it is believed only as far as it forbids.
pub(super) fn unpacked(at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let said = bytes.get(16..).and_then(|rest| rest.first_chunk::<4>()).map(|size| u32::from_be_bytes(*size) as usize);
    if let Some(size) = said.filter(|size| *size > limits::FONT_BYTES) {
        return Err(too_large(at, size));
    }
    let font = wuff::decompress_woff2(bytes).map_err(|_| refusal(at))?;
    if font.len() > limits::FONT_BYTES { Err(too_large(at, font.len())) } else { Ok(font) }
}

fn refusal(at: &str) -> Error {
    Error::new(ErrorKind::Media, at, "cannot be used as a font")
        .found("a WOFF2 file that cannot be unpacked")
        .allowed("TTF, OTF, TTC, WOFF or WOFF2")
}

fn too_large(at: &str, found: usize) -> Error {
    Error::new(ErrorKind::Limit, at, "the font is too large once unpacked")
        .found(format!("{found} bytes"))
        .allowed(format!("at most {} bytes", limits::FONT_BYTES))
}
