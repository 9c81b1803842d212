//! In: a sheet with its text and pictures placed. Out: grounds under all of it, the master's scrims aimed anew, decorations kept to
//! their edges or to the product they stand behind.

use super::anchor::Frame;
use super::candidates::Candidate;
use super::scrim::{self, Edge};
use super::sheet::Sheet;
use super::{DropReason, Dropped, Placed, PlacedContent, anchor, crop, hand, mark};
use crate::color::Fill;
use crate::geom::Rect;
use crate::variant::{Arrangement, Content, Layer, PictureFit, Role, Variant};

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

/// Least share of its size beside the leading product that another one keeps where it joins it.
const JOINS: f32 = 0.4;

/// Shares of its size that the leading product keeps for another to stand beside it: two smaller things say that there are two.
const MAKES_ROOM: [f32; 5] = [1.0, 0.9, 0.8, 0.7, 0.62];

/// Whether another cut-out is to stand beside the one that leads.
pub fn is_paired(variant: &Variant, lead: usize) -> bool {
    second(variant, lead).is_some()
}

fn second(variant: &Variant, lead: usize) -> Option<(usize, &Layer)> {
    let other = |(index, l): &(usize, &Layer)| {
        *index != lead
            && !matches!(l.role, Role::Background | Role::Logo)
            && matches!(l.content, Content::Image { fit: PictureFit::Contain, .. })
            && !hand::sets_apart(l)
    };
    variant.layers.iter().enumerate().find(other)
}

/// A second cut-out stands beside the one that leads, on its ground, as much smaller as in the master: two things are shown where words speak of
/// two. Where there is room for both; else it adorns, or goes.
fn companion(sheet: &mut Sheet<'_>) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let Some(lead) = sheet.lead().filter(|l| sheet.is_product(*l)) else { return };
    let Some(at) = sheet.placed.iter().position(|p| p.layer == Some(lead)) else { return };
    let Some((first, now)) = variant.layers.get(lead).zip(sheet.placed.get(at).map(|p| p.rect)) else { return };
    let Some((index, second)) = second(variant, lead) else { return };
    let shown = |l: &Layer| {
        let natural = mark::natural(l);
        crop::contain((natural.w.0, natural.h.0), l.master_box, (0.5, 1.0))
    };
    let (was, its) = (shown(first), shown(second));
    let of = (its.h.0 / was.h.0.max(1.0)).clamp(JOINS, 1.0) / its.h.0.max(1.0);
    let (c, gap) = (page.content, 0.3 * page.margin);
    let wordy = |p: &Placed| {
        matches!(p.content, PlacedContent::Text(_))
            || p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::Logo)
    };
    // The pair stands where the one stood, as far as the page goes.
    let pair = |share: f32| {
        let (lead_w, lead_h) = (now.w.0 * share, now.h.0 * share);
        let (w, h) = (its.w.0 * of * lead_h, its.h.0 * of * lead_h);
        let both = lead_w + gap + w;
        let x = (now.center().x.0 - both / 2.0).min(c.right().0 - both).max(c.x.0);
        let y = now.y.0 + (now.h.0 - lead_h) / 2.0;
        let room = Rect::new(x - gap, y, both + 2.0 * gap, lead_h);
        let free =
            x + both <= c.right().0 + 0.5 && !sheet.placed.iter().any(|p| wordy(p) && p.rect.intersect(&room).area() > 0.5);
        free.then(|| (Rect::new(x, y, lead_w, lead_h), Rect::new(x + both - w, y + lead_h - h, w, h), share))
    };
    let Some((first, second, share)) = MAKES_ROOM.into_iter().find_map(pair) else { return };
    if let Some(p) = sheet.placed.get_mut(at) {
        p.rect = first;
        p.scale *= share;
    }
    sheet.put_product(index, second, (0.5, 1.0));
}

