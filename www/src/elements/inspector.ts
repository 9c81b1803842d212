/**
 * `<variorum-inspector>`: all that is known of the focused variant, and the place to judge it. In: the state, the item, its copy and the
 * source's, its history. Out: what its parts ask for (words, stamps, places), and a request to show it large.
 *
 * @fires variorum-loupe-request - `{ id }`: show it large
 * @fires variorum-format-change-request - the id of a format of the campaign's own
 * @fires variorum-format-drop-request - the same, to be taken out
 */

import type { MessageInfo, StampRequest } from "../engine/types.ts";
import { EMPTY_STATE, isOutside, type StudioState, statusOf } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { isCorrected, patchesOf } from "../studio/corrections.ts";
import { css, define, h, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import type { Refusal } from "../studio/refusals.ts";
import type { Item } from "../studio/sections.ts";
import { isOld, oldPatches } from "../studio/settling.ts";
import { channelName, count, measuresOf, moment, STATUS, shortPrint } from "../studio/words.ts";
import { base } from "../style/base.ts";
import { VariorumBrand } from "./brand.ts";
import { VariorumCopy } from "./copy.ts";
import { VariorumFindings } from "./findings.ts";
import { VariorumHistory } from "./history.ts";
import { VariorumJudge } from "./judge.ts";
import { VariorumLayouts } from "./layouts.ts";
import { type Reach, VariorumReach } from "./reach.ts";

const style = css(`
:host { display: flex; flex-direction: column; background: var(--chrome); border-left: 1px solid var(--line); min-height: 0; }
.tabs { display: flex; padding: 8px 16px 0; gap: 16px; border-bottom: 1px solid var(--line); flex: none; }
.tabs button { border: 0; border-radius: 0; background: none; padding: 0; min-height: 28px; color: var(--quiet); border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs button[aria-selected="true"] { background: none; color: var(--ink); border-bottom-color: var(--ink); }
@media (forced-colors: active) { .tabs button { border-bottom-color: Canvas; } .tabs button[aria-selected="true"] { border-bottom-color: Highlight; } }
.body { flex: 1; overflow: auto; padding: 12px 16px 24px; min-height: 0; scrollbar-width: thin; }
section { margin-bottom: 20px; }
h2 { font-size: 14px; line-height: 20px; font-weight: 700; overflow-wrap: anywhere; }
.heading { margin-bottom: 6px; display: flex; gap: 8px; align-items: baseline; }
.heading span { font-weight: 400; text-transform: none; letter-spacing: 0; margin-left: auto; }
.title { display: flex; align-items: flex-start; gap: 8px; } .title h2 { flex: 1; }
.look { font-size: 11px; padding: 0 4px 0 8px; gap: 6px; }
.facts { color: var(--quiet); }
.status { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 6px; margin-top: 4px; } .status > span:nth-child(2) { flex: 1; }
.own { color: var(--quiet); font-size: 11px; } .own button { font-size: 11px; text-decoration: underline; text-underline-offset: 2px; padding: 0 4px; }
.said { flex: 1 0 100%; padding-left: 22px; color: var(--quiet); overflow-wrap: anywhere; }
.sign[data-status="approved"] { color: var(--approved); } .sign[data-status="sent-back"] { color: var(--sent-back); }
.sign[data-status="reopened"] { color: var(--reopened); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; }
dt { color: var(--quiet); } dd { overflow-wrap: anywhere; }
.print { font-family: var(--mono); font-size: 11px; }
variorum-layouts { margin-bottom: 20px; }
.foot { flex: none; position: relative; background: var(--chrome-low); }
variorum-reach { padding: 6px 16px; border-top: 1px solid var(--line); }
/* More is below: a line is not cut through but fades. */
.foot::before { content: ""; position: absolute; left: 0; right: 14px; bottom: 100%; height: 24px; background: linear-gradient(to top, var(--chrome), transparent); pointer-events: none; }
@media (forced-colors: active) { .foot::before { display: none; } }
`);

type Tab = "variant" | "brand";

const NONE: readonly never[] = [];

/** The focused variant with its words and its past. */
export interface Subject {
  item: Item | undefined;
  copy: readonly MessageInfo[];
  source: readonly MessageInfo[];
  history: readonly StampRequest[];
}

export class VariorumInspector extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #subject: Subject = { item: undefined, copy: NONE, source: NONE, history: NONE };
  #tab: Tab = "variant";
  readonly #tabs = (["variant", "brand"] as const).map((tab) =>
    h(
      "button",
      { role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}`, onclick: () => this.#turn(tab) },
      tab === "variant" ? "Variant" : "Brand",
    ),
  );
  readonly #name = h("h2");
  readonly #look = h(
    "button",
    {
      class: "small look",
      title: "Open in the loupe (Enter)",
      onclick: () => this.#subject.item && this.request("variorum-loupe-request", { id: this.#subject.item.id }),
    },
    "Loupe",
    h("kbd", { "aria-hidden": "true" }, "↵"),
  );
  readonly #facts = h("p", { class: "facts figures" });
  /** A format that the campaign brought along can be made another, or taken out. */
  readonly #own = h(
    "p",
    { class: "own", hidden: true },
    "Own format ",
    h("button", { class: "plain small", onclick: () => this.#ask("variorum-format-change-request") }, "Change…"),
    h("button", { class: "plain small", onclick: () => this.#ask("variorum-format-drop-request") }, "Take out…"),
  );
  readonly #status = h("p", { class: "status" });
  readonly #findings = new VariorumFindings();
  readonly #copy = new VariorumCopy();
  readonly #copyNote = h("span");
  readonly #layouts = new VariorumLayouts();
  #picked = () => 0;
  #large = false;
  readonly #madeFrom = h("dl");
  readonly #history = new VariorumHistory();
  readonly #historySection = h("section", {}, h("h3", { class: "heading" }, "History"), this.#history);
  readonly #about = [
    h("section", {}, h("h3", { class: "heading" }, "Findings"), this.#findings),
    // Before the copy, which is on the picture too: the other layouts are nowhere else.
    this.#layouts,
    h("section", {}, h("h3", { class: "heading" }, "Copy", this.#copyNote), this.#copy),
    h("section", {}, h("h3", { class: "heading" }, "Made from"), this.#madeFrom),
    this.#historySection,
  ];
  readonly #variant = h(
    "div",
    { class: "body", role: "tabpanel", id: "panel-variant", "aria-labelledby": "tab-variant", tabindex: 0 },
    h("section", {}, h("div", { class: "title" }, this.#name, this.#look), this.#facts, this.#own, this.#status),
    ...this.#about,
  );
  readonly #tokens = new VariorumBrand();
  readonly #brand = h(
    "div",
    { class: "body", role: "tabpanel", id: "panel-brand", "aria-labelledby": "tab-brand", tabindex: 0 },
    this.#tokens,
  );
  /** Always in sight: the keys 1 to 4 take a layout wherever the eye is. */
  readonly #reach = new VariorumReach();
  readonly #judge = new VariorumJudge();

  constructor() {
    super(base, style);
    const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Inspector" }, ...this.#tabs);
    tabs.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.stopPropagation();
      this.#turn(this.#tab === "variant" ? "brand" : "variant");
      this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.focus();
    });
    this.root.append(tabs, this.#variant, this.#brand, h("div", { class: "foot" }, this.#reach, this.#judge));
  }

  set state(state: StudioState) {
    const before = this.#state;
    this.#state = state;
    this.#judge.state = state;
    if (before.campaign?.formats !== state.campaign?.formats) this.#copy.forget();
    const id = this.#subject.item?.id ?? "";
    // While others are drawn and measured, nothing of this one changes.
    const same =
      before.campaign === state.campaign &&
      before.stamps === state.stamps &&
      before.measured.get(id) === state.measured.get(id) &&
      before.failed.get(id) === state.failed.get(id) &&
      before.edits === state.edits &&
      before.held === state.held &&
      before.filter === state.filter;
    if (!same) this.changed();
  }

  /** What the engine says of something typed here, beside its field; no errors: it was taken. */
  refuse(refusal: Refusal): void {
    this.#tokens.refuse(refusal);
    this.#copy.refuse(refusal);
  }

  /** The variant stands in the loupe already. */
  set large(on: boolean) {
    if (on === this.#large) return;
    this.#large = on;
    this.changed();
  }

  set reach(reach: Reach | undefined) {
    this.#reach.reach = reach;
    this.#layouts.far = reach !== undefined && reach.counts[reach.scope] > 1;
    this.#reach.hidden = !reach;
  }

  set isOwn(on: boolean) {
    this.#own.hidden = !on;
  }

  /** How many picks between layouts stand. */
  set picked(count: () => number) {
    this.#picked = count;
  }

  /** How the room of a message is counted. */
  set budget(budget: VariorumCopy["budget"]) {
    this.#copy.budget = budget;
  }

  set subject(subject: Subject) {
    const { item, copy, source, history } = this.#subject;
    const same = subject.item === item && subject.copy === copy && subject.source === source && subject.history === history;
    if (same) return;
    this.#subject = subject;
    this.#judge.focused = subject.item?.id ?? "";
    this.changed();
  }

  set source(source: Pick<StudioStore, "alternatives" | "render">) {
    this.#layouts.source = source;
  }

  /** Takes the n-th layout. */
  chooseLayout(n: number): void {
    this.#layouts.choose(n);
  }

  /** Puts the caret into the headline (else the first message), its text chosen. */
  editCopy(): void {
    this.#turn("variant");
    this.update();
    this.#copy.edit();
  }

  /** Opens the field for the reason. */
  askReason(): void {
    if (this.#subject.item) this.#judge.ask(true);
  }

  #ask(type: string): void {
    const { item } = this.#subject;
    if (item) this.request(type, item.format.id);
  }

  #turn(tab: Tab): void {
    this.#tab = tab;
    this.#show();
    this.changed();
  }

  #show(): void {
    for (const button of this.#tabs) {
      const on = button.id === `tab-${this.#tab}`;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
    }
    this.#variant.hidden = this.#tab !== "variant";
    this.#brand.hidden = this.#tab !== "brand";
  }

  protected override update(): void {
    this.#show();
    this.#judge.hidden = !this.#state.campaign;
    if (this.#tab === "brand") this.#tokens.state = this.#state;
    else this.#showVariant(this.#subject);
  }

  #showVariant({ item, copy, source, history }: Subject): void {
    const { campaign, failed, measured } = this.#state;
    // Layouts show themselves.
    for (const node of this.#about) if (node !== this.#layouts) node.hidden = !item;
    this.#look.hidden = !item || this.#large;
    if (!item) {
      this.#layouts.subject = { item, print: "", corrected: false, picked: 0 };
      write(this.#name, "No variant chosen");
      const none = this.#state.shown.length === 0 ? "None is shown: nothing here can be stamped." : "Choose one on the sheet.";
      write(this.#facts, campaign ? none : "Open a campaign first.");
      this.#status.replaceChildren();
      return;
    }
    const { id, locale } = item;
    this.#showFacts(item);
    this.#showStatus(id);
    const known = measured.get(id);
    const has = (layer: string): boolean => campaign?.artboard.boxes[layer] !== undefined;
    const old = known?.findings.some(isOld) ? oldPatches(this.#state).length : 0;
    this.#findings.checked = { id, findings: known?.findings, failed: failed.get(id) ?? NONE, has, old };
    write(this.#copyNote, locale.name);
    this.#copy.subject = { locale, messages: copy, source, sourceTag: campaign?.sourceLocale ?? "" };
    const print = this.#state.variants.get(id)?.fingerprint ?? "";
    const corrected = isCorrected(patchesOf(this.#state), item);
    this.#layouts.subject = { item, print, corrected, picked: this.#picked() };
    this.#showOrigin(item);
    this.#historySection.hidden = history.length === 0;
    this.#history.events = history;
  }

  #showFacts({ format, locale, option }: Item): void {
    write(this.#name, [format.name, locale.name, option].filter(Boolean).join(" · "));
    write(this.#facts, [...measuresOf(format), channelName(format.channel)].join(" · "));
  }

  #showStatus(id: string): void {
    const status = statusOf(this.#state, id);
    const stamp = this.#state.stamps.get(id);
    const by = stamp?.by ? ` by ${stamp.by}${stamp.timeMs === undefined ? "" : `, ${moment(stamp.timeMs)}`}` : "";
    this.#status.replaceChildren(
      h("span", { class: "sign", "data-status": status }, icon(status)),
      h("span", {}, status === "reopened" ? `Reopened: changed since it was stamped${by}` : `${STATUS[status]}${by}`),
    );
    if (isOutside(this.#state, id))
      this.#status.append(h("span", { class: "said outside" }, "No longer in this filter: stays until you go on."));
    if (stamp?.reason && status === "sent-back") this.#status.append(h("q", { class: "said", dir: "auto" }, stamp.reason));
  }

  #showOrigin({ id, format }: Item): void {
    const { campaign, measured, variants } = this.#state;
    const known = measured.get(id);
    const print = variants.get(id)?.fingerprint ?? "";
    const pairs: [string, string | HTMLElement][] = [
      ["Campaign", campaign?.version ? `${campaign.name} v${campaign.version}` : (campaign?.name ?? "")],
      ["Variant", id],
      ["Fingerprint", h("span", { class: "print", title: print }, shortPrint(print))],
    ];
    if (known) pairs.push(["Arrangement", known.arrangement]);
    if (known && known.dropped.length > 0) pairs.push(["Left out", known.dropped.join(", ")]);
    if (format.maxBytes !== undefined) pairs.push(["File at most", `${count(Math.round(format.maxBytes / 1024))} KiB`]);
    this.#madeFrom.replaceChildren(...pairs.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  }
}

define("variorum-inspector", VariorumInspector);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-inspector": VariorumInspector;
  }
}
