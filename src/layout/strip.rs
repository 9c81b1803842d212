//! In: a flat banner's page and its pieces. Out: one row: picture, words, price, call-to-action, logo, from start to end, each on the
//! row's middle. Which words stand in it, and whether small print runs among them or below the row, is said here; who else finds room is
//! left to `squeeze`, where all of it stands to `row`, pages of rows to `packed`. In logical space.

use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::Piece;
use super::row::{self, Row};
use super::sheet::Sheet;
use super::squeeze::{Goes, Plan, Squeeze, Under, is_words, plan};
use super::{DropReason, Dropped, Side, packed, pieces};
use crate::variant::{Keep, Layer, Role};

/// A type scale under which the words deserve more of the row.
pub(super) const COMFORT: f32 = 0.6;
/// A type scale that the headline keeps when other words join it.
const ROOMY: f32 = 0.95;

/// Share of its size that a headline keeps in a row for words that should stay.
const KEEPS: f32 = 0.75;

/// By how much larger a headline over a legal line as wide as the row must be, what is as large where that line else is most of the words, and the
/// lines from which on it is.
const LARGER: f32 = 1.15;
const SAME: f32 = 0.9;
const WALL: usize = 3;

/// Width by height below which a page that holds no row of all that has to stay holds rows of it.
pub(super) const SQUAT: f32 = 3.0;

/// Fills the sheet: from the picture to the mark, or the other way round.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>], side: Side) {
    let blank = sheet.placed.len();
    let along = filled(sheet, pieces);
    if side == Side::End {
        row::turn(sheet, blank, along);
    }
}

/// Fills it, and tells whether a legal line runs below all of the row.
fn filled(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) -> bool {
    let page = sheet.page.clone();
    let headline = |p: &&Piece<'_>| p.role == Role::Headline;
    let stays = |p: &&Piece<'_>| headline(p) || is_words(p.role, &page, false) && p.keep == Keep::Must;
    let words: Vec<Piece<'_>> = pieces.iter().filter(headline).cloned().collect();
    let all: Vec<Piece<'_>> = pieces.iter().filter(stays).cloned().collect();
    // What has to stay is set with the headline from the start. Where even so it finds no room, the rest matters more.
    let none = || (&[][..], Under::Words);
    let with = |sheet: &Sheet<'_>, goes, most| {
        (all.len() > words.len()).then(|| plan(sheet, pieces, &all, none(), goes, most)).flatten()
    };
    // A long legal line is widest below the whole row, and below its picture as well.
    let (legal, mut above): (Vec<Piece<'_>>, Vec<Piece<'_>>) = all.iter().cloned().partition(|p| p.role == Role::Legal);
    above.retain(|p| is_words(p.role, &page, true));
    let across = |sheet: &Sheet<'_>, under, goes, most| {
        let found = plan(sheet, pieces, &above, (&legal, under), goes, most)?;
        Some((above.clone(), legal.clone(), found))
    };
    let held = |sheet: &Sheet<'_>, goes, most| {
        let mut best = with(sheet, goes, most).map(|found| (all.clone(), Vec::new(), found));
        let poor = |found: &Found<'_>| costs(sheet, found) != (0, 0) || walled(found);
        for under in [Under::Words, Under::All] {
            // Among the words it must not cost what is to be paid or done, nor be most of them, where that has room above it; a picture gives of its
            // height only for what would go without it, or for lines of small print.
            let along = under == Under::All;
            let enough = |found: &Found<'_>| !poor(found) && (along || found.2.page.squeezed >= 1.0);
            if legal.is_empty() || best.as_ref().is_some_and(enough) || along && sheet.lead().is_none() {
                continue;
            }
            if let Some(other) = across(sheet, under, goes, most) {
                best = Some(match best {
                    Some(found) if !better(sheet, &other, &found) => found,
                    _ => other,
                });
            }
        }
        best
    };
    let before = sheet.dropped.clone();
    let rows = page.is_tiny() && page.aspect < SQUAT;
    // Margins are given before what is offered goes.
    let found = held(sheet, Goes::Should, Squeeze::Small).map(|found| {
        let poor = costs(sheet, &found).0 > 0 && page.aspect >= SQUAT;
        let nearer = if poor { held(sheet, Goes::Should, Squeeze::Edge) } else { None };
        nearer.filter(|nearer| costs(sheet, nearer).0 < costs(sheet, &found).0).unwrap_or(found)
    });
    if let Some(found) = found {
        // A date that the row tears stands whole in rows of the whole width.
        if !(rows && flow::tears(&found.0, &found.2.row.column) && packed::fill(sheet, pieces)) {
            let along = found.2.along;
            join(sheet, pieces, found);
            return along;
        }
        return false;
    }
    let mut along = false;
    // The headline with what finds room beside it; where that leaves out what has to stay, margins are given for it, and then the picture.
    let (blank, said) = (sheet.placed.len(), sheet.words.clone());
    if let Some(found) = plan(sheet, pieces, &words, none(), Goes::Must, Squeeze::Small) {
        join(sheet, pieces, (words.clone(), Vec::new(), found));
    }
    if sheet.dropped.iter().any(|d| lost_of(sheet, d))
        && let Some(found) = held(sheet, Goes::Should, Squeeze::Edge).or_else(|| held(sheet, Goes::Picture, Squeeze::Small))
    {
        sheet.placed.truncate(blank);
        (sheet.dropped, sheet.words) = (before.clone(), said.clone());
        along = found.2.along;
        join(sheet, pieces, found);
    }
    if rows && sheet.dropped.iter().any(|d| lost_of(sheet, d)) {
        // A legal line that the row had to leave out, or that took the picture's place, is left out of the rows too where they hold no more.
        let role = |d: &Dropped| sheet.variant.layers.get(d.layer).map(|l| l.role);
        let gone = |d: &Dropped| lost_of(sheet, d) && (role(d) == Some(Role::Legal) || Some(d.layer) == sheet.lead());
        let spared = sheet.dropped.iter().any(gone);
        let was = (sheet.placed.split_off(blank), sheet.dropped.clone(), sheet.words.clone(), sheet.terms.clone());
        (sheet.dropped, sheet.words) = (before, said);
        let without = |sheet: &mut Sheet<'_>| {
            let (small, rest): (Vec<Piece<'_>>, Vec<Piece<'_>>) = pieces.iter().cloned().partition(|p| p.role == Role::Legal);
            let holds = spared && !small.is_empty() && packed::fill(sheet, &rest);
            if holds {
                sheet.dropped.extend(small.iter().map(|p| Dropped { layer: p.layer, reason: DropReason::NoRoom }));
            }
            holds
        };
        if !packed::fill(sheet, pieces) && !without(sheet) {
            sheet.placed.truncate(blank);
            sheet.placed.extend(was.0);
            (sheet.dropped, sheet.words, sheet.terms) = (was.1, was.2, was.3);
        }
    }
    along
}

