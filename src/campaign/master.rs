//! In: master.json and the brand's tokens. Out: a [`Master`]: artboard, styles, layers and overrides with every token already
//! a value. Which override applies to which variant is decided in `variant::resolve`; where things go, in `layout`.

use super::arrangement::{Arrangement, Character, Nudge, Pins, PinsPatch};
use super::artboards::{self, Alternate};
use super::depth;
use super::fields::{Shape, Table, may, must};
use super::format::{Format, FormatClass};
use super::infer;
use super::layer::{Group, LAYER, MasterContent, MasterLayer, STYLE, Style, Styles};
use super::read::{Node, Obj};
use super::span;
use super::suggest::did_you_mean;
use crate::color::{Fill, Rgba};
use crate::error::{Error, ErrorKind};
use crate::geom::{Rect, Size};
use crate::limits;
use crate::text::style::{SpanStyle, Writing};
use crate::units::Px;
use std::collections::{BTreeMap, BTreeSet};

/// The names of [`FormatClass`].
pub(crate) const CLASSES: [&str; 5] = ["strip", "landscape", "square", "portrait", "skyscraper"];

/// The whole file.
pub static MASTER: Table = Table {
    name: "master",
    doc: crate::campaign::fields::kept("a master design: the artboard a designer made"),
    fields: &[
        may("$schema", Shape::Text, "the schema, for editors"),
        may("name", Shape::Text, "a name for people"),
        must("artboard", Shape::Object(&ARTBOARD), "the size it was designed at"),
        may(
            "artboards",
            Shape::List(&Shape::Object(&artboards::ALTERNATE), 20),
            "the designer's own arrangements of the same layers for other shapes; between two of them what lies between",
        ),
        must("ground", Shape::Color, "page colour behind everything; also the colour of empty boxes in the sheet"),
        may("panel", Shape::Paint, "what lies under text where the picture does not (default: ground)"),
        may(
            "character",
            Shape::Choice(&["photo", "product", "type"]),
            "what leads: photo, product and price, or type (default photo)",
        ),
        may("arrangements", Shape::List(&Shape::Choice(&ARRANGEMENTS), 9), "the arrangements the designer allows (default all)"),
        may("pins", Shape::Object(&PINS), "rules of the brand about where things may be"),
        may("styles", Shape::Map(&Shape::Object(&STYLE), 200), "text styles by name"),
        may(
            "spans",
            Shape::Map(&Shape::Object(&span::SPAN), 200),
            "what tags in messages look like, by name: {\"b\": {\"weight\": 700}}; the names of styles are tags too",
        ),
        must("layers", Shape::List(&Shape::Object(&LAYER), limits::LAYERS), "layers in paint order, back to front"),
        may(
            "overrides",
            Shape::List(&Shape::Object(&OVERRIDE), 1_000),
            "small patches by format, class or locale; later ones win",
        ),
    ],
};

const ARRANGEMENTS: [&str; 9] = ["overlay", "split", "stack", "strip", "skyscraper", "poster", "l", "centred", "billboard"];

const SIDES: [&str; 4] = ["start", "end", "top", "bottom"];
const CORNERS: [&str; 5] = ["top-start", "top-end", "bottom-start", "bottom-end", "free"];

static PINS: Table = Table {
    name: "pins",
    doc: crate::campaign::fields::kept("rules of the brand, whatever looks better"),
    fields: &[
        may(
            "logo",
            Shape::Choice(&CORNERS),
            "the corner of the page, or of its words, that the logo keeps to; free (default) is no rule",
        ),
        may("off_photo", Shape::Bool, "no words on a photograph (default false)"),
    ],
};
/// The names of [`Writing`].
pub(crate) const WRITINGS: [&str; 2] = ["horizontal", "vertical"];

static ARTBOARD: Table = Table {
    name: "artboard",
    doc: crate::campaign::fields::kept("the size of the artboard"),
    fields: &[
        must("width", Shape::Number(1.0, 100_000.0), "width, px"),
        must("height", Shape::Number(1.0, 100_000.0), "height, px"),
    ],
};

