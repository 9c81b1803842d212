//! In: a placed layout, the master as read, what placing met. Out: its [`Terms`] on fixed scales, so that variants compare; 0 is best. They
//! follow the research on layouts (LayoutGAN++, PosterLayout, O'Donovan and others) where they are theirs. What they cost is in
//! [`super::score`], what suits a page before a word is set in [`super::suits`].

use super::backdrop::Backdrop;
use super::measure::Measure;
use super::reading::{self, Reading};
use super::score::Terms;
use super::{Candidate, Dropped, Layout, Placed, PlacedContent, balance, rag, rhythm, suits, veil};
use crate::geom::Rect;
use crate::text::{Direction, Fitted};
use crate::units::Px;
use crate::variant::{Content, Keep, Layer, Role, Variant};

/// What placing met.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// Common type scale reached.
    pub t: f32,
    /// Headline size over the size wished for it at scale 1.
    pub headline: f32,
    /// Share of the focal box cut off.
    pub focal_lost: f32,
    /// Share of the focal box under text.
    pub focal_hidden: f32,
    /// How dense the shade over the focal box is.
    pub focal_dark: f32,
    /// Share of the subject's light that shades take.
    pub veiled: f32,
    /// Enlargement of the picture.
    pub enlarged: f32,
    /// Share of the text region that the column fills.
    pub filled: f32,
}

/// What a part of the subject in the dark counts by one under words.
pub const DARK: f32 = 0.4;

/// Where a placed thing is, or will be when the page is finished.
pub type At<'a> = &'a dyn Fn(&Placed) -> Rect;

/// A page whose boxes stand, with what went.
pub struct Boxes<'a> {
    /// What is placed.
    pub placed: &'a [Placed],
    /// What went.
    pub dropped: &'a [Dropped],
    /// The arrangement.
    pub candidate: Candidate,
}

/// Measures a layout.
#[must_use]
pub fn terms(variant: &Variant, page: &Measure, reading: &Reading, layout: &Layout, backdrop: &Backdrop<'_>, met: &Met) -> Terms {
    let boxes = Boxes { placed: &layout.placed, dropped: &layout.dropped, candidate: layout.candidate };
    let terms = of_boxes(variant, page, reading, &boxes, met, &|p| p.rect);
    with_pictures(terms, variant, page, reading, layout, backdrop, met)
}

/// The layers that speak with their boxes, in logical space: for right-to-left pages the mirror is undone.
fn speaking(variant: &Variant, page: &Measure, placed: &[Placed], rect: At<'_>) -> Vec<(usize, Rect)> {
    let speaks = |i: &usize| variant.layers.get(*i).is_some_and(reading::speaks);
    let at = |i: usize| placed.iter().find(|p| p.layer == Some(i)).map(|p| logical(variant, page, rect(p)));
    (0..variant.layers.len()).filter(speaks).filter_map(|i| Some((i, at(i)?))).collect()
}

fn logical(variant: &Variant, page: &Measure, r: Rect) -> Rect {
    if variant.direction == Direction::Rtl { r.mirrored(Px(page.w)) } else { r }
}

/// The terms that boxes decide, whatever the pictures in them show; those that pictures decide are 0, or what they are at the least.
#[must_use]
pub fn of_boxes(variant: &Variant, page: &Measure, reading: &Reading, boxes: &Boxes<'_>, met: &Met, rect: At<'_>) -> Terms {
    let at = |layer: usize| boxes.placed.iter().find(|p| p.layer == Some(layer)).map(|p| logical(variant, page, rect(p)));
    let speaking = speaking(variant, page, boxes.placed, rect);
    let stands = |layer: usize| boxes.placed.iter().find(|p| p.layer == Some(layer)).and_then(|p| stands(p, rect(p)));
    let (widows, ragged) = rag::lines(variant, boxes.placed);
    let dropped = boxes.dropped.iter().filter_map(|d| variant.layers.get(d.layer)).map(|l| match (l.keep, l.role) {
        (Keep::Must, _) => 3.0,
        (Keep::Should, _) => 0.4,
        (Keep::May, Role::Decoration) => 0.01,
        (Keep::May, _) => 0.09,
    });
    let shrunk = (1.0 - met.headline).max(0.0);
    [
        alignment(&speaking, (page.w, page.h), &stands),
        overlap(variant, &speaking),
        0.0,
        0.0,
        0.0,
        0.0,
        trapped(&speaking, page),
        hierarchy(variant, reading, &speaking),
        lost(variant, reading, &at, page),
        order(variant, &speaking, page),
        fidelity(variant, boxes.placed),
        shrunk * shrunk + 0.3 * (0.6 - met.t).max(0.0),
        presence(variant, boxes.placed, page, rect),
        0.0,
        widows,
        ragged,
        dropped.sum(),
        half_empty(met),
        suits::term(variant, boxes.candidate, met.headline),
    ]
}

