//! Rules of the brand from a campaign's files: the logo's corner, no words on photographs. They hold, or a finding says that they do not;
//! each for as far as its scope says; and what was corrected by hand outlives a master that changed.
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
use std::collections::BTreeSet;
use variorum::geom::Rect;
use variorum::guard::Severity;
use variorum::layout::{PlacedContent, gates};
use variorum::session::{Prepared, Session};
use variorum::text::Direction;
use variorum::variant::{Cell, Content, Role};

const CORNERS: [&str; 4] = ["top-start", "top-end", "bottom-start", "bottom-end"];

fn pinned(sample: &str, pins: &Value) -> Session {
    let mut files = read(sample);
    edit(&mut files, "master.json", |m| m["pins"] = pins.clone());
    open(files)
}

/// Whether the gate is there, and holds.
fn holds(p: &Prepared) -> Option<bool> {
    p.layout.gates.iter().find(|g| g.kind == gates::Kind::Pinned).map(|g| g.passes)
}

fn says(p: &Prepared) -> bool {
    p.findings.iter().any(|f| f.rule == "pinned")
}

/// Boxes as if read from left to right.
fn logical(p: &Prepared, r: Rect) -> Rect {
    if p.variant.direction == Direction::Rtl { r.mirrored(p.layout.trim.w) } else { r }
}

fn of_role(p: &Prepared, role: Role) -> Option<Rect> {
    p.layout.placed.iter().find(|i| i.layer.is_some_and(|l| p.variant.layers[l].role == role)).map(|i| logical(p, i.rect))
}

fn words(p: &Prepared) -> Vec<Rect> {
    let texts = p.layout.placed.iter().filter(|i| matches!(i.content, PlacedContent::Text(_)));
    texts.filter(|i| p.variant.layers[i.layer.unwrap()].role != Role::Legal).map(|i| logical(p, i.rect)).collect()
}

#[test]
fn a_logo_keeps_to_its_corner_or_a_finding_says_where_it_does_not() {
    let (mut kept, mut all) = (0, 0);
    for (nth, sample) in everywhere().iter().enumerate() {
        for (n, corner) in CORNERS.into_iter().enumerate() {
            let mut session = pinned(sample, &json!({ "logo": corner }));
            let rtl = session.campaign().locales.iter().find(|l| *l == "ar").cloned();
            for locale in ["en".to_owned()].into_iter().chain(rtl) {
                for format in fifth(&session, nth + n) {
                    let p = prepared(&mut session, &format, &locale);
                    let Some(held) = holds(&p) else {
                        assert!(
                            of_role(&p, Role::Logo).is_none(),
                            "{sample} {format}: a logo is there, and the rule is not looked at"
                        );
                        continue;
                    };
                    assert_eq!(held, !says(&p), "{sample} {format} {locale} {corner}");
                    all += 1;
                    kept += usize::from(held);
                    if !held {
                        continue;
                    }
                    // No word stands beyond it, by more than a tenth of the page, on the sides it is pinned to.
                    let logo = of_role(&p, Role::Logo).unwrap();
                    let (w, h) = (p.layout.trim.w.0, p.layout.trim.h.0);
                    for r in words(&p) {
                        let beyond = if corner.ends_with("end") { r.right() - logo.right() } else { logo.x - r.x };
                        assert!(beyond.0 <= 0.13 * w, "{sample} {format} {locale} {corner}: {logo:?} {r:?}");
                        let beyond = if corner.starts_with("bottom") { r.bottom() - logo.bottom() } else { logo.y - r.y };
                        let row = h < 320.0 || w > 2.6 * h;
                        assert!(row || beyond.0 <= 0.13 * h, "{sample} {format} {locale} {corner}: {logo:?} {r:?}");
                    }
                }
            }
        }
    }
    println!("logos in their corner: {kept} of {all}");
    assert!(kept * 100 >= all * 95, "{kept} of {all}");
}

