/**
 * One worker and the calls it has not answered. In: calls. Out: their answers in the order of the calls; how many more it may be sent ahead; a rejection of all that was
 * pending where it breaks, which says whose call broke it. Which call goes to which worker, and what takes a broken one's place, is left to pool.ts.
 */
import { EngineFailure } from "./errors.ts";
import type { Call, CallName, CallOf, FromWorker, ToWorker, Value, WorkerPort } from "./protocol.ts";

/** Calls sent ahead to a worker, so that it need not wait for the page between two. */
const AHEAD = 2;
/** As many where they are answered quickly: the page may be at something else for the time of a few, and some answers come together. */
const AHEAD_QUICK = 16;
/** Answered quickly, ms. */
const QUICK = 6;

/** Rejection of a call that was pending when its worker broke. */
export class Trapped extends Error {
  /** Whether this very call broke it; others only stood behind. */
  readonly guilty: boolean;
  constructor(message: string, guilty: boolean) {
    super(message);
    this.guilty = guilty;
  }
}

/** Rejection of a call that was cut short. */
export class CutShort extends Error {}

interface Pending {
  resolve: (value: unknown) => void;
  reject: (thrown: unknown) => void;
}

/** One worker and the calls it has not answered. */
export class PoolWorker {
  /** What the client noted about this worker, such as the fonts it holds; gone with it. */
  readonly notes = new Map<string, Promise<unknown>>();
  /** Queued calls under way here. */
  jobs = 0;
  /** What the last of them shared. */
  share = "";
  /** Calls answered. */
  served = 0;
  /** Bytes of the instance, as it told last. */
  memory = 0;
  #pace = Number.POSITIVE_INFINITY;
  #last = 0;
  ready = false;
  broken = false;
  readonly #port: WorkerPort;
  readonly #pending = new Map<number, Pending>();
  #outbox: ToWorker[] = [];
  #seq = 0;

  constructor(port: WorkerPort, onBroken: (worker: PoolWorker) => void) {
    this.#port = port;
    const broke = (message: string, seq?: number) => {
      if (this.broken) return;
      this.end(message, seq ?? this.#pending.keys().next().value);
      onBroken(this);
    };
    port.onmessage = ({ data }) => {
      const now = performance.now();
      const each = (now - this.#last) / Math.max(1, data.length);
      this.#last = now;
      for (const answer of data) {
        if (!answer.ok && "trap" in answer) broke(answer.trap, answer.seq);
        else this.#settle(answer, each);
      }
    };
    port.onerror = (event) => {
      event.preventDefault?.();
      broke(event.message || "the worker's script did not load");
    };
    port.onmessageerror = () => broke("an answer could not be read");
  }

  /** Calls are answered in the order in which they are sent. */
  send<Name extends CallName>(call: CallOf<Name>): Promise<Value<Name>> {
    if (this.broken) return Promise.reject(new Trapped("the worker is gone", false));
    const seq = ++this.#seq;
    if (this.#pending.size === 0) this.#last = performance.now();
    return new Promise((resolve, reject) => {
      this.#pending.set(seq, { resolve: resolve as (value: unknown) => void, reject });
      this.#post({ ...(call as Call), seq });
    });
  }

  /** Number of the call sent last. */
  get sent(): number {
    return this.#seq;
  }

  /** Nobody wants the answer of a call any more. */
  cut(seq: number): void {
    if (this.#pending.has(seq)) this.#post({ call: "cut", seq });
  }

  /** What is sent in one breath goes in one message: each wakes the worker's thread. */
  #post(call: ToWorker): void {
    this.#outbox.push(call);
    if (this.#outbox.length > 1) return;
    queueMicrotask(() => {
      const calls = this.#outbox;
      this.#outbox = [];
      if (!this.broken) this.#port.postMessage(calls);
    });
  }

  /** Ends the worker; what was pending is rejected. */
  end(message: string, guilty?: number): void {
    this.broken = true;
    this.#port.onmessage = null;
    this.#port.onerror = null;
    this.#port.onmessageerror = null;
    this.#port.terminate();
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const [seq, { reject }] of pending) reject(new Trapped(message, seq === guilty));
  }

  /** How many calls more it may be sent; a quick one is sent several at once, when half of what it had is done. */
  get room(): number {
    if (this.#pace >= QUICK) return AHEAD - this.jobs;
    return this.jobs <= AHEAD_QUICK / 2 ? AHEAD_QUICK - this.jobs : 0;
  }

  /** `took`: ms since the answer before it. */
  #settle(answer: FromWorker, took: number): void {
    const pending = this.#pending.get(answer.seq);
    this.#pending.delete(answer.seq);
    if (!answer.ok && "cut" in answer) {
      pending?.reject(new CutShort());
      return;
    }
    this.#pace = this.#pace === Number.POSITIVE_INFINITY ? took : 0.8 * this.#pace + 0.2 * took;
    this.served += 1;
    if ("memory" in answer && answer.memory !== undefined) this.memory = answer.memory;
    if (answer.ok) pending?.resolve(answer.value);
    else if ("errors" in answer) pending?.reject(new EngineFailure(answer.errors));
  }
}
