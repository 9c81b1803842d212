//! In: a row of premultiplied pixels, a row of coverage, a row already painted. Out: the painted row mixed with the new one.
//! Integer arithmetic with exact rounding (soft light alone in `f32`, with a square root that IEEE fixes), so bytes agree
//! everywhere. What is painted is left to `paint`, where to `cover`.
//!
//! Formulas: W3C Compositing and Blending Level 1, chapters 9 and 10, in premultiplied form.

use crate::color::{Blend, Rgba};

/// The pixel of a straight colour: premultiplied RGBA.
pub(super) fn premultiply(c: Rgba, opacity: f32) -> [u8; 4] {
    let a = (f32::from(c.a) * opacity.clamp(0.0, 1.0)).round() as u8;
    [mul(c.r, a), mul(c.g, a), mul(c.b, a), a]
}

/// `a * b / 255`, rounded to nearest.
pub(super) fn mul(a: u8, b: u8) -> u8 {
    let t = u32::from(a) * u32::from(b) + 128;
    ((t + (t >> 8)) >> 8) as u8
}

/// Four channels at once, each `v * k / 255` rounded to nearest.
#[inline(always)]
fn mul4(v: u32, k: u32) -> u32 {
    const LOW: u32 = 0x00ff_00ff;
    let even = (v & LOW) * k + 0x0080_0080;
    let odd = ((v >> 8) & LOW) * k + 0x0080_0080;
    let even = ((even + ((even >> 8) & LOW)) >> 8) & LOW;
    let odd = (odd + ((odd >> 8) & LOW)) & !LOW;
    even | odd
}

/// What covers a row.
#[derive(Clone, Copy)]
pub(super) enum RowCover<'a> {
    /// Wholly covered.
    Full,
    /// One byte a pixel.
    Part(&'a [u8]),
}

/// What is painted on a row.
#[derive(Clone, Copy)]
pub(super) enum RowSource<'a> {
    /// One premultiplied pixel.
    Solid([u8; 4]),
    /// Premultiplied RGBA.
    Pixels(&'a [u8]),
}

/// Mixes `src` into `dst` (premultiplied RGBA) where `cover` says.
pub(super) fn row(dst: &mut [u8], src: RowSource, cover: RowCover, blend: Blend) {
    match blend {
        Blend::Normal => over(dst, src, cover),
        Blend::Multiply => mixed(dst, src, cover, |s, d, sa, da| s * d + s * (255 - da) + d * (255 - sa)),
        Blend::Screen => mixed(dst, src, cover, |s, d, _, _| (s + d) * 255 - s * d),
        Blend::Overlay => mixed(dst, src, cover, |s, d, sa, da| {
            let both = if 2 * d <= da { 2 * s * d } else { sa * da - 2 * (da - d.min(da)) * (sa - s.min(sa)) };
            both + s * (255 - da) + d * (255 - sa)
        }),
        Blend::SoftLight => mixed(dst, src, cover, soft_light),
    }
}

/// One channel of soft light, times 255.
fn soft_light(s: u32, d: u32, sa: u32, da: u32) -> u32 {
    let outside = s * (255 - da) + d * (255 - sa);
    if da == 0 || sa == 0 {
        return outside;
    }
    let cb = d as f32 / da as f32;
    let cs = s as f32 / sa as f32;
    let b = if cs <= 0.5 {
        cb - (1.0 - 2.0 * cs) * cb * (1.0 - cb)
    } else {
        let dark = if cb <= 0.25 { ((16.0 * cb - 12.0) * cb + 4.0) * cb } else { cb.sqrt() };
        cb + (2.0 * cs - 1.0) * (dark - cb)
    };
    outside + ((sa * da) as f32 * b.clamp(0.0, 1.0)).round() as u32
}

#[inline(always)]
fn over_pixel(d: u32, s: u32) -> u32 {
    s + mul4(d, 255 - (s >> 24))
}