#[test]
fn words_keep_off_photographs_or_a_finding_says_where_they_do_not() {
    let (mut kept, mut all) = (0, 0);
    for (nth, sample) in everywhere().iter().enumerate() {
        let mut session = pinned(sample, &json!({ "off_photo": true }));
        for format in fifth(&session, nth) {
            let p = prepared(&mut session, &format, "en");
            assert_eq!(holds(&p).unwrap(), !says(&p), "{sample} {format}");
            all += 1;
            kept += usize::from(holds(&p).unwrap());
            if says(&p) {
                continue;
            }
            let placed = &p.layout.placed;
            let photo = |l: usize| {
                let layer = &p.variant.layers[l];
                matches!(layer.role, Role::Photo | Role::Background) && matches!(layer.content, Content::Image { .. })
            };
            for (at, ground) in placed.iter().enumerate().filter(|(_, i)| i.layer.is_some_and(photo)) {
                for text in placed.iter().skip(at).filter(|i| matches!(i.content, PlacedContent::Text(_))) {
                    let shared = ground.rect.intersect(&text.rect).area() / text.rect.area();
                    let panel = placed[at..].iter().any(|i| {
                        matches!(i.content, PlacedContent::Panel { .. })
                            && i.rect.intersect(&text.rect).area() > 0.9 * text.rect.area()
                    });
                    assert!(shared <= 0.06 || panel, "{sample} {format}: {shared}");
                }
            }
        }
    }
    println!("words off photographs: {kept} of {all}");
    assert!(kept * 100 >= all * 95, "{kept} of {all}");
}

#[test]
fn a_pin_holds_as_far_as_its_scope_says() {
    let pin = json!({ "logo": "bottom-end", "off_photo": true });
    let scopes = [
        (json!({ "formats": ["ig-story"], "locales": ["de"] }), "variant"),
        (json!({ "formats": ["ig-story"] }), "format"),
        (json!({ "classes": ["portrait"] }), "class"),
        (json!({ "locales": ["de"] }), "locale"),
        (json!({ "classes": ["portrait"], "locales": ["de"] }), "class and locale"),
    ];
    let mut session = open(read("www/samples/alba"));
    let before = session.fingerprints().unwrap();
    let classes: std::collections::BTreeMap<String, &str> =
        session.campaign().formats.iter().map(|f| (f.id.clone(), f.class().name())).collect();
    let reached = |name: &str, id: &str| {
        let cell = Cell::parse(id).unwrap();
        let (format, locale) = (&*cell.format, &*cell.locale);
        let portrait = classes[format] == "portrait";
        match name {
            "variant" => format == "ig-story" && locale == "de",
            "format" => format == "ig-story",
            "class" => portrait,
            "locale" => locale == "de",
            _ => portrait && locale == "de",
        }
    };
    let changed = |session: &Session| -> BTreeSet<String> {
        let now = session.fingerprints().unwrap();
        before.iter().zip(now).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0.clone()).collect()
    };
    for (scope, name) in scopes {
        let mut patch = scope.clone();
        patch["pins"] = pin.clone();
        let wished: BTreeSet<String> = before.iter().map(|(id, _)| id.clone()).filter(|id| reached(name, id)).collect();
        // While looking, and from the file.
        session.set_overrides(vec![patch.clone()]).unwrap();
        assert_eq!(changed(&session), wished, "{name}");
        let looked = prepared(&mut session, "ig-story", "de");
        session.set_overrides(Vec::new()).unwrap();
        assert!(changed(&session).is_empty(), "{name}: taken back");
        let mut files = read("www/samples/alba");
        edit(&mut files, "master.json", |m| {
            let mut list = m["overrides"].as_array().cloned().unwrap_or_default();
            list.push(patch);
            m["overrides"] = list.into();
        });
        let mut filed = open(files);
        assert_eq!(changed(&filed), wished, "{name}, from the file");
        let from_file = prepared(&mut filed, "ig-story", "de");
        assert_eq!(from_file.variant.fingerprint, looked.variant.fingerprint, "{name}");
        assert_eq!(holds(&from_file), Some(true), "{name}: {}", from_file.layout.candidate.words());
        assert_eq!(holds(&prepared(&mut filed, "ig-feed-square", "fr")), None, "{name} does not reach there");
    }
}

