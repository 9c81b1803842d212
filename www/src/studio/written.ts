/**
 * What was changed in the studio, written into the campaign's own files, so that somebody else goes on with it and a repository can hold it. In: the files as they were opened, the edits, the
 * types of the tokens, the ledger. Out: files by path that open as what is seen now. Every file that nothing was changed in is the same bytes.
 */

import { failure } from "../engine/errors.ts";
import type { CampaignFiles, Edit, TokenInfo } from "../engine/types.ts";
import { patchKey } from "./corrections.ts";

type Json = Record<string, unknown>;

export interface Changes {
  edits: readonly Edit[];
  tokens: readonly TokenInfo[];
  /** JSON Lines, or "". */
  ledger: string;
}

const LEDGER = "ledger.jsonl";
export const MANIFEST = "campaign.json";

export function written(files: CampaignFiles, { edits, tokens, ledger }: Changes): CampaignFiles {
  const out = new Map(files);
  const manifest = jsonOf(files, MANIFEST);
  for (const edit of edits) {
    if (edit.kind === "copy") change(out, `copy/${edit.locale}.json`, (copy) => withMessage(copy, edit.key, edit.text));
    else if (edit.kind === "token") {
      const type = tokens.find(({ path }) => path === edit.path)?.type ?? "";
      change(out, fileOf(manifest.brand, "brand.tokens.json"), (brand) => withToken(brand, edit.path, type, edit.value));
    }
  }
  const patches = edits.flatMap((edit) => (edit.kind === "overrides" ? edit.patches : []));
  const master = fileOf(manifest.master, "master.json");
  if (patches.length > 0 || (files.has(master) && byHand(jsonOf(files, master)).length > 0)) {
    const marked = patches.map((patch) => ({ ...patch, by_hand: true }));
    if (patchKey(byHand(jsonOf(files, master))) !== patchKey(marked))
      change(out, master, (json) => ({ ...json, overrides: [...ownOverrides(json), ...marked] }));
  }
  if (ledger !== "") out.set(LEDGER, new TextEncoder().encode(ledger));
  return out;
}

/** One JSON file of a campaign with something changed in it; two spaces, a line's end at its end. */
export function change(files: Map<string, Uint8Array>, path: string, act: (json: Json) => Json): void {
  files.set(path, new TextEncoder().encode(`${JSON.stringify(act(jsonOf(files, path)), null, 2)}\n`));
}

function withMessage(copy: Json, key: string, text: string): Json {
  const messages = objectOf(copy.messages);
  return { ...copy, messages: { ...messages, [key]: { ...objectOf(messages[key]), text, origin: "human" } } };
}

/** Corrections come after the file's own overrides, for later ones win; marked, so that where the file is opened they are corrections still. */
function byHand(master: Json): unknown[] {
  const all = listOf(master.overrides);
  return all.slice(all.findLastIndex((one) => objectOf(one).by_hand !== true) + 1);
}

/** Those that the file says by itself. */
function ownOverrides(master: Json): unknown[] {
  const all = listOf(master.overrides);
  return all.slice(0, all.length - byHand(master).length);
}

function withToken(brand: Json, path: string, type: string, value: string): Json {
  const [name = "", ...rest] = path.split(".");
  const inner = objectOf(brand[name]);
  if (rest.length > 0) return { ...brand, [name]: withToken(inner, rest.join("."), type, value) };
  // An alias may have brought its type along: written out, the token must keep it.
  const isAlias = typeof inner.$value === "string" && inner.$value.startsWith("{");
  return { ...brand, [name]: { ...inner, ...(isAlias ? { $type: type } : {}), $value: tokenValue(type, value.trim()) } };
}

/** A value as a token file has it, from the text that the engine took. */
function tokenValue(type: string, text: string): unknown {
  if (text.startsWith("{")) return text;
  switch (type) {
    case "color":
      return colour(text);
    case "dimension": {
      const unit = text.endsWith("rem") ? "rem" : "px";
      return { value: Number(text.replace(/(rem|px)$/, "").trim()), unit };
    }
    case "fontFamily": {
      const names = text.split(",").map((one) => one.trim().replace(/^["']|["']$/g, ""));
      const given = names.filter((one) => one !== "");
      return given.length === 1 ? given[0] : given;
    }
    default:
      return Number.isFinite(Number(text)) ? Number(text) : text;
  }
}

function colour(text: string): Json {
  const digits = text.replace("#", "");
  const long = digits.length <= 4 ? [...digits].map((one) => one + one).join("") : digits;
  const [red = 0, green = 0, blue = 0, alpha = 255] = (long.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  const hex = `#${long.slice(0, 6).toLowerCase()}`;
  return { colorSpace: "srgb", components: [red / 255, green / 255, blue / 255], alpha: alpha / 255, hex };
}

/** Where the campaign has its master. */
export function masterOf(files: CampaignFiles): string {
  return fileOf(jsonOf(files, MANIFEST).master, "master.json");
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function fileOf(named: unknown, usual: string): string {
  return typeof named === "string" ? named : usual;
}

export function objectOf(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function jsonOf(files: CampaignFiles, path: string): Json {
  const bytes = files.get(path);
  try {
    if (bytes) return objectOf(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    // The engine opened it: it can not be; said all the same.
  }
  throw failure({ code: "missing", at: path, message: `there is no file '${path}' that could be written to` });
}
