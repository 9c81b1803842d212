//! In: a sheet with everything in place, and one of its texts. Out: the room that is left free around it, in which it may be set anew where nothing
//! else moves or goes. What is set anew, and how, is for `legible` and `even` to say. In logical space.

use super::pieces::{Cut, Piece};
use super::sheet::Sheet;
use super::{PlacedContent, mark};
use crate::geom::Rect;
use crate::text::Align;

/// Space that a text keeps from others, by its size, in a row and elsewhere, and by the margin.
const AIR: (f32, f32, f32) = (0.45, 0.9, 0.35);

/// What lies around a text: how far it may reach, and what it keeps off.
pub struct Around {
    /// Its own box.
    rect: Rect,
    align: Align,
    bounds: Rect,
    others: Vec<(Rect, f32)>,
}

impl Around {
    /// Where a cut of it stands there, made for the width that [`Around::across`] gave; none where it has no room.
    pub fn stands(&self, (x, w): (f32, f32), cut: &Cut) -> Option<Rect> {
        let left = match self.align {
            Align::Start => x,
            Align::Center => x + (w - cut.w) / 2.0,
            Align::End => x + w - cut.w,
        };
        let y = self.down((left, cut.w), cut.h)?;
        (cut.w <= w + 0.1).then_some(Rect::new(left, y, cut.w, cut.h))
    }

    /// From where and how wide it may be: as it is, or to what stands beside it.
    pub fn across(&self, wide: bool) -> (f32, f32) {
        let rect = self.rect;
        if !wide {
            return (rect.x.0, rect.w.0 + 0.1);
        }
        let (mut left, mut right) = (self.bounds.x.0, self.bounds.right().0);
        for (r, air) in &self.others {
            if r.bottom().0 + air <= rect.y.0 + 0.1 || r.y.0 - air >= rect.bottom().0 - 0.1 {
                continue;
            }
            if r.right().0 <= rect.x.0 + 0.1 {
                left = left.max(r.right().0 + air);
            } else if r.x.0 >= rect.right().0 - 0.1 {
                right = right.min(r.x.0 - air);
            }
        }
        let (left, right) = (left.min(rect.x.0), right.max(rect.right().0));
        match self.align {
            Align::Start => (rect.x.0, right - rect.x.0),
            Align::End => (left, rect.right().0 - left),
            Align::Center => {
                let half = (rect.center().x.0 - left).min(right - rect.center().x.0);
                (rect.center().x.0 - half, 2.0 * half)
            }
        }
    }

    /// Where it stands so high, between what is above and below it: with its last line where it was, or its first.
    fn down(&self, (x, w): (f32, f32), h: f32) -> Option<f32> {
        let rect = self.rect;
        let (mut top, mut bottom) = (self.bounds.y.0, self.bounds.bottom().0);
        for (r, air) in &self.others {
            if r.x.0 - air >= x + w || r.right().0 + air <= x {
                continue;
            }
            if r.bottom().0 <= rect.y.0 + 0.1 {
                top = top.max(r.bottom().0 + air);
            } else if r.y.0 >= rect.bottom().0 - 0.1 {
                bottom = bottom.min(r.y.0 - air);
            } else if r.x.0 < x + w && r.right().0 > x {
                return None;
            }
        }
        let ends = bottom - rect.bottom().0 < rect.y.0 - top;
        let y = if ends { (rect.bottom().0 - h).max(top) } else { rect.y.0.min(bottom - h) };
        (y >= top - 0.05 && y + h <= bottom + 0.05).then_some(y)
    }
}

/// Puts a text that was cut anew in the place of what it was.
pub fn set_anew(sheet: &mut Sheet<'_>, at: usize, piece: &Piece<'_>, (outer, cut): (Rect, Cut)) {
    let (rect, text) = piece.placed(cut, outer, &sheet.page);
    if let Some(p) = sheet.placed.get_mut(at) {
        (p.rect, p.content) = (rect, PlacedContent::Text(Box::new(text)));
    }
    sheet.words.push(rect);
}

/// What lies around a text at its place; `print`: whether it is small print, for which it is asked whether it reads.
pub fn around(sheet: &Sheet<'_>, at: usize, rect: Rect, (align, size): (Align, f32), print: bool) -> Around {
    let page = &sheet.page;
    // Where type is near the least that reads small print may take half of the margin, at its foot and where its lines end.
    let content = if print && page.is_screen() && page.is_close() { page.edged().content } else { page.content };
    let (mut around, mut on_picture) = (Around { rect, align, bounds: content.union(&rect), others: Vec::new() }, false);
    let mut words_reach = (rect.x, rect.right());
    let air = (if page.is_strip() { AIR.0 } else { AIR.1 } * size).max(AIR.2 * page.margin);
    let logo = mark::layer(sheet.variant);
    for (n, other) in sheet.placed.iter().enumerate().filter(|(n, _)| *n != at) {
        let r = other.rect;
        let meets = r.intersect(&rect).area() > 0.0;
        let words = matches!(other.content, PlacedContent::Text(_)) || logo.is_some_and(|(i, _)| other.layer == Some(i));
        if words || !meets {
            let clear = logo.filter(|(i, _)| other.layer == Some(*i)).map_or(0.0, |(_, l)| mark::clear(l, r.h.0));
            if words {
                words_reach = (words_reach.0.min(r.x), words_reach.1.max(r.right()));
            }
            // What is nearer than that already may stay so.
            around.others.push((r, air.max(clear).min(apart(&r, &rect))));
        } else if r.contains(&rect, 0.5) {
            around.bounds = around.bounds.intersect(&r);
            on_picture |= matches!(other.content, PlacedContent::Picture { .. });
        } else {
            on_picture = true;
        }
        // A panel laid after a picture hides it.
        if n < at && matches!(other.content, PlacedContent::Panel { .. }) && r.contains(&rect, 0.5) {
            on_picture = false;
        }
    }
    // What it hides of a picture is not free: it gets no wider there than the words are together.
    if on_picture {
        let (x, right) = words_reach;
        around.bounds = around.bounds.intersect(&Rect { x, w: right - x, ..around.bounds });
    }
    around
}

/// Space between two boxes, px.
fn apart(a: &Rect, b: &Rect) -> f32 {
    let along = |a0: f32, a1: f32, b0: f32, b1: f32| (b0 - a1).max(a0 - b1).max(0.0);
    along(a.x.0, a.right().0, b.x.0, b.right().0).max(along(a.y.0, a.bottom().0, b.y.0, b.bottom().0))
}
