//! In: the bytes of a PNG. Out: its head; its pixels as straight RGBA of eight bits a channel, row by row as they are unpacked, so that memory holds a
//! picture once. Profiles, orientation and limits of size are left to `decode`. Of an animated file, the still picture.
//!
//! A chunk that a picture cannot do without must have the right sum; others are passed over where theirs is wrong. Source: PNG, third edition (W3C,
//! 2025), chapters 5 to 11 and 13.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use crate::limits;

/// What stands before the pixels.
#[derive(Default)]
pub(super) struct Head<'a> {
    pub width: u32,
    pub height: u32,
    depth: u8,
    colour: u8,
    interlaced: bool,
    palette: &'a [u8],
    /// `tRNS`, where the kind of colour may have one.
    clear: Option<&'a [u8]>,
    /// The EXIF block.
    pub exif: Option<&'a [u8]>,
    /// The colour profile, still packed.
    profile: Option<&'a [u8]>,
    /// It says that it is sRGB, which outranks a profile.
    pub srgb: bool,
    /// From the first chunk of pixels on.
    rest: &'a [u8],
}

type Read<T> = Result<T, &'static str>;

const GREY: u8 = 0;
const RGB: u8 = 2;
const INDEXED: u8 = 3;
const GREY_ALPHA: u8 = 4;
const RGBA: u8 = 6;

const SHORT: &str = "it ends too early";

/// The next chunk: its kind, and its data where its sum is right.
fn chunk<'a>(rest: &mut &'a [u8]) -> Read<([u8; 4], &'a [u8])> {
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(SHORT)?;
        let (kind, after) = after.split_first_chunk::<4>().ok_or(SHORT)?;
        let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or(SHORT)?;
        let (sum, after) = after.split_first_chunk::<4>().ok_or(SHORT)?;
        *rest = after;
        if variorum_pixels::crc32(&[kind, data]) == u32::from_be_bytes(*sum) {
            return Ok((*kind, data));
        }
        // A small letter: one may do without.
        if !kind.first().is_some_and(u8::is_ascii_lowercase) {
            return Err("a chunk's sum is wrong");
        }
    }
}

/// Width and height, and what follows: for limits that are looked at before all else.
pub(super) fn head<'a>(bytes: &'a [u8]) -> Read<Head<'a>> {
    let mut rest = bytes.get(8..).ok_or(SHORT)?;
    let (kind, data) = chunk(&mut rest)?;
    let (b"IHDR", Some([w0, w1, w2, w3, h0, h1, h2, h3, depth, colour, 0, 0, interlaced @ (0 | 1)])) =
        (&kind, data.first_chunk::<13>())
    else {
        return Err("its head is wrong");
    };
    let whole =
        matches!((*colour, *depth), (GREY, 1 | 2 | 4 | 8 | 16) | (RGB | GREY_ALPHA | RGBA, 8 | 16) | (INDEXED, 1 | 2 | 4 | 8));
    if !whole {
        return Err("its head names a kind of colour that is none");
    }
    Ok(Head {
        width: u32::from_be_bytes([*w0, *w1, *w2, *w3]),
        height: u32::from_be_bytes([*h0, *h1, *h2, *h3]),
        depth: *depth,
        colour: *colour,
        interlaced: *interlaced == 1,
        rest,
        ..Head::default()
    })
}

impl<'a> Head<'a> {
    /// Reads on to the pixels.
    pub fn filled(mut self) -> Read<Self> {
        loop {
            if self.rest.get(4..8) == Some(b"IDAT") {
                return if self.colour == INDEXED && self.palette.is_empty() { Err("its palette is missing") } else { Ok(self) };
            }
            let (kind, data) = chunk(&mut self.rest)?;
            match &kind {
                b"IEND" => return Err("it has no pixels"),
                b"PLTE" => self.palette = data,
                b"tRNS" if self.colour == INDEXED || (!self.has_alpha() && data.len() >= self.channels() * 2) => {
                    self.clear = Some(data);
                }
                b"eXIf" => self.exif = Some(data),
                b"iCCP" => self.profile = Some(data),
                b"sRGB" => self.srgb = matches!(data, [0..=3]),
                [b'A'..=b'Z', ..] => return Err("it has a chunk that is needed and not known"),
                _ => {}
            }
        }
    }

    fn has_alpha(&self) -> bool {
        matches!(self.colour, GREY_ALPHA | RGBA)
    }

    /// Whether there can be pixels that are not opaque.
    pub fn alpha(&self) -> bool {
        self.has_alpha() || self.clear.is_some()
    }

