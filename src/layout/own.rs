//! In: the page, the pieces, the master's boxes. Out: the master's own arrangement on a page of nearly its shape: each layer keeps its
//! place in the [`Frame`], text is fitted in its own box, words keep their distance, a cut-out keeps off them.

use super::anchor::Frame;
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::place::SAME;
use super::scrim::Edge;
use super::sheet::{Sheet, aligned};
use super::{adorn, candidates, crop, mark};
use crate::geom::{Rect, Size};
use crate::text::Align;
use crate::units::Px;
use crate::variant::{Role, TextSlot, Variant};
use std::sync::Arc;

/// Words on their way to a place: index of the piece, its cut, its outer box, and whether it stands in the upper half of the master.
struct Set {
    piece: usize,
    cut: Cut,
    outer: Rect,
    master: Rect,
    high: bool,
}

impl Set {
    /// Whether both stand in one row of the master.
    fn in_row(&self, other: &Self) -> bool {
        shared(&self.master, &other.master) > 0.4
    }
}

/// Share of the lower of two boxes' heights that they have in common.
fn shared(a: &Rect, b: &Rect) -> f32 {
    (a.bottom().0.min(b.bottom().0) - a.y.0.max(b.y.0)) / a.h.0.min(b.h.0).max(1e-3)
}

/// The master's own boxes: each keeps its place among the others; text is fitted in each.
pub fn fill(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let frame = Frame::of(variant, page.safe, (page.w, page.h));
    let k = frame.k;
    let logo = mark::layer(variant).map(|(index, layer)| {
        let natural = mark::natural(layer);
        let at = match layer.master_box.center().x.0 / variant.artboard.w.0.max(1.0) {
            x if x < 0.4 => 0.0,
            x if x > 0.6 => 1.0,
            _ => 0.5,
        };
        let b = crop::contain((natural.w.0, natural.h.0), frame.place(layer.master_box), (at, 0.5));
        // In the smallest banners the designer's boxes are too small for it anyway.
        let least = if page.is_screen() { 0.0 } else { mark::least_width(layer, &page) };
        (index, grown_mark(b, least, at, page.safe))
    });
    let same = candidates::stretch(variant) < SAME;
    let grows = if same || !page.evens { 1.0 } else { grown(variant, &page, &frame, pieces) };
    let set = |grown: f32| words(variant, &page, &frame, pieces, logo.map(|(_, b)| b), grown);
    let (mut sets, mut collide) = set(grows);
    if collide && grows > 1.0 {
        // Half of it rather than nothing.
        (sets, collide) = set(f32::midpoint(1.0, grows));
        if collide {
            (sets, collide) = set(1.0);
        }
    }
    if let Some(lead) = sheet.lead()
        && let Some(layer) = variant.layers.get(lead)
    {
        if sheet.is_product(lead) {
            let off = page.margin * (OFF.0 + (OFF.1 - OFF.0) * page.closeness());
            let room = beside(frame.place(layer.master_box), mark::natural(layer), &sets, off, page.margin);
            let room = if same { room } else { under(room, mark::natural(layer), &sets) };
            sheet.put_product(lead, room, (0.5, 1.0));
        } else {
            sheet.put_photo(lead, frame.reaching(layer.master_box, page.full));
        }
    }
    if let Some((index, b)) = logo {
        sheet.put_logo(index, b);
    }
    let words = sets.iter().map(|s| s.outer).reduce(|a, b| a.union(&b)).unwrap_or(page.safe);
    for set in sets {
        if let Some(piece) = pieces.get(set.piece) {
            sheet.put_text(piece, set.cut, set.outer);
        }
    }
    // Where a safe zone moves the words away from the edges, the shade follows them.
    if page.safe.area() < 0.9 * page.w * page.h {
        let low = words.center().y.0 > page.safe.center().y.0 - 0.15 * page.safe.h.0;
        adorn::scrims(sheet, Some(if low { Edge::Bottom } else { Edge::Top }), words, logo.map(|(_, b)| b));
    }
    // A safe zone makes all of it smaller: what counts is what the words had to give way beyond that.
    sheet.terms.headline *= (page.scale / k.max(1e-3)).max(1.0).sqrt();
    // Where type that must stay legible no longer finds its places, they are not the designer's any more.
    if collide {
        sheet.terms.headline *= 0.6;
    }
}

