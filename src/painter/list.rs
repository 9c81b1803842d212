//! In: a display list as JSON, and whoever shapes text and knows the pictures. Out: a [`DisplayList`]. Whatever is wrong is collected, with its place.
//!
//! `{ width, height, ground, items: [...] }`, px, origin left top, y down. An item has a `type`:
//! `fill` (a shape, `paint`), `stroke` (a shape, `paint`, `thick`), `picture` (`asset`, `src`, `dst`, `radius`), `shadow` (of a
//! shape or of `asset`, `src`, `dst`; `sigma`, `offset`, `color`), `text` (below), `clip` (a shape, `items`), `group` (`items`).
//! `opacity` and `blend` may stand with `fill`, `stroke`, `picture`, `text`, `group`. A shape is `rect` with or without `radius`, `ellipse`
//! (its box), or `path` (`["M", x, y]`, `"L"`, `"Q"`, `"C"`, `"Z"`). A paint is a hex colour, `{ linear: [x0, y0, x1, y1], stops }` or
//! `{ radial: [x, y, r], stops }`. Text stands on its `baseline` at `x`, as a canvas would have it: `text`, `families`, `weight`, `italic`,
//! `size`, `align` (left, center, right, start, end; within `width` from `x` where given), `dir`, `lang`, `tracking` (em), `leading`.

use crate::campaign::fields::{Shape as Holds, Table, may, must};
use crate::campaign::json;
use crate::campaign::read::{Context, Node, Obj, Report};
use crate::color::{Blend, Rgba};
use crate::display::{Caster, DisplayList, Glyph, Item, Paint, Segment, Shape};
use crate::error::{Error, ErrorKind, Errors, quoted};
use crate::geom::{Point, Rect};
use crate::limits;
use crate::text::{Direction, Shaped};
use crate::units::Px;
use crate::variant::AssetId;
use std::sync::Arc;

const FAR: f64 = 1_000_000.0;
const SIDE: i64 = limits::FORMAT_SIDE as i64;
const NUMBER: Holds = Holds::Number(-FAR, FAR);
const LENGTH: Holds = Holds::Number(0.0, FAR);
const ITEMS: Holds = Holds::List(&Holds::Any, limits::DISPLAY_ITEMS);

static LIST: Table = Table {
    name: "displayList",
    doc: "a display list",
    fields: &[
        must("width", Holds::Whole(1, SIDE), ""),
        must("height", Holds::Whole(1, SIDE), ""),
        may("ground", Holds::Color, ""),
        must("items", ITEMS, ""),
    ],
};

static ITEM: Table = Table {
    name: "item",
    doc: "an item of a display list",
    fields: &[
        must("type", Holds::Choice(&["fill", "stroke", "picture", "shadow", "text", "clip", "group"]), ""),
        may("rect", Holds::Box, ""),
        may("radius", LENGTH, ""),
        may("ellipse", Holds::Box, ""),
        may("path", Holds::List(&Holds::Any, limits::DISPLAY_ITEMS), ""),
        may("paint", Holds::Any, ""),
        may("thick", LENGTH, ""),
        may("opacity", Holds::Number(0.0, 1.0), ""),
        may("blend", Holds::Choice(&["normal", "multiply", "screen", "overlay", "soft-light"]), ""),
        may("asset", Holds::Name, ""),
        may("src", Holds::Box, ""),
        may("dst", Holds::Box, ""),
        may("sigma", Holds::Number(0.0, 4096.0), ""),
        may("offset", Holds::Pair(-FAR, FAR), ""),
        may("color", Holds::Color, ""),
        may("text", Holds::Text, ""),
        may("families", Holds::Families, ""),
        may("weight", Holds::Whole(1, 1000), ""),
        may("italic", Holds::Bool, ""),
        may("size", Holds::Number(0.01, limits::TYPE_SIZE as f64), ""),
        may("x", NUMBER, ""),
        may("baseline", NUMBER, ""),
        may("width", LENGTH, ""),
        may("align", Holds::Choice(&["left", "center", "right", "start", "end"]), ""),
        may("dir", Holds::Choice(&["ltr", "rtl"]), ""),
        may("lang", Holds::Text, ""),
        may("tracking", Holds::Number(-1.0, 10.0), ""),
        may("leading", Holds::Number(0.0, 10.0), ""),
        may("items", ITEMS, ""),
    ],
};

static PAINT: Table = Table {
    name: "paint",
    doc: "a gradient at its place",
    fields: &[
        may("linear", Holds::List(&NUMBER, 4), ""),
        may("radial", Holds::List(&NUMBER, 3), ""),
        must("stops", Holds::Stops, ""),
    ],
};

/// Text to be shaped.
pub(super) struct Words {
    pub text: String,
    pub families: Vec<String>,
    pub weight: u16,
    pub italic: bool,
    pub tracking_em: f32,
    pub leading: f32,
    pub lang: String,
    pub direction: Direction,
}

/// Nesting of clips and groups.
const DEPTH: usize = 24;

