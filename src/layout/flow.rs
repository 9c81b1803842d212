//! In: text pieces, the width and height of a column. Out: a [`Column`]: rows with one common type scale, the largest at
//! which everything fits; and what had to go so that the rest stays readable. Where the column stands is left to `place`.

use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::{DropReason, Dropped};
use crate::variant::{Keep, Role};

/// Below this type scale (1 = the master's share of the page) a layer that may go, goes.
pub const COMFORT: f32 = 0.56;
/// The scale below which type is not shrunk in common: then things go, or overflow is reported.
pub const LEAST: f32 = 0.34;
/// Halvings of the search for the scale: 2^-7 of the range is under a hundredth.
pub const HALVINGS: u32 = 7;

/// Share of the gaps between rows that is left where a headline would else be smaller than the words on a button.
const NEARER: f32 = 0.65;

/// Share of a badge's gap to the words below it that is left where it is a kicker.
const KICKS: f32 = 0.6;

/// Share of the headline's size that other words have at most where type is near the least that reads.
const QUIET: f32 = 0.6;
/// The type scale below which lines that explain the headline go there.
const LED: f32 = 0.72;
/// Widths by height between which a price stands beside what it is offered as (on wider pages both stand in a cell of their own), and the room that it
/// takes there by its width: the price that it replaces comes too.
const LOW: (f32, f32) = (1.6, 2.4);
const PAIR: f32 = 1.7;

/// Lines, and share of the page's width, from which on small print is a wall there: it is set as small as it may be.
const WALL: (usize, f32) = (4, 0.6);
/// Letters of a line that is not torn there, and the least share of its size that it gives for it.
const SHORT: usize = 26;
const ONE_LINE: f32 = 0.75;

/// Space between a price and a button beside it, by the size of the button's words.
const BESIDE: f32 = 1.2;

/// Pieces side by side on one line.
pub struct Row {
    /// Index into the pieces, and its cut.
    pub cells: Vec<(usize, Cut)>,
    /// Space above, px; none for the first.
    pub gap: f32,
    /// Space between cells, px.
    pub between: f32,
    /// px.
    pub w: f32,
    /// px.
    pub h: f32,
}

/// A column of rows, and the legal line that stands apart at its foot.
pub struct Column {
    /// The rows in reading order.
    pub rows: Vec<Row>,
    /// The legal line's row, if it stayed.
    pub foot: Option<Row>,
    /// Height of rows and gaps without the foot, px.
    pub h: f32,
    /// Width of the widest row, px.
    pub w: f32,
    /// The common type scale.
    pub t: f32,
    /// The headline's share of it: less where its words had to be set side by side, or its phrases to be kept whole.
    pub headline: f32,
    /// Whether all of it is inside.
    pub fits: bool,
    /// Whether a word is broken by force.
    pub broken: bool,
    /// Lines that end inside phrases.
    pub torn: u32,
    /// Whether a headline stands in about a word a line.
    pub piled: bool,
    /// What went.
    pub dropped: Vec<Dropped>,
}

impl Column {
    /// Whether it is inside, breaks no word that another keeps whole, and tears no more phrases.
    pub fn is_as_sound_as(&self, other: &Self) -> bool {
        self.fits && (!self.broken || other.broken) && self.torn <= other.torn
    }
}

/// The room a column has.
#[derive(Clone, Copy)]
pub struct Room {
    /// px.
    pub w: f32,
    /// px.
    pub h: f32,
    /// Largest type scale.
    pub most: f32,
    /// Lines beyond the master's, for pages narrower than it.
    pub more_lines: u32,
    /// Lines whatever the master allows, for pages with little height.
    pub most_lines: u32,
    /// Size of words on a button beside the column, px: a headline is no smaller.
    pub beside: f32,
    /// Whether a headline may be smaller than words on a button, which must be large to be read.
    pub yields: bool,
    /// Whether a headline may grow over its share: on a picture it would take more of what it stands on.
    pub lifts: bool,
    /// Whether a button may stand beside the price.
    pub pairs: bool,
}

impl Room {
    /// A room with the master's number of lines.
    #[must_use]
    pub fn new(w: f32, h: f32, most: f32, more_lines: u32) -> Self {
        Self { w, h, most, more_lines, most_lines: u32::MAX, beside: 0.0, yields: false, lifts: true, pairs: false }
    }
}

