//! Message syntax under fire: mutated and made-up messages must give words or an error with a place, never a panic, and what is
//! formatted must stay within the limits. `make fuzz` for long; a
//! second in the ordinary run. Inputs that once broke something are kept in tests/cases/messages.txt, one a line, \n as such.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/dice.rs"]
mod dice;

use dice::Dice;
use std::time::{Duration, Instant};
use variorum::campaign::message::parse;
use variorum::limits;

const SEEDS: [&str; 12] = [
    "{n, plural, offset:1 =0 {none} one {# <b>day</b>} few {'#'} other {{n, number}}}",
    "{who, select, her {a} other {{n, selectordinal, one {#st} other {#th}}}}",
    "{n, number, ::currency/EUR .00/w unit-width-narrow +!}",
    "{n, number, #,##0.00 ¤;(#)}",
    "{d, date, ::MMMMEEEEd} {d, time, short} {d, date, EEEE 'at' HH:mm}",
    "It''s '{'quoted'}' {nobreak}a b{/nobreak} <sup>€</sup>",
    "<a><b><c>deep</c></b></a>",
    "{n, number, percent} {n, number, ::scale/100 integer-width/+000}",
    "صباح {n} '",
    "{option.n}{token.a}{campaign.name}",
    "{n, date, y yy MMMM LLL d E cccc h K k a B}",
    "{n, plural, zero{}one{}two{}few{}many{}other{#}}",
];
const PARTS: [&str; 30] = [
    "{",
    "}",
    "'",
    "''",
    "#",
    "<",
    ">",
    "</",
    "<b>",
    "</b>",
    ",",
    " ",
    "{n, plural, ",
    "other {",
    "{n, select, ",
    "=1",
    "offset:",
    "{n, number, ::",
    ".0#",
    "currency/",
    "{d, date, ",
    "one",
    "\u{202e}",
    "\u{300}",
    "é",
    "👩‍👩‍👧",
    "0",
    "-",
    "/w",
    "{nobreak}",
];
const VALUES: [&str; 14] = [
    "0",
    "1",
    "-1",
    "1.5",
    "999999999999999999999999999999",
    "0.000000000000000000000000000001",
    "-0.0",
    "2026-02-28",
    "2024-02-29T23:59:59",
    "19:05",
    "",
    "x",
    "EUR",
    "9.9999999",
];
const LOCALES: [&str; 8] = ["en", "ar-EG", "pl", "ja", "hi", "fr-CA", "xx", "zh-Hant-HK"];

fn strike(text: &str, dice: &mut Dice) {
    let Ok(pattern) = parse("x", text) else { return };
    let locale = LOCALES[dice.below(LOCALES.len())];
    let value = VALUES[dice.below(VALUES.len())];
    if let Ok(done) = pattern.format("x", locale, &|name| (name.len() < 12).then(|| value.to_owned())) {
        assert!(done.text.len() <= 4 * limits::FORMATTED_CHARS, "{text:?}");
        for (range, _) in &done.tags {
            assert!(range.start <= range.end && done.text.get(range.clone()).is_some(), "{text:?}");
        }
    }
}

#[test]
fn kept_inputs() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/messages.txt")).unwrap();
    let mut dice = Dice(7);
    for line in text.lines() {
        for _ in 0..VALUES.len() * LOCALES.len() {
            strike(&line.replace("\\n", "\n"), &mut dice);
        }
    }
}

#[test]
fn whatever_is_written() {
    let seconds = std::env::var("FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(1);
    let (begin, end) = (Instant::now(), Duration::from_secs(seconds));
    let mut dice = Dice(0x5eed);
    let mut runs = 0_u64;
    while begin.elapsed() < end {
        for _ in 0..200 {
            let mut chars: Vec<char> = SEEDS[dice.below(SEEDS.len())].chars().collect();
            for _ in 0..dice.below(8) {
                let at = dice.below(chars.len() + 1);
                match dice.below(4) {
                    0 if at < chars.len() => {
                        chars.remove(at);
                    }
                    1 => {
                        let to = (at + dice.below(12)).min(chars.len());
                        let part: Vec<char> = chars[at..to].to_vec();
                        chars.splice(at..at, part);
                    }
                    _ => {
                        chars.splice(at..at, PARTS[dice.below(PARTS.len())].chars());
                    }
                }
            }
            let text: String = chars.into_iter().collect();
            strike(&text, &mut dice);
            runs += 1;
        }
    }
    println!("{runs} messages in {seconds} s");
}
