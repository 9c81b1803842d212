//! In: a wide page that is higher than a strip, and the pieces. Out: few words, large: the words at one side, price, button and logo
//! stacked beside them, the picture beside both. Read from a car or from the corner of an eye. In logical space.

use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::Piece;
use super::regions::Stand;
use super::sheet::Sheet;
use super::{column, mark, pieces};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Layer, Role};

/// Shares of the zone that the second cell may take, widest first.
const SHARES: [f32; 3] = [0.4, 0.32, 0.25];

/// A photograph's part of the page's width: about as wide as high, within these.
const PHOTO: (f32, f32) = (0.26, 0.4);

/// Width of the words' column by its height below which they may take a line more than in the master: beside a cut-out, and where a photograph and
/// what is to be done leave them less.
const NARROW: (f32, f32) = (1.3, 1.7);

/// How much larger than in the master the second cell's type gets at most.
const LOUDEST: f32 = 1.8;

/// How much larger than in the master it may be where the words are no larger than there; where they are smaller it gets no larger either.
const GROWN: f32 = 1.35;

/// Width by height from which on what is to be paid and what is to be done may have a cell each, and the most of the zone's width that the latter has.
const FLAT: f32 = 3.3;
const ENDS: f32 = 0.24;
/// Type scale below which what shares a cell is crumbs; how much larger what is to be paid must be alone; and the share of its size that a headline keeps.
const CRUMBS: f32 = 0.85;
const WORTH: f32 = 1.25;
const GIVES: f32 = 0.68;

/// What a line that ends inside a phrase is worth, in type scale.
const TORN: f32 = 0.15;

/// Share of the page's height that parts the mark from what is to be paid and done at the least: nearer it is a button's caption.
const APART: f32 = 0.14;

/// Share of the mark's height that parts it from them beyond that, where the page has it to spare.
const PARTS: f32 = 0.6;

/// The second cell: what to pay and what to do, with the sender's mark.
struct Second {
    column: Column,
    w: f32,
    h: f32,
}

/// The cell at the end of a flat page: what is to be done, with the sender's mark; what is to be paid is left to a cell before it.
struct End<'p, 'a> {
    paid: Vec<Piece<'p>>,
    acts: Vec<Piece<'p>>,
    column: Column,
    w: f32,
    logo: (usize, &'a Layer, Size),
}

impl<'p, 'a> End<'p, 'a> {
    /// The cell, where both are there and have room.
    fn of(beside: &[Piece<'p>], page: &Measure, zone: Rect, logo: Option<(usize, &'a Layer, Size)>) -> Option<Self> {
        let logo = logo?;
        let button = |p: &Piece<'_>| p.role == Role::CallToAction && p.slot.plate.is_some();
        let (acts, paid): (Vec<Piece<'p>>, Vec<Piece<'p>>) = beside.iter().cloned().partition(button);
        let pays = paid.iter().any(|p| p.role == Role::Price);
        let column = Self::set(&acts, page, (zone, logo.2), GROWN);
        let sound = column.fits && column.dropped.is_empty();
        (pays && !acts.is_empty() && sound).then(|| Self { w: column.w.max(logo.2.w.0), paid, acts, column, logo })
    }

