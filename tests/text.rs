//! Text set with the default fonts: what layout and raster rely on.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::sync::Arc;
use variorum::text::*;
use variorum::units::Px;

fn library() -> FontLibrary {
    let mut library = FontLibrary::new();
    for font in default_fonts() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(&font.file);
        let bytes: Arc<[u8]> = std::fs::read(path).unwrap().into();
        library.add(&font.file, bytes, FontOrigin::Default).unwrap();
    }
    library
}

#[test]
fn fits_the_largest_size_in_steps() {
    let library = library();
    let shaped = shape(&library, "Slow mornings, strong coffee", &TextStyle::default(), "en", Direction::Ltr);
    let request = FitRequest {
        width: Px(300.0),
        height: Px(100.0),
        floor: Px(10.0),
        ceiling: Px(64.0),
        step: Px(0.5),
        max_lines: 2,
        balance: true,
    };
    let fitted = shaped.fit(&request);
    assert!(fitted.fits() && fitted.size.0 > 20.0, "{fitted:?}");
    assert_eq!(fitted.lines.len(), 2);
    let larger = shaped.set_at(fitted.size + Px(0.5), Px(300.0), 2, false);
    assert!(larger.height.0 > 100.0 || larger.lines.len() > 2 || larger.width.0 > 300.0);
    for line in &fitted.lines {
        assert!(line.width.0 <= 300.01);
    }
}
