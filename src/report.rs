//! In: the engine's types. Out: the plain data that the command prints as JSON and the page receives: each shape written once, fields in
//! camelCase as in www/src/engine/types.ts.

use crate::color::Fill;
use crate::error::Error;
use crate::geom::Rect;
use crate::guard::Finding;
use crate::layout::{Candidate, Layout, PlacedContent, entrance, gates, score};
use crate::variant::Spec;
use crate::variant::{Content, Format, Pins, Variant, Weights};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An error.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorReport {
    code: &'static str,
    at: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl From<&Error> for ErrorReport {
    fn from(e: &Error) -> Self {
        Self {
            code: e.kind.code(),
            at: e.at.clone(),
            message: e.message.clone(),
            found: e.found.clone(),
            allowed: e.allowed.clone(),
            hint: e.hint.clone(),
        }
    }
}

/// A finding.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingReport {
    rule: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<f64>,
    unit: Cow<'static, str>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<[f32; 4]>,
}

impl From<&Finding> for FindingReport {
    fn from(f: &Finding) -> Self {
        Self {
            rule: f.rule,
            severity: f.severity.name(),
            layer: f.layer.clone(),
            measured: f.measured,
            limit: f.limit,
            unit: f.unit.clone(),
            message: f.message.clone(),
            place: f.place.map(|r| corners(&r)),
        }
    }
}

/// A box as x, y, w, h.
#[must_use]
pub fn corners(r: &Rect) -> [f32; 4] {
    [r.x.0, r.y.0, r.w.0, r.h.0]
}

/// A format.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FormatReport {
    id: String,
    medium: String,
    channel: String,
    name: String,
    width: u32,
    height: u32,
    size: String,
    /// The finished piece, mm; absent for formats in px.
    #[serde(skip_serializing_if = "Option::is_none")]
    mm: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dpi: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    print_scale: Option<f64>,
    class: &'static str,
    bleed: f64,
    safe: [f64; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    max_bytes: Option<u64>,
    file_types: Vec<String>,
    sets: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

impl From<&Format> for FormatReport {
    fn from(f: &Format) -> Self {
        // A thousandth of a pixel: what is more is noise of the conversion.
        let px = |v: crate::units::Px| (f64::from(v.0) * 1000.0).round() / 1000.0;
        let (mm, dpi, print_scale) = match f.spec {
            Spec::Pixels { .. } => (None, None, None),
            Spec::Print { width_mm, height_mm, dpi, scale, .. } => (Some([width_mm, height_mm]), Some(dpi.0), Some(scale)),
        };
        Self {
            id: f.id.clone(),
            medium: f.medium.clone(),
            channel: f.channel.clone(),
            name: f.name.clone(),
            width: f.raster.0,
            height: f.raster.1,
            size: f.size_text(),
            mm,
            dpi,
            print_scale,
            class: f.class().name(),
            bleed: px(f.bleed),
            safe: [px(f.safe.top), px(f.safe.right), px(f.safe.bottom), px(f.safe.left)],
            max_bytes: f.max_bytes,
            file_types: f.file_types.clone(),
            sets: f.sets.clone(),
            notes: f.notes.clone(),
            source: f.source.clone(),
        }
    }
}

/// A placed layer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BoxReport {
    layer: String,
    role: &'static str,
    #[serde(rename = "box")]
    place: [f32; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<usize>,
    /// Colour of its type, or of a shape of one colour, `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<String>,
    /// The side of the page it would enter from, if it moved in.
    enters_from: &'static str,
    /// The part of its picture that is shown: x, y, w, h as fractions of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    crop: Option<[f64; 4]>,
    /// The box of its picture that must stay in, where one was drawn: fractions of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    focal: Option<[f64; 4]>,
}

fn crop(layer: &Content, placed: &PlacedContent) -> Option<[f64; 4]> {
    let (Content::Image { natural, .. }, PlacedContent::Picture { src, .. }) = (layer, placed) else { return None };
    let (w, h) = (natural.0.max(1) as f32, natural.1.max(1) as f32);
    Some([src.x.0 / w, src.y.0 / h, src.w.0 / w, src.h.0 / h].map(short))
}

fn focal(content: &Content) -> Option<[f64; 4]> {
    let Content::Image { focal, .. } = content else { return None };
    (focal.area() < 0.99).then(|| corners(focal).map(short))
}

fn color(content: &Content) -> Option<String> {
    match content {
        Content::Text(slot) => Some(slot.color.to_hex()),
        Content::Shape { fill: Fill::Solid(color), .. } => Some(color.to_hex()),
        _ => None,
    }
}

/// The side that a layer would come in from.
fn enters_from(layout: &Layout, layer: Option<usize>) -> &'static str {
    let entrance = layout.entrances.iter().find(|e| Some(e.layer) == layer);
    entrance.map_or(entrance::Side::Stays, |e| e.from).name()
}

