//! In: the tables the readers check by. Out: JSON Schemas (2020-12), so that an editor completes and checks campaign files by
//! the very names, ranges and words this engine accepts. A test holds the published files equal to these.

use super::catalogue::Catalogue;
use super::fields::{Field, Shape, Table};
use super::format;
use super::{copy, locale, manifest, master, policy};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";
/// What each file's name follows in its `$id`: a name and no address, for the files come with the package.
const PLACE: &str = "urn:variorum:schema:";
/// What the reader takes for a language tag.
const TAG: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";
const HEX: &str = "^#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$";
const ALIAS: &str = r"^\{[^{}]+\}$";
/// An alias of a colour, whole or with a share of its opacity.
const THINNED: &str = r"^\{[^{}]+\}( +[0-9]+(\.[0-9]+)?%)?$";

/// All published schemas by file name, such as `master.schema.json`.
#[must_use]
pub fn all() -> BTreeMap<&'static str, Value> {
    let made = [
        ("campaign.schema.json", of(&manifest::CAMPAIGN, false)),
        ("master.schema.json", of(&master::MASTER, true)),
        ("policy.schema.json", of(&policy::POLICY, false)),
        ("copy.schema.json", of(&copy::COPY, false)),
        ("format.schema.json", of(&format::FORMAT, false)),
        ("brand.tokens.schema.json", brand()),
    ];
    made.into_iter().map(|(name, schema)| (name, named(name, schema))).collect()
}

/// The schema with its `$id`, after `$schema`.
fn named(name: &str, schema: Value) -> Value {
    let mut out = Map::new();
    out.insert("$schema".into(), DRAFT.into());
    out.insert("$id".into(), format!("{PLACE}{name}").into());
    if let Value::Object(body) = schema {
        out.extend(body);
    }
    Value::Object(out)
}

/// The schema of a file; `aliases` where numbers may be token aliases.
fn of(root: &'static Table, aliases: bool) -> Value {
    let mut maker = Maker { aliases, defs: Map::new() };
    let Value::Object(body) = maker.table(root) else { return Value::Null };
    let mut schema = Map::new();
    schema.insert("title".into(), format!("variorum {}", root.name).into());
    schema.extend(body);
    if !maker.defs.is_empty() {
        schema.insert("$defs".into(), Value::Object(maker.defs));
    }
    Value::Object(schema)
}

struct Maker {
    aliases: bool,
    defs: Map<String, Value>,
}

impl Maker {
    fn table(&mut self, table: &'static Table) -> Value {
        let mut properties = Map::new();
        for Field { name, shape, doc, .. } in table.fields {
            let mut value = self.shape(*shape);
            if let Some(map) = value.as_object_mut() {
                map.insert("description".into(), (*doc).into());
            }
            properties.insert((*name).into(), value);
        }
        let required: Vec<&str> = table.fields.iter().filter(|f| f.required).map(|f| f.name).collect();
        let mut out =
            json!({ "description": table.doc, "type": "object", "properties": properties, "additionalProperties": false });
        if let Some(map) = out.as_object_mut() {
            if !required.is_empty() {
                map.insert("required".into(), required.into());
            }
            if table.name == "layer" {
                let one = ["image", "vector", "shape", "text"].map(|name| json!({ "required": [name] }));
                map.insert("oneOf".into(), one.to_vec().into());
                map.insert("dependentRequired".into(), json!({ "shape": ["fill"], "text": ["style", "size"] }));
            }
        }
        out
    }

    fn reference(&mut self, table: &'static Table) -> Value {
        if !self.defs.contains_key(table.name) {
            self.defs.insert(table.name.into(), Value::Null);
            let made = self.table(table);
            self.defs.insert(table.name.into(), made);
        }
        json!({ "$ref": format!("#/$defs/{}", table.name) })
    }

