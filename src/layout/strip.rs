//! In: a flat banner's page and its pieces. Out: one row: picture, words, price, call-to-action, logo, from start to end, each on the
//! row's middle. What does not fit goes by priority. In logical space.

use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::sheet::Sheet;
use super::{DropReason, Dropped, PlacedContent, mark, packed, pieces};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Content, Keep, Layer, Role};

/// A type scale under which the words deserve more of the row.
const COMFORT: f32 = 0.6;
/// A type scale that the headline keeps when other words join it.
const ROOMY: f32 = 0.95;

/// Space that things of a row may have between them beyond their gap, by the row's height.
const SPREAD: f32 = 0.5;

/// Share of the gaps between rows of type that are left where margins are given up.
pub(super) const NEARER: f32 = 0.6;

/// Share of the row that a button takes whose words would not fit on one line otherwise, or not in the size that reads on it.
const BROAD: f32 = 0.46;

/// Height of a row from which on things stand one above the other in it, px; and where it is short of room.
const PILE: f32 = 70.0;
const PILE_SHORT: f32 = 44.0;

/// How often a mark gives way to the headline that grows for it.
const QUIETER: u8 = 2;

/// Size of the headline by that of the words on a button beside it below which the picture and the mark give way to it.
const LOUDER: f32 = 1.3;

/// The same by the height of the strip.
const SHOWS: f32 = 0.26;

/// How much larger than it would be beside the headline a price may be: the headline has the room that it gives.
const PAYS: f32 = 1.2;

/// Size of the headline by that of the words on a button beside it from which on the button stays, whatever the scale.
const LEADS: f32 = 1.15;

/// By how much larger a headline over a legal line as wide as the row must be, what is as large where that line else is most of the words, and the
/// lines from which on it is.
const LARGER: f32 = 1.15;
const SAME: f32 = 0.95;
const WALL: usize = 3;

/// Width by height below which a mark is a symbol.
const SYMBOL: f32 = 2.2;

/// Height that a line of a row's words has at the least, px: on a page of rows, and on one of one row.
const LINE: (f32, f32) = (18.0, 24.0);

/// Share of its size that is left of a button's words where the row is short of room.
const SMALLER: f32 = 0.88;

/// Share of its size that a headline keeps in a row for words that should stay.
const KEEPS: f32 = 0.75;

/// Width by height below which a photograph is a sliver.
const SLIVER: f32 = 0.75;

/// Width by height below which a page that holds no row of all that has to stay holds rows of it.
pub(super) const SQUAT: f32 = 3.0;

/// Things that may stand in the row beside the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Piece(usize),
    Lead(usize),
}

/// How far the row may be squeezed before something goes that has to stay.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Squeeze {
    /// A photograph as wide as it likes.
    None,
    /// A photograph gives of its width.
    Narrow,
    /// The picture and the mark at their least.
    Least,
    /// Half the margin, where words on a button must be large to be read: the headline has to be as large.
    Near,
    /// Type of a sign's size: smaller than running text reads, but for the legal line.
    Small,
    /// Half the margin as well: a word that must stay is worth more than air around it.
    Edge,
}

impl Squeeze {
    fn more(self, large: bool) -> Option<Self> {
        match self {
            Self::None => Some(Self::Narrow),
            Self::Narrow => Some(Self::Least),
            Self::Least if large => Some(Self::Near),
            Self::Least | Self::Near => Some(Self::Small),
            Self::Small => Some(Self::Edge),
            Self::Edge => None,
        }
    }
}

/// What may go for the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Goes {
    /// What may and what should stay.
    Should,
    /// The picture too: a legal line that has to stay is worth more than a sliver of it.
    Picture,
    /// All.
    Must,
}

/// A row on trial: what stands in it, what went for it.
struct Plan {
    row: Row,
    room: Room,
    page: Measure,
    gone: Vec<Dropped>,
    /// The legal line that runs below the row, and where.
    foot: Option<(Column, Rect)>,
}

