//! In: the page, the pieces, a candidate. Out: words above, what to do below, the picture between them ([`Arrangement::Poster`], for
//! tall pages); or words across the top, the cut-out in the lower end corner and the rest beside it ([`Arrangement::Ell`], as
//! shop windows and leaflets do). In logical space.

use super::candidates::Candidate;
use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::Piece;
use super::regions::Stand;
use super::scrim::Edge;
use super::sheet::Sheet;
use super::{adorn, column, mark, pieces};
use crate::geom::Rect;
use crate::variant::{Arrangement, Layer, Role};

/// Share of the page between its mark and its foot that the words above take at the most; and where a kicker is one of them, so that
/// what is beside the picture below keeps its room; where type is not near the least that reads the headline keeps its own.
const HEAD: (f32, f32, f32) = (0.4, 0.36, 0.44);

/// A mark no higher than `loud` lets it be, at its corner.
fn quieter(b: Rect, layer: &Layer, loud: f32, page: &Measure) -> Rect {
    let (c, least) = (page.content, mark::least(layer, b.size(), page).h.0);
    let k = (loud.max(least) / b.h.0.max(1e-3)).min(1.0);
    let (w, h) = (b.w.0 * k, b.h.0 * k);
    let x = match () {
        () if (b.x - c.x).0.abs() < 0.5 => b.x.0,
        () if (b.right() - c.right()).0.abs() < 0.5 => b.right().0 - w,
        () => b.center().x.0 - w / 2.0,
    };
    let y = if (b.y - c.y).0.abs() < 0.5 { b.y.0 } else { b.bottom().0 - h };
    Rect::new(x, y, w, h)
}

/// Share of the height beside a cut-out that words leave free from which on they part: those that explain the headline stand under it, what is to
/// be done at the foot.
const PARTED: f32 = 0.3;

