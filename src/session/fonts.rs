//! Which fonts and lists of words a campaign's words need, and which set them: known from the letters, before any file is here.

use super::{SHAPED_KEPT, Session};
use crate::campaign::layer::MasterContent;
use crate::error::Result;
use crate::fingerprint::{Fingerprint, Hasher};
use crate::text::{self, FontLibrary, FontOrigin, WordScript};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// By locale and text: the default fonts that set it.
pub(super) type FontDigests = BTreeMap<String, BTreeMap<String, Fingerprint>>;

/// The default fonts that set a text of a locale, as one digest.
pub(super) fn default_fonts_digest(known: &mut FontDigests, text: &str, locale: &str) -> Fingerprint {
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
    if let Some(phrases) = text::phrases::digest_for(text, locale) {
        hasher.text(phrases);
    }
    let digest = hasher.close();
    known.entry(locale.to_owned()).or_default().insert(text.to_owned(), digest);
    digest
}

impl Session {
    /// The fonts that are here, brand's and default.
    #[must_use]
    pub fn fonts(&self) -> &FontLibrary {
        &self.fonts
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
                needed.extend(letters.split('\n').filter_map(|line| text::phrases::file_for(line, locale)));
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
}
