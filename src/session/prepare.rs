//! From the id of a variant to what is painted: resolved, its words shaped once, laid out, built, looked at.

use super::{SHAPED_KEPT, Session, USUAL_KEPT};
use crate::color::Rgba;
use crate::display::DisplayList;
use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::{Fingerprint, Hasher};
use crate::geom::{Rect, Size};
use crate::guard::{self, Finding};
use crate::layout::{self, Cuts, Layout, Shapes, Tone, Usual, Ways};
use crate::raster::{Pixmap, Raster};
use crate::text::{self, Shaped};
use crate::units::Px;
use crate::variant::{AssetId, Content, TextSlot, Variant};
use std::sync::Arc;

/// Longest side of a drawing that is only looked at, px: its letters must still have an outline.
const SKETCH: f32 = 96.0;

/// What decides a shaping.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ShapeKey {
    text: String,
    locale: String,
    rtl: bool,
    style: Fingerprint,
}

/// A variant with everything known about it short of its pixels.
pub struct Prepared {
    /// The resolved cell.
    pub variant: Variant,
    /// Where things are.
    pub layout: Layout,
    /// What to paint.
    pub list: DisplayList,
    /// What guard saw.
    pub findings: Vec<Finding>,
}

impl Session {
    pub(crate) fn laid_out(&mut self, variant: &Variant, ways: Ways) -> Layout {
        self.see(variant);
        let shapes: Vec<Option<Arc<Shaped>>> = variant
            .layers
            .iter()
            .map(|layer| match &layer.content {
                Content::Text(slot) => Some(self.shape(slot, variant)),
                _ => None,
            })
            .collect();
        let usual = if layout::asks_usual(variant, ways) { self.usual(variant) } else { None };
        layout::layout(variant, Shapes { shaped: &shapes, cuts: &Cuts::default() }, &self.tones, ways, usual)
    }

    /// The usual way of a variant's format, found once for all its languages.
    fn usual(&mut self, variant: &Variant) -> Option<Usual> {
        let key = (variant.format.id.clone(), variant.wordless_key(&self.campaign));
        if let Some(known) = self.usual.get(&key) {
            return *known;
        }
        if self.usual.len() >= USUAL_KEPT {
            self.usual.clear();
        }
        let bare = variant.wordless();
        // What is read from the right is the mirror of what is read from the left, whichever of them a campaign has.
        let mut read = None;
        if variant.direction == text::Direction::Rtl {
            let turned = Variant { direction: text::Direction::Ltr, ..variant.clone() };
            read = self.usual(&turned).map(|usual| usual.way);
        }
        let usual = layout::usual::usual(&bare, &self.tones, read);
        self.usual.insert(key, usual);
        usual
    }

    /// Resolves, lays out, builds and looks at one variant, with the other ways to lay it out.
    ///
    /// # Errors
    /// As [`Session::variant`].
    pub fn prepare(&mut self, id: &str) -> Result<Prepared> {
        self.prepared(id, None, Ways::All)
    }

    /// The same without the other ways, which cost as much as the one taken: what is painted needs none. With the key of an arrangement in
    /// that one, whichever would be taken: to be looked at, not delivered.
    ///
    /// # Errors
    /// As [`Session::prepare`].
    pub fn prepare_as(&mut self, id: &str, arrangement: Option<&str>) -> Result<Prepared> {
        self.prepared(id, arrangement, Ways::Taken)
    }

    fn prepared(&mut self, id: &str, arrangement: Option<&str>, ways: Ways) -> Result<Prepared> {
        let cell = self.cell(id)?;
        let mut variant = self.resolved(&cell)?;
        if let Some(arrangement) = arrangement {
            variant.chosen = Some(arrangement.into());
        }
        for (key, cells) in self.groups(&cell) {
            let Some(agreed) = self.agreement(&key, &cells)? else { continue };
            for layer in variant.layers.iter_mut().filter(|l| l.id == key.0) {
                if let Content::Text(slot) = &mut layer.content {
                    slot.agreed = Some(Px(agreed));
                }
            }
        }
        let layout = self.laid_out(&variant, ways);
        let list = crate::display::build(&variant, &layout, &self.drawings);
        let findings = guard::look(&variant, &layout, &self.campaign.policy);
        Ok(Prepared { variant, layout, list, findings })
    }

