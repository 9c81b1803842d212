//! In: a ledger and the fingerprints of now. Out: how each variant stands, and whether it may leave.

use super::event::{Action, Event, Line};
use super::ledger;
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::fingerprint::Fingerprint;
use std::collections::BTreeMap;

/// How a variant stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nobody has stamped it, or the stamp was taken back.
    #[default]
    ToReview,
    /// What it is now was approved.
    Approved,
    /// What it is now was sent back.
    SentBack,
    /// What was stamped is no longer what it is.
    Reopened,
}

impl Status {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ToReview => "to-review",
            Self::Approved => "approved",
            Self::SentBack => "sent-back",
            Self::Reopened => "reopened",
        }
    }
}

/// A variant's status, and whose stamp it rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How it stands.
    pub status: Status,
    /// Who stamped; empty where nobody has.
    pub by: String,
    /// When, milliseconds since 1970 UTC; zero where nobody has.
    pub time_ms: u64,
    /// Why it was sent back.
    pub reason: Option<String>,
    /// Whether who approved it had not looked at it as it is.
    pub unseen: bool,
    /// What the stamp was set on.
    pub fingerprint: Option<Fingerprint>,
}

/// Verifies a ledger and folds it: the state of every variant in `current` (id to fingerprint).
///
/// The latest standing stamp on the current fingerprint decides; where stamps stand on other fingerprints only, the variant
/// is reopened. So an edit that is taken back brings its approval back: that very picture was approved.
///
/// # Errors
/// As [`ledger::read`].
pub fn state(jsonl: &str, current: &BTreeMap<String, Fingerprint>) -> Result<BTreeMap<String, State>> {
    let mut standing: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    let lines = ledger::read(jsonl)?;
    for line in &lines {
        let stamps = standing.entry(&line.event.variant).or_default();
        match &line.event.action {
            Action::Approve | Action::ApproveUnseen | Action::SendBack { .. } => stamps.push(line),
            Action::Undo => {
                stamps.pop();
            }
            Action::Comment { .. } => {}
        }
    }
    let of = |(id, now): (&String, &Fingerprint)| {
        let stamps = standing.get(id.as_str()).map_or(&[][..], Vec::as_slice);
        let on_now = stamps.iter().rev().find(|stamp| stamp.event.fingerprint == *now);
        let state = match (on_now, stamps.last()) {
            (Some(stamp), _) => describe(stamp, None),
            (None, Some(stamp)) => describe(stamp, Some(Status::Reopened)),
            (None, None) => State::default(),
        };
        (id.clone(), state)
    };
    Ok(crate::ordered::map(current.iter().map(of)))
}

fn describe(stamp: &Line, status: Option<Status>) -> State {
    let (plain, reason) = match &stamp.event.action {
        Action::SendBack { reason } => (Status::SentBack, Some(reason.clone())),
        _ => (Status::Approved, None),
    };
    let Event { actor, time_ms, fingerprint, .. } = &stamp.event;
    let unseen = stamp.event.action == Action::ApproveUnseen;
    State {
        status: status.unwrap_or(plain),
        by: actor.clone(),
        time_ms: *time_ms,
        reason,
        unseen,
        fingerprint: Some(*fingerprint),
    }
}

/// Lets variants leave only where each is approved as it is now.
///
/// # Errors
/// `state`, one for every variant that may not leave; its `at` is the variant's id.
pub fn gate<'a>(ids: impl IntoIterator<Item = &'a str>, states: &BTreeMap<String, State>) -> Result<(), Errors> {
    let refuse = |id: &str| {
        let status = states.get(id).map_or(Status::ToReview, |state| state.status);
        let why = match status {
            Status::Approved => return None,
            Status::ToReview => "it has not been approved",
            Status::SentBack => "it was sent back",
            Status::Reopened => "it changed after it was stamped",
        };
        Some(
            Error::new(ErrorKind::State, id, why)
                .found(status.name())
                .allowed(Status::Approved.name())
                .hint("Have it stamped, or leave it out"),
        )
    };
    let refused: Vec<Error> = ids.into_iter().filter_map(refuse).collect();
    if refused.is_empty() { Ok(()) } else { Err(Errors(refused)) }
}
