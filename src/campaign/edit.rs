//! In: an open campaign and one change a person makes while looking. Out: the same campaign with that change, or an error
//! and the campaign as it was.

use super::master::{Master, Override};
use super::read::{Context, Node, Report};
use super::suggest::did_you_mean;
use super::{Campaign, Message, Origin, open, token_value, tokens, words};
use crate::error::{Error, ErrorKind, Result};
use serde_json::Value;

impl Campaign {
    /// Sets a message of a locale; a person wrote it from now on.
    ///
    /// # Errors
    /// `unknown` for a locale or argument that is not there; what [`Message::new`] says of the text.
    pub fn set_copy(&mut self, locale: &str, key: &str, text: &str) -> Result<()> {
        let at = format!("copy/{locale}.json: messages.{key}.text");
        if !self.locales.iter().any(|l| l == locale) {
            let mut error =
                Error::new(ErrorKind::Unknown, &at, format!("unknown locale '{locale}'")).allowed(self.locales.join(", "));
            error.hint = did_you_mean(locale, self.locales.iter().map(String::as_str));
            return Err(error);
        }
        if super::pseudo::is_pseudo(locale) {
            return Err(Error::new(ErrorKind::Value, &at, "a pseudo-locale is made from the source language")
                .hint(format!("Edit '{}'", self.source_locale)));
        }
        if self.message(locale, key).is_none() {
            let keys = self.message_keys();
            let mut error = Error::new(ErrorKind::Unknown, &at, format!("unknown message '{key}'")).allowed(keys.join(", "));
            error.hint = did_you_mean(key, keys);
            return Err(error);
        }
        let note = self.copy.get(locale).and_then(|messages| messages.get(key)).and_then(|m| m.note.clone());
        let message = Message::new(&at, text, Origin::Human, note)?;
        self.sources_of_values().check(&at, &at, locale, &message, &self.options)?;
        words::check_tags(&at, &message, self.master.span_names())?;
        self.copy.entry(locale.to_owned()).or_default().insert(key.to_owned(), message);
        if locale == self.source_locale {
            self.draft_pseudo();
        }
        Ok(())
    }

    /// How many of the master's overrides are the file's own: those after them are corrections of the page.
    #[must_use]
    pub fn own_overrides(&self) -> usize {
        self.sources.master.1.get("overrides").and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The corrections that a person made while looking, now or before the files were saved: what [`Campaign::set_overrides`] replaces.
    #[must_use]
    pub fn corrections(&self) -> &[Value] {
        &self.sources.corrections
    }

    /// Replaces the corrections that a person made while looking: overrides as in master.json, applied after the master's own. Answers with
    /// those that are others now, as they were and as they are: only where one of them applies is anything changed.
    ///
    /// # Errors
    /// What reading the master says of them; nothing is changed then.
    pub fn set_overrides(&mut self, list: Vec<Value>) -> Result<Vec<Override>> {
        let report = Report::default();
        let master = self.master_with(&self.tokens, &list, &report);
        let broken = || Error::new(ErrorKind::Value, &self.sources.master.0, "the corrections do not apply");
        if let Err(errors) = report.close() {
            return Err(errors.0.into_iter().next().unwrap_or_else(broken));
        }
        let master = master.ok_or_else(broken)?;
        // The first ones stand as they stood; the order of the others may be another.
        let same = self.sources.corrections.iter().zip(&list).take_while(|(before, now)| before == now).count();
        let from = self.own_overrides() + same;
        let before = std::mem::replace(&mut self.master, master).overrides;
        self.sources.corrections = list;
        Ok(before.into_iter().skip(from).chain(self.master.overrides.iter().skip(from).cloned()).collect())
    }

    /// The master as its file has it, with corrections after its own overrides.
    fn master_with(&self, tokens: &super::Tokens, corrections: &[Value], report: &Report) -> Option<Master> {
        let (file, json) = &self.sources.master;
        let read = |json: &Value| open::read_master(file, json, tokens, &self.catalogue, &self.locales, report);
        if corrections.is_empty() {
            return read(json);
        }
        let mut json = json.clone();
        let own = json.get("overrides").and_then(Value::as_array).cloned().unwrap_or_default();
        if let Some(object) = json.as_object_mut() {
            // Each outlives its layer, whoever made it.
            let mut corrections = corrections.to_vec();
            for one in corrections.iter_mut().filter_map(Value::as_object_mut) {
                one.insert("by_hand".to_owned(), Value::from(true));
            }
            object.insert("overrides".to_owned(), Value::from([own, corrections].concat()));
        }
        read(&json)
    }

    /// Sets a token from text as a person types it: `#b34a00`, `16px`, `Fraunces, serif`, `700`, `{color.ink}`.
    ///
    /// # Errors
    /// `unknown` for a token that is not there, `value` where the text does not fit its type or the master cannot use it,
    /// `cycle` where the alias closes a ring.
    pub fn set_token(&mut self, path: &str, value: &str) -> Result<()> {
        let (file, json) = &self.sources.brand;
        let at = format!("{file}: {path}");
        let Some(kind) = self.tokens.get(path).map(super::TokenValue::kind) else {
            let mut error = Error::new(ErrorKind::Unknown, &at, format!("unknown token '{path}'"));
            error.hint = did_you_mean(path, self.tokens.paths());
            return Err(error);
        };
        let mut json = json.clone();
        let missing = || Error::new(ErrorKind::Unknown, &at, format!("unknown token '{path}'"));
        let place = path.split('.').try_fold(&mut json, |node, part| node.get_mut(part)).ok_or_else(missing)?;
        let object = place.as_object_mut().ok_or_else(missing)?;
        // An alias may have brought its type along; written out, the token must keep it.
        if object.get("$value").and_then(Value::as_str).is_some_and(|text| text.starts_with('{')) {
            object.insert("$type".to_owned(), Value::from(kind.name()));
        }
        object.insert("$value".to_owned(), token_value::json_of(&at, kind, value)?);
        let report = Report::default();
        let tokens = tokens::read(&Node::root(file, &json, Context { report: &report, tokens: None }));
        let master = self.master_with(&tokens, &self.sources.corrections, &report);
        if let Err(errors) = report.close() {
            return Err(errors.0.into_iter().next().unwrap_or_else(missing));
        }
        self.master = master.ok_or_else(missing)?;
        self.tokens = tokens;
        self.sources.brand.1 = json;
        Ok(())
    }
}
