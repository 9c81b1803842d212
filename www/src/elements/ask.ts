/**
 * `<variorum-ask>`: asks once before a step that cannot be undone. In: the question. Out: yes or no by promise.
 */

import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { base } from "../style/base.ts";
import { dialog } from "../style/dialog.ts";

const style = css(`dialog { width: min(420px, calc(100vw - 32px)); }`);

export class VariorumAsk extends StudioElement {
  readonly #title = h("h2", { id: "title" });
  readonly #words = h("p", { id: "words" });
  readonly #no = h("button", { onclick: () => this.#settle(false) }, "Cancel");
  readonly #yes = h("button", { class: "strong", onclick: () => this.#settle(true) });
  readonly #dialog = h(
    "dialog",
    { role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "words" },
    h("div", { class: "head" }, this.#title),
    h("div", { class: "body" }, this.#words),
    h("div", { class: "foot" }, h("span", { class: "grow" }), this.#no, this.#yes),
  );
  #answer: ((yes: boolean) => void) | undefined;

  constructor() {
    super(base, dialog, style);
    this.root.append(this.#dialog);
    this.#dialog.addEventListener("close", () => this.#settle(false));
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  ask(title: string, words: string, verb: string): Promise<boolean> {
    write(this.#title, title);
    write(this.#words, words);
    write(this.#yes, verb);
    this.#dialog.showModal();
    this.#no.focus();
    return new Promise((answer) => {
      this.#answer = answer;
    });
  }

  #settle(yes: boolean): void {
    this.#answer?.(yes);
    this.#answer = undefined;
    if (this.#dialog.open) this.#dialog.close();
  }

  protected override update(): void {
    // What it shows is set by `ask`.
  }
}

define("variorum-ask", VariorumAsk);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-ask": VariorumAsk;
  }
}