/// A mark no narrower than it may be: it grows from its own side, and stays inside.
fn grown_mark(b: Rect, least: f32, at: f32, safe: Rect) -> Rect {
    let k = least / b.w.0.max(1e-3);
    if k <= 1.0 {
        return b;
    }
    let (w, h) = (b.w * k, b.h * k);
    let within = |v: Px, from: Px, to: Px| Px(v.0.min(to.0).max(from.0));
    let x = within(b.x - (w - b.w) * at, safe.x, safe.right() - w);
    Rect { x, y: within(b.y - (h - b.h) / 2.0, safe.y, safe.bottom() - h), w, h }
}

/// The words in the designer's own boxes, as much larger as they may, and whether they meet.
fn words<'p>(
    variant: &Variant,
    page: &Measure,
    frame: &Frame,
    pieces: &[Piece<'p>],
    logo: Option<Rect>,
    grown: f32,
) -> (Vec<Set>, bool) {
    let k = frame.k;
    let free = boxes_grow(variant, page);
    let mut sets: Vec<Set> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let Some(layer) = variant.layers.get(piece.layer) else { continue };
        let b = frame.place(layer.master_box).intersect(&page.safe);
        // In the designer's own box a column runs down all of it.
        let tall = piece.slot.column.map(|_| TextSlot { column: Some(b.h.min(layer.master_box.h * k)), ..piece.slot.clone() });
        let own_piece = tall.as_ref().map(|slot| Piece { slot, shaped: Arc::clone(&piece.shaped), cuts: None, ..*piece });
        let piece = own_piece.as_ref().unwrap_or(piece);
        let weak = piece.strong(page, b.w.0);
        let wish = match piece.slot.agreed {
            Some(_) => piece.wish(page, 1.0),
            None => (piece.slot.ideal.0 * k * grows(piece, grown) * page.eased).max(page.legible(piece.role)).max(weak),
        };
        let floor = (piece.slot.floor.0 * k).max(0.85 * page.legible(piece.role)).max(weak).min(wish);
        // Room let in beside a text is no reason to set it in fewer or larger lines than its own box allows.
        let own = Rect { h: b.h.min(layer.master_box.h * k) * if free { grows(piece, grown) } else { 1.0 }, ..b };
        let mut cut = fit_box(piece, own, wish, floor);
        // A button of two lines is none: its plate grows along its row.
        if !cut.fits && piece.slot.plate.is_some() && piece.slot.align == Align::Start {
            cut = fit_box(piece, Rect { w: page.content.right() - own.x, ..own }, floor, floor);
        }
        // A short text stays with its neighbours: the headline fills its box from below where it stands low.
        let low = layer.master_box.center().y.0 > 0.5 * variant.artboard.h.0;
        let y = if piece.slot.plate.is_some() {
            b.center().y.0 - cut.h / 2.0
        } else if low && piece.role == Role::Headline {
            b.bottom().0 - cut.h
        } else {
            b.y.0
        };
        // Type that had to be larger than the master's grows up from the foot: it keeps to the margin, or to what the master keeps.
        let foot = page.safe.bottom().0.min(page.content.bottom().0.max(b.bottom().0));
        let y = y.min((foot - cut.h).max(b.y.0.min(page.safe.y.0)));
        let outer = Rect::new(aligned(piece.slot.align, b, cut.w), y, cut.w, cut.h);
        sets.push(Set { piece: n, cut, outer, master: layer.master_box, high: !low });
    }
    kick(&mut sets, pieces, variant);
    let stood: Vec<(usize, Px)> = sets.iter().map(|s| (s.piece, s.outer.y)).collect();
    part(&mut sets, pieces, page.safe, logo);
    // Larger words that push others up take of what the picture has.
    let may = if free { PUSHED * page.h } else { 0.5 };
    let pushed = |s: &Set| stood.iter().any(|(piece, y)| *piece == s.piece && s.outer.y.0 < y.0 - may);
    let mut collide = grown > 1.0 && sets.iter().any(pushed);
    level(&mut sets, pieces);
    spread(&mut sets, pieces, page.safe, logo);
    for (n, set) in sets.iter().enumerate() {
        // Side by side they need the width of a letter between them.
        let air = Px(0.3 * set.cut.fitted.size.0);
        let wide = Rect { x: set.outer.x - air, w: set.outer.w + air * 2.0, ..set.outer };
        let over = |o: &Set| {
            let shared = o.outer.intersect(&wide);
            shared.area() > 0.02 * set.outer.area() && shared.h.0 > 0.25 * set.outer.h.0.min(o.outer.h.0)
        };
        collide |= sets.iter().take(n).any(over) || set.outer.bottom().0 > page.h - 0.3 * page.margin;
    }
    (sets, collide)
}

