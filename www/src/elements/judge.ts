/**
 * `<variorum-judge>`: the stamp panel at the foot of the inspector. In: the state, whether a variant has the focus. Out: requests to approve, to
 * send back with a reason, to undo, to go on. It never stamps by itself.
 *
 * @fires variorum-approve-request - approve what is selected
 * @fires variorum-send-back-request - `string`: the reason
 * @fires variorum-undo-request - take the last stamp back
 * @fires variorum-next-request - go to the next variant to review
 */

import { EMPTY_STATE, type StudioState, subjectsOf } from "../store/state.ts";
import { css, define, focused, h, StudioElement, write } from "../studio/dom.ts";
import { count } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; padding: 12px 16px; border-top: 1px solid var(--line); background: var(--chrome-low); }
.buttons { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px; } .buttons button { min-height: 40px; padding: 0 4px; gap: 4px; }
p { font-size: 11px; line-height: 16px; color: var(--quiet); margin-top: 8px; display: flex; gap: 4px; align-items: center; }
p > span { flex: 1; white-space: nowrap; } p button { font-size: 11px; padding: 0 2px; gap: 4px; }
button.held { visibility: hidden; }
.reason { margin-bottom: 8px; } .reason label { display: block; font-size: 11px; line-height: 16px; color: var(--quiet); margin-bottom: 4px; }
.reason textarea { min-height: 56px; }
`);

export class VariorumJudge extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  /** The variant that has the focus, or "". */
  #focus = "";
  #reasoning = false;
  /** What had the focus before the reason was asked for: a cell of the sheet, the loupe, the button. */
  #from: Element | undefined;
  readonly #reasonField = h("textarea", {
    id: "reason",
    maxlength: 2000,
    placeholder: "What should change?",
    oninput: () => this.changed(),
  });
  readonly #reasonLabel = h("label", { for: "reason" });
  readonly #reason = h("div", { class: "reason", hidden: true }, this.#reasonLabel, this.#reasonField);
  readonly #sendBack = h("button", { onclick: () => this.#sendBackPressed() });
  readonly #approve = h("button", { class: "strong", onclick: () => this.#approvePressed() });
  readonly #undo = h(
    "button",
    { class: "plain small", onclick: () => this.request("variorum-undo-request", undefined) },
    "Undo ",
    h("kbd", {}, "U"),
  );
  readonly #next = h(
    "button",
    { class: "plain small", onclick: () => this.request("variorum-next-request", undefined) },
    "Next ",
    h("kbd", { "aria-hidden": "true" }, "N"),
  );
  readonly #sum = h("span", { class: "figures" });

  constructor() {
    super(base, style);
    this.root.append(
      h(
        "div",
        { role: "group", "aria-label": "Stamp" },
        this.#reason,
        h("div", { class: "buttons" }, this.#sendBack, this.#approve),
        h("p", {}, this.#sum, this.#undo, this.#next),
      ),
    );
    this.#reasonField.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#sendBackPressed();
      } else if (event.key === "Escape") {
        event.stopPropagation();
        this.ask(false);
      }
    });
  }

  set state(state: StudioState) {
    const { campaign, counts, selection, shown, undoable } = this.#state;
    const same =
      campaign === state.campaign &&
      counts === state.counts &&
      selection === state.selection &&
      (selection.size < 2 || shown === state.shown) &&
      undoable === state.undoable;
    this.#state = state;
    if (!same) this.changed();
  }

  set focused(id: string) {
    if (id === this.#focus) return;
    this.#focus = id;
    // A reason is given for what was looked at, not for what came after.
    this.ask(false);
    this.changed();
  }

  /** Opens (or closes) the field for the reason. */
  ask(on: boolean): void {
    const before = this.#reasoning;
    const inside = this.root.activeElement !== null;
    if (on && !before) this.#from = focused();
    this.#reasoning = on;
    this.#reason.hidden = !on;
    if (on) {
      this.#reasonField.focus();
    } else if (before) {
      this.#reasonField.value = "";
      if (inside) this.#goBack();
      this.#from = undefined;
    }
    this.changed();
  }

  /** To where the wish to send back came from: the next key is meant for the sheet again. */
  #goBack(): void {
    const from = this.#from;
    if (from instanceof HTMLElement && from.isConnected && from !== document.body) from.focus();
    else this.#sendBack.focus();
  }

  #sendBackPressed(): void {
    if (!this.#reasoning) {
      this.ask(true);
      return;
    }
    const reason = this.#reasonField.value.trim();
    if (reason === "") {
      this.#reasonField.focus();
      return;
    }
    // First the focus: a dialog that asks who stamps gives it back to where it was.
    this.ask(false);
    this.request("variorum-send-back-request", reason);
  }

  #approvePressed(): void {
    if (this.#reasoning) this.ask(false);
    else this.request("variorum-approve-request", undefined);
  }

  protected override update(): void {
    const { counts, undoable } = this.#state;
    const chosen = subjectsOf(this.#state).length;
    const many = chosen > 1 ? `${count(chosen)} ` : "";
    write(this.#reasonLabel, many === "" ? "Reason for sending back" : `Reason for sending back all ${many}that are selected`);
    this.#sendBack.replaceChildren(`Send back ${many}`, h("kbd", {}, this.#reasoning ? "↵" : "R"));
    this.#approve.replaceChildren(this.#reasoning ? "Cancel " : `Approve ${many}`, h("kbd", {}, this.#reasoning ? "Esc" : "A"));
    this.#approve.title = this.#reasoning ? "" : "Approve (A); Shift A goes on to the next to review";
    this.#sendBack.disabled = this.#focus === "" || (this.#reasoning && this.#reasonField.value.trim() === "");
    this.#approve.disabled = this.#focus === "";
    this.#sendBack.classList.toggle("strong", this.#reasoning);
    this.#approve.classList.toggle("strong", !this.#reasoning);
    write(this.#sum, `${count(counts.approved)} of ${count(counts.total)} stamped`);
    // It keeps its room, so that nothing moves at the first stamp.
    this.#undo.classList.toggle("held", !undoable);
  }
}

define("variorum-judge", VariorumJudge);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-judge": VariorumJudge;
  }
}
