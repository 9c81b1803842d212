//! In: nothing. Out: how text is set: families, weight, features, spacing, case, alignment, direction.
//! Sizes are not here: the same style is fitted at many sizes.

/// How text is set, size apart.
#[derive(Clone, Debug, PartialEq)]
pub struct TextStyle {
    /// Families in order; fallback by script follows them.
    pub families: Vec<String>,
    /// 1 to 1000.
    pub weight: u16,
    /// Italic faces wanted.
    pub italic: bool,
    /// OpenType features.
    pub features: Vec<Feature>,
    /// Letter-spacing in em; never applied inside joined scripts.
    pub tracking_em: f32,
    /// Line height as a multiple of the size.
    pub leading: f32,
    /// Case mapping by the language's rules.
    pub case: Case,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            families: Vec::new(),
            weight: 400,
            italic: false,
            features: Vec::new(),
            tracking_em: 0.0,
            leading: 1.2,
            case: Case::AsTyped,
        }
    }
}

/// An OpenType feature and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// Four letters, such as `tnum`.
    pub tag: [u8; 4],
    /// 0 = off.
    pub value: u32,
}

/// Case mapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// As typed.
    #[default]
    AsTyped,
    /// Upper case (Turkish, Greek ... by their rules).
    Upper,
    /// Lower case.
    Lower,
}

/// Alignment, by direction: start is left in ltr and right in rtl.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Where reading starts.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Where reading ends.
    End,
}

/// Base direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}
