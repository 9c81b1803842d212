//! In: what setting a text had to put up with. Out: [`Notes`], kept with the shaped and the fitted text for `guard` to speak of.
//! Nothing here changes how text is set.

use super::face::{Embedding, Face, Rights, weight_number};
use super::fonts::same_family;
use super::script::Script;
use super::shape::Shaped;
use super::style::TextStyle;
use super::words::WordScript;

/// What was done without, and what the fonts say of themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// Scripts written without spaces whose list of words was not at hand: lines end at spaces only.
    pub unlisted: Vec<WordScript>,
    /// The file of phrases that balanced lines did without.
    pub unphrased: Option<&'static str>,
    /// Families asked for by a name that no font has, and the family set instead.
    pub unknown: Vec<(String, String)>,
    /// Faces asked for that a family has not.
    pub substitutes: Vec<Substitute>,
    /// Places on axes asked for that a face has not.
    pub axes: Vec<AxisNote>,
    /// Features asked for that a face has not, by its family: what they would have changed is set plain.
    pub features: Vec<(String, [u8; 4])>,
    /// Fonts in use whose makers limit their embedding.
    pub limited: Vec<(String, Rights)>,
}

/// A face that stands in for one the family has not. It is set as it is: nothing is emboldened or slanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// The family asked for, or the one that stands in where that has not the letters.
    pub family: String,
    /// Weight asked for and weight set.
    pub weight: (u16, u16),
    /// Italic asked for and italic set.
    pub italic: (bool, bool),
}

impl Substitute {
    /// Whether it is seen at a glance, where a browser would fake it (CSS Fonts 4, 5.2.1): bold asked for and regular set, or the other way
    /// round; upright for italic. Else it is the next weight of the same kind.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        is_bold(self.weight.0) != is_bold(self.weight.1) || self.italic.0 != self.italic.1
    }
}

/// A place on an axis that a face cannot take.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisNote {
    /// Its family.
    pub family: String,
    /// Four letters.
    pub tag: [u8; 4],
    /// What was asked for, in the axis' own units.
    pub asked: f32,
    /// The end of the axis it stands at; none where the face has no such axis.
    pub set: Option<f32>,
}

impl Notes {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes on the faces that set a text, each in the look that asked for it; `unknown` are the families of each look that no font has.
    pub(crate) fn of(shaped: &Shaped, unknown: &[Vec<String>]) -> Self {
        let mut notes = Self::default();
        let mut seen: Vec<(usize, usize, Sets)> = Vec::new();
        for item in &shaped.items {
            let (Some(face), Some(look)) = (shaped.faces.get(item.face), shaped.looks.get(item.look)) else { continue };
            let sets = Sets::of(shaped.text.get(item.start..item.end).unwrap_or_default(), item.script);
            let key = (item.face, item.look, sets);
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            for name in unknown.get(item.look).into_iter().flatten() {
                if !notes.unknown.iter().any(|(known, _)| known == name) {
                    notes.unknown.push((name.clone(), face.family.clone()));
                }
            }
            notes.substitute(face, &look.style, sets);
            notes.lacking(face, &look.style, sets);
            let limited = face.rights.embedding != Embedding::Installable || face.rights.bitmaps_only;
            if limited && !notes.limited.iter().any(|(name, _)| *name == face.name) {
                notes.limited.push((face.name.clone(), face.rights));
            }
        }
        notes
    }

    /// What a style asked of a face and did not get.
    fn substitute(&mut self, face: &Face, style: &TextStyle, sets: Sets) {
        let named = style.families.iter().any(|f| same_family(&face.family, f));
        // The axis of weight, where a style names it, wins over its weight.
        let weight = style.variations.iter().rev().find(|v| &v.tag == b"wght").map_or(style.weight, |v| weight_number(v.value));
        let set = Substitute { family: face.family.clone(), weight: (weight, face.weight), italic: (style.italic, face.italic) };
        // A family that nobody named serves what the named ones lack: there bold letters count, and italics in the scripts that have
        // them; arrows and stars have neither to lose.
        let told = if named {
            weight != face.weight || style.italic != face.italic
        } else {
            sets.letters && (is_bold(weight) != is_bold(face.weight) || (sets.sloping && style.italic && !face.italic))
        };
        if told && !self.substitutes.contains(&set) {
            self.substitutes.push(set);
        }
        if !named {
            return;
        }
        for wanted in style.variations.iter().filter(|v| v.value.is_finite() && &v.tag != b"wght") {
            let axis = face.axes.iter().find(|axis| axis.tag == wanted.tag);
            let set = axis.map(|axis| wanted.value.max(axis.min).min(axis.max.max(axis.min)));
            let note = AxisNote { family: face.family.clone(), tag: wanted.tag, asked: wanted.value, set };
            if set != Some(wanted.value) && !self.axes.contains(&note) {
                self.axes.push(note);
            }
        }
    }

    /// Features a style asks for, that would show in the text and that the face has not.
    fn lacking(&mut self, face: &Face, style: &TextStyle, sets: Sets) {
        let named = style.families.iter().any(|f| same_family(&face.family, f));
        for feature in style.features.iter().filter(|f| f.value != 0) {
            let note = (face.family.clone(), feature.tag);
            if sets.shows(feature.tag, face, named) && !face.has_feature(feature.tag) && !self.features.contains(&note) {
                self.features.push(note);
            }
        }
    }
}

/// What a stretch of text holds that a face or a feature can change.
#[derive(Clone, Copy, PartialEq)]
struct Sets {
    letters: bool,
    figures: bool,
    small: bool,
    capitals: bool,
    /// Letters of a script that has italics.
    sloping: bool,
}

impl Sets {
    fn of(text: &str, script: Script) -> Self {
        let letters = text.contains(char::is_alphabetic);
        Self {
            letters,
            figures: text.contains(|c: char| c.is_ascii_digit()),
            small: text.contains(char::is_lowercase),
            capitals: text.contains(char::is_uppercase),
            sloping: letters && ["Latn", "Grek", "Cyrl"].contains(&script.short_name()),
        }
    }

    /// Whether a feature would show here, had the face it. What fonts show by themselves is not missed where there is none of it, nor
    /// what a font without a choice does anyway; ornament is asked of the families named.
    fn shows(self, tag: [u8; 4], face: &Face, named: bool) -> bool {
        match &tag {
            b"kern" | b"liga" | b"clig" | b"calt" | b"rlig" | b"locl" | b"ccmp" | b"mark" | b"mkmk" | b"vert" | b"lnum" => false,
            b"onum" | b"zero" | b"frac" | b"afrc" | b"ordn" | b"sups" | b"subs" | b"sinf" | b"numr" | b"dnom" => self.figures,
            b"tnum" => self.figures && !same_width(face),
            b"pnum" => self.figures && same_width(face),
            b"smcp" | b"pcap" => self.small,
            b"c2sc" | b"c2pc" => self.capitals,
            _ => named && self.letters,
        }
    }
}

/// Whether all figures of a face are of one width.
fn same_width(face: &Face) -> bool {
    let mut widths = ('0'..='9').map(|c| face.glyph(c).and_then(|g| face.advance(g)));
    let first = widths.next().flatten();
    widths.all(|w| w == first)
}

fn is_bold(weight: u16) -> bool {
    weight >= 600
}
