/**
 * The engine as the page sees it: requests in, promises of facts out. Nothing else imports the pool or the worker.
 * Which worker does what, traps and replays are left to pool.ts; what is open and was edited to opened.ts, fingerprints to knowing.ts, fonts to fonts.ts; state of
 * the studio is left to ../store.
 */
import { abortReason, isAbort } from "./errors.ts";
import { Fonts } from "./fonts.ts";
import { asksForImporters } from "./foreign.ts";
import { Knowing } from "./knowing.ts";
import { callOf, callToOpen, Opened } from "./opened.ts";
import { Pool, URGENT } from "./pool.ts";
import type { PoolWorker } from "./pool-worker.ts";
import { Priority, type RequestOptions } from "./priority.ts";
import type { Call, CallOf, WorkerPort } from "./protocol.ts";
import { type Room, roomHere } from "./room.ts";
import { type SourceOptions, Sources } from "./sources.ts";
import { type EngineProgress, Tally } from "./tally.ts";
import type {
  CampaignFiles,
  CampaignInfo,
  CharacterBudget,
  CharacterCount,
  DeliveryOptions,
  Edit,
  Encoded,
  MessageInfo,
  OverridePatch,
  Rendered,
  RenderRequest,
  Salience,
  StampRequest,
  StampState,
  VariantInfo,
  Why,
} from "./types.ts";

export { type EngineProgress, Priority, type RequestOptions };

export interface EngineClientOptions extends SourceOptions {
  /** The worker's script. @default "worker.js" beside the script */
  workerUrl?: string | URL;
  /** Instances of the engine. @default what room.ts gives this machine: a core less than it has, no more than there is memory for */
  workers?: number;
  /** Makes a worker instead of `workerUrl`. For tests. */
  spawn?: () => WorkerPort;
}

/**
 * All calls reject with EngineFailure (typed errors) where the engine refuses, and with AbortError where cancelled.
 * Edits are seen by every request made after them.
 */
export interface EngineClient {
  /** Instances of the engine. */
  readonly workers: number;
  /** Bytes of their memories, as they told last. */
  readonly memory: number;
  /** What is open, with current fingerprints. */
  readonly campaign: CampaignInfo | undefined;
  /**
   * Opens a campaign; where it is refused the previous one stays open. Waiting requests of the previous one are cancelled. `early`: resolves before the
   * variants' fingerprints are known ("" until `know` resolves), so that pictures are asked for sooner.
   */
  open(files: CampaignFiles, options?: { early?: boolean }): Promise<CampaignInfo>;
  /** Resolves with the campaign once all fingerprints of its variants are known; unless `now`, after the first picture. */
  know?(options?: { now?: boolean }): Promise<CampaignInfo>;
  /** A picture. Its bitmap is the caller's to close(). */
  render(request: RenderRequest, options?: RequestOptions): Promise<Rendered>;
  /** The delivered file of a variant. */
  encode(id: string, delivery: DeliveryOptions, options?: RequestOptions): Promise<Encoded>;
  copy(locale: string): Promise<MessageInfo[]>;
  /** How many characters of a message fit in the tightest format that shows it. Lays formats out, a few at a time: edits and pictures in sight go between. */
  budget(locale: string, key: string, options?: RequestOptions): Promise<CharacterBudget>;
  /** Resolves with the variants whose fingerprint changed: behind pictures in sight that are asked for in the same task. */
  setCopy(locale: string, key: string, text: string): Promise<VariantInfo[]>;
  setToken(path: string, value: string): Promise<VariantInfo[]>;
  /** Why a variant is laid out as it is, and the next best ways. */
  alternatives(id: string, options?: RequestOptions): Promise<Why>;
  /** Replaces all corrections of the layout; resolves with the variants whose fingerprint changed. */
  setOverrides(patches: readonly OverridePatch[]): Promise<VariantInfo[]>;
  /** Where the eye goes in a layer's picture: rows of 0 to 1. */
  salience(id: string, layer: string): Promise<Salience>;
  /** The edits made since `open`, the last of each place, in order. */
  readonly edits: readonly Edit[];
  ledgerAppend(tail: string, events: readonly StampRequest[]): Promise<string[]>;
  ledgerState(jsonl: string): Promise<Record<string, StampState>>;
  /** Tells of progress, at most ten times a second, and once when all is done. Returns the way out. */
  onProgress(listener: (progress: EngineProgress) => void): () => void;
  /** Drops every picture that waits; each rejects with AbortError. */
  cancelPictures(): void;
  /** An engine of its own with one worker, for another state of a campaign; module and fonts are shared. */
  beside(): EngineClient;
  /** Ends the workers; everything pending rejects with AbortError. */
  dispose(): void;
}

