//! In: a campaign, its fonts, copy and ledger. Out: what they hold, and what is told of them. Pictures and files are in `drawn`, edits in `edits`.

use super::beside::Beside;
use super::bytes::taken;
use super::crossing::{Answer, all, one, out, read};
use super::drawn::Job;
use super::edits::Change;
use super::shapes::{CampaignInfo, MessageInfo, StampRequest, StampState};
use crate::budget::Count;
use crate::error::{Error, ErrorKind};
use crate::fingerprint::Fingerprint;
use crate::report;
use crate::review;
use crate::session::Session;
use js_sys::{Map, Object, Reflect, Uint8Array};
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::prelude::*;

/// One engine: one campaign, its fonts and caches. A worker holds one.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    pub(super) session: Option<Session>,
    pub(super) fingerprints: BTreeMap<String, Fingerprint>,
    /// Bytes of caches, where the page said so.
    pub(super) budget: Option<usize>,
    /// What was begun and is not finished.
    pub(super) job: Option<Job>,
    /// Changes after which nobody asked for fingerprints: another engine told them.
    pub(super) behind: BTreeSet<Change>,
}

/// Layouts made before a count of characters is answered in part: some ten milliseconds.
const COUNTED: usize = 8;

#[wasm_bindgen]
impl Engine {
    /// An engine without a campaign.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes its caches may take, of this campaign and of those opened later.
    #[wasm_bindgen(js_name = keepWithin)]
    pub fn keep_within(&mut self, bytes: usize) {
        self.budget = Some(bytes);
        if let Some(session) = &mut self.session {
            session.keep_within(bytes);
        }
    }

