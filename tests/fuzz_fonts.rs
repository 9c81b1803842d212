//! Font bytes under fire: broken fonts must be refused, or shaped, drawn and painted; never a panic, never a second (three where they hold
//! state machines of AAT).
//! `make fuzz` for long; a second in the ordinary run. Fonts
//! that once broke something are kept in tests/cases/fonts (`broken-*`). The seeds are fonts of the repository and, where
//! VARIORUM_CONFORMANCE is, those of HarfBuzz' cases: variable, CFF, CFF2, colours, collections.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/dice.rs"]
mod dice;
#[path = "common/outside.rs"]
mod outside;

use dice::Dice;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use variorum::color::{Blend, Rgba};
use variorum::display::{DisplayList, Glyph, Item, Paint};
use variorum::geom::Rect;
use variorum::raster::{Pictures, Raster};
use variorum::text::*;
use variorum::units::Px;

fn seconds() -> Duration {
    let asked = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok());
    Duration::from_secs(asked.unwrap_or(1))
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

struct Count(usize);

impl OutlinePen for Count {
    fn move_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn line_to(&mut self, _: f32, _: f32) {
        self.0 += 1;
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.0 += 1;
    }
    fn close(&mut self) {}
}

const TEXT: &str = "Hello, office 1½ العربية हिन्दी ไทย 漢字 \u{1F468}\u{200D}\u{1F469}";

/// Everything that is done with a font; whether it was taken.
fn use_font(name: &str, bytes: Vec<u8>) -> bool {
    let mut library = FontLibrary::new();
    let Ok(ids) = library.add(name, bytes.into(), FontOrigin::Brand) else { return false };
    for id in ids {
        let face = library.face(id).unwrap();
        let style = TextStyle { families: vec![face.family.clone()], weight: 650, ..TextStyle::default() };
        let shaped = shape(&library, TEXT, &style, "en", Direction::Ltr);
        let fitted = shaped.set_at(Px(20.0), Px(90.0), 0, true);
        let mut pen = Count(0);
        for run in fitted.lines.iter().flat_map(|l| &l.runs) {
            for glyph in &run.glyphs {
                library.draw_outline(run.font, glyph.id, &mut pen);
            }
        }
        for gid in (0..face.glyph_count).take(60) {
            face.draw_outline(gid, &mut pen);
        }
        let axes = face.axes.iter().take(4).map(|a| Variation { tag: a.tag, value: (a.min + a.max) / 2.0 });
        let moved = TextStyle { variations: axes.collect(), ..style };
        let _ = shape(&library, "office", &moved, "en", Direction::Ltr);
        paint(&library, face.id, face.glyph_count);
    }
    true
}

/// Small glyphs, then large ones: bitmaps and outlines go different ways, and colours a third.
fn paint(library: &FontLibrary, font: FontId, count: u16) {
    let row = |size: f32, y: f32| {
        let glyphs = (0..count.min(24)).map(|id| Glyph { id, x: Px(f32::from(id) * size * 0.4), y: Px(y) }).collect();
        Item::Glyphs {
            font,
            size: Px(size),
            stance: Stance::Upright,
            glyphs,
            paint: Paint::Solid(Rgba::BLACK),
            opacity: 1.0,
            blend: Blend::Normal,
        }
    };
    let items = vec![row(14.0, 20.0), row(60.0, 90.0)];
    let list = DisplayList { width: 240, height: 100, bleed: Px(0.0), ground: Rgba::WHITE, items };
    let all = Rect::new(0.0, 0.0, 240.0, 100.0);
    // An error is an answer too.
    let _ = Raster::new(1 << 20).paint(&list, library, &mut Pictures::new(1 << 20), all, 1.0);
}

/// Takes a font as `use_font` does, and says how long it took where that is too long.
fn timely(name: &str, bytes: Vec<u8>) -> Result<bool, String> {
    let head = bytes.get(..bytes.len().min(700)).unwrap_or_default().to_vec();
    let start = busy();
    let taken = use_font(name, bytes);
    let took = busy().saturating_sub(start);
    // The state machines of AAT are looked through once when a font is opened: broken ones cost up to a second and a half.
    let machines = [b"morx", b"mort", b"kerx"].iter().any(|tag| head.windows(4).any(|w| w == *tag));
    // A debug build takes several times what the product takes.
    let most = if cfg!(debug_assertions) { 5.0 } else { 1.0 } * if machines { 3.0 } else { 1.0 };
    if took.as_secs_f64() > most { Err(format!("{name}: {took:?}")) } else { Ok(taken) }
}

/// How long this thread has been at work; where the system does not say, the time of day: a busy machine then counts too.
fn busy() -> Duration {
    static BEGAN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.and_then(|t| t.split_whitespace().next()?.parse().ok()).map(Duration::from_nanos);
    spent.unwrap_or_else(|| BEGAN.elapsed())
}

