//! In: one layer or text style of master.json. Out: a [`MasterLayer`] or [`Style`] with tokens as values; pictures and
//! messages are still names, because they depend on the option and the locale.

use super::AssetId;
use super::fields::{Shape, Table, may, must};
use super::look::{PictureFit, Plate, Shadow, ShapeKind, Stroke};
use super::read::{Node, Obj};
use super::role::{Keep, Role};
use super::span;
use super::suggest::did_you_mean;
use crate::color::{Blend, Fill, Rgba};
use crate::error::{Error, ErrorKind};
use crate::geom::Rect;
use crate::text::face::Variation;
use crate::text::fit::Budget;
use crate::text::style::{Align, Edge, LineHeight, TextStyle, Writing};
use crate::units::Px;
use std::collections::{BTreeMap, BTreeSet};

/// The names of [`Role`]; a test keeps them equal.
pub(crate) const ROLES: [&str; 12] = [
    "background",
    "photo",
    "product",
    "logo",
    "headline",
    "subhead",
    "body",
    "call-to-action",
    "price",
    "badge",
    "legal",
    "decoration",
];
const BLENDS: [&str; 5] = ["normal", "multiply", "screen", "overlay", "soft-light"];
const KEEPS: [&str; 3] = ["must", "should", "may"];
const FAR: f64 = 100_000.0;

/// A layer.
pub static LAYER: Table = Table {
    name: "layer",
    doc: crate::campaign::fields::kept("a layer: one of image, vector, shape or text"),
    fields: &[
        must("id", Shape::Name, "its name, unique in the master"),
        may(
            "role",
            Shape::Choice(&ROLES),
            "what it is for: adaptation places and keeps it by this (default: guessed from name, looks and place)",
        ),
        must("box", Shape::Box, "where it is on the artboard: [x, y, width, height], px"),
        may("keep", Shape::Choice(&KEEPS), "how firmly it stays where room is short (default by role)"),
        may("priority", Shape::Whole(-1_000_000, 1_000_000), "the lower goes first where room is short (default by role)"),
        may("opacity", Shape::Number(0.0, 1.0), "0 to 1 (default 1)"),
        may("blend", Shape::Choice(&BLENDS), "how it mixes with what is under it (default normal)"),
        may("radius", Shape::Number(0.0, FAR), "corner radius, px (default 0)"),
        may("stroke", Shape::Object(&STROKE), "outline"),
        may("shadow", Shape::Object(&SHADOW), "soft shadow"),
        may("hide", Shape::Bool, "left out unless an override brings it back (default false)"),
        may("image", Shape::Name, "a picture: a path in the campaign, or {option.name}"),
        may(
            "fit",
            Shape::Choice(&["cover", "contain"]),
            "image: fills its box, or wholly inside (default cover; contain for products)",
        ),
        may("focal", Shape::Part, "image: the part that must stay in, fractions of the picture (default all of it)"),
        may("vector", Shape::Name, "an SVG: a path in the campaign, or {option.name}"),
        may("on_dark", Shape::Name, "vector: the drawing for dark grounds"),
        may("clear", Shape::Number(0.0, 10.0), "vector: clear space around it, times its height (default 0.25)"),
        may("min_width", Shape::Number(0.0, FAR), "vector: narrowest allowed, px (default 0)"),
        may("shape", Shape::Choice(&["rect", "ellipse"]), "a plain shape"),
        may("fill", Shape::Paint, "shape: what it is filled with"),
        may("text", Shape::Name, "text: a message key of copy/<locale>.json"),
        may("style", Shape::Name, "text: a name in styles"),
        may("size", Shape::Object(&SIZE), "text: sizes, artboard px"),
        may("max_lines", Shape::Whole(1, 100), "text: most lines (default 3)"),
        may("balance", Shape::Bool, "text: lines of even length (default false)"),
        may(
            "writing",
            Shape::Choice(&super::master::WRITINGS),
            "text: lines across, or columns down from right to left where the language is Japanese or Chinese (default horizontal)",
        ),
        may("copyfit", Shape::Object(&COPYFIT), "text: what may be given up below the floor rather than overflow"),
        may(
            "group",
            Shape::List(&Shape::Format, 100),
            "text: format ids and set names; in each of them the text takes one share of the page, that of the tightest format",
        ),
        may("plate", Shape::Object(&PLATE), "text: the button, badge or plate it stands on"),
        may("strike", Shape::Bool, "text: a line through it, for an old price (default false)"),
        may(
            "currency",
            Shape::Choice(&["inline", "superscript"]),
            "text: signs and codes of currencies as they stand, or small and raised, as the span sup (default inline)",
        ),
    ],
};

