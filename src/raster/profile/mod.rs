//! In: an ICC profile as a picture embeds it. Out: what turns its colours into sRGB. Read are profiles of three curves and a matrix (cameras,
//! screens) and those of tables, lut8, lut16 and lutAToB (inks, scanners); the others are passed over, as browsers do. Only additions,
//! products and libm: the same bytes on every machine. The loops over pixels are `variorum_pixels`'.
//!
//! Source: ICC.1:2022, 7.2, 7.3, 9.2, 10.6, 10.10 to 10.12, 10.18, annex A; sRGB as IEC 61966-2-1.

mod curve;
mod light;
mod table;

use crate::limits::PROFILE_BYTES;
use curve::{Curve, fixed, tag};
use light::{TO_SRGB, coded, times};
use std::sync::{Arc, OnceLock};
use table::Table;
use variorum_pixels::{Grid, Shaper};

/// Turns colours into sRGB.
pub(super) enum Profile {
    /// Curves and a matrix.
    Shaper(Box<Shaper>),
    /// Anything else, sampled.
    Grid(Grid),
}

/// What a picture's numbers mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// Red, green, blue.
    Rgb,
    /// Four inks, 255 where there is most.
    Inks,
}

/// Light at so many steps is coded: above black one step is a fifth of a level.
const LIGHT_STEPS: usize = 1 << 14;
impl Profile {
    /// Of an embedded profile; `None` where it is for other pixels, too large, cannot be read, or means sRGB already.
    pub fn read(icc: &[u8], space: Space) -> Option<Self> {
        let (named, channels) = match space {
            Space::Rgb => (b"RGB ", 3),
            Space::Inks => (b"CMYK", 4),
        };
        if icc.len() > PROFILE_BYTES || icc.get(16..20)? != named || icc.get(36..40)? != b"acsp" {
            return None;
        }
        let shaper = if space == Space::Rgb { shaper(icc) } else { None };
        let profile = match shaper {
            Some(shaper) => Self::Shaper(Box::new(shaper)),
            None => Self::Grid(Table::of(icc, channels)?.sampled()?),
        };
        (space == Space::Inks || !profile.is_srgb()).then_some(profile)
    }

    /// Changes four bytes a pixel in place; inks become opaque RGBA.
    pub fn apply(&self, pixels: &mut [u8]) {
        match self {
            Self::Shaper(shaper) => shaper.apply(pixels),
            Self::Grid(grid) => grid.apply(pixels),
        }
    }

    /// Profiles that mean sRGB are common and need no work: those whose few colours come out within one step.
    fn is_srgb(&self) -> bool {
        let probe: Vec<u8> = (0..=8u16)
            .flat_map(|i| {
                let v = (i * 255 / 8) as u8;
                [[v, v, v, 255], [v, 0, 0, 255], [0, v, 0, 255], [0, 0, v, 255], [v, 255 - v, 128, 255]].into_iter().flatten()
            })
            .collect();
        let mut out = probe.clone();
        self.apply(&mut out);
        probe.iter().zip(&out).all(|(a, b)| a.abs_diff(*b) <= 1)
    }
}

