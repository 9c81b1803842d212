//! In: a glyph that has colours of its own. Out: its pixels (`COLR` 0 and 1), painted apart from all else as its graph says, or the
//! picture that stands for it (`CBDT`, `sbix`). Reading graphs is left to `colr`, gradients to `brush`, modes to `composite`; laying the
//! pixels on the page to the rest of `raster`.
//!
//! Pixels are kept in a budget of bytes. What keeps them apart is all that decides them: the face, the glyph, its size, the part of a
//! pixel it begins in, and the colour of the text.

use std::sync::Arc;

use tiny_skia::{FillRule, PathBuilder};

use super::brush::{Affine, Brush, pixel};
use super::colr::{Canvas, Graph};
use super::compose::{self, RowCover, RowSource};
use super::composite::Mode;
use super::cover::{Bounds, Cover, DeviceRect, Mask, fill_path};
use super::paint::Source;
use super::painter::Clip;
use super::worth::Turns;
use crate::color::{Blend, Rgba};
use crate::display::{Glyph, Item};
use crate::fingerprint::Fingerprint;
use crate::geom::Rect;
use crate::text::{Face, OutlinePen, Stance};
use crate::units::Px;
use crate::variant::AssetId;
use ttf_parser::{GlyphId, RasterImageFormat};

/// Pixels of a glyph up to which it is painted whole, and kept; of a larger one only what is seen is painted.
const WHOLE: usize = 1 << 20;
/// Pixels of all layers of one glyph at once.
const LAYERS: usize = 24 << 20;
/// Pixels that the parts of one glyph may paint, one over the other, above which a font is playing games.
const INK: usize = 400 << 20;
/// Device px of the em up to which glyphs stand on whole rows, as those without colours do.
const SMALL: f32 = 48.0;
/// Parts of a pixel that places are told apart by.
const PHASES: f32 = 4.0;

/// Painted glyphs.
pub(super) struct ColorCache {
    glyphs: Turns<Key, Arc<Painted>>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    face: Fingerprint,
    glyph: u16,
    size: u32,
    phase: (u8, u8),
    text: [u8; 4],
}

/// Premultiplied pixels around an origin.
#[derive(Default)]
pub(super) struct Painted {
    bounds: Bounds,
    data: Vec<u8>,
}

/// A painted glyph at its place.
pub(super) struct Placed {
    painted: Arc<Painted>,
    pub bounds: Bounds,
}

impl Placed {
    pub fn source(&self) -> Source<'_> {
        let Bounds { x0, y0, .. } = self.bounds;
        Source::Pixels { data: &self.painted.data, x0, y0, width: self.bounds.width(), opaque: false }
    }
}

impl ColorCache {
    pub fn new(budget: usize) -> Self {
        Self { glyphs: Turns::new(budget) }
    }

    pub fn set_budget(&mut self, budget: usize) {
        self.glyphs.set_budget(budget);
    }

    /// A glyph with its origin `at` some device px, `size` device px large, as far as it may be seen; nothing where it has no colours of
    /// its own.
    pub fn place(
        &mut self,
        face: &Face,
        glyph: u16,
        (size, stance): (f32, Stance),
        (x, y): (f32, f32),
        text: Rgba,
        seen: Bounds,
    ) -> Option<Placed> {
        let phases = |v: f32| ((v * PHASES + 0.5).floor() / PHASES).clamp(-1e7, 1e7);
        let (x, y) = (phases(x), if size <= SMALL { (y + 0.5).floor().clamp(-1e7, 1e7) } else { phases(y) });
        let (left, top) = (x.floor(), y.floor());
        let phase = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let seen = seen.moved(-left, -top);
        let key = Key {
            face: face.digest(),
            glyph,
            size: size.to_bits(),
            phase: ((phase.0 * PHASES) as u8, (phase.1 * PHASES) as u8),
            text: [text.r, text.g, text.b, text.a],
        };
        let upright = stance == Stance::Upright;
        let painted = match self.glyphs.get(&key).filter(|_| upright) {
            Some(found) => found,
            None => {
                let (painted, whole) = paint(face, glyph, (size, stance), phase, text, seen)?;
                let painted = Arc::new(painted);
                if whole && upright {
                    self.glyphs.put(key, painted.clone(), painted.data.len() + 128);
                }
                painted
            }
        };
        let bounds = painted.bounds.moved(left, top);
        Some(Placed { painted, bounds })
    }
}

