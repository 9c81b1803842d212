/**
 * Where pictures are painted: on a canvas of their own, or on one that a whole row shares. In: places and bitmaps. Out: pixels. To the browser each canvas is
 * a layer that it arranges anew at every frame in which something near it changed; seventy of them cost more than painting them, seven do not.
 */
import { h } from "./dom.ts";

/** Device px for each CSS px that pictures are painted in. */
export function density(): number {
  return Math.min(3, globalThis.devicePixelRatio || 1);
}

/** A place for one picture. */
export interface Surface {
  readonly density: number;
  /** Makes the place so large, device px; what stood there is gone. */
  resize(width: number, height: number): void;
  readonly width: number;
  readonly height: number;
  /** The bitmap, stretched to the place; without one the ground. */
  paint(bitmap: ImageBitmap | undefined, ground: string): void;
}

function lay(
  context: CanvasRenderingContext2D | null,
  [x, y, width, height]: readonly [number, number, number, number],
  bitmap: ImageBitmap | undefined,
  ground: string,
): void {
  if (!context) return;
  if (!bitmap) {
    context.fillStyle = ground;
    context.fillRect(x, y, width, height);
    return;
  }
  // What stands in is soon painted over, and stretching it well costs more than all else of a frame that scrolls; the sharp one is a px off at most.
  const standsIn = Math.abs(bitmap.width - width) > 2 || Math.abs(bitmap.height - height) > 2;
  context.imageSmoothingQuality = standsIn ? "low" : "high";
  context.drawImage(bitmap, x, y, width, height);
}

/** A canvas for one picture. */
export class OwnCanvas implements Surface {
  readonly element = h("canvas", { class: "whole" });

  get density(): number {
    return density();
  }
  get width(): number {
    return this.element.width;
  }
  get height(): number {
    return this.element.height;
  }

  resize(width: number, height: number): void {
    this.element.width = width;
    this.element.height = height;
  }

  paint(bitmap: ImageBitmap | undefined, ground: string): void {
    const { width, height } = this.element;
    lay(this.element.getContext("2d", { alpha: false }), [0, 0, width, height], bitmap, ground);
  }
}

/** Heights of rows' canvases are multiples of so many device px: then most find one of their size among those that went. */
const STEP = 32;

/** Device px of the canvas of a row. */
function sizeFor(width: number, height: number): [number, number] {
  const dense = density();
  return [Math.max(1, Math.ceil(width * dense)), Math.max(1, Math.ceil((height * dense) / STEP)) * STEP];
}

/** A canvas behind the pictures of a row. */
export class RowCanvas {
  readonly element = h("canvas", { class: "behind", "aria-hidden": "true" });
  density = 1;

  /** One for a row of a size, CSS px, from those that went: best one that is as large already. */
  static from(spare: RowCanvas[], width: number, height: number): RowCanvas {
    const [w, h] = sizeFor(width, height);
    const at = spare.findLastIndex(({ element }) => element.width === w && element.height === h);
    const canvas = spare.splice(at, 1)[0] ?? new RowCanvas();
    canvas.begin(width, height);
    return canvas;
  }

  /** For a row of a size, CSS px: blank. */
  begin(width: number, height: number): void {
    this.density = density();
    const { element } = this;
    const [w, h] = sizeFor(width, height);
    if (element.width === w && element.height === h) {
      // Setting a size, also the same, gives back the memory and takes new.
      element.getContext("2d")?.clearRect(0, 0, w, h);
      return;
    }
    element.width = w;
    element.height = h;
    element.style.setProperty("width", `${w / this.density}px`);
    element.style.setProperty("height", `${h / this.density}px`);
  }

  /** The place of a picture in it, by its left top in CSS px. */
  place(left: number, top: number): Surface {
    const { element, density } = this;
    const [x, y] = [Math.round(left * density), Math.round(top * density)];
    let [width, height] = [0, 0];
    return {
      density,
      get width() {
        return width;
      },
      get height() {
        return height;
      },
      resize(w, h) {
        if (width > 0) element.getContext("2d")?.clearRect(x, y, width, height);
        [width, height] = [w, h];
      },
      paint: (bitmap, ground) => lay(element.getContext("2d"), [x, y, width, height], bitmap, ground),
    };
  }
}
