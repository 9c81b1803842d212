/**
 * Comparing in the loupe: whether, how and with what, and which of the two is seen. In: keys and the choice of the bar below. Out: the other picture, or in words why
 * there is none. How two pictures are drawn against each other is the easel's.
 */

import { type Comparison, VariorumCompare } from "../elements/compare.ts";
import type { StudioState } from "../store/state.ts";
import { type Against, type Looked, type Reference, referenceOf, usualAgainst, type Way, whyMissing } from "./compare.ts";
import { h } from "./dom.ts";
import type { Item } from "./sections.ts";

export class Comparing {
  isOn = false;
  #way: Way = "flip";
  /** What a person chose to compare with; until then what is usual for the variant. */
  #against: Against | undefined;
  #isFlipped = false;
  #usual: Against = "source";
  readonly bar = new VariorumCompare();
  /** Where the edge between two halves stands. */
  readonly wiper = h("input", {
    type: "range",
    class: "wiper",
    min: 0,
    max: 1000,
    value: 500,
    hidden: true,
    "aria-label": "Edge between the two",
  });

  /** `changed`: another way or another picture; `wiped`: only the edge is elsewhere. */
  constructor({ changed, wiped }: { changed: () => void; wiped: () => void }) {
    this.wiper.addEventListener("input", wiped);
    this.bar.addEventListener("variorum-compare-request", (event) => {
      event.stopPropagation();
      if (!(event instanceof CustomEvent)) return;
      this.#choose(event.detail as Comparison);
      changed();
    });
  }

  get way(): Way {
    return this.#way;
  }

  /** Where the wiper stands, 0 to 1. */
  get wipe(): number {
    return Number(this.wiper.value) / 1000;
  }

  toggle(): void {
    this.isOn = !this.isOn;
    this.#isFlipped = false;
  }

  /** One way of comparing; the same again ends it, but for the flip, which goes back and forth. */
  compare(way: Way): void {
    if (way === "flip") {
      this.#isFlipped = !(this.isOn && this.#way === "flip" && this.#isFlipped);
      this.isOn = true;
    } else this.isOn = !(this.isOn && this.#way === way);
    this.#way = way;
  }

  /** Back to the variant itself. */
  unflip(): void {
    this.#isFlipped = false;
  }

  show(item: Item, state: StudioState): void {
    this.#usual = usualAgainst(item, state);
    this.bar.hidden = !this.isOn;
    this.bar.comparison = this.#comparison;
  }

  /** The other picture, or in words why there is none. */
  reference(looked: Looked): Reference | string | undefined {
    const found = this.isOn ? referenceOf(this.#comparison.against, looked) : undefined;
    this.wiper.hidden = typeof found !== "object" || this.#way !== "wipe";
    return found;
  }

  /** Whether the other one is seen whole, where there is one. */
  isFlipped(found: Reference | string | undefined): boolean {
    return typeof found === "object" && this.#way === "flip" && this.#isFlipped;
  }

  /** What is seen, in words: also why the other one is not. */
  say(found: Reference | string | undefined, fault: unknown): string {
    const words = typeof found === "object" ? (fault ? whyMissing(fault) : found.words) : (found ?? "");
    this.bar.words = words;
    return words;
  }

  get #comparison(): Comparison {
    return { against: this.#against ?? this.#usual, way: this.#way };
  }

  #choose({ way, against }: Comparison): void {
    const isOther = against !== this.#comparison.against;
    if (way !== this.#way) this.#isFlipped = way === "flip";
    else if (way === "flip" && !isOther) this.#isFlipped = !this.#isFlipped;
    this.#way = way;
    if (isOther) this.#against = against;
  }
}
