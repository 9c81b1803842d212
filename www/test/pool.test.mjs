// The pool: order, sharing, cancelling, recovery from traps, memory. Workers are fakes; the pool is the real one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeWorker, settle } from "./support/fake-worker.mjs";
import { load } from "./support/load.mjs";

const { roomOn, smallSide } = /** @type {typeof import("../src/engine/room.ts")} */ (await load("src/engine/room.ts"));
const { Pool } = /** @type {typeof import("../src/engine/pool.ts")} */ (await load("src/engine/pool.ts"));

/**
 * A pool of fakes. Calls other than renders are answered at once with true.
 * @param {{ size?: number, memory?: number, late?: number, upToDate?: () => import("../src/engine/protocol.ts").Call[], answer?: (message: import("../src/engine/protocol.ts").ToWorker, worker: FakeWorker) => unknown }} [options]
 */
async function poolOfFakes({ size = 1, upToDate = () => [], answer, memory = Number.POSITIVE_INFINITY, late = 0 } = {}) {
  /** @type {FakeWorker[]} */
  const fakes = [];
  const pool = new Pool({
    size,
    memory,
    late,
    load: async () => {},
    upToDate,
    spawn: () => {
      const fake = new FakeWorker(answer ?? ((message) => (message.call === "render" ? undefined : true)));
      fakes.push(fake);
      return fake;
    },
  });
  await settle();
  return { pool, fakes, fake: /** @type {FakeWorker} */ (fakes[0]) };
}

/** @param {string} id @returns {import("../src/engine/protocol.ts").CallOf<"render">} */
const render = (id) => ({ call: "render", args: [{ id, scale: 1 }] });

/** @param {FakeWorker} fake */
const asked = (fake) => fake.asked.flatMap((message) => (message.call === "render" ? [message.args[0].id] : []));

/** Answers pictures one after the other until none is open. @param {FakeWorker} fake */
async function drain(fake) {
  for (await settle(1); fake.open[0]; await settle(1)) fake.reply(fake.open[0], { done: true });
}

test("the higher priority goes first, equal ones in the order they came", async () => {
  const { pool, fake } = await poolOfFakes();
  const all = [];
  // The first two are sent at once: a worker is kept two ahead.
  for (const [id, priority] of /** @type {const} */ ([
    ["a", 0],
    ["b", 0],
    ["c", 0],
    ["d", 1],
    ["e", 2],
    ["f", 1],
    ["g", 2],
  ])) {
    all.push(pool.run(render(id), { priority }));
  }
  await drain(fake);
  await Promise.all(all);
  assert.deepEqual(asked(fake), ["a", "b", "e", "g", "d", "f", "c"]);
});

test("work is spread over all workers", async () => {
  const { pool, fakes } = await poolOfFakes({ size: 3 });
  for (let n = 0; n < 6; n += 1) pool.run(render(`v${n}`), { priority: 0 }).catch(() => {});
  await settle(1);
  assert.deepEqual(
    fakes.map((fake) => fake.open.length),
    [2, 2, 2],
  );
  pool.dispose();
});

test("a cancelled call that waits is never sent; one under way has its answer freed", async () => {
  const { pool, fake } = await poolOfFakes();
  const control = new AbortController();
  const { signal } = control;
  /** @type {unknown[]} */
  const freed = [];
  const first = pool.run(render("a"), { priority: 0, signal, discard: (value) => freed.push(value) });
  const second = pool.run(render("b"), { priority: 0 });
  const third = pool.run(render("c"), { priority: 0, signal });
  control.abort();
  await assert.rejects(first, { name: "AbortError" });
  await assert.rejects(third, { name: "AbortError" });
  await drain(fake);
  await second;
  assert.deepEqual(asked(fake), ["a", "b"]);
  assert.equal(freed.length, 1);
  await assert.rejects(pool.run(render("d"), { priority: 0, signal }), { name: "AbortError" });
});

test("drop cancels what is below a priority and leaves the rest", async () => {
  const { pool, fake } = await poolOfFakes();
  const low = pool.run(render("a"), { priority: 0 });
  const high = pool.run(render("b"), { priority: 4 });
  pool.drop((priority) => priority < 4);
  await assert.rejects(low, { name: "AbortError" });
  await drain(fake);
  await high;
});

