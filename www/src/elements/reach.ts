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
:host { display: flex; align-items: center; gap: 8px; min-width: 0; font-size: 11px; line-height: 16px; color: var(--quiet); }
label { white-space: nowrap; } label:has(~ .far) { display: none; }
/* The choice says in words and figures how far; it is told apart from the one variant by its rim, and has the room of the name. */
select { flex: 1; min-width: 0; min-height: 28px; padding: 2px 4px; font-size: 11px; text-overflow: ellipsis; color: var(--ink); }
select.far { border: 2px solid var(--ink); padding: 1px 3px; }
b { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
:host([inline]) label { display: none; } :host([inline]) select { flex: none; width: auto; max-width: 100%; }
`);

export interface Reach {
  item: Item;
  scope: Scope;
  /** Variants that each scope reaches from here. */
  counts: Readonly<Record<Scope, number>>;
}

export class VariorumReach extends StudioElement {
  #reach: Reach | undefined;
  readonly #label = h("label", { for: "reach" }, "Layout changes ", h("kbd", { "aria-hidden": "true" }, "V"));
  readonly #many = h("b", { class: "figures", id: "many", role: "status" });
  readonly #scope = h("select", {
    id: "reach",
    "aria-label": "Changes to the layout reach",
    "aria-keyshortcuts": "V",
    "aria-describedby": "many",
    onchange: () => {
      const scope = SCOPES.find((one) => one === this.#scope.value);
      if (scope && this.#reach) this.request("variorum-reach-request", { id: this.#reach.item.id, scope });
    },
  });

  constructor() {
    super(base, style);
    this.root.append(this.#label, this.#scope, this.#many);
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
    this.#scope.classList.toggle("far", counts[scope] > 1);
    this.#scope.title = `${scopeWords(scope, item)}: ${plural(counts[scope], "variant")}`;
  }
}

define("variorum-reach", VariorumReach);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-reach": VariorumReach;
  }
}
