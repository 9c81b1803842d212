/**
 * The engine as the page sees it: requests in, promises of facts out. Nothing else imports the pool or the worker.
 * Which worker does what, traps and replays are left to pool.ts; state of the studio is left to ../store.
 */
import type {
  CampaignFiles,
  CampaignInfo,
  DeliveryOptions,
  Edit,
  Encoded,
  MessageInfo,
  Rendered,
  RenderRequest,
  StampRequest,
  StampState,
  VariantInfo,
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
  /** Folder of `variorum_bg.wasm`, ending in "/". @default that of the script */
  wasmBase?: string | URL;
  /** Folder of the default fonts, ending in "/". @default "fonts/" beside the script */
  fontBase?: string | URL;
  /** The worker's script. @default "worker.js" beside the script */
  workerUrl?: string | URL;
  /** Instances of the engine. @default navigator.hardwareConcurrency - 1, at least 1 */
  workers?: number;
  /** Gives a default font's bytes instead of a fetch below `fontBase`. */
  loadFont?: (name: string) => Promise<Uint8Array>;
}

/**
 * All calls reject with EngineFailure (typed errors) where the engine refuses, and with AbortError where cancelled.
 * Edits are seen by every request made after them.
 */
export interface EngineClient {
  /** Instances of the engine. */
  readonly workers: number;
  /** What is open, with current fingerprints. */
  readonly campaign: CampaignInfo | undefined;
  /** Opens a campaign; where it is refused the previous one stays open. Waiting requests of the previous one are cancelled. */
  open(files: CampaignFiles): Promise<CampaignInfo>;
  /** A picture. Its bitmap is the caller's to close(). */
  render(request: RenderRequest, options?: RequestOptions): Promise<Rendered>;
  /** The delivered file of a variant. */
  encode(id: string, delivery: DeliveryOptions, options?: RequestOptions): Promise<Encoded>;
  copy(locale: string): Promise<MessageInfo[]>;
  /** Resolves with the variants whose fingerprint changed. */
  setCopy(locale: string, key: string, text: string): Promise<VariantInfo[]>;
  setToken(path: string, value: string): Promise<VariantInfo[]>;
  /** The edits made since `open`, the last of each place, in order. */
  readonly edits: readonly Edit[];
  ledgerAppend(tail: string, events: readonly StampRequest[]): Promise<string[]>;
  ledgerState(jsonl: string): Promise<Record<string, StampState>>;
  /** Tells of progress, at most ten times a second, and once when all is done. Returns the way out. */
  onProgress(listener: (progress: EngineProgress) => void): () => void;
  /** Drops every picture that waits; each rejects with AbortError. */
  cancelPictures(): void;
  /** Ends the workers; everything pending rejects with AbortError. */
  dispose(): void;
}
