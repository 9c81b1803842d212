//! In: the media formats compiled in and a campaign's own. Out: a [`Catalogue`]: formats by id and by named set, chosen in
//! order. What the sets are is written in [`SETS`].

use super::format::{FORMAT, Format};
use super::json;
use super::read::{Context, Node, Report};
use super::suggest::did_you_mean;
use crate::error::{Error, ErrorKind, Result};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A set beyond the media and channels, which are sets by themselves.
pub struct NamedSet {
    /// Its name in campaigns.
    pub name: &'static str,
    /// What it holds, for people.
    pub doc: &'static str,
    member: fn(&Format) -> bool,
}

fn within(format: &Format, medium: &str, channels: &[&str]) -> bool {
    format.medium == medium && channels.contains(&format.channel.as_str())
}

/// All named sets. `all`, every medium (`social`, `web`, `video`, `email`, `app-store`, `dooh`, `ooh`, `print`) and every
/// channel (`instagram`, `iab-display`, `iso` ...) come on top.
pub const SETS: [NamedSet; 13] = [
    NamedSet { name: "all", doc: "every format of the catalogue and the campaign's own", member: |_| true },
    NamedSet { name: "iab", doc: "IAB display banners", member: |f| f.channel == "iab-display" },
    NamedSet {
        name: "banners",
        doc: crate::campaign::fields::kept("display banners of IAB, Google and the wider web"),
        member: |f| within(f, "web", &["iab-display", "web-display", "google-display"]),
    },
    NamedSet {
        name: "google-ads",
        doc: crate::campaign::fields::kept("Google Ads: display, responsive display, Demand Gen"),
        member: |f| f.channel.starts_with("google-d") || f.channel.starts_with("google-r"),
    },
    NamedSet {
        name: "stories",
        doc: crate::campaign::fields::kept("social, full screen upright (9:16)"),
        member: |f| f.medium == "social" && u64::from(f.raster.0) * 16 == u64::from(f.raster.1) * 9,
    },
    NamedSet {
        name: "ooh-uk",
        doc: crate::campaign::fields::kept("posters and buses in the United Kingdom"),
        member: |f| within(f, "ooh", &["uk", "uk-transit"]),
    },
    NamedSet {
        name: "ooh-us",
        doc: crate::campaign::fields::kept("posters and buses in the United States"),
        member: |f| within(f, "ooh", &["us", "us-transit"]),
    },
    NamedSet {
        name: "ooh-eu",
        doc: crate::campaign::fields::kept("posters on the continent: EU, Sweden, Germany, Switzerland"),
        member: |f| within(f, "ooh", &["eu", "se", "de", "ch"]),
    },
    NamedSet {
        name: "marks",
        doc: crate::campaign::fields::kept("icons, profile pictures and logo slots: they show the logo alone"),
        member: |f| {
            const MARKS: [&str; 6] =
                ["appstore-icon", "gdg-logo", "grd-logo-landscape", "play-icon", "snap-story-logo", "tiktok-profile"];
            MARKS.contains(&f.id.as_str())
        },
    },
    NamedSet { name: "magazine", doc: "magazine pages, Europe and United States", member: |f| f.channel.starts_with("magazine") },
    NamedSet { name: "print-iso", doc: "ISO paper sizes", member: |f| within(f, "print", &["iso"]) },
    NamedSet { name: "print-us", doc: "US paper sizes", member: |f| within(f, "print", &["us"]) },
    NamedSet { name: "screens", doc: "everything that is not printed", member: |f| f.medium != "print" && f.medium != "ooh" },
];

/// The sets a format belongs to, in a stable order: `all`, medium, channel, then the other named ones.
pub(super) fn sets_of(format: &Format) -> Vec<String> {
    let mut sets = vec!["all".to_owned(), format.medium.clone(), format.channel.clone()];
    sets.extend(SETS.iter().filter(|set| (set.member)(format)).map(|set| set.name.to_owned()));
    let mut seen = Vec::new();
    sets.retain(|set| {
        let new = !seen.contains(set);
        seen.push(set.clone());
        new
    });
    sets
}

/// Formats by id and set.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    formats: Vec<Arc<Format>>,
    by_id: BTreeMap<String, usize>,
    by_set: BTreeMap<String, Vec<usize>>,
}

