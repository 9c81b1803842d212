//! In: colours of a profile's connection (CIE XYZ or L*a*b* under D50). Out: values of sRGB.
//!
//! Source: ICC.1:2022, annex A; IEC 61966-2-1.

use super::curve::held;

/// The white that profiles refer to: D50.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
/// From CIE XYZ under D50 to the light of sRGB, adapted by Bradford's matrix.
pub(super) const TO_SRGB: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

/// The value of light, 0 to 1.
pub(super) fn coded(light: f64) -> f64 {
    let light = held(light);
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

pub(super) fn times(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// CIE XYZ of a colour of CIE L*a*b*, both under D50.
pub(super) fn xyz_of(l: f64, a: f64, b: f64) -> [f64; 3] {
    let back = |t: f64| if t > 6.0 / 29.0 { t * t * t } else { (t - 4.0 / 29.0) * (108.0 / 841.0) };
    let y = (l + 16.0) / 116.0;
    let [x_white, y_white, z_white] = WHITE;
    [back(y + a / 500.0) * x_white, back(y) * y_white, back(y - b / 200.0) * z_white]
}
