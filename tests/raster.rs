//! Pixels of display lists: what is painted where, the same whole and in bands, the same every time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.

#[cfg(not(target_arch = "wasm32"))]
#[path = "common/outside.rs"]
mod outside;

use std::sync::Arc;

use variorum::color::{Blend, Rgba, Stop};
use variorum::display::{Caster, DisplayList, Glyph, Item, Paint, Shape};
use variorum::error::ErrorKind;
use variorum::export;
use variorum::geom::{Point, Rect};
#[cfg(not(target_arch = "wasm32"))]
use variorum::importers::{self, Importers};
use variorum::raster::{Pictures, Pixmap, Raster, device_size, tile_rows};
use variorum::text::{FontId, FontLibrary, FontOrigin, Stance};
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
        let options = export::png::Options { opaque: true };
        std::fs::write(std::path::Path::new(&folder).join(name), export::png::encode_pixmap(p, options).unwrap()).unwrap();
    }
}

/// A photo-like PNG made from arithmetic.
fn photo(width: u32, height: u32) -> Arc<[u8]> {
    let mut p = Pixmap::new(width, height);
    for (i, px) in p.data.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (x, y) = (i as u32 % width, i as u32 / width);
        *px = [(x * 255 / width) as u8, (y * 255 / height) as u8, if (x / 16 + y / 16) % 2 == 0 { 200 } else { 40 }, 255];
    }
    export::png::encode_pixmap(&p, export::png::Options { opaque: true }).unwrap().into()
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
            caster: Caster::Shape(Shape::Ellipse(Rect::new(230.0, 30.0, 120.0, 120.0))),
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

#[test]
fn the_same_whole_and_in_bands() {
    let (list, mut pictures) = scene();
    let (scale, region) = (9.3, Rect::new(-3.0, -3.0, 406.0, 306.0));
    let (width, height) = device_size(&region, scale);
    let fonts = FontLibrary::new();
    let mut raster = Raster::new(1 << 20);
    let whole = raster.paint(&list, &fonts, &mut pictures, region, scale).unwrap();
    look("large.png", &whole);
    assert!(tile_rows(width) * 2 < height, "several tiles");
    for band in [tile_rows(width), 1500] {
        let mut data = Vec::new();
        let mut y = 0;
        while y < height {
            let rows = raster.paint_rows(&list, &fonts, &mut pictures, region, scale, y, band).unwrap();
            assert_eq!(rows.width, width);
            data.extend(rows.data);
            y += band;
        }
        assert!(data == whole.data, "bands of {band} rows");
    }
}

#[test]
fn any_size_by_bands() {
    let list = list(41_000, 400, vec![fill(Shape::Rect(Rect::new(100.0, 10.0, 40_000.0, 300.0)), Paint::Solid(INK))]);
    let (fonts, mut pictures, mut raster) = (FontLibrary::new(), Pictures::new(0), Raster::new(1 << 20));
    let mut largest = 0;
    let mut file = Vec::new();
    let mut bands = |y: u32, rows: u32| {
        largest = largest.max(41_000 * u64::from(rows));
        raster.paint_rows(&list, &fonts, &mut pictures, trim(&list), 1.0, y, rows)
    };
    export::encode(export::FileKind::Png, &export::Frame::new(41_000, 400), &mut bands, &mut file).unwrap();
    assert!(largest <= variorum::limits::BAND_PIXELS / 4, "{largest}");
    assert_eq!(variorum::raster::info("wide.png", &file).unwrap_err().kind, ErrorKind::Limit, "wider than any picture we read");
    let tall = Rect::new(0.0, 0.0, 41_000.0, 2_000.0);
    assert_eq!(raster.paint(&list, &fonts, &mut pictures, tall, 1.0).unwrap_err().kind, ErrorKind::Limit);
}

#[test]
fn clips_nest_and_groups_fade_as_one() {
    let red = Paint::Solid(Rgba { r: 255, g: 0, b: 0, a: 255 });
    let all = Shape::Rect(Rect::new(0.0, 0.0, 10.0, 10.0));
    let items = vec![
        Item::PushClip(Shape::Rect(Rect::new(2.0, 2.0, 6.0, 6.0))),
        Item::PushClip(Shape::Rect(Rect::new(0.0, 0.0, 5.0, 10.0))),
        Item::PushGroup { opacity: 0.5, blend: Blend::Normal },
        fill(all.clone(), Paint::Solid(INK)),
        fill(all.clone(), red.clone()),
        Item::PopGroup,
        Item::PopClip,
        Item::PopClip,
        Item::PopClip,
        Item::PopGroup,
    ];
    let p = paint(&list(10, 10, items), &mut Pictures::new(0), 1.0);
    assert_eq!(pixel(&p, 3, 3), [255, 127, 127, 255]);
    assert_eq!(pixel(&p, 6, 3), [255; 4]);
    assert_eq!(pixel(&p, 1, 3), [255; 4]);
    let items = vec![
        fill(all.clone(), Paint::Solid(Rgba { r: 128, g: 128, b: 128, a: 255 })),
        Item::Fill { shape: all, paint: red, opacity: 1.0, blend: Blend::Multiply },
    ];
    let p = paint(&list(10, 10, items), &mut Pictures::new(0), 1.0);
    assert_eq!(pixel(&p, 5, 5), [128, 0, 0, 255]);
}

