//! In: the `$value` of one token, or what a person types for it. Out: a colour, length, family, weight; or the JSON that a token of
//! its type takes. Groups, inheritance and aliases are left to `tokens`.

use super::read::{Node, describe};
use super::tokens::{TokenKind, alias};
use crate::color::Rgba;
use crate::error::{Error, ErrorKind, Result};
use serde_json::Value;

pub(super) fn color(node: &Node<'_>) -> Option<Rgba> {
    const ALLOWED: &str = "{\"colorSpace\": \"srgb\", \"components\": [r, g, b], \"alpha\": 1, \"hex\": \"#rrggbb\"}";
    let report = node.cx.report;
    match node.value {
        Value::String(text) => {
            let color = Rgba::parse_hex(text);
            if color.is_none() {
                report.error(node.wrong(ErrorKind::Value, "not a colour").allowed(ALLOWED));
            } else {
                report.warn(
                    Error::new(ErrorKind::Value, &node.at, "a colour written as text is not DTCG 2025.10")
                        .found(text)
                        .allowed(ALLOWED),
                );
            }
            color
        }
        Value::Object(map) => {
            let hex = map.get("hex").and_then(|hex| {
                let place = node.key("hex", hex);
                let color = Rgba::parse_hex(place.text()?);
                if color.is_none() {
                    report.error(place.wrong(ErrorKind::Value, "not a hex colour").allowed("#rrggbb"));
                }
                color
            });
            let alpha = match map.get("alpha") {
                Some(alpha) => node.key("alpha", alpha).number(0.0, 1.0)?,
                None => 1.0,
            };
            let alpha = (alpha * 255.0).round() as u8;
            let space = map.get("colorSpace").and_then(Value::as_str).unwrap_or("");
            if space == "srgb" {
                let Some(components) = map.get("components") else {
                    if hex.is_none() {
                        report.error(node.wrong(ErrorKind::Missing, "'components' is missing").allowed(ALLOWED));
                    }
                    return hex.map(|c| Rgba { a: alpha, ..c });
                };
                let place = node.key("components", components);
                let list = place.list(64)?;
                let channel = |part: &Node<'_>| {
                    if part.value.as_str() == Some("none") {
                        Some(0)
                    } else {
                        Some((part.number(0.0, 1.0)? * 255.0).round() as u8)
                    }
                };
                return match list.as_slice() {
                    [r, g, b] => {
                        let (r, g, b) = (channel(r), channel(g), channel(b));
                        Some(Rgba { r: r?, g: g?, b: b?, a: alpha })
                    }
                    _ => {
                        report
                            .error(place.wrong(ErrorKind::Value, "srgb has three components").allowed("[r, g, b], each 0 to 1"));
                        None
                    }
                };
            }
            if let Some(hex) = hex {
                report.warn(
                    Error::new(ErrorKind::Unsupported, &node.at, "only colorSpace srgb is read: the hex value stands in")
                        .found(space),
                );
                return Some(Rgba { a: alpha, ..hex });
            }
            report.error(
                Error::new(ErrorKind::Unsupported, &node.at, "only colorSpace srgb is read")
                    .found(if space.is_empty() { "no colorSpace" } else { space })
                    .allowed(ALLOWED)
                    .hint("Add \"hex\", which stands in for other colour spaces"),
            );
            None
        }
        _ => {
            report.error(node.wrong(ErrorKind::Value, "not a colour").allowed(ALLOWED));
            None
        }
    }
}

pub(super) fn dimension(node: &Node<'_>) -> Option<f64> {
    const ALLOWED: &str = "{\"value\": 16, \"unit\": \"px\"}";
    if let Value::String(text) = node.value {
        let (digits, px) = match text.strip_suffix("rem") {
            Some(digits) => (digits, 16.0),
            None => (text.strip_suffix("px").unwrap_or(""), 1.0),
        };
        if let Some(n) = digits.trim().parse::<f64>().ok().filter(|n| n.abs() <= 1e6) {
            let warning = Error::new(ErrorKind::Value, &node.at, "a dimension written as text is not DTCG 2025.10");
            node.cx.report.warn(warning.found(text).allowed(ALLOWED));
            return Some(n * px);
        }
    }
    let Value::Object(map) = node.value else {
        node.cx.report.error(node.wrong(ErrorKind::Value, "not a dimension").allowed(ALLOWED));
        return None;
    };
    let (Some(value), Some(unit)) = (map.get("value"), map.get("unit")) else {
        node.cx.report.error(Error::new(ErrorKind::Missing, &node.at, "a dimension needs 'value' and 'unit'").allowed(ALLOWED));
        return None;
    };
    let value = node.key("value", value).number(-1e6, 1e6)?;
    match node.key("unit", unit).choice(&["px", "rem"], "unit")? {
        "rem" => Some(value * 16.0),
        _ => Some(value),
    }
}

