//! In: a variant, its shaped text, one candidate. Out: that candidate as a whole [`Layout`] with its cost. The order: regions,
//! logo, picture, column, decorations, overrides; then paint order, mirror for right-to-left, crops, snapping to pixels.

use super::backdrop::{Backdrop, Tones};
use super::candidates::{Candidate, Side};
use super::measure::Measure;
use super::own::{fill_box, fit_box};
use super::pieces::{self, Piece};
use super::reading::Reading;
use super::score::{self, Terms};
use super::scrim;
use super::search::Nearby;
use super::sheet::{Sheet, aligned};
use super::suits;
use super::terms::{self, Boxes, Met};
use super::veil::Subject;
use super::{
    DropReason, Dropped, Layout, Placed, PlacedContent, Shapes, adorn, align, billboard, candidates, column, contrast, crop,
    even, gates, legible, mark, mirror, own, packed, pinned, poster, sign, strip, veil,
};
use crate::color::{Fill, Stop};
use crate::geom::Rect;
use crate::ordered;
use crate::text::{Direction, Fitted};
use crate::units::Px;
use crate::variant::{Arrangement, Content, Role, Variant};

/// Places one candidate.
#[must_use]
pub fn place(variant: &Variant, shapes: Shapes<'_>, tones: &Tones, reading: &Reading, candidate: Candidate) -> Layout {
    place_near(variant, shapes, tones, reading, (candidate, Nearby::default()))
}

/// The same at a place near it. A margin wider than the usual one gives way where the page else would break something or be so much the worse:
/// before type or a picture gets smaller by what one sees, or a layer goes.
#[must_use]
pub fn place_near(
    variant: &Variant,
    shapes: Shapes<'_>,
    tones: &Tones,
    reading: &Reading,
    (candidate, nearby): (Candidate, Nearby),
) -> Layout {
    let layout = place_at(variant, shapes, tones, reading, (candidate, nearby));
    // The designer's own boxes have their margin in them.
    if candidate.master || !nearby.own || !Measure::of(variant).is_wide() {
        return layout;
    }
    let usual = place_at(variant, shapes, tones, reading, (candidate, Nearby { own: false, ..nearby }));
    giving(layout, usual)
}

/// A page with its own margin, or with the usual one if that is so much better.
pub fn giving(own: Layout, usual: Layout) -> Layout {
    let (now, was) = (usual.rank(), own.rank());
    if now.0 < was.0 || now.0 == was.0 && now.1 < was.1 - GIVES { usual } else { own }
}

/// By how much a page must cost less with the usual margin than with a wider one of the designer's.
const GIVES: f32 = 0.05;

/// The same with just that margin.
#[must_use]
pub fn place_at(
    variant: &Variant,
    shapes: Shapes<'_>,
    tones: &Tones,
    reading: &Reading,
    (candidate, nearby): (Candidate, Nearby),
) -> Layout {
    let mut sheet = filled(variant, shapes, candidate, nearby);
    let standing = stand(&mut sheet, candidate);
    finish(sheet, standing, candidate, tones, reading, None)
}

/// Places one candidate, unless it costs too much (`beaten`, asked with what it costs at the least) by where its photograph goes, or by its words
/// and boxes alone: then no word is set, or no crop sought and no picture looked at.
#[must_use]
pub fn unless(
    variant: &Variant,
    shapes: Shapes<'_>,
    tones: &Tones,
    reading: &Reading,
    (candidate, nearby): (Candidate, Nearby),
    beaten: &dyn Fn(f32) -> bool,
) -> Option<Layout> {
    let page = page_near(variant, nearby);
    let blank =
        Sheet { variant, page, nearby, placed: Vec::new(), dropped: Vec::new(), terms: Met::default(), words: Vec::new() };
    let photo = column::photo(&blank, candidate).map(|(layer, rect)| {
        let real = if variant.direction == Direction::Rtl { rect.mirrored(Px(blank.page.w)) } else { rect };
        (layer, snapped(real))
    });
    if blank.page.is_wide() {
        // Whether its margin gives way is known when all of it stands.
        return Some(place_near(variant, shapes, tones, reading, (candidate, nearby)));
    }
    if suits::least(variant, &blank.page, candidate, photo).is_some_and(beaten) {
        return None;
    }
    let mut sheet = filled(variant, shapes, candidate, nearby);
    let standing = stand(&mut sheet, candidate);
    let boxes = stays(&sheet, candidate).then(|| {
        let boxes = Boxes { placed: &sheet.placed, dropped: &sheet.dropped, candidate };
        terms::of_boxes(variant, &sheet.page, reading, &boxes, &sheet.terms, &at_last)
    });
    if boxes.and_then(|terms| score::at_least(&terms, &variant.weights)).is_some_and(beaten) {
        return None;
    }
    Some(finish(sheet, standing, candidate, tones, reading, boxes))
}

