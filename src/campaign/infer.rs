//! In: the layers of a master, some without a role: a flat list of named layers, as design tools export it. Out: a role for each: by its
//! name where that says it, in the languages that designers name layers in, else by what it shows, how large it is set, what lies on it and where; and
//! a rectangle that a text of its size lies on becomes that text's plate. What is guessed is said as a warning.

use super::layer::{MasterContent, MasterLayer, MasterText};
use super::look::{Plate, ShapeKind};
use super::role::Role;
use crate::geom::{Rect, Size};

/// Parts of a name's words, accents off, first match wins; the kind of content must agree. `=` is a word of its own.
const NAMES: [(&str, Role); 71] = [
    ("logo", Role::Logo),
    ("brand", Role::Logo),
    ("=mark", Role::Logo),
    ("wordmark", Role::Logo),
    ("wortmarke", Role::Logo),
    ("subhead", Role::Subhead),
    ("subtit", Role::Subhead),
    ("subline", Role::Subhead),
    ("sottotit", Role::Subhead),
    ("=sous", Role::Subhead),
    ("soustitre", Role::Subhead),
    ("untertitel", Role::Subhead),
    ("unterzeile", Role::Subhead),
    ("dachzeile", Role::Subhead),
    ("kicker", Role::Subhead),
    ("tagline", Role::Subhead),
    ("eyebrow", Role::Subhead),
    ("=sub", Role::Subhead),
    ("headline", Role::Headline),
    ("heading", Role::Headline),
    ("title", Role::Headline),
    ("=head", Role::Headline),
    ("=hl", Role::Headline),
    ("uberschrift", Role::Headline),
    ("schlagzeile", Role::Headline),
    ("titel", Role::Headline),
    ("titre", Role::Headline),
    ("accroche", Role::Headline),
    ("titul", Role::Headline),
    ("titol", Role::Headline),
    ("=cta", Role::CallToAction),
    ("action", Role::CallToAction),
    ("button", Role::CallToAction),
    ("=btn", Role::CallToAction),
    ("knop", Role::CallToAction),
    ("schaltflache", Role::CallToAction),
    ("bouton", Role::CallToAction),
    ("boton", Role::CallToAction),
    ("pulsante", Role::CallToAction),
    ("price", Role::Price),
    ("preis", Role::Price),
    ("=prix", Role::Price),
    ("precio", Role::Price),
    ("prezzo", Role::Price),
    ("badge", Role::Badge),
    ("sticker", Role::Badge),
    ("storer", Role::Badge),
    ("legal", Role::Legal),
    ("terms", Role::Legal),
    ("disclaimer", Role::Legal),
    ("footnote", Role::Legal),
    ("fussnote", Role::Legal),
    ("rechtlich", Role::Legal),
    ("pflichttext", Role::Legal),
    ("mentions", Role::Legal),
    ("hintergrund", Role::Background),
    ("background", Role::Background),
    ("=bg", Role::Background),
    ("fond", Role::Background),
    ("photo", Role::Photo),
    ("foto", Role::Photo),
    ("hero", Role::Photo),
    ("picture", Role::Photo),
    ("=bild", Role::Photo),
    ("product", Role::Product),
    ("produkt", Role::Product),
    ("packshot", Role::Product),
    ("body", Role::Body),
    ("fliesstext", Role::Body),
    ("=copy", Role::Body),
    ("scrim", Role::Decoration),
];

/// What design tools write behind the name of a layer that was made from another.
const COPIES: [&str; 5] = ["copy", "kopie", "copie", "copia", "kopia"];

/// A letter without its accent, small; what only carries accents is nothing.
fn folded(c: char) -> &'static str {
    match c {
        'ä' | 'á' | 'à' | 'â' | 'ã' => "a",
        'é' | 'è' | 'ê' => "e",
        'í' | 'ì' | 'î' => "i",
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' => "o",
        'ü' | 'ú' | 'ù' | 'û' => "u",
        'ß' => "ss",
        'ç' => "c",
        _ => "",
    }
}

