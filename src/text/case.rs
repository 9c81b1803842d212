//! In: text, a case, a language. Out: the mapped text and, for each of its bytes, the byte of the original it came from.
//! Unicode's full mappings (ß to SS), with the tailorings of SpecialCasing.txt for Turkish, Azeri and Greek.

use super::style::Case;

/// Case-mapped text.
pub(crate) struct Mapped {
    pub(crate) text: String,
    /// One entry per byte of `text`, and one past its end.
    pub(crate) origin: Vec<u32>,
}

pub(crate) fn map(text: &str, case: Case, locale: &str) -> Mapped {
    let language = locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let mut out = Mapped { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
    let turkic = matches!(language.as_str(), "tr" | "az");
    let mut previous = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let mut put = |c: char| out.push(c, at);
        match case {
            Case::AsTyped => put(c),
            Case::Upper if turkic && c == 'i' => put('İ'),
            Case::Upper if language == "el" => greek_upper(c, previous, next, &mut put),
            Case::Upper => c.to_uppercase().for_each(put),
            Case::Lower if turkic && c == 'I' => put('ı'),
            Case::Lower if turkic && c == 'İ' => put('i'),
            Case::Lower if c == 'Σ' => {
                let word_end = previous.is_some_and(char::is_alphabetic) && !next.is_some_and(char::is_alphabetic);
                put(if word_end { 'ς' } else { 'σ' });
            }
            Case::Lower => c.to_lowercase().for_each(put),
        }
        previous = Some(c);
    }
    out.origin.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
    out
}

impl Mapped {
    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        self.origin.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
}

/// Greek capitals carry no tonos; a vowel that lost it keeps ι and υ after it apart with a dialytika (ICU, CLDR el-Upper).
/// Lone ή ("or") keeps it.
fn greek_upper(c: char, previous: Option<char>, next: Option<char>, put: &mut impl FnMut(char)) {
    let lone = !previous.is_some_and(char::is_alphabetic) && !next.is_some_and(char::is_alphabetic);
    let hiatus = matches!(previous, Some('ά' | 'έ' | 'ό' | 'ή' | 'ύ' | 'ώ'));
    match c {
        'ή' if lone => put('Ή'),
        'ά' | 'Ά' => put('Α'),
        'έ' | 'Έ' => put('Ε'),
        'ή' | 'Ή' => put('Η'),
        'ί' | 'Ί' => put('Ι'),
        'ό' | 'Ό' => put('Ο'),
        'ύ' | 'Ύ' => put('Υ'),
        'ώ' | 'Ώ' => put('Ω'),
        'ΐ' => put('Ϊ'),
        'ΰ' => put('Ϋ'),
        'ι' if hiatus => put('Ϊ'),
        'υ' if hiatus => put('Ϋ'),
        // Combining tonos, oxia and their kin after a Greek letter.
        '\u{301}' | '\u{300}' | '\u{342}' if previous.is_some_and(|p| ('\u{370}'..='\u{3ff}').contains(&p)) => {}
        _ => c.to_uppercase().for_each(put),
    }
}
