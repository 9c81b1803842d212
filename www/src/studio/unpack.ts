/**
 * A campaign as a folder, whichever way it came. In: files by path, or one zip of them. Out: files by path, campaign.json among them. The engine unpacks for itself and is the judge of what a
 * campaign is: this is for what is changed in the page and opened, or handed on, again.
 */

import { failure } from "../engine/errors.ts";
import type { CampaignFiles } from "../engine/types.ts";

const MANIFEST = "campaign.json";
/** Of a zip: its end, a line of its list, the head of a file. */
const END = 0x06054b50;
const LINE = 0x02014b50;
const HEAD = 0x04034b50;
/** A zip's comment is at most this long, and its end stands before it. */
const COMMENT = 0xffff;

export async function asFolder(files: CampaignFiles): Promise<CampaignFiles> {
  if (files.has(MANIFEST)) return files;
  const [only] = files.values();
  if (files.size !== 1 || !only) throw unreadable("there is no campaign.json");
  const all = await unzip(only);
  const folders = [...all.keys()].filter((path) => path === MANIFEST || path.endsWith(`/${MANIFEST}`));
  const [shortest] = folders.sort((a, b) => a.length - b.length);
  if (shortest === undefined) throw unreadable("there is no campaign.json in it");
  const folder = shortest.slice(0, -MANIFEST.length);
  return new Map([...all].flatMap(([path, bytes]) => (path.startsWith(folder) ? [[path.slice(folder.length), bytes]] : [])));
}

async function unzip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const least = Math.max(0, end - COMMENT);
  while (end >= least && view.getUint32(end, true) !== END) end -= 1;
  if (end < least) throw unreadable("it is no zip");
  const names = new TextDecoder();
  const files = new Map<string, Uint8Array>();
  try {
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0 && view.getUint32(at, true) === LINE; left -= 1) {
      const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
      const [name, extra, comment] = [28, 30, 32].map((from) => view.getUint16(at + from, true));
      const path = names.decode(bytes.subarray(at + 46, at + 46 + (name ?? 0)));
      const head = view.getUint32(at + 42, true);
      if (view.getUint32(head, true) !== HEAD) throw unreadable(path);
      const from = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
      if (!path.endsWith("/")) files.set(path, await inflated(bytes.subarray(from, from + packed), method));
      at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
    }
  } catch (thrown) {
    throw thrown instanceof RangeError ? unreadable("it ends too early") : thrown;
  }
  return files;
}

async function inflated(packed: Uint8Array, method: number): Promise<Uint8Array> {
  if (method === 0) return packed.slice();
  if (method !== 8) throw unreadable(`packing ${method}`);
  const stream = new Blob([packed.slice()]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function unreadable(found: string): Error {
  return failure({
    code: "unsupported",
    at: MANIFEST,
    message: "The campaign's files could not be unpacked here.",
    found,
    hint: "Unpack the .variorum file and open its folder.",
  });
}
