//! In: a placed layout and the pictures' tones. Out: its [`Gate`]s: what is never traded against beauty, each with the worst value met.
//! A candidate that fails one is taken only where all fail, and guard says so; a failure is never averaged away.

use super::backdrop::{Backdrop, Tones, middle};
use super::contrast::{self, Contrast};
use super::ink::Ink;
use super::measure::Measure;
use super::reading::Reading;
use super::{DropReason, Dropped, Layout, Placed, PlacedContent, PlacedText, focal, mark, pinned, score, scrim, sign};
use crate::geom::Rect;
use crate::ordered;
use crate::variant::{Keep, Layer, Note, Role, Variant};

/// What must hold; the order is that of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text and logo inside the trim; px beyond it.
    Inside,
    /// Text and logo inside the safe zone; px beyond it.
    SafeZone,
    /// Layers that must stay and went, but for legal lines; their number.
    Kept,
    /// The legal line's size, and that of any smaller words, against what reads here; 0 where one that must stay went; px.
    Legal,
    /// The logo's width against its least; px.
    Logo,
    /// Clear space around the logo against what is asked for; ratio.
    Clear,
    /// How far a text or the logo reaches into a text, or the length of words that something painted later hides; px.
    Overlap,
    /// Text at its floor or above, unbroken and inside its lines; size by floor, 0 where it overflows.
    Fits,
    /// Contrast of type on the real picture behind it, by the least that reads (3 for large, 4.5 for small type); ratio.
    Contrast,
    /// Share of the focal box that is cut or under words.
    Focal,
    /// Share of a subject under words and in the shade where the master leaves it free.
    Covered,
    /// Contrast of the logo's own ink with what it meets; ratio.
    Mark,
    /// x-height of what must be read from afar, by 3.5 mm for each metre of viewing distance; ratio.
    Distance,
    /// The file at the lowest quality allowed, by its cap; ratio, estimated.
    Bytes,
    /// Rules of the brand about where things may be that are broken; their number.
    Pinned,
}

impl Kind {
    /// All, in the order of this type.
    pub const ALL: [Self; Self::Pinned as usize + 1] = [
        Self::Inside,
        Self::SafeZone,
        Self::Kept,
        Self::Legal,
        Self::Logo,
        Self::Clear,
        Self::Overlap,
        Self::Fits,
        Self::Contrast,
        Self::Focal,
        Self::Covered,
        Self::Mark,
        Self::Distance,
        Self::Bytes,
        Self::Pinned,
    ];
    /// The name in reports and policies.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::SafeZone => "safe-zone",
            Self::Kept => "kept",
            Self::Legal => "legal",
            Self::Logo => "logo-size",
            Self::Clear => "logo-space",
            Self::Overlap => "overlap",
            Self::Fits => "fits",
            Self::Contrast => "contrast",
            Self::Focal => "focal",
            Self::Covered => "covered",
            Self::Mark => "logo-contrast",
            Self::Distance => "distance",
            Self::Bytes => "bytes",
            Self::Pinned => "pinned",
        }
    }
}

impl Kind {
    /// Unit of its values.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::Inside | Self::SafeZone | Self::Legal | Self::Logo | Self::Overlap => "px",
            Self::Kept => "layers",
            Self::Pinned => "rules",
            _ => "x",
        }
    }
}

/// One gate of one layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gate {
    /// Which.
    pub kind: Kind,
    /// The layer that came off worst.
    pub layer: Option<usize>,
    /// The worst value met; see [`Kind`] for its unit.
    pub measured: f32,
    /// Its limit.
    pub limit: f32,
    /// Whether it holds.
    pub passes: bool,
}

impl Gate {
    /// How much it weighs where every candidate breaks something: what cannot be read or is cut off is worse than what is tight.
    #[must_use]
    pub fn gravity(&self) -> u32 {
        match self.kind {
            // What lies off the page is neither there nor told as missing: never taken while there is a way inside.
            Kind::Inside => OFF_PAGE,
            Kind::SafeZone | Kind::Kept | Kind::Legal | Kind::Overlap | Kind::Fits => 6,
            Kind::Contrast if self.measured < HIDDEN * self.limit => 6,
            Kind::Contrast | Kind::Pinned => 3,
            Kind::Logo | Kind::Clear | Kind::Focal | Kind::Covered | Kind::Mark => 2,
            Kind::Distance | Kind::Bytes => 1,
        }
    }
}

