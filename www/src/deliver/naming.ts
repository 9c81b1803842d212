/**
 * File names inside a delivery. In: the campaign's template, a variant, its format. Out: a path that is safe on every file system and
 * unique within the delivery. The same template gives the same names in the engine's command.
 */
import { failure } from "../engine/errors.ts";
import type { CampaignInfo, DeliveryOptions, EngineError, FormatInfo, VariantInfo } from "../engine/types.ts";

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

/** What no file system takes in a name, or one of them reads as something else. */
const UNSAFE = /[\p{Cc}\\:*?"<>|]/u;

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
  check(template);
  const filled = template.replace(/\{(\w+)\}/g, (_, field: NamingField) => slug(values[field]));
  const parts = filled.split("/").map((part) => part.replace(/[. ]+$/, "").replace(DEVICE, "$1_"));
  const last = parts.pop() ?? "";
  if (parts.includes("") || last === "" || last === values.ext) throw wrong("value", "The file name is empty.", template);
  const ext = `.${values.ext}`;
  return [...parts, last.toLowerCase().endsWith(ext) ? last : last + ext].map(shorten).join("/");
}

function check(template: string): void {
  for (const [, field = ""] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (!(NAMING_FIELDS as readonly string[]).includes(field)) {
      throw wrong("unknown", `The file name asks for {${field}}.`, field, NAMING_FIELDS.map((name) => `{${name}}`).join(" "));
    }
  }
  if (/[{}]/.test(template.replace(/\{[^{}]*\}/g, ""))) throw wrong("syntax", "A brace without its partner.", template);
  if (template.trim() === "") throw wrong("value", "The file name is empty.", template);
  if (UNSAFE.test(template) || template.split("/").some((part) => ["", ".", ".."].includes(part.trim()))) {
    throw wrong("unsafe", "That is not a safe file name.", template, 'a relative path without .. and without \\ : * ? " < > |');
  }
}

function wrong(code: EngineError["code"], message: string, found: string, allowed?: string): Error {
  return failure({
    code,
    at: "naming",
    message,
    found,
    ...(allowed ? { allowed } : {}),
    hint: "Try {format}_{locale}_{option}.{ext}",
  });
}

/** Names that mean a device on Windows, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Letters and digits of any script, `_` and `.` stay; everything else becomes one hyphen. The engine's rule, to the letter. */
export function slug(text: string): string {
  let out = "";
  for (const c of [...text].slice(0, 120)) {
    if (/[\p{Alphabetic}\p{N}_.]/u.test(c)) out += c;
    else if (out !== "" && !out.endsWith("-")) out += "-";
  }
  return out.replace(/^[-.]+|[-.]+$/g, "");
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
