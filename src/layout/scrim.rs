//! In: the master's scrim (a gradient of one colour over the whole page) and where the text ended up. Out: the same colour and
//! strength, aimed at the text: eased in several stops so that no edge shows; and how dark a page's shades make each part of it.

use super::field::{Axis, Field};
use super::{Placed, PlacedContent};
use crate::color::{Fill, Rgba, Stop};
use crate::geom::Rect;
use crate::geom::Size;
use crate::variant::{Content, Layer, Role, Variant};
use std::cell::RefCell;

/// How much denser a step makes a shade, and how dense one gets: something of the picture is always seen.
const STEP: f32 = 1.28;
const MOST: u8 = 247;

/// Which edge of the page a scrim is densest at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Top.
    Top,
    /// Right.
    Right,
    /// Bottom.
    Bottom,
    /// Left.
    Left,
}

/// A layer that shades the picture: decoration, spanning the artboard's width or height, filled by a gradient that fades out
/// (or a translucent solid over everything).
#[must_use]
pub fn is_scrim(layer: &Layer, artboard: Size) -> bool {
    let Content::Shape { fill, .. } = &layer.content else { return false };
    if layer.role != Role::Decoration {
        return false;
    }
    let b = layer.master_box;
    let spans = b.w.0 >= 0.95 * artboard.w.0 && b.h.0 >= 0.2 * artboard.h.0
        || b.h.0 >= 0.95 * artboard.h.0 && b.w.0 >= 0.2 * artboard.w.0;
    let fades = match fill {
        Fill::Linear { stops, .. } => stops.iter().any(|s| s.color.a < 40),
        Fill::Solid(color) => color.a < 200 && b.w.0 * b.h.0 >= 0.9 * artboard.w.0 * artboard.h.0,
        Fill::Radial { .. } => false,
    };
    spans && fades
}

/// The fill of a layer that shades the picture.
#[must_use]
pub fn fill(layer: &Layer, artboard: Size) -> Option<&Fill> {
    match &layer.content {
        Content::Shape { fill, .. } if is_scrim(layer, artboard) => Some(fill),
        _ => None,
    }
}

/// The densest colour of a fill, and the edge it lies at in the master.
#[must_use]
pub fn densest(fill: &Fill) -> (Rgba, Option<Edge>) {
    match fill {
        Fill::Solid(color) => (*color, None),
        Fill::Radial { stops, .. } => (stops.iter().map(|s| s.color).max_by_key(|c| c.a).unwrap_or_default(), None),
        Fill::Linear { angle_deg, stops } => {
            let dense = stops.iter().copied().max_by(|a, b| a.color.a.cmp(&b.color.a).then(a.at.total_cmp(&b.at)));
            let Some(dense) = dense else { return (Rgba::default(), None) };
            let towards = if dense.at >= 0.5 { *angle_deg } else { angle_deg + 180.0 };
            let quarter = (towards.rem_euclid(360.0) / 90.0).round() as i32 % 4;
            let edge = match quarter {
                0 => Edge::Top,
                1 => Edge::Right,
                2 => Edge::Bottom,
                _ => Edge::Left,
            };
            (dense.color, Some(edge))
        }
    }
}

/// Share of the page from which on what lies between words and the page's edge is no margin, but what an app lays its bars over.
const FOOT: f32 = 0.14;

/// How dense a fade is, by its densest, at the edge that its words keep far from: the picture goes on there.
const BEYOND: f32 = 0.72;

/// How deep into the page from an edge words reach, and how far off the edge they end where that is more than a margin: shares of its side.
#[must_use]
pub fn depth(edge: Edge, full: Rect, text: Rect) -> (f32, f32) {
    let (depth, off) = match edge {
        Edge::Bottom => ((full.bottom() - text.y) / full.h, (full.bottom() - text.bottom()) / full.h),
        Edge::Top => ((text.bottom() - full.y) / full.h, (text.y - full.y) / full.h),
        Edge::Right => ((full.right() - text.x) / full.w, 0.0),
        Edge::Left => ((text.right() - full.x) / full.w, 0.0),
    };
    (depth, if off > FOOT { off } else { 0.0 })
}

