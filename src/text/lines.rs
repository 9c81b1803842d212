//! In: JSON Lines, each a text with fonts, size and width. Out: JSON Lines with breaks, widths and placed glyphs: the whole of
//! `variorum text` but reading and writing, for tests against other engines. A bad line gives an error object and goes on.
//!
//! In: `{id, text, lang, dir: "ltr"|"rtl"|"auto", font, size, width}`; `font` is a file name or a list in order of priority,
//! `name.ttc#2` a face of a collection; size and width are px. Optional, with the meaning and defaults of CSS: `wordBreak`
//! (normal, keep-all, break-all), `lineBreak` (auto, strict, normal, loose, anywhere), `overflowWrap` (normal, anywhere,
//! break-word), `textWrap` (wrap, balance), `letterSpacing` (px), `whiteSpace` (pre-line, pre-wrap), `hyphens` (manual, none, auto), `weight`
//! (a number), `features` and `variations` (as CSS writes them, or an object by tag).
//!
//! Out: `{id, breaksCp, lineWidths, lines: [{start, end, glyphs: [{font, id, cluster, x, y, advance}]}], missing?, withoutWords?, withoutPhrases?}`: `breaksCp`
//! the first code point of each line after the first; `lineWidths` px without hanging spaces; `start`, `end` and `cluster`
//! bytes of the text in UTF-8; `font` the name as given; `x` px from the line's left edge and `y` px below its baseline
//! (where the glyph's origin is drawn, offsets included); glyphs from left to right; spaces that hang or collapse are left out.

use super::breaks::{Strictness, WordBreak};
use super::endings::{BreakRules, Hyphenate, Lists, TuckEnds, WideWords};
use super::face::{Face, Variation};
use super::fonts::{FontLibrary, FontOrigin};
use super::shape::shape_in;
use super::style::{Direction, Feature, TextStyle};
use super::{Fitted, bidi, hyphens, phrases, words};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use crate::units::Px;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Answers every line of `input`; `load` gives the bytes of a font by the file name below the folder of fonts.
pub fn text_command(input: &str, load: &dyn Fn(&str) -> Option<Vec<u8>>) -> String {
    let mut bench = Bench::new(load);
    let mut out = String::new();
    for (number, line) in input.lines().enumerate() {
        if !line.trim().is_empty() {
            out.push_str(&bench.answer(line, number + 1));
            out.push('\n');
        }
    }
    out
}

/// Answers one line after the other; fonts stay loaded in between, so that a host can stream.
pub struct Bench<'a> {
    load: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    library: FontLibrary,
    /// Faces by the name in the request.
    faces: BTreeMap<String, Result<Arc<Face>>>,
}

impl<'a> Bench<'a> {
    /// A bench without fonts yet.
    #[must_use]
    pub fn new(load: &'a dyn Fn(&str) -> Option<Vec<u8>>) -> Self {
        Self { load, library: FontLibrary::new(), faces: BTreeMap::new() }
    }

    /// The answer to one line, without a newline. `number` (from 1) is for errors.
    pub fn answer(&mut self, line: &str, number: usize) -> String {
        let at = format!("line {number}");
        let value = serde_json::from_str::<Value>(line);
        let id = value.as_ref().ok().and_then(|v| v.get("id")).filter(|v| v.is_string() || v.is_number()).cloned();
        let answer = match value {
            Ok(Value::Object(fields)) => self.case(&fields, &at),
            Ok(_) => Err(Error::new(ErrorKind::Value, &at, "is not a JSON object")),
            Err(error) => Err(Error::new(ErrorKind::Syntax, &at, "is not JSON").found(error)),
        };
        let mut out = Map::new();
        if let Some(id) = id {
            out.insert("id".into(), id);
        }
        match answer {
            Ok(fields) => out.extend(fields),
            Err(error) => {
                out.insert("error".into(), error_value(&error));
            }
        }
        Value::Object(out).to_string()
    }

