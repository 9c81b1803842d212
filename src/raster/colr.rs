//! In: the `COLR` and `CPAL` tables of a face, where it stands on its axes. Out: what paints a glyph, told to a [`Canvas`] in order: clips,
//! fills, layers. Pixels are left to `color_glyphs`. Source: OpenType 1.9.1, "COLR", "CPAL" and "Item variation stores".
//!
//! ttf-parser reads the same tables, but with the platform's sines, without the half turn that angles of sweeps are kept by, without
//! deltas where no index map is, and without a bound on how often a part is painted that a font names again and again.

use std::cell::Cell;

use super::brush::{Affine, Brush, Extend, Form, Gradient, Straight, straight};
use super::composite::Mode;
use crate::color::Rgba;
use ttf_parser::Tag;

/// Paints within each other.
const DEPTH: usize = 64;
/// Paints, stops and regions looked at for one glyph, above which a font is playing games.
const WORK: u32 = 200_000;
/// Stops of one gradient.
const STOPS: u16 = 256;

/// What a paint graph is told to.
pub(super) trait Canvas {
    /// From here on nothing shows outside the outline of a glyph.
    fn clip_glyph(&mut self, glyph: u16, place: &Affine);
    /// From here on nothing shows outside a box: left, bottom, right, top.
    fn clip_box(&mut self, corners: [f32; 4], place: &Affine);
    /// The innermost clip ends.
    fn unclip(&mut self);
    /// Fills all that the clips leave.
    fn fill(&mut self, brush: &Brush, place: &Affine);
    /// What follows is painted apart ...
    fn begin(&mut self);
    /// ... up to here, and laid on what was there.
    fn end(&mut self, mode: Mode);
}

/// The tables of a face.
pub(super) struct Graph<'a> {
    colr: Bytes<'a>,
    palettes: Bytes<'a>,
    coords: &'a [ttf_parser::NormalizedCoordinate],
    text: Straight,
    work: Cell<u32>,
}

/// Bytes of a table from some place on; places are counted from there.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn at(self, place: usize) -> Option<Self> {
        self.0.get(place..).map(Self)
    }
    fn take<const N: usize>(self, place: usize) -> Option<[u8; N]> {
        self.0.get(place..)?.first_chunk().copied()
    }
    fn u8(self, place: usize) -> Option<u8> {
        self.0.get(place).copied()
    }
    fn u16(self, place: usize) -> Option<u16> {
        self.take(place).map(u16::from_be_bytes)
    }
    fn i16(self, place: usize) -> Option<i16> {
        self.take(place).map(i16::from_be_bytes)
    }
    fn u32(self, place: usize) -> Option<u32> {
        self.take(place).map(u32::from_be_bytes)
    }
    /// What an offset of 24 bits points to.
    fn below(self, place: usize) -> Option<Self> {
        let [a, b, c] = self.take(place)?;
        self.at(u32::from_be_bytes([0, a, b, c]) as usize)
    }
    /// What an offset of 32 bits points to; 0 is nothing.
    fn far_below(self, place: usize) -> Option<Self> {
        self.u32(place).filter(|offset| *offset != 0).and_then(|offset| self.at(offset as usize))
    }
    /// Where a record of `size` bytes lies whose first field is the last not above `key`; the records ascend.
    fn record(self, first: usize, count: usize, size: usize, key: u16) -> Option<usize> {
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low.midpoint(high);
            if self.u16(first.checked_add(middle.checked_mul(size)?)?)? <= key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Some(first + low.checked_sub(1)? * size)
    }
}

/// What a number of a table is.
#[derive(Clone, Copy)]
enum Field {
    /// Font units.
    Units,
    /// Font units, never negative.
    Radius,
    /// 2.14.
    Share,
}
use Field::{Radius, Share, Units};

impl<'a> Graph<'a> {
    /// The tables; nothing where the face has none. `text` is the colour that a glyph takes over from the text around it.
    pub fn new(font: &ttf_parser::Face<'a>, coords: &'a [ttf_parser::NormalizedCoordinate], text: Rgba) -> Option<Self> {
        let table = |tag| font.raw_face().table(Tag::from_bytes(tag)).map(Bytes);
        let text = straight(text.r, text.g, text.b, text.a);
        Some(Self { colr: table(b"COLR")?, palettes: table(b"CPAL")?, coords, text, work: Cell::new(WORK) })
    }