/// Paints a glyph around its origin; whole, or as far as it is seen.
fn paint(
    face: &Face,
    glyph: u16,
    (size, stance): (f32, Stance),
    (x, y): (f32, f32),
    text: Rgba,
    seen: Bounds,
) -> Option<(Painted, bool)> {
    let font = face.parsed()?;
    let graph = Graph::new(&font, font.variation_coordinates(), text)?;
    let k = size / f32::from(face.units_per_em);
    let place = Affine(match stance {
        Stance::Upright => [k, 0.0, 0.0, -k, x, y],
        Stance::Turned => [0.0, k, k, 0.0, x, y],
        Stance::Narrowed(by) => [k * by, 0.0, 0.0, -k, x, y],
    });
    // Beyond two em on every side nothing of a glyph is worth its memory.
    let far = (size.min(1e6) * 3.0) as i32 + 1;
    let all = Bounds { x0: -far, y0: -far, x1: far, y1: far };
    let mut extent = Extent { face, clips: vec![all], found: Bounds::default() };
    graph.paint(glyph, &place, &mut extent)?;
    let found = extent.found;
    let whole = found.is_empty() || found.width().saturating_mul(found.height()) <= WHOLE;
    let bounds = if whole { found } else { found.intersect(seen) };
    if bounds.is_empty() {
        return Some((Painted::default(), whole));
    }
    let clip = Clip { bounds, cover: None };
    let empty = vec![0; bounds.width() * bounds.height() * 4];
    let mut sheet = Sheet { face, bounds, clips: vec![clip], layers: vec![empty], ink: INK, scratch: Vec::new() };
    graph.paint(glyph, &place, &mut sheet)?;
    let data = (sheet.ink > 0).then_some(sheet.layers).and_then(|layers| layers.into_iter().next())?;
    Some((Painted { bounds, data }, whole))
}

/// The picture that stands for a glyph, under the name it is to be known by.
pub(super) fn picture(face: &Face, glyph: &Glyph, (size, stance): (f32, Stance)) -> Option<(AssetId, Arc<[u8]>, Item)> {
    let font = face.parsed()?;
    let image = font.glyph_raster_image(GlyphId(glyph.id), size.clamp(1.0, 2_000.0).ceil() as u16)?;
    if image.format != RasterImageFormat::PNG || image.pixels_per_em == 0 {
        return None;
    }
    let info = super::decode::info("glyph", image.data).ok()?;
    let (w, h) = (info.width as f32, info.height as f32);
    let k = size / f32::from(image.pixels_per_em);
    let narrow = if let Stance::Narrowed(by) = stance { k * by } else { k };
    let (left, top) = (glyph.x.0 + f32::from(image.x) * narrow, glyph.y.0 - (f32::from(image.y) + h) * k);
    let asset = AssetId(format!("glyph {} {} {}", face.digest(), glyph.id, image.pixels_per_em).into());
    let item = Item::Picture {
        asset: asset.clone(),
        src: Rect::new(0.0, 0.0, w, h),
        dst: Rect::new(left, top, w * narrow, h * k),
        radius: Px::ZERO,
        opacity: 1.0,
        blend: Blend::Normal,
    };
    Some((asset, Arc::from(image.data), item))
}

/// The outline of a glyph in device px.
fn outline(face: &Face, glyph: u16, place: &Affine) -> Option<tiny_skia::Path> {
    let mut tracer = Tracer { place: *place, em: f32::from(face.units_per_em), path: PathBuilder::new() };
    face.draw_outline(glyph, &mut tracer);
    tracer.path.finish()
}

fn box_outline([left, bottom, right, top]: [f32; 4], place: &Affine) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    let (x, y) = place.point(left, bottom);
    path.move_to(x, y);
    for (x, y) in [(right, bottom), (right, top), (left, top)] {
        let (x, y) = place.point(x, y);
        path.line_to(x, y);
    }
    path.close();
    path.finish()
}

struct Tracer {
    place: Affine,
    em: f32,
    path: PathBuilder,
}

impl Tracer {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        self.place.point(x * self.em, y * self.em)
    }
}

impl OutlinePen for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.path.quad_to(cx, cy, x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.path.cubic_to(ax, ay, bx, by, x, y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}

/// Where a graph paints at most.
struct Extent<'a> {
    face: &'a Face,
    clips: Vec<Bounds>,
    found: Bounds,
}

impl Extent<'_> {
    fn now(&self) -> Bounds {
        self.clips.last().copied().unwrap_or_default()
    }
    fn clip(&mut self, path: Option<tiny_skia::Path>) {
        let reach = path.map_or_else(Bounds::default, |path| {
            let b = path.bounds();
            DeviceRect { x0: b.left(), y0: b.top(), x1: b.right(), y1: b.bottom() }.bounds().intersect(self.now())
        });
        self.clips.push(reach);
    }
}

impl Canvas for Extent<'_> {
    fn clip_glyph(&mut self, glyph: u16, place: &Affine) {
        self.clip(outline(self.face, glyph, place));
    }
    fn clip_box(&mut self, corners: [f32; 4], place: &Affine) {
        self.clip(box_outline(corners, place));
    }
    fn unclip(&mut self) {
        self.clips.pop();
    }
    fn fill(&mut self, _: &Brush, _: &Affine) {
        self.found = self.found.union(self.now());
    }
    fn begin(&mut self) {}
    fn end(&mut self, _: Mode) {}
}