    /// Opens a campaign: `Map<path, Uint8Array>`. The previous one stays if this throws. SVG, WOFF2 and WebP files are opened by `importers`,
    /// an object with the functions of the importers' module; see `Importers` in types.ts. `early`: without fingerprints, which are "" then; of thousands
    /// of variants they take longer than all the rest, and `fingerprints` tells them once the first pictures stand.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn open(&mut self, files: &Map, importers: &JsValue, early: Option<bool>) -> Answer<JsValue> {
        let mut map = BTreeMap::new();
        files.for_each(&mut |value, key| {
            if let (Some(path), Ok(bytes)) = (key.as_string(), value.dyn_into::<Uint8Array>()) {
                map.insert(path, bytes.to_vec());
            }
        });
        let mut session = Session::open_by(map, &Beside(importers)).map_err(|e| all(&e))?;
        if let Some(bytes) = self.budget {
            session.keep_within(bytes);
        }
        let fingerprints = if early == Some(true) { BTreeMap::new() } else { fingerprints(&session)? };
        let info = CampaignInfo::of(&session, &fingerprints);
        let info = out(&info)?;
        self.let_go();
        self.session = Some(session);
        self.behind.clear();
        self.fingerprints = fingerprints;
        Ok(info)
    }

    /// Fingerprints of some variants in the order of the matrix, from one number on to before another; "" for what cannot be resolved, which is said
    /// where it is drawn.
    ///
    /// # Errors
    /// `EngineError[]` where no campaign is open.
    pub fn fingerprints(&mut self, from: usize, to: usize) -> Answer<JsValue> {
        let session = self.session.as_ref().ok_or_else(nothing_open)?;
        let cells = session.matrix().cells.get(from..to.min(session.matrix().cells.len())).unwrap_or_default();
        let mut told = Vec::with_capacity(cells.len());
        for cell in cells {
            let now = session.variant(&cell.id).ok().map(|variant| variant.fingerprint);
            told.push(now.map(|print| print.to_string()).unwrap_or_default());
            now.map(|print| self.fingerprints.insert(cell.id.clone(), print));
        }
        out(&told)
    }

    /// Default font files still needed, names below fonts/; of one locale, so that its pictures wait for no other's, or of all.
    ///
    /// # Errors
    /// `EngineError[]` where no campaign is open.
    #[wasm_bindgen(js_name = fontsNeeded)]
    pub fn fonts_needed(&self, locale: Option<String>) -> Answer<JsValue> {
        let session = self.session()?;
        out(&locale.map_or_else(|| session.fonts_needed(), |tag| session.fonts_needed_in(&[tag])))
    }

    /// Adds a default font file.
    ///
    /// # Errors
    /// `EngineError[]` where the bytes are no font.
    #[wasm_bindgen(js_name = addFont)]
    pub fn add_font(&mut self, name: &str, bytes: &Uint8Array) -> Answer<()> {
        self.session_mut()?.add_font(name, taken(bytes)).map_err(|e| one(&e))
    }

    /// Why a variant is laid out as it is, and the other ways: `WhyReport`.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn alternatives(&mut self, id: &str) -> Answer<JsValue> {
        let prepared = self.session_mut()?.prepare(id).map_err(|e| one(&e))?;
        out(&report::WhyReport::of(&prepared.variant, &prepared.layout))
    }

    /// Where the eye goes in a layer's picture: `{width, height, values}`, rows of 0 to 1.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn salience(&mut self, id: &str, layer: &str) -> Answer<JsValue> {
        let (width, height, values) = self.session_mut()?.salience(id, layer).map_err(|e| one(&e))?;
        let answer = Object::new();
        set(&answer, "width", &width.into())?;
        set(&answer, "height", &height.into())?;
        set(&answer, "values", &js_sys::Float32Array::from(values.as_slice()))?;
        Ok(answer.into())
    }

    /// Messages of one locale, in the order of the master's layers.
    ///
    /// # Errors
    /// `EngineError[]` where the locale is unknown.
    pub fn copy(&self, locale: &str) -> Answer<JsValue> {
        out(&MessageInfo::all(self.session()?, locale).map_err(|e| one(&e))?)
    }

    /// How many characters of a message fit in the tightest format that shows it, a few formats at a time: what is answered is `so_far` of the next call
    /// as long as it names a `next`; see `CharacterCount` in types.ts.
    ///
    /// # Errors
    /// `EngineError[]` where locale or message are unknown.
    pub fn budget(&mut self, locale: &str, key: &str, so_far: JsValue) -> Answer<JsValue> {
        let session = self.session_mut()?;
        let mut count = if so_far.is_undefined() {
            Count::begun(session, locale, key).map_err(|e| one(&e))?
        } else {
            read(so_far, "budget")?
        };
        count.go_on(session, |_| true, COUNTED).map_err(|e| one(&e))?;
        out(&count)
    }

    /// Links events to a ledger whose last line is `tail` ("" for a new one); answers with the new lines.
    ///
    /// # Errors
    /// `EngineError[]` where the tail is no ledger line.
    #[wasm_bindgen(js_name = ledgerAppend)]
    pub fn ledger_append(&self, tail: &str, events: JsValue) -> Answer<JsValue> {
        let events: Vec<StampRequest> = read(events, "events")?;
        let mut lines: Vec<String> = Vec::new();
        for event in events {
            let last = lines.last().map_or(tail, String::as_str);
            let line = review::append(last, &event.into_event().map_err(|e| one(&e))?).map_err(|e| one(&e))?;
            lines.push(line);
        }
        out(&lines)
    }

    /// Verifies a ledger and folds it against the current fingerprints.
    ///
    /// # Errors
    /// `EngineError[]` where the chain is broken, with the line.
    #[wasm_bindgen(js_name = ledgerState)]
    pub fn ledger_state(&mut self, jsonl: &str) -> Answer<JsValue> {
        for change in std::mem::take(&mut self.behind) {
            self.looked_at(&change, false)?;
        }
        // Opened early, and asked before the fingerprints were.
        let session = self.session.as_ref().ok_or_else(nothing_open)?;
        if !jsonl.is_empty() && self.fingerprints.len() < session.matrix().cells.len() {
            self.fingerprints = fingerprints(session)?;
        }
        let states = review::state(jsonl, &self.fingerprints).map_err(|e| one(&e))?;
        let states: BTreeMap<String, StampState> =
            crate::ordered::map(states.into_iter().filter_map(|(id, state)| StampState::of(state).map(|s| (id, s))));
        out(&states)
    }
}

impl Engine {
    pub(super) fn session(&self) -> Answer<&Session> {
        self.session.as_ref().ok_or_else(nothing_open)
    }
    /// What is under way is let go: it may mean something else after the call.
    pub(super) fn session_mut(&mut self) -> Answer<&mut Session> {
        self.let_go();
        self.session.as_mut().ok_or_else(nothing_open)
    }
}

fn fingerprints(session: &Session) -> Answer<BTreeMap<String, Fingerprint>> {
    Ok(crate::ordered::map(session.fingerprints().map_err(|e| one(&e))?))
}

pub(super) fn nothing_open() -> JsValue {
    one(&Error::new(ErrorKind::State, "engine", "no campaign is open"))
}

pub(super) fn set(object: &Object, key: &str, value: &JsValue) -> Answer<()> {
    Reflect::set(object, &key.into(), value).map(|_| ())
}
