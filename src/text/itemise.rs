//! In: text, a style, a locale, the fonts. Out: grapheme clusters with the script each is set in, and a face for each.
//! A grapheme is never split between faces. Directions are left to `bidi`, glyphs to `shape`.

use super::coverage;
use super::face::Face;
use super::fonts::FontLibrary;
use super::script::Script;
use super::style::TextStyle;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{GraphemeClusterSegmenter, WordSegmenter};
use std::sync::Arc;

/// A grapheme cluster (UAX 29) and its script with Common and Inherited resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The script it is set in.
    pub script: Script,
}

/// Where grapheme clusters begin and end: byte offsets, with 0 and the length.
#[must_use]
pub fn grapheme_bounds(text: &str) -> Vec<usize> {
    GraphemeClusterSegmenter::new().segment_str(text).collect()
}

/// Where words begin and end (UAX 29, 4.1): byte offsets, with 0 and the length. Scripts without spaces are left to `words`.
#[must_use]
pub fn word_bounds(text: &str) -> Vec<usize> {
    WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default()).segment_str(text).collect()
}

/// Brackets that pair: the closing one takes the script of its opening one.
const PAIRS: [(char, char); 16] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('«', '»'),
    ('‹', '›'),
    ('“', '”'),
    ('‘', '’'),
    ('„', '“'),
    ('〈', '〉'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('【', '】'),
    ('（', '）'),
    ('［', '］'),
];

/// Grapheme clusters with scripts. Weak ones (figures, punctuation, marks) take the script before them, at the start the
/// one after; a closing bracket that of its opening one; characters tied to certain scripts keep to those.
#[must_use]
pub fn clusters(text: &str) -> Vec<Cluster> {
    let bounds = grapheme_bounds(text);
    let mut out: Vec<Cluster> = Vec::with_capacity(bounds.len());
    let mut current: Option<Script> = None;
    let mut open: Vec<(char, Script, usize)> = Vec::new();
    for (&start, &end) in bounds.iter().zip(bounds.iter().skip(1)) {
        let Some(part) = text.get(start..end) else { continue };
        let strong = part.chars().map(Script::of).find(|s| !s.is_weak());
        let first = part.chars().next().unwrap_or(' ');
        let script = match strong {
            Some(script) => script,
            None => {
                let paired = PAIRS.iter().find(|(_, close)| *close == first).and_then(|(opening, _)| {
                    let at = open.iter().rposition(|(c, ..)| c == opening)?;
                    let (_, script, place) = open.drain(at..).next()?;
                    // An opening bracket met before any letter was settled later.
                    Some(if script.is_weak() { out.get(place).map_or(script, |c| c.script) } else { script })
                });
                let script = paired.filter(|s| !s.is_weak()).or(current).unwrap_or(Script::COMMON);
                if script.is_weak() || script.accepts(first) { script } else { Script::COMMON }
            }
        };
        if PAIRS.iter().any(|(opening, _)| *opening == first) {
            open.push((first, script, out.len()));
            if open.len() > 32 {
                open.remove(0);
            }
        }
        if !script.is_weak() {
            if current.is_none() {
                for earlier in &mut out {
                    let c = text.get(earlier.start..).and_then(|t| t.chars().next()).unwrap_or(' ');
                    if script.accepts(c) {
                        earlier.script = script;
                    }
                }
            }
            current = Some(script);
        }
        out.push(Cluster { start, end, script });
    }
    out
}

/// Marks that go with the letter before them (Grapheme_Extend and spacing marks, as graphemes have it).
#[must_use]
pub(crate) fn is_mark(c: char) -> bool {
    let mut pair = String::from("a");
    pair.push(c);
    !c.is_ascii() && grapheme_bounds(&pair).len() == 2
}

/// Characters that draw nothing where a font has no glyph for them (Default_Ignorable_Code_Point, and controls).
#[must_use]
pub fn default_ignorable(c: char) -> bool {
    matches!(u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
        | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8
        | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
        || c.is_control()
}

/// Chooses faces: the style's families in order, then the default families for script and locale, then anything at all.
pub(crate) struct FaceChooser<'a> {
    library: Option<&'a FontLibrary>,
    locale: &'a str,
    weight: u16,
    brand: Vec<Arc<Face>>,
    /// Families of the style that no font has.
    unknown: Vec<String>,
    defaults: Vec<(Script, Arc<[Arc<Face>]>)>,
}

impl<'a> FaceChooser<'a> {
    pub(crate) fn new(library: &'a FontLibrary, style: &TextStyle, locale: &'a str) -> Self {
        let (mut brand, mut unknown) = (Vec::new(), Vec::new());
        for family in &style.families {
            match library.styled(family, style) {
                Some(face) => brand.push(face),
                // A default family is fetched where its letters are needed.
                None if coverage::is_default_family(family) => {}
                None => unknown.push(family.clone()),
            }
        }
        Self { library: Some(library), locale, weight: style.weight, brand, unknown, defaults: Vec::new() }
    }
    /// These faces and no others.
    pub(crate) fn only(faces: &[Arc<Face>], locale: &'a str) -> Self {
        Self { library: None, locale, weight: 400, brand: faces.to_vec(), unknown: Vec::new(), defaults: Vec::new() }
    }

    /// Families of the style that no font has.
    pub(crate) fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The face for a cluster, and whether it has all of it.
    pub(crate) fn choose(&mut self, part: &str, script: Script) -> Option<(Arc<Face>, bool)> {
        let covers = |face: &&Arc<Face>| part.chars().all(|c| default_ignorable(c) || face.has(c));
        if let Some(face) = self.brand.iter().find(covers) {
            return Some((Arc::clone(face), true));
        }
        if !self.defaults.iter().any(|(s, _)| *s == script) {
            let none = || Arc::from(Vec::new());
            let faces = self.library.map_or_else(none, |l| l.fallbacks(script, self.locale, self.weight));
            self.defaults.push((script, faces));
        }
        let fallbacks = self.defaults.iter().find(|(s, _)| *s == script).map_or(&[][..], |(_, faces)| faces);
        if let Some(face) = fallbacks.iter().find(covers) {
            return Some((Arc::clone(face), true));
        }
        // Nobody has all of it: the one that has its first character, else the first there is, which draws .notdef.
        let partly = |face: &&Arc<Face>| part.chars().next().is_some_and(|c| face.has(c));
        let any = self.brand.iter().chain(fallbacks).find(partly).or(self.brand.first()).or(fallbacks.first());
        any.map(|face| (Arc::clone(face), false))
    }
}
