//! In: campaign.json. Out: a [`Manifest`]: what the campaign consists of, before the files it names are opened.

use super::catalogue::Catalogue;
use super::fields::{Shape, Table, may, must};
use super::format::{FORMAT, Format};
use super::naming::Naming;
use super::read::{Node, Obj};
use super::suggest::did_you_mean;
use super::{Delivery, Exclude, OptionRow, Rights, files, locale};
use crate::error::{Error, ErrorKind};
use crate::limits;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The whole file.
pub static CAMPAIGN: Table = Table {
    name: "campaign",
    doc: crate::campaign::fields::kept("a campaign: one master in many formats and languages"),
    fields: &[
        may("$schema", Shape::Text, "the schema, for editors"),
        must("name", Shape::Name, "the campaign's name"),
        may("version", Shape::Text, "its version, as text (default empty)"),
        may("master", Shape::Name, "the master's file (default master.json)"),
        may("brand", Shape::Name, "the token file (default brand.tokens.json)"),
        may("policy", Shape::Name, "the guardrails' file (default policy.json)"),
        may("source_locale", Shape::Locale, "the language the copy is written in first (default: the first locale)"),
        must("locales", Shape::List(&Shape::Locale, limits::LOCALES), "BCP 47 tags; each has its copy/<locale>.json"),
        may(
            "formats",
            Shape::List(&Shape::Format, limits::FORMATS),
            "format ids and set names in order; -name takes away (default all)",
        ),
        may("custom_formats", Shape::List(&Shape::Object(&FORMAT), limits::FORMATS), "formats the catalogue lacks"),
        may(
            "options",
            Shape::List(&Shape::Object(&OPTION), limits::OPTIONS),
            "rows: products, offers, pictures (default one, 'main')",
        ),
        may(
            "exclude",
            Shape::List(&Shape::Object(&EXCLUDE), 1_000),
            "cells that are not made; each list that is given must match",
        ),
        may("naming", Shape::Name, "file names (default {campaign}_{format}_{locale}_{option}_{width}x{height}.{ext})"),
        may("delivery", Shape::Object(&DELIVERY), "the file type delivered (default png)"),
        may(
            "fonts",
            Shape::List(&Shape::Name, limits::FONTS),
            "the brand's font files: TTF, OTF, TTC, WOFF or WOFF2; they win over the defaults",
        ),
        may("brands", Shape::List(&Shape::Name, 200), "names that are never broken over two lines: \"variorum studio\""),
        may("rights", Shape::Map(&Shape::Object(&RIGHTS), limits::FILES), "who made each asset and what is allowed, by path"),
    ],
};

static OPTION: Table = Table {
    name: "option",
    doc: crate::campaign::fields::kept("an option row"),
    fields: &[
        must("id", Shape::Name, "letters, digits, - and _"),
        may("values", Shape::Map(&Shape::Text, 500), "values by name, for {name} in messages and {option.name} in the master"),
    ],
};

static EXCLUDE: Table = Table {
    name: "exclude",
    doc: crate::campaign::fields::kept("cells that are not made"),
    fields: &[
        may("formats", Shape::List(&Shape::Format, limits::FORMATS), "format ids or set names"),
        may("locales", Shape::List(&Shape::Locale, limits::LOCALES), "locales"),
        may("options", Shape::List(&Shape::Name, limits::OPTIONS), "option ids"),
    ],
};

static DELIVERY: Table = Table {
    name: "delivery",
    doc: crate::campaign::fields::kept("the file type delivered"),
    fields: &[
        must("type", Shape::Choice(&["png", "jpeg"]), "png or jpeg"),
        may("quality", Shape::Whole(1, 100), "jpeg: 1 to 100 (default 88)"),
    ],
};

static RIGHTS: Table = Table {
    name: "rights",
    doc: crate::campaign::fields::kept("who made an asset and what is allowed"),
    fields: &[
        may("title", Shape::Text, "its title"),
        may("author", Shape::Text, "who made it"),
        may("licence", Shape::Text, "the licence, by SPDX id where there is one"),
        may("licence_url", Shape::Text, "where the licence is written"),
        may("source", Shape::Text, "where it is from"),
        may("territory", Shape::Text, "where it may be shown"),
        may("expires", Shape::Text, "the last day it may be shown, YYYY-MM-DD"),
    ],
};

/// campaign.json, read.
#[derive(Debug)]
pub struct Manifest {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The master's file.
    pub master: String,
    /// The token file.
    pub brand: String,
    /// The policy's file.
    pub policy: String,
    /// Written first in.
    pub source_locale: String,
    /// In order.
    pub locales: Vec<String>,
    /// Catalogue and custom formats.
    pub catalogue: Catalogue,
    /// Chosen, in order.
    pub formats: Vec<Arc<Format>>,
    /// Rows.
    pub options: Vec<OptionRow>,
    /// Cells that are not made.
    pub exclude: Vec<Exclude>,
    /// File names.
    pub naming: Naming,
    /// File type.
    pub delivery: Delivery,
    /// Brand fonts with their places.
    pub fonts: Vec<(String, String)>,
    /// Never broken over lines.
    pub brands: Vec<String>,
    /// By path.
    pub rights: BTreeMap<String, Rights>,
}

