// What stays behind in the files of before: words, tokens and corrections that other files of the same campaign do not hold. Kept by name over a reload, over once something is said at its place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { LeftBehind, leftWords } = /** @type {typeof import("../src/studio/left-behind.ts")} */ (
  await load("src/studio/left-behind.ts")
);

/** @typedef {import("../src/engine/types.ts").Edit} Edit */
/** @typedef {import("../src/engine/types.ts").OverridePatch} OverridePatch */

/** @param {OverridePatch[]} patches @returns {Edit} */
const layouts = (...patches) => ({ kind: "overrides", patches });
/** @type {OverridePatch} */
const mine = { formats: ["ig-story"], locales: ["de"], layer: "headline", set: { move: [0, -0.1] } };
/** @type {OverridePatch} */
const theirs = { formats: ["ig-story"], locales: ["de"], layer: "headline", set: { move: [0, 0.2] } };
/** @type {OverridePatch} */
const logo = { classes: ["strip"], pins: { logo: "free" } };
/** @type {Edit} */
const words = { kind: "copy", locale: "de", key: "headline", text: "Neu" };

/** @param {readonly Edit[]} edits @param {string} [name] */
const state = (edits, name = "alba") =>
  /** @type {import("../src/store/state.ts").StudioState} */ (
    /** @type {unknown} */ ({
      campaign: { name, tokens: [], locales: [{ tag: "de", name: "German" }] },
      edits,
      formats: new Map([["ig-story", { name: "Instagram Story" }]]),
    })
  );
/** No word is in the files. */
const copy = async () => [];

function pocket() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    preference: (/** @type {string} */ key) => kept.get(key),
    setPreference: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
}

test("corrections that the files bring count; those of the browser stay behind, each by its name", async () => {
  const left = new LeftBehind(pocket);
  await left.take(
    state([layouts(mine, logo), words]),
    state([layouts(theirs, { pins: { logo: "free" }, classes: ["strip"] })]),
    copy,
  );
  assert.deepEqual(left.edits, [layouts(mine), words], "what the files say too, in whatever order, is not left");
  assert.equal(leftWords(left.edits, state([])), "headline (Instagram Story, German), headline (German).");
});

test("what is left is there again after a reload, for its own campaign alone, until it is let go", async () => {
  const purse = pocket();
  const open = () => new LeftBehind(() => purse);
  const nothing = { campaign: undefined, edits: [] };
  await open().take(state([layouts(mine), words]), state([]), copy);
  const again = open();
  await again.take(nothing, state([]), copy);
  assert.deepEqual(again.edits, [layouts(mine), words]);
  await again.take(state([]), state([], "pulse"), copy);
  assert.deepEqual(again.edits, []);
  await again.take(state([], "pulse"), state([]), copy);
  assert.equal(again.edits.length, 2);
  again.forget();
  const last = open();
  await last.take(nothing, state([]), copy);
  assert.deepEqual(last.edits, []);
});

test("something said at its place since is the end of it; what came with the files is not", async () => {
  const left = new LeftBehind(pocket);
  const now = state([layouts(theirs)]);
  await left.take(state([layouts(mine), words]), now, copy);
  left.heed([layouts(theirs), { ...words, text: "Anders" }]);
  assert.deepEqual(left.edits, [layouts(mine)]);
  left.heed([layouts({ ...theirs, set: { move: [0, 0.3] } })]);
  assert.deepEqual(left.edits, []);
});
