//! In: font bytes. Out: a [`FontLibrary`] of [`Face`]s that can be matched by family, weight and slant and set on their axes.
//! What a face is, is in `face`; WOFF is opened by `unpack`; choosing a face for a character is left to `itemise`.

use super::coverage;
use super::face::{self, Face, Variation, refusal};
use super::hyphens::{PatternLists, Patterns};
use super::outline::OutlinePen;
use super::phrases::{PhraseModel, PhraseModels};
use super::script::Script;
use super::style::TextStyle;
use super::unpack;
use super::words::{WordList, WordLists};
use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::Fingerprint;
use crate::limits;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

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

/// The fonts at hand, in the order they were added: brand fonts and whichever defaults are loaded.
#[derive(Default, Debug)]
pub struct FontLibrary {
    faces: Vec<Arc<Face>>,
    /// Variable faces elsewhere on their axes, made when first asked for; their ids follow [`limits::FONTS`].
    instances: Mutex<Vec<Arc<Face>>>,
    /// Fallback orders already worked out, by script, locale and weight.
    orders: Mutex<BTreeMap<OrderKey, Arc<[Arc<Face>]>>>,
    /// Words of scripts without spaces: they come with the fonts.
    words: WordLists,
    /// Hyphenation patterns: they come with the fonts too.
    patterns: PatternLists,
    /// Models of phrases: they come with the fonts too.
    phrases: PhraseModels,
}

