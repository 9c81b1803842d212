//! In: a variant. Out: the same page without what languages and hands bring: greeked words of the length that the designer's boxes hold, no
//! correction and no choice, and a custom screen's size to the nearest of a coarse grid. All languages of a format have the same one, and so have
//! shapes that are nearly alike; unless the master itself is another for one of them.

use super::{Content, Format, Layer, Role, Spec, TextSlot, Variant, digest};
use crate::campaign::{Campaign, Catalogue};
use crate::fingerprint::Fingerprint;
use crate::geom::{Insets, Rect};
use crate::text::{Writing, greek};
use crate::units::Px;
use std::sync::Arc;

/// What share of its box a headline fills, what stands on a plate or by itself, and what runs: boxes of that are as wide as their column.
const FILLED: [f32; 3] = [0.8, 0.8, 0.6];
/// Height of capitals, em.
const CAPITALS: f32 = 0.7;
/// Sizes in an octave that sides of a screen are taken as.
const SIZES: f32 = 4.0;
/// How far from a size of the catalogue sides are taken as that one's, px: a pixel more is no other page.
const BESIDE: u32 = 4;
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

/// A screen's format in the size that it is taken as: beside one of the catalogue in that one's, so that its edges are clear of where arrangements
/// change; else, where it is the campaign's own, with its sides as the grid has them. `None` where that is its own size.
fn like_size(format: &Format) -> Option<Format> {
    let Spec::Pixels { .. } = format.spec else { return None };
    let (w, h) = format.raster;
    if let Some(raster) = beside(format.raster) {
        let spec = Spec::Pixels { width: raster.0, height: raster.1 };
        return (raster != format.raster).then(|| Format { spec, raster, ..format.clone() });
    }
    if format.medium != "custom" {
        return None;
    }
    let near = |side: u32| {
        let octaves = (libm::log2f(side.max(1) as f32) * SIZES).round() / SIZES;
        (libm::exp2f(octaves).round() as u32).max(1)
    };
    let raster = (near(w), near(h));
    let times = |to: u32, from: u32| to as f32 / from.max(1) as f32;
    let (x, y) = (times(raster.0, w), times(raster.1, h));
    let safe = Insets {
        top: Px(format.safe.top.0 * y),
        right: Px(format.safe.right.0 * x),
        bottom: Px(format.safe.bottom.0 * y),
        left: Px(format.safe.left.0 * x),
    };
    let spec = Spec::Pixels { width: raster.0, height: raster.1 };
    Some(Format { spec, raster, safe, ..format.clone() })
}

/// The nearest size of a screen in the catalogue within a few px of both sides, the earlier of two.
fn beside((w, h): (u32, u32)) -> Option<(u32, u32)> {
    let screens = Catalogue::built_in().formats().iter().filter(|f| matches!(f.spec, Spec::Pixels { .. }));
    let apart = |at: &(u32, u32)| at.0.abs_diff(w).max(at.1.abs_diff(h));
    screens.map(|f| f.raster).filter(|at| apart(at) <= BESIDE).min_by_key(apart)
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