/// Whom a list is read for.
pub(super) trait Studio {
    /// Shapes text.
    fn shape(&mut self, words: &Words) -> Arc<Shaped>;
    /// Whether there is such a picture.
    fn has(&self, picture: &AssetId) -> bool;
}

/// Reads a list.
pub(super) fn read(text: &str, studio: &mut dyn Studio) -> Result<DisplayList, Errors> {
    let value = json::parse("list", text.as_bytes())?;
    let report = Report::default();
    let node = Node::root("list", &value, Context { report: &report, tokens: None });
    let list = node.object(&LIST).and_then(|obj| {
        let mut reader = Reader { items: Vec::new(), studio };
        reader.items(&obj, 0);
        let size = |name| obj.whole(name).and_then(|v| u32::try_from(v).ok());
        let ground = obj.color("ground").unwrap_or(Rgba::WHITE);
        Some(DisplayList { width: size("width")?, height: size("height")?, bleed: Px::ZERO, ground, items: reader.items })
    });
    report.close()?;
    list.ok_or_else(|| Error::new(ErrorKind::Value, "list", "this is no display list").into())
}

struct Reader<'a> {
    items: Vec<Item>,
    studio: &'a mut dyn Studio,
}

/// What must be there.
fn needed<T>(obj: &Obj<'_>, name: &str, value: Option<T>) -> Option<T> {
    if value.is_none() && !obj.has(name) {
        obj.cx.report.error(Error::new(ErrorKind::Missing, &obj.at, format!("'{name}' is missing")));
    }
    value
}

fn px(obj: &Obj<'_>, name: &str) -> Option<Px> {
    obj.number(name).map(|v| Px(v as f32))
}

impl Reader<'_> {
    fn items(&mut self, obj: &Obj<'_>, depth: usize) {
        for node in obj.list("items") {
            if self.items.len() >= limits::DISPLAY_ITEMS || depth > DEPTH {
                obj.cx.report.error(Error::new(ErrorKind::Limit, &node.at, "too many items, or nested too deeply"));
                return;
            }
            if let Some(item) = node.object(&ITEM) {
                self.item(&item, depth);
            }
        }
    }

    fn item(&mut self, obj: &Obj<'_>, depth: usize) -> Option<()> {
        let opacity = obj.number("opacity").map_or(1.0, |v| v as f32);
        let blend = match obj.choice("blend") {
            Some("multiply") => Blend::Multiply,
            Some("screen") => Blend::Screen,
            Some("overlay") => Blend::Overlay,
            Some("soft-light") => Blend::SoftLight,
            _ => Blend::Normal,
        };
        match obj.choice("type")? {
            "fill" => {
                let (shape, paint) = (shape(obj)?, paint(obj)?);
                self.items.push(Item::Fill { shape, paint, opacity, blend });
            }
            "stroke" => {
                let (shape, paint, width) = (shape(obj)?, paint(obj)?, needed(obj, "thick", px(obj, "thick"))?);
                self.items.push(Item::Stroke { shape, paint, width, opacity, blend });
            }
            "picture" => {
                let (asset, src, dst) = self.picture(obj)?;
                let radius = px(obj, "radius").unwrap_or_default();
                self.items.push(Item::Picture { asset, src, dst, radius, opacity, blend });
            }
            "shadow" => {
                let caster = if obj.has("asset") {
                    let (asset, src, dst) = self.picture(obj)?;
                    Caster::Picture { asset, src, dst }
                } else {
                    Caster::Shape(shape(obj)?)
                };
                let (x, y) = obj.pair("offset").unwrap_or_default();
                let offset = Point { x: Px(x as f32), y: Px(y as f32) };
                let sigma = needed(obj, "sigma", px(obj, "sigma"))?;
                self.items.push(Item::Shadow { caster, sigma, offset, color: needed(obj, "color", obj.color("color"))? });
            }
            "text" => self.words(obj, opacity, blend)?,
            "clip" => {
                self.items.push(Item::PushClip(shape(obj)?));
                self.items(obj, depth + 1);
                self.items.push(Item::PopClip);
            }
            _ => {
                self.items.push(Item::PushGroup { opacity, blend });
                self.items(obj, depth + 1);
                self.items.push(Item::PopGroup);
            }
        }
        Some(())
    }

    fn picture(&self, obj: &Obj<'_>) -> Option<(AssetId, Rect, Rect)> {
        let asset = AssetId(needed(obj, "asset", obj.text("asset"))?.into());
        if !self.studio.has(&asset) {
            let at = format!("{}.asset", obj.at);
            let unknown = Error::new(ErrorKind::Unknown, at, "there is no such picture").found(quoted(&asset.0));
            obj.cx.report.error(unknown.hint("Add it under this name first"));
        }
        Some((asset, needed(obj, "src", obj.rect("src"))?, needed(obj, "dst", obj.rect("dst"))?))
    }

    fn words(&mut self, obj: &Obj<'_>, opacity: f32, blend: Blend) -> Option<()> {
        let direction = if obj.choice("dir") == Some("rtl") { Direction::Rtl } else { Direction::Ltr };
        let words = Words {
            text: needed(obj, "text", obj.text("text"))?.to_owned(),
            families: obj.node("families").and_then(|node| node.families()).unwrap_or_default(),
            weight: obj.whole("weight").and_then(|v| u16::try_from(v).ok()).unwrap_or(400),
            italic: obj.bool("italic").unwrap_or(false),
            tracking_em: obj.number("tracking").map_or(0.0, |v| v as f32),
            leading: obj.number("leading").map_or(1.2, |v| v as f32),
            lang: obj.text("lang").unwrap_or_default().to_owned(),
            direction,
        };
        if words.text.chars().count() > limits::MESSAGE_CHARS {
            obj.cx.report.error(
                Error::new(ErrorKind::Limit, &obj.at, "the text is too long")
                    .allowed(format!("{} characters (MESSAGE_CHARS)", limits::MESSAGE_CHARS)),
            );
            return None;
        }
        let (size, paint) = (needed(obj, "size", px(obj, "size"))?, paint(obj)?);
        let (left, baseline) = (needed(obj, "x", px(obj, "x"))?, needed(obj, "baseline", px(obj, "baseline"))?);
        // How much of the free width lies left of a line.
        let free = match (obj.choice("align").unwrap_or("start"), direction) {
            ("center", _) => 0.5,
            ("right", _) | ("start", Direction::Rtl) | ("end", Direction::Ltr) => 1.0,
            _ => 0.0,
        };
        let width = px(obj, "width").unwrap_or_default();
        let fitted = self.studio.shape(&words).set_at(size, Px(FAR as f32), 0, false);
        let first = fitted.lines.first().map(|line| line.baseline).unwrap_or_default();
        for line in &fitted.lines {
            let (x, y) = (left + (width - line.width) * free, baseline + line.baseline - first);
            for run in &line.runs {
                let glyphs: Vec<Glyph> = run.glyphs.iter().map(|g| Glyph { id: g.id, x: x + g.x, y: y + g.y }).collect();
                let stance = run.stance;
                self.items.push(Item::Glyphs { font: run.font, size, stance, glyphs, paint: paint.clone(), opacity, blend });
            }
        }
        Some(())
    }
}

