/**
 * `<variorum-ask>`: asks once before a step that cannot be undone, or is easily regretted. In: the question, the ways there are. Out: the way by promise.
 */

import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { base } from "../style/base.ts";
import { dialog } from "../style/dialog.ts";

const style = css(`
dialog { width: min(560px, calc(100vw - 32px)); }
.ways { display: flex; gap: 8px; flex-wrap: wrap; justify-content: flex-end; }
`);

export class VariorumAsk extends StudioElement {
  readonly #title = h("h2", { id: "title" });
  readonly #words = h("p", { id: "words" });
  readonly #no = h("button", { onclick: () => this.#settle(undefined) }, "Cancel");
  readonly #ways = h("span", { class: "ways" });
  readonly #dialog = h(
    "dialog",
    { role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "words" },
    h("div", { class: "head" }, this.#title),
    h("div", { class: "body" }, this.#words),
    h("div", { class: "foot" }, h("span", { class: "grow" }), this.#no, this.#ways),
  );
  #answer: ((way: number | undefined) => void) | undefined;

  constructor() {
    super(base, dialog, style);
    this.root.append(this.#dialog);
    // Told later: by then another question may stand there.
    this.#dialog.addEventListener("close", () => this.#dialog.open || this.#settle(undefined));
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  async ask(title: string, words: string, verb: string): Promise<boolean> {
    return (await this.choose(title, words, [verb])) === 0;
  }

  /** Which of several ways is gone, the last of them the one that is usual; undefined where none. */
  choose(title: string, words: string, verbs: readonly string[]): Promise<number | undefined> {
    write(this.#title, title);
    write(this.#words, words);
    this.#ways.replaceChildren(
      ...verbs.map((verb, way) =>
        h("button", { class: way === verbs.length - 1 ? "strong" : "", onclick: () => this.#settle(way) }, verb),
      ),
    );
    this.#dialog.showModal();
    this.#no.focus();
    return new Promise((answer) => {
      this.#answer = answer;
    });
  }

  #settle(way: number | undefined): void {
    this.#answer?.(way);
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
