//! In: the terms of a layout, and the weights in force. Out: its energy, lower is better, and what some terms say alone. What each term
//! measures is in [`super::terms`].

use crate::variant::Weights;

/// How many terms there are.
pub const TERMS: usize = 19;

/// The version of [`WEIGHTS`]: choices made with older ones stay reproducible by it.
pub const WEIGHTS_VERSION: u32 = crate::variant::WEIGHTS_LATEST;

/// Name, weight, steepness: a term `x` costs `weight · atan(steepness · x) / atan(steepness)`. The reasons:
/// what was dropped, type that had to shrink and the picture's subject cut or covered are what people see and mend first; the
/// prior is the designer's own boxes and what suits the character; the rest ranks candidates that are equal in those.
pub const WEIGHTS: [(&str, f32, f32); TERMS] = [
    // Edges and middles that nearly meet but do not look careless.
    ("alignment", 0.25, 2.0),
    // Things on each other that are no ground and plate.
    ("overlap", 0.8, 4.0),
    // Words on the subject.
    ("occlusion", 1.1, 1.5),
    // More of it under words and shade than the designer put there: what was a choice in the master is none here.
    ("covered", 2.8, 4.0),
    // Words on busy parts of a picture.
    ("unreadability", 0.5, 4.0),
    // Weight that wandered from where the designer had it.
    ("balance", 0.25, 2.0),
    // White space that nothing reaches.
    ("trapped", 0.2, 3.0),
    // The loudest thing must stay the loudest.
    ("hierarchy", 0.5, 1.5),
    // Pairs that no longer stand as the designer meant, a wide margin given up.
    ("relations", 0.4, 1.5),
    // Reading order, by rows and by direction.
    ("reading", 0.5, 2.0),
    // Nobody shrinks alone.
    ("fidelity", 0.3, 1.5),
    // Type smaller than wished.
    ("copyfit", 2.2, 1.2),
    // The picture that leads, smaller on the page than the designer had it.
    ("presence", 1.1, 1.2),
    // The subject cut.
    ("crop", 1.6, 1.2),
    // A last line of one short word.
    ("widows", 0.12, 1.5),
    // Lines of uneven length.
    ("raggedness", 0.3, 1.5),
    // Layers left out, by how firmly they should stay.
    ("dropped", 2.4, 0.8),
    // A region left half empty, a picture enlarged.
    ("waste", 0.5, 1.5),
    // What suits the page's shape and the master's character.
    ("prior", 1.0, 0.4),
];

/// The terms of one layout, in the order of [`WEIGHTS`]; 0 is best.
pub type Terms = [f32; TERMS];

/// What was other in earlier versions of the table, so that a campaign that names one is laid out by it.
const EARLIER: [(u32, &[(&str, f32)]); 2] = [(1, &[("raggedness", 0.1), ("covered", 0.0)]), (2, &[("covered", 0.0)])];

/// What each of some terms costs, by the weights in force; together they are the energy.
#[must_use]
pub fn costs(terms: &Terms, weights: &Weights) -> Terms {
    let earlier = EARLIER.iter().find(|(version, _)| weights.version == Some(*version)).map_or(&[][..], |(_, other)| other);
    let mut costs = *terms;
    for (x, (name, w, a)) in costs.iter_mut().zip(&WEIGHTS) {
        let then = earlier.iter().find(|(n, _)| n == name).map_or(*w, |(_, w)| *w);
        *x = weights.terms.get(name).copied().unwrap_or(then) * libm::atanf(a * *x) / libm::atanf(*a);
    }
    costs
}

/// The energy of some terms, by the weights in force.
#[must_use]
pub fn energy(terms: &Terms, weights: &Weights) -> f32 {
    costs(terms, weights).iter().sum()
}

/// Terms that words decide without the picture under them.
const WORDS: [&str; 8] = ["alignment", "hierarchy", "relations", "reading", "fidelity", "copyfit", "widows", "raggedness"];

/// Whether lines are even enough for nothing to be searched.
#[must_use]
pub fn even(terms: &Terms) -> bool {
    let of = |name: &str| WEIGHTS.iter().zip(terms).find(|(w, _)| w.0 == name).map_or(0.0, |(_, x)| *x);
    of("raggedness") < 0.12 && of("widows") <= 0.0
}

/// Whether type had to give way so far that one sees it.
#[must_use]
pub fn shrunk(terms: &Terms) -> bool {
    WEIGHTS.iter().zip(terms).any(|(w, x)| w.0 == "copyfit" && *x > 0.004)
}

/// How much more of the subject is covered than in the master.
#[must_use]
pub fn covered(terms: &Terms) -> f32 {
    WEIGHTS.iter().zip(terms).find(|(w, _)| w.0 == "covered").map_or(0.0, |(_, x)| *x)
}

/// Share of the subject under words.
#[must_use]
pub fn occluded(terms: &Terms) -> f32 {
    WEIGHTS.iter().zip(terms).find(|(w, _)| w.0 == "occlusion").map_or(0.0, |(_, x)| *x)
}

/// What was left out, by how firmly it should stay.
#[must_use]
pub fn left_out(terms: &Terms) -> f32 {
    WEIGHTS.iter().zip(terms).find(|(w, _)| w.0 == "dropped").map_or(0.0, |(_, x)| *x)
}

/// How much smaller the picture that leads is than the designer had it.
#[must_use]
pub fn presence(terms: &Terms) -> f32 {
    WEIGHTS.iter().zip(terms).find(|(w, _)| w.0 == "presence").map_or(0.0, |(_, x)| *x)
}

/// Whether the weights in force are of a version that looks at what the master covers: what an older one chose it chooses still.
#[must_use]
pub fn minds_covered(weights: &Weights) -> bool {
    weights.version.is_none_or(|v| v >= 3)
}

/// The energy of what the words alone tell, and of what was left out for them.
#[must_use]
pub fn of_words(terms: &Terms, weights: &Weights) -> f32 {
    let mut own = *terms;
    for (x, (name, ..)) in own.iter_mut().zip(&WEIGHTS) {
        if *name != "dropped" && !WORDS.contains(name) {
            *x = 0.0;
        }
    }
    energy(&own, weights)
}

/// What a page costs at the least of which some terms are known and the others 0. `None` where a weight is below 0.
#[must_use]
pub fn at_least(terms: &Terms, weights: &Weights) -> Option<f32> {
    weights.terms.values().all(|w| *w >= 0.0).then(|| energy(terms, weights))
}
