//! Corrections made by hand for a layer that the master has moved or lost since: a person should look. Where all of the master was scaled, they hold.

use super::{Case, Finding, Severity};
use crate::variant::Note;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for note in &case.variant.notes {
        let (layer, words, percent) = match note {
            Note::MasterMovedOn { layer } => {
                (layer, "corrected by hand before the master changed it; look again, or take the correction back", None)
            }
            Note::LayerGone { layer } => {
                (layer, "corrected by hand, and the master no longer has it; take the correction back", None)
            }
            Note::MasterScaled { layer, percent } => {
                (layer, "corrected by hand before the whole master was scaled; the correction holds", Some(f64::from(*percent)))
            }
            _ => continue,
        };
        out.push(Finding {
            rule: "moved-on",
            severity: if percent.is_some() { Severity::Note } else { case.severity },
            layer: Some(layer.clone()),
            measured: percent,
            limit: None,
            unit: if percent.is_some() { "%" } else { "" }.into(),
            message: format!("{layer}: {words}"),
            place: None,
        });
    }
}
