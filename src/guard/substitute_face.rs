//! Faces that the fonts at hand have not: a family no font is called, a weight, a slant, a place on an axis or a feature that a family lacks. The nearest is
//! set as it is, never emboldened or slanted. Says what was asked for and what was set, once for all the layers it is true of.

use super::{Case, Finding, Severity, rounded};
use crate::text::{AxisNote, Substitute};
use std::borrow::Cow;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    let mut said: Vec<(Vec<String>, Finding, String)> = Vec::new();
    for (layer, placed, text) in case.texts() {
        let notes = &text.fitted.notes;
        let mut say = |severity: Severity, measured: Option<f64>, limit: Option<f64>, unit: Cow<'static, str>, what: String| {
            if let Some((layers, ..)) = said.iter_mut().find(|(.., known)| *known == what) {
                if !layers.contains(&layer.id) {
                    layers.push(layer.id.clone());
                }
                return;
            }
            let finding = Finding {
                rule: "substitute-face",
                severity,
                layer: Some(layer.id.clone()),
                measured,
                limit,
                unit,
                message: String::new(),
                place: Some(placed.rect),
            };
            said.push((vec![layer.id.clone()], finding, what));
        };
        for (asked, set) in &notes.unknown {
            let what = format!("no font is called {asked}; {set} stands in. Add the font, or mend the name");
            say(case.severity, None, None, "".into(), what);
        }
        for s in &notes.substitutes {
            let (asked, set) = (Some(f64::from(s.weight.0)), Some(f64::from(s.weight.1)));
            if s.is_plain() {
                say(case.severity, set, asked, "weight".into(), format!("{}. Add the face, or ask for one there is", lacking(s)));
            } else {
                // The next weight of its kind, as any browser would set it: told, but nothing need be mended.
                say(Severity::Note, set, asked, "weight".into(), lacking(s));
            }
        }
        for axis in &notes.axes {
            let tag = String::from_utf8_lossy(&axis.tag).into_owned();
            say(case.severity, axis.set.map(rounded), Some(rounded(axis.asked)), tag.into(), beyond(axis));
        }
        for (family, tag) in &notes.features {
            let tag = String::from_utf8_lossy(tag);
            say(Severity::Note, None, None, "".into(), format!("{family} has no feature {tag}; the text is set without it"));
        }
    }
    out.extend(
        said.into_iter().map(|(layers, finding, what)| Finding { message: format!("{}: {what}", layers.join(", ")), ..finding }),
    );
}

fn lacking(s: &Substitute) -> String {
    let slope = |italic: bool| if italic { " italic" } else { "" };
    format!("{} has no {}{}; it is set in {}{}", s.family, s.weight.0, slope(s.italic.0), s.weight.1, slope(s.italic.1))
}

fn beyond(axis: &AxisNote) -> String {
    let tag = String::from_utf8_lossy(&axis.tag);
    match axis.set {
        Some(set) => format!("{} goes to {tag} {set}, not {}; it is set there. Ask for what it has", axis.family, axis.asked),
        None => {
            format!("{} has no axis {tag}; {} was asked for. Bring a font that has it, or ask for none", axis.family, axis.asked)
        }
    }
}