test("a trap replaces the worker, brings the new one up to date, and tries the call once more", async () => {
  const { pool, fakes, fake } = await poolOfFakes({
    upToDate: () => [
      { call: "fontsNeeded", args: ["de"] },
      { call: "setToken", args: ["a", "b"] },
    ],
  });
  const bad = pool.run(render("bad"), { priority: 0 });
  const good = pool.run(render("good"), { priority: 0 });
  await settle(1);
  fake.trap(/** @type {import("../src/engine/protocol.ts").ToWorker} */ (fake.open[0]));
  await settle();
  assert.equal(fake.ended, true);
  const second = /** @type {FakeWorker} */ (fakes[1]);
  assert.deepEqual(
    second.asked.slice(0, 2).map(({ call }) => call),
    ["fontsNeeded", "setToken"],
  );
  assert.deepEqual(asked(second).sort(), ["bad", "good"]);
  await drain(second);
  assert.deepEqual(await bad, { done: true });
  assert.deepEqual(await good, { done: true });
});

test("a call that traps each time is reported as such, and the batch goes on", async () => {
  const { pool, fakes } = await poolOfFakes({
    answer: (message) => {
      if (message.call === "render" && message.args[0].id === "bad") throw new Error("unreachable");
      return true;
    },
  });
  const calls = ["a", "bad", "b", "c", "d"].map((id) => pool.run(render(id), { priority: 0 }));
  const ended = await Promise.allSettled(calls);
  assert.deepEqual(
    ended.map(({ status }) => status),
    ["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"],
  );
  const reason = ended[1]?.status === "rejected" ? ended[1].reason : undefined;
  assert.equal(reason.errors[0].code, "trap");
  assert.equal(reason.errors[0].at, "bad");
  assert.equal(fakes.length, 3, "the first, and one for each try");
});

test("a worker whose script fails is given up after three starts, and calls say so instead of waiting", async () => {
  const { pool, fakes } = await poolOfFakes({
    upToDate: () => [{ call: "fontsNeeded", args: [] }],
    answer: () => {
      throw new Error("no engine");
    },
  });
  await settle(12);
  assert.equal(fakes.length, 3);
  await assert.rejects(pool.run(render("a"), { priority: 0 }), /No worker/);
});

test("what must be there first is named when it is not", async () => {
  const { EngineFailure } = /** @type {typeof import("../src/engine/errors.ts")} */ (await load("src/engine/errors.ts"));
  const pool = new Pool({
    size: 2,
    load: () => Promise.reject(new EngineFailure([{ code: "missing", at: "x.wasm", message: "gone" }])),
    upToDate: () => [],
    spawn: () => new FakeWorker(),
  });
  await settle();
  await assert.rejects(pool.run(render("a"), { priority: 0 }));
});

test("a change reaches every worker before any later picture, and one answers for all", async () => {
  const { pool, fakes } = await poolOfFakes({ size: 2 });
  const edit = pool.change({ call: "setToken", args: ["a", "b"] }, { call: "setToken", args: ["a", "b", true] }, () => false);
  for (const id of ["a", "b"]) pool.run(render(id), { priority: 0 }).catch(() => {});
  await edit;
  await settle(2);
  for (const fake of fakes)
    assert.deepEqual(
      fake.asked.map(({ call }) => call),
      ["setToken", "render"],
    );
  assert.deepEqual(
    fakes.map(({ asked }) => (asked[0]?.call === "setToken" ? asked[0].args[2] : undefined)),
    [undefined, true],
  );
  pool.dispose();
});

test("a call under way that is cancelled is cut short by its worker, and what waits comes sooner", async () => {
  const { pool, fake } = await poolOfFakes();
  const control = new AbortController();
  const [first, second, third] = ["a", "b", "c"].map((id) =>
    pool.run(render(id), { priority: 0, ...(id === "c" ? {} : { signal: control.signal }) }),
  );
  await settle(1);
  const sent = [...fake.open];
  control.abort();
  await assert.rejects(/** @type {Promise<unknown>} */ (first), { name: "AbortError" });
  await assert.rejects(/** @type {Promise<unknown>} */ (second), { name: "AbortError" });
  await settle(1);
  assert.deepEqual(
    fake.unwanted,
    sent.map(({ seq }) => seq),
  );
  for (const message of sent) fake.cut(message);
  await drain(fake);
  assert.deepEqual(await third, { done: true });
  assert.deepEqual(asked(fake), ["a", "b", "c"]);
});

