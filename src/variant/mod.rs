//! In: a [`Campaign`](crate::campaign::Campaign) and one cell of its matrix. Out: a [`Variant`]: nothing left to look up.
//! Every token is a value, every message is text, every override that applies is merged. Where things go is left to `layout`.

pub mod catalogue;
mod digest;
pub mod format;
pub mod matrix;
pub mod resolve;

pub use catalogue::Catalogue;
pub use digest::ENGINE;
pub use format::{Format, FormatClass, Spec};
pub use matrix::{Cell, Filter, Matrix};
pub use resolve::{FontDigest, resolve, resolve_with};

use crate::campaign::Origin;
use crate::color::{Blend, Fill, Rgba};
use crate::fingerprint::Fingerprint;
use crate::geom::{Rect, Size};
use crate::text::{Align, Budget, Direction, Span, TextStyle};
use crate::units::Px;
use std::sync::Arc;

/// A campaign file, by its path inside the campaign.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AssetId(pub Arc<str>);

// Maps of assets are asked by plain paths.
impl std::borrow::Borrow<str> for AssetId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

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
    /// The master's artboard, in artboard px.
    pub artboard: Size,
    /// Back to front; hidden ones are already gone.
    pub layers: Vec<Layer>,
    /// Facts met while resolving that guard turns into findings.
    pub notes: Vec<Note>,
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
    /// An override was made for a layer that the master has changed since.
    MasterMovedOn {
        /// The layer.
        layer: String,
    },
}

/// Rules of the brand about where things may be, whatever looks better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// The logo's corner: whether at the bottom, whether at the end.
    pub logo: Option<(bool, bool)>,
    /// No words on a photograph.
    pub off_photo: bool,
}

/// A person's small correction of one layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nudge {
    /// Right, as a share of the page's shorter side.
    pub dx: f32,
    /// Down, likewise.
    pub dy: f32,
    /// Times its size; text is scaled by its size instead.
    pub scale: f32,
}

/// What leads in the master.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Character {
    /// A photograph carries it.
    #[default]
    Photo,
    /// A cut-out product and its price carry it.
    Product,
    /// Type carries it.
    Type,
}

/// A way of arranging the roles in a shape; see `layout`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrangement {
    /// Text over the full-bleed picture.
    Overlay,
    /// Picture and text side by side.
    Split,
    /// Picture above text.
    Stack,
    /// One line of things in a flat banner.
    Strip,
    /// One column of things in a tall banner.
    Skyscraper,
    /// Words above, what to do below, the picture between.
    Poster,
    /// Words across the top, the cut-out in the lower end corner, the rest beside it.
    Ell,
    /// A column in the middle, for masters that centre their type.
    Centred,
    /// Few words, large, with price and button beside them.
    Billboard,
}

impl Arrangement {
    /// All, in order of preference where nothing else decides.
    pub const ALL: [Self; 9] = [
        Self::Overlay,
        Self::Split,
        Self::Stack,
        Self::Strip,
        Self::Skyscraper,
        Self::Poster,
        Self::Ell,
        Self::Centred,
        Self::Billboard,
    ];
    /// The plainer arrangement that it is a kind of: where a master allows that one, this one is allowed too.
    #[must_use]
    pub fn family(self) -> Self {
        match self {
            Self::Poster | Self::Centred => Self::Overlay,
            Self::Ell => Self::Split,
            Self::Billboard => Self::Strip,
            plain => plain,
        }
    }
    /// The name in master files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Overlay => "overlay",
            Self::Split => "split",
            Self::Stack => "stack",
            Self::Strip => "strip",
            Self::Skyscraper => "skyscraper",
            Self::Poster => "poster",
            Self::Ell => "l",
            Self::Centred => "centred",
            Self::Billboard => "billboard",
        }
    }
}

