//! An independent look: reads the exported PNG and what is declared of it alone (boxes, the page, which layers it must show), knows nothing of how
//! either was made. Out: what is wrong by it. What it finds and guard did not say is a silent failure. tests/witness.rs plants each fault.
#![allow(dead_code, reason = "the quality run and its own test each use their part")]

use serde_json::Value;

/// What is wrong with an exported variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// No PNG, or one of other sides than the page's.
    File,
    /// One colour all over.
    Blank,
    /// A layer that must be there has no box.
    Absent,
    /// A text or logo box leaves the page or the safe zone.
    Outside,
    /// Two boxes of texts on each other, or a text's on the logo's.
    Overlap,
    /// A box of words without their colour, in all or in a line; a logo's or a picture's of one colour.
    Empty,
    /// Words that are hardly told from what is behind them, in all or in a good part.
    Unreadable,
    /// The part of a picture that must stay in is cut off, off the page or under words.
    Cut,
}

impl Wrong {
    /// The findings that tell of it.
    pub fn rules(self) -> &'static [&'static str] {
        match self {
            Self::File | Self::Blank | Self::Empty => &[],
            Self::Absent => &["dropped", "legal", "logo"],
            Self::Outside => &["safe-zone", "overflow"],
            Self::Overlap => &["overflow", "logo"],
            Self::Unreadable => &["contrast", "overflow", "missing-glyph"],
            Self::Cut => &["focal"],
        }
    }
    /// Whether letters lost in a small picture may be there in one as its reader has it.
    pub fn is_of_size(self) -> bool {
        matches!(self, Self::Unreadable | Self::Empty)
    }
}

/// What is declared of a page, px of the format.
pub struct Page<'a> {
    /// Its sides.
    pub size: [f64; 2],
    /// Left, top, right, bottom of the safe zone.
    pub safe: [f64; 4],
    /// Px of the file by px of the format.
    pub scale: f64,
    /// Names of the layers that it must show.
    pub must: &'a [&'a str],
}

/// Least ratio of luminances between ink and ground at which a box counts as holding words.
const READS: f64 = 2.0;
/// Share of a text's cells that may be lost: letters cross a cloud's edge.
const LOST: f64 = 0.3;
/// Share of a box that its ink takes at the least, and share of a line's band.
const INK: (f64, f64) = (0.006, 0.002);
/// Share of a focal box that may be cut or under words.
const GONE: f64 = 0.36;

fn luminance(p: [f64; 3]) -> f64 {
    let linear = |v: f64| {
        let c = v / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(p[0]) + 0.7152 * linear(p[1]) + 0.0722 * linear(p[2])
}

fn ratio(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A decoded file.
struct Picture {
    w: usize,
    h: usize,
    pixels: Vec<[f64; 3]>,
}

impl Picture {
    fn of(png: &[u8]) -> Option<Self> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().ok()?;
        let mut data = vec![0; reader.output_buffer_size()?];
        let info = reader.next_frame(&mut data).ok()?;
        let n = info.color_type.samples();
        let of = |p: &[u8]| if n < 3 { [f64::from(p[0]); 3] } else { [0, 1, 2].map(|i| f64::from(p[i])) };
        let pixels = data[..info.buffer_size()].chunks_exact(n).map(of).collect();
        Some(Self { w: info.width as usize, h: info.height as usize, pixels })
    }
    fn at(&self, x: usize, y: usize) -> [f64; 3] {
        self.pixels[y * self.w + x]
    }
}

/// A declared box: left, top, right, bottom.
type Sides = [f64; 4];

struct Declared<'a> {
    layer: &'a str,
    role: &'a str,
    sides: Sides,
    is_text: bool,
    lines: u64,
    color: Option<[f64; 3]>,
    /// Part of the picture shown, and part that must stay, as left, top, right, bottom.
    picture: Option<(Sides, Option<Sides>)>,
}

fn four(v: &Value) -> Option<Sides> {
    let r: Vec<f64> = v.as_array()?.iter().filter_map(Value::as_f64).collect();
    (r.len() == 4).then(|| [r[0], r[1], r[0] + r[2], r[1] + r[3]])
}

