/**
 * `<variorum-format>`: a format that the catalogue lacks, typed in, or typed anew. In: what stands by now. Out: what was typed, by promise; what it means for the campaign is the owner's.
 */

import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import type { OwnFormat } from "../studio/own-format.ts";
import { mediumName } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { dialog } from "../style/dialog.ts";

const style = css(`
dialog { width: min(440px, calc(100vw - 32px)); }
.fields { display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 8px 12px; align-items: center; }
.pair { display: flex; gap: 8px; align-items: center; } .pair input { flex: 1; min-width: 0; } .pair select { width: 64px; flex: none; }
.narrow input { width: 96px; }
p { margin-top: 12px; font-size: 11px; line-height: 16px; }
.why { color: var(--must); }
`);

/** Those that people fill in most; each decides what is checked and how the file is made. */
const MEDIA = ["custom", "social", "web", "email", "dooh", "ooh", "print"] as const;
/** As the engine takes them. */
const LARGEST = 200_000;

export class VariorumFormat extends StudioElement {
  readonly #name = h("input", { type: "text", id: "name", maxlength: 80, required: true, placeholder: "Shop window, Oslo" });
  readonly #width = this.#number("width", "Width", 0.1);
  readonly #height = this.#number("height", "Height", 0.1);
  readonly #unit = h(
    "select",
    { "aria-label": "Unit", onchange: () => this.changed() },
    h("option", { value: "px" }, "px"),
    h("option", { value: "mm" }, "mm"),
  );
  readonly #medium = h(
    "select",
    { id: "medium" },
    ...MEDIA.map((id) => h("option", { value: id }, id === "custom" ? "Other" : mediumName(id))),
  );
  readonly #safe = this.#number("safe", "Kept clear at each edge", 0);
  readonly #bleed = this.#number("bleed", "Bleed, mm", 0);
  readonly #bleedLabel = h("label", { for: "bleed" }, "Bleed, mm");
  readonly #note = h("p", { class: "quiet" });
  readonly #title = h("h2", { id: "title" });
  readonly #do = h("button", { class: "strong", type: "submit" });
  readonly #dialog: HTMLDialogElement;
  #answer: ((format: OwnFormat | undefined) => void) | undefined;

  constructor() {
    super(base, dialog, style);
    const label = (id: string, words: string): HTMLElement => h("label", { for: id }, words);
    const form = h(
      "form",
      { method: "dialog" },
      h("div", { class: "head" }, this.#title),
      h(
        "div",
        { class: "body" },
        h(
          "div",
          { class: "fields" },
          label("name", "Name"),
          this.#name,
          label("width", "Width × height"),
          h("span", { class: "pair" }, this.#width, "×", this.#height, this.#unit),
          label("medium", "Medium"),
          this.#medium,
          label("safe", "Kept clear"),
          h("span", { class: "narrow" }, this.#safe),
          this.#bleedLabel,
          h("span", { class: "narrow" }, this.#bleed),
        ),
        this.#note,
      ),
      h(
        "div",
        { class: "foot" },
        h("span", { class: "grow" }),
        h("button", { type: "button", onclick: () => this.#dialog.close() }, "Cancel"),
        this.#do,
      ),
    );
    this.#dialog = h("dialog", { "aria-labelledby": "title" }, form);
    this.root.append(this.#dialog);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#settle(this.#typed());
      this.#dialog.close();
    });
    this.#dialog.addEventListener("close", () => this.#settle(undefined));
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  /** What was typed; nothing where the person thought better of it. */
  ask(stands?: OwnFormat): Promise<OwnFormat | undefined> {
    write(this.#title, stands ? "Change the format" : "Add a format");
    write(this.#do, stands ? "Change" : "Add");
    if (stands) this.#fill(stands);
    this.changed();
    this.#dialog.showModal();
    this.#name.focus();
    this.#name.select();
    return new Promise((answer) => {
      this.#answer = answer;
    });
  }

  #fill({ name, medium, width, height, unit, safe, bleed }: OwnFormat): void {
    this.#name.value = name;
    // One that the list does not offer stays what it is.
    if (![...this.#medium.options].some(({ value }) => value === medium))
      this.#medium.append(h("option", { value: medium }, mediumName(medium)));
    this.#medium.value = medium;
    this.#unit.value = unit;
    for (const [field, value] of [
      [this.#width, width],
      [this.#height, height],
      [this.#safe, safe],
      [this.#bleed, bleed],
    ] as const)
      field.value = String(value);
  }

  #typed(): OwnFormat {
    const unit = this.#unit.value === "mm" ? "mm" : "px";
    const [safe, bleed] = [this.#safe, this.#bleed].map((field) => Number(field.value) || 0);
    return {
      name: this.#name.value.trim(),
      medium: this.#medium.value,
      width: Number(this.#width.value),
      height: Number(this.#height.value),
      unit,
      safe: safe ?? 0,
      bleed: unit === "mm" ? (bleed ?? 0) : 0,
    };
  }

  #number(id: string, name: string, least: number): HTMLInputElement {
    return h("input", {
      type: "number",
      id,
      "aria-label": name,
      min: least,
      max: LARGEST,
      step: "any",
      required: least > 0,
      ...(least > 0 ? {} : { value: "0" }),
    });
  }

  #settle(format: OwnFormat | undefined): void {
    this.#answer?.(format);
    this.#answer = undefined;
  }

  protected override update(): void {
    const print = this.#unit.value === "mm";
    this.#bleedLabel.hidden = !print;
    this.#bleed.hidden = !print;
    write(
      this.#note,
      `${print ? "Millimetres of the finished piece, at 300 dots per inch. " : ""}It is laid out in every language at once, and is part of the campaign when that is saved as a file.`,
    );
  }
}

define("variorum-format", VariorumFormat);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-format": VariorumFormat;
  }
}
