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

  test("a value that is refused is marked where it was typed, says what would do, and goes with Escape; so are words", async () => {
    /** @param {string} value */
    const type = (value) =>
      page.evaluate((value) => {
        const [field] = /** @type {HTMLInputElement[]} */ (inside("variorum-brand", 'input[aria-label="color.sun"]'));
        if (!field) return;
        field.value = value;
        field.dispatchEvent(new Event("change"));
      }, value);
    const marked = () =>
      page.evaluate(() => {
        const [field] = /** @type {HTMLInputElement[]} */ (inside("variorum-brand", 'input[aria-label="color.sun"]'));
        const [why] = inside("variorum-brand", "[id='why-color.sun']");
        return { value: field?.value, invalid: field?.ariaInvalid ?? "", why: why?.checkVisibility() ? why.textContent : "" };
      });
    const standing = (await row("color.sun"))[0];
    await type("blurple");
    await page.until(() => inside("variorum-brand", "[aria-invalid]").length === 1, undefined, 30_000);
    const { value, invalid, why } = await marked();
    assert.deepEqual([value, invalid], ["blurple", "true"]);
    assert.match(why ?? "", /#/, "what is allowed stands beside it");
    const faults = await page.evaluate(
      () =>
        /** @type {import("../src/elements/studio.ts").VariorumStudio} */ (document.querySelector("variorum-studio")).store.state
          .errors.length,
    );
    assert.equal(faults, 0, "and nowhere else");
    await page.evaluate(() =>
      /** @type {HTMLElement | undefined} */ (inside("variorum-brand", 'input[aria-label="color.sun"]')[0])?.focus(),
    );
    await page.press("Escape");
    await page.until(() => inside("variorum-brand", "[aria-invalid]").length === 0, undefined, 5_000);
    assert.deepEqual(await marked(), { value: standing, invalid: "", why: "" });
    await type("blurple");
    await page.until(() => inside("variorum-brand", "[aria-invalid]").length === 1, undefined, 30_000);
    await type("#ff00aa");
    await page.until(() => inside("variorum-brand", "[aria-invalid]").length === 0, undefined, 30_000);
    // Half a placeholder is no message; the words that stand go on standing.
    await page.evaluate(() => /** @type {HTMLElement | undefined} */ (inside("variorum-inspector", "#tab-variant")[0])?.click());
    await page.until(() => inside("variorum-copy", "textarea").length > 1, undefined, 30_000);
    await page.evaluate(() => {
      const [field] = /** @type {HTMLTextAreaElement[]} */ (inside("variorum-copy", "#copy-headline"));
      if (!field) return;
      field.value = "Light {";
      field.dispatchEvent(new Event("input"));
    });
    await page.until(() => inside("variorum-copy", "[aria-invalid]").length === 1, undefined, 30_000);
    const said = await page.evaluate(() => inside("variorum-copy", "#why-headline")[0]?.textContent ?? "");
    assert.ok(said.length > 10, said);
    await page.evaluate(() => {
      const [field] = /** @type {HTMLTextAreaElement[]} */ (inside("variorum-copy", "#copy-headline"));
      if (!field) return;
      field.value = "Light";
      field.dispatchEvent(new Event("input"));
    });
    await page.until(() => inside("variorum-copy", "[aria-invalid]").length === 0, undefined, 30_000);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
