//! In: what is placed, the pictures' tones, a point. Out: the colour that lies there under an item: the real picture, scrims and panels
//! on it mixed as the raster mixes them, from a few samples instead of all pixels.

use super::field::{Axis, Field};
use super::tone::Tone;
use super::{Placed, PlacedContent};
use crate::color::{Blend, Rgba, nearest};
use crate::geom::Rect;
use crate::units::Px;
use crate::variant::{AssetId, Content, ShapeKind, Variant};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The tones of a campaign's pictures; one that is not there counts as the page's ground.
pub type Tones = BTreeMap<AssetId, Arc<Tone>>;

/// A stack of placed things over a ground.
pub struct Backdrop<'a> {
    /// The variant.
    pub variant: &'a Variant,
    /// Its pictures.
    pub tones: &'a Tones,
    /// What is placed, back to front.
    pub placed: &'a [Placed],
}

/// What one item may show under a box.
struct Ground<'a> {
    rect: Rect,
    shows: Shows<'a>,
    opacity: f32,
    blend: Blend,
}

/// Where its colours come from.
enum Shows<'a> {
    /// A part of a picture, source px, and the picture's size.
    Tone { tone: &'a Tone, src: Rect, natural: (f32, f32) },
    /// A fill over the whole box, or over the ellipse in it.
    Field { field: Field<'a>, round: bool },
}

impl Backdrop<'_> {
    /// What lies under the item `below` in a box, looked up once for all its points.
    #[must_use]
    pub fn below(&self, below: usize, within: &Rect) -> Below<'_> {
        Below { grounds: self.under(below, within), base: self.base() }
    }

    /// The page under everything.
    fn base(&self) -> Rgba {
        Rgba { a: 255, ..self.variant.ground }
    }

    /// The items below one that reach into a box and may show something there, back to front: looked up once for all its points.
    fn under(&self, below: usize, within: &Rect) -> Vec<Ground<'_>> {
        self.placed.iter().take(below).filter(|item| reaches(within, &item.rect)).filter_map(|item| self.ground(item)).collect()
    }

    /// What is painted after an item and reaches into a box: all that is more than letters, whatever it is for. What hides words and what
    /// veils them is asked of this one list.
    #[must_use]
    pub fn above(&self, at: usize, within: &Rect) -> Above<'_> {
        let later = self.placed.iter().skip(at + 1).filter(|item| reaches(within, &item.rect));
        Above(later.filter_map(|item| self.ground(item)).collect())
    }

    fn ground<'b>(&'b self, item: &'b Placed) -> Option<Ground<'b>> {
        let layer = item.layer.and_then(|i| self.variant.layers.get(i));
        let content = layer.map(|l| &l.content);
        let shows = match &item.content {
            PlacedContent::Picture { asset, src, .. } => {
                let tone = self.tones.get(asset)?;
                let Some(Content::Image { natural, .. }) = content else { return None };
                Shows::Tone { tone, src: *src, natural: (natural.0.max(1) as f32, natural.1.max(1) as f32) }
            }
            PlacedContent::Shape { fill } => {
                let round = matches!(content, Some(Content::Shape { kind: ShapeKind::Ellipse, .. }));
                Shows::Field { field: Field::of(fill, &item.rect), round }
            }
            PlacedContent::Panel { fill } => Shows::Field { field: Field::of(fill, &item.rect), round: false },
            PlacedContent::Text(text) if text.plated => {
                let Some(Content::Text(slot)) = content else { return None };
                let own = &slot.plate.as_ref()?.fill;
                Shows::Field { field: text.plate.map_or_else(|| Field::of(own, &item.rect), Field::Plain), round: false }
            }
            PlacedContent::Vector { asset } => {
                let tone = self.tones.get(asset)?;
                Shows::Tone { tone, src: Rect::new(0.0, 0.0, 1.0, 1.0), natural: (1.0, 1.0) }
            }
            PlacedContent::Text(_) => return None,
        };
        let (opacity, blend) = layer.map_or((1.0, Blend::Normal), |l| (l.opacity, l.blend));
        // A ring has nothing inside.
        if matches!(shows, Shows::Field { field: Field::Plain(Rgba { a: 0, .. }), .. }) {
            return None;
        }
        Some(Ground { rect: item.rect, shows, opacity, blend })
    }

    /// A grid of points inside a box, each in the middle of its part.
    #[must_use]
    pub fn grid(&self, below: usize, r: &Rect, columns: u8, rows: u8) -> Grid<'_> {
        let mut grounds = self.under(below, r);
        // What hides all that is under it needs no more of it: most words stand on a panel or on a photograph.
        let first = grounds.iter().rposition(|ground| ground.hides(r));
        grounds.drain(..first.unwrap_or(0));
        let plain = grounds.first().and_then(|ground| ground.plain(r));
        let base = plain.unwrap_or_else(|| self.base());
        let grounds = grounds.into_iter().skip(usize::from(plain.is_some()));
        Grid { base, lined: grounds.map(|ground| Lined::of(ground, r, columns, rows)).collect(), columns, rows }
    }
}

