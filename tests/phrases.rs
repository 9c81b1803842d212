//! Headlines whose phrases are known: balanced lines end where they do. Running text does not know of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]
#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::path::Path;
use variorum::fingerprint::Fingerprint;
use variorum::session::Session;
use variorum::text::phrases::{digest_for, file_for};
use variorum::text::*;
use variorum::units::Px;

const FONTS: [(&str, &str); 3] =
    [("ja", "NotoSansCJKjp-Bold.otf"), ("zh-Hans", "NotoSansCJKsc-Bold.otf"), ("zh-Hant", "NotoSansCJKtc-Bold.otf")];

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn library(locale: &str, phrases: bool) -> FontLibrary {
    let mut library = FontLibrary::new();
    let font = FONTS.iter().find(|(l, _)| *l == locale).unwrap().1;
    library.add(font, bytes(&format!("fonts/{font}")).into(), FontOrigin::Default).unwrap();
    if phrases {
        let file = file_for("夜夜", locale).unwrap();
        assert!(library.add(file, bytes(&format!("fonts/{file}")).into(), FontOrigin::Default).unwrap().is_empty());
        assert!(library.has_file(file));
    }
    library
}

/// Headlines of a locale, with bars where phrases end.
fn headlines(locale: &str) -> Vec<String> {
    let all = String::from_utf8(bytes("tests/cases/phrases.txt")).unwrap();
    let rest = all.split_once(&format!("[{locale}]\n")).unwrap().1;
    rest.lines().take_while(|l| !l.starts_with('[')).map(str::to_owned).collect()
}

/// The lines at a width in em.
fn lines(library: &FontLibrary, text: &str, locale: &str, em: f32, balance: bool) -> Vec<String> {
    let fitted =
        shape(library, text, &TextStyle::default(), locale, Direction::Ltr).set_at(Px(100.0), Px(em * 100.0), 0, balance);
    assert_eq!(fitted.broken_words, 0);
    fitted.lines.iter().map(|l| text[l.start..l.end].to_owned()).collect()
}

/// Of balanced lines that could all end with a phrase, as many and in the same width: how many do not, how many there are, and those.
fn torn(locale: &str, phrases: bool) -> (usize, usize, Vec<String>) {
    let library = library(locale, phrases);
    let (mut wrong, mut all, mut seen) = (0, 0, Vec::new());
    for headline in headlines(locale) {
        let plain = headline.replace('|', "");
        let ends: Vec<usize> = headline.match_indices('|').enumerate().map(|(n, (at, _))| at - n).collect();
        let marked = shape(&library, &headline.replace('|', "\u{200b}"), &TextStyle::default(), locale, Direction::Ltr);
        for em in 4..=14 {
            let em = em as f32 + 0.1;
            let known = marked.set_at(Px(100.0), Px(em * 100.0), 0, true);
            let set = lines(&library, &plain, locale, em, true);
            if known.broken_words > 0 || known.lines.len() != set.len() {
                continue;
            }
            let mut at = 0;
            for line in &set[..set.len() - 1] {
                at += line.len();
                all += 1;
                if !ends.contains(&at) {
                    wrong += 1;
                    seen.push(format!("{em} {} | {}", set.join(" / "), &plain[at..]));
                }
            }
        }
    }
    (wrong, all, seen)
}

#[test]
fn balanced_lines_end_where_phrases_do() {
    for (locale, most) in [("ja", 1), ("zh-Hans", 3), ("zh-Hant", 5)] {
        let (before, all, _) = torn(locale, false);
        let (after, same, seen) = torn(locale, true);
        println!("{locale}: of {all} lines {before} end inside a phrase by kinds of letters, {after} by phrases");
        assert_eq!(all, same);
        assert!(after <= most && after * 4 < before, "{locale}: {after} of {all}\n{}", seen.join("\n"));
    }
}

