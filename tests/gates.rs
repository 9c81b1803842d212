//! Gates that look at pictures and at corrections: what is told of another way holds once it is taken, words keep off what a picture is of,
//! a logo is told from its ground, and what the master leaves out itself is said where the layout is.
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

use masters::{edit, everywhere, fifth, open, option, prepared, read};
use serde_json::{Value, json};
use variorum::layout::gates::Kind;
use variorum::report::WhyReport;
use variorum::session::{Prepared, Session};

fn for_story(layer: &str, set: &Value) -> Value {
    json!({ "formats": ["ig-story"], "locales": ["en"], "layer": layer, "set": set })
}

fn failed(p: &Prepared) -> Vec<Kind> {
    p.layout.failed().map(|g| g.kind).collect()
}

/// Headlines moved, set in other boxes and sizes, pictures cropped anew: as a person does in the loupe.
fn corrections() -> Vec<Vec<Value>> {
    let focal = for_story("photo", &json!({ "focal": [0.2, 0.3, 0.4, 0.4] }));
    let headline = |set: Value| for_story("headline", &set);
    vec![
        vec![headline(json!({ "move": [0.0, 0.15] }))],
        vec![headline(json!({ "move": [0.0, 0.3], "size": { "ideal": 140, "ceiling": 200 } }))],
        vec![headline(json!({ "box": [0.1, 0.6, 0.8, 0.1] })), focal.clone()],
        vec![headline(json!({ "box": [0.1, 0.62, 0.85, 0.2] })), focal.clone()],
        vec![headline(json!({ "box": [0.05, 0.3, 0.9, 0.25], "move": [0.05, -0.1] })), focal.clone()],
        vec![headline(json!({ "move": [0.0, -0.5] })), focal],
        vec![for_story("logo", &json!({ "move": [-0.4, -0.2], "scale": 2.0 }))],
    ]
}

#[test]
fn what_is_told_of_another_way_is_what_is_there_when_it_is_taken() {
    let mut session = open(read("www/samples/alba"));
    let id = format!("ig-story.en.{}", option(&session));
    let mut told = 0;
    for corrected in corrections() {
        session.set_overrides(corrected.clone()).unwrap();
        let before = session.prepare(&id).unwrap();
        for way in &before.layout.alternatives {
            let take = json!({ "formats": ["ig-story"], "locales": ["en"], "arrangement": way.candidate.key() });
            session.set_overrides(corrected.iter().cloned().chain([take]).collect()).unwrap();
            let taken = session.prepare(&id).unwrap();
            assert_eq!(taken.layout.candidate, way.candidate);
            assert_eq!(failed(&taken), way.failed, "{corrected:?} {}", way.candidate.key());
            assert!((taken.layout.energy - way.energy).abs() < 1e-5, "{corrected:?} {}", way.candidate.key());
            assert_eq!(taken.layout.terms, way.terms, "{corrected:?} {}", way.candidate.key());
            told += usize::from(!way.failed.is_empty());
        }
    }
    assert!(told > 5, "the corrections break nothing: {told}");
}

#[test]
fn words_keep_off_what_a_picture_is_of_where_any_way_lets_them() {
    let (mut all, mut fell) = (0, 0);
    for (nth, sample) in everywhere().iter().enumerate() {
        let mut session = open(read(sample));
        for format in fifth(&session, nth) {
            let p = prepared(&mut session, &format, "en");
            let Some(gate) = p.layout.gates.iter().find(|g| g.kind == Kind::Covered).copied() else { continue };
            all += 1;
            if gate.passes {
                continue;
            }
            fell += 1;
            assert!(p.layout.alternatives.iter().all(|way| !way.failed.is_empty()), "{sample} {format}: another way passes");
            let said = p.findings.iter().find(|f| f.rule == "focal" && f.layer.is_some()).unwrap();
            assert!(said.measured.unwrap() > said.limit.unwrap(), "{sample} {format}");
        }
    }
    println!("subjects looked at: {all}, covered: {fell}");
    assert!(all > 100 && fell * 50 < all, "{fell} of {all}");
    // A cup in a wide picture: the words go beside it, in every language.
    let mut food = open(read("tests/cases/masters/food"));
    for locale in ["en", "de"] {
        assert_eq!(prepared(&mut food, "yt-instream-16x9", locale).layout.candidate.key(), "split-start", "{locale}");
    }
}

#[test]
fn words_moved_onto_the_subject_by_hand_are_told_with_their_share() {
    let mut session = open(read("tests/cases/masters/food"));
    let id = format!("ig-feed-square.en.{}", option(&session));
    let set = json!({ "move": [0.1, -0.45], "size": { "ideal": 150, "ceiling": 160 } });
    session.set_overrides(vec![json!({ "formats": ["ig-feed-square"], "layer": "headline", "set": set })]).unwrap();
    let p = session.prepare(&id).unwrap();
    let gate = p.layout.gates.iter().find(|g| g.kind == Kind::Covered).unwrap();
    assert!(!gate.passes && gate.measured > 0.15, "{gate:?}");
    assert!(p.findings.iter().any(|f| f.rule == "focal" && f.message.contains("that the master leaves free")));
}

