/**
 * `<variorum-person>`: asks who stamps, once, before the first stamp. In: nothing. Out: a name by promise.
 */

import { css, define, h, StudioElement } from "../studio/dom.ts";
import { base } from "../style/base.ts";
import { dialog } from "../style/dialog.ts";

const style = css(`
dialog { width: min(400px, calc(100vw - 32px)); }
label { display: block; margin-bottom: 4px; }
p { margin-top: 8px; }
`);

export class VariorumPerson extends StudioElement {
  readonly #name = h("input", { type: "text", id: "name", autocomplete: "name", maxlength: 80, required: true });
  readonly #dialog: HTMLDialogElement;
  #answer: ((name: string) => void) | undefined;

  constructor() {
    super(base, dialog, style);
    const form = h(
      "form",
      { method: "dialog" },
      h("div", { class: "head" }, h("h2", { id: "title" }, "Who stamps?")),
      h(
        "div",
        { class: "body" },
        h("label", { for: "name" }, "Your name"),
        this.#name,
        h(
          "p",
          { class: "quiet" },
          "It stands on every stamp, in this browser and in what you deliver. You can change it at the top: beside Deliver, or on a phone under Open.",
        ),
      ),
      h(
        "div",
        { class: "foot" },
        h("span", { class: "grow" }),
        h("button", { type: "button", onclick: () => this.#dialog.close() }, "Cancel"),
        h("button", { class: "strong", type: "submit" }, "Stamp"),
      ),
    );
    this.#dialog = h("dialog", { "aria-labelledby": "title" }, form);
    this.root.append(this.#dialog);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = this.#name.value.trim();
      if (name === "") {
        this.#name.focus();
        return;
      }
      this.#settle(name);
      this.#dialog.close();
    });
    this.#dialog.addEventListener("close", () => this.#settle(""));
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  /** The name given, or "" where the person thought better of it. */
  ask(): Promise<string> {
    this.#dialog.showModal();
    this.#name.focus();
    return new Promise((answer) => {
      this.#answer = answer;
    });
  }

  #settle(name: string): void {
    this.#answer?.(name);
    this.#answer = undefined;
  }

  protected override update(): void {
    // What it shows never changes.
  }
}

define("variorum-person", VariorumPerson);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-person": VariorumPerson;
  }
}
