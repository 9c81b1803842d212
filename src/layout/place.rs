//! In: a variant, its shaped text, one candidate. Out: that candidate as a whole [`Layout`] with its cost. The order: regions,
//! logo, picture, column, decorations, overrides; then paint order, mirror for right-to-left, crops, snapping to pixels.

use super::candidates::{Candidate, Side, has_picture, leads};
use super::flow::{self, Column, Room, Row};
use super::measure::Measure;
use super::pieces::{self, Cut, Piece};
use super::regions::{self, Regions, Stand};
use super::score::{self, Terms};
use super::scrim::{self, Edge};
use super::{DropReason, Dropped, Layout, Placed, PlacedContent, PlacedText, Shapes, anchor, crop, mark, mirror, strip};
use crate::color::Rgba;
use crate::geom::{Rect, Size};
use crate::text::{Align, Direction};
use crate::units::Px;
use crate::variant::{Arrangement, Character, Content, PictureFit, Role, Variant};

/// The page while it is being filled; logical space.
pub struct Sheet<'a> {
    /// What is laid out.
    pub variant: &'a Variant,
    /// Its page.
    pub page: Measure,
    /// What is placed so far.
    pub placed: Vec<Placed>,
    /// What went.
    pub dropped: Vec<Dropped>,
    /// What scoring will want to know.
    pub terms: Terms,
    /// Boxes of text and logo, to keep the picture's focal box clear of.
    pub words: Option<Rect>,
}

/// Places one candidate.
#[must_use]
pub fn place(variant: &Variant, shapes: Shapes<'_>, candidate: Candidate) -> Layout {
    let page = Measure::of(variant);
    let (pieces, dropped) = pieces::collect(variant, shapes);
    let terms = Terms { t: 1.0, headline: 1.0, fits: true, enlarged: 1.0, filled: 1.0, ..Terms::default() };
    let mut sheet = Sheet { variant, page, placed: Vec::new(), dropped, terms, words: None };
    if variant.format.sets.iter().any(|s| s == "marks") {
        mark_only(&mut sheet);
    } else {
        backgrounds(&mut sheet);
        if candidate.master {
            as_master(&mut sheet, &pieces);
        } else if candidate.arrangement == Arrangement::Strip {
            strip::fill(&mut sheet, &pieces);
            if let Some(lead) = sheet.lead()
                && !sheet.is_product(lead)
            {
                sheet.panel(Rect { ..sheet.page.full });
            }
        } else {
            in_column(&mut sheet, &pieces, candidate);
        }
        decorations(&mut sheet, candidate);
        overrides(&mut sheet, shapes);
    }
    finish(sheet, candidate)
}

/// An icon or logo slot: the mark in the middle of the panel, everything else named as left out.
fn mark_only(sheet: &mut Sheet<'_>) {
    let page = sheet.page.clone();
    sheet.panel(page.full);
    let logo = mark::layer(sheet.variant);
    if let Some((index, layer)) = logo {
        let natural = mark::natural(layer);
        let inner = Rect::new(0.14 * page.w, 0.14 * page.h, 0.72 * page.w, 0.72 * page.h).intersect(&page.safe);
        sheet.put_logo(index, crop::contain((natural.w.0, natural.h.0), inner, (0.5, 0.5)));
    }
    let shown = logo.map(|(index, _)| index);
    for (index, layer) in sheet.variant.layers.iter().enumerate() {
        let silent = matches!(layer.role, Role::Background) || sheet.dropped.iter().any(|d| d.layer == index);
        if Some(index) != shown && !silent {
            sheet.dropped.push(Dropped { layer: index, reason: DropReason::MarkOnly });
        }
    }
}

