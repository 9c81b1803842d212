//! Packs the tables that are compiled in: deflated they take a quarter of the room in the module, and inflating them takes a
//! millisecond. In: the readable files. Out: `$OUT_DIR/<name>.bin`.

use std::path::Path;

const TABLES: [&str; 3] = ["fonts/fonts.json", "src/campaign/formats.json", "src/campaign/message/cldr.tsv"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = std::env::var("OUT_DIR")?;
    for table in TABLES {
        println!("cargo::rerun-if-changed={table}");
        let name = Path::new(table).file_name().ok_or("a table has a name")?;
        let packed = miniz_oxide::deflate::compress_to_vec(&std::fs::read(table)?, 10);
        std::fs::write(Path::new(&out).join(name).with_extension("bin"), packed)?;
    }
    Ok(())
}