/// How much larger type gets at the most on a page that has more room than the master, and below what it is not seen.
const GROWS: f32 = 1.25;
const GROWN_SEEN: f32 = 1.04;
/// Share of the page's height by which words on a picture, or on nothing, may be pushed up for it.
const PUSHED: f32 = 0.08;
/// Share of its box's height that type may take.
const FILLS: f32 = 1.12;
/// Steps in which it is sought.
const STEPS: u8 = 4;
/// Share of the designer's leading that is made up for, at the most.
const MORE: f32 = 0.25;

/// What a piece grows by: small print is as small as the designer has it.
fn grows(piece: &Piece<'_>, grown: f32) -> f32 {
    if piece.role == Role::Legal { 1.0 } else { grown }
}

/// Whether boxes grow with their words: on a page higher than wide and no wider than the master, where what is let in is height, and where words
/// stand on the picture or on nothing, so that none goes over a picture's edge.
fn boxes_grow(variant: &Variant, page: &Measure) -> bool {
    let master = variant.artboard.w.0 / variant.artboard.h.0.max(1.0);
    page.aspect <= master.min(1.0) && candidates::words_on_photo(variant)
}

/// By how much the words may be larger than the frame's own scale, where a safe zone or the page's shape leaves room over: as long as the headline
/// keeps its lines in its own box.
fn grown(variant: &Variant, page: &Measure, frame: &Frame, pieces: &[Piece<'_>]) -> f32 {
    let k = frame.k;
    let most = (page.scale / k.max(1e-3)).max(1.0 + frame.let_in()).min(GROWS);
    let headline = pieces.iter().find(|p| p.role == Role::Headline);
    let Some((piece, layer)) = headline.and_then(|p| Some((p, variant.layers.get(p.layer)?))) else { return 1.0 };
    if most < GROWN_SEEN || piece.slot.agreed.is_some() || piece.slot.column.is_some() {
        return 1.0;
    }
    let b = frame.place(layer.master_box).intersect(&page.safe);
    let free = boxes_grow(variant, page);
    let cut = |grown: f32| {
        let size = (piece.slot.ideal.0 * k * grown).max(page.legible(piece.role));
        let h = b.h.min(layer.master_box.h * k) * if free { grown } else { 1.0 };
        let cut = piece.rough(b.w.0, size, size, piece.slot.max_lines);
        cut.fits.then_some((cut.fitted.lines.len(), cut.h <= h.0 + 0.5))
    };
    let Some((lines, _)) = cut(1.0) else { return 1.0 };
    let steps = (0..STEPS).map(|n| most - (most - 1.0) * f32::from(n) / f32::from(STEPS));
    steps.take_while(|g| *g >= GROWN_SEEN).find(|g| cut(*g) == Some((lines, true))).unwrap_or(1.0)
}

/// A line close above the headline follows it down where the headline fills its box from below.
fn kick(sets: &mut [Set], pieces: &[Piece<'_>], variant: &Variant) {
    let master = |s: &Set| pieces.get(s.piece).and_then(|p| variant.layers.get(p.layer)).map(|l| (l.role, l.master_box));
    let headline = sets.iter().find_map(|s| match master(s) {
        Some((Role::Headline, b)) if !s.high => Some((b, s.outer.y)),
        _ => None,
    });
    let Some((b, y)) = headline else { return };
    for set in sets.iter_mut() {
        let Some((role, m)) = master(set) else { continue };
        let above = b.y.0 - m.bottom().0;
        if role != Role::Headline && (0.0..0.02 * variant.artboard.h.0).contains(&above) {
            let follows = y.0 - above * set.outer.h.0 / m.h.0.max(1.0) - set.outer.h.0;
            set.outer.y = Px(set.outer.y.0.max(follows));
        }
    }
}

/// Share of a mark's height that is free below it.
const UNDER: f32 = 0.9;

/// Parts words that came too near to each other because some run to more lines than the master's: those that stand high push down,
/// those that stand low push up.
fn part(sets: &mut [Set], pieces: &[Piece<'_>], safe: Rect, logo: Option<Rect>) {
    let need = |a: &Set, b: &Set| {
        let sizes = (a.cut.fitted.size.0, b.cut.fitted.size.0);
        let plated = [a, b].iter().any(|s| pieces.get(s.piece).is_some_and(|p| p.slot.plate.is_some()));
        (0.28 * sizes.0.min(sizes.1) + 0.1 * sizes.0.max(sizes.1)) * if plated { 1.6 } else { 1.0 }
    };
    let meet = |a: &Rect, b: &Rect| a.x < b.right() && b.x < a.right();
    crate::ordered::short(sets, |a, b| a.master.y.0.total_cmp(&b.master.y.0).then(a.piece.cmp(&b.piece)));
    for n in (0..sets.len()).rev() {
        let (before, rest) = sets.split_at_mut(n);
        let Some(lower) = rest.first() else { continue };
        for upper in before.iter_mut().filter(|u| !u.high && !u.in_row(lower) && meet(&u.outer, &lower.outer)) {
            let short = upper.outer.bottom().0 + need(upper, lower) - lower.outer.y.0;
            let least = logo.filter(|l| meet(l, &upper.outer) && l.y < upper.outer.y).map_or(safe.y, |l| l.bottom());
            if short > 0.0 {
                upper.outer.y = Px((upper.outer.y.0 - short).max(least.0.min(upper.outer.y.0)));
            }
        }
    }
    // Words that stand high go up to what is above them, before they push down on what made room for itself.
    for n in 0..sets.len() {
        let (before, rest) = sets.split_at_mut(n);
        let Some(lower) = rest.first().filter(|l| !l.high) else { continue };
        let Some((upper, over)) =
            before.split_last_mut().filter(|(u, _)| u.high && !u.in_row(lower) && meet(&u.outer, &lower.outer))
        else {
            continue;
        };
        let short = upper.outer.bottom().0 + need(upper, lower) - lower.outer.y.0;
        let ends = over.iter().filter(|o| meet(&o.outer, &upper.outer)).map(|o| o.outer.bottom().0 + need(o, upper));
        let signed = logo.filter(|l| meet(l, &upper.outer) && l.y < upper.outer.y).map(|l| l.bottom().0 + UNDER * l.h.0);
        let least = ends.chain(signed).fold(safe.y.0, f32::max);
        upper.outer.y -= Px(short.min(upper.outer.y.0 - least).max(0.0));
    }
    for n in 0..sets.len() {
        let (before, rest) = sets.split_at_mut(n);
        let Some(lower) = rest.first_mut() else { continue };
        for upper in before.iter() {
            // What stands low made room above itself already, but for what stands high.
            if !meet(&upper.outer, &lower.outer) || !upper.high && !lower.high {
                continue;
            }
            let short = upper.outer.bottom().0 + need(upper, lower) - lower.outer.y.0;
            if short > 0.0 && short < 0.5 * lower.outer.h.0 + upper.outer.h.0 {
                lower.outer.y = Px((lower.outer.y.0 + short).min((safe.bottom() - lower.outer.h).0));
            }
        }
    }
}

/// Share of the lower one's height by which the middles of two things in one row of the master are apart that stand on one axis.
const LEVEL: f32 = 0.15;

/// A price in a row with a button, on one axis with it in the master, is so where type is larger than the master's too.
fn level(sets: &mut [Set], pieces: &[Piece<'_>]) {
    let of = |s: &Set| pieces.get(s.piece).map(|p| (p.role, p.slot.plate.is_some()));
    let buttons: Vec<(Rect, Rect)> =
        sets.iter().filter(|s| of(s) == Some((Role::CallToAction, true))).map(|s| (s.master, s.outer)).collect();
    for set in sets.iter_mut().filter(|s| of(s) == Some((Role::Price, false))) {
        let level = |(master, _): &&(Rect, Rect)| {
            let apart = (master.center().y.0 - set.master.center().y.0).abs();
            shared(master, &set.master) > 0.4 && apart < LEVEL * master.h.0.min(set.master.h.0)
        };
        if let Some((_, outer)) = buttons.iter().find(level) {
            set.outer.y = outer.center().y - set.outer.h / 2.0;
        }
    }
}

/// Space between words in one row, by the larger type's size; and before a plate.
const BESIDE: f32 = 0.32;
const BEFORE_PLATE: f32 = 0.6;

/// Words in one row of which the first is longer than the master's: what follows makes room, as far as there is any.
fn spread(sets: &mut [Set], pieces: &[Piece<'_>], safe: Rect, logo: Option<Rect>) {
    let row = |a: &Rect, b: &Rect| shared(a, b) > 0.4;
    for n in 0..sets.len() {
        let Some(this) = sets.get(n) else { continue };
        let (at, size) = (this.outer, this.cut.fitted.size.0);
        let plated = pieces.get(this.piece).is_some_and(|p| p.slot.plate.is_some());
        let air = if plated { BEFORE_PLATE } else { BESIDE };
        let before = sets.iter().filter(|s| row(&s.outer, &at) && s.in_row(this) && s.outer.center().x < at.center().x);
        let least = before.map(|s| s.outer.right() + Px(air * s.cut.fitted.size.0.max(size))).fold(at.x, Px::max);
        let to = Rect { x: least, ..at };
        let after = sets.iter().map(|s| s.outer).chain(logo).filter(|r| r.center().x > at.center().x && row(r, &to));
        let most = after.map(|r| r.x - Px(BESIDE * size)).fold(safe.right(), Px::min);
        if to.x > at.x
            && to.right() <= most
            && let Some(set) = sets.get_mut(n)
        {
            set.outer = to;
        }
    }
}

/// Share of the margin that a cut-out keeps off the words beside it, on a page with room and on one whose type is near the least that reads.
const OFF: (f32, f32) = (0.6, 0.75);

/// The room of a cut-out that keeps off the words standing beside it, as long as that leaves it most of its size.
fn beside(room: Rect, natural: Size, sets: &[Set], off: f32, margin: f32) -> Rect {
    let shown = |room: Rect| crop::contain((natural.w.0, natural.h.0), room, (0.5, 1.0));
    let was = shown(room);
    let (mut left, mut right) = (room.x.0, room.right().0);
    for set in sets {
        let o = set.outer;
        if o.y.0 >= was.bottom().0 || o.bottom().0 <= was.y.0 + 0.12 * was.h.0 {
            continue;
        }
        if o.right().0 < was.center().x.0 {
            left = left.max(o.right().0 + off);
        } else if o.x.0 > was.center().x.0 {
            right = right.min(o.x.0 - off);
        }
    }
    let kept = Rect::new(left, room.y.0, (right - left).max(1.0), room.h.0);
    if shown(kept).h.0 >= 0.72 * was.h.0 {
        return kept;
    }
    // Beside them it would be too small: under those that stand at its head, for it is painted over them.
    let meets = |o: &Rect| o.intersect(&was).area() > 0.0 && o.bottom() < was.center().y;
    let heads = sets.iter().map(|s| s.outer).filter(meets);
    let top = heads.map(|o| o.bottom().0 + 0.2 * margin).fold(room.y.0, f32::max);
    let under = Rect::new(room.x.0, top, room.w.0, (room.bottom().0 - top).max(1.0));
    if shown(under).h.0 >= 0.72 * was.h.0 { under } else { room }
}

/// Share of a cut-out's height in which words above it end, where they stand over it: lower ones stand beside it.
const HEAD: f32 = 0.3;
/// Space between them and it, by the size of their type.
const OVER: f32 = 0.3;

/// The room of a cut-out that begins below the words over it, as long as that leaves it most of its size.
fn under(room: Rect, natural: Size, sets: &[Set]) -> Rect {
    let shown = |room: Rect| crop::contain((natural.w.0, natural.h.0), room, (0.5, 1.0));
    let was = shown(room);
    let over = |o: &Rect| o.x < was.right() && was.x < o.right() && o.bottom().0 < was.y.0 + HEAD * was.h.0;
    let ends = |s: &Set| s.outer.bottom().0 + OVER * s.cut.fitted.size.0;
    let least = sets.iter().filter(|s| over(&s.outer)).map(ends).fold(was.y.0, f32::max);
    let rest = Rect::new(room.x.0, least, room.w.0, (room.bottom().0 - least).max(1.0));
    if least > was.y.0 && shown(rest).h.0 >= 0.72 * was.h.0 { rest } else { room }
}

/// Halvings of what lies between the smallest type and the largest of a box: below a hundredth of a line's height.
const HALVINGS: usize = 8;

/// The largest type that a box holds, whatever was wished for.
#[must_use]
pub fn fill_box(piece: &Piece<'_>, b: Rect, floor: f32) -> Cut {
    let of = |size: f32| piece.cut(b.w.0, size, size, piece.slot.max_lines);
    let (mut low, mut high) = (floor, b.h.0.max(floor));
    let mut best = of(floor);
    for _ in 0..HALVINGS {
        let size = f32::midpoint(low, high);
        let cut = of(size);
        if cut.fits && cut.fitted.broken_words == 0 && cut.h <= b.h.0 + 0.5 {
            (low, best) = (size, cut);
        } else {
            high = size;
        }
    }
    best
}

/// What lines of characters that fill their square take beyond the designer's leading, px: his box knows nothing of it.
fn parted(piece: &Piece<'_>, cut: &Cut) -> f32 {
    let own = piece.slot.style.leading * cut.fitted.size.0;
    let between = cut.fitted.lines.len().saturating_sub(1) as f32;
    if piece.shaped.fills_squares() { between * (cut.fitted.line_height.0 - own).clamp(0.0, MORE * own) } else { 0.0 }
}

/// The largest cut that fits a box both ways.
#[must_use]
pub fn fit_box(piece: &Piece<'_>, b: Rect, wish: f32, floor: f32) -> Cut {
    let mut size = wish;
    loop {
        let cut = piece.cut(b.w.0, size, floor, piece.slot.max_lines);
        if (cut.fits && cut.h <= b.h.0 * FILLS + parted(piece, &cut) + 0.5) || size <= floor {
            return cut;
        }
        size = (cut.fitted.size.0.min(size) * 0.96).max(floor);
    }
}
