// Scrolling 20,000 cells. In: the built studio (www/dist/studio), Chromium. Out: a table of frames and long tasks while the sheet, then the matrix, is scrolled from
// end to end as a person does with a wheel: 120 px at a step. The campaign is alba with six options: 131 formats x 27 languages x 6 = 21,222 variants.
//
//   node tests/bench/studio/scroll.mjs [--seconds=12] [--json]
//
// A long task is what the browser calls one: more than 50 ms without a chance to draw or to answer a key. To reach: none. On a machine that does other things
// too, a task's wall time holds their time as well; so the longest task's own CPU time (of the page's thread, by the browser's profile) stands beside it.

import { onPage, traced } from "./page.mjs";

const OPTIONS = 6;
const LONG = 50;
const seconds = Number(/--seconds=(\d+)/.exec(process.argv.join(" "))?.[1] ?? 12);

await onPage({ width: 1280, height: 720, path: "/nothing-here" }, async (page, { version, errors }) => {
  const cells = await page.evaluate(openLarge, OPTIONS);
  const rows = [];
  for (const busy of [true, false]) {
    for (const view of ["sheet", "matrix"]) {
      await page.evaluate(({ view, busy }) => prepare(view, busy), { view, busy });
      rows.push({ view, drawing: busy ? "all, behind" : "in sight only", ...(await measured(page, view)) });
    }
  }
  if (process.argv.includes("--json")) console.log(JSON.stringify({ cells, rows, errors }, null, 1));
  else {
    console.log(`${cells} cells, ${seconds} s each, Chromium ${version}`);
    console.table(rows);
  }
  const missed = rows.filter((row) => row["longest task, CPU ms"] > LONG);
  for (const row of missed) console.log(`not reached: ${row.view}, ${row.drawing}: a task of ${row["longest task, CPU ms"]} ms`);
  return missed.length === 0;
});

/** @param {import("playwright-core").Page} page @param {string} view */
async function measured(page, view) {
  const categories = ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"];
  const { result: seen, events } = await traced(page, categories, () =>
    page.evaluate(({ view, seconds }) => scrollThrough(view, seconds), { view, seconds }),
  );
  // Tasks of the page's own thread: `tdur` is its CPU time, us.
  const main = events.filter((event) => event.name === "RunTask" || event.name === "ThreadControllerImpl::RunTask");
  const thread = threadOf(events);
  const tasks = main.filter((event) => `${event.pid} ${event.tid}` === thread);
  const cpu = Math.max(0, ...tasks.map((event) => (event.tdur ?? event.dur ?? 0) / 1000));
  return { ...seen, "longest task, CPU ms": Math.round(cpu) };
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
    scrollThrough: async (view, seconds) => {
      const scroller = grid(view);
      const long = [];
      const watch = new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)));
      watch.observe({ type: "longtask" });
      const frames = [];
      const began = performance.now();
      let before = began;
      let white = 0;
      await new Promise((done) => {
        const step = (now) => {
          frames.push(now - before);
          before = now;
          const far = scroller.scrollHeight - scroller.clientHeight;
          // A wheel first, then leaps to everywhere as by a scroll bar.
          const part = (now - began) / (seconds * 1000);
          scroller.scrollTop = part < 0.6 ? scroller.scrollTop + 120 : far * (((part - 0.6) * 7.3) % 1);
          const root = scroller.getRootNode();
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
        frames: frames.length,
        "median frame, ms": at(0.5),
        "99th of 100, ms": at(0.99),
        "long tasks": long.length,
        "longest task, ms": Math.round(Math.max(0, ...long)),
        "frames without cells": white,
      };
    },
  });
  return variants.length;
}
