//! In: the bytes of one face. Out: a [`Face`]: names, metrics, coverage, rights, axes and outlines, at the defaults of its axes
//! or at an instance. All of ttf-parser is in this file and in `cmap`, `outline` and `color`. Matching faces is left to `fonts`, shaping to `shape`.

use super::chained;
use super::cmap;
use super::fonts::{FontId, FontOrigin};
use super::outline::{Extent, OutlinePen, draw, trace};
use crate::error::{Error, ErrorKind};
use crate::fingerprint::{Fingerprint, Hasher};
use std::sync::{Arc, Mutex, OnceLock};
use ttf_parser::{GlyphId, Tag, name_id};

/// A variable font's axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Four letters, such as `wght`.
    pub tag: [u8; 4],
    /// Least value, in the axis' own units.
    pub min: f32,
    /// Where the font stands if nothing is said.
    pub default: f32,
    /// Largest value.
    pub max: f32,
}

/// A place on an axis of a variable font.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variation {
    /// Four letters, such as `wdth`.
    pub tag: [u8; 4],
    /// In the axis' own units; beyond its ends counts as its ends.
    pub value: f32,
}

/// What the font's licence bits allow to be embedded in a document (OS/2 `fsType`, OpenType 1.9.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Embedding {
    /// Freely.
    #[default]
    Installable,
    /// In documents that may be edited.
    Editable,
    /// In documents that may only be seen and printed.
    PreviewAndPrint,
    /// Not without the maker's leave.
    Restricted,
}

/// The rights a font states about itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// How a document may carry it.
    pub embedding: Embedding,
    /// Only the whole font may be carried, no subset.
    pub no_subsetting: bool,
    /// Only its bitmaps may be carried.
    pub bitmaps_only: bool,
}

/// One face: parsed once, shared by whoever shapes or draws with it. Measures are in em, y up.
pub struct Face {
    /// Its id in the library.
    pub id: FontId,
    /// The file name or campaign path it came by.
    pub name: String,
    /// The whole file, unpacked where it came as WOFF.
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
    /// Glyphs in the face.
    pub glyph_count: u16,
    /// Above the baseline, em.
    pub ascent: f32,
    /// Below the baseline, em, positive.
    pub descent: f32,
    /// Height of a flat capital, em (0.7 where the font does not say).
    pub cap_height: f32,
    /// Height of a flat small letter, em (0.5 where the font does not say).
    pub x_height: f32,
    /// Axes of a variable font.
    pub axes: Vec<Axis>,
    /// Where it stands on its axes, by tag; empty at the defaults.
    pub variations: Vec<Variation>,
    /// What it says of its licence.
    pub rights: Rights,
    /// How its glyphs are painted, where not in the text's own colour.
    pub color: ColorGlyphs,
    /// What is shaped with, where it is not the font as it came.
    chained: Option<Arc<[u8]>>,
    pub(crate) shaper: harfrust::ShaperData,
    pub(crate) instance: Option<harfrust::ShaperInstance>,
    /// Shaping plans by what they were made for: making one costs more than shaping a headline with it.
    pub(crate) plans: Mutex<Vec<(PlanKey, Arc<harfrust::ShapePlan>)>>,
    /// SHA-256 of the file as it came: told where that is not `bytes`, else made when first asked for, which few do.
    sha: OnceLock<Fingerprint>,
    digest: OnceLock<Fingerprint>,
    /// Characters in the cmap, as ascending ranges; filled when first asked for.
    coverage: OnceLock<Vec<(u32, u32)>>,
    /// Tags of its OpenType features, filled when first asked for; none where it has a way of its own.
    features: OnceLock<Option<Vec<[u8; 4]>>>,
}

/// What a face has in the way of glyphs with colours of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorGlyphs {
    /// None: outlines in the text's colour.
    #[default]
    None,
    /// Layers of outlines (`COLR` 0 and 1).
    Layers,
    /// Pictures (`CBDT`, `sbix`).
    Bitmaps,
}

/// What a shaping plan was made for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PlanKey {
    pub(crate) script: harfrust::Script,
    pub(crate) direction: harfrust::Direction,
    pub(crate) locale: String,
    pub(crate) features: Vec<harfrust::Feature>,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Face({} {} {} from {})", self.family, self.weight, self.italic, self.name)
    }
}

