//! In: a message of the source language. Out: the same for a pseudo-locale, to find overflow before translation begins: `xa`
//! with accents and 40 % longer, `xb` the same and 130 % longer, `xr` from right to left. Arguments and tags stay as they are.

use super::Origin;
use super::copy::Message;

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

fn accented(words: &str) -> String {
    let one = |c: char| PLAIN.chars().position(|p| p == c).and_then(|i| ACCENTED.chars().nth(i)).unwrap_or(c);
    words.chars().map(one).collect()
}

/// The message in a pseudo-locale.
#[must_use]
pub(crate) fn message(source: &Message, locale: &str) -> Message {
    let mut pattern = source.pattern.clone();
    if locale == "xr" {
        // Right-to-left override around each stretch of words: letters keep their shapes and run the other way.
        pattern.map_words(&mut |words| format!("\u{202e}{words}\u{202c}"));
    } else {
        let mut letters = 0;
        pattern.map_words(&mut |words| {
            letters += words.chars().filter(|c| c.is_alphabetic()).count();
            accented(words)
        });
        // Short words grow more than sentences: whole words are added until the share is reached.
        let wanted = letters * if locale == "xa" { 40 } else { 130 } / 100;
        let mut added = String::new();
        for word in MORE.iter().cycle() {
            if letters < FEW || added.chars().count() >= wanted.max(2) {
                break;
            }
            added.push(' ');
            added.push_str(&accented(word));
        }
        pattern.add_words(&added);
    }
    Message { text: source.text.clone(), pattern, origin: Origin::MachineDraft, note: None }
}
