/**
 * Fonts of this machine, where the browser lends them (Local Font Access). In: the campaign's files, a font that a person chose. Out: the same files with the font among
 * the brand's own. It stays in the tab like all the rest; whether its licence lets it be embedded is said by the engine.
 */

import type { CampaignFiles } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { reopened } from "./reopened.ts";
import { asFolder } from "./unpack.ts";
import { change } from "./written.ts";

/** A font as the browser names it; the dom library does not know it yet. */
export interface LocalFont {
  family: string;
  fullName: string;
  postscriptName: string;
  blob(): Promise<Blob>;
}

interface Lender {
  queryLocalFonts?: () => Promise<readonly LocalFont[]>;
}

/** Whether this browser lends fonts at all. */
export function lendsFonts(): boolean {
  return typeof (globalThis as Lender).queryLocalFonts === "function";
}

/** All fonts of this machine, by name; the browser asks the person first, so call it in the click itself. */
export async function localFonts(): Promise<readonly LocalFont[]> {
  const fonts = (await (globalThis as Lender).queryLocalFonts?.()) ?? [];
  return [...fonts].sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
}

/** The campaign with one more brand font. */
export function withFont(files: CampaignFiles, name: string, bytes: Uint8Array): CampaignFiles {
  const path = `assets/fonts/${name.replaceAll(/[^\w-]+/g, "-")}.${endingOf(bytes)}`;
  const out = new Map([...files, [path, bytes]]);
  change(out, "campaign.json", (campaign) => {
    const own: unknown[] = Array.isArray(campaign.fonts) ? campaign.fonts : [];
    return { ...campaign, fonts: [...new Set([...own, path])] };
  });
  return out;
}

/** By what the file begins with. */
function endingOf(bytes: Uint8Array): "otf" | "ttc" | "ttf" {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return magic === "OTTO" ? "otf" : magic === "ttcf" ? "ttc" : "ttf";
}

/** Opens the campaign with the font. */
export async function addFont(store: StudioStore, files: CampaignFiles, font: LocalFont): Promise<CampaignFiles> {
  const bytes = new Uint8Array(await (await font.blob()).arrayBuffer());
  const next = withFont(await asFolder(files), font.postscriptName || font.fullName, bytes);
  await reopened(store, next);
  return next;
}
