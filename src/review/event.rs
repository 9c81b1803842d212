//! In: what somebody did about a variant. Out: its one line of the ledger, and back: a line reads only in exactly the form in
//! which it is written, so that no byte of it is without meaning.

use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::Fingerprint;
use serde_json::Value;

/// Longest actor name, characters.
const ACTOR_CHARS: usize = 200;
/// Longest reason, characters.
const WORDS_CHARS: usize = 4_000;
/// Whole numbers up to here survive every JSON reader.
const SAFE_INTEGER: u64 = 1 << 53;

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It may leave.
    Approve,
    /// It may leave, though whoever says so did not look at it as it is: one of many stamped together.
    ApproveUnseen,
    /// It must change first.
    SendBack {
        /// Why; never empty.
        reason: String,
    },
    /// Takes back the latest stamp that stands on the variant.
    Undo,
    /// Says something about it; no stamp.
    Comment {
        /// What; never empty.
        words: String,
        /// Where, x and y in px of the format; of the whole without it.
        place: Option<[u32; 2]>,
    },
}

impl Action {
    /// The name in ledgers.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::ApproveUnseen => "approve-unseen",
            Self::SendBack { .. } => "send-back",
            Self::Undo => "undo",
            Self::Comment { .. } => "comment",
        }
    }

    /// What was said with it.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::SendBack { reason: words } | Self::Comment { words, .. } => words,
            Self::Approve | Self::ApproveUnseen | Self::Undo => "",
        }
    }
}

/// Something somebody did about what they saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When, milliseconds since 1970 UTC; given by the host.
    pub time_ms: u64,
    /// Who; given by the host.
    pub actor: String,
    /// What.
    pub action: Action,
    /// The variant's id.
    pub variant: String,
    /// What was seen.
    pub fingerprint: Fingerprint,
}

/// An event with its place in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3 ...
    pub seq: u64,
    /// SHA-256 of the line before, or zeros.
    pub prev: Fingerprint,
    /// What happened.
    pub event: Event,
}

impl Event {
    /// Checks what the host gave.
    ///
    /// # Errors
    /// `value` for an empty actor or reason, `limit` for words that are too long.
    pub fn check(&self) -> Result<()> {
        let at = format!("event on {}", self.variant.chars().take(120).collect::<String>());
        if self.actor.trim().is_empty() {
            return Err(Error::new(ErrorKind::Missing, at, "nobody is named").hint("Say who stamps"));
        }
        if self.variant.is_empty() {
            return Err(Error::new(ErrorKind::Missing, at, "no variant is named"));
        }
        let words = self.action.words();
        let wordless = match &self.action {
            Action::SendBack { .. } => Some("sending back needs a reason"),
            Action::Comment { .. } => Some("a comment needs words"),
            _ => None,
        };
        if let (Some(why), true) = (wordless, words.trim().is_empty()) {
            return Err(Error::new(ErrorKind::Missing, at, why));
        }
        if words.chars().count() > WORDS_CHARS || self.actor.chars().count() > ACTOR_CHARS || self.variant.chars().count() > 400 {
            return Err(Error::new(ErrorKind::Limit, at, "the words are too long")
                .allowed(format!("{WORDS_CHARS} characters for a reason, {ACTOR_CHARS} for a name")));
        }
        if self.time_ms >= SAFE_INTEGER {
            return Err(Error::new(ErrorKind::Value, at, "not a time").found(self.time_ms).allowed("milliseconds since 1970"));
        }
        Ok(())
    }
}

impl Line {
    /// The line as it stands in the ledger, without the line break.
    #[must_use]
    pub fn to_json(&self) -> String {
        let text = |s: &str| Value::from(s).to_string();
        let Event { time_ms, actor, action, variant, fingerprint } = &self.event;
        let mut out =
            format!("{{\"seq\":{},\"time_ms\":{time_ms},\"actor\":{},\"action\":\"{}\"", self.seq, text(actor), action.name());
        match action {
            Action::SendBack { reason } => out.push_str(&format!(",\"reason\":{}", text(reason))),
            Action::Comment { words, place } => {
                out.push_str(&format!(",\"words\":{}", text(words)));
                if let Some([x, y]) = place {
                    out.push_str(&format!(",\"place\":[{x},{y}]"));
                }
            }
            Action::Approve | Action::ApproveUnseen | Action::Undo => {}
        }
        out.push_str(&format!(",\"variant\":{},\"fingerprint\":\"{fingerprint}\"", text(variant)));
        out.push_str(&format!(",\"prev\":\"{}\"", self.prev));
        let hash = Fingerprint::of(out.as_bytes());
        out.push_str(&format!(",\"hash\":\"{hash}\"}}"));
        out
    }

    /// Reads a line; it must be exactly what [`Line::to_json`] writes.
    ///
    /// # Errors
    /// `syntax` where it is no line of a ledger, `state` where it was changed.
    pub fn parse(at: &str, line: &str) -> Result<Self> {
        let broken = |what: &str| Error::new(ErrorKind::Syntax, at, format!("not a line of a ledger: {what}")).found(line);
        if line.len() > 64 << 10 {
            return Err(Error::new(ErrorKind::Limit, at, "the line is too long").allowed("64 KiB"));
        }
        let value: Value = serde_json::from_str(line).map_err(|_| broken("it is not JSON"))?;
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let number = |name: &str| value.get(name).and_then(Value::as_u64);
        let digest = |name: &str| {
            let text = text(name).ok_or_else(|| broken(&format!("'{name}' is missing")))?;
            Fingerprint::parse(&text).ok_or_else(|| broken(&format!("'{name}' is no SHA-256")))
        };
        let action = match text("action").as_deref() {
            Some("approve") => Action::Approve,
            Some("approve-unseen") => Action::ApproveUnseen,
            Some("send-back") => Action::SendBack { reason: text("reason").ok_or_else(|| broken("'reason' is missing"))? },
            Some("undo") => Action::Undo,
            Some("comment") => {
                let place = value.get("place").and_then(Value::as_array).and_then(|xy| match xy.as_slice() {
                    [x, y] => Some([u32::try_from(x.as_u64()?).ok()?, u32::try_from(y.as_u64()?).ok()?]),
                    _ => None,
                });
                Action::Comment { words: text("words").ok_or_else(|| broken("'words' is missing"))?, place }
            }
            _ => return Err(broken("'action' is none of approve, approve-unseen, send-back, undo, comment")),
        };
        let found = Self {
            seq: number("seq").ok_or_else(|| broken("'seq' is missing"))?,
            prev: digest("prev")?,
            event: Event {
                time_ms: number("time_ms").ok_or_else(|| broken("'time_ms' is missing"))?,
                actor: text("actor").ok_or_else(|| broken("'actor' is missing"))?,
                action,
                variant: text("variant").ok_or_else(|| broken("'variant' is missing"))?,
                fingerprint: digest("fingerprint")?,
            },
        };
        if found.to_json() != line {
            return Err(Error::new(ErrorKind::State, at, "the line was changed after it was written")
                .hint("Take the ledger from a copy that verifies"));
        }
        Ok(found)
    }
}
