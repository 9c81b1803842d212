//! In: font bytes. Out: a [`FontLibrary`] of [`Face`]s that can be matched by family, weight and slant, asked for
//! coverage, metrics and outlines. WOFF and WOFF2 are refused by name; choosing a face for a character is left to `itemise`.

use super::coverage;
use super::script::Script;
use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::Fingerprint;
use crate::limits;
use skrifa::instance::{LocationRef, Size};
pub use skrifa::outline::OutlinePen;
use skrifa::outline::pen::PathStyle;
use skrifa::outline::{DrawSettings, OutlineGlyph};
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// A face in the [`FontLibrary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// Whose font it is. A brand's fonts win over the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FontOrigin {
    /// From the campaign.
    Brand,
    /// From `fonts/`.
    Default,
}

/// One face: parsed once, shared by whoever shapes or draws with it. Measures are in em, y up.
pub struct Face {
    /// Its id in the library.
    pub id: FontId,
    /// The file name or campaign path it came by.
    pub name: String,
    /// The whole file.
    pub bytes: Arc<[u8]>,
    /// Which face of a collection; 0 in a plain font.
    pub index: u32,
    /// Whose it is.
    pub origin: FontOrigin,
    /// Family name (typographic where the font has one).
    pub family: String,
    /// 1 to 1000.
    pub weight: u16,
    /// Italic or oblique.
    pub italic: bool,
    /// Font units in an em.
    pub units_per_em: u16,
    /// Above the baseline, em.
    pub ascent: f32,
    /// Below the baseline, em, positive.
    pub descent: f32,
    /// Height of a flat capital, em (0.7 where the font does not say).
    pub cap_height: f32,
    /// Height of a flat small letter, em (0.5 where the font does not say).
    pub x_height: f32,
    /// SHA-256 of the file.
    pub sha: Fingerprint,
    pub(crate) shaper: harfrust::ShaperData,
    /// Shaping plans by what they were made for: making one costs more than shaping a headline with it.
    pub(crate) plans: Mutex<Vec<(PlanKey, Arc<harfrust::ShapePlan>)>>,
    /// Characters in the cmap, as ascending ranges; filled when first asked for.
    coverage: OnceLock<Vec<(u32, u32)>>,
}

/// What a shaping plan was made for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanKey {
    pub(crate) script: Script,
    pub(crate) rtl: bool,
    /// From top to bottom.
    pub(crate) down: bool,
    pub(crate) locale: String,
    pub(crate) features: Vec<harfrust::Feature>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({} {} {} from {})", self.family, self.weight, self.italic, self.name)
    }
}

impl Face {
    /// The parsed font; cheap. `None` never happens for a face that was added.
    #[must_use]
    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }
    /// The glyph of a character by the font's cmap.
    #[must_use]
    pub fn glyph(&self, c: char) -> Option<u16> {
        let gid = self.font()?.charmap().map(c)?;
        u16::try_from(gid.to_u32()).ok().filter(|&gid| gid != 0)
    }
    /// Whether the face has a glyph for a character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let ranges = self.coverage.get_or_init(|| self.ranges());
        let c = u32::from(c);
        let after = ranges.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).and_then(|i| ranges.get(i)).is_some_and(|&(_, last)| c <= last)
    }
    fn ranges(&self) -> Vec<(u32, u32)> {
        let Some(font) = self.font() else { return Vec::new() };
        let charmap = font.charmap();
        let mut points: Vec<u32> = charmap.mappings().filter(|(_, gid)| gid.to_u32() != 0).map(|(c, _)| c).collect();
        points.sort_unstable();
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for c in points {
            match ranges.last_mut() {
                Some((_, last)) if c <= last.saturating_add(1) => *last = c,
                _ => ranges.push((c, c)),
            }
        }
        ranges
    }
    /// Draws a glyph's outline in em, y up, unhinted; the pen scales. False where the glyph has none (spaces).
    pub fn draw_outline(&self, gid: u16, pen: &mut impl OutlinePen) -> bool {
        let Some(font) = self.font() else { return false };
        let Some(glyph) = font.outline_glyphs().get(GlyphId::new(u32::from(gid))) else { return false };
        unhinted(&glyph, EmPen { pen, scale: 1.0 / f32::from(self.units_per_em), drawn: false })
    }
}

/// The one place where outlines are drawn: with a single call the compiler sees that hinting is never asked for, and leaves the
/// hinting engines out of the module.
#[inline(never)]
fn unhinted(glyph: &OutlineGlyph<'_>, mut em: EmPen<'_>) -> bool {
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default()).with_path_style(PathStyle::HarfBuzz);
    glyph.draw(settings, &mut em).is_ok() && em.drawn
}

/// Scales font units to em.
struct EmPen<'a> {
    pen: &'a mut dyn OutlinePen,
    scale: f32,
    drawn: bool,
}

impl OutlinePen for EmPen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pen.move_to(x * self.scale, y * self.scale);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.drawn = true;
        self.pen.line_to(x * self.scale, y * self.scale);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.drawn = true;
        self.pen.quad_to(cx * self.scale, cy * self.scale, x * self.scale, y * self.scale);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.drawn = true;
        let k = self.scale;
        self.pen.curve_to(ax * k, ay * k, bx * k, by * k, x * k, y * k);
    }
    fn close(&mut self) {
        self.pen.close();
    }
}

