//! The peers' 60 pictures, painted natively: CPU ms a pass, median and spread of several. Lists, fonts and pictures are those of
//! tests/bench/peers (`make bench-peers` makes them): `cargo run --release --example lists [rounds]`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.

mod clock;

use clock::{cpu, machine, spread};
use std::sync::Arc;
use variorum::fingerprint::Fingerprint;
use variorum::painter::{Memory, Painter};
use variorum::raster::Leaf;

const FOLDER: &str = "tests/bench/peers/assets";
const FONTS: [(&str, &str); 4] = [
    ("Noto Sans", "noto-sans-latin"),
    ("Noto Sans JP", "noto-sans-jp-japanese"),
    ("Noto Sans Arabic", "noto-sans-arabic-arabic"),
    ("Noto Sans Devanagari", "noto-sans-devanagari-devanagari"),
];

struct Case {
    lang: String,
    id: String,
    list: String,
}

fn cases(which: &str) -> Vec<Case> {
    let text = std::fs::read(format!("{FOLDER}/lists/{which}.json")).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let one = |v: &serde_json::Value| Case {
        lang: v["lang"].as_str().unwrap().to_owned(),
        id: v["id"].as_str().unwrap().to_owned(),
        list: v["list"].to_string(),
    };
    value.as_array().unwrap().iter().map(one).collect()
}

fn painter(memory: Memory) -> Painter {
    let mut painter = Painter::new(memory);
    for (family, file) in FONTS {
        for weight in [400, 700] {
            let bytes: Arc<[u8]> = std::fs::read(format!("{FOLDER}/{file}-{weight}.ttf")).unwrap().into();
            painter.add_font(bytes, Some(family), Some(weight)).unwrap();
        }
    }
    let mut items = Vec::new();
    for (name, file) in [("background", "background.jpg"), ("product", "product.png"), ("logo", "logo.png")] {
        let info = painter
            .add_picture(name, std::fs::read(format!("{FOLDER}/{file}")).unwrap().into(), &variorum::importers::Linked)
            .unwrap();
        items.push(
            serde_json::json!({ "type": "picture", "asset": name, "src": [0, 0, info.width, info.height], "dst": [0, 0, 2, 2] }),
        );
    }
    painter.paint(&serde_json::json!({ "width": 8, "height": 8, "items": items }).to_string()).unwrap();
    painter
}

fn main() {
    if !std::path::Path::new(&format!("{FOLDER}/lists/full.json")).exists() {
        println!("no lists: `make bench-peers` makes them; skipped");
        return;
    }
    let rounds = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(5);
    println!("{}", machine());
    let (full, thumbs) = (cases("full"), cases("thumbs"));
    let mut formats: Vec<&str> = Vec::new();
    full.iter().for_each(|c| {
        if !formats.contains(&c.id.as_str()) {
            formats.push(&c.id)
        }
    });
    let mut prints: Vec<(String, Fingerprint)> = Vec::new();
    for (name, share) in [("shared", true), ("alone", false)] {
        let mut painter = painter(Memory { share, ..Memory::default() });
        let mut times: Vec<(String, Vec<f64>)> = Vec::new();
        let mut note = |what: String, ms: f64| match times.iter_mut().find(|(n, _)| *n == what) {
            Some((_, all)) => all.push(ms),
            None => times.push((what, vec![ms])),
        };
        for round in 0..rounds {
            let start = cpu();
            for case in &thumbs {
                painter.paint(&case.list).unwrap();
            }
            note("60 thumbnails".into(), cpu() - start);
            let start = cpu();
            for case in &thumbs {
                let edited = case.list.replace("Run lighter", &format!("Round {round}, lighter"));
                painter.paint(if case.lang == "en" { &edited } else { &case.list }).unwrap();
            }
            note("edit, 60 thumbnails".into(), cpu() - start);
            painter.clear();
            let mut total = 0.0;
            for format in &formats {
                let start = cpu();
                let mut seen = Vec::new();
                for case in full.iter().filter(|c| c.id == *format) {
                    seen.push((format!("{}.{}", case.id, case.lang), painter.paint(&case.list).unwrap().data.len()));
                    if round == 0 {
                        let print = Fingerprint::of(&painter.paint(&case.list).unwrap().data);
                        let id = format!("{}.{}", case.id, case.lang);
                        match prints.iter().find(|(known, _)| *known == id) {
                            Some((_, known)) => assert_eq!(*known, print, "{id}: shared and alone are one"),
                            None => prints.push((id, print)),
                        }
                    }
                }
                let ms = cpu() - start;
                total += ms;
                if round > 0 {
                    note(format!("  {format}, of 6"), ms / 6.0);
                }
            }
            if round > 0 {
                note("60 full, caches cold".into(), total);
            }
            // The order in which a caller asks who goes language by language: what pictures share must outlive nine others.
            painter.clear();
            let start = cpu();
            for case in &full {
                painter.paint(&case.list).unwrap();
            }
            if round > 0 {
                note("60 full, language by language".into(), cpu() - start);
            }
            let (start, mut bytes, mut file, mut leaf) = (cpu(), 0, Vec::new(), Leaf::default());
            for case in full.iter().filter(|c| c.lang == "en") {
                file.clear();
                painter.png(&mut leaf, &case.list, &mut file).unwrap();
                bytes += file.len();
            }
            note(format!("10 to PNG, {:.2} MiB", bytes as f64 / 1_048_576.0), cpu() - start);
        }
        for (what, all) in times {
            println!("{name:<8}{what:<36}{:>28}", spread(&all, 2));
        }
    }
}
