//! A page being painted: items in order, onto tiles, groups and clips. In: a space, a page, items. Out: the page's pixels. What is kept of
//! it, and how far it is painted at once, is the caller's.

use super::blur::{self, Plan};
use super::compose::{self, RowCover, mul};
use super::cover::{self, Bounds, Cover, Mask, Space};
use super::kept::Under;
use super::paint::Source;
use super::{Pictures, Raster, color_glyphs, tile_rows};
use crate::color::{Blend, Rgba};
use crate::display::{Caster, Glyph, Item, Paint, Shape};
use crate::error::Result;
use crate::geom::{Point, Rect};
use crate::text::{ColorGlyphs, Face, FontId, FontLibrary, Stance};

/// What is painted into: the picture itself or an open group.
pub(super) struct Layer {
    bounds: Bounds,
    pub(super) data: Vec<u8>,
    /// Where anything was laid on it.
    touched: Bounds,
    /// How it is laid on what is under it; the clips that were open when it began.
    opacity: f32,
    blend: Blend,
    clips: Vec<Clip>,
}

#[derive(Clone)]
pub(super) struct Clip {
    pub(super) bounds: Bounds,
    pub(super) cover: Option<std::sync::Arc<Mask>>,
}

/// Rows of a picture that are scaled and laid together: two megabytes of them.
fn strip_rows(width: usize) -> usize {
    ((1 << 19) / width.max(1)).max(32)
}

/// From px of the format to the device px of a region.
pub(super) fn space(region: Rect, scale: f32, (width, height): (u32, u32)) -> Space {
    Space {
        ox: region.x.0,
        oy: region.y.0,
        kx: if region.w.0 > 0.0 { width as f32 / region.w.0 } else { scale },
        ky: if region.h.0 > 0.0 { height as f32 / region.h.0 } else { scale },
    }
}

impl Layer {
    /// Transparent.
    fn empty(bounds: Bounds) -> Self {
        Self { bounds, data: Vec::new(), touched: Bounds::default(), opacity: 1.0, blend: Blend::Normal, clips: Vec::new() }
    }

    /// A page that was begun before.
    pub(super) fn begun(bounds: Bounds, data: Vec<u8>) -> Self {
        Self { data, ..Self::empty(bounds) }
    }

    /// The lowest: the page itself.
    pub(super) fn ground(c: Rgba, bounds: Bounds) -> Self {
        Self { data: [c.r, c.g, c.b, 255].repeat(bounds.width() * bounds.height()), ..Self::empty(bounds) }
    }
}

/// Told of bounds of the page that are to be painted on, with the page's pixels.
pub(super) type Touch<'a> = &'a mut dyn FnMut(Bounds, &mut [u8]);

/// A page being painted, a tile after the other.
pub(super) struct Painter<'a> {
    raster: &'a mut Raster,
    fonts: &'a FontLibrary,
    pictures: &'a mut Pictures,
    space: Space,
    /// The tile; what is decided by what can be seen is decided by it, whatever part of it is asked for.
    tile: Bounds,
    /// The page, and the groups that are open.
    layers: Vec<Layer>,
    clips: Vec<Clip>,
    /// What lay on the page where it was painted, in order, if that is to be kept.
    pub(super) under: Option<Vec<Under>>,
    /// Who is told before something is laid on the page, and where: its pixels may have to be fetched first.
    pub(super) touch: Option<Touch<'a>>,
    /// Pixels laid so far, whatever they cost.
    pub(super) laid: u64,
}

impl<'a> Painter<'a> {
    pub(super) fn new(
        raster: &'a mut Raster,
        fonts: &'a FontLibrary,
        pictures: &'a mut Pictures,
        space: Space,
        page: Layer,
    ) -> Self {
        Self {
            raster,
            fonts,
            pictures,
            space,
            tile: page.bounds,
            layers: vec![page],
            clips: Vec::new(),
            under: None,
            touch: None,
            laid: 0,
        }
    }

    pub(super) fn into_data(self) -> Vec<u8> {
        self.layers.into_iter().next().map(|page| page.data).unwrap_or_default()
    }

    /// Paints the items onto the page in tiles of a picture `height` high.
    pub(super) fn tiles(&mut self, height: u32, items: &[Item]) -> Result<()> {
        let page = self.layers.first().map(|page| page.bounds).unwrap_or_default();
        let mut y = page.y0 as u32;
        while (y as i32) < page.y1 {
            y = self.tile(y, height, items)?;
        }
        Ok(())
    }

