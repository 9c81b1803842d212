//! In: `copy/<locale>.json`. Out: [`Message`]s: text in parts, with origin. The subset of ICU MessageFormat 1 read now is
//! literal text, `''` quoting and `{name}` arguments; plural, select and formats are a clear error.

use super::Origin;
use super::fields::{Shape, Table, may, must};
use super::read::Node;
use super::suggest::did_you_mean;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use std::collections::BTreeMap;

/// The whole file.
pub static COPY: Table = Table {
    name: "copy",
    doc: crate::campaign::fields::kept("the messages of one locale"),
    fields: &[
        may("$schema", Shape::Text, "the schema, for editors"),
        may("locale", Shape::Name, "the locale, as in the file's name"),
        must("messages", Shape::Map(&Shape::Object(&MESSAGE), limits::MESSAGES), "messages by key"),
    ],
};

static MESSAGE: Table = Table {
    name: "message",
    doc: crate::campaign::fields::kept("one message"),
    fields: &[
        must("text", Shape::Text, "the words; {name} takes the option's value, '{' in quotes is a brace, \\n a line break"),
        may("origin", Shape::Choice(&["human", "machine-draft", "imported"]), "who or what wrote it (default human)"),
        may("note", Shape::Text, "a note for translators"),
    ],
};

/// A part of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Literal(String),
    /// The option's value of that name.
    Argument(String),
}

/// One message of one locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// As written.
    pub text: String,
    /// The same, taken apart.
    pub parts: Vec<Part>,
    /// Who or what wrote it.
    pub origin: Origin,
    /// For translators.
    pub note: Option<String>,
}

impl Message {
    /// A message from its text.
    ///
    /// # Errors
    /// `limit` where it is too long, `syntax` where braces do not match, `unsupported` for plural, select and formats.
    pub fn new(at: &str, text: &str, origin: Origin, note: Option<String>) -> Result<Self> {
        if text.chars().count() > limits::MESSAGE_CHARS {
            return Err(Error::new(ErrorKind::Limit, at, "the message is too long")
                .allowed(format!("{} characters", limits::MESSAGE_CHARS)));
        }
        Ok(Self { text: text.to_owned(), parts: parse(at, text)?, origin, note })
    }
    /// The names of its arguments.
    pub fn arguments(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Argument(name) => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }
    /// The words with values filled in; an argument without a value stays as `{name}`.
    #[must_use]
    pub fn fill(&self, values: &BTreeMap<String, String>) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Argument(name) => match values.get(name) {
                    Some(value) => out.push_str(value),
                    None => {
                        out.push('{');
                        out.push_str(name);
                        out.push('}');
                    }
                },
            }
        }
        out
    }
}

/// Takes a pattern apart. An apostrophe quotes only before a brace (ICU's default mode); two make one.
fn parse(at: &str, text: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    let mut words = String::new();
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '\'' if chars.peek() == Some(&'\'') => {
                chars.next();
                words.push('\'');
            }
            '\'' if quoted => quoted = false,
            '\'' if matches!(chars.peek(), Some('{' | '}')) => quoted = true,
            '{' if !quoted => {
                let mut inner = String::new();
                loop {
                    match chars.next() {
                        Some('}') => break,
                        Some('{') | None => {
                            return Err(if inner.contains(',') { unsupported(at, &inner) } else { unbalanced(at, text, "{") });
                        }
                        Some(c) => inner.push(c),
                    }
                }
                let name = inner.trim();
                if name.contains(',') {
                    return Err(unsupported(at, name));
                }
                if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.')) {
                    return Err(Error::new(ErrorKind::Value, at, "not an argument name")
                        .found(format!("{{{inner}}}"))
                        .allowed("{name}: letters, digits, _ and -"));
                }
                if !words.is_empty() {
                    parts.push(Part::Literal(std::mem::take(&mut words)));
                }
                parts.push(Part::Argument(name.strip_prefix("option.").unwrap_or(name).to_owned()));
            }
            '}' if !quoted => return Err(unbalanced(at, text, "}")),
            c => words.push(c),
        }
    }
    if !words.is_empty() {
        parts.push(Part::Literal(words));
    }
    Ok(parts)
}

fn unsupported(at: &str, inner: &str) -> Error {
    Error::new(ErrorKind::Unsupported, at, "plural, select and formatted arguments are not supported by this version")
        .found(format!("{{{inner}}}"))
        .allowed("{name}")
}

fn unbalanced(at: &str, text: &str, brace: &str) -> Error {
    Error::new(ErrorKind::Syntax, at, format!("a '{brace}' without its partner"))
        .found(text)
        .hint(format!("For the character itself write '{brace}' in single quotes"))
}

/// Reads one file; `locale` is the one in its name.
#[must_use]
pub fn read(root: &Node<'_>, locale: &str) -> BTreeMap<String, Message> {
    let Some(obj) = root.object(&COPY) else { return BTreeMap::new() };
    if let Some(said) = obj.text("locale")
        && said != locale
    {
        let mut error = Error::new(ErrorKind::Value, format!("{}: locale", root.at), "the file's name and its locale differ")
            .found(said)
            .allowed(locale);
        error.hint = did_you_mean(said, [locale]);
        root.cx.report.warn(error);
    }
    let mut messages = BTreeMap::new();
    for (key, node) in obj.entries("messages") {
        let Some(message) = node.object(&MESSAGE) else { continue };
        let origin = message.choice("origin").and_then(Origin::parse).unwrap_or_default();
        let note = message.text("note").map(str::to_owned);
        let Some(text) = message.text("text") else { continue };
        if let Some(message) = root.cx.report.keep(Message::new(&format!("{}.text", node.at), text, origin, note)) {
            messages.insert(key.to_owned(), message);
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        Message::new("x", text, Origin::Human, None).unwrap().parts
    }

    #[test]
    fn quotes_as_icu_does() {
        let values = BTreeMap::from([("price".to_owned(), "49,90".to_owned())]);
        let fill = |text: &str| Message::new("x", text, Origin::Human, None).unwrap().fill(&values);
        assert_eq!(fill("Jetzt {price} €"), "Jetzt 49,90 €");
        assert_eq!(fill("It's {price}"), "It's 49,90");
        assert_eq!(fill("It''s '{price}'"), "It's {price}");
        assert_eq!(fill("l''amour '{'x'}'"), "l'amour {x}");
        assert_eq!(fill("{ price }"), "49,90");
        assert_eq!(fill("{other}"), "{other}");
        assert_eq!(parts("a\nb"), vec![Part::Literal("a\nb".into())]);
    }

    #[test]
    fn what_is_not_read_is_said() {
        let kind = |text: &str| Message::new("x", text, Origin::Human, None).unwrap_err().kind;
        assert_eq!(kind("{n, plural, one {# day} other {# days}}"), ErrorKind::Unsupported);
        assert_eq!(kind("{n, number}"), ErrorKind::Unsupported);
        assert_eq!(kind("{price"), ErrorKind::Syntax);
        assert_eq!(kind("price}"), ErrorKind::Syntax);
        assert_eq!(kind("{}"), ErrorKind::Value);
        assert_eq!(kind(&"x".repeat(2001)), ErrorKind::Limit);
    }
}
