//! Formats whose texts take one size: what a group is made of, and what it agrees on. A cell is resolved here, for its group decides its
//! pixels too.

use super::Session;
use super::fonts::default_fonts_digest;
use crate::campaign::layer::MasterContent;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, Hasher};
use crate::layout::{PlacedContent, Ways};
use crate::variant::{self, Cell, Variant};
use std::sync::Arc;

/// A group of formats of one text: layer id, place in its list, locale, option.
pub(super) type GroupKey = (String, usize, Arc<str>, Arc<str>);

impl Session {
    /// A cell, fingerprinted with the default fonts that its texts would be set in, and with all that its groups agree by.
    pub(super) fn resolved(&self, cell: &Cell) -> Result<Variant> {
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

    /// The groups that a cell's texts are in, with their cells in the campaign's order.
    pub(super) fn groups(&self, cell: &Cell) -> Vec<(GroupKey, Vec<Cell>)> {
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
    pub(super) fn agreement(&mut self, key: &GroupKey, cells: &[Cell]) -> Result<Option<f32>> {
        if let Some(known) = self.agreed.get(key) {
            return Ok(*known);
        }
        let mut least: Option<f32> = None;
        for cell in cells {
            let variant = self.alone(cell)?;
            let layout = self.laid_out(&variant, Ways::Taken);
            let sizes = layout.placed.iter().filter_map(|p| match &p.content {
                PlacedContent::Text(text) if variant.layers.get(p.layer?)?.id == key.0 => Some(text.fitted.size.0),
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

    /// Whether texts of several formats take one size.
    pub(super) fn has_groups(&self) -> bool {
        self.campaign
            .master
            .layers
            .iter()
            .any(|layer| matches!(&layer.content, MasterContent::Text(text) if !text.groups.is_empty()))
    }

    pub(super) fn forget_groups(&mut self) {
        self.group_digests.borrow_mut().clear();
        self.agreed.clear();
    }
}