impl Gate {
    /// Whether smaller type or nearer rows may let it hold.
    #[must_use]
    pub fn may_be_mended(&self) -> bool {
        use Kind::{Clear, Fits, Inside, Kept, Legal, Overlap, SafeZone};
        matches!(self.kind, Clear | Fits | Inside | Kept | Legal | Overlap | SafeZone)
    }
}

/// More than all other gates together weigh.
const OFF_PAGE: u32 = 60;
/// Share of the contrast that reads below which words are hardly seen at all.
const HIDDEN: f32 = 0.6;
/// Bytes a pixel of photograph takes at the lowest JPEG quality that is delivered, from the samples.
const LEAST_BYTES_PER_PIXEL: f32 = 0.055;
/// x-height for each metre of viewing distance, mm: an angle of 0.2 degrees.
const X_HEIGHT_MM_PER_M: f32 = 3.5;
/// Share of the focal box that may be cut or covered before the picture is another one: a box is drawn around a subject, with air at its corners.
pub const FOCAL_LOST: f32 = 0.32;
/// The same under versions of the weights that do not look at what the master covers.
const FOCAL_LOST_THEN: f32 = 0.45;
/// Share of a subject that a page may cover where the master leaves it free: a line of words more than the designer had, not two.
pub const COVERED: f32 = 0.15;

/// Finds the worst of several values.
struct Worst {
    kind: Kind,
    limit: f32,
    /// Whether the limit is the least rather than the most.
    least: bool,
    found: Option<(f32, Option<usize>)>,
}

impl Worst {
    fn most(kind: Kind, limit: f32) -> Self {
        Self { kind, limit, least: false, found: None }
    }
    fn least(kind: Kind, limit: f32) -> Self {
        Self { kind, limit, least: true, found: None }
    }
    fn see(&mut self, value: f32, layer: Option<usize>) {
        let worse = self.found.is_none_or(|(v, _)| if self.least { value < v } else { value > v });
        if worse {
            self.found = Some((value, layer));
        }
    }
    fn close(self, out: &mut Vec<Gate>) {
        let Some((measured, layer)) = self.found else { return };
        let passes = if self.least { measured >= self.limit } else { measured <= self.limit };
        out.push(Gate { kind: self.kind, layer, measured, limit: self.limit, passes });
    }
}

/// Text as placed: its layer, its box.
type Set<'a> = (usize, &'a Layer, &'a Placed, &'a PlacedText);

fn texts<'a>(variant: &'a Variant, layout: &'a Layout) -> Vec<Set<'a>> {
    let set = layout.placed.iter().filter_map(|p| match &p.content {
        PlacedContent::Text(text) => p.layer.and_then(|i| Some((i, variant.layers.get(i)?, p, text.as_ref()))),
        _ => None,
    });
    set.collect()
}

/// By how much a box leaves another, at its worst edge, px.
#[must_use]
pub fn beyond(inner: &Rect, outer: &Rect) -> f32 {
    let edges =
        [outer.x.0 - inner.x.0, outer.y.0 - inner.y.0, inner.right().0 - outer.right().0, inner.bottom().0 - outer.bottom().0];
    edges.into_iter().fold(0.0, f32::max)
}

/// What was measured of a page before its gates.
#[derive(Clone, Copy, Default)]
pub struct Known {
    /// Its contrast, where that is known.
    pub contrast: Option<Contrast>,
    /// How far its logo is told from its ground ([`sign::told`]).
    pub told: Option<f32>,
    /// How much of the subject's light its shades take ([`super::veil::swallowed`]).
    pub swallowed: f32,
}

