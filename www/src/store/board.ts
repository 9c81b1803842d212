/**
 * The one StudioState and who hears of it. In: changes, acts of people. Out: the next state, told once a microtask; events; errors where an act
 * failed. What an act does is left to those who use it.
 */
import { asEngineErrors, isAbort } from "../engine/errors.ts";
import type { MessageInfo } from "../engine/types.ts";
import { sift } from "./facets.ts";
import { EMPTY_STATE, type StudioState } from "./state.ts";
import type { StudioEvent } from "./store.ts";

/** What a failing act is called when it is told. */
export type ActName = (StudioEvent & { type: "error" })["act"];

/** Where one of these is another, the filter and the counts are asked again. */
const SIFTED = ["variants", "formats", "stamps", "measured", "filter", "campaign"] as const;

export class Board {
  #state: StudioState = EMPTY_STATE;
  /** What listeners saw last, while a notice is on its way. */
  #seen: StudioState | undefined;
  readonly #listeners = new Set<(state: StudioState, before: StudioState) => void>();
  readonly #eventListeners = new Set<(event: StudioEvent) => void>();
  #writes = 0;
  #closed = false;
  /** Whether this browser keeps anything; known once the database was opened. */
  keeps = false;
  /** Copy by locale, as far as it is known: for the search. */
  readonly copy = new Map<string, readonly MessageInfo[]>();

  get state(): StudioState {
    return this.#state;
  }

  get closed(): boolean {
    return this.#closed;
  }

  subscribe(listener: (state: StudioState, before: StudioState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onEvent(listener: (event: StudioEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  emit(event: StudioEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }

  /** What is looked at stays shown until the person goes on: to another variant, to another filter, or where `held` is named, which judging does. */
  set(change: Partial<StudioState>): void {
    if (this.#closed) return;
    const before = this.#state;
    let state: StudioState = { ...before, ...change };
    const goesOn = "held" in change || state.focus !== before.focus || state.filter !== before.filter;
    if ((goesOn && before.held !== undefined) || SIFTED.some((name) => state[name] !== before[name])) {
      const { focus } = before;
      const stays = !goesOn && focus !== undefined && before.shown.includes(focus) ? focus : undefined;
      state = { ...state, ...sift({ ...state, copy: this.copy, stays }) };
    }
    this.#state = state;
    if (this.#seen) return;
    this.#seen = before;
    queueMicrotask(() => {
      const seen = this.#seen ?? before;
      this.#seen = undefined;
      for (const listener of this.#listeners) listener(this.#state, seen);
    });
  }

  /** One act of a person: its errors stand in the state and are told, and are gone with the next that goes. */
  async act<T>(name: ActName, doing: () => Promise<T>): Promise<T> {
    try {
      const value = await doing();
      if (name !== "open" && this.#state.errors.length > 0) this.set({ errors: [] });
      return value;
    } catch (thrown) {
      if (!isAbort(thrown)) this.fail(name, thrown);
      throw thrown;
    }
  }

  fail(act: ActName, thrown: unknown): void {
    const errors = asEngineErrors(thrown);
    this.set({ errors });
    this.emit({ type: "error", act, errors });
  }

  /** Shows "writing" while something is on its way to disk. */
  async write<T>(doing: () => Promise<T>): Promise<T> {
    this.#writes += 1;
    if (this.keeps) this.set({ kept: "writing" });
    try {
      return await doing();
    } finally {
      this.#writes -= 1;
      if (this.#writes === 0 && this.keeps) this.set({ kept: "yes" });
    }
  }

  close(): void {
    this.#closed = true;
    this.#listeners.clear();
    this.#eventListeners.clear();
  }
}
