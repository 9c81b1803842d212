//! In: a picture and a crop of it. Out: the crop at another size, over two passes: Lanczos with three lobes where it becomes smaller,
//! Mitchell and Netravali's cubic where it becomes larger, which neither rings nor shows the grid ("Reconstruction Filters in Computer
//! Graphics", 1988; the choice is that of ImageMagick).

use std::sync::OnceLock;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{Filter, FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// Bytes of buffers that are kept for the next picture; what a larger one took is given back, for memory that stays taken parts the room
/// a page needs.
const KEPT: usize = 1 << 20;

/// Scales pictures; keeps its buffers while they are small.
#[derive(Default)]
pub struct Scaler(Resizer);

impl Scaler {
    /// The crop (left, top, width, height, px) of a premultiplied RGBA picture, at `size`.
    ///
    /// # Errors
    /// In words, where the crop leaves the picture.
    pub fn scale(&mut self, data: &[u8], (w, h): (u32, u32), crop: [f64; 4], size: (u32, u32)) -> Result<Vec<u8>, String> {
        let from = ImageRef::new(w, h, data, PixelType::U8x4).map_err(|e| e.to_string())?;
        let mut to = Image::new(size.0, size.1, PixelType::U8x4);
        let [x, y, w, h] = crop;
        let larger = w < f64::from(size.0) && h < f64::from(size.1);
        let filter = if larger { Filter::new("mitchell", mitchell, 2.0) } else { Filter::new("lanczos3", lanczos3, 3.0) };
        let filter = filter.map_err(|e| e.to_string())?;
        let options =
            ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Custom(filter))).crop(x, y, w, h).use_alpha(false);
        self.0.resize(&from, &mut to, &options).map_err(|e| e.to_string())?;
        if self.0.size_of_internal_buffers() > KEPT {
            self.0.reset_internal_buffers();
        }
        Ok(to.into_vec())
    }
}

/// B = C = 1/3.
fn mitchell(x: f64) -> f64 {
    let x = x.abs();
    if x < 1.0 {
        (7.0 * x * x * x - 12.0 * x * x + 16.0 / 3.0) / 6.0
    } else if x < 2.0 {
        (-7.0 / 3.0 * x * x * x + 12.0 * x * x - 20.0 * x + 32.0 / 3.0) / 6.0
    } else {
        0.0
    }
}

/// Steps of the table in one lobe: between them a straight line is nearer than the 15 bits of a weight can tell.
const STEPS: usize = 2048;

/// Lanczos with three lobes, read from a table: each weight would cost two sines. Own sine, because the platform's may differ in its
/// last bit.
fn lanczos3(x: f64) -> f64 {
    static TABLE: OnceLock<Vec<f64>> = OnceLock::new();
    let table = TABLE.get_or_init(|| (0..=3 * STEPS + 1).map(|i| exact(i as f64 / STEPS as f64)).collect());
    let at = x.abs() * STEPS as f64;
    match table.get(at as usize..) {
        Some([a, b, ..]) => a + (b - a) * (at - at.floor()),
        _ => 0.0,
    }
}

fn exact(x: f64) -> f64 {
    let sinc = |x: f64| if x == 0.0 { 1.0 } else { libm::sin(x * std::f64::consts::PI) / (x * std::f64::consts::PI) };
    if x < 3.0 { sinc(x) * sinc(x / 3.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_good_as_the_sine() {
        for i in 0..30_000 {
            let x = f64::from(i) * 0.000_123_4;
            assert!((lanczos3(x) - exact(x)).abs() < 2e-6, "{x}");
            assert_eq!(lanczos3(x), lanczos3(-x));
        }
    }

    #[test]
    fn a_flat_picture_stays_flat() {
        let data = [10, 200, 90, 255].repeat(64 * 48);
        let out = Scaler::default().scale(&data, (64, 48), [3.5, 2.25, 40.0, 30.0], (17, 13)).unwrap();
        assert!(out.as_chunks::<4>().0.iter().all(|p| *p == [10, 200, 90, 255]));
    }
}