/// The fonts at hand, in the order they were added: brand fonts and whichever defaults are loaded.
#[derive(Default, Debug)]
pub struct FontLibrary {
    faces: Vec<Arc<Face>>,
    /// Fallback orders already worked out, by script, locale and weight.
    orders: Mutex<BTreeMap<OrderKey, Arc<[Arc<Face>]>>>,
}

type OrderKey = (&'static str, String, u16);

impl FontLibrary {
    /// An empty library.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the face or faces of a TTF, OTF or TTC file. The same bytes under the same name are not added twice.
    ///
    /// # Errors
    /// `Media` where the bytes are no usable font (the message says what they are), `Limit` where there are too many.
    pub fn add(&mut self, name: &str, bytes: Arc<[u8]>, origin: FontOrigin) -> Result<Vec<FontId>> {
        let sha = Fingerprint::of(&bytes);
        let known: Vec<FontId> = self.faces.iter().filter(|f| f.sha == sha && f.name == name).map(|f| f.id).collect();
        if !known.is_empty() {
            return Ok(known);
        }
        if bytes.len() > limits::FONT_BYTES {
            return Err(Error::new(ErrorKind::Limit, name, "the font file is too large")
                .found(format!("{} bytes", bytes.len()))
                .allowed(format!("at most {} bytes", limits::FONT_BYTES)));
        }
        let mut faces = Vec::new();
        for index in 0..face_count(name, &bytes)? {
            let Ok(id) = u16::try_from(self.faces.len() + faces.len()) else { break };
            if usize::from(id) >= limits::FONTS {
                return Err(
                    Error::new(ErrorKind::Limit, name, "too many font faces").allowed(format!("at most {}", limits::FONTS))
                );
            }
            faces.push(Arc::new(read_face(FontId(id), name, &bytes, index, origin, sha)?));
        }
        let ids = faces.iter().map(|f| f.id).collect();
        self.faces.extend(faces);
        if let Ok(mut orders) = self.orders.lock() {
            orders.clear();
        }
        Ok(ids)
    }

    /// A face by id.
    #[must_use]
    pub fn face(&self, id: FontId) -> Option<&Arc<Face>> {
        self.faces.get(usize::from(id.0))
    }
    /// All faces, in the order they were added.
    pub fn faces(&self) -> impl Iterator<Item = &Arc<Face>> {
        self.faces.iter()
    }
    /// Draws a glyph's outline in em, y up, unhinted. False where there is nothing to draw.
    pub fn draw_outline(&self, id: FontId, gid: u16, pen: &mut impl OutlinePen) -> bool {
        self.face(id).is_some_and(|face| face.draw_outline(gid, pen))
    }
    /// Whether a file of this name is loaded.
    #[must_use]
    pub fn has_file(&self, name: &str) -> bool {
        self.faces.iter().any(|f| f.name == name)
    }

    /// The face of a family that suits weight and slant best, by the rules of CSS Fonts 4, 5.2: slant first, then weight
    /// (400 and 500 try each other first; lighter than 400 looks lighter first, heavier than 500 heavier first).
    /// Brand faces win over defaults of the same family. Nothing is emboldened or slanted to fit.
    #[must_use]
    pub fn best(&self, family: &str, weight: u16, italic: bool) -> Option<&Arc<Face>> {
        let rank = |f: &&Arc<Face>| (f.origin, f.italic != italic, weight_distance(weight, f.weight), f.id);
        self.faces.iter().filter(|f| same_family(&f.family, family)).min_by_key(rank)
    }
    /// Faces in the order they are tried for a script in a locale: the default families that suit it first, each in the
    /// nearest weight, then everything else there is.
    pub(crate) fn fallbacks(&self, script: Script, locale: &str, weight: u16) -> Arc<[Arc<Face>]> {
        let key = (script.short_name(), locale.to_owned(), weight);
        if let Some(known) = self.orders.lock().ok().and_then(|orders| orders.get(&key).cloned()) {
            return known;
        }
        let nearest = |family: &&str| {
            let rank = |f: &&Arc<Face>| (weight_distance(weight, f.weight), f.id);
            self.faces.iter().filter(|f| f.origin == FontOrigin::Default && same_family(&f.family, family)).min_by_key(rank)
        };
        let families = coverage::default_families(script, locale);
        let mut order: Vec<Arc<Face>> = families.iter().filter_map(|family| nearest(family).cloned()).collect();
        let rest: Vec<_> = self.faces.iter().filter(|f| !order.iter().any(|have| have.id == f.id)).cloned().collect();
        order.extend(rest);
        let order: Arc<[Arc<Face>]> = order.into();
        if let Ok(mut orders) = self.orders.lock() {
            orders.insert(key, Arc::clone(&order));
        }
        order
    }
}

fn same_family(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim().trim_matches(|c| c == '"' || c == '\''))
}

