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
use crate::geom::Rect;
use crate::variant::{Keep, Layer, Role};
use std::cmp::Ordering;

/// A type scale under which the words deserve more of the row.
pub(super) const COMFORT: f32 = 0.6;
/// A type scale that the headline keeps when other words join it.
const ROOMY: f32 = 0.95;

/// Share of its size that a headline keeps in a row for words that should stay.
const KEEPS: f32 = 0.75;

/// The same for a date: what happens is half said without it.
const DATED: f32 = 0.65;

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
    let tried = Tried::of(sheet, pieces);
    let rows = tried.page.is_tiny() && tried.page.aspect < SQUAT;
    if let Some(found) = tried.whole(sheet) {
        // A date that the row tears stands whole in rows of the whole width.
        if rows && flow::tears(&found.0, &found.2.row.column) && packed::fill(sheet, pieces) {
            return false;
        }
        let along = found.2.along;
        join(sheet, pieces, found);
        return along;
    }
    let start = Start::of(sheet);
    let along = tried.most(sheet, &start);
    if rows && loses(sheet) {
        in_rows(sheet, pieces, &start);
    }
    along
}

/// The row that is tried: its page, all that may stand in it, and its headline.
struct Tried<'t, 'a> {
    page: Measure,
    pieces: &'t [Piece<'a>],
    headline: Vec<Piece<'a>>,
}