/// All terms, from those that boxes decide.
#[must_use]
pub fn with_pictures(
    mut boxes: Terms,
    variant: &Variant,
    page: &Measure,
    reading: &Reading,
    layout: &Layout,
    backdrop: &Backdrop<'_>,
    met: &Met,
) -> Terms {
    let speaking = speaking(variant, page, &layout.placed, &|p| p.rect);
    let [_, _, occlusion, covered, unreadability, drift, _, _, _, _, _, _, _, crop, _, _, _, waste, _] = &mut boxes;
    *occlusion = met.focal_hidden;
    let more = met.focal_hidden + DARK * met.focal_dark - reading.hidden;
    // Words that keep off the subject do not buy a shade that swallows it.
    *covered = more.max(veil::swallowed(met.veiled, reading.veiled)).max(0.0);
    *unreadability = busy(layout, page, backdrop);
    *drift = balance::drift(variant, page, reading, &layout.placed, &speaking);
    *crop = met.focal_lost;
    *waste = half_empty(met) + 0.2 * closer(variant, page, met);
    boxes
}

/// A region of which the words fill little.
fn half_empty(met: &Met) -> f32 {
    0.8 * (0.4 - met.filled).max(0.0)
}

/// LayoutGAN++: for each box the nearest of the six lines of another, `-log10(1 - d)`. Beside those count what a designer lines things up by
/// as well: the page's own middles, and the lines of type that words stand on, a drawing with its foot.
fn alignment(boxes: &[(usize, Rect)], (w, h): (f32, f32), stands: &dyn Fn(usize) -> Option<[Px; 2]>) -> f32 {
    let lines = |(layer, r): &(usize, Rect)| {
        let across = [r.x, r.center().x, r.right()].map(|x| x.0 / w);
        let down = [r.y, r.center().y, r.bottom()].map(|y| y.0 / h);
        (across, down, stands(*layer).unwrap_or([r.bottom(); 2]).map(|y| y.0 / h))
    };
    let lined: Vec<_> = boxes.iter().map(lines).collect();
    let mut sum = 0.0;
    for (n, (across, down, feet)) in lined.iter().enumerate() {
        let [_, middle, _] = across;
        let [_, half, _] = down;
        let mut nearest = (middle - 0.5).abs().min((half - 0.5).abs());
        for (_, other) in lined.iter().enumerate().filter(|(m, _)| *m != n) {
            let edges = across.iter().zip(&other.0).chain(down.iter().zip(&other.1));
            let standing = feet.iter().flat_map(|a| other.2.iter().map(move |b| (a, b)));
            nearest = edges.chain(standing).fold(nearest, |least, (a, b)| least.min((a - b).abs()));
        }
        if boxes.len() > 1 {
            sum -= libm::log10f(1.0 - nearest.min(0.9));
        }
    }
    10.0 * sum / boxes.len().max(1) as f32
}

/// The first and the last line of type that words stand on, where their box is `rect`.
fn stands(p: &Placed, rect: Rect) -> Option<[Px; 2]> {
    let PlacedContent::Text(text) = &p.content else { return None };
    let top = rect.y + (text.rect.y - p.rect.y);
    let [first, .., last] = text.fitted.lines.as_slice() else { return Some([top + text.fitted.lines.first()?.baseline; 2]) };
    Some([top + first.baseline, top + last.baseline])
}

