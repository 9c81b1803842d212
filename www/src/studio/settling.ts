/**
 * Corrections that were made before the master changed, settled all at once. In: what is corrected, what the rules saw. Out: all of them kept for the master of now, or
 * taken back; asked once, with what they are, and undone like any other correction.
 */

import type { Finding, OverridePatch } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import { changedBetween, holds, patchesOf, patchKey, withSeen } from "./corrections.ts";
import type { Workplace } from "./desk.ts";
import type { Voices } from "./judging.ts";
import { leftWords } from "./left-behind.ts";
import { count, plural } from "./words.ts";

type Known = Pick<StudioState, "campaign" | "edits" | "formats" | "measured" | "variants">;

/** A correction that the master moved under; that the master was scaled as a whole is but told. */
export function isOld({ rule, severity }: Finding): boolean {
  return rule === "moved-on" && severity !== "note";
}

/** Those of which a variant that was looked at says so. */
export function oldPatches(state: Known): readonly OverridePatch[] {
  const patches = patchesOf(state).filter(({ layer }) => layer !== undefined);
  if (patches.length === 0) return patches;
  const old = new Set<OverridePatch>();
  for (const [id, { findings }] of state.measured) {
    const layers = new Set(findings.filter(isOld).map(({ layer }) => layer));
    const { format: name = "", locale: tag = "" } = (layers.size > 0 && state.variants.get(id)) || {};
    const format = state.formats.get(name);
    if (!format) continue;
    for (const patch of patches) if (layers.has(patch.layer) && holds(patch, { format, locale: { tag } })) old.add(patch);
  }
  return patches.filter((patch) => old.has(patch));
}

export async function settle(at: Workplace, ask: Voices["ask"]): Promise<void> {
  const old = oldPatches(at.state);
  if (old.length === 0) return;
  const words = leftWords(
    old.map((patch) => ({ kind: "overrides", patches: [patch] })),
    at.state,
  );
  const way = await ask.choose(
    `${plural(old.length, "correction")} made before the master changed`,
    `${words} Kept, they count as made for the master of now; taken back, these layers stand as laid out. Ctrl Z undoes either.`,
    ["Take all back", "Keep all"],
  );
  if (way === undefined) return;
  const before = at.correcting.patches;
  const keys = new Set(old.map(patchKey));
  const isIt = (patch: OverridePatch): boolean => keys.has(patchKey(patch));
  const after = way === 0 ? before.filter((patch) => !isIt(patch)) : withSeen(before, at.state.campaign?.artboard, isIt);
  at.lookAgain(changedBetween(before, after));
  at.correcting.set(after);
  const waiting = way === 0 ? 0 : old.filter(({ layer = "" }) => !at.state.campaign?.artboard.boxes[layer]).length;
  const rest = waiting === 0 ? "" : `, ${count(waiting)} of them for a layer that is gone`;
  at.notice.say(`${plural(old.length, "correction")} ${way === 0 ? "taken back" : "kept"}${rest}`, "layout");
}
