// Corrections of layouts as data: which patch holds for which variant, the later ones winning, undo and redo; edges that snap. Pure: no browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { alikeOf, holds, isCorrected, listsOf, SCOPES, setOf, withArrangement, without, withPins, withSet, withStep } =
  /** @type {typeof import("../src/studio/corrections.ts")} */ (await load("src/studio/corrections.ts"));
const { guidesOf, resized, snapMove, snapResize } = /** @type {typeof import("../src/studio/snapping.ts")} */ (
  await load("src/studio/snapping.ts")
);
const { Reaching } = /** @type {typeof import("../src/studio/reaching.ts")} */ (await load("src/studio/reaching.ts"));
const { Correcting } = /** @type {typeof import("../src/studio/correcting.ts")} */ (await load("src/studio/correcting.ts"));

const { linesOf, pickOf, standing, withPick } = /** @type {typeof import("../src/studio/picks.ts")} */ (
  await load("src/studio/picks.ts")
);

const { before, differing, inPlace, lonely, next, rest } = /** @type {typeof import("../src/studio/ways.ts")} */ (
  await load("src/studio/ways.ts")
);

/** @param {string} format @param {"strip" | "portrait"} shape @param {string} tag @returns {import("../src/studio/sections.ts").Item} */
const item = (format, shape, tag) => ({
  id: `${format}.${tag}.main`,
  format: {
    id: format,
    class: shape,
    sets: ["all", "social"],
    medium: "social",
    channel: "instagram",
    name: format,
    width: 1000,
    height: 2000,
    size: "",
    bleed: 0,
    safe: [200, 50, 300, 50],
    fileTypes: ["png"],
  },
  locale: { tag, name: tag, dir: "ltr" },
  option: "",
});
const story = item("story", "portrait", "de");
const reel = item("reel", "portrait", "de");
const strip = item("strip", "strip", "de");
const french = item("story", "portrait", "fr");

test("a correction holds as far as its scope says", () => {
  const reach = Object.fromEntries(
    SCOPES.map((scope) => [scope, [story, french, reel, strip].map((one) => holds(listsOf(scope, story), one))]),
  );
  assert.deepEqual(reach, {
    variant: [true, false, false, false],
    format: [true, true, false, false],
    "class-locale": [true, false, true, false],
    class: [true, true, true, false],
    locale: [true, false, true, true],
  });
  assert.ok(holds({ formats: ["social"] }, strip), "a set of formats is named like a format");
});

test("as many are counted as a correction holds for, and reach is wished for anew on another variant", () => {
  const items = new Map([story, french, reel, strip, item("strip", "strip", "fr")].map((one) => [one.id, one]));
  const reaching = new Reaching();
  for (const one of items.values()) {
    const held = SCOPES.map((scope) => [scope, [...items.values()].filter((other) => holds(listsOf(scope, one), other)).length]);
    assert.deepEqual(reaching.counts(one, items), Object.fromEntries(held));
  }
  assert.equal(reaching.counts(story, items), reaching.counts(story, items));
  assert.equal(reaching.counts(story, new Map([[story.id, story]])).class, 1);
  reaching.at(story.id);
  reaching.wish(story.id, "class");
  reaching.at(story.id);
  assert.deepEqual([reaching.of(story.id), reaching.of(french.id)], ["class", "variant"]);
  reaching.at(french.id);
  reaching.at(story.id);
  assert.equal(reaching.of(story.id), "variant");
});

test("the same scope's earlier choice goes; what is said of a layer is joined", () => {
  let patches = withArrangement([], story, "variant", "stack");
  patches = withArrangement(patches, story, "format", "split-start");
  patches = withArrangement(patches, story, "variant", "overlay-top");
  assert.deepEqual(
    patches.map(({ arrangement }) => arrangement),
    ["split-start", "overlay-top"],
  );
  patches = withSet(patches, story, "variant", "logo", { move: [0.1, 0] });
  patches = withSet(patches, story, "variant", "logo", { scale: 1.2 });
  assert.deepEqual(setOf(patches, story, "logo"), { move: [0.1, 0], scale: 1.2 });
  assert.deepEqual(setOf(patches, french, "logo"), {});
  assert.ok(isCorrected(patches, french), "by the choice for the format");
  patches = without(patches, story, "logo");
  assert.equal(patches.length, 2);
  assert.deepEqual(without(patches, story), []);
});

