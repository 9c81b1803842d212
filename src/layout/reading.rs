//! In: a variant's layers on their artboard. Out: a [`Reading`]: what a designer means by where things are: which stands before which,
//! which lines up, which belongs together, which carries most weight. Candidates are measured by how much of it they keep.

use super::candidates::leads;
use super::focal::{self, Subject};
use super::pieces::{self, Piece};
use super::{Shapes, balance, crop, mark, scrim, sheet, terms};
use crate::color::Rgba;
use crate::geom::Rect;
use crate::ordered;
use crate::variant::{Content, Layer, Role, Variant};

/// What two layers are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The first is above the second, or at its start side: which of both is the page's affair, that it comes first is the designer's.
    Before,
    /// Their start edges, middles or end edges line up.
    Aligned,
    /// They are each other's nearest: what belongs together stays together.
    Grouped,
    /// The first lies on or inside the second.
    Inside,
}

/// The master, read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Pairs of layers with what they are to each other, and how much it matters.
    pub relations: Vec<(usize, usize, Relation, f32)>,
    /// Layers that speak, by visual weight, the loudest first.
    pub order: Vec<usize>,
    /// The middle of visual weight with this language's words in their boxes, fractions of the artboard.
    pub balance: (f32, f32),
    /// Share of the leading picture's focal box that the designer set words or the mark on, what lies in the shade by its part.
    pub hidden: f32,
    /// Share of its light that the designer's shades take ([`super::veil`]); 0 until its tone is asked.
    pub veiled: f32,
    /// What the designer left words and shade on, of each subject.
    pub subjects: Vec<Subject>,
}

/// Whether a layer speaks: everything but grounds and what adorns.
#[must_use]
pub fn speaks(layer: &Layer) -> bool {
    !matches!(layer.role, Role::Background | Role::Decoration | Role::Photo)
}

/// Visual weight: area by how far the thing stands out from the ground.
#[must_use]
pub fn weight(layer: &Layer, ground: Rgba, rect: &Rect) -> f32 {
    let color = match &layer.content {
        Content::Text(slot) => slot.plate.as_ref().map_or(slot.color, |p| scrim::densest(&p.fill).0),
        Content::Shape { fill, .. } => scrim::densest(fill).0,
        _ => return balance::PICTURE * rect.area(),
    };
    let stands_out = 1.0 - 1.0 / color.contrast(ground);
    rect.area() * (0.25 + stands_out)
}

/// A focal box that is nearly the whole picture says nothing of what is in it.
pub const WHOLE: f32 = 0.85;

/// Reads the master.
#[must_use]
pub fn read(variant: &Variant, shapes: Shapes<'_>) -> Reading {
    let (w, h) = (variant.artboard.w.0.max(1.0), variant.artboard.h.0.max(1.0));
    let speaking: Vec<(usize, Rect)> =
        variant.layers.iter().enumerate().filter(|(_, l)| speaks(l)).map(|(i, l)| (i, l.master_box)).collect();
    let mut order: Vec<(f32, usize)> =
        speaking.iter().filter_map(|(i, r)| variant.layers.get(*i).map(|l| (weight(l, variant.ground, r), *i))).collect();
    // Of two as heavy, the one that is read first: order in the file has no meaning.
    let at = |i: usize| variant.layers.get(i).map(super::pieces::at);
    ordered::short(&mut order, |a, b| b.0.total_cmp(&a.0).then_with(|| at(a.1).cmp(&at(b.1))).then(a.1.cmp(&b.1)));
    let artboard = Rect::new(0.0, 0.0, w, h);
    let (pieces, _) = pieces::collect(variant, shapes);
    let weights = speaking.iter().filter_map(|(i, _)| {
        let layer = variant.layers.get(*i)?;
        let rect = as_set(layer, pieces.iter().find(|p| p.layer == *i), h);
        Some((weight(layer, variant.ground, &rect), rect))
    });
    let balance = balance::middle(weights.chain(balance::of_master(variant, artboard)));
    let mut relations = Vec::new();
    for (n, (i, a)) in speaking.iter().enumerate() {
        for (j, b) in speaking.iter().skip(n + 1) {
            for (first, second, p, q) in [(*i, *j, a, b), (*j, *i, b, a)] {
                if before(p, q, 0.01 * h) {
                    relations.push((first, second, Relation::Before, 1.0));
                }
                if inside(p, q) {
                    relations.push((first, second, Relation::Inside, 0.5));
                }
            }
            if aligned(a, b, 0.012 * w) {
                relations.push((*i, *j, Relation::Aligned, 0.7));
            }
        }
        let nearest = speaking
            .iter()
            .filter(|(j, _)| j != i)
            // Of two as near, the one that is read first: order in the file has no meaning.
            .min_by(|(_, p), (_, q)| {
                apart(a, p).total_cmp(&apart(a, q)).then(p.y.0.total_cmp(&q.y.0)).then(p.x.0.total_cmp(&q.x.0))
            })
            .filter(|(_, b)| apart(a, b) < 0.06 * h);
        if let Some((j, _)) = nearest {
            relations.push((*i, *j, Relation::Grouped, 0.8));
        }
    }
    let shades = variant.layers.iter().filter_map(|l| scrim::fill(l, variant.artboard).map(|f| (f, l.master_box)));
    let shade = scrim::Shade::of(artboard, shades);
    Reading {
        relations,
        order: order.into_iter().map(|(_, i)| i).collect(),
        balance: balance.map_or((0.5, 0.5), |(x, y)| (x / w, y / h)),
        hidden: hidden(variant, artboard, shade.as_ref()),
        veiled: 0.0,
        subjects: focal::in_master(variant, shade.as_ref()),
    }
}

