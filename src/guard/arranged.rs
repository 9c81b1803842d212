//! A language that is laid out otherwise than the format usually is, and what a hand moved in another layout: by design a note, so that nobody wonders.

use super::gated::apart;
use super::{Case, Finding, Length, Severity, rounded};
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
    let Some(usual) = &layout.instead_of else { return };
    let (taken, other) = (layout.candidate.words(), usual.candidate.words());
    let note = match &usual.gate {
        Some(gate) => {
            // Ratios are told in hundredths, but the contrast of a mark, which has a scale of its own.
            let told = |v: f32| match case.shown(gate.kind, v) {
                Length(v, "x") if gate.kind != Kind::Mark => Length(100.0 * v, "%"),
                other => other,
            };
            let (measured, limit) = (told(gate.measured), told(gate.limit));
            let (met, allowed) = apart(measured.0, limit.0, usize::from(measured.1 != "%"));
            let (why, unit) = (trouble(gate.kind), measured.1);
            let message = format!("{taken} instead of {other}: {why} ({met} {unit}, limit {allowed} {unit})");
            (Some(measured.value()), Some(limit.value()), measured.1, message)
        }
        None => {
            (Some(rounded(usual.saves)), None, "energy", format!("{taken} instead of {other}: these words sit clearly better so"))
        }
    };
    let (measured, limit, unit, message) = note;
    let place = None;
    out.push(Finding {
        rule: "arranged",
        severity: Severity::Note,
        layer: None,
        measured,
        limit,
        unit: unit.into(),
        message,
        place,
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
