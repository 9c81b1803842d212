//! In: a record of the catalogue or of a campaign's custom formats. Out: a [`Format`] with its raster size, bleed and safe
//! zone derived in px, and its [`FormatClass`] by aspect.

use super::catalogue::sets_of;
use super::fields::{Shape, Table, may, must};
use super::read::Obj;
use crate::error::{Error, ErrorKind};
use crate::geom::{Insets, Size};
use crate::limits;
use crate::units::{Dpi, Mm, Px};

/// The longest side, px or mm: as `limits::FORMAT_SIDE`.
const LARGE: f64 = 200_000.0;

/// A record of the catalogue, and of `custom_formats`.
pub static FORMAT: Table = Table {
    name: "format",
    doc: "a media format",
    fields: &[
        must("id", Shape::Name, "stable id: letters, digits, - _ and ."),
        may("medium", Shape::Name, "social, web, video, email, app-store, dooh, ooh, print (default custom)"),
        may("channel", Shape::Name, "the channel or media owner (default custom)"),
        may("name", Shape::Text, "for people (default: the id)"),
        must("width", Shape::Number(0.1, LARGE), "trim width, in unit"),
        must("height", Shape::Number(0.1, LARGE), "trim height, in unit"),
        may("unit", Shape::Choice(&["px", "mm"]), "px, or mm of the finished piece (default px)"),
        may("dpi", Shape::Number(10.0, 2_400.0), "mm: dots per inch of the delivered file (default 300)"),
        may("print_scale", Shape::Number(0.01, 1.0), "mm: scale of the delivered file, 0.1 = 1:10 (default by medium and size)"),
        may("bleed_mm", Shape::Number(0.0, 1_000.0), "mm: bleed beyond each trim edge of the finished piece (default 0)"),
        may("safe_zone", Shape::Object(&SAFE_ZONE), "kept clear of text and logo, from each trim edge, in unit"),
        may("max_bytes", Shape::Whole(1, i64::MAX), "cap of the delivered file, bytes"),
        may("subload_max_bytes", Shape::Whole(1, i64::MAX), "HTML5: cap of what is loaded later, bytes"),
        may("file_types", Shape::List(&Shape::Name, 50), "accepted file types, such as jpg, png, pdf, mp4"),
        may("duration_s", Shape::Any, "film: seconds, min and max"),
        may("fps", Shape::Any, "film: frames per second"),
        may("max_ink_pct", Shape::Number(0.0, 400.0), "print: total ink, percent"),
        may("viewing_distance_m", Shape::Any, "how far away people stand, metres; text may give a range and a source"),
        may("notes", Shape::Text, "what else is to know"),
        may("source", Shape::Text, "where the figures come from"),
    ],
};

static SAFE_ZONE: Table = Table {
    name: "safe-zone",
    doc: "distances from the four trim edges",
    fields: &[
        may("top", Shape::Number(0.0, LARGE), "from the top (default 0)"),
        may("right", Shape::Number(0.0, LARGE), "from the right (default 0)"),
        may("bottom", Shape::Number(0.0, LARGE), "from the bottom (default 0)"),
        may("left", Shape::Number(0.0, LARGE), "from the left (default 0)"),
    ],
};

/// A media format: where a variant will be shown, and exactly how large.
#[derive(Clone, Debug, PartialEq)]
pub struct Format {
    /// Stable id, such as `ig-story`.
    pub id: String,
    /// social, web, video, email, app-store, dooh, ooh, print ...
    pub medium: String,
    /// The channel or owner.
    pub channel: String,
    /// For people.
    pub name: String,
    /// Trim size as specified.
    pub spec: Spec,
    /// Trim size of the delivered file, px.
    pub raster: (u32, u32),
    /// Bleed beyond each trim edge, px of the delivered file.
    pub bleed: Px,
    /// Kept clear of text and logo, px of the delivered file; zero where none is specified.
    pub safe: Insets,
    /// Cap of the delivered file, bytes.
    pub max_bytes: Option<u64>,
    /// Accepted file types.
    pub file_types: Vec<String>,
    /// How far away people stand, metres, where known; of outdoor formats that tell none, 3.5 times the shorter side.
    pub viewing_distance_m: Option<f64>,
    /// Notes of the catalogue.
    pub notes: Option<String>,
    /// Where the figures come from.
    pub source: Option<String>,
    /// Named sets it belongs to.
    pub sets: Vec<String>,
}

