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

/** Whether a key pressed is this studio's at all. */
export function isOurs(event: KeyboardEvent, host: HTMLElement): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const path = event.composedPath();
  return path.includes(host) || path[0] === document.body;
}

/** The field that Escape leaves, where the key was pressed in one. */
export function leftField(event: KeyboardEvent): HTMLElement | undefined {
  const [target] = event.composedPath();
  return event.key === "Escape" && isTyping(event) && target instanceof HTMLElement ? target : undefined;
}

export function meaning(event: KeyboardEvent, { letters, panels }: Keyboard): Act | undefined {
  if (isTyping(event)) return undefined;
  const act = actOf(event);
  if (!act || (!letters && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey)) return undefined;
  const path = event.composedPath();
  const [target] = path;
  // Buttons, boxes and lists keep the keys that are theirs.
  const control = target instanceof HTMLElement && target.matches("button, a, summary, input, select, [role=tab]");
  const box = target instanceof HTMLInputElement;
  if (control && ((event.key === "Enter" && !box) || event.key === " " || event.key.startsWith("Arrow"))) return undefined;
  if (/^(Arrow|Home|End|Page)/.test(event.key) && panels.some((panel) => path.includes(panel))) return undefined;
  return act;
}
