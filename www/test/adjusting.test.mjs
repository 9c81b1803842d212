// One layer corrected in the loupe with the real engine: its colour and its most lines, the focal box of its picture by quick keys, and rules that keep words off
// photographs. Each is seen in what is said, in the boxes the engine gives back, and taken back step by step.

import assert from "node:assert/strict";
import { test } from "node:test";
import { correctionsOf } from "./support/correct.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

const ID = "ig-story.de.main";

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const { patches, untilPatches, untilMeasured, print, boxOf, undo, setReach, notice } = correctionsOf(page, ID);
  /** What is said of the one layer that is corrected here. */
  const said = async () => (await patches()).at(-1)?.set ?? {};
  const choose = (/** @type {string} */ layer) =>
    page.evaluate((layer) => {
      const [adjust] = /** @type {import("../src/elements/adjust.ts").VariorumAdjust[]} */ (deepAll("variorum-adjust"));
      adjust?.choose(layer, true);
    }, layer);
  /** @param {"Colour" | "Most lines"} name @param {string} value */
  const put = (name, value) =>
    page.evaluate(
      ({ name, value }) => {
        const labels = /** @type {HTMLLabelElement[]} */ (inside("variorum-adjust-bar", "label"));
        const field = labels.find((one) => one.textContent === name)?.querySelector("input");
        if (!field || field.disabled) throw new Error(`${name} cannot be said of this layer`);
        field.value = value;
        field.dispatchEvent(new Event("change"));
      },
      { name, value },
    );
  const fields = () =>
    page.evaluate(() => {
      const [colour] = /** @type {HTMLInputElement[]} */ (inside("variorum-adjust-bar", 'input[type="color"]'));
      const [lines] = /** @type {HTMLInputElement[]} */ (inside("variorum-adjust-bar", 'input[type="number"]'));
      return { colour: colour?.disabled ? "" : colour?.value, lines: lines?.disabled ? "" : lines?.value };
    });

  test("a layer's fields show its own colour and lines; a photograph has neither", async () => {
    await page.evaluate((id) => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      studio.store.select([id], id);
    }, ID);
    await page.press("Enter");
    await untilMeasured();
    await page.press("j");
    await page.until(() => inside("variorum-adjust", ".layer").length > 2, undefined, 30_000);
    // What speaks loudest is in hand, and arrows move it.
    await page.until(() => inside("variorum-adjust", ":focus")[0]?.getAttribute("data-layer") === "headline", undefined, 20_000);
    const { color, lines = 0 } = (await boxOf("headline")) ?? {};
    assert.ok(lines > 1, `${lines} lines: the next test makes them fewer`);
    await page.until(
      (lines) => inside("variorum-adjust-bar", 'input[type="number"]')[0]?.matches(":enabled") === lines > 0,
      lines,
    );
    assert.deepEqual(await fields(), { colour: color?.slice(0, 7), lines: String(lines) });
    await choose("photo");
    await page.until(() => inside("variorum-adjust-bar", 'input[type="number"]')[0]?.matches(":disabled"), undefined);
    assert.deepEqual(await fields(), { colour: "", lines: "" });
  });

  test("a layer takes another colour and fewer lines, for this variant alone, and gives both back", async () => {
    const before = await print(ID);
    const french = await print("ig-story.fr.main");
    const was = await boxOf("headline");
    await choose("headline");
    await page.until(() => inside("variorum-adjust-bar", 'input[type="number"]')[0]?.matches(":enabled"), undefined);
    await put("Colour", "#aa1144");
    await untilPatches(1);
    await untilMeasured();
    assert.equal((await said()).color, "#aa1144");
    assert.equal((await boxOf("headline"))?.color, "#aa1144");
    assert.equal((await boxOf("headline"))?.lines, was?.lines);
    const few = (was?.lines ?? 0) - 1;
    await put("Most lines", String(few));
    await page.until(
      (few) => {
        const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        return edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set?.max_lines === few;
      },
      few,
      30_000,
    );
    await untilMeasured();
    const [only, ...others] = await patches();
    assert.deepEqual([only?.formats, only?.locales, only?.layer, others.length], [["ig-story"], ["de"], "headline", 0]);
    assert.deepEqual([only?.set?.color, only?.set?.max_lines, only?.set?.seen?.length], ["#aa1144", few, 4]);
    const now = await boxOf("headline");
    assert.ok((now?.lines ?? 99) <= few && (now?.size ?? 99) <= (was?.size ?? 0), JSON.stringify({ was, now }));
    assert.equal(await print("ig-story.fr.main"), french);
    // What no text can have is not said.
    await put("Most lines", "0");
    await undo();
    await page.until(() => {
      const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      const set = edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set;
      return set?.color === "#aa1144" && set.max_lines === undefined;
    }, undefined);
    await undo();
    await untilPatches(0);
    assert.equal(await print(ID), before);
  });

  test("what is dragged is drawn on the way, lands where it is let go, and is one step to take back", async () => {
    await untilMeasured();
    await choose("headline");
    const was = await boxOf("headline");
    const before = (await patches()).length;
    const hand = (/** @type {string} */ type, /** @type {number} */ down) =>
      page.evaluate(
        ({ type, down }) => {
          const [headline] = inside("variorum-adjust", "[data-layer=headline]");
          if (!(headline instanceof HTMLElement)) return;
          // No pointer is down: nothing can be captured.
          headline.setPointerCapture = () => undefined;
          const at = { clientX: 400, clientY: 300 + down, pointerId: 1, button: 0, altKey: true };
          headline.dispatchEvent(new PointerEvent(type, { ...at, bubbles: true, composed: true }));
        },
        { type, down },
      );
    await hand("pointerdown", 0);
    await hand("pointermove", -20);
    // Nothing is let go yet.
    await untilPatches(before + 1);
    await untilMeasured();
    const way = await boxOf("headline");
    assert.ok((way?.box[1] ?? 0) < (was?.box[1] ?? 0) - 10, JSON.stringify([was?.box, way?.box]));
    await hand("pointermove", -40);
    await hand("pointerup", -40);
    await page.until(
      ([from = 0, mid = 0]) => {
        const { measured } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        const box = measured.get("ig-story.de.main")?.boxes.find(({ layer }) => layer === "headline")?.box;
        return box !== undefined && Math.abs(from - box[1] - 2 * (from - mid)) < 4;
      },
      [was?.box[1], way?.box[1]],
    );
    await undo();
    await untilPatches(before);
    await untilMeasured();
    assert.deepEqual((await boxOf("headline"))?.box, was?.box);
  });

  test("a corner that is dragged sets words anew on the way, snaps with a line in sight, and is one step to take back", async () => {
    await untilMeasured();
    await choose("headline");
    const was = await boxOf("headline");
    const before = (await patches()).length;
    /** How far the corner is dragged, screen px, so that its edge comes within 3 px of the page's middle. */
    const far = await page.evaluate(() => {
      const [headline] = inside("variorum-adjust", "[data-layer=headline]");
      const [photo] = inside("variorum-adjust", "[data-layer=photo]");
      const [box, whole] = [headline, photo].map((one) => one?.getBoundingClientRect() ?? new DOMRect());
      return box && whole ? Math.round(whole.left + whole.width / 2 - box.right) + 3 : 0;
    });
    const hand = (/** @type {string} */ type, /** @type {number} */ across) =>
      page.evaluate(
        ({ type, across }) => {
          const [corner] = inside("variorum-adjust", '[data-corner="1 1"]');
          if (!(corner instanceof HTMLElement)) return;
          // No pointer is down: nothing can be captured.
          corner.setPointerCapture = () => undefined;
          const at = { clientX: 400 + across, clientY: 300, pointerId: 1, button: 0 };
          corner.dispatchEvent(new PointerEvent(type, { ...at, bubbles: true, composed: true }));
        },
        { type, across },
      );
    await hand("pointerdown", 0);
    await hand("pointermove", far);
    // Nothing is let go yet.
    await untilPatches(before + 1);
    await untilMeasured();
    const way = await boxOf("headline");
    assert.ok((way?.box[2] ?? 9999) < (was?.box[2] ?? 0) - 40, JSON.stringify([was?.box, way?.box]));
    assert.equal(await page.evaluate(() => inside("variorum-adjust", ".guide.across")[0]?.checkVisibility()), true);
    const set = await said();
    const [left = 0, , width = 0] = set.box ?? [];
    assert.ok(Math.abs(left + width - 0.5) < 1e-4, `its edge is on the page's middle: ${left + width}`);
    await hand("pointermove", far - 30);
    await hand("pointerup", far - 30);
    await page.until(
      (width) => {
        const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        const box = edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set?.box;
        return box !== undefined && box[2] < width - 0.05;
      },
      width,
      20_000,
    );
    await untilMeasured();
    await undo();
    await untilPatches(before);
    await untilMeasured();
    assert.deepEqual((await boxOf("headline"))?.box, was?.box);
  });

  test("a box drawn larger stays as it is drawn, and its words fill it; a key makes words larger from where they begin", async () => {
    await untilMeasured();
    await choose("headline");
    const was = await boxOf("headline");
    const place = () =>
      page.evaluate(() => {
        const { left, top, right, bottom } = inside("variorum-adjust", "[data-layer=headline]")[0]?.getBoundingClientRect() ?? {};
        return [left, top, right, bottom].map((px) => Math.round(px ?? 0));
      });
    const [left = 0, top = 0, right = 0, bottom = 0] = await place();
    // Narrower and higher, past what snaps.
    await page.drag([right, top], [-(right - left) / 5, -(bottom - top)]);
    const held = () => deepAll("variorum-adjust")[0]?.shadowRoot?.activeElement?.getAttribute("data-layer");
    assert.equal(await page.evaluate(held), "headline", "the keyboard stays with what is dragged");
    // What was let go is what is said, and what stands.
    await page.until(() => {
      const { edits, measured, variants } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      const set = edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set;
      const [box, whole] = ["headline", "photo"].map((layer) =>
        inside("variorum-adjust", `[data-layer=${layer}]`)[0]?.getBoundingClientRect(),
      );
      const stands = measured.get("ig-story.de.main")?.fingerprint === variants.get("ig-story.de.main")?.fingerprint;
      return set?.box && box && whole && stands && Math.abs(set.box[2] - box.width / whole.width) < 0.01;
    }, undefined);
    await untilMeasured();
    const drawn = (await said()).box ?? [0, 0, 0, 0];
    const [nowLeft = 0, nowTop = 0, nowRight = 0, nowBottom = 0] = await place();
    assert.ok(Math.abs(nowLeft - left) <= 1 && Math.abs(nowBottom - bottom) <= 1, "the other corner stays");
    assert.ok(nowRight < right - 10 && nowTop < top - 10, JSON.stringify([nowRight, right, nowTop, top]));
    const now = await boxOf("headline");
    assert.ok((now?.size ?? 0) > (was?.size ?? 99), `type of ${now?.size} px, before ${was?.size}`);
    const [x = 0, y = 0, w = 0, h = 0] = now?.box ?? [];
    assert.ok(x >= drawn[0] * 1080 - 1 && x + w <= (drawn[0] + drawn[2]) * 1080 + 1, JSON.stringify([now?.box, drawn]));
    assert.ok(y >= drawn[1] * 1920 - 1 && y + h <= (drawn[1] + drawn[3]) * 1920 + 1, JSON.stringify([now?.box, drawn]));
    await page.press("+");
    await page.until(
      (size) => {
        const { measured } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        return (measured.get("ig-story.de.main")?.boxes.find(({ layer }) => layer === "headline")?.size ?? 0) > size;
      },
      now?.size ?? 0,
      20_000,
    );
    assert.ok(Math.abs(((await said()).box ?? [0])[0] - drawn[0]) < 1e-4, "German begins at the left");
    await undo();
    await undo();
    await untilPatches(0);
    await untilMeasured();
  });

  test("a box goes with the key before any picture, a held key is one step to take back, and the keyboard stays where it was", async () => {
    await untilMeasured();
    await choose("headline");
    const left = () =>
      page.evaluate(() => {
        const [headline] = inside("variorum-adjust", "[data-layer=headline]");
        return headline?.getBoundingClientRect().left ?? 0;
      });
    const before = await left();
    // Ten px each: at once, in the same task.
    const steps = await page.evaluate(() => {
      const [headline] = inside("variorum-adjust", "[data-layer=headline]");
      if (!headline) return [];
      return Array.from({ length: 12 }, (_, n) => {
        const key = { key: "ArrowRight", shiftKey: true, repeat: n > 0, bubbles: true, composed: true, cancelable: true };
        headline.dispatchEvent(new KeyboardEvent("keydown", key));
        return headline.getBoundingClientRect().left;
      });
    });
    assert.equal(steps.length, 12);
    assert.ok(
      steps.every((at, n) => at > (steps[n - 1] ?? before)),
      `${before}: ${steps.join(" ")}`,
    );
    await page.until(
      () => {
        const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        const move = edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set?.move;
        return Math.abs((move?.[0] ?? 0) * 1080 - 120) < 0.2;
      },
      undefined,
      20_000,
    );
    await untilMeasured();
    // What the engine made of it is where the hand had it.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))));
    assert.ok(Math.abs((await left()) - (steps.at(-1) ?? 0)) <= 2, `${await left()} where the hand had ${steps.at(-1)}`);
    assert.equal(await page.evaluate(() => inside("variorum-adjust", ":focus")[0]?.getAttribute("data-layer")), "headline");
    await undo();
    await untilPatches(0);
    await untilMeasured();
  });

  test("a far step corrects what is looked at first, then all it reaches, says how many, and is one step to take back", async () => {
    const french = await print("ig-story.fr.main");
    const before = await print(ID);
    await choose("headline");
    await setReach("class");
    await page.evaluate(() => {
      const [headline] = inside("variorum-adjust", "[data-layer=headline]");
      const key = { key: "ArrowDown", shiftKey: true, bubbles: true, composed: true, cancelable: true };
      headline?.dispatchEvent(new KeyboardEvent("keydown", key));
    });
    assert.match(await notice(), /^headline changed in [\d,]+ variants: Portraits, all languages/);
    await page.until(
      () => {
        const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
        const patches = edits.find((edit) => edit.kind === "overrides")?.patches;
        // The portraits that are laid out as this one is, by name; the others are not touched.
        const formats = patches?.[0]?.formats ?? [];
        return patches?.length === 1 && formats.includes("ig-story") && formats.length > 5 && !formats.includes("ig-reels");
      },
      undefined,
      20_000,
    );
    assert.notEqual(await print("ig-story.fr.main"), french);
    assert.notEqual(await print(ID), before);
    await setReach("variant");
    await undo();
    await untilPatches(0);
    assert.deepEqual([await print("ig-story.fr.main"), await print(ID)], [french, before]);
    await untilMeasured();
  });

  test("eight quick presses on the focal box are eight steps, and eight to take back", async () => {
    await untilMeasured();
    const before = await print(ID);
    await choose("photo");
    await page.until(() => inside("variorum-adjust-bar", "button[data-act=crop]")[0]?.matches(":enabled"), undefined);
    await page.evaluate(() => {
      const [crop] = /** @type {HTMLButtonElement[]} */ (inside("variorum-adjust-bar", "button[data-act=crop]"));
      crop?.click();
    });
    await page.until(() => inside("variorum-focal", ".focal")[0]?.checkVisibility(), undefined);
    assert.ok(await page.evaluate(() => inside("variorum-focal", ".focal")[0]?.matches(":focus")), "the keyboard is on the box");
    // Made small and brought to the picture's corner, so that there is room for the steps whatever the sample's picture says.
    await page.evaluate(() => {
      const [box] = inside("variorum-focal", ".focal");
      const press = (/** @type {string} */ key, /** @type {boolean} */ shiftKey) =>
        box?.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, composed: true, cancelable: true }));
      for (let n = 0; n < 60; n += 1) press("ArrowLeft", true);
      for (let n = 0; n < 60; n += 1) press("ArrowLeft", false);
    });
    const untilFocal = (/** @type {number} */ x) =>
      page.until(
        (x) => {
          const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
          const focal = edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set?.focal;
          return Math.abs((focal?.[0] ?? -1) - x) < 1e-9;
        },
        x,
        30_000,
      );
    await untilFocal(0);
    await untilMeasured();
    const [, y, width, height] = (await said()).focal ?? [];
    for (let n = 0; n < 8; n += 1) await page.press("ArrowRight");
    await untilFocal(0.08);
    await untilMeasured();
    assert.deepEqual((await said()).focal, [0.08, y, width, height]);
    assert.equal((await said()).seen?.length, 4, "what it was made for is remembered");
    assert.equal((await patches()).length, 1);
    // The picture is cropped so that what must stay in is in.
    const [left = 1, , wide = 0] = (await boxOf("photo"))?.crop ?? [];
    const right = 0.08 + (width ?? 0);
    assert.ok(left <= 0.081 && left + wide >= right - 1e-3, `0.08 to ${right}, shown ${left} and ${wide} wide`);
    for (let n = 7; n >= 0; n -= 1) {
      await undo();
      await untilFocal(n / 100);
    }
    // As it was laid out: the layer's button, for the steps of the way there are many.
    await page.evaluate(() => {
      const [reset] = /** @type {HTMLButtonElement[]} */ (inside("variorum-adjust-bar", "button[data-act=reset]"));
      reset?.click();
    });
    await untilPatches(0);
    assert.equal(await print(ID), before);
    // Pressed on the picture, Enter crops it as the button does.
    await page.press("Escape");
    await page.until(() => inside("variorum-focal", ".focal")[0]?.checkVisibility() !== true, undefined);
    await page.press("Enter");
    await page.until(() => inside("variorum-focal", ".focal")[0]?.matches(":focus"), undefined);
    // By level: the crop, the layers, the loupe; the keyboard goes along.
    const stands = () =>
      page.evaluate(() => ({
        crop: inside("variorum-focal", ".focal")[0]?.checkVisibility() === true,
        layers: inside("variorum-adjust", ".layer")[0]?.checkVisibility() === true,
        loupe: deepAll("variorum-loupe")[0]?.checkVisibility() === true,
      }));
    assert.deepEqual(await stands(), { crop: true, layers: true, loupe: true });
    await page.press("Escape");
    await page.until(() => inside("variorum-focal", ".focal")[0]?.checkVisibility() === false, undefined);
    assert.deepEqual(await stands(), { crop: false, layers: true, loupe: true });
    assert.equal(await page.evaluate(() => inside("variorum-adjust", ":focus")[0]?.getAttribute("data-layer")), "photo");
    await page.press("Escape");
    await page.until(() => inside("variorum-adjust", ".layer")[0]?.checkVisibility() === false, undefined);
    assert.deepEqual(await stands(), { crop: false, layers: false, loupe: true });
    await page.press("Escape");
    await page.until(() => deepAll("variorum-loupe")[0]?.checkVisibility() === false, undefined);
  });

  test("the focal box goes with the mouse whatever is drawn meanwhile, at each corner too, and another is drawn beside it", async () => {
    await page.press("Enter");
    await page.press("j");
    await page.until(() => inside("variorum-adjust", ".layer").length > 2, undefined, 30_000);
    const stage = () => page.evaluate(() => inside("variorum-loupe", ".stage")[0]?.getBoundingClientRect().toJSON());
    await choose("photo");
    const before = (await patches()).length;
    const room = await stage();
    await page.until(() => inside("variorum-adjust-bar", "[data-act=crop]")[0]?.matches(":enabled"), undefined);
    await page.evaluate(() => /** @type {HTMLElement} */ (inside("variorum-adjust-bar", "[data-act=crop]")[0])?.click());
    await page.until(() => inside("variorum-focal", ".focal").some((one) => one.checkVisibility()), undefined);
    assert.deepEqual(await stage(), room, "the picture keeps its room");
    await page.until(() => inside("variorum-focal", "canvas").some((one) => one.checkVisibility()), undefined, 30_000);
    /** @param {string} selector */
    const middle = (selector) =>
      page.evaluate((selector) => {
        const { x = 0, y = 0, width = 0, height = 0 } = inside("variorum-focal", selector)[0]?.getBoundingClientRect() ?? {};
        return /** @type {const} */ ([x + width / 2, y + height / 2]);
      }, selector);
    const focal = async () => (await said()).focal ?? [];
    /** @param {readonly number[]} was */
    const untilFocal = (was) =>
      page.until(
        (was) => {
          const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
          const { focal } = edits.find((edit) => edit.kind === "overrides")?.patches.at(-1)?.set ?? {};
          return focal !== undefined && JSON.stringify(focal) !== was;
        },
        JSON.stringify(was),
        10_000,
      );
    /** Something else is news while the hand is on its way. */
    const news = () =>
      page.evaluate(() => {
        /** @type {Studio} */ (document.querySelector("variorum-studio")).store.clearErrors();
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined))));
      });
    await page.drag(await middle(".focal"), [24, 16], news);
    await untilPatches(before + 1);
    await untilMeasured();
    const moved = await focal();
    for (const [corner, at] of /** @type {const} */ ([
      ["1 1", 2],
      ["-1 -1", 0],
    ])) {
      const was = await focal();
      await page.drag(await middle(`[data-corner="${corner}"]`), [-18, -12], news);
      await untilFocal(was);
      await untilMeasured();
      const now = await focal();
      assert.ok((now[at] ?? 0) < (was[at] ?? 0) - 0.01, `${corner}: ${was} -> ${now}`);
    }
    // Beside it, at the foot of the picture.
    const was = await focal();
    const [x, y] = await page.evaluate(() => {
      const { left = 0, bottom = 0 } = inside("variorum-adjust", "[data-layer=photo]")[0]?.getBoundingClientRect() ?? {};
      const canvas = inside("variorum-focal", "canvas")[0]?.getBoundingClientRect();
      return /** @type {const} */ ([Math.max(left, canvas?.left ?? 0) + 40, (canvas?.bottom ?? bottom) - 100]);
    });
    await page.drag([x, y], [60, 40], news);
    await untilFocal(was);
    const drawn = await focal();
    assert.ok((drawn[1] ?? 0) > (was[1] ?? 0) && drawn.every((one) => one > 0 && one < 1), `${was} -> ${drawn}`);
    assert.ok(moved.length === 4);
    for (let n = 0; n < 4; n += 1) await undo();
    await untilPatches(before);
    await untilMeasured();
    for (let n = 0; n < 3; n += 1) await page.press("Escape");
    await page.until(() => deepAll("variorum-loupe")[0]?.checkVisibility() === false, undefined);
  });

  test("a rule that keeps words off photographs holds where it was made, and is released where it is unmade", async () => {
    await page.until(() => inside("variorum-rules", "input[type=checkbox]").length === 1, undefined, 60_000);
    const before = await print(ID);
    const french = await print("ig-story.fr.main");
    /** @param {boolean} on */
    const rule = (on) =>
      page.evaluate((on) => {
        const [off] = /** @type {HTMLInputElement[]} */ (inside("variorum-rules", "input[type=checkbox]"));
        if (!off) return;
        off.checked = on;
        off.dispatchEvent(new Event("change"));
      }, on);
    const isChecked = (/** @type {boolean} */ on) =>
      page.until(
        (on) => {
          const [off] = /** @type {HTMLInputElement[]} */ (inside("variorum-rules", "input[type=checkbox]"));
          const gates = inside("variorum-layouts", ".gates li").map((line) => line.textContent ?? "");
          return off?.checked === on && gates.some((line) => line.includes("rules of the brand")) === on;
        },
        on,
        30_000,
      );
    await rule(true);
    await untilPatches(1);
    assert.deepEqual((await patches())[0], { formats: ["ig-story"], locales: ["de"], pins: { off_photo: true } });
    assert.notEqual(await print(ID), before);
    assert.equal(await print("ig-story.fr.main"), french);
    await isChecked(true);
    await rule(false);
    await page.until(() => {
      const { edits } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state;
      return edits.find((edit) => edit.kind === "overrides")?.patches[0]?.pins?.off_photo === false;
    }, undefined);
    await isChecked(false);
    assert.equal(await print(ID), before);
    await undo();
    await isChecked(true);
    await undo();
    await untilPatches(0);
    assert.equal(await print(ID), before);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
