//! Text set smaller than the master's floor in this format, times the limit. Measured in px.

use super::{Case, Finding, rounded};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        let (size, floor) = (text.fitted.size.0, text.floor.0 * case.limit as f32);
        if size >= floor - 0.05 {
            continue;
        }
        out.push(Finding {
            rule: "shrunk",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: Some(rounded(size)),
            limit: Some(rounded(floor)),
            unit: "px",
            message: format!(
                "{}: {size:.1} px, {:.0} % of its floor of {floor:.1} px. Shorten the text or lower the floor",
                layer.id,
                100.0 * size / floor.max(1e-3)
            ),
            place: Some(placed.rect),
        });
    }
}
