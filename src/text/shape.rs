//! In: text, style, locale, direction, fonts. Out: [`Shaped`]: glyphs in em with the places where lines may end, so that
//! every size and width after this is arithmetic. Lines are left to `line`, sizes to `fit`. Shaping itself is in `run`.

use super::breaks::{self, Opportunity, Strictness, WordBreak};
use super::face::Face;
use super::fonts::FontLibrary;
use super::hyphens::{self, PatternLists};
use super::itemise::{self, FaceChooser};
use super::notes::Notes;
use super::run::{RunDirection, RunFeature, RunRequest, RunSetup, shape_run};
use super::script::Script;
use super::span::{self, Look};
use super::style::{Direction, Feature, Span, TextStyle, Writing};
use super::words::WordLists;
use super::{bidi, case, punctuation, upright};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A glyph in em, in the order the shaper gave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EmGlyph {
    pub(crate) id: u16,
    /// Byte of the mapped text its cluster begins at.
    pub(crate) cluster: u32,
    pub(crate) advance: f32,
    pub(crate) dx: f32,
    /// Up.
    pub(crate) dy: f32,
    /// A line may end before this cluster without shaping anew.
    pub(crate) safe: bool,
    /// Width, times its own: less than 1 where figures are squeezed into a square.
    pub(crate) narrow: f32,
}

/// A stretch of one level, script and face; `start` and `end` are bytes of the mapped text.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) level: u8,
    pub(crate) script: Script,
    /// Index into [`Shaped::faces`].
    pub(crate) face: usize,
    /// Index into [`Shaped::looks`].
    pub(crate) look: usize,
    /// How it runs in a column.
    pub(crate) run: Course,
    pub(crate) glyphs: Range<usize>,
}

impl Item {
    pub(crate) fn rtl(&self) -> bool {
        self.level % 2 == 1
    }
}

/// How a stretch runs along its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Course {
    /// With the line, letters beside each other.
    #[default]
    Beside,
    /// Down a column, letters upright below each other.
    Below,
    /// A few figures side by side in one square of a column (tate-chu-yoko).
    Square,
    /// Down a column, turned with their line, as words of Latin are.
    Turned,
}

/// The hyphen shown where a line ends at a soft hyphen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hyphen {
    pub(crate) id: u16,
    pub(crate) advance: f32,
}

/// A place where a line may end, measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Break {
    /// The next line begins here, byte of the mapped text.
    pub(crate) at: usize,
    /// White space from here on hangs.
    pub(crate) trim: usize,
    pub(crate) hard: bool,
    pub(crate) hyphen: Option<Hyphen>,
    /// It parts a word by a hyphen that nobody typed.
    pub(crate) parts: bool,
    /// By how much the line may be narrowed where it would not fit otherwise: the empty half of full-width punctuation, em.
    pub(crate) tuck: f64,
    /// How little it suits a headline to break here: 0 between words.
    pub(crate) unwilling: f32,
    /// What the line before gains in width by ending here, em.
    pub(crate) end_delta: f64,
    /// What the line after gains in width by beginning here, em.
    pub(crate) start_delta: f64,
}

/// Text shaped once. Everything is in em; nothing depends on size or width.
#[derive(Clone, Debug)]
pub struct Shaped {
    pub(crate) text: String,
    /// Byte of the original for each byte of `text`, and one more.
    pub(crate) origin: Vec<u32>,
    pub(crate) direction: Direction,
    pub(crate) style: TextStyle,
    /// The plain look, then those of spans.
    pub(crate) looks: Vec<Look>,
    /// By look.
    features: Vec<Vec<RunFeature>>,
    pub(crate) locale: String,
    pub(crate) rules: BreakRules,
    pub(crate) faces: Vec<Arc<Face>>,
    pub(crate) items: Vec<Item>,
    pub(crate) glyphs: Vec<EmGlyph>,
    /// Width of everything before each byte, em; clusters count at their first byte.
    pub(crate) cum: Vec<f64>,
    /// Whether a line may end before a byte without shaping anew.
    pub(crate) safe: Vec<bool>,
    /// Whether letters may be spaced after the cluster that begins here: not in joined scripts.
    pub(crate) spaced: Vec<bool>,
    /// Letter-spacing after the cluster that begins here, em.
    pub(crate) spacing: Vec<f32>,
    pub(crate) breaks: Vec<Break>,
    /// Further ones that part a word, for when all else was given up.
    pub(crate) parted: Vec<Break>,
    /// Set where those count: the share of a line left blank rather than part a word.
    pub(crate) zone: Option<f64>,
    /// The face that sets most of it: its metrics place the lines.
    pub(crate) main_face: Option<usize>,
    /// Ink above and below the baseline of stacking scripts and of stretches larger than the text, em; 0 where there is none.
    pub(crate) stack: (f32, f32),
    /// Joined letters that were to be letter-spaced and were not.
    pub unspaced: u32,
    /// Characters no font has, ascending; they show as .notdef.
    pub missing: Vec<char>,
    /// What was done without.
    pub notes: Notes,
}

