//! What one picture leaves behind never changes a pixel of the next: the same lists painted with everything kept, and from nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)] // A test may stop.

#[path = "bench/folder.rs"]
mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use variorum::campaign::Delivery;
use variorum::geom::Rect;
use variorum::painter::{Memory, Painter};
use variorum::raster::Leaf;
use variorum::session::{Session, Writing};

fn opened(name: &str) -> Session {
    let root = Path::new("www/samples").join(name);
    let mut files = BTreeMap::new();
    folder::files(&root, &root, &mut files);
    Session::open(files).unwrap()
}

fn with_fonts(mut session: Session, needed: impl Fn(&Session) -> BTreeSet<&'static str>) -> Session {
    // What a font turns out to lack may make another one needed.
    loop {
        let list = needed(&session);
        if list.is_empty() {
            return session;
        }
        for font in list {
            session.add_font(font, Arc::from(std::fs::read(Path::new("fonts").join(font)).unwrap())).unwrap();
        }
    }
}

fn sample(name: &str) -> Session {
    with_fonts(opened(name), Session::fonts_needed)
}

#[test]
fn a_language_is_set_the_same_with_its_own_fonts_and_with_all() {
    for name in ["alba", "kiosk", "pulse"] {
        let mut all = sample(name);
        let option = all.matrix().cells[0].option.to_string();
        for locale in ["en", "ar", "hi", "ja", "ko", "th", "zh-Hans"] {
            let mut own = with_fonts(opened(name), |session| session.fonts_needed_in(&[locale.to_owned()]));
            for format in ["ig-story", "iab-leaderboard"] {
                let id = format!("{format}.{locale}.{option}");
                let [one, other] = [&mut all, &mut own].map(|session| {
                    let prepared = session.prepare(&id).unwrap();
                    let scale = 320.0 / prepared.list.width.max(prepared.list.height) as f32;
                    (prepared.variant.fingerprint, session.paint(&prepared, None, scale).unwrap())
                });
                assert!(one == other, "{name} {id}");
            }
        }
    }
}

#[test]
fn small_caches_change_no_pixel() {
    let mut wide = sample("alba");
    let mut narrow = sample("alba");
    narrow.keep_within(1 << 20);
    let option = wide.matrix().cells[0].option.to_string();
    for id in ["ig-story.en", "iab-leaderboard.de", "ig-story.ar", "iab-mrec.ja", "ig-story.en"] {
        let id = format!("{id}.{option}");
        let [one, other] = [&mut wide, &mut narrow].map(|session| {
            let prepared = session.prepare(&id).unwrap();
            session.picture(&prepared, None, 0.25).unwrap().clone()
        });
        assert!(one == other, "{id}");
    }
}

#[test]
fn variants_of_a_sample_are_the_same_kept_and_alone() {
    for (name, formats, locales) in [
        ("alba", ["ig-story", "iab-leaderboard"], ["en", "ar", "ja"]),
        ("kiosk", ["iab-mrec", "web-halfpage"], ["de", "he", "hi"]),
        ("pulse", ["yt-thumbnail", "iab-smartphone-320"], ["ko", "ta", "en"]),
    ] {
        let mut session = sample(name);
        let option = session.matrix().cells[0].option.to_string();
        let ids: Vec<String> =
            locales.iter().flat_map(|l| formats.iter().map(|f| format!("{f}.{l}.{option}")).collect::<Vec<_>>()).collect();
        // There and back again, so that every picture follows every kind of other.
        for id in ids.iter().chain(ids.iter().rev()) {
            let prepared = session.prepare(id).unwrap();
            let scale = 240.0 / prepared.list.width.max(prepared.list.height) as f32;
            let alone = session.paint(&prepared, None, scale).unwrap();
            let kept = session.picture(&prepared, None, scale).unwrap();
            assert!(*kept == alone, "{id}");
        }
    }
}

