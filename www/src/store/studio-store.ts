/**
 * The store at work: see store.ts for what it promises. It holds the one StudioState, asks the engine, and writes through `keep`; the parts
 * with a rule of their own (filter, pictures, ledger, delivery) are beside it.
 */
import { type DeliveryFile, type DeliveryJob, deliveryEntries, deliveryStream } from "../deliver/deliver.ts";
import { type GateOptions, gate } from "../deliver/gate.ts";
import { slug } from "../deliver/naming.ts";
import { type EngineClient, Priority, type RequestOptions } from "../engine/client.ts";
import { asEngineErrors, EngineFailure, failure, isAbort } from "../engine/errors.ts";
import type {
  CampaignFiles,
  Edit,
  EngineError,
  MessageInfo,
  Rendered,
  RenderRequest,
  StampRequest,
  StampState,
  VariantInfo,
} from "../engine/types.ts";
import { sift } from "./facets.ts";
import { hashFiles, type Keep, openKeep } from "./keep.ts";
import { Ledger } from "./ledger.ts";
import { Pictures } from "./pictures.ts";
import { EMPTY_STATE, type Filter, type Measured, type Origin, type StudioState } from "./state.ts";
import type { DeliverOptions, Delivery, DeliveryPlan, Picture, StudioEvent, StudioStore, StudioStoreOptions } from "./store.ts";

/** Measurements of a batch reach the state together, this often, ms: counting facets at each would cost more than drawing. */
const FLUSH_EVERY = 150;
/** Pause in typing after which stamps are folded again and the background drawing goes on, ms. */
const SETTLE = 300;
const PICTURE_BYTES = 192 * 1024 * 1024;
const UNDO_DEPTH = 100;

/** The state begins empty; what this browser kept comes with `resume` or with opening the same campaign again. */
export function createStudioStore(options: StudioStoreOptions): StudioStore {
  return new Store(options);
}

/** What is known of the open campaign beyond the state. */
interface Sitting {
  name: string;
  hash: string;
  files: CampaignFiles;
  origin: Origin;
  ledger: Ledger;
  undo: { action: "approve" | "send-back"; ids: readonly string[] }[];
}

class Store implements StudioStore {
  readonly engine: EngineClient;
  readonly #now: () => number;
  readonly #keeping: Promise<Keep>;
  #keep: Keep | undefined;
  readonly #pictures: Pictures;
  readonly #listeners = new Set<(state: StudioState, before: StudioState) => void>();
  readonly #eventListeners = new Set<(event: StudioEvent) => void>();
  readonly #preferences = new Map<string, string>();
  #state: StudioState = EMPTY_STATE;
  /** What listeners saw last, while a notice is on its way. */
  #seen: StudioState | undefined;
  #sitting: Sitting | undefined;
  #copy = new Map<string, readonly MessageInfo[]>();
  /** Counts what makes copy outdated. */
  #copyEpoch = 0;
  #measured = new Map<string, Measured>();
  #failed = new Map<string, readonly EngineError[]>();
  #flushing: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #sweep: { maxWidth: number; maxHeight: number; control: AbortController } | undefined;
  #writes = 0;
  #savingEdits: Promise<void> | undefined;
  #editsToSave: { name: string; hash: string; edits: readonly Edit[] } | undefined;
  #disposed = false;
  /** Other tabs of this database hear by it that a ledger grew. */
  #tabs: BroadcastChannel | undefined;

