/**
 * `<variorum-adjust-bar>`: what can be done to the layer that is adjusted, in one row whatever is chosen. In: the chosen layer, hidden ones, the reach where no other place shows
 * it. Out: what was pressed; doing it is the owner's.
 *
 * @fires variorum-redo-request
 * @fires variorum-take-back-request
 */

import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { base } from "../style/base.ts";
import { type Reach, VariorumReach } from "./reach.ts";

const style = css(`
:host { display: flex; align-items: center; gap: 4px 6px; padding: 0; flex: 1 0 100%; min-height: 32px; min-width: 0; flex-wrap: wrap; }
.group { display: flex; align-items: center; gap: 4px; flex: none; }
select { width: auto; min-height: 28px; padding: 2px 4px; }
.layer { width: 132px; } .hidden { width: 116px; } .rule { width: 1px; height: 20px; background: var(--line); }
label { display: flex; align-items: center; gap: 4px; white-space: nowrap; } label.off { color: var(--faint); }
input[type="color"] { width: 28px; min-height: 28px; padding: 2px; } input[type="color"]:disabled { opacity: .2; } input[type="number"] { width: 48px; min-height: 28px; padding: 2px 4px; }
.end { margin-inline-start: auto; }
button.small { padding: 0 5px; gap: 4px; }
@container (max-width: 760px) { kbd, .rule { display: none; } .layer { width: 128px; } .hidden { width: 112px; } .hidden:disabled { display: none; } variorum-reach { max-width: 216px; } }
.why { color: var(--must); font-size: 11px; line-height: 16px; }
`);

const MOST_LINES = 20;

export interface AdjustState {
  reach: Reach | undefined;
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
  readonly #color = h("input", { type: "color", onchange: () => this.#say({ act: "color", color: this.#color.value }) });
  readonly #lines = h("input", {
    type: "number",
    min: 1,
    max: MOST_LINES,
    "aria-describedby": "why",
    onchange: () => this.#sayLines(),
  });
  /** Why what was typed is not taken. */
  readonly #why = h("span", { class: "why", id: "why", role: "alert", hidden: true });
  readonly #colorLabel = h("label", {}, "Colour", this.#color);
  readonly #linesLabel = h("label", {}, "Most lines", this.#lines);
  readonly #hidden = h("select", {
    class: "hidden",
    "aria-label": "Hidden layers",
    onchange: () => this.#say({ act: "bring-back", layer: this.#hidden.value }),
  });
  readonly #reach = new VariorumReach();
  readonly #words = h("span", { class: "unseen", role: "status" });

  constructor() {
    super(base, style);
    this.#reach.toggleAttribute("inline", true);
    const takeBack = () => this.request("variorum-take-back-request", undefined);
    const redo = () => this.request("variorum-redo-request", undefined);
    this.root.append(
      h("div", { class: "group" }, this.#layer, ...this.#own),
      h("span", { class: "rule" }),
      h("div", { class: "group" }, this.#colorLabel, this.#linesLabel, this.#why),
      this.#reach,
      h(
        "div",
        { class: "group end" },
        this.#hidden,
        h("button", { class: "small", title: "Undo (Ctrl Z)", onclick: takeBack }, "Undo"),
        h("button", { class: "small", title: "Redo (Ctrl Y)", onclick: redo }, "Redo"),
      ),
      this.#words,
    );
  }

  set state(state: AdjustState | undefined) {
    if (state?.layer !== this.#state?.layer) this.#why.hidden = true;
    this.#state = state;
    this.changed();
  }

  /** Where a layer is left to bring back. */
  focusHidden(): void {
    this.update();
    this.#hidden.focus({ preventScroll: true });
  }

  /** Refused words stand beside the field, which goes back to what holds. */
  #sayLines(): void {
    const typed = this.#lines.valueAsNumber;
    const isTaken = this.#lines.checkValidity() && Number.isInteger(typed);
    this.#why.hidden = isTaken;
    write(this.#why, isTaken ? "" : `Not taken: lines are 1 to ${MOST_LINES}.`);
    if (isTaken) this.#say({ act: "lines", lines: typed });
    else this.#lines.value = String(this.#state?.lines ?? "");
  }

  #say(detail: AdjustAct): void {
    this.dispatchEvent(new CustomEvent<AdjustAct>("acted", { detail }));
  }

  protected override update(): void {
    const state = this.#state;
    if (!state) return;
    const { reach, layer, layers, hidden, corrected, canCrop, cropping, color, lines } = state;
    this.#layer.replaceChildren(
      h("option", { value: "" }, "Choose a layer"),
      ...layers.map((one) => h("option", { value: one }, one)),
    );
    this.#layer.value = layer;
    this.#reach.hidden = !reach;
    this.#reach.reach = reach;
    for (const button of this.#own) {
      button.disabled = layer === "" || (button.dataset.act === "crop" && !canCrop);
      if (button.dataset.act === "crop") button.setAttribute("aria-pressed", String(cropping));
    }
    this.#color.disabled = color === undefined;
    this.#color.value = color?.slice(0, 7) ?? "#000000";
    this.#colorLabel.classList.toggle("off", color === undefined);
    this.#lines.disabled = lines === undefined;
    this.#linesLabel.classList.toggle("off", lines === undefined);
    // Who is typing is not overtaken by what the page answers.
    if (!this.#lines.matches(":focus")) this.#lines.value = lines === undefined ? "" : String(lines);
    // It keeps its room while nothing is hidden, so that nothing moves.
    this.#hidden.disabled = hidden.length === 0;
    this.#hidden.replaceChildren(
      h("option", { value: "" }, hidden.length === 0 ? "None hidden" : `Hidden: ${hidden.length}`),
      ...hidden.map((one) => h("option", { value: one }, `Bring back ${one}`)),
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