    fn channels(&self) -> usize {
        match self.colour {
            GREY | INDEXED => 1,
            GREY_ALPHA => 2,
            RGB => 3,
            _ => 4,
        }
    }

    /// The colour profile. One that unpacks to more than the limit is passed over: what inflates without end is no profile.
    pub fn profile(&self) -> Option<Vec<u8>> {
        let data = self.profile?;
        let end = data.iter().position(|byte| *byte == 0)?;
        let packed = data.get(end + 1..)?.strip_prefix(&[0])?;
        miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(packed, limits::PNG_CHUNK_BYTES).ok()
    }

    /// The pixels, straight RGBA.
    pub fn pixels(&self) -> Read<Vec<u8>> {
        let (width, height) = (self.width as usize, self.height as usize);
        let mut out = vec![0; width * height * 4];
        let mut rows = Rows { rest: self.rest, packed: &[], state: InflateState::new_boxed(DataFormat::ZLibIgnoreChecksum) };
        let whole = [(0, 0, 1, 1)];
        let passes: &[(usize, usize, usize, usize)] = if self.interlaced { &ADAM7 } else { &whole };
        let mut line = Vec::new();
        for (x0, y0, dx, dy) in passes {
            let (wide, tall) = (width.saturating_sub(*x0).div_ceil(*dx), height.saturating_sub(*y0).div_ceil(*dy));
            if wide == 0 || tall == 0 {
                continue;
            }
            let bits = self.channels() * usize::from(self.depth);
            // The filter's number stands before the row.
            let mut row = vec![0; (wide * bits).div_ceil(8) + 1];
            let mut above = vec![0; row.len()];
            for to in out.chunks_exact_mut(width * 4).skip(*y0).step_by(*dy) {
                rows.fill(&mut row)?;
                let (Some((kind, data)), Some((_, over))) = (row.split_first_mut(), above.split_first()) else { continue };
                if !variorum_pixels::unfilter(*kind, data, over, bits.div_ceil(8)) {
                    return Err("a row has a filter that is none");
                }
                if *dx == 1 {
                    self.widen(data, to);
                } else {
                    line.resize(wide * 4, 0);
                    self.widen(data, &mut line);
                    let to = to.as_chunks_mut::<4>().0.iter_mut().skip(*x0).step_by(*dx);
                    to.zip(line.as_chunks::<4>().0).for_each(|(to, from)| *to = *from);
                }
                std::mem::swap(&mut row, &mut above);
            }
        }
        Ok(out)
    }

    /// A row as RGBA of eight bits.
    fn widen(&self, row: &[u8], out: &mut [u8]) {
        let out = out.as_chunks_mut::<4>().0;
        match (self.colour, self.depth, self.clear) {
            (RGBA, 8, _) => out.as_flattened_mut().copy_from_slice(row),
            (RGB, 8, None) => out.iter_mut().zip(row.as_chunks::<3>().0).for_each(|(to, [r, g, b])| *to = [*r, *g, *b, 255]),
            _ => self.widen_any(row, out),
        }
    }

    fn widen_any(&self, row: &[u8], out: &mut [[u8; 4]]) {
        let depth = usize::from(self.depth);
        let byte = |at: usize| row.get(at).copied().unwrap_or_default();
        let sample = |at: usize| match depth {
            16 => u16::from_be_bytes([byte(at * 2), byte(at * 2 + 1)]),
            8 => byte(at).into(),
            _ => u16::from(byte(at * depth / 8) >> (8 - depth - at * depth % 8)) & ((1 << depth) - 1),
        };
        let narrow = |value: u16| match depth {
            16 => (value >> 8) as u8,
            _ => (value * 255 / ((1 << depth) - 1)) as u8,
        };
        let channels = self.channels();
        // The colour that is not there, as it is stored.
        let clear = |channel: usize| {
            let pair = self.clear.and_then(|clear| clear.get(channel * 2..)?.first_chunk::<2>());
            pair.map(|pair| u16::from_be_bytes(*pair) & if depth == 16 { u16::MAX } else { (1 << depth) - 1 })
        };
        for (to, at) in out.iter_mut().zip((0..).step_by(channels)) {
            let solid = |channels: usize| if (0..channels).all(|c| clear(c) == Some(sample(at + c))) { 0 } else { 255 };
            let value = |channel: usize| narrow(sample(at + channel));
            *to = match self.colour {
                GREY => [value(0), value(0), value(0), solid(1)],
                GREY_ALPHA => [value(0), value(0), value(0), value(1)],
                RGB => [value(0), value(1), value(2), solid(3)],
                INDEXED => {
                    let index = usize::from(sample(at));
                    let [r, g, b] = self.palette.as_chunks::<3>().0.get(index).copied().unwrap_or_default();
                    [r, g, b, self.clear.and_then(|clear| clear.get(index)).copied().unwrap_or(255)]
                }
                _ => [value(0), value(1), value(2), value(3)],
            };
        }
    }
}

