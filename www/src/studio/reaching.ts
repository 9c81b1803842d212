/**
 * How far the next change to a layout shall hold, and how many variants that is. In: the variant looked at, a wish to reach farther. Out: the scope of now, counts. What holds far is
 * wished for each time: on another variant it is that one alone again, or one press would change a class because of what was chosen elsewhere.
 */

import { SCOPES, type Scope } from "./corrections.ts";
import type { Item } from "./sections.ts";

type Items = ReadonlyMap<string, Item>;

export class Reaching {
  #id = "";
  #scope: Scope = "variant";
  #items: Items | undefined;
  /** Variants of each scope, counted once for all: who walks through the sheet asks at every step. */
  readonly #tally = new Map<string, number>();
  #counted: { item: Item; counts: Readonly<Record<Scope, number>> } | undefined;

  wish(id: string, scope: Scope): void {
    this.#id = id;
    this.#scope = scope;
  }

  /** Looked at is another variant now. */
  at(id: string | undefined): void {
    if (id !== this.#id) this.wish(id ?? "", "variant");
  }

  of(id: string): Scope {
    return id === this.#id ? this.#scope : "variant";
  }

  /** Variants that each scope reaches from one; the same object as long as nothing is another. */
  counts(item: Item, items: Items): Readonly<Record<Scope, number>> {
    if (this.#items !== items) {
      this.#items = items;
      this.#counted = undefined;
      this.#tally.clear();
      for (const one of items.values())
        for (const scope of SCOPES) {
          const key = keyOf(scope, one);
          this.#tally.set(key, (this.#tally.get(key) ?? 0) + 1);
        }
    }
    if (this.#counted?.item !== item) {
      const counts = Object.fromEntries(SCOPES.map((scope) => [scope, this.#tally.get(keyOf(scope, item)) ?? 0]));
      this.#counted = { item, counts: counts as Record<Scope, number> };
    }
    return this.#counted.counts;
  }
}

/** The same for all that a correction of this scope holds for. */
function keyOf(scope: Scope, { format, locale }: Item): string {
  if (scope === "locale") return `${scope} ${locale.tag}`;
  const shape = scope === "variant" || scope === "format" ? format.id : format.class;
  return scope === "variant" || scope === "class-locale" ? `${scope} ${shape} ${locale.tag}` : `${scope} ${shape}`;
}
