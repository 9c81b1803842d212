/**
 * `<variorum-bar>`: the line above the sheet. In: the state, the grouping, the ground. Out: what is shown, the chosen facets as chips to take
 * away, and requests for another grouping, size or ground.
 *
 * @fires variorum-filter-request - `Partial<Filter>`
 * @fires variorum-group-request - `Group`
 * @fires variorum-size-request - `1 | -1`: larger, smaller pictures
 * @fires variorum-ground-request - `"20" | "58" | "95"`
 * @fires variorum-section-request - `1 | -1`: the group after, before
 * @fires variorum-selecting-request - turn picking by plain clicks on or off
 * @fires variorum-select-all-request - select all that is shown
 * @fires variorum-fold-request - `"facets" | "inspector"`
 */

import { EMPTY_FILTER, EMPTY_STATE, type FacetName, type StudioState, selectedOf } from "../store/state.ts";
import { css, define, h, keep, StudioElement, write } from "../studio/dom.ts";
import { icon } from "../studio/icons.ts";
import { GROUNDS, type Ground, type View } from "../studio/look.ts";
import { GROUPS, type Group } from "../studio/sections.ts";
import { channelName, count, findingName, mediumName, plural, STATUS, STATUSES } from "../studio/words.ts";
import { base } from "../style/base.ts";

const style = css(`
:host { display: flex; align-items: center; gap: 4px; min-height: 36px; padding: 2px 8px; background: var(--chrome); border-bottom: 1px solid var(--line); min-width: 0; }
.shown { white-space: nowrap; margin: 0 8px 0 4px; }
/* One line, however many there are: what is below does not move when one is chosen. Those that have no room fade, and are reached by scrolling. */
.chips { display: flex; gap: 4px; min-width: 0; overflow: auto hidden; padding: 2px; scrollbar-width: none; }
.chips.more { mask-image: linear-gradient(to right, #000 calc(100% - 20px), transparent); }
.chips.less { mask-image: linear-gradient(to left, #000 calc(100% - 20px), transparent); }
.chips.less.more { mask-image: linear-gradient(to right, transparent, #000 20px calc(100% - 20px), transparent); }
button, select, .grounds, .shown { flex: none; }
.chips button { flex: none; min-height: 24px; padding: 0 4px 0 8px; gap: 4px; border-radius: 12px; font-size: 11px; max-width: 160px; }
.clear { flex: none; font-size: 11px; padding: 0 6px; text-decoration: underline; text-underline-offset: 2px; }
.chips .icon { width: 12px; height: 12px; }
.chips span { overflow: hidden; text-overflow: ellipsis; }
.grow { flex: 1; }
@container studio (max-width: 1000px) { :host { flex-wrap: wrap; } .chips { order: 9; flex: 1 0 calc(100% - 88px); } .clear { order: 10; } .rule { display: none; } :host { gap: 0; padding: 2px 4px; } .shown { margin: 0 4px 0 2px; } }
@container main (max-width: 800px) { .rule { display: none; } :host { gap: 2px; padding: 2px 4px; } .shown { margin: 0 2px; } .clear, button.plain:not(.icon-only) { padding: 0 4px; } select { padding: 2px 0; } }
/* Between two open panels, as on a tablet: every control stays in sight. */
@container main (max-width: 600px) { :host { flex-wrap: wrap; gap: 0; padding: 2px 4px; } .chips { order: 9; flex: 1 0 calc(100% - 88px); } .clear { order: 10; } .rule, .turns { display: none; } .shown { margin: 0 4px 0 2px; } }
@container studio (max-width: 640px) { .shown { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .turns { display: none; } }
@container main (max-width: 460px) { .shown { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } }
.chips:empty { display: none; }
label { display: flex; align-items: center; gap: 4px; white-space: nowrap; }
select { width: auto; min-height: 28px; padding: 2px 4px; }
.grounds { display: flex; }
.grounds button { width: 24px; min-height: 24px; padding: 0; border: 0; background: none; border-radius: 4px; }
.grounds i { width: 16px; height: 16px; border: 1px solid var(--edge); border-radius: 8px; }
.grounds button[aria-checked="true"] { background: none; }
.grounds button[aria-checked="true"] i { box-shadow: 0 0 0 2px var(--chrome), 0 0 0 4px var(--ink); }
@media (forced-colors: active) { .grounds i { forced-color-adjust: none; } .grounds button[aria-checked="true"] i { box-shadow: none; outline: 2px solid Highlight; outline-offset: 2px; } }
.g20 { background: #303030; } .g58 { background: #8b8b8b; } .g95 { background: #f1f1f1; }
.rule { width: 1px; height: 20px; background: var(--line); margin: 0 4px; }
`);

