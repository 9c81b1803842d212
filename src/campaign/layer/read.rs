//! In: one layer of master.json. Out: a [`MasterLayer`], or the errors in the report.

use super::style::Styles;
use super::table::LAYER;
use super::{MasterContent, MasterLayer, MasterText, Source};
use crate::campaign::AssetId;
use crate::campaign::look::{PictureFit, Plate, Shadow, ShapeKind, Stroke};
use crate::campaign::read::{Node, Obj};
use crate::campaign::role::{Keep, Role};
use crate::campaign::suggest::did_you_mean;
use crate::campaign::tokens;
use crate::color::Blend;
use crate::error::{Error, ErrorKind};
use crate::geom::Rect;
use crate::text::fit::Budget;
use crate::text::style::Writing;
use crate::units::Px;

impl MasterLayer {
    /// Reads one layer.
    #[must_use]
    pub fn read(node: &Node<'_>, styles: &Styles<'_>) -> Option<Self> {
        let obj = node.object(&LAYER)?;
        let role_name = obj.choice("role");
        let role = Role::ALL.into_iter().find(|role| Some(role.name()) == role_name);
        let keep = match obj.choice("keep") {
            Some("must") => Some(Keep::Must),
            Some("should") => Some(Keep::Should),
            Some("may") => Some(Keep::May),
            _ => None,
        };
        let blend = match obj.choice("blend") {
            Some("multiply") => Blend::Multiply,
            Some("screen") => Blend::Screen,
            Some("overlay") => Blend::Overlay,
            Some("soft-light") => Blend::SoftLight,
            _ => Blend::Normal,
        };
        let (id, place, content) = (obj.text("id"), obj.rect("box"), content(node, &obj, role, styles));
        let priority = obj.whole("priority").and_then(|n| i32::try_from(n).ok());
        let (opacity, radius, hide) = (obj.number("opacity"), obj.number("radius"), obj.bool("hide"));
        let (stroke, shadow) = (stroke(&obj), shadow(&obj));
        // One that is given but unknown has been reported; one that is not given is guessed when all layers are known.
        let guessed = role_name.is_none();
        if guessed && obj.has("role") {
            return None;
        }
        let role = role.unwrap_or(Role::Decoration);
        Some(Self {
            guessed,
            settled: (keep.is_some(), priority.is_some()),
            id: id?.to_owned(),
            at: node.at.clone(),
            role,
            place: place?,
            keep: keep.map_or_else(|| role.keep(), |said| role.kept(said)),
            priority: priority.unwrap_or_else(|| role.priority()),
            opacity: opacity.unwrap_or(1.0) as f32,
            blend,
            radius: Px(radius.unwrap_or(0.0) as f32),
            stroke,
            shadow,
            hide: hide.unwrap_or(false),
            content: content?,
        })
    }
}

/// Which fields belong to which content; the first of each says that it is that content.
const CONTENTS: [(&str, &[&str]); 4] = [
    ("image", &["fit", "focal"]),
    ("vector", &["on_dark", "clear", "min_width"]),
    ("shape", &["fill"]),
    ("text", &["style", "size", "max_lines", "balance", "writing", "copyfit", "group", "plate", "strike", "currency"]),
];

fn content(node: &Node<'_>, obj: &Obj<'_>, role: Option<Role>, styles: &Styles<'_>) -> Option<MasterContent> {
    let given: Vec<&str> = CONTENTS.iter().map(|(name, _)| *name).filter(|name| obj.has(name)).collect();
    let [kind] = given.as_slice() else {
        let (kind, message) = if given.is_empty() {
            (ErrorKind::Missing, "the layer shows nothing")
        } else {
            (ErrorKind::Value, "a layer shows one thing")
        };
        let mut error = Error::new(kind, &node.at, message).allowed("one of image, vector, shape, text");
        if !given.is_empty() {
            error = error.found(given.join(", "));
        }
        node.cx.report.error(error);
        return None;
    };
    for (other, fields) in CONTENTS.iter().filter(|(other, _)| other != kind) {
        for field in fields.iter().filter(|field| obj.has(field)) {
            node.cx.report.warn(Error::new(
                ErrorKind::Value,
                format!("{}.{field}", node.at),
                format!("'{field}' belongs to {other} and does nothing here"),
            ));
        }
    }
    match *kind {
        "image" => {
            let source = source(obj, "image");
            let fit = match obj.choice("fit") {
                Some("contain") => PictureFit::Contain,
                None if role == Some(Role::Product) => PictureFit::Contain,
                _ => PictureFit::Cover,
            };
            let focal = obj.rect("focal").unwrap_or(Rect::new(0.0, 0.0, 1.0, 1.0));
            Some(MasterContent::Image { source: source?, fit, focal })
        }
        "vector" => {
            let (source, on_dark) = (source(obj, "vector"), source(obj, "on_dark"));
            let (clear, min_width) = (obj.number("clear").unwrap_or(0.25), obj.number("min_width").unwrap_or(0.0));
            Some(MasterContent::Vector { source: source?, on_dark, clear: clear as f32, min_width: Px(min_width as f32) })
        }
        "shape" => {
            let kind = if obj.choice("shape")? == "ellipse" { ShapeKind::Ellipse } else { ShapeKind::Rect };
            if !obj.has("fill") {
                node.cx
                    .report
                    .error(Error::new(ErrorKind::Missing, &node.at, "'fill' is missing").allowed("a colour or gradient"));
            }
            Some(MasterContent::Shape { kind, fill: obj.paint("fill")? })
        }
        _ => text(node, obj, styles).map(MasterContent::Text),
    }
}

