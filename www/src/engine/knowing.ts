/**
 * From opened to known. In: a campaign whose variants have no fingerprints yet. Out: the first picture prepared while the page makes itself ready to ask for it; then
 * all fingerprints, a portion after the other, each behind what is in sight.
 */
import { abortReason, isAbort } from "./errors.ts";
import type { Fonts } from "./fonts.ts";
import type { Opened } from "./opened.ts";
import type { Pool } from "./pool.ts";
import { Priority } from "./priority.ts";
import type { CampaignFiles, CampaignInfo } from "./types.ts";

/** Fingerprints asked for at once: some 20 ms. */
const PORTION = 512;
/** Where no picture is asked for, fingerprints do not wait for one longer than this, ms. */
const FIRST_PICTURE = 1000;

export class Knowing {
  readonly #pool: Pool;
  readonly #opened: Opened;
  /** Of the open campaign: its fingerprints are on their way, or there. */
  #coming: Promise<CampaignInfo> | undefined;
  #drawn: () => void = () => undefined;
  #firstDrawn: Promise<void> = Promise.resolve();

  constructor(pool: Pool, opened: Opened) {
    this.#pool = pool;
    this.#opened = opened;
  }

  /** Another campaign was opened. */
  begin(): void {
    this.#coming = undefined;
    this.#firstDrawn = new Promise((resolve) => {
      this.#drawn = resolve;
    });
  }

  /** One worker does what the first picture will need: its language's fonts, its photographs decoded, the code that lays out compiled. */
  prepare({ locales, variants }: CampaignInfo, fonts: Fonts): void {
    const worker = this.#pool.workers.find(({ ready }) => ready);
    if (!worker) return;
    void fonts.bring(worker, locales[0]?.tag).catch(() => undefined);
    const [first] = variants;
    if (first) worker.send({ call: "alternatives", args: [first.id] }).catch(() => undefined);
  }

  /** A picture stands, or somebody cannot wait for one. */
  drawn(): void {
    this.#drawn();
  }

  /** Resolves with the campaign once all are known. */
  all(): Promise<CampaignInfo> {
    this.#coming ??= this.#know();
    return this.#coming;
  }

  async #know(): Promise<CampaignInfo> {
    const { files, campaign } = this.#opened;
    const variants = campaign?.variants ?? [];
    await Promise.race([this.#firstDrawn, new Promise((done) => setTimeout(done, FIRST_PICTURE))]);
    for (let from = 0; from < variants.length; from += PORTION) {
      const prints = await this.#prints(from, files);
      if (this.#opened.files !== files) throw abortReason();
      for (const [n, fingerprint] of prints.entries()) this.#opened.print(variants[from + n]?.id ?? "", fingerprint);
    }
    if (this.#opened.files !== files) throw abortReason();
    const known = this.#opened.renew();
    if (!known) throw abortReason();
    return known;
  }

  /** Asked again where all pictures were cancelled, and these with them. */
  async #prints(from: number, files: CampaignFiles | undefined): Promise<string[]> {
    for (;;) {
      let asked = this.#opened.epoch;
      try {
        return await this.#pool.run(
          { call: "fingerprints", args: [from, from + PORTION] },
          {
            priority: Priority.near,
            prepare: async () => {
              asked = this.#opened.epoch;
            },
            // Something was edited meanwhile: these may be those of before.
            outdated: () => this.#opened.epoch !== asked,
          },
        );
      } catch (thrown) {
        if (!isAbort(thrown) || this.#opened.files !== files) throw thrown;
      }
    }
  }
}
