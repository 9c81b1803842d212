//! In: a display list to be painted whole. Out: a [`Painting`] that goes on by some pixels at a time, so that between two bands whoever asked for it
//! may turn to something else, or let it go. However often it was broken off, the pixels are those of [`Raster::paint`].

use std::ops::Range;

use super::cover::{Bounds, Space};
use super::kept::{self, Picture, Under};
use super::{Layer, Painter, Pictures, Pixmap, Raster, device_size, space, within_limit};
use crate::display::DisplayList;
use crate::error::Result;
use crate::geom::Rect;
use crate::text::FontLibrary;

/// A picture under way.
pub struct Painting {
    size: (u32, u32),
    space: Space,
    /// The next row; of the items that are being painted.
    row: u32,
    whole: bool,
    way: Way,
}

impl Painting {
    /// Whether all of it is painted.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.whole
    }
}

enum Way {
    /// All items of a tile, then the next tile; nothing of it is kept.
    Loose(Vec<u8>),
    /// All tiles of a unit of items, then the next unit: what was painted so far is a picture to be kept.
    Kept { picture: Picture, units: Vec<Range<usize>>, under: Option<Vec<Under>> },
}

impl Raster {
    /// Begins a picture. Kept, the next list of the same size that begins like this one is painted from where the two part.
    ///
    /// # Errors
    /// `limit` above `PIXMAP_PIXELS`.
    pub fn begin(&mut self, list: &DisplayList, region: Rect, scale: f32, keep: bool) -> Result<Painting> {
        let size = device_size(&region, scale);
        within_limit(size.0, size.1)?;
        let way = if keep && self.kept.has_room(size.0, size.1) {
            Way::Kept { picture: self.kept.take(list, region, scale, size), units: kept::units(&list.items), under: None }
        } else {
            self.kept.hold(Pixmap::default());
            Way::Loose(Layer::ground(list.ground, whole(size)).data)
        };
        Ok(Painting { size, space: space(region, scale, size), row: 0, whole: false, way })
    }

    /// Paints on until about so many pixels are laid, at least one tile. The list is the one that it was begun with.
    ///
    /// # Errors
    /// `unknown` and `media` of pictures.
    pub fn go_on(
        &mut self,
        mut painting: Painting,
        list: &DisplayList,
        fonts: &FontLibrary,
        pictures: &mut Pictures,
        pixels: u64,
    ) -> Result<Painting> {
        let Painting { size, space, row, whole: is_whole, way } = &mut painting;
        let height = size.1;
        let data = match way {
            Way::Loose(data) => data,
            Way::Kept { picture, .. } => &mut picture.pixmap.data,
        };
        let page = Layer::begun(whole(*size), std::mem::take(data));
        let mut painter = Painter::new(self, fonts, pictures, *space, page);
        *is_whole = match way {
            Way::Loose(_) => {
                while *row < height && painter.laid < pixels {
                    *row = painter.tile(*row, height, &list.items)?;
                }
                *row >= height
            }
            Way::Kept { picture, units, under } => loop {
                let Some(unit) = units.get(picture.painted()) else { break true };
                let items = list.items.get(unit.clone()).unwrap_or_default();
                if *row == 0 && under.is_none() {
                    *under = picture.keeps_under().then(Vec::new);
                }
                painter.under = under.take();
                while *row < height && painter.laid < pixels {
                    *row = painter.tile(*row, height, items)?;
                }
                *under = painter.under.take();
                if *row < height {
                    break false;
                }
                picture.add(items, under.take());
                *row = 0;
            },
        };
        let done = painter.into_data();
        match way {
            Way::Loose(data) => *data = done,
            Way::Kept { picture, .. } => picture.pixmap.data = done,
        }
        Ok(painting)
    }

    /// The picture, as far as it was painted; it stays until the next call.
    pub fn finish(&mut self, painting: Painting) -> &Pixmap {
        let (width, height) = painting.size;
        match painting.way {
            Way::Loose(data) => self.kept.hold(Pixmap { width, height, data }),
            Way::Kept { picture, .. } => self.kept.put(picture),
        }
    }

    /// Nobody wants it any more. What was painted serves the next one where the unit under way can be taken off again.
    pub fn let_go(&mut self, painting: Painting) {
        let Way::Kept { mut picture, under, .. } = painting.way else { return };
        match under {
            Some(under) => picture.take_off(&under),
            None if painting.row > 0 => return,
            None => {}
        }
        self.kept.put(picture);
    }
}

fn whole((width, height): (u32, u32)) -> Bounds {
    Bounds { x0: 0, y0: 0, x1: width as i32, y1: height as i32 }
}