/// Where lines of the largest size cannot end with phrases, less size is worth it: down to seven tenths, never below the floor.
#[test]
fn type_gives_way_for_phrases() {
    let library = library("ja", true);
    let fit = |library: &FontLibrary, text: &str, width: f32, floor: f32| {
        let request = FitRequest {
            width: Px(width),
            height: Px(f32::MAX),
            floor: Px(floor),
            ceiling: Px(100.0),
            step: Px(1.0),
            max_lines: 3,
            balance: true,
            budget: Budget::default(),
        };
        let fitted = shape(library, text, &TextStyle::default(), "ja", Direction::Ltr).fit(&request);
        let lines: Vec<String> = fitted.lines.iter().map(|l| text[l.start..l.end].to_owned()).collect();
        (fitted.size.0, lines, fitted.torn)
    };
    let text = "お金を、静かな一か所に";
    assert_eq!(fit(&library, text, 410.0, 20.0), (100.0, vec!["お金を、".into(), "静かな".into(), "一か所に".into()], 0));
    // Six letters fit at the largest size, a phrase of seven below it.
    let two = "静かな一か所にスプリントより";
    let (size, lines, torn) = fit(&library, two, 610.0, 20.0);
    assert_eq!((lines, torn), (vec!["静かな一か所に".to_owned(), "スプリントより".into()], 0));
    assert!((85.0..=88.0).contains(&size), "{size}");
    // Not below the floor: then lines end where they can, and it is said.
    let (size, _, torn) = fit(&library, two, 610.0, 95.0);
    assert!(size >= 95.0 && torn > 0, "{size} {torn}");
    // A wider box never has smaller type.
    for text in headlines("ja").iter().map(|h| h.replace('|', "")) {
        let sizes: Vec<f32> = (30..=160).map(|w| fit(&library, &text, w as f32 * 10.0, 20.0).0).collect();
        let falls = sizes.windows(2).find(|w| w[1] < w[0] - 0.01);
        assert!(falls.is_none(), "{text}: {falls:?}");
    }
}

#[test]
fn running_text_does_not_know_of_phrases() {
    for (locale, _) in FONTS {
        let (with, without) = (library(locale, true), library(locale, false));
        for text in headlines(locale).iter().map(|h| h.replace('|', "")) {
            for em in 3..14 {
                let em = em as f32 + 0.1;
                assert_eq!(lines(&with, &text, locale, em, false), lines(&without, &text, locale, em, false));
            }
        }
    }
}

#[test]
fn models_are_the_ones_that_fingerprints_name() {
    for (locale, _) in FONTS {
        let file = file_for("夜夜", locale).unwrap();
        let found = bytes(&format!("fonts/{file}"));
        let print = Fingerprint::of(&found).to_string();
        let named = digest_for("夜夜", locale).unwrap();
        assert!(print.starts_with(named) && named.len() == 16, "{file}: {print}");
        // Cut anywhere, or with a byte turned, it is a model or an error.
        for n in (0..found.len()).step_by(97) {
            assert!(PhraseModel::read(file, &found[..n]).is_err(), "{n} bytes of {file}");
            let mut turned = found.clone();
            turned[n] ^= 0x55;
            if let Ok(model) = PhraseModel::read(file, &turned) {
                assert!(model.ends(&['夜', 'の', '🎈', '夜']).iter().all(|sure| sure.abs() <= 1.0));
            }
        }
        assert!(PhraseModel::read(file, &found).unwrap().ends(&[]).is_empty());
    }
    // Asked for where there is something to part and the copy does not say where.
    assert_eq!(file_for("街が忘れた", "ja-JP"), Some("ja.phrases"));
    assert_eq!(file_for("城市記得", "zh-TW"), Some("zh-Hant.phrases"));
    assert_eq!(file_for("街が\u{200b}忘れた", "ja"), None);
    assert_eq!(file_for("Dock 9", "ja"), None);
    assert_eq!(file_for("街が忘れた", "en"), None);
    assert_eq!(file_for("도시가 잊은", "ko"), None);
}

