//! In: one layer or text style of master.json. Out: a [`MasterLayer`] or [`Style`] with tokens as values; pictures and
//! messages are still names, because they depend on the option and the locale. What fields there are is said in `table`.

mod read;
mod style;
mod table;

pub(crate) use read::writing;
pub use style::{STYLE, Style, Styles};
pub use table::LAYER;

use super::AssetId;
use super::look::{PictureFit, Plate, Shadow, ShapeKind, Stroke};
use super::role::{Keep, Role};
use crate::color::{Blend, Fill};
use crate::geom::Rect;
use crate::text::fit::Budget;
use crate::text::style::Writing;
use crate::units::Px;
use std::collections::BTreeSet;

/// Where a picture comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file of the campaign.
    File(AssetId),
    /// The option row's value of that name.
    Option(String),
}

/// A layer as the master has it.
#[derive(Clone, Debug)]
pub struct MasterLayer {
    /// Unique in the master.
    pub id: String,
    /// JSON place, for errors about its picture or message.
    pub at: String,
    /// What it is for.
    pub role: Role,
    /// The file does not say what it is for.
    pub guessed: bool,
    /// Whether the file says how firmly it stays, and its priority.
    pub settled: (bool, bool),
    /// Artboard px.
    pub place: Rect,
    /// How firmly it stays.
    pub keep: Keep,
    /// The lower goes first.
    pub priority: i32,
    /// 0 to 1.
    pub opacity: f32,
    /// How it mixes.
    pub blend: Blend,
    /// Artboard px.
    pub radius: Px,
    /// Outline.
    pub stroke: Option<Stroke>,
    /// Shadow.
    pub shadow: Option<Shadow>,
    /// Left out unless an override brings it back.
    pub hide: bool,
    /// What it shows.
    pub content: MasterContent,
}

/// What a master's layer shows.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "most layers are text")]
pub enum MasterContent {
    /// A picture.
    Image {
        /// Where from.
        source: Source,
        /// Fill or stay inside.
        fit: PictureFit,
        /// Must stay in, fractions of the picture.
        focal: Rect,
    },
    /// A drawing.
    Vector {
        /// Where from.
        source: Source,
        /// For dark grounds.
        on_dark: Option<Source>,
        /// Times its height.
        clear: f32,
        /// px.
        min_width: Px,
    },
    /// A plain shape.
    Shape {
        /// Which.
        kind: ShapeKind,
        /// Its paint.
        fill: Fill,
    },
    /// Text.
    Text(MasterText),
}

/// Formats whose text takes one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The id or set as the master has it.
    pub name: String,
    /// Its formats, spelt out when the whole master is read.
    pub formats: BTreeSet<String>,
}

/// A place for text, without its text.
#[derive(Clone, Debug)]
pub struct MasterText {
    /// The message key.
    pub key: String,
    /// How it is set.
    pub style: Style,
    /// Wished size, artboard px.
    pub ideal: Px,
    /// Smallest size without a finding, artboard px.
    pub floor: Px,
    /// Largest size, artboard px.
    pub ceiling: Px,
    /// Most lines.
    pub max_lines: u32,
    /// Even lines.
    pub balance: bool,
    /// A line through it.
    pub strike: bool,
    /// Lines across or columns down.
    pub writing: Writing,
    /// What may be given up below the floor.
    pub budget: Budget,
    /// Formats that agree on one size, by lists: a list is a group.
    pub groups: Vec<Group>,
    /// Signs and codes of currencies stand small and raised.
    pub superscript_currency: bool,
    /// What it stands on.
    pub plate: Option<Plate>,
}

impl MasterLayer {
    /// "an image", "text" ...
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match self.content {
            MasterContent::Image { .. } => "an image",
            MasterContent::Vector { .. } => "a vector",
            MasterContent::Shape { .. } => "a shape",
            MasterContent::Text(_) => "text",
        }
    }
    /// Gives it a role that was guessed, and what follows from it.
    pub fn take(&mut self, role: Role) {
        self.role = role;
        self.keep = if self.settled.0 { role.kept(self.keep) } else { role.keep() };
        if !self.settled.1 {
            self.priority = role.priority();
        }
        if let (MasterContent::Image { fit, .. }, Role::Product) = (&mut self.content, role) {
            *fit = PictureFit::Contain;
        }
    }
    /// The wished size of its text, artboard px.
    #[must_use]
    pub fn ideal(&self) -> Option<f32> {
        match &self.content {
            MasterContent::Text(text) => Some(text.ideal.0),
            _ => None,
        }
    }
    /// True for text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        matches!(self.content, MasterContent::Text(_))
    }
    /// True for pictures.
    #[must_use]
    pub fn is_image(&self) -> bool {
        matches!(self.content, MasterContent::Image { .. })
    }
    /// True for plain shapes.
    #[must_use]
    pub fn is_shape(&self) -> bool {
        matches!(self.content, MasterContent::Shape { .. })
    }
}