test("a move belongs to the layout it was made in, and reaches the formats that are laid out so", () => {
  const own = { layout: "own", formats: ["story", "reel"] };
  const stack = { layout: "stack-top", formats: ["story", "cover"] };
  let patches = withStep([], story, "variant", "logo", { move: [0.1, 0] }, own);
  patches = withSet(patches, story, "variant", "logo", { color: "#aa1144" }, stack);
  assert.deepEqual(setOf(patches, story, "logo"), { move: [0.1, 0], layout: "own", color: "#aa1144" });
  patches = withStep(patches, story, "variant", "logo", { move: [0, 0.2] }, own);
  assert.deepEqual(setOf(patches, story, "logo").move, [0.1, 0.2]);
  // In another layout it stood where that has it.
  patches = withStep(patches, story, "variant", "logo", { move: [0.3, 0] }, stack, { seen: [0, 0, 9, 9] });
  assert.deepEqual(setOf(patches, story, "logo"), { move: [0.3, 0], layout: "stack-top", color: "#aa1144", seen: [0, 0, 9, 9] });
  patches = withStep(patches, story, "class", "logo", { scale: 1.2 }, stack);
  const { set, ...lists } = patches.at(-1) ?? {};
  assert.deepEqual(
    [lists, set],
    [
      { formats: stack.formats, layer: "logo" },
      { scale: 1.2, layout: "stack-top" },
    ],
  );
  assert.deepEqual(setOf(patches, story, "logo").move, [0.3, 0]);
  patches = withStep(patches, story, "class-locale", "logo", { order: 1 }, stack);
  assert.deepEqual(patches.at(-1), {
    classes: [story.format.class],
    locales: [story.locale.tag],
    layer: "logo",
    set: { order: 1 },
  });
  patches = withStep(patches, story, "locale", "logo", { move: [0, 0.1] }, stack);
  assert.deepEqual(patches.at(-1)?.formats, stack.formats);
  assert.deepEqual(patches.at(-1)?.locales, [story.locale.tag]);
});

test("laid out alike are formats most of whose pages are, and those that nothing is known of", () => {
  /** @param {string} format @param {string} tag @param {"portrait" | "strip"} [shape] */
  const one = (format, tag, shape = "portrait") =>
    /** @type {import("../src/studio/sections.ts").Item} */ (
      /** @type {unknown} */ ({ id: `${format}.${tag}`, format: { id: format, class: shape, sets: [] }, locale: { tag } })
    );
  const items = ["a", "b", "c"].flatMap((format) => ["de", "fr", "ja"].map((tag) => one(format, tag)));
  items.push(one("d", "de"), one("wide", "de", "strip"));
  const [at = one("a", "de")] = items;
  const says = Object.entries({
    "a.de": "own",
    "a.fr": "l",
    "a.ja": "l",
    "b.de": "own",
    "b.fr": "own",
    "b.ja": "l",
    "c.de": "l",
    wide: "own",
  });
  const measured = new Map(says.map(([id, layout]) => [id, { layout }]));
  // Its own format whatever its languages are; b by two of three; c is another; of d nothing is known.
  assert.deepEqual(alikeOf("class", at, "own", items, measured), { layout: "own", formats: ["a", "b", "d"] });
  assert.deepEqual(alikeOf("class-locale", at, "own", items, measured).formats, ["a", "b", "d"]);
  assert.deepEqual(alikeOf("locale", at, "own", items, measured).formats, ["a", "b", "d", "wide"]);
  assert.deepEqual(alikeOf("variant", at, "own", items, measured).formats, ["a"]);
});