/** Starts the workers; the first call waits for them. */
export function createEngineClient(options: EngineClientOptions = {}): EngineClient {
  return new PooledClient(options);
}

/** Between what is in sight and what is near it. */
const BEHIND_SIGHT = 1.5;

class PooledClient implements EngineClient {
  readonly workers: number;
  readonly #options: EngineClientOptions;
  readonly #room: Room;
  readonly #sources: Sources;
  readonly #pool: Pool;
  readonly #fonts: Fonts;
  readonly #opened = new Opened();
  readonly #knowing: Knowing;
  readonly #tally: Tally;
  #opening: Promise<unknown> = Promise.resolve();

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#room = roomHere(options.workers);
    this.workers = this.#room.workers;
    this.#sources = new Sources(options);
    this.#pool = new Pool({
      size: this.workers,
      late: this.#room.late,
      memory: this.#room.memory,
      spawn:
        options.spawn ?? (() => new Worker(options.workerUrl ?? new URL("./worker.js", import.meta.url), { type: "module" })),
      load: () => this.#sources.load(),
      upToDate: () => this.#upToDate(),
    });
    this.#fonts = new Fonts(this.#pool, this.#sources);
    this.#knowing = new Knowing(this.#pool, this.#opened);
    this.#tally = new Tally(() => this.#pool.workers.length);
  }

  get memory(): number {
    return this.#pool.workers.reduce((sum, worker) => sum + worker.memory, 0);
  }

  get campaign(): CampaignInfo | undefined {
    return this.#opened.campaign;
  }

  get edits(): readonly Edit[] {
    return this.#opened.edits;
  }

  open(files: CampaignFiles, { early = false }: { early?: boolean } = {}): Promise<CampaignInfo> {
    // Fetched while the engine's own module still comes.
    const coming = asksForImporters(files) ? this.#sources.importers() : undefined;
    coming?.catch(() => undefined);
    const opened = this.#opening.then(async () => {
      const importers = await coming;
      const answer = await this.#pool.first(callToOpen(files, importers), (campaign) => {
        // What was asked of the previous campaign means nothing any more.
        this.cancelPictures();
        this.#opened.take(campaign, files, importers);
        this.#fonts.begin();
        this.#knowing.begin();
        if (early) this.#knowing.prepare(campaign, this.#fonts);
      });
      return this.#opened.campaign ?? answer;
    });
    this.#opening = opened.catch(() => undefined);
    return early ? opened : opened.then(() => this.know({ now: true }));
  }

  know({ now = false }: { now?: boolean } = {}): Promise<CampaignInfo> {
    if (now) this.#knowing.drawn();
    return this.#knowing.all();
  }

  async render(request: RenderRequest, { priority = Priority.visible, signal }: RequestOptions = {}): Promise<Rendered> {
    if (signal?.aborted) throw abortReason(signal);
    const opened = this.#opened;
    let asked = opened.epoch;
    this.#tally.begin();
    try {
      const picture = await this.#pool.run(
        { call: "render", args: [request] },
        {
          priority,
          signal,
          share: shareOf(opened.variant(request.id), request),
          prepare: (worker) => {
            asked = opened.epoch;
            return this.#fonts.trust(worker, opened.localeOf(request.id));
          },
          outdated: ({ id, fingerprint }) => opened.epoch !== asked && opened.isOutdated(id, fingerprint),
          discard: ({ bitmap }) => bitmap.close(),
        },
      );
      this.#knowing.drawn();
      this.#fonts.fetchAhead();
      return picture;
    } finally {
      this.#tally.end();
    }
  }

  encode(id: string, delivery: DeliveryOptions, { priority = Priority.now, signal }: RequestOptions = {}): Promise<Encoded> {
    const opened = this.#opened;
    const fonts = this.#fontsFor(id);
    let asked = opened.epoch;
    return this.#pool.run(
      { call: "encode", args: [id, delivery] },
      {
        priority,
        signal,
        prepare: (worker) => {
          asked = opened.epoch;
          return fonts(worker);
        },
        // Of an edit since it was asked for the page may not have heard yet.
        outdated: ({ fingerprint }) => opened.epoch !== asked && opened.isOutdated(id, fingerprint),
      },
    );
  }

  copy(locale: string): Promise<MessageInfo[]> {
    return this.#pool.run({ call: "copy", args: [locale] }, { priority: URGENT });
  }

  async budget(locale: string, key: string, { priority = Priority.near, signal }: RequestOptions = {}): Promise<CharacterBudget> {
    const prepare = (worker: PoolWorker) => this.#fonts.bring(worker, locale);
    const opened = this.#opened;
    let asked = opened.epoch;
    let soFar: CharacterCount | undefined;
    for (;;) {
      const args: CallOf<"budget">["args"] = soFar ? [locale, key, soFar] : [locale, key];
      soFar = await this.#pool.run({ call: "budget", args }, { priority, signal, prepare });
      if (opened.epoch !== asked) {
        // Something was edited meanwhile: part of it may be that of before.
        asked = opened.epoch;
        soFar = undefined;
      } else if (soFar.next === undefined) return soFar.budget;
    }
  }

  setCopy(locale: string, key: string, text: string): Promise<VariantInfo[]> {
    return this.#edit({ kind: "copy", locale, key, text });
  }

  async setToken(path: string, value: string): Promise<VariantInfo[]> {
    const changed = await this.#edit({ kind: "token", path, value });
    this.#opened.setToken(path, value);
    return changed;
  }

  alternatives(id: string, { priority = Priority.visible, signal }: RequestOptions = {}): Promise<Why> {
    return this.#pool.run({ call: "alternatives", args: [id] }, { priority, signal, prepare: this.#fontsFor(id) });
  }

  setOverrides(patches: readonly OverridePatch[]): Promise<VariantInfo[]> {
    return this.#edit({ kind: "overrides", patches });
  }

  salience(id: string, layer: string): Promise<Salience> {
    return this.#pool.run({ call: "salience", args: [id, layer] }, { priority: Priority.visible });
  }

  ledgerAppend(tail: string, events: readonly StampRequest[]): Promise<string[]> {
    return this.#pool.run({ call: "ledgerAppend", args: [tail, [...events]] }, { priority: URGENT });
  }

  ledgerState(jsonl: string): Promise<Record<string, StampState>> {
    return this.#pool.run({ call: "ledgerState", args: [jsonl] }, { priority: URGENT });
  }

  onProgress(listener: (progress: EngineProgress) => void): () => void {
    return this.#tally.listen(listener);
  }

  cancelPictures(): void {
    this.#pool.drop((priority) => priority < URGENT);
  }

  beside(): EngineClient {
    return new PooledClient({ ...this.#options, workers: 1, ...this.#sources.shared() });
  }

  dispose(): void {
    this.#opened.leave();
    this.#tally.dispose();
    this.#pool.dispose();
    this.#sources.dispose();
  }

  /** What brings a worker the fonts that a variant is set in. */
  #fontsFor(id: string): (worker: PoolWorker) => Promise<void> {
    return (worker) => this.#fonts.bring(worker, this.#opened.localeOf(id));
  }

  /** Start, the campaign, and the edits since. */
  #upToDate(): Call[] {
    const { module } = this.#sources;
    return module ? [{ call: "start", args: [module, this.#room.caches] }, ...this.#opened.calls()] : [];
  }

  async #edit(edit: Edit): Promise<VariantInfo[]> {
    const opened = this.#opened;
    const { files } = opened;
    const takeBack = opened.say(edit);
    // Other letters may need other fonts: of the locale that was edited, and of those that borrow its words.
    const borrowed = edit.kind !== "copy" || edit.locale === opened.campaign?.sourceLocale;
    this.#fonts.forget(borrowed ? undefined : edit.locale);
    const touches = (call: Call) => opened.touches(edit, call);
    const quietly = callOf(edit, true);
    try {
      if (edit.kind !== "copy") return opened.heed(await this.#pool.change(callOf(edit), quietly, touches), files);
      const taken = this.#pool.change(quietly, quietly, touches, true);
      this.#fonts.bringAll(edit.locale);
      await taken;
    } catch (thrown) {
      takeBack();
      this.#pool.revive();
      throw thrown;
    }
    return opened.heed(await this.#touched(edit.locale, edit.key, files), files);
  }

  /** What words changed, asked behind the pictures in sight; again where all pictures were cancelled, and this with them. */
  async #touched(locale: string, key: string, files: CampaignFiles | undefined): Promise<VariantInfo[]> {
    const opened = this.#opened;
    for (;;) {
      let asked = opened.epoch;
      try {
        return await this.#pool.run(
          { call: "touched", args: [locale, key] },
          {
            priority: BEHIND_SIGHT,
            prepare: async () => {
              asked = opened.epoch;
            },
            outdated: () => opened.epoch !== asked && opened.files === files,
          },
        );
      } catch (thrown) {
        if (!isAbort(thrown) || opened.files !== files) throw thrown;
      }
    }
  }
}

/** Variants of one format at one size, whatever their language, share photographs, shadows, underlays. */
function shareOf(variant: VariantInfo | undefined, { maxWidth, maxHeight, region, scale }: RenderRequest): string {
  return variant && !region ? `${variant.format} ${scale ?? `${maxWidth}x${maxHeight}`}` : "";
}
