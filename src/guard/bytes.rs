//! A file above its format's byte cap: what is to be expected when a page is laid out, and what is so once its file is written, which takes its place.

use super::{Case, Finding, Severity};
use crate::campaign::policy::Policy;
use crate::layout::gates::Kind;
use crate::variant::Format;

/// No quality that is delivered would bring the file below the cap: told before it is written.
pub(super) fn expected(case: &Case<'_>, out: &mut Vec<Finding>) {
    let gate = case.layout.gates.iter().find(|g| g.kind == Kind::Bytes);
    let Some((gate, cap)) = gate.zip(case.variant.format.max_bytes) else { return };
    let bytes = (f64::from(gate.measured) * cap as f64).round();
    let message = format!(
        "even at the lowest quality the file takes about {bytes} bytes, {} takes {cap}. Ask for a larger cap",
        case.variant.format.id
    );
    out.extend(above(cap, bytes, case.limit, case.severity, message));
}

/// What the size of an encoded file gives cause to say; `bytes` as it would be delivered.
#[must_use]
pub fn look(format: &Format, bytes: u64, policy: &Policy) -> Option<Finding> {
    let (cap, rule) = (format.max_bytes?, policy.rule("bytes")?);
    let severity = Severity::of(rule.severity)?;
    let message =
        format!("the file has {bytes} bytes, {} takes {cap}. Deliver it as JPEG: its quality is sought below the cap", format.id);
    above(cap, bytes as f64, rule.limit, severity, message)
}

fn above(cap: u64, bytes: f64, limit: f64, severity: Severity, message: String) -> Option<Finding> {
    let allowed = (cap as f64 * limit).floor();
    (bytes > allowed).then(|| Finding {
        rule: "bytes",
        severity,
        layer: None,
        measured: Some(bytes),
        limit: Some(allowed),
        unit: "bytes".into(),
        message,
        place: None,
    })
}
