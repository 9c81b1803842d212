//! In: a face, glyph ids. Out: a fontdue font that holds just those glyphs. Glyph shapes are left to fontdue.
//!
//! fontdue parses every glyph of a font when it is loaded (seconds for CJK) and loads only glyphs that a cmap names,
//! while shaping gives glyph ids that no character names. So: a font of the glyphs in use, with a cmap of our own
//! (format 12) that maps U+F0000 + id to each of them. Its outlines are those of the face, point for point: a `glyf` entry is copied with what it is
//! composed of, a charstring is written anew without its subroutines. All else that a font has, nobody reads here.
//! Sources: OpenType 1.9.1, "Organization of an OpenType font", "cmap", "glyf", "loca"; Adobe 5176 (CFF), 5177 (charstrings of type 2).

use std::collections::{BTreeMap, BTreeSet};

use fontdue::FontSettings;
use ttf_parser::{GlyphId, OutlineBuilder, Tag};

use crate::text::{Face, FontId};

/// Fonts of few glyphs, by face; a batch for each time new glyphs came up.
#[derive(Default)]
pub(super) struct Subsets {
    faces: BTreeMap<FontId, Batches>,
}

#[derive(Default)]
struct Batches {
    fonts: Vec<fontdue::Font>,
    /// Glyph id in the face: batch, and glyph id there.
    places: BTreeMap<u16, (usize, u16)>,
    /// The face cannot be subset (variable, broken): outlines are filled instead.
    refused: bool,
}

/// Batches of one face, above which they are made into one.
const BATCHES: usize = 12;

impl Subsets {
    pub fn clear(&mut self) {
        self.faces.clear();
    }

    /// Loads those of the glyphs that are not yet at hand.
    pub fn load(&mut self, face: &Face, glyphs: impl Iterator<Item = u16>) {
        let batches = self.faces.entry(face.id).or_default();
        let mut missing: BTreeSet<u16> = crate::ordered::set(glyphs.filter(|g| !batches.places.contains_key(g)));
        if batches.refused || missing.is_empty() {
            return;
        }
        if batches.fonts.len() >= BATCHES {
            missing.extend(batches.places.keys());
            *batches = Batches::default();
        }
        let ids: Vec<u16> = missing.into_iter().collect();
        let Some((font, places)) = subset(face, &ids) else {
            batches.refused = true;
            return;
        };
        let batch = batches.fonts.len();
        batches.fonts.push(font);
        batches.places.extend(places.into_iter().map(|(old, new)| (old, (batch, new))));
    }

    /// The font that holds a glyph, and its id there.
    pub fn find(&self, font: FontId, glyph: u16) -> Option<(&fontdue::Font, u16)> {
        let batches = self.faces.get(&font)?;
        let (batch, glyph) = batches.places.get(&glyph)?;
        Some((batches.fonts.get(*batch)?, *glyph))
    }
}

fn subset(face: &Face, glyphs: &[u16]) -> Option<(fontdue::Font, BTreeMap<u16, u16>)> {
    let (bytes, places) = small(face, glyphs)?;
    // Curves are flattened for 40 px: what is larger than 48 is not painted from here.
    let settings = FontSettings { collection_index: 0, scale: 40.0, load_substitutions: false };
    let font = fontdue::Font::from_bytes(bytes, settings).ok()?;
    (font.glyph_count() >= places.len() as u16).then_some((font, places))
}

/// A font file of some glyphs, and where each of them is in it.
fn small(face: &Face, glyphs: &[u16]) -> Option<(Vec<u8>, BTreeMap<u16, u16>)> {
    // Outlines are taken as they stand at the defaults of the axes.
    if !face.variations.is_empty() {
        return None;
    }
    let font = face.parsed()?;
    let table = |tag| font.raw_face().table(Tag::from_bytes(tag));
    let (mut head, hhea) = (table(b"head")?.to_vec(), table(b"hhea")?);
    // The first glyph of a font stands for what is missing.
    let mut ids: Vec<u16> = std::iter::once(0).chain(glyphs.iter().copied().filter(|g| *g != 0)).collect();
    let asked = ids.len() as u16;
    let mut tables: BTreeMap<&[u8; 4], Vec<u8>> = BTreeMap::new();
    if let (Some(glyf), Some(loca)) = (table(b"glyf"), table(b"loca")) {
        let long = head.get(50..52)? != [0, 0];
        let (glyf, loca) = composed(glyf, |glyph| range(loca, long, glyph), &mut ids)?;
        tables.extend([(b"glyf", glyf), (b"loca", loca)]);
        head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    } else {
        let cff = font.tables().cff?;
        let outlines = ids.iter().map(|glyph| {
            let mut charstring = Charstring::default();
            // What it cannot read is blank.
            let _ = cff.outline(GlyphId(*glyph), &mut charstring);
            charstring.out.push(14);
            charstring.out
        });
        tables.insert(b"CFF ", compact(&outlines.collect::<Vec<_>>()));
    }
    let count = (ids.len() as u16).to_be_bytes();
    let maxp = [&[0, 0, 0x50, 0], &count[..]].concat();
    tables.extend([(b"head", head), (b"hhea", hhea.to_vec()), (b"maxp", maxp), (b"cmap", cmap(asked))]);
    let places = crate::ordered::map((0..asked).zip(&ids).map(|(new, old)| (*old, new)).filter(|(old, _)| glyphs.contains(old)));
    Some((file(&tables), places))
}

