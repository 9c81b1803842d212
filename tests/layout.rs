//! Properties of layout that hold for every campaign: more room never makes type smaller, right-to-left is the mirror, order without
//! meaning changes nothing, the same input gives the same layout; and how often a pixel or a letter flips the arrangement.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use variorum::campaign::Files;
use variorum::layout::PlacedContent;
use variorum::session::{Prepared, Session};
use variorum::variant::Role;

fn read(sample: &str) -> Files {
    fn walk(root: &Path, at: &Path, out: &mut Files) {
        for entry in std::fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, out);
            } else if !path.components().any(|c| c.as_os_str() == "source") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                out.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(sample);
    let mut out = BTreeMap::new();
    walk(&root, &root, &mut out);
    out
}

fn edit(files: &mut Files, path: &str, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&files[path]).unwrap();
    change(&mut value);
    files.insert(path.to_owned(), value.to_string().into_bytes());
}

fn open(files: Files) -> Session {
    let mut session = Session::open(files).unwrap_or_else(|e| panic!("{e}"));
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    for name in session.fonts_needed() {
        session.add_font(name, Arc::from(std::fs::read(fonts.join(name)).unwrap())).unwrap();
    }
    session
}

/// A sample in custom formats of these sizes, named `f0`, `f1` ...
fn sized(sample: &str, sizes: &[(u32, u32)]) -> Session {
    let mut files = read(sample);
    edit(&mut files, "campaign.json", |c| {
        let formats: Vec<Value> =
            sizes.iter().enumerate().map(|(i, (w, h))| json!({ "id": format!("f{i}"), "width": w, "height": h })).collect();
        c["custom_formats"] = json!(formats);
        c["formats"] = json!((0..sizes.len()).map(|i| format!("f{i}")).collect::<Vec<_>>());
        c["locales"] = json!(["en"]);
        c["source_locale"] = json!("en");
    });
    files.retain(|path, _| !path.starts_with("copy/") || path == "copy/en.json");
    open(files)
}

fn option(session: &Session) -> String {
    session.campaign().options[0].id.to_string()
}

fn prepared(session: &mut Session, format: &str, locale: &str) -> Prepared {
    let id = format!("{format}.{locale}.{}", option(session));
    session.prepare(&id).unwrap_or_else(|e| panic!("{id}: {e}"))
}

fn headline(p: &Prepared) -> Option<f32> {
    p.layout.placed.iter().find_map(|item| match &item.content {
        PlacedContent::Text(text) if p.variant.layers[item.layer?].role == Role::Headline => Some(text.fitted.size.0),
        _ => None,
    })
}

const SAMPLES: [&str; 3] = ["www/samples/alba", "www/samples/kiosk", "www/samples/pulse"];

/// The samples and the twelve masters of tests/cases.
fn everywhere() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = std::fs::read_dir(root.join("tests/cases/masters")).unwrap().map(|e| e.unwrap().path());
    let mut all: Vec<String> = cases
        .filter(|p| p.join("campaign.json").exists() && p.join("copy/en.json").exists())
        .map(|p| format!("tests/cases/masters/{}", p.file_name().unwrap().to_str().unwrap()))
        .collect();
    all.sort();
    all.extend(SAMPLES.map(str::to_owned));
    assert!(all.len() >= 14, "{all:?}");
    all
}

#[test]
fn a_bigger_page_of_one_shape_never_has_smaller_type() {
    for sample in everywhere() {
        let sample = sample.as_str();
        for (w, h) in [(4, 5), (1, 1), (9, 16), (16, 9), (4, 1)] {
            let sizes: Vec<(u32, u32)> = (1..=8).map(|k| (w * k * 60, h * k * 60)).collect();
            let mut session = sized(sample, &sizes);
            // Of one arrangement with the same layers: a page that has room for one more may set the others smaller.
            let mut held: BTreeMap<String, f32> = BTreeMap::new();
            for (i, size) in sizes.iter().enumerate() {
                let p = prepared(&mut session, &format!("f{i}"), "en");
                let Some(now) = headline(&p) else { continue };
                let before = held.insert(format!("{} {:?}", p.layout.candidate.key(), p.layout.dropped), now).unwrap_or(0.0);
                assert!(now >= before - 0.5, "{sample} {size:?}: {now} px after {before} px, {}", p.layout.candidate.words());
            }
        }
    }
}

