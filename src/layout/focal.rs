//! In: pictures at their places with what stands on them, or the same in the master. Out: of each [`Subject`] how much is cut off, and how
//! much lies under words and in the shade. A subject is what the designer drew a focal box around, or a cut-out. What the master covers
//! itself is no fault: [`beyond`] is what a page covers where the master does not.

use super::ink::Ink;
use super::scrim::Shade;
use super::{Placed, PlacedContent, crop, mark, reading, scrim, terms};
use crate::geom::Rect;
use crate::text::Direction;
use crate::variant::{Content, Layer, Role, Variant};

/// What became of a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Index into the variant's layers.
    pub layer: usize,
    /// Whether it is a part of a picture, which may be cut; a cut-out is not.
    pub pointed: bool,
    /// Share of it under words.
    pub under: f32,
    /// Places of it, row by row: 1 under words, a part of it in the shade, 0 free or cut off.
    covered: Vec<f32>,
}

/// Places looked at along each side of a subject.
const PLACES: usize = 12;
/// A cut-out does not fill the corners of its box: what is left off at each side.
const CORNERS: f32 = 0.1;

/// The subjects of a page.
#[must_use]
pub fn on_page(variant: &Variant, placed: &[Placed], trim: Rect) -> Vec<Subject> {
    if !variant.layers.iter().any(|l| drawn(l).is_some() || l.role == Role::Product) {
        return Vec::new();
    }
    let shades = scrim::placed(variant, placed);
    let shade = Shade::of(trim, shades.iter().map(|(fill, r)| (fill, *r)));
    let dark = |x: f32, y: f32| shade.as_ref().map_or(0.0, |s| s.at(x, y));
    let subjects = placed.iter().enumerate().filter_map(|(n, p)| {
        let index = p.layer?;
        let layer = variant.layers.get(index)?;
        let (rect, window) = (on_page_of(layer, p)?, p.rect.intersect(&trim));
        let pointed = drawn(layer).is_some() && matches!(p.content, PlacedContent::Picture { .. });
        // Words under a cut-out are as lost as what they cover.
        let over = placed.iter().enumerate().filter(|(m, _)| *m > n || !pointed);
        let mut words = Vec::new();
        for (_, o) in over {
            let on = o.layer.and_then(|i| variant.layers.get(i));
            match (&o.content, on) {
                (PlacedContent::Text(text), Some(l)) if l.role != Role::Badge => {
                    words.extend(Ink::boxes(variant, l, o, text));
                }
                (PlacedContent::Panel { .. }, _) if pointed => words.push(o.rect),
                (_, Some(l)) if l.role == Role::Logo => words.push(o.rect),
                _ => {}
            }
        }
        Some(look(index, pointed, rect, window, &words, dark))
    });
    subjects.collect()
}

/// The subjects of the master: words may fill the boxes that the designer drew for them. Where a page is read from right to left the words
/// change sides and the pictures do not.
#[must_use]
pub fn in_master(variant: &Variant, shade: Option<&Shade<'_>>) -> Vec<Subject> {
    let artboard = Rect::new(0.0, 0.0, variant.artboard.w.0, variant.artboard.h.0);
    let says = |l: &&Layer| l.role == Role::Logo || matches!(l.content, Content::Text(_)) && l.role != Role::Badge;
    let mirrors = variant.direction == Direction::Rtl;
    let side = |r: Rect| if mirrors { r.mirrored(artboard.w) } else { r };
    let words: Vec<Rect> = variant.layers.iter().filter(says).map(|l| side(l.master_box)).collect();
    let dark = |x: f32, y: f32| shade.map_or(0.0, |s| s.at(if mirrors { artboard.w.0 - x } else { x }, y));
    let subjects = variant.layers.iter().enumerate().filter_map(|(index, layer)| {
        let focal = drawn(layer).map(|(natural, focal)| {
            let src = crop::cover(natural, focal, layer.master_box, artboard, crop::Over::default()).src;
            crop::on_page(focal, natural, src, layer.master_box)
        });
        let natural = mark::natural(layer);
        let shown = || crop::contain((natural.w.0, natural.h.0), layer.master_box, (0.5, 0.5));
        let rect = focal.or_else(|| cut_out(layer, shown()))?;
        Some(look(index, focal.is_some(), rect, layer.master_box.intersect(&artboard), &words, dark))
    });
    subjects.collect()
}

/// Share of a subject that a page covers where the master leaves it free.
#[must_use]
pub fn beyond(subject: &Subject, master: &[Subject]) -> f32 {
    let was = master.iter().find(|m| m.layer == subject.layer).map_or(&[][..], |m| &m.covered);
    let before = was.iter().copied().chain(std::iter::repeat(0.0));
    let more: f32 = subject.covered.iter().zip(before).map(|(now, was)| (now - was).max(0.0)).sum();
    more / subject.covered.len().max(1) as f32
}

/// Where a placed picture's subject stands: its focal box, or a cut-out; nothing of what has none.
#[must_use]
pub fn on_page_of(layer: &Layer, placed: &Placed) -> Option<Rect> {
    let focal = match (&placed.content, drawn(layer)) {
        (PlacedContent::Picture { src, .. }, Some((natural, focal))) => Some(crop::on_page(focal, natural, *src, placed.rect)),
        _ => None,
    };
    focal.or_else(|| cut_out(layer, placed.rect))
}

/// A picture's size, and the box that was drawn around what it is of.
fn drawn(layer: &Layer) -> Option<((u32, u32), Rect)> {
    match &layer.content {
        Content::Image { natural, focal, .. } if focal.area() < reading::WHOLE => Some((*natural, *focal)),
        _ => None,
    }
}

/// Where a cut-out is dense.
fn cut_out(layer: &Layer, shown: Rect) -> Option<Rect> {
    let is_drawn = matches!(layer.content, Content::Image { .. } | Content::Vector { .. });
    let (dx, dy) = (shown.w * CORNERS, shown.h * CORNERS);
    let dense = Rect { x: shown.x + dx, y: shown.y + dy, w: shown.w - dx * 2.0, h: shown.h - dy * 2.0 };
    (layer.role == Role::Product && is_drawn).then_some(dense)
}

/// Looks at places of a subject that are inside the window.
fn look(layer: usize, pointed: bool, rect: Rect, window: Rect, words: &[Rect], shade: impl Fn(f32, f32) -> f32) -> Subject {
    let inside = |r: &Rect, x: f32, y: f32| x >= r.x.0 && y >= r.y.0 && x < r.right().0 && y < r.bottom().0;
    let near: Vec<Rect> = words.iter().map(|w| w.intersect(&rect)).filter(|w| w.area() > 0.0).collect();
    let at = |i: usize| (i as f32 + 0.5) / PLACES as f32;
    let mut covered = vec![0.0; PLACES * PLACES];
    let mut under = 0.0;
    for row in 0..PLACES {
        for column in 0..PLACES {
            let (x, y) = (rect.x.0 + at(column) * rect.w.0, rect.y.0 + at(row) * rect.h.0);
            let Some(place) = covered.get_mut(row * PLACES + column).filter(|_| inside(&window, x, y)) else { continue };
            if near.iter().any(|w| inside(w, x, y)) {
                *place = 1.0;
                under += 1.0;
            } else {
                *place = terms::DARK * shade(x, y);
            }
        }
    }
    Subject { layer, pointed, under: under / (PLACES * PLACES) as f32, covered }
}
