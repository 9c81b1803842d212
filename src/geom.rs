//! In: nothing. Out: points, sizes, boxes and insets in [`Px`]; origin top left, y down.
//! Rounding to the pixel grid happens once, in layout's snap, from absolute positions.

use crate::units::Px;

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: Px,
    /// From the top edge.
    pub y: Px,
}

/// A size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Width.
    pub w: Px,
    /// Height.
    pub h: Px,
}

/// A box: left, top, width, height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: Px,
    /// Top edge.
    pub y: Px,
    /// Width, never negative.
    pub w: Px,
    /// Height, never negative.
    pub h: Px,
}

impl Rect {
    /// Its sides.
    #[must_use]
    pub const fn size(&self) -> Size {
        Size { w: self.w, h: self.h }
    }

    /// From plain numbers in px.
    #[must_use]
    pub const fn new(x: f32, y: f32, w: f32, h: f32) -> Self {
        Self { x: Px(x), y: Px(y), w: Px(w), h: Px(h) }
    }
    /// Right edge.
    #[must_use]
    pub fn right(&self) -> Px {
        self.x + self.w
    }
    /// Bottom edge.
    #[must_use]
    pub fn bottom(&self) -> Px {
        self.y + self.h
    }
    /// The middle.
    #[must_use]
    pub fn center(&self) -> Point {
        Point { x: self.x + self.w / 2.0, y: self.y + self.h / 2.0 }
    }
    /// Width times height, in px².
    #[must_use]
    pub fn area(&self) -> f32 {
        self.w.0 * self.h.0
    }
    /// The part both share, empty (zero size) where they do not touch.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let x = self.x.max(other.x);
        let y = self.y.max(other.y);
        let w = (self.right().min(other.right()) - x).max(Px::ZERO);
        let h = (self.bottom().min(other.bottom()) - y).max(Px::ZERO);
        Self { x, y, w, h }
    }
    /// Smaller by `insets`, never below zero.
    #[must_use]
    pub fn inset(&self, insets: &Insets) -> Self {
        Self {
            x: self.x + insets.left,
            y: self.y + insets.top,
            w: (self.w - insets.left - insets.right).max(Px::ZERO),
            h: (self.h - insets.top - insets.bottom).max(Px::ZERO),
        }
    }
    /// The smallest box around both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let x = self.x.min(other.x);
        let y = self.y.min(other.y);
        Self { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }
    /// True where `other` lies inside, with `slack` px of grace.
    #[must_use]
    pub fn contains(&self, other: &Self, slack: f32) -> bool {
        other.x.0 >= self.x.0 - slack
            && other.y.0 >= self.y.0 - slack
            && other.right().0 <= self.right().0 + slack
            && other.bottom().0 <= self.bottom().0 + slack
    }
    /// The box seen in a mirror that stands at the middle of a page `width` wide.
    #[must_use]
    pub fn mirrored(&self, width: Px) -> Self {
        Self { x: width - self.right(), ..*self }
    }
    /// Every number times `k`.
    #[must_use]
    pub fn scaled(&self, k: f32) -> Self {
        Self { x: self.x * k, y: self.y * k, w: self.w * k, h: self.h * k }
    }
}

/// Distances from the four edges, inwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Insets {
    /// From the top.
    pub top: Px,
    /// From the right.
    pub right: Px,
    /// From the bottom.
    pub bottom: Px,
    /// From the left.
    pub left: Px,
}

impl Insets {
    /// The same on all sides.
    #[must_use]
    pub const fn all(d: Px) -> Self {
        Self { top: d, right: d, bottom: d, left: d }
    }
    /// The larger on each side.
    #[must_use]
    pub fn max(&self, other: &Self) -> Self {
        Self {
            top: self.top.max(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
            left: self.left.max(other.left),
        }
    }
}
