//! In: the bytes of an asset. Out: what it is by its magic, its size as seen and whether it has transparency, read from its
//! headers alone: a picture of 60,000 × 60,000 px is refused before anything of its size is allocated. That a picture is whole is seen by
//! its frame (the last chunk, the end marker), so one cut short never becomes half a photograph on a poster. Decoding is left to
//! `raster`, deep reading of fonts to `text`.

use crate::error::{Error, ErrorKind, Result};
use crate::importers::packed::{MAGIC, Reader};
use crate::importers::{Importers, Linked};
use crate::limits;

/// What a file is, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaKind {
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// WebP picture.
    Webp,
    /// SVG drawing.
    Svg,
    /// TrueType or OpenType font.
    Font,
}

impl MediaKind {
    /// For people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Webp => "WebP",
            Self::Svg => "SVG",
            Self::Font => "font",
        }
    }
    /// True for PNG, JPEG and WebP.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp)
    }
}

/// A file that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    /// What its headers say.
    pub media: Media,
    /// What the engine reads instead of the bytes: a packed drawing, a font out of its WOFF2, a PNG of a WebP. Nothing where it reads the bytes themselves.
    pub instead: Option<Vec<u8>>,
    /// What it holds that is not drawn, for people.
    pub undrawn: String,
}

/// What headers say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Media {
    /// By magic.
    pub kind: MediaKind,
    /// Size as seen, after EXIF orientation; px, for SVG its natural size. Zero for fonts.
    pub width: f32,
    /// See `width`.
    pub height: f32,
    /// Whether it may be transparent.
    pub alpha: bool,
    /// EXIF orientation, 1 to 8.
    pub orientation: u8,
}

/// Looks at a file, with the importers that are linked in.
///
/// # Errors
/// `media` where the bytes are none of the kinds read or are damaged, `limit` where the picture is too large.
pub fn probe(at: &str, bytes: &[u8]) -> Result<Media> {
    look(at, bytes, &Linked).map(|looked| looked.media)
}

/// Looks at a file, and has it opened where it is of a kind that importers open.
///
/// # Errors
/// As [`probe`], and what the importers refuse.
pub fn look(at: &str, bytes: &[u8], importers: &dyn Importers) -> Result<Looked> {
    let kind = sniff(bytes).ok_or_else(|| unreadable(at, bytes))?;
    let cut = || {
        Error::new(ErrorKind::Media, at, format!("the {} is damaged or cut off", kind.name()))
            .found(format!("{} bytes", bytes.len()))
            .hint("Fetch the file again from where it is from, or save it anew")
    };
    // Too large is said before cut off: it is what to mend first.
    let picture = |head: Option<Media>, whole: fn(&[u8]) -> Option<bool>| {
        let media = bounded(at, head.ok_or_else(cut)?)?;
        if whole(bytes) == Some(true) { Ok(media) } else { Err(cut()) }
    };
    let plain = |media: Media| Looked { media, instead: None, undrawn: String::new() };
    match kind {
        MediaKind::Png => picture(png(bytes), whole_png).map(plain),
        MediaKind::Jpeg => picture(jpeg(bytes), whole_jpeg).map(plain),
        MediaKind::Webp => {
            let media = picture(webp(bytes), whole_webp)?;
            Ok(Looked { media, instead: Some(importers.picture(at, bytes)?), undrawn: String::new() })
        }
        MediaKind::Svg => {
            let drawing = importers.drawing(at, bytes)?;
            let (width, height, undrawn) = head(&drawing).ok_or_else(cut)?;
            let media = Media { kind, width, height, alpha: true, orientation: 1 };
            Ok(Looked { media, undrawn: undrawn.to_owned(), instead: Some(drawing) })
        }
        MediaKind::Font => {
            font(at, bytes)?;
            let instead = if bytes.starts_with(b"wOF2") { Some(importers.font(at, bytes)?) } else { None };
            let media = Media { kind, width: 0.0, height: 0.0, alpha: false, orientation: 1 };
            Ok(Looked { media, instead, undrawn: String::new() })
        }
    }
}

/// Size and leavings of a packed drawing.
fn head(drawing: &[u8]) -> Option<(f32, f32, &str)> {
    let mut reader = Reader::new(drawing);
    (reader.four()? == MAGIC).then_some(())?;
    Some((reader.number()?, reader.number()?, reader.text()?))
}

/// The kind by magic bytes.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<MediaKind> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(MediaKind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(MediaKind::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(MediaKind::Webp),
        [b'w', b'O', b'F', b'F' | b'2', ..] => Some(MediaKind::Font),
        [0, 1, 0, 0, ..] | [b'O', b'T', b'T', b'O', ..] | [b't', b'r', b'u', b'e', ..] | [b't', b't', b'c', b'f', ..] => {
            Some(MediaKind::Font)
        }
        _ if looks_like_svg(bytes) => Some(MediaKind::Svg),
        _ => None,
    }
}