#[test]
fn a_logo_that_is_lost_in_its_ground_is_told() {
    let mut files = read("www/samples/alba");
    edit(&mut files, "master.json", |m| m["pins"] = json!({ "logo": "top-start" }));
    // Only the pale drawing: the sky is as pale.
    edit(&mut files, "master.json", |m| {
        let logo = m["layers"].as_array_mut().unwrap().iter_mut().find(|l| l["role"] == "logo").unwrap();
        logo["vector"] = logo["on_dark"].clone();
        logo["box"] = json!([72, 40, 194, 77]);
    });
    let mut session = open(files);
    let mut lost = 0;
    for format in ["ig-feed-square", "ig-feed-portrait", "print-a4", "ig-story", "yt-instream-16x9"] {
        let p = prepared(&mut session, format, "en");
        let gate = p.layout.gates.iter().find(|g| g.kind == Kind::Mark).unwrap();
        let said = p.findings.iter().any(|f| f.rule == "logo" && f.message.contains("contrast"));
        assert_eq!(said, !gate.passes, "{format} {gate:?}");
        // On a panel of its own it always is.
        lost += usize::from(said);
        if said {
            assert!(p.layout.alternatives.iter().all(|way| !way.failed.is_empty()), "{format}: another way passes");
        }
    }
    // By hand, onto the brightest part of the sky.
    let id = format!("ig-feed-square.en.{}", option(&session));
    let set = json!({ "box": [0.74, 0.02, 0.2, 0.05] });
    session.set_overrides(vec![json!({ "layer": "logo", "set": set, "pins": { "logo": "top-end" } })]).unwrap();
    let p = session.prepare(&id).unwrap();
    let gate = p.layout.gates.iter().find(|g| g.kind == Kind::Mark).unwrap();
    assert!(!gate.passes && gate.measured < 2.0, "{gate:?}, {lost} before");
    assert!(p.findings.iter().any(|f| f.rule == "logo" && f.measured.unwrap() < 2.0));
}

#[test]
fn a_logo_is_told_from_plain_grounds_as_its_two_colours_are() {
    // White on the sample's own dark panel: nothing is lost there.
    let mut session: Session = open(read("www/samples/alba"));
    let p = prepared(&mut session, "iab-skyscraper", "en");
    let gate = p.layout.gates.iter().find(|g| g.kind == Kind::Mark).unwrap();
    assert!(gate.passes && gate.measured > 8.0 && gate.measured < 21.0, "{gate:?}");
}

#[test]
fn what_the_master_leaves_out_itself_is_said_and_is_no_finding() {
    let mut session = open(read("www/samples/alba"));
    let p = prepared(&mut session, "iab-120x60", "en");
    let why = serde_json::to_value(WhyReport::of(&p.variant, &p.layout)).unwrap();
    assert_eq!(why["leftOut"], json!(["legal"]));
    assert!(p.findings.iter().all(|f| f.layer.as_deref() != Some("legal")));
    // What fell, and at what, is counted; where a shape has one way it is said that it is one.
    let p = prepared(&mut session, "ig-story", "en");
    let why = serde_json::to_value(WhyReport::of(&p.variant, &p.layout)).unwrap();
    assert!(why["leftOut"].is_null());
    assert!(why["ways"].as_u64().unwrap() > 3, "{why}");
    let told: u64 = why["alternatives"].as_array().unwrap().iter().map(|w| w["failed"].as_array().unwrap().len() as u64).sum();
    let counted: u64 = why["fell"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert!(counted >= told, "{why}");
    let p = prepared(&mut session, "iab-leaderboard", "en");
    let why = serde_json::to_value(WhyReport::of(&p.variant, &p.layout)).unwrap();
    assert_eq!((why["ways"].as_u64(), why["fell"].as_object().unwrap().len()), (Some(1), 0));
}

#[test]
fn words_that_a_picture_is_painted_over_have_no_contrast() {
    let mut files = read("tests/cases/masters/retail-grid");
    // The longest headline would reach under the lamp: another way is taken, with its words free.
    let mut session = open(files.clone());
    for format in ["ig-story", "video-4x5", "fb-feed-portrait"] {
        let p = prepared(&mut session, format, "ja");
        assert_eq!(failed(&p), [], "{format}");
        let of = |id: &str| p.layout.placed.iter().find(|i| i.layer.is_some_and(|l| p.variant.layers[l].id == id)).unwrap().rect;
        let under = of("headline").intersect(&of("lamp-a")).area() / of("headline").area();
        assert!(under < 0.05, "{format}: {under}");
    }
    // A shape laid over words is told of, on the layer that it hides.
    let own = json!({ "formats": ["ig-story"], "arrangement": "own" });
    edit(&mut files, "master.json", |m| {
        let layers = m["layers"].as_array_mut().unwrap();
        let at = layers.iter().position(|l| l["id"] == "tile").unwrap();
        let mut tile = layers.remove(at);
        tile["box"] = json!([60, 530, 480, 110]);
        layers.push(tile);
        m["overrides"] = json!([own]);
    });
    let p = prepared(&mut open(files), "ig-story", "en");
    let hidden = p.layout.failed().find(|g| g.kind == Kind::Contrast).unwrap();
    assert_eq!(p.variant.layers[hidden.layer.unwrap()].id, "subhead");
    assert!(hidden.measured < 0.6, "{}", hidden.measured);
}
