//! In: the importers' module as JavaScript hands it in, an object with its functions. Out: the [`Importers`] that the session asks.

use crate::error::{Error, ErrorKind};
use crate::importers::{self, Importers};
use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

/// The importers' module, beside this one.
pub(super) struct Beside<'a>(pub(super) &'a JsValue);

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