/// The gates of a layout. Those that do not apply (no logo, no viewing distance ...) are not in the list.
#[must_use]
pub fn look(
    variant: &Variant,
    page: &Measure,
    layout: &Layout,
    backdrop: &Backdrop<'_>,
    reading: &Reading,
    known: Known,
) -> Vec<Gate> {
    let mut out = Vec::with_capacity(15);
    let texts = texts(variant, layout);
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let logo = mark::layer(variant);
    let mark_box = logo.and_then(|(i, l)| layout.placed.iter().find(|p| p.layer == Some(i)).map(|p| (i, l, p.rect)));
    let boxes: Vec<(usize, Rect)> = texts.iter().map(|t| (t.0, t.2.rect)).chain(mark_box.map(|m| (m.0, m.2))).collect();

    let (mut inside, mut safe) = (Worst::most(Kind::Inside, 0.5), Worst::most(Kind::SafeZone, 0.5));
    let mut overlap = Worst::most(Kind::Overlap, 1.0);
    for (n, (layer, r)) in boxes.iter().enumerate() {
        inside.see(beyond(r, &trim), Some(*layer));
        safe.see(beyond(r, &layout.safe), Some(*layer));
        for (_, other) in boxes.iter().skip(n + 1) {
            let shared = r.intersect(other);
            // Line boxes hold air above and below the letters: a fifth of it is none.
            let real = shared.w.0 > 1.0 && shared.h.0 > 0.2 * r.h.min(other.h).0;
            overlap.see(if real { shared.w.min(shared.h).0 } else { 0.0 }, Some(*layer));
        }
    }
    let minds = score::minds_covered(&variant.weights);
    if minds {
        covers(variant, layout, backdrop, mark_box.map(|m| m.0), &mut overlap);
    }
    let mut kept = Worst::most(Kind::Kept, 0.0);
    let (mut legal, mut fits) = (Worst::least(Kind::Legal, 0.8 * page.legible(Role::Legal)), Worst::least(Kind::Fits, 0.999));
    let of = |d: &Dropped| variant.layers.get(d.layer).filter(|l| l.keep == Keep::Must).map(|l| (d.layer, l.role));
    let gone: Vec<(usize, Role)> = layout.dropped.iter().filter(|d| d.reason == DropReason::NoRoom).filter_map(of).collect();
    let (small, others): (Vec<_>, Vec<_>) = gone.into_iter().partition(|(_, role)| *role == Role::Legal);
    kept.see(others.len() as f32, others.first().map(|g| g.0));
    small.iter().for_each(|(layer, _)| legal.see(0.0, Some(*layer)));
    let mut told_apart = Worst::least(Kind::Contrast, 1.0);
    for (index, layer, _, text) in &texts {
        let f = &text.fitted;
        // What is smaller than a legal line may be is read by nobody, whatever it says.
        if layer.role == Role::Legal || f.size.0 < legal.limit {
            legal.see(f.size.0, Some(*index));
        }
        let sound = f.overflow_w.0 <= 0.5 && f.excess_lines == 0 && f.broken_words == 0;
        fits.see(if sound { (f.size.0 / text.floor.0.max(1e-3)).min(9.0) } else { 0.0 }, Some(*index));
    }
    if let Some((worst, layer)) = known.contrast.unwrap_or_else(|| contrast::of(backdrop)) {
        told_apart.see(worst, Some(layer));
    }
    if let Some((worst, layer)) = contrast::veiled(backdrop) {
        told_apart.see(worst, Some(layer));
    }
    let (mut size, mut space) = (Worst::least(Kind::Logo, 0.0), Worst::least(Kind::Clear, 0.9));
    if let Some((index, layer, r)) = mark_box {
        size.limit = mark::least_width(layer, page) - 0.5;
        size.see(r.w.0, Some(index));
        let clear = mark::clear(layer, r.h.0).max(0.5);
        for (_, _, placed, _) in &texts {
            space.see((gap(&r, &placed.rect) / clear).min(9.0), Some(index));
        }
    } else if let Some((index, layer)) = logo.filter(|(_, l)| l.keep == Keep::Must) {
        let _ = layer;
        size.limit = 1.0;
        size.see(0.0, Some(index));
    }
    let mut told = Worst::least(Kind::Mark, sign::TOLD);
    if let (Some(contrast), Some((index, ..))) = (known.told, mark_box) {
        told.see(contrast, Some(index));
    }
    let lost = if minds { FOCAL_LOST } else { FOCAL_LOST_THEN };
    let (mut focal, mut covered) = (Worst::most(Kind::Focal, lost), Worst::most(Kind::Covered, COVERED));
    for subject in focal::on_page(variant, &layout.placed, trim) {
        if minds {
            let veil = if subject.pointed { known.swallowed } else { 0.0 };
            covered.see(focal::beyond(&subject, &reading.subjects).max(veil), Some(subject.layer));
        }
        let lost = layout.placed.iter().find(|p| p.layer == Some(subject.layer)).map(|p| &p.content);
        if let (true, Some(PlacedContent::Picture { focal_lost, .. })) = (subject.pointed, lost) {
            focal.see((focal_lost + subject.under).min(1.0), Some(subject.layer));
        }
    }
    let mut distance = Worst::least(Kind::Distance, 1.0);
    if let (Some(mm), Some(metres)) = (variant.format.mm_per_px(), variant.format.viewing_distance_m) {
        let mm = mm as f32;
        for (index, layer, _, text) in texts.iter().filter(|t| matches!(t.1.role, Role::Headline | Role::Price)) {
            if layer.keep == Keep::Must {
                let x_height = 0.7 * text.fitted.cap_height.0 * mm;
                distance.see((x_height / (X_HEIGHT_MM_PER_M * metres as f32)).min(99.0), Some(*index));
            }
        }
    }
    let mut bytes = Worst::most(Kind::Bytes, 1.0);
    if let Some(cap) = variant.format.max_bytes {
        bytes.see(page.w * page.h * LEAST_BYTES_PER_PIXEL / cap as f32, None);
    }
    let mut rules = Worst::most(Kind::Pinned, 0.0);
    if let Some((broken, layer)) = pinned::broken(variant, layout) {
        rules.see(f32::from(broken), layer);
    }
    for gate in [inside, safe, kept, legal, size, space, overlap, fits, told_apart, focal, covered, told, distance, bytes, rules]
    {
        gate.close(&mut out);
    }
    out
}

