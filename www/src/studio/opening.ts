/**
 * Campaigns on their way into the store: the host's files, a URL, what this browser kept, a sample, what a person drops. In: where they come from. Out:
 * whether any are on their way, what failed before the store heard of it, the samples there are.
 */

import { asEngineErrors, isAbort } from "../engine/errors.ts";
import { fetchCampaign, fetchSample, listSamples, readFiles, type SampleInfo } from "../engine/files.ts";
import type { CampaignFiles, EngineError } from "../engine/types.ts";
import type { Origin } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";

export interface OpeningOptions {
  /** Folder of samples; null: none are listed. */
  samplesBase: () => string | null;
  /** Files came, before the store has read them. */
  came: (files: CampaignFiles) => void;
  changed: () => void;
  /** What failed before the store heard of it. */
  failed: (errors: readonly EngineError[]) => void;
}

/** What a host names to be opened first. */
export interface First {
  files: CampaignFiles | undefined;
  src: string;
  sample: string;
}

export class Opening {
  readonly #options: OpeningOptions;
  #store: StudioStore | undefined;
  #listing: Promise<readonly SampleInfo[] | undefined> = Promise.resolve(undefined);
  #coming = 0;
  samples: readonly SampleInfo[] = [];
  errors: readonly EngineError[] = [];

  constructor(options: OpeningOptions) {
    this.#options = options;
  }

  /** Files are on their way to the store. */
  get busy(): boolean {
    return this.#coming > 0;
  }

  /** What is opened first: the host's files, its URL, what this browser kept, a sample. */
  async start(store: StudioStore, { files, src, sample }: First): Promise<void> {
    this.#store = store;
    void this.#list();
    if (files) this.files(files);
    else if (src) this.url(src);
    else {
      this.#coming += 1;
      // On its way while the browser looks whether it kept something.
      const stop = new AbortController();
      const early = sample ? this.#sampleFiles(sample, stop.signal) : undefined;
      early?.catch(() => undefined);
      const resumed = await store.resume().catch(() => false);
      this.#coming -= 1;
      this.#options.changed();
      if (early && !resumed && !store.state.campaign && this.#store === store)
        this.open(() => early, { kind: "sample", name: sample });
      else stop.abort();
    }
  }

  stop(): void {
    this.#store = undefined;
  }

  files(files: CampaignFiles): void {
    this.open(() => Promise.resolve(files), { kind: "files", name: "" });
  }

  url(url: string): void {
    this.open(() => fetchCampaign(url), { kind: "url", name: url });
  }

  sample(id: string): void {
    this.open(() => this.#sampleFiles(id), { kind: "sample", name: id });
  }

  async #sampleFiles(id: string, signal?: AbortSignal): Promise<CampaignFiles> {
    return fetchSample(this.#samples(), id, signal, await this.#listing);
  }

  /** Files of a picker: a folder, or one zip. */
  picked(list: FileList): void {
    const name = list[0]?.webkitRelativePath.split("/")[0] || list[0]?.name || "";
    this.open(() => readFiles(list), { kind: "files", name });
  }

  /** Opens; what goes wrong stands in the panel of errors. */
  open(files: () => Promise<CampaignFiles>, origin: Origin): void {
    const store = this.#store;
    if (!store) return;
    this.errors = [];
    this.#coming += 1;
    this.#options.changed();
    files()
      .then((bytes) => {
        this.#options.came(bytes);
        return store.open(bytes, origin);
      })
      .catch((thrown: unknown) => {
        if (!isAbort(thrown) && store.state.errors.length === 0) this.fail(thrown);
      })
      .finally(() => {
        this.#coming -= 1;
        this.#options.changed();
      });
  }

  /** Shows what failed before the store heard of it. */
  fail(thrown: unknown): void {
    this.errors = asEngineErrors(thrown);
    this.#options.failed(this.errors);
  }

  #samples(): URL {
    return new URL(this.#options.samplesBase() ?? "samples/", document.baseURI);
  }

  async #list(): Promise<void> {
    if (this.#options.samplesBase() === null) return;
    this.#listing = listSamples(this.#samples()).catch(() => undefined);
    this.samples = (await this.#listing) ?? [];
    this.#options.changed();
  }
}
