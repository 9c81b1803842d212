/**
 * The studio's one place of state: acts of people come in, a new StudioState goes out to those who subscribed.
 * It asks the engine, keeps the ledger and the edits on disk, and caches pictures. It draws nothing.
 */
import type { EngineClient, Priority, RequestOptions } from "../engine/client.ts";
import type {
  CampaignFiles,
  CharacterBudget,
  DeliveryOptions,
  EngineError,
  MessageInfo,
  OverridePatch,
  Rendered,
  RenderRequest,
  Salience,
  StampRequest,
  Status,
  VariantInfo,
  Why,
} from "../engine/types.ts";
import type { Filter, Origin, StudioState } from "./state.ts";

/** A small picture from the cache. The bitmap belongs to the cache: draw it at once, keep no reference, never close() it. */
export interface Picture {
  id: string;
  fingerprint: string;
  bitmap: ImageBitmap;
  /** Device px. */
  width: number;
  height: number;
}

/** What leaves the studio, told to listeners after it is on disk. */
export type StudioEvent =
  | { type: "open"; name: string; version: string; variants: number; origin: Origin }
  | { type: "stamp"; events: readonly StampRequest[]; lines: readonly string[] }
  | { type: "edit"; edit: StudioState["edits"][number]; changed: readonly VariantInfo[] }
  | { type: "deliver"; files: number; bytes: number; name: string }
  | { type: "error"; act: "open" | "stamp" | "edit" | "deliver" | "render"; errors: StudioState["errors"] };

export interface StudioStoreOptions {
  engine: EngineClient;
  /** Name of the database in this browser; "" keeps nothing. @default "variorum" */
  database?: string;
  /** Clock of stamps, ms since 1970. @default Date.now */
  now?: () => number;
  /** Budget of the picture cache. @default 192 MiB */
  pictureBytes?: number;
}

export interface EditOptions {
  /** Leaves `state.errors` as they are, however it goes. */
  quietly?: boolean;
  /** Hears what the engine refuses, which then does not stand in `state.errors`: it is shown where it was typed. */
  refused?: (errors: readonly EngineError[]) => void;
  /** Hears that it stands, and which variants are others with it: before it is on disk. */
  told?: () => void;
}

/**
 * Acts resolve when done and on disk, and reject with EngineFailure; the same errors stand in `state.errors`, so that a
 * caller who only shows state may ignore the rejection.
 */
export interface StudioStore {
  readonly engine: EngineClient;
  readonly state: StudioState;
  /** The open campaign's files as they were handed over. */
  readonly files: CampaignFiles | undefined;
  /** Called after every change, at most once a microtask. Returns the way out. */
  subscribe(listener: (state: StudioState, before: StudioState) => void): () => void;
  /** Called for what a host wants to know. Returns the way out. */
  onEvent(listener: (event: StudioEvent) => void): () => void;

  /** Opens files (by campaign path, or one zip). Kept stamps and, where the files are the same, kept edits come back. */
  open(files: CampaignFiles, origin?: Origin): Promise<void>;
  /** Opens what was open last in this browser; false where there is nothing. */
  resume(): Promise<boolean>;
  /** Drops the edits and opens the files as they came. */
  revert(): Promise<void>;

  /**
   * A small picture that is there at once, or undefined. With a size: of this size and current. Without: the largest there is, even
   * of an older fingerprint, to stand in until the right one comes.
   */
  cached(id: string, maxWidth?: number, maxHeight?: number): Picture | undefined;
  /** A small picture, device px; asks the engine where the cache has none. Fills `state.measured`. */
  picture(id: string, maxWidth: number, maxHeight: number, options?: RequestOptions): Promise<Picture>;
  /** A picture of any size or region, not cached: the caller closes its bitmap. For the loupe. */
  render(request: RenderRequest, options?: RequestOptions): Promise<Rendered>;
  /** A variant as it was when its stamp was set, though it changed since. Rejects where that is not kept in this browser. */
  renderStamped(request: RenderRequest, options?: RequestOptions): Promise<Rendered>;
  /**
   * Draws and measures all variants that were not, in matrix order, at lowest priority; for findings and for scrolling without white.
   * From then on what an edit changes is drawn again by itself, until `cancel`.
   */
  drawAll(maxWidth: number, maxHeight: number): void;
  /** Drops all pictures that wait; `drawAll` goes on with what is missing. */
  cancel(): void;