/// The size as the media owner gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spec {
    /// Pixels.
    Pixels {
        /// Width, px.
        width: u32,
        /// Height, px.
        height: u32,
    },
    /// Millimetres at a print scale.
    Print {
        /// Width, mm, finished.
        width_mm: f64,
        /// Height, mm, finished.
        height_mm: f64,
        /// Of the delivered file.
        dpi: Dpi,
        /// 0.1 = 1:10.
        scale: f64,
        /// True where the catalogue gives no dpi or scale and the default rule filled it.
        assumed: bool,
    },
}

/// Distance from which an outdoor format is read, by its shorter side, where nobody gives it: that of a bulletin, the larger of the two that are
/// known.
const AFAR: f64 = 3.5;
/// An arm's length, from which a reference pixel is a 96th of an inch: 28 inches, in metres.
const ARM: f64 = 0.7112;

/// Aspect class: which arrangements suit and which overrides apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormatClass {
    /// Flatter than 3.2:1.
    Strip,
    /// 1.25:1 to 3.2:1.
    Landscape,
    /// Around square, 0.8:1 to 1.25:1.
    Square,
    /// 0.42:1 to 0.8:1.
    Portrait,
    /// Narrower than 0.42:1.
    Skyscraper,
}

impl FormatClass {
    /// The class of a width and height.
    #[must_use]
    pub fn of(width: f32, height: f32) -> Self {
        let aspect = width / height.max(1.0);
        if aspect > 3.2 {
            Self::Strip
        } else if aspect > 1.25 {
            Self::Landscape
        } else if aspect >= 0.8 {
            Self::Square
        } else if aspect >= 0.42 {
            Self::Portrait
        } else {
            Self::Skyscraper
        }
    }
    /// The name in master files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Strip => "strip",
            Self::Landscape => "landscape",
            Self::Square => "square",
            Self::Portrait => "portrait",
            Self::Skyscraper => "skyscraper",
        }
    }
}

impl FormatClass {
    /// All, from flat to tall.
    pub const ALL: [Self; 5] = [Self::Strip, Self::Landscape, Self::Square, Self::Portrait, Self::Skyscraper];
    /// By its name in master files.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// File types that move; a format that takes only these is rendered as its still.
const FILM: [&str; 9] = ["mp4", "mov", "mpeg", "3gp", "avi", "m4v", "webm", "mxf", "html5"];

/// Longest side, mm, up to which a poster without dpi and scale is made at 1:4; larger ones at 1:10.
const QUARTER_SCALE_UP_TO: f64 = 2_000.0;

/// dpi and print scale, and whether a rule had to fill them: print is 1:1 at 300 dpi; out-of-home with dpi but no scale is
/// 1:1; out-of-home with neither is 300 dpi at 1:4 up to 2 m and at 1:10 beyond, as printers of large pieces ask for.
fn resolution(medium: &str, longest_mm: f64, dpi: Option<f64>, scale: Option<f64>) -> (f64, f64, bool) {
    let assumed = dpi.is_none() || (scale.is_none() && medium != "print");
    let outdoor = medium == "ooh" && dpi.is_none();
    let scale = scale.unwrap_or(match (outdoor, longest_mm <= QUARTER_SCALE_UP_TO) {
        (true, true) => 0.25,
        (true, false) => 0.1,
        (false, _) => 1.0,
    });
    (dpi.unwrap_or(300.0), scale, assumed)
}

/// The first number in a value that may be text with a source.
fn first_number(value: &serde_json::Value) -> Option<f64> {
    if let Some(n) = value.as_f64() {
        return Some(n);
    }
    let text = value.as_str()?;
    text.split(|c: char| !c.is_ascii_digit() && c != '.').find_map(|part| part.parse().ok())
}

impl Format {
    /// Whether it is an icon or a logo's slot: the mark, and nothing beside it.
    #[must_use]
    pub fn shows_mark_alone(&self) -> bool {
        self.sets.iter().any(|s| s == "marks")
    }

