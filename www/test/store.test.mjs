// The store: what people do goes in, one state comes out; stamps, reopening, undo, the filter, the gate. With a toy engine and
// nothing kept; keeping is tested in browsers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./support/load.mjs";
import { ToyEngine, toyFiles } from "./support/toy.mjs";

const { Pictures } = /** @type {typeof import("../src/store/pictures.ts")} */ (await load("src/store/pictures.ts"));
const { createStudioStore } = /** @type {typeof import("../src/store/index.ts")} */ (await load("src/store/index.ts"));

async function opened() {
  const engine = new ToyEngine();
  let clock = 1_800_000_000_000;
  const store = createStudioStore({ engine, database: "", now: () => clock++ });
  /** @type {import("../src/store/store.ts").StudioEvent[]} */
  const events = [];
  store.onEvent((event) => events.push(event));
  await store.open(toyFiles());
  store.setPerson("M. Brand");
  return { engine, store, events };
}

const tick = () => new Promise((done) => setTimeout(done, 0));

test("an opened campaign stands in the state, counted", async () => {
  const { store, events } = await opened();
  assert.equal(store.state.phase, "open");
  assert.equal(store.state.variants.size, 6);
  assert.deepEqual(store.state.counts, { "to-review": 6, approved: 0, "sent-back": 0, reopened: 0, total: 6 });
  assert.equal(store.state.facets.locale.get("de"), 2);
  assert.deepEqual(
    events.map(({ type }) => type),
    ["open"],
  );
  assert.equal(store.state.kept, "off");
});

test("what cannot be opened is told, and the previous campaign stays", async () => {
  const { store, events } = await opened();
  const before = store.state.campaign;
  await assert.rejects(store.open(new Map([["campaign.json", new Uint8Array([123])]])), SyntaxError);
  assert.equal(store.state.campaign, before);
  assert.equal(store.state.phase, "open");
  assert.equal(store.state.errors.length, 1);
  assert.equal(events.at(-1)?.type, "error");
});

test("listeners hear once of what changed together, with the state before", async () => {
  const { store } = await opened();
  await tick();
  /** @type {string[]} */
  const heard = [];
  store.subscribe((state, before) => heard.push(`${before.selection.size} -> ${state.selection.size}`));
  store.select(["mpu.de.main"]);
  store.select(["mpu.de.main", "mpu.en.main"]);
  await tick();
  assert.deepEqual(heard, ["0 -> 2"]);
  assert.equal(store.state.focus, "mpu.en.main");
});

test("a stamp needs a name, and sending back a reason", async () => {
  const { store } = await opened();
  await assert.rejects(store.sendBack(["mpu.de.main"], "  "), /reason/);
  store.setPerson("");
  await assert.rejects(store.approve(["mpu.de.main"]), /name/);
  assert.equal(store.state.stamps.size, 0);
  assert.equal(store.ledger(), "");
});

test("an edit reopens the variants it changes and no other; the old words approve them again", async () => {
  const { store } = await opened();
  await store.approve(["mpu.de.main", "mpu.en.main"]);
  await store.setCopy("de", "headline", "Anders");
  assert.equal(store.state.stamps.get("mpu.de.main")?.status, "reopened");
  assert.equal(store.state.stamps.get("mpu.en.main")?.status, "approved");
  assert.equal(store.state.counts.reopened, 1);
  await store.setCopy("de", "headline", "Light de");
  assert.equal(store.state.stamps.get("mpu.de.main")?.status, "approved");
});

test("undo takes back the last batch as one, and says so in the ledger", async () => {
  const { store, events } = await opened();
  await store.approve(["mpu.en.main"]);
  await store.sendBack(["mpu.de.main", "mpu.ar.main"], "too long");
  assert.deepEqual(store.state.undoable?.ids, ["mpu.de.main", "mpu.ar.main"]);
  await store.undo();
  assert.deepEqual([...store.state.stamps.keys()], ["mpu.en.main"]);
  assert.equal(store.state.undoable?.action, "approve");
  await store.undo();
  await store.undo();
  assert.equal(store.state.stamps.size, 0);
  assert.equal(store.ledger().trim().split("\n").length, 6, "only ever appended");
  assert.deepEqual(
    store.history("mpu.de.main").map(({ action }) => action),
    ["undo", "send-back"],
  );
  assert.equal(events.filter(({ type }) => type === "stamp").length, 4);
});

test("approving twice says it once", async () => {
  const { store } = await opened();
  await store.approve(["mpu.en.main"]);
  await store.approve(["mpu.en.main"]);
  assert.equal(store.ledger().trim().split("\n").length, 1);
});

test("facets count what each choice would show, given the others", async () => {
  const { store } = await opened();
  await store.approve(["mpu.de.main"]);
  store.setFilter({ locale: new Set(["de"]) });
  assert.deepEqual(store.state.shown, ["ig-square.de.main", "mpu.de.main"]);
  assert.equal(store.state.facets.locale.get("ar"), 2, "its own facet does not narrow it");
  assert.equal(store.state.facets.medium.get("web"), 1);
  assert.equal(store.state.facets.status.get("approved"), 1);
  store.setFilter({ status: new Set(["approved"]) });
  assert.deepEqual(store.state.shown, ["mpu.de.main"]);
  assert.equal(store.state.facets.locale.get("ar"), 0);
});