test("a rule is joined with what its scope says already, and wins over what was said before", () => {
  let patches = withPins([], story, "class", { logo: "bottom-end" });
  patches = withPins(patches, story, "variant", { off_photo: true });
  patches = withPins(patches, story, "class", { off_photo: false });
  assert.deepEqual(patches, [
    { formats: ["story"], locales: ["de"], pins: { off_photo: true } },
    { classes: ["portrait"], pins: { logo: "bottom-end", off_photo: false } },
  ]);
  assert.ok(isCorrected(patches, french), "a rule of its class is a correction too");
});

test("picks are pairs of the way taken and those passed over, as long as they stand", () => {
  const way = (/** @type {string} */ arrangement, copyfit = 0, failed = /** @type {"fits"[]} */ ([])) => ({
    arrangement,
    name: arrangement,
    energy: 0,
    failed,
    terms: { copyfit },
    costs: { copyfit },
  });
  const others = [way("stack-bottom", 0.2), way("split-start", 0.3), way("poster-bottom", 0, ["fits"])];
  const why = { ...way("own", 0.1), gates: [], weights: 2, enters: {}, ways: 1, fell: {}, alternatives: others };
  const pick = pickOf("stack-bottom", why);
  assert.deepEqual(pick, {
    arrangement: "stack-bottom",
    weights: 2,
    chosen: { copyfit: 0.2 },
    over: [{ copyfit: 0.1 }, { copyfit: 0.3 }],
  });
  assert.equal(pickOf("l-start", why), undefined, "not among those shown");
  if (!pick) return;
  const items = new Map([story, french].map((one) => [one.id, one]));
  const kept = withPick(withPick({}, french.id, pick), story.id, pick);
  const patches = withArrangement([], story, "variant", "stack-bottom");
  const picks = standing(kept, patches, items);
  assert.deepEqual(
    picks.map(([id]) => id),
    [story.id],
    "the other was taken back",
  );
  const lines = linesOf(picks).trim().split("\n");
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [
      { id: story.id, weights: 2, chosen: { copyfit: 0.2 }, over: { copyfit: 0.1 } },
      { id: story.id, weights: 2, chosen: { copyfit: 0.2 }, over: { copyfit: 0.3 } },
    ],
  );
  const again = standing(kept, withArrangement(patches, story, "format", "own"), items);
  assert.deepEqual(again, [], "another one holds by now");
});

test("corrections are undone and done again; after another one there is nothing to do again", async () => {
  /** @type {import("../src/engine/types.ts").OverridePatch[]} */
  let now = [];
  const store = {
    get state() {
      return { edits: now.length > 0 ? [{ kind: "overrides", patches: now }] : [] };
    },
    /** @param {import("../src/engine/types.ts").OverridePatch[]} patches */
    async setOverrides(patches) {
      now = patches;
    },
  };
  const correcting = new Correcting(() => /** @type {never} */ (store));
  const rest = () => new Promise((done) => setTimeout(done, 300));
  correcting.set([{ arrangement: "a" }]);
  correcting.set([{ arrangement: "b" }]);
  assert.deepEqual(correcting.patches, [{ arrangement: "b" }], "what is wanted, though the engine is not there yet");
  correcting.undo();
  await rest();
  assert.deepEqual(now, [{ arrangement: "a" }]);
  correcting.undo();
  await rest();
  assert.deepEqual(now, []);
  assert.equal(correcting.canUndo, false);
  correcting.redo();
  correcting.redo();
  await rest();
  assert.deepEqual(now, [{ arrangement: "b" }]);
  correcting.undo();
  correcting.set([{ arrangement: "c" }]);
  assert.equal(correcting.canRedo, false);
  await rest();
  // A key held: one step to take back.
  correcting.set([{ arrangement: "d" }]);
  correcting.set([{ arrangement: "e" }], { goesOn: true });
  correcting.set([{ arrangement: "f" }], { goesOn: true });
  await rest();
  assert.deepEqual(now, [{ arrangement: "f" }]);
  correcting.undo();
  await rest();
  assert.deepEqual(now, [{ arrangement: "c" }]);
  // Changed elsewhere: that is not ours to take back.
  now = [];
  assert.equal(correcting.canUndo, false);
});

