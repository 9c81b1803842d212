/**
 * A campaign opened again with something new in its files. In: the store, the files, what of the corrections still can be. Out: the campaign open, with the edits made so far made again: they belong to the files as they were.
 */

import type { CampaignFiles, Edit, OverridePatch } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";

export async function reopened(
  store: StudioStore,
  files: CampaignFiles,
  correct: (patches: readonly OverridePatch[]) => readonly OverridePatch[] = (patches) => patches,
): Promise<void> {
  const { edits: made, origin } = store.state;
  const edits = made.map((edit) => (edit.kind === "overrides" ? { ...edit, patches: correct(edit.patches) } : edit));
  await store.open(files, origin);
  // Corrections first, for some came along already; those that the files hold and that were taken back stay so.
  const isLayout = ({ kind }: Edit): boolean => kind === "overrides";
  if (!edits.some(isLayout) && store.state.edits.some(isLayout)) await store.setOverrides([]);
  for (const edit of [...edits.filter(isLayout), ...edits.filter((one) => !isLayout(one))]) await again(store, edit);
}

/** Makes an edit, once more. */
export function again(store: StudioStore, edit: Edit): Promise<void> {
  if (edit.kind === "copy") return store.setCopy(edit.locale, edit.key, edit.text);
  if (edit.kind === "token") return store.setToken(edit.path, edit.value);
  return store.setOverrides(edit.patches);
}
