//! The published JSON Schemas are those of the reader's tables; reader and schema refuse the same; the samples hold.
//! `UPDATE=1 cargo test --test schemas` writes the files anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use variorum::campaign::format;
use variorum::campaign::read::{Context, Node, Report};
use variorum::campaign::{copy, manifest, master, policy, schema, tokens};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("www")
}

#[test]
fn published_files_are_the_tables() {
    for (name, made) in schema::all() {
        let path = folder().join("schema").join(name);
        let text = format!("{}\n", serde_json::to_string_pretty(&made).unwrap());
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == text, "{} is not what the reader accepts: run UPDATE=1 cargo test --test schemas", path.display());
        assert!(jsonschema::meta::is_valid(&made), "{name} is no JSON Schema");
    }
}

#[test]
fn samples_hold() {
    let schemas = validators();
    for sample in ["alba", "kiosk", "pulse"] {
        let root = folder().join("samples").join(sample);
        let mut files = vec![
            ("campaign.json".to_owned(), "campaign"),
            ("master.json".to_owned(), "master"),
            ("policy.json".to_owned(), "policy"),
            ("brand.tokens.json".to_owned(), "brand.tokens"),
        ];
        for entry in std::fs::read_dir(root.join("copy")).unwrap() {
            files.push((format!("copy/{}", entry.unwrap().file_name().to_str().unwrap()), "copy"));
        }
        for (file, kind) in files {
            let value: Value = serde_json::from_slice(&std::fs::read(root.join(&file)).unwrap()).unwrap();
            let errors: Vec<String> = schemas[kind].iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert_eq!(errors, Vec::<String>::new(), "{sample}/{file}");
        }
    }
}

fn validators() -> BTreeMap<String, jsonschema::Validator> {
    let made = |(name, value): (&str, Value)| {
        (name.trim_end_matches(".schema.json").to_owned(), jsonschema::validator_for(&value).unwrap())
    };
    schema::all().into_iter().map(made).collect()
}

