//! In: a [`Set`] of pieces and the column found for it by scale alone. Out: the column with its headline set anew where that reads better: phrases
//! whole, words beside each other, larger on wide pages, in a line less, sentence by sentence. What goes from a column, and how one is cut, is `flow`'s.

use super::flow::{COMFORT, Column, HALVINGS, LEAST, Set, headline};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::terms;
use crate::text::sentences;
use crate::variant::Role;

/// Shares of the scale at which type that tears phrases or words of scripts without spaces is set anew.
const WHOLE: [f32; 6] = [0.95, 0.9, 0.85, 0.8, 0.75, 0.7];

/// The least share of its size that a headline keeps for whole phrases or even lines where type is near the least that reads.
const WORTH_CLOSE: f32 = 0.85;
/// Size of a headline by that of the largest other words from which on it is clearly the first.
const CLEARLY: f32 = 1.75;

/// Shares of its size at which a headline of several sentences is set anew, so that they do not run into each other.
const SENTENCES: [f32; 3] = [0.95, 0.9, 0.85];

/// Least share of its size that a headline in a word a line keeps when its words are set side by side; on a page as narrow as its words it
/// keeps more, for there a pile is what one expects.
const SPREAD: f32 = 0.52;
const SPREAD_NARROW: f32 = 0.78;
/// The share of the master's size down to which it may get smaller in any case.
const MODEST: f32 = 0.7;
/// Steps of the scale down to it.
const STEPS: u8 = 8;

/// A page this much wider than high is no page of the designer's proportions any more: its height binds, not its width.
const WIDE: f32 = 1.6;
/// How much over its share of the type a headline grows there, where its lines have room beside them.
const LIFT: f32 = 1.6;
/// Below this it is not seen.
const LIFT_SEEN: f32 = 1.06;
/// What the other words give for it, at the most: their share of their size.
const YIELDS: f32 = 0.86;

/// How uneven lines of a headline are, by the share that they lack of the widest, that are better one less.
const UNEVEN: f32 = 0.1;
/// By how much they must be the evener for it, and the least share of its size that a headline keeps.
const EVENER: f32 = 0.1;
const EVEN_WORTH: f32 = 0.7;
/// Lines that are as wide as the room to a rounding are not.
const JUST_SO: f32 = 0.998;

