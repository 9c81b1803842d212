//! In: a format and the master's artboard. Out: the page's [`Measure`]: scale, margins, content box, smallest legible type.

use super::rhythm;
use crate::geom::{Insets, Rect};
use crate::text::Direction;
use crate::units::Px;
use crate::variant::Spec;
use crate::variant::{Role, Variant};

/// The page as layout sees it. For right-to-left variants everything is in mirrored space until [`super::mirror`].
#[derive(Clone, Debug)]
pub struct Measure {
    /// Trim width, px.
    pub w: f32,
    /// Trim height, px.
    pub h: f32,
    /// Bleed, px.
    pub bleed: f32,
    /// Width by height.
    pub aspect: f32,
    /// Artboard px to format px: the root of the ratio of areas, so that a thing keeps its share of the page.
    pub scale: f32,
    /// Outer margin, px.
    pub margin: f32,
    /// What it would be had nobody drawn one, px.
    pub usual: f32,
    /// What it is by the designer's, px.
    pub own: f32,
    /// The safe zone.
    pub safe: Rect,
    /// Inside margins and safe zone.
    pub content: Rect,
    /// The page with its bleed.
    pub full: Rect,
    /// How much smaller than it fits type is set, at most 1: what search tries around a candidate.
    pub eased: f32,
    /// How much nearer to each other rows of type stand than they like, at most 1: what search tries as well.
    pub drawn: f32,
    /// Whether rows may part where a tall page has room to spare.
    pub airy: bool,
    /// Whether headlines give a line for even ones, cut-outs stand in line, and the designer's margin counts: by older weights pages are as they were.
    pub evens: bool,
    /// Whether what is set anew is weighed against the page as it was.
    pub weighed: bool,
    /// How much smaller type is wished for than reads as text, where otherwise something would go that has to stay.
    pub squeezed: f32,
    /// Px of the file that one of a screen at an arm's length is, by what it looks like from where the page is seen.
    pub reference: f32,
    /// Smallest legible type of running text, px; see [`Measure::legible`].
    unit: f32,
    /// Whether the page is seen in its own pixels.
    screen: bool,
    /// Whether the page is a real printed one, where sizes are known in points.
    print: bool,
}

/// Type below this on a screen is small, whatever its role, px.
pub const SMALL_PX: f32 = 14.0;
/// Least contrast of large type and of small type.
pub const LARGE_CONTRAST: f32 = 3.0;
/// See [`LARGE_CONTRAST`].
pub const SMALL_CONTRAST: f32 = 4.5;

/// Share of its usual least that type keeps where it is a sign: a little above the least of the gates.
const SMALL: f32 = 0.84;
/// The same for a legal line that would else go: a hair above its gate's least.
const LEAST: f32 = 0.803;

/// Share of the gaps between rows of type that is left where a page else would not hold them.
const NEARER: f32 = 0.6;
/// Mean side of a page, in its smallest legible type, below which that type decides what finds room.
const CLOSE: f32 = 36.0;
/// The multiple of it from which nothing of that is left.
const CLOSE_NO_MORE: f32 = 1.5;

/// Share of the page's height from which on what is not safe at its foot is deep.
const DEEP: f32 = 0.2;
/// The same from which on it is not left plain where a picture may go on there.
const PLAIN: f32 = 0.19;

/// Width by height from which a wide page gives of the designer's margin, and from which it has none of it.
const WIDE: f32 = 1.4;
const FLAT: f32 = 2.0;

impl Measure {
    /// The page with its type as small as it may get.
    #[must_use]
    pub fn squeezed(&self) -> Self {
        Self { squeezed: SMALL, ..self.clone() }
    }

    /// The page with type at the least of all, for a legal line alone.
    #[must_use]
    pub fn least_of_all(&self) -> Self {
        Self { squeezed: LEAST, ..self.clone() }
    }

    /// The page with its rows of type nearer to each other.
    #[must_use]
    pub fn nearer(&self) -> Self {
        Self { drawn: self.drawn * NEARER, ..self.clone() }
    }

    /// Whether rows part on it where words leave room: tall pages, unless search wants them near.
    #[must_use]
    pub fn is_airy(&self) -> bool {
        self.airy && self.aspect < 0.6
    }

    /// The page with half its margin, inside the safe zone as before.
    #[must_use]
    pub fn edged(&self) -> Self {
        let margin = (0.5 * self.margin.min(self.usual)).max(3.0_f32.min(self.margin));
        let mut page = self.clone();
        page.with_margin(margin);
        page
    }

