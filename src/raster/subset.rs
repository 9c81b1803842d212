//! In: a face, glyph ids. Out: a fontdue font that holds just those glyphs. Glyph shapes are left to fontdue.
//!
//! fontdue parses every glyph of a font when it is loaded (seconds for CJK) and loads only glyphs that a cmap names,
//! while shaping gives glyph ids that no character names. So: a subset of the glyphs in use, with a cmap of our own
//! (format 12) that maps U+F0000 + id to each of them. Sources: OpenType 1.9.1, "Organization of an OpenType font", "cmap".

use std::collections::{BTreeMap, BTreeSet};

use fontdue::FontSettings;
use subsetter::GlyphRemapper;

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
    // A subset stands at the defaults of the axes.
    if !face.variations.is_empty() {
        return None;
    }
    let mut mapper = GlyphRemapper::new();
    let places = crate::ordered::map(glyphs.iter().map(|g| (*g, mapper.remap(*g))));
    let count = mapper.num_gids();
    let plain = subsetter::subset(&face.bytes, face.index, &mapper).ok()?;
    let bytes = with_cmap(&plain, count)?;
    // Curves are flattened for 40 px: what is larger than 48 is not painted from here.
    let settings = FontSettings { collection_index: 0, scale: 40.0, load_substitutions: false };
    let font = fontdue::Font::from_bytes(bytes, settings).ok()?;
    (font.glyph_count() >= count).then_some((font, places))
}

/// Tables that outlines need.
const DRAWN: [&[u8; 4]; 7] = [b"CFF ", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];

/// The same font with a cmap that maps U+F0001, U+F0002 ... to glyphs 1, 2 ...
fn with_cmap(font: &[u8], glyphs: u16) -> Option<Vec<u8>> {
    let head = font.get(..12)?;
    let count = u16::from_be_bytes(*font.get(4..6)?.first_chunk::<2>()?);
    let records = font.get(12..12 + usize::from(count) * 16)?;
    let mut tables: BTreeMap<[u8; 4], &[u8]> = BTreeMap::new();
    for record in records.as_chunks::<16>().0 {
        let [t0, t1, t2, t3, _, _, _, _, o0, o1, o2, o3, l0, l1, l2, l3] = *record;
        let (start, length) = (u32::from_be_bytes([o0, o1, o2, o3]) as usize, u32::from_be_bytes([l0, l1, l2, l3]) as usize);
        // Only what draws: fontdue reads names and kerning too, and a broken name makes it panic.
        if DRAWN.contains(&&[t0, t1, t2, t3]) {
            tables.insert([t0, t1, t2, t3], font.get(start..start.checked_add(length)?)?);
        }
    }
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
    tables.insert(*b"cmap", &cmap);
    let mut out = Vec::with_capacity(font.len() + 80);
    out.extend(head.get(..4)?);
    out.extend((tables.len() as u16).to_be_bytes());
    // Search range and the like: nobody here reads them.
    out.extend([0; 6]);
    let mut offset = 12 + tables.len() * 16;
    for (tag, data) in &tables {
        out.extend(tag);
        out.extend([0; 4]);
        out.extend((offset as u32).to_be_bytes());
        out.extend((data.len() as u32).to_be_bytes());
        offset += data.len().next_multiple_of(4);
    }
    for data in tables.values() {
        out.extend(*data);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Some(out)
}
