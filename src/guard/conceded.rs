//! What a text gave up to fit: letter-spacing taken away (em), a tighter line height (times the size), words parted by hyphens,
//! letter-spacing that joined scripts refuse (letters), a plate's own colour on which small words are not read (contrast), lines that end inside a Japanese or Chinese phrase or a word of Thai and its neighbours, or behind a compound's hyphen (lines; a note, for who knows phrases
//! may err). Each is said with its value.

use super::{Case, Finding, Severity, rounded};
use crate::layout::measure::SMALL_CONTRAST;
use crate::layout::scrim;
use crate::variant::Content;

pub(super) fn look(case: &Case<'_>, out: &mut Vec<Finding>) {
    for (layer, placed, text) in case.texts() {
        let Content::Text(slot) = &layer.content else { continue };
        let f = &text.fitted;
        let size = case.length(f.size.0);
        if f.torn > 0 {
            out.push(Finding {
                rule: "conceded",
                severity: Severity::Note,
                layer: Some(layer.id.clone()),
                measured: Some(f64::from(f.torn)),
                limit: Some(0.0),
                unit: "lines".into(),
                message: format!(
                    "{}: {} end inside a word or phrase at {size:.1}. Shorten the text, choose another layout, or mark with U+200B where lines may end",
                    layer.id,
                    if f.torn == 1 { "a line may".to_owned() } else { format!("{} lines may", f.torn) }
                ),
                place: Some(placed.rect),
            });
        }
        let mut say = |measured: f64, limit: f64, unit: &'static str, message: String| {
            out.push(Finding {
                rule: "conceded",
                severity: case.severity,
                layer: Some(layer.id.clone()),
                measured: Some(measured),
                limit: Some(limit),
                unit: unit.into(),
                message,
                place: Some(placed.rect),
            });
        };
        if f.tightened_em < 0.0 {
            let thousandths = |v: f32| (f64::from(v) * 1000.0).round() / 1000.0;
            let (by, own) = (thousandths(f.tightened_em), thousandths(slot.style.tracking_em));
            say(
                thousandths(slot.style.tracking_em + f.tightened_em),
                own,
                "em",
                format!("{}: letters set {by:.3} em tighter to fit at {size:.1}. Shorten the text", layer.id),
            );
        }
        if let Some(leading) = f.leading {
            say(
                rounded(leading),
                rounded(slot.style.leading),
                "x",
                format!(
                    "{}: lines set {leading:.2} times the size apart instead of {:.2}. Shorten the text",
                    layer.id, slot.style.leading
                ),
            );
        }
        if let (Some(on), Some(plate)) = (text.plate, &slot.plate) {
            let contrast = |ground| rounded(slot.color.contrast(ground));
            let own = scrim::densest(&plate.fill).0;
            say(
                contrast(own),
                f64::from(SMALL_CONTRAST),
                "x",
                format!(
                    "{}: at {size:.1} its words are told {:.1} : 1 from {} and stand on {} of the master ({:.1} : 1). Give them a pair of colours that reads small",
                    layer.id,
                    contrast(own),
                    own.to_hex(),
                    on.to_hex(),
                    contrast(on),
                ),
            );
        }
        if f.hyphenated > 0 {
            let words = if f.hyphenated == 1 { "word is" } else { "words are" };
            say(
                f64::from(f.hyphenated),
                0.0,
                "words",
                format!("{}: {} {words} hyphenated to fit at {size:.1}. Shorten the text", layer.id, f.hyphenated),
            );
        }
        if f.unspaced > 0 {
            say(
                f64::from(f.unspaced),
                0.0,
                "letters",
                format!("{}: {} joined letters are not letter-spaced, for that would tear them apart", layer.id, f.unspaced),
            );
        }
        if let Some(agreed) = slot.agreed {
            let want = agreed * placed.scale;
            if f.size.0 < want.0 - 0.26 {
                let want = case.length(want.0);
                let message = format!("{}: {size:.1}, smaller than the {want:.1} its group agreed on", layer.id);
                say(size.value(), want.value(), size.1, message);
            }
        }
    }
}