type OrderKey = (&'static str, String, u16);

impl FontLibrary {
    /// An empty library.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the face or faces of a TTF, OTF, TTC, WOFF or WOFF2 file. The same bytes under the same name are not added twice.
    /// A list of words (see [`WordList`]), hyphenation patterns (see [`Patterns`]) and models of phrases (see
    /// [`PhraseModel`]) are taken too; they have no faces.
    ///
    /// # Errors
    /// `Media` where the bytes are no usable font (the message says what they are), `Limit` where there are too many.
    pub fn add(&mut self, name: &str, bytes: Arc<[u8]>, origin: FontOrigin) -> Result<Vec<FontId>> {
        self.take(name, bytes, None, origin, true)
    }

    /// As [`FontLibrary::add`], for a font that importers have opened: `plain` is read, `bytes` are what it goes by.
    ///
    /// # Errors
    /// As [`FontLibrary::add`].
    pub fn add_opened(&mut self, name: &str, bytes: Arc<[u8]>, plain: Arc<[u8]>, origin: FontOrigin) -> Result<Vec<FontId>> {
        self.take(name, bytes, Some(plain), origin, true)
    }

    /// As [`FontLibrary::add`], for a font of which only positions are wanted: it need not have outlines or a Unicode cmap.
    ///
    /// # Errors
    /// As [`FontLibrary::add`].
    pub fn add_for_shaping(&mut self, name: &str, bytes: Arc<[u8]>, origin: FontOrigin) -> Result<Vec<FontId>> {
        self.take(name, bytes, None, origin, false)
    }

    fn take(
        &mut self,
        name: &str,
        bytes: Arc<[u8]>,
        plain: Option<Arc<[u8]>>,
        origin: FontOrigin,
        drawn: bool,
    ) -> Result<Vec<FontId>> {
        // Fonts are megabytes: they are hashed where somebody asks for it.
        if self.faces.iter().any(|f| f.name == name) {
            let sha = Fingerprint::of(&bytes);
            let known: Vec<FontId> = self.faces.iter().filter(|f| f.name == name && f.sha() == sha).map(|f| f.id).collect();
            if !known.is_empty() {
                return Ok(known);
            }
        }
        if bytes.len() > limits::FONT_BYTES {
            return Err(Error::new(ErrorKind::Limit, name, "the font file is too large")
                .found(format!("{} bytes", bytes.len()))
                .allowed(format!("at most {} bytes", limits::FONT_BYTES)));
        }
        if WordList::is_one(&bytes) {
            self.words.add(WordList::read(name, &bytes)?);
            return Ok(Vec::new());
        }
        if Patterns::is_one(&bytes) {
            self.patterns.add(Patterns::read(name, &bytes)?);
            return Ok(Vec::new());
        }
        if PhraseModel::is_one(&bytes) {
            self.phrases.add(PhraseModel::read(name, &bytes)?);
            return Ok(Vec::new());
        }
        let refuse = |why: String| refusal(name, format!("{}: {why}", what_it_is(&bytes)));
        let plain = match plain {
            Some(plain) => plain,
            None => unpack::unpacked(name, &bytes)?.map_or_else(|| Arc::clone(&bytes), Arc::from),
        };
        let sha = (!Arc::ptr_eq(&plain, &bytes)).then(|| Fingerprint::of(&bytes));
        let mut faces = Vec::new();
        for index in 0..face::count(&plain).map_err(refuse)? {
            let number = self.faces.len() + faces.len();
            let id = u16::try_from(number).ok().filter(|_| number < limits::FONTS).map(FontId).ok_or_else(|| {
                Error::new(ErrorKind::Limit, name, "too many font faces").allowed(format!("at most {}", limits::FONTS))
            })?;
            faces.push(Arc::new(Face::read(id, name, &plain, index, origin, sha, drawn).map_err(refuse)?));
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
    pub fn face(&self, id: FontId) -> Option<Arc<Face>> {
        let number = usize::from(id.0);
        match number.checked_sub(limits::FONTS) {
            None => self.faces.get(number).cloned(),
            Some(number) => self.instances.lock().ok()?.get(number).cloned(),
        }
    }
    /// All faces, in the order they were added, at the defaults of their axes.
    pub fn faces(&self) -> impl Iterator<Item = &Arc<Face>> {
        self.faces.iter()
    }
    /// Draws a glyph's outline in em, y up, unhinted. False where there is nothing to draw.
    pub fn draw_outline(&self, id: FontId, gid: u16, pen: &mut dyn OutlinePen) -> bool {
        self.face(id).is_some_and(|face| face.draw_outline(gid, pen))
    }
    /// The first face of a file.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Arc<Face>> {
        self.faces.iter().find(|f| f.name == name)
    }
    /// Whether a file of this name is loaded.
    #[must_use]
    pub fn has_file(&self, name: &str) -> bool {
        let listed = self.words.has_file(name) || self.patterns.has_file(name) || self.phrases.get(name).is_some();
        listed || self.faces.iter().any(|f| f.name == name)
    }
    /// The hyphenation patterns at hand.
    #[must_use]
    pub fn patterns(&self) -> &PatternLists {
        &self.patterns
    }
    /// The models of phrases at hand.
    #[must_use]
    pub fn phrases(&self) -> &PhraseModels {
        &self.phrases
    }
    /// The lists of words at hand.
    #[must_use]
    pub fn words(&self) -> &WordLists {
        &self.words
    }

    /// A face elsewhere on its axes: each clamped to its ends, those at their default and those it has not left out.
    #[must_use]
    pub fn instance(&self, face: &Arc<Face>, wanted: &[Variation]) -> Arc<Face> {
        let variations: Vec<Variation> = face
            .axes
            .iter()
            .filter_map(|axis| {
                // The last said counts, as in CSS.
                let wanted = wanted.iter().rev().find(|v| v.tag == axis.tag && v.value.is_finite())?;
                let value = wanted.value.max(axis.min).min(axis.max.max(axis.min));
                (value != axis.default).then_some(Variation { tag: axis.tag, value })
            })
            .collect();
        if variations.is_empty() {
            return Arc::clone(face);
        }
        let Ok(mut instances) = self.instances.lock() else { return Arc::clone(face) };
        let same =
            |f: &&Arc<Face>| f.name == face.name && f.index == face.index && f.variations == variations && f.sha() == face.sha();
        if let Some(known) = instances.iter().find(same) {
            return Arc::clone(known);
        }
        let id = u16::try_from(limits::FONTS + instances.len()).ok().filter(|_| instances.len() < limits::FONT_INSTANCES);
        match id.and_then(|id| face.at(FontId(id), &variations)) {
            Some(made) => {
                instances.push(Arc::new(made));
                instances.last().map_or_else(|| Arc::clone(face), Arc::clone)
            }
            None => Arc::clone(face),
        }
    }

    /// The face of a family that suits weight and slant best, by the rules of CSS Fonts 4, 5.2: slant first, then weight
    /// (400 and 500 try each other first; lighter than 400 looks lighter first, heavier than 500 heavier first). An axis has
    /// all the weights it spans. Brand faces win over defaults of the same family. Nothing is emboldened or slanted to fit.
    #[must_use]
    pub fn best(&self, family: &str, weight: u16, italic: bool) -> Option<&Arc<Face>> {
        let rank = |f: &Arc<Face>| (f.origin, leans(f, italic) != italic, weight_distance(weight, nearest_weight(f, weight)));
        self.faces.iter().filter(|f| same_family(&f.family, family)).min_by(|a, b| first(rank, a, b))
    }

    /// As [`FontLibrary::best`], set on its axes: weight and slant by the style, then the style's own variations.
    #[must_use]
    pub fn styled(&self, family: &str, style: &TextStyle) -> Option<Arc<Face>> {
        let face = self.best(family, style.weight, style.italic)?;
        Some(self.instance(face, &axes_of(face, style)))
    }

    /// Faces in the order they are tried for a script in a locale: the default families that suit it first, each in the
    /// nearest weight, then everything else there is, by family, weight and file; never by the order of loading.
    pub(crate) fn fallbacks(&self, script: Script, locale: &str, weight: u16) -> Arc<[Arc<Face>]> {
        let key = (script.short_name(), locale.to_owned(), weight);
        if let Some(known) = self.orders.lock().ok().and_then(|orders| orders.get(&key).cloned()) {
            return known;
        }
        let nearest = |family: &&str| {
            let defaults = self.faces.iter().filter(|f| f.origin == FontOrigin::Default && same_family(&f.family, family));
            defaults.min_by(|a, b| first(|f| weight_distance(weight, f.weight), a, b))
        };
        let families = coverage::default_families(script, locale);
        let mut order: Vec<Arc<Face>> =
            self.brand_fallbacks(weight).chain(families.iter().filter_map(|family| nearest(family).cloned())).collect();
        let mut rest: Vec<_> = self.faces.iter().filter(|f| !order.iter().any(|have| have.id == f.id)).cloned().collect();
        rest.sort_by(|a, b| {
            let rank = |f: &Face| (f.origin, coverage::place(&f.name), f.italic, weight_distance(weight, f.weight));
            let named = || (&a.family, &a.name).cmp(&(&b.family, &b.name));
            rank(a).cmp(&rank(b)).then_with(named).then_with(|| a.digest().cmp(&b.digest()))
        });
        order.extend(rest);
        let order: Arc<[Arc<Face>]> = order.into();
        if let Ok(mut orders) = self.orders.lock() {
            orders.insert(key, Arc::clone(&order));
        }
        order
    }

    /// The campaign's own families, by name, each in the upright face of the nearest weight.
    fn brand_fallbacks(&self, weight: u16) -> impl Iterator<Item = Arc<Face>> {
        let mut families: BTreeMap<String, &Arc<Face>> = BTreeMap::new();
        let rank = |f: &Arc<Face>| (f.italic, weight_distance(weight, nearest_weight(f, weight)), f.name.clone());
        for face in self.faces.iter().filter(|f| f.origin == FontOrigin::Brand) {
            let slot = families.entry(face.family.to_lowercase()).or_insert(face);
            if first(rank, face, slot).is_lt() {
                *slot = face;
            }
        }
        let weighed = |face: &Arc<Face>| self.instance(face, &[Variation { tag: *b"wght", value: f32::from(weight) }]);
        families.into_values().map(weighed).collect::<Vec<_>>().into_iter()
    }
}

/// Which of two faces comes first; where both are as good, what they are decides.
fn first<R: Ord>(rank: impl Fn(&Arc<Face>) -> R, a: &Arc<Face>, b: &Arc<Face>) -> Ordering {
    let same = Arc::ptr_eq(a, b);
    rank(a).cmp(&rank(b)).then_with(|| if same { Ordering::Equal } else { a.digest().cmp(&b.digest()) })
}

/// The weight nearest to a wanted one that a face can have.
fn nearest_weight(face: &Face, want: u16) -> u16 {
    match face.axes.iter().find(|a| &a.tag == b"wght") {
        Some(axis) => face::weight_number(f32::from(want).max(axis.min).min(axis.max.max(axis.min))),
        None => face.weight,
    }
}

/// Whether a face leans as wanted, or can be made to by an axis of its own.
fn leans(face: &Face, want: bool) -> bool {
    let axis = |a: &face::Axis| (&a.tag == b"ital" && a.max >= 1.0) || (&a.tag == b"slnt" && a.min < 0.0);
    face.italic || (want && face.axes.iter().any(axis))
}

/// Where a style stands on the axes of a face.
pub(crate) fn axes_of(face: &Face, style: &TextStyle) -> Vec<Variation> {
    let mut wanted = vec![Variation { tag: *b"wght", value: f32::from(style.weight) }];
    if style.italic && !face.italic {
        let ital = face.axes.iter().any(|a| &a.tag == b"ital" && a.max >= 1.0);
        // 14 degrees is the slant of CSS `oblique`.
        wanted.push(if ital { Variation { tag: *b"ital", value: 1.0 } } else { Variation { tag: *b"slnt", value: -14.0 } });
    }
    wanted.extend(style.variations.iter().copied());
    wanted
}

pub(crate) fn same_family(a: &str, b: &str) -> bool {
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
