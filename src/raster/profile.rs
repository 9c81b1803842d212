//! In: an ICC profile as a picture embeds it. Out: what turns its colours into sRGB. Read are profiles of three curves and a matrix (cameras,
//! screens) and those of tables, lut8, lut16 and lutAToB (inks, scanners); the others are passed over, as browsers do. Only additions,
//! products and libm: the same bytes on every machine. The loops over pixels are `variorum_pixels`'.
//!
//! Source: ICC.1:2022, 7.2, 7.3, 9.2, 10.6, 10.10 to 10.12, 10.18, annex A; sRGB as IEC 61966-2-1.

use crate::limits::{PROFILE_BYTES, PROFILE_KNOTS, PROFILE_TAGS};
use std::sync::{Arc, OnceLock};
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
/// Knots a channel of what is sampled.
const KNOTS: [usize; 2] = [33, 17];
/// The white that profiles refer to: D50.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
/// From CIE XYZ under D50 to the light of sRGB, adapted by Bradford's matrix.
const TO_SRGB: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];

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

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// An s15Fixed16Number.
fn fixed(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(i32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) / 65536.0)
}

fn tag<'a>(icc: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = be32(icc, 128)?.min(PROFILE_TAGS) as usize;
    let entry = (0..count).map(|i| 132 + i * 12).find(|at| icc.get(*at..*at + 4) == Some(name))?;
    let (from, length) = (be32(icc, entry + 4)? as usize, be32(icc, entry + 8)? as usize);
    icc.get(from..from.checked_add(length)?)
}

/// Within 0 to 1; what is no number becomes 0.
#[allow(clippy::manual_clamp)] // `clamp` keeps what is no number.
fn held(v: f64) -> f64 {
    v.max(0.0).min(1.0)
}

/// A curve over 0 to 1.
#[derive(Clone)]
enum Curve {
    /// Values in equal steps.
    Steps(Vec<f64>),
    /// `(ax + b)^g + e` from d on, `cx + f` below: g, a, b, c, d, e, f.
    Formula([f64; 7]),
}

impl Curve {
    const STRAIGHT: Self = Self::Formula([1.0, 1.0, 0.0, 0.0, f64::NEG_INFINITY, 0.0, 0.0]);

    fn at(&self, x: f64) -> f64 {
        let y = match self {
            Self::Steps(steps) => {
                let place = x * steps.len().saturating_sub(1) as f64;
                let below = steps.get(place as usize).copied().unwrap_or(1.0);
                let above = steps.get(place as usize + 1).copied().unwrap_or(below);
                below + (above - below) * (place - libm::floor(place))
            }
            Self::Formula([g, a, b, c, d, e, f]) => {
                if x >= *d {
                    libm::pow((a * x + b).max(0.0), *g) + e
                } else {
                    c * x + f
                }
            }
        };
        held(y)
    }

    /// `curv` or `para` at the start of the bytes, and how many bytes it takes.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        match bytes.get(..4)? {
            b"curv" => {
                let n = be32(bytes, 8)? as usize;
                let end = n.checked_mul(2)?.checked_add(12)?;
                let values = bytes.get(12..end)?.as_chunks::<2>().0;
                let curve = match values {
                    [] => Self::STRAIGHT,
                    [gamma] => Self::power(f64::from(u16::from_be_bytes(*gamma)) / 256.0),
                    many => Self::Steps(many.iter().map(|v| f64::from(u16::from_be_bytes(*v)) / 65535.0).collect()),
                };
                Some((curve, end))
            }
            b"para" => {
                let kind = be16(bytes, 8)?;
                let count = *[1, 3, 4, 5, 7].get(usize::from(kind))?;
                let mut given = [0.0; 7];
                for (i, value) in given.iter_mut().enumerate().take(count) {
                    *value = fixed(bytes, 12 + i * 4)?;
                }
                let [g, a, b, c, d, e, f] = given;
                let knee = if a == 0.0 { f64::NEG_INFINITY } else { -b / a };
                let curve = match kind {
                    0 => Self::power(g),
                    1 => Self::Formula([g, a, b, 0.0, knee, 0.0, 0.0]),
                    2 => Self::Formula([g, a, b, 0.0, knee, c, c]),
                    3 => Self::Formula([g, a, b, c, d, 0.0, 0.0]),
                    _ => Self::Formula([g, a, b, c, d, e, f]),
                };
                Some((curve, 12 + count * 4))
            }
            _ => None,
        }
    }

    fn power(gamma: f64) -> Self {
        Self::Formula([gamma, 1.0, 0.0, 0.0, f64::NEG_INFINITY, 0.0, 0.0])
    }

    /// So many of them one after the other, each begun at a multiple of four bytes.
    fn all(mut bytes: &[u8], count: usize) -> Option<Vec<Self>> {
        let mut out = Vec::with_capacity(count);
        for _ in 0..count {
            let (curve, length) = Self::read(bytes)?;
            out.push(curve);
            bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
        Some(out)
    }
}

