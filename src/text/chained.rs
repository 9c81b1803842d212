//! In: the bytes of a font. Out: for shaping alone, a copy in which contextual substitutions by coverage (GSUB lookups of type 5, format 3) are
//! written as chained ones with nothing before or after (type 6, format 3): they say the same. The shaper asks the former for one glyph too many
//! when it looks for the forms below, before and after a base, and so misplaces Bengali ra and ba. Only fonts with such forms are rewritten.
//!
//! A subtable grows by four bytes in this, so it moves to the table's end with the coverages it names, and an extension (type 7) of eight bytes takes its
//! place; a subtable is never shorter than that.

use crate::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Features for whose glyphs the shaper asks whether a lookup would apply.
const ASKED: [&[u8; 4]; 5] = [b"rphf", b"pref", b"blwf", b"pstf", b"vatu"];

/// Types of GSUB lookups.
const CONTEXT: u16 = 5;
const CHAINED: u16 = 6;
const EXTENSION: u16 = 7;

/// The font with its lookups rewritten; none where nothing is to be, or where the table is not sound.
pub(crate) fn rewritten(font: &[u8], index: u32) -> Option<Vec<u8>> {
    let entry = entry(font, index)?;
    let table = Bytes(font).part(long(font, entry + 8)?, long(font, entry + 12)?)?;
    let gsub = substituted(table)?;
    let mut out = font.to_vec();
    out.resize(out.len().next_multiple_of(4), 0);
    let at = out.len();
    out.extend_from_slice(&gsub);
    put(&mut out, entry + 8, &u32::try_from(at).ok()?.to_be_bytes())?;
    put(&mut out, entry + 12, &u32::try_from(gsub.len()).ok()?.to_be_bytes())?;
    Some(out)
}

/// Where the directory tells of the GSUB table.
fn entry(font: &[u8], index: u32) -> Option<usize> {
    let nth = usize::try_from(index).ok()?.checked_mul(4)?.checked_add(12)?;
    let start = if font.starts_with(b"ttcf") { long(font, nth).filter(|start| *start < font.len())? } else { 0 };
    (0..short(font, start + 4)?).map(|n| start + 12 + 16 * n).find(|&at| font.get(at..at + 4) == Some(b"GSUB"))
}

/// A lookup that is rewritten: its own place, and its subtables'.
struct Found {
    at: usize,
    extended: bool,
    subtables: Vec<usize>,
}

fn substituted(table: &[u8]) -> Option<Vec<u8>> {
    let features = short(table, 6)?;
    let tag = |n: usize| table.get(features + 2 + 6 * n..features + 6 + 6 * n);
    let asked = |n: usize| ASKED.iter().any(|known| tag(n) == Some(known.as_slice()));
    if !(0..short(table, features)?).any(asked) {
        return None;
    }
    let found = found(table)?;
    if found.is_empty() {
        return None;
    }
    let mut out = table.to_vec();
    // What several lookups share is moved once.
    let mut moved: BTreeMap<usize, usize> = BTreeMap::new();
    for lookup in &found {
        if !lookup.extended {
            put(&mut out, lookup.at, &EXTENSION.to_be_bytes())?;
        }
        for &place in &lookup.subtables {
            let plain = if lookup.extended { place.checked_add(long(table, place + 4)?)? } else { place };
            let to = match moved.get(&plain) {
                Some(to) => *to,
                None => {
                    out.resize(out.len().next_multiple_of(4), 0);
                    let to = out.len();
                    out.extend(chained(table, plain)?);
                    moved.insert(plain, to);
                    to
                }
            };
            if out.len() > limits::FONT_BYTES {
                return None;
            }
            put(&mut out, place, &1_u16.to_be_bytes())?;
            put(&mut out, place + 2, &CHAINED.to_be_bytes())?;
            put(&mut out, place + 4, &u32::try_from(to.checked_sub(place)?).ok()?.to_be_bytes())?;
        }
    }
    Some(out)
}

