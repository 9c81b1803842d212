//! In: a BCP 47 tag. Out: whether it is well-formed, its direction, its script where written. Names come from elsewhere.

use crate::text::style::Direction;

/// Scripts written from right to left (ISO 15924).
const RTL_SCRIPTS: [&str; 12] = ["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"];

/// Languages whose likely script (CLDR likelySubtags) runs from right to left.
const RTL_LANGUAGES: [&str; 25] = [
    "ar", "arc", "arq", "ary", "arz", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "ps",
    "sd", "skr", "syr", "ug", "ur", "yi",
];

/// The languages that the default fonts were chosen for: what an editor proposes. Any other well-formed tag will do.
pub const PROPOSED: [&str; 27] = [
    "en", "de", "fr", "es", "it", "pt-BR", "nl", "da", "sv", "fi", "pl", "cs", "tr", "el", "uk", "ru", "ar", "he", "hi", "bn",
    "ta", "th", "vi", "ja", "ko", "zh-Hans", "zh-Hant",
];

/// True for a well-formed tag: a language, then subtags of 1 to 8 letters and digits.
#[must_use]
pub fn well_formed(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().is_some_and(|l| (2..=8).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphabetic()));
    language && tag.len() <= 64 && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The script subtag, if it is written.
#[must_use]
pub fn script(tag: &str) -> Option<&str> {
    tag.split('-')
        .skip(1)
        .take_while(|part| part.len() > 1)
        .find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The base direction of a locale: by its script where written, else by the language's likely script.
#[must_use]
pub fn direction(tag: &str) -> Direction {
    if tag == "xr" {
        return Direction::Rtl;
    }
    let language = tag.split('-').next().unwrap_or("").to_ascii_lowercase();
    let rtl = match script(tag) {
        Some(script) => RTL_SCRIPTS.contains(&script.to_ascii_lowercase().as_str()),
        // Punjabi and Azerbaijani change script with the country.
        None if language == "pa" || language == "az" => {
            tag.split('-').skip(1).any(|part| part.eq_ignore_ascii_case("PK") || part.eq_ignore_ascii_case("IR"))
        }
        None => RTL_LANGUAGES.contains(&language.as_str()),
    };
    if rtl { Direction::Rtl } else { Direction::Ltr }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direction_follows_script_then_language() {
        for tag in ["ar", "he", "fa-IR", "ur", "pa-Arab", "pa-PK", "az-Arab", "AR-eg", "ks"] {
            assert_eq!(direction(tag), Direction::Rtl, "{tag}");
        }
        for tag in ["en", "de", "ja", "zh-Hant", "az", "ar-Latn", "pa", "sr-Cyrl", "ks-Deva", "hi"] {
            assert_eq!(direction(tag), Direction::Ltr, "{tag}");
        }
    }

    #[test]
    fn tags_are_checked() {
        assert!(["en", "pt-BR", "zh-Hant-TW", "de-1996", "en-x-brand"].iter().all(|tag| well_formed(tag)));
        assert!(["", "e", "en_US", "en-", "../x", "en-toolongsub", "de DE"].iter().all(|tag| !well_formed(tag)));
    }
}
