//! The independent look of tests/quality, looked at: a sound file has nothing wrong by it, and each fault that is planted in a file or in what is
//! declared of it is found.
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
#[path = "quality/witness.rs"]
mod witness;

use masters::{open, option, read};
use serde_json::{Value, json};
use variorum::campaign::Delivery;
use variorum::report;
use variorum::variant::Content;
use witness::{Page, Seen, Wrong};

/// Px of the file by px of the format.
const SCALE: f64 = 0.5;

/// A file with what is declared of it.
#[derive(Clone)]
struct Exported {
    pixels: Vec<u8>,
    sides: [u32; 2],
    boxes: Value,
    page: [f64; 2],
    safe: [f64; 4],
    scale: f64,
    seen: Seen,
    mark: Option<(f64, f64)>,
}

impl Exported {
    fn of(sample: &str, overrides: Vec<Value>) -> Self {
        Self::at(sample, overrides, ("ig-feed-square", SCALE))
    }
    fn at(sample: &str, overrides: Vec<Value>, (format, scale): (&str, f64)) -> Self {
        let mut session = open(read(sample));
        session.set_overrides(overrides).unwrap();
        let id = format!("{format}.en.{}", option(&session));
        let p = session.prepare(&id).unwrap();
        let boxes = serde_json::to_value(report::boxes(&p.variant, &p.layout)).unwrap();
        let file = session.encode(&p, Delivery::Png, scale as f32, false).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file.bytes[..])).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        let n = info.color_type.samples();
        let pixels = data[..info.buffer_size()].chunks_exact(n).flat_map(|p| [p[0], p[1], p[2]]).collect();
        let page = [p.layout.trim.w.0, p.layout.trim.h.0].map(f64::from);
        let seen = match (p.variant.format.mm_per_px(), p.variant.format.viewing_distance_m) {
            (Some(mm), Some(metres)) => Seen::Street(mm, metres),
            (Some(mm), None) => Seen::Hand(mm),
            _ => Seen::Screen,
        };
        let mark = p.variant.layers.iter().find(|l| l.role.name() == "logo").map(|l| match &l.content {
            Content::Vector { min_width, clear, .. } => (f64::from(min_width.0), f64::from(*clear)),
            _ => (0.0, 0.0),
        });
        let safe = [0.0, 0.0, page[0], page[1]];
        Self { pixels, sides: [info.width, info.height], boxes, page, safe, scale, seen, mark }
    }
    fn png(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.sides[0], self.sides[1]);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(&self.pixels).unwrap();
        out
    }
    fn look(&self, must: &[&str]) -> Vec<(Wrong, String)> {
        witness::look(
            &self.png(),
            &self.boxes,
            &Page { size: self.page, safe: self.safe, scale: self.scale, must, seen: self.seen, mark: self.mark },
        )
    }
    fn kinds(&self, must: &[&str]) -> Vec<Wrong> {
        self.look(must).into_iter().map(|(wrong, _)| wrong).collect()
    }
    fn declared(&mut self, layer: &str) -> &mut Value {
        self.boxes.as_array_mut().unwrap().iter_mut().find(|b| b["layer"] == layer).unwrap()
    }
    /// A layer's box, px of the file.
    fn place(&self, layer: &str) -> [usize; 4] {
        let b = self.boxes.as_array().unwrap().iter().find(|b| b["layer"] == layer).unwrap();
        let r: Vec<f64> = b["box"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
        let edge = |v: f64, most: u32| (v * self.scale).round().clamp(0.0, f64::from(most)) as usize;
        let [w, h] = self.sides;
        [edge(r[0], w), edge(r[1], h), edge(r[0] + r[2], w), edge(r[1] + r[3], h)]
    }
    /// Paints pixels of a part of the page anew.
    fn paint(&mut self, [x0, y0, x1, y1]: [usize; 4], color: impl Fn([u8; 3], usize) -> [u8; 3]) {
        for y in y0..y1 {
            for x in x0..x1 {
                let at = (y * self.sides[0] as usize + x) * 3;
                let was = [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]];
                self.pixels[at..at + 3].copy_from_slice(&color(was, at));
            }
        }
    }
    fn at_px(&self, x: usize, y: usize) -> [u8; 3] {
        let at = (y * self.sides[0] as usize + x) * 3;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }
    /// The colour that most of a part of the page has.
    fn commonest(&self, [x0, y0, x1, y1]: [usize; 4]) -> [u8; 3] {
        let mut counts = std::collections::BTreeMap::new();
        for (x, y) in (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y))) {
            *counts.entry(self.at_px(x, y)).or_insert(0) += 1;
        }
        counts.into_iter().max_by_key(|(_, n)| *n).unwrap().0
    }
    /// A part of the page drawn smaller in its middle, with the colour of its corner around it.
    fn shrink(&mut self, [x0, y0, x1, y1]: [usize; 4], k: f64) {
        let (was, ground, stride) = (self.clone(), self.at_px(x0, y0), self.sides[0] as usize);
        let from = |v: usize, a: usize, b: usize| (v as f64 - (a + b) as f64 / 2.0) / k + (a + b) as f64 / 2.0;
        self.paint([x0, y0, x1, y1], |_, at| {
            let (x, y) = (from(at / 3 % stride, x0, x1).round(), from(at / 3 / stride, y0, y1).round());
            let inside = x >= x0 as f64 && y >= y0 as f64 && x < x1 as f64 && y < y1 as f64;
            if inside { was.at_px(x as usize, y as usize) } else { ground }
        });
    }
    /// Whether what is around a part of the page is one colour.
    fn is_plain_around(&self, [x0, y0, x1, y1]: [usize; 4]) -> bool {
        let ground = self.at_px(x0, y0);
        let near = |p: [u8; 3]| (0..3).all(|i| p[i].abs_diff(ground[i]) < 12);
        (y0..y1).all(|y| near(self.at_px(x0.saturating_sub(1), y)) && near(self.at_px(x1.min(self.sides[0] as usize - 1), y)))
    }
    /// A layer's ink, as declared.
    fn ink(&self, layer: &str) -> [u8; 3] {
        let b = self.boxes.as_array().unwrap().iter().find(|b| b["layer"] == layer).unwrap();
        let hex = b["color"].as_str().unwrap();
        [1, 3, 5].map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
    }
    /// The part of the page as it is in another file.
    fn taken_from(&mut self, other: &Self, part: [usize; 4]) {
        self.paint(part, |_, at| [other.pixels[at], other.pixels[at + 1], other.pixels[at + 2]]);
    }
}

