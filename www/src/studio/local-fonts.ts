/**
 * Fonts of this machine, where the browser lends them (Local Font Access). In: the campaign's files, a font that a person chose. Out: the same files with the font among
 * the brand's own. It stays in the tab like all the rest; whether its licence lets it be embedded is said by the engine.
 */

import { failure } from "../engine/errors.ts";
import type { CampaignFiles, Edit } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";

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
  const manifest = files.get("campaign.json");
  if (!manifest) {
    throw failure({
      code: "unsupported",
      at: "campaign.json",
      message: "A font can be added to a campaign that was opened as a folder.",
      hint: "Unpack the .variorum file and open its folder.",
    });
  }
  const campaign = JSON.parse(new TextDecoder().decode(manifest)) as { fonts?: string[] };
  const path = `assets/fonts/${name.replaceAll(/[^\w-]+/g, "-")}.${endingOf(bytes)}`;
  const fonts = [...new Set([...(campaign.fonts ?? []), path])];
  const json = new TextEncoder().encode(`${JSON.stringify({ ...campaign, fonts }, null, 2)}\n`);
  return new Map([...files, ["campaign.json", json], [path, bytes]]);
}

/** By what the file begins with. */
function endingOf(bytes: Uint8Array): "otf" | "ttc" | "ttf" {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  return magic === "OTTO" ? "otf" : magic === "ttcf" ? "ttc" : "ttf";
}

/** Opens the campaign with the font; the edits made so far are made again: they belong to the files as they were. */
export async function addFont(store: StudioStore, files: CampaignFiles, font: LocalFont): Promise<CampaignFiles> {
  const { edits, origin } = store.state;
  const bytes = new Uint8Array(await (await font.blob()).arrayBuffer());
  const next = withFont(files, font.postscriptName || font.fullName, bytes);
  await store.open(next, origin);
  for (const edit of edits) await again(store, edit);
  return next;
}

function again(store: StudioStore, edit: Edit): Promise<void> {
  if (edit.kind === "copy") return store.setCopy(edit.locale, edit.key, edit.text);
  if (edit.kind === "token") return store.setToken(edit.path, edit.value);
  return store.setOverrides(edit.patches);
}
