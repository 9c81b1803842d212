//! The boundary to the page, wasm32 only: parses what JavaScript hands in, calls the [`Session`], converts what comes out to the shapes of
//! www/src/engine/types.ts. Nothing clever lives here. Errors cross as a list of objects with code, place and hint.

mod painter;
mod shapes;

use crate::budget::Count;
use crate::error::{Error, ErrorKind, Errors};
use crate::fingerprint::Fingerprint;
use crate::geom::Rect;
use crate::importers::{self, Importers};
use crate::raster::{Painting, Pixmap};
use crate::report::{self, ErrorReport, FindingReport};
use crate::review;
use crate::session::{self, Encoded, Prepared, Session, Writing};
use crate::variant::Cell;
use crate::variant::file_name::file_name;
use js_sys::{Array, Function, Map, Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use shapes::{CampaignInfo, DeliveryOptions, MessageInfo, RenderRequest, StampRequest, VariantInfo};
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::prelude::*;

/// One engine: one campaign, its fonts and caches. A worker holds one.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    session: Option<Session>,
    fingerprints: BTreeMap<String, Fingerprint>,
    /// Bytes of caches, where the page said so.
    budget: Option<usize>,
    /// What was begun and is not finished.
    job: Option<Job>,
    /// Changes after which nobody asked for fingerprints: another engine told them.
    behind: BTreeSet<Change>,
}

/// What an edit may change the fingerprints of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// A locale's message by its key: that locale's variants, and those that fall back to it. At a key typed, the others need not be looked at.
    Copy(String, String),
    /// The variants at these places in the matrix.
    These(Vec<usize>),
    /// Any variant.
    Any,
}

impl Change {
    fn touches(&self, session: &Session, at: usize, cell: &Cell) -> bool {
        let (locale, key) = match self {
            Self::Copy(locale, key) => (locale, key),
            Self::These(places) => return places.binary_search(&at).is_ok(),
            Self::Any => return true,
        };
        let campaign = session.campaign();
        let falls_back = || campaign.message(&cell.locale, key).is_some_and(|(_, fell_back)| fell_back);
        *cell.locale == **locale || (*campaign.source_locale == **locale && falls_back())
    }
}

/// A picture or a file under way.
struct Job {
    prepared: Prepared,
    what: Under,
}

enum Under {
    /// At a scale.
    Picture(Painting, f32),
    File(Writing),
}

/// Pixels laid before the page is asked whether it still wants the picture: some ten milliseconds.
const BAND: u64 = 2_000_000;

/// Pixels written before the page is asked whether it still wants the file: packing takes longer than painting.
const WRITTEN: u64 = 500_000;

/// Layouts made before a count of characters is answered in part: some ten milliseconds.
const COUNTED: usize = 8;

type Answer<T> = Result<T, JsValue>;

fn thrown(errors: &[Error]) -> JsValue {
    let reports: Vec<ErrorReport> = errors.iter().map(ErrorReport::from).collect();
    out(&reports).unwrap_or_else(|e| e)
}

fn one(error: &Error) -> JsValue {
    thrown(std::slice::from_ref(error))
}

fn all(errors: &Errors) -> JsValue {
    thrown(&errors.0)
}

fn out<T: Serialize + ?Sized>(value: &T) -> Answer<JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|e| JsValue::from_str(&e.to_string()))
}

