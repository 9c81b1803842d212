// What a browser keeps: two tabs that stamp the same campaign write one ledger, another version of the files keeps the stamps and reopens
// what changed, and a page that may keep nothing says so.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { openInLab } from "./support/lab.mjs";
import { BROWSERS, openPage } from "./support/pages.mjs";

/** @typedef {{ lab: { engine: import("../src/engine/client.ts").EngineClient, variorum: typeof import("../src/index.ts") } }} Lab */

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
before(async () => {
  server = await serve(fileURLToPath(new URL("../dist/studio", import.meta.url)));
});
after(() => server.close());

for (const browser of BROWSERS) {
  describe(browser, { timeout: 300_000 }, () => {
    /** @type {import("./support/pages.mjs").Page} */
    let page;
    before(async () => {
      page = await openPage(browser, server.origin);
      await openInLab(page, "alba");
    });
    after(() => page?.close());

    test("two tabs stamp at once: one ledger, whole, and both know", async () => {
      const seen = await page.evaluate(async () => {
        const { variorum } = /** @type {Lab} */ (/** @type {unknown} */ (globalThis)).lab;
        const files = await variorum.fetchSample("/samples/", "alba");
        const tab = async (/** @type {string} */ person) => {
          const store = variorum.createStudioStore({ engine: variorum.createEngineClient({ workers: 1 }), database: "two-tabs" });
          await store.open(files);
          store.setPerson(person);
          return store;
        };
        const [a, b] = [await tab("Ada"), await tab("Ben")];
        await Promise.all([
          a.approve(["ig-story.en.main"]),
          b.approve(["ig-story.de.main"]),
          a.approve(["ig-story.fr.main"]),
          b.sendBack(["ig-story.ar.main"], "logo too small"),
        ]);
        const statuses = (/** @type {typeof a} */ store) =>
          [...store.state.stamps].map(([id, { status, by }]) => `${id} ${status} ${by}`).sort();
        // The other tab hears in its own time.
        for (let n = 0; n < 100 && (statuses(a).length < 4 || statuses(b).length < 4); n += 1)
          await new Promise((done) => setTimeout(done, 50));
        const verified = Object.keys(await a.engine.ledgerState(b.ledger())).length;
        const result = { a: statuses(a), b: statuses(b), lines: b.ledger().trim().split("\n").length, verified };
        a.dispose();
        b.dispose();
        return result;
      });
      const expected = [
        "ig-story.ar.main sent-back Ben",
        "ig-story.de.main approved Ben",
        "ig-story.en.main approved Ada",
        "ig-story.fr.main approved Ada",
      ];
      assert.deepEqual(seen, { a: expected, b: expected, lines: 4, verified: 4 });
    });

    test("a new version of the files: stamps stay, what changed is reopened, edits stay with the old files", async () => {
      const seen = await page.evaluate(async () => {
        const { variorum } = /** @type {Lab} */ (/** @type {unknown} */ (globalThis)).lab;
        const files = await variorum.fetchSample("/samples/", "alba");
        const store = variorum.createStudioStore({ engine: variorum.createEngineClient({ workers: 1 }), database: "versions" });
        store.setPerson("Ada");
        await store.open(files);
        await store.setCopy("fr", "headline", "Autrement");
        await store.approve(["ig-story.en.main", "ig-story.de.main"]);
        const de = JSON.parse(new TextDecoder().decode(files.get("copy/de.json")));
        de.messages.headline.text = "Neu";
        await store.open(new Map([...files, ["copy/de.json", new TextEncoder().encode(JSON.stringify(de))]]));
        const second = {
          edits: store.state.edits.length,
          en: store.state.stamps.get("ig-story.en.main")?.status,
          de: store.state.stamps.get("ig-story.de.main")?.status,
        };
        await store.open(files);
        const first = { edits: store.state.edits.length, de: store.state.stamps.get("ig-story.de.main")?.status };
        const fr = await store.copy("fr");
        store.dispose();
        return { second, first, fr: fr.find(({ key }) => key === "headline")?.text };
      });
      assert.deepEqual(seen, {
        second: { edits: 0, en: "approved", de: "reopened" },
        first: { edits: 1, de: "approved" },
        fr: "Autrement",
      });
    });

    test("a ledger that does not verify is told, and takes no more stamps", async () => {
      const seen = await page.evaluate(async () => {
        const { variorum } = /** @type {Lab} */ (/** @type {unknown} */ (globalThis)).lab;
        const files = await variorum.fetchSample("/samples/", "alba");
        const store = variorum.createStudioStore({ engine: variorum.createEngineClient({ workers: 1 }), database: "forged" });
        store.setPerson("Ada");
        await store.open(files);
        await store.approve(["ig-story.en.main"]);
        const forged = store.ledger().replace("ig-story.en.main", "ig-story.de.main");
        store.dispose();
        const other = variorum.createStudioStore({ engine: variorum.createEngineClient({ workers: 1 }), database: "forged-2" });
        other.setPerson("Ada");
        await other.open(new Map([...files, ["ledger.jsonl", new TextEncoder().encode(forged)]]));
        const { errors, stamps, phase } = other.state;
        const refused = await other.approve(["ig-story.en.main"]).then(
          () => "taken",
          (thrown) => thrown.name,
        );
        other.dispose();
        return { errors: errors.length, stamps: stamps.size, phase, refused };
      });
      assert.deepEqual(seen, { errors: 1, stamps: 0, phase: "open", refused: "EngineFailure" });
    });

    test("where nothing may be kept, the state says so", async () => {
      const kept = await page.evaluate(async () => {
        const { variorum, engine } = /** @type {Lab} */ (/** @type {unknown} */ (globalThis)).lab;
        const store = variorum.createStudioStore({ engine, database: "" });
        await store.open(await variorum.fetchSample("/samples/", "alba"));
        return store.state.kept;
      });
      assert.equal(kept, "off");
    });
  });
}
