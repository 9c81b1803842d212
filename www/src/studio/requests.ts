/**
 * What elements ask for by events, answered. In: events of the elements below, kept from the host page. Out: steps from variant to variant, turns of the look, words,
 * corrections and judgements. What opens and delivers is the studio's own.
 */

import type { EngineError, OverridePatch } from "../engine/types.ts";
import type { Filter } from "../store/state.ts";
import type { EditOptions } from "../store/store.ts";
import type { Strip } from "./arrangement.ts";
import {
  type Alike,
  alikeOf,
  changedBetween,
  holds,
  type LayerSet,
  type LayerStep,
  type PinsChange,
  reachWords,
  type Scope,
  seenOn,
  setOf,
  withArrangement,
  without,
  withPins,
  withSeen,
  withSet,
  withStep,
} from "./corrections.ts";
import type { StudioDesk, Workplace } from "./desk.ts";
import { Latest } from "./latest.ts";
import type { Ground, Panel, View } from "./look.ts";
import { type Choice, Picks } from "./picks.ts";
import type { Group, Item } from "./sections.ts";
import { plural } from "./words.ts";

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

  /** As if it were asked for again. */
  fire<T>(type: string, detail: T): void {
    this.#root.dispatchEvent(new CustomEvent(type, { detail }));
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
  requests.on<readonly string[]>("variorum-pick-request", (ids) => at.pick(ids));
}

/** How things are looked at. */
export function answerLooks(requests: Requests, at: Workplace, desk: StudioDesk): void {
  requests.on<Partial<Filter>>("variorum-filter-request", (change) => at.setFilter(change));
  requests.on<Group>("variorum-group-request", (group) => at.setGroup(group));
  requests.on<View>("variorum-view-request", (view) => at.setView(view));
  requests.on<1 | -1>("variorum-size-request", (by) => desk.resize(by));
  requests.onTurn<{ id: string; scope: Scope }>("variorum-reach-request", ({ id, scope }) => at.reaching.wish(id, scope));
  requests.onTurn<Strip>("variorum-strip-request", (strip) => {
    at.look.strip = strip;
  });
  requests.on("variorum-strip-fold-request", () => desk.foldStrip());
  requests.onTurn<Ground>("variorum-ground-request", (ground) => at.look.setGround(ground));
  requests.onTurn<Panel>("variorum-fold-request", (panel) => at.look.fold(panel, !at.panels[panel]));
  requests.onTurn("variorum-selecting-request", () => {
    at.look.selecting = !at.look.selecting;
  });
  requests.onTurn<boolean>("variorum-letters-request", (on) => at.look.setLetters(on));
}

/** What words change is told behind the pictures in sight: between two keys they need to be put on the screen alone, ms. */
const A_FRAME = 16;

/** Words and tokens, changed. What the engine refuses is told beside the field where it was typed. */
export function answerEdits(requests: Requests, at: Workplace): void {
  const wishes = new Latest();
  /** `quietly`: the one that was overtaken and holds; what was refused after it stays marked. */
  const wish = (place: string, text: string, act: (options: EditOptions) => Promise<void> | undefined, room?: number): void =>
    wishes.wish(
      place,
      async (quietly) => {
        const refuse = (errors: readonly EngineError[]) => at.inspector.refuse({ place, text, errors });
        // The next key waits for this one to be told, not for the disk.
        await new Promise<void>((told, failed) => {
          const doing = act(quietly ? { quietly, told } : { refused: refuse, told });
          Promise.resolve(doing).then(told, failed);
        });
        if (!quietly) refuse([]);
      },
      room,
    );
  requests.on<{ locale: string; key: string; text: string }>("variorum-copy-request", ({ locale, key, text }) =>
    wish(`${locale} ${key}`, text, (options) => at.store?.setCopy(locale, key, text, options), A_FRAME),
  );
  requests.on<{ path: string; value: string }>("variorum-token-request", ({ path, value }) =>
    wish(path, value, (options) => at.store?.setToken(path, value, options)),
  );
}

