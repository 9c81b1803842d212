//! The command `variorum`: the same core as the page, for the terminal and CI.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use variorum::campaign::Delivery;
use variorum::session::Session;

fn files(root: &Path, dir: &Path, out: &mut BTreeMap<String, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            files(root, &path, out)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            out.insert(name.to_string_lossy().into_owned(), std::fs::read(&path)?);
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [campaign, out, locales, formats, side] = args.as_slice() else { return Err("usage".into()) };
    let mut map = BTreeMap::new();
    files(Path::new(campaign), Path::new(campaign), &mut map)?;
    let mut session = Session::open(map)?;
    for name in session.fonts_needed() {
        session.add_font(name, Arc::from(std::fs::read(Path::new("fonts").join(name))?))?;
    }
    let side: f32 = side.parse()?;
    std::fs::create_dir_all(out)?;
    let cells: Vec<String> = session
        .matrix()
        .cells
        .iter()
        .filter(|c| {
            locales.split(',').any(|l| *l == *c.locale) && (formats == "all" || formats.split(',').any(|f| *f == *c.format))
        })
        .map(|c| c.id.clone())
        .collect();
    for id in cells {
        let prepared = session.prepare(&id)?;
        let (w, h) = prepared.variant.format.raster;
        let scale = (side / w as f32).min(side / h as f32).min(1.0);
        let encoded = session.encode(&prepared, Delivery::Png, scale, false)?;
        std::fs::write(Path::new(out).join(format!("{id}.png")), &encoded.bytes)?;
        println!(
            "{id} {w}x{h} {} cost {:.2} {:?}",
            prepared.layout.candidate.words(),
            prepared.layout.cost,
            prepared.findings.iter().map(|f| f.message.as_str()).collect::<Vec<_>>()
        );
    }
    Ok(())
}
