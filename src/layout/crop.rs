//! In: a picture's size, its focal box, the box it fills, what lies on top. Out: the part of the picture to show: it covers the box,
//! keeps the focal box in, and moves it clear of the text and out of the shade where it can.

use super::scrim::Shade;
use crate::geom::Rect;

/// How much nearer than the whole picture a close crop may go.
const NEAREST: f32 = 1.6;

/// A crop, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    /// Source px.
    pub src: Rect,
    /// Share of the focal box's area that is cut off, 0 to 1.
    pub lost: f32,
    /// Share of the focal box that lies under `avoid`, 0 to 1.
    pub hidden: f32,
    /// How dense the shade over the focal box is, 0 to 1.
    pub dark: f32,
    /// Format px per source px.
    pub enlarged: f32,
}

/// What lies on a picture.
#[derive(Clone, Copy, Default)]
pub struct Over<'a> {
    /// Boxes of words, in the space of the page.
    pub words: &'a [Rect],
    /// What darkens it.
    pub shade: Option<&'a Shade<'a>>,
}

/// What a subject costs that is wholly cut off.
const LOST: f32 = 5.0;
/// What any cut costs, however small.
const NICKED: f32 = 0.03;
/// What a subject costs that is wholly under words.
const HIDDEN: f32 = 2.4;
/// What words on it cost, however little they cover.
const TOUCHED: f32 = 0.03;
/// What one costs that is wholly in the dark.
const SHADED: f32 = 1.1;
/// What a view as near again costs.
const NEARER: f32 = 0.3;

/// Crops `natural` (source px) to cover `dst`. `focal` is in fractions of the picture; `window` is the part of `dst` that is seen (the
/// trim): the focal box belongs there, not into the bleed.
#[must_use]
pub fn cover(natural: (u32, u32), focal: Rect, dst: Rect, window: Rect, over: Over<'_>) -> Crop {
    let (nw, nh) = (natural.0.max(1) as f32, natural.1.max(1) as f32);
    let least = (dst.w.0 / nw).max(dst.h.0 / nh).max(f32::MIN_POSITIVE);
    let mut best: Option<(f32, Crop)> = None;
    // A closer view buys room to move the subject clear of the words, where they hide it.
    let zooms: &[f32] = if over.words.is_empty() { &[1.0] } else { &[1.0, 1.08, 1.16, 1.24, 1.32, 1.42] };
    for zoom in zooms {
        let dearer = NEARER * (zoom - 1.0);
        let bound = best.map_or(f32::INFINITY, |(cost, _)| cost - dearer);
        // A view as near costs more by itself than the one known.
        if bound < -MARGIN {
            break;
        }
        let Some(found) = best_at(natural, focal, dst, window, over, (least * zoom, bound)) else { continue };
        let cost = found.0 + dearer;
        if best.is_none_or(|(c, _)| cost < c - 1e-6) {
            best = Some((cost, found.1));
        }
    }
    best.map_or(Crop { src: Rect::new(0.0, 0.0, nw, nh), lost: 0.0, hidden: 0.0, dark: 0.0, enlarged: least }, |(_, crop)| crop)
}

/// Crops for a picture that is small on its page: near enough that its subject is what one sees, never beyond the picture's own pixels.
#[must_use]
pub fn close(natural: (u32, u32), focal: Rect, dst: Rect, window: Rect) -> Crop {
    let (nw, nh) = (natural.0.max(1) as f32, natural.1.max(1) as f32);
    let least = (dst.w.0 / nw).max(dst.h.0 / nh).max(f32::MIN_POSITIVE);
    let shown = window.intersect(&dst);
    let filling = (shown.w.0 / (focal.w.0 * nw).max(1.0)).min(shown.h.0 / (focal.h.0 * nh).max(1.0));
    let k = (0.62 * filling).min(NEAREST * least).min(1.0).max(least);
    let whole = Rect::new(0.0, 0.0, (dst.w.0 / k).min(nw), (dst.h.0 / k).min(nh));
    best_at(natural, focal, dst, window, Over::default(), (k, f32::INFINITY))
        .map_or(Crop { src: whole, lost: 0.0, hidden: 0.0, dark: 0.0, enlarged: k }, |(_, crop)| crop)
}

/// By how much a crop may cost more than a known one and still be looked at: far more than what a tie is.
const MARGIN: f32 = 1e-4;

