//! The facade: owns campaign, fonts, pictures, drawings and caches; used by tests, the command and wasm alike. In: files and fonts as
//! bytes. Out: the matrix, findings, pixels and encoded files. Everything the outside world brings comes through here.

use crate::campaign::layer::MasterContent;
use crate::campaign::{Campaign, Delivery, MediaKind, Opened};
use crate::display::{DisplayList, Drawings};
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::export;
use crate::fingerprint::{Fingerprint, Hasher};
use crate::geom::Rect;
use crate::guard::{self, Finding};
use crate::importers::{Importers, Linked};
use crate::layout::{self, Layout, Shapes, Tone, Tones};
use crate::raster::{Pictures, Pixmap, Raster};
use crate::text::{self, FontLibrary, FontOrigin, Shaped, WordScript};
use crate::units::Px;
use crate::variant::{self, AssetId, Cell, Content, Matrix, TextSlot, Variant};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Bytes of decoded and scaled pictures kept.
const PICTURE_BUDGET: usize = 192 << 20;
/// Bytes of painted pictures kept: the 131 formats of the catalogue at 320 px take 33 MB.
const PAINTED_BUDGET: usize = 64 << 20;
/// Bytes of glyph bitmaps kept.
const GLYPH_BUDGET: usize = 24 << 20;
/// The JPEG quality below which a cap is rather missed, and seen in the file's size.
const LEAST_QUALITY: u8 = 40;
/// Shaped texts kept; above it all are let go.
const SHAPED_KEPT: usize = 20_000;

/// An open campaign with all it needs to render.
pub struct Session {
    campaign: Campaign,
    warnings: Vec<Error>,
    ledger: Option<String>,
    matrix: Matrix,
    index: BTreeMap<String, usize>,
    fonts: FontLibrary,
    pictures: Pictures,
    drawings: Drawings,
    raster: Raster,
    shaped: BTreeMap<ShapeKey, Arc<Shaped>>,
    font_digests: RefCell<FontDigests>,
    /// What groups of formats are made of; empty after every change.
    group_digests: RefCell<BTreeMap<GroupKey, Fingerprint>>,
    /// What they agreed on, artboard px.
    agreed: BTreeMap<GroupKey, Option<f32>>,
    tones: Tones,
}

/// A group of formats of one text: layer id, place in its list, locale, option.
type GroupKey = (String, usize, Arc<str>, Arc<str>);

/// By locale and text: the default fonts that set it.
type FontDigests = BTreeMap<String, BTreeMap<String, Fingerprint>>;

fn default_fonts_digest(known: &mut FontDigests, text: &str, locale: &str) -> Fingerprint {
    if let Some(digest) = known.get(locale).and_then(|texts| texts.get(text)) {
        return *digest;
    }
    if known.values().map(BTreeMap::len).sum::<usize>() >= SHAPED_KEPT {
        known.clear();
    }
    let mut hasher = Hasher::new("default fonts");
    let files: BTreeSet<&str> =
        crate::ordered::set([400, 700].iter().flat_map(|weight| text::fonts_needed(text, locale, *weight)));
    for file in files {
        hasher.text(text::coverage_digest(file).unwrap_or(file));
    }
    for script in text::words::scripts_in(text) {
        hasher.text(script.digest());
    }
    let digest = hasher.close();
    known.entry(locale.to_owned()).or_default().insert(text.to_owned(), digest);
    digest
}

/// What decides a shaping.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ShapeKey {
    text: String,
    locale: String,
    rtl: bool,
    style: Fingerprint,
}

/// A variant with everything known about it short of its pixels.
pub struct Prepared {
    /// The resolved cell.
    pub variant: Variant,
    /// Where things are.
    pub layout: Layout,
    /// What to paint.
    pub list: DisplayList,
    /// What guard saw.
    pub findings: Vec<Finding>,
}

