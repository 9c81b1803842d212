// The studio as a person at the keyboard and a screen reader meet it: the sheet is a grid of 3,537 cells of which few are in the document,
// focus moves and stays, selections, facets, grouping, the matrix, the loupe. In Chromium and in Firefox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickOn } from "./support/deep.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ timeout: 600_000, ready: openStudio }, (page) => {
  const state = () =>
    page.evaluate(() => {
      const { shown, selection, focus, filter } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      return { shown: shown.length, first: shown[0], selection: [...selection], focus, chosen: [...filter.locale] };
    });
  const sheet = () =>
    page.evaluate(() => {
      const cells = /** @type {HTMLElement[]} */ (inside("variorum-sheet", "[role=gridcell]"));
      const [grid] = inside("variorum-sheet", "[role=grid]");
      return {
        cells: cells.length,
        labels: cells.map((cell) => cell.getAttribute("aria-label") ?? ""),
        reachable: cells.filter((cell) => cell.tabIndex === 0).map((cell) => cell.dataset.id),
        inRows: cells.every((cell) => cell.parentElement?.getAttribute("role") === "row" && cell.hasAttribute("aria-colindex")),
        rows: Number(grid?.getAttribute("aria-rowcount")),
      };
    });

  test("the sheet is a grid that names its cells, and keeps only what is near in the document", async () => {
    await page.until(() => inside("variorum-sheet", "[role=gridcell]").length > 10, undefined);
    const { cells, labels, reachable, inRows, rows } = await sheet();
    assert.ok(cells < 200, `${cells} cells for 3,537 variants`);
    assert.ok(inRows);
    assert.ok(rows > 300, `${rows} rows`);
    assert.match(
      labels[0] ?? "",
      /^Instagram feed square 1:1, English, to review, (not yet checked|no findings|\d+ findings?(, \w+ must)?)$/,
    );
    assert.deepEqual(reachable, [(await state()).focus]);
  });

  test("after a leap cells come a share at each frame, and all that is in sight comes", async () => {
    const { shares, below } = await page.evaluate(async () => {
      const scroller = /** @type {HTMLElement} */ (inside("variorum-sheet", ".scroll")[0]);
      const cells = () => /** @type {HTMLElement[]} */ (inside("variorum-sheet", "[role=gridcell]"));
      const known = new Set(cells().map(({ dataset }) => dataset.id));
      const shares = [];
      scroller.scrollTop = scroller.scrollHeight / 2;
      for (let n = 0; n < 10; n += 1) {
        await new Promise(requestAnimationFrame);
        const come = cells().flatMap(({ dataset: { id } }) => (known.has(id) ? [] : [id]));
        for (const id of come) known.add(id);
        shares.push(come.length);
      }
      const below =
        Math.max(...cells().map((cell) => cell.getBoundingClientRect().bottom)) - scroller.getBoundingClientRect().bottom;
      scroller.scrollTop = 0;
      return { shares, below };
    });
    assert.ok(shares.reduce((sum, share) => sum + share, 0) > 40, `${shares}`);
    assert.ok(Math.max(...shares) < 60, `${shares}`);
    assert.ok(below > 300, `${below} px are ready below`);
  });

  test("arrows move the focus, Shift extends, Ctrl A takes all, Escape one", async () => {
    const { focus } = await state();
    await page.press("ArrowRight");
    const right = await state();
    assert.notEqual(right.focus, focus);
    assert.deepEqual(right.selection, [right.focus]);
    await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const { focus } = studio.store.state;
      inside("variorum-sheet", "[role=gridcell]")
        .find((cell) => /** @type {HTMLElement} */ (cell).dataset.id === focus)
        ?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", shiftKey: true, bubbles: true, composed: true }));
    });
    assert.ok((await state()).selection.length > 1);
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true })),
    );
    assert.equal((await state()).selection.length, 3537);
    await page.press("Escape");
    assert.equal((await state()).selection.length, 1);
  });

  test("the last of 3,537 is reached, its focus kept while the sheet is scrolled away from it", async () => {
    await page.press("End");
    const { focus } = await state();
    const focused = () => page.evaluate(() => deepAll(".cell:focus").map((one) => /** @type {HTMLElement} */ (one).dataset.id));
    assert.deepEqual(await focused(), [focus]);
    await page.evaluate(() => inside("variorum-sheet", ".scroll")[0]?.scrollTo(0, 0));
    await page.until(
      () => inside("variorum-sheet", "[role=row]").some((row) => row.getAttribute("aria-rowindex") === "1"),
      undefined,
    );
    assert.deepEqual(await focused(), [focus]);
    assert.ok((await sheet()).cells < 250);
    await page.press("Home");
    assert.deepEqual(await focused(), [(await state()).focus]);
  });

  test("search and facets narrow each other; a chip takes a choice back", async () => {
    await page.press("/");
    await page.type("story");
    await page.until(() => {
      const { shown } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      return shown.length > 0 && shown.length < 500;
    }, undefined);
    const found = (await state()).shown;
    await page.evaluate(() => {
      const label = inside("variorum-facets", "label").find((one) => /^Arabic/.test(one.textContent ?? ""));
      const more = inside("variorum-facets", "button").find((one) => /^Language/.test(one.getAttribute("aria-label") ?? ""));
      if (!label) /** @type {HTMLElement} */ (more)?.click();
    });
    await page.until(() => inside("variorum-facets", "label").some((one) => /^Arabic/.test(one.textContent ?? "")), undefined);
    await page.evaluate(() =>
      inside("variorum-facets", "label")
        .find((one) => /^Arabic/.test(one.textContent ?? ""))
        ?.querySelector("input")
        ?.click(),
    );
    const narrowed = await state();
    assert.deepEqual(narrowed.chosen, ["ar"]);
    assert.equal(narrowed.shown, found / 27);
    await page.until(() => inside("variorum-bar", ".chips button").length === 2, undefined);
    await clickOn(page, "button[aria-label='Clear all facets']");
    assert.equal((await state()).shown, 3537);
  });

  test("grouped otherwise, the headings follow; in the matrix the heads name rows and columns", async () => {
    await page.press("Escape");
    await page.press("g");
    await page.until(() => inside("variorum-sheet", "h2").some((one) => one.textContent?.startsWith("Instagram")), undefined);
    for (let i = 0; i < 3; i += 1) await page.press("g");
    await page.press("m");
    await page.until(() => inside("variorum-matrix", "[role=gridcell]").length > 5, undefined);
    const heads = await page.evaluate(() => inside("variorum-matrix", "[role=columnheader]").map((one) => one.textContent));
    assert.equal(heads.length, 28);
    assert.equal(heads[1], "English");
    const { focus } = await state();
    await page.press("ArrowRight");
    assert.equal((await state()).focus?.split(".")[0], focus?.split(".")[0], "right in the matrix is the same format");
    await page.press("m");
  });

  test("the loupe rasters what is seen at the zoom it is seen at, and moves along its strip", async () => {
    await page.evaluate(() => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const asked = /** @type {unknown[]} */ ([]);
      const render = store.render.bind(store);
      store.render = (request, options) => {
        // The loupe asks for a region; the pictures of other layouts are asked for whole, before or after it.
        if (request.region) asked.push(request);
        return render(request, options);
      };
      Object.assign(globalThis, { asked });
    });
    /** @returns {Promise<import("../src/engine/types.ts").RenderRequest | undefined>} */
    const last = () =>
      page.evaluate(
        () => /** @type {never} */ (/** @type {{ asked: unknown[] }} */ (/** @type {unknown} */ (globalThis)).asked.at(-1)),
      );
    await page.press("Home");
    await page.press("Enter");
    await page.until(
      () => inside("variorum-loupe", ".stage").some((one) => one.checkVisibility() && one.matches(":focus")),
      undefined,
    );
    await page.press("z");
    await page.until(() => inside("variorum-loupe", ".zoom")[0]?.textContent === "100 %", undefined);
    for (let i = 0; i < 3; i += 1) await page.press("+");
    const shown = "338 %";
    await page.until((shown) => inside("variorum-loupe", ".zoom")[0]?.textContent === shown, shown);
    await page.until(() => {
      const { asked } = /** @type {{ asked: { scale?: number }[] }} */ (/** @type {unknown} */ (globalThis));
      return Math.abs((asked.at(-1)?.scale ?? 0) - 3.375) < 1e-6;
    }, undefined);
    const [, , width = 0, height = 0] = (await last())?.region ?? [];
    assert.ok(width < 600 && height < 600, "only the part in sight");
    await page.press("l");
    const { focus } = await state();
    await page.press("ArrowRight");
    const next = await state();
    assert.equal(next.focus?.split(".")[0], focus?.split(".")[0], "along the languages the format stays");
    assert.notEqual(next.focus, focus);
    await page.press("Escape");
    await page.until(() => inside("variorum-sheet", ".cell:focus").length === 1, undefined);
  });

  test("with only what is to review shown, a stamp moves the focus to the next", async () => {
    await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.person = "Maya Brand";
      studio.store.setFilter({ status: new Set(["to-review"]) });
    });
    for (let left = 3536; left > 3533; left -= 1) {
      const { focus } = await state();
      await page.press("a");
      await page.until((left) => {
        const { shown } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        return shown.length === left;
      }, left);
      await page.until((focus) => {
        const [cell] = inside("variorum-sheet", ".cell:focus");
        return cell && /** @type {HTMLElement} */ (cell).dataset.id !== focus;
      }, focus);
      assert.equal((await state()).selection.length, 1);
    }
    await page.press("u");
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.counts.approved === 2,
      undefined,
    );
  });

  test("letters can be turned off as keys", async () => {
    await page.press("?");
    await page.until(() => deepAll("dialog[open]").length === 1, undefined);
    await clickOn(page, "dialog[open] input[type=checkbox]");
    await page.press("Escape");
    await page.press("m");
    assert.equal(await page.evaluate(() => deepAll("variorum-sheet").some((one) => one.checkVisibility())), true);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
