//! Text that does not fit: wider than its box, more lines than allowed, beyond the page, or into another text. Measured in px, in print in mm.

use super::{Case, Finding};
use crate::layout::gates::beyond;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let trim = crate::geom::Rect { w: case.layout.trim.w, h: case.layout.trim.h, ..Default::default() };
    let texts: Vec<_> = case.texts().collect();
    for (i, (layer, placed, text)) in texts.iter().enumerate() {
        let f = &text.fitted;
        let beyond = beyond(&placed.rect, &trim).max(f.overflow_w.0);
        let clash = texts.iter().skip(i + 1).find_map(|(other, p, _)| {
            let shared = placed.rect.intersect(&p.rect);
            (shared.w.0 > 1.0 && shared.h.0 > 0.2 * placed.rect.h.min(p.rect.h).0).then_some((other, shared))
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
            finding(
                shared.h.0,
                format!("{}: runs {:.0} into {}. Shorten one of them", layer.id, case.length(shared.h.0), other.id),
            );
        }
    }
}
