//! In: files of kinds that not every campaign holds: SVG drawings, WOFF2 fonts, WebP pictures. Out: what the engine reads instead of them: a
//! [`packed`] drawing, a plain TTF or OTF, a PNG. Their readers are heavy, so in the browser they are a module of their own that a page fetches when a campaign
//! brings such a file (feature `importers`); natively they are linked in. Either way the same code makes the same bytes, and the original
//! bytes stay what fingerprints are made of. Src/decisions/0040 says why.

pub mod packed;

#[cfg(feature = "importers")]
mod svg;
#[cfg(feature = "importers")]
mod webp;
#[cfg(feature = "importers")]
mod woff2;

#[cfg(all(feature = "importers", target_arch = "wasm32"))]
mod module;

use crate::error::{Error, ErrorKind, Result};
use packed::{Reader, Writer};

/// What opens such files.
pub trait Importers {
    /// The packed drawing of an SVG.
    ///
    /// # Errors
    /// `media` where it is damaged, `unsafe` for scripts and references, `unsupported` for text, `limit` for its extent.
    fn drawing(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>>;
    /// The TTF, OTF or TTC inside a WOFF2 file.
    ///
    /// # Errors
    /// `media` where the packing is broken, `limit` where what is inside is too large.
    fn font(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>>;
    /// The pixels of a WebP as a PNG, with its colour profile and EXIF block.
    ///
    /// # Errors
    /// `media` where it is damaged, `limit` where it is too large.
    fn picture(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>>;
}

/// The importers that were linked with the engine; where there are none they refuse, and say so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Linked;

#[cfg(feature = "importers")]
impl Importers for Linked {
    fn drawing(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        svg::packed(at, bytes)
    }
    fn font(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        woff2::unpacked(at, bytes)
    }
    fn picture(&self, at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        webp::as_png(at, bytes)
    }
}

#[cfg(not(feature = "importers"))]
impl Importers for Linked {
    fn drawing(&self, at: &str, _: &[u8]) -> Result<Vec<u8>> {
        Err(absent(at, "an SVG"))
    }
    fn font(&self, at: &str, _: &[u8]) -> Result<Vec<u8>> {
        Err(absent(at, "a WOFF2 file").hint("Use the TTF, OTF, TTC or WOFF file"))
    }
    fn picture(&self, at: &str, _: &[u8]) -> Result<Vec<u8>> {
        Err(absent(at, "a WebP picture").hint("Save it as PNG or JPEG, or load the importers"))
    }
}

#[cfg(not(feature = "importers"))]
fn absent(at: &str, what: &str) -> Error {
    Error::new(ErrorKind::Unsupported, at, "the part of the engine that opens this kind of file is not here").found(what)
}

/// An answer as it goes from one module to the other.
#[must_use]
pub fn sent(answer: &Result<Vec<u8>>) -> Vec<u8> {
    let mut out = Writer::default();
    match answer {
        Ok(bytes) => {
            out.byte(0);
            out.bytes(bytes);
        }
        Err(error) => {
            out.byte(1);
            out.text(error.kind.code());
            out.text(&error.at);
            out.text(&error.message);
            for more in [&error.found, &error.allowed, &error.hint] {
                out.byte(u8::from(more.is_some()));
                out.text(more.as_deref().unwrap_or_default());
            }
        }
    }
    out.done()
}

/// The answer that was sent; of bytes that are none, an error about `at`.
///
/// # Errors
/// What the importer refused, word for word.
pub fn received(at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let strange = || Error::new(ErrorKind::Media, at, "the importers gave an answer that cannot be read");
    let mut reader = Reader::new(bytes);
    match reader.byte() {
        Some(0) => Ok(reader.rest().to_vec()),
        Some(1) => Err(error(&mut reader).unwrap_or_else(strange)),
        _ => Err(strange()),
    }
}

fn error(reader: &mut Reader<'_>) -> Option<Error> {
    let kind = ErrorKind::of(reader.text()?)?;
    let mut error = Error::new(kind, reader.text()?, reader.text()?);
    for more in [&mut error.found, &mut error.allowed, &mut error.hint] {
        let there = reader.byte()? == 1;
        let text = reader.text()?;
        *more = there.then(|| text.to_owned());
    }
    Some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_refusals_come_through_whole() {
        assert_eq!(received("a", &sent(&Ok(vec![1, 2, 3]))), Ok(vec![1, 2, 3]));
        let refusal = Error::new(ErrorKind::Unsafe, "logo.svg: line 1", "holds <script>").found("x").hint("Export it");
        assert_eq!(received("a", &sent(&Err(refusal.clone()))), Err(refusal));
        for cut in 0..8 {
            let _ = received("a", &sent(&Err(Error::new(ErrorKind::Limit, "b", "c")))[..cut]);
        }
    }
}