test("an edit cuts short what it touches; that is made again after it, and before the edit is heard nothing is begun", async () => {
  const { pool, fake } = await poolOfFakes({ answer: () => undefined });
  const all = ["de", "en", "de2"].map((id) => pool.run(render(id), { priority: 0 }));
  await settle(1);
  const [de, en] = fake.open;
  assert.ok(de && en);
  const edit = pool.change(
    { call: "setToken", args: ["a", "b"] },
    { call: "setToken", args: ["a", "b", true] },
    (call) => call.call === "render" && call.args[0].id === "de",
  );
  await settle(1);
  assert.deepEqual(fake.unwanted, [de.seq]);
  fake.cut(de);
  fake.reply(en, { done: true });
  await settle(2);
  assert.deepEqual(
    fake.asked.map(({ call }) => call),
    ["render", "render", "setToken"],
  );
  const said = fake.open[0];
  assert.ok(said);
  fake.reply(said, []);
  await edit;
  await settle(2);
  await drain(fake);
  assert.deepEqual(await Promise.all(all), [{ done: true }, { done: true }, { done: true }]);
  assert.deepEqual(asked(fake), ["de", "en", "de", "de2"]);
});

test("an outdated answer is freed and asked for again", async () => {
  const { pool, fake } = await poolOfFakes();
  let freed = 0;
  let times = 0;
  const picture = pool.run(render("a"), { priority: 0, outdated: () => ++times === 1, discard: () => freed++ });
  await drain(fake);
  await picture;
  assert.deepEqual(asked(fake), ["a", "a"]);
  assert.equal(freed, 1);
});

test("a refusal is the caller's and leaves the worker alone", async () => {
  const { pool, fakes } = await poolOfFakes({
    answer: () => {
      throw [{ code: "unknown", at: "x", message: "There is no such variant." }];
    },
  });
  await assert.rejects(pool.run(render("x"), { priority: 0 }), {
    name: "EngineFailure",
    message: "x: There is no such variant.",
  });
  const change = /** @type {const} */ ({ call: "setToken", args: ["a", "b"] });
  await assert.rejects(
    pool.change({ ...change, args: [...change.args] }, { ...change, args: ["a", "b", true] }, () => false),
    { name: "EngineFailure" },
  );
  assert.equal(fakes.length, 1);
});

test("what shares a format and size goes to one worker, another format to another; the higher priority still first", async () => {
  const { pool, fakes } = await poolOfFakes({ size: 2 });
  for (const id of ["a1", "b1", "a2", "b2", "c1", "a3", "b3"]) {
    pool.run(render(id), { priority: 0, share: /** @type {string} */ (id[0]) }).catch(() => {});
  }
  await settle(1);
  pool.run(render("now"), { priority: 3, share: "c" }).catch(() => {});
  const [one, two] = /** @type {[FakeWorker, FakeWorker]} */ (fakes);
  await settle(1);
  assert.deepEqual(
    [asked(one), asked(two)],
    [
      ["a1", "a2"],
      ["b1", "b2"],
    ],
  );
  for (const fake of [one, two]) {
    for (let n = 0; n < 2; n += 1) if (fake.open[0]) fake.reply(fake.open[0], {});
    await settle(1);
  }
  assert.ok(asked(one).slice(2).includes("now"), "what somebody waits for goes before what would share");
  await drain(two);
  await drain(one);
  const all = [...asked(one), ...asked(two)];
  assert.deepEqual([...all].sort(), ["a1", "a2", "a3", "b1", "b2", "b3", "c1", "now"]);
  pool.dispose();
});

test("a worker's script comes while what it needs is on the way", async () => {
  /** @type {FakeWorker[]} */
  const fakes = [];
  /** @type {(value?: unknown) => void} */
  let loaded = () => {};
  const pool = new Pool({
    size: 1,
    load: async () => void (await new Promise((done) => (loaded = done))),
    upToDate: () => [{ call: "fontsNeeded", args: [] }],
    spawn: () => {
      const fake = new FakeWorker(() => true);
      fakes.push(fake);
      return fake;
    },
  });
  const picture = pool.run(render("a"), { priority: 0 });
  await settle();
  assert.deepEqual([fakes.length, fakes[0]?.asked.length], [1, 0]);
  loaded();
  await picture;
  assert.deepEqual(
    fakes[0]?.asked.map(({ call }) => call),
    ["fontsNeeded", "render"],
  );
});