test("what is looked at stays in the filter that its own change takes it out of, until the person goes on", async () => {
  const { store } = await opened();
  await store.approve(["mpu.de.main", "mpu.en.main", "ig-square.de.main"]);
  store.setFilter({ status: new Set(["approved"]) });
  store.select(["mpu.de.main"]);
  await store.setCopy("de", "headline", "Neues Licht");
  assert.deepEqual(store.state.shown, ["mpu.en.main", "mpu.de.main"], "in its place; the other left");
  assert.equal(store.state.held, "mpu.de.main");
  assert.equal(store.state.facets.status.get("approved"), 1, "counted as what it is");
  store.select(["mpu.en.main"]);
  assert.deepEqual([store.state.shown, store.state.held], [["mpu.en.main"], undefined]);
  // Judged: gone on. Undone: back again. Another filter: gone on.
  store.setFilter({ status: new Set(["to-review", "reopened"]) });
  store.select(["mpu.de.main"]);
  await store.approve(["mpu.de.main"]);
  assert.deepEqual([store.state.shown.includes("mpu.de.main"), store.state.held], [false, undefined]);
  await store.undo();
  assert.deepEqual([store.state.shown.includes("mpu.de.main"), store.state.held], [true, undefined]);
  store.setFilter({ locale: new Set(["ar"]) });
  assert.deepEqual([store.state.shown.includes("mpu.de.main"), store.state.held], [false, undefined]);
});

test("the search finds names of formats and languages, and words of the copy", async () => {
  const { store } = await opened();
  await tick();
  store.setFilter({ search: "german MPU" });
  assert.deepEqual(store.state.shown, ["mpu.de.main"]);
  store.setFilter({ search: "light arab" });
  assert.equal(store.state.shown.length, 2);
  store.setFilter({ search: "nowhere" });
  assert.equal(store.state.shown.length, 0);
});

test("drawing measures, and an edit forgets what it changed", async () => {
  const { store } = await opened();
  store.drawAll(96, 96);
  await new Promise((done) => setTimeout(done, 250));
  assert.equal(store.state.measured.size, 6);
  assert.equal(store.state.facets.findings.get("must"), 2);
  assert.equal(store.state.facets.findings.get("none"), 4);
  await store.setCopy("de", "headline", "Anders");
  assert.equal(store.state.measured.size, 4);
  assert.equal(store.cached("mpu.de.main", 96, 96), undefined, "outdated");
  assert.notEqual(store.cached("mpu.de.main"), undefined, "but it may stand in");
  await new Promise((done) => setTimeout(done, 600));
  assert.equal(store.state.measured.size, 6, "drawn again by itself");
});

test("why a variant is laid out as it is, is asked once, whenever its fingerprint comes to be known; an edit asks anew", async () => {
  let asked = 0;
  /** @type {() => void} */
  let come = () => undefined;
  class Early extends ToyEngine {
    /** @override @param {import("../src/engine/types.ts").CampaignFiles} files */
    async open(files) {
      const campaign = await super.open(files);
      this.later = campaign;
      this.campaign = { ...campaign, variants: campaign.variants.map((variant) => ({ ...variant, fingerprint: "" })) };
      return this.campaign;
    }
    async know() {
      await new Promise((done) => {
        come = () => done(undefined);
      });
      this.campaign = this.later;
      return /** @type {import("../src/engine/types.ts").CampaignInfo} */ (this.later);
    }
    /** @override */
    async alternatives() {
      asked += 1;
      return super.alternatives();
    }
  }
  const store = createStudioStore({ engine: new Early(), database: "", now: () => 0 });
  const opening = store.open(toyFiles());
  while (!store.state.campaign) await tick();
  assert.equal(store.state.known, false);
  const why = await store.alternatives("mpu.de.main");
  come();
  await opening;
  assert.equal(store.state.known, true);
  assert.equal(await store.alternatives("mpu.de.main"), why);
  assert.equal(asked, 1);
  await store.setCopy("de", "headline", "Anders");
  assert.notEqual(await store.alternatives("mpu.de.main"), why);
  assert.equal(asked, 2);
});

test("thumbnails and larger pictures do not push each other out", () => {
  const kib = 1024;
  const pictures = new Pictures(1024 * kib);
  /** @type {string[]} */
  const closed = [];
  const put = (/** @type {string} */ id, /** @type {number} */ side) =>
    pictures.put(
      /** @type {import("../src/engine/types.ts").Rendered} */ (
        /** @type {unknown} */ ({ id, fingerprint: "f", width: side, height: side, bitmap: { close: () => closed.push(id) } })
      ),
      side,
      side,
    );
  // 16 KiB each: thirty-two fill their half.
  for (let n = 0; n < 40; n += 1) put(`small-${n}`, 64);
  assert.equal(pictures.any("small-7"), undefined, "the least looked at went");
  assert.ok(pictures.any("small-8") && pictures.isCrowded);
  // 256 KiB each: two in the other half.
  for (const id of ["a", "b", "c"]) put(id, 256);
  assert.equal(pictures.any("a"), undefined);
  for (let n = 40; n < 50; n += 1) put(`small-${n}`, 64);
  assert.ok(pictures.any("b") && pictures.any("c"), "thumbnails push out thumbnails");
  assert.ok(pictures.any("small-49") && !pictures.any("small-17"));
  // What thumbnails leave is theirs.
  pictures.clear();
  for (const id of ["a", "b", "c", "d", "e"]) put(id, 256);
  assert.deepEqual(
    ["a", "b", "c", "d", "e"].filter((id) => pictures.any(id)),
    ["b", "c", "d", "e"],
  );
  put("small", 64);
  assert.ok(pictures.any("small") && !pictures.any("b"), "the least looked at of the larger ones makes room");
});
