//! Colour profiles under fire: whatever a picture embeds as one, the picture is decoded; never a panic, never a second, never much memory.
//! `make fuzz` for long; a second in the ordinary run. Profiles go in by the
//! door of pictures: a PNG's chunk, a JPEG's segments.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/dice.rs"]
mod dice;

use dice::Dice;
use std::borrow::Cow;
use std::time::{Duration, Instant};
use variorum::limits;
use variorum::raster::Pictures;
use variorum::variant::AssetId;

fn s15(v: f64) -> [u8; 4] {
    ((v * 65536.0).round() as i32).to_be_bytes()
}

/// A profile: its head, its tags and what they point to.
fn profile(space: &[u8; 4], connection: &[u8; 4], tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut icc = vec![0; 128];
    icc[16..20].copy_from_slice(space);
    icc[20..24].copy_from_slice(connection);
    icc[36..40].copy_from_slice(b"acsp");
    icc.extend((tags.len() as u32).to_be_bytes());
    let mut at = 132 + tags.len() * 12;
    for (name, data) in tags {
        icc.extend(*name);
        icc.extend((at as u32).to_be_bytes());
        icc.extend((data.len() as u32).to_be_bytes());
        at += data.len();
    }
    tags.iter().for_each(|(_, data)| icc.extend(data));
    icc
}

/// Display P3's primaries; the curve is given.
fn screen(curve: &[u8]) -> Vec<u8> {
    let xyz = |v: [f64; 3]| [b"XYZ \0\0\0\0".to_vec(), v.map(s15).concat()].concat();
    let [r, g, b] = [[0.5151, 0.2412, -0.0011], [0.292, 0.6922, 0.0419], [0.1571, 0.0666, 0.7841]].map(xyz);
    let curve = || curve.to_vec();
    let tags: [(&[u8; 4], _); 6] =
        [(b"rXYZ", r), (b"gXYZ", g), (b"bXYZ", b), (b"rTRC", curve()), (b"gTRC", curve()), (b"bTRC", curve())];
    profile(b"RGB ", b"XYZ ", &tags)
}

fn display_p3() -> Vec<u8> {
    let values = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045].map(s15).concat();
    screen(&[b"para\0\0\0\0\0\x03\0\0".to_vec(), values].concat())
}

/// lut8 or lut16 of inks, three knots along each.
fn press(width: usize) -> Vec<u8> {
    let mut lut = if width == 2 { b"mft2".to_vec() } else { b"mft1".to_vec() };
    lut.extend([0, 0, 0, 0, 4, 3, 3, 0]);
    (0..9).for_each(|i| lut.extend(if i % 4 == 0 { 65536_u32 } else { 0 }.to_be_bytes()));
    let entries = if width == 2 { 2 } else { 256 };
    if width == 2 {
        lut.extend([0, 2, 0, 2]);
    }
    let ramp = |curves: usize| (0..curves * entries).map(move |i| i % entries * 255 / (entries - 1));
    let grid = (0..243).map(|i| i * 89 % 256);
    for v in ramp(4).chain(grid).chain(ramp(3)) {
        lut.extend(std::iter::repeat_n(v as u8, width));
    }
    profile(b"CMYK", b"Lab ", &[(b"A2B0", lut)])
}

/// lutAToB with all its stages.
fn scanner() -> Vec<u8> {
    let mut lut = b"mAB \0\0\0\0\x03\x03\0\0".to_vec();
    [32_u32, 68, 116, 164, 268].iter().for_each(|at| lut.extend(at.to_be_bytes()));
    let straight = b"curv\0\0\0\0\0\0\0\0".repeat(3);
    lut.extend(&straight);
    (0..12).for_each(|i| lut.extend(s15(if i < 9 && i % 4 == 0 { 0.9 } else { 0.01 })));
    lut.extend(b"curv\0\0\0\0\0\0\0\x01\x01\x80\0\0".repeat(3));
    lut.extend([[3; 3].as_slice(), &[0; 13], &[1, 0, 0, 0]].concat());
    lut.extend((0..81_u32).map(|i| (i * 37 % 256) as u8).chain([0; 3]));
    lut.extend(&straight);
    profile(b"RGB ", b"XYZ ", &[(b"A2B0", lut)])
}

/// Eight pixels square, inks as JPEG and all else as PNG.
fn picture(icc: &[u8], inks: bool) -> Vec<u8> {
    let (mut out, pixels) = (Vec::new(), (0..256_u32).map(|i| (i * 53 % 256) as u8).collect::<Vec<_>>());
    if inks {
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, 90);
        // More than its segments hold is no matter of ours.
        if encoder.add_icc_profile(icc).is_ok() {
            encoder.encode(&pixels, 8, 8, jpeg_encoder::ColorType::Cmyk).unwrap();
        }
    } else {
        let mut info = png::Info::with_size(8, 8);
        (info.color_type, info.bit_depth) = (png::ColorType::Rgba, png::BitDepth::Eight);
        info.icc_profile = Some(Cow::Borrowed(icc));
        let mut writer = png::Encoder::with_info(&mut out, info).unwrap().write_header().unwrap();
        writer.write_image_data(&pixels).unwrap();
        writer.finish().unwrap();
    }
    out
}

/// The pixels as the engine shows them; none where the picture is refused.
fn shown(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let (mut pictures, id) = (Pictures::new(1 << 20), AssetId("p".into()));
    pictures.add(id.clone(), bytes.into());
    Some(pictures.small(&id, (8, 8)).ok()?.data.clone())
}

