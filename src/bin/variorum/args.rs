//! The arguments and their help. In: what the shell hands over. Out: one typed command.

use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  variorum formats                                    all formats, by medium
  variorum check www/samples/alba                     every finding of every variant, no pixels
  variorum render www/samples/alba --formats ig-story,iab --locales en,ar --out out
  variorum render alba.variorum --scale 0.1 --out thumbs --json > thumbs.jsonl
  variorum sheet www/samples/kiosk --formats social --locales de --out sheet.png
  variorum fingerprint www/samples/pulse > before.txt

CAMPAIGN is a folder with campaign.json, or the same packed as .variorum or .zip.
A variant is named {format}.{locale}.{option}: ig-story.de.main

Exit codes:
  0  done; for check: no finding of severity 'must'
  1  check: a 'must' finding; render, sheet: a variant failed (the others are written)
  2  bad input: wrong arguments, or a campaign or font that cannot be used; the reason
     is on standard error, with --json also on standard output as {\"error\":{...}}

Default fonts are read from --fonts-dir, else $VARIORUM_FONTS, else ./fonts, else the
fonts/ of the source tree the command was built from. A campaign's own fonts come first.
Nothing is sent or fetched: the command reads files, writes files, and needs no network.";

/// One master campaign design, laid out and rasterised into every format and language.
///
/// The same core runs in the browser tab: same input, same bytes.
#[derive(Parser)]
#[command(name = "variorum", version, after_help = EXAMPLES, max_term_width = 110)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// List the formats that are built in: sizes, safe zones, bleed, sets
    Formats(FormatsArgs),
    /// Write variants as PNG or JPEG
    Render(RenderArgs),
    /// Look at variants without painting them: overflow, dropped layers, missing glyphs ...
    Check(CheckArgs),
    /// Tell why each variant is laid out as it is: gates, terms, energy, alternatives
    Score(ScoreArgs),
    /// Refit the weights of layout from picks between alternatives; prints a table that a policy takes
    FitWeights(FitArgs),
    /// Print the fingerprint of each variant: it changes when anything changes that can decide what is shown
    Fingerprint(FingerprintArgs),
    /// Paint many variants small onto one PNG, to look at
    Sheet(SheetArgs),
    /// Count how many characters still fit, for each message and locale, in the tightest format that shows it
    Budget(BudgetArgs),
    /// Break and shape texts: JSON Lines in, JSON Lines out; for tests against other engines
    Text(TextArgs),
}

impl Command {
    /// Whether a program reads the answer.
    pub fn json(&self) -> bool {
        match self {
            Self::Formats(args) => args.json,
            Self::Render(args) => args.json,
            Self::Check(args) => args.json,
            Self::Score(args) => args.json,
            Self::FitWeights(_) => true,
            Self::Fingerprint(args) => args.json,
            Self::Budget(args) => args.json,
            Self::Sheet(_) | Self::Text(_) => false,
        }
    }
}

/// Which campaign, and its fonts.
#[derive(Group)]
pub struct Brought {
    /// A folder with campaign.json, or a .variorum or .zip file
    pub campaign: PathBuf,
    /// Where the default fonts are [default: $VARIORUM_FONTS, ./fonts, the source tree's]
    #[arg(long, value_name = "DIR")]
    pub fonts_dir: Option<PathBuf>,
    /// Weights of layout's terms: what fit-weights wrote, or {version, terms}; in place of the policy's
    #[arg(long, value_name = "FILE.json")]
    pub weights: Option<PathBuf>,
}

/// Which part of the matrix; all where nothing is named.
#[derive(Group)]
pub struct Chosen {
    /// Format ids or sets, by commas or repeated: social,-tiktok takes away; write --formats=-print to begin so
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub formats: Vec<String>,
    /// Locales, by commas or repeated
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub locales: Vec<String>,
    /// Option rows, by commas or repeated
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub options: Vec<String>,
}

/// `formats`.
#[derive(Group)]
pub struct FormatsArgs {
    /// Only these formats or sets, by commas or spaces: social,iab
    #[arg(value_delimiter = ',')]
    pub names: Vec<String>,
    /// One JSON array, sizes in px of the raster
    #[arg(long)]
    pub json: bool,
}

/// A file type.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileType {
    /// Lossless
    Png,
    /// Lossy, within the format's byte cap where it has one
    #[value(alias = "jpg")]
    Jpeg,
}

/// `render`.
#[derive(Group)]
#[command(after_help = "\
With --json each variant is one object on a line of standard output, in the order of the matrix:
  {id, format, locale, option, width, height, fingerprint, sha256, file, findings}
width and height are those of the file, sha256 is that of its bytes, file its path (DIR included).
A variant that fails is {id, format, locale, option, error} instead; the rest goes on, and the
exit code is 1. Findings do not change the exit code: see `variorum check`.