    fn case(&mut self, fields: &Map<String, Value>, at: &str) -> Result<Map<String, Value>> {
        let place = |name: &str| format!("{at}: {name}");
        let text = fields.get("text").and_then(Value::as_str);
        let text = text.ok_or_else(|| Error::new(ErrorKind::Missing, place("text"), "text must be a string"))?;
        if text.chars().count() > TEXT_CHARS {
            return Err(
                Error::new(ErrorKind::Limit, place("text"), "text is too long").allowed(format!("{TEXT_CHARS} characters"))
            );
        }
        let number = |name: &str, least: f64| {
            let v = fields.get(name).and_then(Value::as_f64);
            v.filter(|v| *v >= least && *v <= f64::from(limits::FORMAT_SIDE)).ok_or_else(|| {
                let found = fields.get(name).map_or_else(|| "nothing".to_owned(), Value::to_string);
                Error::new(ErrorKind::Value, place(name), "must be a number of px")
                    .found(found)
                    .allowed(format!("{least} to 200000"))
            })
        };
        let size = number("size", 0.5)?;
        let width = number("width", 0.0)?;
        let word = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let direction = match word("dir") {
            "rtl" => Direction::Rtl,
            "auto" => bidi::first_strong(text),
            "ltr" | "" => Direction::Ltr,
            other => {
                return Err(Error::new(ErrorKind::Value, place("dir"), "unknown direction")
                    .found(other)
                    .allowed("ltr, rtl or auto"));
            }
        };
        for (name, allowed) in CHOICES {
            let known = |v: &Value| v.as_str().is_some_and(|v| v.is_empty() || allowed.split(' ').any(|a| a == v));
            if let Some(found) = fields.get(name).filter(|v| !v.is_null() && !known(v)) {
                let error = Error::new(ErrorKind::Value, place(name), "unknown word").found(found);
                return Err(error.allowed(allowed.replace(' ', ", ")));
            }
        }
        let rules = BreakRules {
            words: match word("wordBreak") {
                "keep-all" => WordBreak::KeepAll,
                "break-all" => WordBreak::BreakAll,
                _ => WordBreak::Normal,
            },
            strictness: match word("lineBreak") {
                "strict" => Strictness::Strict,
                "loose" => Strictness::Loose,
                "anywhere" => Strictness::Anywhere,
                _ => Strictness::Normal,
            },
            wide_words: match word("overflowWrap") {
                "anywhere" | "break-word" => WideWords::PartAnywhere,
                _ => WideWords::StickOut,
            },
            tuck_ends: TuckEnds::Brackets,
            feed_widows: false,
            hyphenate: if word("hyphens") == "auto" { Hyphenate::Always } else { Hyphenate::Never },
            spacing_at_ends: true,
        };
        let names: Vec<String> = match fields.get("font") {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        if names.is_empty() {
            return Err(Error::new(ErrorKind::Missing, place("font"), "font must be a file name or a list of them"));
        }
        let faces = names.iter().map(|name| self.face(name)).collect::<Result<Vec<_>>>()?;
        let spacing = match fields.get("letterSpacing") {
            None | Some(Value::Null) => 0.0,
            Some(_) => number("letterSpacing", -f64::from(limits::FORMAT_SIDE))? / size,
        };
        let tagged = |name: &str| fields.get(name).map(settings).unwrap_or_default();
        let features = tagged("features").into_iter().map(|(tag, value)| Feature { tag, value: value.unwrap_or(1.0) as u32 });
        let mut variations = vec![Variation { tag: *b"wght", value: weight(fields.get("weight")) }];
        variations.extend(tagged("variations").into_iter().filter_map(|(tag, v)| Some(Variation { tag, value: v? as f32 })));
        let faces: Vec<Arc<Face>> = faces.iter().map(|face| self.library.instance(face, &variations)).collect();
        let style =
            TextStyle { tracking_em: super::shape::narrow(spacing), features: features.collect(), ..TextStyle::default() };
        let collapsed = Collapsed::new(text, word("whiteSpace") != "pre-wrap", word("hyphens") == "none");
        self.bring_words(&collapsed.text);
        if rules.hyphenate == Hyphenate::Always {
            self.bring_patterns(word("lang"));
        }
        if word("textWrap") == "balance" {
            self.bring_phrases(&collapsed.text, word("lang"));
        }
        let shaped = shape_in(&faces, Lists::of(&self.library), &collapsed.text, &style, word("lang"), direction, rules);
        let px = |v: f64| Px(super::shape::narrow(v));
        let fitted = shaped.set_at(px(size), px(width), 0, word("textWrap") == "balance");
        let named = |id| faces.iter().zip(&names).find(|(f, _)| f.id == id).map_or("", |(_, name)| name.as_str());
        Ok(answer(text, &collapsed, &fitted, named))
    }

    /// Loads the lists of words that a text needs, where the host has them.
    fn bring_words(&mut self, text: &str) {
        for script in words::scripts_in(text) {
            if self.library.words().get(script).is_none()
                && let Some(bytes) = (self.load)(script.file())
            {
                // A broken list is as none: the answer says that it is wanting.
                let _ = self.library.add(script.file(), bytes.into(), FontOrigin::Default);
            }
        }
    }

    /// Loads the hyphenation patterns of a locale, where the host has them.
    fn bring_patterns(&mut self, locale: &str) {
        if let Some(file) = hyphens::file_of(locale)
            && self.library.patterns().get(locale).is_none()
            && let Some(bytes) = (self.load)(file)
        {
            let _ = self.library.add(file, bytes.into(), FontOrigin::Default);
        }
    }

    /// Loads the model of phrases that a text asks for, where the host has it.
    fn bring_phrases(&mut self, text: &str, locale: &str) {
        if let Some(file) = phrases::file_for(text, locale)
            && self.library.phrases().get(file).is_none()
            && let Some(bytes) = (self.load)(file)
        {
            let _ = self.library.add(file, bytes.into(), FontOrigin::Default);
        }
    }

    fn face(&mut self, name: &str) -> Result<Arc<Face>> {
        if let Some(known) = self.faces.get(name) {
            return known.clone();
        }
        let found = self.open(name);
        self.faces.insert(name.to_owned(), found.clone());
        found
    }

    fn open(&mut self, name: &str) -> Result<Arc<Face>> {
        let (file, index) = match name.rsplit_once('#') {
            Some((file, n)) if n.parse::<u32>().is_ok() => (file, n.parse().unwrap_or(0)),
            _ => (name, 0),
        };
        if !self.library.has_file(file) {
            let safe = !file.split(['/', '\\']).any(|part| part == "..") && !file.starts_with(['/', '\\']);
            let bytes = if safe { (self.load)(file) } else { None };
            let bytes =
                bytes.ok_or_else(|| Error::new(ErrorKind::Unknown, name, "there is no such font file in the folder of fonts"))?;
            self.library.add_for_shaping(file, bytes.into(), FontOrigin::Brand)?;
        }
        let face = self.library.faces().find(|f| f.name == file && f.index == index).cloned();
        face.ok_or_else(|| Error::new(ErrorKind::Unknown, name, "the file has no such face"))
    }
}

/// Fields that are one of some words.
const CHOICES: [(&str, &str); 6] = [
    ("wordBreak", "normal keep-all break-all"),
    ("lineBreak", "auto strict normal loose anywhere"),
    ("overflowWrap", "normal anywhere break-word"),
    ("textWrap", "wrap balance"),
    ("whiteSpace", "pre-line pre-wrap"),
    ("hyphens", "manual none auto"),
];

/// Most characters of one line of the command.
const TEXT_CHARS: usize = 20_000;

fn answer<'n>(
    text: &str,
    collapsed: &Collapsed,
    fitted: &Fitted,
    named: impl Fn(super::FontId) -> &'n str,
) -> Map<String, Value> {
    let code_point = |byte: usize| text.get(..byte).map_or(0, |t| t.chars().count());
    let mut starts: Vec<usize> = fitted.lines.iter().map(|l| collapsed.original(l.start)).collect();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(text.len()));
    let lines: Vec<Value> = fitted
        .lines
        .iter()
        .zip(&starts)
        .zip(ends)
        .map(|((line, start), end)| {
            let glyphs: Vec<Value> = line
                .runs
                .iter()
                .flat_map(|run| run.glyphs.iter().map(|g| (run.font, g)))
                .map(|(font, g)| {
                    let cluster = collapsed.original(usize::try_from(g.cluster).unwrap_or(0));
                    json!({ "font": named(font), "id": g.id, "cluster": cluster, "x": px(g.x), "y": px(g.y), "advance": px(g.advance) })
                })
                .collect();
            json!({ "start": start, "end": end, "glyphs": glyphs })
        })
        .collect();
    let mut out = Map::new();
    out.insert("breaksCp".into(), starts.iter().skip(1).map(|&s| code_point(s)).collect());
    out.insert("lineWidths".into(), fitted.lines.iter().map(|l| px(l.width)).collect());
    out.insert("lines".into(), lines.into());
    if !fitted.notes.unlisted.is_empty() {
        out.insert("withoutWords".into(), fitted.notes.unlisted.iter().map(|s| s.code()).collect());
    }
    if let Some(file) = fitted.notes.unphrased {
        out.insert("withoutPhrases".into(), file.into());
    }
    if !fitted.missing.is_empty() {
        out.insert("missing".into(), fitted.missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect());
    }
    out
}