/// A fade over `full` that is densest at `edge` and has eased in where `text` begins; where the words end far off the edge it is densest at
/// their end, no softer for what lies beyond, and lets the picture through there.
#[must_use]
pub fn aimed(color: Rgba, edge: Edge, full: Rect, text: Rect, reach: f32) -> Fill {
    let angle_deg = match edge {
        Edge::Bottom => 180.0,
        Edge::Top => 0.0,
        Edge::Right => 90.0,
        Edge::Left => 270.0,
    };
    let (depth, off) = depth(edge, full, text);
    // How deep the fade reaches into the page: past the text by a soft shoulder.
    let deep = (depth + reach).clamp(0.15, 1.4);
    let way = (deep - off).max(0.15);
    let foot = (off > 0.0).then(|| Stop { at: 1.0, color: color.faded(BEYOND) });
    let stops = (0..=8_u8)
        .map(|i| {
            let u = f32::from(i) / 8.0;
            // Rises early, then levels: dense where the text begins, nothing where the picture should speak.
            let eased = u * (2.0 - u);
            Stop { at: (1.0 - deep + way * u).clamp(0.0, 1.0), color: color.faded(eased) }
        })
        .chain(foot)
        .collect();
    Fill::Linear { angle_deg, stops }
}

/// The shades among what is placed.
#[must_use]
pub fn placed(variant: &Variant, placed: &[Placed]) -> Vec<(Fill, Rect)> {
    let shades = placed.iter().filter_map(|p| match (&p.content, p.layer.and_then(|i| variant.layers.get(i))) {
        (PlacedContent::Shape { fill }, Some(l)) if is_scrim(l, variant.artboard) => Some((fill.clone(), p.rect)),
        _ => None,
    });
    shades.collect()
}

/// Deepens the shades among what is placed by a step; whether there are any.
pub(super) fn deepen(variant: &Variant, placed: &mut [Placed]) -> bool {
    let mut any = false;
    for p in placed {
        let shades = p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| is_scrim(l, variant.artboard));
        if let (true, PlacedContent::Shape { fill: Fill::Linear { stops, .. } }) = (shades, &mut p.content) {
            stops.iter_mut().for_each(|s| s.color.a = (f32::from(s.color.a) * STEP).min(f32::from(MOST)) as u8);
            any = true;
        }
    }
    any
}

/// How dense the shades over a page are, by parts of it: a table of sums, so that any box is looked up in four steps.
pub struct Shade<'a> {
    page: Rect,
    shades: Vec<Cover<'a>>,
    /// Its rows from above, as far as somebody asked.
    sums: RefCell<Vec<f32>>,
}

/// One shade over the parts of a page.
struct Cover<'a> {
    field: Field<'a>,
    rect: Rect,
    /// Where the parts of a row are in it, NaN outside.
    across: [f32; PARTS],
    /// How clear they are where each column is even.
    clear: Option<[f32; PARTS]>,
}

/// Parts along each side.
const PARTS: usize = 24;

/// Where a part has its middle, as a share of the side.
fn middle(i: usize) -> f32 {
    (i as f32 + 0.5) / PARTS as f32
}

/// Where a place is in a box, as a share of its side; NaN outside it.
fn within(at: f32, from: f32, side: f32) -> f32 {
    let share = (at - from) / side.max(1e-3);
    if (0.0..1.0).contains(&share) { share } else { f32::NAN }
}

/// Where the first and the last of some places are that are within.
fn ends(mut places: impl DoubleEndedIterator<Item = f32>) -> Option<(f32, f32)> {
    let first = places.find(|at| !at.is_nan())?;
    Some((first, places.rfind(|at| !at.is_nan()).unwrap_or(first)))
}

/// How much passes a colour.
fn clear(density: u8) -> f32 {
    1.0 - f32::from(density) / 255.0
}

