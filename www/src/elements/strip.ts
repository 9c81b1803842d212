/**
 * `<variorum-strip>`: the filmstrip below the loupe. In: the state, the items of the strip, the focused one. Out: small pictures of those in
 * sight, and requests to focus another.
 *
 * @fires variorum-focus-request - `{ id }`
 */

import { EMPTY_STATE, type StudioState } from "../store/state.ts";
import { cellStyle, PictureCell, type PictureSource } from "../studio/cell.ts";
import { css, define, h, StudioElement } from "../studio/dom.ts";
import type { Item } from "../studio/sections.ts";
import { shortName } from "../studio/words.ts";
import { base } from "../style/base.ts";

const HEIGHT = 64;
const GAP = 12;

const style = css(`
:host { display: block; height: 112px; background: var(--ground); color: var(--ground-ink); }
.scroll { scrollbar-color: var(--ground-quiet) transparent; height: 100%; overflow-x: auto; overflow-y: hidden; scrollbar-width: thin; }
.film { position: relative; height: ${HEIGHT + 36}px; }
`);

export class VariorumStrip extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #items: readonly Item[] = [];
  #laid: readonly Item[] | undefined;
  #places: { x: number; width: number; pictureWidth: number; pictureHeight: number }[] = [];
  #focused = "";
  #revealed = "";
  #kind = "sheet";
  readonly #cells = new Map<string, PictureCell>();
  readonly #film = h("div", { class: "film", role: "listbox", "aria-label": "Strip", "aria-orientation": "horizontal" });
  readonly #scroll = h("div", { class: "scroll" }, this.#film);
  #frame = 0;

  source: PictureSource | undefined;

  constructor() {
    super(base, cellStyle, style);
    this.root.append(this.#scroll);
    this.#scroll.addEventListener(
      "scroll",
      () => {
        this.#frame ||= requestAnimationFrame(() => {
          this.#frame = 0;
          this.#show();
        });
      },
      { passive: true },
    );
    this.#film.addEventListener("click", (event) => {
      const id = event.target instanceof Element ? event.target.closest<HTMLElement>(".cell")?.dataset.id : undefined;
      if (id) this.request("variorum-focus-request", { id, extend: false, toggle: false });
    });
  }

  disconnectedCallback(): void {
    cancelAnimationFrame(this.#frame);
    for (const cell of this.#cells.values()) cell.drop();
  }

  set state(state: StudioState) {
    this.#state = state;
    this.changed();
  }
  set items(items: readonly Item[]) {
    this.#items = items;
    this.changed();
  }
  set focused(id: string) {
    this.#focused = id;
    this.changed();
  }
  set kind(kind: string) {
    this.#kind = kind;
  }

  protected override update(): void {
    if (this.#laid !== this.#items) {
      this.#laid = this.#items;
      this.#places = [];
      let x = 16;
      for (const { format } of this.#items) {
        const aspect = format.width / Math.max(1, format.height);
        const pictureWidth = Math.max(12, Math.min(200, Math.round(HEIGHT * aspect)));
        const width = Math.max(72, pictureWidth);
        this.#places.push({ x, width, pictureWidth, pictureHeight: Math.min(HEIGHT, Math.round(pictureWidth / aspect)) });
        x += width + GAP;
      }
      this.#film.style.setProperty("width", `${x + 4}px`);
      this.#revealed = "";
    }
    this.#film.style.setProperty("--empty", this.#state.campaign?.ground ?? "#808080");
    if (this.#revealed !== this.#focused) {
      this.#revealed = this.#focused;
      const place = this.#places[this.#items.findIndex((item) => item.id === this.#focused)];
      if (place) this.#scroll.scrollLeft = place.x + place.width / 2 - this.#scroll.clientWidth / 2;
    }
    this.#show();
  }

  /** What tells it from those beside it: there is no room for more. */
  #nameOf(item: Item, at: number): string {
    const { format, locale, option } = item;
    const beside = [this.#items[at - 1], this.#items[at + 1]];
    if (beside.some((one) => one?.format.id === format.id && one.locale.tag === locale.tag)) return option;
    const isLanguage = this.#kind === "language" || beside.some((one) => one?.format.id === format.id);
    const isFormat = this.#kind === "format" || beside.some((one) => one?.locale.tag === locale.tag);
    const name = shortName(format);
    if (isLanguage !== isFormat) return isLanguage ? locale.name : name;
    return `${name} · ${locale.tag}`;
  }

  #show(): void {
    const { source } = this;
    if (!source) return;
    const { scrollLeft, clientWidth } = this.#scroll;
    const kept = new Set<string>();
    for (const [i, item] of this.#items.entries()) {
      const place = this.#places[i];
      if (!place || place.x + place.width < scrollLeft - 240 || place.x > scrollLeft + clientWidth + 240) continue;
      kept.add(item.id);
      let cell = this.#cells.get(item.id);
      if (!cell) {
        cell = new PictureCell("option");
        this.#cells.set(item.id, cell);
        this.#film.append(cell.element);
      }
      const { style: box } = cell.element;
      box.setProperty("left", `${place.x}px`);
      box.setProperty("top", `${12 + HEIGHT - place.pictureHeight}px`);
      box.setProperty("width", `${place.width}px`);
      cell.element.setAttribute("aria-posinset", String(i + 1));
      cell.element.setAttribute("aria-setsize", String(this.#items.length));
      cell.show(item, place, this.#state, source, { name: this.#nameOf(item, i), focus: item.id === this.#focused, near: false });
    }
    for (const [id, cell] of this.#cells) {
      if (kept.has(id)) continue;
      cell.drop();
      cell.element.remove();
      this.#cells.delete(id);
    }
  }
}

define("variorum-strip", VariorumStrip);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-strip": VariorumStrip;
  }
}