/// Words that run into each other by their ink, and words or a logo under what is painted after them.
fn covers(variant: &Variant, layout: &Layout, backdrop: &Backdrop<'_>, logo: Option<usize>, overlap: &mut Worst) {
    let mut known: Vec<(usize, Ink)> = Vec::new();
    for (n, p) in layout.placed.iter().enumerate() {
        let Some(index) = p.layer else { continue };
        let ink = match (&p.content, variant.layers.get(index)) {
            (PlacedContent::Text(text), Some(layer)) => Ink::of(variant, layer, p, text),
            _ if Some(index) == logo => Ink::of_mark(p.rect),
            _ => continue,
        };
        overlap.see(ink.hidden(backdrop, n), Some(index));
        if Some(index) == logo {
            continue;
        }
        for (other, at) in &known {
            if let Some(shared) = ink.meets(at) {
                // By the seen depth, and never less than what fails.
                overlap.see(shared.w.min(shared.h).0.max(1.01), Some(*other));
            }
        }
        known.push((index, ink));
    }
}

/// What a person took out by hand counts as gone, though no layout can mend it: told of every way once they are ranked, so that it neither
/// ranks them nor starts a search.
pub(super) fn by_hand(variant: &Variant, page: &Measure, gates: &mut Vec<Gate>) {
    let marks = variant.format.shows_mark_alone();
    for note in &variant.notes {
        let Note::HiddenByHand { role, keep, .. } = note else { continue };
        if marks && *role != Role::Logo {
            continue;
        }
        if *keep == Keep::Must {
            fail(gates, Kind::Kept, 0.0, |gone| gone + 1.0);
        }
        match role {
            Role::Legal => fail(gates, Kind::Legal, 0.8 * page.legible(Role::Legal), |_| 0.0),
            Role::Logo if *keep == Keep::Must => fail(gates, Kind::Logo, 1.0, |_| 0.0),
            _ => {}
        }
    }
    in_order(gates);
}

