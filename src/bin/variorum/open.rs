//! In: paths. Out: an open campaign with its default fonts, and the cells that are wanted. The only file that reads from disk.

use crate::args::{Brought, Chosen};
use crate::say::{self, Stop};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use variorum::campaign::policy::Weights;
use variorum::campaign::pseudo::PSEUDO;
use variorum::campaign::read::{Context, Node, Report};
use variorum::error::{Error, ErrorKind, Result};
use variorum::limits;
use variorum::session::Session;
use variorum::variant::{Cell, Filter, Matrix};

/// Nesting of folders in a campaign.
const FOLDERS_DEEP: usize = 16;

/// Campaign files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// An open campaign, and what it takes to open it again for another core.
pub struct Opened {
    /// Open.
    pub session: Session,
    /// As they were read.
    pub files: Files,
    /// Default fonts by name.
    pub fonts: Vec<(&'static str, Arc<[u8]>)>,
    /// In place of the policy's.
    pub weights: Option<Weights>,
}

impl Opened {
    /// Opens the same campaign once more.
    ///
    /// # Errors
    /// Those of opening; it opened before, so none is expected.
    pub fn again(&self) -> Result<Session, Stop> {
        let mut session = Session::open(self.files.clone())?;
        if let Some(weights) = &self.weights {
            session.set_weights(weights.clone());
        }
        for (name, bytes) in &self.fonts {
            session.add_font(name, Arc::clone(bytes))?;
        }
        Ok(session)
    }
}

/// Reads and opens a campaign, loads the default fonts it needs, says its warnings.
///
/// # Errors
/// All that is wrong with it.
pub fn open(brought: &Brought) -> Result<Opened, Stop> {
    let files = read(&brought.campaign)?;
    let mut session = Session::open(files.clone())?;
    let weights = brought.weights.as_deref().map(weights).transpose()?;
    if let Some(weights) = &weights {
        session.set_weights(weights.clone());
    }
    say::warnings(session.warnings());
    let mut fonts: Vec<(&'static str, Arc<[u8]>)> = Vec::new();
    // What a font turns out to lack may make another one needed.
    loop {
        let mut needed = session.fonts_needed();
        needed.extend(session.fonts_needed_in(&PSEUDO.map(str::to_owned)));
        if needed.is_empty() {
            break;
        }
        let folder = fonts_folder(brought.fonts_dir.as_deref())?;
        for name in needed {
            let bytes: Arc<[u8]> = read_font(&folder, name)?.into();
            session.add_font(name, Arc::clone(&bytes))?;
            fonts.push((name, bytes));
        }
    }
    Ok(Opened { session, files, fonts, weights })
}

/// Weights from a file: as a policy and `fit-weights` write them, or as `fit-weights` did before.
fn weights(path: &Path) -> Result<Weights, Stop> {
    let at = path.display().to_string();
    let bytes = fs::read(path)
        .map_err(|e| Error::new(ErrorKind::Missing, &at, "the file of weights cannot be read").found(reason(&e)))?;
    let mut value: Value = serde_json::from_slice(&bytes).map_err(|e| Error::new(ErrorKind::Syntax, &at, "not JSON").found(e))?;
    if let (Some(terms), Some(version)) = (value.get("weights"), value.get("from")) {
        value = json!({ "version": version, "terms": terms });
    }
    let report = Report::default();
    let weights = Weights::read(&Node::root(&at, &value, Context { report: &report, tokens: None }));
    say::warnings(&report.close()?);
    Ok(weights)
}

/// The cells that are wanted, in the order of the matrix.
///
/// # Errors
/// `unknown` names, with the nearest ones.
pub fn cells(session: &Session, chosen: &Chosen) -> Result<Vec<Cell>, Stop> {
    let filter = Filter {
        formats: named("--formats", &chosen.formats)?,
        locales: named("--locales", &chosen.locales)?,
        options: named("--options", &chosen.options)?,
    };
    Ok(Matrix::select(session.campaign(), &filter)?.cells)
}

/// What a list names. One that is given and names nothing is a variable that was never set, not a wish for the whole matrix.
fn named(list: &str, given: &[String]) -> Result<Vec<String>> {
    let names: Vec<String> = given.iter().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    if names.is_empty() && !given.is_empty() {
        return Err(Error::new(ErrorKind::Value, list, "the list is empty").hint(format!("Leave {list} out for all of them")));
    }
    Ok(names)
}

/// The folder of the default fonts.
///
/// # Errors
/// `missing` where none of the places holds them.
pub fn fonts_folder(given: Option<&Path>) -> Result<PathBuf> {
    let named = given.map(|dir| (dir.to_owned(), "--fonts-dir"));
    let named =
        named.or_else(|| std::env::var_os("VARIORUM_FONTS").filter(|v| !v.is_empty()).map(|v| (v.into(), "VARIORUM_FONTS")));
    if let Some((dir, by)) = named {
        return if dir.is_dir() {
            Ok(dir)
        } else {
            Err(Error::new(ErrorKind::Missing, by, "no such folder").found(dir.display()))
        };
    }
    let places = [PathBuf::from("fonts"), Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")];
    places.iter().find(|dir| dir.join("fonts.json").is_file()).cloned().ok_or_else(|| {
        let tried: Vec<String> = places.iter().map(|p| p.display().to_string()).collect();
        Error::new(ErrorKind::Missing, "fonts", "the folder of default fonts is not found")
            .found(format!("nothing in {}", tried.join(" or ")))
            .hint("Name it with --fonts-dir DIR or VARIORUM_FONTS")
    })
}

/// One default font.
///
/// # Errors
/// `missing` where it is not in the folder.
pub fn read_font(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    fs::read(&path).map_err(|e| {
        Error::new(ErrorKind::Missing, path.display().to_string(), "a default font that the campaign's text needs cannot be read")
            .found(reason(&e))
            .hint("Name the folder of default fonts with --fonts-dir DIR or VARIORUM_FONTS")
    })
}

/// Reads a campaign: a folder's files by relative path, or the one file.
fn read(campaign: &Path) -> Result<Files> {
    let at = campaign.display().to_string();
    let meta = fs::metadata(campaign).map_err(|e| {
        Error::new(ErrorKind::Missing, &at, "the campaign cannot be read")
            .found(reason(&e))
            .allowed("a folder with campaign.json, or a .variorum or .zip file")
    })?;
    let mut files = Files::new();
    if meta.is_dir() {
        let root = fs::canonicalize(campaign).map_err(|e| unreadable(campaign, &e))?;
        // Said before all else that may be wrong in a folder which is no campaign.
        if !holds_campaign(campaign) {
            return Err(Error::new(ErrorKind::Missing, at, "the folder holds no campaign.json")
                .hint("Name the folder that campaign.json is in"));
        }
        let mut walk = Walk { root, total: 0, files: &mut files };
        walk.folder(campaign, "", 0)?;
        return Ok(files);
    }
    let name = campaign.file_name().map_or_else(|| at.clone(), |name| name.to_string_lossy().into_owned());
    if meta.len() > limits::CAMPAIGN_BYTES as u64 {
        return Err(too_large(&at, meta.len(), limits::CAMPAIGN_BYTES));
    }
    let bytes = fs::read(campaign).map_err(|e| unreadable(campaign, &e))?;
    let packed = ["variorum", "zip"].iter().any(|ext| campaign.extension().is_some_and(|e| e.eq_ignore_ascii_case(ext)));
    if !packed && !bytes.starts_with(b"PK\x03\x04") {
        let error = Error::new(ErrorKind::Value, at, "not a campaign")
            .allowed("a folder with campaign.json, or a .variorum or .zip file");
        return Err(if name == "campaign.json" { error.hint("Name the folder it is in") } else { error });
    }
    files.insert(name, bytes);
    Ok(files)
}

/// Whether a folder or one right below it holds campaign.json.
fn holds_campaign(dir: &Path) -> bool {
    let below = fs::read_dir(dir).into_iter().flatten().filter_map(std::result::Result::ok).map(|entry| entry.path());
    std::iter::once(dir.to_owned()).chain(below).any(|dir| dir.join("campaign.json").is_file())
}

struct Walk<'a> {
    root: PathBuf,
    total: u64,
    files: &'a mut Files,
}

impl Walk<'_> {
    /// Reads a folder; `under` is its path in the campaign, with a slash at the end. Hidden files are no part of a campaign.
    fn folder(&mut self, dir: &Path, under: &str, depth: usize) -> Result<()> {
        if depth > FOLDERS_DEEP {
            return Err(
                Error::new(ErrorKind::Limit, dir.display().to_string(), "folders within folders, too deep").allowed(FOLDERS_DEEP)
            );
        }
        for entry in fs::read_dir(dir).map_err(|e| unreadable(dir, &e))? {
            let path = entry.map_err(|e| unreadable(dir, &e))?.path();
            let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
                return Err(Error::new(ErrorKind::Value, path.display().to_string(), "the file's name is not Unicode"));
            };
            if name.starts_with('.') {
                continue;
            }
            // A link may lead elsewhere in the campaign, not out of it.
            let real = fs::canonicalize(&path).map_err(|e| unreadable(&path, &e))?;
            if !real.starts_with(&self.root) {
                return Err(Error::new(ErrorKind::Unsafe, path.display().to_string(), "a link that leaves the campaign")
                    .found(real.display())
                    .hint("Copy the file itself"));
            }
            let inner = format!("{under}{name}");
            let meta = fs::metadata(&real).map_err(|e| unreadable(&path, &e))?;
            if meta.is_dir() {
                self.folder(&path, &format!("{inner}/"), depth + 1)?;
                continue;
            }
            if !meta.is_file() {
                return Err(Error::new(ErrorKind::Unsafe, path.display().to_string(), "neither a file nor a folder"));
            }
            self.total = self.total.saturating_add(meta.len());
            if meta.len() > limits::FILE_BYTES as u64 {
                return Err(too_large(&inner, meta.len(), limits::FILE_BYTES));
            }
            if self.total > limits::CAMPAIGN_BYTES as u64 {
                return Err(too_large("campaign", self.total, limits::CAMPAIGN_BYTES));
            }
            if self.files.len() >= limits::FILES {
                return Err(
                    Error::new(ErrorKind::Limit, "campaign", "too many files").allowed(format!("{} files", limits::FILES))
                );
            }
            let bytes = fs::read(&real).map_err(|e| unreadable(&path, &e))?;
            self.files.insert(inner, bytes);
        }
        Ok(())
    }
}

fn too_large(at: &str, found: u64, allowed: usize) -> Error {
    let error = Error::new(ErrorKind::Limit, at, "too large");
    error.found(format!("{found} bytes")).allowed(format!("{allowed} bytes"))
}

fn unreadable(path: &Path, e: &io::Error) -> Error {
    Error::new(ErrorKind::Missing, path.display().to_string(), "cannot be read").found(reason(e))
}

/// Why, in words that are the same on every system where they can be.
pub fn reason(e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => e.to_string(),
    }
}