/// How long this thread has been at work, as in fuzz_fonts.
fn busy() -> Duration {
    static BEGAN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|t| t.split_whitespace().next()?.parse().ok()).map(Duration::from_nanos);
    spent.unwrap_or_else(|| BEGAN.elapsed())
}

/// The most memory this process ever held, MiB; 0 where the system does not say.
fn most_held() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<usize>().ok()).map_or(0, |kib| kib >> 10)
}

/// Each kind is read at all, else nothing here would mean anything.
#[test]
fn the_seeds_are_read() {
    let plain = |inks| shown(picture(b"no profile", inks)).unwrap();
    for (icc, inks) in [(display_p3(), false), (scanner(), false), (press(1), true), (press(2), true)] {
        assert_ne!(shown(picture(&icc, inks)).unwrap(), plain(inks));
    }
}

/// What unpacks to more than any profile holds is passed over, and the picture is shown without it.
#[test]
fn a_profile_without_end() {
    let plain = shown(picture(b"no profile", false)).unwrap();
    let mut icc = display_p3();
    icc.resize(limits::PROFILE_BYTES, 0);
    assert_ne!(shown(picture(&icc, false)).unwrap(), plain);
    for size in [limits::PROFILE_BYTES + 1, limits::PNG_CHUNK_BYTES + 1] {
        icc.resize(size, 0);
        assert_eq!(shown(picture(&icc, false)).unwrap(), plain);
    }
}

/// The largest curves, and the largest grid, that the limits let in.
#[test]
fn the_largest_that_is_read() {
    let steps = 1_300_000_usize;
    let curve = [b"curv\0\0\0\0".to_vec(), (steps as u32).to_be_bytes().to_vec(), vec![77; steps * 2]].concat();
    let side = 40_usize;
    let mut lut = b"mft1\0\0\0\0\x04\x03".to_vec();
    lut.extend([side as u8, 0]);
    lut.extend(vec![9; 36 + 4 * 256 + side.pow(4) * 3 + 3 * 256]);
    for (icc, inks) in [(screen(&curve), false), (profile(b"CMYK", b"Lab ", &[(b"A2B0", lut)]), true)] {
        assert!(icc.len() < limits::PROFILE_BYTES);
        let bytes = picture(&icc, inks);
        let start = busy();
        let _ = shown(bytes);
        assert!((busy().saturating_sub(start)).as_secs_f64() < if cfg!(debug_assertions) { 10.0 } else { 1.0 });
    }
}

#[test]
fn profile_bytes() {
    let gamma = b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0".to_vec();
    let seeds = [(display_p3(), false), (screen(&gamma), false), (scanner(), false), (press(1), true), (press(2), true)];
    let asked = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok());
    let seconds = Duration::from_secs(asked.unwrap_or(1));
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let plain = [false, true].map(|inks| shown(picture(b"no profile", inks)));
    let (start, mut runs, mut taken, mut slowest) = (Instant::now(), 0_u32, 0_u32, Duration::ZERO);
    while start.elapsed() < seconds {
        let (mut icc, inks) = seeds[dice.below(seeds.len())].clone();
        for _ in 0..=dice.below(6) {
            let tags = usize::from(icc.get(131).copied().unwrap_or(0)).clamp(1, 6);
            let entry = 132 + dice.below(tags) * 12;
            let from = icc.get(entry + 4..entry + 8).map_or(0, |b| u32::from_be_bytes(b.try_into().unwrap()) as usize);
            // In the list of tags, at the head of what one points to, or anywhere behind.
            let at = match dice.below(4) {
                0 => 128 + dice.below(4 + tags * 12),
                1 | 2 => from.min(1 << 20) + dice.below(56),
                _ => dice.below(icc.len()),
            };
            let end = icc.len();
            let at = at.min(end - 4);
            match dice.below(7) {
                0 => icc.truncate((end - dice.below(end / 2)).max(140)),
                1 => icc[at] = 0xff,
                2 => icc[at] ^= 1 << dice.below(8),
                3 => icc[at] = dice.next() as u8,
                4 => icc[at] = 0,
                5 => icc[at..at + 4].copy_from_slice(&[[0xff; 4], [0x7f, 0xff, 0xff, 0xff], [0, 0, 0xff, 0xff]][dice.below(3)]),
                _ => {
                    let part: [u8; 4] = icc[dice.below(end - 4)..].first_chunk::<4>().copied().unwrap();
                    icc[at..at + 4].copy_from_slice(&part);
                }
            }
        }
        let bytes = picture(&icc, inks);
        let begun = busy();
        let result = std::panic::catch_unwind(|| shown(bytes));
        let took = busy().saturating_sub(begun);
        slowest = slowest.max(took);
        // A debug build takes several times what the product takes.
        let timely = took.as_secs_f64() < if cfg!(debug_assertions) { 5.0 } else { 1.0 };
        match result {
            // The same picture, whatever became of its profile.
            Ok(Some(pixels)) if timely && pixels.len() == 256 => taken += u32::from(Some(pixels) != plain[usize::from(inks)]),
            bad => {
                let path = std::env::temp_dir().join(format!("broken-{runs}.icc"));
                std::fs::write(&path, &icc).unwrap();
                panic!("{:?} in {took:?}: kept in {}", bad.map(|p| p.map(|p| p.len())), path.display());
            }
        }
        runs += 1;
    }
    eprintln!("profile bytes: {runs} runs, {taken} taken, the slowest {slowest:?}, {} MiB held at most", most_held());
    assert!(most_held() < 700, "{} MiB", most_held());
}