/// Places what a layout places with its type and gaps a share of what they would be, unless its words stand as they stood, or its boxes alone
/// are no better (`beaten`, asked with the terms that they decide, those of pictures 0): then no crop is sought and no picture looked at.
#[must_use]
pub fn otherwise(
    variant: &Variant,
    shapes: Shapes<'_>,
    tones: &Tones,
    reading: &Reading,
    was: &Layout,
    nearby: Nearby,
    beaten: &dyn Fn(&Terms) -> bool,
) -> Option<Layout> {
    let candidate = was.candidate;
    let mut sheet = filled(variant, shapes, candidate, nearby);
    let standing = stand(&mut sheet, candidate);
    if !stays(&sheet, candidate) {
        return Some(finish(sheet, standing, candidate, tones, reading, None));
    }
    if stand_alike(&sheet.placed, &was.placed) {
        return None;
    }
    let boxes = Boxes { placed: &sheet.placed, dropped: &sheet.dropped, candidate };
    let boxes = terms::of_boxes(variant, &sheet.page, reading, &boxes, &sheet.terms, &at_last);
    if beaten(&boxes) {
        return None;
    }
    Some(finish(sheet, standing, candidate, tones, reading, Some(boxes)))
}

/// Whether words stand at the same places, in the same sizes and lines.
fn stand_alike(now: &[Placed], was: &[Placed]) -> bool {
    fn words(placed: &[Placed]) -> impl Iterator<Item = (&Placed, &Fitted)> {
        placed.iter().filter_map(|p| match &p.content {
            PlacedContent::Text(text) => Some((p, &text.fitted)),
            _ => None,
        })
    }
    let starts = |text: &Fitted| text.lines.iter().map(|line| line.start).collect::<Vec<_>>();
    let same = |((p, now), (q, was)): ((&Placed, &Fitted), (&Placed, &Fitted))| {
        (p.layer, p.rect, now.size) == (q.layer, q.rect, was.size) && starts(now) == starts(was)
    };
    words(now).count() == words(was).count() && words(now).zip(words(was)).all(same)
}

/// A page of the artboard's shape to so much, where the designer's boxes stand as they were drawn.
pub(super) const SAME: f32 = 0.01;

/// The page at a place near an arrangement.
fn page_near(variant: &Variant, nearby: Nearby) -> Measure {
    let mut page = Measure::of(variant);
    if !nearby.own {
        page = page.usual();
    }
    (page.eased, page.drawn, page.airy, page.weighed) = (nearby.eased, nearby.drawn, nearby.airy, nearby.print);
    page
}

