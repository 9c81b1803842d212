//! In: text that was shaped, the rules of its language, lists of words and patterns, models of phrases. Out: the places where its lines may end, measured: what hangs
//! there, what a hyphen takes, what both sides gain by being shaped apart. Which of them are taken is left to `wrap`.

use super::breaks::{self, Opportunity, Strictness, WordBreak};
use super::fonts::FontLibrary;
use super::hyphens::{self, PatternLists};
use super::phrases::{PhraseModels, Phrases};
use super::punctuation;
use super::shape::Shaped;
use super::words::WordLists;
use std::ops::Range;
use std::sync::Arc;

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
    /// First byte of the last cluster before that.
    pub(crate) last: Option<usize>,
    pub(crate) hard: bool,
    pub(crate) hyphen: Option<Hyphen>,
    /// It parts a word by a hyphen that nobody typed.
    pub(crate) parts: bool,
    /// The word before it is a preposition of one letter, in a language that does not leave those at a line's end.
    pub(crate) alone: bool,
    /// By how much the line may be narrowed where it would not fit otherwise: the empty half of full-width punctuation, em.
    pub(crate) tuck: f64,
    /// How little it suits a headline to break here: 0 between words.
    pub(crate) unwilling: f32,
    /// A phrase goes on over it, as far as anybody knows.
    pub(crate) torn: bool,
    /// What the line before gains in width by ending here, em.
    pub(crate) end_delta: f64,
    /// What the line after gains in width by beginning here, em.
    pub(crate) start_delta: f64,
}

/// How little a hyphen that nobody typed suits a line's end; twice a soft hyphen's.
const HYPHEN_COST: f32 = 0.3;
/// The same of a compound's own hyphen.
const COMPOUND_COST: f32 = 0.43;

/// Most breaks of a text for whose phrases type gives way: two or three dozen letters.
const HEADLINE: usize = 40;
/// Most breaks of a text that is balanced.
pub(super) const BALANCED: usize = 400;

/// What the fonts bring for breaking lines.
#[derive(Clone, Copy, Debug)]
pub struct Lists<'a> {
    /// Words of scripts without spaces.
    pub words: &'a WordLists,
    /// Hyphenation patterns.
    pub patterns: &'a PatternLists,
    /// Models of phrases.
    pub phrases: &'a PhraseModels,
}

impl<'a> Lists<'a> {
    /// Those of a library.
    #[must_use]
    pub fn of(library: &'a FontLibrary) -> Self {
        Self { words: library.words(), patterns: library.patterns(), phrases: library.phrases() }
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

/// Full-width punctuation whose empty half may go at a line's end (CSS Text 4 `text-spacing-trim`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TuckEnds {
    /// Brackets and quotation marks, and full stops and commas where they stand in a corner of their square (JLREQ 3.1.9).
    All,
    /// Brackets and quotation marks alone, as Chromium does.
    Brackets,
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
    /// Which full-width punctuation gives up its empty half at the end of a line that would not fit otherwise.
    pub tuck_ends: TuckEnds,
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
            tuck_ends: TuckEnds::All,
            feed_widows: true,
            hyphenate: Hyphenate::Never,
            spacing_at_ends: false,
        }
    }
}

impl Shaped {
    pub(super) fn find_breaks(&mut self, rules: BreakRules, keep: &[Range<usize>], lists: Lists<'_>) {
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
        let held = found.iter().filter(|o| kept(o) && o.at < self.text.len()).map(|o| {
            let before = self.text.get(..o.at).unwrap_or_default();
            (o.at, before.trim_end_matches(breaks::hangs).len())
        });
        self.held = held.collect();
        let (phrases, wanting) = Phrases::of(&self.text, &self.locale, lists.phrases, lists.words);
        self.notes.unphrased = wanting;
        let measured = |list: Vec<Opportunity>, parts: bool| -> Vec<Break> {
            list.into_iter().filter(|o| !kept(o)).map(|o| self.measured(o, parts, &phrases)).collect()
        };
        let (mut breaks, mut parted) = (measured(found, false), measured(places, true));
        if rules.hyphenate == Hyphenate::Always {
            breaks.append(&mut parted);
            crate::ordered::short(&mut breaks, |a, b| a.at.cmp(&b.at));
        }
        (self.breaks, self.parted) = (breaks, parted);
        if phrases.known() {
            self.whole = self.of_whole_phrases();
        }
        let compound = |b: &Break| b.torn && self.is_compound(b.at);
        self.compounds = self.breaks.len() <= HEADLINE && self.breaks.iter().any(compound);
    }

    /// The same with those breaks alone that end a phrase; none where that leaves all, and where there is more to read than a headline.
    fn of_whole_phrases(&self) -> Option<Arc<Self>> {
        let last = self.breaks.len().checked_sub(1).filter(|n| *n < HEADLINE)?;
        let ends = |(n, b): (usize, &Break)| (n == last || !b.torn).then_some(*b);
        let breaks: Vec<Break> = self.breaks.iter().enumerate().filter_map(ends).collect();
        (breaks.len() <= last).then(|| Arc::new(Self { breaks, ..self.clone() }))
    }

    /// Whether a place is behind the hyphen of a compound (`Mini-|Lampe`): a word all the same, which a headline does not tear.
    fn is_compound(&self, at: usize) -> bool {
        let mut before = self.text.get(..at).unwrap_or_default().chars().rev();
        let hyphen =
            before.next().is_some_and(|c| matches!(c, '-' | '\u{2010}')) && before.next().is_some_and(char::is_alphabetic);
        hyphen && self.text.get(at..).and_then(|t| t.chars().next()).is_some_and(char::is_alphabetic)
    }

    fn measured(&self, o: Opportunity, hyphenated: bool, phrases: &Phrases) -> Break {
        let before = self.text.get(..o.at).unwrap_or_default();
        let trim = before.trim_end_matches(breaks::hangs).len();
        let hyphen = if hyphenated || before.ends_with('\u{ad}') { self.hyphen(o.at) } else { None };
        let (end_delta, start_delta) = self.deltas(o.at);
        let visible = self.text.get(..trim).unwrap_or_default();
        let brackets = self.rules.tuck_ends == TuckEnds::Brackets;
        let closes = |c: &char| punctuation::closes(*c, &self.locale) && !(brackets && punctuation::is_dot(*c));
        let square = |c: char| self.width(trim - c.len_utf8(), trim) > 0.99;
        let tuck = if visible.chars().next_back().filter(closes).is_some_and(square) { 0.5 } else { 0.0 };
        let compound = !hyphenated && self.is_compound(o.at);
        let unwilling = match hyphenated {
            true => HYPHEN_COST,
            false if compound => COMPOUND_COST,
            false => phrases.cost(o.at, before, self.text.get(o.at..).unwrap_or_default()),
        };
        Break {
            at: o.at,
            trim,
            last: self.cluster_before(trim),
            hard: o.hard,
            hyphen,
            parts: hyphenated,
            alone: trim < o.at && breaks::is_preposition_alone(visible, &self.locale),
            tuck,
            unwilling,
            torn: !o.hard && o.at < self.text.len() && (compound || phrases.torn(unwilling)),
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
