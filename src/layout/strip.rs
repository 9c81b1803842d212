//! In: a flat banner's page and its pieces. Out: one row: picture, words, price, call-to-action, logo, from start to end, each on the
//! row's middle. What does not fit goes by priority. In logical space.

use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::sheet::Sheet;
use super::{DropReason, Dropped, PlacedContent, mark, pieces};
use crate::geom::Rect;
use crate::variant::{Content, Keep, Role};

/// A type scale under which the words deserve more of the row.
const COMFORT: f32 = 0.6;
/// A type scale that the headline keeps when other words join it.
const ROOMY: f32 = 0.95;

/// Width by height below which a photograph is a sliver.
const SLIVER: f32 = 0.75;

/// Things that may stand in the row beside the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Piece(usize),
    Lead(usize),
}

/// Fills the sheet.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
    let page = sheet.page.clone();
    let c = page.content;
    let gap = (0.16 * page.h).max(5.0).min(0.05 * page.w);
    let words: Vec<Piece<'_>> = pieces.iter().filter(|p| p.role == Role::Headline).cloned().collect();
    let mut things: Vec<Thing> =
        pieces.iter().enumerate().filter(|(_, p)| !is_words(p.role, &page)).map(|(i, _)| Thing::Piece(i)).collect();
    if let Some(lead) = sheet.lead() {
        // A photograph that would be a sliver says nothing.
        let (stays, ground) =
            sheet.variant.layers.get(lead).map_or((false, false), |l| (l.keep == Keep::Must, l.role == Role::Background));
        if (ground || !stays) && !sheet.is_product(lead) && lead_width(sheet, &page, lead, true) < SLIVER * page.h {
            // A strip has a ground of its own.
            sheet.dropped.push(Dropped { layer: lead, reason: if ground { DropReason::NoPlace } else { DropReason::NoRoom } });
        } else {
            things.push(Thing::Lead(lead));
        }
    }
    let logo = mark::layer(sheet.variant).map(|(index, layer)| (index, mark::size(layer, &page, c)));
    let logo_w = logo.map_or(0.0, |(_, s)| s.w.0 + gap);
    let mut narrow = false;

    loop {
        let lead_w = things
            .iter()
            .find_map(|t| if let Thing::Lead(layer) = t { Some(lead_width(sheet, &page, *layer, narrow)) } else { None });
        let cuts: Vec<(usize, Cut)> = things
            .iter()
            .filter_map(|t| if let Thing::Piece(i) = t { pieces.get(*i).map(|p| (*i, beside(p, &page))) } else { None })
            .collect();
        let start = lead_w.map_or(c.x.0, |w| w + gap);
        let taken: f32 = cuts.iter().map(|(_, cut)| cut.w + gap).sum::<f32>() + logo_w;
        let room = Room {
            w: (c.right().0 - start - taken).max(1.0),
            h: c.h.0,
            most: 2.2,
            more_lines: 0,
            most_lines: (page.h / 24.0) as u32,
        };
        let column = flow::compose(&words, &page, room);
        let tight = !column.fits || column.t < COMFORT || room.w < 0.2 * page.w;
        if tight && !narrow && lead_w.is_some() {
            // A photograph gives of its width before anything goes.
            narrow = true;
            continue;
        }
        if tight && let Some(victim) = weakest(sheet, pieces, &things, !column.fits) {
            things.retain(|t| *t != victim);
            let layer = match victim {
                Thing::Piece(i) => pieces.get(i).map_or(0, |p| p.layer),
                Thing::Lead(layer) => layer,
            };
            // Where even without it the words stay tight, later rounds take more; nothing is taken twice.
            sheet.dropped.push(Dropped { layer, reason: DropReason::NoRoom });
            continue;
        }
        let (words, column) = more_words(sheet, pieces, words, column, &page, room);
        // Where nothing more can go the picture still may get smaller, rather than stand under what is beside it.
        let short = (start + taken - c.right().0).max(0.0);
        let (lead_w, start) = (lead_w.map(|w| (w - short).max(0.3 * w)), start - short);
        set(sheet, &page, pieces, &words, Row { column, cuts, lead_w, start, gap, logo });
        return;
    }
}

/// Takes the second line, running text and legal line in, the most important first, as long as all stay comfortable.
fn more_words<'a>(
    sheet: &mut Sheet<'_>,
    pieces: &[Piece<'a>],
    mut words: Vec<Piece<'a>>,
    mut column: Column,
    page: &Measure,
    room: Room,
) -> (Vec<Piece<'a>>, Column) {
    let mut more: Vec<&Piece<'a>> = pieces.iter().filter(|p| is_words(p.role, page) && p.role != Role::Headline).collect();
    more.sort_unstable_by_key(|p| (std::cmp::Reverse((p.keep == Keep::Must, p.priority)), pieces::order(p.role), p.at, p.layer));
    for piece in more {
        let mut tried = words.clone();
        let at = pieces
            .iter()
            .filter(|p| p.layer == piece.layer || words.iter().any(|w| w.layer == p.layer))
            .position(|p| p.layer == piece.layer);
        tried.insert(at.unwrap_or(tried.len()).min(tried.len()), piece.clone());
        let with = flow::compose(&tried, page, room);
        let least = if piece.role == Role::CallToAction { COMFORT } else { ROOMY.min(column.t) };
        let comfortable = with.fits && with.dropped.is_empty() && with.t >= least;
        // Words that run off the page say less than a finding that they are missing.
        if comfortable || piece.keep == Keep::Must && with.fits {
            words = tried;
            column = with;
        } else {
            sheet.dropped.push(Dropped { layer: piece.layer, reason: DropReason::NoRoom });
        }
    }
    (words, column)
}

