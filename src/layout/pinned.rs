//! In: what is placed, the brand's rules about where things may be ([`Pins`](crate::variant::Pins)). Out: the logo in its corner where that
//! is free, whatever the arrangement had for it; and how many rules a layout breaks. Logical space: start is left.

use super::sheet::Sheet;
use super::{Layout, Placed, PlacedContent, mark};
use crate::geom::Rect;
use crate::text::Direction;
use crate::units::Px;
use crate::variant::{Content, Role, Variant};

/// How far from the outermost edge of words and logo the logo may stand and still be in its corner, as a share of their block.
const NEAR: f32 = 0.12;
/// A logo of this share of the block's height stands in a row with the words: above and below mean nothing there.
const ROW: f32 = 0.34;
/// Share of a text that may lie on a photograph and still be beside it.
const BESIDE: f32 = 0.05;

/// Moves the logo to the corner of the page that it is pinned to, where it stands elsewhere and no word stands there. Before the page is
/// mirrored and before what a person moved by hand.
pub fn keep(sheet: &mut Sheet<'_>) {
    let variant = sheet.variant;
    let (Some(corner), Some((index, layer))) = (variant.pins.logo, mark::layer(variant)) else { return };
    let Some(at) = sheet.placed.iter().find(|p| p.layer == Some(index)).map(|p| p.rect) else { return };
    if layer.override_box.is_some() || in_corner(variant, &sheet.placed, index, corner, |r| r) {
        return;
    }
    let c = sheet.page.content;
    let x = if corner.1 { c.right() - at.w } else { c.x };
    let y = if corner.0 { c.bottom() - at.h } else { c.y };
    let to = Rect { x, y, ..at };
    let clear = Px(mark::clear(layer, at.h.0));
    let room = Rect { x: to.x - clear, y: to.y - clear, w: to.w + clear * 2.0, h: to.h + clear * 2.0 };
    let lead = sheet.lead().filter(|&l| sheet.is_product(l));
    let stands = |p: &&Placed| matches!(p.content, PlacedContent::Text(_)) || (p.layer == lead && lead.is_some());
    if sheet.placed.iter().filter(stands).any(|p| p.rect.intersect(&room).area() > 0.5) {
        return;
    }
    for p in sheet.placed.iter_mut().filter(|p| p.layer == Some(index)) {
        p.rect = to;
    }
    sheet.words.iter_mut().filter(|r| **r == at).for_each(|r| *r = to);
}

/// How many of the brand's rules a layout breaks, and the layer that breaks the first; nothing where there are none.
#[must_use]
pub fn broken(variant: &Variant, layout: &Layout) -> Option<(u8, Option<usize>)> {
    let pins = variant.pins;
    let logo = mark::layer(variant).map(|(index, _)| index).filter(|i| layout.placed.iter().any(|p| p.layer == Some(*i)));
    let cornered = pins.logo.zip(logo);
    if cornered.is_none() && !pins.off_photo {
        return None;
    }
    let width = layout.trim.w;
    let logical = |r: Rect| if variant.direction == Direction::Rtl { r.mirrored(width) } else { r };
    let strays = cornered.filter(|(corner, index)| !in_corner(variant, &layout.placed, *index, *corner, logical)).map(|(_, i)| i);
    let on_photo = if pins.off_photo { words_on_photo(variant, &layout.placed) } else { None };
    Some((u8::from(strays.is_some()) + u8::from(on_photo.is_some()), strays.or(on_photo)))
}

/// Whether the logo is the outermost of words and logo at the corner (bottom, end). The legal line runs along the foot of anything.
fn in_corner(
    variant: &Variant,
    placed: &[Placed],
    index: usize,
    (bottom, end): (bool, bool),
    logical: impl Fn(Rect) -> Rect,
) -> bool {
    let Some(logo) = placed.iter().find(|p| p.layer == Some(index)).map(|p| logical(p.rect)) else { return true };
    let speaks = |p: &&Placed| {
        let role = p.layer.and_then(|i| variant.layers.get(i)).map(|l| l.role);
        matches!(p.content, PlacedContent::Text(_)) && role != Some(Role::Legal)
    };
    let block = placed.iter().filter(speaks).fold(logo, |block, p| block.union(&logical(p.rect)));
    let beside = if end { block.right() - logo.right() } else { logo.x - block.x };
    let above = if bottom { block.bottom() - logo.bottom() } else { logo.y - block.y };
    let row = logo.h.0 > ROW * block.h.0;
    beside.0 <= NEAR * block.w.0 && (row || above.0 <= NEAR * block.h.0)
}

/// The first text that lies on a photograph with no panel between them.
fn words_on_photo(variant: &Variant, placed: &[Placed]) -> Option<usize> {
    let photo = |p: &Placed| {
        let layer = p.layer.and_then(|i| variant.layers.get(i));
        layer.is_some_and(|l| matches!(l.role, Role::Photo | Role::Background) && matches!(l.content, Content::Image { .. }))
    };
    let on = |n: usize, text: &Placed| {
        let below = placed.get(..n).unwrap_or_default();
        below.iter().enumerate().filter(|(_, p)| photo(p)).any(|(at, p)| {
            let shared = p.rect.intersect(&text.rect);
            let between = below.get(at..).unwrap_or_default().iter();
            let covered = between.filter(|p| matches!(p.content, PlacedContent::Panel { .. }));
            let hidden = covered.map(|panel| panel.rect.intersect(&shared).area()).fold(0.0, f32::max);
            shared.area() - hidden > BESIDE * text.rect.area()
        })
    };
    let text = |(n, p): (usize, &Placed)| match p.content {
        PlacedContent::Text(_) if on(n, p) => p.layer,
        _ => None,
    };
    placed.iter().enumerate().find_map(text)
}
