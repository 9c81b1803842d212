/**
 * Undoing corrections of layouts, and doing them again. In: the next list of patches. Out: the same to the store, one at a time, of those that came meanwhile only the
 * last; the lists before and after it. A list made elsewhere in between (another campaign, all edits taken back) begins anew.
 */

import type { OverridePatch } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";
import { patchesOf } from "./corrections.ts";
import { Latest } from "./latest.ts";

type Patches = readonly OverridePatch[];

const DEPTH = 200;

export class Correcting {
  readonly #store: () => StudioStore | undefined;
  /** Something was answered: what waited for it may go on. */
  readonly #rested: () => void;
  readonly #wishes = new Latest();
  #before: Patches[] = [];
  #after: Patches[] = [];
  /** What was said last; the store may not stand there yet. */
  #said: Patches | undefined;
  #isPending = false;

  constructor(store: () => StudioStore | undefined, rested: () => void = () => undefined) {
    this.#store = store;
    this.#rested = rested;
  }

  /** Whether the engine has not answered the last one. */
  get isPending(): boolean {
    return this.#isPending;
  }

  /** All corrections as they are wanted by now. */
  get patches(): Patches {
    const store = this.#store();
    if (!store) return [];
    return this.#isPending && this.#said ? this.#said : patchesOf(store.state);
  }

  get canUndo(): boolean {
    return this.#isOurs() && this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#isOurs() && this.#after.length > 0;
  }

  /** The next list; what was undone before cannot be done again after it. `goesOn`: the same as the one before, and taken back with it. */
  set(patches: Patches, goesOn = false): void {
    const before = this.#isOurs() ? this.#before : [];
    if (!goesOn || before.length === 0) this.#before = [...before, this.patches].slice(-DEPTH);
    this.#after = [];
    this.#say(patches);
  }

  undo(): void {
    const before = this.canUndo ? this.#before.at(-1) : undefined;
    if (!before) return;
    this.#after = [...this.#after, this.patches];
    this.#before = this.#before.slice(0, -1);
    this.#say(before);
  }

  redo(): void {
    const after = this.canRedo ? this.#after.at(-1) : undefined;
    if (!after) return;
    this.#before = [...this.#before, this.patches];
    this.#after = this.#after.slice(0, -1);
    this.#say(after);
  }

  #say(patches: Patches): void {
    const store = this.#store();
    if (!store) return;
    this.#said = patches;
    this.#isPending = true;
    this.#wishes.wish("overrides", async () => {
      try {
        await store.setOverrides(patches);
      } catch {
        // The store shows why; what stood before stands again.
        this.#before = [];
        this.#after = [];
        this.#said = undefined;
      }
      // Another was said meanwhile: that one is waited for.
      if (this.#said === patches || this.#said === undefined) this.#isPending = false;
      this.#rested();
    });
  }

  /** Whether what stands now is what was set here. */
  #isOurs(): boolean {
    if (this.#isPending) return true;
    const store = this.#store();
    return (
      store !== undefined && this.#said !== undefined && JSON.stringify(patchesOf(store.state)) === JSON.stringify(this.#said)
    );
  }
}
