/**
 * `<variorum-deliver>`: the last look before files leave. In: the state, and the gate's plan for the options chosen. Out: what will leave under
 * which names, what is refused and why, what is wrong with a template of names, a request to write, progress, and what was written.
 *
 * @fires variorum-delivery-request - `DeliveryWish`: write now; the owner answers by `done`, `taken` or `failed`
 * @fires variorum-stop-request - stop writing
 * @fires variorum-filter-request - show the refused ones on the sheet
 */

import { asEngineErrors } from "../engine/errors.ts";
import type { DeliveryOptions, EngineError, Status } from "../engine/types.ts";
import { EMPTY_STATE, type StudioState, selectedOf } from "../store/state.ts";
import type { DeliveryPlan } from "../store/store.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { bytes, count, plural, STATUS } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { dialog } from "../style/dialog.ts";

/** What the person chose. */
export interface DeliveryWish {
  delivery: DeliveryOptions;
  naming: string;
  /** Undefined: all that is approved. */
  ids: readonly string[] | undefined;
}

const style = css(`
.form { display: grid; grid-template-columns: 104px 1fr; gap: 8px 12px; align-items: center; margin-bottom: 16px; }
.form > span, .form > label { color: var(--quiet); }
.choices { display: flex; gap: 16px; align-items: center; flex-wrap: wrap; } .choices label { display: flex; gap: 6px; align-items: center; min-height: 24px; }
input[type="number"] { width: 72px; }
input[type="text"] { font-family: var(--mono); font-size: 11px; }
.example { grid-column: 2; font: 11px/16px var(--mono); color: var(--quiet); overflow-wrap: anywhere; }
.box { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; margin-bottom: 8px; }
.box h3 { font-size: 13px; line-height: 20px; font-weight: 600; display: flex; align-items: center; gap: 8px; }
.box h3 button { margin-left: auto; }
.names { font: 11px/18px var(--mono); max-height: 108px; overflow: auto; margin-top: 6px; color: var(--quiet); overflow-wrap: anywhere; }
.bar { height: 6px; border-radius: 3px; background: var(--line); overflow: hidden; flex: 1; } .bar i { display: block; height: 100%; background: var(--ink); transform-origin: left; transform: scaleX(0); }
dialog:focus { outline: none; }
.fault { color: var(--must); overflow-wrap: anywhere; }
`);

