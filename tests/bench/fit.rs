//! What copyfit costs: 1,000 headlines of the samples' languages, shaped once each, broken and fitted into 40 boxes each, balanced: thread CPU time, median and spread
//! of five rounds. `cargo run --release --example fit`. Says also what it would cost to shape anew for every box.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_precision_loss)] // A benchmark may stop.

mod clock;

use clock::{cpu, machine, spread};
use std::path::Path;
use std::sync::Arc;
use variorum::text::*;
use variorum::units::Px;

const HEADLINES: usize = 1_000;
const BOXES: usize = 40;
const ROUNDS: usize = 5;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut library = FontLibrary::new();
    for font in default_fonts() {
        let bytes: Arc<[u8]> = std::fs::read(root.join("fonts").join(&font.file)).unwrap().into();
        library.add(&font.file, bytes, FontOrigin::Default).unwrap();
    }
    let mut headlines: Vec<(String, String)> = Vec::new();
    for sample in ["alba", "kiosk", "pulse"] {
        let mut files: Vec<_> =
            std::fs::read_dir(root.join("www/samples").join(sample).join("copy")).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files {
            let json: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
            let locale = file.file_stem().unwrap().to_string_lossy().into_owned();
            headlines.push((json["messages"]["headline"]["text"].as_str().unwrap().to_owned(), locale));
        }
    }
    // No two alike: a cache would hide what shaping costs.
    let words: Vec<(String, &str)> = (0..HEADLINES)
        .map(|i| (format!("{} {}", headlines[i % headlines.len()].0, i), headlines[i % headlines.len()].1.as_str()))
        .collect();
    let style = TextStyle { weight: 700, leading: 1.1, ..TextStyle::default() };
    let direction = |locale: &str| if matches!(locale, "ar" | "he") { Direction::Rtl } else { Direction::Ltr };
    // Faces and plans as in a session that has run for a moment.
    headlines.iter().for_each(|(text, locale)| drop(shape(&library, text, &style, locale, direction(locale))));

    let boxes: Vec<FitRequest> = (0..BOXES)
        .map(|i| {
            let i = i as f32;
            FitRequest {
                width: Px(160.0 + 40.0 * i),
                height: Px(120.0 + 400.0 * ((i * 7.0) % 11.0) / 11.0),
                floor: Px(12.0),
                ceiling: Px(96.0),
                step: Px(2.0),
                max_lines: 4,
                balance: true,
                budget: Budget { tracking_em: 0.02, leading: 1.0, hyphens: false },
            }
        })
        .collect();
    let (mut shaping, mut fitting, mut lines, mut fit) = (Vec::new(), Vec::new(), 0, 0);
    for _ in 0..ROUNDS {
        let begin = cpu();
        let shaped: Vec<Shaped> =
            words.iter().map(|(text, locale)| shape(&library, text, &style, locale, direction(locale))).collect();
        shaping.push(cpu() - begin);
        let begin = cpu();
        (lines, fit) = (0, 0);
        for text in &shaped {
            for request in &boxes {
                let fitted = text.fit(request);
                lines += fitted.lines.len();
                fit += usize::from(fitted.fits());
            }
        }
        fitting.push(cpu() - begin);
    }
    let fits = HEADLINES * BOXES;
    let together: Vec<f64> = shaping.iter().zip(&fitting).map(|(a, b)| a + b).collect();
    let anew: Vec<f64> = shaping.iter().zip(&fitting).map(|(a, b)| a * BOXES as f64 + b).collect();
    let by = |times: &[f64], n: usize| times.iter().map(|ms| ms * 1e3 / n as f64).collect::<Vec<_>>();
    println!("{}", machine());
    println!("{HEADLINES} headlines in 27 languages, {BOXES} boxes each, {ROUNDS} rounds, CPU");
    println!("  shaping                {} ms, {} µs a headline", spread(&shaping, 1), spread(&by(&shaping, HEADLINES), 1));
    println!(
        "  fitting                {} ms, {} µs a box, up to 43 sizes tried and lines balanced",
        spread(&fitting, 1),
        spread(&by(&fitting, fits), 2)
    );
    println!("  together               {} ms", spread(&together, 1));
    println!("  shaped for every box   {} ms, reckoned", spread(&anew, 0));
    println!("  {lines} lines, {fit} of {fits} fit");
}
