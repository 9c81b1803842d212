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

function label(context: CanvasRenderingContext2D, map: Mapping, box: Box, words: string, dpr: number, below = false): void {
  context.font = `${11 * dpr}px system-ui, sans-serif`;
  context.textBaseline = "middle";
  const pad = 4 * dpr;
  const height = 16 * dpr;
  const width = context.measureText(words).width + 2 * pad;
  const left = Math.round(map.left + box[0] * map.scale);
  const above = Math.round(map.top + (below ? box[1] + box[3] : box[1]) * map.scale) - (below ? 0 : height);
  const top = Math.max(0, Math.min(context.canvas.height - height, above));
  context.fillStyle = "#000000cc";
  context.fillRect(left, top, width, height);
  context.fillStyle = "#ffffff";
  context.fillText(words, left + pad, top + height / 2 + dpr * 0.5);
}

export function drawOverlays(context: CanvasRenderingContext2D, map: Mapping, overlays: Overlays, dpr: number): void {
  const { format } = overlays;
  const { width, height, bleed } = format;
  context.save();
  if (overlays.layers) {
    for (const layer of overlays.boxes) stroke(context, map, layer.box, [2, 2], 1, dpr);
    for (const layer of overlays.boxes) {
      const size = layer.size === undefined ? "" : ` ${Math.round(layer.size)} px`;
      const lines = layer.lines === undefined || layer.lines < 2 ? "" : ` ${layer.lines} lines`;
      label(context, map, layer.box, `${layer.layer}${size}${lines}`, dpr);
    }
  }
  if (overlays.edges) {
    stroke(context, map, [0, 0, width, height], [], 1, dpr);
    if (bleed > 0) {
      const box: Box = [-bleed, -bleed, width + 2 * bleed, height + 2 * bleed];
      stroke(context, map, box, [8, 3], 1, dpr);
      label(context, map, box, `bleed ${Math.round(bleed)} px`, dpr);
    }
  }
  const [top, right, bottom, left] = format.safe;
  if (overlays.safe && top + right + bottom + left > 0) {
    const box: Box = [left, top, width - left - right, height - top - bottom];
    stroke(context, map, box, [6, 4], 1, dpr);
    label(context, map, box, "safe zone", dpr);
  }
  if (overlays.findings) {
    for (const finding of overlays.places) {
      if (!finding.place) continue;
      stroke(context, map, finding.place, [], 2, dpr);
      label(context, map, finding.place, `${finding.severity}: ${finding.rule.replaceAll("-", " ")}`, dpr, true);
    }
  }
  if (overlays.marked) stroke(context, map, overlays.marked, [], 3, dpr);
  context.restore();
}
