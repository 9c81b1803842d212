// The dialog before files leave, and the panel where one stamps: what they say is so, a name that cannot be is told where it is typed, a page that may
// open no file dialog downloads, the focus is where the next key belongs, and a tablet has what a desk has. In Chromium and in Firefox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clickOn } from "./support/deep.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const dialog = () =>
    page.evaluate(() => {
      const words = (/** @type {string} */ selector) =>
        inside("variorum-deliver", selector)
          .filter((one) => one.checkVisibility())
          .map((one) => one.textContent ?? "");
      return {
        heading: words(".box h3")[0],
        staying: words(".box h3 span")[0],
        wrongName: words("#wrong-name")[0],
        fault: words(".body > .fault")[0],
        word: words("[role=status]")[0],
        deliver: words(".foot .strong")[0],
      };
    });
  const open = () => clickOn(page, "[part~='deliver-button']");
  /** @param {string} naming */
  const name = (naming) =>
    page.evaluate(async (naming) => {
      const [field] = /** @type {HTMLInputElement[]} */ (inside("variorum-deliver", "#naming"));
      if (!field) throw new Error("no field");
      field.value = naming;
      field.dispatchEvent(new Event("input"));
      await new Promise(requestAnimationFrame);
    }, naming);
  test("on a tablet the name, the progress and what stops it stay, and the tools stand in one row", async () => {
    await page.size(810, 1080);
    const head = () =>
      page.evaluate(() => {
        const [progress] = inside("variorum-head", ".progress");
        const seen = (/** @type {Iterable<Element>} */ some) => [...some].filter((one) => one.checkVisibility());
        return {
          name: seen(inside("variorum-head", "input.person")).length,
          words: progress ? seen(progress.querySelectorAll("span")).map((one) => one.textContent)[0] : undefined,
          signs: progress ? seen(progress.querySelectorAll(".icon")).length : 0,
          label: progress?.getAttribute("aria-label") ?? "",
          tools: deepAll("variorum-bar")[0]?.clientHeight ?? 0,
        };
      });
    await page.until(() => inside("variorum-head", ".share").some((one) => one.checkVisibility()), undefined);
    const { name, words, signs, label, tools } = await head();
    assert.match(words ?? "", /^\d+ %$/);
    assert.match(label, /stop drawing$/);
    assert.deepEqual([name, signs], [1, 1]);
    assert.ok(tools < 48, `tools are ${tools} px high`);
    await clickOn(page, ".progress");
    await page.until(() => inside("variorum-head", ".progress").some((one) => /go on/.test(one.ariaLabel ?? "")), undefined);
    assert.equal((await head()).signs, 1);
    await clickOn(page, ".progress");
    await page.size(1280, 720);
  });

  test("nothing stamped: it says so, and how to begin", async () => {
    await open();
    const { heading, staying } = await dialog();
    assert.equal(heading, "Nothing is stamped yet. Approve variants first: A on the sheet.");
    assert.equal(staying, undefined);
    await page.press("Escape");
  });

  test("a name that cannot be is told where it is typed, with what is allowed; the stamps are not denied", async () => {
    await page.evaluate(async () => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.setPerson("Maya Brand");
      await store.approve(["ig-story.en.main", "ig-story.de.main", "ig-feed-square.en.main"]);
    });
    await open();
    assert.match((await dialog()).heading ?? "", /^3 files and a manifest/);
    await name("{nope}/{format}");
    let told = await dialog();
    assert.equal(told.heading, "No file can be named like this.");
    assert.match(told.wrongName ?? "", /asks for \{nope\}\. Allowed: \{campaign\} .*\{ext\}\.$/);
    await name("../../{locale}/..");
    told = await dialog();
    assert.equal(told.heading, "No file can be named like this.");
    assert.match(told.wrongName ?? "", /not a safe file name\. Allowed: a relative path without \.\./);
    await name("{locale}/{format}");
    told = await dialog();
    assert.equal(told.wrongName, undefined);
    assert.match(told.heading ?? "", /^3 files/);
  });

  test("where the page may open no file dialog, the zip is downloaded; a cancelled one stays a cancel", async () => {
    await page.evaluate(() => {
      Object.assign(globalThis, { showSaveFilePicker: () => Promise.reject(new DOMException("closed", "AbortError")) });
    });
    await clickOn(page, "dialog[open] .foot .strong");
    await page.until(() => inside("variorum-deliver", ".body > .fault").some((one) => one.textContent), undefined);
    let told = await dialog();
    assert.equal(told.fault, "Stopped. Nothing was kept of it.");
    // As in a frame of another origin.
    await page.evaluate(() => {
      Object.assign(globalThis, {
        showSaveFilePicker: () => Promise.reject(new DOMException("a cross origin frame", "SecurityError")),
      });
    });
    const coming = page.download?.();
    await clickOn(page, "dialog[open] .foot .strong");
    await page.until(
      () => inside("variorum-deliver", "[role=status]").some((one) => /^Written/.test(one.textContent ?? "")),
      undefined,
    );
    if (coming) assert.ok((await coming).length > 1000);
    told = await dialog();
    assert.match(told.word ?? "", /^Written: alba-autumn-light-14\.zip, /);
    const at = await page.evaluate(() => deepAll("variorum-deliver")[0]?.shadowRoot?.activeElement?.textContent);
    assert.equal(at, "Close", "the keyboard stands at what comes next");
    assert.equal(told.fault, undefined);
    // Another wish: what was written before does not stand beside what is wrong now.
    await name("{nope}");
    told = await dialog();
    assert.ok(told.wrongName);
    assert.equal(told.word, "");
    await name("{locale}/{format}");
    await page.press("Escape");
  });

  test("what was stamped and has changed since is counted as that, and shown", async () => {
    await page.evaluate(() =>
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.setCopy("de", "headline", "Anders"),
    );
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.counts.reopened === 1,
      undefined,
    );
    await open();
    let told = await dialog();
    assert.match(told.heading ?? "", /^2 files/);
    assert.equal(told.staying, "Stamped, changed since, stays here: 1");
    await page.press("Escape");
    await page.evaluate(() =>
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.setCopy("en", "headline", "Other"),
    );
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.counts.reopened === 3,
      undefined,
    );
    await open();
    told = await dialog();
    assert.equal(told.heading, "Nothing may leave: 3 were stamped and have changed since.");
    await clickOn(page, "dialog[open] .box h3 button");
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.shown.length === 3,
      undefined,
    );
    await page.evaluate(() =>
      /** @type {Studio} */ (document.querySelector("variorum-studio")).store.setFilter({ status: new Set() }),
    );
  });

  test("sent back by keys, the focus is on the sheet again; what is not sent back is cancelled", async () => {
    const focus = () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return { tag: at?.tagName.toLowerCase(), id: /** @type {HTMLElement} */ (at)?.dataset.id };
      });
    await clickOn(page, ".cell");
    const { id } = await focus();
    assert.ok(id);
    await page.press("r");
    assert.equal((await focus()).tag, "textarea");
    const buttons = await page.evaluate(() => inside("variorum-judge", ".buttons button").map((one) => one.textContent));
    assert.deepEqual(buttons, ["Send back ↵", "Cancel Esc"]);
    await page.press("Escape");
    assert.equal((await focus()).id, id);
    await page.press("r");
    await page.type("logo too small");
    await page.press("Enter");
    assert.equal((await focus()).id, id);
    await page.until(
      () => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.counts["sent-back"] === 1,
      undefined,
    );
    await page.press("ArrowRight");
    assert.notEqual((await focus()).id, id);
    assert.deepEqual(page.errors, []);
  });
});
