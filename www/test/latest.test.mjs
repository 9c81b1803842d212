// Keys typed faster than the engine follows: the first and the last are done, none is done beside another.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { Latest } = /** @type {typeof import("../src/studio/latest.ts")} */ (await load("src/studio/latest.ts"));
const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

test("of many wishes for one place the first and the last are done, one at a time", async () => {
  const wishes = new Latest();
  /** @type {string[]} */
  const done = [];
  let running = 0;
  const act = (/** @type {string} */ text) => async () => {
    running += 1;
    assert.equal(running, 1);
    await wait(20);
    done.push(text);
    running -= 1;
  };
  for (const text of ["E", "Ev", "Eve", "Ever", "Every"]) wishes.wish("en headline", act(text));
  await wait(300);
  assert.deepEqual(done, ["E", "Every"]);
});

test("places do not wait for each other, and a failure holds nothing up", async () => {
  const wishes = new Latest();
  /** @type {string[]} */
  const done = [];
  wishes.wish("a", async () => {
    throw new Error("refused");
  });
  wishes.wish("a", async () => done.push("a"));
  wishes.wish("b", async () => done.push("b"));
  await wait(200);
  assert.deepEqual(done.sort(), ["a", "b"]);
});

test("where the last is refused, the newest that it overtook and that holds is done, without another word", async () => {
  const wishes = new Latest();
  /** @type {string[]} */
  const done = [];
  /** @type {[string, boolean][]} */
  const tried = [];
  for (const text of ["H", "He", "Hello ", "Hello {", "Hello {name"]) {
    wishes.wish("en headline", async (quietly) => {
      await wait(20);
      tried.push([text, quietly]);
      if (text.includes("{")) throw new Error("refused");
      done.push(text);
    });
  }
  await wait(500);
  assert.deepEqual(done, ["H", "Hello "]);
  assert.deepEqual(tried, [
    ["H", false],
    ["Hello {name", false],
    ["Hello {", true],
    ["Hello ", true],
  ]);
});
