//! The plain shapes of www/src/engine/types.ts that only the page needs.

use crate::campaign::Delivery;
use crate::error::{Error, ErrorKind};
use crate::fingerprint::Fingerprint;
use crate::geom::Rect;
use crate::report::{self, ErrorReport, FormatReport};
use crate::review::{self, Status};
use crate::session::Session;
use crate::text::Direction;
use crate::variant::Cell;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// See types.ts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CampaignInfo {
    name: String,
    version: String,
    ground: String,
    artboard: Artboard,
    source_locale: String,
    formats: Vec<FormatReport>,
    locales: Vec<LocaleInfo>,
    options: Vec<String>,
    variants: Vec<VariantInfo>,
    tokens: Vec<TokenInfo>,
    message_keys: Vec<String>,
    naming: String,
    delivery: DeliveryOptions,
    warnings: Vec<ErrorReport>,
    rights: Vec<RightsInfo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<String>,
    /// JSON: a list as it stands in the master.
    #[serde(skip_serializing_if = "Option::is_none")]
    corrections: Option<String>,
    engine: &'static str,
}

#[derive(Serialize)]
struct Artboard {
    width: f32,
    height: f32,
    boxes: BTreeMap<String, [f32; 4]>,
}

#[derive(Serialize)]
struct LocaleInfo {
    tag: String,
    name: String,
    dir: &'static str,
}

#[derive(Serialize)]
struct TokenInfo {
    path: String,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
}

#[derive(Serialize)]
struct RightsInfo {
    asset: String,
    title: String,
    author: String,
    licence: String,
}

/// See types.ts.
#[derive(Serialize)]
pub(super) struct VariantInfo {
    id: String,
    format: String,
    locale: String,
    option: String,
    fingerprint: String,
}

impl VariantInfo {
    pub(super) fn of(cell: &Cell, fingerprints: &BTreeMap<String, Fingerprint>) -> Self {
        Self {
            id: cell.id.clone(),
            format: cell.format.to_string(),
            locale: cell.locale.to_string(),
            option: cell.option.to_string(),
            fingerprint: fingerprints.get(&cell.id).map(ToString::to_string).unwrap_or_default(),
        }
    }
}

/// See types.ts.
#[derive(Serialize)]
pub(super) struct MessageInfo {
    pub key: String,
    pub text: String,
    pub origin: &'static str,
}

impl MessageInfo {
    /// The messages that a locale shows, in the order of the master's layers.
    pub(super) fn all(session: &Session, locale: &str) -> Result<Vec<Self>, Error> {
        let messages = session.campaign().messages(locale)?;
        Ok(messages.into_iter().map(|(key, text, origin)| Self { key, text, origin: origin.name() }).collect())
    }
}

