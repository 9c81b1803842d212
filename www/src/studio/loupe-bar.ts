/**
 * The bar over the loupe's stage: what is looked at, the zoom, what can be laid over the picture and done to it. In: the variant in words, what is on. Out: what
 * was pressed; doing it is the owner's. What compares and what adjusts stand below it, each an element of its own.
 */

import { h, write } from "./dom.ts";
import { icon } from "./icons.ts";
import type { OverlayChoice } from "./overlays.ts";

/** What a press means; `choice`: which overlays are shown. */
export type LoupeAct =
  | "back"
  | "farther"
  | "closer"
  | "true-size"
  | "fit"
  | "overlays"
  | "compare"
  | "adjust"
  | "comment"
  | "fold"
  | "choice";

export interface LoupeBarState {
  name: string;
  details: string;
  overlays: boolean;
  comparing: boolean;
  adjusting: boolean;
  strip: boolean;
}

const OVERLAYS = { safe: "Safe zone", edges: "Trim and bleed", layers: "Layers", findings: "Findings" } as const;

export class LoupeBar {
  readonly #say: (act: LoupeAct) => void;
  readonly #title = h("h2");
  readonly #percent: HTMLElement;
  readonly #overlays: HTMLElement;
  readonly #compare: HTMLElement;
  readonly #adjust: HTMLElement;
  readonly #fold: HTMLElement;
  readonly #choices: HTMLElement;
  /** Which overlays are shown where they are. */
  choice: OverlayChoice = { safe: true, edges: true, layers: true, findings: true };
  readonly node: HTMLElement;

  constructor(say: (act: LoupeAct) => void, below: readonly HTMLElement[]) {
    this.#say = say;
    this.#percent = this.#plain("true-size", "", "100 % (Z)", "");
    this.#percent.classList.add("zoom", "figures");
    this.#overlays = this.#toggle("overlays", "layers", "Overlays", "Overlays (O)");
    this.#compare = this.#toggle("compare", "compare", "Compare", "Compare (Space, W, D, S)");
    this.#adjust = this.#toggle("adjust", "corrected", "Adjust", "Adjust layers (J)");
    const comment = this.#toggle("comment", "comment", "Comment", "Comment (C)");
    comment.removeAttribute("aria-pressed");
    // At the top, so that it stands where it is whether the strip is there or not.
    this.#fold = h(
      "button",
      {
        class: "small icon-only fold",
        "aria-pressed": "true",
        "aria-label": "Strip",
        title: "Strip: fold it away, bring it back (T)",
        onclick: () => say("fold"),
      },
      icon("below"),
    );
    this.#choices = h(
      "div",
      { class: "choices", hidden: true, role: "group", "aria-label": "Overlays shown" },
      ...(["safe", "edges", "layers", "findings"] as const).map((name) => this.#box(name)),
    );
    const back = h(
      "button",
      { class: "small", title: "One level back (Esc)", onclick: () => say("back") },
      icon("left"),
      "Back ",
      h("kbd", { class: "wide" }, "Esc"),
    );
    this.node = h(
      "div",
      { class: "bar", role: "toolbar", "aria-label": "Loupe" },
      back,
      this.#title,
      this.#plain("farther", "Farther", "Farther (−)", icon("minus")),
      this.#percent,
      this.#plain("closer", "Closer", "Closer (+)", icon("plus")),
      this.#plain("fit", "", "Whole picture (0)", "Fit"),
      h("span", { class: "rule" }),
      this.#overlays,
      this.#compare,
      this.#adjust,
      comment,
      this.#fold,
      this.#choices,
      ...below,
    );
  }

  set state({ name, details, overlays, comparing, adjusting, strip }: LoupeBarState) {
    this.#title.replaceChildren(name, h("span", {}, `  ${details}`));
    this.#title.title = this.#title.textContent ?? "";
    this.#overlays.setAttribute("aria-pressed", String(overlays));
    this.#compare.setAttribute("aria-pressed", String(comparing));
    this.#adjust.setAttribute("aria-pressed", String(adjusting));
    this.#fold.setAttribute("aria-pressed", String(strip));
    this.#choices.hidden = !overlays;
  }

  /** Px of the screen per px of the file. */
  set scale(scale: number) {
    write(this.#percent, `${Math.round(scale * 100)} %`);
  }

  /** A button without a frame; one whose words are a picture has a name. */
  #plain(act: LoupeAct, name: string, title: string, content: Node | string): HTMLElement {
    const label = name === "" ? {} : { "aria-label": name };
    return h(
      "button",
      { class: name === "" ? "plain small" : "plain small icon-only", title, onclick: () => this.#say(act), ...label },
      content,
    );
  }

  /** A button that stays pressed. */
  #toggle(act: LoupeAct, sign: Parameters<typeof icon>[0], words: string, title: string): HTMLElement {
    return h(
      "button",
      { class: "small", "aria-pressed": "false", "aria-label": words, title, onclick: () => this.#say(act) },
      icon(sign),
      h("span", { class: "wide" }, words),
    );
  }

  #box(name: keyof typeof OVERLAYS): HTMLElement {
    const box = h("input", {
      type: "checkbox",
      checked: true,
      onchange: () => {
        this.choice = { ...this.choice, [name]: box.checked };
        this.#say("choice");
      },
    });
    return h("label", {}, box, OVERLAYS[name]);
  }
}