/// True where the bytes begin like an SVG document: XML whose first element is `svg`.
fn looks_like_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or(&[]);
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let text = text.trim_start();
    text.starts_with('<') && text.contains("<svg")
}

/// What a stranger is, where that helps.
fn unreadable(at: &str, bytes: &[u8]) -> Error {
    let error = |found: &str| {
        Error::new(ErrorKind::Media, at, "the file is of no kind that is read")
            .found(found)
            .allowed("PNG, JPEG, WebP, SVG, TTF, OTF, WOFF, WOFF2")
    };
    match bytes {
        [] => Error::new(ErrorKind::Media, at, "the file is empty"),
        [b'G', b'I', b'F', b'8', ..] => error("GIF").hint("Save it as PNG"),
        [b'8', b'B', b'P', b'S', ..] => error("a Photoshop document").hint("Export it as PNG or JPEG"),
        [b'%', b'P', b'D', b'F', ..] => error("PDF").hint("Export it as SVG or PNG"),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => error("TIFF").hint("Save it as PNG or JPEG"),
        [b'B', b'M', ..] => error("BMP").hint("Save it as PNG"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => error("AVIF, HEIC or a film").hint("Save it as JPEG or PNG"),
        [0x1f, 0x8b, ..] => error("gzip").hint("Unpack it first"),
        [b'P', b'K', ..] => error("zip").hint("Unpack it first"),
        _ => error("unknown bytes"),
    }
}

fn bounded(at: &str, media: Media) -> Result<Media> {
    let (w, h) = (f64::from(media.width), f64::from(media.height));
    if w < 1.0 || h < 1.0 {
        return Err(Error::new(ErrorKind::Media, at, "the picture has no area").found(format!("{w} × {h} px")));
    }
    let side = f64::from(limits::PICTURE_SIDE);
    if w > side || h > side || w * h > limits::PICTURE_PIXELS as f64 {
        return Err(Error::new(ErrorKind::Limit, at, "the picture is too large")
            .found(format!("{w} × {h} px"))
            .allowed(format!("{} million px, no side longer than {side} px", limits::PICTURE_PIXELS / 1_000_000))
            .hint("Scale it down: no format needs that many pixels"));
    }
    Ok(media)
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn picture(kind: MediaKind, (width, height): (u32, u32), alpha: bool, orientation: u8) -> Media {
    let (width, height) = if orientation >= 5 { (height, width) } else { (width, height) };
    Media { kind, width: width as f32, height: height as f32, alpha, orientation }
}

fn png(bytes: &[u8]) -> Option<Media> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let size = (be32(bytes, 16)?, be32(bytes, 20)?);
    let color = *bytes.get(25)?;
    let (mut alpha, mut orientation, mut at) = (color & 4 != 0, 1, 33_usize);
    // Chunks up to the pixels: transparency by palette or key, and EXIF.
    while let (Some(length), Some(name)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) {
        let data = at + 8;
        match name {
            b"tRNS" => alpha = true,
            b"eXIf" => orientation = exif(bytes.get(data..data.saturating_add(length as usize)).unwrap_or(&[])),
            b"IDAT" | b"IEND" => break,
            _ => {}
        }
        at = data.checked_add(length as usize)?.checked_add(4)?;
    }
    Some(picture(MediaKind::Png, size, alpha, orientation))
}

/// Chunk after chunk to the last one.
fn whole_png(bytes: &[u8]) -> Option<bool> {
    let mut at = 8_usize;
    loop {
        let (length, name) = (be32(bytes, at)?, bytes.get(at + 4..at + 8)?);
        at = (at + 12).checked_add(length as usize)?;
        if name == b"IEND" {
            return Some(at <= bytes.len());
        }
    }
}

/// In coded data 0xff is followed by 0x00 or a restart: this pair after the first scan began is the end of the image.
fn whole_jpeg(bytes: &[u8]) -> Option<bool> {
    let end = bytes.windows(2).rposition(|pair| pair == [0xff, 0xd9])?;
    let scan = bytes.windows(2).rposition(|pair| pair == [0xff, 0xda])?;
    Some(scan < end)
}

/// The container says how long it is.
fn whole_webp(bytes: &[u8]) -> Option<bool> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    Some(length.checked_add(8)? <= bytes.len())
}

