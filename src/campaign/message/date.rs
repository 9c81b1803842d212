//! In: a day or a time of day as ISO 8601 writes it, and a style. Out: it in the locale's words, in the Gregorian calendar.
//! No clock and no time zone: what is written is what is shown.

use super::cldr::LocaleData;
use super::number::Refusal;
use crate::error::ErrorKind;

/// A day, a time of day, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    year: u32,
    /// 1 to 12.
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
}

impl Moment {
    /// Reads `2026-11-30`, `2026-11-30T19:00`, `19:00` or `19:00:30`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (day, time) = match text.split_once(['T', ' ']) {
            Some((day, time)) => (Some(day), Some(time)),
            None if text.contains(':') => (None, Some(text)),
            None => (Some(text), None),
        };
        let number = |s: &str, length: usize| {
            let digits = s.len() == length && s.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| s.parse::<u32>().ok()).flatten()
        };
        let mut out = Self { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
        if let Some(day) = day {
            let mut parts = day.split('-');
            out.year = number(parts.next()?, 4).filter(|y| *y > 0)?;
            out.month = number(parts.next()?, 2).filter(|m| (1..=12).contains(m))?;
            out.day = number(parts.next()?, 2).filter(|d| (1..=days_in(out.year, out.month)).contains(d))?;
            if parts.next().is_some() {
                return None;
            }
        }
        if let Some(time) = time {
            let mut parts = time.split(':');
            out.hour = number(parts.next()?, 2).filter(|h| *h < 24)?;
            out.minute = number(parts.next()?, 2).filter(|m| *m < 60)?;
            out.second = match parts.next() {
                Some(s) => number(s, 2).filter(|s| *s < 60)?,
                None => 0,
            };
            if parts.next().is_some() {
                return None;
            }
        }
        Some(out)
    }

    /// 0 = Sunday (Sakamoto's method).
    fn weekday(&self) -> usize {
        let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4].get(self.month as usize - 1).copied().unwrap_or(0);
        let y = if self.month < 3 { self.year - 1 } else { self.year };
        ((y + y / 4 - y / 100 + y / 400 + shift + self.day) % 7) as usize
    }
}

