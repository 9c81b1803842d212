/**
 * Letters of a sentence whose field is gone. In: what is pressed, and where; fields that lose the keyboard. Out: whether a key pressed outside of every field was meant for
 * the one that was there a moment before: it stamps nothing, opens nothing, and the rest of the sentence after it neither.
 */

/** Nobody who types means a letter as a command sooner than this after the last, ms. */
const MOMENT = 600;

/** Who presses these is done with the field. */
const DONE: ReadonlySet<string> = new Set(["Enter", "Escape", "Tab"]);

export class Adrift {
  /** The field typed in last, and when: its last letter, its loss, the last letter that went astray. */
  #last: { field: Element; at: number; lost: boolean } | undefined;

  /** A key pressed in this field, or in none; says whether it is astray. */
  takes({ key, timeStamp }: Pick<KeyboardEvent, "key" | "timeStamp">, field: Element | undefined): boolean {
    if (field) {
      this.#last = DONE.has(key) ? undefined : { field, at: timeStamp, lost: false };
      return false;
    }
    const last = this.#last;
    if (!last || !isGone(last.field)) return false;
    // Not every browser tells that what it removes had the keyboard: then this key is the first to find it gone.
    const astray = !last.lost || timeStamp - last.at < MOMENT;
    this.#last = astray && key !== "Escape" ? { ...last, at: timeStamp, lost: true } : undefined;
    return astray;
  }

  /** A field lost the keyboard. */
  lost(field: EventTarget | undefined, timeStamp: number): void {
    if (this.#last && this.#last.field === field) this.#last = { ...this.#last, at: timeStamp, lost: true };
  }

  /** A person turned elsewhere by hand. */
  forget(): void {
    this.#last = undefined;
  }
}

/** Nowhere on the page, or not shown on it. */
function isGone(field: Element): boolean {
  return !field.isConnected || field.getClientRects().length === 0;
}
