// What breaks in a tab stays small: a worker that traps is replaced by one that knows all edits, and the batch goes on; a file that the
// host forgot is named.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { openInLab } from "./support/lab.mjs";
import { BROWSERS, openPage } from "./support/pages.mjs";

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

    test("a worker that traps is replaced and brought up to date; only its variant is reported", async () => {
      const seen = await page.evaluate(async () => {
        const { variorum } = /** @type {{ lab: { variorum: typeof import("../src/index.ts") } }} */ (
          /** @type {unknown} */ (globalThis)
        ).lab;
        const ids = ["ig-story.en.main", "iab-mrec.fr.main", "ig-story.de.main", "iab-mrec.en.main"];
        let spawned = 0;
        // A real worker, but for one variant its instance is said to have broken.
        const engine = variorum.createEngineClient({
          workers: 1,
          spawn: () => {
            spawned += 1;
            const worker = new Worker("/worker.js", { type: "module" });
            const post = worker.postMessage.bind(worker);
            /** @param {import("../src/engine/protocol.ts").ToWorker} message */
            worker.postMessage = (message) => {
              const { seq } = message;
              if (message.call !== "render" || message.args[0].id !== ids[1]) return post(message);
              setTimeout(() =>
                worker.onmessage?.(new MessageEvent("message", { data: { seq, ok: false, trap: "unreachable" } })),
              );
            };
            return worker;
          },
        });
        await engine.open(await variorum.fetchSample("/samples/", "alba"));
        await engine.setCopy("de", "headline", "Das Licht findet einen Weg");
        const results = await Promise.allSettled(ids.map((id) => engine.render({ id, maxWidth: 64, maxHeight: 64 })));
        const current = new Map(engine.campaign?.variants.map(({ id, fingerprint }) => [id, fingerprint]));
        const [message] = await engine.copy("de");
        return {
          spawned,
          headline: message?.text,
          results: results.map((result, n) =>
            result.status === "fulfilled" ? result.value.fingerprint === current.get(ids[n] ?? "") : result.reason.errors,
          ),
        };
      });
      assert.equal(seen.spawned, 3, "the first, and one after each try");
      assert.equal(seen.headline, "Das Licht findet einen Weg");
      const [first, trapped, ...rest] = seen.results;
      assert.deepEqual([first, ...rest], [true, true, true]);
      assert.equal(trapped[0].code, "trap");
      assert.equal(trapped[0].at, "iab-mrec.fr.main");
    });

    test("a file that the host forgot is named", async () => {
      const errors = await page.evaluate(async () => {
        const { variorum } = /** @type {{ lab: { variorum: typeof import("../src/index.ts") } }} */ (
          /** @type {unknown} */ (globalThis)
        ).lab;
        const files = new Map();
        const tries = [{ wasmBase: "/nothing/" }, { workerUrl: "/nothing.js" }].map((options) =>
          variorum.createEngineClient(options).open(files),
        );
        const results = await Promise.allSettled(tries);
        return results.map((result) => (result.status === "rejected" ? result.reason.errors[0] : undefined));
      });
      assert.equal(errors[0]?.code, "missing");
      assert.match(errors[0]?.at, /nothing\/variorum_bg\.wasm$/);
      assert.match(errors[1]?.message, /No worker/);
    });
  });
}
