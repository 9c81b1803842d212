//! In: a style and the stretches that depart from it, the outer before the inner. Out: [`Look`]s, each a whole style of its
//! own, and which of them every byte has. Borders inside a grapheme move to its end, so that a mark stays with its letter.

use super::style::{Span, TextStyle};
use crate::color::Rgba;

/// How a stretch looks: the style it is shaped in, and what paint adds. The first look of a text is its plain style.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Families, weight, features, spacing, case.
    pub style: TextStyle,
    /// Size, times that of the text.
    pub scale: f32,
    /// Baseline raised by, em of the text.
    pub rise: f32,
    /// Its colour, where it has one of its own.
    pub color: Option<Rgba>,
    /// A line under it.
    pub underline: bool,
    /// A line through it.
    pub strike: bool,
}

/// The looks of a text, and the look of every byte (empty where all is plain).
pub(crate) fn looks(text: &str, style: &TextStyle, spans: &[Span]) -> (Vec<Look>, Vec<u16>) {
    let plain = Look { style: style.clone(), scale: 1.0, rise: 0.0, color: None, underline: false, strike: false };
    let mut looks = vec![plain];
    if spans.is_empty() {
        return (looks, Vec::new());
    }
    let mut of = vec![0_u16; text.len()];
    let bounds = super::itemise::grapheme_bounds(text);
    for (&start, &end) in bounds.iter().zip(bounds.iter().skip(1)) {
        let mut look: Option<Look> = None;
        for span in spans.iter().filter(|s| s.start <= start && start < s.end) {
            let under = look.take().or_else(|| looks.first().cloned());
            look = under.map(|l| l.with(span));
        }
        let Some(look) = look else { continue };
        let index = looks.iter().position(|l| *l == look).unwrap_or_else(|| {
            looks.push(look);
            looks.len() - 1
        });
        let index = u16::try_from(index).unwrap_or(0);
        of.iter_mut().take(end).skip(start).for_each(|o| *o = index);
    }
    (looks, of)
}

impl Look {
    fn with(mut self, span: &Span) -> Self {
        let over = &span.style;
        self.rise += over.rise_em * self.scale;
        self.scale *= over.scale;
        let style = &mut self.style;
        if let Some(families) = &over.families {
            // Where no font is called so, or it lacks a letter, the family around it is the nearest.
            let around = std::mem::replace(&mut style.families, families.clone());
            style.families.extend(around.into_iter().filter(|f| !families.contains(f)));
        }
        style.weight = over.weight.unwrap_or(style.weight);
        style.italic = over.italic.unwrap_or(style.italic);
        style.tracking_em = over.tracking_em.unwrap_or(style.tracking_em);
        style.case = over.case.unwrap_or(style.case);
        for feature in &over.features {
            style.features.retain(|f| f.tag != feature.tag);
            style.features.push(*feature);
        }
        self.color = over.color.or(self.color);
        self.underline |= over.underline;
        self.strike |= over.strike;
        self
    }
}
