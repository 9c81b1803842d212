// Little room, and pages of another direction: every control stays in sight on a tablet, Adjust is one row at 1280, the picture keeps its room at 200 %, and in a page that reads from
// right to left the studio's English reads as English.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const rest = () => new Promise((done) => setTimeout(done, 400));
  /** Buttons, lists and fields of an element that are cut off at its edges. @param {string} tag */
  const cutOff = (tag) =>
    page.evaluate((tag) => {
      const [host] = deepAll(tag);
      const room = host?.getBoundingClientRect() ?? new DOMRect();
      return inside(tag, "button, select, input")
        .filter((one) => one.checkVisibility())
        .filter((one) => {
          const { left, right } = one.getBoundingClientRect();
          return left < room.left - 1 || right > room.right + 1;
        })
        .map((one) => one.ariaLabel ?? one.textContent);
    }, tag);

  test("on a tablet the sheet's bar shows all it has between two open panels", async () => {
    await page.size(1024, 768);
    await rest();
    const both = await page.evaluate(() =>
      ["variorum-facets", "variorum-inspector"].map((tag) => deepAll(tag)[0]?.checkVisibility()),
    );
    assert.deepEqual(both, [true, true]);
    assert.deepEqual(await cutOff("variorum-bar"), []);
  });

  test("at 1280 what is below the bar stays where it is, however many facets are chosen, and the one chosen last is in sight", async () => {
    await page.size(1280, 720);
    await rest();
    const stands = () => page.evaluate(() => Math.round(deepAll("variorum-sheet")[0]?.getBoundingClientRect().top ?? 0));
    const before = await stands();
    const filters = [
      { status: ["to-review"], locale: ["de"] },
      { status: ["to-review"], locale: ["de"], medium: ["social", "web", "print"], format: ["ig-story", "ig-feed-square"] },
    ];
    for (const filter of filters) {
      await page.evaluate((filter) => {
        const sets = Object.fromEntries(Object.entries(filter).map(([facet, keys]) => [facet, new Set(keys)]));
        /** @type {Studio} */ (document.querySelector("variorum-studio")).store.setFilter(sets);
      }, filter);
      await rest();
      assert.equal(await stands(), before);
      const { first, last, clear, room } = await page.evaluate(() => {
        const boxOf = (/** @type {Element | undefined} */ one) => one?.getBoundingClientRect() ?? new DOMRect();
        const chips = inside("variorum-bar", ".chips button");
        const [list] = inside("variorum-bar", ".chips");
        const [clear] = inside("variorum-bar", ".clear");
        return {
          first: boxOf(chips[0]).left,
          last: boxOf(chips.at(-1)).right,
          clear: clear?.checkVisibility(),
          room: [boxOf(list).left, boxOf(list).right],
        };
      });
      assert.ok(clear && last <= (room[1] ?? 0) + 1, JSON.stringify({ last, room }));
      if (filter === filters[0]) assert.ok(first >= (room[0] ?? 0), "two have room");
    }
    await page.evaluate(() => /** @type {HTMLElement | undefined} */ (inside("variorum-bar", ".clear")[0])?.click());
  });

  test("Escape goes one level back in Compare as in Adjust, and what was done is told off the pictures", async () => {
    await page.evaluate(() => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.select(["ig-story.de.main"], "ig-story.de.main");
    });
    await page.press("Enter");
    const on = () =>
      page.evaluate(() => ({
        loupe: deepAll("variorum-loupe")[0]?.checkVisibility(),
        compare: deepAll("variorum-compare")[0]?.checkVisibility(),
        adjust: deepAll("variorum-adjust-bar")[0]?.checkVisibility(),
      }));
    for (const key of ["w", " ", "s", "j"]) {
      await page.press(key);
      await rest();
      assert.deepEqual(await on(), { loupe: true, compare: key !== "j", adjust: key === "j" }, key);
      await page.press("Escape");
      await rest();
      assert.deepEqual(await on(), { loupe: true, compare: false, adjust: false }, key);
    }
    await page.until(() => inside("variorum-layouts", "[role=radio]").length > 1, undefined, 30_000);
    await page.press("2");
    await page.until(() => inside("variorum-notice", ".notice")[0]?.checkVisibility() === true, undefined, 30_000);
    const [notice = 0, foot = 1] = await page.evaluate(() =>
      [inside("variorum-notice", ".notice")[0], deepAll("variorum-status")[0]].map(
        (one) => one?.getBoundingClientRect().top ?? 0,
      ),
    );
    assert.ok(notice >= foot, `${notice} ${foot}`);
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true })),
    );
    await page.press("Escape");
    await rest();
    assert.equal((await on()).loupe, false);
  });

  test("Adjust is one row at 1280, whatever is hidden, and cuts nothing off where it is narrower", async () => {
    await page.size(1280, 720);
    await page.evaluate(() => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.select(["ig-story.de.main"], "ig-story.de.main");
    });
    await page.press("Enter");
    await page.press("j");
    await page.until(() => inside("variorum-adjust", ".layer").length > 2, undefined, 30_000);
    await rest();
    const rows = () =>
      page.evaluate(() => {
        const seen = inside("variorum-adjust-bar", "button, select, input").filter((one) => one.checkVisibility());
        return new Set(seen.map((one) => Math.round(one.getBoundingClientRect().top / 16))).size;
      });
    assert.equal(await rows(), 1);
    const before = await page.evaluate(() =>
      inside("variorum-adjust-bar", "button").map((one) => one.getBoundingClientRect().left),
    );
    await page.evaluate(() => {
      const [adjust] = /** @type {import("../src/elements/adjust.ts").VariorumAdjust[]} */ (deepAll("variorum-adjust"));
      adjust?.choose("logo", true);
    });
    await page.press("h");
    await page.until(
      () => inside("variorum-adjust-bar", "select[aria-label='Hidden layers'] option").length === 2,
      undefined,
      30_000,
    );
    const after = await page.evaluate(() =>
      inside("variorum-adjust-bar", "button").map((one) => one.getBoundingClientRect().left),
    );
    assert.deepEqual(after, before, "nothing moves where a layer is hidden");
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true })),
    );
    for (const width of [1024, 800]) {
      await page.size(width, 768);
      await rest();
      assert.deepEqual(await cutOff("variorum-adjust-bar"), [], `${width}`);
    }
  });

  test("at 200 % the picture keeps its room, and how far a change holds is said in the bar", async () => {
    await page.size(640, 400);
    await rest();
    const seen = await page.evaluate(() => ({
      stage: inside("variorum-loupe", ".stage")[0]?.getBoundingClientRect().height ?? 0,
      reach: inside("variorum-reach", "select").filter((one) => one.checkVisibility()).length,
    }));
    assert.ok(seen.stage >= 180, `${seen.stage} px`);
    assert.equal(seen.reach, 1);
    await page.press("Escape");
    await page.press("Escape");
    await page.size(1280, 720);
  });

  test("while words are typed nothing beside the sheet moves: neither the field, nor what stands below the findings", async () => {
    await page.until(
      () => {
        const { variants, measured } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        return measured.size === variants.size;
      },
      undefined,
      120_000,
    );
    const tops = await page.evaluate(async () => {
      const [field] = /** @type {HTMLTextAreaElement[]} */ (inside("variorum-copy", "#copy-headline"));
      const medium = inside("variorum-facets", "legend").find((one) => one.textContent === "Medium");
      if (!field || !medium) return [];
      /** @type {string[]} */
      const seen = [];
      const end = performance.now() + 3000;
      field.focus();
      for (let n = 0; performance.now() < end; n += 1) {
        if (n % 20 === 0 && n < 100) {
          field.value += "n";
          field.dispatchEvent(new Event("input"));
        }
        seen.push([field, medium].map((one) => Math.round(one.getBoundingClientRect().top)).join(" "));
        await new Promise((done) => requestAnimationFrame(() => done(undefined)));
      }
      field.blur();
      return [...new Set(seen)];
    });
    assert.equal(tops.length, 1, tops.join(", "));
  });

  test("in a page that reads from right to left the studio reads as English, and what the page puts in as the page", async () => {
    await page.evaluate(() => {
      document.documentElement.dir = "rtl";
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const own = document.createElement("span");
      own.slot = "head-end";
      own.textContent = "مرحبا";
      studio.append(own);
      // Taken out and put back: the page's direction is read where it stands.
      const { parentNode } = studio;
      studio.remove();
      parentNode?.append(studio);
    });
    await page.until(() => document.querySelector("variorum-studio")?.campaign !== undefined, undefined);
    await page.until(() => inside("variorum-sheet", ".cell").length > 3, undefined, 30_000);
    const seen = await page.evaluate(() => ({
      sheet: getComputedStyle(/** @type {Element} */ (deepAll("variorum-sheet")[0])).direction,
      facts: getComputedStyle(/** @type {Element} */ (inside("variorum-inspector", ".facts")[0])).direction,
      own: getComputedStyle(/** @type {Element} */ (document.querySelector("[slot=head-end]"))).direction,
      first: Math.round(inside("variorum-sheet", ".cell")[0]?.getBoundingClientRect().left ?? -1),
      facets: Math.round(deepAll("variorum-facets")[0]?.getBoundingClientRect().left ?? -1),
    }));
    assert.deepEqual([seen.sheet, seen.facts, seen.own, seen.facets], ["ltr", "ltr", "rtl", 0]);
    assert.ok(seen.first >= 232 && seen.first < 300, `${seen.first}`);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
