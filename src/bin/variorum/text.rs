//! `variorum text`. In: JSON Lines on standard input. Out: a line of JSON for each, at once, so that another program can ask and wait.
//! What is in the lines is all left to `text::lines`.

use crate::args::TextArgs;
use crate::open::reason;
use crate::say::{self, Stop};
use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::process::ExitCode;
use variorum::campaign::files::check_path;
use variorum::error::{Error, ErrorKind};
use variorum::limits;
use variorum::text::lines::Bench;

/// Bytes of one line of input.
const LINE_BYTES: usize = limits::JSON_BYTES;

/// Answers until the input ends.
pub fn run(args: &TextArgs) -> Result<ExitCode, Stop> {
    if !args.fonts.is_dir() {
        return Err(Error::new(ErrorKind::Missing, "--fonts", "no such folder").found(args.fonts.display()).into());
    }
    let load = |name: &str| {
        if let Some(found) = with_the_command(name) {
            return Some(found.to_vec());
        }
        check_path("font", name).ok()?;
        let path = args.fonts.join(name);
        let fits = fs::metadata(&path).is_ok_and(|meta| meta.is_file() && meta.len() <= limits::FONT_BYTES as u64);
        if fits { fs::read(path).ok() } else { None }
    };
    let mut bench = Bench::new(&load);
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let fail = |e: io::Error| Error::new(ErrorKind::State, "standard input", "cannot be read").found(reason(&e));
        let read = input.by_ref().take(LINE_BYTES as u64 + 1).read_until(b'\n', &mut line).map_err(fail)?;
        if read == 0 {
            break;
        }
        if read > LINE_BYTES {
            let error = Error::new(ErrorKind::Limit, format!("line {number}"), "the line is too long");
            return Err(error.allowed(format!("{LINE_BYTES} bytes")).into());
        }
        let text = String::from_utf8_lossy(&line);
        if !text.trim().is_empty() {
            say::line(&bench.answer(text.trim_end_matches(['\n', '\r']), number))?;
            io::stdout().lock().flush().map_err(|_| Stop::Unread)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Lists of words, hyphenation patterns and models of phrases, which the command has with it.
fn with_the_command(name: &str) -> Option<&'static [u8]> {
    macro_rules! files {
        ($($file:literal),*) => {
            match name {
                $($file => Some(include_bytes!(concat!("../../../fonts/", $file)).as_slice()),)*
                _ => None,
            }
        };
    }
    files!(
        "burmese.words",
        "khmer.words",
        "lao.words",
        "thai.words",
        "af.hyphens",
        "bg.hyphens",
        "ca.hyphens",
        "cs.hyphens",
        "da.hyphens",
        "de.hyphens",
        "el.hyphens",
        "en.hyphens",
        "es.hyphens",
        "et.hyphens",
        "fi.hyphens",
        "fr.hyphens",
        "hr.hyphens",
        "hu.hyphens",
        "is.hyphens",
        "it.hyphens",
        "lt.hyphens",
        "nl.hyphens",
        "no.hyphens",
        "pl.hyphens",
        "pt.hyphens",
        "ru.hyphens",
        "sk.hyphens",
        "sl.hyphens",
        "sv.hyphens",
        "tr.hyphens",
        "uk.hyphens",
        "ja.phrases",
        "zh-Hans.phrases",
        "zh-Hant.phrases"
    )
}
