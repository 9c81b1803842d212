//! Nothing to see: a page without a picture, a product, a mark or a word on it, or a text that must stay and says nothing.

use super::{Case, Finding};
use crate::layout::PlacedContent;
use crate::variant::{Note, Role};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let mut say = |layer: Option<&str>, message: String| {
        out.push(Finding {
            rule: "blank",
            severity: case.severity,
            layer: layer.map(str::to_owned),
            measured: None,
            limit: None,
            unit: "".into(),
            message,
            place: None,
        });
    };
    let seen = case.layout.placed.iter().any(|placed| match &placed.content {
        PlacedContent::Text(text) => !text.fitted.lines.is_empty(),
        PlacedContent::Picture { .. } | PlacedContent::Vector { .. } => {
            placed.layer.and_then(|i| case.variant.layers.get(i)).is_some_and(|layer| layer.role != Role::Decoration)
        }
        PlacedContent::Shape { .. } | PlacedContent::Panel { .. } => false,
    });
    if !seen {
        say(None, "nothing is left to see: give the master a logo or another layer that this format can show".to_owned());
    }
    for note in &case.variant.notes {
        let Note::SaysNothing { layer } = note else { continue };
        say(Some(layer), format!("{layer}: the message is empty in {}, and the layer must stay", case.variant.locale));
    }
}
