//! In: brand.tokens.json, design tokens of DTCG 2025.10: groups, inherited `$type`, `$value`, aliases `{a.b}`.
//! Out: [`Tokens`]: every token resolved to a value of this engine. Rings of aliases are errors that show the whole ring.
//! Types beyond color, dimension, fontFamily, fontWeight and number are kept unread: an error only where something uses them.

use super::read::{Node, Report};
use super::suggest::did_you_mean;
use super::token_value;
use crate::color::Rgba;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The token types this version reads, and their DTCG names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A colour.
    Color,
    /// A length.
    Dimension,
    /// One family or several in order.
    FontFamily,
    /// 1 to 1000.
    FontWeight,
    /// A plain number.
    Number,
    /// Another DTCG type, not read.
    Other,
}

/// DTCG types that are valid but not read.
const OTHER: [&str; 8] = ["duration", "cubicBezier", "strokeStyle", "border", "transition", "shadow", "gradient", "typography"];

impl TokenKind {
    /// The DTCG name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Color => "color",
            Self::Dimension => "dimension",
            Self::FontFamily => "fontFamily",
            Self::FontWeight => "fontWeight",
            Self::Number => "number",
            Self::Other => "other",
        }
    }
    fn parse(name: &str) -> Option<Self> {
        [Self::Color, Self::Dimension, Self::FontFamily, Self::FontWeight, Self::Number]
            .into_iter()
            .find(|kind| kind.name() == name)
            .or_else(|| OTHER.contains(&name).then_some(Self::Other))
    }
}

/// A resolved token value.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenValue {
    /// sRGB.
    Color(Rgba),
    /// px (1 rem = 16 px).
    Dimension(f64),
    /// Families in order.
    FontFamily(Vec<String>),
    /// 1 to 1000.
    FontWeight(u16),
    /// A number.
    Number(f64),
    /// Not read by this version; the type's name.
    Other(String),
}

impl TokenValue {
    /// Its type.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        match self {
            Self::Color(_) => TokenKind::Color,
            Self::Dimension(_) => TokenKind::Dimension,
            Self::FontFamily(_) => TokenKind::FontFamily,
            Self::FontWeight(_) => TokenKind::FontWeight,
            Self::Number(_) => TokenKind::Number,
            Self::Other(_) => TokenKind::Other,
        }
    }
    /// The type as the file names it.
    #[must_use]
    pub fn type_name(&self) -> &str {
        match self {
            Self::Other(name) => name,
            read => read.kind().name(),
        }
    }
    /// As people write it: `#rrggbb`, `16px`, `Fraunces, serif`, `700`, `1.5`.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Color(color) => color.to_hex(),
            Self::Dimension(px) => format!("{px}px"),
            Self::FontFamily(families) => families.join(", "),
            Self::FontWeight(weight) => weight.to_string(),
            Self::Number(n) => n.to_string(),
            Self::Other(kind) => kind.clone(),
        }
    }
}

/// All tokens of a brand by dotted path.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    map: BTreeMap<String, TokenValue>,
    order: Vec<String>,
    broken: BTreeSet<String>,
}

impl Tokens {
    /// True where the file has this token but its value was refused; that has been said already.
    #[must_use]
    pub fn is_broken(&self, path: &str) -> bool {
        self.broken.contains(path)
    }
    /// The token at a dotted path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&TokenValue> {
        self.map.get(path)
    }
    /// All, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &TokenValue)> {
        self.order.iter().filter_map(|path| Some((path.as_str(), self.map.get(path)?)))
    }
    /// All paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }
    /// The token an alias text `{a.b}` names.
    ///
    /// # Errors
    /// `value` where the text is no alias, `unknown` where no such token is there.
    pub fn follow(&self, at: &str, text: &str) -> Result<&TokenValue> {
        let Some(path) = alias(text) else {
            return Err(Error::new(ErrorKind::Value, at, "not a token alias")
                .found(format!("'{text}'"))
                .allowed("\"{group.token}\""));
        };
        self.get(path).ok_or_else(|| unknown(at, path, self.paths()))
    }
}