impl CampaignInfo {
    pub(super) fn of(session: &Session, fingerprints: &BTreeMap<String, Fingerprint>) -> Self {
        let c = session.campaign();
        Self {
            name: c.name.clone(),
            version: c.version.clone(),
            ground: c.master.ground.to_hex(),
            artboard: Artboard {
                width: c.master.artboard.w.0,
                height: c.master.artboard.h.0,
                boxes: crate::ordered::map(c.master.layers.iter().map(|l| (l.id.clone(), report::corners(&l.place)))),
            },
            source_locale: c.source_locale.clone(),
            formats: c.formats.iter().map(|f| FormatReport::from(f.as_ref())).collect(),
            locales: c
                .locales
                .iter()
                .map(|tag| LocaleInfo {
                    tag: tag.clone(),
                    name: report::language_name(tag).to_owned(),
                    dir: if crate::campaign::locale::direction(tag) == Direction::Rtl { "rtl" } else { "ltr" },
                })
                .collect(),
            options: c.options.iter().map(|o| o.id.to_string()).collect(),
            variants: session.matrix().cells.iter().map(|cell| VariantInfo::of(cell, fingerprints)).collect(),
            tokens: c
                .tokens
                .iter()
                .map(|(path, v)| TokenInfo { path: path.to_owned(), kind: v.kind().name(), value: v.to_text() })
                .collect(),
            message_keys: c.message_keys().into_iter().map(str::to_owned).collect(),
            naming: c.naming.template.clone(),
            delivery: c.delivery.into(),
            warnings: session.warnings().iter().map(ErrorReport::from).collect(),
            rights: c
                .rights
                .iter()
                .map(|(asset, r)| RightsInfo {
                    asset: asset.clone(),
                    title: r.title.clone(),
                    author: r.author.clone(),
                    licence: r.licence.clone(),
                })
                .collect(),
            ledger: session.brought_ledger().map(str::to_owned),
            corrections: (!c.corrections().is_empty()).then(|| serde_json::Value::from(c.corrections()).to_string()),
            engine: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// See types.ts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RenderRequest {
    pub id: String,
    scale: Option<f32>,
    max_width: Option<f32>,
    max_height: Option<f32>,
    pub arrangement: Option<String>,
    pub region: Option<[f32; 4]>,
}

impl RenderRequest {
    /// The scale asked for, or the largest that stays inside the maxima, never above 1 then.
    pub(super) fn scale_for(&self, region: &Rect) -> f32 {
        let inside = |most: Option<f32>, side: f32| most.map_or(f32::MAX, |m| m / side.max(1.0));
        let asked =
            self.scale.unwrap_or_else(|| inside(self.max_width, region.w.0).min(inside(self.max_height, region.h.0)).min(1.0));
        asked.clamp(1e-4, 64.0)
    }
}

/// See types.ts.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum DeliveryOptions {
    Png,
    Jpeg { quality: u8 },
}

impl From<Delivery> for DeliveryOptions {
    fn from(d: Delivery) -> Self {
        match d {
            Delivery::Png => Self::Png,
            Delivery::Jpeg { quality } => Self::Jpeg { quality },
        }
    }
}

impl From<DeliveryOptions> for Delivery {
    fn from(o: DeliveryOptions) -> Self {
        match o {
            DeliveryOptions::Png => Self::Png,
            DeliveryOptions::Jpeg { quality } => Self::Jpeg { quality: quality.clamp(1, 100) },
        }
    }
}

/// See types.ts.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StampRequest {
    action: String,
    id: String,
    fingerprint: String,
    actor: String,
    time_ms: f64,
    reason: Option<String>,
    place: Option<[f32; 2]>,
}

impl StampRequest {
    pub(super) fn into_event(self) -> Result<review::Event, Error> {
        let action = match self.action.as_str() {
            "approve" => review::Action::Approve,
            "approve-unseen" => review::Action::ApproveUnseen,
            "comment" => {
                // Whole px, never negative: a cast of a float stops at nought.
                let place = self.place.map(|xy| xy.map(|px| px as u32));
                review::Action::Comment { words: self.reason.unwrap_or_default(), place }
            }
            "send-back" => review::Action::SendBack { reason: self.reason.unwrap_or_default() },
            "undo" => review::Action::Undo,
            other => {
                return Err(Error::new(ErrorKind::Value, "event.action", "not an action")
                    .found(other)
                    .allowed("approve, approve-unseen, send-back, undo, comment"));
            }
        };
        let fingerprint = Fingerprint::parse(&self.fingerprint).ok_or_else(|| {
            Error::new(ErrorKind::Value, "event.fingerprint", "not a fingerprint")
                .found(&self.fingerprint)
                .allowed("64 hexadecimal digits")
        })?;
        Ok(review::Event { time_ms: self.time_ms.max(0.0) as u64, actor: self.actor, action, variant: self.id, fingerprint })
    }
}

/// See types.ts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StampState {
    status: &'static str,
    by: String,
    time_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unseen: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
}

impl StampState {
    pub(super) fn of(state: review::State) -> Option<Self> {
        let status = match state.status {
            Status::ToReview => return None,
            Status::Approved => "approved",
            Status::SentBack => "sent-back",
            Status::Reopened => "reopened",
        };
        Some(Self {
            status,
            by: state.by,
            time_ms: state.time_ms,
            reason: state.reason,
            unseen: state.unseen,
            fingerprint: state.fingerprint.map(|f| f.to_string()),
        })
    }
}
