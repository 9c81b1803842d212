//! In: display type's words and the lines they are set in. Out: where its sentences end, and whether they run into each other: a line that ends
//! one and begins the next, and is itself the end or the beginning of neither (`Four / nights. One / pulse.`). What is done about it is
//! left to `balance` and to layout.

use super::line::Line;

/// Letters of a word from which on a full stop behind it ends a sentence: below that it shortens a name.
const WORD: usize = 3;

/// Where sentences end: after what hangs behind their stop, ascending, the last at the end of the words.
pub(crate) fn ends(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        let rest = text.get(after..).unwrap_or_default();
        let next = rest.trim_start();
        let spaced = next.len() < rest.len();
        let word = text.get(..at).unwrap_or_default().chars().rev().take_while(|c| c.is_alphabetic()).count();
        let begins = next.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        let stops = match c {
            '\u{3002}' | '\u{ff01}' | '\u{ff1f}' => begins,
            '!' | '?' | '\u{964}' | '\u{6d4}' | '\u{61f}' => spaced && begins,
            '.' => spaced && begins && word >= WORD,
            _ => false,
        };
        if stops {
            found.push(text.len() - next.len());
        }
    }
    found.push(text.len());
    found
}

/// Whether a line has a sentence's end inside it, and does not begin and end with sentences.
pub(crate) fn run_on(text: &str, lines: &[Line]) -> bool {
    let ends = ends(text);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return false };
    // What a line leaves at its end hangs there.
    let next = |n: usize| lines.get(n + 1).map_or(last.end.max(text.len()), |l| l.start);
    lines.iter().enumerate().any(|(n, line)| {
        let inside = ends.iter().any(|end| line.start < *end && *end < next(n));
        let whole = (line.start == first.start || ends.contains(&line.start)) && ends.contains(&next(n));
        inside && !whole
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_their_stops() {
        let parts = |text: &str| -> Vec<String> {
            let mut from = 0;
            ends(text)
                .into_iter()
                .map(|end| text.get(std::mem::replace(&mut from, end)..end).unwrap_or_default().to_owned())
                .collect()
        };
        assert_eq!(parts("Четыре ночи. Один пульс."), ["Четыре ночи. ", "Один пульс."]);
        assert_eq!(parts("चार रातें। एक धड़कन।"), ["चार रातें। ", "एक धड़कन।"]);
        assert_eq!(parts("道は終わる。あなたは続く。"), ["道は終わる。", "あなたは続く。"]);
        assert_eq!(parts("Wohin? Ans Meer!"), ["Wohin? ", "Ans Meer!"]);
        // No sentences: a shortened name, a figure, a word that goes on.
        for one in ["Skiing in St. Moritz", "Dr. No. 5 is here", "Save 3. More later…", "Yahoo! is back", "slow, then fast", ""]
        {
            assert_eq!(ends(one), [one.len()], "{one}");
        }
    }
}
