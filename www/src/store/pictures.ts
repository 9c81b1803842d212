/**
 * Small pictures that were drawn, within a budget of bytes. In: bitmaps. Out: the same, as long as they are kept; a bitmap that
 * goes is closed. Thumbnails stand in while a better one is drawn, and have one half of the room, larger ones the other; what the thumbnails leave is theirs too. In each the least
 * looked at goes first.
 */
import type { Rendered } from "../engine/types.ts";
import type { Picture } from "./store.ts";

/** A picture of at most this many bytes is a thumbnail, kept before larger ones. */
const THUMBNAIL_BYTES = 128 * 128 * 4;

interface Held extends Picture {
  key: string;
  bytes: number;
}

/** The order of the map is the order of use: the first was not looked at for longest. */
class Shelf extends Map<string, Held> {
  bytes = 0;
}

export class Pictures {
  readonly #budget: number;
  readonly #large = new Shelf();
  readonly #thumbnails = new Shelf();
  readonly #ofVariant = new Map<string, Map<string, Held>>();

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Another thumbnail takes the place of one. */
  get isCrowded(): boolean {
    return this.#thumbnails.bytes + THUMBNAIL_BYTES > this.#budget / 2;
  }

  /** One of this size. */
  get(id: string, maxWidth: number, maxHeight: number): Picture | undefined {
    const held = this.#ofVariant.get(id)?.get(keyOf(id, maxWidth, maxHeight));
    if (held) this.#touch(held);
    return held;
  }

  /** The largest of any size. */
  any(id: string): Picture | undefined {
    let best: Held | undefined;
    for (const held of this.#ofVariant.get(id)?.values() ?? []) if (!best || held.bytes > best.bytes) best = held;
    if (best) this.#touch(best);
    return best;
  }

  put(picture: Rendered, maxWidth: number, maxHeight: number): Picture {
    const { id, fingerprint, bitmap, width, height } = picture;
    const key = keyOf(id, maxWidth, maxHeight);
    this.#drop(this.#ofVariant.get(id)?.get(key));
    const held: Held = { id, fingerprint, bitmap, width, height, key, bytes: width * height * 4 };
    this.#shelf(held).set(key, held);
    const siblings = this.#ofVariant.get(id) ?? new Map<string, Held>();
    siblings.set(key, held);
    this.#ofVariant.set(id, siblings);
    this.#shelf(held).bytes += held.bytes;
    this.#makeRoom(this.#thumbnails, this.#budget / 2, held);
    this.#makeRoom(this.#large, this.#budget - this.#thumbnails.bytes, held);
    return held;
  }

  #makeRoom(shelf: Shelf, most: number, wanted: Held): void {
    for (const old of shelf.values()) {
      if (shelf.bytes <= most) return;
      if (old !== wanted) this.#drop(old);
    }
  }

  clear(): void {
    for (const shelf of [this.#large, this.#thumbnails]) for (const held of [...shelf.values()]) this.#drop(held);
  }

  #shelf(held: Held): Shelf {
    return held.bytes <= THUMBNAIL_BYTES ? this.#thumbnails : this.#large;
  }

  #touch(held: Held): void {
    const shelf = this.#shelf(held);
    shelf.delete(held.key);
    shelf.set(held.key, held);
  }

  #drop(held: Held | undefined): void {
    if (!held) return;
    const shelf = this.#shelf(held);
    shelf.delete(held.key);
    shelf.bytes -= held.bytes;
    this.#ofVariant.get(held.id)?.delete(held.key);
    // Whoever was handed it a moment ago paints it first: where room is short one that came is pushed out by the next of the same moment.
    setTimeout(() => held.bitmap.close());
  }
}

function keyOf(id: string, maxWidth: number, maxHeight: number): string {
  return `${id} ${maxWidth}x${maxHeight}`;
}
