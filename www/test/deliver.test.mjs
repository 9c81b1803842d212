// Deliveries: names, the gate, the zip and its manifest.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { unzipSync } from "fflate";
import { load } from "./support/load.mjs";
import { ToyEngine, toyFiles } from "./support/toy.mjs";

const { createStudioStore } = /** @type {typeof import("../src/store/index.ts")} */ (await load("src/store/index.ts"));
const { fileName, slug, UniqueNames } = /** @type {typeof import("../src/deliver/naming.ts")} */ (
  await load("src/deliver/naming.ts")
);

async function opened() {
  const engine = new ToyEngine();
  const store = createStudioStore({ engine, database: "", now: () => 1_800_000_000_000 });
  await store.open(toyFiles());
  store.setPerson("M. Brand");
  return { engine, store };
}

/** @param {import("../src/store/store.ts").Delivery} delivery */
async function unzip({ stream }) {
  return unzipSync(new Uint8Array(await new Response(stream).arrayBuffer()));
}

test("names are safe on every file system", () => {
  const campaign = { name: "alba · autumn light", version: "14" };
  const variant = { id: "a", format: "ig-story", locale: "pt-BR", option: "main", fingerprint: "" };
  const format = /** @type {import("../src/engine/types.ts").FormatInfo} */ ({
    id: "ig-story",
    medium: "social",
    channel: "instagram",
    width: 1080,
    height: 1920,
  });
  const name = (/** @type {string} */ template) => fileName(template, campaign, variant, format, { type: "jpeg", quality: 88 });
  assert.equal(
    name("{campaign}_{format}_{locale}_{option}_{width}x{height}.{ext}"),
    "alba-autumn-light_ig-story_pt-BR_main_1080x1920.jpg",
  );
  assert.equal(name("{locale}/{medium}/{format}"), "pt-BR/social/ig-story.jpg");
  assert.throws(
    () => name("{fromat}"),
    (thrown) => /** @type {{ errors: { allowed: string }[] }} */ (thrown).errors[0]?.allowed.includes("format") ?? false,
  );
  for (const unsafe of ["../../{format}", "/{format}", "a//b", "{format}:{locale}", "a\\b", "x\u0000"])
    assert.throws(() => name(unsafe), /not a safe/);
  for (const empty of ["", " ", "..."]) assert.throws(() => name(empty), /empty/);
  assert.throws(() => name("{format"), /partner/);
  assert.equal(name("aux.{ext}"), "aux_.jpg");
  assert.ok(Buffer.byteLength(name("ü".repeat(300))) <= 200);
  for (const [from, to] of [
    ["alba · autumn light", "alba-autumn-light"],
    ["../../etc", "etc"],
    ["a/b\\c:d*e", "a-b-c-d-e"],
    ["zh-Hans", "zh-Hans"],
    ["秋の光", "秋の光"],
    ["a\u202eb", "a-b"],
    ["  x. ", "x"],
  ]) {
    assert.equal(slug(/** @type {string} */ (from)), to);
  }
});

test("names are unique also where case is ignored", () => {
  const names = new UniqueNames(["manifest.json"]);
  assert.deepEqual(
    ["A.png", "a.png", "a.PNG", "x/a.png", "Manifest.json"].map((name) => names.take(name)),
    ["A.png", "a-2.png", "a-3.PNG", "x/a.png", "Manifest-2.json"],
  );
});

test("nothing approved: nothing leaves", async () => {
  const { store } = await opened();
  await assert.rejects(store.deliver(), /Nothing is approved/);
  assert.deepEqual(store.plan(), { files: [], refused: [] });
});

