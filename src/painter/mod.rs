//! The second facade: paints display lists of the caller's own making. In: fonts, pictures, a list as JSON (`list`). Out: pixels and PNG
//! files. Boxes, sizes and line breaks are the caller's; shaping, fallback, scaling, painting and encoding are the engine's own.

mod list;

use crate::display::DisplayList;
use crate::error::{Errors, Result};
use crate::export;
use crate::geom::Rect;
use crate::importers::Importers;
use crate::raster::{Paper, PictureInfo, Pictures, Pixmap, Raster, Tiles, Turns};
use crate::text::{self, Direction, Face, FontLibrary, FontOrigin, Shaped, TextStyle};
use crate::variant::AssetId;
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

/// Bytes of glyph bitmaps kept.
const GLYPH_BUDGET: usize = 12 << 20;
/// Bytes of a page above which it lies on paper, unless the budget of those kept takes it.
const LARGE: usize = 8 << 20;
/// Shaped texts kept.
const SHAPED_KEPT: usize = 4_000;

/// Fonts, pictures and what painting with them left behind.
pub struct Painter {
    fonts: FontLibrary,
    faces: Vec<Named>,
    pictures: Pictures,
    raster: Raster,
    shaped: Turns<ShapeKey, Arc<Shaped>>,
    missing: BTreeSet<char>,
    memory: Memory,
}

/// What is kept between lists. Changes no pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Bytes of decoded pictures and scaled crops.
    pub pictures: usize,
    /// Bytes of painted lists. None: nothing is kept. A larger list is kept on paper, where there is some, else beyond this up to 40 MiB.
    pub painted: usize,
    /// Whether one list may use what another left behind: painted lists and scaled crops.
    pub share: bool,
}

impl Default for Memory {
    fn default() -> Self {
        Self { pictures: 26 << 20, painted: 8 << 20, share: true }
    }
}

/// A face and what it answers to.
struct Named {
    family: String,
    weight: u16,
    italic: bool,
    face: Arc<Face>,
}

/// What decides a shaping.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ShapeKey {
    text: String,
    families: Vec<String>,
    weight: u16,
    italic: bool,
    tracking: u32,
    lang: String,
    rtl: bool,
}

impl Painter {
    /// A painter that knows nothing yet.
    #[must_use]
    pub fn new(memory: Memory) -> Self {
        let mut painter = Self {
            fonts: FontLibrary::new(),
            faces: Vec::new(),
            pictures: Pictures::new(memory.pictures),
            raster: Raster::new(GLYPH_BUDGET),
            shaped: Turns::new(SHAPED_KEPT),
            missing: BTreeSet::new(),
            memory,
        };
        painter.pictures.keep_crops(memory.share);
        painter.clear();
        painter
    }

    /// Adds a font file (TTF, OTF, TTC); where named, it answers to that family and weight instead of its own.
    ///
    /// # Errors
    /// `media` where the bytes are no font, `limit` where there are too many.
    pub fn add_font(&mut self, bytes: Arc<[u8]>, family: Option<&str>, weight: Option<u16>) -> Result<()> {
        let name = format!("font {}", self.faces.len() + 1);
        for id in self.fonts.add(&name, bytes, FontOrigin::Brand)? {
            let Some(face) = self.fonts.face(id) else { continue };
            self.faces.push(Named {
                family: family.unwrap_or(&face.family).to_owned(),
                weight: weight.unwrap_or(face.weight),
                italic: face.italic,
                face: Arc::clone(&face),
            });
        }
        self.shaped.clear();
        Ok(())
    }

    /// Holds a picture (JPEG, PNG, WebP by the importers) under a name; it is decoded when first painted.
    ///
    /// # Errors
    /// `media` where the bytes are no picture, `limit` where it is too large.
    pub fn add_picture(&mut self, name: &str, bytes: Arc<[u8]>, importers: &dyn Importers) -> Result<PictureInfo> {
        let id = AssetId(name.into());
        let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
        let bytes = if webp { importers.picture(name, &bytes)?.into() } else { bytes };
        self.raster.forget();
        self.pictures.add(id.clone(), bytes);
        // What cannot be read is not there: a list that names it is told so.
        self.pictures.info(&id).inspect_err(|_| self.pictures.remove(&id))
    }

    /// Paints a list; the pixels are premultiplied and stay until the next call.
    ///
    /// # Errors
    /// All that is wrong with the list; `unknown` pictures, `limit` of size.
    pub fn paint(&mut self, list: &str) -> Result<&Pixmap, Errors> {
        let list = self.read(list)?;
        Ok(self.raster.paint_kept(&list, &self.fonts, &mut self.pictures, whole(&list), 1.0)?)
    }

