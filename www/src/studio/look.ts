/**
 * What is looked at and how: view, grouping, ground, sizes, strip, panels. In: turns of a person, preferences that this browser kept. Out: the same, and
 * what of it is worth keeping. What there is to look at is left to the store.
 */

import type { StudioStore } from "../store/store.ts";
import type { Strip } from "./arrangement.ts";
import { GROUPS, type Group } from "./sections.ts";

export type View = "sheet" | "matrix";
export const GROUNDS = ["20", "58", "95"] as const;
export type Ground = (typeof GROUNDS)[number];
export type Panel = "facets" | "inspector";

/** Height of the sheet's rows, CSS px. */
const ROW_HEIGHTS = [80, 104, 132, 168, 216, 280, 360] as const;
/** Width of the matrix' columns at the same steps, CSS px. */
const MATRIX_COLUMNS = [64, 80, 96, 128, 168, 224, 296] as const;
const USUAL_STEP = 2;

/** Widths of the studio from which a panel stands open unasked, CSS px. */
const ROOM: Record<Panel, number> = { facets: 1000, inspector: 720 };

/** The one after, round the end. */
function after<T>(list: readonly T[], one: T): T {
  return list[(list.indexOf(one) + 1) % list.length] ?? one;
}

export class Look {
  view: View = "sheet";
  group: Group = "language";
  ground: Ground = "58";
  strip: Strip = "sheet";
  /** The strip stands below the loupe. */
  film = true;
  /** Letters act as keys. */
  letters = true;
  /** Plain clicks pick. */
  selecting = false;
  #step = USUAL_STEP;
  #fold: Partial<Record<Panel, boolean>> = {};
  #keep: (name: string, value: string) => void = () => {};

  get rowHeight(): number {
    return ROW_HEIGHTS[this.#step] ?? ROW_HEIGHTS[USUAL_STEP];
  }

  get column(): number {
    return MATRIX_COLUMNS[this.#step] ?? MATRIX_COLUMNS[USUAL_STEP];
  }

  /** Which panels stand open in a studio of this width. */
  panels(width: number): Record<Panel, boolean> {
    return {
      facets: this.#fold.facets ?? width >= ROOM.facets,
      inspector: this.#fold.inspector ?? width >= ROOM.inspector,
    };
  }

  fold(panel: Panel, open: boolean): void {
    this.#fold = { ...this.#fold, [panel]: open };
  }

  resize(by: 1 | -1): void {
    this.#step = Math.max(0, Math.min(ROW_HEIGHTS.length - 1, this.#step + by));
    this.#keep("row", String(this.#step));
  }

  setGround(ground: Ground = after(GROUNDS, this.ground)): void {
    this.ground = ground;
    this.#keep("ground", ground);
  }

  setLetters(on: boolean): void {
    this.letters = on;
    this.#keep("letters", on ? "on" : "off");
  }

  turnGroup(): Group {
    return after(GROUPS, this.group);
  }

  /** The same strip again is the sheet's order again; one that is folded away comes back as it is asked for. */
  turnStrip(kind: Strip): void {
    this.strip = this.film && this.strip === kind ? "sheet" : kind;
    this.setFilm(true);
  }

  setFilm(on: boolean): void {
    this.film = on;
    this.#keep("film", on ? "on" : "off");
  }

  /** Takes what this browser kept, and keeps there what is turned from now on. */
  take(store: Pick<StudioStore, "preference" | "setPreference">): void {
    this.#keep = (name, value) => store.setPreference(name, value);
    const ground = store.preference("ground");
    this.ground = GROUNDS.find((one) => one === ground) ?? this.ground;
    this.letters = store.preference("letters") !== "off";
    this.film = store.preference("film") !== "off";
    const step = Number(store.preference("row") ?? USUAL_STEP);
    this.#step = step >= 0 && step < ROW_HEIGHTS.length ? Math.floor(step) : USUAL_STEP;
  }
}
