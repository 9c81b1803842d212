/**
 * What each key's act does. In: an act and whether Shift was held. Out: a call on the desk, and whether the act meant anything there. Which
 * key is which act stands in keys.ts; doing it is the desk's.
 */

import type { Way } from "./compare.ts";
import type { Act } from "./keys.ts";

/** What of the loupe answers to keys. */
export interface LoupeActs {
  pan(across: number, down: number): void;
  beside(by: 1 | -1): string | undefined;
  trueSize(): void;
  /** Larger or smaller: the layer that is adjusted, else the whole picture. */
  grow(by: 1 | -1): void;
  fit(): void;
  toggleOverlays(): void;
  compare(way: Way): void;
  comment(): void;
  toggleAdjusting(): void;
  /** Out of what is done in it; false where the loupe itself is to be left. */
  stepBack(): boolean;
}

/** What of the studio answers to keys. */
export interface Desk {
  readonly loupe: LoupeActs | undefined;
  move(direction: "left" | "right" | "up" | "down", extend: boolean): void;
  page(by: 1 | -1, extend: boolean): void;
  end(last: boolean, extend: boolean): void;
  focusOn(id: string, extend: boolean): void;
  section(by: 1 | -1): void;
  next(): void;
  selectAll(): void;
  /** The focused variant's whole group. */
  selectGroup(): void;
  openLoupe(): void;
  closeLoupe(): void;
  back(): void;
  /** `goOn`: and then to the next to review. */
  approve(goOn: boolean): void;
  askReason(): void;
  undo(): void;
  edit(): void;
  chooseLayout(n: number): void;
  /** How far the next change to a layout reaches: one farther, and round. */
  turnReach(): void;
  /** Opens the loupe on the focused variant, its layers to be moved. */
  adjust(): void;
  /** Takes back, or does again, a correction of a layout. */
  takeBack(): void;
  redo(): void;
  /** Opens the loupe on the focused variant, with a comment begun. */
  comment(): void;
  search(): void;
  turnGroup(): void;
  turnView(): void;
  turnGround(): void;
  resize(by: 1 | -1): void;
  turnStrip(kind: "language" | "format"): void;
  /** The loupe's strip away, or back. */
  foldStrip(): void;
}

/** Pans by a fifth of what is seen. */
const PAN = 0.2;

const ON_THE_SHEET: Partial<Record<Act, (desk: Desk, shift: boolean) => void>> = {
  left: (desk, shift) => desk.move("left", shift),
  right: (desk, shift) => desk.move("right", shift),
  up: (desk, shift) => desk.move("up", shift),
  down: (desk, shift) => desk.move("down", shift),
  "page-up": (desk, shift) => desk.page(-1, shift),
  "page-down": (desk, shift) => desk.page(1, shift),
  first: (desk, shift) => desk.end(false, shift),
  last: (desk, shift) => desk.end(true, shift),
  "section-before": (desk) => desk.section(-1),
  "section-after": (desk) => desk.section(1),
  next: (desk) => desk.next(),
  all: (desk) => desk.selectAll(),
  "group-all": (desk) => desk.selectGroup(),
  open: (desk) => desk.openLoupe(),
  close: (desk) => desk.back(),
  approve: (desk, shift) => desk.approve(shift),
  "send-back": (desk) => desk.askReason(),
  undo: (desk) => desk.undo(),
  edit: (desk) => desk.edit(),
  comment: (desk) => desk.comment(),
  "way-1": (desk) => desk.chooseLayout(1),
  "way-2": (desk) => desk.chooseLayout(2),
  "way-3": (desk) => desk.chooseLayout(3),
  "way-4": (desk) => desk.chooseLayout(4),
  reach: (desk) => desk.turnReach(),
  adjust: (desk) => desk.adjust(),
  "take-back": (desk, shift) => (shift ? desk.redo() : desk.takeBack()),
  "do-again": (desk) => desk.redo(),
  search: (desk) => desk.search(),
  group: (desk) => desk.turnGroup(),
  view: (desk) => desk.turnView(),
  ground: (desk) => desk.turnGround(),
  closer: (desk) => desk.resize(1),
  farther: (desk) => desk.resize(-1),
};

function turn(desk: Desk, loupe: LoupeActs, by: 1 | -1, shift: boolean): void {
  if (shift) loupe.pan(by * PAN, 0);
  else {
    const id = loupe.beside(by);
    if (id !== undefined) desk.focusOn(id, false);
  }
}

/** What another act than on the sheet is meant by in the loupe; `undefined` where the sheet's holds. */
const IN_THE_LOUPE: Partial<Record<Act, (desk: Desk, loupe: LoupeActs, shift: boolean) => void>> = {
  left: (desk, loupe, shift) => turn(desk, loupe, -1, shift),
  right: (desk, loupe, shift) => turn(desk, loupe, 1, shift),
  up: (_, loupe) => loupe.pan(0, -PAN),
  down: (_, loupe) => loupe.pan(0, PAN),
  close: (desk, loupe) => {
    if (!loupe.stepBack()) desk.closeLoupe();
  },
  "true-size": (_, loupe) => loupe.trueSize(),
  closer: (_, loupe) => loupe.grow(1),
  farther: (_, loupe) => loupe.grow(-1),
  fit: (_, loupe) => loupe.fit(),
  overlays: (_, loupe) => loupe.toggleOverlays(),
  compare: (_, loupe) => loupe.compare("flip"),
  wipe: (_, loupe) => loupe.compare("wipe"),
  ground: (_, loupe) => loupe.compare("difference"),
  side: (_, loupe) => loupe.compare("side"),
  comment: (_, loupe) => loupe.comment(),
  "strip-language": (desk) => desk.turnStrip("language"),
  "strip-format": (desk) => desk.turnStrip("format"),
  "strip-fold": (desk) => desk.foldStrip(),
  // They would change what lies behind it.
  open: () => undefined,
  all: () => undefined,
  "group-all": () => undefined,
  group: () => undefined,
  view: () => undefined,
};

/** Does an act; false where it means nothing there. */
export function perform(act: Act, shift: boolean, desk: Desk): boolean {
  const { loupe } = desk;
  const inLoupe = loupe && IN_THE_LOUPE[act];
  if (loupe && inLoupe) {
    inLoupe(desk, loupe, shift);
    return true;
  }
  const onSheet = ON_THE_SHEET[act];
  onSheet?.(desk, shift);
  return onSheet !== undefined;
}
