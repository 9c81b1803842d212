// Many at once, as who approves an afternoon long picks them: a group by key and by its button, a format and a language in the matrix; what is picked is counted wherever it is judged.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickOn } from "./support/deep.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const picked = () =>
    page.evaluate(() => {
      const { selection, focus } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      const formats = new Set([...selection].map((id) => id.split(".").slice(0, -2).join(".")));
      const locales = new Set([...selection].map((id) => id.split(".").at(-2)));
      return { many: selection.size, formats: formats.size, locales: locales.size, focus };
    });
  const rest = () => new Promise((done) => setTimeout(done, 300));

  test("X picks the focused variant's group, the keyboard stays on it; the group's button picks another", async () => {
    await page.evaluate(() => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.select(["ig-story.de.main"], "ig-story.de.main");
    });
    await page.press("g");
    await rest();
    await page.press("x");
    assert.deepEqual(await picked(), { many: 27, formats: 1, locales: 27, focus: "ig-story.de.main" });
    await page.until(
      () => inside("variorum-sheet", '[data-id="ig-story.de.main"]').some((one) => one.matches(":focus")),
      undefined,
    );
    await clickOn(page, ".heading-row .pick button");
    await rest();
    const { many, formats, locales, focus } = await picked();
    assert.deepEqual([many, formats, locales], [27, 1, 27]);
    assert.ok(focus);
  });

  test("what is sent back is counted where its reason is written", async () => {
    await page.press("r");
    await page.until(() => inside("variorum-judge", "#reason").some((one) => one.matches(":focus")), undefined);
    const said = await page.evaluate(() => inside("variorum-judge", "label, button:not(.held)").map((one) => one.textContent));
    assert.deepEqual(said.slice(0, 2), ["Reason for sending back all 27 that are selected", "Send back 27 ↵"]);
    await page.press("Escape");
  });

  test("in the loupe nothing behind it is picked", async () => {
    await page.evaluate(() => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.select(["ig-story.de.main"], "ig-story.de.main");
    });
    await page.press("Enter");
    await page.press("x");
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true, cancelable: true })),
    );
    assert.equal((await picked()).many, 1);
    await page.press("Escape");
  });

  test("the matrix picks a format by X or its name, a language by its head", async () => {
    await page.press("m");
    await page.until(() => inside("variorum-matrix", ".side").length > 3, undefined);
    await rest();
    await page.press("x");
    assert.deepEqual(await picked(), { many: 27, formats: 1, locales: 27, focus: "ig-story.de.main" });
    await clickOn(page, ".column");
    await rest();
    const { many, formats, locales } = await picked();
    assert.deepEqual([many, formats, locales], [131, 131, 1]);
    await clickOn(page, ".side b");
    await rest();
    assert.equal((await picked()).locales, 27);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
