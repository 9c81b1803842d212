//! In: a face and a run of text of one script, direction and language. Out: glyphs in font units, as HarfBuzz gives them. All of
//! harfrust is in this file and in what [`Face`] keeps for it. Cutting text into runs is left to `itemise`, lines to `line`.

use super::breaks;
use super::face::{Face, PlanKey};
use super::script::Script;
use super::style::Feature;
use std::sync::Arc;

/// Which way a run is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunDirection {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
    /// Top to bottom.
    Ttb,
    /// Bottom to top.
    Btt,
    /// As its script is written.
    OfScript,
}

/// A feature for a stretch of the text, by cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunFeature {
    /// Tag and value.
    pub feature: Feature,
    /// First cluster it holds for.
    pub start: u32,
    /// Cluster it no longer holds for.
    pub end: u32,
}

impl RunFeature {
    /// A feature for the whole run.
    #[must_use]
    pub fn whole(feature: Feature) -> Self {
        Self { feature, start: 0, end: u32::MAX }
    }
}

/// A stretch of text to be shaped in one go.
#[derive(Clone, Debug)]
pub struct RunRequest<'a> {
    /// Characters and the cluster each belongs to, ascending.
    pub text: &'a [(char, u32)],
    /// What stands before (letters join over a line's end).
    pub before: &'a str,
    /// What stands after.
    pub after: &'a str,
    /// The script; none is that of the first letter.
    pub script: Option<Script>,
    /// Which way.
    pub direction: RunDirection,
    /// BCP 47.
    pub locale: &'a str,
    /// Features beyond those that are always on.
    pub features: &'a [RunFeature],
    /// It begins the text.
    pub begins: bool,
    /// It ends the text.
    pub ends: bool,
    /// What it is set up like otherwise.
    pub setup: RunSetup,
}

/// Rarely wanted settings of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RunSetup {
    /// Units of the answer in an em, where not the font's.
    pub scale: Option<i32>,
    /// Points of the em, for fonts with a tracking table (`trak`).
    pub points: Option<f32>,
    /// Default ignorables leave no trace.
    pub remove_ignorables: bool,
    /// Default ignorables show the font's own glyphs.
    pub preserve_ignorables: bool,
    /// Graphemes may fall apart into clusters, as HarfBuzz' cluster levels 1 to 3 say; 0 keeps them.
    pub cluster_level: u8,
    /// Glyph for a variation selector the font does not know; none hides it.
    pub unknown_selector: Option<u32>,
}

/// A shaped glyph, in font units (or those of the scale asked for), in visual order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunGlyph {
    /// Glyph id.
    pub id: u16,
    /// First cluster it stands for.
    pub cluster: u32,
    /// To the right.
    pub x_advance: i32,
    /// Up.
    pub y_advance: i32,
    /// To the right.
    pub x_offset: i32,
    /// Up.
    pub y_offset: i32,
    /// A line may end before this cluster without shaping anew.
    pub safe: bool,
}

