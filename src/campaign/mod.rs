//! In: the files people bring. Out: a [`Campaign`]: parsed, checked against the limits, every error collected with its JSON
//! path, unknown fields as warnings. Resolving tokens and overrides for one cell is left to `variant`.
//!
//! Every JSON shape is written down once, as a [`fields::Table`] beside its reader; the published JSON Schemas are made from
//! the same tables by [`schema`].

pub mod copy;
pub mod edit;
pub mod fields;
pub mod files;
pub mod arrangement;
pub mod artboards;
pub mod catalogue;
pub mod format;
mod depth;
pub mod infer;
pub mod json;
pub mod layer;
pub mod locale;
pub mod look;
pub mod manifest;
pub mod master;
pub mod media;
pub mod message;
pub mod naming;
mod open;
mod paint;
pub mod pseudo;
pub mod policy;
pub mod read;
pub mod role;
pub mod schema;
pub mod span;
pub mod suggest;
mod token_value;
pub mod tokens;
pub mod words;
mod zip;

pub use catalogue::Catalogue;
pub use copy::Message;
pub use files::Files;
pub use format::Format;
pub use master::Master;
pub use media::{Media, MediaKind};
pub use naming::Naming;
pub use policy::{Policy, Rule, Severity};
pub use tokens::{TokenKind, TokenValue, Tokens};

use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::Fingerprint;
use crate::ordered;
use crate::text::nobreak::Stretches;
use crate::text::style::Direction;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Who or what made a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A person wrote it.
    #[default]
    Human,
    /// A machine drafted it; a person has not yet taken it over.
    MachineDraft,
    /// It came from a file or a translation memory.
    Imported,
}

impl Origin {
    /// The name in copy files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::MachineDraft => "machine-draft",
            Self::Imported => "imported",
        }
    }
    /// By its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Human, Self::MachineDraft, Self::Imported].into_iter().find(|origin| origin.name() == name)
    }
}

/// A row of the options table: a product, an offer, a picture.
#[derive(Clone, Debug)]
pub struct OptionRow {
    /// Letters, digits, `-` and `_`.
    pub id: Arc<str>,
    /// By name, for `{name}` in messages and `{option.name}` in the master.
    pub values: BTreeMap<String, String>,
    /// JSON place, for errors.
    pub at: String,
}

impl OptionRow {
    /// A row without values.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.into(), values: BTreeMap::new(), at: "campaign.json: options".to_owned() }
    }
}

/// Cells that are not made; each list that is given must match.
#[derive(Clone, Debug)]
pub struct Exclude {
    /// Format ids, sets spelt out.
    pub formats: Option<BTreeSet<String>>,
    /// Locales.
    pub locales: Option<BTreeSet<String>>,
    /// Option ids.
    pub options: Option<BTreeSet<String>>,
}

/// The file type delivered unless a person chooses another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// Lossless.
    #[default]
    Png,
    /// Lossy.
    Jpeg {
        /// 1 to 100.
        quality: u8,
    },
}

/// Who made an asset and what is allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Its title.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// The licence.
    pub licence: String,
    /// Where the licence is written.
    pub licence_url: String,
    /// Where it is from.
    pub source: String,
    /// Where it may be shown; `None` = everywhere.
    pub territory: Option<String>,
    /// The last day it may be shown, YYYY-MM-DD.
    pub expires: Option<String>,
}

/// A campaign file, by its path inside the campaign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetId(pub Arc<str>);

// Maps of assets are asked by plain paths.
impl std::borrow::Borrow<str> for AssetId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A file of the campaign that variants show.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its path.
    pub id: AssetId,
    /// As they were brought.
    pub bytes: Arc<[u8]>,
    /// What is read instead of them, where importers opened the file.
    pub instead: Option<Arc<[u8]>>,
    /// SHA-256 of the bytes.
    pub sha256: Fingerprint,
    /// What its headers say.
    pub media: Media,
}

