//! In: a placed layout and what placing met. Out: its cost, lower is better. Gates (overflow, a lost must) weigh so much that no
//! sum of tastes outweighs them; then copyfit, what was dropped, the picture's loss, the text over the focal box, the
//! arrangement's own prior for this character.

use super::{Candidate, Dropped};
use crate::variant::{Arrangement, Character, Keep, Role, Variant};

/// What placing met.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Common type scale reached.
    pub t: f32,
    /// Headline size over the size wished for it at scale 1.
    pub headline: f32,
    /// Whether all text is inside.
    pub fits: bool,
    /// Share of the focal box cut off.
    pub focal_lost: f32,
    /// Share of the focal box under text.
    pub focal_hidden: f32,
    /// Enlargement of the picture.
    pub enlarged: f32,
    /// Share of the text region that the column fills.
    pub filled: f32,
}

/// The cost.
#[must_use]
pub fn cost(variant: &Variant, candidate: Candidate, terms: &Terms, dropped: &[Dropped]) -> f32 {
    let mut cost = 0.0;
    if !terms.fits {
        cost += 20.0;
    }
    for d in dropped {
        let Some(layer) = variant.layers.get(d.layer) else { continue };
        cost += match (layer.keep, layer.role) {
            (Keep::Must, _) => 10.0,
            (Keep::Should, _) => 0.9,
            (Keep::May, Role::Decoration) => 0.02,
            (Keep::May, _) => 0.22,
        };
    }
    let shrunk = (1.0 - terms.headline).max(0.0);
    cost += 2.8 * shrunk * shrunk + 0.8 * (0.6 - terms.t).max(0.0);
    cost += 1.6 * terms.focal_lost + 0.9 * terms.focal_hidden;
    cost += 0.2 * (terms.enlarged - 1.0).clamp(0.0, 2.0);
    cost += 0.5 * (0.4 - terms.filled).max(0.0);
    cost + prior(variant, candidate, terms)
}

fn prior(variant: &Variant, candidate: Candidate, terms: &Terms) -> f32 {
    let character = variant.character;
    if candidate.master {
        // The designer's own boxes, unless the words do not sit well in them.
        let words = if terms.headline < 0.72 { 0.3 } else { -0.6 };
        return words + 1.1 * super::candidates::stretch(variant);
    }
    let side = match candidate.side {
        super::Side::End => 0.12,
        super::Side::Top => 0.1,
        _ => 0.0,
    };
    let size = variant.format.size();
    let flat = size.w.0 > 2.9 * size.h.0;
    let arrangement = match (character, candidate.arrangement) {
        // Beside a column in a flat page everything gets small: a row suits it.
        (_, Arrangement::Split) if flat => 0.6,
        (_, Arrangement::Strip) if flat => 0.0,
        (Character::Photo, Arrangement::Overlay) => 0.0,
        (Character::Photo, Arrangement::Split) => 0.22,
        (Character::Photo, Arrangement::Stack | Arrangement::Skyscraper) => 0.45,
        (Character::Product, Arrangement::Overlay) => 0.5,
        (Character::Type, Arrangement::Split | Arrangement::Stack | Arrangement::Skyscraper) => 0.2,
        _ => 0.0,
    };
    side + arrangement
}
