//! In: words, a [`TextStyle`], a language, a [`FontLibrary`]. Out: [`Shaped`] text (shaped once, in em), which is then
//! broken and fitted by arithmetic into [`Fitted`] lines of glyph ids. Painting is left to `raster`, boxes to `layout`.
//!
//! The classic steps, one file each: `fonts` (what there is), `coverage` (default families and what they cover), `case`,
//! `bidi` (UAX 9), `itemise` (script and font runs), `shape` and `glyphs` (harfrust, by `run`), `breaks` (UAX 14), `phrases` (where Japanese and Chinese ones end, and words of Thai and its neighbours go on), `endings` (what ending a line
//! there takes), `fit` (size between floor and ceiling), `wrap` (first fit), `balance` (even lines), `line` (glyphs in visual order); `lines` is
//! the command that shows all of it.

mod balance;
mod beside;
pub mod bidi;
pub mod breaks;
mod case;
mod chained;
mod cmap;
pub mod coverage;
mod cut;
pub mod endings;
pub mod face;
pub mod fit;
pub mod fonts;
mod glyphs;
mod greek;
pub mod hyphens;
pub mod itemise;
pub mod line;
pub mod lines;
pub mod nobreak;
pub mod notes;
mod outline;
pub mod phrases;
mod punctuation;
pub mod run;
pub mod script;
pub(crate) mod sentences;
pub mod shape;
pub mod span;
pub mod style;
mod unpack;
pub(crate) mod upright;
mod whole;
pub mod words;
mod wrap;
mod written_on;

pub use coverage::{coverage_digest, default_file, default_fonts, fonts_needed, fonts_needed_beside, named_files};
pub use endings::{BreakRules, Hyphenate, Lists, TuckEnds, WideWords};
pub use face::{Axis, ColorGlyphs, Embedding, Face, Rights, Variation};
pub use fit::{Budget, FitRequest, Fitted};
pub(crate) use fonts::weight_distance;
pub use fonts::{FontId, FontLibrary, FontOrigin};
pub use greek::greek;
pub use hyphens::{PatternLists, Patterns, hyphenate};
pub use line::{Line, PlacedGlyph, Run, Stance};
pub use lines::text_command;
pub use notes::{AxisNote, Notes, Substitute};
pub use outline::OutlinePen;
pub use phrases::{PhraseModel, PhraseModels};
pub use shape::{Shaped, shape, shape_in, shape_spans, shape_with};
pub use span::Look;
pub use style::{Align, Case, Direction, Edge, Feature, LineHeight, Span, SpanStyle, TextStyle, Writing};
pub use words::{WordList, WordLists, WordScript};
