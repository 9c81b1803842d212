//! In: a folder of a campaign. Out: its files by their names below it, as a session opens them.

use std::collections::BTreeMap;
use std::path::Path;

/// All files below `at`, named from `root`.
pub fn files(root: &Path, at: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(root, &path, out);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            out.insert(name, std::fs::read(&path).unwrap());
        }
    }
}