    /// Paints a glyph; nothing where it has no colours of its own, or its graph is too large to be meant.
    pub fn paint(&self, glyph: u16, place: &Affine, canvas: &mut dyn Canvas) -> Option<()> {
        self.work.set(WORK);
        self.glyph(glyph, place, canvas, &mut Vec::new())?;
        (self.work.get() > 0).then_some(())
    }

    /// A part of a font that is broken paints nothing; the rest of the glyph does.
    fn glyph(&self, glyph: u16, place: &Affine, canvas: &mut dyn Canvas, path: &mut Vec<usize>) -> Option<()> {
        if let Some(table) = self.graph_of(glyph) {
            let clip = self.clip_box(glyph);
            if let Some(corners) = clip {
                canvas.clip_box(corners, place);
            }
            self.node(table, place, canvas, path);
            if clip.is_some() {
                canvas.unclip();
            }
            return Some(());
        }
        // Version 0: outlines of one colour each.
        let (records, layers) = (self.colr.far_below(4)?, self.colr.far_below(8)?);
        let record = records.at(records.record(0, self.colr.u16(2)?.into(), 6, glyph)?)?;
        if record.u16(0)? != glyph {
            return None;
        }
        let (first, count) = (usize::from(record.u16(2)?), usize::from(record.u16(4)?));
        for layer in (first..first + count).take_while(|layer| *layer < usize::from(self.colr.u16(12).unwrap_or(0))) {
            self.spend(1)?;
            let (outline, color) = (layers.u16(layer * 4)?, self.color(layers.u16(layer * 4 + 2)?, 1.0));
            if let Some(color) = color {
                canvas.clip_glyph(outline, place);
                canvas.fill(&Brush::Solid(color), place);
                canvas.unclip();
            }
        }
        Some(())
    }

    fn spend(&self, work: u32) -> Option<()> {
        self.work.set(self.work.get().saturating_sub(work));
        (self.work.get() > 0).then_some(())
    }