  copy(locale: string): Promise<readonly MessageInfo[]>;
  /** How many characters of a message fit in the tightest format that shows it. */
  budget(locale: string, key: string, options?: RequestOptions): Promise<CharacterBudget>;
  /** May be called at every key: what comes later wins. */
  setCopy(locale: string, key: string, text: string, options?: EditOptions): Promise<void>;
  setToken(path: string, value: string, options?: EditOptions): Promise<void>;

  /** Replaces all corrections of the layout, as it was before a person wanted it otherwise. */
  setOverrides(patches: readonly OverridePatch[]): Promise<void>;
  /** Where the eye goes in a layer's picture; undefined where the engine does not say. */
  salience(id: string, layer: string): Promise<Salience | undefined>;
  /** Why a variant is laid out as it is, and the next best ways; undefined where the engine does not say. */
  alternatives(id: string): Promise<Why | undefined>;

  setPerson(name: string): void;
  /**
   * `unseen`: those of them that the person had not before their eyes as they are; `despite`: rules that one breaks which must be kept, by
   * variant. The ledger says both.
   */
  approve(
    ids: Iterable<string>,
    options?: { unseen?: ReadonlySet<string>; despite?: ReadonlyMap<string, string> },
  ): Promise<void>;
  sendBack(ids: Iterable<string>, reason: string): Promise<void>;
  /** Takes back the last stamp or sending back of this sitting. */
  undo(): Promise<void>;
  /** The whole ledger as JSON Lines. */
  ledger(): string;
  /** Says something of a variant, at a place in px of its format or of the whole; no stamp. */
  comment(id: string, words: string, place?: readonly [number, number]): Promise<void>;
  /** What people said of one variant, newest first; the same array until more was said. */
  history(id: string): readonly StampRequest[];

  /** Small things of this browser (panels, ground, theme), by name; undefined where never set. */
  preference(name: string): string | undefined;
  setPreference(name: string, value: string): void;

  setFilter(change: Partial<Filter>): void;
  select(ids: Iterable<string>, focus?: string): void;

  /** What `deliver` with the same options would write and what it would refuse; encodes nothing. */
  plan(options?: DeliverOptions): DeliveryPlan;
  /** A zip of just the stamped ones (of `ids`, default all approved). Rejects, naming them, where one of `ids` is not approved. */
  deliver(options?: DeliverOptions): Promise<Delivery>;
  clearErrors(): void;
  dispose(): void;
}

export interface DeliverOptions {
  /** @default all approved */
  ids?: Iterable<string>;
  /** @default the campaign's */
  delivery?: DeliveryOptions;
  /** Template of file names; "/" makes folders. @default the campaign's */
  naming?: string;
  signal?: AbortSignal;
}

/** The gate's answer before anything is written. */
export interface DeliveryPlan {
  /** What may leave, with its file name inside the zip. */
  files: readonly { id: string; name: string }[];
  /** What may not, and why. */
  refused: readonly { id: string; status: Exclude<Status, "approved"> }[];
}

/** Stamped files on their way out: take `stream` or `each()`, one of them, once. Nothing is encoded before it is read. */
export interface Delivery {
  /** Proposed name of the zip. */
  name: string;
  /** Variants in it. */
  files: number;
  /** The zip. */
  readonly stream: ReadableStream<Uint8Array>;
  /** The files one by one: pictures, then ledger.jsonl, then manifest.json. */
  each(): AsyncIterable<File>;
}

export type { Filter, Origin, Priority, StudioState };
