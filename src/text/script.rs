//! In: characters. Out: their scripts (UAX 24) and what a script means for setting type: whether its letters join,
//! whether it stacks above and below the line, whether it is written with Han characters.

use unicode_script::{Script as Uax24, ScriptExtension, UnicodeScript};

/// A script of UAX 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script(pub(crate) Uax24);

impl Script {
    /// No script of its own: figures, punctuation, spaces.
    pub const COMMON: Self = Self(Uax24::Common);
    /// Korean syllables and their parts.
    pub const HANGUL: Self = Self(Uax24::Hangul);

    /// The script of a character.
    #[must_use]
    pub fn of(c: char) -> Self {
        Self(c.script())
    }
    /// ISO 15924 code.
    #[must_use]
    pub fn short_name(self) -> &'static str {
        self.0.short_name()
    }
    /// The script of an ISO 15924 code.
    #[must_use]
    pub fn named(code: &str) -> Option<Self> {
        Uax24::from_short_name(code).map(Self)
    }
    /// Common, inherited or unknown: takes the script of its neighbours.
    #[must_use]
    pub fn is_weak(self) -> bool {
        matches!(self.0, Uax24::Common | Uax24::Inherited | Uax24::Unknown)
    }
    /// Whether a character is used with this script too (script extensions).
    pub(crate) fn accepts(self, c: char) -> bool {
        let extension: ScriptExtension = c.script_extension();
        extension.is_common() || extension.is_inherited() || extension.contains_script(self.0)
    }
    /// Han, kana, hangul, bopomofo: national shapes, set on full squares.
    #[must_use]
    pub fn is_han(self) -> bool {
        matches!(self.0, Uax24::Han | Uax24::Hiragana | Uax24::Katakana | Uax24::Hangul | Uax24::Bopomofo)
    }
    /// Whether letters hang together, so that letter-spacing would tear them (CSS Text 3, cursive scripts, and the
    /// scripts with a headline).
    #[must_use]
    pub fn joins(self) -> bool {
        matches!(
            self.0,
            Uax24::Arabic
                | Uax24::Syriac
                | Uax24::Mongolian
                | Uax24::Nko
                | Uax24::Mandaic
                | Uax24::Manichaean
                | Uax24::Phags_Pa
                | Uax24::Psalter_Pahlavi
                | Uax24::Sogdian
                | Uax24::Adlam
                | Uax24::Hanifi_Rohingya
                | Uax24::Devanagari
                | Uax24::Bengali
                | Uax24::Gurmukhi
                | Uax24::Modi
                | Uax24::Sharada
                | Uax24::Tirhuta
        )
    }
    /// Whether marks stack so high or deep that Latin line heights clip or collide.
    #[must_use]
    pub fn stacks(self) -> bool {
        !matches!(
            self.0,
            Uax24::Latin
                | Uax24::Greek
                | Uax24::Cyrillic
                | Uax24::Armenian
                | Uax24::Georgian
                | Uax24::Common
                | Uax24::Inherited
                | Uax24::Unknown
        ) && !self.is_han()
    }
    pub(crate) fn harfrust(self) -> Option<harfrust::Script> {
        let name = self.0.short_name().as_bytes();
        let tag: [u8; 4] = name.try_into().ok()?;
        harfrust::Script::from_iso15924_tag(harfrust::Tag::new(&tag))
    }
}