#[test]
fn an_edit_repaints_what_it_touched_and_nothing_else_changes() {
    let mut session = sample("alba");
    let id = format!("ig-story.en.{}", session.matrix().cells[0].option);
    let key = session.campaign().message_keys()[0].to_owned();
    for words in ["A first line", "A second, longer one for two lines of words", "A first line"] {
        session.set_copy("en", &key, words).unwrap();
        let prepared = session.prepare(&id).unwrap();
        let alone = session.paint(&prepared, None, 0.25).unwrap();
        assert!(*session.picture(&prepared, None, 0.25).unwrap() == alone, "{words}");
    }
}

#[test]
fn a_picture_painted_by_bands_is_the_same_whenever_it_was_broken_off() {
    for (name, format, scale) in [("alba", "ig-story", 1.6), ("kiosk", "iab-billboard", 2.0), ("pulse", "ig-story", 0.4)] {
        let mut session = sample(name);
        let option = session.matrix().cells[0].option.to_string();
        for region in [None, Some(Rect::new(20.0, 30.0, 700.0, 200.0))] {
            // The second language is painted over the first; each is let go after some bands, then begun anew.
            for (locale, bands) in [("en", 1), ("ar", 2), ("de", 5), ("ja", 40)] {
                let prepared = session.prepare(&format!("{format}.{locale}.{option}")).unwrap();
                let mut given_up = session.begin(&prepared, region, scale).unwrap();
                for _ in 0..bands {
                    given_up = session.go_on(&prepared, given_up, 1).unwrap();
                }
                session.let_go(given_up);
                let mut painting = session.begin(&prepared, region, scale).unwrap();
                let mut steps = 0;
                while !painting.is_whole() {
                    painting = session.go_on(&prepared, painting, 300_000).unwrap();
                    steps += 1;
                }
                let painted = session.finish(painting).clone();
                assert!(painted == session.paint(&prepared, region, scale).unwrap(), "{name} {locale} {region:?}");
                assert!(steps > 1 || scale < 1.0 || region.is_some() || locale != "en", "{name} {locale}: {steps} steps");
            }
        }
    }
}

fn list(words: &str, size: f32, panel: f32, ground: &str) -> Value {
    json!({ "width": 300, "height": 200, "ground": ground, "items": [
        { "type": "fill", "rect": [0, 0, 300, 200], "paint": { "linear": [0, 0, 300, 0], "stops": [[0, "#102040"], [1, "#f0a000c0"]] } },
        { "type": "shadow", "rect": [40, 40, 120, 80], "radius": 12, "sigma": 6, "offset": [0, 4], "color": "#00000080" },
        { "type": "fill", "rect": [40, 40, panel, 80], "radius": 12, "paint": "#ffffff" },
        { "type": "group", "opacity": 0.7, "items": [
            { "type": "text", "text": words, "size": size, "x": 50, "baseline": 90, "paint": "#c00000", "families": ["Noto Sans"] },
            { "type": "clip", "ellipse": [200, 20, 80, 80], "items": [
                { "type": "fill", "rect": [200, 20, 80, 60], "paint": "#00ff0090", "blend": "multiply" } ] } ] },
        { "type": "text", "text": words, "size": 11, "x": 290, "baseline": 190, "align": "right", "paint": "#ffffffb0" },
    ] })
}

fn painter(memory: Memory) -> Painter {
    let mut painter = Painter::new(memory);
    painter.add_font(Arc::from(std::fs::read("fonts/NotoSans-Regular.ttf").unwrap()), None, None).unwrap();
    painter
}

#[test]
fn lists_in_any_order_and_any_budget() {
    let lists: Vec<String> = (0..24)
        .map(|i| {
            let words = ["One", "Two words", "AV To", "fi ffi"][i % 4];
            let (size, panel) = ([20.0, 60.0][i / 4 % 2], [120.0, 140.0][i / 8 % 2]);
            list(words, size, panel, ["#fff", "#223344"][i % 5 / 4]).to_string()
        })
        .collect();
    let mut alone = painter(Memory { share: false, ..Memory::default() });
    // None kept, one at a time, some, all.
    for painted in [0, 300 * 200 * 4, 300 * 200 * 4 * 3, 48 << 20] {
        let mut kept = painter(Memory { painted, ..Memory::default() });
        for at in [3usize, 0, 7, 7, 12, 1, 20, 23, 5, 14, 2, 9, 0, 3, 17, 8, 16, 4] {
            let expected = alone.paint(&lists[at]).unwrap().clone();
            assert!(*kept.paint(&lists[at]).unwrap() == expected, "list {at} with {painted} bytes kept");
        }
        kept.clear();
        assert!(kept.paint(&lists[0]).unwrap() == alone.paint(&lists[0]).unwrap());
    }
}

