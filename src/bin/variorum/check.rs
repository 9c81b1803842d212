//! `variorum check`. In: a campaign. Out: what guard sees in every variant: laid out, not painted. By rule for people, by variant for
//! programs.

use crate::args::CheckArgs;
use crate::crew;
use crate::open;
use crate::say::{self, Stop};
use serde::Serialize;
use std::collections::BTreeMap;
use std::process::ExitCode;
use variorum::error::{Error, Errors};
use variorum::guard::{Finding, Severity};
use variorum::report::{ErrorReport, FindingReport};

/// Variants listed under a rule before the rest is only counted.
const LISTED: usize = 8;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    format: &'a str,
    locale: &'a str,
    option: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Vec<FindingReport>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorReport>,
}

/// What was seen, by rule, gravest first.
#[derive(Default)]
struct Tally {
    rules: BTreeMap<(Severity, &'static str), Rule>,
    failed: usize,
}

#[derive(Default)]
struct Rule {
    findings: usize,
    /// Variant, then what it says.
    lines: Vec<(String, String)>,
}

impl Tally {
    fn add(&mut self, id: &str, findings: &[Finding]) {
        for finding in findings {
            let rule = self.rules.entry((finding.severity, finding.rule)).or_default();
            rule.findings += 1;
            rule.lines.push((id.to_owned(), finding.message.clone()));
        }
    }
    fn of(&self, severity: Severity) -> usize {
        self.rules.iter().filter(|((s, _), _)| *s == severity).map(|(_, rule)| rule.findings).sum()
    }
    fn print(&self, all: bool) -> Result<(), Stop> {
        for ((severity, name), rule) in &self.rules {
            say::line(&format!("{} {name}: {}", severity.name(), say::count(rule.findings, "finding")))?;
            let shown = if all { rule.lines.len() } else { LISTED };
            for (id, message) in rule.lines.iter().take(shown) {
                say::line(&format!("  {id}  {message}"))?;
            }
            if rule.lines.len() > shown {
                say::line(&format!("  and {} more (--all lists them)", rule.lines.len() - shown))?;
            }
        }
        Ok(())
    }
}

/// Looks at every variant; exit code 1 where a `must` finding is met.
pub fn run(args: &CheckArgs) -> Result<ExitCode, Stop> {
    let mut opened = open::open(&args.brought)?;
    let faults = opened.session.pictures_at_fault();
    if !faults.is_empty() {
        return Err(Errors(faults).into());
    }
    let cells = open::cells(&opened.session, &args.chosen)?;
    let bar = crew::bar(cells.len());
    let mut tally = Tally::default();
    let look = |session: &mut variorum::session::Session, _: usize, cell: &variorum::variant::Cell| {
        session.prepare(&cell.id).map(|prepared| (prepared.variant.fingerprint.to_string(), prepared.findings))
    };
    crew::each(opened, &cells, look, |i, seen: Result<(String, Vec<Finding>), Error>| {
        bar.inc(1);
        let Some(cell) = cells.get(i) else { return Ok(()) };
        let mut line = Line {
            id: &cell.id,
            format: &cell.format,
            locale: &cell.locale,
            option: &cell.option,
            fingerprint: None,
            findings: None,
            error: None,
        };
        match seen {
            Ok((fingerprint, findings)) => {
                tally.add(&cell.id, &findings);
                line.findings = Some(findings.iter().map(FindingReport::from).collect());
                line.fingerprint = Some(fingerprint);
            }
            Err(error) => {
                tally.failed += 1;
                bar.suspend(|| say::aside(&format!("error: {}: {error}", cell.id)));
                line.error = Some((&error).into());
            }
        }
        if args.json { bar.suspend(|| say::json(&line)) } else { Ok(()) }
    })?;
    bar.finish_and_clear();
    if !args.json {
        tally.print(args.all)?;
    }
    let (must, should) = (tally.of(Severity::Must), tally.of(Severity::Should));
    let mut summary = format!("{}: {must} must, {should} should", say::count(cells.len(), "variant"));
    if tally.failed > 0 {
        summary.push_str(&format!(", {} failed", tally.failed));
    }
    if args.json {
        say::aside(&summary);
    } else {
        say::line(&summary)?;
    }
    Ok(if must + tally.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
