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
#[path = "../bench/folder.rs"]
mod folder;
mod seen;
mod witness;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use variorum::campaign::Delivery;
use variorum::layout::score::{TERMS, WEIGHTS};
use variorum::layout::{Cuts, Layout, PlacedContent, Shapes, Terms, gates, rag, reading};
use variorum::report;
use variorum::session::Session;
use variorum::text::{Budget, FitRequest, Fitted, Shaped, shape_spans};
use variorum::units::Px;
use variorum::variant::{Content, Format, Keep, Layer, Role, Variant};

const LOCALES: [&str; 8] = ["en", "de", "ru", "ar", "hi", "th", "ja", "zh-Hans"];
/// The format of the artboard's own size, where the baselines take the design from.
const MASTER: &str = "video-4x5";
/// Longest side of an exported file that is looked at, px.
const SEEN: f32 = 560.0;
/// Longest side of one that is looked at again because something seemed wrong, px: more than any screen format has.
const CLOSE: f32 = 2400.0;

/// Px of a file by px of its format as its reader has it before him: a screen's own pixels; of what is printed a minute of arc, which is what
/// an eye tells apart, from where it is seen (half a metre where the format names none).
fn as_seen(format: &Format, longest: f32) -> f32 {
    let minute = |mm: f64| (mm / (0.000_291 * 1000.0 * format.viewing_distance_m.unwrap_or(0.5))) as f32;
    format.mm_per_px().map_or(1.0, minute).min(CLOSE / longest).min(1.0)
}

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    folder::files(root, root, &mut out);
    // What a picture was made from is no part of a campaign.
    out.retain(|name, _| !name.starts_with("source/") && !name.contains("/source/"));
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

/// What a page must show, by what the master says of its layers: not by what was laid out.
fn must_show(layer: &Layer, variant: &Variant) -> bool {
    let said = matches!(layer.content, Content::Text(_)) && !variant.format.shows_mark_alone();
    layer.keep == Keep::Must && (said || layer.role == Role::Logo)
}

/// How a format says that it is seen.
fn seen_from(format: &Format) -> witness::Seen {
    match (format.mm_per_px(), format.viewing_distance_m) {
        (Some(mm), Some(metres)) => witness::Seen::Street(mm, metres),
        (Some(mm), None) => witness::Seen::Hand(mm),
        _ => witness::Seen::Screen,
    }
}

/// What the master asks of its logo: the least width, and the clear space by its height.
fn mark_asks(variant: &Variant) -> Option<(f64, f64)> {
    let logo = variant.layers.iter().find(|l| l.role == Role::Logo)?;
    match &logo.content {
        Content::Vector { clear, min_width, .. } => Some((f64::from(min_width.0), f64::from(*clear))),
        _ => Some((0.0, 0.0)),
    }
}

/// A layer's text, shaped as the session shapes it.
fn shape(session: &Session, variant: &Variant, layer: &Layer) -> Option<Arc<Shaped>> {
    let Content::Text(slot) = &layer.content else { return None };
    let shaped =
        shape_spans(session.fonts(), &slot.text, &slot.style, &slot.spans, &slot.keep, &variant.locale, variant.direction);
    Some(Arc::new(shaped))
}

#[derive(Default)]
struct Tally {
    variants: usize,
    passed: usize,
    failed: BTreeMap<&'static str, usize>,
    /// As placed.
    plain: Vec<Terms>,
    /// As the reader has it.
    read: Vec<Terms>,
    /// As delivered: where a gate fails there is no file, which is behind any file.
    files: Vec<Terms>,
}

impl Tally {
    fn add(&mut self, (gates, plain): (Vec<gates::Gate>, Terms), read: Terms) {
        self.variants += 1;
        self.passed += usize::from(gates.iter().all(|g| g.passes));
        for gate in gates.iter().filter(|g| !g.passes) {
            *self.failed.entry(gate.kind.name()).or_default() += 1;
        }
        self.files.push(if gates.iter().all(|g| g.passes) { plain } else { [f32::INFINITY; TERMS] });
        self.plain.push(plain);
        self.read.push(read);
    }
}

/// One text's lines: how uneven they are as set, and at the least.
struct Lines {
    role: &'static str,
    set: f32,
    least: f32,
    words: String,
}