/// What a graph paints on.
struct Sheet<'a> {
    face: &'a Face,
    bounds: Bounds,
    clips: Vec<Clip>,
    /// All of `bounds`; the last is painted on.
    layers: Vec<Vec<u8>>,
    /// Pixels that may still be painted; 0 where there were too many.
    ink: usize,
    scratch: Vec<u8>,
}

impl Sheet<'_> {
    fn clip(&mut self, path: Option<tiny_skia::Path>) {
        let none = Clip { bounds: Bounds::default(), cover: None };
        let outer = self.clips.last().unwrap_or(&none);
        let cover = path.map(|path| fill_path(&path, FillRule::Winding, outer.bounds));
        let Some(Cover::Mask(mut mask)) = cover.filter(|_| self.ink > 0) else {
            self.clips.push(none);
            return;
        };
        let (bounds, n) = (mask.bounds, mask.bounds.width());
        if let Some(outer) = &outer.cover {
            for y in bounds.y0..bounds.y1 {
                variorum_pixels::multiply(mask.row_mut(y, bounds.x0, n), outer.row(y, bounds.x0, n));
            }
        }
        self.spend(bounds);
        self.clips.push(Clip { bounds, cover: Some(Arc::new(mask)) });
    }

    fn spend(&mut self, bounds: Bounds) {
        self.ink = self.ink.saturating_sub(bounds.width() * bounds.height());
    }

    /// Where may be painted now, and how much of each pixel.
    fn open(&self) -> Option<(Bounds, Option<Arc<Mask>>)> {
        let clip = self.clips.last().filter(|clip| !clip.bounds.is_empty() && self.ink > 0)?;
        Some((clip.bounds, clip.cover.clone()))
    }
}

/// The bytes of `n` pixels of row `y` from column `x0` of a layer.
fn place_of(bounds: Bounds, y: i32, x0: i32, n: usize) -> std::ops::Range<usize> {
    let from = ((y - bounds.y0) as usize * bounds.width() + (x0 - bounds.x0) as usize) * 4;
    from..from + n * 4
}

impl Canvas for Sheet<'_> {
    fn clip_glyph(&mut self, glyph: u16, place: &Affine) {
        self.clip(outline(self.face, glyph, place));
    }

    fn clip_box(&mut self, corners: [f32; 4], place: &Affine) {
        self.clip(box_outline(corners, place));
    }

    fn unclip(&mut self) {
        self.clips.pop();
    }

    fn fill(&mut self, brush: &Brush, place: &Affine) {
        let (Some((at, cover)), Some(back)) = (self.open(), place.inverse()) else { return };
        self.spend(at);
        let n = at.width();
        let Some(layer) = self.layers.last_mut() else { return };
        for y in at.y0..at.y1 {
            let Some(on) = layer.get_mut(place_of(self.bounds, y, at.x0, n)) else { continue };
            let colour = match brush {
                Brush::Solid(color) => RowSource::Solid(pixel(*color)),
                Brush::Gradient(gradient) => gradient.row(&back, y, at.x0, n, &mut self.scratch),
            };
            let covered = cover.as_ref().map_or(RowCover::Full, |mask| RowCover::Part(mask.row(y, at.x0, n)));
            compose::row(on, colour, covered, Blend::Normal);
        }
    }

    fn begin(&mut self) {
        let pixels = self.bounds.width() * self.bounds.height();
        if (self.layers.len() + 1).saturating_mul(pixels) > LAYERS {
            self.ink = 0;
        }
        self.spend(self.bounds);
        self.layers.push(if self.ink > 0 { vec![0; pixels * 4] } else { Vec::new() });
    }

    fn end(&mut self, mode: Mode) {
        let Some(top) = self.layers.pop() else { return };
        let (Some((at, cover)), Some(layer)) = (self.open(), self.layers.last_mut()) else { return };
        let n = at.width();
        for y in at.y0..at.y1 {
            let place = place_of(self.bounds, y, at.x0, n);
            let (Some(on), Some(row)) = (layer.get_mut(place.clone()), top.get(place)) else { continue };
            let mask = cover.as_ref().map(|mask| mask.row(y, at.x0, n));
            match (mode, mask) {
                (Mode::SourceOver, mask) => {
                    compose::row(on, RowSource::Pixels(row), mask.map_or(RowCover::Full, RowCover::Part), Blend::Normal);
                }
                (_, Some(mask)) => mode.lay(on, row, mask.iter().copied()),
                (_, None) => mode.lay(on, row, std::iter::repeat(255)),
            }
        }
        self.spend(at);
    }
}
