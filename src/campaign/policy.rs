//! In: policy.json. Out: a [`Policy`]: how grave each finding is, and its limit. What is measured is `guard`'s business.

use super::fields::{Shape, Table, may};
use super::read::Node;
use std::collections::BTreeMap;

/// The whole file.
pub static POLICY: Table = Table {
    name: "policy",
    doc: crate::campaign::fields::kept("guardrails: how grave each finding is"),
    fields: &[
        may("$schema", Shape::Text, "the schema, for editors"),
        may("rules", Shape::Object(&RULES), "rules by id; what is not named keeps its default"),
        may("weights", Shape::Object(&WEIGHTS), "how much each term of layout counts (default: the engine's own)"),
    ],
};

/// What layout counts.
pub static WEIGHTS: Table = Table {
    name: "weights",
    doc: crate::campaign::fields::kept("weights of layout's terms, as variorum fit-weights tells them"),
    fields: &[
        may("version", Shape::Whole(1, LATEST), "the engine's table to begin from (default the latest)"),
        may("terms", Shape::Object(&TERMS), "by term: what counts otherwise than in it"),
    ],
};

/// The latest version of the engine's table of weights.
pub const LATEST: i64 = 3;

/// The terms by name, in the order of `layout::score::WEIGHTS`.
pub static TERMS: Table = Table {
    name: "terms",
    doc: crate::campaign::fields::kept("weights by term"),
    fields: &[
        may("alignment", Shape::Number(0.0, 100.0), "edges that nearly meet"),
        may("overlap", Shape::Number(0.0, 100.0), "things on each other"),
        may("occlusion", Shape::Number(0.0, 100.0), "words on the subject"),
        may("covered", Shape::Number(0.0, 100.0), "more of the subject under words than in the master"),
        may("unreadability", Shape::Number(0.0, 100.0), "words on busy ground"),
        may("balance", Shape::Number(0.0, 100.0), "weight that wandered"),
        may("trapped", Shape::Number(0.0, 100.0), "enclosed white"),
        may("hierarchy", Shape::Number(0.0, 100.0), "the order of loudness"),
        may("relations", Shape::Number(0.0, 100.0), "pairs that stand otherwise"),
        may("reading", Shape::Number(0.0, 100.0), "reading order"),
        may("fidelity", Shape::Number(0.0, 100.0), "one size apart from the others"),
        may("copyfit", Shape::Number(0.0, 100.0), "type smaller than wished"),
        may("presence", Shape::Number(0.0, 100.0), "the picture's share"),
        may("crop", Shape::Number(0.0, 100.0), "the subject cut"),
        may("widows", Shape::Number(0.0, 100.0), "short last lines"),
        may("raggedness", Shape::Number(0.0, 100.0), "uneven lines"),
        may("dropped", Shape::Number(0.0, 100.0), "layers left out"),
        may("waste", Shape::Number(0.0, 100.0), "room left, pictures enlarged"),
        may("prior", Shape::Number(0.0, 100.0), "what suits the page's shape"),
    ],
};

/// One field for every rule.
pub static RULES: Table = Table {
    name: "rules",
    doc: crate::campaign::fields::kept("rules by id"),
    fields: &[
        may("overflow", Shape::Object(&RULE), "text that does not fit its place at its floor size (default must)"),
        may(
            "broken-word",
            Shape::Object(&RULE),
            "words broken without a hyphen, for they are wider than their place (default must, limit 0)",
        ),
        may("shrunk", Shape::Object(&RULE), "text set smaller than floor x limit (default must, limit 1)"),
        may("dropped", Shape::Object(&RULE), "a layer left out for want of room (default should; layers with keep must: must)"),
        may("missing-glyph", Shape::Object(&RULE), "characters no font has (default must)"),
        may("upscaled", Shape::Object(&RULE), "a picture enlarged beyond limit times (default should, limit 1)"),
        may("safe-zone", Shape::Object(&RULE), "text or logo outside the format's safe zone (default must)"),
        may("blank", Shape::Object(&RULE), "nothing is left to see, or a text that must stay says nothing (default must)"),
        may("bytes", Shape::Object(&RULE), "an encoded file above the format's byte cap (default must, limit 1: times the cap)"),
        may(
            "contrast",
            Shape::Object(&RULE),
            "type on too like a ground, by WCAG 2.2 on the real picture (default must, limit 1; below half of what reads a must whatever is said here)",
        ),
        may("focal", Shape::Object(&RULE), "the picture's subject cut or covered (default must, limit 1)"),
        may("legal", Shape::Object(&RULE), "the legal line too small to be read (default must, limit 1)"),
        may("logo", Shape::Object(&RULE), "the logo below its least width, or without its clear space (default must, limit 1)"),
        may("pinned", Shape::Object(&RULE), "a rule of the brand about where things may be, broken (default must)"),
        may("distance", Shape::Object(&RULE), "type too small for the viewing distance (default must, limit 1)"),
        may("arranged", Shape::Object(&RULE), "laid out otherwise than the format usually is (a note; off hides it)"),
        may("moved-on", Shape::Object(&RULE), "a correction made before the master changed (default should)"),
        may("untranslated", Shape::Object(&RULE), "a message the locale lacks, shown in the source language (default should)"),
        may(
            "conceded",
            Shape::Object(&RULE),
            "letter-spacing or line height given up to fit, or refused by a script (default should)",
        ),
        may(
            "word-list",
            Shape::Object(&RULE),
            "Thai, Lao, Khmer or Burmese broken into lines without its list of words, Japanese or Chinese balanced without its phrases (default must)",
        ),
        may(
            "substitute-face",
            Shape::Object(&RULE),
            "a bold or italic that the family has not, set in the nearest face (default should)",
        ),
        may("font-rights", Shape::Object(&RULE), "a font whose licence bits limit its embedding (default should)"),
    ],
};

