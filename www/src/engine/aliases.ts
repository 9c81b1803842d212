/**
 * Which design tokens follow which. In: the campaign's files as the engine has taken them. Out: for each token that is an alias, the one it names; what a new
 * value changes. Values are the engine's to resolve, and faults of the files its to tell: what cannot be read here follows nothing.
 */
import type { CampaignFiles, TokenInfo } from "./types.ts";

/** Path of an alias, and the path it names. */
export type Aliases = ReadonlyMap<string, string>;

export function aliasesIn(files: CampaignFiles): Aliases {
  const found = new Map<string, string>();
  const manifest = objectIn(files, "campaign.json");
  const brand = manifest?.brand;
  const tokens = typeof brand === "string" ? objectIn(files, brand) : undefined;
  if (tokens) gather(tokens, "", found);
  return found;
}

/** Tokens after one of them was given a value of its own: those that follow it follow. */
export function withValue(tokens: readonly TokenInfo[], path: string, value: string): TokenInfo[] {
  const own = tokens.map((token) => (token.path === path ? written(token, value) : token));
  const follows = new Set([path]);
  // A ring is refused at opening: each round finds one more, or none.
  for (let before = 0; before < follows.size; ) {
    before = follows.size;
    for (const token of own) if (token.alias !== undefined && follows.has(token.alias)) follows.add(token.path);
  }
  return own.map((token) => (follows.has(token.path) ? { ...token, value } : token));
}

/** Written out, it is no alias any more. */
function written({ path, type }: TokenInfo, value: string): TokenInfo {
  return { path, type, value };
}

function gather(group: Readonly<Record<string, unknown>>, at: string, found: Map<string, string>): void {
  for (const [name, value] of Object.entries(group)) {
    if (name === "$value" && typeof value === "string") {
      const named = /^\{([^{}]+)\}$/.exec(value)?.[1];
      if (named !== undefined) found.set(at, named);
    }
    if (!name.startsWith("$") && isObject(value)) gather(value, at === "" ? name : `${at}.${name}`, found);
  }
}

function objectIn(files: CampaignFiles, path: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(files.get(path)));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
