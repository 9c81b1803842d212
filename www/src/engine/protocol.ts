/**
 * What page and worker say to each other. In: calls of the engine by name. Out: an answer for each, in the order of the calls.
 * The shapes of what is said are the engine's own (types.ts).
 */
import type { CampaignFiles, CampaignInfo, EngineCore, EngineError, Rendered, RenderRequest } from "./types.ts";

/** What a worker answers to: the engine's own calls, a start before them, and pictures as bitmaps. */
export interface WorkerCalls
  extends Omit<EngineCore, "render" | "begin" | "beginFile" | "goOn" | "letGo" | "open" | "keepWithin"> {
  /** Makes the instance; the compiled module is shared by all workers. `caches`: bytes that its caches may take. */
  start(module: WebAssembly.Module, caches?: number): void;
  /** With the importers' module where the files ask for it; without fingerprints. */
  open(files: CampaignFiles, importers?: WebAssembly.Module): CampaignInfo;
  render(request: RenderRequest): Rendered;
}
export type CallName = keyof WorkerCalls;

/** One call of a name. */
export interface CallOf<Name extends CallName> {
  call: Name;
  args: Parameters<WorkerCalls[Name]>;
}
/** One call of any. */
export type Call = { [Name in CallName]: CallOf<Name> }[CallName];
/** What a call gives back. */
export type Value<Name extends CallName> = ReturnType<WorkerCalls[Name]>;

export type ToWorker =
  | (Call & { seq: number })
  /** Nobody wants the answer of that call any more: it is passed over, or broken off between two bands. */
  | { call: "cut"; seq: number };

export type FromWorker =
  /** `memory`: bytes of the instance. */
  | { seq: number; ok: true; value: unknown; memory?: number }
  /** The engine refused; it goes on. */
  | { seq: number; ok: false; errors: readonly EngineError[]; memory?: number }
  /** It was cut short, as it was told. */
  | { seq: number; ok: false; cut: true }
  /** The instance broke; it must not be asked again. */
  | { seq: number; ok: false; trap: string };

/** As much of a Worker as the pool uses, so that a test can stand in for it. */
export interface WorkerPort {
  postMessage(calls: readonly ToWorker[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<readonly FromWorker[]>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}
