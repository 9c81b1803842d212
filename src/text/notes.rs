//! In: what setting a text had to put up with. Out: [`Notes`], kept with the shaped and the fitted text for `guard` to speak of.
//! Nothing here changes how text is set.

use super::face::{Embedding, Rights};
use super::shape::Shaped;
use super::words::WordScript;

/// What was done without, and what the fonts say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Scripts written without spaces whose list of words was not at hand: lines end at spaces only.
    pub unlisted: Vec<WordScript>,
    /// Faces asked for that the family has not.
    pub substitutes: Vec<Substitute>,
    /// Fonts in use whose makers limit their embedding.
    pub limited: Vec<(String, Rights)>,
}

/// A face that stands in for one the family has not. It is set as it is: nothing is emboldened or slanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// The family asked for.
    pub family: String,
    /// Weight asked for and weight set.
    pub weight: (u16, u16),
    /// Italic asked for and italic set.
    pub italic: (bool, bool),
}

impl Notes {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes on the faces that set a text, each in the look that asked for it.
    pub(crate) fn of(shaped: &Shaped) -> Self {
        let mut notes = Self::default();
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for item in &shaped.items {
            let (Some(face), Some(look)) = (shaped.faces.get(item.face), shaped.looks.get(item.look)) else { continue };
            if seen.contains(&(item.face, item.look)) {
                continue;
            }
            seen.push((item.face, item.look));
            let style = &look.style;
            let named = style.families.iter().any(|f| super::fonts::same_family(&face.family, f));
            // Where a browser would fake it (CSS Fonts 4, 5.2.1): bold from a face below 600, a slant from an upright one.
            let bold = style.weight >= 600 && face.weight < 600;
            let slant = style.italic && !face.italic;
            if named && (bold || slant) {
                notes.substitutes.push(Substitute {
                    family: face.family.clone(),
                    weight: (style.weight, face.weight),
                    italic: (style.italic, face.italic),
                });
            }
            let limited = face.rights.embedding != Embedding::Installable || face.rights.bitmaps_only;
            if limited && !notes.limited.iter().any(|(name, _)| *name == face.name) {
                notes.limited.push((face.name.clone(), face.rights));
            }
        }
        notes
    }
}
