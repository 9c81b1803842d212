//! In: a layer's box on the artboard. Out: the box it takes on another page when it keeps to the edges it touches and to its
//! place between them: what decorations do, and every layer of the master's own arrangement.

use super::candidates::leads;
use crate::geom::{Rect, Size};
use crate::ordered;
use crate::variant::{Content, Layer, Role, Variant};

/// How near an edge counts as touching it, as a share of the artboard.
const TOUCH: f32 = 0.004;

/// Places a decoration: an axis on which it spans the artboard spans the page (with bleed); on an edge it stays there at the
/// page's scale; else its middle keeps its fraction.
#[must_use]
pub fn decoration(b: Rect, artboard: Size, page: Rect, full: Rect, scale: f32) -> Rect {
    let (x, w) = axis((b.x.0, b.w.0), artboard.w.0, (page.x.0, page.w.0), (full.x.0, full.w.0), scale);
    let (y, h) = axis((b.y.0, b.h.0), artboard.h.0, (page.y.0, page.h.0), (full.y.0, full.h.0), scale);
    Rect::new(x, y, w, h)
}

fn axis(b: (f32, f32), artboard: f32, page: (f32, f32), full: (f32, f32), scale: f32) -> (f32, f32) {
    let slack = TOUCH * artboard;
    let (near, far) = (b.0 <= slack, b.0 + b.1 >= artboard - slack);
    let len = b.1 * scale;
    match (near, far) {
        (true, true) if b.1 <= artboard * 1.02 => full,
        // Beyond both edges: keeps its middle and its overhang.
        (true, true) => (page.0 + (b.0 + b.1 / 2.0) / artboard * page.1 - len.max(page.1) / 2.0, len.max(page.1)),
        (true, false) => {
            let over = full.0 - page.0;
            (page.0 + b.0 * scale + over, len - over)
        }
        (false, true) => {
            let end = page.0 + page.1 + (b.0 + b.1 - artboard) * scale;
            let over = (full.0 + full.1) - (page.0 + page.1);
            (end - len, len + over)
        }
        (false, false) => (page.0 + (b.0 + b.1 / 2.0) / artboard * page.1 - len / 2.0, len),
    }
}

/// The master's own arrangement on another page: one scale for all, and the room that the page has beyond it let in where the
/// master leaves room itself.
pub struct Frame {
    /// Artboard px to page px.
    pub k: f32,
    x: Axis,
    y: Axis,
}

/// One axis of a [`Frame`].
struct Axis {
    from: f32,
    k: f32,
    artboard: f32,
    /// Where room is let in, artboard px, and how much, px.
    rooms: Vec<(f32, f32)>,
}

impl Axis {
    fn at(&self, v: f32) -> f32 {
        self.from + v * self.k + self.rooms.iter().filter(|(at, _)| *at < v).map(|(_, room)| room).sum::<f32>()
    }

    /// A stretch of the artboard: an edge that touches the artboard's touches the page's (`full`).
    fn kept(&self, from: f32, to: f32, full: (f32, f32)) -> (f32, f32) {
        let slack = TOUCH * self.artboard;
        let start = if from <= slack { full.0 } else { self.at(from) };
        let end = if to >= self.artboard - slack { full.1 } else { self.at(to) };
        (start, (end - start).max(1.0))
    }
}

impl Frame {
    /// How the artboard lies on a page. The master's margins may lie outside the safe zone, so that no page has both.
    #[must_use]
    pub fn of(variant: &Variant, safe: Rect, page: (f32, f32)) -> Self {
        let (w, h) = (variant.artboard.w.0.max(1.0), variant.artboard.h.0.max(1.0));
        let words: Vec<Rect> = variant.layers.iter().filter(|l| is_word(l)).map(|l| l.master_box).collect();
        let margin = words
            .iter()
            .fold((w, h, w, h), |m, b| (m.0.min(b.x.0), m.1.min(b.y.0), m.2.min(w - b.right().0), m.3.min(h - b.bottom().0)));
        let scale = |r: &Rect| (r.w.0 / w).min(r.h.0 / h);
        let insets = (safe.x.0, safe.y.0, page.0 - safe.right().0, page.1 - safe.bottom().0);
        let whole = scale(&Rect::new(0.0, 0.0, page.0, page.1));
        // Where the words' own margins clear the safe zone at the page's whole scale, nothing need be smaller for it.
        let clears = |inset: f32, margin: f32| inset <= margin.max(0.0) * whole + 0.01;
        let clear =
            clears(insets.0, margin.0) && clears(insets.1, margin.1) && clears(insets.2, margin.2) && clears(insets.3, margin.3);
        let k = if clear { whole } else { scale(&safe) };
        let over = |inset: f32, margin: f32| inset.min(margin.max(0.0) * k).max(0.0);
        let (left, top) = (over(insets.0, margin.0), over(insets.1, margin.1));
        let (right, bottom) = (over(insets.2, margin.2), over(insets.3, margin.3));
        let frame = Rect::new(safe.x.0 - left, safe.y.0 - top, safe.w.0 + left + right, safe.h.0 + top + bottom);
        let k = scale(&frame);
        let lead = variant.layers.iter().find(|l| leads(l)).map(|l| l.master_box);
        let x = Axis { from: frame.x.0, k, artboard: w, rooms: vec![(0.5 * w, (frame.w.0 - w * k).max(0.0))] };
        let rooms = rooms(&words, lead, h, (frame.h.0 - h * k).max(0.0));
        Self { k, x, y: Axis { from: frame.y.0, k, artboard: h, rooms } }
    }