/// Where a glyph lies in `glyf`.
fn range(loca: &[u8], long: bool, glyph: u16) -> Option<std::ops::Range<usize>> {
    let at = |index: usize| {
        Some(if long {
            u32::from_be_bytes(*loca.get(index * 4..)?.first_chunk()?) as usize
        } else {
            usize::from(u16::from_be_bytes(*loca.get(index * 2..)?.first_chunk()?)) * 2
        })
    };
    Some(at(glyph.into())?..at(usize::from(glyph) + 1)?)
}

/// `glyf` and `loca` of some glyphs. Those that they are composed of are appended to them.
fn composed(
    glyf: &[u8],
    range: impl Fn(u16) -> Option<std::ops::Range<usize>>,
    ids: &mut Vec<u16>,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut places: BTreeMap<u16, u16> = crate::ordered::map(ids.iter().copied().zip(0..));
    let (mut out, mut loca) = (Vec::new(), vec![0; 4]);
    let mut at = 0;
    while let Some(glyph) = ids.get(at).copied() {
        at += 1;
        // What lies nowhere is blank.
        let mut data = range(glyph).and_then(|range| glyf.get(range)).unwrap_or_default().to_vec();
        // Parts follow a head of ten bytes that begins with a negative count of contours.
        let mut part = if data.first().is_some_and(|b| *b >= 0x80) { 10 } else { data.len() };
        while let Some([f0, f1, g0, g1]) = data.get_mut(part..).and_then(<[u8]>::first_chunk_mut::<4>) {
            let (flags, component) = (u16::from_be_bytes([*f0, *f1]), u16::from_be_bytes([*g0, *g1]));
            let next = u16::try_from(ids.len()).ok()?;
            let place = *places.entry(component).or_insert_with(|| {
                ids.push(component);
                next
            });
            [*g0, *g1] = place.to_be_bytes();
            if flags & MORE_COMPONENTS == 0 {
                break;
            }
            let scale = [(1 << 3, 2), (1 << 6, 4), (1 << 7, 8)].into_iter().find(|(flag, _)| flags & flag != 0);
            part += 4 + if flags & WORDS == 0 { 2 } else { 4 } + scale.map_or(0, |(_, bytes)| bytes);
        }
        out.extend(data);
        loca.extend(u32::try_from(out.len()).ok()?.to_be_bytes());
    }
    Some((out, loca))
}

/// Of a part: its arguments are words, not bytes.
const WORDS: u16 = 1;
/// Of a part: another follows.
const MORE_COMPONENTS: u16 = 1 << 5;

/// An outline in font units written as a charstring of type 2.
#[derive(Default)]
struct Charstring {
    out: Vec<u8>,
    /// Where a reader of what is written stands.
    x: f32,
    y: f32,
}

impl Charstring {
    /// Steps to points, each from the one before, and what is done with them.
    fn steps(&mut self, points: &[(f32, f32)], operator: u8) {
        for (x, y) in points {
            self.x += self.number(x - self.x);
            self.y += self.number(y - self.y);
        }
        self.out.push(operator);
    }

    /// Writes a number; answers with what a reader takes it for.
    fn number(&mut self, n: f32) -> f32 {
        let whole = n as i16;
        if f32::from(whole) == n {
            match whole {
                -107..=107 => self.out.push((whole + 139) as u8),
                _ => self.out.extend([[28].as_slice(), &whole.to_be_bytes()].concat()),
            }
            return n;
        }
        let fixed = (n * 65536.0) as i32;
        self.out.push(255);
        self.out.extend(fixed.to_be_bytes());
        fixed as f32 / 65536.0
    }
}

impl OutlineBuilder for Charstring {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps(&[(x, y)], 21);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.steps(&[(x, y)], 5);
    }
    // CFF has none.
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.curve_to(cx, cy, cx, cy, x, y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.steps(&[(ax, ay), (bx, by), (x, y)], 8);
    }
    // The next move and the end close.
    fn close(&mut self) {}
}

