//! In: encoded files by asset id. Out: their sizes, and crops of them scaled to whole device pixels, premultiplied sRGB.
//!
//! A decoded picture is kept with a chain of halves (2x2 box), so that a thumbnail of a large photo reads a few pixels only.
//! A scaled crop is kept under what decides it, so that what two variants share is scaled once. Both live in byte budgets;
//! crops go by their worth (`worth`), decoded pictures after them, the least recently used first. What is kept never changes what comes out.

use std::collections::BTreeMap;
use std::sync::Arc;

use variorum_pixels::Scaler;

use super::Pixmap;
use super::cover::Bounds;
use super::decode::{self, PictureInfo};
use super::worth::{Worth, Worths};
use crate::error::{Error, ErrorKind, Result};
use crate::geom::Rect;
use crate::variant::AssetId;

/// A crop of at most this many pixels is scaled whole and kept; of a larger one only the part in sight is scaled.
const WHOLE_CROP_PIXELS: u64 = 600_000;

/// The pictures of a campaign.
pub struct Pictures {
    files: BTreeMap<AssetId, File>,
    crops: BTreeMap<CropKey, Crop>,
    keeps_crops: bool,
    budget: usize,
    clock: u64,
    worths: Worths,
    resizer: Scaler,
    decodes: u64,
    scalings: u64,
}

struct File {
    bytes: Arc<[u8]>,
    info: Option<PictureInfo>,
    levels: Vec<Option<Level>>,
}

struct Level {
    pixmap: Arc<Pixmap>,
    used: u64,
}

/// Everything that decides the pixels of a scaled crop; floats by their bits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct CropKey {
    asset: AssetId,
    src: [u32; 4],
    size: (u32, u32),
}

struct Crop {
    pixmap: Arc<Pixmap>,
    opaque: bool,
    /// Pixels read and written when it was scaled.
    effort: u64,
    worth: Worth,
}

/// A part of a scaled picture.
pub(super) struct Window {
    /// Device pixels of the picture, from its own left top.
    pub bounds: Bounds,
    pub pixmap: Arc<Pixmap>,
    /// Every alpha is 255.
    pub opaque: bool,
}

impl Pictures {
    /// None yet; `budget` is the bytes of decoded and scaled pixels that are kept.
    #[must_use]
    pub fn new(budget: usize) -> Self {
        Self {
            files: BTreeMap::new(),
            crops: BTreeMap::new(),
            keeps_crops: true,
            budget,
            clock: 0,
            worths: Worths::default(),
            resizer: Scaler::default(),
            decodes: 0,
            scalings: 0,
        }
    }

    /// Another budget; what is above it goes.
    pub fn set_budget(&mut self, budget: usize) {
        self.budget = budget;
        self.keep_to_budget();
    }

    /// Whether scaled crops are kept for the next that asks for them. Changes no pixel.
    pub fn keep_crops(&mut self, keeps: bool) {
        self.keeps_crops = keeps;
        self.forget_crops();
    }

    /// Forgets scaled crops, keeps what was decoded.
    pub fn forget_crops(&mut self) {
        self.crops.clear();
    }

    /// Holds the encoded bytes of a picture; what was known under the same id is forgotten.
    pub fn add(&mut self, id: AssetId, bytes: Arc<[u8]>) {
        self.crops.retain(|key, _| key.asset != id);
        self.files.insert(id, File { bytes, info: None, levels: Vec::new() });
    }

    /// Forgets a picture.
    pub fn remove(&mut self, id: &AssetId) {
        self.crops.retain(|key, _| key.asset != *id);
        self.files.remove(id);
    }

    /// Whether a picture is held.
    #[must_use]
    pub fn contains(&self, id: &AssetId) -> bool {
        self.files.contains_key(id)
    }

    /// Size and kind, from the head of the file; nothing is decoded.
    ///
    /// # Errors
    /// `unknown` where there is no such picture, `media` and `limit` as [`decode::info`].
    pub fn info(&mut self, id: &AssetId) -> Result<PictureInfo> {
        let file = self.files.get_mut(id).ok_or_else(|| unknown(id))?;
        if let Some(info) = file.info {
            return Ok(info);
        }
        let info = decode::info(&id.0, &file.bytes)?;
        file.info = Some(info);
        Ok(info)
    }

    /// Decodes a picture and lets the pixels go: whether it can be shown at all.
    ///
    /// # Errors
    /// `unknown` where there is no such picture, `media` and `limit` where it cannot be decoded.
    pub fn try_decode(&self, id: &AssetId) -> Result<()> {
        let file = self.files.get(id).ok_or_else(|| unknown(id))?;
        decode::decode(&id.0, &file.bytes).map(|_| ())
    }

