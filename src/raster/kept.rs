//! In: display lists that follow one another. Out: pictures painted so far, and how much of the next list they already show.
//!
//! Most of a matrix differs in its words alone: photo, scrim, shadow and logo of a format are the same in every language. So a
//! finished picture is kept with the list it shows, and with what lay under its last items: they are taken off again down to where
//! the next list parts from it, and only the rest is painted. The same serves an edit. What is kept never changes a pixel:
//! lists are compared item by item, not by digest, and taking off puts back the very bytes.

use std::ops::Range;

use super::Pixmap;
use super::cover::Bounds;
use super::worth::{Worth, Worths};
use crate::color::Rgba;
use crate::display::{DisplayList, Item, Shape};
use crate::geom::Rect;

/// A part of the page that painting uncovers no more is kept where a unit covers at most this share of it ...
const SMALL: f32 = 1.0 / 8.0;
/// ... and what is kept under the items of a picture is at most this many times the picture.
const UNDER: usize = 2;

/// The last picture is kept whatever else is, up to this many bytes: the same large page in the next language shows most of it.
const LAST: usize = 40 << 20;

/// A picture or a shadow takes as long as so many plain pages.
const DEAR: u64 = 3;

/// Pictures by their worth, in a budget of bytes.
pub(super) struct Kept {
    pictures: Vec<Picture>,
    /// The last one that was not to be kept.
    loose: Pixmap,
    budget: usize,
    worths: Worths,
}

/// A painted picture and what it shows.
pub(super) struct Picture {
    pub pixmap: Pixmap,
    place: Place,
    units: Vec<Unit>,
    /// From this unit on, what lies under is kept.
    from: usize,
    /// Bytes kept under.
    under: usize,
    worth: Worth,
}

/// What must agree for two pictures to have a pixel in common.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub ground: Rgba,
    pub region: Rect,
    pub scale: f32,
    pub size: (u32, u32),
}

/// Items that are painted together: one, or a clip or group with all in it.
struct Unit {
    items: Vec<Item>,
    /// What lay under each thing laid on the page; `None` where that was not kept.
    under: Option<Vec<Under>>,
}

/// Pixels of a part of the page.
pub(super) struct Under {
    bounds: Bounds,
    data: Vec<u8>,
}

impl Under {
    /// A copy of the pixels of `bounds`, which lies in `page`.
    pub fn of(data: &[u8], page: Bounds, bounds: Bounds) -> Self {
        let mut out = Vec::with_capacity(bounds.width() * bounds.height() * 4);
        for at in rows(page, bounds) {
            out.extend_from_slice(data.get(at).unwrap_or_default());
        }
        Self { bounds, data: out }
    }

    fn put_back(&self, data: &mut [u8], page: Bounds) {
        for (at, row) in rows(page, self.bounds).zip(self.data.chunks_exact(self.bounds.width().max(1) * 4)) {
            if let Some(to) = data.get_mut(at) {
                to.copy_from_slice(row);
            }
        }
    }
}

/// Where the rows of `bounds` lie in the bytes of `page`.
fn rows(page: Bounds, bounds: Bounds) -> impl Iterator<Item = Range<usize>> {
    let (left, n) = ((bounds.x0 - page.x0) as usize, bounds.width());
    (bounds.y0..bounds.y1).map(move |y| {
        let start = (y - page.y0) as usize * page.width() + left;
        start * 4..(start + n) * 4
    })
}

/// The units of a list.
pub(super) fn units(items: &[Item]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::PushClip(_) | Item::PushGroup { .. } => depth += 1,
            Item::PopClip | Item::PopGroup => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 || at + 1 == items.len() {
            out.push(start..at + 1);
            start = at + 1;
        }
    }
    out
}

impl Kept {
    pub fn new(budget: usize) -> Self {
        Self { pictures: Vec::new(), loose: Pixmap::default(), budget, worths: Worths::default() }
    }

    pub fn set_budget(&mut self, budget: usize) {
        self.budget = budget;
        self.keep_to_budget(0);
    }

    pub fn clear(&mut self) {
        self.pictures.clear();
        self.loose = Pixmap::default();
    }

    /// Whether a picture of this size is worth keeping.
    pub fn has_room(&self, width: u32, height: u32) -> bool {
        let pixels = u64::from(width) * u64::from(height);
        // No budget at all: nothing is to be shared.
        let most = if self.budget == 0 { 0 } else { self.budget.max(LAST) };
        pixels <= crate::limits::PIXMAP_PIXELS && pixels * 4 <= most as u64
    }

    /// Holds a picture until the next call.
    pub fn hold(&mut self, pixmap: Pixmap) -> &Pixmap {
        self.loose = pixmap;
        &self.loose
    }

