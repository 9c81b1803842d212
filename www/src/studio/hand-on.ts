/**
 * The open campaign handed on: to a file of a person, to a host, or to the engine again with something new in it. In: the store. Out: its files with all that was changed in the studio
 * written into them.
 */

import { makeZip } from "client-zip";
import { slug } from "../deliver/naming.ts";
import { download } from "../deliver/save.ts";
import type { CampaignFiles } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { asFolder } from "./unpack.ts";
import { written } from "./written.ts";

type Open = Pick<StudioStore, "files" | "state" | "ledger">;

/** Edits are in their files, the ledger beside them. */
export async function campaignFiles(store: Open): Promise<CampaignFiles> {
  const { files, state } = store;
  if (!files || !state.campaign) throw new Error("No campaign is open.");
  return written(await asFolder(files), { edits: state.edits, tokens: state.campaign.tokens, ledger: store.ledger() });
}

/** Puts one .variorum file of them into the downloads. */
export async function saveCampaign(store: Open): Promise<{ name: string; files: number; bytes: number }> {
  const files = await campaignFiles(store);
  const { name = "", version = "" } = store.state.campaign ?? {};
  const entries = [...files].map(([path, bytes]) => ({ name: path, input: bytes as Uint8Array<ArrayBuffer> }));
  const file = `${slug(version === "" ? name : `${name} v${version}`) || "campaign"}.variorum`;
  const zip = await new Response(makeZip(entries, { buffersAreUTF8: true })).blob();
  download(zip, file);
  return { name: file, files: entries.length, bytes: zip.size };
}
