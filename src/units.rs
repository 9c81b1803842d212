//! In: numbers with a unit. Out: the same lengths as types that cannot be mixed up, and the one table of conversions.
//! Angles, ratios and font-relative lengths stay plain numbers with the unit in their name.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

macro_rules! length {
    ($(#[$doc:meta])* $name:ident, $float:ty) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
        pub struct $name(pub $float);
        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0.0);
            /// The smaller of two.
            #[must_use] pub fn min(self, other: Self) -> Self { Self(if other.0 < self.0 || self.0.is_nan() { other.0 } else { self.0 }) }
            /// The larger of two.
            #[must_use] pub fn max(self, other: Self) -> Self { Self(if other.0 > self.0 || self.0.is_nan() { other.0 } else { self.0 }) }
            /// The plain number, at an edge of the engine.
            #[must_use] pub const fn get(self) -> $float { self.0 }
        }
        impl Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self(self.0 + o.0) } }
        impl Sub for $name { type Output = Self; fn sub(self, o: Self) -> Self { Self(self.0 - o.0) } }
        impl Neg for $name { type Output = Self; fn neg(self) -> Self { Self(-self.0) } }
        impl AddAssign for $name { fn add_assign(&mut self, o: Self) { self.0 += o.0; } }
        impl SubAssign for $name { fn sub_assign(&mut self, o: Self) { self.0 -= o.0; } }
        impl Mul<$float> for $name { type Output = Self; fn mul(self, k: $float) -> Self { Self(self.0 * k) } }
        impl Div<$float> for $name { type Output = Self; fn div(self, k: $float) -> Self { Self(self.0 / k) } }
        impl Div for $name { type Output = $float; fn div(self, o: Self) -> $float { self.0 / o.0 } }
    };
}

length!(
    /// Pixels of the format at its full raster size (not of the thumbnail, not of the artboard unless said).
    Px, f32
);
length!(
    /// Millimetres on the final, printed and mounted piece.
    Mm, f64
);
length!(
    /// Points, 1/72 inch.
    Pt, f64
);

/// Millimetres in an inch.
pub const MM_PER_INCH: f64 = 25.4;
/// Points in an inch.
pub const PT_PER_INCH: f64 = 72.0;

/// Dots per inch of the file that is delivered.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Dpi(pub f64);

impl Mm {
    /// Whole pixels of a file made at `print_scale` (0.1 = 1:10) and `dpi`: `round(mm * scale / 25.4 * dpi)`.
    #[must_use]
    pub fn to_pixels(self, dpi: Dpi, print_scale: f64) -> f64 {
        (self.0 * print_scale / MM_PER_INCH * dpi.0).round()
    }
    /// The same length in points, unscaled.
    #[must_use]
    pub fn to_pt(self) -> Pt {
        Pt(self.0 / MM_PER_INCH * PT_PER_INCH)
    }
}
