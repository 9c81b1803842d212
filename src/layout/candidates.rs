//! In: a variant. Out: the [`Candidate`]s worth trying: arrangements that suit the page's aspect and the master's character,
//! each with the side on which the text stands. In logical space: `Start` is left, also for right-to-left pages.

use super::measure::Measure;
use crate::variant::{Arrangement, Character, Content, Layer, Role, Variant};

/// Where the text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Where reading starts.
    Start,
    /// Where reading ends.
    End,
    /// Above.
    Top,
    /// Below.
    Bottom,
}

/// One way to lay the page out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The arrangement.
    pub arrangement: Arrangement,
    /// Where the text stands in it.
    pub side: Side,
    /// The master's own boxes, scaled.
    pub master: bool,
}

impl Candidate {
    /// For people: `overlay, text below`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.master {
            return "the master's own".to_owned();
        }
        let side = match (self.arrangement, self.side) {
            // What is to be done stands below the picture, or beside it.
            (Arrangement::Poster | Arrangement::Ell, _) => "headline above",
            // Its words are between its picture and its mark either way.
            (Arrangement::Strip, Side::End) => "the other way round",
            (_, Side::Start) => "text at the start",
            (_, Side::End) => "text at the end",
            (_, Side::Top) => "text above",
            (_, Side::Bottom) => "text below",
        };
        format!("{}, {side}", self.arrangement.name())
    }
}

impl Candidate {
    /// The key by which a person's choice is kept: `own`, `split-start`.
    #[must_use]
    pub fn key(&self) -> String {
        if self.master { "own".to_owned() } else { format!("{}-{}", self.arrangement.name(), self.side.name()) }
    }

    /// Reads a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        if key == "own" {
            return Some(Self { arrangement: Arrangement::Overlay, side: Side::Bottom, master: true });
        }
        let (arrangement, side) = key.split_once('-')?;
        let arrangement = Arrangement::ALL.into_iter().find(|a| a.name() == arrangement)?;
        let side = [Side::Start, Side::End, Side::Top, Side::Bottom].into_iter().find(|s| s.name() == side)?;
        Some(Self { arrangement, side, master: false })
    }
}

impl Side {
    /// The name in keys.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }
}

/// A layer that can lead the page: a photograph, a product, or a ground that is a picture.
pub(crate) fn leads(layer: &Layer) -> bool {
    match layer.role {
        Role::Photo | Role::Product => matches!(layer.content, Content::Image { .. } | Content::Vector { .. }),
        Role::Background => matches!(layer.content, Content::Image { .. }),
        _ => false,
    }
}

/// Whether a picture or product is there to be arranged.
pub(super) fn has_picture(variant: &Variant) -> bool {
    variant.layers.iter().any(leads)
}

/// The candidates, best bets first. Never empty.
#[must_use]
pub fn propose(variant: &Variant) -> Vec<Candidate> {
    let page = Measure::of(variant);
    let list = suited(variant, &page);
    let mut out: Vec<Candidate> = Vec::new();
    if is_master_shape(variant)
        && !leaves_a_foot(variant, &page)
        && !(variant.pins.off_photo && over_photo(variant, Arrangement::Overlay))
    {
        out.push(Candidate { arrangement: Arrangement::Overlay, side: Side::Bottom, master: true });
    }
    let wished = list.iter().filter(|(a, _)| is_allowed(variant, *a));
    out.extend(wished.map(|&(arrangement, side)| Candidate { arrangement, side, master: false }));
    if out.is_empty() {
        // The designer allows none that suits: the shape of the page wins, and the choice is reported by its name.
        out.extend(list.iter().map(|&(arrangement, side)| Candidate { arrangement, side, master: false }));
    }
    out
}

