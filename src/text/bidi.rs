//! In: text and a base direction. Out: an embedding level for each byte (UAX 9), and the visual order of pieces of a line.
//! The end of a line is left to `line`, which drops the white space that rule L1 would move.

use super::style::Direction;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// Levels before lines are known: rules P to I, and the part of L1 that does not depend on lines (tabs, separators).
#[must_use]
pub fn levels(text: &str, direction: Direction) -> Vec<u8> {
    let base = match direction {
        Direction::Ltr => Level::ltr(),
        Direction::Rtl => Level::rtl(),
    };
    // Plain left-to-right text needs no resolving.
    if direction == Direction::Ltr && text.bytes().all(|b| b < 0xD6) {
        return vec![0; text.len()];
    }
    let info = BidiInfo::new(text, Some(base));
    let mut out: Vec<u8> = info.levels.iter().map(Level::number).collect();
    reset_whitespace(text, &mut out, base.number(), false);
    out
}

/// Rule L1 on one line or paragraph: separators and the white space before them (and, at a line's end, before that) fall
/// back to the paragraph's level.
pub fn reset_whitespace(text: &str, levels: &mut [u8], base: u8, line_end: bool) {
    let mut resetting = line_end;
    for (at, c) in text.char_indices().rev() {
        match bidi_class(c) {
            BidiClass::B | BidiClass::S => resetting = true,
            BidiClass::WS | BidiClass::FSI | BidiClass::LRI | BidiClass::RLI | BidiClass::PDI => {}
            // Removed by X9: they go with what follows.
            BidiClass::BN | BidiClass::LRE | BidiClass::LRO | BidiClass::RLE | BidiClass::RLO | BidiClass::PDF => {}
            _ => resetting = false,
        }
        if resetting {
            levels.iter_mut().skip(at).take(c.len_utf8()).for_each(|l| *l = base);
        }
    }
}

/// Rule L2: the order, from left to right, of pieces with these levels.
#[must_use]
pub fn visual_order(levels: &[u8]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..levels.len()).collect();
    let highest = levels.iter().copied().max().unwrap_or(0);
    let lowest_odd = levels.iter().copied().filter(|l| l % 2 == 1).min().unwrap_or(u8::MAX);
    for level in (lowest_odd..=highest).rev() {
        let at_least = |i: &usize| levels.get(*i).is_some_and(|&l| l >= level);
        let mut from = 0;
        while from < order.len() {
            let length = order.iter().skip(from).take_while(|i| at_least(i)).count();
            if let Some(run) = order.get_mut(from..from + length) {
                run.reverse();
            }
            from += length.max(1);
        }
    }
    order
}

/// The direction of the first strong character (rules P2 and P3), left to right where there is none.
#[must_use]
pub fn first_strong(text: &str) -> Direction {
    match unicode_bidi::get_base_direction_full(text) {
        unicode_bidi::Direction::Rtl => Direction::Rtl,
        _ => Direction::Ltr,
    }
}
