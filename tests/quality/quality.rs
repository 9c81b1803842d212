//! How good adaptation is, in numbers: all samples x all formats x eight languages, ours against three baselines, each measured by the
//! same gates and terms; and an independent look at exported PNGs. Prints the table in markdown. `make quality` runs it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a measurement may stop"
)]

mod baselines;
mod witness;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use variorum::campaign::Delivery;
use variorum::layout::measure::Measure;
use variorum::layout::score::{self, Met, TERMS, WEIGHTS};
use variorum::layout::{Backdrop, Layout, Terms, gates, reading};
use variorum::report;
use variorum::session::{Prepared, Session};

const LOCALES: [&str; 8] = ["en", "de", "ru", "ar", "hi", "th", "ja", "zh-Hans"];
/// The format of the artboard's own size, where the baselines take the design from.
const MASTER: &str = "video-4x5";
/// Longest side of an exported file that is looked at, px.
const SEEN: f32 = 560.0;

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, at: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if path.file_name().unwrap() != "source" {
                    walk(root, &path, out);
                }
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                out.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(root, root, &mut out);
    out
}

/// Opens a campaign with the default fonts it needs.
pub fn open(root: &Path) -> Session {
    let mut session = Session::open(files(root)).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    for name in session.fonts_needed() {
        session.add_font(name, Arc::from(std::fs::read(fonts.join(name)).unwrap())).unwrap();
    }
    session
}

#[derive(Default)]
struct Tally {
    variants: usize,
    passed: usize,
    failed: BTreeMap<&'static str, usize>,
    terms: Vec<Terms>,
    energy: Vec<f32>,
}

impl Tally {
    fn add(&mut self, gates: &[gates::Gate], terms: Terms) {
        self.variants += 1;
        self.passed += usize::from(gates.iter().all(|g| g.passes));
        for gate in gates.iter().filter(|g| !g.passes) {
            *self.failed.entry(gate.kind.name()).or_default() += 1;
        }
        self.terms.push(terms);
        self.energy.push(score::energy(&terms));
    }
    fn quantile(&self, term: usize, q: f32) -> f32 {
        let mut values: Vec<f32> = self.terms.iter().map(|t| t[term]).collect();
        values.sort_by(f32::total_cmp);
        values[((values.len() - 1) as f32 * q) as usize]
    }
}