/// Glyphs of a text set in a line by the face's own advances.
fn line(fonts: &FontLibrary, font: FontId, text: &str, size: f32, x: f32, y: f32) -> Item {
    let face = fonts.face(font).unwrap();
    let mut pen = x;
    let mut glyphs = Vec::new();
    for c in text.chars() {
        let id = face.glyph(c).unwrap_or(0);
        glyphs.push(Glyph { id, x: Px(pen), y: Px(y) });
        pen += face.advance(id).unwrap_or(0.0) * size;
    }
    Item::Glyphs {
        font,
        size: Px(size),
        stance: Stance::Upright,
        glyphs,
        paint: Paint::Solid(INK),
        opacity: 1.0,
        blend: Blend::Normal,
    }
}

fn font_file(name: &str) -> Arc<[u8]> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name)).unwrap().into()
}

#[test]
fn text_at_every_size() {
    let mut fonts = FontLibrary::new();
    let latin = fonts.add("a", font_file("NotoSans-Regular.ttf"), FontOrigin::Default).unwrap()[0];
    let bold = fonts.add("b", font_file("NotoSans-Bold.ttf"), FontOrigin::Default).unwrap()[0];
    let cjk = fonts.add("c", font_file("NotoSansCJKjp-Regular.otf"), FontOrigin::Default).unwrap()[0];
    let mut items = Vec::new();
    let mut y = 16.0;
    for size in [9.0, 11.0, 12.0, 14.0, 18.0, 24.0, 47.0, 49.0] {
        items.push(line(&fonts, latin, "illicit minimum Hamburgefonstiv 0123 éøß", size, 8.3, y));
        y += size * 1.35;
    }
    items.push(line(&fonts, cjk, "東京の夕焼け 12 px", 12.0, 8.0, y));
    items.push(line(&fonts, cjk, "東京の夕焼け 24 px", 24.0, 200.0, y));
    items.push(line(&fonts, bold, "Big", 110.0, 440.0, y + 40.0));
    let list = list(640, 340, items);
    let p = Raster::new(1 << 20).paint(&list, &fonts, &mut Pictures::new(0), trim(&list), 1.0).unwrap();
    look("text.png", &p);
    let dark = p.data.as_chunks::<4>().0.iter().filter(|p| p[0] < 60).count();
    assert!(dark > 4_000, "{dark} dark pixels");
}

/// Every glyph that has an outline is painted, where and as large as the outline says: fontdue passes over some that shaping
/// names, and its sub-pixel offset is off (see the decision on glyphs).
#[test]
fn no_glyph_is_lost_between_small_and_large() {
    for name in ["NotoSans-Regular.ttf", "NotoSansDevanagari-Regular.ttf", "NotoSansArabic-Bold.ttf", "NotoSansCJKjp-Bold.otf"] {
        let mut fonts = FontLibrary::new();
        let font = fonts.add(name, font_file(name), FontOrigin::Default).unwrap()[0];
        let count = fonts.face(font).unwrap().glyph_count;
        let (mut raster, mut pictures) = (Raster::new(8 << 20), Pictures::new(0));
        let mut shot = |id: u16, size: f32, page: f32| {
            let glyphs = vec![Glyph { id, x: Px(page * 0.3), y: Px(page * 0.7) }];
            let paint = Paint::Solid(Rgba::BLACK);
            let item =
                Item::Glyphs { font, size: Px(size), stance: Stance::Upright, glyphs, paint, opacity: 1.0, blend: Blend::Normal };
            let list = list(page as u32, page as u32, vec![item]);
            let p = raster.paint(&list, &fonts, &mut pictures, trim(&list), 1.0).unwrap();
            let (mut mass, mut mx, mut my) = (0.0f64, 0.0, 0.0);
            for (i, px) in p.data.as_chunks::<4>().0.iter().enumerate() {
                let ink = f64::from(255 - px[0]) / 255.0;
                mass += ink;
                mx += ink * (f64::from(i as u32 % p.width) + 0.5);
                my += ink * (f64::from(i as u32 / p.width) + 0.5);
            }
            (mass, mx / mass, my / mass)
        };
        for id in (1..count).step_by(usize::from(count / 90).max(1)) {
            let (small, large) = (shot(id, 30.0, 90.0), shot(id, 60.0, 180.0));
            let expected = large.0 / 4.0;
            assert!((small.0 - expected).abs() < 2.0 + expected * 0.05, "{name} glyph {id}: {} px of {expected}", small.0);
            if expected > 20.0 {
                assert!((small.1 - large.1 / 2.0).abs() < 0.3, "{name} glyph {id}: x {} against {}", small.1, large.1 / 2.0);
                assert!((small.2 - large.2 / 2.0).abs() < 0.3, "{name} glyph {id}: y {} against {}", small.2, large.2 / 2.0);
            }
        }
    }
}