test("a worker that outgrew its memory is replaced once it has served, and nothing is lost", async () => {
  const { pool, fakes } = await poolOfFakes({
    memory: 1000,
    answer: (message, worker) => worker.tell(message, { id: "x" }, 1400),
  });
  const calls = Array.from({ length: 450 }, (_, n) => pool.run(render(`v${n}`), { priority: 0 }));
  const answers = await Promise.all(calls);
  assert.equal(answers.length, 450);
  assert.deepEqual(
    fakes.map(({ ended }) => ended),
    [true, true, false],
  );
  pool.dispose();
});

test("room: small pictures of a whole campaign stand in half of what the page keeps", () => {
  const mib = 2 ** 20;
  assert.equal(smallSide(roomOn(8, 8).pictures, 3537), 96);
  const phone = roomOn(2, 2).pictures;
  const side = smallSide(phone, 3537);
  assert.ok(side < 96 && side >= 48 && side * side * 4 * 0.6 * 3537 <= phone / 2, `${side} px of ${phone / mib} MiB`);
  assert.equal(smallSide(phone, 60), 96);
  assert.equal(smallSide(phone, 0), 96);
  assert.equal(smallSide(phone, 1_000_000), 48, "smaller they would say nothing");
});

test("a worker that holds far more than it may is replaced soon, by measure alone; the others stay", async () => {
  let first = 0;
  const { pool, fakes } = await poolOfFakes({
    size: 2,
    memory: 1000,
    // The first instance takes twice what it may, at its ninth answer.
    answer: (message, worker) => {
      if (worker !== fakes[0]) return worker.tell(message, { id: "x" }, 900);
      first += 1;
      return worker.tell(message, { id: "x" }, first < 9 ? 900 : 2000);
    },
  });
  const answers = await Promise.all(Array.from({ length: 120 }, (_, n) => pool.run(render(`v${n}`), { priority: 0 })));
  assert.equal(answers.length, 120);
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(
    fakes.map(({ ended }) => ended),
    [true, false, false],
  );
  assert.ok(first >= 12 && first <= 12 + 16, `${first} calls, those sent ahead among them`);
  assert.ok(
    pool.workers.every(({ memory }) => memory <= 1000),
    "in all no more than each may",
  );
  pool.dispose();
});

test("room: a phone of two cores and 2 GB gets one worker with small caches, more cores no more than memory allows", () => {
  const mib = 2 ** 20;
  const phone = roomOn(2, 2);
  assert.equal(phone.workers, 1);
  assert.ok(phone.caches <= 128 * mib && phone.memory <= 448 * mib && phone.pictures <= 48 * mib, JSON.stringify(phone));
  assert.deepEqual(roomOn(2), phone, "a browser that says nothing of its memory may be such a phone's");
  assert.deepEqual(roomOn(8), roomOn(8, 4), "nor do eight cores say that it is none");
  assert.deepEqual(roomOn(12), roomOn(12, 8));
  assert.equal(roomOn(8, 1).workers, 1);
  assert.ok(roomOn(8, 1).caches < 110 * mib);
  assert.deepEqual([roomOn(2, 4).workers, roomOn(2, 4).late], [2, 1], "the second of two cores, once the page stands");
  assert.deepEqual([roomOn(4, 4).workers, roomOn(4, 4).late], [3, 0]);
  assert.equal(roomOn(16, 8).workers, 10);
  assert.equal(roomOn(1, undefined).workers, 1);
  assert.equal(roomOn(2, 2, 5).workers, 5, "a host that says how many is heard");
  for (const cores of [1, 2, 4, 8, 64]) {
    for (const gigabytes of [0.25, 0.5, 1, 2, 4, 8]) {
      const { workers, caches } = roomOn(cores, gigabytes);
      assert.ok(workers * (caches + 96 * mib) <= Math.max(gigabytes * 192, 144) * mib + 64, `${cores} ${gigabytes}`);
    }
  }
});

