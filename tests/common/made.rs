//! Masters that nobody drew: in, a number; out, a campaign of three to eight layers of any roles at any places, with copy in five languages. The same
//! number gives the same campaign; what layout keeps of every master is asked of these too.

use crate::dice::Dice;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use variorum::campaign::Files;

/// The languages of their copy.
pub const LOCALES: [&str; 5] = ["en", "de", "ar", "ja", "hi"];

/// Words to make lines of; of letters alone, so that a line is as wide read either way.
const WORDS: [(&str, [&str; 12]); 5] = [
    ("en", ["Light", "for", "long", "evenings", "made", "in", "the", "harbour", "of", "oak", "and", "copper"]),
    ("de", ["Licht", "für", "lange", "Abende", "gemacht", "am", "Hafen", "aus", "Eichenholz", "und", "Kupferblech", "Winter"]),
    ("ar", ["ضوء", "من", "أجل", "أمسيات", "طويلة", "صنع", "في", "الميناء", "خشب", "البلوط", "و", "النحاس"]),
    ("ja", ["長い夜に", "灯りを", "港の", "工房で", "つくる", "木と", "銅の", "ランプ", "冬の", "夕べ", "静かな", "部屋"]),
    ("hi", ["रोशनी", "लंबी", "शामों", "के", "लिए", "बंदरगाह", "में", "बनी", "लकड़ी", "और", "तांबे", "की"]),
];

fn words(dice: &mut Dice, count: usize, locale: &str) -> String {
    let list = WORDS.iter().find(|(l, _)| *l == locale).unwrap().1;
    let picked: Vec<&str> = (0..count).map(|_| list[dice.below(list.len())]).collect();
    picked.join(if locale == "ja" { "" } else { " " })
}

/// Text roles with how many words they have at the most, their size by the headline's, and how many lines.
const TEXTS: [(&str, usize, f64, u32); 7] = [
    ("headline", 6, 1.0, 4),
    ("subhead", 9, 0.4, 3),
    ("body", 16, 0.26, 6),
    ("call-to-action", 3, 0.32, 1),
    ("price", 1, 0.7, 1),
    ("badge", 2, 0.3, 2),
    ("legal", 14, 0.18, 4),
];

/// A picture that is its own mirror, an eighth of the size.
pub fn mirror_of_itself(width: u32, height: u32) -> Vec<u8> {
    let (w, h) = ((width / 8).max(2), (height / 8).max(2));
    let mut pixels = Vec::new();
    for y in 0..h {
        for x in 0..w {
            let from_middle = (2 * x + 1).abs_diff(w) * 255 / w;
            pixels.extend([(40 + from_middle / 3) as u8, (90 + y * 120 / h) as u8, (160 - from_middle / 2) as u8]);
        }
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, w, h);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    out
}