/// The words of a name: small, accents and figures off, without the word of a copy behind another.
fn words(name: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut small = false;
    for c in name.chars() {
        // headlineText is two words.
        if c.is_uppercase() && small {
            plain.push(' ');
        }
        small = c.is_lowercase();
        for c in c.to_lowercase() {
            match folded(c) {
                _ if c.is_ascii_alphabetic() => plain.push(c),
                "" if ('\u{300}'..='\u{36f}').contains(&c) => {}
                "" => plain.push(' '),
                letters => plain.push_str(letters),
            }
        }
    }
    let mut words: Vec<String> = plain.split_whitespace().map(str::to_owned).collect();
    while words.len() > 1 && words.last().is_some_and(|w| COPIES.contains(&w.as_str())) {
        words.pop();
    }
    words
}

/// What a name says, if anything.
fn said(name: &str, content: &MasterContent) -> Option<Role> {
    let words = words(name);
    let has = |part: &str| match part.strip_prefix('=') {
        Some(whole) => words.iter().any(|w| w == whole),
        None => words.iter().any(|w| w.contains(part)),
    };
    NAMES.iter().find(|(part, role)| suits(*role, content) && has(part)).map(|(_, role)| *role)
}

/// Whether a role can be that of such content.
fn suits(role: Role, content: &MasterContent) -> bool {
    match content {
        MasterContent::Text(_) => matches!(
            role,
            Role::Headline | Role::Subhead | Role::Body | Role::CallToAction | Role::Price | Role::Badge | Role::Legal
        ),
        MasterContent::Shape { .. } => matches!(role, Role::Background | Role::Decoration),
        MasterContent::Image { .. } => {
            matches!(role, Role::Background | Role::Photo | Role::Product | Role::Logo | Role::Decoration)
        }
        MasterContent::Vector { .. } => matches!(role, Role::Logo | Role::Product | Role::Decoration),
    }
}

/// Share of the page above which a rectangle is a field of it, no button.
const FIELD: f32 = 0.12;
/// How much higher than its type a button is at the most.
const AROUND: f32 = 4.0;
/// Height of a line of it, em.
const LINE: f32 = 1.2;

/// Rectangles that one text alone lies on, with a button's air around it, become that text's plate and are no layers any more: the text's name, the
/// rectangle's place in the file and its name.
#[must_use]
pub fn plates(layers: &mut Vec<MasterLayer>, artboard: Size) -> Vec<(String, String, String)> {
    let page = (artboard.w.0 * artboard.h.0).max(1.0);
    let mut told = Vec::new();
    let mut at = 0;
    while at < layers.len() {
        let plate = under(layers, at, page).and_then(|text| Some((text, plate(layers.get(at)?, layers.get(text)?)?)));
        let Some((text, plate)) = plate else {
            at += 1;
            continue;
        };
        let ground = layers.remove(at);
        // One place nearer now that the rectangle below it is gone.
        let Some(words) = layers.get_mut(text - 1) else { continue };
        words.place = ground.place;
        told.push((words.id.clone(), ground.at.clone(), ground.id.clone()));
        if let MasterContent::Text(slot) = &mut words.content {
            slot.plate = Some(plate);
        }
    }
    told
}

/// The text that alone lies on a layer, as words on a button do.
fn under(layers: &[MasterLayer], at: usize, page: f32) -> Option<usize> {
    let ground = layers.get(at)?;
    let rect = matches!(&ground.content, MasterContent::Shape { kind: ShapeKind::Rect, .. });
    if !ground.guessed || !rect || ground.hide || ground.opacity < 1.0 || ground.place.area() > FIELD * page {
        return None;
    }
    let meets = |l: &MasterLayer| l.place.intersect(&ground.place).area() > 0.0;
    let mut on = layers.iter().enumerate().skip(at + 1).filter(|(_, l)| meets(l));
    let (Some((text, words)), None) = (on.next(), on.next()) else { return None };
    let bare = matches!(&words.content, MasterContent::Text(text) if text.plate.is_none());
    let high = words.ideal().unwrap_or(0.0);
    let near = ground.place.h.0 < AROUND * high && ground.place.h.0 > high;
    let inside = words.place.intersect(&ground.place).area() > 0.8 * words.place.area();
    (words.guessed && bare && near && inside).then_some(text)
}

