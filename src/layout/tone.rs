//! In: a picture scaled to a few hundred pixels. Out: a [`Tone`]: what layout knows of a picture: its colours at a place, how busy it is
//! there, and where the eye goes when no designer said so. The same bytes on every machine: scaled by the same code as the page.

use crate::color::Rgba;
use crate::geom::Rect;

/// Longest side of a tone, px.
pub const SIDE: u32 = 48;

/// A picture, small: straight RGBA, row by row.
#[derive(Clone, Debug, Default)]
pub struct Tone {
    /// px.
    pub width: usize,
    /// px.
    pub height: usize,
    /// Straight colours.
    pub pixels: Vec<Rgba>,
    /// What [`Tone::focal`] answers, found once.
    focal: Rect,
    /// What [`Tone::rim`] and [`Tone::within`] answer.
    rim: Vec<(f32, f32, Rgba)>,
    within: f32,
    /// What [`Tone::is_opaque`] answers.
    opaque: bool,
}

/// Ink of this opacity is part of a mark; what is less is its outside.
const INK: u8 = 96;
/// Places of an outline that are kept.
const RIM: usize = 20;
/// Shares of a mark's ink, from its darkest, between which it contrasts with itself.
const BETWEEN: (f32, f32) = (0.2, 0.8);

impl Tone {
    /// From premultiplied RGBA bytes.
    #[must_use]
    pub fn of(width: usize, height: usize, premultiplied: &[u8]) -> Self {
        let straight = |v: u8, a: u8| ((u32::from(v) * 255 + u32::from(a) / 2) / u32::from(a.max(1))).min(255) as u8;
        let pixels = premultiplied.chunks_exact(4).map(|p| match p {
            [r, g, b, a] => Rgba { r: straight(*r, *a), g: straight(*g, *a), b: straight(*b, *a), a: *a },
            _ => Rgba::default(),
        });
        let mut tone = Self { width, height, pixels: pixels.collect(), ..Self::default() };
        tone.focal = tone.seek();
        (tone.rim, tone.within) = tone.outline();
        tone.opaque = !tone.pixels.is_empty() && tone.pixels.iter().all(|p| p.a == 255);
        tone
    }

