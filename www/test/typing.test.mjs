// Words typed while the sheet is filtered: what is edited stays where it is though the filter has it no more, its field keeps the keyboard, and letters whose field is gone
// are no commands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

const { Adrift } = /** @type {typeof import("../src/studio/adrift.ts")} */ (await load("src/studio/adrift.ts"));

const ID = "ig-story.en.main";

/** A stand-in for a field on the page, which can go. */
function field() {
  const stand = { isConnected: true, getClientRects: () => [{}] };
  return { stand, node: /** @type {Element} */ (/** @type {unknown} */ (stand)) };
}

test("letters after a lost field are astray until the typing pauses, whether its loss was told or not", () => {
  for (const told of [true, false]) {
    const { stand, node } = field();
    const adrift = new Adrift();
    assert.equal(adrift.takes({ key: "t", timeStamp: 0 }, node), false);
    stand.isConnected = false;
    if (told) adrift.lost(node, 3000);
    const letters = [3100, 3600, 4100, 4800].map((timeStamp) => adrift.takes({ key: "a", timeStamp }, undefined));
    assert.deepEqual(letters, [true, true, true, false], `told: ${told}`);
    assert.equal(adrift.takes({ key: "a", timeStamp: 4801 }, undefined), false);
  }
});

test("who leaves a field by Enter, Escape, Tab or by hand means the next key, and so does who left one that is still there", () => {
  for (const key of ["Enter", "Escape", "Tab"]) {
    const { stand, node } = field();
    const adrift = new Adrift();
    adrift.takes({ key: "t", timeStamp: 0 }, node);
    adrift.takes({ key, timeStamp: 10 }, node);
    stand.isConnected = false;
    assert.equal(adrift.takes({ key: "a", timeStamp: 20 }, undefined), false, key);
  }
  const { stand, node } = field();
  const adrift = new Adrift();
  adrift.takes({ key: "t", timeStamp: 0 }, node);
  adrift.lost(node, 10);
  assert.equal(adrift.takes({ key: "a", timeStamp: 20 }, undefined), false, "still there");
  adrift.forget();
  stand.isConnected = false;
  assert.equal(adrift.takes({ key: "a", timeStamp: 30 }, undefined), false, "by hand");
});

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  const stands = () =>
    page.evaluate(() => {
      const studio = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const { focus, held, shown, edits, stamps } = studio.store.state;
      const fields = /** @type {HTMLTextAreaElement[]} */ (inside("variorum-copy", '[data-copy-key="headline"]'));
      const [typed] = fields.filter((one) => one.matches(":focus"));
      return {
        focus,
        held,
        isShown: shown.includes(focus ?? ""),
        many: shown.length,
        typed: typed?.value,
        locales: edits.map((edit) => ("locale" in edit ? edit.locale : edit.kind)),
        stamped: [...stamps.keys()],
        asked: deepAll("dialog[open]").length,
      };
    });
  const rest = (ms = 300) => new Promise((done) => setTimeout(done, ms));
  /** @param {string} words */
  const type = async (words) => {
    for (const letter of words) {
      await page.press(letter);
      await rest(30);
    }
  };
  /** Puts the caret behind the headline. */
  const edit = async () => {
    await page.press("e");
    await page.until(() => inside("variorum-copy", '[data-copy-key="headline"]').some((one) => one.matches(":focus")), undefined);
    await page.press("End");
  };

  test("a sentence goes into its headline whole, though the first letter takes the variant out of the filter", async () => {
    await page.evaluate((id) => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.select([id], id);
    }, ID);
    await page.until((id) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.measured.has(id), ID);
    await page.evaluate((id) => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const rules = store.state.measured.get(id)?.findings.map(({ severity, rule }) => `${severity}/${rule}`) ?? [];
      store.setFilter({ findings: new Set(rules.length > 0 ? rules : ["none"]) });
    }, ID);
    await rest();
    assert.equal((await stands()).isShown, true);
    await edit();
    const before = (await stands()).typed;
    const words = " every age grid walk path every age";
    await type(words);
    await rest(600);
    const now = await stands();
    assert.deepEqual(
      { ...now, many: 0, held: "" },
      { focus: ID, held: "", isShown: true, many: 0, typed: `${before}${words}`, locales: ["en"], stamped: [], asked: 0 },
    );
    await page.press("Escape");
    await page.evaluate(async () => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.setFilter({ findings: new Set() });
      await store.revert();
    });
  });

  test("what is reopened by its edit stays among the approved, says so, and leaves when one goes on", async () => {
    await page.evaluate(async (id) => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.setPerson("Maya Brand");
      await store.approve([id, "ig-story.de.main", "ig-story.fr.main"]);
      store.select([id], id);
      store.setFilter({ status: new Set(["approved"]) });
    }, ID);
    await rest();
    await edit();
    await type("go");
    await page.until((id) => /** @type {Studio} */ (document.querySelector("variorum-studio")).store.state.held === id, ID);
    await rest();
    const said = await page.evaluate((id) => {
      const cell = inside("variorum-sheet", `[data-id="${id}"]`)[0];
      return {
        cell: /no longer in this filter$/.test(cell?.getAttribute("aria-label") ?? ""),
        caption: /no longer in this filter$/.test(cell?.querySelector(".name")?.textContent ?? ""),
        inspector: inside("variorum-inspector", ".outside").map((one) => one.textContent),
        bar: inside("variorum-bar", ".shown").map((one) => one.textContent),
      };
    }, ID);
    assert.deepEqual(said, {
      cell: true,
      caption: true,
      inspector: ["No longer in this filter: stays until you go on."],
      bar: ["2 variants"],
    });
    await page.press("Escape");
    assert.deepEqual([(await stands()).focus, (await stands()).many], [ID, 3]);
    // It is looked at, not meant: who takes all takes what the filter says.
    await page.press("ArrowRight");
    await rest();
    const now = await stands();
    assert.deepEqual([now.held, now.many, now.isShown], [undefined, 2, true]);
    assert.notEqual(now.focus, ID);
  });

  test("letters whose field is gone are no commands, until the typing pauses", async () => {
    await page.evaluate((id) => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.setFilter({ status: new Set() });
      store.select([id], id);
    }, ID);
    await rest();
    await edit();
    await type("wal");
    const before = await stands();
    const look = () =>
      page.evaluate(() => inside("variorum-bar", "select").map((one) => /** @type {HTMLSelectElement} */ (one).value));
    const [group] = await look();
    // As if an answer had taken the variant away: the field of its language is another now.
    await page.evaluate(() => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      store.select(["ig-story.it.main"], "ig-story.it.main");
    });
    await page.until(() => !inside("variorum-copy", "textarea").some((one) => one.matches(":focus")), undefined);
    await type("gage rum");
    await rest();
    const now = await stands();
    assert.deepEqual(
      [now.stamped.sort(), now.asked, now.locales, now.typed],
      [before.stamped.sort(), 0, before.locales, undefined],
    );
    assert.equal((await look())[0], group);
    await rest(700);
    await page.press("g");
    await rest();
    assert.notEqual((await look())[0], group);
  });

  test("nothing was said on the console", () => assert.deepEqual(page.errors, []));
});
