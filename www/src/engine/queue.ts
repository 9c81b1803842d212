/**
 * What waits for a worker. In: jobs with a priority and the name of what they share. Out: the next one for a worker: the highest priority first; among equals
 * first those that share with what that worker did last, then those that no other worker is at, else in the order in which they came. Cancelled
 * ones fall out. Who works on what is left to pool.ts.
 */

export interface Waiting {
  readonly priority: number;
  /** Jobs of the same name leave something in a worker that the next of them uses, such as a format at a size; "" shares nothing. */
  readonly share: string;
  readonly settled: boolean;
}

export class Queue<Job extends Waiting> {
  /** By priority, then by what is shared; both in the order in which they came. */
  readonly #levels = new Map<number, Map<string, Job[]>>();

  /** At the end of its kind, or where it was tried before: ahead of all. */
  add(job: Job, again = false): void {
    const lanes = this.#levels.get(job.priority) ?? new Map<string, Job[]>();
    this.#levels.set(job.priority, lanes);
    const lane = lanes.get(job.share);
    if (!again) {
      if (lane) lane.push(job);
      else lanes.set(job.share, [job]);
      return;
    }
    const others = [...lanes].filter(([share]) => share !== job.share);
    lanes.clear();
    lanes.set(job.share, [job, ...(lane ?? [])]);
    for (const [share, jobs] of others) lanes.set(share, jobs);
  }

  /** The next for a worker that did `last`; `held` tells what others are at. */
  take(last: string, held: (share: string) => boolean): Job | undefined {
    for (const priority of [...this.#levels.keys()].sort((a, b) => b - a)) {
      const lanes = this.#levels.get(priority);
      for (let share = choose(lanes, last, held); lanes && share !== undefined; share = choose(lanes, last, held)) {
        const job = this.#first(lanes, share);
        if (job) return job;
      }
      this.#levels.delete(priority);
    }
    return undefined;
  }

  /** The first of a lane that still waits; an empty lane goes. */
  #first(lanes: Map<string, Job[]>, share: string): Job | undefined {
    const lane = lanes.get(share) ?? [];
    let job = lane.shift();
    while (job?.settled) job = lane.shift();
    if (lane.length === 0) lanes.delete(share);
    return job;
  }
}

function choose(
  lanes: ReadonlyMap<string, unknown> | undefined,
  last: string,
  held: (share: string) => boolean,
): string | undefined {
  if (!lanes) return undefined;
  if (last !== "" && lanes.has(last)) return last;
  let first: string | undefined;
  for (const share of lanes.keys()) {
    if (share === "" || !held(share)) return share;
    first ??= share;
  }
  return first;
}
