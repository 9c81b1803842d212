//! In: `copy/<locale>.json`. Out: [`Message`]s: ICU MessageFormat 1 with tags, taken apart, with origin. Filling in is left to
//! `message`, choosing the locale to the campaign.

use super::Origin;
use super::fields::{Shape, Table, may, must};
use super::message::{self, Pattern};
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
        may("locale", Shape::Locale, "the locale, as in the file's name"),
        must("messages", Shape::Map(&Shape::Object(&MESSAGE), limits::MESSAGES), "messages by key"),
    ],
};

static MESSAGE: Table = Table {
    name: "message",
    doc: crate::campaign::fields::kept("one message"),
    fields: &[
        must(
            "text",
            Shape::Text,
            "the words, ICU MessageFormat 1: {name} takes the option's value, {n, plural, one {# day} other {# days}}, {price, number, ::currency/EUR}, {until, date, long}; <name>words</name> sets words in a style of the master, <nobreak> keeps them on one line; '{' in quotes is a brace, \\n a line break",
        ),
        may("origin", Shape::Choice(&["human", "machine-draft", "imported"]), "who or what wrote it (default human)"),
        may("note", Shape::Text, "a note for translators"),
    ],
};

/// One message of one locale.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// As written.
    pub text: String,
    /// The same, taken apart.
    pub pattern: Pattern,
    /// Who or what wrote it.
    pub origin: Origin,
    /// For translators.
    pub note: Option<String>,
}

impl Message {
    /// A message from its text.
    ///
    /// # Errors
    /// `limit` where it is too long, and what [`message::parse`] says.
    pub fn new(at: &str, text: &str, origin: Origin, note: Option<String>) -> Result<Self> {
        if text.chars().count() > limits::MESSAGE_CHARS {
            return Err(Error::new(ErrorKind::Limit, at, "the message is too long")
                .allowed(format!("{} characters", limits::MESSAGE_CHARS)));
        }
        Ok(Self { text: text.to_owned(), pattern: message::parse(at, text)?, origin, note })
    }
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