/// The sheet with all that one candidate places.
fn filled<'a>(variant: &'a Variant, shapes: Shapes<'_>, candidate: Candidate, nearby: Nearby) -> Sheet<'a> {
    let page = page_near(variant, nearby);
    let (pieces, mut dropped) = pieces::collect(variant, shapes);
    let pieces = packed::held(&page, pieces, &mut dropped);
    let terms = Met { t: 1.0, headline: 1.0, enlarged: 1.0, filled: 1.0, ..Met::default() };
    let mut sheet = Sheet { variant, page, nearby, placed: Vec::new(), dropped, terms, words: Vec::new() };
    if variant.format.shows_mark_alone() {
        mark_only(&mut sheet);
    } else {
        adorn::backgrounds(&mut sheet);
        if candidate.master {
            own::fill(&mut sheet, &pieces);
        } else if candidate.arrangement == Arrangement::Strip {
            strip::fill(&mut sheet, &pieces, candidate.side);
            if let Some(lead) = sheet.lead()
                && !sheet.is_product(lead)
            {
                sheet.panel(Rect { ..sheet.page.full });
            }
        } else if candidate.arrangement == Arrangement::Billboard {
            billboard::fill(&mut sheet, &pieces);
        } else if matches!(candidate.arrangement, Arrangement::Poster | Arrangement::Ell) {
            poster::fill(&mut sheet, &pieces, candidate);
        } else {
            column::fill(&mut sheet, &pieces, candidate);
        }
        if sheet.page.evens && !(candidate.master && candidates::stretch(variant) < SAME) {
            align::in_line(&mut sheet);
        }
        if nearby.print {
            legible::legal(&mut sheet, &pieces);
            even::lines(&mut sheet, &pieces);
        }
        adorn::decorations(&mut sheet, candidate);
        overrides(&mut sheet, shapes);
    }
    sheet
}

/// An icon or logo slot: the mark in the middle of the panel, everything else named as left out.
fn mark_only(sheet: &mut Sheet<'_>) {
    let page = sheet.page.clone();
    sheet.panel(page.full);
    let logo = mark::layer(sheet.variant);
    if let Some((index, layer)) = logo {
        let natural = mark::natural(layer);
        let inner = Rect::new(0.14 * page.w, 0.14 * page.h, 0.72 * page.w, 0.72 * page.h).intersect(&page.safe);
        sheet.put_logo(index, crop::contain((natural.w.0, natural.h.0), inner, (0.5, 0.5)));
    }
    let shown = logo.map(|(index, _)| index);
    for (index, layer) in sheet.variant.layers.iter().enumerate() {
        let silent = matches!(layer.role, Role::Background) || sheet.dropped.iter().any(|d| d.layer == index);
        if Some(index) != shown && !silent {
            sheet.dropped.push(Dropped { layer: index, reason: DropReason::MarkOnly });
        }
    }
}

/// A person's boxes win: fractions of the trim, in the page's real space (so they are mirrored back first).
fn overrides(sheet: &mut Sheet<'_>, shapes: Shapes<'_>) {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    for (index, layer) in variant.layers.iter().enumerate() {
        let Some(f) = layer.override_box else { continue };
        let mut b = Rect::new(f.x.0 * page.w, f.y.0 * page.h, f.w.0 * page.w, f.h.0 * page.h);
        if variant.direction == Direction::Rtl {
            b = b.mirrored(Px(page.w));
        }
        sheet.placed.retain(|p| p.layer != Some(index));
        sheet.dropped.retain(|d| d.layer != index || d.reason == DropReason::Empty);
        match &layer.content {
            Content::Text(slot) => {
                let Some(shaped) = shapes.of(index) else { continue };
                let piece = Piece {
                    layer: index,
                    role: layer.role,
                    keep: layer.keep,
                    priority: layer.priority,
                    at: pieces::at(layer),
                    slot,
                    shaped,
                    cuts: Some(shapes.cuts),
                    reads_on: pieces::reads_on(variant, slot),
                };
                let wish = slot.ideal.0 * page.scale;
                let floor = (slot.floor.0 * page.scale).min(wish);
                // Who draws a box by hand says how large its words are.
                let drawn = layer.within.is_some();
                let mut cut = if drawn {
                    fill_box(&piece, b, floor)
                } else {
                    fit_box(&piece, b, wish.max(page.legible(layer.role)), floor)
                };
                let mut outer = Rect::new(aligned(slot.align, b, cut.w), b.y.0, cut.w, cut.h);
                // A button is the box itself, its words in the middle.
                if drawn && slot.plate.is_some() && slot.column.is_none() {
                    cut.pad_y = cut.pad_y.max((b.h.0 - cut.fitted.height.0) / 2.0);
                    outer = b;
                }
                sheet.put_text(&piece, cut, outer);
            }
            Content::Image { .. } if layer.role == Role::Product => sheet.put_product(index, b, (0.5, 0.5)),
            Content::Image { .. } => sheet.put_photo(index, b),
            Content::Vector { natural, .. } => sheet.put_logo(index, crop::contain((natural.w.0, natural.h.0), b, (0.0, 0.5))),
            Content::Shape { fill, .. } => sheet.push(Some(index), b, PlacedContent::Shape { fill: fill.clone() }),
        }
    }
}

