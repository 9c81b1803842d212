/**
 * Formats of the campaign's own, added, changed and taken out while looking. In: what was typed, the campaign's files. Out: the same files with the format in campaign.json, or without
 * it, opened with the edits made so far. What a format may be is the engine's to say.
 */

import type { CampaignFiles, OverridePatch } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { reopened } from "./reopened.ts";
import { asFolder } from "./unpack.ts";
import { change, jsonOf, listOf, MANIFEST, masterOf, objectOf } from "./written.ts";

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

/** Opens the campaign with a format of its own made another; its id stays, and what was said of it. */
export async function changeFormat(
  store: StudioStore,
  files: CampaignFiles,
  id: string,
  format: OwnFormat,
): Promise<CampaignFiles> {
  const next = withFormat(await asFolder(files), id, format);
  await reopened(store, next);
  return next;
}

/** Opens the campaign without a format of its own; corrections that hold for others too stay there. */
export async function dropFormat(store: StudioStore, files: CampaignFiles, id: string): Promise<CampaignFiles> {
  const next = withoutFormat(await asFolder(files), id);
  await reopened(store, next, (patches) => withoutId(patches, id) as OverridePatch[]);
  return next;
}

/** The campaign's own formats as they were typed, by id. */
export async function ownFormats(files: CampaignFiles): Promise<ReadonlyMap<string, OwnFormat>> {
  const own = listOf(jsonOf(await asFolder(files), MANIFEST).custom_formats).map((one) => objectOf(one));
  return new Map(own.map((one) => [String(one.id), typed(one)]));
}

function typed({ name, medium, width, height, unit, safe_zone, bleed_mm }: Record<string, unknown>): OwnFormat {
  const { top, right, bottom, left } = objectOf(safe_zone);
  return {
    name: String(name ?? ""),
    medium: String(medium ?? "custom"),
    width: Number(width),
    height: Number(height),
    unit: unit === "mm" ? "mm" : "px",
    safe: Math.max(...[top, right, bottom, left].map((one) => Number(one ?? 0))),
    bleed: Number(bleed_mm ?? 0),
  };
}

export function withoutFormat(files: CampaignFiles, id: string): CampaignFiles {
  const out = new Map(files);
  change(out, MANIFEST, (campaign) => ({
    ...campaign,
    formats: listOf(campaign.formats).filter((one) => one !== id),
    custom_formats: listOf(campaign.custom_formats).filter((one) => objectOf(one).id !== id),
  }));
  const master = masterOf(out);
  const overrides = out.has(master) ? listOf(jsonOf(out, master).overrides) : [];
  const kept = withoutId(overrides, id);
  if (kept.length < overrides.length || kept.some((one, n) => one !== overrides[n]))
    change(out, master, (json) => ({ ...json, overrides: kept }));
  return out;
}

/** Overrides that name a format, without it; those for it alone go. */
function withoutId(overrides: readonly unknown[], id: string): unknown[] {
  return overrides.flatMap((one) => {
    const names = objectOf(one).formats;
    if (!Array.isArray(names) || !names.includes(id)) return [one];
    const formats = names.filter((name) => name !== id);
    return formats.length === 0 ? [] : [{ ...objectOf(one), formats }];
  });
}

export function withFormat(files: CampaignFiles, id: string, format: OwnFormat): CampaignFiles {
  const { name, medium, width, height, unit, safe, bleed } = format;
  const record = {
    ...{ id, name, medium, width, height, unit },
    ...(safe > 0 ? { safe_zone: { top: safe, right: safe, bottom: safe, left: safe } } : {}),
    ...(bleed > 0 ? { bleed_mm: bleed } : {}),
  };
  const out = new Map(files);
  change(out, MANIFEST, (campaign) => {
    const own = listOf(campaign.custom_formats);
    const chosen: unknown[] = Array.isArray(campaign.formats) ? campaign.formats : ["all"];
    const stands = own.findIndex((one) => objectOf(one).id === id);
    if (stands >= 0) return { ...campaign, custom_formats: own.with(stands, changed(objectOf(own[stands]), record)) };
    // Of "all" it is one already.
    const formats = chosen.includes("all") ? chosen : [...chosen, id];
    return { ...campaign, formats, custom_formats: [...own, record] };
  });
  return out;
}

/** What the form does not ask for stays; edges kept clear that differ stay where the largest is as it was. */
function changed(before: Record<string, unknown>, record: Record<string, unknown>): Record<string, unknown> {
  const { safe_zone, bleed_mm, ...rest } = before;
  const isSafe = typed(before).safe === typed(record).safe && before.unit === record.unit;
  return { ...rest, ...record, ...(isSafe && safe_zone !== undefined ? { safe_zone } : {}) };
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
