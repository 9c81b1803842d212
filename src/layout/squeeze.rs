//! In: a flat banner's page, its pieces, the words that are to stand in the row. Out: a [`Plan`]: who stands beside them, in which size, and who goes,
//! the row squeezed step by step. Which words are tried is left to `strip`, where all of it stands to `row`. In logical space.

use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::row::{Row, piled};
use super::sheet::Sheet;
use super::strip::{COMFORT, SQUAT};
use super::{DropReason, Dropped, mark};
use crate::geom::{Rect, Size};
use crate::units::Px;
use crate::variant::{Keep, Layer, Role};

/// Share of the row that a button takes whose words would not fit on one line otherwise, or not in the size that reads on it.
const BROAD: f32 = 0.46;

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

/// Width by height below which a mark is a symbol.
const SYMBOL: f32 = 2.2;

/// Height that a line of a row's words has at the least, px: on a page of rows, and on one of one row.
const LINE: (f32, f32) = (18.0, 24.0);

/// Share of its size that is left of a button's words where the row is short of room.
const SMALLER: f32 = 0.88;

/// Width by height below which a photograph is a sliver.
const SLIVER: f32 = 0.75;

/// Share of its clear space that a mark above a legal line has at the least: a hair above the least of its gate.
const NEARLY: f32 = 0.92;

/// Where a picture above a legal line ends, below the row's words, by the margin.
const LIFTED: f32 = 0.2;

/// Things that may stand in the row beside the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Piece(usize),
    Lead(usize),
}

/// How far the row may be squeezed before something goes that has to stay.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Squeeze {
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
pub enum Goes {
    /// What may and what should stay.
    Should,
    /// The picture too: a legal line that has to stay is worth more than a sliver of it.
    Picture,
    /// All.
    Must,
}

/// Where a legal line below a row runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// Below the words.
    Words,
    /// Below the picture as well, along the whole strip.
    All,
}

/// A row on trial: what stands in it, what went for it.
pub struct Plan {
    /// The row.
    pub row: Row,
    /// The room of its words.
    pub room: Room,
    /// The page as far as it was squeezed.
    pub page: Measure,
    /// What went.
    pub gone: Vec<Dropped>,
    /// Buttons whose words are smaller than they are read with ease on their colour.
    pub weak: usize,
    /// Whether a legal line runs below all of it, mark and all.
    pub along: bool,
    /// The legal line that runs below the row, and where.
    pub foot: Option<(Column, Rect)>,
}

