/**
 * What a person does to the campaign's files themselves: adds a font or a format, saves them with all edits, makes edits of the files before again. In: wishes. Out: the store opened anew, a file
 * in the downloads, and the files as they are now told to the owner.
 */

import type { CampaignFiles } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { saveCampaign } from "./hand-on.ts";
import { LeftBehind } from "./left-behind.ts";
import { addFont, type LocalFont } from "./local-fonts.ts";
import { addFormat, type OwnFormat } from "./own-format.ts";
import { again } from "./reopened.ts";

export interface RevisingOptions {
  store: () => StudioStore | undefined;
  /** A format, asked for. */
  ask: () => Promise<OwnFormat | undefined>;
  came: (files: CampaignFiles) => void;
  saved: (name: string) => void;
  show: (id: string | undefined) => void;
  failed: (thrown: unknown) => void;
  changed: () => void;
}

export class Revising {
  readonly #options: RevisingOptions;
  readonly #left = new LeftBehind();
  #files: CampaignFiles | undefined;

  constructor(options: RevisingOptions) {
    this.#options = options;
  }

  /** Other files of the same campaign may lack what was edited in those of before. */
  heed(before: StudioState, state: StudioState): void {
    const store = this.#options.store();
    if (!store?.files || store.files === this.#files || state.phase !== "open") return;
    this.#files = store.files;
    void this.#left.take(before, state, (locale) => store.copy(locale)).then(this.#options.changed);
  }

  /** How many edits are left behind. */
  left(state: StudioState): number {
    return this.#left.of(state).length;
  }

  async remake(): Promise<void> {
    const store = this.#options.store();
    if (!store) return;
    const edits = this.#left.of(store.state);
    this.#left.forget();
    // The store shows what is refused; the others are made.
    for (const edit of edits) await again(store, edit).catch(() => undefined);
  }

  addFont(font: LocalFont): Promise<void> {
    return this.#revise(async (store, files) => this.#options.came(await addFont(store, files, font)));
  }

  async addFormat(): Promise<void> {
    const format = await this.#options.ask();
    if (!format) return;
    await this.#revise(async (store, files) => {
      const [next, id] = await addFormat(store, files, format);
      this.#options.came(next);
      this.#options.show(store.state.campaign?.variants.find((variant) => variant.format === id)?.id);
    });
  }

  save(): Promise<void> {
    return this.#revise(async (store) => this.#options.saved(await saveCampaign(store)));
  }

  async #revise(act: (store: StudioStore, files: CampaignFiles) => Promise<void>): Promise<void> {
    const store = this.#options.store();
    const files = store?.files;
    if (!store || !files) return;
    try {
      await act(store, files);
    } catch (thrown) {
      // Else the store shows it.
      if (store.state.errors.length === 0) this.#options.failed(thrown);
    }
  }
}
