//! `variorum sheet`. In: a campaign and which variants. Out: one PNG with all of them small, in their true proportions, named: a tool
//! for looking. Thumbnails are painted at their size, not scaled from large ones; the names are set by the engine itself.

use crate::args::SheetArgs;
use crate::crew;
use crate::open;
use crate::render;
use crate::say::{self, Stop};
use std::process::ExitCode;
use std::sync::Arc;
use variorum::color::{Blend, Rgba};
use variorum::display::{DisplayList, Glyph, Item, Paint};
use variorum::error::{Error, ErrorKind, Result};
use variorum::export::{Frame, png};
use variorum::geom::Rect;
use variorum::raster::{Pictures, Pixmap, Raster};
use variorum::session::Session;
use variorum::text::{self, Budget, Direction, FitRequest, FontLibrary, FontOrigin, TextStyle};
use variorum::units::Px;
use variorum::variant::Cell;

/// A neutral middle grey, and ink that is read on it (5.3:1).
const GROUND: Rgba = Rgba { r: 128, g: 128, b: 128, a: 255 };
const INK: Rgba = Rgba { r: 0, g: 0, b: 0, a: 255 };
/// Space around and between, px.
const GAP: u32 = 16;
/// Space for a name, px.
const NAME: u32 = 30;
const NAME_SIZE: f32 = 12.0;
/// The font of the names.
const NAME_FONT: &str = "NotoSans-Regular.ttf";
/// Bytes of thumbnails held at once.
const THUMBNAILS: u64 = 2 << 30;

/// A thumbnail with its place.
struct Thumb {
    x: u32,
    y: u32,
    name: String,
    pixels: Pixmap,
}