impl Face {
    /// Reads a face. `bytes` are TTF, OTF or TTC; one to be drawn must have what drawing needs.
    ///
    /// # Errors
    /// What it lacks.
    pub(crate) fn read(
        id: FontId,
        name: &str,
        bytes: &Arc<[u8]>,
        index: u32,
        origin: FontOrigin,
        sha: Option<Fingerprint>,
        drawn: bool,
    ) -> Result<Self, String> {
        let font = ttf_parser::Face::parse(bytes, index).map_err(|e| e.to_string())?;
        let tables = font.tables();
        if drawn && tables.hmtx.is_none() {
            return Err("hmtx table: missing or broken".to_owned());
        }
        if drawn && tables.cmap.is_none_or(|t| cmap::best(&t).is_none()) {
            return Err("no Unicode cmap".to_owned());
        }
        let color = if tables.colr.is_some() {
            ColorGlyphs::Layers
        } else if tables.sbix.is_some() || tables.cbdt.is_some() {
            ColorGlyphs::Bitmaps
        } else {
            ColorGlyphs::None
        };
        let outlines = tables.glyf.is_some() || tables.cff.is_some() || tables.cff2.is_some();
        if drawn && !outlines && color == ColorGlyphs::None {
            return Err("no outlines (glyf, CFF or CFF2 table)".to_owned());
        }
        let units_per_em = font.units_per_em();
        if !(16..=16_384).contains(&units_per_em) {
            return Err(format!("{units_per_em} units per em"));
        }
        let chained: Option<Arc<[u8]>> = chained::rewritten(bytes, index).map(Arc::from);
        let shaping = harfrust::FontRef::from_index(chained.as_ref().unwrap_or(bytes), index).map_err(|e| e.to_string())?;
        let plain = !font.is_variable();
        let axis = |a: ttf_parser::VariationAxis| Axis {
            tag: a.tag.to_bytes(),
            min: a.min_value,
            default: a.def_value,
            max: a.max_value,
        };
        let mut face = Self {
            id,
            name: name.to_owned(),
            bytes: Arc::clone(bytes),
            index,
            origin,
            family: family(&font).unwrap_or_else(|| name.to_owned()),
            weight: weight(&font),
            italic: italic(&font),
            units_per_em,
            glyph_count: font.number_of_glyphs(),
            ascent: 0.0,
            descent: 0.0,
            cap_height: 0.0,
            x_height: 0.0,
            axes: if plain { Vec::new() } else { font.variation_axes().into_iter().take(AXES).map(axis).collect() },
            variations: Vec::new(),
            rights: rights(&font),
            color,
            shaper: harfrust::ShaperData::new(&shaping),
            chained: chained.clone(),
            instance: None,
            plans: Mutex::default(),
            sha: sha.map(OnceLock::from).unwrap_or_default(),
            digest: OnceLock::new(),
            coverage: OnceLock::new(),
            features: OnceLock::new(),
        };
        face.measure(&font);
        Ok(face)
    }

    /// The same face elsewhere on its axes. Axes it has not are passed over.
    pub(crate) fn at(&self, id: FontId, variations: &[Variation]) -> Option<Self> {
        let font = self.shaping()?;
        let settings = variations.iter().map(|v| harfrust::Variation { tag: harfrust::Tag::new(&v.tag), value: v.value });
        let mut face = Self {
            id,
            name: self.name.clone(),
            bytes: Arc::clone(&self.bytes),
            chained: self.chained.clone(),
            family: self.family.clone(),
            axes: self.axes.clone(),
            variations: variations.to_vec(),
            shaper: harfrust::ShaperData::new(&font),
            instance: Some(harfrust::ShaperInstance::from_variations(&font, settings)),
            plans: Mutex::default(),
            sha: self.sha.clone(),
            digest: OnceLock::new(),
            coverage: OnceLock::new(),
            features: OnceLock::new(),
            ..*self
        };
        for v in variations {
            match &v.tag {
                b"wght" => face.weight = weight_number(v.value),
                b"ital" => face.italic = v.value >= 0.5,
                b"slnt" => face.italic |= v.value != 0.0,
                _ => {}
            }
        }
        let parsed = face.parsed()?;
        let mut measured = Measures::default();
        measured.of(&parsed);
        measured.give(&mut face);
        Some(face)
    }

    /// SHA-256 of the file as it came.
    #[must_use]
    pub fn sha(&self) -> Fingerprint {
        *self.sha.get_or_init(|| Fingerprint::of(&self.bytes))
    }

    /// What it is: the file, the face in it, and where it stands on its axes.
    #[must_use]
    pub fn digest(&self) -> Fingerprint {
        *self.digest.get_or_init(|| digest(self.sha(), self.index, &self.variations))
    }

    fn measure(&mut self, font: &ttf_parser::Face<'_>) {
        let mut measured = Measures::default();
        measured.of(font);
        measured.give(self);
    }

