// A whole campaign, from the click to the last picture. In: the built studio (www/dist/studio), Chromium. Out: tables, and how the time grows with the number of
// variants. Three ways:
//   engine   an empty page and the package's client: alba is opened by a click and its variants are painted at 320 px, each handed to the page as a bitmap and closed; the
//            module is compiled and fonts are fetched within the time. No cell, no canvas, no list of variants: what the engine and the pool cost.
//   studio   <variorum-studio> opens the campaign by a click and draws all of it at 320 px behind what is in sight: cells, facets, findings, fingerprints, and the pictures
//            it keeps. It ends when every variant is drawn and measured and every fingerprint is known: what a person waits for.
//   as is    the same, drawn at the 96 px that the studio itself takes for what is out of sight.
// Above 3,537 there are more options, whose headlines differ; below, variants are taken evenly from the matrix. The studio is asked for the whole matrix alone.
//
//   node tests/bench/studio/volume.mjs [--counts=100,354,1131,3537,10611,21222] [--rounds=3] [--workers=N] [--way=engine|studio|as-is] [--json]
//
// --rounds: of the 3,537, by turns; other counts are run once. To reach: 3,537 in less than 10 s on a quiet machine of two cores (4 s would be better still), and an
// exponent of at most 1.0 from 100 to 20,000: through all points, and from 3,537 on, where what is paid once weighs little. A wall holds what else the machine does; the
// CPU time of the page's process (its workers are in it) does not.

import { fileURLToPath } from "node:url";
import { serve } from "../../../www/serve.mjs";
import { openChromium } from "../../../www/test/support/browsers.mjs";
import { asked, machine, median, spread, tellMarks } from "../marks.mjs";

const MATRIX = 131 * 27;
const argument = (name) => new RegExp(`--${name}=([\\w,-]+)`).exec(process.argv.join(" "))?.[1];
const counts = (argument("counts") ?? "100,354,1131,3537,10611,21222").split(",").map(Number);
const rounds = asked("rounds", 3);
const workers = argument("workers") ? Number(argument("workers")) : undefined;
const json = process.argv.includes("--json");
const ways = [argument("way") ?? ["engine", "studio", "as-is"]].flat();

const server = await serve(fileURLToPath(new URL("../../../www/dist/studio", import.meta.url)));
const runs = [];
let version = "";
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) {
      for (const count of way === "engine" ? counts : counts.filter((one) => one === MATRIX)) {
        if (round > 0 && count !== MATRIX) continue;
        runs.push({ way, ...(await run(way, count)) });
        if (!json) console.log(JSON.stringify(runs.at(-1)));
      }
    }
  }
} finally {
  await server.close();
}
const rows = ways.flatMap((way) => counts.flatMap((count) => row(way, count)));
const engine = rows.filter(({ way }) => way === "engine");
const growth = { wall: exponent("wall"), CPU: exponent("cpu"), "wall, from 3,537 on": exponent("wall", MATRIX), "CPU, from 3,537 on": exponent("cpu", MATRIX) };
if (json) console.log(JSON.stringify({ runs, growth }, null, 1));
else {
  console.log(machine({ Chromium: version }));
  console.log("seconds from the click, median [least..most] where there were several rounds");
  console.table(rows.map(({ wall: _, cpu: __, ...told }) => told));
  const told = Object.entries(growth).filter(([, value]) => value !== undefined);
  if (told.length > 0) console.log(`engine: time grows with variants to the power of ${told.map(([name, value]) => `${value.toFixed(2)} (${name})`).join(", ")}`);
  tellMarks([
    ...rows.filter(({ way, variants }) => way !== "as-is" && variants === MATRIX).map(({ way, wall }) => ["campaign", wall, way]),
    ...(growth.CPU === undefined ? [] : [["exponent", growth.CPU, `from ${engine[0].variants} to ${engine.at(-1).variants}`]]),
    ...(growth["CPU, from 3,537 on"] === undefined ? [] : [["exponent", growth["CPU, from 3,537 on"], "from 3,537 on"]]),
  ]);
}

