//! Packs the catalogue of formats for the module, and tells tests whether the suites of others are at hand.

use std::path::{Path, PathBuf};

/// As tests/common/outside.rs has it.
const UNICODE_17: &str = "icu_segmenter-2.4.0/tests/testdata";

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    pack("src/campaign/formats.json")?;
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

/// A text that is compiled in, as raw deflate beside what is built: a fourth of its size in the module, which has an inflater anyway.
fn pack(path: &str) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={path}");
    let name = Path::new(path).file_name().unwrap_or_default();
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join(name).with_extension("deflate");
    std::fs::write(out, miniz_oxide::deflate::compress_to_vec(&std::fs::read(path)?, 10))
}
