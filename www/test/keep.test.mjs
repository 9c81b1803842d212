// What a browser keeps: two tabs that stamp the same campaign write one ledger, another version of the files keeps the stamps and reopens
// what changed, and a page that may keep nothing says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openInLab } from "./support/lab.mjs";
import { inEachBrowser } from "./support/site.mjs";

/** @typedef {{ lab: { engine: import("../src/engine/client.ts").EngineClient, variorum: typeof import("../src/index.ts") } }} Lab */

inEachBrowser({ ready: (page) => openInLab(page, "alba") }, (page) => {
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

  test("a new version of the files: corrections of layouts go along, and say what they no longer fit", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum } = /** @type {Lab} */ (/** @type {unknown} */ (globalThis)).lab;
      const plain = await variorum.fetchSample("/samples/", "alba");
      const store = variorum.createStudioStore({ engine: variorum.createEngineClient({ workers: 1 }), database: "carried" });
      const campaign = JSON.parse(new TextDecoder().decode(plain.get("campaign.json")));
      const own = {
        ...campaign,
        custom_formats: [{ id: "own", width: 600, height: 600 }],
        formats: [...campaign.formats, "own"],
      };
      const files = new Map([...plain, ["campaign.json", new TextEncoder().encode(JSON.stringify(own))]]);
      await store.open(files);
      await store.setOverrides([
        { formats: ["ig-story"], arrangement: "overlay-top" },
        { formats: ["ig-story"], layer: "subhead", set: { move: [0.02, 0], seen: [0, 0, 10, 10] } },
        { formats: ["ig-story"], layer: "subhead", set: { hide: false } },
        { formats: ["own"], layer: "headline", set: { hide: true } },
      ]);
      const master = JSON.parse(new TextDecoder().decode(files.get("master.json")));
      master.layers = master.layers.filter((/** @type {{ id: string }} */ { id }) => id !== "subhead");
      master.overrides = [];
      await store.open(new Map([...plain, ["master.json", new TextEncoder().encode(JSON.stringify(master))]]));
      const patches = store.state.edits.flatMap((edit) => (edit.kind === "overrides" ? edit.patches : []));
      await store.picture("ig-story.en.main", 80, 80);
      for (let n = 0; n < 100 && !store.state.measured.has("ig-story.en.main"); n += 1)
        await new Promise((done) => setTimeout(done, 50));
      const findings = store.state.measured.get("ig-story.en.main")?.findings ?? [];
      const arrangement = await store.alternatives("ig-story.en.main");
      const told = store.state.errors.map(({ message }) => message);
      await store.revert();
      const reverted = store.state.edits.length;
      await store.open(files);
      const first = store.state.edits.flatMap((edit) => (edit.kind === "overrides" ? edit.patches : [])).length;
      store.dispose();
      const old = findings.filter(({ rule }) => rule === "moved-on").map(({ layer }) => layer);
      return { patches: patches.length, taken: arrangement?.arrangement, old, told, reverted, first };
    });
    assert.deepEqual(
      { ...seen, told: seen.told.length },
      { patches: 3, taken: "overlay-top", old: ["subhead"], told: 1, reverted: 0, first: 4 },
    );
    assert.match(seen.told[0] ?? "", /own/);
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

  test("a ledger inside the campaign's zip is continued, not begun anew", async () => {
    const seen = await page.evaluate(async () => {
      const { variorum } = /** @type {Lab} */ (/** @type {unknown} */ (globalThis)).lab;
      const files = await variorum.fetchSample("/samples/", "alba");
      const engineOf = () => variorum.createEngineClient({ workers: 1 });
      const first = variorum.createStudioStore({ engine: engineOf(), database: "brought-1" });
      first.setPerson("Ada");
      await first.open(files);
      await first.approve(["ig-story.en.main"]);
      const brought = first.ledger();
      first.dispose();
      // As a zip of one folder, which only the engine unpacks.
      const zipped = await zip(new Map([...files, ["ledger.jsonl", new TextEncoder().encode(brought)]]), "alba/");
      const second = variorum.createStudioStore({ engine: engineOf(), database: "brought-2" });
      second.setPerson("Ben");
      await second.open(new Map([["alba.variorum", zipped]]));
      const status = second.state.stamps.get("ig-story.en.main")?.status;
      await second.approve(["ig-story.de.main"]);
      const lines = second.ledger().trim().split("\n");
      const result = {
        status,
        lines: lines.length,
        continued: second.ledger().startsWith(brought),
        verified: Object.keys(await second.engine.ledgerState(second.ledger())).length,
        errors: second.state.errors.length,
      };
      second.dispose();
      return result;

      /** A zip that packs nothing: names and bytes, as any zip program would store them. @param {Map<string, Uint8Array>} entries @param {string} folder */
      async function zip(entries, folder) {
        /** @type {Uint8Array[]} */
        const parts = [];
        /** @type {Uint8Array[]} */
        const directory = [];
        let at = 0;
        for (const [path, bytes] of entries) {
          const name = new TextEncoder().encode(folder + path);
          const fields = [
            20,
            0,
            0,
            0,
            0x21,
            ...words(crc(bytes)),
            ...words(bytes.length),
            ...words(bytes.length),
            name.length,
            0,
          ];
          const local = record(0x04034b50, fields);
          directory.push(record(0x02014b50, [20, ...fields, 0, 0, 0, 0, 0, ...words(at)]), name);
          parts.push(local, name, bytes);
          at += local.length + name.length + bytes.length;
        }
        const size = directory.reduce((sum, part) => sum + part.length, 0);
        const end = record(0x06054b50, [0, 0, entries.size, entries.size, ...words(size), ...words(at), 0]);
        return new Uint8Array(await new Blob(/** @type {never} */ ([...parts, ...directory, end])).arrayBuffer());
      }
      /** Both halves of 32 bits. @param {number} value */
      function words(value) {
        return [value & 0xffff, value >>> 16];
      }
      /** @param {number} signature @param {number[]} fields 16 bits each */
      function record(signature, fields) {
        const view = new DataView(new ArrayBuffer(4 + fields.length * 2));
        view.setUint32(0, signature, true);
        for (const [n, field] of fields.entries()) view.setUint16(4 + n * 2, field, true);
        return new Uint8Array(view.buffer);
      }
      /** @param {Uint8Array} bytes */
      function crc(bytes) {
        let value = 0xffffffff;
        for (const byte of bytes) {
          value ^= byte;
          for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
        }
        return (value ^ 0xffffffff) >>> 0;
      }
    });
    assert.deepEqual(seen, { status: "approved", lines: 2, continued: true, verified: 2, errors: 0 });
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
