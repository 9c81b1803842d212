/**
 * Words and tokens that were edited in the files of before and are not in those of now. In: the state before and after other files of the same campaign were opened, the words of the new files.
 * Out: edits to be made again, where the person wants them. Corrections of layouts go along by themselves.
 */

import type { Edit, MessageInfo } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";

type Part = Pick<StudioState, "campaign" | "edits">;

export class LeftBehind {
  #edits: readonly Edit[] = [];

  /** Other files were opened: what was said in those of before and not yet stands in these. */
  async take(before: Part, now: Part, copy: (locale: string) => Promise<readonly MessageInfo[]>): Promise<void> {
    const own = before.campaign?.name === now.campaign?.name ? before.edits.filter(({ kind }) => kind !== "overrides") : [];
    // What was left before and never made again is still left.
    const all =
      before.campaign?.name === now.campaign?.name
        ? [...this.#edits.filter((one) => !own.some((other) => isSame(one, other))), ...own]
        : [];
    this.#edits = [];
    const stands = await Promise.all(all.map((edit) => isThere(edit, now, copy)));
    this.#edits = all.filter((_, n) => !stands[n]);
  }

  /** Those at whose place nothing was edited since. */
  of({ edits }: Pick<StudioState, "edits">): readonly Edit[] {
    return this.#edits.filter((edit) => !edits.some((other) => isSame(edit, other)));
  }

  forget(): void {
    this.#edits = [];
  }
}

function isSame(one: Edit, other: Edit): boolean {
  if (one.kind === "copy") return other.kind === "copy" && one.locale === other.locale && one.key === other.key;
  return one.kind === "token" && other.kind === "token" && one.path === other.path;
}

async function isThere(
  edit: Edit,
  { campaign }: Part,
  copy: (locale: string) => Promise<readonly MessageInfo[]>,
): Promise<boolean> {
  if (edit.kind === "token") return campaign?.tokens.find(({ path }) => path === edit.path)?.value === edit.value;
  if (edit.kind !== "copy") return true;
  const messages = await copy(edit.locale).catch(() => []);
  return messages.find(({ key }) => key === edit.key)?.text === edit.text;
}
