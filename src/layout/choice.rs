//! In: a [`Variant`], its text shaped, the usual way of its format. Out: the [`Layout`] taken, and what else there is to take. How one way is
//! placed is left to [`mod@place`], what is better near it to [`mod@search`], what breaks it to [`gates`].

use super::measure::Measure;
use super::reading::{self, Reading};
use super::search::Nearby;
use super::{
    Candidate, Layout, Placed, PlacedContent, Shapes, Side, Terms, Tones, Usual, candidates, entrance, even, gates, hand,
    legible, place, score, search, suits, veil,
};
use crate::ordered;
use crate::units::Px;
use crate::variant::{Arrangement, Variant};
use std::cmp::Ordering;

/// Another way to lay the same page out.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The arrangement.
    pub candidate: Candidate,
    /// Its energy.
    pub energy: f32,
    /// Whether it may cost less once it is taken: near it something is left to try, which is done for the one taken alone.
    pub rough: bool,
    /// Gates it does not pass.
    pub failed: Vec<gates::Kind>,
    /// Its terms.
    pub terms: Terms,
}

/// The way of a format's languages where a page is laid out otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instead {
    /// The way.
    pub candidate: Candidate,
    /// The gate that these words do not pass there, or, where one reads from the right, that no words do.
    pub gate: Option<gates::Gate>,
    /// What the one taken costs less.
    pub saves: f32,
}

/// Which ways to lay a page out are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    /// The one taken, which is what painting needs: what cannot be taken is not placed.
    Taken,
    /// The others too, with what each costs.
    All,
}

/// By how much another must be better than the usual one by weights before version 3.
const STEADY_BEFORE: f32 = 0.25;
/// Ways that cost less than the one taken and are sought before they are given up.
const HOPES: usize = 3;
/// By how much larger small print may make a page dearer, in energy.
const DEARER: f32 = 0.1;
/// Alternatives kept beside the one taken.
const OTHERS: usize = 3;
/// Share of a page's shorter side within which things stand at one place.
const ALIKE: f32 = 0.02;
/// How much more a way that nobody thought of first may leave out.
const WHOLE: f32 = 0.01;
/// How much smaller what leads may be there, by the term; the second where nothing else is there to choose.
const SMALLER: (f32, f32) = (0.3, 0.6);

/// The best layout of a variant: every candidate is placed; those that pass every gate come first, then the one of least energy, the
/// earlier proposed in a tie. One that a person chose is taken as it is, and its gates say what it costs. Which is taken does not depend on
/// the [`Ways`] asked for. The `usual` way of the format comes first where it is one of those proposed and breaks no more than another.
#[must_use]
pub fn layout(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, ways: Ways, usual: Option<Usual>) -> Layout {
    // A hand moves a layer, not the page: the way is chosen as if it had moved nothing, and then is as it has it.
    let still = hand::without(variant);
    let mut choice = Choice::of(still.as_ref().unwrap_or(variant), shapes, tones, usual.map(|usual| usual.way));
    choice.moved = still.is_some().then_some(variant);
    choice.place_all(ways);
    choice.seek();
    choice.look_closely();
    choice.told(ways, usual.and_then(|usual| usual.left))
}

/// Whether the usual way of a page's format matters to what is laid out: not where a person chose and nothing else is asked for.
#[must_use]
pub fn asks_usual(variant: &Variant, ways: Ways) -> bool {
    let chosen = variant.chosen.as_deref().and_then(Candidate::parse).is_some();
    !(chosen && ways == Ways::Taken)
}

/// Ways to lay a page out, on the way to the one taken.
struct Choice<'a> {
    variant: &'a Variant,
    /// The same as a person's hand has it, where it moved something.
    moved: Option<&'a Variant>,
    shapes: Shapes<'a>,
    tones: &'a Tones,
    reading: Reading,
    /// What a person chose.
    chosen: Option<Candidate>,
    usual: Option<Candidate>,
    /// What that one is worth in energy where it passes every gate.
    claim: f32,
    /// Best bets first.
    proposed: Vec<Candidate>,
    /// Best first once ranked.
    placed: Vec<Layout>,
    /// Those around which search has been.
    sought: Vec<Candidate>,
}