/// What a row costs: how much of what is offered, to be paid and to be done went for want of room, and how many buttons are not read as well as they
/// would be in larger words.
fn costs(sheet: &Sheet<'_>, (.., plan): &Found<'_>) -> (usize, usize) {
    let offers = |l: &Layer| matches!(l.role, Role::Price | Role::CallToAction | Role::Badge);
    let went = plan.gone.iter().filter(|d| d.reason == DropReason::NoRoom);
    (went.filter(|d| sheet.variant.layers.get(d.layer).is_some_and(offers)).count(), plan.weak)
}

/// Whether one row costs less than another or, at the same cost, has its words clearly larger.
fn better(sheet: &Sheet<'_>, below: &Found<'_>, within: &Found<'_>) -> bool {
    let loud = |(words, _, plan): &Found<'_>| flow::headline(words, &plan.row.column).map_or(0.0, |(_, cut)| cut.fitted.size.0);
    let (lost, lost_below) = (costs(sheet, within), costs(sheet, below));
    let eased = below.2.page.squeezed > within.2.page.squeezed;
    let clearly = match (walled(within), walled(below)) {
        (true, false) => KEEPS,
        (true, true) => SAME,
        _ if eased => SAME,
        _ => LARGER,
    };
    lost_below < lost || lost_below == lost && loud(below) >= clearly * loud(within)
}

/// Whether small print is most of the words.
fn walled((words, below, plan): &Found<'_>) -> bool {
    let wall = |words: &[Piece<'_>], column: &Column| {
        let legal = |i: usize| words.get(i).is_some_and(|p| p.role == Role::Legal);
        column.foot.iter().flat_map(|row| &row.cells).any(|(i, cut)| legal(*i) && cut.fitted.lines.len() >= WALL)
    };
    wall(words, &plan.row.column) || plan.foot.as_ref().is_some_and(|(foot, _)| wall(below, foot))
}