/// Files of a .tar.xz of the suites of others.
fn archive(path: &str) -> Vec<(String, Vec<u8>)> {
    let tar = outside::read(path);
    let (mut at, mut files) = (0, Vec::new());
    while at + 512 <= tar.len() && tar[at] != 0 {
        let name: String = tar[at..at + 100].iter().take_while(|b| **b != 0).map(|b| char::from(*b)).collect();
        let size = std::str::from_utf8(&tar[at + 124..at + 135]).unwrap();
        let size = usize::from_str_radix(size.trim_matches(['\0', ' ']), 8).unwrap();
        if size > 0 && tar[at + 156] == b'0' {
            files.push((name, tar[at + 512..at + 512 + size].to_vec()));
        }
        at += 512 + size.next_multiple_of(512);
    }
    files
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn fonts_that_broke_others() {
    let files = archive("malformed/third-party-bad-files.tar.xz");
    let (mut taken, mut refused, mut slow) = (0, 0, Vec::new());
    for (name, body) in files.into_iter().filter(|(name, _)| name.contains("ots/")) {
        match timely(&name, body) {
            Ok(true) => taken += 1,
            Ok(false) => refused += 1,
            Err(why) => slow.push(why),
        }
    }
    eprintln!("malformed fonts: {taken} taken, {refused} refused, {} slow", slow.len());
    assert!(taken + refused > 250 && slow.is_empty(), "{slow:?}");
}

#[test]
fn fonts_kept() {
    for entry in std::fs::read_dir(root("tests/cases/fonts")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("broken-") {
            timely(&name, std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// What paints small glyphs reads names as pairs of bytes, and half a pair stopped it.
#[test]
fn a_name_of_odd_length() {
    let mut font = std::fs::read(root("fonts/NotoSansHebrew-Regular.ttf")).unwrap();
    let number = |font: &[u8], at: usize, n: usize| font[at..at + n].iter().fold(0, |v, b| v << 8 | usize::from(*b));
    let tables = number(&font, 4, 2);
    let entry = (0..tables).map(|i| 12 + i * 16).find(|at| &font[*at..at + 4] == b"name").unwrap();
    let table = number(&font, entry + 8, 4);
    for record in (0..number(&font, table + 2, 2)).map(|i| table + 6 + i * 12) {
        font[record + 9] |= 1;
    }
    assert!(timely("odd", font).unwrap());
}

#[test]
fn font_bytes() {
    let own = ["fonts/NotoSansHebrew-Regular.ttf", "fonts/NotoSansThai-Regular.ttf"].iter().copied();
    let made = ["hebrew.woff2", "colors.ttf", "colors-axis.ttf", "colors-sbix.ttf", "colors-cbdt.ttf"];
    let paths = own.map(str::to_owned).chain(made.map(|name| format!("tests/cases/fonts/{name}")));
    let mut seeds: Vec<Vec<u8>> = paths.map(|f| std::fs::read(root(&f)).unwrap()).collect();
    let is_font = |name: &str| [".ttf", ".otf", ".ttc", ".dfont"].iter().any(|end| name.ends_with(end));
    // Where it is at hand: there is enough to do without.
    let suite = "text/harfbuzz-shape.tar.xz";
    let more = if outside::path(suite).is_file() { archive(suite) } else { Vec::new() };
    let more = more.into_iter().filter(|(name, body)| is_font(name) && body.len() < 200_000);
    // Small ones count as much as large ones, whatever the time they take.
    seeds.extend(more.map(|(_, body)| body).filter(|body| body.len() > 64));
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (start, mut runs, mut taken) = (Instant::now(), 0_u32, 0_u32);
    while start.elapsed() < seconds() {
        // A third of the strikes hit what comes along.
        let among = if dice.below(3) == 0 { 3 } else { seeds.len() };
        let mut font = seeds[dice.below(among)].clone();
        let tables = usize::from(font[5].min(40));
        for _ in 0..=dice.below(8) {
            // Somewhere in a table rather than anywhere: the largest tables would take all the hits.
            let entry = 12 + dice.below(tables) * 16;
            let long = |at: usize| font.get(at..at + 4).map_or(0, |b| u32::from_be_bytes(b.try_into().unwrap()) as usize);
            let (from, length) = (long(entry + 8), long(entry + 12));
            let at = match dice.below(4) {
                0 => dice.below(font.len()),
                1 => from + dice.below(length.min(64)),
                _ => from + dice.below(length),
            };
            let end = font.len();
            match dice.below(5) {
                0 => font.truncate(end - dice.below(end / 4)),
                1 => font[at.min(end - 1)] = 0xff,
                2 => font[at.min(end - 1)] ^= 1 << dice.below(8),
                3 => font[at.min(end - 1)] = dice.next() as u8,
                _ => {
                    let from = dice.below(end - 4);
                    let part: [u8; 4] = font[from..from + 4].try_into().unwrap();
                    let at = at.min(end - 4);
                    font[at..at + 4].copy_from_slice(&part);
                }
            }
            if font.len() < 64 {
                break;
            }
        }
        let kept = font.clone();
        let result = std::panic::catch_unwind(|| timely("fuzzed", font));
        match result {
            Ok(Ok(ok)) => taken += u32::from(ok),
            bad => {
                let path = std::env::temp_dir().join(format!("broken-{runs}.ttf"));
                std::fs::write(&path, &kept).unwrap();
                panic!("{bad:?}: kept in {}", path.display());
            }
        }
        runs += 1;
    }
    eprintln!("font bytes: {runs} runs, {taken} taken");
}
