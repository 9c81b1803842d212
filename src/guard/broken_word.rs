//! Words wider than their place, broken between letters without a hyphen: nobody wrote them so. Measured in words.

use super::{Case, Finding};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        let broken = text.fitted.broken_words;
        if f64::from(broken) <= case.limit {
            continue;
        }
        let words = if broken == 1 { "a word is".to_owned() } else { format!("{broken} words are") };
        out.push(Finding {
            rule: "broken-word",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: Some(f64::from(broken)),
            limit: Some(case.limit),
            unit: "words".into(),
            message: format!(
                "{}: {words} wider than the place at {:.0} and broken without a hyphen. Shorten the text, or mark where it may part with U+00AD",
                layer.id,
                case.length(text.fitted.size.0)
            ),
            place: Some(placed.rect),
        });
    }
}
