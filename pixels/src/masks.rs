//! In: rows of coverage, one byte a pixel. Out: rows of coverage: multiplied, laid over one another, taken out of pixels.

use crate::mix::mul;

/// `to = to * by / 255`.
pub fn multiply(to: &mut [u8], by: &[u8]) {
    for (to, by) in to.iter_mut().zip(by) {
        *to = mul(*to, *by);
    }
}

/// Lays coverage over coverage, as if painted: `to = 1 - (1 - to) * (1 - by)`.
pub fn cover(to: &mut [u8], by: &[u8]) {
    for (to, by) in to.iter_mut().zip(by) {
        *to = if *to == 0 { *by } else { 255 - mul(255 - *to, 255 - *by) };
    }
}

/// Means of three columns each: a bitmap three times as fine across, brought to device pixels after `phase` empty columns.
pub fn thirds(row: &[u8], phase: usize, out: &mut Vec<u8>) {
    let first = (3 - phase.min(2)) % 3;
    let mean = |a: u8, b: u8, c: u8| ((u16::from(a) + u16::from(b) + u16::from(c) + 1) / 3) as u8;
    let (head, body) = row.split_at(first.min(row.len()));
    match *head {
        [] => {}
        [c] if phase == 2 => out.push(mean(0, 0, c)),
        [b] => out.push(mean(0, b, 0)),
        [b, c, ..] => out.push(mean(0, b, c)),
    }
    let (whole, rest) = body.as_chunks::<3>();
    out.extend(whole.iter().map(|[a, b, c]| mean(*a, *b, *c)));
    match *rest {
        [a] => out.push(mean(a, 0, 0)),
        [a, b, ..] => out.push(mean(a, b, 0)),
        [] => {}
    }
}

/// The alpha of premultiplied pixels.
#[must_use]
pub fn alpha(pixels: &[u8]) -> Vec<u8> {
    pixels.as_chunks::<4>().0.iter().map(|p| p[3]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_are_means_wherever_they_begin() {
        for phase in 0..3 {
            for n in 0..9usize {
                let row: Vec<u8> = (0..n).map(|i| (i * 29 + 40) as u8).collect();
                let mut padded = vec![0; phase];
                padded.extend(&row);
                padded.resize(padded.len().next_multiple_of(3), 0);
                let expected: Vec<u8> =
                    padded.chunks(3).map(|c| ((c.iter().map(|v| u32::from(*v)).sum::<u32>() + 1) / 3) as u8).collect();
                let mut out = Vec::new();
                thirds(&row, phase, &mut out);
                if n > 0 {
                    assert_eq!(out, expected, "{n} columns, phase {phase}");
                }
            }
        }
    }
}
