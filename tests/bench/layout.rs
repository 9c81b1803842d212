//! What choosing a layout costs: every variant of each sample (131 formats, 27 languages), shaping cold (each for the first time) and warm:
//! resolved, its candidates placed, measured and ranked, its display list built, guard's look taken; then warm without the ways not taken. `cargo run --release --example layout [SAMPLE...]`; the module's own: tests/bench/layout.mjs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a benchmark may stop")]

mod clock;
mod folder;

use clock::{cpu, machine, spread};
use folder::files;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use variorum::session::Session;

const ROUNDS: usize = 3;

fn main() {
    println!("{}", machine());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("sample           variants   median µs   worst decile   worst   all, s of CPU [least..most]");
    let asked: Vec<String> = std::env::args().skip(1).collect();
    for sample in ["alba", "kiosk", "pulse"].into_iter().filter(|s| asked.is_empty() || asked.iter().any(|a| a == s)) {
        let mut read = BTreeMap::new();
        let at = root.join("www/samples").join(sample);
        files(&at, &at, &mut read);
        let mut session = Session::open(read).unwrap_or_else(|e| panic!("{sample}: {e}"));
        for name in session.fonts_needed() {
            session.add_font(name, Arc::from(std::fs::read(root.join("fonts").join(name)).unwrap())).unwrap();
        }
        let option = session.campaign().options[0].id.clone();
        let cells: Vec<String> =
            session.matrix().cells.iter().filter(|c| *c.option == *option).map(|c| c.id.to_string()).collect();
        for state in ["cold", "warm", "taken"] {
            // What is for the first time is so once.
            let rounds = if state == "cold" { 1 } else { ROUNDS };
            let (mut all, mut each): (Vec<f64>, Vec<(f64, &str)>) = (Vec::new(), Vec::new());
            for _ in 0..rounds {
                let before = cpu();
                for id in &cells {
                    let start = Instant::now();
                    if state == "taken" { session.prepare_as(id, None) } else { session.prepare(id) }.unwrap();
                    each.push((start.elapsed().as_secs_f64() * 1e6, id.as_str()));
                }
                all.push((cpu() - before) / 1e3);
            }
            let first = each[0].0;
            each.sort_by(|a, b| a.0.total_cmp(&b.0));
            let at = |q: f64| each[((each.len() - 1) as f64 * q) as usize].0;
            let slowest: Vec<String> = each.iter().rev().take(3).map(|(us, id)| format!("{id} {us:.0}")).collect();
            println!(
                "{sample:6} {state:8} {:10} {:11.0} {:14.0} {:7.0} {:>26}   first {first:.0}; {}",
                cells.len(),
                at(0.5),
                at(0.9),
                at(1.0),
                spread(&all, 2),
                slowest.join(", ")
            );
        }
    }
}