/** One page, one click. @param {string} way @param {number} count */
async function run(way, count) {
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
    await page.evaluate(way === "engine" ? byClient : byStudio, way === "as-is" ? undefined : 320);
    const before = await cpu();
    await page.click("#open");
    const seen = await page.evaluate(() => globalThis.finished);
    return { variants: count, cpu: (await cpu()) - before, ...seen };
  } finally {
    await browser.close();
  }
}

/** What the rounds of one count gave. @param {string} way @param {number} count */
function row(way, count) {
  const of = runs.filter((one) => one.way === way && one.variants === count);
  if (of.length === 0) return [];
  const all = (name) => of.map((one) => one[name]);
  const [wall, cpu] = [median(all("wall")), median(all("cpu"))];
  const [least] = of;
  return [{ way, variants: count, wall, cpu, "wall, s": spread(all("wall"), 2), "CPU, s": spread(all("cpu"), 2), "CPU, ms each": Math.round((cpu * 1e5) / count) / 100, "first picture, s": spread(all("first"), 2), "instances, MiB": Math.round(least.memory), workers: least.workers }];
}

/** The slope of the line through the engine's points, both axes logarithms. @param {"wall" | "cpu"} name @param {number} [from] variants */
function exponent(name, from = 0) {
  const points = engine.filter(({ variants }) => variants >= from).map((one) => [Math.log(one.variants), Math.log(one[name])]);
  if (points.length < 2) return undefined;
  const mean = (i) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  return points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** Runs in the page: the campaign's files, and the button. @param {{ options: number, count: number, workers: number | undefined }} wanted */
async function prepare({ options, count, workers }) {
  const url = "/variorum.js";
  const { fetchSample } = await import(url);
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
  Object.assign(globalThis, { wanted: { files, count, workers, button } });
}

/** Runs in the page: the button opens and paints by the client alone. @param {number} side */
async function byClient(side) {
  const url = "/variorum.js";
  const { createEngineClient, Priority } = await import(url);
  const { files, count, workers, button } = globalThis.wanted;
  globalThis.finished = new Promise((done) => {
    button.onclick = async (event) => {
      const client = createEngineClient(workers === undefined ? {} : { workers });
      const { variants } = await client.open(files);
      const step = variants.length / count;
      const ids = Array.from({ length: count }, (_, n) => variants[Math.floor(n * step)].id).values();
      let first = 0;
      // As many at once as the store asks for, each closed when it came: the page keeps small ones, this way none.
      const next = async () => {
        for (const id of ids) {
          const { bitmap } = await client.render({ id, maxWidth: side, maxHeight: side }, { priority: Priority.rest });
          bitmap.close();
          first ||= performance.now();
        }
      };
      await Promise.all(Array.from({ length: 128 }, next));
      const wall = (performance.now() - event.timeStamp) / 1000;
      done({ wall, first: (first - event.timeStamp) / 1000, memory: (client.memory ?? 0) / 2 ** 20, workers: client.workers });
      client.dispose();
    };
  });
}

/** Runs in the page: the button opens by the studio, which draws all, at this size or its own. @param {number | undefined} side */
async function byStudio(side) {
  await import("/variorum.js");
  const { files, button } = globalThis.wanted;
  document.body.setAttribute("style", "margin:0");
  globalThis.finished = new Promise((done) => {
    button.onclick = async ({ timeStamp }) => {
      let first = 0;
      const draw = CanvasRenderingContext2D.prototype.drawImage;
      CanvasRenderingContext2D.prototype.drawImage = function (...rest) {
        first ||= performance.now();
        return draw.apply(this, rest);
      };
      const studio = document.createElement("variorum-studio");
      Object.assign(studio.style, { display: "block", height: "100vh" });
      button.replaceWith(studio);
      const opened = studio.open(files);
      const { store } = studio;
      if (side !== undefined) {
        const all = store.drawAll.bind(store);
        store.drawAll = () => all(side, side);
      }
      const { variants } = await opened;
      const last = () => {
        const { state } = store;
        return state.measured.size + state.failed.size >= variants.length && [...state.variants.values()].every(({ fingerprint }) => fingerprint !== "");
      };
      while (!last()) await new Promise((next) => setTimeout(next, 20));
      const wall = (performance.now() - timeStamp) / 1000;
      done({ wall, first: (first - timeStamp) / 1000, memory: (store.engine.memory ?? 0) / 2 ** 20, workers: store.engine.workers });
    };
  });
}