/// The cheapest crop at one scale: the free axes are searched in steps. Nothing where all cost more than `bound`.
fn best_at(
    natural: (u32, u32),
    focal: Rect,
    dst: Rect,
    window: Rect,
    over: Over<'_>,
    (k, bound): (f32, f32),
) -> Option<(f32, Crop)> {
    let (nw, nh) = (natural.0.max(1) as f32, natural.1.max(1) as f32);
    let (sw, sh) = ((dst.w.0 / k).min(nw), (dst.h.0 / k).min(nh));
    let focal_px = Rect::new(focal.x.0 * nw, focal.y.0 * nh, focal.w.0 * nw, focal.h.0 * nh);
    let slack = ((nw - sw).max(0.0), (nh - sh).max(0.0));
    let middle = focal_px.center();
    let shown = window.intersect(&dst);
    let at = shown.center();
    let ideal = (middle.x.0 - (at.x.0 - dst.x.0) / k, middle.y.0 - (at.y.0 - dst.y.0) / k);
    let steps = |slack: f32, most: u8| if slack < 0.5 { 0 } else { most };
    let both = slack.0 >= 0.5 && slack.1 >= 0.5;
    let (nx, ny) = (steps(slack.0, if both { 16 } else { STEPS }), steps(slack.1, if both { 16 } else { STEPS }));
    let along_x = Steps::of(slack.0, nx, ideal.0, nw);
    let along_y = Steps::of(slack.1, ny, ideal.1, nh);
    let side = (focal_px.w.0 * k, focal_px.h.0 * k);
    let area = (side.0 * side.1).max(1.0);
    let on_x = |x: f32| dst.x.0 + (focal_px.x.0 - x) * k;
    let on_y = |y: f32| dst.y.0 + (focal_px.y.0 - y) * k;
    // Of what words share with the subject each axis decides its own side.
    let beside = |x: f32, all: &mut Vec<f32>| over.words.iter().for_each(|w| all.push(shared(on_x(x), side.0, w.x.0, w.w.0).1));
    let above = |y: f32, all: &mut Vec<f32>| over.words.iter().for_each(|w| all.push(shared(on_y(y), side.1, w.y.0, w.h.0).1));
    let seen_wide = |x: f32| shared(on_x(x), side.0, shown.x.0, shown.w.0);
    let seen_high = |y: f32| shared(on_y(y), side.1, shown.y.0, shown.h.0);
    // What costs too much already is not measured on: the terms that follow only add to it.
    let look = |along: Look<'_>, down: Look<'_>, most: f32| {
        let ((left, w), (top, h)) = (along.seen, down.seen);
        let drift = DRIFT * (along.far + down.far);
        if drift >= most {
            return None;
        }
        let lost = 1.0 - at_most_one(w * h / area);
        // An edge that is nicked is seen as an edge that is cut.
        let cut = LOST * lost + if lost > 0.001 { NICKED } else { 0.0 };
        if cut + drift >= most {
            return None;
        }
        let hidden = along.under.iter().zip(down.under).map(|(w, h)| w * h / area).sum::<f32>();
        let hidden = at_most_one(hidden);
        // A shade is no less than nought but for what sums of its parts round away.
        // Words that only touch it are seen to touch it.
        let under = HIDDEN * hidden + if hidden > 0.0005 { TOUCHED } else { 0.0 };
        if cut + under + drift >= most + MARGIN {
            return None;
        }
        let dark = over.shade.map_or(0.0, |shade| shade.over(&Rect::new(left, top, w, h)));
        let cost = cut + under + SHADED * dark + drift;
        (cost < most).then_some((cost, Crop { src: Rect::new(along.at, down.at, sw, sh), lost, hidden, dark, enlarged: k }))
    };
    // The crop nearest to the ideal is a good one already, mostly: what costs clearly more need not be looked at.
    let (x, y) = (along_x.nearest(ideal.0), along_y.nearest(ideal.1));
    let (mut wide, mut high) = (Vec::new(), Vec::new());
    beside(x.0, &mut wide);
    above(y.0, &mut high);
    let (at_x, at_y) = (Look::of(x, seen_wide(x.0), &wide), Look::of(y, seen_high(y.0), &high));
    let near = look(at_x, at_y, f32::INFINITY).map_or(bound, |(c, _)| c);
    let bound = bound.min(near) + MARGIN;
    let mut best: Option<(f32, Crop)> = None;
    let mut most = bound;
    high.clear();
    along_y.places().for_each(|(y, _)| above(y, &mut high));
    let seen_high: Vec<(f32, f32)> = along_y.places().map(|(y, _)| seen_high(y)).collect();
    let (n, least) = (over.words.len(), along_y.least());
    for x in along_x.places() {
        if DRIFT * (x.1 + least) >= most {
            continue;
        }
        wide.clear();
        beside(x.0, &mut wide);
        let seen = seen_wide(x.0);
        for (i, (y, &seen_y)) in along_y.places().zip(&seen_high).enumerate() {
            let high = high.get(i * n..(i + 1) * n).unwrap_or_default();
            if let Some(found) = look(Look::of(x, seen, &wide), Look::of(y, seen_y, high), most) {
                most = bound.min(found.0 - 1e-6);
                best = Some(found);
            }
        }
    }
    best
}