/// How little a hyphen that nobody typed suits a line's end; twice a soft hyphen's.
const HYPHEN_COST: f32 = 0.3;

/// What the fonts bring for breaking lines.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'a> {
    /// Words of scripts without spaces.
    pub words: &'a WordLists,
    /// Hyphenation patterns.
    pub patterns: &'a PatternLists,
}

impl<'a> Lists<'a> {
    /// Those of a library.
    #[must_use]
    pub fn of(library: &'a FontLibrary) -> Self {
        Self { words: library.words(), patterns: library.patterns() }
    }
}

/// Whether words are hyphenated by the patterns of their language. Soft hyphens count in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hyphenate {
    /// No.
    #[default]
    Never,
    /// Where a fit has given up all else ([`super::Budget`]).
    LastResort,
    /// As any other place to break (CSS `hyphens: auto`).
    Always,
}

/// What becomes of a word wider than the box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WideWords {
    /// It sticks out (CSS `overflow-wrap: normal`).
    StickOut,
    /// It is broken between graphemes, but never between letters that join: torn Arabic is no word. Such a word sticks out.
    Part,
    /// It is broken between any graphemes, as browsers do (CSS `overflow-wrap: anywhere`).
    PartAnywhere,
}

/// How lines may be broken, where a case departs from what the locale wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakRules {
    /// CSS `word-break`.
    pub words: WordBreak,
    /// CSS `line-break`.
    pub strictness: Strictness,
    /// What becomes of a word wider than the box.
    pub wide_words: WideWords,
    /// Full-width punctuation at a line's end gives up its empty half where the line would not fit otherwise (JLREQ 3.1.9;
    /// Chromium does not).
    pub tuck_ends: bool,
    /// A last line of one short word gets another one from the line before (not so in browsers).
    pub feed_widows: bool,
    /// Words hyphenated by the patterns of their language.
    pub hyphenate: Hyphenate,
    /// The letter-spacing after the last letter of a line counts in its width, as in browsers.
    pub spacing_at_ends: bool,
}

impl BreakRules {
    /// What a locale wants.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        Self {
            words: breaks::word_break_of(locale),
            strictness: Strictness::Strict,
            wide_words: WideWords::Part,
            tuck_ends: true,
            feed_widows: true,
            hyphenate: Hyphenate::Never,
            spacing_at_ends: false,
        }
    }
}

/// Shapes a text: case, bidi, scripts, faces, glyphs, break opportunities. Never fails: what no font has is `missing`.
#[must_use]
pub fn shape(library: &FontLibrary, text: &str, style: &TextStyle, locale: &str, direction: Direction) -> Shaped {
    shape_spans(library, text, style, &[], &[], locale, direction)
}

/// As [`shape`], with stretches that look otherwise (the outer before the inner), and stretches in which no line ends.
#[must_use]
pub fn shape_spans(
    library: &FontLibrary,
    text: &str,
    style: &TextStyle,
    spans: &[Span],
    keep: &[Range<usize>],
    locale: &str,
    direction: Direction,
) -> Shaped {
    let mut rules = BreakRules::of(locale);
    // Copy that marks its phrases with zero width spaces means them: lines of ideographs end there and nowhere else.
    if text.contains('\u{200B}') {
        rules.words = WordBreak::KeepAll;
    }
    if style.hyphens {
        rules.hyphenate = Hyphenate::LastResort;
    }
    let (looks, of) = span::looks(text, style, spans);
    let choosers = looks.iter().map(|l| FaceChooser::new(library, &l.style, locale)).collect();
    run(choosers, Lists::of(library), Words { text, looks, of, keep }, locale, direction, rules)
}