test("a late worker starts when the first has answered what is in sight", async () => {
  const { pool, fakes } = await poolOfFakes({ size: 2, late: 1, answer: () => true });
  await Promise.all(Array.from({ length: 20 }, (_, n) => pool.run(render(`v${n}`), { priority: 0 })));
  await settle();
  assert.equal(fakes.length, 1);
  await Promise.all(Array.from({ length: 20 }, (_, n) => pool.run(render(`w${n}`), { priority: 0 })));
  await settle();
  assert.equal(fakes.length, 2);
  pool.dispose();
});

test("one late worker does not keep it secret that the first cannot be started", async () => {
  const { pool } = await poolOfFakes({
    size: 2,
    late: 1,
    upToDate: () => [{ call: "fontsNeeded", args: [] }],
    answer: () => {
      throw new Error("no engine");
    },
  });
  await settle(12);
  await assert.rejects(pool.run(render("a"), { priority: 0 }), /No worker/);
});

test("a client takes of a machine what the browser tells of it: workers, caches of each, memory in all", async () => {
  const { createEngineClient } = /** @type {typeof import("../src/engine/client.ts")} */ (await load("src/engine/client.ts"));
  const mib = 2 ** 20;
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  /** @param {number | undefined} cores @param {number | undefined} gigabytes */
  const on = async (cores, gigabytes) => {
    Object.defineProperty(globalThis, "navigator", {
      configurable: true,
      value: { hardwareConcurrency: cores, deviceMemory: gigabytes },
    });
    /** @type {FakeWorker[]} */
    const fakes = [];
    const client = createEngineClient({
      loadModule: async () => /** @type {WebAssembly.Module} */ ({}),
      spawn: () => {
        const fake = new FakeWorker((message) => (message.call === "fingerprints" ? [] : true));
        fakes.push(fake);
        return fake;
      },
    });
    await settle();
    const caches = fakes.flatMap(({ asked }) => asked.flatMap((call) => (call.call === "start" ? [call.args[1] ?? 0] : [])));
    const { workers } = client;
    client.dispose();
    return { workers, started: fakes.length, caches, all: caches.reduce((sum, one) => sum + one + 96 * mib, 0) };
  };
  try {
    const phone = await on(2, 2);
    assert.deepEqual([phone.workers, phone.started], [1, 1]);
    assert.ok(phone.all <= 2 * 192 * mib, `${phone.all / mib} MiB of a phone of 2 GB`);
    const laptop = await on(2, 8);
    assert.deepEqual([laptop.workers, laptop.started], [2, 1], "the second once the page stands");
    for (const [cores, gigabytes] of [
      [4, 4],
      [8, 8],
      [8, 1],
      [64, 8],
    ]) {
      const { workers, started, all } = await on(cores, gigabytes);
      assert.equal(started, workers);
      assert.ok(all <= Math.max(1, gigabytes ?? 0) * 192 * mib + 64, `${all / mib} MiB, ${cores} cores, ${gigabytes} GB`);
    }
    for (const cores of [2, undefined]) {
      const silent = await on(cores, undefined);
      assert.deepEqual([silent.workers, silent.started], [1, 1], "a browser that says nothing");
      assert.ok(silent.all <= 2 * 192 * mib, `${silent.all / mib} MiB`);
    }
  } finally {
    if (before) Object.defineProperty(globalThis, "navigator", before);
    else Reflect.deleteProperty(globalThis, "navigator");
  }
});