/// A path, or `{option.name}`.
fn source(obj: &Obj<'_>, field: &str) -> Option<Source> {
    let text = obj.text(field)?;
    if !text.starts_with('{') {
        return Some(Source::File(AssetId(text.into())));
    }
    let name = tokens::alias(text).and_then(|inner| inner.strip_prefix("option.")).filter(|name| !name.is_empty());
    if name.is_none()
        && let Some(node) = obj.node(field)
    {
        obj.cx.report.error(
            node.wrong(ErrorKind::Value, "not a file and not an option")
                .allowed("a path such as assets/hero.jpg, or {option.name}"),
        );
    }
    name.map(|name| Source::Option(name.to_owned()))
}

fn text(node: &Node<'_>, obj: &Obj<'_>, styles: &Styles<'_>) -> Option<MasterText> {
    for (field, what) in [("style", "a name in styles"), ("size", "{\"ideal\": 96, \"floor\": 44, \"ceiling\": 110}")] {
        if !obj.has(field) {
            node.cx.report.error(Error::new(ErrorKind::Missing, &node.at, format!("'{field}' is missing")).allowed(what));
        }
    }
    let style = obj.text("style").and_then(|name| {
        let found = styles.get(name).cloned();
        if found.is_none() {
            let mut error = Error::new(ErrorKind::Unknown, format!("{}.style", node.at), format!("unknown style '{name}'"))
                .allowed(styles.keys().copied().collect::<Vec<_>>().join(", "));
            error.hint = did_you_mean(name, styles.keys().copied());
            node.cx.report.error(error);
        }
        found.flatten()
    });
    let size = obj.object("size").and_then(|size| {
        let (ideal, floor, ceiling) = (size.number("ideal"), size.number("floor"), size.number("ceiling"));
        let ideal = ideal?;
        let (floor, ceiling) = (floor.unwrap_or(ideal / 2.0), ceiling.unwrap_or(ideal));
        if floor > ideal || ideal > ceiling {
            node.cx.report.error(
                Error::new(ErrorKind::Value, &size.at, "the sizes are out of order")
                    .found(format!("floor {floor}, ideal {ideal}, ceiling {ceiling}"))
                    .allowed("floor ≤ ideal ≤ ceiling"),
            );
            return None;
        }
        Some((Px(ideal as f32), Px(floor as f32), Px(ceiling as f32)))
    });
    let max_lines = obj.whole("max_lines").and_then(|n| u32::try_from(n).ok()).unwrap_or(3);
    let (balance, strike) = (obj.bool("balance").unwrap_or(false), obj.bool("strike").unwrap_or(false));
    let plate = obj.object("plate").and_then(|o| plate(&o, size.map(|(ideal, _, _)| ideal)));
    let (ideal, floor, ceiling) = size?;
    Some(MasterText {
        key: obj.text("text")?.to_owned(),
        style: style?,
        ideal,
        floor,
        ceiling,
        max_lines,
        balance,
        strike,
        writing: obj.choice("writing").map_or_else(Writing::default, writing),
        budget: obj.object("copyfit").map_or_else(Budget::default, |o| Budget {
            tracking_em: o.number("tracking").unwrap_or(0.0) as f32,
            leading: o.number("leading").unwrap_or(0.0) as f32,
            hyphens: o.choice("hyphens") == Some("auto"),
        }),
        groups: Vec::new(),
        superscript_currency: obj.choice("currency") == Some("superscript"),
        plate,
    })
}

/// By its name.
pub(crate) fn writing(name: &str) -> Writing {
    if name == "vertical" { Writing::Vertical } else { Writing::Horizontal }
}

fn plate(obj: &Obj<'_>, ideal: Option<Px>) -> Option<Plate> {
    let (fill, radius, em) = (obj.paint("fill"), obj.number("radius").unwrap_or(0.0), obj.bool("em").unwrap_or(false));
    let (y, x) = match obj.pair("padding") {
        Some((y, x)) if em => (y as f32, x as f32),
        // px at the wished size: the plate keeps its proportion where text is set smaller.
        Some((y, x)) => (y as f32 / ideal?.0, x as f32 / ideal?.0),
        None => (0.5, 1.0),
    };
    Some(Plate { fill: fill?, radius: Px(radius as f32), pad_y_em: y, pad_x_em: x, stroke: stroke(obj), shadow: shadow(obj) })
}

fn stroke(obj: &Obj<'_>) -> Option<Stroke> {
    let o = obj.object("stroke")?;
    let (fill, width) = (o.paint("paint"), o.number("width").unwrap_or(1.0));
    Some(Stroke { fill: fill?, width: Px(width as f32) })
}

fn shadow(obj: &Obj<'_>) -> Option<Shadow> {
    let o = obj.object("shadow")?;
    let px = |name: &str| Px(o.number(name).unwrap_or(0.0) as f32);
    let (color, blur, dx, dy) = (o.color("color"), px("blur"), px("dx"), px("dy"));
    Some(Shadow { color: color?, blur, dx, dy })
}
