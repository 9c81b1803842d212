//! In: campaign files. Out: an [`Opened`] campaign, or every error at once: reads each file by its reader, then checks what
//! they say about each other (messages, options, pictures, fonts).

use super::AssetId;
use super::layer::{MasterContent, MasterLayer, Source};
use super::manifest::Manifest;
use super::read::{Context, Node, Report};
use super::suggest::did_you_mean;
use super::words::Sources as ValueSources;
use super::{
    Asset, Campaign, Files, Master, MediaKind, Message, Opened, OptionRow, Policy, Sources, Tokens, copy, files, json, manifest,
    master, media, policy, tokens, words,
};
use crate::error::{Error, ErrorKind, Errors, quoted};
use crate::fingerprint::Fingerprint;
use crate::importers::{Importers, Linked};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Campaign {
    /// Opens a campaign: a folder's files by relative path, or one `.variorum` zip.
    ///
    /// # Errors
    /// All that is wrong, each with its place.
    pub fn open(files: Files) -> Result<Opened, Errors> {
        Self::open_by(files, &Linked)
    }

    /// The same, with importers from elsewhere.
    ///
    /// # Errors
    /// As [`Campaign::open`].
    pub fn open_by(files: Files, importers: &dyn Importers) -> Result<Opened, Errors> {
        let mut files = files::gather(files)?;
        let report = Report::default();
        let campaign = open(&mut files, importers, &report);
        let warnings = report.close()?;
        let ledger = files.remove("ledger.jsonl").map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let campaign = campaign.ok_or_else(|| Error::new(ErrorKind::Syntax, "campaign", "the campaign cannot be opened"))?;
        Ok(Opened { campaign, warnings, ledger })
    }
}

fn open(files: &mut Files, importers: &dyn Importers, report: &Report) -> Option<Campaign> {
    let plain = Context { report, tokens: None };
    let root = read_json(files, "campaign.json", "campaign.json", report)?;
    let manifest = manifest::read(&Node::root("campaign.json", &root, plain));
    // Further files are read even where the manifest is wrong, so that one look shows all.
    let named = |pick: fn(&Manifest) -> &String, default: &str| manifest.as_ref().map_or(default.to_owned(), |m| pick(m).clone());
    let (brand, design, rules) =
        (named(|m| &m.brand, "brand.tokens.json"), named(|m| &m.master, "master.json"), named(|m| &m.policy, "policy.json"));
    let brand_json = read_json(files, &brand, "campaign.json: brand", report);
    let tokens = brand_json.as_ref().map(|value| tokens::read(&Node::root(&brand, value, plain)));
    let master_json = read_json(files, &design, "campaign.json: master", report);
    let policy = if files.contains_key(&rules) || root.get("policy").is_some() {
        read_json(files, &rules, "campaign.json: policy", report).map(|value| policy::read(&Node::root(&rules, &value, plain)))
    } else {
        Some(Policy::default())
    };
    let manifest = manifest?;
    let master = match (&master_json, &tokens) {
        (Some(value), Some(tokens)) => read_master(&design, value, tokens, &manifest.catalogue, &manifest.locales, report),
        _ => None,
    };
    let copy = read_copy(files, &manifest, report);
    let (master, tokens) = (master?, tokens?);
    let mut master_json = master_json?;
    let corrections = by_hand(&mut master_json);
    let sources = ValueSources { name: &manifest.name, version: &manifest.version, tokens: &tokens };
    check_messages(&manifest, &master, &copy, sources, report);
    let assets = load_assets(files, importers, &manifest, &master, report);
    check_rights(files, &manifest, report);
    let option_index = crate::ordered::map(manifest.options.iter().enumerate().map(|(i, row)| (Arc::clone(&row.id), i)));
    let mut campaign = Campaign {
        name: manifest.name,
        version: manifest.version,
        source_locale: manifest.source_locale,
        locales: manifest.locales,
        formats: manifest.formats,
        catalogue: manifest.catalogue,
        options: manifest.options,
        exclude: manifest.exclude,
        naming: manifest.naming,
        delivery: manifest.delivery,
        fonts: manifest.fonts.into_iter().map(|(path, _)| AssetId(path.into())).collect(),
        brands: manifest.brands,
        rights: manifest.rights,
        master,
        tokens,
        policy: policy?,
        copy,
        assets,
        sources: Sources { brand: (brand, brand_json?), master: (design, master_json), corrections },
        option_index,
        stretches: Arc::default(),
    };
    campaign.draft_pseudo();
    Some(campaign)
}

/// Takes out of the master's overrides those at the end that were made by hand while looking: they stay corrections, and can be taken back.
fn by_hand(master: &mut Value) -> Vec<Value> {
    let marked = |one: &Value| one.get("by_hand").and_then(Value::as_bool) == Some(true);
    let Some(list) = master.get_mut("overrides").and_then(Value::as_array_mut) else { return Vec::new() };
    let own = list.len() - list.iter().rev().take_while(|one| marked(one)).count();
    let mut corrections = list.split_off(own);
    for object in corrections.iter_mut().filter_map(Value::as_object_mut) {
        object.remove("by_hand");
    }
    corrections
}