/// The plate that a rectangle is to the words on it: a line of them in its middle.
fn plate(ground: &MasterLayer, words: &MasterLayer) -> Option<Plate> {
    let (MasterContent::Shape { fill, .. }, Some(ideal)) = (&ground.content, words.ideal()) else { return None };
    let em = ideal.max(1.0);
    let above = ((ground.place.h.0 / em - LINE) / 2.0).clamp(0.2, 1.2);
    let beside = ((ground.place.w.0 - words.place.w.0) / 2.0 / em).max(1.6 * above).min(2.0);
    Some(Plate {
        fill: fill.clone(),
        radius: ground.radius,
        pad_y_em: above,
        pad_x_em: beside,
        stroke: ground.stroke.clone(),
        shadow: ground.shadow.clone(),
    })
}

/// Size by the largest below which words are no headline, however much room they have.
const LEADS: f32 = 0.45;
/// Size by the headline's from which on a single line beside it is what is to be paid, and up to which one at the foot is small print.
const PAYS: f32 = 0.6;
const PRINT: f32 = 0.3;
/// Share of the page's height below which words on a plate are pressed rather than read, and below which small print begins.
const PRESSED: f32 = 0.45;
const FOOT: f32 = 0.86;

/// A master's texts, read by how they are set.
#[derive(Default)]
struct Words {
    /// Index of the headline: of the large ones the one with most room.
    headline: Option<usize>,
    /// Its size, and its upper edge.
    size: f32,
    top: f32,
    /// Index of what is pressed: of those on a plate the lowest, of bare single lines under the headline as well.
    pressed: Option<usize>,
    /// Size of the largest that is none of these.
    next: f32,
    /// Height of the page.
    h: f32,
}

impl Words {
    fn of(layers: &[MasterLayer], known: &[Option<Role>], artboard: Size) -> Self {
        let texts = || {
            layers.iter().zip(known).enumerate().filter_map(|(i, (l, role))| match &l.content {
                MasterContent::Text(text) => Some((i, l, text, *role)),
                _ => None,
            })
        };
        let plain = || texts().filter(|(_, _, text, _)| text.plate.is_none() && !text.strike);
        let largest = plain().map(|(_, _, text, _)| text.ideal.0).fold(0.0, f32::max);
        let leads = plain().filter(|(_, _, text, role)| role.is_none() && text.ideal.0 >= LEADS * largest);
        // Of two with as much room the one that is read first.
        let room = |l: &MasterLayer| (l.place.area(), -l.place.y.0, -l.place.x.0);
        let most = leads.max_by(|(_, a, ..), (_, b, ..)| {
            let (a, b) = (room(a), room(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2))
        });
        let named = texts().find(|t| t.3 == Some(Role::Headline));
        let lead = named.or(most);
        let (size, top) = lead.map_or((largest, 0.0), |(_, l, text, _)| (text.ideal.0, l.place.y.0));
        let headline = lead.map(|(i, ..)| i);
        let h = artboard.h.0;
        let low = |l: &MasterLayer| l.place.center().y.0;
        let plated = texts().filter(|(_, l, text, role)| role.is_none() && text.plate.is_some() && low(l) > PRESSED * h);
        let bare = plain().filter(|(i, l, text, role)| {
            let single = text.max_lines == 1 && text.ideal.0 < PAYS * size;
            role.is_none() && single && headline != Some(*i) && low(l) > PRESSED * h && l.place.y.0 > top
        });
        let lowest = |a: &(usize, &MasterLayer), b: &(usize, &MasterLayer)| low(a.1).total_cmp(&low(b.1));
        let pressed = plated.map(|t| (t.0, t.1)).max_by(lowest).or_else(|| {
            let plates = texts().any(|(_, _, text, _)| text.plate.is_some());
            bare.map(|t| (t.0, t.1)).max_by(lowest).filter(|_| !plates)
        });
        let pressed = if known.contains(&Some(Role::CallToAction)) { None } else { pressed.map(|(i, _)| i) };
        let mut words = Self { headline, size, top, pressed, next: 0.0, h };
        let rest = plain().filter(|(i, l, text, role)| role.is_none() && words.first(*i, l, text).is_none());
        words.next = rest.map(|(_, _, text, _)| text.ideal.0).fold(0.0, f32::max);
        words
    }

