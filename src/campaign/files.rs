//! In: the files of a campaign as they were handed over: a folder's, or one `.variorum` zip. Out: the same map of relative
//! path to bytes in both cases, safe paths only, within limits. What the files mean is left to the readers.

use super::zip;
use crate::error::{Error, ErrorKind, Result, quoted};
use crate::limits;
use std::collections::BTreeMap;

/// Campaign files by path: relative, forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Checks that a path stays inside the campaign on every system.
///
/// # Errors
/// `unsafe` for `..`, absolute paths, backslashes, drive letters, control characters and empty parts.
pub fn check_path(at: &str, path: &str) -> Result<()> {
    let why = if path.is_empty() {
        "the path is empty"
    } else if path.len() > 1_000 {
        "the path is too long"
    } else if path.starts_with('/') {
        "the path is absolute"
    } else if path.contains('\\') {
        "the path holds a backslash"
    } else if path.split('/').next().is_some_and(|first| first.contains(':')) {
        "the path names a drive or an address"
    } else if path.split('/').any(|part| part == ".." || part == ".") {
        "the path leaves its folder"
    } else if path.split('/').any(str::is_empty) {
        "the path has an empty part"
    } else if path.chars().any(char::is_control) {
        "the path holds a control character"
    } else {
        return Ok(());
    };
    Err(Error::new(ErrorKind::Unsafe, at, why)
        .found(quoted(path))
        .allowed("a relative path inside the campaign, such as assets/hero.jpg"))
}

/// Left behind by desktops; never part of a campaign.
fn junk(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.starts_with("__MACOSX/")
        || path.contains("/__MACOSX/")
        || name == ".DS_Store"
        || name == "Thumbs.db"
        || name == "desktop.ini"
}

/// One map from whatever was handed over.
///
/// # Errors
/// `unsafe`, `limit`, `syntax`: see [`check_path`]; a damaged zip is `syntax`.
pub fn gather(files: Files) -> Result<Files> {
    let packed = match files.iter().next() {
        Some((name, bytes)) if files.len() == 1 && is_zip(name, bytes) => Some(name.clone()),
        _ => None,
    };
    let files = match packed {
        Some(name) => zip::unpack(&name, files.get(&name).map_or(&[][..], Vec::as_slice))?,
        None => files,
    };
    let files: Files = crate::ordered::map(files.into_iter().filter(|(path, _)| !junk(path)));
    if files.is_empty() {
        return Err(Error::new(ErrorKind::Missing, "campaign", "there are no files")
            .allowed("a folder or .variorum zip with campaign.json"));
    }
    if files.len() > limits::FILES {
        return Err(Error::new(ErrorKind::Limit, "campaign", "too many files")
            .found(files.len())
            .allowed(format!("{} files", limits::FILES)));
    }
    let mut total = 0_usize;
    for (path, bytes) in &files {
        check_path("campaign", path)?;
        total = total.saturating_add(bytes.len());
        if bytes.len() > limits::FILE_BYTES {
            return Err(Error::new(ErrorKind::Limit, path, "the file is too large")
                .found(format!("{} bytes", bytes.len()))
                .allowed(format!("{} bytes", limits::FILE_BYTES)));
        }
    }
    if total > limits::CAMPAIGN_BYTES {
        return Err(Error::new(ErrorKind::Limit, "campaign", "the files are too large together")
            .found(format!("{total} bytes"))
            .allowed(format!("{} bytes", limits::CAMPAIGN_BYTES)));
    }
    Ok(strip_folder(files))
}

fn is_zip(name: &str, bytes: &[u8]) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.ends_with(".variorum") || lower.ends_with(".zip") || bytes.starts_with(b"PK\x03\x04")
}

/// `alba/campaign.json` and its kin become `campaign.json` ... where everything lies in one folder.
fn strip_folder(files: Files) -> Files {
    let Some(folder) = files.keys().next().and_then(|path| Some(format!("{}/", path.split_once('/')?.0))) else { return files };
    let all = !files.contains_key("campaign.json") && files.keys().all(|path| path.starts_with(&folder));
    if !all || !files.contains_key(&format!("{folder}campaign.json")) {
        return files;
    }
    crate::ordered::map(files.into_iter().filter_map(|(path, bytes)| Some((path.strip_prefix(&folder)?.to_owned(), bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        for bad in ["../x", "a/../../x", "/etc/passwd", "a\\b", "C:/x", "a//b", "", "a/./b", "a\0b", "https://x/y", "a/.."] {
            assert_eq!(check_path("t", bad).unwrap_err().kind, ErrorKind::Unsafe, "{bad:?}");
        }
        for good in ["campaign.json", "assets/fonts/Ä b.ttf", "a/..b", "copy/zh-Hans.json"] {
            check_path("t", good).unwrap();
        }
    }

    #[test]
    fn one_top_folder_is_taken_off_and_junk_left_out() {
        let files = |paths: &[&str]| paths.iter().map(|p| ((*p).to_owned(), vec![1])).collect::<Files>();
        let got = gather(files(&["alba/campaign.json", "alba/copy/en.json", "__MACOSX/alba/._x", "alba/.DS_Store"])).unwrap();
        assert_eq!(got.keys().collect::<Vec<_>>(), ["campaign.json", "copy/en.json"]);
        let got = gather(files(&["campaign.json", "copy/en.json"])).unwrap();
        assert_eq!(got.len(), 2);
        assert!(gather(Files::new()).is_err());
    }
}