fn measured(session: &Session, prepared: &Prepared, layout: &Layout, met: &Met) -> (Vec<gates::Gate>, Terms) {
    let variant = &prepared.variant;
    let page = Measure::of(variant);
    let backdrop = Backdrop { variant, tones: session.tones(), placed: &layout.placed };
    let gates = gates::look(variant, &page, layout, &backdrop, met.focal_hidden, None);
    let terms = score::terms(variant, &page, &reading::read(variant), layout, &backdrop, met);
    (gates, terms)
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut campaigns: Vec<_> = ["alba", "kiosk", "pulse"].iter().map(|s| root.join("www/samples").join(s)).collect();
    if std::env::args().any(|a| a == "--cases") {
        let mut cases: Vec<_> = std::fs::read_dir(root.join("tests/cases/masters")).unwrap().map(|e| e.unwrap().path()).collect();
        cases.retain(|p| p.join("campaign.json").exists());
        cases.sort();
        campaigns = cases;
    }
    let looks = !std::env::args().any(|a| a == "--no-witness");
    let mut ours = Tally::default();
    let mut theirs: Vec<Tally> = baselines::ALL.iter().map(|_| Tally::default()).collect();
    let mut micros = Vec::new();
    let (mut looked, mut seen_wrong, mut silent) = (0, 0, Vec::new());
    for campaign in &campaigns {
        let mut session = open(campaign);
        let option = session.campaign().options[0].id.to_string();
        let cells = session.matrix().cells.clone();
        for locale in LOCALES {
            if !session.campaign().locales.iter().any(|l| l == locale) {
                continue;
            }
            let Ok(master) = session.prepare(&format!("{MASTER}.{locale}.{option}")) else { continue };
            for cell in cells.iter().filter(|c| *c.locale == *locale && *c.option == *option) {
                let _ = session.prepare(&cell.id).unwrap();
                let start = Instant::now();
                let prepared = session.prepare(&cell.id).unwrap();
                micros.push(start.elapsed().as_secs_f64() * 1e6);
                ours.add(&prepared.layout.gates, prepared.layout.terms);
                // Logo slots show the mark alone: nothing to resize.
                if !prepared.variant.format.sets.iter().any(|s| s == "marks") {
                    for ((_, way), tally) in baselines::ALL.iter().zip(&mut theirs) {
                        let (mut layout, met) = baselines::resize(*way, &prepared.variant, &master.layout);
                        layout.dropped.retain(|d| d.layer < prepared.variant.layers.len());
                        if master.variant.layers.len() != prepared.variant.layers.len() {
                            continue;
                        }
                        let (gates, terms) = measured(&session, &prepared, &layout, &met);
                        tally.add(&gates, terms);
                    }
                }
                if looks {
                    looked += 1;
                    let (w, h) = (prepared.layout.trim.w.0, prepared.layout.trim.h.0);
                    let scale = (SEEN / w.max(h)).min(1.0);
                    let file = session.encode(&prepared, Delivery::Png, scale, false).unwrap();
                    let boxes = serde_json::to_value(report::boxes(&prepared.variant, &prepared.layout)).unwrap();
                    let s = &prepared.variant.format.safe;
                    let safe = [s.left.0, s.top.0, w - s.right.0, h - s.bottom.0].map(f64::from);
                    for (wrong, what) in witness::look(&file.bytes, &boxes, f64::from(scale), safe) {
                        seen_wrong += 1;
                        let rules = wrong.rules();
                        if !prepared.findings.iter().any(|f| rules.contains(&f.rule)) {
                            silent.push(format!("{} {wrong:?} {what}", cell.id));
                        }
                    }
                }
            }
        }
    }
    print(&ours, &theirs);
    micros.sort_by(f64::total_cmp);
    let median = micros[micros.len() / 2];
    println!(
        "\nLayout, shaping warm: median {median:.0} µs, worst {:.0} µs, {} variants.",
        micros[micros.len() - 1],
        micros.len()
    );
    if looks {
        println!("\nIndependent look at {looked} exported files: {seen_wrong} things wrong, {} of them silent.", silent.len());
        for line in silent.iter().take(40) {
            println!("- silent: {line}");
        }
        if !silent.is_empty() {
            std::process::exit(1);
        }
    }
}

fn print(ours: &Tally, theirs: &[Tally]) {
    let all: Vec<(&str, &Tally)> =
        std::iter::once(("variorum", ours)).chain(baselines::ALL.iter().map(|(n, _)| *n).zip(theirs)).collect();
    print!("| |");
    all.iter().for_each(|(name, _)| print!(" {name} |"));
    print!("\n|---|");
    all.iter().for_each(|_| print!("---:|"));
    print!("\n| variants |");
    all.iter().for_each(|(_, t)| print!(" {} |", t.variants));
    print!("\n| **all gates pass** |");
    all.iter().for_each(|(_, t)| print!(" **{:.1} %** |", 100.0 * t.passed as f64 / t.variants.max(1) as f64));
    let kinds = [
        "inside",
        "safe-zone",
        "kept",
        "legal",
        "logo-size",
        "logo-space",
        "overlap",
        "fits",
        "contrast",
        "focal",
        "distance",
        "bytes",
    ];
    for kind in kinds {
        print!("\n| gate {kind} fails |");
        all.iter().for_each(|(_, t)| print!(" {} |", t.failed.get(kind).copied().unwrap_or(0)));
    }
    for (i, (name, _, _)) in WEIGHTS.iter().enumerate().take(TERMS) {
        if *name == "prior" {
            continue;
        }
        print!("\n| {name}, median / worst decile |");
        all.iter().for_each(|(_, t)| print!(" {:.3} / {:.3} |", t.quantile(i, 0.5), t.quantile(i, 0.9)));
    }
    println!();
}
