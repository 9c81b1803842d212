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
    /// Words with less contrast than reads, by their declared colour on the pixels around them.
    Faint,
    /// Words smaller than anybody reads there, as declared or by how high their ink is in the file.
    Small,
    /// A logo narrower than its brand lets it be, as declared or as drawn.
    Mark,
    /// Words nearer to the logo than the clear space that its brand asks for.
    Near,
    /// A headline or price whose small letters are too low for where the piece is seen from.
    Afar,
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
            Self::Faint => &["contrast"],
            Self::Small => &["legal", "shrunk", "overflow"],
            Self::Mark | Self::Near => &["logo"],
            Self::Afar => &["distance"],
        }
    }
    /// Whether letters lost in a small picture may be there in one as its reader has it.
    pub fn is_of_size(self) -> bool {
        matches!(self, Self::Unreadable | Self::Empty | Self::Faint | Self::Small | Self::Mark | Self::Afar)
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
    /// How it is seen.
    pub seen: Seen,
    /// What the brand asks of its logo: the least width, px of a screen, and the clear space, by its height.
    pub mark: Option<(f64, f64)>,
}

/// How a page is seen, as its format declares.
#[derive(Clone, Copy)]
pub enum Seen {
    /// On a screen, px by px.
    Screen,
    /// In a hand; mm of the piece in a px.
    Hand(f64),
    /// Out of home; mm of the piece in a px, and from how many metres.
    Street(f64, f64),
}

/// Least ratio of luminances between ink and ground at which a box counts as holding words.
const READS: f64 = 2.0;
/// Share of a text's cells that may be lost: letters cross a cloud's edge.
const LOST: f64 = 0.3;
/// Share of a box that its ink takes at the least, and share of a line's band.
const INK: (f64, f64) = (0.006, 0.002);
/// Share of a focal box that may be cut or under words.
const GONE: f64 = 0.36;

