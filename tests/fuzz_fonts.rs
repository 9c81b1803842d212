//! Font bytes and text under fire: broken fonts must be refused or drawn, never panic and never take a second; any text must come out of
//! shaping, breaking and fitting. `FUZZ_SECONDS=600 cargo test --release --test fuzz_fonts -- --nocapture` for long; a second each in
//! the ordinary run. Inputs that once broke something are kept in tests/cases/fonts (`broken-*`) and tests/cases/texts.txt.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/dice.rs"]
mod dice;

use dice::Dice;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use variorum::text::breaks::{Strictness, WordBreak, opportunities_with};
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
    }
    true
}

/// Takes a font as `use_font` does, and says how long it took where that is too long.
fn timely(name: &str, bytes: Vec<u8>) -> Result<bool, String> {
    let start = Instant::now();
    let taken = use_font(name, bytes);
    let took = start.elapsed();
    // A debug build takes several times what the product takes.
    let most = if cfg!(debug_assertions) { 5.0 } else { 1.0 };
    if took.as_secs_f64() > most { Err(format!("{name}: {took:?}")) } else { Ok(taken) }
}

#[test]
fn fonts_that_broke_others() {
    let default = || root("../shared/conformance");
    let folder = std::env::var_os("VARIORUM_CONFORMANCE").map_or_else(default, PathBuf::from);
    let Ok(packed) = std::fs::read(folder.join("malformed/third-party-bad-files.tar.xz")) else {
        eprintln!("skipped: no conformance folder");
        return;
    };
    let mut tar = Vec::new();
    lzma_rs::xz_decompress(&mut packed.as_slice(), &mut tar).unwrap();
    let (mut at, mut taken, mut refused, mut slow) = (0, 0, 0, Vec::new());
    while at + 512 <= tar.len() && tar[at] != 0 {
        let name: String = tar[at..at + 100].iter().take_while(|b| **b != 0).map(|b| char::from(*b)).collect();
        let size = std::str::from_utf8(&tar[at + 124..at + 135]).unwrap();
        let size = usize::from_str_radix(size.trim_matches(['\0', ' ']), 8).unwrap();
        let body = &tar[at + 512..at + 512 + size];
        if name.contains("ots/") && size > 0 && tar[at + 156] == b'0' {
            match timely(&name, body.to_vec()) {
                Ok(true) => taken += 1,
                Ok(false) => refused += 1,
                Err(why) => slow.push(why),
            }
        }
        at += 512 + size.next_multiple_of(512);
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

#[test]
fn font_bytes() {
    let seeds: Vec<Vec<u8>> =
        ["fonts/NotoSansHebrew-Regular.ttf", "fonts/NotoSansThai-Regular.ttf", "tests/cases/fonts/hebrew.woff2"]
            .iter()
            .map(|f| std::fs::read(root(f)).unwrap())
            .collect();
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(1_u64);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let (start, mut runs, mut taken) = (Instant::now(), 0_u32, 0_u32);
    while start.elapsed() < seconds() {
        let mut font = seeds[dice.below(seeds.len())].clone();
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

const PIECES: [&str; 40] = [
    "a",
    "Word",
    " ",
    "  ",
    "\n",
    "\u{ad}",
    "\u{200b}",
    "\u{200d}",
    "\u{2067}",
    "\u{2069}",
    "\u{202e}",
    "\u{202c}",
    "\u{300}",
    "é",
    "שלום",
    "قهوة",
    "ـ",
    "\u{64b}",
    "हिन्दी",
    "क्ष",
    "\u{94d}",
    "ภาษาไทย",
    "เ",
    "ๆ",
    "ພາສາ",
    "ខ្មែរ",
    "\u{17d2}",
    "မြန်မာ",
    "\u{1038}",
    "漢",
    "「",
    "。",
    "ー",
    "한국어",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
    "\u{FE0F}",
    "50%",
    "-",
    "/",
    "\u{10FFFF}",
];

fn use_text(library: &FontLibrary, text: &str, locale: &str, dice: &mut Dice) {
    let (found, _) = opportunities_with(text, locale, WordBreak::Normal, Strictness::Strict, library.words());
    assert!(found.iter().all(|o| text.is_char_boundary(o.at)));
    assert!(found.windows(2).all(|w| w[0].at < w[1].at), "{text:?}");
    assert!(text.is_empty() || found.last().is_some_and(|o| o.at == text.len()), "{text:?}");
    let direction = if dice.below(2) == 0 { Direction::Ltr } else { Direction::Rtl };
    let tracking_em = if dice.below(3) == 0 { 0.05 } else { 0.0 };
    let style = TextStyle { tracking_em, ..TextStyle::default() };
    let rules = BreakRules { hyphenate: dice.below(2) == 0, ..BreakRules::of(locale) };
    let shaped = shape_with(library, text, &style, locale, direction, rules);
    let fitted = shaped.set_at(Px(20.0), Px(dice.below(400) as f32), 3, dice.below(2) == 0);
    let mut at = 0;
    for line in &fitted.lines {
        assert_eq!(line.start, at, "{text:?}");
        assert!(line.end >= at && text.is_char_boundary(line.end) && line.width.0.is_finite(), "{text:?}");
        at = line.end;
    }
    assert!(text.is_empty() || at == text.len(), "{text:?}: {at}");
}

fn library() -> FontLibrary {
    let mut library = FontLibrary::new();
    let files =
        ["NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansDevanagari-Regular.ttf", "NotoSansThai-Regular.ttf"];
    let lists = ["thai.words", "khmer.words", "lao.words", "burmese.words", "de.hyphens", "fi.hyphens"];
    for file in files.into_iter().chain(lists) {
        let bytes: Arc<[u8]> = std::fs::read(root("fonts").join(file)).unwrap().into();
        library.add(file, bytes, FontOrigin::Default).unwrap();
    }
    library
}

#[test]
fn any_text() {
    let library = library();
    let locales = ["en", "de", "fi", "ar", "he", "ja", "zh-Hant", "ko", "th", "km", "my", "hi", "tr", "", "x-bad--"];
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(2_u64);
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for line in std::fs::read_to_string(root("tests/cases/texts.txt")).unwrap_or_default().lines() {
        let text = line.replace("\\n", "\n");
        locales.iter().for_each(|locale| use_text(&library, &text, locale, &mut dice));
    }
    let (start, mut runs) = (Instant::now(), 0_u32);
    while start.elapsed() < seconds() {
        let mut text = String::new();
        for _ in 0..dice.below(24) {
            match dice.below(8) {
                0 => text.extend(char::from_u32(u32::try_from(dice.below(0x11_0000)).unwrap())),
                1 => text.extend(char::from_u32(0xE00 + u32::try_from(dice.below(0x280)).unwrap())),
                2 => text.extend(char::from_u32(0x1000 + u32::try_from(dice.below(0x900)).unwrap())),
                _ => text.push_str(PIECES[dice.below(PIECES.len())]),
            }
        }
        let locale = locales[dice.below(locales.len())];
        use_text(&library, &text, locale, &mut dice);
        runs += 1;
    }
    eprintln!("texts: {runs} runs");
}
