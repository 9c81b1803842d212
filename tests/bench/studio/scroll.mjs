// Scrolling 20,000 cells. In: the built studio (www/dist/studio), Chromium. Out: a table of frames and long tasks while the sheet, then the matrix, is scrolled. The
// campaign is alba with six options: 131 formats x 27 languages x 6 = 21,222 variants. Two hands:
//   leaps   120 px at each frame, then at each frame to somewhere else, as by the scroll bar: harder than any hand
//   wheel   the browser's own wheel events: 25 notches of 120 px a second (3,000 px/s), then flicks that begin at 8,000 px/s and die away, as a trackpad's
//
//   node tests/bench/studio/scroll.mjs [--seconds=12] [--hand=leaps|wheel] [--parts] [--json]
//
// --parts: what the longest tasks are made of, by the browser's names, CPU ms; its trace costs a tenth. A frame has a gap where no row stands at a quarter, half or three
// quarters of the height as the page's thread knows it; asked of the wheel alone.
//
// A long task is what the browser calls one: more than 50 ms by the clock without a chance to draw or to answer a key. To reach: none, by the browser's own count. On a
// machine that does other things too a task's wall time holds their time as well; so the longest task's own CPU time (of the page's thread, by the browser's
// profile) stands beside it; what is judged is the wall.

import { asked, machine, tellMarks } from "../marks.mjs";
import { longest, onPage, traced } from "./page.mjs";

const OPTIONS = 6;
const LONG = 50;
const seconds = asked("seconds", 12);

const hands = [/--hand=(\w+)/.exec(process.argv.join(" "))?.[1] ?? ["leaps", "wheel"]].flat();
const inParts = process.argv.includes("--parts");

await onPage({ width: 1280, height: 720, path: "/nothing-here" }, async (page, { version, errors }) => {
  const cells = await page.evaluate(openLarge, OPTIONS);
  const rows = [];
  for (const hand of hands) {
    for (const busy of [true, false]) {
      for (const view of ["sheet", "matrix"]) {
        await page.evaluate(({ view, busy }) => prepare(view, busy), { view, busy });
        rows.push({ hand, view, drawing: busy ? "all, behind" : "in sight only", ...(await measured(page, view, hand)) });
      }
    }
  }
  if (process.argv.includes("--json")) console.log(JSON.stringify({ cells, rows, errors }, null, 1));
  else {
    console.log(machine({ Chromium: version }));
    console.log(`${cells} cells, ${seconds} s each`);
    console.table(rows);
    tellMarks(rows.map((row) => ["scroll", row["long tasks"], `${row.hand}, ${row.view}, drawing ${row.drawing}: longest ${row["longest task, ms"] || `under ${LONG}`} ms, by CPU ${row["longest task, CPU ms"]}`]));
  }
});

/** @param {import("playwright-core").Page} page @param {string} view @param {string} hand */
async function measured(page, view, hand) {
  const categories = ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"];
  if (inParts) categories.push("blink", "v8", "disabled-by-default-v8.gc", "cc");
  const { result: seen, events } = await traced(page, categories, async () => {
    const watched = page.evaluate(({ view, hand, seconds }) => scrollThrough(view, hand, seconds), { view, hand, seconds });
    if (hand === "wheel") await turnWheel(page);
    return watched;
  });
  const thread = threadOf(events);
  // Tasks of the page's own thread: `tdur` is its CPU time, us.
  const tasks = longest(events, thread, 3);
  if (inParts) console.log([`${hand}, ${view}`, ...tasks.map(({ cpu, wall, parts }) => `  ${cpu.toFixed(1)} CPU ms, ${wall.toFixed(1)} wall: ${parts}`)].join("\n"));
  return { ...seen, "longest task, CPU ms": Math.round(tasks[0]?.cpu ?? 0) };
}

/** A fast hand over the middle of the page, for as long as the page watches. @param {import("playwright-core").Page} page */
async function turnWheel(page) {
  const client = await page.context().newCDPSession(page);
  const [NOTCH, NOTCHES, FLICK, DIES, EVERY] = [120, 25, 8000, 0.325, 2];
  const began = performance.now();
  const under = [];
  for (let before = 0; ; ) {
    const now = (performance.now() - began) / 1000;
    if (now >= seconds) break;
    const turned = now < seconds * 0.5 ? NOTCH : FLICK * Math.exp(-(now % EVERY) / DIES) * (now - before);
    before = now;
    // Not waited for: a hand does not wait for the page.
    if (turned >= 1) under.push(client.send("Input.dispatchMouseEvent", { type: "mouseWheel", x: 640, y: 420, deltaX: 0, deltaY: turned }).catch(() => undefined));
    await new Promise((done) => setTimeout(done, now < seconds * 0.5 ? 1000 / NOTCHES : 16));
  }
  await Promise.all(under);
  await client.detach();
}

