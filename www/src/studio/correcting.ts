/**
 * Undoing corrections of layouts, and doing them again. In: the next list of patches. Out: the same to the store, and the lists before and after it. A list made
 * elsewhere in between (another campaign, all edits taken back) begins anew.
 */

import type { OverridePatch } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { patchesOf } from "./corrections.ts";

type Patches = readonly OverridePatch[];

const DEPTH = 100;

export class Correcting {
  readonly #store: () => StudioStore | undefined;
  #before: Patches[] = [];
  #after: Patches[] = [];
  #now: Patches | undefined;

  constructor(store: () => StudioStore | undefined) {
    this.#store = store;
  }

  get canUndo(): boolean {
    return this.#isOurs() && this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#isOurs() && this.#after.length > 0;
  }

  /** The next list; what was undone before cannot be done again after it. */
  async set(patches: Patches): Promise<void> {
    const store = this.#store();
    if (!store) return;
    const was = patchesOf(store.state);
    this.#before = [...(this.#isOurs() ? this.#before : []), was].slice(-DEPTH);
    this.#after = [];
    await this.#say(store, patches);
  }

  async undo(): Promise<void> {
    const store = this.#store();
    const before = this.canUndo ? this.#before.at(-1) : undefined;
    if (!store || !before) return;
    this.#after = [...this.#after, patchesOf(store.state)];
    this.#before = this.#before.slice(0, -1);
    await this.#say(store, before);
  }

  async redo(): Promise<void> {
    const store = this.#store();
    const after = this.canRedo ? this.#after.at(-1) : undefined;
    if (!store || !after) return;
    this.#before = [...this.#before, patchesOf(store.state)];
    this.#after = this.#after.slice(0, -1);
    await this.#say(store, after);
  }

  /** The store shows why where it does not go. */
  async #say(store: StudioStore, patches: Patches): Promise<void> {
    this.#now = patches;
    await store.setOverrides(patches).catch(() => {
      this.#before = [];
      this.#after = [];
    });
  }

  /** Whether what stands now is what was set here. */
  #isOurs(): boolean {
    const store = this.#store();
    return store !== undefined && this.#now !== undefined && JSON.stringify(patchesOf(store.state)) === JSON.stringify(this.#now);
  }
}
