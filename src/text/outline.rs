//! In: a parsed font, a glyph. Out: its outline, at a scale of the caller's, to a pen; how high and low it reaches.

use ttf_parser::{GlyphId, OutlineBuilder};

/// Receives an outline, in em, y up.
pub trait OutlinePen {
    /// A contour begins.
    fn move_to(&mut self, x: f32, y: f32);
    /// A straight line.
    fn line_to(&mut self, x: f32, y: f32);
    /// A quadratic curve.
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32);
    /// A cubic curve.
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32);
    /// The contour ends where it began.
    fn close(&mut self);
}

/// The outline in font units. A font that calls itself OpenType with CFF is drawn from that table, whatever else it holds.
pub(super) fn trace(font: &ttf_parser::Face<'_>, gid: u16, pen: &mut dyn OutlineBuilder) {
    let _ = match font.tables().cff.filter(|_| font.raw_face().data.starts_with(b"OTTO")) {
        Some(cff) => cff.outline(GlyphId(gid), pen).ok(),
        None => font.outline_glyph(GlyphId(gid), pen),
    };
}

/// Draws a glyph's outline, `scale` times its font units, y up. False where it has none.
pub(crate) fn draw(font: &ttf_parser::Face<'_>, gid: u16, scale: f32, pen: &mut dyn OutlinePen) -> bool {
    let mut em = EmPen { pen, scale, drawn: false };
    trace(font, gid, &mut em);
    em.drawn
}

/// Scales font units to em.
struct EmPen<'a> {
    pen: &'a mut dyn OutlinePen,
    scale: f32,
    drawn: bool,
}

impl OutlineBuilder for EmPen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.pen.move_to(x * self.scale, y * self.scale);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.drawn = true;
        self.pen.line_to(x * self.scale, y * self.scale);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.drawn = true;
        self.pen.quad_to(cx * self.scale, cy * self.scale, x * self.scale, y * self.scale);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.drawn = true;
        let k = self.scale;
        self.pen.curve_to(ax * k, ay * k, bx * k, by * k, x * k, y * k);
    }
    fn close(&mut self) {
        self.pen.close();
    }
}

/// Lowest and highest of all points.
pub(super) struct Extent {
    pub low: f32,
    pub high: f32,
}

impl Extent {
    /// Of no points yet: its low lies above its high.
    pub fn none() -> Self {
        Self { low: f32::MAX, high: f32::MIN }
    }
    fn see(&mut self, y: f32) {
        self.low = self.low.min(y);
        self.high = self.high.max(y);
    }
}

impl OutlineBuilder for Extent {
    fn move_to(&mut self, _: f32, y: f32) {
        self.see(y);
    }
    fn line_to(&mut self, _: f32, y: f32) {
        self.see(y);
    }
    fn quad_to(&mut self, _: f32, cy: f32, _: f32, y: f32) {
        self.see(cy);
        self.see(y);
    }
    fn curve_to(&mut self, _: f32, ay: f32, _: f32, by: f32, _: f32, y: f32) {
        self.see(ay);
        self.see(by);
        self.see(y);
    }
    fn close(&mut self) {}
}
