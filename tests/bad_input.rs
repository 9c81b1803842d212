//! Whatever is brought, opening answers with a result or with errors that name a place; it never panics and never takes long.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

mod common;

use common::{Entry, edit, files, png, zip};
use serde_json::json;
use std::time::{Duration, Instant};
use variorum::campaign::{Campaign, Files};
use variorum::error::{Error, ErrorKind};

/// The errors of opening; each has a place and a sentence, and all came fast.
fn errors(files: Files) -> Vec<Error> {
    let started = Instant::now();
    let errors = Campaign::open(files).expect_err("this must not open").0;
    assert!(started.elapsed() < Duration::from_secs(10), "took {:?}", started.elapsed());
    for error in &errors {
        assert!(!error.at.is_empty() && !error.message.is_empty(), "{error:?}");
        assert!(error.to_string().len() < 4_000, "{}", error.to_string().len());
    }
    errors
}

/// The one error of opening a campaign after a change.
fn error(change: impl FnOnce(&mut Files)) -> Error {
    let mut files = files();
    change(&mut files);
    let mut errors = errors(files);
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

fn json_error(path: &str, change: impl FnOnce(&mut serde_json::Value)) -> Error {
    error(|files| edit(files, path, change))
}

fn put(files: &mut Files, path: &str, bytes: impl AsRef<[u8]>) {
    files.insert(path.to_owned(), bytes.as_ref().to_vec());
}

fn is(error: &Error, kind: ErrorKind, at: &str) {
    assert!(error.kind == kind && error.at == at, "{kind:?} at {at} was expected: {error:?}");
}

#[test]
fn the_small_campaign_itself_opens() {
    let opened = Campaign::open(files()).unwrap();
    assert_eq!(opened.warnings, vec![]);
}

#[test]
fn broken_json_names_line_and_column() {
    let cut = error(|f| {
        let half = f["master.json"].len() / 2;
        f.get_mut("master.json").unwrap().truncate(half);
    });
    assert!(cut.kind == ErrorKind::Syntax && cut.at.starts_with("master.json: line 1, column ") && cut.hint.is_some(), "{cut:?}");
    for (bytes, kind) in [
        (&b""[..], ErrorKind::Syntax),
        (b"\xff\xfe{\0}\0", ErrorKind::Syntax),
        (b"{\"a\": NaN}", ErrorKind::Syntax),
        (b"{\"artboard\": {\"width\": 1e999}}", ErrorKind::Syntax),
        (b"[]", ErrorKind::Value),
        (b"null", ErrorKind::Value),
        (b"{} {}", ErrorKind::Syntax),
    ] {
        let error = error(|f| put(f, "master.json", bytes));
        assert_eq!(error.kind, kind, "{error:?}");
    }
    let deep = error(|f| put(f, "brand.tokens.json", "{\"a\":".repeat(200_000)));
    assert_eq!(deep.kind, ErrorKind::Limit, "{deep:?}");
    let deep = error(|f| put(f, "policy.json", "[".repeat(3_000_000)));
    assert_eq!(deep.kind, ErrorKind::Limit, "{deep:?}");
}

#[test]
fn wrong_values_name_their_json_path() {
    let role = json_error("master.json", |m| m["layers"][2]["role"] = json!("headlin"));
    is(&role, ErrorKind::Unknown, "master.json: layers[2].role");
    assert_eq!(role.hint.as_deref(), Some("did you mean 'headline'?"));
    let opacity = json_error("master.json", |m| m["layers"][0]["opacity"] = json!(7));
    is(&opacity, ErrorKind::Value, "master.json: layers[0].opacity");
    assert_eq!((opacity.found.as_deref(), opacity.allowed.as_deref()), (Some("7"), Some("a number from 0 to 1")));
    is(
        &json_error("master.json", |m| m["layers"][0]["box"] = json!([0, 0, -1, 5])),
        ErrorKind::Value,
        "master.json: layers[0].box[2]",
    );
    is(&json_error("master.json", |m| m["layers"][0]["box"] = json!("here")), ErrorKind::Value, "master.json: layers[0].box");
    is(
        &json_error("master.json", |m| m["layers"][0]["focal"] = json!([0.9, 0, 0.5, 1])),
        ErrorKind::Value,
        "master.json: layers[0].focal",
    );
    is(&json_error("master.json", |m| m["ground"] = json!("{color.inc}")), ErrorKind::Unknown, "master.json: ground");
    is(&json_error("master.json", |m| m["layers"][3]["id"] = json!("headline")), ErrorKind::Value, "master.json: layers[3].id");
    is(&json_error("campaign.json", |c| c["formats"] = json!(["ig-stroy"])), ErrorKind::Unknown, "campaign.json: formats[0]");
    is(&json_error("campaign.json", |c| c["naming"] = json!("{formt}")), ErrorKind::Unknown, "campaign.json: naming");
    is(
        &json_error("campaign.json", |c| c["options"][0]["values"]["price"] = json!(49.9)),
        ErrorKind::Value,
        "campaign.json: options[0].values.price",
    );
    is(&json_error("campaign.json", |c| c["locales"][1] = json!("de_DE")), ErrorKind::Value, "campaign.json: locales[1]");
    is(
        &json_error("copy/de.json", |c| c["messages"]["price"]["text"] = json!("{prise} €")),
        ErrorKind::Unknown,
        "copy/de.json: messages.price",
    );
    is(
        &json_error("copy/de.json", |c| c["messages"]["price"]["text"] = json!("nur {price, spellout}")),
        ErrorKind::Unsupported,
        "copy/de.json: messages.price.text, character 13",
    );
    is(
        &json_error("copy/en.json", |c| drop(c["messages"].as_object_mut().unwrap().remove("headline"))),
        ErrorKind::Unknown,
        "master.json: layers[2].text",
    );
    is(&error(|f| drop(f.remove("copy/de.json"))), ErrorKind::Missing, "campaign.json: locales[1]");
    is(&error(|f| drop(f.remove("campaign.json"))), ErrorKind::Missing, "campaign.json");
    is(&error(|f| drop(f.remove("assets/logo.svg"))), ErrorKind::Unknown, "master.json: layers[1].vector");
}

#[test]
fn all_is_said_at_once_and_unknown_fields_are_warnings() {
    let mut bad = files();
    edit(&mut bad, "master.json", |m| {
        m["layers"][0]["role"] = json!("foto");
        m["layers"][1]["clear"] = json!("much");
        m["ground"] = json!("white");
    });
    edit(&mut bad, "copy/de.json", |c| c["messages"]["headline"]["origin"] = json!("robot"));
    let mut at: Vec<String> = errors(bad).into_iter().map(|e| e.at).collect();
    at.sort();
    assert_eq!(
        at,
        [
            "copy/de.json: messages.headline.origin",
            "master.json: ground",
            "master.json: layers[0].role",
            "master.json: layers[1].clear"
        ]
    );

    let mut odd = files();
    edit(&mut odd, "master.json", |m| m["layers"][0]["opacty"] = json!(1));
    edit(&mut odd, "copy/de.json", |c| drop(c["messages"].as_object_mut().unwrap().remove("headline")));
    let warnings = Campaign::open(odd).unwrap().warnings;
    assert_eq!(
        warnings.iter().map(|w| w.at.as_str()).collect::<Vec<_>>(),
        ["master.json: layers[0].opacty", "copy/de.json: messages.headline"]
    );
    assert_eq!(warnings[0].hint.as_deref(), Some("did you mean 'opacity'?"));
}

#[test]
fn too_much_is_refused_by_limits() {
    let layers = json_error("master.json", |m| {
        let layer = json!({ "id": "a", "role": "decoration", "shape": "rect", "fill": "#fff", "box": [0, 0, 1, 1] });
        m["layers"] = (0..100_000).map(|_| layer.clone()).collect();
    });
    is(&layers, ErrorKind::Limit, "master.json: layers");
    let large = error(|f| put(f, "master.json", format!("{{\"name\":\"{}\"}}", "x".repeat(13 << 20))));
    is(&large, ErrorKind::Limit, "master.json");
    let mut many = files();
    edit(&mut many, "campaign.json", |c| {
        c["formats"] = json!(["all"]);
        c["options"] =
            (0..4_000).map(|i| json!({ "id": format!("o{i}"), "values": { "photo": "assets/red.png", "price": "1" } })).collect();
    });
    assert!(errors(many).iter().any(|e| e.kind == ErrorKind::Limit && e.message.contains("too many variants")));
    let picture = error(|f| put(f, "assets/red.png", png(60_000, 60_000)));
    is(&picture, ErrorKind::Limit, "assets/red.png");
    assert!(picture.found.unwrap().contains("60000 × 60000"));
}

#[test]
fn aliases_in_a_ring_show_the_ring() {
    let ring = json_error("brand.tokens.json", |b| {
        b["color"]["ink"]["$value"] = json!("{color.unused}");
    });
    assert_eq!(ring.kind, ErrorKind::Cycle, "{ring:?}");
    assert!(ring.at.starts_with("brand.tokens.json: color."));
    let found = ring.found.unwrap();
    assert!(found.matches('→').count() == 3 && found.contains("color.ink"), "{found}");
    let own = json_error("brand.tokens.json", |b| b["color"]["unused"]["$value"] = json!("{color.unused}"));
    assert_eq!(own.found.as_deref(), Some("color.unused → color.unused"));
    let mut long = files();
    edit(&mut long, "brand.tokens.json", |b| {
        for i in 0..1_000 {
            b["color"][format!("a{i}")] = json!({ "$value": format!("{{color.a{}}}", i + 1) });
        }
        b["color"]["a1000"] = b["color"]["ink"].clone();
    });
    assert!(errors(long).iter().all(|e| e.kind == ErrorKind::Limit));
}

#[test]
fn tokens_of_other_tools_matter_only_where_used() {
    let foreign = |f: &mut Files| {
        edit(f, "brand.tokens.json", |b| {
            b["sizes"] = json!({ "$type": "fontSize", "h1": { "$value": "32px" } });
            b["loose"] = json!({ "$value": 5 });
            b["gap"] = json!({ "$type": "dimension", "$value": "1.5rem" });
            b["glow"] = json!({ "$type": "shadow", "$value": {} });
        });
    };
    let mut opens = files();
    foreign(&mut opens);
    let opened = Campaign::open(opens).unwrap();
    assert_eq!(opened.warnings.len(), 3, "{:#?}", opened.warnings);
    assert_eq!(opened.campaign.tokens.get("gap").map(variorum::campaign::TokenValue::to_text).as_deref(), Some("24px"));
    let used = error(|f| {
        foreign(f);
        edit(f, "master.json", |m| m["layers"][2]["size"]["ideal"] = json!("{sizes.h1}"));
    });
    is(&used, ErrorKind::Value, "master.json: layers[2].size.ideal");
    assert_eq!(used.message, "the token is of type fontSize");
}

#[test]
fn media_are_what_their_bytes_say() {
    let font =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/www/samples/alba/assets/fonts/Fraunces-SemiBold.ttf")).unwrap();
    let with_font = |bytes: &[u8]| {
        let mut files = files();
        put(&mut files, "assets/brand.ttf", bytes);
        edit(&mut files, "campaign.json", |c| c["fonts"] = json!(["assets/brand.ttf"]));
        files
    };
    Campaign::open(with_font(&font)).unwrap();
    let packed = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/fonts/hebrew.woff2")).unwrap();
    variorum::session::Session::open(with_font(&packed)).unwrap();
    is(&errors(with_font(&packed[..packed.len() / 2]))[0], ErrorKind::Media, "assets/brand.ttf");
    let named = error(|f| put(f, "assets/red.png", &font));
    is(&named, ErrorKind::Media, "campaign.json: options[0].values.photo");
    assert_eq!(named.found.as_deref(), Some("font"));
    let mut damaged = font.clone();
    damaged.iter_mut().skip(12).take(200).for_each(|b| *b = 0xff);
    for (bytes, what) in [
        (&font[..500], "cut"),
        (&damaged[..], "damaged"),
        (b"\0\x01\0\0\0\0\0\0", "empty"),
        (&png(10, 10)[..], "a picture"),
        (b"hello", "words"),
    ] {
        let found = errors(with_font(bytes));
        assert!(found.len() == 1 && found[0].kind == ErrorKind::Media, "{what}: {found:?}");
    }
    // A picture cut short is refused, whatever its head says: half a photograph is no photograph.
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/www/samples");
    for whole in ["alba/assets/dandelions.jpg", "kiosk/assets/lamp-tomato.png"] {
        let whole = std::fs::read(format!("{samples}/{whole}")).unwrap();
        let mut uncut = files();
        put(&mut uncut, "assets/red.png", &whole);
        Campaign::open(uncut).unwrap();
        for kept in [whole.len() / 20, whole.len() / 2, whole.len() - 3] {
            let cut = error(|f| put(f, "assets/red.png", &whole[..kept]));
            is(&cut, ErrorKind::Media, "assets/red.png");
        }
    }
    let jpeg = error(|f| put(f, "assets/red.png", [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff]));
    is(&jpeg, ErrorKind::Media, "assets/red.png");
    for bytes in [&b"GIF89a"[..], b"", b"8BPS\0\x01", b"RIFF\0\0\0\0WEBP", b"wOF2", &png(10, 10)[..20], &png(0, 5)[..]] {
        is(&error(|f| put(f, "assets/red.png", bytes)), ErrorKind::Media, "assets/red.png");
    }
}

#[test]
fn drawings_hold_no_text_scripts_or_references() {
    let svg = |inside: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">{inside}</svg>"
        )
    };
    let kind = |text: &str| {
        let error = error(|f| put(f, "assets/logo.svg", text));
        assert!(error.at.starts_with("assets/logo.svg"), "{error:?}");
        error.kind
    };
    assert_eq!(kind(&svg("<text>hi</text>")), ErrorKind::Unsupported);
    assert_eq!(kind(&svg("<script>1</script>")), ErrorKind::Unsafe);
    assert_eq!(kind(&svg("<image xlink:href=\"https://example.com/a.png\"/>")), ErrorKind::Unsafe);
    assert_eq!(kind(&svg("<image href=\"file:///etc/passwd\"/>")), ErrorKind::Unsafe);
    assert_eq!(kind(&svg("<rect style=\"fill:url(https://example.com/#a)\"/>")), ErrorKind::Unsafe);
    assert_eq!(kind(&svg(&"<g/>".repeat(30_000))), ErrorKind::Limit);
    assert_eq!(kind(&svg(&format!("{}{}", "<g>".repeat(9_000), "</g>".repeat(9_000)))), ErrorKind::Limit);
    let laughs: String =
        (1..12).map(|i| format!("<g id=\"l{i}\">{}</g>", format!("<use href=\"#l{}\"/>", i - 1).repeat(10))).collect();
    assert_eq!(kind(&svg(&format!("<g id=\"l0\"><rect/></g>{laughs}"))), ErrorKind::Limit);
    assert_eq!(kind(&svg("<g id=\"a\"><use href=\"#a\"/></g>")), ErrorKind::Limit);
    assert_eq!(kind(&svg("<style>@import 'x.css';</style>")), ErrorKind::Unsafe);
    assert_eq!(kind(&svg("<rect>")), ErrorKind::Media);
    let bomb =
        format!("<!DOCTYPE svg [<!ENTITY a \"{}\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>{}", "x".repeat(1_000), svg("&b;"));
    assert_eq!(kind(&bomb), ErrorKind::Unsafe);
    let mut good = files();
    let drawn = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\"\n \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
    put(
        &mut good,
        "assets/logo.svg",
        format!("<?xml version=\"1.0\"?>\n<!-- drawn -->\n{drawn}\n{}", svg("<rect width=\"5\" height=\"5\"/>")),
    );
    assert_eq!(Campaign::open(good.clone()).unwrap().warnings, vec![]);
    put(
        &mut good,
        "assets/logo.svg",
        svg("<defs><linearGradient id=\"a\"/></defs><rect width=\"5\" height=\"5\" fill=\"url(#a)\"/>"),
    );
    assert_eq!(Campaign::open(good.clone()).unwrap().warnings, vec![]);
    put(&mut good, "assets/logo.svg", svg("<mask id=\"m\"/><rect width=\"5\" height=\"5\" mask=\"url(#m)\"/>"));
    let warnings = Campaign::open(good).unwrap().warnings;
    assert_eq!(warnings[0].found.as_deref(), Some("a mask"));
}

