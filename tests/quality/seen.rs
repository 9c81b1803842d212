//! What a reader is left with: one rule for every way to resize, ours and others. In: a layout on its page. Out: what placing met, measured
//! from the finished boxes alone; the layers that are lost; the terms with what is lost counted as lost.
//!
//! The rule in a sentence: a text smaller than the legal gate's least, a logo narrower than its least, a picture whose subject the focal gate
//! finds gone, and any of them with more than a tenth of its box off the page, is not there for the reader.

use std::collections::BTreeSet;
use variorum::campaign::format::Spec;
use variorum::geom::Rect;
use variorum::layout::measure::Measure;
use variorum::layout::reading::{self, Reading};
use variorum::layout::score;
use variorum::layout::scrim::{self, Shade};
use variorum::layout::terms::{self, Met};
use variorum::layout::{Backdrop, DropReason, Dropped, Layout, Placed, PlacedContent, Terms, Tones, gates, sign};
use variorum::text::Direction;
use variorum::units::Px;
use variorum::variant::{Content, Role, Variant};

/// Share of a box that may lie off the page before the thing is lost.
const OFF: f32 = 0.1;
/// A lost text counts as set at this share of the others' size.
const SHRUNK: f32 = 0.25;
/// A focal box that is nearly the whole picture says nothing of what is in it (as the focal gate has it).
const WHOLE: f32 = reading::WHOLE;

fn lead(variant: &Variant) -> Option<usize> {
    variant.layers.iter().position(|l| match l.role {
        Role::Photo | Role::Product => matches!(l.content, Content::Image { .. } | Content::Vector { .. }),
        Role::Background => matches!(l.content, Content::Image { .. }),
        _ => false,
    })
}

/// Where a picture's focal box lies on the page.
fn subject(variant: &Variant, tones: &Tones, p: &Placed) -> Option<(Rect, f32)> {
    let (PlacedContent::Picture { src, asset, .. }, Some(layer)) = (&p.content, p.layer.and_then(|i| variant.layers.get(i)))
    else {
        return None;
    };
    let Content::Image { natural: (w, h), focal, .. } = &layer.content else { return None };
    let focal = if focal.area() > 0.99 { tones.get(asset).map_or(*focal, |t| t.focal()) } else { *focal };
    let (w, h) = (*w as f32, *h as f32);
    let k = p.rect.w.0 / src.w.0.max(1e-3);
    let x = p.rect.x.0 + (focal.x.0 * w - src.x.0) * k;
    let y = p.rect.y.0 + (focal.y.0 * h - src.y.0) * k;
    Some((Rect::new(x, y, focal.w.0 * w * k, focal.h.0 * h * k), k))
}

fn share(placed: &Placed, variant: &Variant) -> Option<f32> {
    match (&placed.content, placed.layer.and_then(|i| variant.layers.get(i)).map(|l| &l.content)) {
        (PlacedContent::Text(text), Some(Content::Text(slot))) => Some(text.fitted.size.0 / slot.ideal.0.max(1e-3)),
        _ => None,
    }
}