/// How far a weight is from the wanted one, by CSS: smaller is better.
pub(crate) fn weight_distance(want: u16, have: u16) -> u32 {
    let (w, h) = (i32::from(want), i32::from(have));
    let gap = w.abs_diff(h);
    let wrong_side = if (400..=500).contains(&w) {
        // Up to 500 first, then below, then above.
        if h >= w && h <= 500 {
            0
        } else if h < w {
            1
        } else {
            2
        }
    } else if w < 400 {
        u32::from(h > w)
    } else {
        u32::from(h < w)
    };
    wrong_side * 10_000 + gap
}

/// Names what bytes are where they are no font we read.
fn what_it_is(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'w', b'O', b'F', b'2', ..] => "a WOFF2 file",
        [b'w', b'O', b'F', b'F', ..] => "a WOFF file",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG picture",
        [0x89, b'P', b'N', b'G', ..] => "a PNG picture",
        [b'G', b'I', b'F', b'8', ..] => "a GIF picture",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "a WebP picture",
        [b'%', b'P', b'D', b'F', ..] => "a PDF file",
        [b'P', b'K', 3, 4, ..] => "a zip file",
        [b'<', ..] => "markup (HTML, XML or SVG)",
        [b'{', ..] => "JSON",
        [b'%', b'!', ..] | [0x80, 1, ..] => "a PostScript Type 1 font",
        [0, 1, 0, 0, ..] | [b'O', b'T', b'T', b'O', ..] | [b't', b'r', b'u', b'e', ..] | [b't', b't', b'c', b'f', ..] => {
            "a font with broken tables"
        }
        [] => "an empty file",
        _ => "not a font",
    }
}

fn refuse(name: &str, bytes: &[u8], why: impl std::fmt::Display) -> Error {
    let what = what_it_is(bytes);
    let error = Error::new(ErrorKind::Media, name, "cannot be used as a font").found(format!("{what}: {why}"));
    match what {
        "a WOFF2 file" | "a WOFF file" => error.allowed("TTF, OTF or TTC").hint("use the TTF or OTF the web font was made from"),
        _ => error.allowed("TTF, OTF or TTC"),
    }
}

fn face_count(name: &str, bytes: &[u8]) -> Result<u32> {
    match FileRef::new(bytes) {
        Ok(FileRef::Font(_)) => Ok(1),
        Ok(FileRef::Collection(c)) => Ok(c.len().min(64)),
        Err(error) => Err(refuse(name, bytes, error)),
    }
}

fn read_face(id: FontId, name: &str, bytes: &Arc<[u8]>, index: u32, origin: FontOrigin, sha: Fingerprint) -> Result<Face> {
    let font = FontRef::from_index(bytes, index).map_err(|e| refuse(name, bytes, e))?;
    let head = font.head().map_err(|e| refuse(name, bytes, format!("head table: {e}")))?;
    font.maxp().map_err(|e| refuse(name, bytes, format!("maxp table: {e}")))?;
    font.hhea().map_err(|e| refuse(name, bytes, format!("hhea table: {e}")))?;
    font.hmtx().map_err(|e| refuse(name, bytes, format!("hmtx table: {e}")))?;
    if !font.charmap().has_map() {
        return Err(refuse(name, bytes, "no Unicode cmap"));
    }
    let outlines = [Tag::new(b"glyf"), Tag::new(b"CFF "), Tag::new(b"CFF2")];
    if !outlines.iter().any(|&t| font.table_data(t).is_some()) {
        return Err(refuse(name, bytes, "no outlines (glyf, CFF or CFF2 table)"));
    }
    let units_per_em = head.units_per_em();
    if !(16..=16_384).contains(&units_per_em) {
        return Err(refuse(name, bytes, format!("{units_per_em} units per em")));
    }
    let metrics = font.metrics(Size::new(1.0), LocationRef::default());
    let attributes = font.attributes();
    let family = [StringId::TYPOGRAPHIC_FAMILY_NAME, StringId::FAMILY_NAME]
        .into_iter()
        .find_map(|id| font.localized_strings(id).english_or_first())
        .map_or_else(|| name.to_owned(), |s| s.chars().collect());
    let sound = |v: f32, fallback: f32| if v.is_finite() && v.abs() < 10.0 { v } else { fallback };
    let height = |v: Option<f32>, fallback: f32| v.filter(|&v| v > 0.05 && v < 4.0).unwrap_or(fallback);
    Ok(Face {
        id,
        name: name.to_owned(),
        bytes: Arc::clone(bytes),
        index,
        origin,
        family,
        weight: weight_number(attributes.weight.value()),
        italic: attributes.style != skrifa::attribute::Style::Normal,
        units_per_em,
        ascent: sound(metrics.ascent, 0.8),
        descent: -sound(metrics.descent, -0.2),
        cap_height: height(metrics.cap_height, 0.7),
        x_height: height(metrics.x_height, 0.5),
        sha,
        shaper: harfrust::ShaperData::new(&font),
        plans: Mutex::default(),
        coverage: OnceLock::new(),
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Clamped to the range first.
fn weight_number(value: f32) -> u16 {
    value.clamp(1.0, 1000.0) as u16
}