/// A campaign asks for the file with its fonts; without it balanced lines have a finding, and the text command says so.
#[test]
fn what_is_set_without_phrases_is_told() {
    let mut files = common::files();
    common::edit(&mut files, "campaign.json", |c| c["locales"] = serde_json::json!(["en", "ja"]));
    common::edit(&mut files, "master.json", |m| {
        let headline = &mut m["layers"][2];
        headline["balance"] = serde_json::json!(true);
        headline["max_lines"] = serde_json::json!(3);
    });
    let mut copy: serde_json::Value = serde_json::from_slice(&files["copy/de.json"]).unwrap();
    copy["messages"]["headline"]["text"] = serde_json::json!("街が忘れたことを、草原は覚えている");
    files.insert("copy/ja.json".into(), copy.to_string().into_bytes());
    files.remove("copy/de.json");
    let mut session = Session::open(files).unwrap_or_else(|e| panic!("{e}"));
    assert!(!session.fonts_needed_in(&["en".into()]).contains("ja.phrases"));
    assert!(session.fonts_needed().contains("ja.phrases"));
    let ids: Vec<String> = session.matrix().cells.iter().map(|c| c.id.clone()).filter(|id| id.contains(".ja.")).collect();
    let told = |session: &mut Session| -> usize {
        let found = ids.iter().flat_map(|id| session.prepare(id).unwrap().findings);
        found.filter(|f| f.rule == "word-list" && f.message.contains("ja.phrases")).count()
    };
    for name in session.fonts_needed().into_iter().filter(|n| !n.ends_with(".phrases")) {
        session.add_font(name, bytes(&format!("fonts/{name}")).into()).unwrap();
    }
    assert!(told(&mut session) > 0);
    session.add_font("ja.phrases", bytes("fonts/ja.phrases").into()).unwrap();
    assert!(session.fonts_needed().is_empty());
    assert_eq!(told(&mut session), 0);

    let line = r#"{"text":"街が忘れたことを、草原は覚えている","lang":"ja","font":"NotoSansCJKjp-Bold.otf","size":10,"width":75,"textWrap":"balance"}"#;
    let load = |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name)).ok();
    let answer = variorum::text::text_command(line, &load);
    assert!(answer.contains(r#""breaksCp":[5,12]"#) && !answer.contains("withoutPhrases"), "{answer}");
    let answer = variorum::text::text_command(line, &|name| load(name).filter(|_| !name.ends_with(".phrases")));
    assert!(answer.contains(r#""withoutPhrases":"ja.phrases""#), "{answer}");
}

/// Thai headlines: what the list parts and a reader holds for one word is kept for a little size, and told where nothing keeps it.
#[test]
fn thai_headlines_keep_words_whole() {
    let mut library = FontLibrary::new();
    for font in ["NotoSansThai-Bold.ttf", "thai.words"] {
        library.add(font, bytes(&format!("fonts/{font}")).into(), FontOrigin::Default).unwrap();
    }
    let shaped = |text: &str| shape(&library, text, &TextStyle::default(), "th", Direction::Ltr);
    // The parts of a headline no two of which may be torn, as narrow as they allow.
    for parts in [
        &["เช้าช้าๆ ", "เอสเปรสโซ", "เร็วๆ"][..],
        &["ตลาด", "รอมฎอน ", "ใจกลาง", "เมือง"],
        &["ถนน", "สิ้นสุด ", "แต่", "คุณ", "ไม่"],
        &["ทุก", "เส้นทาง", "เริ่มต้น", "จาก", "แสงแรก"],
        &["ความเงียบ ", "ขึง", "สาย"],
        &["ดับเบิล", "ช็อต ", "คั่ว", "เอง"],
        &["ดาวน์โหลด", "แอป", "ฟรี"],
        // Two words of which the list's way makes three, before one that it does not know.
        &["สร้าง", "สิ่งที่", "อยู่", "นานกว่า", "สปรินต์"],
    ] {
        let text = parts.concat();
        let ends: Vec<usize> = parts.iter().scan(0, |at, p| (*at += p.len(), Some(*at)).1).collect();
        let widest = parts.iter().map(|p| shaped(p.trim_end()).unbroken_width_em()).fold(0.0, f32::max);
        for share in [1.01, 1.2, 1.5, 2.0, 3.0] {
            let request = FitRequest {
                width: Px(widest * share * 100.0),
                height: Px(f32::MAX),
                floor: Px(20.0),
                ceiling: Px(100.0),
                step: Px(1.0),
                max_lines: 0,
                balance: true,
                budget: Budget::default(),
            };
            let fitted = shaped(&text).fit(&request);
            let lines: Vec<&str> = fitted.lines.iter().map(|l| &text[l.start..l.end]).collect();
            assert!(fitted.lines.iter().all(|l| ends.contains(&l.end)), "{share}: {lines:?}");
            assert_eq!((fitted.torn, fitted.size.0), (0, 100.0), "{share}: {lines:?}");
        }
    }
    // Running text is broken as browsers break it; a word wider than its line is, and it is told.
    let text = "เอสเปรสโซ";
    let em = shaped(text).unbroken_width_em();
    let set = |balance| shaped(text).set_at(Px(100.0), Px(em * 80.0), 0, balance);
    assert!(set(false).lines.len() == 2 && set(false).torn == 0);
    assert!(set(true).lines.len() == 2 && set(true).torn == 1 && set(true).broken_words == 0);
    // Where the copy marks places, other words are whole; U+2060 keeps what no list has.
    let lines = |text: &str, share: f32| -> Vec<String> {
        let fitted = shaped(text).set_at(Px(100.0), Px(shaped(text).unbroken_width_em() * share * 100.0), 0, true);
        fitted.lines.iter().map(|l| text[l.start..l.end].to_owned()).collect()
    };
    assert_eq!(lines("ของบ้านใหม่\u{200b}คุณ", 0.9), ["ของบ้านใหม่\u{200b}", "คุณ"]);
    assert_eq!(lines("กิน\u{2060}ข้าว\u{2060}เช้าที่บ้าน", 0.7)[0], "กิน\u{2060}ข้าว\u{2060}เช้า");
}

/// No letter is left alone at a headline's head, none between a stop and a line's end; the particle `の` stays with its word.
#[test]
fn no_letter_is_left_alone() {
    for (locale, text, em, wanted) in [
        ("zh-Hans", "城中心的斋月集市", 4.1, ["城中心的", "斋月集市"].as_slice()),
        ("ja", "ゆっくりの朝、はやい一杯", 5.1, &["ゆっくりの", "朝、", "はやい一杯"]),
        ("ja", "ゆっくりの朝、はやい一杯", 7.1, &["ゆっくりの朝、", "はやい一杯"]),
    ] {
        assert_eq!(lines(&library(locale, true), text, locale, em, true), wanted, "{em}");
    }
    // A first letter alone is told as torn.
    let fitted = shape(&library("zh-Hans", true), "城中心的斋月集市", &TextStyle::default(), "zh-Hans", Direction::Ltr).set_at(
        Px(100.0),
        Px(310.0),
        0,
        true,
    );
    let torn = fitted.lines.first().map(|l| l.end) == Some("城".len());
    assert!(!torn || fitted.torn > 0);
}

/// Two sentences have lines of their own where as many lines can: rather a shorter first line than one that begins the second.
#[test]
fn sentences_do_not_run_into_each_other() {
    let mut library = FontLibrary::new();
    for font in ["NotoSansDevanagari-Bold.ttf", "NotoSans-Bold.ttf"] {
        library.add(font, bytes(&format!("fonts/{font}")).into(), FontOrigin::Default).unwrap();
    }
    for (locale, text, first) in [("hi", "चार रातें। एक धड़कन।", "चार रातें। "), ("ru", "Четыре ночи. Один пульс.", "Четыре ночи. ")]
    {
        let em = |part: &str| shape(&library, part, &TextStyle::default(), locale, Direction::Ltr).unbroken_width_em();
        let widest = em(&text[first.len()..]).max(em(first));
        for more in [0.02, 0.3, 0.6] {
            assert_eq!(lines(&library, text, locale, widest + more, true)[0], first);
        }
    }
}
