//! In: the page, the pieces, a candidate with one column of text. Out: overlay, split, stack or skyscraper: picture and column in their
//! regions, the logo above, below or beside the button, a product's badge on the product.

use super::candidates::{Candidate, Side, has_picture, leads};
use super::flow::{self, Room};
use super::measure::Measure;
use super::pieces::Piece;
use super::regions::{self, Regions, Stand};
use super::shares::{self, beside_button};
use super::sheet::Sheet;
use super::{DropReason, Dropped, PlacedContent, adorn, crop, mark};
use crate::geom::{Rect, Size};
use crate::units::Px;
use crate::variant::{Arrangement, Content, Layer, Role, Variant};

fn plan(variant: &Variant, page: &Measure, candidate: Candidate) -> Regions {
    let logo = mark::layer(variant);
    let headed = logo.is_none_or(|(_, l)| l.master_box.center().y.0 < 0.5 * variant.artboard.h.0);
    regions::regions(page, candidate, variant.character, has_picture(variant), headed)
}

/// The photograph that leads and its box, where no word decides it.
pub fn photo<'a>(sheet: &Sheet<'a>, candidate: Candidate) -> Option<(&'a Layer, Rect)> {
    let column = !candidate.master
        && !matches!(candidate.arrangement, Arrangement::Strip | Arrangement::Billboard | Arrangement::Poster | Arrangement::Ell);
    let lead = sheet.lead().filter(|l| column && !sheet.is_product(*l))?;
    let first = sheet.variant.layers.iter().position(leads);
    let layer = sheet.variant.layers.get(lead)?;
    let plain = first == Some(lead) && !sheet.variant.format.shows_mark_alone();
    if !plain || !matches!(layer.content, Content::Image { .. }) {
        return None;
    }
    let mut photo = plan(sheet.variant, &sheet.page, candidate).photo;
    match (candidate.arrangement, candidate.side) {
        // Words above it may take less than their part.
        (Arrangement::Stack, Side::Top) => return None,
        (Arrangement::Stack, _) => photo.h += shares::wants(&photo, &sheet.page, layer),
        _ => {}
    }
    Some((layer, photo))
}

