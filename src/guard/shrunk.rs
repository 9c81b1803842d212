//! Text set smaller than the master's floor in this format, times the limit. Measured in px, in print in mm.

use super::{Case, Finding};

/// Share of the floor that nobody sees: what rounding a scale takes away.
const SLACK: f32 = 0.002;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        let (size, floor) = (text.fitted.size.0, text.floor.0 * case.limit as f32);
        if size >= floor - (SLACK * floor).max(0.05) {
            continue;
        }
        let (set, least) = (case.length(size), case.length(floor));
        out.push(Finding {
            rule: "shrunk",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: Some(set.value()),
            limit: Some(least.value()),
            unit: set.1.into(),
            message: format!(
                "{}: {set:.1}, {:.0} % of its floor of {least:.1}. Shorten the text or lower the floor",
                layer.id,
                100.0 * size / floor.max(1e-3)
            ),
            place: Some(placed.rect),
        });
    }
}
