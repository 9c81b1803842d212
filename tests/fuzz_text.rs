//! Text under fire: whatever is typed, in any style, direction, language and box, must come out of shaping, breaking and fitting whole:
//! every byte in one line, every measure a number, the same twice. `make fuzz`
//! for long; a second in the ordinary run. Texts that once broke something are kept in tests/cases/texts.txt, one a line, escaped as in
//! Rust; what a box once broke is a test of its own below.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/dice.rs"]
mod dice;

use dice::Dice;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use variorum::text::breaks::{Strictness, WordBreak, opportunities_with};
use variorum::text::*;
use variorum::units::Px;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
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

const LOCALES: [&str; 22] = [
    "en",
    "de",
    "fi",
    "ar",
    "he",
    "ja",
    "zh-Hant",
    "zh-Hans-CN",
    "ko",
    "th",
    "km",
    "lo",
    "my",
    "hi",
    "ta",
    "tr",
    "el",
    "lt",
    "nl",
    "",
    "x-bad--",
    "und-Latn-u-lb-strict",
];

const TAGS: [&[u8; 4]; 12] =
    [b"liga", b"smcp", b"tnum", b"vert", b"vrt2", b"kern", b"calt", b"locl", b"init", b"rand", b"aalt", b"    "];

/// Boxes, sizes and steps that nobody should ask for, and some that everybody does.
const MEASURES: [f32; 16] = [
    0.0,
    -0.0,
    -1.0,
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::MAX,
    f32::MIN_POSITIVE,
    1e-30,
    1e30,
    0.5,
    1.0,
    10.0,
    64.0,
    300.0,
    4_000.0,
];

/// Mostly an ordinary measure, at times any.
fn measure(dice: &mut Dice, ordinary: usize) -> Px {
    Px(match dice.below(5) {
        0 => MEASURES[dice.below(MEASURES.len())],
        _ => dice.below(ordinary) as f32,
    })
}

