//! A language that is laid out otherwise than the format usually is, and what a hand moved in another layout: by design a note, so that nobody wonders.

use super::{Case, Finding, Severity, rounded};
use crate::layout::gates::Kind;
use crate::layout::{Candidate, hand};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let layout = case.layout;
    for layer in case.variant.layers.iter().filter(|layer| hand::rests(layer, layout.candidate)) {
        let made = layer.within.as_deref().and_then(Candidate::parse).map(|way| way.words()).unwrap_or_default();
        out.push(Finding {
            rule: "arranged",
            severity: Severity::Note,
            layer: Some(layer.id.clone()),
            measured: None,
            limit: None,
            unit: "".into(),
            message: format!("{}: moved by hand in {made}; in this layout it stands where layout has it", layer.id),
            place: None,
        });
    }
    let Some(usual) = layout.usual.filter(|usual| *usual != layout.candidate) else { return };
    let other = layout.instead_of.as_ref();
    let why = match other.and_then(|a| a.failed.first()) {
        Some(gate) => trouble(*gate),
        None => "these words sit clearly better so",
    };
    out.push(Finding {
        rule: "arranged",
        severity: Severity::Note,
        layer: None,
        measured: other.map(|a| rounded(a.energy - layout.energy)),
        limit: None,
        unit: "energy".into(),
        message: format!("{} instead of {}: {why}", layout.candidate.words(), usual.words()),
        place: None,
    });
}

/// What would be the matter in the usual arrangement.
fn trouble(gate: Kind) -> &'static str {
    match gate {
        Kind::Inside => "there something would stand outside the picture",
        Kind::SafeZone => "there words or the logo would leave the safe zone",
        Kind::Kept => "there something that must stay would be left out",
        Kind::Legal => "there the legal line would be too small, or left out",
        Kind::Logo => "there the logo would be too small",
        Kind::Clear => "there the logo would be crowded",
        Kind::Overlap => "there something would lie on the words",
        Kind::Fits => "there the words would not fit",
        Kind::Contrast => "there the words would not stand out from their ground",
        Kind::Focal => "there the picture's subject would be cut or covered",
        Kind::Covered => "there words would lie on the picture's subject",
        Kind::Mark => "there the logo would not stand out from its ground",
        Kind::Distance => "there the words would be too small from afar",
        Kind::Bytes => "there the file would be too large",
        Kind::Pinned => "there a rule of the brand would be broken",
    }
}
