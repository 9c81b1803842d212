//! In: `cldr.tsv`, compiled in. Out: what a locale wants of numbers, prices, dates and plurals (CLDR, the Unicode
//! License v3). `cldr.mjs` makes the table and says what its fields are.

static TABLE: &str = include_str!("cldr.tsv");

/// What a locale wants.
#[derive(Clone, Debug, Default)]
pub(crate) struct LocaleData {
    /// Its digit zero; the others follow it in Unicode.
    pub(crate) zero: char,
    pub(crate) decimal: String,
    pub(crate) group: String,
    pub(crate) minus: String,
    pub(crate) plus: String,
    pub(crate) percent: String,
    /// Decimal sign and separator of groups in prices.
    pub(crate) price: (String, String),
    pub(crate) decimal_pattern: String,
    pub(crate) percent_pattern: String,
    pub(crate) currency_pattern: String,
    /// Digits before the first group separator that make it appear.
    pub(crate) least_group: usize,
    currencies: String,
    pub(crate) months: Vec<String>,
    pub(crate) months_short: Vec<String>,
    pub(crate) months_alone: Vec<String>,
    pub(crate) months_short_alone: Vec<String>,
    /// Sunday first.
    pub(crate) days: Vec<String>,
    pub(crate) days_short: Vec<String>,
    pub(crate) days_alone: Vec<String>,
    /// Our era, where dates name it.
    pub(crate) era: String,
    /// full, long, medium, short.
    pub(crate) dates: Vec<String>,
    /// short, medium.
    pub(crate) times: Vec<String>,
    /// Before and after noon.
    pub(crate) halves: Vec<String>,
    skeletons: String,
}

impl LocaleData {
    /// The sign of a currency, its code where there is none.
    pub(crate) fn currency(&self, code: &str) -> String {
        self.currencies.split(';').find_map(|c| c.strip_prefix(code)).unwrap_or(code).to_owned()
    }
    /// The pattern of a skeleton.
    pub(crate) fn skeleton(&self, name: &str) -> Option<&str> {
        self.skeletons.split(';').filter_map(|s| s.split_once('=')).find(|(n, _)| *n == name).map(|(_, pattern)| pattern)
    }
}

/// Tags as people write them, and as the table has them.
const ALIASES: [(&str, &str); 9] = [
    ("no", "nb"),
    ("nn", "nb"),
    ("iw", "he"),
    ("in", "id"),
    ("tl", "fil"),
    ("sh", "sr-Latn"),
    ("zh-tw", "zh-Hant"),
    ("zh-hk", "zh-Hant-HK"),
    ("zh-mo", "zh-Hant-HK"),
];

/// The tag and those it falls back to, the nearest first.
fn chain(locale: &str) -> Vec<String> {
    let mut tag = locale.replace('_', "-");
    let mut out = Vec::new();
    loop {
        let alias = ALIASES.iter().find(|(from, _)| from.eq_ignore_ascii_case(&tag)).map(|(_, to)| (*to).to_owned());
        out.push(alias.unwrap_or_else(|| tag.clone()));
        match tag.rfind('-') {
            Some(at) => tag.truncate(at),
            None => return out,
        }
    }
}

fn row(tag: &str) -> Option<Vec<&'static str>> {
    TABLE.lines().find_map(|line| {
        let mut fields = line.split('\t');
        let found = fields.next() == Some("L") && fields.next().is_some_and(|t| t.eq_ignore_ascii_case(tag));
        found.then(|| fields.collect())
    })
}

/// Whether the table knows the locale or its language.
#[must_use]
pub fn knows(locale: &str) -> bool {
    chain(locale).iter().any(|tag| row(tag).is_some())
}

/// What a locale wants; where neither it nor its language is known, English forms with ISO dates and currency codes.
pub(crate) fn of(locale: &str) -> LocaleData {
    // The row itself, then the rows its empty fields stand for.
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for tag in chain(locale) {
        if let Some(found) = row(&tag) {
            // Where an alias or a region led to a row, its own ancestors count, not those of the tag asked for.
            rows.push(found);
            rows.extend(chain(&tag).iter().skip(1).filter_map(|t| row(t)));
            break;
        }
    }
    let field = |i: usize| {
        let found = rows.iter().find_map(|r| r.get(i).copied().filter(|f| !f.is_empty())).unwrap_or_default();
        if found == "-" { "" } else { found }
    };
    let list = |i: usize| field(i).split(';').filter(|s| !s.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let or = |text: &str, plain: &str| if text.is_empty() { plain.to_owned() } else { text.to_owned() };
    let mut symbols = field(1).split(' ').map(str::to_owned);
    let mut symbol = |plain: &str| symbols.next().filter(|s| !s.is_empty()).unwrap_or_else(|| plain.to_owned());
    let alone = |own: Vec<String>, plain: &[String]| if own.is_empty() { plain.to_vec() } else { own };
    let (months, months_short, days) = (list(7), list(8), list(11));
    let (decimal, group) = (symbol("."), symbol(","));
    let (minus, plus, percent) = (symbol("-"), symbol("+"), symbol("%"));
    // Prices have signs of their own where the row names two more.
    let price = (symbol(&decimal), symbol(&group));
    LocaleData {
        zero: field(0).chars().next().unwrap_or('0'),
        decimal,
        group,
        minus,
        plus,
        percent,
        price,
        decimal_pattern: or(field(2), "#,##0.###"),
        percent_pattern: or(field(3), "#,##0%"),
        currency_pattern: or(field(4), "¤#,##0.00"),
        least_group: field(5).parse().unwrap_or(1),
        currencies: field(6).to_owned(),
        months_alone: alone(list(9), &months),
        months_short_alone: alone(list(10), &months_short),
        months,
        months_short,
        days_alone: alone(list(18), &days),
        days,
        days_short: list(12),
        dates: list(13),
        times: list(14),
        halves: list(15),
        skeletons: field(16).to_owned(),
        era: field(17).to_owned(),
    }
}

/// The plural rules of a locale's language: `one:i = 1 and v = 0;...`; nothing where all numbers are alike.
pub(crate) fn rules(locale: &str, ordinal: bool) -> &'static str {
    let mark = if ordinal { "O" } else { "P" };
    chain(locale)
        .iter()
        .find_map(|tag| {
            TABLE.lines().find_map(|line| {
                let mut fields = line.split('\t');
                let found = fields.next() == Some(mark) && fields.next().is_some_and(|l| l.split(' ').any(|t| t == tag));
                found.then(|| fields.next()).flatten()
            })
        })
        .unwrap_or_default()
}

/// Decimals of a currency: 2 where it is not said.
pub(crate) fn currency_decimals(code: &str) -> usize {
    let list = TABLE.lines().find_map(|line| line.strip_prefix("C\t")).unwrap_or_default();
    list.split(' ').find_map(|c| c.strip_prefix(code)).and_then(|d| d.parse().ok()).unwrap_or(2)
}
