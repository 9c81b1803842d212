/**
 * A format of the campaign's own, added while looking. In: what was typed, the campaign's files. Out: the same files with the format in campaign.json, opened with the edits made so far; its
 * first variant. What a format may be is the engine's to say.
 */

import type { CampaignFiles } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { reopened } from "./reopened.ts";
import { asFolder } from "./unpack.ts";
import { change } from "./written.ts";

export interface OwnFormat {
  name: string;
  medium: string;
  width: number;
  height: number;
  unit: "px" | "mm";
  /** Kept clear at each edge, in the unit. */
  safe: number;
  /** Beyond each edge, mm. */
  bleed: number;
}

/** Opens the campaign with one more format; the files, and the id of the format. */
export async function addFormat(store: StudioStore, files: CampaignFiles, format: OwnFormat): Promise<[CampaignFiles, string]> {
  const id = idOf(format, new Set(store.state.formats.keys()));
  const next = withFormat(await asFolder(files), id, format);
  await reopened(store, next);
  return [next, id];
}

export function withFormat(files: CampaignFiles, id: string, format: OwnFormat): CampaignFiles {
  const { name, medium, width, height, unit, safe, bleed } = format;
  const record = {
    ...{ id, name, medium, width, height, unit },
    ...(safe > 0 ? { safe_zone: { top: safe, right: safe, bottom: safe, left: safe } } : {}),
    ...(bleed > 0 ? { bleed_mm: bleed } : {}),
  };
  const out = new Map(files);
  change(out, "campaign.json", (campaign) => {
    const own: unknown[] = Array.isArray(campaign.custom_formats) ? campaign.custom_formats : [];
    const chosen: unknown[] = Array.isArray(campaign.formats) ? campaign.formats : ["all"];
    // Of "all" it is one already.
    const formats = chosen.includes("all") ? chosen : [...chosen, id];
    return { ...campaign, formats, custom_formats: [...own, record] };
  });
  return out;
}

/** By its name where that has letters an id may have; no other format's. */
export function idOf({ name, width, height }: OwnFormat, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
  const stem = plain === "" ? `own-${width}x${height}`.replaceAll(".", "_") : plain;
  let id = stem;
  for (let n = 2; taken.has(id); n += 1) id = `${stem}-${n}`;
  return id;
}