impl<'t, 'a> Tried<'t, 'a> {
    fn of(sheet: &Sheet<'_>, pieces: &'t [Piece<'a>]) -> Self {
        let headline = pieces.iter().filter(|p| p.role == Role::Headline).cloned().collect();
        Self { page: sheet.page.clone(), pieces, headline }
    }

    /// What has to stay, set with the headline from the start, and a date if asked for: among the words or with a long legal line below them.
    fn held_with(&self, sheet: &Sheet<'_>, dated: bool, goes: Goes, most: Squeeze) -> Option<(Cost, Found<'a>)> {
        let (pieces, is_date) = (self.pieces, dates(self.pieces));
        let must = |p: &Piece<'_>| is_words(p.role, &self.page, false) && p.keep == Keep::Must;
        let stays = |p: &&Piece<'_>| p.role == Role::Headline || must(p) || dated && is_date(p);
        let all: Vec<Piece<'_>> = pieces.iter().filter(stays).cloned().collect();
        // A long legal line is widest below the whole row, and below its picture as well.
        let (legal, mut above): (Vec<Piece<'_>>, Vec<Piece<'_>>) = all.iter().cloned().partition(|p| p.role == Role::Legal);
        above.retain(|p| is_words(p.role, &self.page, true));
        let among = all.len() > self.headline.len();
        let within = if among { plan(sheet, pieces, &all, (&[], Under::Words), goes, most) } else { None };
        let mut best = within.map(|found| weighed(sheet, pieces, (all.clone(), Vec::new(), found)));
        for under in [Under::Words, Under::All] {
            // Among the words it must not cost what is to be paid or done, nor be most of them, where that has room above it; a picture gives of its
            // height only for what would go without it, or for lines of small print.
            let along = under == Under::All;
            let enough = |(cost, found): &(Cost, Found<'_>)| !cost.is_poor() && (along || found.2.page.squeezed >= 1.0);
            if legal.is_empty() || best.as_ref().is_some_and(enough) || along && sheet.lead().is_none() {
                continue;
            }
            if let Some(found) = plan(sheet, pieces, &above, (&legal, under), goes, most) {
                let other = weighed(sheet, pieces, (above.clone(), legal.clone(), found));
                best = Some(match best {
                    Some(found) if !better(&other, &found) => found,
                    _ => other,
                });
            }
        }
        best
    }

    /// The same with a date that does not join it set with it from the start, as far as nothing that is offered goes for it.
    fn held(&self, sheet: &Sheet<'_>, goes: Goes, most: Squeeze) -> Option<(Cost, Found<'a>)> {
        let found = self.held_with(sheet, false, goes, most);
        let undated = found.as_ref().is_some_and(|(cost, _)| cost.dates > 0);
        let dated = if undated { self.held_with(sheet, true, goes, most) } else { None };
        match (dated, found) {
            (Some(dated), Some(found)) if better(&dated, &found) => Some(dated),
            (_, found) => found,
        }
    }

    /// The row that holds all that has to stay: margins are given before what is offered goes.
    fn whole(&self, sheet: &Sheet<'_>) -> Option<Found<'a>> {
        let (cost, found) = self.held(sheet, Goes::Should, Squeeze::Small)?;
        let asks = cost.offers > 0 && self.page.aspect >= SQUAT;
        let nearer = if asks { self.held(sheet, Goes::Should, Squeeze::Edge) } else { None };
        Some(nearer.filter(|nearer| nearer.0.offers < cost.offers).map_or(found, |nearer| nearer.1))
    }

    /// Where even so that finds no room, the rest matters more: the headline with what finds room beside it; where that leaves out what has to stay,
    /// margins are given for it, and then the picture. Tells whether a legal line runs below all of it.
    fn most(&self, sheet: &mut Sheet<'_>, start: &Start) -> bool {
        if let Some(found) = plan(sheet, self.pieces, &self.headline, (&[], Under::Words), Goes::Must, Squeeze::Small) {
            join(sheet, self.pieces, (self.headline.clone(), Vec::new(), found));
        }
        if !loses(sheet) {
            return false;
        }
        let held = self.held(sheet, Goes::Should, Squeeze::Edge).or_else(|| self.held(sheet, Goes::Picture, Squeeze::Small));
        let Some((_, found)) = held else { return false };
        start.back(sheet);
        let along = found.2.along;
        join(sheet, self.pieces, found);
        along
    }
}

/// The sheet before anything was tried on it.
struct Start {
    blank: usize,
    dropped: Vec<Dropped>,
    words: Vec<Rect>,
}

impl Start {
    fn of(sheet: &Sheet<'_>) -> Self {
        Self { blank: sheet.placed.len(), dropped: sheet.dropped.clone(), words: sheet.words.clone() }
    }

    /// Takes back what was placed.
    fn back(&self, sheet: &mut Sheet<'_>) {
        sheet.placed.truncate(self.blank);
        (sheet.dropped, sheet.words) = (self.dropped.clone(), self.words.clone());
    }
}

/// Rows of the whole width in place of one row that leaves out what has to stay, where they hold it. A legal line that the row had to leave out, or that
/// took the picture's place, is left out of the rows too where they hold no more.
fn in_rows(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>], start: &Start) {
    let role = |d: &Dropped| sheet.variant.layers.get(d.layer).map(|l| l.role);
    let gone = |d: &Dropped| lost_of(sheet, d) && (role(d) == Some(Role::Legal) || Some(d.layer) == sheet.lead());
    let spared = sheet.dropped.iter().any(gone);
    let was = (sheet.placed.split_off(start.blank), sheet.dropped.clone(), sheet.words.clone(), sheet.terms.clone());
    start.back(sheet);
    let without = |sheet: &mut Sheet<'_>| {
        let (small, rest): (Vec<Piece<'_>>, Vec<Piece<'_>>) = pieces.iter().cloned().partition(|p| p.role == Role::Legal);
        let holds = spared && !small.is_empty() && packed::fill(sheet, &rest);
        if holds {
            sheet.dropped.extend(small.iter().map(|p| Dropped { layer: p.layer, reason: DropReason::NoRoom }));
        }
        holds
    };
    if !packed::fill(sheet, pieces) && !without(sheet) {
        sheet.placed.truncate(start.blank);
        sheet.placed.extend(was.0);
        (sheet.dropped, sheet.words, sheet.terms) = (was.1, was.2, was.3);
    }
}

/// Tells a date that should stay: a short line below the headline; above it is a kicker.
fn dates<'p>(pieces: &'p [Piece<'_>]) -> impl Fn(&Piece<'_>) -> bool + 'p {
    let headline = pieces.iter().filter(|p| p.role == Role::Headline).map(|p| p.at.0).min();
    move |p| p.role == Role::Subhead && p.keep == Keep::Should && flow::is_short(p) && headline.is_some_and(|y| p.at.0 > y)
}

