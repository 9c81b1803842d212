//! In: words, a [`TextStyle`], a language, a [`FontLibrary`]. Out: [`Shaped`] text (shaped once, in em), which is then
//! broken and fitted by arithmetic into [`Fitted`] lines of glyph ids. Painting is left to `raster`, boxes to `layout`.
//!
//! The classic steps, one file each: `fonts` (what there is), `coverage` (default families and what they cover),
//! `bidi` (UAX 9), `itemise` (script and font runs), `shape` (harfrust), `breaks` (UAX 14), `fit` (size between floor and ceiling).

pub mod style;

pub use style::{Align, Case, Direction, Feature, TextStyle};

/// A face in the [`FontLibrary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontId(pub u16);

/// The fonts at hand.
#[derive(Default)]
pub struct FontLibrary {}