/// A text with its looks.
struct Words<'a> {
    text: &'a str,
    looks: Vec<Look>,
    /// The look of each byte; empty where all is plain.
    of: Vec<u16>,
    /// Stretches in which no line ends.
    keep: &'a [Range<usize>],
}

impl<'a> Words<'a> {
    fn plain(text: &'a str, style: &TextStyle) -> Self {
        let (looks, of) = span::looks(text, style, &[]);
        Self { text, looks, of, keep: &[] }
    }
    fn look(&self, at: usize) -> usize {
        self.of.get(at).map_or(0, |l| usize::from(*l))
    }
    /// Case by case: a stretch whose look has another case is mapped by itself.
    fn mapped(&self, locale: &str) -> case::Mapped {
        let case_at = |at: usize| self.looks.get(self.look(at)).map(|l| l.style.case).unwrap_or_default();
        let mut starts: Vec<usize> = vec![0];
        for (at, _) in self.text.char_indices().skip(1) {
            if case_at(at) != starts.last().map_or_else(Default::default, |s| case_at(*s)) {
                starts.push(at);
            }
        }
        let mut out = case::Mapped { text: String::new(), origin: Vec::new() };
        for (i, &start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(self.text.len());
            let part = case::map(self.text.get(start..end).unwrap_or_default(), case_at(start), locale);
            out.text.push_str(&part.text);
            out.origin.pop();
            out.origin.extend(part.origin.iter().map(|o| o.saturating_add(u32::try_from(start).unwrap_or(u32::MAX))));
        }
        out
    }
}

/// As [`shape`], with break rules of one's own.
#[must_use]
pub fn shape_with(
    library: &FontLibrary,
    text: &str,
    style: &TextStyle,
    locale: &str,
    direction: Direction,
    rules: BreakRules,
) -> Shaped {
    run(vec![FaceChooser::new(library, style, locale)], Lists::of(library), Words::plain(text, style), locale, direction, rules)
}

/// As [`shape_with`], in the faces given and no others; the style's families and weight do not count.
#[must_use]
pub fn shape_in(
    faces: &[Arc<Face>],
    lists: Lists<'_>,
    text: &str,
    style: &TextStyle,
    locale: &str,
    direction: Direction,
    rules: BreakRules,
) -> Shaped {
    run(vec![FaceChooser::only(faces, locale)], lists, Words::plain(text, style), locale, direction, rules)
}

fn run(
    choosers: Vec<FaceChooser<'_>>,
    lists: Lists<'_>,
    words: Words<'_>,
    locale: &str,
    direction: Direction,
    rules: BreakRules,
) -> Shaped {
    let mapped = words.mapped(locale);
    let mut shaped = Shaped {
        direction,
        features: words.looks.iter().map(|l| Shaped::features(&l.style)).collect(),
        style: words.looks.first().map(|l| l.style.clone()).unwrap_or_default(),
        looks: Vec::new(),
        locale: locale.to_owned(),
        rules,
        faces: Vec::new(),
        items: Vec::new(),
        glyphs: Vec::new(),
        cum: Vec::new(),
        safe: vec![false; mapped.text.len() + 1],
        spaced: vec![false; mapped.text.len() + 1],
        spacing: vec![0.0; mapped.text.len() + 1],
        unspaced: 0,
        breaks: Vec::new(),
        parted: Vec::new(),
        zone: None,
        main_face: None,
        stack: (0.0, 0.0),
        missing: Vec::new(),
        notes: Notes::default(),
        origin: mapped.origin,
        text: mapped.text,
    };
    let unknown: Vec<Vec<String>> = choosers.iter().map(|c| c.unknown().to_vec()).collect();
    shaped.itemise(choosers, &words);
    shaped.looks = words.looks;
    shaped.shape_items();
    shaped.measure();
    shaped.notes = Notes::of(&shaped, &unknown);
    shaped.find_breaks(rules, words.keep, lists);
    shaped
}

