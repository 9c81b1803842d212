/**
 * The ways to lay a variant out, as they stand side by side. In: those shown so far, what the engine tells of the variant as it is now. Out: each in the place where it
 * was first shown, with what holds of it now; and what is to say of those that are not shown.
 */

import type { Way, Why } from "../engine/types.ts";
import { gateQuoted } from "./words.ts";

/**
 * Choosing one moves none. A way that the engine no longer tells of gives its place to another: what was known of it was of another page, and a card that shows the page
 * of now must not carry the gates of then.
 */
export function inPlace(shown: readonly Way[], told: readonly Way[], most: number): readonly Way[] {
  const known = new Map(told.map((way) => [way.arrangement, way]));
  if (!shown.some(({ arrangement }) => known.has(arrangement))) return told.slice(0, most);
  const before = new Set(shown.map(({ arrangement }) => arrangement));
  const others = told.filter(({ arrangement }) => !before.has(arrangement));
  const kept = shown.flatMap((way) => known.get(way.arrangement) ?? others.shift() ?? []);
  return [...kept, ...others].slice(0, most);
}

/** Less than this is no difference that could be seen. */
const LITTLE = 0.005;
/** Terms that are told of two ways: those that differ most. */
const TOLD = 4;

/** The best of the other ways that break no gate. */
export function next({ alternatives }: Pick<Why, "alternatives">): Way | undefined {
  return alternatives.filter(({ failed }) => failed.length === 0).sort((a, b) => a.energy - b.energy)[0];
}

/** Where no other way breaks nothing. */
export function lonely({ alternatives, failed }: Pick<Why, "alternatives" | "failed">): string {
  if (failed.length > 0) return "No way passes all that is never traded: this one comes nearest.";
  return alternatives.length > 0 ? "The only way that passes all that is never traded." : "";
}

/** What tells two ways apart, the largest difference first, each with what it costs in either. */
export function differing(one: Pick<Way, "costs">, other: Pick<Way, "costs">): { name: string; costs: [number, number] }[] {
  return Object.entries(one.costs)
    .map(([name, cost]): { name: string; costs: [number, number] } => ({ name, costs: [cost, other.costs[name] ?? 0] }))
    .filter(({ costs: [a, b] }) => Math.abs(a - b) >= LITTLE)
    .sort((a, b) => Math.abs(b.costs[0] - b.costs[1]) - Math.abs(a.costs[0] - a.costs[1]))
    .slice(0, TOLD);
}

/** Why one stands before another, in one sentence; `numbers`: what they are called where they are seen, `cost`: what each costs. */
export function before(
  why: Pick<Why, "chosen" | "kept">,
  numbers: readonly [string, string],
  cost: readonly [number, number],
): string {
  const by = Math.abs(cost[1] - cost[0]).toFixed(2);
  const [own, other] = numbers;
  if (cost[1] >= cost[0])
    return `${own} is the best that breaks nothing: ${other}, the next, scores ${by} more. What tells them apart:`;
  if (why.chosen) return `A person took ${own}: ${other} would score ${by} less. What tells them apart:`;
  return `${other} would score ${by} less. What tells them apart:`;
}

/** How many ways there were, why a dearer one is taken, and what the others fail at; what the master leaves out here by design. */
export function rest({ ways, kept, fell, leftOut, pins }: Pick<Why, "ways" | "kept" | "fell" | "leftOut" | "pins">): string {
  const failed = Object.entries(fell).sort(([, a], [, b]) => b - a);
  const gates = failed.map(([gate, times]) => `${gateQuoted(gate)} (${times})`).join(", ");
  // What a rule forbids is not tried, so that nobody knows how many ways the shape alone would leave.
  const isRuled = pins !== undefined && Object.keys(pins).length > 0;
  const only = isRuled ? "No other layout holds the rules set here." : "A page of this shape is laid out in this way only.";
  const tried = ways === 1 ? only : `${ways} ways were tried.`;
  return [
    tried,
    kept && kept.less >= LITTLE
      ? `Kept so that all languages have one layout: ${kept.name} would cost ${kept.less.toFixed(2)} less.`
      : "",
    gates === "" ? "" : `What others do not pass: ${gates}.`,
    leftOut && leftOut.length > 0 ? `The master itself leaves out here: ${leftOut.join(", ")}.` : "",
  ]
    .filter((said) => said !== "")
    .join(" ");
}
