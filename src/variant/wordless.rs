//! In: a variant. Out: the same page without what languages and hands bring: greeked words of the length that the designer's boxes hold, no
//! correction and no choice, and a custom screen's size to the nearest of a coarse grid. All languages of a format have the same one, and so have
//! shapes that are nearly alike; unless the master itself is another for one of them.

use super::{Content, Format, Layer, Role, Spec, TextSlot, Variant, digest};
use crate::campaign::{Campaign, Catalogue};
use crate::fingerprint::Fingerprint;
use crate::geom::{Insets, Rect};
use crate::text::{Writing, greek};
use crate::units::{Mm, Px};
use std::sync::Arc;

/// What share of its box a headline fills, what stands on a plate or by itself, and what runs: boxes of that are as wide as their column.
const FILLED: [f32; 3] = [0.8, 0.8, 0.6];
/// Height of capitals, em.
const CAPITALS: f32 = 0.7;
/// Sizes in an octave that sides of a screen are taken as.
const SIZES: f32 = 4.0;
/// How far from a size of the catalogue sides are taken as that one's, px: a pixel more is no other page.
const BESIDE: f64 = 4.0;
/// The same of what is printed: a share of the side, and the least, mm.
const BESIDE_MM: (f64, f64) = (0.0101, 2.01);
/// Difference of what is not safe at the sides that is none, px.
const EVEN: f32 = 0.5;

impl Variant {
    /// The layers in the master's order, whatever a person made of it.
    pub(super) fn as_in_master(&self) -> Vec<&Layer> {
        let mut layers: Vec<&Layer> = Vec::with_capacity(self.layers.len());
        for layer in &self.layers {
            let at = layers.partition_point(|other| other.nth <= layer.nth);
            layers.insert(at, layer);
        }
        layers
    }

    /// What decides [`Variant::wordless`] and no more: told without making that page, for it is asked of every variant and known for most.
    #[must_use]
    pub fn wordless_key(&self, campaign: &Campaign) -> Fingerprint {
        let like = like(&self.format);
        digest::wordless(campaign, self, like.as_ref().unwrap_or(&self.format))
    }

    /// The page without its words.
    #[must_use]
    pub fn wordless(&self) -> Self {
        let mut bare = self.clone();
        bare.layers = self.as_in_master().into_iter().cloned().collect();
        bare.locale.clear();
        bare.chosen = None;
        bare.notes.clear();
        let page = bare.format.size();
        if let Some(like) = like(&bare.format) {
            bare.format = Arc::new(like);
        }
        let now = bare.format.size();
        let scale = ((now.w.0 * now.h.0) / (page.w.0 * page.h.0).max(1.0)).sqrt();
        for layer in &mut bare.layers {
            (layer.override_box, layer.nudge) = (None, None);
            if let Content::Text(slot) = &mut layer.content {
                slot.floor_px = slot.floor_px * scale;
                greeked(slot, layer.role, layer.master_box);
            }
        }
        bare
    }
}

/// The format that usual ways are found for: in the size that it is taken as, and as broad at both sides as it leaves free of them together, so that
/// it is its own mirror. `None` where that is itself.
fn like(format: &Format) -> Option<Format> {
    let sized = like_size(format);
    let at = sized.as_ref().unwrap_or(format);
    let (left, right) = (at.safe.left, at.safe.right);
    if (left - right).0.abs() < EVEN {
        return sized;
    }
    let side = (left + right) / 2.0;
    Some(Format { safe: Insets { left: side, right: side, ..at.safe }, ..at.clone() })
}

