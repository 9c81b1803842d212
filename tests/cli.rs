//! The command as people and CI meet it: what it prints, what it writes, how it ends.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod common;

use common::{Entry, files, zip};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use variorum::fingerprint::Fingerprint;

const SAMPLES: [&str; 3] = ["alba", "kiosk", "pulse"];

fn variorum(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("VARIORUM_FONTS").args(args).output().unwrap()
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn lines(out: &Output) -> Vec<Value> {
    let text = String::from_utf8(out.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}

fn stderr(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

fn sample(name: &str) -> String {
    format!("www/samples/{name}")
}

/// Writes campaign files to a folder.
fn put(dir: &Path, files: &variorum::campaign::Files) {
    for (path, bytes) in files {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}

/// The error of a campaign that must not open: on standard error for people, on standard output for programs.
fn refused(campaign: &Path) -> Value {
    let out = variorum(&["check", text(campaign), "--json"]);
    assert_eq!(out.status.code(), Some(2), "{}", stderr(&out));
    let error = lines(&out).remove(0)["error"].clone();
    let at = error["at"].as_str().unwrap();
    assert!(!at.is_empty() && stderr(&out).contains(at), "{}", stderr(&out));
    error
}

#[test]
fn formats_are_an_array_of_all() {
    let out = variorum(&["formats", "--json"]);
    assert!(out.status.success());
    let formats: Vec<Value> = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(formats.len(), 131);
    let story = formats.iter().find(|f| f["id"] == "ig-story").unwrap();
    assert_eq!((&story["width"], &story["height"]), (&json!(1080), &json!(1920)));
    let table = String::from_utf8(variorum(&["formats", "stories"]).stdout).unwrap();
    assert!(table.contains("ig-story") && table.contains("1080 × 1920 px") && !table.contains("print-a4"), "{table}");
}

#[test]
fn files_are_what_the_lines_say() {
    for name in SAMPLES {
        let out = folder(&format!("render-{name}"));
        let run = ["render", &sample(name), "--formats", "ig-story,iab-mrec", "--locales", "en", "--locales", "ar"];
        let args = [&run[..], &["--scale", "0.25", "--out", text(&out), "--json"]].concat();
        let done = variorum(&args);
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        assert_eq!(stderr(&done), "", "no bar in a pipe, no warnings of samples");
        let made = lines(&done);
        assert_eq!(made.len(), if name == "kiosk" { 8 } else { 4 });
        for line in &made {
            let (id, file) = (line["id"].as_str().unwrap(), line["file"].as_str().unwrap());
            let [format, locale, option] = ["format", "locale", "option"].map(|key| line[key].as_str().unwrap());
            assert_eq!(id, format!("{format}.{locale}.{option}"));
            let bytes = fs::read(file).unwrap();
            assert_eq!(line["sha256"], Fingerprint::of(&bytes).to_string(), "{id}");
            assert_eq!(line["fingerprint"].as_str().unwrap().len(), 64);
            let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            assert_eq!((&line["width"], &line["height"]), (&json!(side(16)), &json!(side(20))), "{id}");
            let size = if format == "ig-story" { (270, 480) } else { (75, 63) };
            assert_eq!((side(16), side(20)), size, "{id}");
            assert!(line["findings"].is_array());
        }
        let written = fs::read_dir(&out).unwrap().count();
        assert_eq!(written, made.len(), "a file for each, nothing else");
        // The same again, on however many cores, is the same bytes.
        assert_eq!(lines(&variorum(&args)), made);
    }
}

#[test]
fn every_script_has_its_glyphs() {
    for name in SAMPLES {
        let locales = "ar,he,hi,bn,ta,th,el,ru,vi,ja,ko,zh-Hans,zh-Hant";
        let out = variorum(&["check", &sample(name), "--formats", "ig-story,iab", "--locales", locales, "--json"]);
        let made = lines(&out);
        assert!(made.len() >= 13 * 13, "{}", made.len());
        for line in made {
            let findings = line["findings"].as_array().unwrap();
            assert!(findings.iter().all(|f| f["rule"] != "missing-glyph"), "{line}");
        }
    }
}

#[test]
fn jpeg_and_bleed() {
    let out = folder("jpeg");
    let base = ["render", "www/samples/alba", "--locales", "de", "--scale", "0.1", "--json", "--out", text(&out)];
    let run = |more: &[&str]| {
        let done = variorum(&[&base[..], more].concat());
        assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        lines(&done).remove(0)
    };
    let line = run(&["--formats", "print-a4", "--type", "jpeg", "--quality", "70"]);
    let file = line["file"].as_str().unwrap();
    assert!(file.ends_with(".jpg"), "{file}");
    assert!(fs::read(file).unwrap().starts_with(&[0xff, 0xd8, 0xff]));
    let bled = run(&["--formats", "print-a4", "--bleed"]);
    assert!(bled["width"].as_u64() > line["width"].as_u64());
    let wrong = variorum(&[&base[..], &["--quality", "70"]].concat());
    assert_eq!(wrong.status.code(), Some(2), "a quality without JPEG");
}

#[test]
fn fingerprints_stay_and_agree() {
    let args = ["fingerprint", "www/samples/kiosk", "--formats", "social", "--locales", "ja"];
    let (one, two) = (variorum(&args), variorum(&args));
    assert!(one.status.success() && !one.stdout.is_empty());
    assert_eq!(one.stdout, two.stdout);
    let as_json = lines(&variorum(&[&args[..], &["--json"]].concat()));
    let checked = lines(&variorum(&["check", "www/samples/kiosk", "--formats", "social", "--locales", "ja", "--json"]));
    let text = String::from_utf8(one.stdout).unwrap();
    assert_eq!(text.lines().count(), as_json.len());
    for ((line, json), checked) in text.lines().zip(&as_json).zip(&checked) {
        assert_eq!(line, format!("{}  {}", json["fingerprint"].as_str().unwrap(), json["id"].as_str().unwrap()));
        assert_eq!((&json["id"], &json["fingerprint"]), (&checked["id"], &checked["fingerprint"]));
    }
}

#[test]
fn a_folder_and_its_zip_are_the_same_campaign() {
    let dir = folder("zip");
    let files = files();
    put(&dir.join("small"), &files);
    let entries: Vec<Entry<'_>> = files.iter().map(|(name, bytes)| Entry::new(name, bytes)).collect();
    fs::write(dir.join("small.variorum"), zip(&entries)).unwrap();
    let of = |name: &str| variorum(&["fingerprint", text(&dir.join(name))]);
    let (folder, packed) = (of("small"), of("small.variorum"));
    assert!(folder.status.success(), "{}", stderr(&folder));
    assert!(!folder.stdout.is_empty());
    assert_eq!(folder.stdout, packed.stdout);
}

#[test]
fn a_variant_that_fails_does_not_stop_the_others() {
    // The small campaign's pictures are headers alone: they open, but cannot be decoded.
    let dir = folder("broken");
    put(&dir.join("small"), &files());
    let out = dir.join("out");
    let done = variorum(&["render", text(&dir.join("small")), "--formats", "ig-story", "--json", "--out", text(&out)]);
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    let made = lines(&done);
    assert_eq!(made.len(), 4);
    assert!(made.iter().all(|line| line["error"]["at"].as_str().is_some_and(|at| at.contains("assets/"))), "{made:?}");
    assert!(stderr(&done).contains("assets/red.png"));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "nothing half done is left");
}

#[test]
fn findings_that_must_not_be_give_exit_code_1() {
    let dir = folder("must");
    let mut files = files();
    common::edit(&mut files, "copy/de.json", |copy| copy["messages"]["headline"]["text"] = json!("Licht \u{13000}"));
    for path in ["assets/red.png", "assets/blue.png"] {
        files.insert(path.to_owned(), common::RED.to_vec());
    }
    put(&dir, &files);
    let check = |locale: &str| variorum(&["check", text(&dir), "--formats", "ig-story", "--locales", locale]);
    let out = check("de");
    let said = String::from_utf8(out.stdout.clone()).unwrap();
    assert!(said.contains("missing-glyph") && said.contains("U+13000"), "{said}");
    assert_eq!(out.status.code(), Some(1), "{said}");
    let said = check("en");
    assert!(!String::from_utf8(said.stdout).unwrap().contains("missing-glyph"));
}

#[test]
fn a_word_broken_because_nothing_else_holds_it_is_found() {
    let dir = folder("broken");
    let mut files = files();
    let word = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(3);
    common::edit(&mut files, "copy/en.json", |copy| copy["messages"]["headline"]["text"] = json!(word));
    for path in ["assets/red.png", "assets/blue.png"] {
        files.insert(path.to_owned(), common::RED.to_vec());
    }
    put(&dir, &files);
    let out = variorum(&["check", text(&dir), "--formats", "iab-skyscraper", "--locales", "en", "--json"]);
    let said = String::from_utf8(out.stdout.clone()).unwrap();
    assert!(said.contains("broken-word"), "{said}");
    assert_eq!(out.status.code(), Some(1), "{said}");
}

#[test]
fn a_page_with_nothing_on_it_and_an_empty_message_are_found() {
    let dir = folder("blank");
    let mut files = files();
    for path in ["assets/red.png", "assets/blue.png"] {
        files.insert(path.to_owned(), common::RED.to_vec());
    }
    common::edit(&mut files, "campaign.json", |c| c["formats"] = json!(["ig-story", "tiktok-profile"]));
    common::edit(&mut files, "master.json", |m| {
        let layers = m["layers"].as_array_mut().unwrap();
        layers.retain(|layer| layer["role"] != "logo");
        layers.iter_mut().filter(|l| l["id"] == "headline").for_each(|l| l["keep"] = json!("must"));
    });
    common::edit(&mut files, "copy/de.json", |copy| copy["messages"]["headline"]["text"] = json!(" "));
    put(&dir, &files);
    let out = variorum(&["check", text(&dir), "--json"]);
    assert_eq!(out.status.code(), Some(1), "{}", stderr(&out));
    let blank = |line: &Value| {
        line["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|f| f["rule"] == "blank")
            .map(|f| f["layer"].clone())
            .collect::<Vec<_>>()
    };
    for line in lines(&out) {
        let (format, locale) = (line["format"].as_str().unwrap(), line["locale"].as_str().unwrap());
        let found = blank(&line);
        assert_eq!(found.contains(&Value::Null), format == "tiktok-profile", "{line}");
        assert_eq!(found.contains(&json!("headline")), locale == "de", "{line}");
    }
}

#[test]
fn a_file_above_its_cap_is_found_and_wrong_arguments_are_json_too() {
    let dir = folder("cap");
    let mut files = files();
    for path in ["assets/red.png", "assets/blue.png"] {
        files.insert(path.to_owned(), common::RED.to_vec());
    }
    common::edit(&mut files, "campaign.json", |c| {
        c["formats"] = json!(["small"]);
        c["custom_formats"] = json!([{ "id": "small", "width": 300, "height": 250, "max_bytes": 200 }]);
    });
    put(&dir.join("small"), &files);
    let out = dir.join("out");
    let made = variorum(&["render", text(&dir.join("small")), "--locales", "en", "--json", "--out", text(&out)]);
    for line in lines(&made) {
        let found = line["findings"].as_array().unwrap().iter().find(|f| f["rule"] == "bytes").unwrap();
        assert_eq!(found["limit"], json!(200.0));
        assert!(found["measured"].as_f64().unwrap() > 200.0);
    }
    let wrong = variorum(&["render", text(&dir.join("small")), "--scale", "0", "--json", "--out", text(&out)]);
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(lines(&wrong)[0]["error"]["code"], "value");
}

#[test]
fn bad_input_is_refused_with_a_place() {
    let dir = folder("bad");
    let case = |name: &str, change: &dyn Fn(&mut variorum::campaign::Files)| {
        let mut files = files();
        change(&mut files);
        put(&dir.join(name), &files);
        refused(&dir.join(name))
    };
    let cut = case("cut", &|files| files.get_mut("master.json").unwrap().truncate(60));
    assert_eq!((&cut["code"], cut["at"].as_str().unwrap().starts_with("master.json")), (&json!("syntax"), true));
    let role = case("role", &|files| common::edit(files, "master.json", |m| m["layers"][2]["role"] = json!("headlin")));
    assert_eq!(role["hint"], "did you mean 'headline'?");
    let font = case("font", &|files| {
        common::edit(files, "campaign.json", |c| c["fonts"] = json!(["assets/brand.ttf"]));
        files.insert("assets/brand.ttf".into(), b"\0\x01\0\0not a font".to_vec());
    });
    assert_eq!(font["code"], "media");
    let jpeg = case("jpeg", &|files| {
        common::edit(files, "campaign.json", |c| c["fonts"] = json!(["assets/brand.ttf"]));
        files.insert("assets/brand.ttf".into(), b"\xff\xd8\xff\xe0 a photo".to_vec());
    });
    assert_eq!(jpeg["code"], "media");

    let bytes = zip(&[Entry::new("campaign.json", b"{}"), Entry::new("../evil.json", b"{}")]);
    fs::write(dir.join("evil.zip"), bytes).unwrap();
    let evil = refused(&dir.join("evil.zip"));
    assert_eq!(evil["code"], "unsafe");
    assert!(evil["found"].as_str().unwrap().contains("../evil.json"));
    let bomb = zip(&[Entry::new("campaign.json", &vec![b' '; 32 << 20])]);
    fs::write(dir.join("bomb.zip"), bomb).unwrap();
    assert_eq!(refused(&dir.join("bomb.zip"))["code"], "limit");

    assert_eq!(refused(&dir.join("nowhere"))["code"], "missing");
    fs::create_dir_all(dir.join("empty")).unwrap();
    assert_eq!(refused(&dir.join("empty"))["code"], "missing");
    assert!(refused(&dir.join("cut/campaign.json"))["hint"].is_string(), "a file of a campaign is not the campaign");
}

#[cfg(unix)]
#[test]
fn links_out_of_a_campaign_are_not_followed() {
    let dir = folder("links");
    put(&dir, &files());
    std::os::unix::fs::symlink("/etc/hostname", dir.join("assets/extra.txt")).unwrap();
    assert_eq!(refused(&dir)["code"], "unsafe");
}

#[test]
fn wrong_names_and_arguments_say_what_is_meant() {
    let render = |more: &[&str]| variorum(&[&["render", "www/samples/alba", "--out", "unused"][..], more].concat());
    let out = render(&["--formats", "ig-stroy"]);
    assert_eq!(out.status.code(), Some(2));
    assert!(stderr(&out).contains("did you mean 'ig-story'?"), "{}", stderr(&out));
    for wrong in [
        &["--locales", "xx"][..],
        &["--options", "nope"],
        &["--formats", ""],
        &["--locales", " , "],
        &["--scale", "0"],
        &["--scale", "NaN"],
        &["--type", "gif"],
        &["--bogus"],
    ] {
        assert_eq!(render(wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert_eq!(variorum(&[]).status.code(), Some(2));
    let nowhere = variorum(&["render", "www/samples/alba", "--json"]);
    assert!(lines(&nowhere)[0]["error"]["message"].as_str().unwrap().contains("--out"), "{:?}", lines(&nowhere));
    let listed = variorum(&["formats", "social,iab", "--json"]);
    assert_eq!(listed.status.code(), Some(0), "{}", stderr(&listed));
    let no_fonts = folder("no-fonts");
    let out = variorum(&["check", "www/samples/alba", "--fonts-dir", text(&no_fonts)]);
    assert_eq!(out.status.code(), Some(2));
    assert!(stderr(&out).contains("--fonts-dir") && stderr(&out).contains(".ttf"), "{}", stderr(&out));
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("unused").exists());
}

#[test]
fn help_tells_exit_codes_and_examples() {
    let help = String::from_utf8(variorum(&["--help"]).stdout).unwrap();
    for part in ["Examples:", "Exit codes:", "VARIORUM_FONTS", "{format}.{locale}.{option}"] {
        assert!(help.contains(part), "{help}");
    }
    for command in ["formats", "render", "check", "fingerprint", "sheet", "text"] {
        assert!(help.contains(command), "{command}");
        assert!(variorum(&[command, "--help"]).status.success());
    }
    let fields = String::from_utf8(variorum(&["text", "--help"]).stdout).unwrap();
    for field in [
        "wordBreak",
        "lineBreak",
        "overflowWrap",
        "textWrap",
        "letterSpacing",
        "whiteSpace",
        "hyphens",
        "weight",
        "features",
        "variations",
    ] {
        assert!(fields.contains(field), "{field}: {fields}");
    }
    let version = String::from_utf8(variorum(&["--version"]).stdout).unwrap();
    assert_eq!(version.trim(), format!("variorum {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn texts_are_answered_line_by_line() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_variorum"))
        .args(["text", "--fonts", concat!(env!("CARGO_MANIFEST_DIR"), "/fonts")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let ask = |text: &str, font: &str| json!({ "id": text, "text": text, "lang": "en", "dir": "auto", "font": [font], "size": 20, "width": 60 });
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{}", ask("one two three", "NotoSans-Regular.ttf")).unwrap();
    writeln!(input, "not json\n{}", ask("x", "../Cargo.toml")).unwrap();
    drop(input);
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success());
    let answers = lines(&out);
    assert_eq!(answers.len(), 3);
    assert!(!answers[0]["breaksCp"].as_array().unwrap().is_empty(), "{}", answers[0]);
    assert!(answers[1]["error"].is_object() && answers[2]["error"].is_object());
}

#[test]
fn a_sheet_shows_all_that_is_asked_for() {
    let dir = folder("sheet");
    let file = dir.join("sheet.png");
    let out = variorum(&[
        "sheet",
        "www/samples/pulse",
        "--formats",
        "iab",
        "--locales",
        "en,ja",
        "--side",
        "80",
        "--columns",
        "6",
        "--out",
        text(&file),
    ]);
    assert_eq!(out.status.code(), Some(0), "{}", stderr(&out));
    assert!(String::from_utf8(out.stdout).unwrap().contains("24 variants"));
    let bytes = fs::read(file).unwrap();
    assert_eq!(u32::from_be_bytes(bytes[16..20].try_into().unwrap()), 16 + 6 * (80 + 16));
}

#[test]
fn a_budget_tells_how_much_each_message_may_say() {
    let out = variorum(&["budget", &sample("alba"), "--locales", "de,xb", "--json"]);
    let all = lines(&out);
    assert_eq!(all.len(), 8, "four messages in two locales: {}", stderr(&out));
    for line in &all {
        let left = line["fits"].as_i64().unwrap() - line["used"].as_i64().unwrap();
        assert_eq!(line["left"].as_i64().unwrap(), left);
        assert!(line["formats"].as_u64().unwrap() > 20 && line["text"].is_string() && line["origin"].is_string(), "{line}");
    }
    // More than twice as long: some of it cannot fit, which is what the pseudo-locale is for.
    let over = all.iter().any(|line| line["locale"] == "xb" && line["left"].as_i64().unwrap() < 0);
    assert!(over && out.status.code() == Some(1), "{}", stderr(&out));
    let table = String::from_utf8(variorum(&["budget", &sample("alba"), "--locales", "de"]).stdout).unwrap();
    assert!(table.contains("headline") && table.contains(" of "), "{table}");
}

/// One line as the studio saves it: `way` preferred to `over`.
fn pick(variant: &Value, way: &Value, over: &Value) -> String {
    json!({ "id": variant["id"], "weights": variant["weights"], "chosen": way["terms"], "over": over["terms"] }).to_string()
}

#[test]
fn picks_are_fitted_and_the_weights_lay_out_as_was_picked() {
    let dir = folder("picks");
    let score = |more: &[&str]| {
        let campaign = sample("kiosk");
        let mut args = vec!["score", &campaign, "--locales", "en,de", "--json"];
        args.extend(more);
        let out = variorum(&args);
        assert!(out.status.success(), "{}", stderr(&out));
        lines(&out)
    };
    let before = score(&[]);
    // A person who, where two ways hold all gates, takes the one with the larger picture.
    let mut picks = Vec::new();
    let mut wished = Vec::new();
    for variant in before.iter().filter(|v| v["failed"].as_array().unwrap().is_empty()) {
        let presence = |way: &Value| way["terms"]["presence"].as_f64().unwrap();
        let others = variant["alternatives"].as_array().unwrap().iter();
        let better = others.filter(|a| a["failed"].as_array().unwrap().is_empty() && presence(a) + 0.05 < presence(variant));
        if let Some(way) = better.min_by(|a, b| presence(a).total_cmp(&presence(b))) {
            picks.push(pick(variant, way, variant));
            wished.push((variant["id"].clone(), way["arrangement"].clone()));
        }
    }
    assert!(picks.len() >= 10, "{}", picks.len());
    // One under weights that are no longer in force says nothing of these, and is counted as left out.
    picks.push(r#"{"id":"old","weights":1,"chosen":{"copyfit":0.5},"over":{"copyfit":0.1}}"#.to_owned());
    let (file, weights) = (dir.join("picks.jsonl"), dir.join("weights.json"));
    fs::write(&file, picks.join("\n")).unwrap();
    let out = variorum(&["fit-weights", text(&file)]);
    assert!(out.status.success(), "{}", stderr(&out));
    let fitted = lines(&out).remove(0);
    let said = stderr(&out);
    let figures: Vec<usize> = said.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    let [count, left_out, agreed_before, agreed_after] = figures[..] else { panic!("{said}") };
    assert_eq!((count, left_out), (picks.len() - 1, 1));
    assert!(agreed_after > agreed_before, "{said}");
    assert_eq!(variorum(&["fit-weights", text(&file)]).stdout, out.stdout, "the same picks, the same weights");
    // A term that is none is told, and where.
    let typo = dir.join("typo.jsonl");
    fs::write(&typo, r#"{"chosen":{"copyfti":0.5},"over":{"copyfit":0.1}}"#).unwrap();
    let refused = variorum(&["fit-weights", text(&typo)]);
    let said = stderr(&refused);
    assert!(refused.status.code() == Some(2) && said.contains("line 1") && said.contains("did you mean 'copyfit'?"), "{said}");
    fs::write(&weights, &out.stdout).unwrap();
    let after = score(&["--weights", text(&weights)]);
    let taken = |id: &Value| after.iter().find(|v| v["id"] == *id).unwrap()["arrangement"].clone();
    let agreed = wished.iter().filter(|(id, way)| taken(id) == *way).count();
    println!("laid out as picked: {agreed} of {}", wished.len());
    assert!(agreed * 2 > wished.len(), "{agreed} of {}", wished.len());
    assert!(
        before.iter().zip(&after).all(|(a, b)| a["fingerprint"] != b["fingerprint"]),
        "weights are part of what decides pixels"
    );
    assert!(after.iter().all(|v| v["ownWeights"]["presence"].as_f64() > Some(1.1)), "and are told");
    // The same from a policy.
    let mut files = variorum::campaign::Files::new();
    for entry in walk(Path::new("www/samples/kiosk")) {
        files.insert(entry.strip_prefix("www/samples/kiosk").unwrap().to_str().unwrap().to_owned(), fs::read(&entry).unwrap());
    }
    common::edit(&mut files, "policy.json", |p| p["weights"] = fitted.clone());
    let own = dir.join("campaign");
    put(&own, &files);
    let out = variorum(&["score", text(&own), "--locales", "en,de", "--json"]);
    assert_eq!(lines(&out), after);
}

fn walk(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries.flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}

#[test]
fn score_tells_every_gate_and_term_and_the_next_best_ways() {
    let out = variorum(&["score", &sample("alba"), "--formats", "social,iab,print", "--locales", "en,ar", "--json"]);
    let scored = lines(&out);
    assert!(scored.len() > 60);
    let mut few = 0;
    for v in &scored {
        assert_eq!(v["terms"].as_object().unwrap().len(), 19, "{}", v["id"]);
        // What each costs is together the energy, four decimals each.
        for way in std::iter::once(v).chain(v["alternatives"].as_array().unwrap()) {
            let costs: f64 = way["costs"].as_object().unwrap().values().map(|c| c.as_f64().unwrap()).sum();
            assert!((costs - way["energy"].as_f64().unwrap()).abs() < 2e-3, "{} {}", v["id"], way["arrangement"]);
        }
        let gates: Vec<&str> = v["gates"].as_array().unwrap().iter().map(|g| g["gate"].as_str().unwrap()).collect();
        // A slot for the mark alone has no words to look at.
        let words = v["enters"].as_object().unwrap().contains_key("headline");
        for gate in ["inside", "kept", "safe-zone", "overlap", "fits", "contrast"].into_iter().take(if words { 6 } else { 2 }) {
            assert!(gates.contains(&gate), "{} {gate}", v["id"]);
        }
        for gate in v["gates"].as_array().unwrap() {
            assert!(["measured", "limit"].iter().all(|f| gate[f].is_number()) && gate["passes"].is_boolean(), "{gate}");
        }
        let ways: Vec<&str> = v["alternatives"].as_array().unwrap().iter().map(|a| a["arrangement"].as_str().unwrap()).collect();
        let distinct: std::collections::BTreeSet<&str> = ways.iter().copied().chain(v["arrangement"].as_str()).collect();
        assert!(ways.len() <= 3 && distinct.len() == ways.len() + 1, "{} {ways:?}", v["id"]);
        // A slot for the mark alone can be nothing else; every other page has another way, and all but one in twenty one that passes every gate.
        assert_eq!(ways.is_empty(), !words, "{} {ways:?}", v["id"]);
        let sound = v["alternatives"].as_array().unwrap().iter().filter(|a| a["failed"].as_array().unwrap().is_empty()).count();
        few += usize::from(words && sound == 0);
        let enters = v["enters"].as_object().unwrap();
        assert!(
            !enters.is_empty()
                && enters.values().all(|s| ["left", "right", "top", "bottom", "none"].contains(&s.as_str().unwrap()))
        );
    }
    assert!(few * 20 <= scored.len(), "{few} of {}", scored.len());
}
