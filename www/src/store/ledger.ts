/**
 * The ledger of one campaign: lines that are only ever appended, linked by the engine, on disk before they count. In: what people
 * say. Out: lines, the state they fold to, and what can be undone. What a stamp means is left to the engine's review stage.
 */
import type { EngineClient } from "../engine/client.ts";
import { EngineFailure, failure } from "../engine/errors.ts";
import type { StampAction, StampRequest, StampState } from "../engine/types.ts";
import type { Keep } from "./keep.ts";

/** Collisions with other tabs that one append puts up with. */
const TRIES = 20;

export class Ledger {
  readonly name: string;
  readonly #engine: EngineClient;
  readonly #keep: Keep;
  #lines: readonly string[] = [];
  /** Events of each variant, newest first; an array is replaced, never changed. */
  readonly #histories = new Map<string, readonly StampRequest[]>();
  /** Why nothing may be added: the chain does not verify. */
  #sealed: EngineFailure | undefined;
  /** Appends wait for each other: each is linked to the one before. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(name: string, engine: EngineClient, keep: Keep, lines: string[]) {
    this.name = name;
    this.#engine = engine;
    this.#keep = keep;
    this.#take(lines);
  }

  /**
   * The ledger kept in this browser, continued by the one that came with the files where that one goes further. Where they say
   * different things the kept one counts, and `conflict` tells so.
   */
  static async load(
    name: string,
    engine: EngineClient,
    keep: Keep,
    brought: string,
  ): Promise<{ ledger: Ledger; conflict: boolean }> {
    const kept = await keep.ledger(name);
    const lines = brought.split("\n").filter((line) => line.trim() !== "");
    const shared = Math.min(kept.length, lines.length);
    const conflict = kept.slice(0, shared).some((line, n) => line !== lines[n]);
    if (!conflict && lines.length > kept.length) {
      await keep.appendLedger(name, kept.length, lines.slice(kept.length));
      return { ledger: new Ledger(name, engine, keep, lines), conflict };
    }
    return { ledger: new Ledger(name, engine, keep, kept), conflict };
  }

  get jsonl(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  /** Hears what another tab said. */
  reload(): Promise<void> {
    const reloaded = this.#turn.then(async () => {
      this.#take(await this.#keep.ledger(this.name));
    });
    this.#turn = reloaded.catch(() => undefined);
    return reloaded;
  }

  /** Verifies the chain and folds it against the current fingerprints. Rejects, and takes nothing more, where it does not verify. */
  async state(): Promise<Map<string, StampState>> {
    if (this.#lines.length === 0) return new Map();
    try {
      return new Map(Object.entries(await this.#engine.ledgerState(this.jsonl)));
    } catch (thrown) {
      if (thrown instanceof EngineFailure) this.#sealed = thrown;
      throw thrown;
    }
  }

  /** Resolves with the new lines, once they are on disk. */
  append(events: readonly StampRequest[]): Promise<readonly string[]> {
    const appended = this.#turn.then(async () => {
      if (this.#sealed) throw this.#sealed;
      for (let tries = 1; ; tries += 1) {
        try {
          return await this.#link(events);
        } catch (thrown) {
          // Another tab said something meanwhile: hear it, then say ours after it. Each collision means that another got through.
          const collided = thrown instanceof DOMException && thrown.name === "ConstraintError";
          if (!collided || tries >= TRIES) throw disk(thrown);
          this.#take(await this.#keep.ledger(this.name));
        }
      }
    });
    this.#turn = appended.catch(() => undefined);
    return appended;
  }

  /** Events of one variant, newest first; the same array until something is added. */
  history(id: string): readonly StampRequest[] {
    return this.#histories.get(id) ?? NOTHING;
  }

  /** Other lines than before, or the same with more behind them: what is known already is not read again. */
  #take(lines: readonly string[]): void {
    const known = this.#lines.length;
    const longer = lines.length >= known && (known === 0 || lines[known - 1] === this.#lines[known - 1]);
    if (!longer) this.#histories.clear();
    const added = new Map<string, StampRequest[]>();
    for (const line of longer ? lines.slice(known) : lines) {
      const event = eventOf(line);
      if (!event) continue;
      const events = added.get(event.id);
      if (events) events.push(event);
      else added.set(event.id, [event]);
    }
    for (const [id, events] of added) this.#histories.set(id, [...events.reverse(), ...this.history(id)]);
    this.#lines = lines;
  }

  async #link(events: readonly StampRequest[]): Promise<readonly string[]> {
    const lines = await this.#engine.ledgerAppend(this.#lines.at(-1) ?? "", events);
    await this.#keep.appendLedger(this.name, this.#lines.length, lines);
    this.#take([...this.#lines, ...lines]);
    return lines;
  }
}

const ACTIONS: readonly StampAction[] = ["approve", "approve-unseen", "send-back", "undo", "comment"];
const NOTHING: readonly StampRequest[] = [];

/** The event of a line as the engine writes it, or undefined where it says something else. */
function eventOf(line: string): StampRequest | undefined {
  let said: Partial<Record<"action" | "variant" | "fingerprint" | "actor" | "time_ms" | "reason" | "words" | "place", unknown>>;
  try {
    said = JSON.parse(line) as typeof said;
  } catch {
    return undefined;
  }
  const { variant, place } = said;
  const action = ACTIONS.find((one) => one === said.action);
  if (typeof variant !== "string" || !action) return undefined;
  const words = said.reason ?? said.words;
  const [x, y] = Array.isArray(place) ? place : [];
  return {
    action,
    id: variant,
    fingerprint: String(said.fingerprint ?? ""),
    actor: String(said.actor ?? ""),
    timeMs: Number(said.time_ms ?? 0),
    ...(typeof words === "string" ? { reason: words } : {}),
    ...(typeof x === "number" && typeof y === "number" ? { place: [x, y] as [number, number] } : {}),
  };
}

function disk(thrown: unknown): unknown {
  if (!(thrown instanceof DOMException)) return thrown;
  return failure({
    code: "state",
    at: "ledger",
    message: `The browser could not write it to disk (${thrown.name}).`,
    hint: "Nothing was stamped. Free some space, or leave the private window, and stamp again.",
  });
}
