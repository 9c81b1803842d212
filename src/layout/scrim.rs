//! In: the master's scrim (a gradient of one colour over the whole page) and where the text ended up. Out: the same colour and
//! strength, aimed at the text: eased in several stops so that no edge shows.

use crate::color::{Fill, Rgba, Stop};
use crate::geom::Rect;
use crate::geom::Size;
use crate::variant::{Content, Layer, Role};

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

/// A fade over `full` that is densest at `edge` and has eased in where `text` begins.
#[must_use]
pub fn aimed(color: Rgba, edge: Edge, full: Rect, text: Rect, reach: f32) -> Fill {
    let (angle_deg, depth) = match edge {
        Edge::Bottom => (180.0, (full.bottom() - text.y).0 / full.h.0),
        Edge::Top => (0.0, (text.bottom() - full.y).0 / full.h.0),
        Edge::Right => (90.0, (full.right() - text.x).0 / full.w.0),
        Edge::Left => (270.0, (text.right() - full.x).0 / full.w.0),
    };
    // How deep the fade reaches into the page: past the text by a soft shoulder.
    let deep = (depth + reach).clamp(0.15, 1.4);
    let stops = (0..=8_u8)
        .map(|i| {
            let u = f32::from(i) / 8.0;
            // Rises early, then levels: dense where the text begins, nothing where the picture should speak.
            let eased = u * (2.0 - u);
            Stop { at: (1.0 - deep + deep * u).clamp(0.0, 1.0), color: color.faded(eased) }
        })
        .collect();
    Fill::Linear { angle_deg, stops }
}