/// Grounds over the whole page.
fn backgrounds(sheet: &mut Sheet<'_>) {
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

/// The master's own boxes: each keeps its distance to the edges it is nearest to; text is fitted in each.
fn as_master(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
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
}

/// The largest cut that fits a box both ways.
fn fit_box(piece: &Piece<'_>, b: Rect, wish: f32, floor: f32) -> Cut {
    let mut size = wish;
    loop {
        let cut = piece.cut(b.w.0, size, floor, piece.slot.max_lines);
        if (cut.fits && cut.h <= b.h.0 * 1.12 + 0.5) || size <= floor {
            return cut;
        }
        size = (cut.fitted.size.0.min(size) * 0.96).max(floor);
    }
}

/// Overlay, split, stack, skyscraper: a column of text in its region.
fn in_column(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>], candidate: Candidate) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let logo = mark::layer(variant);
    let headed = logo.is_none_or(|(_, l)| l.master_box.center().y.0 < 0.5 * variant.artboard.h.0);
    let mut plan = regions::regions(&page, candidate, variant.character, has_picture(variant), headed);
    if let Some(lead) = sheet.lead()
        && !sheet.is_product(lead)
    {
        sheet.put_photo(lead, plan.photo);
    }
    if let Some(panel) = plan.panel {
        sheet.panel(panel);
    }
    let text_region = plan.text;
    // The badge of a product hangs on the product, not in the column.
    let product = sheet.lead().filter(|&l| sheet.is_product(l));
    let (hung, flowing): (Vec<Piece<'_>>, Vec<Piece<'_>>) =
        pieces.iter().cloned().partition(|p| product.is_some() && p.role == Role::Badge);

    let mut logo_box = None;
    let mut beside = None;
    if let Some((index, layer)) = logo {
        let size = mark::size(layer, &page, plan.logo);
        let clear = mark::clear(layer, size.h.0).max(0.35 * page.margin);
        if plan.logo_bottom && beside_button(&flowing, &page, &plan, size, clear) {
            // The mark signs the last row, at its far end, as on a letter.
            beside = Some((index, size));
        } else {
            let (b, room) = logo_in(&plan, size, clear, layer.master_box.center().x.0 / variant.artboard.w.0.max(1.0), candidate);
            logo_box = Some((index, b));
            plan.text = room;
            if candidate.arrangement != Arrangement::Split && product.is_some() && !plan.logo_bottom {
                // The product stands below the logo, not under it.
                let top = b.bottom().0 + 0.4 * page.margin;
                let cut = plan.product.bottom().0;
                plan.product = Rect::new(plan.product.x.0, top, plan.product.w.0, (cut - top).max(1.0));
                plan.text = text_region;
            }
        }
    }
    let room = Room { w: plan.text.w.0, h: plan.text.h.0, most: plan.most, more_lines: plan.more_lines };
    let column = flow::compose(&flowing, &page, room);
    sheet.terms.t = column.t;
    sheet.terms.fits = column.fits;
    sheet.terms.filled = ((column.h + column.foot.as_ref().map_or(0.0, |f| f.h)) / plan.text.h.0.max(1.0)).min(1.0);
    if let Some(lead) = product {
        sheet.put_product(lead, plan.product, (0.5, 0.5));
    }
    if let Some((index, b)) = logo_box {
        sheet.put_logo(index, b);
    }
    let before = sheet.words.take();
    sheet.put_column(&flowing, column, plan.text, plan.stand);
    if let Some((index, size)) = beside {
        let button = sheet
            .placed
            .iter()
            .rev()
            .find(|p| p.layer.and_then(|l| variant.layers.get(l)).is_some_and(|l| l.role == Role::CallToAction));
        let middle = button.map_or(plan.text.bottom().0 - size.h.0 / 2.0, |p| p.rect.center().y.0);
        let b = Rect::new(plan.text.right().0 - size.w.0, middle - size.h.0 / 2.0, size.w.0, size.h.0);
        sheet.put_logo(index, b);
        logo_box = Some((index, b));
    }
    let text = sheet.words.unwrap_or(plan.text);
    for piece in &hung {
        hang(sheet, piece, product);
    }
    scrims(sheet, plan.scrim, text, logo_box.map(|(_, b)| b));
    sheet.words = before.map_or(Some(text), |b| Some(b.union(&text)));
}

