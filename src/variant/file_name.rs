//! In: a [`Variant`] and the size it is delivered at. Out: the name of its file, by the campaign's template.

use super::Variant;
use crate::campaign::Campaign;

/// The file name of a variant delivered at a size, px; `ext` such as `png` or `jpg`.
#[must_use]
pub fn file_name(campaign: &Campaign, variant: &Variant, size: (u32, u32), ext: &str) -> String {
    campaign.naming.fill(|place| match place {
        "campaign" => campaign.name.clone(),
        "version" => campaign.version.clone(),
        "format" => variant.format.id.clone(),
        "medium" => variant.format.medium.clone(),
        "channel" => variant.format.channel.clone(),
        "locale" => variant.locale.clone(),
        "option" => variant.option.clone(),
        "width" => size.0.to_string(),
        "height" => size.1.to_string(),
        _ => ext.to_owned(),
    })
}