    /// The font for shaping; cheap. `None` never happens for a face that was added.
    pub(crate) fn shaping(&self) -> Option<harfrust::FontRef<'_>> {
        harfrust::FontRef::from_index(self.chained.as_ref().unwrap_or(&self.bytes), self.index).ok()
    }

    /// The font parsed, where it stands on its axes; cheap, but not free.
    pub(crate) fn parsed(&self) -> Option<ttf_parser::Face<'_>> {
        let mut font = ttf_parser::Face::parse(&self.bytes, self.index).ok()?;
        for v in &self.variations {
            let _ = font.set_variation(Tag::from_bytes(&v.tag), v.value);
        }
        Some(font)
    }

    /// Whether the font has an OpenType feature, for any script. A font without OpenType tables may do it in a way of its own.
    #[must_use]
    pub(crate) fn has_feature(&self, tag: [u8; 4]) -> bool {
        self.features
            .get_or_init(|| self.parsed().and_then(|font| features(&font)))
            .as_ref()
            .is_none_or(|tags| tags.contains(&tag))
    }

    /// The glyph of a character by the font's cmap.
    #[must_use]
    pub fn glyph(&self, c: char) -> Option<u16> {
        let font = self.parsed()?;
        let subtable = cmap::best(&font.tables().cmap?)?;
        cmap::glyph(&subtable, c)
    }

    /// Whether the face has a glyph for a character.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        let c = u32::from(c);
        let ranges = self.coverage();
        let after = ranges.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).and_then(|i| ranges.get(i)).is_some_and(|&(_, last)| c <= last)
    }

    /// The characters it has, as ascending ranges, both ends included.
    #[must_use]
    pub fn coverage(&self) -> &[(u32, u32)] {
        self.coverage.get_or_init(|| self.parsed().map(|font| cmap::ranges(&font)).unwrap_or_default())
    }

    /// The advance of a glyph, em.
    #[must_use]
    pub fn advance(&self, gid: u16) -> Option<f32> {
        let advance = self.parsed()?.glyph_hor_advance(GlyphId(gid))?;
        Some(f32::from(advance) / f32::from(self.units_per_em))
    }

    /// Lowest and highest ink of some glyphs, so many times an em large and each raised by some em: the font's own boxes where it has
    /// them, else of the curves' points.
    #[must_use]
    pub(crate) fn ink(&self, times: f32, glyphs: &mut dyn Iterator<Item = (u16, f32)>) -> Option<(f32, f32)> {
        let font = self.parsed()?;
        let boxes = font.tables().glyf.filter(|_| font.tables().gvar.is_none());
        let scale = times / f32::from(self.units_per_em);
        let mut ink: Option<(f32, f32)> = None;
        for (gid, raised) in glyphs {
            let (low, high) = match boxes {
                // An empty glyph has no box.
                Some(glyf) => glyf.bbox(GlyphId(gid)).map_or((0.0, 0.0), |b| (f32::from(b.y_min), f32::from(b.y_max))),
                None => {
                    let mut pen = Extent::none();
                    trace(&font, gid, &mut pen);
                    if pen.low > pen.high { (0.0, 0.0) } else { (pen.low, pen.high) }
                }
            };
            let (low, high) = (low * scale + raised, high * scale + raised);
            ink = Some(ink.map_or((low, high), |(l, h)| (l.min(low), h.max(high))));
        }
        ink
    }

    /// Draws a glyph's outline in em, y up, unhinted; the pen scales. False where the glyph has none (spaces).
    pub fn draw_outline(&self, gid: u16, pen: &mut dyn OutlinePen) -> bool {
        self.parsed().is_some_and(|font| draw(&font, gid, 1.0 / f32::from(self.units_per_em), pen))
    }
}