/// A CFF table of charstrings, and as little else as may be.
fn compact(charstrings: &[Vec<u8>]) -> Vec<u8> {
    // Version 1.0, a head of four bytes, offsets of four; no name, one dictionary, which holds where the charstrings are (operator 17); no strings, no
    // subroutines.
    let charstrings_at: u32 = 4 + 2 + 17 + 2 + 2;
    let place = [[29].as_slice(), &charstrings_at.to_be_bytes(), &[17]].concat();
    [&[1, 0, 4, 4, 0, 0], index(&[place]).as_slice(), &[0; 4], &index(charstrings)].concat()
}

/// An INDEX of CFF.
fn index(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = (objects.len() as u16).to_be_bytes().to_vec();
    out.push(4);
    let mut offset = 1;
    for length in objects.iter().map(Vec::len).chain([0]) {
        out.extend((offset as u32).to_be_bytes());
        offset += length;
    }
    objects.iter().for_each(|object| out.extend(object));
    out
}

/// A cmap that maps U+F0001, U+F0002 ... to glyphs 1, 2 ...
fn cmap(glyphs: u16) -> Vec<u8> {
    let first = 0xF_0001u32;
    let last = u32::from(glyphs.max(2)) - 1 + 0xF_0000;
    let mut cmap: Vec<u8> = Vec::with_capacity(40);
    // Version 0, one table: platform 3, encoding 10, at byte 12. Format 12, 28 bytes, no language, one group.
    for short in [0u16, 1, 3, 10] {
        cmap.extend(short.to_be_bytes());
    }
    cmap.extend(12u32.to_be_bytes());
    for short in [12u16, 0] {
        cmap.extend(short.to_be_bytes());
    }
    for long in [28u32, 0, 1, first, last, 1] {
        cmap.extend(long.to_be_bytes());
    }
    cmap
}

/// Tables as a font file. Its kind, search range and sums are told as nothing: nobody here reads them.
fn file(tables: &BTreeMap<&[u8; 4], Vec<u8>>) -> Vec<u8> {
    let mut out = vec![0, 1, 0, 0];
    out.extend((tables.len() as u16).to_be_bytes());
    out.extend([0; 6]);
    let mut offset = 12 + tables.len() * 16;
    for (tag, data) in tables {
        out.extend(*tag);
        out.extend([0; 4]);
        out.extend((offset as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        offset += data.len().next_multiple_of(4);
    }
    for data in tables.values() {
        out.extend(data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{FontLibrary, FontOrigin};

    /// What is drawn, in the face's own units, bit by bit.
    #[derive(Default, PartialEq, Debug)]
    struct Drawn(Vec<(char, Vec<u32>)>);

    impl OutlineBuilder for Drawn {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('m', [x, y].map(f32::to_bits).to_vec()));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('l', [x, y].map(f32::to_bits).to_vec()));
        }
        fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
            self.0.push(('q', [cx, cy, x, y].map(f32::to_bits).to_vec()));
        }
        fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
            self.0.push(('c', [ax, ay, bx, by, x, y].map(f32::to_bits).to_vec()));
        }
        fn close(&mut self) {
            self.0.push(('z', Vec::new()));
        }
    }

    #[test]
    fn every_outline_is_that_of_the_face() {
        let mut fonts = FontLibrary::new();
        let mut drawn = 0;
        // Composed glyphs; charstrings with names, of CID fonts.
        for name in
            ["NotoSans-Regular.ttf", "NotoSansDevanagari-Bold.ttf", "NotoSansCJKjp-Bold.otf", "NotoSansSymbols2-Regular.ttf"]
        {
            let bytes = std::fs::read(format!("fonts/{name}")).unwrap();
            let ids = fonts.add(name, bytes.into(), FontOrigin::Brand).unwrap();
            let face = fonts.face(ids[0]).unwrap();
            let whole = face.parsed().unwrap();
            let all: Vec<u16> = (0..whole.number_of_glyphs()).rev().collect();
            for glyphs in all.chunks(997) {
                let (bytes, places) = small(&face, glyphs).unwrap();
                let part = ttf_parser::Face::parse(&bytes, 0).unwrap();
                assert_eq!(places.len(), glyphs.len(), "{name}");
                for glyph in glyphs {
                    let (mut want, mut found) = (Drawn::default(), Drawn::default());
                    let seen = whole.outline_glyph(GlyphId(*glyph), &mut want);
                    assert_eq!(part.outline_glyph(GlyphId(places[glyph]), &mut found), seen, "{name} {glyph}");
                    assert_eq!(found, want, "{name} {glyph}");
                    drawn += usize::from(seen.is_some());
                }
            }
        }
        assert!(drawn > 10_000, "{drawn}");
    }
}
