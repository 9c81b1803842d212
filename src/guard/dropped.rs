//! Layers left out, with the reason, be it for want of room or by hand. A layer that must stay is always grave; what a format leaves out by design (logo slots, ornaments in
//! a strip) is told once, as a note.

use super::{Case, Finding, Severity};
use crate::layout::DropReason;
use crate::variant::{Keep, Note, Role};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let mut by_design: Vec<&str> = Vec::new();
    let mut why = "";
    for dropped in &case.layout.dropped {
        let Some(layer) = case.variant.layers.get(dropped.layer) else { continue };
        let ornament = dropped.reason == DropReason::NoPlace && layer.role == Role::Decoration;
        if dropped.reason == DropReason::MarkOnly || ornament {
            by_design.push(&layer.id);
            why = dropped.reason.words();
            continue;
        }
        let severity = if layer.keep == Keep::Must { Severity::Must } else { Severity::Should.max(case.severity) };
        out.push(finding(severity, Some(layer.id.clone()), format!("{} left out: {}", layer.id, dropped.reason.words())));
    }
    let marks = case.variant.format.shows_mark_alone();
    for note in &case.variant.notes {
        let Note::HiddenByHand { layer, role, by, .. } = note else { continue };
        // Where the format shows the logo alone, the rest would not be there anyway.
        if marks && *role != Role::Logo {
            continue;
        }
        let asks = "and it must stay. Bring it back, or let a person vouch for it";
        let message = format!("{layer} hidden by hand (overrides[{by}]), {asks}");
        out.push(Finding {
            measured: Some(1.0),
            limit: Some(0.0),
            unit: "layers".into(),
            ..finding(Severity::Must, Some(layer.clone()), message)
        });
    }
    if !by_design.is_empty() {
        let message = format!("{why}: {} left out", by_design.join(", "));
        out.push(Finding {
            measured: Some(by_design.len() as f64),
            unit: "layers".into(),
            ..finding(Severity::Note, None, message)
        });
    }
}

fn finding(severity: Severity, layer: Option<String>, message: String) -> Finding {
    Finding { rule: "dropped", severity, layer, measured: None, limit: None, unit: "".into(), message, place: None }
}
