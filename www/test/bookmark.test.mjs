// Where a person stood: as text and back, and after a reload of the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";
import { inEachBrowser, openStudio, studioOpened } from "./support/site.mjs";

const { read, textOf } = /** @type {typeof import("../src/studio/bookmark.ts")} */ (await load("src/studio/bookmark.ts"));
const { EMPTY_FILTER } = /** @type {typeof import("../src/store/state.ts")} */ (await load("src/store/state.ts"));

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

test("a place is read back as it was written; what is none is nothing", () => {
  const filter = { ...EMPTY_FILTER, medium: new Set(["social"]), findings: new Set(["must/overflow"]), search: "light" };
  const look = { view: /** @type {const} */ ("matrix"), group: /** @type {const} */ ("format") };
  assert.deepEqual(read(textOf({ filter, focus: "ig-story.de.main" }, look)), { ...look, filter, focus: "ig-story.de.main" });
  assert.deepEqual(read("{}"), { view: "sheet", group: "language", filter: EMPTY_FILTER, focus: undefined });
  assert.deepEqual(read('{"group":"mood","filter":{"medium":"social","search":3}}')?.filter, EMPTY_FILTER);
  for (const none of [undefined, "", "[", "null"]) assert.equal(read(none), undefined);
});

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const stands = () =>
    page.evaluate(() => {
      const { filter, focus, shown } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      const group = /** @type {HTMLSelectElement | undefined} */ (inside("variorum-bar", "select")[0])?.value;
      const [cell] = inside("variorum-sheet", `[data-id="${focus}"]`);
      const box = cell?.getBoundingClientRect();
      return {
        medium: [...filter.medium],
        shown: shown.length,
        focus,
        group,
        inSight: box !== undefined && box.top > 0 && box.bottom < innerHeight,
      };
    });

  test("a reload goes on where the page was left, and a filter keeps what is looked at in sight", async () => {
    await page.evaluate(() => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.select(["yt-instream-16x9.ja.main"], "yt-instream-16x9.ja.main");
    });
    await page.press("g");
    await page.evaluate(() => {
      const labels = inside("variorum-facets", "label");
      /** @type {HTMLElement | undefined} */ (labels.find((one) => one.textContent?.startsWith("Video stills")))?.click();
    });
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.filter.medium.size === 1,
      undefined,
    );
    await page.evaluate(() => new Promise((done) => setTimeout(done, 900)));
    const before = await stands();
    assert.deepEqual([before.medium, before.focus, before.group], [["video"], "yt-instream-16x9.ja.main", "format"]);
    assert.ok(before.inSight);
    await page.reload();
    await studioOpened(page);
    await page.until(
      () => inside("variorum-sheet", '[data-id="yt-instream-16x9.ja.main"]').some((one) => one.checkVisibility()),
      undefined,
      30_000,
    );
    assert.deepEqual(await stands(), before);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
