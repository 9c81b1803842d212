//! In: a variant, its layout, its drawings. Out: the [`DisplayList`]. Every fraction becomes px, every fill a paint with a place,
//! every text glyphs on baselines. Nothing is measured or moved here.

use super::drawing::Drawings;
use super::{Caster, DisplayList, Glyph, Item, Paint, Shape};
use crate::color::{Blend, Fill};
use crate::geom::{Point, Rect};
use crate::layout::{Layout, Placed, PlacedContent, PlacedText};
use crate::text::{Align, Direction, Line, Stance, Writing};
use crate::units::Px;
use crate::variant::{Content, Layer, Shadow, ShapeKind, Stroke, TextSlot, Variant};

/// Builds the list.
#[must_use]
pub fn build(variant: &Variant, layout: &Layout, drawings: &Drawings) -> DisplayList {
    let mut items = Vec::new();
    for placed in &layout.placed {
        let layer = placed.layer.and_then(|i| variant.layers.get(i));
        paint(variant, placed, layer, drawings, &mut items);
    }
    items.truncate(crate::limits::DISPLAY_ITEMS);
    DisplayList {
        width: variant.format.raster.0,
        height: variant.format.raster.1,
        bleed: layout.bleed,
        ground: layout.ground,
        items,
    }
}

fn paint(variant: &Variant, placed: &Placed, layer: Option<&Layer>, drawings: &Drawings, items: &mut Vec<Item>) {
    let (opacity, blend) = layer.map_or((1.0, Blend::Normal), |l| (l.opacity, l.blend));
    match &placed.content {
        PlacedContent::Panel { fill } => {
            items.push(Item::Fill { paint: place(fill, placed.rect), shape: Shape::Rect(placed.rect), opacity, blend });
        }
        PlacedContent::Shape { fill } => {
            let radius = layer.map_or(Px::ZERO, |l| l.radius * placed.scale);
            let shape = match layer.map(|l| &l.content) {
                Some(Content::Shape { kind: ShapeKind::Ellipse, .. }) => Shape::Ellipse(placed.rect),
                _ => boxed(placed.rect, radius),
            };
            if let Some(shadow) = layer.and_then(|l| l.shadow.as_ref()) {
                items.push(cast(shadow, Caster::Shape(shape.clone()), placed.scale));
            }
            items.push(Item::Fill { shape: shape.clone(), paint: place(fill, placed.rect), opacity, blend });
            if let Some(stroke) = layer.and_then(|l| l.stroke.as_ref()) {
                items.push(outline(stroke, shape, placed.rect, placed.scale, opacity, blend));
            }
        }
        PlacedContent::Picture { asset, src, .. } => {
            let radius = layer.map_or(Px::ZERO, |l| l.radius * placed.scale);
            if let Some(shadow) = layer.and_then(|l| l.shadow.as_ref()) {
                let caster = Caster::Picture { asset: asset.clone(), src: *src, dst: placed.rect };
                items.push(cast(shadow, caster, placed.scale));
            }
            items.push(Item::Picture { asset: asset.clone(), src: *src, dst: placed.rect, radius, opacity, blend });
            if let Some(stroke) = layer.and_then(|l| l.stroke.as_ref()) {
                items.push(outline(stroke, boxed(placed.rect, radius), placed.rect, placed.scale, opacity, blend));
            }
        }
        PlacedContent::Vector { asset } => {
            grouped(opacity, blend, items, |items| drawings.draw(asset, placed.rect, items));
        }
        PlacedContent::Text(text) => {
            grouped(opacity, blend, items, |items| words(variant, placed, layer, text, items));
        }
    }
}

/// Paints several items as one where opacity or blend ask for it.
fn grouped(opacity: f32, blend: Blend, items: &mut Vec<Item>, draw: impl FnOnce(&mut Vec<Item>)) {
    let apart = opacity < 1.0 || blend != Blend::Normal;
    if apart {
        items.push(Item::PushGroup { opacity, blend });
    }
    draw(items);
    if apart {
        items.push(Item::PopGroup);
    }
}

