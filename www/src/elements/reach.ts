/**
 * `<variorum-reach>`: how far a change to a layout holds, in words and in variants, chosen before it is made. In: the variant, the scope, how many each scope reaches. Out: another
 * scope. It is the one place where that is chosen: layouts, rules and moved layers ask whoever owns it.
 *
 * @fires variorum-reach-request - `{ id, scope }`
 */

import { SCOPES, type Scope, scopeWords } from "../studio/corrections.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import type { Item } from "../studio/sections.ts";
import { count, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; }
.line { display: flex; gap: 8px; font-size: 11px; line-height: 16px; color: var(--quiet); margin-bottom: 4px; }
.line b { margin-left: auto; font-weight: 600; white-space: nowrap; } .line b.far { color: var(--ink); }
select { min-height: 28px; padding: 2px 4px; text-overflow: ellipsis; }
:host([inline]) { display: flex; align-items: center; gap: 8px; min-width: 0; }
:host([inline]) .line { margin: 0; } :host([inline]) label { display: none; } :host([inline]) select { width: auto; max-width: 264px; order: -1; }
`);

export interface Reach {
  item: Item;
  scope: Scope;
  /** Variants that each scope reaches from here. */
  counts: Readonly<Record<Scope, number>>;
}

export class VariorumReach extends StudioElement {
  #reach: Reach | undefined;
  readonly #label = h("label", { for: "reach" }, "Changes to the layout reach");
  readonly #many = h("b", { class: "figures", id: "many", role: "status" });
  readonly #scope = h("select", {
    id: "reach",
    "aria-label": "Changes to the layout reach",
    "aria-describedby": "many",
    onchange: () => {
      const scope = SCOPES.find((one) => one === this.#scope.value);
      if (scope && this.#reach) this.request("variorum-reach-request", { id: this.#reach.item.id, scope });
    },
  });

  constructor() {
    super(base, style);
    this.root.append(h("div", { class: "line" }, this.#label, this.#many), this.#scope);
  }

  set reach(reach: Reach | undefined) {
    const { item, scope, counts } = this.#reach ?? {};
    if (item === reach?.item && scope === reach?.scope && counts === reach?.counts) return;
    this.#reach = reach;
    this.changed();
  }

  protected override update(): void {
    const reach = this.#reach;
    if (!reach) return;
    const { item, scope, counts } = reach;
    keep(
      this.#scope,
      SCOPES,
      (one) => one,
      (one) => h("option", { value: one }),
      (node, one) => write(node, `${scopeWords(one, item)} · ${count(counts[one])}`),
    );
    this.#scope.value = scope;
    write(this.#many, plural(counts[scope], "variant"));
    this.#many.classList.toggle("far", counts[scope] > 1);
  }
}

define("variorum-reach", VariorumReach);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-reach": VariorumReach;
  }
}