/// Fills the sheet.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
    let page = sheet.page.clone();
    let headline = |p: &&Piece<'_>| p.role == Role::Headline;
    let stays = |p: &&Piece<'_>| headline(p) || is_words(p.role, &page, false) && p.keep == Keep::Must;
    let words: Vec<Piece<'_>> = pieces.iter().filter(headline).cloned().collect();
    let all: Vec<Piece<'_>> = pieces.iter().filter(stays).cloned().collect();
    // What has to stay is set with the headline from the start. Where even so it finds no room, the rest matters more.
    let with =
        |sheet: &Sheet<'_>, goes, most| (all.len() > words.len()).then(|| plan(sheet, pieces, &all, &[], goes, most)).flatten();
    // A long legal line is widest below the whole row.
    let (legal, mut above): (Vec<Piece<'_>>, Vec<Piece<'_>>) = all.iter().cloned().partition(|p| p.role == Role::Legal);
    above.retain(|p| is_words(p.role, &page, true));
    let across = |sheet: &Sheet<'_>, goes, most| {
        if legal.is_empty() { None } else { plan(sheet, pieces, &above, &legal, goes, most) }
    };
    let held = |sheet: &Sheet<'_>, goes, most| {
        let within = with(sheet, goes, most).map(|found| (all.clone(), Vec::new(), found));
        // Among the words it must not cost what is to be paid or done, nor be most of them, where that has room above it.
        let whole = within.as_ref().is_some_and(|(words, _, plan)| {
            given(sheet, plan) == 0 && plan.page.squeezed >= 1.0 && !walled(words, &plan.row.column)
        });
        let below = if whole { None } else { across(sheet, goes, most).map(|found| (above.clone(), legal.clone(), found)) };
        let loud =
            |(words, _, plan): &Found<'_>| flow::headline(words, &plan.row.column).map_or(0.0, |(_, cut)| cut.fitted.size.0);
        match (within, below) {
            (Some(within), Some(below)) => {
                let (lost, lost_below) = (given(sheet, &within.2), given(sheet, &below.2));
                let clearly = if walled(&within.0, &within.2.row.column) { SAME } else { LARGER };
                let eased = below.2.page.squeezed > within.2.page.squeezed;
                let better = lost_below < lost || lost_below == lost && (eased || loud(&below) >= clearly * loud(&within));
                Some(if better { below } else { within })
            }
            (within, below) => below.or(within),
        }
    };
    let before = sheet.dropped.clone();
    if let Some(found) = held(sheet, Goes::Should, Squeeze::Small) {
        return join(sheet, pieces, found);
    }
    // The headline with what finds room beside it; where that leaves out what has to stay, margins are given for it, and then the picture.
    let (blank, said) = (sheet.placed.len(), sheet.words.clone());
    if let Some(found) = plan(sheet, pieces, &words, &[], Goes::Must, Squeeze::Small) {
        join(sheet, pieces, (words.clone(), Vec::new(), found));
    }
    if sheet.dropped.iter().any(|d| lost_of(sheet, d))
        && let Some(found) = held(sheet, Goes::Should, Squeeze::Edge).or_else(|| held(sheet, Goes::Picture, Squeeze::Small))
    {
        sheet.placed.truncate(blank);
        (sheet.dropped, sheet.words) = (before.clone(), said.clone());
        join(sheet, pieces, found);
    }
    if sheet.dropped.iter().any(|d| lost_of(sheet, d)) && page.is_tiny() && page.aspect < SQUAT {
        let was = (sheet.placed.split_off(blank), sheet.dropped.clone(), sheet.words.clone(), sheet.terms.clone());
        (sheet.dropped, sheet.words) = (before, said);
        if !packed::fill(sheet, pieces) {
            sheet.placed.truncate(blank);
            sheet.placed.extend(was.0);
            (sheet.dropped, sheet.words, sheet.terms) = (was.1, was.2, was.3);
        }
    }
}

