//! In: a variant. Out: the [`Candidate`]s worth trying: arrangements that suit the page's aspect and the master's character,
//! each with the side on which the text stands. In logical space: `Start` is left, also for right-to-left pages.

use super::measure::Measure;
use crate::variant::{Arrangement, Character, Content, Layer, Role, Variant};

/// Where the text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Where reading starts.
    Start,
    /// Where reading ends.
    End,
    /// Above.
    Top,
    /// Below.
    Bottom,
}

/// One way to lay the page out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The arrangement.
    pub arrangement: Arrangement,
    /// Where the text stands in it.
    pub side: Side,
    /// The master's own boxes, scaled.
    pub master: bool,
}

impl Candidate {
    /// For people: `overlay, text below`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.master {
            return "the master's own".to_owned();
        }
        let side = match self.side {
            Side::Start => "text at the start",
            Side::End => "text at the end",
            Side::Top => "text above",
            Side::Bottom => "text below",
        };
        format!("{}, {side}", self.arrangement.name())
    }
}

/// A layer that can lead the page: a photograph, a product, or a ground that is a picture.
pub(super) fn leads(layer: &Layer) -> bool {
    match layer.role {
        Role::Photo | Role::Product => matches!(layer.content, Content::Image { .. } | Content::Vector { .. }),
        Role::Background => matches!(layer.content, Content::Image { .. }),
        _ => false,
    }
}

/// Whether a picture or product is there to be arranged.
pub(super) fn has_picture(variant: &Variant) -> bool {
    variant.layers.iter().any(leads)
}

/// The candidates, best bets first. Never empty.
#[must_use]
pub fn propose(variant: &Variant) -> Vec<Candidate> {
    let page = Measure::of(variant);
    let mut list: Vec<(Arrangement, Side)> = Vec::new();
    let photo_leads = variant.character != Character::Product;
    let picture = has_picture(variant);
    let a = page.aspect;
    if page.is_strip() {
        list.push((Arrangement::Strip, Side::Start));
    } else if !picture {
        list.extend([(Arrangement::Overlay, Side::Bottom), (Arrangement::Overlay, Side::Start)]);
        if a >= 2.9 {
            list.push((Arrangement::Strip, Side::Start));
        }
    } else if a >= 1.25 {
        if photo_leads {
            list.extend([(Arrangement::Overlay, Side::Start), (Arrangement::Overlay, Side::End)]);
            if a < 1.5 {
                list.push((Arrangement::Overlay, Side::Bottom));
            }
        }
        list.extend([(Arrangement::Split, Side::Start), (Arrangement::Split, Side::End)]);
        if a >= 2.9 {
            list.push((Arrangement::Strip, Side::Start));
        }
    } else if a >= 0.42 {
        if photo_leads {
            list.extend([(Arrangement::Overlay, Side::Bottom), (Arrangement::Overlay, Side::Top)]);
        } else if a >= 0.9 {
            list.push((Arrangement::Split, Side::Start));
        }
        list.push((Arrangement::Stack, Side::Bottom));
    } else {
        if photo_leads {
            list.push((Arrangement::Overlay, Side::Bottom));
        }
        list.push((Arrangement::Skyscraper, Side::Bottom));
    }
    let allowed = |a: Arrangement| variant.arrangements.contains(&a);
    let mut out: Vec<Candidate> = Vec::new();
    if is_master_shape(variant) {
        out.push(Candidate { arrangement: Arrangement::Overlay, side: Side::Bottom, master: true });
    }
    let wished = list.iter().filter(|(a, _)| allowed(*a));
    out.extend(wished.map(|&(arrangement, side)| Candidate { arrangement, side, master: false }));
    if out.is_empty() {
        // The designer allows none that suits: the shape of the page wins, and the choice is reported by its name.
        out.extend(list.iter().map(|&(arrangement, side)| Candidate { arrangement, side, master: false }));
    }
    out
}

/// How far the page's safe part is from the artboard's shape: the logarithm of the ratio of aspects, 0 = the same.
#[must_use]
pub fn stretch(variant: &Variant) -> f32 {
    let page = Measure::of(variant);
    let master = variant.artboard.w.0 / variant.artboard.h.0.max(1.0);
    libm::logf(page.safe.w.0.max(1.0) / page.safe.h.0.max(1.0) / master).abs()
}

/// True where the safe part of the page is near enough to the artboard's shape for its boxes to keep their places.
fn is_master_shape(variant: &Variant) -> bool {
    let page = Measure::of(variant);
    stretch(variant) < 0.25 && page.safe.area() > 0.6 * page.w * page.h && !page.is_tiny()
}
