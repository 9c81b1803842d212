//! In: the text of a message (ICU MessageFormat 1 with named tags), a locale, values by name. Out: its words, and where tags
//! stand in them. `parse` takes a pattern apart once, `cldr` holds what locales want, `number`, `date` and `plural` write and
//! choose by it. All is decimal and table: the same words on every machine. What a tag looks like is left to `variant`.

pub mod cldr;
mod date;
mod number;
mod parse;
mod plural;

pub use parse::parse;

use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use cldr::LocaleData;
use number::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A pattern, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern(Vec<Node>);

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// Words.
    Text(String),
    /// `{name}` or `{name, number, ...}`.
    Argument { name: String, form: Form, at: usize },
    /// `{name, plural, ...}` and `selectordinal`.
    Plural { name: String, ordinal: bool, offset: Decimal, cases: Vec<(Key, Vec<Node>)>, at: usize },
    /// `{name, select, ...}`.
    Select { name: String, cases: Vec<(String, Vec<Node>)> },
    /// `#`: the number that a plural looks at, less its offset.
    Count,
    /// `<name>...</name>`.
    Tag { name: String, inner: Vec<Node> },
}

/// What chooses a case of a plural.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// `=3`
    Exactly(Decimal),
    /// `one`, `few`, `other` ...
    Category(String),
}

/// How a value is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    /// As it stands.
    Plain,
    /// As a number.
    Number(number::Style),
    /// As a date or time of day.
    Date(date::Style),
}

/// A message with its values filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formatted {
    /// The words.
    pub text: String,
    /// Tags by the bytes they enclose, the outer before the inner.
    pub tags: Vec<(Range<usize>, String)>,
}

/// Gives the value of an argument.
pub type Values<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Pattern {
    /// Every argument it looks at, and whether it takes part in a choice or a form (plain ones are shown as they stand).
    #[must_use]
    pub fn arguments(&self) -> BTreeMap<&str, bool> {
        let mut out = BTreeMap::new();
        let mut put = |name, formed| *out.entry(name).or_insert(false) |= formed;
        walk(&self.0, &mut |node| match node {
            Node::Argument { name, form, .. } => put(name.as_str(), *form != Form::Plain),
            Node::Plural { name, .. } | Node::Select { name, .. } => put(name.as_str(), true),
            _ => {}
        });
        out
    }

    /// The names of its tags.
    #[must_use]
    pub fn tags(&self) -> BTreeSet<&str> {
        let mut out = BTreeSet::new();
        walk(&self.0, &mut |node| {
            if let Node::Tag { name, .. } = node {
                out.insert(name.as_str());
            }
        });
        out
    }

    /// Whether the locale's own forms are asked for: numbers, dates, plurals.
    #[must_use]
    pub fn localised(&self) -> bool {
        let mut any = false;
        walk(&self.0, &mut |node| {
            any |= match node {
                Node::Argument { form, .. } => *form != Form::Plain,
                Node::Plural { .. } | Node::Count => true,
                _ => false,
            };
        });
        any
    }

    /// Changes the words and nothing else; arguments and tags stay.
    pub(crate) fn map_words(&mut self, change: &mut dyn FnMut(&str) -> String) {
        map_words(&mut self.0, change);
    }

    /// Adds words at the end.
    pub(crate) fn add_words(&mut self, words: &str) {
        self.0.push(Node::Text(words.to_owned()));
    }

    /// The words for a locale. An argument without a value stays as `{name}`. `at` is the message's place, for errors.
    ///
    /// # Errors
    /// `value` where a value is no number or date and the message wants one; `limit` where the words get too long.
    pub fn format(&self, at: &str, locale: &str, values: Values<'_>) -> Result<Formatted> {
        let mut writer = Writer { at, data: None, locale, values, out: Formatted::default(), count: None };
        writer.nodes(&self.0)?;
        Ok(writer.out)
    }
}

fn walk<'a>(nodes: &'a [Node], visit: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        visit(node);
        match node {
            Node::Plural { cases, .. } => cases.iter().for_each(|(_, inner)| walk(inner, visit)),
            Node::Select { cases, .. } => cases.iter().for_each(|(_, inner)| walk(inner, visit)),
            Node::Tag { inner, .. } => walk(inner, visit),
            _ => {}
        }
    }
}

fn map_words(nodes: &mut [Node], change: &mut dyn FnMut(&str) -> String) {
    for node in nodes {
        match node {
            Node::Text(words) => *words = change(words),
            Node::Plural { cases, .. } => cases.iter_mut().for_each(|(_, inner)| map_words(inner, change)),
            Node::Select { cases, .. } => cases.iter_mut().for_each(|(_, inner)| map_words(inner, change)),
            Node::Tag { inner, .. } => map_words(inner, change),
            _ => {}
        }
    }
}