    /// As [`Painter::paint`], but for a large page, which lies on the paper then: nothing is answered.
    ///
    /// # Errors
    /// As [`Painter::paint`].
    pub fn paint_on(&mut self, paper: &mut dyn Paper, list: &str) -> Result<Option<&Pixmap>, Errors> {
        let list = self.read(list)?;
        if !self.is_large(&list) {
            return Ok(Some(self.raster.paint_kept(&list, &self.fonts, &mut self.pictures, whole(&list), 1.0)?));
        }
        self.raster.paint_on(paper, &list, &self.fonts, &mut self.pictures, self.memory.share, None)?;
        Ok(None)
    }

    /// Paints a list and writes it as PNG, as it comes: a file as a whole would lie beside the pixels. A large page lies on the paper while its tiles
    /// are written.
    ///
    /// # Errors
    /// As [`Painter::paint`]; `state` where the sink fails.
    pub fn png(&mut self, paper: &mut dyn Paper, list: &str, sink: &mut dyn Write) -> Result<(), Errors> {
        let list = self.read(list)?;
        let options = export::png::Options { opaque: true };
        if !self.is_large(&list) {
            let pixmap = self.raster.paint_kept(&list, &self.fonts, &mut self.pictures, whole(&list), 1.0)?;
            return Ok(export::png::write_pixmap(pixmap, options, sink)?);
        }
        let frame = export::Frame::new(list.width, list.height);
        let (raster, fonts, pictures, share) = (&mut self.raster, &self.fonts, &mut self.pictures, self.memory.share);
        let tiles = |each: Tiles<'_>| raster.paint_on(paper, &list, fonts, pictures, share, Some(each));
        Ok(export::png::write_by(&frame, options, tiles, sink)?)
    }

    /// Characters of the last list that no font had: they show as boxes.
    #[must_use]
    pub fn missing(&self) -> String {
        self.missing.iter().collect()
    }

    /// Forgets what painting left behind; fonts, pictures and what was decoded of them stay.
    pub fn clear(&mut self) {
        let painted = if self.memory.share { self.memory.painted } else { 0 };
        self.raster = Raster::new(GLYPH_BUDGET).keeping(painted);
        self.pictures.forget_crops();
        self.shaped.clear();
    }

    fn is_large(&self, list: &DisplayList) -> bool {
        let budget = if self.memory.share { self.memory.painted } else { 0 };
        list.width as usize * list.height as usize * 4 > budget.max(LARGE)
    }

    fn read(&mut self, json: &str) -> Result<DisplayList, Errors> {
        self.missing.clear();
        list::read(json, self)
    }

    /// Shaped once per string, style and language.
    fn shaped(&mut self, words: &list::Words) -> Arc<Shaped> {
        let key = ShapeKey {
            text: words.text.clone(),
            families: words.families.clone(),
            weight: words.weight,
            italic: words.italic,
            tracking: words.tracking_em.to_bits(),
            lang: words.lang.clone(),
            rtl: words.direction == Direction::Rtl,
        };
        let shaped = match self.shaped.get(&key) {
            Some(shaped) => shaped,
            None => {
                let style = TextStyle {
                    weight: words.weight,
                    italic: words.italic,
                    tracking_em: words.tracking_em,
                    leading: words.leading,
                    ..TextStyle::default()
                };
                let rules = text::BreakRules::of(&words.lang);
                let faces = self.faces_for(words);
                let shaped = Arc::new(text::shape_in(
                    &faces,
                    text::Lists::of(&self.fonts),
                    &words.text,
                    &style,
                    &words.lang,
                    words.direction,
                    rules,
                ));
                self.shaped.put(key, Arc::clone(&shaped), 1);
                shaped
            }
        };
        self.missing.extend(&shaped.missing);
        shaped
    }

    /// The faces of the families asked for, then all others, each family by its nearest weight first.
    fn faces_for(&self, words: &list::Words) -> Vec<Arc<Face>> {
        let mut all: Vec<&Named> = self.faces.iter().collect();
        let asked = |named: &Named| words.families.iter().position(|f| f.eq_ignore_ascii_case(&named.family));
        let distance = |named: &Named| text::weight_distance(words.weight, named.weight);
        let rank = |named: &Named| (asked(named).unwrap_or(usize::MAX), named.italic != words.italic, distance(named));
        crate::ordered::short(&mut all, |a, b| rank(a).cmp(&rank(b)));
        all.into_iter().map(|named| Arc::clone(&named.face)).collect()
    }
}

impl list::Studio for Painter {
    fn shape(&mut self, words: &list::Words) -> Arc<Shaped> {
        self.shaped(words)
    }
    fn has(&self, picture: &AssetId) -> bool {
        self.pictures.contains(picture)
    }
}

fn whole(list: &DisplayList) -> Rect {
    Rect::new(0.0, 0.0, list.width as f32, list.height as f32)
}
