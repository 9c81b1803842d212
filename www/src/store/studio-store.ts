/**
 * The store at work: see store.ts for what it promises. It opens campaigns and joins the parts that have a rule of their own: the state (board.ts), pictures
 * (drawing.ts), words (editing.ts), stamps (stamping.ts), deliveries (leaving.ts), each writing through `keep`.
 */
import type { EngineClient, RequestOptions } from "../engine/client.ts";
import { asEngineErrors, isAbort } from "../engine/errors.ts";
import type {
  CampaignFiles,
  CharacterBudget,
  Edit,
  EngineError,
  MessageInfo,
  OverridePatch,
  Rendered,
  RenderRequest,
  Salience,
  StampRequest,
  StampState,
  VariantInfo,
  Why,
} from "../engine/types.ts";
import { Board } from "./board.ts";
import { Drawing } from "./drawing.ts";
import { bare, Editing, type Version } from "./editing.ts";
import { hashFiles, type Keep, keepsNothing, openKeep } from "./keep.ts";
import { Leaving } from "./leaving.ts";
import { Ledger } from "./ledger.ts";
import { StampedStates } from "./stamped.ts";
import { Stamping } from "./stamping.ts";
import { EMPTY_STATE, type Filter, type Origin, type StudioState } from "./state.ts";
import type {
  DeliverOptions,
  Delivery,
  DeliveryPlan,
  EditOptions,
  Picture,
  StudioEvent,
  StudioStore,
  StudioStoreOptions,
} from "./store.ts";

/** Pause in typing after which stamps are folded again and the background drawing goes on, ms. */
const SETTLE = 300;
const NOBODY: ReadonlySet<string> = new Set();
const NOTHING: ReadonlyMap<string, string> = new Map();
const PICTURE_BYTES = 192 * 1024 * 1024;

/** The state begins empty; what this browser kept comes with `resume` or with opening the same campaign again. */
export function createStudioStore(options: StudioStoreOptions): StudioStore {
  return new Store(options);
}

/** The open campaign's files, to open them again. */
interface Sitting extends Version {
  files: CampaignFiles;
  origin: Origin;
}

class Store implements StudioStore {
  readonly engine: EngineClient;
  readonly #keeping: Promise<Keep>;
  /** Nothing is kept in this browser: what is opened need not wait to hear what was. */
  readonly #fresh: Promise<boolean>;
  readonly #board = new Board();
  readonly #drawing: Drawing;
  readonly #editing: Editing;
  readonly #stamping: Stamping;
  readonly #leaving: Leaving;
  readonly #stamped: StampedStates;
  readonly #preferences = new Map<string, string>();
  readonly #whys = new Map<string, { print: string; edits: StudioState["edits"]; why: Why | undefined }>();
  #sitting: Sitting | undefined;
  /** The open campaign's fingerprints are on their way: nothing is stamped before they are known. */
  #knowing: Promise<void> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  /** Counts changes of words. */
  #turn = 0;