#[test]
fn a_mirrored_locale_has_the_mirrored_layout() {
    // The same words in a language read the other way: what is not text or type must mirror to the pixel.
    for sample in everywhere() {
        let sample = sample.as_str();
        let mut files = read(sample);
        edit(&mut files, "campaign.json", |c| {
            c["locales"] = json!(["en", "he"]);
            c["source_locale"] = json!("en");
        });
        files.retain(|path, _| !path.starts_with("copy/") || path == "copy/en.json");
        let mut copy: Value = serde_json::from_slice(&files["copy/en.json"]).unwrap();
        copy["locale"] = json!("he");
        files.insert("copy/he.json".into(), copy.to_string().into_bytes());
        edit(&mut files, "master.json", |m| {
            m.as_object_mut().unwrap().remove("overrides");
        });
        let mut session = open(files);
        for format in ["ig-feed-square", "video-16x9-1080", "iab-leaderboard", "print-a4", "web-halfpage", "iab-billboard"] {
            let (a, b) = (prepared(&mut session, format, "en"), prepared(&mut session, format, "he"));
            let (p, q) = (a.layout.candidate, b.layout.candidate);
            assert_eq!((p.arrangement, p.master), (q.arrangement, q.master), "{sample} {format}");
            if p.side != q.side {
                // Photographs are not flipped: where their subject is at one side, words go to the other one in both directions.
                assert_eq!(a.variant.character, variorum::variant::Character::Photo, "{sample} {format}");
                continue;
            }
            let boxes = |p: &Prepared| -> Vec<(usize, [f32; 4], bool)> {
                let of = |i: &variorum::layout::Placed| {
                    let r = i.rect;
                    Some((i.layer?, [r.x.0, r.y.0, r.w.0, r.h.0], matches!(i.content, PlacedContent::Text(_))))
                };
                p.layout.placed.iter().filter_map(of).collect()
            };
            let width = a.layout.trim.w.0;
            for ((layer, l, text), (other, r, _)) in boxes(&a).into_iter().zip(boxes(&b)) {
                assert_eq!(layer, other);
                let mirrored = width - r[0] - r[2];
                let photo = a.variant.character == variorum::variant::Character::Photo;
                // Nor is the photograph's quiet corner, where its mark goes, mirrored; those of the samples happen to be.
                if photo && a.variant.layers[layer].role == Role::Logo && !SAMPLES.contains(&sample) {
                    continue;
                }
                // The same letters are not quite as wide read the other way; where they begin must agree.
                let near = |x: f32, y: f32| (x - y).abs() <= 1.01 + 0.002 * width;
                let wide = if text { (l[2] - r[2]).abs() <= 0.02 * width } else { near(l[2], r[2]) };
                assert!(near(l[0], mirrored) && near(l[1], r[1]) && wide, "{sample} {format} layer {layer}: {l:?} {r:?}");
            }
        }
    }
}

fn summary(p: &Prepared) -> Vec<(String, [i32; 4])> {
    let mut out: Vec<(String, [i32; 4])> = p
        .layout
        .placed
        .iter()
        .filter_map(|i| {
            let r = i.rect;
            Some((p.variant.layers[i.layer?].id.clone(), [r.x.0, r.y.0, r.w.0, r.h.0].map(|v| (v * 8.0).round() as i32)))
        })
        .collect();
    out.sort();
    out
}

#[test]
fn order_among_texts_that_do_not_meet_changes_nothing() {
    for sample in everywhere() {
        let sample = sample.as_str();
        let plain = read(sample);
        let mut turned = plain.clone();
        edit(&mut turned, "master.json", |m| {
            // Texts of different roles lie beside each other in the master: their order in the file has no meaning.
            let layers = m["layers"].as_array_mut().unwrap();
            let texts: Vec<usize> = (0..layers.len()).filter(|i| layers[*i].get("text").is_some()).collect();
            let roles: std::collections::BTreeSet<String> = texts.iter().map(|i| layers[*i]["role"].to_string()).collect();
            if roles.len() == texts.len() {
                let mut moved: Vec<Value> = texts.iter().rev().map(|i| layers[*i].clone()).collect();
                for i in texts {
                    layers[i] = moved.remove(0);
                }
            } else {
                let (a, b) = (texts[0], *texts.last().unwrap());
                layers.swap(a, b);
            }
        });
        let (mut a, mut b) = (open(plain), open(turned));
        for format in ["ig-feed-square", "video-16x9-1080", "iab-leaderboard", "print-a4", "web-halfpage"] {
            assert_eq!(summary(&prepared(&mut a, format, "en")), summary(&prepared(&mut b, format, "en")), "{sample} {format}");
        }
    }
}

