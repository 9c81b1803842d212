//! A small campaign in memory, and a zip of any files: what tests of opening begin with.
#![allow(dead_code, reason = "each test file uses its part")]

use serde_json::{Value, json};
use variorum::campaign::Files;

/// The headers of a PNG of a size: all that opening looks at.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    out.extend(width.to_be_bytes());
    out.extend(height.to_be_bytes());
    out.extend(b"\x08\x06\0\0\0\0\0\0\0\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    out
}

/// Four red pixels that decode.
#[allow(dead_code, reason = "not every test paints")]
pub const RED: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00\xfd\xd4\x9a\x73\x00\x00\x00\x10\x49\x44\x41\x54\x78\x9c\x63\x38\xa1\x21\x07\x44\x0c\x10\x0a\x00\x20\x3e\x04\x39\xa5\x35\x35\xc9\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

pub const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\"><path d=\"M0 0h120v40z\"/></svg>";

/// A campaign with two options, two locales, a photo, a logo and text.
pub fn files() -> Files {
    let campaign = json!({ "name": "small", "locales": ["en", "de"], "formats": ["ig-story", "iab"],
        "options": [{ "id": "red", "values": { "photo": "assets/red.png", "price": "49.90" } },
                    { "id": "blue", "values": { "photo": "assets/blue.png", "price": "59.90" } }] });
    let brand = json!({ "color": { "$type": "color",
        "ink": { "$value": { "colorSpace": "srgb", "components": [0, 0, 0] } },
        "text": { "$value": "{color.ink}" }, "unused": { "$value": "{color.text}" } } });
    let text = |id: &str, role: &str| {
        json!({ "id": id, "role": role, "text": id, "style": "plain", "box": [0, 0, 500, 100],
        "size": { "ideal": 60, "floor": 20, "ceiling": 80 } })
    };
    let master = json!({ "artboard": { "width": 1000, "height": 1000 }, "ground": "#fff",
        "styles": { "plain": { "color": "{color.text}" } },
        "layers": [{ "id": "photo", "role": "photo", "image": "{option.photo}", "box": [0, 0, 1000, 1000], "focal": [0.2, 0.2, 0.5, 0.5] },
                   { "id": "logo", "role": "logo", "vector": "assets/logo.svg", "box": [10, 10, 120, 40] },
                   text("headline", "headline"), text("price", "price")] });
    let copy = |headline: &str, price: &str| json!({ "messages": { "headline": { "text": headline, "origin": "machine-draft" }, "price": { "text": price } } });
    let mut files = Files::new();
    let mut put = |path: &str, value: Value| files.insert(path.to_owned(), value.to_string().into_bytes());
    put("campaign.json", campaign);
    put("brand.tokens.json", brand);
    put("master.json", master);
    put("copy/en.json", copy("Light", "€{price}"));
    put("copy/de.json", copy("Licht", "{price} €"));
    files.insert("assets/red.png".into(), png(800, 600));
    files.insert("assets/blue.png".into(), [png(800, 600), b"blue".to_vec()].concat());
    files.insert("assets/logo.svg".into(), SVG.to_vec());
    files
}

/// Changes the JSON of one file.
pub fn edit(files: &mut Files, path: &str, change: impl FnOnce(&mut Value)) {
    let mut value: Value = serde_json::from_slice(&files[path]).unwrap();
    change(&mut value);
    files.insert(path.to_owned(), value.to_string().into_bytes());
}

/// An entry of a zip as [`zip`] writes it; what hostile tests bend.
pub struct Entry<'a> {
    pub name: &'a str,
    pub data: Vec<u8>,
    pub unpacked: usize,
    pub method: u16,
    pub flags: u16,
    pub mode: u32,
    pub crc: u32,
}

impl<'a> Entry<'a> {
    pub fn new(name: &'a str, bytes: &[u8]) -> Self {
        let data = miniz_oxide::deflate::compress_to_vec(bytes, 6);
        Self { name, data, unpacked: bytes.len(), method: 8, flags: 0, mode: 0o100_644, crc: crc(bytes) }
    }
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// A zip of entries.
pub fn zip(entries: &[Entry<'_>]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for e in entries {
        let offset = out.len() as u32;
        let mut shared = Vec::new();
        for short in [20, e.flags, e.method, 0, 0] {
            shared.extend(short.to_le_bytes());
        }
        for long in [e.crc, e.data.len() as u32, e.unpacked as u32] {
            shared.extend(long.to_le_bytes());
        }
        shared.extend((e.name.len() as u16).to_le_bytes());
        shared.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(e.name.as_bytes());
        out.extend(&e.data);
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(&shared);
        directory.extend([0; 6]);
        directory.extend((e.mode << 16).to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(e.name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((entries.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend(0_u16.to_le_bytes());
    out
}