/// Where a variant's layers are, back to front.
#[must_use]
pub fn boxes(variant: &Variant, layout: &Layout) -> Vec<BoxReport> {
    let of = |p: &crate::layout::Placed| {
        let layer = variant.layers.get(p.layer?)?;
        let text = match &p.content {
            PlacedContent::Text(text) => Some(text),
            _ => None,
        };
        Some(BoxReport {
            layer: layer.id.clone(),
            role: layer.role.name(),
            place: corners(&p.rect),
            size: text.map(|t| t.fitted.size.0),
            lines: text.map(|t| t.fitted.lines.len()),
            color: color(&layer.content),
            enters_from: enters_from(layout, p.layer),
            crop: crop(&layer.content, &p.content),
            focal: focal(&layer.content),
        })
    };
    layout.placed.iter().filter_map(of).collect()
}

/// One gate of a layout.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GateReport {
    gate: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<String>,
    measured: f64,
    limit: f64,
    unit: &'static str,
    passes: bool,
}

/// One way to lay a variant out, and what it costs.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WayReport {
    arrangement: String,
    name: String,
    energy: f64,
    /// Its figures may be better once it is taken: type a little smaller or rows nearer to each other were not tried; left out where they are
    /// what is got.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rough: bool,
    /// Gates that it does not pass.
    failed: Vec<&'static str>,
    terms: BTreeMap<&'static str, f64>,
    /// What each term adds to the energy, by the weights in force.
    costs: BTreeMap<&'static str, f64>,
}

/// The way of the format's other languages is kept though another costs less.
#[derive(Clone, Debug, Serialize)]
pub struct KeptReport {
    /// The other: its key.
    arrangement: String,
    name: String,
    /// How much less it would cost.
    less: f64,
    /// It may be less still; left out where it is not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    rough: bool,
}

impl KeptReport {
    /// Of a layout with the other ways.
    fn of(layout: &Layout) -> Option<Self> {
        let kept = layout.usual == Some(layout.candidate) && layout.failed().next().is_none();
        let others = layout.alternatives.iter().filter(|a| kept && a.failed.is_empty() && a.energy < layout.energy);
        let best = others.min_by(|a, b| a.energy.total_cmp(&b.energy))?;
        let less = short(layout.energy - best.energy);
        (less > 0.0).then(|| Self { arrangement: best.candidate.key(), name: best.candidate.words(), less, rough: best.rough })
    }
}

/// Rules of the brand in force.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PinsReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<&'static str>,
    off_photo: bool,
}

impl PinsReport {
    fn of(pins: Pins) -> Option<Self> {
        (pins != Pins::default()).then(|| Self { logo: pins.corner(), off_photo: pins.off_photo })
    }
}

/// Why a variant is laid out as it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhyReport {
    // The fields of a way, written out: flattening would bring a serializer of its own into the module.
    arrangement: String,
    name: String,
    energy: f64,
    failed: Vec<&'static str>,
    terms: BTreeMap<&'static str, f64>,
    costs: BTreeMap<&'static str, f64>,
    gates: Vec<GateReport>,
    /// The version of the weights.
    weights: u32,
    /// What the campaign counts otherwise, by term.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    own_weights: BTreeMap<&'static str, f64>,
    /// A person chose this way; left out where layout did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    chosen: bool,
    /// What would cost less, where this way is kept for all languages of the format; left out where nothing would.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<KeptReport>,
    alternatives: Vec<WayReport>,
    /// How many ways were laid out.
    ways: usize,
    /// By gate: how many of the others do not pass it.
    fell: BTreeMap<&'static str, usize>,
    /// Layers that must stay and that the master itself leaves out here; left out where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<String>,
    /// By layer: the side of the page it would enter from, if it moved in.
    enters: BTreeMap<String, &'static str>,
    /// Rules of the brand that hold for it; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pins: Option<PinsReport>,
}