fn read<T: for<'a> Deserialize<'a>>(value: JsValue, what: &str) -> Answer<T> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|e| one(&Error::new(ErrorKind::Value, what, "not the shape that is asked for").found(e)))
}

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
        self.session_mut()?.add_font(name, painter::taken(bytes)).map_err(|e| one(&e))
    }

    /// Renders a `RenderRequest`; straight RGBA in `pixels`, a view into the engine's memory that holds until its next call.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn render(&mut self, request: JsValue) -> Answer<JsValue> {
        self.begun(request)?;
        self.gone_on(u64::MAX, u64::MAX)
    }

    /// As `render`, a band at a time: nothing is answered where more is to be done, by `goOn`. The engine is asked nothing else meanwhile.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn begin(&mut self, request: JsValue) -> Answer<JsValue> {
        self.begun(request)?;
        self.go_on()
    }

    /// The next band of what was begun.
    ///
    /// # Errors
    /// `EngineError[]`; also where nothing is under way.
    #[wasm_bindgen(js_name = goOn)]
    pub fn go_on(&mut self) -> Answer<JsValue> {
        self.gone_on(BAND, WRITTEN)
    }

    /// Lets go of what was begun, if something is under way.
    #[wasm_bindgen(js_name = letGo)]
    pub fn let_go(&mut self) {
        if let (Some(Job { what: Under::Picture(painting, _), .. }), Some(session)) = (self.job.take(), &mut self.session) {
            session.let_go(painting);
        }
    }

    /// Encodes a variant at full size.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn encode(&mut self, id: &str, delivery: JsValue) -> Answer<JsValue> {
        self.begun_file(id, delivery)?;
        self.gone_on(u64::MAX, u64::MAX)
    }

    /// As `encode`, a band at a time, as `begin` does it for pictures: on with `goOn`.
    ///
    /// # Errors
    /// `EngineError[]`.
    #[wasm_bindgen(js_name = beginFile)]
    pub fn begin_file(&mut self, id: &str, delivery: JsValue) -> Answer<JsValue> {
        self.begun_file(id, delivery)?;
        self.go_on()
    }

    /// Why a variant is laid out as it is, and the other ways: `WhyReport`.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn alternatives(&mut self, id: &str) -> Answer<JsValue> {
        let prepared = self.session_mut()?.prepare(id).map_err(|e| one(&e))?;
        out(&report::WhyReport::of(&prepared.variant, &prepared.layout))
    }

    /// Replaces the corrections made while looking: overrides as in master.json, applied after the master's own. Answers with the
    /// variants whose fingerprint changed; `quietly`, where another engine is asked the same, with none.
    ///
    /// # Errors
    /// `EngineError[]`; nothing is changed then.
    #[wasm_bindgen(js_name = setOverrides)]
    pub fn set_overrides(&mut self, patches: JsValue, quietly: Option<bool>) -> Answer<JsValue> {
        let patches: Vec<serde_json::Value> = read(patches, "overrides")?;
        let touched = self.session_mut()?.set_overrides(patches).map_err(|e| one(&e))?;
        self.told(Change::These(touched), quietly)
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

    /// Changes a message; answers as `setOverrides`.
    ///
    /// # Errors
    /// `EngineError[]`; nothing is changed then.
    #[wasm_bindgen(js_name = setCopy)]
    pub fn set_copy(&mut self, locale: &str, key: &str, text: &str, quietly: Option<bool>) -> Answer<JsValue> {
        self.session_mut()?.set_copy(locale, key, text).map_err(|e| one(&e))?;
        self.told(Change::Copy(locale.into(), key.into()), quietly)
    }

    /// The variants that a message of a locale may change the fingerprints of, as they are now: for one who was told of a change quietly.
    ///
    /// # Errors
    /// `EngineError[]` where no campaign is open.
    pub fn touched(&mut self, locale: &str, key: &str) -> Answer<JsValue> {
        self.let_go();
        out(&self.looked_at(&Change::Copy(locale.into(), key.into()), true)?)
    }

    /// Changes a token; answers as `setOverrides`.
    ///
    /// # Errors
    /// `EngineError[]`; nothing is changed then.
    #[wasm_bindgen(js_name = setToken)]
    pub fn set_token(&mut self, path: &str, value: &str, quietly: Option<bool>) -> Answer<JsValue> {
        self.session_mut()?.set_token(path, value).map_err(|e| one(&e))?;
        self.told(Change::Any, quietly)
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
        let states: BTreeMap<String, shapes::StampState> =
            crate::ordered::map(states.into_iter().filter_map(|(id, state)| shapes::StampState::of(state).map(|s| (id, s))));
        out(&states)
    }
}

