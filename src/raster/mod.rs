//! In: a [`DisplayList`](crate::display::DisplayList), fonts, pictures. Out: a [`Pixmap`]: premultiplied sRGB, 8 bits a channel.
//! Straight alpha is made in one place: [`Pixmap::into_straight`]. Encoding is left to `export`.

/// Premultiplied RGBA, rows top to bottom without padding.
#[derive(Clone, Debug, Default)]
pub struct Pixmap {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub data: Vec<u8>,
}
