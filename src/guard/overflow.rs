//! Text that does not fit: wider than its box, more lines than allowed, beyond the page, into another text, or under something
//! that is painted over it. Measured in px, in print in mm.

use super::{Case, Finding};
use crate::layout::gates::{Kind, beyond};
use crate::layout::ink::Ink;
use crate::layout::{Placed, PlacedContent, hand, score};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let trim = crate::geom::Rect { w: case.layout.trim.w, h: case.layout.trim.h, ..Default::default() };
    let texts: Vec<_> = case.texts().collect();
    let minds = score::minds_covered(&case.variant.weights);
    let mut clashes: Vec<&str> = Vec::new();
    for (i, (layer, placed, text)) in texts.iter().enumerate() {
        let f = &text.fitted;
        let beyond = beyond(&placed.rect, &trim).max(f.overflow_w.0);
        let ink = minds.then(|| Ink::of(case.variant, layer, placed, text));
        let clash = texts.iter().skip(i + 1).find_map(|(other, p, their)| {
            let shared = placed.rect.intersect(&p.rect);
            let boxes = (shared.w.0 > 1.0 && shared.h.0 > 0.2 * placed.rect.h.min(p.rect.h).0).then_some(shared);
            let met = || ink.as_ref()?.meets(&Ink::of(case.variant, other, p, their));
            boxes.or_else(met).map(|shared| (other, shared))
        });
        let (allowed, size) = (case.length(case.limit as f32).value(), case.length(f.size.0));
        let mut finding = |measured: f32, message: String| {
            let measured = case.length(measured);
            out.push(Finding {
                rule: "overflow",
                severity: case.severity,
                layer: Some(layer.id.clone()),
                measured: Some(measured.value()),
                limit: Some(allowed),
                unit: measured.1.into(),
                message,
                place: Some(placed.rect),
            });
        };
        if f64::from(beyond) > case.limit + 0.5 {
            finding(
                beyond,
                format!(
                    "{}: {:.0} too wide or high at {size:.0}. Shorten the text or lower its floor",
                    layer.id,
                    case.length(beyond)
                ),
            );
        } else if f.excess_lines > 0 {
            finding(f.line_height.0 * f.excess_lines as f32, {
                let (n, lines) = (f.excess_lines, if f.excess_lines == 1 { "line" } else { "lines" });
                format!("{}: {n} {lines} more than allowed. Shorten the text", layer.id)
            });
        }
        if let Some((other, shared)) = clash {
            clashes.extend([layer.id.as_str(), other.id.as_str()]);
            let moved = [layer, other].into_iter().find(|layer| hand::stands(layer, case.layout.candidate));
            let advice = moved.map_or_else(|| "Shorten one of them".to_owned(), |layer| format!("Move {} back", layer.id));
            finding(shared.h.0, format!("{}: runs {:.0} into {}. {advice}", layer.id, case.length(shared.h.0), other.id));
        }
    }
    covered(case, &clashes, out);
}

/// Words or a logo under something that is painted after them: what layout's gate saw and no text tells.
fn covered(case: &Case<'_>, clashes: &[&str], out: &mut Vec<Finding>) {
    let Some(gate) = case.layout.gates.iter().find(|g| g.kind == Kind::Overlap && !g.passes) else { return };
    let placed = &case.layout.placed;
    let Some(at) = placed.iter().position(|p| p.layer.is_some() && p.layer == gate.layer) else { return };
    let (Some(p), Some(layer)) = (placed.get(at), gate.layer.and_then(|i| case.variant.layers.get(i))) else { return };
    if clashes.contains(&layer.id.as_str()) {
        return;
    }
    let shared = |o: &&Placed| o.rect.intersect(&p.rect).area();
    let later = placed.iter().skip(at + 1).filter(|o| !matches!(o.content, PlacedContent::Text(_)) && shared(o) > 0.0);
    let above = later.max_by(|a, b| shared(a).total_cmp(&shared(b))).and_then(|o| case.variant.layers.get(o.layer?));
    let measured = case.length(gate.measured);
    out.push(Finding {
        rule: "overflow",
        severity: case.severity,
        layer: Some(layer.id.clone()),
        measured: Some(measured.value()),
        limit: Some(case.length(gate.limit).value()),
        unit: measured.1.into(),
        message: format!(
            "{}: {} lies over {measured:.0} of it. Move one of them, or choose another layout",
            layer.id,
            above.map_or("something", |l| l.id.as_str())
        ),
        place: Some(p.rect),
    });
}
