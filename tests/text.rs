//! Text set with the default fonts: what layout and raster rely on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::sync::Arc;
use variorum::text::breaks::{Strictness, WordBreak, opportunities};
use variorum::text::*;
use variorum::units::Px;

fn library() -> FontLibrary {
    let mut library = FontLibrary::new();
    for font in default_fonts() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(&font.file);
        let bytes: Arc<[u8]> = std::fs::read(path).unwrap().into();
        library.add(&font.file, bytes, FontOrigin::Default).unwrap();
    }
    library
}

#[test]
fn fits_the_largest_size_in_steps() {
    let library = library();
    let shaped = shape(&library, "Slow mornings, strong coffee", &TextStyle::default(), "en", Direction::Ltr);
    let request = FitRequest {
        width: Px(300.0),
        height: Px(100.0),
        floor: Px(10.0),
        ceiling: Px(64.0),
        step: Px(0.5),
        max_lines: 2,
        balance: true,
        budget: Budget::default(),
    };
    let fitted = shaped.fit(&request);
    assert!(fitted.fits() && fitted.size.0 > 20.0, "{fitted:?}");
    assert_eq!(fitted.lines.len(), 2);
    let larger = shaped.set_at(fitted.size + Px(0.5), Px(300.0), 2, false);
    assert!(larger.height.0 > 100.0 || larger.lines.len() > 2 || larger.width.0 > 300.0);
    for line in &fitted.lines {
        assert!(line.width.0 <= 300.01);
    }
}

fn style() -> TextStyle {
    TextStyle::default()
}

fn glyphs(fitted: &Fitted) -> Vec<PlacedGlyph> {
    fitted.lines.iter().flat_map(|l| l.runs.iter().flat_map(|r| r.glyphs.iter().copied())).collect()
}

#[test]
fn refuses_what_is_no_font_and_says_what_it_is() {
    let mut library = FontLibrary::new();
    let cases: [(&[u8], &str); 5] = [
        (b"wOF2\0\x01\0\0 and more", "WOFF2"),
        (b"wOFF\0\x01\0\0 and more", "WOFF"),
        (&[0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70], "JPEG"),
        (b"", "empty"),
        (&[0, 1, 0, 0, 0, 9, 0, 0], "broken"),
    ];
    for (bytes, what) in cases {
        let error = library.add("brand.ttf", bytes.into(), FontOrigin::Brand).unwrap_err();
        assert_eq!(error.kind.code(), "media");
        assert!(error.to_string().contains(what), "{error}");
    }
    let whole = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/NotoSans-Regular.ttf")).unwrap();
    for cut in [12, 100, 400, 5_000, 100_000] {
        // Either a typed error or a face that can be shaped with.
        if library.add(&format!("{cut}"), whole[..cut].into(), FontOrigin::Default).is_ok() {
            let _ = shape(&library, "cut office", &style(), "en", Direction::Ltr).set_at(Px(20.0), Px(200.0), 0, true);
        }
    }
    assert!(FontLibrary::new().faces().next().is_none());
}

#[test]
fn nothing_panics_without_fonts_or_text() {
    let empty = FontLibrary::new();
    let shaped = shape(&empty, "Hello \u{5d0}", &style(), "he", Direction::Rtl);
    assert_eq!(shaped.missing, vec!['H', 'e', 'l', 'o', '\u{5d0}']);
    let fitted = shape(&library(), "", &style(), "en", Direction::Ltr).set_at(Px(20.0), Px(10.0), 1, true);
    assert!(fitted.lines.is_empty() && fitted.height == Px(0.0) && fitted.fits());
    let odd = "\u{200d}\u{fe0f}\u{202e}\n\u{ad}\u{ad} \u{10ffff}\u{0}\t\u{2029}\u{300}";
    for direction in [Direction::Ltr, Direction::Rtl] {
        for width in [0.0, 5.0, 500.0] {
            let _ = shape(&library(), odd, &style(), "", direction).set_at(Px(20.0), Px(width), 2, true);
        }
    }
}

