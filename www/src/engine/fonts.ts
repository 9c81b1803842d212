/**
 * Which worker holds the fonts of which language. In: a worker about to set a language, edits that bring other letters. Out: the fonts it lacks, sent to it once.
 * Where their bytes come from is left to sources.ts.
 */
import type { Pool } from "./pool.ts";
import type { PoolWorker } from "./pool-worker.ts";
import { Priority } from "./priority.ts";
import type { Sources } from "./sources.ts";

/** Note of a worker, with a locale: its fonts are there, or on their way. */
const FONTS = "fonts ";
/** Note of a worker, with a locale: its fonts were there, before words changed. */
const HAD = "had ";

export class Fonts {
  readonly #pool: Pool;
  readonly #sources: Sources;
  /** Notes of fonts that all came. */
  readonly #here = new WeakSet<Promise<unknown>>();
  /** Those of all languages are fetched, or on their way. */
  #ahead = true;

  constructor(pool: Pool, sources: Sources) {
    this.#pool = pool;
    this.#sources = sources;
  }

  /** A newly opened campaign has no fonts yet. */
  begin(): void {
    for (const worker of this.#pool.workers) worker.notes.clear();
    this.#ahead = false;
  }

  /**
   * Fetches each font once for the page, and gives a worker those that a locale needs and it lacks, so that no picture waits for another language's. Which
   * face a fallback finds depends on what the locale needs alone: the engine tries default families in an order of its own, and asks for the first that has
   * the letter.
   */
  bring(worker: PoolWorker, locale: string | undefined): Promise<void> {
    const name = FONTS + (locale ?? "");
    const noted = worker.notes.get(name) as Promise<void> | undefined;
    if (noted) return noted;
    const coming = once(worker, name, async () => {
      // What a font turns out to lack may make another one needed.
      for (;;) {
        const needed = await worker.send({ call: "fontsNeeded", args: locale === undefined ? [] : [locale] });
        if (needed.length === 0) return;
        // What was begun in the trust that none would be: `trust`.
        if (worker.notes.delete(HAD + locale)) this.#pool.redo(worker, (call) => call.call === "render");
        const fonts = await Promise.all(needed.map(async (name) => [name, await this.#sources.font(name)] as const));
        // Another locale may have asked for the same one meanwhile: a worker is given each once.
        const given = fonts.map(([name, bytes]) =>
          once(worker, `font ${name}`, () => worker.send({ call: "addFont", args: [name, bytes] })),
        );
        await Promise.all(given);
      }
    });
    coming.then(
      () => this.#here.add(coming),
      () => undefined,
    );
    return coming;
  }

  /**
   * The same for a picture, which does not wait where the worker had all fonts before words changed: a key typed seldom needs another one, and the worker says so
   * before it answers with the picture, which then is made again.
   */
  async trust(worker: PoolWorker, locale: string | undefined): Promise<void> {
    const had = worker.notes.has(HAD + locale);
    const coming = this.bring(worker, locale);
    if (had) coming.catch(() => undefined);
    else await coming;
  }

  /** The same for every worker, in the same breath, so that the pictures that are asked for next need not ask it first. */
  bringAll(locale: string): void {
    for (const worker of this.#pool.workers) void this.bring(worker, locale).catch(() => {});
  }

  /** Other letters may need other fonts: those of one locale, or of all. */
  forget(locale: string | undefined): void {
    const own = locale === undefined ? undefined : FONTS + locale;
    for (const { notes } of this.#pool.workers) {
      for (const [name, coming] of [...notes]) {
        if (!name.startsWith(FONTS) || (own !== undefined && name !== own)) continue;
        notes.delete(name);
        if (this.#here.has(coming)) notes.set(HAD + name.slice(FONTS.length), coming);
      }
    }
  }

  /** Once a first picture stands, the fonts of all languages come, before their pictures ask for them. */
  fetchAhead(): void {
    if (this.#ahead) return;
    this.#ahead = true;
    this.#pool
      .run({ call: "fontsNeeded", args: [] }, { priority: Priority.near })
      .then((names) => Promise.all(names.map((name) => this.#sources.font(name))))
      .catch(() => undefined);
  }
}

/** Does something for a worker once; what failed may be tried again. */
function once(worker: PoolWorker, name: string, act: () => Promise<void>): Promise<void> {
  const noted = worker.notes.get(name) as Promise<void> | undefined;
  if (noted) return noted;
  const doing = act();
  worker.notes.set(name, doing);
  doing.catch(() => worker.notes.delete(name));
  return doing;
}