/// The path inside `{a.b}`; `None` where the text is not wholly one alias.
#[must_use]
pub fn alias(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    (!inner.is_empty() && !inner.contains(['{', '}'])).then_some(inner)
}

fn unknown<'a>(at: &str, path: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let mut error = Error::new(ErrorKind::Unknown, at, format!("unknown token '{}'", path.chars().take(80).collect::<String>()));
    error.hint = did_you_mean(path, known);
    error
}

/// A token before its value is resolved.
struct Raw<'a> {
    node: Node<'a>,
    own: Option<TokenKind>,
    group: Option<TokenKind>,
    type_name: &'a str,
}

/// Reads a token file; what is wrong goes to the node's report.
#[must_use]
pub fn read(root: &Node<'_>) -> Tokens {
    let mut raws: BTreeMap<String, Raw<'_>> = BTreeMap::new();
    let mut order = Vec::new();
    let Value::Object(map) = root.value else {
        root.cx
            .report
            .error(root.wrong(ErrorKind::Value, "a token file is an object of groups and tokens").allowed("an object in { }"));
        return Tokens::default();
    };
    gather(root, map, "", None, &mut raws, &mut order);
    if raws.len() > limits::TOKENS {
        root.cx.report.error(
            Error::new(ErrorKind::Limit, &root.at, "too many tokens")
                .found(raws.len())
                .allowed(format!("{} tokens", limits::TOKENS)),
        );
        return Tokens::default();
    }
    let mut done: BTreeMap<String, Option<TokenValue>> = BTreeMap::new();
    for path in &order {
        resolve(path, &raws, &mut done, &mut Vec::new(), root.cx.report);
    }
    let map: BTreeMap<String, TokenValue> =
        crate::ordered::map(done.into_iter().filter_map(|(path, value)| Some((path, value?))));
    let (order, broken): (Vec<String>, Vec<String>) = order.into_iter().partition(|path| map.contains_key(path));
    Tokens { map, order, broken: broken.into_iter().collect() }
}

fn kind_of<'a>(node: &Node<'a>, map: &'a Map<String, Value>) -> Option<(TokenKind, &'a str)> {
    let value = map.get("$type")?;
    let place = node.key("$type", value);
    let name = place.text()?;
    let kind = TokenKind::parse(name).unwrap_or_else(|| {
        // Tools write types of their own; that matters only where the master uses such a token.
        let known = ["color", "dimension", "fontFamily", "fontWeight", "number"];
        let shown: String = name.chars().take(60).collect();
        let mut warning =
            Error::new(ErrorKind::Unknown, &place.at, format!("unknown token type '{shown}': its tokens are not read"))
                .allowed(format!("{}, {}", known.join(", "), OTHER.join(", ")));
        warning.hint = did_you_mean(name, known.into_iter().chain(OTHER));
        node.cx.report.warn(warning);
        TokenKind::Other
    });
    Some((kind, name))
}

fn gather<'a>(
    node: &Node<'a>,
    map: &'a Map<String, Value>,
    path: &str,
    inherited: Option<(TokenKind, &'a str)>,
    raws: &mut BTreeMap<String, Raw<'a>>,
    order: &mut Vec<String>,
) {
    let own = kind_of(node, map);
    if let Some(value) = map.get("$value") {
        let type_name = own.or(inherited).map_or("", |(_, name)| name);
        let raw = Raw { node: node.key("$value", value), own: own.map(|(k, _)| k), group: inherited.map(|(k, _)| k), type_name };
        raws.insert(path.to_owned(), raw);
        order.push(path.to_owned());
        for (key, value) in map.iter().filter(|(key, _)| !key.starts_with('$')) {
            node.cx.report.warn(
                Error::new(ErrorKind::Unknown, node.key(key, value).at, "a token cannot hold other tokens; this is ignored")
                    .hint("Move it beside the token"),
            );
        }
        return;
    }
    for (key, value) in map {
        let place = node.key(key, value);
        if key.starts_with('$') && key != "$root" {
            match key.as_str() {
                "$type" | "$description" | "$extensions" | "$deprecated" | "$schema" => {}
                "$extends" | "$ref" => node.cx.report.error(
                    Error::new(ErrorKind::Unsupported, &place.at, format!("'{key}' is not supported by this version"))
                        .hint("Write the tokens out, or use aliases {a.b}"),
                ),
                _ => node.cx.report.warn(Error::new(ErrorKind::Unknown, &place.at, format!("unknown field '{key}' is ignored"))),
            }
            continue;
        }
        if key.contains(['{', '}', '.']) {
            node.cx.report.error(Error::new(
                ErrorKind::Value,
                &place.at,
                "a token or group name must not hold { } or a full stop",
            ));
            continue;
        }
        let Value::Object(inner) = value else {
            node.cx.report.error(
                place
                    .wrong(ErrorKind::Value, "this is neither a group nor a token")
                    .allowed("an object")
                    .hint("A token is { \"$value\": ... }"),
            );
            continue;
        };
        let longer = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        gather(&place, inner, &longer, own.or(inherited), raws, order);
    }
}

