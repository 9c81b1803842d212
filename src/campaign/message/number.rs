//! In: a number as text and a style (ICU number skeletons, the short styles, or a pattern such as `#,##0.00`). Out: the number
//! as the locale writes it. Decimal digits throughout, rounded half to even; no floating point.

use super::cldr::LocaleData;
use crate::error::ErrorKind;

/// Digits of a value, before and after the point; a number of a price list, not of physics.
const DIGITS: usize = 30;

/// A decimal number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) negative: bool,
    /// Digits 0 to 9, the highest first, no leading zeros (zero is empty).
    pub(crate) whole: Vec<u8>,
    /// Decimals as written.
    pub(crate) fraction: Vec<u8>,
}

impl Decimal {
    /// Reads `-1249.90`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let read = |part: &str| part.bytes().map(|b| b.is_ascii_digit().then(|| b - b'0')).collect::<Option<Vec<u8>>>();
        let (whole, fraction) = (read(whole)?, read(fraction)?);
        if whole.is_empty() || whole.len() > DIGITS || fraction.len() > DIGITS || (fraction.is_empty() && digits.contains('.')) {
            return None;
        }
        Some(Self { negative, whole: whole.into_iter().skip_while(|d| *d == 0).collect(), fraction })
    }

    /// Equal in value: 1 is 1.0.
    pub(crate) fn same(&self, other: &Self) -> bool {
        self.whole == other.whole && self.significant() == other.significant() && (self.negative == other.negative || self.zero())
    }

    pub(crate) fn zero(&self) -> bool {
        self.whole.is_empty() && self.significant().is_empty()
    }

    /// Decimals without trailing zeros.
    pub(crate) fn significant(&self) -> &[u8] {
        let end = self.fraction.iter().rposition(|d| *d != 0).map_or(0, |i| i + 1);
        self.fraction.get(..end).unwrap_or_default()
    }

    /// As a number of units in the last of so many decimals.
    fn scaled(&self, decimals: usize) -> i64 {
        let digits = self.whole.iter().chain(self.fraction.iter().chain(std::iter::repeat(&0)).take(decimals));
        let n = digits.fold(0_i64, |n, d| n.saturating_mul(10).saturating_add(i64::from(*d)));
        if self.negative { -n } else { n }
    }

    fn unscaled(n: i64, decimals: usize) -> Self {
        let mut digits: Vec<u8> = n.unsigned_abs().to_string().bytes().map(|b| b - b'0').collect();
        while digits.len() < decimals {
            digits.insert(0, 0);
        }
        let fraction = digits.split_off(digits.len() - decimals);
        Self { negative: n < 0, whole: digits.into_iter().skip_while(|d| *d == 0).collect(), fraction }
    }

    /// The difference; only the offset of a plural is ever taken away.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        if other.zero() {
            return self.clone();
        }
        let decimals = self.fraction.len().max(other.fraction.len()).min(6);
        Self::unscaled(self.scaled(decimals).saturating_sub(other.scaled(decimals)), decimals)
    }

    fn times_ten_to(&self, power: usize) -> Self {
        let mut out = self.clone();
        for _ in 0..power {
            let digit = if out.fraction.is_empty() { 0 } else { out.fraction.remove(0) };
            if digit != 0 || !out.whole.is_empty() {
                out.whole.push(digit);
            }
        }
        out
    }

    /// At most so many decimals, the last rounded (half to even, or half up), and at least so many.
    fn rounded(&self, least: usize, most: usize, half_up: bool) -> Self {
        let mut out = self.clone();
        if out.fraction.len() > most {
            let rest = out.fraction.split_off(most);
            let (first, more) = rest.split_first().map_or((0, false), |(first, more)| (*first, more.iter().any(|d| *d != 0)));
            let odd = out.fraction.last().or(out.whole.last()).is_some_and(|d| d % 2 == 1);
            if first > 5 || (first == 5 && (more || odd || half_up)) {
                let mut carry = true;
                for digit in out.fraction.iter_mut().rev().chain(out.whole.iter_mut().rev()) {
                    *digit = if *digit == 9 { 0 } else { *digit + 1 };
                    carry = *digit == 0;
                    if !carry {
                        break;
                    }
                }
                if carry {
                    out.whole.insert(0, 1);
                }
            }
        }
        while out.fraction.len() > least && out.fraction.last() == Some(&0) {
            out.fraction.pop();
        }
        while out.fraction.len() < least {
            out.fraction.push(0);
        }
        out
    }
}