export class VariorumBar extends StudioElement {
  #state: StudioState = EMPTY_STATE;
  #look: { view: View; group: Group; ground: Ground; facets: boolean; inspector: boolean; selecting: boolean } = {
    view: "sheet",
    group: "language",
    ground: "58",
    facets: true,
    inspector: true,
    selecting: false,
  };
  readonly #shown = h("span", { class: "shown quiet figures", role: "status" });
  readonly #chips = h("div", { class: "chips", onscroll: () => this.#fade() });
  readonly #clear = h(
    "button",
    {
      class: "plain small clear",
      hidden: true,
      "aria-label": "Clear all facets",
      onclick: () => this.request("variorum-filter-request", EMPTY_FILTER),
    },
    "Clear all",
  );
  readonly #select = h(
    "button",
    {
      class: "plain small",
      title: "A tap or click adds to the selection or takes away",
      onclick: () => this.request("variorum-selecting-request", undefined),
    },
    "Select",
  );
  readonly #all = h(
    "button",
    {
      class: "plain small",
      title: "Select all that is shown (Ctrl A)",
      onclick: () => this.request("variorum-select-all-request", undefined),
    },
    "All shown",
  );
  readonly #steps = ([-1, 1] as const).map((by) =>
    h(
      "button",
      {
        class: "plain small icon-only turns",
        "aria-label": by === -1 ? "Group before" : "Group after",
        title: by === -1 ? "Group before ([)" : "Group after (])",
        onclick: () => this.request("variorum-section-request", by),
      },
      icon(by === -1 ? "up" : "down"),
    ),
  );
  readonly #group = h(
    "select",
    { "aria-label": "Group by", onchange: () => this.request("variorum-group-request", this.#group.value) },
    ...GROUPS.map((group) => h("option", { value: group }, `By ${group}`)),
  );
  readonly #sizes = [
    h(
      "button",
      {
        class: "plain small icon-only",
        "aria-label": "Smaller pictures",
        title: "Smaller pictures (−)",
        onclick: () => this.request("variorum-size-request", -1),
      },
      icon("minus"),
    ),
    h(
      "button",
      {
        class: "plain small icon-only",
        "aria-label": "Larger pictures",
        title: "Larger pictures (+)",
        onclick: () => this.request("variorum-size-request", 1),
      },
      icon("plus"),
    ),
  ];
  readonly #grounds = GROUNDS.map((ground) =>
    h(
      "button",
      {
        role: "radio",
        "aria-label": `Ground L* ${ground}`,
        title: `Ground L* ${ground} (D)`,
        "data-ground": ground,
        onclick: () => this.request("variorum-ground-request", ground),
      },
      h("i", { class: `g${ground}` }),
    ),
  );
  readonly #facets = h(
    "button",
    {
      class: "plain small icon-only",
      "aria-label": "Facets",
      title: "Facets",
      onclick: () => this.request("variorum-fold-request", "facets"),
    },
    icon("side"),
  );
  readonly #inspector = h(
    "button",
    {
      class: "plain small icon-only",
      "aria-label": "Inspector",
      title: "Inspector",
      onclick: () => this.request("variorum-fold-request", "inspector"),
    },
    icon("aside"),
  );

  constructor() {
    super(base, style);
    const grounds = h("div", { class: "grounds", role: "radiogroup", "aria-label": "Ground" }, ...this.#grounds);
    this.root.append(
      this.#facets,
      this.#shown,
      this.#chips,
      this.#clear,
      h("span", { class: "grow" }),
      this.#select,
      this.#all,
      h("span", { class: "rule" }),
      this.#group,
      ...this.#steps,
      ...this.#sizes,
      h("span", { class: "rule" }),
      grounds,
      h("span", { class: "rule" }),
      this.#inspector,
    );
  }

  set state(state: StudioState) {
    const { shown, held, selection, campaign, filter } = this.#state;
    this.#state = state;
    const same =
      shown.length === state.shown.length &&
      held === state.held &&
      selection === state.selection &&
      campaign === state.campaign &&
      filter === state.filter;
    if (!same) this.changed();
  }

  set look(look: { view: View; group: Group; ground: Ground; facets: boolean; inspector: boolean; selecting: boolean }) {
    const before = this.#look;
    this.#look = look;
    if ((Object.keys(look) as (keyof typeof look)[]).some((key) => look[key] !== before[key])) this.changed();
  }

  protected override update(): void {
    const { shown, held, campaign, filter } = this.#state;
    const { view, group, ground, facets, inspector, selecting } = this.#look;
    this.#select.setAttribute("aria-pressed", String(selecting));
    this.#all.hidden = !selecting;
    for (const step of this.#steps) step.hidden = view === "matrix";
    const selected = selectedOf(this.#state).length;
    const picked = selected > 1 ? ` · ${count(selected)} selected` : "";
    write(this.#shown, campaign ? plural(shown.length - (held === undefined ? 0 : 1), "variant") + picked : "");
    this.#group.value = group;
    this.#group.hidden = view === "matrix";
    for (const button of this.#grounds) button.setAttribute("aria-checked", String(button.dataset.ground === ground));
    this.#facets.setAttribute("aria-pressed", String(facets));
    this.#inspector.setAttribute("aria-pressed", String(inspector));
    const chips: { facet: FacetName | "search"; key: string; name: string }[] = [];
    if (filter.search !== "") chips.push({ facet: "search", key: "", name: `“${filter.search}”` });
    for (const facet of ["status", "findings", "medium", "channel", "format", "locale", "option"] as const) {
      for (const key of filter[facet]) chips.push({ facet, key, name: this.#nameOf(facet, key) });
    }
    this.#clear.hidden = chips.length < 2;
    const before = this.#chips.childElementCount;
    keep(
      this.#chips,
      chips,
      ({ facet, key }) => `${facet} ${key}`,
      ({ facet, key }) => h("button", { onclick: () => this.#remove(facet, key) }, h("span", { dir: "auto" }), icon("close")),
      (node, { name }) => {
        if (node.firstElementChild) write(node.firstElementChild, name);
        node.setAttribute("aria-label", `Remove ${name}`);
        node.title = name;
      },
    );
    // The one just chosen is seen.
    if (chips.length > before) this.#chips.scrollLeft = this.#chips.scrollWidth;
    this.#fade();
  }

  /** Whether chips go on at either end. */
  #fade(): void {
    if (this.#chips.childElementCount === 0) return;
    const { scrollLeft, clientWidth, scrollWidth } = this.#chips;
    this.#chips.classList.toggle("less", scrollLeft > 1);
    this.#chips.classList.toggle("more", scrollLeft + clientWidth < scrollWidth - 1);
  }

  #remove(facet: FacetName | "search", key: string): void {
    if (facet === "search") this.request("variorum-filter-request", { search: "" });
    else {
      const chosen = new Set<string>(this.#state.filter[facet]);
      chosen.delete(key);
      this.request("variorum-filter-request", { [facet]: chosen });
    }
  }

  #nameOf(facet: FacetName, key: string): string {
    const { campaign, formats } = this.#state;
    switch (facet) {
      case "status":
        return STATUSES.filter((status) => status === key).map((status) => STATUS[status])[0] ?? key;
      case "findings":
        return findingName(key);
      case "medium":
        return mediumName(key);
      case "channel":
        return channelName(key);
      case "format":
        return formats.get(key)?.name ?? key;
      case "locale":
        return campaign?.locales.find((locale) => locale.tag === key)?.name ?? key;
      case "option":
        return key;
    }
  }
}

define("variorum-bar", VariorumBar);

declare global {
  interface HTMLElementTagNameMap {
    "variorum-bar": VariorumBar;
  }
}