struct Row {
    column: Column,
    cuts: Vec<(usize, Cut)>,
    lead_w: Option<f32>,
    start: f32,
    gap: f32,
    logo: Option<(usize, crate::geom::Size)>,
}

fn set(sheet: &mut Sheet<'_>, page: &Measure, pieces: &[Piece<'_>], words: &[Piece<'_>], row: Row) {
    let c = page.content;
    let middle = c.y.0 + c.h.0 / 2.0;
    if let (Some(w), Some(lead)) = (row.lead_w, sheet.lead()) {
        let fills = sheet.variant.layers.get(lead).filter(|l| matches!(l.role, Role::Photo | Role::Background));
        if let Some(Content::Vector { asset, natural, .. }) = fills.map(|l| &l.content) {
            // A drawing that fills reaches beyond the page's edges, not into the words.
            let (right, full) = (w, page.full);
            let k = ((right - full.x.0) / natural.w.0.max(1e-3)).max(full.h.0 / natural.h.0.max(1e-3));
            let (w, h) = (natural.w.0 * k, natural.h.0 * k);
            let content = PlacedContent::Vector { asset: asset.clone() };
            sheet.push(Some(lead), Rect::new(right - w, full.center().y.0 - h / 2.0, w, h), content);
        } else if sheet.is_product(lead) {
            let inset = 0.06 * page.h;
            sheet.put_product(
                lead,
                Rect::new(c.x.0.min(0.12 * page.h), inset, w - c.x.0.min(0.12 * page.h), page.h - 2.0 * inset),
                (0.5, 0.5),
            );
        } else {
            sheet.put_photo(lead, Rect::new(-page.bleed, page.full.y.0, w + page.bleed, page.full.h.0));
        }
    }
    let mut x = c.right().0;
    let mut start = row.start;
    if let Some((index, size)) = row.logo {
        // Last in the row, as a signature, or where the brand pins it to the start, first.
        let first = sheet.variant.pins.logo.is_some_and(|(_, end)| !end);
        let left = if first { start } else { x - size.w.0 };
        sheet.put_logo(index, Rect::new(left, middle - size.h.0 / 2.0, size.w.0, size.h.0));
        if first {
            start += size.w.0 + row.gap;
        } else {
            x -= size.w.0 + row.gap;
        }
    }
    // From the end inwards, so the first in reading order ends up nearest the words.
    for (index, cut) in row.cuts.into_iter().rev() {
        let Some(piece) = pieces.get(index) else { continue };
        let outer = Rect::new(x - cut.w, middle - cut.h / 2.0, cut.w, cut.h);
        x -= cut.w + row.gap;
        sheet.put_text(piece, cut, outer);
    }
    sheet.terms.t = row.column.t;
    sheet.terms.filled = 1.0;
    // Words keep to the picture they stand beside, however they are aligned among themselves.
    let w = if row.lead_w.is_some() { (x - start).min(row.column.w) } else { x - start };
    let region = Rect::new(start, c.y.0, w.max(1.0), c.h.0);
    sheet.put_column(words, row.column, region, super::regions::Stand::Middle);
}

/// What goes into the words' column; the rest stands beside it. A strip that is high enough has its button under the words.
fn is_words(role: Role, page: &Measure) -> bool {
    let high = page.h >= 80.0 && page.aspect < 4.6;
    matches!(role, Role::Headline | Role::Subhead | Role::Body | Role::Legal) || high && role == Role::CallToAction
}

/// A piece beside the words: on one line, sized by the row's height.
fn beside(piece: &Piece<'_>, page: &Measure) -> Cut {
    // From 130 px up a button is read, not aimed at with a thumb.
    let share = match piece.role {
        Role::Price if piece.slot.strike => 0.15,
        Role::Price => 0.34,
        _ if page.h > 130.0 => 0.068,
        _ if page.h > 70.0 => 0.135,
        _ => 0.165,
    };
    let least = page.legible(if piece.slot.strike { Role::Body } else { piece.role });
    let size = (share * page.h).min(2.2 * piece.slot.ideal.0 * page.scale).max(least.max(piece.coloured(page)));
    piece.cut(0.34 * page.w, size, (0.6 * size).max(0.9 * least), 1)
}

/// Width of the picture's part of the row, px from the page's edge.
fn lead_width(sheet: &Sheet<'_>, page: &Measure, layer: usize, narrow: bool) -> f32 {
    let most = 0.26 * page.w;
    match sheet.variant.layers.get(layer) {
        Some(l) if sheet.is_product(layer) => {
            let natural = mark::natural(l);
            (0.88 * page.h * natural.w.0 / natural.h.0.max(1e-3) + 0.12 * page.h).min(most)
        }
        _ => (if narrow { 1.05 } else { 1.5 } * page.h).min(most),
    }
}

/// What goes first: the lowest priority among what may go, then among what should stay; where the headline does not fit at
/// all (`even_must`), also what must stay, and guard will say so.
fn weakest(sheet: &Sheet<'_>, pieces: &[Piece<'_>], things: &[Thing], even_must: bool) -> Option<Thing> {
    let of = |t: &Thing| match t {
        Thing::Piece(i) => pieces.get(*i).map_or((Keep::Must, i32::MAX), |p| (p.keep, p.priority)),
        Thing::Lead(layer) => sheet.variant.layers.get(*layer).map_or((Keep::Must, i32::MAX), |l| (l.keep, l.priority)),
    };
    things.iter().copied().filter(|t| even_must || of(t).0 != Keep::Must).min_by_key(of)
}
