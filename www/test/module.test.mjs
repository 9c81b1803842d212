// The module that is shipped holds the vectors it was written with: a build that lost simd128 on the way would draw the same pictures, only slowly.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { vectors } from "../../.ci/module.mjs";

/** A little fewer than there are: a loop that lost them is missed. */
const LEAST = { "studio/variorum": 17_000, "npm/variorum": 17_000, "npm/painter": 15_000, "npm/importers": 1_700 };

for (const [file, least] of Object.entries(LEAST)) {
  test(`the module dist/${file}_bg.wasm holds simd128, and nothing of it that may differ between machines`, async () => {
    const { simd, relaxed } = vectors(await readFile(new URL(`../dist/${file}_bg.wasm`, import.meta.url)));
    assert.ok(simd >= least, `${simd} vector instructions, at least ${least}`);
    assert.equal(relaxed, 0, "relaxed ones");
  });
}
