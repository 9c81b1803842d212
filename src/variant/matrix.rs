//! In: a campaign. Out: the [`Matrix`]: formats x locales x options less the excluded cells, counted before anything is rendered.

use super::Format;
use crate::campaign::pseudo::PSEUDO;
use crate::campaign::suggest::did_you_mean;
use crate::campaign::{Campaign, Exclude, OptionRow};
use crate::error::{Error, ErrorKind, Errors};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// `{format}.{locale}.{option}`.
    pub id: String,
    /// The format's id.
    pub format: Arc<str>,
    /// BCP 47 tag.
    pub locale: Arc<str>,
    /// The option row's id.
    pub option: Arc<str>,
}

impl Cell {
    /// The cell of three names.
    #[must_use]
    pub fn new(format: &Arc<str>, locale: &Arc<str>, option: &Arc<str>) -> Self {
        Self {
            id: format!("{format}.{locale}.{option}"),
            format: Arc::clone(format),
            locale: Arc::clone(locale),
            option: Arc::clone(option),
        }
    }
    /// Takes a variant id apart; formats may hold full stops, locales and options do not.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        let (rest, option) = id.rsplit_once('.')?;
        let (format, locale) = rest.rsplit_once('.')?;
        let named = [format, locale, option].iter().all(|part| !part.is_empty());
        named.then(|| Self::new(&format.into(), &locale.into(), &option.into()))
    }
}

/// All cells, in the campaign's order: formats, then locales, then options.
#[derive(Clone, Debug, Default)]
pub struct Matrix {
    /// The cells.
    pub cells: Vec<Cell>,
}

/// Which part of a matrix is wanted; an empty list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Format ids and sets of the catalogue, `-name` to take away.
    pub formats: Vec<String>,
    /// Locales.
    pub locales: Vec<String>,
    /// Option ids.
    pub options: Vec<String>,
}

/// The three lists a matrix is made of.
struct Axes<'a> {
    formats: Vec<&'a Arc<Format>>,
    locales: Vec<&'a str>,
    options: Vec<&'a OptionRow>,
}

impl Matrix {
    /// All cells of a campaign.
    #[must_use]
    pub fn of(campaign: &Campaign) -> Self {
        Self::over(&Axes::all(campaign), &campaign.exclude)
    }

    /// The number of cells, without making them.
    #[must_use]
    pub fn count(campaign: &Campaign) -> usize {
        let axes = Axes::all(campaign);
        if campaign.exclude.is_empty() {
            return axes.formats.len() * axes.locales.len() * axes.options.len();
        }
        let mut count = 0;
        axes.walk(&campaign.exclude, |_, _, _| count += 1);
        count
    }

    /// The cells a filter leaves.
    ///
    /// # Errors
    /// `unknown` for every name that is not in the campaign, with the nearest one.
    pub fn select(campaign: &Campaign, filter: &Filter) -> Result<Self, Errors> {
        let mut errors = Vec::new();
        let mut axes = Axes::all(campaign);
        if !filter.formats.is_empty() {
            for name in &filter.formats {
                errors.extend(campaign.catalogue.check("formats", name).err());
            }
            let wanted = campaign.catalogue.choose(filter.formats.iter().map(String::as_str));
            let wanted: BTreeSet<&str> = crate::ordered::set(wanted.iter().map(|f| f.id.as_str()));
            axes.formats.retain(|format| wanted.contains(format.id.as_str()));
            if axes.formats.is_empty() && errors.is_empty() {
                let error = Error::new(ErrorKind::Unknown, "formats", "the campaign has none of these formats");
                errors.push(error.found(filter.formats.join(", ")).hint("campaign.json names its formats"));
            }
        }
        // Every campaign has the pseudo-locales, where they are asked for.
        for want in &filter.locales {
            if let Some(tag) = PSEUDO.iter().find(|tag| *tag == want && !axes.locales.contains(tag)) {
                axes.locales.push(tag);
            }
        }
        narrow(&mut axes.locales, &filter.locales, "locales", "locale", |l| l, &mut errors);
        narrow(&mut axes.options, &filter.options, "options", "option", |row| &row.id, &mut errors);
        if errors.is_empty() { Ok(Self::over(&axes, &campaign.exclude)) } else { Err(Errors(errors)) }
    }

    fn over(axes: &Axes<'_>, exclude: &[Exclude]) -> Self {
        let formats: Vec<Arc<str>> = axes.formats.iter().map(|f| f.id.as_str().into()).collect();
        let locales: Vec<Arc<str>> = axes.locales.iter().map(|l| (*l).into()).collect();
        let mut cells = Vec::new();
        axes.walk(exclude, |f, l, o| {
            if let (Some(format), Some(locale), Some(option)) = (formats.get(f), locales.get(l), axes.options.get(o)) {
                cells.push(Cell::new(format, locale, &option.id));
            }
        });
        Self { cells }
    }
}

fn narrow<T>(axis: &mut Vec<T>, wanted: &[String], at: &str, what: &str, name: impl Fn(&T) -> &str, errors: &mut Vec<Error>) {
    if wanted.is_empty() {
        return;
    }
    for want in wanted {
        if !axis.iter().any(|item| name(item) == want) {
            let names: Vec<&str> = axis.iter().map(&name).collect();
            let mut error = Error::new(ErrorKind::Unknown, at, format!("unknown {what} '{want}'"));
            error.hint = did_you_mean(want, names.iter().copied());
            errors.push(error.allowed(names.iter().take(60).copied().collect::<Vec<_>>().join(", ")));
        }
    }
    axis.retain(|item| wanted.iter().any(|want| want == name(item)));
}

impl<'a> Axes<'a> {
    fn all(campaign: &'a Campaign) -> Self {
        Self {
            formats: campaign.formats.iter().collect(),
            locales: campaign.locales.iter().map(String::as_str).collect(),
            options: campaign.options.iter().collect(),
        }
    }
    /// Calls `visit` with the indices of every cell that stays.
    fn walk(&self, exclude: &[Exclude], mut visit: impl FnMut(usize, usize, usize)) {
        for (f, format) in self.formats.iter().enumerate() {
            let rules: Vec<&Exclude> = exclude.iter().filter(|rule| meets(rule.formats.as_ref(), &format.id)).collect();
            for (l, locale) in self.locales.iter().enumerate() {
                let rules: Vec<&&Exclude> = rules.iter().filter(|rule| meets(rule.locales.as_ref(), locale)).collect();
                for (o, option) in self.options.iter().enumerate() {
                    if !rules.iter().any(|rule| meets(rule.options.as_ref(), &option.id)) {
                        visit(f, l, o);
                    }
                }
            }
        }
    }
}

/// A list that is not given meets everything.
fn meets(list: Option<&BTreeSet<String>>, name: &str) -> bool {
    list.is_none_or(|list| list.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_taken_apart_from_the_right() {
        let cell = Cell::parse("ooh-bulletin-10.5x36.zh-Hans.main").unwrap();
        assert_eq!((&*cell.format, &*cell.locale, &*cell.option), ("ooh-bulletin-10.5x36", "zh-Hans", "main"));
        assert_eq!(cell.id, "ooh-bulletin-10.5x36.zh-Hans.main");
        assert!(Cell::parse("a.b").is_none() && Cell::parse("..").is_none() && Cell::parse("").is_none());
    }
}
