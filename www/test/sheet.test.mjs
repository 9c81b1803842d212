// The arithmetic of the contact sheet: sections and justified rows. Pure: no browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./support/load.mjs";

const { layOut, firstRow, step } = /** @type {typeof import("../src/studio/rows.ts")} */ (await load("src/studio/rows.ts"));

/** @type {{ id: string, width: number, height: number }[]} */
const records = JSON.parse(readFileSync(new URL("../../src/campaign/formats.json", import.meta.url), "utf8"));

/** @param {string} tag @returns {import("../src/studio/sections.ts").Section} */
function section(tag) {
  const items = records.map(({ id, width, height }) => {
    const format = /** @type {import("../src/engine/types.ts").FormatInfo} */ ({ id, width, height });
    return { id: `${id}.${tag}.main`, format, locale: { tag, name: tag, dir: /** @type {const} */ ("ltr") }, option: "" };
  });
  return { key: tag, title: tag, note: "", items };
}
const sections = [section("en"), section("ar")];

for (const width of [320, 520, 740, 1100, 2400]) {
  test(`at ${width} px every variant has one place, inside the sheet, at its own aspect ratio`, () => {
    const layout = layOut(sections, width, 132);
    assert.equal(layout.at.size, 2 * records.length);
    let y = 0;
    for (const row of layout.rows) {
      assert.equal(row.y, y, "rows follow each other");
      y += row.height;
      let right = -1;
      for (const { item, x, width: room, pictureWidth, pictureHeight } of row.places) {
        assert.ok(x > right, `${item.id} overlaps its neighbour`);
        right = x + room;
        assert.ok(right <= width + 1, `${item.id} ends at ${right}`);
        assert.ok(pictureHeight < row.height);
        const { width: w, height: h } = item.format;
        // Half a px of rounding at each side.
        assert.ok(
          Math.abs(pictureWidth * h - pictureHeight * w) <= (w + h) / 2 + 1,
          `${item.id}: ${pictureWidth} × ${pictureHeight}`,
        );
      }
    }
    assert.ok(layout.height >= y);
  });
}

test("the first row in sight is found", () => {
  const layout = layOut(sections, 900, 132);
  for (const top of [0, 1, 500, 3210.5, layout.height - 1]) {
    const at = firstRow(layout, top);
    const row = layout.rows[at];
    if (row) assert.ok(row.y + row.height > top);
    const before = layout.rows[at - 1];
    if (before) assert.ok(before.y + before.height <= top);
  }
});

test("arrows reach every variant and stop at the ends", () => {
  const layout = layOut(sections, 900, 132);
  const [first] = sections[0]?.items ?? [];
  const last = sections[1]?.items.at(-1);
  assert.ok(first && last);
  const seen = new Set();
  for (let id = /** @type {string | undefined} */ (first.id); id !== undefined; id = step(layout, id, "right")) seen.add(id);
  assert.equal(seen.size, 2 * records.length);
  assert.equal(step(layout, first.id, "left"), undefined);
  assert.equal(step(layout, first.id, "up"), undefined);
  assert.equal(step(layout, last.id, "down"), undefined);
  // Down and up again comes back near: to the same row.
  const below = step(layout, first.id, "down");
  assert.ok(below);
  const back = step(layout, below, "up");
  assert.ok(back);
  assert.equal(layout.at.get(back)?.row, layout.at.get(first.id)?.row);
});

test("4,000 variants are placed in a few milliseconds", (t) => {
  const many = Array.from({ length: 31 }, (_, i) => section(`x${i}`));
  layOut(many, 900, 132);
  const began = performance.now();
  layOut(many, 900, 132);
  const took = performance.now() - began;
  t.diagnostic(`${took.toFixed(1)} ms`);
  assert.ok(took < 200);
});