/// First column and row of a pass, and the steps to the next.
const ADAM7: [(usize, usize, usize, usize); 7] =
    [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

/// Rows being unpacked.
struct Rows<'a> {
    rest: &'a [u8],
    packed: &'a [u8],
    state: Box<InflateState>,
}

impl Rows<'_> {
    /// The next bytes.
    fn fill(&mut self, row: &mut [u8]) -> Read<()> {
        let mut done = 0;
        while done < row.len() {
            let step = inflate(&mut self.state, self.packed, row.get_mut(done..).unwrap_or_default(), MZFlush::None);
            self.packed = self.packed.get(step.bytes_consumed..).unwrap_or_default();
            done += step.bytes_written;
            match step.status {
                Ok(MZStatus::StreamEnd) if done < row.len() => return Err("it has too few pixels"),
                // It had nothing to read, or no room to write.
                Ok(_) | Err(MZError::Buf) => {}
                Err(_) => return Err("its pixels are packed wrongly"),
            }
            if step.bytes_consumed + step.bytes_written == 0 {
                match chunk(&mut self.rest)? {
                    (kind, data) if &kind == b"IDAT" && self.packed.is_empty() => self.packed = data,
                    _ => return Err("it has too few pixels"),
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn noise(n: usize, seed: u32) -> Vec<u8> {
        let mut state = seed;
        let next = |_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Stretches that repeat, so that keys and filters meet.
            (state >> 27) as u8 * 8
        };
        (0..n).map(next).collect()
    }

    fn ours(bytes: &[u8]) -> Read<Vec<u8>> {
        head(bytes)?.filled()?.pixels()
    }

    /// By the png crate.
    fn theirs(bytes: &[u8]) -> Option<Vec<u8>> {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().ok()?;
        let mut data = vec![0; reader.output_buffer_size()?];
        let frame = reader.next_frame(&mut data).ok()?;
        data.truncate(frame.buffer_size());
        let wide = match frame.color_type {
            png::ColorType::Rgba => data,
            png::ColorType::Rgb => data.as_chunks::<3>().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect(),
            png::ColorType::GrayscaleAlpha => data.as_chunks::<2>().0.iter().flat_map(|&[v, a]| [v, v, v, a]).collect(),
            _ => data.iter().flat_map(|&v| [v, v, v, 255]).collect(),
        };
        Some(wide)
    }

    const KINDS: [(u8, png::ColorType, &[u8]); 5] = [
        (GREY, png::ColorType::Grayscale, &[1, 2, 4, 8, 16]),
        (RGB, png::ColorType::Rgb, &[8, 16]),
        (INDEXED, png::ColorType::Indexed, &[1, 2, 4, 8]),
        (GREY_ALPHA, png::ColorType::GrayscaleAlpha, &[8, 16]),
        (RGBA, png::ColorType::Rgba, &[8, 16]),
    ];

    /// A file of every kind: depth, with a colour that is clear or without, in each filter.
    fn files() -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for (colour, kind, depths) in KINDS {
            for &depth in depths {
                for (turn, filter) in
                    [png::Filter::Sub, png::Filter::Up, png::Filter::Avg, png::Filter::Paeth, png::Filter::Adaptive]
                        .into_iter()
                        .enumerate()
                {
                    for clear in [false, true] {
                        let (width, height) = (37 + turn as u32, 11);
                        let mut info = png::Info::with_size(width, height);
                        (info.color_type, info.bit_depth) = (kind, png::BitDepth::from_u8(depth).unwrap());
                        if colour == INDEXED {
                            info.palette = Some(noise(3 << depth, 3).into());
                            info.trns = clear.then(|| noise((1 << depth) / 2, 4).into());
                        } else if clear && (colour == GREY || colour == RGB) {
                            let one: [u8; 2] = [[0, 8], [8, 8]][usize::from(depth == 16)];
                            info.trns = Some(
                                if colour == GREY && depth < 8 { vec![0, 1] } else { one.repeat(info.color_type.samples()) }
                                    .into(),
                            );
                        } else if clear {
                            continue;
                        }
                        let row = info.color_type.samples() * usize::from(depth) * width as usize;
                        let data = noise(row.div_ceil(8) * height as usize, u32::from(depth));
                        let mut out = Vec::new();
                        let mut encoder = png::Encoder::with_info(&mut out, info).unwrap();
                        encoder.set_filter(filter);
                        let mut writer = encoder.write_header().unwrap();
                        writer.write_image_data(&data).unwrap();
                        writer.finish().unwrap();
                        files.push((format!("{kind:?} {depth} {filter:?} {clear}"), out));
                    }
                }
            }
        }
        files
    }

    /// The same kinds interlaced, filters by turns, in chunks of seven bytes.
    fn interlaced() -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for (colour, kind, depths) in KINDS {
            for (depth, (width, height)) in depths.iter().flat_map(|d| [(*d, (19usize, 13usize)), (*d, (3, 2)), (*d, (1, 1))]) {
                let mut out = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
                let mut chunk = |kind: &[u8; 4], data: &[u8]| {
                    out.extend((data.len() as u32).to_be_bytes());
                    out.extend(kind);
                    out.extend(data);
                    out.extend(variorum_pixels::crc32(&[kind, data]).to_be_bytes());
                };
                let size = [(width as u32).to_be_bytes(), (height as u32).to_be_bytes()].concat();
                chunk(b"IHDR", &[&size[..], &[depth, colour, 0, 0, 1]].concat());
                if colour == INDEXED {
                    chunk(b"PLTE", &noise(3 << depth, 7));
                }
                let mut rows = Vec::new();
                for (turn, (x0, y0, dx, dy)) in ADAM7.into_iter().enumerate() {
                    let (wide, tall) = (width.saturating_sub(x0).div_ceil(dx), height.saturating_sub(y0).div_ceil(dy));
                    let bytes = (wide * kind.samples() * usize::from(depth)).div_ceil(8);
                    for y in 0..if wide == 0 { 0 } else { tall } {
                        rows.push((turn + y) as u8 % 5);
                        rows.extend(noise(bytes, (turn * 100 + y) as u32));
                    }
                }
                for part in miniz_oxide::deflate::compress_to_vec_zlib(&rows, 6).chunks(7) {
                    chunk(b"IDAT", part);
                }
                chunk(b"IEND", &[]);
                files.push((format!("{kind:?} {depth} {width}x{height}"), out));
            }
        }
        files
    }

    #[test]
    fn every_kind_is_read_as_the_png_crate_reads_it() {
        let all = [files(), interlaced()].concat();
        assert!(all.len() > 150, "{}", all.len());
        for (name, bytes) in &all {
            let want = theirs(bytes).unwrap_or_else(|| panic!("{name}"));
            assert!(ours(bytes).unwrap_or_else(|e| panic!("{name}: {e}")) == want, "{name}");
        }
    }

    #[test]
    fn broken_files_are_refused_or_read_and_nothing_worse() {
        for (name, bytes) in [files(), interlaced()].concat().iter().step_by(5) {
            for end in 0..bytes.len() {
                // Its end may be missing; its pixels may not.
                if let Ok(pixels) = ours(&bytes[..end]) {
                    assert!(Some(pixels) == theirs(bytes), "{name} to {end}");
                }
            }
            for at in 8..bytes.len() {
                for bit in [0, 3, 7] {
                    let mut broken = bytes.clone();
                    broken[at] ^= 1 << bit;
                    if let (Ok(ours), Some(theirs)) = (ours(&broken), theirs(&broken)) {
                        assert!(ours == theirs, "{name} at {at}");
                    }
                    // Sums that are right again: what is broken is what they are of.
                    if let Some(whole) = summed(&broken) {
                        let _ = ours(&whole);
                    }
                }
            }
        }
    }

    /// With the right sums, where its chunks follow each other.
    fn summed(bytes: &[u8]) -> Option<Vec<u8>> {
        let mut out = bytes.get(..8)?.to_vec();
        let mut rest = bytes.get(8..)?;
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let body = after.get(..4 + u32::from_be_bytes(*length) as usize)?;
            out.extend(length);
            out.extend(body);
            out.extend(variorum_pixels::crc32(&[body]).to_be_bytes());
            rest = after.get(body.len() + 4..)?;
        }
        // A picture of no size, or of one beyond all memory, is refused before it is unpacked.
        let head = head(&out).ok()?;
        (1..1000).contains(&head.width).then_some(())?;
        (1..1000).contains(&head.height).then_some(out)
    }
}