    /// Bytes of pixels held now.
    #[must_use]
    pub fn bytes_held(&self) -> usize {
        let levels: usize = self.files.values().flat_map(|f| f.levels.iter().flatten()).map(|l| l.pixmap.data.len()).sum();
        levels + self.crops.values().map(|c| c.pixmap.data.len()).sum::<usize>()
    }

    /// How often a file was decoded and a crop was scaled since the start: what caches are judged by.
    #[must_use]
    pub fn work_done(&self) -> (u64, u64) {
        (self.decodes, self.scalings)
    }

    /// The whole picture at a size, px: for those who look at it rather than show it.
    ///
    /// # Errors
    /// As [`Pictures::info`], and `media` where the file cannot be decoded.
    pub fn small(&mut self, id: &AssetId, size: (u32, u32)) -> Result<Arc<Pixmap>> {
        let info = self.info(id)?;
        let seen = Bounds { x0: 0, y0: 0, x1: size.0 as i32, y1: size.1 as i32 };
        let whole = Rect::new(0.0, 0.0, info.width as f32, info.height as f32);
        Ok(self.scaled(id, &whole, size, seen)?.pixmap)
    }

    /// Forgets all pixels, keeps the files.
    pub fn shrink(&mut self) {
        self.crops.clear();
        for file in self.files.values_mut() {
            file.levels.clear();
        }
    }

    /// Whether a crop of this size is scaled whole and kept.
    pub(super) fn keeps(size: (u32, u32)) -> bool {
        u64::from(size.0) * u64::from(size.1) <= WHOLE_CROP_PIXELS
    }

    /// The crop `src` (source px, upright) scaled to `size` device px: all of it, or where that is large at least what lies in `seen`.
    pub(super) fn scaled(&mut self, id: &AssetId, src: &Rect, size: (u32, u32), seen: Bounds) -> Result<Window> {
        let info = self.info(id)?;
        let whole = Bounds { x0: 0, y0: 0, x1: size.0 as i32, y1: size.1 as i32 };
        let keep = Self::keeps(size);
        let bounds = if keep { whole } else { whole.intersect(seen) };
        let src = Source::new(src, &info);
        let key = CropKey { asset: id.clone(), src: src.bits(), size };
        if let Some(crop) = self.crops.get_mut(&key) {
            crop.worth = self.worths.of(crop.effort, crop.pixmap.data.len());
            return Ok(Window { bounds: whole, pixmap: crop.pixmap.clone(), opaque: crop.opaque });
        }
        let halvings = src.halvings(size);
        let level = self.level(id, halvings)?;
        let src = src.part(whole, bounds).on(&level, halvings);
        let pixmap =
            Arc::new(scale(&mut self.resizer, id, &level, src, (bounds.width() as u32, bounds.height() as u32), info.alpha)?);
        self.scalings += 1;
        let opaque = !info.alpha && variorum_pixels::is_opaque(&pixmap.data);
        if keep && self.keeps_crops {
            let effort = (src.w * src.h) as u64 + bounds.width() as u64 * bounds.height() as u64;
            let worth = self.worths.of(effort, pixmap.data.len());
            self.crops.insert(key, Crop { pixmap: pixmap.clone(), opaque, effort, worth });
            self.keep_to_budget();
        }
        Ok(Window { bounds, pixmap, opaque })
    }

    /// The picture halved `n` times (or as often as it can be); decoded where it is not at hand.
    fn level(&mut self, id: &AssetId, n: usize) -> Result<Arc<Pixmap>> {
        self.clock += 1;
        let clock = self.clock;
        let file = self.files.get_mut(id).ok_or_else(|| unknown(id))?;
        if let Some(Some(level)) = file.levels.get_mut(n) {
            level.used = clock;
            return Ok(level.pixmap.clone());
        }
        let decoded = decode::decode(&id.0, &file.bytes)?;
        self.decodes += 1;
        let mut pixmap = Arc::new(Pixmap { width: decoded.width, height: decoded.height, data: decoded.data });
        // The levels not asked for are the first to go.
        let used = |level: usize| if level == n { clock } else { clock - 1 };
        let mut levels = vec![Some(Level { pixmap: pixmap.clone(), used: used(0) })];
        let mut found = pixmap.clone();
        for level in 1..=halvings_kept(decoded.width, decoded.height).max(n) {
            pixmap = Arc::new(halved(&pixmap));
            levels.push(Some(Level { pixmap: pixmap.clone(), used: used(level) }));
            if level == n {
                found = pixmap.clone();
            }
        }
        file.levels = levels;
        self.keep_to_budget();
        Ok(found)
    }

