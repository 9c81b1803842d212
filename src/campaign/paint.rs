//! In: JSON of colours, gradients and font families, with token aliases. Out: resolved [`Fill`]s, colours, names and numbers.

use super::fields::{Shape, Table, may, must};
use super::read::{Node, Obj};
use super::tokens::{TokenValue, alias};
use crate::color::{Fill, Rgba, Stop};
use crate::error::{Error, ErrorKind};
use crate::limits;

/// `{"type": "linear", ...}`
pub static GRADIENT: Table = Table {
    name: "gradient",
    doc: crate::campaign::fields::kept("a gradient"),
    fields: &[
        must("type", Shape::Choice(&["linear", "radial"]), "linear runs along an angle, radial out from a middle"),
        must("stops", Shape::Stops, "[[at, colour], ...]: at is 0 to 1, ascending; at least two"),
        may("angle", Shape::Number(-3600.0, 3600.0), "linear: CSS degrees, 180 = top to bottom (default 180)"),
        may("center", Shape::Pair(-10.0, 10.0), "radial: the middle as fractions of the box (default [0.5, 0.5])"),
        may("radius", Shape::Number(0.001, 100.0), "radial: as a share of half the box's diagonal (default 1)"),
    ],
};

const HEX: &str = "#rgb, #rgba, #rrggbb, #rrggbbaa";
const ALIASES: &str = "a token alias \"{color.name}\", or one thinned: \"{color.name} 65%\"";

impl Node<'_> {
    /// The token this alias text names; anything wrong is recorded.
    fn token(&self) -> Option<&TokenValue> {
        self.followed(self.text()?)
    }
    fn followed(&self, text: &str) -> Option<&TokenValue> {
        let tokens = self.cx.tokens?;
        if alias(text).is_some_and(|path| tokens.is_broken(path)) {
            return None;
        }
        self.cx.report.keep(tokens.follow(&self.at, text))
    }
    fn wrong_token<T>(&self, found: &TokenValue, wanted: &str) -> Option<T> {
        self.cx.report.error(
            self.wrong(ErrorKind::Value, format!("the token is of type {}", found.type_name()))
                .allowed(format!("a token of type {wanted}")),
        );
        None
    }
    /// The number behind an alias.
    pub(crate) fn token_number(&self, least: f64, most: f64) -> Option<f64> {
        let token = self.token()?;
        let n = match token {
            TokenValue::Number(n) | TokenValue::Dimension(n) => *n,
            TokenValue::FontWeight(weight) => f64::from(*weight),
            other => return self.wrong_token(other, "number, dimension or fontWeight"),
        };
        if n >= least && n <= most {
            return Some(n);
        }
        self.cx.report.error(
            Error::new(ErrorKind::Value, &self.at, "the token's number is out of range")
                .found(n)
                .allowed(format!("{least} to {most}")),
        );
        None
    }
    /// What may stand for a colour here: aliases where there are tokens.
    fn colors(&self) -> String {
        if self.cx.tokens.is_some() { format!("{HEX}, {ALIASES}") } else { HEX.to_owned() }
    }
    /// A hex colour or alias.
    #[must_use]
    pub fn color(&self) -> Option<Rgba> {
        let text = match self.value.as_str() {
            Some(text) => text,
            None => {
                self.cx.report.error(self.wrong(ErrorKind::Value, "this must be a colour").allowed(self.colors()));
                return None;
            }
        };
        let (name, share) = thinned(text).unwrap_or((text, 1.0));
        if alias(name).is_some() {
            return match self.followed(name)? {
                TokenValue::Color(color) => Some(Rgba { a: (f64::from(color.a) * share).round() as u8, ..*color }),
                other => self.wrong_token(other, "color"),
            };
        }
        let color = Rgba::parse_hex(text);
        if color.is_none() {
            self.cx.report.error(self.wrong(ErrorKind::Value, "not a colour").allowed(self.colors()));
        }
        color
    }
    /// A colour or gradient.
    #[must_use]
    pub fn paint(&self) -> Option<Fill> {
        if self.value.is_string() {
            return self.color().map(Fill::Solid);
        }
        if !self.value.is_object() {
            self.cx.report.error(
                self.wrong(ErrorKind::Value, "this must be a paint").allowed(format!("{}, or a gradient object", self.colors())),
            );
            return None;
        }
        let obj = self.object(&GRADIENT)?;
        let stops = obj.node("stops").and_then(|node| node.stops());
        let angle = obj.number("angle").unwrap_or(180.0);
        let center = obj.pair("center").unwrap_or((0.5, 0.5));
        let radius = obj.number("radius").unwrap_or(1.0);
        match obj.choice("type")? {
            "radial" => Some(Fill::Radial { center: (center.0 as f32, center.1 as f32), radius: radius as f32, stops: stops? }),
            _ => Some(Fill::Linear { angle_deg: angle as f32, stops: stops? }),
        }
    }
    /// `[[at, colour], ...]`, ascending.
    pub(crate) fn stops(&self) -> Option<Vec<Stop>> {
        let mut stops: Vec<Stop> = Vec::new();
        for node in self.list(limits::STOPS)? {
            let Some([at, color]) = node.value.as_array().map(Vec::as_slice) else {
                self.cx.report.error(node.wrong(ErrorKind::Value, "a stop is a pair").allowed("[at, colour]"));
                return None;
            };
            let (at, color) = (node.index(0, at).number(0.0, 1.0), node.index(1, color).color());
            let stop = Stop { at: at? as f32, color: color? };
            if stops.last().is_some_and(|last| last.at > stop.at) {
                self.cx
                    .report
                    .error(node.wrong(ErrorKind::Value, "stops must ascend").allowed("at is never smaller than the one before"));
                return None;
            }
            stops.push(stop);
        }
        if stops.len() < 2 {
            self.cx.report.error(self.wrong(ErrorKind::Value, "a gradient needs two stops").allowed("at least two"));
            return None;
        }
        Some(stops)
    }
    /// Family names: a name, an alias, or a list of both.
    #[must_use]
    pub fn families(&self) -> Option<Vec<String>> {
        if self.value.is_array() {
            let lists: Option<Vec<Vec<String>>> = self.list(16)?.iter().map(Self::family).collect();
            return Some(lists?.concat());
        }
        self.family()
    }
    /// A name, or an alias of a name or list.
    fn family(&self) -> Option<Vec<String>> {
        let name = self.name()?;
        if alias(name).is_none() {
            return Some(vec![name.to_owned()]);
        }
        match self.token()? {
            TokenValue::FontFamily(families) => Some(families.clone()),
            other => self.wrong_token(other, "fontFamily"),
        }
    }
}

/// `{color.name} 65%`: the alias and the share of its opacity that stays, 0 to 1.
fn thinned(text: &str) -> Option<(&str, f64)> {
    let (name, percent) = text.rsplit_once(' ')?;
    let percent: f64 = percent.strip_suffix('%')?.parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some((name.trim_end(), percent / 100.0))
}

impl Obj<'_> {
    /// A colour.
    #[must_use]
    pub fn color(&self, name: &str) -> Option<Rgba> {
        self.node(name)?.color()
    }
    /// A paint.
    #[must_use]
    pub fn paint(&self, name: &str) -> Option<Fill> {
        self.node(name)?.paint()
    }
}