/// Overlay, split, stack, skyscraper: a column of text in its region.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>], candidate: Candidate) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let logo = mark::layer(variant);
    let mut plan = plan(variant, &page, candidate);
    let stacked = (candidate.arrangement, candidate.side) == (Arrangement::Stack, Side::Bottom);
    let raised = stacked && pieces.iter().any(|p| p.strong(&page, plan.text.w.0) > 0.0);
    if raised {
        let share = ((shares::SHORT.1 - page.short()) / (shares::SHORT.1 - shares::SHORT.0)).clamp(0.0, 1.0);
        shares::lower(&mut plan, Px(share * shares::GIVES * page.h));
    }
    // On the smallest pages beyond that, or the button is as loud as the headline.
    if stacked && page.closeness() > 0.0 && (!raised || page.is_small()) {
        let lead = sheet.lead().and_then(|lead| variant.layers.get(lead));
        shares::gives(&mut plan, &page, pieces, logo.map(|(_, layer)| layer), lead);
    }
    if stacked && let Some(layer) = sheet.lead().and_then(|lead| variant.layers.get(lead)) {
        shares::rises(&mut plan, &page, pieces, logo.map(|(_, layer)| layer), layer);
    }
    let photo = sheet.lead().filter(|lead| !sheet.is_product(*lead));
    if let Some(lead) = photo {
        sheet.put_photo(lead, plan.photo);
    }
    if let Some((bottom, end)) = variant.pins.logo {
        plan.logo_bottom = bottom;
        plan.logo_end = end;
    }
    if let Some(panel) = plan.panel {
        sheet.panel(panel);
    }
    // The badge of a product hangs on the product, not in the column.
    let product = sheet.lead().filter(|&l| sheet.is_product(l));
    let (hung, mut flowing): (Vec<Piece<'_>>, Vec<Piece<'_>>) = pieces.iter().cloned().partition(|p| hangs(sheet, p));
    if let Some(lead) = product
        && candidate.arrangement == Arrangement::Split
        && !page.is_tiny()
        && !adorn::is_paired(variant, lead)
        && let Some(layer) = variant.layers.get(lead)
    {
        shares::slimmer(&mut plan, mark::natural(layer));
    }
    // A legal line of several lines in a narrow column runs along the foot of the whole page instead.
    let mut foot = None;
    if product.is_some() && candidate.arrangement == Arrangement::Split && !page.is_tiny() {
        let small = |p: &Piece<'_>| {
            p.role == Role::Legal && {
                let size = p.wish(&page, 1.0);
                p.cut(plan.text.w.0, size, size, 9).fitted.lines.len() > 1
            }
        };
        let (legal, rest): (Vec<Piece<'_>>, Vec<Piece<'_>>) = flowing.into_iter().partition(small);
        flowing = rest;
        if !legal.is_empty() {
            let c = page.content;
            let line = flow::compose(&legal, &page, Room::new(c.w.0, 0.4 * c.h.0, 1.0, 2));
            let h = line.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(&page, f));
            for r in [&mut plan.text, &mut plan.product, &mut plan.logo] {
                r.h = (r.h.min(c.bottom() - r.y) - Px(h)).max(Px(1.0));
            }
            foot = Some((legal, line, Rect { y: c.bottom() - Px(h), h: Px(h), ..c }));
        }
    }

    let above = (candidate.arrangement, candidate.side) == (Arrangement::Stack, Side::Top);
    if let Some(layer) = product.and_then(|l| variant.layers.get(l))
        && !above
        && matches!(candidate.arrangement, Arrangement::Stack | Arrangement::Skyscraper)
    {
        shares::closer(&mut plan, mark::natural(layer));
    }
    let text_region = plan.text;
    let mut logo_box = None;
    let mut beside = None;
    if let Some((index, layer)) = logo {
        let size = mark::size(layer, &page, plan.logo);
        // A kicker right below the mark would be its caption.
        let kicked = flowing.first().is_some_and(|p| p.role != Role::Headline) && !plan.logo_bottom && !page.is_close();
        let clear = room_by(layer, size, variant, &page) * if kicked { KICKED } else { 1.0 };
        let aside = mark::clear(layer, size.h.0).max(0.35 * page.margin);
        if plan.logo_bottom && variant.pins.logo.is_none_or(|(_, end)| end) && beside_button(&flowing, &page, &plan, size, aside)
        {
            // The mark signs the last row, at its far end, as on a letter.
            beside = Some((index, size));
        } else {
            let (b, room) = logo_in(
                &plan,
                size,
                clear,
                layer.master_box.center().x.0 / variant.artboard.w.0.max(1.0),
                candidate,
                variant.pins.logo.is_some(),
            );
            logo_box = Some((index, b));
            plan.text = room;
            if candidate.arrangement != Arrangement::Split && product.is_some() && !plan.logo_bottom && !above {
                // The product stands below the logo, not under it.
                let top = b.bottom().0 + 0.4 * page.margin;
                let cut = plan.product.bottom().0;
                plan.product = Rect::new(plan.product.x.0, top, plan.product.w.0, (cut - top).max(1.0));
                plan.text = text_region;
            }
        }
    }
    // On a picture a larger headline takes more of what it stands on, and its shade as much again.
    let on_picture = candidate.arrangement == Arrangement::Overlay && product.is_none() && sheet.lead().is_some();
    let room = Room { lifts: !on_picture, ..Room::new(plan.text.w.0, plan.text.h.0, plan.most, plan.more_lines) };
    let mut column = flow::compose(&flowing, &page, room);
    if !column.fits && page.is_tiny() {
        // Rows nearer to each other before a button at the very edge.
        let spare = page.margin - page.edged().margin;
        let within = flow::compose(&flowing, &page.nearer(), Room { h: room.h + spare, ..room });
        if within.fits {
            (column, plan.text.h) = (within, plan.text.h + Px(spare));
        }
    }
    let acts = |p: &Piece<'_>| p.role == Role::CallToAction;
    let left = |layer: usize| flowing.iter().any(|p| p.layer == layer && acts(p));
    if let (Some((index, size)), true) = (beside, column.dropped.iter().any(|d| left(d.layer)))
        && let Some((_, layer)) = logo
    {
        // No button, no row to sign.
        let clear = room_by(layer, size, variant, &page);
        let at = layer.master_box.center().x.0 / variant.artboard.w.0.max(1.0);
        let (b, rest) = logo_in(&plan, size, clear, at, candidate, variant.pins.logo.is_some());
        (logo_box, beside, plan.text) = (Some((index, b)), None, rest);
        column = flow::compose(&flowing, &page, Room { w: rest.w.0, h: rest.h.0, ..room });
    }
    let signs_far = beside.is_none() || plan.logo.x < plan.text.x;
    if on_picture && candidate.side == Side::End && signs_far {
        let was = plan.text.x;
        let least = logo_box.map_or(0.0, |(_, b)| if b.x == was { b.w.0 } else { 0.0 });
        column = shares::hugged(&mut plan, column, &flowing, &page, (room, least));
        if let Some((_, b)) = logo_box.as_mut().filter(|(_, b)| b.x == was) {
            b.x = plan.text.x;
        }
    }
    if above && photo.is_some() {
        let by = shares::hug(sheet, &mut plan, &page, &column);
        if let Some((_, b)) = logo_box.as_mut().filter(|_| plan.logo_bottom) {
            b.y -= by;
        }
    }
    sheet.terms.t = column.t;
    sheet.terms.filled = ((column.h + column.foot.as_ref().map_or(0.0, |f| f.h)) / plan.text.h.0.max(1.0)).min(1.0);
    if let (Some((index, b)), Some((_, layer))) = (&mut logo_box, logo) {
        *b = quieter(*b, layer, variant, &page, flow::headline(&flowing, &column).map(|(_, cut)| cut.fitted.size.0), &plan);
        sheet.put_logo(*index, *b);
    }
    if let (Some((_, size)), Some((_, layer)), Some((_, cut))) = (&mut beside, logo, flow::headline(&flowing, &column)) {
        // Nor is it louder than the headline where it signs the last row.
        let k = (mark::loud(layer, variant, &page, cut.fitted.size.0) / size.h.0.max(1e-3)).min(1.0);
        let least = mark::least(layer, *size, &page);
        *size = Size { w: (size.w * k).max(least.w), h: (size.h * k).max(least.h) };
    }
    if let Some((_, size)) = beside
        && let Some(button) = column.rows.last()
    {
        // Nor of one that stands above it, beside the button, where it runs as far as that.
        let signs = plan.logo.right().0.max(plan.text.right().0) - size.w.0 - mark::off_edge(size);
        let needs = (size.h.0 - button.h) / 2.0 + mark::off_edge(size);
        let free = plan.text.h.0 - column.h;
        if let Some(foot) = column.foot.as_mut().filter(|foot| plan.text.x.0 + foot.w > signs) {
            let gap = flow::foot_gap(&page, foot);
            foot.gap = (needs - gap).min(free - foot.h - gap).max(0.0);
        }
    }
    if let (Some((_, b)), Some(foot), None) = (&logo_box, &column.foot, plan.scrim)
        && plan.logo_bottom
        && plan.text.bottom() <= b.y
    {
        // A legal line is no line of the mark that signs below it: what the column has to spare parts them.
        let spare = plan.text.h.0 - column.h - foot.h - flow::foot_gap(&page, foot);
        plan.text.h -= Px((PARTS * spare).clamp(0.0, 0.6 * mark::stature(b.size())));
    }
    sheet.put_column(&flowing, column, plan.text, plan.stand);
    let text = sheet.words.last().copied().unwrap_or(plan.text);
    if let Some(lead) = product {
        if above {
            let words = sheet.words.iter().map(|r| r.bottom().0).fold(plan.text.y.0, f32::max);
            // Nor does it carry the mark that ends them.
            let signed = logo_box.filter(|_| plan.logo_bottom).map_or(0.0, |(_, b)| OVER * mark::stature(b.size()));
            let top = words + (0.7 * page.margin).max(signed);
            plan.product = Rect { y: Px(top), h: (plan.product.bottom() - Px(top)).max(Px(1.0)), ..plan.product };
        } else if matches!(candidate.arrangement, Arrangement::Stack | Arrangement::Skyscraper) {
            // What words leave free above them is shared with the cut-out, which stands in the middle of its part.
            let free = (text.y - plan.text.y).0;
            plan.product.h += Px(free.max(0.0));
        }
        sheet.put_product(lead, plan.product, (0.5, 0.5));
    }
    if let Some((index, size)) = beside {
        let button = sheet
            .placed
            .iter()
            .rev()
            .find(|p| p.layer.and_then(|l| variant.layers.get(l)).is_some_and(|l| l.role == Role::CallToAction));
        let middle = button.map_or(plan.text.bottom().0 - size.h.0 / 2.0, |p| p.rect.center().y.0);
        // Words at the page's end leave its start to the mark: it signs at the far side of the picture, as it does where they stand at the start.
        let far = on_picture && candidate.side == Side::End && plan.logo.x < plan.text.x;
        let x = if far { plan.logo.x.0 } else { plan.logo.right().0.max(plan.text.right().0) - size.w.0 };
        let b = Rect::new(x, middle - size.h.0 / 2.0, size.w.0, size.h.0);
        sheet.put_logo(index, b);
        logo_box = Some((index, b));
    }
    for piece in &hung {
        hang(sheet, piece, product);
    }
    if let Some((legal, line, region)) = foot {
        sheet.put_column(&legal, line, region, Stand::Bottom);
    }
    adorn::scrims(sheet, plan.scrim, text, logo_box.map(|(_, b)| b));
}