/// How uneven the lines of a page's texts are, and how uneven they would be at the least, by any width that breaks them in as many lines.
fn unevenness(session: &Session, variant: &Variant, layout: &Layout) -> Vec<Lines> {
    let mut out = Vec::new();
    for p in &layout.placed {
        let PlacedContent::Text(text) = &p.content else { continue };
        let Some(layer) = p.layer.map(|i| &variant.layers[i]) else { continue };
        let Content::Text(slot) = &layer.content else { continue };
        let lines = text.fitted.lines.len();
        if lines < 2 {
            continue;
        }
        let Some(shaped) = shape(session, variant, layer) else { continue };
        let whole: f32 = text.fitted.lines.iter().map(|l| l.width.0).sum();
        let uneven = |f: &Fitted| rag::uneven(slot, f);
        let mut best = uneven(&text.fitted);
        for (n, balance) in (0..120).flat_map(|n| [(n, false), (n, true)]) {
            let width = Px(whole * (0.9 + 0.01 * n as f32) / lines as f32);
            let size = text.fitted.size;
            let request = FitRequest {
                width,
                height: Px(f32::MAX),
                floor: size,
                ceiling: size,
                step: Px(1.0),
                max_lines: lines as u32,
                balance,
                budget: Budget::default(),
            };
            let fitted = shaped.fit(&request);
            // A last line of a syllable makes the others long, and is worse than what it mends.
            let stub = fitted.lines.last().is_some_and(|l| l.width.0 < 0.28 * fitted.width.0);
            if fitted.lines.len() == lines && fitted.broken_words == 0 && !stub {
                best = best.min(uneven(&fitted));
            }
        }
        let words = text.fitted.lines.iter().map(|l| slot.text.get(l.start..l.end).unwrap_or("?").trim());
        let words = words.collect::<Vec<_>>().join(" | ");
        out.push(Lines { role: layer.role.name(), set: uneven(&text.fitted), least: best, words });
    }
    out
}

/// Where lines are uneven: by role and language, and the texts that could be most even and are not.
fn uneven_texts(texts: Vec<(Lines, String)>) {
    let mut by: BTreeMap<(&str, &str), (f32, f32, f32)> = BTreeMap::new();
    for (text, id) in &texts {
        let row = by.entry((text.role, id.rsplit('.').nth(1).unwrap_or_default())).or_default();
        *row = (row.0 + 1.0, row.1 + text.set, row.2 + text.least);
    }
    println!("\n| role | language | texts of lines | raggedness as set, mean | at the least |\n|---|---|---:|---:|---:|");
    for ((role, language), (n, set, least)) in by {
        println!("| {role} | {language} | {n} | {:.3} | {:.3} |", set / n, least / n);
    }
    // One line for all formats that break a text alike.
    let mut alike: BTreeMap<(&str, &str), (usize, f32, &Lines, &str)> = BTreeMap::new();
    for (text, id) in &texts {
        let row = alike.entry((text.role, &text.words)).or_insert((0, 0.0, text, id));
        *row = (row.0 + 1, row.1 + text.set - text.least, row.2, row.3);
    }
    let mut rows: Vec<_> = alike.into_values().collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("\nTexts that could be more even and are not, those with most of it first:");
    for (n, _, l, id) in rows.iter().take(60) {
        println!("- {n} x {} {:.3} for {:.3}: {} ({id})", l.role, l.set, l.least, l.words);
    }
}

