//! Suites of others, which are not in the repository: the folder named by VARIORUM_CONFORMANCE when the tests are built, or
//! ../shared/conformance. Tests that read it carry `#[cfg_attr(not(conformance), ignore = "…")]`: where it is absent they are reported
//! as ignored, with that reason; where one file of it is absent they fail.
#![allow(dead_code, reason = "each test file uses its part")]

use std::path::PathBuf;

/// A file or folder of the suites.
pub fn path(path: &str) -> PathBuf {
    let default = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/conformance");
    std::env::var_os("VARIORUM_CONFORMANCE").map_or_else(default, PathBuf::from).join(path)
}

/// The bytes of a file, unpacked where its name ends in `.xz`.
pub fn read(name: &str) -> Vec<u8> {
    let bytes = std::fs::read(path(name)).unwrap_or_else(|e| panic!("{}: {e}", path(name).display()));
    if !name.ends_with(".xz") {
        return bytes;
    }
    let mut out = Vec::new();
    lzma_rs::xz_decompress(&mut bytes.as_slice(), &mut out).unwrap();
    out
}

/// A test file of Unicode 17, the version of the engine's tables: icu_segmenter brings it among its own tests. Tests that read one carry
/// `#[cfg_attr(not(unicode_17), ignore = "…")]`: where cargo keeps its sources elsewhere they are reported as ignored.
pub fn unicode_17(name: &str) -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"))).unwrap();
    let registries = std::fs::read_dir(home.join("registry/src")).unwrap().flatten();
    let mut files = registries.map(|r| r.path().join("icu_segmenter-2.4.0/tests/testdata").join(name));
    let file = files.find(|f| f.is_file()).unwrap_or_else(|| panic!("{name} of icu_segmenter 2.4.0 is not in cargo's registry"));
    std::fs::read_to_string(file).unwrap()
}
