/**
 * Pictures of variants and what was measured while they were drawn. In: wishes for pictures. Out: pictures from the cache or the engine, and
 * `measured` and `failed` of the state, told in batches. What changed since it was drawn is forgotten by whoever changed it.
 */
import { type EngineClient, Priority, type RequestOptions } from "../engine/client.ts";
import { asEngineErrors, isAbort } from "../engine/errors.ts";
import type { EngineError, Rendered, RenderRequest, VariantInfo } from "../engine/types.ts";
import type { Board } from "./board.ts";
import { Pictures } from "./pictures.ts";
import type { Measured, StudioState } from "./state.ts";
import type { Picture } from "./store.ts";

/** Pictures out of sight that are asked for at once; more follow as these come. */
const PORTION = 128;
/** Measurements of a batch reach the state together, this often, ms: counting facets at each would cost more than drawing. */
const FLUSH_EVERY = 150;

export class Drawing {
  readonly #board: Board;
  readonly #engine: EngineClient;
  readonly #pictures: Pictures;
  #measured = new Map<string, Measured>();
  #failed = new Map<string, readonly EngineError[]>();
  #flushing: ReturnType<typeof setTimeout> | undefined;
  #sweep: { maxWidth: number; maxHeight: number; control: AbortController } | undefined;
  /** Another campaign's pictures are on their way no more. */
  #campaign = 0;
  /** Fingerprints of pictures drawn since words changed, before those of all are told ... */
  readonly #fresh = new Map<string, string>();
  /** ... and what was measured of ones that the state does not know yet. */
  readonly #ahead = new Map<string, Measured>();

  constructor(board: Board, engine: EngineClient, pictureBytes: number) {
    this.#board = board;
    this.#engine = engine;
    this.#pictures = new Pictures(pictureBytes);
  }

  /** Another campaign. */
  forget(): void {
    this.#campaign += 1;
    this.#sweep?.control.abort();
    this.#sweep = undefined;
    this.#pictures.clear();
    this.#measured = new Map();
    this.#failed = new Map();
    this.#fresh.clear();
    this.#ahead.clear();
  }

  /** Words of a language were changed, and fingerprints will be told: what was drawn of it is of before. */
  begin(locale: string): void {
    const { variants } = this.#board.state;
    for (const id of this.#fresh.keys()) if (variants.get(id)?.locale === locale) this.#fresh.delete(id);
  }

  /** These are others now: what was measured of them is void. Gives what then is known, for the state. */
  outdate(changed: readonly VariantInfo[]): Pick<StudioState, "measured" | "failed"> {
    for (const { id, fingerprint } of changed) {
      this.#measured.delete(id);
      this.#failed.delete(id);
      const ahead = this.#ahead.get(id);
      if (ahead?.fingerprint === fingerprint) this.#measured.set(id, ahead);
      this.#ahead.delete(id);
    }
    return { measured: new Map(this.#measured), failed: new Map(this.#failed) };
  }

  cached(id: string, maxWidth?: number, maxHeight?: number): Picture | undefined {
    if (maxWidth === undefined || maxHeight === undefined) return this.#pictures.any(id);
    const picture = this.#pictures.get(id, maxWidth, maxHeight);
    return picture && this.#isCurrent(picture) ? picture : undefined;
  }

  async picture(id: string, maxWidth: number, maxHeight: number, options: RequestOptions = {}): Promise<Picture> {
    const held = this.cached(id, maxWidth, maxHeight);
    if (held) return held;
    const asked = this.#campaign;
    try {
      const rendered = await this.#engine.render({ id, maxWidth, maxHeight }, options);
      if (this.#campaign !== asked || this.#board.closed) {
        rendered.bitmap.close();
        throw new DOMException("Another campaign was opened.", "AbortError");
      }
      this.#measure(rendered);
      if (this.#isAnew(id)) this.#fresh.set(id, rendered.fingerprint);
      return this.#pictures.put(rendered, maxWidth, maxHeight);
    } catch (thrown) {
      this.#note(id, thrown);
      throw thrown;
    }
  }

  async render(request: RenderRequest, options: RequestOptions = {}): Promise<Rendered> {
    try {
      const rendered = await this.#engine.render(request, { priority: Priority.now, ...options });
      // Laid out otherwise, it says nothing of how it is. What is looked at alone is told at once: a hand may wait for where its layers stand.
      if (request.arrangement === undefined && this.#measure(rendered)) this.#flush();
      return rendered;
    } catch (thrown) {
      this.#note(request.id, thrown);
      throw thrown;
    }
  }

  drawAll(maxWidth: number, maxHeight: number): void {
    this.#sweep?.control.abort();
    const control = new AbortController();
    this.#sweep = { maxWidth, maxHeight, control };
    const waiting = this.#board.state.variants.keys();
    const { signal } = control;
    const next = (): void => {
      for (const id of waiting) {
        if (signal.aborted) return;
        // Since an edit one may be missing again: whoever edits starts another sweep.
        if (this.#failed.has(id)) continue;
        // Measured, and its thumbnail went for want of room: drawn again it would push out another.
        if (this.#measured.has(id) && (this.#pictures.any(id) || this.#pictures.isCrowded)) continue;
        void this.picture(id, maxWidth, maxHeight, { priority: Priority.rest, signal }).then(next, next);
        return;
      }
    };
    for (let n = 0; n < PORTION; n += 1) next();
  }

  cancel(): void {
    this.#sweep?.control.abort();
    this.#sweep = undefined;
    this.#engine.cancelPictures();
  }

  /** Whether anything is news. */
  #measure({ id, fingerprint, findings, boxes, arrangement, layout, dropped }: Rendered): boolean {
    const known = this.#measured.get(id);
    // A correction that is held to be right changes no pixel, and what is said of it.
    if (known?.fingerprint === fingerprint && known.findings.length === findings.length) return false;
    const must = findings.some(({ severity }) => severity === "must");
    const measured = { fingerprint, findings, must, boxes, arrangement, layout, dropped };
    const now = this.#board.state.variants.get(id)?.fingerprint;
    if (now !== "" && now !== fingerprint) {
      this.#ahead.set(id, measured);
      return false;
    }
    this.#measured.set(id, measured);
    this.#failed.delete(id);
    this.#flushSoon();
    return true;
  }

  /** Just after opening, fingerprints are not known yet: then what comes is as the campaign is. */
  #isCurrent({ id, fingerprint }: { id: string; fingerprint: string }): boolean {
    if (this.#isAnew(id)) return this.#fresh.get(id) === fingerprint;
    const now = this.#board.state.variants.get(id)?.fingerprint;
    return now === fingerprint || now === "";
  }

  #isAnew(id: string): boolean {
    const { anew, variants } = this.#board.state;
    return anew.size > 0 && anew.has(variants.get(id)?.locale ?? "");
  }

  #note(id: string, thrown: unknown): void {
    if (isAbort(thrown) || this.#failed.has(id)) return;
    const errors = asEngineErrors(thrown);
    this.#failed.set(id, errors);
    this.#board.emit({ type: "error", act: "render", errors });
    this.#flushSoon();
  }

  #flushSoon(): void {
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_EVERY);
  }

  #flush(): void {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    this.#board.set({ measured: new Map(this.#measured), failed: new Map(this.#failed) });
  }

  /** Goes on with what an edit made undone, where all were being drawn. */
  resume(): void {
    if (this.#sweep) this.drawAll(this.#sweep.maxWidth, this.#sweep.maxHeight);
  }

  close(): void {
    this.forget();
    clearTimeout(this.#flushing);
  }
}
