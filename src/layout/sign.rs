//! In: the logo where it stands, the drawings' and pictures' tones. Out: the drawing of it that is told from what lies under it, the quieter
//! corner of a wide picture, and how far its own ink stands out from the ground it meets ([`told`]).

use super::backdrop::{Backdrop, Tones, mix};
use super::sheet::Sheet;
use super::{Placed, PlacedContent, mark};
use crate::geom::{Rect, Size};
use crate::variant::{AssetId, Layer, Role};

/// Ground that takes the light drawing of a mark, by luminance: where black and white type contrast equally, a little towards light type,
/// for marks for dark grounds are drawn bolder.
const DARK: f32 = 0.22;
/// Contrast above which a mark is seen anyway: on rock, leaves or snow more is asked than on a ground of one colour.
const READS: f32 = 6.0;
/// Least contrast of a mark with what is under it, met by three quarters of its outline: below it one looks for the mark.
pub const TOLD: f32 = 2.0;

/// How far a mark's outline stands out from the ground that it meets: the contrast that three quarters of it reach, or that of the mark
/// within itself where that is more. Nothing where its drawing is not known or has no outline.
#[must_use]
pub fn told(backdrop: &Backdrop<'_>, at: usize, asset: &AssetId, rect: &Rect) -> Option<f32> {
    let tone = backdrop.tones.get(asset)?;
    let layer = backdrop.placed.get(at)?.layer.and_then(|i| backdrop.variant.layers.get(i))?;
    let below = backdrop.below(at, rect);
    let mut met: Vec<f32> = tone
        .rim()
        .iter()
        .map(|(u, v, ink)| {
            let ground = below.at(rect.x.0 + u * rect.w.0, rect.y.0 + v * rect.h.0);
            mix(ground, ink.faded(layer.opacity), layer.blend).contrast(ground)
        })
        .collect();
    met.sort_unstable_by(f32::total_cmp);
    let quarter = met.get(met.len() / 4).copied()?;
    // One that is faint is as faint within itself.
    Some(quarter.max(1.0 + (tone.within() - 1.0) * layer.opacity))
}

/// Parts of a mark along each side by which it is looked at.
const PARTS: usize = 3;

/// How far the worst part of a mark's outline stands out from its ground: in each third of its width and of its height, what half of it reaches.
fn by_part(backdrop: &Backdrop<'_>, at: usize, asset: &AssetId, rect: &Rect) -> Option<f32> {
    let tone = backdrop.tones.get(asset)?;
    let layer = backdrop.placed.get(at)?.layer.and_then(|i| backdrop.variant.layers.get(i))?;
    let below = backdrop.below(at, rect);
    let met: Vec<(f32, f32, f32)> = tone
        .rim()
        .iter()
        .map(|(u, v, ink)| {
            let ground = below.at(rect.x.0 + u * rect.w.0, rect.y.0 + v * rect.h.0);
            (*u, *v, mix(ground, ink.faded(layer.opacity), layer.blend).contrast(ground))
        })
        .collect();
    let part = |n: usize, of: fn(&(f32, f32, f32)) -> f32| {
        let within = |m: &&(f32, f32, f32)| (of(m) * PARTS as f32) as usize == n;
        let mut told: Vec<f32> = met.iter().filter(within).map(|m| m.2).collect();
        told.sort_unstable_by(f32::total_cmp);
        told.get(told.len() / 2).copied()
    };
    let all = (0..PARTS).flat_map(|n| [part(n, |m| m.0), part(n, |m| m.1)]).flatten();
    let within = 1.0 + (tone.within() - 1.0) * layer.opacity;
    all.min_by(f32::total_cmp).map(|worst| worst.max(within))
}

/// The file of the mark that is placed.
#[must_use]
pub fn file(placed: &Placed) -> Option<&AssetId> {
    match &placed.content {
        PlacedContent::Vector { asset } | PlacedContent::Picture { asset, .. } => Some(asset),
        _ => None,
    }
}

