//! What a layer is for. In: the master's word. Out: [`Role`], and with it what must stay, what may go, and in which order.

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
    /// Whether the role must stay unless the master says otherwise. What law wants said stays: only a person may let it go, by `may`.
    #[must_use]
    pub fn keep(self) -> Keep {
        match self {
            Self::Background | Self::Logo | Self::Headline | Self::Legal => Keep::Must,
            Self::Photo | Self::Product | Self::Price | Self::CallToAction => Keep::Should,
            Self::Badge | Self::Subhead | Self::Body | Self::Decoration => Keep::May,
        }
    }
    /// How firmly it stays where the master says so: a legal line that should stay must.
    #[must_use]
    pub fn kept(self, said: Keep) -> Keep {
        if self == Self::Legal && said == Keep::Should { Keep::Must } else { said }
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
