//! In: a profile of tables (`lut8`, `lut16`, `lutAToB`). Out: the sRGB of a device's colour, and the grid that pixels are changed by.
//!
//! Source: ICC.1:2022, 10.10 to 10.12; CIE L*a*b* as annex A has it.

use super::curve::{Curve, be16, be32, fixed, held, tag};
use super::light::{TO_SRGB, coded, times, xyz_of};
use crate::limits::PROFILE_KNOTS;
use variorum_pixels::Grid;

/// Knots a channel of what is sampled.
const KNOTS: [usize; 2] = [33, 17];
/// How the numbers that come out of a table are meant.
#[derive(Clone, Copy)]
enum Meant {
    Xyz,
    Lab,
    /// Lab as lut16 has it: 100 is 0xff00.
    OldLab,
}

/// From a device's colours to those of the profile's connection: curves, grid, curves, matrix, curves.
pub(super) struct Table {
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
    /// `None` where the profile has none, or it cannot be read.
    pub fn of(icc: &[u8], channels: usize) -> Option<Self> {
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
    pub fn sampled(&self) -> Option<Grid> {
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
