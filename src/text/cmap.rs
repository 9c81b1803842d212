//! In: a font's cmap. Out: the subtable that is used, the glyph of a character, and the characters covered as ranges. Formats 12 and 13
//! are read here, since walking them character by character lets a broken font take minutes. Source: OpenType 1.9.1, "cmap".

use ttf_parser::cmap::{Format, Subtable, Table};
use ttf_parser::{PlatformId, Tag};

/// How well a subtable suits: larger is better, none is useless.
fn rank(s: &Subtable<'_>) -> Option<u8> {
    let wide = matches!(s.format, Format::SegmentedCoverage(_) | Format::ManyToOneRangeMappings(_));
    match (s.platform_id, s.encoding_id) {
        _ if matches!(s.format, Format::UnicodeVariationSequences(_)) => None,
        (PlatformId::Windows, 10) => Some(5),
        (PlatformId::Unicode, _) if wide => Some(4),
        (PlatformId::Windows, 1) => Some(3),
        (PlatformId::Unicode, _) => Some(2),
        (PlatformId::Windows, 0) => Some(1),
        _ => None,
    }
}

/// The subtable that maps most of Unicode.
pub(super) fn best<'a>(table: &Table<'a>) -> Option<Subtable<'a>> {
    let mut found: Option<(u8, Subtable<'a>)> = None;
    for s in table.subtables {
        if let Some(rank) = rank(&s)
            && found.as_ref().is_none_or(|(have, _)| rank > *have)
        {
            found = Some((rank, s));
        }
    }
    found.map(|(_, s)| s)
}

/// The glyph of a character; symbol fonts keep theirs from U+F000.
pub(super) fn glyph(s: &Subtable<'_>, c: char) -> Option<u16> {
    let c = u32::from(c);
    let direct = s.glyph_index(c).map(|g| g.0).filter(|&g| g != 0);
    if direct.is_some() || c > 0xFF || !is_symbol(s) {
        return direct;
    }
    s.glyph_index(0xF000 + c).map(|g| g.0).filter(|&g| g != 0)
}

fn is_symbol(s: &Subtable<'_>) -> bool {
    s.platform_id == PlatformId::Windows && s.encoding_id == 0
}

/// The characters covered, ascending.
pub(super) fn ranges(font: &ttf_parser::Face<'_>) -> Vec<(u32, u32)> {
    let Some(subtable) = font.tables().cmap.and_then(|t| best(&t)) else { return Vec::new() };
    if matches!(subtable.format, Format::SegmentedCoverage(_) | Format::ManyToOneRangeMappings(_)) {
        let many_to_one = matches!(subtable.format, Format::ManyToOneRangeMappings(_));
        let table = font.raw_face().table(Tag::from_bytes(b"cmap")).unwrap_or_default();
        return merged(groups(table, &subtable, many_to_one).unwrap_or_default());
    }
    let table = font.raw_face().table(Tag::from_bytes(b"cmap")).unwrap_or_default();
    let among = segments(table, &subtable).unwrap_or_else(|| vec![(0, 0xFFFF)]);
    found_among(&subtable, &among)
}

/// The characters of some ranges that have a glyph.
fn found_among(subtable: &Subtable<'_>, among: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut found: Vec<(u32, u32)> = Vec::new();
    let all = among.iter().flat_map(|(first, last)| *first..=*last);
    for c in all.filter_map(char::from_u32).filter(|c| glyph(subtable, *c).is_some()) {
        let c = u32::from(c);
        match found.last_mut() {
            Some((_, last)) if c <= last.saturating_add(1) => *last = c,
            _ => found.push((c, c)),
        }
    }
    found
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*data.get(at..)?.first_chunk::<4>()?))
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*data.get(at..)?.first_chunk::<2>()?))
}

/// Where the subtable is of format 4: what its segments span, merged, so that no more is looked up than they hold. Nothing for other
/// formats.
fn segments(table: &[u8], subtable: &Subtable<'_>) -> Option<Vec<(u32, u32)>> {
    if !matches!(subtable.format, Format::SegmentMappingToDeltaValues(_)) {
        return None;
    }
    let data = table.get(offset(table, subtable, 4)?..)?;
    let double = usize::from(short(data, 6)?) & !1;
    let (ends, starts) = (data.get(14..14 + double)?, data.get(16 + double..16 + 2 * double)?);
    let pairs = starts.as_chunks::<2>().0.iter().zip(ends.as_chunks::<2>().0);
    let spans = pairs.map(|(a, b)| (u32::from(u16::from_be_bytes(*a)), u32::from(u16::from_be_bytes(*b))));
    let own = is_symbol(subtable).then_some((0, 0xFF));
    Some(merged(spans.filter(|(first, last)| first <= last).chain(own).collect()))
}

/// Where a subtable of a format begins.
fn offset(table: &[u8], subtable: &Subtable<'_>, format: u16) -> Option<usize> {
    let count = usize::from(short(table, 2)?);
    let platform = match subtable.platform_id {
        PlatformId::Unicode => 0,
        _ => 3,
    };
    let begins = |at: usize| usize::try_from(long(table, at + 4)?).ok();
    let record = (0..count).map(|i| 4 + i * 8).find(|&at| {
        short(table, at) == Some(platform)
            && short(table, at + 2) == Some(subtable.encoding_id)
            && begins(at).and_then(|o| short(table, o)) == Some(format)
    })?;
    begins(record)
}

/// Groups of the subtable's raw form that name glyphs of 16 bits other than 0.
fn groups(table: &[u8], subtable: &Subtable<'_>, many_to_one: bool) -> Option<Vec<(u32, u32)>> {
    let data = table.get(offset(table, subtable, if many_to_one { 13 } else { 12 })?..)?;
    let number = usize::try_from(long(data, 12)?).ok()?;
    let mut out = Vec::new();
    for group in data.get(16..)?.as_chunks::<12>().0.iter().take(number) {
        let (Some(first), Some(last), Some(gid)) = (long(group, 0), long(group, 4), long(group, 8)) else { break };
        let last = last.min(0x10_FFFF);
        // Glyph 0 is no glyph, and those beyond 16 bits are not in any font.
        let (first, last) = match (many_to_one, gid) {
            (true, 0) | (_, 0x1_0000..) => continue,
            (true, _) => (first, last),
            (false, 0) => (first.saturating_add(1), last.min(first.saturating_add(0xFFFF))),
            (false, _) => (first, last.min(first.saturating_add(0xFFFF - gid))),
        };
        if first <= last {
            out.push((first, last));
        }
    }
    Some(out)
}

fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match out.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn segments_leave_out_no_character() {
        let fonts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
        let mut seen = 0;
        for entry in std::fs::read_dir(fonts).unwrap() {
            let path = entry.unwrap().path();
            if !path.extension().is_some_and(|e| e == "ttf" || e == "otf") {
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let face = ttf_parser::Face::parse(&bytes, 0).unwrap();
            let subtable = best(&face.tables().cmap.unwrap()).unwrap();
            let table = face.raw_face().table(Tag::from_bytes(b"cmap")).unwrap();
            let Some(spans) = segments(table, &subtable) else { continue };
            seen += 1;
            assert_eq!(found_among(&subtable, &spans), found_among(&subtable, &[(0, 0xFFFF)]), "{}", path.display());
        }
        assert!(seen > 5, "{seen}");
    }
}
