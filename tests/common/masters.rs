//! The samples and the masters of tests/cases, opened with the default fonts: what tests of layouts begin with.

#[path = "../bench/folder.rs"]
mod folder;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use variorum::campaign::Files;
use variorum::session::{Prepared, Session};

pub fn read(sample: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
    let mut out = BTreeMap::new();
    folder::files(&root, &root, &mut out);
    // What a picture was made from is no part of a campaign.
    out.retain(|name, _| !name.starts_with("source/") && !name.contains("/source/"));
    out
}

pub fn edit(files: &mut Files, path: &str, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&files[path]).unwrap();
    change(&mut value);
    files.insert(path.to_owned(), value.to_string().into_bytes());
}

pub fn open(files: Files) -> Session {
    let mut session = Session::open(files).unwrap_or_else(|e| panic!("{e}"));
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    for name in session.fonts_needed() {
        session.add_font(name, Arc::from(std::fs::read(fonts.join(name)).unwrap())).unwrap();
    }
    session
}

#[allow(dead_code, reason = "not every test makes formats")]
/// A sample in custom formats of these sizes, named `f0`, `f1` ...
pub fn sized(sample: &str, sizes: &[(u32, u32)]) -> Session {
    let mut files = read(sample);
    edit(&mut files, "campaign.json", |c| {
        let formats: Vec<Value> =
            sizes.iter().enumerate().map(|(i, (w, h))| json!({ "id": format!("f{i}"), "width": w, "height": h })).collect();
        c["custom_formats"] = json!(formats);
        c["formats"] = json!((0..sizes.len()).map(|i| format!("f{i}")).collect::<Vec<_>>());
        c["locales"] = json!(["en"]);
        c["source_locale"] = json!("en");
    });
    files.retain(|path, _| !path.starts_with("copy/") || path == "copy/en.json");
    open(files)
}

pub fn option(session: &Session) -> String {
    session.campaign().options[0].id.to_string()
}

#[allow(dead_code, reason = "not every test asks for layouts alone")]
pub fn prepared(session: &mut Session, format: &str, locale: &str) -> Prepared {
    let id = format!("{format}.{locale}.{}", option(session));
    session.prepare(&id).unwrap_or_else(|e| panic!("{id}: {e}"))
}

#[allow(dead_code, reason = "most go through all")]
pub const SAMPLES: [&str; 3] = ["www/samples/alba", "www/samples/kiosk", "www/samples/pulse"];

/// The samples and the twelve masters of tests/cases.
pub fn everywhere() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_dir(root.join("tests/cases/masters")).unwrap().map(|e| e.unwrap().path());
    let mut all: Vec<String> = cases
        .filter(|p| p.join("campaign.json").exists() && p.join("copy/en.json").exists())
        .map(|p| format!("tests/cases/masters/{}", p.file_name().unwrap().to_str().unwrap()))
        .collect();
    all.sort();
    all.extend(SAMPLES.map(str::to_owned));
    assert_eq!(all.len(), 15, "{all:?}");
    all
}

/// A fifth of the campaign's formats; over five campaigns in a row, all of them.
#[allow(dead_code, reason = "not every test goes through formats")]
pub fn fifth(session: &Session, nth: usize) -> Vec<String> {
    let formats = session.campaign().formats.iter().map(|f| f.id.clone()).enumerate();
    formats.filter(|(i, _)| (i + nth).is_multiple_of(5)).map(|(_, id)| id).collect()
}