/// The page in its real space.
struct Standing {
    safe: Rect,
    content: Rect,
    /// Boxes of text and logo.
    words: Vec<Rect>,
}

/// Paint order, mirror: boxes stand where they will, but for what pictures and a person's hand still move ([`stays`]).
fn stand(sheet: &mut Sheet<'_>, candidate: Candidate) -> Standing {
    let variant = sheet.variant;
    pinned::keep(sheet);
    let page = sheet.page.clone();
    let grounds = variant.layers.iter().rposition(|l| matches!(l.role, Role::Background | Role::Photo));
    let key = |p: &Placed| p.layer.map_or_else(|| grounds.map_or(-1, |g| 2 * g as i64 + 1), |l| 2 * l as i64);
    // In a strip the panel is the page: it lies below the picture's block.
    let strip = candidate.arrangement == Arrangement::Strip && !candidate.master;
    let key = |p: &Placed| if strip && p.layer.is_none() { -1 } else { key(p) };
    ordered::short(&mut sheet.placed, |a, b| key(a).cmp(&key(b)));
    let mut safe = page.safe;
    let mut content = page.content;
    let mut words = std::mem::take(&mut sheet.words);
    if variant.direction == Direction::Rtl {
        let w = Px(page.w);
        mirror::mirror(&mut sheet.placed, w);
        safe = safe.mirrored(w);
        content = content.mirrored(w);
        words.iter_mut().for_each(|r| *r = r.mirrored(w));
    }
    Standing { safe, content, words }
}

/// Whether nothing will be moved any more but to whole pixels.
fn stays(sheet: &Sheet<'_>, candidate: Candidate) -> bool {
    !signs_at_corner(&sheet.page, candidate) && sheet.variant.layers.iter().all(|l| l.nudge.is_none())
}

/// Whether the logo may yet move to another corner.
fn signs_at_corner(page: &Measure, candidate: Candidate) -> bool {
    page.aspect > 2.2 && candidate.arrangement == Arrangement::Overlay && !candidate.master
}

/// Where a thing is at last: pictures and panels on whole pixels.
fn at_last(p: &Placed) -> Rect {
    if matches!(p.content, PlacedContent::Picture { .. } | PlacedContent::Panel { .. }) { snapped(p.rect) } else { p.rect }
}