fn words(variant: &Variant, placed: &Placed, layer: Option<&Layer>, text: &PlacedText, items: &mut Vec<Item>) {
    let Some(Content::Text(slot)) = layer.map(|l| &l.content) else { return };
    if let Some(plate) = &slot.plate {
        let shape = boxed(placed.rect, plate.radius * placed.scale);
        if let Some(shadow) = &plate.shadow {
            items.push(cast(shadow, Caster::Shape(shape.clone()), placed.scale));
        }
        items.push(Item::Fill {
            shape: shape.clone(),
            paint: text.plate.map_or_else(|| place(&plate.fill, placed.rect), Paint::Solid),
            opacity: 1.0,
            blend: Blend::Normal,
        });
        if let Some(stroke) = &plate.stroke {
            items.push(outline(stroke, shape, placed.rect, placed.scale, 1.0, Blend::Normal));
        }
    }
    if slot.style.writing == Writing::Vertical {
        return columns(text, slot, items);
    }
    for line in &text.fitted.lines {
        let x = text.rect.x + line_start(line, text, variant.direction, slot.plate.is_some());
        let y = text.rect.y + line.baseline;
        for run in &line.runs {
            let look = text.fitted.looks.get(run.look);
            let (scale, color) = look.map_or((1.0, slot.color), |l| (l.scale, l.color.unwrap_or(slot.color)));
            let glyphs: Vec<Glyph> = run.glyphs.iter().map(|g| Glyph { id: g.id, x: x + g.x, y: y + g.y }).collect();
            items.push(Item::Glyphs {
                font: run.font,
                size: text.fitted.size * scale,
                stance: run.stance,
                glyphs,
                paint: Paint::Solid(color),
                opacity: 1.0,
                blend: Blend::Normal,
            });
        }
        items.extend(
            rules(line, text, slot.color, false)
                .into_iter()
                .map(|b| bar(Rect { x: x + b.from, y: y + b.across - b.thick / 2.0, w: b.to - b.from, h: b.thick }, b.color)),
        );
        if slot.strike {
            // Through the middle of the figures: a little under half the cap height.
            let em = text.fitted.size;
            let over = em * 0.04;
            items.push(bar(Rect { x: x - over, y: y - em * 0.36, w: line.width + over * 2.0, h: em * 0.075 }, slot.color));
        }
    }
}

/// Columns from right to left: a glyph's place along its line goes down, its place across from the column's middle.
fn columns(text: &PlacedText, slot: &TextSlot, items: &mut Vec<Item>) {
    let (plain, plated) = (slot.color, slot.plate.is_some());
    for line in &text.fitted.lines {
        let x = text.rect.x + text.rect.w - line.baseline;
        let free = text.rect.h - line.width;
        let y = text.rect.y
            + match text.align {
                _ if plated => free / 2.0,
                Align::Start => Px::ZERO,
                Align::Center => free / 2.0,
                Align::End => free,
            };
        for run in &line.runs {
            let look = text.fitted.looks.get(run.look);
            let (scale, color) = look.map_or((1.0, plain), |l| (l.scale, l.color.unwrap_or(plain)));
            items.push(Item::Glyphs {
                font: run.font,
                size: text.fitted.size * scale,
                stance: run.stance,
                glyphs: run.glyphs.iter().map(|g| Glyph { id: g.id, x: x + g.y, y: y + g.x }).collect(),
                paint: Paint::Solid(color),
                opacity: 1.0,
                blend: Blend::Normal,
            });
        }
        items.extend(
            rules(line, text, plain, true)
                .into_iter()
                .map(|b| bar(Rect { x: x + b.across - b.thick / 2.0, y: y + b.from, w: b.thick, h: b.to - b.from }, b.color)),
        );
        if slot.strike {
            let em = text.fitted.size;
            let over = em * 0.04;
            items.push(bar(Rect { x: x - em * 0.0375, y: y - over, w: em * 0.075, h: line.width + over * 2.0 }, plain));
        }
    }
}

/// A bar along a line: from where to where, and how far across from the baseline (in columns: from the middle).
struct Bar {
    color: crate::color::Rgba,
    from: Px,
    to: Px,
    across: Px,
    thick: Px,
}

