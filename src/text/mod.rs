//! In: words, a [`TextStyle`], a language, a [`FontLibrary`]. Out: [`Shaped`] text (shaped once, in em), which is then
//! broken and fitted by arithmetic into [`Fitted`] lines of glyph ids. Painting is left to `raster`, boxes to `layout`.
//!
//! The classic steps, one file each: `fonts` (what there is), `coverage` (default families and what they cover), `case`,
//! `bidi` (UAX 9), `itemise` (script and font runs), `shape` (harfrust), `breaks` (UAX 14), `fit` (size between floor and
//! ceiling), `line` (glyphs in visual order); `lines` is the command that shows all of it.

mod beside;
pub mod bidi;
pub mod breaks;
mod case;
mod chained;
mod cmap;
pub mod coverage;
pub mod face;
pub mod fit;
pub mod fonts;
pub mod hyphens;
pub mod itemise;
pub mod line;
pub mod lines;
pub mod nobreak;
pub mod notes;
mod punctuation;
pub mod run;
pub mod script;
pub mod shape;
pub mod span;
pub mod style;
mod unpack;
pub(crate) mod upright;
pub mod words;

pub use coverage::{coverage_digest, default_file, default_fonts, fonts_needed, fonts_needed_beside, named_files};
pub use face::{Axis, ColorGlyphs, Embedding, Face, OutlinePen, Rights, Variation};
pub use fit::{Budget, FitRequest, Fitted};
pub(crate) use fonts::weight_distance;
pub use fonts::{FontId, FontLibrary, FontOrigin};
pub use hyphens::{PatternLists, Patterns, hyphenate};
pub use line::{Line, PlacedGlyph, Run, Stance};
pub use lines::text_command;
pub use notes::{AxisNote, Notes, Substitute};
pub use shape::{BreakRules, Hyphenate, Lists, Shaped, WideWords, shape, shape_in, shape_spans, shape_with};
pub use span::Look;
pub use style::{Align, Case, Direction, Edge, Feature, LineHeight, Span, SpanStyle, TextStyle, Writing};
pub use words::{WordList, WordLists, WordScript};
