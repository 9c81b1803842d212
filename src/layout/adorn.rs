//! In: a sheet with its text and pictures placed. Out: grounds under all of it, the master's scrims aimed anew, decorations kept to
//! their edges or to the product they stand behind.

use super::candidates::Candidate;
use super::scrim::{self, Edge};
use super::sheet::Sheet;
use super::{DropReason, Dropped, Placed, PlacedContent, anchor, crop};
use crate::geom::Rect;
use crate::variant::{Arrangement, Content, Role};

/// Grounds over the whole page.
pub fn backgrounds(sheet: &mut Sheet<'_>) {
    for (index, layer) in sheet.variant.layers.iter().enumerate() {
        if layer.role != Role::Background || Some(index) == sheet.lead() {
            continue;
        }
        match &layer.content {
            Content::Shape { fill, .. } => {
                sheet.push(Some(index), sheet.page.full, PlacedContent::Shape { fill: fill.clone() });
            }
            Content::Image { .. } => sheet.put_photo(index, sheet.page.full),
            _ => {}
        }
    }
}

/// Aims the master's scrims: the one under its text to where the text is now, the one under its logo to the logo.
pub fn scrims(sheet: &mut Sheet<'_>, edge: Option<Edge>, text: Rect, logo: Option<Rect>) {
    let Some(edge) = edge else { return };
    let full = sheet.page.full;
    let variant = sheet.variant;
    for (index, layer) in variant.layers.iter().enumerate() {
        if !scrim::is_scrim(layer, variant.artboard) {
            continue;
        }
        let Content::Shape { fill, .. } = &layer.content else { continue };
        let (color, master_edge) = scrim::densest(fill);
        let fill = match master_edge {
            None => fill.clone(),
            Some(Edge::Top) if edge == Edge::Bottom => {
                let Some(logo) = logo else { continue };
                if logo.center().y.0 > 0.5 * sheet.page.h {
                    continue;
                }
                scrim::aimed(color, Edge::Top, full, logo, 0.12)
            }
            Some(Edge::Top) if matches!(edge, Edge::Left | Edge::Right) => continue,
            Some(_) => {
                let depth = match edge {
                    Edge::Bottom => (full.bottom() - text.y).0 / full.h.0,
                    Edge::Top => (text.bottom() - full.y).0 / full.h.0,
                    Edge::Right => (full.right() - text.x).0 / full.w.0,
                    Edge::Left => (text.right() - full.x).0 / full.w.0,
                };
                scrim::aimed(color, edge, full, text, 0.36 * depth + 0.03)
            }
        };
        sheet.push(Some(index), full, PlacedContent::Shape { fill });
    }
}

/// Everything that adorns: kept to its edges, or to the product it stands behind.
pub fn decorations(sheet: &mut Sheet<'_>, candidate: Candidate) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let bare = Rect::new(0.0, 0.0, page.w, page.h);
    let lead = sheet.lead();
    let product = lead.filter(|&l| sheet.is_product(l)).and_then(|l| variant.layers.get(l)).map(|l| l.master_box);
    let product_now = sheet.placed.iter().find(|p| p.layer == lead && lead.is_some()).map(|p| p.rect);
    for (index, layer) in variant.layers.iter().enumerate() {
        let adorns = match &layer.content {
            Content::Shape { .. } => layer.role != Role::Background,
            Content::Image { .. } | Content::Vector { .. } => {
                !matches!(layer.role, Role::Background | Role::Logo) && Some(index) != lead
            }
            Content::Text(_) => false,
        };
        if !adorns || layer.override_box.is_some() || sheet.placed.iter().any(|p| p.layer == Some(index)) {
            continue;
        }
        if scrim::is_scrim(layer, variant.artboard) {
            // Nothing to shade where no text stands on the picture; in the master's own shape it stays as drawn.
            if !candidate.master {
                continue;
            }
        } else if candidate.arrangement == Arrangement::Strip && page.h < 130.0 && layer.role != Role::Product {
            sheet.dropped.push(Dropped { layer: index, reason: DropReason::NoPlace });
            continue;
        }
        let m = layer.master_box;
        let behind = product.is_some_and(|p| m.intersect(&p).area() > 0.55 * m.area().min(p.area()))
            && m.area() < 0.7 * variant.artboard.w.0 * variant.artboard.h.0;
        let (rect, scale) = match (behind, product, product_now) {
            (true, Some(was), Some(now)) if !candidate.master => {
                let k = now.h.0 / was.h.0.max(1.0);
                let rect = Rect::new(
                    now.center().x.0 + (m.center().x.0 - was.center().x.0) * k - m.w.0 * k / 2.0,
                    now.center().y.0 + (m.center().y.0 - was.center().y.0) * k - m.h.0 * k / 2.0,
                    m.w.0 * k,
                    m.h.0 * k,
                );
                (rect, k)
            }
            _ => (anchor::decoration(m, variant.artboard, bare, page.full, page.scale), page.scale),
        };
        match &layer.content {
            Content::Shape { fill, .. } => {
                sheet.placed.push(Placed {
                    layer: Some(index),
                    rect,
                    content: PlacedContent::Shape { fill: fill.clone() },
                    scale,
                });
            }
            // A second picture stands aside for words and for the picture that leads, or goes.
            Content::Image { .. } | Content::Vector { .. } if in_the_way(sheet, &rect) => {
                sheet.dropped.push(Dropped { layer: index, reason: DropReason::NoRoom });
            }
            Content::Image { .. } => sheet.put_photo(index, rect),
            Content::Vector { asset, natural, .. } => {
                let rect = crop::contain((natural.w.0, natural.h.0), rect, (0.5, 0.5));
                sheet.placed.push(Placed {
                    layer: Some(index),
                    rect,
                    content: PlacedContent::Vector { asset: asset.clone() },
                    scale,
                });
            }
            Content::Text(_) => {}
        }
    }
}

/// Whether a box lies on words, the logo or the picture that leads.
fn in_the_way(sheet: &Sheet<'_>, rect: &Rect) -> bool {
    let lead = sheet.lead();
    let product = |i: usize| Some(i) == lead && sheet.is_product(i);
    let counts = |p: &&Placed| {
        matches!(p.content, PlacedContent::Text(_))
            || p.layer.is_some_and(|i| product(i) || sheet.variant.layers.get(i).is_some_and(|l| l.role == Role::Logo))
    };
    rect.area() < 0.8 * sheet.page.w * sheet.page.h
        && sheet.placed.iter().filter(counts).any(|p| p.rect.intersect(rect).area() > 0.04 * p.rect.area().min(rect.area()))
}