impl<'s> Set<'s, '_> {
    /// The column as it is set in the end, cut in earnest. `page` is the page before its type was squeezed below what reads with ease.
    pub fn anew(mut self, page: &'s Measure, mut column: Column) -> Column {
        let room = self.room;
        // Each way in turn, on what those before it left.
        let torn = column.torn > 0 && column.fits;
        column = torn.then(|| self.whole(&column)).flatten().unwrap_or(column);
        let piled = column.piled && column.fits;
        column = piled.then(|| self.spread(&column)).flatten().unwrap_or(column);
        if page.eased < 1.0
            && column.fits
            && let Some(smaller) = (Self { page, ..self }).eased(&column)
        {
            column = smaller;
            self.page = page;
        }
        let lifts = room.lifts && page.aspect > WIDE && page.eased >= 1.0 && column.fits;
        column = lifts.then(|| self.lifted(&column)).flatten().unwrap_or(column);
        column = self.attempt((column.t, column.headline), Piece::cut);
        // Beside a subject wider lines take more of it: there what the page costs in all has to say so.
        let evens = self.page.evens && (room.lifts || page.aspect < WIDE || page.weighed) && column.fits;
        column = evens.then(|| self.fewer(&column)).flatten().unwrap_or(column);
        let parts = column.fits;
        parts.then(|| self.sentence_by_sentence(&column)).flatten().unwrap_or(column)
    }

    /// The same column a little smaller, where it still fits so: broken otherwise it may not.
    fn eased(self, column: &Column) -> Option<Column> {
        // A headline that the width keeps from its share gets smaller from where it is.
        let kept = headline(self.pieces, column)
            .filter(|_| self.page.evens)
            .map_or(f32::MAX, |(piece, cut)| self.share(piece, column, cut.fitted.size.0));
        let share = column.headline.min(kept);
        let smaller = self.attempt(((column.t * self.page.eased).max(LEAST), share), Piece::rough);
        smaller.is_as_sound_as(column).then_some(smaller)
    }

    /// The share of a column's scale at which a piece is wished for in a size.
    fn share(self, piece: &Piece<'_>, column: &Column, size: f32) -> f32 {
        size / (piece.slot.ideal.0 * self.page.scale * column.t).max(1e-3)
    }

    /// The same column with its headline as much smaller as whole phrases are worth, where that keeps them whole.
    fn whole(self, column: &Column) -> Option<Column> {
        // Near the least that reads, a headline that is not loud is worth less than a phrase in one line.
        let shares = WHOLE.into_iter().take_while(|share| share * column.t >= LEAST);
        // All of it where other words than the headline's are torn.
        let both = |share: f32| [(column.t, share), (share * column.t, 1.0)];
        let tried = shares.flat_map(both).map(|t| self.attempt(t, Piece::rough));
        // The largest of those that tear the fewest.
        let better = |c: &Column| c.fits && c.torn < column.torn && (!c.broken || column.broken) && self.leads(c, column);
        tried.filter(better).min_by_key(|c| c.torn)
    }

    /// Whether a headline that gets smaller for its lines is still read first: near the least that reads it gives no more than a little, unless it is
    /// clearly larger than all that is not a price even so.
    fn leads(self, column: &Column, was: &Column) -> bool {
        let size = |c: &Column| headline(self.pieces, c).map_or(0.0, |(_, cut)| cut.fitted.size.0);
        let other = |i: usize| self.pieces.get(i).is_some_and(|p| !matches!(p.role, Role::Headline | Role::Price));
        let others = column.rows.iter().flat_map(|row| &row.cells).filter(|(i, _)| other(*i));
        let loudest = others.map(|(_, cut)| cut.fitted.size.0).fold(0.0, f32::max);
        !self.page.is_close() || size(column) >= (WORTH_CLOSE * size(was)).min(CLEARLY * loudest)
    }

    /// The same column with its headline as much smaller as it takes to set its words beside each other: a pile of them is read word by word.
    fn spread(self, column: &Column) -> Option<Column> {
        let least = if self.page.aspect < 0.42 { SPREAD_NARROW } else { SPREAD.min(MODEST / column.t) };
        let shares = (1..=STEPS).map(|n| column.headline * (1.0 - (1.0 - least) * f32::from(n) / f32::from(STEPS)));
        let mut tried =
            shares.take_while(|share| share * column.t >= LEAST).map(|share| self.attempt((column.t, share), Piece::rough));
        tried.find(|c| !c.piled && c.is_as_sound_as(column))
    }

    /// The same column with its headline larger than its share, in the same lines, where a wide page leaves room beside them that its height keeps
    /// the column from: the other words give a little.
    fn lifted(self, column: &Column) -> Option<Column> {
        let lined = |c: &Column| headline(self.pieces, c).map(|(_, cut)| (cut.w, cut.fitted.lines.len()));
        let (w, lines) = lined(column)?;
        let most = LIFT.min(self.room.w / w.max(1.0));
        let least = (YIELDS * column.t).max(COMFORT.min(column.t));
        if most < LIFT_SEEN || column.headline < 1.0 {
            return None;
        }
        let good = |c: &Column| {
            let same = lined(c).is_some_and(|(_, n)| n == lines);
            same && c.is_as_sound_as(column) && !c.piled
        };
        let shares = (0..STEPS).map(|n| most - (most - 1.0) * f32::from(n) / f32::from(STEPS)).take_while(|s| *s >= LIFT_SEEN);
        let mut tried = shares.map(|share| self.attempt((least, share * column.t / least), Piece::rough));
        let mut best = tried.find(good)?;
        let share = best.headline * least;
        let (mut low, mut high) = (least, column.t);
        for _ in 0..HALVINGS - 3 {
            let middle = f32::midpoint(low, high);
            let c = self.attempt((middle, share / middle), Piece::rough);
            if good(&c) {
                (low, best) = (middle, c);
            } else {
                high = middle;
            }
        }
        Some(best)
    }

    /// The same column with its headline in a line less, where its lines end at such odds that they look left over: as much smaller as that takes.
    fn fewer(self, column: &Column) -> Option<Column> {
        let (piece, cut) = headline(self.pieces, column).filter(|(p, _)| p.slot.plate.is_none() && p.slot.column.is_none())?;
        let (lines, odds) = (cut.fitted.lines.len(), terms::uneven(&cut.fitted));
        if lines < 3 || odds < UNEVEN {
            return None;
        }
        let size = JUST_SO * self.room.w / piece.shaped.narrowest_em(u32::try_from(lines).ok()? - 1).max(1e-3);
        let share = self.share(piece, column, size).min(column.headline);
        let least = if self.page.aspect < 0.42 { SPREAD_NARROW } else { EVEN_WORTH };
        if size < least * cut.fitted.size.0 || share * column.t < LEAST {
            return None;
        }
        let tried = self.attempt((column.t, share), Piece::cut);
        let even = |cut: &Cut| cut.fitted.lines.len() < lines && terms::uneven(&cut.fitted) < odds - EVENER;
        let apart = !self.run_on(&tried) || self.run_on(column);
        let better = apart && headline(self.pieces, &tried).is_some_and(|(_, cut)| even(cut));
        // What is to be paid goes by the headline's share, and gives more of its size where it was small beside it.
        let pays = |c: &Column| {
            let cells = c.rows.iter().flat_map(|row| &row.cells);
            let prices = cells.filter(|(i, _)| self.pieces.get(*i).is_some_and(|p| p.role == Role::Price));
            prices.map(|(_, cut)| cut.fitted.size.0).fold(0.0, f32::max)
        };
        let holds = tried.is_as_sound_as(column) && self.leads(&tried, column) && pays(&tried) >= least * pays(column);
        (better && holds).then_some(tried)
    }

    /// Whether a headline of several sentences has them run into each other, as far as it is cut in earnest: roughly, nobody knows which words share a line.
    fn run_on(self, column: &Column) -> bool {
        headline(self.pieces, column).is_some_and(|(piece, cut)| sentences::run_on(&piece.slot.text, &cut.fitted.lines))
    }

    /// The same column with its headline a little smaller, where its sentences run into each other and so no longer do.
    fn sentence_by_sentence(self, column: &Column) -> Option<Column> {
        if !self.run_on(column) {
            return None;
        }
        let shares = SENTENCES.into_iter().map(|share| share * column.headline).take_while(|share| share * column.t >= LEAST);
        let mut tried = shares.map(|share| self.attempt((column.t, share), Piece::cut));
        let good = |c: &Column| c.is_as_sound_as(column) && (!c.piled || column.piled);
        tried.find(|c| good(c) && !self.run_on(c))
    }
}
