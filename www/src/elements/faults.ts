/**
 * `<variorum-faults>`: what the engine refused, each with its place, what was found and what to do. In: typed errors. Out: a panel over the sheet; what was
 * open before stays open behind it.
 *
 * @fires variorum-dismiss-request - it was read
 */

import type { EngineError } from "../engine/types.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { count, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { position: absolute; z-index: 9; left: 16px; right: 16px; bottom: 40px; display: flex; justify-content: center; pointer-events: none; }
.panel { pointer-events: auto; width: min(720px, 100%); max-height: 60vh; overflow: hidden; display: flex; flex-direction: column; background: var(--chrome); color: var(--ink); border: 1px solid var(--must); border-radius: 8px; box-shadow: 0 4px 24px #0004; }
.head { display: flex; align-items: center; gap: 8px; padding: 8px 8px 8px 16px; border-bottom: 1px solid var(--line); }
.head .icon { color: var(--must); } .head h2 { font-size: 13px; line-height: 20px; font-weight: 700; flex: 1; } .head button .icon { color: inherit; }
ul { overflow: auto; padding: 4px 16px 12px; }
li { padding: 8px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; } li:first-child { border: 0; }
code { font: 11px/16px var(--mono); color: var(--quiet); display: block; }
p.quiet { font-size: 11px; line-height: 16px; }
`);

const MOST = 100;

export class VariorumFaults extends StudioElement {
  #errors: readonly EngineError[] = [];
  #kept = "";
  #kind: "error" | "warning" = "error";
  readonly #title = h("h2");
  readonly #list = h("ul", { tabindex: 0, "aria-label": "Errors" });
  readonly #panel = h(
    "section",
    { class: "panel", role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "list", hidden: true },
    h(
      "div",
      { class: "head" },
      icon("must"),
      this.#title,
      h(
        "button",
        { class: "plain icon-only", "aria-label": "Close", onclick: () => this.request("variorum-dismiss-request", undefined) },
        icon("close"),
      ),
    ),
    this.#list,
  );

  constructor() {
    super(base, style);
    this.#title.id = "title";
    this.#list.id = "list";
    this.root.append(this.#panel);
  }

  /** Errors or warnings, and the name of the campaign that stayed open behind them, else "". */
  set faults(faults: { errors: readonly EngineError[]; kept: string; kind?: "error" | "warning" }) {
    if (faults.errors === this.#errors && faults.kept === this.#kept) return;
    this.#errors = faults.errors;
    this.#kept = faults.kept;
    this.#kind = faults.kind ?? "error";
    this.changed();
  }

  protected override update(): void {
    const errors = this.#errors;
    this.#panel.hidden = errors.length === 0;
    if (errors.length === 0) return;
    write(
      this.#title,
      `${plural(errors.length, this.#kind)}${this.#kept !== "" && this.#kind === "error" ? `. “${this.#kept}” stays open as it was.` : "."}`,
    );
    const items = errors.slice(0, MOST).map((error) => {
      const facts = [
        error.found ? `found ${error.found}` : "",
        error.allowed === undefined ? "" : `allowed ${error.allowed}`,
      ].filter(Boolean);
      return h(
        "li",
        {},
        error.at === "" ? undefined : h("code", {}, error.at),
        h("p", {}, error.message),
        facts.length > 0 && h("p", { class: "quiet" }, facts.join(" · ")),
        error.hint === undefined ? undefined : h("p", {}, error.hint),
      );
    });
    if (errors.length > MOST) items.push(h("li", { class: "quiet" }, `and ${count(errors.length - MOST)} more`));
    this.#list.replaceChildren(...items);
  }
}

define("variorum-faults", VariorumFaults);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-faults": VariorumFaults;
  }
}