/// Whether search may let hold all that does not.
fn mendable(layout: &Layout) -> bool {
    layout.failed().next().is_some() && layout.failed().all(gates::Gate::may_be_mended)
}

impl<'a> Choice<'a> {
    fn of(variant: &'a Variant, shapes: Shapes<'a>, tones: &'a Tones, usual: Option<Candidate>) -> Self {
        let chosen = variant.chosen.as_deref().and_then(Candidate::parse);
        let mut proposed = candidates::propose(variant);
        if let Some(chosen) = chosen.filter(|c| !proposed.contains(c)) {
            proposed.push(chosen);
        }
        let minds = score::minds_covered(&variant.weights);
        // The way that pages of nearly this size have may be none that this one has of itself: it is one then, and its gates say what it costs.
        let usual = usual.filter(|c| minds || proposed.contains(c));
        if let Some(usual) = usual.filter(|c| !proposed.contains(c)) {
            proposed.push(usual);
        }
        // Languages of a format keep its way unless a gate forbids it, whatever another would save.
        let claim = if minds { f32::INFINITY } else { STEADY_BEFORE };
        let usual = usual.or_else(|| suits::suits_most(variant, proposed.iter().copied()));
        let reading = Reading { veiled: veil::in_master(variant, tones), ..reading::read(variant, shapes) };
        Self {
            variant,
            moved: None,
            shapes,
            tones,
            reading,
            chosen,
            usual,
            claim,
            proposed,
            placed: Vec::new(),
            sought: Vec::new(),
        }
    }

    fn place(&self, candidate: Candidate) -> Layout {
        place::place(self.variant, self.shapes, self.tones, &self.reading, candidate)
    }

    fn search(&self, layout: &Layout) -> Layout {
        search::search(self.variant, self.shapes, self.tones, &self.reading, layout)
    }

    /// A way as a person's hand has it, where that moved something in it.
    fn by_hand(&self, layout: &Layout) -> Option<Layout> {
        let moved = self.moved.and_then(|variant| hand::within(variant, layout.candidate))?;
        let at = (layout.candidate, layout.nearby);
        Some(place::place_at(&moved, self.shapes, self.tones, &self.reading, at))
    }

    /// A way with small print as large as the room left over allows, where it is smaller than reads with ease, and with even lines where they are
    /// not, if that breaks nothing.
    fn larger(&self, layout: &Layout) -> Option<Layout> {
        let small = legible::is_small(self.variant, layout);
        if !score::minds_covered(&self.variant.weights) || !(small || even::is_asked(self.variant, layout)) {
            return None;
        }
        // By what words alone tell: pictures are not mirrored, and a page that is reads the same.
        let words = |terms: &Terms| score::of_words(terms, &self.variant.weights);
        let (most, worst) = (layout.energy + DEARER, words(&layout.terms));
        let beaten = |boxes: &Terms| {
            !small && words(boxes) > worst || score::at_least(boxes, &self.variant.weights).is_some_and(|cost| cost >= most)
        };
        let nearby = Nearby { print: true, ..layout.nearby };
        let mut larger = place::otherwise(self.variant, self.shapes, self.tones, &self.reading, layout, nearby, &beaten)?;
        gates::closely(self.variant, self.tones, &mut larger);
        // Whether a page passes its gates is known before, and told.
        let holds = larger.rank().0 == layout.rank().0 && larger.energy < most && (small || words(&larger.terms) <= worst);
        holds.then_some(larger)
    }

    /// What a way costs where ways are compared: languages of a format keep one unless a gate forbids it, and so a letter more does not flip the page.
    fn cost(&self, candidate: Candidate, energy: f32) -> f32 {
        energy + if Some(candidate) == self.usual { -self.claim } else { 0.0 }
    }