/// A format in the size that it is taken as: beside one of the catalogue in that one's, so that its edges are clear of where arrangements
/// change; else, where it is a screen of the campaign's own, with its sides as the grid has them. `None` where that is its own size.
fn like_size(format: &Format) -> Option<Format> {
    let own = sides(format);
    let (w, h) = own;
    if let Some((w, h)) = beside(format) {
        return ((w, h) != own).then(|| sized(format, w, h));
    }
    if format.medium != "custom" || !matches!(format.spec, Spec::Pixels { .. }) {
        return None;
    }
    let near = |side: f64| {
        let octaves = (libm::log2f(side.max(1.0) as f32) * SIZES).round() / SIZES;
        f64::from(libm::exp2f(octaves).round().max(1.0))
    };
    let like = sized(format, near(w), near(h));
    let times = |to: u32, from: u32| to as f32 / from.max(1) as f32;
    let (x, y) = (times(like.raster.0, format.raster.0), times(like.raster.1, format.raster.1));
    let safe = Insets {
        top: Px(format.safe.top.0 * y),
        right: Px(format.safe.right.0 * x),
        bottom: Px(format.safe.bottom.0 * y),
        left: Px(format.safe.left.0 * x),
    };
    Some(Format { safe, ..like })
}

/// Sides as the format gives them: px of a screen, mm of what is printed.
fn sides(format: &Format) -> (f64, f64) {
    match format.spec {
        Spec::Pixels { width, height } => (f64::from(width), f64::from(height)),
        Spec::Print { width_mm, height_mm, .. } => (width_mm, height_mm),
    }
}

/// The same format with other sides.
fn sized(format: &Format, w: f64, h: f64) -> Format {
    let (spec, (w, h)) = match format.spec {
        Spec::Pixels { .. } => (Spec::Pixels { width: w as u32, height: h as u32 }, (w, h)),
        Spec::Print { dpi, scale, assumed, .. } => {
            let px = |mm: f64| Mm(mm).to_pixels(dpi, scale);
            (Spec::Print { width_mm: w, height_mm: h, dpi, scale, assumed }, (px(w), px(h)))
        }
    };
    let raster = (w as u32, h as u32);
    Format { spec, raster, ..format.clone() }
}

/// The nearest size in the catalogue within a little of both sides, of the same unit, the earlier of two: a few px of a screen, and of what is
/// printed what a trade calls the same size.
fn beside(format: &Format) -> Option<(f64, f64)> {
    let screen = |f: &Format| matches!(f.spec, Spec::Pixels { .. });
    let own = sides(format);
    let most = |side: f64| if screen(format) { BESIDE } else { (BESIDE_MM.0 * side).max(BESIDE_MM.1) };
    let apart = |at: &(f64, f64)| ((at.0 - own.0).abs() / most(at.0)).max((at.1 - own.1).abs() / most(at.1));
    let known = Catalogue::built_in().formats().iter().filter(|f| screen(f) == screen(format)).map(|f| sides(f));
    known.filter(|at| apart(at) <= 1.0).min_by(|a, b| apart(a).total_cmp(&apart(b)))
}

/// Puts words of the box's length in the place of a slot's own.
fn greeked(slot: &mut TextSlot, role: Role, place: Rect) {
    let size = slot.ideal.0.max(1e-3);
    let (pad_x, pad_y) = slot.plate.as_ref().map_or((0.0, 0.0), |plate| (plate.pad_x_em, plate.pad_y_em));
    let (w, h) = (place.w.0 / size - 2.0 * pad_x, place.h.0 / size - 2.0 * pad_y);
    let leading = slot.style.leading.max(0.5);
    // A box may be no higher than its capitals.
    let lines = ((h - CAPITALS) / leading + 1.0).floor().max(1.0);
    let lines = if slot.max_lines > 0 { lines.min(slot.max_lines as f32) } else { lines };
    let [headline, short, running] = FILLED;
    let filled = match role {
        Role::Headline => headline,
        Role::CallToAction | Role::Badge | Role::Price => short,
        _ => running,
    };
    slot.style.writing = Writing::Horizontal;
    slot.text = greek(filled * w * lines, &slot.style);
    slot.spans.clear();
    slot.keep.clear();
    (slot.column, slot.agreed) = (None, None);
}
