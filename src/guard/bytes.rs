//! An encoded file above the format's byte cap: known only once it is written, so it is asked after encoding.

use super::{Finding, Severity};
use crate::campaign::policy::Policy;
use crate::variant::Format;

/// What the size of an encoded file gives cause to say; `bytes` as it would be delivered.
#[must_use]
pub fn look(format: &Format, bytes: u64, policy: &Policy) -> Option<Finding> {
    let (cap, rule) = (format.max_bytes?, policy.rule("bytes")?);
    let severity = Severity::of(rule.severity)?;
    let allowed = (cap as f64 * rule.limit) as u64;
    (bytes > allowed).then(|| Finding {
        rule: "bytes",
        severity,
        layer: None,
        measured: Some(bytes as f64),
        limit: Some(allowed as f64),
        unit: "bytes".into(),
        message: format!(
            "the file has {bytes} bytes, {} takes {cap}. Deliver it as JPEG: its quality is sought below the cap",
            format.id
        ),
        place: None,
    })
}
