//! In: the page, the pieces, the master's boxes. Out: the master's own arrangement on a page of nearly its shape: each layer keeps its
//! distance to the edges it is nearest to, text is fitted in its own box.

use super::pieces::{Cut, Piece};
use super::scrim::Edge;
use super::sheet::{Sheet, aligned};
use super::{adorn, anchor, crop, mark};
use crate::geom::Rect;
use crate::variant::Role;

/// The master's own boxes: each keeps its distance to the edges it is nearest to; text is fitted in each.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let bare = Rect::new(0.0, 0.0, page.w, page.h);
    let k = anchor::own_scale(variant.artboard, page.safe);
    let to_page = |b: Rect| anchor::own(b, variant.artboard, page.safe);
    if let Some(lead) = sheet.lead()
        && let Some(layer) = variant.layers.get(lead)
    {
        if sheet.is_product(lead) {
            sheet.put_product(lead, to_page(layer.master_box), (0.5, 1.0));
        } else {
            sheet.put_photo(lead, anchor::decoration(layer.master_box, variant.artboard, bare, page.full, page.scale));
        }
    }
    if let Some((index, layer)) = mark::layer(variant) {
        let natural = mark::natural(layer);
        let at = ((layer.master_box.center().x.0 / variant.artboard.w.0.max(1.0)) * 2.0 - 0.5).clamp(0.0, 1.0).round();
        sheet.put_logo(index, crop::contain((natural.w.0, natural.h.0), to_page(layer.master_box), (at, 0.5)));
    }
    let mut boxes: Vec<Rect> = Vec::new();
    for piece in pieces {
        let Some(layer) = variant.layers.get(piece.layer) else { continue };
        let b = to_page(layer.master_box).intersect(&page.safe);
        let wish = (piece.slot.ideal.0 * k).max(page.legible(piece.role));
        let floor = (piece.slot.floor.0 * k).max(0.85 * page.legible(piece.role)).min(wish);
        let cut = fit_box(piece, b, wish, floor);
        // A box drawn tight around its words may grow a little.
        sheet.terms.fits &= cut.fits && cut.h <= b.h.0 * 1.12 + 0.5;
        // A short text stays with its neighbours: the headline fills its box from below where it stands low.
        let low = layer.master_box.center().y.0 > 0.5 * variant.artboard.h.0;
        let y = if piece.slot.plate.is_some() {
            b.center().y.0 - cut.h / 2.0
        } else if low && piece.role == Role::Headline {
            b.bottom().0 - cut.h
        } else {
            b.y.0
        };
        let outer = Rect::new(aligned(piece.slot.align, b, cut.w), y, cut.w, cut.h);
        sheet.terms.fits &= !boxes.iter().any(|o| o.intersect(&outer).area() > 0.02 * outer.area());
        boxes.push(outer);
        sheet.put_text(piece, cut, outer);
    }
    // Where a safe zone moves the words away from the edges, the shade follows them.
    if page.safe.area() < 0.9 * page.w * page.h {
        let words = boxes.iter().copied().reduce(|a, b| a.union(&b)).unwrap_or(page.safe);
        let logo = sheet.placed.iter().find(|p| p.layer == mark::layer(variant).map(|(i, _)| i)).map(|p| p.rect);
        let low = words.center().y.0 > page.safe.center().y.0 - 0.15 * page.safe.h.0;
        adorn::scrims(sheet, Some(if low { Edge::Bottom } else { Edge::Top }), words, logo);
    }
    // A safe zone makes all of it smaller: what counts is what the words had to give way beyond that.
    sheet.terms.headline *= (page.scale / k.max(1e-3)).max(1.0).sqrt();
}

/// The largest cut that fits a box both ways.
#[must_use]
pub fn fit_box(piece: &Piece<'_>, b: Rect, wish: f32, floor: f32) -> Cut {
    let mut size = wish;
    loop {
        let cut = piece.cut(b.w.0, size, floor, piece.slot.max_lines);
        if (cut.fits && cut.h <= b.h.0 * 1.12 + 0.5) || size <= floor {
            return cut;
        }
        size = (cut.fitted.size.0.min(size) * 0.96).max(floor);
    }
}
