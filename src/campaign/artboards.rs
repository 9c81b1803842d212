//! In: the artboards of a master: the one its layers are drawn on, and others the designer made for other shapes. Out: the artboard for an
//! aspect: the designer's own where there is one, between two of one arrangement what lies between, between two of different ones the nearer.

use super::fields::{Shape, Table, may, must};
use super::layer::MasterLayer;
use super::master::Master;
use super::read::Node;
use crate::geom::{Rect, Size};
use crate::ordered;
use crate::units::Px;
use std::collections::BTreeMap;

/// One more artboard.
pub static ALTERNATE: Table = Table {
    name: "alternate",
    doc: crate::campaign::fields::kept("the same layers arranged by the designer for another shape"),
    fields: &[
        must("width", Shape::Number(1.0, 100_000.0), "width, px"),
        must("height", Shape::Number(1.0, 100_000.0), "height, px"),
        must("layers", Shape::Map(&Shape::Object(&PLACED), 1_000), "by layer id: what is other than on the first artboard"),
    ],
};

static PLACED: Table = Table {
    name: "placed",
    doc: crate::campaign::fields::kept("a layer on another artboard"),
    fields: &[
        may("box", Shape::Box, "where it is on this artboard: [x, y, width, height], px"),
        may("ideal", Shape::Number(0.1, 20_000.0), "text: wished size here, px"),
        may("hide", Shape::Bool, "left out here (default false)"),
    ],
};

/// The same layers on another artboard.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// Its size, px.
    pub size: Size,
    /// By layer id.
    pub layers: BTreeMap<String, Placed>,
}

/// A layer on another artboard.
#[derive(Clone, Copy, Debug, Default)]
pub struct Placed {
    /// Px of this artboard; as on the first one, in fractions, where none.
    pub place: Option<Rect>,
    /// Wished size of its text, px of this artboard.
    pub ideal: Option<f32>,
    /// Left out here.
    pub hide: bool,
}

/// Reads one.
#[must_use]
pub fn read(node: &Node<'_>) -> Option<Alternate> {
    let obj = node.object(&ALTERNATE)?;
    let (w, h) = (obj.number("width"), obj.number("height"));
    let layers = obj.entries("layers").into_iter().filter_map(|(id, node)| {
        let o = node.object(&PLACED)?;
        let placed =
            Placed { place: o.rect("box"), ideal: o.number("ideal").map(|n| n as f32), hide: o.bool("hide").unwrap_or(false) };
        Some((id.to_owned(), placed))
    });
    let layers = crate::ordered::map(layers);
    Some(Alternate { size: Size { w: Px(w? as f32), h: Px(h? as f32) }, layers })
}

/// An artboard: the logarithm of its aspect, its size, and what is other on it than on the first.
type Board<'a> = (f32, Size, Option<&'a Alternate>);

/// What a layer is on an artboard.
fn on(board: &Board<'_>, layer: &MasterLayer) -> Placed {
    board.2.and_then(|a| a.layers.get(&layer.id)).copied().unwrap_or_default()
}

/// A layer's box on an artboard, in fractions of it.
fn part(master: &Master, board: &Board<'_>, layer: &MasterLayer) -> Rect {
    let (b, s) = on(board, layer).place.map_or((layer.place, master.artboard), |b| (b, board.1));
    let (w, h) = (s.w.0.max(1.0), s.h.0.max(1.0));
    Rect::new(b.x.0 / w, b.y.0 / h, b.w.0 / w, b.h.0 / h)
}

/// Shares of an artboard that a picture which is arranged takes: a mark is less, a ground is more.
const PICTURE: (f32, f32) = (0.05, 0.9);
/// Share of its words' box from which on they stand on a picture, and below which beside it.
const ON: (f32, f32) = (0.6, 0.15);

