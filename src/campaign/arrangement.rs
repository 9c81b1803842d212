//! The words in which a master says how it may be arranged, and people how it must. In: names in files. Out: [`Arrangement`],
//! [`Character`], [`Pins`], [`Nudge`]. What an arrangement looks like is left to `layout`.

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

/// Rules of the brand about where things may be, whatever looks better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    /// The logo's corner: whether at the bottom, whether at the end.
    pub logo: Option<(bool, bool)>,
    /// No words on a photograph.
    pub off_photo: bool,
}

impl Pins {
    /// The same with what an override says of them.
    #[must_use]
    pub fn under(self, over: PinsPatch) -> Self {
        Self { logo: over.logo.unwrap_or(self.logo), off_photo: over.off_photo.unwrap_or(self.off_photo) }
    }
    /// The logo's corner by its name in master files.
    #[must_use]
    pub fn corner(self) -> Option<&'static str> {
        self.logo.map(|corner| match corner {
            (false, false) => "top-start",
            (false, true) => "top-end",
            (true, false) => "bottom-start",
            (true, true) => "bottom-end",
        })
    }
}

/// What an override says of [`Pins`]; what it leaves out stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PinsPatch {
    /// The logo's corner, or none.
    pub logo: Option<Option<(bool, bool)>>,
    /// No words on a photograph.
    pub off_photo: Option<bool>,
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