#[test]
fn case_follows_the_language() {
    let library = library();
    let upper = TextStyle { case: Case::Upper, ..style() };
    let same = |a: &str, b: &str, locale: &str| {
        let ids = |text: &str, style: &TextStyle| {
            let fitted = shape(&library, text, style, locale, Direction::Ltr).set_at(Px(10.0), Px(1e4), 1, false);
            glyphs(&fitted).iter().map(|g| g.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(a, &upper), ids(b, &style()), "{a} in {locale}");
    };
    same("ılık istanbul", "ILIK İSTANBUL", "tr");
    same("istanbul", "ISTANBUL", "en");
    same("große Straße", "GROSSE STRASSE", "de");
    same("Αργά πρωινά ή μαΐου", "ΑΡΓΑ ΠΡΩΙΝΑ Ή ΜΑΪΟΥ", "el");
}

#[test]
fn arabic_joins_and_is_not_torn_by_tracking() {
    let library = library();
    let tracked = TextStyle { tracking_em: 0.1, ..style() };
    let width = |text: &str, style: &TextStyle, locale: &str, d| shape(&library, text, style, locale, d).unbroken_width_em();
    let arabic = "قهوة";
    assert!((width(arabic, &tracked, "ar", Direction::Rtl) - width(arabic, &style(), "ar", Direction::Rtl)).abs() < 1e-6);
    let latin = width("Abcd", &tracked, "en", Direction::Ltr) - width("Abcd", &style(), "en", Direction::Ltr);
    assert!((latin - 0.3).abs() < 0.01, "{latin}");
    // Joined letters have other glyphs than letters that stand alone.
    let ids = |text: &str| {
        let fitted = shape(&library, text, &style(), "ar", Direction::Rtl).set_at(Px(10.0), Px(1e4), 1, false);
        glyphs(&fitted).iter().map(|g| g.id).collect::<Vec<_>>()
    };
    assert_ne!(ids("بب"), ids("ب ب").into_iter().filter(|g| !ids(" ").contains(g)).collect::<Vec<_>>());
    let clusters: Vec<u32> = {
        let fitted = shape(&library, "abc \u{5d0}\u{5d1} 12", &style(), "he", Direction::Rtl).set_at(Px(10.0), Px(1e4), 1, false);
        glyphs(&fitted).iter().map(|g| g.cluster).collect()
    };
    assert_eq!(clusters, vec![9, 10, 8, 6, 4, 3, 0, 1, 2]);
}

#[test]
fn what_does_not_fit_is_reported() {
    let library = library();
    let shaped = shape(&library, "Unbreakable", &style(), "en", Direction::Ltr);
    let request = FitRequest {
        width: Px(30.0),
        height: Px(20.0),
        floor: Px(16.0),
        ceiling: Px(40.0),
        step: Px(1.0),
        max_lines: 1,
        balance: false,
        budget: Budget::default(),
    };
    let fitted = shaped.fit(&request);
    assert_eq!(fitted.size, Px(16.0));
    assert!(!fitted.fits() && fitted.broken_words > 0 && fitted.overflow_h.0 > 0.0 && fitted.excess_lines > 0, "{fitted:?}");
    let soft = shape(&library, "un\u{ad}break\u{ad}able", &style(), "en", Direction::Ltr).set_at(Px(16.0), Px(80.0), 0, false);
    assert!(soft.lines.len() == 2 && soft.broken_words == 0, "{soft:?}");
    let hyphen = soft.lines[0].runs[0].glyphs.last().unwrap();
    assert!(hyphen.advance.0 > 3.0 && soft.lines[0].width.0 <= 80.0);
}

#[test]
fn the_page_loads_only_the_scripts_in_use() {
    assert_eq!(fonts_needed("Hello", "en", 400).into_iter().collect::<Vec<_>>(), ["NotoSans-Regular.ttf"]);
    assert_eq!(fonts_needed("50% OFF こんにちは", "ja", 800).into_iter().collect::<Vec<_>>(), ["NotoSansCJKjp-Bold.otf"]);
    assert_eq!(fonts_needed("骨", "zh-Hant", 400).into_iter().collect::<Vec<_>>(), ["NotoSansCJKtc-Regular.otf"]);
    assert!(fonts_needed("قهوة", "ar", 400).contains("NotoSansArabic-Regular.ttf"));
    let library = library();
    for (text, locale) in [("骨直", "zh-Hans"), ("قهوة 50%", "ar"), ("กาแฟ", "th"), ("커피 AVA", "ko"), ("কফি", "bn")]
    {
        let fitted = shape(&library, text, &style(), locale, Direction::Ltr).set_at(Px(10.0), Px(1e4), 1, false);
        let used: std::collections::BTreeSet<String> =
            fitted.lines[0].runs.iter().map(|r| library.face(r.font).unwrap().name.clone()).collect();
        let needed = fonts_needed(text, locale, 400).into_iter().map(str::to_owned).collect();
        assert_eq!(used, needed, "{locale}");
    }
}

#[test]
fn marked_phrases_stay_whole() {
    let library = library();
    let lines = |text: &str, locale: &str| -> Vec<String> {
        let fitted = shape(&library, text, &style(), locale, Direction::Ltr).set_at(Px(10.0), Px(45.0), 0, false);
        fitted.lines.iter().map(|l| text[l.start..l.end].replace('\u{200b}', "")).collect()
    };
    assert_eq!(lines("光から始まる。", "ja"), ["光から始", "まる。"]);
    assert_eq!(lines("光から\u{200b}始まる。", "ja"), ["光から", "始まる。"]);
    assert_eq!(lines("一盏小灯，\u{200b}一夜精彩。", "zh-Hans"), ["一盏小灯，", "一夜精彩。"]);
}

/// Headlines without marks: no line begins with what ends the word before it, where as many lines of the same size can do without.
#[test]
fn endings_stay_with_their_words_in_balanced_japanese() {
    let library = library();
    let lines = |text: &str, em: f32, balance: bool| -> Vec<String> {
        let fitted = shape(&library, text, &style(), "ja", Direction::Ltr).set_at(Px(10.0), Px(em * 10.0), 0, balance);
        fitted.lines.iter().map(|l| text[l.start..l.end].to_owned()).collect()
    };
    let balanced = |text: &str, em: f32| {
        let set = lines(text, em, true);
        assert_eq!(set.len(), lines(text, em, false).len());
        set
    };
    assert_eq!(balanced("ゆっくりした朝、濃いコーヒー。", 6.0), ["ゆっくりした", "朝、濃い", "コーヒー。"]);
    assert_eq!(balanced("誰にも分からない時代の予測", 6.0), ["誰にも", "分からない", "時代の予測"]);
    assert_eq!(balanced("ランプを二つ買う日", 5.5), ["ランプを", "二つ買う日"]);
    // Where nothing else fits, as ever.
    assert_eq!(balanced("いろはにほへと", 4.0).len(), 2);
}

/// A headline's lines: even above, the last one rather shorter than the first, a clause's end rather than a word before it.
#[test]
fn balanced_lines_are_broader_above_and_end_where_clauses_do() {
    let library = library();
    let balanced = |text: &str, em: f32| -> Vec<String> {
        let shaped = shape(&library, text, &style(), "en", Direction::Ltr);
        let set = |balance| shaped.set_at(Px(10.0), Px(em * 10.0), 0, balance);
        let (even, first_fit) = (set(true), set(false));
        assert_eq!(even.lines.len(), first_fit.lines.len(), "{text}");
        assert!(even.width <= first_fit.width && even.overflow_w.0 <= 0.0, "{text}");
        even.lines.iter().map(|l| text[l.start..l.end].trim_end().to_owned()).collect()
    };
    // Both ways are as even: the longer line stands above.
    assert_eq!(balanced("nnnn nn nnnn", 6.0), ["nnnn nn", "nnnn"]);
    // No stub for it, where the lines can do without.
    assert_eq!(balanced("nnnnnn nnnnnn nn", 8.5), ["nnnnnn", "nnnnnn nn"]);
    // At the dash, though a word later would be a little more even.
    assert_eq!(balanced("nnnnnn – nnn nnnnnn", 7.5), ["nnnnnn –", "nnn nnnnnn"]);
    // A line that nothing breaks is the measure of the others.
    assert_eq!(balanced("nn nn nn nnnnnnnnnn nn nn nn", 7.0), ["nn nn nn", "nnnnnnnnnn", "nn nn nn"]);
}

/// A compound's hyphen is a place to break, and the last that a headline takes.
#[test]
fn balanced_lines_keep_compounds_whole() {
    let library = library();
    let balanced = |text: &str, em: f32| -> (Vec<String>, u32) {
        let set = shape(&library, text, &style(), "en", Direction::Ltr).set_at(Px(10.0), Px(em * 10.0), 0, true);
        (set.lines.iter().map(|l| text[l.start..l.end].trim_end().to_owned()).collect(), set.torn)
    };
    assert_eq!(balanced("nnn nnn-nnn nn", 5.5), (vec!["nnn nnn-".into(), "nnn nn".into()], 1));
    assert_eq!(balanced("nnn-nnn nnn nnn", 6.0), (vec!["nnn-nnn".into(), "nnn nnn".into()], 0));
}

/// Thai writes words on; a space ends a clause, and a headline of two has a line for each.
#[test]
fn balanced_thai_lines_end_where_clauses_do() {
    let library = library();
    let text = "โคม\u{200b}ดวงเล็ก ค่ำคืน\u{200b}แสน\u{200b}พิเศษ";
    let shaped = shape(&library, text, &style(), "th", Direction::Ltr);
    let width = Px(10.0 * 0.75 * shaped.unbroken_width_em());
    let lines: Vec<&str> =
        shaped.set_at(Px(10.0), width, 0, true).lines.iter().map(|l| text[l.start..l.end].trim_end()).collect();
    assert_eq!(lines, ["โคม\u{200b}ดวงเล็ก", "ค่ำคืน\u{200b}แสน\u{200b}พิเศษ"]);
}

#[test]
fn punctuation_in_squares_is_tucked_in() {
    let library = library();
    let width = |text: &str| shape(&library, text, &style(), "ja", Direction::Ltr).unbroken_width_em();
    assert!((width("あ」「あ") - 3.5).abs() < 0.01, "{}", width("あ」「あ"));
    assert!((width("あ「あ") - 3.0).abs() < 0.01);
    assert!((width("：「あ") - 2.5).abs() < 0.01);
}

/// Each is what Chromium 148 does too (`make languages` compares thousands more).
#[test]
fn lines_end_as_their_language_has_it() {
    let ends = |text: &str, locale: &str, words: WordBreak| -> String {
        let at: Vec<usize> = opportunities(text, locale, words, Strictness::Normal).into_iter().map(|o| o.at).collect();
        text.char_indices().map(|(i, c)| if i > 0 && at.contains(&i) { format!("÷{c}") } else { c.to_string() }).collect()
    };
    let keep = WordBreak::KeepAll;
    // In Chinese quotation marks are brackets; elsewhere they cling to what is not East Asian. Latin words keep theirs.
    assert_eq!(ends("程序“12”需", "zh-Hans", WordBreak::Normal), "程÷序÷“12”÷需");
    assert_eq!(ends("程序“12”需", "ja", WordBreak::Normal), "程÷序“12”需");
    assert_eq!(ends("Java“12”。", "zh-Hans", WordBreak::Normal), "Java“12”。");
    // Korean keeps words, whatever is in them; hyphens part, and what joins two words stays with the first.
    assert_eq!(ends("빛의 Wi-Fi로 50%", "ko", keep), "빛의 ÷Wi-÷Fi로 ÷50%");
    assert_eq!(ends("서울·부산 10일~13일", "ko", keep), "서울·÷부산 ÷10일~13일");
    assert_eq!(ends("가“12”나 “다라”마", "ko", keep), "가“12”나 ÷“다라”÷마");
    assert_eq!(ends("Press |12| + |ab|", "en", WordBreak::Normal), "Press ÷|12| ÷+ ÷|ab|");
}

#[test]
fn the_command_answers_line_by_line() {
    let load = |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name)).ok();
    let input = concat!(
        r#"{"id":"a","text":"Slow mornings","lang":"en","dir":"ltr","font":["NotoSans-Regular.ttf"],"size":32,"width":120}"#,
        "\nnot json\n",
        r#"{"id":7,"text":"x","font":"none.ttf","size":32,"width":120}"#,
        "\n",
        r#"{"id":"b","text":"é שלום","dir":"auto","font":"NotoSansHebrew-Regular.ttf","size":10,"width":900}"#,
        "\n"
    );
    let out = text_command(input, &load);
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["breaksCp"], serde_json::json!([5]));
    assert_eq!(lines[0]["lines"][0]["end"], 5);
    assert_eq!(lines[0]["lines"][0]["glyphs"].as_array().unwrap().len(), 4);
    assert!(lines[1].get("id").is_none() && lines[1]["error"]["code"] == "syntax");
    assert!(lines[2]["id"] == 7 && lines[2]["error"]["code"] == "unknown");
    assert_eq!(lines[3]["lines"].as_array().unwrap().len(), 1);
    // The space between hangul is the plain one, as in browsers.
    let korean = r#"{"text":"작은 농장","lang":"ko","font":"NotoSansCJKkr-Regular.otf","size":1000,"width":9000}"#;
    let answer: serde_json::Value = serde_json::from_str(&text_command(korean, &load)).unwrap();
    assert_eq!(answer["lines"][0]["glyphs"][2]["advance"], 224.0);
    // A word that is not known is not passed over.
    for (field, value) in [("lineBreak", "banana"), ("hyphens", "yes"), ("whiteSpace", "nowrap"), ("letterSpacing", "wide")] {
        let mut case = serde_json::json!({"text": "x", "font": "NotoSans-Regular.ttf", "size": 32, "width": 120});
        case[field] = value.into();
        let answer: serde_json::Value = serde_json::from_str(&text_command(&case.to_string(), &load)).unwrap();
        let error = &answer["error"];
        assert!(error["at"] == format!("line 1: {field}") && error["allowed"].is_string(), "{answer}");
    }
}

