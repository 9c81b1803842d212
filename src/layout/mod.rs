//! In: a [`Variant`](crate::variant::Variant) and shaped text. Out: a [`Layout`]: boxes at fixed places.

/// Boxes at fixed places.
#[derive(Clone, Debug, Default)]
pub struct Layout {}
