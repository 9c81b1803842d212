//! In: rows of straight RGBA, or of inks. Out: the same pixels as sRGB, by a matrix between curves, or by a grid of colours. What is in the
//! tables, and how they come out of a profile, is the engine's business.

use std::sync::Arc;

/// Curves to light, a matrix, and the curve back.
#[derive(Clone, Debug)]
pub struct Shaper {
    /// Light of each channel's 256 values, 0 to 1.
    pub light: [[f32; 256]; 3],
    /// Rows: how much of each channel's light goes into red, green, blue.
    pub matrix: [[f32; 3]; 3],
    /// The value of light in equal steps from 0 to 1.
    pub coded: Arc<[u8]>,
}

impl Shaper {
    /// Changes RGBA in place; alpha stays.
    pub fn apply(&self, pixels: &mut [u8]) {
        let [red, green, blue] = &self.light;
        let top = self.coded.len().saturating_sub(1) as f32;
        let light = |table: &[f32; 256], v: u8| table.get(usize::from(v)).copied().unwrap_or(0.0);
        for p in pixels.as_chunks_mut::<4>().0 {
            let [r, g, b, a] = *p;
            let (r, g, b) = (light(red, r), light(green, g), light(blue, b));
            let [r, g, b] = self.matrix.map(|[x, y, z]| {
                let sum = (x * r + y * g + z * b).clamp(0.0, 1.0);
                self.coded.get((sum * top + 0.5) as usize).copied().unwrap_or(255)
            });
            *p = [r, g, b, a];
        }
    }
}

/// Colours at the knots of a grid over three or four channels.
#[derive(Clone, Debug)]
pub struct Grid {
    /// 3 for RGBA, whose alpha stays; 4 for inks, which become opaque.
    pub channels: usize,
    /// Knots along a channel, at least 2; the last channel runs fastest.
    pub side: usize,
    /// Red, green, blue of each knot, 256 steps to a level.
    pub knots: Vec<[u16; 3]>,
}

impl Grid {
    /// Changes pixels in place. Between knots the path from one corner of a cell to the other is taken that goes along the channels by how
    /// far each is on its way: as many knots as channels and one, and greys stay grey where the grid's are.
    pub fn apply(&self, pixels: &mut [u8]) {
        let steps = self.side.saturating_sub(1) as u32;
        let mut last = ([0; 4], self.one([0; 4], steps));
        for p in pixels.as_chunks_mut::<4>().0 {
            if last.0 != *p {
                last = (*p, self.one(*p, steps));
            }
            *p = last.1;
        }
    }

    fn one(&self, p: [u8; 4], steps: u32) -> [u8; 4] {
        let channels = self.channels.min(4);
        // How far in its cell, of 255, and how far apart the two knots lie.
        let mut ways = [(0u32, 0usize); 4];
        let mut at = 0;
        let mut apart = 1;
        for (way, v) in ways.iter_mut().zip(p).take(channels).rev() {
            let place = u32::from(v) * steps;
            let cell = (place / 255).min(steps.saturating_sub(1));
            *way = (place - cell * 255, apart);
            at += cell as usize * apart;
            apart *= self.side;
        }
        // Four at most: put in order by exchange, the farthest first.
        for end in (1..channels).rev() {
            for i in 0..end {
                if let Some([a, b]) = ways.get_mut(i..i + 2)
                    && a.0 < b.0
                {
                    std::mem::swap(a, b);
                }
            }
        }
        let mut sum = [0u32; 3];
        let mut left = 255;
        let mut add = |at: usize, weight: u32| {
            for (sum, v) in sum.iter_mut().zip(self.knots.get(at).copied().unwrap_or_default()) {
                *sum += u32::from(v) * weight;
            }
        };
        for (far, apart) in ways.into_iter().take(channels) {
            add(at, left - far);
            left = far;
            at += apart;
        }
        add(at, left);
        let [r, g, b] = sum.map(|v| ((v + 255 * 128) / (255 * 256)).min(255) as u8);
        let [.., a] = p;
        [r, g, b, if channels == 4 { 255 } else { a }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_of_nothing_but_corners_gives_every_value_back() {
        let knots = (0..8).map(|i| [i >> 2, i >> 1 & 1, i & 1].map(|v| v * 255 * 256)).collect();
        let grid = Grid { channels: 3, side: 2, knots };
        for v in 0..=255u8 {
            let mut p = [v, 255 - v, v / 3, 7];
            let before = p;
            grid.apply(&mut p);
            assert_eq!(p, before);
        }
    }

    #[test]
    fn inks_end_opaque() {
        // Naive inks on three knots: exact at the knots.
        let side = 3u16;
        let knots = (0..81u16).map(|i| {
            let [c, m, y, k] = [i / 27, i / 9 % 3, i / 3 % 3, i % 3].map(|v| 1.0 - f64::from(v) / f64::from(side - 1));
            [c * k, m * k, y * k].map(|v| (v * 65280.0) as u16)
        });
        let grid = Grid { channels: 4, side: 3, knots: knots.collect() };
        let mut p = [0, 255, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0];
        grid.apply(&mut p);
        assert_eq!(p, [255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 255]);
    }
}