    /// The room that is let in along the side that has more of it, by what the artboard takes of that side.
    #[must_use]
    pub fn let_in(&self) -> f32 {
        let share = |axis: &Axis| axis.rooms.iter().map(|(_, room)| room).sum::<f32>() / (axis.k * axis.artboard).max(1e-3);
        share(&self.x).max(share(&self.y))
    }

    /// A box that keeps its place among the others.
    #[must_use]
    pub fn place(&self, b: Rect) -> Rect {
        let (x, y) = (self.x.at(b.x.0), self.y.at(b.y.0));
        Rect::new(x, y, self.x.at(b.right().0) - x, self.y.at(b.bottom().0) - y)
    }

    /// A box that reaches to the edges it touches on the artboard, and else keeps its place among the others.
    #[must_use]
    pub fn reaching(&self, b: Rect, full: Rect) -> Rect {
        let (x, w) = self.x.kept(b.x.0, b.right().0, (full.x.0, full.right().0));
        let (y, h) = self.y.kept(b.y.0, b.bottom().0, (full.y.0, full.bottom().0));
        Rect::new(x, y, w, h)
    }

    /// What adorns: a band from edge to edge ends where its neighbours are; anything else keeps its shape, on the edges it touches or
    /// about its middle.
    #[must_use]
    pub fn adorning(&self, b: Rect, page: Rect, full: Rect) -> Rect {
        let spans = |b: (f32, f32), artboard: f32| b.0 <= TOUCH * artboard && b.0 + b.1 >= (1.0 - TOUCH) * artboard;
        let (x, y) = ((b.x.0, b.w.0), (b.y.0, b.h.0));
        if spans(x, self.x.artboard) || spans(y, self.y.artboard) {
            return self.reaching(b, full);
        }
        let touches = |b: (f32, f32), artboard: f32| b.0 <= TOUCH * artboard || b.0 + b.1 >= (1.0 - TOUCH) * artboard;
        let along = |b: (f32, f32), own: &Axis, page: (f32, f32), full: (f32, f32)| {
            if touches(b, own.artboard) {
                axis(b, own.artboard, page, full, self.k)
            } else {
                (own.at(b.0 + b.1 / 2.0) - b.1 * self.k / 2.0, b.1 * self.k)
            }
        };
        let (x, w) = along(x, &self.x, (page.x.0, page.w.0), (full.x.0, full.w.0));
        let (y, h) = along(y, &self.y, (page.y.0, page.h.0), (full.y.0, full.h.0));
        Rect::new(x, y, w, h)
    }
}

/// Words and logo: what the artboard's margins are measured by.
fn is_word(layer: &Layer) -> bool {
    layer.role == Role::Logo || matches!(layer.content, Content::Text(_))
}

/// Where a higher page lets its room in: between the words, by the room the master leaves there, and most where the picture speaks.
fn rooms(words: &[Rect], lead: Option<Rect>, artboard: f32, room: f32) -> Vec<(f32, f32)> {
    let mut rows: Vec<(f32, f32)> = words.iter().map(|b| (b.y.0, b.bottom().0)).collect();
    ordered::short(&mut rows, |a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let speaks = |at: f32| lead.is_some_and(|l| l.y.0 <= at && at <= l.bottom().0);
    // Beside words a picture takes its share with them; where it stands alone or under them it takes most.
    let beside = lead.is_some_and(|l| {
        let shares = |w: &Rect| w.y < l.bottom() && l.y < w.bottom();
        words.iter().any(|w| shares(w) && w.intersect(&l).area() < 0.5 * w.area())
    });
    let times = if beside { 1.2 } else { 3.0 };
    let mut free: Vec<(f32, f32)> = Vec::new();
    let mut see = |from: f32, to: f32, inner: bool| {
        let (len, middle) = (to - from, f32::midpoint(from, to));
        if len > 0.0 && (inner || speaks(middle) && len > 0.15 * artboard) {
            free.push((middle, if speaks(middle) { times * len } else { len }));
        }
    };
    let mut end = 0.0;
    for (n, (from, to)) in rows.iter().enumerate() {
        see(end, *from, n > 0);
        end = to.max(end);
    }
    see(end, artboard, false);
    let all: f32 = free.iter().map(|(_, weight)| weight).sum();
    if all <= 0.0 {
        return vec![(0.5 * artboard, room)];
    }
    free.into_iter().map(|(at, weight)| (at, room * weight / all)).collect()
}
