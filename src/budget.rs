//! In: a session, a locale, a message key. Out: how many characters the message may have in the tightest format that shows it:
//! found by laying that format out with more and less of the message's own words, so that a translator is told what the layout
//! will really do. A character is what a reader counts as one (a grapheme cluster).

use crate::campaign::layer::MasterContent;
use crate::error::{Error, ErrorKind, Result};
use crate::layout::{Layout, PlacedContent, Ways};
use crate::session::Session;
use crate::text::itemise::{default_ignorable, grapheme_bounds};
use crate::variant::{Cell, Content, Variant};
use serde::{Deserialize, Serialize};

/// Room that is not counted further: this many times the message, and at least [`ENOUGH`].
const TIMES: usize = 4;
/// A text of this part of its length is short.
const SHORTER: usize = 3;
/// Characters above which nobody asks.
const ENOUGH: usize = 60;

/// How much a message may say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CharacterBudget {
    /// The message key.
    pub key: String,
    /// BCP 47 tag.
    pub locale: String,
    /// Characters it has now, values filled in (of the option row with the longest).
    pub used: usize,
    /// Characters that fit.
    pub fits: usize,
    /// True where more would fit than was tried.
    pub open: bool,
    /// The format that decides; nothing where no format shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Formats that show it.
    pub formats: usize,
}

/// How far a message was counted: carried from piece to piece by whoever asks, who may ask for something else between two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// What is known so far; the budget once nothing is left to look at.
    pub budget: CharacterBudget,
    /// The words that are cut short and said again: those of the first format that shows the message.
    text: String,
    /// The format to be looked at next, in the order of the campaign; none where all were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<usize>,
}

/// The budget of one message in one locale, in the formats that `among` takes by their id.
///
/// # Errors
/// `unknown` where there is no such locale or message.
pub fn of(session: &mut Session, locale: &str, key: &str, among: impl Fn(&str) -> bool) -> Result<CharacterBudget> {
    let mut count = Count::begun(session, locale, key)?;
    while count.next.is_some() {
        count.go_on(session, &among, usize::MAX)?;
    }
    Ok(count.budget)
}

impl Count {
    /// Nothing was looked at.
    ///
    /// # Errors
    /// `unknown` where there is no such locale or message.
    pub fn begun(session: &Session, locale: &str, key: &str) -> Result<Self> {
        let unknown = |what: &str| Error::new(ErrorKind::Unknown, format!("copy/{locale}.json"), format!("there is no {what}"));
        if !session.campaign().has_locale(locale) {
            return Err(unknown(&format!("locale '{locale}'")));
        }
        if session.campaign().message(locale, key).is_none() {
            return Err(unknown(&format!("message '{key}'")));
        }
        let (key, locale) = (key.to_owned(), locale.to_owned());
        let budget = CharacterBudget { key, locale, used: 0, fits: 0, open: true, format: None, formats: 0 };
        Ok(Self { budget, text: String::new(), next: Some(0) })
    }

    /// Looks at format after format until so many layouts were made, or none is left. In pieces or at once, it is the same budget.
    ///
    /// # Errors
    /// Those of the message's words.
    pub fn go_on(&mut self, session: &mut Session, among: impl Fn(&str) -> bool, layouts: usize) -> Result<()> {
        let Some(next) = self.next.take() else { return Ok(()) };
        let cells = longest(session, &self.budget.locale, &self.budget.key)?;
        let mut made = 0;
        for (at, cell) in cells.iter().enumerate().skip(next).filter(|(_, cell)| among(&cell.format)) {
            if made >= layouts.max(1) {
                self.next = Some(at);
                break;
            }
            made += self.look(session, cell);
        }
        Ok(())
    }

    /// One format; how many layouts it took.
    fn look(&mut self, session: &mut Session, cell: &Cell) -> usize {
        // What the campaign excludes, or has no value for, shows nothing.
        let Ok(variant) = session.variant(&cell.id) else { return 0 };
        let layers: Vec<usize> = (0..variant.layers.len()).filter(|&i| shows(&variant, i, &self.budget.key)).collect();
        if layers.is_empty() {
            return 0;
        }
        let layout = session.laid_out(&variant, Ways::Taken);
        let mut made = 1;
        for layer in layers {
            let mut trial = Trial { variant: variant.clone(), layer, made: 0 };
            let placed = layout.placed.iter().any(|p| p.layer == Some(layer));
            // One left out for want of room counts where a shorter one is shown: it is its length that left it out.
            let text = trial.text().map(str::to_owned).unwrap_or_default();
            if placed || (!text.is_empty() && trial.shows_at(session, &text, count(&text) / SHORTER)) {
                self.take(session, &mut trial, text);
            }
            made += trial.made;
        }
        made
    }

