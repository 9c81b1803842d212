//! A message that the locale lacks: the source language stands in.

use super::{Case, Finding};
use crate::variant::Note;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for note in &case.variant.notes {
        let Note::MessageFellBack { layer, key } = note else { continue };
        out.push(Finding {
            rule: "untranslated",
            severity: case.severity,
            layer: Some(layer.clone()),
            measured: None,
            limit: None,
            unit: "".into(),
            message: format!("{layer}: '{key}' is not translated into {}; the source text stands in", case.variant.locale),
            place: None,
        });
    }
}