/// What a style that is not read is refused with.
pub(crate) struct Refusal {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) allowed: &'static str,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unit {
    #[default]
    None,
    Percent,
    /// Three letters; nothing yet: the option row's value `currency`.
    Currency(Option<[u8; 3]>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Width {
    #[default]
    Symbol,
    Narrow,
    Code,
    Hidden,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sign {
    #[default]
    Auto,
    Always,
    Never,
    ExceptZero,
}

/// How a number is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    unit: Unit,
    width: Width,
    sign: Sign,
    /// Least and most decimals; none: what unit and locale want.
    decimals: Option<(usize, usize)>,
    /// No decimals at all where they would be zeros.
    bare_whole: bool,
    half_up: bool,
    /// 0 = none, 1 = the locale's, 2 = from five digits on.
    grouping: Option<u8>,
    least_whole: usize,
    power: usize,
    latin: bool,
    /// A pattern of one's own.
    pattern: Option<String>,
}

const SKELETONS: &str = "integer, percent, currency, ::currency/EUR, ::percent, ::.00, ::.##, ::precision-integer, ::,_ (no grouping), \
                         ::+! (sign always), ::scale/100, ::latin, ::unit-width-narrow, or a pattern such as #,##0.00";

impl Style {
    /// Reads the part after `number,`.
    pub(crate) fn parse(text: &str) -> Result<Self, Refusal> {
        let mut style = Self::default();
        let refuse = |kind, message: String| Refusal { kind, message, allowed: SKELETONS };
        match text {
            "" => return Ok(style),
            "integer" => style.decimals = Some((0, 0)),
            "percent" => (style.unit, style.power, style.decimals) = (Unit::Percent, 2, Some((0, 0))),
            "currency" => style.unit = Unit::Currency(None),
            _ => {
                let Some(skeleton) = text.strip_prefix("::") else {
                    if text.contains(['0', '#']) && text.chars().count() <= 60 {
                        style.pattern = Some(text.to_owned());
                        style.power = if text.contains('%') { 2 } else { 0 };
                        style.unit = if text.contains('¤') { Unit::Currency(None) } else { Unit::None };
                        return Ok(style);
                    }
                    return Err(refuse(ErrorKind::Value, "not a style of numbers".to_owned()));
                };
                for stem in skeleton.split_whitespace() {
                    if !style.stem(stem) {
                        return Err(refuse(ErrorKind::Unsupported, format!("'{stem}' is not read in number skeletons")));
                    }
                }
            }
        }
        Ok(style)
    }

    fn stem(&mut self, stem: &str) -> bool {
        if let Some(code) = stem.strip_prefix("currency/") {
            let code = <[u8; 3]>::try_from(code.as_bytes()).ok().filter(|c| c.iter().all(u8::is_ascii_uppercase));
            self.unit = Unit::Currency(code);
            return code.is_some();
        }
        if let Some(scale) = stem.strip_prefix("scale/") {
            let zeros = scale.strip_prefix('1').filter(|z| z.len() <= 9 && z.bytes().all(|b| b == b'0'));
            self.power = zeros.map_or(0, str::len);
            return zeros.is_some();
        }
        if let Some(least) = stem.strip_prefix("integer-width/+") {
            self.least_whole = least.len().min(DIGITS);
            return !least.is_empty() && least.bytes().all(|b| b == b'0');
        }
        let (plain, bare) = stem.strip_suffix("/w").map_or((stem, false), |s| (s, true));
        if let Some(fraction) = plain.strip_prefix('.').filter(|f| f.len() <= 20) {
            let least = fraction.bytes().take_while(|b| *b == b'0').count();
            let open = fraction.bytes().skip(least).all(|b| b == b'#');
            let more = fraction.ends_with(['+', '*']);
            self.decimals = Some((least, if more { 20 } else { fraction.len() }));
            self.bare_whole = bare;
            return open || (more && fraction.len() == least + 1);
        }
        match stem {
            "percent" | "%" => self.unit = Unit::Percent,
            "%x100" => (self.unit, self.power) = (Unit::Percent, 2),
            "precision-integer" => self.decimals = Some((0, 0)),
            "precision-unlimited" => self.decimals = Some((0, 20)),
            "precision-currency-standard" => self.decimals = None,
            "precision-currency-standard/w" => self.bare_whole = true,
            "rounding-mode-half-even" => self.half_up = false,
            "rounding-mode-half-up" => self.half_up = true,
            "group-off" | ",_" => self.grouping = Some(0),
            "group-min2" | ",?" => self.grouping = Some(2),
            "group-auto" => self.grouping = None,
            "group-on-aligned" | "group-thousands" | ",!" => self.grouping = Some(1),
            "sign-auto" => self.sign = Sign::Auto,
            "sign-always" | "+!" => self.sign = Sign::Always,
            "sign-never" | "+_" => self.sign = Sign::Never,
            "sign-except-zero" | "+?" => self.sign = Sign::ExceptZero,
            "unit-width-short" => self.width = Width::Symbol,
            "unit-width-narrow" => self.width = Width::Narrow,
            "unit-width-iso-code" => self.width = Width::Code,
            "unit-width-hidden" => self.width = Width::Hidden,
            "latin" | "numbering-system/latn" => self.latin = true,
            _ => {
                self.least_whole = stem.len().min(DIGITS);
                return !stem.is_empty() && stem.bytes().all(|b| b == b'0');
            }
        }
        true
    }

    /// The style with the currency that a price needs; nothing where there is none.
    pub(crate) fn with_currency(&self, code: Option<&str>) -> Option<Self> {
        if self.unit != Unit::Currency(None) {
            return Some(self.clone());
        }
        let code = <[u8; 3]>::try_from(code?.as_bytes()).ok().filter(|c| c.iter().all(u8::is_ascii_uppercase))?;
        Some(Self { unit: Unit::Currency(Some(code)), ..self.clone() })
    }

    /// Writes a number as the locale does.
    pub(crate) fn write(&self, number: &Decimal, locale: &LocaleData) -> String {
        let own = self.pattern.as_deref();
        let base = own.unwrap_or(match self.unit {
            Unit::None => &locale.decimal_pattern,
            Unit::Percent => &locale.percent_pattern,
            Unit::Currency(_) if self.width == Width::Hidden => &locale.decimal_pattern,
            Unit::Currency(_) => &locale.currency_pattern,
        });
        let (positive, negative) = base.split_once(';').map_or((base, None), |(p, n)| (p, Some(n)));
        let shape = Shape::of(positive);
        let (least, most) = self.decimals.unwrap_or(match self.unit {
            Unit::Currency(Some(code)) if own.is_none() => {
                let digits = super::cldr::currency_decimals(&String::from_utf8_lossy(&code));
                (digits, digits)
            }
            Unit::Percent if own.is_none() => (0, self.decimals.map_or(6, |d| d.1)),
            _ => (shape.least, shape.most),
        });
        let mut number = number.times_ten_to(self.power).rounded(least, most, self.half_up);
        if self.bare_whole && number.significant().is_empty() {
            number.fraction.clear();
        }
        let minus = number.negative && self.sign != Sign::Never && !(self.sign == Sign::ExceptZero && number.zero());
        let plus = !number.negative && (self.sign == Sign::Always || (self.sign == Sign::ExceptZero && !number.zero()));
        let digits = self.digits(&number, locale, &shape);
        let affixes = negative.filter(|_| minus).unwrap_or(positive);
        let (before, after) = affixes_of(affixes);
        let symbol = self.symbol(locale);
        let affix = |text: &str| {
            let mut out = String::new();
            for c in text.chars() {
                match c {
                    '¤' => out.push_str(&symbol),
                    '%' => out.push_str(&locale.percent),
                    '-' => out.push_str(&locale.minus),
                    '+' => out.push_str(&locale.plus),
                    '\'' => {}
                    c => out.push(c),
                }
            }
            out
        };
        let (mut front, mut back) = (affix(before), affix(after));
        // A code or a letter keeps clear of figures (CLDR currencySpacing).
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if before.ends_with('¤') && letter(front.chars().next_back()) {
            front.push('\u{a0}');
        }
        if after.starts_with('¤') && letter(back.chars().next()) {
            back.insert(0, '\u{a0}');
        }
        let sign = if minus && negative.is_none() {
            locale.minus.as_str()
        } else if plus {
            locale.plus.as_str()
        } else {
            ""
        };
        format!("{sign}{front}{digits}{back}")
    }

    fn symbol(&self, locale: &LocaleData) -> String {
        let Unit::Currency(Some(code)) = self.unit else { return String::new() };
        let code = String::from_utf8_lossy(&code).into_owned();
        match self.width {
            Width::Code => code,
            Width::Hidden => String::new(),
            Width::Symbol => locale.currency(&code),
            // US$ and CA$ are both $ where the market makes plain which.
            Width::Narrow => {
                let symbol = locale.currency(&code);
                let bare = symbol.trim_matches(|c: char| c.is_ascii_alphabetic() || c.is_whitespace());
                if bare.is_empty() { symbol } else { bare.to_owned() }
            }
        }
    }

    fn digits(&self, number: &Decimal, locale: &LocaleData, shape: &Shape) -> String {
        let zero = if self.latin { '0' } else { locale.zero };
        let digit = |d: &u8| char::from_u32(u32::from(zero) + u32::from(*d)).unwrap_or('0');
        let mut whole = number.whole.clone();
        while whole.len() < self.least_whole.max(shape.least_whole) {
            whole.insert(0, 0);
        }
        let primary = shape.primary;
        let least_group = match self.grouping {
            Some(0) => usize::MAX,
            Some(2) => primary + 2,
            Some(_) => primary + 1,
            None => primary.saturating_add(if self.pattern.is_some() { 1 } else { locale.least_group }),
        };
        let grouped = primary > 0 && whole.len() >= least_group;
        let (separator, group) = match self.unit {
            _ if self.latin && locale.zero != '0' => (".", ","),
            Unit::Currency(_) => (&*locale.price.0, &*locale.price.1),
            _ => (&*locale.decimal, &*locale.group),
        };
        let mut out = String::new();
        for (i, d) in whole.iter().enumerate() {
            let left = whole.len() - i;
            let at_border =
                left == primary || (left > primary && shape.secondary > 0 && (left - primary).is_multiple_of(shape.secondary));
            if i > 0 && grouped && at_border {
                out.push_str(group);
            }
            out.push(digit(d));
        }
        if !number.fraction.is_empty() {
            out.push_str(separator);
            out.extend(number.fraction.iter().map(digit));
        }
        out
    }
}

/// The parts of a pattern before and after its figures.
fn affixes_of(pattern: &str) -> (&str, &str) {
    let figure = |c: char| matches!(c, '#' | '0' | ',' | '.');
    let start = pattern.find(figure).unwrap_or(pattern.len());
    let end = pattern.rfind(figure).map_or(start, |i| i + 1);
    (pattern.get(..start).unwrap_or_default(), pattern.get(end..).unwrap_or_default())
}

/// What `#,##,##0.00` says of figures.
struct Shape {
    primary: usize,
    secondary: usize,
    least_whole: usize,
    least: usize,
    most: usize,
}

impl Shape {
    fn of(pattern: &str) -> Self {
        let figures: String = pattern.chars().filter(|c| matches!(c, '#' | '0' | ',' | '.')).collect();
        let (whole, fraction) = figures.split_once('.').unwrap_or((&figures, ""));
        let groups: Vec<&str> = whole.split(',').collect();
        let primary = if groups.len() > 1 { groups.last().map_or(0, |g| g.len()) } else { 0 };
        let secondary = if groups.len() > 2 { groups.iter().rev().nth(1).map_or(primary, |g| g.len()) } else { primary };
        Self {
            primary,
            secondary,
            least_whole: whole.bytes().filter(|b| *b == b'0').count(),
            least: fraction.bytes().filter(|b| *b == b'0').count(),
            most: fraction.len(),
        }
    }
}