/// Contrast of two colours by WCAG.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let light = |p: [u8; 3]| {
        let linear = p.map(|v| {
            let c = f64::from(v) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    (light(a).max(light(b)) + 0.05) / (light(a).min(light(b)) + 0.05)
}

fn hidden(layer: &str) -> Vec<Value> {
    vec![json!({ "formats": ["ig-feed-square"], "layer": layer, "set": { "hide": true } })]
}

#[test]
fn sound_files_have_nothing_wrong() {
    for sample in masters::everywhere() {
        for at in [("ig-feed-square", SCALE), ("ooh-48sheet-uk", 0.1), ("print-business-card-eu", 1.0), ("iab-mrec", 1.0)] {
            assert_eq!(Exported::at(&sample, Vec::new(), at).look(&[]), [], "{sample} {at:?}");
        }
    }
}

/// Faults that are planted, and those that the look missed.
#[derive(Default)]
struct Faults {
    sample: &'static str,
    planted: usize,
    missed: Vec<String>,
}

impl Faults {
    fn plant(&mut self, sound: &Exported, what: &str, wrong: Wrong, must: &[&str], fault: &dyn Fn(&mut Exported)) {
        let mut broken = sound.clone();
        fault(&mut broken);
        self.planted += 1;
        let found = broken.kinds(must);
        if !found.contains(&wrong) {
            self.missed.push(format!("{}: {what}: {found:?}", self.sample));
        }
    }
}

#[test]
fn every_planted_fault_is_found() {
    let mut faults = Faults::default();
    for sample in ["www/samples/alba", "www/samples/kiosk", "tests/cases/masters/charity", "tests/cases/masters/food"] {
        faults.sample = sample;
        let sound = Exported::of(sample, Vec::new());
        let roles: Vec<(String, String)> = sound
            .boxes
            .as_array()
            .unwrap()
            .iter()
            .map(|b| (b["layer"].as_str().unwrap().to_owned(), b["role"].as_str().unwrap().to_owned()))
            .collect();
        let named = |role: &str| roles.iter().find(|(_, r)| r == role).map(|(layer, _)| layer.as_str());
        let headline = named("headline").unwrap();
        // The file.
        faults.plant(&sound, "another size", Wrong::File, &[], &|e| {
            e.sides[1] -= 20;
            e.pixels.truncate(e.sides.iter().product::<u32>() as usize * 3);
        });
        faults.plant(&sound, "one colour", Wrong::Blank, &[], &|e| e.paint([0, 0, 540, 540], |_, _| [90, 90, 90]));
        // What is not there.
        faults.plant(&sound, "a layer that must be there", Wrong::Absent, &["no such layer"], &|_| {});
        if let Some(logo) = named("logo") {
            faults.plant(&sound, "no logo declared", Wrong::Absent, &[logo], &|e| {
                e.boxes.as_array_mut().unwrap().retain(|b| b["layer"] != logo)
            });
            let without = Exported::of(sample, hidden(logo));
            faults.plant(&sound, "a logo that was not painted", Wrong::Empty, &[], &|e| {
                let flat = [without.pixels[0], without.pixels[1], without.pixels[2]];
                e.paint(e.place(logo), |_, _| flat);
            });
            faults.plant(&sound, "words on the logo", Wrong::Overlap, &[], &|e| {
                let at = e.declared(logo)["box"].clone();
                e.declared(headline)["box"] = at;
            });
        }
        for role in ["headline", "subhead", "call-to-action", "legal", "price"] {
            let Some(layer) = named(role) else { continue };
            let plate = |e: &Exported| {
                e.pixels[(e.place(layer)[1] + 3) * 1620 + (e.place(layer)[0] + e.place(layer)[2]) / 2 * 3..][..3].to_vec()
            };
            faults.plant(&sound, &format!("no letters of {role}"), Wrong::Unreadable, &[], &|e| {
                let flat = plate(e);
                e.paint(e.place(layer), |_, _| [flat[0], flat[1], flat[2]]);
            });
            faults.plant(&sound, &format!("{role} off the page"), Wrong::Outside, &[], &|e| {
                e.declared(layer)["box"][0] = json!(-300)
            });
            faults.plant(&sound, &format!("{role} over the safe zone"), Wrong::Outside, &[], &|e| {
                e.safe[3] = e.place(layer)[3] as f64 / SCALE - 12.0
            });
        }
        // Letters that are not in the file, on the real picture behind them.
        let without = Exported::of(sample, hidden(headline));
        let others = without.boxes.as_array().unwrap().iter().filter(|b| sound.boxes.as_array().unwrap().contains(b)).count();
        if others + 1 == roles.len() {
            faults.planted += 1;
            let mut broken = sound.clone();
            broken.taken_from(&without, broken.place(headline));
            let found = broken.kinds(&[]);
            if !found.iter().any(|w| matches!(w, Wrong::Empty | Wrong::Unreadable)) {
                faults.missed.push(format!("{sample}: a headline that was not painted: {found:?}"));
            }
        }
        faults.plant(&sound, "half of a headline on its own colour", Wrong::Unreadable, &[], &|e| {
            let hex = e.declared(headline)["color"].as_str().unwrap().to_owned();
            let ink = [1, 3, 5].map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap());
            let [x0, y0, x1, y1] = e.place(headline);
            e.paint([x0, y0, x0 + (x1 - x0) * 3 / 5, y1], |was, _| {
                [0, 1, 2].map(|i| was[i].max(ink[i].saturating_sub(24)).min(ink[i].saturating_add(24)))
            });
        });
        for role in ["headline", "subhead", "call-to-action", "legal", "price"] {
            let Some(layer) = named(role) else { continue };
            // On a picture the commonest colour is the letters' own.
            if contrast(sound.commonest(sound.place(layer)), sound.ink(layer)) < 2.4 {
                continue;
            }
            // What is around the letters comes nearer to their colour, to what is told apart and does not read.
            faults.plant(&sound, &format!("{role} on a ground too like it"), Wrong::Faint, &[], &|e| {
                let ink = e.ink(layer);
                let nearer = |p: [u8; 3], k: f64| {
                    [0, 1, 2].map(|i| (f64::from(p[i]) + (f64::from(ink[i]) - f64::from(p[i])) * k).round() as u8)
                };
                let at = e.place(layer);
                let ground = e.commonest(at);
                let told = |k: f64| contrast(nearer(ground, k), ink);
                let k = (0..200).map(|n| f64::from(n) / 200.0).find(|k| told(*k) < 2.4).unwrap();
                e.paint(at, |was, _| nearer(was, k));
            });
        }
        if let Some(legal) = named("legal") {
            faults.plant(&sound, "small print set smaller than reads", Wrong::Small, &[], &|e| {
                e.declared(legal)["size"] = json!(11.0)
            });
            if sound.is_plain_around(sound.place(legal)) {
                faults.plant(&sound, "small print painted smaller than declared", Wrong::Small, &[], &|e| {
                    e.shrink(e.place(legal), 0.3)
                });
            }
        }
        if let Some(logo) = named("logo") {
            faults.plant(&sound, "a logo narrower than its least", Wrong::Mark, &[], &|e| {
                let b = &mut e.declared(logo)["box"];
                let k = 12.0 / b[2].as_f64().unwrap();
                (b[2], b[3]) = (json!(12.0), json!(k * b[3].as_f64().unwrap()));
            });
            if sound.is_plain_around(sound.place(logo)) {
                faults.plant(&sound, "a logo painted smaller than declared", Wrong::Mark, &[], &|e| {
                    let [x0, _, x1, _] = e.place(logo);
                    let least = e.mark.map_or(16.0, |(least, _)| least.max(16.0)) * SCALE;
                    e.shrink(e.place(logo), 0.6 * least / (x1 - x0) as f64);
                });
            }
            faults.plant(&sound, "words in the logo's clear space", Wrong::Near, &[], &|e| {
                let at = e.declared(logo)["box"].clone();
                let b = &mut e.declared(headline)["box"];
                (b[0], b[1]) = (at[0].clone(), json!(at[1].as_f64().unwrap() + at[3].as_f64().unwrap() + 2.0));
            });
        }
        let poster = Exported::at(sample, Vec::new(), ("ooh-48sheet-uk", 0.1));
        let mut afar = |what: &str, fault: &dyn Fn(&mut Exported)| faults.plant(&poster, what, Wrong::Afar, &[headline], fault);
        afar("a headline set too small for the street", &|e| e.declared(headline)["size"] = json!(70.0));
        if poster.is_plain_around(poster.place(headline)) {
            afar("a headline painted too small for the street", &|e| e.shrink(e.place(headline), 0.08));
        }
        faults.plant(&sound, "text over text", Wrong::Overlap, &[], &|e| {
            let at = e.declared(headline)["box"].clone();
            let other =
                e.boxes.as_array_mut().unwrap().iter_mut().find(|b| b.get("size").is_some() && b["layer"] != headline).unwrap();
            other["box"] = at;
        });
        if let Some(photo) = named("photo") {
            let focal = sound.boxes.as_array().unwrap().iter().any(|b| b["layer"] == photo && b.get("focal").is_some());
            faults.plant(&sound, "a photograph that was not painted", Wrong::Empty, &[], &|e| {
                let words: Vec<[usize; 4]> = roles.iter().filter(|(l, _)| l != photo).map(|(l, _)| e.place(l)).collect();
                let inside = |at: usize| {
                    let (x, y) = (at / 3 % 540, at / 1620);
                    words
                        .iter()
                        .any(|w| x >= w[0] && x < w[2] && y >= w[1] && y < w[3] && (w[2] - w[0] < 500 || w[3] - w[1] < 500))
                };
                e.paint(e.place(photo), |was, at| if inside(at) { was } else { [128, 128, 128] });
            });
            if focal {
                faults.plant(&sound, "a crop without its subject", Wrong::Cut, &[], &|e| {
                    e.declared(photo)["focal"] = json!([0.9, 0.9, 0.5, 0.5])
                });
                faults.plant(&sound, "words on the subject", Wrong::Cut, &[], &|e| {
                    let at = e.declared(photo)["box"].clone();
                    e.declared(headline)["box"] = at;
                });
            }
        }
    }
    let Faults { planted, missed, .. } = faults;
    println!("faults planted: {planted}");
    assert!(missed.is_empty(), "{} of {planted} missed\n{}", missed.len(), missed.join("\n"));
}
