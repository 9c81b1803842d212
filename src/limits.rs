//! Every bound that hostile or mistaken input meets, in one place. Exceeding one is an error of kind `limit` that names it.

/// Bytes of one campaign, unpacked.
pub const CAMPAIGN_BYTES: usize = 512 << 20;
/// Bytes of one file in a campaign.
pub const FILE_BYTES: usize = 128 << 20;
/// Files in a campaign.
pub const FILES: usize = 4_000;
/// Bytes of one JSON file.
pub const JSON_BYTES: usize = 12 << 20;
/// Nesting of JSON.
pub const JSON_DEPTH: usize = 64;
/// Layers in a master.
pub const LAYERS: usize = 200;
/// Aliases followed for one token.
pub const ALIAS_DEPTH: usize = 32;
/// Design tokens in a campaign.
pub const TOKENS: usize = 10_000;
/// Gradient stops.
pub const STOPS: usize = 32;
/// Characters of one message.
pub const MESSAGE_CHARS: usize = 2_000;
/// Choices and tags within each other in one message.
pub const MESSAGE_DEPTH: usize = 8;
/// Characters of one message with its values filled in.
pub const FORMATTED_CHARS: usize = 4_000;
/// Messages of one locale.
pub const MESSAGES: usize = 2_000;
/// Locales of a campaign.
pub const LOCALES: usize = 200;
/// The catalogue's text as it is unpacked, bytes.
pub const CATALOGUE_BYTES: usize = 1_000_000;
/// Formats of a campaign.
pub const FORMATS: usize = 1_000;
/// Option rows.
pub const OPTIONS: usize = 5_000;
/// Cells of the matrix.
pub const VARIANTS: usize = 500_000;
/// Pixels of a picture that is decoded.
pub const PICTURE_PIXELS: u64 = 120_000_000;
/// Bytes of a colour profile, unpacked; one of more is passed over.
pub const PROFILE_BYTES: usize = 8 << 20;
/// Entries of a colour profile's table of tags that are looked through.
pub const PROFILE_TAGS: u32 = 256;
/// Knots of a colour profile's grid.
pub const PROFILE_KNOTS: usize = 1 << 22;
/// Bytes held of a PNG besides its pixels: a row, a profile, a block of EXIF.
pub const PNG_CHUNK_BYTES: usize = 64 << 20;
/// One side of a picture that is decoded, px.
pub const PICTURE_SIDE: u32 = 32_000;
/// One side of a format, px.
pub const FORMAT_SIDE: u32 = 200_000;
/// Pixels of a format: what a PNG of it can be written in minutes, not hours.
pub const FORMAT_PIXELS: u64 = 4_000_000_000;
/// Pixels held at once while a large format is rastered (one band).
pub const BAND_PIXELS: u64 = 16_000_000;
/// Pixels of a format rastered in one piece for the page.
pub const PIXMAP_PIXELS: u64 = 64_000_000;
/// Bytes of one font file.
pub const FONT_BYTES: usize = 64 << 20;
/// Subtables of a font's lookups that are looked through.
pub const FONT_SUBTABLES: usize = 65_536;
/// Faces held at once.
pub const FONTS: usize = 512;
/// Places on the axes of variable faces held at once.
pub const FONT_INSTANCES: usize = 4_096;
/// Texts of which it is kept what stands on one line in them.
pub const TEXTS_KEPT: usize = 20_000;
/// Nodes of an SVG.
pub const SVG_NODES: usize = 20_000;
/// Items of a display list.
pub const DISPLAY_ITEMS: usize = 200_000;
/// Ratio of unpacked to packed bytes above which a zip is refused as a bomb (with the floor below).
pub const ZIP_RATIO: usize = 200;
/// Unpacked bytes below which the ratio is not looked at.
pub const ZIP_RATIO_FLOOR: usize = 8 << 20;
/// Largest type size, px.
pub const TYPE_SIZE: f32 = 20_000.0;
