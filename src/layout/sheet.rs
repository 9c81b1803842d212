//! In: what is to be placed and where. Out: the [`Sheet`] filled by it: pictures, cut-outs, the logo, pieces of text, composed columns.
//! How a thing is put down is said here once; where it goes is the business of the arrangements.

use super::candidates::leads;
use super::flow::{self, Column, Row};
use super::measure::Measure;
use super::pieces::{Cut, Piece};
use super::regions::Stand;
use super::search::Nearby;
use super::terms::Met;
use super::{Dropped, Placed, PlacedContent, PlacedText, crop, hand, mark};
use crate::geom::Rect;
use crate::text::Align;
use crate::variant::{Character, Content, PictureFit, Role, Variant};

/// By how much of themselves gaps grow at most on a page with room to spare.
const LOOSE: f32 = 0.5;

/// The page while it is being filled; logical space.
pub struct Sheet<'a> {
    /// What is laid out.
    pub variant: &'a Variant,
    /// Its page.
    pub page: Measure,
    /// Where near its arrangement it shall stand.
    pub nearby: Nearby,
    /// What is placed so far.
    pub placed: Vec<Placed>,
    /// What went.
    pub dropped: Vec<Dropped>,
    /// What scoring will want to know.
    pub terms: Met,
    /// Boxes of text and logo, to keep the picture's focal box clear of.
    pub words: Vec<Rect>,
}

/// Left edge of a box `w` wide in a region, by alignment; px.
#[must_use]
pub fn aligned(align: Align, region: Rect, w: f32) -> f32 {
    match align {
        Align::Start => region.x.0,
        Align::Center => region.center().x.0 - w / 2.0,
        Align::End => region.right().0 - w,
    }
}