static OVERRIDE: Table = Table {
    name: "override",
    doc: crate::campaign::fields::kept("a patch of one layer; every list that is given must match"),
    fields: &[
        may("formats", Shape::List(&Shape::Format, 1_000), "format ids or set names"),
        may("classes", Shape::List(&Shape::Choice(&CLASSES), 5), "format classes by aspect"),
        may("locales", Shape::List(&Shape::Locale, limits::LOCALES), "locales of the campaign"),
        may("layer", Shape::Name, "the id of the layer that set changes"),
        may("set", Shape::Object(&PATCH), "what changes"),
        may("pins", Shape::Object(&PINS), "rules of the brand that are other here"),
        may("arrangement", Shape::Name, "the arrangement to take: own, or one with a side: split-start, overlay-bottom"),
        may("by_hand", Shape::Bool, "made while looking, in the studio, where it can be taken back (default false)"),
    ],
};

static PATCH: Table = Table {
    name: "patch",
    doc: crate::campaign::fields::kept("the fields an override may set"),
    fields: &[
        may("hide", Shape::Bool, "leaves the layer out, or brings a hidden one back"),
        may("box", Shape::Box, "where it goes: fractions of the format's trim"),
        may("size", Shape::Object(&SIZE_PATCH), "text sizes, artboard px"),
        may("focal", Shape::Part, "the box of the picture that must stay in: fractions of the picture"),
        may("color", Shape::Color, "colour of text, or fill of a shape"),
        may("max_lines", Shape::Whole(1, 100), "most lines"),
        may("move", Shape::Pair(-4.0, 4.0), "right and down after layout, as shares of the format's shorter side"),
        may("scale", Shape::Number(0.05, 20.0), "times its size after layout: pictures, drawings, shapes"),
        may("order", Shape::Whole(-1_000, 1_000), "places in the paint order: negative is painted earlier"),
        may("seen", Shape::Box, "the layer's box in the master when this was made: another one is a finding"),
        may(
            "board",
            Shape::Pair(1.0, 100_000.0),
            "the artboard that seen was on, px: a master scaled as a whole keeps what was made",
        ),
        may(
            "layout",
            Shape::Name,
            "the arrangement that box, move and scale were made in: in another they rest (default: they hold in all)",
        ),
        may("writing", Shape::Choice(&WRITINGS), "text: lines across, or columns down in Japanese and Chinese"),
    ],
};

static SIZE_PATCH: Table = Table {
    name: "size-patch",
    doc: crate::campaign::fields::kept("text sizes; what is not given stays"),
    fields: &[
        may("ideal", Shape::Number(0.1, 20_000.0), "wished size, artboard px"),
        may("floor", Shape::Number(0.1, 20_000.0), "smallest size without a finding, artboard px"),
        may("ceiling", Shape::Number(0.1, 20_000.0), "largest size, artboard px"),
    ],
};

/// A master with nothing left to look up but option values and messages.
#[derive(Clone, Debug)]
pub struct Master {
    /// For people.
    pub name: String,
    /// Artboard px.
    pub artboard: Size,
    /// The same layers on other artboards.
    pub artboards: Vec<Alternate>,
    /// Page colour.
    pub ground: Rgba,
    /// Under text where no picture is.
    pub panel: Fill,
    /// What leads.
    pub character: Character,
    /// Allowed arrangements, never empty.
    pub arrangements: Vec<Arrangement>,
    /// What tags in messages look like, by name.
    pub spans: BTreeMap<String, SpanStyle>,
    /// Rules of the brand.
    pub pins: Pins,
    /// Back to front: of layers that do not meet, pictures and shades below what speaks, whatever the file's order.
    pub layers: Vec<MasterLayer>,
    /// In order; later ones win.
    pub overrides: Vec<Override>,
}

/// A patch of one layer for some variants.
#[derive(Clone, Debug)]
pub struct Override {
    /// Format ids, sets already spelt out; `None` = all.
    pub formats: Option<BTreeSet<String>>,
    /// Classes; `None` = all.
    pub classes: Option<Vec<FormatClass>>,
    /// Locales; `None` = all.
    pub locales: Option<BTreeSet<String>>,
    /// The layer's id.
    pub layer: String,
    /// What changes.
    pub set: Patch,
    /// The arrangement to take.
    pub arrangement: Option<String>,
    /// Rules of the brand that are other here.
    pub pins: PinsPatch,
}

impl Override {
    /// Whether it holds for a format in a locale: every list that is given must match.
    #[must_use]
    pub fn applies(&self, format: &Format, locale: &str) -> bool {
        self.formats.as_ref().is_none_or(|list| list.contains(&format.id))
            && self.classes.as_ref().is_none_or(|list| list.contains(&format.class()))
            && self.locales.as_ref().is_none_or(|list| list.contains(locale))
    }
}

