/**
 * `<variorum-status>`: the line at the foot. In: the state. Out: what is stamped, reopened, open; where the work is kept.
 *
 * @fires variorum-revert-request - take the edits back
 * @fires variorum-remake-request - make edits of the files of before again
 * @fires variorum-filter-request - show those whose corrections were made before the master changed
 * @fires variorum-save-campaign-request - put the campaign with them into a file
 * @fires variorum-warnings-request - show what was odd about the campaign's files
 */

import { EMPTY_FILTER, EMPTY_STATE, type StudioState } from "../store/state.ts";
import { editCount } from "../studio/corrections.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { count, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: flex; align-items: center; gap: 20px; height: 28px; padding: 0 16px; background: var(--chrome-low); border-top: 1px solid var(--line); font-size: 11px; white-space: nowrap; overflow: hidden; font-variant-numeric: tabular-nums; }
.small { font-size: 11px; text-decoration: underline; text-underline-offset: 2px; }
.kept { margin-left: auto; overflow: hidden; text-overflow: ellipsis; }
span:empty { display: none; }
`);

export class VariorumStatus extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  readonly #stamped = h("span");
  readonly #open = h("span");
  readonly #reopened = h("span");
  readonly #must = h("span");
  readonly #edits = h("button", { class: "plain small", onclick: () => this.request("variorum-revert-request", undefined) });
  readonly #save = h("button", {
    class: "plain small",
    title: "The campaign's files with words, tokens, layouts and stamps written into them: somebody else goes on with it",
    onclick: () => this.request("variorum-save-campaign-request", undefined),
  });
  readonly #left = h("button", {
    class: "plain small",
    title: "Words, tokens and layouts that were edited in the files of before, and are not in these",
    onclick: () => this.request("variorum-remake-request", undefined),
  });
  #saved = "";
  #leftCount = 0;
  readonly #old = h("button", {
    class: "plain small",
    title: "Corrected by hand before the master changed: each is kept until you keep it or take it back",
    onclick: () => this.request("variorum-filter-request", { ...EMPTY_FILTER, findings: new Set(this.#oldKeys()) }),
  });
  readonly #warnings = h("button", { class: "plain small", onclick: () => this.request("variorum-warnings-request", undefined) });
  readonly #kept = h("span", { class: "kept" });

  constructor() {
    super(base, style);
    this.root.append(
      h("span", { class: "unseen" }, "Status"),
      this.#stamped,
      this.#open,
      this.#reopened,
      this.#must,
      this.#edits,
      this.#save,
      this.#left,
      this.#old,
      this.#warnings,
      this.#kept,
    );
  }

  /** How many edits were left behind in other files of the campaign. */
  set left(count: number) {
    if (count === this.#leftCount) return;
    this.#leftCount = count;
    this.changed();
  }

  /** Where all that was done is saved, in words; "" once something was done since. */
  set saved(words: string) {
    this.#saved = words;
    this.changed();
  }

  set state(state: StudioState) {
    const { edits, stamps } = this.#state;
    if (edits !== state.edits || stamps !== state.stamps) this.#saved = "";
    this.#state = state;
    this.changed();
  }

  /** What a correction that the master moved under is among the findings, however grave. */
  #oldKeys(): string[] {
    return [...this.#state.facets.findings.keys()].filter((key) => key.endsWith("/moved-on") && !key.startsWith("note/"));
  }

  protected override update(): void {
    const { campaign, counts, edits, measured, kept } = this.#state;
    let must = 0;
    for (const one of measured.values()) if (one.must) must += 1;
    write(this.#stamped, campaign ? `${count(counts.approved)} of ${count(counts.total)} stamped` : "No campaign open");
    write(this.#open, campaign ? `${count(counts["to-review"])} to review` : "");
    write(this.#reopened, counts.reopened > 0 ? `${count(counts.reopened)} reopened by what changed since` : "");
    write(this.#must, must > 0 ? plural(must, "variant with a must-finding", "variants with a must-finding") : "");
    const edited = editCount(edits);
    this.#edits.hidden = edited === 0;
    write(this.#edits, `${plural(edited, "edit")}: take back…`);
    this.#save.hidden = edited === 0 && counts.approved + counts["sent-back"] + counts.reopened === 0;
    write(this.#save, this.#saved === "" ? "save as a file…" : this.#saved);
    this.#left.hidden = this.#leftCount === 0;
    write(this.#left, `${plural(this.#leftCount, "edit")} of the files before: make again…`);
    const old = this.#oldKeys().reduce((sum, key) => sum + (this.#state.facets.findings.get(key) ?? 0), 0);
    this.#old.hidden = old === 0;
    write(this.#old, `${plural(old, "variant")} corrected before the master changed: look…`);
    const warnings = campaign?.warnings.length ?? 0;
    this.#warnings.hidden = warnings === 0;
    write(this.#warnings, `${plural(warnings, "warning")} on opening`);
    const words = {
      yes: "kept in this browser · nothing leaves this tab",
      writing: "writing to this browser · nothing leaves this tab",
      off: "not kept: this browser stores nothing here · nothing leaves this tab",
    };
    write(this.#kept, words[kept]);
  }
}

define("variorum-status", VariorumStatus);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-status": VariorumStatus;
  }
}
