//! What layout's gates found broken in every candidate, one rule each: the best one is shown, and this says what is wrong with it. The
//! policy's limit is a factor on the gate's own: 0.9 asks for nine tenths of it.

use super::{Case, Finding, Length, Severity};
use crate::layout::gates::Kind;

pub(super) fn contrast(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "contrast", &[Kind::Contrast]);
}
pub(super) fn focal(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "focal", &[Kind::Focal, Kind::Covered]);
}
pub(super) fn legal(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "legal", &[Kind::Legal]);
}
pub(super) fn logo(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "logo", &[Kind::Logo, Kind::Clear, Kind::Mark]);
}
pub(super) fn pinned(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "pinned", &[Kind::Pinned]);
}
pub(super) fn distance(case: &Case<'_>, out: &mut Vec<Finding>) {
    look(case, out, "distance", &[Kind::Distance]);
}

/// Share of the contrast that reads below which words are not seen: a must, however grave the policy takes the rule.
const UNSEEN: f32 = 0.5;

fn look(case: &Case<'_>, out: &mut Vec<Finding>, rule: &'static str, kinds: &[Kind]) {
    for gate in case.layout.gates.iter().filter(|g| kinds.contains(&g.kind) && !g.passes) {
        // Of what was hidden by hand, and of a legal line that found no room, `dropped` tells.
        let absent = gate.layer.is_none() || gate.kind == Kind::Legal && gate.measured <= 0.0;
        if absent && matches!(gate.kind, Kind::Legal | Kind::Logo) {
            continue;
        }
        let limit = gate.limit * case.limit as f32;
        let least = !matches!(gate.kind, Kind::Focal | Kind::Covered | Kind::Pinned);
        if (least && gate.measured >= limit) || (!least && gate.measured * case.limit as f32 <= gate.limit) {
            continue;
        }
        // Words that cannot be made out are no matter of taste.
        let severity =
            if gate.kind == Kind::Contrast && gate.measured < UNSEEN * gate.limit { Severity::Must } else { case.severity };
        let (measured, least) = (case.shown(gate.kind, gate.measured), case.shown(gate.kind, limit));
        let layer = gate.layer.and_then(|i| case.variant.layers.get(i)).map(|l| l.id.clone());
        let place = gate.layer.and_then(|i| case.layout.placed.iter().find(|p| p.layer == Some(i))).map(|p| p.rect);
        out.push(Finding {
            rule,
            severity,
            message: format!(
                "{}{}",
                layer.as_deref().map(|l| format!("{l}: ")).unwrap_or_default(),
                words(gate.kind, measured, least)
            ),
            layer,
            measured: Some(measured.value()),
            limit: Some(least.value()),
            unit: measured.1.into(),
            place,
        });
    }
}

/// A value and its limit, rounded to so many digits or to as many more as tell them apart: "15 %, 15 % are allowed" says nothing is wrong.
pub(super) fn apart(value: f64, limit: f64, digits: usize) -> (String, String) {
    let told = |digits: usize| (format!("{value:.digits$}"), format!("{limit:.digits$}"));
    (digits..digits + 4).map(told).find(|(value, limit)| value != limit).unwrap_or_else(|| told(digits))
}

/// What is the matter, and what mends it.
fn words(kind: Kind, measured: Length, limit: Length) -> String {
    let percent = 100.0 * measured.0;
    match kind {
        Kind::Contrast => {
            format!(
                "{percent:.0} % of the contrast that reads at its size. Darken what lies under it, take away what lies over it, or change its colour"
            )
        }
        Kind::Focal => {
            format!("{percent:.0} % of the picture's subject is cut or covered. Draw another focal box, or bring a wider picture")
        }
        Kind::Covered => {
            let (percent, allowed) = apart(percent, 100.0 * limit.0, 0);
            format!(
                "words and shade cover {percent} % of it that the master leaves free, {allowed} % are allowed. Choose another layout, or shorten the words"
            )
        }
        Kind::Mark => {
            let (contrast, least) = apart(measured.0, limit.0, 1);
            format!(
                "its contrast with what it stands on is {contrast}, below {least} one looks for it. Move it, or bring a drawing for such a ground"
            )
        }
        Kind::Legal => format!("{measured:.1} is too small to be read here, {limit:.1} is not. Shorten it"),
        Kind::Logo if measured.0 <= 0.0 => "left out, and it must stay. Give up something else for it".to_owned(),
        Kind::Logo => format!("{measured:.1} wide, at least {limit:.1} is asked for. Give up something else for it"),
        Kind::Clear => {
            let (percent, asked) = apart(percent, 100.0 * limit.0, 0);
            format!("{percent} % of its clear space is free, {asked} % is asked for. Move what stands near it")
        }
        Kind::Pinned => "not where the brand's rules have it. Choose another layout, or release the rule here".to_owned(),
        Kind::Distance => format!("letters of {percent:.0} % of the height that is read from there. Use fewer words"),
        _ => format!("{} is {:.2}, its limit {:.2}", kind.name(), measured.0, limit.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_and_its_limit_are_told_apart() {
        let said = |value, limit| apart(value, limit, 0);
        assert_eq!(said(15.34, 15.0), ("15.3".into(), "15.0".into()));
        assert_eq!(said(40.0, 15.0), ("40".into(), "15".into()));
        assert_eq!(said(15.0, 15.0), ("15".into(), "15".into()));
    }
}