    /// Measures the page of a variant.
    #[must_use]
    pub fn of(variant: &Variant) -> Self {
        let size = variant.format.size();
        let (w, h) = (size.w.0, size.h.0);
        let short = w.min(h);
        let geometric = (w * h).sqrt();
        let scale = geometric / (variant.artboard.w.0 * variant.artboard.h.0).sqrt().max(1.0);
        let mut insets = variant.format.safe;
        if variant.direction == Direction::Rtl {
            insets = Insets { left: insets.right, right: insets.left, ..insets };
        }
        let page = Rect::new(0.0, 0.0, w, h);
        let bleed = variant.format.bleed.0;
        let (unit, print) = match variant.format.spec {
            // Points at final size: 6 pt is the smallest that prints and reads in a hand.
            Spec::Print { dpi, scale, .. } if scale >= 0.99 && variant.format.medium == "print" => {
                ((dpi.0 / 72.0) as f32 * 6.0, true)
            }
            // Large formats are read from afar: a share of the short side.
            Spec::Print { .. } => (0.016 * short, false),
            // Screens: 8 px where a pixel is a CSS pixel, a share of the side where the format is shown smaller than it is.
            // The smallest banners are read as signs, not as text.
            Spec::Pixels { .. } if w * h < 10_000.0 => (6.2, false),
            Spec::Pixels { .. } => ((0.0175 * geometric).clamp(8.0, 9.0).max(0.017 * short), false),
        };
        // A share of the mean side, but a flat banner has little height to give away.
        let share = if w * h < 10_000.0 { 0.047 } else { rhythm::USUAL } * geometric;
        let margin = |times: f32| (times * share).min(0.13 * short).max(3.0_f32.min(0.08 * short)).round();
        let usual = margin(1.0);
        let safe = page.inset(&insets);
        let mut of = Self {
            w,
            h,
            bleed,
            aspect: w / h.max(1.0),
            scale,
            margin: usual,
            usual,
            own: usual,
            safe,
            content: safe,
            full: Rect::new(-bleed, -bleed, w + 2.0 * bleed, h + 2.0 * bleed),
            eased: 1.0,
            drawn: 1.0,
            airy: true,
            evens: super::score::minds_covered(&variant.weights),
            weighed: false,
            squeezed: 1.0,
            reference: variant.format.reference_px() as f32,
            unit,
            screen: matches!(variant.format.spec, Spec::Pixels { .. }),
            print,
        };
        // Where type is near the least that reads there is no room for a margin of one's own, and a flat page has no height for one.
        let room = (1.0 - of.closeness()) * ((FLAT - of.aspect) / (FLAT - WIDE)).clamp(0.0, 1.0);
        let own = if of.evens { room * (rhythm::margin(variant) - 1.0) } else { 0.0 };
        of.own = margin(1.0 + own);
        of.with_margin(of.own);
        of
    }

    /// Whether its margin is the designer's, wider than the usual one.
    #[must_use]
    pub fn is_wide(&self) -> bool {
        self.margin > self.usual
    }

    /// The page with the margin that it would have had nobody drawn one.
    #[must_use]
    pub fn usual(&self) -> Self {
        let mut page = self.clone();
        page.with_margin(self.usual);
        page
    }

    /// Where cut-outs stand: they may come nearer to the edges than words do, as far as the usual margin.
    #[must_use]
    pub fn reach(&self) -> Rect {
        if self.is_wide() { self.usual().content } else { self.content }
    }

    fn with_margin(&mut self, margin: f32) {
        let trim = Rect::new(0.0, 0.0, self.w, self.h).inset(&Insets::all(Px(margin)));
        (self.margin, self.content) = (margin, self.safe.intersect(&trim));
    }

    /// Smallest size at which a role's type still reads here, px.
    #[must_use]
    pub fn legible(&self, role: Role) -> f32 {
        let times = match role {
            Role::Legal => 1.0,
            Role::Body => 1.2,
            Role::Subhead | Role::CallToAction | Role::Badge => 1.25,
            Role::Price => 1.5,
            _ => 1.45,
        };
        let print = if self.print { 1.08 } else { 1.0 };
        self.unit * times * print * self.squeezed
    }

    /// Size below which a role's type is never set, px: what the gate of the legal line asks for.
    #[must_use]
    pub fn least(&self, role: Role) -> f32 {
        0.8 * self.legible(role) / self.squeezed
    }

    /// The shorter side, px.
    #[must_use]
    pub fn short(&self) -> f32 {
        self.w.min(self.h)
    }

    /// Flat enough that things stand in one row.
    #[must_use]
    pub fn is_strip(&self) -> bool {
        self.aspect >= 5.2 || (self.aspect >= 2.9 && self.h <= 130.0) || (self.aspect >= 2.4 && self.h <= 70.0)
    }

    /// Share of the page's height below its safe zone: what an app lays its own bars and captions over.
    #[must_use]
    pub fn foot(&self) -> f32 {
        (self.h - self.safe.bottom().0) / self.h.max(1.0)
    }

    /// Whether that is so much that words above it leave a hole: the picture then reaches down through it.
    #[must_use]
    pub fn has_deep_foot(&self) -> bool {
        self.foot() > DEEP
    }

    /// Whether it is so much that a picture goes on there rather than a ground: a story's foot is, and a reel's.
    #[must_use]
    pub fn has_foot(&self) -> bool {
        self.foot() > PLAIN
    }

    /// Seen in its own pixels: what is small is small.
    #[must_use]
    pub fn is_screen(&self) -> bool {
        self.screen
    }

    /// A small banner: type is near the least that reads.
    #[must_use]
    pub fn is_small(&self) -> bool {
        self.w * self.h < 50_000.0
    }

    /// A page that holds few words at the least that reads, whatever its pixels: small banners, business cards.
    #[must_use]
    pub fn is_close(&self) -> bool {
        (self.w * self.h).sqrt() < CLOSE * self.unit
    }

    /// How near the least that reads its type is: 1 where the page is close, 0 from half as large again on, and no step between.
    #[must_use]
    pub fn closeness(&self) -> f32 {
        let sides = (self.w * self.h).sqrt() / (CLOSE * self.unit).max(1e-3);
        ((CLOSE_NO_MORE - sides) / (CLOSE_NO_MORE - 1.0)).clamp(0.0, 1.0)
    }

    /// So small that only the essentials have a chance.
    #[must_use]
    pub fn is_tiny(&self) -> bool {
        self.w * self.h < 20_000.0
    }
}