    /// The tones of a variant's pictures and drawings, made once each.
    fn see(&mut self, variant: &Variant) {
        for layer in &variant.layers {
            match &layer.content {
                Content::Image { asset, natural, .. } if !self.tones.contains_key(asset) => {
                    // A picture that cannot be read is said where it is painted; here it only is not known.
                    let Ok(small) = self.pictures.small(asset, Tone::size(*natural)) else { continue };
                    self.tone(asset, &small);
                }
                Content::Vector { asset, on_dark, .. } => {
                    for asset in [Some(asset), on_dark.as_ref()].into_iter().flatten() {
                        if !self.tones.contains_key(asset)
                            && let Some(small) = self.sketch(asset)
                        {
                            self.tone(asset, &small);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn tone(&mut self, asset: &AssetId, small: &Pixmap) {
        let tone = Tone::of(small.width as usize, small.height as usize, &small.data);
        self.tones.insert(asset.clone(), Arc::new(tone));
    }

    /// A drawing by itself, small, on nothing.
    fn sketch(&mut self, asset: &AssetId) -> Option<Pixmap> {
        let Size { w, h } = self.drawings.get(asset)?.size;
        let k = SKETCH / w.0.max(h.0).max(1e-3);
        let side = |v: f32| (v * k).round().max(1.0);
        let dst = Rect::new(0.0, 0.0, side(w.0), side(h.0));
        let mut items = Vec::new();
        self.drawings.draw(asset, dst, &mut items);
        let (width, height) = (dst.w.0 as u32, dst.h.0 as u32);
        let mut on = |ground: Rgba| {
            let list = DisplayList { width, height, bleed: Px::ZERO, ground, items: items.clone() };
            Raster::new(0).paint(&list, &self.fonts, &mut self.pictures, dst, 1.0).ok()
        };
        // A page is never see-through: what differs between a black and a white one is.
        let (mut ink, white) = (on(Rgba { a: 255, ..Rgba::default() })?, on(Rgba { r: 255, g: 255, b: 255, a: 255 })?);
        for (p, q) in ink.data.chunks_exact_mut(4).zip(white.data.chunks_exact(4)) {
            if let ([r, g, b, a], [r2, g2, b2, _]) = (p, q) {
                let through = r2.abs_diff(*r).max(g2.abs_diff(*g)).max(b2.abs_diff(*b));
                *a = 255 - through;
            }
        }
        Some(ink)
    }

    /// Shaped once per string, style and language.
    fn shape(&mut self, slot: &TextSlot, variant: &Variant) -> Arc<Shaped> {
        let mut style = Hasher::new("style");
        slot.style.digest(&mut style);
        slot.spans.iter().for_each(|span| span.digest(&mut style));
        for keep in &slot.keep {
            style.number(keep.start as u64);
            style.number(keep.end as u64);
        }
        let key = ShapeKey {
            text: slot.text.clone(),
            locale: variant.locale.clone(),
            rtl: variant.direction == text::Direction::Rtl,
            style: style.close(),
        };
        if let Some(shaped) = self.shaped.get(&key) {
            return shaped.clone();
        }
        if self.shaped.len() >= SHAPED_KEPT {
            self.shaped.clear();
        }
        let shaped = Arc::new(text::shape_spans(
            &self.fonts,
            &slot.text,
            &slot.style,
            &slot.spans,
            &slot.keep,
            &variant.locale,
            variant.direction,
        ));
        self.shaped.insert(key, shaped.clone());
        shaped
    }

    /// Where the eye goes in a picture of the campaign, rows of numbers 0 to 1, with width and height: the map that crops follow where
    /// no focal box was drawn.
    ///
    /// # Errors
    /// As [`Session::variant`]; `unknown` where the layer shows no picture.
    pub fn salience(&mut self, id: &str, layer: &str) -> Result<(usize, usize, Vec<f32>)> {
        let variant = self.variant(id)?;
        self.see(&variant);
        let picture = variant.layers.iter().find(|l| l.id == layer).map(|l| &l.content);
        let Some(Content::Image { asset, .. }) = picture else {
            return Err(Error::new(ErrorKind::Unknown, id, format!("'{layer}' shows no picture")));
        };
        let tone =
            self.tones.get(asset).ok_or_else(|| Error::new(ErrorKind::Media, asset.0.as_ref(), "the picture cannot be read"))?;
        Ok((tone.width, tone.height, tone.salience()))
    }
}