/// What an override changes.
#[derive(Clone, Debug, Default)]
pub struct Patch {
    /// Leaves out or brings back.
    pub hide: Option<bool>,
    /// Fractions of the trim.
    pub place: Option<Rect>,
    /// Wished size, artboard px.
    pub ideal: Option<Px>,
    /// Smallest size, artboard px.
    pub floor: Option<Px>,
    /// Largest size, artboard px.
    pub ceiling: Option<Px>,
    /// Fractions of the picture.
    pub focal: Option<Rect>,
    /// Of text or shape.
    pub color: Option<Rgba>,
    /// Most lines.
    pub max_lines: Option<u32>,
    /// Right and down, as shares of the format's shorter side.
    pub shift: Option<(f32, f32)>,
    /// Times its size.
    pub scale: Option<f32>,
    /// Places in the paint order, negative is to the back.
    pub order: Option<i32>,
    /// The layer's box in the master when the patch was made.
    pub seen: Option<Rect>,
    /// The artboard that it was on.
    pub board: Option<Size>,
    /// The key of the arrangement that box and nudge were made in.
    pub within: Option<String>,
    /// Lines across or columns down.
    pub writing: Option<Writing>,
}

impl Patch {
    /// What is corrected after layout.
    #[must_use]
    pub fn nudge(&self) -> Option<Nudge> {
        if self.shift.is_none() && self.scale.is_none() {
            return None;
        }
        let (dx, dy) = self.shift.unwrap_or_default();
        Some(Nudge { dx, dy, scale: self.scale.unwrap_or(1.0) })
    }
}

/// The names a master may refer to outside itself.
pub struct Known<'a> {
    /// Spells out format ids and set names; an error where unknown.
    pub formats: &'a dyn Fn(&Node<'_>, &str) -> Option<Vec<String>>,
    /// The campaign's locales.
    pub locales: &'a [String],
}

