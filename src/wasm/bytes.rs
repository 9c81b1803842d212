//! In: files as JavaScript holds them, pixels as the module does. Out: the one on the other side.

use js_sys::{Uint8Array, Uint8ClampedArray, WebAssembly};
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// A file, copied once into the memory that holds it: a slice would be a second copy, and leave a hole as large.
pub(super) fn taken(bytes: &Uint8Array) -> Arc<[u8]> {
    let mut held: Arc<[u8]> = std::iter::repeat_n(0, bytes.length() as usize).collect();
    if let Some(to) = Arc::get_mut(&mut held) {
        bytes.copy_to(to);
    }
    held
}

/// Bytes of the module's memory as JavaScript sees them, without a copy: until the memory grows or they are painted over.
pub(super) fn view(bytes: &[u8]) -> Uint8ClampedArray {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    Uint8ClampedArray::new_with_byte_offset_and_length(&memory.buffer(), bytes.as_ptr() as u32, bytes.len() as u32)
}
