// What each stage costs in the module under Node, on the three samples: CPU time of the process, medians and spread of interleaved rounds. What tests/bench/stages.rs is
// natively, and of the same variants. In: the modules (www/pkg). Out: ms a variant by call and sample.
//
//   node tests/bench/stages.mjs [--rounds=5]
//
// The boundary tells calls, not stages: shaping, fitting and layout are in one, with building the list and guard's look. What each of them takes within it is told by the module
// with names: `node tests/bench/profile.mjs samples`, which `make bench` runs after this. A round takes an engine of its own, so that every first is one.

import { readFileSync } from "node:fs";
import { makeZip } from "../../www/node_modules/client-zip/index.js";
import * as importers from "../../www/pkg/importers.js";
import { Engine, initSync } from "../../www/pkg/variorum.js";
import { asked, machine, spread } from "./marks.mjs";
import { bringFonts, filesOf, SAMPLES, variantsOf } from "./samples.mjs";

const rounds = asked("rounds", 5);
const module = (name) => new WebAssembly.Module(readFileSync(new URL(`../../www/pkg/${name}_bg.wasm`, import.meta.url)));
initSync({ module: module("variorum") });
importers.initSync({ module: module("importers") });

/** By stage, by sample: ms of each round. @type {Map<string, Map<string, number[]>>} */
const times = new Map();
const counted = new Map();
const files = new Map(SAMPLES.map((sample) => [sample, filesOf(sample)]));
// The first round warms the compiler and is thrown away.
for (let round = 0; round <= rounds; round += 1) for (const sample of SAMPLES) await measure(sample, round > 0);

console.log(machine({ V8: process.versions.v8 }));
console.log(`variants, and those of at most 1080 x 1920 px, which are written: ${[...counted].map(([sample, { all, screens }]) => `${sample} ${all} (${screens})`).join(", ")}`);
console.log(`CPU, ms a variant, of opening and the fonts ms in all; median [least..most] of ${rounds} interleaved rounds, one instance`);
console.log("call".padEnd(64) + SAMPLES.map((sample) => sample.padStart(24)).join(""));
for (const [stage, by] of times) console.log(stage.padEnd(64) + SAMPLES.map((sample) => spread(by.get(sample) ?? [], 3).padStart(24)).join(""));

/** @param {string} sample @param {boolean} kept whether its times are */
async function measure(sample, kept) {
  const engine = new Engine();
  const note = async (stage, by, act) => {
    const began = process.cpuUsage();
    const answer = await act();
    const { user, system } = process.cpuUsage(began);
    if (kept) {
      const of = times.get(stage) ?? new Map();
      times.set(stage, of.set(sample, [...(of.get(sample) ?? []), (user + system) / 1000 / by]));
    }
    return answer;
  };
  const info = await note("open (read, check): the campaign", 1, () => engine.open(files.get(sample), importers, true));
  const { all, screens } = variantsOf(info);
  counted.set(sample, { all: all.length, screens: screens.length });
  const matrix = info.variants.length;
  await note("resolve, with its fingerprint", matrix, () => engine.fingerprints(0, matrix));
  await note("fonts added: all that the campaign wants", 1, () => bringFonts(engine));
  const small = (id) => engine.render({ id, maxWidth: 320, maxHeight: 320 });
  // One picture, and the campaign's photographs are decoded.
  await note("first picture: photographs decoded", 1, () => small(all[0]));
  const ways = () => all.forEach((id) => engine.alternatives(id));
  await note("resolve, shape, all ways laid out, build, guard: first time", all.length, ways);
  await note("the same, shaping warm", all.length, ways);
  const paint = () => all.forEach(small);
  await note("one way laid out and painted at 320 px: first time", all.length, paint);
  await note("the same again, painted lists kept", all.length, paint);
  const write = (delivery) => screens.map((id) => engine.encode(id, delivery));
  const written = await note("laid out, painted and written at full size: PNG", screens.length, () => write({ type: "png" }));
  await note("the same: JPEG, quality 85", screens.length, () => write({ type: "jpeg", quality: 85 }));
  const entries = written.map((one, n) => ({ name: `${n}-${one.name}`, input: one.bytes, lastModified: new Date(0) }));
  await note("zip: put behind each other with their sums, streamed", screens.length, async () => {
    let bytes = 0;
    for await (const part of makeZip(entries, { buffersAreUTF8: true })) bytes += part.length;
    return bytes;
  });
  engine.free();
}