/// Reads the file; `None` where it cannot be used (the reasons are in the report).
#[must_use]
pub fn read(root: &Node<'_>, known: &Known<'_>) -> Option<Master> {
    let obj = root.object(&MASTER)?;
    let artboard = obj.object("artboard").and_then(|o| {
        let (w, h) = (o.number("width"), o.number("height"));
        Some(Size { w: Px(w? as f32), h: Px(h? as f32) })
    });
    let ground = obj.color("ground");
    let panel = obj.paint("panel").or(ground.map(Fill::Solid));
    let character = match obj.choice("character") {
        Some("product") => Character::Product,
        Some("type") => Character::Type,
        _ => Character::Photo,
    };
    let arrangements = obj.texts("arrangements").map(|list| {
        let words: Vec<&str> = list.iter().filter_map(|(_, node)| node.choice(&ARRANGEMENTS, "arrangement")).collect();
        Arrangement::ALL.into_iter().filter(|a| words.contains(&a.name())).collect::<Vec<_>>()
    });
    if let (Some([]), Some(node)) = (arrangements.as_deref(), obj.node("arrangements")) {
        root.cx.report.error(
            Error::new(ErrorKind::Value, node.at, "no arrangement is allowed")
                .hint("Leave the field out to allow all")
                .allowed(ARRANGEMENTS.join(", ")),
        );
    }
    let styles: Styles<'_> =
        crate::ordered::map(obj.entries("styles").into_iter().map(|(name, node)| (name, Style::read(&node))));
    let named = styles.iter().filter_map(|(name, style)| Some(((*name).to_owned(), span::of_style(style.as_ref()?))));
    let mut spans: BTreeMap<String, SpanStyle> = crate::ordered::map(named);
    for (name, node) in obj.entries("spans") {
        let sound = name
            .bytes()
            .enumerate()
            .all(|(i, b)| b.is_ascii_alphabetic() || (i > 0 && (b.is_ascii_digit() || matches!(b, b'-' | b'_'))));
        if !sound || name.is_empty() {
            root.cx.report.error(
                Error::new(ErrorKind::Value, &node.at, "not a name for a tag")
                    .found(name)
                    .allowed("a letter, then letters, digits, - and _"),
            );
        }
        if let Some(style) = span::read(&node) {
            spans.insert(name.to_owned(), style);
        }
    }
    let nodes = obj.list("layers");
    let mut layers = Vec::new();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for node in &nodes {
        let Some(mut layer) = MasterLayer::read(node, &styles) else { continue };
        if let MasterContent::Text(text) = &mut layer.content {
            let list = node.object(&LAYER).and_then(|obj| obj.texts("group")).unwrap_or_default();
            text.groups = list
                .iter()
                .filter_map(|(name, node)| {
                    let formats = crate::ordered::set((known.formats)(node, name)?);
                    Some(Group { name: (*name).to_owned(), formats })
                })
                .collect();
        }
        if let Some(first) = seen.insert(layer.id.clone(), node.at.clone()) {
            root.cx.report.error(
                Error::new(ErrorKind::Value, format!("{}.id", node.at), format!("the id '{}' is taken", layer.id))
                    .hint(format!("It is used at {first}")),
            );
        }
        layers.push(layer);
    }
    if obj.has("layers") && nodes.is_empty() && root.cx.report.clean() {
        root.cx.report.error(Error::new(ErrorKind::Value, format!("{}: layers", root.at), "a master needs at least one layer"));
    }
    for (text, at, ground) in artboard.map(|a| infer::plates(&mut layers, a)).unwrap_or_default() {
        let guess = Error::new(ErrorKind::Missing, at, format!("'{ground}' lies under '{text}' alone: taken for its plate"));
        root.cx.report.warn(guess.hint("Write \"plate\" in the text, or a role where this is wrong"));
    }
    let unknown: Vec<usize> = layers.iter().enumerate().filter(|(_, l)| l.guessed).map(|(i, _)| i).collect();
    for (index, role) in artboard.map(|a| infer::roles(&layers, a, &unknown)).unwrap_or_default() {
        let Some(layer) = layers.get_mut(index) else { continue };
        layer.take(role);
        let guess = Error::new(ErrorKind::Missing, &layer.at, format!("'{}' has no role: taken for {}", layer.id, role.name()));
        root.cx.report.warn(guess.hint("Write \"role\" where this is wrong"));
    }
    let layers = depth::settled(layers);
    let overrides = obj.list("overrides").iter().filter_map(|node| read_override(node, &layers, &nodes, known)).collect();
    Some(Master {
        name: obj.text("name").unwrap_or_default().to_owned(),
        artboard: artboard?,
        artboards: obj.list("artboards").iter().filter_map(artboards::read).collect(),
        ground: ground?,
        panel: panel?,
        character,
        arrangements: arrangements.unwrap_or_else(|| Arrangement::ALL.to_vec()),
        spans,
        pins: Pins::default().under(pins(&obj)),
        layers,
        overrides,
    })
}

/// Whether a field names an arrangement, where it is given; another is reported.
fn knows_arrangement(obj: &Obj<'_>, field: &str) -> bool {
    let (Some(node), Some(key)) = (obj.node(field), obj.text(field)) else { return true };
    let sided = |(a, side): (&str, &str)| ARRANGEMENTS.contains(&a) && SIDES.contains(&side);
    let known = key == "own" || key.split_once('-').is_some_and(sided);
    if !known {
        let allowed = format!("own, or one of {} with -start, -end, -top or -bottom", ARRANGEMENTS.join(", "));
        node.cx.report.error(node.wrong(ErrorKind::Value, "no such arrangement").allowed(allowed));
    }
    known
}

/// What an object says of pins.
fn pins(obj: &Obj<'_>) -> PinsPatch {
    let Some(pins) = obj.object("pins") else { return PinsPatch::default() };
    let corner = |c: &str| (c != "free").then(|| (c.starts_with("bottom"), c.ends_with("end")));
    PinsPatch { logo: pins.choice("logo").map(corner), off_photo: pins.bool("off_photo") }
}

impl Master {
    /// The names of its tags.
    pub(crate) fn span_names(&self) -> impl Iterator<Item = &str> + Clone {
        self.spans.keys().map(String::as_str)
    }
    /// What a tag looks like; those that every campaign has may be named anew.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<SpanStyle> {
        self.spans.get(name).cloned().or_else(|| span::built_in(name))
    }
}