/// LayoutGAN++: the shared part of each pair by the smaller one's area; a badge hangs on its product by intent.
fn overlap(variant: &Variant, boxes: &[(usize, Rect)]) -> f32 {
    let role = |i: usize| variant.layers.get(i).map(|l| l.role);
    let hangs = |a: usize, b: usize| role(a) == Some(Role::Badge) && role(b) == Some(Role::Product);
    let pairs = boxes.iter().enumerate().flat_map(|(n, a)| boxes.iter().skip(n + 1).map(move |b| (*a, *b)));
    let shared = pairs
        .filter(|((i, _), (j, _))| !hangs(*i, *j) && !hangs(*j, *i))
        .map(|((_, a), (_, b))| a.intersect(&b).area() / a.area().min(b.area()).max(1.0));
    shared.sum::<f32>() / boxes.len().max(1) as f32
}

/// How busy the ground under unplated text is: the mean step of luminance between places a fixed part of the page apart, so that large
/// and small type on one ground measure alike.
fn busy(layout: &Layout, page: &Measure, backdrop: &Backdrop<'_>) -> f32 {
    const APART: f32 = 0.04;
    let step = APART * (page.w * page.h).sqrt().max(1.0);
    let (mut sum, mut area) = (0.0, 0.0);
    for (n, p) in layout.placed.iter().enumerate() {
        let PlacedContent::Text(text) = &p.content else { continue };
        if text.plated {
            continue;
        }
        let places = |length: f32, most: f32| (length / step).round().clamp(2.0, most);
        let (columns, rows) = (places(text.rect.w.0, 10.0), places(text.rect.h.0, 3.0));
        let grid: Vec<f32> =
            backdrop.grid(n, &text.rect, columns as u8, rows as u8).colors().iter().map(|c| c.luminance().sqrt()).collect();
        let along = grid.chunks(columns as usize).flat_map(|row| row.windows(2));
        let steps = along.map(|w| if let [a, b] = w { (a - b).abs() } else { 0.0 }).sum::<f32>();
        // Steps of the grid are not quite the steps asked for.
        let stride = step / (text.rect.w.0 / columns).max(1e-3);
        let share = text.rect.area();
        sum += share * stride * steps / (rows * (columns - 1.0));
        area += share;
    }
    if area > 0.0 { sum / area } else { 0.0 }
}

/// By how much the leading picture is enlarged beyond what the page's own size asks for: 0 = no more than the rest of the design. That it
/// has too few pixels for the page is guard's to say (`upscaled`), and no arrangement's fault.
fn closer(variant: &Variant, page: &Measure, met: &Met) -> f32 {
    let lead = variant.layers.iter().find(|l| super::candidates::leads(l));
    let Some(Content::Image { natural, .. }) = lead.map(|l| &l.content) else { return 0.0 };
    let board = lead.map_or(Rect::default(), |l| l.master_box);
    let drawn = (board.w.0 / natural.0.max(1) as f32).max(board.h.0 / natural.1.max(1) as f32);
    (met.enlarged / (drawn * page.scale).max(1.0) - 1.0).clamp(0.0, 2.0)
}

/// White space that cannot be reached from the page's edge, as a share of the page: of a grid, a bit for each place of a row.
fn trapped(boxes: &[(usize, Rect)], page: &Measure) -> f32 {
    const N: usize = 18;
    const ALL: u32 = (1 << N) - 1;
    const ENDS: u32 = 1 | 1 << (N - 1);
    let within = |from: Px, to: Px, side: f32| {
        let inside = |i: usize| {
            let at = (i as f32 + 0.5) / N as f32 * side;
            at >= from.0 && at < to.0
        };
        (0..N).filter(|i| inside(*i)).fold(0_u32, |bits, i| bits | 1 << i)
    };
    let mut free = [ALL; N];
    for (_, r) in boxes {
        let (columns, rows) = (within(r.x, r.right(), page.w), within(r.y, r.bottom(), page.h));
        let covered = free.iter_mut().enumerate().filter(|(j, _)| rows >> j & 1 == 1);
        covered.for_each(|(_, row)| *row &= !columns);
    }
    let mut reached = free;
    let middle = reached.iter_mut().skip(1).take(N - 2);
    middle.for_each(|row| *row &= ENDS);
    // Down and up again, until nothing more is reached.
    let mut grows = true;
    while grows {
        grows = false;
        for down in [true, false] {
            let mut before = 0;
            for n in 0..N {
                let j = if down { n } else { N - 1 - n };
                let (Some(row), Some(free)) = (reached.get_mut(j), free.get(j)) else { continue };
                let mut wide = *row | before & free;
                loop {
                    let wider = (wide | wide << 1 | wide >> 1) & free;
                    if wider == wide {
                        break;
                    }
                    wide = wider;
                }
                grows |= wide != *row;
                *row = wide;
                before = wide;
            }
        }
    }
    let count = |rows: &[u32; N]| rows.iter().map(|row| row.count_ones()).sum::<u32>();
    (count(&free) - count(&reached)) as f32 / (N * N) as f32
}

