//! In: placed glyphs of one face at one size. Out: their coverage. Small glyphs come from a cache of bitmaps, placed on
//! whole rows and thirds of a column; large ones are outlines, filled together so that overlaps never show.

use std::collections::BTreeMap;
use std::sync::Arc;

use tiny_skia::{FillRule, Mask as SkiaMask, Path, PathBuilder, Transform};

use super::cover::{Bounds, Cover, DeviceRect, Mask, Space, fill_path};
use crate::display::Glyph;
use crate::text::{FontId, FontLibrary, OutlinePen};

/// Device px of the em up to which glyphs are cached bitmaps.
const SMALL: f32 = 48.0;

/// Bitmaps of small glyphs.
pub(super) struct GlyphCache {
    glyphs: BTreeMap<Key, Arc<Bitmap>>,
    bytes: usize,
    budget: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    font: FontId,
    size: u32,
    glyph: u16,
    third: u8,
}

/// Coverage around an origin.
struct Bitmap {
    left: i32,
    top: i32,
    width: usize,
    data: Vec<u8>,
}

impl Bitmap {
    fn bounds(&self, x: i32, y: i32) -> Bounds {
        let (x0, y0) = (x + self.left, y + self.top);
        let rows = self.data.len().checked_div(self.width).unwrap_or(0);
        Bounds { x0, y0, x1: x0 + self.width as i32, y1: y0 + rows as i32 }
    }
}

impl GlyphCache {
    pub fn new(budget: usize) -> Self {
        Self { glyphs: BTreeMap::new(), bytes: 0, budget }
    }

    /// The coverage of a run of glyphs as far as it lies within `seen`.
    pub fn cover(&mut self, fonts: &FontLibrary, font: FontId, size: f32, glyphs: &[Glyph], space: Space, seen: Bounds) -> Cover {
        let device = size * space.scale();
        if !(device.is_finite() && device > 0.0) {
            return Cover::pixels(Bounds::default());
        }
        if device > SMALL {
            large(fonts, font, device, glyphs, space, seen)
        } else {
            self.small(fonts, font, device, glyphs, space, seen)
        }
    }

    fn small(&mut self, fonts: &FontLibrary, font: FontId, size: f32, glyphs: &[Glyph], space: Space, seen: Bounds) -> Cover {
        let mut placed = Vec::with_capacity(glyphs.len());
        let mut bounds = Bounds::default();
        for glyph in glyphs {
            let (x, y) = space.point(crate::geom::Point { x: glyph.x, y: glyph.y });
            let thirds = (x * 3.0 + 0.5).floor() as i32;
            let (x, third, y) = (thirds.div_euclid(3), thirds.rem_euclid(3) as u8, (y + 0.5).floor() as i32);
            let rough = Bounds { x0: x, y0: y, x1: x + 1, y1: y + 1 }.grown(size as i32 * 3);
            if rough.intersect(seen).is_empty() {
                continue;
            }
            let bitmap = self.bitmap(fonts, Key { font, size: size.to_bits(), glyph: glyph.id, third }, size);
            let at = bitmap.bounds(x, y).intersect(seen);
            if !at.is_empty() {
                bounds = bounds.union(at);
                placed.push((bitmap, x, y));
            }
        }
        let mut mask = Mask::empty(bounds);
        for (bitmap, x, y) in placed {
            let from = bitmap.bounds(x, y);
            let at = from.intersect(bounds);
            let rows = bitmap.data.chunks_exact(bitmap.width).zip(from.y0..).skip((at.y0 - from.y0) as usize);
            for (row, y) in rows.take(at.height()) {
                let row = row.iter().skip((at.x0 - from.x0) as usize);
                for (out, v) in mask.row_mut(y, at.x0, at.width()).iter_mut().zip(row) {
                    // Union, as if one were painted over the other.
                    *out = 255 - super::compose::mul(255 - *out, 255 - *v);
                }
            }
        }
        Cover::Mask(mask)
    }

    fn bitmap(&mut self, fonts: &FontLibrary, key: Key, size: f32) -> Arc<Bitmap> {
        if let Some(found) = self.glyphs.get(&key) {
            return found.clone();
        }
        let made = Arc::new(draw(fonts, key, size));
        if self.bytes > self.budget {
            // Cheap to make again, and the sizes of one picture come together: no need to know which is oldest.
            self.glyphs.clear();
            self.bytes = 0;
        }
        self.bytes += made.data.len() + 64;
        self.glyphs.insert(key, made.clone());
        made
    }
}

fn draw(fonts: &FontLibrary, key: Key, size: f32) -> Bitmap {
    let none = Bitmap { left: 0, top: 0, width: 0, data: Vec::new() };
    let mut pen = Pen { path: PathBuilder::new(), x: f32::from(key.third) / 3.0, y: 0.0, size };
    if !fonts.draw_outline(key.font, key.glyph, &mut pen) {
        return none;
    }
    let Some(path) = pen.path.finish() else { return none };
    let b = path.bounds();
    let bounds = DeviceRect { x0: b.left(), y0: b.top(), x1: b.right(), y1: b.bottom() }.bounds();
    let Some(mut mask) = SkiaMask::new(bounds.width() as u32, bounds.height() as u32) else { return none };
    mask.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-bounds.x0 as f32, -bounds.y0 as f32));
    Bitmap { left: bounds.x0, top: bounds.y0, width: bounds.width(), data: mask.take() }
}

fn large(fonts: &FontLibrary, font: FontId, size: f32, glyphs: &[Glyph], space: Space, seen: Bounds) -> Cover {
    let mut pen = Pen { path: PathBuilder::new(), x: 0.0, y: 0.0, size };
    for glyph in glyphs {
        (pen.x, pen.y) = space.point(crate::geom::Point { x: glyph.x, y: glyph.y });
        fonts.draw_outline(font, glyph.id, &mut pen);
    }
    let path: Option<Path> = pen.path.finish();
    path.map_or_else(|| Cover::pixels(Bounds::default()), |path| fill_path(&path, seen))
}

/// Takes an outline in em, y up, to device px, y down.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    size: f32,
}

impl Pen {
    fn to(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.size, self.y - y * self.size)
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.to(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.to(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.to(cx, cy), self.to(x, y));
        self.path.quad_to(cx, cy, x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.to(ax, ay), self.to(bx, by), self.to(x, y));
        self.path.cubic_to(ax, ay, bx, by, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
