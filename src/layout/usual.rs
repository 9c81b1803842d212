//! In: a page without its words ([`Variant::wordless`]) and the tones of its pictures. Out: the usual way of its format, which all its
//! languages share: the one that greeked words of the master's length stand best in. Whether a language takes it is decided where ways are laid out.

use super::candidates::{self, Candidate};
use super::gates::Gate;
use super::reading::{self, Reading};
use super::search::Nearby;
use super::{Cuts, Layout, Shapes, Tones, place, score, suits, veil};
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

/// The usual way of a format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// The way.
    pub way: Candidate,
    /// Where one reads from the right: the way of the format's other languages, if its mirror is another, and the gate that it does not pass.
    pub left: Option<(Candidate, Gate)>,
}

/// The usual way. Where one reads from the right it is that of the format as it is `read` from the left, in a mirror; pictures are not mirrored, so
/// where words break a gate there it is what suits this direction.
#[must_use]
pub fn usual(bare: &Variant, tones: &Tones, read: Option<Candidate>) -> Option<Usual> {
    let mut proposed = candidates::propose(bare);
    proposed.retain(|c| !candidates::is_second(bare, *c));
    if !score::minds_covered(&bare.weights) || proposed.len() < 2 {
        return suits::suits_most(bare, proposed.iter().copied()).map(|way| Usual { way, left: None });
    }
    let (shapes, longer) = (greeked(bare, 0.0), greeked(bare, LONGER));
    let cuts = <[Cuts; 2]>::default();
    let [short, long] = &cuts;
    let (shapes, longer) = (Shapes { shaped: &shapes, cuts: short }, Shapes { shaped: &longer, cuts: long });
    let veiled = veil::in_master(bare, tones);
    let reading = Reading { veiled, ..reading::read(bare, shapes) };
    let reading_longer = OnceCell::new();
    let covers = |l: &Layout| score::covered(&l.terms) > KEEPS_OFF;
    // How wide the designer's margin is decides no arrangement.
    let nearby = Nearby { own: false, ..Nearby::default() };
    // The way read from the left, what it breaks in a mirror, and how much.
    let mut broken_so = None;
    if let Some(way) = read.filter(|way| proposed.contains(way)) {
        let found = place::place_near(bare, shapes, tones, &reading, (way, nearby));
        let Some(gate) = found.failed().max_by_key(|gate| gate.gravity()) else { return Some(Usual { way, left: None }) };
        broken_so = Some((way, Gate { layer: None, ..*gate }, found.rank().0));
    }
    let mut best: Option<((u32, f32), Candidate)> = None;
    for candidate in proposed {
        let beaten = |least: f32| best.is_some_and(|((broken, cost), _)| broken == 0 && least > cost);
        let Some(found) = place::unless(bare, shapes, tones, &reading, (candidate, nearby), &beaten) else { continue };
        let broken = found.rank().0;
        let better = |cost: f32| best.is_none_or(|((b, c), _)| broken < b || broken == b && cost < c - CLEARLY);
        let mut cost = found.energy + if covers(&found) { LIES_ON } else { 0.0 };
        if !better(cost) {
            continue;
        }
        if broken == 0 {
            let reading = reading_longer.get_or_init(|| Reading { veiled, ..reading::read(bare, longer) });
            let placed = place::place_near(bare, longer, tones, reading, (candidate, nearby));
            cost += if covers(&placed) { LONGER_LIE_ON } else { 0.0 };
            cost += if placed.failed().next().is_some() { LONGER_LEAVE } else { 0.0 };
        }
        if better(cost) {
            best = Some(((broken, cost), candidate));
        }
    }
    let ((least, _), way) = best?;
    Some(match broken_so.filter(|(left, ..)| *left != way) {
        // Nothing breaks less.
        Some((left, _, broken)) if broken <= least => Usual { way: left, left: None },
        so => Usual { way, left: so.map(|(left, gate, _)| (left, gate)) },
    })
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