impl WhyReport {
    /// Of a layout.
    #[must_use]
    pub fn of(variant: &Variant, layout: &Layout) -> Self {
        // Lengths in print are told in mm of the finished piece, as everywhere.
        let mm = variant.format.mm_per_px().map(|each| each as f32);
        let gates = layout.gates.iter().map(|g| {
            let (each, unit) = match mm.filter(|_| g.kind.unit() == "px") {
                Some(each) => (each, "mm"),
                None => (1.0, g.kind.unit()),
            };
            GateReport {
                gate: g.kind.name(),
                layer: g.layer.and_then(|i| variant.layers.get(i)).map(|l| l.id.clone()),
                measured: short(g.measured * each),
                limit: short(g.limit * each),
                unit,
                passes: g.passes,
            }
        });
        let weights = &variant.weights;
        let taken = way((layout.candidate, layout.energy, false), layout.failed().map(|g| g.kind), &layout.terms, weights);
        Self {
            arrangement: taken.arrangement,
            name: taken.name,
            energy: taken.energy,
            failed: taken.failed,
            terms: taken.terms,
            costs: taken.costs,
            gates: gates.collect(),
            weights: weights.version.unwrap_or(score::WEIGHTS_VERSION),
            own_weights: weights.terms.iter().map(|(name, w)| (*name, short(*w))).collect(),
            chosen: variant.chosen.as_deref().and_then(Candidate::parse) == Some(layout.candidate),
            kept: KeptReport::of(layout),
            alternatives: layout
                .alternatives
                .iter()
                .map(|a| way((a.candidate, a.energy, a.rough), a.failed.iter().copied(), &a.terms, weights))
                .collect(),
            ways: layout.ways,
            fell: crate::ordered::map(layout.fell.iter().map(|(kind, times)| (kind.name(), *times))),
            left_out: variant.left_out.clone(),
            enters: crate::ordered::map(
                layout.entrances.iter().filter_map(|e| Some((variant.layers.get(e.layer)?.id.clone(), e.from.name()))),
            ),
            pins: PinsReport::of(variant.pins),
        }
    }
}

fn way(
    (candidate, energy, rough): (Candidate, f32, bool),
    failed: impl Iterator<Item = gates::Kind>,
    terms: &score::Terms,
    weights: &Weights,
) -> WayReport {
    let named =
        |values: &score::Terms| crate::ordered::map(score::WEIGHTS.iter().zip(values).map(|((name, ..), x)| (*name, short(*x))));
    WayReport {
        arrangement: candidate.key(),
        name: candidate.words(),
        energy: short(energy),
        rough,
        failed: failed.map(gates::Kind::name).collect(),
        terms: named(terms),
        costs: named(&score::costs(terms, weights)),
    }
}

/// Four decimals, in a width that has them as they are written; a zero has no sign.
#[must_use]
pub fn short(v: f32) -> f64 {
    (f64::from(v) * 1e4).round() / 1e4 + 0.0
}

/// Names of the layers left out.
#[must_use]
pub fn dropped(variant: &Variant, layout: &Layout) -> Vec<String> {
    layout.dropped.iter().filter_map(|d| variant.layers.get(d.layer)).map(|l| l.id.clone()).collect()
}

/// English names of the languages people are likely to bring; a tag that is not here is shown as it is.
#[must_use]
pub fn language_name(tag: &str) -> &str {
    const NAMES: [(&str, &str); 50] = [
        ("am", "Amharic"),
        ("ar", "Arabic"),
        ("bg", "Bulgarian"),
        ("bn", "Bengali"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("en-GB", "English (UK)"),
        ("en-US", "English (US)"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fa", "Persian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("ga", "Irish"),
        ("gu", "Gujarati"),
        ("he", "Hebrew"),
        ("hi", "Hindi"),
        ("hr", "Croatian"),
        ("hu", "Hungarian"),
        ("hy", "Armenian"),
        ("id", "Indonesian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ka", "Georgian"),
        ("km", "Khmer"),
        ("ko", "Korean"),
        ("lo", "Lao"),
        ("lt", "Lithuanian"),
        ("lv", "Latvian"),
        ("ms", "Malay"),
        ("my", "Burmese"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("pt-BR", "Portuguese (Brazil)"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sk", "Slovak"),
        ("sv", "Swedish"),
        ("ta", "Tamil"),
        ("th", "Thai"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("vi", "Vietnamese"),
        ("zh-Hans", "Chinese (simplified)"),
        ("zh-Hant", "Chinese (traditional)"),
    ];
    NAMES.iter().find(|(t, _)| *t == tag).map_or(tag, |(_, name)| name)
}
