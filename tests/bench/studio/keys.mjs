// From a key press to all visible variants repainted. In: the built studio (www/dist/studio), Chromium. Out: a table. The campaign is alba with its 131 formats x 27 languages;
// a person types into the headline while some 40 variants of its language stand on the screen.
//
//   node tests/bench/studio/keys.mjs [--keys=24] [--pause=400] [--json]
//
// Measured in the page: from the time stamp of the key's event to the last picture drawn of those in sight, as they then are. To reach: 50 ms on a quiet machine (16
// would be one frame). On one that does other things too a wall holds their time as well, so the CPU times within it stand beside: of the page's thread and of
// its workers', by the browser's own trace. `--pause`: ms from the last picture to the next key; after some 450 the room of the message is being counted.

import { asked, machine, tellMarks } from "../marks.mjs";
import { onPage, traced } from "./page.mjs";

const [keys, pause] = [asked("keys", 24), asked("pause", 400)];

await onPage({ width: 1600, height: 1000, path: "/" }, async (page, { version, errors }) => {
  await page.waitForFunction(() => document.querySelector("variorum-studio")?.campaign);
  const visible = await page.evaluate(prepare);
  const { result: times, events } = await traced(page, ["toplevel", "blink.user_timing"], async () => {
    const times = [];
    for (let n = 0; n < keys; n += 1) {
      await page.keyboard.press("abcdefgh"[n % 8]);
      times.push(await page.evaluate(() => repainted()));
      await page.waitForTimeout(pause);
    }
    return times;
  });
  addCpu(times, events);
  // The first keys find code cold.
  const warm = times.slice(Math.min(6, keys >> 1));
  const at = (name, share) => Math.round(warm.map((time) => time[name]).sort((a, b) => a - b)[Math.floor((warm.length - 1) * share)] * 10) / 10;
  const row = {
    visible,
    "drawn at a key": at("drawn", 0.5),
    "key to last picture, median ms": at("wall", 0.5),
    "least": at("wall", 0),
    "9 of 10": at("wall", 0.9),
    "most": at("wall", 1),
    "page, CPU ms": at("page", 0.5),
    "workers, CPU ms": at("workers", 0.5),
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify({ row, times, errors }, null, 1));
  else {
    console.log(machine({ Chromium: version }));
    console.log(`${keys} keys, the first ${times.length - warm.length} left out, ${await page.evaluate(() => document.querySelector("variorum-studio").store.engine.workers)} worker(s)`);
    console.table([row]);
    tellMarks([["key", row["key to last picture, median ms"], `${visible} in sight`]]);
  }
});

/** Runs in the page: all drawn, pictures small enough that 40 are in sight, the caret in the headline. */
async function prepare() {
  const studio = document.querySelector("variorum-studio");
  const { store } = studio;
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const sheet = studio.shadowRoot.querySelector("variorum-sheet");
  const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  press("-");
  await rest(300);
  while (store.state.measured.size < store.state.variants.size) await rest(200);
  const inSight = () => {
    const box = sheet.getBoundingClientRect();
    return [...sheet.shadowRoot.querySelectorAll(".cell")].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    });
  };
  let keyAt = 0;
  let lastDraw = 0;
  let drawn = 0;
  document.addEventListener("keydown", (event) => {
    keyAt = event.timeStamp;
    drawn = lastDraw = 0;
    performance.mark("key");
  }, true);
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...rest) {
    drawn += 1;
    if (drawn <= wanted) lastDraw = performance.now();
    if (drawn === wanted) performance.mark("repainted");
    return draw.apply(this, rest);
  };
  // Pictures drawn after a key: those in sight and of the margin; the first are what counts.
  let wanted = 0;
  Object.assign(globalThis, {
    repainted: async () => {
      const began = performance.now();
      while (drawn < wanted && performance.now() - began < 3000) await new Promise((done) => requestAnimationFrame(done));
      return { wall: lastDraw - keyAt, drawn };
    },
  });
  press("e");
  await rest(300);
  wanted = inSight().length;
  return wanted;
}

/**
 * The CPU time of threads from each key to its last picture, ms: of tasks, the part of them that lies between.
 * @param {{ page?: number, workers?: number }[]} times
 * @param {{ name: string, ph: string, ts: number, dur?: number, tdur?: number, pid: number, tid: number }[]} events us
 */
function addCpu(times, events) {
  const marks = (name) => events.filter((event) => event.name === name).sort((a, b) => a.ts - b.ts);
  const [starts, ends] = [marks("key"), marks("repainted")];
  const main = starts[0];
  const tasks = events.filter(({ name, pid, tdur }) => /RunTask$/.test(name) && pid === main?.pid && tdur !== undefined);
  for (const [n, time] of times.entries()) {
    const from = starts[n]?.ts ?? 0;
    const to = ends.find(({ ts }) => ts >= from)?.ts ?? from;
    const spent = (own) => {
      let sum = 0;
      for (const { ts, dur = 1, tdur = 0, tid } of tasks) {
        const within = Math.min(to, ts + dur) - Math.max(from, ts);
        if ((tid === main?.tid) === own && within > 0) sum += (tdur * within) / Math.max(1, dur);
      }
      return sum / 1000;
    };
    Object.assign(time, { page: spent(true), workers: spent(false) });
  }
}
