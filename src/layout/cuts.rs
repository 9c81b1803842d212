//! In: what a piece of text was asked to be cut to. Out: the cut, where the same was asked before on this page: ways to lay a page out, and steps of a
//! search in them, ask two cuts of three again. Cutting is left to [`super::pieces`].

use super::pieces::Cut;
use std::cell::RefCell;

/// Kept of one page; what is asked beyond is cut each time.
const MOST: usize = 8192;
/// Heads of chains.
const HEADS: usize = 256;

/// What decides a cut of a page's text: its layer, the width, the size, the least size, the lines, whether it is rough and whether its lines are
/// evened. Exactly these, bit by bit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    layer: u32,
    width: u32,
    size: u32,
    least: u32,
    lines: u32,
    set: (bool, bool),
}

impl Asked {
    /// A cut of a layer's text to a width, from a size down to the least, px; `set`: roughly, and in even lines.
    #[must_use]
    pub fn new(layer: usize, width: f32, (size, least): (f32, f32), lines: u32, set: (bool, bool)) -> Self {
        let [width, size, least] = [width, size, least].map(f32::to_bits);
        Self { layer: layer as u32, width, size, least, lines, set }
    }

    fn head(&self) -> usize {
        let mixed = [self.width, self.size, self.least, self.lines, u32::from(self.set.0) + 2 * u32::from(self.set.1)];
        let mixed = mixed.into_iter().fold(self.layer, |all, part| (all.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b1));
        mixed as usize >> 7 & (HEADS - 1)
    }
}

/// Cuts of one page's text, as asked for so far.
#[derive(Default)]
pub struct Cuts(RefCell<Chains>);

#[derive(Default)]
struct Chains {
    /// Of each chain the last of `kept`, from one; nought where it is empty.
    heads: Vec<u16>,
    kept: Vec<(Asked, u16, Cut)>,
}

impl Cuts {
    /// The cut, made where it was not asked for before.
    pub fn get(&self, asked: Asked, make: impl FnOnce() -> Cut) -> Cut {
        if let Some(known) = self.0.borrow().find(&asked) {
            return known.clone();
        }
        let made = make();
        self.0.borrow_mut().keep(asked, &made);
        made
    }
}

impl Chains {
    fn find(&self, asked: &Asked) -> Option<&Cut> {
        let mut at = *self.heads.get(asked.head())?;
        while let Some((known, next, cut)) = self.kept.get(usize::from(at).checked_sub(1)?) {
            if known == asked {
                return Some(cut);
            }
            at = *next;
        }
        None
    }

    fn keep(&mut self, asked: Asked, cut: &Cut) {
        if self.kept.len() >= MOST {
            return;
        }
        self.heads.resize(HEADS, 0);
        let Some(head) = self.heads.get_mut(asked.head()) else { return };
        self.kept.push((asked, *head, cut.clone()));
        *head = self.kept.len() as u16;
    }
}
