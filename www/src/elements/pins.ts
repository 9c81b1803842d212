/**
 * `<variorum-pins>`: comments where they were made, over the picture in the loupe. In: the comments of a variant, how its px map to the stage. Out: a new comment
 * with its place. Being written it can still be moved: by a press on the picture, by arrow keys on its pin.
 *
 * @fires variorum-comment-request - `{ id, words, place }`
 */

import type { StampRequest } from "../engine/types.ts";
import type { Point } from "../studio/camera.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import type { Mapping } from "../studio/overlays.ts";
import { moment } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { position: absolute; inset: 0; pointer-events: none; overflow: hidden; }
.pin { position: absolute; left: 0; top: 0; width: 24px; min-height: 24px; height: 24px; margin: -12px 0 0 -12px; padding: 0; border-radius: 12px 12px 12px 2px; pointer-events: auto; background: #1b1b1b; color: #ffffff; border: 1.5px solid #ffffff; font-size: 11px; font-variant-numeric: tabular-nums; }
.pin.old { background: #6a6a6a; } .pin:focus-visible { outline-color: #ffffff; }
.note { position: absolute; left: 0; top: 0; width: 264px; pointer-events: auto; padding: 8px 10px; border-radius: 8px; background: var(--paper); color: var(--ink); border: 1px solid var(--edge); box-shadow: 0 4px 16px #0004; }
.note header { display: flex; gap: 8px; font-size: 11px; line-height: 16px; color: var(--quiet); } .note time { margin-left: auto; white-space: nowrap; }
.note p { overflow-wrap: anywhere; white-space: pre-line; margin-top: 2px; max-height: 160px; overflow: auto; }
textarea { min-height: 56px; margin: 4px 0 8px; }
.buttons { display: flex; gap: 8px; justify-content: flex-end; }
`);

const STEP = 1;
const LEAP = 10;
const NOTE_WIDTH = 264;

export class VariorumPins extends StudioElement {
  #id = "";
  #print = "";
  #comments: readonly StampRequest[] = [];
  /** CSS px. */
  #map: Mapping = { left: 0, top: 0, scale: 1 };
  #size = { width: 0, height: 0 };
  #draft: Point | undefined;
  #open = -1;
  readonly #pins = h("div");
  readonly #field = h("textarea", { id: "words", maxlength: 2000, "aria-label": "Comment", placeholder: "What about this?" });
  readonly #draftPin = h(
    "button",
    { class: "pin draft", "aria-label": "Place of the comment: arrow keys move it", onkeydown: (event) => this.#nudge(event) },
    icon("comment"),
  );
  readonly #form = h(
    "form",
    { class: "note" },
    h("header", {}, h("span", {}, "Comment here: press on the picture to move it")),
    this.#field,
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "small", onclick: () => this.stop() }, "Cancel"),
      h("button", { type: "submit", class: "small strong" }, "Comment"),
    ),
  );
  readonly #note = h("div", { class: "note", role: "status" });

  constructor() {
    super(base, style);
    this.root.append(this.#pins, this.#note, this.#draftPin, this.#form);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target === this.#field) {
        event.preventDefault();
        this.#send();
      } else if (event.key === "Escape") {
        event.stopPropagation();
        this.stop();
      }
    });
    // What is pressed here is not dragged below.
    for (const type of ["pointerdown", "dblclick", "wheel"]) this.root.addEventListener(type, (event) => event.stopPropagation());
  }

  /** The variant, its fingerprint of now, and what was said of it, newest first. */
  set subject({ id, print, history }: { id: string; print: string; history: readonly StampRequest[] }) {
    if (id !== this.#id) {
      this.#draft = undefined;
      this.#open = -1;
    }
    this.#id = id;
    this.#print = print;
    this.#comments = history.filter(({ action, place }) => action === "comment" && place).reverse();
    this.changed();
  }

  /** Where the picture stands on the stage, CSS px. */
  map(map: Mapping, size: { width: number; height: number }): void {
    this.#map = map;
    this.#size = size;
    this.#place();
  }

  get isDrafting(): boolean {
    return this.#draft !== undefined;
  }

  /** Begins a comment at a place in px of the format, or moves the one that was begun. */
  draft(at: Point): void {
    const isNew = this.#draft === undefined;
    this.#draft = { x: Math.max(0, Math.round(at.x)), y: Math.max(0, Math.round(at.y)) };
    this.#open = -1;
    if (isNew) this.#field.value = "";
    this.update();
    if (isNew) this.#field.focus();
  }

  stop(): void {
    if (!this.#draft) return;
    this.#draft = undefined;
    this.update();
    this.dispatchEvent(new Event("stopped"));
  }

  #send(): void {
    const words = this.#field.value.trim();
    if (words === "" || !this.#draft) {
      this.#field.focus();
      return;
    }
    const { x, y } = this.#draft;
    this.request("variorum-comment-request", { id: this.#id, words, place: [x, y] });
    this.stop();
  }

  #nudge(event: Event): void {
    if (!(event instanceof KeyboardEvent) || !this.#draft) return;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const step = (event.shiftKey ? LEAP : STEP) / this.#map.scale;
    this.draft({ x: this.#draft.x + (by[0] ?? 0) * Math.max(1, step), y: this.#draft.y + (by[1] ?? 0) * Math.max(1, step) });
  }

  protected override update(): void {
    keep(
      this.#pins,
      [...this.#comments.entries()],
      ([n, { timeMs }]) => `${this.#id} ${n} ${timeMs}`,
      ([n]) => h("button", { class: "pin", "aria-expanded": "false", onclick: () => this.#toggle(n) }, String(n + 1)),
      (node, [n, { actor, reason, fingerprint }]) => {
        const isOld = fingerprint !== this.#print;
        node.classList.toggle("old", isOld);
        node.setAttribute("aria-expanded", String(n === this.#open));
        node.setAttribute("aria-label", `${n + 1}: comment by ${actor}${isOld ? ", of an earlier state" : ""}: ${reason ?? ""}`);
      },
    );
    const open = this.#comments[this.#open];
    this.#note.hidden = !open;
    if (open) {
      const when = `${moment(open.timeMs)}${open.fingerprint === this.#print ? "" : " · earlier state"}`;
      this.#note.replaceChildren(h("header", {}, open.actor, h("time", {}, when)), h("p", { dir: "auto" }, open.reason ?? ""));
    } else write(this.#note, "");
    this.#draftPin.hidden = !this.#draft;
    this.#form.hidden = !this.#draft;
    this.#place();
  }

  #toggle(n: number): void {
    this.#open = this.#open === n ? -1 : n;
    this.changed();
  }

  #place(): void {
    for (const [n, node] of [...this.#pins.children].entries()) {
      const [x, y] = this.#comments[n]?.place ?? [0, 0];
      if (node instanceof HTMLElement) this.#put(node, { x, y });
    }
    const [x, y] = this.#comments[this.#open]?.place ?? [0, 0];
    this.#putBeside(this.#note, { x, y });
    if (this.#draft) {
      this.#put(this.#draftPin, this.#draft);
      this.#putBeside(this.#form, this.#draft);
    }
  }

  #put(node: HTMLElement, { x, y }: Point): void {
    const { left, top, scale } = this.#map;
    node.style.setProperty("transform", `translate(${Math.round(left + x * scale)}px, ${Math.round(top + y * scale)}px)`);
  }

  /** Right of the point, or left of it where there is no room; never outside the stage. */
  #putBeside(node: HTMLElement, { x, y }: Point): void {
    const { left, top, scale } = this.#map;
    const { width, height } = this.#size;
    const at = left + x * scale;
    const right = at + 20 + NOTE_WIDTH <= width ? at + 20 : at - 20 - NOTE_WIDTH;
    const across = Math.max(8, Math.min(width - NOTE_WIDTH - 8, right));
    const down = Math.max(8, Math.min(height - 160, top + y * scale - 12));
    node.style.setProperty("transform", `translate(${Math.round(across)}px, ${Math.round(down)}px)`);
  }
}

define("variorum-pins", VariorumPins);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-pins": VariorumPins;
  }
}
