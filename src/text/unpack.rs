//! In: font bytes as they come. Out: the TTF, OTF or TTC inside a WOFF or WOFF2 file; nothing for what is not packed.
//! WOFF2 is left to the importers, reading the font itself to `face`. Source: WOFF File Format 1.0 (W3C).

use super::face::refusal;
use crate::error::{Error, ErrorKind, Result};
use crate::importers::{Importers, Linked};
use crate::limits;

/// The font inside a packed file; `None` where the bytes are not packed.
///
/// # Errors
/// `media` where the packing is broken, `limit` where what is inside is too large.
pub(super) fn unpacked(name: &str, bytes: &[u8]) -> Result<Option<Vec<u8>>> {
    match bytes {
        [b'w', b'O', b'F', b'F', ..] => woff(name, bytes).map(Some),
        [b'w', b'O', b'F', b'2', ..] => Linked.font(name, bytes).map(Some),
        _ => Ok(None),
    }
}

fn long(data: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*data.get(at..)?.first_chunk::<4>()?)).ok()
}

fn short(data: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(*data.get(at..)?.first_chunk::<2>()?)))
}

fn too_large(name: &str, found: usize) -> Error {
    Error::new(ErrorKind::Limit, name, "the font is too large once unpacked")
        .found(format!("{found} bytes"))
        .allowed(format!("at most {} bytes", limits::FONT_BYTES))
}

fn woff(name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let broken = |why: &str| refusal(name, format!("a WOFF file: {why}"));
    let count = short(bytes, 12).ok_or_else(|| broken("the header is cut off"))?;
    let mut tables = Vec::with_capacity(count);
    let mut total = 12 + count * 16;
    for i in 0..count {
        let entry = || -> Option<([u8; 4], usize, usize, usize)> {
            let at = 44 + i * 20;
            Some((*bytes.get(at..)?.first_chunk::<4>()?, long(bytes, at + 4)?, long(bytes, at + 8)?, long(bytes, at + 12)?))
        };
        let (tag, offset, packed, plain) = entry().ok_or_else(|| broken("the directory is cut off"))?;
        total = total.saturating_add(plain.next_multiple_of(4));
        if total > limits::FONT_BYTES {
            return Err(too_large(name, total));
        }
        let end = offset.checked_add(packed).ok_or_else(|| broken("a table lies outside"))?;
        let data = bytes.get(offset..end).ok_or_else(|| broken("a table lies outside"))?;
        tables.push((tag, data, plain));
    }
    // The sfnt directory is sorted by tag.
    crate::ordered::short(&mut tables, |(a, ..), (b, ..)| a.cmp(b));
    let flavor = bytes.get(4..8).ok_or_else(|| broken("the header is cut off"))?;
    let mut directory = Vec::with_capacity(12 + count * 16);
    directory.extend_from_slice(flavor);
    directory.extend_from_slice(&u16::try_from(count).unwrap_or(u16::MAX).to_be_bytes());
    directory.extend_from_slice(&[0; 6]);
    let mut body: Vec<u8> = Vec::with_capacity(total);
    let start = 12 + count * 16;
    for (tag, data, plain) in tables {
        let offset = start + body.len();
        if data.len() < plain {
            let table = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(data, plain)
                .map_err(|_| broken("a table cannot be decompressed"))?;
            if table.len() != plain {
                return Err(broken("a table is shorter than it says"));
            }
            body.extend_from_slice(&table);
        } else {
            body.extend_from_slice(data.get(..plain).unwrap_or(data));
        }
        body.resize(body.len().next_multiple_of(4), 0);
        directory.extend_from_slice(&tag);
        for field in [0, offset, plain] {
            directory.extend_from_slice(&u32::try_from(field).unwrap_or(u32::MAX).to_be_bytes());
        }
    }
    directory.extend_from_slice(&body);
    Ok(directory)
}
