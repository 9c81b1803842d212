//! Fonts in every wrapping, on every axis, with their rights; fallback that hangs on nothing but what is loaded; words and hyphens.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/outside.rs"]
mod outside;

use std::path::Path;
use std::sync::Arc;
use variorum::fingerprint::Fingerprint;
use variorum::text::breaks::{Strictness, WordBreak, opportunities_with};
use variorum::text::*;
use variorum::units::Px;

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn one(path: &str) -> (FontLibrary, Arc<Face>) {
    only(path, bytes(path))
}

fn only(name: &str, bytes: Vec<u8>) -> (FontLibrary, Arc<Face>) {
    let mut library = FontLibrary::new();
    let id = library.add(name, bytes.into(), FontOrigin::Brand).unwrap()[0];
    let face = library.face(id).unwrap();
    (library, face)
}

#[derive(Default, PartialEq, Debug)]
struct Drawn(Vec<f32>);

impl OutlinePen for Drawn {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.extend([x, y]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.extend([x, y]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.extend([cx, cy, x, y]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.extend([ax, ay, bx, by, x, y]);
    }
    fn close(&mut self) {}
}

fn outlines(face: &Face) -> Vec<Drawn> {
    (0..face.glyph_count)
        .map(|gid| {
            let mut drawn = Drawn::default();
            face.draw_outline(gid, &mut drawn);
            drawn
        })
        .collect()
}

/// WOFF 1 as its specification says, every table deflated.
fn woff(font: &[u8]) -> Vec<u8> {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let long = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let (mut directory, mut body) = (Vec::new(), Vec::new());
    for i in 0..count {
        let at = 12 + i * 16;
        let table = &font[long(at + 8)..long(at + 8) + long(at + 12)];
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(table, 6);
        let packed = if packed.len() < table.len() { packed } else { table.to_vec() };
        directory.extend(&font[at..at + 4]);
        for n in [44 + count * 20 + body.len(), packed.len(), table.len(), 0] {
            directory.extend(u32::try_from(n).unwrap().to_be_bytes());
        }
        body.extend(packed);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let mut out = b"wOFF".to_vec();
    out.extend(&font[..4]);
    out.extend(u32::try_from(44 + directory.len() + body.len()).unwrap().to_be_bytes());
    out.extend(u16::try_from(count).unwrap().to_be_bytes());
    out.resize(44, 0);
    out.extend(directory);
    out.extend(body);
    out
}

#[test]
fn a_font_is_the_same_in_every_wrapping() {
    let (_, plain) = one("fonts/NotoSansHebrew-Regular.ttf");
    let (_, first) = only("web.woff", woff(&bytes("fonts/NotoSansHebrew-Regular.ttf")));
    let (_, second) = one("tests/cases/fonts/hebrew.woff2");
    for face in [first, second] {
        assert_eq!((face.family.as_str(), face.weight, face.ascent), (plain.family.as_str(), plain.weight, plain.ascent));
        assert_eq!(face.coverage(), plain.coverage());
        assert_eq!(outlines(&face), outlines(&plain), "{}", face.name);
    }
    let mut cut = woff(&bytes("fonts/NotoSansHebrew-Regular.ttf"));
    cut.truncate(9_000);
    assert!(FontLibrary::new().add("web.woff", cut.into(), FontOrigin::Brand).is_err());
}

#[test]
fn rights_are_read_and_reported() {
    let mut font = bytes("fonts/NotoSansHebrew-Regular.ttf");
    let count = usize::from(font[5]);
    let entry = (0..count).map(|i| 12 + i * 16).find(|&at| &font[at..at + 4] == b"OS/2").unwrap();
    let table = u32::from_be_bytes(font[entry + 8..entry + 12].try_into().unwrap()) as usize;
    // fsType: restricted, no subsetting.
    font[table + 8..table + 10].copy_from_slice(&0x0102_u16.to_be_bytes());
    let (library, face) = only("bought.ttf", font);
    assert_eq!(face.rights.embedding, Embedding::Restricted);
    assert!(face.rights.no_subsetting && !face.rights.bitmaps_only);
    let style = TextStyle { families: vec![face.family.clone()], ..TextStyle::default() };
    let fitted = shape(&library, "שלום", &style, "he", Direction::Rtl).set_at(Px(20.0), Px(400.0), 0, false);
    assert_eq!(fitted.notes.limited, vec![("bought.ttf".to_owned(), face.rights)]);
    let (library, face) = one("fonts/NotoSansHebrew-Regular.ttf");
    assert_eq!(face.rights, Rights::default());
    assert!(shape(&library, "שלום", &style, "he", Direction::Rtl).notes.is_empty());
}

#[test]
fn bold_and_italic_are_never_faked_in_silence() {
    let (library, face) = one("fonts/NotoSans-Regular.ttf");
    let style = |weight, italic| TextStyle { families: vec![face.family.clone()], weight, italic, ..TextStyle::default() };
    let set = |style: &TextStyle| shape(&library, "Slow mornings", style, "en", Direction::Ltr);
    assert!(set(&style(400, false)).notes.is_empty());
    let next = set(&style(500, false)).notes.substitutes;
    assert!(next.len() == 1 && next[0].weight == (500, 400) && !next[0].is_plain(), "{next:?}");
    let notes = set(&style(700, true)).notes;
    let expected = Substitute { family: face.family.clone(), weight: (700, 400), italic: (true, false) };
    assert_eq!(notes.substitutes, vec![expected]);
    // As it is: the same glyphs in the same places.
    assert_eq!(set(&style(700, true)).unbroken_width_em(), set(&style(400, false)).unbroken_width_em());
}

#[test]
fn features_that_a_font_has_not_are_told_where_they_would_show() {
    let (library, face) = one("fonts/NotoSans-Regular.ttf");
    let lacking = |text: &str, tags: &[&[u8; 4]]| {
        let features = tags.iter().map(|tag| Feature { tag: **tag, value: 1 }).collect();
        let style = TextStyle { families: vec![face.family.clone()], features, ..TextStyle::default() };
        let notes = shape(&library, text, &style, "en", Direction::Ltr).notes;
        notes.features.into_iter().map(|(_, tag)| String::from_utf8(tag.to_vec()).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(lacking("Four 1234", &[b"smcp", b"onum", b"tnum", b"liga", b"dlig", b"ss09"]), ["dlig", "ss09"]);
    // Capitals alone, no figures, and what fonts do by themselves: nothing is lost.
    assert!(lacking("FOUR", &[b"pcap", b"afrc", b"clig"]).is_empty());
    assert_eq!(lacking("Four 1/4", &[b"pcap", b"afrc", b"clig"]), ["pcap", "afrc"]);
    let (library, hebrew) = one("fonts/NotoSansHebrew-Regular.ttf");
    let style = TextStyle {
        families: vec![hebrew.family.clone()],
        features: vec![Feature { tag: *b"onum", value: 0 }],
        ..TextStyle::default()
    };
    assert!(shape(&library, "12", &style, "he", Direction::Rtl).notes.features.is_empty());
}

#[test]
fn an_italic_lost_where_another_family_stands_in_is_told_in_scripts_that_have_italics() {
    let mut library = FontLibrary::new();
    library.add("hebrew.ttf", bytes("fonts/NotoSansHebrew-Regular.ttf").into(), FontOrigin::Brand).unwrap();
    for file in ["NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansMath-Regular.ttf"] {
        library.add(file, bytes(&format!("fonts/{file}")).into(), FontOrigin::Default).unwrap();
    }
    let style = TextStyle { families: vec!["Noto Sans Hebrew".to_owned()], italic: true, ..TextStyle::default() };
    let lost = |text: &str| !shape(&library, text, &style, "el", Direction::Ltr).notes.substitutes.is_empty();
    assert!(lost("Ελλάδα") && lost("Вечер"));
    assert!(!lost("قهوة") && !lost("→"));
}

/// A font with one axis more, on which nothing moves.
fn with_axis(font: &[u8], tag: [u8; 4], ends: [i32; 3]) -> Vec<u8> {
    let count = usize::from(font[5]);
    let mut fvar = [1_u16, 0, 16, 2, 1, 20, 0, 8].iter().flat_map(|v| v.to_be_bytes()).collect::<Vec<_>>();
    fvar.extend(tag);
    fvar.extend(ends.iter().flat_map(|v| (v << 16).to_be_bytes()));
    fvar.extend([0, 0, 1, 0]);
    let long = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap());
    let mut entries: Vec<[u32; 4]> = (0..count).map(|i| 12 + i * 16).map(|at| [0, 4, 8, 12].map(|n| long(at + n))).collect();
    entries.iter_mut().for_each(|entry| entry[2] += 16);
    let end = u32::try_from((font.len() + 16).next_multiple_of(4)).unwrap();
    entries.push([u32::from_be_bytes(*b"fvar"), 0, end, u32::try_from(fvar.len()).unwrap()]);
    entries.sort_unstable();
    let mut out = font[..12].to_vec();
    out[5] += 1;
    out.extend(entries.iter().flatten().flat_map(|v| v.to_be_bytes()));
    out.extend(&font[12 + count * 16..]);
    out.resize(end as usize, 0);
    out.extend(fvar);
    out
}

#[test]
fn what_is_asked_of_an_axis_that_does_not_go_there_is_told() {
    let (library, face) = only("wide.ttf", with_axis(&bytes("fonts/NotoSans-Regular.ttf"), *b"wdth", [75, 100, 100]));
    let axes = |variations: &[(&[u8; 4], f32)]| {
        let variations = variations.iter().map(|(tag, value)| Variation { tag: **tag, value: *value }).collect();
        let style = TextStyle { families: vec![face.family.clone()], variations, ..TextStyle::default() };
        shape(&library, "Slow mornings", &style, "en", Direction::Ltr).notes.axes
    };
    assert_eq!(axes(&[(b"wdth", 80.0)]), []);
    let note = |tag: &[u8; 4], asked: f32, set: Option<f32>| AxisNote { family: face.family.clone(), tag: *tag, asked, set };
    assert_eq!(axes(&[(b"wdth", 50.0)]), [note(b"wdth", 50.0, Some(75.0))]);
    assert_eq!(axes(&[(b"opsz", 14.0)]), [note(b"opsz", 14.0, None)]);
    // A weight beyond its axis is told as a weight.
    let (library, face) = only("heavy.ttf", with_axis(&bytes("fonts/NotoSans-Regular.ttf"), *b"wght", [100, 400, 650]));
    let style = TextStyle { families: vec![face.family.clone()], weight: 800, ..TextStyle::default() };
    let found = shape(&library, "Slow", &style, "en", Direction::Ltr).notes.substitutes;
    assert!(found.len() == 1 && found[0].weight == (800, 650) && !found[0].is_plain(), "{found:?}");
}

#[test]
fn a_family_that_no_font_is_called_and_a_regular_that_stands_in_for_bold_are_told() {
    let mut library = FontLibrary::new();
    library.add("bold.ttf", bytes("fonts/NotoSans-Bold.ttf").into(), FontOrigin::Brand).unwrap();
    library.add("NotoSansHebrew-Regular.ttf", bytes("fonts/NotoSansHebrew-Regular.ttf").into(), FontOrigin::Default).unwrap();
    let notes = |families: &[&str], text: &str| {
        let families = families.iter().map(|f| (*f).to_owned()).collect();
        let style = TextStyle { families, weight: 700, ..TextStyle::default() };
        shape(&library, text, &style, "he", Direction::Rtl).notes
    };
    // A default family that is not loaded is fetched where its letters are needed.
    assert!(notes(&["Noto Sans", "Noto Sans Thai"], "Alba").is_empty());
    assert_eq!(notes(&["Nope Grotesk", "Noto Sans"], "Alba").unknown, [("Nope Grotesk".to_owned(), "Noto Sans".to_owned())]);
    let found = notes(&["Noto Sans"], "Alba שלום").substitutes;
    let expected = Substitute { family: "Noto Sans Hebrew".to_owned(), weight: (700, 400), italic: (false, false) };
    assert!(found == [expected] && found[0].is_plain(), "{found:?}");
}

/// A text in many scripts, with clusters that no single default font has.
const MIXED: &str = "Alba 50 % «قهوة» שלום 東京の夜 커피 咖啡 กาแฟ हिन्दी বাংলা தமிழ் ☕️ ∑ é͡o";

#[test]
fn the_order_of_loading_does_not_matter() {
    let files: Vec<&str> = default_fonts().iter().map(|f| f.file.as_str()).collect();
    let set = |order: &[&str], locale: &str, weight: u16| {
        let mut library = FontLibrary::new();
        for file in order {
            library.add(file, bytes(&format!("fonts/{file}")).into(), FontOrigin::Default).unwrap();
        }
        let style = TextStyle { weight, ..TextStyle::default() };
        let fitted = shape(&library, MIXED, &style, locale, Direction::Ltr).set_at(Px(20.0), Px(4_000.0), 0, false);
        let runs = fitted.lines.iter().flat_map(|l| &l.runs);
        let named = |run: &Run| (library.face(run.font).unwrap().name.clone(), run.glyphs.clone());
        runs.map(named).collect::<Vec<_>>()
    };
    let mut order = files.clone();
    for (locale, weight) in [("en", 400), ("ja", 700), ("ar", 500)] {
        let usual = set(&files, locale, weight);
        order.reverse();
        assert_eq!(set(&order, locale, weight), usual, "{locale} backwards");
        order.rotate_left(7);
        assert_eq!(set(&order, locale, weight), usual, "{locale} turned");
        // What is loaded for this text alone gives the same as all there is.
        let mut library = FontLibrary::new();
        let mut needed: Vec<&str> = Vec::new();
        loop {
            let more = fonts_needed_beside(&library, MIXED, locale, weight);
            let more: Vec<&str> = more.into_iter().filter(|f| !library.has_file(f)).collect();
            if more.is_empty() {
                break;
            }
            for file in more {
                library.add(file, bytes(&format!("fonts/{file}")).into(), FontOrigin::Default).unwrap();
                needed.push(file);
            }
        }
        assert!(needed.len() < files.len());
        assert_eq!(set(&needed, locale, weight), usual, "{locale} only what is needed");
    }
}

#[test]
fn the_campaigns_own_fonts_come_before_the_defaults() {
    let mut library = FontLibrary::new();
    for file in ["NotoSans-Regular.ttf", "NotoSansHebrew-Regular.ttf"] {
        library.add(file, bytes(&format!("fonts/{file}")).into(), FontOrigin::Default).unwrap();
    }
    // A brand face that no style names: still before the default of the same script.
    library.add("brand.ttf", bytes("fonts/NotoSansHebrew-Bold.ttf").into(), FontOrigin::Brand).unwrap();
    let fitted = shape(&library, "שלום", &TextStyle::default(), "he", Direction::Rtl).set_at(Px(20.0), Px(400.0), 0, false);
    assert_eq!(library.face(fitted.lines[0].runs[0].font).unwrap().name, "brand.ttf");
}

fn with_lists(files: &[&str]) -> FontLibrary {
    let mut library = FontLibrary::new();
    for file in files {
        assert!(library.add(file, bytes(&format!("fonts/{file}")).into(), FontOrigin::Default).unwrap().is_empty());
        assert!(library.has_file(file));
    }
    library
}

#[test]
fn lists_of_words_are_the_ones_that_fingerprints_name() {
    for script in WordScript::ALL {
        let found = bytes(&format!("fonts/{}", script.file()));
        assert_eq!(Fingerprint::of(&found).to_string(), script.digest(), "{}", script.file());
        let list = WordList::read(script.file(), &found).unwrap();
        assert_eq!(list.script(), script);
        assert!(list.len() > 10_000);
    }
    assert!(WordList::read("thai.words", b"VWL1Thai\xff\xff\xff\xff\x01\0\0").is_err());
}

#[test]
fn scripts_without_spaces_break_between_words() {
    let library = with_lists(&["thai.words", "lao.words", "khmer.words", "burmese.words"]);
    let words = |text: &str, locale: &str| -> Vec<String> {
        let (found, wanting) = opportunities_with(text, locale, WordBreak::Normal, Strictness::Strict, library.words());
        assert!(wanting.is_empty());
        let mut from = 0;
        found.iter().map(|o| text[std::mem::replace(&mut from, o.at)..o.at].to_owned()).collect()
    };
    assert_eq!(words("ภาษาไทยเขียนติดกัน", "th"), ["ภาษา", "ไทย", "เขียน", "ติด", "กัน"]);
    // As ICU and the browsers cut it; who wants it whole writes <nobreak> or U+2060.
    assert_eq!(words("เริ่มต้นวันใหม่", "th"), ["เริ่ม", "ต้น", "วัน", "ใหม่"]);
    assert_eq!(words("เริ่ม\u{2060}ต้นวันใหม่", "th"), ["เริ่ม\u{2060}ต้น", "วัน", "ใหม่"]);
    assert_eq!(words("ພາສາລາວ", "lo"), ["ພາສາ", "ລາວ"]);
    assert_eq!(words("យើងអាចដោះស្រាយបញ្ហា", "km"), ["យើង", "អាច", "ដោះ", "ស្រាយ", "បញ្ហា"]);
    // Never before a visarga or another mark.
    for text in ["မြန်မာဘာသာစကား", "စာပေများ", "ကောင်းသောနေ့ပါး"]
    {
        assert!(words(text, "my").iter().all(|w| !w.starts_with(['\u{1038}', '\u{1037}', '\u{103a}'])), "{text}");
    }
    // Without its list: in one piece, and said so.
    let shaped = shape(&FontLibrary::new(), "ภาษาไทย", &TextStyle::default(), "th", Direction::Ltr);
    assert_eq!(shaped.notes.unlisted, vec![WordScript::Thai]);
}

#[test]
fn words_are_hyphenated_by_their_language() {
    let library = with_lists(&["de.hyphens", "fi.hyphens", "hu.hyphens", "nl.hyphens", "en.hyphens"]);
    let cut = |text: &str, locale: &str| {
        let mut out = text.to_owned();
        for at in hyphenate(text, locale, library.patterns()).into_iter().rev() {
            out.insert(at, '-');
        }
        out
    };
    assert_eq!(cut("Donaudampfschifffahrt", "de"), "Do-nau-dampf-schiff-fahrt");
    assert_eq!(cut("extensive", "en-GB"), "ex-ten-sive");
    assert_eq!(cut("lentokonesuihkuturbiini", "fi"), "len-to-ko-ne-suih-ku-tur-bii-ni");
    // Short words, addresses, words with a hyphen or a figure stay whole; so does a language without patterns.
    assert_eq!(
        cut("kurz www.beispielseite.de Sommer-angebot sommer2026", "de"),
        "kurz www.beispielseite.de Sommer-angebot sommer2026"
    );
    assert_eq!(cut("extensive", "ja"), "extensive");
    assert_eq!(cut("extensive", "fr"), "extensive", "its patterns are not loaded");
    // Every file there is can be read and cuts something.
    for (locale, word) in [("de", "Gesellschaft"), ("hu", "megszentségteleníthetetlen"), ("nl", "arbeidsongeschiktheid")] {
        assert!(!hyphenate(word, locale, library.patterns()).is_empty(), "{word}");
    }
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(language) = name.strip_suffix(".hyphens") {
            assert_eq!(hyphens::file_of(language), Some(name.as_str()));
            let found = Fingerprint::of(&std::fs::read(entry.path()).unwrap()).to_string();
            assert!(found.starts_with(hyphens::digest(language)) && hyphens::digest(language).len() == 16, "{name}: {found}");
        }
    }
    let broken: Vec<u8> = bytes("fonts/de.hyphens").into_iter().take(500).collect();
    if let Ok(patterns) = Patterns::read("de.hyphens", &broken) {
        let _ = patterns.cut("Donaudampfschifffahrtsgesellschaft");
    }
}

#[test]
fn a_hyphen_is_the_last_resort() {
    let mut library = with_lists(&["de.hyphens"]);
    library.add("NotoSans-Regular.ttf", bytes("fonts/NotoSans-Regular.ttf").into(), FontOrigin::Default).unwrap();
    let set = |always: bool| {
        let hyphenate = if always { Hyphenate::Always } else { Hyphenate::Never };
        let rules = BreakRules { hyphenate, ..BreakRules::of("de") };
        let text = "Sommergewitterstimmung";
        shape_with(&library, text, &TextStyle::default(), "de", Direction::Ltr, rules).set_at(Px(20.0), Px(130.0), 0, false)
    };
    let (without, with) = (set(false), set(true));
    assert!(without.broken_words > 0 && with.broken_words == 0, "{without:?}");
    let hyphen = library.file("NotoSans-Regular.ttf").unwrap().glyph('\u{2010}').unwrap();
    assert_eq!(with.lines[0].runs[0].glyphs.last().unwrap().id, hyphen);
    assert!(with.lines.iter().all(|l| l.width.0 <= 130.01));
}

/// A made-up variable font would prove little: these are Unicode's.
#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn variable_fonts_stand_where_they_are_put() {
    let tar = outside::read("text/harfbuzz-shape.tar.xz");
    let name = b"text-rendering-tests/fonts/TestGVARThree.ttf";
    let at = tar.windows(name.len()).position(|w| w == name).unwrap();
    let at = at - at % 512;
    let size = std::str::from_utf8(&tar[at + 124..at + 135]).unwrap();
    let size = usize::from_str_radix(size.trim_matches(['\0', ' ']), 8).unwrap();
    let (library, face) = only("vary.ttf", tar[at + 512..at + 512 + size].to_vec());
    let axis = face.axes[0];
    let place = |value: f32| library.instance(&face, &[Variation { tag: axis.tag, value }]);
    assert_eq!(place(axis.default).id, face.id, "the default is the face itself");
    let far = place(axis.max + 1_000.0);
    assert_eq!(far.variations, vec![Variation { tag: axis.tag, value: axis.max }]);
    assert_eq!(far.id, place(axis.max).id, "made once");
    assert_ne!(far.digest(), face.digest());
    assert_ne!(outlines(&far), outlines(&face));
    assert_eq!(library.face(far.id).unwrap().digest(), far.digest());
}
