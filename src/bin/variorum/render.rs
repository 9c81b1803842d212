//! `variorum render`. In: a campaign and which variants. Out: a file each, and a line about it.

use crate::args::{FileType, RenderArgs};
use crate::crew;
use crate::open;
use crate::say::{self, Stop};
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use variorum::campaign::Delivery;
use variorum::error::{Error, ErrorKind, Result};
use variorum::fingerprint::Fingerprint;
use variorum::geom::Rect;
use variorum::guard::{Finding, Severity};
use variorum::raster::device_size;
use variorum::report::{ErrorReport, FindingReport};
use variorum::session::{Session, is_capped};
use variorum::units::Px;
use variorum::variant::file_name::file_name;
use variorum::variant::{Cell, Format};

/// Where neither the person nor the campaign says.
const QUALITY: u8 = 88;

/// A file that was written.
struct Made {
    width: u32,
    height: u32,
    bytes: u64,
    fingerprint: Fingerprint,
    sha256: Fingerprint,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    format: &'a str,
    locale: &'a str,
    option: &'a str,
    width: u32,
    height: u32,
    fingerprint: String,
    sha256: String,
    file: String,
    findings: Vec<FindingReport>,
}

#[derive(Serialize)]
struct Failed<'a> {
    id: &'a str,
    format: &'a str,
    locale: &'a str,
    option: &'a str,
    error: ErrorReport,
}

/// What has been done so far.
#[derive(Default)]
struct Sum {
    files: usize,
    bytes: u64,
    must: usize,
    should: usize,
    failed: usize,
}