    /// Whether nothing of it is see-through.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.opaque
    }

    /// Where a cut-out or a drawing meets what is under it: places (fractions) and its own colour there, evenly picked. None of what has no
    /// outside.
    #[must_use]
    pub fn rim(&self) -> &[(f32, f32, Rgba)] {
        &self.rim
    }

    /// How far its ink contrasts with itself: a plate with letters is told by them, whatever it stands on.
    #[must_use]
    pub fn within(&self) -> f32 {
        self.within
    }

    fn outline(&self) -> (Vec<(f32, f32, Rgba)>, f32) {
        let inked = |p: &Rgba| p.a >= INK;
        if self.pixels.iter().all(inked) {
            return (Vec::new(), 1.0);
        }
        let mut rim = Vec::new();
        let mut lights = Vec::new();
        for y in 0..self.height {
            for x in 0..self.width {
                let p = self.px(x, y);
                if !inked(&p) {
                    continue;
                }
                lights.push(p.luminance());
                let near =
                    [self.px(x + 1, y), self.px(x, y + 1), self.px(x.saturating_sub(1), y), self.px(x, y.saturating_sub(1))];
                if !near.iter().all(inked) {
                    let (u, v) = ((x as f32 + 0.5) / self.width as f32, (y as f32 + 0.5) / self.height as f32);
                    rim.push((u, v, Rgba { a: 255, ..p }));
                }
            }
        }
        lights.sort_unstable_by(f32::total_cmp);
        let at = |share: f32| lights.get((share * lights.len() as f32) as usize).copied().unwrap_or_default() + 0.05;
        let every = rim.len().div_ceil(RIM).max(1);
        (rim.into_iter().step_by(every).collect(), at(BETWEEN.1) / at(BETWEEN.0))
    }

    /// The size of the tone of a picture.
    #[must_use]
    pub fn size(natural: (u32, u32)) -> (u32, u32) {
        let longest = natural.0.max(natural.1).max(1);
        let side = |n: u32| (n * SIDE.min(longest) / longest).max(1);
        (side(natural.0), side(natural.1))
    }

    fn px(&self, x: usize, y: usize) -> Rgba {
        let (x, y) = (x.min(self.width.saturating_sub(1)), y.min(self.height.saturating_sub(1)));
        self.pixels.get(y * self.width + x).copied().unwrap_or_default()
    }

    /// The colour at a place, fractions of the picture.
    #[must_use]
    pub fn at(&self, u: f32, v: f32) -> Rgba {
        self.px(self.column(u), self.row(v))
    }

    /// The column of pixels at a fraction of its width.
    pub(super) fn column(&self, u: f32) -> usize {
        ((u.clamp(0.0, 0.999) * self.width as f32) as usize).min(self.width.saturating_sub(1))
    }

    /// The row of pixels at a fraction of its height.
    pub(super) fn row(&self, v: f32) -> usize {
        ((v.clamp(0.0, 0.999) * self.height as f32) as usize).min(self.height.saturating_sub(1))
    }

    /// Where the eye goes, a number for every pixel, 0 to 1: edges, colour that stands out from the whole, a little more in the
    /// middle. Nothing here knows faces or skin.
    #[must_use]
    pub fn salience(&self) -> Vec<f32> {
        let n = self.pixels.len().max(1) as f32;
        let mean = self.pixels.iter().fold([0.0_f32; 3], |m, p| {
            let k = f32::from(p.a) / 255.0 / n;
            [m[0] + f32::from(p.r) * k, m[1] + f32::from(p.g) * k, m[2] + f32::from(p.b) * k]
        });
        let mut out = Vec::with_capacity(self.pixels.len());
        for y in 0..self.height {
            for x in 0..self.width {
                let p = self.px(x, y);
                let near =
                    [self.px(x + 1, y), self.px(x, y + 1), self.px(x.saturating_sub(1), y), self.px(x, y.saturating_sub(1))];
                let edge: f32 = near.iter().map(|q| apart(p, *q)).sum::<f32>() / 4.0;
                let [r, g, b] = mean;
                let odd = ((f32::from(p.r) - r).abs() + (f32::from(p.g) - g).abs() + (f32::from(p.b) - b).abs()) / 765.0;
                let (dx, dy) = (x as f32 / self.width as f32 - 0.5, y as f32 / self.height as f32 - 0.5);
                let middle = 1.0 - 1.2 * (dx * dx + dy * dy);
                out.push((2.4 * edge + odd) * middle * f32::from(p.a) / 255.0);
            }
        }
        let most = out.iter().copied().fold(1e-6, f32::max);
        out.iter_mut().for_each(|v| *v /= most);
        out
    }

    /// The box that holds three fifths of what draws the eye, around where most of it is; fractions of the picture.
    #[must_use]
    pub fn focal(&self) -> Rect {
        self.focal
    }

    fn seek(&self) -> Rect {
        let map = self.salience();
        let total: f32 = map.iter().map(|v| v * v).sum::<f32>().max(1e-6);
        let spread = |along: &dyn Fn(usize) -> usize, n: usize| {
            let mut sums = vec![0.0_f32; n.max(1)];
            for (i, v) in map.iter().enumerate() {
                if let Some(sum) = sums.get_mut(along(i)) {
                    *sum += v * v;
                }
            }
            // The narrowest window with enough of it.
            let mut best = (0, n.max(1));
            for from in 0..n {
                let mut held = 0.0;
                for to in from..n {
                    held += sums.get(to).copied().unwrap_or(0.0);
                    if held >= 0.74 * total {
                        if to + 1 - from < best.1 {
                            best = (from, to + 1 - from);
                        }
                        break;
                    }
                }
            }
            (best.0 as f32 / n.max(1) as f32, best.1 as f32 / n.max(1) as f32)
        };
        let w = self.width.max(1);
        let (x, bw) = spread(&|i| i % w, self.width);
        let (y, bh) = spread(&|i| i / w, self.height);
        Rect::new(x, y, bw, bh)
    }
}

/// How far two colours are apart, 0 to 1.
pub(super) fn apart(p: Rgba, q: Rgba) -> f32 {
    let d = |a: u8, b: u8| f32::from(a.abs_diff(b));
    (d(p.r, q.r) + d(p.g, q.g) + d(p.b, q.b)) / 765.0
}