impl Shaped {
    /// The base direction it was shaped in.
    #[must_use]
    pub fn direction(&self) -> Direction {
        self.direction
    }
    /// The style it was shaped in.
    #[must_use]
    pub fn style(&self) -> &TextStyle {
        &self.style
    }
    /// Whether there is nothing to set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
    /// Width in em if nothing breaks but at forced ends: of the widest line.
    #[must_use]
    pub fn unbroken_width_em(&self) -> f32 {
        let mut start = 0;
        let mut widest = 0.0_f64;
        for b in self.breaks.iter().filter(|b| b.hard || b.at >= self.text.len()) {
            widest = widest.max(self.width(start, b.trim));
            start = b.at;
        }
        narrow(widest)
    }
    /// Width in em of the widest piece that cannot be broken.
    #[must_use]
    pub fn widest_word_em(&self) -> f32 {
        let mut start = 0;
        let mut widest = 0.0_f64;
        for b in &self.breaks {
            let hyphen = b.hyphen.map_or(0.0, |h| f64::from(h.advance));
            widest = widest.max(self.width(start, b.trim) + hyphen);
            start = b.at;
        }
        narrow(widest)
    }

    /// Width of a stretch, em, without the letter-spacing after its last cluster.
    pub(crate) fn width(&self, from: usize, to: usize) -> f64 {
        if to <= from {
            return 0.0;
        }
        let at = |i: usize| self.cum.get(i).copied().unwrap_or(0.0);
        if self.rules.spacing_at_ends {
            return at(to) - at(from);
        }
        let last = (from..to).rev().find(|&i| self.is_cluster(i)).and_then(|i| self.spacing.get(i)).copied().unwrap_or(0.0);
        at(to) - at(from) - f64::from(last)
    }
    fn is_cluster(&self, i: usize) -> bool {
        self.text.is_char_boundary(i) && (i == 0 || self.cum.get(i + 1) != self.cum.get(i) || self.spaced.get(i) == Some(&true))
    }

    fn itemise(&mut self, mut choosers: Vec<FaceChooser<'_>>, words: &Words<'_>) {
        let levels = bidi::levels(&self.text, self.direction);
        let mut missing = BTreeSet::new();
        let text = std::mem::take(&mut self.text);
        let clusters = itemise::clusters(&text);
        for cluster in clusters {
            let Some(part) = text.get(cluster.start..cluster.end) else { continue };
            let invisible = part.chars().all(itemise::default_ignorable);
            let look = self.origin.get(cluster.start).map_or(0, |o| words.look(usize::try_from(*o).unwrap_or(0)));
            let spacing = words.looks.get(look).map_or(0.0, |l| l.style.tracking_em * l.scale);
            let spaced = !cluster.script.joins() && !invisible;
            if let (Some(slot), Some(by)) = (self.spaced.get_mut(cluster.start), self.spacing.get_mut(cluster.start)) {
                (*slot, *by) = (spaced, if spaced { spacing } else { 0.0 });
            }
            self.unspaced += u32::from(!spaced && !invisible && spacing != 0.0);
            let first = part.chars().next().unwrap_or(' ');
            let run =
                if self.style.writing == Writing::Vertical { upright::course(&text, cluster.start) } else { Course::Beside };
            let level = levels.get(cluster.start).copied().unwrap_or(0);
            let newline = breaks::is_newline(first);
            // What draws nothing stays with what it stands beside.
            let near = |i: &&Item| !newline && i.end == cluster.start && i.look == look;
            let last = self.items.last().filter(near).map(|i| i.face);
            let face = match last {
                Some(face) if invisible => Some((face, true)),
                _ => choosers
                    .get_mut(look)
                    .and_then(|chooser| chooser.choose(part, cluster.script))
                    .map(|(face, whole)| (self.face_index(face), whole)),
            };
            let Some((face, whole)) = face else {
                missing.extend(part.chars().filter(|&c| !itemise::default_ignorable(c) && !c.is_whitespace()));
                continue;
            };
            if !whole {
                let has = |c: char| self.faces.get(face).is_some_and(|f| f.has(c));
                missing.extend(part.chars().filter(|&c| !itemise::default_ignorable(c) && !c.is_whitespace() && !has(c)));
            }
            if newline {
                continue;
            }
            let fits = |i: &Item| {
                let joins = i.end == cluster.start && i.look == look && i.run == run;
                joins && i.level == level && i.face == face && (i.script == cluster.script || invisible)
            };
            match self.items.last_mut().filter(|i| fits(i)) {
                Some(item) => item.end = cluster.end,
                None => self.items.push(Item {
                    start: cluster.start,
                    end: cluster.end,
                    level,
                    script: cluster.script,
                    face,
                    look,
                    run,
                    glyphs: 0..0,
                }),
            }
        }
        self.text = text;
        self.missing = missing.into_iter().collect();
    }

