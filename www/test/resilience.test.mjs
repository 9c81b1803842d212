// What breaks in a tab stays small: a worker that traps is replaced by one that knows all edits, and the batch goes on; a file that the
// host forgot is named.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openInLab } from "./support/lab.mjs";
import { inEachBrowser } from "./support/site.mjs";

inEachBrowser({ ready: (page) => openInLab(page, "alba") }, (page) => {
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
          /** @param {readonly import("../src/engine/protocol.ts").ToWorker[]} calls */
          worker.postMessage = (calls) => {
            const breaks = calls.find((message) => message.call === "render" && message.args[0].id === ids[1]);
            post(calls.filter((message) => message !== breaks));
            if (!breaks) return;
            const data = [{ seq: breaks.seq, ok: false, trap: "unreachable" }];
            setTimeout(() => worker.onmessage?.(new MessageEvent("message", { data })));
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

  test("a large picture that nobody wants any more is broken off between two bands; begun anew, it is the same", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum, counted } =
        /** @type {{ lab: { variorum: typeof import("../src/index.ts"), counted: import("./support/lab.mjs").Counted } }} */ (
          /** @type {unknown} */ (globalThis)
        ).lab;
      const id = "ig-story.en.main";
      /** @param {ImageBitmap} bitmap */
      const digest = async (bitmap) => {
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
        context.drawImage(bitmap, 0, 0);
        const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
        return [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))].join();
      };
      const [{ client: used, count }, { client: fresh }] = [counted(), counted()];
      const files = await variorum.fetchSample("/samples/", "alba");
      await used.open(files);
      await used.render({ id, maxWidth: 64, maxHeight: 64 });
      /** Times of a picture of some 24 million px, and of one that was let go. */
      const large = { id, scale: 3.4 };
      const before = performance.now();
      const whole = await used.render(large);
      const took = performance.now() - before;
      const first = await digest(whole.bitmap);
      const control = new AbortController();
      const other = { id, scale: 3.401 };
      const began = performance.now();
      const dropped = used.render(other, { signal: control.signal }).then(
        () => "drawn",
        (thrown) => thrown.name,
      );
      setTimeout(() => control.abort(), 30);
      const what = await dropped;
      // What is asked next waits for one band, not for all of them.
      await used.render({ id, maxWidth: 65, maxHeight: 65 });
      const next = performance.now() - began;
      const again = await digest((await used.render(other)).bitmap);
      await fresh.open(files);
      const alone = await digest((await fresh.render(other)).bitmap);
      used.dispose();
      fresh.dispose();
      return { what, cuts: count.cuts, took, next, same: again === alone, others: first !== again };
    });
    assert.equal(seen.what, "AbortError");
    assert.equal(seen.cuts, 1);
    assert.ok(seen.same, "the picture that was begun anew");
    assert.ok(seen.others);
    assert.ok(seen.next < seen.took, `${seen.next} ms after one that would have taken ${seen.took} ms`);
  });

  test("a file that nobody wants is broken off between bands: nothing of it comes, what is asked next waits for one band, and the file made anew is the same", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum, counted } =
        /** @type {{ lab: { variorum: typeof import("../src/index.ts"), counted: import("./support/lab.mjs").Counted } }} */ (
          /** @type {unknown} */ (globalThis)
        ).lab;
      const id = "print-a4.en.main";
      const { client: engine, count } = counted();
      await engine.open(await variorum.fetchSample("/samples/", "alba"));
      const before = performance.now();
      const whole = await engine.encode(id, { type: "png" });
      const took = performance.now() - before;
      const ends = [];
      let next = 0;
      // The last is too large to be held, and packed as it is painted.
      for (const [file, delivery] of /** @type {const} */ ([
        [id, { type: "png" }],
        [id, { type: "jpeg", quality: 90 }],
        ["ooh-48sheet-uk.en.main", { type: "jpeg", quality: 80 }],
      ])) {
        const control = new AbortController();
        const began = performance.now();
        const dropped = engine.encode(file, delivery, { signal: control.signal }).then(
          () => "written",
          (thrown) => thrown.name,
        );
        setTimeout(() => control.abort(), 30);
        ends.push(await dropped);
        await engine.render({ id: "iab-mrec.en.main", maxWidth: 64 + ends.length, maxHeight: 65 });
        if (delivery.type === "png") next = performance.now() - began;
      }
      const written = count.files;
      const again = await engine.encode(id, { type: "png" });
      engine.dispose();
      return {
        ends,
        cuts: count.cuts,
        written,
        spawned: count.spawned,
        took,
        next,
        pixels: whole.width * whole.height,
        same: again.sha256 === whole.sha256,
      };
    });
    assert.deepEqual(seen.ends, ["AbortError", "AbortError", "AbortError"]);
    assert.equal(seen.cuts, 3);
    assert.equal(seen.written, 1, "only the whole one came");
    assert.equal(seen.spawned, 1, "no worker was ended for it");
    assert.ok(seen.same);
    assert.ok(seen.pixels > 4e6, `${seen.pixels}`);
    assert.ok(seen.next < seen.took, `${seen.next} ms after one that takes ${seen.took} ms`);
  });

  test("an instance that really breaks, out of memory, is replaced; its job is tried once more, then reported, and the others go on", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum } = /** @type {{ lab: { variorum: typeof import("../src/index.ts") } }} */ (
        /** @type {unknown} */ (globalThis)
      ).lab;
      // The engine itself, but for a ceiling on its memory: what does not fit below it traps in the middle of the work.
      const bytes = new Uint8Array(await (await fetch("/variorum_bg.wasm")).arrayBuffer());
      const module = await WebAssembly.compile(/** @type {never} */ (withCeiling(bytes, 1600)));
      let spawned = 0;
      const engine = variorum.createEngineClient({
        workers: 1,
        loadModule: async () => module,
        spawn: () => {
          spawned += 1;
          return new Worker("/worker.js", { type: "module" });
        },
      });
      const { formats } = await engine.open(await variorum.fetchSample("/samples/", "alba"));
      const [largest] = [...formats].sort((a, b) => b.width * b.height - a.width * a.height);
      // Below the engine's own limit for one picture (64 million px), above the ceiling of its memory.
      const scale = Math.sqrt(40_000_000 / ((largest?.width ?? 1) * (largest?.height ?? 1)));
      const big = { id: `${largest?.id}.en.main`, scale };
      const small = ["ig-story.en.main", "iab-mrec.en.main"].map((id) => ({ id, maxWidth: 64, maxHeight: 64 }));
      const results = await Promise.allSettled(
        [small[0], big, small[1], small[0]].map((one) => engine.render(/** @type {never} */ (one))),
      );
      engine.dispose();
      return {
        spawned,
        results: results.map((one) => (one.status === "fulfilled" ? "drawn" : one.reason.errors?.[0])),
      };

      /** Gives the memory section of a module a maximum, 64 KiB pages. @param {Uint8Array} wasm @param {number} pages */
      function withCeiling(wasm, pages) {
        let at = 8;
        const number = () => {
          let value = 0;
          for (let shift = 0; ; shift += 7) {
            const byte = wasm[at++] ?? 0;
            value |= (byte & 127) << shift;
            if (byte < 128) return value;
          }
        };
        const leb = (/** @type {number} */ value) => {
          const out = [];
          for (let left = value; ; left >>>= 7) {
            if (left < 128) return [...out, left];
            out.push((left & 127) | 128);
          }
        };
        for (;;) {
          const from = at;
          const section = wasm[at++];
          const size = number();
          const body = at;
          if (section === 5) {
            at += 2;
            const body2 = [1, 1, ...leb(number()), ...leb(pages)];
            return new Uint8Array([...wasm.subarray(0, from), 5, ...leb(body2.length), ...body2, ...wasm.subarray(body + size)]);
          }
          at = body + size;
        }
      }
    });
    const [first, broken, ...rest] = seen.results;
    assert.deepEqual([first, ...rest], ["drawn", "drawn", "drawn"]);
    assert.equal(broken?.code, "trap", JSON.stringify(broken));
    assert.equal(seen.spawned, 3, "the first, and one after each try");
  });

  test("in whatever order languages are looked at, and their fonts come, a picture is the same", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum } = /** @type {{ lab: { variorum: typeof import("../src/index.ts") } }} */ (
        /** @type {unknown} */ (globalThis)
      ).lab;
      const files = await variorum.fetchSample("/samples/", "alba");
      const ids = ["ja", "ar", "en", "hi", "zh-Hant"].map((tag) => `iab-mrec.${tag}.main`);
      // Letters of five scripts in one language's words: which font sets them must not hang on what came before.
      const words = "Light 光 ضوء รุ่งเช้า प्रकाश";
      const orders = [
        ids,
        [...ids].reverse(),
        ["iab-mrec.en.main", "iab-mrec.zh-Hant.main", "iab-mrec.ja.main", "iab-mrec.hi.main", "iab-mrec.ar.main"],
      ];
      const all = [];
      for (const [n, order] of orders.entries()) {
        const engine = variorum.createEngineClient({
          workers: 1,
          // Fonts come at other times each time.
          loadFont: async (name) => {
            await new Promise((done) => setTimeout(done, ((name.length * (n + 3)) % 7) * 20));
            return new Uint8Array(await (await fetch(`/fonts/${name}`)).arrayBuffer());
          },
        });
        await engine.open(files);
        if (n === 1) await engine.setCopy("en", "headline", words);
        /** @type {Map<string, string>} */
        const prints = new Map();
        for (const id of order) prints.set(id, (await engine.encode(id, { type: "png" })).sha256);
        if (n !== 1) {
          await engine.setCopy("en", "headline", words);
          prints.set("iab-mrec.en.main", (await engine.encode("iab-mrec.en.main", { type: "png" })).sha256);
        }
        engine.dispose();
        all.push(ids.map((id) => prints.get(id)));
      }
      return all;
    });
    assert.deepEqual(seen[1], seen[0]);
    assert.deepEqual(seen[2], seen[0]);
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
