//! In: a [`Variant`] and its text, shaped. Out: a [`Layout`]: every layer at a fixed place with its crop, its broken
//! lines and its size, or named as dropped with the reason. What to paint is left to `display`; whether it is good enough to `guard`.
//!
//! An art director's order of work, one file each: read the master ([`reading`]), [`measure`] the page (scale, margins, smallest
//! legible type), propose [`candidates`] (arrangements with a side for the text), [`place`] each (in a [`mod@column`], a [`strip`], a
//! [`billboard`], a [`poster`], or as the designer's [`own`] boxes), look at each through the [`gates`] that are never traded and by the
//! [`mod@terms`] of the [`score`], take the best and keep the next ones as alternatives. Right-to-left pages are arranged in a mirror
//! ([`mirror`]); pictures themselves are never flipped. Of the pictures only their [`tone`] is known here.

pub mod reading;
pub mod tone;
pub mod usual;
pub mod backdrop;
pub mod ink;
pub mod contrast;
pub mod gates;
pub mod measure;
pub mod candidates;
pub mod pieces;
pub mod flow;
pub mod strip;
pub mod packed;
pub mod billboard;
pub mod poster;
pub mod place;
pub mod sheet;
pub mod own;
pub mod column;
pub mod adorn;
pub mod regions;
pub mod mark;
pub mod sign;
pub mod anchor;
pub mod crop;
pub mod focal;
pub mod scrim;
pub mod mirror;
pub mod score;
pub mod suits;
pub mod terms;
pub mod pinned;
pub mod entrance;

pub use backdrop::{Backdrop, Tones};
pub use candidates::{Candidate, Side};
pub use entrance::Entrance;
pub use gates::Gate;
pub use score::Terms;
pub use tone::Tone;

use self::measure::Measure;
use crate::color::{Fill, Rgba};
use crate::geom::{Rect, Size};
use crate::text::{Align, Fitted, Shaped};
use crate::units::Px;
use crate::variant::{Arrangement, AssetId, FormatClass, Variant};
use std::sync::Arc;

/// Boxes at fixed places, back to front.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The arrangement taken.
    pub candidate: Candidate,
    /// What is never traded, with the values met; those that do not apply are left out.
    pub gates: Vec<Gate>,
    /// What was measured, in the order of [`score::WEIGHTS`].
    pub terms: Terms,
    /// The weighed sum of the terms: lower is better.
    pub energy: f32,
    /// The usual way ([`usual`]), which languages of a format share; `None` where a person chose.
    pub usual: Option<Candidate>,
    /// The usual arrangement where another is taken: what it would cost.
    pub instead_of: Option<Alternative>,
    /// The other ways to lay this page out, best first, at most three; none where they were not asked for ([`Ways`]).
    pub alternatives: Vec<Alternative>,
    /// How many ways were placed; what cannot be taken is not, where the others were not asked for.
    pub ways: usize,
    /// The gates that the others do not pass, and how many of them.
    pub fell: Vec<(gates::Kind, usize)>,
    /// The format's class.
    pub class: FormatClass,
    /// Trim size, px.
    pub trim: Size,
    /// Bleed beyond the trim, px.
    pub bleed: Px,
    /// Where text and logo belong: inside safe zone and margins, px.
    pub content: Rect,
    /// The safe zone alone, px.
    pub safe: Rect,
    /// Artboard px to format px.
    pub scale: f32,
    /// Page colour.
    pub ground: Rgba,
    /// What is placed, back to front.
    pub placed: Vec<Placed>,
    /// What had to go, and why.
    pub dropped: Vec<Dropped>,
    /// The side that each placed layer would come in from, in paint order; empty until the layout is the one taken.
    pub entrances: Vec<Entrance>,
}

/// One thing at its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Index into the variant's layers; `None` for grounds that layout itself adds (panels).
    pub layer: Option<usize>,
    /// Its visible box (of a plated text: the plate), px.
    pub rect: Rect,
    /// What it shows there.
    pub content: PlacedContent,
    /// Artboard px to px for its radius, stroke and shadow.
    pub scale: f32,
}

