// Where the time goes: a profile per stage and per call, of the 60 pictures of `make bench-peers`, of a whole campaign (alba, 3,537 variants at 320 px) and of keys typed
// into a headline with 47 variants in sight. In: the engine's module and the painter's as they are shipped, but with names (target/pack, by `make build`), Node. Out: tables.
//
//   node tests/bench/profile.mjs [sixty|campaign|keys|samples ...] [--functions=20] [--rounds=3]     --functions: the functions that take most, too
//
// `samples` is asked for by name (`make bench` does): each stage on each of the three samples, of the variants that tests/bench/stages.mjs takes; medians of rounds.
//
// V8 takes samples of the stack; each counts for the innermost stage of the engine that is on it, so that what layout asks of text counts as text's. Stages share the
// CPU time of the whole; calls are timed by the wall, which on a busy machine is longer. Samples cost time: shares are right, times are a
// little long.

import { existsSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as importers from "../../www/pkg/importers.js";
import { asked, machine, spread } from "./marks.mjs";
import { bringFonts as bringAll, filesOf, SAMPLES, variantsOf } from "./samples.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const words = process.argv.slice(2);
const functions = Number(words.find((word) => word.startsWith("--functions="))?.slice(12) ?? 0);
const wanted = words.filter((word) => !word.startsWith("-"));

/** Stages by the module of the engine that a function is of; the first that fits counts. */
const STAGES = [
  ["shape", /variorum::text::(shape|itemise|bidi|run|face|fonts|cmap|coverage|unpack|script|case|upright|words)|harfrust/],
  ["fit and break", /variorum::text/],
  ["resolve", /variorum::(variant|campaign|fingerprint)|sha2/],
  ["layout", /variorum::layout/],
  ["build", /variorum::display/],
  ["guard", /variorum::guard/],
  ["JPEG", /variorum::export::jpeg|jpeg_encoder/],
  ["PNG", /variorum::export|variorum_pixels::(deflate|filters::filter)/],
  ["decode", /variorum::raster::(decode|unpack_png|profile)|variorum_pixels::(filters::unfilter|pack::rgba_of_ycbcr)|zune_jpeg|miniz_oxide/],
  ["scale pictures", /variorum::raster::pictures|variorum_pixels::(scale|resize|halves|means)/],
  ["glyphs", /variorum::raster::(glyphs|color_glyphs|subset)|fontdue/],
  ["shadows", /variorum::raster::blur/],
  ["kept pictures", /variorum::raster::kept/],
  ["paint", /variorum::raster|variorum_pixels|tiny_skia/],
  ["answer", /variorum::(report|wasm|session|budget|painter)|serde|js_sys|wasm_bindgen/],
];

/** Times of calls by name. */
class Calls {
  /** @type {Map<string, number[]>} */
  times = new Map();
  /** @template T @param {string} name @param {() => T} act */
  time(name, act) {
    const began = performance.now();
    const value = act();
    const times = this.times.get(name) ?? [];
    times.push(performance.now() - began);
    this.times.set(name, times);
    return value;
  }
}

const { Engine, initSync } = await withNames("variorum");
importers.initSync({ module: new WebAssembly.Module(readFileSync(join(root, "www/pkg/importers_bg.wasm"))) });
const inspector = new Session();
inspector.connect();
await inspector.post("Profiler.enable");
await inspector.post("Profiler.setSamplingInterval", { interval: 200 });
const { memory } = start();

const WORK = { sixty, campaign, keys, samples };
console.log(machine());
for (const name of wanted.length > 0 ? wanted : ["sixty", "campaign", "keys"]) await WORK[name]();

/** The glue of a module; its build leaves it beside the file with names. @param {string} name */
async function withNames(name) {
  const file = namedOf(name);
  if (!existsSync(file)) {
    console.error(`${file} is missing: \`touch src/lib.rs && make build\` makes it.`);
    process.exit(1);
  }
  return import(pathToFileURL(join(root, `target/pack/${name}/${name}.js`)).href);
}

/** @param {string} name */
function namedOf(name) {
  return join(root, `target/pack/${name}/named.wasm`);
}

function start() {
  return initSync({ module: compiled("variorum") });
}

/** @param {string} name */
function compiled(name) {
  return new WebAssembly.Module(readFileSync(namedOf(name)));
}

/** The 60 pictures in full size, from empty caches, as `make bench-peers` asks for them. */
async function sixty() {
  const assets = join(root, "tests/bench/peers/assets");
  if (!existsSync(join(assets, "lists/full.json"))) return void console.log("the 60: no lists; `make bench-peers` makes them");
  const read = (name) => readFileSync(join(assets, name));
  const FONTS = { "Noto Sans": "noto-sans-latin", "Noto Sans JP": "noto-sans-jp-japanese", "Noto Sans Arabic": "noto-sans-arabic-arabic", "Noto Sans Devanagari": "noto-sans-devanagari-devanagari" };
  const { Painter, initSync } = await withNames("painter");
  const { memory: own } = initSync({ module: compiled("painter") });
  for (const share of [true, false]) {
    const painter = new Painter({ share });
    for (const [family, file] of Object.entries(FONTS)) for (const weight of [400, 700]) painter.addFont(read(`${file}-${weight}.ttf`), family, weight);
    for (const file of ["background.jpg", "product.png", "logo.png"]) painter.addPicture(file.split(".")[0], read(file));
    // The languages of a format one after the other, as the pool orders them.
    const full = JSON.parse(read("lists/full.json"));
    const lists = [...new Set(full.map(({ id }) => id))].flatMap((id) => full.filter((one) => one.id === id).map(({ list }) => list));
    // Once to warm the compiler and to decode; then the caches are emptied.
    for (const list of lists) painter.paint(list);
    painter.clear();
    const calls = new Calls();
    const profile = await profiled(() => {
      for (const list of lists) calls.time("paint", () => painter.paint(list));
    });
    report(`the 60 at full size${share ? "" : ", nothing shared"}`, profile, calls, 1, own);
    painter.free();
  }
}

/** A campaign from its bytes to the last small picture, by one instance. */
async function campaign() {
  const files = alba();
  const engine = new Engine();
  const calls = new Calls();
  const profile = await profiled(() => {
    const { variants } = calls.time("open", () => engine.open(files, importers));
    bringFonts(engine, calls);
    for (const { id } of variants) calls.time("render", () => engine.render({ id, maxWidth: 320, maxHeight: 320 }));
  });
  report("3,537 variants of alba at 320 px, from its files", profile, calls);
  engine.free();
}

/** What keys typed into the English headline ask of the engine where 47 variants are in sight, 110 px high or so. */
async function keys() {
  const engine = new Engine();
  const { variants } = engine.open(alba(), importers);
  bringFonts(engine, new Calls());
  const seen = variants.filter(({ locale }) => locale === "en").slice(0, 47);
  const draw = (calls) => {
    for (const { id } of seen) calls.time("render", () => engine.render({ id, maxWidth: 200, maxHeight: 110 }));
  };
  const type = (calls, n) => {
    calls.time("setCopy", () => engine.setCopy("en", "headline", `Bring the morning in ${"abcdefgh".slice(0, (n % 8) + 1)}`));
    draw(calls);
  };
  draw(new Calls());
  for (let n = 0; n < 16; n += 1) type(new Calls(), n);
  const calls = new Calls();
  const profile = await profiled(() => {
    for (let n = 0; n < 24; n += 1) type(calls, n + 5);
  });
  report("24 keys typed into a headline, 47 variants in sight", profile, calls, 24);
  engine.free();
}

function bringFonts(engine, calls) {
  for (let needed = engine.fontsNeeded(); needed.length > 0; needed = engine.fontsNeeded()) {
    for (const name of needed) {
      const bytes = readFileSync(join(root, "fonts", name));
      calls.time("addFont", () => engine.addFont(name, bytes));
    }
  }
}

function alba() {
  return filesOf("alba");
}

/** Each stage on each sample: opened, every 41st variant painted at 320 px and, where a screen shows it, written as PNG and as JPEG, by an engine of its own in each round. */
async function samples() {
  const rounds = asked("rounds", 3);
  const times = new Map();
  const counted = new Map();
  for (let round = 0; round <= rounds; round += 1) {
    for (const sample of SAMPLES) {
      const files = filesOf(sample);
      const engine = new Engine();
      const profile = await profiled(() => {
        const info = engine.open(files, importers, true);
        bringAll(engine);
        const { all, screens } = variantsOf(info);
        counted.set(sample, `${sample} ${all.length} (${screens.length})`);
        for (const id of all) engine.render({ id, maxWidth: 320, maxHeight: 320 });
        for (const type of ["png", "jpeg"]) for (const id of screens) engine.encode(id, type === "png" ? { type } : { type, quality: 85 });
      });
      engine.free();
      // The first warms the compiler.
      if (round === 0) continue;
      for (const [stage, ms] of shares(profile).stages) {
        const of = times.get(stage) ?? new Map();
        times.set(stage, of.set(sample, [...(of.get(sample) ?? []), ms]));
      }
    }
  }
  console.log(`\nopened, so many variants painted at 320 px, those of at most 1080 x 1920 px written as PNG and as JPEG: ${[...counted.values()].join(", ")}`);
  console.log(`CPU ms in all, by the innermost stage at work; median [least..most] of ${rounds} interleaved rounds\n`);
  console.log(`| stage | ${SAMPLES.join(" | ")} |\n| --- |${" --- |".repeat(SAMPLES.length)}`);
  const order = [...STAGES.map(([stage]) => stage), "V8 itself", "page's glue"];
  for (const stage of order.filter((one) => times.has(one))) console.log(`| ${stage} | ${SAMPLES.map((sample) => spread(times.get(stage).get(sample) ?? [], 1)).join(" | ")} |`);
}

/** @param {() => void} work */
async function profiled(work) {
  await inspector.post("Profiler.start");
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const { profile } = await inspector.post("Profiler.stop");
  return { ...profile, cpu: (user + system) / 1000 };
}

/** The CPU time of each stage and of each function by itself, ms. @param {any} profile */
function shares(profile) {
  // Crates stand with a hash of their own in names.
  for (const { callFrame } of profile.nodes) callFrame.functionName = callFrame.functionName.replaceAll(/\[[0-9a-f]{6,}\]/g, "");
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  for (const node of profile.nodes) for (const child of node.children ?? []) nodes.get(child).parent = node;
  const stages = new Map();
  const functionsOf = new Map();
  let all = 0;
  // Of the wall's time only what was this process's: garbage is collected by other threads too, which makes it a little more.
  const sampled = profile.timeDeltas.reduce((sum, us) => sum + us, 0) / 1000;
  const share = profile.cpu / sampled;
  profile.samples.forEach((id, i) => {
    const ms = ((profile.timeDeltas[i + 1] ?? 0) / 1000) * share;
    const node = nodes.get(id);
    if (node.callFrame.functionName === "(idle)") return;
    all += ms;
    const stage = stageOf(node);
    stages.set(stage, (stages.get(stage) ?? 0) + ms);
    const name = `${stage}: ${short(node.callFrame.functionName)}`;
    functionsOf.set(name, (functionsOf.get(name) ?? 0) + ms);
  });
  return { all, stages, functionsOf };
}

/** @param {string} title @param {any} profile @param {{ times: Map<string, number[]> }} calls @param {number} [by] the table's times are divided by it @param {WebAssembly.Memory} [held] */
function report(title, profile, calls, by = 1, held = memory) {
  const { all, stages, functionsOf } = shares(profile);
  const per = by === 1 ? "ms" : `ms a key`;
  console.log(`\n${title}: ${(all / by).toFixed(1)} ${per} of CPU, memory ${(held.buffer.byteLength / 2 ** 20).toFixed(0)} MiB\n`);
  console.log(`| stage | ${per} | share |\n| --- | --- | --- |`);
  for (const [stage, ms] of [...stages].sort((a, b) => b[1] - a[1])) console.log(`| ${stage} | ${(ms / by).toFixed(1)} | ${((100 * ms) / all).toFixed(1)} % |`);
  console.log("\n| call | calls | median ms | 9 of 10 | most | sum, ms |\n| --- | --- | --- | --- | --- | --- |");
  for (const [name, times] of calls.times) {
    const sorted = [...times].sort((a, b) => a - b);
    const at = (share) => sorted[Math.floor((sorted.length - 1) * share)].toFixed(2);
    console.log(`| ${name} | ${times.length} | ${at(0.5)} | ${at(0.9)} | ${at(1)} | ${times.reduce((sum, one) => sum + one, 0).toFixed(0)} |`);
  }
  if (functions === 0) return;
  console.log("\n| function, by itself | ms | share |\n| --- | --- | --- |");
  for (const [name, ms] of [...functionsOf].sort((a, b) => b[1] - a[1]).slice(0, functions)) console.log(`| ${name} | ${(ms / by).toFixed(2)} | ${((100 * ms) / all).toFixed(1)} % |`);
}

/** The stage of the innermost function of the engine's own, or of a crate that serves one stage alone. */
function stageOf(node) {
  for (let at = node; at; at = at.parent) {
    const name = at.callFrame.functionName;
    if (name === "(garbage collector)" || name === "(program)") return "V8 itself";
    for (const [stage, pattern] of STAGES) if (pattern.test(name)) return stage;
  }
  return "page's glue";
}

function short(name) {
  const plain = name.replace(/::h[0-9a-f]{16}$/, "");
  return plain.length > 90 ? `${plain.slice(0, 87)}...` : plain;
}