static STROKE: Table = Table {
    name: "stroke",
    doc: crate::campaign::fields::kept("an outline, centred on the edge"),
    fields: &[
        must("paint", Shape::Paint, "its colour or gradient"),
        may("width", Shape::Number(0.0, FAR), "its width, artboard px (default 1)"),
    ],
};

static SHADOW: Table = Table {
    name: "shadow",
    doc: crate::campaign::fields::kept("a soft shadow"),
    fields: &[
        must("color", Shape::Color, "colour and strength, such as #0006"),
        may("blur", Shape::Number(0.0, 10_000.0), "CSS blur radius, artboard px (default 0)"),
        may("dx", Shape::Number(-FAR, FAR), "moved right, artboard px (default 0)"),
        may("dy", Shape::Number(-FAR, FAR), "moved down, artboard px (default 0)"),
    ],
};

static SIZE: Table = Table {
    name: "size",
    doc: crate::campaign::fields::kept("text sizes, artboard px"),
    fields: &[
        must("ideal", Shape::Number(0.1, 20_000.0), "wished size, artboard px"),
        may("floor", Shape::Number(0.1, 20_000.0), "smallest size without a finding, artboard px (default half the ideal)"),
        may("ceiling", Shape::Number(0.1, 20_000.0), "largest size, artboard px (default the ideal)"),
    ],
};

static COPYFIT: Table = Table {
    name: "copyfit",
    doc: crate::campaign::fields::kept(
        "what a text may give up where its floor is still too large; each concession is a finding",
    ),
    fields: &[
        may("tracking", Shape::Number(0.0, 0.1), "first: letter-spacing taken away, em; joined scripts give none (default 0)"),
        may("leading", Shape::Number(0.7, 3.0), "then: least line height, times the size (default the style's)"),
        may(
            "hyphens",
            Shape::Choice(&["manual", "auto"]),
            "last: words are hyphenated by the rules of their language, as few as it takes; manual breaks at soft hyphens alone (default manual)",
        ),
    ],
};

static PLATE: Table = Table {
    name: "plate",
    doc: crate::campaign::fields::kept("a ground that hugs its text"),
    fields: &[
        must("fill", Shape::Paint, "its colour or gradient"),
        may("radius", Shape::Number(0.0, FAR), "corner radius, artboard px; 999 gives a pill (default 0)"),
        may(
            "padding",
            Shape::Pair(0.0, 10_000.0),
            "[above and below, left and right], artboard px, or em of the text with em (default 0.5 and 1 em)",
        ),
        may("em", Shape::Bool, "padding counts in em of the text (default false)"),
        may("stroke", Shape::Object(&STROKE), "outline"),
        may("shadow", Shape::Object(&SHADOW), "soft shadow"),
    ],
};

