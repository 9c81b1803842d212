//! In: a sheet with its words, its mark and its pictures in place. Out: texts whose lines end at odds, broken anew where the room left free around
//! them, or type a hair smaller, has them end in line. Nothing else moves or goes. In logical space.

use super::pieces::{Cut, Piece};
use super::rag::{self, SHORT};
use super::sheet::Sheet;
use super::{Layout, PlacedContent, PlacedText, around, hand};
use crate::geom::Rect;
use crate::text::{Fitted, Line, breaks, sentences};
use crate::variant::{Content, Role, TextSlot, Variant};

/// What lines lack of the widest, that is seen.
const SEEN: f32 = 0.05;
/// By how much less they must lack for it; and what type gives of its size counts by so much.
const EVENER: f32 = 0.04;
const GIVES: f32 = 0.75;
/// Shares of its size that are tried.
const SIZES: [f32; 6] = [1.0, 0.98, 0.96, 0.94, 0.92, 0.9];
/// What a fault counts that lines no longer have.
const MENDS: f32 = 0.06;

/// Whether a text may be broken anew: words of their own, of several lines, on no plate.
fn odds(slot: &TextSlot, role: Role, text: &PlacedText) -> Option<f32> {
    let plain = slot.plate.is_none() && slot.column.is_none() && !matches!(role, Role::Price | Role::CallToAction);
    let odds = if plain && text.fitted.lines.len() > 1 { rag::uneven(slot, &text.fitted) } else { 0.0 };
    (odds >= SEEN).then_some(odds)
}

/// Whether a page has such a text.
#[must_use]
pub fn is_asked(variant: &Variant, layout: &Layout) -> bool {
    layout.placed.iter().any(|p| match (&p.content, p.layer.and_then(|i| variant.layers.get(i))) {
        (PlacedContent::Text(text), Some(layer)) => match &layer.content {
            Content::Text(slot) => odds(slot, layer.role, text).is_some(),
            _ => false,
        },
        _ => false,
    })
}

/// What a setting costs more than any even one: its last line is left over, its sentences run into each other, it tears what another does not.
fn faults(slot: &TextSlot, text: &Fitted, locale: &str) -> u32 {
    let stub = text.lines.last().is_some_and(|l| l.width.0 < SHORT * text.width.0);
    let run_on = slot.balance && sentences::run_on(&slot.text, &text.lines);
    let begins = |l: &Line| slot.text.get(l.start..).is_some_and(|rest| breaks::leans_back(rest, locale));
    let leaning = text.lines.iter().skip(1).filter(|l| begins(l)).count();
    u32::try_from(leaning).unwrap_or(u32::MAX)
        + text.torn
        + text.broken_words
        + text.hyphenated
        + u32::from(stub)
        + u32::from(run_on)
}

/// Sets texts evener where they find room.
pub fn lines(sheet: &mut Sheet<'_>, pieces: &[Piece<'_>]) {
    for piece in pieces {
        let Some(at) = sheet.placed.iter().position(|p| p.layer == Some(piece.layer)) else { continue };
        let Some(p) = sheet.placed.get(at) else { continue };
        let (PlacedContent::Text(text), rect) = (&p.content, p.rect) else { continue };
        let Some(odds) = odds(piece.slot, piece.role, text) else { continue };
        if sheet.variant.layers.get(piece.layer).is_none_or(hand::sets_apart) {
            continue;
        }
        let (size, own, faults_now) =
            (text.fitted.size.0, text.wished.0, faults(piece.slot, &text.fitted, &sheet.variant.locale));
        let lines = u32::try_from(text.fitted.lines.len()).unwrap_or(u32::MAX);
        let around = around::around(sheet, at, rect, (piece.slot.align, size), false);
        // Type that is small already, or agreed on, keeps its size.
        let least = if piece.slot.agreed.is_some() { size } else { sheet.page.legible(piece.role).min(size) };
        #[allow(clippy::cast_precision_loss)] // A few.
        let mends = |faults: u32| MENDS * (faults_now - faults) as f32;
        let rooms = [false, true].map(|wide| around.across(wide));
        let mut best: Option<(f32, Rect, Cut)> = None;
        let most = |best: &Option<(f32, Rect, Cut)>| best.as_ref().map_or(odds - EVENER, |b| b.0 - 1e-3);
        for share in SIZES.into_iter().filter(|share| share * size >= least - 1e-3) {
            // No smaller type makes up for what it gives, were its lines as even as can be.
            if GIVES * (1.0 - share) - mends(0) > most(&best) {
                break;
            }
            for room in rooms {
                let cut = piece.evened(room.1, share * size, lines);
                let faults = faults(piece.slot, &cut.fitted, &sheet.variant.locale);
                // In a line less it would leave a hole, but at the page's foot.
                let as_high = piece.role == Role::Legal || cut.fitted.lines.len() == lines as usize;
                if !cut.fits || !as_high || faults > faults_now {
                    continue;
                }
                let cost = rag::uneven(piece.slot, &cut.fitted) + GIVES * (1.0 - share) - mends(faults);
                if cost <= most(&best)
                    && let Some(outer) = around.stands(room, &cut)
                {
                    best = Some((cost, outer, cut));
                }
            }
        }
        if let Some((_, outer, mut cut)) = best {
            cut.wished = own;
            around::set_anew(sheet, at, piece, (outer, cut));
        }
    }
}
