//! In: an item of shaped text: one level, script, face and look. Out: its glyphs in em, as they lie along their line or column. What they measure
//! together is left to `shape`; shaping itself is in `run`.

use super::punctuation;
use super::run::{RunDirection, RunFeature, RunRequest, RunSetup, shape_run};
use super::script::Script;
use super::shape::{Course, EmGlyph, Item, Shaped};
use super::style::{Feature, TextStyle};

impl Shaped {
    pub(super) fn shape_items(&mut self) {
        let mut items = std::mem::take(&mut self.items);
        for item in &mut items {
            let glyphs = self.shape_part(item, item.start, item.end);
            let first = self.glyphs.len();
            self.glyphs.extend(glyphs);
            item.glyphs = first..self.glyphs.len();
        }
        self.items = items;
    }

    /// Shapes a part of an item, in the sight of the text around it (letters go on joining over a line's end).
    pub(crate) fn shape_part(&self, item: &Item, start: usize, end: usize) -> Vec<EmGlyph> {
        let Some(face) = self.faces.get(item.face) else { return Vec::new() };
        let Some(part) = self.text.get(start..end) else { return Vec::new() };
        let text: Vec<(char, u32)> =
            part.char_indices().map(|(at, c)| (c, u32::try_from(start + at).unwrap_or(u32::MAX))).collect();
        // HarfBuzz 14 applies `calt` to what stands between hangul, which widens the spaces of Korean fonts; no browser does yet. A
        // style that names the feature has it.
        let mut features = self.features.get(item.look).cloned().unwrap_or_default();
        if item.script == Script::HANGUL {
            features.insert(0, RunFeature::whole(Feature { tag: *b"calt", value: 0 }));
        }
        let request = RunRequest {
            text: &text,
            before: self.text.get(..start).unwrap_or_default(),
            after: self.text.get(end..).unwrap_or_default(),
            script: Some(item.script),
            direction: match item.run {
                Course::Below => RunDirection::Ttb,
                _ if item.rtl() => RunDirection::Rtl,
                _ => RunDirection::Ltr,
            },
            locale: &self.locale,
            features: &features,
            begins: start == 0,
            ends: end == self.text.len(),
            setup: RunSetup::default(),
        };
        let (times, rise) = self.looks.get(item.look).map_or((1.0, 0.0), |l| (l.scale, l.rise));
        let scale = times / f32::from(face.units_per_em);
        #[allow(clippy::cast_precision_loss)] // Font units are far below 2^24.
        let em = |v: i32| v as f32 * scale;
        let output = shape_run(face, &request);
        let mut glyphs: Vec<EmGlyph> = output
            .iter()
            .map(|g| EmGlyph {
                id: g.id,
                cluster: g.cluster,
                advance: em(g.x_advance),
                dx: em(g.x_offset),
                dy: em(g.y_offset) + rise,
                safe: g.safe,
                narrow: 1.0,
            })
            .collect();
        match item.run {
            Course::Beside => {}
            Course::Turned => {
                // Up is to the right of the column; half a capital's height puts them in its middle.
                let middle = face.cap_height * times / 2.0;
                glyphs.iter_mut().for_each(|g| g.dy = middle - g.dy);
            }
            Course::Below => {
                // Down is negative to the shaper: along the column is its y, across it its x.
                for (glyph, position) in glyphs.iter_mut().zip(&output) {
                    glyph.advance = -em(position.y_advance);
                    (glyph.dx, glyph.dy) = (-em(position.y_offset), -em(position.x_offset));
                }
            }
            Course::Square => {
                let wide: f32 = glyphs.iter().map(|g| g.advance).sum();
                // A tenth more than the square is let be, as in browsers.
                let narrow = if wide > 1.1 * times + 0.02 { times / wide } else { 1.0 };
                let first = glyphs.first().map_or(0, |g| g.cluster);
                let mut x = -wide * narrow / 2.0;
                for (i, glyph) in glyphs.iter_mut().enumerate() {
                    let across = x + glyph.dx * narrow;
                    x += glyph.advance * narrow;
                    glyph.narrow = narrow;
                    // One square for all of them, counted with the first; their feet where they stand in its middle. What
                    // comes after the first goes back to where it began.
                    let along = 0.5 * times + face.cap_height * times / 2.0;
                    glyph.advance = if i == 0 { times } else { 0.0 };
                    glyph.dx = if i == 0 { along } else { along - times };
                    (glyph.dy, glyph.cluster, glyph.safe) = (-across, first, i == 0);
                }
            }
        }
        if !item.rtl() && item.run == Course::Beside {
            glyphs.iter_mut().for_each(|g| punctuation::tuck_in(g, &self.text, &self.locale));
        }
        glyphs
    }

    /// The style's features; letter-spaced text loses its optional ligatures (CSS Text 3, 8.2).
    pub(super) fn features(style: &TextStyle) -> Vec<RunFeature> {
        let mut features = Vec::with_capacity(style.features.len() + 2);
        if style.tracking_em != 0.0 {
            features.extend([*b"liga", *b"clig"].map(|tag| RunFeature::whole(Feature { tag, value: 0 })));
        }
        features.extend(style.features.iter().copied().map(RunFeature::whole));
        features
    }
}
