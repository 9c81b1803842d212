//! In: a picture and a crop of it. Out: the crop at another size, over two passes: Lanczos with three lobes where it becomes smaller,
//! Mitchell and Netravali's cubic where it becomes larger, which neither rings nor shows the grid ("Reconstruction Filters in Computer
//! Graphics", 1988; the choice is that of ImageMagick).

use std::sync::OnceLock;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{Filter, FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

/// Bytes of what lies between the two passes: a larger picture is scaled in strips, which also keeps the second pass near the first.
const BETWEEN: usize = 2 << 20;
/// Bytes of buffers that are kept for the next picture; what a larger one took is given back, for memory that stays taken parts the room
/// a page needs.
const KEPT: usize = BETWEEN + (BETWEEN >> 2);

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
        let [x, y, w, h] = crop;
        let larger = w < f64::from(size.0) && h < f64::from(size.1);
        let filter = if larger { Filter::new("mitchell", mitchell, 2.0) } else { Filter::new("lanczos3", lanczos3, 3.0) };
        let filter = filter.map_err(|e| e.to_string())?;
        let stride = size.0 as usize * 4;
        let mut out = vec![0; stride * size.1 as usize];
        let (step, rows) = (h / f64::from(size.1), strip(h, size));
        for (at, part) in out.chunks_mut((stride * rows as usize).max(1)).enumerate() {
            let (first, rows) = (at as u32 * rows, (part.len() / stride.max(1)) as u32);
            let mut to = Image::from_slice_u8(size.0, rows, part, PixelType::U8x4).map_err(|e| e.to_string())?;
            let (top, high) = if rows == size.1 { (y, h) } else { (y + f64::from(first) * step, f64::from(rows) * step) };
            let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Custom(filter)));
            let options = options.crop(x, top, w, high.min(f64::from(from.height()) - top)).use_alpha(false);
            self.0.resize(&from, &mut to, &options).map_err(|e| e.to_string())?;
        }
        if self.0.size_of_internal_buffers() > KEPT {
            self.0.reset_internal_buffers();
        }
        Ok(out)
    }
}

/// Weights are rounded strip by strip, to as many bits as the largest leaves; that is why the strips hang on crop and size alone.
/// Rows that are scaled at once of a crop `h` high: those whose source rows, at the new width, are no more than [`BETWEEN`]; at least 16.
fn strip(h: f64, (width, height): (u32, u32)) -> u32 {
    let step = h / f64::from(height.max(1));
    let rows = BETWEEN as f64 / (f64::from(width.max(1)) * 4.0);
    // The filter reaches three of its steps up and down.
    let rows = (rows - 6.0 * step.max(1.0)) / step.max(1e-6);
    if rows >= f64::from(height) { height.max(1) } else { (rows as u32).clamp(16, height.max(16)) }
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
    fn strips_are_those_of_the_whole() {
        let (w, h) = (1500_u32, 1100_u32);
        let data: Vec<u8> = (0..w * h).flat_map(|i| [(i * 7) as u8, (i / w) as u8, (i % w * i / w) as u8, 255]).collect();
        for (crop, size) in [
            ([0.0, 0.0, 1500.0, 1100.0], (900, 660)),
            ([10.3, 7.7, 300.0, 600.5], (1400, 935)),
            ([3.0, 1.5, 1490.0, 1000.0], (1490, 333)),
        ] {
            assert!(strip(crop[3], size) < size.1, "{size:?} takes more than one");
            let whole = {
                let from = ImageRef::new(w, h, &data, PixelType::U8x4).unwrap();
                let mut to = Image::new(size.0, size.1, PixelType::U8x4);
                let larger = crop[2] < f64::from(size.0) && crop[3] < f64::from(size.1);
                let filter = if larger { Filter::new("mitchell", mitchell, 2.0) } else { Filter::new("lanczos3", lanczos3, 3.0) };
                let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Custom(filter.unwrap())));
                Resizer::new()
                    .resize(&from, &mut to, &options.crop(crop[0], crop[1], crop[2], crop[3]).use_alpha(false))
                    .unwrap();
                to.into_vec()
            };
            assert!(Scaler::default().scale(&data, (w, h), crop, size).unwrap() == whole, "{size:?}");
        }
    }

    #[test]
    fn a_flat_picture_stays_flat() {
        let data = [10, 200, 90, 255].repeat(64 * 48);
        let out = Scaler::default().scale(&data, (64, 48), [3.5, 2.25, 40.0, 30.0], (17, 13)).unwrap();
        assert!(out.as_chunks::<4>().0.iter().all(|p| *p == [10, 200, 90, 255]));
    }
}