/// An example of every file that uses every field.
fn examples() -> BTreeMap<&'static str, Value> {
    let linear = json!({ "type": "linear", "angle": 90, "stops": [[0, "#000"], [1, "{c.ink}"]] });
    let radial = json!({ "type": "radial", "center": [0.5, 0.5], "radius": 0.5, "stops": [[0, "#000"], [1, "#fff8"]] });
    let base = |id: &str, more: Value| {
        let mut layer = json!({ "id": id, "role": "headline", "box": [0, 0, 10, 10] });
        layer.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        layer
    };
    let stroke = json!({ "paint": "#fff", "width": 2 });
    let shadow = json!({ "color": "#0006", "blur": 24, "dx": 0, "dy": 8 });
    let plate = json!({ "fill": radial, "radius": 9, "padding": [1, 2], "em": true, "stroke": stroke, "shadow": shadow });
    let whole = json!({ "keep": "must", "priority": 1, "opacity": 0.5, "blend": "multiply", "radius": 2, "stroke": stroke, "shadow": shadow,
        "hide": false, "image": "assets/a.jpg", "fit": "cover", "focal": [0, 0, 1, 1] });
    BTreeMap::from([
        (
            "campaign",
            json!({ "$schema": "x", "name": "n", "version": "1", "master": "master.json", "brand": "b.json", "policy": "p.json", "source_locale": "en",
                "locales": ["en"], "formats": ["all"], "custom_formats": [{ "id": "own", "width": 10, "height": 10 }],
                "options": [{ "id": "main", "values": { "a": "b" } }], "exclude": [{ "formats": ["all"], "locales": ["en"], "options": ["main"] }],
                "naming": "{format}{locale}{option}", "delivery": { "type": "jpeg", "quality": 80 }, "fonts": ["a.ttf"],
                "rights": { "assets/a.jpg": { "title": "t", "author": "a", "licence": "l", "licence_url": "u", "source": "s", "territory": "DE",
                "expires": "2030-01-31" } } }),
        ),
        (
            "master",
            json!({ "$schema": "x", "name": "n", "artboard": { "width": 10, "height": 10 }, "ground": "{c.ink}", "panel": linear, "character": "type",
                "arrangements": ["overlay"],
                "styles": { "s": { "font": "{f.a}", "weight": 700, "italic": false, "color": "#fff", "tracking": 0, "leading": 1, "case": "upper",
                    "features": { "tnum": 1 }, "align": "start" } },
                "layers": [base("a", whole),
                    base("b", json!({ "vector": "assets/l.svg", "on_dark": "assets/l.svg", "clear": 0.2, "min_width": 10 })),
                    base("c", json!({ "shape": "rect", "fill": linear })),
                    base("d", json!({ "text": "k", "style": "s", "size": { "ideal": 10, "floor": 5, "ceiling": 12 }, "max_lines": 2, "balance": true,
                        "plate": plate, "strike": false }))],
                "overrides": [{ "formats": ["all"], "classes": ["strip"], "locales": ["en"], "layer": "d", "set": { "hide": true, "box": [0, 0, 1, 1],
                    "size": { "ideal": 9, "floor": 4, "ceiling": 11 }, "color": "#fff", "max_lines": 1 } },
                    { "layer": "a", "set": { "focal": [0, 0, 1, 1] } }] }),
        ),
        (
            "policy",
            json!({ "$schema": "x", "rules": policy::RULES.names().map(|id| (id.to_owned(), json!({ "severity": "must", "limit": 1 })))
                .collect::<serde_json::Map<_, _>>(),
                "weights": { "version": 1, "terms": policy::TERMS.names().map(|id| (id.to_owned(), json!(0.5))).collect::<serde_json::Map<_, _>>() } }),
        ),
        ("copy", json!({ "$schema": "x", "locale": "en", "messages": { "k": { "text": "t", "origin": "human", "note": "n" } } })),
        (
            "format",
            json!({ "id": "own", "medium": "print", "channel": "iso", "name": "n", "width": 100, "height": 100, "unit": "mm", "dpi": 300, "print_scale": 1,
                "bleed_mm": 3, "safe_zone": { "top": 1, "right": 1, "bottom": 1, "left": 1 }, "max_bytes": 5, "subload_max_bytes": 5,
                "file_types": ["pdf"], "max_ink_pct": 300, "notes": "n", "source": "s" }),
        ),
    ])
}

/// What the reader says of a file: errors and warnings.
fn read(kind: &str, value: &Value) -> Result<usize, String> {
    let report = Report::default();
    let brand = json!({ "c": { "ink": { "$type": "color", "$value": { "colorSpace": "srgb", "components": [0, 0, 0] } } },
        "f": { "a": { "$type": "fontFamily", "$value": "A" } } });
    let found = tokens::read(&Node::root("brand", &brand, Context { report: &report, tokens: None }));
    let plain = Node::root(kind, value, Context { report: &report, tokens: None });
    match kind {
        "campaign" => drop(manifest::read(&plain)),
        "master" => {
            let formats = |_: &Node<'_>, text: &str| Some(vec![text.to_owned()]);
            let known = master::Known { formats: &formats, locales: &["en".to_owned()] };
            drop(master::read(&Node::root(kind, value, Context { report: &report, tokens: Some(&found) }), &known));
        }
        "policy" => drop(policy::read(&plain)),
        "copy" => drop(copy::read(&plain, "en")),
        _ => drop(plain.object(&format::FORMAT).and_then(|obj| format::Format::read(&obj))),
    }
    report.close().map(|warnings| warnings.len()).map_err(|e| e.to_string())
}

/// Every place of a value as a JSON pointer.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
            out.push(at.clone());
            places(value, &at, out);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, value)| {
            out.push(format!("{at}/{i}"));
            places(value, &format!("{at}/{i}"), out);
        }),
        _ => {}
    }
}