    /// Paints the items onto the tile that holds row `y`; the row where the next one begins.
    pub(super) fn tile(&mut self, y: u32, height: u32, items: &[Item]) -> Result<u32> {
        let page = self.layers.first().map(|page| page.bounds).unwrap_or_default();
        let rows = tile_rows(page.width() as u32);
        let from = y / rows * rows;
        let end = (from + rows).min(height);
        self.tile = Bounds { y0: from as i32, y1: end as i32, ..page };
        self.items(items)?;
        self.layers.truncate(1);
        self.clips.clear();
        Ok(end)
    }

    fn items(&mut self, items: &[Item]) -> Result<()> {
        for (at, item) in items.iter().enumerate() {
            self.item(item, items.get(at + 1..).unwrap_or_default())?;
        }
        Ok(())
    }

    /// What can be seen of the present layer through the present clip.
    fn seen(&self) -> Bounds {
        let layer = self.layers.get(1..).and_then(<[_]>::last).map_or(self.tile, |l| l.bounds);
        self.clips.last().map_or(layer, |clip| clip.bounds.intersect(layer))
    }

    fn item(&mut self, item: &Item, rest: &[Item]) -> Result<()> {
        let (space, seen) = (self.space, self.seen());
        match item {
            Item::Fill { shape, paint, opacity, blend } => {
                let cover = cover::fill(shape, space, seen);
                self.lay(&cover, &Source::new(paint, space, *opacity), 255, *blend);
            }
            Item::Stroke { shape, paint, width, opacity, blend } => {
                let cover = cover::stroke(shape, width.0, space, seen);
                self.lay(&cover, &Source::new(paint, space, *opacity), 255, *blend);
            }
            Item::Glyphs { font, size, stance, glyphs, paint, opacity, blend } => {
                let plain = self.colored((*font, size.0, *stance), glyphs, paint, *opacity, *blend)?;
                let glyphs = plain.as_deref().unwrap_or(glyphs);
                let cover = self.raster.glyphs.cover(self.fonts, *font, (size.0, *stance), glyphs, space, seen);
                self.lay(&cover, &Source::new(paint, space, *opacity), 255, *blend);
            }
            Item::Picture { asset, src, dst, radius, opacity, blend } => {
                let cover = if radius.0 > 0.0 {
                    cover::fill(&Shape::RoundRect { rect: *dst, radius: *radius }, space, seen)
                } else {
                    cover::fill(&Shape::Rect(*dst), space, seen)
                };
                let visible = cover.bounds().intersect(seen);
                if visible.is_empty() {
                    return Ok(());
                }
                let place = space.rect(dst).bounds();
                let size = (place.width() as u32, place.height() as u32);
                // What is not kept is scaled and laid strip by strip.
                let rows = if Pictures::keeps(size) { visible.height() } else { strip_rows(visible.width()) };
                let mut strip = Bounds { y1: visible.y0, ..visible };
                while strip.y1 < visible.y1 {
                    strip = Bounds { y0: strip.y1, y1: strip.y1.saturating_add(rows as i32).min(visible.y1), ..visible };
                    let local = strip.moved(place.x0.saturating_neg(), place.y0.saturating_neg());
                    let window = self.pictures.scaled(asset, src, size, local)?;
                    let source = Source::Pixels {
                        data: &window.pixmap.data,
                        x0: place.x0.saturating_add(window.bounds.x0),
                        y0: place.y0.saturating_add(window.bounds.y0),
                        width: window.bounds.width(),
                        opaque: window.opaque,
                    };
                    self.lay_within(strip, &cover, &source, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8, *blend);
                }
            }
            Item::Shadow { caster, sigma, offset, color } => {
                let space = Space { ox: space.ox - offset.x.0, oy: space.oy - offset.y.0, ..space };
                if let Some(mask) = self.shadow(caster, sigma.0 * space.scale(), space, seen)? {
                    self.lay(&Cover::Mask(mask), &Source::Solid(compose::premultiply(*color, 1.0)), 255, Blend::Normal);
                }
            }
            Item::PushClip(shape) => self.push_clip(shape, seen),
            Item::PopClip => {
                self.clips.pop();
            }
            Item::PushGroup { opacity, blend } => {
                let bounds = self.reach(rest).intersect(seen);
                let bounds = if bounds.is_empty() { Bounds::default() } else { bounds };
                self.layers.push(Layer {
                    data: vec![0; bounds.width() * bounds.height() * 4],
                    opacity: *opacity,
                    blend: *blend,
                    clips: std::mem::take(&mut self.clips),
                    ..Layer::empty(bounds)
                });
            }
            Item::PopGroup => {
                // The lowest layer is the picture itself and stays.
                if self.layers.len() > 1
                    && let Some(layer) = self.layers.pop()
                {
                    self.clips = layer.clips;
                    let cover = Cover::pixels(layer.touched);
                    let width = layer.bounds.width();
                    let (x0, y0) = (layer.bounds.x0, layer.bounds.y0);
                    let source = Source::Pixels { data: &layer.data, x0, y0, width, opaque: false };
                    self.lay(&cover, &source, (layer.opacity.clamp(0.0, 1.0) * 255.0).round() as u8, layer.blend);
                }
            }
        }
        Ok(())
    }

