//! What painting one thing costs, a line each: thread CPU ms, median and spread of nine runs. `cargo run --release --example raster`; with PHOTO=file.jpg on a photo.
//! On a page of 1080 x 1080, with a made-up picture of waves and noise and no letters; what the samples cost, letters too, is stages.rs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.

mod clock;

use clock::{cpu, machine, spread};
use std::sync::Arc;

use variorum::color::{Blend, Rgba, Stop};
use variorum::display::{Caster, DisplayList, Item, Paint, Shape};
use variorum::export;
use variorum::geom::{Point, Rect};
use variorum::raster::{Pictures, Pixmap, Raster};
use variorum::text::FontLibrary;
use variorum::units::Px;
use variorum::variant::AssetId;

fn run(name: &str, mut run: impl FnMut()) {
    let times: Vec<f64> = (0..9)
        .map(|_| {
            let start = cpu();
            run();
            cpu() - start
        })
        .collect();
    println!("{name:<44}{:>24}", spread(&times, 2));
}

fn main() {
    let side = 1080.0;
    let page = Rect::new(0.0, 0.0, side, side);
    let photo: Arc<[u8]> = std::env::var_os("PHOTO").and_then(|f| std::fs::read(f).ok()).unwrap_or_else(made).into();
    let mut pictures = Pictures::new(128 << 20);
    let id = AssetId("photo".into());
    pictures.add(id.clone(), photo.clone());
    let Ok(info) = pictures.info(&id) else { return };
    let (fonts, mut raster) = (FontLibrary::new(), Raster::new(4 << 20));
    let point = |x, y| Point { x: Px(x), y: Px(y) };
    let stop = |at, a| Stop { at, color: Rgba { r: 20, g: 0, b: 40, a } };
    let src = Rect::new(0.0, 0.0, (info.width.min(info.height)) as f32, (info.width.min(info.height)) as f32);
    let picture = Item::Picture { asset: id.clone(), src, dst: page, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
    let fill = |shape, paint, blend| Item::Fill { shape, paint, opacity: 1.0, blend };
    let slanted = Paint::Linear { from: point(0.0, 0.0), to: point(side, side), stops: vec![stop(0.0, 0), stop(1.0, 220)] };
    let down = Paint::Linear { from: point(0.0, 0.0), to: point(0.0, side), stops: vec![stop(0.0, 0), stop(1.0, 220)] };
    let round = Paint::Radial { center: point(500.0, 500.0), radius: Px(700.0), stops: vec![stop(0.0, 0), stop(1.0, 220)] };
    let card = Shape::RoundRect { rect: Rect::new(140.0, 140.0, 800.0, 800.0), radius: Px(40.0) };
    let color = Rgba { r: 0, g: 0, b: 0, a: 120 };
    let shadow = Item::Shadow { caster: Caster::Shape(card.clone()), sigma: Px(24.0), offset: point(0.0, 20.0), color };
    let solid = Paint::Solid(Rgba { r: 240, g: 90, b: 30, a: 200 });
    let group = vec![
        Item::PushGroup { opacity: 0.6, blend: Blend::Normal },
        fill(card.clone(), solid.clone(), Blend::Normal),
        Item::PopGroup,
    ];
    let mut paint = |name: &str, items: Vec<Item>, fresh: bool, scale: f32| {
        let list = DisplayList { width: 1080, height: 1080, bleed: Px(0.0), ground: Rgba::WHITE, items };
        run(name, || {
            if fresh {
                pictures.add(id.clone(), photo.clone());
            }
            std::hint::black_box(raster.paint(&list, &fonts, &mut pictures, page, scale).ok());
        });
        raster.paint(&list, &fonts, &mut pictures, page, scale).unwrap_or_default()
    };
    println!("{}", machine());
    println!("{:<44}{:>24}", "1080 x 1080", "CPU ms");
    paint("ground", vec![], false, 1.0);
    paint("photo, decoded and scaled", vec![picture.clone()], true, 1.0);
    paint("photo, from the cache", vec![picture.clone()], false, 1.0);
    paint("photo at 320 px, from the cache", vec![picture.clone()], false, 320.0 / 1080.0);
    paint("gradient, downwards", vec![fill(Shape::Rect(page), down, Blend::Normal)], false, 1.0);
    paint("gradient, slanted", vec![fill(Shape::Rect(page), slanted, Blend::Normal)], false, 1.0);
    paint("gradient, radial", vec![fill(Shape::Rect(page), round, Blend::Normal)], false, 1.0);
    paint("rounded card", vec![fill(card.clone(), solid.clone(), Blend::Normal)], false, 1.0);
    paint("rounded card, multiply", vec![fill(card.clone(), solid.clone(), Blend::Multiply)], false, 1.0);
    paint("rounded card, soft light", vec![fill(card, solid, Blend::SoftLight)], false, 1.0);
    paint("shadow, sigma 24", vec![shadow], false, 1.0);
    paint("group of a card", group, false, 1.0);
    let whole = paint("photo again", vec![picture], false, 1.0);
    let options = export::png::Options { opaque: true };
    let size = export::png::encode_pixmap(&whole, options).map_or(0, |f| f.len());
    run(&format!("PNG: {} KiB", size / 1024), || {
        std::hint::black_box(export::png::encode_pixmap(&whole, options).ok());
    });
    let frame = export::Frame::new(1080, 1080);
    for quality in [80, 92] {
        let write = || export::jpeg::encode_capped(&whole, &frame, quality, quality, usize::MAX);
        run(&format!("JPEG {quality}: {} KiB", write().map_or(0, |f| f.0.len() / 1024)), || {
            std::hint::black_box(write().ok());
        });
    }
}

/// Noise and waves, where no photo is named.
fn made() -> Vec<u8> {
    let mut p = Pixmap::new(2400, 1600);
    let mut seed = 1u32;
    for (i, px) in p.data.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (x, y, n) = (i % 2400, i / 2400, (seed >> 28) as usize);
        *px = [(x / 10 + n) as u8, (y / 8 + n) as u8, ((x + y) / 16 + n) as u8, 255];
    }
    export::png::encode_pixmap(&p, export::png::Options { opaque: true }).unwrap_or_default()
}