  constructor({ engine, database = "variorum", now = Date.now, pictureBytes = PICTURE_BYTES }: StudioStoreOptions) {
    this.engine = engine;
    this.#now = now;
    this.#pictures = new Pictures(pictureBytes);
    engine.onProgress((progress) => this.#set({ progress }));
    this.#keeping = openKeep(database).then(async (keep) => {
      this.#keep = keep;
      const kept = await keep.preferences().catch(() => new Map<string, string>());
      // What was said while the database opened counts.
      for (const [name, value] of kept) if (!this.#preferences.has(name)) this.#preferences.set(name, value);
      const person = this.#state.person || (this.#preferences.get("person") ?? "");
      this.#set({ person, kept: keep.on ? "yes" : "off" });
      if (keep.on && !this.#disposed) this.#listenToTabs(database);
      return keep;
    });
  }

  get state(): StudioState {
    return this.#state;
  }

  subscribe(listener: (state: StudioState, before: StudioState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onEvent(listener: (event: StudioEvent) => void): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  // Opening

  async open(files: CampaignFiles, origin: Origin = { kind: "files", name: "" }): Promise<void> {
    await this.#act("open", () => this.#open(files, origin, true));
  }

  async resume(): Promise<boolean> {
    const kept = await (await this.#keeping).lastCampaign().catch(() => undefined);
    if (!kept) return false;
    await this.#act("open", () => this.#open(kept.files, { kind: "kept", name: kept.origin.name || kept.name }, true));
    return true;
  }

  async revert(): Promise<void> {
    const sitting = this.#sitting;
    if (!sitting) return;
    await this.#act("open", async () => {
      await (await this.#keeping).putEdits(sitting.name, sitting.hash, []);
      await this.#open(sitting.files, sitting.origin, false);
    });
  }

  async #open(files: CampaignFiles, origin: Origin, withEdits: boolean): Promise<void> {
    const before = this.#state.phase;
    this.#set({ phase: "opening" });
    try {
      const keep = await this.#keeping;
      const opened = await this.engine.open(files);
      // From here on the engine holds the new campaign: nothing below may leave the state with the old one.
      this.#forget();
      const { name } = opened;
      const hash = await hashFiles(files);
      const notes: EngineError[] = [];
      if (withEdits) await this.#replay(await keep.edits(name, hash).catch(() => []), notes);
      const brought = opened.ledger ?? textOf(files.get("ledger.jsonl"));
      const { ledger, conflict } = await Ledger.load(name, this.engine, keep, brought);
      if (conflict) {
        notes.push({
          code: "state",
          at: "ledger.jsonl",
          message:
            "The ledger in the files and the one kept in this browser say different things; the one in this browser counts.",
          hint: "Deliver to keep it, and ask who has the other.",
        });
      }
      let stamps = new Map<string, StampState>();
      try {
        stamps = await ledger.state();
      } catch (thrown) {
        notes.push(...asEngineErrors(thrown));
      }
      const campaign = this.engine.campaign ?? opened;
      this.#sitting = { name, hash, files, origin, ledger, undo: [] };
      this.#set({
        ...EMPTY_STATE,
        phase: "open",
        origin,
        campaign,
        variants: new Map(campaign.variants.map((variant) => [variant.id, variant])),
        formats: new Map(campaign.formats.map((format) => [format.id, format])),
        stamps,
        person: this.#state.person,
        progress: this.#state.progress,
        edits: this.engine.edits,
        kept: this.#state.kept,
        errors: notes,
      });
      if (notes.length > 0) this.#emit({ type: "error", act: "open", errors: notes });
      await this.#write(() => keep.putCampaign({ name, hash, origin, files })).catch((thrown) => this.#fail("open", thrown));
      this.#emit({ type: "open", name, version: campaign.version, variants: campaign.variants.length, origin });
      void this.#learnCopy();
    } catch (thrown) {
      this.#set({ phase: this.#state.campaign ? "open" : before === "opening" ? "empty" : before });
      throw thrown;
    }
  }