    /// Reads a record; anything wrong is in the report.
    #[must_use]
    pub fn read(obj: &Obj<'_>) -> Option<Self> {
        let report = obj.cx.report;
        let id = obj.text("id")?.to_owned();
        if !id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
            || id.starts_with('-')
            || id.len() > 80
        {
            let error = Error::new(ErrorKind::Value, format!("{}.id", obj.at), "not a format id");
            report.error(error.found(format!("'{id}'")).allowed("letters, digits, - _ and ."));
            return None;
        }
        let medium = obj.text("medium").unwrap_or("custom").to_owned();
        let (width, height) = (obj.number("width"), obj.number("height"));
        let zone = obj.object("safe_zone");
        let side = |name: &str| zone.as_ref().and_then(|z| z.number(name)).unwrap_or(0.0);
        let zone = [side("top"), side("right"), side("bottom"), side("left")];
        let print = obj.choice("unit") == Some("mm");
        let (dpi, scale, bleed_mm) = (obj.number("dpi"), obj.number("print_scale"), obj.number("bleed_mm").unwrap_or(0.0));
        // Facts for later stages: checked, not kept.
        let _ = (obj.number("max_ink_pct"), obj.whole("subload_max_bytes"));
        let (width, height) = (width?, height?);
        let (dpi, scale, assumed) = resolution(&medium, width.max(height), dpi, scale);
        // px of the delivered file for one unit of the record.
        let px_per_unit = if print { scale / crate::units::MM_PER_INCH * dpi } else { 1.0 };
        let px = |v: f64| Px((v * px_per_unit) as f32);
        let (w, h) = if print {
            (Mm(width).to_pixels(Dpi(dpi), scale), Mm(height).to_pixels(Dpi(dpi), scale))
        } else {
            (width.round(), height.round())
        };
        let most = f64::from(limits::FORMAT_SIDE);
        if w < 1.0 || h < 1.0 || w > most || h > most {
            let error = Error::new(ErrorKind::Limit, &obj.at, "the delivered file would have an impossible size");
            report.error(error.found(format!("{w} × {h} px")).allowed(format!("1 to {most} px a side")));
            return None;
        }
        if w * h > limits::FORMAT_PIXELS as f64 {
            let error = Error::new(ErrorKind::Limit, &obj.at, "the delivered file would have too many pixels");
            let error = error.found(format!("{w} × {h} px")).allowed(format!("{} million px", limits::FORMAT_PIXELS / 1_000_000));
            report.error(error.hint("Posters this large are printed from a file at 1:10: set print_scale or a lower dpi"));
            return None;
        }
        let [top, right, bottom, left] = zone;
        if left + right >= width || top + bottom >= height {
            let error = Error::new(ErrorKind::Value, format!("{}.safe_zone", obj.at), "the safe zone leaves no room");
            report.error(
                error
                    .found(format!("{top}, {right}, {bottom}, {left}"))
                    .allowed(format!("less than {width} × {height} together")),
            );
            return None;
        }
        let raster = (w as u32, h as u32);
        let spec = if print {
            Spec::Print { width_mm: width, height_mm: height, dpi: Dpi(dpi), scale, assumed }
        } else {
            Spec::Pixels { width: raster.0, height: raster.1 }
        };
        // The catalogue knows two distances, of a 6-sheet and of a bulletin: 1.7 and 3.5 times the shorter side, at the least.
        let afar = (print && medium == "ooh").then(|| (AFAR * width.min(height) / 1000.0 * 10.0).round() / 10.0);
        let text = |name: &str| obj.text(name).map(str::to_owned);
        let mut format = Self {
            medium,
            channel: text("channel").unwrap_or_else(|| "custom".to_owned()),
            name: text("name").unwrap_or_else(|| id.clone()),
            id,
            spec,
            raster,
            bleed: if print { px(bleed_mm) } else { Px::ZERO },
            safe: Insets { top: px(top), right: px(right), bottom: px(bottom), left: px(left) },
            max_bytes: obj.whole("max_bytes").and_then(|n| u64::try_from(n).ok()),
            file_types: obj.texts("file_types").unwrap_or_default().into_iter().map(|(t, _)| t.to_owned()).collect(),
            viewing_distance_m: obj.node("viewing_distance_m").and_then(|node| first_number(node.value)).or(afar),
            notes: text("notes"),
            source: text("source"),
            sets: Vec::new(),
        };
        format.sets = sets_of(&format);
        if format.is_still_of_film() {
            let said = format.notes.take().map(|notes| format!("{notes}. ")).unwrap_or_default();
            format.notes = Some(format!("{said}Moving pictures alone are taken here: this is the still of the film"));
        }
        Some(format)
    }
    /// The size for people: `210 × 297 mm at 300 dpi`, `1080 × 1920 px`, `6096 × 3048 mm, 1:10 at 300 dpi`.
    #[must_use]
    pub fn size_text(&self) -> String {
        match self.spec {
            Spec::Pixels { width, height } => format!("{width} × {height} px"),
            Spec::Print { width_mm, height_mm, dpi, scale, assumed } => {
                let ratio = if scale < 1.0 { format!(", 1:{}", (100.0 / scale).round() / 100.0) } else { String::new() };
                let note = if assumed { " (assumed)" } else { "" };
                format!("{width_mm} × {height_mm} mm{ratio} at {} dpi{note}", dpi.0)
            }
        }
    }
    /// Millimetres of the finished piece in a px of the file; none for a format measured in px.
    #[must_use]
    pub fn mm_per_px(&self) -> Option<f64> {
        match self.spec {
            Spec::Pixels { .. } => None,
            Spec::Print { dpi, scale, .. } => Some(crate::units::MM_PER_INCH / dpi.0 / scale),
        }
    }
    /// Px of the file that a reference pixel is (CSS Values and Units): on a screen one; in print a 96th of an inch, and the same angle from where a
    /// piece out of home is seen. What is declared in px for screens is meant so everywhere.
    #[must_use]
    pub fn reference_px(&self) -> f64 {
        let afar = self.viewing_distance_m.map_or(1.0, |metres| (metres / ARM).max(1.0));
        self.mm_per_px().map_or(1.0, |mm| crate::units::MM_PER_INCH / 96.0 * afar / mm)
    }
    /// True where the owner takes moving pictures alone: the variant is the still of its film.
    #[must_use]
    pub fn is_still_of_film(&self) -> bool {
        !self.file_types.is_empty() && self.file_types.iter().all(|t| FILM.contains(&t.as_str()))
    }
    /// Trim size, px.
    #[must_use]
    pub fn size(&self) -> Size {
        Size { w: Px(self.raster.0 as f32), h: Px(self.raster.1 as f32) }
    }
    /// Aspect class.
    #[must_use]
    pub fn class(&self) -> FormatClass {
        FormatClass::of(self.raster.0 as f32, self.raster.1 as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::*;

    fn format(id: &str) -> Format {
        Catalogue::built_in().get(id).unwrap().as_ref().clone()
    }

    #[test]
    fn paper_becomes_pixels() {
        let a4 = format("print-a4");
        assert_eq!(a4.raster, (2480, 3508));
        assert!((a4.bleed.0 - 35.433_07).abs() < 1e-3);
        assert_eq!(a4.size_text(), "210 × 297 mm at 300 dpi");
        // 6,096 mm at 1:10 and 300 dpi.
        assert_eq!(format("ooh-48sheet-uk").raster, (7200, 3600));
        assert_eq!(format("ooh-48sheet-uk").size_text(), "6096 × 3048 mm, 1:10 at 300 dpi");
        assert_eq!(format("ooh-bus-king").size_text(), "3657.6 × 762 mm, 1:8 at 300 dpi");
    }

    #[test]
    fn missing_figures_are_filled_by_rule_and_marked() {
        let spec = |id: &str| match format(id).spec {
            Spec::Print { dpi, scale, assumed, .. } => (dpi.0, scale, assumed),
            Spec::Pixels { .. } => panic!("{id} is in px"),
        };
        assert_eq!(spec("ooh-6sheet-uk"), (300.0, 0.25, true));
        assert_eq!(spec("ooh-181-de"), (300.0, 0.1, true));
        assert_eq!(spec("ooh-eurosize"), (150.0, 1.0, true));
        assert_eq!(spec("ooh-billboard-se"), (150.0, 1.0, true));
        assert_eq!(spec("print-a0"), (300.0, 1.0, false));
        assert_eq!(spec("ooh-96sheet-uk"), (300.0, 0.1, false));
    }

    #[test]
    fn safe_zones_are_in_px_of_the_file() {
        let sheet = format("ooh-96sheet-uk");
        assert!((sheet.safe.left.0 - 40.0 / 25.4 * 300.0).abs() < 0.01);
        assert_eq!(format("ig-story").safe.bottom, Px(384.0));
        assert_eq!(format("ooh-6sheet-uk").viewing_distance_m, Some(2.0));
        assert_eq!(format("ooh-48sheet-uk").viewing_distance_m, Some(10.7));
        assert_eq!(format("print-a4").viewing_distance_m, None);
        assert!(format("ig-reel").notes.unwrap().ends_with("still of the film"));
        assert!(format("ig-reel").is_still_of_film() && !format("ig-story").is_still_of_film());
    }
}
