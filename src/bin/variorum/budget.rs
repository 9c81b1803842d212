//! `variorum budget`. In: a campaign. Out: for each message and locale how many characters still fit in the tightest format that
//! shows it, with the copy itself, for those who translate.

use crate::args::BudgetArgs;
use crate::open;
use crate::say::{self, Stop};
use serde::Serialize;
use std::collections::BTreeSet;
use std::process::ExitCode;
use variorum::budget::{self, CharacterBudget};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    #[serde(flatten)]
    budget: &'a CharacterBudget,
    /// Characters that may be added; negative: that must go.
    left: i64,
    text: &'a str,
    source: &'a str,
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// Counts; exit code 1 where a message has more characters than fit.
pub fn run(args: &BudgetArgs) -> Result<ExitCode, Stop> {
    let mut session = open::open(&args.brought)?.session;
    let cells = open::cells(&session, &args.chosen)?;
    let mut locales: Vec<String> = Vec::new();
    let formats: BTreeSet<&str> = cells.iter().map(|cell| &*cell.format).collect();
    for cell in &cells {
        if !locales.iter().any(|l| *l == *cell.locale) {
            locales.push(cell.locale.to_string());
        }
    }
    let mut over = 0;
    for locale in &locales {
        let messages = session.campaign().messages(locale)?;
        for (key, text, origin) in &messages {
            let budget = budget::of(&mut session, locale, key, |format| formats.contains(format))?;
            let left = i64::try_from(budget.fits).unwrap_or(i64::MAX) - i64::try_from(budget.used).unwrap_or(i64::MAX);
            over += usize::from(left < 0 && budget.format.is_some());
            if args.json {
                let campaign = session.campaign();
                let source = campaign.message(&campaign.source_locale, key).map_or("", |(m, _)| m.text.as_str());
                let note = campaign.message(&campaign.source_locale, key).and_then(|(m, _)| m.note.as_deref());
                say::json(&Line { budget: &budget, left, text, source, origin: origin.name(), note })?;
                continue;
            }
            let more = if budget.open { "more than " } else { "" };
            let by = budget.format.clone().unwrap_or_else(|| format!("room in {}", say::count(budget.formats, "format")));
            say::line(&format!("{locale:8} {key:12} {:4} of {more}{}  {by}", budget.used, budget.fits))?;
        }
    }
    if !args.json && over > 0 {
        say::line(&format!(
            "{} longer than {} tightest format allows",
            say::count(over, "message"),
            if over == 1 { "its" } else { "their" }
        ))?;
    }
    Ok(if over > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
