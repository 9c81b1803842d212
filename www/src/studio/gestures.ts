/**
 * Wheel, drags, pinches and double clicks over a picture. In: pointer events. Out: pans and zooms in device px of the canvas. A drag that somebody else takes
 * (a layer, a pin, a handle) is theirs.
 */

import type { Point } from "./camera.ts";

export interface Gestures {
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
  doubled(at: Point): void;
  /** A press that did not move. */
  pressed(at: Point): void;
  /** Takes a drag for itself; the rest of it is told to what it gives. */
  take?(at: Point): Drag | undefined;
}

export interface Drag {
  move(at: Point, from: Point, event: PointerEvent): void;
  end(cancelled: boolean): void;
}

/** A press may tremble this far, device px. */
const TREMBLE = 4;

export function devicePixels(): number {
  return Math.min(3, globalThis.devicePixelRatio || 1);
}

export function listenToGestures(stage: HTMLElement, gestures: Gestures): void {
  const pointers = new Map<number, Point>();
  let from: Point | undefined;
  let drag: Drag | undefined;
  let still = true;
  const pointOf = (event: MouseEvent): Point => {
    const box = stage.getBoundingClientRect();
    return { x: (event.clientX - box.left) * devicePixels(), y: (event.clientY - box.top) * devicePixels() };
  };
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const by = devicePixels();
      if (event.ctrlKey || event.metaKey) gestures.zoom(Math.exp(-event.deltaY / 240), pointOf(event));
      else if (event.shiftKey) gestures.pan((event.deltaY || event.deltaX) * by, 0);
      else gestures.pan(event.deltaX * by, event.deltaY * by);
    },
    { passive: false },
  );
  stage.addEventListener("dblclick", (event) => gestures.doubled(pointOf(event)));
  stage.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    const at = pointOf(event);
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, at);
    still = pointers.size === 1;
    if (pointers.size === 1) {
      from = at;
      drag = gestures.take?.(at);
    } else {
      drag?.end(true);
      drag = undefined;
    }
    stage.classList.toggle("drag", !drag);
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before || !from) return;
    const now = pointOf(event);
    if (Math.hypot(now.x - from.x, now.y - from.y) > TREMBLE * devicePixels()) still = false;
    if (still) return;
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, now);
    if (drag) {
      drag.move(now, from, event);
      return;
    }
    if (other) {
      const was = Math.hypot(before.x - other.x, before.y - other.y);
      const far = Math.hypot(now.x - other.x, now.y - other.y);
      if (was > 0) gestures.zoom(far / was, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
    }
    const share = other ? 0.5 : 1;
    gestures.pan((before.x - now.x) * share, (before.y - now.y) * share);
  });
  const up = (event: PointerEvent): void => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return;
    stage.classList.remove("drag");
    drag?.end(event.type === "pointercancel");
    if (still && event.type === "pointerup") gestures.pressed(pointOf(event));
    drag = undefined;
  };
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", up);
}
