//! Glyphs with colours of their own: each kind of paint and each mode of COLR, as arithmetic and as Chromium says.
//!
//! Fonts and what they ask for come from tests/cases/fonts/colors.py; what Chromium draws of them (tests/ref/colors.png) from
//! tests/cases/fonts/colors.mjs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.
#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};

use serde_json::Value;
use variorum::color::{Blend, Rgba};
use variorum::display::{DisplayList, Glyph, Item, Paint};
use variorum::export;
use variorum::geom::Rect;
use variorum::raster::{Pictures, Pixmap, Raster};
use variorum::text::{FontId, FontLibrary, FontOrigin, Stance, Variation};
use variorum::units::Px;

/// Device px of the em, of a cell of the sheet, and from its corner to the origin of its glyph.
const EM: f32 = 100.0;
const CELL: u32 = 120;
const AT: (f32, f32) = (10.0, 110.0);
const COLUMNS: u32 = 16;
/// How far from Chromium's a pixel may be, in how many pixels of a cell more than that, and how far on average.
const LEVELS: u8 = 4;
const FAR: u32 = 400;
const MEAN: f32 = 1.0;
/// Where Chromium departs from the specification, and we do not.
const DEPARTURES: [(&str, &str); 3] = [
    ("stops at one place", "one colour before and one behind; Chromium 148 paints the last one everywhere"),
    ("points on a line", "such a gradient is not to be rendered; Chromium 148 paints its first colour"),
    (
        "sweep across repeat odd stops",
        "the row of pixels where the angle begins anew is the next round's colour, by the last bit of a float",
    ),
];
const TEXT: Rgba = Rgba { r: 12, g: 34, b: 56, a: 255 };

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The cases of a kind, each with its face and glyph.
struct Case {
    name: String,
    font: FontId,
    glyph: u16,
    points: Vec<(f32, f32, [f32; 4])>,
}

fn cases() -> (FontLibrary, Vec<Case>) {
    let said: Value = serde_json::from_slice(&std::fs::read(root("tests/cases/fonts/colors.json")).unwrap()).unwrap();
    let mut library = FontLibrary::new();
    let mut add = |name: &str| {
        let bytes = std::fs::read(root("tests/cases/fonts").join(name)).unwrap();
        library.add(name, bytes.into(), FontOrigin::Brand).unwrap()[0]
    };
    let [still, axis, sbix, cbdt] = ["colors.ttf", "colors-axis.ttf", "colors-sbix.ttf", "colors-cbdt.ttf"].map(&mut add);
    let mut cases = Vec::new();
    for case in ["still", "varied", "pictures"].iter().flat_map(|kind| said[kind].as_array().unwrap()) {
        let c = case["char"].as_str().unwrap().chars().next().unwrap();
        let font = match case["wght"].as_f64() {
            Some(wght) => {
                let face = library.face(axis).unwrap();
                library.instance(&face, &[Variation { tag: *b"wght", value: wght as f32 }]).id
            }
            None => match case["font"].as_str() {
                Some("sbix") => sbix,
                Some(_) => cbdt,
                None => still,
            },
        };
        let number = |v: &Value| v.as_f64().unwrap() as f32;
        let points = case["points"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| (number(&p[0]), number(&p[1]), std::array::from_fn(|i| number(&p[2][i]))));
        let name = format!("{} {}", case["name"].as_str().unwrap(), case["wght"]);
        cases.push(Case { name, font, glyph: library.face(font).unwrap().glyph(c).unwrap(), points: points.collect() });
    }
    (library, cases)
}

fn item(font: FontId, size: f32, glyphs: Vec<Glyph>, opacity: f32) -> Item {
    Item::Glyphs {
        font,
        size: Px(size),
        stance: Stance::Upright,
        glyphs,
        paint: Paint::Solid(TEXT),
        opacity,
        blend: Blend::Normal,
    }
}

fn painted(library: &FontLibrary, width: u32, height: u32, items: Vec<Item>) -> Pixmap {
    let list = DisplayList { width, height, bleed: Px(0.0), ground: Rgba::WHITE, items };
    let all = Rect::new(0.0, 0.0, width as f32, height as f32);
    Raster::new(1 << 20).paint(&list, library, &mut Pictures::new(1 << 20), all, 1.0).unwrap()
}

/// All cases on one sheet, in cells from left to right.
fn sheet(library: &FontLibrary, cases: &[Case]) -> Pixmap {
    let rows = (cases.len() as u32).div_ceil(COLUMNS);
    let items = (0..).zip(cases).map(|(nth, case)| {
        let (x, y) = ((nth % COLUMNS * CELL) as f32 + AT.0, (nth / COLUMNS * CELL) as f32 + AT.1);
        item(case.font, EM, vec![Glyph { id: case.glyph, x: Px(x), y: Px(y) }], 1.0)
    });
    painted(library, COLUMNS * CELL, rows * CELL, items.collect())
}

fn pixel(p: &Pixmap, x: u32, y: u32) -> [u8; 4] {
    p.data.as_chunks::<4>().0[(y * p.width + x) as usize]
}

