//! Three ways that tools resize a design, for comparison only: the master, laid out at its own size, is scaled and letterboxed, kept at its
//! edges, or cropped from the middle. In: that layout. Out: the same on another page. Never shipped.

use variorum::geom::{Rect, Size};
use variorum::layout::measure::Measure;
use variorum::layout::{Dropped, Layout, Placed, PlacedContent};
use variorum::text::Fitted;
use variorum::variant::{Content, Variant};

/// The baselines, by name.
pub const ALL: [(&str, Way); 3] = [("letterbox", Way::Letterbox), ("edge anchors", Way::Anchors), ("centre crop", Way::Crop)];

/// A way to resize.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The whole design as large as it goes, in the middle.
    Letterbox,
    /// Each layer keeps its distance to the edges it is nearest to; pictures fill the page.
    Anchors,
    /// The flat picture fills the page, the rest is cut.
    Crop,
}

fn scaled(fitted: &Fitted, k: f32) -> Fitted {
    let mut out = fitted.clone();
    for v in [
        &mut out.size,
        &mut out.width,
        &mut out.height,
        &mut out.first_baseline,
        &mut out.line_height,
        &mut out.ascent,
        &mut out.descent,
        &mut out.cap_height,
        &mut out.overflow_w,
        &mut out.overflow_h,
    ] {
        *v = *v * k;
    }
    out.lines.iter_mut().for_each(|l| (l.width, l.baseline) = (l.width * k, l.baseline * k));
    out
}

/// A box that keeps its distance to the edge it is nearest to; one that takes more than half of the width grows with the page.
fn anchored(b: Rect, artboard: Size, page: Rect) -> Rect {
    let k = (page.w.0 / artboard.w.0.max(1.0)).min(page.h.0 / artboard.h.0.max(1.0));
    let along = |b: (f32, f32), artboard: f32, page: (f32, f32)| {
        let (from, to) = (page.0 + b.0 * k, page.0 + page.1 - (artboard - b.0 - b.1) * k);
        if b.1 > 0.55 * artboard {
            (from, to - from)
        } else if b.0 + b.1 / 2.0 <= 0.5 * artboard {
            (from, b.1 * k)
        } else {
            (to - b.1 * k, b.1 * k)
        }
    };
    let (x, w) = along((b.x.0, b.w.0), artboard.w.0, (page.x.0, page.w.0));
    let (y, h) = along((b.y.0, b.h.0), artboard.h.0, (page.y.0, page.h.0));
    Rect::new(x, y, w, h)
}

/// The master's layout (made at the artboard's size) on the page of `variant`.
pub fn resize(way: Way, variant: &Variant, drawn: &Variant, master: &Layout) -> Layout {
    let page = Measure::of(variant);
    let (aw, ah) = (master.trim.w.0, master.trim.h.0);
    let (kx, ky) = (page.w / aw, page.h / ah);
    let k = if way == Way::Crop { kx.max(ky) } else { kx.min(ky) };
    let (dx, dy) = ((page.w - aw * k) / 2.0, (page.h - ah * k) / 2.0);
    let plain = |r: &Rect| Rect::new(r.x.0 * k + dx, r.y.0 * k + dy, r.w.0 * k, r.h.0 * k);
    let whole = Rect::new(0.0, 0.0, page.w, page.h);
    // A layer that is hidden on this page is hidden for everyone.
    let here = |layer: Option<usize>| layer.and_then(|i| variant.layers.iter().position(|l| l.id == drawn.layers[i].id));
    let place = |p: &Placed| -> Placed {
        let mut out = p.clone();
        out.layer = here(p.layer);
        let full = p.rect.w.0 > 0.95 * aw && p.rect.h.0 > 0.95 * ah;
        let rect = match way {
            Way::Anchors if full => whole,
            Way::Anchors => anchored(p.rect, master.trim, whole),
            _ => plain(&p.rect),
        };
        out.scale = p.scale * k;
        match &mut out.content {
            PlacedContent::Text(text) => {
                text.fitted = scaled(&text.fitted, k);
                text.floor = text.floor * (page.scale / master.scale);
                text.wished = text.wished * k;
                let (dx, dy) = (text.rect.x - p.rect.x, text.rect.y - p.rect.y);
                let (w, h) = (text.rect.w * k, text.rect.h * k);
                // Anchored text is not set anew: its box keeps the scaled size.
                out.rect = Rect { w: p.rect.w * k, h: p.rect.h * k, ..rect };
                text.rect = Rect { x: out.rect.x + dx * k, y: out.rect.y + dy * k, w, h };
            }
            _ => out.rect = rect,
        }
        out
    };
    let mut layout = master.clone();
    layout.trim = variant.format.size();
    layout.safe = page.safe;
    layout.content = page.content;
    layout.scale = page.scale;
    layout.placed = master.placed.iter().filter(|p| p.layer.is_none() || here(p.layer).is_some()).map(place).collect();
    layout.dropped =
        master.dropped.iter().filter_map(|d| Some(Dropped { layer: here(Some(d.layer))?, reason: d.reason })).collect();
    for p in &mut layout.placed {
        let Some(layer) = p.layer.and_then(|i| variant.layers.get(i)) else { continue };
        if let (PlacedContent::Picture { src, focal_lost, enlarged, .. }, Content::Image { natural, focal: f, .. }) =
            (&mut p.content, &layer.content)
        {
            // A picture stretched to fill shows the part that keeps its proportion.
            let (w, h) = (src.w.0, src.h.0);
            let k = (p.rect.w.0 / w).max(p.rect.h.0 / h);
            let (sw, sh) = (p.rect.w.0 / k, p.rect.h.0 / k);
            *src = Rect::new(src.x.0 + (w - sw) / 2.0, src.y.0 + (h - sh) / 2.0, sw, sh);
            let (nw, nh) = (natural.0 as f32, natural.1 as f32);
            let b = Rect::new(
                p.rect.x.0 + (f.x.0 * nw - src.x.0) * k,
                p.rect.y.0 + (f.y.0 * nh - src.y.0) * k,
                f.w.0 * nw * k,
                f.h.0 * nh * k,
            );
            *focal_lost = 1.0 - b.intersect(&p.rect).intersect(&whole).area() / b.area().max(1.0);
            *enlarged = k;
        }
    }
    layout
}
