//! In: rows of premultiplied pixels, coverage and masks. Out: the same rows mixed, blurred, halved, packed. What is painted, and
//! where, is left to the engine.
//!
//! These are the loops that run for every pixel. They are a crate of their own so that they can be built for speed while the rest
//! of the engine is built for size; vectors are written out (`wide`), because a compiler asked for size leaves them away. All is
//! integer arithmetic with exact rounding, or floats that hold integers exactly: the same bytes on every machine.

mod blur;
mod colours;
mod deflate;
mod filters;
mod masks;
mod mix;
mod pack;
mod resize;
mod scale;
mod sums;
mod vector;

pub use blur::{across, between, down, stretch};
pub use colours::{Grid, Shaper};
pub use deflate::Deflate;
pub use filters::{Filtered, filter, unfilter};
pub use masks::{alpha, cover, multiply, thirds};
pub use mix::{Cover, Mix, Source, mul, row};
pub use pack::{is_opaque, premultiply, rgb, rgba_of_ycbcr, straight};
pub use resize::Scaler;
pub use scale::{hold_to_alpha, means_of_four};
pub use sums::crc32;