/// What lies under an item.
pub struct Below<'a> {
    grounds: Vec<Ground<'a>>,
    base: Rgba,
}

impl Below<'_> {
    /// The colour at a point of the box that was looked up (px of the page): from the topmost thing down, for what is opaque hides the rest.
    #[must_use]
    pub fn at(&self, x: f32, y: f32) -> Rgba {
        over(&self.grounds, x, y, self.base)
    }
}

/// Points of a box, row by row: what those of a column or a row share is worked out once, a point when it is asked for.
pub struct Grid<'a> {
    base: Rgba,
    /// What lies over the base, back to front.
    lined: Vec<Lined<'a>>,
    columns: u8,
    rows: u8,
}

impl Grid<'_> {
    /// The colour that all points have, where nothing but one is there.
    #[must_use]
    pub fn plain(&self) -> Option<Rgba> {
        self.lined.is_empty().then_some(self.base)
    }

    /// The colour at a point.
    #[must_use]
    pub fn at(&self, column: u8, row: u8) -> Rgba {
        let (i, j) = (usize::from(column), usize::from(row));
        self.lined.iter().fold(self.base, |under, lined| lined.on(under, i, j))
    }

    /// All of them.
    #[must_use]
    pub fn colors(&self) -> Vec<Rgba> {
        let mut all = Vec::with_capacity(usize::from(self.columns) * usize::from(self.rows));
        for row in 0..self.rows {
            for column in 0..self.columns {
                all.push(self.at(column, row));
            }
        }
        all
    }
}

/// One item at the points of a grid: for each column and each row what places have there, NaN where it does not reach.
struct Lined<'a> {
    shows: Lines<'a>,
    x: Vec<f32>,
    y: Vec<f32>,
    opacity: f32,
    blend: Blend,
}

