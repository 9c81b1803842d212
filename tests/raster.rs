//! Pixels of display lists: what is painted where, the same whole and in bands, the same every time.

use std::sync::Arc;

use variorum::color::{Blend, Rgba, Stop};
use variorum::display::{DisplayList, Item, Paint, Shape};
use variorum::export;
use variorum::geom::{Point, Rect};
use variorum::raster::{Pictures, Pixmap, Raster};
use variorum::text::FontLibrary;
use variorum::units::Px;
use variorum::variant::AssetId;

const INK: Rgba = Rgba { r: 20, g: 40, b: 60, a: 255 };

fn list(width: u32, height: u32, items: Vec<Item>) -> DisplayList {
    DisplayList { width, height, bleed: Px(0.0), ground: Rgba::WHITE, items }
}

fn fill(shape: Shape, paint: Paint) -> Item {
    Item::Fill { shape, paint, opacity: 1.0, blend: Blend::Normal }
}

fn point(x: f32, y: f32) -> Point {
    Point { x: Px(x), y: Px(y) }
}

fn trim(list: &DisplayList) -> Rect {
    Rect::new(0.0, 0.0, list.width as f32, list.height as f32)
}

fn paint(list: &DisplayList, pictures: &mut Pictures, scale: f32) -> Pixmap {
    Raster::new(1 << 20).paint(list, &FontLibrary::default(), pictures, trim(list), scale).unwrap()
}

fn pixel(p: &Pixmap, x: u32, y: u32) -> [u8; 4] {
    p.data.as_chunks::<4>().0[(y * p.width + x) as usize]
}

/// Writes a picture to the folder named by VARIORUM_LOOK, to be looked at.
fn look(name: &str, p: &Pixmap) {
    if let Some(folder) = std::env::var_os("VARIORUM_LOOK") {
        let options = export::png::Options { opaque: true, ..Default::default() };
        std::fs::write(std::path::Path::new(&folder).join(name), export::png::encode_pixmap(p.clone(), options).unwrap())
            .unwrap();
    }
}

/// A photo-like PNG made from arithmetic.
fn photo(width: u32, height: u32) -> Arc<[u8]> {
    let mut p = Pixmap::new(width, height);
    for (i, px) in p.data.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (x, y) = (i as u32 % width, i as u32 / width);
        *px = [(x * 255 / width) as u8, (y * 255 / height) as u8, if (x / 16 + y / 16) % 2 == 0 { 200 } else { 40 }, 255];
    }
    export::png::encode_pixmap(p, export::png::Options { opaque: true, ..Default::default() }).unwrap().into()
}

fn scene() -> (DisplayList, Pictures) {
    let mut pictures = Pictures::new(64 << 20);
    let id = AssetId("photo.png".into());
    pictures.add(id.clone(), photo(640, 480));
    let stop = |at, r, g, b, a| Stop { at, color: Rgba { r, g, b, a } };
    let items = vec![
        Item::Picture {
            asset: id.clone(),
            src: Rect::new(40.0, 30.0, 560.0, 420.0),
            dst: Rect::new(0.0, 0.0, 400.0, 300.0),
            radius: Px(0.0),
            opacity: 1.0,
            blend: Blend::Normal,
        },
        fill(
            Shape::Rect(Rect::new(0.0, 150.0, 400.0, 150.0)),
            Paint::Linear {
                from: point(0.0, 150.0),
                to: point(0.0, 300.0),
                stops: vec![stop(0.0, 0, 0, 0, 0), stop(1.0, 0, 0, 0, 220)],
            },
        ),
        fill(
            Shape::RoundRect { rect: Rect::new(20.0, 220.0, 160.0, 56.0), radius: Px(28.0) },
            Paint::Linear {
                from: point(20.0, 0.0),
                to: point(180.0, 40.0),
                stops: vec![stop(0.0, 255, 90, 0, 255), stop(1.0, 220, 0, 120, 255)],
            },
        ),
        Item::Shadow {
            caster: variorum::display::Caster::Shape(Shape::Ellipse(Rect::new(230.0, 30.0, 120.0, 120.0))),
            sigma: Px(9.0),
            offset: point(0.0, 8.0),
            color: Rgba { r: 0, g: 0, b: 0, a: 160 },
        },
        Item::PushGroup { opacity: 0.8, blend: Blend::Normal },
        fill(
            Shape::Ellipse(Rect::new(230.0, 30.0, 120.0, 120.0)),
            Paint::Radial {
                center: point(270.0, 70.0),
                radius: Px(90.0),
                stops: vec![stop(0.0, 255, 255, 255, 255), stop(1.0, 0, 90, 200, 255)],
            },
        ),
        Item::Stroke {
            shape: Shape::Ellipse(Rect::new(230.0, 30.0, 120.0, 120.0)),
            paint: Paint::Solid(Rgba::WHITE),
            width: Px(6.0),
            opacity: 1.0,
            blend: Blend::Normal,
        },
        Item::PopGroup,
        Item::PushClip(Shape::RoundRect { rect: Rect::new(200.5, 180.0, 180.0, 100.0), radius: Px(16.0) }),
        Item::Picture {
            asset: id,
            src: Rect::new(0.0, 0.0, 640.0, 480.0),
            dst: Rect::new(190.0, 170.0, 200.0, 150.0),
            radius: Px(0.0),
            opacity: 0.9,
            blend: Blend::Multiply,
        },
        Item::PopClip,
    ];
    (list(400, 300, items), pictures)
}

#[test]
fn a_scene_holds_together() {
    let (list, mut pictures) = scene();
    for scale in [0.37, 1.0, 2.0] {
        let p = paint(&list, &mut pictures, scale);
        assert!(p.data.as_chunks::<4>().0.iter().all(|p| p[3] == 255));
        look(&format!("scene-{scale}.png"), &p);
    }
}

#[test]
fn boxes_are_exact() {
    let items = vec![fill(Shape::Rect(Rect::new(1.0, 1.0, 2.5, 2.0)), Paint::Solid(INK))];
    let p = paint(&list(5, 4, items), &mut Pictures::new(0), 1.0);
    assert_eq!(pixel(&p, 0, 0), [255; 4]);
    assert_eq!(pixel(&p, 1, 1), [20, 40, 60, 255]);
    assert_eq!(pixel(&p, 2, 2), [20, 40, 60, 255]);
    assert_eq!(pixel(&p, 3, 2), [137, 147, 157, 255]);
    assert_eq!(pixel(&p, 4, 2), [255; 4]);
    assert_eq!(pixel(&p, 1, 3), [255; 4]);
}
