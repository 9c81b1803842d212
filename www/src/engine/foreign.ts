/**
 * Whether files ask for the importers' module: SVG, WOFF2 and WebP, known by their bytes as the engine knows them. In: a campaign's files.
 * Out: yes or no. A zip is not looked into: there the answer is yes, for hardly a campaign is without a logo.
 */
import type { CampaignFiles } from "./types.ts";

/** An SVG's first element begins within these bytes, or the engine does not take it for one. */
const HEAD = 4096;

export function asksForImporters(files: CampaignFiles): boolean {
  return [...files.values()].some(asks);
}

function asks(bytes: Uint8Array): boolean {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic === "wOF2" || magic === "PK\u0003\u0004") return true;
  if (magic === "RIFF") return String.fromCharCode(...bytes.subarray(8, 12)) === "WEBP";
  // Pictures, fonts and JSON are seen by their first letter; of the rest the head is read.
  const text = new TextDecoder().decode(bytes.subarray(0, HEAD)).trimStart();
  return text.startsWith("<") && text.includes("<svg");
}