/// As reports have them.
fn in_order(gates: &mut [Gate]) {
    ordered::short(gates, |a, b| a.kind.cmp(&b.kind));
}

/// Lets a gate fail by a value that comes from the one it had; it is no layer's that is there.
fn fail(gates: &mut Vec<Gate>, kind: Kind, limit: f32, value: impl Fn(f32) -> f32) {
    if let Some(gate) = gates.iter_mut().find(|g| g.kind == kind) {
        (gate.measured, gate.layer, gate.passes) = (value(gate.measured), None, false);
    } else {
        gates.push(Gate { kind, layer: None, measured: value(0.0), limit, passes: false });
    }
}

/// Steps in which shades are deepened where a part of a line does not read.
const DEEPER: usize = 3;
/// How dense what lies over a subject is where nothing of it is seen.
const GONE: f32 = 0.985;
/// Share of a subject off the page or hidden whole from which on it is not what the page shows, whatever the master does.
const HARDLY: f32 = 0.6;
/// Places looked at along each side of it.
const SPOTS: u8 = 8;

/// Looks at the layout taken, or told, more closely than at those that it was chosen from: at each part of a line, and at whether what the page
/// is of is there at all. Where a part does not read, shades are deepened by steps (terms stay as they were weighed); where that is no help the
/// gate says so.
pub(super) fn closely(variant: &Variant, tones: &Tones, layout: &mut Layout) {
    let read = |placed: &[Placed]| contrast::parts(&Backdrop { variant, tones, placed });
    if let Some((first, layer)) = read(&layout.placed).filter(|(worst, _)| *worst < 1.0) {
        let mut tried = layout.placed.clone();
        let reads = (0..DEEPER).any(|_| scrim::deepen(variant, &mut tried) && read(&tried).is_none_or(|(worst, _)| worst >= 1.0));
        if reads {
            layout.placed = tried;
        } else if let Some(gate) = layout.gates.iter_mut().find(|g| g.kind == Kind::Contrast && g.measured > first) {
            (gate.measured, gate.layer, gate.passes) = (first, Some(layer), false);
        }
    }
    let backdrop = Backdrop { variant, tones, placed: &layout.placed };
    let trim = Rect { w: layout.trim.w, h: layout.trim.h, ..Rect::default() };
    let gone = layout.placed.iter().enumerate().filter_map(|(n, p)| {
        let index = p.layer?;
        let rect = focal::on_page_of(variant.layers.get(index)?, p)?;
        let above = backdrop.above(n, &rect);
        let places = (0..SPOTS).flat_map(|j| (0..SPOTS).map(move |i| (i, j)));
        let lost = places.filter(|(i, j)| {
            let (x, y) = (rect.x.0 + middle(*i, SPOTS) * rect.w.0, rect.y.0 + middle(*j, SPOTS) * rect.h.0);
            !holds(&trim, x, y) || !holds(&p.rect, x, y) || above.density(x, y) >= GONE
        });
        Some((lost.count() as f32 / f32::from(SPOTS * SPOTS), index))
    });
    let worst = gone.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(lost, _)| *lost > HARDLY);
    if let Some((lost, index)) = worst {
        let known = layout.gates.iter().find(|g| g.kind == Kind::Focal).map_or(0.0, |g| g.measured);
        if lost > known {
            fail(&mut layout.gates, Kind::Focal, FOCAL_LOST, |_| lost);
            layout.gates.iter_mut().filter(|g| g.kind == Kind::Focal).for_each(|g| g.layer = Some(index));
            in_order(&mut layout.gates);
        }
    }
}

fn holds(r: &Rect, x: f32, y: f32) -> bool {
    x >= r.x.0 && y >= r.y.0 && x < r.right().0 && y < r.bottom().0
}

/// Space between two boxes along the axis that parts them, px; 0 where they meet.
fn gap(a: &Rect, b: &Rect) -> f32 {
    let along = |a0: f32, a1: f32, b0: f32, b1: f32| (b0 - a1).max(a0 - b1).max(0.0);
    let x = along(a.x.0, a.right().0, b.x.0, b.right().0);
    x.max(along(a.y.0, a.bottom().0, b.y.0, b.bottom().0))
}
