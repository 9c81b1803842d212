//! In: the layers of a master, some without a role: a flat list of named layers, as design tools export it. Out: a role for each: by its
//! name where that says it, else by what it shows, how large it is set and where it lies. What is guessed is said as a warning.

use super::layer::{MasterContent, MasterLayer};
use super::role::Role;
use crate::geom::Size;

/// Parts of names, first match wins; the kind of content must agree.
const NAMES: [(&str, Role); 30] = [
    ("logo", Role::Logo),
    ("brand", Role::Logo),
    ("subhead", Role::Subhead),
    ("subtitle", Role::Subhead),
    ("kicker", Role::Subhead),
    ("sub", Role::Subhead),
    ("headline", Role::Headline),
    ("title", Role::Headline),
    ("head", Role::Headline),
    ("cta", Role::CallToAction),
    ("button", Role::CallToAction),
    ("btn", Role::CallToAction),
    ("price", Role::Price),
    ("badge", Role::Badge),
    ("sticker", Role::Badge),
    ("legal", Role::Legal),
    ("terms", Role::Legal),
    ("disclaimer", Role::Legal),
    ("footnote", Role::Legal),
    ("background", Role::Background),
    ("bg", Role::Background),
    ("photo", Role::Photo),
    ("hero", Role::Photo),
    ("picture", Role::Photo),
    ("product", Role::Product),
    ("packshot", Role::Product),
    ("body", Role::Body),
    ("copy", Role::Body),
    ("text", Role::Body),
    ("scrim", Role::Decoration),
];

/// Whether a role can be that of such content.
fn suits(role: Role, content: &MasterContent) -> bool {
    match content {
        MasterContent::Text(_) => matches!(
            role,
            Role::Headline | Role::Subhead | Role::Body | Role::CallToAction | Role::Price | Role::Badge | Role::Legal
        ),
        MasterContent::Shape { .. } => matches!(role, Role::Background | Role::Decoration),
        MasterContent::Image { .. } => {
            matches!(role, Role::Background | Role::Photo | Role::Product | Role::Logo | Role::Decoration)
        }
        MasterContent::Vector { .. } => matches!(role, Role::Logo | Role::Product | Role::Decoration),
    }
}

/// Roles for the layers at `unknown`.
#[must_use]
pub fn roles(layers: &[MasterLayer], artboard: Size, unknown: &[usize]) -> Vec<(usize, Role)> {
    let page = (artboard.w.0 * artboard.h.0).max(1.0);
    let ideal = |l: &MasterLayer| match &l.content {
        MasterContent::Text(text) if text.plate.is_none() => Some(text.ideal.0),
        _ => None,
    };
    let mut sizes: Vec<f32> = layers.iter().filter_map(ideal).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    sizes.reverse();
    let (largest, second) = (sizes.first().copied().unwrap_or(0.0), sizes.get(1).copied().unwrap_or(0.0));
    let guess = |index: usize, l: &MasterLayer| {
        let name = l.id.to_lowercase();
        if let Some((_, role)) = NAMES.iter().find(|(part, role)| name.contains(part) && suits(*role, &l.content)) {
            return *role;
        }
        let share = l.place.area() / page;
        match &l.content {
            MasterContent::Shape { .. } if index == 0 && share > 0.9 => Role::Background,
            MasterContent::Shape { .. } => Role::Decoration,
            MasterContent::Image { .. } if share > 0.4 => Role::Photo,
            MasterContent::Vector { .. } | MasterContent::Image { .. } if share < 0.06 => Role::Logo,
            MasterContent::Image { .. } | MasterContent::Vector { .. } => Role::Product,
            MasterContent::Text(text) => match text.ideal.0 {
                // A plate low on the page is pressed, one high on it is read.
                _ if text.plate.is_some() && l.place.center().y.0 > 0.45 * artboard.h.0 => Role::CallToAction,
                _ if text.plate.is_some() => Role::Badge,
                _ if text.strike => Role::Price,
                size if size >= largest => Role::Headline,
                size if size < 0.3 * largest && l.place.bottom().0 > 0.86 * artboard.h.0 => Role::Legal,
                size if size >= second => Role::Subhead,
                _ => Role::Body,
            },
        }
    };
    let of = |i: &usize| layers.get(*i).map(|l| (*i, guess(*i, l)));
    unknown.iter().filter_map(of).collect()
}
