/**
 * Edges that snap. In: a box that is being moved or resized, what it may align with, how near is near. Out: the box where it snaps, and the lines it snapped to.
 * All in px of the format.
 */

import type { FormatInfo, LayerBox } from "../engine/types.ts";

/** x, y, w, h */
export type Box = readonly [number, number, number, number];

export interface Guides {
  /** Across: x of vertical lines; down: y of horizontal ones. */
  across: readonly number[];
  down: readonly number[];
}

export interface Snapped {
  box: Box;
  /** The lines it snapped to. */
  across: number | undefined;
  down: number | undefined;
}

/** Trim, safe zone, middle, and the edges and middles of the other layers. */
export function guidesOf(format: FormatInfo, boxes: readonly LayerBox[], without: string): Guides {
  const { width, height, safe } = format;
  const [top, right, bottom, left] = safe;
  const others = boxes.filter(({ layer }) => layer !== without).map(({ box }) => box);
  return {
    across: [0, left, width / 2, width - right, width, ...others.flatMap(([x, , w]) => [x, x + w / 2, x + w])],
    down: [0, top, height / 2, height - bottom, height, ...others.flatMap(([, y, , h]) => [y, y + h / 2, y + h])],
  };
}

/** The nearest line to one of these places within `near`, and how far to go. */
function nearest(places: readonly number[], lines: readonly number[], near: number): { by: number; line: number } | undefined {
  let best: { by: number; line: number } | undefined;
  for (const place of places) {
    for (const line of lines) {
      const by = line - place;
      if (Math.abs(by) <= near && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, line };
    }
  }
  return best;
}

export function snapMove([x, y, w, h]: Box, guides: Guides, near: number): Snapped {
  const across = nearest([x, x + w / 2, x + w], guides.across, near);
  const down = nearest([y, y + h / 2, y + h], guides.down, near);
  return { box: [x + (across?.by ?? 0), y + (down?.by ?? 0), w, h], across: across?.line, down: down?.line };
}

/** Which corner is dragged: -1 left or top, 1 right or bottom. */
export interface Corner {
  across: -1 | 1;
  down: -1 | 1;
}

export const CORNERS: readonly Corner[] = [
  { across: -1, down: -1 },
  { across: 1, down: -1 },
  { across: -1, down: 1 },
  { across: 1, down: 1 },
];

/** A box with one corner dragged to where its edges snap; what keeps its shape snaps by the edge that is nearer to a line. */
export function snapResize(
  from: Box,
  corner: Corner,
  [dx, dy]: readonly [number, number],
  guides: Guides,
  near: number,
  ratio: boolean,
): Snapped {
  const free = resized(from, corner, dx, dy, ratio);
  const [x, y, w, h] = free;
  const edges = [corner.across === -1 ? x : x + w, corner.down === -1 ? y : y + h] as const;
  const across = nearest([edges[0]], guides.across, near);
  const down = nearest([edges[1]], guides.down, near);
  if (!ratio)
    return {
      box: resized(from, corner, dx + (across?.by ?? 0), dy + (down?.by ?? 0), false),
      across: across?.line,
      down: down?.line,
    };
  const [, , fromWidth, fromHeight] = from;
  const byWidth = across && (!down || Math.abs(across.by) <= Math.abs(down.by));
  if ((!across && !down) || fromWidth <= 0 || fromHeight <= 0) return { box: free, across: undefined, down: undefined };
  const width = byWidth ? w + corner.across * across.by : ((h + corner.down * (down?.by ?? 0)) * fromWidth) / fromHeight;
  const height = (width * fromHeight) / fromWidth;
  const box = resized(from, corner, corner.across * (width - fromWidth), corner.down * (height - fromHeight), true);
  return { box, across: byWidth ? across.line : undefined, down: byWidth ? undefined : down?.line };
}

/** A box with one corner dragged; `ratio` keeps its shape. The opposite corner stays. */
export function resized([x, y, w, h]: Box, corner: Corner, dx: number, dy: number, ratio: boolean): Box {
  const least = 8;
  let width = Math.max(least, w + corner.across * dx);
  let height = Math.max(least, h + corner.down * dy);
  if (ratio && w > 0 && h > 0) {
    const scale = Math.max(width / w, height / h);
    width = w * scale;
    height = h * scale;
  }
  return [corner.across === -1 ? x + w - width : x, corner.down === -1 ? y + h - height : y, width, height];
}
