//! In: a campaign and a cell. Out: a [`Variant`] with nothing left to look up, and its fingerprint.
//! Tokens are values since the master was read; here overrides are merged, pictures taken from the option, words from the locale.

use super::{AssetId, Cell, Content, Keep, Layer, Note, Role, TextSlot, Variant, calendars, digest};
use crate::campaign::artboards;
use crate::campaign::layer::{MasterContent, MasterLayer, MasterText, Source};
use crate::campaign::master::{Override, Patch};
use crate::campaign::{Asset, Campaign, OptionRow};
use crate::color::Fill;
use crate::error::{Error, ErrorKind, Result};
use crate::fingerprint::Fingerprint;
use crate::geom::{Rect, Size};
use crate::text::{Span, TextStyle, Writing, itemise, nobreak};
use crate::units::Px;
use std::sync::Arc;

/// Tells which default fonts a text of a locale is set with, as one digest: they decide pixels as brand fonts do.
pub type FontDigest<'a> = &'a dyn Fn(&str, &str) -> Fingerprint;

/// Resolves one cell; default fonts do not count in the fingerprint.
///
/// # Errors
/// Where the cell names what the campaign does not hold.
pub fn resolve(campaign: &Campaign, cell: &Cell) -> Result<Variant> {
    resolve_with(campaign, cell, None)
}

/// Resolves one cell; `fonts` tells the default fonts of each text.
///
/// # Errors
/// Where the cell names what the campaign does not hold.
pub fn resolve_with(campaign: &Campaign, cell: &Cell, fonts: Option<FontDigest<'_>>) -> Result<Variant> {
    let unknown =
        |what: &str, name: &str| Error::new(ErrorKind::Unknown, &cell.id, format!("the campaign has no {what} '{name}'"));
    let format = campaign.catalogue.get(&cell.format).ok_or_else(|| unknown("format", &cell.format))?;
    let option = campaign.option(&cell.option).ok_or_else(|| unknown("option", &cell.option))?;
    if !campaign.has_locale(&cell.locale) {
        return Err(unknown("locale", &cell.locale));
    }
    let master = &campaign.master;
    let overrides: Vec<&Override> = master.overrides.iter().filter(|o| o.applies(format, &cell.locale)).collect();
    let (mut notes, mut left_out) = (Vec::new(), Vec::new());
    // The designer's own arrangement for this shape, where there is more than one.
    let (artboard, boards) = if master.artboards.is_empty() {
        (master.artboard, Vec::new())
    } else {
        artboards::artboard(master, format.size().w.0 / format.size().h.0.max(1.0))
    };
    let mut layers = Vec::with_capacity(master.layers.len());
    for (n, layer) in master.layers.iter().enumerate() {
        let mut patch = Patch::default();
        overrides.iter().filter(|o| o.layer == layer.id).for_each(|o| merge(&mut patch, &o.set));
        let seen = if boards.is_empty() { Some((layer.place, 1.0)) } else { boards.get(n).copied().flatten() };
        let absent = layer.hide || seen.is_none();
        if patch.hide.unwrap_or(absent) {
            if !absent && (layer.keep == Keep::Must || layer.role == Role::Legal) {
                let hides = |o: &Override| o.layer == layer.id && o.set.hide.is_some() && o.applies(format, &cell.locale);
                let by = master.overrides.iter().rposition(hides).unwrap_or_default();
                // What the file itself leaves out is by design.
                if by >= campaign.own_overrides() {
                    notes.push(Note::HiddenByHand { layer: layer.id.clone(), role: layer.role, keep: layer.keep, by });
                } else {
                    left_out.push(layer.id.clone());
                }
            }
            continue;
        }
        let (place, type_scale) = seen.unwrap_or((layer.place, 1.0));
        notes.extend(since(&patch, layer.place, master.artboard, &layer.id));
        let mut content = content(campaign, cell, option, layer, &patch, &mut notes)?;
        if let Content::Text(slot) = &mut content {
            for size in [&mut slot.ideal, &mut slot.floor, &mut slot.ceiling] {
                *size = *size * type_scale;
            }
        }
        // A locale may leave a message empty on purpose: then there is nothing to show. Marks that draw nothing (U+200B) are nothing too.
        if matches!(&content, Content::Text(slot) if slot.text.chars().all(draws_nothing)) {
            if layer.keep == Keep::Must {
                notes.push(Note::SaysNothing { layer: layer.id.clone() });
            }
            continue;
        }
        let at = patch.order.map_or(layers.len(), |n| {
            let at = layers.len() as i64 + i64::from(n);
            at.clamp(0, layers.len() as i64) as usize
        });
        layers.insert(
            at,
            Layer {
                id: layer.id.clone(),
                nth: n,
                role: layer.role,
                master_box: place,
                override_box: patch.place,
                nudge: patch.nudge(),
                within: patch.within,
                keep: layer.keep,
                priority: layer.priority,
                opacity: layer.opacity,
                blend: layer.blend,
                radius: layer.radius,
                stroke: layer.stroke.clone(),
                shadow: layer.shadow.clone(),
                content,
            },
        );
    }
    for o in overrides.iter().filter(|o| !o.layer.is_empty() && !master.layers.iter().any(|l| l.id == o.layer)) {
        let gone = Note::LayerGone { layer: o.layer.clone() };
        if !notes.contains(&gone) {
            notes.push(gone);
        }
    }
    let mut variant = Variant {
        id: cell.id.clone(),
        format: Arc::clone(format),
        locale: cell.locale.to_string(),
        option: cell.option.to_string(),
        direction: campaign.direction(&cell.locale),
        ground: master.ground,
        panel: master.panel.clone(),
        character: master.character,
        arrangements: master.arrangements.clone(),
        chosen: overrides.iter().rev().find_map(|o| o.arrangement.clone()),
        pins: overrides.iter().fold(master.pins, |pins, o| pins.under(o.pins)),
        weights: campaign.policy.weights.clone(),
        artboard,
        layers,
        notes,
        left_out,
        fingerprint: Fingerprint([0; 32]),
    };
    variant.fingerprint = digest::fingerprint(campaign, &variant, fonts);
    Ok(variant)
}

