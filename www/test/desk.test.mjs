// At the desk: a key means one thing, an undo that is told of is heard where the keyboard stands, copy of every script is read in the chrome, the
// variants are one press away, and what is refused says so in words. In Chromium and in Firefox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { correctionsOf } from "./support/correct.mjs";
import { clickOn } from "./support/deep.mjs";
import { load } from "./support/load.mjs";
import { inEachBrowser, openStudio, studioOpened } from "./support/site.mjs";

const { placeLabels } = /** @type {typeof import("../src/studio/overlays.ts")} */ (await load("src/studio/overlays.ts"));
const { rest } = /** @type {typeof import("../src/studio/ways.ts")} */ (await load("src/studio/ways.ts"));
const { readFiles } = /** @type {typeof import("../src/engine/files.ts")} */ (await load("src/engine/files.ts"));

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

const ID = "ig-feed-square.en.main";

test("labels lie on no other label and on no words, where there is room", () => {
  /** @type {[number, number, number, number][]} */
  const boxes = [
    [100, 100, 90, 40],
    [100, 145, 60, 20],
    [100, 170, 60, 16],
  ];
  const placed = placeLabels(
    boxes.map((box) => ({ box, width: 80 })),
    boxes,
    { width: 500, height: 400 },
    16,
  );
  for (const [n, [x, y, w, h]] of placed.entries()) {
    const others = [...boxes, ...placed.filter((_, m) => m !== n)];
    const hit = others.filter(([a, b, c, d]) => x < a + c && a < x + w && y < b + d && b < y + h);
    assert.deepEqual(hit, [], `label ${n}`);
  }
});

test("labels stay on the canvas", () => {
  const [label] = placeLabels([{ box: [-20, -30, 600, 500], width: 60 }], [], { width: 300, height: 200 }, 16);
  assert.ok(label && label[0] >= 0 && label[1] >= 0 && label[0] + 60 <= 300 && label[1] + 16 <= 200, String(label));
});

test("where a rule leaves one layout, the shape is not blamed", () => {
  assert.match(rest({ ways: 1, fell: {}, pins: { offPhoto: true } }), /rules/);
  assert.match(rest({ ways: 1, fell: {} }), /shape/);
  const split = { arrangement: "split-start", name: "split, text at the start" };
  assert.match(
    rest({ ways: 4, fell: {}, kept: { ...split, less: 0.1834 } }),
    /one layout: split, text at the start would cost 0\.18 less\./,
  );
  assert.doesNotMatch(rest({ ways: 4, fell: {}, kept: { ...split, less: 0.001 } }), /less/);
});

