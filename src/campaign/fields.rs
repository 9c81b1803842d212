//! In: nothing. Out: the types in which every JSON shape of a campaign is written down once: the reader checks by these
//! tables (names, ranges, choices) and the published JSON Schemas are made from them, so the two cannot differ.

/// One kind of JSON object.
#[derive(Debug)]
pub struct Table {
    /// Its name in the schema's `$defs`.
    pub name: &'static str,
    /// What it is, for editors.
    pub doc: &'static str,
    /// Its fields in the order they are best written.
    pub fields: &'static [Field],
}

/// One field of an object.
#[derive(Debug)]
pub struct Field {
    /// Its JSON name.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it is, with unit and default, for editors.
    pub doc: &'static str,
}

/// What a value may be.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any text.
    Text,
    /// Text of at least one character.
    Name,
    /// The id of a format or the name of a set, with `-` before it where it takes away.
    Format,
    /// A BCP 47 language tag.
    Locale,
    /// true or false.
    Bool,
    /// A number, least and most.
    Number(f64, f64),
    /// A whole number, least and most.
    Whole(i64, i64),
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A hex colour or a token alias.
    Color,
    /// A colour or a gradient.
    Paint,
    /// `[x, y, w, h]`, any place, w and h not negative.
    Box,
    /// `[x, y, w, h]` as fractions; the box lies inside 0 to 1.
    Part,
    /// Two numbers, each within.
    Pair(f64, f64),
    /// A family name, or several in order; aliases allowed.
    Families,
    /// A list of one shape with at most so many entries.
    List(&'static Shape, usize),
    /// An object of known fields.
    Object(&'static Table),
    /// An object of free names and one shape, at most so many.
    Map(&'static Shape, usize),
    /// Gradient stops: `[at, colour]` pairs.
    Stops,
    /// Another file's business or free form.
    Any,
}

impl Table {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
    /// All names.
    pub fn names(&'static self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.name)
    }
}

/// Words for editors go into the schemas, which the native build writes; the module does without them.
pub(crate) const fn kept(doc: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { doc }
}

/// A field that must be there.
pub(crate) const fn must(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: true, doc: kept(doc) }
}

/// A field that may be there.
pub(crate) const fn may(name: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { name, shape, required: false, doc: kept(doc) }
}