export class VariorumDeliver extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #writing = false;
  #word = "";
  #fault = "";
  /** Answers what would leave; set by the owner of the state. */
  plan: (wish: DeliveryWish) => DeliveryPlan = () => ({ files: [], refused: [] });

  readonly #png = h("input", { type: "radio", name: "type", value: "png", onchange: () => this.#chose() });
  readonly #jpeg = h("input", { type: "radio", name: "type", value: "jpeg", onchange: () => this.#chose() });
  readonly #quality = h("input", {
    type: "number",
    min: 1,
    max: 100,
    value: 88,
    "aria-label": "JPEG quality, 1 to 100",
    "aria-describedby": "wrong-quality",
    oninput: () => this.#chose(),
  });
  readonly #qualityLabel = h("label", {}, "quality", this.#quality);
  readonly #naming = h("input", {
    type: "text",
    id: "naming",
    spellcheck: "false",
    "aria-describedby": "example wrong-name",
    oninput: () => this.#chose(),
  });
  readonly #all = h("input", { type: "radio", name: "which", onchange: () => this.#chose() });
  readonly #chosen = h("input", { type: "radio", name: "which", onchange: () => this.#chose() });
  readonly #chosenLabel = h("span");
  readonly #example = h("p", { class: "example", id: "example" });
  /** What is wrong with the template, where it stands. */
  readonly #wrongName = h("p", { class: "example fault", id: "wrong-name", role: "alert", hidden: true });
  readonly #wrongQuality = h("p", { class: "fault", id: "wrong-quality", role: "alert", hidden: true });
  readonly #leaving = h("h3");
  readonly #names = h("div", { class: "names", tabindex: 0, role: "group", "aria-label": "File names" });
  readonly #refusedTitle = h("span");
  readonly #refusedNames = h("p", { class: "quiet" });
  readonly #refused = h(
    "div",
    { class: "box" },
    h("h3", {}, this.#refusedTitle, h("button", { class: "small", onclick: () => this.#showRefused() }, "Show them")),
    this.#refusedNames,
  );
  readonly #faultLine = h("p", { class: "fault", role: "alert" });
  readonly #fill = h("i");
  readonly #bar = h("span", { class: "bar", hidden: true }, this.#fill);
  readonly #rate = h("span", { class: "figures", role: "status" });
  readonly #grow = h("span", { class: "grow" });
  readonly #cancel = h("button", { onclick: () => this.#close() });
  readonly #save = h("button", { class: "strong figures", onclick: () => this.#send() });
  readonly #dialog: HTMLDialogElement;

  constructor() {
    super(base, dialog, style);
    this.#dialog = h(
      "dialog",
      { "aria-labelledby": "title", tabindex: -1 },
      h(
        "div",
        { class: "head" },
        h("h2", { id: "title" }, "Deliver"),
        h("button", { class: "plain icon-only", "aria-label": "Close", onclick: () => this.#close() }, icon("close")),
      ),
      h(
        "div",
        { class: "body" },
        h(
          "div",
          { class: "form" },
          h("span", { id: "which" }, "What"),
          h(
            "div",
            { class: "choices", role: "radiogroup", "aria-labelledby": "which" },
            h("label", {}, this.#all, "All stamped"),
            h("label", {}, this.#chosen, this.#chosenLabel),
          ),
          h("span", { id: "as" }, "As"),
          h(
            "div",
            { class: "choices", role: "radiogroup", "aria-labelledby": "as" },
            h("label", {}, this.#png, "PNG"),
            h("label", {}, this.#jpeg, "JPEG"),
            this.#qualityLabel,
            this.#wrongQuality,
          ),
          h("label", { for: "naming" }, "Named"),
          this.#naming,
          this.#example,
          this.#wrongName,
        ),
        h("div", { class: "box" }, this.#leaving, this.#names),
        this.#refused,
        this.#faultLine,
      ),
      h("div", { class: "foot" }, this.#bar, this.#rate, this.#grow, this.#cancel, this.#save),
    );
    this.root.append(this.#dialog);
    this.#dialog.addEventListener("cancel", (event) => {
      if (!this.#writing) return;
      event.preventDefault();
      this.#close();
    });
  }

  set state(state: StudioState) {
    this.#state = state;
    if (this.#dialog.open) this.changed();
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  open(): void {
    const { campaign, selection } = this.#state;
    if (!campaign || this.#dialog.open) return;
    const { delivery } = campaign;
    this.#png.checked = delivery.type === "png";
    this.#jpeg.checked = delivery.type === "jpeg";
    if (delivery.type === "jpeg") this.#quality.value = String(delivery.quality);
    if (this.#naming.value === "") this.#naming.value = campaign.naming;
    this.#all.checked = true;
    this.#chosen.checked = false;
    this.#chosen.disabled = selection.size === 0;
    this.#word = "";
    this.#fault = "";
    this.update();
    this.#dialog.showModal();
    this.#save.focus();
  }

  /** Written; said in the dialog, which stays until it is closed. */
  done(name: string, size: number): void {
    this.#word = `Written: ${name}, ${bytes(size)}.`;
    this.#ended(this.#cancel);
  }

  /** The page around the studio takes the files itself. */
  taken(): void {
    this.#word = "Handed to this page, which takes the files.";
    this.#ended(this.#cancel);
  }

  failed(words: string): void {
    this.#fault = words;
    this.#ended(this.#save);
  }

  /** Nothing is being written any more: the keyboard goes on at what comes next, where nobody took it elsewhere. */
  #ended(next: HTMLButtonElement): void {
    const at = this.root.activeElement;
    this.#writing = false;
    this.update();
    if (this.#dialog.open && (at === null || at === this.#dialog)) (next.disabled ? this.#cancel : next).focus();
  }

  /** What is taken where the quality typed is none. */
  get #qualityTaken(): number {
    return Math.max(1, Math.min(100, Math.round(Number(this.#quality.value)) || 88));
  }

  #wish(): DeliveryWish {
    const delivery: DeliveryOptions = this.#jpeg.checked ? { type: "jpeg", quality: this.#qualityTaken } : { type: "png" };
    return { delivery, naming: this.#naming.value.trim(), ids: this.#chosen.checked ? selectedOf(this.#state) : undefined };
  }

  /** Another wish: what was said of the one before is over. */
  #chose(): void {
    if (!this.#writing) this.#word = this.#fault = "";
    this.changed();
  }

  #send(): void {
    const wish = this.#wish();
    // What was chosen and is not stamped stays here; the gate would refuse the whole delivery else.
    const ids = this.plan(wish).files.map((file) => file.id);
    // The button goes grey and would drop the keyboard; "Stop" would take the second press of a key that is held.
    if (this.root.activeElement === this.#save) this.#dialog.focus();
    this.#writing = true;
    this.#word = "";
    this.#fault = "";
    this.changed();
    this.request<DeliveryWish>("variorum-delivery-request", wish.ids ? { ...wish, ids } : wish);
  }

  #close(): void {
    if (this.#writing) this.request("variorum-stop-request", undefined);
    else this.#dialog.close();
  }

  #showRefused(): void {
    const status: Status[] = this.#chosen.checked ? ["to-review", "sent-back", "reopened"] : ["reopened"];
    this.request("variorum-filter-request", { status: new Set(status) });
    this.#dialog.close();
  }

  protected override update(): void {
    const { delivery } = this.#state;
    write(this.#chosenLabel, `Selected (${count(selectedOf(this.#state).length)})`);
    this.#qualityLabel.hidden = !this.#jpeg.checked;
    this.#showWrongQuality();
    let plan: DeliveryPlan = { files: [], refused: [] };
    let wrong: readonly EngineError[] = [];
    try {
      plan = this.plan(this.#wish());
    } catch (thrown) {
      wrong = asEngineErrors(thrown);
    }
    const { files } = plan;
    write(this.#example, files[0] ? `such as ${files[0].name}` : "");
    this.#showWrongName(wrong);
    write(
      this.#leaving,
      files.length > 0
        ? `${plural(files.length, "file")} and a manifest in one zip`
        : wrong.length > 0
          ? "No file can be named like this."
          : this.#whyNothing(),
    );
    const most = 200;
    write(
      this.#names,
      files
        .slice(0, most)
        .map((file) => file.name)
        .join("\n") + (files.length > most ? `\n… and ${count(files.length - most)} more` : ""),
    );
    this.#names.style.setProperty("white-space", "pre-line");
    this.#names.hidden = files.length === 0;
    this.#showStaying(plan.refused);
    write(this.#faultLine, this.#fault);
    this.#faultLine.hidden = this.#fault === "";
    const progress = this.#writing ? delivery : undefined;
    this.#bar.hidden = !this.#writing;
    this.#fill.style.setProperty("transform", `scaleX(${progress && progress.total > 0 ? progress.done / progress.total : 0})`);
    write(this.#rate, progress ? `${count(progress.done)} of ${count(progress.total)} · ${bytes(progress.bytes)}` : this.#word);
    this.#grow.hidden = this.#writing;
    write(this.#cancel, this.#writing ? "Stop" : "Close");
    write(this.#save, files.length > 0 ? `Deliver ${count(files.length)}` : "Deliver");
    // A fault is told, not final: what stopped one try need not stop the next.
    this.#save.disabled = this.#writing || files.length === 0;
  }

  #showWrongQuality(): void {
    const isWrong = this.#jpeg.checked && Number(this.#quality.value) !== this.#qualityTaken;
    this.#wrongQuality.hidden = !isWrong;
    write(this.#wrongQuality, isWrong ? `Quality is a whole number, 1 to 100: ${this.#qualityTaken} is taken.` : "");
    this.#quality.toggleAttribute("aria-invalid", isWrong);
  }

  #showWrongName(wrong: readonly EngineError[]): void {
    write(this.#wrongName, wrong.map(wordsOf).join(" "));
    this.#wrongName.hidden = wrong.length === 0;
    if (wrong.length > 0) this.#naming.setAttribute("aria-invalid", "true");
    else this.#naming.removeAttribute("aria-invalid");
  }

  #whyNothing(): string {
    const { reopened } = this.#state.counts;
    if (this.#chosen.checked) return "None of the selected is stamped as it is now.";
    if (reopened === 0) return "Nothing is stamped yet. Approve variants first: A on the sheet.";
    const [were, have] = reopened === 1 ? ["was", "has"] : ["were", "have"];
    return `Nothing may leave: ${count(reopened)} ${were} stamped and ${have} changed since.`;
  }

  /** What does not leave: of a choice, all that is not stamped; of all that is stamped, what has changed since. */
  #showStaying(refused: DeliveryPlan["refused"]): void {
    const by = new Map<Status, string[]>();
    if (this.#chosen.checked) {
      for (const { id, status } of refused) by.set(status, [...(by.get(status) ?? []), id]);
    } else {
      const changed = [...this.#state.stamps].filter(([, stamp]) => stamp.status === "reopened").map(([id]) => id);
      if (changed.length > 0) by.set("reopened", changed);
    }
    const ids = [...by.values()].flat();
    this.#refused.hidden = ids.length === 0;
    const title = this.#chosen.checked ? "Not stamped, stays here" : "Stamped, changed since, stays here";
    write(this.#refusedTitle, `${title}: ${count(ids.length)}`);
    const reasons = [...by].map(([status, some]) => `${count(some.length)} ${STATUS[status].toLowerCase()}`);
    write(this.#refusedNames, `${reasons.join(", ")}${ids.length <= 6 ? `: ${ids.join(", ")}` : ""}.`);
  }
}

/** An error of the naming with what would do instead. */
function wordsOf({ message, allowed }: EngineError): string {
  return allowed === undefined ? message : `${message} Allowed: ${allowed}.`;
}

define("variorum-deliver", VariorumDeliver);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-deliver": VariorumDeliver;
  }
}