fn over(dst: &mut [u8], src: RowSource, cover: RowCover) {
    let (dst, _) = dst.as_chunks_mut::<4>();
    match (src, cover) {
        (RowSource::Solid(s), RowCover::Full) if s[3] == 255 => dst.fill(s),
        (RowSource::Solid(s), RowCover::Full) => {
            let s = u32::from_le_bytes(s);
            for d in dst {
                *d = over_pixel(u32::from_le_bytes(*d), s).to_le_bytes();
            }
        }
        (RowSource::Solid(s), RowCover::Part(m)) => {
            let s = u32::from_le_bytes(s);
            for (d, m) in dst.iter_mut().zip(m) {
                *d = over_pixel(u32::from_le_bytes(*d), mul4(s, u32::from(*m))).to_le_bytes();
            }
        }
        (RowSource::Pixels(s), RowCover::Full) => {
            for (d, s) in dst.iter_mut().zip(s.as_chunks::<4>().0) {
                *d = over_pixel(u32::from_le_bytes(*d), u32::from_le_bytes(*s)).to_le_bytes();
            }
        }
        (RowSource::Pixels(s), RowCover::Part(m)) => {
            for ((d, s), m) in dst.iter_mut().zip(s.as_chunks::<4>().0).zip(m) {
                *d = over_pixel(u32::from_le_bytes(*d), mul4(u32::from_le_bytes(*s), u32::from(*m))).to_le_bytes();
            }
        }
    }
}

/// Every blend but normal: `f(s, d, sa, da)` gives a channel times 255; alpha is that of source over.
fn mixed(dst: &mut [u8], src: RowSource, cover: RowCover, f: impl Fn(u32, u32, u32, u32) -> u32) {
    let pixel = |d: &mut [u8; 4], s: [u8; 4]| {
        let [sr, sg, sb, sa] = s.map(u32::from);
        let [dr, dg, db, da] = d.map(u32::from);
        let one = |s, d| {
            let t = f(s, d, sa, da).min(255 * 255) + 128;
            (t + (t >> 8)) >> 8
        };
        let a = sa + u32::from(mul(da as u8, (255 - sa) as u8));
        *d = [one(sr, dr).min(a) as u8, one(sg, dg).min(a) as u8, one(sb, db).min(a) as u8, a as u8];
    };
    let (dst, _) = dst.as_chunks_mut::<4>();
    let faded = |s: [u8; 4], m: u8| mul4(u32::from_le_bytes(s), u32::from(m)).to_le_bytes();
    match (src, cover) {
        (RowSource::Solid(s), RowCover::Full) => dst.iter_mut().for_each(|d| pixel(d, s)),
        (RowSource::Solid(s), RowCover::Part(m)) => dst.iter_mut().zip(m).for_each(|(d, m)| pixel(d, faded(s, *m))),
        (RowSource::Pixels(s), RowCover::Full) => dst.iter_mut().zip(s.as_chunks::<4>().0).for_each(|(d, s)| pixel(d, *s)),
        (RowSource::Pixels(s), RowCover::Part(m)) => {
            dst.iter_mut().zip(s.as_chunks::<4>().0).zip(m).for_each(|((d, s), m)| pixel(d, faded(*s, *m)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_channels_agree_with_one() {
        for v in 0..=255u8 {
            for k in 0..=255u8 {
                let four = mul4(u32::from_le_bytes([v, 255 - v, v, k]), u32::from(k)).to_le_bytes();
                assert_eq!(four, [mul(v, k), mul(255 - v, k), mul(v, k), mul(k, k)]);
            }
        }
    }

    #[test]
    fn blends_of_opaque_colours() {
        let shot = |blend, s: u8, d: u8| {
            let mut dst = [d, d, d, 255];
            row(&mut dst, RowSource::Solid([s, s, s, 255]), RowCover::Full, blend);
            assert_eq!(dst[3], 255);
            dst[0]
        };
        assert_eq!(shot(Blend::Normal, 10, 200), 10);
        assert_eq!(shot(Blend::Multiply, 128, 128), 64);
        assert_eq!(shot(Blend::Screen, 128, 128), 192);
        assert_eq!(shot(Blend::Overlay, 128, 64), 64);
        assert_eq!(shot(Blend::Overlay, 255, 255), 255);
        assert_eq!(shot(Blend::SoftLight, 128, 64), 64);
        assert_eq!(shot(Blend::SoftLight, 255, 64), 128);
    }

    #[test]
    fn nothing_changes_under_no_cover() {
        for blend in [Blend::Normal, Blend::Multiply, Blend::Screen, Blend::Overlay, Blend::SoftLight] {
            let mut dst = [10, 20, 30, 200];
            row(&mut dst, RowSource::Solid([255; 4]), RowCover::Part(&[0]), blend);
            assert_eq!(dst, [10, 20, 30, 200], "{blend:?}");
        }
    }
}