/// Crops, snapping, cost; `boxes` are the terms that boxes decide, where they are known by now.
fn finish(
    mut sheet: Sheet<'_>,
    standing: Standing,
    candidate: Candidate,
    tones: &Tones,
    reading: &Reading,
    boxes: Option<Terms>,
) -> Layout {
    let variant = sheet.variant;
    let page = sheet.page.clone();
    let Standing { safe, content, words } = standing;
    let subject = crops(&mut sheet, &words, tones, candidate);
    let seen = subject.as_ref().map(|(_, seen)| *seen);
    let mut apart = seen.and_then(|seen| shy(&mut sheet, &seen, candidate, reading, tones));
    if !stays(&sheet, candidate) || sheet.placed.iter().any(|p| p.rect != at_last(p)) {
        apart = None;
        sheet.placed.iter_mut().for_each(|p| p.rect = at_last(p));
        if signs_at_corner(&page, candidate) {
            sign::corner(&mut sheet, content, tones);
        }
        nudges(&mut sheet);
    }
    let apart = deepen(&mut sheet, tones, apart, seen.as_ref());
    if let Some((subject, _)) = subject.filter(|_| veil::may_swallow(sheet.terms.focal_dark, reading.veiled)) {
        sheet.terms.veiled = veiled(&sheet, &subject, tones);
    }
    let told = sign::signs(&mut sheet, tones);
    let mut layout = Layout {
        candidate,
        gates: Vec::new(),
        terms: Default::default(),
        energy: 0.0,
        nearby: sheet.nearby,
        usual: None,
        instead_of: None,
        alternatives: Vec::new(),
        ways: 1,
        fell: Vec::new(),
        class: variant.format.class(),
        trim: variant.format.size(),
        bleed: variant.format.bleed,
        content,
        safe,
        scale: page.scale,
        ground: variant.ground,
        placed: sheet.placed,
        dropped: sheet.dropped,
        entrances: Vec::new(),
    };
    let backdrop = Backdrop { variant, tones, placed: &layout.placed };
    let swallowed = veil::swallowed(sheet.terms.veiled, reading.veiled);
    let gates = gates::look(variant, &page, &layout, &backdrop, reading, gates::Known { contrast: apart, told, swallowed });
    let terms = match boxes {
        Some(boxes) => terms::with_pictures(boxes, variant, &page, reading, &layout, &backdrop, &sheet.terms),
        None => terms::terms(variant, &page, reading, &layout, &backdrop, &sheet.terms),
    };
    layout.gates = gates;
    layout.terms = terms;
    layout.energy = score::energy(&terms, &variant.weights);
    layout
}

/// How far a shade's shoulder is drawn back, share by share of its depth: less of it would end inside the words. Then how much softer it begins,
/// by powers of the way to its densest.
const DRAWN_BACK: [(f32, u8); 6] = [(0.94, 0), (0.88, 0), (0.82, 0), (0.76, 0), (0.76, 1), (0.76, 2)];

/// The contrast, by what it needs, that words keep when a shade is drawn back from them.
const READS_WELL: f32 = 1.25;
/// How dark a subject may be anyway, beside words that are not in the master's boxes.
const SLIGHT: f32 = 0.06;
/// How much darker than in the master is none.
const MORE: f32 = 0.001;
/// Share of the subject under words from which on the shade is theirs.
const OFF: f32 = 0.02;

/// A shade that lies over more of the subject than the designer's did is drawn back towards its words, as far as they read without it, and
/// only where they keep off the subject: what they stand on must be dark enough for them. Gives the contrast of the page as it then is, where that
/// is known by then.
fn shy(
    sheet: &mut Sheet<'_>,
    subject: &Rect,
    candidate: Candidate,
    reading: &Reading,
    tones: &Tones,
) -> Option<contrast::Contrast> {
    let variant = sheet.variant;
    let window = Rect::new(0.0, 0.0, sheet.page.w, sheet.page.h);
    let master = ((reading.hidden - sheet.terms.focal_hidden) / terms::DARK).max(0.0);
    let meant = if candidate.master { master } else { master.min(SLIGHT) } + MORE;
    if sheet.terms.focal_dark <= meant || sheet.terms.focal_hidden > OFF {
        return None;
    }
    let told = |placed: &[Placed]| contrast::of(&Backdrop { variant, tones, placed });
    let reads = |told: contrast::Contrast| told.is_none_or(|(worst, _)| worst >= READS_WELL);
    let mut known = told(&sheet.placed);
    if !reads(known) {
        return Some(known);
    }
    let first = sheet.placed.clone();
    for (share, softer) in DRAWN_BACK {
        let mut tried = first.clone();
        for p in &mut tried {
            let shades = p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| scrim::is_scrim(l, variant.artboard));
            if let (true, PlacedContent::Shape { fill: Fill::Linear { stops, .. } }) = (shades, &mut p.content) {
                draw_back(stops, share, softer);
            }
        }
        let told = told(&tried);
        if !reads(told) {
            break;
        }
        known = told;
        let dark = darkness(variant, &tried, window, subject);
        sheet.placed = tried;
        sheet.terms.focal_dark = dark;
        if dark <= meant {
            break;
        }
    }
    Some(known)
}

