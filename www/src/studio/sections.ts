/**
 * The variants of a campaign as items with their format and language at hand, and how they gather under headings. In: the campaign, the
 * ids that are shown, what was measured. Out: sections in the campaign's order. Filtering is the store's, placing is rows.ts'.
 */

import type { CampaignInfo, Finding, FormatInfo, LocaleInfo } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import { findingName, mediumName, ruleName } from "./words.ts";

/** One cell of the matrix with all that never changes while the campaign is open. */
export interface Item {
  id: string;
  format: FormatInfo;
  locale: LocaleInfo;
  /** "" where the campaign has one option only. */
  option: string;
}

export const GROUPS = ["language", "format", "medium", "finding"] as const;
export type Group = (typeof GROUPS)[number];

/** Variants under one heading. */
export interface Section {
  key: string;
  title: string;
  /** Beside the title, such as a language tag. */
  note: string;
  items: Item[];
}

/** All items of a campaign by id. */
export function itemsOf(campaign: CampaignInfo): Map<string, Item> {
  const formats = new Map(campaign.formats.map((format) => [format.id, format]));
  const locales = new Map(campaign.locales.map((locale) => [locale.tag, locale]));
  const items = new Map<string, Item>();
  for (const variant of campaign.variants) {
    const format = formats.get(variant.format);
    const locale = locales.get(variant.locale);
    if (!format || !locale) continue;
    items.set(variant.id, { id: variant.id, format, locale, option: campaign.options.length > 1 ? variant.option : "" });
  }
  return items;
}

/** The finding that decides where a variant stands: a must before a should. */
export function worst(findings: readonly Finding[]): Finding | undefined {
  const of = (severity: Finding["severity"]) => findings.find((finding) => finding.severity === severity);
  return of("must") ?? of("should");
}

function heading(item: Item, group: Group, state: StudioState): { key: string; title: string; note: string } {
  switch (group) {
    case "language":
      return { key: item.locale.tag, title: item.locale.name, note: item.locale.tag };
    case "format":
      return { key: item.format.id, title: item.format.name, note: item.format.size };
    case "medium":
      return { key: item.format.medium, title: mediumName(item.format.medium), note: "" };
    case "finding": {
      const findings = state.measured.get(item.id)?.findings;
      if (!findings) return { key: "3", title: "Not yet checked", note: "" };
      const first = worst(findings);
      if (!first) return { key: "2", title: "No findings", note: "" };
      const severity = findingName(first.severity);
      return {
        key: `${first.severity === "must" ? 0 : 1}:${first.rule}`,
        title: `${severity}: ${ruleName(first.rule)}`,
        note: "",
      };
    }
  }
}

/** Gathers the shown variants; sections stand in the order of the campaign, findings with the musts first. */
export function sectionsOf(items: ReadonlyMap<string, Item>, state: StudioState, group: Group): Section[] {
  const found = new Map<string, Section>();
  for (const id of state.shown) {
    const item = items.get(id);
    if (!item) continue;
    const { key, title, note } = heading(item, group, state);
    const section = found.get(key);
    if (section) section.items.push(item);
    else found.set(key, { key, title, note, items: [item] });
  }
  const list = [...found.values()];
  if (group === "finding") list.sort((a, b) => (a.key < b.key ? -1 : 1));
  if (group === "language") {
    const order = new Map(state.campaign?.locales.map((locale, i) => [locale.tag, i]));
    list.sort((a, b) => (order.get(a.key) ?? 0) - (order.get(b.key) ?? 0));
  }
  return list;
}