fn quantile(terms: &[Terms], term: usize, q: f32) -> f32 {
    let mut values: Vec<f32> = terms.iter().map(|t| t[term]).collect();
    values.sort_by(f32::total_cmp);
    values[((values.len() - 1) as f32 * q) as usize]
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
    if let Some(only) = std::env::args().skip_while(|a| a != "--only").nth(1) {
        campaigns.retain(|c| c.ends_with(&only));
    }
    let looks = !std::env::args().any(|a| a == "--no-witness");
    let counts_lines = std::env::args().any(|a| a == "--lines");
    let mut lines: Vec<(f32, f32)> = Vec::new();
    let mut uneven: Vec<(Lines, String)> = Vec::new();
    let mut ours = Tally::default();
    let mut theirs: Vec<Tally> = baselines::ALL.iter().map(|_| Tally::default()).collect();
    let mut micros = Vec::new();
    let (mut looked, mut seen_wrong, mut silent) = (0, 0, Vec::new());
    let (mut slots, mut names, mut failing) = (0, Vec::new(), Vec::new());
    let at_boxes = std::env::args().skip_while(|a| a != "--boxes").nth(1);
    let mut boxes = at_boxes.as_ref().map(|_| String::new());
    for campaign in &campaigns {
        let mut session = open(campaign);
        let sample = campaign.file_name().unwrap().to_str().unwrap();
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
                let variant = &prepared.variant;
                if prepared.layout.failed().next().is_some() {
                    let kinds: Vec<&str> = prepared.layout.failed().map(|g| g.kind.name()).collect();
                    failing.push(format!("{} {}: {}", sample, cell.id, kinds.join(", ")));
                }
                // Logo slots show the mark alone: nothing to resize.
                if variant.format.sets.iter().any(|s| s == "marks") {
                    slots += 1;
                } else {
                    let tones = session.tones();
                    let shaped: Vec<_> = variant.layers.iter().map(|l| shape(&session, variant, l)).collect();
                    let reading = reading::read(variant, Shapes { shaped: &shaped, cuts: &Cuts::default() });
                    ours.add(
                        seen::plain(variant, &prepared.layout, tones, &reading),
                        seen::read(variant, &prepared.layout, tones, &reading),
                    );
                    if counts_lines {
                        let texts = unevenness(&session, variant, &prepared.layout);
                        let mean = |of: fn(&Lines) -> f32| texts.iter().map(of).sum::<f32>() / texts.len().max(1) as f32;
                        lines.push((mean(|l| l.set), mean(|l| l.least)));
                        uneven.extend(texts.into_iter().map(|l| (l, format!("{sample} {}", cell.id))));
                    }
                    names.push(format!("{} {} {}", sample, cell.id, prepared.layout.candidate.key()));
                    if let Some(out) = &mut boxes {
                        out.push_str(&boxes_line(names.last().unwrap(), variant, &reading, &prepared.layout));
                    }
                    for ((_, way), tally) in baselines::ALL.iter().zip(&mut theirs) {
                        let layout = baselines::resize(*way, variant, &master.variant, &master.layout);
                        tally.add(seen::plain(variant, &layout, tones, &reading), seen::read(variant, &layout, tones, &reading));
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
                    let must: Vec<&str> =
                        variant.layers.iter().filter(|l| must_show(l, variant)).map(|l| l.id.as_str()).collect();
                    let size = [w, h].map(f64::from);
                    let page = |scale: f32| witness::Page {
                        size,
                        safe,
                        scale: f64::from(scale),
                        must: &must,
                        seen: seen_from(&variant.format),
                        mark: mark_asks(variant),
                    };
                    let mut found = witness::look(&file.bytes, &boxes, &page(scale));
                    // Letters that are lost in the small picture are looked at again as the reader has them.
                    let again = as_seen(&prepared.variant.format, w.max(h));
                    if found.iter().any(|(wrong, _)| wrong.is_of_size()) && again > scale {
                        let file = session.encode(&prepared, Delivery::Png, again, false).unwrap();
                        println!("- looked at again, {again:.2} for {scale:.2} of its size: {sample} {} {found:?}", cell.id);
                        found = witness::look(&file.bytes, &boxes, &page(again));
                    }
                    for (wrong, what) in found {
                        seen_wrong += 1;
                        let rules = wrong.rules();
                        if !prepared.findings.iter().any(|f| rules.contains(&f.rule)) {
                            silent.push(format!("{sample} {} {wrong:?} {what}", cell.id));
                        }
                    }
                }
            }
        }
    }
    if let (Some(path), Some(boxes)) = (at_boxes, boxes) {
        std::fs::write(path, boxes).unwrap();
    }
    print(&ours, &theirs);
    if let Some(letterbox) = theirs.first() {
        alike(&ours, letterbox);
    }
    if let Some(path) = std::env::args().skip_while(|a| a != "--dump").nth(1) {
        dump(&path, &names, &ours, &theirs);
    }
    println!("\nLogo slots, where there is nothing to resize: {slots}. Variants of ours that fail a gate: {}.", failing.len());
    failing.iter().take(30).for_each(|line| println!("- {line}"));
    if let Some(term) = std::env::args().skip_while(|a| a != "--worst").nth(1) {
        worst(&ours, &names, &term);
    }
    if counts_lines {
        let at = |of: fn(&(f32, f32)) -> f32, q: f32| {
            let mut values: Vec<f32> = lines.iter().map(of).collect();
            values.sort_by(f32::total_cmp);
            values[((values.len() - 1) as f32 * q) as usize]
        };
        println!(
            "\nRaggedness of ours as set, median / worst decile: {:.3} / {:.3}; the least that the same words have in as many lines: {:.3} / {:.3}.",
            at(|l| l.0, 0.5),
            at(|l| l.0, 0.9),
            at(|l| l.1, 0.5),
            at(|l| l.1, 0.9)
        );
        uneven_texts(uneven);
    }
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
    for kind in gates::Kind::ALL.map(gates::Kind::name) {
        print!("\n| gate {kind} fails |");
        all.iter().for_each(|(_, t)| print!(" {} |", t.failed.get(kind).copied().unwrap_or(0)));
    }
    println!();
    type View = (&'static str, fn(&Tally) -> &Vec<Terms>);
    let views: [View; 3] = [("as the reader has it", |t| &t.read), ("as delivered", |t| &t.files), ("as placed", |t| &t.plain)];
    for (title, of) in views {
        print!("\n| {title}: median / worst decile |");
        all.iter().for_each(|(name, _)| print!(" {name} |"));
        print!(" ours |\n|---|");
        all.iter().for_each(|_| print!("---:|"));
        print!("---|");
        for (i, (name, ..)) in WEIGHTS.iter().enumerate().take(TERMS).filter(|(_, w)| w.0 != "prior") {
            print!("\n| {name} |");
            // Less than nothing is nothing.
            let at = |t: &Tally, q: f32| quantile(of(t), i, q) + 0.0;
            let said = |v: f32| if v.is_finite() { format!("{v:.3}") } else { "no file".to_owned() };
            all.iter().for_each(|(_, t)| print!(" {} / {} |", said(at(t, 0.5)), said(at(t, 0.9))));
            let best = theirs.iter().map(|t| at(t, 0.9)).fold(f32::MAX, f32::min);
            let mine = at(ours, 0.9);
            let verdict = if mine < best - 5e-4 {
                "ahead"
            } else if mine <= best + 5e-4 {
                "level"
            } else {
                "behind"
            };
            print!(" {verdict} |");
        }
        println!();
    }
}