fn jpeg(bytes: &[u8]) -> Option<Media> {
    let (mut at, mut orientation) = (2_usize, 1);
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xff => at += 1,
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => return None,
            // Frames of every process; DHT, JPG and DAC lie in the same range.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let size = (u32::from(be16(bytes, at + 7)?), u32::from(be16(bytes, at + 5)?));
                return Some(picture(MediaKind::Jpeg, size, false, orientation));
            }
            _ => {
                let length = usize::from(be16(bytes, at + 2)?);
                let data = bytes.get(at + 4..(at + 2).checked_add(length)?)?;
                if let (0xe1, Some(tiff)) = (marker, data.strip_prefix(b"Exif\0\0")) {
                    orientation = exif(tiff);
                }
                at = (at + 2).checked_add(length)?;
            }
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Media> {
    let le24 = |at: usize| -> Option<u32> {
        match bytes.get(at..at + 3)? {
            [a, b, c] => Some(u32::from_le_bytes([*a, *b, *c, 0])),
            _ => None,
        }
    };
    match bytes.get(12..16)? {
        b"VP8X" => {
            let flags = *bytes.get(20)?;
            let size = (le24(24)? + 1, le24(27)? + 1);
            let orientation = if flags & 8 != 0 { webp_exif(bytes).unwrap_or(1) } else { 1 };
            Some(picture(MediaKind::Webp, size, flags & 0x10 != 0, orientation))
        }
        b"VP8L" => {
            let bits = u32::from_le_bytes(bytes.get(21..25)?.try_into().ok()?);
            let size = ((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
            Some(picture(MediaKind::Webp, size, bits & (1 << 28) != 0, 1))
        }
        b"VP8 " => {
            let side = |at: usize| Some(u32::from(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?) & 0x3fff));
            Some(picture(MediaKind::Webp, (side(26)?, side(28)?), false, 1))
        }
        _ => None,
    }
}

fn webp_exif(bytes: &[u8]) -> Option<u8> {
    let mut at = 12_usize;
    loop {
        let name = bytes.get(at..at.checked_add(4)?)?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        if name == b"EXIF" {
            let data = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
            return Some(exif(data.strip_prefix(b"Exif\0\0").unwrap_or(data)));
        }
        at = (at + 8).checked_add(length)?.checked_add(length & 1)?;
    }
}

/// EXIF orientation of a TIFF block: 1 to 8; 1 where absent or damaged.
#[must_use]
pub fn exif(tiff: &[u8]) -> u8 {
    fn read(tiff: &[u8]) -> Option<u8> {
        let little = match tiff.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        let short = |at: usize| -> Option<u16> {
            let b: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
            Some(if little { u16::from_le_bytes(b) } else { u16::from_be_bytes(b) })
        };
        let b: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
        let start = if little { u32::from_le_bytes(b) } else { u32::from_be_bytes(b) } as usize;
        let count = usize::from(short(start)?);
        (0..count.min(512))
            .find_map(|i| {
                let entry = start.checked_add(2 + i * 12)?;
                (short(entry)? == 0x0112).then(|| short(entry + 8)).flatten()
            })
            .and_then(|value| u8::try_from(value).ok())
            .filter(|value| (1..=8).contains(value))
    }
    read(tiff).unwrap_or(1)
}

/// A font far enough to know that it is one: its table directory lies inside the file and names what every font has.
fn font(at: &str, bytes: &[u8]) -> Result<()> {
    if bytes.len() > limits::FONT_BYTES {
        return Err(Error::new(ErrorKind::Limit, at, "the font is too large")
            .found(format!("{} bytes", bytes.len()))
            .allowed(format!("{} bytes", limits::FONT_BYTES)));
    }
    let damaged = |what: &str| {
        Error::new(ErrorKind::Media, at, format!("the font is damaged: {what}"))
            .hint("Fetch the file again from where it is from")
    };
    // Packed fonts say how long they are; what is inside is seen when they are unpacked.
    if bytes.starts_with(b"wOF") {
        let whole = bytes.len() >= 44 && be32(bytes, 8).is_some_and(|length| length as usize <= bytes.len());
        return if whole { Ok(()) } else { Err(damaged("it is cut off")) };
    }
    let start = if bytes.starts_with(b"ttcf") { be32(bytes, 12).ok_or_else(|| damaged("no face"))? as usize } else { 0 };
    let count = be16(bytes, start.saturating_add(4)).ok_or_else(|| damaged("no table directory"))?;
    let mut found: Vec<[u8; 4]> = Vec::new();
    for i in 0..usize::from(count) {
        let record = start.saturating_add(12 + i * 16);
        let (tag, offset, length) =
            match (bytes.get(record..record.saturating_add(4)), be32(bytes, record + 8), be32(bytes, record + 12)) {
                (Some(tag), Some(offset), Some(length)) => (tag, offset as usize, length as usize),
                _ => return Err(damaged("its table directory is cut off")),
            };
        if offset.checked_add(length).is_none_or(|end| end > bytes.len()) {
            return Err(damaged(&format!("its table '{}' lies outside the file", String::from_utf8_lossy(tag))));
        }
        found.extend(<[u8; 4]>::try_from(tag));
    }
    for needed in [b"cmap", b"head", b"hhea", b"hmtx", b"maxp"] {
        if !found.contains(needed) {
            return Err(damaged(&format!("it has no table '{}'", String::from_utf8_lossy(needed))));
        }
    }
    if ![b"glyf", b"CFF ", b"CFF2"].into_iter().any(|outlines| found.contains(outlines)) {
        return Err(damaged("it has no outlines"));
    }
    Ok(())
}
