//! A fingerprint changes where pixels may change, and nowhere else; the matrix is what the campaign says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

mod common;

use common::{edit, files, png};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use variorum::campaign::{Campaign, Files, Origin};
use variorum::fingerprint::Fingerprint;
use variorum::variant::{Content, Filter, Matrix, Note, resolve, resolve_with};

fn open(files: Files) -> Campaign {
    Campaign::open(files).unwrap_or_else(|e| panic!("{e}")).campaign
}

fn prints(campaign: &Campaign) -> BTreeMap<String, Fingerprint> {
    Matrix::of(campaign).cells.iter().map(|cell| (cell.id.clone(), resolve(campaign, cell).unwrap().fingerprint)).collect()
}

/// The ids that differ.
fn changed(a: &BTreeMap<String, Fingerprint>, b: &BTreeMap<String, Fingerprint>) -> BTreeSet<String> {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    a.iter().filter(|(id, print)| b[*id] != **print).map(|(id, _)| id.clone()).collect()
}

fn all(ids: &BTreeMap<String, Fingerprint>, holds: impl Fn(&str) -> bool) -> BTreeSet<String> {
    ids.keys().filter(|id| holds(id)).cloned().collect()
}

#[test]
fn what_changes_a_variant_changes_its_fingerprint_and_no_other() {
    let base = prints(&open(files()));
    assert_eq!(base.len(), 13 * 2 * 2);
    assert_eq!(prints(&open(files())), base, "the same input, the same fingerprints");
    let after = |change: &dyn Fn(&mut Files)| {
        let mut files = files();
        change(&mut files);
        changed(&base, &prints(&open(files)))
    };
    let none = BTreeSet::new();
    assert_eq!(
        after(&|f| edit(f, "copy/de.json", |c| c["messages"]["headline"]["text"] = json!("Glanz"))),
        all(&base, |id| id.contains(".de."))
    );
    assert_eq!(after(&|f| drop(f.insert("assets/blue.png".into(), png(801, 600)))), all(&base, |id| id.ends_with(".blue")));
    assert_eq!(
        after(&|f| edit(f, "campaign.json", |c| c["options"][0]["values"]["price"] = json!("1"))),
        all(&base, |id| id.ends_with(".red"))
    );
    let rename = |f: &mut Files| {
        edit(f, "brand.tokens.json", |b| {
            let tokens = b["color"].as_object_mut().unwrap();
            let unused = tokens.remove("unused").unwrap();
            tokens.insert("other".into(), unused);
        });
    };
    assert_eq!(after(&rename), none, "an unused token");
    assert_eq!(
        after(&|f| drop(f.insert("policy.json".into(), br#"{"rules":{"shrunk":{"severity":"off"}}}"#.to_vec()))),
        none,
        "policy"
    );
    assert_eq!(after(&|f| edit(f, "campaign.json", |c| c["name"] = json!("other"))), none, "a name");
    assert_eq!(after(&|f| edit(f, "master.json", |m| m["layers"][0]["id"] = json!("picture"))), none, "a layer's name");
    let everything = all(&base, |_| true);
    assert_eq!(
        after(&|f| edit(f, "brand.tokens.json", |b| b["color"]["ink"]["$value"]["components"] = json!([1, 0, 0]))),
        everything
    );
    for (pointer, value) in [
        ("/layers/0/opacity", json!(0.5)),
        ("/layers/0/focal", json!([0.2, 0.2, 0.5, 0.6])),
        ("/layers/1/clear", json!(0.9)),
        ("/layers/2/size/floor", json!(21)),
        ("/layers/2/priority", json!(3)),
        ("/layers/2/strike", json!(true)),
        ("/styles/plain/tracking", json!(0.1)),
        ("/styles/plain/features", json!({ "tnum": 1 })),
        ("/panel", json!({ "type": "linear", "stops": [[0, "#fff"], [1, "#000"]] })),
        ("/arrangements", json!(["stack"])),
        ("/character", json!("product")),
    ] {
        let set = |f: &mut Files| {
            edit(f, "master.json", |m| {
                let (parent, key) = pointer.rsplit_once('/').unwrap();
                m.pointer_mut(parent).unwrap()[key] = value.clone();
            });
        };
        assert_eq!(after(&set), everything, "{pointer}");
    }
    let story = json!([{ "formats": ["stories"], "layer": "price", "set": { "hide": true } }]);
    assert_eq!(
        after(&|f| edit(f, "master.json", |m| m["overrides"] = story.clone())),
        all(&base, |id| id.starts_with("ig-story."))
    );
}

#[test]
fn live_edits_reach_what_depends_on_them() {
    let mut campaign = open(files());
    let base = prints(&campaign);
    campaign.set_copy("de", "headline", "Glanz").unwrap();
    assert_eq!(changed(&base, &prints(&campaign)), all(&base, |id| id.contains(".de.")));
    assert_eq!(campaign.messages("de").unwrap()[0], ("headline".into(), "Glanz".into(), Origin::Human));
    campaign.set_copy("de", "headline", "Licht").unwrap();
    assert_eq!(prints(&campaign), base, "taken back");
    campaign.set_token("color.text", "#b34a00").unwrap();
    assert_eq!(changed(&base, &prints(&campaign)).len(), base.len());
    campaign.set_token("color.text", "{color.ink}").unwrap();
    assert_eq!(prints(&campaign), base, "taken back");
    campaign.set_token("color.unused", "#123456").unwrap();
    assert_eq!(prints(&campaign), base, "nothing uses it");
}

#[test]
fn a_token_that_some_variants_use_changes_those() {
    let mut files = files();
    edit(&mut files, "master.json", |m| {
        m["overrides"] = json!([{ "formats": ["stories"], "layer": "headline", "set": { "color": "{color.warm}" } },
                                { "locales": ["de"], "layer": "price", "set": { "color": "{color.cool} 80%" } }]);
    });
    edit(&mut files, "brand.tokens.json", |b| {
        b["color"]["warm"] = json!({ "$value": "{color.fire}" });
        b["color"]["fire"] = json!({ "$value": { "colorSpace": "srgb", "components": [1, 0.2, 0] } });
        b["color"]["cool"] = json!({ "$value": { "colorSpace": "srgb", "components": [0, 0.2, 1] } });
    });
    let mut campaign = open(files);
    let base = prints(&campaign);
    let (stories, german) = (all(&base, |id| id.starts_with("ig-story.")), all(&base, |id| id.contains(".de.")));
    assert!(!stories.is_empty() && !german.is_empty() && stories.len() < base.len() / 2);
    for (token, color, touched) in
        [("color.warm", "#ff8800", &stories), ("color.fire", "#ee4400", &BTreeSet::new()), ("color.cool", "#0044ee", &german)]
    {
        let before = prints(&campaign);
        campaign.set_token(token, color).unwrap();
        assert_eq!(changed(&before, &prints(&campaign)), *touched, "{token}");
    }
    campaign.set_token("color.warm", "{color.fire}").unwrap();
    let before = prints(&campaign);
    campaign.set_token("color.fire", "#cc2200").unwrap();
    assert_eq!(changed(&before, &prints(&campaign)), stories, "by way of another token");
    campaign.set_token("color.fire", "#cc2200").unwrap();
    let after = prints(&campaign);
    campaign.set_token("color.fire", "{color.ink}").unwrap();
    campaign.set_token("color.fire", "#cc2200").unwrap();
    assert_eq!(after, prints(&campaign), "taken back");
}

#[test]
fn default_fonts_count_where_the_host_tells_of_them() {
    let campaign = open(files());
    let cells = Matrix::of(&campaign).cells;
    let plain = resolve(&campaign, &cells[0]).unwrap().fingerprint;
    let with = |n: u8| resolve_with(&campaign, &cells[0], Some(&|_: &str, _: &str| Fingerprint::of(&[n]))).unwrap().fingerprint;
    assert!(with(1) != plain && with(1) != with(2) && with(1) == with(1));
}

#[test]
fn a_variant_has_nothing_left_to_look_up() {
    let mut files = files();
    edit(&mut files, "copy/de.json", |c| drop(c["messages"].as_object_mut().unwrap().remove("headline")));
    edit(&mut files, "master.json", |m| {
        m["overrides"] = json!([
            { "classes": ["portrait"], "layer": "headline", "set": { "size": { "ideal": 90 }, "max_lines": 2, "color": "#f00" } },
            { "formats": ["ig-story"], "locales": ["de"], "layer": "headline", "set": { "box": [0, 0, 1, 0.5], "max_lines": 4 } }
        ]);
    });
    let campaign = open(files);
    let resolve = |id: &str| resolve(&campaign, &variorum::variant::Cell::parse(id).unwrap());
    let variant = resolve("ig-story.de.blue").unwrap();
    let text = |i: usize| match &variant.layers[i].content {
        Content::Text(slot) => slot.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(variant.notes, [Note::MessageFellBack { layer: "headline".into(), key: "headline".into() }]);
    assert_eq!(
        (text(2).text.as_str(), text(2).ideal.0, text(2).ceiling.0, text(2).max_lines, text(2).color.r),
        ("Light", 90.0, 90.0, 4, 255)
    );
    assert!(variant.layers[2].override_box.is_some());
    assert_eq!((text(3).text.as_str(), text(3).max_lines), ("59.90 €", 3));
    match &variant.layers[0].content {
        Content::Image { asset, natural, .. } => assert_eq!((&*asset.0, *natural), ("assets/blue.png", (800, 600))),
        other => panic!("{other:?}"),
    }
    assert_eq!(resolve("ig-story.fr.blue").unwrap_err().message, "the campaign has no locale 'fr'");
    assert!(resolve("ig-story.de.green").is_err() && resolve("nope.de.blue").is_err());
}

#[test]
fn the_matrix_excludes_and_filters() {
    let mut files = files();
    edit(&mut files, "campaign.json", |c| {
        c["exclude"] = json!([{ "formats": ["iab"], "locales": ["de"] }, { "formats": ["ig-story"], "options": ["red"] }])
    });
    let campaign = open(files);
    let ids = |matrix: &Matrix| matrix.cells.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    let matrix = Matrix::of(&campaign);
    assert_eq!((Matrix::count(&campaign), matrix.cells.len()), (2 + 24, 26));
    assert_eq!(ids(&matrix)[..3], ["ig-story.en.blue", "ig-story.de.blue", "iab-billboard.en.red"]);
    let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
    let filter = Filter { formats: list(&["stories"]), locales: list(&["de"]), options: vec![] };
    assert_eq!(ids(&Matrix::select(&campaign, &filter).unwrap()), ["ig-story.de.blue"]);
    let wrong = Filter { formats: list(&["ig-stroy", "print"]), locales: list(&["dee"]), options: list(&["bleu"]) };
    let errors = Matrix::select(&campaign, &wrong).unwrap_err().0;
    assert_eq!(
        errors.iter().filter_map(|e| e.hint.as_deref()).collect::<Vec<_>>(),
        ["did you mean 'ig-story'?", "did you mean 'de'?", "did you mean 'blue'?"]
    );
    assert!(Matrix::select(&campaign, &Filter { formats: list(&["print"]), ..Filter::default() }).is_err());
}
