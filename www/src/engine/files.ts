/**
 * Ways a campaign's bytes reach the page: files picked or dropped by a person, a zip or a sample fetched from this site.
 * In: what the browser gives. Out: CampaignFiles by campaign path. What they mean is left to the engine.
 */
import { abortReason, failure } from "./errors.ts";
import type { CampaignFiles } from "./types.ts";

/** More than this is refused before it is read; the engine has its own, finer limits. */
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_FILES = 10_000;

/** One sample of samples/index.json. */
export interface SampleInfo {
  id: string;
  /** The campaign's own name. */
  name: string;
  files: readonly { path: string; bytes: number }[];
  /** All files, one after the other, as one; beside the folder. */
  pack?: string;
}

/** Finder's and Explorer's leavings, version control: no part of a campaign. */
const NOT_CAMPAIGN = /(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/;

/** Reads files that a person picked (also `webkitdirectory`) or dropped, after `entriesOf`. A common first folder falls away. */
export async function readFiles(files: Iterable<File | { path: string; file: File }>): Promise<CampaignFiles> {
  const list: { path: string; file: File }[] = [];
  let bytes = 0;
  for (const item of files) {
    const one = item instanceof File ? { path: item.webkitRelativePath || item.name, file: item } : item;
    if (NOT_CAMPAIGN.test(one.path)) continue;
    bytes += one.file.size;
    list.push(one);
    if (list.length > MOST_FILES) throw tooMuch(`more than ${MOST_FILES} files`, `${MOST_FILES} files`);
    if (bytes > MOST_BYTES) throw tooMuch(`more than ${MOST_BYTES / 2 ** 20} MB`, `${MOST_BYTES / 2 ** 20} MB`);
  }
  if (list.length === 0) {
    throw failure({
      code: "missing",
      at: "",
      message: "No files came.",
      hint: "Drop the campaign's folder, or its .variorum file.",
    });
  }
  const cut = commonFolder(list.map(({ path }) => path));
  const read = await Promise.all(
    list.map(async ({ path, file }) => [path.slice(cut), new Uint8Array(await file.arrayBuffer())] as const),
  );
  if (!read.some(([path, file]) => path === "campaign.json" || isZip(file))) {
    const name = list[0]?.path ?? "";
    const message =
      list.length === 1
        ? `"${name}" is no campaign.`
        : `These ${list.length} files ("${name}" and others) are no campaign: none is campaign.json.`;
    throw failure({
      code: "missing",
      at: "",
      message,
      hint: "Drop the campaign's folder, or its .variorum file.",
    });
  }
  return new Map(read);
}

/** Begins as zips do. */
function isZip(file: Uint8Array): boolean {
  return file[0] === 0x50 && file[1] === 0x4b;
}

/** Files and folders of a drop. Call it in the event itself: the browser empties the transfer afterwards. */
export function entriesOf(transfer: DataTransfer): Promise<{ path: string; file: File }[]> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === "file" ? [item.webkitGetAsEntry()] : []));
  const plain = [...transfer.files];
  if (entries.length === 0 || entries.includes(null)) return Promise.resolve(plain.map((file) => ({ path: file.name, file })));
  return walk(entries.filter((entry) => entry !== null));
}

/** Samples of a folder, from its index.json. */
export async function listSamples(base: string | URL): Promise<readonly SampleInfo[]> {
  const bytes = await get(new URL("index.json", absolute(base)));
  return JSON.parse(new TextDecoder().decode(bytes)) as SampleInfo[];
}

/** All files of one sample, by one GET or by one for each; `samples` is their list, where the caller has it. */
export async function fetchSample(
  base: string | URL,
  id: string,
  signal?: AbortSignal,
  samples?: readonly SampleInfo[],
): Promise<CampaignFiles> {
  samples ??= await listSamples(base);
  const sample = samples.find((one) => one.id === id);
  if (!sample) {
    const allowed = samples.map((one) => one.id).join(", ");
    throw failure({ code: "unknown", at: "sample", message: `There is no sample "${id}".`, found: id, allowed });
  }
  const packed = sample.pack ? await get(new URL(sample.pack, absolute(base)), signal).catch(() => undefined) : undefined;
  if (signal?.aborted) throw abortReason(signal);
  const unpacked = packed && cut(packed, sample.files);
  if (unpacked) return unpacked;
  const folder = new URL(`${encodeURIComponent(id)}/`, absolute(base));
  const read = await Promise.all(
    sample.files.map(async ({ path }) => {
      const url = new URL(path.split("/").map(encodeURIComponent).join("/"), folder);
      return [path, await get(url, signal)] as const;
    }),
  );
  return new Map(read);
}

/** Files of a pack; nothing where it is not as long as they are. */
function cut(pack: Uint8Array, files: SampleInfo["files"]): CampaignFiles | undefined {
  let at = 0;
  const found = new Map<string, Uint8Array>();
  for (const { path, bytes } of files) {
    found.set(path, pack.slice(at, at + bytes));
    at += bytes;
  }
  return at === pack.length ? found : undefined;
}

/** A campaign's zip from a URL. */
export async function fetchCampaign(url: string | URL, signal?: AbortSignal): Promise<CampaignFiles> {
  const from = absolute(url);
  const name = decodeURIComponent(from.pathname.split("/").pop() || "campaign.zip");
  return new Map([[name, await get(from, signal)]]);
}

async function get(url: URL, signal?: AbortSignal): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw failure({ code: "missing", at: url.href, message: "The file could not be fetched.", hint: "Is the site still there?" });
  }
  if (!response.ok) {
    throw failure({
      code: "missing",
      at: url.href,
      message: `The site answered ${response.status}.`,
      found: String(response.status),
      allowed: "200",
    });
  }
  return new Uint8Array(await response.arrayBuffer());
}

function absolute(url: string | URL): URL {
  return new URL(url, document.baseURI);
}

function tooMuch(found: string, allowed: string): Error {
  return failure({ code: "limit", at: "", message: "That is too much for a campaign.", found, allowed });
}

/** Length of the folder that all paths share, where campaign.json lies just below it. */
function commonFolder(paths: readonly string[]): number {
  const depth = (path: string) => path.split("/").length;
  const campaigns = paths.filter((path) => /(^|\/)campaign\.json$/.test(path)).sort((a, b) => depth(a) - depth(b));
  const folder = campaigns[0]?.slice(0, -"campaign.json".length) ?? "";
  return paths.every((path) => path.startsWith(folder)) ? folder.length : 0;
}

async function walk(entries: readonly FileSystemEntry[]): Promise<{ path: string; file: File }[]> {
  const found: { path: string; file: File }[] = [];
  for (const entry of entries) {
    if (entry.isFile) {
      const file = await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed));
      found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    } else if (entry.isDirectory) {
      const reader = (entry as FileSystemDirectoryEntry).createReader();
      for (;;) {
        // A reader gives its folder in portions, the last one empty.
        const portion = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed));
        if (portion.length === 0) break;
        found.push(...(await walk(portion)));
        if (found.length > MOST_FILES) throw tooMuch(`more than ${MOST_FILES} files`, `${MOST_FILES} files`);
      }
    }
  }
  return found;
}
