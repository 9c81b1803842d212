//! In: a variant and its shaped text. Out: the text [`Piece`]s in reading order, and fitting one of them to a width at a
//! wished size: arithmetic only, shaping is done.

use super::cuts::{Asked, Cuts};
use super::measure::{LARGE_CONTRAST, Measure, SMALL_CONTRAST, SMALL_PX};
use super::{DropReason, Dropped, PlacedText, Shapes, hand, scrim};
use crate::color::{Fill, Rgba};
use crate::geom::Rect;
use crate::text::{Budget, FitRequest, Fitted, Shaped};
use crate::units::Px;
use crate::variant::{Content, Keep, Layer, Role, TextSlot, Variant};
use std::rc::Rc;
use std::sync::Arc;

/// Below this share of the widest line a last line is a widow.
const WIDOW: f32 = 0.2;
/// Halvings of the search for the narrowest lines of the same number.
const SHARINGS: u8 = 6;

/// A text layer on its way to a place.
#[derive(Clone)]
pub struct Piece<'a> {
    /// Index into the variant's layers.
    pub layer: usize,
    /// What it is for.
    pub role: Role,
    /// How firmly it stays.
    pub keep: Keep,
    /// The lower goes first.
    pub priority: i32,
    /// Where it stands in the master, from the top, then from the start; artboard px. Order in the file has no meaning.
    pub at: (i32, i32),
    /// The slot.
    pub slot: &'a TextSlot,
    /// Its shaped words.
    pub shaped: Arc<Shaped>,
    /// How its page's words were cut so far; none where its slot is not the page's own.
    pub cuts: Option<&'a Cuts>,
    /// The colour that its plate has where its words are small and not read on the designer's ([`reads_on`]).
    pub reads_on: Option<Rgba>,
}

/// A piece at a size: not yet at a place.
#[derive(Clone)]
pub struct Cut {
    /// The lines; a cut is known in many places, and copied often.
    pub fitted: Rc<Fitted>,
    /// Outer width (with the plate's padding), px.
    pub w: f32,
    /// Outer height, px.
    pub h: f32,
    /// Padding left and right, px.
    pub pad_x: f32,
    /// Padding above and below, px.
    pub pad_y: f32,
    /// The size wished for, px.
    pub wished: f32,
    /// Whether it stays inside the width it was given.
    pub fits: bool,
}

/// Reading order of the roles in a column.
#[must_use]
pub fn order(role: Role) -> u8 {
    match role {
        Role::Badge => 0,
        Role::Headline => 1,
        Role::Subhead => 2,
        Role::Body => 3,
        Role::Price => 4,
        Role::CallToAction => 5,
        Role::Legal => 7,
        _ => 6,
    }
}

/// Where a layer stands in the master, from the top, then from the start; whole artboard px.
#[must_use]
pub fn at(layer: &Layer) -> (i32, i32) {
    (layer.master_box.y.0 as i32, layer.master_box.x.0 as i32)
}

/// The text pieces in reading order, and those whose message is empty. Layers with an override box are not pieces.
#[must_use]
pub fn collect<'a>(variant: &'a Variant, shapes: Shapes<'a>) -> (Vec<Piece<'a>>, Vec<Dropped>) {
    let mut pieces = Vec::new();
    let mut dropped = Vec::new();
    for (index, layer) in variant.layers.iter().enumerate() {
        let Content::Text(slot) = &layer.content else { continue };
        match shapes.of(index) {
            Some(shaped) if !slot.text.trim().is_empty() => {
                if !hand::sets_apart(layer) {
                    pieces.push(Piece {
                        layer: index,
                        role: layer.role,
                        keep: layer.keep,
                        priority: layer.priority,
                        at: at(layer),
                        slot,
                        shaped,
                        cuts: Some(shapes.cuts),
                        reads_on: reads_on(variant, slot),
                    });
                }
            }
            _ => dropped.push(Dropped { layer: index, reason: DropReason::Empty }),
        }
    }
    // A line above the headline stays above it; layers of one role keep the order in which the master is read.
    let headline = pieces.iter().filter(|p| p.role == Role::Headline).map(|p| p.at.0).min();
    let kicks = |p: &Piece<'_>| matches!(p.role, Role::Subhead | Role::Body) && headline.is_some_and(|y| p.at.0 < y);
    let place = |p: &Piece<'_>| match p.role {
        _ if kicks(p) => 0,
        // One that stands below the headline leads on to what is to be paid or done.
        Role::Badge if headline.is_some_and(|y| p.at.0 > y) => order(Role::Body),
        role => order(role),
    };
    crate::ordered::short(&mut pieces, |a, b| (place(a), a.at, a.layer).cmp(&(place(b), b.at, b.layer)));
    (pieces, dropped)
}

/// Whether a badge is bare words that head the headline, as a kicker does: one on a plate, or below the headline, is what is offered.
#[must_use]
pub fn kicks(badge: &Piece<'_>, pieces: &[Piece<'_>]) -> bool {
    let above = || pieces.iter().any(|p| p.role == Role::Headline && badge.at.0 < p.at.0);
    badge.role == Role::Badge && badge.slot.plate.is_none() && above()
}