  constructor({ engine, database = "variorum", now = Date.now, pictureBytes = PICTURE_BYTES }: StudioStoreOptions) {
    this.engine = engine;
    const board = this.#board;
    engine.onProgress((progress) => board.set({ progress }));
    this.#fresh = keepsNothing(database);
    this.#keeping = openKeep(database).then(async (keep) => {
      board.keeps = keep.on;
      const kept = await keep.preferences().catch(() => new Map<string, string>());
      // What was said while the database opened counts.
      for (const [name, value] of kept) if (!this.#preferences.has(name)) this.#preferences.set(name, value);
      const person = board.state.person || (this.#preferences.get("person") ?? "");
      board.set({ person, kept: keep.on ? "yes" : "off" });
      if (keep.on && !board.closed) this.#stamping.listen(database);
      return keep;
    });
    this.#drawing = new Drawing(board, engine, pictureBytes);
    this.#editing = new Editing(board, {
      engine,
      keeping: this.#keeping,
      editing: (locale) => this.#beginAnew(locale),
      edited: (edit, changed) => this.#edited(edit, changed),
    });
    this.#stamped = new StampedStates({ engine, keeping: this.#keeping });
    this.#stamping = new Stamping(board, {
      now,
      stamped: () => void this.#stamped.note(engine.edits, now()),
    });
    this.#leaving = new Leaving(board, { engine, ledger: () => this.ledger(), now });
  }

  get state(): StudioState {
    return this.#board.state;
  }

  get files(): CampaignFiles | undefined {
    return this.#sitting?.files;
  }

  subscribe(listener: (state: StudioState, before: StudioState) => void): () => void {
    return this.#board.subscribe(listener);
  }

  onEvent(listener: (event: StudioEvent) => void): () => void {
    return this.#board.onEvent(listener);
  }

  // Opening

  async open(files: CampaignFiles, origin: Origin = { kind: "files", name: "" }): Promise<void> {
    await this.#board.act("open", () => this.#open(files, origin, true));
    await this.#knowing;
  }

  async resume(): Promise<boolean> {
    if (await this.#fresh) return false;
    const kept = await (await this.#keeping).lastCampaign().catch(() => undefined);
    if (!kept) return false;
    await this.#board.act("open", () => this.#open(kept.files, { kind: "kept", name: kept.origin.name || kept.name }, true));
    return true;
  }

  async revert(): Promise<void> {
    const sitting = this.#sitting;
    if (!sitting) return;
    await this.#board.act("open", async () => {
      await this.#editing.forget(sitting);
      await this.#open(sitting.files, sitting.origin, false);
    });
  }

  async #open(files: CampaignFiles, origin: Origin, withEdits: boolean): Promise<void> {
    const board = this.#board;
    const before = board.state.phase;
    board.set({ phase: "opening" });
    try {
      const hashing = hashFiles(files);
      const opened = await this.engine.open(files, { early: true });
      const keep = await this.#keeping;
      // From here on the engine holds the new campaign: nothing below may leave the state with the old one.
      this.#forget();
      const { name } = opened;
      const hash = await hashing;
      const notes: EngineError[] = [];
      if (withEdits) await this.#editing.replay({ name, hash }, notes);
      else await bare(this.engine);
      const ledger = await this.#openLedger(name, keep, opened.ledger ?? textOf(files.get("ledger.jsonl")), notes);
      // Stamps are told by fingerprints: then these go first.
      if (ledger.jsonl !== "") await this.engine.know?.({ now: true });
      let stamps = new Map<string, StampState>();
      try {
        stamps = await ledger.state();
      } catch (thrown) {
        notes.push(...asEngineErrors(thrown));
      }
      const campaign = this.engine.campaign ?? opened;
      this.#sitting = { name, hash, files, origin };
      this.#editing.take(this.#sitting);
      this.#stamping.take(ledger);
      this.#stamped.take(this.#sitting);
      const { person, progress, kept } = board.state;
      board.set({
        ...EMPTY_STATE,
        phase: "open",
        origin,
        campaign,
        variants: new Map(campaign.variants.map((variant) => [variant.id, variant])),
        known: !this.engine.know || campaign.variants.every(({ fingerprint }) => fingerprint !== ""),
        formats: new Map(campaign.formats.map((format) => [format.id, format])),
        stamps,
        person,
        progress,
        edits: this.engine.edits,
        kept,
        errors: notes,
      });
      if (notes.length > 0) board.emit({ type: "error", act: "open", errors: notes });
      const sitting = this.#sitting;
      const knowing = this.#know(sitting).finally(() => {
        if (this.#knowing === knowing) this.#knowing = undefined;
      });
      this.#knowing = knowing;
      await board.write(() => keep.putCampaign({ name, hash, origin, files })).catch((thrown) => board.fail("open", thrown));
      void knowing.then(() => {
        if (this.#sitting === sitting)
          board.emit({ type: "open", name, version: campaign.version, variants: campaign.variants.length, origin });
      });
      void this.#editing.learn();
    } catch (thrown) {
      board.set({ phase: board.state.campaign ? "open" : before === "opening" ? "empty" : before });
      throw thrown;
    }
  }

  /** Hears of the fingerprints, where the engine opened without. */
  async #know(sitting: Sitting): Promise<void> {
    if (!this.engine.know || this.state.known) return;
    try {
      const campaign = await this.engine.know();
      if (this.#sitting !== sitting) return;
      this.#board.set({ campaign, known: true, variants: new Map(campaign.variants.map((variant) => [variant.id, variant])) });
    } catch (thrown) {
      if (this.#sitting === sitting && !isAbort(thrown)) this.#board.fail("open", thrown);
    }
  }

  async #openLedger(name: string, keep: Keep, brought: string, notes: EngineError[]): Promise<Ledger> {
    const { ledger, conflict } = await Ledger.load(name, this.engine, keep, brought);
    if (conflict) {
      notes.push({
        code: "state",
        at: "ledger.jsonl",
        message: "The ledger in the files and the one kept in this browser say different things; the one in this browser counts.",
        hint: "Deliver to keep it, and ask who has the other.",
      });
    }
    return ledger;
  }

  #forget(): void {
    this.#sitting = undefined;
    this.#drawing.forget();
    this.#whys.clear();
    this.#editing.take(undefined);
    this.#stamping.take(undefined);
    this.#stamped.take(undefined);
    clearTimeout(this.#settling);
  }

  // Pictures

  cached(id: string, maxWidth?: number, maxHeight?: number): Picture | undefined {
    return this.#drawing.cached(id, maxWidth, maxHeight);
  }

  picture(id: string, maxWidth: number, maxHeight: number, options?: RequestOptions): Promise<Picture> {
    return this.#drawing.picture(id, maxWidth, maxHeight, options);
  }

  render(request: RenderRequest, options?: RequestOptions): Promise<Rendered> {
    return this.#drawing.render(request, options);
  }

  renderStamped(request: RenderRequest, options: RequestOptions = {}): Promise<Rendered> {
    const print = this.state.stamps.get(request.id)?.fingerprint ?? "";
    return this.#stamped.render(request, print, options);
  }

  drawAll(maxWidth: number, maxHeight: number): void {
    this.#drawing.drawAll(maxWidth, maxHeight);
  }

  cancel(): void {
    this.#drawing.cancel();
  }

  // Copy and tokens

  copy(locale: string): Promise<readonly MessageInfo[]> {
    return this.#editing.copy(locale);
  }

  budget(locale: string, key: string, options?: RequestOptions): Promise<CharacterBudget> {
    return this.engine.budget(locale, key, options);
  }

  setCopy(locale: string, key: string, text: string, options?: EditOptions): Promise<void> {
    return this.#editing.edit({ kind: "copy", locale, key, text }, options);
  }

  setToken(path: string, value: string, options?: EditOptions): Promise<void> {
    return this.#editing.edit({ kind: "token", path, value }, options);
  }

  setOverrides(patches: readonly OverridePatch[]): Promise<void> {
    return this.#editing.edit({ kind: "overrides", patches });
  }

  async alternatives(id: string): Promise<Why | undefined> {
    const { edits, variants } = this.state;
    const print = variants.get(id)?.fingerprint ?? "";
    const known = this.#whys.get(id);
    // Asked just after opening, when no fingerprint was known yet: it holds as long as nothing is edited.
    if (known && (known.print === print || (known.print === "" && known.edits === edits))) return known.why;
    const why = await this.engine.alternatives(id).catch(whereOffered);
    this.#whys.set(id, { print, edits, why });
    return why;
  }

  salience(id: string, layer: string): Promise<Salience | undefined> {
    return this.engine.salience(id, layer).catch(whereOffered);
  }

  /** What is in sight of a language is asked for at the key typed: which variants are others is told behind it. */
  #beginAnew(locale: string): () => void {
    this.#turn += 1;
    const turn = this.#turn;
    this.#drawing.begin(locale);
    this.#board.set({ anew: new Map(this.state.anew).set(locale, turn) });
    return () => {
      if (this.state.anew.get(locale) === turn) this.#board.set({ anew: without(this.state.anew, locale) });
    };
  }

  /** Variants are others now: pictures, stamps and counts follow. */
  #edited(edit: Edit, changed: readonly VariantInfo[]): void {
    const campaign = this.engine.campaign ?? this.state.campaign;
    const { anew } = this.state;
    this.#board.set({
      anew: edit.kind === "copy" ? without(anew, edit.locale) : anew,
      campaign,
      variants: new Map(campaign?.variants.map((variant) => [variant.id, variant])),
      stamps: this.#stamping.guess(changed),
      edits: this.engine.edits,
      ...this.#drawing.outdate(changed),
    });
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.#settle(), SETTLE);
  }

  async #settle(): Promise<void> {
    if (this.#board.closed) return;
    await this.#stamping.fold().catch((thrown) => this.#board.fail("stamp", thrown));
    if (this.state.filter.search) void this.#editing.learn();
    this.#drawing.resume();
  }

  // Stamps

  /** A stamp is set on a fingerprint: those of now are waited for. */
  #prints(): Promise<void> | undefined {
    if (this.#knowing || !this.#editing.isTelling) return this.#knowing;
    return this.#editing.told();
  }

  setPerson(name: string): void {
    const person = name.trim();
    if (person === this.state.person) return;
    this.#board.set({ person });
    this.setPreference("person", person);
  }

  async approve(...[ids, options = {}]: Parameters<StudioStore["approve"]>): Promise<void> {
    const prints = this.#prints();
    if (prints) await prints;
    return this.#stamping.approve(ids, options.unseen ?? NOBODY, options.despite ?? NOTHING);
  }

  async sendBack(ids: Iterable<string>, reason: string): Promise<void> {
    const prints = this.#prints();
    if (prints) await prints;
    return this.#stamping.sendBack(ids, reason.trim());
  }

  async comment(id: string, words: string, place?: readonly [number, number]): Promise<void> {
    const prints = this.#prints();
    if (prints) await prints;
    return this.#stamping.comment(id, words.trim(), place);
  }

  undo(): Promise<void> {
    return this.#stamping.undo();
  }

  ledger(): string {
    return this.#stamping.jsonl;
  }

  history(id: string): readonly StampRequest[] {
    return this.#stamping.history(id);
  }

  // Filter, selection, preferences

  setFilter(change: Partial<Filter>): void {
    this.#board.set({ filter: { ...this.state.filter, ...change } });
  }

  select(ids: Iterable<string>, focus?: string): void {
    const selection = new Set(ids);
    this.#board.set({ selection, focus: focus ?? [...selection].at(-1) });
  }

  preference(name: string): string | undefined {
    return this.#preferences.get(name);
  }

  setPreference(name: string, value: string): void {
    this.#preferences.set(name, value);
    void this.#keeping.then((keep) => keep.putPreference(name, value)).catch(() => undefined);
  }

  // Delivery

  plan(options?: DeliverOptions): DeliveryPlan {
    return this.#leaving.plan(options);
  }

  deliver(options?: DeliverOptions): Promise<Delivery> {
    return this.#leaving.deliver(options);
  }

  clearErrors(): void {
    this.#board.set({ errors: [] });
  }

  dispose(): void {
    this.#board.close();
    this.#forget();
    this.#drawing.close();
    this.engine.dispose();
    this.#stamping.close();
    this.#stamped.close();
    // What is being written is finished first.
    void this.#keeping.then(async (keep) => {
      await this.#editing.rest();
      keep.close();
    });
  }
}

/** What an engine does not offer is not there, which is no error. */
function whereOffered(thrown: unknown): undefined {
  if (asEngineErrors(thrown)[0]?.code !== "unsupported") throw thrown;
}

function without(anew: ReadonlyMap<string, number>, locale: string): ReadonlyMap<string, number> {
  return anew.has(locale) ? new Map([...anew].filter(([other]) => other !== locale)) : anew;
}

function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? new TextDecoder().decode(bytes) : "";
}
