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
/** The hand rests: longer than a held key takes to come again, and than the picture of what is looked at, ms. */
const REST = 300;

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
  /** What is pending corrects only what is looked at so far. */
  #isNear = false;
  /** The list that stood before what is pending. */
  #stands: Patches = [];
  #resting: ReturnType<typeof setTimeout> | undefined;

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

  /**
   * The next list; what was undone before cannot be done again after it. `goesOn`: the same as the one before, and taken back with it. `near`: makes the list that corrects only what
   * is looked at, from the one that stands: it comes first, and all the others follow once the hand rests.
   */
  set(patches: Patches, { goesOn = false, near }: { goesOn?: boolean; near?: (stands: Patches) => Patches } = {}): void {
    const before = this.#isOurs() ? this.#before : [];
    if (!goesOn || before.length === 0) this.#before = [...before, this.patches].slice(-DEPTH);
    this.#after = [];
    const isFree = !this.#isPending;
    if (isFree) this.#stands = this.patches;
    this.#say(patches, isFree || this.#isNear ? near?.(this.#stands) : undefined);
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

  #say(patches: Patches, near?: Patches): void {
    const store = this.#store();
    if (!store) return;
    clearTimeout(this.#resting);
    this.#said = patches;
    this.#isPending = true;
    this.#isNear = near !== undefined;
    if (!near) {
      this.#wish(store, patches);
      return;
    }
    this.#wish(store, near);
    const campaign = store.state.campaign?.formats;
    this.#resting = setTimeout(() => {
      if (this.#store() === store && store.state.campaign?.formats === campaign) this.#wish(store, patches);
      else this.#give();
    }, REST);
  }

  #wish(store: StudioStore, patches: Patches): void {
    this.#wishes.wish("overrides", async () => {
      try {
        await store.setOverrides(patches);
        // Another was said meanwhile: that one is waited for.
        if (this.#said === patches) this.#isPending = false;
      } catch {
        // The store shows why; what stood before stands again.
        this.#give();
      }
      this.#rested();
    });
  }

  /** Nothing is ours any more. */
  #give(): void {
    clearTimeout(this.#resting);
    this.#before = [];
    this.#after = [];
    this.#said = undefined;
    this.#isPending = false;
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
