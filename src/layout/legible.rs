//! In: a sheet with its words, its mark and its pictures in place. Out: legal lines that were set smaller than reads with ease, as large as what
//! is left free around them allows, and no larger than that. Nothing else moves or goes. In logical space.

use super::measure::Measure;
use super::pieces::Piece;
use super::sheet::Sheet;
use super::{Layout, Placed, PlacedContent, around, hand};
use crate::variant::{Role, Variant};

/// Sizes that are tried on the way to the one that reads with ease.
const STEPS: u8 = 8;
/// How much larger a headline is than small print at the least.
const LOUDER: f32 = 1.5;
/// By how much type must grow for it to be seen, px on a screen.
const SEEN: f32 = 0.1;

/// Whether a page has a legal line smaller than reads with ease.
#[must_use]
pub fn is_small(variant: &Variant, layout: &Layout) -> bool {
    let least = Measure::of(variant).legible(Role::Legal) - SEEN;
    layout.placed.iter().any(|p| match &p.content {
        PlacedContent::Text(text) if text.fitted.size.0 < least => {
            p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| l.role == Role::Legal)
        }
        _ => false,
    })
}

/// Sets legal lines as large as finds room.
pub fn legal(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
    let lines = pieces.iter().filter(|p| p.role == Role::Legal && p.slot.agreed.is_none() && p.slot.column.is_none());
    let of = |p: &Placed| match &p.content {
        PlacedContent::Text(text)
            if p.layer.and_then(|i| sheet.variant.layers.get(i)).is_some_and(|l| l.role == Role::Headline) =>
        {
            Some(text.fitted.size.0)
        }
        _ => None,
    };
    let headline = sheet.placed.iter().find_map(of).unwrap_or(f32::MAX);
    for piece in lines {
        let Some(at) = sheet.placed.iter().position(|p| p.layer == Some(piece.layer)) else { continue };
        let Some(p) = sheet.placed.get(at) else { continue };
        let (PlacedContent::Text(text), rect) = (&p.content, p.rect) else { continue };
        let (size, wished) = (text.fitted.size.0, sheet.page.legible(Role::Legal).min(headline / LOUDER));
        let (broken, own) = (text.fitted.broken_words, text.wished.0);
        if size >= wished - SEEN || sheet.variant.layers.get(piece.layer).is_none_or(hand::sets_apart) {
            continue;
        }
        let around = around::around(sheet, at, rect, (piece.slot.align, size), true);
        for step in (1..=STEPS).rev() {
            let size = size + (wished - size) * f32::from(step) / f32::from(STEPS);
            let found = [true, false].into_iter().find_map(|wide| {
                let room = around.across(wide);
                let cut = piece.cut(room.1, size, size, u32::MAX);
                let holds = cut.fits && cut.fitted.broken_words <= broken;
                Some((around.stands(room, &cut).filter(|_| holds)?, cut))
            });
            if let Some((outer, mut cut)) = found {
                cut.wished = own.max(size);
                around::set_anew(sheet, at, piece, (outer, cut));
                break;
            }
        }
    }
}