/// How much more a mark keeps off a line that stands above the headline: nearer to it than to the mark.
const KICKED: f32 = 1.6;
/// Share of what a column has to spare that parts its legal line from the mark below it.
const PARTS: f32 = 0.4;
/// Space between a mark that ends the words and a cut-out below it, by the mark's height: the two are further apart than it is from its words.
const OVER: f32 = 1.3;

/// Space between the logo and the words above or below it, px: where a band of colour ends between them, both keep off its edge.
fn room_by(layer: &Layer, size: Size, variant: &Variant, page: &Measure) -> f32 {
    let banded = if adorn::ends_between(variant, layer) { mark::off_edge(size) + adorn::off_edge(page) } else { 0.0 };
    mark::air(layer, size, page).max(banded)
}

/// A mark no louder than its headline: where type had to get small it gets smaller too, at its corner, as far as it may.
fn quieter(b: Rect, layer: &Layer, variant: &Variant, page: &Measure, headline: Option<f32>, plan: &Regions) -> Rect {
    let Some(size) = headline else { return b };
    let k = (mark::loud(layer, variant, page, size) / b.h.0.max(1e-3)).min(1.0);
    let least = mark::least(layer, Size { w: b.w, h: b.h }, page);
    let (w, h) = ((b.w.0 * k).max(least.w.0), (b.h.0 * k).max(least.h.0));
    let x = match (b.x - plan.logo.x).0.abs() < 0.5 {
        true => b.x.0,
        false if (b.right() - plan.logo.right()).0.abs() < 0.5 => b.right().0 - w,
        false => b.center().x.0 - w / 2.0,
    };
    Rect::new(x, if plan.logo_bottom { b.bottom().0 - h } else { b.y.0 }, w, h)
}

