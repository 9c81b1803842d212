//! In: values of JavaScript and what the engine answers. Out: the one in the shape of the other; errors as a list of objects with code, place and hint.

use crate::error::{Error, ErrorKind, Errors};
use crate::report::ErrorReport;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

pub(super) type Answer<T> = Result<T, JsValue>;

pub(super) fn thrown(errors: &[Error]) -> JsValue {
    let reports: Vec<ErrorReport> = errors.iter().map(ErrorReport::from).collect();
    out(&reports).unwrap_or_else(|e| e)
}

pub(super) fn one(error: &Error) -> JsValue {
    thrown(std::slice::from_ref(error))
}

pub(super) fn all(errors: &Errors) -> JsValue {
    thrown(&errors.0)
}

pub(super) fn out<T: Serialize + ?Sized>(value: &T) -> Answer<JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|e| JsValue::from_str(&e.to_string()))
}

pub(super) fn read<T: for<'a> Deserialize<'a>>(value: JsValue, what: &str) -> Answer<T> {
    serde_wasm_bindgen::from_value(value)
        .map_err(|e| one(&Error::new(ErrorKind::Value, what, "not the shape that is asked for").found(e)))
}