impl Catalogue {
    /// The 131 formats compiled in; read once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Self::from_formats(read_built_in().0))
    }

    /// The built-in formats, then a campaign's own.
    ///
    /// # Errors
    /// `value` where two formats have one id or a format is named like a set.
    pub fn with_custom(custom: Vec<Format>) -> Result<Self> {
        let built_in = Self::built_in();
        if custom.is_empty() {
            return Ok(built_in.clone());
        }
        let mut all: Vec<Arc<Format>> = built_in.formats.clone();
        for format in custom {
            if all.iter().any(|other| other.id == format.id) {
                return Err(Error::new(ErrorKind::Value, &format.id, format!("the format id '{}' is taken", format.id))
                    .hint("Choose another id"));
            }
            if built_in.by_set.contains_key(&format.id) {
                return Err(Error::new(ErrorKind::Value, &format.id, format!("'{}' is the name of a set", format.id))
                    .hint("Choose another id"));
            }
            all.push(Arc::new(format));
        }
        Ok(Self::from_formats(all))
    }

    fn from_formats(formats: Vec<Arc<Format>>) -> Self {
        let by_id = crate::ordered::map(formats.iter().enumerate().map(|(i, format)| (format.id.clone(), i)));
        let mut by_set: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, format) in formats.iter().enumerate() {
            for set in &format.sets {
                by_set.entry(set.clone()).or_default().push(i);
            }
        }
        Self { formats, by_id, by_set }
    }

    /// All, in the catalogue's order.
    #[must_use]
    pub fn formats(&self) -> &[Arc<Format>] {
        &self.formats
    }
    /// One by id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<Format>> {
        self.formats.get(*self.by_id.get(id)?)
    }
    /// All set names, each with the number of its formats.
    pub fn sets(&self) -> impl Iterator<Item = (&str, usize)> {
        self.by_set.iter().map(|(name, members)| (name.as_str(), members.len()))
    }

    /// Checks a name of a list: an id or set, with `-` before it to take away.
    ///
    /// # Errors
    /// `unknown`, with the nearest name.
    pub fn check(&self, at: &str, name: &str) -> Result<()> {
        let bare = name.strip_prefix('-').unwrap_or(name);
        if self.by_id.contains_key(bare) || self.by_set.contains_key(bare) {
            return Ok(());
        }
        let mut error =
            Error::new(ErrorKind::Unknown, at, format!("unknown format or set '{}'", bare.chars().take(80).collect::<String>()))
                .allowed(format!("a format id, or a set: {}", self.by_set.keys().cloned().collect::<Vec<_>>().join(", ")));
        error.hint = did_you_mean(bare, self.by_set.keys().chain(self.by_id.keys()).map(String::as_str))
            .or(Some("`variorum formats` lists all".to_owned()));
        Err(error)
    }

    /// The formats a list names, each once, in the order they are named; `-name` takes away what stands before it. A list
    /// that begins by taking away begins with all. Unknown names count for nothing: see [`Self::check`].
    #[must_use]
    pub fn choose<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<Arc<Format>> {
        let mut chosen: Vec<usize> = Vec::new();
        let mut held = vec![false; self.formats.len()];
        for (i, name) in names.into_iter().enumerate() {
            let (minus, bare) = match name.strip_prefix('-') {
                Some(bare) => (true, bare),
                None => (false, name),
            };
            if minus && i == 0 {
                chosen = (0..self.formats.len()).collect();
                held.fill(true);
            }
            let set = self.by_set.get(bare).cloned();
            let members = set.or_else(|| self.by_id.get(bare).map(|at| vec![*at])).unwrap_or_default();
            for member in members {
                if let Some(held) = held.get_mut(member) {
                    if !minus && !*held {
                        chosen.push(member);
                    }
                    *held = !minus;
                }
            }
            if minus {
                chosen.retain(|at| held.get(*at).copied().unwrap_or(false));
            }
        }
        chosen.into_iter().filter_map(|at| self.formats.get(at).cloned()).collect()
    }
}

/// Reads the compiled-in records; what would be wrong with them is for the test below.
fn read_built_in() -> (Vec<Arc<Format>>, Report) {
    let report = Report::default();
    let mut formats = Vec::new();
    // Packed by build.rs: the text would be a sixth of the module's data.
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/formats.deflate"));
    let text = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, crate::limits::CATALOGUE_BYTES).unwrap_or_default();
    if let Some(value) = report.keep(json::parse("formats.json", &text)) {
        let root = Node::root("formats.json", &value, Context { report: &report, tokens: None });
        for node in root.list(crate::limits::FORMATS).unwrap_or_default() {
            formats.extend(node.object(&FORMAT).and_then(|obj| Format::read(&obj)).map(Arc::new));
        }
    }
    (formats, report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_is_read_without_a_word() {
        let (formats, report) = read_built_in();
        let warnings = report.close().unwrap();
        assert_eq!(warnings, vec![]);
        assert_eq!(formats.len(), 131);
        let catalogue = Catalogue::built_in();
        assert_eq!(catalogue.by_id.len(), 131, "ids are unique");
        for format in catalogue.formats() {
            assert!(format.raster.0 >= 1 && format.raster.1 >= 1, "{}", format.id);
            assert!(!catalogue.by_set.contains_key(&format.id), "{} is also a set", format.id);
            let size = format.size();
            assert!(format.safe.left.0 + format.safe.right.0 < size.w.0 / 2.0 + 1.0, "{} {:?}", format.id, format.safe);
            assert!(format.safe.top.0 + format.safe.bottom.0 < size.h.0, "{} {:?}", format.id, format.safe);
        }
    }

    #[test]
    fn every_set_has_members() {
        let catalogue = Catalogue::built_in();
        for set in SETS {
            assert!(catalogue.by_set.get(set.name).is_some_and(|m| !m.is_empty()), "{}", set.name);
        }
        let count = |name: &str| catalogue.choose([name]).len();
        assert_eq!((count("all"), count("social"), count("print"), count("iab"), count("iso")), (131, 34, 20, 12, 9));
        assert_eq!((count("ooh-uk"), count("magazine"), count("video"), count("app-store")), (7, 9, 13, 8));
    }

    #[test]
    fn lists_add_and_take_away_in_order() {
        let ids =
            |names: &[&str]| Catalogue::built_in().choose(names.iter().copied()).iter().map(|f| f.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&["print-a4", "ig-story"]), ["print-a4", "ig-story"]);
        assert_eq!(
            ids(&["ig-story", "stories", "-tiktok", "-snapchat", "-pinterest"]),
            ["ig-story", "ig-reel", "ig-reel-1440", "fb-story"]
        );
        assert_eq!(ids(&["-all"]), Vec::<String>::new());
        assert_eq!(ids(&["-social"]).len(), 97);
        let error = Catalogue::built_in().check("x", "ig-stroy").unwrap_err();
        assert_eq!(error.hint.unwrap(), "did you mean 'ig-story'?");
    }
}
