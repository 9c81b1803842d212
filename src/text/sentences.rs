//! In: display type's words and the lines they are set in. Out: where its sentences end, and whether they run into each other: a line that ends
//! one and begins the next, and is itself the end or the beginning of neither (`Four / nights. One / pulse.`). What is done about it is
//! left to `balance` and to layout.

use super::line::Line;
use super::words::WordScript;

/// Letters of a word from which on a full stop behind it ends a sentence: below that it shortens a name.
const WORD: usize = 3;

/// What ends a sentence, in all scripts.
const STOPS: [char; 9] = ['.', '!', '?', '\u{964}', '\u{6d4}', '\u{61f}', '\u{3002}', '\u{ff01}', '\u{ff1f}'];

/// Where sentences end: after what hangs behind their stop, ascending, the last at the end of the words.
pub(crate) fn ends(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    // Of most letters it is known at a glance that no sentence ends there: copy is asked often.
    for (at, c) in text.char_indices().filter(|(_, c)| STOPS.contains(c)) {
        let after = at + c.len_utf8();
        let rest = text.get(after..).unwrap_or_default();
        let next = rest.trim_start();
        let spaced = next.len() < rest.len();
        let begins = next.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        let word = || text.get(..at).unwrap_or_default().chars().rev().take(WORD).take_while(|c| c.is_alphabetic()).count();
        let stops = match c {
            '\u{3002}' | '\u{ff01}' | '\u{ff1f}' => begins,
            '.' => spaced && begins && word() >= WORD,
            _ => spaced && begins,
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

/// Marks that end a clause, in all scripts.
const MARKS: &str =
    ".,;:!?\u{2026}\u{2013}\u{2014}\u{3001}\u{3002}\u{ff0c}\u{ff1b}\u{ff1a}\u{ff01}\u{ff1f}\u{60c}\u{61b}\u{61f}\u{6d4}\u{964}";

/// Whether the sense pauses at the end of a line: a mark of punctuation ends a clause, in scripts that write words on so does a space, and a
/// writer's own new line does everywhere.
pub(crate) fn pauses(text: &str, end: usize) -> bool {
    let line = text.get(..end).unwrap_or_default();
    let words = line.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{200b}');
    let hangs = line.get(words.len()..).unwrap_or_default();
    let spaced = hangs.contains(char::is_whitespace);
    let clause = |c: char| MARKS.contains(c) || WordScript::of(c).is_some() && spaced;
    hangs.contains('\n') || words.chars().next_back().is_some_and(clause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sense_pauses_at_marks_and_at_the_spaces_of_scripts_without_others() {
        let ends = |line: &str, rest: &str| pauses(&format!("{line}{rest}"), line.len());
        for line in ["Four nights. ", "費用を、\u{200b}", "Луг помнит то, ", "چار رातें। ", "โคมดวงเล็ก ", "Come\n", "slow – "]
        {
            assert!(ends(line, "and more"), "{line}");
        }
        for line in ["Every path ", "没有人该", "หนึ่ง\u{200b}", "3.5 mil", "Ein Kredit, der "] {
            assert!(!ends(line, "and more"), "{line}");
        }
    }

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