    /// A format that shows the message: it decides where less fits than in those before it.
    fn take(&mut self, session: &mut Session, trial: &mut Trial, text: String) {
        let budget = &mut self.budget;
        if budget.formats == 0 {
            budget.used = count(&text);
            budget.fits = (TIMES * budget.used).max(ENOUGH);
            self.text = text;
        }
        budget.formats += 1;
        if trial.fits(session, &self.text, budget.fits) {
            return;
        }
        let (mut low, mut high) = (0, budget.fits);
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            if trial.fits(session, &self.text, middle) { low = middle } else { high = middle }
        }
        budget.fits = low;
        budget.open = false;
        budget.format = Some(trial.variant.format.id.clone());
    }
}

/// The cells of the option row whose words are the longest.
fn longest(session: &Session, locale: &str, key: &str) -> Result<Vec<Cell>> {
    let campaign = session.campaign();
    let mut best: Option<(usize, &str)> = None;
    if let Some((message, _)) = campaign.message(locale, key) {
        for row in &campaign.options {
            let length = count(&campaign.words(message, locale, row)?.text);
            if best.is_none_or(|(most, _)| length > most) {
                best = Some((length, &row.id));
            }
        }
    }
    let option = best.map_or("", |(_, id)| id);
    let shown = |layer: &crate::campaign::layer::MasterLayer| matches!(&layer.content, MasterContent::Text(t) if t.key == key);
    if !campaign.master.layers.iter().any(shown) {
        return Ok(Vec::new());
    }
    Ok(campaign.formats.iter().map(|f| Cell::new(&f.id.as_str().into(), &locale.into(), &option.into())).collect())
}

fn shows(variant: &Variant, layer: usize, key: &str) -> bool {
    variant.layers.get(layer).is_some_and(|l| matches!(&l.content, Content::Text(slot) if slot.key == key))
}

fn count(text: &str) -> usize {
    parts(text).filter(|part| is_seen(part)).count()
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let bounds = grapheme_bounds(text);
    let ends = bounds.clone().into_iter().skip(1);
    bounds.into_iter().zip(ends).filter_map(|(start, end)| text.get(start..end))
}

/// Not a mark of direction, a joiner or a place to break, which nobody counts.
fn is_seen(part: &str) -> bool {
    !part.chars().all(default_ignorable)
}

/// The message's own words, so many characters of them: cut short, or said again.
fn sized(text: &str, characters: usize) -> String {
    let gap = if text.contains(' ') { " " } else { "" };
    let mut out = String::new();
    let mut left = characters;
    while left > 0 {
        if !out.is_empty() && !gap.is_empty() {
            out.push_str(gap);
            left -= 1;
        }
        let before = left;
        for part in parts(text) {
            let one = usize::from(is_seen(part));
            if one > left {
                break;
            }
            out.push_str(part);
            left -= one;
        }
        if left == before {
            break;
        }
    }
    out
}

/// A format that shows the message.
struct Trial {
    variant: Variant,
    layer: usize,
    /// Layouts made of it.
    made: usize,
}

impl Trial {
    fn text(&self) -> Option<&str> {
        match &self.variant.layers.get(self.layer)?.content {
            Content::Text(slot) => Some(&slot.text),
            _ => None,
        }
    }

    /// Whether so many characters are shown at all.
    fn shows_at(&mut self, session: &mut Session, text: &str, characters: usize) -> bool {
        let layer = self.layer;
        characters > 0
            && self.laid_out(session, text, characters).is_some_and(|l| l.placed.iter().any(|p| p.layer == Some(layer)))
    }

    /// Whether so many characters are set at the floor or above, in the lines allowed, inside the page.
    fn fits(&mut self, session: &mut Session, text: &str, characters: usize) -> bool {
        let Some(layout) = self.laid_out(session, text, characters) else { return true };
        let floor = match self.variant.layers.get(self.layer).map(|l| &l.content) {
            Some(Content::Text(slot)) => slot.floor_px.0,
            _ => return true,
        };
        set_well(&layout, self.layer, floor)
    }

    /// Laid out with so many characters; nothing where there is nothing to say.
    fn laid_out(&mut self, session: &mut Session, text: &str, characters: usize) -> Option<Layout> {
        let Content::Text(slot) = &mut self.variant.layers.get_mut(self.layer)?.content else { return None };
        slot.text = sized(text, characters);
        slot.spans.clear();
        slot.keep.clear();
        if slot.text.trim().is_empty() {
            return None;
        }
        self.made += 1;
        Some(session.laid_out(&self.variant, Ways::Taken))
    }
}

fn set_well(layout: &Layout, layer: usize, floor: f32) -> bool {
    layout.placed.iter().any(|p| {
        let PlacedContent::Text(text) = &p.content else { return false };
        let f = &text.fitted;
        let inside = p.rect.x.0 > -0.5
            && p.rect.y.0 > -0.5
            && p.rect.right().0 < layout.trim.w.0 + 0.5
            && p.rect.bottom().0 < layout.trim.h.0 + 0.5;
        p.layer == Some(layer)
            && f.size.0 >= floor - 0.05
            && f.overflow_w.0 <= 0.5
            && f.excess_lines == 0
            && f.broken_words == 0
            && f.tightened_em == 0.0
            && f.leading.is_none()
            && inside
    })
}