    fn cost_of(&self, layout: &Layout) -> f32 {
        self.cost(layout.candidate, layout.energy)
    }

    /// What a person chose, what breaks least, what costs least; the earlier proposed wins a tie.
    fn order(&self, a: &Layout, b: &Layout) -> Ordering {
        let other = |l: &Layout| Some(l.candidate) != self.chosen;
        let at = |l: &Layout| self.proposed.iter().position(|c| *c == l.candidate);
        let broken = a.rank().0.cmp(&b.rank().0);
        let cost = self.cost_of(a).total_cmp(&self.cost_of(b));
        other(a).cmp(&other(b)).then(broken).then(cost).then(at(a).cmp(&at(b)))
    }

    fn in_order(&self, mut ways: Vec<Layout>) -> Vec<Layout> {
        ordered::short(&mut ways, |a, b| self.order(a, b));
        ways
    }

    fn rank(&mut self) {
        let placed = std::mem::take(&mut self.placed);
        self.placed = self.in_order(placed);
    }

    /// Puts the best place near a way in its place, once.
    fn search_at(&mut self, at: usize) {
        let Some(layout) = self.placed.get(at).filter(|l| !self.sought.contains(&l.candidate)) else { return };
        let (candidate, found) = (layout.candidate, self.search(layout));
        self.sought.push(candidate);
        if let Some(layout) = self.placed.get_mut(at) {
            *layout = found;
        }
    }

    /// Seeks around all that search may mend but some.
    fn mend(&mut self, but: &[Candidate]) {
        for at in 0..self.placed.len() {
            if self.placed.get(at).is_some_and(|l| mendable(l) && !but.contains(&l.candidate)) {
                self.search_at(at);
            }
        }
    }

    /// Places the ways, as far as they may be taken or are to be told.
    fn place_all(&mut self, ways: Ways) {
        let first = self.chosen.or(self.usual);
        self.placed.extend(first.map(|first| self.place(first)));
        // What suits the page gives way to another only for what search cannot mend.
        self.mend(&[]);
        for candidate in self.proposed.clone().into_iter().filter(|c| Some(*c) != first) {
            if ways == Ways::All {
                self.placed.push(self.place(candidate));
                continue;
            }
            if self.placed.iter().any(|l| Some(l.candidate) == self.chosen) {
                continue;
            }
            // Nothing makes up for what an arrangement costs at the least, whatever the words are and then as they are set: where a page that
            // breaks nothing costs less, it is not placed, or not to its end.
            let beaten = |least: f32| {
                let beats = |l: &Layout| l.rank().0 == 0 && self.cost(candidate, least) > self.cost_of(l);
                self.placed.iter().any(beats)
            };
            let at = (candidate, search::Nearby::default());
            let found = place::unless(self.variant, self.shapes, self.tones, &self.reading, at, &beaten);
            self.placed.extend(found);
        }
        self.rank();
    }

    /// Seeks around what may be taken.
    fn seek(&mut self) {
        // Where none passes, each that search may mend is sought before one is taken that breaks something.
        if self.chosen.is_none() && self.placed.first().is_some_and(|l| l.failed().next().is_some()) {
            self.mend(&[]);
            self.rank();
        }
        // One that costs less is sought before it is given up for what search may mend, so that nothing dearer is taken than is told; the way that
        // suits the page keeps its claim, and no more than that. What was not placed costs more than what is first.
        for _ in 0..HOPES {
            let Some(best) = self.placed.first().filter(|l| l.failed().next().is_none()) else { break };
            let least = self.cost_of(best);
            let hopes = |(_, l): &(usize, &Layout)| {
                let mended = !self.sought.contains(&l.candidate) && l.failed().all(gates::Gate::may_be_mended);
                self.cost_of(l) < least && mended
            };
            let others = self.placed.iter().enumerate().skip(1).filter(hopes);
            let Some((at, _)) = others.min_by(|(_, a), (_, b)| a.energy.total_cmp(&b.energy)) else { break };
            self.search_at(at);
            self.rank();
        }
        self.search_at(0);
    }

