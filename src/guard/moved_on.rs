//! Corrections made by hand for a layer that the master has moved or lost since: a person should look.

use super::{Case, Finding};
use crate::variant::Note;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for note in &case.variant.notes {
        let (layer, words) = match note {
            Note::MasterMovedOn { layer } => {
                (layer, "corrected by hand before the master changed it; look again, or take the correction back")
            }
            Note::LayerGone { layer } => (layer, "corrected by hand, and the master no longer has it; take the correction back"),
            _ => continue,
        };
        out.push(Finding {
            rule: "moved-on",
            severity: case.severity,
            layer: Some(layer.clone()),
            measured: None,
            limit: None,
            unit: "".into(),
            message: format!("{layer}: {words}"),
            place: None,
        });
    }
}