    /// Paints the glyphs of a run that have colours of their own; answers the others, or nothing where the face has no such glyphs.
    fn colored(
        &mut self,
        (font, size, stance): (FontId, f32, Stance),
        glyphs: &[Glyph],
        paint: &Paint,
        opacity: f32,
        blend: Blend,
    ) -> Result<Option<Vec<Glyph>>> {
        let Some(face) = self.fonts.face(font).filter(|f| f.color != ColorGlyphs::None) else { return Ok(None) };
        let text = match paint {
            Paint::Solid(color) => *color,
            Paint::Linear { stops, .. } | Paint::Radial { stops, .. } => stops.first().map_or(Rgba::BLACK, |s| s.color),
        };
        let (space, strength) = (self.space, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8);
        let mut plain = Vec::new();
        for glyph in glyphs {
            if face.color == ColorGlyphs::Bitmaps {
                if !self.pictured(&face, glyph, (size, stance), opacity, blend)? {
                    plain.push(*glyph);
                }
                continue;
            }
            let (at, seen) = (space.point(Point { x: glyph.x, y: glyph.y }), self.seen());
            match self.raster.colors.place(&face, glyph.id, (size * space.scale(), stance), at, text, seen) {
                Some(placed) => self.lay(&Cover::pixels(placed.bounds), &placed.source(), strength, blend),
                None => plain.push(*glyph),
            }
        }
        Ok(Some(plain))
    }

    /// Paints the picture that stands for a glyph, if one does.
    fn pictured(&mut self, face: &Face, glyph: &Glyph, set: (f32, Stance), opacity: f32, blend: Blend) -> Result<bool> {
        let Some((asset, bytes, item)) = color_glyphs::picture(face, glyph, set) else { return Ok(false) };
        if !self.pictures.contains(&asset) {
            self.pictures.add(asset, bytes);
        }
        let grouped = opacity < 1.0 || blend != Blend::Normal;
        if grouped {
            self.item(&Item::PushGroup { opacity, blend }, std::slice::from_ref(&item))?;
        }
        // A picture that cannot be read: the outline, if there is one, and not the end of the whole variant.
        let drawn = self.item(&item, &[]).is_ok();
        if grouped {
            self.item(&Item::PopGroup, &[])?;
        }
        Ok(drawn)
    }

    /// The coverage of a blurred shadow within `seen`; `space` is already moved by the shadow's offset.
    fn shadow(&mut self, caster: &Caster, sigma: f32, space: Space, seen: Bounds) -> Result<Option<Mask>> {
        let plan = Plan::new(sigma);
        let small = plan.space(space);
        let window = plan.window(seen);
        let cast = match caster {
            Caster::Shape(shape) => cover::fill(shape, small, window),
            Caster::Picture { asset, dst, .. } if !self.pictures.info(asset)?.alpha => {
                cover::fill(&Shape::Rect(*dst), small, window)
            }
            Caster::Picture { asset, src, dst } => {
                let place = small.rect(dst).bounds();
                let local = window.intersect(place).moved(place.x0.saturating_neg(), place.y0.saturating_neg());
                if local.is_empty() {
                    return Ok(None);
                }
                let part = self.pictures.scaled(asset, src, (place.width() as u32, place.height() as u32), local)?;
                Cover::Mask(blur::alpha_mask(&part.pixmap.data, part.bounds.moved(place.x0, place.y0)))
            }
        };
        let seen = seen.intersect(plan.reach(cast.bounds()));
        Ok((!seen.is_empty() && !cast.bounds().is_empty()).then(|| plan.shadow(&cast.into_mask(), seen)))
    }

