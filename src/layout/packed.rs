//! In: a page hardly larger than a button, whose one row would leave out what has to stay, and its pieces. Out: all of that in rows of the whole
//! width, or word that it does not fit. What may go is left out and named; which way stands is left to `strip`. In logical space.

use super::flow::{self, Room};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::regions::Stand;
use super::sheet::Sheet;
use super::strip::SQUAT;
use super::{DropReason, Dropped, mark};
use crate::geom::Rect;
use crate::units::Px;
use crate::variant::{Keep, Role};

/// Share of such a page that a picture takes which has to stay.
const SLICE: f32 = 0.22;

/// Height and shape of a page hardly larger than a button.
const BUTTON: (f32, f32) = (70.0, 1.6);
/// Share of its height that a legal line as wide as the page takes at the most.
const HELD: f32 = 0.34;

/// The pieces that a page hardly larger than a button can hold at all: a legal line that would be a third of it and more as small as it may be goes
/// from the start, for the page would say nothing else and no more of it be read. That it is missing is found by the gates.
pub fn held<'a>(page: &Measure, pieces: Vec<Piece<'a>>, dropped: &mut Vec<Dropped>) -> Vec<Piece<'a>> {
    if page.h > BUTTON.0 || page.aspect < BUTTON.1 || page.aspect >= SQUAT || !page.is_tiny() {
        return pieces;
    }
    let least = page.least(Role::Legal);
    let long = |p: &Piece<'_>| p.role == Role::Legal && p.rough(page.content.w.0, least, least, u32::MAX).h > HELD * page.h;
    let (gone, held): (Vec<Piece<'a>>, Vec<Piece<'a>>) = pieces.into_iter().partition(long);
    dropped.extend(gone.iter().map(|p| Dropped { layer: p.layer, reason: DropReason::NoRoom }));
    held
}

/// How much larger than it has to be a price is set beside a mark that is as high.
const PAYS: f32 = 1.35;

/// Space between its rows, by the margin.
const AIR: f32 = 0.8;