    /// Where the closer look finds that the one taken breaks more than was known, the others are weighed against it once more; those that were not
    /// placed because it passed are placed now.
    fn look_closely(&mut self) {
        let mut looked: Vec<Candidate> = Vec::new();
        while let Some(best) = self.placed.first_mut().filter(|l| !looked.contains(&l.candidate)) {
            let known = best.rank().0;
            gates::closely(self.variant, self.tones, best);
            looked.push(best.candidate);
            if best.rank().0 <= known || self.chosen.is_some() {
                break;
            }
            let missing = self.proposed.iter().filter(|c| self.placed.iter().all(|l| l.candidate != **c));
            let missing: Vec<Layout> = missing.map(|c| self.place(*c)).collect();
            self.placed.extend(missing);
            self.mend(&looked);
            self.rank();
        }
    }

    /// The ways told beside the one taken, best first: what was placed anyway, and where less of that than there is to tell passes every gate, what a
    /// page of this shape is not thought of first for. None looks like one before it.
    fn offered(&self, best: &Layout, placed: Vec<Layout>, seek: &mut dyn FnMut(&mut Layout)) -> Vec<Layout> {
        let sound = |l: &&Layout| l.failed().next().is_none();
        let mut told: Vec<Layout> = Vec::new();
        for way in placed {
            if !looks_like(best, &way) && !told.iter().any(|l| looks_like(l, &way)) {
                told.push(way);
            }
        }
        for way in candidates::also(self.variant) {
            if told.iter().filter(sound).count() >= OTHERS {
                break;
            }
            if Some(way) == self.chosen || Some(way) == self.usual {
                continue;
            }
            let mut more = self.place(way);
            seek(&mut more);
            // Of what leads less may be seen where there is no other way at all.
            let most = if told.iter().any(|l| sound(&l)) { SMALLER.0 } else { SMALLER.1 };
            let by = |of: fn(&Terms) -> f32, most: f32| of(&more.terms) <= of(&best.terms) + most;
            let whole = by(score::left_out, WHOLE) && by(score::presence, most);
            if !whole || !sound(&&more) || looks_like(best, &more) || told.iter().any(|l| looks_like(l, &more)) {
                continue;
            }
            gates::closely(self.variant, self.tones, &mut more);
            if sound(&&more) {
                told.push(more);
            }
        }
        let mut told = self.in_order(told);
        told.truncate(OTHERS);
        told
    }

