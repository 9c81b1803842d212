//! In: a JSON value with its place, and the [`Table`] of what may stand there. Out: plain Rust values; whatever is wrong is
//! collected with JSON path, what was found, what is allowed and a hint, and reading goes on, so that one look shows all.
//! Colours, paints and aliases are read in `paint`.

use super::fields::{Shape, Table};
use super::suggest::did_you_mean;
use super::tokens::Tokens;
use crate::error::{Error, ErrorKind, Errors, quoted};
use crate::geom::Rect;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// Above this many, further errors are counted only: hostile input must not build a report larger than itself.
const MOST: usize = 200;

/// What was met on the way.
#[derive(Debug, Default)]
pub struct Report {
    errors: RefCell<Vec<Error>>,
    warnings: RefCell<Vec<Error>>,
    cut: RefCell<usize>,
}

impl Report {
    /// Records an error.
    pub fn error(&self, error: Error) {
        let mut errors = self.errors.borrow_mut();
        if errors.len() < MOST {
            errors.push(error);
        } else {
            *self.cut.borrow_mut() += 1;
        }
    }
    /// Records a warning.
    pub fn warn(&self, warning: Error) {
        let mut warnings = self.warnings.borrow_mut();
        if warnings.len() < MOST {
            warnings.push(warning);
        }
    }
    /// Records the error of a result and hands on what it holds.
    pub fn keep<T>(&self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|e| self.error(e)).ok()
    }
    /// True where nothing was wrong so far.
    #[must_use]
    pub fn clean(&self) -> bool {
        self.errors.borrow().is_empty()
    }
    /// True where something was wrong at this place or below it: what follows from that need not be said again.
    #[must_use]
    pub fn blames(&self, at: &str) -> bool {
        self.errors.borrow().iter().any(|error| error.at.starts_with(at))
    }
    /// The warnings, or all errors.
    ///
    /// # Errors
    /// Where any was recorded.
    pub fn close(self) -> Result<Vec<Error>, Errors> {
        let mut errors = self.errors.into_inner();
        let cut = self.cut.into_inner();
        if cut > 0 {
            errors.push(Error::new(ErrorKind::Limit, "campaign", format!("and {cut} more errors")));
        }
        if errors.is_empty() { Ok(self.warnings.into_inner()) } else { Err(Errors(errors)) }
    }
}

/// What reading needs beside the value itself.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where errors go.
    pub report: &'a Report,
    /// Design tokens that `{aliases}` name; `None` where no alias is allowed.
    pub tokens: Option<&'a Tokens>,
}

/// A value and its place.
#[derive(Clone)]
pub struct Node<'a> {
    /// The value.
    pub value: &'a Value,
    /// File, then JSON path.
    pub at: String,
    /// The rest.
    pub cx: Context<'a>,
}

/// An object whose fields a table knows.
#[derive(Clone)]
pub struct Obj<'a> {
    map: &'a Map<String, Value>,
    table: &'static Table,
    /// File, then JSON path.
    pub at: String,
    /// The rest.
    pub cx: Context<'a>,
}

/// What a value is, for "found".
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::String(s) => format!("'{}'", s.chars().take(80).collect::<String>()),
        Value::Array(list) => format!("a list of {}", list.len()),
        Value::Object(map) => format!("an object of {} fields", map.len()),
    }
}

fn join(at: &str, key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$'));
    let first = !at.contains(": ");
    let key: String = key.chars().take(60).collect();
    match (first, plain) {
        (true, true) => format!("{at}: {key}"),
        (false, true) => format!("{at}.{key}"),
        (true, false) => format!("{at}: [{}]", quoted(&key)),
        (false, false) => format!("{at}[{}]", quoted(&key)),
    }
}

