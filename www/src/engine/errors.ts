/**
 * How a failed request of the engine reaches the page: one Error that carries the engine's typed errors as objects.
 * In: what a worker answered. Out: EngineFailure, or the AbortError of a cancelled request. Wording for people is left to the elements.
 */
import type { EngineError } from "./types.ts";

/** Thrown by every call of the client and the store that the engine refused; `errors` has at least one. */
export class EngineFailure extends Error {
  override readonly name = "EngineFailure";
  readonly errors: readonly EngineError[];

  constructor(errors: readonly EngineError[]) {
    super(errors.map((error) => (error.at ? `${error.at}: ${error.message}` : error.message)).join("\n"));
    this.errors = errors;
  }
}

/** One typed error as a failure. */
export function failure(error: EngineError): EngineFailure {
  return new EngineFailure([error]);
}

/** Whatever was thrown, as typed errors; what is not the engine's own becomes code "state". */
export function asEngineErrors(thrown: unknown): readonly EngineError[] {
  if (thrown instanceof EngineFailure) return thrown.errors;
  return [{ code: "state", at: "", message: thrown instanceof Error ? thrown.message : String(thrown) }];
}

/** What a cancelled request is rejected with: its signal's reason, or an AbortError. */
export function abortReason(signal?: AbortSignal): unknown {
  return signal?.reason ?? new DOMException("The request was cancelled.", "AbortError");
}

/** Whether a rejection only says that somebody cancelled. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "AbortError";
}
