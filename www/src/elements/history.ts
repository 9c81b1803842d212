/**
 * `<variorum-history>`: what people said of one variant, newest first. In: events of the ledger. Out: nothing.
 */

import type { StampAction, StampRequest } from "../engine/types.ts";
import { css, define, h, StudioElement } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { moment } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; }
li { padding: 6px 0; border-top: 1px solid var(--line); } li:first-child { border: 0; padding-top: 0; }
div { display: flex; gap: 6px; align-items: center; } time { margin-left: auto; font-size: 11px; color: var(--quiet); white-space: nowrap; }
p { color: var(--quiet); overflow-wrap: anywhere; }
.sign[data-status="approved"] { color: var(--approved); } .sign[data-status="sent-back"] { color: var(--sent-back); }
`);

const WORDS: Record<StampAction, string> = {
  approve: "Approved",
  "approve-unseen": "Approved, not seen,",
  "send-back": "Sent back",
  undo: "Taken back",
  comment: "Comment",
};
const SIGNS = {
  approve: "approved",
  "approve-unseen": "approved",
  "send-back": "sent-back",
  undo: "reopened",
  comment: "comment",
} as const;

export class VariorumHistory extends StudioElement {
  #events: readonly StampRequest[] = [];
  readonly #list = h("ul");

  constructor() {
    super(base, style);
    this.root.append(this.#list);
  }

  set events(events: readonly StampRequest[]) {
    if (events === this.#events) return;
    this.#events = events;
    this.changed();
  }

  protected override update(): void {
    this.#list.replaceChildren(
      ...this.#events.map(({ action, actor, timeMs, reason }) =>
        h(
          "li",
          {},
          h(
            "div",
            {},
            h("span", { class: "sign", "data-status": action === "undo" ? "" : SIGNS[action] }, icon(SIGNS[action])),
            `${WORDS[action]} by ${actor}`,
            h("time", { datetime: new Date(timeMs).toISOString() }, moment(timeMs)),
          ),
          reason ? h("p", { dir: "auto" }, reason) : undefined,
        ),
      ),
    );
  }
}

define("variorum-history", VariorumHistory);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-history": VariorumHistory;
  }
}
