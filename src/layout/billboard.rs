//! In: a wide page that is higher than a strip, and the pieces. Out: few words, large: the words at one side, price, button and logo
//! stacked beside them, the picture under or beside both. Read from a car or from the corner of an eye. In logical space.

use super::candidates::{Candidate, Side};
use super::flow::{self, Column, Room};
use super::pieces::Piece;
use super::regions::Stand;
use super::scrim::Edge;
use super::sheet::Sheet;
use super::{adorn, column, mark};
use crate::geom::Rect;
use crate::text::Align;
use crate::variant::Role;

/// Shares of the zone that the second cell may take, widest first.
const SHARES: [f32; 3] = [0.4, 0.32, 0.25];

/// How much larger than in the master the second cell's type gets at most.
const LOUDEST: f32 = 1.8;

/// The second cell: what to pay and what to do, with the sender's mark.
struct Second {
    column: Column,
    w: f32,
    h: f32,
}

/// Fills the sheet.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>], candidate: Candidate) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let c = page.content;
    let gap = (0.045 * page.w).min(0.2 * page.h);
    let lead = sheet.lead();
    let product = lead.filter(|&l| sheet.is_product(l));
    let mut zone = c;
    if let Some((layer, l)) = product.and_then(|p| Some((p, variant.layers.get(p)?))) {
        // A cut-out is no text: it may come nearer to the edges than words do.
        let natural = mark::natural(l);
        let high = 0.92 * page.h;
        let w = (high * natural.w.0 / natural.h.0.max(1e-3)).min(if page.aspect < 2.3 { 0.4 } else { 0.34 } * page.w);
        let x = c.right().0 - w;
        sheet.put_product(layer, Rect::new(x, 0.04 * page.h, w, high), (1.0, 0.5));
        zone.w.0 = x - gap - zone.x.0;
    } else if let Some(layer) = lead {
        sheet.put_photo(layer, page.full);
        zone.w.0 = 0.66 * c.w.0;
        if candidate.side == Side::End {
            zone.x.0 = c.right().0 - zone.w.0;
        }
    }
    let hung = column::hangs;
    let acts = |p: &Piece<'_>| matches!(p.role, Role::Price | Role::CallToAction | Role::Badge);
    let first: Vec<Piece<'_>> = pieces.iter().filter(|p| !acts(p)).cloned().collect();
    let beside: Vec<Piece<'_>> = pieces.iter().filter(|p| acts(p) && !hung(sheet, p)).cloned().collect();
    let logo = mark::layer(variant).map(|(index, layer)| (index, layer, mark::size(layer, &page, zone)));
    let logo_h = logo.map_or(0.0, |(_, layer, size)| size.h.0 + mark::air(layer, size.h.0, &page).max(0.06 * page.h));
    let logo_w = logo.map_or(0.0, |(_, _, size)| size.w.0);

    let mut best: Option<(f32, Column, Second, f32)> = None;
    for share in SHARES {
        let room = Room::new(share * zone.w.0, (c.h.0 - logo_h).max(1.0), LOUDEST, 0);
        let beside_words = |second: &Column| {
            let w = (zone.w.0 - second.w.max(logo_w) - gap).max(1.0);
            (flow::compose(&first, &page, Room::new(w, c.h.0, 2.4, 0)), w)
        };
        let mut column = flow::compose(&beside, &page, room);
        let (mut words, mut w) = beside_words(&column);
        // What is to be done grows with the words, not beyond them.
        let most = words.t.max(1.35);
        if column.t > most {
            column = flow::compose(&beside, &page, Room { most, ..room });
            (words, w) = beside_words(&column);
        }
        let second = Second { w: column.w.max(logo_w), h: column.h + logo_h, column };
        let lost = (words.dropped.len() + 2 * second.column.dropped.len()) as f32;
        let unfit = f32::from(u8::from(!words.fits)) + f32::from(u8::from(!second.column.fits));
        let value = words.t + 0.5 * second.column.t - 0.3 * lost - 4.0 * unfit;
        if best.as_ref().is_none_or(|b| value > b.0 + 1e-4) {
            best = Some((value, words, second, w));
        }
    }
    let Some((_, words, second, w)) = best else { return };
    sheet.terms.t = words.t.min(1.4 * second.column.t);
    sheet.terms.filled = 1.0;
    let foot = words.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(&page, f));
    let middle = c.y.0 + (c.h.0 - foot) / 2.0;
    // The cell keeps to the words where a picture speaks beside them, and to the far edge where nothing does.
    let words_w = words.w.max(0.24 * w);
    let x = if lead.is_some() { zone.x.0 + words_w + gap } else { zone.right().0 - second.w };
    let x = if product.is_some() { f32::midpoint(x, zone.right().0 - second.w) } else { x };
    let block = if lead.is_some() { words_w.min(w) } else { w };
    sheet.put_column(&first, words, Rect::new(zone.x.0, c.y.0, block, c.h.0), Stand::Middle);
    let headed = logo.is_some_and(|(_, layer, _)| layer.master_box.center().y.0 < 0.5 * variant.artboard.h.0);
    let top = (middle - second.h / 2.0).clamp(c.y.0, (c.bottom().0 - second.h).max(c.y.0));
    let column_h = second.column.h;
    let alone = second.column.rows.is_empty();
    let centred = beside.first().is_some_and(|p| p.slot.align == Align::Center);
    let at = if headed { top + logo_h } else { top };
    sheet.put_column(&beside, second.column, Rect::new(x, at, second.w, column_h), Stand::Top);
    let mut logo_box = None;
    if let Some((index, _, size)) = logo {
        let y = if headed { top } else { top + second.h - size.h.0 };
        // Alone in its cell it signs at the far end.
        let x = match alone {
            true => if product.is_some() { zone } else { c }.right().0 - size.w.0,
            // On the axis of centred words, else at their edge.
            false if centred => x + (second.w - size.w.0) / 2.0,
            false => x,
        };
        let b = Rect::new(x, y, size.w.0, size.h.0);
        sheet.put_logo(index, b);
        logo_box = Some(b);
    }
    for piece in pieces {
        if hung(sheet, piece) {
            column::hang(sheet, piece, product);
        }
    }
    if lead.is_some() && product.is_none() {
        let text = sheet.words.iter().copied().reduce(|a, b| a.union(&b)).unwrap_or(zone);
        let edge = if candidate.side == Side::End { Edge::Right } else { Edge::Left };
        adorn::scrims(sheet, Some(edge), text, logo_box);
    }
}
