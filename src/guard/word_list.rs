//! Thai, Lao, Khmer or Burmese set without its list of words: lines end at spaces only, or words are torn. Japanese or Chinese balanced
//! without its phrases: lines may end inside one. Names the file.

use super::{Case, Finding};

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        let notes = &text.fitted.notes;
        let words = notes.unlisted.iter().map(|script| {
            format!("lines in {} are broken without its list of words. Hand in {} with the fonts", script.name(), script.file())
        });
        let phrases = notes
            .unphrased
            .iter()
            .map(|file| format!("lines are balanced without knowing where phrases end. Hand in {file} with the fonts"));
        out.extend(words.chain(phrases).map(|what| Finding {
            rule: "word-list",
            severity: case.severity,
            layer: Some(layer.id.clone()),
            measured: None,
            limit: None,
            unit: "".into(),
            message: format!("{}: {what}", layer.id),
            place: Some(placed.rect),
        }));
    }
}
