//! variorum lays out and rasterises one master campaign design into every format and language.
//!
//! One way through, each noun a type, each arrow one function:
//!
//! ```text
//! Campaign --resolve--> Variant --layout--> Layout --build--> DisplayList --raster--> Pixmap --encode--> file
//! ```
//!
//! `guard` reads variant, layout and display list and returns findings; `review` keeps stamps on fingerprints.

// In flow order, not by the alphabet.
pub mod error;
pub mod limits;
pub mod units;
pub mod geom;
pub mod color;
pub mod fingerprint;
pub(crate) mod ordered;
pub mod importers;
pub mod campaign;
pub mod variant;
pub mod text;
pub mod layout;
pub mod display;
pub mod raster;
pub mod export;
pub mod guard;
pub mod review;
pub mod report;
pub mod session;
pub mod budget;
pub mod painter;
// With the importers linked in, the module is theirs: see `importers::module`.
#[cfg(all(target_arch = "wasm32", not(feature = "importers")))]
pub mod wasm;