test("what is not approved is refused by name, and nothing is encoded", async () => {
  const { store, engine } = await opened();
  await store.approve(["mpu.en.main", "mpu.de.main"]);
  await store.sendBack(["mpu.ar.main"], "mirrored logo");
  await store.setCopy("de", "headline", "Anders");
  const ids = ["mpu.en.main", "mpu.de.main", "mpu.ar.main", "ig-square.en.main"];
  assert.deepEqual(store.plan({ ids }).refused, [
    { id: "ig-square.en.main", status: "to-review" },
    { id: "mpu.de.main", status: "reopened" },
    { id: "mpu.ar.main", status: "sent-back" },
  ]);
  await assert.rejects(store.deliver({ ids }), (thrown) => {
    const { errors } = /** @type {{ errors: { at: string }[] }} */ (thrown);
    assert.deepEqual(
      errors.map(({ at }) => at),
      ["ig-square.en.main", "mpu.de.main", "mpu.ar.main"],
    );
    return true;
  });
  assert.equal(engine.encoded, 0);
});

test("the zip holds the approved ones, and its manifest says their bytes, fingerprints and stamps", async () => {
  const { store } = await opened();
  await store.approve(["mpu.en.main", "ig-square.ar.main"]);
  const delivery = await store.deliver();
  assert.equal(delivery.name, "alba-autumn-light-14.zip");
  assert.equal(delivery.files, 2);
  const files = await unzip(delivery);
  assert.deepEqual(Object.keys(files), [
    "alba-autumn-light_ig-square_ar_1080x1080.png",
    "alba-autumn-light_mpu_en_300x250.png",
    "ledger.jsonl",
    "manifest.json",
  ]);
  /** @type {import("../src/deliver/deliver.ts").Manifest} */
  const manifest = JSON.parse(new TextDecoder().decode(files["manifest.json"]));
  assert.deepEqual(manifest.campaign, { name: "alba · autumn light", version: "14" });
  assert.equal(manifest.engine, "0.1.0");
  for (const entry of manifest.files) {
    const bytes = /** @type {Uint8Array} */ (files[entry.name]);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), entry.sha256);
    assert.equal(bytes.length, entry.bytes);
    assert.equal(entry.fingerprint, store.state.variants.get(entry.id)?.fingerprint);
    assert.equal(entry.why?.arrangement, "overlay-bottom");
    assert.deepEqual(entry.why?.alternatives, [
      { arrangement: "stack-bottom", name: "stack", energy: 1, rough: true, failed: [] },
    ]);
    assert.deepEqual(entry.why?.enters, {});
    assert.deepEqual(entry.stamp, { by: "M. Brand", timeMs: 1_800_000_000_000, time: "2027-01-15T08:00:00.000Z" });
  }
  assert.equal(new TextDecoder().decode(files["ledger.jsonl"]), store.ledger());
});

test("a host may take the files one by one", async () => {
  const { store } = await opened();
  await store.approve(["mpu.en.main", "ig-square.ar.main"]);
  /** @type {File[]} */
  const files = [];
  for await (const file of (await store.deliver({ naming: "{locale}/{format}" })).each()) files.push(file);
  assert.deepEqual(
    files.map(({ name, type }) => [name, type]),
    [
      ["ar/ig-square.png", "image/png"],
      ["en/mpu.png", "image/png"],
      ["ledger.jsonl", "application/jsonl"],
      ["manifest.json", "application/json"],
    ],
  );
});

test("the same delivery at the same time is the same bytes", async () => {
  const { store } = await opened();
  await store.approve(["mpu.en.main"]);
  const [a, b] = [await store.deliver(), await store.deliver()];
  assert.deepEqual(await new Response(a.stream).arrayBuffer(), await new Response(b.stream).arrayBuffer());
});

test("files are encoded as the zip is read, not before", async () => {
  const { store, engine } = await opened();
  await store.approve(store.state.variants.keys());
  const { stream } = await store.deliver();
  assert.ok(engine.encoded <= engine.workers + 1, `${engine.encoded} encoded before the first read`);
  await stream.cancel();
  await new Promise((done) => setTimeout(done, 5));
  assert.ok(engine.encoded <= engine.workers + 2);
  assert.equal(store.state.delivery, undefined);
});

test("an edit in the middle of a delivery ends it with an error", async () => {
  const { store } = await opened();
  await store.approve(store.state.variants.keys());
  const { stream } = await store.deliver();
  await store.setCopy("ar", "headline", "other");
  await assert.rejects(new Response(stream).arrayBuffer(), /stamp no longer covers/);
  assert.equal(store.state.errors[0]?.code, "state");
});
