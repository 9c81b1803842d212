//! In: `fonts/fonts.json`, compiled in: which default font file covers what. Out: which files a text needs, so that the
//! page loads just those, and the order in which default families are tried for a script. Loading is left to the host.

use super::fonts::FontLibrary;
use super::itemise::{self, default_ignorable};
use super::script::Script;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Row {
    file: String,
    family: String,
    weight: u16,
    scripts: Vec<String>,
    locales: Vec<String>,
    ranges: String,
    sha256: String,
}

/// One file of the default fonts.
#[derive(Debug)]
pub struct DefaultFont {
    /// File name in `fonts/`.
    pub file: String,
    /// Family name in the file.
    pub family: String,
    /// 1 to 1000.
    pub weight: u16,
    /// ISO 15924 codes it is made for.
    pub scripts: Vec<String>,
    /// BCP 47 tags it is made for.
    pub locales: Vec<String>,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    ranges: Vec<(u32, u32)>,
}

impl DefaultFont {
    /// Whether the file has a glyph for a character.
    #[must_use]
    pub fn covers(&self, c: char) -> bool {
        let c = u32::from(c);
        let after = self.ranges.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).and_then(|i| self.ranges.get(i)).is_some_and(|&(_, last)| c <= last)
    }
}

static TABLE: LazyLock<Vec<DefaultFont>> = LazyLock::new(|| {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../fonts/fonts.json")).unwrap_or_default();
    rows.into_iter()
        .map(|r| DefaultFont {
            ranges: ranges(&r.ranges),
            file: r.file,
            family: r.family,
            weight: r.weight,
            scripts: r.scripts,
            locales: r.locales,
            sha256: r.sha256,
        })
        .collect()
});

/// `20-7E,A0` in hexadecimal to pairs, ascending.
fn ranges(text: &str) -> Vec<(u32, u32)> {
    let hex = |s: &str| u32::from_str_radix(s, 16).ok();
    let mut out: Vec<_> = text
        .split(',')
        .filter_map(|part| match part.split_once('-') {
            Some((a, b)) => Some((hex(a)?, hex(b)?)),
            None => hex(part).map(|a| (a, a)),
        })
        .collect();
    out.sort_unstable();
    out
}

/// All default files, in the order of the table.
#[must_use]
pub fn default_fonts() -> &'static [DefaultFont] {
    &TABLE
}

/// The SHA-256 (hexadecimal) of a default file, for fingerprints.
#[must_use]
pub fn coverage_digest(file: &str) -> Option<&'static str> {
    TABLE.iter().find(|f| f.file == file).map(|f| f.sha256.as_str())
}

/// The file of a default family whose weight is nearest by the rules of CSS.
#[must_use]
pub fn default_file(family: &str, weight: u16) -> Option<&'static str> {
    let rank = |f: &&'static DefaultFont| super::fonts::weight_distance(weight, f.weight);
    TABLE.iter().filter(|f| f.family == family).min_by_key(rank).map(|f| f.file.as_str())
}

/// Whether a family is one of the defaults, loaded or not.
pub(crate) fn is_default_family(name: &str) -> bool {
    TABLE.iter().any(|f| super::fonts::same_family(&f.family, name))
}

/// Where a default file stands in the table; files that are not in it come after all that are.
pub(crate) fn place(file: &str) -> usize {
    TABLE.iter().position(|f| f.file == file).unwrap_or(usize::MAX)
}

/// How well a family suits a script in a locale: smaller is better.
fn rank(font: &DefaultFont, script: Script, locale: &str) -> u8 {
    let cjk_font =
        font.scripts.iter().any(|s| matches!(s.as_str(), "Hani" | "Hans" | "Hant" | "Hira" | "Hang" | "Jpan" | "Kore"));
    let mine = cjk_font && font.locales.iter().any(|l| *l == cjk_locale(locale));
    let short = script.short_name();
    if script.is_han() {
        // One Han character has several national shapes: the locale decides, Japanese where it does not say.
        let home = if cjk_locale(locale).is_empty() { "ja" } else { cjk_locale(locale) };
        let kana_or_hangul = match short {
            "Hira" | "Kana" => "ja",
            "Hang" => "ko",
            "Bopo" => "zh-Hant",
            _ => home,
        };
        return match cjk_font {
            true if mine => 0,
            true if font.locales.iter().any(|l| l == kana_or_hangul) => 1,
            true => 2,
            false => 9,
        };
    }
    // In a CJK locale its font sets Latin and figures too: they are drawn to go together.
    if mine && matches!(short, "Latn" | "Zyyy" | "Zinh" | "Grek" | "Cyrl") {
        return 0;
    }
    if font.scripts.iter().any(|s| s == short) {
        return 1;
    }
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    if matches!(short, "Zyyy" | "Zinh") && !cjk_font && font.locales.iter().any(|l| l.split('-').next() == Some(language)) {
        return 2;
    }
    match (cjk_font, font.scripts.iter().any(|s| s == "Latn")) {
        (false, true) => 3,
        (false, false) => 4,
        (true, _) => 5,
    }
}

