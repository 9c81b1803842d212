//! In: a page, a candidate. Out: how little it suits the page's shape and the master's character before a word is set, and what it costs at
//! the least.

use super::measure::Measure;
use super::score::{self, Terms, WEIGHTS};
use super::{Candidate, Side, candidates, terms};
use crate::geom::Rect;
use crate::text::Direction;
use crate::variant::{Arrangement, Character, Layer, Variant};

/// The candidate that suits the page before a word is set: the same for all languages.
#[must_use]
pub fn suits_most(variant: &Variant, mut proposed: impl Iterator<Item = Candidate>) -> Option<Candidate> {
    let fit = |c: &Candidate| suits(variant, *c);
    let first = proposed.next()?;
    Some(proposed.fold(first, |best, c| if fit(&c) < fit(&best) - 1e-4 { c } else { best }))
}

/// How little a candidate suits the page before a word is set.
#[must_use]
pub fn suits(variant: &Variant, candidate: Candidate) -> f32 {
    prior(variant, candidate, 1.0)
}

/// What a candidate costs at the least: its energy were all terms 0 but what suits the page, and what of the picture that leads is shown where
/// its place is known before a word is set; for no term is below. `None` where a weight is.
#[must_use]
pub fn least(variant: &Variant, page: &Measure, candidate: Candidate, photo: Option<(&Layer, Rect)>) -> Option<f32> {
    let mut known: Terms = Default::default();
    for (value, (name, ..)) in known.iter_mut().zip(&WEIGHTS) {
        *value = match *name {
            "presence" => photo.map_or(0.0, |(layer, rect)| terms::shown(variant, layer, page, Some(rect))),
            "prior" => term(variant, candidate, 1.0),
            _ => 0.0,
        };
    }
    score::at_least(&known, &variant.weights)
}

/// The term: how little a candidate suits the page, with its headline at a share of the size wished for; 0 where nothing suits it more.
#[must_use]
pub fn term(variant: &Variant, candidate: Candidate, headline: f32) -> f32 {
    prior(variant, candidate, headline) + BEST
}

/// What the designer's own boxes suit a page of their own shape, the most that anything does.
const BEST: f32 = 0.6;
/// What words above a deep foot cost that leave it empty.
const EMPTY_FOOT: f32 = 0.3;

/// What a way costs that a strip is offered beside its own: it is there to be chosen, not to be found.
const SECOND: f32 = 2.5;

/// Width by height from which on the end of a page is far from where it begins.
const FAR: f32 = 2.2;

/// What suits the page's shape and the master's character before a word is set, -0.6 to 1.
fn prior(variant: &Variant, candidate: Candidate, headline: f32) -> f32 {
    let character = variant.character;
    if candidate.master {
        // The designer's own boxes, unless the words do not sit well in them.
        let words = if headline < 0.72 { 0.3 } else { -BEST };
        return words + 1.1 * candidates::stretch(variant);
    }
    // Where the foot of the page is an app's, a stack with its picture there is whole, and one with its words above it half empty.
    let deep = candidate.arrangement == Arrangement::Stack && character != Character::Product && Measure::of(variant).has_foot();
    let size = variant.format.size();
    let side = match candidate.side {
        Side::Top if deep => 0.0,
        Side::Bottom if deep => EMPTY_FOOT,
        // Lines that begin at the right end in the middle of a page at whose left they stand: the wider the page, the farther from where one
        // begins to read.
        Side::End if candidate.arrangement == Arrangement::Strip => 0.0,
        Side::End if variant.direction == Direction::Rtl => {
            let wide = matches!(candidate.arrangement, Arrangement::Overlay) && size.w.0 > FAR * size.h.0;
            if wide { 0.95 } else { 0.2 }
        }
        Side::End => 0.12,
        Side::Top => 0.1,
        _ => 0.0,
    };
    let flat = size.w.0 > 2.9 * size.h.0;
    let second = if candidates::is_second(variant, candidate) { SECOND } else { 0.0 };
    let arrangement = match (character, candidate.arrangement) {
        (Character::Product, Arrangement::Billboard) => -0.2,
        // Words alone fill a wide page in two columns.
        (_, Arrangement::Billboard) if !candidates::has_picture(variant) => 0.05,
        (_, Arrangement::Overlay) if size.w.0 > 1.7 * size.h.0 && !candidates::has_picture(variant) => 0.45,
        (_, Arrangement::Billboard) => 0.13,
        (Character::Product, Arrangement::Ell) => 0.1,
        (Character::Product, Arrangement::Poster) => 0.15,
        (_, Arrangement::Poster) => 0.4,
        // Beside a column in a flat page everything gets small: a row suits it.
        (_, Arrangement::Split) if flat => 0.6,
        (Character::Photo, Arrangement::Strip) if flat && size.h.0 > 130.0 => 0.5,
        (_, Arrangement::Strip) if flat && size.h.0 > 130.0 => 0.3,
        (_, Arrangement::Strip) if flat => 0.0,
        (_, Arrangement::Centred) => -0.2,
        (Character::Photo, Arrangement::Overlay) => 0.0,
        (Character::Photo, Arrangement::Split) => 0.35,
        (Character::Photo, Arrangement::Stack | Arrangement::Skyscraper) => 0.5,
        (Character::Product, Arrangement::Overlay) => 0.5,
        (Character::Type, Arrangement::Split | Arrangement::Stack | Arrangement::Skyscraper) => 0.2,
        _ => 0.0,
    };
    side + arrangement + second
}