/// A parsed and checked campaign. Cheap to clone but for its tables; bytes are shared.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Its name.
    pub name: String,
    /// Its version, as text.
    pub version: String,
    /// The language the copy is written in first.
    pub source_locale: String,
    /// BCP 47 tags in order.
    pub locales: Vec<String>,
    /// Chosen formats in order.
    pub formats: Vec<Arc<Format>>,
    /// All formats that could be chosen: the built-in ones and the campaign's own.
    pub catalogue: Catalogue,
    /// Option rows in order, never empty.
    pub options: Vec<OptionRow>,
    /// Cells that are not made.
    pub exclude: Vec<Exclude>,
    /// File names.
    pub naming: Naming,
    /// File type.
    pub delivery: Delivery,
    /// Brand fonts, in order; they win over the defaults.
    pub fonts: Vec<AssetId>,
    /// Names that are never broken over two lines.
    pub brands: Vec<String>,
    /// By path.
    pub rights: BTreeMap<String, Rights>,
    /// The design.
    pub master: Master,
    /// The brand.
    pub tokens: Tokens,
    /// Guardrails in force.
    pub policy: Policy,
    /// Messages by locale, then key.
    pub copy: BTreeMap<String, BTreeMap<String, Message>>,
    /// What variants show, and brand fonts, by path.
    pub assets: BTreeMap<AssetId, Asset>,
    /// The token file and the master as JSON, so that a token can be changed and both read again.
    pub(crate) sources: Sources,
    /// Where each option row stands.
    pub(crate) option_index: BTreeMap<Arc<str>, usize>,
    /// What stays on one line, by the campaign's brands and its languages' calendars.
    pub(crate) stretches: Arc<Stretches>,
}

/// What live editing reads again.
#[derive(Clone, Debug)]
pub(crate) struct Sources {
    pub brand: (String, serde_json::Value),
    pub master: (String, serde_json::Value),
    /// Corrections made while looking: overrides after the master's own.
    pub corrections: Vec<serde_json::Value>,
}

/// An opened campaign, and what was odd about it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The campaign.
    pub campaign: Campaign,
    /// Unknown fields and other oddities that did not prevent opening.
    pub warnings: Vec<Error>,
    /// `ledger.jsonl` of the files, as it came; whether its chain holds is review's to say.
    pub ledger: Option<String>,
}

impl Campaign {
    /// An asset by its path.
    #[must_use]
    pub fn asset(&self, id: &AssetId) -> Option<&Asset> {
        self.assets.get(id)
    }
    /// Whether a locale is among the campaign's, or one of the pseudo-locales that every campaign has.
    #[must_use]
    pub fn has_locale(&self, tag: &str) -> bool {
        pseudo::is_pseudo(tag) || self.locales.iter().any(|l| l == tag)
    }
    /// Makes the pseudo-locales' messages anew from the source language.
    pub(crate) fn draft_pseudo(&mut self) {
        for tag in pseudo::PSEUDO {
            let source = self.copy.get(&self.source_locale).into_iter().flatten();
            let messages = ordered::map(source.map(|(key, message)| (key.clone(), pseudo::message(message, tag))));
            self.copy.insert(tag.to_owned(), messages);
        }
    }
    /// An option row by id.
    #[must_use]
    pub fn option(&self, id: &str) -> Option<&OptionRow> {
        self.options.get(*self.option_index.get(id)?)
    }
    /// The message a locale shows, and whether the source locale's stands in for it.
    #[must_use]
    pub fn message(&self, locale: &str, key: &str) -> Option<(&Message, bool)> {
        let of = |locale: &str| self.copy.get(locale).and_then(|messages| messages.get(key));
        of(locale).map(|m| (m, false)).or_else(|| of(&self.source_locale).map(|m| (m, true)))
    }
    /// Message keys in the order of the master's layers, each once.
    #[must_use]
    pub fn message_keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = Vec::new();
        for layer in &self.master.layers {
            if let layer::MasterContent::Text(text) = &layer.content
                && !keys.contains(&text.key.as_str())
            {
                keys.push(&text.key);
            }
        }
        keys
    }
    /// The messages that a locale shows, in the order of the master's layers: key, text as written, origin.
    ///
    /// # Errors
    /// `unknown` where the campaign has no such locale.
    pub fn messages(&self, locale: &str) -> Result<Vec<(String, String, Origin)>> {
        if !self.has_locale(locale) {
            let mut error =
                Error::new(ErrorKind::Unknown, "campaign.json: locales", format!("the campaign has no locale '{locale}'"));
            error.hint = suggest::did_you_mean(locale, self.locales.iter().map(String::as_str));
            return Err(error);
        }
        let of = |key: &str| self.message(locale, key).map(|(m, _)| (key.to_owned(), m.text.clone(), m.origin));
        Ok(self.message_keys().into_iter().filter_map(of).collect())
    }
    /// The direction of a locale.
    #[must_use]
    pub fn direction(&self, locale: &str) -> Direction {
        locale::direction(locale)
    }
}