#[test]
fn a_narrower_scope_releases_a_pin_and_a_later_one_wins() {
    let mut files = read("www/samples/alba");
    edit(&mut files, "master.json", |m| {
        m["pins"] = json!({ "logo": "bottom-end", "off_photo": true });
        m["overrides"] = json!([
            { "formats": ["ig-story"], "pins": { "logo": "top-end" } },
            { "formats": ["ig-story"], "locales": ["de"], "pins": { "logo": "free", "off_photo": false } },
        ]);
    });
    let mut session = open(files.clone());
    let pins = |session: &mut Session, format: &str, locale: &str| {
        let variant = prepared(session, format, locale).variant;
        (variant.pins.corner(), variant.pins.off_photo)
    };
    assert_eq!(pins(&mut session, "ig-feed-square", "de"), (Some("bottom-end"), true));
    assert_eq!(pins(&mut session, "ig-story", "fr"), (Some("top-end"), true), "what it leaves out stays");
    assert_eq!(pins(&mut session, "ig-story", "de"), (None, false));
    assert_eq!(holds(&prepared(&mut session, "ig-story", "de")), None, "no rule, no gate");
    edit(&mut files, "master.json", |m| m["overrides"] = json!([{ "pins": { "logo": "middle" } }]));
    let said = variorum::session::Session::open(files).err().unwrap().to_string();
    assert!(said.contains("middle") && said.contains("bottom-end"), "{said}");
}

#[test]
fn a_layout_chosen_against_a_pin_is_taken_and_said() {
    let mut files = read("www/samples/alba");
    edit(&mut files, "master.json", |m| {
        m["pins"] = json!({ "off_photo": true });
        m["overrides"] = json!([{ "formats": ["ig-story"], "arrangement": "overlay-bottom" }]);
    });
    edit(&mut files, "policy.json", |p| p["rules"]["pinned"] = json!({ "severity": "should" }));
    let mut session = open(files);
    let p = prepared(&mut session, "ig-story", "en");
    assert_eq!(p.layout.candidate.key(), "overlay-bottom");
    let found = p.findings.iter().find(|f| f.rule == "pinned").unwrap();
    assert_eq!((found.severity.name(), found.measured, found.limit), ("should", Some(1.0), Some(0.0)));
}

