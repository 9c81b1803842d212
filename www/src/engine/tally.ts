/**
 * Progress, counted. In: pictures that are begun and ended. Out: word of how many since the queue was last empty and how fast, to whoever listens, not more
 * often than an eye can follow.
 */

/** Pictures since the queue was last empty. */
export interface EngineProgress {
  done: number;
  total: number;
  /** Pictures a second, over the last two seconds. */
  rate: number;
  /** Workers at work. */
  workers: number;
}

/** Progress is told at most this often, ms. */
const TELL_EVERY = 100;
/** The rate is measured over this time, ms. */
const RATE_OVER = 2000;

export class Tally {
  readonly #workers: () => number;
  readonly #listeners = new Set<(progress: EngineProgress) => void>();
  #done = 0;
  #total = 0;
  #finished: number[] = [];
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(workers: () => number) {
    this.#workers = workers;
  }

  /** Returns the way out. */
  listen(listener: (progress: EngineProgress) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  begin(): void {
    if (this.#done === this.#total) {
      this.#done = 0;
      this.#total = 0;
    }
    this.#total += 1;
    this.#tellSoon();
  }

  end(): void {
    this.#done += 1;
    this.#finished.push(performance.now());
    if (this.#done === this.#total) this.#tell();
    else this.#tellSoon();
  }

  dispose(): void {
    clearTimeout(this.#telling);
    this.#listeners.clear();
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
    const progress = { done: this.#done, total: this.#total, rate, workers: this.#workers() };
    for (const listener of this.#listeners) listener(progress);
  }
}
