// The peers' 60 pictures painted by the module under Node, by CPU time: what tests/bench/lists.rs is natively. Lists, fonts and pictures are
// those of tests/bench/peers (`make bench-peers` makes them).
//
//   node tests/bench/wasm.mjs [rounds] [--alone] [--shared]

import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { initSync, Painter } from "../../www/pkg/painter.js";

const assets = new URL("peers/assets/", import.meta.url);
const read = (name) => readFileSync(new URL(name, assets));
if (!existsSync(new URL("lists/full.json", assets))) {
  console.log("no lists: `make bench-peers` makes them; skipped");
  process.exit(0);
}
const rounds = Number(process.argv.find((a) => /^\d+$/.test(a)) ?? 3);
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

console.log(`${cpus()[0].model}, Node ${process.version}, V8 ${process.versions.v8}; CPU ms, least of ${rounds}`);
for (const [name, share] of [["shared", true], ["alone", false]]) {
  if (only.length && !only.includes(`--${name}`)) continue;
  const one = painter({ share });
  const best = new Map();
  const note = (what, run) => {
    const start = cpu();
    const answer = run();
    const ms = cpu() - start;
    best.set(what, Math.min(best.get(what) ?? Infinity, ms));
    return answer;
  };
  for (let round = 0; round < rounds; round++) {
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
    best.set("PNG MiB", bytes / 2 ** 20);
  }
  for (const [what, ms] of best) console.log(name.padEnd(8) + what.padEnd(28) + ms.toFixed(2).padStart(10));
  console.log(name.padEnd(8) + "wasm memory, MiB".padEnd(28) + (memory.buffer.byteLength / 2 ** 20).toFixed(0).padStart(10));
}
