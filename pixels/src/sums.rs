//! In: bytes. Out: their CRC-32, as PNG and zip have it. Sixteen bytes at a time by sixteen tables, which are made when first asked for: compiled in,
//! they would be sixteen kilobytes that nothing packs smaller.
//!
//! Source: PNG, third edition (W3C, 2025), annex D; the tables side by side are Intel's "slicing-by-16".

use std::sync::LazyLock;

type Table = [u32; 256];

static TABLES: LazyLock<Box<[Table; 16]>> = LazyLock::new(|| {
    let mut tables = Box::new([[0; 256]; 16]);
    let mut of_one = [0u32; 256];
    for (byte, sum) in (0u32..).zip(&mut of_one) {
        *sum = (0..8).fold(byte, |sum, _| (sum >> 1) ^ if sum & 1 == 0 { 0 } else { 0xedb8_8320 });
    }
    let mut shifted = of_one;
    for table in tables.iter_mut() {
        *table = shifted;
        shifted = shifted.map(|sum| (sum >> 8) ^ at(&of_one, sum as u8));
    }
    tables
});

#[inline(always)]
fn at(table: &Table, byte: u8) -> u32 {
    table.get(usize::from(byte)).copied().unwrap_or_default()
}

/// The sum of all parts, one after the other.
#[must_use]
pub fn crc32(parts: &[&[u8]]) -> u32 {
    let tables = &**TABLES;
    let [bytewise, ..] = tables;
    let mut sum = u32::MAX;
    for part in parts {
        let (blocks, rest) = part.as_chunks::<16>();
        for block in blocks {
            let mut block = *block;
            for (byte, held) in block.iter_mut().zip(sum.to_le_bytes()) {
                *byte ^= held;
            }
            sum = block.iter().zip(tables.iter().rev()).fold(0, |sum, (byte, table)| sum ^ at(table, *byte));
        }
        for byte in rest {
            sum = (sum >> 8) ^ at(bytewise, byte ^ sum as u8);
        }
    }
    !sum
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn sums_are_those_of_the_book() {
        assert_eq!(crc32(&[b"123456789"]), 0xcbf4_3926);
        assert_eq!(crc32(&[b"IEND"]), 0xae42_6082);
        let bytes: Vec<u8> = (0..1000u32).map(|i| (i * i / 7) as u8).collect();
        let slow = |bytes: &[u8]| {
            !bytes.iter().fold(u32::MAX, |sum, byte| {
                (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 0 { 0 } else { 0xedb8_8320 })
            })
        };
        for end in [0, 1, 15, 16, 17, 31, 32, 33, 500, 1000] {
            for middle in [0, end / 3, end] {
                assert_eq!(crc32(&[&bytes[..middle], &bytes[middle..end]]), slow(&bytes[..end]), "{middle} of {end}");
            }
        }
    }
}