/// The value of light, 0 to 1.
fn coded(light: f64) -> f64 {
    let light = held(light);
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

fn times(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
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

/// How the numbers that come out of a table are meant.
#[derive(Clone, Copy)]
enum Meant {
    Xyz,
    Lab,
    /// Lab as lut16 has it: 100 is 0xff00.
    OldLab,
}

/// From a device's colours to those of the profile's connection: curves, grid, curves, matrix, curves.
struct Table {
    first: Vec<Curve>,
    /// Knots along each channel; the last runs fastest. None: no grid.
    sides: Vec<usize>,
    knots: Vec<[f64; 3]>,
    middle: Vec<Curve>,
    matrix: [[f64; 3]; 3],
    offset: [f64; 3],
    last: Vec<Curve>,
    meant: Meant,
}

impl Table {
    fn of(icc: &[u8], channels: usize) -> Option<Self> {
        let bytes = tag(icc, b"A2B0").or_else(|| tag(icc, b"A2B1"))?;
        let kind = bytes.get(..4)?;
        let meant = match (icc.get(20..24)?, kind) {
            (b"XYZ ", _) => Meant::Xyz,
            (b"Lab ", b"mft2") => Meant::OldLab,
            (b"Lab ", _) => Meant::Lab,
            _ => return None,
        };
        if (usize::from(*bytes.get(8)?), *bytes.get(9)?) != (channels, 3) {
            return None;
        }
        match kind {
            b"mft1" => Self::plain(bytes, channels, 1, (256, 256), 48, meant),
            b"mft2" => {
                let entries = (usize::from(be16(bytes, 48)?), usize::from(be16(bytes, 50)?));
                Self::plain(bytes, channels, 2, entries, 52, meant)
            }
            b"mAB " => Self::stages(bytes, channels, meant),
            _ => None,
        }
    }

    /// lut8Type and lut16Type; their matrix is for what comes from XYZ, and does not count here.
    fn plain(bytes: &[u8], channels: usize, width: usize, (n, m): (usize, usize), at: usize, meant: Meant) -> Option<Self> {
        let side = usize::from(*bytes.get(10)?);
        let sides = vec![side; channels];
        let count = knots_of(&sides)?;
        let (grid, end) = (at + channels * n * width, at + (channels * n + count * 3) * width);
        let steps = |from: usize, n: usize, curves: usize| -> Option<Vec<Curve>> {
            if n == 0 {
                return None;
            }
            let values = numbers(bytes.get(from..from.checked_add(n * curves * width)?)?, width);
            Some(values.chunks_exact(n).map(|steps| Curve::Steps(steps.to_vec())).collect())
        };
        Some(Self {
            first: steps(at, n, channels)?,
            sides,
            knots: numbers(bytes.get(grid..end)?, width).as_chunks::<3>().0.to_vec(),
            middle: Vec::new(),
            matrix: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            offset: [0.0; 3],
            last: steps(end, m, 3)?,
            meant,
        })
    }

    /// lutAToBType: any stage but the last may be absent.
    fn stages(bytes: &[u8], channels: usize, meant: Meant) -> Option<Self> {
        let place = |at: usize| be32(bytes, at).map(|at| at as usize);
        let [b, matrix_at, m, grid_at, a] = [place(12)?, place(16)?, place(20)?, place(24)?, place(28)?];
        let curves = |at: usize, count: usize| match at {
            0 => Some(Vec::new()),
            _ => Curve::all(bytes.get(at..)?, count),
        };
        let (mut matrix, mut offset) = ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0.0; 3]);
        if matrix_at > 0 {
            for (i, cell) in matrix.as_flattened_mut().iter_mut().chain(&mut offset).enumerate() {
                *cell = fixed(bytes, matrix_at.checked_add(i * 4)?)?;
            }
        }
        let (mut sides, mut knots) = (Vec::new(), Vec::new());
        if grid_at > 0 {
            let head = bytes.get(grid_at..)?;
            sides = head.get(..channels)?.iter().map(|n| usize::from(*n)).collect();
            let width = usize::from(*head.get(16)?);
            if !matches!(width, 1 | 2) {
                return None;
            }
            let end = knots_of(&sides)?.checked_mul(3 * width)?.checked_add(20)?;
            knots = numbers(head.get(20..end)?, width).as_chunks::<3>().0.to_vec();
        } else if channels != 3 {
            return None;
        }
        let first = curves(a, channels)?;
        Some(Self { first, sides, knots, middle: curves(m, 3)?, matrix, offset, last: curves(b, 3)?, meant })
    }

    /// The sRGB of a device's colour, all 0 to 1.
    fn srgb(&self, device: &[f64]) -> [f64; 3] {
        let device: Vec<f64> =
            device.iter().enumerate().map(|(i, v)| self.first.get(i).map_or(*v, |curve| curve.at(*v))).collect();
        let by = |curves: &[Curve], v: [f64; 3]| -> [f64; 3] {
            let mut out = v;
            out.iter_mut().zip(curves).for_each(|(v, curve)| *v = curve.at(held(*v)));
            out
        };
        let colour =
            if self.sides.is_empty() { device.first_chunk().copied().unwrap_or_default() } else { self.between(&device) };
        let mut colour = times(&self.matrix, by(&self.middle, colour));
        colour.iter_mut().zip(self.offset).for_each(|(v, offset)| *v += offset);
        let [x, y, z] = by(&self.last, colour);
        let xyz = match self.meant {
            Meant::Xyz => [x, y, z].map(|v| v * 65535.0 / 32768.0),
            Meant::Lab => xyz_of(x * 100.0, y * 255.0 - 128.0, z * 255.0 - 128.0),
            Meant::OldLab => {
                let ab = |v: f64| v * 65535.0 / 256.0 - 128.0;
                xyz_of(x * 65535.0 / 652.8, ab(y), ab(z))
            }
        };
        times(&TO_SRGB, xyz).map(coded)
    }

    /// Between the knots around a place, in straight lines along each channel.
    fn between(&self, device: &[f64]) -> [f64; 3] {
        let mut cell = [(0usize, 0usize, 0.0); 4];
        let mut apart = 1;
        for ((slot, v), side) in cell.iter_mut().zip(device).zip(&self.sides).rev() {
            let place = v * side.saturating_sub(1) as f64;
            let below = (place as usize).min(side.saturating_sub(2));
            *slot = (below * apart, if *side > 1 { apart } else { 0 }, place - below as f64);
            apart *= side;
        }
        let mut sum = [0.0; 3];
        for corner in 0..1usize << device.len().min(4) {
            let (mut at, mut weight) = (0, 1.0);
            for (bit, (below, apart, part)) in cell.iter().enumerate().take(device.len()) {
                let above = corner >> bit & 1 == 1;
                at += below + if above { *apart } else { 0 };
                weight *= if above { *part } else { 1.0 - part };
            }
            if weight > 0.0 {
                sum.iter_mut().zip(self.knots.get(at).copied().unwrap_or_default()).for_each(|(sum, v)| *sum += v * weight);
            }
        }
        sum
    }

    /// At equal steps of the device, as pixels are changed by.
    fn sampled(&self) -> Option<Grid> {
        let channels = if self.sides.is_empty() { 3 } else { self.sides.len() };
        let side = *KNOTS.get(channels.checked_sub(3)?)?;
        let knots = (0..knots_of(&vec![side; channels])?).map(|n| {
            let mut rest = n;
            let mut device = [0.0; 4];
            for v in device.iter_mut().take(channels).rev() {
                *v = (rest % side) as f64 / (side - 1) as f64;
                rest /= side;
            }
            self.srgb(device.get(..channels).unwrap_or_default()).map(|v| (v * 65280.0 + 0.5) as u16)
        });
        Some(Grid { channels, side, knots: knots.collect() })
    }
}

/// How many knots a grid has; `None` above what any profile holds.
fn knots_of(sides: &[usize]) -> Option<usize> {
    let count = sides.iter().try_fold(1usize, |count, side| count.checked_mul(*side))?;
    (1..=PROFILE_KNOTS).contains(&count).then_some(count)
}

/// Numbers of one or two bytes, as 0 to 1.
fn numbers(bytes: &[u8], width: usize) -> Vec<f64> {
    if width == 1 {
        bytes.iter().map(|v| f64::from(*v) / 255.0).collect()
    } else {
        bytes.as_chunks::<2>().0.iter().map(|v| f64::from(u16::from_be_bytes(*v)) / 65535.0).collect()
    }
}

/// CIE XYZ of a colour of CIE L*a*b*, both under D50.
fn xyz_of(l: f64, a: f64, b: f64) -> [f64; 3] {
    let back = |t: f64| if t > 6.0 / 29.0 { t * t * t } else { (t - 4.0 / 29.0) * (108.0 / 841.0) };
    let y = (l + 16.0) / 116.0;
    let [x_white, y_white, z_white] = WHITE;
    [back(y + a / 500.0) * x_white, back(y) * y_white, back(y - b / 200.0) * z_white]
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