#[test]
fn thumbnails_of_a_large_photo_cost_little() {
    let mut pictures = Pictures::new(64 << 20);
    let (id, file) = (AssetId("photo.png".into()), photo(2400, 1600));
    pictures.add(id.clone(), file.clone());
    let shot = |pictures: &mut Pictures, width: f32| {
        let (src, dst) = (Rect::new(0.0, 0.0, 2400.0, 1600.0), Rect::new(0.0, 0.0, width, 200.0));
        let picture = Item::Picture { asset: id.clone(), src, dst, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
        paint(&list(300, 200, vec![picture]), pictures, 1.0)
    };
    let first = shot(&mut pictures, 300.0);
    assert_eq!(first, shot(&mut pictures, 300.0));
    shot(&mut pictures, 280.0);
    assert_eq!(pictures.work_done(), (1, 2), "one decoding, two scalings");
    let mut poor = Pictures::new(0);
    poor.add(id.clone(), file);
    assert!(first == shot(&mut poor, 300.0), "what is kept changes nothing");
    assert_eq!(poor.bytes_held(), 0);
}

#[test]
fn bad_pictures_are_told_apart() {
    let png = photo(40, 30).to_vec();
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let kind = |bytes: &[u8]| {
        let mut pictures = Pictures::new(1 << 20);
        let id = AssetId("assets/p.jpg".into());
        pictures.add(id.clone(), bytes.into());
        let area = Rect::new(0.0, 0.0, 40.0, 30.0);
        let item = Item::Picture { asset: id, src: area, dst: area, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
        let list = list(40, 30, vec![item]);
        let error = Raster::new(0).paint(&list, &FontLibrary::new(), &mut pictures, trim(&list), 1.0).unwrap_err();
        assert!(error.at.contains("assets/p.jpg"), "{error}");
        error.kind
    };
    assert_eq!(kind(b""), ErrorKind::Media);
    assert_eq!(kind(b"\0\x01\0\0 a font named as JPEG"), ErrorKind::Media);
    assert!(matches!(kind(&huge), ErrorKind::Limit | ErrorKind::Media));
    assert_eq!(kind(&png[..60]), ErrorKind::Media);
    assert_eq!(kind(&[0xff, 0xd8, 0xff, 0xe0, 0, 16]), ErrorKind::Media);
    assert_eq!(kind(b"RIFF\x10\0\0\0WEBPVP8 "), ErrorKind::Media);
}

#[test]
fn jpegs_come_back_and_keep_below_a_cap() {
    let (list, mut pictures) = scene();
    let p = paint(&list, &mut pictures, 1.0);
    let frame = export::Frame { dpi: Some(variorum::units::Dpi(300.0)), ..export::Frame::new(400, 300) };
    let (large, quality) = export::jpeg::encode_capped(&p, &frame, 95, 20, 1 << 20).unwrap();
    assert_eq!(quality, 95);
    let cap = large.len() / 3;
    let (small, quality) = export::jpeg::encode_capped(&p, &frame, 95, 20, cap).unwrap();
    assert!(small.len() <= cap && (20..95).contains(&quality), "{} of {cap} at {quality}", small.len());
    let (over, quality) = export::jpeg::encode_capped(&p, &frame, 95, 20, 100).unwrap();
    assert!(over.len() > 100 && quality == 20);
    let id = AssetId("again.jpg".into());
    pictures.add(id.clone(), large.into());
    let info = pictures.info(&id).unwrap();
    assert_eq!((info.width, info.height, info.alpha), (400, 300, false));
    let src = Rect::new(0.0, 0.0, 400.0, 300.0);
    let item = Item::Picture { asset: id, src, dst: src, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
    let again = paint(&DisplayList { items: vec![item], ..list }, &mut pictures, 1.0);
    let off: u64 = again.data.iter().zip(&p.data).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    assert!(off / (400 * 300 * 3) <= 4, "mean difference {}", off / (400 * 300 * 3));
}

/// Decoded by the importers, its Display P3 changed to sRGB as any PNG's: the wanted values are those of littleCMS.
#[test]
#[cfg(not(target_arch = "wasm32"))]
fn a_webp_comes_in_with_its_profile() {
    let bytes = std::fs::read("tests/cases/pictures/display-p3.webp").unwrap();
    let mut pictures = Pictures::new(8 << 20);
    let id = AssetId("p3.webp".into());
    pictures.add(id.clone(), importers::Linked.picture("p3.webp", &bytes).unwrap().into());
    let info = pictures.info(&id).unwrap();
    assert_eq!((info.width, info.height, info.alpha), (640, 480, false));
    let area = Rect::new(0.0, 0.0, 640.0, 480.0);
    let item = Item::Picture { asset: id, src: area, dst: area, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
    let p = paint(&list(640, 480, vec![item]), &mut pictures, 1.0);
    look("display-p3.png", &p);
    for (x, y, want) in [(420, 200, [253, 81, 42]), (40, 440, [17, 153, 0]), (600, 40, [218, 24, 72])] {
        let found = pixel(&p, x, y);
        assert!(found.iter().zip(want).all(|(a, b)| a.abs_diff(b) <= 4), "{x}, {y}: {found:?}, not {want:?}");
    }
    let cut = importers::Linked.picture("p3.webp", &bytes[..bytes.len() / 2]).unwrap_err();
    assert_eq!((cut.kind, &*cut.at), (ErrorKind::Media, "p3.webp"));
}

/// Photos with every EXIF orientation, in grey, CMYK, palette, progressive ...
#[test]
#[cfg_attr(not(conformance), ignore = "no suites of others here: VARIORUM_CONFORMANCE names none")]
#[cfg(not(target_arch = "wasm32"))]
fn photos_of_every_kind() {
    let folder = outside::path("photos/variants");
    let mut pictures = Pictures::new(64 << 20);
    let mut upright: Option<Pixmap> = None;
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in names {
        let id = AssetId(name.as_str().into());
        let bytes = std::fs::read(folder.join(&name)).unwrap();
        let bytes = if name.ends_with(".webp") { importers::Linked.picture(&name, &bytes).unwrap() } else { bytes };
        pictures.add(id.clone(), bytes.into());
        let info = pictures.info(&id).unwrap();
        let src = Rect::new(0.0, 0.0, info.width as f32, info.height as f32);
        let dst = Rect::new(0.0, 0.0, 300.0, 300.0 * info.height as f32 / info.width as f32);
        let item = Item::Picture { asset: id, src, dst, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
        let p = paint(&list(300, dst.h.0.round() as u32, vec![item]), &mut pictures, 1.0);
        look(&format!("variant-{name}.png"), &p);
        if name.starts_with("orientation-") {
            let first = upright.get_or_insert_with(|| p.clone());
            assert_eq!((p.width, p.height), (first.width, first.height), "{name}");
            let off: u64 = p.data.iter().zip(&first.data).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
            assert!(off / (p.data.len() as u64) < 8, "{name} is off by {}", off / p.data.len() as u64);
        }
    }
}

#[test]
fn a_picture_casts_its_own_shape() {
    let mut cutout = Pixmap::new(80, 80);
    for (i, px) in cutout.data.as_chunks_mut::<4>().0.iter_mut().enumerate() {
        let (x, y) = ((i % 80) as i32 - 40, (i / 80) as i32 - 40);
        *px = if x * x + y * y < 900 { [200, 40, 40, 255] } else { [0; 4] };
    }
    let mut pictures = Pictures::new(1 << 20);
    let id = AssetId("cutout.png".into());
    pictures.add(id.clone(), export::png::encode_pixmap(&cutout, export::png::Options::default()).unwrap().into());
    let (src, dst) = (Rect::new(0.0, 0.0, 80.0, 80.0), Rect::new(40.0, 30.0, 120.0, 120.0));
    let (color, offset) = (Rgba { r: 0, g: 0, b: 0, a: 128 }, point(0.0, 16.0));
    let shadow = Item::Shadow { caster: Caster::Picture { asset: id.clone(), src, dst }, sigma: Px(10.0), offset, color };
    let picture = Item::Picture { asset: id, src, dst, radius: Px(0.0), opacity: 1.0, blend: Blend::Normal };
    let p = paint(&list(200, 200, vec![shadow, picture]), &mut pictures, 1.0);
    look("cutout.png", &p);
    assert_eq!(pixel(&p, 100, 90), [200, 40, 40, 255]);
    let below = pixel(&p, 100, 150)[0];
    assert!((140..210).contains(&below), "{below}");
    assert_eq!(pixel(&p, 6, 6), [255; 4]);
}