/// Size that coloured type on a screen is raised to, px.
const RAISED: f32 = 1.01 * SMALL_PX;
/// Height of a strip up to which no words on a button are raised to it, px; and the shorter side of a page below which they may have no room for it.
const LOW: f32 = 70.0;
const SLIM: f32 = 200.0;
/// Share of its padding that a plate keeps whose words are raised: larger words are for reading, a larger plate is only loud.
const TIGHT: f32 = 0.55;
/// Sizes above the raised one over which the padding becomes the designer's again, px.
const EASES: f32 = 8.0;

/// Whether words on a plate are read only where they are large.
fn is_weak(slot: &TextSlot) -> bool {
    slot.plate.as_ref().is_some_and(|plate| {
        let contrast = slot.color.contrast(scrim::densest(&plate.fill).0);
        (LARGE_CONTRAST..SMALL_CONTRAST).contains(&contrast)
    })
}

/// Another of the master's colours on which the words of a plate are read in any size, where they are not on their own: what the headline is set
/// in, or else the first text that will do. What is read on the page is seen on it too.
#[must_use]
pub fn reads_on(variant: &Variant, slot: &TextSlot) -> Option<Rgba> {
    let plain = slot.plate.as_ref().is_some_and(|plate| matches!(plate.fill, Fill::Solid(_)) && plate.stroke.is_none());
    if !plain || !is_weak(slot) || slot.spans.iter().any(|span| span.style.color.is_some()) {
        return None;
    }
    let bare = |role: Role| {
        variant.layers.iter().filter_map(move |l| match &l.content {
            Content::Text(s) if (l.role == Role::Headline) == (role == Role::Headline) && s.plate.is_none() => Some(s.color),
            _ => None,
        })
    };
    let mut colors = bare(Role::Headline).chain(bare(Role::Body));
    colors.find(|color| color.a == 255 && slot.color.contrast(*color) >= SMALL_CONTRAST)
}

/// Padding of a text's plate at a size, em.
fn paddings(slot: &TextSlot, size: f32) -> (f32, f32) {
    let Some(plate) = &slot.plate else { return (0.0, 0.0) };
    let eased = (size - RAISED) / EASES;
    let k = if (-1e-3..1.0).contains(&eased) && is_weak(slot) { TIGHT + (1.0 - TIGHT) * eased } else { 1.0 };
    (plate.pad_x_em * k, plate.pad_y_em * k)
}

