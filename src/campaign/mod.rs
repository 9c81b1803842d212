//! In: the files people bring. Out: a [`Campaign`]: parsed, checked against the limits, every error collected with its JSON
//! path, unknown fields as warnings. Resolving tokens and overrides for one cell is left to `variant`.

/// Who or what made a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// A person wrote it.
    #[default]
    Human,
    /// A machine drafted it; a person has not yet taken it over.
    MachineDraft,
    /// It came from a file or a translation memory.
    Imported,
}

/// A parsed and checked campaign.
#[derive(Clone, Debug, Default)]
pub struct Campaign {
    /// Its name.
    pub name: String,
}
