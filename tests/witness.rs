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
use witness::{Page, Wrong};

/// Px of the file by px of the format.
const SCALE: f64 = 0.5;

/// A file with what is declared of it.
#[derive(Clone)]
struct Exported {
    pixels: Vec<u8>,
    sides: [u32; 2],
    boxes: Value,
    safe: [f64; 4],
}

impl Exported {
    fn of(sample: &str, overrides: Vec<Value>) -> Self {
        let mut session = open(read(sample));
        session.set_overrides(overrides).unwrap();
        let id = format!("ig-feed-square.en.{}", option(&session));
        let p = session.prepare(&id).unwrap();
        let boxes = serde_json::to_value(report::boxes(&p.variant, &p.layout)).unwrap();
        let file = session.encode(&p, Delivery::Png, SCALE as f32, false).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file.bytes[..])).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut data).unwrap();
        let n = info.color_type.samples();
        let pixels = data[..info.buffer_size()].chunks_exact(n).flat_map(|p| [p[0], p[1], p[2]]).collect();
        Self { pixels, sides: [info.width, info.height], boxes, safe: [0.0, 0.0, 1080.0, 1080.0] }
    }
    fn png(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, self.sides[0], self.sides[1]);
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header().unwrap().write_image_data(&self.pixels).unwrap();
        out
    }
    fn look(&self, must: &[&str]) -> Vec<(Wrong, String)> {
        witness::look(&self.png(), &self.boxes, &Page { size: [1080.0, 1080.0], safe: self.safe, scale: SCALE, must })
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
        [r[0], r[1], r[0] + r[2], r[1] + r[3]].map(|v| (v * SCALE).round().clamp(0.0, 540.0) as usize)
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
    /// The part of the page as it is in another file.
    fn taken_from(&mut self, other: &Self, part: [usize; 4]) {
        self.paint(part, |_, at| [other.pixels[at], other.pixels[at + 1], other.pixels[at + 2]]);
    }
}

fn hidden(layer: &str) -> Vec<Value> {
    vec![json!({ "formats": ["ig-feed-square"], "layer": layer, "set": { "hide": true } })]
}

#[test]
fn sound_files_have_nothing_wrong() {
    for sample in masters::everywhere() {
        assert_eq!(Exported::of(&sample, Vec::new()).look(&[]), [], "{sample}");
    }
}