/// What placing met, from the boxes alone.
pub fn met(variant: &Variant, page: &Measure, layout: &Layout, tones: &Tones) -> Met {
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let mut shares: Vec<f32> = layout.placed.iter().filter_map(|p| share(p, variant)).map(|s| s / page.scale).collect();
    shares.sort_by(f32::total_cmp);
    let role = |p: &Placed| p.layer.and_then(|i| variant.layers.get(i)).map(|l| l.role);
    let headline = layout.placed.iter().filter(|p| role(p) == Some(Role::Headline)).find_map(|p| share(p, variant));
    let has_headline = variant.layers.iter().any(|l| l.role == Role::Headline);
    let mut met = Met {
        t: shares.get(shares.len() / 2).copied().unwrap_or(1.0),
        headline: headline.map_or(if has_headline { 0.0 } else { 1.0 }, |s| (s / page.scale).min(1.5)),
        enlarged: 1.0,
        ..Met::default()
    };
    let at = lead(variant).and_then(|i| layout.placed.iter().find(|p| p.layer == Some(i)));
    if let Some((p, (focal, k))) = at.and_then(|p| Some((p, subject(variant, tones, p)?))) {
        met.enlarged = k;
        met.focal_lost = 1.0 - focal.intersect(&p.rect).intersect(&trim).area() / focal.area().max(1.0);
        let over = layout.placed.iter().filter(|p| matches!(p.content, PlacedContent::Text(_)) || role(p) == Some(Role::Logo));
        met.focal_hidden = over.map(|p| p.rect.intersect(&focal).area() / focal.area().max(1.0)).sum::<f32>().min(1.0);
    }
    if let Some((p, (focal, _))) = at.and_then(|p| Some((p, subject(variant, tones, p)?))) {
        let shades = scrim::placed(variant, &layout.placed);
        let shade = Shade::of(trim, shades.iter().map(|(fill, r)| (fill, *r)));
        met.focal_dark = shade.map_or(0.0, |s| s.mean(&focal.intersect(&p.rect).intersect(&trim)));
    }
    // How much of the page the design reaches: the box around all but ornaments.
    let reach =
        layout.placed.iter().filter(|p| role(p) != Some(Role::Decoration) && p.layer.is_some()).map(|p| p.rect.intersect(&trim));
    met.filled = reach.reduce(|a, b| a.union(&b)).map_or(0.0, |r| r.area() / trim.area().max(1.0));
    met
}

/// The layers that the reader does not have.
pub fn lost(variant: &Variant, page: &Measure, layout: &Layout, tones: &Tones) -> BTreeSet<usize> {
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let met = met(variant, page, layout, tones);
    let gone = |p: &Placed| {
        let index = p.layer?;
        let layer = variant.layers.get(index)?;
        let off = p.rect.intersect(&trim).area() < (1.0 - OFF) * p.rect.area();
        let is_lost = match (&p.content, &layer.content) {
            (PlacedContent::Text(text), _) => off || text.fitted.size.0 < 0.8 * page.legible(Role::Legal),
            (_, Content::Vector { min_width, .. }) if layer.role == Role::Logo => {
                off || matches!(variant.format.spec, Spec::Pixels { .. }) && p.rect.w.0 < min_width.0 - 0.5
            }
            (PlacedContent::Picture { .. }, Content::Image { focal, .. }) if Some(index) == lead(variant) => {
                focal.area() < WHOLE && met.focal_lost + met.focal_hidden > gates::FOCAL_LOST
            }
            _ => false,
        };
        is_lost.then_some(index)
    };
    layout.placed.iter().filter_map(gone).collect()
}

/// The gates of a layout, and its terms as they are, by the same measure for everyone.
pub fn plain(variant: &Variant, layout: &Layout, tones: &Tones, reading: &Reading) -> (Vec<gates::Gate>, Terms) {
    let page = Measure::of(variant);
    let met = met(variant, &page, layout, tones);
    let backdrop = Backdrop { variant, tones, placed: &layout.placed };
    let signs = |p: &Placed| p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::Logo);
    let at = layout.placed.iter().position(signs);
    let told = at.and_then(|at| {
        let p = layout.placed.get(at)?;
        sign::told(&backdrop, at, sign::file(p)?, &p.rect)
    });
    let known = gates::Known { told, ..gates::Known::default() };
    let gates = gates::look(variant, &page, layout, &backdrop, reading, known);
    (gates, terms::terms(variant, &page, reading, layout, &backdrop, &met))
}