/// Whether the logo finds room at the far end of the button's row.
fn beside_button(pieces: &[Piece<'_>], page: &Measure, plan: &Regions, logo: Size, clear: f32) -> bool {
    let button = pieces.iter().find(|p| p.role == Role::CallToAction);
    let last = pieces.iter().rev().find(|p| p.role != Role::Legal).map(|p| p.role);
    let Some(button) = button.filter(|b| b.slot.align != Align::End && last == Some(Role::CallToAction)) else { return false };
    let widest = button.cut(plan.text.w.0, button.wish(page, plan.most.min(1.3)), page.legible(Role::CallToAction), 1);
    widest.fits && widest.w + 1.5 * clear + logo.w.0 <= plan.text.w.0
}

/// The logo's box, and the text region that remains.
fn logo_in(plan: &Regions, size: Size, clear: f32, master_x: f32, candidate: Candidate) -> (Rect, Rect) {
    let b = plan.logo;
    let centred = (0.4..=0.6).contains(&master_x) && !matches!(candidate.side, Side::Start | Side::End);
    let x = if centred {
        b.center().x.0 - size.w.0 / 2.0
    } else if plan.logo_end || master_x > 0.6 && !matches!(candidate.side, Side::Start | Side::End) {
        b.right().0 - size.w.0
    } else {
        b.x.0
    };
    let y = if plan.logo_bottom { b.bottom().0 - size.h.0 } else { b.y.0 };
    let logo = Rect::new(x, y, size.w.0, size.h.0);
    let t = plan.text;
    let overlaps = logo.x.0 < t.right().0 && logo.right().0 > t.x.0;
    if !overlaps {
        return (logo, t);
    }
    let room = if plan.logo_bottom {
        Rect { h: (Px(logo.y.0 - clear) - t.y).max(Px(1.0)).min(t.h), ..t }
    } else {
        let top = t.y.0.max(logo.bottom().0 + clear);
        Rect::new(t.x.0, top, t.w.0, (t.bottom().0 - top).max(1.0))
    };
    (logo, room)
}

/// Hangs a badge on the product's upper end corner.
fn hang(sheet: &mut Sheet<'_>, piece: &Piece<'_>, product: Option<usize>) {
    let page = sheet.page.clone();
    let on = sheet.placed.iter().find(|p| p.layer == product && product.is_some()).map_or(page.content, |p| p.rect);
    let size = piece.wish(&page, 1.0).min(0.2 * on.w.0).max(page.legible(piece.role));
    let cut = piece.cut(0.5 * on.w.0.max(0.3 * page.w), size, 0.7 * page.legible(piece.role), piece.slot.max_lines);
    let x = (on.right().0 - 0.75 * cut.w).min(page.content.right().0 - cut.w).max(page.content.x.0);
    let y = (on.y.0 + 0.02 * on.h.0).max(page.content.y.0);
    let outer = Rect::new(x, y, cut.w, cut.h);
    let clear = !sheet.placed.iter().any(|p| {
        matches!(p.content, PlacedContent::Text(_) | PlacedContent::Vector { .. }) && p.rect.intersect(&outer).area() > 0.5
    });
    if clear && cut.fits {
        sheet.put_text(piece, cut, outer);
    } else {
        sheet.dropped.push(Dropped { layer: piece.layer, reason: DropReason::NoRoom });
    }
}

/// Aims the master's scrims: the one under its text to where the text is now, the one under its logo to the logo.
fn scrims(sheet: &mut Sheet<'_>, edge: Option<Edge>, text: Rect, logo: Option<Rect>) {
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
fn decorations(sheet: &mut Sheet<'_>, candidate: Candidate) {
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

/// A person's boxes win: fractions of the trim, in the page's real space (so they are mirrored back first).
fn overrides(sheet: &mut Sheet<'_>, shapes: Shapes<'_>) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    for (index, layer) in variant.layers.iter().enumerate() {
        let Some(f) = layer.override_box else { continue };
        let mut b = Rect::new(f.x.0 * page.w, f.y.0 * page.h, f.w.0 * page.w, f.h.0 * page.h);
        if variant.direction == Direction::Rtl {
            b = b.mirrored(Px(page.w));
        }
        sheet.placed.retain(|p| p.layer != Some(index));
        sheet.dropped.retain(|d| d.layer != index || d.reason == DropReason::Empty);
        match &layer.content {
            Content::Text(slot) => {
                let Some(shaped) = shapes.of(index) else { continue };
                let piece = Piece { layer: index, role: layer.role, keep: layer.keep, priority: layer.priority, slot, shaped };
                let wish = slot.ideal.0 * page.scale;
                let cut = fit_box(&piece, b, wish.max(page.legible(layer.role)), (slot.floor.0 * page.scale).min(wish));
                let outer = Rect::new(aligned(slot.align, b, cut.w), b.y.0, cut.w, cut.h);
                sheet.put_text(&piece, cut, outer);
            }
            Content::Image { .. } if layer.role == Role::Product => sheet.put_product(index, b, (0.5, 0.5)),
            Content::Image { .. } => sheet.put_photo(index, b),
            Content::Vector { natural, .. } => sheet.put_logo(index, crop::contain((natural.w.0, natural.h.0), b, (0.0, 0.5))),
            Content::Shape { fill, .. } => sheet.push(Some(index), b, PlacedContent::Shape { fill: fill.clone() }),
        }
    }
}

fn aligned(align: Align, region: Rect, w: f32) -> f32 {
    match align {
        Align::Start => region.x.0,
        Align::Center => region.center().x.0 - w / 2.0,
        Align::End => region.right().0 - w,
    }
}

impl Sheet<'_> {
    /// The picture or product that leads: the first such layer.
    #[must_use]
    pub fn lead(&self) -> Option<usize> {
        self.variant.layers.iter().position(|l| leads(l) && l.override_box.is_none())
    }

    /// Whether a layer is a cut-out that stays whole, rather than a photograph that fills.
    #[must_use]
    pub fn is_product(&self, layer: usize) -> bool {
        self.variant.layers.get(layer).is_some_and(|l| {
            l.role == Role::Product
                && (!matches!(l.content, Content::Image { fit: PictureFit::Cover, alpha: false, .. })
                    || self.variant.character == Character::Product)
        })
    }

    fn push(&mut self, layer: Option<usize>, rect: Rect, content: PlacedContent) {
        let scale = self.page.scale;
        self.placed.push(Placed { layer, rect, content, scale });
    }

    /// Adds a ground under text.
    pub fn panel(&mut self, rect: Rect) {
        let fill = self.variant.panel.clone();
        self.push(None, rect, PlacedContent::Panel { fill });
    }

    /// Places a photograph over a box; the crop is found when all else stands.
    pub fn put_photo(&mut self, layer: usize, rect: Rect) {
        match self.variant.layers.get(layer).map(|l| &l.content) {
            Some(Content::Image { asset, .. }) => {
                let content =
                    PlacedContent::Picture { asset: asset.clone(), src: Rect::default(), enlarged: 1.0, focal_lost: 0.0 };
                self.push(Some(layer), rect, content);
            }
            Some(Content::Vector { asset, .. }) => self.push(Some(layer), rect, PlacedContent::Vector { asset: asset.clone() }),
            _ => {}
        }
    }

    /// Places a cut-out wholly inside a box.
    pub fn put_product(&mut self, layer: usize, room: Rect, at: (f32, f32)) {
        let Some(l) = self.variant.layers.get(layer) else { return };
        let natural = mark::natural(l);
        let rect = crop::contain((natural.w.0, natural.h.0), room, at);
        self.put_photo(layer, rect);
        if let Some(last) = self.placed.last_mut() {
            last.scale = rect.h.0 / l.master_box.h.0.max(1.0);
        }
    }

    /// Places the logo.
    pub fn put_logo(&mut self, layer: usize, rect: Rect) {
        let color = |headline: bool| {
            self.variant.layers.iter().find_map(|l| match &l.content {
                Content::Text(slot) if slot.plate.is_none() && (!headline || l.role == Role::Headline) => Some(slot.color),
                _ => None,
            })
        };
        // Where no text tells, the ground does: on a dark one type would be light.
        let by_ground = if self.variant.ground.luminance() < 0.3 { Rgba::WHITE } else { Rgba::BLACK };
        let ink = color(true).or_else(|| color(false)).or(Some(by_ground));
        let Some(l) = self.variant.layers.get(layer) else { return };
        let Some(asset) = mark::asset(l, ink) else { return };
        let content = match &l.content {
            Content::Image { .. } => PlacedContent::Picture { asset, src: Rect::default(), enlarged: 1.0, focal_lost: 0.0 },
            _ => PlacedContent::Vector { asset },
        };
        self.push(Some(layer), rect, content);
        self.cover_words(rect);
    }

    /// Places a piece of text by its outer box.
    pub fn put_text(&mut self, piece: &Piece<'_>, cut: Cut, outer: Rect) {
        let wish = piece.slot.ideal.0 * self.page.scale;
        if piece.role == Role::Headline {
            self.terms.headline = (cut.fitted.size.0 / wish.max(1e-3)).min(1.5);
        }
        let (rect, text): (Rect, PlacedText) = piece.placed(cut, outer, &self.page);
        self.push(Some(piece.layer), rect, PlacedContent::Text(Box::new(text)));
        self.cover_words(rect);
    }

    /// Places a composed column in its region, the foot at the region's bottom.
    pub fn put_column(&mut self, pieces: &[Piece<'_>], column: Column, region: Rect, stand: Stand) {
        let foot_h = column.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(&self.page, f));
        let free = region.h.0 - column.h - foot_h;
        let mut y = region.y.0
            + match stand {
                Stand::Top => 0.0,
                Stand::Middle => (free * 0.48).max(0.0),
                Stand::Bottom => free.max(0.0),
            };
        for row in column.rows {
            y += row.gap;
            let h = row.h;
            self.put_row(pieces, row, region, y);
            y += h;
        }
        if let Some(foot) = column.foot {
            let y = (region.bottom().0 - foot.h).max(y);
            self.put_row(pieces, foot, region, y);
        }
        self.dropped.extend(column.dropped);
    }

    fn put_row(&mut self, pieces: &[Piece<'_>], row: Row, region: Rect, y: f32) {
        let align = row.cells.first().and_then(|(i, _)| pieces.get(*i)).map_or(Align::Start, |p| p.slot.align);
        let mut x = aligned(align, region, row.w);
        // Prices of two sizes stand on one baseline.
        let baseline = row.cells.iter().map(|(_, c)| c.pad_y + c.fitted.first_baseline.0).fold(0.0, f32::max);
        let one_line = row.cells.len() > 1;
        for (index, cut) in row.cells {
            let Some(piece) = pieces.get(index) else { continue };
            let dy = if one_line { baseline - (cut.pad_y + cut.fitted.first_baseline.0) } else { 0.0 };
            let outer = Rect::new(x, y + dy, cut.w, cut.h);
            x += cut.w + row.between;
            self.put_text(piece, cut, outer);
        }
    }

    fn cover_words(&mut self, rect: Rect) {
        self.words = Some(self.words.map_or(rect, |w| w.union(&rect)));
    }
}

/// Paint order, mirror, crops, snapping, cost.
fn finish(mut sheet: Sheet<'_>, candidate: Candidate) -> Layout {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let grounds = variant.layers.iter().rposition(|l| matches!(l.role, Role::Background | Role::Photo));
    let key = |p: &Placed| p.layer.map_or_else(|| grounds.map_or(-1, |g| 2 * g as i64 + 1), |l| 2 * l as i64);
    // In a strip the panel is the page: it lies below the picture's block.
    let strip = candidate.arrangement == Arrangement::Strip && !candidate.master;
    sheet.placed.sort_unstable_by_key(|p| if strip && p.layer.is_none() { -1 } else { key(p) });
    let mut safe = page.safe;
    let mut content = page.content;
    let mut words = sheet.words;
    if variant.direction == Direction::Rtl {
        let w = Px(page.w);
        mirror::mirror(&mut sheet.placed, w);
        safe = safe.mirrored(w);
        content = content.mirrored(w);
        words = words.map(|r| r.mirrored(w));
    }
    crops(&mut sheet, words);
    for p in &mut sheet.placed {
        if matches!(p.content, PlacedContent::Picture { .. } | PlacedContent::Panel { .. }) {
            p.rect = snapped(p.rect);
        }
    }
    let cost = score::cost(variant, candidate, &sheet.terms, &sheet.dropped);
    Layout {
        candidate,
        cost,
        class: variant.format.class(),
        trim: variant.format.size(),
        bleed: variant.format.bleed,
        content,
        safe,
        scale: page.scale,
        ground: variant.ground,
        placed: sheet.placed,
        dropped: sheet.dropped,
    }
}

/// Finds every picture's crop, clear of the words where they stand on it.
fn crops(sheet: &mut Sheet<'_>, words: Option<Rect>) {
    let variant = sheet.variant;
    let lead = sheet.lead();
    let window = Rect::new(0.0, 0.0, sheet.page.w, sheet.page.h);
    for p in &mut sheet.placed {
        let Some(layer) = p.layer.and_then(|i| variant.layers.get(i)) else { continue };
        let PlacedContent::Picture { src, enlarged, focal_lost, .. } = &mut p.content else { continue };
        let Content::Image { natural, focal, .. } = &layer.content else { continue };
        let found = crop::cover(*natural, *focal, p.rect, window, words.filter(|_| p.layer == lead));
        *src = found.src;
        *enlarged = found.enlarged;
        *focal_lost = found.lost;
        if p.layer == lead {
            sheet.terms.focal_lost = found.lost;
            sheet.terms.focal_hidden = found.hidden;
            sheet.terms.enlarged = found.enlarged;
        }
    }
}

/// Edges on whole pixels, from absolute positions, so that neighbours meet.
fn snapped(r: Rect) -> Rect {
    let (x, y) = (r.x.0.round(), r.y.0.round());
    Rect::new(x, y, r.right().0.round() - x, r.bottom().0.round() - y)
}
