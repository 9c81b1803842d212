// The peers' 60 pictures painted by the module under Node, by CPU time: what tests/bench/lists.rs is natively. Lists, fonts and pictures are
// those of tests/bench/peers (`make bench-peers` makes them).
//
//   node tests/bench/wasm.mjs [--rounds=5] [--alone] [--shared]

import { existsSync, readFileSync } from "node:fs";
import { initSync, Painter } from "../../www/pkg/painter.js";
import { asked, machine, spread, tellMarks } from "./marks.mjs";

const assets = new URL("peers/assets/", import.meta.url);
const read = (name) => readFileSync(new URL(name, assets));
if (!existsSync(new URL("lists/full.json", assets))) {
  console.log("no lists: `make bench-peers` makes them; skipped");
  process.exit(0);
}
const rounds = asked("rounds", 5);
const only = ["--alone", "--shared"].filter((f) => process.argv.includes(f));
const { memory } = initSync({ module: new WebAssembly.Module(readFileSync(new URL("../../www/pkg/painter_bg.wasm", import.meta.url))) });
const [full, thumbs] = ["full", "thumbs"].map((n) => JSON.parse(read(`lists/${n}.json`)));
const FONTS = { "Noto Sans": "noto-sans-latin", "Noto Sans JP": "noto-sans-jp-japanese", "Noto Sans Arabic": "noto-sans-arabic-arabic", "Noto Sans Devanagari": "noto-sans-devanagari-devanagari" };
const cpu = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;

function painter(options) {
  const made = new Painter(options);
  for (const [family, file] of Object.entries(FONTS)) for (const weight of [400, 700]) made.addFont(read(`${file}-${weight}.ttf`), family, weight);
  const items = [["background", "background.jpg"], ["product", "product.png"], ["logo", "logo.png"]].map(([asset, file]) => {
    const [w, h] = made.addPicture(asset, read(file));
    return { type: "picture", asset, src: [0, 0, w, h], dst: [0, 0, 2, 2] };
  });
  made.paint({ width: 8, height: 8, items });
  return made;
}

console.log(`${machine({ V8: process.versions.v8 })}; CPU ms, median [least..most] of ${rounds} rounds`);
for (const [name, share] of [["shared", true], ["alone", false]]) {
  if (only.length && !only.includes(`--${name}`)) continue;
  const one = painter({ share });
  const times = new Map();
  const note = (what, run) => {
    const start = cpu();
    const answer = run();
    const ms = cpu() - start;
    if (warm) times.set(what, [...(times.get(what) ?? []), ms]);
    return answer;
  };
  // The first round warms the compiler and is thrown away.
  let warm = false;
  for (let round = 0; round <= rounds; round++, warm = true) {
    note("60 thumbnails", () => thumbs.forEach(({ list }) => one.paint(list)));
    const edited = thumbs.map(({ lang, list }) => (lang === "en" ? JSON.parse(JSON.stringify(list).replace("Run lighter", `Round ${round}`)) : list));
    note("edit, 60 thumbnails", () => edited.forEach((list) => one.paint(list)));
    one.clear();
    note("60 full, caches cold", () => {
      for (const id of new Set(full.map((f) => f.id)))
        note(`  ${id}, its 6`, () => full.filter((f) => f.id === id).forEach(({ list }) => one.paint(list)));
    });
    let bytes = 0;
    note("10 to PNG", () => full.filter((f) => f.lang === "en").forEach(({ list }) => (bytes += one.png(list).length)));
    times.set("PNG MiB", [bytes / 2 ** 20]);
  }
  for (const [what, all] of times) console.log(name.padEnd(8) + what.padEnd(28) + spread(all, 2).padStart(28));
  console.log(name.padEnd(8) + "wasm memory, MiB".padEnd(28) + (memory.buffer.byteLength / 2 ** 20).toFixed(0).padStart(28));
  // The second is painted after the first, in a memory that never shrinks.
  if (share) tellMarks([["memory", memory.buffer.byteLength / 2 ** 20, "under Node"], ["pngSize", times.get("PNG MiB")[0]]]);
}