/// Fills the sheet.
pub fn fill(sheet: &mut Sheet<'_>, all: &[Piece<'_>], candidate: Candidate) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let (c, r) = (page.content, page.reach());
    let ell = candidate.arrangement == Arrangement::Ell;
    let lead = sheet.lead();
    let product = lead.filter(|&l| sheet.is_product(l));
    if let Some(photo) = lead.filter(|_| product.is_none()) {
        sheet.put_photo(photo, page.full);
    }
    let leads = |p: &Piece<'_>| p.role == Role::Headline || p.role == Role::Subhead && !ell || pieces::kicks(p, all);
    let hung = |sheet: &Sheet<'_>, p: &Piece<'_>| !ell && column::hangs(sheet, p);
    let head: Vec<Piece<'_>> = all.iter().filter(|p| leads(p)).cloned().collect();
    let tail: Vec<Piece<'_>> = all.iter().filter(|p| !leads(p) && !hung(sheet, p)).cloned().collect();
    let logo = mark::layer(variant).map(|(index, layer)| (index, layer, mark::size(layer, &page, c)));
    let (mut top, mut bottom) = (c.y.0, c.bottom().0);
    let mut logo_box = None;
    if let Some((index, layer, size)) = logo {
        let clear = mark::air(layer, size, &page);
        let middle = layer.master_box.center();
        let end = middle.x.0 > 0.6 * variant.artboard.w.0;
        let x = if end {
            c.right().0 - size.w.0
        } else if middle.x.0 >= 0.4 * variant.artboard.w.0 {
            c.center().x.0 - size.w.0 / 2.0
        } else {
            c.x.0
        };
        // Above the words it heads them; a mark that signs stands in the last row, at the far end.
        let heads = middle.y.0 < 0.5 * variant.artboard.h.0;
        let y = if heads { top } else { bottom - size.h.0 };
        if heads {
            top += size.h.0 + clear;
        } else if !end {
            bottom -= size.h.0 + clear;
        }
        logo_box = Some((index, Rect::new(x, y, size.w.0, size.h.0), clear, heads || !end));
    }
    let signs = logo_box.filter(|l| !l.3).map_or(0.0, |(_, b, clear, _)| b.w.0 + clear);
    let high = bottom - top;
    let more = u32::from(page.aspect < 0.5);
    let share = match head.iter().any(|p| pieces::kicks(p, all)) {
        true if page.is_close() => HEAD.1,
        true => HEAD.2,
        false => HEAD.0,
    };
    let words = flow::compose(&head, &page, Room::new(c.w.0, share * high, 1.4, more));
    if let (Some((_, b, ..)), Some((_, layer, _)), Some((_, cut))) = (&mut logo_box, logo, flow::headline(&head, &words)) {
        *b = quieter(*b, layer, mark::loud(layer, variant, &page, cut.fitted.size.0), &page);
    }
    let gap = 0.7 * page.margin;
    let under = top + words.h + gap;
    let room = if ell {
        Room::new(0.44 * c.w.0 - signs.min(0.1 * c.w.0), (bottom - under).max(1.0), 1.15, 1)
    } else {
        Room::new(c.w.0 - signs, 0.34 * high, 1.15, more)
    };
    let rest = flow::compose(&tail, &page, room);
    sheet.terms.t = words.t.min(rest.t);
    let foot = rest.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(&page, f));
    let tail_h = rest.h + foot;
    sheet.put_column(&head, words, Rect::new(c.x.0, top, c.w.0, share * high), Stand::Top);
    let head_box = sheet.words.last().copied();
    let over = bottom - tail_h - gap;
    if let Some(product) = product {
        let place = if ell {
            let x = c.x.0 + 0.46 * c.w.0;
            let low = bottom - foot + if foot > 0.0 { 0.0 } else { r.bottom().0 - c.bottom().0 };
            Rect::new(x, under, r.right().0 - x, (low - under).max(1.0))
        } else {
            Rect::new(r.x.0, under, r.w.0, (over - under).max(1.0))
        };
        sheet.put_product(product, place, if ell { (1.0, 1.0) } else { (0.5, 0.5) });
        // What the cut-out leaves of its part is a hole in the page.
        let shown = sheet.placed.last().map_or(0.0, |p| p.rect.area());
        sheet.terms.filled = (0.1 + shown / place.area().max(1.0)).min(1.0);
    }
    let region = if ell {
        Rect::new(c.x.0, under, room.w, (bottom - under).max(1.0))
    } else {
        Rect::new(c.x.0, bottom - tail_h, room.w, tail_h)
    };
    if ell && region.h.0 - tail_h > PARTED * region.h.0 {
        part(sheet, &tail, &rest, room, region);
        sheet.dropped.extend(rest.dropped);
    } else {
        sheet.put_column(&tail, rest, region, Stand::Bottom);
    }
    let tail_box = sheet.words.last().copied().unwrap_or(region);
    if let Some((index, b, ..)) = logo_box {
        sheet.put_logo(index, b);
    }
    for piece in all {
        if hung(sheet, piece) {
            column::hang(sheet, piece, product);
        }
    }
    if lead.is_some() && product.is_none() {
        let above = match (head_box, logo_box) {
            (Some(h), Some((_, b, _, _))) if b.y.0 < h.y.0 => Some(h.union(&b)),
            (h, _) => h,
        };
        adorn::scrims(sheet, Some(Edge::Bottom), tail_box, above);
    }
}

/// How much larger the upper of two parts may be in the lines that it has: the room that is left over is its own.
const LARGER: [f32; 3] = [1.3, 1.2, 1.1];

/// Words beside a cut-out with room to spare, in two parts: what explains the headline, with the room that is left over, and what is to be done.
fn part(sheet: &mut Sheet<'_>, tail: &[Piece<'_>], rest: &Column, room: Room, region: Rect) {
    let page = sheet.page.clone();
    let gone = |p: &Piece<'_>| rest.dropped.iter().any(|d| d.layer == p.layer);
    let acts = |p: &Piece<'_>| matches!(p.role, Role::CallToAction | Role::Legal);
    let (lower, upper): (Vec<Piece<'_>>, Vec<Piece<'_>>) = tail.iter().filter(|p| !gone(p)).cloned().partition(acts);
    let mut free = room.h;
    let set = |those: &[Piece<'_>], most: f32, h: f32| flow::compose(those, &page, Room { most, h: h.max(1.0), ..room });
    let lines = |c: &Column| c.rows.iter().flat_map(|row| &row.cells).map(|(_, cut)| cut.fitted.lines.len()).sum::<usize>();
    if !lower.is_empty() {
        let column = set(&lower, rest.t, free);
        free -= column.h + column.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(&page, f)) + page.margin;
        sheet.put_column(&lower, column, region, Stand::Bottom);
    }
    if !upper.is_empty() {
        let plain = set(&upper, rest.t, free);
        let larger = LARGER.iter().map(|k| set(&upper, k * rest.t, free)).find(|c| c.fits && lines(c) <= lines(&plain));
        sheet.put_column(&upper, larger.unwrap_or(plain), region, Stand::Top);
    }
}
