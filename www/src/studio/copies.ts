/**
 * Messages by locale, as they are known now. In: a way to ask for them. Out: the last known ones at once, and word when newer came. After an edit
 * the old ones stand until the new ones are there, so that no field flickers.
 */

import type { MessageInfo } from "../engine/types.ts";

export class Copies {
  readonly #ask: (locale: string) => Promise<readonly MessageInfo[]>;
  readonly #came: () => void;
  readonly #known = new Map<string, readonly MessageInfo[]>();
  /** Locales asked for since the last edit. */
  readonly #asked = new Set<string>();
  #since: unknown;

  constructor(ask: (locale: string) => Promise<readonly MessageInfo[]>, came: () => void) {
    this.#ask = ask;
    this.#came = came;
  }

  /** `since` stands for all that changes copy: where it is another than before, everything is asked for again. */
  renew(since: unknown, another: boolean): void {
    if (another) this.#known.clear();
    if (since === this.#since && !another) return;
    this.#since = since;
    this.#asked.clear();
  }

  of(locale: string): readonly MessageInfo[] {
    const known = this.#known.get(locale) ?? NONE;
    if (this.#asked.has(locale)) return known;
    this.#asked.add(locale);
    const since = this.#since;
    this.#ask(locale)
      .then((messages) => {
        if (this.#since !== since) return;
        this.#known.set(locale, messages);
        this.#came();
      })
      .catch(() => undefined);
    return known;
  }
}

const NONE: readonly MessageInfo[] = [];
