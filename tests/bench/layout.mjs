// What choosing a layout costs in the module under Node: what tests/bench/layout.rs is natively. Every variant of each sample, shaping
// warm; a call is `alternatives`: resolve, place and rank all candidates, build the display list, take guard's look, tell why.
//
//   node tests/bench/layout.mjs [SAMPLE...] [--rounds=3]

import { readFileSync } from "node:fs";
import * as importers from "../../www/pkg/importers.js";
import { Engine, initSync } from "../../www/pkg/variorum.js";
import { asked, machine, median, tellMarks } from "./marks.mjs";
import { bringFonts, filesOf, SAMPLES } from "./samples.mjs";

const rounds = asked("rounds", 3);
const module = (name) => new WebAssembly.Module(readFileSync(new URL(`../../www/pkg/${name}_bg.wasm`, import.meta.url)));
initSync({ module: module("variorum") });
importers.initSync({ module: module("importers") });
const marks = [];

console.log(`${machine()}; one thread, ${rounds} rounds`);
console.log("sample   variants   median ms   worst decile   worst   all, s of CPU [least..most]   first of a campaign, ms");
const samples = process.argv.slice(2).filter((word) => !word.startsWith("--"));
for (const sample of samples.length > 0 ? samples : SAMPLES) {
  const engine = new Engine();
  const info = engine.open(filesOf(sample), importers);
  bringFonts(engine);
  const option = info.options[0];
  const ids = info.variants.filter((c) => c.option === option).map((c) => c.id);
  const timed = (id) => {
    const start = performance.now();
    engine.alternatives(id);
    return performance.now() - start;
  };
  const first = timed(ids[0]);
  ids.forEach((id) => engine.alternatives(id));
  const spent = [];
  const each = Array.from({ length: rounds }, () => {
    const cpu = process.cpuUsage();
    const times = ids.map((id) => [timed(id), id]);
    const { user, system } = process.cpuUsage(cpu);
    spent.push((user + system) / 1e6);
    return times;
  }).flat();
  each.sort((a, b) => a[0] - b[0]);
  const at = (q) => each[Math.floor((each.length - 1) * q)][0];
  const all = `${median(spent).toFixed(2)} [${Math.min(...spent).toFixed(2)}..${Math.max(...spent).toFixed(2)}]`;
  console.log(
    `${sample.padEnd(8)} ${String(ids.length).padStart(8)} ${at(0.5).toFixed(2).padStart(11)} ${at(0.9).toFixed(2).padStart(14)} ${at(1).toFixed(2).padStart(7)} ${all.padStart(26)} ${first.toFixed(1).padStart(9)}   (${each.at(-1)[1]})`,
  );
  marks.push(["layout", at(0.5), sample], ["layouts", median(spent), sample]);
  engine.free();
}
tellMarks(marks);
