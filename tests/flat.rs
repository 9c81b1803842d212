//! Masters as design tools export them: a flat list of layers without roles, whose names say little or nothing. What each is for is read from its
//! name in the designer's language, else from geometry and style; a rectangle under words is their button.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

#[path = "common/masters.rs"]
mod masters;

use masters::{edit, everywhere, open, prepared, read};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use variorum::campaign::Files;
use variorum::variant::Role;

/// Files whose layers have no roles, and names by what `name` makes of the kind of layer and its number; a plate is a rectangle of its own. With
/// the roles that were there, by those names.
fn flat(sample: &str, name: &dyn Fn(&str, usize) -> String) -> (Files, BTreeMap<String, String>) {
    let mut files = read(sample);
    let (mut keys, mut roles) = (BTreeMap::new(), BTreeMap::new());
    edit(&mut files, "master.json", |m| {
        let mut out: Vec<Value> = Vec::new();
        for (n, layer) in m["layers"].as_array().unwrap().iter().enumerate() {
            let mut layer = layer.clone();
            let kind = ["image", "vector", "shape", "text"].into_iter().find(|k| layer.get(*k).is_some()).unwrap();
            let id = name(kind, n);
            let role = layer.as_object_mut().unwrap().remove("role");
            roles.insert(id.clone(), role.map_or(String::new(), |r| r.as_str().unwrap().to_owned()));
            for field in ["keep", "priority", "group"] {
                layer.as_object_mut().unwrap().remove(field);
            }
            layer["id"] = json!(id);
            if kind == "text" {
                let key = format!("string {n}");
                keys.insert(layer["text"].as_str().unwrap().to_owned(), key.clone());
                layer["text"] = json!(key);
                if let Some(plate) = layer.as_object_mut().unwrap().remove("plate") {
                    let b: Vec<f64> = layer["box"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
                    let mut ground = json!({ "id": name("shape", 100 + n), "shape": "rect", "box": b, "fill": plate["fill"] });
                    if let Some(radius) = plate.get("radius") {
                        ground["radius"] = radius.clone();
                    }
                    out.push(ground);
                    let em = layer["size"]["ideal"].as_f64().unwrap();
                    layer["box"] = json!([b[0] + em, b[1] + (b[3] - 1.2 * em) / 2.0, b[2] - 2.0 * em, 1.2 * em]);
                }
            }
            out.push(layer);
        }
        m["layers"] = json!(out);
        for field in ["overrides", "artboards", "pins"] {
            m.as_object_mut().unwrap().remove(field);
        }
    });
    edit(&mut files, "campaign.json", |c| {
        c["locales"] = json!(["en"]);
        c["source_locale"] = json!("en");
    });
    files.retain(|path, _| !path.starts_with("copy/") || path == "copy/en.json");
    edit(&mut files, "copy/en.json", |c| {
        let said = c["messages"].as_object().unwrap().iter();
        c["messages"] = said.filter_map(|(key, message)| Some((keys.get(key)?.clone(), message.clone()))).collect();
    });
    (files, roles)
}

fn tool(kind: &str, n: usize) -> String {
    match kind {
        "image" => format!("IMG_20{}", 30 + n),
        "vector" => format!("Vector {n}"),
        "shape" => format!("Rectangle {n}"),
        _ => format!("Group 3/Text copy {n}"),
    }
}

/// Roles that a page treats alike: what explains, be it second or running; a picture that the page is of.
fn like(role: &str) -> &str {
    match role {
        "subhead" | "body" => "explains",
        "background" | "photo" => "picture",
        other => other,
    }
}

#[test]
fn layers_whose_names_say_nothing_are_read_by_how_they_are_set() {
    let mut wrong = Vec::new();
    let mut read = 0;
    for sample in everywhere() {
        let (files, mut roles) = flat(&sample, &tool);
        if sample.ends_with("charity") {
            continue;
        }
        let session = open(files);
        for layer in &session.campaign().master.layers {
            let was = roles.remove(&layer.id).unwrap_or_else(|| panic!("{sample}: {}", layer.id));
            read += 1;
            if like(&was) != like(layer.role.name()) {
                wrong.push(format!("{sample} {}: {was} taken for {}", layer.id, layer.role.name()));
            }
        }
        // Rectangles under buttons are no layers any more, and all else is still there.
        assert!(roles.is_empty(), "{sample}: {roles:?}");
        assert!(session.campaign().master.layers.iter().all(|l| !l.id.starts_with("Rectangle 1") || l.id.len() < 13), "{sample}");
    }
    println!("layers read: {read}\n{}", wrong.join("\n"));
    // A kicker that the designer calls a badge, a cut-out that only adorns.
    assert!(wrong.len() <= 2, "{}", wrong.join("\n"));
    for must in ["headline", "price", "call-to-action", "legal", "logo"] {
        assert!(
            !wrong.iter().any(|w| w.contains(&format!(": {must} taken")) || w.ends_with(&format!("for {must}"))),
            "{must}: {wrong:?}"
        );
    }
}

#[test]
fn names_are_read_in_the_designers_language() {
    let lists: [&[(&str, &str, Role)]; 4] = [
        &[
            ("text", "Überschrift", Role::Headline),
            ("text", "Unterzeile", Role::Subhead),
            ("text", "Knopf", Role::CallToAction),
            ("text", "Rechtliches klein", Role::Legal),
            ("image", "Hintergrund", Role::Background),
        ],
        // As macOS writes umlauts, and as tools name what was made from another.
        &[
            ("text", "U\u{308}berschrift Kopie 2", Role::Headline),
            ("text", "Sto\u{308}rer", Role::Badge),
            ("text", "Preis 3", Role::Price),
        ],
        &[
            ("text", "Headline copy 2", Role::Headline),
            ("text", "ctaLabel", Role::CallToAction),
            ("text", "Body copy", Role::Body),
            ("vector", "brand/Wordmark", Role::Logo),
            ("image", "Hero_Image_final", Role::Photo),
        ],
        &[("text", "Titre", Role::Headline), ("text", "sous-titre", Role::Subhead), ("text", "Bouton", Role::CallToAction)],
    ];
    for list in lists {
        let layers: Vec<Value> = list
            .iter()
            .enumerate()
            .map(|(n, (kind, name, _))| {
                // All of one size and one shape: names alone tell them apart.
                let mut layer = json!({ "id": name, "box": [100, 100 + 120 * n, 400, 100] });
                match *kind {
                    "text" => {
                        layer["text"] = json!(format!("t{n}"));
                        layer["style"] = json!("plain");
                        layer["size"] = json!({ "ideal": 60, "floor": 20, "ceiling": 80 });
                    }
                    "vector" => layer["vector"] = json!("assets/logo.svg"),
                    _ => layer["image"] = json!("assets/photo.jpg"),
                }
                layer
            })
            .collect();
        let mut files = read("www/samples/alba");
        let photo = files.iter().find(|(path, _)| path.ends_with(".jpg")).unwrap().1.clone();
        files.insert("assets/photo.jpg".into(), photo);
        files.insert(
            "assets/logo.svg".into(),
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\"><path d=\"M0 0h120v40z\"/></svg>".to_vec(),
        );
        edit(&mut files, "campaign.json", |c| {
            c["locales"] = json!(["en"]);
            c["source_locale"] = json!("en");
        });
        files.retain(|path, _| !path.starts_with("copy/"));
        let messages: Value = (0..list.len()).map(|n| (format!("t{n}"), json!({ "text": "Words", "origin": "human" }))).collect();
        files.insert("copy/en.json".into(), json!({ "messages": messages }).to_string().into_bytes());
        let master = json!({ "artboard": { "width": 1080, "height": 1080 }, "ground": "#ffffff",
            "styles": { "plain": { "color": "#000000" } }, "layers": layers });
        files.insert("master.json".into(), master.to_string().into_bytes());
        let session = open(files);
        for (_, name, role) in list {
            let found = session.campaign().master.layers.iter().find(|l| l.id == *name).unwrap();
            assert_eq!(found.role, *role, "{name}");
        }
    }
}

#[test]
fn a_flat_list_is_laid_out_as_the_master_with_roles_is() {
    let formats = [
        "ig-story",
        "ig-feed-square",
        "video-16x9-1080",
        "iab-mrec",
        "iab-leaderboard",
        "iab-billboard",
        "print-a4",
        "web-320x100",
    ];
    for sample in ["tests/cases/masters/recruiting", "tests/cases/masters/retail-grid", "tests/cases/masters/food"] {
        let (files, _) = flat(sample, &tool);
        let mut session = open(files);
        for format in formats {
            let p = prepared(&mut session, format, "en");
            assert!(p.layout.failed().next().is_none(), "{sample} {format}: {:?}", p.layout.failed().collect::<Vec<_>>());
            let shown: Vec<Role> = p.layout.placed.iter().filter_map(|i| Some(p.variant.layers[i.layer?].role)).collect();
            for role in [Role::Headline, Role::CallToAction, Role::Logo, Role::Legal] {
                assert_eq!(shown.iter().filter(|r| **r == role).count(), 1, "{sample} {format} {}: {shown:?}", role.name());
            }
        }
    }
}