/// The tags of a font's features, whatever script they are for; none where it shapes without OpenType tables.
fn features(font: &ttf_parser::Face<'_>) -> Option<Vec<[u8; 4]>> {
    let tables = font.tables();
    if tables.gsub.is_none() && font.raw_face().table(Tag::from_bytes(b"morx")).is_some() {
        return None;
    }
    let mut tags: Vec<[u8; 4]> = Vec::new();
    for feature in [tables.gsub, tables.gpos].into_iter().flatten().flat_map(|table| table.features) {
        let tag = feature.tag.to_bytes();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Some(tags)
}

/// Most axes of a font that are looked at.
const AXES: usize = 64;

fn digest(sha: Fingerprint, index: u32, variations: &[Variation]) -> Fingerprint {
    let mut hasher = Hasher::new("face");
    hasher.text(&sha.to_string());
    hasher.text(&index.to_string());
    for v in variations {
        let [a, b, c, d] = v.tag;
        hasher.text(&format!("[{a}, {b}, {c}, {d}] {}", v.value.to_bits()));
    }
    hasher.close()
}

#[derive(Default)]
struct Measures {
    ascent: f32,
    descent: f32,
    cap_height: f32,
    x_height: f32,
}

impl Measures {
    fn of(&mut self, font: &ttf_parser::Face<'_>) {
        let scale = 1.0 / f32::from(font.units_per_em());
        let em = |v: i16| f32::from(v) * scale;
        let sound = |v: f32, fallback: f32| if v.is_finite() && v.abs() < 10.0 { v } else { fallback };
        let height = |v: Option<i16>, fallback: f32| v.map(em).filter(|&v| v > 0.05 && v < 4.0).unwrap_or(fallback);
        self.ascent = sound(em(font.ascender()), 0.8);
        self.descent = -sound(em(font.descender()), -0.2);
        self.cap_height = height(font.capital_height(), 0.7);
        self.x_height = height(font.x_height(), 0.5);
    }
    fn give(&self, face: &mut Face) {
        face.ascent = self.ascent;
        face.descent = self.descent;
        face.cap_height = self.cap_height;
        face.x_height = self.x_height;
    }
}

/// The family's name, in English where there is one.
fn family(font: &ttf_parser::Face<'_>) -> Option<String> {
    [name_id::TYPOGRAPHIC_FAMILY, name_id::FAMILY].into_iter().find_map(|id| {
        let named = || font.names().into_iter().filter(move |n| n.name_id == id);
        // By its number: the reader's own names of languages are nine kilobytes of the module.
        let english = |n: &ttf_parser::name::Name<'_>| match n.platform_id {
            ttf_parser::PlatformId::Windows => n.language_id & 0x3ff == 9,
            ttf_parser::PlatformId::Macintosh => (n.encoding_id, n.language_id) == (0, 0),
            _ => false,
        };
        let words = |n: ttf_parser::name::Name<'_>| {
            // Old Macintosh names are ASCII in all that matters.
            n.to_string().or_else(|| n.name.is_ascii().then(|| String::from_utf8_lossy(n.name).into_owned()))
        };
        named().filter(english).find_map(words).or_else(|| named().find_map(words)).filter(|s| !s.trim().is_empty())
    })
}

fn mac_style(font: &ttf_parser::Face<'_>) -> u16 {
    let head = font.raw_face().table(Tag::from_bytes(b"head")).unwrap_or_default();
    head.get(44..46).and_then(|b| b.first_chunk::<2>()).map_or(0, |b| u16::from_be_bytes(*b))
}

fn weight(font: &ttf_parser::Face<'_>) -> u16 {
    match font.tables().os2 {
        Some(os2) => os2.weight().to_number().clamp(1, 1000),
        None if mac_style(font) & 1 != 0 => 700,
        None => 400,
    }
}

fn italic(font: &ttf_parser::Face<'_>) -> bool {
    match font.tables().os2 {
        Some(os2) => os2.style() != ttf_parser::Style::Normal,
        None => mac_style(font) & 2 != 0,
    }
}

fn rights(font: &ttf_parser::Face<'_>) -> Rights {
    let Some(os2) = font.tables().os2 else { return Rights::default() };
    use ttf_parser::Permissions;
    let embedding = match os2.permissions() {
        Some(Permissions::Installable) => Embedding::Installable,
        Some(Permissions::Editable) => Embedding::Editable,
        Some(Permissions::PreviewAndPrint) => Embedding::PreviewAndPrint,
        // Flags that exclude each other: the strictest reading.
        Some(Permissions::Restricted) | None => Embedding::Restricted,
    };
    Rights { embedding, no_subsetting: !os2.is_subsetting_allowed(), bitmaps_only: !os2.is_outline_embedding_allowed() }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Clamped to the range first.
pub(crate) fn weight_number(value: f32) -> u16 {
    value.clamp(1.0, 1000.0) as u16
}

/// A refusal of bytes that are no font.
pub(crate) fn refusal(name: &str, found: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Media, name, "cannot be used as a font").found(found).allowed("TTF, OTF, TTC, WOFF or WOFF2")
}

/// Faces in a file.
///
/// # Errors
/// `media` where it is no font.
pub(crate) fn count(bytes: &[u8]) -> Result<u32, String> {
    match bytes {
        [b't', b't', b'c', b'f', ..] => match ttf_parser::fonts_in_collection(bytes) {
            Some(n) if n > 0 => Ok(n.min(64)),
            _ => Err("a collection without faces".to_owned()),
        },
        _ => ttf_parser::RawFace::parse(bytes, 0).map(|_| 1).map_err(|e| e.to_string()),
    }
}