/// What has to stay and no more, in rows of the whole width: the headline, below it what to pay and do with the mark at the far end, the legal
/// line at the foot. Whether all of it
/// fits so; else nothing is placed.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) -> bool {
    let page = sheet.page.edged().squeezed().nearer();
    let mut c = page.content;
    let lead = sheet.lead().filter(|l| sheet.variant.layers.get(*l).is_some_and(|l| l.keep == Keep::Must));
    let (mut picture, whole) = (Rect { w: Px(SLICE * page.w), ..c }, c);
    if lead.is_some() {
        c = Rect::new(picture.right().0 + page.margin, c.y.0, c.w.0 - picture.w.0 - page.margin, c.h.0);
    }
    let kept: Vec<&Piece<'_>> = pieces.iter().filter(|p| p.keep == Keep::Must).collect();
    let of = |wanted: &dyn Fn(&Piece<'_>) -> bool| -> Vec<Piece<'_>> {
        kept.iter().filter(|p| wanted(p)).map(|p| (*p).clone()).collect()
    };
    let legal = of(&|p| p.role == Role::Legal);
    // Small print runs below a cut-out, not in what is left beside it: a line less of it.
    let line = if lead.is_some_and(|lead| sheet.is_product(lead)) { whole } else { c };
    let foot = flow::compose(&legal, &page.least_of_all(), Room::new(line.w.0, 0.6 * c.h.0, 1.0, 4));
    let foot_h = foot.foot.as_ref().map_or(0.0, |f| f.h + 0.3 * page.margin);
    if line == whole {
        picture.h -= Px(foot_h);
    }
    let logo = mark::layer(sheet.variant).map(|(index, layer)| {
        let size = mark::least(layer, mark::size(layer, &page, c), &page);
        (index, size, mark::clear(layer, size.h.0))
    });
    let gap = logo.map_or(0.0, |l| l.2).max(AIR * page.margin);
    // A price stands in the row, or ends the words above it; a button that only should stay is there where that costs nothing.
    for (acts, paid) in [(true, true), (true, false), (false, true), (false, false)] {
        let in_row = |p: &Piece<'_>| p.role == Role::CallToAction || paid && p.role == Role::Price && !p.slot.strike;
        let stays = |p: &&Piece<'_>| in_row(p) && (p.keep == Keep::Must || acts && p.role == Role::CallToAction);
        let row: Vec<Piece<'_>> = pieces.iter().filter(stays).cloned().collect();
        let words = of(&|p| !in_row(p) && p.role != Role::Legal);
        let cut = |times: f32| -> Vec<Cut> {
            let size = |p: &Piece<'_>| page.legible(p.role) * if p.role == Role::Price { times } else { 1.0 };
            row.iter().map(|p| p.cut(c.w.0, size(p), page.least(p.role).min(size(p)), 1)).collect()
        };
        let width = |cuts: &[Cut]| cuts.iter().map(|cut| cut.w + gap).sum::<f32>() + logo.map_or(0.0, |l| l.1.w.0);
        // A price no quieter than the mark beside it, where the row has that much room.
        let holds = |cuts: &Vec<Cut>| width(cuts) <= c.w.0 && cuts.iter().all(|cut| cut.h <= 1.7 * logo.map_or(0.0, |l| l.1.h.0));
        let cuts = Some(cut(PAYS)).filter(holds).unwrap_or_else(|| cut(1.0));
        let wide = width(&cuts);
        // A mark keeps its clear space from the line below it as well.
        let below = |clear: f32| if foot_h > 0.0 { 2.0 * (clear - 0.3 * page.margin).max(0.0) } else { 0.0 };
        let row_h = cuts.iter().map(|cut| cut.h).chain(logo.map(|l| l.1.h.0 + below(l.2))).fold(0.0, f32::max);
        let button = row.iter().zip(&cuts).filter(|(p, _)| p.role == Role::CallToAction).map(|(_, cut)| cut.fitted.size.0);
        let high = c.h.0 - foot_h - row_h - gap;
        let room = Room { beside: button.fold(0.0, f32::max), ..Room::new(c.w.0, high.max(1.0), 2.2, 1) };
        let column = flow::firm(&words, &page, room);
        let holds = wide <= c.w.0 + 0.5 && cuts.iter().all(|cut| cut.fits) && foot.fits;
        if !holds || high < 1.0 || !column.fits || column.broken || !column.dropped.is_empty() {
            continue;
        }
        let gone = pieces.iter().filter(|p| p.keep != Keep::Must && row.iter().all(|r| r.layer != p.layer));
        let gone = gone.map(|p| p.layer).chain(sheet.lead().filter(|_| lead.is_none()));
        sheet.dropped.extend(gone.map(|layer| Dropped { layer, reason: DropReason::NoRoom }));
        (sheet.terms.t, sheet.terms.filled) = (column.t, 1.0);
        match lead {
            Some(lead) if sheet.is_product(lead) => sheet.put_product(lead, picture, (0.5, 0.5)),
            Some(lead) => sheet.put_photo(lead, Rect { x: Px(-page.bleed), w: picture.right() + Px(page.bleed), ..page.full }),
            None => {}
        }
        let middle = c.y.0 + high + gap + row_h / 2.0;
        let mut x = c.x.0;
        sheet.put_column(&words, column, Rect::new(c.x.0, c.y.0, c.w.0, high), Stand::Middle);
        for (piece, cut) in row.iter().zip(cuts) {
            let outer = Rect::new(x, middle - cut.h / 2.0, cut.w, cut.h);
            x += cut.w + gap;
            sheet.put_text(piece, cut, outer);
        }
        if let Some((index, size, _)) = logo {
            sheet.put_logo(index, Rect::new(c.right().0 - size.w.0, middle - size.h.0 / 2.0, size.w.0, size.h.0));
        }
        sheet.put_column(&legal, foot, Rect { y: line.bottom() - Px(foot_h), h: Px(foot_h), ..line }, Stand::Bottom);
        return true;
    }
    // No room for a row: words and mark side by side above the legal line.
    let words = of(&|p| p.role != Role::Legal);
    let aside = logo.map_or(0.0, |l| l.1.w.0 + gap);
    let high = c.h.0 - foot_h;
    let clear = logo.is_none_or(|l| (high - l.1.h.0) / 2.0 + 0.3 * page.margin >= l.2);
    let beside = flow::firm(&words, &page, Room::new((c.w.0 - aside).max(1.0), high.max(1.0), 2.2, 1));
    let holds = foot.fits && clear && lead.is_none();
    if !holds || !beside.fits || beside.broken || !beside.dropped.is_empty() {
        return false;
    }
    let gone = pieces.iter().filter(|p| p.keep != Keep::Must).map(|p| p.layer).chain(sheet.lead());
    sheet.dropped.extend(gone.map(|layer| Dropped { layer, reason: DropReason::NoRoom }));
    (sheet.terms.t, sheet.terms.filled) = (beside.t, 1.0);
    sheet.put_column(&words, beside, Rect::new(c.x.0, c.y.0, c.w.0 - aside, high), Stand::Middle);
    if let Some((index, size, _)) = logo {
        let y = c.y.0 + (high - size.h.0) / 2.0;
        sheet.put_logo(index, Rect::new(c.right().0 - size.w.0, y, size.w.0, size.h.0));
    }
    sheet.put_column(&legal, foot, Rect { y: c.bottom() - Px(foot_h), h: Px(foot_h), ..c }, Stand::Bottom);
    true
}
