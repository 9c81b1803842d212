//! In: the text of a message. Out: a [`Pattern`], or an error that names the character. The grammar is that of ICU
//! MessageFormat 1 with apostrophes in their friendly mode (one is itself, `''` too, and quotes only before `{`, `}`, `<` and,
//! inside a plural, `#`), and tags in angle brackets as translation tools know them. `<` that opens no tag is itself.

use super::number::Decimal;
use super::{Form, Key, Node, Pattern, date, error_at, number};
use crate::campaign::suggest::did_you_mean;
use crate::error::{Error, ErrorKind, Result};
use crate::limits;

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Takes a message apart; `at` is its place.
///
/// # Errors
/// `syntax` where braces or tags do not match, `value` for what is no argument, style or case, `unsupported` for the forms of
/// ICU that are not read, `missing` for a choice without `other`, `limit` where choices stand too deep in each other.
pub fn parse(at: &str, text: &str) -> Result<Pattern> {
    let chars: Vec<char> = text.chars().collect();
    let mut parser = Parser { at, chars: &chars, i: 0 };
    let nodes = parser.nodes(Inside::Message, 0, &mut Vec::new())?;
    Ok(Pattern(nodes))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Message,
    Case { plural: bool },
}

struct Parser<'a> {
    at: &'a str,
    chars: &'a [char],
    i: usize,
}