    /// What a text is, unless it is one of those that explain.
    fn first(&self, index: usize, l: &MasterLayer, text: &MasterText) -> Option<Role> {
        let size = text.ideal.0;
        match text {
            _ if self.headline == Some(index) => Some(Role::Headline),
            _ if self.pressed == Some(index) => Some(Role::CallToAction),
            _ if text.plate.is_some() => Some(Role::Badge),
            _ if text.strike || text.max_lines == 1 && size >= PAYS * self.size => Some(Role::Price),
            _ if size < PRINT * self.size && l.place.bottom().0 > FOOT * self.h => Some(Role::Legal),
            _ => None,
        }
    }

    /// What a text is: of those that explain the largest comes second, and so does a line above the headline.
    fn role(&self, index: usize, l: &MasterLayer, text: &MasterText) -> Role {
        let second = text.ideal.0 >= self.next || l.place.bottom().0 <= self.top + 0.02 * self.h;
        self.first(index, l, text).unwrap_or(if second { Role::Subhead } else { Role::Body })
    }
}

/// Share of the page above which a picture is what the page is of; above which it is no mark; and above which it covers the page.
const LARGE: f32 = 0.4;
const SMALL: f32 = 0.06;
const WHOLE: f32 = 0.9;
/// Share of a side of the page that a picture from edge to edge takes at the least.
const EDGE: f32 = 0.98;

/// Roles for the layers at `unknown`.
#[must_use]
pub fn roles(layers: &[MasterLayer], artboard: Size, unknown: &[usize]) -> Vec<(usize, Role)> {
    let page = (artboard.w.0 * artboard.h.0).max(1.0);
    let by_name = |l: &MasterLayer| {
        let key = if let MasterContent::Text(text) = &l.content { said(&text.key, &l.content) } else { None };
        said(&l.id, &l.content).or(key)
    };
    let known: Vec<Option<Role>> = layers.iter().map(|l| if l.guessed { by_name(l) } else { Some(l.role) }).collect();
    let taken = |role: Role| known.contains(&Some(role));
    let words = Words::of(layers, &known, artboard);
    // One mark: of several small drawings the one nearest to an edge of the page, as marks are.
    let drawn = |l: &MasterLayer| {
        matches!(l.content, MasterContent::Vector { .. } | MasterContent::Image { .. }) && l.place.area() < SMALL * page
    };
    let off = |r: &Rect| {
        let x = r.x.0.min(artboard.w.0 - r.right().0).max(0.0);
        let y = r.y.0.min(artboard.h.0 - r.bottom().0).max(0.0);
        x + y
    };
    let small = layers.iter().zip(&known).enumerate().filter(|(_, (l, k))| k.is_none() && drawn(l));
    let nearest = small.min_by(|(_, (a, _)), (_, (b, _))| off(&a.place).total_cmp(&off(&b.place))).map(|(i, _)| i);
    let logo = if taken(Role::Logo) { None } else { nearest };
    // From edge to edge it is a field of the page; a cut-out stands on it.
    let spans = |l: &MasterLayer| l.place.w.0 > EDGE * artboard.w.0 || l.place.h.0 > EDGE * artboard.h.0;
    let guess = |index: usize, l: &MasterLayer| {
        if let Some(role) = known.get(index).copied().flatten() {
            return role;
        }
        let share = l.place.area() / page;
        let lowest = || !layers.iter().take(index).any(|below| below.place.intersect(&l.place).area() > 0.0);
        match &l.content {
            MasterContent::Shape { .. } if share > WHOLE && lowest() => Role::Background,
            MasterContent::Shape { .. } => Role::Decoration,
            MasterContent::Image { .. } | MasterContent::Vector { .. } if share > LARGE || spans(l) && share > SMALL => {
                Role::Photo
            }
            MasterContent::Vector { .. } | MasterContent::Image { .. } if logo == Some(index) => Role::Logo,
            MasterContent::Vector { .. } if share < SMALL => Role::Decoration,
            MasterContent::Image { .. } | MasterContent::Vector { .. } => Role::Product,
            MasterContent::Text(text) => words.role(index, l, text),
        }
    };
    let of = |i: &usize| layers.get(*i).map(|l| (*i, guess(*i, l)));
    unknown.iter().filter_map(of).collect()
}