impl<'a> Shade<'a> {
    /// Of the shades that lie over a page; nothing where none does.
    #[must_use]
    pub fn of(page: Rect, shades: impl Iterator<Item = (&'a Fill, Rect)>) -> Option<Self> {
        let shades: Vec<_> = shades.map(|(fill, r)| Cover::of(&page, fill, r)).collect();
        (!shades.is_empty()).then(|| Self { page, shades, sums: RefCell::new(vec![0.0; PARTS + 1]) })
    }

    /// Adds the rows that are wanting.
    fn reach(&self, rows: usize, sums: &mut Vec<f32>) {
        for row in sums.len() / (PARTS + 1) - 1..rows {
            let y = self.page.y.0 + middle(row) * self.page.h.0;
            let mut passes = [1.0; PARTS];
            self.shades.iter().for_each(|shade| shade.dim(y, &mut passes));
            let mut along = 0.0;
            sums.push(0.0);
            for (column, pass) in passes.iter().enumerate() {
                along += 1.0 - pass;
                let above = sums.get(row * (PARTS + 1) + column + 1).copied().unwrap_or(0.0);
                sums.push(above + along);
            }
        }
    }

    /// The density at a place, 0 to 1.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let passes = self.shades.iter().map(|s| {
            let (u, v) = (within(x, s.rect.x.0, s.rect.w.0), within(y, s.rect.y.0, s.rect.h.0));
            if u.is_nan() || v.is_nan() { 1.0 } else { clear(s.field.density(u, v)) }
        });
        1.0 - passes.product::<f32>()
    }

    /// The mean density over a box, 0 to 1, with the parts at its edges counted as far as they lie in it: what a page is measured by.
    #[must_use]
    pub fn mean(&self, r: &Rect) -> f32 {
        let part = |v: f32, from: f32, length: f32| ((v - from) / length.max(1e-3) * PARTS as f32).clamp(0.0, PARTS as f32);
        let (x0, x1) = (part(r.x.0, self.page.x.0, self.page.w.0), part(r.right().0, self.page.x.0, self.page.w.0));
        let (y0, y1) = (part(r.y.0, self.page.y.0, self.page.h.0), part(r.bottom().0, self.page.y.0, self.page.h.0));
        let area = (x1 - x0) * (y1 - y0);
        if area < 1e-3 {
            return self.at(r.center().x.0, r.center().y.0);
        }
        let mut sums = self.sums.borrow_mut();
        self.reach(y1.ceil() as usize, &mut sums);
        let whole = |x: usize, y: usize| sums.get(y * (PARTS + 1) + x).copied().unwrap_or(0.0);
        let between = |a: f32, b: f32, share: f32| a + (b - a) * share;
        let sum = |x: f32, y: f32| {
            let (i, j) = (x as usize, y as usize);
            let (right, down) = ((i + 1).min(PARTS), y.ceil() as usize);
            let (u, v) = (x - i as f32, y - j as f32);
            between(between(whole(i, j), whole(right, j), u), between(whole(i, down), whole(right, down), u), v)
        };
        (sum(x1, y1) - sum(x0, y1) - sum(x1, y0) + sum(x0, y0)) / area
    }

    /// The mean density over all parts that a box touches, 0 to 1: what many places of a crop are compared by.
    #[must_use]
    pub fn over(&self, r: &Rect) -> f32 {
        let part = |v: f32, from: f32, length: f32| ((v - from) / length.max(1e-3) * PARTS as f32).clamp(0.0, PARTS as f32);
        let (x0, x1) =
            (part(r.x.0, self.page.x.0, self.page.w.0) as usize, part(r.right().0, self.page.x.0, self.page.w.0).ceil() as usize);
        let (y0, y1) = (
            part(r.y.0, self.page.y.0, self.page.h.0) as usize,
            part(r.bottom().0, self.page.y.0, self.page.h.0).ceil() as usize,
        );
        let mut sums = self.sums.borrow_mut();
        self.reach(y1, &mut sums);
        let sum = |x: usize, y: usize| sums.get(y * (PARTS + 1) + x).copied().unwrap_or(0.0);
        let parts = (x1.saturating_sub(x0) * y1.saturating_sub(y0)).max(1) as f32;
        (sum(x1, y1) - sum(x0, y1) - sum(x1, y0) + sum(x0, y0)) / parts
    }
}

impl<'a> Cover<'a> {
    fn of(page: &Rect, fill: &'a Fill, rect: Rect) -> Self {
        let field = Field::of(fill, &rect);
        let across = std::array::from_fn(|i| within(page.x.0 + middle(i) * page.w.0, rect.x.0, rect.w.0));
        let mut cover = Self { field, rect, across, clear: None };
        cover.clear = cover.by_column(page);
        cover
    }

    /// How clear the parts of each column are, where it is even along all of them.
    fn by_column(&self, page: &Rect) -> Option<[f32; PARTS]> {
        if self.field.even() != Some(Axis::Column) {
            return None;
        }
        let (from, to) = ends((0..PARTS).map(|row| within(page.y.0 + middle(row) * page.h.0, self.rect.y.0, self.rect.h.0)))?;
        let mut all = [1.0; PARTS];
        for (one, u) in all.iter_mut().zip(self.across).filter(|(_, u)| !u.is_nan()) {
            *one = clear(self.field.along((u, from), (u, to))?.a);
        }
        Some(all)
    }

    /// Lays it over the parts of a row.
    fn dim(&self, y: f32, passes: &mut [f32; PARTS]) {
        let v = within(y, self.rect.y.0, self.rect.h.0);
        if v.is_nan() {
            return;
        }
        let level = if self.field.even() == Some(Axis::Row) { ends(self.across.iter().copied()) } else { None };
        let level = level.and_then(|(from, to)| self.field.along((from, v), (to, v)));
        for (i, (pass, u)) in passes.iter_mut().zip(self.across).enumerate().filter(|(_, (_, u))| !u.is_nan()) {
            let known = self.clear.and_then(|all| all.get(i).copied()).or_else(|| level.map(|color| clear(color.a)));
            *pass *= known.unwrap_or_else(|| clear(self.field.density(u, v)));
        }
    }
}
