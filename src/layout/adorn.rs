//! In: a sheet with its text and pictures placed. Out: grounds under all of it, the master's scrims aimed anew, decorations kept to
//! their edges or to the product they stand behind.

use super::anchor::Frame;
use super::candidates::Candidate;
use super::measure::Measure;
use super::scrim::{self, Edge};
use super::sheet::Sheet;
use super::{DropReason, Dropped, Placed, PlacedContent, anchor, crop, hand, mark};
use crate::color::Fill;
use crate::geom::{Rect, Size};
use crate::variant::{Arrangement, Content, Keep, Layer, PictureFit, Role, Variant};

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
                let (depth, off) = scrim::depth(edge, full, text);
                scrim::aimed(color, edge, full, text, 0.36 * (depth - off) + 0.03)
            }
        };
        sheet.push(Some(index), full, PlacedContent::Shape { fill });
    }
}

/// Least share of its size beside the leading product that another one keeps where it joins it.
const JOINS: f32 = 0.4;

/// Shares of its size that the leading product keeps for another to stand beside it: two smaller things say that there are two.
const MAKES_ROOM: [f32; 7] = [1.0, 0.9, 0.8, 0.7, 0.62, 0.55, 0.48];

/// Width by height below which cut-outs beside each other are small, and how much of the smaller one's width then lies on the other.
const NARROW: f32 = 0.42;
const LAPS: f32 = 0.3;

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
    // On a page hardly larger than a button two would be specks.
    let Some(lead) = sheet.lead().filter(|l| sheet.is_product(*l) && !page.is_tiny()) else { return };
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
    // The pair stands where the one stood, as far as the page goes; else at the far end, or lower on its ground. In a narrow page the smaller one
    // stands before the other's foot rather than that both get small.
    let narrow = page.aspect < NARROW;
    let pair = |(share, end, foot): (f32, bool, bool)| {
        let (lead_w, lead_h) = (now.w.0 * share, now.h.0 * share);
        let (w, h) = (its.w.0 * of * lead_h, its.h.0 * of * lead_h);
        let both = lead_w + w + if narrow { -LAPS * w } else { gap };
        let middle = if end { f32::MAX } else { now.center().x.0 - both / 2.0 };
        let x = middle.min(c.right().0 - both).max(c.x.0);
        let y = now.y.0 + if foot { 1.0 } else { 0.5 } * (now.h.0 - lead_h);
        let room = Rect::new(x - gap, y, both + 2.0 * gap, lead_h);
        let free =
            x + both <= c.right().0 + 0.5 && !sheet.placed.iter().any(|p| wordy(p) && p.rect.intersect(&room).area() > 0.5);
        free.then(|| (Rect::new(x, y, lead_w, lead_h), Rect::new(x + both - w, y + lead_h - h, w, h), share))
    };
    let places = |share: f32| [(false, false), (true, false), (true, true)].map(|(end, foot)| (share, end, foot));
    let Some((first, second, share)) = MAKES_ROOM.into_iter().flat_map(places).find_map(pair) else { return };
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
        let (rect, scale) = match on_seam(sheet, layer, &rect) {
            Some(photo) => {
                let k = scale.min(photo.h.0 / variant.artboard.h.0.max(1.0)).min(photo.w.0 / variant.artboard.w.0.max(1.0));
                let moved = anchor::decoration(m, variant.artboard, photo, photo, k);
                if !photo.contains(&moved, 0.5) {
                    sheet.dropped.push(Dropped { layer: index, reason: DropReason::NoPlace });
                    continue;
                }
                (moved, k)
            }
            None => (rect, scale),
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

/// Share of a shape on either side of a photograph's edge from which on the edge cuts it.
const CUT: f32 = 0.04;

/// The photograph that leads, seen part of it, where its edge would cut a shape that lies on it in the master, or the shape left it for words: one
/// that may go is set on the photograph alone, or goes.
fn on_seam(sheet: &Sheet<'_>, layer: &Layer, rect: &Rect) -> Option<Rect> {
    let (variant, page) = (sheet.variant, &sheet.page);
    let lead = sheet.lead().filter(|l| !sheet.is_product(*l))?;
    let shape = matches!(layer.content, Content::Shape { .. }) && layer.role == Role::Decoration && layer.keep == Keep::May;
    if !shape || scrim::is_scrim(layer, variant.artboard) {
        return None;
    }
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let photo = sheet.placed.iter().find(|p| p.layer == Some(lead))?.rect.intersect(&trim);
    let (was, board) = (layer.master_box, variant.layers.get(lead)?.master_box);
    let lay_on_it = was.intersect(&board).area() > 0.7 * was.area();
    let shown = rect.intersect(&trim).area().max(1.0);
    let on = rect.intersect(&photo).area() / shown;
    // One that is wholly off it adorns the panel, unless words or the mark stand in it as if they were meant to.
    let says = |p: &Placed| {
        matches!(p.content, PlacedContent::Text(_))
            || p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::Logo)
    };
    let on_words = || sheet.placed.iter().any(|p| says(p) && p.rect.intersect(rect).area() > 0.0);
    (lay_on_it && photo.area() < 0.9 * trim.area() && on < 1.0 - CUT && (on > CUT || on_words())).then_some(photo)
}

