/**
 * Where each picture of the contact sheet stands. In: sections of variants, the width there is, a row height. Out: rows with boxes in CSS px.
 * Pictures keep their true aspect ratio; rows are justified like type, the last of a section is left ragged; what is very wide is
 * made lower instead of endless, what is very narrow keeps room for its caption. Pure arithmetic: 4,000 boxes in a few ms.
 */

import type { Item, Section } from "./sections.ts";

export const GAP = 12;
export const CAPTION = 24;
export const HEADING = 40;
const NARROWEST = 84;
const WIDE = 2;

export interface Place {
  item: Item;
  /** From the left of the sheet; the picture stands at its left foot. */
  x: number;
  /** Of the cell with its caption. */
  width: number;
  pictureWidth: number;
  pictureHeight: number;
}

export interface Row {
  kind: "heading" | "pictures";
  section: Section;
  /** From the top of the sheet to the top of the row. */
  y: number;
  height: number;
  places: Place[];
}

export interface SheetLayout {
  rows: Row[];
  height: number;
  /** Row and column of each id. */
  at: Map<string, { row: number; column: number }>;
}

/** Size at row height `height`, before the row is justified. */
function natural(aspect: number, height: number): { width: number; height: number } {
  if (aspect <= WIDE) return { width: aspect * height, height };
  const width = height * (WIDE + 0.36 * (aspect - WIDE));
  return { width, height: width / aspect };
}

export function layOut(parts: readonly Section[], width: number, rowHeight: number): SheetLayout {
  const rows: Row[] = [];
  const at = new Map<string, { row: number; column: number }>();
  let y = 0;
  for (const section of parts) {
    rows.push({ kind: "heading", section, y, height: HEADING, places: [] });
    y += HEADING;
    let line: { item: Item; width: number; height: number }[] = [];
    let used = 0;
    const close = (justify: boolean): void => {
      if (line.length === 0) return;
      const gaps = GAP * (line.length - 1);
      const stretch = justify ? Math.min(1.3, (width - gaps) / (used - gaps)) : Math.min(1, (width - gaps) / (used - gaps));
      let x = 0;
      let tallest = 0;
      const places: Place[] = [];
      for (const [column, { item, ...size }] of line.entries()) {
        const cellWidth = Math.floor(Math.max(size.width, NARROWEST) * stretch);
        const own = Math.min(stretch, item.format.width / size.width);
        const pictureWidth = Math.max(2, Math.round(size.width * own));
        const pictureHeight = Math.max(2, Math.round(size.height * own));
        places.push({ item, x: Math.round(x), width: Math.max(cellWidth, pictureWidth), pictureWidth, pictureHeight });
        at.set(item.id, { row: rows.length, column });
        tallest = Math.max(tallest, pictureHeight);
        x += Math.max(size.width, NARROWEST) * stretch + GAP;
      }
      const height = tallest + CAPTION + GAP;
      rows.push({ kind: "pictures", section, y, height, places });
      y += height;
      line = [];
      used = 0;
    };
    for (const item of section.items) {
      const aspect = item.format.width / Math.max(1, item.format.height);
      let size = natural(aspect, rowHeight);
      // Nothing is shown larger than it is: a small banner is judged at its own size.
      if (size.width > item.format.width) size = { width: item.format.width, height: item.format.height };
      if (size.width > width) size = { width, height: width / aspect };
      const room = Math.max(size.width, NARROWEST);
      // A row is closed where stretching it would change sizes less than squeezing the next picture in.
      if (line.length > 0) {
        const stretch = width / used;
        const squeeze = (used + GAP + room) / width;
        if (squeeze > 1 && squeeze > stretch) close(true);
      }
      used += (line.length > 0 ? GAP : 0) + room;
      line.push({ item, ...size });
      if (used >= width) close(true);
    }
    close(false);
  }
  return { rows, height: y + GAP, at };
}

/** First row whose foot lies below `top`. */
export function firstRow(layout: SheetLayout, top: number): number {
  let low = 0;
  let high = layout.rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = layout.rows[middle];
    if (row && row.y + row.height <= top) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The next id in a direction: by column in a row, by nearest middle between rows. */
export function step(layout: SheetLayout, id: string, direction: "left" | "right" | "up" | "down"): string | undefined {
  const here = layout.at.get(id);
  if (!here) return layout.rows.find((row) => row.kind === "pictures")?.places[0]?.item.id;
  const row = layout.rows[here.row];
  const place = row?.places[here.column];
  if (!row || !place) return undefined;
  const toRow = (index: number, by: 1 | -1): Row | undefined => {
    let i = index + by;
    while (layout.rows[i]?.kind === "heading") i += by;
    return layout.rows[i];
  };
  if (direction === "left" || direction === "right") {
    const by = direction === "left" ? -1 : 1;
    const beside = row.places[here.column + by];
    if (beside) return beside.item.id;
    const next = toRow(here.row, by);
    return (by === 1 ? next?.places[0] : next?.places.at(-1))?.item.id;
  }
  const next = toRow(here.row, direction === "up" ? -1 : 1);
  const middle = place.x + place.pictureWidth / 2;
  let best: Place | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const other of next?.places ?? []) {
    const d = Math.abs(other.x + other.pictureWidth / 2 - middle);
    if (d < distance) {
      distance = d;
      best = other;
    }
  }
  return best?.item.id;
}