    fn push_clip(&mut self, shape: &Shape, seen: Bounds) {
        let cover = cover::fill(shape, self.space, seen);
        let bounds = cover.bounds().intersect(seen);
        if bounds.is_empty() {
            self.clips.push(Clip { bounds: Bounds::default(), cover: None });
            return;
        }
        let outer = self.clips.last().and_then(|clip| clip.cover.clone());
        let plain = matches!(&cover, Cover::Rect { columns: None, rect, .. } if rect.y0.fract() == 0.0 && rect.y1.fract() == 0.0);
        let cover = if plain && outer.is_none() {
            None
        } else {
            let mut mask = cover.into_mask();
            if let Some(outer) = &outer {
                let n = bounds.width();
                for y in bounds.y0..bounds.y1 {
                    let row = mask.row_mut(y, bounds.x0, n);
                    variorum_pixels::multiply(row, outer.row(y, bounds.x0, n));
                }
            }
            Some(std::sync::Arc::new(mask))
        };
        self.clips.push(Clip { bounds, cover });
    }

    /// Where the items up to the end of the group just opened can paint.
    fn reach(&self, rest: &[Item]) -> Bounds {
        let layer = self.layers.last().map(|l| l.bounds).unwrap_or_default();
        let mut depth = 0;
        let mut reach = Bounds::default();
        for item in rest {
            match item {
                Item::PushGroup { .. } => depth += 1,
                Item::PopGroup if depth == 0 => break,
                Item::PopGroup => depth -= 1,
                Item::Fill { shape: Shape::Rect(rect) | Shape::RoundRect { rect, .. } | Shape::Ellipse(rect), .. }
                | Item::Picture { dst: rect, .. } => reach = reach.union(self.space.rect(rect).bounds()),
                Item::PushClip(_) | Item::PopClip => {}
                // Not worth measuring twice.
                _ => return layer,
            }
        }
        reach
    }

    /// Lays colour where it is covered and not clipped.
    fn lay(&mut self, cover: &Cover, source: &Source, opacity: u8, blend: Blend) {
        self.lay_within(cover.bounds(), cover, source, opacity, blend);
    }

    /// The same within bounds.
    fn lay_within(&mut self, within: Bounds, cover: &Cover, source: &Source, opacity: u8, blend: Blend) {
        let clip = self.clips.last();
        let on_page = self.layers.len() == 1;
        let Some(layer) = self.layers.last_mut() else { return };
        let mut bounds = cover.bounds().intersect(within).intersect(layer.bounds);
        if on_page {
            bounds = bounds.intersect(self.tile);
        }
        if let Some(clip) = clip {
            bounds = bounds.intersect(clip.bounds);
        }
        if bounds.is_empty() || opacity == 0 {
            return;
        }
        layer.touched = layer.touched.union(bounds);
        self.laid += (bounds.width() * bounds.height()) as u64;
        if let Some(touch) = self.touch.as_mut().filter(|_| on_page) {
            touch(bounds, &mut layer.data);
        }
        if let Some(under) = self.under.as_mut().filter(|_| on_page) {
            under.push(Under::of(&layer.data, layer.bounds, bounds));
        }
        let mask = clip.and_then(|c| c.cover.as_deref());
        let (n, wide) = (bounds.width(), layer.bounds.width());
        let (mut colours, mut part, mut both) = (Vec::new(), Vec::new(), Vec::new());
        let skip = (bounds.y0 - layer.bounds.y0) as usize;
        let left = (bounds.x0 - layer.bounds.x0) as usize * 4;
        for (y, row) in (bounds.y0..bounds.y1).zip(layer.data.chunks_exact_mut(wide * 4).skip(skip)) {
            let Some(row) = row.get_mut(left..left + n * 4) else { continue };
            let colour = source.row(y, bounds.x0, n, &mut colours);
            let mut covered = cover.row(y, bounds.x0, n, &mut part);
            if mask.is_some() || opacity != 255 {
                both.clear();
                match covered {
                    RowCover::Full => both.resize(n, opacity),
                    RowCover::Part(part) if opacity == 255 => both.extend_from_slice(part),
                    RowCover::Part(part) => both.extend(part.iter().map(|c| mul(*c, opacity))),
                }
                if let Some(mask) = mask {
                    variorum_pixels::multiply(&mut both, mask.row(y, bounds.x0, n));
                }
                covered = RowCover::Part(&both);
            }
            compose::row(row, colour, covered, blend);
        }
    }
}
