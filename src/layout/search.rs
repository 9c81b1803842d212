//! In: an arrangement as placed. Out: the best place near it: rows nearer to each other, type a little smaller; then words moved off what the
//! picture is of. Which arrangements are searched is left to [`super::choice`]; the picture's own search is its [`super::crop`].

use super::measure::Measure;
use super::reading::Reading;
use super::{Layout, Shapes, Side, Terms, Tones, place, score};
use crate::variant::Variant;

/// A place near an arrangement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearby {
    /// Share of the type's size that would fit.
    pub eased: f32,
    /// Share of the gaps between rows of type.
    pub drawn: f32,
    /// Whether rows part where a tall page has room to spare.
    pub airy: bool,
    /// Whether the margin is the designer's where that is wider than the usual one.
    pub own: bool,
    /// Whether small print and uneven lines take the room that is left over (`legible`, `even`): asked of what is taken or told alone.
    pub print: bool,
}

impl Default for Nearby {
    fn default() -> Self {
        Self { eased: 1.0, drawn: 1.0, airy: true, own: true, print: false }
    }
}

/// Shares of the type's size that are tried around the arrangement taken: at which words break otherwise is not known before.
const EASED: [f32; 2] = [0.94, 0.88];
/// By how much type a sixteenth smaller must make a page better, in energy: type is not given away for nothing.
const WORTH: f32 = 0.05;

/// How near rows of type may stand, by how they like to, where type had to shrink for want of height.
const DRAWN: [f32; 1] = [0.8];
/// By how much nearer rows must make the type's own loss smaller: a step of size that is seen.
const CLOSER: f32 = 0.02;

/// How large type is set and how near its rows stand where words lie on the subject, step by step.
const CLEARED: [(f32, f32); 4] = [(1.0, 1.0), (1.0, 0.8), (0.94, 0.8), (0.88, 0.8)];
/// Share of a subject under words that is seen.
const TOUCHES: f32 = 0.0005;
/// By how much each step must make the page better.
const LIGHTER: f32 = 0.001;

/// By how much a page may cost more in all for what its words gain.
const DEARER: f32 = 0.1;

/// Whether there is nothing near an arrangement that is tried: it breaks nothing, its type is whole, its lines even, its subject free.
pub(super) fn is_done(variant: &Variant, layout: &Layout) -> bool {
    let free = !score::minds_covered(&variant.weights) || on_subject(layout) < TOUCHES;
    layout.failed().next().is_none() && !score::shrunk(&layout.terms) && score::even(&layout.terms) && free
}

/// Share of the subject under words. In the designer's own boxes they lie on it by intent, but for what a page covers beyond.
fn on_subject(layout: &Layout) -> f32 {
    if layout.candidate.master { score::covered(&layout.terms) } else { score::occluded(&layout.terms) }
}

/// Local search around an arrangement: rows nearer to each other, which leaves more height to the type; type a little smaller, which
/// breaks its lines otherwise. Only where a gate does not hold or lines are
/// uneven, and judged by gates and by what the words alone tell: pictures are not mirrored, so by them a right-to-left page would be set
/// otherwise than its mirror. The picture's own search is its crop.
pub(super) fn search(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, reading: &Reading, first: &Layout) -> Layout {
    let best = near(variant, shapes, tones, reading, first);
    let (candidate, nearby) = (first.candidate, Nearby { own: false, ..first.nearby });
    if best.nearby.own && !candidate.master && Measure::of(variant).is_wide() {
        // With the usual margin there may be something better near it.
        let usual = place::place_near(variant, shapes, tones, reading, (candidate, nearby));
        return place::giving(best, near(variant, shapes, tones, reading, &usual));
    }
    best
}

fn near(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, reading: &Reading, first: &Layout) -> Layout {
    let mut best = first.clone();
    let of = |terms: &Terms| score::of_words(terms, &variant.weights);
    let dearest = first.energy + DEARER;
    // A page at another place near it, if it is better by so much. Where nothing is broken words and boxes tell before a picture is looked at.
    let better = |best: &Layout, nearby: Nearby, by: f32| {
        let (was, least) = (best.rank().0, of(&best.terms) - by);
        let beaten = |boxes: &Terms| {
            was == 0 && (of(boxes) >= least || score::at_least(boxes, &variant.weights).is_some_and(|cost| cost >= dearest))
        };
        let tried = place::otherwise(variant, shapes, tones, reading, best, nearby, &beaten)?;
        let now = tried.rank().0;
        (now < was || now == was && of(&tried.terms) < least && tried.energy < dearest).then_some(tried)
    };
    let mut drawn = 1.0;
    for near in DRAWN {
        if best.failed().next().is_none() && !score::shrunk(&best.terms) {
            break;
        }
        let Some(tried) = better(&best, Nearby { drawn: near, ..first.nearby }, CLOSER) else { break };
        (best, drawn) = (tried, near);
    }
    let mut given = 1.0;
    for eased in EASED {
        if best.failed().next().is_none() && score::even(&best.terms) {
            break;
        }
        if let Some(tried) = better(&best, Nearby { eased, drawn, ..first.nearby }, WORTH * (given - eased) / 0.06) {
            (best, given) = (tried, eased);
        }
    }
    clear(variant, shapes, tones, reading, best, Nearby { eased: given, drawn, ..first.nearby })
}

/// Words that lie on what the picture is of are drawn together, and then set smaller, a step at a time, as long as the page is the better for
/// it by all its terms.
fn clear(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, reading: &Reading, mut best: Layout, from: Nearby) -> Layout {
    let beside = matches!(best.candidate.side, Side::Start | Side::End);
    let airy = Measure::of(variant).is_airy();
    if !score::minds_covered(&variant.weights) {
        return best;
    }
    for (eased, near) in CLEARED {
        // Beside the subject nearer rows are no narrower; where rows keep together they need not be told to.
        if eased >= 1.0 && (beside || near >= 1.0 && !airy) {
            continue;
        }
        if on_subject(&best) < TOUCHES {
            break;
        }
        let nearby = Nearby { eased: from.eased * eased, drawn: from.drawn.min(near), airy: false, ..from };
        let least = best.energy - LIGHTER;
        let dearer = |boxes: &Terms| score::at_least(boxes, &variant.weights).is_some_and(|cost| cost >= least);
        let tried = place::otherwise(variant, shapes, tones, reading, &best, nearby, &dearer);
        match tried.filter(|t| t.rank().0 <= best.rank().0 && t.energy < least) {
            Some(tried) => best = tried,
            None if eased < 1.0 => break,
            None => {}
        }
    }
    best
}
