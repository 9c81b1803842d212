//! Characters that no font at hand has: they show as empty boxes. Lists the code points.

use super::{Case, Finding};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        let missing = &text.fitted.missing;
        if missing.is_empty() {
            continue;
        }
        let list: Vec<String> = missing.iter().take(12).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        out.push(Finding {
            rule: "missing-glyph",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: Some(missing.len() as f64),
            limit: Some(0.0),
            unit: "characters".into(),
            message: format!("{}: no font has {}. Add a font that does, or change the text", layer.id, list.join(" ")),
            place: Some(placed.rect),
        });
    }
}