/// How dense the shades among what is placed are over the subject.
fn darkness(variant: &Variant, placed: &[Placed], window: Rect, subject: &Rect) -> f32 {
    let shades = scrim::placed(variant, placed);
    let shade = scrim::Shade::of(window, shades.iter().map(|(fill, r)| (fill, *r)));
    shade.map_or(0.0, |s| s.mean(subject))
}

/// Share of the subject's light that the shades take.
fn veiled(sheet: &Sheet<'_>, subject: &Subject, tones: &Tones) -> f32 {
    let lead = sheet.lead().and_then(|l| sheet.variant.layers.get(l)).map(|l| &l.content);
    let Some(Content::Image { asset, .. }) = lead else { return 0.0 };
    let Some(tone) = tones.get(asset) else { return 0.0 };
    let shades = scrim::placed(sheet.variant, &sheet.placed);
    let shades: Vec<_> = shades.iter().map(|(fill, r)| (fill, *r)).collect();
    veil::taken(subject, tone, Rect::new(0.0, 0.0, sheet.page.w, sheet.page.h), &shades)
}

/// Draws a fade back towards its densest end, and lets it begin the softer.
fn draw_back(stops: &mut [Stop], share: f32, softer: u8) {
    // One that begins before the page's edge would begin with a step inside it; one that ends there is drawn back to the other end.
    let alpha = |s: Option<&Stop>| s.map_or(0, |s| s.color.a);
    let to_end = alpha(stops.first()) <= alpha(stops.last());
    if to_end && stops.get(1).is_none_or(|s| s.at <= 0.0) {
        return;
    }
    let from = stops.first().map_or(0.0, |s| s.at);
    let soft = |way: f32| (0..softer).map(|_| way).product::<f32>();
    for s in stops {
        let way = ((s.at - from) / (1.0 - from).max(1e-3)).clamp(0.0, 1.0);
        if to_end {
            s.color = s.color.faded(soft(way));
            s.at = 1.0 - (1.0 - s.at) * share;
        } else {
            s.color = s.color.faded(soft(1.0 - way));
            s.at *= share;
        }
    }
}

/// Deepens the master's scrims, a step at a time, where type does not yet read on the picture under them. Gives the worst contrast of
/// the page as it then is ([`contrast::of`]), where that is known by then; `known` is that of the page as it was. What words need the subject
/// pays for: how dark it is is measured again.
fn deepen(
    sheet: &mut Sheet<'_>,
    tones: &Tones,
    mut known: Option<contrast::Contrast>,
    subject: Option<&Rect>,
) -> Option<contrast::Contrast> {
    let variant = sheet.variant;
    let window = Rect::new(0.0, 0.0, sheet.page.w, sheet.page.h);
    let shades = |p: &Placed| p.layer.and_then(|i| variant.layers.get(i)).is_some_and(|l| scrim::is_scrim(l, variant.artboard));
    for _ in 0..4 {
        let backdrop = Backdrop { variant, tones, placed: &sheet.placed };
        if !sheet.placed.iter().any(&shades) {
            return None;
        }
        let told = known.take().unwrap_or_else(|| contrast::of(&backdrop));
        if told.is_none_or(|(worst, _)| worst >= 1.02) {
            return Some(told);
        }
        if scrim::deepen(variant, &mut sheet.placed) && sheet.terms.focal_dark > 0.0 {
            sheet.terms.focal_dark = subject.map_or(0.0, |subject| darkness(variant, &sheet.placed, window, subject));
        }
    }
    None
}

/// What a person moved and scaled by hand: after everything else, in the page's real space.
fn nudges(sheet: &mut Sheet<'_>) {
    let variant = sheet.variant;
    let short = sheet.page.short();
    for p in &mut sheet.placed {
        let Some(nudge) = p.layer.and_then(|i| variant.layers.get(i)).and_then(|l| l.nudge) else { continue };
        let (dx, dy) = (Px(nudge.dx * short), Px(nudge.dy * short));
        p.rect = Rect { x: p.rect.x + dx, y: p.rect.y + dy, ..p.rect };
        if let PlacedContent::Text(text) = &mut p.content {
            text.rect = Rect { x: text.rect.x + dx, y: text.rect.y + dy, ..text.rect };
        } else {
            let (w, h) = (p.rect.w * nudge.scale, p.rect.h * nudge.scale);
            p.rect = Rect { x: p.rect.center().x - w / 2.0, y: p.rect.center().y - h / 2.0, w, h };
            p.scale *= nudge.scale;
        }
        p.rect = at_last(p);
    }
}

