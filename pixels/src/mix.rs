//! In: a row of premultiplied pixels, a row of coverage, a row already painted. Out: the painted row mixed with the new one.
//! Integer arithmetic with exact rounding (soft light alone in `f32`, with a square root that IEEE fixes).
//!
//! Formulas: W3C Compositing and Blending Level 1, chapters 9 and 10, in premultiplied form.

use crate::vector::{factors, load, mul4, over, store, through};
use wide::u32x4;

/// How a row mixes with what is under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mix {
    /// Source over.
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

/// What covers a row.
#[derive(Clone, Copy)]
pub enum Cover<'a> {
    /// Wholly covered.
    Full,
    /// One byte a pixel.
    Part(&'a [u8]),
}

/// What is painted on a row.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// One premultiplied pixel.
    Solid([u8; 4]),
    /// Premultiplied RGBA.
    Pixels(&'a [u8]),
    /// The same, and every alpha is 255.
    Opaque(&'a [u8]),
}

/// `a * b / 255`, rounded to nearest.
#[inline]
#[must_use]
pub fn mul(a: u8, b: u8) -> u8 {
    let t = u32::from(a) * u32::from(b) + 128;
    ((t + (t >> 8)) >> 8) as u8
}

/// Four channels at once, each `v * k / 255` rounded to nearest.
#[inline(always)]
fn mul_pixel(v: u32, k: u32) -> u32 {
    const LOW: u32 = 0x00ff_00ff;
    let even = (v & LOW) * k + 0x0080_0080;
    let odd = ((v >> 8) & LOW) * k + 0x0080_0080;
    let even = ((even + ((even >> 8) & LOW)) >> 8) & LOW;
    let odd = (odd + ((odd >> 8) & LOW)) & !LOW;
    even | odd
}

#[inline(always)]
fn over_pixel(d: u32, s: u32) -> u32 {
    s.wrapping_add(mul_pixel(d, 255 - (s >> 24)))
}

/// Mixes `src` into `dst` (premultiplied RGBA) where `cover` says. The shortest of the three decides how far.
pub fn row(dst: &mut [u8], src: Source<'_>, cover: Cover<'_>, mix: Mix) {
    match (mix, src, cover) {
        (Mix::Normal, Source::Solid(s), Cover::Full) => solid(dst, s),
        (Mix::Normal, Source::Solid(s), Cover::Part(m)) => solid_part(dst, s, m),
        (Mix::Normal, Source::Opaque(s), Cover::Full) => {
            for (d, s) in dst.iter_mut().zip(s) {
                *d = *s;
            }
        }
        (Mix::Normal, Source::Pixels(s), Cover::Full) => pixels(dst, s),
        (Mix::Normal, Source::Pixels(s) | Source::Opaque(s), Cover::Part(m)) => pixels_part(dst, s, m),
        (Mix::Multiply, ..) => mixed(dst, src, cover, |s, d, sa, da| s * d + s * (255 - da) + d * (255 - sa)),
        (Mix::Screen, ..) => mixed(dst, src, cover, |s, d, _, _| (s + d) * 255 - s * d),
        (Mix::Overlay, ..) => mixed(dst, src, cover, |s, d, sa, da| {
            let both = if 2 * d <= da { 2 * s * d } else { sa * da - 2 * (da - d.min(da)) * (sa - s.min(sa)) };
            both + s * (255 - da) + d * (255 - sa)
        }),
        (Mix::SoftLight, ..) => mixed(dst, src, cover, soft_light),
    }
}

fn solid(dst: &mut [u8], s: [u8; 4]) {
    if s[3] == 255 {
        dst.as_chunks_mut::<4>().0.fill(s);
        return;
    }
    if s == [0; 4] {
        return;
    }
    let s = u32::from_le_bytes(s);
    let wide = u32x4::splat(s);
    let k = through(wide);
    let (blocks, rest) = dst.as_chunks_mut::<16>();
    for d in blocks {
        *d = store(wide + mul4(load(d), k));
    }
    for d in rest.as_chunks_mut::<4>().0 {
        *d = over_pixel(u32::from_le_bytes(*d), s).to_le_bytes();
    }
}

fn solid_part(dst: &mut [u8], s: [u8; 4], m: &[u8]) {
    let opaque = s[3] == 255;
    let colour = s;
    let s = u32::from_le_bytes(s);
    let wide = u32x4::splat(s);
    let (blocks, rest) = dst.as_chunks_mut::<64>();
    let (masks, mask_rest) = m.as_chunks::<16>();
    let done = blocks.len().min(masks.len());
    for (d, m) in blocks.iter_mut().zip(masks) {
        if *m == [0; 16] {
            continue;
        }
        if opaque && *m == [255; 16] {
            d.as_chunks_mut::<4>().0.fill(colour);
            continue;
        }
        for (d, k) in d.as_chunks_mut::<16>().0.iter_mut().zip(factors(m)) {
            *d = store(over(load(d), mul4(wide, k)));
        }
    }
    if done < blocks.len() {
        return;
    }
    for (d, m) in rest.as_chunks_mut::<4>().0.iter_mut().zip(mask_rest) {
        *d = over_pixel(u32::from_le_bytes(*d), mul_pixel(s, u32::from(*m))).to_le_bytes();
    }
}

fn pixels(dst: &mut [u8], s: &[u8]) {
    let n = dst.len().min(s.len());
    let (blocks, rest) = dst.get_mut(..n).unwrap_or_default().as_chunks_mut::<16>();
    let (from, from_rest) = s.get(..n).unwrap_or_default().as_chunks::<16>();
    for (d, s) in blocks.iter_mut().zip(from) {
        *d = store(over(load(d), load(s)));
    }
    for (d, s) in rest.as_chunks_mut::<4>().0.iter_mut().zip(from_rest.as_chunks::<4>().0) {
        *d = over_pixel(u32::from_le_bytes(*d), u32::from_le_bytes(*s)).to_le_bytes();
    }
}

fn pixels_part(dst: &mut [u8], s: &[u8], m: &[u8]) {
    let n = (dst.len() / 4).min(s.len() / 4).min(m.len());
    let (blocks, rest) = dst.get_mut(..n * 4).unwrap_or_default().as_chunks_mut::<64>();
    let (from, from_rest) = s.get(..n * 4).unwrap_or_default().as_chunks::<64>();
    let (masks, mask_rest) = m.get(..n).unwrap_or_default().as_chunks::<16>();
    for ((d, s), m) in blocks.iter_mut().zip(from).zip(masks) {
        if *m == [0; 16] {
            continue;
        }
        for ((d, s), k) in d.as_chunks_mut::<16>().0.iter_mut().zip(s.as_chunks::<16>().0).zip(factors(m)) {
            *d = store(over(load(d), mul4(load(s), k)));
        }
    }
    for ((d, s), m) in rest.as_chunks_mut::<4>().0.iter_mut().zip(from_rest.as_chunks::<4>().0).zip(mask_rest) {
        *d = over_pixel(u32::from_le_bytes(*d), mul_pixel(u32::from_le_bytes(*s), u32::from(*m))).to_le_bytes();
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

/// Every blend but normal: `f(s, d, sa, da)` gives a channel times 255; alpha is that of source over.
fn mixed(dst: &mut [u8], src: Source<'_>, cover: Cover<'_>, f: impl Fn(u32, u32, u32, u32) -> u32) {
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
    let faded = |s: [u8; 4], m: u8| mul_pixel(u32::from_le_bytes(s), u32::from(m)).to_le_bytes();
    match (src, cover) {
        (Source::Solid(s), Cover::Full) => dst.iter_mut().for_each(|d| pixel(d, s)),
        (Source::Solid(s), Cover::Part(m)) => dst.iter_mut().zip(m).for_each(|(d, m)| pixel(d, faded(s, *m))),
        (Source::Pixels(s) | Source::Opaque(s), Cover::Full) => {
            dst.iter_mut().zip(s.as_chunks::<4>().0).for_each(|(d, s)| pixel(d, *s));
        }
        (Source::Pixels(s) | Source::Opaque(s), Cover::Part(m)) => {
            dst.iter_mut().zip(s.as_chunks::<4>().0).zip(m).for_each(|((d, s), m)| pixel(d, faded(*s, *m)));
        }
    }
}

/// A pixel and a factor for tests of the vectors.
#[cfg(test)]
fn four_at_once(v: u32, k: u8) -> u32 {
    let [a, b, ..] = mul4(u32x4::splat(v), wide::u16x8::splat(u16::from(k))).to_array();
    assert_eq!(a, b);
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_channels_agree_with_one_and_vectors_with_both() {
        for v in 0..=255u8 {
            for k in 0..=255u8 {
                let pixel = u32::from_le_bytes([v, 255 - v, v, k]);
                let four = mul_pixel(pixel, u32::from(k)).to_le_bytes();
                assert_eq!(four, [mul(v, k), mul(255 - v, k), mul(v, k), mul(k, k)]);
                assert_eq!(four_at_once(pixel, k).to_le_bytes(), four);
            }
        }
    }

    #[test]
    fn a_row_is_the_same_at_every_length_and_place() {
        let mut seed = 7u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let pixel = |next: &mut dyn FnMut() -> u8| {
            let a = next();
            [mul(next(), a), mul(next(), a), mul(next(), a), a]
        };
        let dst: Vec<u8> = (0..77).flat_map(|_| pixel(&mut next)).collect();
        let src: Vec<u8> = (0..77).flat_map(|_| pixel(&mut next)).collect();
        let mask: Vec<u8> = (0..77).map(|i| [0, 255, next()][i / 20 % 3]).collect();
        for n in 0..77 {
            for mix in [Mix::Normal, Mix::Multiply] {
                let mut whole = dst[..n * 4].to_vec();
                row(&mut whole, Source::Pixels(&src[..n * 4]), Cover::Part(&mask[..n]), mix);
                let mut full = dst[..n * 4].to_vec();
                row(&mut full, Source::Pixels(&src[..n * 4]), Cover::Full, mix);
                let mut flat = dst[..n * 4].to_vec();
                row(&mut flat, Source::Solid([90, 80, 70, 160]), Cover::Part(&mask[..n]), mix);
                for i in 0..n {
                    let one = |s: Source<'_>, c: Cover<'_>| {
                        let mut d = dst[i * 4..i * 4 + 4].to_vec();
                        row(&mut d, s, c, mix);
                        d
                    };
                    let (s, m) = (&src[i * 4..i * 4 + 4], &mask[i..=i]);
                    assert_eq!(whole[i * 4..i * 4 + 4], one(Source::Pixels(s), Cover::Part(m)));
                    assert_eq!(full[i * 4..i * 4 + 4], one(Source::Pixels(s), Cover::Full));
                    assert_eq!(flat[i * 4..i * 4 + 4], one(Source::Solid([90, 80, 70, 160]), Cover::Part(m)));
                }
            }
        }
    }

    #[test]
    fn blends_of_opaque_colours() {
        let shot = |mix, s: u8, d: u8| {
            let mut dst = [d, d, d, 255];
            row(&mut dst, Source::Solid([s, s, s, 255]), Cover::Full, mix);
            assert_eq!(dst[3], 255);
            dst[0]
        };
        assert_eq!(shot(Mix::Normal, 10, 200), 10);
        assert_eq!(shot(Mix::Multiply, 128, 128), 64);
        assert_eq!(shot(Mix::Screen, 128, 128), 192);
        assert_eq!(shot(Mix::Overlay, 128, 64), 64);
        assert_eq!(shot(Mix::Overlay, 255, 255), 255);
        assert_eq!(shot(Mix::SoftLight, 128, 64), 64);
        assert_eq!(shot(Mix::SoftLight, 255, 64), 128);
    }

    #[test]
    fn nothing_changes_under_no_cover() {
        for mix in [Mix::Normal, Mix::Multiply, Mix::Screen, Mix::Overlay, Mix::SoftLight] {
            let mut dst = [10, 20, 30, 200];
            row(&mut dst, Source::Solid([255; 4]), Cover::Part(&[0]), mix);
            assert_eq!(dst, [10, 20, 30, 200], "{mix:?}");
        }
    }
}
