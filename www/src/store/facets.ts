/**
 * Which variants pass the filter, and how many each value of a facet would show. In: variants, stamps, findings, filter. Out: ids in
 * matrix order, and counts that follow the choices in the other facets. One pass over the matrix; no state.
 */
import type { CampaignInfo, Finding, MessageInfo, Status, VariantInfo } from "../engine/types.ts";
import type { FacetName, StudioState } from "./state.ts";

/** What the filter looks at. */
export interface Facts extends Pick<StudioState, "campaign" | "variants" | "formats" | "stamps" | "measured" | "filter"> {
  /** Copy by locale, as far as it is known: for the search. */
  copy: ReadonlyMap<string, readonly MessageInfo[]>;
  /** A variant that is shown whatever the filter says. */
  stays: string | undefined;
}

/** What of the state follows from the facts. */
type Sifted = Pick<StudioState, "shown" | "held" | "facets" | "counts">;

const NAMES: readonly FacetName[] = ["status", "findings", "medium", "channel", "format", "locale", "option"];
const STATUSES: readonly Status[] = ["to-review", "approved", "sent-back", "reopened"];

export function sift(facts: Facts): Sifted {
  const { filter, formats, variants } = facts;
  if (filter.search !== "" || NAMES.some((name) => filter[name].size > 0)) return siftEach(facts);
  // Nothing is chosen, the usual case: what formats, languages and options come to is the same as long as the campaign is open.
  const known = wholes.get(formats);
  if (!known || known.variants !== variants.size) {
    const sifted = siftEach(facts);
    wholes.set(formats, { ...sifted, variants: variants.size });
    return sifted;
  }
  const { status, findings } = emptyFacets(facts);
  const bump = (tally: Map<string, number>, value: string, by = 1) => tally.set(value, (tally.get(value) ?? 0) + by);
  let stamped = 0;
  for (const [id, stamp] of facts.stamps) {
    if (!variants.has(id)) continue;
    stamped += 1;
    bump(status, stamp.status);
  }
  bump(status, "to-review", variants.size - stamped);
  for (const measured of facts.measured.values()) for (const value of findingsOf(measured.findings)) bump(findings, value);
  const counts = { total: variants.size } as Record<Status, number> & { total: number };
  for (const name of STATUSES) counts[name] = status.get(name) ?? 0;
  return { shown: known.shown, held: undefined, facets: { ...known.facets, status, findings }, counts };
}

/** Of an open campaign, by its formats: what the facets come to where nothing is chosen. */
const wholes = new WeakMap<Facts["formats"], Pick<Sifted, "shown" | "facets"> & { variants: number }>();

function siftEach(facts: Facts): Sifted {
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
  let held: string | undefined;
  const hold = (id: string): void => {
    if (id !== facts.stays) return;
    held = id;
    shown.push(id);
  };
  const chosen = NAMES.filter((name) => filter[name].size > 0);
  for (const variant of facts.variants.values()) {
    const values = valuesOf(variant, facts);
    counts[values.status] += 1;
    counts.total += 1;
    if (!matches(variant)) {
      hold(variant.id);
      continue;
    }
    const failing = chosen.filter((name) => !passes(values[name], filter[name]));
    if (failing.length === 0) shown.push(variant.id);
    else hold(variant.id);
    if (failing.length > 1) continue;
    // A value counts what it would show if it were chosen: its own facet's choice does not matter.
    for (const name of failing.length === 0 ? NAMES : failing) {
      const value = values[name];
      const tally = facets[name];
      if (typeof value === "string") tally.set(value, (tally.get(value) ?? 0) + 1);
      else for (const one of value) tally.set(one, (tally.get(one) ?? 0) + 1);
    }
  }
  return { shown, held, facets, counts };
}

/** What a variant has in each facet; several things only where they are findings. A plain object: this runs for every variant at every key. */
interface Values extends Record<Exclude<FacetName, "findings" | "status">, string | readonly string[]> {
  status: Status;
  findings: readonly string[];
}

function valuesOf(variant: VariantInfo, { stamps, measured, formats }: Facts): Values {
  const format = formats.get(variant.format);
  return {
    status: stamps.get(variant.id)?.status ?? "to-review",
    findings: findingsOf(measured.get(variant.id)?.findings),
    medium: format?.medium ?? NOTHING,
    channel: format?.channel ?? NOTHING,
    format: variant.format,
    locale: variant.locale,
    option: variant.option,
  };
}

function passes(values: string | readonly string[], wanted: ReadonlySet<string>): boolean {
  return typeof values === "string" ? wanted.has(values) : values.some((value) => wanted.has(value));
}

const NOTHING: readonly string[] = [];
const NONE: readonly string[] = ["none"];
/** Worked out once for each list: lists are replaced, never changed. */
const known = new WeakMap<readonly Finding[], readonly string[]>();

/** Severities, rules of each ("must/overflow"), and "none" where nothing is to mend. */
function findingsOf(findings: readonly Finding[] | undefined): readonly string[] {
  if (!findings) return NOTHING;
  if (findings.length === 0) return NONE;
  const before = known.get(findings);
  if (before) return before;
  const values = new Set(findings.flatMap(({ rule, severity }) => [severity, `${severity}/${rule}`]));
  if (findings.every(({ severity }) => severity === "note")) values.add("none");
  const list = [...values];
  known.set(findings, list);
  return list;
}

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
