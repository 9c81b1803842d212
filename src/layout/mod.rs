//! In: a [`Variant`](crate::variant::Variant) and its text, shaped. Out: a [`Layout`]: every layer at a fixed place with its crop, its broken
//! lines and its size, or named as dropped with the reason. What to paint is left to `display`; whether it is good enough to `guard`.
//!
//! An art director's order of work, one file each: read the master ([`reading`]), [`measure`] the page (scale, margins, smallest
//! legible type), propose [`candidates`] (arrangements with a side for the text), [`place`] each (in a [`mod@column`], a [`strip`], a
//! [`billboard`], a [`poster`], or as the designer's [`own`] boxes), look at each through the [`gates`] that are never traded and by the
//! [`mod@terms`] of the [`score`], [`mod@search`] around what may be better, take the best and keep the next ones as alternatives
//! ([`choice`]); what a [`hand`] moved is moved last. Right-to-left pages are arranged in a mirror
//! ([`mirror`]); pictures themselves are never flipped. Of the pictures only their [`tone`] is known here.

pub mod reading;
pub mod rhythm;
pub mod tone;
pub mod usual;
mod anew;
mod field;
pub mod backdrop;
pub mod ink;
pub mod contrast;
pub mod gates;
pub mod measure;
pub mod candidates;
pub mod cuts;
pub mod pieces;
pub mod flow;
pub mod strip;
pub mod squeeze;
pub mod row;
pub mod packed;
pub mod billboard;
pub mod poster;
pub mod place;
pub mod sheet;
pub mod own;
pub mod column;
mod shares;
pub mod align;
mod around;
mod legible;
mod even;
pub mod adorn;
pub mod regions;
pub mod mark;
pub mod sign;
pub mod anchor;
pub mod crop;
pub mod focal;
pub mod scrim;
pub mod veil;
pub mod mirror;
pub mod score;
pub mod suits;
pub mod balance;
pub mod rag;
pub mod terms;
pub mod search;
pub mod hand;
pub mod choice;
pub mod pinned;
pub mod entrance;

pub use backdrop::{Backdrop, Tones};
pub use candidates::{Candidate, Side};
pub use choice::{Alternative, Instead, Ways, asks_usual, layout};
pub use cuts::Cuts;
pub use entrance::Entrance;
pub use gates::Gate;
pub use score::Terms;
pub use tone::Tone;
pub use usual::Usual;

use crate::color::{Fill, Rgba};
use crate::geom::{Rect, Size};
use crate::text::{Align, Fitted, Shaped};
use crate::units::Px;
use crate::variant::{AssetId, FormatClass};
use std::sync::Arc;

/// Boxes at fixed places, back to front.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The arrangement taken.
    pub candidate: Candidate,
    /// What is never traded, with the values met; those that do not apply are left out.
    pub gates: Vec<Gate>,
    /// What was measured, in the order of [`score::WEIGHTS`].
    pub terms: Terms,
    /// The weighed sum of the terms: lower is better.
    pub energy: f32,
    /// Where near its arrangement it stands.
    pub nearby: search::Nearby,
    /// The usual way ([`mod@usual`]), which languages of a format share; `None` where a person chose.
    pub usual: Option<Candidate>,
    /// The way of the format's languages where another is taken, and why.
    pub instead_of: Option<Instead>,
    /// The other ways to lay this page out, best first, at most three; none where they were not asked for ([`Ways`]).
    pub alternatives: Vec<Alternative>,
    /// How many ways were placed; what cannot be taken is not, where the others were not asked for.
    pub ways: usize,
    /// The gates that the others do not pass, and how many of them.
    pub fell: Vec<(gates::Kind, usize)>,
    /// The format's class.
    pub class: FormatClass,
    /// Trim size, px.
    pub trim: Size,
    /// Bleed beyond the trim, px.
    pub bleed: Px,
    /// Where text and logo belong: inside safe zone and margins, px.
    pub content: Rect,
    /// The safe zone alone, px.
    pub safe: Rect,
    /// Artboard px to format px.
    pub scale: f32,
    /// Page colour.
    pub ground: Rgba,
    /// What is placed, back to front.
    pub placed: Vec<Placed>,
    /// What had to go, and why.
    pub dropped: Vec<Dropped>,
    /// The side that each placed layer would come in from, in paint order; empty until the layout is the one taken.
    pub entrances: Vec<Entrance>,
}