static RULE: Table = Table {
    name: "rule",
    doc: crate::campaign::fields::kept("one rule"),
    fields: &[
        may(
            "severity",
            Shape::Choice(&["must", "should", "off"]),
            "must is for a person to decide knowingly, should is worth a look, off is not looked at",
        ),
        may("limit", Shape::Number(0.0, 1_000_000.0), "where the rule begins to speak; each rule says what it counts"),
    ],
};

/// How grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A person decides it knowingly, or it does not leave.
    Must,
    /// Worth a look.
    Should,
    /// Not looked at.
    Off,
}

impl Severity {
    /// The name in policy files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Should => "should",
            Self::Off => "off",
        }
    }
}

/// One rule in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// How grave.
    pub severity: Severity,
    /// Where it begins to speak.
    pub limit: f64,
}

/// Weights of layout's terms that a campaign asks for: those of a version of the engine's table, and what is other than in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// The version; the latest where none is named.
    pub version: Option<u32>,
    /// By name of the term.
    pub terms: BTreeMap<&'static str, f32>,
}

impl Weights {
    /// Reads them.
    #[must_use]
    pub fn read(node: &Node<'_>) -> Self {
        let Some(obj) = node.object(&WEIGHTS) else { return Self::default() };
        let version = obj.whole("version").and_then(|v| u32::try_from(v).ok());
        let Some(given) = obj.object("terms") else { return Self { version, ..Self::default() } };
        let terms = TERMS.names().filter_map(|name| Some((name, given.number(name)? as f32)));
        Self { version, terms: crate::ordered::map(terms) }
    }
}

/// All rules in force.
#[derive(Clone, Debug)]
pub struct Policy {
    rules: BTreeMap<&'static str, Rule>,
    /// What layout counts.
    pub weights: Weights,
}

impl Default for Policy {
    fn default() -> Self {
        let rules = RULES.names().map(|id| {
            let severity = match id {
                "dropped" | "upscaled" | "untranslated" | "conceded" | "moved-on" | "arranged" | "substitute-face"
                | "font-rights" => Severity::Should,
                _ => Severity::Must,
            };
            let limit = match id {
                "overflow" | "broken-word" | "dropped" | "missing-glyph" | "safe-zone" | "untranslated" | "moved-on"
                | "conceded" | "blank" => 0.0,
                _ => 1.0,
            };
            (id, Rule { severity, limit })
        });
        Self { rules: crate::ordered::map(rules), weights: Weights::default() }
    }
}

impl Policy {
    /// A rule by id; `None` where this version has no such rule.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<Rule> {
        self.rules.get(id).copied()
    }
    /// All rules.
    pub fn rules(&self) -> impl Iterator<Item = (&'static str, Rule)> {
        self.rules.iter().map(|(id, rule)| (*id, *rule))
    }
}

/// Reads the file; what it does not say keeps its default.
#[must_use]
pub fn read(root: &Node<'_>) -> Policy {
    let mut policy = Policy::default();
    let Some(obj) = root.object(&POLICY) else { return policy };
    if let Some(node) = obj.node("weights") {
        policy.weights = Weights::read(&node);
    }
    let Some(rules) = obj.object("rules") else { return policy };
    for id in RULES.names() {
        let Some(found) = rules.object(id) else { continue };
        let Some(rule) = policy.rules.get_mut(id) else { continue };
        match found.choice("severity") {
            Some("must") => rule.severity = Severity::Must,
            Some("should") => rule.severity = Severity::Should,
            Some("off") => rule.severity = Severity::Off,
            _ => {}
        }
        if let Some(limit) = found.number("limit") {
            rule.limit = limit;
        }
    }
    policy
}
