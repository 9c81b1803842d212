//! In: which variant is to be drawn or written. Out: its picture or its file, whole or by bands, between which the page says whether it still wants it.
//! How a band is painted or packed is the session's.

use super::bytes::view;
use super::crossing::{Answer, one, out, read};
use super::engine::{Engine, set};
use super::shapes::{DeliveryOptions, RenderRequest};
use crate::error::{Error, ErrorKind};
use crate::geom::Rect;
use crate::raster::{Painting, Pixmap};
use crate::report::{self, FindingReport};
use crate::session::{self, Encoded, Prepared, Session, Writing};
use crate::variant::file_name::file_name;
use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;

/// A picture or a file under way.
pub(super) struct Job {
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

#[wasm_bindgen]
impl Engine {
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
}

impl Engine {
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
}

/// A painted picture.
fn picture(prepared: &Prepared, pixmap: &Pixmap, scale: f32) -> Answer<JsValue> {
    let answer = described(prepared)?;
    set(&answer, "width", &pixmap.width.into())?;
    set(&answer, "height", &pixmap.height.into())?;
    set(&answer, "scale", &scale.into())?;
    // A page is opaque, so premultiplied and straight are one. The view comes last: it ends where the memory grows.
    set(&answer, "pixels", &view(&pixmap.data))?;
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
    set(&answer, "layout", &layout.candidate.key().into())?;
    // As it is told of a way that is taken: rounded twice it would be another figure.
    set(&answer, "energy", &report::short(layout.energy).into())?;
    let dropped: Array = report::dropped(variant, layout).into_iter().map(JsValue::from).collect();
    set(&answer, "dropped", &dropped)?;
    Ok(answer)
}
