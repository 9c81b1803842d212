/**
 * Corrections of layouts as data: patches with a scope, the later ones winning. In: the patches so far, a variant, what a person wants otherwise and how far it
 * shall hold. Out: the next list. Nothing is laid out here: the engine applies them.
 */

import type { Artboard, OverridePatch } from "../engine/types.ts";
import type { StudioState } from "../store/state.ts";
import type { Item } from "./sections.ts";
import { plural } from "./words.ts";

/** How far a correction holds. */
export const SCOPES = ["variant", "format", "class-locale", "class", "locale"] as const;
export type Scope = (typeof SCOPES)[number];

export type LayerSet = NonNullable<OverridePatch["set"]>;

/** Short: with a language beside them they stand in a list of the inspector's width. The square class holds 4:5 too. */
const SHAPES: Readonly<Record<Item["format"]["class"], string>> = {
  strip: "Strips",
  landscape: "Landscapes",
  square: "Squares and 4:5",
  portrait: "Portraits",
  skyscraper: "Skyscrapers",
};

/** Words for a scope, for one variant; options go along, for a correction names none. */
export function scopeWords(scope: Scope, { format, locale, option }: Pick<Item, "format" | "locale" | "option">): string {
  const shape = SHAPES[format.class];
  switch (scope) {
    case "variant":
      return option === "" ? "This variant" : "This format and language";
    case "format":
      return "This format, all languages";
    case "class-locale":
      return `${shape}, ${locale.name}`;
    case "class":
      return `${shape}, all languages`;
    case "locale":
      return `All formats, ${locale.name}`;
  }
}

/** How far something was done, for a sentence: "this variant", "27 variants: this format, all languages". */
export function reachWords(scope: Scope, item: Item, many: number, all = many): string {
  const words = scopeWords(scope, item);
  const lower = words.charAt(0).toLowerCase() + words.slice(1);
  const isShape = scope === "class" || scope === "class-locale";
  if (all === 1) return "this variant";
  return `${plural(many, "variant")}: ${isShape ? words : lower}${many < all ? ", those in this layout" : ""}`;
}

/** The lists that a patch of this scope carries. */
export function listsOf(scope: Scope, { format, locale }: Pick<Item, "format" | "locale">): OverridePatch {
  switch (scope) {
    case "variant":
      return { formats: [format.id], locales: [locale.tag] };
    case "format":
      return { formats: [format.id] };
    case "class-locale":
      return { classes: [format.class], locales: [locale.tag] };
    case "class":
      return { classes: [format.class] };
    case "locale":
      return { locales: [locale.tag] };
  }
}

/** Whether a patch holds for a variant: every list that is given must match. */
export function holds(
  patch: OverridePatch,
  { format, locale }: { format: Item["format"]; locale: Pick<Item["locale"], "tag"> },
): boolean {
  const { formats, classes, locales } = patch;
  return (
    (formats?.some((name) => name === format.id || format.sets.includes(name)) ?? true) &&
    (classes?.includes(format.class) ?? true) &&
    (locales?.includes(locale.tag) ?? true)
  );
}

/** All corrections made in this sitting or kept. */
export function patchesOf({ edits }: Pick<StudioState, "edits">): readonly OverridePatch[] {
  return edits.find((edit) => edit.kind === "overrides")?.patches ?? NONE;
}

/** How many things were changed: each correction of a layout is one. */
export function editCount(edits: StudioState["edits"]): number {
  return edits.reduce((sum, edit) => sum + (edit.kind === "overrides" ? edit.patches.length : 1), 0);
}

const NONE: readonly OverridePatch[] = [];

function isSameScope(patch: OverridePatch, lists: OverridePatch): boolean {
  const key = ({ formats, classes, locales }: OverridePatch): string => JSON.stringify([formats, classes, locales]);
  return key(patch) === key(lists);
}