/// The importers' module, beside this one.
struct Beside<'a>(&'a JsValue);

impl Beside<'_> {
    fn ask(&self, what: &str, at: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let asked = Reflect::get(self.0, &what.into())
            .and_then(|f| f.dyn_into::<Function>())
            .and_then(|f| f.call2(self.0, &at.into(), &Uint8Array::from(bytes)))
            .and_then(|answer| answer.dyn_into::<Uint8Array>());
        let answer = asked.map_err(|_| {
            let error =
                Error::new(ErrorKind::Unsupported, at, "the part of the engine that opens this kind of file gave no answer");
            error.hint("Load the importers' module, and hand it in")
        })?;
        importers::received(at, &answer.to_vec())
    }
}

impl Importers for Beside<'_> {
    fn drawing(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.ask("drawing", at, bytes)
    }
    fn font(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.ask("font", at, bytes)
    }
    fn picture(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.ask("picture", at, bytes)
    }
}

impl Engine {
    fn session(&self) -> Answer<&Session> {
        self.session.as_ref().ok_or_else(nothing_open)
    }
    /// What is under way is let go: it may mean something else after the call.
    fn session_mut(&mut self) -> Answer<&mut Session> {
        self.let_go();
        self.session.as_mut().ok_or_else(nothing_open)
    }

    fn begun(&mut self, request: JsValue) -> Answer<()> {
        let request: RenderRequest = read(request, "render request")?;
        let session = self.session_mut()?;
        let prepared = session.prepare_as(&request.id, request.arrangement.as_deref()).map_err(|e| one(&e))?;
        let part = request.region.map(|[x, y, w, h]| Rect::new(x, y, w.max(1.0), h.max(1.0)));
        let scale = request.scale_for(&part.unwrap_or_else(|| session::trim(&prepared)));
        let painting = session.begin(&prepared, part, scale).map_err(|e| one(&e))?;
        self.job = Some(Job { prepared, what: Under::Picture(painting, scale) });
        Ok(())
    }

    fn begun_file(&mut self, id: &str, delivery: JsValue) -> Answer<()> {
        let delivery: DeliveryOptions = read(delivery, "delivery")?;
        let prepared = self.session_mut()?.prepare(id).map_err(|e| one(&e))?;
        let writing = Writing::of(&prepared, delivery.into(), 1.0, false).map_err(|e| one(&e))?;
        self.job = Some(Job { prepared, what: Under::File(writing) });
        Ok(())
    }

    /// On by so many pixels painted or written; nothing, where it is not whole yet.
    fn gone_on(&mut self, painted: u64, written: u64) -> Answer<JsValue> {
        let (Some(Job { prepared, what }), Some(session)) = (self.job.take(), &mut self.session) else {
            return Err(one(&Error::new(ErrorKind::State, "engine", "nothing is under way")));
        };
        let what = match what {
            Under::File(mut writing) => match session.write_on(&prepared, &mut writing, written).map_err(|e| one(&e))? {
                Some(encoded) => return file(session, &prepared, &encoded),
                None => Under::File(writing),
            },
            Under::Picture(painting, scale) => {
                let painting = session.go_on(&prepared, painting, painted).map_err(|e| one(&e))?;
                if painting.is_whole() {
                    return picture(&prepared, session.finish(painting), scale);
                }
                Under::Picture(painting, scale)
            }
        };
        self.job = Some(Job { prepared, what });
        Ok(JsValue::UNDEFINED)
    }
    fn told(&mut self, change: Change, quietly: Option<bool>) -> Answer<JsValue> {
        if quietly != Some(true) {
            return out(&self.looked_at(&change, false)?);
        }
        self.behind.insert(change);
        out::<[VariantInfo]>(&[])
    }

