//! In: the bytes of an SVG. Out: its natural size, or why it is refused. Text is refused (its look would depend on fonts of
//! the machine), as are scripts and anything fetched from elsewhere. Drawing it is left to `raster`.

use crate::error::{Error, ErrorKind, Result};
use crate::geom::Size;
use crate::limits;
use crate::units::Px;
use std::collections::BTreeMap;

/// True where the bytes begin like an SVG document: XML whose first element is `svg`.
#[must_use]
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or(&[]);
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let text = text.trim_start();
    text.starts_with('<') && text.contains("<svg")
}

/// Largest SVG, bytes: logos and drawings, not maps.
const BYTES: usize = 4 << 20;

/// Nesting of elements; what reads SVG further on calls itself for every level.
const DEPTH: usize = 64;

/// The natural size, SVG px.
///
/// # Errors
/// `media` where it is damaged, `unsafe` for scripts and references, `unsupported` for text, `limit` for its extent.
pub fn probe(at: &str, bytes: &[u8]) -> Result<Size> {
    if bytes.len() > BYTES {
        return Err(Error::new(ErrorKind::Limit, at, "the SVG is too large")
            .found(format!("{} bytes", bytes.len()))
            .allowed(format!("{BYTES} bytes")));
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|e| Error::new(ErrorKind::Media, format!("{at}: byte {}", e.valid_up_to()), "the SVG is not UTF-8 text"))?;
    let options = usvg::roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: u32::try_from(limits::SVG_NODES).unwrap_or(u32::MAX),
        ..Default::default()
    };
    let document = usvg::roxmltree::Document::parse_with_options(text, options).map_err(|e| refused(at, &e))?;
    for node in document.descendants().filter(usvg::roxmltree::Node::is_element) {
        check(at, &document, &node)?;
    }
    expansion(at, &document)?;
    let tree = usvg::Tree::from_xmltree(&document, &usvg::Options::default())
        .map_err(|e| Error::new(ErrorKind::Media, at, format!("the SVG cannot be drawn: {e}")))?;
    Ok(Size { w: Px(tree.size().width()), h: Px(tree.size().height()) })
}

fn refused(at: &str, e: &usvg::roxmltree::Error) -> Error {
    use usvg::roxmltree::Error as Xml;
    match e {
        Xml::DtdDetected => Error::new(ErrorKind::Unsafe, at, "the SVG has a DOCTYPE, which may hide an entity bomb")
            .hint("Remove the <!DOCTYPE ...> lines"),
        Xml::NodesLimitReached => Error::new(ErrorKind::Limit, at, "the SVG has too many nodes")
            .allowed(format!("{} nodes", limits::SVG_NODES))
            .hint("Simplify its paths"),
        other => {
            let place = other.pos();
            Error::new(
                ErrorKind::Media,
                format!("{at}: line {}, column {}", place.row, place.col),
                format!("the SVG is not well-formed: {other}"),
            )
        }
    }
}

fn check(at: &str, document: &usvg::roxmltree::Document<'_>, node: &usvg::roxmltree::Node<'_, '_>) -> Result<()> {
    let place = || {
        let place = document.text_pos_at(node.range().start);
        format!("{at}: line {}, column {}", place.row, place.col)
    };
    if node.ancestors().nth(DEPTH).is_some() {
        return Err(Error::new(ErrorKind::Limit, place(), "the SVG is nested too deeply")
            .allowed(format!("{DEPTH} levels"))
            .hint("Ungroup it"));
    }
    match node.tag_name().name() {
        "text" | "tspan" | "textPath" => {
            return Err(Error::new(
                ErrorKind::Unsupported,
                place(),
                "the SVG holds text, which would look different on every machine",
            )
            .hint("Convert text to outlines (paths) in the drawing program"));
        }
        "script" | "foreignObject" | "iframe" => {
            return Err(Error::new(ErrorKind::Unsafe, place(), format!("the SVG holds <{}>", node.tag_name().name()))
                .hint("Export it as a plain drawing"));
        }
        "style" if node.text().is_some_and(|css| css.contains("@import") || leaves(css)) => {
            return Err(Error::new(ErrorKind::Unsafe, place(), "the SVG's style sheet refers to something outside itself")
                .hint("Export it with plain attributes"));
        }
        _ => {}
    }
    for attribute in node.attributes() {
        let value = attribute.value().trim();
        let outside =
            attribute.name() == "href" && !value.is_empty() && !value.starts_with('#') && !value.starts_with("data:image/");
        let fetched = leaves(value);
        if (outside && node.tag_name().name() != "a") || fetched {
            return Err(Error::new(ErrorKind::Unsafe, place(), "the SVG refers to something outside itself")
                .found(value)
                .hint("Embed it, or draw it as paths"));
        }
    }
    Ok(())
}

/// True where a `url(...)` of a style names anything but a part of the same file.
fn leaves(css: &str) -> bool {
    css.split("url(").skip(1).any(|rest| !rest.trim_start().trim_start_matches(['"', '\'']).starts_with('#'))
}

/// `<use>` of a group of `<use>` of a group ... multiplies: counts what would be drawn before anything draws it.
fn expansion(at: &str, document: &usvg::roxmltree::Document<'_>) -> Result<()> {
    use usvg::roxmltree::Node;
    struct Count<'a, 'i> {
        by_id: BTreeMap<&'a str, Node<'a, 'i>>,
        known: BTreeMap<usize, usize>,
    }
    impl<'a, 'i> Count<'a, 'i> {
        /// `None` where the chain is too long (or a ring).
        fn of(&mut self, node: Node<'a, 'i>, depth: usize) -> Option<usize> {
            if let Some(known) = self.known.get(&node.id().get_usize()) {
                return Some(*known);
            }
            if depth > DEPTH * 4 {
                return None;
            }
            let mut count = 1_usize;
            for child in node.children().filter(Node::is_element) {
                count = count.saturating_add(self.of(child, depth + 1)?);
            }
            if node.tag_name().name() == "use"
                && let Some(target) =
                    node.attributes().find(|a| a.name() == "href").and_then(|a| a.value().trim().strip_prefix('#'))
                && let Some(target) = self.by_id.get(target).copied()
            {
                count = count.saturating_add(self.of(target, depth + 1)?);
            }
            self.known.insert(node.id().get_usize(), count);
            Some(count)
        }
    }
    let by_id = crate::ordered::map(document.descendants().filter_map(|node| Some((node.attribute("id")?, node))));
    match (Count { by_id, known: BTreeMap::new() }).of(document.root_element(), 0) {
        Some(count) if count <= limits::SVG_NODES => Ok(()),
        Some(count) => Err(Error::new(ErrorKind::Limit, at, "the SVG multiplies to too many nodes by <use>")
            .found(count)
            .allowed(format!("{} nodes", limits::SVG_NODES))),
        None => Err(Error::new(ErrorKind::Limit, at, "the SVG's <use> elements refer to each other in a ring or too deeply")),
    }
}

/// What a drawing holds that is not drawn, each once; for a warning.
#[must_use]
pub fn undrawn(bytes: &[u8]) -> Vec<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("image", "a picture"),
        ("mask", "a mask"),
        ("filter", "a filter"),
        ("pattern", "a pattern"),
        ("animate", "an animation"),
        ("animateTransform", "an animation"),
        ("animateMotion", "an animation"),
    ];
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let Ok(document) = usvg::roxmltree::Document::parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    for (name, shown) in NAMES {
        if !found.contains(&shown) && document.descendants().any(|node| node.tag_name().name() == name) {
            found.push(shown);
        }
    }
    found
}