impl Parser<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.i + ahead).copied()
    }
    #[cold]
    #[inline(never)]
    fn wrong(&self, kind: ErrorKind, offset: usize, message: &str) -> Error {
        let near: String = self.chars.iter().skip(offset).take(24).collect();
        error_at(kind, self.at, offset, message).found(if near.is_empty() { "the end of the message" } else { &near })
    }
    #[inline(never)]
    fn blanks(&mut self) {
        while self.peek(0).is_some_and(char::is_whitespace) {
            self.i += 1;
        }
    }

    /// Nodes up to the end of the message, of the case, or of the innermost open tag.
    fn nodes(&mut self, inside: Inside, depth: usize, open: &mut Vec<String>) -> Result<Vec<Node>> {
        let mut nodes = Vec::new();
        let mut words = String::new();
        let plural = matches!(inside, Inside::Case { plural: true });
        let tags = open.len();
        let begin = self.i;
        while let Some(c) = self.peek(0) {
            match c {
                '\'' => self.apostrophe(plural, &mut words),
                '{' => {
                    if let Some((name, closing)) = self.nobreak() {
                        if closing {
                            flush(&mut words, &mut nodes);
                            self.close(&name, open, tags)?;
                            return Ok(nodes);
                        }
                        flush(&mut words, &mut nodes);
                        nodes.push(self.tag(name, inside, depth, open)?);
                        continue;
                    }
                    flush(&mut words, &mut nodes);
                    nodes.push(self.argument(depth)?);
                }
                '}' if matches!(inside, Inside::Case { .. }) => break,
                '}' => {
                    return Err(self
                        .wrong(ErrorKind::Syntax, self.i, "a '}' without its partner")
                        .hint("For the character itself write '}' in single quotes"));
                }
                '#' if plural => {
                    self.i += 1;
                    flush(&mut words, &mut nodes);
                    nodes.push(Node::Count);
                }
                '<' => match self.angle() {
                    Some((name, true)) => {
                        flush(&mut words, &mut nodes);
                        self.close(&name, open, tags)?;
                        return Ok(nodes);
                    }
                    Some((name, false)) => {
                        flush(&mut words, &mut nodes);
                        nodes.push(self.tag(name, inside, depth, open)?);
                    }
                    None => {
                        self.i += 1;
                        words.push('<');
                    }
                },
                c => {
                    self.i += 1;
                    words.push(c);
                }
            }
        }
        if let Some(name) = open.last().filter(|_| tags > 0 && self.unclosed(inside)) {
            return Err(self
                .wrong(ErrorKind::Syntax, begin.saturating_sub(name.chars().count() + 2), &format!("<{name}> is never closed"))
                .hint(format!("End it with </{name}>")));
        }
        flush(&mut words, &mut nodes);
        Ok(nodes)
    }

    /// Where a run of nodes ends without its closing tag: at the end of the message or of the case.
    fn unclosed(&self, inside: Inside) -> bool {
        self.i >= self.chars.len() || matches!(inside, Inside::Case { .. })
    }

    fn tag(&mut self, name: String, inside: Inside, depth: usize, open: &mut Vec<String>) -> Result<Node> {
        if depth + open.len() >= limits::MESSAGE_DEPTH {
            return Err(self
                .wrong(ErrorKind::Limit, self.i, "tags and choices stand too deep in each other")
                .allowed(limits::MESSAGE_DEPTH));
        }
        open.push(name.clone());
        let before = open.len();
        let inner = self.nodes(inside, depth, open)?;
        // Closed tags take their name away.
        if open.len() >= before {
            return Err(self.wrong(ErrorKind::Syntax, self.i, &format!("<{name}> is never closed")));
        }
        Ok(Node::Tag { name, inner })
    }

    fn close(&self, name: &str, open: &mut Vec<String>, tags: usize) -> Result<()> {
        match open.last() {
            Some(last) if tags > 0 && last == name => {
                open.pop();
                Ok(())
            }
            Some(last) if tags > 0 => Err(self
                .wrong(ErrorKind::Syntax, self.i.saturating_sub(1), &format!("</{name}> closes what is not open"))
                .allowed(format!("</{last}>"))),
            _ => Err(self.wrong(ErrorKind::Syntax, self.i.saturating_sub(1), &format!("</{name}> closes what is not open"))),
        }
    }

    /// `<name>` or `</name>` from here, taken; nothing where `<` opens no tag.
    fn angle(&mut self) -> Option<(String, bool)> {
        let closing = self.peek(1) == Some('/');
        let mut name = String::new();
        let mut ahead = if closing { 2 } else { 1 };
        loop {
            match self.peek(ahead)? {
                '>' if !name.is_empty() => break,
                c if c.is_ascii_alphabetic() || (!name.is_empty() && (c.is_ascii_digit() || matches!(c, '-' | '_'))) => {
                    name.push(c);
                }
                _ => return None,
            }
            ahead += 1;
        }
        self.i += ahead + 1;
        Some((name, closing))
    }

    /// `{nobreak}` and `{/nobreak}`, which mean the tag.
    fn nobreak(&mut self) -> Option<(String, bool)> {
        for (form, closing) in [("{nobreak}", false), ("{/nobreak}", true)] {
            if form.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c)) {
                self.i += form.len();
                return Some(("nobreak".to_owned(), closing));
            }
        }
        None
    }

    fn apostrophe(&mut self, plural: bool, words: &mut String) {
        let quotes = |c: char| matches!(c, '{' | '}' | '<') || (plural && c == '#');
        match self.peek(1) {
            Some('\'') => {
                words.push('\'');
                self.i += 2;
            }
            Some(c) if quotes(c) => {
                self.i += 1;
                while let Some(c) = self.peek(0) {
                    self.i += 1;
                    if c == '\'' {
                        if self.peek(0) != Some('\'') {
                            return;
                        }
                        self.i += 1;
                    }
                    words.push(c);
                }
            }
            _ => {
                words.push('\'');
                self.i += 1;
            }
        }
    }

    fn argument(&mut self, depth: usize) -> Result<Node> {
        let begin = self.i;
        self.i += 1;
        let name = self.word();
        let name = name.strip_prefix("option.").unwrap_or(&name).to_owned();
        self.blanks();
        let ends = self.peek(0);
        let sound = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        if ends.is_none() {
            return Err(self
                .wrong(ErrorKind::Syntax, begin, "a '{' without its partner")
                .hint("For the character itself write '{' in single quotes"));
        }
        if !sound || !matches!(ends, Some('}' | ',')) {
            let kind = if ends == Some('{') { ErrorKind::Syntax } else { ErrorKind::Value };
            return Err(self.wrong(kind, begin, "not an argument name").allowed("{name}: letters, digits, _, - and ."));
        }
        self.i += 1;
        if ends == Some('}') {
            return Ok(Node::Argument { name, form: Form::Plain, at: begin });
        }
        self.blanks();
        let kind_at = self.i;
        let kind = self.word();
        self.blanks();
        match kind.as_str() {
            "plural" | "selectordinal" | "select" => {
                self.expect(',', begin, "a choice needs its cases")?;
                if depth >= limits::MESSAGE_DEPTH {
                    return Err(self
                        .wrong(ErrorKind::Limit, begin, "choices stand too deep in each other")
                        .allowed(limits::MESSAGE_DEPTH));
                }
                if kind == "select" { self.select(name, begin, depth) } else { self.plural(name, kind != "plural", begin, depth) }
            }
            "number" | "date" | "time" => {
                let style = if self.peek(0) == Some(',') {
                    self.i += 1;
                    self.style(begin)?
                } else {
                    self.expect('}', begin, "a '{' without its partner")?;
                    String::new()
                };
                let form = match kind.as_str() {
                    "number" => number::Style::parse(&style).map(Form::Number),
                    _ => date::Style::parse(&style, kind == "time").map(Form::Date),
                };
                let form = form.map_err(|refusal| {
                    error_at(refusal.kind, self.at, kind_at, &refusal.message).found(&style).allowed(refusal.allowed)
                })?;
                Ok(Node::Argument { name, form, at: begin })
            }
            "choice" | "spellout" | "ordinal" | "duration" => {
                Err(error_at(ErrorKind::Unsupported, self.at, kind_at, &format!("'{kind}' is not supported"))
                    .found(&kind)
                    .allowed("plural, selectordinal, select, number, date, time"))
            }
            _ => {
                let mut error = error_at(ErrorKind::Value, self.at, kind_at, "not a kind of argument")
                    .found(&kind)
                    .allowed("plural, selectordinal, select, number, date, time");
                error.hint = did_you_mean(&kind, ["plural", "selectordinal", "select", "number", "date", "time"]);
                Err(error)
            }
        }
    }

    /// Up to a comma, brace or blank; blanks before it are passed.
    fn word(&mut self) -> String {
        self.blanks();
        let mut word = String::new();
        while let Some(c) = self.peek(0).filter(|c| !matches!(c, ',' | '{' | '}') && !c.is_whitespace()) {
            word.push(c);
            self.i += 1;
        }
        word
    }

    fn expect(&mut self, c: char, begin: usize, message: &str) -> Result<()> {
        if self.peek(0) == Some(c) {
            self.i += 1;
            return Ok(());
        }
        Err(self.wrong(ErrorKind::Syntax, begin, message).allowed(format!("a '{c}' at character {}", self.i + 1)))
    }

    /// The rest of a simple argument: up to its closing brace.
    fn style(&mut self, begin: usize) -> Result<String> {
        let mut style = String::new();
        let mut quoted = false;
        loop {
            match self.peek(0) {
                None => return Err(self.wrong(ErrorKind::Syntax, begin, "a '{' without its partner")),
                Some('}') if !quoted => {
                    self.i += 1;
                    return Ok(style.trim().to_owned());
                }
                Some(c) => {
                    quoted ^= c == '\'';
                    style.push(c);
                    self.i += 1;
                }
            }
        }
    }

    fn case(&mut self, plural: bool, depth: usize, begin: usize) -> Result<Vec<Node>> {
        self.blanks();
        self.expect('{', begin, "a case needs its words in braces")?;
        let nodes = self.nodes(Inside::Case { plural }, depth + 1, &mut Vec::new())?;
        self.expect('}', begin, "a '{' without its partner")?;
        Ok(nodes)
    }

    /// The word before a case's braces, with its place; none at the end of the choice.
    fn case_word(&mut self, expected: &str) -> Result<Option<(usize, String)>> {
        self.blanks();
        if self.peek(0) == Some('}') {
            self.i += 1;
            return Ok(None);
        }
        let at = self.i;
        let word = self.word();
        if word.is_empty() {
            return Err(self.wrong(ErrorKind::Syntax, at, expected));
        }
        Ok(Some((at, word)))
    }

    fn select(&mut self, name: String, begin: usize, depth: usize) -> Result<Node> {
        let mut cases: Vec<(String, Vec<Node>)> = Vec::new();
        while let Some((at, key)) = self.case_word("a case of the choice is expected here")? {
            if cases.iter().any(|(k, _)| *k == key) {
                return Err(self.wrong(ErrorKind::Value, at, &format!("the case '{key}' stands twice")));
            }
            let inner = self.case(false, depth, at)?;
            cases.push((key, inner));
        }
        if !cases.iter().any(|(key, _)| key == "other") {
            return Err(self.wrong(ErrorKind::Missing, begin, "the choice has no case 'other'").allowed("... other {words}}"));
        }
        Ok(Node::Select { name, cases })
    }

    fn plural(&mut self, name: String, ordinal: bool, begin: usize, depth: usize) -> Result<Node> {
        let mut cases: Vec<(Key, Vec<Node>)> = Vec::new();
        let mut offset = Decimal::default();
        while let Some((at, word)) = self.case_word("a case of the plural is expected here")? {
            if let Some(rest) = word.strip_prefix("offset:") {
                let rest = if rest.is_empty() { self.word() } else { rest.to_owned() };
                offset = Decimal::parse(&rest)
                    .filter(|_| cases.is_empty())
                    .ok_or_else(|| self.wrong(ErrorKind::Value, at, "an offset is a number and comes first"))?;
                continue;
            }
            let key = match word.strip_prefix('=') {
                Some(number) => Decimal::parse(number).map(Key::Exactly),
                None => CATEGORIES.contains(&word.as_str()).then(|| Key::Category(word.clone())),
            };
            let Some(key) = key else {
                let mut error = self
                    .wrong(ErrorKind::Value, at, "not a case of a plural")
                    .allowed("zero, one, two, few, many, other, or =1 for that number alone");
                error.hint = did_you_mean(&word, CATEGORIES);
                return Err(error);
            };
            if cases.iter().any(|(k, _)| *k == key) {
                return Err(self.wrong(ErrorKind::Value, at, &format!("the case '{word}' stands twice")));
            }
            let inner = self.case(true, depth, at)?;
            cases.push((key, inner));
        }
        if !cases.iter().any(|(key, _)| matches!(key, Key::Category(c) if c == "other")) {
            return Err(self.wrong(ErrorKind::Missing, begin, "the plural has no case 'other'").allowed("... other {words}}"));
        }
        Ok(Node::Plural { name, ordinal, offset, cases, at: begin })
    }
}

fn flush(words: &mut String, nodes: &mut Vec<Node>) {
    if !words.is_empty() {
        nodes.push(Node::Text(std::mem::take(words)));
    }
}