    /// The cells that a change touches, all or those whose fingerprint is another now.
    fn looked_at(&mut self, change: &Change, all: bool) -> Answer<Vec<VariantInfo>> {
        let session = self.session.as_ref().ok_or_else(nothing_open)?;
        let mut changed: Vec<VariantInfo> = Vec::new();
        for (_, cell) in (0..).zip(&session.matrix().cells).filter(|(at, cell)| change.touches(session, *at, cell)) {
            let now = session.variant(&cell.id).map_err(|e| one(&e))?.fingerprint;
            if self.fingerprints.insert(cell.id.clone(), now) != Some(now) || all {
                changed.push(VariantInfo::of(cell, &self.fingerprints));
            }
        }
        Ok(changed)
    }
}

fn nothing_open() -> JsValue {
    one(&Error::new(ErrorKind::State, "engine", "no campaign is open"))
}

fn fingerprints(session: &Session) -> Answer<BTreeMap<String, Fingerprint>> {
    Ok(crate::ordered::map(session.fingerprints().map_err(|e| one(&e))?))
}

/// A painted picture.
fn picture(prepared: &Prepared, pixmap: &Pixmap, scale: f32) -> Answer<JsValue> {
    let answer = described(prepared)?;
    set(&answer, "width", &pixmap.width.into())?;
    set(&answer, "height", &pixmap.height.into())?;
    set(&answer, "scale", &scale.into())?;
    // A page is opaque, so premultiplied and straight are one. The view comes last: it ends where the memory grows.
    set(&answer, "pixels", &painter::view(&pixmap.data))?;
    Ok(answer.into())
}

/// A written file.
fn file(session: &Session, prepared: &Prepared, encoded: &Encoded) -> Answer<JsValue> {
    let (kind, ext) = if encoded.quality.is_none() { ("png", "png") } else { ("jpeg", "jpg") };
    let name = file_name(session.campaign(), &prepared.variant, (encoded.width, encoded.height), ext);
    let answer = Object::new();
    set(&answer, "id", &prepared.variant.id.as_str().into())?;
    set(&answer, "fingerprint", &prepared.variant.fingerprint.to_string().into())?;
    set(&answer, "name", &name.into())?;
    set(&answer, "width", &encoded.width.into())?;
    set(&answer, "height", &encoded.height.into())?;
    set(&answer, "type", &kind.into())?;
    if let Some(quality) = encoded.quality {
        set(&answer, "quality", &quality.into())?;
    }
    let findings: Vec<FindingReport> = encoded.findings.iter().map(FindingReport::from).collect();
    set(&answer, "findings", &out(&findings)?)?;
    set(&answer, "why", &out(&report::WhyReport::of(&prepared.variant, &prepared.layout))?)?;
    set(&answer, "sha256", &encoded.sha256.to_string().into())?;
    set(&answer, "bytes", &Uint8Array::from(encoded.bytes.as_slice()))?;
    Ok(answer.into())
}

/// What is known of a prepared variant, as an object.
fn described(prepared: &Prepared) -> Answer<Object> {
    let (variant, layout) = (&prepared.variant, &prepared.layout);
    let findings: Vec<FindingReport> = prepared.findings.iter().map(FindingReport::from).collect();
    let answer = Object::new();
    set(&answer, "id", &variant.id.as_str().into())?;
    set(&answer, "fingerprint", &variant.fingerprint.to_string().into())?;
    set(&answer, "findings", &out(&findings)?)?;
    set(&answer, "boxes", &out(&report::boxes(variant, layout))?)?;
    set(&answer, "arrangement", &layout.candidate.words().into())?;
    set(&answer, "energy", &layout.energy.into())?;
    let dropped: Array = report::dropped(variant, layout).into_iter().map(JsValue::from).collect();
    set(&answer, "dropped", &dropped)?;
    Ok(answer)
}

fn set(object: &Object, key: &str, value: &JsValue) -> Answer<()> {
    Reflect::set(object, &key.into(), value).map(|_| ())
}