/// What a layer fills of the box that was drawn for it, by the words it has: pages are weighed by what is set on them, and so is the master.
fn as_set(layer: &Layer, piece: Option<&Piece<'_>>, artboard_h: f32) -> Rect {
    let b = layer.master_box;
    let Some(piece) = piece else {
        let natural = mark::natural(layer);
        let whole = matches!(layer.role, Role::Logo | Role::Product);
        return if whole { crop::contain((natural.w.0, natural.h.0), b, (0.5, 0.5)) } else { b };
    };
    let cut = piece.rough(b.w.0, piece.slot.ideal.0, piece.slot.floor.0, piece.slot.max_lines);
    let y = if piece.slot.plate.is_some() {
        b.center().y.0 - cut.h / 2.0
    } else if piece.role == Role::Headline && b.center().y.0 > 0.5 * artboard_h {
        b.bottom().0 - cut.h
    } else {
        b.y.0
    };
    Rect::new(sheet::aligned(piece.slot.align, b, cut.w), y, cut.w, cut.h)
}

/// Share of the leading picture's focal box under the boxes of words and mark; 0 where none was drawn.
fn hidden(variant: &Variant, artboard: Rect, shade: Option<&scrim::Shade<'_>>) -> f32 {
    let Some(lead) = variant.layers.iter().find(|l| leads(l)) else { return 0.0 };
    let Content::Image { natural, focal, .. } = &lead.content else { return 0.0 };
    if focal.area() >= WHOLE {
        return 0.0;
    }
    let src = crop::cover(*natural, *focal, lead.master_box, artboard, crop::Over::default()).src;
    let on_page = crop::on_page(*focal, *natural, src, lead.master_box);
    let words = variant.layers.iter().filter(|l| l.role == Role::Logo || matches!(l.content, Content::Text(_)));
    let shared = words.map(|l| l.master_box.intersect(&on_page).area()).sum::<f32>();
    let dark = shade.map_or(0.0, |shade| shade.mean(&on_page.intersect(&artboard)));
    (shared / on_page.area().max(1.0)).min(1.0) + terms::DARK * dark
}

impl Relation {
    /// Whether it still holds between two boxes on a page `w` by `h` px.
    #[must_use]
    pub fn holds(self, a: &Rect, b: &Rect, w: f32, h: f32) -> bool {
        match self {
            Self::Before => before(a, b, 0.02 * h) || a.right().0 <= b.x.0 + 0.02 * w,
            Self::Aligned => {
                let middles = (a.center().y.0 - b.center().y.0).abs() < 0.02 * h;
                aligned(a, b, 0.012 * w) || middles
            }
            Self::Grouped => apart(a, b) < 0.16 * w.min(h) + 0.02 * w.max(h),
            Self::Inside => inside(a, b),
        }
    }
}

fn before(a: &Rect, b: &Rect, slack: f32) -> bool {
    a.bottom().0 <= b.y.0 + slack
}

fn inside(a: &Rect, b: &Rect) -> bool {
    a.intersect(b).area() > 0.6 * a.area() && a.area() < b.area()
}

fn aligned(a: &Rect, b: &Rect, slack: f32) -> bool {
    (a.x.0 - b.x.0).abs() < slack || (a.right().0 - b.right().0).abs() < slack || (a.center().x.0 - b.center().x.0).abs() < slack
}

/// Space between two boxes, px; none where they meet.
fn apart(a: &Rect, b: &Rect) -> f32 {
    let gap = |a0: f32, a1: f32, b0: f32, b1: f32| (b0 - a1).max(a0 - b1).max(0.0);
    let dx = gap(a.x.0, a.right().0, b.x.0, b.right().0);
    let dy = gap(a.y.0, a.bottom().0, b.y.0, b.bottom().0);
    (dx * dx + dy * dy).sqrt()
}