/// A place of the crop along one axis, and what is known of it there.
#[derive(Clone, Copy)]
struct Look<'a> {
    /// Source px.
    at: f32,
    /// How far from the ideal, as a share of the picture.
    far: f32,
    /// Where what is seen of the subject begins, and how long it is, device px.
    seen: (f32, f32),
    /// How much of the subject each of the words lies over, device px.
    under: &'a [f32],
}

impl<'a> Look<'a> {
    fn of((at, far): (f32, f32), seen: (f32, f32), under: &'a [f32]) -> Self {
        Self { at, far, seen, under }
    }
}

/// A share, of which sums of parts may round above the whole. (`min` is a call of its own in the module.)
fn at_most_one(share: f32) -> f32 {
    if share > 1.0 { 1.0 } else { share }
}

/// Where a length begins that two share along one axis, and how long it is.
fn shared(at: f32, length: f32, other: f32, its_length: f32) -> (f32, f32) {
    let from = if other > at { other } else { at };
    let (end, its_end) = (at + length, other + its_length);
    let to = if its_end < end { its_end } else { end };
    (from, if to - from > 0.0 { to - from } else { 0.0 })
}

/// Most steps along an axis.
const STEPS: u8 = 48;
/// What a crop costs that is the whole picture away from the ideal.
const DRIFT: f32 = 0.25;

/// The places of a crop along one axis: source px, and how far from the ideal each is, as a share of the picture.
struct Steps {
    slack: f32,
    last: u8,
    at: [(f32, f32); STEPS as usize + 1],
}

impl Steps {
    fn of(slack: f32, last: u8, ideal: f32, side: f32) -> Self {
        let mut at = [(0.0, 0.0); STEPS as usize + 1];
        for (i, place) in (0..=last).zip(&mut at) {
            let x = slack * (f32::from(i) / f32::from(last.max(1)));
            *place = (x, ((x - ideal) / side).abs());
        }
        Self { slack, last, at }
    }
    fn places(&self) -> impl Iterator<Item = (f32, f32)> {
        self.at.iter().take(usize::from(self.last) + 1).copied()
    }
    /// The place nearest to the ideal.
    fn nearest(&self, ideal: f32) -> (f32, f32) {
        let last = f32::from(self.last);
        let i = (ideal / self.slack.max(1e-3) * last).round().clamp(0.0, last) as usize;
        self.at.get(i).copied().unwrap_or_default()
    }
    /// How far from the ideal the nearest is.
    fn least(&self) -> f32 {
        self.places().map(|(_, far)| far).fold(f32::INFINITY, f32::min)
    }
}

/// Where a part of a picture (fractions of it) lies on the page when `src` of it is shown in `dst`.
#[must_use]
pub fn on_page(part: Rect, natural: (u32, u32), src: Rect, dst: Rect) -> Rect {
    let (w, h) = (natural.0.max(1) as f32, natural.1.max(1) as f32);
    let (kx, ky) = (dst.w.0 / src.w.0.max(1e-3), dst.h.0 / src.h.0.max(1e-3));
    Rect::new(
        dst.x.0 + (part.x.0 * w - src.x.0) * kx,
        dst.y.0 + (part.y.0 * h - src.y.0) * ky,
        part.w.0 * w * kx,
        part.h.0 * h * ky,
    )
}

/// Puts the whole of `natural` inside `dst`, as large as it goes, at the given place of the free room (0 to 1 each way).
#[must_use]
pub fn contain(natural: (f32, f32), dst: Rect, at: (f32, f32)) -> Rect {
    let (nw, nh) = (natural.0.max(1e-3), natural.1.max(1e-3));
    let k = (dst.w.0 / nw).min(dst.h.0 / nh);
    let (w, h) = (nw * k, nh * k);
    Rect::new(dst.x.0 + (dst.w.0 - w) * at.0, dst.y.0 + (dst.h.0 - h) * at.1, w, h)
}