#[test]
fn a_large_page_on_paper_is_the_same_whatever_lay_there_before() {
    let list = |i: usize| {
        let words = ["One", "Two words", "AV To", "fi ffi"][i % 4];
        let (at, ground, panel) = ([400, 1700][i / 4 % 2], ["#fff", "#223344"][i / 8 % 2], ["#ffffff", "#ffe0c0"][i / 16 % 2]);
        json!({ "width": 1700, "height": 2100, "ground": ground, "items": [
            { "type": "fill", "rect": [0, 0, 1700, 2100], "paint": { "linear": [0, 0, 0, 2100], "stops": [[0, "#102040"], [1, "#f0a000c0"]] } },
            { "type": "shadow", "rect": [40, 40, 1400, 1900], "radius": 12, "sigma": 16, "offset": [0, 4], "color": "#00000080" },
            { "type": "fill", "rect": [40, 40, 1400, 1900], "radius": 12, "paint": panel },
            { "type": "group", "opacity": 0.7, "items": [
                { "type": "text", "text": words, "size": 300, "x": 50, "baseline": at, "paint": "#c00000", "families": ["Noto Sans"] },
                { "type": "clip", "ellipse": [200, 20, 800, 800], "items": [
                    { "type": "fill", "rect": [200, 20, 800, 600], "paint": "#00ff0090", "blend": "multiply" } ] } ] },
            { "type": "text", "text": words, "size": 40, "x": 1690, "baseline": 2090, "align": "right", "paint": "#ffffffb0" },
        ] })
        .to_string()
    };
    let mut alone = painter(Memory { share: false, ..Memory::default() });
    let expected: Vec<_> = (0..24).map(|i| alone.paint(&list(i)).unwrap().clone()).collect();
    for share in [true, false] {
        let mut large = painter(Memory { share, ..Memory::default() });
        let mut paper = Leaf::default();
        for at in [3, 0, 1, 1, 4, 7, 2, 10, 9, 20, 16, 17, 5] {
            assert!(large.paint_on(&mut paper, &list(at)).unwrap().is_none(), "it is on the paper");
            assert!(paper.front() == expected[at].data, "list {at}, shared: {share}");
            let (mut file, mut again) = (Vec::new(), Leaf::default());
            large.png(&mut paper, &list((at + 1) % 24), &mut file).unwrap();
            let mut whole = Vec::new();
            alone.png(&mut again, &list((at + 1) % 24), &mut whole).unwrap();
            assert!(file == whole, "the file after list {at}, shared: {share}");
            assert!(paper.front() == expected[(at + 1) % 24].data);
        }
        // A page that cannot be painted whole leaves nothing that the next may build on.
        let broken = list(5).replacen(
            "\"items\":[",
            "\"items\":[{\"type\":\"picture\",\"asset\":\"no\",\"src\":[0,0,1,1],\"dst\":[0,0,500,900]},",
            1,
        );
        assert!(large.paint_on(&mut paper, &broken).is_err());
        large.paint_on(&mut paper, &list(5)).unwrap();
        assert!(paper.front() == expected[5].data);
    }
    assert!(variorum::export::png::encode_pixmap(&expected[1], variorum::export::png::Options { opaque: true }).is_ok_and(
        |file| {
            let (mut tiles, mut paper) = (Vec::new(), Leaf::default());
            alone.png(&mut paper, &list(1), &mut tiles).unwrap();
            file == tiles
        }
    ));
}

