//! In: events that people and tools make about fingerprints. Out: the ledger (hash-linked, only ever appended) and the state
//! it folds to. No pixels here.
