/**
 * Where a person stood in a campaign: the view, how it is grouped and filtered, the variant looked at. In: the state, the look. Out: the same as text, kept in this browser, and read back
 * after a reload: who approves thousands in an afternoon goes on where the tab was closed. What is chosen for a stamp is not kept.
 */

import { EMPTY_FILTER, type Filter, type StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import type { Look, View } from "./look.ts";
import { GROUPS, type Group } from "./sections.ts";

export interface Bookmark {
  view: View;
  group: Group;
  filter: Filter;
  focus: string | undefined;
}

/** Rest after a step before it is kept, ms. */
const REST = 400;

type Pocket = Pick<StudioStore, "preference" | "setPreference">;

export function textOf(
  { filter, focus }: Pick<StudioState, "filter" | "focus">,
  { view, group }: Pick<Look, "view" | "group">,
): string {
  const chosen = Object.entries(filter).flatMap(([name, value]: [string, ReadonlySet<string> | string]) => {
    const list = typeof value === "string" ? value : [...value];
    return list.length === 0 ? [] : [[name, list] as const];
  });
  return JSON.stringify({ view, group, focus, filter: Object.fromEntries(chosen) });
}

/** Nothing where it is none, or was kept by another version. */
export function read(text: string | undefined): Bookmark | undefined {
  try {
    const kept = JSON.parse(text ?? "") as { view?: unknown; group?: unknown; focus?: unknown; filter?: Record<string, unknown> };
    const filter = Object.fromEntries(
      Object.entries(EMPTY_FILTER).map(([name, none]) => {
        const value = kept.filter?.[name];
        if (typeof none === "string") return [name, typeof value === "string" ? value : none];
        return [name, new Set(Array.isArray(value) ? value.filter((one) => typeof one === "string") : [])];
      }),
    );
    return {
      view: kept.view === "matrix" ? "matrix" : "sheet",
      group: GROUPS.find((one) => one === kept.group) ?? "language",
      filter: filter as unknown as Filter,
      focus: typeof kept.focus === "string" ? kept.focus : undefined,
    };
  } catch {
    return undefined;
  }
}

/** Of the open campaign, by its name: another version of it is gone on with, too. */
export class Bookmarks {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #taken = false;

  /** Where it was left when this page was left; asked once, for what is opened later is opened to be looked at anew. */
  take(pocket: Pocket, campaign: string): Bookmark | undefined {
    if (this.#taken) return undefined;
    this.#taken = true;
    return read(pocket.preference(nameOf(campaign)));
  }

  /** Keeps where one stands, once one rests there. */
  note(pocket: Pocket, campaign: string, text: () => string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const now = text();
      if (now !== pocket.preference(nameOf(campaign))) pocket.setPreference(nameOf(campaign), now);
    }, REST);
  }

  forget(): void {
    clearTimeout(this.#timer);
  }
}

function nameOf(campaign: string): string {
  return `place ${campaign}`;
}
