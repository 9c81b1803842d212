//! A picture shown larger than its own pixels, beyond the limit. Measured in format px per picture px.

use super::{Case, Finding, rounded};
use crate::layout::PlacedContent;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for placed in &case.layout.placed {
        let PlacedContent::Picture { enlarged, .. } = &placed.content else { continue };
        let Some(layer) = placed.layer.and_then(|i| case.variant.layers.get(i)) else { continue };
        if f64::from(*enlarged) <= case.limit + 0.005 {
            continue;
        }
        out.push(Finding {
            rule: "upscaled",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: Some(rounded(*enlarged)),
            limit: Some(case.limit),
            unit: "x".into(),
            message: format!("{}: enlarged {enlarged:.2} times. Bring a picture with more pixels", layer.id),
            place: Some(placed.rect),
        });
    }
}