/// The logo's box, and the text region that remains.
fn logo_in(plan: &Regions, size: Size, clear: f32, master_x: f32, candidate: Candidate, pinned: bool) -> (Rect, Rect) {
    let b = plan.logo;
    let sided = matches!(candidate.side, Side::Start | Side::End);
    // Centred over its column, be it the whole page or a part of it.
    let centred = !pinned && (0.4..=0.6).contains(&master_x) && (!sided || candidate.arrangement == Arrangement::Split);
    let x = if centred {
        b.center().x.0 - size.w.0 / 2.0
    } else if plan.logo_end || !pinned && master_x > 0.6 && !sided {
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

/// Whether a piece hangs on the product: a badge on a plate that lies on it in the master, as a price tag does. One that stands beside it, and
/// one of bare words, are read with the others.
pub fn hangs(sheet: &Sheet<'_>, piece: &Piece<'_>) -> bool {
    let layer = |index: usize| sheet.variant.layers.get(index);
    let product = sheet.lead().filter(|l| sheet.is_product(*l)).and_then(layer);
    let Some((badge, product)) = layer(piece.layer).zip(product) else { return false };
    piece.role == Role::Badge && piece.slot.plate.is_some() && badge.master_box.intersect(&shown(product)).area() > 0.0
}

/// Hangs a badge on the product, at the place on it that it has in the master.
pub fn hang(sheet: &mut Sheet<'_>, piece: &Piece<'_>, product: Option<usize>) {
    let page = sheet.page.clone();
    let layer = |index: usize| sheet.variant.layers.get(index);
    let Some((badge, lead)) = layer(piece.layer).zip(product.and_then(layer)) else { return };
    let (now, was) = (sheet.placed.iter().find(|p| p.layer == product).map_or(page.content, |p| p.rect), shown(lead));
    let size = piece.wish(&page, 1.0).min(0.2 * now.w.0).max(page.legible(piece.role));
    let cut = piece.cut(0.5 * now.w.0.max(0.3 * page.w), size, 0.7 * page.legible(piece.role), piece.slot.max_lines);
    let k = now.h.0 / was.h.0.max(1.0);
    let off = |now: Px, badge: Px, was: Px, half: f32| now.0 + (badge - was).0 * k - half;
    let x = off(now.center().x, badge.master_box.center().x, was.center().x, cut.w / 2.0);
    let y = off(now.center().y, badge.master_box.center().y, was.center().y, cut.h / 2.0);
    let c = page.content;
    let x = x.min(c.right().0 - cut.w).max(c.x.0);
    let outer = Rect::new(x, y.min(c.bottom().0 - cut.h).max(c.y.0), cut.w, cut.h);
    let clear = !sheet.placed.iter().any(|p| {
        matches!(p.content, PlacedContent::Text(_) | PlacedContent::Vector { .. }) && p.rect.intersect(&outer).area() > 0.5
    });
    if clear && cut.fits {
        sheet.put_text(piece, cut, outer);
    } else {
        sheet.dropped.push(Dropped { layer: piece.layer, reason: DropReason::NoRoom });
    }
}

/// What a cut-out really takes of its box in the master.
fn shown(layer: &Layer) -> Rect {
    let natural = mark::natural(layer);
    crop::contain((natural.w.0, natural.h.0), layer.master_box, (0.5, 1.0))
}
