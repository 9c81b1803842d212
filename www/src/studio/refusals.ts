/**
 * Words and values that the engine refused, told beside the field where they were typed. In: what was refused and why. Out: the text that stands in the field still, marked, with
 * what would do instead. What was standing before goes on standing in every variant.
 */

import type { EngineError } from "../engine/types.ts";
import { write } from "./dom.ts";

/** Of one place, such as a token's path: what was typed, and what is wrong with it; no errors: it was taken. */
export interface Refusal {
  place: string;
  text: string;
  errors: readonly EngineError[];
}

export class Refusals {
  readonly #of = new Map<string, Refusal>();

  /** Whether anything is to be shown otherwise. */
  take(refusal: Refusal): boolean {
    if (refusal.errors.length === 0) return this.#of.delete(refusal.place);
    this.#of.set(refusal.place, refusal);
    return true;
  }

  /** It is as it was before again. */
  drop(place: string): boolean {
    return this.#of.delete(place);
  }

  clear(): void {
    this.#of.clear();
  }

  at(place: string): Refusal | undefined {
    return this.#of.get(place);
  }
}

/** Marks a field and writes why beside it, or takes both away. */
export function mark(field: HTMLElement, line: HTMLElement, refusal: Refusal | undefined): void {
  if (refusal) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  line.hidden = !refusal;
  write(line, refusal ? refusal.errors.map(refusalWords).join(" ") : "");
}

/** "unknown colour. Allowed: #rrggbb or a token in braces." */
function refusalWords({ message, allowed, hint }: EngineError): string {
  const sentences = [message, allowed === undefined ? "" : `allowed: ${allowed}`, hint ?? ""].filter(Boolean);
  return sentences.map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1).replace(/\.$/, "")}.`).join(" ");
}
