//! In: the engine as wasm32 (in Node, by `make test-wasm`) and natively (by `cargo test`). Out: the same figures on both, written
//! down here once. What pictures come out in browsers is left to www/test.

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

use variorum::fingerprint::{Fingerprint, Hasher};
use variorum::units::{Dpi, Mm};

#[test]
fn simd_is_on_and_relaxed_simd_is_off_in_wasm() {
    assert_eq!(cfg!(target_feature = "simd128"), cfg!(target_arch = "wasm32"));
    const { assert!(!cfg!(target_feature = "relaxed-simd")) };
}

#[test]
fn a_fingerprint_is_the_same_everywhere() {
    assert_eq!(Fingerprint::of(b"variorum").to_string(), "585068f4c0ae0091aa46882e99d39830f3db133014eee0dc550d1180f97988fc");
    let mut hasher = Hasher::new("variant");
    hasher.text("Jeder Weg");
    hasher.number(27);
    hasher.measure(-0.0);
    hasher.measure(libm::pow(1.1, 2.4));
    assert_eq!(hasher.close().to_string(), "4d1b68f8d8a2b1564f1759f0b9f14a5319c1bd80276ed8d47078f98d168e2a04");
}

#[test]
fn print_sizes_are_the_same_everywhere() {
    // A 96-sheet (12192 x 3048 mm) at 1:10 and 300 dpi.
    assert_eq!(Mm(12_192.0).to_pixels(Dpi(300.0), 0.1), 14_400.0);
    assert_eq!(Mm(3_048.0).to_pixels(Dpi(300.0), 0.1), 3_600.0);
}
