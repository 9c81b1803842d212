/**
 * What the loupe draws on: the variant at the zoom it is seen at, against another where one is asked for, with marks over it. In: what is looked at and how. Out: a
 * canvas, and where the variant's px lie on it. Which other one, which overlays and when, is the loupe's to say.
 */

import type { StudioState } from "../store/state.ts";
import { type Area, Camera, type Point } from "./camera.ts";
import { canOverlay, drawDifference, halves, inside, type Reference, shownOf, type Way } from "./compare.ts";
import { h } from "./dom.ts";
import { devicePixels } from "./gestures.ts";
import { drawOverlays, type Mapping, type OverlayChoice } from "./overlays.ts";
import type { Item } from "./sections.ts";
import { Sharp } from "./sharp.ts";

/** Space around a picture that is seen whole, CSS px. */
const AROUND = 24;
/** Beside one, where there is room: what turns to the next variant lies on none of it. */
const BESIDE = 48;
/** Areas of less than this have no room to lose, CSS px. */
const NARROW = 480;
/** Between two that stand beside each other, CSS px. */
const BETWEEN = 8;
const NO_OVERLAYS: OverlayChoice = { safe: false, edges: false, layers: false, findings: false };

/** What is looked at, and how. */
export interface Sight {
  item: Item;
  state: StudioState;
  source: Parameters<Sharp["draw"]>[3];
  /** The other picture, where there is one. */
  reference: Reference | undefined;
  way: Way;
  /** The other one is seen in place of the variant. */
  flipped: boolean;
  /** Where the edge between the two stands, 0 to 1. */
  wipe: number;
  overlays: OverlayChoice | undefined;
  marked: readonly [number, number, number, number] | undefined;
}

/** Where things lie, CSS px. */
export interface Drawn {
  map: Mapping;
  size: { width: number; height: number };
}

export class Easel {
  readonly canvas = h("canvas", { "aria-hidden": "true" });
  readonly camera = new Camera();
  readonly #otherCamera = new Camera();
  readonly #sharp: Sharp;
  readonly #otherSharp: Sharp;

  /** `soon`: something was rastered, so it is drawn again. */
  constructor(soon: () => void) {
    this.#sharp = new Sharp(soon);
    this.#otherSharp = new Sharp(soon);
  }

  /** What kept the variant from being drawn, and the other one. */
  get fault(): Sharp["fault"] {
    return this.#sharp.fault;
  }
  get otherFault(): Sharp["fault"] {
    return this.#otherSharp.fault;
  }

  /** Whether the variant stands here as it is now. */
  isCurrent(id: string, state: StudioState): boolean {
    return this.#sharp.isCurrent(id, state.variants.get(id)?.fingerprint ?? "");
  }

  forget(): void {
    this.#sharp.forget();
    this.#otherSharp.forget();
  }

  /** Draws on a canvas of a size in CSS px; nothing where there is no room. */
  draw(sight: Sight, wide: number, high: number): Drawn | undefined {
    const context = this.canvas.getContext("2d", { alpha: true });
    const dpr = devicePixels();
    const width = Math.round(wide * dpr);
    const height = Math.round(high * dpr);
    if (!context || width === 0 || height === 0) return undefined;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    } else context.clearRect(0, 0, width, height);

    const { item, state, source, reference, way, flipped, overlays } = sight;
    const whole: Area = { left: 0, top: 0, width, height };
    const isAlike = reference !== undefined && canOverlay(item, reference);
    // Two of different shape cannot lie on each other: they stand beside each other then.
    const isFlat = way === "wipe" || way === "difference";
    const isBeside = reference !== undefined && (way === "side" || (isFlat && !isAlike));
    const [own, other] = isBeside ? halves(whole, BETWEEN * dpr) : [whole, whole];
    const shown = { ...shownOf(item, state), bleed: overlays ? item.format.bleed : 0 };
    this.camera.look(shown, own, around(own, dpr));
    const map = this.camera.mapping();
    if (!flipped) {
      inside(context, own, () => this.#sharp.draw(context, shown, map, source));
      this.#sharp.ask(shown, map, own, source);
    }
    if (reference && (way !== "flip" || flipped)) {
      this.#drawReference(context, reference, { area: other, isAlike, isBeside, way, wipe: sight.wipe });
    }
    this.#drawMarks(context, flipped && reference ? reference.item : item, sight, dpr);
    return {
      map: { left: map.left / dpr, top: map.top / dpr, scale: map.scale / dpr },
      size: { width: width / dpr, height: height / dpr },
    };
  }

  #drawReference(
    context: CanvasRenderingContext2D,
    { shown, source }: Reference,
    { area, isAlike, isBeside, way, wipe }: { area: Area; isAlike: boolean; isBeside: boolean; way: Way; wipe: number },
  ): void {
    const camera = this.#otherCamera;
    camera.zoom = "fit";
    camera.look(shown, area, around(area, devicePixels()));
    if (isAlike) camera.follow(this.camera);
    const map = camera.mapping();
    const draw = (onto: CanvasRenderingContext2D): void => this.#otherSharp.draw(onto, shown, map, source);
    if (isBeside || way === "flip") inside(context, area, () => draw(context));
    else if (way === "difference") drawDifference(context, area, draw);
    else {
      const left = Math.round(wipe * area.width);
      const part = { ...area, left, width: area.width - left };
      inside(context, part, () => draw(context));
      context.fillStyle = "#ffffff";
      context.fillRect(left - 1, area.top, 2, area.height);
      context.fillStyle = "#000000";
      context.fillRect(left + 1, area.top, 1, area.height);
    }
    this.#otherSharp.ask(shown, map, area, source);
  }

  #drawMarks(context: CanvasRenderingContext2D, { id, format }: Item, sight: Sight, dpr: number): void {
    const { overlays, marked, state } = sight;
    if (!overlays && !marked) return;
    const measured = state.measured.get(id);
    const marks = { format, boxes: measured?.boxes ?? [], places: measured?.findings ?? [], marked };
    drawOverlays(context, this.camera.mapping(), { ...(overlays ?? NO_OVERLAYS), ...marks }, dpr);
  }
}

function around({ width }: Area, dpr: number): Point {
  return { x: (width < NARROW * dpr ? AROUND : BESIDE) * dpr, y: AROUND * dpr };
}
