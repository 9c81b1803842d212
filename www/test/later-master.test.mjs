// What was moved by hand and a master that changed since, in the page: the layer is elsewhere, it is gone, the artboard has another size. In: nudges by keys in the loupe. Seen: each
// conflict beside its variant and in the line at the foot, nothing lost, and both answers to it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { correctionsOf } from "./support/correct.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */
/** @typedef {{ id: string, box: number[], size?: Record<string, number> }} Layer */
/** @typedef {{ artboard: { width: number, height: number }, layers: Layer[], overrides?: { layer?: string }[] }} Master */

const ID = "ig-story.de.main";

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const { patches, untilPatches, untilMeasured } = correctionsOf(page, ID);
  const nudge = async (/** @type {string} */ layer, /** @type {string} */ key) => {
    await page.evaluate((layer) => {
      const [adjust] = /** @type {import("../src/elements/adjust.ts").VariorumAdjust[]} */ (deepAll("variorum-adjust"));
      adjust?.choose(layer, true);
    }, layer);
    await page.press(key);
  };
  /** Opens the files as they were first, with another master. @param {"as it was" | "moved" | "gone" | "larger" | "redrawn"} change */
  const openWith = (change) =>
    page.evaluate(
      async ({ change, id }) => {
        const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
        const first = /** @type {{ first?: ReadonlyMap<string, Uint8Array> }} */ (globalThis);
        first.first ??= new Map(studio.store.files);
        const files = new Map(first.first);
        /** @type {Master} */
        const master = JSON.parse(new TextDecoder().decode(files.get("master.json")));
        if (change === "moved") for (const layer of master.layers) if (layer.id === "headline") layer.box[1] = 700;
        if (change === "redrawn")
          for (const layer of master.layers)
            if (/head/.test(layer.id)) layer.box = layer.box.map((px, n) => (n === 0 ? px + 20 : px));
        if (change === "gone") {
          master.layers = master.layers.filter((layer) => layer.id !== "subhead");
          master.overrides = master.overrides?.filter(({ layer }) => layer !== "subhead") ?? [];
        }
        if (change === "larger") {
          master.artboard = { width: 2160, height: 2700 };
          for (const layer of master.layers) {
            layer.box = layer.box.map((px) => px * 2);
            for (const name of ["ideal", "floor", "ceiling"]) if (layer.size?.[name]) layer.size[name] *= 2;
          }
        }
        files.set("master.json", new TextEncoder().encode(JSON.stringify(master)));
        await studio.open(files);
        studio.store.select([id], id);
      },
      { change, id: ID },
    );
  /** Findings of corrections that no longer fit, and what can be done about each. */
  const conflicts = () =>
    page.evaluate(() =>
      inside("variorum-findings", ".finding")
        .filter((one) => /old correction/.test(one.textContent ?? ""))
        .map((one) => [
          one.querySelector("b")?.textContent?.replace(/^.*?: /, ""),
          ...[...one.querySelectorAll("button")].map((button) => button.textContent),
        ]),
    );
  const untilConflicts = (/** @type {number} */ many) =>
    page.until(
      (many) =>
        inside("variorum-findings", ".finding").filter((one) => /old correction/.test(one.textContent ?? "")).length === many,
      many,
      20_000,
    );
  const press = (/** @type {string} */ tag, /** @type {string} */ words) =>
    page.evaluate(
      ({ tag, words }) => {
        const button = inside(tag, "button").find((one) => one.checkVisibility() && one.textContent?.includes(words));
        if (!(button instanceof HTMLElement)) throw new Error(`no button says ${words}`);
        button.click();
      },
      { tag, words },
    );
  const atTheFoot = () =>
    page.evaluate(() =>
      inside("variorum-status", "button").flatMap((one) =>
        one.checkVisibility() && /master changed/.test(one.textContent ?? "") ? one.textContent : [],
      ),
    );

  test("nudges by keys are kept with what the master was like", async () => {
    await page.evaluate((id) => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.select([id], id);
    }, ID);
    await page.press("Enter");
    await page.press("j");
    await page.until(() => inside("variorum-adjust", ".layer").length > 2, undefined, 30_000);
    await nudge("headline", "ArrowRight");
    await untilPatches(1);
    await nudge("subhead", "ArrowDown");
    await untilPatches(2);
    await untilMeasured();
    assert.deepEqual(
      (await patches()).map(({ layer, set }) => [layer, set?.seen]),
      [
        ["headline", [72, 764, 936, 262]],
        ["subhead", [72, 1048, 780, 100]],
      ],
    );
    assert.deepEqual(await conflicts(), []);
    assert.deepEqual(await atTheFoot(), []);
  });

  test("a layer that the master moved: told beside the variant and at the foot, the nudge stands, and is kept by a press", async () => {
    await openWith("moved");
    await untilConflicts(1);
    assert.deepEqual(await conflicts(), [
      ["headline: corrected by hand before the master changed it", "Keep it", "Take it back"],
    ]);
    assert.equal((await patches()).length, 2);
    await page.until(
      () =>
        inside("variorum-status", "button").some((one) => /^1 variant corrected before the master/.test(one.textContent ?? "")),
      undefined,
      20_000,
    );
    await press("variorum-status", "corrected before the master");
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.shown.length === 1,
      undefined,
    );
    await press("variorum-findings", "Keep it");
    await untilConflicts(0);
    await page.until(
      () =>
        !inside("variorum-status", "button").some((one) => one.checkVisibility() && /master changed/.test(one.textContent ?? "")),
      undefined,
      20_000,
    );
    const [headline] = await patches();
    assert.deepEqual(headline?.set?.seen, [72, 700, 936, 262]);
    assert.ok(headline?.set?.move);
  });

  test("a layer that is gone: its nudge waits, and goes by a press", async () => {
    await openWith("gone");
    await untilConflicts(2);
    // The master of before has the headline where it was first.
    assert.deepEqual(await conflicts(), [
      ["headline: corrected by hand before the master changed it", "Keep it", "Take it back", "All 2…"],
      ["subhead: corrected by hand, and the master no longer has it", "Take it back", "All 2…"],
    ]);
    // It comes back with its layer.
    await openWith("as it was");
    await untilConflicts(1);
    assert.equal((await patches()).length, 2);
    await openWith("gone");
    await untilConflicts(2);
    await page.evaluate(() => {
      const gone = inside("variorum-findings", ".finding").find((one) => /no longer has it/.test(one.textContent ?? ""));
      gone?.querySelector("button")?.click();
    });
    await untilConflicts(1);
    assert.deepEqual(
      (await patches()).map(({ layer }) => layer),
      ["headline"],
    );
    // Taken back by mistake, it is there again.
    await page.evaluate(() =>
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true })),
    );
    await untilPatches(2);
    await untilConflicts(2);
  });

  test("a master twice as large: what was only scaled holds, and is told; what moved besides is a conflict", async () => {
    await openWith("larger");
    await untilConflicts(2);
    assert.deepEqual(await conflicts(), [
      ["headline: corrected by hand before the master changed it", "Keep it", "Take it back"],
      ["subhead: corrected by hand before the whole master was scaled"],
    ]);
    assert.deepEqual(await atTheFoot(), ["1 variant corrected before the master changed: look…"]);
    await press("variorum-findings", "Keep it");
    await untilConflicts(1);
    assert.equal((await patches()).length, 2);
    assert.deepEqual(
      (await patches()).map(({ set }) => set?.board),
      [
        [2160, 2700],
        [1080, 1350],
      ],
    );
  });

  test("several at once: all kept by one answer, or all taken back, and either undone by one step", async () => {
    const undo = () =>
      page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true })));
    await openWith("redrawn");
    await untilConflicts(2);
    assert.deepEqual(
      (await conflicts()).map(([, ...buttons]) => buttons),
      [
        ["Keep it", "Take it back", "All 2…"],
        ["Keep it", "Take it back", "All 2…"],
      ],
    );
    await press("variorum-findings", "All 2…");
    const words = await page.evaluate(() => inside("variorum-ask", "dialog")[0]?.textContent ?? "");
    assert.match(words, /^2 corrections made before the master changed/);
    assert.match(words, /headline \(Instagram Story 9:16, German\), subhead \(Instagram Story 9:16, German\)/);
    await press("variorum-ask", "Keep all");
    await untilConflicts(0);
    assert.deepEqual(
      (await patches()).map(({ set }) => set?.seen?.[0]),
      [92, 92],
    );
    await undo();
    await untilConflicts(2);
    await press("variorum-findings", "All 2…");
    await press("variorum-ask", "Take all back");
    await untilPatches(0);
    await untilConflicts(0);
    await undo();
    await untilPatches(2);
    await untilConflicts(2);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
