//! In: the bytes of an SVG. Out: a packed drawing: plain paths with colours and gradients, in SVG px. Text is refused (its look would depend
//! on fonts of the machine), as are scripts and anything fetched from elsewhere. Pictures, masks, filters, patterns and animations are
//! left out and named.

use super::packed::{self, Writer, inside, mark, paint, segment};
use crate::color::{Blend, Rgba};
use crate::error::{Error, ErrorKind, Result};
use crate::limits;
use std::borrow::Cow;
use std::collections::BTreeMap;
use usvg::tiny_skia_path::{PathSegment, Transform};

/// Largest SVG, bytes: logos and drawings, not maps.
const BYTES: usize = 4 << 20;

/// Nesting of elements; what reads SVG further on calls itself for every level.
const DEPTH: usize = 64;

/// The drawing.
pub(super) fn packed(at: &str, bytes: &[u8]) -> Result<Vec<u8>> {
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
    let text = without_doctype(text);
    let document = usvg::roxmltree::Document::parse_with_options(&text, options).map_err(|e| refused(at, &e))?;
    for node in document.descendants().filter(usvg::roxmltree::Node::is_element) {
        check(at, &document, &node)?;
    }
    expansion(at, &document)?;
    let tree = usvg::Tree::from_xmltree(&document, &usvg::Options::default())
        .map_err(|e| Error::new(ErrorKind::Media, at, format!("the SVG cannot be drawn: {e}")))?;
    let mut pen = Pen::default();
    pen.group(tree.root(), 0);
    let mut undrawn = undrawn(&document);
    if pen.clips_lost {
        undrawn.push("a clip path of several shapes");
    }
    if pen.marks > limits::SVG_NODES {
        return Err(Error::new(ErrorKind::Limit, at, "too many shapes in the drawing")
            .found(pen.marks)
            .allowed(format!("at most {}", limits::SVG_NODES)));
    }
    let mut out = Writer::default();
    out.bytes(&packed::MAGIC);
    out.number(tree.size().width());
    out.number(tree.size().height());
    out.text(&undrawn.join(", "));
    out.count(pen.marks);
    out.bytes(&pen.out.done());
    Ok(out.done())
}

/// The text with a plain `<!DOCTYPE svg PUBLIC ...>`, as drawing programs write it, blanked out: it says nothing that matters here, and places of
/// later mistakes stay. One that declares anything (`[`) is left for the parser to refuse.
fn without_doctype(text: &str) -> Cow<'_, str> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return Cow::Borrowed(text) };
        rest = after.trim_start();
    }
    let at = text.len() - rest.len();
    match (text.get(..at), rest.split_once('>')) {
        (Some(before), Some((doctype, after))) if doctype.starts_with("<!DOCTYPE") && !doctype.contains('[') => {
            let blank: String = doctype.chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
            Cow::Owned(format!("{before}{blank} {after}"))
        }
        _ => Cow::Borrowed(text),
    }
}

