/**
 * `<variorum-brand>`: the campaign's tokens, to be tried out, and the rights of its pictures. In: the state. Out: requests to set a token.
 *
 * @fires variorum-token-request - `{ path, value }`
 * @fires variorum-font-request - `LocalFont`: add it to the campaign
 */

import type { TokenInfo } from "../engine/types.ts";
import { EMPTY_STATE, type StudioState } from "../store/state.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { type LocalFont, lendsFonts, localFonts } from "../studio/local-fonts.ts";
import { mark, type Refusal, Refusals } from "../studio/refusals.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; }
.lead { margin-bottom: 12px; color: var(--quiet); }
.token { display: grid; grid-template-columns: 1fr 132px; gap: 8px; align-items: center; min-height: 32px; margin-bottom: 4px; }
.token > span, .follows { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.why { grid-column: 1 / -1; color: var(--must); font-size: 11px; line-height: 16px; overflow-wrap: anywhere; }
.follows { display: block; font-size: 11px; line-height: 14px; color: var(--quiet); }
.pair { display: flex; gap: 4px; }
input[type="color"] { width: 32px; height: 32px; padding: 2px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); flex: none; }
section { margin-top: 20px; } section button { margin-top: 8px; } section > p { margin-top: 4px; }
.heading { margin-bottom: 6px; }
li { padding: 4px 0; overflow-wrap: anywhere; }
b { font-weight: 600; }
li p { font-size: 11px; line-height: 16px; color: var(--quiet); }
`);

export class VariorumBrand extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  readonly #refusals = new Refusals();
  readonly #tokens = h("div");
  #fonts: readonly LocalFont[] = [];
  readonly #fontChoice = h("select", { "aria-label": "Font of this machine", hidden: true });
  readonly #fontButton = h("button", { onclick: () => void this.#fontPressed() }, "Fonts of this machine…");
  readonly #fontNote = h("p", { class: "quiet", role: "status" });
  readonly #fontSection = h(
    "section",
    { hidden: !lendsFonts() },
    h("h3", { class: "heading" }, "Fonts"),
    this.#fontChoice,
    this.#fontButton,
    this.#fontNote,
  );
  readonly #list = h("ul");
  readonly #rights = h("section", {}, h("h3", { class: "heading" }, "Rights"), this.#list);

  constructor() {
    super(base, style);
    this.root.append(
      h(
        "p",
        { class: "lead" },
        "Every variant that uses a token follows it. What was stamped before and looks different now is reopened.",
      ),
      this.#tokens,
      this.#fontSection,
      this.#rights,
    );
  }

  set state(state: StudioState) {
    const { campaign, edits } = this.#state;
    this.#state = state;
    if (campaign?.formats !== state.campaign?.formats) this.#refusals.clear();
    if (campaign !== state.campaign || edits !== state.edits) this.changed();
  }

  /** A value that was refused, or taken after all. */
  refuse(refusal: Refusal): void {
    if (this.#refusals.take(refusal)) this.changed();
  }

  protected override update(): void {
    const { campaign, edits } = this.#state;
    const set = new Map(edits.flatMap((edit) => (edit.kind === "token" ? [[edit.path, edit.value] as const] : [])));
    keep(
      this.#tokens,
      campaign?.tokens ?? [],
      (token) => `${token.type} ${token.path}`,
      (token) => this.#make(token),
      (node, token) => this.#show(node, token, set.get(token.path) ?? token.value),
    );
    const rights = campaign?.rights ?? [];
    this.#rights.hidden = rights.length === 0;
    this.#list.replaceChildren(
      ...rights.map(({ asset, title, author, licence }) =>
        h("li", {}, h("b", {}, title || asset), h("p", {}, [author, licence].filter(Boolean).join(" · "))),
      ),
    );
  }

  /** First asks the browser, then adds the one that was chosen. */
  async #fontPressed(): Promise<void> {
    const font = this.#fonts[Number(this.#fontChoice.value)];
    if (!this.#fontChoice.hidden && font) {
      this.request<LocalFont>("variorum-font-request", font);
      write(this.#fontNote, `Added for this campaign: a font token may name "${font.family}" now.`);
      return;
    }
    this.#fonts = await localFonts().catch(() => []);
    this.#fontChoice.hidden = this.#fonts.length === 0;
    this.#fontChoice.replaceChildren(...this.#fonts.map(({ fullName }, n) => h("option", { value: n }, fullName)));
    write(this.#fontButton, this.#fonts.length === 0 ? "Fonts of this machine…" : "Add to the campaign");
    write(this.#fontNote, this.#fonts.length === 0 ? "The browser lends none, or was told not to." : "");
  }

  #make({ path, type }: TokenInfo): HTMLElement {
    const ask = (value: string): void => this.request("variorum-token-request", { path, value });
    const text = h("input", {
      type: "text",
      "aria-label": path,
      "aria-describedby": `why-${path}`,
      spellcheck: "false",
      onchange: () => ask(text.value.trim()),
      onkeydown: (event) => event instanceof KeyboardEvent && event.key === "Escape" && this.#letGo(text, path),
    });
    const why = h("p", { class: "why", id: `why-${path}`, role: "alert", hidden: true });
    const name = h("span", { title: path }, path, h("span", { class: "follows" }));
    if (type !== "color") return h("div", { class: "token" }, name, text, why);
    const colour = h("input", {
      type: "color",
      "aria-label": `${path}, colour`,
      oninput: () => {
        // What a colour lets through is kept: the picker knows no alpha.
        text.value = colour.value + (text.value.length === 9 ? text.value.slice(7) : "");
        ask(text.value);
      },
    });
    return h("div", { class: "token" }, name, h("div", { class: "pair" }, colour, text), why);
  }

  /** Back to what stands: a field that has the keyboard keeps what is typed. */
  #letGo(field: HTMLElement, path: string): void {
    field.blur();
    if (this.#refusals.drop(path)) this.changed();
  }

  #show(node: HTMLElement, { path, alias }: TokenInfo, value: string): void {
    const refusal = this.#refusals.at(path);
    const follows = node.querySelector<HTMLElement>(".follows");
    if (follows) {
      follows.hidden = alias === undefined;
      write(follows, alias === undefined ? "" : `as ${alias}`);
    }
    for (const field of node.querySelectorAll("input")) {
      const own = field.type === "color" ? value.slice(0, 7) : (refusal?.text ?? value);
      if (this.root.activeElement !== field && field.value !== own) field.value = own;
      const why = node.querySelector<HTMLElement>(".why");
      if (field.type === "text" && why) mark(field, why, refusal);
    }
  }
}

define("variorum-brand", VariorumBrand);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-brand": VariorumBrand;
  }
}