#[test]
fn every_planted_fault_is_found() {
    let (mut planted, mut missed) = (0, Vec::new());
    for sample in ["www/samples/alba", "www/samples/kiosk", "tests/cases/masters/charity", "tests/cases/masters/food"] {
        let sound = Exported::of(sample, Vec::new());
        let roles: Vec<(String, String)> = sound
            .boxes
            .as_array()
            .unwrap()
            .iter()
            .map(|b| (b["layer"].as_str().unwrap().to_owned(), b["role"].as_str().unwrap().to_owned()))
            .collect();
        let named = |role: &str| roles.iter().find(|(_, r)| r == role).map(|(layer, _)| layer.as_str());
        let mut plant = |what: &str, wrong: Wrong, must: &[&str], fault: &dyn Fn(&mut Exported)| {
            let mut broken = sound.clone();
            fault(&mut broken);
            planted += 1;
            let found = broken.kinds(must);
            if !found.contains(&wrong) {
                missed.push(format!("{sample}: {what}: {found:?}"));
            }
        };
        let headline = named("headline").unwrap();
        // The file.
        plant("another size", Wrong::File, &[], &|e| {
            e.sides[1] -= 20;
            e.pixels.truncate(e.sides.iter().product::<u32>() as usize * 3);
        });
        plant("one colour", Wrong::Blank, &[], &|e| e.paint([0, 0, 540, 540], |_, _| [90, 90, 90]));
        // What is not there.
        plant("a layer that must be there", Wrong::Absent, &["no such layer"], &|_| {});
        if let Some(logo) = named("logo") {
            plant("no logo declared", Wrong::Absent, &[logo], &|e| {
                e.boxes.as_array_mut().unwrap().retain(|b| b["layer"] != logo)
            });
            let without = Exported::of(sample, hidden(logo));
            plant("a logo that was not painted", Wrong::Empty, &[], &|e| {
                let flat = [without.pixels[0], without.pixels[1], without.pixels[2]];
                e.paint(e.place(logo), |_, _| flat);
            });
            plant("words on the logo", Wrong::Overlap, &[], &|e| {
                let at = e.declared(logo)["box"].clone();
                e.declared(headline)["box"] = at;
            });
        }
        for role in ["headline", "subhead", "call-to-action", "legal", "price"] {
            let Some(layer) = named(role) else { continue };
            let plate = |e: &Exported| {
                e.pixels[(e.place(layer)[1] + 3) * 1620 + (e.place(layer)[0] + e.place(layer)[2]) / 2 * 3..][..3].to_vec()
            };
            plant(&format!("no letters of {role}"), Wrong::Unreadable, &[], &|e| {
                let flat = plate(e);
                e.paint(e.place(layer), |_, _| [flat[0], flat[1], flat[2]]);
            });
            plant(&format!("{role} off the page"), Wrong::Outside, &[], &|e| e.declared(layer)["box"][0] = json!(-300));
            plant(&format!("{role} over the safe zone"), Wrong::Outside, &[], &|e| {
                e.safe[3] = e.place(layer)[3] as f64 / SCALE - 12.0
            });
        }
        // Letters that are not in the file, on the real picture behind them.
        let without = Exported::of(sample, hidden(headline));
        let others = without.boxes.as_array().unwrap().iter().filter(|b| sound.boxes.as_array().unwrap().contains(b)).count();
        if others + 1 == roles.len() {
            planted += 1;
            let mut broken = sound.clone();
            broken.taken_from(&without, broken.place(headline));
            let found = broken.kinds(&[]);
            if !found.iter().any(|w| matches!(w, Wrong::Empty | Wrong::Unreadable)) {
                missed.push(format!("{sample}: a headline that was not painted: {found:?}"));
            }
        }
        let mut plant = |what: &str, wrong: Wrong, must: &[&str], fault: &dyn Fn(&mut Exported)| {
            let mut broken = sound.clone();
            fault(&mut broken);
            planted += 1;
            let found = broken.kinds(must);
            if !found.contains(&wrong) {
                missed.push(format!("{sample}: {what}: {found:?}"));
            }
        };
        plant("half of a headline on its own colour", Wrong::Unreadable, &[], &|e| {
            let hex = e.declared(headline)["color"].as_str().unwrap().to_owned();
            let ink = [1, 3, 5].map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap());
            let [x0, y0, x1, y1] = e.place(headline);
            e.paint([x0, y0, x0 + (x1 - x0) * 3 / 5, y1], |was, _| {
                [0, 1, 2].map(|i| was[i].max(ink[i].saturating_sub(24)).min(ink[i].saturating_add(24)))
            });
        });
        plant("text over text", Wrong::Overlap, &[], &|e| {
            let at = e.declared(headline)["box"].clone();
            let other =
                e.boxes.as_array_mut().unwrap().iter_mut().find(|b| b.get("size").is_some() && b["layer"] != headline).unwrap();
            other["box"] = at;
        });
        if let Some(photo) = named("photo") {
            let focal = sound.boxes.as_array().unwrap().iter().any(|b| b["layer"] == photo && b.get("focal").is_some());
            plant("a photograph that was not painted", Wrong::Empty, &[], &|e| {
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
                plant("a crop without its subject", Wrong::Cut, &[], &|e| {
                    e.declared(photo)["focal"] = json!([0.9, 0.9, 0.5, 0.5])
                });
                plant("words on the subject", Wrong::Cut, &[], &|e| {
                    let at = e.declared(photo)["box"].clone();
                    e.declared(headline)["box"] = at;
                });
            }
        }
    }
    println!("faults planted: {planted}");
    assert!(missed.is_empty(), "{} of {planted} missed\n{}", missed.len(), missed.join("\n"));
}
