//! In: a table that build.rs deflated. Out: its text. For tables compiled in: they take a quarter of the room so.

/// The text of a packed table; empty where the bytes are not one, which a test would see.
pub(crate) fn text(packed: &[u8]) -> String {
    let bytes = miniz_oxide::inflate::decompress_to_vec(packed).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
