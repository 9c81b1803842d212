/**
 * `<variorum-inspector>`: all that is known of the focused variant, and the place to judge it. In: the state, the item, its copy and the
 * source's, its history. Out: requests to change words and to stamp. It keeps what a person types until the owner of the state
 * has it; it never stamps by itself.
 *
 * @fires variorum-copy-request - `{ locale, key, text }` at every key typed
 * @fires variorum-approve-request - approve what is selected
 * @fires variorum-send-back-request - `string`: the reason
 * @fires variorum-undo-request - take the last stamp back
 * @fires variorum-next-request - go to the next variant to review
 * @fires variorum-loupe-request - `{ id }`: show it large
 * @fires variorum-place-request - `{ id, place }`: show where a finding is
 */

import type { Finding, MessageInfo, StampRequest } from "../engine/types.ts";
import { EMPTY_STATE, type StudioState, statusOf } from "../store/state.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import type { Item } from "../studio/sections.ts";
import {
  channelName,
  characters,
  count,
  measure,
  moment,
  ORIGIN,
  plural,
  ruleName,
  STATUS,
  shortPrint,
} from "../studio/words.ts";
import { base } from "../style/base.ts";
import { VariorumBrand } from "./brand.ts";

const style = css(`
:host { display: flex; flex-direction: column; background: var(--chrome); border-left: 1px solid var(--line); min-height: 0; }
.tabs { display: flex; padding: 8px 16px 0; gap: 16px; border-bottom: 1px solid var(--line); flex: none; }
.tabs button { border: 0; border-radius: 0; background: none; padding: 0; min-height: 28px; color: var(--quiet); border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tabs button[aria-selected="true"] { background: none; color: var(--ink); border-bottom-color: var(--ink); }
.body { flex: 1; overflow: auto; padding: 12px 16px 24px; min-height: 0; scrollbar-width: thin; }
section { margin-bottom: 20px; }
h2 { font-size: 14px; line-height: 20px; font-weight: 700; overflow-wrap: anywhere; }
.heading { margin-bottom: 6px; display: flex; gap: 8px; align-items: baseline; }
.heading span { font-weight: 400; text-transform: none; letter-spacing: 0; margin-left: auto; }
.title { display: flex; align-items: flex-start; gap: 8px; } .title h2 { flex: 1; }
.look { font-size: 11px; padding: 0 4px 0 8px; gap: 6px; }
.facts { color: var(--quiet); }
.status { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 6px; margin-top: 4px; } .status > span:nth-child(2) { flex: 1; }
.said { flex: 1 0 100%; padding-left: 22px; color: var(--quiet); overflow-wrap: anywhere; }
.sign[data-status="approved"] { color: var(--approved); } .sign[data-status="sent-back"] { color: var(--sent-back); }
.sign[data-status="reopened"] { color: var(--reopened); }
.finding { display: grid; grid-template-columns: 16px 1fr; gap: 0 8px; width: 100%; text-align: left; white-space: normal; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin-bottom: 6px; justify-content: start; min-height: 32px; }
.finding .icon { margin-top: 2px; } .finding.must .icon { color: var(--must); } .finding.should .icon { color: var(--should); }
.finding b { font-weight: 600; overflow-wrap: anywhere; } .finding small, .finding p { font-size: 11px; line-height: 16px; color: var(--quiet); grid-column: 2; }
.message { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; margin-bottom: 6px; overflow: hidden; }
.message:focus-within { border-color: var(--ink); box-shadow: 0 0 0 1px var(--ink); }
.message textarea { border: 0; border-radius: 0; padding: 8px 10px 4px; min-height: 32px; field-sizing: content; background: none; outline: none; }
.message .source { padding: 0 10px 4px; color: var(--quiet); white-space: pre-line; overflow-wrap: anywhere; }
.message .below { display: flex; gap: 8px; padding: 0 10px 6px; font-size: 11px; line-height: 16px; color: var(--quiet); }
.message .below span:last-child { margin-left: auto; white-space: nowrap; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; }
dt { color: var(--quiet); } dd { overflow-wrap: anywhere; }
.print { font-family: var(--mono); font-size: 11px; }
.history li { padding: 6px 0; border-top: 1px solid var(--line); } .history li:first-child { border: 0; padding-top: 0; }
.history div { display: flex; gap: 6px; align-items: center; } .history time { margin-left: auto; font-size: 11px; color: var(--quiet); white-space: nowrap; }
.history p { color: var(--quiet); overflow-wrap: anywhere; }
.foot { flex: none; padding: 12px 16px; border-top: 1px solid var(--line); background: var(--chrome-low); }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; } .buttons button { min-height: 40px; }
.foot p { font-size: 11px; line-height: 16px; color: var(--quiet); margin-top: 8px; display: flex; gap: 8px; align-items: center; }
.foot p .grow { flex: 1; } .foot p button { font-size: 11px; padding: 0 4px; gap: 4px; }
.reason { margin-bottom: 8px; } .reason label { display: block; font-size: 11px; line-height: 16px; color: var(--quiet); margin-bottom: 4px; }
.reason textarea { min-height: 56px; }
`);

