//! In: the logo layer and the room for it. Out: its size here and its box; the drawing for dark grounds where the type is light.

use super::measure::Measure;
use crate::geom::{Rect, Size};
use crate::variant::{AssetId, Content, Layer, Role, Variant};

/// The logo layer, if the master has one that is drawn or pictured.
#[must_use]
pub fn layer(variant: &Variant) -> Option<(usize, &Layer)> {
    variant
        .layers
        .iter()
        .enumerate()
        .find(|(_, l)| l.role == Role::Logo && !matches!(l.content, Content::Text(_) | Content::Shape { .. }))
}

/// Natural size of a layer's drawing or picture.
#[must_use]
pub fn natural(layer: &Layer) -> Size {
    match &layer.content {
        Content::Vector { natural, .. } => *natural,
        Content::Image { natural: (w, h), .. } => Size { w: crate::units::Px(*w as f32), h: crate::units::Px(*h as f32) },
        _ => Size { w: layer.master_box.w, h: layer.master_box.h },
    }
}

/// The logo's size on the page: the master's share of it, kept recognisable on small pages and modest on flat ones. px.
#[must_use]
pub fn size(layer: &Layer, page: &Measure, room: Rect) -> Size {
    let natural = natural(layer);
    let aspect = natural.w.0 / natural.h.0.max(1e-3);
    let master = layer.master_box;
    // What the drawing really takes of its box in the master.
    let master_h = master.h.0.min(master.w.0 / aspect);
    let least = match page.aspect {
        _ if page.is_strip() => 0.3 * page.h.min(64.0),
        // Type grows on a wide page, and the mark with it.
        a if a > 2.1 => (0.085 * page.h).max(12.0_f32.min(0.2 * page.h)),
        _ => (0.045 * page.short()).max(12.0_f32.min(0.2 * page.short())),
    };
    let most = if page.is_strip() { 0.46 * page.h.min(64.0) + 0.16 * (page.h - 64.0).max(0.0) } else { 0.17 * page.h };
    let mut h = (master_h * page.scale).clamp(least.min(most), most);
    let mut w = h * aspect;
    let widest = if page.is_strip() { (0.2 * page.w).min(1.25 * page.h) } else { 0.62 * room.w.0 };
    let min_width = least_width(layer, page).min(0.42 * page.w);
    // A small page gives its logo more of its width, so that it stays a logo.
    let widest = widest.max(min_width);
    if w < min_width {
        w = min_width;
        h = w / aspect;
    }
    if w > widest {
        w = widest;
        h = w / aspect;
    }
    Size { w: crate::units::Px(w), h: crate::units::Px(h) }
}

/// Width of a symbol below which it is a blot, where the master declares none: that of a browser's tab, reference px.
const SYMBOL: f32 = 16.0;

/// The width below which the logo never goes, px: the master's word, which is given for a screen at an arm's length, at the angle that it has there.
#[must_use]
pub fn least_width(layer: &Layer, page: &Measure) -> f32 {
    let said = if let Content::Vector { min_width, .. } = &layer.content { min_width.0 } else { 0.0 };
    page.reference * if said > 0.0 { said } else { SYMBOL }
}

/// The smallest it may be where the page has no more room: a good part of its usual size, never below its own least.
#[must_use]
pub fn least(layer: &Layer, usual: Size, page: &Measure) -> Size {
    let k = (least_width(layer, page) / usual.w.0.max(1e-3)).clamp(0.72, 1.0);
    Size { w: usual.w * k, h: usual.h * k }
}

/// Height of a mark by the size of the headline's type above which it is the louder of the two, where the master has it no larger; and where type is
/// near the least that reads: there it is as high as the headline's letters.
const LOUD: f32 = 0.8;
const LOUD_CLOSE: f32 = 0.64;

/// The height from which on a mark is louder than a headline of a size, px.
#[must_use]
pub fn loud(layer: &Layer, variant: &Variant, page: &Measure, headline: f32) -> f32 {
    let ideal = variant.layers.iter().find(|l| l.role == Role::Headline).and_then(|l| match &l.content {
        Content::Text(slot) => Some(slot.ideal.0),
        _ => None,
    });
    let natural = natural(layer);
    let drawn = layer.master_box.h.0.min(layer.master_box.w.0 * natural.h.0 / natural.w.0.max(1e-3));
    // A flat one is letters without tops, and as loud as its width.
    let flat = (FLAT * natural.w.0 / natural.h.0.max(1e-3)).max(1.0);
    let loud = if page.is_close() { LOUD_CLOSE } else { LOUD / flat };
    headline * ideal.map_or(loud, |ideal| loud.max(1.1 * drawn / ideal.max(1e-3)))
}

/// Which file to draw on a dark ground or a light one.
#[must_use]
pub fn asset(layer: &Layer, dark: bool) -> Option<AssetId> {
    match &layer.content {
        Content::Vector { asset, on_dark, .. } => {
            Some(if dark { on_dark.as_ref().unwrap_or(asset).clone() } else { asset.clone() })
        }
        Content::Image { asset, .. } => Some(asset.clone()),
        _ => None,
    }
}

/// Share of its height that a mark keeps free between itself and the words it heads or signs: nearer it reads as one of their lines.
const APART: f32 = 0.7;

/// Side of a square page that has nothing to give for it, px, and by how much a larger one gives all.
const SMALL: (f32, f32) = (100.0, 120.0);

/// Share of a mark's width that it is high to the eye at the least: a flat one is letters without tops, and as loud as others of its width.
const FLAT: f32 = 0.2;

/// How high a mark is to the eye, px.
#[must_use]
pub fn stature(size: Size) -> f32 {
    size.h.0.max(FLAT * size.w.0)
}

/// Space between the logo and the words above or below it, px.
#[must_use]
pub fn air(layer: &Layer, size: Size, page: &Measure) -> f32 {
    // A small page has not that much to give.
    let given = (((page.w * page.h).sqrt() - SMALL.0) / SMALL.1).clamp(0.0, 1.0);
    clear(layer, size.h.0).max(0.35 * page.margin).max(APART * given * stature(size))
}

/// Share of its height that a mark keeps from the edge of a field of colour: nearer it stands on it, or hangs from it.
const OFF: f32 = 0.5;

/// Space between the logo and the edge of a field of colour, px.
#[must_use]
pub fn off_edge(size: Size) -> f32 {
    OFF * size.h.0
}

/// Clear space around the logo, px.
#[must_use]
pub fn clear(layer: &Layer, height: f32) -> f32 {
    match &layer.content {
        Content::Vector { clear, .. } => clear * height,
        _ => 0.25 * height,
    }
}
