// What is drawn again after an edit, counted with the real engine: of copy the variants of its language, of a token those that use it, each once, and nothing where
// all is as it was.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inEachBrowser, openStudio } from "./support/site.mjs";

/** @typedef {import("../src/elements/studio.ts").VariorumStudio} Studio */

inEachBrowser({ ready: (page) => openStudio(page) }, (page) => {
  /** @param {{ copy?: [locale: string, key: string, text: string], token?: [path: string, value: string] }} edit */
  const drawnBy = (edit) =>
    page.evaluate(async ({ copy, token }) => {
      const { store } = /** @type {Studio} */ (document.querySelector("variorum-studio"));
      const rest = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
      const stands = () => new Map([...store.state.variants].map(([id, { fingerprint }]) => [id, fingerprint]));
      while (store.state.measured.size < store.state.variants.size || [...stands().values()].includes("")) await rest(100);
      const { engine } = store;
      const render = engine.render;
      /** @type {string[]} */
      const asked = [];
      engine.render = (request, options) => {
        // Other ways of what is looked at, which the inspector shows, are not the variant.
        if (!request.arrangement) asked.push(request.id);
        return render.call(engine, request, options);
      };
      const before = stands();
      if (copy) await store.setCopy(...copy);
      if (token) await store.setToken(...token);
      const changed = [...stands()].filter(([id, print]) => before.get(id) !== print).map(([id]) => id);
      const known = new Set(changed);
      for (let left = 600; left > 0 && new Set(asked).size < changed.length; left -= 1) await rest(100);
      // What is too much would come now.
      await rest(1500);
      engine.render = render;
      return { changed, asked: asked.length, distinct: new Set(asked).size, others: asked.filter((id) => !known.has(id)) };
    }, edit);

  test("a headline's words are drawn anew in their language, each variant once", async () => {
    const { changed, asked, distinct, others } = await drawnBy({ copy: ["de", "headline", "Der Weg beginnt hier."] });
    assert.ok(changed.length > 0 && changed.every((id) => id.includes(".de.")));
    assert.deepEqual(others, []);
    assert.deepEqual([asked, distinct], [changed.length, changed.length]);
  });

  test("a token's colour is drawn anew where it shows, each variant once", async () => {
    const { changed, asked, distinct, others } = await drawnBy({ token: ["color.ink", "#402a10"] });
    assert.ok(changed.length > 0);
    assert.deepEqual(others, []);
    assert.deepEqual([asked, distinct], [changed.length, changed.length]);
  });

  test("what is as it was is not drawn", async () => {
    const { changed, asked } = await drawnBy({ token: ["color.ink", "#402a10"] });
    assert.deepEqual([changed.length, asked], [0, 0]);
  });
});
