//! In: an open campaign, cells, and what is to be done with each. Out: the results, in the order of the cells. Every core has a
//! session of its own, so nothing is shared and the bytes do not hang on how many there are.

use crate::open::Opened;
use crate::say::Stop;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use variorum::session::Session;
use variorum::variant::Cell;

/// Sessions at most: each keeps decoded pictures of its own.
const SESSIONS: usize = 8;
/// Below so many cells to each, another session costs more than it brings.
const WORTH: usize = 6;

/// A bar on a terminal's standard error; nothing in a pipe.
pub fn bar(cells: usize) -> ProgressBar {
    // indicatif draws on standard error, and only where that is a terminal.
    let bar = ProgressBar::new(cells as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len}  {rate}  {eta} left  {msg}") {
        let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            let _ = write!(out, "{:.0} a second", state.per_sec());
        };
        bar.set_style(style.progress_chars("━╸─").with_key("rate", rate));
    }
    bar
}

/// Does `work` for every cell on all cores, `take` with each result in order.
///
/// # Errors
/// Those of `take`, and of opening the campaign.
pub fn each<T: Send>(
    opened: Opened,
    cells: &[Cell],
    work: impl Fn(&mut Session, usize, &Cell) -> T + Sync,
    mut take: impl FnMut(usize, T) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(SESSIONS);
    let hands = cores.min(cells.len() / WORTH).max(1);
    let mut sessions = Vec::new();
    for _ in 1..hands {
        sessions.push(opened.again()?);
    }
    sessions.push(opened.session);
    // Neighbours share pictures at one size, so they stay together, but not so many that a core stands idle at the end.
    let portion = (cells.len() / (hands * 8)).clamp(1, 32);
    let portions: Vec<(usize, &[Cell])> = cells.chunks(portion).enumerate().map(|(i, part)| (i * portion, part)).collect();
    let next = AtomicUsize::new(0);
    let (tell, told) = mpsc::sync_channel::<(usize, T)>(64);
    thread::scope(|scope| {
        for mut session in sessions {
            let (tell, portions, next, work) = (tell.clone(), &portions, &next, &work);
            scope.spawn(move || {
                while let Some((first, part)) = portions.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for (i, cell) in part.iter().enumerate() {
                        let made = work(&mut session, first + i, cell);
                        if tell.send((first + i, made)).is_err() {
                            return; // Nobody listens any more.
                        }
                    }
                }
            });
        }
        drop(tell);
        let mut early: BTreeMap<usize, T> = BTreeMap::new();
        let mut due = 0;
        for (i, made) in told {
            early.insert(i, made);
            while let Some(made) = early.remove(&due) {
                take(due, made)?;
                due += 1;
            }
        }
        Ok(())
    })
}
