/**
 * `<variorum-copy>`: the words of the focused variant's language, each beside its source, to be changed while typing. In: messages of the
 * language and of the source. Out: requests to change words. What a person types stands until the owner of the state has it.
 *
 * @fires variorum-copy-request - `{ locale, key, text }` at every key typed
 */

import type { CharacterBudget, LocaleInfo, MessageInfo } from "../engine/types.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { onFaces } from "../studio/faces.ts";
import { mark, type Refusal, Refusals } from "../studio/refusals.ts";
import { characters, count, ORIGIN, plural } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; }
.message { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; margin-bottom: 6px; overflow: hidden; }
.message:focus-within { border-color: var(--ink); box-shadow: 0 0 0 1px var(--ink); }
.message textarea { border: 0; border-radius: 0; padding: 8px 10px 4px; min-height: 32px; field-sizing: content; background: none; outline: none; }
.message .why { padding: 0 10px 4px; color: var(--must); font-size: 11px; line-height: 16px; overflow-wrap: anywhere; }
.message:has([aria-invalid]) { border-color: var(--must); }
.message .source { padding: 0 10px 4px; color: var(--quiet); white-space: pre-line; overflow-wrap: anywhere; }
.message .below { display: flex; flex-wrap: wrap; gap: 0 8px; padding: 0 10px 6px; font-size: 11px; line-height: 16px; color: var(--quiet); }
.message .below span { white-space: nowrap; } .message .below span:last-child { margin-left: auto; }
`);

/** Words of a language, and the words they were made from. */
export interface CopySubject {
  locale: LocaleInfo | undefined;
  messages: readonly MessageInfo[];
  source: readonly MessageInfo[];
  sourceTag: string;
}

/** Where fields grow by themselves with what is typed. */
const GROWS = globalThis.CSS?.supports("field-sizing", "content") ?? false;

function fitHeight(field: HTMLTextAreaElement): void {
  field.style.setProperty("height", "auto");
  field.style.setProperty("height", `${field.scrollHeight}px`);
}

/** A face came: Chromium keeps the boxes of the field that asked for it, and letters of another face are of another height. */
function setAnew(field: HTMLTextAreaElement): void {
  const { value, selectionStart, selectionEnd, selectionDirection } = field;
  field.value = "";
  field.value = value;
  field.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
  if (!GROWS) requestAnimationFrame(() => fitHeight(field));
}

/** Rest after a key typed before room is counted anew, ms. */
const REST = 350;

export class VariorumCopy extends StudioElement {
  /** Counts the room a message has: for the one that has the caret. */
  budget: ((locale: string, key: string, signal: AbortSignal) => Promise<CharacterBudget>) | undefined;
  readonly #refusals = new Refusals();
  #counting = 0;
  /** What is being counted; a key typed ends it. */
  #counted: { place: string; text: string; ends: AbortController } | undefined;
  /** What was counted last, by locale and key. */
  readonly #room = new Map<string, { text: string; budget: CharacterBudget }>();
  #subject: CopySubject = { locale: undefined, messages: [], source: [], sourceTag: "" };
  readonly #messages = h("div");
  #unhear = (): void => undefined;

  constructor() {
    super(base, style);
    this.root.append(this.#messages);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unhear();
    this.#unhear = onFaces(() => {
      for (const field of this.root.querySelectorAll("textarea")) setAnew(field);
    });
  }

  disconnectedCallback(): void {
    this.#unhear();
  }

  set subject(subject: CopySubject) {
    this.#subject = subject;
    this.changed();
  }

  /** Words that were refused, or taken after all. */
  refuse(refusal: Refusal): void {
    if (this.#refusals.take(refusal)) this.changed();
  }

  /** Another campaign. */
  forget(): void {
    this.#refusals.clear();
    this.#room.clear();
  }

  /** Puts the caret into the headline (else the first message), its text chosen. */
  edit(): void {
    this.update();
    const headline = this.#messages.querySelector<HTMLTextAreaElement>('[data-copy-key="headline"]');
    const field = headline ?? this.#messages.querySelector("textarea");
    field?.focus();
    field?.select();
  }

  protected override update(): void {
    const { locale, messages, source, sourceTag } = this.#subject;
    const words = new Map(source.map((message) => [message.key, message.text]));
    keep(
      this.#messages,
      locale ? messages : [],
      (message) => `${locale?.tag} ${message.key}`,
      (message) => this.#make(message.key),
      (node, message) => this.#show(node, message, locale?.tag === sourceTag ? "" : (words.get(message.key) ?? "")),
    );
  }

  #make(key: string): HTMLElement {
    const { locale, sourceTag } = this.#subject;
    const field = h("textarea", {
      id: `copy-${key}`,
      "data-copy-key": key,
      rows: 1,
      dir: locale?.dir,
      lang: locale?.tag,
      spellcheck: "true",
      "aria-label": `${key}, ${locale?.name}`,
      "aria-describedby": `why-${key}`,
      onfocus: () => this.#count(key),
      oninput: () => {
        if (!GROWS) fitHeight(field);
        this.#counted?.ends.abort();
        this.request("variorum-copy-request", { locale: locale?.tag ?? "", key, text: field.value });
      },
      onkeydown: (event) =>
        event instanceof KeyboardEvent && event.key === "Escape" && this.#letGo(field, `${locale?.tag} ${key}`),
    });
    return h(
      "div",
      { class: "message" },
      field,
      h("p", { class: "why", id: `why-${key}`, role: "alert", hidden: true }),
      h("p", { class: "source", lang: sourceTag, dir: "auto" }),
      h("div", { class: "below" }, h("span"), h("span", { class: "figures" })),
    );
  }

  /** Back to the words that stand: a field that has the keyboard keeps what is typed. */
  #letGo(field: HTMLElement, place: string): void {
    field.blur();
    if (this.#refusals.drop(place)) this.changed();
  }

  /** `source` is empty where there is nothing to compare with. */
  #show(node: HTMLElement, message: MessageInfo, source: string): void {
    const field = node.querySelector("textarea");
    const typing = this.root.activeElement === field;
    const refusal = this.#refusals.at(`${this.#subject.locale?.tag} ${message.key}`);
    const own = refusal?.text ?? message.text;
    if (field && !typing && field.value !== own) field.value = own;
    const why = node.querySelector<HTMLElement>(".why");
    if (field && why) mark(field, why, refusal);
    if (field && !GROWS) fitHeight(field);
    const from = node.querySelector<HTMLElement>(".source");
    if (from) {
      from.hidden = source === "";
      write(from, source === "" ? "" : `${this.#subject.sourceTag}  ${source.replaceAll("\n", " ")}`);
    }
    const [origin, length] = node.querySelector(".below")?.children ?? [];
    if (origin) write(origin, `${message.key} · ${ORIGIN[message.origin]}`);
    const now = characters(field?.value ?? message.text);
    const known = this.#room.get(`${this.#subject.locale?.tag} ${message.key}`);
    const isCounted = known?.text === message.text;
    if (typing && !isCounted) this.#count(message.key);
    // While it is counted, the line is as wide as it will be: what was counted before, or that it is on its way.
    const room = known ? roomOf(known.budget, isCounted ? undefined : now) : typing && this.budget ? "counting room" : "";
    if (length) {
      const figures = source === "" ? plural(now, "character") : `${count(now)} · source ${count(characters(source))}`;
      write(length, room === "" ? figures : `${figures} · ${room}`);
      length.setAttribute(
        "title",
        known ? `In the tightest of ${plural(known.budget.formats, "format")}: ${known.budget.format ?? "all have room"}` : "",
      );
    }
  }

  /** Asks for the room of a message once typing rests. */
  #count(key: string): void {
    const { locale } = this.#subject;
    if (!this.budget || !locale) return;
    const place = `${locale.tag} ${key}`;
    const words = () => this.#subject.messages.find((message) => message.key === key)?.text ?? "";
    if (this.#counted?.place === place && this.#counted.text === words() && !this.#counted.ends.signal.aborted) return;
    clearTimeout(this.#counting);
    this.#counting = window.setTimeout(() => {
      const text = words();
      const ends = new AbortController();
      this.#counted?.ends.abort();
      const counted = { place, text, ends };
      this.#counted = counted;
      this.budget?.(locale.tag, key, ends.signal)
        .then((budget) => {
          this.#room.set(place, { text, budget });
          this.changed();
        })
        // What is typed may not be a message yet; the field says so itself.
        .catch(() => undefined)
        .finally(() => {
          if (this.#counted === counted) this.#counted = undefined;
        });
    }, REST);
  }
}

/** "12 more fit", "6 too many"; `now`: other words than were counted, so it is about that. */
function roomOf({ used, fits, open, format }: CharacterBudget, now?: number): string {
  if (format === undefined) return "room in all";
  const about = now === undefined ? "" : "about ";
  const left = fits - (now ?? used);
  return left < 0 ? `${about}${count(-left)} too many` : `${open && about === "" ? "over " : about}${count(left)} more fit`;
}

define("variorum-copy", VariorumCopy);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-copy": VariorumCopy;
  }
}