/// The campaign of a number.
pub fn campaign(number: u64) -> Files {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (number + 1).wrapping_mul(0x2545_F491));
    for _ in 0..8 {
        dice.next();
    }
    let (w, h) = [(1080, 1350), (1080, 1080), (1920, 1080), (1080, 1920)][dice.below(4)];
    let dark = dice.below(2) == 0;
    let (ground, ink) = if dark { ("#14202c", "#fff4e0") } else { ("#f4efe6", "#1c1c24") };
    let mut layers: Vec<Value> = Vec::new();
    let photo = dice.below(3);
    if photo > 0 {
        let high = if photo == 1 { h } else { h * 55 / 100 };
        layers.push(json!({ "id": "photo", "role": "photo", "image": "assets/photo.png", "box": [0, 0, w, high],
            "focal": [0.35, 0.2, 0.3, 0.4] }));
    }
    // The headline and what else is drawn from the hat, each in a row of its own, anywhere across.
    let mut hat: Vec<&str> =
        vec!["subhead", "body", "call-to-action", "price", "badge", "legal", "logo", "product", "decoration", "body"];
    let wanted = 2 + dice.below(6);
    let mut roles = vec!["headline"];
    while roles.len() + layers.len() < wanted + 1 && !hat.is_empty() {
        roles.push(hat.remove(dice.below(hat.len())));
    }
    let mut rows: Vec<usize> = (0..roles.len()).collect();
    for i in (1..rows.len()).rev() {
        rows.swap(i, dice.below(i + 1));
    }
    let mut messages: BTreeMap<&str, serde_json::Map<String, Value>> = BTreeMap::new();
    let (margin, pitch) = (w * 6 / 100, h * 88 / 100 / roles.len() as i64);
    for (n, (role, row)) in roles.iter().zip(rows).enumerate() {
        let id = format!("{role}-{n}");
        let room = w - 2 * margin;
        let wide = room * (45 + dice.below(56) as i64) / 100;
        let x = margin + (room - wide) * dice.below(3) as i64 / 2;
        let y = h * 6 / 100 + pitch * row as i64;
        let bounds = json!([x, y, wide, pitch * 9 / 10]);
        let Some((_, most, size, lines)) = TEXTS.iter().find(|(r, ..)| r == role) else {
            layers.push(match *role {
                "decoration" => {
                    json!({ "id": id, "role": role, "shape": "rect", "fill": "#c0703a", "box": [x, y, wide / 3, pitch / 12 + 2] })
                }
                "logo" => json!({ "id": id, "role": role, "vector": "assets/logo.svg", "box": [x, y, w / 5, w / 15] }),
                _ => json!({ "id": id, "role": role, "vector": "assets/product.svg", "box": bounds }),
            });
            continue;
        };
        let ideal = (f64::from(w as i32) * (0.06 + 0.01 * dice.below(5) as f64) * size).max(12.0).round();
        let mut layer = json!({ "id": id, "role": role, "text": id, "style": "plain", "box": bounds, "max_lines": lines,
            "balance": dice.below(2) == 0,
            "size": { "ideal": ideal, "floor": (ideal * 0.4).max(9.0).round(), "ceiling": (ideal * 1.15).round() } });
        if *role == "call-to-action" {
            layer["plate"] = json!({ "fill": "#e0a030", "radius": 12, "padding": [0.6, 1.1], "em": true });
            layer["style"] = json!("button");
        }
        let count = 1 + dice.below(*most);
        for locale in LOCALES {
            let text = if *role == "price" { format!("{}", 20 + dice.below(900)) } else { words(&mut dice, count, locale) };
            messages.entry(locale).or_default().insert(id.clone(), json!({ "text": text, "origin": "machine-draft" }));
        }
        layers.push(layer);
    }
    let character = ["photo", "product", "type"][dice.below(3)];
    let align = ["start", "center"][dice.below(2)];
    let master = json!({ "name": "made", "artboard": { "width": w, "height": h }, "ground": ground, "character": character,
        "styles": { "plain": { "color": ink, "weight": 700, "align": align }, "button": { "color": "#14202c", "weight": 700 } },
        "layers": layers });
    let campaign = json!({ "name": "made", "locales": LOCALES, "source_locale": "en", "formats": ["all"] });
    let mut files = Files::new();
    let mut put = |path: &str, value: &Value| files.insert(path.to_owned(), value.to_string().into_bytes());
    put("campaign.json", &campaign);
    put("master.json", &master);
    put("brand.tokens.json", &json!({}));
    for (locale, messages) in messages {
        put(&format!("copy/{locale}.json"), &json!({ "locale": locale, "messages": messages }));
    }
    files.insert("assets/photo.png".into(), mirror_of_itself(2400, 2400));
    let drawing = |w: u32, h: u32, inside: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\">{inside}</svg>").into_bytes()
    };
    let logo = format!("<path fill=\"{ink}\" d=\"M0 0h150v50h-150z\"/>");
    files.insert("assets/logo.svg".into(), drawing(150, 50, &logo));
    files.insert("assets/product.svg".into(), drawing(200, 200, "<path fill=\"#3a7a50\" d=\"M100 10l90 180h-180z\"/>"));
    files
}
