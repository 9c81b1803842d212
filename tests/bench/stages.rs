//! What each stage costs natively, on the three samples: thread CPU time, medians and spread of interleaved rounds.
//!
//!     cargo run --release --example stages [rounds]
//!
//! In: www/samples. Every 41st of a sample's 3,537 variants, so that every class of formats and every language is among them.
//! Out: ms a variant by stage and sample. Each stage is run by itself over all of them, on what the stages before it gave, and by turns with the others: a
//! round goes through all samples and stages. What wasm takes for the same: tests/bench/stages.mjs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::cast_precision_loss, reason = "a benchmark may stop")]

mod clock;
mod folder;

use clock::{cpu, machine, spread};
use folder::files;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use variorum::campaign::{Campaign, Delivery};
use variorum::display::{self, Drawings};
use variorum::export::{Frame, jpeg, png};
use variorum::guard;
use variorum::layout::{self, Cuts, Layout, PlacedContent, Shapes, Ways};
use variorum::raster::{Pictures, Pixmap};
use variorum::session::{Prepared, Session};
use variorum::text::{self, FitRequest, Shaped};
use variorum::units::Px;
use variorum::variant::{Content, Variant};

const SAMPLES: [&str; 3] = ["alba", "kiosk", "pulse"];
/// One of so many variants: no divisor of 131 formats nor of 27 languages, so that they do not fall in step.
const STEP: usize = 41;
/// Cheap stages are run over all variants until so much time has gone, ms.
const LEAST: f64 = 40.0;
/// Pages painted and written at full size have at most so many px, which is what screens show: 1080 x 1920 and below. Posters have up to 430 million.
const SCREEN: u64 = 1080 * 1920;
/// Quality of the JPEG files.
const QUALITY: u8 = 85;

/// A sample, and what every stage gives of its variants: the next one's input.
struct Sample {
    files: BTreeMap<String, Vec<u8>>,
    session: Session,
    drawings: Drawings,
    ids: Vec<String>,
    shapes: Vec<Vec<Option<Arc<Shaped>>>>,
    prepared: Vec<Prepared>,
    /// Those of `prepared` that are small enough to be painted at full size, and painted.
    screens: Vec<usize>,
    pages: Vec<Pixmap>,
}

impl Sample {
    fn open(root: &Path, name: &str) -> Self {
        let at = root.join("www/samples").join(name);
        let mut read = BTreeMap::new();
        files(&at, &at, &mut read);
        let mut session = Session::open(read.clone()).unwrap();
        for name in session.fonts_needed() {
            session.add_font(name, Arc::from(std::fs::read(root.join("fonts").join(name)).unwrap())).unwrap();
        }
        let mut drawings = Drawings::default();
        for asset in session.campaign().assets.values() {
            if let Some(packed) = asset.instead.as_deref() {
                drawings.add(asset.id.clone(), packed).ok();
            }
        }
        let option = session.campaign().options[0].id.clone();
        let ids: Vec<String> =
            session.matrix().cells.iter().filter(|c| *c.option == *option).step_by(STEP).map(|c| c.id.to_string()).collect();
        let prepared: Vec<Prepared> = ids.iter().map(|id| session.prepare_as(id, None).unwrap()).collect();
        let shapes = prepared.iter().map(|p| shaped(&session, &p.variant)).collect();
        let small = |p: &Prepared| u64::from(p.list.width) * u64::from(p.list.height) <= SCREEN;
        let screens: Vec<usize> = (0..prepared.len()).filter(|&n| small(&prepared[n])).collect();
        let pages = screens.iter().map(|&n| session.paint(&prepared[n], None, 1.0).unwrap()).collect();
        Self { files: read, session, drawings, ids, shapes, prepared, screens, pages }
    }
}

fn shaped(session: &Session, variant: &Variant) -> Vec<Option<Arc<Shaped>>> {
    let of = |layer: &variorum::variant::Layer| match &layer.content {
        Content::Text(slot) => Some(Arc::new(text::shape_spans(
            session.fonts(),
            &slot.text,
            &slot.style,
            &slot.spans,
            &slot.keep,
            &variant.locale,
            variant.direction,
        ))),
        _ => None,
    };
    variant.layers.iter().map(of).collect()
}

/// Each text once more into the box it was placed in, from its ceiling down.
fn fitted(variant: &Variant, shapes: &[Option<Arc<Shaped>>], layout: &Layout) -> usize {
    let mut lines = 0;
    for placed in &layout.placed {
        let (PlacedContent::Text(text), Some(at)) = (&placed.content, placed.layer) else { continue };
        let (Content::Text(slot), Some(Some(shaped))) = (&variant.layers[at].content, shapes.get(at)) else { continue };
        let (floor, ceiling) = (text.floor, Px((slot.ceiling.0 * layout.scale).max(text.floor.0)));
        let fitted = shaped.fit(&FitRequest {
            width: text.rect.w,
            height: text.rect.h,
            floor,
            ceiling,
            step: Px(((ceiling.0 - floor.0) / 24.0).max(0.25)),
            max_lines: slot.max_lines,
            balance: slot.balance,
            budget: slot.budget,
        });
        lines += fitted.lines.len();
    }
    lines
}

