//! A language that is laid out otherwise than the format usually is: by design a note, so that nobody wonders.

use super::{Case, Finding, Severity, rounded};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let layout = case.layout;
    let Some(usual) = layout.usual.filter(|usual| *usual != layout.candidate) else { return };
    let other = layout.alternatives.iter().find(|a| a.candidate == usual);
    let why = match other.and_then(|a| a.failed.first()) {
        Some(gate) => format!("there '{}' does not hold", gate.name()),
        None => "these words sit clearly better so".to_owned(),
    };
    out.push(Finding {
        rule: "arranged",
        severity: Severity::Note,
        layer: None,
        measured: other.map(|a| rounded(a.energy - layout.energy)),
        limit: None,
        unit: "energy",
        message: format!("{} instead of {}: {why}", layout.candidate.words(), usual.words()),
        place: None,
    });
}
