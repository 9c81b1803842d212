//! Packs the tables that are compiled in: deflated they take a quarter of the room in the module, and inflating them takes a
//! millisecond. In: the readable files. Out: `$OUT_DIR/<name>.bin`. And tells tests whether the suites of others are at hand.

use std::path::{Path, PathBuf};

const TABLES: [&str; 3] = ["fonts/fonts.json", "src/campaign/formats.json", "src/campaign/message/cldr.tsv"];

/// As tests/common/outside.rs has it.
const UNICODE_17: &str = "icu_segmenter-2.4.0/tests/testdata";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR")?;
    for table in TABLES {
        println!("cargo::rerun-if-changed={table}");
        let name = Path::new(table).file_name().ok_or("a table has a name")?;
        let packed = miniz_oxide::deflate::compress_to_vec(&std::fs::read(table)?, 10);
        std::fs::write(Path::new(&out).join(name).with_extension("bin"), packed)?;
    }
    // What `cfg(conformance)` asks: tests/common/outside.rs.
    println!("cargo::rustc-check-cfg=cfg(conformance)");
    println!("cargo::rerun-if-env-changed=VARIORUM_CONFORMANCE");
    let suites = std::env::var("VARIORUM_CONFORMANCE").unwrap_or_else(|_| "../shared/conformance".to_owned());
    if Path::new(&suites).join("text").is_dir() {
        println!("cargo::rustc-cfg=conformance");
    }
    // What `cfg(unicode_17)` asks: Unicode's own files, which icu_segmenter brings among its tests, where cargo keeps its sources.
    println!("cargo::rustc-check-cfg=cfg(unicode_17)");
    println!("cargo::rerun-if-env-changed=CARGO_HOME");
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let registries = cargo.map(|home| std::fs::read_dir(home.join("registry/src")));
    let mut registries = registries.and_then(Result::ok).into_iter().flatten().flatten();
    if registries.any(|r| r.path().join(UNICODE_17).is_dir()) {
        println!("cargo::rustc-cfg=unicode_17");
    }
    Ok(())
}