#[test]
fn reader_and_schema_refuse_the_same() {
    let schemas = validators();
    for (kind, example) in examples() {
        let valid = |value: &Value| schemas[kind].is_valid(value);
        let errors: Vec<String> = schemas[kind].iter_errors(&example).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{kind}");
        assert_eq!(read(kind, &example), Ok(0), "{kind}");
        let mut at = Vec::new();
        places(&example, "", &mut at);
        for place in at {
            // null is never right.
            let mut wrong = example.clone();
            *wrong.pointer_mut(&place).unwrap() = Value::Null;
            assert!(read(kind, &wrong).is_err(), "{kind}{place}: the reader takes null");
            assert!(!valid(&wrong), "{kind}{place}: the schema takes null");
            // Whatever stands there, the reader answers; what it takes without a word the schema takes too.
            for value in [
                json!("x"),
                json!(-1),
                json!(1e300),
                json!(2.5),
                json!(true),
                json!([]),
                json!({}),
                json!([[]]),
                json!("{c.ink}"),
                json!("é"),
            ] {
                let mut other = example.clone();
                *other.pointer_mut(&place).unwrap() = value.clone();
                if read(kind, &other) == Ok(0) {
                    let errors: Vec<String> = schemas[kind].iter_errors(&other).map(|e| e.to_string()).collect();
                    assert!(errors.is_empty(), "{kind}{place} = {value}: the reader takes it, the schema does not: {errors:?}");
                }
            }
            let mut more = example.clone();
            let Some(Value::Object(map)) = more.pointer_mut(&place) else { continue };
            map.insert("zzz unknown".into(), Value::Null);
            assert!(read(kind, &more) != Ok(0), "{kind}{place}: the reader is silent about an unknown field");
            assert!(!valid(&more), "{kind}{place}: the schema is silent about an unknown field");
        }
    }
}

#[test]
fn every_word_and_bound_of_the_schema_is_the_readers() {
    // Words: the schema's own lists, each put in place, are all read.
    for (field, words) in [("role", 12), ("blend", 5), ("keep", 3), ("fit", 2)] {
        let made = &schema::all()["master.schema.json"]["$defs"]["layer"]["properties"][field]["enum"];
        assert_eq!(made.as_array().unwrap().len(), words, "{field}");
        for word in made.as_array().unwrap() {
            let mut example = examples()["master"].clone();
            example["layers"][0][field] = word.clone();
            assert_eq!(read("master", &example), Ok(0), "{field} {word}");
        }
    }
    let roles: Vec<&str> = variorum::variant::Role::ALL.iter().map(|role| role.name()).collect();
    assert_eq!(schema::all()["master.schema.json"]["$defs"]["layer"]["properties"]["role"]["enum"], json!(roles));
}

#[test]
fn formats_and_locales_are_proposed_and_own_ones_taken() {
    let schema = &schema::all()["campaign.schema.json"];
    let proposed = |name: &str| schema["$defs"][name]["anyOf"][0]["enum"].as_array().unwrap().clone();
    let names = proposed("format_name");
    for name in ["all", "iab", "print", "instagram", "ig-story", "ooh-96sheet-uk"] {
        assert!(names.contains(&json!(name)), "{name}");
    }
    assert_eq!(proposed("locale").len(), 27);
    let valid = |formats: Value, locales: Value| {
        validators()["campaign"].is_valid(&json!({ "name": "n", "formats": formats, "locales": locales }))
    };
    assert!(valid(json!(["iab", "-iab-mrec", "own"]), json!(["en", "sr-Latn-RS"])));
    assert!(!valid(json!(["iab"]), json!(["pt_BR"])));
    for (name, schema) in schema::all() {
        assert_eq!(schema["$id"], format!("urn:variorum:schema:{name}"));
    }
}

#[test]
fn tokens_are_checked_lightly() {
    let schema = &validators()["brand.tokens"];
    let color = |value: Value| json!({ "c": { "$type": "color", "a": { "$value": value, "$type": "color" } } });
    assert!(schema.is_valid(&color(json!({ "colorSpace": "srgb", "components": [0, 0, 0], "hex": "#000000" }))));
    assert!(schema.is_valid(&color(json!("{c.b}"))));
    assert!(!schema.is_valid(&color(json!(7))));
    assert!(!schema.is_valid(&json!({ "c": 5 })));
}