#[test]
fn corrections_outlive_a_later_master_and_say_so() {
    let patch = |set: Value| json!({ "formats": ["ig-story"], "layer": "subhead", "set": set });
    let mut later = read("www/samples/alba");
    edit(&mut later, "master.json", |m| {
        let layers = m["layers"].as_array_mut().unwrap();
        layers.retain(|l| l["id"] != "subhead");
        m["overrides"] = json!([]);
    });
    let here = open(later.clone()).campaign().master.layers.iter().all(|l| l.id != "subhead");
    assert!(here);
    // From the page and from the file: what was made by looking at a layer (`seen`) is kept, does nothing, and is told.
    let made = patch(json!({ "move": [0.1, 0.0], "seen": [0, 0, 10, 10] }));
    let mut session = open(later.clone());
    let plain = prepared(&mut session, "ig-story", "en");
    session.set_overrides(vec![made.clone()]).unwrap();
    let after = prepared(&mut session, "ig-story", "en");
    assert_eq!(plain.layout.energy.to_bits(), after.layout.energy.to_bits());
    let found = after.findings.iter().find(|f| f.rule == "moved-on").unwrap();
    assert_eq!(found.layer.as_deref(), Some("subhead"));
    assert!(!prepared(&mut session, "ig-feed-square", "en").findings.iter().any(|f| f.rule == "moved-on"), "its scope alone");
    let mut filed = later.clone();
    edit(&mut filed, "master.json", |m| m["overrides"] = json!([made]));
    assert!(prepared(&mut open(filed), "ig-story", "en").findings.iter().any(|f| f.rule == "moved-on"));
    // Without it a name that is no layer's is a slip of the pen.
    edit(&mut later, "master.json", |m| m["overrides"] = json!([patch(json!({ "hide": true }))]));
    let said = Session::open(later.clone()).err().unwrap().0.remove(0);
    assert_eq!((said.at.as_str(), said.found.as_deref()), ("master.json: overrides[0].layer", Some("subhead")));
    assert!(said.allowed.is_some_and(|names| names.contains("headline, ")), "the layers that there are");
    assert!(said.hint.is_some_and(|hint| hint.contains("take this override out")));
    // Marked as made by hand, or said by the page, it waits as the others do.
    let hidden = patch(json!({ "hide": true }));
    session.set_overrides(vec![hidden.clone(), made]).unwrap();
    let told = prepared(&mut session, "ig-story", "en").findings.iter().filter(|f| f.rule == "moved-on").count();
    assert_eq!(told, 1, "once for a layer");
    edit(&mut later, "master.json", |m| {
        m["overrides"] = json!([hidden]);
        m["overrides"][0]["by_hand"] = json!(true);
    });
    assert!(prepared(&mut open(later), "ig-story", "en").findings.iter().any(|f| f.rule == "moved-on"));
    let _ = option(&session);
}

/// A designer who delivers the same artboard at another size has changed nothing.
#[test]
fn a_master_scaled_as_a_whole_keeps_what_was_corrected_and_one_that_is_not_says_so() {
    let mut files = read("www/samples/alba");
    let mut seen = json!(null);
    edit(&mut files, "master.json", |m| {
        seen = m["layers"].as_array().unwrap().iter().find(|l| l["id"] == "headline").unwrap()["box"].clone();
        m["overrides"] = json!([]);
    });
    let found = |files: &variorum::campaign::Files, board: Option<&Value>| -> Option<(Severity, Option<f64>)> {
        let mut session = open(files.clone());
        let mut set = json!({ "move": [0.02, 0.0], "seen": seen });
        if let Some(board) = board {
            set["board"] = board.clone();
        }
        session.set_overrides(vec![json!({ "formats": ["ig-story"], "layer": "headline", "set": set })]).unwrap();
        let findings = prepared(&mut session, "ig-story", "de").findings.to_vec();
        findings.iter().find(|f| f.rule == "moved-on").map(|f| (f.severity, f.measured))
    };
    let board = json!([1080, 1350]);
    assert_eq!(found(&files, Some(&board)), None);
    // Half a size more, in whole px as tools write them.
    edit(&mut files, "master.json", |m| {
        m["artboard"] = json!({ "width": 1620, "height": 2025 });
        for layer in m["layers"].as_array_mut().unwrap() {
            let scaled = layer["box"].as_array().unwrap().iter().map(|px| json!((px.as_f64().unwrap() * 1.5).round()));
            layer["box"] = scaled.collect();
        }
    });
    assert_eq!(found(&files, Some(&board)), Some((Severity::Note, Some(150.0))));
    assert_eq!(found(&files, None), Some((Severity::Should, None)), "nobody said which artboard it was made for");
    edit(&mut files, "master.json", |m| {
        m["layers"].as_array_mut().unwrap().iter_mut().find(|l| l["id"] == "headline").unwrap()["box"][1] = json!(900);
    });
    assert_eq!(found(&files, Some(&board)), Some((Severity::Should, None)), "moved besides");
    edit(&mut files, "master.json", |m| {
        m["artboard"]["height"] = json!(2880);
        m["layers"].as_array_mut().unwrap().iter_mut().find(|l| l["id"] == "headline").unwrap()["box"] = seen.clone();
    });
    assert_eq!(found(&files, Some(&board)), Some((Severity::Should, None)), "the same box on a higher page is elsewhere on it");
}

