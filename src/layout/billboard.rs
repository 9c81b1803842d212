//! In: a wide page that is higher than a strip, and the pieces. Out: few words, large: the words at one side, price, button and logo
//! stacked beside them, the picture beside both. Read from a car or from the corner of an eye. In logical space.

use super::flow::{self, Column, Room};
use super::measure::Measure;
use super::pieces::Piece;
use super::regions::Stand;
use super::sheet::Sheet;
use super::{column, mark, pieces, terms};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Layer, Role, Variant};

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

/// Width by height from which on what is to be paid and what is to be done have a cell each, and the most of the zone's width that the latter has.
const FLAT: f32 = 3.6;
const ENDS: f32 = 0.24;
/// How much larger, by the master, what is to be paid may be there than what is said.
const ALIKE: f32 = 1.15;
/// Rows of what is to be paid from which on all of it in one cell with the mark and what is to be done is crumbs.
const CRUMBS: usize = 2;

/// What a line that ends inside a phrase is worth, in type scale, and the share of its size that a headline keeps for one that does not.
const TORN: f32 = 0.15;
const WHOLE: f32 = 0.8;

/// What lines of a headline at odds are worth, by the share that they lack of the widest, and how much that is with most.
const ODDS: f32 = 2.5;
const USUAL_ODDS: f32 = 0.25;

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

/// A mark on its way to its place.
type Mark<'v> = (usize, &'v Layer, Size);

/// The cell beside the words: its pieces, the width that both share, and what the mark takes of the cell.
#[derive(Clone, Copy)]
struct Cell<'c, 'p> {
    beside: &'c [Piece<'p>],
    wide: f32,
    mark: (f32, f32),
    most: fn(&Column) -> f32,
}

/// Words and what stands beside them, as they were found: the share of the width that the latter was given, and the width left to the words.
struct Found {
    share: f32,
    words: Column,
    second: Second,
    w: f32,
}

/// The page without its picture, and the words that are said on it.
struct Board<'v, 'p> {
    variant: &'v Variant,
    page: Measure,
    product: Option<usize>,
    gap: f32,
    zone: Rect,
    first: Vec<Piece<'p>>,
}

/// Fills the sheet.
pub fn fill(sheet: &mut Sheet<'_>, all: &[Piece<'_>]) {
    let mut board = Board::of(sheet);
    let beside = board.part(sheet, all);
    let mark = mark::layer(board.variant).map(|(index, layer)| (index, layer, mark::size(layer, &board.page, board.zone)));
    board.stand(sheet, beside, mark);
    for piece in all {
        if column::hangs(sheet, piece) {
            column::hang(sheet, piece, board.product);
        }
    }
}

impl<'v, 'p> Board<'v, 'p> {
    /// Places the picture, and measures what it leaves.
    fn of(sheet: &mut Sheet<'v>) -> Self {
        let variant = sheet.variant;
        let page = sheet.page.clone();
        let gap = (0.045 * page.w).min(0.2 * page.h);
        let lead = sheet.lead();
        let product = lead.filter(|&l| sheet.is_product(l));
        let mut zone = page.content;
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
        Self { variant, page, product, gap, zone, first: Vec::new() }
    }