test("what was dropped is named where it is no campaign", async () => {
  await assert.rejects(readFiles([new File(["words"], "notes.txt")]), (/** @type {any} */ error) => {
    assert.match(error.errors[0].message, /"notes.txt" is no campaign/);
    assert.match(error.errors[0].hint, /folder/);
    return true;
  });
});

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const { untilMeasured, untilPatches, patches } = correctionsOf(page, ID);
  const go = (/** @type {string} */ id) =>
    page.evaluate((id) => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.store.select([id], id);
    }, id);

  test("one Tab from the top is a button to the variants", async () => {
    await page.press("Tab");
    const words = await page.evaluate(() => document.querySelector("variorum-studio")?.shadowRoot?.activeElement?.textContent);
    assert.equal(words, "To the variants");
    await page.press("Enter");
    await page.until(() => inside("variorum-sheet", ".cell").some((cell) => cell.matches(":focus")), undefined);
  });

  test("an undo that is told of is heard while a list has the keyboard", async () => {
    await go(ID);
    await page.until(() => inside("variorum-rules", "select").some((one) => one.checkVisibility()), undefined, 30_000);
    await page.evaluate(() => {
      const [list] = /** @type {HTMLSelectElement[]} */ (inside("variorum-rules", "select"));
      if (!list) throw new Error("no list");
      list.focus();
      list.value = [...list.options].map(({ value }) => value).find((value) => value !== list.value) ?? "";
      list.dispatchEvent(new Event("change"));
    });
    await untilPatches(1);
    await page.evaluate(() => {
      const [list] = /** @type {HTMLSelectElement[]} */ (inside("variorum-rules", "select"));
      list?.focus();
      list?.dispatchEvent(
        new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true, composed: true, cancelable: true }),
      );
    });
    await untilPatches(0);
    await page.press("Escape");
  });

  test("a layer that is adjusted takes + and − wherever the keyboard stands, and the zoom stays", async () => {
    await go(ID);
    await page.press("Enter");
    await untilMeasured();
    await page.press("j");
    await page.until(() => inside("variorum-adjust", ".layer").length > 2, undefined, 30_000);
    await page.evaluate(() => {
      const [adjust] = /** @type {import("../src/elements/adjust.ts").VariorumAdjust[]} */ (deepAll("variorum-adjust"));
      adjust?.choose("headline");
      /** @type {HTMLElement} */ (inside("variorum-loupe", ".stage")[0])?.focus();
    });
    const zoom = () => page.evaluate(() => inside("variorum-loupe", ".zoom")[0]?.textContent);
    const before = await zoom();
    await page.press("+");
    await untilPatches(1);
    assert.equal(await zoom(), before);
    assert.ok((await patches()).at(-1)?.set?.box);
  });

  test("lines that cannot be are refused in words, and the field goes back", async () => {
    const [words, value, was] = await page.evaluate(async () => {
      const [field] = /** @type {HTMLInputElement[]} */ (inside("variorum-adjust-bar", 'input[type="number"]'));
      if (!field) throw new Error("no field");
      const was = field.value;
      field.value = "-3";
      field.dispatchEvent(new Event("change"));
      await new Promise(requestAnimationFrame);
      return [inside("variorum-adjust-bar", ".why")[0]?.textContent, field.value, was];
    });
    assert.match(words ?? "", /1 to 20/);
    assert.equal(value, was);
  });

  test("other layouts are in sight without scrolling, and what stands below keeps its place when they come", async () => {
    await page.press("Escape");
    await page.press("Escape");
    await page.evaluate(() => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.setOverrides([]));
    const shown = () => page.until(() => inside("variorum-layouts", "[role=radio]").length > 1, undefined, 60_000);
    const [story, other] = ["ig-story.en.main", "ig-story.nl.main"];
    // What was found is known of both: findings stand above.
    await page.until(
      (ids) => ids.every((id) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.measured.has(id)),
      [story, other],
    );
    await go(story);
    await shown();
    const [ways, foot] = await page.evaluate(() => [
      inside("variorum-layouts", ".ways")[0]?.getBoundingClientRect().bottom ?? 9999,
      deepAll("variorum-reach")
        .find((one) => one.checkVisibility())
        ?.getBoundingClientRect().top ?? 0,
    ]);
    assert.ok(ways <= foot, `the layouts end at ${ways} px, the panel at ${foot} px of 720`);
    await go(other);
    await page.until(() => inside("variorum-layouts", "[role=radio]").length === 0, undefined);
    const top = () => page.evaluate(() => deepAll("variorum-copy")[0]?.getBoundingClientRect().top);
    const before = await top();
    await shown();
    assert.equal(await top(), before);
  });

  test("Shift A approves and goes on to the next to review", async () => {
    const at = () =>
      page.evaluate(() => {
        const { focus, counts } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        return { focus, approved: counts.approved };
      });
    await page.evaluate(() => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).person = "Maya Brand";
    });
    await go(ID);
    const before = await at();
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "A", shiftKey: true, bubbles: true })),
    );
    await page.until(
      (focus) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.focus !== focus,
      before.focus,
    );
    const after = await at();
    assert.deepEqual([after.focus, after.approved], ["ig-feed-portrait.en.main", before.approved + 1]);
  });

  test("a search that matches nothing leaves nothing to stamp, and what was looked at comes back with it", async () => {
    await go(ID);
    const at = () =>
      page.evaluate(() => {
        const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
        const buttons = /** @type {HTMLButtonElement[]} */ (inside("variorum-judge", ".buttons button"));
        return {
          focus: state.focus,
          selected: state.selection.size,
          live: buttons.filter((one) => !one.disabled).length,
          approved: state.counts.approved,
          name: inside("variorum-inspector", "h2")[0]?.textContent,
        };
      });
    const { approved } = await at();
    await page.press("/");
    await page.type("zzzz");
    await page.until(() => inside("variorum-inspector", "h2")[0]?.textContent === "No variant chosen", undefined);
    const nothing = { focus: undefined, selected: 0, live: 0, approved, name: "No variant chosen" };
    assert.deepEqual(await at(), nothing);
    // Out of the field, its words stay; the letter stamps nothing.
    await page.evaluate(() => /** @type {HTMLElement} */ (inside("variorum-facets", "input[type=search]")[0])?.blur());
    await page.press("a");
    await new Promise((done) => setTimeout(done, 300));
    assert.deepEqual(await at(), nothing);
    await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.store.setFilter({ search: "" });
    });
    await page.until((id) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.focus === id, ID);
    assert.equal((await at()).live, 2);
  });

  test("out of the loupe the eye is on what the filter shows, wherever the strip went", async () => {
    await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.store.setFilter({ locale: new Set(["en"]) });
    });
    await page.press("Enter");
    await page.press("l");
    await page.press("ArrowRight");
    await page.until((id) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.focus !== id, ID);
    await page.press("Escape");
    await page.until((id) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.focus === id, ID);
    await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.store.setFilter({ locale: new Set() });
    });
  });

  test("copy of another script asks for its face alone", async () => {
    await page.press("Escape");
    await page.press("Escape");
    const lent = () =>
      page.evaluate(() =>
        [...document.fonts]
          .filter(({ family, status }) => family.includes("variorum ") && status === "loaded")
          .map(({ family }) => family.replaceAll('"', "")),
      );
    assert.deepEqual(await lent(), []);
    await go("ig-feed-square.th.main");
    await page.until(
      () => [...document.fonts].some(({ family, status }) => family.includes("thai") && status === "loaded"),
      undefined,
    );
    assert.deepEqual(await lent(), ["variorum thai"]);
  });

  test("what another layout is said to cost is what it costs when it is taken", async () => {
    const costs = () =>
      page.evaluate(() => inside("variorum-layouts", "[role=radio] b span").map((one) => one.textContent ?? ""));
    const known = () =>
      page.until(() => {
        const told = inside("variorum-layouts", "[role=radio] b span");
        return told.length > 1 && told.every((one) => /^\d/.test(one.textContent ?? ""));
      }, undefined);
    await go("ig-feed-square.de.main");
    await go(ID);
    await known();
    const before = await costs();
    for (const n of [2, 3]) {
      await page.press(String(n));
      await page.until(
        (n) => inside("variorum-layouts", "[role=radio]").findIndex((one) => one.ariaChecked === "true") === n - 1,
        n,
      );
      await known();
      assert.equal((await costs())[n - 1], before[n - 1], `layout ${n} of ${before}`);
    }
    await page.press("1");
    await page.until(() => inside("variorum-layouts", "[role=radio]")[0]?.ariaChecked === "true", undefined);
  });

  test("the loupe's strip is folded by a key and by a press, the picture takes its room, and it stays so over a reload", async () => {
    const stands = () =>
      page.evaluate(() => ({
        strip: inside("variorum-loupe", "variorum-strip").some((one) => one.checkVisibility()),
        pressed: inside("variorum-loupe", ".fold").map((one) => one.ariaPressed),
        height: inside("variorum-loupe", ".stage")[0]?.clientHeight ?? 0,
      }));
    const untilStrip = (/** @type {boolean} */ on) =>
      page.until((on) => inside("variorum-loupe", "variorum-strip").some((one) => one.checkVisibility()) === on, on);
    await go(ID);
    await page.press("Enter");
    await untilStrip(true);
    const before = await stands();
    await page.press("t");
    await untilStrip(false);
    const folded = await stands();
    assert.deepEqual([folded.pressed, folded.height], [["false"], before.height + 113]);
    await page.press("l");
    await untilStrip(true);
    await clickOn(page, ".fold");
    await untilStrip(false);
    await new Promise((done) => setTimeout(done, 300));
    await page.reload();
    await studioOpened(page);
    await go(ID);
    await page.press("Enter");
    await page.until(() => inside("variorum-loupe", ".stage").some((one) => one.checkVisibility()), undefined);
    assert.equal((await stands()).strip, false);
    await page.press("t");
    await untilStrip(true);
    await page.press("Escape");
  });
});