pub(super) fn families(node: &Node<'_>) -> Option<Vec<String>> {
    match node.value {
        Value::String(_) => Some(vec![node.name()?.to_owned()]),
        Value::Array(list) if !list.is_empty() => node.list(16)?.iter().map(|family| Some(family.name()?.to_owned())).collect(),
        _ => {
            node.cx.report.error(node.wrong(ErrorKind::Value, "not a font family").allowed("a name, or a list of names"));
            None
        }
    }
}

/// The weight names of DTCG 2025.10.
fn weight_name(name: &str) -> Option<u16> {
    Some(match name {
        "thin" | "hairline" => 100,
        "extra-light" | "ultra-light" => 200,
        "light" => 300,
        "normal" | "regular" | "book" => 400,
        "medium" => 500,
        "semi-bold" | "demi-bold" => 600,
        "bold" => 700,
        "extra-bold" | "ultra-bold" => 800,
        "black" | "heavy" => 900,
        "extra-black" | "ultra-black" => 950,
        _ => return None,
    })
}

pub(super) fn weight(node: &Node<'_>) -> Option<u16> {
    let weight = match node.value {
        Value::String(name) => weight_name(name),
        other => other.as_f64().filter(|n| (1.0..=1000.0).contains(n)).map(|n| n.round() as u16),
    };
    if weight.is_none() {
        node.cx.report.error(node.wrong(ErrorKind::Value, "not a font weight").allowed("1 to 1000, or a name such as bold"));
    }
    weight
}

/// The JSON a token of this type takes for a text typed by a person: `#b34a00`, `16px`, `Fraunces, serif`, `700`, `{a.b}`.
///
/// # Errors
/// `value` where the text does not fit the type.
pub fn json_of(at: &str, kind: TokenKind, text: &str) -> Result<Value> {
    let text = text.trim();
    let wrong = |allowed: &str| {
        Error::new(ErrorKind::Value, at, format!("not a {} value", kind.name()))
            .found(describe(&Value::from(text)))
            .allowed(allowed)
    };
    if alias(text).is_some() {
        return Ok(Value::from(text));
    }
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    Ok(match kind {
        TokenKind::Color => {
            let color = Rgba::parse_hex(text).ok_or_else(|| wrong("#rgb, #rrggbb, #rrggbbaa or {alias}"))?;
            let part = |v: u8| f64::from(v) / 255.0;
            serde_json::json!({
                "colorSpace": "srgb", "components": [part(color.r), part(color.g), part(color.b)], "alpha": part(color.a),
                "hex": Rgba { a: 255, ..color }.to_hex()
            })
        }
        TokenKind::Dimension => {
            let (digits, unit) = match text.strip_suffix("rem") {
                Some(digits) => (digits, "rem"),
                None => (text.strip_suffix("px").unwrap_or(text), "px"),
            };
            let value = number(digits.trim()).ok_or_else(|| wrong("a length such as 16px or 1.5rem"))?;
            serde_json::json!({ "value": value, "unit": unit })
        }
        TokenKind::FontFamily => {
            let names: Vec<&str> =
                text.split(',').map(|name| name.trim().trim_matches(['"', '\''])).filter(|name| !name.is_empty()).collect();
            match names.as_slice() {
                [] => return Err(wrong("family names, separated by commas")),
                [one] => Value::from(*one),
                many => Value::from(many.to_vec()),
            }
        }
        TokenKind::FontWeight => match weight_name(text) {
            Some(_) => Value::from(text),
            None => Value::from(
                number(text).filter(|n| (1.0..=1000.0).contains(n)).ok_or_else(|| wrong("1 to 1000, or a name such as bold"))?,
            ),
        },
        TokenKind::Number => Value::from(number(text).ok_or_else(|| wrong("a number"))?),
        TokenKind::Other => {
            return Err(Error::new(ErrorKind::Unsupported, at, "tokens of this type cannot be edited in this version"));
        }
    })
}
