//! In: a variant and the ways proposed for it. Out: the usual way of its format, which all its languages share, known before a word is set: the
//! one that suits the page's shape most of those in which words of the master's length keep off what the picture is of. Whether a language
//! takes it is decided where ways are laid out.

use super::candidates::Candidate;
use super::measure::Measure;
use super::reading::Reading;
use super::regions::Stand;
use super::{Placed, PlacedContent, column, crop, focal, gates, score};
use crate::geom::Rect;
use crate::text::Direction;
use crate::units::Px;
use crate::variant::{Arrangement, Content, Role, Variant};

/// By how much less than the way that suits a page most another may suit it and be its usual one.
const NEAR: f32 = 0.4;
/// What words take of a page by what they take of the artboard: most languages are longer than the master's, and gaps take their part.
const LONGER: f32 = 1.2;

/// The usual way: pictures are not mirrored, so it is found for each direction of reading.
#[must_use]
pub fn usual(variant: &Variant, reading: &Reading, proposed: &[Candidate]) -> Option<Candidate> {
    let first = score::suits_most(variant, proposed.iter().copied())?;
    if !score::minds_covered(&variant.weights) {
        return Some(first);
    }
    let page = Measure::of(variant);
    let most = score::suits(variant, first) + NEAR;
    let mut left: Vec<Candidate> = proposed.iter().copied().filter(|c| score::suits(variant, *c) <= most).collect();
    while let Some(next) = score::suits_most(variant, left.iter().copied()) {
        if keeps_off(variant, &page, reading, next) {
            return Some(next);
        }
        left.retain(|c| *c != next);
    }
    Some(first)
}

/// Whether words as long as the master's keep off what the leading photograph is of; true where that is not known.
fn keeps_off(variant: &Variant, page: &Measure, reading: &Reading, candidate: Candidate) -> bool {
    if candidate.master || candidate.arrangement != Arrangement::Overlay {
        return true;
    }
    let Some((index, photo, column)) = column::on_photo(variant, page, candidate) else { return true };
    let Some(Content::Image { natural, focal: drawn, asset, .. }) = variant.layers.get(index).map(|l| &l.content) else {
        return true;
    };
    let words = words(variant, page, &column);
    let side = |r: Rect| if variant.direction == Direction::Rtl { r.mirrored(Px(page.w)) } else { r };
    let (photo, words) = (side(photo), side(words));
    let trim = Rect::new(0.0, 0.0, page.w, page.h);
    let cut = crop::cover(*natural, *drawn, photo, trim, crop::Over { words: &[words], shade: None });
    let picture = PlacedContent::Picture { asset: asset.clone(), src: cut.src, enlarged: cut.enlarged, focal_lost: cut.lost };
    let placed = [
        Placed { layer: Some(index), rect: photo, content: picture, scale: 1.0 },
        Placed {
            layer: None,
            rect: words,
            content: PlacedContent::Panel { fill: crate::color::Fill::Solid(variant.ground) },
            scale: 1.0,
        },
    ];
    let on = focal::on_page(variant, &placed, trim);
    on.iter()
        .all(|s| focal::beyond(s, &reading.subjects) <= gates::COVERED && (!s.pointed || cut.lost + s.under <= gates::FOCAL_LOST))
}

/// Where words stand in their column that take the share of the page which they take of the artboard.
fn words(variant: &Variant, page: &Measure, column: &(Rect, Stand)) -> Rect {
    let (room, stand) = *column;
    let says = |l: &&crate::variant::Layer| matches!(l.content, Content::Text(_)) && l.role != Role::Badge;
    let whole = variant.artboard.w.0 * variant.artboard.h.0;
    let share: f32 = variant.layers.iter().filter(says).map(|l| l.master_box.area()).sum::<f32>() / whole.max(1.0);
    let h = (LONGER * share * page.w * page.h / room.w.0.max(1.0)).min(room.h.0);
    let y = match stand {
        Stand::Top => room.y.0,
        Stand::Middle => room.center().y.0 - h / 2.0,
        Stand::Bottom => room.bottom().0 - h,
    };
    Rect::new(room.x.0, y, room.w.0, h)
}