fn packed(entries: &[Entry<'_>]) -> Files {
    Files::from([("alba.variorum".to_owned(), zip(entries))])
}

#[test]
fn a_zip_is_the_folder() {
    let folder = files();
    let entries: Vec<Entry<'_>> = folder.iter().map(|(name, bytes)| Entry::new(name, bytes)).collect();
    let opened = Campaign::open(packed(&entries)).unwrap();
    assert_eq!((opened.campaign.name.as_str(), opened.warnings.len()), ("small", 0));
    let nested: Vec<(String, Vec<u8>)> = folder.into_iter().map(|(name, bytes)| (format!("small/{name}"), bytes)).collect();
    let mut entries: Vec<Entry<'_>> = nested.iter().map(|(name, bytes)| Entry::new(name, bytes)).collect();
    entries.push(Entry::new("__MACOSX/small/._campaign.json", b"junk"));
    entries.push(Entry::new("small/", b""));
    Campaign::open(packed(&entries)).unwrap();
}

#[test]
fn hostile_zips_are_refused() {
    let one = |entry: Entry<'_>| {
        let mut found = errors(packed(&[entry]));
        assert_eq!(found.len(), 1);
        let error = found.remove(0);
        assert!(error.at.starts_with("alba.variorum"), "{error:?}");
        error.kind
    };
    for name in ["../campaign.json", "a/../../b", "/etc/passwd", "a\\b", "C:/x", "a\0b"] {
        assert_eq!(one(Entry::new(name, b"{}")), ErrorKind::Unsafe, "{name:?}");
    }
    assert_eq!(one(Entry { mode: 0o120_777, ..Entry::new("link", b"/etc/passwd") }), ErrorKind::Unsafe);
    assert_eq!(one(Entry { flags: 1, ..Entry::new("secret", b"x") }), ErrorKind::Unsupported);
    assert_eq!(one(Entry { method: 12, ..Entry::new("bzip2", b"x") }), ErrorKind::Unsupported);
    assert_eq!(one(Entry { crc: 1, ..Entry::new("bent", b"x") }), ErrorKind::Syntax);
    assert_eq!(one(Entry { data: vec![0xff; 9], ..Entry::new("bent", b"x") }), ErrorKind::Syntax);
    assert_eq!(one(Entry { unpacked: 10, ..Entry::new("more", &[0; 10_000]) }), ErrorKind::Limit);
    assert_eq!(one(Entry::new("bomb", &vec![0; 12 << 20])), ErrorKind::Limit);
    assert_eq!(one(Entry { unpacked: 1 << 30, ..Entry::new("huge", b"x") }), ErrorKind::Limit);
    let twice = errors(packed(&[Entry::new("a", b"1"), Entry::new("a", b"2")]));
    assert_eq!(twice[0].kind, ErrorKind::Unsafe);
    let whole = zip(&[Entry::new("campaign.json", b"{}")]);
    for cut in 0..whole.len() {
        errors(Files::from([("a.zip".to_owned(), whole[..cut].to_vec())]));
    }
}

