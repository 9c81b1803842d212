//! In: display lists of a large page that follow one another, and [`Paper`]: room outside of the engine's memory. Out: the page on the paper, painted
//! a tile after the other in a buffer as large as one. Small pages are kept in `kept`.
//!
//! The engine's memory never becomes smaller again, and a page of an A4 sheet is half of what it would otherwise ever take. So such a page lies on
//! one side of the paper, and on the other what lies under its words, where there are any: the next list that has the same below its words is painted
//! from there, in the rows that either of the two touches. What is kept never changes a pixel.

use super::cover::Bounds;
use super::kept::{Place, first_words, units};
use super::{Layer, Painter, Pictures, Pixmap, Raster, space, tile_rows, within_limit};
use crate::display::{DisplayList, Item};
use crate::error::Result;
use crate::geom::Rect;
use crate::text::FontLibrary;

/// Room for one large page outside of the engine's memory: two sides of the same size.
pub trait Paper {
    /// A page of so many bytes is to lie here. False where there was no room on both sides: they are new then, and nothing is on them.
    fn turn_to(&mut self, bytes: usize) -> bool;
    /// Bytes of a side, from one on.
    fn write(&mut self, side: Side, at: usize, bytes: &[u8]);
    /// The same, read.
    fn read(&self, side: Side, at: usize, to: &mut [u8]);
}

/// A side of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The page, RGBA.
    Front,
    /// What lies under its words; only rows that have some are ever written.
    Back,
}

/// Paper in this memory: where a process ends, or memory is given back.
#[derive(Default)]
pub struct Leaf {
    front: Vec<u8>,
    back: Vec<u8>,
}

impl Leaf {
    /// The page.
    #[must_use]
    pub fn front(&self) -> &[u8] {
        &self.front
    }
}

impl Paper for Leaf {
    fn turn_to(&mut self, bytes: usize) -> bool {
        if self.front.len() == bytes {
            return true;
        }
        (self.front, self.back) = (vec![0; bytes], vec![0; bytes]);
        false
    }
    fn write(&mut self, side: Side, at: usize, bytes: &[u8]) {
        let held = if side == Side::Front { &mut self.front } else { &mut self.back };
        if let Some(to) = held.get_mut(at..at + bytes.len()) {
            to.copy_from_slice(bytes);
        }
    }
    fn read(&self, side: Side, at: usize, to: &mut [u8]) {
        let held = if side == Side::Front { &self.front } else { &self.back };
        if let Some(from) = held.get(at..at + to.len()) {
            to.copy_from_slice(from);
        }
    }
}

/// Rows that are fetched, and noted as touched, together. Tiles begin at a multiple.
const ROWS: usize = 16;

/// What the paper shows.
pub(super) struct Sheet {
    place: Place,
    /// What was painted below the words.
    below: Vec<Vec<Item>>,
    blocks: Vec<Block>,
}

/// Some rows of the page.
#[derive(Clone, Copy, Default)]
struct Block {
    /// The back has what lies under the words.
    under: bool,
    /// The front shows words.
    worded: bool,
}

/// Who is shown the tiles, top to bottom, as soon as each is painted.
pub type Tiles<'a> = &'a mut dyn FnMut(&Pixmap) -> Result<()>;