/// Whether the designer allows an arrangement, and no rule of the brand is against it.
fn is_allowed(variant: &Variant, arrangement: Arrangement) -> bool {
    let keeps_off = variant.pins.off_photo || !words_on_photo(variant);
    let named = [arrangement, arrangement.family()].iter().any(|a| variant.arrangements.contains(a));
    named && !(keeps_off && over_photo(variant, arrangement))
}

/// Ways that a person may want on a page that is no strip, beside those proposed: sound as a rule, and no page's first choice ([`is_second`]).
#[must_use]
pub(super) fn also(variant: &Variant) -> Vec<Candidate> {
    let page = Measure::of(variant);
    let also = others(variant, &page).into_iter().filter(|(a, _)| is_allowed(variant, *a));
    also.map(|(arrangement, side)| Candidate { arrangement, side, master: false }).collect()
}

/// The same whatever the designer allows, what is most unlike the others first.
fn others(variant: &Variant, page: &Measure) -> Vec<(Arrangement, Side)> {
    use Arrangement::{Billboard, Ell, Overlay, Poster, Skyscraper, Split, Stack};
    use Side::{Bottom, End, Start, Top};
    let (a, photo, picture) = (page.aspect, variant.character != Character::Product, has_picture(variant));
    let stacks = variant.arrangements.contains(&Stack);
    // A photograph beside words in a page that is higher than wide leaves them a sliver.
    let parts = picture && a >= if photo { 0.95 } else { 0.8 };
    let others = [
        (picture && stacks && a < 1.4, (Stack, Top)),
        (picture && stacks && (0.42..1.4).contains(&a), (Stack, Bottom)),
        (picture && !stacks && a < 0.7, (Skyscraper, Bottom)),
        (parts, (Split, End)),
        (parts, (Split, Start)),
        (picture && !photo && (0.6..1.25).contains(&a), (Ell, Start)),
        (picture && photo && a >= 0.85, (Overlay, End)),
        (photo && a >= 0.85, (Overlay, Start)),
        (photo && a < 2.4, (Overlay, Bottom)),
        (photo && a < 1.4, (Overlay, Top)),
        (!picture && a < 0.9, (Poster, Bottom)),
        (a >= 1.8, (Billboard, Start)),
    ];
    if page.is_strip() && !(page.is_tiny() && a < BUTTON) {
        return Vec::new();
    }
    let first = suited(variant, page);
    others.into_iter().filter(|(suits, way)| *suits && !first.contains(way)).map(|(_, way)| way).collect()
}

/// Whether the master's own boxes, all above what an app lays its bars over, would leave that foot plain: where the words stand on a
/// photograph it goes on behind them, else the words go above and what leads below them.
fn leaves_a_foot(variant: &Variant, page: &Measure) -> bool {
    // Beside a cut-out the designer's own words are larger than above it: that is worth a plain foot, unless it is deep.
    let deep =
        if variant.character == Character::Product { page.has_deep_foot() } else { page.has_foot() && !words_on_photo(variant) };
    deep && has_picture(variant)
}

/// Whether what leads is clearly higher than wide.
fn slim(variant: &Variant) -> bool {
    higher(variant, 1.5)
}

/// Height by width from which on a photograph stands beside the words of a square.
const TALL: f32 = 1.3;

/// Height by width above which a cut-out is as good as a line.
const NEEDLE: f32 = 3.0;

/// Whether what leads is higher than so many times its width.
fn higher(variant: &Variant, times: f32) -> bool {
    variant.layers.iter().find(|l| leads(l)).map(super::mark::natural).is_some_and(|n| n.h.0 > times * n.w.0)
}

/// Whether the designer set words on the leading photograph; never on a drawing, whose tones are not known.
pub(super) fn words_on_photo(variant: &Variant) -> bool {
    let Some(lead) = variant.layers.iter().find(|l| leads(l)) else { return true };
    let on = |l: &&Layer| l.role == Role::Headline && l.master_box.intersect(&lead.master_box).area() > 0.4 * l.master_box.area();
    matches!(lead.content, Content::Image { .. }) && variant.layers.iter().any(|l| on(&l))
}

