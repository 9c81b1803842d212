/**
 * What the sheet shows, in which order, under which headings. In: states as they come, the grouping. Out: items, sections, order, strips and
 * neighbours, each kept as long as what it came from stays the same: what is drawn meanwhile must move nothing.
 */

import type { CampaignInfo } from "../engine/types.ts";
import { type StudioState, statusOf } from "../store/state.ts";
import { type Group, type Item, itemsOf, type Section, sectionsOf } from "./sections.ts";

/** What the loupe's strip goes through: the sheet's order, this format's languages, this language's formats. */
export type Strip = "sheet" | "language" | "format";

export class Arrangement {
  items: ReadonlyMap<string, Item> = new Map();
  /** Ids in the order of the campaign. */
  shown: readonly string[] = [];
  sections: readonly Section[] = [];
  /** Items in the order of the sheet. */
  order: readonly Item[] = [];
  #itemsOf: CampaignInfo["formats"] | undefined;
  #group: Group | undefined;
  /** What a person looked at before the filter gave the focus to another, or to nobody. */
  #home: { id: string; heir: string | undefined } | undefined;
  #strip: { key: string; of: ReadonlyMap<string, Item>; items: readonly Item[] } = { key: "", of: new Map(), items: [] };

  /** Takes a state in; says whether another campaign is open now. */
  take(state: StudioState, group: Group): boolean {
    const another = state.campaign?.formats !== this.#itemsOf;
    if (another) {
      this.#itemsOf = state.campaign?.formats;
      this.items = state.campaign ? itemsOf(state.campaign) : new Map();
      this.shown = [];
      this.#group = undefined;
      this.#home = undefined;
    }
    const same = state.shown.length === this.shown.length && state.shown.every((id, i) => id === this.shown[i]);
    if (!same) this.shown = state.shown;
    if (!same || this.#group !== group) this.regroup(state, group);
    return another;
  }

  /** Gathers anew, also where variants only moved from finding to finding. */
  regroup(state: StudioState, group: Group): void {
    this.#group = group;
    this.sections = sectionsOf(this.items, { ...state, shown: this.shown }, group);
    this.order = this.sections.flatMap((section) => section.items);
  }

  /**
   * Who takes the focus now that these are shown, asked before they are taken in. `undefined`: it stays where it is, be it in the loupe on one that was not shown before either. A
   * variant that leaves is followed by its next neighbour, else the one before; where nobody is left nobody has it: no key stamps what is not in sight. `refiltered`: a person said
   * what is shown; letter by letter of a search the eye comes back to where it began, if nobody led it elsewhere.
   */
  heir(focus: string | undefined, shown: readonly string[], refiltered: boolean): { id: string | undefined } | undefined {
    const left = new Set(shown);
    const home = this.#home && this.#home.heir === focus ? this.#home.id : undefined;
    if (home !== undefined && left.has(home) && (refiltered || focus === undefined)) return this.#give(undefined, home);
    if (focus === undefined) return home === undefined || shown.length === 0 ? undefined : this.#give(home, shown[0]);
    if (left.has(focus) || !this.shown.includes(focus)) return undefined;
    const at = this.#indexOf(focus);
    const next = this.order.slice(at + 1).find((item) => left.has(item.id));
    const before = this.order.slice(0, Math.max(0, at)).findLast((item) => left.has(item.id));
    const heir = next?.id ?? before?.id ?? shown[0];
    return this.#give(refiltered || heir === undefined ? (home ?? focus) : undefined, heir);
  }

  #give(home: string | undefined, heir: string | undefined): { id: string | undefined } {
    this.#home = home === undefined ? undefined : { id: home, heir };
    return { id: heir };
  }

  /** All from one to the other. */
  between(from: string, to: string): string[] {
    const [a, b] = [this.#indexOf(from), this.#indexOf(to)];
    if (a < 0 || b < 0) return [to];
    return this.order.slice(Math.min(a, b), Math.max(a, b) + 1).map((item) => item.id);
  }

  /** The first variant of the section after (1) or before (-1). */
  besideSection(focus: string | undefined, by: 1 | -1): string | undefined {
    const at = this.sections.findIndex((section) => section.items.some((item) => item.id === focus));
    return this.sections[at + by]?.items[0]?.id;
  }

  /** All of a variant's section. */
  sectionOf(id: string): readonly string[] {
    return this.sections.find(({ items }) => items.some((item) => item.id === id))?.items.map((item) => item.id) ?? [];
  }

  /** The next variant to review after the focused one, round the end. */
  nextToReview(state: StudioState): string | undefined {
    const at = this.#indexOf(state.focus ?? "");
    const round = [...this.order.slice(at + 1), ...this.order.slice(0, Math.max(0, at))];
    return round.find((item) => ["to-review", "reopened"].includes(statusOf(state, item.id)))?.id;
  }

  /** Items of a strip through one item: of the whole campaign, whatever is filtered, for the strip is there to compare. */
  strip(kind: Strip, item: Item): readonly Item[] {
    if (kind === "sheet") return this.order;
    const byLanguage = kind === "language";
    const key = `${kind} ${byLanguage ? item.format.id : item.locale.tag} ${item.option}`;
    if (this.#strip.key !== key || this.#strip.of !== this.items) {
      const belongs = (one: Item): boolean =>
        one.option === item.option && (byLanguage ? one.format.id === item.format.id : one.locale.tag === item.locale.tag);
      this.#strip = { key, of: this.items, items: [...this.items.values()].filter(belongs) };
    }
    return this.#strip.items;
  }

  #indexOf(id: string): number {
    return this.order.findIndex((item) => item.id === id);
  }
}
