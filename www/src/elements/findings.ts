/**
 * `<variorum-findings>`: what the rules saw of one variant, worst first, each with its measured value and what would mend it. In: findings,
 * why it could not be drawn. Out: a request to show where.
 *
 * @fires variorum-affirm-request - `{ id, layer }`: a correction made before the master changed is right all the same
 * @fires variorum-uncorrect-request - `{ id, layer }`: it is taken back
 * @fires variorum-settle-request - all such corrections, of whatever variant, are kept or taken back
 * @fires variorum-place-request - `{ id, place }`: show where a finding is
 */

import type { EngineError, Finding } from "../engine/types.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { isOld } from "../studio/settling.ts";
import { count, findingName, measure, remedy, ruleName, sentences } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; }
.finding { display: grid; grid-template-columns: 16px 1fr; gap: 0 8px; width: 100%; text-align: left; white-space: normal; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin-bottom: 6px; justify-content: start; min-height: 32px; }
.finding .icon { margin-top: 2px; } .finding.must .icon { color: var(--must); } .finding.should .icon { color: var(--should); }
.finding b, .finding .hint { overflow-wrap: anywhere; grid-column: 2; } .finding b { font-weight: 600; } .finding small, .finding p { font-size: 11px; line-height: 16px; color: var(--quiet); grid-column: 2; }
.finding .remedy, .finding .hint { color: var(--ink); }
.acts { grid-column: 2; display: flex; gap: 8px; margin-top: 6px; }
.small { font-size: 11px; line-height: 16px; }
`);

const ALL = "Keep all corrections of before the master changed, or take all of them back";

/** What must be mended stands first. */
const ORDER: Record<Finding["severity"], number> = { must: 0, should: 1, note: 2 };

/** What is known of one variant; no findings: not yet checked. */
export interface Checked {
  id: string;
  findings: readonly Finding[] | undefined;
  failed: readonly EngineError[];
  /** Whether the master has a layer. */
  has: (layer: string) => boolean;
  /** Corrections of before the master changed, of all variants. */
  old: number;
}

export class VariorumFindings extends StudioElement {
  #checked: Checked = { id: "", findings: undefined, failed: [], has: () => true, old: 0 };
  readonly #list = h("div");
  readonly #note = h("p", { class: "quiet small" });

  constructor() {
    super(base, style);
    this.root.append(this.#list, this.#note);
  }

  set checked(checked: Checked) {
    const { id, findings, failed, old } = this.#checked;
    // Being drawn anew, at every key typed: what was found before stands until then, or all below would jump.
    const isAgain = id === checked.id && checked.findings === undefined && findings !== undefined && checked.failed.length === 0;
    this.root.host.setAttribute("aria-busy", String(isAgain));
    const isSame = findings === checked.findings && failed === checked.failed && old === checked.old;
    if (isAgain || (id === checked.id && isSame)) return;
    this.#checked = checked;
    this.changed();
  }

  protected override update(): void {
    const { findings, failed } = this.#checked;
    const list = [...(findings ?? [])].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
    this.#list.replaceChildren(...list.map((finding) => this.#finding(finding)), ...failed.map(notDrawn));
    this.#note.hidden = list.length + failed.length > 0;
    write(
      this.#note,
      findings
        ? "None. Checked: room and size of text, contrast, safe zone, logo, legal line, what was left out, faces and products, glyphs, sharpness, file size."
        : "Checked when it is drawn.",
    );
  }

  /** What the master changed under: it is right all the same, or it goes. */
  #settle(layer: string): HTMLElement {
    const { id, has, old } = this.#checked;
    const affirm = () => this.request("variorum-affirm-request", { id, layer });
    const uncorrect = () => this.request("variorum-uncorrect-request", { id, layer });
    const settle = () => this.request("variorum-settle-request", undefined);
    return h(
      "span",
      { class: "acts" },
      has(layer) && h("button", { class: "small", onclick: affirm }, "Keep it"),
      h("button", { class: "small", onclick: uncorrect }, "Take it back"),
      old > 1 && h("button", { class: "small", title: ALL, onclick: settle }, `All ${count(old)}…`),
    );
  }

  #finding(finding: Finding): HTMLElement {
    const { place, severity } = finding;
    const { id } = this.#checked;
    const words = severity === "note" ? "" : remedy(finding);
    // Which line of a file hides it is for who reads files.
    const [what, hint] = sentences(finding.message.replace(/ \(overrides\[\d+\]\)/, ""));
    const parts = [
      icon(severity),
      h("b", {}, h("span", { class: "unseen" }, `${findingName(severity)}: `), what),
      hint === "" ? undefined : h("small", { class: "hint" }, hint),
      h(
        "small",
        { class: "figures" },
        [ruleName(finding.rule), finding.layer ?? "", measure(finding)].filter(Boolean).join(" · "),
      ),
      words === "" ? undefined : h("small", { class: "remedy" }, words),
    ];
    if (isOld(finding) && finding.layer) parts.push(this.#settle(finding.layer));
    if (!place) return h("div", { class: `finding ${severity}` }, ...parts);
    const show = () => this.request("variorum-place-request", { id, place });
    return h("button", { class: `finding ${severity}`, title: "Show where", onclick: show }, ...parts);
  }
}

function notDrawn(error: EngineError): HTMLElement {
  const words = [error.at, error.hint ?? ""].filter(Boolean).join(" · ");
  return h("div", { class: "finding must" }, icon("must"), h("b", {}, `Not drawn: ${error.message}`), h("small", {}, words));
}

define("variorum-findings", VariorumFindings);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-findings": VariorumFindings;
  }
}
