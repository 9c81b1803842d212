//! In: colour texts of the campaign. Out: straight-alpha sRGB colours of 8 bits a channel, luminance and contrast.
//! ICC conversion of pictures happens where they are decoded; premultiplying happens in `raster`.

use std::sync::LazyLock;

/// A colour: sRGB, straight alpha, 8 bits a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgba {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Alpha, 255 = opaque.
    pub a: u8,
}

impl Rgba {
    /// Opaque white.
    pub const WHITE: Self = Self { r: 255, g: 255, b: 255, a: 255 };
    /// Opaque black.
    pub const BLACK: Self = Self { r: 0, g: 0, b: 0, a: 255 };

    /// Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`; anything else is `None`.
    #[must_use]
    pub fn parse_hex(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.strip_prefix('#')?.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
        let one = |d: u8| d * 17;
        let two = |hi: u8, lo: u8| hi * 16 + lo;
        match *digits.as_slice() {
            [r, g, b] => Some(Self { r: one(r), g: one(g), b: one(b), a: 255 }),
            [r, g, b, a] => Some(Self { r: one(r), g: one(g), b: one(b), a: one(a) }),
            [r, s, g, h, b, c] => Some(Self { r: two(r, s), g: two(g, h), b: two(b, c), a: 255 }),
            [r, s, g, h, b, c, a, d] => Some(Self { r: two(r, s), g: two(g, h), b: two(b, c), a: two(a, d) }),
            _ => None,
        }
    }

    /// `#rrggbb`, or `#rrggbbaa` where not opaque.
    #[must_use]
    pub fn to_hex(self) -> String {
        let Self { r, g, b, a } = self;
        if a == 255 { format!("#{r:02x}{g:02x}{b:02x}") } else { format!("#{r:02x}{g:02x}{b:02x}{a:02x}") }
    }

    /// WCAG 2.2 relative luminance, 0 to 1, of the opaque colour.
    #[must_use]
    pub fn luminance(self) -> f32 {
        let linear = |v: u8| LINEAR.get(usize::from(v)).copied().unwrap_or_default();
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }

    /// WCAG 2.2 contrast ratio of two opaque colours, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        ratio(self.luminance(), other.luminance())
    }

    /// The same colour with its alpha multiplied by `k` (0 to 1).
    #[must_use]
    pub fn faded(self, k: f32) -> Self {
        Self { a: nearest(f32::from(self.a) * k.clamp(0.0, 1.0)), ..self }
    }
}

/// WCAG 2.2 contrast ratio of two luminances, 1 to 21.
#[must_use]
pub fn ratio(a: f32, b: f32) -> f32 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Channels without their gamma. Layout asks for some thousand luminances a page: each power is taken once.
static LINEAR: LazyLock<[f32; 256]> = LazyLock::new(|| {
    std::array::from_fn(|v| {
        let c = v as f32 / 255.0;
        if c <= 0.04045 { c / 12.92 } else { libm::powf((c + 0.055) / 1.055, 2.4) }
    })
});

/// A channel's nearest step, halves upward: what `v.round() as u8` is, without the call that rounding is in wasm.
#[must_use]
pub fn nearest(v: f32) -> u8 {
    let below = v as u8;
    if v - f32::from(below) >= 0.5 { below.saturating_add(1) } else { below }
}

/// How a layer mixes with what is under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blend {
    /// Source over.
    #[default]
    Normal,
    /// Darkens.
    Multiply,
    /// Lightens.
    Screen,
    /// Multiply or screen by the ground.
    Overlay,
    /// A softer overlay.
    SoftLight,
}

impl Blend {
    const ALL: [Self; 5] = [Self::Normal, Self::Multiply, Self::Screen, Self::Overlay, Self::SoftLight];
    /// Its number in a packed drawing.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }
    /// The one of a number.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }
}

/// A colour at a place of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// 0 to 1 along the gradient.
    pub at: f32,
    /// Its colour; colours between stops mix premultiplied, in sRGB.
    pub color: Rgba,
}

/// A fill that knows its shape but not yet its box: gradients are given relative to the box they fill.
#[derive(Clone, Debug, PartialEq)]
pub enum Fill {
    /// One colour.
    Solid(Rgba),
    /// Linear by CSS angle: 0 = to top, 90 = to right, 180 = to bottom; corner to corner as CSS does.
    Linear {
        /// CSS degrees.
        angle_deg: f32,
        /// At least two, ascending.
        stops: Vec<Stop>,
    },
    /// Radial.
    Radial {
        /// Middle, as fractions of the box.
        center: (f32, f32),
        /// As a fraction of half the box's diagonal.
        radius: f32,
        /// At least two, ascending.
        stops: Vec<Stop>,
    },
}
