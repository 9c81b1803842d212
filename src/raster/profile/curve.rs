//! In: bytes of a profile. Out: its entries, their numbers, and curves over 0 to 1.
//!
//! Source: ICC.1:2022, 4.6 (s15Fixed16Number), 7.3 (tags), 10.6 (curveType), 10.18 (parametricCurveType).

use crate::limits::PROFILE_TAGS;

pub(super) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// An s15Fixed16Number.
pub(super) fn fixed(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(i32::from_be_bytes(*bytes.get(at..)?.first_chunk()?)) / 65536.0)
}

pub(super) fn tag<'a>(icc: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = be32(icc, 128)?.min(PROFILE_TAGS) as usize;
    let entry = (0..count).map(|i| 132 + i * 12).find(|at| icc.get(*at..*at + 4) == Some(name))?;
    let (from, length) = (be32(icc, entry + 4)? as usize, be32(icc, entry + 8)? as usize);
    icc.get(from..from.checked_add(length)?)
}

/// Within 0 to 1; what is no number becomes 0.
#[allow(clippy::manual_clamp)] // `clamp` keeps what is no number.
pub(super) fn held(v: f64) -> f64 {
    v.max(0.0).min(1.0)
}

/// A curve over 0 to 1.
#[derive(Clone)]
pub(super) enum Curve {
    /// Values in equal steps.
    Steps(Vec<f64>),
    /// `(ax + b)^g + e` from d on, `cx + f` below: g, a, b, c, d, e, f.
    Formula([f64; 7]),
}

impl Curve {
    const STRAIGHT: Self = Self::Formula([1.0, 1.0, 0.0, 0.0, f64::NEG_INFINITY, 0.0, 0.0]);

    pub fn at(&self, x: f64) -> f64 {
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
    pub fn read(bytes: &[u8]) -> Option<(Self, usize)> {
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
    pub fn all(mut bytes: &[u8], count: usize) -> Option<Vec<Self>> {
        let mut out = Vec::with_capacity(count);
        for _ in 0..count {
            let (curve, length) = Self::read(bytes)?;
            out.push(curve);
            bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
        }
        Some(out)
    }
}
