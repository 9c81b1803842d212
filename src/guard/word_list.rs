//! Thai, Lao, Khmer or Burmese set without its list of words: lines end at spaces only, or words are torn. Japanese or Chinese balanced
//! without its phrases: lines may end inside one. Names the file.

use super::{Case, Finding};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        for script in &text.fitted.notes.unlisted {
            out.push(Finding {
                rule: "word-list",
                severity: case.severity,
                layer: Some(layer.id.clone()),
                measured: None,
                limit: None,
                unit: "".into(),
                message: format!(
                    "{}: lines in {:?} are broken without its list of words. Hand in {} with the fonts",
                    layer.id,
                    script,
                    script.file()
                ),
                place: Some(placed.rect),
            });
        }
        if let Some(file) = text.fitted.notes.unphrased {
            out.push(Finding {
                rule: "word-list",
                severity: case.severity,
                layer: Some(layer.id.clone()),
                measured: None,
                limit: None,
                unit: "".into(),
                message: format!(
                    "{}: lines are balanced without knowing where phrases end. Hand in {file} with the fonts",
                    layer.id
                ),
                place: Some(placed.rect),
            });
        }
    }
}