impl Raster {
    /// Paints the whole of a list onto paper, `shared` with the next that has the same below its words. The pixels are those of [`Raster::paint`].
    ///
    /// # Errors
    /// As [`Raster::paint`], and those of `tiles`.
    pub fn paint_on(
        &mut self,
        paper: &mut dyn Paper,
        list: &DisplayList,
        fonts: &FontLibrary,
        pictures: &mut Pictures,
        shared: bool,
        mut tiles: Option<Tiles>,
    ) -> Result<()> {
        let (width, height) = (list.width, list.height);
        within_limit(width, height)?;
        let region = Rect::new(0.0, 0.0, width as f32, height as f32);
        let place = Place { ground: list.ground, region, scale: 1.0, size: (width, height) };
        let stride = width as usize * 4;
        let (mut sheet, fresh) = self.begun(paper, list, place, stride * height as usize);
        // A sheet has no more units below its words than the list that it suits.
        let below = units(&list.items).get(..sheet.below.len()).and_then(<[_]>::last).map_or(0, |unit| unit.end);
        let (below, above) = list.items.split_at_checked(below).unwrap_or((&[], &list.items));
        let mut tile = Pixmap { width, height: 0, data: Vec::new() };
        let (mut y, rows) = (0, tile_rows(width));
        while y < height {
            tile.height = rows.min(height - y);
            let bounds = Bounds { x0: 0, y0: y as i32, x1: width as i32, y1: (y + tile.height) as i32 };
            let start = y as usize * stride;
            tile.data.resize(tile.height as usize * stride, 0);
            if fresh {
                let c = list.ground;
                tile.data.as_chunks_mut::<4>().0.fill([c.r, c.g, c.b, 255]);
            }
            let blocks = sheet.blocks.get_mut(y as usize / ROWS..).unwrap_or_default();
            let mut touched = vec![false; (tile.height as usize).div_ceil(ROWS)];
            let page = Layer::begun(bounds, std::mem::take(&mut tile.data));
            let mut painter = Painter::new(self, fonts, pictures, space(region, 1.0, (width, height)), page);
            if fresh {
                painter.tile(y, height, below)?;
            }
            let mut fetch = |seen: Bounds, data: &mut [u8]| {
                let (first, last) = ((seen.y0 - bounds.y0) as usize / ROWS, (seen.y1 - 1 - bounds.y0) as usize / ROWS);
                let parts = data.chunks_mut(ROWS * stride).zip(&mut touched).zip(&mut *blocks).enumerate();
                for (at, ((part, touched), block)) in parts.take(last + 1).skip(first) {
                    if std::mem::replace(touched, true) {
                        continue;
                    }
                    let from = start + at * ROWS * stride;
                    if !fresh {
                        paper.read(if block.under { Side::Back } else { Side::Front }, from, part);
                    }
                    if !std::mem::replace(&mut block.under, true) {
                        paper.write(Side::Back, from, part);
                    }
                }
            };
            if shared {
                painter.touch = Some(&mut fetch);
            }
            painter.tile(y, height, above)?;
            tile.data = painter.into_data();
            if fresh {
                paper.write(Side::Front, start, &tile.data);
            }
            let parts = tile.data.chunks_mut(ROWS * stride).zip(&touched).zip(blocks).enumerate();
            for (at, ((part, touched), block)) in parts {
                let from = start + at * ROWS * stride;
                let was = std::mem::replace(&mut block.worded, *touched);
                if fresh {
                    continue;
                }
                match (*touched, was) {
                    (true, _) => paper.write(Side::Front, from, part),
                    (false, true) => {
                        paper.read(Side::Back, from, part);
                        paper.write(Side::Front, from, part);
                    }
                    (false, false) if tiles.is_some() => paper.read(Side::Front, from, part),
                    (false, false) => {}
                }
            }
            if let Some(tiles) = &mut tiles {
                tiles(&tile)?;
            }
            y += tile.height;
        }
        self.sheet = shared.then_some(sheet);
        Ok(())
    }

    /// What the paper shows, if the list has the same below its words; else a sheet to be painted from nothing.
    fn begun(&mut self, paper: &mut dyn Paper, list: &DisplayList, place: Place, bytes: usize) -> (Sheet, bool) {
        let units = units(&list.items);
        let parts: Vec<&[Item]> = units.iter().map(|unit| list.items.get(unit.clone()).unwrap_or_default()).collect();
        let mut from = first_words(list, &parts);
        let still = paper.turn_to(bytes);
        // Taken: should painting fail, nobody knows what the paper shows.
        if let Some(sheet) = self.sheet.take().filter(|sheet| still && sheet.place == place) {
            let common = sheet.below.iter().zip(&parts).take_while(|(unit, part)| unit == *part).count();
            if common == sheet.below.len() {
                return (sheet, false);
            }
            if common > 0 {
                // It parts lower than thought: next time that will be known.
                from = from.min(common);
            }
        }
        let below = parts.iter().take(from).map(|part| part.to_vec()).collect();
        let blocks = vec![Block::default(); (place.size.1 as usize).div_ceil(ROWS)];
        (Sheet { place, below, blocks }, true)
    }
}