/// What the master did to a layer since it was corrected by hand. One that is larger or smaller as a whole is no other one: what was made is in shares of the
/// format, and holds as it did.
fn since(patch: &Patch, place: Rect, artboard: Size, layer: &str) -> Option<Note> {
    let seen = patch.seen?;
    let board = patch.board.unwrap_or(artboard);
    let times = artboard.w / board.w;
    if times == 1.0 && board.h == artboard.h {
        return (seen != place).then(|| Note::MasterMovedOn { layer: layer.to_owned() });
    }
    // Whoever scales a master has whole px again.
    let near = |was: Px, now: Px| (was * times - now).0.abs() <= times.max(1.0);
    let alike = near(board.h, artboard.h)
        && near(seen.x, place.x)
        && near(seen.y, place.y)
        && near(seen.w, place.w)
        && near(seen.h, place.h);
    let layer = layer.to_owned();
    Some(if alike {
        Note::MasterScaled { layer, percent: (times * 100.0).round() as u32 }
    } else {
        Note::MasterMovedOn { layer }
    })
}

fn merge(under: &mut Patch, over: &Patch) {
    under.hide = over.hide.or(under.hide);
    under.place = over.place.or(under.place);
    under.ideal = over.ideal.or(under.ideal);
    under.floor = over.floor.or(under.floor);
    under.ceiling = over.ceiling.or(under.ceiling);
    under.focal = over.focal.or(under.focal);
    under.color = over.color.or(under.color);
    under.max_lines = over.max_lines.or(under.max_lines);
    under.shift = over.shift.or(under.shift);
    under.scale = over.scale.or(under.scale);
    under.order = over.order.or(under.order);
    if over.seen.is_some() {
        (under.seen, under.board) = (over.seen, over.board);
    }
    // Where a thing stands is said anew by whoever moves it.
    if over.place.is_some() || over.nudge().is_some() {
        under.within.clone_from(&over.within);
    }
    under.writing = over.writing.or(under.writing);
}

fn content(
    campaign: &Campaign,
    cell: &Cell,
    option: &OptionRow,
    layer: &MasterLayer,
    patch: &Patch,
    notes: &mut Vec<Note>,
) -> Result<Content> {
    Ok(match &layer.content {
        MasterContent::Image { source, fit, focal } => {
            let asset = asset(campaign, cell, option, source)?;
            Content::Image {
                asset: asset.id.clone(),
                natural: (asset.media.width as u32, asset.media.height as u32),
                alpha: asset.media.alpha,
                fit: *fit,
                focal: patch.focal.unwrap_or(*focal),
            }
        }
        MasterContent::Vector { source, on_dark, clear, min_width } => {
            let drawn = asset(campaign, cell, option, source)?;
            let on_dark: Option<AssetId> = match on_dark {
                Some(source) => Some(asset(campaign, cell, option, source)?.id.clone()),
                None => None,
            };
            let natural = Size { w: Px(drawn.media.width), h: Px(drawn.media.height) };
            Content::Vector { asset: drawn.id.clone(), on_dark, natural, clear: *clear, min_width: *min_width }
        }
        MasterContent::Shape { kind, fill } => {
            Content::Shape { kind: *kind, fill: patch.color.map_or_else(|| fill.clone(), Fill::Solid) }
        }
        MasterContent::Text(text) => Content::Text(slot(campaign, cell, option, &layer.id, text, patch, notes)?),
    })
}