/// Everything that adorns: kept to its edges, or to the product it stands behind.
pub fn decorations(sheet: &mut Sheet<'_>, candidate: Candidate) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    if !candidate.master && !page.is_strip() {
        companion(sheet);
    }
    let bare = Rect::new(0.0, 0.0, page.w, page.h);
    let lead = sheet.lead();
    let product = lead.filter(|&l| sheet.is_product(l)).and_then(|l| variant.layers.get(l)).map(|l| l.master_box);
    let product = product.zip(lead.and_then(|l| variant.layers.get(l)).map(mark::natural));
    // What the product really takes of its box.
    let product = product.map(|(b, natural)| crop::contain((natural.w.0, natural.h.0), b, (0.5, 1.0)));
    let frame = candidate.master.then(|| Frame::of(variant, page.safe, (page.w, page.h)));
    let product_now = sheet.placed.iter().find(|p| p.layer == lead && lead.is_some()).map(|p| p.rect);
    for (index, layer) in variant.layers.iter().enumerate() {
        let adorns = match &layer.content {
            Content::Shape { .. } => layer.role != Role::Background,
            Content::Image { .. } | Content::Vector { .. } => {
                !matches!(layer.role, Role::Background | Role::Logo) && Some(index) != lead
            }
            Content::Text(_) => false,
        };
        if !adorns || hand::sets_apart(layer) || sheet.placed.iter().any(|p| p.layer == Some(index)) {
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
            (true, Some(was), Some(now)) => {
                let k = now.h.0 / was.h.0.max(1.0);
                let rect = Rect::new(
                    now.center().x.0 + (m.center().x.0 - was.center().x.0) * k - m.w.0 * k / 2.0,
                    now.center().y.0 + (m.center().y.0 - was.center().y.0) * k - m.h.0 * k / 2.0,
                    m.w.0 * k,
                    m.h.0 * k,
                );
                (rect, k)
            }
            _ => match &frame {
                Some(frame) if !scrim::is_scrim(layer, variant.artboard) => (frame.adorning(m, bare, page.full), frame.k),
                _ => (anchor::decoration(m, variant.artboard, bare, page.full, page.scale), page.scale),
            },
        };
        let rect = if solid(&layer.content) { banded(sheet, m, rect) } else { rect };
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
            Content::Image { fit: PictureFit::Contain, .. } => sheet.put_product(index, rect, (0.5, 0.5)),
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

/// Whether a shape is a field of colour, not a shade.
fn solid(content: &Content) -> bool {
    let Content::Shape { fill, .. } = content else { return false };
    match fill {
        Fill::Solid(color) => color.a >= 200,
        Fill::Linear { stops, .. } | Fill::Radial { stops, .. } => stops.iter().all(|s| s.color.a >= 200),
    }
}

/// A band along the top or foot of the page ends where it ends in the master: between the same words, never through them.
fn banded(sheet: &Sheet<'_>, was: Rect, now: Rect) -> Rect {
    let (variant, page) = (sheet.variant, &sheet.page);
    let artboard = variant.artboard;
    let spans = was.w.0 >= 0.98 * artboard.w.0 && was.h.0 < 0.6 * artboard.h.0;
    let (top, foot) = (was.y.0 <= 1.0, was.bottom().0 >= artboard.h.0 - 1.0);
    if !spans || top == foot {
        return now;
    }
    // The nearest words on it and off it.
    let (mut on, mut off): (Option<f32>, Option<f32>) = (None, None);
    let edge = if top { was.bottom().0 } else { was.y.0 };
    let nearer = |a: Option<f32>, b: f32, down: bool| Some(a.map_or(b, |a| if down { a.max(b) } else { a.min(b) }));
    for p in &sheet.placed {
        let Some(layer) = p.layer.and_then(|i| variant.layers.get(i)) else { continue };
        // A badge hangs where its product is.
        if layer.role != Role::Logo && (layer.role == Role::Badge || !matches!(layer.content, Content::Text(_))) {
            continue;
        }
        let m = layer.master_box;
        let (above, below) = (m.bottom().0 <= edge + 1.0, m.y.0 >= edge - 1.0);
        match (top, above, below) {
            (true, true, _) => on = nearer(on, p.rect.bottom().0, true),
            (true, _, true) => off = nearer(off, p.rect.y.0, false),
            (false, _, true) => on = nearer(on, p.rect.y.0, false),
            (false, true, _) => off = nearer(off, p.rect.bottom().0, true),
            _ => {}
        }
    }
    // One with nothing on it keeps its thickness.
    let thick = was.h.0 * page.scale;
    let at = match (top, on) {
        (true, None) => now.bottom().0.min(thick),
        (false, None) => now.y.0.max(page.h - thick),
        (true, _) => now.bottom().0,
        (false, _) => now.y.0,
    };
    let air = 0.4 * page.margin;
    // Words that left the band for another part of the page no longer hold its edge.
    let on = on.filter(|on| off.is_none_or(|off| if top { *on < off } else { *on > off }));
    let at = match (on, off) {
        // No room for air on both sides: half way.
        (Some(on), Some(off)) if (off - on).abs() < 2.0 * air => f32::midpoint(on, off),
        (on, off) => {
            let (least, most) = if top { (on, off) } else { (off, on) };
            at.max(least.map_or(f32::MIN, |l| l + air)).min(most.map_or(f32::MAX, |m| m - air))
        }
    };
    // Nor does it end behind a mark that stands beside the words it ends above.
    let marks = sheet.placed.iter().filter(|p| p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::Logo));
    let cut = |at: f32, r: &Rect| on.is_none() && r.y.0 - air < at && at < r.bottom().0 + air;
    let at = marks.fold(at, |at, p| match top {
        true if cut(at, &p.rect) => p.rect.y.0 - air,
        false if cut(at, &p.rect) => p.rect.bottom().0 + air,
        _ => at,
    });
    if top {
        Rect::new(now.x.0, now.y.0, now.w.0, (at - now.y.0).max(1.0))
    } else {
        Rect::new(now.x.0, at, now.w.0, (now.bottom().0 - at).max(1.0))
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
