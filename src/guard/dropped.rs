//! A layer left out, with the reason. A layer that must stay is always grave.

use super::{Case, Finding, Severity};
use crate::layout::DropReason;
use crate::variant::Keep;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for dropped in &case.layout.dropped {
        let Some(layer) = case.variant.layers.get(dropped.layer) else { continue };
        let marked = dropped.reason == DropReason::MarkOnly;
        let severity = if layer.keep == Keep::Must && !marked { Severity::Must } else { Severity::Should.max(case.severity) };
        out.push(Finding {
            rule: "dropped",
            severity,
            layer: Some(layer.id.clone()),
            measured: None,
            limit: None,
            unit: "",
            message: format!("{} left out: {}", layer.id, dropped.reason.words()),
            place: None,
        });
    }
}