/// Lines under and through stretches that ask for them; runs side by side share one. Across is down from the baseline; in columns right from the
/// middle, where what is an underline elsewhere stands beside the signs.
fn rules(line: &Line, text: &PlacedText, plain: crate::color::Rgba, vertical: bool) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for under in [true, false] {
        let mut open: Option<(usize, Bar)> = None;
        for run in &line.runs {
            let look = text.fitted.looks.get(run.look);
            let wanted = look.is_some_and(|l| if under { l.underline } else { l.strike });
            // Marks stand on their letters and have no width of their own.
            let letters = || run.glyphs.iter().filter(|g| g.advance.0 > 0.0);
            let from = letters().map(|g| g.x.0).reduce(f32::min);
            let (Some(look), Some(from)) = (look.filter(|_| wanted), from) else {
                bars.extend(open.take().map(|(_, bar)| bar));
                continue;
            };
            let em = text.fitted.size * look.scale;
            // A sign that stands upright in a column has its origin at its foot, those that share a square at one place.
            let head = if vertical && run.stance != Stance::Turned { em.0 * HEAD } else { 0.0 };
            let from = (from - head).max(0.0);
            let wide = from + letters().map(|g| g.advance.0).sum::<f32>();
            let to = Px(letters().map(|g| g.x.0 + g.advance.0 - head).fold(wide, f32::max));
            let lift = match (vertical, under) {
                (false, true) => -text.fitted.underline * look.scale,
                (false, false) => em * 0.3,
                (true, true) => em * -0.56,
                (true, false) => Px::ZERO,
            };
            let rise = if vertical { Px::ZERO } else { text.fitted.size * look.rise };
            match open.as_mut().filter(|(index, _)| *index == run.look) {
                Some((_, bar)) => bar.to = to,
                None => {
                    bars.extend(open.take().map(|(_, bar)| bar));
                    let color = look.color.unwrap_or(plain);
                    open = Some((run.look, Bar { color, from: Px(from), to, across: Px::ZERO - rise - lift, thick: em * 0.065 }));
                }
            }
        }
        bars.extend(open.take().map(|(_, bar)| bar));
    }
    bars
}

/// From the top of an ideograph's square down to its origin, em.
const HEAD: f32 = 0.88;

fn bar(rect: Rect, color: crate::color::Rgba) -> Item {
    Item::Fill { shape: Shape::Rect(rect), paint: Paint::Solid(color), opacity: 1.0, blend: Blend::Normal }
}

/// Where a line begins in its box, by alignment and direction; on a plate lines are centred.
fn line_start(line: &Line, text: &PlacedText, direction: Direction, plated: bool) -> Px {
    let free = text.rect.w - line.width;
    match (text.align, direction) {
        _ if plated => free / 2.0,
        (Align::Center, _) => (free + line.hang.1 - line.hang.0) / 2.0,
        (Align::Start, Direction::Ltr) | (Align::End, Direction::Rtl) => -line.hang.0,
        (Align::Start, Direction::Rtl) | (Align::End, Direction::Ltr) => free + line.hang.1,
    }
}

/// A box with a radius that its sides allow.
fn boxed(rect: Rect, radius: Px) -> Shape {
    let radius = radius.min(rect.w.min(rect.h) / 2.0);
    if radius.0 > 0.05 { Shape::RoundRect { rect, radius } } else { Shape::Rect(rect) }
}

fn cast(shadow: &Shadow, caster: Caster, scale: f32) -> Item {
    // CSS: the blur radius is two sigmas.
    let offset = Point { x: shadow.dx * scale, y: shadow.dy * scale };
    Item::Shadow { caster, sigma: shadow.blur * scale / 2.0, offset, color: shadow.color }
}

fn outline(stroke: &Stroke, shape: Shape, rect: Rect, scale: f32, opacity: f32, blend: Blend) -> Item {
    Item::Stroke { shape, paint: place(&stroke.fill, rect), width: stroke.width * scale, opacity, blend }
}

/// A fill at its place. The gradient line of a CSS angle: through the middle, as long as the box seen along it
/// (CSS Images 3, 3.1.1).
#[must_use]
pub fn place(fill: &Fill, rect: Rect) -> Paint {
    let middle = rect.center();
    match fill {
        Fill::Solid(color) => Paint::Solid(*color),
        Fill::Linear { angle_deg, stops } => {
            let a = angle_deg.to_radians();
            let (sin, cos) = (libm::sinf(a), libm::cosf(a));
            let half = (rect.w.0 * sin).abs() / 2.0 + (rect.h.0 * cos).abs() / 2.0;
            let (dx, dy) = (sin * half, -cos * half);
            Paint::Linear {
                from: Point { x: middle.x - Px(dx), y: middle.y - Px(dy) },
                to: Point { x: middle.x + Px(dx), y: middle.y + Px(dy) },
                stops: stops.clone(),
            }
        }
        Fill::Radial { center, radius, stops } => Paint::Radial {
            center: Point { x: rect.x + rect.w * center.0, y: rect.y + rect.h * center.1 },
            radius: Px((rect.w.0 * rect.w.0 + rect.h.0 * rect.h.0).sqrt() / 2.0 * radius),
            stops: stops.clone(),
        },
    }
}