/// Finds who stands in the row: words first, the rest by priority; `legal` runs below it. Nothing where it takes
/// what `goes` leaves, or where it would be squeezed more than `most`.
pub fn plan<'a>(
    sheet: &Sheet<'_>,
    pieces: &[Piece<'a>],
    words: &[Piece<'a>],
    (legal, under): (&[Piece<'a>], Under),
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
            page = page.nearer();
        }
        let whole = page.content;
        let gap = match squeeze {
            Squeeze::None | Squeeze::Narrow => wide_gap,
            Squeeze::Least => 0.8 * wide_gap,
            _ => 0.6 * wide_gap,
        };
        let start = lead_w.map_or(whole.x.0, |w| w + gap);
        let along = under == Under::All && lead_w.is_some();
        let ends = sheet.variant.pins.logo.is_none_or(|(_, end)| end);
        // A symbol beside a legal line is as high as both rows: above the line it would have to be smaller than it may be.
        let natural = mark::layer(sheet.variant).map(|(_, layer)| {
            let size = mark::size(layer, &page, whole);
            if squeeze >= Squeeze::Least { mark::least(layer, size, &page) } else { size }
        });
        let aside = natural
            .filter(|size| ends && !along && !legal.is_empty() && size.w.0 < SYMBOL * size.h.0)
            .map_or(0.0, |size| size.w.0 + gap);
        let foot = (!legal.is_empty()).then(|| {
            let from = if along { whole.x.0 } else { start };
            let w = (whole.right().0 - from - aside).max(1.0);
            // As small as it may be before a button goes for it.
            let line = if squeeze >= Squeeze::Least { page.least_of_all() } else { page.clone() };
            let line = flow::compose(legal, &line, Room::new(w, 0.6 * whole.h.0, 1.0, 2));
            let h = line.foot.as_ref().map_or(0.0, |f| f.h);
            (line, Rect::new(from, whole.bottom().0 - h, w, h))
        });
        let foot_h = foot.as_ref().map_or(0.0, |(_, r)| r.h.0 + 0.4 * page.margin);
        let c = Rect { h: (whole.h - Px(foot_h)).max(Px(1.0)), ..whole };
        page.content = c;
        let high = page.h - foot_h;
        let stands = if aside > 0.0 { whole } else { c };
        let logo = mark::layer(sheet.variant).map(|(index, layer)| {
            let size = mark::size(layer, &page, stands);
            let size = if squeeze >= Squeeze::Least { mark::least(layer, size, &page) } else { size };
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
            pairs: false,
        };
        let set = if even_must { flow::compose } else { flow::firm };
        let (mut column, mut logo) = (set(words, &page, room), logo);
        if !column.fits && page.aspect < SQUAT && cuts.iter().all(|(_, cut)| cut.fits) {
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
            } else if !sound && let Some(more) = [Squeeze::Small, Squeeze::Edge].into_iter().find(|s| squeeze < *s && *s <= most)
            {
                squeeze = more;
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
        let lead_h = if along { c.bottom().0 + LIFTED * page.margin } else { f32::MAX };
        let among = column.rows.iter().flat_map(|r| &r.cells).filter_map(|(i, cut)| Some((words.get(*i)?, cut)));
        let alone = cuts.iter().filter_map(|(i, cut)| Some((pieces.get(*i)?, cut)));
        let weak =
            among.chain(alone).filter(|(p, cut)| p.role == Role::CallToAction && cut.fitted.size.0 < p.coloured(&page) - 0.1);
        let weak = weak.count();
        return Some(Plan {
            weak,
            along: foot.is_some() && aside <= 0.0,
            row: Row {
                column,
                cuts,
                lead: lead_w.map(|w| (w, lead_h)),
                start,
                gap,
                logo,
                short: squeeze >= Squeeze::Small,
                stands,
            },
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
    let least = mark::least(layer, mark::size(layer, page, page.content), page);
    let h = mark::loud(layer, sheet.variant, page, headline?.1.fitted.size.0).max(least.h.0);
    (h < size.h.0 - 0.1).then(|| (index, Size { w: size.w * (h / size.h.0), h: Px(h) }))
}

/// Size of a button's words, px; nought for all else.
fn acts(pieces: &[Piece<'_>], index: usize, cut: &Cut) -> f32 {
    if pieces.get(index).is_some_and(|p| p.role == Role::CallToAction) { cut.fitted.size.0 } else { 0.0 }
}

/// Whether a mark in a row above a legal line is large enough and clear of it.
fn clears(layer: &Layer, size: Size, row: Rect, page: &Measure) -> bool {
    let free = (row.h.0 - size.h.0) / 2.0 + 0.4 * page.margin;
    size.w.0 >= mark::least_width(layer, page) - 0.4 && free >= NEARLY * mark::clear(layer, size.h.0)
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

/// What goes into the words' column; the rest stands beside it. A strip that is high enough has its button under the words.
pub fn is_words(role: Role, page: &Measure, footed: bool) -> bool {
    let high = page.h >= 80.0 && page.aspect < 4.6 && !footed;
    matches!(role, Role::Headline | Role::Subhead | Role::Body | Role::Legal) || high && role == Role::CallToAction
}

/// Size of the words on a button by the height of its strip, px: a low one is aimed at with a thumb, from 130 px up it is read, and a higher strip
/// never has a smaller one.
fn aimed(h: f32) -> f32 {
    let (low, middle) = (0.165 * h.min(70.0), 0.135 * h.min(130.0));
    low.max(middle).max(0.068 * h)
}

/// A piece beside the words: on one line, sized by the row's height; a price no larger than `loudest` times the master's size.
fn beside(piece: &Piece<'_>, page: &Measure, high: f32, squeeze: Squeeze, loudest: f32) -> Cut {
    let share = match piece.role {
        Role::Price if piece.slot.strike => 0.15,
        Role::Price => 0.34,
        _ => aimed(page.h) / page.h.max(1.0),
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