/// What is measured, in the order of the way through; each over all variants of a sample that it is asked for.
type Stage = (&'static str, Of, fn(&mut Sample) -> usize);

/// What a stage's time is divided by.
#[derive(Clone, Copy)]
enum Of {
    Campaign,
    Variants,
    Screens,
}

const STAGES: [Stage; 13] = [
    ("open (read, check, digest): the campaign", Of::Campaign, |s| {
        Campaign::open(s.files.clone()).unwrap().campaign.formats.len()
    }),
    ("decode: the campaign's pictures", Of::Campaign, |s| {
        let mut pictures = Pictures::new(256 << 20);
        let mut read = 0;
        for asset in s.session.campaign().assets.values() {
            pictures.add(asset.id.clone(), asset.instead.as_ref().unwrap_or(&asset.bytes).clone());
            read += usize::from(pictures.small(&asset.id, (64, 64)).is_ok());
        }
        read
    }),
    ("resolve, with its fingerprint", Of::Variants, |s| s.ids.iter().map(|id| s.session.variant(id).unwrap().layers.len()).sum()),
    ("shape", Of::Variants, |s| s.prepared.iter().map(|p| shaped(&s.session, &p.variant).len()).sum()),
    ("fit and break, once a text", Of::Variants, |s| {
        s.prepared.iter().zip(&s.shapes).map(|(p, shapes)| fitted(&p.variant, shapes, &p.layout)).sum()
    }),
    ("layout: all arrangements placed, with their fitting", Of::Variants, |s| {
        let one = |(p, shapes): (&Prepared, &Vec<Option<Arc<Shaped>>>)| {
            layout::layout(
                &p.variant,
                Shapes { shaped: shapes, cuts: &Cuts::default() },
                s.session.tones(),
                Ways::Taken,
                p.layout.usual.map(|way| layout::Usual { way, left: None }),
            )
            .placed
            .len()
        };
        s.prepared.iter().zip(&s.shapes).map(one).sum()
    }),
    ("build the list", Of::Variants, |s| {
        s.prepared.iter().map(|p| display::build(&p.variant, &p.layout, &s.drawings).items.len()).sum()
    }),
    ("guard", Of::Variants, |s| {
        let policy = &s.session.campaign().policy;
        s.prepared.iter().map(|p| guard::look(&p.variant, &p.layout, policy).len()).sum()
    }),
    ("raster at 320 px, by the cache of painted lists", Of::Variants, |s| {
        let (mut sum, small) = (0, |p: &Prepared| 320.0 / p.list.width.max(p.list.height) as f32);
        for p in &s.prepared {
            sum += s.session.picture(p, None, small(p)).unwrap().data.len();
        }
        sum
    }),
    ("raster at full size, nothing shared", Of::Screens, |s| {
        let mut sum = 0;
        for &n in &s.screens {
            sum += s.session.paint(&s.prepared[n], None, 1.0).unwrap().data.len();
        }
        sum
    }),
    ("PNG at full size", Of::Screens, |s| {
        s.pages.iter().map(|p| png::encode_pixmap(p, png::Options { opaque: true }).unwrap().len()).sum()
    }),
    ("JPEG at full size, quality 85", Of::Screens, |s| {
        s.pages.iter().map(|p| jpeg::encode_pixmap(p, &Frame::new(p.width, p.height), QUALITY).unwrap().len()).sum()
    }),
    ("PNG by bands, painted on the way", Of::Screens, |s| {
        let mut sum = 0;
        for &n in &s.screens {
            sum += s.session.encode(&s.prepared[n], Delivery::Png, 1.0, false).unwrap().bytes.len();
        }
        sum
    }),
];

fn main() {
    let rounds: usize = std::env::args().filter_map(|a| a.parse().ok()).next().unwrap_or(5);
    println!("{}", machine());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut samples: Vec<Sample> = SAMPLES.iter().map(|name| Sample::open(root, name)).collect();
    let mut times = vec![vec![Vec::with_capacity(rounds); SAMPLES.len()]; STAGES.len()];
    for _ in 0..rounds {
        for (n, sample) in samples.iter_mut().enumerate() {
            for (stage, (_, _, run)) in STAGES.iter().enumerate() {
                let (began, mut passes) = (cpu(), 0.0);
                loop {
                    black_box(run(sample));
                    passes += 1.0;
                    let spent = cpu() - began;
                    if spent >= LEAST {
                        times[stage][n].push(spent / passes);
                        break;
                    }
                }
            }
        }
    }
    let counted: Vec<String> =
        samples.iter().zip(SAMPLES).map(|(s, name)| format!("{name} {} ({})", s.ids.len(), s.screens.len())).collect();
    println!("variants, and those of at most {SCREEN} px, which are painted and written at full size: {}", counted.join(", "));
    println!("thread CPU, ms a variant, of opening and decoding ms in all; median [least..most] of {rounds} interleaved rounds");
    println!("{:<52}{:>26}{:>26}{:>26}", "stage", SAMPLES[0], SAMPLES[1], SAMPLES[2]);
    for (stage, (name, of, _)) in STAGES.iter().enumerate() {
        print!("{name:<52}");
        for (n, sample) in samples.iter().enumerate() {
            let by = match of {
                Of::Campaign => 1.0,
                Of::Variants => sample.ids.len() as f64,
                Of::Screens => sample.screens.len() as f64,
            };
            let all: Vec<f64> = times[stage][n].iter().map(|ms| ms / by).collect();
            print!("{:>26}", spread(&all, 3));
        }
        println!();
    }
    println!("a zip is written by the page: tests/bench/stages.mjs");
}
