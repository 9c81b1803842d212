/**
 * `<variorum-welcome>`: what stands in place of pictures where there are none, and what to do about it. In: why there are none. Out: requests.
 *
 * @slot - the host's own words where no campaign is open
 * @fires variorum-sample-request - `string`: a sample's id
 * @fires variorum-filter-request - show all again
 * @fires variorum-deliver-dialog-request
 */

import type { SampleInfo } from "../engine/files.ts";
import { EMPTY_FILTER, type StudioState } from "../store/state.ts";
import { css, define, h, StudioElement } from "../studio/dom.ts";
import { sampleName } from "../studio/words.ts";
import { base } from "../style/base.ts";

/** No campaign; files over the page; one being opened; all filtered away; nothing left to review; no findings of the chosen kind. */
export type Why = "none" | "dropping" | "opening" | "filtered" | "reviewed" | "clean";

/** Why there are no pictures; undefined where there are. `busy`: files are on their way. */
export function whyEmpty({ phase, campaign, shown, filter, counts }: StudioState, busy: boolean): Why | undefined {
  if (!campaign) return phase === "opening" || busy ? "opening" : "none";
  if (shown.length > 0) return undefined;
  const { status, findings, search } = filter;
  if (search === "" && findings.size > 0 && status.size === 0) return "clean";
  if (search === "" && status.size === 1 && status.has("to-review") && counts["to-review"] === 0) return "reviewed";
  return "filtered";
}

const style = css(`
:host { position: absolute; inset: 0; display: grid; place-items: center; padding: 24px; color: var(--ground-ink); pointer-events: none; }
.card { pointer-events: auto; max-width: 460px; text-align: center; }
h2 { font-size: 14px; line-height: 20px; font-weight: 700; margin-bottom: 4px; }
p { margin-bottom: 16px; }
.buttons { display: flex; gap: 8px; justify-content: center; flex-wrap: wrap; color: var(--ink); }
:host([why="dropping"]) { background: #0006; color: #ffffff; outline: 3px dashed #ffffff; outline-offset: -12px; z-index: 8; }
`);

export class VariorumWelcome extends StudioElement {
  #why: Why = "none";
  #samples: readonly SampleInfo[] = [];
  #checked = "";
  readonly #card = h("div", { class: "card" });

  constructor() {
    super(base, style);
    this.root.append(this.#card);
  }

  set why(why: Why) {
    if (why === this.#why) return;
    this.#why = why;
    this.setAttribute("why", why);
    this.changed();
  }
  /** The host's own words came or went. */
  refresh(): void {
    this.changed();
  }
  set samples(samples: readonly SampleInfo[]) {
    this.#samples = samples;
    this.changed();
  }
  /** How much was checked, for "no findings". */
  set checked(words: string) {
    if (words === this.#checked) return;
    this.#checked = words;
    this.changed();
  }

  protected override update(): void {
    const all = h("button", { onclick: () => this.request("variorum-filter-request", EMPTY_FILTER) }, "Show all");
    const say = (title: string, words: string, ...buttons: HTMLElement[]): void => {
      this.#card.replaceChildren(h("h2", {}, title), h("p", {}, words), h("div", { class: "buttons" }, ...buttons));
    };
    switch (this.#why) {
      case "none":
        if (this.childElementCount > 0) {
          this.#card.replaceChildren(h("slot"));
          break;
        }
        say(
          "No campaign yet",
          "Drop a campaign folder or a .variorum file anywhere here, or open a sample. It is laid out and drawn in this tab; nothing is uploaded.",
          ...this.#samples.map((sample) =>
            h(
              "button",
              { onclick: () => this.request("variorum-sample-request", sample.id) },
              sample.name || sampleName(sample.id),
            ),
          ),
        );
        break;
      case "dropping":
        say("Let go to open", "A campaign folder, a .variorum or a .zip file. It stays in this tab.");
        break;
      case "opening":
        say("Opening", "Reading the campaign and the fonts it needs.");
        break;
      case "filtered":
        say("Nothing matches", "No variant has all that is chosen and searched for.", all);
        break;
      case "reviewed":
        say(
          "Nothing left to review",
          "Every variant here carries a stamp or was sent back.",
          all,
          h("button", { class: "strong", onclick: () => this.request("variorum-deliver-dialog-request", undefined) }, "Deliver…"),
        );
        break;
      case "clean":
        say("No such findings", `${this.#checked} checked for all that the policy asks.`, all);
        break;
    }
  }
}

define("variorum-welcome", VariorumWelcome);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-welcome": VariorumWelcome;
  }
}
