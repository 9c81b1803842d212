/**
 * The keys of the studio: one table for what they do, and for the list that `?` shows. In: a keyboard event. Out: the name of an act.
 * Doing it is left to the studio.
 */

export type Act =
  | "left"
  | "right"
  | "up"
  | "down"
  | "first"
  | "last"
  | "page-up"
  | "page-down"
  | "open"
  | "close"
  | "approve"
  | "send-back"
  | "undo"
  | "next"
  | "all"
  | "group-all"
  | "true-size"
  | "closer"
  | "farther"
  | "fit"
  | "strip-language"
  | "strip-format"
  | "strip-fold"
  | "group"
  | "section-before"
  | "section-after"
  | "edit"
  | "overlays"
  | "compare"
  | "wipe"
  | "side"
  | "comment"
  | "search"
  | "ground"
  | "way-1"
  | "way-2"
  | "way-3"
  | "way-4"
  | "reach"
  | "adjust"
  | "take-back"
  | "do-again"
  | "view"
  | "keys";

interface Key {
  /** As `KeyboardEvent.key`, letters in lower case. */
  keys: readonly string[];
  act: Act;
  /** How it is written for people, and what it does. */
  shown?: string;
  words?: string;
  place?: "Move" | "Judge" | "Look" | "Sheet";
  /** With Ctrl or Cmd. */
  command?: boolean;
}

export const KEYS: readonly Key[] = [
  { keys: ["ArrowLeft"], act: "left", shown: "← → ↑ ↓", words: "Move", place: "Move" },
  { keys: ["ArrowRight"], act: "right" },
  { keys: ["ArrowUp"], act: "up" },
  { keys: ["ArrowDown"], act: "down", shown: "Shift arrows", words: "Extend the selection", place: "Move" },
  { keys: ["Home"], act: "first", shown: "Home End", words: "First, last variant", place: "Move" },
  { keys: ["End"], act: "last" },
  { keys: ["PageUp"], act: "page-up", shown: "Page ↑ ↓", words: "One screen up, down", place: "Move" },
  { keys: ["PageDown"], act: "page-down" },
  { keys: ["["], act: "section-before", shown: "[ ]", words: "Group before, after", place: "Move" },
  { keys: ["]"], act: "section-after" },
  { keys: ["n"], act: "next", shown: "N", words: "Next to review", place: "Move" },
  { keys: ["a"], act: "all", command: true, shown: "Ctrl A", words: "Select all that is shown", place: "Move" },
  { keys: ["x"], act: "group-all", shown: "X", words: "Select the whole group (in the matrix: the format)", place: "Move" },
  { keys: ["a"], act: "approve", shown: "A", words: "Approve; with Shift, and on to the next", place: "Judge" },
  { keys: ["r"], act: "send-back", shown: "R", words: "Send back, with a reason", place: "Judge" },
  { keys: ["u"], act: "undo", shown: "U", words: "Undo the last stamp", place: "Judge" },
  { keys: ["e"], act: "edit", shown: "E", words: "Edit the copy", place: "Judge" },
  { keys: ["1"], act: "way-1", shown: "1 2 3 4", words: "Take this layout", place: "Judge" },
  { keys: ["2"], act: "way-2" },
  { keys: ["3"], act: "way-3" },
  { keys: ["4"], act: "way-4" },
  { keys: ["v"], act: "reach", shown: "V", words: "How far a layout change reaches", place: "Judge" },
  { keys: ["j"], act: "adjust", shown: "J", words: "Adjust layers in the loupe: drag, arrows, handles", place: "Judge" },
  { keys: ["z"], act: "take-back", command: true, shown: "Ctrl Z", words: "Undo, redo (Ctrl Y) a layout", place: "Judge" },
  { keys: ["y"], act: "do-again", command: true },
  { keys: ["c"], act: "comment", shown: "C", words: "Comment on a place", place: "Judge" },
  { keys: ["Enter"], act: "open", shown: "Enter", words: "Open in the loupe", place: "Look" },
  { keys: ["Escape"], act: "close", shown: "Esc", words: "Back", place: "Look" },
  { keys: ["z"], act: "true-size", shown: "Z", words: "100 %: one px of the file on one px of the screen", place: "Look" },
  {
    keys: ["+", "="],
    act: "closer",
    shown: "+ −",
    words: "Closer, farther (in the sheet: larger, smaller pictures)",
    place: "Look",
  },
  { keys: ["-"], act: "farther" },
  { keys: ["0"], act: "fit", shown: "0", words: "Whole picture", place: "Look" },
  { keys: ["o"], act: "overlays", shown: "O", words: "Safe zone, trim, bleed, layers, findings", place: "Look" },
  { keys: [" "], act: "compare", shown: "Space", words: "Compare: flip to the other and back", place: "Look" },
  { keys: ["w"], act: "wipe", shown: "W", words: "Compare: wipe between the two", place: "Look" },
  { keys: ["s"], act: "side", shown: "S D", words: "Compare: side by side, difference", place: "Look" },
  { keys: ["l"], act: "strip-language", shown: "L", words: "Strip: this format through the languages", place: "Look" },
  { keys: ["f"], act: "strip-format", shown: "F", words: "Strip: this language through the formats", place: "Look" },
  { keys: ["t"], act: "strip-fold", shown: "T", words: "Strip: fold it away, bring it back", place: "Look" },
  { keys: ["g"], act: "group", shown: "G", words: "Group by language, format, medium, finding", place: "Sheet" },
  { keys: ["m"], act: "view", shown: "M", words: "Sheet or matrix", place: "Sheet" },
  { keys: ["/"], act: "search", shown: "/", words: "Search names and copy", place: "Sheet" },
  { keys: ["d"], act: "ground", shown: "D", words: "Ground: L* 20, 58, 95", place: "Sheet" },
  { keys: ["?"], act: "keys", shown: "?", words: "This list", place: "Sheet" },
];

/** Keys of the layer that is adjusted in the loupe: the overlay's own, listed with the others. */
export const ADJUST_KEYS = [
  { shown: "← → ↑ ↓", words: "Move it by 1 px, with Shift by 10" },
  { shown: "+ −", words: "Larger, smaller" },
  { shown: "[ ]", words: "Backward, forward" },
  { shown: "H", words: "Hide it" },
  { shown: "Enter", words: "Crop a picture: what must stay in" },
] as const;

/** Whether keys typed now belong to a field. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "file", "color", "range"].includes(target.type);
}

export function actOf(event: KeyboardEvent): Act | undefined {
  if (event.altKey) return undefined;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return KEYS.find((entry) => entry.keys.includes(key) && (entry.command ?? false) === command)?.act;
}