/// Reads the master against tokens; used at opening and when a token is changed.
pub(super) fn read_master(
    file: &str,
    value: &Value,
    tokens: &Tokens,
    catalogue: &super::Catalogue,
    locales: &[String],
    report: &Report,
) -> Option<Master> {
    let formats = |node: &Node<'_>, text: &str| {
        report.keep(catalogue.check(&node.at, text))?;
        Some(catalogue.choose([text]).iter().map(|format| format.id.clone()).collect())
    };
    let known = master::Known { formats: &formats, locales };
    master::read(&Node::root(file, value, Context { report, tokens: Some(tokens) }), &known)
}

/// What helps where a file is not there and none is named alike.
const PUT_IT_THERE: &str = "Put the file into the campaign's folder, or name one that is there";

fn read_json(files: &Files, path: &str, from: &str, report: &Report) -> Option<Value> {
    let Some(bytes) = files.get(path) else {
        let mut error = Error::new(ErrorKind::Missing, from, format!("the file '{path}' is not there"));
        // One language's file is no slip of the pen for another's.
        let copy = path.starts_with("copy/");
        error.hint = did_you_mean(path, files.keys().map(String::as_str).filter(|f| !copy || !f.starts_with("copy/")));
        if error.hint.is_none() {
            error.hint = Some(if copy { "Add the file, or take the locale out of the list" } else { PUT_IT_THERE }.to_owned());
        }
        report.error(error);
        return None;
    };
    report.keep(json::parse(path, bytes))
}

fn read_copy(files: &Files, manifest: &Manifest, report: &Report) -> BTreeMap<String, BTreeMap<String, Message>> {
    let mut copy = BTreeMap::new();
    for (i, locale) in manifest.locales.iter().enumerate() {
        if super::pseudo::is_pseudo(locale) {
            continue;
        }
        let path = format!("copy/{locale}.json");
        let Some(value) = read_json(files, &path, &format!("campaign.json: locales[{i}]"), report) else { continue };
        let root = Node::root(&path, &value, Context { report, tokens: None });
        copy.insert(locale.clone(), copy::read(&root, locale));
    }
    copy
}

/// Every message a layer shows must exist in the source locale, and its arguments in every option row.
fn check_messages(
    manifest: &Manifest,
    master: &Master,
    copy: &BTreeMap<String, BTreeMap<String, Message>>,
    sources: ValueSources<'_>,
    report: &Report,
) {
    let source = copy.get(&manifest.source_locale);
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for layer in &master.layers {
        let MasterContent::Text(text) = &layer.content else { continue };
        if let Some(source) = source
            && !source.contains_key(&text.key)
            && !report.blames(&format!("copy/{}.json", manifest.source_locale))
        {
            let mut error = Error::new(
                ErrorKind::Unknown,
                format!("{}.text", layer.at),
                format!("the source locale '{}' has no message '{}'", manifest.source_locale, text.key),
            );
            error.hint = did_you_mean(&text.key, source.keys().map(String::as_str));
            report.error(error);
        }
        used.insert(&text.key);
    }
    for (locale, messages) in copy {
        let at = |key: &str| format!("copy/{locale}.json: messages.{key}");
        for key in &used {
            match messages.get(*key) {
                None if source.is_some_and(|source| source.contains_key(*key)) => report.warn(Error::new(
                    ErrorKind::Missing,
                    at(key),
                    format!("the message is missing: {} stands in", manifest.source_locale),
                )),
                None => {}
                Some(message) => {
                    let place = at(key);
                    let at = format!("{place}.text");
                    report.keep(sources.check(&place, &at, locale, message, &manifest.options));
                    report.keep(words::check_tags(&at, message, master.span_names()));
                    if message.pattern.localised() && !super::message::cldr::knows(locale) {
                        report.warn(
                            Error::new(
                                ErrorKind::Unsupported,
                                at,
                                format!("no forms of numbers and dates are known for '{locale}'"),
                            )
                            .hint("Plain ones are written; put ready words in the option row where that is not enough"),
                        );
                    }
                }
            }
        }
    }
}

/// Every option row must have the value.
pub(super) fn has_value(at: &str, name: &str, options: &[OptionRow]) -> crate::error::Result<()> {
    let lacking: Vec<&OptionRow> = options.iter().filter(|row| !row.values.contains_key(name)).collect();
    let Some(first) = lacking.first() else { return Ok(()) };
    let ids: Vec<&str> = lacking.iter().take(8).map(|row| &*row.id).collect();
    let more = if lacking.len() > ids.len() { " ..." } else { "" };
    let mut error = Error::new(ErrorKind::Unknown, at, format!("no value '{name}' in the option {}{more}", ids.join(", ")));
    error.hint = did_you_mean(name, first.values.keys().map(String::as_str));
    Err(error)
}

