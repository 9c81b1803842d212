//! The boundary of the [`Painter`](crate::painter::Painter): lists, fonts and pictures in, pixels and files out. Shapes: www/src/painter/types.ts.

use super::{Answer, Beside, all, one, out, read};
use crate::painter::{Memory, Painter as Inner};
use js_sys::{JSON, Uint8Array, Uint8ClampedArray, WebAssembly};
use serde::Deserialize;
use std::io::{BufWriter, Write};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// Paints display lists of the caller's own making.
#[wasm_bindgen]
pub struct Painter {
    inner: Inner,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    picture_bytes: Option<usize>,
    painted_bytes: Option<usize>,
    share: Option<bool>,
}

#[wasm_bindgen]
impl Painter {
    /// `PainterOptions`, all of them optional.
    ///
    /// # Errors
    /// `EngineError[]` where the options are none.
    #[wasm_bindgen(constructor)]
    pub fn new(options: JsValue) -> Answer<Self> {
        let options: Options = if options.is_undefined() { Options::default() } else { read(options, "painter options")? };
        let usual = Memory::default();
        let memory = Memory {
            pictures: options.picture_bytes.unwrap_or(usual.pictures),
            painted: options.painted_bytes.unwrap_or(usual.painted),
            share: options.share.unwrap_or(usual.share),
        };
        Ok(Self { inner: Inner::new(memory) })
    }

    /// Adds a font file; where named, it answers to that family and weight instead of its own.
    ///
    /// # Errors
    /// `EngineError[]` where the bytes are no font.
    #[wasm_bindgen(js_name = addFont)]
    pub fn add_font(&mut self, bytes: &[u8], family: Option<String>, weight: Option<u16>) -> Answer<()> {
        self.inner.add_font(Arc::from(bytes), family.as_deref(), weight).map_err(|e| one(&e))
    }

    /// Holds a picture under a name; answers with its size. A WebP is opened by `importers`, as `Engine.open` has them.
    ///
    /// # Errors
    /// `EngineError[]` where the bytes are no picture.
    #[wasm_bindgen(js_name = addPicture)]
    pub fn add_picture(&mut self, name: &str, bytes: &[u8], importers: &JsValue) -> Answer<JsValue> {
        let info = self.inner.add_picture(name, Arc::from(bytes), &Beside(importers)).map_err(|e| one(&e))?;
        out(&[info.width, info.height])
    }

    /// Paints a `DisplayList`: straight RGBA, a view into the engine's memory that holds until its next call.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn paint(&mut self, list: JsValue) -> Answer<Uint8ClampedArray> {
        let list = text(&list)?;
        let pixmap = self.inner.paint(&list).map_err(|e| all(&e))?;
        Ok(view(&pixmap.data))
    }

    /// Paints a `DisplayList` and writes it as PNG.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn png(&mut self, list: JsValue) -> Answer<Uint8Array> {
        let list = text(&list)?;
        let mut parts = BufWriter::with_capacity(PART, Parts::default());
        self.inner.png(&list, &mut parts).map_err(|e| all(&e))?;
        let parts = parts.into_inner().map_err(|e| JsValue::from_str(&e.to_string()))?;
        Ok(parts.joined())
    }

    /// Characters of the last list that no font had.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn missing(&self) -> String {
        self.inner.missing()
    }

    /// Forgets what painting left behind; fonts and pictures stay.
    pub fn clear(&mut self) {
        self.inner.clear();
    }
}

/// Bytes that are handed over at once.
const PART: usize = 1 << 15;

/// A file as it leaves, part by part, so that the module's memory never holds it: memory that has grown stays.
#[derive(Default)]
struct Parts {
    parts: Vec<Uint8Array>,
    length: u32,
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.parts.push(Uint8Array::from(bytes));
        self.length += bytes.len() as u32;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Parts {
    fn joined(&self) -> Uint8Array {
        let whole = Uint8Array::new_with_length(self.length);
        let mut at = 0;
        for part in &self.parts {
            whole.set(part, at);
            at += part.length();
        }
        whole
    }
}

/// A list as text: a string is taken for JSON already.
fn text(list: &JsValue) -> Answer<String> {
    match list.as_string() {
        Some(text) => Ok(text),
        None => Ok(JSON::stringify(list)?.into()),
    }
}

/// Bytes of the module's memory as JavaScript sees them, without a copy: until the memory grows or they are painted over.
pub(super) fn view(bytes: &[u8]) -> Uint8ClampedArray {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    Uint8ClampedArray::new_with_byte_offset_and_length(&memory.buffer(), bytes.as_ptr() as u32, bytes.len() as u32)
}