/// Below this share of the page a photograph shows its subject rather than its scene.
const CLOSE: f32 = 0.36;

/// Finds every picture's crop, clear of the words where they stand on it; gives the leading one's subject, and the part of the
/// page that it takes.
fn crops(sheet: &mut Sheet<'_>, words: &[Rect], tones: &Tones, candidate: Candidate) -> Option<(Subject, Rect)> {
    let variant = sheet.variant;
    let lead = sheet.lead();
    let products: Vec<bool> = (0..variant.layers.len()).map(|i| sheet.is_product(i)).collect();
    let product = |i: usize| products.get(i).copied().unwrap_or(false);
    let window = Rect::new(0.0, 0.0, sheet.page.w, sheet.page.h);
    let shades = scrim::placed(variant, &sheet.placed);
    let shade = scrim::Shade::of(window, shades.iter().map(|(fill, r)| (fill, *r)));
    // A picture that begins below its words and reaches through an app's foot has its subject above that as far as it goes.
    let foot = Rect::new(0.0, sheet.page.safe.bottom().0, sheet.page.w, sheet.page.h - sheet.page.safe.bottom().0);
    let keeps_up = (candidate.arrangement, candidate.side, candidate.master) == (Arrangement::Stack, Side::Top, false);
    let off: &[Rect] = if keeps_up { std::slice::from_ref(&foot) } else { words };
    let mut subject = None;
    for p in &mut sheet.placed {
        let Some(layer) = p.layer.and_then(|i| variant.layers.get(i)) else { continue };
        let PlacedContent::Picture { asset, src, enlarged, focal_lost } = &mut p.content else { continue };
        let Content::Image { natural, focal, .. } = &layer.content else { continue };
        let focal = veil::focal_box(*focal, tones.get(asset).map(std::sync::Arc::as_ref));
        let leads = p.layer == lead && lead.is_some();
        let small = p.rect.area() < CLOSE * sheet.page.w * sheet.page.h && !matches!(layer.role, Role::Product | Role::Logo);
        // A cut-out is shown whole, whatever hangs on it.
        let cut_out = layer.role == Role::Product && p.layer.is_some_and(&product);
        let found = if leads && small {
            crop::close(*natural, focal, p.rect, window)
        } else {
            let clear = crop::Over { words: off, shade: shade.as_ref() };
            crop::cover(*natural, focal, p.rect, window, if leads && !cut_out { clear } else { crop::Over::default() })
        };
        *src = found.src;
        *enlarged = found.enlarged;
        *focal_lost = found.lost;
        if leads {
            sheet.terms.focal_lost = found.lost;
            // What an app lays on a picture no arrangement can help; what the page's own words do is its own.
            sheet.terms.focal_hidden = if keeps_up { 0.0 } else { found.hidden };
            sheet.terms.enlarged = found.enlarged;
            let seen = crop::on_page(focal, *natural, found.src, p.rect).intersect(&p.rect).intersect(&window);
            let is_shaded = !(small || cut_out) && found.dark > 0.0;
            sheet.terms.focal_dark = shade.as_ref().filter(|_| is_shaded).map_or(0.0, |s| s.mean(&seen));
            subject = Some((Subject { focal, natural: *natural, src: found.src, dst: p.rect }, seen));
        }
    }
    subject
}

/// Edges on whole pixels, from absolute positions, so that neighbours meet.
fn snapped(r: Rect) -> Rect {
    let (x, y) = (r.x.0.round(), r.y.0.round());
    Rect::new(x, y, r.right().0.round() - x, r.bottom().0.round() - y)
}