/// Whether an arrangement sets words on a photograph.
fn over_photo(variant: &Variant, arrangement: Arrangement) -> bool {
    use Arrangement::{Centred, Overlay, Poster};
    matches!(arrangement, Centred | Overlay | Poster) && variant.character != Character::Product && has_picture(variant)
}

/// Width by height below which a tiny strip is a button rather than a row.
const BUTTON: f32 = 3.0;
/// Height from which on a strip holds two rows, px.
const TWO_ROWS: f32 = 80.0;

/// High enough for two rows beside a cut-out, or beside nothing; a photograph is one thing of a row.
fn holds_rows(variant: &Variant, page: &Measure) -> bool {
    let photo_leads = variant.character != Character::Product;
    let a = if photo_leads { page.aspect } else { page.safe.w.0 / page.safe.h.0.max(1.0) };
    page.h >= TWO_ROWS && a < 4.6 && !(photo_leads && has_picture(variant))
}

/// Whether a way is offered beside those that a page of this shape has of itself.
pub(super) fn is_second(variant: &Variant, candidate: Candidate) -> bool {
    let page = Measure::of(variant);
    !candidate.master
        && match (candidate.arrangement, candidate.side) {
            (Arrangement::Strip, Side::End) if page.is_strip() => true,
            (Arrangement::Strip, _) if page.is_strip() => holds_rows(variant, &page) && has_picture(variant),
            (Arrangement::Billboard, _) if page.is_strip() => !holds_rows(variant, &page),
            way => others(variant, &page).contains(&way),
        }
}