/// Words are as large as the box that a hand drew holds, and stay in it.
#[test]
fn words_fill_the_box_that_a_hand_drew() {
    let mut session = open(read("www/samples/alba"));
    let key = prepared(&mut session, "ig-story", "de").layout.candidate.key();
    let mut last = 0.0;
    for (w, h) in [(0.4, 0.1), (0.6, 0.15), (0.8, 0.22), (0.9, 0.4)] {
        let set = json!({ "box": [0.05, 0.1, w, h], "layout": key });
        session.set_overrides(vec![json!({ "formats": ["ig-story"], "layer": "headline", "set": set })]).unwrap();
        let page = prepared(&mut session, "ig-story", "de");
        let placed =
            page.layout.placed.iter().find(|p| p.layer.is_some_and(|l| page.variant.layers[l].id == "headline")).unwrap();
        let PlacedContent::Text(text) = &placed.content else { panic!("a headline is text") };
        assert!(text.fitted.size.0 > last, "{} after {last}", text.fitted.size.0);
        last = text.fitted.size.0;
        let (right, bottom) = ((0.05 + w) * 1080.0, (0.1 + h) * 1920.0);
        assert!(placed.rect.x.0 >= 53.0 && placed.rect.right().0 <= right + 1.0, "{:?} to {right}", placed.rect);
        assert!(placed.rect.y.0 >= 191.0 && placed.rect.bottom().0 <= bottom + 1.0, "{:?} to {bottom}", placed.rect);
    }
    // A button is as large as it is drawn.
    let set = json!({ "box": [0.1, 0.8, 0.6, 0.05], "layout": key });
    session.set_overrides(vec![json!({ "formats": ["ig-story"], "layer": "cta", "set": set })]).unwrap();
    let page = prepared(&mut session, "ig-story", "de");
    let placed = page.layout.placed.iter().find(|p| p.layer.is_some_and(|l| page.variant.layers[l].id == "cta")).unwrap();
    let PlacedContent::Text(text) = &placed.content else { panic!("a button is text") };
    let of = |r: Rect| [r.x.0, r.y.0, r.w.0, r.h.0].map(|v| v.round() as i32);
    assert_eq!(of(placed.rect), [108, 1536, 648, 96]);
    assert!((text.rect.center().y.0 - placed.rect.center().y.0).abs() < 1.0, "its words are in the middle");
}

/// What a list of corrections may change is told before any fingerprint is asked for: never too little, and no more than its scopes.
#[test]
fn corrections_touch_what_their_scopes_name_and_stand_when_a_token_changes() {
    let mut session = open(read("www/samples/alba"));
    let by = |scope: Value, set: Value| {
        let mut patch = scope;
        patch["layer"] = json!("headline");
        patch["set"] = set;
        patch
    };
    let one = |x: f64| by(json!({ "formats": ["ig-story"], "locales": ["de"] }), json!({ "move": [x, 0.0] }));
    let wide = by(json!({ "classes": ["portrait"] }), json!({ "move": [0.02, 0.0] }));
    let lists = [
        vec![one(0.01)],
        vec![one(0.02)],
        vec![one(0.02), wide.clone()],
        vec![wide.clone(), one(0.02)],
        vec![wide, one(0.03)],
        vec![one(0.03)],
        vec![],
    ];
    let mut touched = Vec::new();
    for list in lists {
        let before = session.fingerprints().unwrap();
        let places: BTreeSet<usize> = session.set_overrides(list.clone()).unwrap().into_iter().collect();
        let after = session.fingerprints().unwrap();
        let changed: BTreeSet<usize> = (0..before.len()).filter(|n| before[*n].1 != after[*n].1).collect();
        assert!(!changed.is_empty() || touched.len() == 3, "{list:?}");
        assert!(changed.is_subset(&places), "{list:?} changes what it was not said to touch");
        touched.push(places.len());
    }
    assert_eq!((touched[0], touched[1], touched[4]), (1, 1, 1), "one variant, and a step on is that one again");
    assert!(touched[2] > 27 && touched[2] < session.fingerprints().unwrap().len() / 2, "{touched:?}");
    // The brand's colours are another matter.
    session.set_overrides(vec![one(0.01)]).unwrap();
    let corrected = session.variant("ig-story.de.main").unwrap().fingerprint;
    session.set_token("color.sun", "#ff00aa").unwrap();
    session.set_token("color.sun", "#f2b84b").unwrap();
    assert_eq!(session.variant("ig-story.de.main").unwrap().fingerprint, corrected, "a token's change loses no correction");
}

