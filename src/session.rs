//! The facade: owns campaign, fonts, pictures and caches; used by tests, the command and wasm alike.
