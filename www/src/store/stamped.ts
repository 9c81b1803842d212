/**
 * What was stamped, as it was: a variant may have changed since. In: the state of the campaign at each stamp (its files, its edits). Out: a picture of the stamped
 * state, from an engine of its own that is started when it is first asked for, and let go when it is not asked any more.
 */
import type { EngineClient, RequestOptions } from "../engine/client.ts";
import { failure } from "../engine/errors.ts";
import type { CampaignFiles, Edit, Rendered, RenderRequest } from "../engine/types.ts";
import { bare, make, type Version } from "./editing.ts";
import type { Keep, Moment } from "./keep.ts";

/** An engine that nobody asks is let go after, ms. */
const IDLE = 30_000;
/** States of one campaign that are tried, the latest first. */
const TRIED = 6;

export interface StampedOptions {
  engine: EngineClient;
  keeping: Promise<Keep>;
}

export class StampedStates {
  readonly #options: StampedOptions;
  #campaign: (Version & { files: CampaignFiles }) | undefined;
  #noted = "";
  #beside: EngineClient | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  /** The moment the engine beside stands at. */
  #at = "";
  #turn: Promise<unknown> = Promise.resolve();
  /** Where nothing is kept on disk: of this sitting. */
  #here: Moment[] = [];

  constructor(options: StampedOptions) {
    this.#options = options;
  }

  take(campaign: (Version & { files: CampaignFiles }) | undefined): void {
    this.#campaign = campaign;
    this.#noted = "";
    this.#here = [];
  }

  /** Something is stamped in the state of now. */
  async note(edits: readonly Edit[], timeMs: number): Promise<void> {
    const campaign = this.#campaign;
    if (!campaign) return;
    const state = keyOf(campaign.hash, edits);
    if (state === this.#noted) return;
    this.#noted = state;
    const moment = { hash: campaign.hash, edits, timeMs };
    this.#here = [moment, ...this.#here];
    await (await this.#options.keeping).putMoment(campaign.name, moment, campaign.files).catch(() => undefined);
  }

  /** A picture of a variant as it was when it had this fingerprint. */
  render(request: RenderRequest, fingerprint: string, options: RequestOptions): Promise<Rendered> {
    const rendered = this.#turn.then(async () => {
      const engine = await this.#find(request.id, fingerprint);
      return engine.render(request, options);
    });
    this.#turn = rendered.catch(() => undefined);
    return rendered;
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#beside?.dispose();
    this.#beside = undefined;
    this.#at = "";
  }

  async #find(id: string, fingerprint: string): Promise<EngineClient> {
    const campaign = this.#campaign;
    const keep = await this.#options.keeping;
    if (campaign) {
      this.#beside ??= this.#options.engine.beside();
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => this.close(), IDLE);
      const beside = this.#beside;
      const isIt = (): boolean =>
        beside.campaign?.variants.some((variant) => variant.id === id && variant.fingerprint === fingerprint) ?? false;
      if (isIt()) return beside;
      const kept = await keep.moments(campaign.name);
      for (const moment of [...(kept.length > 0 ? kept : this.#here), { hash: campaign.hash, edits: [] }].slice(0, TRIED)) {
        const files = moment.hash === campaign.hash ? campaign.files : await keep.version(campaign.name, moment.hash);
        if (!files || this.#at === keyOf(moment.hash, moment.edits)) continue;
        await beside.open(files);
        this.#at = "";
        // As they came, with the corrections that they hold.
        if (isIt()) return beside;
        if (!moment.edits.some(({ kind }) => kind === "overrides")) await bare(beside);
        for (const edit of moment.edits) await make(beside, edit);
        this.#at = keyOf(moment.hash, moment.edits);
        if (isIt()) return beside;
      }
    }
    throw failure({
      code: "missing",
      at: id,
      message: "What was stamped is not kept in this browser.",
      hint: "Open the version of the campaign that was stamped.",
    });
  }
}

function keyOf(hash: string, edits: readonly Edit[]): string {
  return `${hash} ${JSON.stringify(edits)}`;
}