/// Half of one less Kendall's tau between two orders, given as ranks of the same things: 0 = the same, 1 = reversed. Pairs that are not
/// in any order are not counted.
fn disorder(ranks: &[(f32, f32)], counts: &dyn Fn(usize, usize) -> bool) -> f32 {
    let (mut wrong, mut pairs) = (0.0, 0.0);
    for (n, a) in ranks.iter().enumerate() {
        for (_, b) in ranks.iter().enumerate().skip(n + 1).filter(|(m, _)| counts(n, *m)) {
            pairs += 1.0;
            wrong += f32::from(u8::from((a.0 - b.0) * (a.1 - b.1) < 0.0));
        }
    }
    if pairs > 0.0 { wrong / pairs } else { 0.0 }
}

fn hierarchy(variant: &Variant, reading: &Reading, boxes: &[(usize, Rect)]) -> f32 {
    let rank = |(n, layer): (usize, &usize)| {
        let (i, r) = boxes.iter().find(|(i, _)| i == layer)?;
        Some((n as f32, -reading::weight(variant.layers.get(*i)?, variant.ground, r)))
    };
    disorder(&reading.order.iter().enumerate().filter_map(rank).collect::<Vec<_>>(), &|_, _| true)
}

/// Share of the master's relations that no longer hold, by their weight; pairs of which one went are not counted. That words keep a wide margin is
/// one more.
fn lost(variant: &Variant, reading: &Reading, at: &dyn Fn(usize) -> Option<Rect>, page: &Measure) -> f32 {
    let (mut broken, mut all) = (0.0, 0.0);
    if page.own > page.usual {
        let words = variant.layers.iter().enumerate().filter(|(_, l)| rhythm::keeps(l)).filter_map(|(i, _)| at(i));
        let kept = words.map(|r| rhythm::kept(&r, page.w, page.h)).fold(f32::MAX, f32::min);
        all = rhythm::MATTERS;
        broken = if kept < f32::midpoint(page.own, page.usual) { all } else { 0.0 };
    }
    for (i, j, relation, weight) in &reading.relations {
        let (Some(a), Some(b)) = (at(*i), at(*j)) else { continue };
        all += weight;
        if !relation.holds(&a, &b, page.w, page.h) {
            broken += weight;
        }
    }
    if all > 0.0 { broken / all } else { 0.0 }
}

/// Texts in the order of the master (by row, then start edge) against the same on the page. A button and the small print are in no order:
/// the print follows the words that it is about, but whether it stands above the button or under it changes nothing that is said (of
/// sequences WCAG 1.3.2 asks for those alone that do), and at the foot of a page it is looked up, not read in turn.
fn order(variant: &Variant, boxes: &[(usize, Rect)], page: &Measure) -> f32 {
    let place = |r: &Rect, w: f32, h: f32| (r.y.0 / h * 24.0).round() + 0.5 * r.x.0 / w;
    // Blocks side by side are read one after the other: the start edge counts as much as the row where the page is wide.
    let wide = if page.aspect > 1.25 { 24.0 } else { 0.5 };
    let of = |(i, r): &(usize, Rect)| {
        let layer = variant.layers.get(*i)?;
        let (said, b) = (layer.role, layer.master_box);
        if !matches!(said, Role::Headline | Role::Subhead | Role::Body | Role::CallToAction | Role::Legal) {
            return None;
        }
        let here = (r.y.0 / page.h * 24.0).round() + wide * r.x.0 / page.w;
        Some((said, (place(&b, variant.artboard.w.0.max(1.0), variant.artboard.h.0.max(1.0)), here)))
    };
    let (said, ranks): (Vec<Role>, Vec<(f32, f32)>) = boxes.iter().filter_map(of).unzip();
    let counts = |n: usize, m: usize| {
        let pair = (said.get(n), said.get(m));
        let free = |a: Option<&Role>, b: Option<&Role>| a == Some(&Role::Legal) && b == Some(&Role::CallToAction);
        !free(pair.0, pair.1) && !free(pair.1, pair.0)
    };
    disorder(&ranks, &counts)
}