    /// The picture that shows most of the list, taken back to where the two part; else a new one.
    pub fn take(&mut self, list: &DisplayList, region: Rect, scale: f32, size: (u32, u32)) -> Picture {
        self.loose = Pixmap::default();
        let place = Place { ground: list.ground, region, scale, size };
        let units = units(&list.items);
        let parts: Vec<&[Item]> = units.iter().map(|unit| list.items.get(unit.clone()).unwrap_or_default()).collect();
        let mut from = first_words(list, &parts);
        let mut best: Option<(usize, usize)> = None;
        for (at, picture) in self.pictures.iter().enumerate().filter(|(_, p)| p.place == place) {
            let common = picture.units.iter().zip(&parts).take_while(|(unit, part)| unit.items == **part).count();
            if picture.units.get(common..).unwrap_or_default().iter().all(|unit| unit.under.is_some()) {
                if best.is_none_or(|(most, _)| common > most) {
                    best = Some((common, at));
                }
            } else if common > 0 {
                // It parts lower than thought: next time that will be known.
                from = from.min(common);
            }
        }
        match best {
            Some((common, at)) => {
                let mut picture = self.pictures.swap_remove(at);
                picture.back_to(common);
                picture
            }
            None => {
                self.keep_to_budget(size.0 as usize * size.1 as usize * 4);
                Picture::new(place, from)
            }
        }
    }

    /// Keeps a painted picture.
    pub fn put(&mut self, mut picture: Picture) -> &Pixmap {
        self.keep_to_budget(picture.bytes());
        picture.worth = self.worths.of(picture.effort(), picture.bytes());
        self.pictures.push(picture);
        self.pictures.last().map_or(&self.loose, |p| &p.pixmap)
    }

    /// Makes room for so many bytes more; what is worth least goes first.
    fn keep_to_budget(&mut self, more: usize) {
        let mut held: usize = self.pictures.iter().map(Picture::bytes).sum();
        while held + more > self.budget {
            let Some((least, _)) = self.pictures.iter().enumerate().min_by_key(|(_, p)| p.worth) else { break };
            let gone = self.pictures.swap_remove(least);
            self.worths.gone(gone.worth);
            held -= gone.bytes();
        }
    }
}

impl Picture {
    fn new(place: Place, from: usize) -> Self {
        let (width, height) = place.size;
        let c = place.ground;
        let data = [c.r, c.g, c.b, 255].repeat(width as usize * height as usize);
        Self { pixmap: Pixmap { width, height, data }, place, units: Vec::new(), from, under: 0, worth: Worth::default() }
    }

    pub fn bounds(&self) -> Bounds {
        Bounds { x0: 0, y0: 0, x1: self.place.size.0 as i32, y1: self.place.size.1 as i32 }
    }

    /// How many units it shows.
    pub fn painted(&self) -> usize {
        self.units.len()
    }

    /// Whether what lies under the next unit is to be kept.
    pub fn keeps_under(&self) -> bool {
        self.units.len() >= self.from
    }

    /// Notes a unit that was painted.
    pub fn add(&mut self, items: &[Item], under: Option<Vec<Under>>) {
        let bytes: usize = under.iter().flatten().map(|u| u.data.len()).sum();
        let most = self.place.size.0 as usize * self.place.size.1 as usize * 4 * UNDER;
        let under = under.filter(|_| self.under + bytes <= most);
        if under.is_some() {
            self.under += bytes;
        }
        self.units.push(Unit { items: items.to_vec(), under });
    }

    /// Takes off all but the first `count` units.
    fn back_to(&mut self, count: usize) {
        while self.units.len() > count {
            let Some(unit) = self.units.pop() else { break };
            let under = unit.under.unwrap_or_default();
            self.under -= under.iter().map(|u| u.data.len()).sum::<usize>();
            self.take_off(&under);
        }
    }

    /// Puts back what lay under the last things laid.
    pub fn take_off(&mut self, under: &[Under]) {
        let page = self.bounds();
        for under in under.iter().rev() {
            under.put_back(&mut self.pixmap.data, page);
        }
    }

    /// What it takes to paint it again: pictures and shadows are what painting spends its time on.
    fn effort(&self) -> u64 {
        let dear = |item: &&Item| matches!(item, Item::Picture { .. } | Item::Shadow { .. });
        let count = self.units.iter().flat_map(|unit| &unit.items).filter(dear).count() as u64;
        u64::from(self.place.size.0) * u64::from(self.place.size.1) * (1 + DEAR * count)
    }

    fn bytes(&self) -> usize {
        self.place.size.0 as usize * self.place.size.1 as usize * 4 + self.under
    }
}

/// Where in a list its words begin, and the small things just before them: from there on variants are expected to part.
pub(super) fn first_words(list: &DisplayList, parts: &[&[Item]]) -> usize {
    let words = |part: &&[Item]| part.iter().any(|item| matches!(item, Item::Glyphs { .. }));
    let limit = list.width as f32 * list.height as f32 * SMALL;
    let small = |item: &Item| match item {
        Item::Fill { shape, .. } | Item::Stroke { shape, .. } => match shape {
            Shape::Rect(rect) | Shape::RoundRect { rect, .. } | Shape::Ellipse(rect) => rect.area() <= limit,
            Shape::Path(_) | Shape::EvenOdd(_) => false,
        },
        Item::Picture { dst, .. } => dst.area() <= limit,
        _ => false,
    };
    let mut from = parts.iter().position(words).unwrap_or(parts.len());
    while let Some(before) = from.checked_sub(1).and_then(|at| parts.get(at)) {
        if !before.iter().all(small) {
            break;
        }
        from -= 1;
    }
    from
}