#[test]
fn what_is_wrong_with_a_list_is_told_with_its_place() {
    let mut painter = painter(Memory::default());
    let told = |painter: &mut Painter, list: Value| painter.paint(&list.to_string()).unwrap_err().to_string();
    assert!(painter.paint("[").is_err());
    assert!(told(&mut painter, json!({ "width": 0, "height": 5, "items": [] })).contains("list: width"));
    assert!(told(&mut painter, json!({ "width": 5, "height": 5, "items": [{ "type": "fil" }] })).contains("items[0].type"));
    let missing =
        json!({ "width": 5, "height": 5, "items": [{ "type": "text", "text": "a", "size": 8, "x": 0, "paint": "#000" }] });
    assert!(told(&mut painter, missing).contains("'baseline' is missing"));
    let unknown = json!({ "width": 5, "height": 5, "items": [{ "type": "picture", "asset": "no", "src": [0, 0, 1, 1], "dst": [0, 0, 5, 5] }] });
    let unknown = told(&mut painter, unknown);
    assert!(unknown.starts_with("list: items[0].asset: there is no such picture (found \"no\")"), "{unknown}");
    let red = told(&mut painter, json!({ "width": 5, "height": 5, "ground": "red", "items": [] }));
    assert!(red.contains("#rrggbb") && !red.contains("token"), "no aliases where there are no tokens: {red}");
    let gif = painter.add_picture("gif", Arc::from(*b"GIF89a"), &variorum::importers::Linked).unwrap_err().to_string();
    assert!(gif.contains("WebP"), "{gif}");
    let gif = json!({ "width": 5, "height": 5, "items": [{ "type": "shadow", "asset": "gif", "src": [0, 0, 1, 1], "dst": [0, 0, 5, 5], "sigma": 1, "color": "#000" }] });
    assert!(told(&mut painter, gif).contains("items[0].asset"), "what could not be read is not there");
    let deep = (0..40).fold(json!([]), |items, _| json!([{ "type": "group", "items": items }]));
    assert!(told(&mut painter, json!({ "width": 5, "height": 5, "items": deep })).contains("nested too deeply"));
    let paint = |painter: &mut Painter| painter.paint(&list("字", 20.0, 120.0, "#fff").to_string()).map(|_| ()).unwrap();
    paint(&mut painter);
    assert_eq!(painter.missing(), "字", "what no font has is told");
}

#[test]
fn a_file_written_by_bands_is_the_one_written_at_once_and_one_let_go_leaves_nothing() {
    let jpeg = |quality| Delivery::Jpeg { quality };
    // One is above its format's cap: its quality is sought. The last is too large to be held.
    let files = [
        ("ig-story", Delivery::Png),
        ("ig-story", jpeg(85)),
        ("iab-mrec", Delivery::Png),
        ("iab-interstitial-1080", jpeg(100)),
        ("print-tabloid", jpeg(80)),
    ];
    let mut used = sample("alba");
    for (format, delivery) in files {
        let prepared = used.prepare(&format!("{format}.en.main")).unwrap();
        // Broken off after a band.
        let mut dropped = Writing::of(&prepared, delivery, 1.0, false).unwrap();
        let whole = used.write_on(&prepared, &mut dropped, 1).unwrap().is_some();
        drop(dropped);
        let mut writing = Writing::of(&prepared, delivery, 1.0, false).unwrap();
        let mut steps = 1;
        let by_bands = loop {
            match used.write_on(&prepared, &mut writing, 1).unwrap() {
                Some(encoded) => break encoded,
                None => steps += 1,
            }
        };
        let at_once = sample("alba").encode(&prepared, delivery, 1.0, false).unwrap();
        assert_eq!((by_bands.sha256, by_bands.quality), (at_once.sha256, at_once.quality), "{format}");
        assert_eq!(by_bands.bytes, at_once.bytes);
        assert_eq!(whole, steps == 1, "{format}: {steps}");
        assert!(steps >= 2 || format == "iab-mrec", "{format}: {steps}");
        assert!(delivery != jpeg(100) || at_once.quality < Some(100));
    }
}