/// Composes the column. Words on a button that only large type is read on raise the headline with them, where that finds room.
#[must_use]
pub fn compose(pieces: &[Piece<'_>], page: &Measure, room: Room) -> Column {
    let column = raised(pieces, page, room);
    // A wall of small print leaves no height for a price over a button: side by side they give the headline a row.
    let walled = column.foot.iter().flat_map(|row| &row.cells).any(|(_, cut)| cut.fitted.lines.len() >= WALL.0);
    let acts = |p: &Piece<'_>| p.role == Role::CallToAction && p.slot.plate.is_some();
    if !(walled && page.is_close() && pieces.iter().any(acts) && pieces.iter().any(|p| p.role == Role::Price)) {
        return column;
    }
    let paired = raised(pieces, page, Room { pairs: true, ..room });
    let size = |column: &Column| headline(pieces, column).map_or(0.0, |(_, cut)| cut.fitted.size.0);
    let gains = size(&paired) >= GAINS * size(&column) || paired.dropped.len() < column.dropped.len();
    let keeps = paired.is_as_sound_as(&column) && paired.dropped.len() <= column.dropped.len();
    if gains && keeps && size(&paired) >= size(&column) { paired } else { column }
}

/// By how much larger a headline must be for a button to stand beside the price.
const GAINS: f32 = 1.1;

fn raised(pieces: &[Piece<'_>], page: &Measure, room: Room) -> Column {
    let raises = pieces.iter().any(|p| p.role != Role::Headline && p.strong(page, room.w) > 0.0);
    let column = composed(pieces, page, room);
    if !raises || column.fits {
        return column;
    }
    // Rows nearer to each other before a headline smaller than what is on the button.
    let mut near = page.clone();
    near.drawn *= NEARER;
    let near = composed(pieces, &near, room);
    if near.fits { near } else { composed(pieces, page, Room { yields: true, ..room }) }
}

/// Composes the column, and has it not fit rather than a headline smaller than the words on a button.
#[must_use]
pub fn firm(pieces: &[Piece<'_>], page: &Measure, room: Room) -> Column {
    composed(pieces, page, room)
}

fn composed(pieces: &[Piece<'_>], page: &Measure, room: Room) -> Column {
    let mut alive: Vec<usize> = (0..pieces.len()).collect();
    let mut dropped = Vec::new();
    // A wide page is seen from the side of the eye: fewer words, larger.
    let comfort = match page.aspect {
        a if a > 2.6 => 0.8,
        _ if page.is_close() => LED,
        _ => COMFORT,
    };
    loop {
        let set = Set { pieces, alive: &alive, page, room, hasty: false };
        let mut column = set.search();
        let victim = |keep: Keep| {
            alive
                .iter()
                .copied()
                .filter(|&i| pieces.get(i).is_some_and(|p| p.keep == keep))
                .min_by_key(|&i| pieces.get(i).map(|p| p.priority))
        };
        let close = page.is_close() && page.squeezed >= 1.0;
        let goes = if column.fits {
            // Near the least that reads, what explains the headline goes before it is one line among others.
            let explains = |i: &usize| {
                pieces.get(*i).is_some_and(|p| p.keep == Keep::Should && matches!(p.role, Role::Subhead | Role::Body))
            };
            let least = || alive.iter().copied().filter(explains).min_by_key(|&i| pieces.get(i).map(|p| p.priority));
            // Nor is a kicker of two lines one: in capitals it is as loud as the headline under it.
            let torn = || {
                let cells = column.rows.iter().flat_map(|row| &row.cells).filter(|(_, cut)| cut.fitted.lines.len() > 1);
                let mut kickers = cells
                    .filter(|(i, _)| pieces.get(*i).is_some_and(|p| p.keep != Keep::Must && super::pieces::kicks(p, pieces)));
                kickers.next().map(|(i, _)| *i)
            };
            let torn = if close && page.is_small() { torn() } else { None };
            torn.or_else(|| match column.t {
                t if t >= comfort => None,
                t if close && t < LED => victim(Keep::May).or_else(least),
                _ => victim(Keep::May),
            })
        } else {
            // Where type is near the least that reads, rather smaller than reads with ease than one thing less to do.
            let holds = |column: &Column| {
                let leads = headline(pieces, column).is_none_or(|(p, cut)| cut.fitted.size.0 >= page.legible(p.role));
                column.fits && !column.broken && leads
            };
            let smaller = || close && holds(&Set { page: &page.squeezed(), ..set }.search());
            victim(Keep::May).or_else(|| if smaller() { None } else { victim(Keep::Should) })
        };
        let Some(goes) = goes else {
            let small = page.squeezed();
            let mut on = set;
            if !column.fits && page.squeezed >= 1.0 {
                // Rather smaller than reads with ease than off the page, or at least less off it.
                on.page = &small;
                column = on.search();
            }
            let mut column = on.anew(page, column);
            column.dropped = dropped;
            return column;
        };
        alive.retain(|&i| i != goes);
        if let Some(piece) = pieces.get(goes) {
            dropped.push(Dropped { layer: piece.layer, reason: DropReason::NoRoom });
        }
    }
}

/// The headline of a column, as cut.
pub fn headline<'p, 'a>(pieces: &'p [Piece<'a>], column: &'p Column) -> Option<(&'p Piece<'a>, &'p Cut)> {
    let mut cells = column.rows.iter().flat_map(|row| &row.cells);
    cells.find_map(|(i, cut)| Some((pieces.get(*i).filter(|p| p.role == Role::Headline)?, cut)))
}

/// Lines of what of a role has most of them, wherever it stands in a column.
#[must_use]
pub fn lines_of(pieces: &[Piece<'_>], column: &Column, role: Role) -> usize {
    let is = |i: usize| pieces.get(i).is_some_and(|p| p.role == role);
    let cells = column.rows.iter().chain(&column.foot).flat_map(|row| &row.cells).filter(|(i, _)| is(*i));
    cells.map(|(_, cut)| cut.fitted.lines.len()).max().unwrap_or(0)
}

/// Whether many lines hold a word each, but for one of them. Scripts that put no spaces between words have no piles.
fn piled(piece: &Piece<'_>, cut: &Cut) -> bool {
    let lines = cut.fitted.lines.len();
    let words = || piece.slot.text.split_whitespace().count();
    piece.role == Role::Headline && lines >= 4 && (lines..=lines + 1).contains(&words()) && !piece.slot.text.contains(unspaced)
}

/// Letters of scripts in which spaces part clauses, not words.
fn unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a line beside the headline is a few words, as a date or a kicker is: torn, it is read as two things.
pub fn is_short(piece: &Piece<'_>) -> bool {
    matches!(piece.role, Role::Subhead | Role::Body | Role::Badge)
        && piece.slot.column.is_none()
        && piece.slot.text.chars().count() <= SHORT
}

/// Whether a short line that has to stay is on several lines.
pub fn tears(pieces: &[Piece<'_>], column: &Column) -> bool {
    let mut cells = column.rows.iter().flat_map(|row| &row.cells);
    let stays = |i: usize| pieces.get(i).is_some_and(|p| p.keep == Keep::Must && is_short(p));
    cells.any(|(i, cut)| cut.fitted.lines.len() > 1 && stays(*i))
}

/// How a piece is cut: as it will stand, or as far as is asked while a scale is sought.
pub type Way<'a> = fn(&Piece<'a>, f32, f32, f32, u32) -> Cut;

/// The pieces that are set together, and the page and the room they are set in.
#[derive(Clone, Copy)]
pub struct Set<'s, 'a> {
    /// All of them.
    pub pieces: &'s [Piece<'a>],
    /// Those that have not gone.
    pub alive: &'s [usize],
    /// The page.
    pub page: &'s Measure,
    /// The room.
    pub room: Room,
    /// Whether a column that does not fit is told as no more than that, as soon as it is known.
    pub hasty: bool,
}

impl<'a> Set<'_, 'a> {
    /// The largest scale at which the living pieces fit; what it holds is cut roughly.
    fn search(self) -> Column {
        let room = self.room;
        let hasty = Self { hasty: true, ..self };
        let top = hasty.attempt((room.most, 1.0), Piece::rough);
        if top.fits && !top.broken {
            return top;
        }
        let mut best = self.attempt((LEAST, 1.0), Piece::rough);
        if !best.fits {
            return best;
        }
        // Words are not broken where smaller type keeps them whole; where nothing does, they are, and a gate says so.
        let whole = !best.broken;
        if top.fits && !whole {
            return top;
        }
        let (mut low, mut high) = (LEAST, room.most);
        for _ in 0..HALVINGS {
            let middle = f32::midpoint(low, high);
            let column = hasty.attempt((middle, 1.0), Piece::rough);
            if column.fits && !(whole && column.broken) {
                low = middle;
                best = column;
            } else {
                high = middle;
            }
        }
        best
    }

    /// The column at a type scale, and at the share of it that its headline and its price have.
    pub fn attempt(self, (t, share): (f32, f32), cut: Way<'a>) -> Column {
        let Self { pieces, alive, page, room, hasty } = self;
        // Half a pixel more is none, but for the smallest pages.
        let most_h = room.h + 0.5_f32.min(0.01 * room.h);
        let mut rows: Vec<Row> = Vec::new();
        let mut foot = None;
        let (mut fits, mut broken, mut torn, mut piled) = (true, false, 0, false);
        let mut previous: Option<(Role, f32, bool)> = None;
        let mut headline = f32::MAX;
        let mut price = f32::MAX;
        let others = || alive.iter().filter_map(|i| pieces.get(*i)).filter(|p| p.role != Role::Headline);
        let raised = if room.yields { 0.0 } else { others().map(|p| p.strong(page, room.w)).fold(room.beside, f32::max) };
        let cut_of = |piece: &Piece<'a>, headline: f32, price: f32| {
            // Nothing but a price may be as loud as the headline.
            let loud = matches!(piece.role, Role::Headline | Role::Price);
            let close = page.is_close();
            let loudest = if loud { f32::MAX } else { headline * if close { QUIET } else { 0.7 } };
            let mut size = piece.wish(page, if loud { share * t } else { t }).min(loudest.max(page.least(piece.role)));
            // Nor may the price that no longer holds be as loud as the one that does.
            if piece.slot.strike {
                size = size.min((0.62 * price).max(page.least(Role::Body)));
            }
            let weak = match piece.role {
                Role::Headline => raised,
                // In a row no button is louder than the headline: it is rather hard to read, and a gate says so.
                _ if room.yields && page.is_strip() => 0.0,
                _ => piece.strong(page, room.w),
            };
            size = size.max(weak);
            let least = (0.55 * size).max(page.least(piece.role)).max(weak).min(size);
            let most_lines = lines(piece, room);
            if close && most_lines > 1 && is_short(piece) {
                let one = cut(piece, room.w, size, (ONE_LINE * size).max(least).min(size), 1);
                if one.fits {
                    return one;
                }
            }
            let made = cut(piece, room.w, size, least, most_lines);
            if !(close && piece.role == Role::Legal && made.fitted.lines.len() >= WALL.0 && room.w > WALL.1 * page.w) {
                return made;
            }
            // What is the largest block on the page is not read the more for its size, and the headline the less.
            let size = piece.wish(&page.least_of_all(), t.min(1.0)).min(size);
            cut(piece, room.w, size, page.least(piece.role).min(size), most_lines)
        };
        // A line above the headline is sized by it as those below are.
        let first = alive.first().and_then(|i| pieces.get(*i)).is_some_and(|p| p.role != Role::Headline);
        let lead = alive.iter().find(|i| pieces.get(**i).is_some_and(|p| p.role == Role::Headline)).filter(|_| first);
        let mut ready = lead.and_then(|i| Some((*i, cut_of(pieces.get(*i)?, headline, price))));
        if let Some((_, cut)) = &ready {
            headline = cut.fitted.size.0;
        }
        for &index in alive {
            if hasty && !(fits && rows.iter().map(|r| r.h + r.gap).sum::<f32>() <= most_h) {
                fits = false;
                break;
            }
            let Some(piece) = pieces.get(index) else { continue };
            let made = ready.take_if(|(lead, _)| *lead == index).map(|(_, cut)| cut);
            let cut = made.unwrap_or_else(|| cut_of(piece, headline, price));
            fits &= cut.fits && cut.w <= room.w + 0.5;
            broken |= cut.fitted.broken_words > 0;
            if piece.role != Role::Legal {
                torn += cut.fitted.torn;
            }
            piled |= self::piled(piece, &cut);
            if piece.role == Role::Legal {
                foot = Some(row(index, cut, 0.0));
                continue;
            }
            let mine = cut.fitted.size.0;
            match piece.role {
                Role::Headline => headline = mine,
                Role::Price if !piece.slot.strike => price = mine,
                _ => {}
            }
            // A price stands beside the price it replaces; where height binds, beside what it is offered as, too.
            let (beside, needs) = match previous {
                Some((Role::Price, ..)) => (piece.role == Role::Price, cut.w),
                Some((Role::Badge, _, true)) if (LOW.0..LOW.1).contains(&page.aspect) && !page.is_close() => {
                    (piece.role == Role::Price && !piece.slot.strike, PAIR * cut.w)
                }
                _ => (false, 0.0),
            };
            if beside
                && let Some(last) = rows.last_mut()
                && last.w + 0.5 * mine + needs <= room.w
            {
                last.between = 0.45 * mine;
                last.w = last.cells.iter().map(|(_, c)| c.w + last.between).sum::<f32>() + cut.w;
                last.h = last.h.max(cut.h);
                last.cells.push((index, cut));
                previous = Some((Role::Price, mine, false));
                continue;
            }
            let plated = piece.slot.plate.is_some();
            // On a page that small print fills a button stands beside the price, on its line.
            if room.pairs
                && plated
                && piece.role == Role::CallToAction
                && let Some((Role::Price, ..)) = previous
                && let Some(last) = rows.last_mut()
                && last.w + BESIDE * mine + cut.w <= room.w
            {
                let over = |cut: &Cut| cut.pad_y + cut.fitted.first_baseline.0;
                let line = last.cells.iter().map(|(_, cut)| over(cut)).fold(over(&cut), f32::max);
                last.h = last.h.max(line - over(&cut) + cut.h);
                last.between = BESIDE * mine;
                last.w += last.between + cut.w;
                last.cells.push((index, cut));
                continue;
            }
            let gap = previous.map_or(0.0, |(role, size, plated)| {
                // Bare words above the headline are its first line, not what stands over it; where type is small there is little between either.
                let kicks = (role, piece.role, plated) == (Role::Badge, Role::Headline, false) && !page.is_close();
                page.drawn * if kicks { KICKS } else { 1.0 } * gap(role, size, piece.role, mine)
            });
            previous = Some((piece.role, mine, plated));
            rows.push(row(index, cut, gap));
        }
        let h: f32 = rows.iter().map(|r| r.h + r.gap).sum();
        let w = rows.iter().chain(foot.as_ref()).map(|r| r.w).fold(0.0, f32::max);
        let foot_h = foot.as_ref().map_or(0.0, |f: &Row| f.h + foot_gap(page, f));
        fits &= h + foot_h <= most_h;
        Column { rows, foot, h, w, t, headline: share, fits, broken, torn, piled, dropped: Vec::new() }
    }
}

/// Space above the foot, px.
#[must_use]
pub fn foot_gap(page: &Measure, foot: &Row) -> f32 {
    // In a row the page itself keeps it apart.
    let air = if page.is_strip() { 0.45 } else { 0.9 };
    page.drawn * foot.cells.first().map_or(0.0, |(_, cut)| air * cut.fitted.size.0).max(0.35 * page.margin)
}

fn row(index: usize, cut: Cut, gap: f32) -> Row {
    Row { gap, between: 0.0, w: cut.w, h: cut.h, cells: vec![(index, cut)] }
}

/// The most lines a piece may take here.
fn lines(piece: &Piece<'_>, room: Room) -> u32 {
    if piece.slot.plate.is_some() || matches!(piece.role, Role::Price | Role::CallToAction) {
        return piece.slot.max_lines;
    }
    // A legal line runs in as many as it needs: it is as small as it may be already.
    let most = if piece.role == Role::Legal { u32::MAX } else { room.most_lines.max(1) };
    (piece.slot.max_lines + room.more_lines).min(most)
}

/// Space between two rows, px, from the sizes of their type: near what belongs together, apart before what is to be done.
fn gap(above: Role, above_size: f32, role: Role, size: f32) -> f32 {
    let plain = 0.55 * above_size.min(size) + 0.1 * above_size.max(size);
    match (above, role) {
        (_, Role::CallToAction) => plain * 1.7,
        // The old price belongs to the new one.
        (Role::Price, Role::Price) => plain * 0.5,
        (Role::Badge, _) | (_, Role::Badge | Role::Price) => plain * 1.3,
        _ => plain,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::super::{Cuts, Shapes, pieces};
    use super::*;
    use crate::campaign::{Campaign, Files};
    use crate::text::{FontLibrary, FontOrigin, shape_spans};
    use crate::variant::{Content, Matrix, resolve};
    use std::path::{Path, PathBuf};

    fn folder(root: &Path, at: &Path, files: &mut Files) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folder(root, &path, files);
            } else {
                files
                    .insert(path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"), std::fs::read(&path).unwrap());
            }
        }
    }

    /// A row's height, a size and its lines.
    type Told = (f32, f32, usize);

    /// All that a scale is chosen by, and that decides what goes.
    fn told(column: &Column) -> (bool, bool, bool, f32, Vec<Told>) {
        let rows = column.rows.iter().chain(&column.foot);
        let cells = rows.flat_map(|row| row.cells.iter().map(|(_, cut)| (row.h, cut.fitted.size.0, cut.fitted.lines.len())));
        // Phrases are asked after where all fits.
        (column.fits, column.broken, column.fits && column.torn > 0, column.h, cells.collect())
    }

    #[test]
    fn a_column_cut_roughly_is_as_high_and_fits_as_the_whole_one() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let within = |at: &str| std::fs::read_dir(root.join(at)).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir());
        let mut masters: Vec<PathBuf> = within("www/samples").chain(within("tests/cases/masters")).collect();
        masters.sort();
        let mut defaults = Files::new();
        folder(&root.join("fonts"), &root.join("fonts"), &mut defaults);
        let (mut columns, mut several, mut differ) = (0, 0, Vec::new());
        for master in &masters {
            let mut files = Files::new();
            folder(master, master, &mut files);
            let campaign = Campaign::open(files).unwrap().campaign;
            let mut fonts = FontLibrary::new();
            for id in &campaign.fonts {
                fonts.add(&id.0, campaign.asset(id).unwrap().bytes.clone(), FontOrigin::Brand).unwrap();
            }
            for (name, bytes) in &defaults {
                // Scripts and licences lie beside them.
                let _ = fonts.add(name, bytes.clone().into(), FontOrigin::Default);
            }
            // A prime number of steps goes through formats and languages alike.
            for cell in Matrix::of(&campaign).cells.iter().step_by(7) {
                let variant = resolve(&campaign, cell).unwrap();
                let shapes = variant.layers.iter().map(|layer| match &layer.content {
                    Content::Text(slot) => Some(std::sync::Arc::new(shape_spans(
                        &fonts,
                        &slot.text,
                        &slot.style,
                        &slot.spans,
                        &slot.keep,
                        &variant.locale,
                        variant.direction,
                    ))),
                    _ => None,
                });
                let shapes: Vec<_> = shapes.collect();
                let cuts = Cuts::default();
                let (pieces, _) = pieces::collect(&variant, Shapes { shaped: &shapes, cuts: &cuts });
                let page = Measure::of(&variant);
                let alive: Vec<usize> = (0..pieces.len()).collect();
                for share in [0.9, 0.55, 0.3] {
                    for t in [LEAST, 0.5, 0.75, 1.0, 1.4] {
                        let room = Room::new(share * page.w, 0.8 * page.h, 1.4, 1);
                        let set = Set { pieces: &pieces, alive: &alive, page: &page, room, hasty: false };
                        let rough = told(&set.attempt((t, 1.0), Piece::rough));
                        let whole = told(&set.attempt((t, 1.0), Piece::cut));
                        columns += 1;
                        several += usize::from(whole.4.iter().any(|(_, _, lines)| *lines > 1));
                        if rough != whole {
                            differ.push(format!("{} {} {share} {t}: {rough:?} {whole:?}", master.display(), cell.id));
                        }
                    }
                }
            }
        }
        assert!(columns > 10_000 && several > columns / 2, "{columns} {several}");
        assert!(differ.is_empty(), "{} of {columns}: {:#?}", differ.len(), differ.iter().take(8).collect::<Vec<_>>());
    }
}