    /// The one taken, with what is told of the others.
    fn told(mut self, ways: Ways, left: Option<(Candidate, gates::Gate)>) -> Layout {
        let (variant, page) = (self.variant, Measure::of(self.variant));
        let mut ranked = std::mem::take(&mut self.placed).into_iter();
        let mut best = ranked
            .next()
            .unwrap_or_else(|| self.place(Candidate { arrangement: Arrangement::Overlay, side: Side::Bottom, master: false }));
        best = self.larger(&best).unwrap_or(best);
        if let Some(mut moved) = self.by_hand(&best) {
            gates::closely(variant, self.tones, &mut moved);
            best = moved;
        }
        gates::by_hand(variant, &page, &mut best.gates);
        set_glyphs(self.shapes, &mut best.placed);
        best.entrances = entrance::entrances(variant, &best);
        best.usual = self.usual.filter(|_| self.chosen.is_none());
        let mut others: Vec<Layout> = ranked.collect();
        let mut sought = std::mem::take(&mut self.sought);
        let told = |mut l: Layout, rough: &[Candidate]| {
            let rough = rough.contains(&l.candidate);
            gates::closely(variant, self.tones, &mut l);
            gates::by_hand(variant, &page, &mut l.gates);
            let failed = l.failed().map(|g| g.kind).collect();
            Alternative { candidate: l.candidate, energy: l.energy, rough, failed, terms: l.terms }
        };
        best.instead_of = if let Some(l) = others.iter().find(|l| Some(l.candidate) == best.usual) {
            let mut usual = self.larger(l).unwrap_or_else(|| l.clone());
            let saves = usual.energy - best.energy;
            gates::closely(variant, self.tones, &mut usual);
            Some(Instead { candidate: usual.candidate, gate: usual.failed().next().copied(), saves })
        } else {
            let left = left.filter(|_| best.usual == Some(best.candidate));
            left.map(|(candidate, gate)| Instead { candidate, gate: Some(gate), saves: 0.0 })
        };
        best.ways = 1 + others.len();
        for gate in others.iter().flat_map(|l| l.failed()) {
            match best.fell.iter_mut().find(|(kind, _)| *kind == gate.kind) {
                Some((_, times)) => *times += 1,
                None => best.fell.push((gate.kind, 1)),
            }
        }
        if ways == Ways::Taken {
            return best;
        }
        let corrected = self.moved.is_some() || variant.layers.iter().any(|l| l.override_box.is_some());
        // What is told of another way is what a person gets who takes it.
        let mut seek = |l: &mut Layout| {
            if (corrected || mendable(l)) && !sought.contains(&l.candidate) {
                *l = self.search(l);
                sought.push(l.candidate);
            }
        };
        others.iter_mut().take(OTHERS).for_each(&mut seek);
        let mut others = self.offered(&best, others, &mut seek);
        // Near these something is left to try: even lines and larger print do not say that there is not.
        let more = |l: &&Layout| !sought.contains(&l.candidate) && !search::is_done(variant, l);
        let rough: Vec<Candidate> = others.iter().filter(more).map(|l| l.candidate).collect();
        for other in &mut others {
            let larger = self.larger(other).unwrap_or_else(|| other.clone());
            *other = self.by_hand(&larger).unwrap_or(larger);
        }
        best.ways = best.ways.max(1 + others.len());
        best.alternatives = self.in_order(others).into_iter().map(|l| told(l, &rough)).collect();
        // What only the closer look found counts as well.
        for kind in best.alternatives.iter().flat_map(|way| &way.failed) {
            let times = best.alternatives.iter().filter(|way| way.failed.contains(kind)).count();
            match best.fell.iter_mut().find(|(fell, _)| fell == kind) {
                Some((_, counted)) => *counted = times.max(*counted),
                None => best.fell.push((*kind, times)),
            }
        }
        best
    }
}

/// Whether two ways make one page of the same things at the same places: then they are no two ways.
fn looks_like(a: &Layout, b: &Layout) -> bool {
    let near = ALIKE * a.trim.w.0.min(a.trim.h.0);
    let same = |p: &Placed, q: &Placed| {
        let apart = |v: Px, w: Px| (v - w).0.abs() > near;
        let edges =
            [(p.rect.x, q.rect.x), (p.rect.y, q.rect.y), (p.rect.right(), q.rect.right()), (p.rect.bottom(), q.rect.bottom())];
        p.layer == q.layer && !edges.iter().any(|(v, w)| apart(*v, *w))
    };
    let of = |l: &Layout| l.placed.iter().filter(|p| p.layer.is_some()).count();
    let mut others = b.placed.iter().filter(|p| p.layer.is_some());
    of(a) == of(b) && a.placed.iter().filter(|p| p.layer.is_some()).all(|p| others.next().is_some_and(|q| same(p, q)))
}

/// Sets the glyphs of what is placed: until here its words were measured alone.
fn set_glyphs(shapes: Shapes<'_>, placed: &mut [Placed]) {
    for p in placed {
        if let (PlacedContent::Text(text), Some(shaped)) = (&mut p.content, p.layer.and_then(|layer| shapes.of(layer))) {
            shaped.set(&mut text.fitted);
        }
    }
}
