//! An independent look: reads the exported PNG and the declared boxes alone, knows nothing of how either was made. In: bytes, boxes, the
//! format's figures. Out: what is wrong by it. What it finds and guard did not say is a silent failure.

use serde_json::Value;

/// What is wrong with an exported variant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// One colour all over.
    Blank,
    /// A text or logo box leaves the page or the safe zone.
    Outside,
    /// Two text boxes on each other.
    Overlap,
    /// A text box without ink that stands out.
    Unreadable,
}

impl Wrong {
    /// The findings that tell of it.
    pub fn rules(&self) -> &'static [&'static str] {
        match self {
            Self::Blank => &[],
            Self::Outside => &["safe-zone", "overflow"],
            Self::Overlap => &["overflow"],
            Self::Unreadable => &["contrast", "overflow", "missing-glyph"],
        }
    }
}

/// Least ratio of luminances between ink and ground at which a box counts as holding words.
const READS: f64 = 2.0;

fn luminance(p: &[u8]) -> f64 {
    let linear = |v: u8| {
        let c = f64::from(v) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(p[0]) + 0.7152 * linear(p[1]) + 0.0722 * linear(p[2])
}

/// Looks. `scale` is px of the file by px of the format; `safe` is left, top, right, bottom in px of the format.
pub fn look(png: &[u8], boxes: &Value, scale: f64, safe: [f64; 4]) -> Vec<(Wrong, String)> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    let (w, h) = (info.width as usize, info.height as usize);
    let n = info.color_type.samples();
    let mut wrong = Vec::new();
    let first = &data[..n];
    if data.chunks_exact(n).all(|p| p == first) {
        wrong.push((Wrong::Blank, String::new()));
    }
    let texts: Vec<(&str, &str, [f64; 4])> = boxes
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b.get("size").is_some() || b["role"] == "logo")
        .map(|b| {
            let r: Vec<f64> = b["box"].as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect();
            (b["layer"].as_str().unwrap(), b["role"].as_str().unwrap(), [r[0], r[1], r[0] + r[2], r[1] + r[3]])
        })
        .collect();
    for (i, (layer, role, r)) in texts.iter().enumerate() {
        let slack = 1.0;
        if r[0] < safe[0] - slack || r[1] < safe[1] - slack || r[2] > safe[2] + slack || r[3] > safe[3] + slack {
            wrong.push((Wrong::Outside, (*layer).to_owned()));
        }
        for (other, role_b, q) in &texts[i + 1..] {
            let (x, y) = (r[2].min(q[2]) - r[0].max(q[0]), r[3].min(q[3]) - r[1].max(q[1]));
            let least = (r[3] - r[1]).min(q[3] - q[1]);
            if *role != "logo" && *role_b != "logo" && x > 2.0 && y > 0.22 * least {
                wrong.push((Wrong::Overlap, format!("{layer} {other}")));
            }
        }
        if *role == "logo" {
            continue;
        }
        // The tone that most of the box has, and the farthest from it that a fiftieth of it has.
        let clamp = |v: f64, most: usize| (v * scale).round().clamp(0.0, most as f64) as usize;
        let (x0, x1, y0, y1) = (clamp(r[0], w), clamp(r[2], w), clamp(r[1], h), clamp(r[3], h));
        if x1 <= x0 + 2 || y1 <= y0 + 2 {
            continue;
        }
        let mut tones: Vec<f64> = Vec::new();
        for y in y0..y1 {
            for x in x0..x1 {
                tones.push(luminance(&data[(y * w + x) * n..]));
            }
        }
        tones.sort_by(f64::total_cmp);
        let at = |f: f64| tones[((tones.len() - 1) as f64 * f) as usize];
        let ratio = |a: f64, b: f64| (a.max(b) + 0.05) / (a.min(b) + 0.05);
        // The commonest of 24 steps of tone is the ground: of heavy condensed type half a box is ink, and its middle tone an edge's.
        let step = |t: f64| (t.sqrt() * 23.999) as usize;
        let count = |n: usize| tones.iter().filter(|t| step(**t) == n).count();
        let common = (0..24).max_by_key(|n| count(*n)).unwrap();
        let of: Vec<f64> = tones.iter().copied().filter(|t| step(*t) == common).collect();
        let ground = of[of.len() / 2];
        let reads = ratio(ground, at(0.02)).max(ratio(ground, at(0.98)));
        if reads < READS {
            wrong.push((Wrong::Unreadable, format!("{layer}: {reads:.2} in {r:.0?}")));
        }
    }
    wrong
}
