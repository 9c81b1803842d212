//! In: a sheet with its cut-out, its words and its mark in place. Out: the cut-out moved by a sliver so that an edge of it, or its middle, meets
//! one of theirs: what nearly lines up looks careless. Where things stand is the business of the arrangements.

use super::reading;
use super::sheet::Sheet;
use crate::geom::Rect;
use crate::units::Px;

/// How far a cut-out moves at most, along and down, in shares of the page's sides: so far nobody misses the middle that it stood in.
const SLIVER: [f32; 2] = [0.015, 0.03];
/// Share of a side by which things that are apart are in line.
const IN_LINE: f32 = 0.001;
/// Share of the margin that words keep from a moved cut-out, and of its distance from the page's edge that it keeps itself.
const CLEAR: f32 = 0.5;

/// The three lines of a box along one side.
fn lines(from: Px, to: Px) -> [f32; 3] {
    [from.0, f32::midpoint(from.0, to.0), to.0]
}

/// The shift that brings the nearest two lines of a box and of others onto each other.
fn shift(own: [f32; 3], others: impl Iterator<Item = [f32; 3]>) -> f32 {
    let apart = others.flat_map(|o| [0, 1, 2].map(|n| o.get(n).zip(own.get(n)).map_or(f32::MAX, |(o, own)| o - own)));
    apart.fold(f32::MAX, |best, d| if d.abs() < best.abs() { d } else { best })
}

/// Moves the cut-out that leads into line, where words and the page's edges leave it the room.
pub fn in_line(sheet: &mut Sheet<'_>) {
    let page = sheet.page.clone();
    let Some(lead) = sheet.lead().filter(|l| sheet.is_product(*l)) else { return };
    let Some(at) = sheet.placed.iter().position(|p| p.layer == Some(lead)) else { return };
    let Some(was) = sheet.placed.get(at).map(|p| p.rect) else { return };
    let speaks = |layer: Option<usize>| layer.and_then(|l| sheet.variant.layers.get(l)).is_some_and(reading::speaks);
    let others: Vec<Rect> = sheet.placed.iter().filter(|p| p.layer != Some(lead) && speaks(p.layer)).map(|p| p.rect).collect();
    // What hangs on it keeps its place on it.
    if others.is_empty() || others.iter().any(|o| o.intersect(&was).area() > 0.0) {
        return;
    }
    let dx = shift(lines(was.x, was.right()), others.iter().map(|o| lines(o.x, o.right())));
    let dy = shift(lines(was.y, was.bottom()), others.iter().map(|o| lines(o.y, o.bottom())));
    let (across, down) = (dx.abs() / page.w, dy.abs() / page.h);
    if across.min(down) < IN_LINE {
        return;
    }
    let gap = CLEAR * page.margin;
    let near = |r: &Rect| {
        let around = Rect::new(r.x.0 - gap, r.y.0 - gap, r.w.0 + 2.0 * gap, r.h.0 + 2.0 * gap);
        others.iter().any(|o| o.intersect(&around).area() > 0.0)
    };
    let edges = |r: &Rect| [r.x.0, r.y.0, page.w - r.right().0, page.h - r.bottom().0];
    let keeps =
        |r: &Rect| edges(r).iter().zip(edges(&was)).all(|(now, was)| *now >= was.min(page.margin.min(CLEAR * was.max(0.0))));
    let mut moves = [(across, SLIVER[0], dx, 0.0), (down, SLIVER[1], 0.0, dy)];
    crate::ordered::short(&mut moves, |a, b| (a.0 / a.1).total_cmp(&(b.0 / b.1)));
    for (share, most, dx, dy) in moves {
        let moved = Rect::new(was.x.0 + dx, was.y.0 + dy, was.w.0, was.h.0);
        if share <= most && keeps(&moved) && (!near(&moved) || near(&was)) {
            if let Some(p) = sheet.placed.get_mut(at) {
                p.rect = moved;
            }
            return;
        }
    }
}