/// A text style.
pub static STYLE: Table = Table {
    name: "style",
    doc: crate::campaign::fields::kept("how text is set, size apart"),
    fields: &[
        may("font", Shape::Families, "family, families, or a fontFamily token; default fonts by script follow"),
        may("weight", Shape::Number(1.0, 1000.0), "1 to 1000, or a token (default 400)"),
        may("italic", Shape::Bool, "italic faces (default false)"),
        must("color", Shape::Color, "colour of the type"),
        may("tracking", Shape::Number(-1.0, 10.0), "letter-spacing in em; never inside joined scripts (default 0)"),
        may("leading", Shape::Number(0.1, 10.0), "line height, times the size (default 1.2)"),
        may("case", Shape::Choice(&["none", "upper", "lower"]), "case mapping by the language's rules (default none)"),
        may("features", Shape::Map(&Shape::Whole(0, 65_535), 64), "OpenType features by four-letter tag: {\"tnum\": 1}"),
        span::FIGURES,
        span::FIGURE_WIDTH,
        span::CAPS,
        span::LIGATURES,
        span::KERNING,
        may(
            "line_height",
            Shape::Choice(&["fixed", "metrics"]),
            "leading counts from the size, or from the height the face itself asks for (default fixed)",
        ),
        may(
            "edge",
            Shape::Choice(&["leading", "cap"]),
            "the text's box includes half the leading, or ends at the capitals' top and the last baseline (default leading)",
        ),
        may("hang", Shape::Bool, "quotation marks, hyphens and stops at a line's ends stand outside the edge (default false)"),
        may(
            "axes",
            Shape::Map(&Shape::Number(-FAR, FAR), 64),
            "where a variable font stands on its axes, by four-letter tag: {\"wdth\": 85}; numbers or tokens (weight and italic have their own)",
        ),
        may(
            "align",
            Shape::Choice(&["start", "center", "end"]),
            "by direction: start is left, in right-to-left languages right (default start)",
        ),
    ],
};

/// A named text style.
#[derive(Clone, Debug)]
pub struct Style {
    /// How text is set.
    pub text: TextStyle,
    /// Its colour.
    pub color: Rgba,
    /// Its alignment.
    pub align: Align,
}

/// Styles by name; `None` where a style is there but was refused, which has been said already.
pub type Styles<'a> = BTreeMap<&'a str, Option<Style>>;

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file of the campaign.
    File(AssetId),
    /// The option row's value of that name.
    Option(String),
}

/// A layer as the master has it.
#[derive(Clone, Debug)]
pub struct MasterLayer {
    /// Unique in the master.
    pub id: String,
    /// JSON place, for errors about its picture or message.
    pub at: String,
    /// What it is for.
    pub role: Role,
    /// The file does not say what it is for.
    pub guessed: bool,
    /// Whether the file says how firmly it stays, and its priority.
    pub settled: (bool, bool),
    /// Artboard px.
    pub place: Rect,
    /// How firmly it stays.
    pub keep: Keep,
    /// The lower goes first.
    pub priority: i32,
    /// 0 to 1.
    pub opacity: f32,
    /// How it mixes.
    pub blend: Blend,
    /// Artboard px.
    pub radius: Px,
    /// Outline.
    pub stroke: Option<Stroke>,
    /// Shadow.
    pub shadow: Option<Shadow>,
    /// Left out unless an override brings it back.
    pub hide: bool,
    /// What it shows.
    pub content: MasterContent,
}

/// What a master's layer shows.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "most layers are text")]
pub enum MasterContent {
    /// A picture.
    Image {
        /// Where from.
        source: Source,
        /// Fill or stay inside.
        fit: PictureFit,
        /// Must stay in, fractions of the picture.
        focal: Rect,
    },
    /// A drawing.
    Vector {
        /// Where from.
        source: Source,
        /// For dark grounds.
        on_dark: Option<Source>,
        /// Times its height.
        clear: f32,
        /// px.
        min_width: Px,
    },
    /// A plain shape.
    Shape {
        /// Which.
        kind: ShapeKind,
        /// Its paint.
        fill: Fill,
    },
    /// Text.
    Text(MasterText),
}

/// Formats whose text takes one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The id or set as the master has it.
    pub name: String,
    /// Its formats, spelt out when the whole master is read.
    pub formats: BTreeSet<String>,
}

