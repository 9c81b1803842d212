// Tokens tried out in the studio with the real engine: what follows another token shows that one's new value, says what it follows, and stands alone once it
// has a value of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachBrowser, openStudio } from "./support/site.mjs";

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  /** Value and words of a token's row. @param {string} path */
  const row = (path) =>
    page.evaluate((path) => {
      const [field] = /** @type {HTMLInputElement[]} */ (inside("variorum-brand", `input[aria-label="${path}"]`));
      const [picker] = /** @type {HTMLInputElement[]} */ (inside("variorum-brand", `input[aria-label="${path}, colour"]`));
      const follows = field?.closest(".token")?.querySelector(".follows")?.textContent;
      return [field?.value, picker?.value, follows];
    }, path);
  /** @param {string} path @param {string} value */
  const put = async (path, value) => {
    await page.evaluate(
      ({ path, value }) => {
        const [field] = /** @type {HTMLInputElement[]} */ (inside("variorum-brand", `input[aria-label="${path}"]`));
        if (!field) throw new Error(`no field for ${path}`);
        field.value = value;
        field.dispatchEvent(new Event("change"));
      },
      { path, value },
    );
    await page.until(
      ({ path, value }) => {
        const studio = /** @type {import("../src/elements/studio.ts").VariorumStudio} */ (
          document.querySelector("variorum-studio")
        );
        return studio.store.state.edits.some((edit) => edit.kind === "token" && edit.path === path && edit.value === value);
      },
      { path, value },
      30_000,
    );
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(undefined))));
  };

  test("an alias follows, and says what", async () => {
    await page.evaluate(() => /** @type {HTMLElement | undefined} */ (inside("variorum-inspector", "#tab-brand")[0])?.click());
    await page.until(() => inside("variorum-brand", ".token").length > 3, undefined, 30_000);
    assert.deepEqual(await row("color.accent"), ["#f2b84b", "#f2b84b", "as color.sun"]);
    assert.deepEqual((await row("color.sun"))[2], "");
    await put("color.sun", "#ff00aa");
    assert.deepEqual(await row("color.sun"), ["#ff00aa", "#ff00aa", ""]);
    assert.deepEqual(await row("color.accent"), ["#ff00aa", "#ff00aa", "as color.sun"]);
    assert.deepEqual(await row("color.text"), ["#fff8ea", "#fff8ea", "as color.paper"]);
  });

  test("written out, it follows no more", async () => {
    await put("color.accent", "#00aa44");
    assert.deepEqual(await row("color.accent"), ["#00aa44", "#00aa44", ""]);
    await put("color.sun", "#f2b84b");
    assert.deepEqual(await row("color.accent"), ["#00aa44", "#00aa44", ""]);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
