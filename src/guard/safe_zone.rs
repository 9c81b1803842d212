//! Text or logo outside the format's safe zone. Measured in px, in print in mm, at the worst edge.

use super::{Case, Finding};
use crate::layout::gates::beyond;
use crate::layout::{PlacedContent, hand};
use crate::variant::Role;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for placed in &case.layout.placed {
        let Some(layer) = placed.layer.and_then(|i| case.variant.layers.get(i)) else { continue };
        if !matches!(placed.content, PlacedContent::Text(_)) && layer.role != Role::Logo {
            continue;
        }
        let out_by = beyond(&placed.rect, &case.layout.safe);
        if f64::from(out_by) <= case.limit + 0.5 {
            continue;
        }
        let measured = case.length(out_by);
        let by_hand = hand::stands(layer, case.layout.candidate);
        let advice = if by_hand { "Move it back inside" } else { "Shorten the text, or move it" };
        out.push(Finding {
            rule: "safe-zone",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: Some(measured.value()),
            limit: Some(case.length(case.limit as f32).value()),
            unit: measured.1.into(),
            message: format!("{}: {measured:.0} outside the safe zone. {advice}", layer.id),
            place: Some(placed.rect),
        });
    }
}