#[test]
fn no_cut_and_no_flipped_byte_panics() {
    let good = files();
    for path in ["campaign.json", "brand.tokens.json", "master.json", "copy/de.json", "assets/logo.svg", "assets/red.png"] {
        let bytes = good[path].clone();
        for at in 0..bytes.len() {
            let mut bad = good.clone();
            let mut bent = bytes.clone();
            bent[at] ^= 1 << (at % 8);
            if at % 3 == 0 {
                bent.truncate(at);
            }
            bad.insert(path.to_owned(), bent);
            if let Err(found) = Campaign::open(bad) {
                assert!(!found.0.is_empty() && found.0.iter().all(|e| !e.at.is_empty()));
            }
        }
    }
}

#[test]
fn live_edits_that_fail_change_nothing() {
    let mut campaign = Campaign::open(files()).unwrap().campaign;
    let before = (campaign.tokens.get("color.text").cloned(), campaign.messages("de").unwrap());
    let kind = |result: variorum::error::Result<()>| result.unwrap_err().kind;
    assert_eq!(kind(campaign.set_token("color.txet", "#fff")), ErrorKind::Unknown);
    assert_eq!(kind(campaign.set_token("color.text", "white")), ErrorKind::Value);
    assert_eq!(kind(campaign.set_token("color.ink", "{color.unused}")), ErrorKind::Cycle);
    assert_eq!(kind(campaign.set_copy("xx", "headline", "x")), ErrorKind::Unknown);
    assert_eq!(kind(campaign.set_copy("de", "headlin", "x")), ErrorKind::Unknown);
    assert_eq!(kind(campaign.set_copy("de", "headline", "{oops}")), ErrorKind::Unknown);
    assert_eq!(kind(campaign.set_copy("de", "headline", "{")), ErrorKind::Syntax);
    assert_eq!((campaign.tokens.get("color.text").cloned(), campaign.messages("de").unwrap()), before);
}
