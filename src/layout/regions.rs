//! In: the page and a candidate. Out: its [`Regions`]: where the picture, the panel, the text column and the logo go. In logical
//! space (start is left).

use super::candidates::{Candidate, Side};
use super::measure::Measure;
use super::scrim::Edge;
use crate::geom::Rect;
use crate::units::Px;
use crate::variant::{Arrangement, Character};

/// Where the column stands in its region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stand {
    /// At the top.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

/// Where things go.
#[derive(Clone, Copy, Debug)]
pub struct Regions {
    /// The photo's box; reaches into the bleed where it touches an edge.
    pub photo: Rect,
    /// The box a cut-out product stays inside.
    pub product: Rect,
    /// A ground under the text, where it does not stand on the picture.
    pub panel: Option<Rect>,
    /// The text column, logo included where `logo_in_column`.
    pub text: Rect,
    /// Where in it the column stands.
    pub stand: Stand,
    /// The box in whose corner the logo stands.
    pub logo: Rect,
    /// Logo at the bottom of its box.
    pub logo_bottom: bool,
    /// Logo at the end side of its box.
    pub logo_end: bool,
    /// The edge that the scrim of an overlay is densest at.
    pub scrim: Option<Edge>,
    /// Largest type scale.
    pub most: f32,
    /// Lines beyond the master's.
    pub more_lines: u32,
}

/// The regions of a candidate. `headed` says that the master puts its logo above the headline.
#[must_use]
pub fn regions(page: &Measure, candidate: Candidate, character: Character, picture: bool, headed: bool) -> Regions {
    let c = page.content;
    let narrow = if page.aspect < 0.42 {
        3
    } else if page.aspect < 0.6 {
        1
    } else {
        0
    };
    let base = Regions {
        photo: page.full,
        product: page.reach(),
        panel: None,
        text: c,
        stand: Stand::Bottom,
        logo: c,
        logo_bottom: !headed,
        logo_end: false,
        scrim: None,
        most: 1.3,
        more_lines: narrow,
    };
    match (candidate.arrangement, candidate.side) {
        (Arrangement::Split, side) => split(page, base, side, character),
        (Arrangement::Stack, Side::Top) => under(page, base, character),
        (Arrangement::Stack | Arrangement::Skyscraper, _) => stack(page, base, character),
        (Arrangement::Centred, _) => {
            let w = (0.9 * page.h).max(0.62 * c.w.0).min(c.w.0);
            let text = Rect::new(c.center().x.0 - w / 2.0, c.y.0, w, c.h.0);
            Regions { text, stand: Stand::Middle, scrim: Some(Edge::Bottom), most: 1.5, ..base }
        }
        (_, Side::Top) => Regions { stand: Stand::Top, logo_bottom: true, scrim: Some(Edge::Top), ..base },
        (_, Side::Bottom) => {
            // Without a picture the type has the whole page, and a wide page would make lines too long to read.
            let w = if picture || page.aspect < 1.9 { c.w.0 } else { c.w.0 * 0.8 };
            let stand = if picture { Stand::Bottom } else { Stand::Middle };
            // Over a picture the words keep to the lower part, so that the picture can speak.
            let share = match page.aspect {
                _ if page.is_tiny() => 1.0,
                a if a < 0.42 => 0.62,
                _ => 0.56,
            };
            let top = if picture { c.y.0.max(c.bottom().0 - share * page.h) } else { c.y.0 };
            let text = Rect::new(c.x.0, top, w, c.bottom().0 - top);
            Regions { text, stand, scrim: Some(Edge::Bottom), most: if picture { 1.25 } else { 1.5 }, ..base }
        }
        (_, side) => beside(page, base, side, picture),
    }
}

/// Text over the picture, at one side.
fn beside(page: &Measure, base: Regions, side: Side, picture: bool) -> Regions {
    let c = page.content;
    let share = match page.aspect {
        _ if !picture => 0.72,
        _ if page.is_tiny() => 0.62,
        a if a < 1.5 => 0.58,
        a if a < 2.2 => 0.5,
        _ => 0.47,
    };
    let w = c.w.0 * share;
    let end = side == Side::End;
    let x = if end { c.right().0 - w } else { c.x.0 };
    let text = Rect::new(x, c.y.0, w, c.h.0);
    let scrim = Some(if end { Edge::Right } else { Edge::Left });
    let wide = page.aspect > 2.2;
    let stand = if wide { Stand::Middle } else { Stand::Bottom };
    let logo_bottom = base.logo_bottom || wide;
    // A mark that signs does so at the page's far corner.
    let logo = if wide || logo_bottom && !page.is_tiny() { c } else { text };
    Regions { text, logo, logo_bottom, stand, scrim, more_lines: base.more_lines + 1, most: if wide { 2.4 } else { 1.5 }, ..base }
}

