/**
 * Lines over the picture in the loupe: safe zone, trim, bleed, layer boxes, places of findings. In: what to draw, and how px of the format
 * map to px of the canvas. Out: strokes in black and white, told apart by dash and label, so that they add no colour to judge colour by.
 */

import type { Finding, FormatInfo, LayerBox } from "../engine/types.ts";

export interface OverlayChoice {
  safe: boolean;
  edges: boolean;
  layers: boolean;
  findings: boolean;
}

export interface Overlays extends OverlayChoice {
  format: FormatInfo;
  boxes: readonly LayerBox[];
  places: readonly Finding[];
  /** A finding's place that was asked for, drawn heavier. */
  marked: readonly [number, number, number, number] | undefined;
}

/** Left and top of the trim on the canvas, and canvas px per px of the format. */
export interface Mapping {
  left: number;
  top: number;
  scale: number;
}

type Box = readonly [number, number, number, number];

function stroke(
  context: CanvasRenderingContext2D,
  map: Mapping,
  [x, y, w, h]: Box,
  dash: readonly number[],
  weight: number,
  dpr: number,
): void {
  const left = Math.round(map.left + x * map.scale) + 0.5;
  const top = Math.round(map.top + y * map.scale) + 0.5;
  const width = Math.round(w * map.scale);
  const height = Math.round(h * map.scale);
  context.setLineDash([]);
  context.strokeStyle = "#000000";
  context.lineWidth = (weight + 1.5) * dpr;
  context.globalAlpha = 0.55;
  context.strokeRect(left, top, width, height);
  context.globalAlpha = 1;
  context.setLineDash(dash.map((length) => length * dpr));
  context.strokeStyle = "#ffffff";
  context.lineWidth = weight * dpr;
  context.strokeRect(left, top, width, height);
}

/** A label, and the box that it names. */
interface Label {
  box: Box;
  words: string;
  /** What it wishes: over its box, or under it. */
  below?: boolean;
}

/** Px² that lie in both. */
function shared([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  return Math.max(0, Math.min(ax + aw, bx + bw) - Math.max(ax, bx)) * Math.max(0, Math.min(ay + ah, by + bh) - Math.max(ay, by));
}

/** A label on another is read less than one on words: each px of it counts this often. */
const ON_ANOTHER = 4;

/**
 * Where labels stand, in canvas px: over or under their box at either end, beside it, else inside: the first that covers neither a label nor words, else the one that covers
 * least. In the order given, so that the same boxes have the same labels.
 */
export function placeLabels(
  labels: readonly { box: Box; width: number; below?: boolean }[],
  words: readonly Box[],
  room: { width: number; height: number },
  height: number,
): Box[] {
  const placed: Box[] = [];
  for (const { box, width, below } of labels) {
    const [x, y, w, h] = box;
    const [over, under, end] = [y - height, y + h, x + w - width];
    const rows = below ? [under, over] : [over, under];
    const wished: readonly (readonly [number, number])[] = [
      ...rows.map((row) => [x, row] as const),
      ...rows.map((row) => [end, row] as const),
      [x + w, y],
      [x - width, y],
      [x + w, under - height],
      [x - width, under - height],
      [x, y],
      [end, under - height],
    ];
    let best: Box = [x, y, width, height];
    let least = Number.POSITIVE_INFINITY;
    for (const [left, top] of wished) {
      const at: Box = [
        Math.max(0, Math.min(room.width - width, left)),
        Math.max(0, Math.min(room.height - height, top)),
        width,
        height,
      ];
      const cost =
        placed.reduce((sum, other) => sum + ON_ANOTHER * shared(at, other), 0) +
        words.reduce((sum, other) => sum + shared(at, other), 0);
      if (cost < least) [best, least] = [at, cost];
    }
    placed.push(best);
  }
  return placed;
}

function drawLabels(
  context: CanvasRenderingContext2D,
  map: Mapping,
  labels: readonly Label[],
  words: readonly Box[],
  dpr: number,
): void {
  context.font = `${11 * dpr}px system-ui, sans-serif`;
  context.textBaseline = "middle";
  const pad = 4 * dpr;
  const height = 16 * dpr;
  const onCanvas = ([x, y, w, h]: Box): Box => [
    Math.round(map.left + x * map.scale),
    Math.round(map.top + y * map.scale),
    Math.round(w * map.scale),
    Math.round(h * map.scale),
  ];
  const wished = labels.map(({ box, words: said, below = false }) => ({
    box: onCanvas(box),
    width: Math.ceil(context.measureText(said).width) + 2 * pad,
    below,
  }));
  const places = placeLabels(wished, words.map(onCanvas), context.canvas, height);
  for (const [n, [left, top, width]] of places.entries()) {
    context.fillStyle = "#000000cc";
    context.fillRect(left, top, width, height);
    context.fillStyle = "#ffffff";
    context.fillText(labels[n]?.words ?? "", left + pad, top + height / 2 + dpr * 0.5);
  }
}

export function drawOverlays(context: CanvasRenderingContext2D, map: Mapping, overlays: Overlays, dpr: number): void {
  const { format } = overlays;
  const { width, height, bleed } = format;
  const labels: Label[] = [];
  context.save();
  if (overlays.layers) {
    for (const layer of overlays.boxes) stroke(context, map, layer.box, [2, 2], 1, dpr);
    for (const layer of overlays.boxes) {
      const size = layer.size === undefined ? "" : ` ${Math.round(layer.size)} px`;
      const lines = layer.lines === undefined || layer.lines < 2 ? "" : ` ${layer.lines} lines`;
      labels.push({ box: layer.box, words: `${layer.layer}${size}${lines}` });
    }
  }
  if (overlays.edges) {
    stroke(context, map, [0, 0, width, height], [], 1, dpr);
    if (bleed > 0) {
      const box: Box = [-bleed, -bleed, width + 2 * bleed, height + 2 * bleed];
      stroke(context, map, box, [8, 3], 1, dpr);
      labels.push({ box, words: `bleed ${Math.round(bleed)} px` });
    }
  }
  const [top, right, bottom, left] = format.safe;
  if (overlays.safe && top + right + bottom + left > 0) {
    const box: Box = [left, top, width - left - right, height - top - bottom];
    stroke(context, map, box, [6, 4], 1, dpr);
    labels.push({ box, words: "safe zone" });
  }
  if (overlays.findings) {
    for (const finding of overlays.places) {
      if (!finding.place) continue;
      stroke(context, map, finding.place, [], 2, dpr);
      labels.push({ box: finding.place, words: `${finding.severity}: ${finding.rule.replaceAll("-", " ")}`, below: true });
    }
  }
  if (overlays.marked) stroke(context, map, overlays.marked, [], 3, dpr);
  const words = overlays.boxes.filter(({ size }) => size !== undefined).map(({ box }) => box);
  drawLabels(context, map, labels, words, dpr);
  context.restore();
}
