//! In: nothing. Out: what a layer of master.json may hold, field by field: what is read and what the published schema says are made from it.

use crate::campaign::fields::{Shape, Table, may, must};

/// The names of [`Role`](crate::campaign::role::Role); a test keeps them equal.
const ROLES: [&str; 12] = [
    "background",
    "photo",
    "product",
    "logo",
    "headline",
    "subhead",
    "body",
    "call-to-action",
    "price",
    "badge",
    "legal",
    "decoration",
];
const BLENDS: [&str; 5] = ["normal", "multiply", "screen", "overlay", "soft-light"];
const KEEPS: [&str; 3] = ["must", "should", "may"];
/// Farther than any artboard reaches, px.
pub(super) const FAR: f64 = 100_000.0;

/// A layer.
pub static LAYER: Table = Table {
    name: "layer",
    doc: crate::campaign::fields::kept("a layer: one of image, vector, shape or text"),
    fields: &[
        must("id", Shape::Name, "its name, unique in the master"),
        may(
            "role",
            Shape::Choice(&ROLES),
            "what it is for: adaptation places and keeps it by this (default: guessed from name, looks and place)",
        ),
        must("box", Shape::Box, "where it is on the artboard: [x, y, width, height], px"),
        may(
            "keep",
            Shape::Choice(&KEEPS),
            "how firmly it stays where room is short (default by role; a legal line that should stay must: only \"may\" lets it go)",
        ),
        may("priority", Shape::Whole(-1_000_000, 1_000_000), "the lower goes first where room is short (default by role)"),
        may("opacity", Shape::Number(0.0, 1.0), "0 to 1 (default 1)"),
        may("blend", Shape::Choice(&BLENDS), "how it mixes with what is under it (default normal)"),
        may("radius", Shape::Number(0.0, FAR), "corner radius, px (default 0)"),
        may("stroke", Shape::Object(&STROKE), "outline"),
        may("shadow", Shape::Object(&SHADOW), "soft shadow"),
        may("hide", Shape::Bool, "left out unless an override brings it back (default false)"),
        may("image", Shape::Name, "a picture: a path in the campaign, or {option.name}"),
        may(
            "fit",
            Shape::Choice(&["cover", "contain"]),
            "image: fills its box, or wholly inside (default cover; contain for products)",
        ),
        may("focal", Shape::Part, "image: the part that must stay in, fractions of the picture (default all of it)"),
        may("vector", Shape::Name, "an SVG: a path in the campaign, or {option.name}"),
        may("on_dark", Shape::Name, "vector: the drawing for dark grounds"),
        may("clear", Shape::Number(0.0, 10.0), "vector: clear space around it, times its height (default 0.25)"),
        may(
            "min_width",
            Shape::Number(0.0, FAR),
            "vector: narrowest allowed, px of a screen at an arm's length, and as wide to the eye elsewhere (default 16)",
        ),
        may("shape", Shape::Choice(&["rect", "ellipse"]), "a plain shape"),
        may("fill", Shape::Paint, "shape: what it is filled with"),
        may("text", Shape::Name, "text: a message key of copy/<locale>.json"),
        may("style", Shape::Name, "text: a name in styles"),
        may("size", Shape::Object(&SIZE), "text: sizes, artboard px"),
        may("max_lines", Shape::Whole(1, 100), "text: most lines (default 3)"),
        may("balance", Shape::Bool, "text: lines of even length (default false)"),
        may(
            "writing",
            Shape::Choice(&crate::campaign::master::WRITINGS),
            "text: lines across, or columns down from right to left where the language is Japanese or Chinese (default horizontal)",
        ),
        may("copyfit", Shape::Object(&COPYFIT), "text: what may be given up below the floor rather than overflow"),
        may(
            "group",
            Shape::List(&Shape::Format, 100),
            "text: format ids and set names; in each of them the text takes one share of the page, that of the tightest format",
        ),
        may("plate", Shape::Object(&PLATE), "text: the button, badge or plate it stands on"),
        may("strike", Shape::Bool, "text: a line through it, for an old price (default false)"),
        may(
            "currency",
            Shape::Choice(&["inline", "superscript"]),
            "text: signs and codes of currencies as they stand, or small and raised, as the span sup (default inline)",
        ),
    ],
};

static STROKE: Table = Table {
    name: "stroke",
    doc: crate::campaign::fields::kept("an outline, centred on the edge"),
    fields: &[
        must("paint", Shape::Paint, "its colour or gradient"),
        may("width", Shape::Number(0.0, FAR), "its width, artboard px (default 1)"),
    ],
};

static SHADOW: Table = Table {
    name: "shadow",
    doc: crate::campaign::fields::kept("a soft shadow"),
    fields: &[
        must("color", Shape::Color, "colour and strength, such as #0006"),
        may("blur", Shape::Number(0.0, 10_000.0), "CSS blur radius, artboard px (default 0)"),
        may("dx", Shape::Number(-FAR, FAR), "moved right, artboard px (default 0)"),
        may("dy", Shape::Number(-FAR, FAR), "moved down, artboard px (default 0)"),
    ],
};

static SIZE: Table = Table {
    name: "size",
    doc: crate::campaign::fields::kept("text sizes, artboard px"),
    fields: &[
        must("ideal", Shape::Number(0.1, 20_000.0), "wished size, artboard px"),
        may("floor", Shape::Number(0.1, 20_000.0), "smallest size without a finding, artboard px (default half the ideal)"),
        may("ceiling", Shape::Number(0.1, 20_000.0), "largest size, artboard px (default the ideal)"),
    ],
};

static COPYFIT: Table = Table {
    name: "copyfit",
    doc: crate::campaign::fields::kept(
        "what a text may give up where its floor is still too large; each concession is a finding",
    ),
    fields: &[
        may("tracking", Shape::Number(0.0, 0.1), "first: letter-spacing taken away, em; joined scripts give none (default 0)"),
        may("leading", Shape::Number(0.7, 3.0), "then: least line height, times the size (default the style's)"),
        may(
            "hyphens",
            Shape::Choice(&["manual", "auto"]),
            "last: words are hyphenated by the rules of their language, as few as it takes; manual breaks at soft hyphens alone (default manual)",
        ),
    ],
};

static PLATE: Table = Table {
    name: "plate",
    doc: crate::campaign::fields::kept("a ground that hugs its text"),
    fields: &[
        must("fill", Shape::Paint, "its colour or gradient"),
        may("radius", Shape::Number(0.0, FAR), "corner radius, artboard px; 999 gives a pill (default 0)"),
        may(
            "padding",
            Shape::Pair(0.0, 10_000.0),
            "[above and below, left and right], artboard px, or em of the text with em (default 0.5 and 1 em)",
        ),
        may("em", Shape::Bool, "padding counts in em of the text (default false)"),
        may("stroke", Shape::Object(&STROKE), "outline"),
        may("shadow", Shape::Object(&SHADOW), "soft shadow"),
    ],
};

#[cfg(test)]
mod tests {
    use super::ROLES;
    use crate::campaign::role::Role;

    #[test]
    fn the_names_are_those_of_the_roles() {
        assert!(Role::ALL.into_iter().map(Role::name).eq(ROLES));
    }
}
