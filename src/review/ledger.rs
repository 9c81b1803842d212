//! In: a ledger as JSON Lines. Out: it with one more line, its lines, or where its chain breaks.

use super::event::{Event, Line};
use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::Fingerprint;

/// What `prev` of the first line holds.
pub const START: Fingerprint = Fingerprint([0; 32]);

/// The line that continues a ledger; `tail` is the whole ledger or its last line, or empty to begin one.
///
/// # Errors
/// What [`Event::check`] says; `state` where the last line was changed.
pub fn append(tail: &str, event: &Event) -> Result<String> {
    event.check()?;
    let (seq, prev) = match tail.lines().next_back() {
        None | Some("") => (1, START),
        Some(last) => {
            let line = Line::parse("ledger: last line", last)?;
            (line.seq.saturating_add(1), Fingerprint::of(last.as_bytes()))
        }
    };
    Ok(Line { seq, prev, event: event.clone() }.to_json())
}

/// All lines of a ledger whose chain holds.
///
/// # Errors
/// `state` or `syntax` with the number of the first line that does not follow from the one before.
pub fn read(jsonl: &str) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut prev = START;
    let body = jsonl.strip_suffix('\n').unwrap_or(jsonl);
    if body.is_empty() {
        return if jsonl.is_empty() {
            Ok(lines)
        } else {
            Err(Error::new(ErrorKind::Syntax, "ledger: line 1", "the line is empty"))
        };
    }
    for (i, text) in body.split('\n').enumerate() {
        let at = format!("ledger: line {}", i + 1);
        let line = Line::parse(&at, text)?;
        let broken = |what: &str| {
            Error::new(ErrorKind::State, &at, format!("the chain breaks here: {what}"))
                .hint("Take the ledger from a copy that verifies")
        };
        if line.seq != i as u64 + 1 {
            return Err(broken("a line is missing, doubled or moved")
                .found(format!("seq {}", line.seq))
                .allowed(format!("seq {}", i + 1)));
        }
        if line.prev != prev {
            return Err(broken("the line before was changed").found(line.prev).allowed(prev.to_string()));
        }
        prev = Fingerprint::of(text.as_bytes());
        lines.push(line);
    }
    Ok(lines)
}

/// Checks the whole chain.
///
/// # Errors
/// As [`read`].
pub fn verify(jsonl: &str) -> Result<()> {
    read(jsonl).map(|_| ())
}
