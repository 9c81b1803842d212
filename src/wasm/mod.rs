//! The boundary to the page, wasm32 only: parses what JavaScript hands in, calls the engine, converts what comes out to the shapes of
//! www/src/engine/types.ts and www/src/painter/types.ts. Nothing clever lives here. Engine and painter are modules of their own: who paints lists of
//! their own loads no layout (src/decisions/0104).

mod beside;
mod bytes;
mod crossing;
#[cfg(not(feature = "painter"))]
mod drawn;
#[cfg(not(feature = "painter"))]
mod edits;
#[cfg(not(feature = "painter"))]
mod engine;
#[cfg(not(feature = "painter"))]
mod shapes;
#[cfg(feature = "painter")]
mod painter;