/// Picture and text side by side.
fn split(page: &Measure, base: Regions, side: Side, character: Character) -> Regions {
    let c = page.content;
    let product = character == Character::Product;
    // The picture's part is about as wide as high, within a fair share of the page.
    let (least, most) = match product {
        true if page.is_tiny() => (0.34, 0.44),
        true => (0.34, 0.5),
        // Where type is near the least that reads the words need the half of it.
        false if page.is_tiny() => (0.4, 0.44),
        false if page.is_close() => (0.4, 0.5),
        // Nor is a square so wide that they have lines in less.
        false if page.aspect < 1.1 => (0.4, 0.47),
        false => (0.4, 0.58),
    };
    let part = (page.h * 1.2 / page.w).clamp(least, most);
    let gutter = page.margin;
    let edge = page.w * part;
    let text_start = side == Side::Start;
    let (photo, text) = if text_start {
        let x = page.w - edge;
        (
            Rect::new(x, page.full.y.0, edge + page.bleed, page.full.h.0),
            Rect::new(c.x.0, c.y.0, (x - gutter - c.x.0).max(1.0), c.h.0),
        )
    } else {
        let x = edge + gutter;
        (
            Rect::new(-page.bleed, page.full.y.0, edge + page.bleed, page.full.h.0),
            Rect::new(x, c.y.0, (c.right().0 - x).max(1.0), c.h.0),
        )
    };
    let inside = photo.intersect(&base.product);
    let panel = if product {
        None
    } else if text_start {
        Some(Rect::new(-page.bleed, page.full.y.0, photo.x.0 + page.bleed, page.full.h.0))
    } else {
        Some(Rect::new(photo.right().0, page.full.y.0, page.full.right().0 - photo.right().0, page.full.h.0))
    };
    Regions {
        photo,
        product: inside,
        panel,
        text,
        logo: text,
        stand: Stand::Middle,
        most: if page.aspect > 2.2 { 2.2 } else { 1.5 },
        more_lines: base.more_lines + 1,
        logo_bottom: base.logo_bottom,
        ..base
    }
}

/// Picture above text.
fn stack(page: &Measure, base: Regions, character: Character) -> Regions {
    let c = page.content;
    let product = character == Character::Product;
    let share = match page.aspect {
        a if a < 0.42 => 0.42,
        a if a < 0.7 => 0.5,
        _ => 0.46,
    } + if product { 0.04 } else { 0.0 };
    let cut = if product { c.y.0 + c.h.0 * share } else { page.h * share };
    // The safe zone may leave little below: the picture gives way, and where it reaches into what is not safe it gives more.
    let words = (0.36 * page.h).min(0.62 * c.h.0).max(0.42 * c.h.0);
    let cut = cut.min(c.bottom().0 - words).max(c.y.0);
    let photo = Rect::new(page.full.x.0, page.full.y.0, page.full.w.0, cut + page.bleed);
    let gap = if product { 0.5 } else { 0.85 } * page.margin;
    let text = Rect::new(c.x.0, cut + gap, c.w.0, (c.bottom().0 - cut - gap).max(1.0));
    let panel = if product { None } else { Some(Rect::new(page.full.x.0, cut, page.full.w.0, page.full.bottom().0 - cut)) };
    let r = base.product;
    let product_box = Rect { h: (Px(cut) - r.y).max(Px(1.0)), ..r };
    Regions {
        photo,
        product: product_box,
        panel,
        text,
        logo: if product && !base.logo_bottom { c } else { text },
        stand: Stand::Middle,
        most: 1.25,
        more_lines: base.more_lines,
        ..base
    }
}

/// Share of the foot that an app lays its bars over into which a cut-out reaches: the lowest part of it is dark with captions.
const INTO_FOOT: f32 = 0.6;

/// Text above the picture, which reaches down through what is not safe at the foot.
fn under(page: &Measure, base: Regions, character: Character) -> Regions {
    let c = page.content;
    let product = character == Character::Product;
    // A cut-out has the foot besides: words may take most of what is safe.
    let words = if product { (0.4 * page.h).min(0.74 * c.h.0) } else { (0.34 * page.h).min(0.62 * c.h.0) };
    let cut = c.y.0 + words;
    let gap = 0.85 * page.margin;
    let foot = page.safe.bottom().0 + INTO_FOOT * (page.h - page.safe.bottom().0);
    Regions {
        photo: Rect::new(page.full.x.0, cut, page.full.w.0, page.full.bottom().0 - cut),
        product: Rect::new(base.product.x.0, cut, base.product.w.0, (foot - cut).max(1.0)),
        panel: (!product).then(|| Rect::new(page.full.x.0, page.full.y.0, page.full.w.0, cut - page.full.y.0)),
        text: Rect::new(c.x.0, c.y.0, c.w.0, (words - gap).max(1.0)),
        logo: Rect::new(c.x.0, c.y.0, c.w.0, (words - gap).max(1.0)),
        // A cut-out begins where its words end, and a mark that signs ends them.
        stand: match (product, base.logo_bottom) {
            (true, false) => Stand::Top,
            (true, true) => Stand::Bottom,
            _ => Stand::Middle,
        },
        most: 1.25,
        more_lines: base.more_lines,
        ..base
    }
}