/// Whether a date is on several lines.
fn tears(words: &[Piece<'_>], column: &Column) -> bool {
    let (is_date, mut cells) = (dates(words), column.rows.iter().flat_map(|row| &row.cells));
    cells.any(|(i, cut)| cut.fitted.lines.len() > 1 && words.get(*i).is_some_and(&is_date))
}

/// What a row costs.
struct Cost {
    /// What is offered, to be paid and to be done, and went for want of room.
    offers: usize,
    /// Buttons that are not read as well as they would be in larger words.
    weak: usize,
    /// Dates that do not join it whole.
    dates: usize,
    /// Size of the headline when those have joined it that may, px.
    loud: f32,
    /// Its lines.
    lines: usize,
    /// Whether it is no smaller than the words on a button beside it.
    leads: bool,
    /// Whether it is much smaller for a date that joins it.
    paid: bool,
    /// Whether small print is most of the words, and how small type is for it.
    walled: bool,
    squeezed: f32,
}

impl Cost {
    fn is_poor(&self) -> bool {
        self.offers + self.weak + self.dates > 0 || self.walled || self.paid
    }
}

fn weighed<'a>(sheet: &Sheet<'_>, pieces: &[Piece<'_>], found: Found<'a>) -> (Cost, Found<'a>) {
    (cost(sheet, pieces, &found), found)
}

fn cost(sheet: &Sheet<'_>, pieces: &[Piece<'_>], found: &Found<'_>) -> Cost {
    let (words, legal, plan) = found;
    let size = |words: &[Piece<'_>], column: &Column| {
        flow::headline(words, column).map_or((0.0, 0), |(_, cut)| (cut.fitted.size.0, cut.fitted.lines.len()))
    };
    let mut gone: Vec<Dropped> = plan.gone.clone();
    let (alone, mut lines) = size(words, &plan.row.column);
    let (mut loud, mut undated, mut paid) = (alone, 0, false);
    let is_date = dates(pieces);
    if pieces.iter().any(&is_date) {
        let dated = words.iter().any(&is_date);
        let (words, column) = more_words(&mut gone, pieces, words.clone(), legal, &plan.row.column, &plan.page, plan.room);
        let column = column.as_ref().unwrap_or(&plan.row.column);
        (loud, lines) = size(&words, column);
        undated = usize::from(tears(&words, column));
        paid = !dated && words.iter().any(&is_date) && loud < KEEPS * alone;
    }
    let went = |role: &dyn Fn(&Layer) -> bool| {
        let gone = gone.iter().filter(|d| d.reason == DropReason::NoRoom);
        gone.filter(|d| sheet.variant.layers.get(d.layer).is_some_and(role)).count()
    };
    undated += pieces.iter().filter(|p| is_date(p) && gone.iter().any(|d| d.layer == p.layer)).count();
    let offers = went(&|l| matches!(l.role, Role::Price | Role::CallToAction | Role::Badge));
    let leads = loud >= plan.room.beside;
    Cost {
        offers,
        weak: plan.weak,
        dates: undated,
        loud,
        lines,
        leads,
        paid,
        walled: walled(found),
        squeezed: plan.page.squeezed,
    }
}

/// Whether one row costs less than another or, at the same cost, has its words clearly larger.
fn better((below, _): &(Cost, Found<'_>), (within, _): &(Cost, Found<'_>)) -> bool {
    let clearly = match (within.walled, below.walled) {
        (true, false) => KEEPS,
        (true, true) => SAME,
        _ if below.squeezed > within.squeezed => SAME,
        _ => LARGER,
    };
    let holds = |share: f32| below.loud >= share * within.loud;
    let offered = |cost: &Cost| (cost.offers, cost.weak);
    match offered(below).cmp(&offered(within)) {
        Ordering::Less => true,
        // A date is worth as much of the headline as it is in its column, and no line more of it.
        Ordering::Equal if below.dates < within.dates => holds(DATED) && below.leads && below.lines <= within.lines.max(2),
        Ordering::Equal => below.dates == within.dates && holds(clearly),
        Ordering::Greater => false,
    }
}