/// Whether something went for want of room that has to stay.
fn lost_of(sheet: &Sheet<'_>, d: &Dropped) -> bool {
    d.reason == DropReason::NoRoom && sheet.variant.layers.get(d.layer).is_some_and(|l| l.keep == Keep::Must)
}

/// The words of a row, the legal line below it, and the row.
type Found<'a> = (Vec<Piece<'a>>, Vec<Piece<'a>>, Plan);

/// Takes more words into a row as it was found, and sets it.
fn join<'a>(sheet: &mut Sheet<'_>, pieces: &[Piece<'a>], (words, legal, plan): Found<'a>) {
    let Plan { row, room, page, gone, foot, .. } = plan;
    sheet.dropped.extend(gone);
    let (words, column) = more_words(sheet, pieces, words, &legal, row.column, &page, room);
    if let Some((column, region)) = foot {
        sheet.put_column(&legal, column, region, super::regions::Stand::Bottom);
    }
    row::set(sheet, &page, pieces, &words, Row { column, ..row });
}

/// Takes the second line, running text and legal line in, the most important first, as long as all stay comfortable. What had to go
/// from the row and must stay is tried among the words before anything that may go is.
fn more_words<'a>(
    sheet: &mut Sheet<'_>,
    pieces: &[Piece<'a>],
    mut words: Vec<Piece<'a>>,
    below: &[Piece<'a>],
    mut column: Column,
    page: &Measure,
    room: Room,
) -> (Vec<Piece<'a>>, Column) {
    let taken = |p: &Piece<'_>| words.iter().chain(below).any(|w| w.layer == p.layer);
    let lost = |sheet: &Sheet<'_>, p: &Piece<'_>| p.keep == Keep::Must && sheet.dropped.iter().any(|d| d.layer == p.layer);
    let joins = |p: &&Piece<'_>| (is_words(p.role, page, !below.is_empty()) || lost(sheet, p)) && !taken(p);
    let mut more: Vec<&Piece<'a>> = pieces.iter().filter(joins).collect();
    let place = |p: &Piece<'_>| (std::cmp::Reverse((p.keep == Keep::Must, p.priority)), pieces::order(p.role), p.at, p.layer);
    crate::ordered::short(&mut more, |a, b| place(a).cmp(&place(b)));
    // What may go does not make the headline a line among others.
    let loud = ROOMY.max(0.55 * column.t);
    let size = |words: &[Piece<'_>], column: &Column| flow::headline(words, column).map_or(0.0, |(_, cut)| cut.fitted.size.0);
    let alone = size(&words, &column);
    for piece in more {
        let mut tried = words.clone();
        let at = pieces
            .iter()
            .filter(|p| p.layer == piece.layer || words.iter().any(|w| w.layer == p.layer))
            .position(|p| p.layer == piece.layer);
        tried.insert(at.unwrap_or(tried.len()).min(tried.len()), piece.clone());
        let with = flow::compose(&tried, page, room);
        let least = match (piece.role, piece.keep) {
            (Role::CallToAction, _) => COMFORT.min(0.85 * column.t),
            // Where type got small so that all of the offer stays, no more joins it than has to.
            (_, Keep::May | Keep::Should) if page.squeezed < 1.0 && page.aspect >= SQUAT => f32::MAX,
            (_, Keep::May) => loud.min(column.t),
            _ => ROOMY.min(column.t),
        };
        // A button under the words is worth more of it than a line that explains them.
        let keeps = piece.role == Role::CallToAction || size(&tried, &with) >= KEEPS * alone;
        let comfortable = with.fits && with.dropped.is_empty() && with.t >= least && keeps;
        // Words that run off the page say less than a finding that they are missing.
        if comfortable || piece.keep == Keep::Must && with.fits {
            words = tried;
            column = with;
            sheet.dropped.retain(|d| d.layer != piece.layer);
        } else if !lost(sheet, piece) {
            sheet.dropped.push(Dropped { layer: piece.layer, reason: DropReason::NoRoom });
        }
    }
    (words, column)
}