#[test]
fn the_same_input_has_the_same_layout_and_fingerprint() {
    for sample in everywhere() {
        let (mut a, mut b) = (open(read(&sample)), open(read(&sample)));
        let locales = a.campaign().locales.clone();
        let (first, last) = (locales[0].clone(), locales[locales.len() - 1].clone());
        for format in ["ig-story", "ooh-48sheet-uk", "iab-mrec", "iab-120x60", "iab-leaderboard"] {
            // Another variant before must leave no trace.
            let _ = prepared(&mut b, "print-a4", &last);
            let (p, q) = (prepared(&mut a, format, &first), prepared(&mut b, format, &first));
            assert_eq!(p.variant.fingerprint, q.variant.fingerprint);
            assert_eq!((summary(&p), p.layout.energy.to_bits()), (summary(&q), q.layout.energy.to_bits()));
        }
    }
}

#[test]
fn a_pixel_more_rarely_flips_the_arrangement() {
    let sizes: Vec<(u32, u32)> = (0..60).flat_map(|i| [(300 + 37 * i, 600), (300 + 37 * i + 1, 600)]).collect();
    let (mut flips, mut pairs) = (0, 0);
    for sample in SAMPLES {
        let mut session = sized(sample, &sizes);
        let names: Vec<String> =
            (0..sizes.len()).map(|i| prepared(&mut session, &format!("f{i}"), "en").layout.candidate.key()).collect();
        pairs += names.len() / 2;
        flips += names.chunks(2).filter(|p| p[0] != p[1]).count();
    }
    println!("flips at one pixel: {flips} of {pairs}");
    assert!(flips * 50 <= pairs, "{flips} of {pairs} pairs of neighbouring widths differ");
}

#[test]
fn alternatives_are_distinct_and_can_be_chosen() {
    for sample in SAMPLES {
        let mut session = open(read(sample));
        let first = prepared(&mut session, "ig-feed-square", "en");
        let keys: Vec<String> = first.layout.alternatives.iter().map(|a| a.candidate.key()).collect();
        assert!(!keys.is_empty() && !keys.contains(&first.layout.candidate.key()), "{sample}: {keys:?}");
        let before = session.fingerprints().unwrap();
        session.set_overrides(vec![json!({ "formats": ["ig-feed-square"], "arrangement": keys[0] })]).unwrap();
        let chosen = prepared(&mut session, "ig-feed-square", "en");
        assert_eq!(chosen.layout.candidate.key(), keys[0]);
        let changed: Vec<String> =
            before.iter().zip(session.fingerprints().unwrap()).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0.clone()).collect();
        assert!(!changed.is_empty() && changed.iter().all(|id| id.starts_with("ig-feed-square.")), "{changed:?}");
        session.set_overrides(Vec::new()).unwrap();
        assert_eq!(session.fingerprints().unwrap(), before, "taking it back leaves no trace");
        assert!(session.set_overrides(vec![json!({ "arrangement": "sideways" })]).is_err());
        assert_eq!(session.fingerprints().unwrap(), before, "a wrong one changes nothing");
    }
}

#[test]
fn corrections_by_hand_move_what_they_name_and_tell_of_a_changed_master() {
    let mut session = open(read("www/samples/alba"));
    let at = |p: &Prepared, id: &str| -> [f32; 2] {
        let item = p.layout.placed.iter().find(|i| i.layer.is_some_and(|l| p.variant.layers[l].id == id)).unwrap();
        [item.rect.x.0, item.rect.y.0]
    };
    let before = prepared(&mut session, "ig-feed-square", "en");
    session
        .set_overrides(vec![
            json!({ "formats": ["ig-feed-square"], "layer": "logo", "set": { "move": [-0.1, 0.05], "seen": [0, 0, 1, 1] } }),
        ])
        .unwrap();
    let after = prepared(&mut session, "ig-feed-square", "en");
    let (a, b) = (at(&before, "logo"), at(&after, "logo"));
    assert!((a[0] - 108.0 - b[0]).abs() < 0.1 && (a[1] + 54.0 - b[1]).abs() < 0.1, "{a:?} {b:?}");
    assert_eq!(at(&before, "headline"), at(&after, "headline"));
    assert!(after.findings.iter().any(|f| f.rule == "moved-on"), "the master has another box for it");
    assert!(!before.findings.iter().any(|f| f.rule == "moved-on"));
}