/// The terms as the reader has the page: what is lost weighs nothing, has no size, stands in no relation.
pub fn read(variant: &Variant, layout: &Layout, tones: &Tones, reading: &Reading) -> Terms {
    let page = Measure::of(variant);
    let lost = lost(variant, &page, layout, tones);
    let hidden = met(variant, &page, layout, tones).focal_hidden;
    let mut left = layout.clone();
    left.placed.retain(|p| p.layer.is_none_or(|i| !lost.contains(&i)));
    left.dropped.extend(lost.iter().map(|layer| Dropped { layer: *layer, reason: DropReason::NoRoom }));
    let mut met = met(variant, &page, &left, tones);
    // Words too small to read still cover what is under them.
    met.focal_hidden = hidden;
    let backdrop = Backdrop { variant, tones, placed: &left.placed };
    let mut terms = terms::terms(variant, &page, reading, &left, &backdrop, &met);
    let plain = terms;
    let terms_of = |name: &str| plain[score::WEIGHTS.iter().position(|(n, ..)| *n == name).unwrap()];
    let mut put = |name: &str, value: f32| {
        let at = score::WEIGHTS.iter().position(|(n, ..)| *n == name).unwrap();
        terms[at] = value;
    };
    // What is lost is as unreadable as can be.
    let texts = |l: &Layout| l.placed.iter().filter(|p| matches!(p.content, PlacedContent::Text(_))).count() as f32;
    let gone = 1.0 - texts(&left) / texts(layout).max(1.0);
    put("unreadability", (1.0 - gone) * terms_of("unreadability") + gone);
    put("hierarchy", hierarchy(variant, reading, &left));
    put("relations", relations(variant, reading, &left, &page));
    put("fidelity", fidelity(variant, &left));
    terms
}

/// Layers whose message is empty are nobody's loss.
fn counts(variant: &Variant, layout: &Layout, layer: usize) -> bool {
    let empty = layout.dropped.iter().any(|d| d.layer == layer && d.reason == DropReason::Empty);
    variant.layers.get(layer).is_some() && !empty
}

/// Pairs whose order of weight is not to be seen any more.
fn hierarchy(variant: &Variant, reading: &Reading, layout: &Layout) -> f32 {
    let weight = |i: usize| {
        let p = layout.placed.iter().find(|p| p.layer == Some(i));
        p.map_or(0.0, |p| reading::weight(&variant.layers[i], variant.ground, &p.rect))
    };
    let order: Vec<f32> = reading.order.iter().filter(|i| counts(variant, layout, **i)).map(|i| weight(*i)).collect();
    let (mut wrong, mut pairs) = (0.0, 0.0_f32);
    for (n, a) in order.iter().enumerate() {
        for b in &order[n + 1..] {
            pairs += 1.0;
            wrong += f32::from(u8::from(a <= b));
        }
    }
    wrong / pairs.max(1.0)
}

fn relations(variant: &Variant, reading: &Reading, layout: &Layout, page: &Measure) -> f32 {
    let at = |i: usize| {
        let r = layout.placed.iter().find(|p| p.layer == Some(i))?.rect;
        Some(if variant.direction == Direction::Rtl { r.mirrored(Px(page.w)) } else { r })
    };
    let (mut broken, mut all) = (0.0, 0.0);
    for (i, j, relation, weight) in &reading.relations {
        if !counts(variant, layout, *i) || !counts(variant, layout, *j) {
            continue;
        }
        all += weight;
        let holds = at(*i).zip(at(*j)).is_some_and(|(a, b)| relation.holds(&a, &b, page.w, page.h));
        broken += if holds { 0.0 } else { *weight };
    }
    if all > 0.0 { broken / all } else { 0.0 }
}

fn fidelity(variant: &Variant, layout: &Layout) -> f32 {
    let mut shares: Vec<f32> = layout.placed.iter().filter_map(|p| share(p, variant)).collect();
    shares.sort_by(f32::total_cmp);
    let median = shares.get(shares.len() / 2).copied().unwrap_or(1.0);
    let all = (0..variant.layers.len())
        .filter(|i| matches!(variant.layers[*i].content, Content::Text(_)) && counts(variant, layout, *i))
        .map(|i| layout.placed.iter().find(|p| p.layer == Some(i)).and_then(|p| share(p, variant)).unwrap_or(SHRUNK * median))
        .map(|s| (s / median).ln().abs());
    let (n, sum) = all.fold((0.0_f32, 0.0), |(n, sum), v| (n + 1.0, sum + v));
    sum / n.max(1.0)
}
