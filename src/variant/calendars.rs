//! In: a locale. Out: what its language calls months and halves of the day, made once for each: every text with a figure asks. The facts are
//! those of `campaign::message`; what is kept together by them is left to `text::nobreak`.

use crate::campaign::message::cldr;
use crate::limits;
use crate::text::nobreak::Calendar;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

static KNOWN: Mutex<BTreeMap<String, Arc<Calendar>>> = Mutex::new(BTreeMap::new());

/// The calendar of a locale.
pub(super) fn of(locale: &str) -> Arc<Calendar> {
    if let Some(known) = KNOWN.lock().ok().and_then(|known| known.get(locale).cloned()) {
        return known;
    }
    let facts = cldr::of(locale);
    let made = Arc::new(Calendar::new(facts.months.iter().chain(&facts.months_short), &facts.halves));
    if let Ok(mut known) = KNOWN.lock() {
        if known.len() >= limits::LOCALES {
            known.clear();
        }
        known.insert(locale.to_owned(), Arc::clone(&made));
    }
    made
}