/** The same for patches that say the same, in whatever order. */
export function patchKey(patch: unknown): string {
  return JSON.stringify(patch, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** Patches that only one of two lists holds. */
export function changedBetween(one: readonly OverridePatch[], other: readonly OverridePatch[]): readonly OverridePatch[] {
  const [ones, others] = [new Set(one.map(patchKey)), new Set(other.map(patchKey))];
  return [...one.filter((patch) => !others.has(patchKey(patch))), ...other.filter((patch) => !ones.has(patchKey(patch)))];
}

/** Whether two patches say something of the same: as far as each other, of one layer, of the layout or of rules. */
export function isSamePlace(one: OverridePatch, other: OverridePatch): boolean {
  const about = ({ layer, arrangement, pins }: OverridePatch): string =>
    JSON.stringify([layer, arrangement !== undefined, pins !== undefined]);
  return isSameScope(one, other) && about(one) === about(other);
}

/** A layout chosen: the same scope's earlier choice goes, and it wins over narrower ones made before. */
export function withArrangement(
  patches: readonly OverridePatch[],
  item: Item,
  scope: Scope,
  arrangement: string,
): readonly OverridePatch[] {
  const lists = listsOf(scope, item);
  const others = patches.filter((patch) => patch.arrangement === undefined || !isSameScope(patch, lists));
  return [...others, { ...lists, arrangement }];
}

/** A page's arrangement, and the formats that are laid out so too. */
export interface Alike {
  layout: string;
  /** Those that a scope reaches, in the campaign's order. */
  formats: readonly string[];
}

/**
 * A layer moved, resized, hidden ...: joined with what the same scope says of it already. `alike`: the arrangement it is seen in. Where a layer stands belongs to that: a move that reaches
 * over several formats reaches those that are laid out so, touches no other, and rests where one of their languages is laid out otherwise.
 */
export function withSet(
  patches: readonly OverridePatch[],
  item: Item,
  scope: Scope,
  layer: string,
  set: LayerSet,
  alike?: Alike,
): readonly OverridePatch[] {
  const isBound = alike !== undefined && places(set);
  const lists = isBound ? movedOf(scope, item, alike) : listsOf(scope, item);
  const isIt = (patch: OverridePatch): boolean => patch.layer === layer && isSameScope(patch, lists);
  const before = patches.find(isIt)?.set ?? {};
  const joined = {
    ...(places(set) ? standing(before, alike?.layout) : before),
    ...set,
    ...(isBound ? { layout: alike.layout } : {}),
  };
  return [...patches.filter((patch) => !isIt(patch)), { ...lists, layer, set: joined }];
}

/** The lists of a patch that says where a layer stands. */
function movedOf(scope: Scope, item: Pick<Item, "format" | "locale">, { formats }: Alike): OverridePatch {
  const { classes: _classes, ...lists } = listsOf(scope, item);
  return scope === "variant" || scope === "format" ? lists : { formats: [...formats], ...lists };
}

/**
 * The formats that a scope reaches and that are laid out as a page is: most of what was drawn of them in the scope's languages is. Of one that nothing is known of it is supposed; what is
 * said for one arrangement rests in another.
 */
export function alikeOf(
  scope: Scope,
  item: Item,
  layout: string,
  items: Iterable<Pick<Item, "id" | "format" | "locale">>,
  measured: ReadonlyMap<string, { readonly layout: string }>,
): Alike {
  const lists = listsOf(scope, item);
  const tally = new Map<string, number>();
  for (const one of items) {
    if (!holds(lists, one)) continue;
    const known = measured.get(one.id)?.layout;
    const by = known === undefined ? 0 : known === layout ? 1 : -1;
    tally.set(one.format.id, (tally.get(one.format.id) ?? 0) + by);
  }
  return { layout, formats: [...tally].filter(([id, votes]) => votes >= 0 || id === item.format.id).map(([id]) => id) };
}

/** Whether it says where a layer stands. */
function places({ box, move, scale }: LayerSet): boolean {
  return (box ?? move ?? scale) !== undefined;
}

/** What of it holds in an arrangement. */
function standing(set: LayerSet, layout: string | undefined): LayerSet {
  if (!layout || set.layout === undefined || set.layout === layout) return set;
  const { box: _box, move: _move, scale: _scale, layout: _layout, ...others } = set;
  return others;
}

/** A rule of the brand that shall be other; `free` is none. */
export type PinsChange = NonNullable<OverridePatch["pins"]>;

/** A rule made or released: joined with what the same scope says of rules already, and it wins over narrower ones made before. */
export function withPins(
  patches: readonly OverridePatch[],
  item: Item,
  scope: Scope,
  change: PinsChange,
): readonly OverridePatch[] {
  const lists = listsOf(scope, item);
  const isIt = (patch: OverridePatch): boolean => patch.pins !== undefined && isSameScope(patch, lists);
  const before = patches.find(isIt)?.pins ?? {};
  return [...patches.filter((patch) => !isIt(patch)), { ...lists, pins: { ...before, ...change } }];
}

/** What is added to what was said before: a hand that moves on need not wait for the picture. */
export interface LayerStep {
  move?: readonly [number, number];
  /** Times. */
  scale?: number;
  order?: number;
}

/** A layer moved, grown or brought forward from where it stands by now; `also` goes with it. */
export function withStep(
  patches: readonly OverridePatch[],
  item: Item,
  scope: Scope,
  layer: string,
  { move, scale, order }: LayerStep,
  alike?: Alike,
  also: LayerSet = {},
): readonly OverridePatch[] {
  const now = standing(setOf(patches, item, layer), alike?.layout);
  const [x, y] = now.move ?? [0, 0];
  const set: LayerSet = {
    ...also,
    ...(move ? { move: [fine(x + move[0]), fine(y + move[1])] } : {}),
    ...(scale === undefined ? {} : { scale: fine((now.scale ?? 1) * scale) }),
    ...(order === undefined ? {} : { order: (now.order ?? 0) + order }),
  };
  return withSet(patches, item, scope, layer, set, alike);
}

/** Five decimals: a hundredth of a px in the largest format, and short to read. */
export function fine(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

/** The master that a layer is corrected for: where it is another one by then, a finding says so. */
export function seenOn(artboard: Artboard | undefined, layer: string): LayerSet {
  const seen = artboard?.boxes[layer];
  return artboard && seen ? { seen, board: [artboard.width, artboard.height] } : {};
}

/** What was corrected before the master changed, held to be right for the master of now. What the master no longer has waits for it. */
export function withSeen(
  patches: readonly OverridePatch[],
  artboard: Artboard | undefined,
  isIt: (patch: OverridePatch) => boolean,
): readonly OverridePatch[] {
  return patches.map((patch) =>
    patch.layer !== undefined && patch.set?.seen !== undefined && isIt(patch)
      ? { ...patch, set: { ...patch.set, ...seenOn(artboard, patch.layer) } }
      : patch,
  );
}

/** Takes back what was corrected of a variant, or of one of its layers; what holds for others too goes with it. */
export function without(patches: readonly OverridePatch[], item: Item, layer?: string): readonly OverridePatch[] {
  return patches.filter((patch) => !holds(patch, item) || (layer !== undefined && patch.layer !== layer));
}

/** What the patches say of a layer of a variant by now, the later ones winning. */
export function setOf(patches: readonly OverridePatch[], item: Item, layer: string): LayerSet {
  const sets = patches.filter((patch) => patch.layer === layer && holds(patch, item)).map(({ set }) => set ?? {});
  return sets.reduce((now, { layout, ...set }) => {
    // Where it stands is said anew by whoever moves it.
    const { layout: before, ...others } = now;
    const bound = places(set) ? layout : before;
    return { ...others, ...set, ...(bound === undefined ? {} : { layout: bound }) };
  }, {} as LayerSet);
}

/** Whether anything was corrected of a variant. */
export function isCorrected(patches: readonly OverridePatch[], item: Pick<Item, "format" | "locale">): boolean {
  return patches.some((patch) => holds(patch, item));
}
