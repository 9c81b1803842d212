//! In: nothing. Out: how text is set: families, weight, features, spacing, case, alignment, direction, and what a stretch of
//! it changes. Sizes are not here: the same style is fitted at many sizes.

use crate::color::Rgba;
use crate::fingerprint::Hasher;

use super::face::Variation;

/// How text is set, size apart.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Families in order; fallback by script follows them.
    pub families: Vec<String>,
    /// 1 to 1000.
    pub weight: u16,
    /// Italic faces wanted.
    pub italic: bool,
    /// OpenType features.
    pub features: Vec<Feature>,
    /// Where variable fonts stand on axes other than weight and slant (which follow `weight` and `italic`).
    pub variations: Vec<Variation>,
    /// Letter-spacing in em; never applied inside joined scripts.
    pub tracking_em: f32,
    /// Line height as a multiple of the size.
    pub leading: f32,
    /// Case mapping by the language's rules.
    pub case: Case,
    /// Where the line height comes from.
    pub line_height: LineHeight,
    /// Where the box of the text begins and ends.
    pub edge: Edge,
    /// Quotation marks, hyphens and stops at a line's ends stand outside the edge that the letters make.
    pub hang: bool,
    /// Lines across or columns down.
    pub writing: Writing,
    /// Shaped so that a fit may hyphenate words as its last resort.
    pub hyphens: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            families: Vec::new(),
            weight: 400,
            italic: false,
            features: Vec::new(),
            variations: Vec::new(),
            tracking_em: 0.0,
            leading: 1.2,
            case: Case::AsTyped,
            line_height: LineHeight::Fixed,
            edge: Edge::Leading,
            hang: false,
            writing: Writing::Horizontal,
            hyphens: false,
        }
    }
}

/// Which way lines run (CSS `writing-mode`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// Across, from top to bottom.
    #[default]
    Horizontal,
    /// Down, columns from right to left (`vertical-rl`): ideographs upright, words turned, up to three figures side by side.
    Vertical,
}

/// Where the line height comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineHeight {
    /// The style's leading, times the size, whatever the face.
    #[default]
    Fixed,
    /// The face's own ascent and descent, times the leading: 1 is set solid.
    Metrics,
}

/// Where the box of a text begins and ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edge {
    /// With half of the leading above and below (CSS).
    #[default]
    Leading,
    /// At the capitals' top of the first line and the last baseline (CSS `text-box: trim-both cap alphabetic`): boxes of
    /// unlike sizes then align by what is seen.
    Cap,
}

/// What a stretch of text changes; what is not given stays as around it.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanStyle {
    /// Families in order.
    pub families: Option<Vec<String>>,
    /// 1 to 1000.
    pub weight: Option<u16>,
    /// Italic faces wanted.
    pub italic: Option<bool>,
    /// Further OpenType features.
    pub features: Vec<Feature>,
    /// Letter-spacing, em of the stretch.
    pub tracking_em: Option<f32>,
    /// Case mapping.
    pub case: Option<Case>,
    /// Size, times that around it.
    pub scale: f32,
    /// Baseline raised by, em of the text around it.
    pub rise_em: f32,
    /// Its colour.
    pub color: Option<Rgba>,
    /// A line under it.
    pub underline: bool,
    /// A line through it.
    pub strike: bool,
    /// No line ends inside.
    pub nobreak: bool,
}

impl Default for SpanStyle {
    fn default() -> Self {
        Self {
            families: None,
            weight: None,
            italic: None,
            features: Vec::new(),
            tracking_em: None,
            case: None,
            scale: 1.0,
            rise_em: 0.0,
            color: None,
            underline: false,
            strike: false,
            nobreak: false,
        }
    }
}

/// A stretch of text that is set in another way.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What it changes.
    pub style: SpanStyle,
}

/// An OpenType feature and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// Four letters, such as `tnum`.
    pub tag: [u8; 4],
    /// 0 = off.
    pub value: u32,
}

/// Case mapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// As typed.
    #[default]
    AsTyped,
    /// Upper case (Turkish, Greek ... by their rules).
    Upper,
    /// Lower case.
    Lower,
}

/// Alignment, by direction: start is left in ltr and right in rtl.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Where reading starts.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Where reading ends.
    End,
}

/// Base direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

impl TextStyle {
    /// Writes all of it down for a digest.
    pub(crate) fn digest(&self, hasher: &mut Hasher) {
        words(hasher, &[self.line_height as u64, self.edge as u64, u64::from(self.hang), self.writing as u64]);
        families(hasher, &self.families);
        words(hasher, &[u64::from(self.weight), u64::from(self.italic)]);
        features(hasher, &self.features);
        for v in [self.tracking_em, self.leading] {
            hasher.measure(f64::from(v));
        }
        // Only where there are any: styles without keep their fingerprints.
        for variation in &self.variations {
            hasher.bytes(&variation.tag);
            hasher.measure(f64::from(variation.value));
        }
        if self.hyphens {
            hasher.text("hyphens");
        }
        hasher.number(self.case as u64);
    }
}

impl Span {
    /// Writes all of it down for a digest.
    pub(crate) fn digest(&self, hasher: &mut Hasher) {
        let style = &self.style;
        words(hasher, &[self.start as u64, self.end as u64, u64::from(style.families.is_some())]);
        families(hasher, style.families.as_deref().unwrap_or_default());
        features(hasher, &style.features);
        let some = |v: Option<u64>| v.map_or(0, |v| v + 1);
        words(
            hasher,
            &[
                some(style.weight.map(u64::from)),
                some(style.italic.map(u64::from)),
                some(style.case.map(|c| c as u64)),
                u64::from(style.tracking_em.is_some()),
                some(style.color.map(|c| u64::from(u32::from_be_bytes([c.r, c.g, c.b, c.a])))),
                u64::from(style.underline),
                u64::from(style.strike),
                u64::from(style.nobreak),
            ],
        );
        for v in [style.tracking_em.unwrap_or(0.0), style.scale, style.rise_em] {
            hasher.measure(f64::from(v));
        }
    }
}

fn words(hasher: &mut Hasher, list: &[u64]) {
    list.iter().for_each(|n| hasher.number(*n));
}

fn families(hasher: &mut Hasher, list: &[String]) {
    hasher.number(list.len() as u64);
    list.iter().for_each(|family| hasher.text(family));
}

fn features(hasher: &mut Hasher, list: &[Feature]) {
    hasher.number(list.len() as u64);
    for feature in list {
        hasher.bytes(&feature.tag);
        hasher.number(u64::from(feature.value));
    }
}
