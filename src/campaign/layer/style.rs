//! In: one text style of master.json. Out: a [`Style`]: how text is set, size apart, tokens as values.

use super::table::FAR;
use crate::campaign::fields::{Shape, Table, may, must};
use crate::campaign::read::Node;
use crate::campaign::span;
use crate::color::Rgba;
use crate::error::{Error, ErrorKind};
use crate::text::face::Variation;
use crate::text::style::{Align, Edge, LineHeight, TextStyle};
use std::collections::BTreeMap;

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