/// Contrast that reads: WCAG 2.2, success criterion 1.4.3, small and large type. What is small is the trade's matter: running text and small print
/// wherever it is, all else on a screen below 14 px, which has stems of a pixel.
const CONTRAST: (f64, f64, f64) = (4.5, 3.0, 14.0);
/// Share of it that is asked for of pixels: an edge's are a mixture of ink and ground, and a file has 256 steps.
const OF_PIXELS: f64 = 0.88;
/// Share of a text's places that may have less: a spark, a hair, the tip of a leaf.
const SPARKS: f64 = 0.1;
/// Type in px of the file from which on the ink's own pixels are there, not its edges alone.
const SOLID: f64 = 26.0;
/// The smallest type. On a screen 6.4 px and on buttons below 10,000 px2 5 px (signs, an x-height of five minutes of arc at arm's length and more);
/// on a screen shown smaller than it is, and out of home, shares of the shorter side; in a hand an x-height of 0.9 mm (EU 1169/2011, article 13,
/// for small packages), which is 1.82 mm of type.
const TYPE: (f64, f64, f64) = (6.4, 4.9, 10_000.0);
const TYPE_BY_SIDE: (f64, f64) = (0.0136, 0.0127);
const TYPE_MM: f64 = 1.82;
/// Height of the highest letters of a line by the size of its type, at the least: those without ascenders are half as high, and a line of them alone
/// is rare. And of small ones, Latin, by the highest.
const LETTERS: f64 = 0.6;
const SMALL_LETTERS: f64 = 0.68;
/// Share of a measure in the file that is asked for: edges are grey.
const EDGES: f64 = 0.9;
/// mm of x-height for each metre from which it is seen: 0.2 degrees (Legge and Bigelow 2011).
const AFAR_MM: f64 = 3.5;
/// A reference pixel is a 96th of an inch at 28 inches (CSS Values and Units).
const REFERENCE: (f64, f64) = (25.4 / 96.0, 0.7112);
/// Share of its box that a logo's drawing takes across at the least: files have some air.
const DRAWN: f64 = 0.8;
/// The least width of a logo of which nobody says one: a symbol in a browser's tab.
const SYMBOL: f64 = 16.0;

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
    size: f64,
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
        size: b["size"].as_f64().unwrap_or(0.0),
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
        if d.is_text {
            wrong.extend(faint(&picture, d, page));
            wrong.extend(small(&picture, d, page));
        }
        if d.role == "logo" && !d.is_text {
            wrong.extend(mark(&picture, d, &said, page));
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

/// Words by how far their colour is told from what is around each few letters of them.
fn faint(picture: &Picture, d: &Declared<'_>, page: &Page<'_>) -> Option<(Wrong, String)> {
    let [x0, y0, x1, y1] = place(picture, &d.sides, page.scale)?;
    let declared = d.color?;
    let near = |p: &[f64; 3], ink: [f64; 3], by: f64| (0..3).all(|i| (p[i] - ink[i]).abs() < by);
    let small = ["legal", "body"].contains(&d.role) || matches!(page.seen, Seen::Screen) && d.size < CONTRAST.2;
    let need = OF_PIXELS * if small { CONTRAST.0 } else { CONTRAST.1 };
    // Large letters have their colour in the file: a layer may lay it thinner than it is declared.
    let whole = pixels(picture, [x0, y0, x1, y1]);
    let solid: Vec<[f64; 3]> = whole.iter().copied().filter(|p| near(p, declared, 56.0)).collect();
    let ink = if d.size * page.scale >= SOLID && solid.len() > 64 { common(&solid) } else { declared };
    let ink_light = luminance(ink);
    let side = ((d.size * page.scale * 0.7) as usize).clamp(6, 120);
    let mut told = Vec::new();
    for y in (y0..y1).step_by(side) {
        for x in (x0..x1).step_by(side) {
            let of = pixels(picture, [x, y, (x + side).min(x1), (y + side).min(y1)]);
            let letters = of.iter().filter(|p| near(p, ink, 40.0)).count() as f64 / of.len() as f64;
            if of.len() < 24 || !(0.04..0.8).contains(&letters) {
                continue;
            }
            let mut rest: Vec<f64> = of.iter().filter(|p| !near(p, ink, 40.0)).map(|p| ratio(luminance(*p), ink_light)).collect();
            rest.sort_by(f64::total_cmp);
            // Edges are nearer to the ink than the ground is.
            told.push(rest[rest.len() * 3 / 4]);
        }
    }
    told.sort_by(f64::total_cmp);
    let worst = *told.get((told.len() as f64 * SPARKS) as usize)?;
    (told.len() >= 2 && worst < need).then(|| (Wrong::Faint, format!("{}: {worst:.2} for {need:.2} in {:.0?}", d.layer, d.sides)))
}

/// Height of the highest letters of a text's lines in the file, px; nothing where ink and ground are not told apart by rows.
fn letters(picture: &Picture, d: &Declared<'_>, scale: f64) -> Option<f64> {
    let at = place(picture, &d.sides, scale)?;
    let ink = d.color?;
    let ground = common(&pixels(picture, at));
    if ratio(luminance(ground), luminance(ink)) < 1.5 {
        return None;
    }
    let has = |y: usize| {
        let row = pixels(picture, [at[0], y, at[2], y + 1]);
        row.iter().map(|p| inked(*p, ground, ink)).filter(|share| *share > 0.35).count() >= 2
    };
    let (mut run, mut most) = (0, 0);
    for y in at[1]..at[3] {
        run = if has(y) { run + 1 } else { 0 };
        most = most.max(run);
    }
    Some(most as f64)
}

/// Type by its declared size and by the height of its letters: small print, and what is to be read from afar.
fn small(picture: &Picture, d: &Declared<'_>, page: &Page<'_>) -> Vec<(Wrong, String)> {
    let mut wrong = Vec::new();
    let (short, area) = (page.size[0].min(page.size[1]), page.size[0] * page.size[1]);
    let least = match page.seen {
        Seen::Screen if area < TYPE.2 => TYPE.1,
        Seen::Screen => TYPE.0.max(TYPE_BY_SIDE.0 * short),
        Seen::Hand(mm) => TYPE_MM / mm,
        Seen::Street(..) => TYPE_BY_SIDE.1 * short,
    };
    // Columns run down, and letters of lines that are set tight touch.
    let [w, h] = [d.sides[2] - d.sides[0], d.sides[3] - d.sides[1]];
    let across = h < 3.0 * w;
    let high = letters(picture, d, page.scale).filter(|_| across).map(|px| (px + 0.5) / page.scale);
    if d.size < least - 0.05 {
        wrong.push((Wrong::Small, format!("{}: set in {:.2} for {least:.2}", d.layer, d.size)));
    } else if let Some(high) = high.filter(|high| *high > 1.0 / page.scale && *high < EDGES * LETTERS * least) {
        wrong.push((Wrong::Small, format!("{}: letters of {high:.2} for {:.2} in {:.0?}", d.layer, LETTERS * least, d.sides)));
    }
    if let (Seen::Street(mm, metres), "headline" | "price") = (page.seen, d.role)
        && page.must.contains(&d.layer)
    {
        // By the type's size, and by the highest letters seen, where that says less.
        let x_height = high.map_or(f64::MAX, |high| high * SMALL_LETTERS).min(0.5 * d.size) * mm;
        if x_height < EDGES * AFAR_MM * metres {
            let need = AFAR_MM * metres;
            wrong.push((Wrong::Afar, format!("{}: small letters of {x_height:.1} mm for {need:.1} from {metres} m", d.layer)));
        }
    }
    wrong
}

/// A logo by its least width, declared and drawn, and the space that words leave it.
fn mark(picture: &Picture, d: &Declared<'_>, said: &[&Declared<'_>], page: &Page<'_>) -> Vec<(Wrong, String)> {
    let Some((least, clear)) = page.mark else { return Vec::new() };
    let mut wrong = Vec::new();
    let each = match page.seen {
        Seen::Screen => 1.0,
        Seen::Hand(mm) => REFERENCE.0 / mm,
        Seen::Street(mm, metres) => REFERENCE.0 / mm * (metres / REFERENCE.1).max(1.0),
    };
    let [w, h] = [d.sides[2] - d.sides[0], d.sides[3] - d.sides[1]];
    let least = each * if least > 0.0 { least } else { SYMBOL };
    let drawn = columns(picture, d, page.scale).map_or(w, |px| (px + 1.0) / page.scale / DRAWN);
    if w.min(drawn) < least - 0.6 {
        wrong.push((Wrong::Mark, format!("{}: {:.1} wide, drawn {drawn:.1}, for {least:.1}", d.layer, w)));
    }
    let apart = |a: &Sides, i: usize| (a[i] - d.sides[i + 2]).max(d.sides[i] - a[i + 2]).max(0.0);
    for other in said.iter().filter(|o| o.is_text) {
        let space = apart(&other.sides, 0).max(apart(&other.sides, 1));
        if space < 0.9 * clear * h - 0.5 {
            wrong.push((Wrong::Near, format!("{}: {space:.1} from {} for {:.1}", d.layer, other.layer, clear * h)));
        }
    }
    wrong
}

/// Across how much of a logo's box there is a drawing, px of the file; nothing where its ground is no one colour.
fn columns(picture: &Picture, d: &Declared<'_>, scale: f64) -> Option<f64> {
    let [x0, y0, x1, y1] = place(picture, &d.sides, scale)?;
    // What is around the box is its ground.
    let (left, right) = (x0.saturating_sub(2), (x1 + 2).min(picture.w));
    let mut ring = pixels(picture, [left, y0, x0, y1]);
    ring.extend(pixels(picture, [x1, y0, right, y1]));
    let ground = *ring.get(ring.len() / 2)?;
    let far = |p: &[f64; 3]| (0..3).any(|i| (p[i] - ground[i]).abs() > 48.0);
    if ring.iter().any(far) {
        return None;
    }
    let inked: Vec<usize> = (x0..x1).filter(|x| pixels(picture, [*x, y0, x + 1, y1]).iter().any(far)).collect();
    Some((inked.last()? - inked.first()? + 1) as f64)
}