/// Where its colours come from.
enum Lines<'a> {
    /// Pixels of a picture: their column, and where their row begins.
    Tone(&'a Tone),
    /// A fill, over the whole box or over the ellipse in it: fractions of the box.
    Field { field: Field<'a>, round: bool },
    /// A fill of one colour along each row or each column, opacity counted in.
    Even { along: Axis, tints: Vec<Tint> },
}

impl<'a> Lined<'a> {
    fn of(ground: Ground<'a>, r: &Rect, columns: u8, rows: u8) -> Self {
        let Ground { rect, shows, opacity, blend } = ground;
        let places = |n: u8, (from, length): (Px, Px), (own, side): (Px, Px)| -> Vec<f32> {
            let part = |at: f32| if at >= own.0 && at < (own + side).0 { (at - own.0) / side.0.max(1e-3) } else { f32::NAN };
            (0..n).map(|i| part(from.0 + middle(i, n) * length.0)).collect()
        };
        let mut x = places(columns, (r.x, r.w), (rect.x, rect.w));
        let mut y = places(rows, (r.y, r.h), (rect.y, rect.h));
        let reached = |all: &mut Vec<f32>, to: &dyn Fn(f32) -> usize| {
            all.iter_mut().filter(|at| !at.is_nan()).for_each(|at| *at = to(*at) as f32);
        };
        let shows = match shows {
            Shows::Tone { tone, src, natural } => {
                reached(&mut x, &|u| tone.column((src.x.0 + u * src.w.0) / natural.0));
                reached(&mut y, &|v| tone.row((src.y.0 + v * src.h.0) / natural.1) * tone.width);
                Lines::Tone(tone)
            }
            Shows::Field { field, round } => {
                let even = field.even().filter(|_| !round);
                let tints = even.and_then(|along| Some((along, tints(&field, along, &x, &y, opacity)?)));
                tints.map_or(Lines::Field { field, round }, |(along, tints)| Lines::Even { along, tints })
            }
        };
        Self { shows, x, y, opacity, blend }
    }

    /// What it makes of the colour under it at a point.
    fn on(&self, under: Rgba, column: usize, row: usize) -> Rgba {
        let (Some(x), Some(y)) = (self.x.get(column), self.y.get(row)) else { return under };
        if x.is_nan() || y.is_nan() {
            return under;
        }
        let color = match &self.shows {
            Lines::Even { along, tints } => {
                let Some(tint) = tints.get(if *along == Axis::Row { row } else { column }) else { return under };
                return match tint.color.a {
                    255 if self.blend == Blend::Normal => tint.color,
                    0 => under,
                    _ => tint.on(under, self.blend),
                };
            }
            Lines::Field { round: true, .. } if outside_ellipse(*x, *y) => return under,
            Lines::Field { field, .. } => faded(field.at(*x, *y), self.opacity),
            Lines::Tone(tone) => faded(tone.pixels.get((x + y) as usize).copied().unwrap_or_default(), self.opacity),
        };
        match color.a {
            255 if self.blend == Blend::Normal => color,
            0 => under,
            _ => mix(under, color, self.blend),
        }
    }
}

fn faded(color: Rgba, opacity: f32) -> Rgba {
    if opacity >= 1.0 { color } else { color.faded(opacity) }
}

/// The colours of a fill by row or by column; nothing where it is not even along all of them.
fn tints(field: &Field<'_>, along: Axis, x: &[f32], y: &[f32], opacity: f32) -> Option<Vec<Tint>> {
    let (other, these) = if along == Axis::Row { (x, y) } else { (y, x) };
    let mut reached = other.iter().copied().filter(|at| !at.is_nan());
    let from = reached.next().unwrap_or(f32::NAN);
    let to = reached.next_back().unwrap_or(from);
    let place = |this: f32, other: f32| if along == Axis::Row { (other, this) } else { (this, other) };
    let mut all = Vec::with_capacity(these.len());
    for this in these {
        let reaches = !this.is_nan() && !from.is_nan();
        let color = if reaches { field.along(place(*this, from), place(*this, to))? } else { Rgba::default() };
        all.push(Tint::of(color.faded(opacity)));
    }
    Some(all)
}

/// Whether a place of a box is outside the ellipse in it.
fn outside_ellipse(u: f32, v: f32) -> bool {
    (2.0 * u - 1.0).powi(2) + (2.0 * v - 1.0).powi(2) > 1.0
}

/// The colour that some items make at a point over another, from the topmost down.
fn over(grounds: &[Ground<'_>], x: f32, y: f32, base: Rgba) -> Rgba {
    for (n, ground) in grounds.iter().enumerate().rev() {
        let Some(top) = ground.at(x, y).filter(|top| top.a > 0) else { continue };
        if top.a == 255 && ground.blend == Blend::Normal {
            return top;
        }
        return mix(over(grounds.get(..n).unwrap_or_default(), x, y, base), top, ground.blend);
    }
    base
}

fn reaches(within: &Rect, r: &Rect) -> bool {
    within.x.0 < r.right().0 && within.y.0 < r.bottom().0 && within.right().0 >= r.x.0 && within.bottom().0 >= r.y.0
}

/// Things painted over a text.
pub struct Above<'a>(Vec<Ground<'a>>);

impl Above<'_> {
    /// Whether nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// What a colour under them looks like at a point.
    #[must_use]
    pub fn through(&self, x: f32, y: f32, color: Rgba) -> Rgba {
        over(&self.0, x, y, color)
    }
    /// How much of what lies under them they hide at a point, 0 to 1; what only tints it hides nothing.
    #[must_use]
    pub fn density(&self, x: f32, y: f32) -> f32 {
        let hides = self.0.iter().filter(|g| g.blend == Blend::Normal);
        1.0 - hides.map(|g| g.at(x, y).map_or(1.0, |c| 1.0 - f32::from(c.a) / 255.0)).product::<f32>()
    }
}