struct Writer<'a> {
    at: &'a str,
    data: Option<LocaleData>,
    locale: &'a str,
    values: Values<'a>,
    out: Formatted,
    /// What `#` stands for.
    count: Option<Decimal>,
}

/// An error at a character of a message.
#[cold]
#[inline(never)]
pub(crate) fn error_at(kind: ErrorKind, at: &str, offset: usize, message: &str) -> Error {
    Error::new(kind, format!("{at}, character {}", offset + 1), message)
}

impl Writer<'_> {
    fn data(&mut self) -> &LocaleData {
        let locale = self.locale;
        self.data.get_or_insert_with(|| cldr::of(locale))
    }

    fn put(&mut self, words: &str) -> Result<()> {
        self.out.text.push_str(words);
        if self.out.text.len() > 4 * limits::FORMATTED_CHARS {
            return Err(Error::new(ErrorKind::Limit, self.at, "with its values the message is too long")
                .allowed(format!("{} characters", limits::FORMATTED_CHARS)));
        }
        Ok(())
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<()> {
        for node in nodes {
            match node {
                Node::Text(words) => self.put(words)?,
                Node::Argument { name, form, at } => self.argument(name, form, *at)?,
                Node::Plural { name, ordinal, offset, cases, at } => {
                    let number = match (self.values)(name) {
                        Some(value) => self.number(name, &value, *at)?,
                        None => Decimal::default(),
                    };
                    let less = number.minus(offset);
                    let rules = cldr::rules(self.locale, *ordinal);
                    let category = plural::category(rules, &less);
                    let exact = cases.iter().find(|(key, _)| matches!(key, Key::Exactly(n) if n.same(&number)));
                    let by = |word: &str| cases.iter().find(|(key, _)| matches!(key, Key::Category(c) if c == word));
                    let chosen = exact.or_else(|| by(category)).or_else(|| by("other"));
                    let outer = self.count.replace(less);
                    if let Some((_, inner)) = chosen {
                        self.nodes(inner)?;
                    }
                    self.count = outer;
                }
                Node::Select { name, cases } => {
                    let value = (self.values)(name).unwrap_or_default();
                    let by = |word: &str| cases.iter().find(|(key, _)| key == word);
                    if let Some((_, inner)) = by(&value).or_else(|| by("other")) {
                        self.nodes(inner)?;
                    }
                }
                Node::Count => {
                    if let Some(count) = self.count.clone() {
                        let words = number::Style::default().write(&count, self.data());
                        self.put(&words)?;
                    }
                }
                Node::Tag { name, inner } => {
                    let start = self.out.text.len();
                    let place = self.out.tags.len();
                    self.out.tags.push((start..start, name.clone()));
                    self.nodes(inner)?;
                    let end = self.out.text.len();
                    if let Some((range, _)) = self.out.tags.get_mut(place) {
                        range.end = end;
                    }
                }
            }
        }
        Ok(())
    }

    fn argument(&mut self, name: &str, form: &Form, at: usize) -> Result<()> {
        let Some(value) = (self.values)(name) else {
            return self.put(&format!("{{{name}}}"));
        };
        let words = match form {
            Form::Plain => value,
            Form::Number(style) => {
                let number = self.number(name, &value, at)?;
                let currency = (self.values)("currency");
                let style = style.with_currency(currency.as_deref()).ok_or_else(|| {
                    error_at(ErrorKind::Missing, self.at, at, &format!("'{name}' is written as a price, but in no currency"))
                        .allowed("{name, number, ::currency/EUR}, or a value 'currency' in the option row")
                })?;
                style.write(&number, self.data())
            }
            Form::Date(style) => {
                let moment = date::Moment::parse(&value).ok_or_else(|| {
                    error_at(ErrorKind::Value, self.at, at, &format!("'{name}' is written as a date, but its value is none"))
                        .found(&value)
                        .allowed("2026-11-30, 2026-11-30T19:00 or 19:00")
                })?;
                style.write(&moment, self.data())
            }
        };
        self.put(&words)
    }

    fn number(&self, name: &str, value: &str, at: usize) -> Result<Decimal> {
        Decimal::parse(value).ok_or_else(|| {
            error_at(ErrorKind::Value, self.at, at, &format!("'{name}' is written as a number, but its value is none"))
                .found(value)
                .allowed("digits with a full stop before the decimals, such as 1249.90")
                .hint("The message makes the form the locale wants; {name} alone shows a value as it stands")
        })
    }
}
