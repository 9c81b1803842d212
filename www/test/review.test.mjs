// Judging at speed, and honestly: thousands stamped by two keys, nothing unseen without its being said; comments on a place; comparing with another
// language, with what was last stamped, in every way there is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const counts = () =>
    page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const actions = new Map();
      for (const line of studio.ledger().split("\n").filter(Boolean)) {
        const { action } = JSON.parse(line);
        actions.set(action, (actions.get(action) ?? 0) + 1);
      }
      return { actions: Object.fromEntries(actions), ...studio.store.state.counts };
    });
  /** @param {string} id */
  const focusOn = async (id) => {
    await page.evaluate((id) => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.select([id], id);
    }, id);
  };
  const ways = () => page.evaluate(() => inside("variorum-ask", "dialog[open] .ways button").map((one) => one.textContent));
  /** @param {string} words */
  const choose = (words) =>
    page.evaluate((words) => {
      const [button] = inside("variorum-ask", "dialog[open] .ways button").filter((one) => one.textContent?.startsWith(words));
      /** @type {HTMLElement} */ (button).click();
    }, words);

  test("what is in front of one's eyes is approved by one key", async () => {
    await page.evaluate(() => {
      /** @type {Studio} */ (document.querySelector("variorum-studio")).person = "Maya Brand";
    });
    // Drawn, and looked at for long enough.
    await page.until(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      return studio.store.state.measured.has(studio.store.state.focus ?? "");
    }, undefined);
    await new Promise((done) => setTimeout(done, 1500));
    await page.press("a");
    await page.until(() => /** @type {Studio} */ (document.querySelector("variorum-studio")).ledger() !== "", undefined);
    assert.deepEqual((await counts()).actions, { approve: 1 });
    await page.press("u");
    await page.until(() => {
      const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
      return state.counts.approved === 0;
    }, undefined);
  });

  test("of a filtered selection, what was not looked at is named before it is stamped, and after", async (t) => {
    await page.evaluate(() => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.setFilter({ locale: new Set(["en"]) });
      store.select(store.state.shown, store.state.shown[0]);
    });
    await page.press("a");
    await page.until(() => inside("variorum-ask", "dialog[open]").length === 1, undefined, 20_000);
    const [all, look, seen] = await ways();
    assert.equal(look, "Look at them");
    const many = Number(/^Approve the (\d+) seen$/.exec(seen ?? "")?.[1]);
    assert.ok(many > 0 && many < 60, `${many} of 131 were on the screen`);
    assert.equal(all, "Approve all 131");
    // Escape stamps nothing.
    await page.press("Escape");
    assert.equal((await counts()).approved, 0);
    await page.press("a");
    await page.until(() => inside("variorum-ask", "dialog[open]").length === 1, undefined, 20_000);
    await choose("Approve the");
    await page.until((many) => {
      const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
      return state.counts.approved === many;
    }, many);
    assert.equal((await counts()).actions["approve-unseen"], undefined);

    // All the rest of the campaign at once, by keys alone.
    await page.evaluate(() => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.setFilter({ locale: new Set(), status: new Set(["to-review"]) });
    });
    await page.evaluate(() => {
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true }));
    });
    await page.press("a");
    await page.until(() => inside("variorum-ask", "dialog[open]").length === 1, undefined, 20_000);
    const began = Date.now();
    await choose("Approve all");
    await page.until(() => {
      const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
      return state.counts.approved === 3537 && state.kept === "yes";
    }, undefined);
    t.diagnostic(`${3537 - many} stamped and on disk after ${Date.now() - began} ms`);
    const { actions } = await counts();
    assert.equal((actions["approve-unseen"] ?? 0) + actions.approve - 1, 3537);
    assert.ok((actions["approve-unseen"] ?? 0) > 3000);
    const verified = await page.evaluate(async () => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const states = await studio.store.engine.ledgerState(studio.ledger());
      return Object.values(states).filter(({ unseen }) => unseen).length;
    });
    assert.equal(verified, actions["approve-unseen"]);
    await page.press("u");
    await page.until(() => {
      const { state } = /** @type {Studio} */ (document.querySelector("variorum-studio")).store;
      return state.counts.approved < 3537;
    }, undefined);
    await page.evaluate(() =>
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.setFilter({ status: new Set() }),
    );
  });

  test("a comment is pinned where it was made, kept in the ledger, and is no stamp", async () => {
    await focusOn("ig-story.de.main");
    await page.press("c");
    await page.until(
      () => inside("variorum-pins", "textarea").some((one) => one.checkVisibility() && one.matches(":focus")),
      undefined,
    );
    await page.type("The logo, a little larger");
    await page.press("Enter");
    await page.until(() => inside("variorum-pins", ".pin:not(.draft)").length === 1, undefined, 20_000);
    const said = await page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const [{ action, reason, place, actor } = /** @type {never} */ ({})] = studio.store.history("ig-story.de.main");
      return { action, reason, place, actor, status: studio.store.state.stamps.get("ig-story.de.main")?.status };
    });
    assert.deepEqual(
      { ...said, place: said.place?.length },
      { action: "comment", reason: "The logo, a little larger", place: 2, actor: "Maya Brand", status: undefined },
    );
    const label = await page.evaluate(() => inside("variorum-pins", ".pin:not(.draft)")[0]?.getAttribute("aria-label"));
    assert.equal(label, "1: comment by Maya Brand: The logo, a little larger");
    await page.press("Escape");
  });

  test("a comment's pin goes where the picture is pressed and where arrows move it, opens, and says when it is of an earlier state", async () => {
    const id = "ig-story.es.main";
    await focusOn(id);
    await page.press("c");
    const isDrafting = () =>
      page.until(
        () => inside("variorum-pins", "textarea").some((one) => one.checkVisibility() && one.matches(":focus")),
        undefined,
      );
    await isDrafting();
    const pin = () =>
      page.evaluate(() => {
        const box = inside("variorum-pins", ".pin.draft")[0]?.getBoundingClientRect();
        return [Math.round((box?.x ?? 0) + 12), Math.round((box?.y ?? 0) + 12)];
      });
    const [x = 0, y = 0] = await pin();
    await page.click(x, y - 60);
    const pressed = await pin();
    assert.ok(Math.abs((pressed[0] ?? 0) - x) <= 2 && Math.abs((pressed[1] ?? 0) - (y - 60)) <= 2, `${x},${y} to ${pressed}`);
    await page.evaluate(() => /** @type {HTMLElement | undefined} */ (inside("variorum-pins", ".pin.draft")[0])?.focus());
    for (let n = 0; n < 5; n += 1) await page.press("ArrowRight");
    const moved = await pin();
    assert.ok((moved[0] ?? 0) - (pressed[0] ?? 0) >= 4 && moved[1] === pressed[1], `${pressed} to ${moved}`);
    await page.evaluate(() => /** @type {HTMLElement | undefined} */ (inside("variorum-pins", "textarea")[0])?.focus());
    await page.type("Lighter here");
    await page.press("Enter");
    await page.until(() => inside("variorum-pins", ".pin:not(.draft)").length === 1, undefined, 20_000);
    const stands = await page.evaluate(() => {
      const [one] = /** @type {HTMLElement[]} */ (inside("variorum-pins", ".pin:not(.draft)"));
      one?.click();
      const box = one?.getBoundingClientRect();
      return [Math.round((box?.x ?? 0) + 12), Math.round((box?.y ?? 0) + 12)];
    });
    assert.deepEqual(stands, moved, "it stands where it was put");
    const note = () =>
      page.evaluate(() => {
        const [one] = inside("variorum-pins", ".note[role=status]");
        return one?.checkVisibility() ? [one.querySelector("p")?.textContent, one.querySelector("time")?.textContent] : [];
      });
    await page.until(() => inside("variorum-pins", ".pin[aria-expanded=true]").length === 1, undefined);
    assert.equal((await note())[0], "Lighter here");
    assert.doesNotMatch((await note())[1] ?? "", /earlier state/);
    await page.evaluate(async () => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      await store.setCopy("es", "headline", "De otra manera");
    });
    await page.until(() => inside("variorum-pins", ".pin.old").length === 1, undefined, 20_000);
    const label = await page.evaluate(() => inside("variorum-pins", ".pin.old")[0]?.getAttribute("aria-label"));
    assert.equal(label, "1: comment by Maya Brand, of an earlier state: Lighter here");
    assert.match((await note())[1] ?? "", /earlier state$/);
    // Another variant has none of it.
    await focusOn("ig-story.fr.main");
    await page.until(() => inside("variorum-pins", ".pin:not(.draft)").length === 0, undefined);
    assert.deepEqual(await note(), []);
    await page.press("Escape");
  });

  test("compared with another, in turn, by a wipe, by difference, side by side", async () => {
    await focusOn("ig-story.de.main");
    await page.press("Enter");
    await page.until(() => inside("variorum-loupe", ".stage").some((one) => one.matches(":focus")), undefined);
    /** Share of px of the stage that is lighter than middle grey, of ten thousand. */
    const look = async () => {
      await new Promise((done) => setTimeout(done, 1200));
      return page.evaluate(() => {
        const [canvas] = /** @type {HTMLCanvasElement[]} */ (inside("variorum-loupe", ".stage > canvas"));
        const copy = new OffscreenCanvas(canvas?.width ?? 1, canvas?.height ?? 1);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (copy.getContext("2d"));
        if (canvas) context.drawImage(canvas, 0, 0);
        const { data } = context.getImageData(0, 0, copy.width, copy.height);
        let sum = 0;
        for (let at = 0; at < data.length; at += 4) sum = (sum * 31 + (data[at] ?? 0) + (data[at + 1] ?? 0) * 3) % 1_000_000_007;
        const half = context.getImageData(Math.floor(copy.width / 2), 0, Math.floor(copy.width / 2), copy.height).data;
        let dark = 0;
        for (let at = 0; at < data.length; at += 4)
          if (data[at + 3] === 255 && (data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0) === 0) dark += 1;
        return { sum, half: half.length, dark: dark / (data.length / 4) };
      });
    };
    const own = await look();
    await page.press(" ");
    const source = await look();
    assert.notEqual(source.sum, own.sum, "the source language is another picture");
    await page.press(" ");
    // The row of ways takes room, so it is another crop: but back it is the same again.
    const back = await look();
    await page.press(" ");
    assert.equal((await look()).sum, source.sum);
    await page.press(" ");
    assert.equal((await look()).sum, back.sum);
    await page.press("w");
    const wiped = await look();
    assert.ok(wiped.sum !== back.sum && wiped.sum !== source.sum, "half of each");
    await page.press("d");
    const differing = await look();
    assert.ok(differing.dark > 0.1, `${differing.dark}: black where they are alike`);
    await page.press("s");
    const beside = await look();
    assert.ok(beside.sum !== back.sum && beside.dark < 0.05);
    const pressed = await page.evaluate(() =>
      inside("variorum-compare", ".ways button[aria-pressed=true]").map((one) => /** @type {HTMLElement} */ (one).dataset.way),
    );
    assert.deepEqual(pressed, ["side"]);
    await page.press("Escape");
  });

  test("what was stamped is shown again after words were changed", async () => {
    const seen = await page.evaluate(async () => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const id = "ig-story.fr.main";
      await store.approve([id]);
      const stamped = store.state.variants.get(id)?.fingerprint;
      await store.setCopy("fr", "headline", "Autrement");
      await store.setCopy("fr", "cta", "Encore autrement");
      const before = await store.renderStamped({ id, maxWidth: 64, maxHeight: 64 });
      const now = await store.render({ id, maxWidth: 64, maxHeight: 64 });
      return {
        stamped: before.fingerprint === stamped,
        another: now.fingerprint !== stamped,
        status: store.state.stamps.get(id)?.status,
      };
    });
    assert.deepEqual(seen, { stamped: true, another: true, status: "reopened" });
  });

  test("it is compared with what says most: the source, before the source a neighbour, and what was stamped where that has changed", async () => {
    const against = async (/** @type {string} */ id) => {
      await focusOn(id);
      await page.press("Enter");
      await page.press("w");
      await page.until(() => inside("variorum-compare", "select")[0]?.checkVisibility(), undefined);
      const value = await page.evaluate(() => /** @type {HTMLSelectElement} */ (inside("variorum-compare", "select")[0]).value);
      await page.press("w");
      await page.press("Escape");
      return value;
    };
    assert.equal(await against("ig-story.de.main"), "source");
    assert.equal(await against("ig-story.en.main"), "before");
    assert.equal(await against("ig-story.fr.main"), "stamped");
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