fn shape(obj: &Obj<'_>) -> Option<Shape> {
    if obj.has("ellipse") {
        return obj.rect("ellipse").map(Shape::Ellipse);
    }
    if obj.has("path") {
        return obj.list("path").iter().map(segment).collect::<Option<Vec<_>>>().map(Shape::Path);
    }
    let rect = needed(obj, "rect", obj.rect("rect"))?;
    let radius = px(obj, "radius").unwrap_or_default().min(rect.w.min(rect.h) / 2.0);
    Some(if radius.0 > 0.0 { Shape::RoundRect { rect, radius } } else { Shape::Rect(rect) })
}

/// `["M", x, y]`
fn segment(node: &Node<'_>) -> Option<Segment> {
    let parts = node.list(7)?;
    let letter = parts.first()?.choice(&["M", "L", "Q", "C", "Z"], "segment")?;
    let numbers: Vec<Px> = parts.iter().skip(1).map(|n| Some(Px(n.number(-FAR, FAR)? as f32))).collect::<Option<_>>()?;
    let point = |x: Px, y: Px| Point { x, y };
    let found = match (letter, numbers.as_slice()) {
        ("M", [x, y]) => Segment::Move(point(*x, *y)),
        ("L", [x, y]) => Segment::Line(point(*x, *y)),
        ("Q", [a, b, x, y]) => Segment::Quad(point(*a, *b), point(*x, *y)),
        ("C", [a, b, c, d, x, y]) => Segment::Cubic(point(*a, *b), point(*c, *d), point(*x, *y)),
        ("Z", []) => Segment::Close,
        _ => {
            node.cx.report.error(node.wrong(ErrorKind::Value, "a segment with too few or too many numbers"));
            return None;
        }
    };
    Some(found)
}

fn paint(obj: &Obj<'_>) -> Option<Paint> {
    let node = needed(obj, "paint", obj.node("paint"))?;
    if node.value.is_string() {
        return node.color().map(Paint::Solid);
    }
    let gradient = node.object(&PAINT)?;
    let stops = gradient.node("stops")?.stops()?;
    let numbers = |name| -> Option<Vec<Px>> {
        gradient.list(name).iter().map(|n| Some(Px(n.number(-FAR, FAR)? as f32))).collect::<Option<_>>()
    };
    match (numbers("linear")?.as_slice(), numbers("radial")?.as_slice()) {
        ([x0, y0, x1, y1], []) => Some(Paint::Linear { from: Point { x: *x0, y: *y0 }, to: Point { x: *x1, y: *y1 }, stops }),
        ([], [x, y, radius]) => Some(Paint::Radial { center: Point { x: *x, y: *y }, radius: *radius, stops }),
        _ => {
            let allowed = "linear: [x0, y0, x1, y1] or radial: [x, y, r]";
            node.cx.report.error(node.wrong(ErrorKind::Value, "this must be a gradient").allowed(allowed));
            None
        }
    }
}
