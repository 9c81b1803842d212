//! `variorum fit-weights`. In: picks, one a line: the terms of the way that a person took and of one that was passed over. Out: weights that
//! rank as that person does: logistic regression on the differences, held near the weights in force. Same picks, same weights.

use crate::args::FitArgs;
use crate::say::{self, Stop};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::process::ExitCode;
use variorum::campaign::suggest::did_you_mean;
use variorum::error::{Error, ErrorKind};
use variorum::layout::score::{TERMS, WEIGHTS, WEIGHTS_VERSION};

/// Steps of gradient descent; more change nothing in the third decimal.
const STEPS: usize = 4_000;
/// Length of a step.
const RATE: f32 = 0.05;
/// How firmly weights are held where they were, against one pick.
const HOLD: f32 = 2.0;

/// What a person preferred.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pick {
    /// Terms by name, as `variorum score --json` tells them.
    chosen: BTreeMap<String, f32>,
    /// Of the way that was passed over.
    over: BTreeMap<String, f32>,
    /// Weights in force then; those of another version are not comparable.
    #[serde(default)]
    weights: Option<u32>,
    /// The variant, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "kept in the file for people")]
    id: Option<String>,
}

/// Fits and prints the table.
pub fn run(args: &FitArgs) -> Result<ExitCode, Stop> {
    let place = args.picks.display().to_string();
    let text = std::fs::read_to_string(&args.picks)
        .map_err(|e| Error::new(ErrorKind::Missing, &place, "the file cannot be read").found(e))?;
    let mut picks = Vec::new();
    let mut left_out = 0;
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let pick: Pick = serde_json::from_str(line)
            .map_err(|e| Error::new(ErrorKind::Syntax, format!("{place}: line {}", n + 1), "not a pick").found(e))?;
        // A term by another name would count as nought, and teach the wrong thing.
        let known = |name: &&String| WEIGHTS.iter().any(|(term, ..)| *term == name.as_str());
        if let Some(name) = pick.chosen.keys().chain(pick.over.keys()).find(|name| !known(name)) {
            let mut error = Error::new(ErrorKind::Unknown, format!("{place}: line {}", n + 1), "no such term").found(name);
            error.hint = did_you_mean(name, WEIGHTS.iter().map(|(term, ..)| *term));
            return Err(error.into());
        }
        if pick.weights.is_none_or(|version| version == WEIGHTS_VERSION) {
            picks.push(difference(&pick));
        } else {
            left_out += 1;
        }
    }
    let start: Vec<f32> = WEIGHTS.iter().map(|(_, w, _)| *w).collect();
    let fitted = fit(&picks, &start);
    let agree = |weights: &[f32]| picks.iter().filter(|d| dot(weights, d.as_slice()) < 0.0).count();
    let named: BTreeMap<&str, f64> =
        WEIGHTS.iter().zip(&fitted).map(|((name, ..), w)| (*name, (f64::from(*w) * 1e4).round() / 1e4)).collect();
    say::json(&serde_json::json!({ "version": WEIGHTS_VERSION, "terms": named }))?;
    say::aside(&format!(
        "{} picks, {left_out} more under other weights left out; weights in force rank {} of them as picked, these {}",
        picks.len(),
        agree(&start),
        agree(&fitted),
    ));
    Ok(ExitCode::SUCCESS)
}

/// Squashed terms of the chosen way less those of the other: the weighed sum of it is below nought where the weights agree.
fn difference(pick: &Pick) -> Vec<f32> {
    let squashed = |terms: &BTreeMap<String, f32>, name: &str, a: f32| {
        libm::atanf(a * terms.get(name).copied().unwrap_or(0.0)) / libm::atanf(a)
    };
    WEIGHTS.iter().map(|(name, _, a)| squashed(&pick.chosen, name, *a) - squashed(&pick.over, name, *a)).collect()
}

fn dot(weights: &[f32], d: &[f32]) -> f32 {
    weights.iter().zip(d).map(|(w, x)| w * x).sum()
}

/// Minimises the logistic loss of the picks and the squared distance from `start`; no weight falls below nought.
fn fit(picks: &[Vec<f32>], start: &[f32]) -> Vec<f32> {
    let mut weights = start.to_vec();
    let n = picks.len().max(1) as f32;
    for _ in 0..STEPS {
        let mut gradient = vec![0.0_f32; TERMS];
        for d in picks {
            // The likelihood that the chosen one is chosen is 1 / (1 + e^(w·d)).
            let p = 1.0 / (1.0 + libm::expf(-dot(&weights, d).clamp(-30.0, 30.0)));
            gradient.iter_mut().zip(d).for_each(|(g, x)| *g += p * x / n);
        }
        for ((w, g), s) in weights.iter_mut().zip(&gradient).zip(start) {
            *w = (*w - RATE * (g + HOLD * (*w - s) / (n + HOLD))).max(0.0);
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_teach_and_nothing_else_moves() {
        let start: Vec<f32> = WEIGHTS.iter().map(|(_, w, _)| *w).collect();
        assert_eq!(fit(&[], &start), start, "no picks, no change");
        // A person who always takes the way with less of the first term and more of the second.
        let mut d = vec![0.0; TERMS];
        d[0] = -0.5;
        d[1] = 0.3;
        let picks = vec![d; 40];
        let fitted = fit(&picks, &start);
        assert!(fitted[0] > start[0] && fitted[1] < start[1]);
        assert_eq!(fitted[2..], start[2..]);
        assert_eq!(fit(&picks, &start), fitted, "the same picks, the same weights");
    }
}