/// Ours against the letterbox where that has nothing lost: what is lost has no ragged lines, stands askew to nothing and weighs nothing.
fn alike(ours: &Tally, letterbox: &Tally) {
    let term = |name: &str| WEIGHTS.iter().position(|(n, ..)| *n == name).unwrap();
    let dropped = term("dropped");
    let (whole, lost): (Vec<usize>, Vec<usize>) = (0..ours.read.len()).partition(|i| letterbox.read[*i][dropped] <= 1e-3);
    let worst = |tally: &Tally, of: &[usize], at: usize| {
        let terms: Vec<Terms> = of.iter().map(|i| tally.read[*i]).collect();
        if terms.is_empty() { 0.0 } else { quantile(&terms, at, 0.9) + 0.0 }
    };
    println!("\n| worst decile | where the letterbox is whole: ours | its | where it lost something: ours | its | 0 in |");
    println!("|---|---:|---:|---:|---:|---:|");
    for name in ["alignment", "balance", "raggedness"] {
        let at = term(name);
        let none = lost.iter().filter(|i| letterbox.read[**i][at] <= 1e-4).count();
        let of = |tally: &Tally, of: &[usize]| worst(tally, of, at);
        println!(
            "| {name} | {:.3} | {:.3} | {:.3} | {:.3} | {none} of {} |",
            of(ours, &whole),
            of(letterbox, &whole),
            of(ours, &lost),
            of(letterbox, &lost),
            lost.len()
        );
    }
}

/// Every variant's terms as the reader has it, ours and each other way's, a line each: name, then `term=value` by tabs.
fn dump(path: &str, names: &[String], ours: &Tally, theirs: &[Tally]) {
    let mut out = String::new();
    for (i, name) in names.iter().enumerate() {
        out.push_str(name);
        for tally in std::iter::once(ours).chain(theirs) {
            WEIGHTS.iter().zip(&tally.read[i]).for_each(|((term, ..), v)| out.push_str(&format!("\t{term}={v:.4}")));
        }
        out.push('\n');
    }
    std::fs::write(path, out).unwrap();
}

/// Where a variant's layers are, a JSON line: its name, its page's sides, where the master's weight is, the boxes with their part of the weight.
fn boxes_line(name: &str, variant: &Variant, reading: &reading::Reading, layout: &Layout) -> String {
    let weighs = |p: &variorum::layout::Placed| {
        let layer = &variant.layers[p.layer?];
        Some(if reading::speaks(layer) { reading::weight(layer, variant.ground, &p.rect) } else { 0.0 })
    };
    let weights: Vec<f32> = layout.placed.iter().filter_map(weighs).collect();
    let value = serde_json::json!({
        "name": name,
        "page": [layout.trim.w.0, layout.trim.h.0],
        "rtl": variant.direction == variorum::text::Direction::Rtl,
        "balance": [reading.balance.0, reading.balance.1],
        "weights": weights,
        "boxes": report::boxes(variant, layout),
    });
    format!("{value}\n")
}

/// Where a term of ours is worst: formats by their mean, for who mends it.
fn worst(ours: &Tally, names: &[String], term: &str) {
    let at = WEIGHTS.iter().position(|(n, ..)| *n == term).unwrap();
    let mut by: BTreeMap<String, Vec<f32>> = BTreeMap::new();
    for (name, terms) in names.iter().zip(&ours.read) {
        let mut parts = name.split([' ', '.']);
        let (campaign, format) = (parts.next().unwrap(), parts.next().unwrap());
        let way = name.rsplit(' ').next().unwrap();
        by.entry(format!("{campaign} {format} {way}")).or_default().push(terms[at]);
    }
    let mut rows: Vec<(f32, usize, String)> =
        by.into_iter().map(|(k, v)| (v.iter().sum::<f32>() / v.len() as f32, v.len(), k)).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("\nWhere {term} is worst:");
    rows.iter().take(70).for_each(|(mean, n, name)| println!("{mean:.3} {n:3} {name}"));
}
