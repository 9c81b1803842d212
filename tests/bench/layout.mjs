// What choosing a layout costs in the module under Node: what tests/bench/layout.rs is natively. Every variant of each sample, shaping
// warm; a call is `alternatives`: resolve, place and rank all candidates, build the display list, take guard's look, tell why.
//
//   node tests/bench/layout.mjs [SAMPLE...]

import { readdirSync, readFileSync, statSync } from "node:fs";
import { cpus } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as importers from "../../www/pkg/importers.js";
import { Engine, initSync } from "../../www/pkg/variorum.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
initSync({ module: new WebAssembly.Module(readFileSync(join(root, "www/pkg/variorum_bg.wasm"))) });
importers.initSync({ module: new WebAssembly.Module(readFileSync(join(root, "www/pkg/importers_bg.wasm"))) });

function files(at, from = at, out = new Map()) {
  for (const name of readdirSync(at)) {
    const path = join(at, name);
    if (statSync(path).isDirectory()) files(path, from, out);
    else out.set(relative(from, path).replaceAll("\\", "/"), readFileSync(path));
  }
  return out;
}

console.log(`${cpus()[0].model}, Node ${process.version}, one thread`);
console.log("sample   variants   median ms   worst decile   worst   all, s of CPU   first of a campaign, ms");
const samples = process.argv.slice(2);
for (const sample of samples.length > 0 ? samples : ["alba", "kiosk", "pulse"]) {
  const engine = new Engine();
  const info = engine.open(files(join(root, "www/samples", sample)), importers);
  for (const name of engine.fontsNeeded()) engine.addFont(name, readFileSync(join(root, "fonts", name)));
  const option = info.options[0];
  const ids = info.variants.filter((c) => c.option === option).map((c) => c.id);
  const timed = (id) => {
    const start = performance.now();
    engine.alternatives(id);
    return performance.now() - start;
  };
  const first = timed(ids[0]);
  ids.forEach((id) => engine.alternatives(id));
  const cpu = process.cpuUsage();
  const each = ids.map((id) => [timed(id), id]);
  each.sort((a, b) => a[0] - b[0]);
  const at = (q) => each[Math.floor((each.length - 1) * q)][0].toFixed(2);
  const spent = process.cpuUsage(cpu);
  const all = (spent.user + spent.system) / 1e6;
  console.log(
    `${sample.padEnd(8)} ${String(each.length).padStart(8)} ${at(0.5).padStart(11)} ${at(0.9).padStart(14)} ${at(1).padStart(7)} ${all.toFixed(2).padStart(15)} ${first.toFixed(1).padStart(9)}   (${each.at(-1)[1]})`,
  );
}