#[test]
fn bengali_ra_and_ba_go_below_their_consonant() {
    let library = library();
    let ids = |text: &str| -> Vec<u16> {
        let shaped = shape(&library, text, &TextStyle::default(), "bn", Direction::Ltr);
        glyphs(&shaped.set_at(Px(32.0), Px(999.0), 0, false)).iter().map(|g| g.id).collect()
    };
    let hasanta = ids("ট\u{9cd}")[1];
    for word in ["প্রবেশ", "যাত্রা", "এপ্রিল", "নভেম্বর", "ক্রয়"] {
        assert!(!ids(word).contains(&hasanta), "{word}: {:?}", ids(word));
    }
}

/// A font as its makers ship it: contextual substitutions by coverage where `fonts/subset.py` wrote chained ones with nothing around.
fn unchained(font: &[u8]) -> (Vec<u8>, usize) {
    let mut font = font.to_vec();
    let short = |font: &[u8], at: usize| usize::from(u16::from_be_bytes([font[at], font[at + 1]]));
    let long = |font: &[u8], at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let entry = (0..short(&font, 4)).map(|i| 12 + i * 16).find(|&at| &font[at..at + 4] == b"GSUB").unwrap();
    let table = long(&font, entry + 8);
    let lookups = table + short(&font, table + 8);
    let mut rewritten = 0;
    for n in 0..short(&font, lookups) {
        let lookup = lookups + short(&font, lookups + 2 + 2 * n);
        let subtables: Vec<usize> = (0..short(&font, lookup + 4)).map(|i| lookup + short(&font, lookup + 6 + 2 * i)).collect();
        let bare = |&at: &usize| {
            let inputs = short(&font, at + 4);
            short(&font, at) == 3 && short(&font, at + 2) == 0 && short(&font, at + 6 + 2 * inputs) == 0
        };
        if short(&font, lookup) != 6 || !subtables.iter().all(bare) {
            continue;
        }
        rewritten += 1;
        font[lookup + 1] = 5;
        for at in subtables {
            let inputs = short(&font, at + 4);
            let coverages = font[at + 6..at + 6 + 2 * inputs].to_vec();
            let actions = short(&font, at + 8 + 2 * inputs);
            let records = font[at + 10 + 2 * inputs..][..4 * actions].to_vec();
            let head = [3_u16, u16::try_from(inputs).unwrap(), u16::try_from(actions).unwrap()];
            let plain = [head.iter().flat_map(|v| v.to_be_bytes()).collect(), coverages, records].concat();
            font[at..at + plain.len()].copy_from_slice(&plain);
        }
    }
    (font, rewritten)
}

