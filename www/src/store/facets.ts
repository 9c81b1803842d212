/**
 * Which variants pass the filter, and how many each value of a facet would show. In: variants, stamps, findings, filter. Out: ids in
 * matrix order, and counts that follow the choices in the other facets. One pass over the matrix; no state.
 */
import type { CampaignInfo, MessageInfo, Status, VariantInfo } from "../engine/types.ts";
import type { Counts, FacetCounts, FacetName, StudioState } from "./state.ts";

/** What the filter looks at. */
export interface Facts extends Pick<StudioState, "campaign" | "variants" | "formats" | "stamps" | "measured" | "filter"> {
  /** Copy by locale, as far as it is known: for the search. */
  copy: ReadonlyMap<string, readonly MessageInfo[]>;
}

const NAMES: readonly FacetName[] = ["status", "findings", "medium", "channel", "format", "locale", "option"];
const STATUSES: readonly Status[] = ["to-review", "approved", "sent-back", "reopened"];

export function sift(facts: Facts): { shown: string[]; facets: FacetCounts; counts: Counts } {
  const { filter } = facts;
  const matches = search(facts);
  const facets = emptyFacets(facts);
  const counts: Record<Status, number> & { total: number } = {
    "to-review": 0,
    approved: 0,
    "sent-back": 0,
    reopened: 0,
    total: 0,
  };
  const shown: string[] = [];
  for (const variant of facts.variants.values()) {
    const values = valuesOf(variant, facts);
    counts[values.status[0] as Status] += 1;
    counts.total += 1;
    if (!matches(variant)) continue;
    const failing = NAMES.filter(
      (name) => filter[name].size > 0 && !values[name].some((value) => (filter[name] as ReadonlySet<string>).has(value)),
    );
    if (failing.length === 0) shown.push(variant.id);
    // A value counts what it would show if it were chosen: its own facet's choice does not matter.
    for (const name of NAMES) {
      if (failing.length > 1 || (failing.length === 1 && failing[0] !== name)) continue;
      const tally = facets[name];
      for (const value of values[name]) tally.set(value, (tally.get(value) ?? 0) + 1);
    }
  }
  return { shown, facets, counts };
}

function valuesOf(variant: VariantInfo, { stamps, measured, formats }: Facts): Record<FacetName, readonly string[]> {
  const format = formats.get(variant.format);
  const findings = measured.get(variant.id)?.findings;
  return {
    status: [stamps.get(variant.id)?.status ?? "to-review"],
    findings: findings
      ? findings.every(({ severity }) => severity === "note")
        ? [...NONE, ...new Set(findings.flatMap(({ rule, severity }) => [severity, rule]))]
        : [...new Set(findings.flatMap(({ rule, severity }) => [severity, rule]))]
      : [],
    medium: format ? [format.medium] : [],
    channel: format ? [format.channel] : [],
    format: [variant.format],
    locale: [variant.locale],
    option: [variant.option],
  };
}
const NONE = ["none"] as const;

/** All values that the campaign has, in display order, at nought. */
function emptyFacets({ campaign, formats }: Facts): Record<FacetName, Map<string, number>> {
  const noughts = (values: Iterable<string>) => new Map([...values].map((value) => [value, 0] as const));
  const list = [...formats.values()];
  return {
    status: noughts(STATUSES),
    findings: noughts(["must", "should", "none"]),
    medium: noughts(list.map((format) => format.medium)),
    channel: noughts(list.map((format) => format.channel)),
    format: noughts(list.map((format) => format.id)),
    locale: noughts(campaign?.locales.map((locale) => locale.tag) ?? []),
    option: noughts(campaign?.options ?? []),
  };
}

/** Every word must be found in the variant's id, its format's or language's names, or its copy. */
function search({ filter, formats, campaign, copy }: Facts): (variant: VariantInfo) => boolean {
  const words = fold(filter.search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return () => true;
  // Looked up once for each format and language, not for each of their thousands of pairs.
  const formatText = new Map(
    [...formats.values()].map((f) => [f.id, fold([f.id, f.name, f.medium, f.channel, f.size].join(" "))]),
  );
  const localeText = new Map(localeTexts(campaign, copy));
  return ({ id, format, locale, option }) => {
    const texts = [formatText.get(format) ?? "", localeText.get(locale) ?? "", fold(option), fold(id)];
    return words.every((word) => texts.some((text) => text.includes(word)));
  };
}

function* localeTexts(campaign: CampaignInfo | undefined, copy: Facts["copy"]): Iterable<[string, string]> {
  for (const { tag, name } of campaign?.locales ?? []) {
    yield [tag, fold([tag, name, ...(copy.get(tag) ?? []).map(({ text }) => text)].join(" "))];
  }
}

function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
