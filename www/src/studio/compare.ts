/**
 * With what a variant is compared in the loupe, and how. In: the variant, the state, the strip. Out: the other picture where there is one, words where there is
 * none; one drawn against the other.
 */

import { EngineFailure } from "../engine/errors.ts";
import { type StudioState, statusOf } from "../store/state.ts";
import type { StudioStore } from "../store/store.ts";
import type { Area } from "./camera.ts";
import type { Item } from "./sections.ts";
import type { SharpSource, Shown } from "./sharp.ts";
import { moment } from "./words.ts";

export const AGAINST = ["source", "stamped", "before", "master"] as const;
export type Against = (typeof AGAINST)[number];
export const AGAINST_WORDS: Record<Against, string> = {
  source: "Source language",
  stamped: "As last stamped",
  before: "The one before",
  master: "The master",
};

/** With what a variant is compared until a person says otherwise: what was changed since its stamp with what was stamped, else with the source. */
export function usualAgainst({ id, locale }: Item, state: StudioState): Against {
  if (statusOf(state, id) === "reopened") return "stamped";
  return locale.tag === state.campaign?.sourceLocale ? "before" : "source";
}

/** Either whole in turn, two halves, only what differs, or beside each other. */
export const WAYS = ["flip", "wipe", "difference", "side"] as const;
export type Way = (typeof WAYS)[number];

/** The other picture. */
export interface Reference {
  item: Item;
  shown: Shown;
  source: SharpSource;
  /** What it is, for people. */
  words: string;
}

/** What a reference is looked for in. */
export interface Looked {
  item: Item;
  state: StudioState;
  items: ReadonlyMap<string, Item>;
  strip: readonly Item[];
  source: Pick<StudioStore, "cached" | "render" | "renderStamped">;
}

/** The reference, or in words why there is none. */
export function referenceOf(against: Against, looked: Looked): Reference | string {
  const { item, state, items, strip } = looked;
  switch (against) {
    case "source": {
      const { sourceLocale } = state.campaign ?? {};
      if (item.locale.tag === sourceLocale) return "This is the source language itself.";
      const twin = find(items, (one) => isTwin(one, item) && one.locale.tag === sourceLocale);
      return twin ? asItIs(twin, `Source: ${twin.locale.name}`, looked) : "The source language has no such variant.";
    }
    case "before": {
      const at = strip.findIndex((one) => one.id === item.id);
      const other = strip[at - 1] ?? strip[at + 1];
      if (!other) return "It stands alone in this strip.";
      return asItIs(other, [other.format.name, other.locale.name, other.option].filter(Boolean).join(" · "), looked);
    }
    case "master": {
      const { measured } = state;
      const isOwn = (one: Item): boolean => measured.get(one.id)?.arrangement === OWN;
      const own = find(items, (one) => one.locale.tag === item.locale.tag && one.option === item.option && isOwn(one));
      if (own?.id === item.id) return "This is the master's own artboard.";
      return own ? asItIs(own, `Master: ${own.format.name}`, looked) : "No format has the master's own shape.";
    }
    case "stamped":
      return asStamped(looked);
  }
}

/** What the engine calls the master's own artboard. */
const OWN = "the master's own";

function find(items: ReadonlyMap<string, Item>, wanted: (item: Item) => boolean): Item | undefined {
  for (const item of items.values()) if (wanted(item)) return item;
  return undefined;
}

function isTwin(one: Item, other: Item): boolean {
  return one.format.id === other.format.id && one.option === other.option;
}

function asItIs(item: Item, words: string, { state, source }: Looked): Reference {
  return { item, words, shown: shownOf(item, state), source };
}

function asStamped({ item, state, source }: Looked): Reference | string {
  const stamp = state.stamps.get(item.id);
  const { fingerprint } = stamp ?? {};
  if (!stamp || fingerprint === undefined) return "It was never stamped.";
  if (fingerprint === state.variants.get(item.id)?.fingerprint) return "It is as it was when it was stamped.";
  const when = stamp.timeMs === undefined ? "" : `, ${moment(stamp.timeMs)}`;
  return {
    item,
    words: `As stamped by ${stamp.by ?? "somebody"}${when}`,
    shown: { ...shownOf(item, state), print: `stamped ${fingerprint}` },
    source: { render: (request, options) => source.renderStamped(request, options), cached: () => undefined },
  };
}

export function shownOf({ id, format }: Item, { campaign, variants }: StudioState): Shown {
  const { width, height } = format;
  return {
    id,
    print: variants.get(id)?.fingerprint ?? "",
    ground: campaign?.ground ?? "#808080",
    width,
    height,
    bleed: 0,
  };
}

/** Where the two can lie on each other: only then do halves and differences mean something. */
export function canOverlay(item: Item, reference: Reference): boolean {
  const { width, height } = reference.item.format;
  return item.format.width === width && item.format.height === height;
}

/** The two halves of a canvas, with a gap between them. */
export function halves(area: Area, gap: number): [Area, Area] {
  const isWide = area.width >= area.height;
  const width = isWide ? Math.floor((area.width - gap) / 2) : area.width;
  const height = isWide ? area.height : Math.floor((area.height - gap) / 2);
  const second = isWide ? { left: area.left + width + gap, top: area.top } : { left: area.left, top: area.top + height + gap };
  return [
    { left: area.left, top: area.top, width, height },
    { ...second, width, height },
  ];
}

/** Draws something inside an area only. */
export function inside(context: CanvasRenderingContext2D, { left, top, width, height }: Area, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  draw();
  context.restore();
}

/** What stands on the canvas against what `draw` draws: black where they are alike, brighter the more they differ. */
export function drawDifference(
  context: CanvasRenderingContext2D,
  area: Area,
  draw: (context: CanvasRenderingContext2D) => void,
): void {
  const other = document.createElement("canvas");
  other.width = context.canvas.width;
  other.height = context.canvas.height;
  const otherContext = other.getContext("2d");
  if (!otherContext) return;
  draw(otherContext);
  inside(context, area, () => {
    context.globalCompositeOperation = "difference";
    context.drawImage(other, 0, 0);
    // Twice as bright, twice: a step of one in 255 would be missed.
    context.globalCompositeOperation = "lighter";
    for (let n = 0; n < 2; n += 1) {
      otherContext.clearRect(0, 0, other.width, other.height);
      otherContext.drawImage(context.canvas, 0, 0);
      context.drawImage(other, 0, 0);
    }
  });
}

/** Why a reference could not be drawn. */
export function whyMissing(thrown: unknown): string {
  return thrown instanceof EngineFailure ? (thrown.errors[0]?.message ?? "") : "It could not be drawn.";
}