/// How much of what is offered, to be paid and to be done went for want of room.
fn given(sheet: &Sheet<'_>, plan: &Plan) -> usize {
    let offers = |l: &Layer| matches!(l.role, Role::Price | Role::CallToAction | Role::Badge);
    let went = plan.gone.iter().filter(|d| d.reason == DropReason::NoRoom);
    went.filter(|d| sheet.variant.layers.get(d.layer).is_some_and(offers)).count()
}

/// Whether small print is most of the words.
fn walled(words: &[Piece<'_>], column: &Column) -> bool {
    let legal = |i: usize| words.get(i).is_some_and(|p| p.role == Role::Legal);
    column.foot.iter().flat_map(|row| &row.cells).any(|(i, cut)| legal(*i) && cut.fitted.lines.len() >= WALL)
}

/// Whether something went for want of room that has to stay.
fn lost_of(sheet: &Sheet<'_>, d: &Dropped) -> bool {
    d.reason == DropReason::NoRoom && sheet.variant.layers.get(d.layer).is_some_and(|l| l.keep == Keep::Must)
}

/// The words of a row, the legal line below it, and the row.
type Found<'a> = (Vec<Piece<'a>>, Vec<Piece<'a>>, Plan);

/// Takes more words into a row as it was found, and sets it.
fn join<'a>(sheet: &mut Sheet<'_>, pieces: &[Piece<'a>], (words, legal, plan): Found<'a>) {
    let Plan { row, room, page, gone, foot } = plan;
    sheet.dropped.extend(gone);
    let (words, column) = more_words(sheet, pieces, words, &legal, row.column, &page, room);
    if let Some((column, region)) = foot {
        sheet.put_column(&legal, column, region, super::regions::Stand::Bottom);
    }
    set(sheet, &page, pieces, &words, Row { column, ..row });
}

/// Finds who stands in the row: words first, the rest by priority; `legal` runs below it. Nothing where it takes
/// what `goes` leaves, or where it would be squeezed more than `most`.
fn plan<'a>(
    sheet: &Sheet<'_>,
    pieces: &[Piece<'a>],
    words: &[Piece<'a>],
    legal: &[Piece<'a>],
    goes: Goes,
    most: Squeeze,
) -> Option<Plan> {
    let even_must = goes == Goes::Must;
    let mut page = sheet.page.clone();
    let wide_gap = (0.16 * page.h).max(5.0).min(0.05 * page.w);
    let mut gone = Vec::new();
    let mut things: Vec<Thing> = pieces
        .iter()
        .enumerate()
        .filter(|(_, p)| !is_words(p.role, &page, !legal.is_empty()))
        .map(|(i, _)| Thing::Piece(i))
        .collect();
    if let Some(lead) = sheet.lead() {
        // A photograph that would be a sliver says nothing.
        let (stays, ground) =
            sheet.variant.layers.get(lead).map_or((false, false), |l| (l.keep == Keep::Must, l.role == Role::Background));
        if (ground || !stays) && !sheet.is_product(lead) && lead_width(sheet, &page, lead, Squeeze::Narrow) < SLIVER * page.h {
            // A strip has a ground of its own.
            gone.push(Dropped { layer: lead, reason: if ground { DropReason::NoPlace } else { DropReason::NoRoom } });
        } else {
            things.push(Thing::Lead(lead));
        }
    }
    // Long words that have to stay are small words: the headline over them need not be comfortable.
    let crowded = words.len() > 1 || !legal.is_empty();
    let comfort = if crowded { 0.75 * COMFORT } else { COMFORT };
    let large = pieces.iter().any(|p| p.strong(&page, BROAD * page.w) > 0.0);
    let mut squeeze = Squeeze::None;
    loop {
        let lead_w = things
            .iter()
            .find_map(|t| if let Thing::Lead(layer) = t { Some(lead_width(sheet, &page, *layer, squeeze)) } else { None });
        page = match squeeze {
            Squeeze::Near => sheet.page.edged(),
            Squeeze::Small => sheet.page.squeezed(),
            Squeeze::Edge => sheet.page.edged().squeezed(),
            _ => sheet.page.clone(),
        };
        if matches!(squeeze, Squeeze::Near | Squeeze::Edge) {
            page.drawn *= NEARER;
        }
        let whole = page.content;
        let gap = match squeeze {
            Squeeze::None | Squeeze::Narrow => wide_gap,
            Squeeze::Least => 0.8 * wide_gap,
            _ => 0.6 * wide_gap,
        };
        let start = lead_w.map_or(whole.x.0, |w| w + gap);
        // A symbol beside a legal line is as high as both rows: above the line it would have to be smaller than it may be.
        let natural = mark::layer(sheet.variant).map(|(_, layer)| {
            let size = mark::size(layer, &page, whole);
            if squeeze >= Squeeze::Least { mark::least(layer, size) } else { size }
        });
        let aside = natural.filter(|size| !legal.is_empty() && size.w.0 < SYMBOL * size.h.0).map_or(0.0, |size| size.w.0 + gap);
        let foot = (!legal.is_empty()).then(|| {
            let w = (whole.right().0 - start - aside).max(1.0);
            // As small as it may be before a button goes for it.
            let line = if squeeze >= Squeeze::Least { page.least_of_all() } else { page.clone() };
            let line = flow::compose(legal, &line, Room::new(w, 0.6 * whole.h.0, 1.0, 2));
            let h = line.foot.as_ref().map_or(0.0, |f| f.h);
            (line, Rect::new(start, whole.bottom().0 - h, w, h))
        });
        let foot_h = foot.as_ref().map_or(0.0, |(_, r)| r.h.0 + 0.4 * page.margin);
        let c = Rect { h: (whole.h - Px(foot_h)).max(Px(1.0)), ..whole };
        page.content = c;
        let high = page.h - foot_h;
        let stands = if aside > 0.0 { whole } else { c };
        let logo = mark::layer(sheet.variant).map(|(index, layer)| {
            let size = mark::size(layer, &page, stands);
            let size = if squeeze >= Squeeze::Least { mark::least(layer, size) } else { size };
            let k = (stands.h.0 / size.h.0.max(1e-3)).min(1.0);
            (index, Size { w: size.w * k, h: size.h * k })
        });
        let beside = |loudest: f32| -> Vec<(usize, Cut)> {
            let index = |t: &Thing| if let Thing::Piece(i) = t { Some(*i) } else { None };
            let cut = |i: usize| pieces.get(i).map(|p| (i, beside(p, &page, high, squeeze, loudest)));
            things.iter().filter_map(index).filter_map(cut).collect()
        };
        let takes = |cuts: &[(usize, Cut)], logo: Option<(usize, Size)>| {
            let shared = piled(sheet, pieces, cuts, logo, c, (gap, squeeze >= Squeeze::Small)).map_or(0.0, |w| w + gap);
            cuts.iter().map(|(_, cut)| cut.w + gap).sum::<f32>() + logo.map_or(0.0, |(_, s)| s.w.0 + gap) - shared
        };
        let mut cuts = beside(f32::MAX);
        let mut taken = takes(&cuts, logo);
        let mut room = Room {
            w: (c.right().0 - start - taken).max(1.0),
            h: c.h.0,
            most: 2.2,
            more_lines: 0,
            most_lines: (high / LINE.1) as u32,
            beside: cuts.iter().map(|(i, cut)| acts(pieces, *i, cut)).fold(0.0, f32::max),
            yields: false,
            lifts: true,
        };
        let set = if even_must { flow::compose } else { flow::firm };
        let (mut column, mut logo) = (set(words, &page, room), logo);
        if !column.fits && page.aspect < SQUAT {
            // A page of rows rather holds a line more than no words.
            let lined = Room { most_lines: (high / LINE.0) as u32, ..room };
            let more = set(words, &page, lined);
            if more.fits && !more.broken && more.torn == 0 {
                (column, room) = (more, lined);
            }
        }
        // Mark and price no louder than the headline lets them be, which has the width that they give.
        for _ in 0..QUIETER {
            let headline = flow::headline(words, &column);
            let less = quieter(sheet, &page, headline, logo);
            let loudest = headline.map_or(f32::MAX, |(p, cut)| cut.fitted.size.0 / p.slot.ideal.0.max(1e-3));
            let softer = beside(loudest);
            logo = less.or(logo);
            let now = takes(&softer, logo);
            if now > taken - 0.5 {
                break;
            }
            (room.w, taken, cuts) = (room.w + taken - now, now, softer);
            column = set(words, &page, room);
        }
        let sound = column.fits && column.dropped.is_empty();
        let sound = sound && (even_must || !column.broken);
        let sound = sound
            && foot.as_ref().is_none_or(|(line, _)| {
                let sits = cuts.iter().all(|(_, cut)| cut.h <= c.h.0 + 1.0);
                line.fits
                    && sits
                    && (aside > 0.0 || mark::layer(sheet.variant).zip(logo).is_none_or(|((_, l), (_, s))| clears(l, s, c, &page)))
            });
        // In the smallest strips the least that reads is larger than the scale asks for.
        let reached = if crowded { reached(words, &column, &page) } else { column.t };
        let tight = !sound || reached < comfort || room.w < 0.2 * page.w;
        let quiet = flow::headline(words, &column)
            .is_some_and(|(_, cut)| cut.fitted.size.0 < (LOUDER * room.beside).max(SHOWS * page.h.min(64.0)));
        if (tight || quiet) && squeeze < Squeeze::Least {
            // A photograph gives of its width, and the mark of its own, before anything goes.
            squeeze = if squeeze == Squeeze::None { Squeeze::Narrow } else { Squeeze::Least };
            continue;
        }
        let mut victim = if tight { weakest(sheet, pieces, &things, Goes::Should) } else { None };
        let button = |t: &Thing| matches!(t, Thing::Piece(i) if pieces.get(*i).is_some_and(|p| p.role == Role::CallToAction));
        if victim.as_ref().is_some_and(button) && !large && page.aspect >= SQUAT {
            // What is to be done stays beside words that lead, and type gets smaller than reads with ease before it goes.
            let leads = flow::headline(words, &column).is_some_and(|(_, cut)| cut.fitted.size.0 >= LEADS * room.beside);
            if sound && leads {
                victim = None;
            } else if !sound && squeeze < Squeeze::Small && most >= Squeeze::Small {
                squeeze = Squeeze::Small;
                continue;
            }
        }
        if victim.is_none()
            && !sound
            && let Some(more) = squeeze.more(large).filter(|more| *more <= most)
        {
            squeeze = more;
            continue;
        }
        let victim = victim.or_else(|| if sound { None } else { weakest(sheet, pieces, &things, goes) });
        if let Some(victim) = victim {
            things.retain(|t| *t != victim);
            let layer = match victim {
                Thing::Piece(i) => pieces.get(i).map_or(0, |p| p.layer),
                Thing::Lead(layer) => layer,
            };
            // Where even without it the words stay tight, later rounds take more; nothing is taken twice.
            gone.push(Dropped { layer, reason: DropReason::NoRoom });
            // What is left may have room again.
            if squeeze <= Squeeze::Least || button(&victim) {
                squeeze = Squeeze::None;
            }
            continue;
        }
        if !sound && !even_must {
            return None;
        }
        // Where nothing more can go the picture still may get smaller, rather than stand under what is beside it.
        let short = (start + taken - c.right().0).max(0.0);
        let (lead_w, start) = (lead_w.map(|w| (w - short).max(0.3 * w)), start - short);
        return Some(Plan {
            row: Row { column, cuts, lead_w, start, gap, logo, short: squeeze >= Squeeze::Small, stands },
            room,
            page,
            gone,
            foot,
        });
    }
}

/// The mark as large as a headline lets it be, where it is larger and may be smaller.
fn quieter(
    sheet: &Sheet<'_>,
    page: &Measure,
    headline: Option<(&Piece<'_>, &Cut)>,
    logo: Option<(usize, Size)>,
) -> Option<(usize, Size)> {
    let ((index, size), (_, layer)) = logo.zip(mark::layer(sheet.variant))?;
    let least = mark::least(layer, mark::size(layer, page, page.content));
    let h = mark::loud(layer, sheet.variant, page, headline?.1.fitted.size.0).max(least.h.0);
    (h < size.h.0 - 0.1).then(|| (index, Size { w: size.w * (h / size.h.0), h: Px(h) }))
}

/// Size of a button's words, px; nought for all else.
fn acts(pieces: &[Piece<'_>], index: usize, cut: &Cut) -> f32 {
    if pieces.get(index).is_some_and(|p| p.role == Role::CallToAction) { cut.fitted.size.0 } else { 0.0 }
}

/// Whether a mark in a row above a legal line is large enough and clear of it.
fn clears(layer: &Layer, size: Size, row: Rect, page: &Measure) -> bool {
    let min_width = if let Content::Vector { min_width, .. } = &layer.content { min_width.0 } else { 0.0 };
    let free = (row.h.0 - size.h.0) / 2.0 + 0.4 * page.margin;
    size.w.0 >= min_width - 0.4 && free >= mark::clear(layer, size.h.0)
}

/// The headline's size by the one that the master would give it here.
fn reached(words: &[Piece<'_>], column: &Column, page: &Measure) -> f32 {
    let cells = column.rows.iter().flat_map(|r| &r.cells);
    let shares = cells.filter_map(|(i, cut)| {
        let piece = words.get(*i).filter(|p| p.role == Role::Headline)?;
        Some(cut.fitted.size.0 / (piece.slot.ideal.0 * page.scale).max(1e-3))
    });
    shares.reduce(f32::min).unwrap_or(column.t)
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

struct Row {
    column: Column,
    cuts: Vec<(usize, Cut)>,
    lead_w: Option<f32>,
    start: f32,
    gap: f32,
    logo: Option<(usize, Size)>,
    /// Whether it is short of room.
    short: bool,
    /// What the mark is as high as at the most.
    stands: Rect,
}

/// Whether a piece is what is to be paid.
fn is_price(pieces: &[Piece<'_>], index: usize) -> bool {
    pieces.get(index).is_some_and(|p| p.role == Role::Price && !p.slot.strike)
}

/// The width that the price and the mark of a high row save where they stand one above the other, px; nothing where they do not.
fn piled(
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

fn set(sheet: &mut Sheet<'_>, page: &Measure, pieces: &[Piece<'_>], words: &[Piece<'_>], mut row: Row) {
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
    // What the row has left stands between its things, not in one hole before them.
    let pile = piled(sheet, pieces, &row.cuts, row.logo, c, (row.gap, row.short));
    let taken = row.cuts.iter().map(|(_, cut)| cut.w + row.gap).sum::<f32>() + row.logo.map_or(0.0, |(_, s)| s.w.0 + row.gap);
    let free = (c.right().0 - row.start - taken + pile.map_or(0.0, |w| w + row.gap) - row.column.w).max(0.0);
    let things = row.cuts.len() + usize::from(row.logo.is_some() && pile.is_none());
    // A margin that was given for height is kept where the width has it.
    let inset = (sheet.page.margin - page.margin).clamp(0.0, 0.5 * free);
    let first = if row.lead_w.is_some() { 0.0 } else { inset };
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
    let w = if row.lead_w.is_some() && !centred { (x - start).min(row.column.w) } else { x - start };
    let region = Rect::new(start, c.y.0, w.max(1.0), c.h.0);
    sheet.put_column(words, row.column, region, super::regions::Stand::Middle);
}

/// What goes into the words' column; the rest stands beside it. A strip that is high enough has its button under the words.
fn is_words(role: Role, page: &Measure, footed: bool) -> bool {
    let high = page.h >= 80.0 && page.aspect < 4.6 && !footed;
    matches!(role, Role::Headline | Role::Subhead | Role::Body | Role::Legal) || high && role == Role::CallToAction
}

/// A piece beside the words: on one line, sized by the row's height; a price no larger than `loudest` times the master's size.
fn beside(piece: &Piece<'_>, page: &Measure, high: f32, squeeze: Squeeze, loudest: f32) -> Cut {
    // From 130 px up a button is read, not aimed at with a thumb.
    let share = match piece.role {
        Role::Price if piece.slot.strike => 0.15,
        Role::Price => 0.34,
        _ if page.h > 130.0 => 0.068,
        _ if page.h > 70.0 => 0.135,
        _ => 0.165,
    };
    let least = page.legible(if piece.slot.strike { Role::Body } else { piece.role });
    // Larger words on a button are no use where something that must stay goes for them.
    let weak = if squeeze < Squeeze::Small { piece.strong(page, BROAD * page.w) } else { 0.0 };
    let price = if piece.role == Role::Price { piece.coloured(page) } else { 0.0 };
    let mut size = (share * high).min(2.2 * piece.slot.ideal.0 * page.scale);
    if piece.role == Role::Price {
        size = size.min(PAYS * loudest * piece.slot.ideal.0);
    }
    // Where the row is short of room the words on a button are small before those beside it are.
    let acts = if piece.role == Role::CallToAction && squeeze >= Squeeze::Least { SMALLER } else { 1.0 };
    size = size.min(acts * size.max(least)).max((acts * least).max(weak).max(price));
    let at = |share: f32| piece.cut(share * page.w, size, (0.6 * size).max(0.9 * least).max(weak), 1);
    let cut = at(if weak > 0.0 { BROAD } else { 0.34 });
    // Two lines of a button are none: rather a broad one.
    if cut.fits { cut } else { Some(at(BROAD)).filter(|broad| broad.fits).unwrap_or(cut) }
}

/// Width of the picture's part of the row, px from the page's edge.
fn lead_width(sheet: &Sheet<'_>, page: &Measure, layer: usize, squeeze: Squeeze) -> f32 {
    let most = 0.26 * page.w;
    match sheet.variant.layers.get(layer) {
        Some(l) if sheet.is_product(layer) => {
            let natural = mark::natural(l);
            let w = (0.88 * page.h * natural.w.0 / natural.h.0.max(1e-3) + 0.12 * page.h).min(most);
            if squeeze >= Squeeze::Least { w.min(0.9 * page.h) } else { w }
        }
        _ => {
            let by_height = match squeeze {
                Squeeze::None => 1.5,
                Squeeze::Narrow => 1.05,
                Squeeze::Least | Squeeze::Near | Squeeze::Small | Squeeze::Edge => 0.85,
            };
            (by_height * page.h).min(most)
        }
    }
}

/// What goes first: the lowest priority among what may go, then among what should stay; where the headline does not fit at
/// all (`goes`), also what must stay, and guard will say so.
fn weakest(sheet: &Sheet<'_>, pieces: &[Piece<'_>], things: &[Thing], goes: Goes) -> Option<Thing> {
    let picture = |t: &Thing| goes == Goes::Picture && matches!(t, Thing::Lead(_));
    let of = |t: &Thing| match t {
        Thing::Piece(i) => pieces.get(*i).map_or((Keep::Must, i32::MAX), |p| (p.keep, p.priority)),
        Thing::Lead(layer) => sheet.variant.layers.get(*layer).map_or((Keep::Must, i32::MAX), |l| (l.keep, l.priority)),
    };
    things.iter().copied().filter(|t| goes == Goes::Must || picture(t) || of(t).0 != Keep::Must).min_by_key(of)
}