test("what is looked at is corrected first, all the others once the hand rests, and it is one list to take back", async () => {
  /** @type {import("../src/engine/types.ts").OverridePatch[][]} */
  const said = [];
  const store = {
    get state() {
      const patches = said.at(-1) ?? [];
      return { edits: patches.length > 0 ? [{ kind: "overrides", patches }] : [] };
    },
    /** @param {import("../src/engine/types.ts").OverridePatch[]} patches */
    async setOverrides(patches) {
      said.push(patches);
    },
  };
  const correcting = new Correcting(() => /** @type {never} */ (store));
  const rest = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
  const far = (/** @type {number} */ x) => withSet([], story, "class", "logo", { move: [x, 0] });
  const near = (/** @type {number} */ x) => (/** @type {readonly import("../src/engine/types.ts").OverridePatch[]} */ stands) =>
    withSet(stands, story, "variant", "logo", { move: [x, 0] });
  correcting.set(far(0.1), { near: near(0.1) });
  correcting.set(far(0.2), { near: near(0.2), goesOn: true });
  assert.deepEqual(correcting.patches, far(0.2), "wanted is the whole");
  await rest(40);
  assert.deepEqual(said, [near(0.1)([])]);
  assert.ok(correcting.isPending);
  await rest(800);
  assert.deepEqual(said.at(-1), far(0.2));
  assert.ok(
    said.slice(0, -1).every((list) => list.every(({ locales }) => locales !== undefined)),
    "only what is looked at before",
  );
  assert.equal(correcting.isPending, false);
  correcting.set(far(0.3), { near: near(0.3) });
  correcting.undo();
  await rest(800);
  assert.deepEqual(said.at(-1), far(0.2), "taken back before the others were told");
  correcting.undo();
  await rest(500);
  assert.deepEqual(said.at(-1), []);
});

test("a moved box snaps to the safe zone, the middle and its neighbours; a resized one keeps the corner it is not held by", () => {
  const guides = guidesOf(
    story.format,
    [
      { layer: "logo", role: "logo", box: [600, 100, 300, 100] },
      { layer: "headline", role: "headline", box: [50, 800, 400, 200] },
    ],
    "headline",
  );
  assert.deepEqual(snapMove([53, 704, 400, 200], guides, 6).box, [50, 704, 400, 200]);
  assert.deepEqual(snapMove([302, 704, 400, 200], guides, 6).box, [300, 704, 400, 200], "its middle on the page's");
  const { box, across, down } = snapMove([604, 203, 400, 200], guides, 6);
  assert.deepEqual([box, across, down], [[600, 200, 400, 200], 600, 200]);
  assert.deepEqual(snapMove([604, 203, 400, 200], guides, 0).box, [604, 203, 400, 200]);
  assert.deepEqual(resized([100, 100, 200, 100], { across: -1, down: -1 }, -20, -30, false), [80, 70, 220, 130]);
  assert.deepEqual(resized([100, 100, 200, 100], { across: 1, down: 1 }, 100, 0, true), [100, 100, 300, 150]);
});