/// What a layer is for; adaptation knows what to do with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Ground over the whole page.
    Background,
    /// A photograph.
    Photo,
    /// A cut-out product.
    Product,
    /// The sender's mark.
    Logo,
    /// The main line.
    Headline,
    /// The second line.
    Subhead,
    /// Running text.
    Body,
    /// What to do next.
    CallToAction,
    /// What it costs.
    Price,
    /// A flag such as "-30 %".
    Badge,
    /// What law wants said.
    Legal,
    /// Everything that only adorns: scrims, rules, shapes.
    Decoration,
}

impl Role {
    /// All roles, in the order of this type.
    pub const ALL: [Self; 12] = [
        Self::Background,
        Self::Photo,
        Self::Product,
        Self::Logo,
        Self::Headline,
        Self::Subhead,
        Self::Body,
        Self::CallToAction,
        Self::Price,
        Self::Badge,
        Self::Legal,
        Self::Decoration,
    ];
    /// The name in master files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Photo => "photo",
            Self::Product => "product",
            Self::Logo => "logo",
            Self::Headline => "headline",
            Self::Subhead => "subhead",
            Self::Body => "body",
            Self::CallToAction => "call-to-action",
            Self::Price => "price",
            Self::Badge => "badge",
            Self::Legal => "legal",
            Self::Decoration => "decoration",
        }
    }
    /// What is dropped first where room is short: the lowest goes first. A layer's own `priority` wins.
    #[must_use]
    pub fn priority(self) -> i32 {
        match self {
            Self::Background => 110,
            Self::Logo => 100,
            Self::Headline => 95,
            Self::Photo | Self::Product => 90,
            Self::Price => 85,
            Self::CallToAction => 80,
            Self::Badge => 60,
            Self::Subhead => 50,
            Self::Legal => 45,
            Self::Body => 30,
            Self::Decoration => 10,
        }
    }
    /// Whether the role must stay unless the master says otherwise.
    #[must_use]
    pub fn keep(self) -> Keep {
        match self {
            Self::Background | Self::Logo | Self::Headline => Keep::Must,
            Self::Photo | Self::Product | Self::Price | Self::CallToAction | Self::Legal => Keep::Should,
            Self::Badge | Self::Subhead | Self::Body | Self::Decoration => Keep::May,
        }
    }
}

/// How firmly a layer stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keep {
    /// May be left out without a word beyond the finding.
    May,
    /// Left out only where nothing else helps.
    Should,
    /// Never left out.
    Must,
}

/// One resolved layer.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The master's name for it.
    pub id: String,
    /// What it is for.
    pub role: Role,
    /// Where the designer put it, artboard px.
    pub master_box: Rect,
    /// Where an override puts it: fractions of the format's trim, if any.
    pub override_box: Option<Rect>,
    /// How an override corrects it after layout, if any.
    pub nudge: Option<Nudge>,
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

/// How a picture meets its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureFit {
    /// Fills it; cropped around the focal box.
    #[default]
    Cover,
    /// Wholly inside.
    Contain,
}

/// Which plain shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// A box, with the layer's radius.
    Rect,
    /// An ellipse in the box.
    Ellipse,
}

/// An outline, centred on the edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Its paint.
    pub fill: Fill,
    /// Its width, artboard px.
    pub width: Px,
}

/// A soft shadow.
#[derive(Clone, Debug, PartialEq)]
pub struct Shadow {
    /// Colour and strength.
    pub color: Rgba,
    /// CSS blur radius (sigma is half), artboard px.
    pub blur: Px,
    /// Moved right by, artboard px.
    pub dx: Px,
    /// Moved down by, artboard px.
    pub dy: Px,
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

/// A ground that hugs its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// Its fill.
    pub fill: Fill,
    /// Corner radius, artboard px; large values give a pill.
    pub radius: Px,
    /// Space above and below the text, in em of the text.
    pub pad_y_em: f32,
    /// Space left and right of the text, in em of the text.
    pub pad_x_em: f32,
    /// Outline.
    pub stroke: Option<Stroke>,
    /// Shadow.
    pub shadow: Option<Shadow>,
}
