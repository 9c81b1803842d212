//! The facade: owns campaign, fonts, pictures, drawings and caches; used by tests, the command and wasm alike. In: files and fonts as
//! bytes. Out: the matrix, findings, pixels and encoded files. Everything the outside world brings comes through here.

mod encode;
mod fonts;
mod groups;
mod prepare;
mod picture;

pub use encode::{Encoded, Writing, is_capped, trim};
pub use prepare::Prepared;

use crate::campaign::{Campaign, MediaKind, Opened};
use crate::display::Drawings;
use crate::error::{Error, ErrorKind, Errors, Result};
use crate::fingerprint::Fingerprint;
use crate::importers::{Importers, Linked};
use crate::layout::{Tones, Usual};
use crate::raster::{Pictures, Raster};
use crate::text::{FontLibrary, FontOrigin, Shaped};
use crate::variant::{AssetId, Cell, Matrix, Variant};
use fonts::FontDigests;
use groups::GroupKey;
use prepare::ShapeKey;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bytes of decoded and scaled pictures kept.
const PICTURE_BUDGET: usize = 192 << 20;
/// Bytes of painted pictures kept: the 131 formats of the catalogue at 320 px take 33 MB.
const PAINTED_BUDGET: usize = 64 << 20;
/// Bytes of glyph bitmaps kept.
const GLYPH_BUDGET: usize = 24 << 20;
/// Shaped texts kept; above it all are let go.
const SHAPED_KEPT: usize = 20_000;
/// Usual ways kept; above it all are let go.
const USUAL_KEPT: usize = 4_000;

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
    /// By format and by its page without words: the usual way.
    usual: BTreeMap<(String, Fingerprint), Option<Usual>>,
    font_digests: RefCell<FontDigests>,
    /// What groups of formats are made of; empty after every change.
    group_digests: RefCell<BTreeMap<GroupKey, Fingerprint>>,
    /// What they agreed on, artboard px.
    agreed: BTreeMap<GroupKey, Option<f32>>,
    tones: Tones,
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
            usual: BTreeMap::new(),
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
                _ => self.pictures.add(asset.id.clone(), asset.instead.as_ref().unwrap_or(&asset.bytes).clone()),
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

    /// Resolves one cell.
    ///
    /// # Errors
    /// `unknown` where there is no such variant.
    pub fn variant(&self, id: &str) -> Result<Variant> {
        self.resolved(&self.cell(id)?)
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

    /// Changes one message; returns nothing, for the caller compares fingerprints.
    ///
    /// # Errors
    /// `unknown` locale or key, `syntax` of the message.
    pub fn set_copy(&mut self, locale: &str, key: &str, text: &str) -> Result<()> {
        self.campaign.set_copy(locale, key, text)?;
        self.forget_groups();
        Ok(())
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

    /// Replaces the corrections made while looking (overrides as in master.json, after the master's own). Answers with the places in the
    /// matrix whose variants may be others now.
    ///
    /// # Errors
    /// What reading the master says of them; nothing is changed then.
    pub fn set_overrides(&mut self, list: Vec<serde_json::Value>) -> Result<Vec<usize>> {
        let changed = self.campaign.set_overrides(list)?;
        self.forget_groups();
        let catalogue = &self.campaign.catalogue;
        let touched = |cell: &Cell| {
            catalogue.get(&cell.format).is_none_or(|format| changed.iter().any(|o| o.applies(format, &cell.locale)))
        };
        // Formats whose texts take one size are others together.
        let together = !changed.is_empty() && self.has_groups();
        Ok((0..).zip(&self.matrix.cells).filter(|(_, cell)| together || touched(cell)).map(|(n, _)| n).collect())
    }

    /// Lays out by other weights than the policy's.
    pub fn set_weights(&mut self, weights: crate::campaign::policy::Weights) {
        self.campaign.policy.weights = weights;
        self.forget_groups();
    }

    /// All fingerprints, in matrix order.
    ///
    /// # Errors
    /// As [`Session::variant`].
    pub fn fingerprints(&self) -> Result<Vec<(String, Fingerprint)>> {
        self.matrix.cells.iter().map(|cell| Ok((cell.id.clone(), self.resolved(cell)?.fingerprint))).collect()
    }
}

/// A campaign file by its path.
#[must_use]
pub fn asset_id(path: &str) -> AssetId {
    AssetId(path.into())
}
