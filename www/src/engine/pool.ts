/**
 * Workers and the queue before them. In: calls with a priority and a signal. Out: their answers; the higher priority first, cancelled ones
 * never sent. A worker whose instance traps is replaced and brought to where the others are; the call that broke it is tried once
 * more. One that outgrew its memory is replaced too. What the calls mean, and what brings a
 * worker up to date, is left to client.ts; which call comes next to queue.ts; one worker's calls and answers to pool-worker.ts.
 */
import { abortReason, EngineFailure, failure } from "./errors.ts";
import { CutShort, PoolWorker, Trapped } from "./pool-worker.ts";
import { Priority } from "./priority.ts";
import type { Call, CallName, CallOf, Value, WorkerPort } from "./protocol.ts";
import { Queue } from "./queue.ts";

/** After so many answers the late workers start: the first pictures are not to wait for their start. */
const SETTLED = 32;
/** A call is tried this often before its trap is reported. */
const TRIES = 2;
/** A worker that breaks this often while being brought up to date is given up until `revive`. */
const STARTS = 3;
/** A worker that outgrew its memory is replaced after so many calls, not sooner: a campaign may need more than was meant ... */
const SERVED = 200;
/** ... but one that holds this many times what it may, */
const FAR = 1.5;
/** after so many. */
const SOON = 12;
/** Above every priority of the client: short questions that no picture should hold up. */
export const URGENT = 4;

export interface PoolOptions {
  spawn: () => WorkerPort;
  size: number;
  /** What must be there before any worker is told anything; a rejection is what all calls are then rejected with. */
  load: () => Promise<void>;
  /** What a new worker must be told, in order, to stand where the others stand. Read at the moment it joins them. */
  upToDate: () => readonly Call[];
  /** How many of `size` start only when the first has drawn what is in sight. @default 0 */
  late?: number;
  /** Bytes of an instance, as measured, above which its worker is replaced: its memory never shrinks. @default no end */
  memory?: number;
}

export interface RunOptions<Name extends CallName> {
  priority: number;
  signal?: AbortSignal | undefined;
  /** What it shares with others, such as a format at a size: those go to one worker, one after the other. */
  share?: string | undefined;
  /** Brings the worker what the call needs and it lacks. */
  prepare?: ((worker: PoolWorker) => Promise<void>) | undefined;
  /** Whether the answer is outdated by now: then the call is made again. */
  outdated?: ((value: Value<Name>) => boolean) | undefined;
  /** Frees an answer that nobody waits for any more. */
  discard?: ((value: Value<Name>) => void) | undefined;
}

/** How a call that breaks the engine each time is reported. */
function trapFailure(at: string, message: string): EngineFailure {
  return failure({
    code: "trap",
    at,
    message: `The engine broke at this one and was started again (${message}).`,
    hint: "The others go on. Change this one, or report it with the campaign.",
  });
}

interface Job {
  call: Call;
  options: RunOptions<CallName>;
  priority: number;
  share: string;
  tries: number;
  settled: boolean;
  /** Who is at it, and under which number. */
  worker: PoolWorker | undefined;
  seq: number;
  /** What it is made of became another while it was under way. */
  again: boolean;
  resolve: (value: unknown) => void;
  reject: (thrown: unknown) => void;
}

export class Pool {
  readonly #options: PoolOptions;
  readonly #workers: PoolWorker[] = [];
  readonly #queue = new Queue<Job>();
  /** Queued or under way. */
  readonly #live = new Set<Job>();
  #missing = 0;
  #late: number;
  #missingBecause: EngineFailure | undefined;
  #paused = 0;
  /** What goes on where a change was heard of and nothing was asked for since. */
  readonly #resumes = new Set<() => void>();
  #disposed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#late = Math.min(options.late ?? 0, options.size - 1);
    for (let n = this.#late; n < options.size; n += 1) void this.#spawn(STARTS);
  }

  get workers(): readonly PoolWorker[] {
    return this.#workers;
  }

