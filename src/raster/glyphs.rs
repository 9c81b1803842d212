//! In: placed glyphs of one face at one size. Out: their coverage. Small glyphs come from a cache of bitmaps three times as
//! fine across as the device, placed on whole rows and thirds of a column: fontdue makes them where the face can be subset
//! for it, else tiny-skia. Large ones are outlines, filled together so that overlaps never show.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use tiny_skia::{FillRule, Mask as SkiaMask, Path, PathBuilder, Transform};

use super::cover::{Bounds, Cover, DeviceRect, Mask, Space, fill_path};
use super::subset::Subsets;
use super::worth::Turns;
use crate::display::Glyph;
use crate::geom::Point;
use crate::text::{Face, FontId, FontLibrary, OutlinePen, Stance};

/// Device px of the em up to which glyphs are cached bitmaps.
const SMALL: f32 = 48.0;

/// No sane glyph of 48 px is larger; a broken font's may be without end.
const BITMAP_PIXELS: usize = 1 << 20;

/// Bitmaps of small glyphs.
pub(super) struct GlyphCache {
    glyphs: Turns<Key, Arc<Bitmap>>,
    subsets: Subsets,
    /// Which face an id stood for when its glyphs were drawn.
    faces: BTreeMap<FontId, Arc<Face>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    font: FontId,
    size: u32,
    glyph: u16,
}

/// Coverage around an origin, three columns a device px.
#[derive(Default)]
struct Bitmap {
    /// Thirds of a px from the origin to the first column.
    left: f32,
    /// Rows from the baseline to the first row.
    top: i32,
    /// Thirds.
    width: usize,
    data: Vec<u8>,
    /// The same in device px, after none, one and two empty thirds; made when first asked for.
    phases: [OnceLock<Vec<u8>>; 3],
}

impl Bitmap {
    /// Device px of a row at a phase.
    fn device_width(&self, phase: usize) -> usize {
        (phase + self.width).div_ceil(3)
    }

    /// Coverage in device px.
    fn at(&self, phase: usize) -> &[u8] {
        let Some(slot) = self.phases.get(phase) else { return &[] };
        slot.get_or_init(|| {
            let rows = self.data.len().checked_div(self.width).unwrap_or(0);
            let mut out = Vec::with_capacity(self.device_width(phase) * rows);
            self.data.chunks_exact(self.width.max(1)).for_each(|row| variorum_pixels::thirds(row, phase, &mut out));
            out
        })
    }
}

/// A bitmap at its place.
struct Placed {
    bitmap: Arc<Bitmap>,
    /// Thirds before its first column, in the device px it begins in.
    phase: usize,
    bounds: Bounds,
}

impl Placed {
    fn new(bitmap: Arc<Bitmap>, x: f32, y: i32) -> Self {
        let thirds = (x * 3.0 + bitmap.left + 0.5).floor() as i32;
        let (x0, phase) = (thirds.div_euclid(3), thirds.rem_euclid(3) as usize);
        let rows = bitmap.data.len().checked_div(bitmap.width).unwrap_or(0) as i32;
        let x1 = x0 + bitmap.device_width(phase) as i32;
        let y0 = y + bitmap.top;
        Self { bitmap, phase, bounds: Bounds { x0, y0, x1, y1: y0 + rows } }
    }

    /// Adds to a mask, as if painted over what is there.
    fn paint(&self, mask: &mut Mask) {
        let at = self.bounds.intersect(mask.bounds);
        if at.is_empty() {
            return;
        }
        let skip = (at.x0 - self.bounds.x0) as usize;
        let rows = self.bitmap.at(self.phase).chunks_exact(self.bounds.width()).zip(self.bounds.y0..);
        for (row, y) in rows.skip((at.y0 - self.bounds.y0) as usize).take(at.height()) {
            let from = row.get(skip..).unwrap_or_default();
            variorum_pixels::cover(mask.row_mut(y, at.x0, at.width()), from);
        }
    }
}

impl GlyphCache {
    pub fn new(budget: usize) -> Self {
        Self { glyphs: Turns::new(budget), subsets: Subsets::default(), faces: BTreeMap::new() }
    }

    pub fn set_budget(&mut self, budget: usize) {
        self.glyphs.set_budget(budget);
    }

    /// The coverage of a run of glyphs as far as it lies within `seen`.
    pub fn cover(
        &mut self,
        fonts: &FontLibrary,
        font: FontId,
        (size, stance): (f32, Stance),
        glyphs: &[Glyph],
        space: Space,
        seen: Bounds,
    ) -> Cover {
        let device = size * space.scale();
        match fonts.face(font) {
            Some(face) if device > 0.0 && device <= SMALL && stance == Stance::Upright => {
                self.small(&face, device, glyphs, space, seen)
            }
            // Few are not upright: not worth bitmaps.
            Some(face) if device > 0.0 && device.is_finite() => large(&face, (device, stance), glyphs, space, seen),
            _ => Cover::pixels(Bounds::default()),
        }
    }