/// How words stand to a picture: on it, or beside it on an axis and to one side; `None` where that is not clear.
fn stands(words: Rect, picture: Rect) -> Option<(bool, bool, bool)> {
    let shared = words.intersect(&picture).area() / words.area().max(1e-6);
    if shared > ON.0 {
        return Some((true, false, false));
    }
    let along = (picture.x - words.right()).max(words.x - picture.right());
    let down = (picture.y - words.bottom()).max(words.y - picture.bottom());
    let across = along >= down;
    let after = if across { words.center().x > picture.center().x } else { words.center().y > picture.center().y };
    (shared < ON.1).then_some((false, across, after))
}

/// Whether two artboards are of one arrangement: words that stand beside a picture on one and below it on the other have nothing between.
fn alike(master: &Master, a: &Board<'_>, b: &Board<'_>) -> bool {
    let shown: Vec<&MasterLayer> = master.layers.iter().filter(|l| !on(a, l).hide && !on(b, l).hide).collect();
    let arranged = |l: &&&MasterLayer| {
        let takes = |board| (PICTURE.0..PICTURE.1).contains(&part(master, board, l).area());
        !l.is_text() && !l.is_shape() && takes(a) && takes(b)
    };
    let differs = |picture: &MasterLayer, words: &MasterLayer| {
        let stands = |board| stands(part(master, board, words), part(master, board, picture));
        stands(a).zip(stands(b)).is_some_and(|(a, b)| a != b)
    };
    !shown.iter().filter(arranged).any(|p| shown.iter().any(|w| w.is_text() && differs(p, w)))
}

/// The artboard for a page, with each layer's box on it and what its type sizes are multiplied by; hidden ones are `None`.
#[must_use]
pub fn artboard(master: &Master, aspect: f32) -> (Size, Vec<Option<(Rect, f32)>>) {
    let shape = |s: Size| libm::logf(s.w.0.max(1.0) / s.h.0.max(1.0));
    let wished = libm::logf(aspect.max(1e-3));
    let mut boards: Vec<Board<'_>> = vec![(shape(master.artboard), master.artboard, None)];
    boards.extend(master.artboards.iter().map(|a| (shape(a.size), a.size, Some(a))));
    ordered::short(&mut boards, |a, b| a.0.total_cmp(&b.0));
    let above = boards.iter().position(|b| b.0 >= wished).unwrap_or(boards.len() - 1);
    let (Some(low), Some(high)) = (boards.get(above.saturating_sub(1)), boards.get(above)) else {
        return (master.artboard, Vec::new());
    };
    let t = ((wished - low.0) / (high.0 - low.0).max(1e-4)).clamp(0.0, 1.0);
    let nearer = if t < 0.5 { low } else { high };
    let (low, high) = if alike(master, low, high) { (low, high) } else { (nearer, nearer) };
    let between = |a: f32, b: f32| a + (b - a) * t;
    let side = |a: Px, b: Px| Px(libm::expf(between(libm::logf(a.0), libm::logf(b.0))));
    let size = Size { w: side(low.1.w, high.1.w), h: side(low.1.h, high.1.h) };
    let layers = master.layers.iter().map(|layer| {
        if on(nearer, layer).hide {
            return None;
        }
        // A layer that one of the two leaves out is where the other has it.
        let (a, b) = (if on(low, layer).hide { high } else { low }, if on(high, layer).hide { low } else { high });
        let (from, to) = (part(master, a, layer), part(master, b, layer));
        let rect = Rect::new(
            between(from.x.0, to.x.0) * size.w.0,
            between(from.y.0, to.y.0) * size.h.0,
            between(from.w.0, to.w.0) * size.w.0,
            between(from.h.0, to.h.0) * size.h.0,
        );
        let root = |s: Size| (s.w.0 * s.h.0).sqrt().max(1.0);
        let share = |board: &Board<'_>| match (on(board, layer).ideal, layer.ideal()) {
            (Some(here), Some(first)) => here / root(board.1) * root(master.artboard) / first,
            _ => 1.0,
        };
        Some((rect, between(share(a), share(b)) * root(size) / root(master.artboard)))
    });
    (size, layers.collect())
}