    /// Drops crops, what is worth least first, then decoded pictures, the least recently used first, until the budget holds: a crop is made again in a few
    /// milliseconds, decoding takes ten times as long and is asked for by every crop. What is in use survives in the caller's hands.
    fn keep_to_budget(&mut self) {
        let mut held = self.bytes_held();
        while held > self.budget {
            let crop = self.crops.iter().map(|(key, c)| (c.worth, key)).min().map(|(worth, key)| (worth, key.clone()));
            if let Some((worth, key)) = crop {
                self.worths.gone(worth);
                held -= self.crops.remove(&key).map_or(0, |c| c.pixmap.data.len());
                continue;
            }
            let levels = self.files.values_mut().flat_map(|f| f.levels.iter_mut()).filter(|l| l.is_some());
            let Some(oldest) = levels.min_by_key(|l| l.as_ref().map_or(u64::MAX, |l| l.used)) else { break };
            held -= oldest.take().map_or(0, |l| l.pixmap.data.len());
        }
    }
}

fn unknown(id: &AssetId) -> Error {
    Error::new(ErrorKind::Unknown, &*id.0, "there is no such picture")
}

/// A crop in source px of the whole picture or one of its halves.
#[derive(Clone, Copy)]
struct Source {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
}

impl Source {
    /// Kept inside the picture, at least a hundredth of a pixel large.
    fn new(src: &Rect, info: &PictureInfo) -> Self {
        let (pw, ph) = (f64::from(info.width), f64::from(info.height));
        let axis = |at: f32, length: f32, limit: f64| {
            let (at, length) = (f64::from(at), f64::from(length));
            let from = if at.is_finite() { at.clamp(0.0, limit - 0.01) } else { 0.0 };
            let to = if length.is_finite() { (at + length).clamp(from + 0.01, limit) } else { limit };
            (from, to - from)
        };
        let (x, w) = axis(src.x.0, src.w.0, pw);
        let (y, h) = axis(src.y.0, src.h.0, ph);
        Self { x, y, w, h }
    }

    fn bits(self) -> [u32; 4] {
        [self.x, self.y, self.w, self.h].map(|v| (v as f32).to_bits())
    }

    /// How often the picture may be halved and still leave one and a half source pixels a device pixel for the fine filter.
    fn halvings(self, size: (u32, u32)) -> usize {
        let ratio = (self.w / f64::from(size.0)).min(self.h / f64::from(size.1));
        let mut n = 0;
        let mut left = ratio / 2.0;
        while left >= 1.5 && n < 16 {
            left /= 2.0;
            n += 1;
        }
        n
    }

    /// The part that `bounds` takes of `whole`.
    fn part(self, whole: Bounds, bounds: Bounds) -> Self {
        let (kx, ky) = (self.w / whole.width() as f64, self.h / whole.height() as f64);
        Self {
            x: self.x + f64::from(bounds.x0) * kx,
            y: self.y + f64::from(bounds.y0) * ky,
            w: bounds.width() as f64 * kx,
            h: bounds.height() as f64 * ky,
        }
    }

    /// The same crop on the picture halved `n` times.
    fn on(self, level: &Pixmap, n: usize) -> Self {
        let k = 1.0 / (1u32 << n) as f64;
        let (lw, lh) = (f64::from(level.width), f64::from(level.height));
        let x = (self.x * k).clamp(0.0, lw - 0.001);
        let y = (self.y * k).clamp(0.0, lh - 0.001);
        Self { x, y, w: (self.w * k).min(lw - x), h: (self.h * k).min(lh - y) }
    }
}

/// Halves of a picture that are made at once with decoding: down to about 64 px.
fn halvings_kept(width: u32, height: u32) -> usize {
    (0..16).take_while(|n| width.min(height) >> n >= 64).count()
}

fn scale(resizer: &mut Scaler, id: &AssetId, level: &Pixmap, src: Source, size: (u32, u32), alpha: bool) -> Result<Pixmap> {
    let fail = |why: String| Error::new(ErrorKind::Media, &*id.0, "the picture cannot be scaled").found(why);
    let crop = [src.x, src.y, src.w, src.h];
    let mut data = resizer.scale(&level.data, (level.width, level.height), crop, size).map_err(fail)?;
    // The filter's negative lobes can lift a colour above its alpha.
    if alpha {
        variorum_pixels::hold_to_alpha(&mut data);
    }
    Ok(Pixmap { width: size.0, height: size.1, data })
}

/// Half the size, each pixel the mean of four; an odd last row or column counts twice.
fn halved(p: &Pixmap) -> Pixmap {
    let (width, height) = (p.width.div_ceil(2), p.height.div_ceil(2));
    let mut data = Vec::with_capacity(width as usize * height as usize * 4);
    let wide = p.width as usize * 4;
    let mut rows = p.data.chunks_exact(wide);
    while let Some(top) = rows.next() {
        let bottom = rows.next().unwrap_or(top);
        variorum_pixels::means_of_four(top, bottom, &mut data);
    }
    Pixmap { width, height, data }
}
