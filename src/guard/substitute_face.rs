//! A bold or an italic that the family has not: the nearest face is set as it is, never emboldened or slanted. Says what was set.

use super::{Case, Finding};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        for s in &text.fitted.notes.substitutes {
            let slope = |italic: bool| if italic { " italic" } else { "" };
            out.push(Finding {
                rule: "substitute-face",
                severity: case.severity,
                layer: Some(layer.id.clone()),
                measured: Some(f64::from(s.weight.1)),
                limit: Some(f64::from(s.weight.0)),
                unit: "weight",
                message: format!(
                    "{}: {} has no {}{}; it is set in {}{}. Add the face, or ask for one there is",
                    layer.id,
                    s.family,
                    s.weight.0,
                    slope(s.italic.0),
                    s.weight.1,
                    slope(s.italic.1)
                ),
                place: Some(placed.rect),
            });
        }
    }
}
