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

/// The master's box on a page of the same shape: fractions of the page.
#[must_use]
pub fn same_shape(b: Rect, artboard: Size, page: Size) -> Rect {
    let (kx, ky) = (page.w.0 / artboard.w.0.max(1.0), page.h.0 / artboard.h.0.max(1.0));
    Rect::new(b.x.0 * kx, b.y.0 * ky, b.w.0 * kx, b.h.0 * ky)
}
