/**
 * How far the next change to a layout shall hold, and how many variants that is. In: the variant looked at, a wish to reach farther. Out: the scope of now, counts. What holds far is
 * wished for each time: on another variant it is that one alone again, or one press would change a class because of what was chosen elsewhere.
 */

import { holds, listsOf, SCOPES, type Scope } from "./corrections.ts";
import type { Item } from "./sections.ts";

type Items = ReadonlyMap<string, Item>;

export class Reaching {
  #id = "";
  #scope: Scope = "variant";
  #counted: { item: Item; items: Items; counts: Readonly<Record<Scope, number>> } | undefined;

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
    if (this.#counted?.item !== item || this.#counted.items !== items) {
      const counts = Object.fromEntries(SCOPES.map((scope) => [scope, reached(item, scope, items)])) as Record<Scope, number>;
      this.#counted = { item, items, counts };
    }
    return this.#counted.counts;
  }
}

/** How many variants a correction made from one reaches. */
export function reached(item: Item, scope: Scope, items: Items): number {
  const lists = listsOf(scope, item);
  let many = 0;
  for (const one of items.values()) if (holds(lists, one)) many += 1;
  return many;
}
