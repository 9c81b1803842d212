/**
 * `<variorum-adjust-bar>`: what can be done to the layer that is adjusted, and how far it shall hold. In: the chosen layer, hidden ones, the scope. Out: what was
 * pressed; doing it is the owner's.
 *
 * @fires variorum-redo-request
 * @fires variorum-take-back-request
 */

import { SCOPES, type Scope, scopeWords } from "../studio/corrections.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import type { Item } from "../studio/sections.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: flex; align-items: center; gap: 4px 8px; flex-wrap: wrap; padding: 0 8px; flex: 1 0 100%; min-height: 32px; }
select { width: auto; min-height: 28px; padding: 2px 4px; max-width: 240px; }
.layer { min-width: 96px; } .rule { width: 1px; height: 20px; background: var(--line); }
input[type="color"] { width: 32px; min-height: 28px; padding: 2px; } input[type="number"] { width: 56px; min-height: 28px; padding: 2px 4px; }
.words { color: var(--quiet); }
`);

export interface AdjustState {
  item: Item;
  /** "" where none is chosen. */
  layer: string;
  layers: readonly string[];
  hidden: readonly string[];
  corrected: boolean;
  /** The layer shows a picture whose crop is known; its focal box is being drawn. */
  canCrop: boolean;
  cropping: boolean;
  /** Of type or of a shape, `#rrggbb`; undefined where it has none. */
  color: string | undefined;
  /** Lines that its text takes; undefined where it is none. */
  lines: number | undefined;
}

/** What a press means. */
export type AdjustAct =
  | { act: "choose" | "bring-back"; layer: string }
  | { act: "color"; color: string }
  | { act: "lines"; lines: number }
  | { act: "crop" | "hide" | "forward" | "backward" | "reset" };

export class VariorumAdjustBar extends StudioElement {
  #state: AdjustState | undefined;
  readonly #layer = h("select", {
    class: "layer",
    "aria-label": "Layer",
    onchange: () => this.#say({ act: "choose", layer: this.#layer.value }),
  });
  readonly #scope = h("select", { "aria-label": "How far it holds", onchange: () => this.dispatchEvent(new Event("scoped")) });
  readonly #own = (
    [
      ["crop", "Crop", ""],
      ["hide", "Hide", "H"],
      ["backward", "Backward", "["],
      ["forward", "Forward", "]"],
      ["reset", "As laid out", ""],
    ] as const
  ).map(([act, words, key]) =>
    h(
      "button",
      { class: "small", "data-act": act, onclick: () => this.#say({ act }) },
      words,
      key === "" ? undefined : h("kbd", { "aria-hidden": "true" }, key),
    ),
  );
  readonly #color = h("input", {
    type: "color",
    "aria-label": "Colour",
    title: "Colour",
    onchange: () => this.#say({ act: "color", color: this.#color.value }),
  });
  readonly #lines = h("input", {
    type: "number",
    min: 1,
    max: 20,
    "aria-label": "Most lines",
    title: "Most lines",
    onchange: () => this.#lines.checkValidity() && this.#say({ act: "lines", lines: this.#lines.valueAsNumber }),
  });
  readonly #hidden = h("select", {
    "aria-label": "Hidden layers",
    onchange: () => this.#say({ act: "bring-back", layer: this.#hidden.value }),
  });
  readonly #words = h("span", { class: "words", role: "status" });

  constructor() {
    super(base, style);
    this.root.append(
      this.#layer,
      ...this.#own,
      this.#color,
      this.#lines,
      this.#hidden,
      h("span", { class: "rule" }),
      h("button", { class: "small", onclick: () => this.request("variorum-take-back-request", undefined) }, "Undo"),
      h("button", { class: "small", onclick: () => this.request("variorum-redo-request", undefined) }, "Redo"),
      h("span", { class: "rule" }),
      this.#scope,
      this.#words,
    );
  }

  set state(state: AdjustState | undefined) {
    this.#state = state;
    this.changed();
  }

  get scope(): Scope {
    return SCOPES.find((one) => one === this.#scope.value) ?? "variant";
  }

  /** Back to this variant alone. */
  narrow(): void {
    this.#scope.value = "variant";
  }

  /** Where a layer is left to bring back. */
  focusHidden(): void {
    this.update();
    this.#hidden.focus({ preventScroll: true });
  }

  #say(detail: AdjustAct): void {
    this.dispatchEvent(new CustomEvent<AdjustAct>("acted", { detail }));
  }

  protected override update(): void {
    const state = this.#state;
    if (!state) return;
    const { item, layer, layers, hidden, corrected, canCrop, cropping, color, lines } = state;
    const { scope } = this;
    this.#layer.replaceChildren(
      h("option", { value: "" }, "Choose a layer"),
      ...layers.map((one) => h("option", { value: one }, one)),
    );
    this.#layer.value = layer;
    this.#scope.replaceChildren(...SCOPES.map((one) => h("option", { value: one }, scopeWords(one, item))));
    this.#scope.value = scope;
    for (const button of this.#own) {
      button.disabled = layer === "" || (button.dataset.act === "crop" && !canCrop);
      if (button.dataset.act === "crop") button.setAttribute("aria-pressed", String(cropping));
    }
    this.#color.disabled = color === undefined;
    this.#color.value = color?.slice(0, 7) ?? "#000000";
    this.#lines.disabled = lines === undefined;
    // Who is typing is not overtaken by what the page answers.
    if (!this.#lines.matches(":focus")) this.#lines.value = lines === undefined ? "" : String(lines);
    this.#hidden.hidden = hidden.length === 0;
    this.#hidden.replaceChildren(
      h("option", { value: "" }, "Hidden: bring back"),
      ...hidden.map((one) => h("option", { value: one }, one)),
    );
    write(this.#words, corrected ? "Layout corrected" : "");
  }
}

define("variorum-adjust-bar", VariorumAdjustBar);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-adjust-bar": VariorumAdjustBar;
  }
}
