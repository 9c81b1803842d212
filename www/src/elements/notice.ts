/**
 * `<variorum-notice>`: a short word about what was just done and can be undone. In: words, and what they are about. Out: a request to undo that; gone by itself after a
 * while, but never while it is pointed at or focused.
 *
 * @fires variorum-undo-request - of a stamp
 * @fires variorum-take-back-request - of a layout
 */

import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { position: absolute; z-index: 10; left: 50%; bottom: 44px; transform: translateX(-50%); }
/* Over the strip of the loupe, whose picture is what is judged; where there is no strip, as at 200 %, over the bar above it. */
:host(.raised) { bottom: 64px; }
@media (max-height: 520px) { :host(.raised) { bottom: auto; top: 52px; } }
/* Errors stand at the foot: what can be undone is told above. */
:host(.high) { bottom: auto; top: 96px; }
.notice { display: flex; align-items: center; gap: 12px; min-height: 40px; padding: 4px 8px 4px 16px; border-radius: 8px; background: #1b1b1b; color: #ffffff; border: 1px solid #5a5a5a; font-variant-numeric: tabular-nums; white-space: nowrap; }
button { background: transparent; color: #ffffff; border-color: #8a8a8a; min-height: 28px; }
button:focus-visible { outline-color: #ffffff; }
kbd { background: transparent; color: inherit; border-color: currentColor; }
`);

/** What can be undone, and by which key. */
const UNDO = {
  stamp: { request: "variorum-undo-request", key: "U" },
  layout: { request: "variorum-take-back-request", key: "Ctrl Z" },
} as const;
type About = keyof typeof UNDO;

/** How long it stands, ms. */
const STANDS = 8000;

export class VariorumNotice extends StudioElement {
  #about: About = "stamp";
  readonly #words = h("span");
  readonly #key = h("kbd", { "aria-hidden": "true" });
  readonly #notice = h(
    "div",
    { class: "notice", hidden: true },
    this.#words,
    h("button", { onclick: () => this.#undo() }, "Undo ", this.#key),
  );
  readonly #live = h("span", { class: "unseen", role: "status" });
  #timer = 0;

  constructor() {
    super(base, style);
    this.root.append(this.#notice, this.#live);
    this.#notice.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.#notice.addEventListener("pointerleave", () => this.#leave());
    this.#notice.addEventListener("focusin", () => clearTimeout(this.#timer));
    this.#notice.addEventListener("focusout", () => this.#leave());
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  say(words: string, about: About = "stamp"): void {
    this.#about = about;
    write(this.#key, UNDO[about].key);
    write(this.#words, words);
    write(this.#live, words);
    this.#notice.hidden = false;
    this.#leave();
  }

  /** Gone; where it is about something else than `about`, it stays. */
  clear(about?: About): void {
    if (about !== undefined && about !== this.#about) return;
    clearTimeout(this.#timer);
    this.#notice.hidden = true;
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.clear(), STANDS);
  }

  #undo(): void {
    this.clear();
    this.request(UNDO[this.#about].request, undefined);
  }

  protected override update(): void {
    // Shown and hidden by `say` and `clear`.
  }
}

define("variorum-notice", VariorumNotice);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-notice": VariorumNotice;
  }
}
