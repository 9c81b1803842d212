//! In: a campaign. Out: the [`Matrix`]: formats x locales x options less the excluded cells, counted before anything is rendered.

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// `{format}.{locale}.{option}`.
    pub id: String,
}

/// All cells, in the campaign's order.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The cells.
    pub cells: Vec<Cell>,
}
