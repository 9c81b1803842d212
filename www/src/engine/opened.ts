/**
 * The campaign that is open, as the page knows it. In: what the engine answered at opening, edits, newer fingerprints. Out: the campaign of now, and what a new
 * worker must be told to stand where the others stand. Asking the engine is left to client.ts.
 */
import { aliasesIn, withValue } from "./aliases.ts";
import type { Call, CallOf } from "./protocol.ts";
import type { CampaignFiles, CampaignInfo, Edit, OverridePatch, VariantInfo } from "./types.ts";

export class Opened {
  #campaign: CampaignInfo | undefined;
  #files: CampaignFiles | undefined;
  /** Where its files asked for them. */
  #importers: WebAssembly.Module | undefined;
  #edits: readonly Edit[] = [];
  #epoch = 0;
  #variants = new Map<string, VariantInfo>();

  /** With current fingerprints. */
  get campaign(): CampaignInfo | undefined {
    return this.#campaign;
  }

  /** Others of them: it is another campaign. */
  get files(): CampaignFiles | undefined {
    return this.#files;
  }

  /** The last of each place, in order; corrections that were all undone are none. */
  get edits(): readonly Edit[] {
    return this.#edits.filter((edit) => edit.kind !== "overrides" || edit.patches.length > 0);
  }

  /** Counts edits: what was asked for before one and answered after it may be outdated. */
  get epoch(): number {
    return this.#epoch;
  }

  take(campaign: CampaignInfo, files: CampaignFiles, importers: WebAssembly.Module | undefined): void {
    const aliases = aliasesIn(files);
    const tokens = campaign.tokens.map((token) => {
      const alias = aliases.get(token.path);
      return alias === undefined ? token : { ...token, alias };
    });
    this.#campaign = aliases.size === 0 ? campaign : { ...campaign, tokens };
    this.#files = files;
    this.#importers = importers;
    const patches = campaign.corrections === undefined ? [] : (JSON.parse(campaign.corrections) as OverridePatch[]);
    this.#edits = patches.length === 0 ? [] : [{ kind: "overrides", patches }];
    this.#epoch += 1;
    this.#variants = new Map(campaign.variants.map((variant) => [variant.id, variant]));
  }

  /** Nobody wants it any more. */
  leave(): void {
    this.#files = undefined;
  }

  variant(id: string): VariantInfo | undefined {
    return this.#variants.get(id);
  }

  /** Pseudo-locales are no part of the matrix; their tag stands in the id. */
  localeOf(id: string): string | undefined {
    return this.#variants.get(id)?.locale ?? id.split(".").at(-2);
  }

  isOutdated(id: string, fingerprint: string): boolean {
    const current = this.#variants.get(id)?.fingerprint;
    return current !== undefined && current !== "" && current !== fingerprint;
  }

  /** Notes an edit, before it is sent, so that a worker that joins meanwhile hears it too. Returns how it is taken back. */
  say(edit: Edit): () => void {
    const earlier = this.#edits.find((other) => samePlace(other, edit));
    this.#edits = [...this.#edits.filter((other) => other !== earlier), edit];
    this.#epoch += 1;
    return () => {
      // The words of before stand again, unless newer ones were said since.
      if (this.#edits.includes(edit))
        this.#edits = this.#edits.flatMap((other) => (other === edit ? (earlier ? [earlier] : []) : [other]));
    };
  }

  /** Takes what an edit of these files changed, and returns what of it is news: a worker that answers for the first time tells of earlier changes, too. */
  heed(changed: readonly VariantInfo[], files: CampaignFiles | undefined): VariantInfo[] {
    const news = changed.filter(({ id, fingerprint }) => this.#variants.get(id)?.fingerprint !== fingerprint);
    if (this.#files === files && news.length > 0) {
      for (const variant of news) this.#variants.set(variant.id, variant);
      this.renew();
    }
    return news;
  }

  /** A fingerprint came to be known; the campaign tells of it from `renew` on. */
  print(id: string, fingerprint: string): void {
    const known = this.#variants.get(id);
    if (known) this.#variants.set(id, { ...known, fingerprint });
  }

  renew(): CampaignInfo | undefined {
    this.#campaign &&= { ...this.#campaign, variants: [...this.#variants.values()] };
    return this.#campaign;
  }

  setToken(path: string, value: string): void {
    if (!this.#campaign) return;
    this.#campaign = { ...this.#campaign, tokens: withValue(this.#campaign.tokens, path, value) };
  }

  /** Whether an edit may change what a picture shows that is being drawn. */
  touches(edit: Edit, call: Call): boolean {
    if (call.call !== "render") return false;
    const locale = this.#variants.get(call.args[0].id)?.locale;
    return edit.kind !== "copy" || edit.locale === locale || edit.locale === this.#campaign?.sourceLocale;
  }

  /** The campaign and the edits since: fonts follow when a picture asks for them. */
  calls(): Call[] {
    const calls: Call[] = this.#files ? [callToOpen(this.#files, this.#importers)] : [];
    for (const edit of this.#edits) calls.push(callOf(edit, true) as Call);
    return calls;
  }
}

export function callToOpen(files: CampaignFiles, importers: WebAssembly.Module | undefined): CallOf<"open"> {
  return { call: "open", args: importers ? [files, importers] : [files] };
}

/** `quietly`: nobody waits to hear what it changed. */
export function callOf(edit: Edit, quietly?: true): CallOf<"setCopy" | "setToken" | "setOverrides"> {
  const rest = quietly ? ([quietly] as const) : ([] as const);
  if (edit.kind === "copy") return { call: "setCopy", args: [edit.locale, edit.key, edit.text, ...rest] };
  if (edit.kind === "token") return { call: "setToken", args: [edit.path, edit.value, ...rest] };
  return { call: "setOverrides", args: [edit.patches, ...rest] };
}

/** Whether two edits say something of the same string or token. */
function samePlace(a: Edit, b: Edit): boolean {
  if (a.kind === "copy") return b.kind === "copy" && a.locale === b.locale && a.key === b.key;
  if (a.kind === "overrides") return b.kind === "overrides";
  return b.kind === "token" && a.path === b.path;
}