/// What suits the shape of the page and the master's character, whatever the designer allows.
fn suited(variant: &Variant, page: &Measure) -> Vec<(Arrangement, Side)> {
    use Arrangement::{Billboard, Centred, Ell, Overlay, Poster, Skyscraper, Split, Stack, Strip};
    use Side::{Bottom, End, Start, Top};
    let mut list: Vec<(Arrangement, Side)> = Vec::new();
    let photo_leads = variant.character != Character::Product;
    let picture = has_picture(variant);
    // A photograph without a word is the page.
    if photo_leads && picture && !variant.layers.iter().any(|l| matches!(l.content, Content::Text(_))) {
        return vec![(Overlay, Bottom)];
    }
    // Where a safe zone leaves little of a tall page, what is left has its own shape, and cut-outs and words keep to it.
    let a = if photo_leads { page.aspect } else { page.safe.w.0 / page.safe.h.0.max(1.0) };
    let centred = variant.layers.iter().any(
        |l| matches!(&l.content, Content::Text(slot) if l.role == Role::Headline && slot.align == crate::text::Align::Center),
    );
    if page.is_strip() {
        let rows = holds_rows(variant, page);
        if rows {
            list.push((Billboard, Start));
        }
        if !rows || !picture {
            list.push((Strip, Start));
        }
        if page.is_tiny() && a < BUTTON {
            // Hardly larger than a button: words over the mark, the picture under or beside both, is more than a row holds.
            if photo_leads {
                list.extend([(Overlay, Bottom), (Overlay, Start), (Overlay, End)]);
            } else {
                list.push((Split, Start));
            }
        } else {
            // What a person may want instead; none of it is anybody's first choice (`is_second`).
            let second = [(Strip, Start), (Strip, End), (Billboard, Start)];
            let turns = variant.pins.logo.is_none();
            let offered = |(a, side): &(Arrangement, Side)| match (a, side) {
                (Strip, End) => turns,
                (Billboard, _) => page.h >= TWO_ROWS,
                _ => true,
            };
            list.extend(second.into_iter().filter(offered).filter(|way| !list.contains(way)).collect::<Vec<_>>());
        }
        return list;
    }
    // A photograph is stronger whole, with one column of words on it.
    // The smallest pages: a row leaves out what a column would squeeze; a ground that is a picture is not left out.
    let grounded = variant.layers.iter().find(|l| leads(l)).is_some_and(|l| l.role == Role::Background);
    if page.h <= 70.0 && a >= 1.6 && !grounded {
        list.push((Strip, Start));
    }
    // So wide that a column beside a photograph is low: what is to be done stands beside the words.
    if a >= 1.7 && !picture || a >= 2.4 && !photo_leads || a >= 2.6 && picture && !page.is_small() {
        list.push((Billboard, Start));
    }
    // A cut-out in the middle would stand under the words.
    if centred && a >= 1.0 && (photo_leads || !picture) {
        list.push((Centred, Bottom));
    }
    if !picture {
        // One column in a wide empty page leaves most of it empty.
        if a < 2.6 {
            list.extend([(Overlay, Bottom), (Overlay, Start)]);
        }
        if a < 0.8 {
            list.push((Poster, Bottom));
        }
    } else if page.has_deep_foot() && page.aspect < 0.7 && !photo_leads {
        // Beside its words a cut-out would be as small as they are and the foot plain; below them it goes on into the foot.
        list.push((Stack, Top));
    } else if a >= 1.25 {
        // On the smallest pages one way is sane: words beside what leads, and on it where the designer wants no other.
        let beside = page.is_tiny() && variant.arrangements.contains(&Split);
        if photo_leads && !beside {
            list.extend([(Overlay, Start), (Overlay, End)]);
            if a < 1.5 {
                list.push((Overlay, Bottom));
            }
        }
        // Beside a needle of a cut-out a row has more room for words than a column.
        let row_alone = beside && !photo_leads && higher(variant, NEEDLE) && !list.is_empty();
        if !row_alone {
            list.push((Split, Start));
        }
        if !beside {
            list.push((Split, End));
        }
        if !photo_leads && a < 1.5 {
            list.push((Ell, Start));
        }
    } else if a >= 0.42 {
        if photo_leads {
            list.extend([(Overlay, Bottom), (Overlay, Top)]);
            if a < 0.7 {
                list.push((Poster, Bottom));
            }
            // On a small page words cover most of a picture: beside it both are seen. So is a picture higher than wide, of which a band above words
            // shows too little.
            if a >= 1.1 && page.short() < 320.0 || a >= 0.9 && !page.is_small() && higher(variant, TALL) {
                list.push((Split, Start));
            }
        } else {
            if a >= 0.66 {
                list.push((Ell, Start));
            }
            // A cut-out that is narrower than high leaves room beside it for longer.
            if a >= if slim(variant) { 0.79 } else { 0.85 } {
                list.push((Split, Start));
            }
            if a < 0.7 {
                list.push((Poster, Bottom));
            }
        }
        // Words below a picture would end where the app's own bars begin, and leave the page empty under them.
        if page.has_foot() && page.aspect < 0.7 {
            list.push((Stack, Top));
        }
        list.push((Stack, Bottom));
    } else {
        if photo_leads {
            list.push((Overlay, Bottom));
        }
        list.extend([(Poster, Bottom), (Skyscraper, Bottom)]);
    }
    if picture && a >= 2.9 {
        list.push((Strip, Start));
    }
    list
}

/// How far the page's safe part is from the artboard's shape: the logarithm of the ratio of aspects, 0 = the same.
#[must_use]
pub fn stretch(variant: &Variant) -> f32 {
    let page = Measure::of(variant);
    let master = variant.artboard.w.0 / variant.artboard.h.0.max(1.0);
    libm::logf(page.safe.w.0.max(1.0) / page.safe.h.0.max(1.0) / master).abs()
}

/// True where the safe part of the page is near enough to the artboard's shape for its boxes to keep their places.
fn is_master_shape(variant: &Variant) -> bool {
    let page = Measure::of(variant);
    stretch(variant) < 0.25 && page.safe.area() > 0.4 * page.w * page.h && !page.is_tiny()
}