fn resolve(
    path: &str,
    raws: &BTreeMap<String, Raw<'_>>,
    done: &mut BTreeMap<String, Option<TokenValue>>,
    chain: &mut Vec<String>,
    report: &Report,
) -> Option<TokenValue> {
    if let Some(value) = done.get(path) {
        return value.clone();
    }
    let raw = raws.get(path)?;
    let at = &raw.node.at;
    if let Some(start) = chain.iter().position(|seen| seen == path) {
        let mut ring: Vec<String> = chain.iter().skip(start).cloned().collect();
        ring.push(path.to_owned());
        report.error(
            Error::new(ErrorKind::Cycle, at, "token aliases refer to each other in a ring")
                .found(ring.join(" → "))
                .hint("Give one of them a value of its own"),
        );
        for member in &ring {
            done.insert(member.clone(), None);
        }
        return None;
    }
    if chain.len() >= limits::ALIAS_DEPTH {
        report.error(
            Error::new(ErrorKind::Limit, at, "too many aliases in a row").allowed(format!("{} aliases", limits::ALIAS_DEPTH)),
        );
        return None;
    }
    let value = match raw.node.value {
        Value::String(text) if text.starts_with('{') => match alias(text) {
            None => {
                report.error(
                    raw.node.wrong(ErrorKind::Value, "not a token alias").allowed("\"{group.token}\", and nothing around it"),
                );
                None
            }
            Some(next) if !raws.contains_key(next) => {
                report.error(unknown(at, next, raws.keys().map(String::as_str)));
                None
            }
            Some(next) => {
                chain.push(path.to_owned());
                let value = resolve(next, raws, done, chain, report);
                chain.pop();
                if let (Some(value), Some(own)) = (&value, raw.own)
                    && value.kind() != own
                {
                    report.error(
                        Error::new(ErrorKind::Value, at, format!("the alias leads to a token of type {}", value.kind().name()))
                            .found(text)
                            .allowed(own.name()),
                    );
                }
                value
            }
        },
        _ => read_value(raw),
    };
    // A ring found deeper has already settled this one.
    done.entry(path.to_owned()).or_insert(value).clone()
}

fn read_value(raw: &Raw<'_>) -> Option<TokenValue> {
    let node = &raw.node;
    match raw.own.or(raw.group) {
        None => {
            let warning = Error::new(ErrorKind::Missing, &node.at, "the token has no type and is not read");
            node.cx.report.warn(warning.hint("Give it or one of its groups a \"$type\", such as \"color\""));
            Some(TokenValue::Other("none".to_owned()))
        }
        Some(TokenKind::Color) => token_value::color(node).map(TokenValue::Color),
        Some(TokenKind::Dimension) => token_value::dimension(node).map(TokenValue::Dimension),
        Some(TokenKind::FontFamily) => token_value::families(node).map(TokenValue::FontFamily),
        Some(TokenKind::FontWeight) => token_value::weight(node).map(TokenValue::FontWeight),
        Some(TokenKind::Number) => node.number(f64::MIN, f64::MAX).map(TokenValue::Number),
        Some(TokenKind::Other) => Some(TokenValue::Other(raw.type_name.to_owned())),
    }
}
