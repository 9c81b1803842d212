/**
 * What the person has had before their eyes. In: what is on the screen, now and then. Out: which variants were looked at as they are now: drawn, on the
 * screen, large enough, for long enough. A stamp on anything else says that it was not seen.
 */

import type { StudioState } from "../store/state.ts";

/** How often the screen is looked at; what is there twice in a row was seen, ms. */
export const GLANCE = 250;

export class Seen {
  /** The fingerprint that was seen, by variant. */
  readonly #seen = new Map<string, string>();
  #last: ReadonlySet<string> = new Set();

  /** What is on the screen at this moment. */
  look(ids: readonly string[], { variants }: Pick<StudioState, "variants">): void {
    for (const id of ids) {
      const fingerprint = variants.get(id)?.fingerprint;
      if (fingerprint !== undefined && this.#last.has(id)) this.#seen.set(id, fingerprint);
    }
    this.#last = new Set(ids);
  }

  /** Another campaign. */
  forget(): void {
    this.#seen.clear();
    this.#last = new Set();
  }

  /** Those of `ids` that were not seen as they are. */
  unseen(ids: Iterable<string>, { variants }: Pick<StudioState, "variants">): string[] {
    return [...ids].filter((id) => this.#seen.get(id) !== variants.get(id)?.fingerprint);
  }
}
