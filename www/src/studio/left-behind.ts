/**
 * What was edited in the files of before and is not in those of now: words, tokens, corrections of layouts. In: the state before and after other files of the same campaign were opened, the words of
 * the new files, what this browser kept. Out: edits to be made again, where the person wants them; kept with the work until they are made again or let go.
 */

import type { Edit, MessageInfo, OverridePatch } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { isSamePlace, patchesOf, patchKey } from "./corrections.ts";
import { plural } from "./words.ts";

type Part = Pick<StudioState, "campaign" | "edits">;
/** What of the store they lie in. */
type Pocket = Pick<StudioStore, "preference" | "setPreference">;

/** Named in the question; the others are counted. */
const NAMED = 6;

export class LeftBehind {
  readonly #pocket: () => Pocket | undefined;
  #name = "";
  #edits: readonly Edit[] = [];
  /** Corrections that came with the files of now: not said since. */
  #stood: ReadonlySet<string> = new Set();
  #now: StudioState["edits"] = [];
  #turn = 0;

  constructor(pocket: () => Pocket | undefined) {
    this.#pocket = pocket;
  }

  /** Those at whose place nothing was edited since; each correction is one. */
  get edits(): readonly Edit[] {
    return this.#edits;
  }

  /** Other files were opened, or these again: what was said in those of before and not yet stands in these. */
  async take(before: Part, now: Part, copy: (locale: string) => Promise<readonly MessageInfo[]>): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const name = now.campaign?.name ?? "";
    const own = before.campaign?.name === name ? single(before.edits) : [];
    // What was left before and never made again is still left.
    const all = [...this.#kept(name).filter((one) => !own.some((other) => isSame(one, other))), ...own];
    this.#name = name;
    this.#edits = [];
    this.#now = now.edits;
    this.#stood = new Set(patchesOf(now).map(patchKey));
    const stands = await Promise.all(all.map((edit) => isThere(edit, now, copy)));
    if (turn !== this.#turn) return;
    this.#put(all.filter((edit, n) => !stands[n] && !this.#isOver(edit)));
  }

  /** Something is edited: what stood at its place is over. */
  heed(edits: StudioState["edits"]): void {
    if (edits === this.#now) return;
    this.#now = edits;
    const left = this.#edits.filter((edit) => !this.#isOver(edit));
    if (left.length < this.#edits.length) this.#put(left);
  }

  forget(): void {
    this.#put([]);
  }

  #isOver(edit: Edit): boolean {
    if (edit.kind !== "overrides") return this.#now.some((other) => isSame(edit, other));
    const [own] = edit.patches;
    const isIt = (patch: OverridePatch): boolean =>
      isLike(patch, own) || (isSamePlace(patch, own ?? {}) && !this.#stood.has(patchKey(patch)));
    return patchesOf({ edits: this.#now }).some(isIt);
  }

  #put(edits: readonly Edit[]): void {
    this.#edits = edits;
    const text = JSON.stringify(edits);
    const pocket = this.#pocket();
    if (this.#name !== "" && (pocket?.preference(keyOf(this.#name)) ?? "[]") !== text)
      pocket?.setPreference(keyOf(this.#name), text);
  }

  #kept(name: string): readonly Edit[] {
    try {
      return JSON.parse(this.#pocket()?.preference(keyOf(name)) ?? "[]") as Edit[];
    } catch {
      return [];
    }
  }
}

function keyOf(name: string): string {
  return `left ${name}`;
}

/** Each correction by itself. */
function single(edits: readonly Edit[]): Edit[] {
  return edits.flatMap((edit): Edit[] =>
    edit.kind === "overrides" ? edit.patches.map((patch) => ({ ...edit, patches: [patch] })) : [edit],
  );
}

function isLike(one: OverridePatch | undefined, other: OverridePatch | undefined): boolean {
  return patchKey(one) === patchKey(other);
}

function isSame(one: Edit, other: Edit): boolean {
  if (one.kind === "copy") return other.kind === "copy" && one.locale === other.locale && one.key === other.key;
  if (one.kind === "overrides") return other.kind === "overrides" && isSamePlace(one.patches[0] ?? {}, other.patches[0] ?? {});
  return other.kind === "token" && one.path === other.path;
}

async function isThere(edit: Edit, now: Part, copy: (locale: string) => Promise<readonly MessageInfo[]>): Promise<boolean> {
  if (edit.kind === "token") return now.campaign?.tokens.find(({ path }) => path === edit.path)?.value === edit.value;
  if (edit.kind === "overrides") return patchesOf(now).some((patch) => isLike(patch, edit.patches[0]));
  const messages = await copy(edit.locale).catch(() => []);
  return messages.find(({ key }) => key === edit.key)?.text === edit.text;
}

/** What they are, for the question whether they shall be made again. */
export function leftWords(edits: readonly Edit[], { campaign, formats }: Pick<StudioState, "campaign" | "formats">): string {
  const language = (tag: string): string => campaign?.locales.find((one) => one.tag === tag)?.name ?? tag;
  const words = edits.slice(0, NAMED).map((edit) => {
    if (edit.kind === "copy") return `${edit.key} (${language(edit.locale)})`;
    if (edit.kind === "token") return edit.path;
    const [patch = {}] = edit.patches;
    const where = [
      ...(patch.formats ?? []).map((id) => formats.get(id)?.name ?? id),
      ...(patch.classes ?? []),
      ...(patch.locales ?? []).map(language),
    ];
    return `${patch.layer ?? (patch.arrangement === undefined ? "rule" : "layout")} (${where.join(", ")})`;
  });
  const more = edits.length > NAMED ? ` and ${plural(edits.length - NAMED, "other")}` : "";
  return `${words.join(", ")}${more}.`;
}
