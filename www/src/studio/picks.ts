/**
 * Which way of laying out a person took over which, as labels that weights can be fitted to. In: a pick with the terms of all ways that were shown, the corrections in
 * force. Out: what is kept in the browser, and lines for `variorum fit-weights`. A pick that was taken back since is no label.
 */

import { download } from "../deliver/save.ts";
import type { OverridePatch, Way, Why } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { holds, patchesOf } from "./corrections.ts";
import type { Item } from "./sections.ts";

/** A way taken, and those that were passed over. */
export interface Choice {
  arrangement: string;
  weights: number;
  chosen: Way["terms"];
  over: readonly Way["terms"][];
}

type Kept = Readonly<Record<string, Choice>>;

/** Variants whose last pick is kept. */
const MOST = 400;

/** A pick among the ways shown. A way that breaks a gate was passed over for that, not for its terms. */
export function pickOf(arrangement: string, why: Why): Choice | undefined {
  const ways: readonly Way[] = [why, ...why.alternatives];
  const chosen = ways.find((way) => way.arrangement === arrangement);
  const over = ways.filter((way) => way !== chosen && way.failed.length === 0).map(({ terms }) => terms);
  return chosen && over.length > 0 ? { arrangement, weights: why.weights, chosen: chosen.terms, over } : undefined;
}

/** The last pick of each variant, the oldest going first. */
export function withPick(kept: Kept, id: string, pick: Choice): Kept {
  const others = Object.entries(kept).filter(([other]) => other !== id);
  return Object.fromEntries([...others, [id, pick] as const].slice(-MOST));
}

/** Those that still stand: the arrangement in force for the variant is the one picked. */
export function standing(kept: Kept, patches: readonly OverridePatch[], items: ReadonlyMap<string, Item>): [string, Choice][] {
  return Object.entries(kept).filter(([id, { arrangement }]) => {
    const item = items.get(id);
    return (
      item && patches.findLast((patch) => patch.arrangement !== undefined && holds(patch, item))?.arrangement === arrangement
    );
  });
}

/** A line for each pair: the terms of the way taken, and of one passed over. */
export function linesOf(picks: readonly (readonly [string, Choice])[]): string {
  const lines = picks.flatMap(([id, { weights, chosen, over }]) =>
    over.map((terms) => JSON.stringify({ id, weights, chosen, over: terms })),
  );
  return lines.map((line) => `${line}\n`).join("");
}

/** What of the store they lie in. */
export type Pocket = Pick<StudioStore, "preference" | "setPreference" | "state">;

/** Picks of the open campaign, kept with the small things of this browser. */
export class Picks {
  readonly #store: () => Pocket | undefined;

  constructor(store: () => Pocket | undefined) {
    this.#store = store;
  }

  note(id: string, pick: Choice): void {
    this.#store()?.setPreference(this.#name, JSON.stringify(withPick(this.#kept, id, pick)));
  }

  /** Those that still stand. */
  of(items: ReadonlyMap<string, Item>): [string, Choice][] {
    const store = this.#store();
    return store ? standing(this.#kept, patchesOf(store.state), items) : [];
  }

  /** Puts them into the downloads. */
  save(items: ReadonlyMap<string, Item>): void {
    download(new Blob([linesOf(this.of(items))], { type: "application/jsonl" }), "picks.jsonl");
  }

  get #name(): string {
    return `picks ${this.#store()?.state.campaign?.name ?? ""}`;
  }

  get #kept(): Kept {
    const text = this.#store()?.preference(this.#name);
    try {
      return text === undefined ? {} : (JSON.parse(text) as Kept);
    } catch {
      return {};
    }
  }
}
