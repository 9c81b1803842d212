//! `variorum formats`. In: names, or none. Out: the built-in formats, as a table for people or a JSON array.

use crate::args::FormatsArgs;
use crate::say::{self, Stop};
use std::process::ExitCode;
use std::sync::Arc;
use variorum::campaign::{Catalogue, Format};
use variorum::error::{Error, ErrorKind, Errors};
use variorum::geom::Insets;
use variorum::report::FormatReport;

/// Lists the catalogue.
pub fn run(args: &FormatsArgs) -> Result<ExitCode, Stop> {
    let catalogue = Catalogue::built_in();
    let wrong: Vec<Error> = args.names.iter().filter_map(|name| catalogue.check("formats", name).err()).collect();
    if !wrong.is_empty() {
        return Err(Errors(wrong).into());
    }
    let formats: Vec<Arc<Format>> = if args.names.is_empty() {
        catalogue.formats().to_vec()
    } else {
        catalogue.choose(args.names.iter().map(String::as_str))
    };
    if args.json {
        array(&formats)?;
    } else {
        table(&formats)?;
        let sets: Vec<String> = catalogue.sets().map(|(name, n)| format!("{name} ({n})")).collect();
        say::line(&format!("{}; sets: {}", say::count(formats.len(), "format"), sets.join(", ")))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One object a line, so that a diff of two lists can be read.
fn array(formats: &[Arc<Format>]) -> Result<(), Stop> {
    say::line("[")?;
    for (i, format) in formats.iter().enumerate() {
        let report = FormatReport::from(&**format);
        let text = serde_json::to_string(&report)
            .map_err(|e| Error::new(ErrorKind::State, &format.id, "cannot be written as JSON").found(e))?;
        say::line(&format!("{text}{}", if i + 1 < formats.len() { "," } else { "" }))?;
    }
    say::line("]")
}

const HEADS: [&str; 6] = ["id", "size", "raster px", "safe zone px", "bleed px", "sets"];

fn row(format: &Format) -> [String; 6] {
    let sets = format.sets.iter().filter(|set| *set != "all" && **set != format.medium).cloned().collect::<Vec<_>>().join(" ");
    let bleed = if format.bleed.0 > 0.0 { number(format.bleed.0) } else { "-".to_owned() };
    let (width, height) = format.raster;
    [format.id.clone(), format.size_text(), format!("{width} × {height}"), inset_words(&format.safe), bleed, sets]
}

/// Top, right, bottom, left, as CSS has it: shortened where sides agree.
fn inset_words(i: &Insets) -> String {
    let [top, right, bottom, left] = [i.top.0, i.right.0, i.bottom.0, i.left.0].map(number);
    if top == right && top == bottom && top == left {
        return if top == "0" { "-".to_owned() } else { top };
    }
    if top == bottom && right == left { format!("{top} {right}") } else { format!("{top} {right} {bottom} {left}") }
}

fn number(v: f32) -> String {
    let rounded = (v * 10.0).round() / 10.0;
    rounded.to_string()
}

fn table(formats: &[Arc<Format>]) -> Result<(), Stop> {
    let mut media: Vec<&str> = Vec::new();
    for format in formats {
        if !media.contains(&format.medium.as_str()) {
            media.push(&format.medium);
        }
    }
    let mut widths = HEADS.map(|head| head.chars().count());
    for format in formats {
        for (width, cell) in widths.iter_mut().zip(&row(format)) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for medium in media {
        let of: Vec<&Arc<Format>> = formats.iter().filter(|f| f.medium == medium).collect();
        say::line(&format!("{medium} ({})", of.len()))?;
        say::line(&aligned(&HEADS.map(str::to_owned), &widths))?;
        for format in of {
            say::line(&aligned(&row(format), &widths))?;
        }
        say::line("")?;
    }
    Ok(())
}

fn aligned(cells: &[String; 6], widths: &[usize; 6]) -> String {
    let padded: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
    format!("  {}", padded.join("  ")).trim_end().to_owned()
}