impl Piece<'_> {
    /// What coloured type must have to be read on a screen, px: a price on a small page, and words on a plate that only large type is read
    /// on; nought for all else.
    #[must_use]
    pub fn coloured(&self, page: &Measure) -> f32 {
        let price = page.is_small() && self.role == Role::Price && !self.slot.strike;
        let weak = is_weak(self.slot) && page.is_screen() && page.w * page.h >= 10_000.0;
        // In a low strip words so large would be louder than what they follow: they are small on another of the master's colours.
        if price || weak && !(self.reads_on.is_some() && page.is_strip() && page.h <= LOW) { RAISED } else { 0.0 }
    }

    /// The same where it fits on one line of a width; nought where it does not, for a button of two lines is none.
    #[must_use]
    pub fn strong(&self, page: &Measure, width: f32) -> f32 {
        let size = if self.role == Role::Price { 0.0 } else { self.coloured(page) };
        if size > 0.0 && self.cut(width, size, size, 1).fits { size } else { 0.0 }
    }

    /// The size wished for at type scale `t`, px: the designer's size by the page's scale, never below what reads here.
    #[must_use]
    pub fn wish(&self, page: &Measure, t: f32) -> f32 {
        let k = page.scale;
        // What a group of formats agreed on stands whatever the page would allow.
        if let Some(agreed) = self.slot.agreed {
            return (agreed.0 * k).max(0.8 * page.legible(self.role));
        }
        (self.slot.ideal.0 * k * t)
            .min(self.slot.ceiling.0 * k * t.max(1.0))
            .max(page.legible(self.role))
            .max(if self.role == Role::Price { self.coloured(page) } else { 0.0 })
    }

    /// Breaks and sizes the piece for a width, from `size` down to `least`, in at most `max_lines`. Glyphs are set in the layout taken alone.
    #[must_use]
    pub fn cut(&self, width: f32, size: f32, least: f32, max_lines: u32) -> Cut {
        self.asked(width, size, least, max_lines, (false, self.slot.balance))
    }

    /// At one size, in lines of even length whatever the piece is.
    #[must_use]
    pub fn evened(&self, width: f32, size: f32, max_lines: u32) -> Cut {
        self.asked(width, size, size, max_lines, (false, true))
    }

    /// As [`Piece::cut`], where only size, height and whether it fits are asked for: which words share a line, as long as there are as many,
    /// changes none of them, but for what stands beside another and for words of other sizes.
    #[must_use]
    pub fn rough(&self, width: f32, size: f32, least: f32, max_lines: u32) -> Cut {
        let plain = self.role != Role::Price && self.slot.column.is_none() && self.shaped.is_of_one_size();
        self.asked(width, size, least, max_lines, (plain, self.slot.balance))
    }

    fn asked(&self, width: f32, size: f32, least: f32, max_lines: u32, as_lines: (bool, bool)) -> Cut {
        let make = || self.cut_as(width, size, least, max_lines, as_lines);
        match self.cuts {
            Some(cuts) => cuts.get(Asked::new(self.layer, width, (size, least), max_lines, as_lines), make),
            None => make(),
        }
    }

    fn cut_as(&self, width: f32, size: f32, least: f32, max_lines: u32, (rough, balance): (bool, bool)) -> Cut {
        let least = least.min(size);
        let pad_x_em = paddings(self.slot, size).0.max(paddings(self.slot, least).0);
        let inner = (width - 2.0 * pad_x_em * size).max(1.0);
        // A column runs down as far as the page allows, and columns side by side are as wide as the room.
        let (along, across) = self.slot.column.map_or((inner, f32::MAX), |column| (column.0, inner));
        let request = FitRequest {
            width: Px(along),
            height: Px(across),
            floor: Px(least),
            ceiling: Px(size),
            step: Px(((size - least) / 24.0).max(0.25)),
            max_lines,
            balance,
            // Only below the floor: as long as the type may still get smaller it does.
            budget: if least <= self.slot.floor_px.0 * 1.02 { self.slot.budget } else { Budget::default() },
        };
        let mut fitted = self.shaped.tried(&request, rough);
        if let ([.., last], false) = (fitted.lines.as_slice(), request.balance || rough)
            && fitted.lines.len() > 1
            && last.width.0 < WIDOW * fitted.width.0
        {
            fitted = self.shared(&request, &fitted);
        }
        let (pad_x_em, pad_y_em) = paddings(self.slot, fitted.size.0);
        let (pad_x, pad_y) = (pad_x_em * fitted.size.0, pad_y_em * fitted.size.0);
        let mut fits = fitted.overflow_w.0 <= 0.5 && fitted.lines.len() <= max_lines as usize;
        let (mut w, mut h) = (fitted.width.0, fitted.height.0);
        if self.slot.column.is_some() {
            fits &= fitted.overflow_h.0 <= 0.5;
            (w, h) = (h, w);
        }
        let (w, h) = (w + 2.0 * pad_x, h + 2.0 * pad_y);
        Cut { fitted: Rc::new(fitted), w, h, pad_x, pad_y, wished: size, fits }
    }

    /// Running text with a last line of a syllable: its lines share their words anew, in the same number and as narrow as that allows. Where a
    /// clause ends is for display type to mind.
    fn shared(&self, request: &FitRequest, fitted: &Fitted) -> Fitted {
        let lines = fitted.lines.len();
        let request = FitRequest { ceiling: fitted.size, floor: fitted.size, ..*request };
        let at = |width: f32, rough: bool| {
            self.shaped.tried(&FitRequest { width: Px(width), budget: Budget::default(), ..request }, rough)
        };
        let holds = |f: &Fitted| f.lines.len() == lines && f.overflow_w.0 <= 0.0 && f.broken_words == fitted.broken_words;
        let whole: f32 = fitted.lines.iter().map(|l| l.width.0).sum();
        let (mut low, mut high) = (whole / lines as f32, request.width.0);
        for _ in 0..SHARINGS {
            let middle = f32::midpoint(low, high);
            if holds(&at(middle, true)) { high = middle } else { low = middle }
        }
        let shared = at(high, false);
        // What had to be set tighter to fit shares its words at the width it fits.
        if holds(&shared) { shared } else { self.shaped.tried(&FitRequest { balance: true, ..request }, false) }
    }

    /// The cut at its place: the outer box is as wide as the words need; the text's box lies inside the padding.
    #[must_use]
    pub fn placed(&self, cut: Cut, outer: Rect, page: &Measure) -> (Rect, PlacedText) {
        let rect = Rect {
            x: outer.x + Px(cut.pad_x),
            y: outer.y + Px(cut.pad_y),
            w: (outer.w - Px(2.0 * cut.pad_x)).max(Px::ZERO),
            h: Px(if self.slot.column.is_some() { cut.fitted.width.0 } else { cut.fitted.height.0 }),
        };
        let text = PlacedText {
            rect,
            wished: Px(cut.wished),
            floor: Px(self.slot.floor.0 * page.scale),
            align: self.slot.align,
            plated: self.slot.plate.is_some(),
            plate: self.reads_on.filter(|_| page.is_screen() && page.short() < SLIM && cut.fitted.size.0 < SMALL_PX),
            fitted: Rc::unwrap_or_clone(cut.fitted),
        };
        (outer, text)
    }
}
