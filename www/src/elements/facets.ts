/**
 * `<variorum-facets>`: what can be narrowed and how many each choice would show. In: the state (counts already follow the other facets).
 * Out: requests for another filter. Long facets show their fullest values first and unfold.
 *
 * @fires variorum-filter-request - `Partial<Filter>`
 * @fires variorum-format-dialog-request - a format that the catalogue lacks
 */

import type { Finding, Status } from "../engine/types.ts";
import { EMPTY_STATE, type FacetName, type Filter, type StudioState } from "../store/state.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { channelName, count, findingName, mediumName, STATUS, STATUSES } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: block; background: var(--chrome); overflow: auto; border-right: 1px solid var(--line); padding: 12px 0 24px; scrollbar-width: thin; }
.search { position: relative; margin: 0 16px 12px; }
.search .icon { position: absolute; left: 8px; top: 8px; color: var(--quiet); pointer-events: none; }
.search input { padding-left: 28px; padding-right: 28px; }
.search input::-webkit-search-cancel-button { filter: grayscale(1); }
.search kbd { position: absolute; right: 7px; top: 7px; }
.search input:focus ~ kbd, .search input:not(:placeholder-shown) ~ kbd { display: none; }
fieldset { padding: 0 16px; margin-bottom: 16px; min-width: 0; }
legend { padding: 0; margin-bottom: 4px; width: 100%; }
label { display: flex; align-items: center; gap: 8px; min-height: 24px; padding: 0 8px; margin: 0 -8px; border-radius: 4px; }
label:hover { background: var(--hover); }
label.inner { padding-left: 32px; color: var(--quiet); }
label.none { color: var(--faint); }
.name { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.number { color: var(--quiet); font-variant-numeric: tabular-nums; }
.sign { display: grid; place-items: center; width: 16px; }
.sign[data-status="approved"] { color: var(--approved); } .sign[data-status="sent-back"] { color: var(--sent-back); }
.sign[data-status="reopened"] { color: var(--reopened); } .sign[data-status="to-review"] { color: var(--to-review); }
.more { display: flex; min-height: 24px; padding: 0 8px; margin: 0 -8px; color: var(--quiet); }
.note { font-size: 11px; line-height: 16px; color: var(--quiet); padding: 2px 0; }
`);

interface Value {
  key: string;
  name: string;
  number: number;
  inner?: boolean;
  status?: Status;
}

const TITLES: Record<FacetName, string> = {
  status: "Status",
  findings: "Findings",
  medium: "Medium",
  channel: "Channel",
  format: "Format",
  locale: "Language",
  option: "Option",
};
const ORDER: readonly FacetName[] = ["status", "findings", "medium", "locale", "channel", "format", "option"];
/** Values shown of a long facet before it is unfolded. */
const FIRST = 7;

export class VariorumFacets extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  readonly #unfolded = new Set<FacetName>();
  /** Rules that found something in this campaign: they keep their line while their variants are drawn anew. */
  readonly #rules = new Set<string>();
  readonly #search = h("input", {
    type: "search",
    placeholder: "Names and copy",
    "aria-label": "Search names and copy",
    oninput: () => this.request<Partial<Filter>>("variorum-filter-request", { search: this.#search.value }),
  });
  readonly #addFormat = h(
    "button",
    { class: "plain more", onclick: () => this.request("variorum-format-dialog-request", undefined) },
    "Add a format…",
  );
  readonly #groups = new Map<
    FacetName,
    { group: HTMLFieldSetElement; values: HTMLElement; more: HTMLButtonElement; note: HTMLElement }
  >();

  constructor() {
    super(base, style);
    this.root.append(
      h("div", { class: "search", role: "search" }, this.#search, icon("search"), h("kbd", { "aria-hidden": "true" }, "/")),
    );
    for (const facet of ORDER) {
      const values = h("div");
      const note = h("p", { class: "note", hidden: true });
      const more = h("button", { class: "plain more", onclick: () => this.#unfold(facet) });
      const add = facet === "format" && this.#addFormat;
      const group = h("fieldset", {}, h("legend", { class: "heading" }, TITLES[facet]), values, more, note, add);
      this.#groups.set(facet, { group, values, more, note });
      this.root.append(group);
    }
  }

  set state(state: StudioState) {
    if (state === this.#state) return;
    const { facets, filter, measured, campaign } = this.#state;
    if (campaign?.formats !== state.campaign?.formats) this.#rules.clear();
    const same = facets === state.facets && filter === state.filter && measured === state.measured && campaign === state.campaign;
    this.#state = state;
    if (!same) this.changed();
  }

  focusSearch(): void {
    this.#search.focus();
    this.#search.select();
  }

  #unfold(facet: FacetName): void {
    if (this.#unfolded.has(facet)) this.#unfolded.delete(facet);
    else this.#unfolded.add(facet);
    this.changed();
  }

  #toggle(facet: FacetName, key: string): void {
    const chosen = new Set<string>(this.#state.filter[facet]);
    if (!chosen.delete(key)) chosen.add(key);
    this.request("variorum-filter-request", { [facet]: chosen });
  }

  protected override update(): void {
    const { filter, campaign, variants, measured } = this.#state;
    if (this.root.activeElement !== this.#search && this.#search.value !== filter.search) this.#search.value = filter.search;
    for (const [facet, parts] of this.#groups) {
      const values = this.#valuesOf(facet);
      const chosen: ReadonlySet<string> = filter[facet];
      const unfolded = this.#unfolded.has(facet);
      const shown =
        unfolded || facet === "status" || facet === "findings"
          ? values
          : values.filter((value, i) => i < FIRST || chosen.has(value.key));
      parts.group.hidden = !campaign || values.length === 0 || (facet === "option" && values.length < 2);
      keep(
        parts.values,
        shown,
        (value) => value.key,
        (value) => this.#make(facet, value),
        (node, value) => this.#show(node, value, chosen.has(value.key)),
      );
      const hidden = values.length - shown.length;
      parts.more.hidden = hidden === 0 && !unfolded;
      write(parts.more, unfolded ? "Fewer" : `${count(hidden)} more`);
      parts.more.setAttribute("aria-expanded", String(unfolded));
      parts.more.setAttribute("aria-label", `${TITLES[facet]}: ${unfolded ? "fewer" : `${count(hidden)} more`}`);
      if (facet === "findings") {
        const checked = measured.size;
        // It stays when all are: an edit would bring it back, and all below would jump.
        parts.note.hidden = false;
        write(parts.note, `${checked >= variants.size ? "all" : count(checked)} of ${count(variants.size)} checked`);
      }
    }
  }

  #make(facet: FacetName, value: Value): HTMLElement {
    const box = h("input", { type: "checkbox", onchange: () => this.#toggle(facet, value.key) });
    const sign = value.status ? h("span", { class: "sign", "data-status": value.status }, icon(value.status)) : undefined;
    return h(
      "label",
      { class: value.inner ? "inner" : "" },
      box,
      sign,
      h("span", { class: "name", dir: "auto" }, value.name),
      h("span", { class: "number" }),
    );
  }

  #show(node: HTMLElement, value: Value, chosen: boolean): void {
    const box = node.querySelector("input");
    if (box) box.checked = chosen;
    const number = node.querySelector(".number");
    if (number) write(number, count(value.number));
    node.classList.toggle("none", value.number === 0 && !chosen);
    node.title = value.name;
  }

  #valuesOf(facet: FacetName): Value[] {
    const { campaign, facets } = this.#state;
    if (!campaign) return [];
    const counts = facets[facet];
    const value = (key: string, name: string): Value => ({ key, name, number: counts.get(key) ?? 0 });
    switch (facet) {
      case "status":
        return STATUSES.map((status) => ({ ...value(status, STATUS[status]), status }));
      case "findings":
        return this.#findings(counts);
      case "medium":
        return [...new Set(campaign.formats.map((format) => format.medium))].map((id) => value(id, mediumName(id)));
      case "channel":
        return [...new Set(campaign.formats.map((format) => format.channel))].map((id) => value(id, channelName(id)));
      case "format":
        return campaign.formats.map((format) => value(format.id, format.name));
      case "locale":
        return campaign.locales.map((locale) => value(locale.tag, locale.name));
      case "option":
        return campaign.options.map((option) => value(option, option));
    }
  }

  /** Severities with their rules below them, then none. */
  #findings(counts: ReadonlyMap<string, number>): Value[] {
    for (const key of counts.keys()) if (key.includes("/")) this.#rules.add(key);
    const below = (severity: Finding["severity"]): Value[] =>
      [...this.#rules]
        .filter((key) => key.startsWith(`${severity}/`))
        .map((key) => ({ key, name: findingName(key), number: counts.get(key) ?? 0, inner: true }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    const whole = (key: string): Value => ({ key, name: findingName(key), number: counts.get(key) ?? 0 });
    const notes = below("note");
    return [
      ...[whole("must"), ...below("must"), whole("should"), ...below("should")],
      ...(notes.length > 0 || counts.has("note") ? [whole("note"), ...notes] : []),
      whole("none"),
    ];
  }
}

define("variorum-facets", VariorumFacets);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-facets": VariorumFacets;
  }
}
