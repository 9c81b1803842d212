// The module that is shipped holds the vectors it was written with: a build that lost simd128 on the way would draw the same pictures, only slowly.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { vectors } from "../../.ci/module.mjs";

/** Far fewer than there are, far more than a build without its pixel loops would have. */
const LEAST = 5000;

for (const file of ["studio/variorum", "npm/variorum", "npm/painter"]) {
  test(`the module dist/${file}_bg.wasm holds simd128, and nothing of it that may differ between machines`, async () => {
    const { simd, relaxed } = vectors(await readFile(new URL(`../dist/${file}_bg.wasm`, import.meta.url)));
    assert.ok(simd >= LEAST, `${simd} vector instructions, at least ${LEAST}`);
    assert.equal(relaxed, 0, "relaxed ones");
  });
}
