//! The Unicode consortium's test files against the engine's bidi, line break and grapheme functions, and W3C's cases for
//! Japanese and Chinese. Where those files are not at hand (tests/common/outside.rs) the tests are reported as ignored.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use variorum::text::breaks::{Strictness, WordBreak, hangs, opportunities};
use variorum::text::{Direction, bidi, itemise};

#[path = "common/outside.rs"]
mod outside;
use outside::unicode_17;

fn suite(path: &str) -> String {
    String::from_utf8(outside::read(&format!("text/{path}"))).unwrap()
}

/// The one tailoring: no break between a slash or a bar and a figure or letter of ASCII (24/7, and/or, |12|), as in browsers.
fn tailored(text: &str, at: usize) -> bool {
    text[..at].ends_with(['/', '|']) && text[at..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Every case of a file of Unicode 17 passes.
fn all_pass(name: &str, breaks: impl Fn(&str) -> Vec<usize>) {
    let (cases, wrong) = break_file(&unicode_17(name), breaks);
    eprintln!("{name}: {cases} cases, {} wrong", wrong.len());
    assert!(cases >= 100 && wrong.is_empty(), "{}", wrong.join("\n"));
}

fn after_first(bounds: Vec<usize>) -> Vec<usize> {
    bounds.into_iter().filter(|&b| b > 0).collect()
}

fn line_ends(text: &str) -> Vec<usize> {
    opportunities(text, "en", WordBreak::Normal, Strictness::Strict).into_iter().map(|o| o.at).collect()
}

#[test]
#[cfg_attr(not(unicode_17), ignore = "no tests of icu_segmenter 2.4.0 in cargo's registry")]
fn breaks_of_unicode_17() {
    all_pass("GraphemeBreakTest_17.txt", |text| after_first(itemise::grapheme_bounds(text)));
    all_pass("GraphemeBreakRandomTest_17.txt", |text| after_first(itemise::grapheme_bounds(text)));
    all_pass("WordBreakTest_17.txt", |text| after_first(itemise::word_bounds(text)));
    all_pass("WordBreakRandomTest_17.txt", |text| after_first(itemise::word_bounds(text)));
    all_pass("LineBreakTest_17.txt", line_ends);
    all_pass("LineBreakRandomTest_17.txt", line_ends);
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn word_break_test() {
    let file = suite("unicode-15.0/WordBreakTest.txt.xz");
    let (cases, wrong) = break_file(&file, |text| after_first(itemise::word_bounds(text)));
    eprintln!("WordBreakTest: {cases} cases, {} differ", wrong.len());
    // As for graphemes: U+2701 is no longer Extended_Pictographic.
    assert!(wrong.iter().all(|l| l.contains("2701")), "{}", wrong.join("\n"));
}

fn direction(level: u8) -> Direction {
    if level == 0 { Direction::Ltr } else { Direction::Rtl }
}

/// Levels of a line that is the whole text, one per character, and the visual order of those not marked `x`.
fn resolve(text: &str, base: u8, removed: &[bool]) -> (Vec<u8>, Vec<usize>) {
    let mut levels = bidi::levels(text, direction(base));
    bidi::reset_whitespace(text, &mut levels, base, true);
    let levels: Vec<u8> = text.char_indices().map(|(at, _)| levels[at]).collect();
    let kept: Vec<usize> = (0..levels.len()).filter(|&i| !removed[i]).collect();
    let order = bidi::visual_order(&kept.iter().map(|&i| levels[i]).collect::<Vec<_>>());
    (levels, order.into_iter().map(|i| kept[i]).collect())
}

fn numbers<T: std::str::FromStr>(fields: &str) -> Vec<Option<T>> {
    fields.split_whitespace().map(|f| f.parse().ok()).collect()
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn bidi_test() {
    let file = suite("unicode-15.0/BidiTest.txt.xz");
    let sample: BTreeMap<&str, char> = BTreeMap::from([
        ("L", 'a'),
        ("R", '\u{5d0}'),
        ("EN", '1'),
        ("ES", '-'),
        ("ET", '%'),
        ("AN", '\u{660}'),
        ("CS", ','),
        ("B", '\u{2029}'),
        ("S", '\t'),
        ("WS", ' '),
        ("ON", '!'),
        ("AL", '\u{627}'),
        ("NSM", '\u{300}'),
        ("BN", '\u{ad}'),
        ("LRE", '\u{202a}'),
        ("LRO", '\u{202d}'),
        ("RLE", '\u{202b}'),
        ("RLO", '\u{202e}'),
        ("PDF", '\u{202c}'),
        ("LRI", '\u{2066}'),
        ("RLI", '\u{2067}'),
        ("FSI", '\u{2068}'),
        ("PDI", '\u{2069}'),
    ]);
    let (mut levels, mut reorder) = (Vec::<Option<u8>>::new(), Vec::<Option<usize>>::new());
    let (mut cases, mut wrong) = (0_u32, Vec::new());
    for line in file.lines() {
        let line = line.split('#').next().unwrap().trim();
        if let Some(rest) = line.strip_prefix("@Levels:") {
            levels = numbers(rest);
        } else if let Some(rest) = line.strip_prefix("@Reorder:") {
            reorder = numbers(rest);
        } else if let Some((classes, bits)) = line.split_once(';') {
            let text: String = classes.split_whitespace().map(|c| sample[c]).collect();
            let bits: u8 = bits.trim().parse().unwrap();
            let removed: Vec<bool> = levels.iter().map(Option::is_none).collect();
            for bit in 0..3 {
                if bits & (1 << bit) == 0 {
                    continue;
                }
                let base = if bit == 0 { u8::from(bidi::first_strong(&text) == Direction::Rtl) } else { bit - 1 };
                let (got, order) = resolve(&text, base, &removed);
                cases += 1;
                let same = got.iter().zip(&levels).all(|(g, w)| w.is_none_or(|w| w == *g));
                if !same || order != reorder.iter().flatten().copied().collect::<Vec<_>>() {
                    wrong.push(format!("{line} base {base}: {got:?} {order:?}, not {levels:?} {reorder:?}"));
                }
            }
        }
    }
    eprintln!("BidiTest: {cases} cases, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(10)].join("\n"));
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn bidi_character_test() {
    let file = suite("unicode-15.0/BidiCharacterTest.txt.xz");
    let (mut cases, mut wrong) = (0_u32, Vec::new());
    for line in file.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let fields: Vec<&str> = line.split(';').collect();
        let text: String = fields[0].split(' ').map(|h| char::from_u32(u32::from_str_radix(h, 16).unwrap()).unwrap()).collect();
        let base: u8 = fields[2].parse().unwrap();
        if fields[1] == "2" {
            assert_eq!(bidi::first_strong(&text), direction(base), "{line}");
        }
        let levels: Vec<Option<u8>> = numbers(fields[3]);
        let reorder: Vec<usize> = numbers(fields[4]).into_iter().flatten().collect();
        let removed: Vec<bool> = levels.iter().map(Option::is_none).collect();
        let (got, order) = resolve(&text, base, &removed);
        cases += 1;
        if !got.iter().zip(&levels).all(|(g, w)| w.is_none_or(|w| w == *g)) || order != reorder {
            wrong.push(format!("{line}: {got:?} {order:?}"));
        }
    }
    eprintln!("BidiCharacterTest: {cases} cases, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(10)].join("\n"));
}

/// Runs a file of `÷ 0023 × 0023 ÷` lines; answers the number of cases and the lines that differ.
fn break_file(file: &str, breaks: impl Fn(&str) -> Vec<usize>) -> (usize, Vec<String>) {
    let (mut cases, mut wrong) = (0, Vec::new());
    for line in file.lines() {
        let rule = line.split('#').next().unwrap().trim();
        if rule.is_empty() {
            continue;
        }
        let (mut text, mut want) = (String::new(), Vec::new());
        for token in rule.split_whitespace() {
            match token {
                "÷" if !text.is_empty() => want.push(text.len()),
                "÷" | "×" => {}
                hex => text.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap()),
            }
        }
        cases += 1;
        let got = breaks(&text);
        want.retain(|at| got.contains(at) || !tailored(&text, *at));
        if got != want {
            wrong.push(line.to_owned());
        }
    }
    (cases, wrong)
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn grapheme_break_test() {
    let file = suite("unicode-15.0/GraphemeBreakTest.txt.xz");
    let (cases, wrong) = break_file(&file, |text| itemise::grapheme_bounds(text).into_iter().filter(|&b| b > 0).collect());
    eprintln!("GraphemeBreakTest: {cases} cases, {} differ", wrong.len());
    // Later versions of Unicode took U+2701 out of Extended_Pictographic; the engine's tables are later.
    assert!(wrong.iter().all(|l| l.starts_with("÷ 2701 × 200D × 2701 ÷")), "{}", wrong.join("\n"));
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn line_break_test() {
    let file = suite("unicode-15.0/LineBreakTest.txt.xz");
    let (cases, wrong) = break_file(&file, |text| {
        opportunities(text, "en", WordBreak::Normal, Strictness::Strict).into_iter().map(|o| o.at).collect()
    });
    eprintln!("LineBreakTest: {cases} cases, {} depart", wrong.len());
    // Rules that have changed since (the engine follows Unicode 17): LB15 no longer keeps a quotation mark, a space and a
    // bracket together; LB20.1 keeps a hyphen that begins a word; LB21.1 is narrower; LB25 takes whole numbers with their
    // signs, brackets and punctuation.
    let explained = |l: &String| ["(QU)", "(NU)", "(PO)", "(PR)", "(HY)"].iter().any(|class| l.contains(class));
    assert!(wrong.len() <= 60 && wrong.iter().all(explained), "{}", wrong.join("\n"));
}

#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
fn w3c_japanese_and_chinese() {
    let file = suite("w3c-linebreak.json");
    let file: serde_json::Value = serde_json::from_str(&file).unwrap();
    let (mut cases, mut wrong) = (0, Vec::new());
    for case in file["cases"].as_array().unwrap() {
        if case["normative"] != true {
            continue;
        }
        let text = case["text"].as_str().unwrap();
        let strictness = match case["line_break"].as_str().unwrap_or_default() {
            "loose" => Strictness::Loose,
            "normal" => Strictness::Normal,
            _ => Strictness::Strict,
        };
        // One em per character, a box of six.
        let mut lines: Vec<&str> = Vec::new();
        let (mut start, mut last) = (0, 0);
        for o in opportunities(text, case["lang"].as_str().unwrap(), WordBreak::Normal, strictness) {
            if text[start..o.at].trim_end_matches(hangs).chars().count() > 6 && last > start {
                lines.push(&text[start..last]);
                start = last;
            }
            last = o.at;
        }
        lines.push(&text[start..]);
        let want: Vec<&str> = case["lines"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
        cases += 1;
        if lines != want {
            let chromium = if case["chromium_156_agrees"] == false { " (Chromium differs too)" } else { "" };
            wrong.push(format!("{}: {lines:?}, not {want:?}{chromium}", case["id"]));
        }
    }
    eprintln!("W3C ja and zh: {cases} cases, {} depart", wrong.len());
    // Hyphens under "normal" and leaders under "loose": Chromium has the same 16.
    assert!(wrong.len() <= 16 && wrong.iter().all(|l| l.ends_with("(Chromium differs too)")), "{}", wrong.join("\n"));
}