/// An encoded variant.
pub struct Encoded {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// The quality reached, for JPEG.
    pub quality: Option<u8>,
    /// What the file's size gives cause to say; asked of files at full size alone.
    pub findings: Vec<Finding>,
    /// SHA-256 of the bytes.
    pub sha256: Fingerprint,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Session {
    /// Opens a campaign from its files by path; one `.variorum` or `.zip` is unpacked.
    ///
    /// # Errors
    /// Everything wrong with it, collected.
    pub fn open(files: BTreeMap<String, Vec<u8>>) -> Result<Self, Errors> {
        Self::open_by(files, &Linked)
    }

    /// The same, with importers from elsewhere.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_by(files: BTreeMap<String, Vec<u8>>, importers: &dyn Importers) -> Result<Self, Errors> {
        let Opened { campaign, warnings, ledger } = Campaign::open_by(files, importers)?;
        let matrix = Matrix::of(&campaign);
        let mut session = Self {
            index: crate::ordered::map(matrix.cells.iter().enumerate().map(|(i, c)| (c.id.clone(), i))),
            matrix,
            warnings,
            ledger,
            fonts: FontLibrary::new(),
            pictures: Pictures::new(PICTURE_BUDGET),
            drawings: Drawings::default(),
            raster: Raster::new(GLYPH_BUDGET).keeping(PAINTED_BUDGET),
            shaped: BTreeMap::new(),
            font_digests: RefCell::default(),
            group_digests: RefCell::default(),
            agreed: BTreeMap::new(),
            tones: Tones::new(),
            campaign,
        };
        session.load()?;
        Ok(session)
    }

    /// Brings the campaign's own fonts, pictures and drawings in.
    fn load(&mut self) -> Result<(), Errors> {
        let mut errors = Vec::new();
        for id in &self.campaign.fonts {
            let Some(asset) = self.campaign.asset(id) else { continue };
            let added = match &asset.instead {
                Some(plain) => self.fonts.add_opened(&id.0, asset.bytes.clone(), plain.clone(), FontOrigin::Brand),
                None => self.fonts.add(&id.0, asset.bytes.clone(), FontOrigin::Brand),
            };
            errors.extend(added.err());
        }
        for asset in self.campaign.assets.values() {
            match asset.media.kind {
                MediaKind::Font => {}
                MediaKind::Svg => {
                    errors.extend(self.drawings.add(asset.id.clone(), asset.instead.as_deref().unwrap_or_default()).err());
                }
                _ => self.pictures.add(asset.id.clone(), asset.bytes.clone()),
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Errors(errors)) }
    }

    /// Keeps what is decoded, scaled and painted within so many bytes in all, each kind by its share; never more than a
    /// session takes by itself. No pixel changes.
    pub fn keep_within(&mut self, bytes: usize) {
        let all = PICTURE_BUDGET + PAINTED_BUDGET + GLYPH_BUDGET;
        let share = |of: usize| (of as u64 * bytes.min(all) as u64 / all as u64) as usize;
        self.pictures.set_budget(share(PICTURE_BUDGET));
        self.raster.set_budgets(share(GLYPH_BUDGET), share(PAINTED_BUDGET));
    }

    /// The ledger that came with the files, JSON Lines, not verified.
    #[must_use]
    pub fn brought_ledger(&self) -> Option<&str> {
        self.ledger.as_deref()
    }

