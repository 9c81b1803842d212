/**
 * One picture on a canvas, rastered for what is seen of it at the zoom it is seen at. In: what to show and how it maps to the canvas. Out: ground, a stand-in and
 * the sharp part that was last rastered, drawn; a request for a sharper one where it is not what is seen. One request at a time, the last wish wins.
 */

import { Priority, type RequestOptions } from "../engine/client.ts";
import type { Rendered, RenderRequest } from "../engine/types.ts";
import type { Picture } from "../store/store.ts";
import type { Area, Sight } from "./camera.ts";
import type { Mapping } from "./overlays.ts";

/** What is to be seen. */
export interface Shown extends Sight {
  id: string;
  /** Of its fingerprint, and of where it comes from: another one is another picture. */
  print: string;
  ground: string;
}

export interface SharpSource {
  render(request: RenderRequest, options: RequestOptions): Promise<Rendered>;
  /** Something of any size to stand in. */
  cached(id: string): Picture | undefined;
}

interface Held {
  id: string;
  print: string;
  bitmap: ImageBitmap;
  /** px of the format that it begins at, and px of the bitmap per px of the format. */
  x: number;
  y: number;
  scale: number;
}

export class Sharp {
  readonly #changed: () => void;
  #held: Held | undefined;
  #asked = "";
  #busy = false;
  #again = false;
  #stop: AbortController | undefined;
  /** Why what is wanted could not be drawn. */
  fault: unknown;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether the picture as it is now stands here. */
  isCurrent(id: string, print: string): boolean {
    return this.#held?.id === id && this.#held.print === print;
  }

  forget(): void {
    this.#stop?.abort();
    this.#held?.bitmap.close();
    this.#held = undefined;
    this.#asked = "";
    this.fault = undefined;
  }

  draw(context: CanvasRenderingContext2D, shown: Shown, map: Mapping, source: SharpSource): void {
    const { left, top, scale } = map;
    const width = Math.round(shown.width * scale);
    const height = Math.round(shown.height * scale);
    context.fillStyle = shown.ground;
    context.fillRect(left, top, width, height);
    context.imageSmoothingQuality = "high";
    const standIn = source.cached(shown.id);
    if (standIn) context.drawImage(standIn.bitmap, left, top, width, height);
    const held = this.#held;
    if (held?.id !== shown.id) return;
    const by = scale / held.scale;
    context.imageSmoothingEnabled = Math.abs(by - 1) > 1e-6;
    context.drawImage(
      held.bitmap,
      Math.round(left + held.x * scale),
      Math.round(top + held.y * scale),
      Math.round(held.bitmap.width * by),
      Math.round(held.bitmap.height * by),
    );
    context.imageSmoothingEnabled = true;
  }

  /** Asks for the part in sight at the present zoom. */
  ask(shown: Shown, map: Mapping, area: Area, source: SharpSource): void {
    const { scale } = map;
    const bleed = Math.floor(-shown.bleed * scale);
    // In whole px of the screen from the corner of the trim, so that nothing is resampled when it is drawn.
    const left = Math.max(bleed, area.left - map.left);
    const top = Math.max(bleed, area.top - map.top);
    const right = Math.min(Math.ceil((shown.width + shown.bleed) * scale), area.left + area.width - map.left);
    const bottom = Math.min(Math.ceil((shown.height + shown.bleed) * scale), area.top + area.height - map.top);
    if (right <= left || bottom <= top) return;
    const wish = [shown.id, shown.print, scale, left, top, right, bottom].join(" ");
    if (wish === this.#asked) return;
    if (this.#busy) {
      this.#again = true;
      if (!this.#asked.startsWith(`${shown.id} `)) this.#stop?.abort();
      return;
    }
    this.#asked = wish;
    this.fault = undefined;
    this.#busy = true;
    const stop = new AbortController();
    this.#stop = stop;
    const region: [number, number, number, number] = [left / scale, top / scale, (right - left) / scale, (bottom - top) / scale];
    source
      .render({ id: shown.id, scale, region }, { signal: stop.signal, priority: Priority.now })
      .then((rendered) => this.#arrived(rendered, shown.print, left / scale, top / scale, stop.signal.aborted))
      .catch((thrown: unknown) => {
        if (stop.signal.aborted) return;
        this.fault = thrown;
        this.#changed();
      })
      .finally(() => {
        this.#busy = false;
        if (this.#again) {
          this.#again = false;
          this.#changed();
        }
      });
  }

  #arrived({ id, bitmap, scale }: Rendered, print: string, x: number, y: number, aborted: boolean): void {
    if (aborted) {
      bitmap.close();
      return;
    }
    this.#held?.bitmap.close();
    this.#held = { id, print, bitmap, x, y, scale };
    this.fault = undefined;
    this.#changed();
  }
}
