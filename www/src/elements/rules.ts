/**
 * `<variorum-rules>`: rules of the brand about where things may be, for the focused variant. In: those in force. Out: one that shall be other; how far it shall hold is
 * the owner's to add.
 *
 * @fires ruled - `{ logo }` or `{ off_photo }`, of type `PinsChange`
 */

import type { Pins } from "../engine/types.ts";
import type { PinsChange } from "../studio/corrections.ts";
import { css, define, h, StudioElement } from "../studio/dom.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: flex; flex-wrap: wrap; align-items: center; gap: 0 12px; font-size: 11px; }
label { display: flex; align-items: center; gap: 6px; min-height: 28px; } select { width: auto; min-height: 28px; padding: 2px 4px; }
input { width: 16px; height: 16px; min-height: 0; margin: 0; }
`);

/** Start is where reading starts: left, in right-to-left languages right. */
const CORNERS: Record<NonNullable<Pins["logo"]>, string> = {
  free: "where it suits",
  "top-start": "top, start",
  "top-end": "top, end",
  "bottom-start": "bottom, start",
  "bottom-end": "bottom, end",
};

export class VariorumRules extends StudioElement {
  #pins: Pins = {};
  readonly #logo = h(
    "select",
    {
      title: "Start is where reading starts: left, in right-to-left languages right",
      onchange: () => this.#say({ logo: this.#logo.value as NonNullable<Pins["logo"]> }),
    },
    ...Object.entries(CORNERS).map(([value, words]) => h("option", { value }, words)),
  );
  readonly #off = h("input", { type: "checkbox", onchange: () => this.#say({ off_photo: this.#off.checked }) });

  constructor() {
    super(base, style);
    this.root.append(h("label", {}, "Logo always", this.#logo), h("label", {}, this.#off, "Words off photos"));
  }

  set pins(pins: Pins | undefined) {
    this.#pins = pins ?? {};
    this.changed();
  }

  #say(detail: PinsChange): void {
    this.dispatchEvent(new CustomEvent<PinsChange>("ruled", { detail }));
  }

  protected override update(): void {
    this.#logo.value = this.#pins.logo ?? "free";
    this.#off.checked = this.#pins.offPhoto ?? false;
  }
}

define("variorum-rules", VariorumRules);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-rules": VariorumRules;
  }
}