    fn face_index(&mut self, face: Arc<Face>) -> usize {
        match self.faces.iter().position(|f| f.id == face.id) {
            Some(i) => i,
            None => {
                self.faces.push(face);
                self.faces.len() - 1
            }
        }
    }

    fn shape_items(&mut self) {
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
    fn features(style: &TextStyle) -> Vec<RunFeature> {
        let mut features = Vec::with_capacity(style.features.len() + 2);
        if style.tracking_em != 0.0 {
            features.extend([*b"liga", *b"clig"].map(|tag| RunFeature::whole(Feature { tag, value: 0 })));
        }
        features.extend(style.features.iter().copied().map(RunFeature::whole));
        features
    }

    /// Prefix widths, safe places, the main face, the ink of stacking scripts.
    fn measure(&mut self) {
        let mut widths = vec![0.0_f64; self.text.len() + 1];
        let mut by_face = vec![0.0_f64; self.faces.len()];
        let mut stack = (0.0_f32, 0.0_f32);
        for item in &self.items {
            let glyphs = self.glyphs.get(item.glyphs.clone()).unwrap_or_default();
            let face = self.faces.get(item.face);
            let (times, rise) = self.looks.get(item.look).map_or((1.0, 0.0), |l| (l.scale, l.rise));
            // What is larger than the text, or raised out of it, makes room for itself.
            if let Some(face) = face.filter(|_| times > 1.0 || rise != 0.0) {
                let (up, down) = (face.cap_height * times + rise, face.descent * times - rise);
                let plain = (face.ascent, face.descent);
                stack.0 = stack.0.max(if up > plain.0 { up } else { 0.0 });
                stack.1 = stack.1.max(if down > plain.1 { down } else { 0.0 });
            }
            for glyph in glyphs {
                let at = usize::try_from(glyph.cluster).unwrap_or(0);
                if let Some(width) = widths.get_mut(at) {
                    *width += f64::from(glyph.advance);
                }
                if let Some(sum) = by_face.get_mut(item.face) {
                    *sum += f64::from(glyph.advance);
                }
                if let Some(safe) = self.safe.get_mut(at) {
                    *safe = glyph.safe;
                }
            }
            let inked = face
                .filter(|_| item.script.stacks() && item.run == Course::Beside)
                .and_then(|f| f.ink(times, &mut glyphs.iter().map(|g| (g.id, g.dy))));
            if let Some((low, high)) = inked {
                stack = (stack.0.max(high), stack.1.max(-low));
            }
            if let Some(safe) = self.safe.get_mut(item.start) {
                *safe = true;
            }
            if let Some(safe) = self.safe.get_mut(item.end) {
                *safe = true;
            }
        }
        // An item's end may lie where the next begins: set again by neither.
        let mut sum = 0.0;
        self.cum = Vec::with_capacity(widths.len());
        for (width, spacing) in widths.iter().zip(&self.spacing) {
            self.cum.push(sum);
            sum += width + f64::from(*spacing);
        }
        let starts: Vec<usize> = self.items.iter().map(|i| i.start).collect();
        for start in starts {
            if let Some(safe) = self.safe.get_mut(start) {
                *safe = true;
            }
        }
        self.main_face = by_face.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i);
        self.stack = stack;
    }

