/**
 * Keys pressed anywhere in the page, as far as they are the studio's. In: keydown events of the document. Out: acts on the desk, a field left, the list of keys opened.
 * Whose a key is and what it means stand in keyboard.ts and keys.ts.
 */

import { type Desk, perform } from "../studio/acts.ts";
import { Adrift } from "../studio/adrift.ts";
import { isOurs, leftField, meaning } from "../studio/keyboard.ts";
import { isTyping } from "../studio/keys.ts";
import type { Places } from "./places.ts";
import type { Standing } from "./standing.ts";

const ATTENTION = ["pointerdown", "focusin"] as const;

export class Hearing {
  readonly #host: HTMLElement;
  readonly #places: Places;
  readonly #at: Standing;
  readonly #desk: Desk;
  /** Whether the last click or focus of the page was in the studio. */
  #attended: boolean | undefined;
  readonly #adrift = new Adrift();

  constructor(host: HTMLElement, places: Places, at: Standing, desk: Desk) {
    this.#host = host;
    this.#places = places;
    this.#at = at;
    this.#desk = desk;
  }

  start(): void {
    document.addEventListener("keydown", this.#onKey);
    this.#host.shadowRoot?.addEventListener("focusout", this.#onLoss, true);
    for (const type of ATTENTION) document.addEventListener(type, this.#onAttention, true);
  }

  stop(): void {
    document.removeEventListener("keydown", this.#onKey);
    this.#host.shadowRoot?.removeEventListener("focusout", this.#onLoss, true);
    for (const type of ATTENTION) document.removeEventListener(type, this.#onAttention, true);
  }

  readonly #onAttention = (event: Event): void => {
    this.#attended = event.composedPath().includes(this.#host);
    if (event.type === "pointerdown") this.#adrift.forget();
  };

  readonly #onLoss = (event: Event): void => this.#adrift.lost(event.composedPath()[0], event.timeStamp);

  readonly #onKey = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    if (this.#adrift.takes(event, isTyping(event) && target instanceof Element ? target : undefined)) {
      event.preventDefault();
      return;
    }
    if (!isOurs(event, this.#host, this.#attended) || this.#places.isAsking) return;
    if (this.#leave(event) || this.#act(event)) event.preventDefault();
  };

  /** Escape leaves a field, and nothing else. */
  #leave(event: KeyboardEvent): boolean {
    const field = leftField(event);
    field?.blur();
    if (field) this.#at.takeKeys();
    return field !== undefined;
  }

  #act(event: KeyboardEvent): boolean {
    const { facets, inspector, bar, keys } = this.#places;
    const act = meaning(event, { host: this.#host, letters: this.#at.look.letters, panels: [facets, inspector, bar] });
    if (act === "keys") {
      keys.open(this.#host.getAttribute("docs"));
      return true;
    }
    return act !== undefined && this.#at.state.campaign !== undefined && perform(act, event.shiftKey, this.#desk);
  }
}
