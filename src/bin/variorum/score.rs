//! `variorum score`. In: a campaign. Out: why each variant is laid out as it is: the gates with their values, the terms, the
//! alternatives. By gate and arrangement for people, by variant for programs.

use crate::args::ScoreArgs;
use crate::crew;
use crate::open;
use crate::say::{self, Stop};
use serde::Serialize;
use std::collections::BTreeMap;
use std::process::ExitCode;
use variorum::report::WhyReport;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    format: &'a str,
    locale: &'a str,
    option: &'a str,
    fingerprint: String,
    #[serde(flatten)]
    why: WhyReport,
}

/// Scores every variant.
pub fn run(args: &ScoreArgs) -> Result<ExitCode, Stop> {
    let opened = open::open(&args.brought)?;
    let cells = open::cells(&opened.session, &args.chosen)?;
    let bar = crew::bar(cells.len());
    let mut arrangements: BTreeMap<String, usize> = BTreeMap::new();
    let mut gates: BTreeMap<&'static str, (usize, String)> = BTreeMap::new();
    let mut failed = 0;
    let look = |session: &mut variorum::session::Session, _: usize, cell: &variorum::variant::Cell| {
        session.prepare(&cell.id).map(|prepared| {
            let broken: Vec<&'static str> = prepared.layout.failed().map(|g| g.kind.name()).collect();
            let print = prepared.variant.fingerprint.to_string();
            (print, prepared.layout.candidate.words(), broken, WhyReport::of(&prepared.variant, &prepared.layout))
        })
    };
    crew::each(opened, &cells, look, |i, seen| {
        bar.inc(1);
        let Some(cell) = cells.get(i) else { return Ok(()) };
        let (fingerprint, name, broken, why) = match seen {
            Ok(seen) => seen,
            Err(error) => {
                failed += 1;
                bar.suspend(|| say::aside(&format!("error: {}: {error}", cell.id)));
                return Ok(());
            }
        };
        *arrangements.entry(name).or_default() += 1;
        for gate in broken {
            let entry = gates.entry(gate).or_default();
            entry.0 += 1;
            if entry.0 <= 8 {
                entry.1.push_str(&format!("  {}\n", cell.id));
            }
        }
        let line = Line { id: &cell.id, format: &cell.format, locale: &cell.locale, option: &cell.option, fingerprint, why };
        if args.json { bar.suspend(|| say::json(&line)) } else { Ok(()) }
    })?;
    bar.finish_and_clear();
    if !args.json {
        for (name, count) in &arrangements {
            say::line(&format!("{count:6}  {name}"))?;
        }
        for (gate, (count, first)) in &gates {
            say::line(&format!("{gate} does not hold in {}", say::count(*count, "variant")))?;
            say::line(first.trim_end())?;
        }
    }
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
