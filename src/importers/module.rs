//! The boundary of the importers' own module, wasm32 only: a file in, a sent answer out. The engine's module asks it through the worker.

use super::{Importers, Linked, sent};
use wasm_bindgen::prelude::wasm_bindgen;

/// The packed drawing of an SVG, or why it is refused, as `received` reads it.
#[wasm_bindgen]
#[must_use]
pub fn drawing(at: &str, bytes: &[u8]) -> Vec<u8> {
    sent(&Linked.drawing(at, bytes))
}

/// The font inside a WOFF2 file, or why it is refused, as `received` reads it.
#[wasm_bindgen]
#[must_use]
pub fn font(at: &str, bytes: &[u8]) -> Vec<u8> {
    sent(&Linked.font(at, bytes))
}

/// The PNG of a WebP picture, or why it is refused, as `received` reads it.
#[wasm_bindgen]
#[must_use]
pub fn picture(at: &str, bytes: &[u8]) -> Vec<u8> {
    sent(&Linked.picture(at, bytes))
}
