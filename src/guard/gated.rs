//! What layout's gates found broken in every candidate, one rule each: the best one is shown, and this says what is wrong with it. The
//! policy's limit is a factor on the gate's own: 0.9 asks for nine tenths of it.

use super::{Case, Finding, rounded};
use crate::layout::gates::Kind;

pub(super) fn contrast(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "contrast", &[Kind::Contrast], "of the contrast that reads; darken what lies under it, or change its colour");
}
pub(super) fn focal(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(
        case,
        out,
        "focal",
        &[Kind::Focal],
        "of the picture's subject is cut or covered; draw another focal box, or bring a wider picture",
    );
}
pub(super) fn legal(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "legal", &[Kind::Legal], "px: too small to be read here; shorten it");
}
pub(super) fn logo(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(
        case,
        out,
        "logo",
        &[Kind::Logo, Kind::Clear],
        "of what the logo needs in width (px) or clear space; move what stands near it",
    );
}
pub(super) fn distance(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "distance", &[Kind::Distance], "of the x-height that is read from there; use fewer words");
}
fn look(case: &Case<'_>, out: &mut Vec<Finding>, rule: &'static str, kinds: &[Kind], what: &str) {
    for gate in case.layout.gates.iter().filter(|g| kinds.contains(&g.kind) && !g.passes) {
        let limit = gate.limit * case.limit as f32;
        let least = gate.kind != Kind::Focal;
        if (least && gate.measured >= limit) || (!least && gate.measured * case.limit as f32 <= gate.limit) {
            continue;
        }
        let layer = gate.layer.and_then(|i| case.variant.layers.get(i)).map(|l| l.id.clone());
        let place = gate.layer.and_then(|i| case.layout.placed.iter().find(|p| p.layer == Some(i))).map(|p| p.rect);
        out.push(Finding {
            rule,
            severity: case.severity,
            message: format!("{}{:.2} {what}", layer.as_deref().map(|l| format!("{l}: ")).unwrap_or_default(), gate.measured),
            layer,
            measured: Some(rounded(gate.measured)),
            limit: Some(rounded(limit)),
            unit: gate.kind.unit(),
            place,
        });
    }
}
