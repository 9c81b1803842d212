/**
 * `<variorum-keys>`: the list of keys. In: whether letter keys are on. Out: the list, and a request to turn letter keys off or on, for people
 * whose speech or switch input types letters by accident.
 *
 * @fires variorum-letters-request - `boolean`
 */

import { css, define, h, StudioElement } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { ADJUST_KEYS, KEYS } from "../studio/keys.ts";
import { base } from "../style/base.ts";
import { dialog } from "../style/dialog.ts";

const style = css(`
dialog { width: min(1120px, calc(100vw - 32px)); }
.lists { columns: 4 232px; column-gap: 32px; }
.lists h3 { margin-bottom: 4px; }
.lists section { break-inside: avoid; margin-bottom: 20px; }
li { display: grid; grid-template-columns: 88px 1fr; gap: 8px; padding: 3px 0; align-items: baseline; }
li span:first-child { display: flex; gap: 3px; flex-wrap: wrap; }
label { display: flex; align-items: center; gap: 8px; min-height: 24px; }
a { color: inherit; }
`);

export class VariorumKeys extends StudioElement {
  readonly #letters = h("input", {
    type: "checkbox",
    checked: true,
    onchange: () => this.request("variorum-letters-request", this.#letters.checked),
  });
  readonly #docs = h("a", { target: "_blank", hidden: true }, "How it works");
  readonly #dialog: HTMLDialogElement;

  constructor() {
    super(base, dialog, style);
    const places: [string, readonly { shown?: string; words?: string }[]][] = [
      ...(["Move", "Judge", "Look", "Sheet"] as const).map((place): [string, typeof KEYS] => [
        place,
        KEYS.filter((key) => key.place === place),
      ]),
      ["Adjust a layer", ADJUST_KEYS],
    ];
    const lists = places.map(([place, keys]) =>
      h(
        "section",
        {},
        h("h3", { class: "heading" }, place),
        h(
          "ul",
          {},
          ...keys.map((key) =>
            h(
              "li",
              {},
              h("span", {}, ...(key.shown ?? "").split(" ").map((name) => h("kbd", {}, name))),
              h("span", {}, key.words ?? ""),
            ),
          ),
        ),
      ),
    );
    this.#dialog = h(
      "dialog",
      { "aria-labelledby": "title" },
      h(
        "div",
        { class: "head" },
        h("h2", { id: "title" }, "Keys"),
        h("button", { class: "plain icon-only", "aria-label": "Close", onclick: () => this.#dialog.close() }, icon("close")),
      ),
      h("div", { class: "body", tabindex: 0, role: "group", "aria-labelledby": "title" }, h("div", { class: "lists" }, ...lists)),
      h(
        "div",
        { class: "foot" },
        h("label", {}, this.#letters, "Letters act as keys"),
        h("span", { class: "grow" }),
        h("span", { class: "quiet" }, "Everything here also has a button."),
        this.#docs,
      ),
    );
    this.root.append(this.#dialog);
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) this.#dialog.close();
    });
  }

  set letters(on: boolean) {
    this.#letters.checked = on;
  }

  /** `docs`: the page about how it works, where there is one. */
  open(docs: string | null): void {
    this.#docs.hidden = docs === null;
    if (docs !== null) this.#docs.href = docs;
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  protected override update(): void {
    // What it shows never changes.
  }
}

define("variorum-keys", VariorumKeys);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-keys": VariorumKeys;
  }
}
