/**
 * File names inside a delivery. In: the campaign's template, a variant, its format. Out: a path that is safe on every file system and
 * unique within the delivery. The same template gives the same names in the engine's command.
 */
import { failure } from "../engine/errors.ts";
import type { CampaignInfo, DeliveryOptions, FormatInfo, VariantInfo } from "../engine/types.ts";

/** What a template may name, in braces. */
export const NAMING_FIELDS = [
  "campaign",
  "version",
  "format",
  "medium",
  "channel",
  "locale",
  "option",
  "width",
  "height",
  "ext",
] as const;
type NamingField = (typeof NAMING_FIELDS)[number];

/** Longest name of one file or folder, UTF-8 bytes: most file systems take 255, some archivers less. */
const LONGEST = 200;

/** Name of one variant's file, not yet unique. Throws EngineFailure where the template is wrong. */
export function fileName(
  template: string,
  campaign: Pick<CampaignInfo, "name" | "version">,
  variant: VariantInfo,
  format: FormatInfo,
  delivery: DeliveryOptions,
): string {
  const values: Record<NamingField, string> = {
    campaign: campaign.name,
    version: campaign.version,
    format: format.id,
    medium: format.medium,
    channel: format.channel,
    locale: variant.locale,
    option: variant.option,
    width: String(format.width),
    height: String(format.height),
    ext: delivery.type === "jpeg" ? "jpg" : "png",
  };
  const filled = template.replace(/\{([^{}]*)\}/g, (_, field: string) => {
    if (isField(field)) return safePart(values[field]);
    throw failure({
      code: "unknown",
      at: "naming",
      message: `The file name asks for {${field}}.`,
      found: field,
      allowed: NAMING_FIELDS.join(", "),
    });
  });
  const parts = filled.split("/").map(safePart).filter(Boolean);
  const last = parts.pop();
  if (!last)
    throw failure({
      code: "value",
      at: "naming",
      message: "The file name is empty.",
      found: template,
      hint: "Try {format}_{locale}.{ext}",
    });
  const ext = `.${values.ext}`;
  return [...parts, last.toLowerCase().endsWith(ext) ? last : last + ext].map(shorten).join("/");
}

function isField(name: string): name is NamingField {
  return (NAMING_FIELDS as readonly string[]).includes(name);
}

/** Names that mean a device on Windows, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** One file or folder name: no separator, no control or reserved character, no blank, no dot at either end. */
export function safePart(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, " ")
    .replace(/[\s·•]+/gu, "-")
    .replace(/-{2,}/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .replace(DEVICE, "$1_");
}

/** Cuts the stem, not the extension, at a whole character. */
function shorten(name: string): string {
  const encoder = new TextEncoder();
  if (encoder.encode(name).length <= LONGEST) return name;
  const dot = name.lastIndexOf(".");
  const ext = dot > 0 ? name.slice(dot) : "";
  const stem = [...name.slice(0, name.length - ext.length)];
  while (encoder.encode(stem.join("") + ext).length > LONGEST) stem.pop();
  return stem.join("") + ext;
}

/** Makes names unique as a file system that ignores case sees them: the second gets "-2". */
export class UniqueNames {
  readonly #taken = new Set<string>();

  /** `reserved` are names that the delivery itself uses. */
  constructor(reserved: Iterable<string> = []) {
    for (const name of reserved) this.#taken.add(name.toLowerCase());
  }

  take(name: string): string {
    const dot = name.lastIndexOf(".");
    const [stem, ext] = dot > name.lastIndexOf("/") ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
    let unique = name;
    for (let n = 2; this.#taken.has(unique.toLowerCase()); n += 1) unique = `${stem}-${n}${ext}`;
    this.#taken.add(unique.toLowerCase());
    return unique;
  }
}
