/**
 * Wishes that overtake each other, such as every key typed into a headline. In: a place and what to do there. Out: one doing at a time for each
 * place; of those that came meanwhile only the last is done. Between two there is time to draw, or a fast typist would see nothing until the last key.
 */

/** Room for the pictures in sight between two wishes, ms. */
const ROOM = 80;

export class Latest {
  readonly #waiting = new Map<string, () => Promise<unknown>>();
  readonly #busy = new Set<string>();

  /** What fails is told by whoever does it. */
  wish(place: string, act: () => Promise<unknown>): void {
    if (this.#busy.has(place)) {
      this.#waiting.set(place, act);
      return;
    }
    this.#busy.add(place);
    act()
      .catch(() => undefined)
      .finally(() => setTimeout(() => this.#next(place), this.#waiting.has(place) ? ROOM : 0));
  }

  #next(place: string): void {
    this.#busy.delete(place);
    const act = this.#waiting.get(place);
    this.#waiting.delete(place);
    if (act) this.wish(place, act);
  }
}