fn declared(b: &Value) -> Option<Declared<'_>> {
    let channel = |hex: &str, i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok().map(f64::from);
    let color = b["color"].as_str().and_then(|hex| Some([channel(hex, 1)?, channel(hex, 3)?, channel(hex, 5)?]));
    Some(Declared {
        layer: b["layer"].as_str()?,
        role: b["role"].as_str()?,
        sides: four(&b["box"])?,
        is_text: b.get("size").is_some(),
        lines: b["lines"].as_u64().unwrap_or(1),
        color,
        picture: b.get("crop").and_then(four).map(|crop| (crop, b.get("focal").and_then(four))),
    })
}

fn shared(a: &Sides, b: &Sides) -> Sides {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}

fn area(r: &Sides) -> f64 {
    (r[2] - r[0]).max(0.0) * (r[3] - r[1]).max(0.0)
}

/// Looks.
pub fn look(png: &[u8], boxes: &Value, page: &Page<'_>) -> Vec<(Wrong, String)> {
    let Some(picture) = Picture::of(png) else { return vec![(Wrong::File, "no PNG".to_owned())] };
    let mut wrong = Vec::new();
    let sides = page.size.map(|v| v * page.scale);
    if (picture.w as f64 - sides[0]).abs() > 1.01 || (picture.h as f64 - sides[1]).abs() > 1.01 {
        wrong.push((Wrong::File, format!("{} x {} for {sides:.1?}", picture.w, picture.h)));
        return wrong;
    }
    if picture.pixels.iter().all(|p| *p == picture.pixels[0]) {
        wrong.push((Wrong::Blank, String::new()));
    }
    let all: Vec<Declared<'_>> = boxes.as_array().into_iter().flatten().filter_map(declared).collect();
    for name in page.must.iter().filter(|name| !all.iter().any(|d| d.layer == **name)) {
        wrong.push((Wrong::Absent, (*name).to_owned()));
    }
    let said: Vec<&Declared<'_>> = all.iter().filter(|d| d.is_text || d.role == "logo").collect();
    for (i, d) in said.iter().enumerate() {
        let (r, slack) = (&d.sides, 1.0);
        if r[0] < page.safe[0] - slack
            || r[1] < page.safe[1] - slack
            || r[2] > page.safe[2] + slack
            || r[3] > page.safe[3] + slack
        {
            wrong.push((Wrong::Outside, d.layer.to_owned()));
        }
        for other in &said[i + 1..] {
            let both = shared(r, &other.sides);
            let least = (r[3] - r[1]).min(other.sides[3] - other.sides[1]);
            if both[2] - both[0] > 2.0 && both[3] - both[1] > 0.22 * least {
                wrong.push((Wrong::Overlap, format!("{} {}", d.layer, other.layer)));
            }
        }
        if d.is_text
            && let Some(fault) = words(&picture, d, page.scale)
        {
            wrong.push(fault);
        }
    }
    for (n, d) in all.iter().enumerate() {
        let later = &all[n + 1..];
        if let Some(what) = cut(d, later, page) {
            wrong.push((Wrong::Cut, what));
        }
        if ["logo", "photo"].contains(&d.role)
            && let Some(fault) = drawn(&picture, d, later, page.scale)
        {
            wrong.push(fault);
        }
    }
    wrong
}

/// A box in px of the file; nothing of one too small to hold anything.
fn place(picture: &Picture, r: &Sides, scale: f64) -> Option<[usize; 4]> {
    let clamp = |v: f64, most: usize| (v * scale).round().clamp(0.0, most as f64) as usize;
    let p = [clamp(r[0], picture.w), clamp(r[1], picture.h), clamp(r[2], picture.w), clamp(r[3], picture.h)];
    (p[2] > p[0] + 2 && p[3] > p[1] + 2).then_some(p)
}

fn pixels(picture: &Picture, [x0, y0, x1, y1]: [usize; 4]) -> Vec<[f64; 3]> {
    (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y))).map(|(x, y)| picture.at(x, y)).collect()
}

