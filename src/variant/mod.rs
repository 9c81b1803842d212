//! In: a [`Campaign`](crate::campaign::Campaign) and one cell of its matrix. Out: a [`Variant`]: nothing left to look up.
//! Every token is a value, every message is text, every override that applies is merged. Where things go is left to `layout`.

mod calendars;
mod digest;
pub mod file_name;
pub mod matrix;
pub mod resolve;
mod wordless;

// The words of masters and formats go on unchanged: a variant is made of them.
pub use crate::campaign::AssetId;
pub use crate::campaign::arrangement::{Arrangement, Character, Nudge, Pins};
pub use crate::campaign::format::{Format, FormatClass, Spec};
pub use crate::campaign::look::{PictureFit, Plate, Shadow, ShapeKind, Stroke};
pub use crate::campaign::policy::Weights;
pub use crate::campaign::role::{Keep, Role};
pub use digest::ENGINE;
pub use matrix::{Cell, Filter, Matrix};
pub use resolve::{FontDigest, resolve, resolve_with};

use crate::campaign::Origin;
use crate::color::{Blend, Fill, Rgba};
use crate::fingerprint::Fingerprint;
use crate::geom::{Rect, Size};
use crate::text::{Align, Budget, Direction, Span, TextStyle};
use crate::units::Px;
use std::sync::Arc;

/// The latest version of the engine's table of weights.
pub const WEIGHTS_LATEST: u32 = crate::campaign::policy::LATEST as u32;

/// One cell of the matrix, resolved.
#[derive(Clone, Debug)]
pub struct Variant {
    /// `{format}.{locale}.{option}`: stable and readable.
    pub id: String,
    /// What it is made for.
    pub format: Arc<Format>,
    /// BCP 47 tag as the campaign writes it.
    pub locale: String,
    /// The option row's id.
    pub option: String,
    /// The locale's direction; arrangements mirror for right-to-left.
    pub direction: Direction,
    /// Page colour behind everything.
    pub ground: Rgba,
    /// What lies under text where no picture does.
    pub panel: Fill,
    /// What leads: photo, product or type.
    pub character: Character,
    /// Arrangements the designer allows; never empty.
    pub arrangements: Vec<Arrangement>,
    /// The arrangement a person chose for it, by its key; see `layout::Candidate::key`.
    pub chosen: Option<String>,
    /// Rules of the brand about where things may be.
    pub pins: Pins,
    /// What layout counts.
    pub weights: Weights,
    /// The master's artboard, in artboard px.
    pub artboard: Size,
    /// Back to front; hidden ones are already gone.
    pub layers: Vec<Layer>,
    /// Facts met while resolving that guard turns into findings.
    pub notes: Vec<Note>,
    /// Layers that must stay, and legal lines, that the master's own overrides take out here: by design, and told where the layout is.
    pub left_out: Vec<String>,
    /// Everything that decides the pixels, as one digest.
    pub fingerprint: Fingerprint,
}

/// Something that happened while resolving and must not stay silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The locale has no such message: the source locale's text stands in.
    MessageFellBack {
        /// The layer that shows it.
        layer: String,
        /// The message key.
        key: String,
    },
    /// The message of a layer that must stay is empty: there is nothing to show.
    SaysNothing {
        /// The layer.
        layer: String,
    },
    /// A correction of the page takes a layer out that has to stay, or the legal line. What the master itself leaves out is by design.
    HiddenByHand {
        /// The layer.
        layer: String,
        /// What it is for.
        role: Role,
        /// How firmly it should have stayed.
        keep: Keep,
        /// Which of the overrides, from 0: the master's own, then those of the page.
        by: usize,
    },
    /// An override was made for a layer that the master has changed since.
    MasterMovedOn {
        /// The layer.
        layer: String,
    },
    /// An override was made for a master that is all of it larger or smaller now: it holds.
    MasterScaled {
        /// The layer.
        layer: String,
        /// The size now, of the size then.
        percent: u32,
    },
    /// An override was made for a layer that the master no longer has.
    LayerGone {
        /// The layer.
        layer: String,
    },
}

/// One resolved layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The master's name for it.
    pub id: String,
    /// Its place in the master's list, whatever an override makes of it.
    pub nth: usize,
    /// What it is for.
    pub role: Role,
    /// Where the designer put it, artboard px.
    pub master_box: Rect,
    /// Where an override puts it: fractions of the format's trim, if any.
    pub override_box: Option<Rect>,
    /// How an override corrects it after layout, if any.
    pub nudge: Option<Nudge>,
    /// The key of the arrangement that a person put it there in: in another both rest.
    pub within: Option<String>,
    /// How firmly it stays.
    pub keep: Keep,
    /// The lower goes first.
    pub priority: i32,
    /// 0 to 1.
    pub opacity: f32,
    /// How it mixes with what is under it.
    pub blend: Blend,
    /// Corner radius, artboard px.
    pub radius: Px,
    /// Outline of its box or shape.
    pub stroke: Option<Stroke>,
    /// Shadow it casts.
    pub shadow: Option<Shadow>,
    /// What it shows.
    pub content: Content,
}

/// What a layer shows.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "a variant has ten of them, and most are text")]
pub enum Content {
    /// A picture.
    Image {
        /// The file.
        asset: AssetId,
        /// Its size as seen (after EXIF orientation), source px.
        natural: (u32, u32),
        /// Whether it has transparency worth keeping (cut-outs).
        alpha: bool,
        /// Fill the box or stay inside.
        fit: PictureFit,
        /// The box that must stay in, fractions of the picture.
        focal: Rect,
    },
    /// A logo or drawing.
    Vector {
        /// The file.
        asset: AssetId,
        /// The drawing for dark grounds, if there is one.
        on_dark: Option<AssetId>,
        /// Its own size, SVG px.
        natural: Size,
        /// Clear space around it, as a share of its height.
        clear: f32,
        /// Narrowest allowed, px at full raster size of a digital format.
        min_width: Px,
    },
    /// A rectangle or ellipse.
    Shape {
        /// Which.
        kind: ShapeKind,
        /// What it is filled with.
        fill: Fill,
    },
    /// Text.
    Text(TextSlot),
}

/// A place for text, with its text.
#[derive(Clone, Debug)]
pub struct TextSlot {
    /// The message key.
    pub key: String,
    /// The words, arguments filled in, case not yet applied.
    pub text: String,
    /// Stretches that look otherwise, the outer before the inner.
    pub spans: Vec<Span>,
    /// Stretches in which no line ends: prices, units, brand names, what a writer marked; bytes, ascending.
    pub keep: Vec<std::ops::Range<usize>>,
    /// Who or what wrote them.
    pub origin: Origin,
    /// How they are set.
    pub style: TextStyle,
    /// Colour of the type.
    pub color: Rgba,
    /// Alignment by direction.
    pub align: Align,
    /// Wished size, artboard px.
    pub ideal: Px,
    /// Smallest size without a finding, artboard px.
    pub floor: Px,
    /// Largest size, artboard px.
    pub ceiling: Px,
    /// Most lines.
    pub max_lines: u32,
    /// Lines of even length.
    pub balance: bool,
    /// What may be given up below the floor rather than overflow.
    pub budget: Budget,
    /// The floor in this format, px: the budget counts from there.
    pub floor_px: Px,
    /// Set in columns: how far down one may run in this format, px.
    pub column: Option<Px>,
    /// The size that a group of formats agreed on, artboard px; it counts instead of the wished one.
    pub agreed: Option<Px>,
    /// A line through it (an old price).
    pub strike: bool,
    /// The button, badge or plate it stands on.
    pub plate: Option<Plate>,
}
