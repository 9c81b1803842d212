//! In: a resolved variant and the bytes behind its names. Out: the [`Fingerprint`] of everything that decides its pixels, and
//! of nothing else: names of tokens, layers, files and options do not count; values, words, content hashes and fonts do.

use super::resolve::FontDigest;
use super::{AssetId, Content, Format, Layer, Plate, Shadow, Spec, Stroke, TextSlot, Variant};
use crate::campaign::Campaign;
use crate::campaign::policy::Weights;
use crate::color::{Fill, Rgba, Stop};
use crate::fingerprint::{Fingerprint, Hasher};
use crate::geom::Rect;
use crate::text::hyphens;

/// Changes whenever the engine would draw the same variant differently: stamps on what an older engine drew reopen.
pub const ENGINE: &str = "variorum pixels 14";

/// The fingerprint of a variant.
#[must_use]
pub fn fingerprint(campaign: &Campaign, variant: &Variant, fonts: Option<FontDigest<'_>>) -> Fingerprint {
    let mut ink = Ink { hasher: Hasher::new(ENGINE), campaign, fonts, locale: &variant.locale, wordless: false };
    ink.format(&variant.format);
    ink.h().text(&variant.locale);
    ink.page(variant);
    ink.word(variant.layers.len() as u64);
    let texts = variant.layers.iter().any(|layer| matches!(layer.content, Content::Text(_)));
    variant.layers.iter().for_each(|layer| ink.layer(layer));
    if texts {
        ink.word(campaign.fonts.len() as u64);
        campaign.fonts.iter().for_each(|font| ink.asset(font));
    }
    ink.hasher.close()
}

/// What decides the page without its words ([`Variant::wordless`]) in a format: no words, no language but its direction, nothing by hand but style.
#[must_use]
pub fn wordless(campaign: &Campaign, variant: &Variant, format: &Format) -> Fingerprint {
    let mut ink = Ink { hasher: Hasher::new("a page without its words"), campaign, fonts: None, locale: "", wordless: true };
    ink.format(format);
    ink.page(variant);
    ink.word(variant.layers.len() as u64);
    variant.as_in_master().into_iter().for_each(|layer| ink.layer(layer));
    ink.hasher.close()
}

/// Writes values down unambiguously.
struct Ink<'a> {
    hasher: Hasher,
    campaign: &'a Campaign,
    fonts: Option<FontDigest<'a>>,
    locale: &'a str,
    /// Whether words, and what hands did to places, do not count.
    wordless: bool,
}

