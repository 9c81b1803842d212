/**
 * Which act a key means where it was pressed. In: a keyboard event, and what of the studio keeps keys of its own. Out: an act, or undefined where the key
 * belongs to a field, a button, a list or the page around.
 */

import { type Act, actOf, isTyping } from "./keys.ts";

export interface Keyboard {
  /** The studio: keys pressed elsewhere in the page are the page's, but for those that nothing has. */
  host: HTMLElement;
  /** Whether letters act as keys. */
  letters: boolean;
  /** Where arrows move inside, not on the sheet. */
  panels: readonly HTMLElement[];
}

/** Share of the window from which on a studio is the page, not a part of one. */
const WHOLE = 0.8;

/** Whether a key pressed is this studio's at all; `attended`: whether the last click or focus was in it, where there was one. */
export function isOurs(event: KeyboardEvent, host: HTMLElement, attended: boolean | undefined): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const path = event.composedPath();
  if (path.includes(host)) return true;
  // What nothing has is ours after a click into the studio, or where it fills the window: a letter typed on a page around it stamps nothing.
  return path[0] === document.body && (attended ?? fills(host));
}

function fills(host: HTMLElement): boolean {
  const { width, height } = host.getBoundingClientRect();
  return width * height >= WHOLE * window.innerWidth * window.innerHeight;
}

/** The field that Escape leaves, where the key was pressed in one. */
export function leftField(event: KeyboardEvent): HTMLElement | undefined {
  const [target] = event.composedPath();
  return event.key === "Escape" && isTyping(event) && target instanceof HTMLElement ? target : undefined;
}

export function meaning(event: KeyboardEvent, { letters, panels }: Keyboard): Act | undefined {
  const act = actOf(event);
  // A list has the letters, and nothing of its own to take back: the undo that is told of is the studio's.
  const inList = event.composedPath()[0] instanceof HTMLSelectElement && (act === "take-back" || act === "do-again");
  if (isTyping(event) && !inList) return undefined;
  if (!act || (!letters && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey)) return undefined;
  const path = event.composedPath();
  const [target] = path;
  // Along an edge these go, too.
  const edge = target instanceof HTMLInputElement && target.type === "range";
  if (edge && /^(Home|End|Page)/.test(event.key)) return undefined;
  // Buttons, boxes and lists keep the keys that are theirs.
  const control = target instanceof HTMLElement && target.matches("button, a, summary, input, select, [role=tab]");
  const box = target instanceof HTMLInputElement;
  if (control && ((event.key === "Enter" && !box) || event.key === " " || event.key.startsWith("Arrow"))) return undefined;
  if (/^(Arrow|Home|End|Page)/.test(event.key) && panels.some((panel) => path.includes(panel))) return undefined;
  return act;
}
