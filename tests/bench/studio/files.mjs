// Files to deliver: so many PNG of a sample at full size, by one worker and by two. In: the built studio (www/dist/studio), Chromium. Out: a table: seconds from the first
// asked for to the last come, and how much quicker two are. An empty page and the package's client, as a delivery asks it: a file a worker, and one ahead. The zip
// that they are streamed into is left out: it costs sums of the bytes alone (tests/bench/stages.mjs).
//
//   node tests/bench/studio/files.mjs [--files=100] [--rounds=3]
//
// There is no mark. On a machine that does other things too, two workers gain little: see the load.

import { asked, machine, median, spread } from "../marks.mjs";
import { onPage } from "./page.mjs";

const [files, rounds] = [asked("files", 100), asked("rounds", 3)];

await onPage({ width: 1280, height: 720, path: "/nothing-here" }, async (page, { version }) => {
  const runs = new Map([[1, []], [2, []]]);
  // By turns.
  for (let round = 0; round < rounds; round += 1) for (const [workers, all] of runs) all.push(await page.evaluate(write, { workers, files }));
  console.log(machine({ Chromium: version }));
  console.log(`${files} PNG of alba of at most 1080 x 1920 px, median [least..most] of ${rounds} rounds`);
  const of = (workers, name) => runs.get(workers).map((run) => run[name]);
  console.table([1, 2].map((workers) => ({ workers, "wall, s": spread(of(workers, "wall"), 2), "MiB": of(workers, "bytes")[0].toFixed(1), "ms a file": spread(of(workers, "wall").map((s) => (s * 1000) / files), 1) })));
  console.log(`two workers are ${(median(of(1, "wall")) / median(of(2, "wall"))).toFixed(2)} times as quick as one`);
});

/** Runs in the page. @param {{ workers: number, files: number }} wanted */
async function write({ workers, files }) {
  const url = "/variorum.js";
  const { createEngineClient, fetchSample } = await import(url);
  const client = createEngineClient({ workers });
  const { variants, formats } = await client.open(new Map(await fetchSample("/samples/", "alba")));
  const small = new Set(formats.filter(({ width, height }) => width * height <= 1080 * 1920).map(({ id }) => id));
  const some = variants.filter(({ format }) => small.has(format));
  const wanted = Array.from({ length: files }, (_, n) => some[Math.floor((n * some.length) / files)].id);
  // Every worker has its fonts and its photographs.
  await Promise.all(wanted.slice(0, 2 * workers).map((id) => client.encode(id, { type: "png" })));
  const began = performance.now();
  let bytes = 0;
  const rest = wanted.values();
  const next = async () => {
    for (const id of rest) {
      const file = await client.encode(id, { type: "png" });
      bytes += file.bytes.length;
    }
  };
  await Promise.all(Array.from({ length: workers + 1 }, next));
  const wall = (performance.now() - began) / 1000;
  client.dispose();
  return { wall, bytes: bytes / 2 ** 20 };
}
