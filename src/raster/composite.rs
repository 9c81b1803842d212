//! In: two premultiplied pixels and one of the 28 modes that a colour glyph may ask for. Out: what the first laid on the second gives.
//! Source: W3C Compositing and Blending 1, by whose names and formulas OpenType's COLR goes.

/// How a layer is laid on what was there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mode {
    Clear,
    Source,
    Destination,
    SourceOver,
    DestinationOver,
    SourceIn,
    DestinationIn,
    SourceOut,
    DestinationOut,
    SourceAtop,
    DestinationAtop,
    Xor,
    Plus,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
    Difference,
    Exclusion,
    Multiply,
    Hue,
    Saturation,
    Color,
    Luminosity,
}

/// By the numbers they have in a font.
const MODES: [Mode; 28] = [
    Mode::Clear,
    Mode::Source,
    Mode::Destination,
    Mode::SourceOver,
    Mode::DestinationOver,
    Mode::SourceIn,
    Mode::DestinationIn,
    Mode::SourceOut,
    Mode::DestinationOut,
    Mode::SourceAtop,
    Mode::DestinationAtop,
    Mode::Xor,
    Mode::Plus,
    Mode::Screen,
    Mode::Overlay,
    Mode::Darken,
    Mode::Lighten,
    Mode::ColorDodge,
    Mode::ColorBurn,
    Mode::HardLight,
    Mode::SoftLight,
    Mode::Difference,
    Mode::Exclusion,
    Mode::Multiply,
    Mode::Hue,
    Mode::Saturation,
    Mode::Color,
    Mode::Luminosity,
];

impl Mode {
    /// By its number; nothing where it means none.
    pub fn new(number: u8) -> Option<Self> {
        MODES.get(usize::from(number)).copied()
    }

    /// A row laid on another where `cover` says; all are premultiplied.
    pub fn lay(self, on: &mut [u8], row: &[u8], cover: impl Iterator<Item = u8>) {
        for ((on, top), cover) in on.as_chunks_mut::<4>().0.iter_mut().zip(row.as_chunks::<4>().0).zip(cover) {
            if cover == 0 {
                continue;
            }
            let share = |v: u8| f32::from(v) / 255.0;
            let (s, d, k) = (top.map(share), on.map(share), share(cover));
            let mixed = self.mix(s, d);
            for ((on, d), v) in on.iter_mut().zip(d).zip(mixed) {
                *on = ((d + (v - d) * k) * 255.0).round().clamp(0.0, 255.0) as u8;
            }
        }
    }

    fn mix(self, s: [f32; 4], d: [f32; 4]) -> [f32; 4] {
        let ([.., sa], [.., da]) = (s, d);
        // Shares of the two (Porter and Duff), or a colour where both are.
        let (from, to) = match self {
            Self::Clear => (0.0, 0.0),
            Self::Source => (1.0, 0.0),
            Self::Destination => (0.0, 1.0),
            Self::SourceOver => (1.0, 1.0 - sa),
            Self::DestinationOver => (1.0 - da, 1.0),
            Self::SourceIn => (da, 0.0),
            Self::DestinationIn => (0.0, sa),
            Self::SourceOut => (1.0 - da, 0.0),
            Self::DestinationOut => (0.0, 1.0 - sa),
            Self::SourceAtop => (da, 1.0 - sa),
            Self::DestinationAtop => (1.0 - da, sa),
            Self::Xor => (1.0 - da, 1.0 - sa),
            Self::Plus => (1.0, 1.0),
            _ => (1.0 - da, 1.0 - sa),
        };
        let mut out = [0.0; 4];
        for ((out, s), d) in out.iter_mut().zip(s).zip(d) {
            *out = (s * from + d * to).min(1.0);
        }
        if let Some(both) = self.blend(color(s), color(d)) {
            let [r, g, b] = both;
            for (out, v) in out.iter_mut().zip([r, g, b, 1.0]) {
                *out += v * sa * da;
            }
        }
        out
    }

    /// The colour where both are, of the colour on top and the one below; nothing where the mode only chooses.
    fn blend(self, s: [f32; 3], d: [f32; 3]) -> Option<[f32; 3]> {
        let each = |of: fn(f32, f32) -> f32| {
            let ([sr, sg, sb], [dr, dg, db]) = (s, d);
            [of(sr, dr), of(sg, dg), of(sb, db)]
        };
        Some(match self {
            Self::Screen => each(|s, d| s + d - s * d),
            Self::Overlay => each(|s, d| hard_light(d, s)),
            Self::Darken => each(f32::min),
            Self::Lighten => each(f32::max),
            Self::ColorDodge => each(|s, d| match d {
                0.0 => 0.0,
                _ if s >= 1.0 => 1.0,
                _ => (d / (1.0 - s)).min(1.0),
            }),
            Self::ColorBurn => each(|s, d| match d {
                1.0.. => 1.0,
                _ if s <= 0.0 => 0.0,
                _ => 1.0 - ((1.0 - d) / s).min(1.0),
            }),
            Self::HardLight => each(hard_light),
            Self::SoftLight => each(soft_light),
            Self::Difference => each(|s, d| (s - d).abs()),
            Self::Exclusion => each(|s, d| s + d - 2.0 * s * d),
            Self::Multiply => each(|s, d| s * d),
            Self::Hue => with_light(with_saturation(s, saturation(d)), light(d)),
            Self::Saturation => with_light(with_saturation(d, saturation(s)), light(d)),
            Self::Color => with_light(s, light(d)),
            Self::Luminosity => with_light(d, light(s)),
            _ => return None,
        })
    }
}

/// Straight colour of a premultiplied pixel; black where there is none.
fn color([r, g, b, a]: [f32; 4]) -> [f32; 3] {
    if a > 0.0 { [r, g, b].map(|v| (v / a).min(1.0)) } else { [0.0; 3] }
}

fn hard_light(s: f32, d: f32) -> f32 {
    if s <= 0.5 { 2.0 * s * d } else { 1.0 - 2.0 * (1.0 - s) * (1.0 - d) }
}

fn soft_light(s: f32, d: f32) -> f32 {
    if s <= 0.5 {
        return d - (1.0 - 2.0 * s) * d * (1.0 - d);
    }
    let root = if d <= 0.25 { ((16.0 * d - 12.0) * d + 4.0) * d } else { d.sqrt() };
    d + (2.0 * s - 1.0) * (root - d)
}

fn light([r, g, b]: [f32; 3]) -> f32 {
    0.3 * r + 0.59 * g + 0.11 * b
}

fn saturation([r, g, b]: [f32; 3]) -> f32 {
    r.max(g).max(b) - r.min(g).min(b)
}

/// The same hue, as saturated as that.
fn with_saturation(c: [f32; 3], to: f32) -> [f32; 3] {
    let [r, g, b] = c;
    let (least, own) = (r.min(g).min(b), saturation(c));
    if own > 0.0 { c.map(|v| (v - least) * to / own) } else { [0.0; 3] }
}

/// The same hue and saturation, as light as that, as far as there are such colours.
fn with_light(c: [f32; 3], to: f32) -> [f32; 3] {
    let by = to - light(c);
    let c = c.map(|v| v + by);
    let [r, g, b] = c;
    let (grey, least, most) = (light(c), r.min(g).min(b), r.max(g).max(b));
    let c = if least < 0.0 { c.map(|v| grey + (v - grey) * grey / (grey - least)) } else { c };
    if most > 1.0 { c.map(|v| grey + (v - grey) * (1.0 - grey) / (most - grey)) } else { c }
}