/// One thing at its place.
#[derive(Clone, Debug)]
pub struct Placed {
    /// Index into the variant's layers; `None` for grounds that layout itself adds (panels).
    pub layer: Option<usize>,
    /// Its visible box (of a plated text: the plate), px.
    pub rect: Rect,
    /// What it shows there.
    pub content: PlacedContent,
    /// Artboard px to px for its radius, stroke and shadow.
    pub scale: f32,
}

/// What a placed thing shows.
#[derive(Clone, Debug)]
pub enum PlacedContent {
    /// A part of a picture.
    Picture {
        /// The file.
        asset: AssetId,
        /// The part shown, source px.
        src: Rect,
        /// Format px per source px: above 1 the picture is enlarged.
        enlarged: f32,
        /// Share of the focal box that the crop lost, 0 to 1.
        focal_lost: f32,
    },
    /// A drawing, the light or the dark one.
    Vector {
        /// The file.
        asset: AssetId,
    },
    /// A plain shape of its layer, with its own fill or a scrim's fill aimed anew.
    Shape {
        /// The fill.
        fill: Fill,
    },
    /// A ground that layout adds under text.
    Panel {
        /// The fill.
        fill: Fill,
    },
    /// Broken and sized text.
    Text(Box<PlacedText>),
}

/// Text at its place.
#[derive(Clone, Debug)]
pub struct PlacedText {
    /// Box of the lines (inside a plate: without padding), px.
    pub rect: Rect,
    /// The lines.
    pub fitted: Fitted,
    /// The size the layout wished for, px.
    pub wished: Px,
    /// The master's floor in this format, px.
    pub floor: Px,
    /// Alignment.
    pub align: Align,
    /// Whether it stands on a plate.
    pub plated: bool,
    /// The colour of its plate where it is not the designer's: small words are read on another of the master's colours.
    pub plate: Option<Rgba>,
}

/// Something left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Dropped {
    /// Index into the variant's layers.
    pub layer: usize,
    /// Why.
    pub reason: DropReason,
}

/// Why something was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropReason {
    /// No room at a legible size.
    NoRoom,
    /// The arrangement has no place for it.
    NoPlace,
    /// The format shows a mark alone (icons, logo slots).
    MarkOnly,
    /// The message is empty in this locale.
    Empty,
}

impl DropReason {
    /// For people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoRoom => "no room at a legible size",
            Self::NoPlace => "no place for it in this arrangement",
            Self::MarkOnly => "the format shows the logo alone",
            Self::Empty => "its message is empty",
        }
    }
}

/// The variant's text, shaped, and how it was cut so far.
#[derive(Clone, Copy)]
pub struct Shapes<'a> {
    /// One entry a layer, `None` for layers without text.
    pub shaped: &'a [Option<Arc<Shaped>>],
    /// Cuts of these words for this page, and of none else.
    pub cuts: &'a Cuts,
}

impl Shapes<'_> {
    /// The shaped text of a layer.
    #[must_use]
    pub fn of(&self, layer: usize) -> Option<Arc<Shaped>> {
        self.shaped.get(layer).and_then(Clone::clone)
    }
}

impl Layout {
    /// Gates that do not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Gate> {
        self.gates.iter().filter(|g| !g.passes)
    }
    /// How much is broken, then how good it is: only what breaks nothing is compared by energy alone.
    fn rank(&self) -> (u32, f32) {
        (self.failed().map(Gate::gravity).sum(), self.energy)
    }
}