impl Ink<'_> {
    fn h(&mut self) -> &mut Hasher {
        &mut self.hasher
    }
    fn word(&mut self, n: u64) {
        self.hasher.number(n);
    }
    fn measures(&mut self, values: &[f32]) {
        values.iter().for_each(|v| self.hasher.measure(f64::from(*v)));
    }
    fn rect(&mut self, r: Rect) {
        self.measures(&[r.x.0, r.y.0, r.w.0, r.h.0]);
    }
    fn color(&mut self, c: Rgba) {
        self.hasher.bytes(&[c.r, c.g, c.b, c.a]);
    }
    fn asset(&mut self, id: &AssetId) {
        let digest = self.campaign.asset(id).map_or([0; 32], |asset| asset.sha256.0);
        self.hasher.bytes(&digest);
    }
    /// Whether something is there, then the thing.
    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.word(u64::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// What holds for all of the page.
    fn page(&mut self, variant: &Variant) {
        self.word(variant.direction as u64);
        self.color(variant.ground);
        self.fill(&variant.panel);
        self.word(variant.character as u64);
        self.word(variant.arrangements.len() as u64);
        variant.arrangements.iter().for_each(|a| self.word(*a as u64));
        if !self.wordless {
            self.h().text(variant.chosen.as_deref().unwrap_or_default());
        }
        self.word(variant.pins.logo.map_or(0, |(bottom, end)| 1 + u64::from(bottom) + 2 * u64::from(end)));
        self.word(u64::from(variant.pins.off_photo));
        // The engine's own are told by its version.
        if variant.weights != Weights::default() {
            self.h().text("weights");
            self.word(variant.weights.version.map_or(0, u64::from));
            for (name, weight) in &variant.weights.terms {
                self.h().text(name);
                self.measures(&[*weight]);
            }
        }
        self.measures(&[variant.artboard.w.0, variant.artboard.h.0]);
    }

    fn format(&mut self, format: &Format) {
        self.word(u64::from(format.raster.0));
        self.word(u64::from(format.raster.1));
        self.measures(&[format.bleed.0, format.safe.top.0, format.safe.right.0, format.safe.bottom.0, format.safe.left.0]);
        self.h().text(&format.medium);
        match format.spec {
            Spec::Pixels { .. } => self.word(0),
            Spec::Print { width_mm, height_mm, dpi, scale, assumed: _ } => {
                self.word(1);
                [width_mm, height_mm, dpi.0, scale].into_iter().for_each(|v| self.hasher.measure(v));
            }
        }
        self.maybe(format.viewing_distance_m, |ink, m| ink.hasher.measure(m));
    }

    fn fill(&mut self, fill: &Fill) {
        match fill {
            Fill::Solid(color) => {
                self.word(0);
                self.color(*color);
            }
            Fill::Linear { angle_deg, stops } => {
                self.word(1);
                self.measures(&[*angle_deg]);
                self.stops(stops);
            }
            Fill::Radial { center, radius, stops } => {
                self.word(2);
                self.measures(&[center.0, center.1, *radius]);
                self.stops(stops);
            }
        }
    }
    fn stops(&mut self, stops: &[Stop]) {
        self.word(stops.len() as u64);
        for stop in stops {
            self.measures(&[stop.at]);
            self.color(stop.color);
        }
    }
    fn stroke(&mut self, stroke: &Stroke) {
        self.fill(&stroke.fill);
        self.measures(&[stroke.width.0]);
    }
    fn shadow(&mut self, shadow: &Shadow) {
        self.color(shadow.color);
        self.measures(&[shadow.blur.0, shadow.dx.0, shadow.dy.0]);
    }
    fn plate(&mut self, plate: &Plate) {
        self.fill(&plate.fill);
        self.measures(&[plate.radius.0, plate.pad_y_em, plate.pad_x_em]);
        self.maybe(plate.stroke.as_ref(), Self::stroke);
        self.maybe(plate.shadow.as_ref(), Self::shadow);
    }

    fn layer(&mut self, layer: &Layer) {
        self.word(layer.role as u64);
        self.rect(layer.master_box);
        if !self.wordless {
            self.maybe(layer.override_box, Self::rect);
            self.maybe(layer.nudge, |ink, n| ink.measures(&[n.dx, n.dy, n.scale]));
            if let Some(within) = &layer.within {
                self.h().text(within);
            }
        }
        self.word(layer.keep as u64);
        self.hasher.measure(f64::from(layer.priority));
        self.measures(&[layer.opacity, layer.radius.0]);
        self.word(layer.blend as u64);
        self.maybe(layer.stroke.as_ref(), Self::stroke);
        self.maybe(layer.shadow.as_ref(), Self::shadow);
        match &layer.content {
            Content::Image { asset, natural: _, alpha: _, fit, focal } => {
                self.word(0);
                self.asset(asset);
                self.word(*fit as u64);
                self.rect(*focal);
            }
            Content::Vector { asset, on_dark, natural: _, clear, min_width } => {
                self.word(1);
                self.asset(asset);
                self.maybe(on_dark.as_ref(), Self::asset);
                self.measures(&[*clear, min_width.0]);
            }
            Content::Shape { kind, fill } => {
                self.word(2);
                self.word(*kind as u64);
                self.fill(fill);
            }
            Content::Text(slot) => {
                self.word(3);
                self.text(slot);
            }
        }
    }

    fn words(&mut self, slot: &TextSlot) {
        self.h().text(&slot.text);
        self.word(slot.spans.len() as u64);
        slot.spans.iter().for_each(|span| span.digest(&mut self.hasher));
        self.word(slot.keep.len() as u64);
        for keep in &slot.keep {
            self.word(keep.start as u64);
            self.word(keep.end as u64);
        }
    }

    fn text(&mut self, slot: &TextSlot) {
        if !self.wordless {
            self.words(slot);
        }
        slot.style.digest(&mut self.hasher);
        self.color(slot.color);
        self.word(slot.align as u64);
        self.measures(&[slot.ideal.0, slot.floor.0, slot.ceiling.0]);
        self.word(u64::from(slot.max_lines));
        self.word(u64::from(slot.balance));
        self.measures(&[slot.budget.tracking_em, slot.budget.leading]);
        if slot.budget.hyphens && !self.wordless {
            let digest = hyphens::digest(self.locale);
            self.h().text(digest);
        }
        self.word(u64::from(slot.strike));
        self.maybe(slot.plate.as_ref(), Self::plate);
        let fonts = self.fonts.map(|digest| digest(&slot.text, self.locale));
        self.maybe(fonts, |ink, digest| ink.hasher.bytes(&digest.0));
    }
}
