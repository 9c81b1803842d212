//! In: a span of master.json: what a tag in a message looks like. Out: a [`SpanStyle`] with tokens as values. Also the five tags
//! that every campaign has, and the OpenType features behind the words for figures, capitals and ligatures.

use super::fields::{Field, Shape, Table, may};
use super::layer::Style;
use super::read::{Node, Obj};
use crate::text::style::{Case, Feature, SpanStyle};

/// A span.
pub static SPAN: Table = Table {
    name: "span",
    doc: crate::campaign::fields::kept("what <name>words</name> in a message looks like; what is not given stays as around it"),
    fields: &[
        may("font", Shape::Families, "family, families, or a fontFamily token"),
        may("weight", Shape::Number(1.0, 1000.0), "1 to 1000, or a token"),
        may("italic", Shape::Bool, "italic faces"),
        may("color", Shape::Color, "colour of the type"),
        may("tracking", Shape::Number(-1.0, 10.0), "letter-spacing in em; never inside joined scripts"),
        may("case", Shape::Choice(&["none", "upper", "lower"]), "case mapping by the language's rules"),
        may("features", Shape::Map(&Shape::Whole(0, 65_535), 64), "OpenType features by four-letter tag: {\"tnum\": 1}"),
        FIGURES,
        FIGURE_WIDTH,
        CAPS,
        LIGATURES,
        KERNING,
        may("scale", Shape::Number(0.2, 4.0), "size, times that around it (default 1)"),
        may("rise", Shape::Number(-2.0, 2.0), "baseline raised by, em of the text around it (default 0)"),
        may("underline", Shape::Bool, "a line under it (default false)"),
        may("strike", Shape::Bool, "a line through it (default false)"),
        may("nobreak", Shape::Bool, "no line ends inside (default false)"),
    ],
};

/// Which figures.
pub(crate) const FIGURES: Field = may(
    "figures",
    Shape::Choice(&["lining", "old-style"]),
    "figures as high as capitals, or with ascenders and descenders, where the font has them",
);
/// How wide figures are.
pub(crate) const FIGURE_WIDTH: Field = may(
    "figure_width",
    Shape::Choice(&["proportional", "tabular"]),
    "figures as wide as they are, or all of one width, where the font has them",
);
/// Small capitals.
pub(crate) const CAPS: Field =
    may("caps", Shape::Choice(&["small", "all-small"]), "small letters, or all, as small capitals, where the font has them");
/// Ligatures.
pub(crate) const LIGATURES: Field = may(
    "ligatures",
    Shape::Choice(&["none", "common", "discretionary"]),
    "optional ligatures: none, those the font shows by itself, or also the ornamental ones (default common)",
);
/// Kerning.
pub(crate) const KERNING: Field = may("kerning", Shape::Bool, "pairs closed up as the font wants it (default true)");

/// Tags that every campaign has, see [`super::words::TAGS`].
#[must_use]
pub fn built_in(name: &str) -> Option<SpanStyle> {
    let plain = SpanStyle::default();
    match name {
        "nobreak" => Some(SpanStyle { nobreak: true, ..plain }),
        "u" => Some(SpanStyle { underline: true, ..plain }),
        "s" => Some(SpanStyle { strike: true, ..plain }),
        // Small figures as high as capitals: 0.7 em of cap height less what is left of it at this size.
        "sup" => Some(SpanStyle { scale: 0.55, rise_em: 0.32, nobreak: true, ..plain }),
        "sub" => Some(SpanStyle { scale: 0.6, rise_em: -0.12, nobreak: true, ..plain }),
        _ => None,
    }
}

/// A span in a text style of the master: its face, spacing and colour.
#[must_use]
pub fn of_style(style: &Style) -> SpanStyle {
    SpanStyle {
        families: Some(style.text.families.clone()),
        weight: Some(style.text.weight),
        italic: Some(style.text.italic),
        features: style.text.features.clone(),
        tracking_em: Some(style.text.tracking_em),
        case: Some(style.text.case),
        color: Some(style.color),
        ..SpanStyle::default()
    }
}

/// Reads one span.
#[must_use]
pub fn read(node: &Node<'_>) -> Option<SpanStyle> {
    let obj = node.object(&SPAN)?;
    Some(SpanStyle {
        families: obj.node("font").and_then(|node| node.families()),
        weight: obj.number("weight").map(|w| w.round() as u16),
        italic: obj.bool("italic"),
        features: features(&obj),
        tracking_em: obj.number("tracking").map(|n| n as f32),
        case: case(&obj),
        scale: obj.number("scale").unwrap_or(1.0) as f32,
        rise_em: obj.number("rise").unwrap_or(0.0) as f32,
        color: obj.color("color"),
        underline: obj.bool("underline").unwrap_or(false),
        strike: obj.bool("strike").unwrap_or(false),
        nobreak: obj.bool("nobreak").unwrap_or(false),
    })
}

/// The case that is asked for.
pub(crate) fn case(obj: &Obj<'_>) -> Option<Case> {
    match obj.choice("case") {
        Some("upper") => Some(Case::Upper),
        Some("lower") => Some(Case::Lower),
        Some(_) => Some(Case::AsTyped),
        None => None,
    }
}

/// Features by their tags, and those behind the words for figures, capitals, ligatures and kerning; a tag wins over a word.
pub(crate) fn features(obj: &Obj<'_>) -> Vec<Feature> {
    let mut out: Vec<Feature> = Vec::new();
    let mut set = |tags: &[&[u8; 4]], value: u32| out.extend(tags.iter().map(|tag| Feature { tag: **tag, value }));
    match obj.choice("figures") {
        Some("lining") => set(&[b"lnum"], 1),
        Some("old-style") => set(&[b"onum"], 1),
        _ => {}
    }
    match obj.choice("figure_width") {
        Some("proportional") => set(&[b"pnum"], 1),
        Some("tabular") => set(&[b"tnum"], 1),
        _ => {}
    }
    match obj.choice("caps") {
        Some("small") => set(&[b"smcp"], 1),
        Some("all-small") => set(&[b"smcp", b"c2sc"], 1),
        _ => {}
    }
    match obj.choice("ligatures") {
        Some("none") => set(&[b"liga", b"clig"], 0),
        Some("discretionary") => set(&[b"dlig"], 1),
        _ => {}
    }
    if obj.bool("kerning") == Some(false) {
        set(&[b"kern"], 0);
    }
    for (tag, node) in obj.entries("features") {
        let Some(value) = node.whole(0, 65_535).and_then(|v| u32::try_from(v).ok()) else { continue };
        match <[u8; 4]>::try_from(tag.as_bytes()) {
            Ok(tag) if tag.iter().all(|b| (0x20..0x7f).contains(b)) => {
                out.retain(|f| f.tag != tag);
                out.push(Feature { tag, value });
            }
            _ => node.cx.report.error(
                crate::error::Error::new(crate::error::ErrorKind::Value, &node.at, "not a feature tag")
                    .found(tag)
                    .allowed("four letters, such as tnum"),
            ),
        }
    }
    out
}