fn look(name: &str, p: &Pixmap) {
    if let Some(folder) = std::env::var_os("VARIORUM_LOOK") {
        let options = export::png::Options { opaque: true };
        std::fs::write(Path::new(&folder).join(name), export::png::encode_pixmap(p, options).unwrap()).unwrap();
    }
}

#[test]
fn every_paint_and_mode_is_as_the_specification_says() {
    let (library, cases) = cases();
    assert!(cases.len() > 150, "{}", cases.len());
    let sheet = sheet(&library, &cases);
    look("colors.png", &sheet);
    let mut wrong = Vec::new();
    for (nth, case) in (0..).zip(&cases) {
        for (x, y, [r, g, b, a]) in &case.points {
            let px = (nth % COLUMNS * CELL) + (AT.0 + x / 1000.0 * EM) as u32;
            let py = (nth / COLUMNS * CELL) + (AT.1 - y / 1000.0 * EM) as u32;
            let found = pixel(&sheet, px, py);
            // On white.
            let asked = [r, g, b].map(|v| v * a / 255.0 + 255.0 - a);
            let apart = found.iter().zip(asked).map(|(f, a)| (f32::from(*f) - a).abs()).fold(0.0, f32::max);
            if apart > 2.0 {
                wrong.push(format!("{} at {x}, {y}: {found:?}, asked for {asked:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Every pixel of every case beside Chromium's. Edges are smoothed in other ways, so a pixel of an edge may differ by more; what is
/// looked for is a glyph painted otherwise.
#[test]
fn every_paint_and_mode_is_as_chromium_draws_it() {
    let (library, cases) = cases();
    let ours = sheet(&library, &cases);
    let mut reader =
        png::Decoder::new(std::io::Cursor::new(std::fs::read(root("tests/ref/colors.png")).unwrap())).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    assert_eq!((info.width, info.height, info.color_type), (ours.width, ours.height, png::ColorType::Rgba));
    let theirs = Pixmap { width: info.width, height: info.height, data };
    let (mut wrong, mut most) = (Vec::new(), (0, 0.0_f32));
    for (nth, case) in (0..).zip(&cases) {
        let (left, top) = (nth % COLUMNS * CELL, nth / COLUMNS * CELL);
        let (mut far, mut worst, mut sum) = (0, 0, 0_u32);
        for (x, y) in (0..CELL * CELL).map(|i| (left + i % CELL, top + i / CELL)) {
            let apart = pixel(&ours, x, y).iter().zip(pixel(&theirs, x, y)).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            far += u32::from(apart > LEVELS);
            worst = worst.max(apart);
            sum += u32::from(apart);
        }
        let mean = sum as f32 / (CELL * CELL) as f32;
        let departs = DEPARTURES.iter().any(|(name, _)| case.name.starts_with(name));
        if departs != (far > FAR || mean > MEAN) {
            wrong.push(format!(
                "{nth} {}: {far} pixels by more than {LEVELS} levels, {worst} at most, {mean:.2} on average",
                case.name
            ));
        } else if !departs {
            most = (most.0.max(far), most.1.max(mean));
        }
    }
    eprintln!(
        "{} cases, {} depart; the others: at most {} pixels of a cell, {:.3} levels on average",
        cases.len(),
        DEPARTURES.len(),
        most.0,
        most.1
    );
    for (name, why) in DEPARTURES {
        eprintln!("  {name}: {why}");
    }
    assert!(wrong.is_empty(), "{} of {} differ\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Painted by the same arithmetic at any place: in bands, kept or not, with the run's opacity.
#[test]
fn kept_glyphs_are_the_glyphs_that_were_painted() {
    let (library, cases) = cases();
    let glyph = |case: &Case, x: f32, y: f32| Glyph { id: case.glyph, x: Px(x), y: Px(y) };
    for (nth, case) in cases.iter().enumerate().step_by(7) {
        // The largest is painted only as far as it is seen.
        for size in [24.0, 100.0, 1_100.0].into_iter().take(if nth % 42 == 0 { 3 } else { 2 }) {
            let side = size as u32 + 20;
            let run = |times: usize| item(case.font, size, vec![glyph(case, 10.3, size + 5.7); times], 0.5);
            let list =
                |times| DisplayList { width: side, height: side, bleed: Px(0.0), ground: Rgba::WHITE, items: vec![run(times)] };
            let all = Rect::new(0.0, 0.0, side as f32, side as f32);
            let mut raster = Raster::new(1 << 24);
            let mut pictures = Pictures::new(0);
            let first = raster.paint(&list(1), &library, &mut pictures, all, 1.0).unwrap();
            let again = raster.paint(&list(1), &library, &mut pictures, all, 1.0).unwrap();
            assert!(first == again, "{} at {size}", case.name);
            let mut banded = Vec::new();
            for top in (0..side).step_by(64) {
                banded.extend(raster.paint_rows(&list(1), &library, &mut pictures, all, 1.0, top, 64).unwrap().data);
            }
            assert!(first.data == banded, "{} at {size}, in bands", case.name);
        }
    }
}