fn read_override(node: &Node<'_>, layers: &[MasterLayer], nodes: &[Node<'_>], known: &Known<'_>) -> Option<Override> {
    let obj = node.object(&OVERRIDE)?;
    let formats = obj
        .texts("formats")
        .map(|list| crate::ordered::set(list.iter().filter_map(|(text, node)| (known.formats)(node, text)).flatten()));
    let classes = obj.texts("classes").map(|list| {
        list.iter().filter_map(|(_, node)| node.choice(&CLASSES, "class")).filter_map(FormatClass::parse).collect::<Vec<_>>()
    });
    let locales = obj.texts("locales").map(|list| {
        for (text, node) in &list {
            if !known.locales.iter().any(|l| l == text) {
                let mut warning = Error::new(ErrorKind::Unknown, &node.at, format!("'{text}' is no locale of this campaign"));
                warning.hint = did_you_mean(text, known.locales.iter().map(String::as_str));
                node.cx.report.warn(warning);
            }
        }
        crate::ordered::set(list.iter().map(|(text, _)| (*text).to_owned()))
    });
    let arrangement = obj.text("arrangement").map(str::to_owned);
    if !knows_arrangement(&obj, "arrangement") {
        return None;
    }
    let pins = pins(&obj);
    if !obj.has("layer") && (arrangement.is_some() || obj.has("pins")) {
        return Some(Override { formats, classes, locales, layer: String::new(), set: Patch::default(), arrangement, pins });
    }
    for field in ["layer", "set"].into_iter().filter(|field| !obj.has(field)) {
        node.cx.report.error(Error::new(ErrorKind::Missing, &node.at, format!("'{field}' is missing")));
    }
    let layer = obj.text("layer")?;
    let target = layers.iter().find(|l| l.id == layer);
    // What was corrected by hand outlives its layer: it does nothing, and the variants that it was made for say so.
    let orphan = target.is_none() && (node.value.pointer("/set/seen").is_some() || obj.bool("by_hand") == Some(true));
    if target.is_none() && !orphan {
        // A layer that was refused has been reported already.
        if nodes.iter().any(|node| node.value.get("id").and_then(serde_json::Value::as_str) == Some(layer)) {
            return None;
        }
        let mut error = Error::new(ErrorKind::Unknown, format!("{}.layer", node.at), format!("unknown layer '{layer}'"));
        let names = || layers.iter().map(|l| l.id.as_str());
        let gone = || {
            "Where the layer is gone, take this override out; with \"by_hand\": true it waits for the layer, and says so"
                .to_owned()
        };
        error.hint = Some(did_you_mean(layer, names()).unwrap_or_else(gone));
        node.cx.report.error(error.found(layer).allowed(names().collect::<Vec<_>>().join(", ")));
        return None;
    }
    let set = obj.object("set")?;
    if !knows_arrangement(&set, "layout") {
        return None;
    }
    let size = set.object("size");
    let px = |name: &str| size.as_ref().and_then(|o| o.number(name)).map(|n| Px(n as f32));
    let patch = Patch {
        hide: set.bool("hide"),
        place: set.rect("box"),
        ideal: px("ideal"),
        floor: px("floor"),
        ceiling: px("ceiling"),
        focal: set.rect("focal"),
        color: set.color("color"),
        max_lines: set.whole("max_lines").and_then(|n| u32::try_from(n).ok()),
        shift: set.pair("move").map(|(x, y)| (x as f32, y as f32)),
        scale: set.number("scale").map(|n| n as f32),
        order: set.whole("order").and_then(|n| i32::try_from(n).ok()),
        seen: set.rect("seen"),
        board: set.pair("board").map(|(w, h)| Size { w: Px(w as f32), h: Px(h as f32) }),
        within: set.text("layout").map(str::to_owned),
        writing: set.choice("writing").map(super::layer::writing),
    };
    let useless = |target: &MasterLayer| {
        ((size.is_some() || patch.max_lines.is_some() || patch.writing.is_some()) && !target.is_text())
            || (patch.focal.is_some() && !target.is_image())
            || (patch.color.is_some() && !target.is_text() && !target.is_shape())
    };
    if let Some(target) = target.filter(|t| useless(t)) {
        node.cx.report.warn(Error::new(
            ErrorKind::Value,
            format!("{}.set", node.at),
            format!("some of this does nothing: the layer '{layer}' is {}", target.kind_name()),
        ));
    }
    Some(Override { formats, classes, locales, layer: layer.to_owned(), set: patch, arrangement, pins })
}
