// A whole campaign, from the click to the last picture. In: the built studio (www/dist/studio), Chromium. Out: a table, and how the time grows with the number of
// variants. Alba is opened by a click and all its variants are painted at 320 px, each handed to the page as a bitmap, as the sheet does it; the module is compiled and
// fonts are fetched within the time. Above 3,537 there are more options, whose headlines differ; below, variants are taken evenly from the matrix.
//
//   node tests/bench/studio/volume.mjs [--counts=100,354,1131,3537,10611,21222] [--workers=N] [--json]
//
// To reach: 3,537 in less than 10 s on a quiet machine of two cores (4 s would be better still), and an exponent of at most 1.0 from 100 to 20,000. A wall
// holds what else the machine does; the CPU time of the page's process (its workers are in it) does not.

import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { serve } from "../../../www/serve.mjs";
import { openChromium } from "../../../www/test/support/browsers.mjs";

const GOAL = 10;
const MATRIX = 131 * 27;
const argument = (name) => new RegExp(`--${name}=([\\d,]+)`).exec(process.argv.join(" "))?.[1];
const counts = (argument("counts") ?? "100,354,1131,3537,10611,21222").split(",").map(Number);
const workers = argument("workers") ? Number(argument("workers")) : undefined;

const server = await serve(fileURLToPath(new URL("../../../www/dist/studio", import.meta.url)));
const rows = [];
let version = "";
try {
  for (const count of counts) {
    const browser = await openChromium();
    version = browser.version();
    const system = await browser.newBrowserCDPSession();
    const cpu = async () => {
      const { processInfo } = await system.send("SystemInfo.getProcessInfo");
      return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    };
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
      await page.goto(`${server.origin}/nothing-here`);
      await page.evaluate(prepare, { options: Math.max(1, Math.ceil(count / MATRIX)), count, workers });
      const before = await cpu();
      await page.click("#open");
      const seen = await page.evaluate(() => globalThis.finished);
      const spent = (await cpu()) - before;
      rows.push({ variants: count, "wall, s": round(seen.wall), "CPU, s": round(spent), "wall, ms each": round((seen.wall * 1000) / count), "CPU, ms each": round((spent * 1000) / count), "first picture, s": round(seen.first), "instances, MiB": Math.round(seen.memory), workers: seen.workers });
      if (!process.argv.includes("--json")) console.log(JSON.stringify(rows.at(-1)));
    } finally {
      await browser.close();
    }
  }
} finally {
  await server.close();
}
const growth = { wall: exponent("wall, s"), CPU: exponent("CPU, s") };
if (process.argv.includes("--json")) console.log(JSON.stringify({ rows, growth }, null, 1));
else {
  console.log(`${cpus()[0].model}, ${cpus().length} cores, Chromium ${version}`);
  console.table(rows);
  console.log(`time grows with variants to the power of ${growth.wall} (wall), ${growth.CPU} (CPU)`);
}
const whole = rows.find(({ variants }) => variants === MATRIX);
const missed = [
  ...(whole && whole["wall, s"] > GOAL ? [`not reached: ${MATRIX} in ${whole["wall, s"]} s of ${GOAL}`] : []),
  ...(rows.length > 1 && growth.CPU > 1 ? [`not reached: exponent ${growth.CPU} of 1`] : []),
];
for (const line of missed) console.log(line);
process.exitCode = missed.length > 0 ? 1 : 0;

function round(value) {
  return Math.round(value * 100) / 100;
}

/** The slope of the line through the points, both axes logarithms. @param {string} name */
function exponent(name) {
  const points = rows.map((row) => [Math.log(row.variants), Math.log(row[name])]);
  const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const over = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return round(over / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0));
}

/** Runs in the page: a button, and what it does. @param {{ options: number, count: number, workers: number | undefined }} wanted */
async function prepare({ options, count, workers }) {
  const url = "/variorum.js";
  const { createEngineClient, fetchSample, Priority } = await import(url);
  const files = new Map(await fetchSample("/samples/", "alba"));
  const edit = (path, change) => {
    const json = JSON.parse(new TextDecoder().decode(files.get(path)));
    change(json);
    files.set(path, new TextEncoder().encode(JSON.stringify(json)));
  };
  if (options > 1) {
    edit("campaign.json", (campaign) => {
      campaign.options = Array.from({ length: options }, (_, n) => ({ id: `o${n + 1}`, values: { n: String(n + 1) } }));
    });
    for (const path of files.keys()) {
      if (path.startsWith("copy/")) edit(path, ({ messages }) => {
        messages.headline.text += " {n}";
      });
    }
  }
  const button = document.createElement("button");
  button.id = "open";
  button.textContent = "Open";
  document.body.replaceChildren(button);
  globalThis.finished = new Promise((done) => {
    button.onclick = async (event) => {
      const client = createEngineClient(workers === undefined ? {} : { workers });
      let memory = 0;
      const { variants } = await client.open(files);
      const step = variants.length / count;
      const ids = Array.from({ length: count }, (_, n) => variants[Math.floor(n * step)].id).values();
      let first = 0;
      // As many at once as the store asks for, each closed when it came: the page keeps small ones, this bench none.
      const next = async () => {
        for (const id of ids) {
          const { bitmap } = await client.render({ id, maxWidth: 320, maxHeight: 320 }, { priority: Priority.rest });
          bitmap.close();
          first ||= performance.now();
        }
      };
      await Promise.all(Array.from({ length: 128 }, next));
      const wall = (performance.now() - event.timeStamp) / 1000;
      memory = client.memory ?? 0;
      done({ wall, first: (first - event.timeStamp) / 1000, memory: memory / 2 ** 20, workers: client.workers });
      client.dispose();
    };
  });
}