/// Mean distance of each text's share of its wished size from the median share, in logarithms.
fn fidelity(variant: &Variant, placed: &[Placed]) -> f32 {
    let share = |p: &Placed| match (&p.content, p.layer.and_then(|i| variant.layers.get(i)).map(|l| &l.content)) {
        (PlacedContent::Text(text), Some(Content::Text(slot))) => Some(text.fitted.size.0 / slot.ideal.0.max(1e-3)),
        _ => None,
    };
    let mut shares: Vec<f32> = placed.iter().filter_map(share).collect();
    shares.sort_unstable_by(f32::total_cmp);
    let Some(median) = shares.get(shares.len() / 2).copied().filter(|m| *m > 0.0) else { return 0.0 };
    shares.iter().map(|s| libm::logf(s.max(1e-4) / median).abs()).sum::<f32>() / shares.len() as f32
}

/// By how much the leading picture lost of its share of the page, along one side: 0 = as large as in the master.
fn presence(variant: &Variant, placed: &[Placed], page: &Measure, rect: At<'_>) -> f32 {
    let Some((index, layer)) = variant.layers.iter().enumerate().find(|(_, l)| super::candidates::leads(l)) else { return 0.0 };
    shown(variant, layer, page, placed.iter().find(|p| p.layer == Some(index)).map(rect))
}

/// By how much a leading picture lost of its share of the page where it has a box, or none.
pub(super) fn shown(variant: &Variant, layer: &Layer, page: &Measure, rect: Option<Rect>) -> f32 {
    let artboard = Rect::new(0.0, 0.0, variant.artboard.w.0, variant.artboard.h.0);
    let was = layer.master_box.intersect(&artboard).area() / artboard.area().max(1.0);
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let now = rect.map_or(0.0, |r| r.intersect(&trim).area() / trim.area().max(1.0));
    (1.0 - (now / was.max(1e-3)).sqrt()).max(0.0)
}

/// The mean share of the widest line that each but the last lacks.
#[must_use]
pub fn uneven(text: &Fitted) -> f32 {
    let [rest @ .., _] = text.lines.as_slice() else { return 0.0 };
    let widest = text.width.0.max(1e-3);
    rest.iter().map(|l| 1.0 - l.width.0 / widest).sum::<f32>() / rest.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_line_up_by_the_page_and_by_the_line_they_stand_on() {
        let (page, nothing) = ((1000.0, 500.0), |_: usize| None);
        let of = |boxes: [Rect; 2], stands: &dyn Fn(usize) -> Option<[Px; 2]>| {
            let boxes: Vec<_> = boxes.into_iter().enumerate().collect();
            alignment(&boxes, page, stands)
        };
        let words = Rect::new(30.0, 40.0, 400.0, 160.0);
        // A cut-out nearly in line with words looks careless; in the page's middle, as they are, it does not.
        assert!(of([words, Rect::new(700.0, 45.0, 200.0, 390.0)], &nothing) > 0.03);
        let head = Rect::new(300.0, 20.0, 400.0, 40.0);
        assert!(of([head, Rect::new(720.0, 60.0, 180.0, 380.0)], &nothing).abs() < 1e-6);
        assert!(of([head, Rect::new(720.0, 70.0, 180.0, 380.0)], &nothing) > 0.04);
        // Two prices of other sizes on one line of type.
        let small = Rect::new(450.0, 129.0, 100.0, 55.0);
        let lines = |layer: usize| (layer == 0).then_some([Px(100.0), Px(160.0)]).or(Some([Px(160.0); 2]));
        assert!(of([words, small], &nothing) > 0.05 && of([words, small], &lines).abs() < 1e-6);
    }

    #[test]
    fn orders_are_compared_by_the_pairs_that_are_in_one() {
        let ranks = [(0.0, 0.0), (1.0, 1.0), (2.0, 3.0), (3.0, 2.0)];
        assert!((disorder(&ranks, &|_, _| true) - 1.0 / 6.0).abs() < 1e-6);
        assert!(disorder(&ranks, &|n, m| (n, m) != (2, 3)).abs() < 1e-6);
    }
}
