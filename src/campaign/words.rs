//! In: an open campaign, a locale, an option row, a message key. Out: the words that are shown, with where tags stand in them.
//! The only place that says where the values of a message come from.

use super::copy::Message;
use super::message::Formatted;
use super::suggest::did_you_mean;
use super::{Campaign, OptionRow, Tokens};
use crate::error::{Error, ErrorKind, Result};

/// The values of arguments: the option row's by name, `campaign.name`, `campaign.version`, `token.<path>`.
#[derive(Clone, Copy)]
pub(crate) struct Sources<'a> {
    pub(crate) name: &'a str,
    pub(crate) version: &'a str,
    pub(crate) tokens: &'a Tokens,
}

impl Sources<'_> {
    /// What is the same for every option row.
    pub(crate) fn constant(&self, name: &str) -> Option<String> {
        match name {
            "campaign.name" => Some(self.name.to_owned()),
            "campaign.version" => Some(self.version.to_owned()),
            _ => self.tokens.get(name.strip_prefix("token.")?).map(super::TokenValue::to_text),
        }
    }

    fn value(&self, row: &OptionRow, name: &str) -> Option<String> {
        row.values.get(name).cloned().or_else(|| self.constant(name))
    }

    /// Whether every option row has the values a message asks for, and whether they can be written as it asks.
    /// `place` is the message, `at` its text.
    pub(crate) fn check(&self, place: &str, at: &str, locale: &str, message: &Message, options: &[OptionRow]) -> Result<()> {
        let arguments = message.pattern.arguments();
        for name in arguments.keys() {
            if self.constant(name).is_none() {
                super::open::has_value(place, name, options)?;
            }
        }
        // Plain ones cannot go wrong.
        if arguments.values().any(|formed| *formed) {
            for row in options {
                message.pattern.format(at, locale, &|name| self.value(row, name)).map_err(|error| {
                    let message =
                        if options.len() > 1 { format!("{} (option {})", error.message, row.id) } else { error.message };
                    Error { message, ..error }
                })?;
            }
        }
        Ok(())
    }
}

/// Tags that mean the same in every campaign; all others are named by the master.
pub const TAGS: [&str; 5] = ["nobreak", "sub", "sup", "s", "u"];

/// Whether every tag is known.
pub(crate) fn check_tags<'a>(at: &str, message: &Message, named: impl Iterator<Item = &'a str> + Clone) -> Result<()> {
    for tag in message.pattern.tags() {
        if TAGS.contains(&tag) || named.clone().any(|n| n == tag) {
            continue;
        }
        let mut error = Error::new(ErrorKind::Unknown, at, format!("<{tag}> is not among the master's spans and styles"))
            .allowed(TAGS.into_iter().chain(named.clone()).collect::<Vec<_>>().join(", "));
        error.hint = did_you_mean(tag, TAGS.into_iter().chain(named)).or_else(|| {
            Some(format!("Name it in master.json: \"spans\": {{\"{tag}\": {{...}}}}, or write '<' in single quotes"))
        });
        return Err(error);
    }
    Ok(())
}

impl Campaign {
    pub(crate) fn sources_of_values(&self) -> Sources<'_> {
        Sources { name: &self.name, version: &self.version, tokens: &self.tokens }
    }

    /// A message's words for a locale and an option row. `locale` is whose forms numbers and dates take: where the source
    /// language stands in for a message, its own.
    ///
    /// # Errors
    /// `value` where a value cannot be written as the message asks; opening and editing have seen to it before.
    pub fn words(&self, message: &Message, locale: &str, row: &OptionRow) -> Result<Formatted> {
        let sources = self.sources_of_values();
        let locale = if super::pseudo::is_pseudo(locale) { &self.source_locale } else { locale };
        message.pattern.format(&format!("copy/{locale}.json"), locale, &|name| sources.value(row, name))
    }
}
