// Approving: what is asked before, and what the store is told of it. The store and the dialogs are stand-ins; the judging is the real one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { Judging } = /** @type {typeof import("../src/studio/judging.ts")} */ (await load("src/studio/judging.ts"));
const { Arrangement } = /** @type {typeof import("../src/studio/arrangement.ts")} */ (await load("src/studio/arrangement.ts"));
const { Seen } = /** @type {typeof import("../src/studio/seen.ts")} */ (await load("src/studio/seen.ts"));

/** @typedef {{ ids: string[], unseen: string[], despite: [string, string][] }} Approved */

/**
 * Somebody at the sheet: these are selected, these have must-findings (by rule), all but `unseen` were looked at.
 * @param {{ selected: string[], must?: Record<string, string[]>, unseen?: string[], answers?: (number | undefined)[] }} at
 */
function desk({ selected, must = {}, unseen = [], answers = [] }) {
  /** @type {string[]} */
  const asked = [];
  /** @type {Approved[]} */
  const approved = [];
  /** @type {string[]} */
  const said = [];
  /** @type {string[][]} */
  const shown = [];
  const finding = (/** @type {string} */ rule) => ({ rule, severity: "must", message: `${rule} is broken`, unit: "px" });
  const store = {
    state: {
      person: "Maya",
      focus: selected[0],
      selection: new Set(selected),
      shown: selected,
      stamps: new Map(),
      variants: new Map(selected.map((id) => [id, { id, fingerprint: "f" }])),
      measured: new Map(selected.map((id) => [id, { findings: (must[id] ?? []).map(finding) }])),
    },
    approve: async (
      /** @type {string[]} */ ids,
      /** @type {{ unseen: Set<string>, despite: Map<string, string> }} */ options,
    ) => {
      approved.push({ ids: [...ids], unseen: [...options.unseen], despite: [...options.despite] });
    },
  };
  const seen = new Seen();
  const looked = selected.filter((id) => !unseen.includes(id));
  const state = /** @type {import("../src/store/state.ts").StudioState} */ (/** @type {unknown} */ (store.state));
  const judging = new Judging({
    store: () => /** @type {import("../src/store/store.ts").StudioStore} */ (/** @type {unknown} */ (store)),
    seen,
    glance: () => seen.look(looked, state),
    show: (ids) => shown.push([...ids]),
    person: { ask: async () => "" },
    ask: {
      ask: async () => false,
      choose: async (title, _, verbs) => {
        asked.push([title, ...verbs].join(" | "));
        return answers.shift();
      },
    },
    notice: { say: (words) => said.push(words), clear: () => {} },
  });
  seen.look(looked, state);
  seen.look(looked, state);
  return { judging, asked, approved, said, shown, store };
}

test("what is sound and seen is approved without a question", async () => {
  const { judging, asked, approved } = desk({ selected: ["a", "b"] });
  await judging.approve();
  assert.deepEqual(asked, []);
  assert.deepEqual(approved, [{ ids: ["a", "b"], unseen: [], despite: [] }]);
});

test("many with a must-finding among them: asked, and the stamp says in spite of what", async () => {
  const { judging, asked, approved, said } = desk({ selected: ["a", "b", "c"], must: { b: ["overflow", "logo"] }, answers: [0] });
  await judging.approve();
  assert.deepEqual(asked, ["1 of 3 have a finding that must be mended | Approve all 3 | Look at them | Approve the 2 without"]);
  assert.deepEqual(approved, [{ ids: ["a", "b", "c"], unseen: [], despite: [["b", "overflow, logo"]] }]);
  assert.deepEqual(said, ["Stamped 3, 1 of them with a must-finding"]);
});

test("the usual answer leaves them out; looking shows them; closing the question approves nothing", async () => {
  const without = desk({ selected: ["a", "b", "c"], must: { b: ["overflow"] }, answers: [2] });
  await without.judging.approve();
  assert.deepEqual(without.approved[0]?.ids, ["a", "c"]);
  const looking = desk({ selected: ["a", "b", "c"], must: { b: ["overflow"] }, answers: [1] });
  await looking.judging.approve();
  assert.deepEqual([looking.approved, looking.shown], [[], [["b"]]]);
  const closed = desk({ selected: ["a", "b"], must: { b: ["overflow"] }, answers: [undefined] });
  await closed.judging.approve();
  assert.deepEqual([closed.approved, closed.shown], [[], []]);
});

test("one alone with a must-finding is asked about too", async () => {
  const { judging, asked, approved } = desk({ selected: ["a"], must: { a: ["legal"] }, answers: [0] });
  await judging.approve();
  assert.deepEqual(asked, ["A finding here must be mended | Approve it all the same | Look at it"]);
  assert.deepEqual(approved[0]?.despite, [["a", "legal"]]);
});

test("not seen and to be mended: two questions, the second about those that are left", async () => {
  const { judging, asked, approved } = desk({
    selected: ["a", "b", "c", "d"],
    must: { a: ["overflow"], d: ["overflow"] },
    unseen: ["d"],
    answers: [2, 0],
  });
  await judging.approve();
  assert.equal(asked.length, 2);
  assert.match(asked[1] ?? "", /^1 of 3 have/);
  assert.deepEqual(approved[0]?.ids, ["a", "b", "c"]);
  assert.deepEqual(approved[0]?.despite, [["a", "overflow"]]);
});

test("what is selected and hidden by the filter is not stamped along", async () => {
  const { judging, approved, store } = desk({ selected: ["a", "b", "c"] });
  store.state.shown = ["a", "c", "d"];
  await judging.approve();
  assert.deepEqual(approved[0]?.ids, ["a", "c"]);
});

test("who is looked at once the filter shows others, and who comes back", () => {
  const at = (/** @type {string[]} */ ...shown) => Object.assign(arranged, { shown, order: shown.map((id) => ({ id })) });
  const arranged = new Arrangement();
  at("a", "b", "c");
  assert.equal(arranged.heir("b", ["a", "b"], true), undefined, "it is still shown");
  assert.deepEqual(arranged.heir("b", ["a", "c"], true), { id: "c" });
  // Letter by letter: nobody led the eye elsewhere, and it comes back.
  at("a", "c");
  assert.deepEqual(arranged.heir("c", ["a"], true), { id: "a" });
  at("a");
  assert.deepEqual(arranged.heir("a", [], true), { id: undefined });
  at();
  assert.equal(arranged.heir(undefined, [], true), undefined);
  assert.deepEqual(arranged.heir(undefined, ["a", "c"], true), { id: "a" });
  at("a", "c");
  assert.deepEqual(arranged.heir("a", ["a", "b", "c"], true), { id: "b" });
  // Stamped out of the filter: the next one, and a reopened one takes nobody's place.
  at("a", "b", "c");
  assert.deepEqual(arranged.heir("b", ["a", "c"], false), { id: "c" });
  at("a", "c");
  assert.equal(arranged.heir("c", ["a", "b", "c"], false), undefined);
  // The last one stamped, and that taken back.
  at("a");
  assert.deepEqual(arranged.heir("a", [], false), { id: undefined });
  at();
  assert.deepEqual(arranged.heir(undefined, ["a"], false), { id: "a" });
  // Walked to in the loupe, out of the filter: what is measured meanwhile does not pull the eye away.
  at("a");
  assert.equal(arranged.heir("x", ["a", "b"], false), undefined);
});