test("a corner that is dragged snaps too; what keeps its shape by the nearer edge", () => {
  const guides = { across: [50, 400], down: [30, 260] };
  /** @type {readonly [number, number, number, number]} */
  const box = [100, 100, 200, 100];
  const corner = /** @type {const} */ ({ across: 1, down: 1 });
  assert.deepEqual(snapResize(box, corner, [97, 58], guides, 6, false), { box: [100, 100, 300, 160], across: 400, down: 260 });
  assert.deepEqual(snapResize(box, corner, [97, 58], guides, 0, false).box, [100, 100, 297, 158]);
  assert.deepEqual(snapResize(box, { across: -1, down: -1 }, [-47, 0], guides, 6, false).box, [50, 100, 250, 100]);
  assert.deepEqual(snapResize(box, corner, [97, 0], guides, 6, true), {
    box: [100, 100, 300, 150],
    across: 400,
    down: undefined,
  });
  assert.deepEqual(snapResize(box, corner, [0, 61], guides, 6, true), {
    box: [100, 100, 320, 160],
    across: undefined,
    down: 260,
  });
  assert.deepEqual(snapResize(box, corner, [40, 0], guides, 6, true), {
    box: [100, 100, 240, 120],
    across: undefined,
    down: undefined,
  });
});

test("why one stands before the next: what costs most otherwise first, and what others break", () => {
  const way = (
    /** @type {string} */ name,
    /** @type {number} */ energy,
    /** @type {Record<string, number>} */ costs,
    /** @type {"fits"[]} */ ...failed
  ) => ({
    arrangement: name,
    name,
    energy,
    failed,
    terms: costs,
    costs,
  });
  const own = way("own", 0.4, { crop: 0.1, waste: 0.2, balance: 0.1, widows: 0 });
  const stack = way("stack", 0.9, { crop: 0.7, waste: 0.1, balance: 0.102, widows: 0 });
  const best = next({ alternatives: [way("poster", 0.1, {}, "fits"), way("split", 2, {}), stack] });
  assert.equal(best, stack, "what breaks a gate is not the next");
  assert.deepEqual(
    differing(own, stack).map(({ name }) => name),
    ["crop", "waste"],
  );
  assert.match(before({}, ["1", "2"], [0.4, 0.9]), /^1 is the best that breaks nothing: 2, the next, scores 0\.50 more/);
  assert.match(before({ chosen: true }, ["2", "1"], [0.9, 0.4]), /^A person took 2: 1 would score 0\.50 less/);
  assert.match(lonely({ alternatives: [stack], failed: [] }), /^The only way that passes/);
  assert.match(lonely({ alternatives: [stack], failed: ["fits"] }), /^No way passes/);
  assert.equal(lonely({ alternatives: [], failed: [] }), "");
});

test("a card keeps its place, and never what was known of another page", () => {
  /** @param {string} arrangement @param {import("../src/engine/types.ts").Gate["gate"][]} failed */
  const way = (arrangement, ...failed) => ({ arrangement, name: arrangement, energy: 1, failed, terms: {}, costs: {} });
  const names = (/** @type {readonly { arrangement: string }[]} */ ways) => ways.map(({ arrangement }) => arrangement);
  const stood = inPlace([], [way("own"), way("stack"), way("overlay"), way("split")], 4);
  assert.deepEqual(names(stood), ["own", "stack", "overlay", "split"]);
  // Another one is taken: none moves.
  assert.deepEqual(names(inPlace(stood, [way("overlay"), way("own"), way("stack"), way("split")], 4)), names(stood));
  // Corrections let one fall out of those told, and another fail: the place is another's, and what is told is of now.
  const now = inPlace(stood, [way("own"), way("poster"), way("overlay", "overlap"), way("split")], 4);
  assert.deepEqual(names(now), ["own", "poster", "overlay", "split"]);
  assert.deepEqual(now[2]?.failed, ["overlap"]);
  // The one taken is always among them; where none is known any more all are new.
  assert.ok(names(inPlace(stood, [way("poster"), way("own"), way("stack"), way("split")], 4)).includes("poster"));
  assert.deepEqual(names(inPlace(stood, [way("strip")], 4)), ["strip"]);
  assert.match(rest({ ways: 1, fell: {} }), /this way only/);
  const said = rest({ ways: 5, fell: { contrast: 1, covered: 3 }, leftOut: ["legal"] });
  assert.match(
    said,
    /5 ways were tried\. What others do not pass: .*\(3\), .*\(1\)\. The master itself leaves out here: legal\./,
  );
});