type Tab = "variant" | "brand";

/** Where fields grow by themselves with what is typed. */
const GROWS = CSS.supports("field-sizing", "content");

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.setProperty("height", "auto");
  field.style.setProperty("height", `${field.scrollHeight}px`);
}

export class VariorumInspector extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #item: Item | undefined;
  #copy: readonly MessageInfo[] = [];
  #source: readonly MessageInfo[] = [];
  #history: readonly StampRequest[] = [];
  #tab: Tab = "variant";
  #reasoning = false;
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
      onclick: () => this.#item && this.request("variorum-loupe-request", { id: this.#item.id }),
    },
    "Loupe",
    h("kbd", { "aria-hidden": "true" }, "↵"),
  );
  readonly #facts = h("p", { class: "facts figures" });
  readonly #status = h("p", { class: "status" });
  readonly #findings = h("div");
  readonly #findingNote = h("p", { class: "quiet" });
  readonly #messages = h("div");
  readonly #copyNote = h("span");
  readonly #madeFrom = h("dl");
  readonly #events = h("ul", { class: "history" });
  readonly #historySection = h("section", {}, h("h3", { class: "heading" }, "History"), this.#events);
  readonly #variant = h(
    "div",
    { class: "body", role: "tabpanel", id: "panel-variant", "aria-labelledby": "tab-variant", tabindex: 0 },
    h("section", {}, h("div", { class: "title" }, this.#name, this.#look), this.#facts, this.#status),
    h("section", {}, h("h3", { class: "heading" }, "Findings"), this.#findings, this.#findingNote),
    h("section", {}, h("h3", { class: "heading" }, "Copy", this.#copyNote), this.#messages),
    h("section", {}, h("h3", { class: "heading" }, "Made from"), this.#madeFrom),
    this.#historySection,
  );
  readonly #tokens = new VariorumBrand();
  readonly #brand = h(
    "div",
    { class: "body", role: "tabpanel", id: "panel-brand", "aria-labelledby": "tab-brand", tabindex: 0 },
    this.#tokens,
  );
  readonly #reasonField = h("textarea", {
    id: "reason",
    maxlength: 2000,
    placeholder: "What should change?",
    oninput: () => this.changed(),
  });
  readonly #reason = h(
    "div",
    { class: "reason", hidden: true },
    h("label", { for: "reason" }, "Reason for sending back"),
    this.#reasonField,
  );
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
  readonly #foot = h(
    "div",
    { class: "foot", role: "group", "aria-label": "Stamp" },
    this.#reason,
    h("div", { class: "buttons" }, this.#sendBack, this.#approve),
    h("p", {}, this.#sum, h("span", { class: "grow" }), this.#undo, this.#next),
  );

  constructor() {
    super(base, style);
    const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Inspector" }, ...this.#tabs);
    tabs.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      event.stopPropagation();
      this.#turn(this.#tab === "variant" ? "brand" : "variant");
      this.#tabs.find((tab) => tab.getAttribute("aria-selected") === "true")?.focus();
    });
    this.root.append(tabs, this.#variant, this.#brand, this.#foot);
    this.#reasonField.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#sendBackPressed();
      } else if (event.key === "Escape") {
        event.stopPropagation();
        this.#ask(false);
      }
    });
  }

  set state(state: StudioState) {
    const before = this.#state;
    this.#state = state;
    const id = this.#item?.id ?? "";
    // While others are drawn and measured, nothing of this one changes.
    const same =
      before.campaign === state.campaign &&
      before.stamps === state.stamps &&
      before.measured.get(id) === state.measured.get(id) &&
      before.failed.get(id) === state.failed.get(id) &&
      before.selection === state.selection &&
      before.edits === state.edits &&
      before.undoable === state.undoable;
    if (!same) this.changed();
  }

  /** The focused variant with its words and its past. */
  set subject(subject: {
    item: Item | undefined;
    copy: readonly MessageInfo[];
    source: readonly MessageInfo[];
    history: readonly StampRequest[];
  }) {
    const same =
      subject.item === this.#item &&
      subject.copy === this.#copy &&
      subject.source === this.#source &&
      subject.history.length === this.#history.length;
    if (same) return;
    if (subject.item?.id !== this.#item?.id) this.#ask(false);
    this.#item = subject.item;
    this.#copy = subject.copy;
    this.#source = subject.source;
    this.#history = subject.history;
    this.changed();
  }

  /** Puts the caret into the headline (else the first message), its text chosen. */
  editCopy(): void {
    this.#turn("variant");
    this.update();
    const headline = this.#messages.querySelector<HTMLTextAreaElement>('[data-copy-key="headline"]');
    const field = headline ?? this.#messages.querySelector("textarea");
    field?.focus();
    field?.select();
  }

  /** Opens the field for the reason. */
  askReason(): void {
    if (this.#item) this.#ask(true);
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

  #ask(on: boolean): void {
    const before = this.#reasoning;
    this.#reasoning = on;
    this.#reason.hidden = !on;
    if (on) {
      this.#reasonField.focus();
    } else if (before) {
      const focused = this.root.activeElement === this.#reasonField;
      this.#reasonField.value = "";
      if (focused) this.#sendBack.focus();
    }
    this.changed();
  }

  #sendBackPressed(): void {
    if (!this.#reasoning) {
      this.#ask(true);
      return;
    }
    const reason = this.#reasonField.value.trim();
    if (reason === "") {
      this.#reasonField.focus();
      return;
    }
    this.request("variorum-send-back-request", reason);
    this.#ask(false);
  }

  #approvePressed(): void {
    if (this.#reasoning) this.#ask(false);
    else this.request("variorum-approve-request", undefined);
  }

  protected override update(): void {
    this.#show();
    const state = this.#state;
    const item = this.#item;
    this.#foot.hidden = !state.campaign;
    if (this.#tab === "brand") this.#tokens.state = state;
    else this.#showVariant(item);
    const many = Math.max(state.selection.size, 1);
    this.#sendBack.replaceChildren(
      this.#reasoning ? "Send back " : many > 1 ? `Send back ${count(many)} ` : "Send back ",
      h("kbd", {}, this.#reasoning ? "↵" : "R"),
    );
    this.#approve.replaceChildren(
      this.#reasoning ? "Keep " : many > 1 ? `Approve ${count(many)} ` : "Approve ",
      h("kbd", {}, this.#reasoning ? "Esc" : "A"),
    );
    this.#sendBack.disabled = !item || (this.#reasoning && this.#reasonField.value.trim() === "");
    this.#approve.disabled = !item;
    this.#sendBack.classList.toggle("strong", this.#reasoning);
    this.#approve.classList.toggle("strong", !this.#reasoning);
    const { counts, undoable } = state;
    write(this.#sum, `${count(counts.approved)} of ${count(counts.total)} stamped`);
    this.#undo.hidden = !undoable;
  }

  #showVariant(item: Item | undefined): void {
    const state = this.#state;
    if (!item) {
      this.#look.hidden = true;
      write(this.#name, "No variant chosen");
      write(this.#facts, state.campaign ? "Choose one on the sheet." : "Open a campaign first.");
      for (const node of this.#variant.querySelectorAll("section:not(:first-child)"))
        if (node instanceof HTMLElement) node.hidden = true;
      this.#status.replaceChildren();
      return;
    }
    for (const node of this.#variant.querySelectorAll("section")) node.hidden = false;
    this.#look.hidden = false;
    const { format, locale } = item;
    write(this.#name, [format.name, locale.name, item.option].filter(Boolean).join(" · "));
    const [top, right, bottom, left] = format.safe;
    const safe = [top, right, bottom, left].every((px) => px === 0)
      ? ""
      : `safe zone ${[top, right, bottom, left].map((px) => count(px)).join(" / ")}`;
    const facts = [format.size, safe, format.bleed > 0 ? `bleed ${count(format.bleed)} px` : "", channelName(format.channel)];
    write(this.#facts, facts.filter(Boolean).join(" · "));
    const status = statusOf(state, item.id);
    const stamp = state.stamps.get(item.id);
    const by = stamp?.by ? ` by ${stamp.by}${stamp.timeMs === undefined ? "" : `, ${moment(stamp.timeMs)}`}` : "";
    this.#status.replaceChildren(
      h("span", { class: "sign", "data-status": status }, icon(status)),
      h("span", {}, status === "reopened" ? `Reopened: changed since it was stamped${by}` : `${STATUS[status]}${by}`),
    );
    if (stamp?.reason && status === "sent-back") this.#status.append(h("q", { class: "said", dir: "auto" }, stamp.reason));
    this.#showFindings(item, state.measured.get(item.id)?.findings);
    this.#showCopy(item);
    this.#showOrigin(item);
    this.#showHistory();
  }

  #showFindings(item: Item, findings: readonly Finding[] | undefined): void {
    const list = findings ? [...findings].sort((a, b) => (a.severity === b.severity ? 0 : a.severity === "must" ? -1 : 1)) : [];
    this.#findings.replaceChildren(
      ...list.map((finding) => {
        const parts = [
          icon(finding.severity),
          h("b", {}, h("span", { class: "unseen" }, finding.severity === "must" ? "Must: " : "Should: "), finding.message),
          h(
            "small",
            { class: "figures" },
            [ruleName(finding.rule), finding.layer ?? "", measure(finding)].filter(Boolean).join(" · "),
          ),
        ];
        const { place } = finding;
        if (!place) return h("div", { class: `finding ${finding.severity}` }, ...parts);
        return h(
          "button",
          {
            class: `finding ${finding.severity}`,
            title: "Show where",
            onclick: () => this.request("variorum-place-request", { id: item.id, place }),
          },
          ...parts,
        );
      }),
    );
    const failed = this.#state.failed.get(item.id) ?? [];
    for (const error of failed) {
      const words = [error.at, error.hint ?? ""].filter(Boolean).join(" · ");
      this.#findings.append(
        h("div", { class: "finding must" }, icon("must"), h("b", {}, `Not drawn: ${error.message}`), h("small", {}, words)),
      );
    }
    this.#findingNote.hidden = list.length + failed.length > 0;
    write(
      this.#findingNote,
      findings
        ? "None. Checked: overflow, size of text, dropped layers, missing glyphs, enlarged pictures, safe zone."
        : "Checked when it is drawn.",
    );
  }

  #showCopy(item: Item): void {
    const { locale } = item;
    const source = new Map(this.#source.map((message) => [message.key, message.text]));
    const sourceTag = this.#state.campaign?.sourceLocale ?? "";
    write(this.#copyNote, locale.name);
    keep(
      this.#messages,
      this.#copy,
      (message) => `${locale.tag} ${message.key}`,
      (message) => {
        const id = `copy-${message.key}`;
        const field = h("textarea", {
          id,
          "data-copy-key": message.key,
          rows: 1,
          dir: locale.dir,
          lang: locale.tag,
          spellcheck: "true",
          "aria-label": `${message.key}, ${locale.name}`,
          oninput: () => {
            if (!GROWS) fitHeight(field);
            this.request("variorum-copy-request", { locale: locale.tag, key: message.key, text: field.value });
          },
        });
        return h(
          "div",
          { class: "message" },
          field,
          h("p", { class: "source", lang: sourceTag, dir: "auto", hidden: locale.tag === sourceTag }),
          h("div", { class: "below" }, h("span"), h("span", { class: "figures" })),
        );
      },
      (node, message) => {
        const field = node.querySelector("textarea");
        const typing = this.root.activeElement === field;
        if (field && !typing && field.value !== message.text) field.value = message.text;
        if (field && !GROWS) fitHeight(field);
        const own = source.get(message.key) ?? "";
        const from = node.querySelector(".source");
        if (from) write(from, own === "" ? "" : `${sourceTag}  ${own.replaceAll("\n", " ")}`);
        const [origin, length] = node.querySelector(".below")?.children ?? [];
        if (origin) write(origin, `${message.key} · ${ORIGIN[message.origin]}`);
        const now = characters(field?.value ?? message.text);
        if (length)
          write(
            length,
            locale.tag === sourceTag || own === ""
              ? plural(now, "character")
              : `${count(now)} · source ${count(characters(own))}`,
          );
      },
    );
  }

  #showOrigin(item: Item): void {
    const { campaign, measured, variants } = this.#state;
    const known = measured.get(item.id);
    const pairs: [string, string | HTMLElement][] = [
      ["Campaign", `${campaign?.name ?? ""} v${campaign?.version ?? ""}`],
      ["Variant", item.id],
      [
        "Fingerprint",
        h(
          "span",
          { class: "print", title: variants.get(item.id)?.fingerprint ?? "" },
          shortPrint(variants.get(item.id)?.fingerprint ?? ""),
        ),
      ],
    ];
    if (known) pairs.push(["Arrangement", known.arrangement]);
    if (known && known.dropped.length > 0) pairs.push(["Left out", known.dropped.join(", ")]);
    if (item.format.maxBytes !== undefined) pairs.push(["File at most", `${count(Math.round(item.format.maxBytes / 1024))} KiB`]);
    this.#madeFrom.replaceChildren(...pairs.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
  }

  #showHistory(): void {
    this.#historySection.hidden = this.#history.length === 0;
    const words = { approve: "Approved", "send-back": "Sent back", undo: "Taken back" } as const;
    const signs = { approve: "approved", "send-back": "sent-back", undo: "reopened" } as const;
    this.#events.replaceChildren(
      ...this.#history.map((event) =>
        h(
          "li",
          {},
          h(
            "div",
            {},
            h(
              "span",
              { class: "sign", "data-status": event.action === "undo" ? "" : signs[event.action] },
              icon(signs[event.action]),
            ),
            `${words[event.action]} by ${event.actor}`,
            h("time", { datetime: new Date(event.timeMs).toISOString() }, moment(event.timeMs)),
          ),
          event.reason ? h("p", { dir: "auto" }, event.reason) : undefined,
        ),
      ),
    );
  }
}

define("variorum-inspector", VariorumInspector);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-inspector": VariorumInspector;
  }
}
