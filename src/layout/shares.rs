//! In: the regions of a picture and a column of words. Out: the same regions where one gives to the other what it has to spare, or what the other
//! needs more: a picture of its height, words of their width. Where both are placed is left to [`super::column`].

use super::flow::{self, Column, Room, Row};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::regions::Regions;
use super::sheet::Sheet;
use super::{PlacedContent, crop, mark, reading};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Content, Keep, Layer, Role};

/// By how much a legal line must be the widest for it to be set anew.
const MUCH: f32 = 1.12;
/// Share of its region that a column at the page's end keeps for its legal line.
const LEAST_HUGGED: f32 = 0.55;

/// Words at the end of a picture stand against that side's margin by their widest line, not by the lines they might have had: what is left over is
/// the picture's. Their axis is then where their widest line begins, and the legal line is set within it where that moves nothing else.
pub fn hugged(plan: &mut Regions, column: Column, pieces: &[Piece<'_>], page: &Measure, (room, least): (Room, f32)) -> Column {
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
pub const SHORT: (f32, f32) = (200.0, 600.0);
/// Share of the page's height that the picture gives for them.
pub const GIVES: f32 = 0.12;

/// A picture that is less high, for the words below it.
pub fn lower(plan: &mut Regions, by: Px) {
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
pub fn gives(plan: &mut Regions, page: &Measure, pieces: &[Piece<'_>], logo: Option<&Layer>, lead: Option<&Layer>) {
    let mark = logo.map_or(0.0, |layer| stands(plan, page, pieces, layer));
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
pub fn wants(photo: &Rect, page: &Measure, lead: &Layer) -> Px {
    match &lead.content {
        Content::Image { natural: (w, h), focal, .. } if lead.role != Role::Product && focal.area() < reading::WHOLE => {
            let shown = *h as f32 / (*w as f32).max(1.0) * page.w;
            Px((WHOLE * focal.h.0 * shown - photo.bottom().0).clamp(0.0, RISES * page.h))
        }
        _ => Px(0.0),
    }
}

/// Height that the mark takes of the words' part; nothing where it signs beside the button.
fn stands(plan: &Regions, page: &Measure, pieces: &[Piece<'_>], logo: &Layer) -> f32 {
    let size = mark::size(logo, page, plan.logo);
    let signs = plan.logo_bottom && beside_button(pieces, page, plan, size, size.h.0);
    if signs { 0.0 } else { size.h.0 + mark::air(logo, size, page) }
}

/// A picture that is too low for its subject takes of the words' part, step by step, as long as their headline keeps nearly its size.
pub fn rises(plan: &mut Regions, page: &Measure, pieces: &[Piece<'_>], logo: Option<&Layer>, lead: &Layer) {
    let by = wants(&plan.photo, page, lead);
    if by.0 <= 0.5 {
        return;
    }
    let mark = logo.map_or(0.0, |layer| stands(plan, page, pieces, layer));
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
pub fn hug(sheet: &mut Sheet<'_>, plan: &mut Regions, page: &Measure, column: &Column) -> Px {
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
pub fn slimmer(plan: &mut Regions, natural: Size) {
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
pub fn closer(plan: &mut Regions, natural: Size) {
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

/// Whether the logo finds room at the far end of the button's row.
pub fn beside_button(pieces: &[Piece<'_>], page: &Measure, plan: &Regions, logo: Size, clear: f32) -> bool {
    let button = pieces.iter().find(|p| p.role == Role::CallToAction);
    let last = pieces.iter().rev().find(|p| p.role != Role::Legal).map(|p| p.role);
    let Some(button) = button.filter(|b| b.slot.align == Align::Start && last == Some(Role::CallToAction)) else { return false };
    let widest = button.cut(plan.text.w.0, button.wish(page, plan.most.min(1.3)), page.legible(Role::CallToAction), 1);
    widest.fits && widest.w + 1.5 * clear + logo.w.0 <= plan.text.w.0.max(plan.logo.w.0)
}
