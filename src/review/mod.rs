//! In: events that people and tools make about fingerprints. Out: the ledger (hash-linked, only ever appended) and the state
//! it folds to. No pixels here, no clock and no names of its own: the host says who and when.
//!
//! A ledger is JSON Lines. Every line holds the SHA-256 of the line before it (`prev`) and of itself (`hash`), so a changed,
//! missing or moved line is found; lines cut off its end are found only by who remembers the last hash. That shows tampering,
//! it does not prevent it: signatures are left to a later version.

pub mod event;
pub mod ledger;
pub mod state;

pub use event::{Action, Event, Line};
pub use ledger::{append, read, verify};
pub use state::{State, Status, gate, state};
