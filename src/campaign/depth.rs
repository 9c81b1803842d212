//! In: a master's layers as its file lists them, roles known. Out: the same in paint order, one for all lists that mean the same. What lies on
//! something stays on it; between layers that do not meet on the artboard the file's order means nothing, yet on another page they may meet: there
//! pictures and what shades them lie below what speaks.

use super::layer::MasterLayer;
use super::role::Role;

/// How deep a layer lies among those it does not meet.
fn depth(role: Role) -> u8 {
    match role {
        Role::Background => 0,
        Role::Photo => 1,
        Role::Decoration => 2,
        Role::Product => 3,
        _ => 4,
    }
}

/// Back to front, by depth where layers are free to be painted in any order; of one depth as they are listed.
#[must_use]
pub fn settled(mut listed: Vec<MasterLayer>) -> Vec<MasterLayer> {
    let mut out = Vec::with_capacity(listed.len());
    while !listed.is_empty() {
        let rests =
            |at: usize, layer: &MasterLayer| listed.iter().take(at).any(|below| below.place.intersect(&layer.place).area() > 0.0);
        let free = listed.iter().enumerate().filter(|(at, layer)| !rests(*at, layer));
        // The first rests on nothing.
        let next = free.min_by_key(|(at, layer)| (depth(layer.role), *at)).map_or(0, |(at, _)| at);
        out.push(listed.remove(next));
    }
    out
}
