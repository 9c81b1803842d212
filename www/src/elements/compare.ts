/**
 * `<variorum-compare>`: with what the loupe compares, and how. In: the choice as it stands, what is seen of it in words. Out: another choice.
 *
 * @fires variorum-compare-request - `Comparison`
 */

import { AGAINST, AGAINST_WORDS, type Against, WAYS, type Way } from "../studio/compare.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: flex; align-items: center; gap: 4px 12px; flex-wrap: wrap; padding: 0 8px; flex: 1 0 100%; min-height: 32px; }
label { display: flex; align-items: center; gap: 6px; } select { width: auto; min-height: 28px; padding: 2px 4px; }
.ways { display: flex; gap: 4px; }
.words { color: var(--quiet); font-variant-numeric: tabular-nums; }
`);

export interface Comparison {
  against: Against;
  way: Way;
}

const WAY_WORDS: Record<Way, [string, string]> = {
  flip: ["Flip", "Space"],
  wipe: ["Wipe", "W"],
  difference: ["Difference", "D"],
  side: ["Side by side", "S"],
};

export class VariorumCompare extends StudioElement {
  #comparison: Comparison = { against: "source", way: "flip" };
  #words = "";
  readonly #against = h(
    "select",
    {
      onchange: () => {
        const against = AGAINST.find((one) => one === this.#against.value);
        if (against) this.request<Comparison>("variorum-compare-request", { ...this.#comparison, against });
      },
    },
    ...AGAINST.map((one) => h("option", { value: one }, AGAINST_WORDS[one])),
  );
  readonly #ways = WAYS.map((way) =>
    h(
      "button",
      {
        class: "small",
        "data-way": way,
        "aria-pressed": "false",
        onclick: () => this.request<Comparison>("variorum-compare-request", { ...this.#comparison, way }),
      },
      WAY_WORDS[way][0],
      h("kbd", { "aria-hidden": "true" }, WAY_WORDS[way][1]),
    ),
  );
  readonly #said = h("span", { class: "words", role: "status" });

  constructor() {
    super(base, style);
    this.root.append(
      h("label", {}, "Compare with", this.#against),
      h("div", { class: "ways", role: "group", "aria-label": "How to compare" }, ...this.#ways),
      this.#said,
    );
  }

  set comparison(comparison: Comparison) {
    this.#comparison = comparison;
    this.changed();
  }

  /** What is seen of it. */
  set words(words: string) {
    if (words === this.#words) return;
    this.#words = words;
    this.changed();
  }

  protected override update(): void {
    const { against, way } = this.#comparison;
    this.#against.value = against;
    for (const button of this.#ways) button.setAttribute("aria-pressed", String(button.dataset.way === way));
    write(this.#said, this.#words);
  }
}

define("variorum-compare", VariorumCompare);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-compare": VariorumCompare;
  }
}
