//! In: a variant, its layout and display list. Out: [`Finding`]s. Reads, never repairs. One rule, one file.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops delivery until a person decides.
    Must,
    /// Worth a look.
    Should,
}

/// Something a rule saw: data, not prose; the page decides how it looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id, such as `shrunk`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The layer it is about, if one.
    pub layer: Option<String>,
    /// What was measured, in `unit`.
    pub measured: Option<f64>,
    /// What is allowed, in `unit`.
    pub limit: Option<f64>,
    /// Unit of both: `px`, `%`, `x`, `lines` ...
    pub unit: &'static str,
    /// One sentence: what happened, where, what to do.
    pub message: String,
    /// Where on the variant, px of the format: x, y, w, h.
    pub place: Option<crate::geom::Rect>,
}
