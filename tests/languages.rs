//! One advert in forty languages (tests/cases/languages): every character has a glyph, every text its place. Fonts that are not in
//! the repository come from Debian's fonts-noto-core (or $VARIORUM_NOTO); locales whose font is absent are skipped and named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use variorum::session::Session;

/// Locales whose letters a font outside the repository has.
const NEEDS: [(&str, &str); 10] = [
    ("Georgian", "ka"),
    ("Armenian", "hy"),
    ("Ethiopic", "am"),
    ("Khmer", "km"),
    ("Lao", "lo"),
    ("Myanmar", "my"),
    ("Malayalam", "ml"),
    ("Telugu", "te"),
    ("Kannada", "kn"),
    ("Sinhala", "si"),
];

#[test]
fn forty_languages_have_glyphs_and_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let case = root.join("tests/cases/languages");
    let noto = std::env::var_os("VARIORUM_NOTO").map_or_else(|| PathBuf::from("/usr/share/fonts/truetype/noto"), PathBuf::from);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for name in ["campaign.json", "master.json", "brand.tokens.json"] {
        files.insert(name.to_owned(), std::fs::read(case.join(name)).unwrap());
    }
    let mut manifest: Value = serde_json::from_slice(&files["campaign.json"]).unwrap();
    let locales: Vec<String> = manifest["locales"].as_array().unwrap().iter().map(|l| l.as_str().unwrap().to_owned()).collect();
    assert_eq!(locales.len(), 40);
    for locale in &locales {
        let path = format!("copy/{locale}.json");
        files.insert(path.clone(), std::fs::read(case.join(path)).unwrap());
    }
    let fonts: Vec<String> = manifest["fonts"].as_array().unwrap().iter().map(|f| f.as_str().unwrap().to_owned()).collect();
    let here = |path: &String| noto.join(path.strip_prefix("assets/fonts/").unwrap());
    let (there, absent): (Vec<String>, Vec<String>) = fonts.into_iter().partition(|path| here(path).is_file());
    for path in &there {
        files.insert(path.clone(), std::fs::read(here(path)).unwrap());
    }
    manifest["fonts"] = json!(there);
    files.insert("campaign.json".to_owned(), manifest.to_string().into_bytes());
    let mut session = Session::open(files).unwrap_or_else(|e| panic!("{e}"));
    for name in session.fonts_needed() {
        session.add_font(name, std::fs::read(root.join("fonts").join(name)).unwrap().into()).unwrap();
    }
    let mut skipped: Vec<String> = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    let ids: Vec<(String, String)> = session.matrix().cells.iter().map(|c| (c.id.clone(), c.locale.to_string())).collect();
    for (id, locale) in ids {
        let spared = || absent.iter().any(|font| NEEDS.iter().any(|(name, l)| *l == locale && font.contains(name)));
        for finding in session.prepare(&id).unwrap().findings {
            match finding.rule {
                "missing-glyph" if spared() => skipped.push(locale.clone()),
                "missing-glyph" | "untranslated" => wrong.push(format!("{id}: {}", finding.message)),
                // A banner of 250 px has no room for a button in Tamil, which is said; a page has.
                "overflow" if !id.starts_with("iab-") => wrong.push(format!("{id}: {}", finding.message)),
                _ => {}
            }
        }
    }
    skipped.dedup();
    if !skipped.is_empty() {
        println!("skipped, their fonts are not here ({}): {}", absent.join(", "), skipped.join(" "));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