/// Share of the page's height that a column of vertical text may run down.
const COLUMN: f32 = 0.5;

/// Artboard px to format px, as layout measures the page: by the root of the ratio of areas.
fn scale_of(campaign: &Campaign, cell: &Cell) -> f32 {
    let Some(size) = campaign.catalogue.get(&cell.format).map(|f| f.size()) else { return 1.0 };
    let artboard = campaign.master.artboard;
    (size.w.0 * size.h.0).sqrt() / (artboard.w.0 * artboard.h.0).sqrt().max(1.0)
}

fn asset<'a>(campaign: &'a Campaign, cell: &Cell, option: &OptionRow, source: &Source) -> Result<&'a Asset> {
    let path: &str = match source {
        Source::File(id) => &id.0,
        Source::Option(name) => option.values.get(name).ok_or_else(|| {
            Error::new(ErrorKind::Unknown, &cell.id, format!("the option '{}' has no value '{name}'", option.id))
        })?,
    };
    campaign.assets.get(path).ok_or_else(|| Error::new(ErrorKind::Unknown, &cell.id, format!("there is no file '{path}'")))
}

fn slot(
    campaign: &Campaign,
    cell: &Cell,
    option: &OptionRow,
    layer: &str,
    text: &MasterText,
    patch: &Patch,
    notes: &mut Vec<Note>,
) -> Result<TextSlot> {
    let (message, fell_back) = campaign
        .message(&cell.locale, &text.key)
        .ok_or_else(|| Error::new(ErrorKind::Unknown, &cell.id, format!("there is no message '{}'", text.key)))?;
    if fell_back {
        notes.push(Note::MessageFellBack { layer: layer.to_owned(), key: text.key.clone() });
    }
    // An override of one size moves the others out of its way: floor ≤ ideal ≤ ceiling always holds.
    let ideal = patch.ideal.unwrap_or(text.ideal);
    let floor = patch.floor.unwrap_or_else(|| text.floor.min(ideal));
    let ceiling = patch.ceiling.unwrap_or_else(|| text.ceiling.max(ideal)).max(floor);
    let ideal = ideal.max(floor).min(ceiling);
    let whose = if fell_back { &campaign.source_locale } else { &*cell.locale };
    let words = campaign.words(message, whose, option)?;
    let mut spans: Vec<Span> = Vec::new();
    for (range, tag) in &words.tags {
        if let Some(style) = campaign.master.span(tag).filter(|_| !range.is_empty()) {
            spans.push(Span { start: range.start, end: range.end, style });
        }
    }
    if text.superscript_currency {
        let raised = campaign.master.span("sup").unwrap_or_default();
        let marks = nobreak::currencies(&words.text);
        spans.extend(marks.into_iter().map(|r| Span { start: r.start, end: r.end, style: raised.clone() }));
    }
    // Dates are written in the language of the words, and often in that of the source inside others.
    let written = || [whose, &campaign.source_locale].map(calendars::of);
    let find = || nobreak::stretches_of(&words.text, &campaign.brands, &written);
    let mut keep = campaign.stretches.of(&words.text, whose, find);
    keep.extend(spans.iter().filter(|s| s.style.nobreak).map(|s| s.start..s.end));
    let keep = nobreak::ascending(keep);
    // Only what is written in columns at all.
    let language = cell.locale.split('-').next().unwrap_or_default();
    let vertical = patch.writing.unwrap_or(text.writing) == Writing::Vertical && matches!(language, "ja" | "zh");
    Ok(TextSlot {
        key: text.key.clone(),
        text: words.text,
        spans,
        keep,
        origin: message.origin,
        style: TextStyle {
            writing: if vertical { Writing::Vertical } else { Writing::Horizontal },
            hyphens: text.budget.hyphens,
            ..text.style.text.clone()
        },
        color: patch.color.unwrap_or(text.style.color),
        align: text.style.align,
        ideal,
        floor,
        ceiling,
        max_lines: patch.max_lines.unwrap_or(text.max_lines),
        balance: text.balance,
        budget: text.budget,
        floor_px: floor * scale_of(campaign, cell),
        column: vertical.then(|| Px(COLUMN * campaign.catalogue.get(&cell.format).map_or(1.0, |f| f.size().h.0))),
        agreed: None,
        strike: text.strike,
        plate: text.plate.clone(),
    })
}

fn draws_nothing(c: char) -> bool {
    c.is_whitespace() || itemise::default_ignorable(c)
}