impl Ground<'_> {
    /// Its colour where it is one, hides what is under it, and is there all over a box.
    fn plain(&self, r: &Rect) -> Option<Rgba> {
        match &self.shows {
            Shows::Field { field: Field::Plain(color), round: false } if self.blend == Blend::Normal => {
                let color = color.faded(self.opacity);
                (color.a == 255 && self.rect.contains(r, 0.0)).then_some(color)
            }
            _ => None,
        }
    }

    /// Whether nothing of what is under it is seen in a box.
    fn hides(&self, r: &Rect) -> bool {
        let whole = self.blend == Blend::Normal && self.rect.contains(r, 0.0);
        whole
            && match &self.shows {
                Shows::Tone { tone, .. } => tone.is_opaque() && self.opacity >= 1.0,
                Shows::Field { .. } => self.plain(r).is_some(),
            }
    }

    /// What it shows at a point, if it is there.
    fn at(&self, x: f32, y: f32) -> Option<Rgba> {
        let r = &self.rect;
        if x < r.x.0 || y < r.y.0 || x >= r.right().0 || y >= r.bottom().0 {
            return None;
        }
        let (u, v) = ((x - r.x.0) / r.w.0.max(1e-3), (y - r.y.0) / r.h.0.max(1e-3));
        let over = match &self.shows {
            Shows::Tone { tone, src, natural } => {
                tone.at((src.x.0 + u * src.w.0) / natural.0, (src.y.0 + v * src.h.0) / natural.1)
            }
            Shows::Field { round: true, .. } if outside_ellipse(u, v) => return None,
            Shows::Field { field, .. } => field.at(u, v),
        };
        Some(over.faded(self.opacity))
    }
}

/// What a colour makes of the one under it.
pub(super) fn mix(under: Rgba, over: Rgba, blend: Blend) -> Rgba {
    Tint::of(over).on(under, blend)
}

/// A colour as it is laid over many others: its channels from 0 to 1.
struct Tint {
    color: Rgba,
    rgb: [f32; 3],
    a: f32,
}

impl Tint {
    fn of(color: Rgba) -> Self {
        let part = |v: u8| f32::from(v) / 255.0;
        Self { color, rgb: [part(color.r), part(color.g), part(color.b)], a: part(color.a) }
    }

    fn on(&self, under: Rgba, blend: Blend) -> Rgba {
        match blend {
            Blend::Normal => self.each(under, |_, o| o),
            Blend::Multiply => self.each(under, |u, o| u * o),
            Blend::Screen => self.each(under, |u, o| u + o - u * o),
            Blend::Overlay | Blend::SoftLight => {
                self.each(under, |u, o| if u <= 0.5 { 2.0 * u * o } else { 1.0 - 2.0 * (1.0 - u) * (1.0 - o) })
            }
        }
    }

    /// What its channels make of those under them, as far as it covers them.
    fn each(&self, under: Rgba, mixed: impl Fn(f32, f32) -> f32) -> Rgba {
        let [r, g, b] = self.rgb;
        let channel = |u: u8, o: f32| {
            let u = f32::from(u) / 255.0;
            nearest((u + (mixed(u, o) - u) * self.a) * 255.0)
        };
        Rgba { r: channel(under.r, r), g: channel(under.g, g), b: channel(under.b, b), a: 255 }
    }
}

/// Where the i-th of n equal parts has its middle, 0 to 1.
pub(super) fn middle(i: u8, n: u8) -> f32 {
    (f32::from(i) + 0.5) / f32::from(n.max(1))
}