    /// The root of a glyph's graph, in version 1.
    fn graph_of(&self, glyph: u16) -> Option<Bytes<'a>> {
        if self.colr.u16(0)? == 0 {
            return None;
        }
        let list = self.colr.far_below(14)?;
        let record = list.record(4, list.u32(0)? as usize, 6, glyph)?;
        if list.u16(record)? != glyph { None } else { list.far_below(record + 2) }
    }

    fn clip_box(&self, glyph: u16) -> Option<[f32; 4]> {
        let list = self.colr.far_below(22)?;
        let record = list.record(5, list.u32(1)? as usize, 7, glyph)?;
        if list.u16(record + 2)? < glyph {
            return None;
        }
        let table = list.below(record + 4)?;
        let [left, bottom, right, top, ..] = self.fields(table, 1, &[Units; 4], table.u8(0)? == 2)?;
        Some([left, bottom, right, top])
    }

    fn node(&self, table: Bytes<'a>, place: &Affine, canvas: &mut dyn Canvas, path: &mut Vec<usize>) -> Option<()> {
        self.spend(10)?;
        // Bytes that are left tell places apart: what leads to itself ends there.
        if path.len() >= DEPTH || path.contains(&table.0.len()) {
            return None;
        }
        path.push(table.0.len());
        let done = self.table(table, place, canvas, path);
        path.pop();
        done
    }

    fn table(&self, table: Bytes<'a>, place: &Affine, canvas: &mut dyn Canvas, path: &mut Vec<usize>) -> Option<()> {
        let format = table.u8(0)?;
        let varied = format % 2 == 1;
        match format {
            1 => {
                let (count, first) = (u32::from(table.u8(1)?), table.u32(2)?);
                let list = self.colr.far_below(18)?;
                for layer in first..first.checked_add(count)?.min(list.u32(0)?) {
                    self.node(list.far_below((layer as usize).checked_mul(4)?.checked_add(4)?)?, place, canvas, path);
                }
            }
            2 | 3 => {
                let [alpha, ..] = self.fields(table, 3, &[Share], varied)?;
                canvas.fill(&Brush::Solid(self.color(table.u16(1)?, alpha)?), place);
            }
            4..=9 => canvas.fill(&Brush::Gradient(self.gradient(table, format, varied)?), place),
            10 => {
                let (child, outline) = (table.below(1)?, table.u16(4)?);
                canvas.clip_glyph(outline, place);
                self.node(child, place, canvas, path);
                canvas.unclip();
            }
            11 => self.glyph(table.u16(1)?, place, canvas, path)?,
            12..=31 => {
                let own = self.transform(table, format, varied)?;
                self.node(table.below(1)?, &place.after(&own), canvas, path)?;
            }
            32 => {
                let (source, mode, backdrop) = (table.below(1)?, Mode::new(table.u8(4)?)?, table.below(5)?);
                canvas.begin();
                self.node(backdrop, place, canvas, path);
                canvas.begin();
                self.node(source, place, canvas, path);
                canvas.end(mode);
                canvas.end(Mode::SourceOver);
            }
            _ => return None,
        }
        Some(())
    }

    fn gradient(&self, table: Bytes<'a>, format: u8, varied: bool) -> Option<Gradient> {
        let line = table.below(1)?;
        let form = match format {
            4 | 5 => {
                let [x0, y0, x1, y1, x2, y2] = self.fields(table, 4, &[Units; 6], varied)?;
                Form::linear([x0, y0], [x1, y1], [x2, y2])
            }
            6 | 7 => {
                let [x0, y0, r0, x1, y1, r1] = self.fields(table, 4, &[Units, Units, Radius, Units, Units, Radius], varied)?;
                Form::Radial { from: [x0, y0], r0, to: [x1, y1], r1 }
            }
            _ => {
                let [x, y, start, end, ..] = self.fields(table, 4, &[Units, Units, Share, Share], varied)?;
                // Kept less one, so that a whole turn from 0 fits.
                Form::Sweep { centre: [x, y], start: start + 1.0, end: end + 1.0 }
            }
        };
        let extend = match line.u8(0)? {
            1 => Extend::Repeat,
            2 => Extend::Reflect,
            _ => Extend::Pad,
        };
        let size = if varied { 10 } else { 6 };
        let mut stops = Vec::new();
        for stop in 0..line.u16(1)?.min(STOPS) {
            self.spend(1)?;
            let stop = line.at(3 + usize::from(stop) * size)?;
            let base = if varied { stop.u32(6)? } else { u32::MAX };
            let share = |place, nth| Some((f32::from(stop.i16(place)?) + self.delta(base, nth)) / 16_384.0);
            stops.push((share(0, 0)?, self.color(stop.u16(2)?, share(4, 1)?)?));
        }
        Gradient::new(form, extend, stops)
    }

    fn transform(&self, table: Bytes<'a>, format: u8, varied: bool) -> Option<Affine> {
        if format <= 13 {
            let table = table.below(4)?;
            let base = if varied { table.u32(24)? } else { u32::MAX };
            let mut of = [0.0; 6];
            for (nth, of) in (0..).zip(&mut of) {
                *of = (table.u32(nth as usize * 4)?.cast_signed() as f32 + self.delta(base, nth)) / 65_536.0;
            }
            return Some(Affine(of));
        }
        let fields: &[Field] = match format {
            14 | 15 => &[Units, Units],
            16 | 17 | 28 | 29 => &[Share, Share],
            18 | 19 | 30 | 31 => &[Share, Share, Units, Units],
            20 | 21 | 24 | 25 => &[Share],
            _ => &[Share, Units, Units],
        };
        let [a, b, c, d, ..] = self.fields(table, 4, fields, varied)?;
        let turn = |share: f32| share * std::f32::consts::PI;
        let (own, centre) = match format {
            14 | 15 => return Some(Affine([1.0, 0.0, 0.0, 1.0, a, b])),
            16..=19 => ([a, 0.0, 0.0, b], [c, d]),
            20..=23 => ([a, 0.0, 0.0, a], [b, c]),
            24..=27 => {
                let (sin, cos) = (libm::sinf(turn(a)), libm::cosf(turn(a)));
                ([cos, sin, -sin, cos], [b, c])
            }
            _ => ([1.0, libm::tanf(turn(b)), -libm::tanf(turn(a)), 1.0], [c, d]),
        };
        let ([a, b, c, d], [x, y]) = (own, centre);
        Some(Affine([a, b, c, d, x - a * x - c * y, y - b * x - d * y]))
    }

    /// Numbers of 16 bits from a place on, varied by the deltas whose first is named after them.
    fn fields(&self, table: Bytes<'a>, first: usize, fields: &[Field], varied: bool) -> Option<[f32; 6]> {
        let base = if varied { table.u32(first + fields.len() * 2)? } else { u32::MAX };
        let mut of = [0.0; 6];
        for ((nth, of), field) in (0..).zip(&mut of).zip(fields) {
            let place = first + nth as usize * 2;
            let delta = self.delta(base, nth);
            *of = match field {
                Units => f32::from(table.i16(place)?) + delta,
                Radius => f32::from(table.u16(place)?) + delta,
                Share => (f32::from(table.i16(place)?) + delta) / 16_384.0,
            };
        }
        Some(of)
    }

    fn delta(&self, base: u32, nth: u32) -> f32 {
        if base == u32::MAX || self.coords.is_empty() { 0.0 } else { self.varied(base.saturating_add(nth)).unwrap_or(0.0) }
    }

    fn varied(&self, index: u32) -> Option<f32> {
        let (outer, inner) = match self.colr.far_below(26) {
            None => (index >> 16, index & 0xffff),
            Some(map) => {
                let (long, form) = (map.u8(0)? != 0, map.u8(1)?);
                let (count, first) = if long { (map.u32(2)?, 6) } else { (map.u16(2)?.into(), 4) };
                let size = usize::from(form >> 4 & 3) + 1;
                let last = index.min(count.checked_sub(1)?) as usize;
                let entry = map.at(last.checked_mul(size)?.checked_add(first)?)?.0.get(..size)?;
                let entry = entry.iter().fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
                let bits = u32::from(form & 15) + 1;
                (entry >> bits, entry & ((1 << bits) - 1))
            }
        };
        let store = self.colr.far_below(30)?;
        if outer >= u32::from(store.u16(6)?) {
            return None;
        }
        let (regions, data) = (store.far_below(2)?, store.far_below(8 + outer as usize * 4)?);
        let (words, count) = (data.u16(2)?, usize::from(data.u16(4)?));
        let (large, small) = if words & 0x8000 == 0 { (2, 1) } else { (4, 2) };
        let words = usize::from(words & 0x7fff).min(count);
        if inner >= u32::from(data.u16(0)?) {
            return None;
        }
        let row = (words * large + (count - words) * small).checked_mul(inner as usize)?.checked_add(6 + count * 2)?;
        let row = data.at(row)?;
        let mut sum = 0.0;
        for nth in 0..count {
            let place = words.min(nth) * large + nth.saturating_sub(words) * small;
            let delta = match if nth < words { large } else { small } {
                4 => row.u32(place)?.cast_signed() as f32,
                2 => f32::from(row.i16(place)?),
                _ => f32::from(row.u8(place)?.cast_signed()),
            };
            sum += delta * self.strength(regions, data.u16(6 + nth * 2)?)?;
        }
        Some(sum)
    }

    /// How much of a region's deltas counts where the face stands on its axes, 0 to 1.
    fn strength(&self, regions: Bytes<'a>, region: u16) -> Option<f32> {
        let axes = usize::from(regions.u16(0)?);
        if region >= regions.u16(2)? {
            return None;
        }
        let region = regions.at((usize::from(region) * axes).checked_mul(6)?.checked_add(4)?)?;
        let mut all = 1.0;
        for axis in 0..axes {
            self.spend(1)?;
            let at = |nth: usize| region.i16(axis * 6 + nth * 2).map(f32::from);
            let (start, peak, end) = (at(0)?, at(1)?, at(2)?);
            let stands = self.coords.get(axis).map_or(0.0, |coord| f32::from(coord.get()));
            if peak == 0.0 || stands == peak || start > peak || peak > end || (start < 0.0 && end > 0.0) {
                continue;
            }
            if stands <= start || stands >= end {
                return Some(0.0);
            }
            all *= if stands < peak { (stands - start) / (peak - start) } else { (end - stands) / (end - peak) };
        }
        Some(all)
    }

    /// A colour of the first palette; the last index stands for the text's own.
    fn color(&self, index: u16, alpha: f32) -> Option<Straight> {
        let mut color = self.text;
        if index != u16::MAX {
            if index >= self.palettes.u16(2)? {
                return None;
            }
            let record = usize::from(self.palettes.u16(12)?) + usize::from(index);
            let [b, g, r, a] = self.palettes.far_below(8)?.take(record * 4)?;
            color = straight(r, g, b, a);
        }
        color[3] *= alpha.clamp(0.0, 1.0);
        Some(color)
    }
}
