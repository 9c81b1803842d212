//! In: a number of letters, a style. Out: [`Shaped`] greeked: words that no language has in letters of no face, for layouts that must be known
//! before copy and fonts are here.

use super::endings::{BreakRules, Lists};
use super::fonts::FontLibrary;
use super::shape::{self, Shaped};
use super::style::{Case, Direction, TextStyle};

/// Letters of its words, over and over.
const WORDS: [usize; 8] = [5, 3, 7, 4, 6, 2, 8, 5];
/// Width of a letter, of a capital and of a space, em: what text faces have on average.
const LETTER: f32 = 0.5;
const CAPITAL: f32 = 0.66;
const SPACE: f32 = 0.26;

/// Words that take so many em in a line, at least one.
#[must_use]
pub fn greek(em: f32, style: &TextStyle) -> String {
    let (letter, space) = widths(style);
    let mut text = String::new();
    let mut left = em;
    for letters in WORDS.iter().cycle() {
        let gap = if text.is_empty() { 0.0 } else { space };
        let fits = ((left - gap) / letter) as usize;
        let n = (*letters).min(fits);
        if n == 0 || n < 2 && !text.is_empty() || text.len() > crate::limits::MESSAGE_CHARS {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(std::iter::repeat_n('n', n));
        left -= gap + letter * n as f32;
    }
    if text.is_empty() { "n".into() } else { text }
}

fn widths(style: &TextStyle) -> (f32, f32) {
    let letter = if style.case == Case::Upper { CAPITAL } else { LETTER };
    ((letter + style.tracking_em).max(0.1), (SPACE + style.tracking_em).max(0.1))
}

impl Shaped {
    /// What [`greek`] gives, shaped.
    #[must_use]
    pub fn greeked(text: &str, style: &TextStyle, direction: Direction) -> Self {
        let none = FontLibrary::new();
        let mut shaped = shape::shape_in(&[], Lists::of(&none), text, style, "", direction, BreakRules::of(""));
        let (letter, space) = widths(style);
        let mut sum = 0.0;
        for (cum, c) in shaped.cum.iter_mut().zip(shaped.text.bytes().chain([b' '])) {
            *cum = sum;
            sum += f64::from(if c == b' ' { space } else { letter });
        }
        shaped.missing.clear();
        shaped
    }
}