/// The lookups whose subtables are all contexts by coverage, but for those that share a subtable with one that is not.
fn found(table: &[u8]) -> Option<Vec<Found>> {
    let lookups = short(table, 8)?;
    let (mut found, mut others) = (Vec::new(), BTreeSet::new());
    let mut seen = 0_usize;
    for n in 0..short(table, lookups)? {
        let at = lookups + short(table, lookups + 2 + 2 * n)?;
        let (kind, count) = (short(table, at)?, short(table, at + 4)?);
        seen += count;
        if seen > limits::FONT_SUBTABLES {
            return None;
        }
        let subtables: Vec<usize> = (0..count).map(|n| Some(at + short(table, at + 6 + 2 * n)?)).collect::<Option<_>>()?;
        let extended = kind == usize::from(EXTENSION);
        // The type of a subtable, and where it is.
        let real = |&place: &usize| {
            if extended {
                Some((short(table, place + 2)?, place.checked_add(long(table, place + 4)?)?))
            } else {
                Some((kind, place))
            }
        };
        let by_coverage = |place: &usize| {
            let context = real(place).filter(|(kind, _)| *kind == usize::from(CONTEXT));
            context.is_some_and(|(_, at)| short(table, at) == Some(3) && short(table, at + 2).is_some_and(|inputs| inputs > 0))
        };
        if count > 0 && subtables.iter().all(by_coverage) {
            found.push(Found { at, extended, subtables });
        } else {
            others.extend(subtables.iter().filter_map(real).map(|(_, at)| at));
            others.extend(subtables);
        }
    }
    found.retain(|lookup| lookup.subtables.iter().all(|place| !others.contains(place)));
    Some(found)
}

/// A context by coverage as a chained one: coverages first in `input`, none before and after, the same actions; then the coverages themselves.
fn chained(table: &[u8], at: usize) -> Option<Vec<u8>> {
    let (inputs, actions) = (short(table, at + 2)?, short(table, at + 4)?);
    let records = Bytes(table).part(at + 6 + 2 * inputs, 4 * actions)?;
    let head = 10 + 2 * inputs + records.len();
    let (mut offsets, mut coverages): (BTreeMap<usize, u16>, Vec<u8>) = (BTreeMap::new(), Vec::new());
    let mut out = Vec::with_capacity(head);
    let word = |out: &mut Vec<u8>, v: usize| u16::try_from(v).map(|v| out.extend(v.to_be_bytes())).ok();
    for v in [3, 0, inputs] {
        word(&mut out, v)?;
    }
    for n in 0..inputs {
        let from = at + short(table, at + 6 + 2 * n)?;
        let offset = match offsets.get(&from) {
            Some(offset) => *offset,
            None => {
                let offset = u16::try_from(head + coverages.len()).ok()?;
                coverages.extend(coverage(table, from)?);
                offsets.insert(from, offset);
                offset
            }
        };
        out.extend(offset.to_be_bytes());
    }
    word(&mut out, 0)?;
    word(&mut out, actions)?;
    out.extend_from_slice(records);
    out.extend(coverages);
    Some(out)
}

/// The bytes of a coverage: a list of glyphs, or of ranges.
fn coverage(table: &[u8], at: usize) -> Option<&[u8]> {
    let each = match short(table, at)? {
        1 => 2,
        2 => 6,
        _ => return None,
    };
    Bytes(table).part(at, 4 + each * short(table, at + 2)?)
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn part(&self, at: usize, len: usize) -> Option<&'a [u8]> {
        self.0.get(at..at.checked_add(len)?)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    bytes.get(at..)?.first_chunk::<2>().map(|b| usize::from(u16::from_be_bytes(*b)))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(*bytes.get(at..)?.first_chunk::<4>()?)).ok()
}

fn put(bytes: &mut [u8], at: usize, what: &[u8]) -> Option<()> {
    bytes.get_mut(at..at.checked_add(what.len())?)?.copy_from_slice(what);
    Some(())
}