  /** Queues a call for whichever worker is free. */
  run<Name extends CallName>(call: CallOf<Name>, options: RunOptions<Name>): Promise<Value<Name>> {
    return new Promise((resolve, reject) => {
      const { signal } = options;
      if (this.#disposed || signal?.aborted) {
        reject(abortReason(signal));
        return;
      }
      const job: Job = {
        call: call as Call,
        options: options as RunOptions<CallName>,
        priority: options.priority,
        share: options.share ?? "",
        tries: 0,
        settled: false,
        worker: undefined,
        seq: 0,
        again: false,
        resolve: (value) => {
          this.#settle(job, cancel);
          resolve(value as Value<Name>);
        },
        reject: (thrown) => {
          this.#settle(job, cancel);
          reject(thrown);
        },
      };
      const cancel = () => {
        job.reject(abortReason(signal));
        job.worker?.cut(job.seq);
      };
      signal?.addEventListener("abort", cancel);
      this.#live.add(job);
      this.#queue.add(job);
      this.#pump();
      // In sight, after a change: its like are asked for in the same breath, and none of them waits for the frame that shows the change's words.
      if (job.priority === Priority.visible && this.#resumes.size > 0) {
        queueMicrotask(() => {
          for (const resume of this.#resumes) resume();
        });
      }
    });
  }

  /**
   * Has one worker do something that changes it, while the queue waits, and then the others too. `accepted` is called
   * between: from then on new workers are told so by `upToDate`.
   */
  async first<Name extends CallName>(call: CallOf<Name>, accepted: (value: Value<Name>) => void): Promise<Value<Name>> {
    this.#paused += 1;
    try {
      for (let tries = 1; ; tries += 1) {
        const worker = await this.#anyWorker();
        try {
          const value = await worker.send(call);
          accepted(value);
          for (const other of this.#workers) {
            // Refused here although accepted there: it cannot be told from a broken one.
            if (other !== worker)
              other
                .send(call)
                .catch((thrown) => thrown instanceof Trapped || this.#replace(other, "it refused what another accepted"));
          }
          this.revive();
          return value;
        } catch (thrown) {
          if (!(thrown instanceof Trapped)) throw thrown;
          if (tries >= TRIES) throw trapFailure(call.call, thrown.message);
        }
      }
    } finally {
      this.#paused -= 1;
      this.#pump();
    }
  }

  /**
   * Says something to every worker that changes it, before any later call; one answers for all, the others hear `quietly`. What is under way and touched
   * by it is cut short and made again. Nothing more is begun until the answer was heard, and whoever hears it has said what is wanted now; `ahead`: whoever
   * said it says so in the same breath. Both must be calls that can be said twice.
   */
  async change<Name extends CallName>(
    call: CallOf<Name>,
    quietly: CallOf<Name>,
    touches: (call: Call) => boolean,
    ahead = false,
  ): Promise<Value<Name>> {
    this.#paused += 1;
    this.#makeAgain(({ call }) => touches(call));
    if (ahead) this.#resumeSoon();
    try {
      // No await where there are workers: a picture asked for next must find this call before it.
      if (this.#workers.length === 0) await this.#anyWorker();
      const [first, ...others] = this.#workers;
      let answer = first?.send(call);
      // Refused by one, it is by all; one that breaks at it is replaced by one that was told.
      for (const other of others) other.send(quietly).catch(() => undefined);
      for (let tries = 1; ; tries += 1) {
        try {
          answer ??= (await this.#anyWorker()).send(call);
          return await answer;
        } catch (thrown) {
          if (!(thrown instanceof Trapped)) throw thrown;
          if (tries >= TRIES) throw trapFailure(call.call, thrown.message);
          answer = undefined;
        }
      }
    } finally {
      if (!ahead) this.#resumeSoon();
    }
  }

  /** Goes on with what is in sight as soon as that is asked for, else after the task. */
  #resumeSoon(): void {
    const resume = () => {
      if (!this.#resumes.delete(resume)) return;
      this.#paused -= 1;
      this.#pump();
    };
    this.#resumes.add(resume);
    setTimeout(resume, 0);
  }

  /** Calls that a worker is at and that were made of what it now holds otherwise: whatever it answers, they are made again. */
  redo(worker: PoolWorker, touches: (call: Call) => boolean): void {
    this.#makeAgain((job) => job.worker === worker && touches(job.call));
  }

  #makeAgain(touched: (job: Job) => boolean): void {
    for (const job of this.#live) {
      if (!job.worker || !touched(job)) continue;
      job.again = true;
      job.worker.cut(job.seq);
    }
  }

  /** Cancels all calls of these priorities. */
  drop(wanted: (priority: number) => boolean): void {
    for (const job of [...this.#live]) if (wanted(job.options.priority)) job.reject(abortReason());
  }

  /** Tries again the workers that were given up. */
  revive(): void {
    const missing = this.#missing;
    this.#missing = 0;
    for (let n = 0; n < missing; n += 1) void this.#spawn(STARTS);
  }

  dispose(): void {
    this.#disposed = true;
    this.drop(() => true);
    for (const worker of this.#workers.splice(0)) worker.end("disposed");
  }

  #settle(job: Job, cancel: () => void): void {
    job.settled = true;
    this.#live.delete(job);
    job.options.signal?.removeEventListener("abort", cancel);
  }

  #next(worker?: PoolWorker): Job | undefined {
    const held = (share: string) => this.#workers.some((other) => other !== worker && other.jobs > 0 && other.share === share);
    return this.#queue.take(worker?.share ?? "", held);
  }

  #pump(): void {
    if (this.#paused || this.#disposed) return;
    const filled = new Map(this.#workers.map((worker) => [worker, worker.jobs + worker.room]));
    for (;;) {
      let free: PoolWorker | undefined;
      for (const worker of this.#workers) {
        if (worker.ready && worker.jobs < (filled.get(worker) ?? 0) && (!free || worker.jobs < free.jobs)) free = worker;
      }
      const job = free && this.#next(free);
      if (!free || !job) break;
      void this.#work(free, job);
    }
    // Nobody is left and nobody comes: what waits would wait for ever.
    if (this.#missing + this.#late >= this.#options.size) {
      for (let job = this.#next(); job; job = this.#next()) job.reject(this.#nobody());
    }
  }

  async #work(worker: PoolWorker, job: Job): Promise<void> {
    const { prepare, outdated, discard } = job.options;
    worker.jobs += 1;
    worker.share = job.share;
    try {
      if (prepare) await prepare(worker);
      if (job.settled) return;
      const answer = worker.send(job.call as CallOf<CallName>);
      job.worker = worker;
      job.seq = worker.sent;
      job.again = false;
      const value = (await answer) as Value<CallName>;
      if (job.settled) discard?.(value);
      else if (job.again || outdated?.(value)) {
        discard?.(value);
        this.#queue.add(job, true);
      } else job.resolve(value);
    } catch (thrown) {
      if (job.settled) return;
      if (thrown instanceof CutShort) this.#queue.add(job, true);
      else if (!(thrown instanceof Trapped)) job.reject(thrown);
      else if (this.#disposed) job.reject(abortReason());
      else {
        if (thrown.guilty) job.tries += 1;
        if (job.tries >= TRIES) job.reject(trapFailure(placeOf(job.call), thrown.message));
        else this.#queue.add(job, true);
      }
    } finally {
      job.worker = undefined;
      worker.jobs -= 1;
      this.#retire(worker);
      if (this.#late > 0 && worker.served >= SETTLED && !this.#disposed) {
        for (; this.#late > 0; this.#late -= 1) void this.#spawn(STARTS);
      }
      this.#pump();
    }
  }

  /** A worker above its memory gets no more work, and is replaced when it has done what it has. */
  #retire(worker: PoolWorker): void {
    const { memory = Number.POSITIVE_INFINITY } = this.#options;
    if (worker.broken || worker.memory <= memory) return;
    if (worker.served < (worker.memory > FAR * memory ? SOON : SERVED)) return;
    worker.ready = false;
    if (worker.jobs === 0) this.#replace(worker, "it outgrew its memory");
  }

  async #spawn(starts: number): Promise<void> {
    let worker: PoolWorker | undefined;
    try {
      // Its script comes while what it needs is on the way.
      const loading = this.#options.load();
      loading.catch(() => undefined);
      worker = this.#start(starts);
      await loading;
    } catch (thrown) {
      // One that broke meanwhile was counted where it broke.
      if (worker?.broken) return;
      worker?.end("what it needs is not there");
      this.#missing += 1;
      if (thrown instanceof EngineFailure) this.#missingBecause = thrown;
      this.#pump();
      return;
    }
    if (worker.broken) return;
    if (this.#disposed) {
      worker.end("disposed");
      return;
    }
    // It joins the others in the same breath: what is broadcast from now on comes after what brings it up to date.
    this.#workers.push(worker);
    const told = this.#options.upToDate().map((call) => worker.send(call as CallOf<CallName>));
    try {
      await Promise.all(told);
      worker.ready = true;
      this.#pump();
    } catch (thrown) {
      // A trap is handled where the worker breaks; a refusal of what others accepted is like one.
      if (!(thrown instanceof Trapped)) {
        worker.end("it could not be brought up to date");
        this.#broken(worker, starts);
      }
    }
  }

  #start(starts: number): PoolWorker {
    return new PoolWorker(this.#options.spawn(), (worker) => this.#broken(worker, starts));
  }

  #broken(worker: PoolWorker, starts: number): void {
    const at = this.#workers.indexOf(worker);
    if (at >= 0) this.#workers.splice(at, 1);
    if (this.#disposed) return;
    // One that worked may come back as often as it likes; one that never did may not.
    const left = worker.ready ? STARTS : starts - 1;
    // After the rejections have run: whoever made the call that broke it may have taken it back by then.
    setTimeout(() => {
      if (left > 0) void this.#spawn(left);
      else {
        this.#missing += 1;
        this.#pump();
      }
    }, 0);
  }

  #nobody(): EngineFailure {
    return (
      this.#missingBecause ??
      failure({
        code: "unsupported",
        at: "",
        message: "No worker of the engine could be started.",
        hint: "worker.js must come from the page's own origin, and its Content-Security-Policy must allow workers and 'wasm-unsafe-eval'.",
      })
    );
  }

  #replace(worker: PoolWorker, because: string): void {
    if (worker.broken) return;
    worker.end(because);
    this.#broken(worker, STARTS);
  }

  /** A worker that is up to date, waiting for one where all are being started. */
  async #anyWorker(): Promise<PoolWorker> {
    for (;;) {
      const worker = this.#workers.find((one) => one.ready);
      if (worker) return worker;
      if (this.#disposed) throw abortReason();
      if (this.#missing + this.#late >= this.#options.size) throw this.#nobody();
      await new Promise((done) => setTimeout(done, 4));
    }
  }
}

/** What a call is about, for people: the variant where there is one. */
function placeOf(call: Call): string {
  if (call.call === "render") return call.args[0].id;
  if (call.call === "encode") return call.args[0];
  return call.call;
}