/// What a placed thing shows.
#[derive(Clone, Debug)]
pub enum PlacedContent {
    /// A part of a picture.
    Picture {
        /// The file.
        asset: AssetId,
        /// The part shown, source px.
        src: Rect,
        /// Format px per source px: above 1 the picture is enlarged.
        enlarged: f32,
        /// Share of the focal box that the crop lost, 0 to 1.
        focal_lost: f32,
    },
    /// A drawing, the light or the dark one.
    Vector {
        /// The file.
        asset: AssetId,
    },
    /// A plain shape of its layer, with its own fill or a scrim's fill aimed anew.
    Shape {
        /// The fill.
        fill: Fill,
    },
    /// A ground that layout adds under text.
    Panel {
        /// The fill.
        fill: Fill,
    },
    /// Broken and sized text.
    Text(Box<PlacedText>),
}

/// Text at its place.
#[derive(Clone, Debug)]
pub struct PlacedText {
    /// Box of the lines (inside a plate: without padding), px.
    pub rect: Rect,
    /// The lines.
    pub fitted: Fitted,
    /// The size the layout wished for, px.
    pub wished: Px,
    /// The master's floor in this format, px.
    pub floor: Px,
    /// Alignment.
    pub align: Align,
    /// Whether it stands on a plate.
    pub plated: bool,
}

/// Something left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Index into the variant's layers.
    pub layer: usize,
    /// Why.
    pub reason: DropReason,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropReason {
    /// No room at a legible size.
    NoRoom,
    /// The arrangement has no place for it.
    NoPlace,
    /// The format shows a mark alone (icons, logo slots).
    MarkOnly,
    /// The message is empty in this locale.
    Empty,
}

impl DropReason {
    /// For people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoRoom => "no room at a legible size",
            Self::NoPlace => "no place for it in this arrangement",
            Self::MarkOnly => "the format shows the logo alone",
            Self::Empty => "its message is empty",
        }
    }
}

/// The variant's text, shaped: one entry a layer, `None` for layers without text.
#[derive(Clone, Copy)]
pub struct Shapes<'a>(pub &'a [Option<Arc<Shaped>>]);

impl Shapes<'_> {
    /// The shaped text of a layer.
    #[must_use]
    pub fn of(&self, layer: usize) -> Option<Arc<Shaped>> {
        self.0.get(layer).and_then(Clone::clone)
    }
}

/// Another way to lay the same page out.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The arrangement.
    pub candidate: Candidate,
    /// Its energy.
    pub energy: f32,
    /// Gates it does not pass.
    pub failed: Vec<gates::Kind>,
    /// Its terms.
    pub terms: Terms,
}

/// By how much another arrangement must be better than the usual one that passes every gate: a page that is dearer by more is a worse page, and one layout in all
/// languages is no gain to it.
const STEADY: f32 = 1.0;
/// The same by weights before version 3.
const STEADY_BEFORE: f32 = 0.25;
/// Ways that cost less than the one taken and are sought before they are given up.
const HOPES: usize = 3;
/// Alternatives kept beside the one taken.
const OTHERS: usize = 3;

impl Alternative {
    fn of(layout: Layout) -> Self {
        let failed = layout.failed().map(|g| g.kind).collect();
        Self { candidate: layout.candidate, energy: layout.energy, failed, terms: layout.terms }
    }
}

impl Layout {
    /// Gates that do not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Gate> {
        self.gates.iter().filter(|g| !g.passes)
    }
    /// How much is broken, then how good it is: only what breaks nothing is compared by energy alone.
    fn rank(&self) -> (u32, f32) {
        (self.failed().map(Gate::gravity).sum(), self.energy)
    }
}

/// A place near an arrangement that search looks at.
#[derive(Clone, Copy, Debug)]
pub struct Nearby {
    /// Share of the type's size that would fit.
    pub eased: f32,
    /// Share of the gaps between rows of type.
    pub drawn: f32,
    /// Whether rows part where a tall page has room to spare.
    pub airy: bool,
}