/// Shapes a run.
#[must_use]
pub fn shape_run(face: &Face, request: &RunRequest<'_>) -> Vec<RunGlyph> {
    let Some(font) = face.shaping() else { return Vec::new() };
    let mut buffer = harfrust::UnicodeBuffer::new();
    buffer.reserve(request.text.len());
    buffer.set_pre_context(near_end(request.before));
    for &(c, cluster) in request.text {
        buffer.add(c, cluster);
    }
    buffer.set_post_context(near_start(request.after));
    let mut flags = harfrust::BufferFlags::default();
    flags.set(harfrust::BufferFlags::BEGINNING_OF_TEXT, request.begins);
    flags.set(harfrust::BufferFlags::END_OF_TEXT, request.ends);
    flags.set(harfrust::BufferFlags::REMOVE_DEFAULT_IGNORABLES, request.setup.remove_ignorables);
    flags.set(harfrust::BufferFlags::PRESERVE_DEFAULT_IGNORABLES, request.setup.preserve_ignorables);
    buffer.set_flags(flags);
    buffer.set_cluster_level(match request.setup.cluster_level {
        0 => harfrust::BufferClusterLevel::MonotoneGraphemes,
        1 => harfrust::BufferClusterLevel::MonotoneCharacters,
        2 => harfrust::BufferClusterLevel::Characters,
        _ => harfrust::BufferClusterLevel::Graphemes,
    });
    if let Some(glyph) = request.setup.unknown_selector {
        buffer.set_not_found_variation_selector_glyph(glyph);
    }
    if let Some(script) = request.script.and_then(Script::harfrust) {
        buffer.set_script(script);
    }
    if let Some(language) = harfrust::Language::new(request.locale) {
        buffer.set_language(language);
    }
    match request.direction {
        RunDirection::Ltr => buffer.set_direction(harfrust::Direction::LeftToRight),
        RunDirection::Rtl => buffer.set_direction(harfrust::Direction::RightToLeft),
        RunDirection::Ttb => buffer.set_direction(harfrust::Direction::TopToBottom),
        RunDirection::Btt => buffer.set_direction(harfrust::Direction::BottomToTop),
        RunDirection::OfScript => {}
    }
    buffer.guess_segment_properties();
    let features: Vec<harfrust::Feature> = request.features.iter().map(feature).collect();
    let key = PlanKey {
        script: buffer.script(),
        direction: buffer.direction(),
        locale: request.locale.to_owned(),
        features: features.clone(),
    };
    let shaper = face.shaper.shaper(&font).instance(face.instance.as_ref()).build();
    let plan = plan(face, &shaper, key);
    let options = harfrust::ShapeOptions::new()
        .plan(Some(&plan))
        .features(&features)
        .scale(request.setup.scale)
        .point_size(request.setup.points);
    let output = shaper.shape(buffer, options);
    let glyph = |(info, position): (&harfrust::GlyphInfo, &harfrust::GlyphPosition)| RunGlyph {
        id: u16::try_from(info.glyph_id).unwrap_or(0),
        cluster: info.cluster,
        x_advance: position.x_advance,
        y_advance: position.y_advance,
        x_offset: position.x_offset,
        y_offset: position.y_offset,
        safe: !info.unsafe_to_break(),
    };
    output.glyph_infos().iter().zip(output.glyph_positions()).map(glyph).collect()
}

fn feature(f: &RunFeature) -> harfrust::Feature {
    harfrust::Feature { tag: harfrust::Tag::new(&f.feature.tag), value: f.feature.value, start: f.start, end: f.end }
}

/// The shaping plan, kept with the face.
fn plan(face: &Face, shaper: &harfrust::Shaper<'_>, key: PlanKey) -> Arc<harfrust::ShapePlan> {
    let known = face.plans.lock().ok().and_then(|plans| plans.iter().find(|(k, _)| *k == key).map(|(_, p)| Arc::clone(p)));
    known.unwrap_or_else(|| {
        let language = harfrust::Language::new(&key.locale);
        let plan = harfrust::ShapePlan::new(shaper, key.direction, Some(key.script), language.as_ref(), &key.features);
        let plan = Arc::new(plan);
        if let Ok(mut plans) = face.plans.lock() {
            if plans.len() >= PLANS {
                plans.clear();
            }
            plans.push((key, Arc::clone(&plan)));
        }
        plan
    })
}

/// Plans kept with a face.
const PLANS: usize = 64;

/// Characters before and after a part that the shaper looks at.
const CONTEXT: usize = 5;

fn near_end(text: &str) -> &str {
    let near = text.char_indices().rev().take(CONTEXT).take_while(|(_, c)| !breaks::is_newline(*c)).last();
    near.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

fn near_start(text: &str) -> &str {
    let far = text.char_indices().take(CONTEXT).take_while(|(_, c)| !breaks::is_newline(*c)).last();
    far.and_then(|(at, c)| text.get(..at + c.len_utf8())).unwrap_or_default()
}