/// A logo or a photograph: where nothing painted after it lies, not one colour all over.
fn drawn(picture: &Picture, d: &Declared<'_>, later: &[Declared<'_>], scale: f64) -> Option<(Wrong, String)> {
    let [x0, y0, x1, y1] = place(picture, &d.sides, scale)?;
    let over: Vec<[usize; 4]> = later.iter().filter_map(|o| place(picture, &o.sides, scale)).collect();
    let free = |x: usize, y: usize| !over.iter().any(|o| x + 1 >= o[0] && x <= o[2] && y + 1 >= o[1] && y <= o[3]);
    let places = (y0..y1).flat_map(|y| (x0..x1).map(move |x| (x, y))).filter(|(x, y)| free(*x, *y));
    let of: Vec<[f64; 3]> = places.map(|(x, y)| picture.at(x, y)).collect();
    if of.len() < 64 {
        return None;
    }
    let spread = (0..3).map(|c| {
        let mut values: Vec<f64> = of.iter().map(|p| p[c]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() * 99 / 100] - values[values.len() / 100]
    });
    // A mark has an edge wherever it is; a sky has hardly more than its noise.
    let least = if d.role == "logo" { 40.0 } else { 6.0 };
    let spread = spread.fold(0.0, f64::max);
    (spread < least).then(|| (Wrong::Empty, format!("{}: colours {spread:.0} apart in {:.0?}", d.layer, d.sides)))
}

/// The commonest colour, of 24 steps of tone: of heavy condensed type half a box is ink, and its middle tone an edge's.
fn common(of: &[[f64; 3]]) -> [f64; 3] {
    let step = |p: &[f64; 3]| (luminance(*p).sqrt() * 23.999) as usize;
    let mut counts = [0; 24];
    of.iter().for_each(|p| counts[step(p)] += 1);
    let most = (0..24).max_by_key(|n| counts[*n]).unwrap_or(0);
    let mut those: Vec<[f64; 3]> = of.iter().copied().filter(|p| step(p) == most).collect();
    those.sort_by(|a, b| luminance(*a).total_cmp(&luminance(*b)));
    those[those.len() / 2]
}

/// How much of the way from a ground to an ink a pixel has gone.
fn inked(p: [f64; 3], ground: [f64; 3], ink: [f64; 3]) -> f64 {
    let way = [0, 1, 2].map(|i| ink[i] - ground[i]);
    let gone = [0, 1, 2].map(|i| p[i] - ground[i]);
    let (mut dot, mut all, mut own) = (0.0, 0.0, 0.0);
    for i in 0..3 {
        dot += way[i] * gone[i];
        all += way[i] * way[i];
        own += gone[i] * gone[i];
    }
    let share = dot / f64::max(all, 1.0);
    // What goes elsewhere is a picture's own colour.
    if own - share * dot > 0.12 * all { 0.0 } else { share.clamp(0.0, 1.0) }
}

