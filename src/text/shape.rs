//! In: text, style, locale, direction, fonts. Out: [`Shaped`]: glyphs in em with the places where lines may end, so that
//! every size and width after this is arithmetic. Lines are left to `line`, sizes to `fit`. Shaping itself is in `run`.

use super::breaks::{self, WordBreak};
use super::endings::{Break, BreakRules, Hyphenate, Lists};
use super::face::Face;
use super::fonts::FontLibrary;
use super::itemise::{self, FaceChooser};
use super::line::Extents;
use super::notes::Notes;
use super::run::RunFeature;
use super::script::Script;
use super::span::{self, Look};
use super::style::{Direction, Span, TextStyle, Writing};
use super::{bidi, case, upright};
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

/// A stretch larger than the text around it; measures in em, those of its face at the text's size.
#[derive(Clone, Debug)]
pub(crate) struct Large {
    pub(crate) of: Range<usize>,
    pub(crate) times: f32,
    pub(crate) rise: f32,
    pub(crate) ascent: f32,
    pub(crate) descent: f32,
    pub(crate) cap_height: f32,
    /// Above and below the baseline where marks stack, else nought.
    pub(crate) ink: (f32, f32),
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

/// Text shaped once. Everything is in em; nothing depends on size or width.
#[derive(Clone, Debug)]
pub struct Shaped {
    pub(crate) text: String,
    /// Byte of the original for each byte of `text`, and one more.
    pub(crate) origin: Vec<u32>,
    pub(crate) direction: Direction,
    pub(crate) style: TextStyle,
    /// The plain look, then those of spans.
    pub(crate) looks: Arc<[Look]>,
    /// By look.
    pub(crate) features: Vec<Vec<RunFeature>>,
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
    /// Where a line ends only by force, for what stands there belongs together: the next line's first byte, and where white space begins.
    pub(crate) held: Vec<(usize, usize)>,
    /// The same text with those places alone where a phrase ends, if phrases are known.
    pub(crate) whole: Option<Arc<Shaped>>,
    /// Whether a compound's hyphen is a place where a line of a headline may end.
    pub(crate) compounds: bool,
    /// Set where those count: the share of a line left blank rather than part a word.
    pub(crate) zone: Option<f64>,
    /// The face that sets most of it: its metrics place the lines.
    pub(crate) main_face: Option<usize>,
    /// Ink above and below the baseline of stacking scripts and of raised stretches, em; 0 where there is none.
    pub(crate) stack: (f32, f32),
    /// Whether it is set in Han characters, kana or Hangul, which fill their square: lines of them need a gap of their own.
    pub(crate) squares: bool,
    /// Stretches larger than the text, which make room for themselves in their lines.
    pub(crate) large: Vec<Large>,
    /// Joined letters that were to be letter-spaced and were not.
    pub unspaced: u32,
    /// Characters no font has, ascending; they show as .notdef.
    pub missing: Vec<char>,
    /// What was done without.
    pub notes: Notes,
    /// Lines that were measured.
    pub(crate) extents: Extents,
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
        looks: Arc::from(Vec::new()),
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
        held: Vec::new(),
        whole: None,
        compounds: false,
        zone: None,
        main_face: None,
        stack: (0.0, 0.0),
        squares: false,
        large: Vec::new(),
        missing: Vec::new(),
        notes: Notes::default(),
        extents: Extents::default(),
        origin: mapped.origin,
        text: mapped.text,
    };
    let unknown: Vec<Vec<String>> = choosers.iter().map(|c| c.unknown().to_vec()).collect();
    shaped.itemise(choosers, &words);
    shaped.looks = words.looks.into();
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
    /// Whether no stretch is larger than the text around it.
    pub(crate) fn is_of_one_size(&self) -> bool {
        self.large.is_empty()
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

    /// The cluster that ends before a place, by its first byte.
    pub(crate) fn cluster_before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|&i| self.is_cluster(i))
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
            self.unspaced += u32::from(!spaced && !invisible && spacing > 0.0);
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

    /// Prefix widths, safe places, the main face, the ink of stacking scripts.
    fn measure(&mut self) {
        let mut widths = vec![0.0_f64; self.text.len() + 1];
        let mut by_face = vec![0.0_f64; self.faces.len()];
        let mut stack = (0.0_f32, 0.0_f32);
        let mut large = Vec::new();
        for item in &self.items {
            let glyphs = self.glyphs.get(item.glyphs.clone()).unwrap_or_default();
            let face = self.faces.get(item.face);
            let (times, rise) = self.looks.get(item.look).map_or((1.0, 0.0), |l| (l.scale, l.rise));
            // What is raised out of the text makes room for itself; what is larger does so where its line is.
            if let Some(face) = face.filter(|_| times <= 1.0 && rise != 0.0) {
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
            let (low, high) = inked.unwrap_or_default();
            if let Some(face) = face.filter(|_| times > 1.0) {
                let (ascent, descent, cap_height) = (face.ascent, face.descent, face.cap_height);
                large.push(Large { of: item.start..item.end, times, rise, ascent, descent, cap_height, ink: (high, -low) });
            } else if inked.is_some() {
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
        let in_main = |i: &Item| Some(i.face) == self.main_face && i.script.is_han();
        self.squares = self.items.iter().any(in_main);
        self.large = large;
    }
}

/// To single precision, where positions end up.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn narrow(v: f64) -> f32 {
    v as f32
}
