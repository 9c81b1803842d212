//! In: a naming template such as `{campaign}_{format}_{locale}.{ext}`. Out: a checked [`Naming`]
//! that makes file names which every file system takes. What its places stand for is left to `variant::file_name`.

use super::suggest::did_you_mean;
use crate::error::{Error, ErrorKind, Result};

/// What may stand in braces.
pub const PLACEHOLDERS: [&str; 10] =
    ["campaign", "version", "format", "medium", "channel", "locale", "option", "width", "height", "ext"];

/// A checked template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// As written.
    pub template: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Place(&'static str),
}

impl Default for Naming {
    fn default() -> Self {
        use Part::{Literal, Place};
        let lit = |s: &str| Literal(s.to_owned());
        Self {
            template: "{campaign}_{format}_{locale}_{option}_{width}x{height}.{ext}".to_owned(),
            parts: vec![
                Place("campaign"),
                lit("_"),
                Place("format"),
                lit("_"),
                Place("locale"),
                lit("_"),
                Place("option"),
                lit("_"),
                Place("width"),
                lit("x"),
                Place("height"),
                lit("."),
                Place("ext"),
            ],
        }
    }
}

impl Naming {
    /// Checks a template.
    ///
    /// # Errors
    /// `unknown` for a placeholder that does not exist, `syntax` for unbalanced braces, `unsafe` for a path that leaves the
    /// folder, `value` where two variants would get one name.
    pub fn new(at: &str, template: &str) -> Result<Self> {
        let mut parts = Vec::new();
        let mut rest = template;
        let unbalanced = || Error::new(ErrorKind::Syntax, at, "a brace without its partner").found(template);
        while let Some((before, after)) = rest.split_once('{') {
            if before.contains('}') {
                return Err(unbalanced());
            }
            let (name, after) = after.split_once('}').ok_or_else(unbalanced)?;
            let Some(place) = PLACEHOLDERS.into_iter().find(|p| *p == name) else {
                let mut error = Error::new(ErrorKind::Unknown, at, format!("unknown placeholder '{{{name}}}'"))
                    .allowed(PLACEHOLDERS.map(|p| format!("{{{p}}}")).join(" "));
                error.hint = did_you_mean(name, PLACEHOLDERS);
                return Err(error);
            };
            if !before.is_empty() {
                parts.push(Part::Literal(before.to_owned()));
            }
            parts.push(Part::Place(place));
            rest = after;
        }
        if rest.contains('}') {
            return Err(unbalanced());
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        let bad = |c: char| c.is_control() || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
        let outside = template.starts_with('/') || template.split('/').any(|part| part == ".." || part == "." || part.is_empty());
        if outside || template.contains(bad) || template.len() > 200 {
            return Err(Error::new(ErrorKind::Unsafe, at, "not a safe file name")
                .found(template)
                .allowed("a relative path without .. and without \\ : * ? \" < > |"));
        }
        for needed in ["format", "locale", "option"] {
            if !parts.contains(&Part::Place(needed)) {
                return Err(Error::new(ErrorKind::Value, at, "several variants would get one name")
                    .found(template)
                    .hint(format!("Add {{{needed}}}")));
            }
        }
        Ok(Self { template: template.to_owned(), parts })
    }

    /// The name that the template gives where `value` tells what stands in each of [`PLACEHOLDERS`]; what values hold is made safe
    /// for every file system.
    #[must_use]
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        let part = |part: &Part| match part {
            Part::Literal(text) => text.clone(),
            Part::Place(place) => slug(&value(place)),
        };
        self.parts.iter().map(part).collect()
    }
}

/// Letters and digits of any script, `-`, `_` and `.` stay; everything else becomes one hyphen.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(120) {
        if c.is_alphanumeric() || matches!(c, '_' | '.') {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_checked() {
        let kind = |t: &str| Naming::new("x", t).unwrap_err().kind;
        assert_eq!(kind("{campain}_{format}"), ErrorKind::Unknown);
        assert_eq!(Naming::new("x", "{campain}").unwrap_err().hint.unwrap(), "did you mean 'campaign'?");
        assert_eq!(kind("{format"), ErrorKind::Syntax);
        assert_eq!(kind("format}"), ErrorKind::Syntax);
        assert_eq!(kind("../{format}{locale}{option}"), ErrorKind::Unsafe);
        assert_eq!(kind("/{format}{locale}{option}"), ErrorKind::Unsafe);
        assert_eq!(kind("{format}-{locale}.{ext}"), ErrorKind::Value);
        let default = Naming::default();
        assert_eq!(Naming::new("x", &default.template).unwrap(), default);
        assert!(Naming::new("x", "{medium}/{locale}/{format}_{option}.{ext}").is_ok());
    }

    #[test]
    fn names_are_safe() {
        assert_eq!(slug("alba · autumn light"), "alba-autumn-light");
        assert_eq!(slug("../../etc"), "etc");
        assert_eq!(slug("zh-Hans"), "zh-Hans");
        assert_eq!(slug("秋の光"), "秋の光");
    }
}