/** Layouts, corrected as far as the reach says, and that told where it is more than what is looked at. */
export function answerCorrections(requests: Requests, at: Workplace, desk: StudioDesk): void {
  type Correct<T> = (
    patches: readonly OverridePatch[],
    item: Item,
    scope: Scope,
    detail: T,
    alike: Alike | undefined,
  ) => readonly OverridePatch[];
  interface Corrected {
    id: string;
    goesOn?: boolean;
    /** The arrangement it is seen in. */
    layout?: string;
  }
  /** `words`: what was done, "" where it is seen anyway. */
  const on = <T>(
    type: string,
    correct: Correct<T>,
    words: (detail: T, far: boolean) => string,
    near?: (
      stands: readonly OverridePatch[],
      wanted: readonly OverridePatch[],
      item: Item,
      detail: T,
    ) => readonly OverridePatch[],
  ): void =>
    requests.on<T & Corrected>(type, (detail) => {
      const item = at.arranged.items.get(detail.id);
      if (!item) return;
      const scope = at.reaching.of(item.id);
      const all = at.reaching.counts(item, at.arranged.items)[scope];
      const { layout } = detail;
      const alike =
        layout === undefined ? undefined : alikeOf(scope, item, layout, at.arranged.items.values(), at.state.measured);
      const wanted = correct(at.correcting.patches, item, scope, detail, alike);
      const [said] = wanted.slice(-1);
      const many = said && all > 1 ? [...at.arranged.items.values()].filter((one) => holds(said, one)).length : all;
      const isFar = near !== undefined && scope !== "variant" && many > 1;
      at.correcting.set(wanted, {
        goesOn: detail.goesOn === true,
        ...(isFar ? { near: (stands) => near(stands, wanted, item, detail) } : {}),
      });
      const done = words(detail, all > 1);
      if (done === "") at.notice.clear("layout");
      else at.notice.say(`${done} ${reachWords(scope, item, many, all)}`, "layout", farther(type, item, scope, detail));
    });
  /** A layout is tried on one, and then wanted for all its languages: that is one press, and no second choice. */
  const farther = (type: string, item: Item, scope: Scope, detail: unknown) => {
    const { format } = at.reaching.counts(item, at.arranged.items);
    if (type !== "variorum-layout-request" || scope !== "variant" || format < 2) return undefined;
    const act = (): void => {
      requests.fire<{ id: string; scope: Scope }>("variorum-reach-request", { id: item.id, scope: "format" });
      requests.fire(type, detail);
    };
    return { words: `All languages · ${format}`, act };
  };
  const picks = new Picks(() => at.store);
  on<{ id: string; arrangement: string; name: string; pick?: Choice }>(
    "variorum-layout-request",
    (patches, item, scope, { arrangement, pick }) => {
      if (pick) picks.note(item.id, pick);
      return withArrangement(patches, item, scope, arrangement);
    },
    ({ name }) => `“${name}” taken for`,
  );
  on<{ pins: PinsChange }>(
    "variorum-rule-request",
    (patches, item, scope, { pins }) => withPins(patches, item, scope, pins),
    () => "Rule set for",
  );
  on<{ layer: string; set?: LayerSet; by?: LayerStep }>(
    "variorum-correct-request",
    (patches, item, scope, { layer, set: wanted, by }, alike) => {
      const set = { ...wanted, ...seenOn(at.state.campaign?.artboard, layer) };
      return by ? withStep(patches, item, scope, layer, by, alike, set) : withSet(patches, item, scope, layer, set, alike);
    },
    ({ layer }, far) => (far ? `${layer} changed in` : ""),
    // What is looked at first, as it will be.
    (stands, wanted, item, { layer }) => withSet(stands, item, "variant", layer, setOf(wanted, item, layer)),
  );
  requests.on<{ id: string; layer: string }>("variorum-affirm-request", ({ id, layer }) => {
    const item = at.arranged.items.get(id);
    if (!item) return;
    const isIt = (patch: OverridePatch): boolean => patch.layer === layer && holds(patch, item);
    const after = withSeen(at.correcting.patches, at.state.campaign?.artboard, isIt);
    at.lookAgain(changedBetween(at.correcting.patches, after));
    at.correcting.set(after);
    at.notice.say(`${layer} stays as corrected`, "layout");
  });
  requests.on<{ id: string; layer?: string }>("variorum-uncorrect-request", ({ id, layer }) => {
    const { arranged, correcting, notice } = at;
    const item = arranged.items.get(id);
    if (!item) return;
    const before = correcting.patches;
    const after = without(before, item, layer);
    const gone = before.filter((patch) => !after.includes(patch));
    const many = [...arranged.items.values()].filter((one) => gone.some((patch) => holds(patch, one))).length;
    // Of a layer that is gone no pixel changes, and what is said of it.
    at.lookAgain(gone);
    correcting.set(after);
    // What held for others goes with it.
    notice.say(
      `${layer ?? "This one"} as laid out${many > 1 ? `, and so in ${plural(many - 1, "other variant")}` : ""}`,
      "layout",
    );
  });
  requests.on("variorum-picks-request", () => picks.save(at.arranged.items));
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