#[test]
fn what_must_stay_is_not_hidden_in_silence() {
    let gate = |p: &Prepared, kind: gates::Kind| p.layout.gates.iter().find(|g| g.kind == kind).copied();
    let hide = |layer: &str| json!({ "formats": ["ig-feed-square"], "layer": layer, "set": { "hide": true } });
    let mut session = open(read("www/samples/alba"));
    let own = session.campaign().master.overrides.len();
    let plain = prepared(&mut session, "ig-feed-square", "en");
    assert!(plain.layout.failed().next().is_none());
    for (layer, kinds) in [
        ("headline", &[gates::Kind::Kept][..]),
        ("logo", &[gates::Kind::Kept, gates::Kind::Logo]),
        ("legal", &[gates::Kind::Legal]),
    ] {
        session.set_overrides(vec![hide("subhead"), hide(layer)]).unwrap();
        let p = prepared(&mut session, "ig-feed-square", "en");
        for kind in kinds {
            assert!(!gate(&p, *kind).unwrap().passes, "{layer}: {}", kind.name());
        }
        let found: Vec<_> = p.findings.iter().filter(|f| f.severity == Severity::Must).collect();
        assert_eq!(found.len(), 1, "{layer}: told once: {found:?}");
        assert_eq!((found[0].rule, found[0].layer.as_deref()), ("dropped", Some(layer)));
        assert!(found[0].message.contains(&format!("overrides[{}]", own + 1)), "{}", found[0].message);
        assert!(
            !prepared(&mut session, "ig-story", "en").findings.iter().any(|f| f.message.contains("by hand")),
            "its scope alone"
        );
    }
    // By the master itself it is by design.
    let mut filed = read("www/samples/alba");
    edit(&mut filed, "master.json", |m| m["overrides"] = json!([hide("headline")]));
    let p = prepared(&mut open(filed), "ig-feed-square", "en");
    assert!(p.layout.failed().next().is_none() && p.variant.notes.is_empty());
    // Brought back by a later one, and what may go.
    let back = json!({ "formats": ["ig-feed-square"], "layer": "headline", "set": { "hide": false } });
    for list in [vec![hide("headline"), back], vec![hide("subhead")]] {
        session.set_overrides(list).unwrap();
        let p = prepared(&mut session, "ig-feed-square", "en");
        assert!(p.layout.failed().next().is_none());
        assert!(!p.findings.iter().any(|f| f.message.contains("by hand")));
    }
}

#[test]
fn what_must_stay_takes_a_second_line_of_the_smallest_strip_before_what_may_go() {
    for (sample, layer) in [("retail-grid", "price"), ("recruiting", "cta"), ("finance-legal", "rate")] {
        let mut session = open(read(&format!("tests/cases/masters/{sample}")));
        for locale in ["en", "ar"] {
            let p = prepared(&mut session, "iab-120x60", locale);
            let there = |id: &str| p.layout.placed.iter().any(|i| i.layer.is_some_and(|l| p.variant.layers[l].id == id));
            assert!(there(layer), "{sample} {locale}: {layer}");
            assert!(!there("subhead"), "{sample} {locale}");
        }
    }
}