/// Reads the file; `None` where it cannot be used.
#[must_use]
pub fn read(root: &Node<'_>) -> Option<Manifest> {
    let report = root.cx.report;
    let obj = root.object(&CAMPAIGN)?;
    let locales = read_locales(&obj);
    let source_locale = obj.text("source_locale").map(str::to_owned).or_else(|| locales.first().cloned());
    if let Some(source) = &source_locale
        && !locales.is_empty()
        && !locales.contains(source)
    {
        let mut error =
            Error::new(ErrorKind::Unknown, format!("{}: source_locale", root.at), format!("'{source}' is not among the locales"))
                .allowed(locales.join(", "));
        error.hint = did_you_mean(source, locales.iter().map(String::as_str));
        report.error(error);
    }
    let custom: Vec<Format> = obj.list("custom_formats").iter().filter_map(|node| Format::read(&node.object(&FORMAT)?)).collect();
    let catalogue = match Catalogue::with_custom(custom) {
        Ok(catalogue) => catalogue,
        Err(error) => {
            report.error(Error { at: format!("{}: custom_formats", root.at), ..error });
            Catalogue::built_in().clone()
        }
    };
    // A name of a custom format that is itself at fault is known well enough.
    let faulty = report.blames(&format!("{}: custom_formats", root.at));
    let formats = match obj.texts("formats") {
        None => catalogue.formats().to_vec(),
        Some(list) => {
            let chosen = list
                .iter()
                .filter(|(text, _)| !(faulty && catalogue.check("", text).is_err()))
                .filter_map(|(text, node)| Some((*text, report.keep(catalogue.check(&node.at, text)).map(|()| *text)?)));
            let chosen: Vec<&str> = chosen.map(|(text, _)| text).collect();
            catalogue.choose(chosen)
        }
    };
    if formats.is_empty() && report.clean() {
        report.error(
            Error::new(ErrorKind::Missing, format!("{}: formats", root.at), "no format is left")
                .hint("[\"all\"] takes every format"),
        );
    }
    let options = read_options(&obj);
    let exclude = obj.list("exclude").iter().filter_map(|node| read_exclude(node, &catalogue, &locales, &options)).collect();
    let naming = obj.node("naming").and_then(|node| report.keep(Naming::new(&node.at, node.name()?))).unwrap_or_default();
    let delivery = obj.object("delivery").map_or(Delivery::Png, |o| match o.choice("type") {
        Some("jpeg") => Delivery::Jpeg { quality: o.whole("quality").and_then(|q| u8::try_from(q).ok()).unwrap_or(88) },
        _ => Delivery::Png,
    });
    let fonts = obj.texts("fonts").unwrap_or_default().into_iter().map(|(path, node)| (path.to_owned(), node.at)).collect();
    let rights = crate::ordered::map(
        obj.entries("rights").into_iter().filter_map(|(path, node)| Some((path.to_owned(), read_rights(&node)?))),
    );
    let file = |field: &str, default: &str| {
        let path = obj.text(field).unwrap_or(default).to_owned();
        report.keep(files::check_path(&format!("{}: {field}", root.at), &path)).map(|()| path)
    };
    let (master, brand, policy) =
        (file("master", "master.json"), file("brand", "brand.tokens.json"), file("policy", "policy.json"));
    let count = formats.len().saturating_mul(locales.len()).saturating_mul(options.len());
    if count > limits::VARIANTS {
        report.error(
            Error::new(ErrorKind::Limit, &root.at, "formats × locales × options are too many variants")
                .found(format!("{} × {} × {} = {count}", formats.len(), locales.len(), options.len()))
                .allowed(format!("{} variants", limits::VARIANTS)),
        );
    }
    Some(Manifest {
        name: obj.text("name")?.to_owned(),
        version: obj.text("version").unwrap_or_default().to_owned(),
        master: master?,
        brand: brand?,
        policy: policy?,
        source_locale: source_locale?,
        locales,
        catalogue,
        formats,
        options,
        exclude,
        naming,
        delivery,
        fonts,
        brands: obj.texts("brands").unwrap_or_default().into_iter().map(|(name, _)| name.to_owned()).collect(),
        rights,
    })
}