fn days_in(year: u32, month: u32) -> u32 {
    let leap = (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How a moment is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// full, long, medium, short.
    Day(usize),
    /// short, medium.
    Time(usize),
    /// `::MMMMd`
    Skeleton(String),
    /// `d. MMMM`
    Pattern(String),
}

const WIDTHS: [&str; 4] = ["full", "long", "medium", "short"];
/// What `::` may name; the last two are the long and the full form.
const SKELETONS: [&str; 12] =
    ["MMMd", "MMMMd", "MMMEd", "MMMMEEEEd", "Md", "yMd", "yMMM", "yMMMM", "yMMMd", "yMMMEd", "yMMMMd", "yMMMMEEEEd"];
const ALLOWED: &str = "short, medium, long, full, ::MMMd, ::MMMMd, ::MMMEd, ::MMMMEEEEd, ::Md, ::yMd, ::yMMM, ::yMMMM, ::yMMMd, ::yMMMEd, \
                       ::yMMMMd, ::yMMMMEEEEd, or a pattern such as d. MMMM";

impl Style {
    /// Reads the part after `date,` or `time,`.
    pub(crate) fn parse(text: &str, time: bool) -> Result<Self, Refusal> {
        let refuse = |kind, message: String| Refusal { kind, message, allowed: ALLOWED };
        if let Some(skeleton) = text.strip_prefix("::") {
            let known = !time && SKELETONS.contains(&skeleton);
            let refused = || refuse(ErrorKind::Unsupported, format!("the skeleton '{skeleton}' is not read"));
            return known.then(|| Self::Skeleton(skeleton.to_owned())).ok_or_else(refused);
        }
        let text = if text.is_empty() { if time { "short" } else { "medium" } } else { text };
        match WIDTHS.iter().position(|w| *w == text) {
            Some(width) if time => Ok(Self::Time(usize::from(width < 3))),
            Some(width) => Ok(Self::Day(width)),
            None if text.chars().count() <= 60
                && text.chars().any(|c| "yMLdEcHhKkms".contains(c))
                && text.contains(|c: char| !c.is_ascii_alphabetic()) =>
            {
                Ok(Self::Pattern(text.to_owned()))
            }
            None => Err(refuse(ErrorKind::Value, "not a style of dates".to_owned())),
        }
    }

    pub(crate) fn write(&self, moment: &Moment, locale: &LocaleData) -> String {
        let pattern = match self {
            Self::Day(width) => locale.dates.get(*width).map(String::as_str),
            Self::Time(width) => locale.times.get(*width).map(String::as_str),
            Self::Skeleton(name) if name == "yMMMMd" => locale.dates.get(1).map(String::as_str),
            Self::Skeleton(name) if name == "yMMMMEEEEd" => locale.dates.first().map(String::as_str),
            // Where a locale has no form of its own it is the weekday, then day and month.
            Self::Skeleton(name) if name == "MMMMEEEEd" && locale.skeleton(name).is_none() => {
                return format!(
                    "{}{}",
                    write("EEEE, ", moment, locale),
                    locale.skeleton("MMMMd").map(|p| write(p, moment, locale)).unwrap_or_default()
                );
            }
            Self::Skeleton(name) => locale.skeleton(name),
            Self::Pattern(pattern) => Some(pattern.as_str()),
        };
        write(pattern.unwrap_or("y-MM-dd"), moment, locale)
    }
}

/// A pattern of UTS 35: letters are fields, the rest stands, apostrophes quote.
fn write(pattern: &str, m: &Moment, locale: &LocaleData) -> String {
    let mut out = String::new();
    let chars: Vec<char> = pattern.chars().collect();
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if c == '\'' {
            if chars.get(i + 1) == Some(&'\'') {
                out.push('\'');
                i += 2;
                continue;
            }
            i += 1;
            while let Some(&q) = chars.get(i) {
                i += 1;
                if q == '\'' {
                    break;
                }
                out.push(q);
            }
            continue;
        }
        if !c.is_ascii_alphabetic() {
            out.push(c);
            i += 1;
            continue;
        }
        let width = chars.iter().skip(i).take_while(|x| **x == c).count();
        i += width;
        out.push_str(&field(c, width, m, locale));
    }
    out
}

fn field(c: char, width: usize, m: &Moment, locale: &LocaleData) -> String {
    let number = |n: u32, least: usize| {
        let digit = |d: char| char::from_u32(u32::from(locale.zero) + d.to_digit(10).unwrap_or(0)).unwrap_or(d);
        format!("{n:0least$}").chars().map(digit).collect::<String>()
    };
    let name = |names: &[String], i: usize| names.get(i).cloned().unwrap_or_default();
    let month = m.month as usize - 1;
    match (c, width) {
        ('y', 2) => number(m.year % 100, 2),
        ('y', _) => number(m.year, width),
        ('M', 1 | 2) | ('L', 1 | 2) => number(m.month, width),
        ('M', 3) => name(&locale.months_short, month),
        ('M', _) => name(&locale.months, month),
        ('L', 3) => name(&locale.months_short_alone, month),
        ('L', _) => name(&locale.months_alone, month),
        ('d', _) => number(m.day, width),
        ('E' | 'c', 1..=3) => name(&locale.days_short, m.weekday()),
        ('E', _) => name(&locale.days, m.weekday()),
        ('c', _) => name(&locale.days_alone, m.weekday()),
        ('G', _) => locale.era.clone(),
        ('H', _) => number(m.hour, width),
        ('k', _) => number(if m.hour == 0 { 24 } else { m.hour }, width),
        ('K', _) => number(m.hour % 12, width),
        ('h', _) => number(if m.hour.is_multiple_of(12) { 12 } else { m.hour % 12 }, width),
        ('m', _) => number(m.minute, width),
        ('s', _) => number(m.second, width),
        ('a' | 'b' | 'B', _) => name(&locale.halves, usize::from(m.hour >= 12)),
        _ => String::new(),
    }
}
