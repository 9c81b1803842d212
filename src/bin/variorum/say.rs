//! In: facts. Out: lines: results on standard output, warnings and errors on standard error; with `--json` errors also as objects on
//! standard output, so that a program has one stream to read.

use serde::Serialize;
use std::io::{self, Write};
use variorum::error::{Error, ErrorKind, Errors};
use variorum::report::ErrorReport;

/// Errors printed for people before the rest is only counted.
const SHOWN: usize = 40;

/// Why a command ends early.
pub enum Stop {
    /// Bad input: exit code 2.
    Bad(Errors),
    /// Standard output was closed by its reader.
    Unread,
}

impl From<Errors> for Stop {
    fn from(errors: Errors) -> Self {
        Self::Bad(errors)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Bad(error.into())
    }
}

/// One line on standard output.
pub fn line(text: &str) -> Result<(), Stop> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(|e| unwritten(&e))
}

/// One JSON object on standard output, as a line.
pub fn json(value: &impl Serialize) -> Result<(), Stop> {
    match serde_json::to_string(value) {
        Ok(text) => line(&text),
        Err(e) => Err(Error::new(ErrorKind::State, "standard output", "the answer cannot be written as JSON").found(e).into()),
    }
}

fn unwritten(e: &io::Error) -> Stop {
    match e.kind() {
        io::ErrorKind::BrokenPipe => Stop::Unread,
        _ => Error::new(ErrorKind::State, "standard output", "cannot be written to").found(e).into(),
    }
}

/// An error as a line of JSON.
#[derive(Serialize)]
struct Wrong {
    error: ErrorReport,
}

/// Says what is wrong with the input.
pub fn errors(errors: &Errors, as_json: bool) {
    for error in errors.0.iter().take(SHOWN) {
        aside(&format!("error: {error}"));
    }
    if errors.0.len() > SHOWN {
        aside(&format!("error: and {} more", errors.0.len() - SHOWN));
    }
    if as_json {
        for error in &errors.0 {
            wrong(error);
        }
    }
}

/// One thing that is wrong, for a program.
pub fn wrong(error: &Error) {
    // Nobody left to tell if this fails too.
    let _ = json(&Wrong { error: error.into() });
}

/// Says what opening warned of.
pub fn warnings(warnings: &[Error]) {
    for warning in warnings.iter().take(SHOWN) {
        aside(&format!("warning: {warning}"));
    }
    if warnings.len() > SHOWN {
        aside(&format!("warning: and {} more", warnings.len() - SHOWN));
    }
}

/// A line on standard error; a closed one is no reason to stop.
pub fn aside(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// `1 file`, `2 files`.
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Bytes for people.
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", n as f64 / 1e6),
        _ => format!("{:.2} GB", n as f64 / 1e9),
    }
}
