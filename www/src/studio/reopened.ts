/**
 * A campaign opened again with something new in its files. In: the store, the files. Out: the campaign open, with the edits made so far made again: they belong to the files as they were.
 */

import type { CampaignFiles, Edit } from "../engine/types.ts";
import type { StudioStore } from "../store/store.ts";

export async function reopened(store: StudioStore, files: CampaignFiles): Promise<void> {
  const { edits, origin } = store.state;
  await store.open(files, origin);
  for (const edit of edits) await again(store, edit);
}

/** Makes an edit, once more. */
export function again(store: StudioStore, edit: Edit): Promise<void> {
  if (edit.kind === "copy") return store.setCopy(edit.locale, edit.key, edit.text);
  if (edit.kind === "token") return store.setToken(edit.path, edit.value);
  return store.setOverrides(edit.patches);
}