/// The CJK locale a tag belongs to, as the table writes it, or nothing.
pub(crate) fn cjk_locale(locale: &str) -> &'static str {
    let mut parts = locale.split(['-', '_']);
    match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "ja" => "ja",
        "ko" => "ko",
        "zh" | "yue" | "cmn" => {
            let traditional = parts.any(|p| ["hant", "tw", "hk", "mo"].contains(&p.to_ascii_lowercase().as_str()));
            if traditional || locale.to_ascii_lowercase().starts_with("yue") { "zh-Hant" } else { "zh-Hans" }
        }
        _ => "",
    }
}

/// Default families in the order they are tried for a script in a locale; all of them, so that none is missed.
#[must_use]
pub fn default_families(script: Script, locale: &str) -> Vec<&'static str> {
    let mut order: Vec<(u8, usize, &'static str)> =
        TABLE.iter().enumerate().map(|(i, f)| (rank(f, script, locale), i, f.family.as_str())).collect();
    crate::ordered::short(&mut order, Ord::cmp);
    let mut seen = BTreeSet::new();
    order.into_iter().filter(|(_, _, family)| seen.insert(*family)).map(|(_, _, family)| family).collect()
}

/// The default files a text needs at a weight where no brand font serves it: the same choice that `shape` makes.
#[must_use]
pub fn fonts_needed(text: &str, locale: &str, weight: u16) -> BTreeSet<&'static str> {
    chosen(text, locale, weight, &DefaultFont::covers)
}

/// As [`fonts_needed`], but a file that is at hand is asked itself: the table lists ideographs by whole blocks. What is loaded
/// for a text may so make another file needed; a host asks until there is nothing more.
#[must_use]
pub fn fonts_needed_beside(library: &FontLibrary, text: &str, locale: &str, weight: u16) -> BTreeSet<&'static str> {
    chosen(text, locale, weight, &|font, c| library.file(&font.file).map_or_else(|| font.covers(c), |face| face.has(c)))
}

/// The default files that a style's own families are at a weight: those that have a letter of the text, and the first, which draws
/// what nobody has.
#[must_use]
pub fn named_files(families: &[String], text: &str, weight: u16) -> BTreeSet<&'static str> {
    let table = |file: &str| TABLE.iter().find(|f| f.file == file);
    let has_some = |file: &&str| table(file).is_some_and(|font| text.chars().any(|c| font.covers(c)));
    let named = families.iter().enumerate().filter_map(|(n, name)| {
        let own = TABLE.iter().find(|f| super::fonts::same_family(&f.family, name))?;
        let file = default_file(&own.family, weight)?;
        (n == 0 || has_some(&file)).then_some(file)
    });
    named.collect()
}

fn chosen(text: &str, locale: &str, weight: u16, has: &dyn Fn(&DefaultFont, char) -> bool) -> BTreeSet<&'static str> {
    let mut needed = BTreeSet::new();
    let mut order: Vec<(Script, Vec<&'static DefaultFont>)> = Vec::new();
    for cluster in itemise::clusters(text) {
        let Some(part) = text.get(cluster.start..cluster.end) else { continue };
        if !order.iter().any(|(s, _)| *s == cluster.script) {
            let files = default_families(cluster.script, locale)
                .into_iter()
                .filter_map(|family| default_file(family, weight))
                .filter_map(|file| TABLE.iter().find(|f| f.file == file))
                .collect();
            order.push((cluster.script, files));
        }
        let Some((_, files)) = order.iter().find(|(s, _)| *s == cluster.script) else { continue };
        let covering = |f: &&&'static DefaultFont| part.chars().all(|c| default_ignorable(c) || c.is_control() || has(f, c));
        // Nobody has all of it: whoever has its first character, as `FaceChooser` does.
        let beginning = |f: &&&'static DefaultFont| part.chars().next().is_some_and(|c| has(f, c));
        if let Some(font) = files.iter().find(covering).or_else(|| files.iter().find(beginning)) {
            needed.insert(font.file.as_str());
        }
    }
    needed
}
