//! In: a message of the source language. Out: the same for a pseudo-locale, to find overflow before translation begins: `xa`
//! with accents and 40 % longer, `xb` the same and 130 % longer, `xr` from right to left. Arguments and tags stay as they are.

use super::Origin;
use super::copy::Message;
use crate::text::itemise::grapheme_bounds;

/// The pseudo-locales, which every campaign has without a file.
pub const PSEUDO: [&str; 3] = ["xa", "xb", "xr"];

/// Whether a tag is one of them.
#[must_use]
pub fn is_pseudo(locale: &str) -> bool {
    PSEUDO.contains(&locale)
}

/// Letters with accents that every face for European languages has; the others stay as they are.
const PLAIN: &str = "ACDEGHIJKLNORSTUWYZacdeghijklnorstuwyz";
const ACCENTED: &str = "ÅÇĐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽåçđéĝĥîĵķļñöŕšţûŵýž";
/// Letters below which a message is a figure or a sign, which grow in no language.
const FEW: usize = 3;
const MORE: [&str; 12] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Characters of the longest of them, with its space.
const LONGEST: usize = 7;

fn accented(words: &str) -> String {
    let one = |c: char| PLAIN.chars().position(|p| p == c).and_then(|i| ACCENTED.chars().nth(i)).unwrap_or(c);
    words.chars().map(one).collect()
}

/// Whole words of about so many characters, each after a space; the last two are those that come nearest.
fn more(wanted: usize) -> String {
    let mut added = String::new();
    let mut left = wanted;
    for word in MORE.iter().cycle() {
        if left < 2 {
            break;
        }
        let nearest = |room: usize| MORE.iter().min_by_key(|w| (w.len() + 1).abs_diff(room)).unwrap_or(word);
        let word = match left {
            0..=LONGEST => nearest(left),
            _ if left <= 2 * LONGEST => nearest(left / 2),
            _ => word,
        };
        added.push(' ');
        added.push_str(&accented(word));
        left = left.saturating_sub(word.len() + 1);
    }
    added
}

/// The message in a pseudo-locale.
#[must_use]
pub(crate) fn message(source: &Message, locale: &str) -> Message {
    let mut pattern = source.pattern.clone();
    if locale == "xr" {
        // Right-to-left override around each stretch of words: letters keep their shapes and run the other way.
        pattern.map_words(&mut |words| format!("\u{202e}{words}\u{202c}"));
    } else {
        // All that a reader counts grows, spaces and figures too, so that the share is one of the line.
        let (mut letters, mut characters) = (0, 0);
        pattern.map_words(&mut |words| {
            letters += words.chars().filter(|c| c.is_alphabetic()).count();
            characters += grapheme_bounds(words).len().saturating_sub(1);
            accented(words)
        });
        let wanted = (characters * if locale == "xa" { 40 } else { 130 } + 50) / 100;
        let added = if letters < FEW { String::new() } else { more(wanted.max(2)) };
        pattern.add_words(&added);
    }
    Message { text: source.text.clone(), pattern, origin: Origin::MachineDraft, note: None }
}
