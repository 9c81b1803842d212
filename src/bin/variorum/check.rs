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

/// Lines under a rule before the rest is only counted.
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

impl Rule {
    /// What is said of many variants in the same words is one line: the first variant, the words, how many more.
    fn alike(&self) -> Vec<(&str, &str, usize)> {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let mut out: Vec<(&str, &str, usize)> = Vec::new();
        for (id, message) in &self.lines {
            match known.get(message.as_str()).and_then(|at| out.get_mut(*at)) {
                Some((.., more)) => *more += 1,
                None => {
                    known.insert(message, out.len());
                    out.push((id, message, 0));
                }
            }
        }
        out
    }
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
            if all {
                for (id, message) in &rule.lines {
                    say::line(&format!("  {id}  {message}"))?;
                }
                continue;
            }
            let alike = rule.alike();
            for (id, message, more) in alike.iter().take(LISTED) {
                let more = if *more > 0 { format!(" (and in {more} more)") } else { String::new() };
                say::line(&format!("  {id}  {message}{more}"))?;
            }
            let left: usize = alike.iter().skip(LISTED).map(|(.., more)| 1 + more).sum();
            if left > 0 {
                say::line(&format!("  and {left} more (--all lists them)"))?;
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
        session.prepare_as(&cell.id, None).map(|prepared| (prepared.variant.fingerprint.to_string(), prepared.findings))
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