/// Three curves and a matrix, where the profile has them and its colours are XYZ.
fn shaper(icc: &[u8]) -> Option<Shaper> {
    if icc.get(20..24)? != b"XYZ " {
        return None;
    }
    let mut light = [[0.0; 256]; 3];
    for (table, name) in light.iter_mut().zip([b"rTRC", b"gTRC", b"bTRC"]) {
        let (curve, _) = Curve::read(tag(icc, name)?)?;
        for (v, out) in table.iter_mut().enumerate() {
            *out = curve.at(v as f64 / 255.0) as f32;
        }
    }
    let mut matrix = [[0.0; 3]; 3];
    for (column, name) in [b"rXYZ", b"gXYZ", b"bXYZ"].into_iter().enumerate() {
        let bytes = tag(icc, name)?;
        let xyz = [fixed(bytes, 8)?, fixed(bytes, 12)?, fixed(bytes, 16)?];
        if xyz == [0.0; 3] {
            return None;
        }
        for (row, value) in matrix.iter_mut().zip(times(&TO_SRGB, xyz)) {
            if let Some(cell) = row.get_mut(column) {
                *cell = value as f32;
            }
        }
    }
    // Counted once: a campaign's photographs come from a few cameras, and most of them mean sRGB.
    static CODED: OnceLock<Arc<[u8]>> = OnceLock::new();
    let all = || (0..=LIGHT_STEPS).map(|i| (coded(i as f64 / LIGHT_STEPS as f64) * 255.0 + 0.5) as u8).collect();
    Some(Shaper { light, matrix, coded: Arc::clone(CODED.get_or_init(all)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn s15(v: f64) -> [u8; 4] {
        ((v * 65536.0).round() as i32).to_be_bytes()
    }

    /// A profile of three equal curves and a matrix, its columns the primaries' XYZ under D50.
    fn screen(curve: &[u8], primaries: [[f64; 3]; 3]) -> Vec<u8> {
        let xyz = |v: [f64; 3]| [b"XYZ \0\0\0\0".to_vec(), v.map(s15).concat()].concat();
        let [r, g, b] = primaries.map(xyz);
        let curve = || curve.to_vec();
        file(
            b"RGB ",
            b"XYZ ",
            &[(b"rXYZ", r), (b"gXYZ", g), (b"bXYZ", b), (b"rTRC", curve()), (b"gTRC", curve()), (b"bTRC", curve())],
        )
    }

    fn display_p3() -> Vec<u8> {
        let values = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045].map(s15).concat();
        let curve = [b"para\0\0\0\0\0\x03\0\0".to_vec(), values].concat();
        screen(&curve, [[0.5151, 0.2412, -0.0011], [0.292, 0.6922, 0.0419], [0.1571, 0.0666, 0.7841]])
    }

    fn adobe_rgb() -> Vec<u8> {
        let curve = b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0";
        screen(curve, [[0.6097, 0.3111, 0.0195], [0.2053, 0.6257, 0.0609], [0.1492, 0.0632, 0.7446]])
    }

    /// sRGB's own, its curve as a table of 1,024 steps.
    fn srgb() -> Vec<u8> {
        let back = |v: f64| if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
        let steps = (0..1024).flat_map(|i| ((back(f64::from(i) / 1023.0) * 65535.0) as u16).to_be_bytes());
        let curve: Vec<u8> = b"curv\0\0\0\0\0\0\x04\0".iter().copied().chain(steps).collect();
        screen(&curve, [[0.4361, 0.2225, 0.0139], [0.3851, 0.7169, 0.0971], [0.1431, 0.0606, 0.7141]])
    }

    /// A profile of inks as presses have them: lut16 or lut8, nine knots, Lab, curves that are none too straight.
    fn press(width: usize) -> Vec<u8> {
        let mut lut = if width == 2 { b"mft2".to_vec() } else { b"mft1".to_vec() };
        lut.extend([0, 0, 0, 0, 4, 3, 9, 0]);
        for i in 0..9 {
            lut.extend(if i % 4 == 0 { 65536u32 } else { 0 }.to_be_bytes());
        }
        if width == 2 {
            lut.extend([1, 0, 1, 0]);
        }
        let put = |lut: &mut Vec<u8>, v: f64| {
            let v = v.clamp(0.0, 1.0);
            if width == 2 { lut.extend(((v * 65535.0) as u16).to_be_bytes()) } else { lut.push((v * 255.0) as u8) }
        };
        for ink in 0..4 {
            (0..256).for_each(|i| put(&mut lut, (f64::from(i) / 255.0).powf(1.0 + 0.1 * f64::from(ink))));
        }
        for n in 0..9 * 9 * 9 * 9 {
            let [c, m, y, k] = [n / 729, n / 81 % 9, n / 9 % 9, n % 9].map(|v| f64::from(v) / 8.0);
            let (l, a, b) = (
                (100.0 - 45.0 * c - 50.0 * m - 11.0 * y) * (1.0 - 0.85 * k),
                (-35.0 * c + 72.0 * m - 5.0 * y) * (1.0 - k),
                (-48.0 * c - 4.0 * m + 88.0 * y) * (1.0 - k),
            );
            let (l, whole) = (l.max(8.0), if width == 2 { 65280.0 / 65535.0 } else { 1.0 });
            put(&mut lut, l / 100.0 * whole);
            put(&mut lut, (a + 128.0) / 255.0 * whole);
            put(&mut lut, (b + 128.0) / 255.0 * whole);
        }
        for _ in 0..3 {
            (0..256).for_each(|i| put(&mut lut, f64::from(i) / 255.0));
        }
        file(b"CMYK", b"Lab ", &[(b"A2B0", lut)])
    }

    fn file(space: &[u8; 4], pcs: &[u8; 4], tags: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
        let mut icc = vec![0; 128];
        icc[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
        icc[12..16].copy_from_slice(b"prtr");
        icc[16..20].copy_from_slice(space);
        icc[20..24].copy_from_slice(pcs);
        icc[36..40].copy_from_slice(b"acsp");
        icc[68..80].copy_from_slice(&[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
        icc.extend((tags.len() as u32).to_be_bytes());
        let mut at = 132 + tags.len() * 12;
        for (name, data) in tags {
            icc.extend(*name);
            icc.extend((at as u32).to_be_bytes());
            icc.extend((data.len() as u32).to_be_bytes());
            at += data.len();
        }
        tags.iter().for_each(|(_, data)| icc.extend(data));
        let length = (icc.len() as u32).to_be_bytes();
        icc[..4].copy_from_slice(&length);
        icc
    }

    fn of<const N: usize>(icc: &[u8], space: Space, colour: [u8; N]) -> [u8; 3] {
        let mut pixel = [255; 4];
        pixel[..N].copy_from_slice(&colour);
        Profile::read(icc, space).unwrap().apply(&mut pixel);
        assert_eq!(pixel[3], 255);
        [pixel[0], pixel[1], pixel[2]]
    }

    fn near(a: [u8; 3], b: [u8; 3], most: u8) -> bool {
        a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= most)
    }

    /// What littleCMS 2.19 makes of the same profiles, colorimetric.
    #[test]
    fn colours_come_out_as_by_others() {
        const RGB: [[u8; 3]; 7] =
            [[255, 0, 0], [0, 255, 0], [200, 120, 90], [17, 30, 64], [128, 128, 128], [240, 250, 10], [90, 10, 200]];
        const P3: [[u8; 3]; 7] =
            [[255, 0, 0], [0, 255, 0], [213, 115, 83], [13, 30, 66], [128, 128, 128], [238, 250, 0], [99, 0, 208]];
        const ADOBE: [[u8; 3]; 7] =
            [[255, 0, 0], [0, 255, 0], [224, 121, 88], [0, 24, 63], [129, 129, 129], [236, 250, 0], [105, 3, 205]];
        for (icc, want) in [(display_p3(), P3), (adobe_rgb(), ADOBE)] {
            for (colour, want) in RGB.into_iter().zip(want) {
                let found = of(&icc, Space::Rgb, colour);
                assert!(near(found, want, 1), "{colour:?}: {found:?}, not {want:?}");
            }
        }
        const INKS: [[u8; 4]; 7] = [
            [255, 0, 0, 0],
            [0, 255, 255, 0],
            [64, 128, 32, 0],
            [10, 20, 30, 40],
            [0, 0, 0, 255],
            [200, 180, 90, 100],
            [0, 0, 0, 0],
        ];
        const PRESS: [[u8; 3]; 7] =
            [[0, 150, 214], [189, 0, 0], [194, 140, 169], [225, 217, 211], [38, 38, 38], [64, 42, 66], [255, 255, 255]];
        for (colour, want) in INKS.into_iter().zip(PRESS) {
            for (width, most) in [(2, 3), (1, 4)] {
                let found = of(&press(width), Space::Inks, colour);
                assert!(near(found, want, most), "{colour:?}: {found:?}, not {want:?}");
            }
        }
    }

    #[test]
    fn what_means_srgb_or_is_for_other_pixels_is_passed_over() {
        assert!(Profile::read(&srgb(), Space::Rgb).is_none());
        assert!(Profile::read(&display_p3(), Space::Inks).is_none());
        assert!(Profile::read(&press(2), Space::Rgb).is_none());
        assert!(Profile::read(b"no profile", Space::Rgb).is_none());
    }

    #[test]
    fn broken_profiles_do_no_harm() {
        for icc in [press(2), press(1), display_p3(), srgb()] {
            let space = if icc[16] == b'C' { Space::Inks } else { Space::Rgb };
            for cut in (0..icc.len().min(600)).chain([icc.len() - 1]) {
                let _ = Profile::read(&icc[..cut], space);
            }
            let mut seed = 11u32;
            for _ in 0..60 {
                let mut broken = icc.clone();
                for _ in 0..4 {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let at = (seed >> 8) as usize % broken.len().min(400);
                    broken[at] = seed as u8;
                }
                if let Some(profile) = Profile::read(&broken, space) {
                    profile.apply(&mut [0, 1, 2, 3, 250, 251, 252, 253]);
                }
            }
        }
    }
}
