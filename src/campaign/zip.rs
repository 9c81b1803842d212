//! In: the bytes of a `.variorum` zip. Out: its files. Only what a campaign needs is read: stored and deflated entries named
//! by the central directory. Sizes are bounded before anything is unpacked, so a bomb costs nothing.

use super::files::{Files, check_path};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let b = bytes.get(at..at.checked_add(2)?)?;
    Some(usize::from(u16::from_le_bytes(b.try_into().ok()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    let b = bytes.get(at..at.checked_add(4)?)?;
    usize::try_from(u32::from_le_bytes(b.try_into().ok()?)).ok()
}

/// One entry of the central directory.
struct Entry {
    name: String,
    flags: usize,
    method: usize,
    crc: u32,
    packed: usize,
    unpacked: usize,
    mode: usize,
    offset: usize,
}

/// Unpacks a zip; `file` names it in errors.
///
/// # Errors
/// `syntax` where it is no zip or damaged, `unsafe` for paths that leave it, links and duplicates, `unsupported` for
/// encryption and other methods, `limit` for bombs.
pub fn unpack(file: &str, bytes: &[u8]) -> Result<Files> {
    let entries = directory(file, bytes)?;
    let mut total = 0_usize;
    for entry in &entries {
        let place = || format!("{file}: {}", entry.name.chars().take(120).collect::<String>());
        check_path(file, entry.name.trim_end_matches('/'))?;
        if entry.mode & 0o170_000 == 0o120_000 {
            return Err(Error::new(ErrorKind::Unsafe, place(), "the entry is a symbolic link").hint("Pack the file itself"));
        }
        if entry.flags & 1 != 0 {
            return Err(Error::new(ErrorKind::Unsupported, place(), "the entry is encrypted"));
        }
        if entry.unpacked > limits::FILE_BYTES {
            return Err(bomb(place(), entry.unpacked, limits::FILE_BYTES));
        }
        total = total.saturating_add(entry.unpacked);
    }
    if total > limits::CAMPAIGN_BYTES {
        return Err(bomb(file.to_owned(), total, limits::CAMPAIGN_BYTES));
    }
    if total > limits::ZIP_RATIO_FLOOR && total / bytes.len().max(1) > limits::ZIP_RATIO {
        return Err(Error::new(ErrorKind::Limit, file, "the zip unpacks to far more than its size: a zip bomb?")
            .found(format!("{} times", total / bytes.len().max(1)))
            .allowed(format!("{} times", limits::ZIP_RATIO)));
    }
    let mut files = Files::new();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for entry in &entries {
        if entry.name.ends_with('/') {
            continue;
        }
        let (range, data) = content(file, bytes, entry)?;
        taken.push(range);
        if files.insert(entry.name.clone(), data).is_some() {
            return Err(Error::new(ErrorKind::Unsafe, format!("{file}: {}", entry.name), "the zip holds this path twice"));
        }
    }
    // Entries that share bytes are how the densest bombs are made.
    taken.sort_unstable();
    let overlap = taken.iter().zip(taken.iter().skip(1)).any(|((_, end), (start, _))| end > start);
    if overlap {
        return Err(Error::new(ErrorKind::Unsafe, file, "entries of the zip overlap: a zip bomb?"));
    }
    Ok(files)
}

fn bomb(at: String, found: usize, allowed: usize) -> Error {
    // In Zip64 the size is elsewhere, and this stands in its place.
    let found = if found == u32::MAX as usize { "4 GiB or more".to_owned() } else { format!("{found} bytes") };
    Error::new(ErrorKind::Limit, at, "it unpacks to too much").found(found).allowed(format!("{allowed} bytes"))
}

fn damaged(file: &str, what: &str) -> Error {
    Error::new(ErrorKind::Syntax, file, format!("the zip is damaged: {what}")).hint("Pack the campaign again")
}

fn directory(file: &str, bytes: &[u8]) -> Result<Vec<Entry>> {
    // The end record is 22 bytes and a comment of at most 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..).unwrap_or(&[]);
    let end = tail.windows(END.len()).rposition(|w| w == END).map(|at| from + at).ok_or_else(|| {
        Error::new(ErrorKind::Syntax, file, "this is not a zip, or it was cut off")
            .hint("A campaign is a folder or a .variorum zip of it")
    })?;
    let count = u16_at(bytes, end + 10).ok_or_else(|| damaged(file, "its end"))?;
    let start = u32_at(bytes, end + 16).ok_or_else(|| damaged(file, "its end"))?;
    if count == 0xffff || start == 0xffff_ffff {
        return Err(
            Error::new(ErrorKind::Unsupported, file, "Zip64 is not read").hint("A campaign has fewer files and bytes than that")
        );
    }
    if count > limits::FILES {
        return Err(Error::new(ErrorKind::Limit, file, "too many files")
            .found(count)
            .allowed(format!("{} files", limits::FILES)));
    }
    let mut entries = Vec::with_capacity(count);
    let mut at = start;
    for _ in 0..count {
        let (entry, next) = read_entry(file, bytes, at)?;
        entries.push(entry);
        at = next;
    }
    Ok(entries)
}

fn read_entry(file: &str, bytes: &[u8], at: usize) -> Result<(Entry, usize)> {
    let broken = || damaged(file, "its directory");
    let head = bytes.get(at..at.saturating_add(46)).ok_or_else(broken)?;
    if !head.starts_with(ENTRY) {
        return Err(broken());
    }
    let short = |at| u16_at(head, at).ok_or_else(broken);
    let long = |at| u32_at(head, at).ok_or_else(broken);
    let (name_len, extra_len, comment_len) = (short(28)?, short(30)?, short(32)?);
    let name = bytes.get(at + 46..at + 46 + name_len).ok_or_else(broken)?;
    let name = std::str::from_utf8(name).map_err(|_| {
        Error::new(ErrorKind::Syntax, file, "a file name in the zip is not UTF-8").found(String::from_utf8_lossy(name))
    })?;
    // The upper half of the external attributes is the Unix mode where Unix made the entry (host 3).
    let mode = if short(4)? >> 8 == 3 { long(38)? >> 16 } else { 0 };
    let entry = Entry {
        name: name.to_owned(),
        flags: short(8)?,
        method: short(10)?,
        crc: u32::try_from(long(16)?).unwrap_or(0),
        packed: long(20)?,
        unpacked: long(24)?,
        mode,
        offset: long(42)?,
    };
    Ok((entry, at + 46 + name_len + extra_len + comment_len))
}

fn content(file: &str, bytes: &[u8], entry: &Entry) -> Result<((usize, usize), Vec<u8>)> {
    let place = format!("{file}: {}", entry.name);
    let broken = || damaged(&place, "the entry");
    let head = bytes.get(entry.offset..entry.offset.saturating_add(30)).ok_or_else(broken)?;
    if !head.starts_with(LOCAL) {
        return Err(broken());
    }
    let name_len = u16_at(head, 26).ok_or_else(broken)?;
    let start = entry.offset + 30 + name_len + u16_at(head, 28).ok_or_else(broken)?;
    if bytes.get(entry.offset + 30..entry.offset + 30 + name_len) != Some(entry.name.as_bytes()) {
        return Err(Error::new(ErrorKind::Unsafe, place, "the entry has two different names"));
    }
    let end = start.checked_add(entry.packed).ok_or_else(broken)?;
    let packed = bytes.get(start..end).ok_or_else(broken)?;
    let data = match entry.method {
        0 => packed.to_vec(),
        8 => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, entry.unpacked).map_err(|e| match e.status {
            miniz_oxide::inflate::TINFLStatus::HasMoreOutput => {
                Error::new(ErrorKind::Limit, &place, "the entry unpacks to more than it says: a zip bomb?")
                    .allowed(format!("{} bytes", entry.unpacked))
            }
            _ => broken(),
        })?,
        other => {
            return Err(Error::new(ErrorKind::Unsupported, place, "the entry's compression is not read")
                .found(format!("method {other}"))
                .allowed("stored, deflate"));
        }
    };
    if data.len() != entry.unpacked || crc32(&data) != entry.crc {
        return Err(damaged(&place, "the entry's checksum"));
    }
    Ok(((entry.offset, end), data))
}

/// CRC-32 of zip (polynomial 0xEDB88320).
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    let mut crc = !0_u32;
    for byte in bytes {
        let at = usize::from((crc as u8) ^ byte);
        crc = TABLE.get(at).copied().unwrap_or(0) ^ (crc >> 8);
    }
    !crc
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, within bounds")]
const fn table() -> [u32; 256] {
    let mut table = [0_u32; 256];
    let mut i = 0;
    while i < 256 {
        let mut crc = i as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
            bit += 1;
        }
        table[i] = crc;
        i += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    #[test]
    fn crc_is_zips() {
        assert_eq!(super::crc32(b"123456789"), 0xCBF4_3926);
    }
}