fn load_assets(
    files: &mut Files,
    importers: &dyn Importers,
    manifest: &Manifest,
    master: &Master,
    report: &Report,
) -> BTreeMap<AssetId, Asset> {
    let mut loader = Loader { files, importers, report, assets: BTreeMap::new(), failed: BTreeSet::new() };
    for layer in &master.layers {
        match &layer.content {
            MasterContent::Image { source, .. } => loader.source(layer, "image", source, &manifest.options, Want::Picture),
            MasterContent::Vector { source, on_dark, .. } => {
                loader.source(layer, "vector", source, &manifest.options, Want::Drawing);
                if let Some(source) = on_dark {
                    loader.source(layer, "on_dark", source, &manifest.options, Want::Drawing);
                }
            }
            MasterContent::Shape { .. } | MasterContent::Text(_) => {}
        }
    }
    for (path, at) in &manifest.fonts {
        loader.load(at, path, Want::Font);
    }
    for path in loader.files.keys().filter(|path| path.starts_with("assets/")) {
        let used = loader.assets.contains_key(path.as_str()) || loader.failed.contains(path);
        if !used
            && !manifest.rights.contains_key(path)
            && media::sniff(loader.files.get(path).map_or(&[], Vec::as_slice)).is_some()
        {
            report.warn(Error::new(ErrorKind::Unknown, path, "no layer and no option uses this file"));
        }
    }
    loader.assets
}

/// Rights are about files; a slip in a path would leave the real one without.
fn check_rights(files: &Files, manifest: &Manifest, report: &Report) {
    for path in manifest.rights.keys().filter(|path| !files.contains_key(*path)) {
        let mut warning =
            Error::new(ErrorKind::Unknown, format!("campaign.json: rights[{}]", quoted(path)), "there is no such file");
        warning.hint = did_you_mean(path, files.keys().map(String::as_str));
        report.warn(warning);
    }
}

#[derive(Clone, Copy)]
enum Want {
    Picture,
    Drawing,
    Font,
}

impl Want {
    const fn allowed(self) -> &'static str {
        match self {
            Self::Picture => "PNG, JPEG or WebP",
            Self::Drawing => "SVG",
            Self::Font => "TTF, OTF, TTC, WOFF or WOFF2",
        }
    }
}

struct Loader<'a> {
    files: &'a Files,
    importers: &'a dyn Importers,
    report: &'a Report,
    assets: BTreeMap<AssetId, Asset>,
    failed: BTreeSet<String>,
}

impl Loader<'_> {
    fn source(&mut self, layer: &MasterLayer, field: &str, source: &Source, options: &[OptionRow], want: Want) {
        let at = format!("{}.{field}", layer.at);
        match source {
            Source::File(id) => self.load(&at, &id.0, want),
            Source::Option(name) => {
                self.report.keep(has_value(&at, name, options));
                for row in options {
                    if let Some(path) = row.values.get(name) {
                        self.load(&format!("{}.values.{name}", row.at), path, want);
                    }
                }
            }
        }
    }

    /// Takes a file in, once; says where it was named if it is not there.
    fn load(&mut self, at: &str, path: &str, want: Want) {
        if self.failed.contains(path) {
            return;
        }
        if !self.assets.contains_key(path) {
            let Some(bytes) = self.files.get(path) else {
                self.failed.insert(path.to_owned());
                let error = files::check_path(at, path).err().unwrap_or_else(|| {
                    let error = Error::new(ErrorKind::Unknown, at, format!("there is no file '{path}'")).allowed(want.allowed());
                    let near = did_you_mean(path, self.files.keys().map(String::as_str));
                    error.hint(near.unwrap_or_else(|| PUT_IT_THERE.to_owned()))
                });
                self.report.error(error);
                return;
            };
            match media::look(path, bytes, self.importers) {
                Ok(media::Looked { media, instead, undrawn }) => {
                    if !undrawn.is_empty() {
                        let warning = Error::new(ErrorKind::Unsupported, path, "the SVG holds what is not drawn");
                        self.report
                            .warn(warning.found(undrawn).allowed("paths with colours and gradients").hint("Flatten it to paths"));
                    }
                    let id = AssetId(path.into());
                    let asset = Asset {
                        id: id.clone(),
                        bytes: bytes.as_slice().into(),
                        instead: instead.map(Arc::from),
                        sha256: Fingerprint::of(bytes),
                        media,
                    };
                    self.assets.insert(id, asset);
                }
                Err(error) => {
                    self.failed.insert(path.to_owned());
                    self.report.error(error);
                    return;
                }
            }
        }
        let Some(kind) = self.assets.get(path).map(|asset| asset.media.kind) else { return };
        let fits = match want {
            Want::Picture => kind.is_picture(),
            Want::Drawing => kind == MediaKind::Svg,
            Want::Font => kind == MediaKind::Font,
        };
        if !fits {
            let hint = match (want, kind) {
                (Want::Picture, MediaKind::Svg) => "Show it by a layer with \"vector\"",
                (Want::Drawing, k) if k.is_picture() => "Show it by a layer with \"image\"",
                _ => "The file's bytes say what it is, not its name",
            };
            self.report.error(
                Error::new(ErrorKind::Media, at, format!("'{path}' is not what this place shows"))
                    .found(kind.name())
                    .allowed(want.allowed())
                    .hint(hint),
            );
        }
    }
}
