// The studio inside somebody else's page: examples/dam, a small DAM. It hands in bytes, names the person, hears of stamps, takes the files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickOn } from "./support/deep.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

inEachBrowser({ ready: (page) => openStudio(page, "/examples/dam/") }, (page) => {
  const items = (/** @type {string} */ id) =>
    page.evaluate((id) => [...document.querySelectorAll(`#${id} li`)].map((item) => item.textContent ?? ""), id);

  test("a stamp is heard by the page, in the name of who is signed in there", async () => {
    // Drawn, and before somebody's eyes.
    await page.until(() => {
      const { state } = /** @type {import("../src/elements/studio.ts").VariorumStudio} */ (
        document.querySelector("variorum-studio")
      ).store;
      return state.measured.has(state.focus ?? "");
    }, undefined);
    await new Promise((done) => setTimeout(done, 1000));
    // A letter typed on the page around stamps nothing; after a click into the studio it does.
    await page.press("a");
    await new Promise((done) => setTimeout(done, 500));
    assert.deepEqual(await items("stamps"), []);
    await clickOn(page, ".cell");
    await page.press("a");
    await page.until(() => document.querySelectorAll("#stamps li").length === 1, undefined);
    assert.match((await items("stamps"))[0] ?? "", /^Maya Brand approved \S+$/);
  });

  test("the page takes the approved files, one by one", async () => {
    await clickOn(page, "#take");
    await page.until(() => document.querySelector("#said")?.textContent === "1 file taken.", undefined);
    const taken = (await items("renditions")).reverse();
    assert.equal(taken.length, 3);
    assert.match(taken[0] ?? "", /\.(png|jpg), \d+ kB$/);
    assert.match(taken[1] ?? "", /^ledger\.jsonl/);
    assert.match(taken[2] ?? "", /^manifest\.json/);
  });

  test("the studio's own Deliver leads to the page where the page wants it", async () => {
    await clickOn(page, "[part~='deliver-button']");
    await page.until(() => deepAll("dialog[open] .foot .strong").length > 0, undefined);
    await page.evaluate(() => document.querySelector("#said")?.replaceChildren());
    await clickOn(page, "dialog[open] .foot .strong");
    await page.until(() => deepAll("[role=status]").some((one) => /^Handed to this page/.test(one.textContent ?? "")), undefined);
    await page.until(() => document.querySelector("#said")?.textContent === "1 file taken.", undefined);
    // Taken twice, it lies there once.
    assert.equal((await items("renditions")).length, 3);
    await page.press("Escape");
  });

  test("another asset replaces the first, and taken out of the page the studio lets go", async () => {
    const first = await page.evaluate(() => document.querySelector("variorum-studio")?.campaign?.name);
    await page.evaluate(() => {
      const select = /** @type {HTMLSelectElement} */ (document.querySelector("#asset"));
      select.selectedIndex = 1;
      select.dispatchEvent(new Event("change"));
    });
    await page.until((first) => ![undefined, first].includes(document.querySelector("variorum-studio")?.campaign?.name), first);
    // What was heard and taken of the first went with it.
    assert.deepEqual([await items("stamps"), await items("renditions")], [[], []]);
    await page.evaluate(() => document.querySelector("variorum-studio")?.remove());
    assert.deepEqual(page.errors, []);
  });
});
