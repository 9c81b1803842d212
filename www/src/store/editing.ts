/**
 * Words and tokens, changed while typing. In: edits. Out: copy as it is now, `edits` of the state, the same kept on disk and made again when the same
 * files are opened. What an edit means for pictures and stamps is told to whoever asked for this.
 */
import type { EngineClient } from "../engine/client.ts";
import { asEngineErrors, isAbort } from "../engine/errors.ts";
import type { Edit, EngineError, MessageInfo, OverridePatch, VariantInfo } from "../engine/types.ts";
import type { Board } from "./board.ts";
import type { Keep } from "./keep.ts";
import type { EditOptions } from "./store.ts";

export interface EditingOptions {
  engine: EngineClient;
  keeping: Promise<Keep>;
  /** Words are being changed: what shows them may be asked for anew in the same breath. Returns what ends it. */
  editing: (locale: string) => () => void;
  /** Something was changed, and these variants with it. */
  edited: (edit: Edit, changed: readonly VariantInfo[]) => void;
}

/** Whose edits they are: a campaign's files. */
export interface Version {
  name: string;
  hash: string;
}

/** Under this in place of a hash: the corrections of layouts last made, which go along to other files of the campaign. */
const LAYOUTS = "layouts";

export class Editing {
  readonly #board: Board;
  readonly #options: EditingOptions;
  /** Edits whose variants are not told yet. */
  readonly #untold = new Set<Promise<unknown>>();
  #version: Version | undefined;
  /** Counts what makes copy outdated. */
  #epoch = 0;
  #saving: Promise<void> | undefined;
  #toSave: (Version & { edits: readonly Edit[] }) | undefined;

  constructor(board: Board, options: EditingOptions) {
    this.#board = board;
    this.#options = options;
  }

  /** Another campaign's files, or none. */
  take(version: Version | undefined): void {
    this.#version = version;
    this.#epoch += 1;
    this.#board.copy.clear();
  }

  /** Makes kept edits again; one that the engine now refuses is told and left out. */
  async replay(version: Version, notes: EngineError[]): Promise<void> {
    const keep = await this.#options.keeping;
    const own = await keep.edits(version.name, version.hash).catch(() => []);
    for (const edit of own ?? []) {
      try {
        await make(this.#options.engine, edit);
      } catch (thrown) {
        notes.push(...asEngineErrors(thrown));
      }
    }
    // All that is said of these files: corrections that they hold and that are not in it were taken back.
    if (own && !own.some(({ kind }) => kind === "overrides")) await bare(this.#options.engine);
    // Other files of the same campaign: words and tokens are as they came. Corrections of layouts go along, but to files that hold some: theirs count.
    if (own || this.#options.engine.edits.length > 0) return;
    const [carried] = (await keep.edits(version.name, LAYOUTS).catch(() => undefined)) ?? [];
    if (carried?.kind === "overrides") await this.#carry(carried.patches, notes);
  }

  /** Takes back all that was kept of these files, and what would go along to others. */
  async forget({ name, hash }: Version): Promise<void> {
    const keep = await this.#options.keeping;
    await keep.putEdits(name, hash, []);
    await keep.putEdits(name, LAYOUTS, []);
  }

  /** All corrections, or those that the engine takes: what it refuses is told. */
  async #carry(patches: readonly OverridePatch[], notes: EngineError[]): Promise<void> {
    const { engine } = this.#options;
    if (patches.length === 0) return;
    try {
      await engine.setOverrides(patches);
    } catch {
      let taken: OverridePatch[] = [];
      for (const patch of patches) {
        try {
          await engine.setOverrides([...taken, patch]);
          taken = [...taken, patch];
        } catch (thrown) {
          notes.push(...asEngineErrors(thrown));
        }
      }
    }
  }

  async copy(locale: string): Promise<readonly MessageInfo[]> {
    const held = this.#board.copy.get(locale);
    if (held) return held;
    const asked = this.#epoch;
    const messages = await this.#options.engine.copy(locale);
    // Another campaign or other words came while it was on its way: not to be remembered.
    if (asked === this.#epoch) this.#board.copy.set(locale, messages);
    return messages;
  }

  /** All copy, for the search. */
  async learn(): Promise<void> {
    const version = this.#version;
    for (const { tag } of this.#board.state.campaign?.locales ?? []) {
      if (this.#board.closed || this.#version !== version) return;
      await this.copy(tag).catch(() => undefined);
    }
    const { filter } = this.#board.state;
    if (filter.search) this.#board.set({ filter: { ...filter } });
  }

  async edit(edit: Edit, { quietly = false, refused, told }: EditOptions = {}): Promise<void> {
    const { edited } = this.#options;
    const settle = async (changed: readonly VariantInfo[]) => {
      if (edit.kind === "copy") {
        this.#board.copy.delete(edit.locale);
        this.#epoch += 1;
      }
      edited(edit, changed);
      told?.();
      await this.#save();
      this.#board.emit({ type: "edit", edit, changed });
    };
    if (quietly) await settle(await this.#make(edit));
    else if (refused) {
      const changed = await this.#make(edit).catch((thrown) => this.#refused(thrown, refused));
      await this.#board.act("edit", () => settle(changed));
    } else await this.#board.act("edit", async () => settle(await this.#make(edit)));
  }

  /** Whether an edit was made of which it is not told yet what it changed; `told` waits for it. */
  get isTelling(): boolean {
    return this.#untold.size > 0;
  }

  async told(): Promise<void> {
    while (this.isTelling) await Promise.allSettled(this.#untold);
  }

  async #make(edit: Edit): Promise<VariantInfo[]> {
    const making = make(this.#options.engine, edit);
    // After it, so that pictures asked for now show it.
    const end = edit.kind === "copy" ? this.#options.editing(edit.locale) : undefined;
    this.#untold.add(making);
    try {
      return await making;
    } catch (thrown) {
      end?.();
      throw thrown;
    } finally {
      this.#untold.delete(making);
    }
  }

  /** Told where it was typed, and to the host. */
  #refused(thrown: unknown, told: NonNullable<EditOptions["refused"]>): never {
    if (!isAbort(thrown)) {
      const errors = asEngineErrors(thrown);
      told(errors);
      this.#board.emit({ type: "error", act: "edit", errors });
    }
    throw thrown;
  }

  /** One write at a time, and the last one with all: at every key another would be wasted. */
  #save(): Promise<void> {
    if (this.#version) this.#toSave = { ...this.#version, edits: this.#options.engine.edits };
    this.#saving ??= this.#board
      .write(async () => {
        const keep = await this.#options.keeping;
        for (let next = this.#toSave; next; next = this.#toSave) {
          this.#toSave = undefined;
          await keep.putEdits(next.name, next.hash, next.edits);
          const layouts = next.edits.filter(({ kind }) => kind === "overrides");
          await keep.putEdits(next.name, LAYOUTS, layouts);
        }
      })
      .finally(() => {
        this.#saving = undefined;
      });
    return this.#saving;
  }

  /** What is being written is finished. */
  async rest(): Promise<void> {
    await this.#saving?.catch(() => undefined);
  }
}

/** Takes back the corrections that came with the files. */
export async function bare(engine: EngineClient): Promise<void> {
  if (engine.edits.some(({ kind }) => kind === "overrides")) await engine.setOverrides([]);
}

/** Makes an edit in an engine. */
export function make(engine: EngineClient, edit: Edit): Promise<VariantInfo[]> {
  if (edit.kind === "copy") return engine.setCopy(edit.locale, edit.key, edit.text);
  if (edit.kind === "token") return engine.setToken(edit.path, edit.value);
  return engine.setOverrides(edit.patches);
}
