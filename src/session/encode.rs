//! From a prepared variant to pixels and to the file that leaves.

use super::{Prepared, Session};
use crate::campaign::Delivery;
use crate::error::Result;
use crate::export;
use crate::fingerprint::Fingerprint;
use crate::geom::Rect;
use crate::guard::{self, Finding};
use crate::raster::Pixmap;
use crate::units::Px;
use crate::variant;

/// The JPEG quality below which a cap is rather missed, and seen in the file's size.
const LEAST_QUALITY: u8 = 40;

/// An encoded variant.
pub struct Encoded {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// The quality reached, for JPEG.
    pub quality: Option<u8>,
    /// What the file's size gives cause to say; asked of files at full size alone.
    pub findings: Vec<Finding>,
    /// SHA-256 of the bytes.
    pub sha256: Fingerprint,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Session {
    /// As [`Session::picture`], from nothing: what the caches are judged by.
    ///
    /// # Errors
    /// As [`Session::picture`].
    pub fn paint(&mut self, prepared: &Prepared, region: Option<Rect>, scale: f32) -> Result<Pixmap> {
        let region = region.unwrap_or_else(|| trim(prepared));
        self.raster.paint(&prepared.list, &self.fonts, &mut self.pictures, region, scale)
    }

    /// Encodes a prepared variant at a scale (1 = as delivered), with its bleed or without, band by band.
    ///
    /// # Errors
    /// As [`Session::paint`], and `state` where a JPEG cannot be brought below the format's cap.
    pub fn encode(&mut self, prepared: &Prepared, delivery: Delivery, scale: f32, bleed: bool) -> Result<Encoded> {
        let mut region = trim(prepared);
        if bleed {
            let b = prepared.list.bleed;
            region = Rect { x: region.x - b, y: region.y - b, w: region.w + b * 2.0, h: region.h + b * 2.0 };
        }
        let (width, height) = crate::raster::device_size(&region, scale);
        let mut frame = export::Frame::new(width, height);
        frame.dpi = match prepared.variant.format.spec {
            variant::Spec::Print { dpi, .. } => Some(crate::units::Dpi(dpi.0 * f64::from(scale))),
            variant::Spec::Pixels { .. } => None,
        };
        let small = u64::from(width) * u64::from(height) <= crate::limits::PIXMAP_PIXELS;
        let (raster, fonts, pictures) = (&mut self.raster, &self.fonts, &mut self.pictures);
        let mut bands = |y: u32, rows: u32| raster.paint_rows(&prepared.list, fonts, pictures, region, scale, y, rows);
        let mut bytes = Vec::new();
        let quality = match delivery {
            Delivery::Png => {
                let options = export::png::Options { opaque: true };
                export::png::encode(&frame, options, &mut bands, &mut bytes)?;
                None
            }
            Delivery::Jpeg { quality } => {
                export::jpeg::encode(&frame, quality, &mut bands, &mut bytes)?;
                // Only the file as it is delivered has to keep below the format's cap.
                let cap = prepared.variant.format.max_bytes.and_then(|b| usize::try_from(b).ok()).filter(|_| scale >= 1.0);
                match cap {
                    Some(cap) if bytes.len() > cap && small => {
                        let pixmap = bands(0, height)?;
                        let (file, reached) = export::jpeg::encode_capped(&pixmap, &frame, quality, LEAST_QUALITY, cap)?;
                        bytes = file;
                        Some(reached)
                    }
                    _ => Some(quality),
                }
            }
        };
        let full = scale >= 1.0 && !bleed;
        let sized = full.then(|| guard::look_at_file(&prepared.variant.format, bytes.len() as u64, &self.campaign.policy));
        let findings = sized.flatten().into_iter().collect();
        Ok(Encoded { width, height, quality, findings, sha256: Fingerprint::of(&bytes), bytes })
    }
}

/// The trim as a region.
#[must_use]
pub fn trim(prepared: &Prepared) -> Rect {
    Rect { x: Px::ZERO, y: Px::ZERO, w: Px(prepared.list.width as f32), h: Px(prepared.list.height as f32) }
}