/** The page's main thread: the one whose name says so and that did most. @param {{ name: string, pid: number, tid: number, args?: { name?: string } }[]} events */
function threadOf(events) {
  const mains = new Set(
    events.filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain").map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const many = new Map();
  for (const { pid, tid } of events) {
    const key = `${pid} ${tid}`;
    if (mains.size === 0 || mains.has(key)) many.set(key, (many.get(key) ?? 0) + 1);
  }
  return [...many].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Runs in the page: a studio with a campaign of many options, and what the bench calls there. @param {number} options */
async function openLarge(options) {
  const url = "/variorum.js";
  const { fetchSample } = await import(url);
  const files = new Map(await fetchSample("/samples/", "alba"));
  const campaign = JSON.parse(new TextDecoder().decode(files.get("campaign.json")));
  campaign.options = Array.from({ length: options }, (_, n) => ({ id: `o${n + 1}`, values: {} }));
  files.set("campaign.json", new TextEncoder().encode(JSON.stringify(campaign)));
  document.body.replaceChildren();
  document.body.setAttribute("style", "margin:0");
  const studio = document.createElement("variorum-studio");
  studio.setAttribute("keep", "");
  Object.assign(studio.style, { display: "block", height: "100vh" });
  document.body.append(studio);
  const { variants } = await studio.open(files);
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const grid = (view) => studio.shadowRoot.querySelector(`variorum-${view}`).shadowRoot.querySelector(".scroll");
  Object.assign(globalThis, {
    prepare: async (view, busy) => {
      if (busy) studio.store.drawAll(96, 96);
      else studio.store.cancel();
      if (studio.shadowRoot.querySelector(`variorum-${view}`).hidden) document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "m", bubbles: true }));
      await rest(1000);
      grid(view).scrollTop = 0;
      await rest(1000);
    },
    scrollThrough: async (view, hand, seconds) => {
      const scroller = grid(view);
      const long = [];
      const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
      watch.observe({ type: "longtask" });
      const frames = [];
      const began = performance.now();
      let before = began;
      let white = 0;
      let gaps = 0;
      const from = scroller.scrollTop;
      const screen = scroller.clientHeight;
      await new Promise((done) => {
        const step = (now) => {
          frames.push(now - before);
          before = now;
          const far = scroller.scrollHeight - scroller.clientHeight;
          // Steps first, then leaps to everywhere as by a scroll bar.
          const part = (now - began) / (seconds * 1000);
          const root = scroller.getRootNode();
          if (hand === "leaps") scroller.scrollTop = part < 0.6 ? scroller.scrollTop + 120 : far * (((part - 0.6) * 7.3) % 1);
          else {
            // Read from where rows were put: asking the browser what stands where would lay out what is not yet.
            const rows = [...root.querySelectorAll(".sheet > .row, .grid > .row")].map(({ style }) => [Number.parseFloat(style.transform.slice(11)), Number.parseFloat(style.height)]);
            const stands = (share) => rows.some(([y, height]) => y <= scroller.scrollTop + screen * share && y + height > scroller.scrollTop + screen * share);
            if (![0.25, 0.5, 0.75].every(stands)) gaps += 1;
          }
          if (root.querySelectorAll("[role=gridcell]").length === 0) white += 1;
          if (part < 1) requestAnimationFrame(step);
          else done();
        };
        requestAnimationFrame(step);
      });
      watch.disconnect();
      frames.sort((a, b) => a - b);
      const at = (share) => Math.round(frames[Math.floor((frames.length - 1) * share)] * 10) / 10;
      return {
        "px/s": Math.round((scroller.scrollTop - from) / seconds),
        frames: frames.length,
        "median frame, ms": at(0.5),
        "99th of 100, ms": at(0.99),
        "long tasks": long.length,
        "longest task, ms": Math.round(Math.max(0, ...long)),
        "frames without cells": white,
        "with a gap": hand === "leaps" ? "-" : gaps,
      };
    },
  });
  return variants.length;
}
