/**
 * Where the eye is over one picture. In: the size of the picture, the part of the canvas it is seen in, wishes to pan and zoom. Out: how px of the format
 * map to px of the canvas. Zoom is in px of the canvas per px of the format; "fit" follows the canvas.
 */

import type { Mapping } from "./overlays.ts";

/** Part of a canvas, device px. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** What is looked at: its trim, and how far round it is seen too, px of the format. */
export interface Sight {
  width: number;
  height: number;
  bleed: number;
}

export interface Point {
  x: number;
  y: number;
}

const CLOSEST = 16;
const FARTHEST = 0.05;
/** A small picture is seen whole at this zoom at the most. */
const FIT_MOST = 4;

export class Camera {
  zoom: number | "fit" = "fit";
  #centre: Point = { x: 0, y: 0 };
  #area: Area = { left: 0, top: 0, width: 1, height: 1 };
  #sight: Sight = { width: 1, height: 1, bleed: 0 };
  #around: Point = { x: 0, y: 0 };

  /** Looks at something, in a part of the canvas, with space around where it is seen whole (device px). */
  look(sight: Sight, area: Area, around: Point): void {
    this.#sight = sight;
    this.#area = area;
    this.#around = around;
    if (this.zoom === "fit") this.#centre = { x: sight.width / 2, y: sight.height / 2 };
  }

  get area(): Area {
    return this.#area;
  }

  get scale(): number {
    return this.zoom === "fit" ? this.#fitScale() : this.zoom;
  }

  fit(): void {
    this.zoom = "fit";
    this.#centre = { x: this.#sight.width / 2, y: this.#sight.height / 2 };
  }

  /** `at` stays where it is; without it, the middle. Device px of the canvas. */
  zoomTo(goal: number, at: Point = this.#middle()): void {
    this.#begin();
    const before = this.scale;
    const next = Math.max(Math.min(this.#fitScale() / 2, FARTHEST), Math.min(CLOSEST, goal));
    const middle = this.#middle();
    this.#centre.x += (at.x - middle.x) / before - (at.x - middle.x) / next;
    this.#centre.y += (at.y - middle.y) / before - (at.y - middle.y) / next;
    this.zoom = next;
    this.#hold();
  }

  /** Device px of the canvas; what is seen moves the other way. */
  panBy(dx: number, dy: number): void {
    this.#begin();
    this.#centre.x += dx / this.scale;
    this.#centre.y += dy / this.scale;
    this.#hold();
  }

  /** The same place of another picture of the same size. */
  follow(other: Camera): void {
    this.zoom = other.zoom;
    this.#centre = { ...other.#centre };
    this.#hold();
  }

  mapping(): Mapping {
    const middle = this.#middle();
    const { scale } = this;
    return {
      left: Math.round(middle.x - this.#centre.x * scale),
      top: Math.round(middle.y - this.#centre.y * scale),
      scale,
    };
  }

  /** A point of the canvas in px of the format. */
  at({ x, y }: Point): Point {
    const { left, top, scale } = this.mapping();
    return { x: (x - left) / scale, y: (y - top) / scale };
  }

  #middle(): Point {
    const { left, top, width, height } = this.#area;
    return { x: left + width / 2, y: top + height / 2 };
  }

  #fitScale(): number {
    const { width, height, bleed } = this.#sight;
    const across = (this.#area.width - 2 * this.#around.x) / (width + 2 * bleed);
    const down = (this.#area.height - 2 * this.#around.y) / (height + 2 * bleed);
    return Math.max(0.001, Math.min(across, down, FIT_MOST));
  }

  /** From "fit" to a zoom of one's own: the centre is taken over. */
  #begin(): void {
    if (this.zoom === "fit") this.zoom = this.#fitScale();
  }

  /** At least a corner of the picture stays in sight. */
  #hold(): void {
    this.#centre.x = Math.max(0, Math.min(this.#sight.width, this.#centre.x));
    this.#centre.y = Math.max(0, Math.min(this.#sight.height, this.#centre.y));
  }
}
