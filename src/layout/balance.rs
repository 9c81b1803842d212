//! In: the boxes that speak and the pictures of a master or of a page. Out: the middle of their visual weight, and how far a page's wandered.
//!
//! Balance as Ngo, Teo and Byrne have it (things weigh by their area and by how far they stand out; the middle of all of it against the
//! page's), less what the designer had of it.

use super::measure::Measure;
use super::reading::{self, Reading, WHOLE};
use super::{Placed, PlacedContent, candidates, crop};
use crate::geom::Rect;
use crate::text::Direction;
use crate::units::Px;
use crate::variant::{Content, Layer, Variant};

/// What a picture weighs by its area: less than what is written on it.
pub const PICTURE: f32 = 0.6;

/// The middle of weight of some boxes, in their space.
#[must_use]
pub fn middle(weights: impl Iterator<Item = (f32, Rect)>) -> Option<(f32, f32)> {
    let (mut sum, mut x, mut y) = (0.0, 0.0, 0.0);
    for (w, r) in weights {
        sum += w;
        x += w * r.center().x.0;
        y += w * r.center().y.0;
    }
    (sum > 0.0).then(|| (x / sum, y / sum))
}

/// A picture as it is shown: what is seen of it, and of what it is of.
struct Shown {
    seen: Rect,
    subject: Option<Rect>,
}

impl Shown {
    /// As far as a picture is the page's ground it pulls nowhere but by its subject; as far as it is a thing beside others, all of it does.
    fn weights(&self, page: &Rect) -> [(f32, Rect); 2] {
        let ground = (self.seen.area() / page.area().max(1.0)).min(1.0);
        let subject = self.subject.unwrap_or_default();
        [(PICTURE * ground * subject.area(), subject), (PICTURE * (1.0 - ground) * self.seen.area(), self.seen)]
    }
}

/// Whether a layer is a picture that things stand on or beside; cut-outs speak for themselves.
fn is_picture(layer: &Layer) -> bool {
    candidates::leads(layer) && !reading::speaks(layer)
}

/// The box that a designer drew around the subject of a picture.
fn subject(layer: &Layer) -> Option<((u32, u32), Rect)> {
    match &layer.content {
        Content::Image { natural, focal, .. } if focal.area() < WHOLE => Some((*natural, *focal)),
        _ => None,
    }
}

/// What the pictures of a master weigh. Where a page is read from right to left their boxes change sides with the words, and what is in
/// them does not.
pub fn of_master(variant: &Variant, artboard: Rect) -> impl Iterator<Item = (f32, Rect)> {
    let sided = move |r: Rect| if variant.direction == Direction::Rtl { r.mirrored(artboard.w) } else { r };
    variant.layers.iter().filter(|l| is_picture(l)).flat_map(move |layer| {
        let at = sided(layer.master_box);
        let subject = subject(layer).map(|(natural, focal)| {
            let src = crop::cover(natural, focal, at, artboard, crop::Over::default()).src;
            sided(crop::on_page(focal, natural, src, at).intersect(&at).intersect(&artboard))
        });
        Shown { seen: layer.master_box.intersect(&artboard), subject }.weights(&artboard)
    })
}

/// What the pictures of a page weigh, in its own space.
fn of_page<'a>(variant: &'a Variant, placed: &'a [Placed], trim: Rect) -> impl Iterator<Item = (f32, Rect)> + 'a {
    placed.iter().enumerate().flat_map(move |(n, p)| {
        let layer = p.layer.and_then(|i| variant.layers.get(i)).filter(|l| is_picture(l));
        let shown = layer.map(|layer| {
            let panels = placed.iter().skip(n).filter(|p| matches!(p.content, PlacedContent::Panel { .. }));
            let seen = panels.fold(p.rect.intersect(&trim), |seen, panel| beside(&seen, &panel.rect));
            let subject = match (&p.content, subject(layer)) {
                (PlacedContent::Picture { src, .. }, Some((natural, focal))) => {
                    Some(crop::on_page(focal, natural, *src, p.rect).intersect(&seen))
                }
                _ => None,
            };
            Shown { seen, subject }.weights(&trim)
        });
        shown.into_iter().flatten()
    })
}

/// The largest part of a box beside another.
fn beside(r: &Rect, other: &Rect) -> Rect {
    let o = r.intersect(other);
    if o.area() <= 0.0 {
        return *r;
    }
    let parts = [
        Rect { w: o.x - r.x, ..*r },
        Rect { x: o.right(), w: r.right() - o.right(), ..*r },
        Rect { h: o.y - r.y, ..*r },
        Rect { y: o.bottom(), h: r.bottom() - o.bottom(), ..*r },
    ];
    parts.into_iter().fold(Rect::default(), |best, part| if part.area() > best.area() { part } else { best })
}

/// By how much the middle of weight is nearer to or farther from the page's middle than the designer had it, by half the diagonal: what is
/// off-centre stays so, to whichever side. Boxes are in logical space, what is placed is not.
#[must_use]
pub fn drift(variant: &Variant, page: &Measure, reading: &Reading, placed: &[Placed], boxes: &[(usize, Rect)]) -> f32 {
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let sided = |(w, r): (f32, Rect)| (w, if variant.direction == Direction::Rtl { r.mirrored(Px(page.w)) } else { r });
    let pictures = of_page(variant, placed, trim).map(sided);
    let weights = boxes.iter().filter_map(|(i, r)| Some((reading::weight(variant.layers.get(*i)?, variant.ground, r), *r)));
    let Some((x, y)) = middle(weights.chain(pictures)) else { return 0.0 };
    let off = |x: f32, y: f32| ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)).sqrt() / 0.707;
    (off(x / page.w, y / page.h) - off(reading.balance.0, reading.balance.1)).abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_pulls_by_its_subject_and_a_picture_beside_words_by_all_of_it() {
        let page = Rect::new(0.0, 0.0, 100.0, 50.0);
        let subject = Some(Rect::new(70.0, 10.0, 10.0, 10.0));
        let at = |seen: Rect, subject: Option<Rect>| middle(Shown { seen, subject }.weights(&page).into_iter());
        assert_eq!(at(page, None), None, "the same everywhere is nothing anywhere");
        assert_eq!(at(page, subject), Some((75.0, 15.0)));
        let half = Rect::new(50.0, 0.0, 50.0, 50.0);
        assert_eq!(at(half, None), Some((75.0, 25.0)));
        let (_, y) = at(half, subject).unwrap();
        assert!(y < 25.0 && y > 24.0, "{y}");
    }

    #[test]
    fn what_a_panel_covers_is_not_seen() {
        let r = Rect::new(-20.0, 0.0, 120.0, 50.0);
        assert_eq!(beside(&r, &Rect::new(-5.0, -5.0, 45.0, 60.0)), Rect::new(40.0, 0.0, 60.0, 50.0));
        assert_eq!(beside(&r, &Rect::new(0.0, 60.0, 10.0, 10.0)), r);
    }
}
