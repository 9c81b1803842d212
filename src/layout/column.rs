//! In: the page, the pieces, a candidate with one column of text. Out: overlay, split, stack or skyscraper: picture and column in their
//! regions, the logo above, below or beside the button, a product's badge on the product.

use super::candidates::{Candidate, Side, has_picture, leads};
use super::flow::{self, Column, Room, Row};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::regions::{self, Regions, Stand};
use super::sheet::Sheet;
use super::{DropReason, Dropped, PlacedContent, adorn, crop, mark, reading};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Arrangement, Content, Keep, Layer, Role, Variant};

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
        (Arrangement::Stack, _) => photo.h += wants(&photo, &sheet.page, layer),
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
        let share = ((SHORT.1 - page.short()) / (SHORT.1 - SHORT.0)).clamp(0.0, 1.0);
        lower(&mut plan, Px(share * GIVES * page.h));
    }
    // On the smallest pages beyond that, or the button is as loud as the headline.
    if stacked && page.closeness() > 0.0 && (!raised || page.is_small()) {
        let lead = sheet.lead().and_then(|lead| variant.layers.get(lead));
        gives(&mut plan, &page, pieces, logo.map(|(_, layer)| layer), lead);
    }
    if stacked && let Some(layer) = sheet.lead().and_then(|lead| variant.layers.get(lead)) {
        rises(&mut plan, &page, pieces, logo.map(|(_, layer)| layer), layer);
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
        slimmer(&mut plan, mark::natural(layer));
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
        closer(&mut plan, mark::natural(layer));
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
        column = hugged(&mut plan, column, &flowing, &page, (room, least));
        if let Some((_, b)) = logo_box.as_mut().filter(|(_, b)| b.x == was) {
            b.x = plan.text.x;
        }
    }
    if above && photo.is_some() {
        let by = hug(sheet, &mut plan, &page, &column);
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

/// By how much a legal line must be the widest for it to be set anew.
const MUCH: f32 = 1.12;
/// Share of its region that a column at the page's end keeps for its legal line.
const LEAST_HUGGED: f32 = 0.55;

/// Words at the end of a picture stand against that side's margin by their widest line, not by the lines they might have had: what is left over is
/// the picture's. Their axis is then where their widest line begins, and the legal line is set within it where that moves nothing else.
fn hugged(plan: &mut Regions, column: Column, pieces: &[Piece<'_>], page: &Measure, (room, least): (Room, f32)) -> Column {
    let starts = |row: &Row| row.cells.iter().all(|(i, _)| pieces.get(*i).is_none_or(|p| p.slot.align == Align::Start));
    let (region, whole) = (plan.text, column.foot.as_ref().map_or(0.0, |f| f.w).max(column.w));
    if !column.fits || !column.rows.iter().chain(&column.foot).all(starts) {
        return column;
    }
    let at = |plan: &mut Regions, w: f32| {
        plan.text = Rect { x: region.right() - Px(w), w: Px(w), ..region };
        if (plan.logo.x, plan.logo.w) == (region.x, region.w) {
            (plan.logo.x, plan.logo.w) = (plan.text.x, plan.text.w);
        }
    };
    let said = column.rows.iter().map(|r| r.w).fold(0.0, f32::max);
    let w = (said + 1.0).max(LEAST_HUGGED * region.w.0).max(least);
    if w < region.w.0 && whole > MUCH * w {
        let within = flow::compose(pieces, page, Room { w, h: region.h.0, ..room });
        let set = |c: &Column| flow::headline(pieces, c).map(|(_, cut)| (cut.fitted.size.0, cut.fitted.lines.len()));
        let same = within.fits && within.t >= column.t - 1e-3 && set(&within) == set(&column);
        if same && within.dropped.len() == column.dropped.len() {
            at(plan, w);
            return within;
        }
    }
    let w = (whole + 1.0).max(least);
    if w < region.w.0 {
        at(plan, w);
    }
    column
}

/// Shorter sides of pages, px: on the first, words that must be large on a button and a headline as large are short of room below a picture; from
/// the second on they are not.
const SHORT: (f32, f32) = (200.0, 600.0);
/// Share of the page's height that the picture gives for them.
const GIVES: f32 = 0.12;

/// A picture that is less high, for the words below it.
fn lower(plan: &mut Regions, by: Px) {
    let up = |r: Rect| Rect { y: r.y - by, h: r.h + by, ..r };
    plan.photo.h -= by;
    plan.product.h -= by;
    plan.panel = plan.panel.map(up);
    if plan.logo.y == plan.text.y {
        plan.logo = up(plan.logo);
    }
    plan.text = up(plan.text);
}

/// A picture above words that are set near the least that reads gives of its height until their headline is as large as it was meant, step by
/// step, and no more than it may.
fn gives(plan: &mut Regions, page: &Measure, pieces: &[Piece<'_>], logo: Option<&Layer>, lead: Option<&Layer>) {
    let mark = logo.map_or(0.0, |layer| {
        let size = mark::size(layer, page, plan.logo);
        let signs = plan.logo_bottom && beside_button(pieces, page, plan, size, size.h.0);
        if signs { 0.0 } else { size.h.0 + mark::air(layer, size, page) }
    });
    let (among, over) = if plan.logo.y == plan.text.y || plan.logo_bottom { (mark, 0.0) } else { (0.0, mark) };
    // As wide as the page, its subject needs so much; a cut-out is no stamp.
    let needs = match lead.map(|l| (&l.content, l.role)) {
        Some((Content::Image { natural: (w, h), focal, .. }, role)) if role != Role::Product => {
            let shown = *h as f32 / (*w as f32).max(1.0) * page.w;
            if focal.area() < reading::WHOLE { SEEN * focal.h.0 * shown } else { 0.0 }
        }
        // A drawing that fills is a pattern, and one with less of it.
        Some((Content::Vector { .. }, Role::Photo | Role::Background)) => PATTERN * page.h,
        _ => STAMP * page.h + plan.product.y.0 + over,
    };
    let step = Px(page.closeness() * GIVES * page.h / f32::from(GIVEN));
    for _ in 0..GIVEN {
        let room = Room::new(plan.text.w.0, (plan.text.h.0 - among).max(1.0), plan.most, plan.more_lines);
        let column = flow::compose(pieces, page, room);
        let meant = |(p, cut): (&Piece<'_>, &Cut)| cut.fitted.size.0 >= p.slot.ideal.0 * page.scale;
        let lacks = |p: &Piece<'_>| p.keep != Keep::May && column.dropped.iter().any(|d| d.layer == p.layer);
        let holds = flow::headline(pieces, &column).is_none_or(meant) && !pieces.iter().any(lacks);
        if holds || (plan.photo.bottom() - step).0 < needs {
            return;
        }
        lower(plan, step);
    }
}

/// How much higher a photograph above words would have to be for all of its subject; nothing of what has none.
fn wants(photo: &Rect, page: &Measure, lead: &Layer) -> Px {
    match &lead.content {
        Content::Image { natural: (w, h), focal, .. } if lead.role != Role::Product && focal.area() < reading::WHOLE => {
            let shown = *h as f32 / (*w as f32).max(1.0) * page.w;
            Px((WHOLE * focal.h.0 * shown - photo.bottom().0).clamp(0.0, RISES * page.h))
        }
        _ => Px(0.0),
    }
}

/// A picture that is too low for its subject takes of the words' part, step by step, as long as their headline keeps nearly its size.
fn rises(plan: &mut Regions, page: &Measure, pieces: &[Piece<'_>], logo: Option<&Layer>, lead: &Layer) {
    let by = wants(&plan.photo, page, lead);
    if by.0 <= 0.5 {
        return;
    }
    let mark = logo.map_or(0.0, |layer| {
        let size = mark::size(layer, page, plan.logo);
        let signs = plan.logo_bottom && beside_button(pieces, page, plan, size, size.h.0);
        if signs { 0.0 } else { size.h.0 + mark::air(layer, size, page) }
    });
    let composed = |by: f32| {
        let h = (plan.text.h.0 - mark - by).max(1.0);
        flow::compose(pieces, page, Room::new(plan.text.w.0, h, plan.most, plan.more_lines))
    };
    let size = |c: &Column| flow::headline(pieces, c).map_or(0.0, |(_, cut)| cut.fitted.size.0);
    let was = composed(0.0);
    let keeps = |c: &Column| c.is_as_sound_as(&was) && c.dropped.len() <= was.dropped.len() && size(c) >= KEEPS * size(&was);
    let mut steps = (1..=RISEN).rev().map(|n| f32::from(n) / f32::from(RISEN) * by.0);
    if let Some(by) = steps.find(|by| keeps(&composed(*by))) {
        lower(plan, Px(-by));
    }
}

/// Words above a photograph keep what they need of their part, and air; the photograph goes up for the rest. Gives by how much.
fn hug(sheet: &mut Sheet<'_>, plan: &mut Regions, page: &Measure, column: &Column) -> Px {
    let foot = column.foot.as_ref().map_or(0.0, |f| f.h + f.gap + flow::foot_gap(page, f));
    let by = Px((plan.text.h.0 - column.h - foot - AIR * page.margin).max(0.0));
    let was = plan.photo;
    // A drawing that fills is as high as it is.
    if sheet.placed.iter().all(|p| p.rect != was) {
        return Px(0.0);
    }
    plan.text.h -= by;
    plan.photo = Rect { y: was.y - by, h: was.h + by, ..was };
    for p in &mut sheet.placed {
        if p.rect == was {
            p.rect = plan.photo;
        } else if matches!(p.content, PlacedContent::Panel { .. }) {
            p.rect.h -= by;
        }
    }
    by
}

/// Air that words above a photograph keep beyond their gaps, by the margin.
const AIR: f32 = 0.5;
/// Share of its subject's height that a picture above words wants, and the most that it takes of the words' part for it, by the page's height.
const WHOLE: f32 = 1.04;
const RISES: f32 = 0.12;
/// Steps in which it does.
const RISEN: u8 = 5;
/// Share of its size that a headline keeps for it.
const KEEPS: f32 = 0.8;

/// Share of the page's height that a cut-out keeps.
const STAMP: f32 = 0.36;
/// The same of a pattern.
const PATTERN: f32 = 0.22;
/// Share of its subject's height that a picture keeps.
const SEEN: f32 = 0.9;
/// Steps in which a picture gives of its height.
const GIVEN: u8 = 3;

/// Share of a cut-out's part of the page that has to be spare for the words to have it, and room left beside the cut-out.
const SPARE: (f32, f32) = (0.15, 1.16);

/// A cut-out that is slim leaves room beside itself: the words have it.
fn slimmer(plan: &mut Regions, natural: Size) {
    let shown = natural.w.0 / natural.h.0.max(1e-3) * plan.product.h.0;
    let spare = Px(plan.product.w.0 - SPARE.1 * shown);
    if spare.0 <= SPARE.0 * plan.product.w.0 {
        return;
    }
    let with_words = plan.logo == plan.text;
    if plan.text.x < plan.product.x {
        plan.product.x += spare;
    } else {
        plan.text.x -= spare;
    }
    plan.product.w -= spare;
    plan.text.w += spare;
    if with_words {
        plan.logo = plan.text;
    }
}

/// A cut-out that is as wide as the page allows leaves holes above and below it: the words take most of them.
fn closer(plan: &mut Regions, natural: Size) {
    let shown = crop::contain((natural.w.0, natural.h.0), plan.product, (0.5, 0.5));
    let hole = plan.product.h.0 - shown.h.0;
    if hole > 0.12 * plan.product.h.0 {
        let up = Px(0.62 * hole);
        plan.product.h -= up;
        plan.text = Rect { y: plan.text.y - up, h: plan.text.h + up, ..plan.text };
        plan.most = plan.most.max(1.5);
        if plan.logo_bottom {
            plan.logo = plan.text;
        }
    }
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

/// Whether the logo finds room at the far end of the button's row.
fn beside_button(pieces: &[Piece<'_>], page: &Measure, plan: &Regions, logo: Size, clear: f32) -> bool {
    let button = pieces.iter().find(|p| p.role == Role::CallToAction);
    let last = pieces.iter().rev().find(|p| p.role != Role::Legal).map(|p| p.role);
    let Some(button) = button.filter(|b| b.slot.align == Align::Start && last == Some(Role::CallToAction)) else { return false };
    let widest = button.cut(plan.text.w.0, button.wish(page, plan.most.min(1.3)), page.legible(Role::CallToAction), 1);
    widest.fits && widest.w + 1.5 * clear + logo.w.0 <= plan.text.w.0.max(plan.logo.w.0)
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
