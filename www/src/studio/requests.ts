/**
 * What elements ask for by events, answered. In: events of the elements below, kept from the host page. Out: steps from variant to variant, turns of the look, words,
 * corrections and judgements. What opens and delivers is the studio's own.
 */

import type { OverridePatch } from "../engine/types.ts";
import type { Filter } from "../store/state.ts";
import type { Strip } from "./arrangement.ts";
import {
  type LayerSet,
  type LayerStep,
  type PinsChange,
  type Scope,
  withArrangement,
  without,
  withPins,
  withSet,
  withStep,
} from "./corrections.ts";
import type { StudioDesk, Workplace } from "./desk.ts";
import { Latest } from "./latest.ts";
import type { Ground, Panel, View } from "./look.ts";
import { type Choice, Picks } from "./picks.ts";
import type { Group, Item } from "./sections.ts";

export class Requests {
  readonly #root: ShadowRoot;
  readonly #changed: () => void;

  constructor(root: ShadowRoot, changed: () => void) {
    this.#root = root;
    this.#changed = changed;
  }

  on<T>(type: string, handle: (detail: T) => void): void {
    this.#root.addEventListener(type, (event) => {
      event.stopPropagation();
      if (event instanceof CustomEvent) handle(event.detail as T);
    });
  }

  /** One that only turns how things are looked at. */
  onTurn<T>(type: string, turn: (detail: T) => void): void {
    this.on<T>(type, (detail) => {
      turn(detail);
      this.#changed();
    });
  }
}

/** Which variant is looked at, and whether in the loupe. */
export function answerSteps(requests: Requests, at: Workplace, desk: StudioDesk): void {
  requests.on<{ id: string; extend: boolean; toggle: boolean }>("variorum-focus-request", ({ id, extend, toggle }) =>
    at.focusOn(id, extend, toggle),
  );
  requests.on<{ id: string }>("variorum-loupe-request", ({ id }) => {
    at.focusOn(id, false);
    at.openLoupe();
  });
  requests.on<{ place: [number, number, number, number] }>("variorum-place-request", ({ place }) => at.showPlace(place));
  requests.on("variorum-close-request", () => at.closeLoupe());
  requests.on<1 | -1>("variorum-section-request", (by) => desk.section(by));
  requests.on("variorum-next-request", () => desk.next());
  requests.on("variorum-select-all-request", () => desk.selectAll());
}

/** How things are looked at. */
export function answerLooks(requests: Requests, at: Workplace, desk: StudioDesk): void {
  requests.on<Partial<Filter>>("variorum-filter-request", (change) => at.store?.setFilter(change));
  requests.on<Group>("variorum-group-request", (group) => at.setGroup(group));
  requests.on<View>("variorum-view-request", (view) => at.setView(view));
  requests.on<1 | -1>("variorum-size-request", (by) => desk.resize(by));
  requests.onTurn<Strip>("variorum-strip-request", (strip) => {
    at.look.strip = strip;
  });
  requests.onTurn<Ground>("variorum-ground-request", (ground) => at.look.setGround(ground));
  requests.onTurn<Panel>("variorum-fold-request", (panel) => at.look.fold(panel, !at.panels[panel]));
  requests.onTurn("variorum-selecting-request", () => {
    at.look.selecting = !at.look.selecting;
  });
  requests.onTurn<boolean>("variorum-letters-request", (on) => at.look.setLetters(on));
}

/** Words, tokens and layouts, changed. */
export function answerEdits(requests: Requests, at: Workplace, desk: StudioDesk): void {
  const wishes = new Latest();
  requests.on<{ locale: string; key: string; text: string }>("variorum-copy-request", ({ locale, key, text }) => {
    wishes.wish(`${locale} ${key}`, async (quietly) => at.store?.setCopy(locale, key, text, { quietly }));
  });
  requests.on<{ path: string; value: string }>("variorum-token-request", ({ path, value }) => {
    wishes.wish(path, async (quietly) => at.store?.setToken(path, value, { quietly }));
  });
  type Correct<T> = (patches: readonly OverridePatch[], item: Item, detail: T) => readonly OverridePatch[];
  const onItem = <T>(type: string, correct: Correct<T>): void =>
    requests.on<T & { id: string }>(type, (detail) => {
      const item = at.arranged.items.get(detail.id);
      if (item) at.correcting.set(correct(at.correcting.patches, item, detail));
    });
  const picks = new Picks(() => at.store);
  onItem<{ arrangement: string; scope: Scope; pick?: Choice }>(
    "variorum-layout-request",
    (patches, item, { arrangement, scope, pick }) => {
      if (pick) picks.note(item.id, pick);
      return withArrangement(patches, item, scope, arrangement);
    },
  );
  onItem<{ scope: Scope; pins: PinsChange }>("variorum-rule-request", (patches, item, { scope, pins }) =>
    withPins(patches, item, scope, pins),
  );
  requests.on("variorum-picks-request", () => picks.save(at.arranged.items));
  onItem<{ layer: string; scope: Scope; set?: LayerSet; by?: LayerStep }>(
    "variorum-correct-request",
    (patches, item, { layer, scope, set = {}, by }) => {
      const corrected = withSet(patches, item, scope, layer, set);
      return by ? withStep(corrected, item, scope, layer, by) : corrected;
    },
  );
  onItem<{ layer?: string }>("variorum-uncorrect-request", (patches, item, { layer }) => without(patches, item, layer));
  requests.on("variorum-take-back-request", () => desk.takeBack());
  requests.on("variorum-redo-request", () => desk.redo());
}

/** Stamps and comments. */
export function answerJudgements(requests: Requests, at: Workplace, desk: StudioDesk): void {
  requests.on<string>("variorum-person-request", (name) => at.store?.setPerson(name));
  requests.on("variorum-approve-request", () => void at.judging.approve());
  requests.on<string>("variorum-send-back-request", (reason) => void at.judging.sendBack(reason));
  requests.on<{ id: string; words: string; place: [number, number] }>("variorum-comment-request", ({ id, words, place }) => {
    void at.judging.comment(id, words, place);
  });
  requests.on("variorum-undo-request", () => desk.undo());
  requests.on("variorum-revert-request", () => void at.judging.revert());
}
