/**
 * `<variorum-notice>`: a short word about what was just done and can be undone, at the end of the line at the foot, where it covers no picture. In: words, and what they are about.
 * Out: a request to undo that; gone by itself after a while, but never while it is pointed at or focused.
 *
 * @fires variorum-undo-request - of a stamp
 * @fires variorum-take-back-request - of a layout
 * Where it could reach farther, a second button fires what the owner gave.
 */

import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { position: absolute; z-index: 10; right: 0; bottom: 0; max-width: 100%; }
.notice { display: flex; align-items: center; gap: 8px; min-height: 28px; padding: 1px 8px 1px 12px; border-radius: 6px 0 0 0; background: var(--strong); color: var(--on-strong); font-variant-numeric: tabular-nums; }
/* Of words that are longer than a phone is wide no letter is lost: they grow upwards. */
.notice span { min-width: 0; margin-inline-end: 4px; overflow-wrap: anywhere; }
button { flex: none; background: transparent; color: inherit; border-color: currentColor; min-height: 24px; padding: 0 6px; gap: 6px; }
button:focus-visible { outline-color: currentColor; outline-offset: -3px; }
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
  #goOn: (() => void) | undefined;
  readonly #farther = h("button", { hidden: true, onclick: () => this.#goFarther() });
  readonly #notice = h(
    "div",
    { class: "notice", hidden: true },
    this.#words,
    h("button", { onclick: () => this.#undo() }, "Undo ", this.#key),
    this.#farther,
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

  /** `farther`: the same for more, which one press does. */
  say(words: string, about: About = "stamp", farther?: { words: string; act: () => void }): void {
    this.#about = about;
    this.#goOn = farther?.act;
    this.#farther.hidden = !farther;
    write(this.#farther, farther?.words ?? "");
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

  #goFarther(): void {
    const goOn = this.#goOn;
    this.clear();
    goOn?.();
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
