//! In: words as set. Out: what typographers look for at the ends of lines: last lines of a short word, and how uneven the others are.

use super::{Placed, PlacedContent};
use crate::text::{Fitted, sentences};
use crate::variant::{Content, TextSlot, Variant};

/// Share of the widest line below which a last line is a widow, and a line that ends with the sense is uneven all the same.
pub(super) const SHORT: f32 = 0.28;

/// Share of last lines that are short, and how uneven the others are: means over the texts that have several lines.
#[must_use]
pub fn lines(variant: &Variant, placed: &[Placed]) -> (f32, f32) {
    let (mut short, mut ragged, mut texts) = (0.0, 0.0, 0.0);
    for p in placed {
        let PlacedContent::Text(text) = &p.content else { continue };
        let [_, .., last] = text.fitted.lines.as_slice() else { continue };
        let Some(Content::Text(slot)) = p.layer.and_then(|i| variant.layers.get(i)).map(|l| &l.content) else { continue };
        texts += 1.0;
        short += f32::from(u8::from(last.width.0 < SHORT * text.fitted.width.0.max(1e-3)));
        ragged += uneven(slot, &text.fitted);
    }
    if texts > 0.0 { (short / texts, ragged / texts) } else { (0.0, 0.0) }
}

/// The mean share of the widest line that each but the last lacks, as justification counts it (Knuth and Plass: a paragraph's last line is as
/// long as it is). Display type is broken by its sense before it is broken by length, so that its sentences and clauses are such
/// paragraphs: a line that ends with one lacks nothing, unless it is no more than a short word.
#[must_use]
pub fn uneven(slot: &TextSlot, text: &Fitted) -> f32 {
    let [rest @ .., _] = text.lines.as_slice() else { return 0.0 };
    let widest = text.width.0.max(1e-3);
    let lacks = |width: f32, end: usize| {
        let whole = slot.balance && width >= SHORT * widest && sentences::pauses(&slot.text, end);
        if whole { 0.0 } else { 1.0 - width / widest }
    };
    rest.iter().map(|l| lacks(l.width.0, l.end)).sum::<f32>() / rest.len().max(1) as f32
}
