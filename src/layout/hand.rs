//! In: a page of which a person moved something. Out: the same as if nothing had been, by which its arrangement is chosen, and as the hand has it in one
//! arrangement. What was moved in another rests; `guard` says so.

use super::Candidate;
use crate::variant::{Layer, Variant};

/// A hand moved it, after layout or into a box that holds in one arrangement.
fn is_moved(layer: &Layer) -> bool {
    layer.nudge.is_some() || is_bound(layer)
}

/// An override's box that holds in every arrangement takes its layer out of the page, and the others have its room. One that a hand drew in one arrangement
/// leaves the others where they are.
#[must_use]
pub fn sets_apart(layer: &Layer) -> bool {
    layer.override_box.is_some() && layer.within.is_none()
}

fn is_bound(layer: &Layer) -> bool {
    layer.within.is_some() && layer.override_box.is_some()
}

fn put_back(layer: &mut Layer) {
    layer.nudge = None;
    if layer.within.is_some() {
        layer.override_box = None;
    }
}

/// The page as if nothing had been moved; none where nothing is.
#[must_use]
pub fn without(variant: &Variant) -> Option<Variant> {
    if !variant.layers.iter().any(is_moved) {
        return None;
    }
    let mut still = variant.clone();
    still.layers.iter_mut().for_each(put_back);
    Some(still)
}

/// Whether what was moved of a layer rests in an arrangement.
#[must_use]
pub fn rests(layer: &Layer, candidate: Candidate) -> bool {
    is_moved(layer) && layer.within.as_deref().is_some_and(|key| Candidate::parse(key) != Some(candidate))
}

/// Whether a layer stands where a hand put it.
#[must_use]
pub fn stands(layer: &Layer, candidate: Candidate) -> bool {
    is_moved(layer) && !rests(layer, candidate)
}

/// The page as the hand has it in an arrangement; none where it moved nothing in that.
#[must_use]
pub fn within(variant: &Variant, candidate: Candidate) -> Option<Variant> {
    let mut moved = variant.clone();
    moved.layers.iter_mut().filter(|layer| rests(layer, candidate)).for_each(put_back);
    moved.layers.iter().any(is_moved).then_some(moved)
}
