//! The form in which a drawing goes from its importer to `display`: its size, what it holds that is not drawn, and marks one after the other,
//! all in SVG px. Numbers little-endian, curves as they are, so that nothing is rounded on the way. Here: the tags and how numbers are written
//! and read; what they mean is written by `svg` and read by `display::drawing`.

/// Begins a packed drawing; the last figure is raised when the form changes.
pub const MAGIC: [u8; 4] = *b"vdr2";

/// What a mark is.
pub mod mark {
    /// A group apart: opacity, blend.
    pub const PUSH_GROUP: u8 = 0;
    /// Its end.
    pub const POP_GROUP: u8 = 1;
    /// A clip: path.
    pub const PUSH_CLIP: u8 = 2;
    /// Its end.
    pub const POP_CLIP: u8 = 3;
    /// An area: opacity, paint, path.
    pub const FILL: u8 = 4;
    /// An edge: opacity, width, paint, path.
    pub const STROKE: u8 = 5;
}

/// What a paint is.
pub mod paint {
    /// r, g, b, a.
    pub const SOLID: u8 = 0;
    /// From, to, stops.
    pub const LINEAR: u8 = 1;
    /// Centre, radius, stops.
    pub const RADIAL: u8 = 2;
}

/// What is inside an outline; stands before its pieces.
pub mod inside {
    /// What is wound around (non-zero).
    pub const WOUND: u8 = 0;
    /// What is left by an odd number of crossings.
    pub const ODD: u8 = 1;
}

/// What a piece of an outline is, with as many points as its end and its controls are.
pub mod segment {
    /// Starts a contour.
    pub const MOVE: u8 = 0;
    /// A line.
    pub const LINE: u8 = 1;
    /// A quadratic curve.
    pub const QUAD: u8 = 2;
    /// A cubic curve.
    pub const CUBIC: u8 = 3;
    /// Closes the contour.
    pub const CLOSE: u8 = 4;
}

/// Writes.
#[derive(Debug, Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// One byte.
    pub fn byte(&mut self, value: u8) {
        self.0.push(value);
    }
    /// A count; what is above 4 thousand million is not counted right, and refused long before.
    pub fn count(&mut self, value: usize) {
        self.0.extend_from_slice(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
    }
    /// A number.
    pub fn number(&mut self, value: f32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }
    /// Bytes, to the end.
    pub fn bytes(&mut self, value: &[u8]) {
        self.0.extend_from_slice(value);
    }
    /// A text with its length.
    pub fn text(&mut self, value: &str) {
        self.count(value.len());
        self.bytes(value.as_bytes());
    }
    /// How much is written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// True where nothing is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// What was written.
    #[must_use]
    pub fn done(self) -> Vec<u8> {
        self.0
    }
}

/// Reads; nothing where the bytes end before.
#[derive(Debug)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// At the beginning.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }
    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }
    /// Four bytes.
    pub fn four(&mut self) -> Option<[u8; 4]> {
        self.take()
    }
    /// A count. Each of what is counted takes a byte at least, so one that is larger than what is left is none.
    pub fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(u32::from_le_bytes(self.take()?)).ok()?;
        (count <= self.0.len()).then_some(count)
    }
    /// A number.
    pub fn number(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }
    /// A text with its length.
    pub fn text(&mut self) -> Option<&'a str> {
        let count = self.count()?;
        let (text, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
    /// What is left.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.0
    }
}