    /// Sets what is to be done beside a mark, no larger than so much of the master's type.
    fn set(acts: &[Piece<'p>], page: &Measure, (zone, mark): (Rect, Size), most: f32) -> Column {
        let h = zone.h.0 - mark.h.0 - APART * page.h;
        flow::compose(acts, page, Room::new(ENDS * zone.w.0, h.max(1.0), most, 0))
    }

    /// Puts it at a place, as high as the words beside it: the mark at the end at which the master has it.
    fn put(self, sheet: &mut Sheet<'_>, x: f32, words: (f32, f32), headed: bool) {
        let (index, _, size) = self.logo;
        let needs = self.column.h + size.h.0 + APART * sheet.page.h;
        let h = words.1.max(needs);
        let c = sheet.page.content;
        let top = (words.0 - (h - words.1) / 2.0).min(c.bottom().0 - h).max(c.y.0);
        let column_h = self.column.h;
        let (mark, acts) = if headed { (top, top + h - column_h) } else { (top + h - size.h.0, top) };
        sheet.put_column(&self.acts, self.column, Rect::new(x, acts, self.w, column_h), Stand::Top);
        sheet.put_logo(index, Rect::new(x, mark, size.w.0, size.h.0));
    }
}

/// Fills the sheet.
pub fn fill<'v>(sheet: &mut Sheet<'v>, all: &[Piece<'_>]) {
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
        let x = page.reach().right().0 - w;
        sheet.put_product(layer, Rect::new(x, 0.04 * page.h, w, high), (1.0, 0.5));
        zone.w.0 = x - gap - zone.x.0;
    } else if let Some(layer) = lead {
        // Words on a ground of their own: beside a photograph as high as the page, as on a poster of a bus's side.
        let full = page.full;
        let x = page.w * (1.0 - (1.2 * page.h / page.w).clamp(PHOTO.0, PHOTO.1));
        sheet.put_photo(layer, Rect::new(x, full.y.0, full.right().0 - x, full.h.0));
        sheet.panel(Rect::new(full.x.0, full.y.0, x - full.x.0, full.h.0));
        zone.w.0 = (x - page.margin - zone.x.0).max(1.0);
    }
    let hung = column::hangs;
    // A kicker is the headline's, and what is to be done in bare words is a line of theirs: alone beside them it is a label of nothing.
    let bare = |p: &Piece<'_>| p.role == Role::CallToAction && p.slot.plate.is_none();
    // A strip has no height for one line more; where it would cost the words one of theirs it stands beside them.
    let mut leads_on = !page.is_strip() && all.iter().any(bare);
    if leads_on {
        let said: Vec<Piece<'_>> = all.iter().filter(|p| !matches!(p.role, Role::Price | Role::Badge)).cloned().collect();
        let w = zone.w.0 - mark::layer(variant).map_or(0.0, |(_, layer)| mark::size(layer, &page, zone).w.0) - gap;
        leads_on = flow::compose(&said, &page, Room::new(w.max(1.0), c.h.0, 2.4, 0)).dropped.is_empty();
    }
    let acts = |p: &Piece<'_>| match p.role {
        Role::Price => true,
        Role::CallToAction => !(leads_on && bare(p)),
        Role::Badge => !pieces::kicks(p, all),
        _ => false,
    };
    let first: Vec<Piece<'_>> = all.iter().filter(|p| !acts(p)).cloned().collect();
    let mut beside: Vec<Piece<'_>> = all.iter().filter(|p| acts(p) && !hung(sheet, p)).cloned().collect();
    let mut logo = mark::layer(variant).map(|(index, layer)| (index, layer, mark::size(layer, &page, zone)));
    let takes = |logo: Option<(usize, &Layer, Size)>| {
        let h = logo.map_or(0.0, |(_, layer, size)| size.h.0 + mark::air(layer, size, &page).max(APART * page.h));
        (logo.map_or(0.0, |(_, _, size)| size.w.0), h)
    };
    // What is to be done grows with the words, not beyond them.
    let with_words = |words: &Column| words.t.max((GROWN * words.t).clamp(1.0, GROWN));
    // The words and the cell beside them, where that takes a share of the width and the mark so much of the cell.
    let composed = |(wide, beside): (f32, &[Piece<'_>]), share: f32, (logo_w, logo_h): (f32, f32)| {
        let room = Room::new(share * wide, (c.h.0 - logo_h).max(1.0), LOUDEST, 0);
        let beside_words = |second: &Column| {
            let w = (wide - second.w.max(logo_w) - gap).max(1.0);
            // Words in little width are as large in a line more.
            let narrow = if product.is_some() { NARROW.0 } else { NARROW.1 };
            let more = u32::from(w < narrow * c.h.0);
            let words = flow::compose(&first, &page, Room::new(w, c.h.0, 2.4, more));
            // But not for a line that ends inside a phrase.
            let whole = (more > 0 && words.torn > 0).then(|| flow::compose(&first, &page, Room::new(w, c.h.0, 2.4, 0)));
            let better = |c: &Column| c.torn < words.torn && c.is_as_sound_as(&words) && c.dropped.len() <= words.dropped.len();
            (whole.filter(better).unwrap_or(words), w)
        };
        let mut column = flow::compose(beside, &page, room);
        let (mut words, mut w) = beside_words(&column);
        let most = with_words(&words);
        if column.t > most {
            column = flow::compose(beside, &page, Room { most, ..room });
            (words, w) = beside_words(&column);
        }
        (words, Second { w: column.w.max(logo_w), h: column.h + logo_h, column }, w)
    };

    let sought = |cell: (f32, &[Piece<'_>]), taken: (f32, f32)| {
        let mut best: Option<(f32, f32, Column, Second, f32)> = None;
        for share in SHARES {
            let (words, second, w) = composed(cell, share, taken);
            let lost = (words.dropped.len() + 2 * second.column.dropped.len()) as f32;
            let unfit = f32::from(u8::from(!words.fits)) + f32::from(u8::from(!second.column.fits));
            // Near the least that reads what is to be done is worth more than a larger headline.
            let worth = if page.is_close() { 0.6 } else { 0.3 };
            // Nor is what is to be done larger, by the master, than what is said.
            let louder = (second.column.t.min(GROWN) - GROWN * words.t).max(0.0);
            let value = words.t + 0.5 * second.column.t - louder - worth * lost - TORN * words.torn as f32 - 4.0 * unfit;
            if best.as_ref().is_none_or(|b| value > b.0 + 1e-4) {
                best = Some((value, share, words, second, w));
            }
        }
        best
    };
    let whole = zone;
    let mut best = sought((zone.w.0, &beside), takes(logo));
    // Four rows in so little height are crumbs: what is to be paid has a cell of its own, and what is to be done stands with the mark.
    let flat = page.aspect >= FLAT && !page.is_strip() && !page.is_close();
    let crumbs = flat && best.as_ref().is_some_and(|(.., second, _)| second.column.t < CRUMBS);
    let mut ends = if crumbs { End::of(&beside, &page, zone, logo) } else { None };
    if let Some(end) = &ends {
        let wide = zone.w.0 - end.w - gap;
        let apart = sought((wide, &end.paid), (0.0, 0.0));
        // That is worth some of the headline's size, and no word of what is said.
        let better = best.as_ref().zip(apart.as_ref()).is_some_and(|((.., words, second, _), (.., now, paid, _))| {
            let size = |c: &Column| flow::headline(&first, c).map_or(0.0, |(_, cut)| cut.fitted.size.0);
            let sound = now.is_as_sound_as(words) && paid.column.fits;
            let whole = now.dropped.len() <= words.dropped.len() && paid.column.dropped.is_empty();
            // Nor a wall of small print for it.
            let print = |c: &Column| {
                let legal = |i: usize| first.get(i).is_some_and(|p| p.role == Role::Legal);
                let cells = c.rows.iter().chain(&c.foot).flat_map(|row| &row.cells).filter(|(i, _)| legal(*i));
                cells.map(|(_, cut)| cut.fitted.lines.len()).max().unwrap_or(0)
            };
            let whole = whole && print(now) <= print(words).max(2);
            sound && whole && paid.column.t >= WORTH * second.column.t && size(now) >= GIVES * size(words)
        });
        if better {
            (best, zone.w, beside, logo) = (apart, Px(wide), end.paid.clone(), None);
        } else {
            ends = None;
        }
    }
    let cell = (zone.w.0, beside.as_slice());
    let Some((_, share, mut words, mut second, mut w)) = best else { return };
    // A mark no louder than the headline lets it be; what it gives the words and what is to be done have.
    let headline = flow::headline(&first, &words).map(|(_, cut)| cut.fitted.size.0);
    let quieter = |(index, layer, size): (usize, &'v Layer, Size)| {
        let h =
            headline.map_or(f32::MAX, |size| mark::loud(layer, variant, &page, size)).max(mark::least(layer, size, &page).h.0);
        (h < size.h.0 - 0.1).then(|| (index, layer, Size { w: size.w * (h / size.h.0), h: Px(h) }))
    };
    if let Some(less) = logo.and_then(quieter) {
        logo = Some(less);
        (words, second, w) = composed(cell, share, takes(logo));
    }
    if let Some(end) = &mut ends {
        // Nor is what is to be done larger, by the master, than what is said.
        end.logo = quieter(end.logo).unwrap_or(end.logo);
        end.column = End::set(&end.acts, &page, (whole, end.logo.2), with_words(&words).min(end.column.t));
    }
    let logo_h = takes(logo).1;
    // In a strip a price quieter than the headline is rather larger than far from its button.
    let size = |pieces: &[Piece<'_>], column: &Column, role: Role| {
        let mut cells = column.rows.iter().flat_map(|row| &row.cells);
        let is = |i: usize| pieces.get(i).is_some_and(|p| p.role == role && !p.slot.strike);
        cells.find(|(i, _)| is(*i)).map(|(_, cut)| cut.fitted.size.0)
    };
    let quiet = size(&beside, &second.column, Role::Price).zip(size(&first, &words, Role::Headline)).is_some_and(|(p, h)| p < h);
    if quiet && page.is_strip() {
        let room = Room::new(second.w, (c.h.0 - logo_h).max(1.0), with_words(&words), 0);
        let column = flow::compose(&beside, &page.nearer(), room);
        if column.fits && column.dropped.len() <= second.column.dropped.len() && column.t > second.column.t {
            second = Second { h: column.h + logo_h, column, ..second };
        }
    }
    sheet.terms.t = words.t.min(1.4 * second.column.t);
    sheet.terms.filled = 1.0;
    let foot = words.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(&page, f));
    let middle = c.y.0 + (c.h.0 - foot) / 2.0;
    // The cell keeps to the words where a cut-out stands beside them, and to the far edge of their ground else.
    let words_w = words.w.max(0.24 * w);
    let x = if product.is_some() {
        f32::midpoint(zone.x.0 + words_w + gap, zone.right().0 - second.w)
    } else {
        zone.right().0 - second.w
    };
    let block = if product.is_some() { words_w.min(w) } else { w };
    // The mark stands at one end of the cell and what is to be done at the other; where the words are higher, both keep to their ends.
    let signs = logo.map_or(0.0, |(_, _, size)| PARTS * mark::stature(size));
    let spare = (words.h - second.h).max((0.5 * (c.h.0 - second.h)).min(signs)).max(0.0);
    let capitals = flow::headline(&first, &words).map_or(0.0, |(_, cut)| (cut.fitted.first_baseline - cut.fitted.cap_height).0);
    let words_h = words.h;
    let words_top = c.y.0 + (0.48 * (c.h.0 - foot - words.h)).max(0.0);
    let alone = second.column.rows.is_empty();
    // Centred words beside a cut-out, with nothing but a mark for the cell: the mark stands on the cut-out's other side, and they between both.
    let on_axis = flow::headline(&first, &words).is_some_and(|(p, _)| p.slot.align == Align::Center);
    let between = logo.filter(|_| alone && on_axis && product.is_some()).map(|(_, _, size)| {
        let (from, to) = (zone.x.0 + size.w.0 + gap, zone.right().0);
        let middle = 0.5 * page.w;
        let half = (middle - from).min(to - middle);
        if 2.0 * half >= words.w { (middle - half, 2.0 * half) } else { (from, (to - from).max(1.0)) }
    });
    let (from, block) = between.unwrap_or((zone.x.0, block));
    sheet.put_column(&first, words, Rect::new(from, c.y.0, block, c.h.0), Stand::Middle);
    let headed = mark::layer(variant).is_some_and(|(_, layer)| layer.master_box.center().y.0 < 0.5 * variant.artboard.h.0);
    // A call in bare words is the mark's line, not a label at the page's corner.
    let signed = logo.is_some() && !page.is_strip() && beside.iter().all(bare);
    let spare = if alone || signed { 0.0 } else { spare };
    let high = second.h + spare;
    let in_line = spare > 0.0 && high <= words_h + 0.5;
    let top = if in_line { words_top } else { middle - high / 2.0 };
    let top = if signed && !alone { (words_top + words_h).min(c.bottom().0) - high } else { top };
    let top = top.clamp(c.y.0, (c.bottom().0 - high).max(c.y.0));
    let column_h = second.column.h;
    let centred = beside.first().is_some_and(|p| p.slot.align == Align::Center);
    // Its first line in line with the headline's capitals.
    let capital = if in_line { capitals.min(spare) } else { 0.0 };
    let at = if headed { top + logo_h + spare } else { top + capital };
    sheet.put_column(&beside, second.column, Rect::new(x, at, second.w, column_h), Stand::Top);
    if let Some((index, _, size)) = logo {
        let y = match (headed, alone) {
            _ if between.is_some() => words_top + (words_h - size.h.0) / 2.0,
            // Alone it heads the page in line with the headline's capitals, or signs in line with the words' last line.
            (true, true) => words_top + capitals,
            (false, true) => (if foot > 0.0 { c.bottom().0 } else { words_top + words_h }) - size.h.0,
            (true, false) => top + capital,
            (false, false) => top + high - size.h.0,
        };
        // Alone in its cell it signs at the far end.
        let x = match alone {
            true if between.is_some() => zone.x.0,
            true => zone.right().0 - size.w.0,
            // On the axis of centred words, else at their edge.
            false if centred => x + (second.w - size.w.0) / 2.0,
            false => x,
        };
        sheet.put_logo(index, Rect::new(x, y, size.w.0, size.h.0));
    }
    if let Some(end) = ends {
        end.put(sheet, zone.right().0 + gap, (words_top + capitals, words_h - capitals), headed);
    }
    for piece in all {
        if hung(sheet, piece) {
            column::hang(sheet, piece, product);
        }
    }
}
