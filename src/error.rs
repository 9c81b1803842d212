//! In: nothing. Out: the one error type of the engine, and lists of it.
//! An error is a typed fact with a place, what was found, what is allowed and what to do about it; the wording for
//! people is made here, so that the page and the command say the same. What may be gone on after is a finding, not an error.

use std::fmt;

/// What kind of thing went wrong. The name crosses the wasm boundary as `code`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    /// Not well-formed JSON, zip, SVG ...
    Syntax,
    /// A value of the wrong type or outside its range.
    Value,
    /// A name that refers to nothing (token, message, asset, format, layer).
    Unknown,
    /// Something required is absent.
    Missing,
    /// Aliases that refer to each other in a ring.
    Cycle,
    /// A size, depth or count above a named limit.
    Limit,
    /// A file whose bytes are not what they claim, or cannot be decoded.
    Media,
    /// A path that leaves the campaign, or another unsafe request.
    Unsafe,
    /// Valid, but not supported by this version.
    Unsupported,
    /// Not allowed in the present state (for instance: delivery of an unstamped variant).
    State,
}

impl ErrorKind {
    /// The stable name used by the command's JSON and the wasm boundary.
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Value => "value",
            Self::Unknown => "unknown",
            Self::Missing => "missing",
            Self::Cycle => "cycle",
            Self::Limit => "limit",
            Self::Media => "media",
            Self::Unsafe => "unsafe",
            Self::Unsupported => "unsupported",
            Self::State => "state",
        }
    }
    /// The kind of a name.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let all = [
            Self::Syntax,
            Self::Value,
            Self::Unknown,
            Self::Missing,
            Self::Cycle,
            Self::Limit,
            Self::Media,
            Self::Unsafe,
            Self::Unsupported,
            Self::State,
        ];
        all.into_iter().find(|kind| kind.code() == code)
    }
}

/// One fact about what is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The kind, for programs.
    pub kind: ErrorKind,
    /// Where: a file, then a JSON path or byte offset: `master.json: layers[3].role`.
    pub at: String,
    /// One plain sentence without a full stop.
    pub message: String,
    /// What was found, as short text.
    pub found: Option<String>,
    /// What is allowed, as short text.
    pub allowed: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Error {
    /// A new error with a place and a sentence.
    pub fn new(kind: ErrorKind, at: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind, at: at.into(), message: message.into(), found: None, allowed: None, hint: None }
    }
    /// Adds what was found (cut to 120 characters).
    #[must_use]
    pub fn found(mut self, found: impl fmt::Display) -> Self {
        self.found = Some(short(&found.to_string()));
        self
    }
    /// Adds what is allowed.
    #[must_use]
    pub fn allowed(mut self, allowed: impl fmt::Display) -> Self {
        self.allowed = Some(allowed.to_string());
        self
    }
    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }
}

/// A text between quotes, as it stands in source code: what it holds may be anything. (`{:?}` writes nothing in the module; see .ci/wasm.sh.)
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(120).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)?;
        if let Some(found) = &self.found {
            write!(f, " (found {found})")?;
        }
        if let Some(allowed) = &self.allowed {
            write!(f, "; allowed: {allowed}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, ". {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Errors are collected, not stopped at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(pub Vec<Error>);

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

/// The engine's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::quoted;
    use std::path::Path;

    #[test]
    fn a_quoted_text_is_as_in_source_code() {
        for text in ["", "a b", "a\"b\\c", "\n\r\t\0\u{1b}", "Überschrift 見出し"] {
            assert_eq!(quoted(text).replace("\\u{0}", "\\0"), format!("{text:?}"));
        }
    }

    #[test]
    fn nothing_that_people_read_is_formatted_for_debugging() {
        let mut seen = 0;
        let mut folders = vec![Path::new("src").to_owned(), Path::new("pixels/src").to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    // The command is native.
                    if !path.ends_with("bin") {
                        folders.push(path);
                    }
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let shipped = text.split("#[cfg(test)]").next().unwrap();
                    let found = shipped.lines().find(|line| !line.trim_start().starts_with("//") && line.contains(":?}"));
                    assert_eq!(found, None, "{}", path.display());
                    seen += 1;
                }
            }
        }
        assert!(seen > 150, "{seen}");
    }
}