/// Whether small print is most of the words.
fn walled((words, below, plan): &Found<'_>) -> bool {
    let wall = |words: &[Piece<'_>], column: &Column| flow::lines_of(words, column, Role::Legal) >= WALL;
    wall(words, &plan.row.column) || plan.foot.as_ref().is_some_and(|(foot, _)| wall(below, foot))
}

/// Whether something went for want of room that has to stay.
fn lost_of(sheet: &Sheet<'_>, d: &Dropped) -> bool {
    d.reason == DropReason::NoRoom && sheet.variant.layers.get(d.layer).is_some_and(|l| l.keep == Keep::Must)
}

/// Whether anything did.
fn loses(sheet: &Sheet<'_>) -> bool {
    sheet.dropped.iter().any(|d| lost_of(sheet, d))
}

/// The words of a row, the legal line below it, and the row.
type Found<'a> = (Vec<Piece<'a>>, Vec<Piece<'a>>, Plan);

/// Takes more words into a row as it was found, and sets it.
fn join<'a>(sheet: &mut Sheet<'_>, pieces: &[Piece<'a>], (words, legal, plan): Found<'a>) {
    let Plan { row, room, page, gone, foot, .. } = plan;
    sheet.dropped.extend(gone);
    let (words, column) = more_words(&mut sheet.dropped, pieces, words, &legal, &row.column, &page, room);
    let column = column.unwrap_or(row.column);
    if let Some((column, region)) = foot {
        sheet.put_column(&legal, column, region, super::regions::Stand::Bottom);
    }
    row::set(sheet, &page, pieces, &words, Row { column, ..row });
}

/// Takes the second line, running text and legal line in, the most important first, as long as all stay comfortable. What had to go
/// from the row and must stay is tried among the words before anything that may go is.
fn more_words<'a>(
    dropped: &mut Vec<Dropped>,
    pieces: &[Piece<'a>],
    mut words: Vec<Piece<'a>>,
    below: &[Piece<'a>],
    first: &Column,
    page: &Measure,
    room: Room,
) -> (Vec<Piece<'a>>, Option<Column>) {
    let taken = |p: &Piece<'_>| words.iter().chain(below).any(|w| w.layer == p.layer);
    let lost = |dropped: &[Dropped], p: &Piece<'_>| p.keep == Keep::Must && dropped.iter().any(|d| d.layer == p.layer);
    let joins = |p: &&Piece<'_>| (is_words(p.role, page, !below.is_empty()) || lost(dropped, p)) && !taken(p);
    let mut more: Vec<&Piece<'a>> = pieces.iter().filter(joins).collect();
    let place = |p: &Piece<'_>| (std::cmp::Reverse((p.keep == Keep::Must, p.priority)), pieces::order(p.role), p.at, p.layer);
    crate::ordered::short(&mut more, |a, b| place(a).cmp(&place(b)));
    let is_date = dates(pieces);
    // What may go does not make the headline a line among others.
    let mut more_of_it: Option<Column> = None;
    let loud = ROOMY.max(0.55 * first.t);
    let size = |words: &[Piece<'_>], column: &Column| flow::headline(words, column).map_or(0.0, |(_, cut)| cut.fitted.size.0);
    let alone = size(&words, first);
    for piece in more {
        let column = more_of_it.as_ref().unwrap_or(first);
        let mut tried = words.clone();
        let at = pieces
            .iter()
            .filter(|p| p.layer == piece.layer || words.iter().any(|w| w.layer == p.layer))
            .position(|p| p.layer == piece.layer);
        tried.insert(at.unwrap_or(tried.len()).min(tried.len()), piece.clone());
        let with = flow::compose(&tried, page, room);
        let least = match (piece.role, piece.keep) {
            (Role::CallToAction, _) => COMFORT.min(0.85 * column.t),
            _ if is_date(piece) => ROOMY.min(DATED * column.t),
            // Where type got small so that all of the offer stays, no more joins it than has to.
            (_, Keep::May | Keep::Should) if page.squeezed < 1.0 && page.aspect >= SQUAT => f32::MAX,
            (_, Keep::May) => loud.min(column.t),
            _ => ROOMY.min(column.t),
        };
        // A button under the words is worth more of it than a line that explains them.
        let share = if is_date(piece) { DATED } else { KEEPS };
        let keeps = piece.role == Role::CallToAction || size(&tried, &with) >= share * alone;
        let whole = !(is_date(piece) && tears(&tried, &with));
        let comfortable = with.fits && with.dropped.is_empty() && with.t >= least && keeps && whole;
        // Words that run off the page say less than a finding that they are missing.
        if comfortable || piece.keep == Keep::Must && with.fits {
            words = tried;
            more_of_it = Some(with);
            dropped.retain(|d| d.layer != piece.layer);
        } else if !lost(dropped, piece) {
            dropped.push(Dropped { layer: piece.layer, reason: DropReason::NoRoom });
        }
    }
    (words, more_of_it)
}
