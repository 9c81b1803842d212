//! In: an edit of words, tokens or layouts. Out: the variants whose fingerprint it changed; where another engine told of it already, what is to be looked
//! at before fingerprints are next asked for.

use super::crossing::{Answer, one, out, read};
use super::engine::{Engine, nothing_open};
use super::shapes::VariantInfo;
use crate::session::Session;
use crate::variant::Cell;
use wasm_bindgen::prelude::*;

/// What an edit may change the fingerprints of.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
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

#[wasm_bindgen]
impl Engine {
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
}

impl Engine {
    fn told(&mut self, change: Change, quietly: Option<bool>) -> Answer<JsValue> {
        if quietly != Some(true) {
            return out(&self.looked_at(&change, false)?);
        }
        self.behind.insert(change);
        out::<[VariantInfo]>(&[])
    }

    /// The cells that a change touches, all or those whose fingerprint is another now.
    pub(super) fn looked_at(&mut self, change: &Change, all: bool) -> Answer<Vec<VariantInfo>> {
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