impl<'a> Node<'a> {
    /// The root of a file.
    #[must_use]
    pub fn root(file: &str, value: &'a Value, cx: Context<'a>) -> Self {
        Self { value, at: file.to_owned(), cx }
    }
    /// The value of a key below this place.
    #[must_use]
    pub fn key(&self, key: &str, value: &'a Value) -> Self {
        Self { value, at: join(&self.at, key), cx: self.cx }
    }
    /// The value at an index below this place.
    #[must_use]
    pub fn index(&self, i: usize, value: &'a Value) -> Self {
        let sep = if self.at.contains(": ") { "" } else { ": " };
        Self { value, at: format!("{}{sep}[{i}]", self.at), cx: self.cx }
    }
    /// An error at this place that tells what was found.
    #[must_use]
    pub fn wrong(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        Error::new(kind, &self.at, message).found(describe(self.value))
    }
    fn refuse<T>(&self, message: &str, allowed: &str) -> Option<T> {
        self.cx.report.error(self.wrong(ErrorKind::Value, message).allowed(allowed));
        None
    }
    /// Text.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        match self.value {
            Value::String(s) => Some(s),
            _ => self.refuse("this must be text", "a string"),
        }
    }
    /// Text of at least one character.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        match self.text()? {
            "" => self.refuse("this must not be empty", "a string of at least one character"),
            name => Some(name),
        }
    }
    /// true or false.
    #[must_use]
    pub fn bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(b) => Some(*b),
            _ => self.refuse("this must be true or false", "true, false"),
        }
    }
    /// A finite number within the bounds; an alias of a number or dimension token where tokens are at hand.
    #[must_use]
    pub fn number(&self, least: f64, most: f64) -> Option<f64> {
        let n = match (self.value, self.cx.tokens) {
            (Value::Number(n), _) => n.as_f64(),
            (Value::String(s), Some(_)) if s.starts_with('{') => return self.token_number(least, most),
            _ => None,
        };
        match n {
            Some(n) if n.is_finite() && n >= least && n <= most => Some(n),
            Some(_) => self.refuse("the number is out of range", &range(least, most)),
            None => self.refuse("this must be a number", &range(least, most)),
        }
    }
    /// A whole number within the bounds.
    #[must_use]
    pub fn whole(&self, least: i64, most: i64) -> Option<i64> {
        let allowed = format!("a whole number from {least} to {most}");
        match self.value.as_i64() {
            Some(n) if n >= least && n <= most => Some(n),
            Some(_) => self.refuse("the number is out of range", &allowed),
            None => self.refuse("this must be a whole number", &allowed),
        }
    }
    /// One of the words.
    #[must_use]
    pub fn choice(&self, words: &'static [&'static str], what: &str) -> Option<&'static str> {
        let found = self.text()?;
        let hit = words.iter().find(|word| **word == found).copied();
        if hit.is_none() {
            let mut error = Error::new(
                ErrorKind::Unknown,
                &self.at,
                format!("unknown {what} '{}'", found.chars().take(60).collect::<String>()),
            )
            .allowed(words.join(", "));
            error.hint = did_you_mean(found, words.iter().copied());
            self.cx.report.error(error);
        }
        hit
    }
    /// The entries of a list, at most `most`.
    #[must_use]
    pub fn list(&self, most: usize) -> Option<Vec<Self>> {
        let Value::Array(list) = self.value else {
            return self.refuse("this must be a list", "a list in [ ]");
        };
        if list.len() > most {
            self.cx.report.error(
                Error::new(ErrorKind::Limit, &self.at, "the list is too long")
                    .found(format!("{} entries", list.len()))
                    .allowed(format!("{most} entries")),
            );
            return None;
        }
        Some(list.iter().enumerate().map(|(i, value)| self.index(i, value)).collect())
    }
    /// The entries of an object with free names, at most `most`.
    #[must_use]
    pub fn entries(&self, most: usize) -> Option<Vec<(&'a str, Self)>> {
        let Value::Object(map) = self.value else {
            return self.refuse("this must be an object", "an object in { }");
        };
        if map.len() > most {
            self.cx.report.error(
                Error::new(ErrorKind::Limit, &self.at, "the object has too many entries")
                    .found(format!("{} entries", map.len()))
                    .allowed(format!("{most} entries")),
            );
            return None;
        }
        Some(map.iter().map(|(key, value)| (key.as_str(), self.key(key, value))).collect())
    }
    /// An object by its table: unknown fields are warned of, missing ones are errors.
    #[must_use]
    pub fn object(&self, table: &'static Table) -> Option<Obj<'a>> {
        let Value::Object(map) = self.value else {
            return self.refuse(&format!("this must be {}", table.doc), "an object in { }");
        };
        let obj = Obj { map, table, at: self.at.clone(), cx: self.cx };
        for (key, value) in map {
            if table.field(key).is_none() {
                let shown: String = key.chars().take(60).collect();
                let mut warning =
                    Error::new(ErrorKind::Unknown, self.key(key, value).at, format!("unknown field '{shown}' is ignored"));
                warning.hint = did_you_mean(key, table.names());
                warning.allowed = Some(table.names().collect::<Vec<_>>().join(", "));
                self.cx.report.warn(warning);
            }
        }
        // Read by editors alone.
        if let Some(schema) = map.get("$schema").filter(|_| table.field("$schema").is_some()) {
            let _ = self.key("$schema", schema).text();
        }
        for field in table.fields.iter().filter(|field| field.required && !map.contains_key(field.name)) {
            let near = map.keys().find(|key| table.field(key).is_none() && super::suggest::nearest(key, [field.name]).is_some());
            let mut error = Error::new(ErrorKind::Missing, &self.at, format!("'{}' is missing", field.name)).allowed(field.doc);
            error.hint = near.map(|key| format!("'{key}' stands there: did you mean '{}'?", field.name));
            self.cx.report.error(error);
        }
        Some(obj)
    }
    /// Four numbers; width and height not negative.
    #[must_use]
    pub fn rect(&self) -> Option<Rect> {
        const FAR: f64 = 1_000_000.0;
        let allowed = "[x, y, width, height], four numbers";
        let Value::Array(list) = self.value else { return self.refuse("this must be a box", allowed) };
        let [x, y, w, h] = list.as_slice() else { return self.refuse("a box has four numbers", allowed) };
        let (x, y) = (self.index(0, x).number(-FAR, FAR), self.index(1, y).number(-FAR, FAR));
        let (w, h) = (self.index(2, w).number(0.0, FAR), self.index(3, h).number(0.0, FAR));
        Some(Rect::new(x? as f32, y? as f32, w? as f32, h? as f32))
    }
    /// A box of fractions with an area, inside 0 to 1.
    #[must_use]
    pub fn part(&self) -> Option<Rect> {
        let rect = self.rect()?;
        let inside =
            rect.x.0 >= 0.0 && rect.y.0 >= 0.0 && rect.right().0 <= 1.0001 && rect.bottom().0 <= 1.0001 && rect.area() > 0.0;
        if inside {
            Some(rect)
        } else {
            self.refuse("the box leaves the picture or is empty", "fractions from 0 to 1: [x, y, width, height]")
        }
    }
    /// Two numbers.
    #[must_use]
    pub fn pair(&self, least: f64, most: f64) -> Option<(f64, f64)> {
        match self.value {
            Value::Array(list) => match list.as_slice() {
                [a, b] => {
                    let (a, b) = (self.index(0, a).number(least, most), self.index(1, b).number(least, most));
                    Some((a?, b?))
                }
                _ => self.refuse("two numbers stand here", &range(least, most)),
            },
            _ => self.refuse("this must be a list of two numbers", &range(least, most)),
        }
    }
}