/// On a wide picture the logo that signs at the far end stands in the quieter of its two corners.
pub(super) fn corner(sheet: &mut Sheet<'_>, content: Rect, tones: &Tones) {
    let variant = sheet.variant;
    let Some((index, layer)) = mark::layer(variant) else { return };
    let Some(at) = sheet.placed.iter().position(|p| p.layer == Some(index)) else { return };
    let Some(rect) = sheet.placed.get(at).map(|p| p.rect) else { return };
    let fixed = variant.pins.logo.is_some() || layer.override_box.is_some();
    let upper = Rect { y: content.y, ..rect };
    let free = |r: &Rect| {
        let clear = Rect { x: r.x - r.h, w: r.w + r.h * 2.0, y: r.y - r.h * 0.5, h: r.h * 2.0 };
        let says = |p: &Placed| matches!(p.content, PlacedContent::Text(_));
        !sheet.placed.iter().any(|p| says(p) && p.rect.intersect(&clear).area() > 0.0)
    };
    if fixed || rect.y.0 < content.center().y.0 {
        return;
    }
    let backdrop = Backdrop { variant, tones, placed: &sheet.placed };
    let page = Rect::new(0.0, 0.0, sheet.page.w, sheet.page.h);
    // How quiet a corner is, and how far the mark's own outline is told there in the drawing it would take; where no outline is known, by the
    // extremes of light.
    let corner = |r: &Rect| {
        let lights: Vec<f32> = backdrop.grid(at, r, 8, 3).colors().iter().map(|c| c.luminance()).collect();
        let (least, most) = (lights.iter().copied().fold(1.0, f32::min), lights.iter().copied().fold(0.0, f32::max));
        let dark = lights.iter().sum::<f32>() / (lights.len().max(1) as f32) < DARK;
        let told = drawn(&backdrop, at, layer, r).and_then(|(told, asset)| Some(told?.min(by_part(&backdrop, at, &asset, r)?)));
        let worst = || if dark { 1.05 / (most + 0.05) } else { (least + 0.05) / 0.05 };
        (most - least, told.unwrap_or_else(worst).min(READS))
    };
    // Below is where marks sign: elsewhere must be clearly quieter, or let it be seen where it is not there.
    let better = |(unrest, contrast): (f32, f32), (unrest_there, contrast_there): (f32, f32)| {
        unrest_there + 0.12 < unrest && contrast_there >= contrast || contrast_there > contrast + 0.4
    };
    let lowest = Rect { y: content.bottom() - rect.h, ..rect };
    let mut best = (corner(&rect), rect);
    for there in [lowest, upper].into_iter().filter(|r| free(r)) {
        let seen = corner(&there);
        if better(best.0, seen) {
            best = (seen, there);
        }
    }
    // Where that is restless, it signs in the shade of its words: in the button's row, if need be as small as it may be.
    let around = |r: &Rect| {
        let near = Rect { x: r.x - r.h, y: r.y - r.h * 0.75, w: r.w + r.h * 2.0, h: r.h * 2.5 };
        let lights = backdrop.grid(at, &near.intersect(&page), 10, 6).colors();
        let lights = lights.iter().map(|c| c.luminance());
        lights.clone().fold(0.0, f32::max) - lights.fold(1.0, f32::min)
    };
    let unrest = around(&best.1);
    if unrest > RESTLESS
        && let Some(there) = [rect.size(), mark::least(layer, rect.size(), &sheet.page)]
            .into_iter()
            .find_map(|size| in_row(sheet, size).filter(|r| beside_nothing(sheet, r)))
        && around(&there) < CALMER * unrest
    {
        let seen = corner(&there);
        if seen.1 >= PLAINLY {
            best = (seen, there);
        }
    }
    if let Some(p) = sheet.placed.get_mut(at) {
        p.rect = best.1;
    }
}

/// Range of luminance around it from which on a ground is too restless for a mark, and the contrast by which one is plainly told.
const RESTLESS: f32 = 0.31;
const PLAINLY: f32 = 3.0;
/// How restless another ground is by it at the most that a mark moves to.
const CALMER: f32 = 0.6;

/// Space between a button and the mark that signs its row, by the mark's height: more than parts a mark from its own words, and no more than
/// keeps the two one row.
const ASIDE: f32 = 1.8;

/// Where a mark stands that signs the button's row among its words; nothing where there is no room in it.
fn in_row(sheet: &Sheet<'_>, mark: Size) -> Option<Rect> {
    let variant = sheet.variant;
    let words = || sheet.placed.iter().filter(|p| matches!(p.content, PlacedContent::Text(_)));
    let acts = |p: &&Placed| p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::CallToAction);
    let button = words().find(acts)?.rect;
    let block = words().map(|p| p.rect).reduce(|a, b| a.union(&b))?;
    let (before, after) = (button.x - block.x, block.right() - button.right());
    let gap = mark.h * ASIDE;
    let x =
        if after >= before { (button.right() + gap).min(block.right() - mark.w) } else { (button.x - gap - mark.w).max(block.x) };
    let there = Rect { x, y: button.center().y - mark.h / 2.0, w: mark.w, h: mark.h };
    (before.max(after) - mark.w >= mark.h).then_some(there)
}

/// Whether a mark keeps its air from words there.
fn beside_nothing(sheet: &Sheet<'_>, r: &Rect) -> bool {
    let air = Rect { x: r.x - r.h, w: r.w + r.h * 2.0, y: r.y - r.h * 0.25, h: r.h * 1.5 };
    let says = |p: &Placed| matches!(p.content, PlacedContent::Text(_));
    !sheet.placed.iter().any(|p| says(p) && p.rect.intersect(&air).area() > 0.0)
}

/// The drawing that signs in a box, and how far it is told from what lies under it ([`told`]).
fn drawn(backdrop: &Backdrop<'_>, at: usize, layer: &Layer, rect: &Rect) -> Option<(Option<f32>, AssetId)> {
    let under = backdrop.grid(at, rect, 6, 3).colors();
    let light = under.iter().map(|c| c.luminance()).sum::<f32>() / under.len().max(1) as f32;
    let drawing = |dark: bool| mark::asset(layer, dark).map(|asset| (told(backdrop, at, &asset, rect), asset));
    let first = drawing(light < DARK)?;
    // Where that one is not told from its ground and the other is better, the other signs.
    let faint = first.0.is_some_and(|told| told < TOLD);
    let other = if faint { drawing(light >= DARK).filter(|other| other.0 > first.0) } else { None };
    Some(other.unwrap_or(first))
}

/// Draws the logo for dark ground where what lies under it is dark. Gives how far it is told from it ([`told`]).
pub(super) fn signs(sheet: &mut Sheet<'_>, tones: &Tones) -> Option<f32> {
    let variant = sheet.variant;
    let (index, layer) = mark::layer(variant)?;
    let at = sheet.placed.iter().position(|p| p.layer == Some(index))?;
    let backdrop = Backdrop { variant, tones, placed: &sheet.placed };
    let rect = sheet.placed.get(at)?.rect;
    let drawn = drawn(&backdrop, at, layer, &rect)?;
    if let Some(Placed { content: PlacedContent::Vector { asset }, .. }) = sheet.placed.get_mut(at) {
        *asset = drawn.1;
    }
    drawn.0
}
