/**
 * The engine as the page sees it: requests in, promises of facts out. Nothing else imports the pool or the worker.
 * Which worker does what, traps and replays are left to pool.ts; state of the studio is left to ../store.
 */
import { abortReason, isAbort } from "./errors.ts";
import { asksForImporters } from "./foreign.ts";
import { compile, fetchFile } from "./module.ts";
import { Pool, type PoolWorker, URGENT } from "./pool.ts";
import type { Call, CallOf, WorkerPort } from "./protocol.ts";
import { type Room, roomHere } from "./room.ts";
import type {
  CampaignFiles,
  CampaignInfo,
  CharacterBudget,
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

/** The higher goes first; equal ones in the order they were asked for. */
export const Priority = {
  /** What somebody looks at alone: the loupe, a delivery under way. */
  now: 3,
  /** On the screen. */
  visible: 2,
  /** About to scroll in. */
  near: 1,
  /** The rest of the matrix. */
  rest: 0,
} as const;
export type Priority = (typeof Priority)[keyof typeof Priority];

export interface RequestOptions {
  /** @default Priority.visible */
  priority?: Priority;
  /** Aborting drops the request where it still waits and ignores its result where not: it rejects with AbortError. */
  signal?: AbortSignal;
}

/** Pictures since the queue was last empty. */
export interface EngineProgress {
  done: number;
  total: number;
  /** Pictures a second, over the last two seconds. */
  rate: number;
  /** Workers at work. */
  workers: number;
}

export interface EngineClientOptions {
  /** Folder of `variorum_bg.wasm` and `importers_bg.wasm`, ending in "/". @default that of the script */
  wasmBase?: string | URL;
  /** Folder of the default fonts, ending in "/". @default "fonts/" beside the script */
  fontBase?: string | URL;
  /** The worker's script. @default "worker.js" beside the script */
  workerUrl?: string | URL;
  /** Instances of the engine. @default what room.ts gives this machine: a core less than it has, no more than there is memory for */
  workers?: number;
  /** Gives a default font's bytes instead of a fetch below `fontBase`. */
  loadFont?: (name: string) => Promise<Uint8Array>;
  /** Makes a worker instead of `workerUrl`. For tests. */
  spawn?: () => WorkerPort;
  /** Gives the compiled module instead of a fetch below `wasmBase`. */
  loadModule?: () => Promise<WebAssembly.Module>;
  /** The same for `importers_bg.wasm`, which is asked for when a campaign holds SVG or WOFF2 files. */
  loadImporters?: () => Promise<WebAssembly.Module>;
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
  /** How many characters of a message fit in the tightest format that shows it. Lays formats out: pictures go first. */
  budget(locale: string, key: string, options?: RequestOptions): Promise<CharacterBudget>;
  /** Resolves with the variants whose fingerprint changed. */
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

/** Progress is told at most this often, ms. */
const TELL_EVERY = 100;
/** The rate is measured over this time, ms. */
const RATE_OVER = 2000;

class PooledClient implements EngineClient {
  readonly workers: number;
  readonly #options: EngineClientOptions;
  readonly #room: Room;
  readonly #pool: Pool;
  readonly #loadFont: (name: string) => Promise<Uint8Array>;
  readonly #fonts = new Map<string, Promise<Uint8Array>>();
  readonly #listeners = new Set<(progress: EngineProgress) => void>();
  readonly #wasm: URL;
  readonly #loadImporters: () => Promise<WebAssembly.Module>;
  #importers: Promise<WebAssembly.Module> | undefined;
  /** The open campaign's, where its files asked for them. */
  #opener: WebAssembly.Module | undefined;
  #module: WebAssembly.Module | undefined;
  #campaign: CampaignInfo | undefined;
  #files: CampaignFiles | undefined;
  #edits: Edit[] = [];
  /** Counts edits: a picture asked for before one and answered after it may be outdated. */
  #epoch = 0;
  #variants = new Map<string, VariantInfo>();
  /** Of the open campaign: its fingerprints are on their way, or there. */
  #knowing: Promise<CampaignInfo> | undefined;
  /** Somebody cannot wait for the first picture. */
  #drawn: () => void = () => undefined;
  #firstDrawn: Promise<void> = Promise.resolve();
  /** Fonts of all languages are fetched. */
  #fontsAhead = true;
  /** Size of each format, px. */
  #pixels = new Map<string, number>();
  #opening: Promise<unknown> = Promise.resolve();
  #done = 0;
  #total = 0;
  #finished: number[] = [];
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(options: EngineClientOptions) {
    this.#options = options;
    this.#room = roomHere(options.workers);
    this.workers = this.#room.workers;
    this.#wasm = new URL("variorum_bg.wasm", options.wasmBase ? absolute(options.wasmBase) : import.meta.url);
    const importers = new URL("importers_bg.wasm", this.#wasm);
    this.#loadImporters = options.loadImporters ?? (() => compile(importers));
    const fonts = options.fontBase ? absolute(options.fontBase) : new URL("./fonts/", import.meta.url);
    this.#loadFont =
      options.loadFont ?? ((name) => fetchBytes(new URL(name.split("/").map(encodeURIComponent).join("/"), fonts)));
    let loading: Promise<void> | undefined;
    this.#pool = new Pool({
      size: this.workers,
      late: this.#room.late,
      memory: this.#room.memory,
      spawn:
        options.spawn ?? (() => new Worker(options.workerUrl ?? new URL("./worker.js", import.meta.url), { type: "module" })),
      load: () => {
        loading ??= (options.loadModule ?? (() => compile(this.#wasm)))().then((module) => {
          this.#module = module;
        });
        return loading;
      },
      upToDate: () => this.#upToDate(),
    });
  }

  get memory(): number {
    return this.#pool.workers.reduce((sum, worker) => sum + worker.memory, 0);
  }

  get campaign(): CampaignInfo | undefined {
    return this.#campaign;
  }

  get edits(): readonly Edit[] {
    return this.#edits;
  }

  open(files: CampaignFiles, { early = false }: { early?: boolean } = {}): Promise<CampaignInfo> {
    // Fetched while the engine's own module still comes.
    const opener = asksForImporters(files) ? this.#bringImporters() : undefined;
    opener?.catch(() => undefined);
    const opened = this.#opening.then(async () => {
      const importers = await opener;
      return this.#pool.first(callToOpen(files, importers), (campaign) => {
        // What was asked of the previous campaign means nothing any more.
        this.#pool.drop((priority) => priority < URGENT);
        this.#files = files;
        this.#opener = importers;
        this.#edits = [];
        this.#epoch += 1;
        this.#campaign = campaign;
        this.#variants = new Map(campaign.variants.map((variant) => [variant.id, variant]));
        this.#pixels = new Map(campaign.formats.map(({ id, width, height }) => [id, width * height]));
        // A newly opened campaign has no fonts yet.
        for (const worker of this.#pool.workers) worker.notes.clear();
        this.#fontsAhead = false;
        this.#knowing = undefined;
        this.#firstDrawn = new Promise((resolve) => {
          this.#drawn = resolve;
        });
        if (early) this.#prepareFirst(campaign);
      });
    });
    this.#opening = opened.catch(() => undefined);
    return early ? opened : opened.then(() => this.know({ now: true }));
  }

  /**
   * While the page makes itself ready to ask for pictures, one worker does what the first of them will need: its language's fonts, its photographs
   * decoded, the code that lays out compiled.
   */
  #prepareFirst({ locales, variants }: CampaignInfo): void {
    const worker = this.#pool.workers.find(({ ready }) => ready);
    if (!worker) return;
    void this.#bringFontsOf(worker, locales[0]?.tag).catch(() => undefined);
    const [first] = variants;
    if (first) worker.send({ call: "alternatives", args: [first.id] }).catch(() => undefined);
  }

  know({ now = false }: { now?: boolean } = {}): Promise<CampaignInfo> {
    if (now) this.#drawn();
    this.#knowing ??= this.#know();
    return this.#knowing;
  }

  /** A portion after the other, each behind what is in sight. */
  async #know(): Promise<CampaignInfo> {
    const files = this.#files;
    const variants = this.#campaign?.variants ?? [];
    await Promise.race([this.#firstDrawn, new Promise((done) => setTimeout(done, FIRST_PICTURE))]);
    for (let from = 0; from < variants.length; from += PORTION) {
      const prints = await this.#prints(from, files);
      if (this.#files !== files) throw abortReason();
      for (const [n, fingerprint] of prints.entries()) {
        const known = this.#variants.get(variants[from + n]?.id ?? "");
        if (known) this.#variants.set(known.id, { ...known, fingerprint });
      }
    }
    if (!this.#campaign || this.#files !== files) throw abortReason();
    this.#campaign = { ...this.#campaign, variants: [...this.#variants.values()] };
    return this.#campaign;
  }

  /** Asked again where all pictures were cancelled, and these with them. */
  async #prints(from: number, files: CampaignFiles | undefined): Promise<string[]> {
    for (;;) {
      let asked = this.#epoch;
      try {
        return await this.#pool.run(
          { call: "fingerprints", args: [from, from + PORTION] },
          {
            priority: Priority.near,
            prepare: async () => {
              asked = this.#epoch;
            },
            // Something was edited meanwhile: these may be those of before.
            outdated: () => this.#epoch !== asked,
          },
        );
      } catch (thrown) {
        if (!isAbort(thrown) || this.#files !== files) throw thrown;
      }
    }
  }

  async render(request: RenderRequest, { priority = Priority.visible, signal }: RequestOptions = {}): Promise<Rendered> {
    if (signal?.aborted) throw abortReason(signal);
    const asked = this.#epoch;
    this.#begin();
    try {
      const picture = await this.#pool.run(
        { call: "render", args: [request] },
        {
          priority,
          signal,
          share: shareOf(this.#variants.get(request.id), request),
          prepare: (worker) => this.#bringFonts(worker, request.id),
          outdated: ({ id, fingerprint }) => this.#epoch !== asked && this.#isOutdated(id, fingerprint),
          discard: ({ bitmap }) => bitmap.close(),
        },
      );
      this.#drawn();
      if (!this.#fontsAhead) this.#fetchFonts();
      return picture;
    } finally {
      this.#end();
    }
  }

  encode(id: string, delivery: DeliveryOptions, { priority = Priority.now, signal }: RequestOptions = {}): Promise<Encoded> {
    return this.#pool.run(
      { call: "encode", args: [id, delivery] },
      {
        priority,
        signal,
        long: (this.#pixels.get(this.#variants.get(id)?.format ?? "") ?? 0) > LONG_PIXELS,
        prepare: (worker) => this.#bringFonts(worker, id),
        outdated: ({ fingerprint }) => this.#isOutdated(id, fingerprint),
      },
    );
  }

  copy(locale: string): Promise<MessageInfo[]> {
    return this.#pool.run({ call: "copy", args: [locale] }, { priority: URGENT });
  }

  budget(locale: string, key: string, { priority = Priority.visible, signal }: RequestOptions = {}): Promise<CharacterBudget> {
    return this.#pool.run(
      { call: "budget", args: [locale, key] },
      { priority, signal, prepare: (worker) => this.#bringFontsOf(worker, locale) },
    );
  }

  setCopy(locale: string, key: string, text: string): Promise<VariantInfo[]> {
    // Other letters may need other fonts.
    return this.#edit({ kind: "copy", locale, key, text });
  }

  async setToken(path: string, value: string): Promise<VariantInfo[]> {
    const changed = await this.#edit({ kind: "token", path, value });
    if (this.#campaign) {
      const tokens = this.#campaign.tokens.map((token) => (token.path === path ? { ...token, value } : token));
      this.#campaign = { ...this.#campaign, tokens };
    }
    return changed;
  }

  alternatives(id: string, { priority = Priority.visible, signal }: RequestOptions = {}): Promise<Why> {
    const prepare = (worker: PoolWorker) => this.#bringFonts(worker, id);
    return this.#pool.run({ call: "alternatives", args: [id] }, { priority, signal, prepare });
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
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cancelPictures(): void {
    this.#pool.drop((priority) => priority < URGENT);
  }

  beside(): EngineClient {
    return new PooledClient({
      ...this.#options,
      workers: 1,
      loadFont: (name) => this.#font(name),
      loadModule: async () => this.#module ?? (this.#options.loadModule ?? (() => compile(this.#wasm)))(),
      loadImporters: () => this.#bringImporters(),
    });
  }

  dispose(): void {
    this.#files = undefined;
    clearTimeout(this.#telling);
    this.#listeners.clear();
    this.#pool.dispose();
    this.#fonts.clear();
  }

  /** Start, the campaign, and the edits since: fonts follow when a picture asks for them. */
  #upToDate(): Call[] {
    if (!this.#module) return [];
    const calls: Call[] = [{ call: "start", args: [this.#module, this.#room.caches] }];
    if (this.#files) calls.push(callToOpen(this.#files, this.#opener));
    for (const edit of this.#edits) calls.push(callOf(edit, true) as Call);
    return calls;
  }

  /** Once for the page; where it fails, the next campaign tries again. */
  #bringImporters(): Promise<WebAssembly.Module> {
    const coming = this.#importers ?? this.#loadImporters();
    this.#importers = coming;
    coming.catch(() => {
      if (this.#importers === coming) this.#importers = undefined;
    });
    return coming;
  }

  async #edit(edit: Edit): Promise<VariantInfo[]> {
    const before = this.#edits;
    const files = this.#files;
    // Said before it is sent, so that a worker that joins meanwhile hears it too.
    this.#edits = [...before.filter((other) => !samePlace(other, edit)), edit];
    this.#epoch += 1;
    this.#forgetFonts(edit);
    let changed: VariantInfo[];
    try {
      const answer = this.#pool.change(callOf(edit), callOf(edit, true), (call) => this.#touches(edit, call));
      // Asked in the same breath, so that the pictures that are asked for next need not ask it first.
      if (edit.kind === "copy")
        for (const worker of this.#pool.workers) void this.#bringFontsOf(worker, edit.locale).catch(() => {});
      changed = await answer;
    } catch (thrown) {
      // Refused: the words of before stand again, unless newer ones were said since.
      const earlier = before.find((other) => samePlace(other, edit));
      if (this.#edits.includes(edit))
        this.#edits = this.#edits.flatMap((other) => (other === edit ? (earlier ? [earlier] : []) : [other]));
      this.#pool.revive();
      throw thrown;
    }
    // A worker that answers for the first time tells of earlier changes, too.
    changed = changed.filter(({ id, fingerprint }) => this.#variants.get(id)?.fingerprint !== fingerprint);
    if (this.#campaign && this.#files === files && changed.length > 0) {
      for (const variant of changed) this.#variants.set(variant.id, variant);
      this.#campaign = { ...this.#campaign, variants: [...this.#variants.values()] };
    }
    return changed;
  }

  /** Whether an edit may change what a picture shows that is being drawn. */
  #touches(edit: Edit, call: Call): boolean {
    if (call.call !== "render") return false;
    const locale = this.#variants.get(call.args[0].id)?.locale;
    return edit.kind !== "copy" || edit.locale === locale || edit.locale === this.#campaign?.sourceLocale;
  }

  #isOutdated(id: string, fingerprint: string): boolean {
    const current = this.#variants.get(id)?.fingerprint;
    return current !== undefined && current !== "" && current !== fingerprint;
  }

  /** Brings a worker the fonts that a variant is set in: those of its language, so that no picture waits for another language's. */
  #bringFonts(worker: PoolWorker, id: string): Promise<void> {
    // Pseudo-locales are no part of the matrix; their tag stands in the id.
    const locale = this.#variants.get(id)?.locale ?? id.split(".").at(-2);
    return this.#bringFontsOf(worker, locale);
  }

  /**
   * Fetches each font once for the page, and gives a worker those that a locale needs and it lacks. Which face a fallback finds depends on what
   * the locale needs alone: the engine tries default families in an order of its own, and asks for the first that has the letter.
   */
  #bringFontsOf(worker: PoolWorker, locale: string | undefined): Promise<void> {
    return once(worker, FONTS + (locale ?? ""), async () => {
      // What a font turns out to lack may make another one needed.
      for (;;) {
        const needed = await worker.send({ call: "fontsNeeded", args: locale === undefined ? [] : [locale] });
        if (needed.length === 0) return;
        const fonts = await Promise.all(needed.map(async (name) => [name, await this.#font(name)] as const));
        // Another locale may have asked for the same one meanwhile: a worker is given each once.
        const given = fonts.map(([name, bytes]) =>
          once(worker, `font ${name}`, () => worker.send({ call: "addFont", args: [name, bytes] })),
        );
        await Promise.all(given);
      }
    });
  }

  /** Other letters may need other fonts: of the locale that was edited, and of those that borrow its words. */
  #forgetFonts(edit: Edit): void {
    const own = edit.kind === "copy" && edit.locale !== this.#campaign?.sourceLocale ? FONTS + edit.locale : undefined;
    for (const { notes } of this.#pool.workers) {
      for (const name of [...notes.keys()]) if (name.startsWith(FONTS) && (own === undefined || name === own)) notes.delete(name);
    }
  }

  /** Once a first picture stands, the fonts of all languages come, before their pictures ask for them. */
  #fetchFonts(): void {
    this.#fontsAhead = true;
    this.#pool
      .run({ call: "fontsNeeded", args: [] }, { priority: Priority.near })
      .then((names) => Promise.all(names.map((name) => this.#font(name))))
      .catch(() => undefined);
  }

  #font(name: string): Promise<Uint8Array> {
    const held = this.#fonts.get(name);
    if (held) return held;
    const coming = this.#loadFont(name);
    this.#fonts.set(name, coming);
    coming.catch(() => this.#fonts.delete(name));
    return coming;
  }

  #begin(): void {
    if (this.#done === this.#total) {
      this.#done = 0;
      this.#total = 0;
    }
    this.#total += 1;
    this.#tellSoon();
  }

  #end(): void {
    this.#done += 1;
    this.#finished.push(performance.now());
    if (this.#done === this.#total) this.#tell();
    else this.#tellSoon();
  }

  #tellSoon(): void {
    this.#telling ??= setTimeout(() => this.#tell(), TELL_EVERY);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    const now = performance.now();
    this.#finished = this.#finished.filter((time) => time > now - RATE_OVER);
    const since = now - (this.#finished[0] ?? now);
    const rate = since > 0 ? (this.#finished.length * 1000) / Math.max(since, 1) : 0;
    const progress = { done: this.#done, total: this.#total, rate, workers: this.#pool.workers.length };
    for (const listener of this.#listeners) listener(progress);
  }
}

/** Note of a worker, with a locale: its fonts are there, or on their way. */
const FONTS = "fonts ";
/** Fingerprints asked for at once: some 20 ms. */
const PORTION = 512;
/** Where no picture is asked for, fingerprints do not wait for one longer than this, ms. */
const FIRST_PICTURE = 1000;
/** A file of more pixels takes seconds to encode. */
const LONG_PIXELS = 16e6;

/** Variants of one format at one size, whatever their language, share photographs, shadows, underlays. */
function shareOf(variant: VariantInfo | undefined, { maxWidth, maxHeight, region, scale }: RenderRequest): string {
  return variant && !region ? `${variant.format} ${scale ?? `${maxWidth}x${maxHeight}`}` : "";
}

/** Does something for a worker once; what failed may be tried again. */
function once(worker: PoolWorker, name: string, act: () => Promise<void>): Promise<void> {
  const noted = worker.notes.get(name) as Promise<void> | undefined;
  if (noted) return noted;
  const doing = act();
  worker.notes.set(name, doing);
  doing.catch(() => worker.notes.delete(name));
  return doing;
}

function callToOpen(files: CampaignFiles, importers: WebAssembly.Module | undefined): CallOf<"open"> {
  return { call: "open", args: importers ? [files, importers] : [files] };
}

/** `quietly`: nobody waits to hear what it changed. */
function callOf(edit: Edit, quietly?: true): CallOf<"setCopy" | "setToken" | "setOverrides"> {
  const rest = quietly ? ([quietly] as const) : ([] as const);
  if (edit.kind === "copy") return { call: "setCopy", args: [edit.locale, edit.key, edit.text, ...rest] };
  if (edit.kind === "token") return { call: "setToken", args: [edit.path, edit.value, ...rest] };
  return { call: "setOverrides", args: [edit.patches, ...rest] };
}

/** Whether two edits say something of the same string or token. */
export function samePlace(a: Edit, b: Edit): boolean {
  if (a.kind === "copy") return b.kind === "copy" && a.locale === b.locale && a.key === b.key;
  if (a.kind === "overrides") return b.kind === "overrides";
  return b.kind === "token" && a.path === b.path;
}

/** URLs of options are relative to the page; those of the package to its script. */
function absolute(url: string | URL): URL {
  return new URL(url, globalThis.document?.baseURI ?? import.meta.url);
}

async function fetchBytes(url: URL): Promise<Uint8Array> {
  return new Uint8Array(await (await fetchFile(url)).arrayBuffer());
}
