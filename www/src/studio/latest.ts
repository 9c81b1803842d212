/**
 * Wishes that overtake each other, such as every key typed into a headline. In: a place and what to do there. Out: one doing at a time for each
 * place; of those that came meanwhile only the last is done. Between two there is time to draw, or a fast typist would see nothing until the last key.
 * Where the last one is refused (half a placeholder), the newest of those it overtook that is not refused is done: fast or slow, the same stands in the end.
 */

/** Room for the pictures in sight between two wishes, ms, where whoever makes one does not say otherwise. */
const ROOM = 80;

/** `quietly`: the same without a word of how it went, for one that comes after a refusal. */
type Act = (quietly: boolean) => Promise<unknown>;

export class Latest {
  readonly #waiting = new Map<string, Act>();
  readonly #busy = new Set<string>();
  readonly #room = new Map<string, number>();
  /** Those that were overtaken and are newer than what was done last, the newest last. */
  readonly #overtaken = new Map<string, Act[]>();

  /** What fails is told by whoever does it. `room`: for what comes before the next one of this place, ms. */
  wish(place: string, act: Act, room = ROOM): void {
    this.#room.set(place, room);
    if (!this.#busy.has(place)) {
      this.#busy.add(place);
      this.#do(place, act, false);
      return;
    }
    const before = this.#waiting.get(place);
    if (before) this.#overtakenAt(place).push(before);
    this.#waiting.set(place, act);
  }

  #overtakenAt(place: string): Act[] {
    const overtaken = this.#overtaken.get(place) ?? [];
    this.#overtaken.set(place, overtaken);
    return overtaken;
  }

  #do(place: string, act: Act, quietly: boolean): void {
    const older = this.#overtakenAt(place).length;
    act(quietly)
      .then(
        () => this.#overtakenAt(place).splice(0, older),
        () => undefined,
      )
      .finally(() => setTimeout(() => this.#next(place), this.#waiting.has(place) ? (this.#room.get(place) ?? ROOM) : 0));
  }

  #next(place: string): void {
    const act = this.#waiting.get(place);
    const before = act ? undefined : this.#overtaken.get(place)?.pop();
    this.#waiting.delete(place);
    if (act) this.#do(place, act, false);
    else if (before) this.#do(place, before, true);
    else {
      this.#busy.delete(place);
      this.#room.delete(place);
      this.#overtaken.delete(place);
    }
  }
}
