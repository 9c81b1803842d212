//! A font whose own licence bits (OS/2 `fsType`) limit its embedding. Pictures are made of outlines and are seldom what a licence
//! limits; documents that carry the font are. So it is said, and a person decides.

use super::{Case, Finding};
use crate::text::Embedding;
use std::collections::BTreeSet;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let mut said = BTreeSet::new();
    for (layer, placed, text) in case.texts() {
        for (font, rights) in &text.fitted.notes.limited {
            if !said.insert(font.as_str()) {
                continue;
            }
            let what = match rights.embedding {
                Embedding::Restricted => "may not be embedded without its maker's leave",
                Embedding::PreviewAndPrint => "may be embedded for viewing and printing only",
                Embedding::Editable => "may be embedded in documents that are edited",
                Embedding::Installable => "may be embedded as bitmaps only",
            };
            out.push(Finding {
                rule: "font-rights",
                severity: case.severity,
                layer: Some(layer.id.clone()),
                measured: None,
                limit: None,
                unit: "".into(),
                message: format!("{font} {what} (fsType). Check that your licence covers this use"),
                place: Some(placed.rect),
            });
        }
    }
}