#[test]
fn a_font_whose_contexts_are_not_chained_is_shaped_the_same() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/NotoSansBengali-Regular.ttf");
    let as_shipped = std::fs::read(path).unwrap();
    let (unchained, rewritten) = unchained(&as_shipped);
    assert!(rewritten > 0);
    // The same in a collection, its tables where they are.
    let start = 16_u32;
    let mut collection =
        [b"ttcf".as_slice(), &0x0001_0000_u32.to_be_bytes(), &1_u32.to_be_bytes(), &start.to_be_bytes()].concat();
    collection.extend(&unchained);
    for i in 0..usize::from(unchained[5]) {
        let at = 16 + 12 + i * 16 + 8;
        let offset = u32::from_be_bytes(collection[at..at + 4].try_into().unwrap()) + start;
        collection[at..at + 4].copy_from_slice(&offset.to_be_bytes());
    }
    let set = |font: &[u8]| {
        let mut library = FontLibrary::new();
        library.add("a.ttf", font.into(), FontOrigin::Brand).unwrap();
        let consonants = ('ক'..='হ').filter(|c| library.faces().next().unwrap().has(*c)).collect::<Vec<_>>();
        let pairs = consonants.iter().flat_map(|a| consonants.iter().map(move |b| format!("{a}\u{9cd}{b}"))).collect::<Vec<_>>();
        let each = |text: &String| {
            let fitted = shape(&library, text, &TextStyle::default(), "bn", Direction::Ltr).set_at(Px(32.0), Px(999.0), 0, false);
            glyphs(&fitted).iter().map(|g| (g.id, g.x, g.y)).collect::<Vec<_>>()
        };
        (pairs.iter().map(each).collect::<Vec<_>>(), pairs)
    };
    let (expected, pairs) = set(&as_shipped);
    for font in [&unchained, &collection] {
        let (found, _) = set(font);
        let apart: Vec<_> = pairs.iter().zip(expected.iter().zip(&found)).filter(|(_, (a, b))| a != b).map(|(p, _)| p).collect();
        assert!(apart.is_empty(), "{} of {}: {apart:?}", apart.len(), pairs.len());
    }
}

#[test]
fn broken_lookups_are_refused_or_left_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts/NotoSansBengali-Regular.ttf");
    let (font, _) = unchained(&std::fs::read(path).unwrap());
    let entry = (0..usize::from(font[5])).map(|i| 12 + i * 16).find(|&at| &font[at..at + 4] == b"GSUB").unwrap();
    let long = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap()) as usize;
    let (table, len) = (long(entry + 8), long(entry + 12));
    let mut state = 1_u32;
    let mut dice = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for round in 0..400 {
        let mut broken = font.clone();
        for _ in 0..=dice(4) {
            // Offsets and counts are at the front and all over the lookups.
            let at = if round % 2 == 0 { dice(200) } else { dice(len) };
            broken[table + at] = [0, 1, 3, 5, 7, 0xFF][dice(6)];
        }
        if round % 5 == 0 {
            broken.truncate(table + dice(len));
        }
        let mut library = FontLibrary::new();
        if library.add("broken.ttf", broken.into(), FontOrigin::Brand).is_ok() {
            let _ = shape(&library, "প্রক্বাঁর্ক", &TextStyle::default(), "bn", Direction::Ltr);
        }
    }
}
