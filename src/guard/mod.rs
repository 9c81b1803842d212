//! In: a variant, its layout, the campaign's policy. Out: [`Finding`]s: data with rule, severity, place, measured value and limit. Reads,
//! never repairs. A rule is one file and one line in `RULES`.

mod arranged;
mod blank;
mod broken_word;
mod bytes;
mod conceded;
mod dropped;
mod font_rights;
mod gated;
mod missing_glyph;
mod moved_on;
mod overflow;
mod safe_zone;
mod shrunk;
mod substitute_face;
mod untranslated;
mod upscaled;
mod word_list;

pub use bytes::look as look_at_file;

use crate::campaign::policy::{self, Policy};
use crate::geom::Rect;
use crate::layout::gates::Kind;
use crate::layout::{Layout, Placed, PlacedContent, PlacedText};
use crate::variant::{Layer, Variant};
use std::borrow::Cow;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops delivery until a person decides.
    Must,
    /// Worth a look.
    Should,
    /// Good to know: by design, nothing to mend.
    Note,
}

impl Severity {
    /// What a rule of the policy weighs; none where it is off.
    fn of(rule: policy::Severity) -> Option<Self> {
        match rule {
            policy::Severity::Must => Some(Self::Must),
            policy::Severity::Should => Some(Self::Should),
            policy::Severity::Off => None,
        }
    }
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Note => "note",
        }
    }
}

/// Something a rule saw: data, not prose; the page decides how it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id, such as `shrunk`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The layer it is about, if one.
    pub layer: Option<String>,
    /// What was measured, in `unit`.
    pub measured: Option<f64>,
    /// What is allowed, in `unit`.
    pub limit: Option<f64>,
    /// Unit of both: `px` (`mm` of the finished piece where the format is measured so), `%`, `x` ..., or the tag of a font's axis.
    pub unit: Cow<'static, str>,
    /// One sentence: what happened, where, what to do.
    pub message: String,
    /// Where on the variant, px of the format.
    pub place: Option<Rect>,
}

/// What a rule looks at.
pub(crate) struct Case<'a> {
    pub variant: &'a Variant,
    pub layout: &'a Layout,
    pub severity: Severity,
    pub limit: f64,
}

type Look = fn(&Case<'_>, &mut Vec<Finding>);

/// The rules, by id.
const RULES: [(&str, Look); 22] = [
    ("arranged", arranged::look),
    ("blank", blank::look),
    ("overflow", overflow::look),
    ("broken-word", broken_word::look),
    ("shrunk", shrunk::look),
    ("dropped", dropped::look),
    ("missing-glyph", missing_glyph::look),
    ("upscaled", upscaled::look),
    ("safe-zone", safe_zone::look),
    ("untranslated", untranslated::look),
    ("conceded", conceded::look),
    ("contrast", gated::contrast),
    ("focal", gated::focal),
    ("legal", gated::legal),
    ("logo", gated::logo),
    ("distance", gated::distance),
    ("bytes", bytes::expected),
    ("pinned", gated::pinned),
    ("moved-on", moved_on::look),
    ("word-list", word_list::look),
    ("substitute-face", substitute_face::look),
    ("font-rights", font_rights::look),
];

/// Looks at a laid-out variant with every rule of the policy. Gravest first, then by rule and layer.
#[must_use]
pub fn look(variant: &Variant, layout: &Layout, policy: &Policy) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (id, look) in RULES {
        let Some(rule) = policy.rule(id) else { continue };
        let Some(severity) = Severity::of(rule.severity) else { continue };
        look(&Case { variant, layout, severity, limit: rule.limit }, &mut findings);
    }
    let mut sorted = Vec::with_capacity(findings.len());
    for severity in [Severity::Must, Severity::Should, Severity::Note] {
        sorted.extend(findings.iter().filter(|f| f.severity == severity).cloned());
    }
    sorted
}

impl<'a> Case<'a> {
    /// Every placed text with its layer.
    fn texts(&self) -> impl Iterator<Item = (&'a Layer, &'a Placed, &'a PlacedText)> {
        let variant = self.variant;
        self.layout.placed.iter().filter_map(move |p| match &p.content {
            PlacedContent::Text(text) => Some((variant.layers.get(p.layer?)?, p, text.as_ref())),
            _ => None,
        })
    }
}

/// A length as those who make the format measure it: px of a screen, mm of a finished piece in print.
#[derive(Clone, Copy)]
struct Length(f64, &'static str);

impl Case<'_> {
    fn length(&self, px: f32) -> Length {
        self.variant.format.mm_per_px().map_or(Length(f64::from(px), "px"), |each| Length(f64::from(px) * each, "mm"))
    }
    /// A gate's value: lengths as the format is measured, the other units as they are.
    fn shown(&self, kind: Kind, v: f32) -> Length {
        if kind.unit() == "px" { self.length(v) } else { Length(f64::from(v), kind.unit()) }
    }
}

impl Length {
    fn value(self) -> f64 {
        (self.0 * 100.0).round() / 100.0
    }
}

impl std::fmt::Display for Length {
    /// With as many decimals as are asked for; a millimetre is some pixels, and so has one more.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let more = usize::from(self.1 == "mm") + usize::from(self.1 == "mm" && self.0.abs() < 1.0);
        write!(f, "{:.*} {}", f.precision().unwrap_or(0) + more, self.0, self.1)
    }
}

/// Two decimals are enough for a person.
fn rounded(v: f32) -> f64 {
    (f64::from(v) * 100.0).round() / 100.0
}