impl Default for Nearby {
    fn default() -> Self {
        Self { eased: 1.0, drawn: 1.0, airy: true }
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

/// How near rows stand and how large type is set where words lie on the subject, step by step.
const CLEARED: [Nearby; 4] = [
    Nearby { eased: 1.0, drawn: 1.0, airy: false },
    Nearby { eased: 1.0, drawn: 0.8, airy: false },
    Nearby { eased: 0.94, drawn: 0.8, airy: false },
    Nearby { eased: 0.88, drawn: 0.8, airy: false },
];
/// Share of a subject under words that is seen.
const TOUCHES: f32 = 0.0005;
/// By how much each step must make the page better.
const LIGHTER: f32 = 0.001;

/// By how much a page may cost more in all for what its words gain.
const DEARER: f32 = 0.1;

/// Local search around an arrangement: rows nearer to each other, which leaves more height to the type; type a little smaller, which
/// breaks its lines otherwise. Only where a gate does not hold or lines are
/// uneven, and judged by gates and by what the words alone tell: pictures are not mirrored, so by them a right-to-left page would be set
/// otherwise than its mirror. The picture's own search is its crop.
fn search(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, reading: &reading::Reading, first: &Layout) -> Layout {
    let mut best = first.clone();
    let of = |l: &Layout| score::of_words(&l.terms, &variant.weights);
    let better = |tried: &Layout, best: &Layout, by: f32| {
        let (was, now) = (best.rank().0, tried.rank().0);
        now < was || now == was && of(tried) < of(best) - by && tried.energy < first.energy + DEARER
    };
    let mut drawn = 1.0;
    for near in DRAWN {
        if best.failed().next().is_none() && !score::shrunk(&best.terms) {
            break;
        }
        let tried = place::around(variant, shapes, tones, reading, first.candidate, Nearby { drawn: near, ..Nearby::default() });
        if !better(&tried, &best, CLOSER) {
            break;
        }
        (best, drawn) = (tried, near);
    }
    let mut given = 1.0;
    for eased in EASED {
        if best.failed().next().is_none() && score::even(&best.terms) {
            break;
        }
        let tried = place::around(variant, shapes, tones, reading, first.candidate, Nearby { eased, drawn, ..Nearby::default() });
        if better(&tried, &best, WORTH * (given - eased) / 0.06) {
            (best, given) = (tried, eased);
        }
    }
    clear(variant, shapes, tones, reading, best, Nearby { eased: given, drawn, airy: true })
}

/// Words that lie on what the picture is of are drawn together, and then set smaller, a step at a time, as long as the page is the better for
/// it by all its terms.
fn clear(
    variant: &Variant,
    shapes: Shapes<'_>,
    tones: &Tones,
    reading: &reading::Reading,
    mut best: Layout,
    from: Nearby,
) -> Layout {
    let beside = matches!(best.candidate.side, Side::Start | Side::End);
    let airy = Measure::of(variant).is_airy();
    // In the designer's own boxes words lie on the subject by intent, but for what a page covers beyond.
    let on = |l: &Layout| if l.candidate.master { score::covered(&l.terms) } else { score::occluded(&l.terms) };
    if !score::minds_covered(&variant.weights) {
        return best;
    }
    for step in CLEARED {
        // Beside the subject nearer rows are no narrower; where rows keep together they need not be told to.
        if step.eased >= 1.0 && (beside || step.drawn >= 1.0 && !airy) {
            continue;
        }
        if on(&best) < TOUCHES {
            break;
        }
        let nearby = Nearby { eased: from.eased * step.eased, drawn: from.drawn.min(step.drawn), airy: false };
        let least = best.energy - LIGHTER;
        let tried = place::otherwise(variant, shapes, tones, reading, &best, nearby, &|at_least| at_least >= least);
        match tried.filter(|t| t.rank().0 <= best.rank().0 && t.energy < least) {
            Some(tried) => best = tried,
            None if step.eased < 1.0 => break,
            None => {}
        }
    }
    best
}

/// Sets the glyphs of what is placed: until here its words were measured alone.
fn set_glyphs(shapes: Shapes<'_>, placed: &mut [Placed]) {
    for p in placed {
        if let (PlacedContent::Text(text), Some(shaped)) = (&mut p.content, p.layer.and_then(|layer| shapes.of(layer))) {
            shaped.set(&mut text.fitted);
        }
    }
}

/// Which ways to lay a page out are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// The one taken, which is what painting needs: what cannot be taken is not placed.
    Taken,
    /// The others too, with what each costs.
    All,
}

/// The best layout of a variant: every candidate is placed; those that pass every gate come first, then the one of least energy, the
/// earlier proposed in a tie. One that a person chose is taken as it is, and its gates say what it costs. Which is taken does not depend on
/// the [`Ways`] asked for. The `usual` way of the format comes first where it is one of those proposed and breaks no more than another.
#[must_use]
pub fn layout(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, ways: Ways, usual: Option<Candidate>) -> Layout {
    let reading = reading::read(variant, shapes);
    let chosen = variant.chosen.as_deref().and_then(Candidate::parse);
    let mut proposed = candidates::propose(variant);
    if let Some(chosen) = chosen.filter(|c| !proposed.contains(c)) {
        proposed.push(chosen);
    }
    let usual = usual.filter(|usual| proposed.contains(usual)).or_else(|| suits::suits_most(variant, proposed.iter().copied()));
    // Languages of a format keep one way unless a gate forbids it or it costs a page too much, and a letter more does not flip the page.
    let claim = if score::minds_covered(&variant.weights) { STEADY } else { STEADY_BEFORE };
    let steady = |c: Candidate| if Some(c) == usual { -claim } else { 0.0 };
    let settled = |l: &Layout| steady(l.candidate);
    let place = |c: Candidate| place::place(variant, shapes, tones, &reading, c);
    let search = |l: &Layout| search(variant, shapes, tones, &reading, l);
    let first = chosen.or(usual);
    let mut placed: Vec<Layout> = first.map(place).into_iter().collect();
    // What suits the page gives way to another only for what search cannot mend.
    let mut sought: Vec<Candidate> = Vec::new();
    let mendable = |l: &Layout| l.failed().next().is_some() && l.failed().all(gates::Gate::may_be_mended);
    for usual in placed.iter_mut().filter(|l| mendable(l)) {
        *usual = search(usual);
        sought.push(usual.candidate);
    }
    for candidate in proposed.iter().copied().filter(|c| Some(*c) != first) {
        if ways == Ways::All {
            placed.push(place(candidate));
            continue;
        }
        // Nothing makes up for what an arrangement costs at the least, whatever the words are and then as they are set: where a page that
        // breaks nothing costs less, it is not placed, or not to its end.
        let beaten = |least: f32| {
            let beats = |l: &Layout| l.rank().0 == 0 && least + steady(candidate) > l.energy + settled(l);
            placed.iter().any(beats)
        };
        if placed.iter().any(|l| Some(l.candidate) == chosen) {
            continue;
        }
        let found = place::unless(variant, shapes, tones, &reading, candidate, &beaten);
        placed.extend(found);
    }
    // Stable: the earlier proposed wins a tie.
    let order = |a: &Layout, b: &Layout| {
        let own = |l: &Layout| Some(l.candidate) != chosen;
        let at = |l: &Layout| proposed.iter().position(|c| *c == l.candidate);
        let ((fa, ea), (fb, eb)) = (a.rank(), b.rank());
        let (ea, eb) = (ea + settled(a), eb + settled(b));
        own(a).cmp(&own(b)).then(fa.cmp(&fb)).then(ea.total_cmp(&eb)).then(at(a).cmp(&at(b)))
    };
    placed.sort_unstable_by(order);
    let mend = |placed: &mut [Layout], sought: &mut Vec<Candidate>, but: &[Candidate]| {
        for other in placed.iter_mut().filter(|l| mendable(l) && !but.contains(&l.candidate)) {
            if !sought.contains(&other.candidate) {
                *other = search(other);
                sought.push(other.candidate);
            }
        }
    };
    // Where none passes, each that search may mend is sought before one is taken that breaks something.
    if chosen.is_none() && placed.first().is_some_and(|l| l.failed().next().is_some()) {
        mend(&mut placed, &mut sought, &[]);
        placed.sort_unstable_by(order);
    }
    // One that costs less is sought before it is given up for what search may mend, so that nothing dearer is taken than is told; the way that suits
    // the page keeps its claim, and no more than that. What was not placed costs more than what is first.
    for _ in 0..HOPES {
        let Some(best) = placed.first().filter(|l| l.failed().next().is_none()) else { break };
        let least = best.energy + settled(best);
        let hopes = |l: &&mut Layout| {
            l.energy + settled(l) < least && !sought.contains(&l.candidate) && l.failed().all(gates::Gate::may_be_mended)
        };
        let Some(other) = placed.iter_mut().skip(1).filter(hopes).min_by(|a, b| a.energy.total_cmp(&b.energy)) else { break };
        *other = search(other);
        sought.push(other.candidate);
        placed.sort_unstable_by(order);
    }
    if let Some(best) = placed.first_mut().filter(|l| !sought.contains(&l.candidate)) {
        *best = search(best);
    }
    // Where the closer look finds that the one taken breaks more than was known, the others are weighed against it once more; those that were
    // not placed because it passed are placed now.
    let mut looked: Vec<Candidate> = Vec::new();
    while let Some(best) = placed.first_mut().filter(|l| !looked.contains(&l.candidate)) {
        let known = best.rank().0;
        gates::closely(variant, tones, best);
        looked.push(best.candidate);
        if best.rank().0 <= known || chosen.is_some() {
            break;
        }
        let missing: Vec<Candidate> = proposed.iter().copied().filter(|c| placed.iter().all(|l| l.candidate != *c)).collect();
        placed.extend(missing.into_iter().map(place));
        mend(&mut placed, &mut sought, &looked);
        placed.sort_unstable_by(order);
    }
    let page = Measure::of(variant);
    let mut ranked = placed.into_iter();
    let mut best = ranked
        .next()
        .unwrap_or_else(|| place(Candidate { arrangement: Arrangement::Overlay, side: Side::Bottom, master: false }));
    gates::by_hand(variant, &page, &mut best.gates);
    set_glyphs(shapes, &mut best.placed);
    best.entrances = entrance::entrances(variant, &best);
    best.usual = usual.filter(|_| chosen.is_none());
    let mut others: Vec<Layout> = ranked.collect();
    let told = |mut l: Layout| {
        gates::closely(variant, tones, &mut l);
        gates::by_hand(variant, &page, &mut l.gates);
        Alternative::of(l)
    };
    best.instead_of = others.iter().find(|l| Some(l.candidate) == best.usual).cloned().map(told);
    best.ways = 1 + others.len();
    for gate in others.iter().flat_map(|l| l.failed()) {
        match best.fell.iter_mut().find(|(kind, _)| *kind == gate.kind) {
            Some((_, times)) => *times += 1,
            None => best.fell.push((gate.kind, 1)),
        }
    }
    if ways == Ways::All {
        let corrected = variant.layers.iter().any(|l| l.override_box.is_some() || l.nudge.is_some());
        // What is told of another way is what a person gets who takes it.
        others.truncate(OTHERS);
        let seeks = |l: &Layout| corrected || mendable(l);
        others.iter_mut().filter(|l| seeks(l) && !sought.contains(&l.candidate)).for_each(|l| *l = search(l));
        others.sort_unstable_by(order);
        best.alternatives = others.into_iter().map(told).collect();
        // What only the closer look found counts as well.
        for kind in best.alternatives.iter().flat_map(|way| &way.failed) {
            let times = best.alternatives.iter().filter(|way| way.failed.contains(kind)).count();
            match best.fell.iter_mut().find(|(fell, _)| fell == kind) {
                Some((_, counted)) => *counted = times.max(*counted),
                None => best.fell.push((*kind, times)),
            }
        }
    }
    best
}