    /// What an editor proposes, written once and referred to.
    fn proposal(&mut self, name: &str, make: impl FnOnce() -> Value) -> Value {
        if !self.defs.contains_key(name) {
            self.defs.insert(name.into(), make());
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    /// A number, or where tokens are at hand an alias of one.
    fn number(&self, least: f64, most: f64) -> Value {
        let number = json!({ "type": "number", "minimum": short(least), "maximum": short(most) });
        if self.aliases { json!({ "anyOf": [number, { "type": "string", "pattern": ALIAS }] }) } else { number }
    }

    fn shape(&mut self, shape: Shape) -> Value {
        let part = |least: i32, most: i32| json!({ "type": "number", "minimum": least, "maximum": most });
        match shape {
            Shape::Text => json!({ "type": "string" }),
            Shape::Name => json!({ "type": "string", "minLength": 1 }),
            Shape::Format => self.proposal("format_name", || {
                let catalogue = Catalogue::built_in();
                let sets = catalogue.sets().map(|(name, _)| name);
                let names: Vec<&str> = sets.chain(catalogue.formats().iter().map(|format| format.id.as_str())).collect();
                // A campaign has formats of its own, and takes away by a - before the name.
                json!({ "anyOf": [{ "enum": names }, { "type": "string", "minLength": 1 }] })
            }),
            Shape::Locale => self.proposal(
                "locale",
                || json!({ "anyOf": [{ "enum": locale::PROPOSED }, { "type": "string", "pattern": TAG, "maxLength": 64 }] }),
            ),
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Number(least, most) => self.number(least, most),
            Shape::Whole(least, i64::MAX) => json!({ "type": "integer", "minimum": least }),
            Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Shape::Choice(words) => json!({ "enum": words }),
            Shape::Color => json!({ "type": "string", "anyOf": [{ "pattern": HEX }, { "pattern": THINNED }] }),
            Shape::Paint => {
                let gradient = self.reference(&super::paint::GRADIENT);
                json!({ "anyOf": [{ "type": "string", "anyOf": [{ "pattern": HEX }, { "pattern": THINNED }] }, gradient] })
            }
            Shape::Box => {
                let (any, size) = (self.number(-1e6, 1e6), self.number(0.0, 1e6));
                json!({ "type": "array", "prefixItems": [any, any, size, size], "minItems": 4, "maxItems": 4 })
            }
            Shape::Part => json!({ "type": "array", "items": part(0, 1), "minItems": 4, "maxItems": 4 }),
            Shape::Pair(least, most) => {
                let number = self.number(least, most);
                json!({ "type": "array", "items": number, "minItems": 2, "maxItems": 2 })
            }
            Shape::Families => {
                let name = json!({ "type": "string", "minLength": 1 });
                json!({ "anyOf": [name, { "type": "array", "items": name, "maxItems": 16 }] })
            }
            Shape::List(inner, most) => {
                let items = self.shape(*inner);
                json!({ "type": "array", "items": items, "maxItems": most })
            }
            Shape::Object(table) => self.reference(table),
            Shape::Map(inner, most) => {
                let values = self.shape(*inner);
                json!({ "type": "object", "additionalProperties": values, "maxProperties": most })
            }
            Shape::Stops => {
                let color = self.shape(Shape::Color);
                let stop =
                    json!({ "type": "array", "prefixItems": [self.number(0.0, 1.0), color], "minItems": 2, "maxItems": 2 });
                json!({ "type": "array", "items": stop, "minItems": 2, "maxItems": crate::limits::STOPS })
            }
            Shape::Any => json!({}),
        }
    }
}

/// Whole numbers without ".0".
fn short(n: f64) -> Value {
    if n.fract() == 0.0 && n.abs() < 1e15 { Value::from(n as i64) } else { Value::from(n) }
}

/// Design tokens, lightly: the shape of groups and tokens and of the five types that are read. Rings and dangling aliases are
/// found by the engine.
fn brand() -> Value {
    let alias = json!({ "type": "string", "pattern": ALIAS });
    let color = json!({
        "type": "object",
        "required": ["colorSpace"],
        "properties": {
            "colorSpace": { "type": "string", "description": "srgb; others are read by their hex" },
            "components": { "type": "array", "items": { "anyOf": [{ "type": "number" }, { "const": "none" }] } },
            "alpha": { "type": "number", "minimum": 0, "maximum": 1 },
            "hex": { "type": "string", "pattern": HEX }
        }
    });
    let dimension = json!({
        "type": "object",
        "required": ["value", "unit"],
        "properties": { "value": { "type": "number" }, "unit": { "enum": ["px", "rem"] } }
    });
    let family = json!({ "anyOf": [{ "type": "string", "minLength": 1 }, { "type": "array", "items": { "type": "string" }, "minItems": 1, "maxItems": 16 }] });
    let weight = json!({ "anyOf": [{ "type": "number", "minimum": 1, "maximum": 1000 }, { "type": "string" }] });
    let when = |kind: &str, value: &Value| {
        json!({
            "if": { "properties": { "$type": { "const": kind } }, "required": ["$type"] },
            "then": { "properties": { "$value": { "anyOf": [value, alias] } } }
        })
    };
    let kinds = [
        ("color", &color),
        ("dimension", &dimension),
        ("fontFamily", &family),
        ("fontWeight", &weight),
        ("number", &json!({ "type": "number" })),
    ];
    json!({
        "title": "variorum brand tokens",
        "description": "design tokens, DTCG 2025.10: groups of tokens; a token has $value; {a.b} refers to another",
        "type": "object",
        "properties": { "$schema": { "type": "string" } },
        "$ref": "#/$defs/group",
        "$defs": {
            "group": {
                "type": "object",
                "properties": {
                    "$type": { "description": "type of all tokens below that have none", "type": "string" },
                    "$description": { "type": "string" },
                    "$extensions": { "type": "object" },
                    "$deprecated": { "type": ["boolean", "string"] }
                },
                "patternProperties": {
                    "^([^$.{}][^.{}]*|\\$root)$": {
                        "if": { "type": "object", "required": ["$value"] },
                        "then": { "$ref": "#/$defs/token" },
                        "else": { "$ref": "#/$defs/group" }
                    }
                }
            },
            "token": {
                "type": "object",
                "required": ["$value"],
                "properties": {
                    "$value": { "description": "the value, or an alias {group.token}" },
                    "$type": { "description": "color, dimension, fontFamily, fontWeight or number; other DTCG types are not read" },
                    "$description": { "type": "string" },
                    "$extensions": { "type": "object" },
                    "$deprecated": { "type": ["boolean", "string"] }
                },
                "allOf": kinds.map(|(kind, value)| when(kind, value))
            }
        }
    })
}
