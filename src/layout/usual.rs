//! In: a page without its words ([`Variant::wordless`]) and the tones of its pictures. Out: the usual way of its format, which all its
//! languages share: the one that greeked words of the master's length stand best in. Whether a language takes it is decided where ways are laid out.

use super::candidates::{self, Candidate};
use super::reading::{self, Reading};
use super::{Layout, Shapes, Tones, place, score, suits, veil};
use crate::text::Shaped;
use crate::variant::{Content, Variant};
use std::cell::OnceCell;
use std::sync::Arc;

/// How much more of a subject than in the master greeked words may lie on and keep off it.
const KEEPS_OFF: f32 = 0.06;
/// What it costs a way, in energy, that its words do not keep off: what one language brings onto the subject by a hair, another does by a word.
const LIES_ON: f32 = 0.3;
/// The same where longer words do not: a language that needs the most room covers what the picture is of, within the gate.
const LONGER_LIE_ON: f32 = 0.8;
/// What it costs that longer words break a gate: such a language leaves the way and says so, which is better than all being dearer.
const LONGER_LEAVE: f32 = 0.1;
/// By how much a way proposed later must be the better one: what two directions of reading, or a hair of a gap, decide is no usual way.
const CLEARLY: f32 = 0.008;
/// By so much of themselves words are longer in the languages that need the most room, which must keep off a subject too.
const LONGER: f32 = 0.4;

/// The usual way: pictures are not mirrored, so it is found for each direction of reading.
#[must_use]
pub fn usual(bare: &Variant, tones: &Tones) -> Option<Candidate> {
    let mut proposed = candidates::propose(bare);
    proposed.retain(|c| !candidates::is_second(bare, *c));
    if !score::minds_covered(&bare.weights) || proposed.len() < 2 {
        return suits::suits_most(bare, proposed.iter().copied());
    }
    let (shapes, longer) = (greeked(bare, 0.0), greeked(bare, LONGER));
    let (shapes, longer) = (Shapes(&shapes), Shapes(&longer));
    let veiled = veil::in_master(bare, tones);
    let reading = Reading { veiled, ..reading::read(bare, shapes) };
    let reading_longer = OnceCell::new();
    let covers = |l: &Layout| score::covered(&l.terms) > KEEPS_OFF;
    let mut best: Option<((u32, f32), Candidate)> = None;
    for candidate in proposed {
        let beaten = |least: f32| best.is_some_and(|((broken, cost), _)| broken == 0 && least > cost);
        let Some(found) = place::unless(bare, shapes, tones, &reading, candidate, &beaten) else { continue };
        let broken = found.rank().0;
        let better = |cost: f32| best.is_none_or(|((b, c), _)| broken < b || broken == b && cost < c - CLEARLY);
        let mut cost = found.energy + if covers(&found) { LIES_ON } else { 0.0 };
        if !better(cost) {
            continue;
        }
        if broken == 0 {
            let reading = reading_longer.get_or_init(|| Reading { veiled, ..reading::read(bare, longer) });
            let placed = place::place(bare, longer, tones, reading, candidate);
            cost += if covers(&placed) { LONGER_LIE_ON } else { 0.0 };
            cost += if placed.failed().next().is_some() { LONGER_LEAVE } else { 0.0 };
        }
        if better(cost) {
            best = Some(((broken, cost), candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Words of the page, longer by some of themselves.
fn greeked(bare: &Variant, longer: f32) -> Vec<Option<Arc<Shaped>>> {
    let words = |content: &Content| match content {
        Content::Text(slot) => {
            let more = (slot.text.len() as f32 * longer) as usize;
            let text = if more == 0 {
                slot.text.clone()
            } else {
                format!("{} {}", slot.text, slot.text.get(..more).unwrap_or_default().trim_end())
            };
            Some(Arc::new(Shaped::greeked(&text, &slot.style, bare.direction)))
        }
        _ => None,
    };
    bare.layers.iter().map(|layer| words(&layer.content)).collect()
}