    fn find_breaks(&mut self, rules: BreakRules, keep: &[Range<usize>], lists: Lists<'_>) {
        let (found, unlisted) = breaks::opportunities_with(&self.text, &self.locale, rules.words, rules.strictness, lists.words);
        self.notes.unlisted = unlisted;
        let places = match rules.hyphenate {
            Hyphenate::Never => Vec::new(),
            _ => hyphens::hyphenate(&self.text, &self.locale, lists.patterns),
        };
        let places = places.into_iter().filter(|at| found.binary_search_by_key(at, |o| o.at).is_err());
        let places: Vec<Opportunity> = places.map(|at| Opportunity { at, hard: false }).collect();
        let kept = |o: &Opportunity| {
            let at = self.origin.get(o.at).map_or(usize::MAX, |&at| usize::try_from(at).unwrap_or(usize::MAX));
            !o.hard && keep.iter().any(|k| k.start < at && at < k.end)
        };
        let measured = |list: Vec<Opportunity>, parts: bool| -> Vec<Break> {
            list.into_iter().filter(|o| !kept(o)).map(|o| self.measured(o, parts)).collect()
        };
        let (mut breaks, mut parted) = (measured(found, false), measured(places, true));
        if rules.hyphenate == Hyphenate::Always {
            breaks.append(&mut parted);
            breaks.sort_by_key(|b| b.at);
        }
        (self.breaks, self.parted) = (breaks, parted);
    }

    fn measured(&self, o: Opportunity, hyphenated: bool) -> Break {
        let before = self.text.get(..o.at).unwrap_or_default();
        let trim = before.trim_end_matches(breaks::hangs).len();
        let hyphen = if hyphenated || before.ends_with('\u{ad}') { self.hyphen(o.at) } else { None };
        let (end_delta, start_delta) = self.deltas(o.at);
        let visible = self.text.get(..trim).unwrap_or_default();
        let last = visible.chars().next_back().filter(|&c| punctuation::closes(c, &self.locale));
        let square = |c: char| self.width(trim - c.len_utf8(), trim) > 0.99;
        let tuck = if self.rules.tuck_ends && last.is_some_and(square) { 0.5 } else { 0.0 };
        Break {
            at: o.at,
            trim,
            hard: o.hard,
            hyphen,
            parts: hyphenated,
            tuck,
            unwilling: if hyphenated {
                HYPHEN_COST
            } else {
                breaks::unwilling(before, self.text.get(o.at..).unwrap_or_default())
            },
            end_delta,
            start_delta,
        }
    }

    /// What the two sides of an unsafe place gain in width by being shaped apart.
    fn deltas(&self, at: usize) -> (f64, f64) {
        if self.safe.get(at) != Some(&false) {
            return (0.0, 0.0);
        }
        let Some(item) = self.items.iter().find(|i| i.start < at && at < i.end) else { return (0.0, 0.0) };
        let safe = |i: &usize| self.safe.get(*i) == Some(&true);
        let from = (item.start..at).rev().find(safe).unwrap_or(item.start);
        let to = (at + 1..item.end).find(safe).unwrap_or(item.end);
        let sum = |a: usize, b: usize| self.shape_part(item, a, b).iter().map(|g| f64::from(g.advance)).sum::<f64>();
        let tracked = |a: usize, b: usize| self.spacing.get(a..b).unwrap_or_default().iter().map(|s| f64::from(*s)).sum::<f64>();
        let cum = |i: usize| self.cum.get(i).copied().unwrap_or(0.0);
        (sum(from, at) + tracked(from, at) - (cum(at) - cum(from)), sum(at, to) + tracked(at, to) - (cum(to) - cum(at)))
    }

    fn hyphen(&self, at: usize) -> Option<Hyphen> {
        let item = self.items.iter().find(|i| i.start < at && at <= i.end)?;
        let face = self.faces.get(item.face)?;
        let id = face.glyph('\u{2010}').or_else(|| face.glyph('-'))?;
        let times = self.looks.get(item.look).map_or(1.0, |l| l.scale);
        Some(Hyphen { id, advance: times * face.advance(id)? })
    }
}

/// To single precision, where positions end up.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn narrow(v: f64) -> f32 {
    v as f32
}