    fn small(&mut self, face: &Arc<Face>, size: f32, glyphs: &[Glyph], space: Space, seen: Bounds) -> Cover {
        if self.faces.insert(face.id, Arc::clone(face)).is_some_and(|known| !Arc::ptr_eq(&known, face)) {
            // Another library: ids mean other faces now.
            self.forget();
        }
        // What lies far outside need not even be drawn.
        let near = |(x, y): (f32, f32)| {
            let (x, y) = (x as i32, y as i32);
            !Bounds { x0: x, y0: y, x1: x, y1: y }.grown(size as i32 * 4 + 4).intersect(seen).is_empty()
        };
        let places = || glyphs.iter().map(|g| (g.id, space.point(Point { x: g.x, y: g.y }))).filter(|(_, at)| near(*at));
        let key = |glyph| Key { font: face.id, size: size.to_bits(), glyph };
        self.subsets.load(face, places().map(|(id, _)| id).filter(|id| !self.glyphs.has(&key(*id))));
        let mut placed = Vec::with_capacity(glyphs.len());
        let mut bounds = Bounds::default();
        for (id, (x, y)) in places() {
            let glyph = Placed::new(self.bitmap(face, key(id), size), x, (y + 0.5).floor() as i32);
            let at = glyph.bounds.intersect(seen);
            if !at.is_empty() {
                bounds = bounds.union(at);
                placed.push(glyph);
            }
        }
        let mut mask = Mask::empty(bounds);
        placed.iter().for_each(|glyph| glyph.paint(&mut mask));
        Cover::Mask(mask)
    }

    fn bitmap(&mut self, face: &Face, key: Key, size: f32) -> Arc<Bitmap> {
        if let Some(found) = self.glyphs.get(&key) {
            return found;
        }
        let made = match self.subsets.find(key.font, key.glyph) {
            Some((font, glyph)) => by_fontdue(font, glyph, size),
            None => Bitmap::default(),
        };
        // Blank may mean a space, or a glyph fontdue could not read: the outline knows.
        let made = Arc::new(if made.data.is_empty() { by_outline(face, key.glyph, size) } else { made });
        // The bitmap itself and, as large again, its phases.
        let bytes = made.data.len() * 2 + 64;
        self.glyphs.put(key, made.clone(), bytes);
        made
    }

    fn forget(&mut self) {
        self.glyphs.clear();
        self.subsets.clear();
    }
}

fn by_fontdue(font: &fontdue::Font, glyph: u16, size: f32) -> Bitmap {
    let size_ahead = font.metrics_indexed(glyph, size);
    if size_ahead.width.saturating_mul(size_ahead.height) > BITMAP_PIXELS {
        return Bitmap::default();
    }
    let (metrics, data) = font.rasterize_indexed_subpixel(glyph, size);
    if metrics.width == 0 || metrics.height == 0 {
        return Bitmap::default();
    }
    // fontdue moves the outline by the fraction of its left edge, but by a third of what three columns a px ask for.
    let edge = metrics.bounds.xmin;
    let left = 3.0 * edge - (edge - edge.floor());
    Bitmap { left, top: -(metrics.ymin + metrics.height as i32), width: metrics.width * 3, data, ..Bitmap::default() }
}

fn by_outline(face: &Face, glyph: u16, size: f32) -> Bitmap {
    let mut pen = Pen { path: PathBuilder::new(), x: 0.0, y: 0.0, size, stance: Stance::Upright };
    if !face.draw_outline(glyph, &mut pen) {
        return Bitmap::default();
    }
    let Some(path) = pen.path.finish().and_then(|path| path.transform(Transform::from_scale(3.0, 1.0))) else {
        return Bitmap::default();
    };
    let b = path.bounds();
    let bounds = DeviceRect { x0: b.left(), y0: b.top(), x1: b.right(), y1: b.bottom() }.bounds();
    if bounds.width().saturating_mul(bounds.height()) > BITMAP_PIXELS {
        return Bitmap::default();
    }
    let Some(mut mask) = SkiaMask::new(bounds.width() as u32, bounds.height() as u32) else { return Bitmap::default() };
    mask.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-bounds.x0 as f32, -bounds.y0 as f32));
    Bitmap { left: bounds.x0 as f32, top: bounds.y0, width: bounds.width(), data: mask.take(), ..Bitmap::default() }
}

fn large(face: &Face, (size, stance): (f32, Stance), glyphs: &[Glyph], space: Space, seen: Bounds) -> Cover {
    let mut pen = Pen { path: PathBuilder::new(), x: 0.0, y: 0.0, size, stance };
    for glyph in glyphs {
        (pen.x, pen.y) = space.point(Point { x: glyph.x, y: glyph.y });
        face.draw_outline(glyph.id, &mut pen);
    }
    let path: Option<Path> = pen.path.finish();
    path.map_or_else(|| Cover::pixels(Bounds::default()), |path| fill_path(&path, FillRule::Winding, seen))
}

/// Takes an outline in em, y up, to device px, y down.
struct Pen {
    path: PathBuilder,
    x: f32,
    y: f32,
    size: f32,
    stance: Stance,
}

impl Pen {
    fn to(&self, x: f32, y: f32) -> (f32, f32) {
        match self.stance {
            Stance::Upright => (self.x + x * self.size, self.y - y * self.size),
            Stance::Turned => (self.x + y * self.size, self.y + x * self.size),
            Stance::Narrowed(by) => (self.x + x * by * self.size, self.y - y * self.size),
        }
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