/// Renders; exit code 1 where a variant failed.
pub fn run(args: &RenderArgs) -> Result<ExitCode, Stop> {
    if args.quality.is_some() && args.file_type == FileType::Png {
        return Err(Error::new(ErrorKind::Value, "--quality", "PNG has no quality")
            .hint("Add --type jpeg, or leave --quality out")
            .into());
    }
    let opened = open::open(&args.brought)?;
    let cells = open::cells(&opened.session, &args.chosen)?;
    let (delivery, ext) = match args.file_type {
        FileType::Png => (Delivery::Png, "png"),
        FileType::Jpeg => {
            let campaign = match opened.session.campaign().delivery {
                Delivery::Jpeg { quality } => quality,
                Delivery::Png => QUALITY,
            };
            (Delivery::Jpeg { quality: args.quality.unwrap_or(campaign) }, "jpg")
        }
    };
    let names = names(&opened.session, &cells, args, ext)?;
    folder(&args.out).map_err(|e| Error { at: "--out".to_owned(), ..e })?;
    let begun = Instant::now();
    let bar = crew::bar(cells.len());
    let mut sum = Sum::default();
    let make = |session: &mut Session, i: usize, cell: &Cell| {
        let name = names.get(i).map_or(cell.id.as_str(), String::as_str);
        one(session, cell, &args.out.join(name), delivery, args)
    };
    crew::each(opened, &cells, make, |i, made| {
        bar.inc(1);
        let Some(cell) = cells.get(i) else { return Ok(()) };
        let file = names.get(i).map(|name| args.out.join(name)).unwrap_or_default();
        bar.suspend(|| tell(cell, &file, made, args.json, &mut sum))
    })?;
    bar.finish_and_clear();
    if !args.json {
        let failed = if sum.failed > 0 { format!("; {} failed", say::count(sum.failed, "variant")) } else { String::new() };
        say::line(&format!(
            "{}, {}, in {:.1} s; findings: {} must, {} should{failed}",
            say::count(sum.files, "file"),
            say::bytes(sum.bytes),
            begun.elapsed().as_secs_f64(),
            sum.must,
            sum.should
        ))?;
    }
    Ok(if sum.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// One line, and its part of the sum.
fn tell(cell: &Cell, file: &Path, made: Result<Made>, json: bool, sum: &mut Sum) -> Result<(), Stop> {
    let (id, format, locale, option) = (cell.id.as_str(), &*cell.format, &*cell.locale, &*cell.option);
    let made = match made {
        Ok(made) => made,
        Err(error) => {
            sum.failed += 1;
            say::aside(&format!("error: {id}: {error}"));
            return if json { say::json(&Failed { id, format, locale, option, error: (&error).into() }) } else { Ok(()) };
        }
    };
    sum.files += 1;
    sum.bytes += made.bytes;
    let must = made.findings.iter().filter(|f| f.severity == Severity::Must).count();
    sum.must += must;
    sum.should += made.findings.iter().filter(|f| f.severity == Severity::Should).count();
    if json {
        return say::json(&Line {
            id,
            format,
            locale,
            option,
            width: made.width,
            height: made.height,
            fingerprint: made.fingerprint.to_string(),
            sha256: made.sha256.to_string(),
            file: file.to_string_lossy().into_owned(),
            findings: made.findings.iter().map(FindingReport::from).collect(),
        });
    }
    let rules: BTreeSet<&str> = made.findings.iter().map(|f| f.rule).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let seen = if rules.is_empty() { String::new() } else { format!("  [{}]", rules.join(", ")) };
    say::line(&format!("{}  {}×{}  {}{seen}", file.display(), made.width, made.height, say::bytes(made.bytes)))
}

/// Lays out, paints, encodes and writes one variant.
fn one(session: &mut Session, cell: &Cell, file: &Path, delivery: Delivery, args: &RenderArgs) -> Result<Made> {
    let prepared = session.prepare_as(&cell.id, None)?;
    let encoded = session.encode(&prepared, delivery, args.scale, args.bleed)?;
    write(file, &encoded.bytes)?;
    let mut findings = prepared.findings;
    // What was expected of the file's size gives way to what it is.
    findings.retain(|f| f.rule != "bytes" || !is_capped(args.scale, args.bleed));
    findings.extend(encoded.findings);
    Ok(Made {
        width: encoded.width,
        height: encoded.height,
        bytes: encoded.bytes.len() as u64,
        fingerprint: prepared.variant.fingerprint,
        sha256: encoded.sha256,
        findings,
    })
}

/// A file name for each cell by the campaign's template, each once whatever the file system thinks of capitals.
fn names(session: &Session, cells: &[Cell], args: &RenderArgs, ext: &str) -> Result<Vec<String>> {
    let campaign = session.campaign();
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(cells.len());
    for cell in cells {
        let variant = session.variant(&cell.id)?;
        let wanted = file_name(campaign, &variant, size(&variant.format, args), ext);
        let mut name = wanted.clone();
        let mut n = 2;
        while !taken.insert(name.to_lowercase()) {
            name = match wanted.rsplit_once('.') {
                Some((stem, ext)) => format!("{stem}-{n}.{ext}"),
                None => format!("{wanted}-{n}"),
            };
            n += 1;
        }
        names.push(name);
    }
    Ok(names)
}

/// The size of the file, px.
fn size(format: &Format, args: &RenderArgs) -> (u32, u32) {
    let trim = format.size();
    let bleed = if args.bleed { format.bleed * 2.0 } else { Px::ZERO };
    device_size(&Rect { x: Px::ZERO, y: Px::ZERO, w: trim.w + bleed, h: trim.h + bleed }, args.scale)
}

fn folder(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(|e| {
        Error::new(ErrorKind::State, dir.display().to_string(), "the folder cannot be made").found(format!(
            "{}: {}",
            dir.display(),
            open::reason(&e)
        ))
    })
}

/// Writes a whole file or none: under another name, then renamed.
pub fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |e: std::io::Error| {
        Error::new(ErrorKind::State, file.display().to_string(), "the file cannot be written").found(open::reason(&e))
    };
    if let Some(parent) = file.parent().filter(|p| !p.as_os_str().is_empty()) {
        folder(parent)?;
    }
    let mut part = PathBuf::from(file).into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    fs::write(&part, bytes).and_then(|()| fs::rename(&part, file)).map_err(|e| {
        // What is left of it is of no use; that it may not be there is fine.
        let _ = fs::remove_file(&part);
        fail(e)
    })
}