/// A byte of the text at which a character begins.
fn boundary(text: &str, dice: &mut Dice) -> usize {
    let mut at = dice.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn range(text: &str, dice: &mut Dice) -> std::ops::Range<usize> {
    let (a, b) = (boundary(text, dice), boundary(text, dice));
    a.min(b)..a.max(b)
}

fn case(dice: &mut Dice) -> Case {
    [Case::AsTyped, Case::AsTyped, Case::Upper, Case::Lower][dice.below(4)]
}

fn features(dice: &mut Dice) -> Vec<Feature> {
    (0..dice.below(3)).map(|_| Feature { tag: *TAGS[dice.below(TAGS.len())], value: dice.below(3) as u32 }).collect()
}

fn style(dice: &mut Dice) -> TextStyle {
    let family = |dice: &mut Dice| ["Noto Sans Thai", "Noto Sans Arabic", "none such", ""][dice.below(4)].to_owned();
    TextStyle {
        families: (0..dice.below(3)).map(|_| family(dice)).collect(),
        weight: [0, 1, 400, 650, 1000, u16::MAX][dice.below(6)],
        italic: dice.below(4) == 0,
        features: features(dice),
        variations: if dice.below(6) == 0 { vec![Variation { tag: *b"wdth", value: measure(dice, 200).0 }] } else { Vec::new() },
        tracking_em: [0.0, 0.0, 0.05, -0.05, 4.0, -4.0][dice.below(6)],
        leading: [1.2, 1.0, 0.0, 0.5, -1.0, 9.0][dice.below(6)],
        case: case(dice),
        line_height: if dice.below(3) == 0 { LineHeight::Metrics } else { LineHeight::Fixed },
        edge: if dice.below(3) == 0 { Edge::Cap } else { Edge::Leading },
        hang: dice.below(2) == 0,
        hyphens: dice.below(2) == 0,
        writing: if dice.below(4) == 0 { Writing::Vertical } else { Writing::Horizontal },
    }
}

fn span(text: &str, dice: &mut Dice) -> Span {
    let range = range(text, dice);
    let style = SpanStyle {
        weight: (dice.below(2) == 0).then_some(700),
        features: features(dice),
        tracking_em: (dice.below(3) == 0).then_some(0.1),
        case: (dice.below(3) == 0).then(|| case(dice)),
        scale: [1.0, 0.6, 2.0, 0.0, 50.0][dice.below(5)],
        rise_em: [0.0, 0.3, -0.3, 9.0][dice.below(4)],
        nobreak: dice.below(3) == 0,
        underline: dice.below(3) == 0,
        ..SpanStyle::default()
    };
    Span { start: range.start, end: range.end, style }
}

fn rules(dice: &mut Dice) -> BreakRules {
    let strictness = [Strictness::Strict, Strictness::Normal, Strictness::Loose, Strictness::Anywhere];
    let words = [WordBreak::Normal, WordBreak::KeepAll, WordBreak::BreakAll];
    let mut coin = || dice.below(2) == 0;
    BreakRules {
        wide_words: if coin() { WideWords::Part } else { WideWords::PartAnywhere },
        tuck_ends: if coin() { TuckEnds::All } else { TuckEnds::Brackets },
        feed_widows: coin(),
        hyphenate: if coin() { Hyphenate::Always } else { Hyphenate::LastResort },
        spacing_at_ends: coin(),
        words: words[dice.below(3)],
        strictness: strictness[dice.below(4)],
    }
}

/// What must hold of any setting: lines that take up all of the text and glyphs that the faces have.
fn whole(fitted: &Fitted, library: &FontLibrary, text: &str, sound: bool) {
    let mut at = 0;
    for line in &fitted.lines {
        assert_eq!(line.start, at, "{text:?}");
        assert!(line.end >= at && text.is_char_boundary(line.end), "{text:?}");
        at = line.end;
        for run in &line.runs {
            let count = library.face(run.font).unwrap().glyph_count;
            for glyph in &run.glyphs {
                assert!(glyph.id < count && text.is_char_boundary(glyph.cluster as usize), "{text:?}");
                assert!(!sound || (glyph.x.0.is_finite() && glyph.y.0.is_finite()), "{text:?}");
            }
        }
    }
    assert!(text.is_empty() || at == text.len(), "{text:?}: {at}");
    let measures = [fitted.width, fitted.height, fitted.first_baseline, fitted.line_height, fitted.overflow_w, fitted.overflow_h];
    assert!(!sound || measures.iter().all(|m| m.0.is_finite()), "{text:?}: {measures:?}");
}

fn use_text(library: &FontLibrary, text: &str, locale: &str, dice: &mut Dice) {
    let rules = rules(dice);
    let (found, _) = opportunities_with(text, locale, rules.words, rules.strictness, library.words());
    assert!(found.iter().all(|o| text.is_char_boundary(o.at)));
    assert!(found.windows(2).all(|w| w[0].at < w[1].at), "{text:?}");
    assert!(text.is_empty() || found.last().is_some_and(|o| o.at == text.len()), "{text:?}");
    let direction = if dice.below(2) == 0 { Direction::Ltr } else { Direction::Rtl };
    let style = style(dice);
    let shaped = if dice.below(2) == 0 {
        shape_with(library, text, &style, locale, direction, rules)
    } else {
        let spans: Vec<Span> = (0..dice.below(4)).map(|_| span(text, dice)).collect();
        let keep: Vec<_> = (0..dice.below(3)).map(|_| range(text, dice)).collect();
        shape_spans(library, text, &style, &spans, &keep, locale, direction)
    };
    let (width, height) = (measure(dice, 900), measure(dice, 900));
    let set = shaped.set_at(Px(20.0), width, 3, dice.below(2) == 0);
    whole(&set, library, text, width.0.is_finite() && width.0.abs() < 1e6);
    let request = FitRequest {
        width,
        height,
        floor: measure(dice, 40),
        ceiling: measure(dice, 200),
        step: measure(dice, 4),
        max_lines: dice.below(5) as u32,
        balance: dice.below(2) == 0,
        budget: if dice.below(2) == 0 {
            Budget { tracking_em: measure(dice, 2).0 * 0.05, leading: measure(dice, 2).0, hyphens: dice.below(2) == 0 }
        } else {
            Budget::default()
        },
    };
    let fitted = shaped.fit(&request);
    let sane = |v: Px| v.0.is_finite() && v.0.abs() < 1e6;
    whole(&fitted, library, text, [width, height, request.floor, request.ceiling].into_iter().all(sane));
    if request.floor.0 > 0.0 && sane(request.ceiling) && sane(request.floor) {
        assert!(
            fitted.size.0 >= request.floor.0 && fitted.size.0 <= request.ceiling.0.max(request.floor.0),
            "{text:?}: {request:?}"
        );
    }
    if dice.below(4) == 0 {
        // NaN is never equal to itself; what is written of it is.
        assert_eq!(format!("{fitted:?}"), format!("{:?}", shaped.fit(&request)), "{text:?}");
    }
    let _ = shaped.narrowest_em(dice.below(4) as u32);
}

/// A line of `variorum text` with fields of any kind.
fn request(text: &str, locale: &str, dice: &mut Dice) -> Value {
    let mut any = |usual: Value| match dice.below(10) {
        0 => Value::Null,
        1 => json!(-1),
        2 => json!(1e300),
        3 => json!([[], "x"]),
        4 => json!({"wght": "x", "\u{0}": 1}),
        5 => json!("normal"),
        _ => usual,
    };
    json!({
        "id": any(json!(7)), "text": any(json!(text)), "lang": any(json!(locale)), "dir": any(json!("auto")),
        "font": any(json!(["NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf#0"])), "size": any(json!(24)),
        "width": any(json!(180)), "wordBreak": any(json!("keep-all")), "lineBreak": any(json!("loose")),
        "overflowWrap": any(json!("anywhere")), "textWrap": any(json!("balance")), "letterSpacing": any(json!(1.5)),
        "whiteSpace": any(json!("pre-wrap")), "hyphens": any(json!("auto")), "weight": any(json!("bold")),
        "features": any(json!("\"liga\" off, tnum")), "variations": any(json!({"wdth": 80})),
    })
}

fn library() -> FontLibrary {
    let mut library = FontLibrary::new();
    let files = [
        "NotoSans-Regular.ttf",
        "NotoSans-Bold.ttf",
        "NotoSansArabic-Regular.ttf",
        "NotoSansDevanagari-Regular.ttf",
        "NotoSansThai-Regular.ttf",
        "NotoSansCJKkr-Regular.otf",
    ];
    let lists = [
        "thai.words",
        "khmer.words",
        "lao.words",
        "burmese.words",
        "de.hyphens",
        "fi.hyphens",
        "en.hyphens",
        "ja.phrases",
        "zh-Hans.phrases",
    ];
    for file in files.into_iter().chain(lists) {
        let bytes: Arc<[u8]> = std::fs::read(root("fonts").join(file)).unwrap().into();
        library.add(file, bytes, FontOrigin::Default).unwrap();
    }
    library
}

fn written(dice: &mut Dice) -> String {
    let mut text = String::new();
    let pieces = if dice.below(40) == 0 { 400 } else { 24 };
    for _ in 0..dice.below(pieces) {
        match dice.below(9) {
            0 => text.extend(char::from_u32(u32::try_from(dice.below(0x11_0000)).unwrap())),
            1 => text.extend(char::from_u32(0xE00 + u32::try_from(dice.below(0x280)).unwrap())),
            2 => text.extend(char::from_u32(0x1000 + u32::try_from(dice.below(0x900)).unwrap())),
            3 => text.extend(char::from_u32(0x2000 + u32::try_from(dice.below(0x70)).unwrap())),
            _ => text.push_str(PIECES[dice.below(PIECES.len())]),
        }
    }
    text
}

/// `\u{2028}` and the like as the character.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        match after.strip_prefix("u{").and_then(|a| a.split_once('}')) {
            Some((hex, tail)) => {
                out.extend(char::from_u32(u32::from_str_radix(hex, 16).unwrap()));
                rest = tail;
            }
            None => {
                out.push(match after.chars().next() {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some('r') => '\r',
                    other => other.unwrap_or('\\'),
                });
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    out + rest
}

#[test]
fn texts_kept() {
    let library = library();
    let mut dice = Dice(3);
    for line in std::fs::read_to_string(root("tests/cases/texts.txt")).unwrap().lines() {
        let text = unescaped(line);
        for locale in LOCALES {
            use_text(&library, &text, locale, &mut dice);
        }
    }
}

#[test]
fn any_text() {
    let asked = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok());
    let end = Duration::from_secs(asked.unwrap_or(1));
    let library = library();
    let load = |name: &str| std::fs::read(root("fonts").join(name)).ok();
    let mut bench = lines::Bench::new(&load);
    let seed = std::env::var("FUZZ_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(2_u64);
    let (start, mut runs, mut slowest) = (Instant::now(), 0_u64, Duration::ZERO);
    while start.elapsed() < end {
        // Each run has dice of its own, so that one that breaks can be thrown again by its number.
        let mut dice = Dice((seed << 32 | runs).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let text = written(&mut dice);
        let locale = LOCALES[dice.below(LOCALES.len())];
        let begun = Instant::now();
        let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            use_text(&library, &text, locale, &mut dice);
            if dice.below(4) == 0 {
                let line = request(&text, locale, &mut dice).to_string();
                let answer: Value = serde_json::from_str(&bench.answer(&line, 1)).unwrap();
                assert!(answer.get("lines").is_some() || answer["error"]["message"].is_string(), "{answer}");
            }
        }));
        let took = begun.elapsed();
        slowest = slowest.max(took);
        // A debug build on a busy machine takes many times what the product takes.
        assert!(told.is_ok() && took.as_secs() < 5, "seed {seed} run {runs} {locale} {took:?}: {text:?}");
        runs += 1;
    }
    eprintln!("texts: {runs} runs, the slowest {slowest:?}");
}
