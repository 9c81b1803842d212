//! The boundary of the [`Painter`](crate::painter::Painter): lists, fonts and pictures in, pixels and files out. Shapes: www/src/painter/types.ts.

use super::beside::Beside;
use super::bytes::{taken, view};
use super::crossing::{Answer, all, one, out, read};
use crate::painter::{Memory, Painter as Inner};
use crate::raster::{Paper, Side};
use js_sys::{JSON, Uint8Array, Uint8ClampedArray};
use serde::Deserialize;
use std::io::{BufWriter, Write};
use std::sync::{Arc, Once};
use wasm_bindgen::prelude::*;

/// Paints display lists of the caller's own making.
#[wasm_bindgen]
pub struct Painter {
    inner: Inner,
    sheets: Sheets,
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
        warm();
        let options: Options = if options.is_undefined() { Options::default() } else { read(options, "painter options")? };
        let usual = Memory::default();
        let memory = Memory {
            pictures: options.picture_bytes.unwrap_or(usual.pictures),
            painted: options.painted_bytes.unwrap_or(usual.painted),
            share: options.share.unwrap_or(usual.share),
        };
        Ok(Self { inner: Inner::new(memory), sheets: Sheets::default() })
    }

    /// Adds a font file; where named, it answers to that family and weight instead of its own.
    ///
    /// # Errors
    /// `EngineError[]` where the bytes are no font.
    #[wasm_bindgen(js_name = addFont)]
    pub fn add_font(&mut self, bytes: &Uint8Array, family: Option<String>, weight: Option<u16>) -> Answer<()> {
        self.inner.add_font(taken(bytes), family.as_deref(), weight).map_err(|e| one(&e))
    }

    /// Holds a picture under a name; answers with its size. A WebP is opened by `importers`, as `Engine.open` has them.
    ///
    /// # Errors
    /// `EngineError[]` where the bytes are no picture.
    #[wasm_bindgen(js_name = addPicture)]
    pub fn add_picture(&mut self, name: &str, bytes: &Uint8Array, importers: &JsValue) -> Answer<JsValue> {
        let info = self.inner.add_picture(name, taken(bytes), &Beside(importers)).map_err(|e| one(&e))?;
        out(&[info.width, info.height])
    }

    /// Paints a `DisplayList`: straight RGBA, a view into the engine's memory, or of a large one into memory of its own; it holds until the next call.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn paint(&mut self, list: JsValue) -> Answer<Uint8ClampedArray> {
        let list = text(&list)?;
        Ok(match self.inner.paint_on(&mut self.sheets, &list).map_err(|e| all(&e))? {
            Some(pixmap) => view(&pixmap.data),
            None => self.sheets.page(),
        })
    }

    /// Paints a `DisplayList` and writes it as PNG.
    ///
    /// # Errors
    /// `EngineError[]`.
    pub fn png(&mut self, list: JsValue) -> Answer<Uint8Array> {
        let list = text(&list)?;
        let mut parts = BufWriter::with_capacity(PART, Parts::default());
        self.inner.png(&mut self.sheets, &list, &mut parts).map_err(|e| all(&e))?;
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

/// A and V of Noto Sans (SIL OFL 1.1, as all of fonts/): `python -m fontTools.subset fonts/NotoSans-Regular.ttf --text=AV
/// --layout-features=kern,ccmp,mark --no-hinting --name-IDs= --drop-tables+=meta,STAT,gasp,DSIG,GDEF`.
static LETTERS: &[u8] = include_bytes!("letters.ttf");

/// Something of everything that most lists hold.
const FIRST: &str = r##"{"width":64,"height":64,"items":[
    {"type":"fill","rect":[0,0,64,64],"paint":{"linear":[0,0,64,0],"stops":[[0,"#000"],[1,"#fff8"]]}},
    {"type":"shadow","rect":[8,8,32,32],"sigma":3,"color":"#0008"},
    {"type":"fill","rect":[8,8,32,16],"radius":8,"paint":"#fc0"},
    {"type":"text","text":"AV","size":12,"x":8,"baseline":24,"width":40,"align":"center","paint":"#fff"}]}"##;

/// Paints two letters and forgets them. Browsers compile a function when it is first called; now there is time for it, while the fonts are fetched.
fn warm() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        let mut first = Inner::new(Memory::default());
        // Should it fail, the first list is slower, and nothing else.
        let _ = first.add_font(Arc::from(LETTERS), None, None).map(|()| first.paint(FIRST).is_ok());
    });
}

/// The paper of large pages: arrays of JavaScript's, which are given back when nobody holds them any more.
#[derive(Default)]
struct Sheets {
    front: Uint8Array,
    back: Uint8Array,
    /// Bytes of the page that lies there; a smaller one takes a part.
    page: usize,
}

impl Sheets {
    /// What was painted, to be handed out.
    fn page(&self) -> Uint8ClampedArray {
        Uint8ClampedArray::new_with_byte_offset_and_length(&self.front.buffer(), 0, self.page as u32)
    }
    fn array(&self, side: Side) -> &Uint8Array {
        if side == Side::Front { &self.front } else { &self.back }
    }
}

impl Paper for Sheets {
    fn turn_to(&mut self, bytes: usize) -> bool {
        self.page = bytes;
        // Whoever gave the front's buffer away left it without length.
        if self.front.length().min(self.back.length()) as usize >= bytes {
            return true;
        }
        let array = || Uint8Array::new_with_length(bytes as u32);
        (self.front, self.back) = (array(), array());
        false
    }
    fn write(&mut self, side: Side, at: usize, bytes: &[u8]) {
        self.array(side).subarray(at as u32, (at + bytes.len()) as u32).copy_from(bytes);
    }
    fn read(&self, side: Side, at: usize, to: &mut [u8]) {
        self.array(side).subarray(at as u32, (at + to.len()) as u32).copy_to(to);
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