#[test]
fn layers_without_roles_are_taken_for_what_they_are() {
    let session = open(read("tests/cases/masters/charity"));
    let roles: BTreeMap<&str, &str> = session.campaign().master.layers.iter().map(|l| (l.id.as_str(), l.role.name())).collect();
    let wished = [
        ("hero picture", "photo"),
        ("shade", "decoration"),
        ("our mark", "logo"),
        ("big line", "headline"),
        ("second line", "subhead"),
        ("give", "call-to-action"),
        ("registered charity", "legal"),
    ];
    assert_eq!(roles, wished.into_iter().collect());
    assert_eq!(session.warnings().len(), wished.len());
}

#[test]
fn pins_hold() {
    let mut files = read("www/samples/alba");
    edit(&mut files, "master.json", |m| m["pins"] = json!({ "off_photo": true }));
    let mut session = open(files);
    for format in ["ig-feed-square", "video-16x9-1080", "ig-story"] {
        let key = prepared(&mut session, format, "en").layout.candidate.key();
        assert!(["split", "stack", "strip", "skyscraper"].iter().any(|a| key.starts_with(a)), "{format}: {key}");
    }
}

#[test]
fn the_designers_other_artboards_are_used_and_what_lies_between_is_between() {
    let mut files = read("www/samples/pulse");
    edit(&mut files, "master.json", |m| {
        m["artboards"] = json!([{ "width": 1920, "height": 1080, "layers": {
            "headline": { "box": [960, 300, 840, 300], "ideal": 150 }, "logo": { "box": [960, 100, 300, 90] },
            "cta": { "box": [960, 820, 360, 100] } } }]);
    });
    let mut session = open(files);
    let master = |p: &Prepared, id: &str| {
        let layer = p.variant.layers.iter().find(|l| l.id == id).unwrap();
        (layer.master_box.x.0 / p.variant.artboard.w.0, p.variant.artboard.w.0 / p.variant.artboard.h.0)
    };
    let wide = prepared(&mut session, "video-16x9-1080", "en");
    assert!((master(&wide, "headline").0 - 0.5).abs() < 1e-3 && (master(&wide, "headline").1 - 16.0 / 9.0).abs() < 1e-3);
    let tall = prepared(&mut session, "video-4x5", "en");
    let between = prepared(&mut session, "ig-feed-square", "en");
    let (a, x, b) = (master(&tall, "headline").0, master(&between, "headline").0, master(&wide, "headline").0);
    assert!(a < x && x < b && (master(&between, "headline").1 - 1.0).abs() < 1e-3, "{a} {x} {b}");
    // Beyond the widest one it is that one.
    let beyond = prepared(&mut session, "iab-billboard", "en");
    assert!((master(&beyond, "headline").0 - 0.5).abs() < 1e-3);
}

#[test]
fn weights_are_loaded_and_part_of_the_fingerprint() {
    use variorum::campaign::policy::{TERMS, Weights};
    use variorum::layout::score::WEIGHTS;
    assert!(TERMS.names().eq(WEIGHTS.iter().map(|(name, ..)| *name)), "a policy names the terms that layout has");
    let mut session = open(read("www/samples/alba"));
    let (before, plain) = (session.fingerprints().unwrap(), prepared(&mut session, "ig-feed-square", "en"));
    session.set_weights(Weights { version: Some(1), ..Weights::default() });
    let first = prepared(&mut session, "ig-feed-square", "en");
    assert_ne!(first.variant.fingerprint, plain.variant.fingerprint);
    // One term alone decides: the picture's share, of which the master's own arrangement keeps all.
    let terms = TERMS.names().map(|name| (name, if name == "presence" { 50.0 } else { 0.0 })).collect();
    session.set_weights(Weights { version: None, terms });
    let best = prepared(&mut session, "video-16x9-1080", "en");
    let presence = WEIGHTS.iter().position(|(name, ..)| *name == "presence").unwrap();
    assert!(best.layout.alternatives.iter().all(|a| a.terms[presence] >= best.layout.terms[presence] - 1e-4));
    session.set_weights(Weights::default());
    assert_eq!(session.fingerprints().unwrap(), before, "taking them back leaves no trace");
    // From the policy, as a file says it.
    let mut files = read("www/samples/alba");
    edit(&mut files, "policy.json", |p| p["weights"] = json!({ "version": 1, "terms": { "raggedness": 0.2 } }));
    assert_ne!(open(files.clone()).fingerprints().unwrap(), before);
    edit(&mut files, "policy.json", |p| p["weights"] = json!({ "terms": { "beauty": 1 } }));
    let said = open(files).warnings().iter().any(|w| w.to_string().contains("beauty"));
    assert!(said, "a term that is none is said");
}
