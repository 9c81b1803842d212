//! In: a row of a flat banner: its words, what stands beside them, picture and mark. Out: each at its place, from start to end, on the row's middle.
//! Who stands in it is left to `squeeze`. In logical space.

use super::flow::Column;
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::sheet::Sheet;
use super::{PlacedContent, mark, regions};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Content, Role};

/// Space that things of a row may have between them beyond their gap, by the row's height.
const SPREAD: f32 = 0.5;

/// Space between a mark that comes first and the words, by the strip's height, at the most.
const APART: f32 = 0.3;

/// Height of a row from which on things stand one above the other in it, px; and where it is short of room.
const PILE: f32 = 70.0;
const PILE_SHORT: f32 = 44.0;

/// A row on its way to its place.
pub struct Row {
    /// The words.
    pub column: Column,
    /// What stands beside them: index of the piece, and its cut.
    pub cuts: Vec<(usize, Cut)>,
    /// Width of the picture's part, px from the page's edge, and where it ends above a line along the whole strip, px from the top.
    pub lead: Option<(f32, f32)>,
    /// Where the words begin, px.
    pub start: f32,
    /// Least space between things, px.
    pub gap: f32,
    /// The mark: its layer and its size.
    pub logo: Option<(usize, Size)>,
    /// Whether it is short of room.
    pub short: bool,
    /// What the mark is as high as at the most.
    pub stands: Rect,
}