/// Paints the sheet; exit code 1 where a variant failed.
pub fn run(args: &SheetArgs) -> Result<ExitCode, Stop> {
    if !args.out.extension().is_some_and(|e| e.eq_ignore_ascii_case("png")) {
        let found = args.out.display();
        return Err(Error::new(ErrorKind::Value, "--out", "a sheet is a PNG")
            .found(found)
            .allowed("a name ending in .png")
            .into());
    }
    let fonts = open::fonts_folder(args.brought.fonts_dir.as_deref())?;
    let opened = open::open(&args.brought)?;
    let cells = open::cells(&opened.session, &args.chosen)?;
    let bytes = cells.len() as u64 * u64::from(args.side) * u64::from(args.side) * 4;
    if bytes > THUMBNAILS {
        return Err(Error::new(ErrorKind::Limit, "sheet", "too many thumbnails of this size")
            .found(format!("{} of {} px", say::count(cells.len(), "variant"), args.side))
            .hint("Make --side smaller, or choose fewer with --formats and --locales")
            .into());
    }
    let one_option = opened.session.campaign().options.len() == 1;
    let bar = crew::bar(cells.len());
    let mut thumbs = Vec::new();
    let mut failed = 0;
    let side = args.side as f32;
    let paint = |session: &mut Session, _: usize, cell: &Cell| thumbnail(session, cell, side);
    crew::each(opened, &cells, paint, |i, painted| {
        bar.inc(1);
        let Some(cell) = cells.get(i) else { return Ok(()) };
        match painted {
            Ok(pixels) => {
                let option = if one_option { String::new() } else { format!(" · {}", cell.option) };
                thumbs.push(Thumb { x: 0, y: 0, name: format!("{}\n{}{option}", cell.format, cell.locale), pixels });
            }
            Err(error) => {
                failed += 1;
                bar.suspend(|| say::aside(&format!("error: {}: {error}", cell.id)));
            }
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    let (width, height) = arrange(&mut thumbs, args);
    let mut list = DisplayList { width, height, bleed: Px::ZERO, ground: GROUND, items: Vec::new() };
    let mut library = FontLibrary::new();
    if !args.bare {
        library.add(NAME_FONT, Arc::from(open::read_font(&fonts, NAME_FONT)?), FontOrigin::Default)?;
        for thumb in &thumbs {
            name(thumb, side, &library, &mut list.items);
        }
    }
    let file = compose(&list, &library, &thumbs)?;
    render::write(&args.out, &file)?;
    say::line(&format!("{}  {width}×{height}  {}", args.out.display(), say::count(thumbs.len(), "variant")))?;
    Ok(if failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A variant whose longest side is `side` px, or its own size where that is smaller.
fn thumbnail(session: &mut Session, cell: &Cell, side: f32) -> Result<Pixmap> {
    let prepared = session.prepare_as(&cell.id, None)?;
    let longest = prepared.list.width.max(prepared.list.height).max(1) as f32;
    session.paint(&prepared, None, (side / longest).min(1.0))
}

/// Gives every thumbnail its place, row by row; returns the size of the sheet.
fn arrange(thumbs: &mut [Thumb], args: &SheetArgs) -> (u32, u32) {
    let auto = (thumbs.len() as f32 * 1.5).sqrt().ceil() as u32;
    let columns = args.columns.unwrap_or(auto).clamp(1, thumbs.len().max(1) as u32);
    let name = if args.bare { 0 } else { NAME };
    let mut y = GAP;
    for row in thumbs.chunks_mut(columns as usize) {
        for (column, thumb) in row.iter_mut().enumerate() {
            thumb.x = GAP + column as u32 * (args.side + GAP);
            thumb.y = y;
        }
        y += row.iter().map(|t| t.pixels.height).max().unwrap_or(0) + name + GAP;
    }
    (GAP + columns * (args.side + GAP), y)
}

/// Sets the name below its thumbnail.
fn name(thumb: &Thumb, side: f32, library: &FontLibrary, items: &mut Vec<Item>) {
    let style = TextStyle { families: vec!["Noto Sans".to_owned()], ..TextStyle::default() };
    let shaped = text::shape(library, &thumb.name, &style, "en", Direction::Ltr);
    let fitted = shaped.fit(&FitRequest {
        width: Px(side),
        height: Px(NAME as f32 + 4.0),
        floor: Px(6.0),
        ceiling: Px(NAME_SIZE),
        step: Px(0.5),
        max_lines: 2,
        balance: false,
        budget: Budget::default(),
    });
    let (x, y) = (Px(thumb.x as f32), Px((thumb.y + thumb.pixels.height) as f32 + 2.0));
    for line in &fitted.lines {
        for run in &line.runs {
            let place = |g: &text::PlacedGlyph| Glyph { id: g.id, x: x + g.x, y: y + line.baseline + g.y };
            items.push(Item::Glyphs {
                font: run.font,
                size: fitted.size,
                stance: run.stance,
                glyphs: run.glyphs.iter().map(place).collect(),
                paint: Paint::Solid(INK),
                opacity: 1.0,
                blend: Blend::Normal,
            });
        }
    }
}

/// The sheet as a PNG, band by band: names are painted, thumbnails copied over them.
fn compose(list: &DisplayList, library: &FontLibrary, thumbs: &[Thumb]) -> Result<Vec<u8>> {
    let frame = Frame::new(list.width, list.height);
    let region = Rect::new(0.0, 0.0, list.width as f32, list.height as f32);
    let (mut raster, mut pictures) = (Raster::new(8 << 20), Pictures::new(0));
    let mut bands = |top: u32, rows: u32| {
        let mut band = raster.paint_rows(list, library, &mut pictures, region, 1.0, top, rows)?;
        for thumb in thumbs {
            copy(thumb, &mut band, top);
        }
        Ok(band)
    };
    let mut file = Vec::new();
    let options = png::Options { opaque: true };
    png::encode(&frame, options, &mut bands, &mut file)?;
    Ok(file)
}

/// Copies the rows of a thumbnail that a band beginning at row `top` holds.
fn copy(thumb: &Thumb, band: &mut Pixmap, top: u32) {
    let (wide, line) = (band.width as usize * 4, thumb.pixels.width as usize * 4);
    let left = thumb.x as usize * 4;
    for (y, from) in (thumb.y..).zip(thumb.pixels.data.chunks_exact(line.max(4))) {
        let Some(row) = y.checked_sub(top) else { continue };
        let at = row as usize * wide + left;
        if row < band.height
            && let Some(to) = band.data.get_mut(at..at + line)
        {
            to.copy_from_slice(from);
        }
    }
}