test("the room of a message is counted a few formats at a time, pictures between; an edit begins it anew, and who lets go of it is heard", async () => {
  const { createEngineClient } = /** @type {typeof import("../src/engine/client.ts")} */ (await load("src/engine/client.ts"));
  const campaign = { name: "small", sourceLocale: "en", variants: [], formats: [], tokens: [], locales: [] };
  const fake = new FakeWorker(({ call }) => {
    if (call === "open") return campaign;
    return call === "budget" || call === "render" ? undefined : [];
  });
  const client = createEngineClient({
    workers: 1,
    loadModule: async () => /** @type {WebAssembly.Module} */ ({}),
    spawn: () => fake,
  });
  await client.open(new Map());
  const told = () =>
    fake.asked.flatMap((message) => {
      if (message.call === "budget") return [`budget ${message.args[2]?.next ?? "begun"}`];
      return message.call === "render" || message.call === "setCopy" ? [message.call] : [];
    });
  /** Answers the open call of a name. @param {string} name @param {unknown} value */
  const reply = async (name, value) => {
    const call = fake.open.find(({ call }) => call === name);
    assert.ok(call, `${name} is asked`);
    fake.reply(call, value);
    await settle();
  };
  const budget = { key: "headline", locale: "en", used: 5, fits: 9, open: false, format: "a", formats: 3 };
  const counted = client.budget("en", "headline");
  await settle();
  const pictures = ["a", "b", "c"].map((id) => client.render({ id, scale: 1 }));
  await settle();
  await reply("budget", { budget, text: "Light", next: 3 });
  for (const _ of pictures) await reply("render", { id: "a", fingerprint: "", bitmap: { close() {} } });
  await Promise.all(pictures);
  await settle();
  assert.deepEqual(told(), ["budget begun", "render", "render", "render", "budget 3"]);
  await client.setCopy("en", "headline", "Lights");
  await reply("budget", { budget, text: "Light" });
  assert.deepEqual(told().slice(5), ["setCopy", "budget begun"]);
  await reply("budget", { budget: { ...budget, used: 6 }, text: "Lights" });
  assert.deepEqual(await counted, { ...budget, used: 6 });
  const ends = new AbortController();
  const unwanted = client.budget("en", "headline", { signal: ends.signal });
  await settle();
  ends.abort();
  await assert.rejects(unwanted, { name: "AbortError" });
  assert.equal(fake.unwanted.length, 1);
  client.dispose();
});

test("pictures asked for in the task of a key go with it, fonts trusted; what changed is told behind them; a font that is lacking has them made again", async () => {
  const { createEngineClient } = /** @type {typeof import("../src/engine/client.ts")} */ (await load("src/engine/client.ts"));
  const variant = (/** @type {string} */ fingerprint) => ({
    id: "a.de.main",
    format: "a",
    locale: "de",
    option: "main",
    fingerprint,
  });
  const campaign = { name: "small", sourceLocale: "en", variants: [variant("1")], formats: [], tokens: [], locales: [] };
  let byHand = false;
  const fake = new FakeWorker(({ call }) => {
    if (call === "open") return campaign;
    if (call === "render" || (byHand && call !== "setCopy")) return undefined;
    return [];
  });
  const client = createEngineClient({
    workers: 1,
    loadModule: async () => /** @type {WebAssembly.Module} */ ({}),
    loadFont: async () => new Uint8Array(1),
    spawn: () => fake,
  });
  await client.open(new Map());
  let freed = 0;
  const picture = (/** @type {string} */ fingerprint) => ({ id: "a.de.main", fingerprint, bitmap: { close: () => freed++ } });
  /** Answers the open call of a name. @param {string} name @param {unknown} value */
  const reply = async (name, value) => {
    const call = fake.open.find(({ call }) => call === name);
    assert.ok(call, `${name} is asked`);
    fake.reply(call, value);
    await settle();
  };
  const request = { id: "a.de.main", scale: 1 };
  const first = client.render(request);
  await settle();
  await reply("render", picture("1"));
  await first;
  await settle();
  byHand = true;
  const since = () => fake.asked.slice(from).map(({ call }) => call);
  let from = fake.asked.length;
  let edit = client.setCopy("de", "headline", "Licht");
  let drawn = client.render(request);
  await settle();
  assert.deepEqual(since(), ["setCopy", "fontsNeeded", "render", "touched"], "nothing is answered but the words");
  await reply("fontsNeeded", []);
  await reply("render", picture("2"));
  assert.equal((await drawn).fingerprint, "2");
  await reply("touched", [variant("2")]);
  assert.deepEqual(await edit, [variant("2")]);

  from = fake.asked.length;
  edit = client.setCopy("de", "headline", "Licht ☂");
  drawn = client.render(request);
  await settle();
  await reply("fontsNeeded", ["umbrella.ttf"]);
  await reply("render", picture("3"));
  assert.equal(freed, 1, "drawn without its font");
  await reply("addFont", undefined);
  await reply("fontsNeeded", []);
  await reply("render", picture("3"));
  assert.equal((await drawn).fingerprint, "3");
  await reply("touched", [variant("3")]);
  await edit;
  assert.deepEqual(since(), ["setCopy", "fontsNeeded", "render", "touched", "addFont", "fontsNeeded", "render"]);
  client.dispose();
});
