//! In: 16 bytes. Out: four pixels as one vector, and what every mix needs of it.

use wide::bytemuck::cast;
use wide::{u8x16, u16x8, u32x4};

const LOW: u32 = 0x00ff_00ff;

/// Four pixels.
#[inline(always)]
pub(crate) fn load(bytes: &[u8; 16]) -> u32x4 {
    cast(*bytes)
}

/// Four pixels back to memory.
#[inline(always)]
pub(crate) fn store(v: u32x4) -> [u8; 16] {
    cast(v)
}

/// Every byte of `v` times the 16-bit factor at its place (one a pixel, twice), over 255, rounded to nearest.
#[inline(always)]
pub(crate) fn mul4(v: u32x4, k: u16x8) -> u32x4 {
    let low = u32x4::splat(LOW);
    let half = u16x8::splat(128);
    let even: u16x8 = cast(v & low);
    let odd: u16x8 = cast((v >> 8u32) & low);
    let even = even * k + half;
    let odd = odd * k + half;
    let even = (even + (even >> 8u32)) >> 8u32;
    let odd = (odd + (odd >> 8u32)) & u16x8::splat(0xff00);
    cast(even | odd)
}

/// What each pixel lets through: 255 less its alpha, as factors.
#[inline(always)]
pub(crate) fn through(s: u32x4) -> u16x8 {
    let k = u32x4::splat(255) - (s >> 24u32);
    cast(k | (k << 16u32))
}

/// Source over.
#[inline(always)]
pub(crate) fn over(d: u32x4, s: u32x4) -> u32x4 {
    s + mul4(d, through(s))
}

/// Sixteen coverages as the factors of four times four pixels.
#[inline(always)]
pub(crate) fn factors(m: &[u8; 16]) -> [u16x8; 4] {
    let m: u8x16 = cast(*m);
    let low = u32x4::splat(LOW);
    let (a, b) = (u8x16::unpack_low(m, m), u8x16::unpack_high(m, m));
    let four = |v: u8x16| -> u16x8 { cast(cast::<u8x16, u32x4>(v) & low) };
    [four(u8x16::unpack_low(a, a)), four(u8x16::unpack_high(a, a)), four(u8x16::unpack_low(b, b)), four(u8x16::unpack_high(b, b))]
}
