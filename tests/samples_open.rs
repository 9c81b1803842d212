//! The published samples open without an error or a warning, and every cell resolves.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may stop"
)]

#[path = "bench/folder.rs"]
mod folder;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use variorum::campaign::{Campaign, Files};
use variorum::variant::{Content, Matrix, resolve};

fn sample(name: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/samples").join(name);
    let mut files = BTreeMap::new();
    folder::files(&root, &root, &mut files);
    files
}

#[test]
fn samples_open_and_every_cell_resolves() {
    for name in ["alba", "kiosk", "pulse"] {
        let started = Instant::now();
        let opened = Campaign::open(sample(name)).unwrap_or_else(|e| panic!("{name}:\n{e}"));
        let opening = started.elapsed();
        assert_eq!(opened.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new(), "{name}");
        let campaign = opened.campaign;
        let matrix = Matrix::of(&campaign);
        assert_eq!(matrix.cells.len(), Matrix::count(&campaign));
        assert_eq!(matrix.cells.len(), 131 * 27 * campaign.options.len(), "{name}");
        let started = Instant::now();
        let mut fingerprints = BTreeMap::new();
        for cell in &matrix.cells {
            let variant = resolve(&campaign, cell).unwrap();
            assert!(variant.notes.is_empty(), "{} {:?}", variant.id, variant.notes);
            for layer in &variant.layers {
                if let Content::Text(slot) = &layer.content {
                    assert!(!slot.text.contains('{'), "{}: {}", variant.id, slot.text);
                }
            }
            fingerprints.insert(variant.id, variant.fingerprint);
        }
        eprintln!("{name}: opened in {opening:?}, {} cells resolved in {:?}", matrix.cells.len(), started.elapsed());
        assert_eq!(fingerprints.len(), matrix.cells.len());
    }
}