    /// The campaign.
    #[must_use]
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }
    /// What opening warned of.
    #[must_use]
    pub fn warnings(&self) -> &[Error] {
        &self.warnings
    }
    /// The tones of the pictures seen so far.
    #[must_use]
    pub fn tones(&self) -> &Tones {
        &self.tones
    }
    /// All cells.
    #[must_use]
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// Decodes every picture once, to know that it can be: a check before the first variant is painted.
    #[must_use]
    pub fn pictures_at_fault(&mut self) -> Vec<Error> {
        let ids: Vec<AssetId> =
            self.campaign.assets.values().filter(|asset| asset.media.kind.is_picture()).map(|asset| asset.id.clone()).collect();
        ids.iter().filter_map(|id| self.pictures.try_decode(id).err()).collect()
    }

    /// Default font files and lists of words (names below fonts/) that the campaign's text needs and that are not yet here.
    #[must_use]
    pub fn fonts_needed(&self) -> BTreeSet<&'static str> {
        self.fonts_needed_in(&self.campaign.locales)
    }

    /// The same for some locales: what their pictures wait for.
    #[must_use]
    pub fn fonts_needed_in(&self, locales: &[String]) -> BTreeSet<&'static str> {
        let mut needed = BTreeSet::new();
        for layer in &self.campaign.master.layers {
            let MasterContent::Text(slot) = &layer.content else { continue };
            for locale in locales {
                let letters = self.letters(locale, &slot.key);
                needed.extend(text::fonts_needed_beside(&self.fonts, &letters, locale, slot.style.text.weight));
                needed.extend(text::words::scripts_in(&letters).into_iter().map(WordScript::file));
                needed.extend(text::hyphens::file_of(locale).filter(|_| slot.budget.hyphens));
                needed.extend(self.named(&slot.style.text.families, &letters, slot.style.text.weight));
                // A tag may ask for another weight or other families anywhere in it.
                for span in self.campaign.master.spans.values() {
                    let weight = span.weight.unwrap_or(slot.style.text.weight);
                    if span.weight.is_some() {
                        needed.extend(text::fonts_needed_beside(&self.fonts, &letters, locale, weight));
                    }
                    needed.extend(self.named(span.families.as_ref().unwrap_or(&slot.style.text.families), &letters, weight));
                }
            }
        }
        needed.retain(|name| !self.fonts.has_file(name));
        needed
    }

    /// The default files of a style's own families, but for those that the campaign brings itself: they go before any fallback, so
    /// that they must be there whatever other languages need.
    fn named(&self, families: &[String], letters: &str, weight: u16) -> BTreeSet<&'static str> {
        let brought = |family: &&String| self.fonts.best(family, weight, false).is_some_and(|f| f.origin == FontOrigin::Brand);
        let families: Vec<String> = families.iter().filter(|family| !brought(family)).cloned().collect();
        text::named_files(&families, letters, weight)
    }

    /// What a message shows in a locale, over all option rows, one after the other.
    fn letters(&self, locale: &str, key: &str) -> String {
        let Some((message, fell_back)) = self.campaign.message(locale, key) else { return String::new() };
        let whose = if fell_back { &*self.campaign.source_locale } else { locale };
        let rows = if message.pattern.arguments().is_empty() { 1 } else { self.campaign.options.len() };
        let rows = self.campaign.options.iter().take(rows);
        let texts: BTreeSet<String> =
            crate::ordered::set(rows.filter_map(|row| Some(self.campaign.words(message, whose, row).ok()?.text)));
        texts.into_iter().flat_map(|text| [text, "\n".to_owned()]).collect()
    }

    /// Adds a default font file, or a list of words.
    ///
    /// # Errors
    /// `media` where the bytes are no font.
    pub fn add_font(&mut self, name: &str, bytes: Arc<[u8]>) -> Result<()> {
        self.fonts.add(name, bytes, FontOrigin::Default)?;
        self.shaped.clear();
        self.agreed.clear();
        Ok(())
    }

    /// Resolves one cell.
    ///
    /// # Errors
    /// `unknown` where there is no such variant.
    pub fn variant(&self, id: &str) -> Result<Variant> {
        self.resolved(&self.cell(id)?)
    }

    /// A cell, fingerprinted with the default fonts that its texts would be set in, and with all that its groups agree by.
    fn resolved(&self, cell: &Cell) -> Result<Variant> {
        let mut variant = self.alone(cell)?;
        let groups = self.groups(cell);
        if !groups.is_empty() {
            let mut hasher = Hasher::new("agreed with others");
            hasher.bytes(&variant.fingerprint.0);
            for (key, cells) in groups {
                hasher.bytes(&self.group_digest(&key, &cells)?.0);
            }
            variant.fingerprint = hasher.close();
        }
        Ok(variant)
    }

    /// A cell as if it were in no group.
    fn alone(&self, cell: &Cell) -> Result<Variant> {
        let digest = |text: &str, locale: &str| default_fonts_digest(&mut self.font_digests.borrow_mut(), text, locale);
        variant::resolve_with(&self.campaign, cell, Some(&digest))
    }

    fn cell(&self, id: &str) -> Result<Cell> {
        let unknown =
            || Error::new(ErrorKind::Unknown, id, "no such variant").hint("Variants are named {format}.{locale}.{option}");
        if let Some(cell) = self.index.get(id).and_then(|i| self.matrix.cells.get(*i)) {
            return Ok(cell.clone());
        }
        // The pseudo-locales are no part of the matrix, and of every campaign.
        Cell::parse(id).filter(|cell| crate::campaign::pseudo::is_pseudo(&cell.locale)).ok_or_else(unknown)
    }

    /// The groups that a cell's texts are in, with their cells in the campaign's order.
    fn groups(&self, cell: &Cell) -> Vec<(GroupKey, Vec<Cell>)> {
        let mut out = Vec::new();
        for layer in &self.campaign.master.layers {
            let MasterContent::Text(text) = &layer.content else { continue };
            let Some(at) = text.groups.iter().position(|g| g.formats.contains(&*cell.format)) else { continue };
            let Some(group) = text.groups.get(at) else { continue };
            let formats = self.campaign.formats.iter().filter(|f| group.formats.contains(&f.id));
            let cells: Vec<Cell> = formats
                .map(|f| Cell::new(&f.id.as_str().into(), &cell.locale, &cell.option))
                .filter(|c| self.index.contains_key(&c.id) || crate::campaign::pseudo::is_pseudo(&c.locale))
                .collect();
            if cells.len() > 1 {
                out.push(((layer.id.clone(), at, Arc::clone(&cell.locale), Arc::clone(&cell.option)), cells));
            }
        }
        out
    }

    /// All that decides what a group agrees on: the fingerprints of its members, each as if alone. It is known before any
    /// font is, as all fingerprints are.
    fn group_digest(&self, key: &GroupKey, cells: &[Cell]) -> Result<Fingerprint> {
        if let Some(known) = self.group_digests.borrow().get(key) {
            return Ok(*known);
        }
        let mut hasher = Hasher::new("a group of formats");
        hasher.text(&key.0);
        for cell in cells {
            hasher.bytes(&self.alone(cell)?.fingerprint.0);
        }
        let digest = hasher.close();
        self.group_digests.borrow_mut().insert(key.clone(), digest);
        Ok(digest)
    }

    /// The share of the page that a group's text takes: that of its tightest member, artboard px. Nothing where it is
    /// placed nowhere.
    fn agreement(&mut self, key: &GroupKey, cells: &[Cell]) -> Result<Option<f32>> {
        if let Some(known) = self.agreed.get(key) {
            return Ok(*known);
        }
        let mut least: Option<f32> = None;
        for cell in cells {
            let variant = self.alone(cell)?;
            let layout = self.laid_out(&variant);
            let sizes = layout.placed.iter().filter_map(|p| match &p.content {
                layout::PlacedContent::Text(text) if variant.layers.get(p.layer?)?.id == key.0 => Some(text.fitted.size.0),
                _ => None,
            });
            for size in sizes {
                let share = size / layout.scale.max(1e-6);
                least = Some(least.map_or(share, |l| l.min(share)));
            }
        }
        self.agreed.insert(key.clone(), least);
        Ok(least)
    }

    pub(crate) fn laid_out(&mut self, variant: &Variant) -> Layout {
        self.see(variant);
        let shapes: Vec<Option<Arc<Shaped>>> = variant
            .layers
            .iter()
            .map(|layer| match &layer.content {
                Content::Text(slot) => Some(self.shape(slot, variant)),
                _ => None,
            })
            .collect();
        layout::layout(variant, Shapes(&shapes), &self.tones)
    }

    /// Resolves, lays out, builds and looks at one variant.
    ///
    /// # Errors
    /// As [`Session::variant`].
    pub fn prepare(&mut self, id: &str) -> Result<Prepared> {
        self.prepare_as(id, None)
    }

    /// The same, in another arrangement than the one that would be taken, by its key: to be looked at, not delivered.
    ///
    /// # Errors
    /// As [`Session::prepare`].
    pub fn prepare_as(&mut self, id: &str, arrangement: Option<&str>) -> Result<Prepared> {
        let cell = self.cell(id)?;
        let mut variant = self.resolved(&cell)?;
        if let Some(arrangement) = arrangement {
            variant.chosen = Some(arrangement.into());
        }
        for (key, cells) in self.groups(&cell) {
            let Some(agreed) = self.agreement(&key, &cells)? else { continue };
            for layer in variant.layers.iter_mut().filter(|l| l.id == key.0) {
                if let Content::Text(slot) = &mut layer.content {
                    slot.agreed = Some(Px(agreed));
                }
            }
        }
        let layout = self.laid_out(&variant);
        let list = crate::display::build(&variant, &layout, &self.drawings);
        let findings = guard::look(&variant, &layout, &self.campaign.policy);
        Ok(Prepared { variant, layout, list, findings })
    }

    /// The tones of a variant's pictures, made once each.
    fn see(&mut self, variant: &Variant) {
        for layer in &variant.layers {
            let Content::Image { asset, natural, .. } = &layer.content else { continue };
            if !self.tones.contains_key(asset) {
                // A picture that cannot be read is said where it is painted; here it only is not known.
                let Ok(small) = self.pictures.small(asset, Tone::size(*natural)) else { continue };
                let tone = Tone::of(small.width as usize, small.height as usize, &small.data);
                self.tones.insert(asset.clone(), Arc::new(tone));
            }
        }
    }

    /// Shaped once per string, style and language.
    fn shape(&mut self, slot: &TextSlot, variant: &Variant) -> Arc<Shaped> {
        let mut style = Hasher::new("style");
        slot.style.digest(&mut style);
        slot.spans.iter().for_each(|span| span.digest(&mut style));
        for keep in &slot.keep {
            style.number(keep.start as u64);
            style.number(keep.end as u64);
        }
        let key = ShapeKey {
            text: slot.text.clone(),
            locale: variant.locale.clone(),
            rtl: variant.direction == text::Direction::Rtl,
            style: style.close(),
        };
        if let Some(shaped) = self.shaped.get(&key) {
            return shaped.clone();
        }
        if self.shaped.len() >= SHAPED_KEPT {
            self.shaped.clear();
        }
        let shaped = Arc::new(text::shape_spans(
            &self.fonts,
            &slot.text,
            &slot.style,
            &slot.spans,
            &slot.keep,
            &variant.locale,
            variant.direction,
        ));
        self.shaped.insert(key, shaped.clone());
        shaped
    }

    /// Paints a region of a prepared variant (px of the format; default the trim) at a scale. Whole pictures are kept, and the next
    /// variant of the format is painted from where it differs.
    ///
    /// # Errors
    /// `limit` above the pixels painted at once; `media` of pictures.
    pub fn picture(&mut self, prepared: &Prepared, region: Option<Rect>, scale: f32) -> Result<&Pixmap> {
        match region {
            None => self.raster.paint_kept(&prepared.list, &self.fonts, &mut self.pictures, trim(prepared), scale),
            Some(region) => self.raster.paint_loose(&prepared.list, &self.fonts, &mut self.pictures, region, scale),
        }
    }

    /// As [`Session::picture`], from nothing: what the caches are judged by.
    ///
    /// # Errors
    /// As [`Session::picture`].
    pub fn paint(&mut self, prepared: &Prepared, region: Option<Rect>, scale: f32) -> Result<Pixmap> {
        let region = region.unwrap_or_else(|| trim(prepared));
        self.raster.paint(&prepared.list, &self.fonts, &mut self.pictures, region, scale)
    }

    /// Encodes a prepared variant at a scale (1 = as delivered), with its bleed or without, band by band.
    ///
    /// # Errors
    /// As [`Session::paint`], and `state` where a JPEG cannot be brought below the format's cap.
    pub fn encode(&mut self, prepared: &Prepared, delivery: Delivery, scale: f32, bleed: bool) -> Result<Encoded> {
        let mut region = trim(prepared);
        if bleed {
            let b = prepared.list.bleed;
            region = Rect { x: region.x - b, y: region.y - b, w: region.w + b * 2.0, h: region.h + b * 2.0 };
        }
        let (width, height) = crate::raster::device_size(&region, scale);
        let mut frame = export::Frame::new(width, height);
        frame.dpi = match prepared.variant.format.spec {
            variant::Spec::Print { dpi, .. } => Some(crate::units::Dpi(dpi.0 * f64::from(scale))),
            variant::Spec::Pixels { .. } => None,
        };
        let small = u64::from(width) * u64::from(height) <= crate::limits::PIXMAP_PIXELS;
        let (raster, fonts, pictures) = (&mut self.raster, &self.fonts, &mut self.pictures);
        let mut bands = |y: u32, rows: u32| raster.paint_rows(&prepared.list, fonts, pictures, region, scale, y, rows);
        let mut bytes = Vec::new();
        let quality = match delivery {
            Delivery::Png => {
                let options = export::png::Options { opaque: true };
                export::png::encode(&frame, options, &mut bands, &mut bytes)?;
                None
            }
            Delivery::Jpeg { quality } => {
                export::jpeg::encode(&frame, quality, &mut bands, &mut bytes)?;
                // Only the file as it is delivered has to keep below the format's cap.
                let cap = prepared.variant.format.max_bytes.and_then(|b| usize::try_from(b).ok()).filter(|_| scale >= 1.0);
                match cap {
                    Some(cap) if bytes.len() > cap && small => {
                        let pixmap = bands(0, height)?;
                        let (file, reached) = export::jpeg::encode_capped(&pixmap, &frame, quality, LEAST_QUALITY, cap)?;
                        bytes = file;
                        Some(reached)
                    }
                    _ => Some(quality),
                }
            }
        };
        let full = scale >= 1.0 && !bleed;
        let sized = full.then(|| guard::look_at_file(&prepared.variant.format, bytes.len() as u64, &self.campaign.policy));
        let findings = sized.flatten().into_iter().collect();
        Ok(Encoded { width, height, quality, findings, sha256: Fingerprint::of(&bytes), bytes })
    }

    /// Changes one message; returns nothing, for the caller compares fingerprints.
    ///
    /// # Errors
    /// `unknown` locale or key, `syntax` of the message.
    pub fn set_copy(&mut self, locale: &str, key: &str, text: &str) -> Result<()> {
        self.campaign.set_copy(locale, key, text)?;
        self.forget_groups();
        Ok(())
    }

    fn forget_groups(&mut self) {
        self.group_digests.borrow_mut().clear();
        self.agreed.clear();
    }

    /// Changes one token.
    ///
    /// # Errors
    /// `unknown` path, `value` of the wrong type.
    pub fn set_token(&mut self, path: &str, value: &str) -> Result<()> {
        self.campaign.set_token(path, value)?;
        self.forget_groups();
        Ok(())
    }

    /// Replaces the corrections made while looking (overrides as in master.json, after the master's own).
    ///
    /// # Errors
    /// What reading the master says of them; nothing is changed then.
    pub fn set_overrides(&mut self, list: Vec<serde_json::Value>) -> Result<()> {
        self.campaign.set_overrides(list)
    }

    /// Lays out by other weights than the policy's.
    pub fn set_weights(&mut self, weights: crate::campaign::policy::Weights) {
        self.campaign.policy.weights = weights;
    }

    /// Where the eye goes in a picture of the campaign, rows of numbers 0 to 1, with width and height: the map that crops follow where
    /// no focal box was drawn.
    ///
    /// # Errors
    /// As [`Session::variant`]; `unknown` where the layer shows no picture.
    pub fn salience(&mut self, id: &str, layer: &str) -> Result<(usize, usize, Vec<f32>)> {
        let variant = self.variant(id)?;
        self.see(&variant);
        let picture = variant.layers.iter().find(|l| l.id == layer).map(|l| &l.content);
        let Some(Content::Image { asset, .. }) = picture else {
            return Err(Error::new(ErrorKind::Unknown, id, format!("'{layer}' shows no picture")));
        };
        let tone =
            self.tones.get(asset).ok_or_else(|| Error::new(ErrorKind::Media, asset.0.as_ref(), "the picture cannot be read"))?;
        Ok((tone.width, tone.height, tone.salience()))
    }

    /// All fingerprints, in matrix order.
    ///
    /// # Errors
    /// As [`Session::variant`].
    pub fn fingerprints(&self) -> Result<Vec<(String, Fingerprint)>> {
        self.matrix.cells.iter().map(|cell| Ok((cell.id.clone(), self.resolved(cell)?.fingerprint))).collect()
    }
}

/// The trim as a region.
#[must_use]
pub fn trim(prepared: &Prepared) -> Rect {
    Rect { x: Px::ZERO, y: Px::ZERO, w: Px(prepared.list.width as f32), h: Px(prepared.list.height as f32) }
}

/// A campaign file by its path.
#[must_use]
pub fn asset_id(path: &str) -> AssetId {
    AssetId(path.into())
}
