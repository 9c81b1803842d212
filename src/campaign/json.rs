//! In: the bytes of one JSON file. Out: its value tree, or an error with line and column. Depth and size are looked at
//! before anything is built, so that hostile nesting costs nothing.

use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use serde_json::Value;

/// Parses one file; `file` names it in errors.
///
/// # Errors
/// `limit` where it is too large or too deep, `syntax` where it is not UTF-8 or not JSON.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Value> {
    if bytes.len() > limits::JSON_BYTES {
        return Err(Error::new(ErrorKind::Limit, file, "the file is larger than a JSON file of a campaign may be")
            .found(format!("{} bytes", bytes.len()))
            .allowed(format!("{} bytes", limits::JSON_BYTES)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| {
        Error::new(ErrorKind::Syntax, format!("{file}: byte {}", e.valid_up_to()), "the file is not UTF-8 text")
            .hint("Save it as UTF-8")
    })?;
    if text.trim().is_empty() {
        return Err(Error::new(ErrorKind::Syntax, file, "the file is empty").allowed("one JSON object"));
    }
    check_depth(file, bytes)?;
    serde_json::from_str(text).map_err(|e| syntax(file, &e))
}

fn syntax(file: &str, e: &serde_json::Error) -> Error {
    let place = format!("{file}: line {}, column {}", e.line(), e.column());
    let full = e.to_string();
    let said = full.split(" at line ").next().unwrap_or(&full).to_owned();
    let error = Error::new(ErrorKind::Syntax, place, format!("not well-formed JSON: {said}"));
    match e.classify() {
        serde_json::error::Category::Eof => error.hint("The file stops in the middle: was it cut off while copying?"),
        _ if said.contains("trailing comma") => error.hint("Remove the comma before the closing bracket"),
        _ if said.contains("number out of range") => error.hint("The number is too large to be held"),
        _ if said.contains("trailing characters") => error.hint("A JSON file holds one value; something follows it"),
        _ => error,
    }
}

/// Looks at brackets outside strings only.
fn check_depth(file: &str, bytes: &[u8]) -> Result<()> {
    let (mut depth, mut line, mut inside, mut escaped) = (0_usize, 1_usize, false, false);
    for byte in bytes {
        if inside {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => inside = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'\n' => line += 1,
            b'"' => inside = true,
            b'[' | b'{' => {
                depth += 1;
                if depth > limits::JSON_DEPTH {
                    return Err(Error::new(ErrorKind::Limit, format!("{file}: line {line}"), "brackets are nested too deeply")
                        .allowed(format!("{} levels", limits::JSON_DEPTH)));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &[u8]) -> Error {
        parse("master.json", text).unwrap_err()
    }

    #[test]
    fn places_are_named() {
        assert_eq!(error(b"{\n \"a\": 1,\n}").at, "master.json: line 3, column 1");
        assert!(error(b"{\"a\": [1, 2").hint.unwrap().contains("cut off"));
        assert_eq!(error(b"").message, "the file is empty");
        assert_eq!(error(b"\xff\xfe").kind, ErrorKind::Syntax);
        assert!(error(b"{\"a\":1e999}").message.contains("out of range"));
        assert_eq!(error("[".repeat(1_000_000).as_bytes()).kind, ErrorKind::Limit);
        assert_eq!(error(b"NaN").kind, ErrorKind::Syntax);
    }

    #[test]
    fn brackets_in_strings_do_not_count() {
        let text = format!("{{\"a\": \"{}\"}}", "[".repeat(500));
        assert!(parse("a.json", text.as_bytes()).is_ok());
        assert!(parse("a.json", b"\xef\xbb\xbf{}").is_ok());
    }
}