    /// Parts what is said from what stands beside it, and gives the latter.
    fn part(&mut self, sheet: &Sheet<'_>, all: &[Piece<'p>]) -> Vec<Piece<'p>> {
        // A strip has no height for one line more; where it would cost the words one of theirs it stands beside them.
        let mut leads_on = !self.page.is_strip() && all.iter().any(is_bare);
        if leads_on {
            let said: Vec<Piece<'_>> = all.iter().filter(|p| !matches!(p.role, Role::Price | Role::Badge)).cloned().collect();
            let mark = mark::layer(self.variant).map_or(0.0, |(_, layer)| mark::size(layer, &self.page, self.zone).w.0);
            let w = self.zone.w.0 - mark - self.gap;
            leads_on = flow::compose(&said, &self.page, Room::new(w.max(1.0), self.page.content.h.0, 2.4, 0)).dropped.is_empty();
        }
        // A kicker is the headline's, and what is to be done in bare words is a line of theirs: alone beside them it is a label of nothing.
        let acts = |p: &Piece<'_>| match p.role {
            Role::Price => true,
            Role::CallToAction => !(leads_on && is_bare(p)),
            Role::Badge => !pieces::kicks(p, all),
            _ => false,
        };
        self.first = all.iter().filter(|p| !acts(p)).cloned().collect();
        all.iter().filter(|p| acts(p) && !column::hangs(sheet, p)).cloned().collect()
    }

    /// What a mark takes of its cell.
    fn takes(&self, mark: Option<Mark<'_>>) -> (f32, f32) {
        mark.map_or((0.0, 0.0), |(_, layer, size)| {
            (size.w.0, size.h.0 + mark::air(layer, size, &self.page).max(APART * self.page.h))
        })
    }

    /// The words in a width.
    fn words(&self, w: f32) -> Column {
        let h = self.page.content.h.0;
        // Words in little width are as large in a line more.
        let narrow = if self.product.is_some() { NARROW.0 } else { NARROW.1 };
        let more = u32::from(w < narrow * h);
        let words = flow::compose(&self.first, &self.page, Room::new(w, h, 2.4, more));
        // But not for a line that ends inside a phrase, unless the headline would be small beside the room left over.
        let whole = (more > 0 && words.torn > 0).then(|| flow::compose(&self.first, &self.page, Room::new(w, h, 2.4, 0)));
        let size = |c: &Column| self.headline(c).unwrap_or(0.0);
        let better = |c: &Column| {
            let sound = c.torn < words.torn && c.is_as_sound_as(&words) && c.dropped.len() <= words.dropped.len();
            sound && size(c) >= WHOLE * size(&words)
        };
        whole.filter(better).unwrap_or(words)
    }

    /// The words and the cell beside them, where that takes a share of the width.
    fn composed(&self, cell: Cell<'_, 'p>, share: f32) -> Found {
        let (mark_w, mark_h) = cell.mark;
        let room = Room::new(share * cell.wide, (self.page.content.h.0 - mark_h).max(1.0), LOUDEST, 0);
        let words = |second: &Column| {
            let w = (cell.wide - second.w.max(mark_w) - self.gap).max(1.0);
            (self.words(w), w)
        };
        let mut column = flow::compose(cell.beside, &self.page, room);
        let (mut said, mut w) = words(&column);
        let most = (cell.most)(&said);
        if column.t > most {
            column = flow::compose(cell.beside, &self.page, Room { most, ..room });
            (said, w) = words(&column);
        }
        Found { share, words: said, second: Second { w: column.w.max(mark_w), h: column.h + mark_h, column }, w }
    }

    /// The share of the width that suits both best.
    fn sought(&self, cell: Cell<'_, 'p>) -> Option<Found> {
        let mut best: Option<(f32, Found)> = None;
        for share in SHARES {
            let found = self.composed(cell, share);
            let (words, second) = (&found.words, &found.second.column);
            let lost = (words.dropped.len() + 2 * second.dropped.len()) as f32;
            let unfit = f32::from(u8::from(!words.fits)) + f32::from(u8::from(!second.fits));
            // Near the least that reads what is to be done is worth more than a larger headline.
            let worth = if self.page.is_close() { 0.6 } else { 0.45 };
            // Nor is what is to be done larger, by the master, than what is said.
            let louder = (second.t.min(GROWN) - GROWN * words.t).max(0.0);
            let odds = flow::headline(&self.first, words).map_or(0.0, |(_, cut)| terms::uneven(&cut.fitted));
            let torn = TORN * words.torn as f32 + ODDS * (odds - USUAL_ODDS).max(0.0);
            let value = words.t + 0.5 * second.t - louder - worth * lost - torn - 4.0 * unfit;
            if best.as_ref().is_none_or(|b| value > b.0 + 1e-4) {
                best = Some((value, found));
            }
        }
        best.map(|(_, found)| found)
    }

    /// The size of the headline, px.
    fn headline(&self, words: &Column) -> Option<f32> {
        flow::headline(&self.first, words).map(|(_, cut)| cut.fitted.size.0)
    }

    /// What is to be paid in a cell of its own, and the cell at the page's end, where all of it in one would be crumbs: by the shape of the page and
    /// what there is to be paid, so that languages and products of a format stand alike.
    fn apart(&self, beside: &[Piece<'p>], mark: Option<Mark<'v>>, found: &Found) -> Option<(Found, End<'p, 'v>)> {
        let flat = self.page.aspect >= FLAT && !self.page.is_strip() && !self.page.is_close();
        let end = flat.then(|| End::of(beside, &self.page, self.zone, mark)).flatten().filter(|end| end.paid.len() >= CRUMBS)?;
        let wide = self.zone.w.0 - end.w - self.gap;
        let cell = Cell { beside: &end.paid, wide, mark: (0.0, 0.0), most: alike };
        // No word of what is said goes for it.
        let now = self.sought(cell).filter(|now| now.words.fits && now.second.column.fits)?;
        let whole = now.words.dropped.len() <= found.words.dropped.len() && now.second.column.dropped.is_empty();
        whole.then_some((now, end))
    }

    /// A mark no louder than the headline lets it be, where it is.
    fn quieter(&self, (index, layer, size): Mark<'v>, words: &Column) -> Option<Mark<'v>> {
        let loud = self.headline(words).map_or(f32::MAX, |headline| mark::loud(layer, self.variant, &self.page, headline));
        let h = loud.max(mark::least(layer, size, &self.page).h.0);
        (h < size.h.0 - 0.1).then(|| (index, layer, Size { w: size.w * (h / size.h.0), h: Px(h) }))
    }

    /// What is to be paid in a strip, where it is quieter than the headline: rather larger than far from its button.
    fn nearer(&self, beside: &[Piece<'p>], words: &Column, second: &Second, mark_h: f32) -> Option<Second> {
        let mut cells = second.column.rows.iter().flat_map(|row| &row.cells);
        let is_price = |i: usize| beside.get(i).is_some_and(|p| p.role == Role::Price && !p.slot.strike);
        let price = cells.find(|(i, _)| is_price(*i)).map(|(_, cut)| cut.fitted.size.0)?;
        if !self.page.is_strip() || price >= self.headline(words)? {
            return None;
        }
        let room = Room::new(second.w, (self.page.content.h.0 - mark_h).max(1.0), with_words(words), 0);
        let column = flow::compose(beside, &self.page.nearer(), room);
        let larger = column.fits && column.dropped.len() <= second.column.dropped.len() && column.t > second.column.t;
        larger.then_some(Second { h: column.h + mark_h, w: second.w, column })
    }

    /// Finds who stands where, and puts it there.
    fn stand(&mut self, sheet: &mut Sheet<'v>, mut beside: Vec<Piece<'p>>, mut mark: Option<Mark<'v>>) {
        let whole = self.zone;
        let cell = Cell { beside: &beside, wide: whole.w.0, mark: self.takes(mark), most: with_words };
        let Some(mut found) = self.sought(cell) else { return };
        let mut ends = None;
        if let Some((apart, end)) = self.apart(&beside, mark, &found) {
            self.zone.w.0 -= end.w + self.gap;
            (found, beside, mark, ends) = (apart, end.paid.clone(), None, Some(end));
        }
        // What a mark gives the words and what is to be done have.
        if let Some(less) = mark.and_then(|mark| self.quieter(mark, &found.words)) {
            mark = Some(less);
            let cell = Cell { beside: &beside, wide: self.zone.w.0, mark: self.takes(mark), most: with_words };
            found = self.composed(cell, found.share);
        }
        if let Some(end) = &mut ends {
            // Nor is what is to be done larger, by the master, than what is said.
            end.logo = self.quieter(end.logo, &found.words).unwrap_or(end.logo);
            let most = with_words(&found.words).min(end.column.t);
            end.column = End::set(&end.acts, &self.page, (whole, end.logo.2), most);
        }
        if let Some(nearer) = self.nearer(&beside, &found.words, &found.second, self.takes(mark).1) {
            found.second = nearer;
        }
        let x = self.zone.right().0 + self.gap;
        let said = self.put(sheet, &beside, mark, found);
        if let Some(end) = ends {
            let headed = self.is_headed();
            end.put(sheet, x, said, headed);
        }
    }

    /// Whether the master has its mark above.
    fn is_headed(&self) -> bool {
        let (artboard, mark) = (self.variant.artboard, mark::layer(self.variant));
        mark.is_some_and(|(_, layer)| layer.master_box.center().y.0 < 0.5 * artboard.h.0)
    }

    /// Where centred words stand beside a cut-out with nothing but a mark for the cell: the mark on the cut-out's other side, and they between both.
    fn between(&self, words: &Column, mark: Option<Mark<'_>>) -> Option<(f32, f32)> {
        let on_axis = flow::headline(&self.first, words).is_some_and(|(p, _)| p.slot.align == Align::Center);
        let (_, _, size) = mark.filter(|_| on_axis && self.product.is_some())?;
        let (from, to) = (self.zone.x.0 + size.w.0 + self.gap, self.zone.right().0);
        let middle = 0.5 * self.page.w;
        let half = (middle - from).min(to - middle);
        Some(if 2.0 * half >= words.w { (middle - half, 2.0 * half) } else { (from, (to - from).max(1.0)) })
    }

    /// Puts words and cell at their places; gives where the words begin, from their capitals on, and how high they are.
    fn put(&self, sheet: &mut Sheet<'v>, beside: &[Piece<'p>], mark: Option<Mark<'v>>, found: Found) -> (f32, f32) {
        let (page, zone, c) = (&self.page, self.zone, self.page.content);
        let Found { words, second, w, .. } = found;
        let mark_h = self.takes(mark).1;
        sheet.terms.t = words.t.min(1.4 * second.column.t);
        sheet.terms.filled = 1.0;
        let foot = words.foot.as_ref().map_or(0.0, |f| f.h + flow::foot_gap(page, f));
        // The cell keeps to the words where a cut-out stands beside them, and to the far edge of their ground else.
        let words_w = words.w.max(0.24 * w);
        let (x, block) = match self.product {
            Some(_) => (f32::midpoint(zone.x.0 + words_w + self.gap, zone.right().0 - second.w), words_w.min(w)),
            None => (zone.right().0 - second.w, w),
        };
        let capitals =
            flow::headline(&self.first, &words).map_or(0.0, |(_, cut)| (cut.fitted.first_baseline - cut.fitted.cap_height).0);
        let said = Said { top: c.y.0 + (0.48 * (c.h.0 - foot - words.h)).max(0.0), h: words.h, capitals, foot };
        let alone = second.column.rows.is_empty();
        let between = if alone { self.between(&words, mark) } else { None };
        let (from, block) = between.unwrap_or((zone.x.0, block));
        let stands = Stands::of(self, &said, &second, beside, mark);
        sheet.put_column(&self.first, words, Rect::new(from, c.y.0, block, c.h.0), Stand::Middle);
        let at = if stands.headed { stands.top + mark_h + stands.spare } else { stands.top + stands.capital };
        let (column_h, centred) = (second.column.h, beside.first().is_some_and(|p| p.slot.align == Align::Center));
        sheet.put_column(beside, second.column, Rect::new(x, at, second.w, column_h), Stand::Top);
        if let Some((index, _, size)) = mark {
            let y = match (stands.headed, alone) {
                _ if between.is_some() => said.top + (said.h - size.h.0) / 2.0,
                // Alone it heads the page in line with the headline's capitals, or signs in line with the words' last line.
                (true, true) => said.top + capitals,
                (false, true) => (if foot > 0.0 { c.bottom().0 } else { said.top + said.h }) - size.h.0,
                (true, false) => stands.top + stands.capital,
                (false, false) => stands.top + second.h + stands.spare - size.h.0,
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
        (said.top + capitals, said.h - capitals)
    }
}

/// What is to be done grows with the words, not beyond them.
fn with_words(words: &Column) -> f32 {
    words.t.max((GROWN * words.t).clamp(1.0, GROWN))
}

/// What is to be paid in a cell of its own is about as much larger than in the master as the words.
fn alike(words: &Column) -> f32 {
    ALIKE * words.t
}

/// Whether a piece tells what is to be done in bare words.
fn is_bare(piece: &Piece<'_>) -> bool {
    piece.role == Role::CallToAction && piece.slot.plate.is_none()
}

/// Where the words stand: their top, their height, how far below the top the headline's capitals begin, and the height of the line at the foot.
struct Said {
    top: f32,
    h: f32,
    capitals: f32,
    foot: f32,
}

/// Where the cell beside the words stands: its top, the space between the mark and the rest beyond the least, how far its first line is lowered to be
/// in line with the headline's capitals, and whether the mark heads it.
struct Stands {
    top: f32,
    spare: f32,
    capital: f32,
    headed: bool,
}

impl Stands {
    fn of(board: &Board<'_, '_>, said: &Said, second: &Second, beside: &[Piece<'_>], mark: Option<Mark<'_>>) -> Self {
        let c = board.page.content;
        let alone = second.column.rows.is_empty();
        let headed = board.is_headed();
        // A mark that signs does so in line with the small print: halfway down it belongs to nothing.
        let said_h = if said.foot > 0.0 && mark.is_some() && !headed { c.bottom().0 - said.top } else { said.h };
        // The mark stands at one end of the cell and what is to be done at the other; where the words are higher, both keep to their ends.
        let signs = mark.map_or(0.0, |(_, _, size)| PARTS * mark::stature(size));
        let spare = (said_h - second.h).max((0.5 * (c.h.0 - second.h)).min(signs)).max(0.0);
        // A call in bare words is the mark's line, not a label at the page's corner.
        let signed = mark.is_some() && !board.page.is_strip() && beside.iter().all(is_bare);
        let spare = if alone || signed { 0.0 } else { spare };
        let high = second.h + spare;
        let in_line = spare > 0.0 && high <= said_h + 0.5;
        let middle = c.y.0 + (c.h.0 - said.foot) / 2.0;
        let top = match () {
            () if signed && !alone => (said.top + said.h).min(c.bottom().0) - high,
            () if in_line => said.top,
            () => middle - high / 2.0,
        };
        let most = (c.bottom().0 - high).max(c.y.0);
        // Higher than the words it begins where they do, beside small print at the page's foot: above them it would be alone.
        let top = if said.foot > 0.0 { top.max(said.top) } else { top };
        let top = top.clamp(c.y.0, most);
        let capital = if in_line { said.capitals.min(spare) } else { 0.0 };
        Self { top, spare, capital, headed }
    }
}