/// "0 to 1", "at least 0".
fn range(least: f64, most: f64) -> String {
    if most >= 1e9 { format!("a number of at least {least}") } else { format!("a number from {least} to {most}") }
}

impl<'a> Obj<'a> {
    /// The value of a field the table knows.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<Node<'a>> {
        debug_assert!(self.table.field(name).is_some(), "{}.{name} is read but not in its table", self.table.name);
        let value = self.map.get(name)?;
        Some(Node { value, at: join(&self.at, name), cx: self.cx })
    }
    /// True where the field is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.map.contains_key(name)
    }
    fn shape(&self, name: &str) -> Option<Shape> {
        self.table.field(name).map(|field| field.shape)
    }
    /// Text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        let node = self.node(name)?;
        if matches!(self.shape(name), Some(Shape::Name | Shape::Locale)) { node.name() } else { node.text() }
    }
    /// true or false.
    #[must_use]
    pub fn bool(&self, name: &str) -> Option<bool> {
        self.node(name)?.bool()
    }
    /// A number within the table's bounds.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<f64> {
        let (least, most) = match self.shape(name) {
            Some(Shape::Number(least, most)) => (least, most),
            _ => (f64::MIN, f64::MAX),
        };
        self.node(name)?.number(least, most)
    }
    /// A whole number within the table's bounds.
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<i64> {
        let (least, most) = match self.shape(name) {
            Some(Shape::Whole(least, most)) => (least, most),
            _ => (i64::MIN, i64::MAX),
        };
        self.node(name)?.whole(least, most)
    }
    /// One of the table's words.
    #[must_use]
    pub fn choice(&self, name: &str) -> Option<&'static str> {
        let Some(Shape::Choice(words)) = self.shape(name) else { return None };
        self.node(name)?.choice(words, name)
    }
    /// A box.
    #[must_use]
    pub fn rect(&self, name: &str) -> Option<Rect> {
        let node = self.node(name)?;
        if matches!(self.shape(name), Some(Shape::Part)) { node.part() } else { node.rect() }
    }
    /// Two numbers within the table's bounds.
    #[must_use]
    pub fn pair(&self, name: &str) -> Option<(f64, f64)> {
        let Some(Shape::Pair(least, most)) = self.shape(name) else { return None };
        self.node(name)?.pair(least, most)
    }
    /// The entries of a list; empty where absent.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<Node<'a>> {
        let most = match self.shape(name) {
            Some(Shape::List(_, most)) => most,
            _ => usize::MAX,
        };
        self.node(name).and_then(|node| node.list(most)).unwrap_or_default()
    }
    /// Texts of a list; `None` where the field is absent.
    #[must_use]
    pub fn texts(&self, name: &str) -> Option<Vec<(&'a str, Node<'a>)>> {
        self.has(name).then(|| self.list(name).into_iter().filter_map(|node| Some((node.name()?, node))).collect())
    }
    /// The entries of an object with free names; empty where absent.
    #[must_use]
    pub fn entries(&self, name: &str) -> Vec<(&'a str, Node<'a>)> {
        let most = match self.shape(name) {
            Some(Shape::Map(_, most)) => most,
            _ => usize::MAX,
        };
        self.node(name).and_then(|node| node.entries(most)).unwrap_or_default()
    }
    /// An object by the table's table.
    #[must_use]
    pub fn object(&self, name: &str) -> Option<Self> {
        let Some(Shape::Object(table)) = self.shape(name) else { return None };
        self.node(name)?.object(table)
    }
}