/// Whether a shape is a field of colour, not a shade.
fn solid(content: &Content) -> bool {
    let Content::Shape { fill, .. } = content else { return false };
    match fill {
        Fill::Solid(color) => color.a >= 200,
        Fill::Linear { stops, .. } | Fill::Radial { stops, .. } => stops.iter().all(|s| s.color.a >= 200),
    }
}

/// Space between the edge of a band and words on either side of it, px.
#[must_use]
pub fn off_edge(page: &Measure) -> f32 {
    0.4 * page.margin
}

/// Whether a field of colour spans the artboard, and so ends along its top or foot.
fn spans(rect: &Rect, artboard: Size) -> Option<bool> {
    let (top, foot) = (rect.y.0 <= 1.0, rect.bottom().0 >= artboard.h.0 - 1.0);
    let spans = rect.w.0 >= 0.98 * artboard.w.0 && rect.h.0 < 0.6 * artboard.h.0;
    (spans && top != foot).then_some(top)
}

/// Whether a band of colour ends between the logo and other words in the master.
#[must_use]
pub fn ends_between(variant: &Variant, logo: &Layer) -> bool {
    let on = |r: &Rect, band: &Rect| r.intersect(band).area() > 0.5 * r.area();
    let words = || variant.layers.iter().filter(|l| matches!(l.content, Content::Text(_)) && l.role != Role::Badge);
    variant.layers.iter().any(|l| {
        let band = &l.master_box;
        let is_band = l.role != Role::Background && solid(&l.content) && spans(band, variant.artboard).is_some();
        is_band && on(&logo.master_box, band) && words().all(|w| !on(&w.master_box, band))
    })
}

/// Where words hold a band's edge, and the air they keep from it; px.
type Held = (f32, f32);

/// Share of the air on both its sides below which a band does not end between words: it ends before all of them.
const TOUCHES: f32 = 0.3;

/// A band along the top or foot of the page ends where it ends in the master: between the same words, never through them.
fn banded(sheet: &Sheet<'_>, was: Rect, now: Rect) -> Rect {
    let (variant, page) = (sheet.variant, &sheet.page);
    let artboard = variant.artboard;
    let Some(top) = spans(&was, artboard) else { return now };
    // The nearest words on it and off it, with the space that they keep from its edge.
    let (mut on, mut off): (Option<Held>, Option<Held>) = (None, None);
    let edge = if top { was.bottom().0 } else { was.y.0 };
    let words_air = off_edge(page);
    let nearer = |a: Option<Held>, b: Held, down: bool| Some(a.map_or(b, |a| if (a.0 > b.0) == down { a } else { b }));
    for p in &sheet.placed {
        let Some(layer) = p.layer.and_then(|i| variant.layers.get(i)) else { continue };
        // A badge hangs where its product is.
        if layer.role != Role::Logo && (layer.role == Role::Badge || !matches!(layer.content, Content::Text(_))) {
            continue;
        }
        let m = layer.master_box;
        let (above, below) = (m.bottom().0 <= edge + 1.0, m.y.0 >= edge - 1.0);
        let air = if layer.role == Role::Logo { words_air.max(mark::off_edge(p.rect.size())) } else { words_air };
        let (first, last) = ((p.rect.y.0, air), (p.rect.bottom().0, air));
        match (top, above, below) {
            (true, true, _) => on = nearer(on, last, true),
            (true, _, true) => off = nearer(off, first, false),
            (false, _, true) => on = nearer(on, first, false),
            (false, true, _) => off = nearer(off, last, true),
            _ => {}
        }
    }
    // Words that left the band for another part of the page no longer hold its edge, nor do those beside what it ends above.
    let on =
        on.filter(|(on, air)| off.is_none_or(|(off, other)| if top { off - on } else { on - off } > TOUCHES * (air + other)));
    // One with nothing on it keeps its thickness.
    let thick = was.h.0 * page.scale;
    let at = match (top, on) {
        (true, None) => now.bottom().0.min(thick),
        (false, None) => now.y.0.max(page.h - thick),
        (true, _) => now.bottom().0,
        (false, _) => now.y.0,
    };
    let at = match (on, off) {
        // No room for air on both sides: each has its share.
        (Some((on, air)), Some((off, other))) if (off - on).abs() < air + other => {
            on + (off - on) * air / (air + other).max(1e-3)
        }
        (on, off) => {
            let (on, off) = (
                on.map(|(at, air)| if top { at + air } else { at - air }),
                off.map(|(at, air)| if top { at - air } else { at + air }),
            );
            let (least, most) = if top { (on, off) } else { (off, on) };
            at.max(least.unwrap_or(f32::MIN)).min(most.unwrap_or(f32::MAX))
        }
    };
    // Nor does it end behind a mark that stands beside the words it ends above, or so near that the mark hangs from it.
    let marks = sheet.placed.iter().filter(|p| p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::Logo));
    let at = marks.fold(at, |at, p| {
        let (r, air) = (p.rect, words_air.max(mark::off_edge(p.rect.size())));
        let cut = on.is_none() && r.y.0 - air < at && at < r.bottom().0 + air;
        match (cut, top) {
            (true, true) => r.y.0 - air,
            (true, false) => r.bottom().0 + air,
            _ => at,
        }
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
