/**
 * What a person does to the campaign's files themselves: adds a font, adds, changes or takes out a format, saves them with all edits, makes edits of the files before again. In: wishes. Out: the store opened anew, a file
 * in the downloads, and the files as they are now told to the owner.
 */

import type { CampaignFiles } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import { patchesOf } from "./corrections.ts";
import { saveCampaign } from "./hand-on.ts";
import type { Voices } from "./judging.ts";
import { LeftBehind, leftWords } from "./left-behind.ts";
import { addFont, type LocalFont } from "./local-fonts.ts";
import { addFormat, changeFormat, dropFormat, type OwnFormat, ownFormats } from "./own-format.ts";
import { again } from "./reopened.ts";
import { plural } from "./words.ts";
import { MANIFEST } from "./written.ts";

export interface RevisingOptions {
  store: () => StudioStore | undefined;
  /** A format, asked for; `stands` is what it is by now. */
  format: (stands?: OwnFormat) => Promise<OwnFormat | undefined>;
  ask: Voices["ask"];
  came: (files: CampaignFiles) => void;
  /** Whether the owner takes the files: then none goes to the downloads. */
  taken: () => boolean;
  /** A file in the downloads, and how large it is; or none, where the owner took the files. */
  saved: (file: { name: string; files: number; bytes: number } | undefined) => void;
  show: (id: string | undefined) => void;
  failed: (thrown: unknown) => void;
  changed: () => void;
}

export class Revising {
  readonly #options: RevisingOptions;
  readonly #left: LeftBehind;
  #files: CampaignFiles | undefined;
  /** Formats of the campaign's own, of these files. */
  #own: ReadonlyMap<string, OwnFormat> = new Map();

  constructor(options: RevisingOptions) {
    this.#options = options;
    this.#left = new LeftBehind(options.store);
  }

  /** Other files of the same campaign may lack what was edited in those of before. */
  heed(before: StudioState, state: StudioState): void {
    const store = this.#options.store();
    if (state.edits !== before.edits) this.#left.heed(state.edits);
    if (!store?.files || store.files === this.#files || state.phase !== "open") return;
    const { files } = store;
    this.#files = files;
    this.#own = new Map();
    // A zip is unpacked for it, where it has some.
    if (files.has(MANIFEST) || state.campaign?.formats.some(({ channel }) => channel === "custom"))
      void ownFormats(files).then(
        (own) => {
          if (this.#files !== files) return;
          this.#own = own;
          this.#options.changed();
        },
        () => undefined,
      );
    void this.#left.take(before, state, (locale) => store.copy(locale)).then(this.#options.changed);
  }

  /** How many edits are left behind. */
  get left(): number {
    return this.#left.edits.length;
  }

  /** Whether a format is the campaign's own, to be changed or taken out. */
  isOwn(format: string): boolean {
    return this.#own.has(format);
  }

  /** Makes what was left behind again, or lets it go; asked with what it is. */
  async remake(): Promise<void> {
    const store = this.#options.store();
    const { edits } = this.#left;
    if (!store || edits.length === 0) return;
    const way = await this.#options.ask.choose(
      `${plural(edits.length, "edit")} of the files before`,
      `These files say otherwise, or nothing, of what was edited: ${leftWords(edits, store.state)}`,
      ["Let go", "Make again"],
    );
    if (way === undefined) return;
    this.#left.forget();
    this.#options.changed();
    if (way === 0) return;
    const patches = edits.flatMap((edit) => (edit.kind === "overrides" ? edit.patches : []));
    // The store shows what is refused; the others are made.
    for (const edit of edits) if (edit.kind !== "overrides") await again(store, edit).catch(() => undefined);
    if (patches.length > 0) await store.setOverrides([...patchesOf(store.state), ...patches]).catch(() => undefined);
  }

  addFont(font: LocalFont): Promise<void> {
    return this.#revise(async (store, files) => this.#options.came(await addFont(store, files, font)));
  }

  async addFormat(): Promise<void> {
    const format = await this.#options.format();
    if (!format) return;
    await this.#revise(async (store, files) => {
      const [next, id] = await addFormat(store, files, format);
      this.#options.came(next);
      this.#options.show(store.state.campaign?.variants.find((variant) => variant.format === id)?.id);
    });
  }

  async changeFormat(id: string): Promise<void> {
    const format = await this.#options.format(this.#own.get(id));
    if (!format) return;
    await this.#revise(async (store, files) => {
      const { focus } = store.state;
      this.#options.came(await changeFormat(store, files, id, format));
      this.#options.show(focus);
    });
  }

  async dropFormat(id: string): Promise<void> {
    const { state } = this.#options.store() ?? {};
    const many = state?.campaign?.variants.filter(({ format }) => format === id).length ?? 0;
    const yes = await this.#options.ask.ask(
      `Take out ${this.#own.get(id)?.name ?? id}?`,
      `${plural(many, "variant")} go with it, and corrections made for it alone. Stamps stay in the ledger.`,
      "Take out",
    );
    if (yes) await this.#revise(async (store, files) => this.#options.came(await dropFormat(store, files, id)));
  }

  save(): Promise<void> {
    return this.#revise(async (store) => this.#options.saved(this.#options.taken() ? undefined : await saveCampaign(store)));
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