/// Settings by tag, as CSS writes them (`"smcp", "liga" off, "wdth" 85`) or as an object; no value where none is said.
fn settings(value: &Value) -> Vec<([u8; 4], Option<f64>)> {
    let tag = |s: &str| <[u8; 4]>::try_from(s.trim().trim_matches(['"', '\'']).as_bytes()).ok();
    match value {
        Value::Object(map) => map
            .iter()
            .filter_map(|(name, v)| Some((tag(name)?, v.as_f64().or(v.as_bool().map(|on| if on { 1.0 } else { 0.0 })))))
            .collect(),
        Value::String(list) => list
            .split(',')
            .filter_map(|part| {
                let (name, value) = part.trim().split_once(char::is_whitespace).unwrap_or((part.trim(), ""));
                let value = match value.trim() {
                    "" | "on" => None,
                    "off" => Some(0.0),
                    number => number.parse().ok(),
                };
                Some((tag(name)?, value))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The weight asked for: a number, or CSS' words for two of them.
fn weight(value: Option<&Value>) -> f32 {
    match value {
        Some(Value::Number(n)) => n.as_f64().unwrap_or(400.0) as f32,
        Some(Value::String(s)) if s == "bold" => 700.0,
        Some(Value::String(s)) => s.parse().unwrap_or(400.0),
        _ => 400.0,
    }
}

/// Four decimals are finer than any engine places.
fn px(v: Px) -> f64 {
    (f64::from(v.0) * 10_000.0).round() / 10_000.0 + 0.0
}

fn error_value(error: &Error) -> Value {
    let mut out = Map::new();
    out.insert("code".into(), error.kind.code().into());
    out.insert("at".into(), error.at.clone().into());
    out.insert("message".into(), error.message.clone().into());
    for (name, part) in [("found", &error.found), ("allowed", &error.allowed), ("hint", &error.hint)] {
        if let Some(part) = part {
            out.insert(name.into(), part.clone().into());
        }
    }
    Value::Object(out)
}

/// Text with white space collapsed as CSS `white-space: pre-line` does: runs of spaces and tabs become one space, none stay
/// beside a forced break or at the very start.
struct Collapsed {
    text: String,
    origin: Vec<usize>,
}

impl Collapsed {
    fn new(text: &str, collapse: bool, no_hyphens: bool) -> Self {
        let mut out = Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            let blank = matches!(c, ' ' | '\t');
            if no_hyphens && c == '\u{ad}' {
                continue;
            }
            if collapse && blank && out.text.chars().next_back().is_none_or(|p| matches!(p, ' ' | '\n')) {
                continue;
            }
            if collapse && c == '\n' && out.text.ends_with(' ') {
                out.text.pop();
                out.origin.pop();
            }
            let c = if collapse && blank { ' ' } else { c };
            out.text.push(c);
            out.origin.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        out.origin.push(text.len());
        out
    }
    fn original(&self, at: usize) -> usize {
        self.origin.get(at).copied().unwrap_or(0)
    }
}