Files are named by the campaign's template, each once. Each is written under another name first, so
none is ever half there.")]
pub struct RenderArgs {
    /// The campaign.
    #[command(flatten)]
    pub brought: Brought,
    /// The variants.
    #[command(flatten)]
    pub chosen: Chosen,
    /// The folder to write to; made where it is not there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Size of the files: 1 is the format's own, 0.1 a thumbnail
    #[arg(long, default_value = "1", value_parser = scale)]
    pub scale: f32,
    /// With the bleed around the trim, where a format has one
    #[arg(long)]
    pub bleed: bool,
    /// The file type, whatever the campaign delivers as
    #[arg(long = "type", value_enum, default_value = "png")]
    pub file_type: FileType,
    /// JPEG quality, 1 to 100 [default: the campaign's, or 88]
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub quality: Option<u8>,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `check`.
#[derive(Group)]
#[command(after_help = "\
With --json each variant is one object on a line of standard output, in the order of the matrix:
  {id, format, locale, option, fingerprint, findings}
and the count goes to standard error, as do warnings about the campaign's files.")]
pub struct CheckArgs {
    /// The campaign.
    #[command(flatten)]
    pub brought: Brought,
    /// The variants.
    #[command(flatten)]
    pub chosen: Chosen,
    /// List every variant of every rule, not just the first of each
    #[arg(long)]
    pub all: bool,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `fit-weights`.
#[derive(Group)]
#[command(after_help = "\
A pick is one object on a line: {chosen, over, weights, id}: the terms of the way taken and of one passed over, as
`variorum score --json` tells them, and the version of the weights then. The answer is one object, {version, terms}: --weights takes it, and so does \"weights\" of policy.json.
How many picks there were, and how many are ranked as picked before and after, is said on standard error. Picks under another version of the
weights are not comparable, and left out.
Same picks, same weights. Weights in force are named by version in every report, so older choices stay comparable.")]
pub struct FitArgs {
    /// Picks, JSON Lines
    pub picks: PathBuf,
}

/// `score`.
#[derive(Group)]
#[command(after_help = "\
With --json each variant is one object on a line of standard output, in the order of the matrix:
  {id, format, locale, option, fingerprint, arrangement, name, energy, failed, terms, costs, gates, weights, alternatives, ways, fell, enters}
and kept where another way costs less, leftOut where the master hides layers there, chosen where a person chose the way.
A gate is never traded: {gate, layer, measured, limit, unit, passes}. A term is 0 at best; costs says what each adds to the energy.
An alternative is {arrangement, name, energy, failed, terms, costs}; its arrangement is what an override of the master names. With rough: true its figures are before the
search for a better place near it, which is made around the way taken: taken, it may cost less. kept.rough says the same of what kept tells.
enters names, for each layer, the side it would come in from if the page moved: left, right, top, bottom, none.")]
pub struct ScoreArgs {
    /// The campaign.
    #[command(flatten)]
    pub brought: Brought,
    /// The variants.
    #[command(flatten)]
    pub chosen: Chosen,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `fingerprint`.
#[derive(Group)]
pub struct FingerprintArgs {
    /// The campaign.
    #[command(flatten)]
    pub brought: Brought,
    /// The variants.
    #[command(flatten)]
    pub chosen: Chosen,
    /// One JSON object a line: {id, fingerprint}
    #[arg(long)]
    pub json: bool,
}

/// `budget`.
#[derive(Group)]
#[command(after_help = "\
With --json each message of each locale is one object on a line of standard output:
  {key, locale, used, fits, open, format, formats, left, text, source, origin, note}
Characters are counted as a reader counts them. 'fits' is what the tightest of the formats that show the message holds at
its floor size, in the lines allowed, found by laying it out with more and less of the message's own words; 'open' says
that more would fit than was tried. Messages without translation count as the source text. --options has no effect: the
option row with the longest words is taken. Exit code 1 where a message is longer than fits.")]
pub struct BudgetArgs {
    /// The campaign.
    #[command(flatten)]
    pub brought: Brought,
    /// The variants.
    #[command(flatten)]
    pub chosen: Chosen,
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
}

/// `sheet`.
#[derive(Group)]
pub struct SheetArgs {
    /// The campaign.
    #[command(flatten)]
    pub brought: Brought,
    /// The variants.
    #[command(flatten)]
    pub chosen: Chosen,
    /// The PNG to write
    #[arg(long, value_name = "FILE.png")]
    pub out: PathBuf,
    /// Longest side of a thumbnail, px
    #[arg(long, value_name = "PX", default_value = "240", value_parser = clap::value_parser!(u32).range(16..=2000))]
    pub side: u32,
    /// Thumbnails in a row [default: what makes the sheet a little wider than high]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=500))]
    pub columns: Option<u32>,
    /// Leave the names out
    #[arg(long)]
    pub bare: bool,
}

/// `text`.
#[derive(Group)]
#[command(after_help = "\
Each line of standard input is an object:
  {id, text, lang, dir: \"ltr\" | \"rtl\" | \"auto\", font: [file names below DIR], size, width}
with, where wanted (meaning and defaults of CSS):
  wordBreak: normal | keep-all | break-all      lineBreak: auto | strict | normal | loose | anywhere
  overflowWrap: normal | anywhere | break-word  textWrap: wrap | balance
  whiteSpace: pre-line | pre-wrap               hyphens: manual | none | auto
  letterSpacing: px                             weight: 1 to 1000
  features, variations: as CSS writes them, or an object by tag
and gives one of standard output, at once:
  {id, breaksCp, lineWidths, lines: [{start, end, glyphs: [{font, id, cluster, x, y, advance}]}]}
size, width and positions are px; breaksCp is the first code point of each line after the first;
start, end and cluster are bytes; glyphs are in visual order. A line that cannot be answered
gives {id, error} and the next is read.")]
pub struct TextArgs {
    /// The folder the fonts are in
    #[arg(long, value_name = "DIR")]
    pub fonts: PathBuf,
}

fn scale(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.001..=8.0).contains(&scale) => Ok(scale),
        _ => Err("a number from 0.001 to 8 is wanted".to_owned()),
    }
}
