//! In: the parts that decide a variant's pixels. Out: a SHA-256 [`Fingerprint`] over an unambiguous byte form of them
//! (every part carries its length, so no two different inputs read the same).

use sha2::{Digest, Sha256};
use std::fmt;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
    /// Reads 64 lower-case hex digits, as [`fmt::Display`] writes them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digit = |b: &u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        let mut out = [0; 32];
        if text.len() != 64 {
            return None;
        }
        for (to, pair) in out.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *to = digit(high)? * 16 + digit(low)?;
        }
        Some(Self(out))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Collects parts, then closes to a [`Fingerprint`].
#[derive(Default)]
pub struct Hasher {
    sha: Sha256,
    /// Parts are a few bytes each: they go on together.
    held: Vec<u8>,
}

/// Bytes held back before they go on.
const HELD: usize = 2048;

impl Hasher {
    /// A hasher for a named purpose; the name separates domains.
    #[must_use]
    pub fn new(domain: &str) -> Self {
        let mut hasher = Self::default();
        hasher.text(domain);
        hasher
    }
    /// Adds bytes with their length.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        if bytes.len() < HELD {
            self.held.extend_from_slice(bytes);
        }
        if self.held.len() >= HELD || bytes.len() >= HELD {
            self.sha.update(&self.held);
            self.held.clear();
        }
        if bytes.len() >= HELD {
            self.sha.update(bytes);
        }
    }
    /// Adds text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
    /// Adds a whole number.
    pub fn number(&mut self, n: u64) {
        self.bytes(&n.to_le_bytes());
    }
    /// Adds a measure; its bits count, and -0 is 0.
    pub fn measure(&mut self, v: f64) {
        self.bytes(&(v + 0.0).to_bits().to_le_bytes());
    }
    /// The digest.
    #[must_use]
    pub fn close(mut self) -> Fingerprint {
        self.sha.update(&self.held);
        Fingerprint(self.sha.finalize().into())
    }
}