fn read_locales(obj: &Obj<'_>) -> Vec<String> {
    let mut locales: Vec<String> = Vec::new();
    let report = obj.cx.report;
    for (tag, node) in obj.texts("locales").unwrap_or_default() {
        if !locale::well_formed(tag) {
            let mut error = Error::new(ErrorKind::Value, &node.at, "not a BCP 47 language tag")
                .found(format!("'{tag}'"))
                .allowed("such as en, pt-BR, zh-Hans");
            if tag.contains('_') {
                error = error.hint(format!("did you mean '{}'?", tag.replace('_', "-")));
            }
            report.error(error);
        } else if locales.iter().any(|l| l == tag) {
            report.error(Error::new(ErrorKind::Value, &node.at, format!("the locale '{tag}' stands twice")));
        } else {
            locales.push(tag.to_owned());
        }
    }
    if obj.has("locales") && locales.is_empty() && report.clean() {
        report.error(Error::new(ErrorKind::Missing, format!("{}: locales", obj.at), "a campaign needs at least one locale"));
    }
    locales
}

fn read_options(obj: &Obj<'_>) -> Vec<OptionRow> {
    let report = obj.cx.report;
    if !obj.has("options") {
        return vec![OptionRow::new("main")];
    }
    let mut rows: Vec<OptionRow> = Vec::new();
    let mut seen = BTreeSet::new();
    for node in obj.list("options") {
        let Some(row) = node.object(&OPTION) else { continue };
        let values = row.entries("values").into_iter().filter_map(|(name, value)| {
            if value.value.is_number() {
                report.error(
                    value
                        .wrong(ErrorKind::Value, "a value must be text")
                        .allowed("a string")
                        .hint("Write \"49.90\": a number would lose its last zero"),
                );
                // Kept all the same, so that what uses it is not reported too.
                return Some((name.to_owned(), value.value.to_string()));
            }
            Some((name.to_owned(), value.text()?.to_owned()))
        });
        let values: BTreeMap<String, String> = crate::ordered::map(values);
        let Some(id) = row.text("id") else { continue };
        if !id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')) || id.len() > 80 {
            report.error(
                Error::new(ErrorKind::Value, format!("{}.id", node.at), "not an option id")
                    .found(format!("'{id}'"))
                    .allowed("letters, digits, - and _"),
            );
        } else if !seen.insert(id) {
            report.error(Error::new(ErrorKind::Value, format!("{}.id", node.at), format!("the option '{id}' stands twice")));
        } else {
            rows.push(OptionRow { id: id.into(), values, at: node.at.clone() });
        }
    }
    if rows.is_empty() && report.clean() {
        report.error(
            Error::new(ErrorKind::Missing, format!("{}: options", obj.at), "the list of options is empty")
                .hint("Leave the field out for one option, 'main'"),
        );
    }
    rows
}

fn read_exclude(node: &Node<'_>, catalogue: &Catalogue, locales: &[String], options: &[OptionRow]) -> Option<Exclude> {
    let report = node.cx.report;
    let obj = node.object(&EXCLUDE)?;
    let formats = obj.texts("formats").map(|list| {
        let ok = list.iter().filter(|(text, node)| report.keep(catalogue.check(&node.at, text)).is_some());
        crate::ordered::set(catalogue.choose(ok.map(|(text, _)| *text)).iter().map(|f| f.id.clone()))
    });
    let known = |field: &str, names: Vec<&str>, what: &str| {
        obj.texts(field).map(|list| {
            for (text, node) in &list {
                if !names.contains(text) {
                    let mut warning = Error::new(ErrorKind::Unknown, &node.at, format!("'{text}' is no {what} of this campaign"));
                    warning.hint = did_you_mean(text, names.iter().copied());
                    report.warn(warning);
                }
            }
            crate::ordered::set(list.iter().map(|(text, _)| (*text).to_owned()))
        })
    };
    let locales = known("locales", locales.iter().map(String::as_str).collect(), "locale");
    let options = known("options", options.iter().map(|row| &*row.id).collect(), "option");
    if formats.is_none() && locales.is_none() && options.is_none() {
        report.warn(Error::new(ErrorKind::Value, &node.at, "the rule names nothing and excludes nothing"));
        return None;
    }
    Some(Exclude { formats, locales, options })
}

fn read_rights(node: &Node<'_>) -> Option<Rights> {
    let obj = node.object(&RIGHTS)?;
    let text = |name: &str| obj.text(name).unwrap_or_default().to_owned();
    let some = |name: &str| obj.text(name).map(str::to_owned);
    if let Some(expires) = obj.text("expires")
        && !is_date(expires)
    {
        node.cx.report.error(
            Error::new(ErrorKind::Value, format!("{}.expires", node.at), "not a date").found(expires).allowed("YYYY-MM-DD"),
        );
    }
    Some(Rights {
        title: text("title"),
        author: text("author"),
        licence: text("licence"),
        licence_url: text("licence_url"),
        source: text("source"),
        territory: some("territory"),
        expires: some("expires"),
    })
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |s: &str, len: usize| (s.len() == len).then(|| s.parse::<u32>().ok()).flatten();
    match parts.as_slice() {
        [y, m, d] => {
            number(y, 4).is_some()
                && number(m, 2).is_some_and(|m| (1..=12).contains(&m))
                && number(d, 2).is_some_and(|d| (1..=31).contains(&d))
        }
        _ => false,
    }
}