  /** Makes kept edits again; one that the engine now refuses is told and left out. */
  async #replay(edits: readonly Edit[], notes: EngineError[]): Promise<void> {
    for (const edit of edits) {
      try {
        await (edit.kind === "copy"
          ? this.engine.setCopy(edit.locale, edit.key, edit.text)
          : this.engine.setToken(edit.path, edit.value));
      } catch (thrown) {
        notes.push(...asEngineErrors(thrown));
      }
    }
  }

  #forget(): void {
    this.#sitting = undefined;
    this.#sweep?.control.abort();
    this.#sweep = undefined;
    this.#pictures.clear();
    this.#measured = new Map();
    this.#failed = new Map();
    this.#copy = new Map();
    this.#copyEpoch += 1;
    clearTimeout(this.#settling);
  }

  /** All copy, for the search. */
  async #learnCopy(): Promise<void> {
    const sitting = this.#sitting;
    for (const { tag } of this.#state.campaign?.locales ?? []) {
      if (this.#disposed || this.#sitting !== sitting) return;
      await this.copy(tag).catch(() => undefined);
    }
    if (this.#state.filter.search) this.#set({ filter: { ...this.#state.filter } });
  }

  // Pictures

  cached(id: string, maxWidth?: number, maxHeight?: number): Picture | undefined {
    if (maxWidth === undefined || maxHeight === undefined) return this.#pictures.any(id);
    const picture = this.#pictures.get(id, maxWidth, maxHeight);
    return picture && picture.fingerprint === this.#state.variants.get(id)?.fingerprint ? picture : undefined;
  }

  async picture(id: string, maxWidth: number, maxHeight: number, options: RequestOptions = {}): Promise<Picture> {
    const held = this.cached(id, maxWidth, maxHeight);
    if (held) return held;
    const sitting = this.#sitting;
    try {
      const rendered = await this.engine.render({ id, maxWidth, maxHeight }, options);
      if (this.#sitting !== sitting || this.#disposed) {
        rendered.bitmap.close();
        throw new DOMException("Another campaign was opened.", "AbortError");
      }
      this.#measure(rendered);
      return this.#pictures.put(rendered, maxWidth, maxHeight);
    } catch (thrown) {
      this.#note(id, thrown);
      throw thrown;
    }
  }

  async render(request: RenderRequest, options: RequestOptions = {}): Promise<Rendered> {
    try {
      const rendered = await this.engine.render(request, { priority: Priority.now, ...options });
      this.#measure(rendered);
      return rendered;
    } catch (thrown) {
      this.#note(request.id, thrown);
      throw thrown;
    }
  }

  drawAll(maxWidth: number, maxHeight: number): void {
    this.#sweep?.control.abort();
    const control = new AbortController();
    this.#sweep = { maxWidth, maxHeight, control };
    for (const { id } of this.#state.variants.values()) {
      if (this.#failed.has(id) || (this.#measured.has(id) && this.#pictures.any(id))) continue;
      this.picture(id, maxWidth, maxHeight, { priority: Priority.rest, signal: control.signal }).catch(() => undefined);
    }
  }

  cancel(): void {
    this.#sweep?.control.abort();
    this.#sweep = undefined;
    this.engine.cancelPictures();
  }

  #measure({ id, fingerprint, findings, boxes, arrangement, dropped }: Rendered): void {
    if (this.#state.variants.get(id)?.fingerprint !== fingerprint) return;
    if (this.#measured.get(id)?.fingerprint === fingerprint) return;
    this.#measured.set(id, { fingerprint, findings, boxes, arrangement, dropped });
    this.#failed.delete(id);
    this.#flushSoon();
  }

  #note(id: string, thrown: unknown): void {
    if (isAbort(thrown) || this.#failed.has(id)) return;
    const errors = asEngineErrors(thrown);
    this.#failed.set(id, errors);
    this.#emit({ type: "error", act: "render", errors });
    this.#flushSoon();
  }

  #flushSoon(): void {
    this.#flushing ??= setTimeout(() => {
      this.#flushing = undefined;
      this.#set({ measured: new Map(this.#measured), failed: new Map(this.#failed) });
    }, FLUSH_EVERY);
  }

  // Copy and tokens

  async copy(locale: string): Promise<readonly MessageInfo[]> {
    const held = this.#copy.get(locale);
    if (held) return held;
    const asked = this.#copyEpoch;
    const messages = await this.engine.copy(locale);
    // Another campaign or other words came while it was on its way: not to be remembered.
    if (asked === this.#copyEpoch) this.#copy.set(locale, messages);
    return messages;
  }

  async setCopy(locale: string, key: string, text: string): Promise<void> {
    await this.#act("edit", async () => {
      const changed = await this.engine.setCopy(locale, key, text);
      this.#copy.delete(locale);
      this.#copyEpoch += 1;
      await this.#edited({ kind: "copy", locale, key, text }, changed);
    });
  }

  async setToken(path: string, value: string): Promise<void> {
    await this.#act("edit", async () => {
      const changed = await this.engine.setToken(path, value);
      await this.#edited({ kind: "token", path, value }, changed);
    });
  }

  async #edited(edit: Edit, changed: readonly VariantInfo[]): Promise<void> {
    const campaign = this.engine.campaign ?? this.#state.campaign;
    const stamps = new Map(this.#state.stamps);
    for (const { id, fingerprint } of changed) {
      this.#measured.delete(id);
      this.#failed.delete(id);
      const stamp = stamps.get(id);
      // Told at once from what the stamp was set on; the engine's own fold follows when typing rests.
      if (stamp?.status === "approved" && stamp.fingerprint !== fingerprint) stamps.set(id, { ...stamp, status: "reopened" });
      else if (stamp?.status === "reopened" && stamp.fingerprint === fingerprint)
        stamps.set(id, { ...stamp, status: "approved" });
    }
    this.#set({
      campaign,
      variants: new Map(campaign?.variants.map((variant) => [variant.id, variant])),
      measured: new Map(this.#measured),
      failed: new Map(this.#failed),
      stamps,
      edits: this.engine.edits,
    });
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#settle(), SETTLE);
    await this.#saveEdits();
    this.#emit({ type: "edit", edit, changed });
  }

  async #settle(): Promise<void> {
    if (this.#disposed) return;
    await this.#fold().catch((thrown) => this.#fail("stamp", thrown));
    if (this.#state.filter.search) void this.#learnCopy();
    if (this.#sweep) this.drawAll(this.#sweep.maxWidth, this.#sweep.maxHeight);
  }

  /** One write at a time, and the last one with all: at every key another would be wasted. */
  #saveEdits(): Promise<void> {
    if (this.#sitting) this.#editsToSave = { name: this.#sitting.name, hash: this.#sitting.hash, edits: this.engine.edits };
    this.#savingEdits ??= this.#write(async () => {
      const keep = await this.#keeping;
      for (let next = this.#editsToSave; next; next = this.#editsToSave) {
        this.#editsToSave = undefined;
        await keep.putEdits(next.name, next.hash, next.edits);
      }
    }).finally(() => {
      this.#savingEdits = undefined;
    });
    return this.#savingEdits;
  }

  // Stamps

  setPerson(name: string): void {
    const person = name.trim();
    if (person === this.#state.person) return;
    this.#set({ person });
    this.setPreference("person", person);
  }

  approve(ids: Iterable<string>): Promise<void> {
    return this.#stamp("approve", ids, undefined);
  }

  sendBack(ids: Iterable<string>, reason: string): Promise<void> {
    return this.#stamp("send-back", ids, reason.trim());
  }

  async undo(): Promise<void> {
    await this.#act("stamp", async () => {
      const last = this.#sitting?.undo.pop();
      if (!last) return;
      this.#set({ undoable: this.#sitting?.undo.at(-1) });
      try {
        await this.#say(last.ids.map((id) => this.#event("undo", id)));
      } catch (thrown) {
        this.#sitting?.undo.push(last);
        this.#set({ undoable: last });
        throw thrown;
      }
      await this.#fold();
    });
  }

  ledger(): string {
    return this.#sitting?.ledger.jsonl ?? "";
  }

  history(id: string): readonly StampRequest[] {
    return this.#sitting?.ledger.history(id) ?? [];
  }

  async #stamp(action: "approve" | "send-back", ids: Iterable<string>, reason: string | undefined): Promise<void> {
    await this.#act("stamp", async () => {
      const sitting = this.#sitting;
      if (!sitting) throw failure({ code: "state", at: "", message: "No campaign is open." });
      if (!this.#state.person) {
        throw failure({ code: "missing", at: "person", message: "A stamp needs a name.", hint: "Say who you are, then stamp." });
      }
      if (action === "send-back" && !reason) {
        throw failure({ code: "missing", at: "reason", message: "Sending back needs a reason.", hint: "Say what to change." });
      }
      const before = this.#state.stamps;
      const stamps = new Map(before);
      const events: StampRequest[] = [];
      for (const id of new Set(ids)) {
        const event = this.#event(action, id, reason);
        const { actor: by, timeMs, fingerprint } = event;
        // Said already, of the same picture: once is enough.
        if (action === "approve" && before.get(id)?.status === "approved") continue;
        events.push(event);
        const status = action === "approve" ? "approved" : "sent-back";
        stamps.set(id, { status, by, timeMs, fingerprint, ...(reason ? { reason } : {}) });
      }
      if (events.length === 0) return;
      // Felt at once; `kept` says "writing" until it is on disk.
      this.#set({ stamps });
      try {
        await this.#say(events);
      } catch (thrown) {
        // Not said, so not shown: but what others said meanwhile stays.
        await this.#fold().catch(() => this.#set({ stamps: before }));
        throw thrown;
      }
      const batch = { action, ids: events.map((event) => event.id) };
      sitting.undo = [...sitting.undo, batch].slice(-UNDO_DEPTH);
      this.#set({ undoable: batch });
    });
  }

  #event(action: StampRequest["action"], id: string, reason?: string): StampRequest {
    const variant = this.#state.variants.get(id);
    if (!variant) throw failure({ code: "unknown", at: id, message: "There is no such variant.", found: id });
    const { fingerprint } = variant;
    return { action, id, fingerprint, actor: this.#state.person, timeMs: this.#now(), ...(reason ? { reason } : {}) };
  }

  async #say(events: readonly StampRequest[]): Promise<void> {
    const ledger = this.#sitting?.ledger;
    if (!ledger) return;
    const lines = await this.#write(() => ledger.append(events));
    this.#tabs?.postMessage(ledger.name);
    this.#emit({ type: "stamp", events, lines });
  }

  #listenToTabs(database: string): void {
    if (typeof BroadcastChannel === "undefined") return;
    this.#tabs = new BroadcastChannel(`variorum ${database}`);
    this.#tabs.onmessage = async ({ data }) => {
      const ledger = this.#sitting?.ledger;
      if (ledger?.name !== data) return;
      await ledger?.reload().catch(() => undefined);
      await this.#fold().catch((thrown) => this.#fail("stamp", thrown));
    };
  }

  async #fold(): Promise<void> {
    const sitting = this.#sitting;
    const stamps = await sitting?.ledger.state();
    if (stamps && this.#sitting === sitting) this.#set({ stamps });
  }

  // Filter, selection, preferences

  setFilter(change: Partial<Filter>): void {
    this.#set({ filter: { ...this.#state.filter, ...change } });
  }

  select(ids: Iterable<string>, focus?: string): void {
    const selection = new Set(ids);
    this.#set({ selection, focus: focus ?? [...selection].at(-1) });
  }

  preference(name: string): string | undefined {
    return this.#preferences.get(name);
  }

  setPreference(name: string, value: string): void {
    this.#preferences.set(name, value);
    void this.#keeping.then((keep) => keep.putPreference(name, value)).catch(() => undefined);
  }

  // Delivery

  plan(options: DeliverOptions = {}): DeliveryPlan {
    return gate(this.#state, this.#gateOptions(options));
  }

  async deliver(options: DeliverOptions = {}): Promise<Delivery> {
    return this.#act("deliver", async () => {
      const wanted = this.#gateOptions(options);
      const { files, refused } = gate(this.#state, wanted);
      if (refused.length > 0) throw new EngineFailure(refused.map(({ id, status }) => refusal(id, status)));
      if (files.length === 0) {
        throw failure({
          code: "state",
          at: "",
          message: "Nothing is approved yet, so nothing may leave.",
          hint: "Approve variants first.",
        });
      }
      const { campaign, variants, stamps } = this.#state;
      if (!campaign) throw failure({ code: "state", at: "", message: "No campaign is open." });
      const out: DeliveryFile[] = files.flatMap(({ id, name }) => {
        const variant = variants.get(id);
        const stamp = stamps.get(id);
        return variant && stamp ? [{ name, variant, stamp }] : [];
      });
      const name = `${slug(`${campaign.name} ${campaign.version}`) || "delivery"}.zip`;
      const job: DeliveryJob = {
        engine: this.engine,
        campaign,
        files: out,
        delivery: wanted.delivery,
        naming: wanted.naming,
        ledger: this.ledger(),
        person: this.#state.person,
        timeMs: this.#now(),
        signal: options.signal,
        onFile: (done) => this.#set({ delivery: { done, total: out.length, bytes: this.#state.delivery?.bytes ?? 0 } }),
      };
      return this.#delivery(name, job);
    });
  }

  #delivery(name: string, job: DeliveryJob): Delivery {
    const files = job.files.length;
    const begin = () => this.#set({ delivery: { done: 0, total: files, bytes: 0 } });
    const watch = <T>(source: ReadableStream<T>, sizeOf: (part: T) => number) => this.#watch(source, sizeOf, name, files);
    return {
      name,
      files,
      get stream() {
        begin();
        return watch(deliveryStream(job), (chunk) => chunk.length);
      },
      each() {
        begin();
        return iterate(watch(streamOf(deliveryEntries(job)), (file) => file.size));
      },
    };
  }

  #gateOptions({ ids, delivery, naming }: DeliverOptions): GateOptions {
    const { campaign } = this.#state;
    return {
      ids,
      delivery: delivery ?? campaign?.delivery ?? { type: "png" },
      naming: naming ?? campaign?.naming ?? "{format}_{locale}_{option}.{ext}",
    };
  }

  /** Counts what leaves, and tells how it ended. */
  #watch<T>(leaving: ReadableStream<T>, sizeOf: (part: T) => number, name: string, files: number): ReadableStream<T> {
    const reader = leaving.getReader();
    let bytes = 0;
    const source: UnderlyingDefaultSource<T> = {
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) {
            controller.close();
            this.#set({ delivery: undefined });
            this.#emit({ type: "deliver", files, bytes, name });
            return;
          }
          bytes += sizeOf(value);
          if (this.#state.delivery) this.#set({ delivery: { ...this.#state.delivery, bytes } });
          controller.enqueue(value);
        } catch (thrown) {
          this.#set({ delivery: undefined });
          if (!isAbort(thrown)) this.#fail("deliver", thrown);
          controller.error(thrown);
        }
      },
      cancel: async (reason) => {
        this.#set({ delivery: undefined });
        // The zip writer rejects with the reason it was given: that is no news.
        await reader.cancel(reason).catch(() => undefined);
      },
    };
    // Nothing ahead of the reader: one who never reads has nothing encoded.
    return new ReadableStream(source, { highWaterMark: 0 });
  }

  clearErrors(): void {
    this.#set({ errors: [] });
  }

  dispose(): void {
    this.#disposed = true;
    this.#forget();
    clearTimeout(this.#flushing);
    this.#listeners.clear();
    this.#eventListeners.clear();
    this.engine.dispose();
    this.#tabs?.close();
    // What is being written is finished first.
    void this.#keeping.then(async (keep) => {
      await this.#savingEdits?.catch(() => undefined);
      keep.close();
    });
  }

  // State

  /** One act of a person: its errors stand in the state and are told, and are gone with the next that goes. */
  async #act<T>(act: (StudioEvent & { type: "error" })["act"], doing: () => Promise<T>): Promise<T> {
    try {
      const value = await doing();
      if (act !== "open" && this.#state.errors.length > 0) this.#set({ errors: [] });
      return value;
    } catch (thrown) {
      if (!isAbort(thrown)) this.#fail(act, thrown);
      throw thrown;
    }
  }

  #fail(act: (StudioEvent & { type: "error" })["act"], thrown: unknown): void {
    const errors = asEngineErrors(thrown);
    this.#set({ errors });
    this.#emit({ type: "error", act, errors });
  }

  /** Shows "writing" while something is on its way to disk. */
  async #write<T>(doing: () => Promise<T>): Promise<T> {
    this.#writes += 1;
    if (this.#keep?.on) this.#set({ kept: "writing" });
    try {
      return await doing();
    } finally {
      this.#writes -= 1;
      if (this.#writes === 0 && this.#keep?.on) this.#set({ kept: "yes" });
    }
  }

  #emit(event: StudioEvent): void {
    for (const listener of this.#eventListeners) listener(event);
  }

  #set(change: Partial<StudioState>): void {
    if (this.#disposed) return;
    const before = this.#state;
    let state: StudioState = { ...before, ...change };
    const sifted: readonly (keyof StudioState)[] = ["variants", "formats", "stamps", "measured", "filter", "campaign"];
    if (sifted.some((name) => state[name] !== before[name])) state = { ...state, ...sift({ ...state, copy: this.#copy }) };
    this.#state = state;
    if (this.#seen) return;
    this.#seen = before;
    queueMicrotask(() => {
      const seen = this.#seen ?? before;
      this.#seen = undefined;
      for (const listener of this.#listeners) listener(this.#state, seen);
    });
  }
}

function refusal(id: string, status: "to-review" | "sent-back" | "reopened"): EngineError {
  const why = {
    "to-review": "It was not stamped yet.",
    "sent-back": "It was sent back.",
    reopened: "It was changed after its stamp.",
  }[status];
  return { code: "state", at: id, message: why, found: status, allowed: "approved", hint: "Approve it, or leave it out." };
}

/** Given as they are asked for, none ahead. */
function streamOf<T>(items: AsyncGenerator<T, void, undefined>): ReadableStream<T> {
  const source: UnderlyingDefaultSource<T> = {
    async pull(controller) {
      const next = await items.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await items.return();
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

/** Streams are not iterable everywhere yet. Leaving the loop cancels. */
async function* iterate<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? new TextDecoder().decode(bytes) : "";
}