/// A place for text, without its text.
#[derive(Clone, Debug)]
pub struct MasterText {
    /// The message key.
    pub key: String,
    /// How it is set.
    pub style: Style,
    /// Wished size, artboard px.
    pub ideal: Px,
    /// Smallest size without a finding, artboard px.
    pub floor: Px,
    /// Largest size, artboard px.
    pub ceiling: Px,
    /// Most lines.
    pub max_lines: u32,
    /// Even lines.
    pub balance: bool,
    /// A line through it.
    pub strike: bool,
    /// Lines across or columns down.
    pub writing: Writing,
    /// What may be given up below the floor.
    pub budget: Budget,
    /// Formats that agree on one size, by lists: a list is a group.
    pub groups: Vec<Group>,
    /// Signs and codes of currencies stand small and raised.
    pub superscript_currency: bool,
    /// What it stands on.
    pub plate: Option<Plate>,
}

impl MasterLayer {
    /// "an image", "text" ...
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.content {
            MasterContent::Image { .. } => "an image",
            MasterContent::Vector { .. } => "a vector",
            MasterContent::Shape { .. } => "a shape",
            MasterContent::Text(_) => "text",
        }
    }
    /// Gives it a role that was guessed, and what follows from it.
    pub fn take(&mut self, role: Role) {
        self.role = role;
        if !self.settled.0 {
            self.keep = role.keep();
        }
        if !self.settled.1 {
            self.priority = role.priority();
        }
        if let (MasterContent::Image { fit, .. }, Role::Product) = (&mut self.content, role) {
            *fit = PictureFit::Contain;
        }
    }
    /// The wished size of its text, artboard px.
    #[must_use]
    pub fn ideal(&self) -> Option<f32> {
        match &self.content {
            MasterContent::Text(text) => Some(text.ideal.0),
            _ => None,
        }
    }
    /// True for text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.content, MasterContent::Text(_))
    }
    /// True for pictures.
    #[must_use]
    pub fn is_image(&self) -> bool {
        matches!(self.content, MasterContent::Image { .. })
    }
    /// True for plain shapes.
    #[must_use]
    pub fn is_shape(&self) -> bool {
        matches!(self.content, MasterContent::Shape { .. })
    }

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
            keep: keep.unwrap_or_else(|| role.keep()),
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
    let name = super::tokens::alias(text).and_then(|inner| inner.strip_prefix("option.")).filter(|name| !name.is_empty());
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

impl Style {
    /// Reads one style.
    #[must_use]
    pub fn read(node: &Node<'_>) -> Option<Self> {
        let obj = node.object(&STYLE)?;
        let families = obj.node("font").and_then(|node| node.families()).unwrap_or_default();
        let variations = obj
            .entries("axes")
            .into_iter()
            .filter_map(|(tag, node)| {
                let value = node.number(-FAR, FAR)? as f32;
                match <[u8; 4]>::try_from(tag.as_bytes()) {
                    Ok(tag) if tag.iter().all(|b| (0x20..0x7f).contains(b)) => Some(Variation { tag, value }),
                    _ => {
                        let error = Error::new(ErrorKind::Value, &node.at, "not the tag of an axis").found(tag);
                        node.cx.report.error(error.allowed("four letters, such as wdth"));
                        None
                    }
                }
            })
            .collect();
        let align = match obj.choice("align") {
            Some("center") => Align::Center,
            Some("end") => Align::End,
            _ => Align::Start,
        };
        let plain = TextStyle::default();
        let metrics = obj.choice("line_height") == Some("metrics");
        let text = TextStyle {
            families,
            weight: obj.number("weight").map_or(plain.weight, |w| w.round() as u16),
            italic: obj.bool("italic").unwrap_or(false),
            features: span::features(&obj),
            variations,
            tracking_em: obj.number("tracking").unwrap_or(0.0) as f32,
            leading: obj.number("leading").map_or(if metrics { 1.0 } else { plain.leading }, |n| n as f32),
            case: span::case(&obj).unwrap_or_default(),
            line_height: if metrics { LineHeight::Metrics } else { LineHeight::Fixed },
            edge: if obj.choice("edge") == Some("cap") { Edge::Cap } else { Edge::Leading },
            hang: obj.bool("hang").unwrap_or(false),
            writing: plain.writing,
            hyphens: plain.hyphens,
        };
        Some(Self { text, color: obj.color("color")?, align })
    }
}
