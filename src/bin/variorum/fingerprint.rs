//! `variorum fingerprint`. In: a campaign. Out: what decides each variant's pixels, as one digest a line; nothing is laid out.

use crate::args::FingerprintArgs;
use crate::open;
use crate::say::{self, Stop};
use serde::Serialize;
use std::process::ExitCode;

#[derive(Serialize)]
struct Line {
    id: String,
    fingerprint: String,
}

/// Prints a line for every variant, in the order of the matrix.
pub fn run(args: &FingerprintArgs) -> Result<ExitCode, Stop> {
    let opened = open::open(&args.brought)?;
    for cell in open::cells(&opened.session, &args.chosen)? {
        let fingerprint = opened.session.variant(&cell.id)?.fingerprint.to_string();
        if args.json {
            say::json(&Line { id: cell.id, fingerprint })?;
        } else {
            say::line(&format!("{fingerprint}  {}", cell.id))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
