//! Corrections made by hand for a layer that the master has moved since: they still apply, and a person should look.

use super::{Case, Finding};
use crate::variant::Note;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for note in &case.variant.notes {
        let Note::MasterMovedOn { layer } = note else { continue };
        out.push(Finding {
            rule: "moved-on",
            severity: case.severity,
            layer: Some(layer.clone()),
            measured: None,
            limit: None,
            unit: "",
            message: format!("{layer}: corrected by hand before the master changed it; look again, or take the correction back"),
            place: None,
        });
    }
}
