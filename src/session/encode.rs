//! From a prepared variant to pixels and to the file that leaves, at once or band by band.

use super::{Prepared, Session};
use crate::campaign::Delivery;
use crate::error::Result;
use crate::export;
use crate::fingerprint::Fingerprint;
use crate::geom::Rect;
use crate::guard::{self, Finding};
use crate::limits;
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
        let mut writing = Writing::of(prepared, delivery, scale, bleed)?;
        loop {
            if let Some(encoded) = self.write_on(prepared, &mut writing, u64::MAX)? {
                return Ok(encoded);
            }
        }
    }

    /// Writes on at what was begun, until about so many pixels are written; nothing where it is not whole yet. A JPEG is painted band by band, and packed at
    /// once, for its tables are made of all of it, unless it is too large to be held: then it is packed by bands too. Below a cap one quality is tried at a time.
    ///
    /// # Errors
    /// As [`Session::encode`].
    pub fn write_on(&mut self, prepared: &Prepared, writing: &mut Writing, pixels: u64) -> Result<Option<Encoded>> {
        let Writing { frame, region, scale, bleed, delivery, next, bytes, way } = writing;
        let (region, scale) = (*region, *scale);
        let (raster, fonts, pictures) = (&mut self.raster, &self.fonts, &mut self.pictures);
        let cap = cap(prepared, scale);
        let mut laid = 0u64;
        let quality = loop {
            while *next < frame.height {
                if laid >= pixels {
                    return Ok(None);
                }
                let rows = frame.band.max(1).min(frame.height - *next);
                let band = raster.paint_rows(&prepared.list, fonts, pictures, region, scale, *next, rows)?;
                match way {
                    Way::Png(file) => file.rows(&band, bytes)?,
                    Way::Jpeg(file) => file.rows(&band, bytes)?,
                    Way::Held(pixmap, _) => pixmap.data.extend(band.data),
                }
                *next += rows;
                laid += u64::from(rows) * u64::from(frame.width);
            }
            match (*delivery, &mut *way) {
                (Delivery::Jpeg { quality }, Way::Jpeg(file)) => {
                    file.end(bytes)?;
                    if bytes.len() <= cap || area(frame) > limits::PIXMAP_PIXELS {
                        break Some(quality);
                    }
                    // Too many bytes: painted once more and held, for it is packed more than once.
                    let search = export::jpeg::Search::new(quality, LEAST_QUALITY, cap, true);
                    (*way, *next, *bytes) = (Way::held(frame, search), 0, Vec::new());
                }
                (_, Way::Held(pixmap, search)) => {
                    if let Some((file, reached)) = search.step(pixmap, frame)? {
                        *bytes = file;
                        break Some(reached);
                    }
                    laid = laid.saturating_add(area(frame));
                    if laid >= pixels {
                        return Ok(None);
                    }
                }
                // A JPEG is never begun as a PNG.
                (_, Way::Png(file)) => {
                    file.end(bytes)?;
                    break None;
                }
                (Delivery::Png, Way::Jpeg(_)) => break None,
            }
        };
        let sized = is_capped(scale, *bleed)
            .then(|| guard::look_at_file(&prepared.variant.format, bytes.len() as u64, &self.campaign.policy));
        let findings = sized.flatten().into_iter().collect();
        let (width, height, bytes) = (frame.width, frame.height, std::mem::take(bytes));
        Ok(Some(Encoded { width, height, quality, findings, sha256: Fingerprint::of(&bytes), bytes }))
    }
}

/// Whether a file is the one that its format's cap of bytes asks of: a smaller one, or one with its bleed, is not.
#[must_use]
pub fn is_capped(scale: f32, bleed: bool) -> bool {
    scale >= 1.0 && !bleed
}

/// A file under way. Let go, nothing of it is left.
pub struct Writing {
    frame: export::Frame,
    region: Rect,
    scale: f32,
    bleed: bool,
    delivery: Delivery,
    /// The next row.
    next: u32,
    bytes: Vec<u8>,
    way: Way,
}

enum Way {
    /// Written as it is painted.
    Png(Box<export::png::File>),
    /// The same, where it is too large to be held.
    Jpeg(export::jpeg::File),
    /// Painted first, then packed.
    Held(Pixmap, export::jpeg::Search),
}

impl Way {
    fn held(frame: &export::Frame, search: export::jpeg::Search) -> Self {
        let data = Vec::with_capacity(area(frame) as usize * 4);
        Self::Held(Pixmap { width: frame.width, height: frame.height, data }, search)
    }
}

impl Writing {
    /// Begins the file of a prepared variant; see [`Session::encode`].
    ///
    /// # Errors
    /// `limit` where it is too large for a JPEG.
    pub fn of(prepared: &Prepared, delivery: Delivery, scale: f32, bleed: bool) -> Result<Self> {
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
        let mut bytes = Vec::new();
        let way = match delivery {
            Delivery::Png => {
                Way::Png(Box::new(export::png::File::begin(&frame, export::png::Options { opaque: true }, &mut bytes)?))
            }
            Delivery::Jpeg { quality } if export::jpeg::fits_whole(&frame) => {
                Way::held(&frame, export::jpeg::Search::new(quality, LEAST_QUALITY, cap(prepared, scale), false))
            }
            Delivery::Jpeg { quality } => {
                let file = export::jpeg::File::begin(&frame, quality)?;
                frame.band = file.band();
                Way::Jpeg(file)
            }
        };
        Ok(Self { frame, region, scale, bleed, delivery, next: 0, bytes, way })
    }
}

/// Bytes that a file may have: only as it is delivered it has to keep below the format's cap.
fn cap(prepared: &Prepared, scale: f32) -> usize {
    let cap = prepared.variant.format.max_bytes.and_then(|b| usize::try_from(b).ok());
    cap.filter(|_| scale >= 1.0).unwrap_or(usize::MAX)
}

fn area(frame: &export::Frame) -> u64 {
    u64::from(frame.width) * u64::from(frame.height)
}

/// The trim as a region.
#[must_use]
pub fn trim(prepared: &Prepared) -> Rect {
    Rect { x: Px::ZERO, y: Px::ZERO, w: Px(prepared.list.width as f32), h: Px(prepared.list.height as f32) }
}