impl Sheet<'_> {
    /// The picture or product that leads: the first such layer.
    #[must_use]
    pub fn lead(&self) -> Option<usize> {
        self.variant.layers.iter().position(|l| leads(l) && !hand::sets_apart(l))
    }

    /// Whether a layer is a cut-out that stays whole, rather than a photograph that fills.
    #[must_use]
    pub fn is_product(&self, layer: usize) -> bool {
        self.variant.layers.get(layer).is_some_and(|l| {
            l.role == Role::Product
                && (!matches!(l.content, Content::Image { fit: PictureFit::Cover, alpha: false, .. })
                    || self.variant.character == Character::Product)
        })
    }

    /// Places anything, at the page's scale.
    pub fn push(&mut self, layer: Option<usize>, rect: Rect, content: PlacedContent) {
        let scale = self.page.scale;
        self.placed.push(Placed { layer, rect, content, scale });
    }

    /// Adds a ground under text.
    pub fn panel(&mut self, rect: Rect) {
        let fill = self.variant.panel.clone();
        self.push(None, rect, PlacedContent::Panel { fill });
    }

    /// Places a photograph over a box; the crop is found when all else stands.
    pub fn put_photo(&mut self, layer: usize, rect: Rect) {
        match self.variant.layers.get(layer).map(|l| &l.content) {
            Some(Content::Image { asset, .. }) => {
                let content =
                    PlacedContent::Picture { asset: asset.clone(), src: Rect::default(), enlarged: 1.0, focal_lost: 0.0 };
                self.push(Some(layer), rect, content);
            }
            // A drawing is not cropped: it covers its part of the page, and what lies over it hides the rest.
            Some(Content::Vector { asset, natural, .. }) => {
                let k = (rect.w.0 / natural.w.0.max(1e-3)).max(rect.h.0 / natural.h.0.max(1e-3));
                let (w, h) = (natural.w * k, natural.h * k);
                let covering = Rect { x: rect.center().x - w / 2.0, y: rect.bottom() - h, w, h };
                self.push(Some(layer), covering, PlacedContent::Vector { asset: asset.clone() });
            }
            _ => {}
        }
    }

    /// Places a cut-out wholly inside a box.
    pub fn put_product(&mut self, layer: usize, room: Rect, at: (f32, f32)) {
        let Some(l) = self.variant.layers.get(layer) else { return };
        let natural = mark::natural(l);
        let rect = crop::contain((natural.w.0, natural.h.0), room, at);
        if let Content::Vector { asset, .. } = &l.content {
            self.push(Some(layer), rect, PlacedContent::Vector { asset: asset.clone() });
        } else {
            self.put_photo(layer, rect);
        }
        if let Some(last) = self.placed.last_mut() {
            last.scale = rect.h.0 / l.master_box.h.0.max(1.0);
        }
    }

    /// Places the logo; which of its drawings is decided when all lies under it.
    pub fn put_logo(&mut self, layer: usize, rect: Rect) {
        let Some(l) = self.variant.layers.get(layer) else { return };
        let Some(asset) = mark::asset(l, false) else { return };
        let content = match &l.content {
            Content::Image { .. } => PlacedContent::Picture { asset, src: Rect::default(), enlarged: 1.0, focal_lost: 0.0 },
            _ => PlacedContent::Vector { asset },
        };
        self.push(Some(layer), rect, content);
        self.words.push(rect);
    }

    /// Places a piece of text by its outer box.
    pub fn put_text(&mut self, piece: &Piece<'_>, cut: Cut, outer: Rect) {
        let wish = piece.slot.ideal.0 * self.page.scale;
        if piece.role == Role::Headline {
            self.terms.headline = (cut.fitted.size.0 / wish.max(1e-3)).min(1.5);
        }
        let (rect, text): (Rect, PlacedText) = piece.placed(cut, outer, &self.page);
        self.push(Some(piece.layer), rect, PlacedContent::Text(Box::new(text)));
        self.words.push(rect);
    }

    /// Places a composed column in its region, the foot at the region's bottom.
    pub fn put_column(&mut self, pieces: &[Piece<'_>], column: Column, region: Rect, stand: Stand) {
        let foot_h = column.foot.as_ref().map_or(0.0, |f| f.h + f.gap + flow::foot_gap(&self.page, f));
        let mut free = region.h.0 - column.h - foot_h;
        // A tall page that its words do not fill: they breathe before they leave a hole.
        let gaps: f32 = column.rows.iter().map(|r| r.gap).sum();
        let loose = if self.page.is_airy() && gaps > 0.0 { (0.4 * free.max(0.0) / gaps).min(LOOSE) } else { 0.0 };
        free -= loose * gaps;
        let from = self.words.len();
        let mut y = region.y.0
            + match stand {
                Stand::Top => 0.0,
                Stand::Middle => (free * 0.48).max(0.0),
                Stand::Bottom => free.max(0.0),
            };
        for row in column.rows {
            y += row.gap * (1.0 + loose);
            let h = row.h;
            self.put_row(pieces, row, region, y);
            y += h;
        }
        if let Some(foot) = column.foot {
            let y = (region.bottom().0 - foot.h).max(y);
            self.put_row(pieces, foot, region, y);
        }
        self.as_block(from);
        self.dropped.extend(column.dropped);
    }

    fn put_row(&mut self, pieces: &[Piece<'_>], row: Row, region: Rect, y: f32) {
        let align = row.cells.first().and_then(|(i, _)| pieces.get(*i)).map_or(Align::Start, |p| p.slot.align);
        let mut x = aligned(align, region, row.w);
        // Prices of two sizes stand on one baseline.
        let bare = |i: &usize| pieces.get(*i).is_none_or(|p| p.slot.plate.is_none());
        let bare = row.cells.iter().filter(|(i, _)| bare(i));
        let baseline = bare.map(|(_, c)| c.pad_y + c.fitted.first_baseline.0).fold(0.0, f32::max);
        let one_line = row.cells.len() > 1;
        for (index, cut) in row.cells {
            let Some(piece) = pieces.get(index) else { continue };
            let dy = match one_line {
                // A plate is on one axis with the figures beside it.
                true if piece.slot.plate.is_some() => (row.h - cut.h) / 2.0,
                true => baseline - (cut.pad_y + cut.fitted.first_baseline.0),
                false => 0.0,
            };
            let outer = Rect::new(x, y + dy, cut.w, cut.h);
            x += cut.w + row.between;
            self.put_text(piece, cut, outer);
        }
    }

    /// Joins what was placed since `from` to one block of words.
    fn as_block(&mut self, from: usize) {
        let block = self.words.drain(from..).reduce(|a, b| a.union(&b));
        self.words.extend(block);
    }
}
