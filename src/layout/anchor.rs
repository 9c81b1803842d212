//! In: a layer's box on the artboard. Out: the box it takes on another page when it keeps to the edges it touches and to its
//! place between them: what decorations do, and every layer of the master's own arrangement.

use crate::geom::{Rect, Size};

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

/// The scale of the master's own arrangement on a page: the artboard just inside the safe part.
#[must_use]
pub fn own_scale(artboard: Size, safe: Rect) -> f32 {
    (safe.w.0 / artboard.w.0.max(1.0)).min(safe.h.0 / artboard.h.0.max(1.0))
}

/// A box of the master's own arrangement: it keeps its distance to the edge it is nearest to; one that takes more than half of
/// the width grows with the page.
#[must_use]
pub fn own(b: Rect, artboard: Size, safe: Rect) -> Rect {
    let k = own_scale(artboard, safe);
    let along = |b: (f32, f32), artboard: f32, safe: (f32, f32)| {
        let (from, to) = (safe.0 + b.0 * k, safe.0 + safe.1 - (artboard - b.0 - b.1) * k);
        if b.1 > 0.55 * artboard {
            (from, to - from)
        } else if b.0 + b.1 / 2.0 <= 0.5 * artboard {
            (from, b.1 * k)
        } else {
            (to - b.1 * k, b.1 * k)
        }
    };
    let (x, w) = along((b.x.0, b.w.0), artboard.w.0, (safe.x.0, safe.w.0));
    let (y, h) = along((b.y.0, b.h.0), artboard.h.0, (safe.y.0, safe.h.0));
    Rect::new(x, y, w, h)
}
