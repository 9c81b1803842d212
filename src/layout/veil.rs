//! In: the tone of the picture that leads, the part of it that is its subject, the shades over it. Out: how much of the subject's light the
//! shades take: only the places count that are the farthest from the shade's colour, so that a sun at a fade's edge is not made up for by the
//! dark hills under it. How dense shades are by place is in [`super::scrim`], what the answer costs in [`super::terms`].

use super::backdrop::{Tones, middle};
use super::candidates::leads;
use super::scrim::{self, Shade};
use super::tone::{Tone, apart};
use super::{crop, terms};
use crate::color::{Fill, Rgba};
use crate::geom::Rect;
use crate::text::Direction;
use crate::variant::{Content, Variant};

/// Places looked at along each side of a subject.
const PLACES: u8 = 8;

/// One in so many of them is what the eye goes to: those that are the farthest from the shade's colour.
const LOUDEST: usize = 6;

/// How much more of its light than in the master a subject loses before it is seen to be gone.
const SEEN: f32 = 0.2;

/// What a subject's lost light counts by one under words: none that the designer took himself.
#[must_use]
pub fn swallowed(taken: f32, in_master: f32) -> f32 {
    terms::DARK * (taken - in_master - SEEN).max(0.0)
}

/// Whether shades so dense over a subject, on the average, may take so much: its loudest parts are in the dark no more than all of it together.
#[must_use]
pub fn may_swallow(dark: f32, in_master: f32) -> bool {
    dark * LOUDEST as f32 > SEEN + in_master
}

/// A subject, and how it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Fractions of the picture.
    pub focal: Rect,
    /// Source px.
    pub natural: (u32, u32),
    /// The part of the picture shown, source px.
    pub src: Rect,
    /// Where that is shown.
    pub dst: Rect,
}

/// The share of a subject's light that shades take in a window, 0 to 1: of its parts that are the farthest from their colour.
#[must_use]
pub fn taken(subject: &Subject, tone: &Tone, window: Rect, shades: &[(&Fill, Rect)]) -> f32 {
    let color = shades.iter().map(|(fill, _)| scrim::densest(fill).0).max_by_key(|c| c.a);
    let (Some(color), Some(shade)) = (color, Shade::of(window, shades.iter().copied())) else { return 0.0 };
    light(subject, tone, window, color, |x, y| shade.at(x, y))
}

fn light(subject: &Subject, tone: &Tone, window: Rect, color: Rgba, shade: impl Fn(f32, f32) -> f32) -> f32 {
    let on_page = crop::on_page(subject.focal, subject.natural, subject.src, subject.dst);
    let seen = window.intersect(&subject.dst);
    let mut places: Vec<(f32, f32)> = Vec::with_capacity(usize::from(PLACES) * usize::from(PLACES));
    for (i, j) in (0..PLACES).flat_map(|j| (0..PLACES).map(move |i| (i, j))) {
        let (u, v) = (middle(i, PLACES), middle(j, PLACES));
        let (x, y) = (on_page.x.0 + u * on_page.w.0, on_page.y.0 + v * on_page.h.0);
        if x < seen.x.0 || y < seen.y.0 || x >= seen.right().0 || y >= seen.bottom().0 {
            continue;
        }
        let f = &subject.focal;
        places.push((apart(tone.at(f.x.0 + u * f.w.0, f.y.0 + v * f.h.0), color), shade(x, y)));
    }
    places.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    let most = places.len() / LOUDEST;
    places.iter().take(most).map(|(_, dense)| dense).sum::<f32>() / most.max(1) as f32
}

/// The designer's focal box; where none was drawn, where the eye goes by the picture's tone.
#[must_use]
pub fn focal_box(focal: Rect, tone: Option<&Tone>) -> Rect {
    match tone {
        Some(tone) if focal.area() > 0.99 => tone.focal(),
        _ => focal,
    }
}

/// The same of the master, of its leading picture. Where a page is read from right to left its shades are mirrored and the pictures are not.
#[must_use]
pub fn in_master(variant: &Variant, tones: &Tones) -> f32 {
    let Some(lead) = variant.layers.iter().find(|l| leads(l)) else { return 0.0 };
    let Content::Image { asset, natural, focal, .. } = &lead.content else { return 0.0 };
    let Some(tone) = tones.get(asset) else { return 0.0 };
    let (natural, focal, dst) = (*natural, focal_box(*focal, Some(tone)), lead.master_box);
    let artboard = Rect::new(0.0, 0.0, variant.artboard.w.0, variant.artboard.h.0);
    let src = crop::cover(natural, focal, dst, artboard, crop::Over::default()).src;
    let shades: Vec<_> = variant.layers.iter().filter_map(|l| Some((scrim::fill(l, variant.artboard)?, l.master_box))).collect();
    let color = shades.iter().map(|(fill, _)| scrim::densest(fill).0).max_by_key(|c| c.a);
    let (Some(color), Some(shade)) = (color, Shade::of(artboard, shades.iter().copied())) else { return 0.0 };
    let mirrors = variant.direction == Direction::Rtl;
    let logical = |x: f32| if mirrors { artboard.w.0 - x } else { x };
    light(&Subject { focal, natural, src, dst }, tone, artboard, color, |x, y| shade.at(logical(x), y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Stop;

    /// A page of 100 by 100 px whose picture is dark but for a sun in its upper part, whole in a shade that ends at a share of the height.
    fn under(from: f32) -> f32 {
        let dark = Rgba { r: 20, g: 30, b: 40, a: 255 };
        let sun = Rgba { r: 255, g: 255, b: 240, a: 255 };
        let bright = |i: usize| (3..7).contains(&(i % 16)) && (2..6).contains(&(i / 16));
        let bytes = (0..256).map(|i| if bright(i) { sun } else { dark }).flat_map(|c| [c.r, c.g, c.b, c.a]);
        let tone = Tone::of(16, 16, &bytes.collect::<Vec<u8>>());
        let page = Rect::new(0.0, 0.0, 100.0, 100.0);
        let shade = Rgba { r: 11, g: 59, b: 90, a: 255 };
        let stops = vec![Stop { at: from, color: shade.faded(0.0) }, Stop { at: from + 0.05, color: shade }];
        let fill = Fill::Linear { angle_deg: 180.0, stops };
        let subject = Subject {
            focal: Rect::new(0.0, 0.0, 1.0, 1.0),
            natural: (100, 100),
            src: Rect::new(0.0, 0.0, 100.0, 100.0),
            dst: page,
        };
        taken(&subject, &tone, page, &[(&fill, page)])
    }

    #[test]
    fn the_brightest_part_counts_by_itself() {
        assert!(under(0.5) < 0.01, "half of the picture is in the shade, its sun is not: {}", under(0.5));
        assert!(under(0.0) > 0.9, "{}", under(0.0));
        assert!(swallowed(under(0.0), 0.0) > 0.2);
        assert_eq!(swallowed(0.3, 0.2), 0.0, "what the designer took himself is none");
    }
}