/// Whether a piece is what is to be paid.
fn is_price(pieces: &[Piece<'_>], index: usize) -> bool {
    pieces.get(index).is_some_and(|p| p.role == Role::Price && !p.slot.strike)
}

/// The width that the price and the mark of a high row save where they stand one above the other, px; nothing where they do not.
pub fn piled(
    sheet: &Sheet<'_>,
    pieces: &[Piece<'_>],
    cuts: &[(usize, Cut)],
    logo: Option<(usize, Size)>,
    row: Rect,
    (gap, short): (f32, bool),
) -> Option<f32> {
    let mut prices = cuts.iter().filter(|(i, _)| is_price(pieces, *i));
    let ((_, price), (_, size)) = prices.next().zip(logo)?;
    let holds = sheet.variant.pins.logo.is_none()
        && row.h.0 >= if short { PILE_SHORT } else { PILE }
        && price.h + gap + size.h.0 <= row.h.0;
    (holds && prices.next().is_none()).then(|| price.w.min(size.w.0))
}

/// Places it.
pub fn set(sheet: &mut Sheet<'_>, page: &Measure, pieces: &[Piece<'_>], words: &[Piece<'_>], mut row: Row) {
    let c = page.content;
    let middle = c.y.0 + c.h.0 / 2.0;
    if let (Some((w, bottom)), Some(lead)) = (row.lead, sheet.lead()) {
        let (low, full_h) = (bottom.min(page.h), (bottom - page.full.y.0).min(page.full.h.0));
        let fills = sheet.variant.layers.get(lead).filter(|l| matches!(l.role, Role::Photo | Role::Background));
        if let Some(Content::Vector { asset, natural, .. }) = fills.map(|l| &l.content) {
            // A drawing that fills reaches beyond the page's edges, not into the words.
            let (right, full) = (w, page.full);
            let k = ((right - full.x.0) / natural.w.0.max(1e-3)).max(full.h.0 / natural.h.0.max(1e-3));
            let (w, h) = (natural.w.0 * k, natural.h.0 * k);
            let content = PlacedContent::Vector { asset: asset.clone() };
            sheet.push(Some(lead), Rect::new(right - w, full.center().y.0 - h / 2.0, w, h), content);
        } else if sheet.is_product(lead) {
            let inset = 0.06 * low;
            sheet.put_product(
                lead,
                Rect::new(c.x.0.min(0.12 * page.h), inset, w - c.x.0.min(0.12 * page.h), low - 2.0 * inset),
                (0.5, 0.5),
            );
        } else {
            sheet.put_photo(lead, Rect::new(-page.bleed, page.full.y.0, w + page.bleed, full_h));
        }
    }
    // What the row has left stands between its things, not in one hole before them.
    let pile = piled(sheet, pieces, &row.cuts, row.logo, c, (row.gap, row.short));
    let taken = row.cuts.iter().map(|(_, cut)| cut.w + row.gap).sum::<f32>() + row.logo.map_or(0.0, |(_, s)| s.w.0 + row.gap);
    let free = (c.right().0 - row.start - taken + pile.map_or(0.0, |w| w + row.gap) - row.column.w).max(0.0);
    let things = row.cuts.len() + usize::from(row.logo.is_some() && pile.is_none());
    // A margin that was given for height is kept where the width has it.
    let inset = (sheet.page.margin - page.margin).clamp(0.0, 0.5 * free);
    let first = if row.lead.is_some() { 0.0 } else { inset };
    let gap = row.gap + ((free - inset - first) / (things as f32 + 1.0)).min(SPREAD * page.h);
    let mut x = c.right().0 - inset;
    let mut start = row.start + first;
    if let Some((index, size)) = row.logo.filter(|_| pile.is_some()) {
        // Price over mark, at one edge.
        let price = row.cuts.iter().position(|(i, _)| is_price(pieces, *i)).map(|at| row.cuts.remove(at));
        if let Some((piece, cut)) = price.and_then(|(i, cut)| Some((pieces.get(i)?, cut))) {
            let top = middle - (cut.h + row.gap + size.h.0) / 2.0;
            let under = Rect::new(x - size.w.0, top + cut.h + row.gap, size.w.0, size.h.0);
            let w = cut.w.max(size.w.0);
            let outer = Rect::new(x - cut.w, top, cut.w, cut.h);
            sheet.put_text(piece, cut, outer);
            sheet.put_logo(index, under);
            x -= w + gap;
        }
    } else if let Some((index, size)) = row.logo {
        // Last in the row, as a signature, or where the brand pins it to the start, first.
        let first = sheet.variant.pins.logo.is_some_and(|(_, end)| !end);
        let left = if first { start } else { x - size.w.0 };
        sheet.put_logo(index, Rect::new(left, row.stands.center().y.0 - size.h.0 / 2.0, size.w.0, size.h.0));
        if first {
            start += size.w.0 + gap;
        } else {
            x -= size.w.0 + gap;
        }
    }
    // From the end inwards, so the first in reading order ends up nearest the words.
    for (index, cut) in row.cuts.into_iter().rev() {
        let Some(piece) = pieces.get(index) else { continue };
        let outer = Rect::new(x - cut.w, middle - cut.h / 2.0, cut.w, cut.h);
        x -= cut.w + gap;
        sheet.put_text(piece, cut, outer);
    }
    sheet.terms.t = row.column.t;
    sheet.terms.filled = 1.0;
    // Words keep to the photograph they stand beside, however they are aligned among themselves; beside a cut-out, which has no edge,
    // centred words stand in the middle of what is free.
    let centred =
        words.first().is_some_and(|p| p.slot.align == Align::Center) && sheet.lead().is_some_and(|l| sheet.is_product(l));
    let w = if row.lead.is_some() && !centred { (x - start).min(row.column.w) } else { x - start };
    let region = Rect::new(start, c.y.0, w.max(1.0), c.h.0);
    sheet.put_column(words, row.column, region, regions::Stand::Middle);
}

/// A row as it was set, the other way round: its picture at the end, or where it has none its mark first. Words keep their order, and a legal line
/// below all of it (`along`) its place.
pub fn turn(sheet: &mut Sheet<'_>, blank: usize, along: bool) {
    let (w, c, lead) = (Px(sheet.page.w), sheet.page.content, sheet.lead());
    let index = mark::layer(sheet.variant).map(|(index, _)| index);
    let role = |layer: Option<usize>| layer.and_then(|l| sheet.variant.layers.get(l)).map(|l| l.role);
    let at = |layer: Option<usize>| sheet.placed.iter().skip(blank).find(|p| layer.is_some() && p.layer == layer).map(|p| p.rect);
    let (picture, logo) = (at(lead), at(index));
    let lies = |r: Rect| picture.is_none_or(|picture| r.x < picture.right() && r.right() > picture.x);
    let stays = |layer: Option<usize>, r: Rect| along && role(layer) == Some(Role::Legal) && lies(r);
    let said = sheet.placed.iter().skip(blank).filter(|p| p.layer.is_some() && p.layer != lead && p.layer != index);
    let said = said.filter(|p| !stays(p.layer, p.rect)).map(|p| p.rect);
    let (first, last) = said.fold((f32::MAX, 0.0_f32), |(x, right), r| (x.min(r.x.0), right.max(r.right().0)));
    // By how much the words move, and where the picture or the mark goes for it.
    let (moves, turned, to) = match (picture, logo) {
        (Some(picture), logo) => {
            let first = first.min(logo.map_or(f32::MAX, |l| l.x.0));
            (-(first - c.x.0).max(0.0), lead, picture.mirrored(w))
        }
        (None, Some(logo)) if last < logo.x.0 => {
            let by = (logo.right().0 - last).min(logo.w.0 + APART * sheet.page.h);
            (by, index, Rect { x: Px(first), ..logo })
        }
        // A mark under a price stands as it did.
        _ => return,
    };
    let mut went: Vec<(Rect, Rect)> = Vec::new();
    let still: Vec<bool> = sheet.placed.iter().map(|p| p.layer.is_none() || stays(p.layer, p.rect)).collect();
    for (p, _) in sheet.placed.iter_mut().zip(still).skip(blank).filter(|(_, still)| !still) {
        let was = p.rect;
        p.rect = if p.layer == turned { to } else { Rect { x: was.x + Px(moves), ..was } };
        if let PlacedContent::Text(text) = &mut p.content {
            text.rect.x += p.rect.x - was.x;
        }
        went.push((was, p.rect));
    }
    for r in &mut sheet.words {
        if let Some((_, to)) = went.iter().find(|(was, _)| was == r) {
            *r = *to;
        }
    }
}