fn refused(at: &str, e: &usvg::roxmltree::Error) -> Error {
    use usvg::roxmltree::Error as Xml;
    match e {
        Xml::DtdDetected => Error::new(ErrorKind::Unsafe, at, "the SVG's DOCTYPE declares entities, which may hide a bomb")
            .hint("Save it without editing data of the drawing program, or remove the <!DOCTYPE ...> lines"),
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
fn undrawn(document: &usvg::roxmltree::Document<'_>) -> Vec<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("image", "a picture"),
        ("mask", "a mask"),
        ("filter", "a filter"),
        ("pattern", "a pattern"),
        ("animate", "an animation"),
        ("animateTransform", "an animation"),
        ("animateMotion", "an animation"),
    ];
    let mut found = Vec::new();
    for (name, shown) in NAMES {
        if !found.contains(&shown) && document.descendants().any(|node| node.tag_name().name() == name) {
            found.push(shown);
        }
    }
    found
}

/// Writes what is painted, mark after mark.
#[derive(Default)]
struct Pen {
    out: Writer,
    marks: usize,
    /// Whether a clip path was left out.
    clips_lost: bool,
}

impl Pen {
    fn mark(&mut self, what: u8) {
        self.out.byte(what);
        self.marks += 1;
    }

    fn group(&mut self, group: &usvg::Group, depth: usize) {
        if depth > DEPTH || self.marks > limits::SVG_NODES {
            return;
        }
        let clip = group.clip_path().and_then(|c| clip_shape(c, group.abs_transform()));
        self.clips_lost |= group.clip_path().is_some() && clip.is_none();
        let opacity = group.opacity().get();
        let blend = blend_of(group.blend_mode());
        let apart = opacity < 1.0 || blend != Blend::Normal;
        if apart {
            self.mark(mark::PUSH_GROUP);
            self.out.number(opacity);
            self.out.byte(blend.number());
        }
        if let Some((path, transform)) = clip {
            self.mark(mark::PUSH_CLIP);
            self.outline(path.data(), rule(path), transform);
        }
        for node in group.children() {
            match node {
                usvg::Node::Group(inner) => self.group(inner, depth + 1),
                usvg::Node::Path(path) => self.path(path),
                // Named among what is not drawn; text was refused.
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
        if clip.is_some() {
            self.mark(mark::POP_CLIP);
        }
        if apart {
            self.mark(mark::POP_GROUP);
        }
    }

    fn path(&mut self, path: &usvg::Path) {
        if !path.is_visible() {
            return;
        }
        match path.paint_order() {
            usvg::PaintOrder::FillAndStroke => {
                self.fill(path);
                self.stroke(path);
            }
            usvg::PaintOrder::StrokeAndFill => {
                self.stroke(path);
                self.fill(path);
            }
        }
    }

    fn fill(&mut self, path: &usvg::Path) {
        let Some(fill) = path.fill().filter(|fill| !matches!(fill.paint(), usvg::Paint::Pattern(_))) else { return };
        let transform = path.abs_transform();
        self.mark(mark::FILL);
        self.out.number(fill.opacity().get());
        self.paint(fill.paint(), transform);
        self.outline(path.data(), rule(path), transform);
    }

    fn stroke(&mut self, path: &usvg::Path) {
        let Some(stroke) = path.stroke().filter(|stroke| !matches!(stroke.paint(), usvg::Paint::Pattern(_))) else { return };
        let transform = path.abs_transform();
        self.mark(mark::STROKE);
        self.out.number(stroke.opacity().get());
        self.out.number(stroke.width().get() * mean_scale(transform));
        self.paint(stroke.paint(), transform);
        self.outline(path.data(), inside::WOUND, transform);
    }

    fn paint(&mut self, paint: &usvg::Paint, transform: Transform) {
        match paint {
            usvg::Paint::Color(c) => {
                self.out.byte(paint::SOLID);
                self.color(Rgba { r: c.red, g: c.green, b: c.blue, a: 255 });
            }
            usvg::Paint::LinearGradient(g) => {
                let t = transform.pre_concat(g.transform());
                self.out.byte(paint::LINEAR);
                self.point(t, g.x1(), g.y1());
                self.point(t, g.x2(), g.y2());
                self.stops(g.stops());
            }
            usvg::Paint::RadialGradient(g) => {
                let t = transform.pre_concat(g.transform());
                self.out.byte(paint::RADIAL);
                self.point(t, g.cx(), g.cy());
                self.out.number(g.r().get() * mean_scale(t));
                self.stops(g.stops());
            }
            usvg::Paint::Pattern(_) => {}
        }
    }

    fn stops(&mut self, stops: &[usvg::Stop]) {
        self.out.count(stops.len());
        for stop in stops {
            let c = stop.color();
            self.out.number(stop.offset().get());
            self.color(Rgba { r: c.red, g: c.green, b: c.blue, a: 255 }.faded(stop.opacity().get()));
        }
    }

    fn color(&mut self, c: Rgba) {
        self.out.bytes(&[c.r, c.g, c.b, c.a]);
    }

    fn point(&mut self, t: Transform, x: f32, y: f32) {
        self.out.number(t.sx * x + t.kx * y + t.tx);
        self.out.number(t.ky * x + t.sy * y + t.ty);
    }

    fn outline(&mut self, path: &usvg::tiny_skia_path::Path, rule: u8, t: Transform) {
        self.out.byte(rule);
        self.out.count(path.segments().count());
        for piece in path.segments() {
            let (tag, points) = match piece {
                PathSegment::MoveTo(p) => (segment::MOVE, [Some(p), None, None]),
                PathSegment::LineTo(p) => (segment::LINE, [Some(p), None, None]),
                PathSegment::QuadTo(c, p) => (segment::QUAD, [Some(c), Some(p), None]),
                PathSegment::CubicTo(c, d, p) => (segment::CUBIC, [Some(c), Some(d), Some(p)]),
                PathSegment::Close => (segment::CLOSE, [None; 3]),
            };
            self.out.byte(tag);
            for p in points.into_iter().flatten() {
                self.point(t, p.x, p.y);
            }
        }
    }
}

/// The outline of a clip path that is one plain path.
fn clip_shape(clip: &usvg::ClipPath, transform: Transform) -> Option<(&usvg::Path, Transform)> {
    let [usvg::Node::Path(path)] = clip.root().children() else { return None };
    let t = transform.pre_concat(clip.transform());
    Some((path, t.pre_concat(path.abs_transform())))
}

/// What is inside a path that is filled, or clips.
fn rule(path: &usvg::Path) -> u8 {
    match path.fill().map(usvg::Fill::rule) {
        Some(usvg::FillRule::EvenOdd) => inside::ODD,
        _ => inside::WOUND,
    }
}

fn blend_of(mode: usvg::BlendMode) -> Blend {
    match mode {
        usvg::BlendMode::Multiply => Blend::Multiply,
        usvg::BlendMode::Screen => Blend::Screen,
        usvg::BlendMode::Overlay => Blend::Overlay,
        usvg::BlendMode::SoftLight => Blend::SoftLight,
        _ => Blend::Normal,
    }
}

/// The root of the area's growth.
fn mean_scale(t: Transform) -> f32 {
    (t.sx * t.sy - t.kx * t.ky).abs().sqrt()
}