/// Words: their declared colour is there, in every line, and stands out from what is behind it.
fn words(picture: &Picture, d: &Declared<'_>, scale: f64) -> Option<(Wrong, String)> {
    let at = place(picture, &d.sides, scale)?;
    let of = pixels(picture, at);
    let ground = common(&of);
    let mut tones: Vec<f64> = of.iter().map(|p| luminance(*p)).collect();
    tones.sort_by(f64::total_cmp);
    let tone = |f: f64| tones[((tones.len() - 1) as f64 * f) as usize];
    let reads = ratio(luminance(ground), tone(0.02)).max(ratio(luminance(ground), tone(0.98)));
    if reads < READS {
        return Some((Wrong::Unreadable, format!("{}: {reads:.2} in {:.0?}", d.layer, d.sides)));
    }
    let ink = d.color?;
    let near = |p: &[f64; 3], by: f64| (0..3).all(|i| (p[i] - ink[i]).abs() < by);
    // Most of the box has the ink's own colour: heavy type, or a ground that hides it. What is left must tell them apart.
    let heavy = near(&ground, 24.0);
    let apart = || of.iter().filter(|p| ratio(luminance(**p), luminance(ink)) >= READS).count();
    if heavy && (apart() as f64) < 0.08 * of.len() as f64 {
        return Some((Wrong::Unreadable, format!("{}: its ground has its colour in {:.0?}", d.layer, d.sides)));
    }
    let [x0, y0, x1, y1] = at;
    let there = |area: [usize; 4]| {
        let of = pixels(picture, area);
        let ground = common(&of);
        of.iter().filter(|p| near(p, 56.0) || inked(**p, ground, ink) > 0.4).count() as f64 / of.len().max(1) as f64
    };
    let whole = there(at);
    if whole < INK.0 {
        return Some((Wrong::Empty, format!("{}: {:.2} % of {:.0?} is its ink", d.layer, 100.0 * whole, d.sides)));
    }
    let (w, h) = (x1 - x0, y1 - y0);
    let lines = d.lines.max(1) as usize;
    // Columns run down; they are told by their boxes, which are high.
    let across = h < 3 * w;
    if across && lines > 1 {
        for n in 0..lines {
            let band = [x0, y0 + h * n / lines, x1, y0 + h * (n + 1) / lines];
            if band[3] > band[1] + 2 && there(band) < INK.1 {
                return Some((Wrong::Empty, format!("{}: line {} of {lines} in {:.0?}", d.layer, n + 1, d.sides)));
            }
        }
    }
    // Cells of about a letter: where there is ink, what is beside it must be another tone.
    let side = (h / lines.max(1)).clamp(4, 64);
    let (mut with, mut lost) = (0.0, 0.0);
    for y in (y0..y1).step_by(side) {
        for x in (x0..x1).step_by(side) {
            let of = pixels(picture, [x, y, (x + side).min(x1), (y + side).min(y1)]);
            let letters = of.iter().filter(|p| near(p, 40.0)).count() as f64 / of.len() as f64;
            if letters < 0.04 {
                continue;
            }
            let mut rest: Vec<f64> = of.iter().filter(|p| !near(p, 40.0)).map(|p| ratio(luminance(*p), luminance(ink))).collect();
            rest.sort_by(f64::total_cmp);
            with += 1.0;
            // A cell that is all ink is a stem, or a ground of its colour: its neighbours tell.
            let apart = rest.get(rest.len() * 3 / 4).copied().unwrap_or(1.0);
            lost += f64::from(u8::from(apart < READS));
        }
    }
    (with >= 4.0 && lost > LOST * with)
        .then(|| (Wrong::Unreadable, format!("{}: lost in {lost} of {with} places in {:.0?}", d.layer, d.sides)))
}

/// A picture's part that must stay in: cut by the crop, off the page, or under words painted after it.
fn cut(d: &Declared<'_>, later: &[Declared<'_>], page: &Page<'_>) -> Option<String> {
    let (crop, focal) = d.picture.as_ref()?;
    let focal = focal.as_ref()?;
    let r = &d.sides;
    let (kx, ky) = ((r[2] - r[0]) / (crop[2] - crop[0]).max(1e-6), (r[3] - r[1]) / (crop[3] - crop[1]).max(1e-6));
    let on = |v: f64, i: usize| r[i] + (v - crop[i]) * if i == 0 { kx } else { ky };
    let whole = [on(focal[0], 0), on(focal[1], 1), on(focal[2], 0), on(focal[3], 1)];
    let seen = shared(&shared(&whole, r), &[0.0, 0.0, page.size[0], page.size[1]]);
    let under: f64 = later.iter().filter(|o| o.is_text && o.role != "badge").map(|o| area(&shared(&seen, &o.sides))).sum();
    let gone = 1.0 - (area(&seen) - under * TEXT) / area(&whole).max(1e-6);
    (gone > GONE).then(|| format!("{}: {:.0} % of what must stay in is gone", d.layer, 100.0 * gone))
}

/// Share of a text's box that hides what is under it: letters, not the air beside short lines.
const TEXT: f64 = 0.7;
